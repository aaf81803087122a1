package store_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"sus/backend/register"
	"sus/backend/store"
	"sus/backend/store/db"
	"sus/backend/store/storetest"
)

// skapaKod makes a målgrupp, a försörjning, … of the last place, from today.
func skapaKod(t *testing.T, s *store.Store, typ register.Kodverkstyp, kod string, andra func(*register.Koduppgifter)) register.DateradKod {
	t.Helper()
	in := register.Koduppgifter{Kodverk: typ, Kod: kod, Period: register.Period{Fran: s.Idag()}, Kodvarden: register.Kodvarden{Etikett: "Kod " + kod, Ordning: 50}}
	if andra != nil {
		andra(&in)
	}
	var k register.DateradKod
	if _, err := s.SkapaKod(t.Context(), storetest.Som(storetest.Systemforvaltare()), in, ta(&k)); err != nil {
		t.Fatal(err)
	}
	return k
}

func andraKod(t *testing.T, s *store.Store, k register.DateradKod, andra func(*register.Kodandring)) (register.DateradKod, error) {
	sist := k.Sista()
	in := register.Kodandring{Kodvarden: register.Kodvarden{Etikett: sist.Etikett, Ordning: sist.Ordning, Exklusiv: sist.Exklusiv, UtanMatning: sist.UtanMatning, Utesluts: sist.Utesluts}, Tom: sist.Tom}
	andra(&in)
	return s.AndraKod(t.Context(), db.Begaran{Aktor: storetest.Systemforvaltare(), Version: k.Version}, k.Kodverk, k.Kod, in)
}

func TestTheCodeListsAreChangedByForsakringskassanAndAreNeverOther(t *testing.T) {
	d := storetest.NyMedDatabas(t)
	k := skapaKod(t, d.Store, register.KodverkUtbildningsniva, "FORSKARE", nil)
	if last, err := d.DateradKod(t.Context(), k.Kodverk, k.Kod); err != nil || last.ID != k.ID || *last.Sista().Nr != 5 || last.Version != 1 {
		t.Errorf("%+v %v", last, err)
	}
	in := register.Koduppgifter{Kodverk: k.Kodverk, Kod: k.Kod, Period: register.Period{Fran: d.Idag()}, Kodvarden: register.Kodvarden{Etikett: "Igen", Ordning: 1}}
	var igen register.DateradKod
	if _, err := d.SkapaKod(t.Context(), storetest.Som(storetest.Systemforvaltare()), in, ta(&igen)); regel(err) != "kod-finns" {
		t.Errorf("twice: %v", err)
	}
	i, a := huset(t, d.Store)
	admin := storetest.Aktor(register.RollSamverkansadministrator, i.OrganisationID)
	for namn, aktor := range map[string]register.Aktor{"a deltagaransvarig": a, "an administrator": admin} {
		_, skapade := d.SkapaKod(t.Context(), storetest.Som(aktor), in, ta(&igen))
		_, andrade := d.AndraKod(t.Context(), db.Begaran{Aktor: aktor, Version: 1}, k.Kodverk, k.Kod, register.Kodandring{})
		_, raknade := d.Kodanvandning(t.Context(), storetest.Som(aktor), k.Kodverk, k.Kod, nil)
		if regel(skapade) != "behorighet-saknas" || regel(andrade) != "behorighet-saknas" || regel(raknade) != "behorighet-saknas" {
			t.Errorf("%s: %v, %v, %v", namn, skapade, andrade, raknade)
		}
	}
	om := d.Idag().Plus(10)
	ny, err := andraKod(t, d.Store, k, func(in *register.Kodandring) { in.Etikett, in.GallerFran = "Forskarutbildning", &om })
	if err != nil || ny.Version != 2 || ny.ID != k.ID {
		t.Fatalf("%+v %v", ny, err)
	}
	if _, err := andraKod(t, d.Store, k, func(in *register.Kodandring) { in.Tom = &om }); regel(err) != "foraldrad" {
		t.Errorf("an older version: %v", err)
	}
	if samma, err := andraKod(t, d.Store, ny, func(*register.Kodandring) {}); err != nil || samma.Version != 2 {
		t.Errorf("nothing changed: %+v %v", samma, err)
	}
	if _, err := d.AndraKod(t.Context(), db.Begaran{Aktor: storetest.Systemforvaltare(), Version: 1}, k.Kodverk, "SAKNAS", register.Kodandring{}); regel(err) != "saknas" {
		t.Errorf("none: %v", err)
	}
	last, err := d.DateradKod(t.Context(), k.Kodverk, k.Kod)
	if err != nil || len(last.Rader) != 2 || *last.Rader[0].Tom != om.Plus(-1) || last.Rader[0].Etikett != "Kod FORSKARE" || *last.Rader[1].Nr != 5 || last.Rader[0].Version != 2 {
		t.Errorf("%+v %v", last, err)
	}
	rader, err := db.Rader[string](d.Oppet(t.Context()), `select handelse || ' ' || utfall || ' ' || coalesce(objekt_id = ?, false) || ' ' || detalj from loggpost where handelse in ('KOD_SKAPAD', 'KOD_ANDRAD') and utfall = 'OK' order by tid`, k.ID)
	vill := fmt.Sprintf("KOD_SKAPAD OK true UTBILDNINGSNIVA FORSKARE: %s– «Kod FORSKARE» ordning 50|KOD_ANDRAD OK true UTBILDNINGSNIVA FORSKARE: %[1]s– «Kod FORSKARE» ordning 50 → %s– «Forskarutbildning» ordning 50", d.Idag(), om)
	if got := strings.Join(rader, "|"); err != nil || got != vill {
		t.Errorf("the log says %s (%v), not %s", got, err, vill)
	}
}

// A server that keeps older lists writes nothing by them, and does not wait until they are
// old: what has ended is refused there at once, and what is new is taken.
func TestNobodyWritesByOlderCodeLists(t *testing.T) {
	d := storetest.NyMedDatabas(t)
	i, a := huset(t, d.Store)
	idag := d.Idag()
	slutar := skapaKod(t, d.Store, register.KodverkForsorjning, "SLUTAR", nil)
	annan, err := db.Open(d.AppURL, db.Options{Nycklar: d.Nycklar})
	if err != nil {
		t.Fatal(err)
	}
	defer annan.Close()
	granne := store.New(annan, store.Options{})
	skrivIn := func(n int, kod string, dag register.Datum) error {
		c := storetest.Samtycke(t, d.Store, a, i, enPerson(3, n))
		in := storetest.Inregistrering(c, dag)
		in.Fore.Forsorjning = []string{kod}
		var del register.Deltagande
		_, err := granne.SkrivIn(t.Context(), storetest.Som(a), in, nil, ta(&del))
		return err
	}
	if err := skrivIn(1, "SA", idag); err != nil { // it has the lists now
		t.Fatal(err)
	}
	igar := idag.Plus(-1)
	if _, err := andraKod(t, d.Store, slutar, func(in *register.Kodandring) { in.Tom = &idag }); err != nil {
		t.Fatal(err)
	}
	kor(t, d.Super(t), fmt.Sprintf(`update kodverk set giltig_fran = '%s', giltig_tom = '%s' where kod = 'SLUTAR'`, igar, igar))
	if err := skrivIn(2, "SLUTAR", idag); regel(err) != "okand-kod" {
		t.Errorf("what has ended was taken: %v", err)
	}
	skapaKod(t, d.Store, register.KodverkForsorjning, "BORJAR", nil)
	if err := skrivIn(3, "SA", idag); err != nil { // decided anew by the lists that stand
		t.Fatal(err)
	}
	if err := skrivIn(4, "BORJAR", idag); err != nil {
		t.Errorf("what is new was refused: %v", err)
	}
	k, err := annan.Kodverk(t.Context())
	if _, finns := k.Rad(register.KodverkForsorjning, "BORJAR"); err != nil || !finns {
		t.Errorf("it reads older lists still (%v)", err)
	}
}

// The server that changes the lists reads them anew at once.
func TestAChangeOfTheCodeListsHoldsFromTheNextRequest(t *testing.T) {
	d := storetest.NyMedDatabas(t)
	if _, err := d.Kodverk(t.Context()); err != nil {
		t.Fatal(err)
	}
	manad := register.NyttDatum(d.Idag().Ar(), d.Idag().Manad(), 1)
	for range 2 {
		manad = manad.Plus(31).ForstaIManaden()
	}
	skapaKod(t, d.Store, register.KodverkForsorjning, "NASTA", func(in *register.Koduppgifter) { in.Fran = manad })
	k, err := d.Kodverk(t.Context())
	if _, finns := k.Rad(register.KodverkForsorjning, "NASTA"); err != nil || !finns {
		t.Fatalf("it is not there (%v)", err)
	}
	i, a := huset(t, d.Store)
	sedan := d.Vid(func() time.Time { return manad.Tid().Add(12 * time.Hour) })
	in := storetest.Inregistrering(storetest.Samtycke(t, sedan, a, i, storetest.Person(fodd)), manad.Plus(-1))
	in.Fore.Forsorjning = []string{"NASTA"}
	var del register.Deltagande
	if _, err := sedan.SkrivIn(t.Context(), storetest.Som(a), in, nil, ta(&del)); regel(err) != "okand-kod" {
		t.Errorf("before its first day: %v", err)
	}
	in.Startdag = manad
	if _, err := sedan.SkrivIn(t.Context(), storetest.Som(a), in, nil, ta(&del)); err != nil {
		t.Errorf("on its first day: %v", err)
	}
}

func TestWhatIsRegisteredWithACodeIsCountedOverEveryInsats(t *testing.T) {
	d := storetest.NyMedDatabas(t)
	for n := range 2 {
		i, a := huset(t, d.Store)
		del := storetest.Deltagande(t, d.Store, a, i, enPerson(4, n), register.NyttDatum(2010, 3, 1+n))
		storetest.SkrivUt(t, d.Store, a, del, storetest.Utregistrering(register.NyttDatum(2010, 9, 30)))
	}
	tom := register.NyttDatum(2010, 3, 1)
	for vad, vill := range map[string]string{
		"FORSORJNING SA":                       "MATNING 2 2 1 2010-03-01 2010-03-02",
		"FORSORJNING STUDIESTOD":               "",
		"UTBILDNINGSNIVA GYMNASIUM":            "MATNING 2 2 1 2010-03-01 2010-03-02",
		"AVSLUTSANLEDNING AVSLUT_ENLIGT_PLAN":  "MATNING 2 2 2 2010-09-30 2010-09-30",
		"BLANKETT 9443":                        "SAMTYCKE 2 2 2",
		"SPRAK sv":                             "SAMTYCKE 2 2 2",
		"PRECISERAD_INRIKTNING REHABILITERING": "INSATS 2 2 0",
		"VERKSAMHETSOMRADE OSTER":              "ORGANISATION 2 2 0",
		"SAMVERKANSFORM FINSAM":                "ORGANISATION 2 2 0",
		"STADSDEL S0180_FARSTA":                "",
		"FRAGEORD DIAGNOS":                     "",
	} {
		typ, kod, _ := strings.Cut(vad, " ")
		bruk, err := d.Kodanvandning(t.Context(), storetest.Som(storetest.Systemforvaltare()), register.Kodverkstyp(typ), kod, &tom)
		var delar []string
		for _, b := range bruk {
			delar = append(delar, fmt.Sprint(b.Slag, " ", b.Antal, " ", b.PaRaden, " ", b.EfterDagen, " ", b.Forsta, " ", b.Sista))
		}
		if got := strings.Join(delar, "|"); err != nil || !strings.HasPrefix(got, vill) || (got == "") != (vill == "") {
			t.Errorf("%s: %q, want %q (%v)", vad, got, vill, err)
		}
	}
}

func TestACodeDoesNotEndBeforeWhatIsRegisteredWithIt(t *testing.T) {
	d := storetest.NyMedDatabas(t)
	i, a := huset(t, d.Store)
	storetest.Deltagande(t, d.Store, a, i, storetest.Person(fodd), register.NyttDatum(2010, 3, 1))
	k, err := d.DateradKod(t.Context(), register.KodverkForsorjning, "A_KASSA")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range []struct {
		tom  register.Datum
		vill string
	}{{register.NyttDatum(2010, 2, 28), "kod-anvands"}, {register.NyttDatum(2010, 3, 1), ""}} {
		if _, err := andraKod(t, d.Store, k, func(in *register.Kodandring) { in.Tom = &f.tom }); regel(err) != f.vill {
			t.Errorf("%s: %v", f.tom, err)
		}
	}
}

func TestRaceOfARegistrationAndTheEndOfItsCodeHasOneWinner(t *testing.T) {
	d := storetest.NyMedDatabas(t)
	d.UtanDodlas()
	i, a := huset(t, d.Store)
	var v vinster
	super := d.Super(t)
	idag := d.Idag()
	for n := range *kapplopp {
		typ, kod := register.KodverkUtbildningsniva, fmt.Sprint("KOD_", n)
		skapaKod(t, d.Store, typ, kod, nil)
		kor(t, super, fmt.Sprintf(`update kodverk set giltig_fran = '%s' where kod = '%s'`, idag.Plus(-1), kod)) // as if made yesterday
		k, err := d.DateradKod(t.Context(), typ, kod)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := d.LasOmKodverk(t.Context()); err != nil {
			t.Fatal(err)
		}
		in := storetest.Inregistrering(storetest.Samtycke(t, d.Store, a, i, enPerson(5, n)), idag)
		in.Utbildningsniva = kod
		igar := idag.Plus(-1)
		skrev, slutade := samtidigt(func() error {
			var del register.Deltagande
			_, err := d.SkrivIn(t.Context(), storetest.Som(a), in, nil, ta(&del))
			return err
		}, func() error {
			time.Sleep(time.Duration(rand.IntN(6)) * time.Millisecond) // a registration takes longer
			_, err := andraKod(t, d.Store, k, func(in *register.Kodandring) { in.Tom = &igar })
			return err
		})
		if (skrev == nil) == (slutade == nil) || skrev != nil && regel(skrev) != "okand-kod" || slutade != nil && regel(slutade) != "kod-anvands" {
			t.Fatalf("the registration %v, the end %v", skrev, slutade)
		}
		v.rakna(skrev == nil)
	}
	v.prova(t, "registration against end")
	if n := storetest.Rakna(t, super, `select count(*) from mattillfalle m join kodverk k on k.kodverk = 'UTBILDNINGSNIVA' and k.kod = m.utbildningsniva where m.dag > k.giltig_tom`); n != 0 {
		t.Errorf("%d registrations after their code's last day", n)
	}
}

func TestRaceOfAnInsatsAndTheEndOfTheCodeThatItIsAboutHasOneWinner(t *testing.T) {
	d := storetest.NyMedDatabas(t)
	d.UtanDodlas()
	o := storetest.Organisation(t, d.Store, nil)
	admin := storetest.Aktor(register.RollSamverkansadministrator, o.ID)
	var v vinster
	super := d.Super(t)
	idag := d.Idag()
	igar := idag.Plus(-1)
	for n := range *kapplopp {
		kod := fmt.Sprint("KOD_", n)
		skapaKod(t, d.Store, register.KodverkMalgrupp, kod, nil)
		kor(t, super, fmt.Sprintf(`update kodverk set giltig_fran = '%s' where kod = '%s'`, igar, kod)) // as if made yesterday
		k, err := d.DateradKod(t.Context(), register.KodverkMalgrupp, kod)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := d.LasOmKodverk(t.Context()); err != nil {
			t.Fatal(err)
		}
		in := storetest.Insatsuppgifter(o)
		in.Startdatum, in.Malgrupper = idag, []string{kod}
		skrev, slutade := samtidigt(func() error {
			var i store.InsatsIOrganisation
			_, err := d.SkapaInsats(t.Context(), storetest.Som(admin), in, ta(&i))
			return err
		}, func() error {
			time.Sleep(time.Duration(rand.IntN(6)) * time.Millisecond) // an insats takes longer
			_, err := andraKod(t, d.Store, k, func(in *register.Kodandring) { in.Tom = &igar })
			return err
		})
		if (skrev == nil) == (slutade == nil) || skrev != nil && regel(skrev) != "okand-kod" || slutade != nil && regel(slutade) != "kod-anvands" {
			t.Fatalf("the insats %v, the end %v", skrev, slutade)
		}
		v.rakna(skrev == nil)
		if n := storetest.Rakna(t, super, `select count(*) from insats i join insatsrad r on r.insats = i.nr join kodverk k on k.kodverk = 'MALGRUPP' and k.kod = any (r.malgrupper)
			where greatest(r.giltig_fran, i.startdatum) > k.giltig_tom`); n != 0 {
			t.Fatalf("%d insatser are about a code that had ended", n)
		}
		kor(t, super, fmt.Sprintf(`delete from kodverk where kod = '%s'`, kod)) // the list has places for 31
	}
	v.prova(t, "insats against end")
}

func TestRaceOfTwoWhoChangeACodeHasOneWinner(t *testing.T) {
	d := storetest.NyMedDatabas(t)
	d.UtanDodlas()
	k := skapaKod(t, d.Store, register.KodverkMalgrupp, "TVA", nil)
	var v vinster
	for n := range *kapplopp {
		om := d.Idag().Plus(n + 1)
		andra := func(etikett string) func() error {
			return func() error {
				_, err := andraKod(t, d.Store, k, func(in *register.Kodandring) { in.Etikett, in.GallerFran = etikett, &om })
				return err
			}
		}
		e1, e2 := samtidigt(andra(fmt.Sprint("En ", n)), andra(fmt.Sprint("Annan ", n)))
		if (e1 == nil) == (e2 == nil) || regel(e1)+regel(e2) != "foraldrad" {
			t.Fatalf("%v and %v", e1, e2)
		}
		v.rakna(e1 == nil)
		var err error
		if k, err = d.DateradKod(t.Context(), k.Kodverk, k.Kod); err != nil {
			t.Fatal(err)
		}
	}
	v.prova(t, "two changes")
	if n := storetest.Rakna(t, d.Super(t), `select count(*) from kodverk a join kodverk b using (kodverk, kod) where a.giltig_fran < b.giltig_fran and coalesce(a.giltig_tom, 'infinity') >= b.giltig_fran`); n != 0 {
		t.Errorf("%d rows of one code hold on one day", n)
	}
}

func TestRaceOfTwoNewCodesGivesEachItsPlace(t *testing.T) {
	d := storetest.NyMedDatabas(t)
	d.UtanDodlas()
	var samma, olika, lika vinster
	for n := range *kapplopp {
		skapa := func(typ register.Kodverkstyp, kod, etikett string) func() error {
			return func() error {
				var k register.DateradKod
				_, err := d.SkapaKod(t.Context(), storetest.Som(storetest.Systemforvaltare()), register.Koduppgifter{Kodverk: typ, Kod: kod, Period: register.Period{Fran: d.Idag()},
					Kodvarden: register.Kodvarden{Etikett: etikett, Ordning: 60}}, ta(&k))
				return err
			}
		}
		kod := fmt.Sprint("KOD_", n)
		e1, e2 := samtidigt(skapa(register.KodverkBlankett, kod, "Ny "+kod), skapa(register.KodverkBlankett, kod, "Ny "+kod))
		if (e1 == nil) == (e2 == nil) || regel(e1)+regel(e2) != "kod-finns" {
			t.Fatalf("one code: %v and %v", e1, e2)
		}
		samma.rakna(e1 == nil)
		e1, e2 = samtidigt(skapa(register.KodverkAvslutsanledning, "EN_"+kod, "En "+kod), skapa(register.KodverkAvslutsanledning, "TVA_"+kod, "Två "+kod))
		if e1 != nil || e2 != nil {
			t.Fatalf("two codes: %v and %v", e1, e2)
		}
		olika.rakna(true)
		e1, e2 = samtidigt(skapa(register.KodverkBlankett, "EN_"+kod, "Lika "+kod), skapa(register.KodverkBlankett, "TVA_"+kod, "lika "+kod))
		if (e1 == nil) == (e2 == nil) || regel(e1)+regel(e2) != "etikett-finns" {
			t.Fatalf("two codes that read alike: %v and %v", e1, e2)
		}
		lika.rakna(e1 == nil)
	}
	lika.prova(t, "two codes that read alike")
	samma.prova(t, "one code twice")
	if n := storetest.Rakna(t, d.Super(t), `select count(*) from (select from kodverk where kodverk = 'AVSLUTSANLEDNING' group by nr having count(distinct kod) > 1) x`); n != 0 {
		t.Errorf("%d numbers are two codes'", n)
	}
}
