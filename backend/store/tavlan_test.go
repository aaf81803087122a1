package store_test

import (
	"sync"
	"testing"

	"sus/backend/register"
	"sus/backend/store"
	"sus/backend/store/storetest"
)

// samtidigt runs both and returns their errors.
func samtidigt(en, annan func() error) (error, error) {
	var vg sync.WaitGroup
	var e1, e2 error
	klar := make(chan struct{})
	vg.Go(func() { <-klar; e1 = en() })
	vg.Go(func() { <-klar; e2 = annan() })
	close(klar)
	vg.Wait()
	return e1, e2
}

const kapplopp = 25

func TestTvaInregistreringarAvSammaPersonGerEttOppetDeltagande(t *testing.T) {
	d := storetest.NyMedDatabas(t)
	i, a := huset(t, d.Store)
	for namn, s := range map[string]*store.Store{"med förkontroll": d.Store, "utan förkontroll": store.UtanForkontroll(d.Store)} {
		for n := range kapplopp {
			p := storetest.Person(register.NyttDatum(1960+n, 2, len(namn)))
			c1, c2 := storetest.Samtycke(t, s, a, i, p), storetest.Samtycke(t, s, a, i, p)
			skriv := func(c register.Samtycke) func() error {
				return func() error {
					var del register.Deltagande
					_, err := s.SkrivIn(t.Context(), a, storetest.Inregistrering(c, register.NyttDatum(2020, 1, 1)), nil, nil, ta(&del))
					return err
				}
			}
			e1, e2 := samtidigt(skriv(c1), skriv(c2))
			if (e1 == nil) == (e2 == nil) || regel(e1)+regel(e2) != "redan-oppen" {
				t.Fatalf("%s: %v och %v", namn, e1, e2)
			}
		}
	}
	if n := rakna(t, d.Super(t), `select count(*) from (select 1 from deltagande where oppen group by insats_id, person having count(*) > 1) x`); n != 0 {
		t.Errorf("%d personer har två öppna", n)
	}
	if n := rakna(t, d.Super(t), `select count(*) from deltagande`); n != 2*kapplopp {
		t.Errorf("%d deltaganden", n)
	}
}

func TestEttSamtyckeGallerEttDeltagandeAvenUtanForkontroll(t *testing.T) {
	d := storetest.NyMedDatabas(t)
	i, a := huset(t, d.Store)
	s := store.UtanForkontroll(d.Store)
	for n := range kapplopp {
		c := storetest.Samtycke(t, s, a, i, storetest.Person(register.NyttDatum(1960+n, 3, 1)))
		skriv := func() error {
			var del register.Deltagande
			_, err := s.SkrivIn(t.Context(), a, storetest.Inregistrering(c, register.NyttDatum(2020, 1, 1)), nil, nil, ta(&del))
			return err
		}
		e1, e2 := samtidigt(skriv, skriv)
		if r := regel(e1) + regel(e2); (e1 == nil) == (e2 == nil) || r != "samtycke-anvant" && r != "redan-oppen" {
			t.Fatalf("%v och %v", e1, e2)
		}
	}
}

func TestInregistreringMotAterkallelseLamnarIngenIdentitet(t *testing.T) {
	d := storetest.NyMedDatabas(t)
	i, a := huset(t, d.Store)
	s := d.Store
	for n := range kapplopp {
		c := storetest.Samtycke(t, s, a, i, storetest.Person(register.NyttDatum(1960+n, 4, 1)))
		in, ut := samtidigt(func() error {
			var del register.Deltagande
			_, err := s.SkrivIn(t.Context(), a, storetest.Inregistrering(c, register.NyttDatum(2020, 1, 1)), nil, nil, ta(&del))
			return err
		}, func() error {
			_, err := s.Aterkalla(t.Context(), a, c.ID, nil, func(register.Samtycke, *register.Deltagande) (store.Svar, error) { return store.Svar{}, nil })
			return err
		})
		if ut != nil || in != nil && regel(in) != "aterkallat" {
			t.Fatalf("inregistreringen %v, återkallelsen %v", in, ut)
		}
	}
	db := d.Super(t)
	for _, tabell := range []string{"identitet", "personnyckel", "loggperson"} {
		if n := rakna(t, db, `select count(*) from `+tabell); n != 0 {
			t.Errorf("%d rader är kvar i %s", n, tabell)
		}
	}
	if n := rakna(t, db, `select count(*) from deltagande where oppen`); n != 0 {
		t.Errorf("%d deltaganden är öppna", n)
	}
}

func TestTvaRattelserAvSammaVersionGerEn(t *testing.T) {
	d := storetest.NyMedDatabas(t)
	i, a := huset(t, d.Store)
	for n := range kapplopp {
		del := storetest.Deltagande(t, d.Store, a, i, storetest.Person(register.NyttDatum(1960+n, 5, 1)), register.NyttDatum(2020, 1, 1))
		ratta := func(dag int) func() error {
			return func() error {
				_, err := d.RattaIn(t.Context(), a, del.ID, del.Version, storetest.Inregistrering(register.Samtycke{}, register.NyttDatum(2020, 1, dag)), "fel dag")
				return err
			}
		}
		e1, e2 := samtidigt(ratta(2), ratta(3))
		if (e1 == nil) == (e2 == nil) || regel(e1)+regel(e2) != "foraldrad" {
			t.Fatalf("%v och %v", e1, e2)
		}
		if v, err := d.Versioner(t.Context(), a, del.ID); err != nil || len(v) != 2 {
			t.Fatalf("%d versioner (%v)", len(v), err)
		}
	}
}

func TestEttSlutdatumOchEnInregistreringEfterDetKanInteBadaGaIgenom(t *testing.T) {
	d := storetest.NyMedDatabas(t)
	s := d.Store
	organisation := storetest.Organisation(t, s, nil)
	for n := range kapplopp {
		o := organisation
		i := storetest.Insats(t, s, o, nil)
		a := storetest.Deltagaransvarig(i)
		c := storetest.Samtycke(t, s, a, i, storetest.Person(register.NyttDatum(1960+n, 6, 1)))
		slut := register.NyttDatum(2019, 12, 31)
		in, ut := samtidigt(func() error {
			var del register.Deltagande
			_, err := s.SkrivIn(t.Context(), a, storetest.Inregistrering(c, register.NyttDatum(2020, 1, 1)), nil, nil, ta(&del))
			return err
		}, func() error {
			uppgifter := storetest.Insatsuppgifter(o)
			uppgifter.Slutdatum = &slut
			_, err := s.AndraInsats(t.Context(), storetest.Aktor(register.RollSamverkansadministrator, o.ID), i.ID, i.Version, uppgifter)
			return err
		})
		if (in == nil) == (ut == nil) || regel(in)+regel(ut) != "utanfor-insatsen" && regel(in)+regel(ut) != "slutdatum-fore-registrerat" {
			t.Fatalf("inregistreringen %v, slutdatumet %v", in, ut)
		}
	}
	for n := range kapplopp {
		o := storetest.Organisation(t, s, nil)
		i := storetest.Insats(t, s, o, nil)
		a := storetest.Deltagaransvarig(i)
		c := storetest.Samtycke(t, s, a, i, storetest.Person(register.NyttDatum(1960+n, 7, 1)))
		slut := register.NyttDatum(2019, 12, 31)
		in, ut := samtidigt(func() error {
			var del register.Deltagande
			_, err := s.SkrivIn(t.Context(), a, storetest.Inregistrering(c, register.NyttDatum(2020, 1, 1)), nil, nil, ta(&del))
			return err
		}, func() error {
			uppgifter := storetest.Organisationsuppgifter()
			uppgifter.Slutdatum = &slut
			_, err := s.AndraSamverkansorganisation(t.Context(), storetest.Systemforvaltare(), o.ID, o.Version, uppgifter)
			return err
		})
		if (in == nil) == (ut == nil) || regel(in)+regel(ut) != "utanfor-organisationen" && regel(in)+regel(ut) != "slutdatum-fore-registrerat" {
			t.Fatalf("inregistreringen %v, organisationens slutdatum %v", in, ut)
		}
	}
}

func TestEttExterntIDArUniktForSinAnropare(t *testing.T) {
	d := storetest.NyMedDatabas(t)
	i, a := huset(t, d.Store)
	skapa := func(vem register.Aktor, ar int) error {
		in := storetest.Samtyckesuppgifter(d.Store, i, storetest.Person(register.NyttDatum(ar, 1, 2)))
		in.ExterntID = "arende-4711"
		var c store.SamtyckeMedIdentitet
		_, err := d.SkapaSamtycke(t.Context(), vem, in, storetest.Post(d.Nu()), nil, ta(&c))
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
