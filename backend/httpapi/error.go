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

	"github.com/labstack/echo/v4"

	"sus/api"
	"sus/backend/auth"
	"sus/backend/register"
	"sus/backend/store/db"
)

// felbas is where each rule id is described.
const felbas = "https://sus.forsakringskassan.se/fel/"

// problemtyp is the media type of every error (RFC 9457).
const problemtyp = "application/problem+json"

// avslag is a refusal by the HTTP layer itself, before the domain is asked.
type avslag struct {
	status int
	regel  register.Regel
	detail string
	falt   []register.Faltfel
}

// nyttAvslag says it in the catalogue's words, or in ord.
func nyttAvslag(status int, regel register.Regel, ord ...string) *avslag {
	return &avslag{status: status, regel: regel, detail: cmp.Or(append(ord, regel.Ord())...)}
}

// vid is the refusal of these fields.
func (a *avslag) vid(falt ...register.Faltfel) *avslag {
	ny := *a
	ny.falt = falt
	return &ny
}

func (a *avslag) Error() string { return strconv.Itoa(a.status) + " " + a.regel.String() }

// The refusals that need no detail of their own.
var (
	errSaknas       = nyttAvslag(404, register.RegelSaknas)
	errEjInloggad   = nyttAvslag(401, register.RegelEjInloggad)
	errNekad        = nyttAvslag(403, register.RegelBehorighetSaknas)
	errForStor      = nyttAvslag(413, register.RegelForStor)
	errForLangVag   = nyttAvslag(414, register.RegelForLangAdress)
	errEtagSaknas   = nyttAvslag(428, register.RegelEtagSaknas)
	errForaldrad    = nyttAvslag(412, register.RegelForaldrad)
	errNyckelSaknas = nyttAvslag(400, register.RegelIdempotensnyckelSaknas).vid(
		register.RegelIdempotensnyckelSaknas.Vid("Idempotency-Key", "Ange en egen nyckel för varje nytt ärende."))
)

// titlar is the title of each status, as the contract's examples say.
var titlar = map[int]string{
	400: "Ogiltig begäran", 401: "Inte inloggad", 403: "Behörighet saknas", 404: "Finns inte",
	405: "Metoden stöds inte", 406: "Formatet finns inte", 409: "Går inte nu", 410: "Borttaget",
	412: "Uppgifterna har ändrats", 413: "För stor begäran", 414: "För lång adress", 415: "Fel medietyp",
	422: "Felaktiga uppgifter", 428: "If-Match saknas", 429: "För många försök", 431: "För stora huvuden",
	500: "Ett fel inträffade", 501: "Stöds inte", 503: "Tillfälligt otillgängligt",
}

// statusAv is the one HTTP status of each class of refusal.
var statusAv = map[register.Kod]int{
	register.KodOgiltig: 422, register.KodKonflikt: 409, register.KodSaknas: 404, register.KodNekad: 403,
	register.KodForaldrad: 412, register.KodBorta: 410, register.KodOtillganglig: 503, register.KodForMycket: 429,
	register.KodOautentiserad: 401,
}

const felaktigaParametrar = "En eller flera parametrar är felaktiga."

// Seconds to wait when nobody knows better.
const (
	vantaOtillganglig = 5
	vantaForMycket    = 60
)

// felhantering is Echo's error handler: whatever went wrong becomes one
// problem+json. Only what the domain or this package says is shown; anything
// else is logged, stripped of values, and answered «Ett fel inträffade».
func (s *server) felhantering(err error, c echo.Context) {
	if c.Response().Committed || err == nil {
		return
	}
	r := c.Request()
	if errors.Is(r.Context().Err(), context.Canceled) {
		// Nobody waits for the answer. 499 is what the log shows.
		c.Response().Status = 499
		return
	}
	if errors.Is(err, echo.ErrNotFound) && s.webbsvar(c) {
		return
	}
	p, huvuden := s.problem(err, c)
	h := c.Response().Header()
	for namn, varde := range huvuden {
		h.Set(namn, varde)
	}
	skrivProblem(c.Response(), r, p)
}

// problem chooses status, rule and words.
func (s *server) problem(err error, c echo.Context) (api.Problem, map[string]string) {
	var eget *avslag
	var doman *register.Error
	var ekots *echo.HTTPError
	huvuden := map[string]string{}
	switch {
	case errors.As(err, &eget):
		p := nyttProblem(eget)
		if eget.status == 401 {
			huvuden["WWW-Authenticate"] = utmaning(c.Request())
		}
		if f, ok := oauthFel(c, eget); ok {
			p.Error = &f
		}
		return p, huvuden
	case errors.As(err, &doman):
		return s.domanproblem(err, doman, c, huvuden)
	case errors.Is(err, db.ErrBorta), errors.Is(err, context.DeadlineExceeded):
		s.logg.LogAttrs(c.Request().Context(), slog.LevelError, "databasen svarar inte",
			slog.String("vag", c.Path()), slog.String("fel", utanVarden(err)))
		huvuden["Retry-After"] = strconv.Itoa(vantaOtillganglig)
		return nyttProblem(nyttAvslag(503, register.RegelOtillganglig)), huvuden
	case errors.As(err, &ekots):
		return ekoproblem(ekots), huvuden
	}
	s.logg.LogAttrs(c.Request().Context(), slog.LevelError, "internt fel",
		slog.String("metod", c.Request().Method), slog.String("vag", c.Path()),
		slog.String("typ", fmt.Sprintf("%T", err)), slog.String("fel", utanVarden(err)))
	return nyttProblem(nyttAvslag(500, register.RegelInterntFel)), huvuden
}

func (s *server) domanproblem(err error, e *register.Error, c echo.Context, huvuden map[string]string) (api.Problem, map[string]string) {
	status, ok := statusAv[e.Kod]
	if !ok {
		status = 500
	}
	p := nyttProblem(&avslag{status, e.Regel, e.Message, e.Falt})
	if fel, oauthStatus := auth.OAuthFel(err); fel != "" && arTokenanrop(c) {
		p = nyttProblem(&avslag{oauthStatus, e.Regel, e.Message, e.Falt})
		p.Error = &fel
	}
	if c.Request().Method == http.MethodGet {
		omParametrar(&p)
	}
	vanta := e.Vanta
	switch int(p.Status) {
	case 401:
		huvuden["WWW-Authenticate"] = utmaning(c.Request())
	case 429:
		huvuden["Retry-After"] = sekunder(vanta, vantaForMycket)
	case 503:
		huvuden["Retry-After"] = sekunder(vanta, vantaOtillganglig)
		s.logg.LogAttrs(c.Request().Context(), slog.LevelWarn, "utomstående tjänst svarar inte",
			slog.String("regel", e.Regel.String()), slog.String("fel", utanVarden(err)))
	}
	return p, huvuden
}

// omParametrar makes the domain's words fit a reading request: nothing was to be
// saved, and what is pointed at stands in the address.
func omParametrar(p *api.Problem) {
	if p.Status == http.StatusUnprocessableEntity {
		p.Detail = felaktigaParametrar
	}
	for i := range p.Fel {
		p.Fel[i].Pekare = strings.TrimPrefix(p.Fel[i].Pekare, "/")
	}
}

// utmaning is how to authenticate (RFC 6750), with the word for a token that does
// not hold when one was sent.
func utmaning(r *http.Request) string {
	if _, ok := bearer(r.Header); ok {
		return `Bearer realm="SUS", error="invalid_token"`
	}
	return `Bearer realm="SUS"`
}

func sekunder(vanta time.Duration, annars int) string {
	if vanta <= 0 {
		return strconv.Itoa(annars)
	}
	return strconv.Itoa(int((vanta + time.Second - 1) / time.Second))
}

// ekoproblem keeps Echo's status and none of its words.
func ekoproblem(e *echo.HTTPError) api.Problem {
	switch e.Code {
	case 404:
		return nyttProblem(errSaknas)
	case 405:
		return nyttProblem(nyttAvslag(405, register.RegelMetod))
	case 413:
		return nyttProblem(errForStor)
	case 415:
		return nyttProblem(nyttAvslag(415, register.RegelMedietyp))
	}
	return nyttProblem(nyttAvslag(400, register.RegelOgiltigBegaran))
}

// skrivProblem sends the problem; instance is the path asked for.
func skrivProblem(w http.ResponseWriter, r *http.Request, p api.Problem) {
	p.Instance = instans(r)
	kropp, err := json.Marshal(p)
	if err != nil {
		// Cannot happen: a Problem is strings and numbers.
		kropp = []byte(`{"type":"about:blank","title":"Ett fel inträffade","status":500}`)
	}
	h := w.Header()
	h.Set("Content-Type", problemtyp)
	h.Set("Content-Length", strconv.Itoa(len(kropp)))
	w.WriteHeader(int(p.Status))
	if r.Method != http.MethodHead {
		_, _ = w.Write(kropp)
	}
}

// instans is the path, escaped and bounded.
func instans(r *http.Request) string {
	vag := r.URL.EscapedPath()
	if len(vag) > 200 {
		vag = vag[:200]
	}
	return vag
}

var (
	citat       = regexp.MustCompile(`"[^"]*"|'[^']*'`)
	sifferfoljd = regexp.MustCompile(`[0-9]{6,}`)
)

const maxLoggatFel = 500

// utanVarden is an error's text without what could be a value from a row or a
// request: quoted parts and long runs of digits.
func utanVarden(err error) string {
	t := sifferfoljd.ReplaceAllString(citat.ReplaceAllString(err.Error(), `"…"`), "…")
	if len(t) > maxLoggatFel {
		t = t[:maxLoggatFel]
	}
	return t
}

// arTokenanrop is true for POST /v1/tokens, whose problems carry RFC 6749's error.
func arTokenanrop(c echo.Context) bool { return c.Path() == bas+"/tokens" }

// oauthFel is RFC 6749's word for a refusal by the HTTP layer.
func oauthFel(c echo.Context, a *avslag) (string, bool) {
	if !arTokenanrop(c) || a.status >= 500 {
		return "", false
	}
	if a.regel == register.RegelOkandGrant {
		return "unsupported_grant_type", true
	}
	return "invalid_request", true
}
