package register

import (
	"slices"
	"testing"

	"github.com/google/uuid"
)

func testInsatsuppgifter() Insatsuppgifter {
	return Insatsuppgifter{
		OrganisationID: orgID, Namn: "Arbetslivsresurs", Startdatum: dag("2009-01-01"), Inriktning: InriktningIndivid,
		PreciseradInriktning: "REHABILITERING", Malgrupper: []string{"UNGA", "KVINNOR"},
	}
}

func TestAnInsatsIsMadeWithTheMethodItsInriktningPreselects(t *testing.T) {
	i, err := SkapaInsats(testInsatsuppgifter(), testOrganisation(), testKodverk(), testIdag)
	if err != nil || i.Deltagarregistrering != MedPersonuppgiftEllerAnonym || i.OrganisationID != orgID || !slices.Equal(i.Malgrupper, []string{"KVINNOR", "UNGA"}) || i.Version != 1 {
		t.Errorf("%+v %v", i, err)
	}
	in := testInsatsuppgifter()
	in.Inriktning, in.PreciseradInriktning = InriktningStruktur, "KONFERENS"
	if i, err := SkapaInsats(in, testOrganisation(), testKodverk(), testIdag); err != nil || i.Deltagarregistrering != EndastAntal {
		t.Errorf("%+v %v", i, err)
	}
	in.Deltagarregistrering = MedPersonuppgiftEllerAnonym
	if i, err := SkapaInsats(in, testOrganisation(), testKodverk(), testIdag); err != nil || i.Deltagarregistrering != MedPersonuppgiftEllerAnonym {
		t.Errorf("a preselection is no rule: %+v %v", i, err)
	}
}

func TestAFaultyInsatsNamesEveryFaultyField(t *testing.T) {
	for namn, fall := range map[string]struct {
		gor  func(*Insatsuppgifter)
		falt []string
	}{
		"nothing at all": {func(in *Insatsuppgifter) { *in = Insatsuppgifter{} }, []string{
			"/namn obligatoriskt", "/startdatum obligatoriskt", "/inriktning okand-kod", "/preciseradInriktning okand-kod"}},
		"before the organisation": {func(in *Insatsuppgifter) { in.Startdatum = dag("2007-12-31") }, []string{"/startdatum utanfor-organisationen"}},
		"after the organisation":  {func(in *Insatsuppgifter) { in.Startdatum = dag("2013-01-01") }, []string{"/startdatum utanfor-organisationen"}},
		"ends after it":           {func(in *Insatsuppgifter) { in.Slutdatum = ptr(dag("2013-01-01")) }, []string{"/slutdatum utanfor-organisationen"}},
		"ends before it starts":   {func(in *Insatsuppgifter) { in.Slutdatum = ptr(dag("2008-12-31")) }, []string{"/slutdatum slut-fore-start"}},
		"precision of the other":  {func(in *Insatsuppgifter) { in.PreciseradInriktning = "KONFERENS" }, []string{"/preciseradInriktning fel-inriktning"}},
		"an unknown method":       {func(in *Insatsuppgifter) { in.Deltagarregistrering = "ANNAN" }, []string{"/deltagarregistrering okand-kod"}},
		"an unknown målgrupp":     {func(in *Insatsuppgifter) { in.Malgrupper = []string{"UNGA", "OKAND"} }, []string{"/malgrupper/1 okand-kod"}},
		"a målgrupp twice":        {func(in *Insatsuppgifter) { in.Malgrupper = []string{"UNGA", "UNGA"} }, []string{"/malgrupper/1 dubblett"}},
		"a person in the texts": {func(in *Insatsuppgifter) {
			nr := Testnummer(NyttDatum(1977, 1, 17), false).Siffror()
			in.Namn, in.Beskrivning, in.Insatsanordnare = "Stöd till "+nr, "Ring "+nr[2:8]+"-"+nr[8:], nr
		}, []string{"/namn innehaller-personnummer", "/beskrivning innehaller-personnummer", "/insatsanordnare innehaller-personnummer"}},
		"a person as who is rung": {func(in *Insatsuppgifter) {
			in.Kontaktperson = Kontaktperson{Namn: "Kim 800060-2386", Titel: "770117-2392", Telefon: "19770117-2392", Epost: "197701172392@kommun.example"}
		}, []string{"/kontaktperson/namn innehaller-personnummer", "/kontaktperson/titel innehaller-personnummer",
			"/kontaktperson/telefon innehaller-personnummer", "/kontaktperson/epost innehaller-personnummer"}},
		"ten digits from a zero are a phone": {func(in *Insatsuppgifter) {
			in.Kontaktperson.Telefon = "(0" + Testnummer(dag("2007-01-23"), true).Siffror()[3:]
		}, nil},
		"input by no medlem":    {func(in *Insatsuppgifter) { in.Inmatningsorganisation = "2220001234" }, []string{"/inmatningsorganisation inte-medlem"}},
		"input by a stranger":   {func(in *Insatsuppgifter) { in.Inmatningsorganisation = "2021005521" }, []string{"/inmatningsorganisation inte-medlem"}},
		"input by a medlem":     {func(in *Insatsuppgifter) { in.Inmatningsorganisation = "2120003005" }, nil},
		"on the last day of it": {func(in *Insatsuppgifter) { in.Startdatum, in.Slutdatum = dag("2012-12-31"), ptr(dag("2012-12-31")) }, nil},
	} {
		t.Run(namn, func(t *testing.T) {
			o := testOrganisation()
			o.Slutdatum = ptr(dag("2012-12-31"))
			in := testInsatsuppgifter()
			fall.gor(&in)
			_, err := SkapaInsats(in, o, testKodverk(), testIdag)
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

func TestMethodAndInriktningAreLockedOnceAnythingIsRegistered(t *testing.T) {
	annanMetod, annanInriktning := testInsatsuppgifter(), testInsatsuppgifter()
	annanMetod.Deltagarregistrering = EndastAntal
	annanInriktning.Inriktning, annanInriktning.PreciseradInriktning = InriktningStruktur, "KONFERENS"
	for _, in := range []Insatsuppgifter{annanMetod, annanInriktning} {
		_, err := AndraInsats(testInsats(), in, testOrganisation(), testKodverk(), Registrerat{Finns: true}, testIdag)
		nekas(t, err, KodKonflikt, "insats-last")
		if i, err := AndraInsats(testInsats(), in, testOrganisation(), testKodverk(), Registrerat{}, testIdag); err != nil || i.Version != 2 {
			t.Error(err)
		}
	}
	namn := testInsatsuppgifter()
	namn.Namn = "Nytt namn"
	if i, err := AndraInsats(testInsats(), namn, testOrganisation(), testKodverk(), Registrerat{Finns: true}, testIdag); err != nil || i.Namn != "Nytt namn" || i.Deltagarregistrering != MedPersonuppgiftEllerAnonym {
		t.Errorf("%+v %v", i, err)
	}
}

func TestAnInsatsThatIsSavedUnchangedMakesNoVersion(t *testing.T) {
	i, err := SkapaInsats(testInsatsuppgifter(), testOrganisation(), testKodverk(), testIdag)
	if err != nil {
		t.Fatal(err)
	}
	same := testInsatsuppgifter()
	slices.Reverse(same.Malgrupper)
	if ny, err := AndraInsats(i, same, testOrganisation(), testKodverk(), Registrerat{}, testIdag); err != nil || ny.Version != i.Version {
		t.Errorf("%+v %v", ny, err)
	}
	same.Malgrupper = same.Malgrupper[:1]
	if ny, err := AndraInsats(i, same, testOrganisation(), testKodverk(), Registrerat{}, testIdag); err != nil || ny.Version != i.Version+1 {
		t.Errorf("%+v %v", ny, err)
	}
}

func TestAnInsatsNeverMovesToAnotherOrganisation(t *testing.T) {
	in := testInsatsuppgifter()
	in.OrganisationID = uuid.New()
	_, err := AndraInsats(testInsats(), in, testOrganisation(), testKodverk(), Registrerat{}, testIdag)
	nekas(t, err, KodOgiltig, "/organisationId oforanderlig")
}

func TestWhoeverEndsAnInsatsOrItsOrganisationIsToldHowManyAreOpen(t *testing.T) {
	r := Registrerat{Finns: true, Oppna: 3}
	slut, senare := ptr(dag("2010-12-31")), ptr(dag("2011-12-31"))
	for namn, fall := range map[string]struct {
		forr, ny *Datum
		vill     int
	}{
		"an end":          {nil, slut, 3},
		"another end":     {slut, senare, 3},
		"the same end":    {slut, ptr(dag("2010-12-31")), 0},
		"no end any more": {slut, nil, 0},
		"none at all":     {nil, nil, 0},
	} {
		t.Run(namn, func(t *testing.T) {
			i, in := testInsats(), testInsatsuppgifter()
			i.Slutdatum, in.Slutdatum, in.Namn = fall.forr, fall.ny, "Nytt namn"
			if ny, err := AndraInsats(i, in, testOrganisation(), testKodverk(), r, testIdag); err != nil || ny.AntalOppna != fall.vill {
				t.Errorf("insatsen: %d (%v)", ny.AntalOppna, err)
			}
			o, uppgifter := testOrganisation(), testOrganisationsuppgifter()
			o.Slutdatum, uppgifter.Slutdatum = fall.forr, fall.ny
			if ny, err := AndraOrganisation(o, uppgifter, Aktor{Roller: []Roll{RollSystemforvaltare}}, testKodverk(), testKommuner(), r, testIdag); err != nil || ny.AntalOppna != fall.vill {
				t.Errorf("organisationen: %d (%v)", ny.AntalOppna, err)
			}
		})
	}
}
