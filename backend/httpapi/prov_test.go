package httpapi

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/getkin/kin-openapi/routers"
	"github.com/getkin/kin-openapi/routers/legacy"
	"github.com/google/uuid"
	"github.com/labstack/echo/v4"

	"sus/api"
	"sus/backend/auth"
	"sus/backend/folkbokforing"
	"sus/backend/httpapi/httpapitest"
	"sus/backend/register"
	"sus/backend/sms"
	"sus/backend/store"
	"sus/backend/store/db"
	"sus/backend/store/konto"
	"sus/backend/store/storetest"
)

func TestMain(m *testing.M) {
	kod := storetest.Main(m)
	if certDir != "" {
		_ = os.RemoveAll(certDir)
	}
	os.Exit(kod)
}

// idagIProv is the day it is in these tests; the hour moves on as the test runs.
var idagIProv = time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC)

const huvudlosenord = "prov-huvudlosenord"

// prov is a whole server over real HTTP: PostgreSQL, population register and SMS
// are the real ones or processes that speak their protocol.
type prov struct {
	*storetest.Databas
	t    testing.TB
	st   *store.Store // with the test's clock
	auth *auth.Auth
	val  Options
	// navet is the population register; a test may stop it.
	navet  *folkbokforing.Simulator
	bas    string
	router *echo.Echo
	logg   *logg

	aktorer      map[string]aktor
	insats       map[string]register.Insats
	organisation map[string]register.Samverkansorganisation
	klientID     uuid.UUID
	hemlighet    string

	mu     sync.Mutex
	nasta  int // of the test persons
	rutter routers.Router
}

// aktor is somebody who can call: a role in one of the förbund and insatser.
type aktor struct {
	namn         string // «DELTAGARANSVARIG A1»
	roll         register.Roll
	token        string
	personnummer register.Personnummer
	sokande      auth.DemoToken // asks for another token of the same holder
}

// logg gathers what the server writes, so that a test can see that nothing
// personal is in it.
type logg struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *logg) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *logg) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

func nyttProv(t testing.TB) *prov { return nyttProvMed(t, nil) }

// nyttProvMed starts a server, its options changed by andra (nil: as they are).
func nyttProvMed(t testing.TB, andra func(*Options)) *prov {
	t.Helper()
	start := time.Now()
	klocka := func() time.Time { return idagIProv.Add(time.Since(start)) }
	p := &prov{Databas: storetest.NyMedDatabas(t), t: t, logg: &logg{},
		aktorer: map[string]aktor{}, insats: map[string]register.Insats{}, organisation: map[string]register.Samverkansorganisation{}}
	p.st = p.Vid(klocka)
	ja(t, db.MarkeraDemo(t.Context(), p.MigrateURL, db.Installation{Demo: true}))

	certkatalog := certkatalog(t)
	navet, err := folkbokforing.StartaSimulator(context.WithoutCancel(t.Context()), "127.0.0.1:0", certkatalog)
	ja(t, err)
	t.Cleanup(navet.Stang)
	p.navet = navet
	navetval := navet.Options()
	navetval.Klocka = klocka
	fb, err := folkbokforing.Ny(navetval)
	ja(t, err)
	elks, err := sms.StartaSimulator(context.WithoutCancel(t.Context()), "127.0.0.1:0", certkatalog, "prov", "prov-losenord")
	ja(t, err)
	t.Cleanup(elks.Stang)
	smsKlient, err := sms.Ny(elks.Options())
	ja(t, err)
	p.val = Options{Folkbokforing: fb, SMS: smsKlient, Demo: true, Version: "prov", Logg: slog.New(slog.NewJSONHandler(p.logg, nil))}
	if andra != nil {
		andra(&p.val)
	}
	p.startaMed(p.st)

	p.rutter = rutter(t)
	t.Cleanup(func() {
		if !t.Failed() {
			return
		}
		for _, rad := range strings.Split(p.logg.String(), "\n") {
			if strings.Contains(rad, `"level":"ERROR"`) {
				t.Log(rad)
			}
		}
	})
	p.fyll()
	return p
}

// startaMed starts a server on a store; the test then speaks to that one.
func (p *prov) startaMed(st *store.Store) {
	t := p.t
	t.Helper()
	var err error
	p.auth, err = auth.Ny(konto.New(st.DB), p.val.SMS, auth.Options{Issuer: "sus-prov", Audience: "sus-prov-api", ForsokPerAdress: 100_000, ForsokPerPerson: 10_000})
	ja(t, err)
	o := p.val
	o.Store, o.Auth = st, p.auth
	h, err := New(o)
	ja(t, err)
	l, err := net.Listen("tcp", "127.0.0.1:0")
	ja(t, err)
	p.router = h.(huvudmetod).next
	srv := Server(h)
	srv.ErrorLog = slog.NewLogLogger(slog.NewJSONHandler(p.logg, nil), slog.LevelError)
	go func() { _ = srv.Serve(Lyssna(l)) }()
	t.Cleanup(func() { _ = srv.Close() })
	p.bas = "http://" + l.Addr().String()
}

var (
	rutterEn sync.Once
	rutterna routers.Router
)

// rutter finds the contract's operation of a request, read once a test run.
func rutter(t testing.TB) routers.Router {
	rutterEn.Do(func() {
		doc, err := kontrakt()
		ja(t, err)
		doc.Servers = openapi3.Servers{{URL: "http://prov" + bas}}
		rutterna, err = legacy.NewRouter(doc)
		ja(t, err)
	})
	return rutterna
}

var (
	certEn  sync.Once
	certDir string
)

// certkatalog holds the simulators' certificates, made once a test run.
func certkatalog(t testing.TB) string {
	certEn.Do(func() {
		var err error
		certDir, err = os.MkdirTemp("", "sus-httpapi-cert-")
		ja(t, err)
	})
	return certDir
}

func ja(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// fyll makes two förbund with two insatser each: A1, A2, B1, B2.
func (p *prov) fyll() {
	t := p.t
	t.Helper()
	for _, f := range []struct{ namn, orgnr string }{{"A", "2220000398"}, {"B", "2220001925"}} {
		o := storetest.Organisation(t, p.st, func(u *register.Organisationsuppgifter) {
			u.Namn, u.Organisationsnummer = "Förbundet "+f.namn, f.orgnr
		})
		p.organisation[f.namn] = o
		for _, n := range []string{"1", "2"} {
			p.insats[f.namn+n] = storetest.Insats(t, p.st, o, func(u *register.Insatsuppgifter) { u.Namn = "Insats " + f.namn + n })
		}
	}
}

// aktor is somebody by name, made the first time: «DELTAGARANSVARIG A1» works in
// insats A1, «SAMVERKANSADMINISTRATOR A» in förbund A, «MASKIN A1» is a client
// with every scope, «MASKIN-LAS A1» and «MASKIN-RAPPORT A1» have one each.
func (p *prov) aktor(namn string) aktor {
	p.t.Helper()
	if a, finns := p.aktorer[namn]; finns {
		return a
	}
	slag, var_, _ := strings.Cut(namn, " ")
	org := ""
	if var_ != "" {
		org = var_[:1]
	}
	switch slag {
	case "SYSTEMFORVALTARE", "SUSRAPPORT":
		p.anvandare(namn, register.Roll(slag), "", "")
	case "SAMVERKANSADMINISTRATOR":
		p.anvandare(namn, register.Roll(slag), org, "")
	case "INSATSANSVARIG", "DELTAGARANSVARIG":
		p.anvandare(namn, register.Roll(slag), org, var_)
	case "MASKIN":
		p.maskin(namn, org, var_, allaScopes...)
	case "MASKIN-LAS":
		p.maskin(namn, org, var_, register.ScopeDeltagandeLas)
	case "MASKIN-RAPPORT":
		p.maskin(namn, org, var_, register.ScopeRapportLas)
	default:
		p.t.Fatalf("ingen heter %s", namn)
	}
	return p.aktorer[namn]
}

var systemet = register.Aktor{System: "prov"}

func (p *prov) anvandare(namn string, roll register.Roll, org, insats string) {
	t := p.t
	t.Helper()
	ctx := t.Context()
	pnr := register.Testnummer(register.NyttDatum(1970, 1, 1).Plus(len(p.aktorer)), true)
	id, err := p.auth.SkapaAnvandare(ctx, systemet, auth.NyAnvandare{Personnummer: pnr, Fornamn: "Prov", Efternamn: namn,
		Mobil: fmt.Sprintf("+4670174%04d", len(p.aktorer)), Huvudarbetsgivare: "2120003005", Huvudlosenord: huvudlosenord})
	ja(t, err)
	idag := p.st.Idag()
	_, err = konto.New(p.st.DB).GeBehorighet(ctx, storetest.Som(systemet), register.Behorighet{AnvandareID: id, Roll: roll, Period: register.NyPeriod(idag.PlusAr(-1), idag.PlusAr(1).Plus(-1))})
	ja(t, err)
	if org != "" {
		u := konto.NyttUppdrag{AnvandareID: id, Roll: roll, Period: register.Period{Fran: idag.PlusAr(-1)}}
		if insats != "" {
			u.InsatsID = p.insats[insats].ID
		} else {
			u.OrganisationID = p.organisation[org].ID
		}
		_, err = konto.New(p.st.DB).GeUppdrag(ctx, storetest.Som(systemet), u)
		ja(t, err)
	}
	p.aktorer[namn] = aktor{namn, roll, p.token(auth.DemoToken{AnvandareID: id}), pnr, auth.DemoToken{AnvandareID: id}}
}

func (p *prov) token(d auth.DemoToken) string {
	p.t.Helper()
	token, err := p.auth.MintaDemo(p.t.Context(), d)
	ja(p.t, err)
	return token
}

var allaScopes = []register.Scope{register.ScopeDeltagandeLas, register.ScopeDeltagandeSkriv, register.ScopeRapportLas}

func (p *prov) maskin(namn, org, insats string, scopes ...register.Scope) {
	t := p.t
	t.Helper()
	ctx := t.Context()
	id, hemlighet, err := p.auth.SkapaKlient(ctx, systemet, konto.NyKlient{Namn: namn, OrganisationID: p.organisation[org].ID, Scopes: scopes})
	ja(t, err)
	_, err = konto.New(p.st.DB).GeUppdrag(ctx, storetest.Som(systemet), konto.NyttUppdrag{KlientID: id, Roll: register.RollMaskin, InsatsID: p.insats[insats].ID, Period: register.Period{Fran: p.st.Idag().PlusAr(-1)}})
	ja(t, err)
	p.klientID, p.hemlighet = id, hemlighet
	d := auth.DemoToken{KlientID: id}
	p.aktorer[namn] = aktor{namn: namn, roll: register.RollMaskin, token: p.token(d), sokande: d}
}

// nyPerson is a test person nobody in the test has used yet.
func (p *prov) nyPerson() register.Personnummer {
	p.mu.Lock()
	defer p.mu.Unlock()
	for {
		p.nasta++
		dag := register.NyttDatum(1980, 1, 1).Plus(p.nasta)
		if d := dag.Dag(); d < 13 || d > 16 { // days that the population register answers specially
			return register.Testnummer(dag, p.nasta%2 == 0)
		}
	}
}

// anropssvar is an answer, its body read.
type anropssvar struct {
	status int
	huvud  http.Header
	text   []byte
}

// json reads the body into v.
func (s anropssvar) json(t testing.TB, v any) {
	t.Helper()
	if err := json.Unmarshal(s.text, v); err != nil {
		t.Fatalf("svaret är inte JSON: %v: %s", err, s.text)
	}
}

// falt is one member of the body.
func (s anropssvar) falt(t testing.TB, namn string) any {
	t.Helper()
	var v map[string]any
	s.json(t, &v)
	return v[namn]
}

func (s anropssvar) id(t testing.TB) string {
	t.Helper()
	id, _ := s.falt(t, "id").(string)
	if id == "" {
		t.Fatalf("svaret har inget id: %d %s", s.status, s.text)
	}
	return id
}

// huvuden changes a request's headers.
type huvuden map[string]string

// anropa sends a request as somebody («» is nobody) and holds the answer against
// the contract: status, headers, media type, every field.
func (p *prov) anropa(vem, metod, vag string, kropp any, h huvuden) anropssvar {
	p.t.Helper()
	s := p.utan(vem, metod, vag, kropp, h)
	p.provaSvar(metod, vag, s)
	return s
}

// client gives up on an answer that does not come, so that the test says which.
var client = &http.Client{Timeout: 20 * time.Second}

// utan is anropa without the contract's check, for what the contract cannot hold.
func (p *prov) utan(vem, metod, vag string, kropp any, h huvuden) anropssvar {
	p.t.Helper()
	var in io.Reader
	typ := ""
	switch k := kropp.(type) {
	case nil:
	case string:
		in, typ = strings.NewReader(k), jsontyp
	case []byte:
		in, typ = bytes.NewReader(k), jsontyp
	default:
		b, err := json.Marshal(k)
		ja(p.t, err)
		in, typ = bytes.NewReader(b), jsontyp
	}
	r, err := http.NewRequestWithContext(context.Background(), metod, p.bas+vag, in)
	ja(p.t, err)
	if typ != "" {
		r.Header.Set("Content-Type", typ)
	}
	if vem != "" {
		a := p.aktor(vem)
		r.Header.Set("Authorization", "Bearer "+a.token)
		if a.roll == register.RollMaskin && metod == http.MethodPost {
			r.Header.Set("Idempotency-Key", uuid.NewString())
		}
	}
	for namn, varde := range h {
		if varde == "" {
			r.Header.Del(namn)
			continue
		}
		r.Header.Set(namn, varde)
	}
	ut, err := client.Do(r)
	ja(p.t, err)
	defer func() { _ = ut.Body.Close() }()
	text, err := io.ReadAll(ut.Body)
	ja(p.t, err)
	return anropssvar{ut.StatusCode, ut.Header, text}
}

// provaSvar holds an answer against the contract, and against what holds for all.
func (p *prov) provaSvar(metod, vag string, s anropssvar) {
	p.t.Helper()
	if s.huvud.Get("X-Content-Type-Options") != "nosniff" || s.huvud.Get("Cache-Control") != "no-store" || s.huvud.Get("traceparent") == "" {
		p.t.Errorf("%s %s %d: svaret saknar säkerhetshuvuden: %v", metod, vag, s.status, s.huvud)
	}
	if s.status >= 400 {
		p.provaProblem(metod, vag, s)
	}
	r, err := http.NewRequestWithContext(context.Background(), metod, "http://prov"+vag, nil)
	ja(p.t, err)
	rutt, param, err := p.rutter.FindRoute(r)
	if err != nil {
		if s.status < 400 && strings.HasPrefix(vag, "/v1/") {
			p.t.Errorf("%s %s %d: finns inte i kontraktet: %v", metod, vag, s.status, err)
		}
		return // not in the contract: 404, 405
	}
	if strings.HasSuffix(vag, "/") || s.status == http.StatusRequestURITooLong || s.status == http.StatusMethodNotAllowed {
		return
	}
	err = openapi3filter.ValidateResponse(context.Background(), &openapi3filter.ResponseValidationInput{
		RequestValidationInput: &openapi3filter.RequestValidationInput{Request: r, PathParams: param, Route: rutt},
		Status:                 s.status, Header: s.huvud, Body: io.NopCloser(bytes.NewReader(s.text)),
		Options: &openapi3filter.Options{IncludeResponseStatus: true, MultiError: true},
	})
	if err != nil {
		p.t.Errorf("%s %s %d: svaret följer inte kontraktet: %v\n%s", metod, vag, s.status, err, s.text)
	}
}

// provaProblem: RFC 9457 with our members, and nothing of the inside.
func (p *prov) provaProblem(metod, vag string, s anropssvar) {
	p.t.Helper()
	if typ := s.huvud.Get("Content-Type"); typ != problemtyp {
		p.t.Errorf("%s %s %d: felet är %q, inte problem+json", metod, vag, s.status, typ)
		return
	}
	var pr api.Problem
	s.json(p.t, &pr)
	if int(pr.Status) != s.status || pr.Regel == "" || pr.Type != felbas+pr.Regel || pr.Title == "" || pr.Detail == "" || pr.Fel == nil {
		p.t.Errorf("%s %s %d: ofullständigt problem: %s", metod, vag, s.status, s.text)
	}
	for _, inre := range []string{"SQLSTATE", "pgx", "gorm", ".go:", "invalid character", "strconv", "json:", "kin-openapi", "regular expression", "\\x00"} {
		if bytes.Contains(s.text, []byte(inre)) {
			p.t.Errorf("%s %s %d: felet visar insidan (%s): %s", metod, vag, s.status, inre, s.text)
		}
	}
	if s.status == http.StatusUnauthorized && s.huvud.Get("WWW-Authenticate") == "" {
		p.t.Errorf("%s %s: 401 utan WWW-Authenticate", metod, vag)
	}
	if s.status == http.StatusMethodNotAllowed && s.huvud.Get("Allow") == "" {
		p.t.Errorf("%s %s: 405 utan Allow", metod, vag)
	}
	if (s.status == http.StatusTooManyRequests || s.status == http.StatusServiceUnavailable) && s.huvud.Get("Retry-After") == "" {
		p.t.Errorf("%s %s: %d utan Retry-After", metod, vag, s.status)
	}
}

// vanta sends and demands a status.
func (p *prov) vanta(status int, vem, metod, vag string, kropp any, h huvuden) anropssvar {
	p.t.Helper()
	s := p.anropa(vem, metod, vag, kropp, h)
	if s.status != status {
		p.t.Fatalf("%s: %s %s ska ge %d, gav %d: %s", vem, metod, vag, status, s.status, s.text)
	}
	return s
}

// The main job's bodies, valid in every test.

func (p *prov) samtycke(pnr register.Personnummer) map[string]any {
	return httpapitest.Samtycke(pnr.Siffror(), "2026-11-01")
}

func inregistrering(samtyckeID string) map[string]any {
	return httpapitest.Inregistrering(samtyckeID, "2026-11-02")
}

func utregistrering() map[string]any { return httpapitest.Utregistrering("2026-11-20") }

func med(kropp map[string]any, namn string, varde any) map[string]any {
	ut := make(map[string]any, len(kropp)+1)
	for k, v := range kropp {
		ut[k] = v
	}
	ut[namn] = varde
	if varde == nil {
		delete(ut, namn)
	}
	return ut
}

func (p *prov) nyttSamtycke(vem, insats string) string {
	p.t.Helper()
	return p.vanta(201, vem, "POST", "/v1/insatser/"+p.insats[insats].ID.String()+"/samtycken", p.samtycke(p.nyPerson()), nil).id(p.t)
}

func (p *prov) nyttDeltagande(vem, insats string) string {
	p.t.Helper()
	c := p.nyttSamtycke(vem, insats)
	return p.vanta(201, vem, "POST", "/v1/insatser/"+p.insats[insats].ID.String()+"/deltaganden", inregistrering(c), nil).id(p.t)
}
