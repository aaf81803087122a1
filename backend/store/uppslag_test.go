package store_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"sus/backend/register"
	"sus/backend/store"
	"sus/backend/store/storetest"
)

// uppslagen are the people whom a test looks up, one by one.
func uppslagen(n int) register.Personnummer { return enPerson(9, n) }

func vantan(err error) time.Duration {
	var e *register.Error
	if errors.As(err, &e) {
		return e.Vanta
	}
	return 0
}

// Two stores are two servers: they know of each other by the database alone.
func TestTheQuestionsOfACallerAreCountedOverServersAndForAnHour(t *testing.T) {
	d := storetest.NyMedDatabas(t)
	nu := time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC)
	klocka := func() time.Time { return nu }
	en, annan := d.Vid(klocka).MedUppslag(3, 5), store.New(d.DB, store.Options{UppslagPerson: 3, UppslagMaskin: 5}).Vid(klocka)
	i, a := huset(t, en)
	fraga := func(s *store.Store, vem register.Aktor, n int) error {
		return s.BorjaUppslag(t.Context(), storetest.Som(vem), i.ID, uppslagen(n))
	}
	for n, s := range []*store.Store{en, annan, en} {
		if err := fraga(s, a, n); err != nil {
			t.Fatal(err)
		}
		nu = nu.Add(10 * time.Minute)
	}
	for _, s := range []*store.Store{en, annan} {
		if err := fraga(s, a, 3); regel(err) != "uppslag-for-manga" || vantan(err) != 30*time.Minute {
			t.Errorf("the fourth gave %v, wait %v", err, vantan(err))
		}
	}
	if err := fraga(en, storetest.Deltagaransvarig(i), 0); err != nil {
		t.Errorf("another caller is not let through: %v", err)
	}
	maskin := storetest.Maskin(i)
	for n := range 6 {
		if err := fraga(en, maskin, n); (regel(err) == "uppslag-for-manga") != (n == 5) {
			t.Errorf("a maskin's %d: %v", n, err)
		}
	}
	if err := fraga(en.MedUppslag(0, 0), a, 3); err != nil {
		t.Errorf("no bound: %v", err)
	}
	nu = nu.Add(30 * time.Minute) // the first is an hour old; the one without a bound took its place
	if err := fraga(en, a, 4); regel(err) != "uppslag-for-manga" || vantan(err) != 10*time.Minute {
		t.Errorf("three of the hour are left: %v, wait %v", err, vantan(err))
	}
	nu = nu.Add(10 * time.Minute)
	if err := fraga(en, a, 4); err != nil {
		t.Errorf("after an hour: %v", err)
	}
	super := d.Super(t)
	if n := storetest.Rakna(t, super, `select count(*) from folkbokforingsuppslag where tid <= $1`, nu.Add(-time.Hour)); n != 0 {
		t.Errorf("%d older than an hour are kept", n)
	}
	if n := storetest.Rakna(t, super, `select count(*) from loggpost p join loggperson l on l.loggpost_id = p.id
		where p.handelse = 'FOLKBOKFORING_UPPSLAGEN' and p.utfall = 'OK' and p.aktor_id = $1 and l.blindindex is not null and l.insats_id = $2`, a.ID, i.ID); n != 5 {
		t.Errorf("%d rows of 5 questions", n)
	}
	if _, err := en.Gallra(t.Context(), nu.Add(2*time.Hour)); err != nil {
		t.Fatal(err)
	}
	if n := storetest.Rakna(t, super, `select count(*) from folkbokforingsuppslag`); n != 0 {
		t.Errorf("the daily job leaves %d", n)
	}
}

func TestRaceForTheLastQuestionLetsOneThrough(t *testing.T) {
	d := storetest.NyMedDatabas(t)
	i, _ := huset(t, d.Store)
	s := d.MedUppslag(1, 1)
	var v vinster
	for n := range *kapplopp {
		a := storetest.Deltagaransvarig(i)
		fraga := func(p register.Personnummer) func() error {
			return func() error { return s.BorjaUppslag(context.WithoutCancel(t.Context()), storetest.Som(a), i.ID, p) }
		}
		e1, e2 := samtidigt(fraga(uppslagen(2*n)), fraga(uppslagen(2*n+1)))
		if (e1 == nil) == (e2 == nil) || regel(e1)+regel(e2) != "uppslag-for-manga" {
			t.Fatalf("%v and %v", e1, e2)
		}
		v.rakna(e1 == nil)
	}
	v.prova(t, "the last question")
}

func TestTwentyQuestionsThatLedToNothingAreToldOnceAnHour(t *testing.T) {
	d := storetest.NyMedDatabas(t)
	nu := time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC)
	s := d.Vid(func() time.Time { return nu })
	i, a := huset(t, s)
	super := d.Super(t)
	fraga := func(n int) {
		t.Helper()
		if err := s.BorjaUppslag(t.Context(), storetest.Som(a), i.ID, uppslagen(n)); err != nil {
			t.Fatal(err)
		}
		nu = nu.Add(time.Second)
	}
	varningar := func(vill int, nar string) {
		t.Helper()
		if n := storetest.Rakna(t, super, `select count(*) from loggpost where handelse = 'UPPSLAG_UTAN_RESULTAT' and utfall = 'OK'
			and aktor_id = $1 and objekt_id = $1 and detalj = '20'`, a.ID); n != vill {
			t.Fatalf("%s: told %d times, not %d", nar, n, vill)
		}
	}
	for n := range 30 { // each leads to a samtycke, but the last of them to one of somebody else's
		fraga(n)
		storetest.Samtycke(t, s, a, i, uppslagen(n))
	}
	varningar(0, "each led to a samtycke")
	storetest.Samtycke(t, s, storetest.Deltagaransvarig(i), i, uppslagen(100))
	for n := range 19 {
		fraga(100 + n)
	}
	varningar(0, "19 led to nothing")
	storetest.Samtycke(t, s, a, i, uppslagen(101)) // late, but it did
	fraga(200)
	varningar(0, "19 of 20 led to nothing")
	fraga(201)
	varningar(1, "20 led to nothing")
	for n := range 40 {
		fraga(300 + n)
	}
	varningar(1, "20 and more in the same hour")
	nu = nu.Add(time.Hour)
	for n := range 20 {
		fraga(400 + n)
	}
	varningar(2, "20 in the next hour")
	// That it cannot be told stops nobody, and is told with the next question.
	nu = nu.Add(time.Hour)
	kor(t, super, `create function nej() returns trigger language plpgsql as $$ begin raise 'nej'; end $$`,
		`create trigger nej before insert on loggpost for each row when (new.handelse = 'UPPSLAG_UTAN_RESULTAT') execute function nej()`)
	for n := range 22 {
		fraga(500 + n)
	}
	varningar(2, "it could not be told")
	kor(t, super, `drop trigger nej on loggpost`)
	fraga(600)
	varningar(3, "told with the next question")
}

// An in-registration is a result too, also of a question that was put after the samtycke.
func TestAQuestionThatLedToAnInregistreringLedToSomething(t *testing.T) {
	d := storetest.NyMedDatabas(t)
	i, a := huset(t, d.Store)
	c := storetest.Samtycke(t, d.Store, a, i, storetest.Person(fodd))
	if err := d.BorjaUppslag(t.Context(), storetest.Som(a), i.ID, storetest.Person(fodd)); err != nil {
		t.Fatal(err)
	}
	super := d.Super(t)
	if n := storetest.Rakna(t, super, `select count(*) from folkbokforingsuppslag where not ledde`); n != 1 {
		t.Fatalf("%d before", n)
	}
	storetest.SkrivIn(t, d.Store, a, c, register.NyttDatum(2020, 1, 1))
	if n := storetest.Rakna(t, super, `select count(*) from folkbokforingsuppslag where ledde`); n != 1 {
		t.Errorf("%d after", n)
	}
	storetest.Aterkalla(t, d.Store, a, c.ID)
	if n := storetest.Rakna(t, super, `select count(*) from folkbokforingsuppslag where blindindex is null`); n != 1 {
		t.Error("the question leads to the person after the withdrawal, or counts no more")
	}
	if n := storetest.Rakna(t, super, `select count(*) from loggperson`); n != 0 {
		t.Errorf("%d persons in the log after the withdrawal", n)
	}
}
