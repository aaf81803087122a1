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

// BenchmarkABodyAgainstTheContract is what reading and checking an in-registration
// costs, apart from everything behind it.
func BenchmarkABodyAgainstTheContract(b *testing.B) {
	doc, err := contract()
	must(b, err)
	s := &server{now: register.NyttDatum(2026, 11, 24).Tid, logger: slog.New(slog.DiscardHandler)}
	s.options = s.validationOptions()
	ops, err := readOperations(doc)
	must(b, err)
	op := ops["skapaDeltagande"]
	body, err := json.Marshal(inregistrering("019373a0-2222-7aaa-8bbb-0a1b2c3d4e5f"))
	must(b, err)
	e := echo.New()
	b.ReportAllocs()
	for b.Loop() {
		r := httptest.NewRequest("POST", "/v1/insatser/019373a0-5b1a-7c3e-9f21-0a1b2c3d4e5f/deltaganden", strings.NewReader(string(body)))
		r.Header.Set("Content-Type", "application/json")
		c := e.NewContext(r, httptest.NewRecorder())
		c.SetParamNames("insatsId")
		c.SetParamValues("019373a0-5b1a-7c3e-9f21-0a1b2c3d4e5f")
		must(b, s.validate(c, &begaran{op: op}))
	}
}

// BenchmarkReadDeltagande is a whole read over HTTP, for profiling.
func BenchmarkReadDeltagande(b *testing.B) {
	p := newHarness(b)
	path := "/v1/deltaganden/" + p.newDeltagande("DELTAGARANSVARIG A1", "A1")
	klient := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 16}}
	b.ReportAllocs()
	b.SetParallelism(8)
	b.ResetTimer()
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			r, err := http.NewRequest("GET", p.bas+path, nil)
			must(b, err)
			r.Header.Set("Authorization", "Bearer "+p.aktor("DELTAGARANSVARIG A1").token)
			s, err := klient.Do(r)
			must(b, err)
			_, _ = io.Copy(io.Discard, s.Body)
			_ = s.Body.Close()
			if s.StatusCode != 200 {
				b.Fatal(s.Status)
			}
		}
	})
}
