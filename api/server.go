package api

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"

	"github.com/labstack/echo/v4"
)

// What the generated methods share: the templates say what the generator would have
// written out in each of them.

// StrictHandlerFunc carries out an operation: request is its RequestObject, and the
// answer its ResponseObject.
type StrictHandlerFunc func(ctx echo.Context, request any) (any, error)

// StrictMiddlewareFunc puts itself around an operation, whose name is the method's.
type StrictMiddlewareFunc func(f StrictHandlerFunc, operationID string) StrictHandlerFunc

// StrictHandler reads each operation's request, and writes its answer.
type StrictHandler struct {
	ssi         StrictServerInterface
	middlewares []StrictMiddlewareFunc
}

// NewStrictHandler makes the handlers of a server. The last middleware is the outermost.
func NewStrictHandler(ssi StrictServerInterface, middlewares []StrictMiddlewareFunc) *StrictHandler {
	return &StrictHandler{ssi: ssi, middlewares: middlewares}
}

// RegisterHandlersOptions configures RegisterHandlersWithOptions.
type RegisterHandlersOptions struct {
	// BaseURL comes before every operation's path.
	BaseURL string
	// OperationMiddlewares is Echo's middleware of each operation, by the contract's operationId.
	OperationMiddlewares map[string][]echo.MiddlewareFunc
}

// RegisterHandlers registers each operation's handler at its path.
func RegisterHandlers(router *echo.Echo, sh *StrictHandler) {
	RegisterHandlersWithOptions(router, sh, RegisterHandlersOptions{})
}

// answer carries out an operation whose request has been read, and writes what visit
// makes of its answer. A request that could not be read goes no further.
func answer[Request, Response any](sh *StrictHandler, in *input, operationID string, request Request,
	operation func(StrictServerInterface, context.Context, Request) (Response, error), visit func(Response, http.ResponseWriter) error) error {
	if in.err != nil {
		return in.err
	}
	handler := StrictHandlerFunc(func(ctx echo.Context, request any) (any, error) {
		return operation(sh.ssi, ctx.Request().Context(), request.(Request))
	})
	for _, middleware := range sh.middlewares {
		handler = middleware(handler, operationID)
	}
	response, err := handler(in.ctx, request)
	if err != nil {
		return err
	} else if valid, ok := response.(Response); ok {
		return visit(valid, in.ctx.Response())
	} else if response != nil {
		return fmt.Errorf("unexpected response type: %T", response)
	}
	return nil
}

// field is a header field that an answer may have.
type field struct {
	name  string
	value *string
}

// writeJSON writes an answer; nothing when the body cannot be made.
func writeJSON(w http.ResponseWriter, status int, body any, fields ...field) error {
	var buf bytes.Buffer
	if err := json.NewEncoder(&buf).Encode(body); err != nil {
		return err
	}
	w.Header().Set("Content-Type", "application/json")
	for _, f := range fields {
		if f.value != nil {
			w.Header().Set(f.name, *f.value)
		}
	}
	w.WriteHeader(status)
	_, err := buf.WriteTo(w)
	return err
}
