package httpapi

import (
	"bytes"
	_ "embed"
	"html/template"
	"net/http"

	"github.com/labstack/echo/v4"

	"sus/backend/register"
)

//go:embed fel.html
var felmall string

// felsidor serves a page for each rule, where a problem's type leads, and one that
// lists them. They are made once, of the catalogue, and need no log-in.
func (s *server) felsidor(e *echo.Echo) error {
	mall, err := template.New("fel").Parse(dokumentmall)
	if err != nil {
		return err
	}
	if mall, err = mall.Parse(felmall); err != nil {
		return err
	}
	sida := func(namn string, data any) ([]byte, error) {
		var b bytes.Buffer
		err := mall.ExecuteTemplate(&b, namn, data)
		return b.Bytes(), err
	}
	alla, err := sida("regler", register.Regler())
	if err != nil {
		return err
	}
	ingen, err := sida("ingenregel", nil)
	if err != nil {
		return err
	}
	en := make(map[string][]byte, len(register.Regler()))
	for _, r := range register.Regler() {
		if en[r.String()], err = sida("regel", map[string]any{"Regel": r, "Rubrik": r.String() + " – SUS"}); err != nil {
			return err
		}
	}
	e.GET("/fel", func(c echo.Context) error { return s.html(c, http.StatusOK, alla) })
	e.GET("/fel/:regel", func(c echo.Context) error {
		if b, finns := en[c.Param("regel")]; finns {
			return s.html(c, http.StatusOK, b)
		}
		return s.html(c, http.StatusNotFound, ingen)
	})
	return nil
}
