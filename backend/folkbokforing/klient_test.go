package folkbokforing

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"pgregory.net/rapid"

	"sus/backend/devcert"
	"sus/backend/register"
)

var idag = register.NyttDatum(2026, 6, 1)

func starta(t testing.TB) *Simulator {
	t.Helper()
	s, err := StartaSimulator(t.Context(), "127.0.0.1:0", t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func klient(t testing.TB, o Options) *Klient {
	t.Helper()
	k, err := New(o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(k.Stang)
	return k
}

func nummer(t testing.TB, siffror string) register.Personnummer {
	t.Helper()
	p, err := register.ParsePersonnummer(siffror, idag)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// siffror is the woman's test number of a date, whose day may be that of a samordningsnummer.
func siffror(datum string) string {
	return datum + "238" + string(kontroll(datum[2:]+"238"))
}

func sok(t testing.TB, k *Klient, p register.Personnummer) register.Folkbokforingspost {
	t.Helper()
	post, err := k.Sok(t.Context(), p)
	if err != nil {
		t.Fatal(err)
	}
	return post
}

// krav says that err is the one refusal and repeats neither of the words.
func krav(t testing.TB, err error, hemligt ...string) {
	t.Helper()
	var e *register.Error
	if !errors.As(err, &e) || e.Kod != register.KodOtillganglig || e.Regel != register.RegelFolkbokforingOtillganglig {
		t.Fatalf("got %v, want folkbokforing-otillganglig", err)
	}
	for _, h := range hemligt {
		if strings.Contains(fmt.Sprintf("%v %+v %#v", err, err, err), h) {
			t.Fatalf("the error repeats what was asked or answered")
		}
	}
}

func TestAPersonInTheRegisterComesWithNameAndKommun(t *testing.T) {
	s := starta(t)
	nu := time.Date(2026, 6, 1, 9, 0, 0, 0, time.UTC)
	o := s.Options()
	o.Klocka = func() time.Time { return nu }
	k := klient(t, o)
	for _, n := range []string{"197701172392", "197701182383", "197701182391", "197701192382", "197701192390", "197701202397", "197701212388"} {
		p := sok(t, k, nummer(t, n))
		if !p.Hittad || p.Avregistrerad || p.Skydd != register.SkyddInget || !strings.Contains(p.Namn, " ") || len(p.Kommun) != 4 || p.NyttNummer != "" {
			t.Errorf("got %+v", p)
		}
		if !p.Uppslagen.Equal(nu) {
			t.Errorf("stamped %v, not by the given clock", p.Uppslagen)
		}
	}
}

func TestTheSameNumberIsTheSamePersonInEverySimulator(t *testing.T) {
	a, b := klient(t, starta(t).Options()), klient(t, starta(t).Options())
	olika := map[string]bool{}
	for dag := range 12 {
		p := register.Testnummer(register.NyttDatum(1980, 3, dag+1), dag%2 == 0)
		x, y := sok(t, a, p), sok(t, b, p)
		x.Uppslagen, y.Uppslagen = time.Time{}, time.Time{}
		if x != y {
			t.Errorf("%+v and %+v", x, y)
		}
		olika[x.Namn] = true
	}
	if len(olika) < 8 {
		t.Errorf("12 numbers are only %d people", len(olika))
	}
}

func TestAProtectedPersonHasNeitherNameNorKommunWhateverNavetSends(t *testing.T) {
	k := klient(t, starta(t).Options())
	for n, skydd := range map[string]register.Skydd{
		siffror("19900113"): register.SkyddSekretessmarkering,
		siffror("19900114"): register.SkyddSkyddadFolkbokforing,
		siffror("19900173"): register.SkyddSekretessmarkering,   // samordningsnummer
		siffror("19900174"): register.SkyddSkyddadFolkbokforing, // samordningsnummer
	} {
		if svar := personpost(n); !strings.Contains(svar, "<Fornamn>") || !strings.Contains(svar, "<KommunKod>") {
			t.Fatal("the simulator sends no name, so this would prove nothing")
		}
		if p := sok(t, k, nummer(t, n)); !p.Hittad || p.Skydd != skydd || p.Namn != "" || p.Kommun != "" || p.NyttNummer != "" {
			t.Errorf("got %+v", p)
		}
	}
}

func TestSomebodyWhoIsNotInTheRegisterIsAnAnswerAndNoError(t *testing.T) {
	k := klient(t, starta(t).Options())
	for _, n := range []string{siffror("19900115"), siffror("19900175"), "198507099805"} { // day 15, so as samordningsnummer, another serial
		p := sok(t, k, nummer(t, n))
		if p.Hittad || p.Namn != "" || p.Kommun != "" || p.Skydd != register.SkyddInget {
			t.Errorf("got %+v", p)
		}
	}
}

func TestADeregisteredPersonIsMarkedAndANewNumberGiven(t *testing.T) {
	k := klient(t, starta(t).Options())
	dod := sok(t, k, register.Testnummer(register.NyttDatum(1950, 5, 16), true))
	if !dod.Hittad || !dod.Avregistrerad || dod.NyttNummer != "" || dod.Kommun != "" || dod.Namn == "" {
		t.Errorf("got %+v", dod)
	}
	bytt := sok(t, k, register.Testnummer(register.NyttDatum(1950, 5, 16), false))
	if !bytt.Avregistrerad {
		t.Error("the old number is not marked")
	}
	if ny := sok(t, k, nummer(t, bytt.NyttNummer)); !ny.Hittad || ny.Avregistrerad || ny.Namn == "" {
		t.Errorf("under the new number: %+v", ny)
	}
}

func TestEveryTestNumberAnswersByItsDayOfBirth(t *testing.T) {
	k := klient(t, starta(t).Options())
	finns := map[string]bool{}
	for _, kod := range kommuner {
		finns[kod] = true
	}
	rapid.Check(t, func(rt *rapid.T) {
		dag := register.NyttDatum(1930, 1, 1).Plus(rapid.IntRange(0, 29000).Draw(rt, "dag"))
		p, err := k.Sok(t.Context(), register.Testnummer(dag, rapid.Bool().Draw(rt, "kvinna")))
		if err != nil {
			rt.Fatal(err)
		}
		d := dag.Dag()
		skyddad := d == 13 || d == 14
		if p.Hittad != (d != 15) || p.Avregistrerad != (d == 16) || (p.Skydd != register.SkyddInget) != skyddad {
			rt.Fatalf("day %d: %+v", d, p)
		}
		if (p.Namn != "") != (p.Hittad && !skyddad) || (p.Kommun != "") != (p.Hittad && !skyddad && d != 16) || (p.Kommun != "" && !finns[p.Kommun]) {
			rt.Fatalf("day %d: %+v", d, p)
		}
	})
}

func TestTheRegisterRefusesACallerItDoesNotKnow(t *testing.T) {
	s, frammande := starta(t), starta(t)
	n := nummer(t, "197701172392")

	o := s.Options()
	o.CertFil, o.KeyFil = frammande.cert.KlientCert, frammande.cert.KlientKey
	_, err := klient(t, o).Sok(t.Context(), n)
	krav(t, err, n.Siffror())

	o.CertFil, o.KeyFil = s.cert.ServerCert, s.cert.ServerKey // right CA, wrong purpose
	_, err = klient(t, o).Sok(t.Context(), n)
	krav(t, err, n.Siffror())

	if k, err := New(Options{URL: s.URL, CAFil: s.cert.CA, Orgnr: SimulatorOrgnr, BestallningID: SimulatorBestallning}); err == nil {
		k.Stang()
		t.Error("a client without a certificate was made")
	}
	utan := &http.Client{Transport: &http.Transport{TLSClientConfig: &tls.Config{InsecureSkipVerify: true}}} //nolint:gosec // the server is what is tried
	if svar, err := utan.Post(s.URL, "text/xml", strings.NewReader("")); err == nil {
		_ = svar.Body.Close()
		t.Error("a caller without a certificate got an answer")
	}
}

func TestTheClientRefusesAServerThatAnotherCAVouchesFor(t *testing.T) {
	s, falsk := starta(t), starta(t)
	o := s.Options()
	o.URL = falsk.URL
	n := nummer(t, "197701172392")
	_, err := klient(t, o).Sok(t.Context(), n)
	krav(t, err, n.Siffror())
}

func TestARenewedClientCertificateNeedsNoRestart(t *testing.T) {
	s := starta(t)
	dir := t.TempDir() // first the certificate of another CA
	egen, err := devcert.Sakerstall(dir, time.Now())
	if err != nil {
		t.Fatal(err)
	}
	o := s.Options()
	o.CertFil, o.KeyFil = egen.KlientCert, egen.KlientKey
	k := klient(t, o)
	n := nummer(t, "197701172392")
	_, err = k.Sok(t.Context(), n)
	krav(t, err)
	kopiera(t, s.cert.KlientCert, egen.KlientCert)
	kopiera(t, s.cert.KlientKey, egen.KlientKey)
	sok(t, k, n)
}

func TestARestartOfTheRegisterIsNotNoticedByTheNextQuestion(t *testing.T) {
	s := starta(t)
	k := klient(t, s.Options())
	var wg sync.WaitGroup
	for range 10 { // several kept connections, all of which the restart breaks
		wg.Go(func() {
			_, err := k.Sok(t.Context(), nummer(t, "197701172392"))
			if err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	s.Stang()
	_ = s.Vanta()
	konf, err := s.cert.ServerMTLS()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := devcert.Starta(t.Context(), s.Addr, konf, SimulatorHandler()); err != nil {
		t.Fatal(err)
	}
	for range 3 {
		sok(t, k, nummer(t, "197701172392"))
	}
}

func TestARegisterThatIsAwayOrSilentIsOtillganglig(t *testing.T) {
	n := nummer(t, "197701172392")
	s := starta(t)
	k := klient(t, s.Options())
	s.Stang()
	_, err := k.Sok(t.Context(), n)
	krav(t, err, n.Siffror())

	slapp := make(chan struct{})
	tyst := egenServer(t, func(_ http.ResponseWriter, r *http.Request) {
		select {
		case <-slapp:
		case <-r.Context().Done():
		}
	})
	defer close(slapp)
	o := tyst
	o.Timeout = 150 * time.Millisecond
	borjan := time.Now()
	_, err = klient(t, o).Sok(t.Context(), n)
	krav(t, err, n.Siffror())
	if d := time.Since(borjan); d > 2*time.Second {
		t.Errorf("waited %v", d)
	}

	ctx, avbryt := context.WithCancel(t.Context())
	avbryt()
	_, err = klient(t, tyst).Sok(ctx, n)
	krav(t, err, n.Siffror())
}

func TestTheNumberStandsInTheBodyOnly(t *testing.T) {
	n := nummer(t, "197701172392")
	var rubrik, adress, body string
	o := egenServer(t, func(w http.ResponseWriter, r *http.Request) {
		b, _ := io.ReadAll(r.Body)
		body, adress, rubrik = string(b), r.URL.String(), fmt.Sprint(r.Header)
		r.Body = io.NopCloser(strings.NewReader(body))
		nySvarare().svara(w, r)
	})
	sok(t, klient(t, o), n)
	if strings.Count(body, n.Siffror()) != 1 || strings.Contains(adress+rubrik, n.Siffror()) {
		t.Error("the number stands elsewhere")
	}
	if strings.Contains(rubrik, "Idempotency") {
		t.Error("the retry mark went over the wire")
	}
}

func TestManyAskAtOnceAndEachGetsItsOwnPerson(t *testing.T) {
	k := klient(t, starta(t).Options())
	var wg sync.WaitGroup
	for i := range 100 {
		wg.Go(func() {
			n := register.Testnummer(register.NyttDatum(1970, 1+i%12, 1+i/12), true)
			p, err := k.Sok(t.Context(), n)
			if err != nil || !strings.Contains(personpost(n.Siffror()), "<Efternamn>"+p.Namn[strings.Index(p.Namn, " ")+1:]+"<") {
				t.Errorf("%+v %v", p, err)
			}
		})
	}
	wg.Wait()
}

func TestAClientThatCannotWorkIsNotMade(t *testing.T) {
	ratt := starta(t).Options()
	for namn, andra := range map[string]func(*Options){
		"http":              func(o *Options) { o.URL = "http://127.0.0.1/x" },
		"frågedel":          func(o *Options) { o.URL += "?pnr=1" },
		"ingen adress":      func(o *Options) { o.URL = "" },
		"ingen CA":          func(o *Options) { o.CAFil = "/finns/inte" },
		"CA utan innehåll":  func(o *Options) { o.CAFil = o.KeyFil },
		"ingen nyckel":      func(o *Options) { o.KeyFil = "" },
		"fel nyckel":        func(o *Options) { o.KeyFil = strings.Replace(o.KeyFil, "klient", "server", 1) },
		"ingen beställare":  func(o *Options) { o.Orgnr = "" },
		"ingen beställning": func(o *Options) { o.BestallningID = "<a/>" },
	} {
		o := ratt
		andra(&o)
		if k, err := New(o); err == nil {
			k.Stang()
			t.Errorf("%s: made", namn)
		}
	}
}

func BenchmarkSok(b *testing.B) {
	k := klient(b, starta(b).Options())
	n := nummer(b, "197701172392")
	sok(b, k, n)
	for b.Loop() {
		sok(b, k, n)
	}
}

func BenchmarkSok16(b *testing.B) {
	k := klient(b, starta(b).Options())
	n := nummer(b, "197701172392")
	b.SetParallelism(8)
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			if _, err := k.Sok(b.Context(), n); err != nil {
				b.Error(err)
			}
		}
	})
}
