package register

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
)

// The facts the tests of the rules share: an organisation with one insats, in
// May 2010, and a person with a samtycke.
var (
	testNu   = time.Date(2010, 5, 20, 10, 0, 0, 0, time.UTC)
	testIdag = NyttDatum(2010, 5, 20)
	testAv   = uuid.MustParse("01900000-0000-7000-8000-00000000000a")
	orgID    = uuid.MustParse("01900000-0000-7000-8000-000000000001")
	insatsID = uuid.MustParse("01900000-0000-7000-8000-000000000002")
	samtID   = uuid.MustParse("01900000-0000-7000-8000-000000000003")
)

func ptr[T any](v T) *T { return &v }

func dag(s string) Datum {
	d, err := ParseDatum(s)
	if err != nil {
		panic(err)
	}
	return d
}

func testKodverk() Kodverk {
	start := dag("2004-01-01")
	rad := func(typ Kodverkstyp, kod string, ordning int, andra ...func(*Kodrad)) Kodrad {
		r := Kodrad{Kodverk: typ, Kod: kod, Period: Period{Fran: start}, Etikett: strings.ToLower(kod), Ordning: ordning, Nr: ptr(int16(ordning))}
		for _, a := range andra {
			a(&r)
		}
		return r
	}
	tillhor := func(s string) func(*Kodrad) { return func(r *Kodrad) { r.Tillhor = s } }
	tom := func(s string) func(*Kodrad) { return func(r *Kodrad) { r.Tom = ptr(dag(s)) } }
	fran := func(s string) func(*Kodrad) { return func(r *Kodrad) { r.Fran = dag(s) } }
	var rader []Kodrad
	for i, kod := range []string{"SJUKPENNING", "SA", "A_KASSA", "AKTIVITETSSTOD", "FORSORJNINGSSTOD", "STUDIESTOD", "ANNAN", "INGEN"} {
		r := rad(KodverkForsorjning, kod, i+1)
		r.Bit, r.Exklusiv = ptr(int16(i)), kod == "INGEN"
		rader = append(rader, r)
	}
	rader = append(rader,
		rad(KodverkForsorjning, "GAMMAL", 9, tom("2009-12-31"), func(r *Kodrad) { r.Bit = ptr(int16(8)) }),
		rad(KodverkUtbildningsniva, "GRUNDSKOLA", 2),
		rad(KodverkUtbildningsniva, "GYMNASIUM", 3),
		rad(KodverkAvslutsanledning, "AVSLUT_ENLIGT_PLAN", 1),
		rad(KodverkAvslutsanledning, "SJUKDOM", 2, func(r *Kodrad) { r.UtanMatning = true }),
		rad(KodverkAvslutsanledning, "ATERKALLAT_SAMTYCKE", 3, func(r *Kodrad) { r.UtanMatning, r.EndastAterkallelse = true, true }),
		rad(KodverkAvslutsanledning, "FELREGISTRERING", 4, func(r *Kodrad) { r.Utesluts = true }),
		rad(KodverkPreciseradInriktning, "REHABILITERING", 1, tillhor(string(InriktningIndivid))),
		rad(KodverkPreciseradInriktning, "KONFERENS", 2, tillhor(string(InriktningStruktur))),
		rad(KodverkMalgrupp, "KVINNOR", 1),
		rad(KodverkMalgrupp, "UNGA", 2),
		rad(KodverkVerksamhetsomrade, "OSTER", 1),
		rad(KodverkVerksamhetsomrade, "NEDLAGT", 2, tom("2005-12-31")),
		rad(KodverkVerksamhetsomrade, "NYTT", 3, fran("2013-01-01")),
		rad(KodverkStadsdel, "FARSTA", 1, tillhor("0180"), fran("2007-01-01"), tom("2020-12-31")),
		rad(KodverkStadsdel, "ANGERED", 2, tillhor("1480"), fran("2011-01-01"), tom("2020-12-31")),
		rad(KodverkBlankett, "9443", 1),
		rad(KodverkBlankett, "9442", 2, func(r *Kodrad) { r.Samverkansform = ptr(FormAfFkSamarbete) }),
		rad(KodverkSprak, "sv", 1),
		rad(KodverkSprak, "ar", 2),
		rad(KodverkSamverkansform, string(FormFinsam), 1),
		rad(KodverkSamverkansform, string(FormTvapartsfinsam), 2, tom("2015-12-31")),
		rad(KodverkSamverkansform, string(FormHandlingsplanssamverkan), 3, tom("2013-01-31")),
		rad(KodverkSamverkansform, string(FormAfFkSamarbete), 4),
	)
	return NyttKodverk(rader)
}

func testKommuner() []Kommun {
	return []Kommun{
		{Kod: "0380", Namn: "Uppsala", Lan: "03"}, {Kod: "0381", Namn: "Enköping", Lan: "03"},
		{Kod: "0180", Namn: "Stockholm", Lan: "01"}, {Kod: "1480", Namn: "Göteborg", Lan: "14"},
		{Kod: "0331", Namn: "Heby", Lan: "03", Period: Period{Fran: dag("2007-01-01")}},
		{Kod: "1917", Namn: "Heby", Lan: "19", Period: NyPeriod(dag("1971-01-01"), dag("2006-12-31"))},
		{Kod: "1980", Namn: "Västerås", Lan: "19"},
	}
}

func testOrganisation() Samverkansorganisation {
	return Samverkansorganisation{
		ID: orgID, Nr: 1, Namn: "Samordningsförbundet Uppsala län", Organisationsnummer: "2220001234",
		Samverkansform: FormFinsam, Startdatum: dag("2008-01-01"), Version: 1,
		Rader: []Organisationsrad{{Period: Period{Fran: Alltid}, Verksamhetsomrade: "OSTER", Lan: "03", Kommuner: []string{"0380"}}},
		Ingaende: []IngaendeOrganisation{
			{Namn: "Uppsala kommun", Organisationsnummer: "2120003005", Typ: TypKommun, Medlem: true, Finansiar: true},
			{Namn: "Förbundet", Organisationsnummer: "2220001234", Typ: TypSamordningsforbund, Finansiar: true, Konsument: true},
		},
	}
}

func testInsats() Insats {
	return Insats{
		ID: insatsID, Nr: 1, OrganisationID: orgID, Namn: "Arbetslivsresurs", Startdatum: dag("2009-01-01"),
		Inriktning: InriktningIndivid, PreciseradInriktning: "REHABILITERING",
		Deltagarregistrering: MedPersonuppgiftEllerAnonym, Version: 1,
		Rader: []Insatsrad{{Period: Period{Fran: Alltid}, PreciseradInriktning: "REHABILITERING"}},
	}
}

func testSamtycke() Samtycke {
	return Samtycke{ID: samtID, InsatsID: insatsID, Blankett: "9443", Datum: dag("2010-03-01"), Sprak: "sv", Satt: SattSkriftligt, Registrerat: testNu, Version: 1}
}

func testIdentitet() Identitet {
	return Identitet{
		SamtyckeID: samtID, InsatsID: insatsID, Personnummer: Testnummer(dag("1977-01-17"), true),
		Namn: "Test Person", Kommun: "0380", Skydd: SkyddInget, Uppslagen: testNu,
	}
}

func testFakta() Registreringsfakta {
	return Registreringsfakta{
		Organisation: testOrganisation(), Insats: testInsats(), Samtycke: testSamtycke(), Identitet: testIdentitet(),
		Kodverk: testKodverk(), Nu: testNu, Av: testAv, AngerDagar: 30,
	}
}

func testIn() Inregistrering {
	return Inregistrering{
		InsatsID: insatsID, SamtyckeID: samtID, Startdag: dag("2010-03-01"), Utbildningsniva: "GYMNASIUM", ArOffentligForsorjning: 2,
		Fore: Sysselsattning{Forsorjning: []string{"A_KASSA", "SJUKPENNING"}, Arbetssokande: true},
	}
}

func testUt() Utregistrering {
	return Utregistrering{
		Avslutningsdag: dag("2010-05-10"), Avslutsanledning: "AVSLUT_ENLIGT_PLAN",
		Efter: &Sysselsattning{Forsorjning: []string{"INGEN"}, Arbetar: true, ArbetarProcent: ptr(75), Arbetstyper: []Arbetstyp{ArbeteEgetForetag, ArbeteInteSubventionerat}},
	}
}

// inskriven and utskriven are deltaganden made through the rules themselves.
func inskriven(t interface{ Fatal(...any) }) Deltagande {
	d, err := SkrivIn(testIn(), testFakta())
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func utskriven(t interface{ Fatal(...any) }, ut Utregistrering) Deltagande {
	d, err := SkrivUt(inskriven(t), ut, testFakta())
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// nekas asserts the class of the refusal and, for OGILTIG, exactly the faults
// «pointer rule»; for the others its rule.
func nekas(t *testing.T, err error, kod Kod, vantat ...string) {
	t.Helper()
	var e *Error
	if !errors.As(err, &e) {
		t.Fatalf("accepted or not an *Error: %v", err)
	}
	if e.Kod != kod || e.Message == "" {
		t.Fatalf("got %v, want %s", e, kod)
	}
	var fatt []string
	if kod == KodOgiltig {
		for _, f := range e.Falt {
			fatt = append(fatt, f.Pekare+" "+f.Regel.String())
			if f.Meddelande == "" {
				t.Errorf("no text for %s", f.Regel)
			}
		}
	} else {
		fatt = []string{e.Regel.String()}
	}
	slices.Sort(fatt)
	slices.Sort(vantat)
	if !slices.Equal(fatt, vantat) {
		t.Fatalf("faults\n got %q\nwant %q", fatt, vantat)
	}
}
