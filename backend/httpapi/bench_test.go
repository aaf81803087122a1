package httpapi

import (
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
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

// BenchmarkLasDeltagande is a whole read over HTTP, for profiling.
func BenchmarkLasDeltagande(b *testing.B) {
	p := nyttProv(b)
	vag := "/v1/deltaganden/" + p.nyttDeltagande("DELTAGARANSVARIG A1", "A1")
	klient := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 16}}
	b.ReportAllocs()
	b.SetParallelism(8)
	b.ResetTimer()
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			r, err := http.NewRequest("GET", p.bas+vag, nil)
			ja(b, err)
			r.Header.Set("Authorization", "Bearer "+p.aktor("DELTAGARANSVARIG A1").token)
			s, err := klient.Do(r)
			ja(b, err)
			_, _ = io.Copy(io.Discard, s.Body)
			_ = s.Body.Close()
			if s.StatusCode != 200 {
				b.Fatal(s.Status)
			}
		}
	})
}
