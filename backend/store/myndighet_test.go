package store_test

import (
	"errors"
	"fmt"
	"slices"
	"testing"

	"github.com/google/uuid"

	"sus/backend/register"
	"sus/backend/store"
	"sus/backend/store/db"
	"sus/backend/store/storetest"
)

func TestTheRegisterOfAgenciesIsReadByAllAndChangedByForsakringskassan(t *testing.T) {
	s := storetest.Ny(t)
	fk := storetest.Systemforvaltare()
	m := storetest.Myndighet(t, s, "2120003005", register.TypKommun)
	var ny register.Myndighet
	in := register.Myndighetsuppgifter{Organisationsnummer: m.Organisationsnummer, Namn: "Igen", Typ: register.TypKommun}
	_, err := s.SkapaMyndighet(t.Context(), storetest.Som(fk), in, ta(&ny))
	var e *register.Error
	if !errors.As(err, &e) || e.Regel != register.RegelMyndighetFinns || e.Finns != m.ID {
		t.Errorf("samma nummer gav %v", err)
	}
	admin := storetest.Aktor(register.RollSamverkansadministrator, uuid.New())
	if _, err := s.SkapaMyndighet(t.Context(), storetest.Som(admin), in, ta(&ny)); regel(err) != "behorighet-saknas" {
		t.Errorf("en administratör lade till: %v", err)
	}
	if _, err := s.AndraMyndighet(t.Context(), db.Begaran{Aktor: admin, Version: 1}, m.ID, in); regel(err) != "behorighet-saknas" {
		t.Errorf("en administratör ändrade: %v", err)
	}
	in.Namn, in.Typ = "Uppsala stad", register.TypOvrig
	andrad, err := s.AndraMyndighet(t.Context(), db.Begaran{Aktor: fk, Version: 1}, m.ID, in)
	if err != nil || andrad.Version != 2 {
		t.Fatalf("%+v %v", andrad, err)
	}
	if _, err := s.AndraMyndighet(t.Context(), db.Begaran{Aktor: fk, Version: 1}, m.ID, in); regel(err) != "foraldrad" {
		t.Errorf("en föråldrad ändring gav %v", err)
	}
	if last, err := s.Myndighet(t.Context(), m.ID); err != nil || last != andrad {
		t.Errorf("lästes som %+v (%v)", last, err)
	}
	if _, err := s.Myndighet(t.Context(), uuid.New()); regel(err) != "saknas" {
		t.Errorf("en som inte finns gav %v", err)
	}
	for namn, prov := range map[string]struct {
		f    store.MyndighetFilter
		vill []string
	}{
		"alla":    {store.MyndighetFilter{}, []string{"Arbetsförmedlingen", "Försäkringskassan", "Svenska ESF-rådet", "Uppsala stad"}},
		"namn":    {store.MyndighetFilter{Namn: "*kassan"}, []string{"Försäkringskassan"}},
		"nummer":  {store.MyndighetFilter{Organisationsnummer: "2021"}, []string{"Arbetsförmedlingen", "Försäkringskassan", "Svenska ESF-rådet"}},
		"typ":     {store.MyndighetFilter{Typ: register.TypEsf}, []string{"Svenska ESF-rådet"}},
		"ingen":   {store.MyndighetFilter{Namn: "%"}, nil},
		"båda":    {store.MyndighetFilter{Namn: "upp", Typ: register.TypOvrig}, []string{"Uppsala stad"}},
		"ett fel": {store.MyndighetFilter{Organisationsnummer: "2_"}, nil},
	} {
		rader, n, err := s.Myndigheter(t.Context(), prov.f, db.Sida{})
		var got []string
		for _, r := range rader {
			got = append(got, r.Namn)
		}
		if err != nil || n != len(prov.vill) || !slices.Equal(got, prov.vill) {
			t.Errorf("%s: %v av %d (%v)", namn, got, n, err)
		}
	}
}

// A new name stands from the next reading, wherever the agency takes part.
func TestAnIngaendeOrganisationHasTheRegistersName(t *testing.T) {
	s := storetest.Ny(t)
	fk := storetest.Systemforvaltare()
	slut := register.NyttDatum(2010, 12, 31)
	o := storetest.Organisation(t, s, func(in *register.Organisationsuppgifter) {
		in.Ingaende[0].Namn, in.Ingaende[0].Typ = "Kassan", register.TypKommun // the register knows better
		in.Ingaende[0].Tom = &slut
		nasta := in.Ingaende[0]
		nasta.Period, nasta.Finansiar = register.Period{Fran: slut.Plus(1)}, false
		in.Ingaende = append(in.Ingaende, nasta)
	})
	eget, n, err := s.Myndigheter(t.Context(), store.MyndighetFilter{Organisationsnummer: o.Organisationsnummer}, db.Sida{})
	if err != nil || n != 1 || eget[0].Typ != register.TypSamordningsforbund || eget[0].Namn != o.Namn {
		t.Errorf("förbundet självt: %+v (%v)", eget, err)
	}
	kommun, _, err := s.Myndigheter(t.Context(), store.MyndighetFilter{Organisationsnummer: "2120003005"}, db.Sida{})
	if err != nil || len(kommun) != 1 || kommun[0].Namn != "Uppsala kommun" {
		t.Fatalf("det som Försäkringskassan tog med: %+v (%v)", kommun, err)
	}
	if _, err := s.AndraMyndighet(t.Context(), db.Begaran{Aktor: fk, Version: 1}, kommun[0].ID,
		register.Myndighetsuppgifter{Organisationsnummer: "2120003005", Namn: "Uppsala stad", Typ: register.TypKommun}); err != nil {
		t.Fatal(err)
	}
	last, err := s.Samverkansorganisation(t.Context(), storetest.Som(fk), o.ID)
	if err != nil || len(last.Ingaende) != 3 || last.Ingaende[0].Namn != "Försäkringskassan" || last.Ingaende[0].Typ != register.TypForsakringskassan ||
		last.Ingaende[1].Namn != "Uppsala stad" || *last.Ingaende[0].Tom != slut || last.Ingaende[2].Fran != slut.Plus(1) || last.Ingaende[2].Finansiar {
		t.Errorf("lästes som %+v (%v)", last.Ingaende, err)
	}
	// What is read and sent back makes no version.
	in := storetest.Organisationsuppgifter()
	in.Organisationsnummer, in.Ingaende = o.Organisationsnummer, last.Ingaende
	ny, err := s.AndraSamverkansorganisation(t.Context(), db.Begaran{Aktor: fk, Version: 1}, o.ID, in)
	if err != nil || ny.Version != 1 {
		t.Errorf("oförändrad blev version %d (%v)", ny.Version, err)
	}
	in.Ingaende = append(slices.Clone(last.Ingaende), register.IngaendeOrganisation{Organisationsnummer: "2120000142", Namn: "Ny", Typ: register.TypKommun})
	admin := db.Begaran{Aktor: storetest.Aktor(register.RollSamverkansadministrator, o.ID), Version: 1}
	if _, err := s.AndraSamverkansorganisation(t.Context(), admin, o.ID, in); regel(err) != "myndighet-saknas" {
		t.Errorf("en administratör tog med en ny: %v", err)
	}
}

func TestTheDatabaseHoldsThatAnAgencyHasOneRowADay(t *testing.T) {
	d := storetest.NyMedDatabas(t)
	o := storetest.Organisation(t, d.Store, nil)
	app := d.App(t)
	lagg := func(fran, tom any) error {
		_, err := app.ExecContext(t.Context(), `insert into ingaende_organisation (organisation_id, ordning, organisationsnummer, giltig_fran, giltig_tom, medlem, finansiar, konsument)
			select $1, max(ordning) + 1, '2021002114', $2::date, $3::date, true, false, false from ingaende_organisation where organisation_id = $1`, o.ID, fran, tom)
		return err
	}
	if err := lagg("2010-01-01", "2010-12-31"); err != nil {
		t.Fatal(err)
	}
	for _, p := range [][2]any{{nil, nil}, {"2010-12-31", nil}, {nil, "2010-01-01"}, {"2010-05-01", "2010-05-01"}} {
		if err := lagg(p[0], p[1]); db.Constraint(err) != "ingaende_overlappar" {
			t.Errorf("%v: %v", p, err)
		}
	}
	if err := lagg("2011-01-01", "2010-12-31"); db.Constraint(err) != "ingaende_organisation_period" {
		t.Errorf("en vänd period: %v", err)
	}
	for _, p := range [][2]any{{"2011-01-01", nil}, {nil, "2009-12-31"}} {
		if err := lagg(p[0], p[1]); err != nil {
			t.Errorf("%v: %v", p, err)
		}
	}
}

func TestRaceOfTwoWhoBringTheSameAgencyInGivesOne(t *testing.T) {
	d := storetest.NyMedDatabas(t)
	fk := storetest.Som(storetest.Systemforvaltare())
	var v vinster
	for n := range *kapplopp {
		nummer := storetest.Organisationsnummer()
		skapa := func(namn string) func() error {
			return func() error {
				var m register.Myndighet
				_, err := d.SkapaMyndighet(t.Context(), fk, register.Myndighetsuppgifter{Organisationsnummer: nummer, Namn: namn, Typ: register.TypOvrig}, ta(&m))
				return err
			}
		}
		e1, e2 := samtidigt(skapa("En"), skapa("Annan"))
		if (e1 == nil) == (e2 == nil) || regel(e1)+regel(e2) != "myndighet-finns" {
			t.Fatalf("varv %d: %v och %v", n, e1, e2)
		}
		v.rakna(e1 == nil)
	}
	v.prova(t, "två som lägger till samma")
	d.UtanDodlas()
}

// Both bring the same two in, each in its own order, beside an own number.
func TestRaceOfTwoOrganisationsThatBringTheSameAgenciesIn(t *testing.T) {
	d := storetest.NyMedDatabas(t)
	fk := storetest.Som(storetest.Systemforvaltare())
	for n := range *kapplopp {
		a, b := storetest.Organisationsnummer(), storetest.Organisationsnummer()
		skapa := func(nummer ...string) func() error {
			in := storetest.Organisationsuppgifter()
			for _, s := range nummer {
				in.Ingaende = append(in.Ingaende, register.IngaendeOrganisation{Organisationsnummer: s, Namn: "Ny " + s, Typ: register.TypKommun, Medlem: true})
			}
			return func() error {
				var o register.Samverkansorganisation
				_, err := d.SkapaSamverkansorganisation(t.Context(), fk, in, ta(&o))
				return err
			}
		}
		if e1, e2 := samtidigt(skapa(a, b), skapa(b, a)); e1 != nil || e2 != nil {
			t.Fatalf("varv %d: %v och %v", n, e1, e2)
		}
	}
	if antal := storetest.Rakna(t, d.Super(t), `select count(*) from myndighet where namn like 'Ny %'`); antal != 2**kapplopp {
		t.Errorf("%d nya myndigheter, vill ha %d", antal, 2**kapplopp)
	}
	d.UtanDodlas()
}

// Two change one organisation's rows: the second is told, and what the first wrote stands whole.
func TestRaceOfTwoWhoDateTheSameAgency(t *testing.T) {
	d := storetest.NyMedDatabas(t)
	o := storetest.Organisation(t, d.Store, nil)
	a := storetest.Aktor(register.RollSamverkansadministrator, o.ID)
	var v vinster
	version := 1
	for n := range *kapplopp {
		in := func(fran int) register.Organisationsuppgifter {
			in := storetest.Organisationsuppgifter()
			in.Organisationsnummer, in.Beskrivning = o.Organisationsnummer, fmt.Sprint(n, fran)
			slut := register.NyttDatum(2010, 1, 1).Plus(fran)
			in.Ingaende[0].Tom = &slut
			nasta := in.Ingaende[0]
			nasta.Period = register.Period{Fran: slut.Plus(1)}
			in.Ingaende = append(in.Ingaende, nasta)
			return in
		}
		skriv := func(fran int) func() error {
			return func() error {
				_, err := d.AndraSamverkansorganisation(t.Context(), db.Begaran{Aktor: a, Version: version}, o.ID, in(fran))
				return err
			}
		}
		e1, e2 := samtidigt(skriv(2*n), skriv(2*n+1))
		if (e1 == nil) == (e2 == nil) || regel(e1)+regel(e2) != "foraldrad" {
			t.Fatalf("varv %d: %v och %v", n, e1, e2)
		}
		v.rakna(e1 == nil)
		version++
		last, err := d.Samverkansorganisation(t.Context(), storetest.Som(a), o.ID)
		if err != nil || last.Version != version || len(last.Ingaende) != 3 || last.Ingaende[0].Tom.Plus(1) != last.Ingaende[2].Fran {
			t.Fatalf("varv %d: %+v (%v)", n, last.Ingaende, err)
		}
	}
	v.prova(t, "två som daterar samma")
	d.UtanDodlas()
}
