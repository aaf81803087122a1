package register

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/google/uuid"
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
	if pa := dag("2008-01-01"); !o.ArMedlem("2021005521", pa) || o.ArMedlem("2220000018", pa) || o.ArMedlem("", pa) {
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
		"a person in the name and the address": {func(in *Organisationsuppgifter) {
			in.Namn, in.Adress.Gata, in.Adress.Ort = "Förbundet 800060-2386", "Gatan 770117-2392", "197701172392"
			in.Ingaende[0].Namn = "Firma 19770117-2392"
		}, []string{"/namn innehaller-personnummer", "/adress/gata innehaller-personnummer", "/adress/ort innehaller-personnummer",
			"/ingaendeOrganisationer/0/namn innehaller-personnummer"}, false},
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
		TypKommun: {true, true, false}, TypSamordningsforbund: {false, true, true}, TypEsf: {false, true, false}, TypOvrig: {false, true, false},
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

func TestAnOrganisationThatIsSavedUnchangedMakesNoVersion(t *testing.T) {
	o, err := SkapaOrganisation(testOrganisationsuppgifter(), testKodverk(), testKommuner())
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		change  func(*Organisationsuppgifter)
		version int
	}{
		"nothing":     {func(*Organisationsuppgifter) {}, 1},
		"another day": {func(in *Organisationsuppgifter) { in.Slutdatum = ptr(dag("2030-12-31")) }, 2},
		"kommuner":    {func(in *Organisationsuppgifter) { in.Kommuner = in.Kommuner[:1] }, 2},
		"a flag":      {func(in *Organisationsuppgifter) { in.Ingaende[0].Konsument = !in.Ingaende[0].Konsument }, 2},
		"contact":     {func(in *Organisationsuppgifter) { in.Kontaktperson.Namn = "Robin Ny" }, 2},
	} {
		t.Run(name, func(t *testing.T) {
			in := testOrganisationsuppgifter()
			in.Ingaende = slices.Clone(in.Ingaende)
			c.change(&in)
			ny, err := AndraOrganisation(o, in, Aktor{Roller: []Roll{RollSystemforvaltare}}, testKodverk(), testKommuner(), Registrerat{}, dag("2012-06-15"))
			if err != nil || ny.Version != c.version {
				t.Errorf("version %d, want %d; %v", ny.Version, c.version, err)
			}
		})
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
			_, ierr := AndraInsats(testInsats(), iin, o, testKodverk(), r, testIdag)
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

func TestOneOrganisationsnummerHasOneForbundAtATime(t *testing.T) {
	forbund := func(n byte, nummer, fran, tom string) Samverkansorganisation {
		o := Samverkansorganisation{ID: uuid.UUID{n}, Organisationsnummer: nummer, Samverkansform: FormFinsam, Startdatum: dag(fran), Version: 1}
		if tom != "" {
			o.Slutdatum = ptr(dag(tom))
		}
		return o
	}
	som := func(o Samverkansorganisation, form Samverkansform) Samverkansorganisation {
		o.Samverkansform = form
		return o
	}
	const nr, annat = "2220000018", "2220001925"
	finns := forbund(1, nr, "2008-01-01", "2012-12-31")
	for namn, fall := range map[string]struct {
		ny, forr Samverkansorganisation
		nekas    bool
	}{
		"the same number":                  {forbund(2, nr, "2005-01-01", ""), Samverkansorganisation{}, true},
		"until its first day":              {forbund(2, nr, "2005-01-01", "2008-01-01"), Samverkansorganisation{}, true},
		"from its last day":                {forbund(2, nr, "2012-12-31", ""), Samverkansorganisation{}, true},
		"from the day after":               {forbund(2, nr, "2013-01-01", ""), Samverkansorganisation{}, false},
		"until the day before":             {forbund(2, nr, "2005-01-01", "2007-12-31"), Samverkansorganisation{}, false},
		"another number":                   {forbund(2, annat, "2008-01-01", ""), Samverkansorganisation{}, false},
		"of another form":                  {som(forbund(2, nr, "2008-01-01", ""), FormTvapartsfinsam), Samverkansorganisation{}, false},
		"itself":                           {finns, finns, false},
		"one that takes the number":        {forbund(2, nr, "2008-01-01", ""), forbund(2, annat, "2008-01-01", ""), true},
		"one that comes to its days":       {forbund(2, nr, "2012-01-01", ""), forbund(2, nr, "2013-01-01", ""), true},
		"one that stood beside it already": {forbund(2, nr, "2008-01-01", "2011-12-31"), forbund(2, nr, "2008-01-01", ""), false},
	} {
		t.Run(namn, func(t *testing.T) {
			err := fall.ny.ProvaSamtida(fall.forr, []Samverkansorganisation{finns})
			if !fall.nekas {
				if err != nil {
					t.Fatalf("refused: %v", err)
				}
				return
			}
			nekas(t, err, KodKonflikt, "organisationsnummer-finns")
			var e *Error
			if errors.As(err, &e) && (e.Finns != finns.ID || len(e.Falt) != 1 || e.Falt[0].Pekare != "/organisationsnummer") {
				t.Errorf("said of %v at %+v", e.Finns, e.Falt)
			}
		})
	}
	// Two of another form share a number as they did.
	tva := som(finns, FormHandlingsplanssamverkan)
	if err := som(forbund(2, nr, "2008-01-01", ""), FormHandlingsplanssamverkan).ProvaSamtida(Samverkansorganisation{}, []Samverkansorganisation{tva}); err != nil {
		t.Errorf("refused: %v", err)
	}
}

func TestAfFkSamarbetetHasTwoOrganisations(t *testing.T) {
	sida := func(n byte, fran, tom string) Samverkansorganisation {
		o := Samverkansorganisation{ID: uuid.UUID{n}, Organisationsnummer: "2021005521", Samverkansform: FormAfFkSamarbete, Startdatum: dag(fran), Version: 1}
		if tom != "" {
			o.Slutdatum = ptr(dag(tom))
		}
		return o
	}
	af, fk := sida(1, "2008-01-01", "2010-12-31"), sida(2, "2010-06-01", "2012-12-31")
	for namn, fall := range map[string]struct {
		ny, forr Samverkansorganisation
		andra    []Samverkansorganisation
		nekas    bool
	}{
		"the first":                           {sida(3, "2008-01-01", ""), Samverkansorganisation{}, nil, false},
		"the second":                          {sida(3, "2008-01-01", ""), Samverkansorganisation{}, []Samverkansorganisation{af}, false},
		"a third":                             {sida(3, "2008-01-01", ""), Samverkansorganisation{}, []Samverkansorganisation{af, fk}, true},
		"a third on the one day of all three": {sida(3, "2010-12-31", "2010-12-31"), Samverkansorganisation{}, []Samverkansorganisation{af, fk}, true},
		"one after the first has ended":       {sida(3, "2011-01-01", ""), Samverkansorganisation{}, []Samverkansorganisation{af, fk}, false},
		"beside two that never met":           {sida(3, "2008-01-01", ""), Samverkansorganisation{}, []Samverkansorganisation{af, sida(2, "2011-01-01", "")}, false},
		"one of the two":                      {af, af, []Samverkansorganisation{fk, af}, false},
		"one that comes to be beside both":    {sida(3, "2010-12-31", ""), sida(3, "2011-01-01", ""), []Samverkansorganisation{af, fk}, true},
		"a third of before, that is ended":    {sida(3, "2008-01-01", "2010-06-01"), sida(3, "2008-01-01", ""), []Samverkansorganisation{af, fk}, false},
	} {
		t.Run(namn, func(t *testing.T) {
			err := fall.ny.ProvaSamtida(fall.forr, fall.andra)
			if !fall.nekas {
				if err != nil {
					t.Fatalf("refused: %v", err)
				}
				return
			}
			nekas(t, err, KodKonflikt, "af-fk-tva")
		})
	}
}

func TestNobodyHasADeltagandeInAfFkSamarbetet(t *testing.T) {
	fakta := testFakta()
	fakta.Organisation.Samverkansform = FormAfFkSamarbete
	_, err := SkrivIn(testIn(), fakta)
	nekas(t, err, KodKonflikt, "af-fk-medverkan")
	samtycke := NyttSamtycke{InsatsID: insatsID, Personnummer: testIdentitet().Personnummer, Blankett: "9442", Datum: testIdag, Sprak: "sv", Satt: SattSkriftligt}
	err = ProvaSamtycke(samtycke, Samtyckesfakta{Organisation: fakta.Organisation, Insats: fakta.Insats, Kodverk: fakta.Kodverk, Nu: testNu, Av: testAv})
	nekas(t, err, KodKonflikt, "af-fk-medverkan")
	if _, err := RegistreraAnonyma(Anonymregistrering{Inregistreringsar: 2010, AntalMan: 1}, fakta.Insats, fakta.Organisation, fakta.Kodverk, testNu, testAv); err != nil {
		t.Errorf("anonyma are refused: %v", err)
	}
	// What was registered before the rule is ended as any other.
	if _, err := SkrivUt(inskriven(t), testUt(), fakta); err != nil {
		t.Errorf("an exit is refused: %v", err)
	}
}
