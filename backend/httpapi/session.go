package httpapi

import (
	"crypto/subtle"
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"time"

	"github.com/google/uuid"
	"github.com/labstack/echo/v4"

	"sus/api"
	"sus/backend/auth"
	"sus/backend/register"
)

// The web client's session, its private matter outside the contract: a cookie
// that no script can read, and a value that only our own pages know, to be sent
// with everything that changes something.
const (
	cookieName = "__Host-sus" // the prefix binds it to https, this host and the path /
	csrfHeader = "X-SUS-CSRF"
)

var errCSRF = newRefusal(403, register.RegelCSRF)

// session is the body of GET /session.
type session struct {
	CSRF       string         `json:"csrf"`
	Jag        api.Jag        `json:"jag"`
	Idag       register.Datum `json:"idag"` // in Europe/Stockholm, and in a demo the demo's
	GiltigTill time.Time      `json:"giltigTill"`
	VilarTill  time.Time      `json:"vilarTill"`
	Demo       bool           `json:"demo"`
}

// sessionRoutes borrows the two steps' validation from the contract's log-in.
func (s *server) sessionRoutes(e *echo.Echo, operations map[string]*operation) {
	e.POST("/session/inloggningar", s.beginSession, s.ownPage, s.middleware(operations["skapaInloggning"]))
	e.POST("/session/inloggningar/:inloggningId/koder", s.openSession, s.ownPage, s.middleware(operations["angeKod"]))
	e.GET("/session", s.getSession)
	e.DELETE("/session", s.endSession, s.ownPage)
}

// ownPage refuses what another site made the browser send.
func (s *server) ownPage(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		if !isOwnPage(c.Request()) {
			return errCSRF
		}
		return next(c)
	}
}

// isOwnPage reads what the browser says of the page that asks. A browser
// always says one of the two; a program says neither, and has no cookie to steal.
func isOwnPage(r *http.Request) bool {
	if place := r.Header.Get("Sec-Fetch-Site"); place != "" && place != "same-origin" {
		return false
	}
	origin := r.Header.Get("Origin")
	if origin == "" {
		return true
	}
	u, err := url.Parse(origin)
	return err == nil && u.Host != "" && u.Host == r.Host
}

// cookieSession is the session of the request's cookie. What changes something must
// come from a page of ours and prove it: 403 `csrf`.
func (s *server) cookieSession(r *http.Request) (auth.Cookiesession, error) {
	cookie, err := r.Cookie(cookieName)
	if err != nil || cookie.Value == "" {
		return auth.Cookiesession{}, errNotLoggedIn
	}
	k, err := s.auth.Cookiesession(r.Context(), cookie.Value)
	if err != nil {
		return auth.Cookiesession{}, err
	}
	if r.Method == http.MethodGet || r.Method == http.MethodHead {
		return k, nil
	}
	if !isOwnPage(r) || subtle.ConstantTimeCompare([]byte(r.Header.Get(csrfHeader)), []byte(k.CSRF)) != 1 {
		return auth.Cookiesession{}, errCSRF
	}
	return k, nil
}

// beginSession is the first step, as POST /v1/inloggningar.
func (s *server) beginSession(c echo.Context) error {
	var in api.NyInloggning
	if err := readValidated(c, &in); err != nil {
		return err
	}
	p, err := register.ParsePersonnummer(in.Personnummer, s.idag())
	if err != nil {
		return err
	}
	ctx := c.Request().Context()
	u, err := s.auth.Inloggning(ctx, p, value(in.Huvudlosenord), begaranOf(ctx).address)
	if err != nil {
		return err
	}
	return c.JSON(http.StatusCreated, toInloggning(u))
}

// openSession is the second step: the code is exchanged for the cookie.
func (s *server) openSession(c echo.Context) error {
	var in api.Engangskod
	if err := readValidated(c, &in); err != nil {
		return err
	}
	id, err := uuid.Parse(c.Param("inloggningId"))
	if err != nil {
		return err
	}
	ctx := c.Request().Context()
	k, err := s.auth.KodForCookie(ctx, id, value(in.Kod), begaranOf(ctx).address)
	if err != nil {
		return err
	}
	c.SetCookie(newCookie(k.Hemlighet, int(k.Upphor.Sub(s.now())/time.Second)))
	return c.NoContent(http.StatusOK)
}

// getSession is what a page needs to start.
func (s *server) getSession(c echo.Context) error {
	r := c.Request()
	k, err := s.cookieSession(r)
	if err != nil {
		return err
	}
	p, err := s.auth.Jag(r.Context(), k.Aktor)
	if err != nil {
		return err
	}
	return c.JSON(http.StatusOK, session{CSRF: k.CSRF, Jag: toJag(p), Idag: s.idag(),
		GiltigTill: k.Upphor.UTC(), VilarTill: k.VilaUpphor.UTC(), Demo: s.demo})
}

// endSession logs out. A cookie that opens nothing any more is only cleared.
func (s *server) endSession(c echo.Context) error {
	k, err := s.cookieSession(c.Request())
	if err == nil {
		err = s.auth.LoggaUt(c.Request().Context(), k.Aktor)
	}
	if err != nil && !notLoggedIn(err) {
		return err
	}
	c.SetCookie(newCookie("", -1))
	return c.NoContent(http.StatusNoContent)
}

// notLoggedIn is true for a cookie that is missing or opens nothing.
func notLoggedIn(err error) bool {
	var refused *register.Error
	return errors.Is(err, errNotLoggedIn) || errors.As(err, &refused) && refused.Kod == register.KodOautentiserad
}

// newCookie is the cookie. Secure holds on http://localhost too, in the browsers
// that take it for a safe place.
func newCookie(value string, seconds int) *http.Cookie {
	return &http.Cookie{Name: cookieName, Value: value, Path: "/", MaxAge: seconds, HttpOnly: true, Secure: true, SameSite: http.SameSiteStrictMode}
}

// readValidated reads the body that the middleware has held against the contract.
func readValidated(c echo.Context, v any) error {
	return json.NewDecoder(c.Request().Body).Decode(v)
}
