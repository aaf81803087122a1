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
	"sync/atomic"
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
	// The contract's CSV is a text: the library's reader knows no semicolons.
	openapi3filter.RegisterBodyDecoder("text/csv", openapi3filter.FileBodyDecoder)
	kod := storetest.Main(m)
	if certDir != "" {
		_ = os.RemoveAll(certDir)
	}
	os.Exit(kod)
}

// testDay is the day it is in these tests; the hour moves on as the test runs.
var testDay = time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC)

const huvudlosenord = "prov-huvudlosenord"

// harness is a whole server over real HTTP: PostgreSQL, population register and SMS
// are the real ones or processes that speak their protocol.
type harness struct {
	*storetest.Databas
	t       testing.TB
	st      *store.Store // with the test's clock
	auth    *auth.Auth
	options Options
	// navet is the population register; a test may stop it.
	navet  *folkbokforing.Simulator
	bas    string
	router *echo.Echo
	logger *logBuffer

	aktorer      map[string]aktor
	insats       map[string]register.Insats
	organisation map[string]register.Samverkansorganisation
	klientID     uuid.UUID
	hemlighet    string

	mu     sync.Mutex
	next   int // of the test persons
	routes routers.Router

	ahead atomic.Int64 // by how much the test has moved the clock
}

// aktor is somebody who can call: a role in one of the förbund and insatser.
type aktor struct {
	name         string // «DELTAGARANSVARIG A1»
	roll         register.Roll
	token        string
	personnummer register.Personnummer
	holder       auth.DemoToken // asks for another token of the same holder
}

// logBuffer gathers what the server writes, so that a test can see that nothing
// personal is in it.
type logBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *logBuffer) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *logBuffer) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

func newHarness(t testing.TB) *harness { return newHarnessWith(t, nil) }

// newHarnessWith starts a server, its options changed by change (nil: as they are).
func newHarnessWith(t testing.TB, change func(*Options)) *harness {
	t.Helper()
	start := time.Now()
	p := &harness{Databas: storetest.NyMedDatabas(t), t: t, logger: &logBuffer{},
		aktorer: map[string]aktor{}, insats: map[string]register.Insats{}, organisation: map[string]register.Samverkansorganisation{}}
	clock := func() time.Time { return testDay.Add(time.Since(start) + time.Duration(p.ahead.Load())) }
	p.st = p.Vid(clock)
	must(t, db.MarkeraDemo(t.Context(), p.MigrateURL, db.Installation{Demo: true}))

	certDirectory := certDirectory(t)
	navet, err := folkbokforing.StartaSimulator(context.WithoutCancel(t.Context()), "127.0.0.1:0", certDirectory)
	must(t, err)
	t.Cleanup(navet.Stang)
	navet.SattKlocka(clock) // a script goes by the server's clock
	p.navet = navet
	navetval := navet.Options()
	navetval.Klocka = clock
	population, err := folkbokforing.New(navetval)
	must(t, err)
	elks, err := sms.StartaSimulator(context.WithoutCancel(t.Context()), "127.0.0.1:0", certDirectory, "prov", "prov-losenord")
	must(t, err)
	t.Cleanup(elks.Stang)
	smsKlient, err := sms.New(elks.Options())
	must(t, err)
	p.options = Options{Folkbokforing: population, SMS: smsKlient, Demo: true, Version: "prov", Logger: slog.New(slog.NewJSONHandler(p.logger, nil))}
	if change != nil {
		change(&p.options)
	}
	p.startWith(p.st)

	p.routes = routes(t)
	t.Cleanup(func() {
		if !t.Failed() {
			return
		}
		for _, line := range strings.Split(p.logger.String(), "\n") {
			if strings.Contains(line, `"level":"ERROR"`) {
				t.Log(line)
			}
		}
	})
	p.fill()
	return p
}

// moveDays makes it so many days later for all that go by the harness's clock. Who has
// been known gets another token: a session does not live that long.
func (p *harness) moveDays(n int) {
	p.t.Helper()
	p.ahead.Add(int64(n) * int64(24*time.Hour))
	for name, a := range p.aktorer {
		a.token = p.token(a.holder)
		p.aktorer[name] = a
	}
}

// startWith starts a server on a store; the test then speaks to that one.
func (p *harness) startWith(st *store.Store) {
	t := p.t
	t.Helper()
	var err error
	p.auth, err = auth.New(konto.New(st.DB), p.options.SMS, auth.Options{Issuer: "sus-prov", Audience: "sus-prov-api", ForsokPerAdress: 100_000, ForsokPerPerson: 10_000})
	must(t, err)
	o := p.options
	o.Store, o.Auth = st, p.auth
	h, err := New(o)
	must(t, err)
	l, err := net.Listen("tcp", "127.0.0.1:0")
	must(t, err)
	p.router = h.(headMethod).next
	srv := Server(h)
	srv.ErrorLog = slog.NewLogLogger(slog.NewJSONHandler(p.logger, nil), slog.LevelError)
	go func() { _ = srv.Serve(Listen(l)) }()
	t.Cleanup(func() { _ = srv.Close() })
	p.bas = "http://" + l.Addr().String()
}

var (
	routerOnce     sync.Once
	contractRouter routers.Router
)

// routes finds the contract's operation of a request, read once a test run.
func routes(t testing.TB) routers.Router {
	routerOnce.Do(func() {
		doc, err := contract()
		must(t, err)
		own := *doc
		own.Servers = openapi3.Servers{{URL: "http://prov" + bas}}
		contractRouter, err = legacy.NewRouter(&own)
		must(t, err)
	})
	return contractRouter
}

var (
	certOnce sync.Once
	certDir  string
)

// certDirectory holds the simulators' certificates, made once a test run.
func certDirectory(t testing.TB) string {
	certOnce.Do(func() {
		var err error
		certDir, err = os.MkdirTemp("", "sus-httpapi-cert-")
		must(t, err)
	})
	return certDir
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// fill makes two förbund with two insatser each: A1, A2, B1, B2.
func (p *harness) fill() {
	t := p.t
	t.Helper()
	for _, f := range []struct{ name, orgnr string }{{"A", "2220000398"}, {"B", "2220001925"}} {
		o := storetest.Organisation(t, p.st, func(u *register.Organisationsuppgifter) {
			u.Namn, u.Organisationsnummer = "Förbundet "+f.name, f.orgnr
		})
		p.organisation[f.name] = o
		for _, n := range []string{"1", "2"} {
			p.insats[f.name+n] = storetest.Insats(t, p.st, o, func(u *register.Insatsuppgifter) { u.Namn = "Insats " + f.name + n })
		}
	}
}

// aktor is somebody by name, made the first time: «DELTAGARANSVARIG A1» works in
// insats A1, «SAMVERKANSADMINISTRATOR A» in förbund A, «MASKIN A1» is a client
// with every scope, «MASKIN-LAS A1» and «MASKIN-RAPPORT A1» have one each.
func (p *harness) aktor(name string) aktor {
	p.t.Helper()
	if a, found := p.aktorer[name]; found {
		return a
	}
	scheme, where, _ := strings.Cut(name, " ")
	org := ""
	if where != "" {
		org = where[:1]
	}
	switch scheme {
	case "SYSTEMFORVALTARE", "SUSRAPPORT":
		p.anvandare(name, register.Roll(scheme), "", "")
	case "SAMVERKANSADMINISTRATOR":
		p.anvandare(name, register.Roll(scheme), org, "")
	case "INSATSANSVARIG", "DELTAGARANSVARIG":
		p.anvandare(name, register.Roll(scheme), org, where)
	case "MASKIN":
		p.maskin(name, org, where, allScopes...)
	case "MASKIN-LAS":
		p.maskin(name, org, where, register.ScopeDeltagandeLas)
	case "MASKIN-RAPPORT":
		p.maskin(name, org, where, register.ScopeRapportLas)
	default:
		p.t.Fatalf("ingen heter %s", name)
	}
	return p.aktorer[name]
}

var system = register.Aktor{System: "prov"}

func (p *harness) anvandare(name string, roll register.Roll, org, insats string) {
	t := p.t
	t.Helper()
	ctx := t.Context()
	pnr := register.Testnummer(register.NyttDatum(1970, 1, 1).Plus(len(p.aktorer)), true)
	id, err := p.auth.SkapaAnvandare(ctx, system, auth.NyAnvandare{Personnummer: pnr, Fornamn: "Prov", Efternamn: name,
		Mobil: fmt.Sprintf("+4670174%04d", len(p.aktorer)), Huvudarbetsgivare: "2120003005", Huvudlosenord: huvudlosenord})
	must(t, err)
	idag := p.st.Idag()
	_, err = konto.New(p.st.DB).GeBehorighet(ctx, storetest.Som(system), register.Behorighet{AnvandareID: id, Roll: roll, Period: register.NyPeriod(idag.PlusAr(-1), idag.PlusAr(1).Plus(-1))})
	must(t, err)
	if org != "" {
		u := konto.NyttUppdrag{AnvandareID: id, Roll: roll, Period: register.Period{Fran: idag.PlusAr(-1)}}
		if insats != "" {
			u.InsatsID = p.insats[insats].ID
		} else {
			u.OrganisationID = p.organisation[org].ID
		}
		_, err = konto.New(p.st.DB).GeUppdrag(ctx, storetest.Som(system), u)
		must(t, err)
	}
	p.aktorer[name] = aktor{name, roll, p.token(auth.DemoToken{AnvandareID: id}), pnr, auth.DemoToken{AnvandareID: id}}
}

// newAnvandare is a user who holds the role for a year from today and has no uppdrag, and
// whose password opens nothing.
func (p *harness) newAnvandare(arbetsgivare string, roll register.Roll) uuid.UUID {
	p.t.Helper()
	k, idag := konto.New(p.st.DB), p.st.Idag()
	id, err := k.SkapaAnvandare(p.t.Context(), storetest.Som(system), register.Anvandaruppgifter{Personnummer: p.newPerson(), Fornamn: "Tage", Efternamn: "Tagare",
		Mobil: "+46701740605", Huvudarbetsgivare: arbetsgivare}, "$argon2id$v=19$m=19456,t=2,p=1$AAAA$AAAA")
	must(p.t, err)
	_, err = k.GeBehorighet(p.t.Context(), storetest.Som(system), register.Behorighet{AnvandareID: id, Roll: roll, Period: register.NyPeriod(idag, idag.PlusAr(1).Plus(-1))})
	must(p.t, err)
	return id
}

func (p *harness) token(d auth.DemoToken) string {
	p.t.Helper()
	token, err := p.auth.MintaDemo(p.t.Context(), d)
	must(p.t, err)
	return token
}

var allScopes = []register.Scope{register.ScopeDeltagandeLas, register.ScopeDeltagandeSkriv, register.ScopeRapportLas, register.ScopeInsatsSkriv}

func (p *harness) maskin(name, org, insats string, scopes ...register.Scope) {
	t := p.t
	t.Helper()
	ctx := t.Context()
	id, hemlighet, err := p.auth.SkapaKlient(ctx, system, konto.NyKlient{Namn: name, OrganisationID: p.organisation[org].ID, Scopes: scopes})
	must(t, err)
	_, err = konto.New(p.st.DB).GeUppdrag(ctx, storetest.Som(system), konto.NyttUppdrag{KlientID: id, Roll: register.RollMaskin, InsatsID: p.insats[insats].ID, Period: register.Period{Fran: p.st.Idag().PlusAr(-1)}})
	must(t, err)
	p.klientID, p.hemlighet = id, hemlighet
	d := auth.DemoToken{KlientID: id}
	p.aktorer[name] = aktor{name: name, roll: register.RollMaskin, token: p.token(d), holder: d}
}

// newPerson is a test person nobody in the test has used yet.
func (p *harness) newPerson() register.Personnummer {
	p.mu.Lock()
	defer p.mu.Unlock()
	for {
		p.next++
		dag := register.NyttDatum(1980, 1, 1).Plus(p.next)
		if d := dag.Dag(); d < 13 || d > 16 { // days that the population register answers specially
			return register.Testnummer(dag, p.next%2 == 0)
		}
	}
}

// answer is an answer, its body read.
type answer struct {
	status int
	header http.Header
	text   []byte
}

// json reads the body into v.
func (s answer) json(t testing.TB, v any) {
	t.Helper()
	if err := json.Unmarshal(s.text, v); err != nil {
		t.Fatalf("svaret är inte JSON: %v: %s", err, s.text)
	}
}

// falt is one member of the body.
func (s answer) falt(t testing.TB, name string) any {
	t.Helper()
	var v map[string]any
	s.json(t, &v)
	return v[name]
}

func (s answer) id(t testing.TB) string {
	t.Helper()
	id, _ := s.falt(t, "id").(string)
	if id == "" {
		t.Fatalf("svaret har inget id: %d %s", s.status, s.text)
	}
	return id
}

// headers changes a request's headers.
type headers map[string]string

// call sends a request as somebody («» is nobody) and holds the answer against
// the contract: status, headers, media type, every field.
func (p *harness) call(who, method, path string, body any, h headers) answer {
	p.t.Helper()
	s := p.callUnchecked(who, method, path, body, h)
	p.checkAnswer(method, path, s)
	return s
}

// client gives up on an answer that does not come, so that the test says which.
var client = &http.Client{Timeout: 20 * time.Second}

// callUnchecked is call without the contract's check, for what the contract cannot hold.
func (p *harness) callUnchecked(who, method, path string, body any, h headers) answer {
	p.t.Helper()
	var in io.Reader
	typ := ""
	switch k := body.(type) {
	case nil:
	case string:
		in, typ = strings.NewReader(k), jsonType
	case []byte:
		in, typ = bytes.NewReader(k), jsonType
	default:
		b, err := json.Marshal(k)
		must(p.t, err)
		in, typ = bytes.NewReader(b), jsonType
	}
	r, err := http.NewRequestWithContext(context.Background(), method, p.bas+path, in)
	must(p.t, err)
	if typ != "" {
		r.Header.Set("Content-Type", typ)
	}
	if who != "" {
		a := p.aktor(who)
		r.Header.Set("Authorization", "Bearer "+a.token)
		if a.roll == register.RollMaskin && method == http.MethodPost {
			r.Header.Set("Idempotency-Key", uuid.NewString())
		}
	}
	for name, value := range h {
		if value == "" {
			r.Header.Del(name)
			continue
		}
		r.Header.Set(name, value)
	}
	out, err := client.Do(r)
	must(p.t, err)
	defer func() { _ = out.Body.Close() }()
	text, err := io.ReadAll(out.Body)
	must(p.t, err)
	return answer{out.StatusCode, out.Header, text}
}

// checkAnswer holds an answer against the contract, and against what holds for all.
func (p *harness) checkAnswer(method, path string, s answer) {
	p.t.Helper()
	if s.header.Get("X-Content-Type-Options") != "nosniff" || s.header.Get("Cache-Control") != "no-store" || s.header.Get("traceparent") == "" {
		p.t.Errorf("%s %s %d: svaret saknar säkerhetshuvuden: %v", method, path, s.status, s.header)
	}
	if s.status >= 400 {
		p.checkProblem(method, path, s)
	}
	r, err := http.NewRequestWithContext(context.Background(), method, "http://prov"+path, nil)
	must(p.t, err)
	route, param, err := p.routes.FindRoute(r)
	if err != nil {
		if s.status < 400 && strings.HasPrefix(path, "/v1/") {
			p.t.Errorf("%s %s %d: finns inte i kontraktet: %v", method, path, s.status, err)
		}
		return // not in the contract: 404, 405
	}
	if strings.HasSuffix(path, "/") || s.status == http.StatusRequestURITooLong || s.status == http.StatusMethodNotAllowed {
		return
	}
	err = openapi3filter.ValidateResponse(context.Background(), &openapi3filter.ResponseValidationInput{
		RequestValidationInput: &openapi3filter.RequestValidationInput{Request: r, PathParams: param, Route: route},
		Status:                 s.status, Header: s.header, Body: io.NopCloser(bytes.NewReader(s.text)),
		Options: &openapi3filter.Options{IncludeResponseStatus: true, MultiError: true},
	})
	if err != nil {
		p.t.Errorf("%s %s %d: svaret följer inte kontraktet: %v\n%s", method, path, s.status, err, s.text)
	}
}

// checkProblem: RFC 9457 with our members, and nothing of the inside.
func (p *harness) checkProblem(method, path string, s answer) {
	p.t.Helper()
	if typ := s.header.Get("Content-Type"); typ != problemType {
		p.t.Errorf("%s %s %d: felet är %q, inte problem+json", method, path, s.status, typ)
		return
	}
	var pr api.Problem
	s.json(p.t, &pr)
	if int(pr.Status) != s.status || pr.Regel == "" || pr.Type != problemBase+pr.Regel || pr.Title == "" || pr.Detail == "" || pr.Fel == nil {
		p.t.Errorf("%s %s %d: ofullständigt problem: %s", method, path, s.status, s.text)
	}
	for _, inner := range []string{"SQLSTATE", "pgx", "gorm", ".go:", "invalid character", "strconv", "json:", "kin-openapi", "regular expression", "\\x00"} {
		if bytes.Contains(s.text, []byte(inner)) {
			p.t.Errorf("%s %s %d: felet visar insidan (%s): %s", method, path, s.status, inner, s.text)
		}
	}
	if s.status == http.StatusUnauthorized && s.header.Get("WWW-Authenticate") == "" {
		p.t.Errorf("%s %s: 401 utan WWW-Authenticate", method, path)
	}
	if s.status == http.StatusMethodNotAllowed && s.header.Get("Allow") == "" {
		p.t.Errorf("%s %s: 405 utan Allow", method, path)
	}
	if (s.status == http.StatusTooManyRequests || s.status == http.StatusServiceUnavailable) && s.header.Get("Retry-After") == "" {
		p.t.Errorf("%s %s: %d utan Retry-After", method, path, s.status)
	}
}

// expect sends and demands a status.
func (p *harness) expect(status int, who, method, path string, body any, h headers) answer {
	p.t.Helper()
	s := p.call(who, method, path, body, h)
	if s.status != status {
		p.t.Fatalf("%s: %s %s ska ge %d, gav %d: %s", who, method, path, status, s.status, s.text)
	}
	return s
}

// The main job's bodies, valid in every test.

func (p *harness) samtycke(pnr register.Personnummer) map[string]any {
	return httpapitest.Samtycke(pnr.Siffror(), "2026-11-01")
}

func inregistrering(samtyckeID string) map[string]any {
	return httpapitest.Inregistrering(samtyckeID, "2026-11-02")
}

func utregistrering() map[string]any { return httpapitest.Utregistrering("2026-11-20") }

func with(body map[string]any, name string, value any) map[string]any {
	out := make(map[string]any, len(body)+1)
	for k, v := range body {
		out[k] = v
	}
	out[name] = value
	if value == nil {
		delete(out, name)
	}
	return out
}

func (p *harness) insatsPath(name, under string) string {
	return "/v1/insatser/" + p.insats[name].ID.String() + "/" + under
}

func (p *harness) newSamtycke(who, insats string) string {
	p.t.Helper()
	return p.expect(201, who, "POST", "/v1/insatser/"+p.insats[insats].ID.String()+"/samtycken", p.samtycke(p.newPerson()), nil).id(p.t)
}

func (p *harness) newDeltagande(who, insats string) string {
	p.t.Helper()
	c := p.newSamtycke(who, insats)
	return p.expect(201, who, "POST", "/v1/insatser/"+p.insats[insats].ID.String()+"/deltaganden", inregistrering(c), nil).id(p.t)
}
