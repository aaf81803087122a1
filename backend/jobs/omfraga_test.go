package jobs

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/riverqueue/river"

	"sus/backend/auth"
	"sus/backend/folkbokforing"
	"sus/backend/register"
	"sus/backend/store"
	"sus/backend/store/db"
	"sus/backend/store/storetest"
)

// natten is a register of a night, with the population register beside it.
type natten struct {
	*storetest.Databas
	t         *testing.T
	nu        time.Time
	sim       *folkbokforing.Simulator
	klient    *folkbokforing.Klient
	insatser  []register.Insats
	aktor     register.Aktor
	arbete    *omfraga
	vantade   []time.Duration
	utskrift  bytes.Buffer
	vantaFore func() // runs before each wait
}

func nyNatt(t *testing.T) *natten {
	t.Helper()
	n := &natten{Databas: storetest.NyMedDatabas(t), t: t, nu: time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC)}
	n.Store = n.Vid(func() time.Time { return n.nu })
	var err error
	if n.sim, err = folkbokforing.StartaSimulator(t.Context(), "127.0.0.1:0", t.TempDir()); err != nil {
		t.Fatal(err)
	}
	n.sim.SattKlocka(n.Nu)
	o := n.sim.Options()
	o.Klocka = n.Nu
	if n.klient, err = folkbokforing.New(o); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(n.klient.Stang)
	org := storetest.Organisation(t, n.Store, nil)
	n.insatser = []register.Insats{storetest.Insats(t, n.Store, org, nil), storetest.Insats(t, n.Store, org, nil)}
	n.aktor = storetest.Deltagaransvarig(n.insatser...)
	zon, err := time.LoadLocation("Europe/Stockholm")
	if err != nil {
		t.Fatal(err)
	}
	n.arbete = &omfraga{store: n.Store, folkbokforing: n.klient, schema: dagligen{klockan: omfragaKlockan, zon: zon}, pass: time.Hour,
		installning: Omfraga{Omfragetider: register.Omfragetider{Oppna: 24 * time.Hour, Avslutade: 720 * time.Hour}, Takt: 5},
		logg:        slog.New(slog.NewTextHandler(&n.utskrift, nil)),
		vanta: func(_ context.Context, d time.Duration) error {
			if n.vantaFore != nil {
				n.vantaFore()
			}
			n.vantade = append(n.vantade, d)
			return nil
		}}
	return n
}

func person(nr int) register.Personnummer {
	return register.Testnummer(register.NyttDatum(1971, 1, 1).Plus(nr*40), true)
}

// samtycke is one as the real answer makes it.
func (n *natten) samtycke(i int, p register.Personnummer) register.Samtycke {
	n.t.Helper()
	post, err := n.klient.Sok(n.t.Context(), p)
	if err != nil || post.ArSkyddad() {
		n.t.Fatalf("%+v %v", post, err)
	}
	var c store.SamtyckeMedIdentitet
	if _, err := n.SkapaSamtycke(n.t.Context(), storetest.Som(n.aktor), storetest.Samtyckesuppgifter(n.Store, n.insatser[i], p), post, func(ny store.SamtyckeMedIdentitet) (db.Svar, error) {
		c = ny
		return db.Svar{Status: 201}, nil
	}); err != nil {
		n.t.Fatal(err)
	}
	return c.Samtycke
}

func (n *natten) deltagande(i int, p register.Personnummer) register.Deltagande {
	n.t.Helper()
	return storetest.SkrivIn(n.t, n.Store, n.aktor, n.samtycke(i, p), register.NyttDatum(2026, 11, 2))
}

// natt goes to the night of so many days after and runs the job.
func (n *natten) natt(dagar int) error {
	n.nu = time.Date(2026, 11, 20+dagar, 3, 0, 1, 0, time.UTC) // four o'clock in Sweden
	n.vantade = nil
	return n.arbete.Work(n.t.Context(), nil)
}

func (n *natten) manus(p register.Personnummer, dagar int, r folkbokforing.Manusrad) {
	n.t.Helper()
	r.Nummer, r.Fran = p.Siffror(), folkbokforing.ManusFran(time.Date(2026, 11, 20+dagar, 0, 0, 0, 0, time.UTC))
	if err := n.sim.Manus(r); err != nil {
		n.t.Fatal(err)
	}
}

func (n *natten) rakna(fraga string, varden ...any) int {
	n.t.Helper()
	return storetest.Rakna(n.t, n.Super(n.t), fraga, varden...)
}

func (n *natten) handelser(h register.Handelse) int {
	n.t.Helper()
	return n.rakna(`select count(*) from loggpost where handelse = $1`, h.String())
}

func TestWhoIsProtectedSinceTheInregistreringIsErasedTheNightAfter(t *testing.T) {
	n := nyNatt(t)
	p, annan := person(0), person(1)
	d0, d1 := n.deltagande(0, p), n.deltagande(1, p)
	n.deltagande(0, annan)
	n.manus(p, 3, folkbokforing.Manusrad{Svar: folkbokforing.ManusSkyddadFolkbokforing})
	fragat := n.sim.Fragor(p.Siffror())

	for natt := 1; natt <= 3; natt++ {
		if err := n.natt(natt); err != nil {
			t.Fatal(err)
		}
		if antal := n.sim.Fragor(p.Siffror()) - fragat; antal != natt {
			t.Errorf("the person has been asked about %d times after %d nights", antal, natt)
		}
		kvar := 3
		if natt == 3 {
			kvar = 1
		}
		if antal := n.rakna(`select count(*) from identitet`); antal != kvar {
			t.Errorf("%d identities after %d nights", antal, natt)
		}
	}
	if antal := n.handelser(register.HandelseIdentitetRaderadSkydd); antal != 2 {
		t.Errorf("%d rows of the erasing", antal)
	}
	if antal := n.rakna(`select count(*) from loggpost where handelse = $1 and aktor_typ = 'SYSTEM' and personer_hash is null`,
		register.HandelseFolkbokforingOmfragad.String()); antal != 3 {
		t.Errorf("%d rows of three runs", antal)
	}
	if antal := n.rakna(`select count(*) from loggpost where detalj = 'frågade=2 ändrade=0 skyddade=1'`); antal != 1 {
		t.Errorf("%d rows tell how many", antal)
	}
	for _, d := range []register.Deltagande{d0, d1} {
		if x, err := n.Deltagande(t.Context(), storetest.Som(n.aktor), d.ID); err != nil || x.Identitet != nil || !x.Oppen || x.Raderad != register.RaderadSkydd {
			t.Errorf("the deltagande: %+v %v", x, err)
		}
	}
	if s := n.utskrift.String(); strings.Contains(s, p.Siffror()) || strings.Contains(s, annan.Siffror()) {
		t.Error("a number is logged")
	}
}

func TestOnlyAChangedAnswerIsNews(t *testing.T) {
	n := nyNatt(t)
	namn, flyttad, dod, lika := person(0), person(1), person(2), person(3)
	d := n.deltagande(0, namn)
	n.deltagande(1, namn)
	f := n.deltagande(0, flyttad)
	n.deltagande(0, dod)
	n.deltagande(0, lika)
	n.manus(namn, 2, folkbokforing.Manusrad{Svar: folkbokforing.ManusNyttNamn, Namn: "Maj Nyberg"})
	n.manus(flyttad, 2, folkbokforing.Manusrad{Svar: folkbokforing.ManusFlyttad, Kommun: "2584"})
	n.manus(dod, 2, folkbokforing.Manusrad{Svar: folkbokforing.ManusAvliden})

	for natt, ratt := range map[int]int{1: 0} {
		if err := n.natt(natt); err != nil || n.handelser(register.HandelseFolkbokforingAndrad) != ratt {
			t.Fatalf("%d rows before anything has changed: %v", n.handelser(register.HandelseFolkbokforingAndrad), err)
		}
	}
	for _, natt := range []int{2, 3} { // the second night it is no news
		if err := n.natt(natt); err != nil {
			t.Fatal(err)
		}
		if antal := n.rakna(`select count(*) from loggpost where handelse = $1 and detalj = '' and personer_hash is not null and objekt_id is not null`,
			register.HandelseFolkbokforingAndrad.String()); antal != 4 {
			t.Errorf("night %d: %d rows of four samtycken that changed", natt, antal)
		}
	}
	if antal := n.rakna(`select count(*) from loggpost where detalj = 'frågade=4 ändrade=3 skyddade=0'`); antal != 1 {
		t.Errorf("%d rows tell how many", antal)
	}
	if x, err := n.Deltagande(t.Context(), storetest.Som(n.aktor), d.ID); err != nil || x.Identitet.Namn != "Maj Nyberg" {
		t.Errorf("the new name is not kept: %v", err)
	}
	x, err := n.Deltagande(t.Context(), storetest.Som(n.aktor), f.ID)
	if err != nil || x.Identitet.Kommun != "2584" || *x.In.Kommun != *f.In.Kommun || *f.In.Kommun == "2584" {
		t.Errorf("the new kommun is not kept, or the measurement's has changed: %v", err)
	}
}

func TestThoseWhoHaveEndedAreAskedAboutEachThirtyDays(t *testing.T) {
	n := nyNatt(t)
	slutad, oanvand := person(0), person(1)
	storetest.SkrivUt(t, n.Store, n.aktor, n.deltagande(0, slutad), storetest.Utregistrering(register.NyttDatum(2026, 11, 10)))
	n.samtycke(0, oanvand)
	start := map[register.Personnummer]int{slutad: n.sim.Fragor(slutad.Siffror()), oanvand: n.sim.Fragor(oanvand.Siffror())}
	ratt := map[int][2]int{1: {0, 1}, 2: {0, 2}, 3: {0, 3}, 4: {0, 3}, 29: {0, 3}, 30: {1, 3}, 31: {1, 3}, 33: {1, 4}, 59: {1, 4}, 60: {2, 4}}
	for natt := 1; natt <= 60; natt++ {
		if err := n.natt(natt); err != nil {
			t.Fatal(err)
		}
		if r, ok := ratt[natt]; ok {
			if a, b := n.sim.Fragor(slutad.Siffror())-start[slutad], n.sim.Fragor(oanvand.Siffror())-start[oanvand]; a != r[0] || b != r[1] {
				t.Errorf("night %d: the ended one has been asked about %d times, the unused samtycke %d, want %v", natt, a, b, r)
			}
		}
	}
}

func TestARegisterThatDoesNotAnswerIsAskedLaterAboutThoseWhoAreLeft(t *testing.T) {
	n := nyNatt(t)
	const folk = 7
	for i := range folk {
		n.deltagande(i%2, person(i))
	}
	fore := n.sim.AllaFragor()
	n.sim.BortaEfter(3)
	var paus *river.JobSnoozeError
	if err := n.natt(1); !errors.As(err, &paus) || paus.Duration != omfragaPaus {
		t.Fatalf("the register does not answer: %v", err)
	}
	if antal := n.sim.AllaFragor() - fore; antal != 4 {
		t.Errorf("asked %d times, and three were answered", antal)
	}
	n.sim.BortaEfter(-1)
	if err := n.arbete.Work(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	for i := range folk {
		if antal := n.rakna(`select count(*) from identitet where blindindex = $1 and uppslagen >= $2`, n.Nycklar.Blindindex(person(i)), n.nu); antal != 1 {
			t.Errorf("person %d was not asked about", i)
		}
	}
	if antal := n.sim.AllaFragor() - fore; antal != folk+1 {
		t.Errorf("asked %d times about %d persons, one of them twice", antal, folk)
	}
	if antal := n.rakna(`select count(*) from loggpost where detalj in ('frågade=3 ändrade=0 skyddade=0', 'frågade=4 ändrade=0 skyddade=0')`); antal != 2 {
		t.Errorf("%d rows of two runs", antal)
	}
	// Nobody is left, so nobody is asked about and nothing is logged.
	if err := n.arbete.Work(t.Context(), nil); err != nil || n.sim.AllaFragor()-fore != folk+1 || n.handelser(register.HandelseFolkbokforingOmfragad) != 2 {
		t.Errorf("a third run: %v", err)
	}
}

func TestTheQuestionsAreAsManyASecondAsTheSettingSays(t *testing.T) {
	n := nyNatt(t)
	const folk = 4
	for i := range folk {
		n.deltagande(0, person(i))
	}
	fore := n.sim.AllaFragor()
	fragor := []int{}
	n.vantaFore = func() { fragor = append(fragor, n.sim.AllaFragor()-fore) }
	n.arbete.installning.Takt = 8
	if err := n.natt(1); err != nil {
		t.Fatal(err)
	}
	if len(n.vantade) != folk-1 {
		t.Fatalf("%d waits between %d questions", len(n.vantade), folk)
	}
	for i, d := range n.vantade {
		if d != 125*time.Millisecond || fragor[i] != i+1 {
			t.Errorf("wait %d is %s, after %d questions", i, d, fragor[i])
		}
	}
	n.arbete.installning.Takt = 0
	if err := n.natt(2); err != nil || n.sim.AllaFragor()-fore != folk {
		t.Errorf("asked although it is off: %v", err)
	}
}

func TestARunEndsWithItsPassAndWithTheServerAndGoesOn(t *testing.T) {
	n := nyNatt(t)
	for i := range 3 {
		n.deltagande(0, person(i))
	}
	fore := n.sim.AllaFragor()
	n.arbete.pass = 0
	var paus *river.JobSnoozeError
	if err := n.natt(1); !errors.As(err, &paus) || paus.Duration != 0 || n.sim.AllaFragor() != fore {
		t.Errorf("a pass that is over: %v", err)
	}
	n.arbete.pass = time.Hour
	slut := make(chan struct{})
	close(slut)
	n.arbete.slut, n.arbete.vanta = slut, n.arbete.pausa
	if err := n.natt(1); !errors.As(err, &paus) || paus.Duration != 0 || n.sim.AllaFragor() != fore+1 {
		t.Errorf("a server that ends: %v", err)
	}
	n.arbete.vanta = func(context.Context, time.Duration) error { return nil }
	if err := n.arbete.Work(t.Context(), nil); err != nil || n.sim.AllaFragor() != fore+3 {
		t.Errorf("the rest: %v", err)
	}
}

func TestWhoWithdrawsMeanwhileIsNotAskedAbout(t *testing.T) {
	n := nyNatt(t)
	p, q := person(0), person(1)
	n.deltagande(0, p)
	n.nu = n.nu.Add(time.Second)
	d := n.deltagande(0, q) // asked about last
	fore := n.sim.Fragor(q.Siffror())
	n.vantaFore = func() {}
	fragade := 0
	_, err := n.Omfraga(t.Context(), register.Omfragetider{Oppna: time.Hour}.Granser(n.nu.Add(time.Hour)),
		func(ctx context.Context, nr register.Personnummer) (register.Folkbokforingspost, error) {
			if fragade++; fragade == 1 {
				storetest.Aterkalla(t, n.Store, n.aktor, d.SamtyckeID)
			}
			return n.klient.Sok(ctx, nr)
		})
	if err != nil || fragade != 1 || n.sim.Fragor(q.Siffror()) != fore {
		t.Errorf("%d were asked about: %v", fragade, err)
	}
}

func TestAStartedServerAsksOnceAndKeepsNoNumberInTheQueue(t *testing.T) {
	n := nyNatt(t)
	p := person(0)
	n.deltagande(0, p)
	n.nu = n.nu.AddDate(0, 0, 1)
	fore := n.sim.Fragor(p.Siffror())
	a, err := auth.New(n.Konto, nil, auth.Options{Issuer: "sus", Audience: "sus-api"})
	if err != nil {
		t.Fatal(err)
	}
	var jobb []*Jobs
	for range 2 {
		j, err := Starta(t.Context(), Options{DatabaseURL: n.AppURL, Store: n.Store, Auth: a, Logg: slog.New(slog.DiscardHandler),
			Folkbokforing: n.klient, Omfraga: n.arbete.installning})
		if err != nil {
			t.Fatal(err)
		}
		jobb = append(jobb, j)
	}
	super := n.Super(t)
	inTid(t, 20*time.Second, "the question is asked", func() bool {
		var antal int
		err := super.QueryRowContext(t.Context(), `select count(*) from river_job where kind = $1 and state = 'completed'`, register.OmfragaArgs{}.Kind()).Scan(&antal)
		return err == nil && antal >= 1
	})
	for _, j := range jobb {
		if err := j.Stoppa(t.Context()); err != nil {
			t.Error(err)
		}
	}
	if antal := n.sim.Fragor(p.Siffror()) - fore; antal != 1 {
		t.Errorf("asked %d times", antal)
	}
	if antal := n.rakna(`select count(*) from river_job where kind = $1 and args <> '{}'`, register.OmfragaArgs{}.Kind()); antal != 0 {
		t.Errorf("%d jobs have arguments", antal)
	}
}

func TestARunThatWasKilledIsTakenUpWithinMinutes(t *testing.T) {
	if raddasEfter > 5*time.Minute || jobTimeout >= raddasEfter || omfragaPass >= jobTimeout {
		t.Errorf("a pass of %v, ended after %v, is taken up after %v", omfragaPass, jobTimeout, raddasEfter)
	}
	n := nyNatt(t)
	p := person(0)
	n.deltagande(0, p)
	n.nu = n.nu.AddDate(0, 0, 1)
	fore := n.sim.Fragor(p.Siffror())
	super := n.Super(t)
	// What a killed server leaves, one some time ago and one that may still be at it.
	const lamnat = `insert into river_job (kind, args, state, attempt, attempted_at, attempted_by, max_attempts, queue) values ($1, '{}', 'running', 1, now() - $2::interval, '{borta}', 25, 'default')`
	for kind, sedan := range map[string]time.Duration{register.OmfragaArgs{}.Kind(): raddasEfter + time.Second, register.GallringArgs{}.Kind(): raddasEfter + time.Second} {
		if _, err := super.ExecContext(t.Context(), lamnat, kind, sedan.String()); err != nil {
			t.Fatal(err)
		}
	}
	a, err := auth.New(n.Konto, nil, auth.Options{Issuer: "sus", Audience: "sus-api"})
	if err != nil {
		t.Fatal(err)
	}
	j, err := Starta(t.Context(), Options{DatabaseURL: n.AppURL, Store: n.Store, Auth: a, Logg: slog.New(slog.DiscardHandler),
		Folkbokforing: n.klient, Omfraga: n.arbete.installning})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = j.Stoppa(t.Context()) }()
	inTid(t, 60*time.Second, "the killed run is taken up", func() bool {
		var antal int
		err := super.QueryRowContext(t.Context(), `select count(*) from river_job where kind = $1 and attempted_by[1] = 'borta' and state = 'completed'`, register.OmfragaArgs{}.Kind()).Scan(&antal)
		return err == nil && antal == 1
	})
	if antal := n.sim.Fragor(p.Siffror()) - fore; antal != 1 {
		t.Errorf("asked %d times", antal)
	}
	// Its own time decides of a job that may be long.
	if antal := n.rakna(`select count(*) from river_job where kind = $1 and attempted_by[1] = 'borta' and state = 'running'`, register.GallringArgs{}.Kind()); antal != 1 {
		t.Error("a gallring that may still be at it was taken up")
	}
}
