package prov_test

import (
	"cmp"
	"database/sql"
	"encoding/json"
	"fmt"
	"maps"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/google/uuid"

	"sus/api"
	"sus/backend/httpapi/httpapitest"
	"sus/backend/pgembed"
	"sus/backend/register"
)

// yttre is a demo in a PostgreSQL that is not the program's own, as in production:
// the program is given two addresses, and the test may do with the server what it
// wants.
type yttre struct {
	installation
	kluster *pgembed.Cluster
	val     pgembed.Options
}

// yttreDemo is made once: the tests that use it leave it as they found it.
var yttreDemo struct {
	sync.Once
	*yttre
}

func nyYttre(t *testing.T) *yttre {
	t.Helper()
	yttreDemo.Do(func() {
		dir := mapp(t, true)
		y := &yttre{val: pgembed.Options{Dir: filepath.Join(dir, "pg")}}
		y.installation.mapp = filepath.Join(dir, "data")
		kopiera(t, fylldDemo(t), y.val.Dir)
		ja(t, os.Mkdir(y.mapp, 0o755))
		ja(t, os.Rename(filepath.Join(y.val.Dir, "nycklar.json"), filepath.Join(y.mapp, "nycklar.json")))
		y.starta(t)
		avsluta = append(avsluta, func() { _ = y.kluster.Stop() })
		y.miljo = []string{"SUS_DATABASE_URL=" + y.kluster.ServerURL(), "SUS_MIGRATE_URL=" + y.kluster.AgareURL()}
		y.kor(t, "migrate")
		yttreDemo.yttre = y
	})
	if yttreDemo.yttre == nil {
		t.Fatal("databasen gick inte att förbereda; se det första testet")
	}
	return yttreDemo.yttre
}

func (y *yttre) starta(t *testing.T) {
	t.Helper()
	var err error
	y.kluster, err = pgembed.Start(t.Context(), y.val)
	ja(t, err)
}

// alla are the ids of all processes of the PostgreSQL.
func (y *yttre) alla(t *testing.T) []int {
	t.Helper()
	return append([]int{y.kluster.PID()}, barn(t, y.kluster.PID())...)
}

// prover is one request of each operation of the contract that the demo's actors
// may make, by operationId; what it makes is never made twice, for it has a key.
type prover map[string]provat

// provat is a request and what it is answered when all is well.
type provat struct {
	nytt func() anrop // the same, of what stands now
	anrop
	status int
}

// target is the demo's insats as the requests are about it.
type target struct {
	ansvarig
	t            *testing.T
	y            *yttre
	organisation string
	kopplade     map[string]bool // by AnnansInsatsID
	tips         struct{ Inloggning, Klient map[string]string }
}

func (m *target) InsatsID() string       { return m.insats }
func (m *target) OrganisationID() string { return m.organisation }
func (m *target) Personnummer() string   { return nyttNummer() }
func (m *target) InloggningID() string   { return uuid.NewString() }
func (m *target) Kod() string            { return "123456" }
func (m *target) Day(n int) string       { return m.dag(30 + n) }
func (m *target) Token() string          { return m.y.token(m.t, "SUSRAPPORT") }
func (m *target) Klient() (id, hemlighet string) {
	return m.tips.Klient["client_id"], m.tips.Klient["client_secret"]
}

// Organisationsnummer is one of those that the demo has not, with its check digit.
func (m *target) Organisationsnummer() string { return "2220001230" }

func (m *target) Inloggning() map[string]any {
	return map[string]any{"personnummer": m.tips.Inloggning["personnummer"], "huvudlosenord": m.tips.Inloggning["huvudlosenord"]}
}

func (m *target) SamtyckeID() string {
	return m.vanta(m.t, 201, m.samtycke(nyttNummer())).json(m.t).str("id")
}

func (m *target) DeltagandeID() string {
	return m.vanta(m.t, 201, m.inskrivning(m.SamtyckeID())).json(m.t).str("id")
}

// AnnansInsatsID is the next of the country's that is in another organisation.
func (m *target) AnnansInsatsID() string {
	m.t.Helper()
	var lista struct {
		Data []struct{ ID, OrganisationID string }
	}
	svar := m.vanta(m.t, 200, anrop{metod: "GET", vag: "/v1/insatser?pagaende=true&limit=100", token: m.y.token(m.t, "SAMVERKANSADMINISTRATOR")})
	if err := json.Unmarshal(svar.text, &lista); err != nil {
		m.t.Fatal(err)
	}
	for _, i := range lista.Data {
		if i.OrganisationID != m.organisation && !m.kopplade[i.ID] {
			m.kopplade[i.ID] = true
			return i.ID
		}
	}
	m.t.Fatal("no insats is left in another organisation")
	return ""
}

func (m *target) VolymInsatsID() string {
	ny := anrop{metod: "POST", vag: "/v1/insatser", token: m.y.token(m.t, "SAMVERKANSADMINISTRATOR"), body: body{"organisationId": m.organisation,
		"namn": "Räknar " + uuid.NewString(), "startdatum": m.dag(0), "inriktning": "STRUKTUROVERGRIPANDE", "preciseradInriktning": "KONFERENS"}}
	return m.vanta(m.t, 201, ny.med(uuid.NewString())).json(m.t).str("id")
}

// OppetAr is one that the demo has closed at nobody's, and nobody here.
func (m *target) OppetAr() string { return "2012" }

// StangtAr is closed by the first who asks for it.
func (m *target) StangtAr() string {
	ny := anrop{metod: "POST", vag: "/v1/samverkansorganisationer/" + m.organisation + "/budgetar/2013/stangningar", token: m.y.token(m.t, "SAMVERKANSADMINISTRATOR")}
	m.vanta(m.t, 201, ny.med(uuid.NewString()))
	return "2013"
}

// AvslutadInsatsID is of an insats that was over before the day that it is.
func (m *target) AvslutadInsatsID() string {
	ny := anrop{metod: "POST", vag: "/v1/insatser", token: m.y.token(m.t, "SAMVERKANSADMINISTRATOR"), body: body{"organisationId": m.organisation,
		"namn": "Avslutad " + uuid.NewString(), "startdatum": m.dag(0), "slutdatum": m.dag(1), "inriktning": "INDIVIDINRIKTAD", "preciseradInriktning": "REHABILITERING"}}
	return m.vanta(m.t, 201, ny.med(uuid.NewString())).json(m.t).str("id")
}

func (m *target) AnonymaID() string {
	ny := anrop{metod: "POST", vag: "/v1/insatser/" + m.insats + "/anonyma", token: m.token, body: httpapitest.Anonyma(m, 0)}
	return m.vanta(m.t, 201, ny.med(uuid.NewString())).json(m.t).str("id")
}

// Today is the day that the demo has.
func (m *target) Today() string {
	var dag string
	ja(m.t, m.y.super(m.t).QueryRowContext(m.t.Context(), `select coalesce(idag, (now() at time zone 'Europe/Stockholm')::date)::text from installation`).Scan(&dag))
	return dag
}

func (m *target) AnvandareID(roll string) string {
	cmd := m.y.program(m.t, "anvandare", "skapa", "--fornamn", "Prov", "--efternamn", "Provsson", "--mobil", "+46701740605",
		"--huvudarbetsgivare", "2021005521", "--av", "prov")
	cmd.Stdin = strings.NewReader(nyttNummer() + "\n")
	ut, err := cmd.Output()
	ja(m.t, err)
	id := strings.TrimSpace(string(ut))
	m.y.kor(m.t, "anvandare", "behorighet", id, roll, "--av", "prov")
	return id
}

func (m *target) MyndighetID() string {
	lista := m.vanta(m.t, 200, m.las("/v1/myndigheter?organisationsnummer=2021005521")).json(m.t)
	return lista["data"].([]any)[0].(map[string]any)["id"].(string)
}

func (m *target) UppdragID() string {
	ny := anrop{metod: "POST", vag: "/v1/insatser/" + m.insats + "/uppdrag", token: m.y.token(m.t, "SAMVERKANSADMINISTRATOR"),
		body: httpapitest.Uppdrag(m, "DELTAGARANSVARIG")}
	return m.vanta(m.t, 201, ny.med(uuid.NewString())).json(m.t).str("id")
}

func (m *target) FragaID() string {
	ny := anrop{metod: "POST", vag: "/v1/samverkansorganisationer/" + m.organisation + "/fragor", token: m.y.token(m.t, "SAMVERKANSADMINISTRATOR"), body: httpapitest.Fraga()}
	return m.vanta(m.t, 201, ny.med(uuid.NewString())).json(m.t).str("id")
}

func (m *target) AvslutatID() string {
	id := m.DeltagandeID()
	m.vanta(m.t, 201, m.utskrivning(id))
	return id
}

func (m *target) Read(path string) (body map[string]any, etag string) {
	r := m.vanta(m.t, 200, m.las(path))
	return r.json(m.t), r.huvud.Get("ETag")
}

func (y *yttre) prover(t *testing.T, s *server) (prover, ansvarig) {
	t.Helper()
	m := &target{ansvarig: s.ansvarig(t, y.token(t, "DELTAGARANSVARIG"), ""), t: t, y: y, kopplade: map[string]bool{}}
	m.organisation = m.vanta(t, 200, m.las("/v1/insatser/"+m.insats)).json(t).str("organisationId")
	ja(t, json.Unmarshal([]byte(y.kor(t, "demo", "hints")), &m.tips))
	tokens := map[string]string{"": "", "DELTAGARANSVARIG": m.token}
	p := prover{}
	spec, err := api.GetSpec()
	ja(t, err)
	bas, err := url.Parse(spec.Servers[0].URL)
	ja(t, err)
	for vag, post := range spec.Paths.Map() {
		for metod, op := range post.Operations() {
			rad, finns := httpapitest.Operations[op.OperationID]
			if !finns {
				t.Errorf("%s prövas inte", op.OperationID)
			}
			if !finns || rad.NoDatabase { // it answers as always
				continue
			}
			if _, finns := tokens[rad.Roll]; !finns {
				tokens[rad.Roll] = y.token(t, rad.Roll)
			}
			nytt := func() anrop {
				r := rad.Request(metod, bas.Path+vag, m)
				return anrop{metod: r.Method, vag: r.Path, token: cmp.Or(r.Token, tokens[rad.Roll]), body: r.Body, form: r.Form, etag: r.IfMatch}
			}
			ny := provat{anrop: nytt(), nytt: nytt}
			for _, par := range op.Parameters {
				if par.Value.Name == "Idempotency-Key" {
					ny.nyckel = "avbrott-" + uuid.NewString()
				}
			}
			for status := range op.Responses.Map() {
				if strings.HasPrefix(status, "2") {
					n, err := strconv.Atoi(status)
					ja(t, err)
					ny.status = max(ny.status, n) // 201 of what may also be tried without being done (200)
				}
			}
			p[op.OperationID] = ny
		}
	}
	return p, m.ansvarig
}

var (
	nummerLock sync.Mutex
	nummerdag  = register.NyttDatum(1931, 1, 1)
)

// nyttNummer is somebody that nobody else in these tests is, nor in the demo.
func nyttNummer() string {
	nummerLock.Lock()
	defer nummerLock.Unlock()
	nummerdag = nummerdag.Plus(1)
	for nummerdag.Dag() >= 13 && nummerdag.Dag() <= 16 { // the simulator's protected ones
		nummerdag = nummerdag.Plus(1)
	}
	return register.Testnummer(nummerdag, false).Siffror()
}

// otillganglig demands 503 within five seconds of every request at once.
func (s *server) otillganglig(t *testing.T, p prover) {
	t.Helper()
	var g sync.WaitGroup
	for id, a := range p {
		g.Go(func() { otillgangligt(t, id, s.skicka(a.anrop), "otillganglig") })
	}
	g.Go(func() {
		otillgangligt(t, "/health/ready", s.skicka(anrop{metod: "GET", vag: "/health/ready"}), "otillganglig")
	})
	for _, vag := range []string{"/health/live", "/v1/api-info", "/v1/openapi.yaml", "/v1/dokumentation"} {
		g.Go(func() {
			if r := s.skicka(anrop{metod: "GET", vag: vag}); r.status != 200 && r.status != 404 || r.tog > time.Second {
				t.Errorf("%s, som inte rör databasen, gav %d efter %v", vag, r.status, r.tog)
			}
		})
	}
	g.Wait()
	if r := s.skicka(anrop{metod: "GET", vag: "/health/live"}); r.status != 200 {
		t.Errorf("/health/live gav %d", r.status)
	}
}

func otillgangligt(t *testing.T, vad string, r svar, regel string) {
	t.Helper()
	if r.fel != nil {
		t.Errorf("%s: %v", vad, r.fel)
		return
	}
	var p body
	_ = json.Unmarshal(r.text, &p)
	vanta, err := strconv.Atoi(r.huvud.Get("Retry-After"))
	if r.status != 503 || r.huvud.Get("Content-Type") != "application/problem+json" || err != nil || vanta < 1 || p.str("regel") != regel || p.str("detail") == "" {
		t.Errorf("%s gav %d %s (%s) Retry-After %q", vad, r.status, p.str("regel"), r.huvud.Get("Content-Type"), r.huvud.Get("Retry-After"))
	}
	if r.tog > 5*time.Second {
		t.Errorf("%s svarade först efter %v", vad, r.tog)
	}
	if i := slices.IndexFunc([]string{"pgx", "SQLSTATE", "dial", "socket", "connect", "postgres"}, func(s string) bool { return strings.Contains(string(r.text), s) }); i >= 0 {
		t.Errorf("%s visar något av insidan", vad)
	}
}

// svarar waits until reads work again, and then demands the same of all of them.
func (s *server) svarar(t *testing.T, p prover) {
	t.Helper()
	inomTid(t, 10*time.Second, "servern är redo igen", func() bool {
		return s.skicka(anrop{metod: "GET", vag: "/health/ready"}).status == 200
	})
	for id, a := range p {
		if a.metod == "GET" {
			if r := s.skicka(a.anrop); r.status != 200 {
				t.Errorf("%s gav %d efteråt", id, r.status)
			}
		}
	}
}

func TestWithoutPostgresEverythingAnswers503AndLaterWorksWithoutARestart(t *testing.T) {
	y := nyYttre(t)
	s := y.serva(t)
	p, a := y.prover(t, s)
	s.svarar(t, p)
	antal := func() int {
		return int(a.vanta(t, 200, a.las("/v1/insatser/"+a.insats+"/deltaganden?limit=1")).json(t)["_meta"].(map[string]any)["totalRecords"].(float64))
	}
	fore := antal()

	t.Run("databasen stoppas", func(t *testing.T) {
		ja(t, y.kluster.Stop())
		s.otillganglig(t, p)
		y.starta(t)
		s.svarar(t, p)
	})
	t.Run("databasen hänger", func(t *testing.T) {
		alla := y.alla(t)
		fortsatt := sync.OnceFunc(func() { signalera(alla, syscall.SIGCONT) })
		t.Cleanup(fortsatt)
		signalera(alla, syscall.SIGSTOP)
		s.otillganglig(t, p)
		fortsatt()
		s.svarar(t, p)
	})
	t.Run("det som nekades går sedan att göra, en gång", func(t *testing.T) {
		if n := antal(); n != fore {
			// The hanging database may have been sent a whole registration before it stopped.
			t.Logf("%d registreringar nådde databasen", n-fore)
		}
		for _, id := range slices.Sorted(maps.Keys(p)) {
			a := p[id]
			if a.metod == "GET" || id == "angeKod" { // read already; the code is made up
				continue
			}
			if id == "ordnaFragor" { // the order is of all questions, and others have been made since
				a.anrop = a.nytt()
			}
			forst := s.vanta(t, a.status, a.anrop)
			if a.nyckel == "" || id == "aterkallaSamtycke" { // a replay of it answers 410
				continue
			}
			if igen := s.vanta(t, a.status, a.anrop); igen.json(t).str("id") != forst.json(t).str("id") {
				t.Errorf("%s: samma nyckel gav två", id)
			}
		}
		if n := antal(); n != fore+1 {
			t.Errorf("%d deltaganden kom till, inte ett", n-fore)
		}
	})
	t.Run("jobben arbetar igen", func(t *testing.T) {
		// The log is sealed by a job, every few seconds.
		db, err := sql.Open("pgx", y.kluster.SuperURL())
		ja(t, err)
		defer func() { _ = db.Close() }()
		var antal int64
		ja(t, db.QueryRow(`select count(*) from loggpost`).Scan(&antal))
		inomTid(t, 20*time.Second, "loggen är förseglad", func() bool {
			var till int64
			return db.QueryRow(`select sum(antal) from loggsigill`).Scan(&till) == nil && till >= antal
		})
		y.kor(t, "logg", "kontrollera")
	})
	y.kor(t, "statistik", "kontrollera")
}

// ror is true when some thread of the process is in another state than those, proc(5).
func ror(pid int, stilla string) bool {
	tradar, _ := filepath.Glob(fmt.Sprintf("/proc/%d/task/*/stat", pid))
	return slices.ContainsFunc(tradar, func(fil string) bool {
		rad, err := os.ReadFile(fil)
		_, efter, finns := strings.Cut(string(rad), ") ")
		return err == nil && finns && !strings.ContainsRune(stilla, rune(efter[0]))
	})
}

func signalera(pids []int, s syscall.Signal) {
	for _, pid := range pids {
		_ = syscall.Kill(pid, s) // one that has ended meanwhile is no matter
	}
	// A signal is sent before it is felt: until every thread has stopped, or is gone, one may still answer.
	stilla := map[syscall.Signal]string{syscall.SIGSTOP: "TtZX", syscall.SIGKILL: "ZX"}[s]
	for slut := time.Now().Add(5 * time.Second); stilla != "" && time.Now().Before(slut) && slices.ContainsFunc(pids, func(pid int) bool { return ror(pid, stilla) }); {
		time.Sleep(time.Millisecond)
	}
}

func TestWithoutFolkbokforingOrSMSOnlyWhatNeedsThemStops(t *testing.T) {
	y := nyYttre(t)
	s := y.serva(t)
	p, _ := y.prover(t, s)
	nekas := func(vantat map[string]string) {
		t.Helper()
		var g sync.WaitGroup
		for id, regel := range vantat {
			g.Go(func() { otillgangligt(t, id, s.skicka(p[id].anrop), regel) })
		}
		g.Wait()
	}
	const folkbokforing, sms = "folkbokforing-otillganglig", "sms-otillganglig"
	simulatorer := []int{s.simulator(t, "navet"), s.simulator(t, "sms")}
	signalera(simulatorer, syscall.SIGSTOP) // they hang
	t.Cleanup(func() { signalera(simulatorer, syscall.SIGCONT) })
	nekas(map[string]string{"sokDeltagare": folkbokforing, "skapaSamtycke": folkbokforing, "skapaInloggning": sms})
	signalera(simulatorer, syscall.SIGCONT)
	s.vanta(t, 200, p["sokDeltagare"].anrop)

	signalera(simulatorer[:1], syscall.SIGKILL) // it is gone
	nekas(map[string]string{"sokDeltagare": folkbokforing, "skapaSamtycke": folkbokforing})
	s.svarar(t, p)
	// The answer that the samtycke brought is fresh: nobody needs to be asked.
	s.vanta(t, 201, p["skapaDeltagande"].anrop)
	s.vanta(t, 201, p["skapaUtregistrering"].anrop)
	s.vanta(t, 201, p["skapaInloggning"].anrop)

	signalera(simulatorer[1:], syscall.SIGKILL)
	nekas(map[string]string{"skapaInloggning": sms})
	s.svarar(t, p)
	s.vanta(t, 200, p["skapaToken"].anrop)
	s.vanta(t, 201, p["skapaAnonyma"].anrop)
}
