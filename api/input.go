package api

import (
	"fmt"
	"net/http"

	"github.com/labstack/echo/v4"
	"github.com/oapi-codegen/runtime"
)

const (
	required = true
	optional = false
)

// input reads the parts of a request in the order in which the methods are called; after
// the first that cannot be read, err, it reads no more.
type input struct {
	ctx echo.Context
	err error
}

func (in *input) invalid(name string, err error) {
	if err != nil {
		in.err = echo.NewHTTPError(http.StatusBadRequest, fmt.Sprintf("Invalid format for parameter %s: %s", name, err))
	}
}

// path reads a part of the address. The type and format are those of its schema.
func (in *input) path(name, typ, format string, to any) {
	if in.err != nil {
		return
	}
	in.invalid(name, runtime.BindStyledParameterWithOptions("simple", name, in.ctx.Param(name), to, runtime.BindStyledParameterOptions{
		ParamLocation: runtime.ParamLocationPath, Required: true, Type: typ, Format: format, ValueIsUnescaped: in.ctx.Request().URL.RawPath == "",
	}))
}

// query reads a query parameter into the field, which is a pointer when it may be left out.
func (in *input) query(name string, required bool, typ, format string, to any) {
	if in.err != nil {
		return
	}
	in.invalid(name, runtime.BindQueryParameterWithOptions("form", true, required, name, in.ctx.QueryParams(), to,
		runtime.BindQueryParameterOptions{Type: typ, Format: format}))
}

// header reads a header field that may be left out, but not be there twice.
func header[T any](in *input, name, typ, format string, to **T) {
	if in.err != nil {
		return
	}
	values, found := in.ctx.Request().Header[http.CanonicalHeaderKey(name)]
	if !found {
		return
	}
	if len(values) != 1 {
		in.err = echo.NewHTTPError(http.StatusBadRequest, fmt.Sprintf("Expected one value for %s, got %d", name, len(values)))
		return
	}
	value := new(T)
	in.invalid(name, runtime.BindStyledParameterWithOptions("simple", name, values[0], value, runtime.BindStyledParameterOptions{
		ParamLocation: runtime.ParamLocationHeader, Type: typ, Format: format,
	}))
	*to = value
}

// jsonBody reads the body. What has been held to the contract has been read already:
// that value is used, so that the handler gets just what was tried and not a second
// reading, which takes no heed of capitals. Nothing but the body is read into it.
func jsonBody[T any](in *input, to **T) {
	if in.err != nil {
		return
	}
	body := new(T)
	if binder, ok := in.ctx.Echo().Binder.(*echo.DefaultBinder); ok {
		if v, ok := in.ctx.Request().Body.(interface{ ValidatedValue() any }); !ok || runtime.BindJSONValue(v.ValidatedValue(), body) != nil {
			in.err = binder.BindBody(in.ctx, body)
		}
	} else {
		in.err = in.ctx.Bind(body) // a binder of the server's own may do more
	}
	*to = body
}

// formBody reads the body of a form.
func formBody[T any](in *input, to **T) {
	if in.err != nil {
		return
	}
	form, err := in.ctx.FormParams()
	if err != nil {
		in.err = err
		return
	}
	body := new(T)
	in.err = runtime.BindForm(body, form, nil, nil)
	*to = body
}
