package prov_test

import (
	"database/sql"
	"encoding/json"
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
	"sus/backend/pgembed"
	"sus/backend/register"
	"sus/backend/store"
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
		dir := mapp(t)
		y := &yttre{val: pgembed.Options{Dir: filepath.Join(dir, "pg")}}
		y.installation.mapp = filepath.Join(dir, "data")
		ja(t, os.Mkdir(y.mapp, 0o755))
		y.starta(t)
		avsluta = append(avsluta, func() { _ = y.kluster.Stop() })
		y.miljo = []string{"SUS_DATABASE_URL=" + y.kluster.ServerURL(), "SUS_MIGRATE_URL=" + y.kluster.AgareURL()}
		_, err := store.SkapaNycklar(filepath.Join(y.mapp, "nycklar.json"))
		ja(t, err)
		y.kor(t, "migrate")
		y.kor(t, "demo", "fyll", "--antal=12")
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
type prover map[string]anrop

func (y *yttre) prover(t *testing.T, s *server) (prover, ansvarig) {
	t.Helper()
	a := s.ansvarig(t, y.token(t, "DELTAGARANSVARIG"), "")
	admin, systemet, rapport := y.token(t, "SAMVERKANSADMINISTRATOR"), y.token(t, "SYSTEMFORVALTARE"), y.token(t, "SUSRAPPORT")
	var tips struct {
		Inloggning, Klient map[string]string
	}
	ja(t, json.Unmarshal([]byte(y.kor(t, "demo", "hints")), &tips))

	utan := a.vanta(t, 201, a.samtycke(nyttNummer())).json(t).str("id")
	aterkallas := a.vanta(t, 201, a.samtycke(nyttNummer())).json(t).str("id")
	del := func() string {
		id := a.vanta(t, 201, a.samtycke(nyttNummer())).json(t).str("id")
		return a.vanta(t, 201, a.inskrivning(id)).json(t).str("id")
	}
	oppet, avslutat := del(), del()
	a.vanta(t, 201, a.utskrivning(avslutat))
	etag := func(vag string) string { return a.vanta(t, 200, a.las(vag)).huvud.Get("ETag") }
	insats := a.vanta(t, 200, a.las("/v1/insatser/"+a.insats))
	organisation := a.vanta(t, 200, a.las("/v1/samverkansorganisationer/"+insats.json(t).str("organisationId")))
	bara := func(k kropp, falt string) kropp {
		ny := kropp{}
		for _, f := range strings.Fields(falt) {
			if v, finns := k[f]; finns {
				ny[f] = v
			}
		}
		return ny
	}
	const insatsfalt = "organisationId namn startdatum slutdatum beskrivning inriktning preciseradInriktning deltagarregistrering malgrupper insatsanordnare inmatningsorganisation"
	const organisationsfalt = "namn organisationsnummer samverkansform beskrivning startdatum slutdatum verksamhetsomrade adress kontaktperson kommuner stadsdelar ingaendeOrganisationer"
	sammaInsats, sammaOrganisation := bara(insats.json(t), insatsfalt), bara(organisation.json(t), organisationsfalt)
	nyInsats, nyOrganisation := maps.Clone(sammaInsats), maps.Clone(sammaOrganisation)
	nyInsats["namn"] = "Insats " + uuid.NewString()
	// One of the numbers that the demo has not, with its check digit.
	nyOrganisation["namn"], nyOrganisation["organisationsnummer"] = "Samordningsförbundet "+uuid.NewString(), "2220001230"
	rattadIn := a.inskrivning("").kropp
	rattadIn["skal"] = "Fel uppgift."
	p := prover{
		"skapaInloggning": {metod: "POST", vag: "/v1/inloggningar", kropp: kropp{"personnummer": tips.Inloggning["personnummer"], "huvudlosenord": tips.Inloggning["huvudlosenord"]}},
		"angeKod":         {metod: "POST", vag: "/v1/inloggningar/" + uuid.NewString() + "/koder", kropp: kropp{"kod": "123456"}},
		"skapaToken": {metod: "POST", vag: "/v1/tokens", form: url.Values{
			"grant_type": {"client_credentials"}, "client_id": {tips.Klient["client_id"]}, "client_secret": {tips.Klient["client_secret"]}}.Encode()},
		"loggaUt":                       {metod: "POST", vag: "/v1/utloggningar", token: rapport},
		"hamtaJag":                      a.las("/v1/jag"),
		"listaKodverk":                  a.las("/v1/kodverk"),
		"listaKommuner":                 a.las("/v1/kommuner"),
		"listaSamverkansorganisationer": a.las("/v1/samverkansorganisationer"),
		"skapaSamverkansorganisation":   {metod: "POST", vag: "/v1/samverkansorganisationer", token: systemet, kropp: nyOrganisation},
		"hamtaSamverkansorganisation":   a.las("/v1/samverkansorganisationer/" + insats.json(t).str("organisationId")),
		"andraSamverkansorganisation": {metod: "PUT", vag: "/v1/samverkansorganisationer/" + insats.json(t).str("organisationId"), token: admin,
			etag: organisation.huvud.Get("ETag"), kropp: sammaOrganisation},
		"listaInsatser":       a.las("/v1/insatser"),
		"skapaInsats":         {metod: "POST", vag: "/v1/insatser", token: admin, kropp: nyInsats},
		"hamtaInsats":         a.las("/v1/insatser/" + a.insats),
		"andraInsats":         {metod: "PUT", vag: "/v1/insatser/" + a.insats, token: admin, etag: insats.huvud.Get("ETag"), kropp: sammaInsats},
		"sokDeltagare":        a.sokning(nyttNummer()),
		"skapaSamtycke":       a.samtycke(nyttNummer()),
		"hamtaSamtycke":       a.las("/v1/samtycken/" + utan),
		"aterkallaSamtycke":   a.aterkallelse(aterkallas),
		"listaDeltaganden":    a.las("/v1/insatser/" + a.insats + "/deltaganden"),
		"sokDeltaganden":      {metod: "POST", vag: "/v1/insatser/" + a.insats + "/deltagande-sokningar", token: a.token, kropp: kropp{"namn": "son"}},
		"skapaDeltagande":     a.inskrivning(utan),
		"hamtaDeltagande":     a.las("/v1/deltaganden/" + oppet),
		"skapaUtregistrering": a.utskrivning(oppet),
		"rattaInregistrering": {metod: "PUT", vag: "/v1/deltaganden/" + avslutat + "/inregistrering", token: a.token, etag: etag("/v1/deltaganden/" + avslutat), kropp: rattadIn},
		"rattaUtregistrering": {metod: "PUT", vag: "/v1/deltaganden/" + avslutat + "/utregistrering", token: a.token, etag: etag("/v1/deltaganden/" + avslutat),
			kropp: kropp{"avslutningsdag": a.dag(91), "avslutsanledning": "FLYTT", "skal": "Flyttade."}},
		"listaVersioner": a.las("/v1/deltaganden/" + oppet + "/versioner"),
		"listaAnonyma":   a.las("/v1/insatser/" + a.insats + "/anonyma"),
		"skapaAnonyma": {metod: "POST", vag: "/v1/insatser/" + a.insats + "/anonyma", token: a.token,
			kropp: kropp{"inregistreringsar": a.start.Year(), "antalKvinnor": 1, "antalMan": 2}},
		"hamtaForsorjningsrapport": {metod: "GET", vag: "/v1/rapporter/deltagarrapport/forsorjning?samverkansform=FINSAM&budgetar=2010", token: rapport},
		"listaLoggposter":          {metod: "GET", vag: "/v1/loggposter", token: systemet},
	}
	// Kept by no database: they answer as always.
	utanDatabas := []string{"hamtaApiInfo"}
	spec, err := api.GetSpec()
	ja(t, err)
	for _, vag := range spec.Paths.Map() {
		for _, op := range vag.Operations() {
			id := op.OperationID
			prov, finns := p[id]
			if !finns && !slices.Contains(utanDatabas, id) {
				t.Errorf("%s prövas inte", id)
			}
			for _, par := range op.Parameters {
				if finns && par.Value.Name == "Idempotency-Key" {
					p[id] = prov.med("avbrott-" + uuid.NewString())
				}
			}
		}
	}
	return p, a
}

var (
	nummerlas sync.Mutex
	nummerdag = register.NyttDatum(1931, 1, 1)
)

// nyttNummer is somebody that nobody else in these tests is, nor in the demo.
func nyttNummer() string {
	nummerlas.Lock()
	defer nummerlas.Unlock()
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
		g.Go(func() { otillgangligt(t, id, s.skicka(a), "otillganglig") })
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
	var p kropp
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
			if r := s.skicka(a); r.status != 200 {
				t.Errorf("%s gav %d efteråt", id, r.status)
			}
		}
	}
}

func TestUtanPostgresSvararAllt503OchSedanUtanOmstart(t *testing.T) {
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
		for _, id := range []string{"skapaSamtycke", "skapaDeltagande", "skapaUtregistrering", "skapaAnonyma", "aterkallaSamtycke", "skapaInsats", "skapaSamverkansorganisation"} {
			forst := s.vanta(t, 201, p[id]).json(t).str("id")
			if id == "aterkallaSamtycke" {
				continue // a replay answers 410
			}
			if igen := s.vanta(t, 201, p[id]).json(t).str("id"); igen != forst {
				t.Errorf("%s: samma nyckel gav två", id)
			}
		}
		if n := antal(); n != fore+1 {
			t.Errorf("%d deltaganden kom till, inte ett", n-fore)
		}
		for _, id := range []string{"andraInsats", "andraSamverkansorganisation", "rattaInregistrering", "skapaToken", "sokDeltagare", "sokDeltaganden"} {
			if r := s.skicka(p[id]); r.status != 200 {
				t.Errorf("%s gav %d", id, r.status)
			}
		}
		s.vanta(t, 201, p["skapaInloggning"])
		s.vanta(t, 204, p["loggaUt"])
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

func signalera(pids []int, s syscall.Signal) {
	for _, pid := range pids {
		_ = syscall.Kill(pid, s) // one that has ended meanwhile is no matter
	}
}

func TestUtanFolkbokforingEllerSMSGarBaraDetSomKraverDemInte(t *testing.T) {
	y := nyYttre(t)
	s := y.serva(t)
	p, _ := y.prover(t, s)
	nekas := func(vantat map[string]string) {
		t.Helper()
		var g sync.WaitGroup
		for id, regel := range vantat {
			g.Go(func() { otillgangligt(t, id, s.skicka(p[id]), regel) })
		}
		g.Wait()
	}
	const folkbokforing, sms = "folkbokforing-otillganglig", "sms-otillganglig"
	simulatorer := []int{s.simulator(t, "navet"), s.simulator(t, "sms")}
	signalera(simulatorer, syscall.SIGSTOP) // they hang
	t.Cleanup(func() { signalera(simulatorer, syscall.SIGCONT) })
	nekas(map[string]string{"sokDeltagare": folkbokforing, "skapaSamtycke": folkbokforing, "skapaInloggning": sms})
	signalera(simulatorer, syscall.SIGCONT)
	s.vanta(t, 200, p["sokDeltagare"])

	signalera(simulatorer[:1], syscall.SIGKILL) // it is gone
	nekas(map[string]string{"sokDeltagare": folkbokforing, "skapaSamtycke": folkbokforing})
	s.svarar(t, p)
	// The answer that the samtycke brought is fresh: nobody needs to be asked.
	s.vanta(t, 201, p["skapaDeltagande"])
	s.vanta(t, 201, p["skapaUtregistrering"])
	s.vanta(t, 201, p["skapaInloggning"])

	signalera(simulatorer[1:], syscall.SIGKILL)
	nekas(map[string]string{"skapaInloggning": sms})
	s.svarar(t, p)
	s.vanta(t, 200, p["skapaToken"])
	s.vanta(t, 201, p["skapaAnonyma"])
}
