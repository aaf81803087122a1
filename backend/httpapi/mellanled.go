package httpapi

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"fmt"
	"log/slog"
	"net/http"
	"runtime/debug"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"sus/backend/register"
	"sus/backend/store/db"
)

// Bounds of a request.
const (
	maxKropp  = 256 << 10
	maxAdress = 4096 // longer request targets are 414
	// svarstid is how long any route may take, with what it asks of others: a
	// database that hangs is known to the caller within five seconds.
	svarstid = 4 * time.Second
)

// rot is the outermost middleware: it recovers, bounds the time of every route,
// sets what every answer carries, and writes the request log. The log has the route's pattern, never the path:
// a path can hold an id, and a mistaken one anything.
func (s *server) rot(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		start := time.Now() // how long it took is the machine's time, whatever day it is in the domain
		r := c.Request()
		tp := traceparent(r.Header.Get("traceparent"))
		s.sakerhetshuvuden(c.Response().Header())
		c.Response().Header().Set("traceparent", tp)
		r = r.WithContext(db.MedTraceparent(r.Context(), tp))
		ctx, klar := context.WithTimeout(r.Context(), svarstid)
		defer klar()
		c.SetRequest(r.WithContext(ctx))

		if err := s.skyddad(next, c); err != nil {
			c.SetRequest(r) // the inner one's time is over
			s.felhantering(err, c)
		}
		vag := c.Path()
		if vag == "" {
			vag = "okänd"
		}
		s.logg.LogAttrs(r.Context(), slog.LevelInfo, "anrop",
			slog.String("metod", metodnamn(r.Method)), slog.String("vag", vag),
			slog.Int("status", c.Response().Status),
			slog.Float64("ms", float64(time.Since(start).Microseconds())/1000),
			slog.String("traceparent", tp))
		return nil
	}
}

// skyddad runs the rest and turns a panic into an error. Its value may repeat
// what was sent, so only its type and the stack are logged.
func (s *server) skyddad(next echo.HandlerFunc, c echo.Context) (err error) {
	defer func() {
		if p := recover(); p != nil {
			if p == http.ErrAbortHandler { //nolint:errorlint // net/http compares it so
				panic(p)
			}
			s.logg.LogAttrs(c.Request().Context(), slog.LevelError, "panik",
				slog.String("vag", c.Path()), slog.String("typ", fmt.Sprintf("%T", p)), slog.String("stack", stack()))
			err = nyttAvslag(500, register.RegelInterntFel)
		}
	}()
	if len(c.Request().RequestURI) > maxAdress {
		return errForLangVag
	}
	return next(c)
}

// stack is the goroutine's frames without the arguments' values.
func stack() string {
	var rader []string
	for _, rad := range strings.Split(string(debug.Stack()), "\n") {
		if strings.HasPrefix(rad, "\t") {
			rader = append(rader, strings.TrimSpace(rad))
		}
	}
	return strings.Join(rader, " | ")
}

// sakerhetshuvuden is on every answer. Nothing of ours may be stored by a cache
// or shown inside another page; the API's answers load nothing.
func (s *server) sakerhetshuvuden(h http.Header) {
	h["X-Content-Type-Options"] = nosniff
	h["Cache-Control"] = noStore
	h["Content-Security-Policy"] = cspAPI
	h["Referrer-Policy"] = noReferrer
	h["X-Frame-Options"] = deny
	h["Cross-Origin-Resource-Policy"] = sameOrigin
	if s.https {
		h["Strict-Transport-Security"] = hsts
	}
}

// Shared header values: net/http only reads them.
var (
	nosniff    = []string{"nosniff"}
	noStore    = []string{"no-store"}
	cspAPI     = []string{"default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"}
	noReferrer = []string{"no-referrer"}
	deny       = []string{"DENY"}
	sameOrigin = []string{"same-origin"}
	hsts       = []string{"max-age=63072000; includeSubDomains"}
)

// metodnamn keeps a made-up method out of the log.
func metodnamn(m string) string {
	switch m {
	case "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT":
		return m
	}
	return "annan"
}

// traceparent is the caller's trace (W3C Trace Context, version 00) with a span
// of our own, or a new trace when none, or a broken one, was sent.
func traceparent(in string) string {
	var span [8]byte
	_, _ = rand.Read(span[:]) // never fails since Go 1.24
	if giltigTraceparent(in) {
		return in[:36] + hex.EncodeToString(span[:]) + in[52:]
	}
	var spar [16]byte
	_, _ = rand.Read(spar[:])
	return "00-" + hex.EncodeToString(spar[:]) + "-" + hex.EncodeToString(span[:]) + "-01"
}

func giltigTraceparent(s string) bool {
	if len(s) != 55 || s[:3] != "00-" || s[35] != '-' || s[52] != '-' {
		return false
	}
	return arHex(s[3:35]) && arHex(s[36:52]) && arHex(s[53:]) &&
		s[3:35] != strings.Repeat("0", 32) && s[36:52] != strings.Repeat("0", 16)
}

func arHex(s string) bool {
	for i := range len(s) {
		if c := s[i]; (c < '0' || c > '9') && (c < 'a' || c > 'f') {
			return false
		}
	}
	return true
}

// medel is what stands between a route of the contract and its handler.
func (s *server) medel(op *operation) echo.MiddlewareFunc {
	return func(next echo.HandlerFunc) echo.HandlerFunc {
		return func(c echo.Context) error {
			b := &begaran{op: op, vag: c.Request().URL.EscapedPath(), adress: s.klientadress(c.Request())}
			r := c.Request().WithContext(medBegaran(c.Request().Context(), b))
			c.SetRequest(r)
			if !op.offentlig {
				if err := s.behorig(r, b); err != nil {
					return err
				}
			}
			if err := s.validera(c, b); err != nil {
				return err
			}
			return next(c)
		}
	}
}
