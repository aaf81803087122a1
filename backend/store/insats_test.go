package store_test

import (
	"slices"
	"testing"

	"github.com/google/uuid"

	"sus/backend/register"
	"sus/backend/store"
	"sus/backend/store/db"
	"sus/backend/store/storetest"
)

func TestAnOrganisationIsReadAsItWasWrittenAndIsChanged(t *testing.T) {
	s := storetest.Ny(t)
	sf := storetest.Systemforvaltare()
	o := storetest.Organisation(t, s, nil)
	in := storetest.Organisationsuppgifter()
	last, err := s.Samverkansorganisation(t.Context(), storetest.Som(sf), o.ID)
	if err != nil {
		t.Fatal(err)
	}
	if last.Nr == 0 || last.Nr != o.Nr || last.Lan != "03" || last.Version != 1 || last.Adress != in.Adress || last.Kontaktperson != in.Kontaktperson ||
		!slices.Equal(last.Kommuner, []string{"0305", "0380"}) || !slices.Equal(last.Ingaende, in.Ingaende) {
		t.Errorf("den lästes som %+v", last)
	}
	in.Namn, in.Kommuner, in.Ingaende = "Nytt namn", []string{"0380"}, in.Ingaende[:1]
	ny, err := s.AndraSamverkansorganisation(t.Context(), db.Begaran{Aktor: storetest.Aktor(register.RollSamverkansadministrator, o.ID), Version: 1}, o.ID, in)
	if err != nil || ny.Version != 2 {
		t.Fatalf("ändringen gav %+v (%v)", ny, err)
	}
	last, err = s.Samverkansorganisation(t.Context(), storetest.Som(sf), o.ID)
	if err != nil || last.Namn != "Nytt namn" || last.Version != 2 || last.Nr != o.Nr || len(last.Kommuner) != 1 || len(last.Ingaende) != 1 {
		t.Errorf("efter ändringen lästes %+v (%v)", last, err)
	}
	if _, err := s.AndraSamverkansorganisation(t.Context(), db.Begaran{Aktor: sf, Version: 1}, o.ID, in); regel(err) != "foraldrad" {
		t.Errorf("en föråldrad ändring gav %v", err)
	}
	in.Startdatum = register.NyttDatum(2006, 1, 1)
	if _, err := s.AndraSamverkansorganisation(t.Context(), db.Begaran{Aktor: storetest.Aktor(register.RollSamverkansadministrator, o.ID), Version: 2}, o.ID, in); regel(err) != "startdatum-last" {
		t.Errorf("administratören ändrade startdatum: %v", err)
	}
}

func TestAKontaktpersonIsSeenByTheOrganisationsOwnOnly(t *testing.T) {
	s := storetest.Ny(t)
	o, annan := storetest.Organisation(t, s, nil), storetest.Organisation(t, s, nil)
	i := storetest.Insats(t, s, o, nil)
	for namn, prov := range map[string]struct {
		a   register.Aktor
		ser bool
	}{
		"systemförvaltare": {storetest.Systemforvaltare(), true},
		"egen":             {storetest.Deltagaransvarig(i), true},
		"annan":            {storetest.Aktor(register.RollSamverkansadministrator, annan.ID), false},
		"rapport":          {register.Aktor{ID: uuid.New(), Roller: []register.Roll{register.RollSusrapport}}, false},
	} {
		en, err := s.Samverkansorganisation(t.Context(), storetest.Som(prov.a), o.ID)
		if err != nil || (en.Kontaktperson.Namn != "") != prov.ser {
			t.Errorf("%s ser %+v (%v)", namn, en.Kontaktperson, err)
		}
		flera, n, err := s.Samverkansorganisationer(t.Context(), storetest.Som(prov.a), store.OrganisationFilter{}, db.Sida{})
		if err != nil || n != 2 {
			t.Fatalf("%d (%v)", n, err)
		}
		for _, f := range flera {
			if f.ID == o.ID && (f.Kontaktperson.Namn != "") != prov.ser {
				t.Errorf("%s ser %+v i listan", namn, f.Kontaktperson)
			}
		}
		genom, err := s.Insats(t.Context(), storetest.Som(prov.a), i.ID)
		if err != nil || (genom.Organisation.Kontaktperson.Namn != "") != prov.ser || len(genom.Organisation.Ingaende) != 2 || genom.Organisation.Namn == "" {
			t.Errorf("%s ser %+v genom insatsen (%v)", namn, genom.Organisation.Kontaktperson, err)
		}
	}
}

func TestListsAreFilteredSortedAndPaged(t *testing.T) {
	s := storetest.Ny(t)
	var o register.Samverkansorganisation
	for _, namn := range []string{"Alfa", "Beta_2", "Gamma", "Beta12"} {
		o = storetest.Organisation(t, s, func(in *register.Organisationsuppgifter) { in.Namn = namn })
	}
	namn := func(f store.OrganisationFilter, sida db.Sida) ([]string, int) {
		t.Helper()
		rader, n, err := s.Samverkansorganisationer(t.Context(), storetest.Som(register.Aktor{}), f, sida)
		if err != nil {
			t.Fatal(err)
		}
		var svar []string
		for _, r := range rader {
			svar = append(svar, r.Namn)
		}
		return svar, n
	}
	for _, prov := range []struct {
		f    store.OrganisationFilter
		sida db.Sida
		vill []string
		n    int
	}{
		{store.OrganisationFilter{}, db.Sida{}, []string{"Alfa", "Beta12", "Beta_2", "Gamma"}, 4},
		{store.OrganisationFilter{}, db.Sida{Sort: "-namn", Limit: 2}, []string{"Gamma", "Beta_2"}, 4},
		{store.OrganisationFilter{}, db.Sida{Limit: 2, Offset: 2}, []string{"Beta_2", "Gamma"}, 4},
		{store.OrganisationFilter{}, db.Sida{Limit: 2, Offset: 10}, nil, 4},
		{store.OrganisationFilter{Namn: "beta"}, db.Sida{}, []string{"Beta12", "Beta_2"}, 2},
		{store.OrganisationFilter{Namn: "*_2"}, db.Sida{}, []string{"Beta_2"}, 1},
		{store.OrganisationFilter{Namn: "%"}, db.Sida{}, nil, 0},
		{store.OrganisationFilter{Lan: "03", Verksamhetsomrade: "OSTER", Samverkansform: register.FormFinsam}, db.Sida{Limit: 1}, []string{"Alfa"}, 4},
		{store.OrganisationFilter{Lan: "01"}, db.Sida{}, nil, 0},
	} {
		if got, n := namn(prov.f, prov.sida); !slices.Equal(got, prov.vill) || n != prov.n {
			t.Errorf("%+v %+v gav %v av %d", prov.f, prov.sida, got, n)
		}
	}
	if _, _, err := s.Samverkansorganisationer(t.Context(), storetest.Som(register.Aktor{}), store.OrganisationFilter{}, db.Sida{Sort: "adress_gata"}); regel(err) != "sortering-okand" {
		t.Errorf("okänd sortering gav %v", err)
	}

	slut := register.NyttDatum(2010, 12, 31)
	gammal := storetest.Insats(t, s, o, func(in *register.Insatsuppgifter) { in.Slutdatum = &slut })
	ny := storetest.Insats(t, s, o, nil)
	ja, nej := true, false
	for namn, prov := range map[string]struct {
		f    store.InsatsFilter
		a    register.Aktor
		vill []uuid.UUID
	}{
		"pågående":     {store.InsatsFilter{Pagaende: &ja}, register.Aktor{}, []uuid.UUID{ny.ID}},
		"avslutade":    {store.InsatsFilter{Pagaende: &nej}, register.Aktor{}, []uuid.UUID{gammal.ID}},
		"mina":         {store.InsatsFilter{Mina: true}, storetest.Deltagaransvarig(gammal), []uuid.UUID{gammal.ID}},
		"ingas":        {store.InsatsFilter{Mina: true}, storetest.Systemforvaltare(), nil},
		"organisation": {store.InsatsFilter{OrganisationID: uuid.New()}, register.Aktor{}, nil},
	} {
		rader, n, err := s.Insatser(t.Context(), storetest.Som(prov.a), prov.f, db.Sida{})
		var got []uuid.UUID
		for _, r := range rader {
			got = append(got, r.ID)
		}
		if err != nil || !slices.Equal(got, prov.vill) || n != len(prov.vill) {
			t.Errorf("%s gav %v av %d (%v)", namn, got, n, err)
		}
	}
	alla, n, err := s.Insatser(t.Context(), storetest.Som(storetest.Aktor(register.RollInsatsansvarig, o.ID)), store.InsatsFilter{Mina: true}, db.Sida{})
	if err != nil || n != 2 || alla[0].Malgrupper[0] != "UNGA" {
		t.Errorf("organisationens insatser är %d (%v)", n, err)
	}
}

func TestAnInsatsWithRegistrationsHasLockedDatesAndMethod(t *testing.T) {
	s := storetest.Ny(t)
	i, a := huset(t, s)
	o, err := s.Samverkansorganisation(t.Context(), storetest.Som(a), i.OrganisationID)
	if err != nil {
		t.Fatal(err)
	}
	admin := storetest.Aktor(register.RollSamverkansadministrator, o.ID)
	andra := func(f func(*register.Insatsuppgifter)) string {
		t.Helper()
		in := storetest.Insatsuppgifter(o)
		f(&in)
		_, err := s.AndraInsats(t.Context(), db.Begaran{Aktor: admin, Version: i.Version}, i.ID, in)
		return regel(err)
	}
	del := storetest.Deltagande(t, s, a, i, storetest.Person(fodd), register.NyttDatum(2010, 3, 1))
	storetest.SkrivUt(t, s, a, del, storetest.Utregistrering(register.NyttDatum(2010, 9, 30)))
	var n register.Anonyma
	if _, err := s.SkapaAnonyma(t.Context(), storetest.Som(a), i.ID, register.Anonymregistrering{Inregistreringsar: 2012, AntalMan: 1}, ta(&n)); err != nil {
		t.Fatal(err)
	}
	dag := func(ar, manad, d int) *register.Datum { v := register.NyttDatum(ar, manad, d); return &v }
	for namn, prov := range map[string]struct {
		f    func(*register.Insatsuppgifter)
		vill string
	}{
		"start efter första startdagen": {func(in *register.Insatsuppgifter) { in.Startdatum = *dag(2010, 3, 2) }, "startdatum-efter-registrerat"},
		"slut före årets anonyma":       {func(in *register.Insatsuppgifter) { in.Slutdatum = dag(2011, 12, 31) }, "slutdatum-fore-registrerat"},
		"annan metod":                   {func(in *register.Insatsuppgifter) { in.Deltagarregistrering = register.EndastAntal }, "insats-last"},
		"annan inriktning": {func(in *register.Insatsuppgifter) {
			in.Inriktning, in.PreciseradInriktning = register.InriktningStruktur, "KONFERENS"
		}, "insats-last"},
	} {
		if got := andra(prov.f); got != prov.vill {
			t.Errorf("%s gav %q", namn, got)
		}
	}
	uppgifter := storetest.Organisationsuppgifter()
	uppgifter.Slutdatum = dag(2011, 6, 1)
	if _, err := s.AndraSamverkansorganisation(t.Context(), db.Begaran{Aktor: storetest.Systemforvaltare(), Version: o.Version}, o.ID, uppgifter); regel(err) != "slutdatum-fore-registrerat" {
		t.Errorf("organisationen slutade före det registrerade: %v", err)
	}
	if got := andra(func(in *register.Insatsuppgifter) { in.Slutdatum = dag(2012, 1, 1); in.Startdatum = *dag(2010, 3, 1) }); got != "" {
		t.Errorf("tillåtna datum gav %q", got)
	}
}

func TestNobodyChangesAnothersInsatsOrOrganisation(t *testing.T) {
	s := storetest.Ny(t)
	o, annan := storetest.Organisation(t, s, nil), storetest.Organisation(t, s, nil)
	i := storetest.Insats(t, s, o, nil)
	in := storetest.Insatsuppgifter(o)
	for namn, a := range map[string]register.Aktor{
		"annan administratör": storetest.Aktor(register.RollSamverkansadministrator, annan.ID), "annan insatsansvarig": storetest.Aktor(register.RollInsatsansvarig, annan.ID),
		"deltagaransvarig": storetest.Deltagaransvarig(i), "systemförvaltare": storetest.Systemforvaltare(),
	} {
		if _, err := s.AndraInsats(t.Context(), db.Begaran{Aktor: a, Version: 1}, i.ID, in); regel(err) != "saknas" {
			t.Errorf("%s ändrade insatsen: %v", namn, err)
		}
		var ny store.InsatsIOrganisation
		if _, err := s.SkapaInsats(t.Context(), storetest.Som(a), in, ta(&ny)); regel(err) != "saknas" {
			t.Errorf("%s skapade en insats: %v", namn, err)
		}
		if a.HarRoll(register.RollSystemforvaltare) {
			continue
		}
		if _, err := s.AndraSamverkansorganisation(t.Context(), db.Begaran{Aktor: a, Version: 1}, o.ID, storetest.Organisationsuppgifter()); regel(err) != "saknas" {
			t.Errorf("%s ändrade organisationen: %v", namn, err)
		}
		var nyo register.Samverkansorganisation
		if _, err := s.SkapaSamverkansorganisation(t.Context(), storetest.Som(a), storetest.Organisationsuppgifter(), ta(&nyo)); regel(err) != "behorighet-saknas" {
			t.Errorf("%s skapade en organisation: %v", namn, err)
		}
	}
	if _, err := s.AndraInsats(t.Context(), db.Begaran{Aktor: storetest.Aktor(register.RollInsatsansvarig, o.ID), Version: 1}, i.ID, in); err != nil {
		t.Errorf("den egna insatsansvariga nekades: %v", err)
	}
}

func TestTheRowsOfAKodverkAreListedInFormOrder(t *testing.T) {
	s := storetest.Ny(t)
	dag := register.NyttDatum(2022, 1, 1)
	for namn, prov := range map[string]struct {
		f     store.KodverkFilter
		antal int
		forst string
	}{
		"försörjning":           {store.KodverkFilter{Kodverk: register.KodverkForsorjning}, 8, "SJUKPENNING"},
		"stadsdelar":            {store.KodverkFilter{Kodverk: register.KodverkStadsdel}, 24, "S0180_BROMMA"},
		"stadsdelar 2022":       {store.KodverkFilter{Kodverk: register.KodverkStadsdel, GiltigPa: &dag}, 0, ""},
		"samverkansformer 2022": {store.KodverkFilter{Kodverk: register.KodverkSamverkansform, GiltigPa: &dag}, 2, "FINSAM"},
	} {
		rader, n, err := s.KodverkRader(t.Context(), storetest.Som(register.Aktor{}), prov.f, db.Sida{Limit: 1})
		forst := ""
		if len(rader) > 0 {
			forst = rader[0].Kod
		}
		if err != nil || n != prov.antal || forst != prov.forst && namn != "stadsdelar" {
			t.Errorf("%s: %d rader, först %q (%v)", namn, n, forst, err)
		}
	}
}

func TestAnonymaAreListedOnlyForThoseWhoRegister(t *testing.T) {
	s := storetest.Ny(t)
	i, a := huset(t, s)
	for _, ar := range []int{2010, 2010, 2011} {
		var n register.Anonyma
		if _, err := s.SkapaAnonyma(t.Context(), storetest.Som(a), i.ID, register.Anonymregistrering{Inregistreringsar: ar, AntalKvinnor: 2, AntalMan: 1}, ta(&n)); err != nil {
			t.Fatal(err)
		}
	}
	for ar, vill := range map[int]int{0: 3, 2010: 2, 2011: 1, 2012: 0} {
		if rader, n, err := s.ListaAnonyma(t.Context(), storetest.Som(a), i.ID, ar, db.Sida{}); err != nil || n != vill || len(rader) != vill {
			t.Errorf("%d: %d av %d (%v)", ar, len(rader), n, err)
		}
	}
	for namn, vem := range map[string]register.Aktor{"annan": storetest.Deltagaransvarig(), "administratör": storetest.Aktor(register.RollSamverkansadministrator, i.OrganisationID)} {
		if _, _, err := s.ListaAnonyma(t.Context(), storetest.Som(vem), i.ID, 0, db.Sida{}); regel(err) != "saknas" {
			t.Errorf("%s listade: %v", namn, err)
		}
		var n register.Anonyma
		if _, err := s.SkapaAnonyma(t.Context(), storetest.Som(vem), i.ID, register.Anonymregistrering{Inregistreringsar: 2010, AntalMan: 1}, ta(&n)); regel(err) != "saknas" {
			t.Errorf("%s registrerade: %v", namn, err)
		}
	}
}
