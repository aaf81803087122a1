package httpapi

import (
	"bytes"
	"html/template"
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"sus/backend/sms"
)

// demoSMS shows what the SMS simulator has taken, so that someone without a
// phone can log in to a demo. Outside a demo the address does not exist.
func (s *server) demoSMS(c echo.Context) error {
	if !s.demo || s.sms == nil {
		return echo.ErrNotFound
	}
	list, err := s.sms.Lista(c.Request().Context())
	if err != nil {
		return err
	}
	if list == nil {
		list = []sms.Mottaget{}
	}
	if !strings.Contains(c.Request().Header.Get("Accept"), "text/html") {
		return c.JSON(http.StatusOK, map[string]any{"data": list})
	}
	var b bytes.Buffer
	if err := smsTemplate.Execute(&b, list); err != nil {
		return err
	}
	return s.html(c, http.StatusOK, b.Bytes())
}

var smsTemplate = template.Must(template.New("sms").Parse(`<!doctype html>
<html lang="sv"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>SMS i demon – SUS</title>
<link rel="stylesheet" href="/dokumentation.css"></head>
<body><main><h1>SMS i demon</h1>
<p>De senaste meddelandena, nyast först. Ladda om sidan efter varje inloggning.</p>
{{if .}}<table><thead><tr><th scope="col">Till</th><th scope="col">Text</th><th scope="col">Skickat</th></tr></thead><tbody>
{{range .}}<tr><td>{{.Till}}</td><td>{{.Text}}</td><td>{{.Skapad}}</td></tr>
{{end}}</tbody></table>{{else}}<p>Inget meddelande är skickat än.</p>{{end}}
</main></body></html>
`))
