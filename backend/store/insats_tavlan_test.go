package store_test

import (
	"fmt"
	"testing"

	"sus/backend/register"
	"sus/backend/store"
	"sus/backend/store/storetest"
)

func TestRaceOfTwoPostsAgainstAClosingYear(t *testing.T) {
	d := storetest.NyMedDatabas(t)
	d.UtanDodlas()
	s := d.Vid(stillaklocka(2090, 5, 10))
	o, _, adm := raknande(t, s)
	versioner := map[int]int{}
	var mot, sinsemellan vinster
	for n := range *kapplopp {
		ar := 2008 + n%80
		skriv := func(vem int) func() error {
			return func() error {
				in := enOrganisationsbudget()
				in.Finansiering[0].Belopp = register.Belopp(2*n + vem)
				_, err := s.SparaOrganisationsbudget(t.Context(), somVersion(adm, versioner[ar]), o.ID, ar, in)
				return err
			}
		}
		var e1, e2 error
		_, stangde := samtidigt(func() error { e1, e2 = samtidigt(skriv(0), skriv(1)); return nil }, func() error { return stang(t.Context(), s, adm, o.ID, ar) })
		// One post at most is written; the other is of an older version, or both come after the close.
		utfall := fmt.Sprint(regel(e1), " ", regel(e2))
		skrevs := e1 == nil || e2 == nil
		if stangde != nil {
			t.Fatalf("the close: %v", stangde)
		}
		switch utfall {
		case " foraldrad", "foraldrad ", " budgetar-stangt", "budgetar-stangt ":
			versioner[ar]++
			sinsemellan.rakna(e1 == nil)
		case "budgetar-stangt budgetar-stangt":
		default:
			t.Fatalf("%v and %v", e1, e2)
		}
		mot.rakna(skrevs)
		if err := oppna(t.Context(), s, storetest.Systemforvaltare(), o.ID, ar); err != nil {
			t.Fatal(err)
		}
	}
	t.Logf("of those who wrote: %d–%d", sinsemellan[0], sinsemellan[1])
	mot.prova(t, "two posts against the close")
	var vill int
	for _, n := range versioner {
		vill += n
	}
	if n := storetest.Rakna(t, d.Super(t), `select count(*) from organisationsbudget`); n != vill {
		t.Errorf("%d versions, %d writers were told that they wrote", n, vill)
	}
}

// TestRaceOfARegistrationAgainstTheLockOfTheMethod: whoever registers first locks it.
func TestRaceOfARegistrationAgainstTheLockOfTheMethod(t *testing.T) {
	d := storetest.NyMedDatabas(t)
	d.UtanDodlas()
	o := storetest.Organisation(t, d.Store, nil)
	admin := storetest.Aktor(register.RollSamverkansadministrator, o.ID)
	registrera := []struct {
		namn string
		gor  func(i register.Insats, n int) error
	}{
		{"samtycke", func(i register.Insats, n int) error {
			var c store.SamtyckeMedIdentitet
			_, err := d.SkapaSamtycke(t.Context(), storetest.Som(storetest.Deltagaransvarig(i)), storetest.Samtyckesuppgifter(d.Store, i, enPerson(13, n)), storetest.Post(d.Nu()), ta(&c))
			return err
		}},
		{"anonyma", func(i register.Insats, _ int) error {
			var a register.Anonyma
			_, err := d.SkapaAnonyma(t.Context(), storetest.Som(storetest.Deltagaransvarig(i)), i.ID, register.Anonymregistrering{Inregistreringsar: 2010, AntalKvinnor: 1}, ta(&a))
			return err
		}},
	}
	for _, r := range registrera {
		var v vinster
		for n := range *kapplopp {
			i := storetest.Insats(t, d.Store, o, nil)
			skrev, bytte := samtidigt(func() error { return r.gor(i, n) }, func() error {
				in := storetest.Insatsuppgifter(o)
				in.Deltagarregistrering = register.EndastAntal
				_, err := d.AndraInsats(t.Context(), somVersion(admin, 1), i.ID, in)
				return err
			})
			if (skrev == nil) == (bytte == nil) || skrev != nil && regel(skrev) != "insats-endast-antal" || bytte != nil && regel(bytte) != "insats-last" {
				t.Fatalf("%s %v, the method %v", r.namn, skrev, bytte)
			}
			v.rakna(skrev == nil)
		}
		v.prova(t, r.namn+" against another method")
	}
	if n := storetest.Rakna(t, d.Super(t), `select count(*) from insats i where i.deltagarregistrering = 'ENDAST_ANTAL' and (exists (select from samtycke c where c.insats_id = i.id)
		or exists (select from anonyma a where a.insats_id = i.id))`); n != 0 {
		t.Errorf("%d insatser only count, and have registrations", n)
	}
}
