package register

import (
	"slices"
	"testing"
)

// medIngaende is the test's organisation where row n is changed.
func medIngaende(andra func(o *IngaendeOrganisation)) Organisationsuppgifter {
	in := testOrganisationsuppgifter()
	andra(&in.Ingaende[0])
	return in
}

func TestAnAgencyHasOneRowADayInAnOrganisation(t *testing.T) {
	for namn, fall := range map[string]struct {
		fran, tom string // of a second row of Försäkringskassan, beside one 2010-01-01–2012-12-31
		falt      []string
	}{
		"before it":               {"2009-01-01", "2009-12-31", nil},
		"after it":                {"2013-01-01", "", nil},
		"from the start":          {"", "2009-12-31", nil},
		"its first day":           {"2009-01-01", "2010-01-01", []string{"/ingaendeOrganisationer/2/giltigFran ingaende-overlappar"}},
		"its last day":            {"2012-12-31", "", []string{"/ingaendeOrganisationer/2/giltigFran ingaende-overlappar"}},
		"all the time":            {"", "", []string{"/ingaendeOrganisationer/2/giltigFran ingaende-overlappar"}},
		"the same time":           {"2010-01-01", "2012-12-31", []string{"/ingaendeOrganisationer/2/organisationsnummer dubblett"}},
		"an end before its start": {"2014-01-02", "2014-01-01", []string{"/ingaendeOrganisationer/2/giltigTom slut-fore-start"}},
		"one day":                 {"2014-01-02", "2014-01-02", nil},
	} {
		t.Run(namn, func(t *testing.T) {
			in := testOrganisationsuppgifter()
			in.Ingaende[0].Period = NyPeriod(dag("2010-01-01"), dag("2012-12-31"))
			en := in.Ingaende[0]
			en.Period = Period{}
			if fall.fran != "" {
				en.Fran = dag(fall.fran)
			}
			if fall.tom != "" {
				en.Tom = ptr(dag(fall.tom))
			}
			in.Ingaende = append(in.Ingaende, en)
			_, err := SkapaOrganisation(in, testKodverk(), testKommuner())
			if fall.falt == nil {
				if err != nil {
					t.Fatalf("refused: %+v", err)
				}
				return
			}
			nekas(t, err, KodOgiltig, fall.falt...)
		})
	}
}

func TestARowLiesInTheOrganisationsTime(t *testing.T) {
	for namn, fall := range map[string]struct {
		fran, tom string
		falt      string
	}{
		"ended before the start":    {"", "2007-12-31", "/ingaendeOrganisationer/0/giltigTom utanfor-organisationen"},
		"ended on the start":        {"", "2008-01-01", ""},
		"begun after the end":       {"2012-01-01", "", "/ingaendeOrganisationer/0/giltigFran utanfor-organisationen"},
		"begun on the end":          {"2011-12-31", "", ""},
		"begun before the start":    {"2001-01-01", "", ""},
		"an end after the last day": {"", "2020-12-31", ""},
	} {
		t.Run(namn, func(t *testing.T) {
			in := medIngaende(func(o *IngaendeOrganisation) {
				if fall.fran != "" {
					o.Fran = dag(fall.fran)
				}
				if fall.tom != "" {
					o.Tom = ptr(dag(fall.tom))
				}
			})
			in.Slutdatum = ptr(dag("2011-12-31"))
			_, err := SkapaOrganisation(in, testKodverk(), testKommuner())
			if fall.falt == "" {
				if err != nil {
					t.Fatalf("refused: %+v", err)
				}
				return
			}
			nekas(t, err, KodOgiltig, fall.falt)
		})
	}
}

// What has been since the start follows the start, also one that is said by its day.
func TestARowSinceTheStartFollowsTheStart(t *testing.T) {
	in := medIngaende(func(o *IngaendeOrganisation) { o.Fran = dag("2008-01-01") })
	o, err := SkapaOrganisation(in, testKodverk(), testKommuner())
	if err != nil || o.IngaendeFran(o.Ingaende[0]) != dag("2008-01-01") {
		t.Fatalf("%+v %v", o.Ingaende, err)
	}
	in = testOrganisationsuppgifter()
	in.Startdatum = dag("2007-01-01")
	forvaltare := Aktor{Roller: []Roll{RollSystemforvaltare}}
	ny, err := AndraOrganisation(o, in, forvaltare, testKodverk(), testKommuner(), Registrerat{}, dag("2012-06-15"))
	if err != nil || ny.IngaendeFran(ny.Ingaende[0]) != dag("2007-01-01") || !LikaIngaende(ny.Ingaende, o.Ingaende) {
		t.Errorf("%+v %v", ny.Ingaende, err)
	}
}

func TestAnAgencyIsTakenFromTheRegister(t *testing.T) {
	finns := []Myndighet{{Organisationsnummer: "2021005521", Namn: "Försäkringskassan", Typ: TypForsakringskassan, Version: 1}}
	in := testOrganisationsuppgifter()
	in.Ingaende[0].Namn, in.Ingaende[0].Typ = "Kassan", TypKommun
	lista := UrRegistret(in.Ingaende, finns)
	if lista[0].Namn != "Försäkringskassan" || lista[0].Typ != TypForsakringskassan || lista[0].Ny || !lista[1].Ny || in.Ingaende[0].Namn != "Kassan" {
		t.Errorf("%+v", lista)
	}
	o, err := SkapaOrganisation(in, testKodverk(), testKommuner())
	if err != nil {
		t.Fatal(err)
	}
	utanNamn := []IngaendeOrganisation{lista[0], {Organisationsnummer: "2120003005", Medlem: true}}
	for namn, fall := range map[string]struct {
		a     Aktor
		lista []IngaendeOrganisation
		falt  []string
	}{
		"Försäkringskassan brings one in":     {Aktor{Roller: []Roll{RollSystemforvaltare}}, lista, nil},
		"an administrator brings none in":     {Aktor{Roller: []Roll{RollSamverkansadministrator}}, lista, []string{"/ingaendeOrganisationer/1/organisationsnummer myndighet-saknas"}},
		"what is there is taken by anybody":   {Aktor{Roller: []Roll{RollSamverkansadministrator}}, lista[:1], nil},
		"a number nobody has, without a name": {Aktor{Roller: []Roll{RollSystemforvaltare}}, utanNamn, []string{"/ingaendeOrganisationer/1/organisationsnummer myndighet-saknas"}},
	} {
		t.Run(namn, func(t *testing.T) {
			in := testOrganisationsuppgifter()
			in.Ingaende = UrRegistret(fall.lista, finns)
			_, err := AndraOrganisation(o, in, fall.a, testKodverk(), testKommuner(), Registrerat{}, dag("2012-06-15"))
			if fall.falt == nil {
				if err != nil {
					t.Fatalf("refused: %+v", err)
				}
				return
			}
			nekas(t, err, KodOgiltig, fall.falt...)
		})
	}
	o.Ingaende = lista
	nya := o.NyaMyndigheter()
	if len(nya) != 1 || nya[0].Organisationsnummer != o.Organisationsnummer || nya[0].Typ != TypSamordningsforbund {
		t.Errorf("%+v", nya)
	}
	o.Samverkansform, o.Organisationsnummer = FormTvapartsfinsam, "2120003005"
	if nya = o.NyaMyndigheter(); len(nya) != 2 || nya[0].Typ != TypOvrig || nya[1].Namn != "Förbundet" {
		t.Errorf("%+v", nya)
	}
}

func TestWhoIsMedlemAndFinansiarFollowsTheDay(t *testing.T) {
	const fk, kommun, eget = "2021005521", "2120003005", "2220000018"
	o := testOrganisation()
	o.Startdatum, o.Slutdatum = dag("2009-01-01"), ptr(dag("2014-06-30"))
	o.Ingaende = []IngaendeOrganisation{
		{Namn: "FK", Organisationsnummer: fk, Period: Period{Tom: ptr(dag("2010-12-31"))}, Medlem: true, Finansiar: true},
		{Namn: "FK", Organisationsnummer: fk, Period: Period{Fran: dag("2011-01-01")}, Medlem: true},
		{Namn: "Kommunen", Organisationsnummer: kommun, Period: NyPeriod(dag("2011-03-01"), dag("2012-02-01")), Medlem: true, Finansiar: true},
		{Namn: "Förbundet", Organisationsnummer: eget, Finansiar: true, Konsument: true},
	}
	for pa, vill := range map[string][]string{"2010-12-31": {"FK"}, "2011-01-01": {"FK"}, "2011-03-01": {"FK", "Kommunen"}, "2012-02-01": {"FK", "Kommunen"}, "2012-02-02": {"FK"}} {
		if got := o.Medlemmar(dag(pa)); !slices.Equal(got, vill) {
			t.Errorf("medlemmar %s: %v", pa, got)
		}
		if o.ArMedlem(kommun, dag(pa)) != slices.Contains(vill, "Kommunen") || o.ArMedlem(eget, dag(pa)) {
			t.Errorf("medlem %s", pa)
		}
	}
	for ar, vill := range map[int][]string{2008: nil, 2009: {"FK", "Förbundet"}, 2010: {"FK", "Förbundet"}, 2011: {"Kommunen", "Förbundet"}, 2012: {"Kommunen", "Förbundet"}, 2013: {"Förbundet"}, 2014: {"Förbundet"}, 2015: nil} {
		var got []string
		for _, i := range o.FinansiarerUnder(ar) {
			got = append(got, i.Namn)
		}
		if !slices.Equal(got, vill) {
			t.Errorf("finansiärer %d: %v", ar, got)
		}
		if _, ok := o.finansiarUnder(fk, ar); ok != slices.Contains(vill, "FK") {
			t.Errorf("finansiär %d", ar)
		}
	}
	ny := o
	ny.Ingaende = slices.Clone(o.Ingaende)
	ny.Ingaende[2].Tom = ptr(dag("2011-12-31"))
	for _, ar := range []int{2011, 2012} { // a post of the year that is cut off stands in the way
		if err := ny.ProvaFinansiarer([]Finansierat{{kommun, ar}}); (err != nil) != (ar == 2012) {
			t.Errorf("poster %d: %v", ar, err)
		}
	}
	if ny.ArMedlemUnder(kommun, NyPeriod(dag("2012-01-01"), dag("2012-12-31"))) || !o.ArMedlemUnder(kommun, NyPeriod(dag("2012-01-01"), dag("2012-12-31"))) {
		t.Error("medlem under en tid")
	}
}

func TestTheInmatningsorganisationOfAnInsatsIsMedlemOnSomeDayOfIt(t *testing.T) {
	o := testOrganisation()
	o.Ingaende[0].Period = NyPeriod(dag("2009-06-01"), dag("2009-12-31"))
	in := testInsatsuppgifter()
	in.Inmatningsorganisation = o.Ingaende[0].Organisationsnummer
	in.Startdatum, in.Slutdatum = dag("2009-01-01"), ptr(dag("2009-05-31"))
	_, err := SkapaInsats(in, o, testKodverk(), testIdag)
	nekas(t, err, KodOgiltig, "/inmatningsorganisation inte-medlem")
	in.Slutdatum = ptr(dag("2009-06-01"))
	if _, err := SkapaInsats(in, o, testKodverk(), testIdag); err != nil {
		t.Errorf("refused: %v", err)
	}
}

func TestARapporteringsdagIsADayThatEveryMonthHas(t *testing.T) {
	for given, vill := range map[int]int{0: -1, 1: 1, 28: 28, 29: -1} {
		in := testOrganisationsuppgifter()
		in.Rapporteringsdag = &given
		o, err := SkapaOrganisation(in, testKodverk(), testKommuner())
		if vill < 0 {
			nekas(t, err, KodOgiltig, "/rapporteringsdag utanfor-granser")
		} else if err != nil || o.Rapporteringsdag != vill {
			t.Errorf("%d blev %d (%v)", given, o.Rapporteringsdag, err)
		}
	}
	o, err := SkapaOrganisation(testOrganisationsuppgifter(), testKodverk(), testKommuner())
	if err != nil || o.Rapporteringsdag != 15 {
		t.Fatalf("den som inte väljer får %d (%v)", o.Rapporteringsdag, err)
	}
	o.Rapporteringsdag = 3
	if ny, err := AndraOrganisation(o, testOrganisationsuppgifter(), Aktor{Roller: []Roll{RollSystemforvaltare}}, testKodverk(), testKommuner(), Registrerat{}, dag("2012-06-15")); err != nil || ny.Rapporteringsdag != 3 || ny.Version != 1 {
		t.Errorf("den som inte sänder någon ändrade till %d (%v)", ny.Rapporteringsdag, err)
	}
}

func TestAStadsdelIsChosenForADayWhenItIsThere(t *testing.T) {
	in := testOrganisationsuppgifter()
	in.Kommuner = []string{"0180"}
	o, err := SkapaOrganisation(in, testKodverk(), testKommuner())
	if err != nil {
		t.Fatal(err)
	}
	forvaltare := Aktor{Roller: []Roll{RollSystemforvaltare}}
	in.Stadsdelar = []string{"FARSTA"} // 2007–2020
	prova := func(o Samverkansorganisation, idag string) error {
		_, err := AndraOrganisation(o, in, forvaltare, testKodverk(), testKommuner(), Registrerat{}, dag(idag))
		return err
	}
	if err := prova(o, "2020-12-31"); err != nil {
		t.Errorf("den sista dagen: %v", err)
	}
	nekas(t, prova(o, "2021-01-01"), KodOgiltig, "/stadsdelar/0 okand-kod")
	o.Stadsdelar = []string{"FARSTA"}
	if err := prova(o, "2021-01-01"); err != nil {
		t.Errorf("en som står kvar: %v", err)
	}
	o.Stadsdelar, in.GallerFran = nil, ptr(dag("2020-12-01"))
	if err := prova(o, "2021-01-01"); err != nil {
		t.Errorf("från en tidigare månad: %v", err)
	}
}

func TestAKommunOfTwoForbundOnOneDayIsWarnedOf(t *testing.T) {
	gor := func(andra func(*Organisationsuppgifter)) Samverkansorganisation {
		in := testOrganisationsuppgifter()
		andra(&in)
		o, err := SkapaOrganisation(in, testKodverk(), testKommuner())
		if err != nil {
			t.Fatal(err)
		}
		return o
	}
	annan := gor(func(in *Organisationsuppgifter) {
		in.Namn, in.Organisationsnummer, in.Kommuner = "Grannförbundet", "2220001925", []string{"0380"}
		in.Slutdatum = ptr(dag("2012-12-31"))
	})
	annan.ID = insatsID
	sent := []string{"0381", "0380"}
	for namn, fall := range map[string]struct {
		andra func(*Organisationsuppgifter)
		vill  bool
	}{
		"at the same time":  {func(*Organisationsuppgifter) {}, true},
		"from its last day": {func(in *Organisationsuppgifter) { in.Startdatum = dag("2012-12-31") }, true},
		"after it":          {func(in *Organisationsuppgifter) { in.Startdatum = dag("2013-01-01") }, false},
		"another kommun":    {func(in *Organisationsuppgifter) { in.Kommuner = []string{"0381"} }, false},
		"of another form":   {func(in *Organisationsuppgifter) { in.Samverkansform = FormHandlingsplanssamverkan }, false},
		"until its first day": {func(in *Organisationsuppgifter) {
			in.Startdatum, in.Slutdatum = dag("2007-01-01"), ptr(dag("2008-01-01"))
		}, true},
		"until the day before": {func(in *Organisationsuppgifter) {
			in.Startdatum, in.Slutdatum = dag("2007-01-01"), ptr(dag("2007-12-31"))
		}, false},
	} {
		t.Run(namn, func(t *testing.T) {
			o := gor(fall.andra)
			v := o.MedVarningar(sent, []Samverkansorganisation{annan}).Varningar
			if !fall.vill {
				if len(v) != 0 {
					t.Errorf("varnas: %+v", v)
				}
				return
			}
			if len(v) != 1 || v[0].Slag != VarningKommunIFlera || v[0].Pekare != "/kommuner/1" ||
				v[0].Meddelande() != VarningKommunIFlera.Ord()+" (Grannförbundet)" {
				t.Errorf("%+v", v)
			}
		})
	}
	// One that left the kommun before the other took it, within the time of both.
	lamnat := gor(func(in *Organisationsuppgifter) {})
	lamnat.Rader = []Organisationsrad{
		{Period: Period{Fran: Alltid, Tom: ptr(dag("2010-12-31"))}, Kommuner: []string{"0380", "0381"}},
		{Period: Period{Fran: dag("2011-01-01")}, Kommuner: []string{"0381"}}}
	annan.Rader = []Organisationsrad{
		{Period: Period{Fran: Alltid, Tom: ptr(dag("2010-12-31"))}, Kommuner: []string{"0331"}},
		{Period: Period{Fran: dag("2011-01-01")}, Kommuner: []string{"0380"}}}
	if v := lamnat.MedVarningar(sent, []Samverkansorganisation{annan}).Varningar; len(v) != 0 {
		t.Errorf("varnas: %+v", v)
	}
}
