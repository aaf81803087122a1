package httpapi

import (
	"bytes"
	_ "embed"
	"html/template"
	"net/http"

	"github.com/labstack/echo/v4"

	"sus/backend/register"
)

//go:embed rulepages.html
var ruleTemplate string

// rulePages serves a page for each rule, where a problem's type leads, and one that
// lists them. They are made once, of the catalogue, and need no log-in.
func (s *server) rulePages(e *echo.Echo) error {
	tmpl, err := template.New("fel").Parse(documentTemplate)
	if err != nil {
		return err
	}
	if tmpl, err = tmpl.Parse(ruleTemplate); err != nil {
		return err
	}
	page := func(name string, data any) ([]byte, error) {
		var b bytes.Buffer
		err := tmpl.ExecuteTemplate(&b, name, data)
		return b.Bytes(), err
	}
	all, err := page("regler", register.Regler())
	if err != nil {
		return err
	}
	none, err := page("ingenregel", nil)
	if err != nil {
		return err
	}
	byRule := make(map[string][]byte, len(register.Regler()))
	for _, r := range register.Regler() {
		if byRule[r.String()], err = page("regel", map[string]any{"Regel": r, "Rubrik": r.String() + " – SUS"}); err != nil {
			return err
		}
	}
	e.GET("/fel", func(c echo.Context) error { return s.html(c, http.StatusOK, all) })
	e.GET("/fel/:regel", func(c echo.Context) error {
		if b, found := byRule[c.Param("regel")]; found {
			return s.html(c, http.StatusOK, b)
		}
		return s.html(c, http.StatusNotFound, none)
	})
	return nil
}
