package register

import (
	"slices"
	"strings"
	"testing"
)

func testOrganisationsuppgifter() Organisationsuppgifter {
	return Organisationsuppgifter{
		Namn: "Samordningsförbundet Uppsala län", Organisationsnummer: "2220000018", Samverkansform: FormFinsam,
		Startdatum: dag("2008-01-01"), Verksamhetsomrade: "OSTER", Kommuner: []string{"0381", "0380"},
		Adress:        Adress{Gata: "Storgatan 1", Postnummer: "753 31", Ort: "Uppsala", Telefon: "+46 18-10 00 00", Epost: "kansli@example.se"},
		Kontaktperson: Kontaktperson{Namn: "Kim Kansli", Titel: "Förbundschef", Telefon: "018-100001", Epost: "kim@example.se"},
		Ingaende: []IngaendeOrganisation{
			{Namn: "Försäkringskassan", Organisationsnummer: "2021005521", Typ: TypForsakringskassan, Medlem: true, Finansiar: true},
			{Namn: "Förbundet", Organisationsnummer: "2220000018", Typ: TypSamordningsforbund, Finansiar: true, Konsument: true},
		},
	}
}

func TestAnOrganisationIsMadeOfItsOrder(t *testing.T) {
	in := testOrganisationsuppgifter()
	in.Namn = " " + in.Namn + " "
	o, err := SkapaOrganisation(in, testKodverk(), testKommuner())
	if err != nil {
		t.Fatal(err)
	}
	if o.Lan != "03" || !slices.Equal(o.Kommuner, []string{"0380", "0381"}) || o.Version != 1 || o.Namn != strings.TrimSpace(in.Namn) || len(o.Ingaende) != 2 {
		t.Errorf("%+v", o)
	}
	if !o.ArMedlem("2021005521") || o.ArMedlem("2220000018") || o.ArMedlem("") {
		t.Error("medlemmar")
	}
}

func TestAFaultyOrganisationNamesEveryFaultyField(t *testing.T) {
	for namn, fall := range map[string]struct {
		gor   func(*Organisationsuppgifter)
		falt  []string
		godas bool
	}{
		"nothing at all": {func(in *Organisationsuppgifter) { *in = Organisationsuppgifter{} }, []string{
			"/namn obligatoriskt", "/organisationsnummer organisationsnummer", "/samverkansform okand-kod",
			"/startdatum obligatoriskt", "/verksamhetsomrade okand-kod", "/kommuner obligatoriskt"}, false},
		"a name of blanks":            {func(in *Organisationsuppgifter) { in.Namn = " \t" }, []string{"/namn obligatoriskt"}, false},
		"a name of 200 letters":       {func(in *Organisationsuppgifter) { in.Namn = strings.Repeat("å", 200) }, nil, true},
		"a name of 201 letters":       {func(in *Organisationsuppgifter) { in.Namn = strings.Repeat("å", 201) }, []string{"/namn for-langt"}, false},
		"a NUL in the name":           {func(in *Organisationsuppgifter) { in.Namn = "a\x00b" }, []string{"/namn ogiltigt-tecken"}, false},
		"a name that is not UTF-8":    {func(in *Organisationsuppgifter) { in.Namn = "a\xff" }, []string{"/namn ogiltigt-tecken"}, false},
		"line breaks in beskrivning":  {func(in *Organisationsuppgifter) { in.Beskrivning = "a\nb" }, nil, true},
		"a bell in beskrivning":       {func(in *Organisationsuppgifter) { in.Beskrivning = "a\ab" }, []string{"/beskrivning ogiltigt-tecken"}, false},
		"wrong check digit":           {func(in *Organisationsuppgifter) { in.Organisationsnummer = "2220000019" }, []string{"/organisationsnummer organisationsnummer"}, false},
		"an unknown form":             {func(in *Organisationsuppgifter) { in.Samverkansform = "ANNAN" }, []string{"/samverkansform okand-kod"}, false},
		"an end before the start":     {func(in *Organisationsuppgifter) { in.Slutdatum = ptr(dag("2007-12-31")) }, []string{"/slutdatum slut-fore-start"}, false},
		"an end on the start":         {func(in *Organisationsuppgifter) { in.Slutdatum = ptr(dag("2008-01-01")) }, nil, true},
		"an område closed before":     {func(in *Organisationsuppgifter) { in.Verksamhetsomrade = "NEDLAGT" }, []string{"/verksamhetsomrade okand-kod"}, false},
		"an unknown kommun":           {func(in *Organisationsuppgifter) { in.Kommuner = []string{"0380", "9999"} }, []string{"/kommuner/1 okand-kod"}, false},
		"a kommun twice":              {func(in *Organisationsuppgifter) { in.Kommuner = []string{"0380", "0380"} }, []string{"/kommuner/1 dubblett"}, false},
		"an unknown stadsdel":         {func(in *Organisationsuppgifter) { in.Stadsdelar = []string{"OKAND"} }, []string{"/stadsdelar/0 okand-kod"}, false},
		"a stadsdel of another":       {func(in *Organisationsuppgifter) { in.Stadsdelar = []string{"FARSTA"} }, []string{"/stadsdelar/0 stadsdel-utanfor"}, false},
		"a stadsdel of its Stockholm": {func(in *Organisationsuppgifter) { in.Kommuner, in.Stadsdelar = []string{"0180"}, []string{"FARSTA"} }, nil, true},
		"a stadsdel twice": {func(in *Organisationsuppgifter) {
			in.Kommuner, in.Stadsdelar = []string{"0180"}, []string{"FARSTA", "FARSTA"}
		}, []string{"/stadsdelar/1 dubblett"}, false},
		"postnummer with letters":     {func(in *Organisationsuppgifter) { in.Adress.Postnummer = "7533A" }, []string{"/adress/postnummer postnummer-format"}, false},
		"telefon with letters":        {func(in *Organisationsuppgifter) { in.Adress.Telefon = "ring" }, []string{"/adress/telefon telefon-format"}, false},
		"e-post without a domain":     {func(in *Organisationsuppgifter) { in.Adress.Epost = "kansli" }, []string{"/adress/epost epost-format"}, false},
		"e-post with a header":        {func(in *Organisationsuppgifter) { in.Adress.Epost = "a@b.se\r\nBcc: c@d.se" }, []string{"/adress/epost ogiltigt-tecken", "/adress/epost epost-format"}, false},
		"contact's e-post with blank": {func(in *Organisationsuppgifter) { in.Kontaktperson.Epost = "a b@c.se" }, []string{"/kontaktperson/epost epost-format"}, false},
		"no address and no contact":   {func(in *Organisationsuppgifter) { in.Adress, in.Kontaktperson = Adress{}, Kontaktperson{} }, nil, true},
		"the förbund no konsument":    {func(in *Organisationsuppgifter) { in.Ingaende[1].Konsument = false }, []string{"/ingaendeOrganisationer/1/konsument forbund-konsument"}, false},
		"flags free for all others":   {func(in *Organisationsuppgifter) { in.Ingaende[0].Medlem, in.Ingaende[0].Finansiar = false, false }, nil, true},
		"an ingående twice":           {func(in *Organisationsuppgifter) { in.Ingaende[0].Organisationsnummer = "2220000018" }, []string{"/ingaendeOrganisationer/1/organisationsnummer dubblett"}, false},
		"an ingående of unknown kind": {func(in *Organisationsuppgifter) { in.Ingaende[0].Typ = "BOLAG" }, []string{"/ingaendeOrganisationer/0/typ okand-kod"}, false},
		"an ingående without a name":  {func(in *Organisationsuppgifter) { in.Ingaende[0].Namn = "" }, []string{"/ingaendeOrganisationer/0/namn obligatoriskt"}, false},
	} {
		t.Run(namn, func(t *testing.T) {
			in := testOrganisationsuppgifter()
			fall.gor(&in)
			_, err := SkapaOrganisation(in, testKodverk(), testKommuner())
			if fall.godas {
				if err != nil {
					t.Fatalf("refused: %+v", err)
				}
				return
			}
			nekas(t, err, KodOgiltig, fall.falt...)
		})
	}
}

func TestTheFlagsOfAnIngaendeOrganisationFollowItsKindUntilChanged(t *testing.T) {
	for typ, vantat := range map[Organisationstyp][3]bool{
		TypForsakringskassan: {true, true, false}, TypArbetsformedlingen: {true, false, false}, TypRegion: {true, true, false},
		TypKommun: {true, true, false}, TypSamordningsforbund: {false, true, true},
	} {
		m, f, k := typ.Flaggor()
		if [3]bool{m, f, k} != vantat {
			t.Errorf("%s: %v", typ, [3]bool{m, f, k})
		}
	}
}

func TestAnOrganisationsStartIsChangedByASystemforvaltareOnly(t *testing.T) {
	forvaltare := Aktor{Roller: []Roll{RollSystemforvaltare}}
	administrator := Aktor{Roller: []Roll{RollSamverkansadministrator}}
	o, err := SkapaOrganisation(testOrganisationsuppgifter(), testKodverk(), testKommuner())
	if err != nil {
		t.Fatal(err)
	}
	in := testOrganisationsuppgifter()
	in.Startdatum = dag("2007-01-01")
	_, err = AndraOrganisation(o, in, administrator, testKodverk(), testKommuner(), Registrerat{}, dag("2012-06-15"))
	nekas(t, err, KodOgiltig, "/startdatum startdatum-last")
	if o2, err := AndraOrganisation(o, in, forvaltare, testKodverk(), testKommuner(), Registrerat{}, dag("2012-06-15")); err != nil || o2.Startdatum != in.Startdatum || o2.Version != 2 {
		t.Errorf("%+v %v", o2, err)
	}
	in = testOrganisationsuppgifter()
	in.Samverkansform = FormTvapartsfinsam
	_, err = AndraOrganisation(o, in, forvaltare, testKodverk(), testKommuner(), Registrerat{}, dag("2012-06-15"))
	nekas(t, err, KodOgiltig, "/samverkansform oforanderlig")
	in = testOrganisationsuppgifter()
	in.Namn = "Nytt namn"
	if o2, err := AndraOrganisation(o, in, administrator, testKodverk(), testKommuner(), Registrerat{}, dag("2012-06-15")); err != nil || o2.Namn != "Nytt namn" {
		t.Errorf("%v", err)
	}
}

func TestDatesThatLeaveSomethingRegisteredOutsideAreRefused(t *testing.T) {
	forvaltare := Aktor{Roller: []Roll{RollSystemforvaltare}}
	r := Registrerat{Finns: true, Forsta: ptr(dag("2009-02-01")), Sista: ptr(dag("2010-04-30"))}
	for namn, fall := range map[string]struct{ start, slut, regel string }{
		"an end the day before":      {"2008-01-01", "2010-04-29", "slutdatum-fore-registrerat"},
		"an end on the day":          {"2008-01-01", "2010-04-30", ""},
		"a start the day after":      {"2009-02-02", "", "startdatum-efter-registrerat"},
		"a start on the day":         {"2009-02-01", "", ""},
		"an end far off, no trouble": {"2008-01-01", "2030-01-01", ""},
	} {
		t.Run(namn, func(t *testing.T) {
			var slut *Datum
			if fall.slut != "" {
				slut = ptr(dag(fall.slut))
			}
			oin := testOrganisationsuppgifter()
			oin.Startdatum, oin.Slutdatum = dag(fall.start), slut
			o := testOrganisation()
			_, oerr := AndraOrganisation(o, oin, forvaltare, testKodverk(), testKommuner(), r, dag("2012-06-15"))
			iin := testInsatsuppgifter()
			iin.Startdatum, iin.Slutdatum = dag(fall.start), slut
			_, ierr := AndraInsats(testInsats(), iin, o, testKodverk(), r)
			for _, err := range []error{oerr, ierr} {
				if fall.regel == "" {
					if err != nil {
						t.Error(err)
					}
					continue
				}
				nekas(t, err, KodKonflikt, fall.regel)
			}
		})
	}
}
