package httpapi

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/labstack/echo/v4"

	"sus/api"
	"sus/backend/auth"
	"sus/backend/register"
	"sus/backend/store/db"
)

// problemBase is where each rule id is described.
const problemBase = "https://sus.forsakringskassan.se/fel/"

// problemType is the media type of every error (RFC 9457).
const problemType = "application/problem+json"

// refusal is a refusal by the HTTP layer itself, before the domain is asked.
type refusal struct {
	status int
	regel  register.Regel
	detail string
	falt   []register.Faltfel
}

// newRefusal says it in the catalogue's words, or in ord.
func newRefusal(status int, regel register.Regel, ord ...string) *refusal {
	return &refusal{status: status, regel: regel, detail: cmp.Or(append(ord, regel.Ord())...)}
}

// at is the refusal of these fields.
func (a *refusal) at(falt ...register.Faltfel) *refusal {
	added := *a
	added.falt = falt
	return &added
}

func (a *refusal) Error() string { return strconv.Itoa(a.status) + " " + a.regel.String() }

// The refusals that need no detail of their own.
var (
	errNotFound      = newRefusal(404, register.RegelSaknas)
	errNotLoggedIn   = newRefusal(401, register.RegelEjInloggad)
	errTooLarge      = newRefusal(413, register.RegelForStor)
	errTargetTooLong = newRefusal(414, register.RegelForLangAdress)
	errNoETag        = newRefusal(428, register.RegelEtagSaknas)
	errStale         = newRefusal(412, register.RegelForaldrad)
	errNoKey         = newRefusal(400, register.RegelIdempotensnyckelSaknas).at(
		register.RegelIdempotensnyckelSaknas.Vid("Idempotency-Key", "Ange en egen nyckel för varje nytt ärende."))
)

// titles is the title of each status, as the contract's examples say.
var titles = map[int]string{
	400: "Ogiltig begäran", 401: "Inte inloggad", 403: "Behörighet saknas", 404: "Finns inte",
	405: "Metoden stöds inte", 406: "Formatet finns inte", 409: "Går inte nu", 410: "Borttaget",
	412: "Uppgifterna har ändrats", 413: "För stor begäran", 414: "För lång adress", 415: "Fel medietyp",
	422: "Felaktiga uppgifter", 428: "If-Match saknas", 429: "För många försök", 431: "För stora huvuden",
	500: "Ett fel inträffade", 501: "Stöds inte", 503: "Tillfälligt otillgängligt",
}

// statusOf is the one HTTP status of each class of refusal.
var statusOf = map[register.Kod]int{
	register.KodOgiltig: 422, register.KodKonflikt: 409, register.KodSaknas: 404, register.KodNekad: 403,
	register.KodForaldrad: 412, register.KodBorta: 410, register.KodOtillganglig: 503, register.KodForMycket: 429,
	register.KodOautentiserad: 401,
}

const faultyParameters = "En eller flera parametrar är felaktiga."

// Seconds to wait when nobody knows better.
const (
	waitUnavailable = 5
	waitTooMany     = 60
)

// errorHandler is Echo's error handler: whatever went wrong becomes one
// problem+json. Only what the domain or this package says is shown; anything
// else is logged, stripped of values, and answered «Ett fel inträffade».
func (s *server) errorHandler(err error, c echo.Context) {
	if c.Response().Committed || err == nil {
		return
	}
	r := c.Request()
	if errors.Is(r.Context().Err(), context.Canceled) {
		// Nobody waits for the answer. 499 is what the log shows.
		c.Response().Status = 499
		return
	}
	if errors.Is(err, echo.ErrNotFound) && s.webResponse(c) {
		return
	}
	p, headers := s.problem(err, c)
	h := c.Response().Header()
	for name, value := range headers {
		h.Set(name, value)
	}
	writeProblem(c.Response(), r, p)
}

// problem chooses status, rule and words.
func (s *server) problem(err error, c echo.Context) (api.Problem, map[string]string) {
	var own *refusal
	var domain *register.Error
	var echos *echo.HTTPError
	headers := map[string]string{}
	switch {
	case errors.As(err, &own):
		s.logRefusal(c.Request(), own.status, own.regel)
		p := toProblem(own)
		if own.status == 401 {
			headers["WWW-Authenticate"] = challenge(c.Request())
		}
		if f, ok := oauthError(c, own); ok {
			p.Error = &f
		}
		return p, headers
	case errors.As(err, &domain):
		return s.domainProblem(err, domain, c, headers)
	case errors.Is(err, db.ErrBorta), errors.Is(err, context.DeadlineExceeded):
		s.logger.LogAttrs(c.Request().Context(), slog.LevelError, "databasen svarar inte",
			slog.String("vag", c.Path()), slog.String("fel", withoutValues(err)))
		headers["Retry-After"] = strconv.Itoa(waitUnavailable)
		return toProblem(newRefusal(503, register.RegelOtillganglig)), headers
	case errors.As(err, &echos):
		return echoProblem(echos), headers
	}
	s.logger.LogAttrs(c.Request().Context(), slog.LevelError, "internt fel",
		slog.String("metod", c.Request().Method), slog.String("vag", c.Path()),
		slog.String("typ", fmt.Sprintf("%T", err)), slog.String("fel", withoutValues(err)))
	return toProblem(newRefusal(500, register.RegelInterntFel)), headers
}

// inTheWay is what kind of thing a refusal's Finns is.
var inTheWay = map[register.Regel]string{register.RegelSamtyckeVantar: "samtycken", register.RegelOverlappar: "deltaganden",
	register.RegelOrganisationsnummerFinns: "samverkansorganisationer", register.RegelMyndighetFinns: "myndigheter"}

func (s *server) domainProblem(err error, e *register.Error, c echo.Context, headers map[string]string) (api.Problem, map[string]string) {
	status, ok := statusOf[e.Kod]
	if !ok {
		status = 500
	}
	p := toProblem(&refusal{status, e.Regel, e.Message, e.Falt})
	if word, oauthStatus := auth.OAuthFel(err); word != "" && isTokenRequest(c) {
		p = toProblem(&refusal{oauthStatus, e.Regel, e.Message, e.Falt})
		p.Error = &word
	}
	if c.Request().Method == http.MethodGet {
		ofParameters(&p)
	}
	if e.Finns != uuid.Nil {
		headers["Location"] = place(inTheWay[e.Regel], e.Finns)
	}
	wait := e.Vanta
	s.logRefusal(c.Request(), int(p.Status), e.Regel)
	switch int(p.Status) {
	case 401:
		headers["WWW-Authenticate"] = challenge(c.Request())
	case 429:
		headers["Retry-After"] = seconds(wait, waitTooMany)
	case 503:
		headers["Retry-After"] = seconds(wait, waitUnavailable)
		s.logger.LogAttrs(c.Request().Context(), slog.LevelWarn, "utomstående tjänst svarar inte",
			slog.String("regel", e.Regel.String()), slog.String("fel", withoutValues(err)))
	}
	return p, headers
}

// ofParameters makes the domain's words fit a reading request: nothing was to be
// saved, and what is pointed at stands in the address.
func ofParameters(p *api.Problem) {
	if p.Status == http.StatusUnprocessableEntity {
		p.Detail = faultyParameters
	}
	for i := range p.Fel {
		p.Fel[i].Pekare = strings.TrimPrefix(p.Fel[i].Pekare, "/")
	}
}

// challenge is how to authenticate (RFC 6750), with the word for a token that does
// not hold when one was sent.
func challenge(r *http.Request) string {
	if _, ok := bearer(r.Header); ok {
		return `Bearer realm="SUS", error="invalid_token"`
	}
	return `Bearer realm="SUS"`
}

func seconds(wait time.Duration, otherwise int) string {
	if wait <= 0 {
		return strconv.Itoa(otherwise)
	}
	return strconv.Itoa(int((wait + time.Second - 1) / time.Second))
}

// echoProblem keeps Echo's status and none of its words.
func echoProblem(e *echo.HTTPError) api.Problem {
	switch e.Code {
	case 404:
		return toProblem(errNotFound)
	case 405:
		return toProblem(newRefusal(405, register.RegelMetod))
	case 413:
		return toProblem(errTooLarge)
	case 415:
		return toProblem(newRefusal(415, register.RegelMedietyp))
	}
	return toProblem(newRefusal(400, register.RegelOgiltigBegaran))
}

// writeProblem sends the problem; instance is the path asked for.
func writeProblem(w http.ResponseWriter, r *http.Request, p api.Problem) {
	p.Instance = instance(r)
	body, err := json.Marshal(p)
	if err != nil {
		// Cannot happen: a Problem is strings and numbers.
		body = []byte(`{"type":"about:blank","title":"Ett fel inträffade","status":500}`)
	}
	h := w.Header()
	h.Set("Content-Type", problemType)
	h.Set("Content-Length", strconv.Itoa(len(body)))
	w.WriteHeader(int(p.Status))
	if r.Method != http.MethodHead {
		_, _ = w.Write(body)
	}
}

// instance is the path, escaped and bounded.
func instance(r *http.Request) string {
	path := r.URL.EscapedPath()
	if len(path) > 200 {
		path = path[:200]
	}
	return path
}

var (
	quoted = regexp.MustCompile(`"[^"]*"|'[^']*'`)
	digits = regexp.MustCompile(`[0-9]{6,}`)
)

const maxLoggedError = 500

// withoutValues is an error's text without what could be a value from a row or a
// request: quoted parts and long runs of digits.
func withoutValues(err error) string {
	t := digits.ReplaceAllString(quoted.ReplaceAllString(err.Error(), `"…"`), "…")
	if len(t) > maxLoggedError {
		t = t[:maxLoggedError]
	}
	return t
}

// isTokenRequest is true for POST /v1/tokens, whose problems carry RFC 6749's error.
func isTokenRequest(c echo.Context) bool { return c.Path() == bas+"/tokens" }

// oauthError is RFC 6749's word for a refusal by the HTTP layer.
func oauthError(c echo.Context, a *refusal) (string, bool) {
	if !isTokenRequest(c) || a.status >= 500 {
		return "", false
	}
	if a.regel == register.RegelOkandGrant {
		return "unsupported_grant_type", true
	}
	return "invalid_request", true
}
