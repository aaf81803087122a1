package httpapi

import (
	"encoding/json"
	"log/slog"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/labstack/echo/v4"

	"sus/backend/register"
)

// BenchmarkKroppMotKontraktet is what reading and checking an in-registration
// costs, apart from everything behind it.
func BenchmarkKroppMotKontraktet(b *testing.B) {
	doc, err := kontrakt()
	ja(b, err)
	s := &server{nu: register.NyttDatum(2026, 11, 24).Tid, logg: slog.New(slog.DiscardHandler)}
	s.val = s.valideringsval()
	ops, err := lasOperationer(doc)
	ja(b, err)
	op := ops["skapaDeltagande"]
	kropp, err := json.Marshal(inregistrering("019373a0-2222-7aaa-8bbb-0a1b2c3d4e5f"))
	ja(b, err)
	e := echo.New()
	b.ReportAllocs()
	for b.Loop() {
		r := httptest.NewRequest("POST", "/v1/insatser/019373a0-5b1a-7c3e-9f21-0a1b2c3d4e5f/deltaganden", strings.NewReader(string(kropp)))
		r.Header.Set("Content-Type", "application/json")
		c := e.NewContext(r, httptest.NewRecorder())
		c.SetParamNames("insatsId")
		c.SetParamValues("019373a0-5b1a-7c3e-9f21-0a1b2c3d4e5f")
		ja(b, s.validera(c, &begaran{op: op}))
	}
}
