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
	kaknamn   = "__Host-sus" // the prefix binds it to https, this host and the path /
	csrfhuvud = "X-SUS-CSRF"
)

var errCSRF = nyttAvslag(403, register.RegelCSRF)

// session is the body of GET /session.
type session struct {
	CSRF       string         `json:"csrf"`
	Jag        api.Jag        `json:"jag"`
	Idag       register.Datum `json:"idag"` // in Europe/Stockholm, and in a demo the demo's
	GiltigTill time.Time      `json:"giltigTill"`
	VilarTill  time.Time      `json:"vilarTill"`
	Demo       bool           `json:"demo"`
}

// sessionsrutter borrows the two steps' validation from the contract's log-in.
func (s *server) sessionsrutter(e *echo.Echo, operationer map[string]*operation) {
	e.POST("/session/inloggningar", s.paborjaSession, s.egenSida, s.medel(operationer["skapaInloggning"]))
	e.POST("/session/inloggningar/:inloggningId/koder", s.oppnaSession, s.egenSida, s.medel(operationer["angeKod"]))
	e.GET("/session", s.hamtaSession)
	e.DELETE("/session", s.avslutaSession, s.egenSida)
}

// egenSida refuses what another site made the browser send.
func (s *server) egenSida(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		if !franEgenSida(c.Request()) {
			return errCSRF
		}
		return next(c)
	}
}

// franEgenSida reads what the browser says of the page that asks. A browser
// always says one of the two; a program says neither, and has no cookie to steal.
func franEgenSida(r *http.Request) bool {
	if plats := r.Header.Get("Sec-Fetch-Site"); plats != "" && plats != "same-origin" {
		return false
	}
	origin := r.Header.Get("Origin")
	if origin == "" {
		return true
	}
	u, err := url.Parse(origin)
	return err == nil && u.Host != "" && u.Host == r.Host
}

// kaksession is the session of the request's cookie. What changes something must
// come from a page of ours and prove it: 403 `csrf`.
func (s *server) kaksession(r *http.Request) (auth.Kaksession, error) {
	kaka, err := r.Cookie(kaknamn)
	if err != nil || kaka.Value == "" {
		return auth.Kaksession{}, errEjInloggad
	}
	k, err := s.auth.Kaksession(r.Context(), kaka.Value)
	if err != nil {
		return auth.Kaksession{}, err
	}
	if r.Method == http.MethodGet || r.Method == http.MethodHead {
		return k, nil
	}
	if !franEgenSida(r) || subtle.ConstantTimeCompare([]byte(r.Header.Get(csrfhuvud)), []byte(k.CSRF)) != 1 {
		return auth.Kaksession{}, errCSRF
	}
	return k, nil
}

// paborjaSession is the first step, as POST /v1/inloggningar.
func (s *server) paborjaSession(c echo.Context) error {
	var in api.NyInloggning
	if err := lasValiderad(c, &in); err != nil {
		return err
	}
	p, err := register.ParsePersonnummer(in.Personnummer, s.idag())
	if err != nil {
		return err
	}
	ctx := c.Request().Context()
	u, err := s.auth.Inloggning(ctx, p, fran(in.Huvudlosenord), ur(ctx).adress)
	if err != nil {
		return err
	}
	return c.JSON(http.StatusCreated, toInloggning(u))
}

// oppnaSession is the second step: the code is exchanged for the cookie.
func (s *server) oppnaSession(c echo.Context) error {
	var in api.Engangskod
	if err := lasValiderad(c, &in); err != nil {
		return err
	}
	id, err := uuid.Parse(c.Param("inloggningId"))
	if err != nil {
		return err
	}
	ctx := c.Request().Context()
	k, err := s.auth.KodForKaka(ctx, id, fran(in.Kod), ur(ctx).adress)
	if err != nil {
		return err
	}
	c.SetCookie(nyKaka(k.Hemlighet, int(k.Upphor.Sub(s.nu())/time.Second)))
	return c.NoContent(http.StatusOK)
}

// hamtaSession is what a page needs to start.
func (s *server) hamtaSession(c echo.Context) error {
	r := c.Request()
	k, err := s.kaksession(r)
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

// avslutaSession logs out. A cookie that opens nothing any more is only cleared.
func (s *server) avslutaSession(c echo.Context) error {
	k, err := s.kaksession(c.Request())
	if err == nil {
		err = s.auth.LoggaUt(c.Request().Context(), k.Aktor)
	}
	if err != nil && !ejInloggad(err) {
		return err
	}
	c.SetCookie(nyKaka("", -1))
	return c.NoContent(http.StatusNoContent)
}

// ejInloggad is true for a cookie that is missing or opens nothing.
func ejInloggad(err error) bool {
	var nej *register.Error
	return errors.Is(err, errEjInloggad) || errors.As(err, &nej) && nej.Kod == register.KodOautentiserad
}

// nyKaka is the cookie. Secure holds on http://localhost too, in the browsers
// that take it for a safe place.
func nyKaka(varde string, sekunder int) *http.Cookie {
	return &http.Cookie{Name: kaknamn, Value: varde, Path: "/", MaxAge: sekunder, HttpOnly: true, Secure: true, SameSite: http.SameSiteStrictMode}
}

// lasValiderad reads the body that the middleware has held against the contract.
func lasValiderad(c echo.Context, v any) error {
	return json.NewDecoder(c.Request().Body).Decode(v)
}
