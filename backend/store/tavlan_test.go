package store_test

import (
	"errors"
	"flag"
	"fmt"
	"math/rand/v2"
	"sync"
	"testing"
	"time"

	"sus/backend/register"
	"sus/backend/store"
	"sus/backend/store/db"
	"sus/backend/store/storetest"
)

// samtidigt runs both at once and returns their errors. A pause of a moment before
// one of them, another one each time, lets each come first now and then.
func samtidigt(en, annan func() error) (error, error) {
	var vg sync.WaitGroup
	var e1, e2 error
	klar := make(chan struct{})
	paus := time.Duration(rand.IntN(2001)-1000) * time.Microsecond
	vg.Go(func() { <-klar; time.Sleep(paus); e1 = en() })
	vg.Go(func() { <-klar; time.Sleep(-paus); e2 = annan() })
	close(klar)
	vg.Wait()
	return e1, e2
}

// kapplopp is how many pairs each race runs.
var kapplopp = flag.Int("kapplopp", storetest.Bevis(40, 500), "pairs of each race")

// enPerson is a person of a race's own.
func enPerson(serie, n int) register.Personnummer {
	return storetest.Person(register.NyttDatum(1930, 1, 1).Plus(2000*serie + n))
}

// vinster counts who came first, and with many pairs asks that both have.
type vinster [2]int

func (v *vinster) rakna(forst bool) {
	if forst {
		v[0]++
	} else {
		v[1]++
	}
}

func (v *vinster) prova(t *testing.T, namn string) {
	t.Helper()
	t.Logf("%s: %d–%d", namn, v[0], v[1])
	if *kapplopp >= 500 && min(v[0], v[1]) < 50 {
		t.Errorf("%s: %d–%d är inget kapplopp", namn, v[0], v[1])
	}
}

func TestRaceOfTwoInregistreringarOfOnePersonGivesOneOpenDeltagande(t *testing.T) {
	d := storetest.NyMedDatabas(t)
	d.UtanDodlas()
	i, a := huset(t, d.Store)
	for namn, s := range map[string]*store.Store{"med förkontroll": d.Store, "utan förkontroll": store.UtanForkontroll(d.Store)} {
		var v vinster
		for n := range *kapplopp {
			p := enPerson(len(namn)-10, n)
			forr := store.UtanForkontroll(s) // two of one person wait only where both are older than the rule
			c1, c2 := storetest.Samtycke(t, forr, a, i, p), storetest.Samtycke(t, forr, a, i, p)
			skriv := func(c register.Samtycke) func() error {
				return func() error {
					var del register.Deltagande
					_, err := s.SkrivIn(t.Context(), storetest.Som(a), storetest.Inregistrering(c, register.NyttDatum(2020, 1, 1)), nil, ta(&del))
					return err
				}
			}
			e1, e2 := samtidigt(skriv(c1), skriv(c2))
			if (e1 == nil) == (e2 == nil) || regel(e1)+regel(e2) != "redan-oppen" {
				t.Fatalf("%s: %v och %v", namn, e1, e2)
			}
			v.rakna(e1 == nil)
		}
		v.prova(t, namn)
	}
	if n := storetest.Rakna(t, d.Super(t), `select count(*) from (select 1 from deltagande where oppen group by insats_id, person having count(*) > 1) x`); n != 0 {
		t.Errorf("%d personer har två öppna", n)
	}
	if n := storetest.Rakna(t, d.Super(t), `select count(*) from deltagande`); n != 2**kapplopp {
		t.Errorf("%d deltaganden", n)
	}
}

func TestRaceOfTwoSamtyckenOfOnePersonGivesOne(t *testing.T) {
	d := storetest.NyMedDatabas(t)
	d.UtanDodlas()
	i, a := huset(t, d.Store)
	annan := storetest.Deltagaransvarig(i)
	hem, hemma := huset(t, d.Store) // where the two numbers were learnt to be one person's
	for namn, tvaNummer := range map[string]bool{"one number": false, "two numbers": true} {
		var v vinster
		for n := range *kapplopp {
			nummer := enPerson(8, n)
			annat := nummer
			if tvaNummer {
				nummer, annat = enPerson(10, n), enPerson(11, n)
				storetest.Samtycke(t, d.Store, hemma, hem, nummer)
				lar(t, d.Store, annat, ersatter(d.Store, nummer))
			}
			skapa := func(vem register.Aktor, p register.Personnummer) func() error {
				return func() error {
					var c store.SamtyckeMedIdentitet
					_, err := d.SkapaSamtycke(t.Context(), storetest.Som(vem), storetest.Samtyckesuppgifter(d.Store, i, p), storetest.Post(d.Nu()), ta(&c))
					return err
				}
			}
			e1, e2 := samtidigt(skapa(a, nummer), skapa(annan, annat))
			if (e1 == nil) == (e2 == nil) || regel(e1)+regel(e2) != "samtycke-vantar" {
				t.Fatalf("%s: %v and %v", namn, e1, e2)
			}
			v.rakna(e1 == nil)
		}
		v.prova(t, "two samtycken of one person by "+namn)
	}
	if n := storetest.Rakna(t, d.Super(t), `select count(*) from identitet where insats_id = $1`, i.ID); n != 2**kapplopp {
		t.Errorf("%d identities", n)
	}
}

func TestRaceOfACorrectionAndAnAterkallelseLeavesNoReason(t *testing.T) {
	d := storetest.NyMedDatabas(t)
	d.UtanDodlas()
	i, a := huset(t, d.Store)
	var v vinster
	for n := range *kapplopp {
		c := storetest.Samtycke(t, d.Store, a, i, enPerson(8, n))
		ratta, ut := samtidigt(func() error {
			u := register.Samtyckesuppgifter{Blankett: "9443", Datum: c.Datum, Sprak: "en", Satt: register.SattSkriftligt, ExterntID: fmt.Sprint("arende-", n)}
			_, err := d.RattaSamtycke(t.Context(), db.Begaran{Aktor: a, Version: 1}, c.ID, u, "Fel språk.")
			return err
		}, func() error {
			_, err := d.Aterkalla(t.Context(), storetest.Som(a), c.ID, func(store.Aterkallad) (db.Svar, error) { return db.Svar{}, nil })
			return err
		})
		if ut != nil || ratta != nil && regel(ratta) != "aterkallat" {
			t.Fatalf("the correction %v, the withdrawal %v", ratta, ut)
		}
		v.rakna(ratta == nil)
	}
	v.prova(t, "correction against withdrawal")
	super := d.Super(t)
	for namn, fraga := range map[string]string{"reasons": `select count(*) from samtycke where skal is not null`, "identities": `select count(*) from identitet`,
		"persons in the log": `select count(*) from loggperson`, "that are not withdrawn": `select count(*) from samtycke where aterkallat is null`} {
		if n := storetest.Rakna(t, super, fraga); n != 0 {
			t.Errorf("%d %s", n, namn)
		}
	}
}

func TestRaceForOneSamtyckeGivesOneDeltagandeAlsoWithoutTheCheckBefore(t *testing.T) {
	d := storetest.NyMedDatabas(t)
	d.UtanDodlas()
	i, a := huset(t, d.Store)
	s := store.UtanForkontroll(d.Store)
	var v vinster
	for n := range *kapplopp {
		c := storetest.Samtycke(t, s, a, i, enPerson(3, n))
		skriv := func() error {
			var del register.Deltagande
			_, err := s.SkrivIn(t.Context(), storetest.Som(a), storetest.Inregistrering(c, register.NyttDatum(2020, 1, 1)), nil, ta(&del))
			return err
		}
		e1, e2 := samtidigt(skriv, skriv)
		if r := regel(e1) + regel(e2); (e1 == nil) == (e2 == nil) || r != "samtycke-anvant" && r != "redan-oppen" {
			t.Fatalf("%v och %v", e1, e2)
		}
		v.rakna(e1 == nil)
	}
	v.prova(t, "samma samtycke")
}

func TestRaceOfInregistreringAndAterkallelseLeavesNoIdentitet(t *testing.T) {
	d := storetest.NyMedDatabas(t)
	d.UtanDodlas()
	i, a := huset(t, d.Store)
	s := d.Store
	var v vinster
	for n := range *kapplopp {
		c := storetest.Samtycke(t, s, a, i, enPerson(4, n))
		in, ut := samtidigt(func() error {
			var del register.Deltagande
			_, err := s.SkrivIn(t.Context(), storetest.Som(a), storetest.Inregistrering(c, register.NyttDatum(2020, 1, 1)), nil, ta(&del))
			return err
		}, func() error {
			_, err := s.Aterkalla(t.Context(), storetest.Som(a), c.ID, func(store.Aterkallad) (db.Svar, error) { return db.Svar{}, nil })
			return err
		})
		if ut != nil || in != nil && regel(in) != "aterkallat" {
			t.Fatalf("inregistreringen %v, återkallelsen %v", in, ut)
		}
		v.rakna(in == nil)
	}
	v.prova(t, "inregistrering mot återkallelse")
	super := d.Super(t)
	for _, table := range []string{"identitet", "personnyckel", "loggperson"} {
		if n := storetest.Rakna(t, super, `select count(*) from `+table); n != 0 {
			t.Errorf("%d rader är kvar i %s", n, table)
		}
	}
	if n := storetest.Rakna(t, super, `select count(*) from deltagande where oppen`); n != 0 {
		t.Errorf("%d deltaganden är öppna", n)
	}
}

func TestRaceOfTwoCorrectionsOfOneVersionGivesOne(t *testing.T) {
	d := storetest.NyMedDatabas(t)
	d.UtanDodlas()
	i, a := huset(t, d.Store)
	var v vinster
	for n := range *kapplopp {
		del := storetest.Deltagande(t, d.Store, a, i, enPerson(5, n), register.NyttDatum(2020, 1, 1))
		ratta := func(dag int) func() error {
			return func() error {
				_, err := d.RattaIn(t.Context(), db.Begaran{Aktor: a, Version: del.Version}, del.ID, storetest.Inregistrering(register.Samtycke{}, register.NyttDatum(2020, 1, dag)), "fel dag")
				return err
			}
		}
		e1, e2 := samtidigt(ratta(2), ratta(3))
		if (e1 == nil) == (e2 == nil) || regel(e1)+regel(e2) != "foraldrad" {
			t.Fatalf("%v och %v", e1, e2)
		}
		if versioner, err := d.Versioner(t.Context(), storetest.Som(a), del.ID); err != nil || len(versioner) != 2 {
			t.Fatalf("%d versioner (%v)", len(versioner), err)
		}
		v.rakna(e1 == nil)
	}
	v.prova(t, "två rättelser")
}

func TestRaceOfASlutdatumAndAnInregistreringAfterItLetsOnlyOneThrough(t *testing.T) {
	d := storetest.NyMedDatabas(t)
	d.UtanDodlas()
	s := d.Store
	organisation := storetest.Organisation(t, s, nil)
	for n := range *kapplopp {
		o := organisation
		i := storetest.Insats(t, s, o, nil)
		a := storetest.Deltagaransvarig(i)
		c := storetest.Samtycke(t, s, a, i, enPerson(6, n))
		slut := register.NyttDatum(2019, 12, 31)
		in, ut := samtidigt(func() error {
			var del register.Deltagande
			_, err := s.SkrivIn(t.Context(), storetest.Som(a), storetest.Inregistrering(c, register.NyttDatum(2020, 1, 1)), nil, ta(&del))
			return err
		}, func() error {
			uppgifter := storetest.Insatsuppgifter(o)
			uppgifter.Slutdatum = &slut
			_, err := s.AndraInsats(t.Context(), db.Begaran{Aktor: storetest.Aktor(register.RollSamverkansadministrator, o.ID), Version: i.Version}, i.ID, uppgifter)
			return err
		})
		if (in == nil) == (ut == nil) || regel(in)+regel(ut) != "utanfor-insatsen" && regel(in)+regel(ut) != "slutdatum-fore-registrerat" {
			t.Fatalf("inregistreringen %v, slutdatumet %v", in, ut)
		}
	}
	for n := range *kapplopp {
		o := storetest.Organisation(t, s, nil)
		i := storetest.Insats(t, s, o, nil)
		a := storetest.Deltagaransvarig(i)
		c := storetest.Samtycke(t, s, a, i, enPerson(7, n))
		slut := register.NyttDatum(2019, 12, 31)
		in, ut := samtidigt(func() error {
			var del register.Deltagande
			_, err := s.SkrivIn(t.Context(), storetest.Som(a), storetest.Inregistrering(c, register.NyttDatum(2020, 1, 1)), nil, ta(&del))
			return err
		}, func() error {
			uppgifter := storetest.Organisationsuppgifter()
			uppgifter.Slutdatum = &slut
			_, err := s.AndraSamverkansorganisation(t.Context(), db.Begaran{Aktor: storetest.Systemforvaltare(), Version: o.Version}, o.ID, uppgifter)
			return err
		})
		if (in == nil) == (ut == nil) || regel(in)+regel(ut) != "utanfor-organisationen" && regel(in)+regel(ut) != "slutdatum-fore-registrerat" {
			t.Fatalf("inregistreringen %v, organisationens slutdatum %v", in, ut)
		}
	}
}

func TestAnInregistreringThatWaitedWhileItsIdentitetWasErasedIsRefusedAndMakesNoPersonnyckel(t *testing.T) {
	d := storetest.NyMedDatabas(t)
	i, a := huset(t, d.Store)
	c := storetest.Samtycke(t, d.Store, a, i, storetest.Person(fodd))
	super := d.Super(t)
	tx, err := super.BeginTx(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = tx.Rollback() }()
	if _, err := tx.Exec(`select from samtycke where id = $1 for update`, c.ID); err != nil {
		t.Fatal(err)
	}
	if _, err := tx.Exec(`delete from identitet where samtycke_id = $1`, c.ID); err != nil {
		t.Fatal(err)
	}
	klart := make(chan error)
	go func() {
		var del register.Deltagande
		_, err := d.SkrivIn(t.Context(), storetest.Som(a), storetest.Inregistrering(c, register.NyttDatum(2020, 1, 1)), nil, ta(&del))
		klart <- err
	}()
	for storetest.Rakna(t, super, `select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`) == 0 {
		time.Sleep(5 * time.Millisecond)
	}
	if err := tx.Commit(); err != nil {
		t.Fatal(err)
	}
	if err := <-klart; regel(err) != "identitet-borta" {
		t.Errorf("inregistreringen gav %v", err)
	}
	if n := storetest.Rakna(t, super, `select (select count(*) from personnyckel) + (select count(*) from deltagande) + (select count(*) from mattillfalle)`); n != 0 {
		t.Errorf("%d rader skrevs", n)
	}
}

func TestAnExternalIDIsUniqueToItsCaller(t *testing.T) {
	d := storetest.NyMedDatabas(t)
	i, a := huset(t, d.Store)
	skapa := func(vem register.Aktor, ar int) error {
		in := storetest.Samtyckesuppgifter(d.Store, i, storetest.Person(register.NyttDatum(ar, 1, 2)))
		in.ExterntID = "arende-4711"
		var c store.SamtyckeMedIdentitet
		_, err := d.SkapaSamtycke(t.Context(), storetest.Som(vem), in, storetest.Post(d.Nu()), ta(&c))
		return err
	}
	if err := skapa(a, 1970); err != nil {
		t.Fatal(err)
	}
	if err := skapa(a, 1971); regel(err) != "externt-id-upptaget" {
		t.Errorf("samma anropare: %v", err)
	}
	if err := skapa(storetest.Maskin(i), 1972); err != nil {
		t.Errorf("en annan anropare: %v", err)
	}
}

func TestATransactionThatLosesTriesThreeTimesAgain(t *testing.T) {
	s := storetest.Ny(t)
	krock := func(sista int, kod string) (int, error) {
		antal := 0
		err := store.KorTx(t.Context(), s, func(n int) string {
			antal = n
			if n >= sista {
				return "select 1"
			}
			return "do $$ begin raise exception 'krock' using errcode = '" + kod + "'; end $$"
		})
		return antal, err
	}
	for _, kod := range []string{"40001", "40P01"} {
		if n, err := krock(4, kod); err != nil || n != 4 {
			t.Errorf("%s: %d försök gav %v", kod, n, err)
		}
		if n, err := krock(99, kod); !errors.Is(err, db.ErrBorta) || n != 4 {
			t.Errorf("%s: %d försök gav %v", kod, n, err)
		}
	}
	if n, err := krock(99, "P0001"); err == nil || errors.Is(err, db.ErrBorta) || n != 1 {
		t.Errorf("ett annat fel: %d försök gav %v", n, err)
	}
}
