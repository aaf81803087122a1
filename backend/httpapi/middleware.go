package httpapi

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
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
	maxBody   = 256 << 10
	maxTarget = 4096 // longer request targets are 414
	// deadline is how long any route may take, with what it asks of others: a
	// database that hangs is known to the caller within five seconds.
	deadline = 4 * time.Second
)

// root is the outermost middleware: it recovers, bounds the time of every route,
// sets what every answer carries, and writes the request log. The log has the
// route's pattern, never the path: a path can hold an id, and a mistaken one
// anything.
func (s *server) root(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		start := time.Now() // how long it took is the machine's time, whatever day it is in the domain
		r := c.Request()
		traceID := traceparent(r.Header.Get("traceparent"))
		s.securityHeaders(c.Response().Header())
		c.Response().Header().Set("traceparent", traceID)
		r = r.WithContext(db.MedUrsprung(db.MedTraceparent(r.Context(), traceID), db.Ursprung{Adress: s.clientAddress(r)}))
		ctx, cancel := context.WithTimeout(r.Context(), deadline)
		defer cancel()
		c.SetRequest(r.WithContext(ctx))

		if err := s.protected(next, c); err != nil {
			if b, ok := c.Request().Context().Value(begaranKey{}).(*begaran); ok {
				r = r.WithContext(withBegaran(r.Context(), b)) // who asked
			}
			c.SetRequest(r) // the inner one's time is over
			s.errorHandler(err, c)
		}
		path := c.Path()
		if path == "" {
			path = "okänd"
		}
		s.logger.LogAttrs(r.Context(), slog.LevelInfo, "anrop",
			slog.String("metod", methodName(r.Method)), slog.String("vag", path),
			slog.Int("status", c.Response().Status),
			slog.Float64("ms", float64(time.Since(start).Microseconds())/1000),
			slog.String("traceparent", traceID))
		return nil
	}
}

// protected runs the rest and turns a panic into an error. Its value may repeat
// what was sent, so only its type and the stack are logged.
func (s *server) protected(next echo.HandlerFunc, c echo.Context) (err error) {
	defer func() {
		if p := recover(); p != nil {
			if p == http.ErrAbortHandler { //nolint:errorlint // net/http compares it so
				panic(p)
			}
			s.logger.LogAttrs(c.Request().Context(), slog.LevelError, "panik",
				slog.String("vag", c.Path()), slog.String("typ", fmt.Sprintf("%T", p)), slog.String("stack", stack()))
			err = newRefusal(500, register.RegelInterntFel)
		}
	}()
	if len(c.Request().RequestURI) > maxTarget {
		return errTargetTooLong
	}
	return next(c)
}

// stack is the goroutine's frames without the arguments' values.
func stack() string {
	var rows []string
	for _, line := range strings.Split(string(debug.Stack()), "\n") {
		if strings.HasPrefix(line, "\t") {
			rows = append(rows, strings.TrimSpace(line))
		}
	}
	return strings.Join(rows, " | ")
}

// securityHeaders is on every answer. Nothing of ours may be stored by a cache
// or shown inside another page; the API's answers load nothing.
func (s *server) securityHeaders(h http.Header) {
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

// methodName keeps a made-up method out of the log.
func methodName(m string) string {
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
	if validTraceparent(in) {
		return in[:36] + hex.EncodeToString(span[:]) + in[52:]
	}
	var trace [16]byte
	_, _ = rand.Read(trace[:])
	return "00-" + hex.EncodeToString(trace[:]) + "-" + hex.EncodeToString(span[:]) + "-01"
}

func validTraceparent(s string) bool {
	if len(s) != 55 || s[:3] != "00-" || s[35] != '-' || s[52] != '-' {
		return false
	}
	return isHex(s[3:35]) && isHex(s[36:52]) && isHex(s[53:]) &&
		s[3:35] != strings.Repeat("0", 32) && s[36:52] != strings.Repeat("0", 16)
}

func isHex(s string) bool {
	for i := range len(s) {
		if c := s[i]; (c < '0' || c > '9') && (c < 'a' || c > 'f') {
			return false
		}
	}
	return true
}

// middleware is what stands between a route of the contract and its handler.
func (s *server) middleware(op *operation) echo.MiddlewareFunc {
	return func(next echo.HandlerFunc) echo.HandlerFunc {
		return func(c echo.Context) error {
			b := &begaran{op: op, path: c.Request().URL.EscapedPath(), address: db.UrsprungI(c.Request().Context()).Adress,
				have: c.Request().Header.Get("If-None-Match"), gzip: strings.Contains(c.Request().Header.Get("Accept-Encoding"), "gzip")}
			r := c.Request().WithContext(withBegaran(c.Request().Context(), b))
			c.SetRequest(r)
			if !op.public {
				if err := s.authorize(r, b); err != nil {
					return err
				}
				c.SetRequest(r.WithContext(db.MedUrsprung(r.Context(), db.Ursprung{Adress: b.address, Roll: b.op.rollerOf(b.Aktor)})))
			}
			if err := s.validate(c, b); err != nil {
				if errors.Is(err, errStale) {
					// Not a version of ours: a change made from something else, as the store's own.
					return s.store.Neka(r.Context(), b.Begaran, db.Arende{Handelse: register.HandelseOperationNekad, Detalj: b.op.id}, register.Foraldrad())
				}
				return err
			}
			return next(c)
		}
	}
}
