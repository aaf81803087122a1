package register

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestTheLanIsThatOfMostKommunerInAnyOrder(t *testing.T) {
	for _, fall := range []struct {
		kommuner []string
		vill     string
		alla     []string
	}{
		{nil, "", nil},
		{[]string{"0380"}, "03", []string{"03"}},
		{[]string{"1480", "0380", "0381"}, "03", []string{"03", "14"}},
		{[]string{"0380", "0180"}, "01", []string{"01", "03"}},                 // as many: the lowest code
		{[]string{"1980", "1981", "0380", "0381"}, "03", []string{"03", "19"}}, // as many: the lowest code
		{[]string{"1980", "1981", "1984", "0380", "0381"}, "19", []string{"03", "19"}},
		{[]string{"0380", "0180", "1480", "1481"}, "14", []string{"01", "03", "14"}},
	} {
		if fick := LanAv(fall.kommuner); fick != fall.vill {
			t.Errorf("%v: län %q, ville ha %q", fall.kommuner, fick, fall.vill)
		}
		if fick := AllaLan(fall.kommuner); !slices.Equal(fick, fall.alla) {
			t.Errorf("%v: alla län %v, ville ha %v", fall.kommuner, fick, fall.alla)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		k := rapid.SliceOfN(rapid.SampledFrom([]string{"0380", "0381", "0180", "1480", "1481"}), 1, 8).Draw(t, "kommuner")
		if LanAv(k) != LanAv(rapid.Permutation(k).Draw(t, "ordning")) {
			t.Fatal("the order matters")
		}
	})
}

// skrivRader is the rows as «–2009-12 OSTER 0380 (03)», one a line.
func skrivRader(rader []Organisationsrad) string {
	svar := make([]string, len(rader))
	for i, r := range rader {
		fran, tom := "", ""
		if r.Fran != Alltid {
			fran = r.Fran.String()[:7]
		}
		if r.Tom != nil {
			tom = r.Tom.String()[:7]
		}
		svar[i] = fmt.Sprintf("%s–%s %s %s (%s)", fran, tom, r.Verksamhetsomrade, strings.Join(r.Kommuner, " "), r.Lan)
	}
	return strings.Join(svar, "\n")
}

// A history of three: the område changed in 2010, the kommuner in 2012.
func testHistorik() []Organisationsrad {
	return []Organisationsrad{
		{Period: NyPeriod(Alltid, dag("2009-12-31")), Verksamhetsomrade: "NORR", Lan: "03", Kommuner: []string{"0380"}},
		{Period: NyPeriod(dag("2010-01-01"), dag("2011-12-31")), Verksamhetsomrade: "OSTER", Lan: "03", Kommuner: []string{"0380"}},
		{Period: Period{Fran: dag("2012-01-01")}, Verksamhetsomrade: "OSTER", Lan: "14", Kommuner: []string{"1480"}},
	}
}

func TestAChangeMovesTheMonthsFromItsOwnUntilTheNextChangeOfTheSameThing(t *testing.T) {
	for namn, fall := range map[string]struct{ fran, omrade, kommuner, vill string }{
		"kommuner from now on":   {"2013-06-01", "OSTER", "0180", "–2009-12 NORR 0380 (03)\n2010-01–2011-12 OSTER 0380 (03)\n2012-01–2013-05 OSTER 1480 (14)\n2013-06– OSTER 0180 (01)"},
		"område from now on":     {"2013-06-01", "SODER", "1480", "–2009-12 NORR 0380 (03)\n2010-01–2011-12 OSTER 0380 (03)\n2012-01–2013-05 OSTER 1480 (14)\n2013-06– SODER 1480 (14)"},
		"the same as holds":      {"2013-06-01", "OSTER", "1480", skrivRader(testHistorik())},
		"område of the past":     {"2009-03-01", "VASTER", "0380", "–2009-02 NORR 0380 (03)\n2009-03–2009-12 VASTER 0380 (03)\n2010-01–2011-12 OSTER 0380 (03)\n2012-01– OSTER 1480 (14)"},
		"område came earlier":    {"2009-03-01", "OSTER", "0380", "–2009-02 NORR 0380 (03)\n2009-03–2011-12 OSTER 0380 (03)\n2012-01– OSTER 1480 (14)"},
		"kommuner of the past":   {"2009-03-01", "NORR", "0180", "–2009-02 NORR 0380 (03)\n2009-03–2009-12 NORR 0180 (01)\n2010-01–2011-12 OSTER 0180 (01)\n2012-01– OSTER 1480 (14)"},
		"kommuner came earlier":  {"2010-01-01", "OSTER", "1480", "–2009-12 NORR 0380 (03)\n2010-01– OSTER 1480 (14)"},
		"on a boundary":          {"2012-01-01", "SODER", "0380", "–2009-12 NORR 0380 (03)\n2010-01–2011-12 OSTER 0380 (03)\n2012-01– SODER 0380 (03)"},
		"since always":           {"0001-01-01", "SODER", "0180", "–2009-12 SODER 0180 (01)\n2010-01–2011-12 OSTER 0180 (01)\n2012-01– OSTER 1480 (14)"},
		"undone on its boundary": {"2010-01-01", "NORR", "0380", "–2011-12 NORR 0380 (03)\n2012-01– NORR 1480 (14)"},
	} {
		if fick := skrivRader(flyttade(testHistorik(), dag(fall.fran), fall.omrade, []string{fall.kommuner})); fick != fall.vill {
			t.Errorf("%s:\n%s\nville ha\n%s", namn, fick, fall.vill)
		}
	}
}

// The rows against a ledger that holds a value for each month and knows no rows.
func TestRowsSayOfEveryMonthWhatALedgerByMonthSays(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		const manader = 24
		manad := func(n int) Datum {
			if n == 0 {
				return Alltid
			}
			return NyttDatum(2010, 1+n, 1)
		}
		type varde struct{ omrade, kommun string }
		rader := []Organisationsrad{{Period: Period{Fran: Alltid}, Verksamhetsomrade: "A", Lan: "03", Kommuner: []string{"0380"}}}
		var liggare [manader]varde
		for i := range liggare {
			liggare[i] = varde{"A", "0380"}
		}
		for range rapid.IntRange(1, 8).Draw(t, "ändringar") {
			n := rapid.IntRange(0, manader-1).Draw(t, "månad")
			nytt := varde{rapid.SampledFrom([]string{"A", "B", "C"}).Draw(t, "område"), rapid.SampledFrom([]string{"0380", "1480", "1980"}).Draw(t, "kommun")}
			forr := liggare[n]
			for m := n; m < manader && liggare[m].omrade == forr.omrade; m++ {
				liggare[m].omrade = nytt.omrade
			}
			for m := n; m < manader && liggare[m].kommun == forr.kommun; m++ {
				liggare[m].kommun = nytt.kommun
			}
			rader = flyttade(rader, manad(n), nytt.omrade, []string{nytt.kommun})
		}
		o := Samverkansorganisation{Rader: rader}
		for m, vill := range liggare {
			r := o.Rad(manad(m))
			if r.Verksamhetsomrade != vill.omrade || r.Kommuner[0] != vill.kommun || r.Lan != vill.kommun[:2] {
				t.Fatalf("månad %d: %+v, ville ha %+v", m, r, vill)
			}
		}
		for i, r := range rader {
			if i == 0 && r.Fran != Alltid || i > 0 && (rader[i-1].Tom == nil || rader[i-1].Tom.Plus(1) != r.Fran || r.lika(rader[i-1])) || (r.Tom == nil) != (i == len(rader)-1) {
				t.Fatalf("raderna följer inte på varandra:\n%s", skrivRader(rader))
			}
		}
	})
}

// andrad is a change of an organisation with testHistorik as it is asked on 15 June 2013.
func andrad(gor func(*Organisationsuppgifter), a Aktor) (Samverkansorganisation, error) {
	o := testOrganisation()
	o.Rader = testHistorik()
	in := testOrganisationsuppgifter()
	in.Kommuner = []string{"1480"}
	gor(&in)
	return AndraOrganisation(o, in, a, testKodverk(), testKommuner(), Registrerat{}, dag("2013-06-15"))
}

func TestWhoMayChangeWhatFromWhichMonth(t *testing.T) {
	forvaltare, administrator := Aktor{Roller: []Roll{RollSystemforvaltare}}, Aktor{Roller: []Roll{RollSamverkansadministrator}}
	fran := func(d string) func(*Organisationsuppgifter) {
		return func(in *Organisationsuppgifter) { in.GallerFran, in.Kommuner = ptr(dag(d)), []string{"0180"} }
	}
	gammal := skrivRader(testHistorik())
	till := strings.TrimSuffix(gammal, " OSTER 1480 (14)")
	for namn, fall := range map[string]struct {
		a     Aktor
		gor   func(*Organisationsuppgifter)
		nekas string
		rader string
	}{
		"nothing, by default":                  {administrator, func(*Organisationsuppgifter) {}, "", gammal},
		"kommuner, by default from this month": {administrator, func(in *Organisationsuppgifter) { in.Kommuner = []string{"0180"} }, "", till + "2013-05 OSTER 1480 (14)\n2013-06– OSTER 0180 (01)"},
		"kommuner from this month":             {administrator, fran("2013-06-01"), "", till + "2013-05 OSTER 1480 (14)\n2013-06– OSTER 0180 (01)"},
		"kommuner from a later month":          {administrator, fran("2014-01-01"), "", till + "2013-12 OSTER 1480 (14)\n2014-01– OSTER 0180 (01)"},
		"kommuner from last month":             {administrator, fran("2013-05-01"), "/gallerFran galler-fran-forfluten", ""},
		"kommuner from last month, by FK":      {forvaltare, fran("2013-05-01"), "", till + "2013-04 OSTER 1480 (14)\n2013-05– OSTER 0180 (01)"},
		"a day within a month":                 {forvaltare, fran("2013-07-02"), "/gallerFran manadens-forsta", ""},
		"the month before the start":           {forvaltare, fran("2007-12-01"), "/gallerFran galler-fran-fore-start", ""},
		"the month of the start": {forvaltare, func(in *Organisationsuppgifter) {
			in.GallerFran, in.Kommuner = ptr(dag("2008-01-01")), []string{"0180"}
		}, "", "–2011-12 OSTER 0180 (01)\n2012-01– OSTER 1480 (14)"},
		"another område":                     {administrator, func(in *Organisationsuppgifter) { in.Verksamhetsomrade = "NORR" }, "/verksamhetsomrade verksamhetsomrade-last", ""},
		"another område later":               {administrator, func(in *Organisationsuppgifter) { in.Verksamhetsomrade, in.GallerFran = "NORR", ptr(dag("2014-01-01")) }, "/verksamhetsomrade verksamhetsomrade-last", ""},
		"another område, by FK":              {forvaltare, func(in *Organisationsuppgifter) { in.Verksamhetsomrade = "NYTT" }, "", till + "2013-05 OSTER 1480 (14)\n2013-06– NYTT 1480 (14)"},
		"an område that is not there, by FK": {forvaltare, func(in *Organisationsuppgifter) { in.Verksamhetsomrade = "NEDLAGT" }, "/verksamhetsomrade okand-kod", ""},
		"an område that was not there then, by FK": {forvaltare, func(in *Organisationsuppgifter) {
			in.Verksamhetsomrade, in.Slutdatum, in.GallerFran = "NYTT", ptr(dag("2012-12-31")), ptr(dag("2012-06-01"))
		}, "/verksamhetsomrade okand-kod", ""},
		"a kommun that was there then": {forvaltare, func(in *Organisationsuppgifter) {
			in.GallerFran, in.Kommuner = ptr(dag("2008-01-01")), []string{"0331"}
		}, "", "–2011-12 OSTER 0331 (03)\n2012-01– OSTER 1480 (14)"},
		"a kommun that was no more": {forvaltare, func(in *Organisationsuppgifter) {
			in.GallerFran, in.Kommuner = ptr(dag("2008-01-01")), []string{"1917"}
		}, "/kommuner/0 okand-kod", ""},
		"no kommun at all":                    {administrator, func(in *Organisationsuppgifter) { in.Kommuner = nil }, "/kommuner obligatoriskt", ""},
		"a stadsdel of a kommun that is left": {administrator, func(in *Organisationsuppgifter) { in.Kommuner, in.Stadsdelar = []string{"0180"}, []string{"ANGERED"} }, "/stadsdelar/0 stadsdel-utanfor", ""},
		"a stadsdel of a kommun that is to be left": {administrator, func(in *Organisationsuppgifter) {
			in.GallerFran, in.Kommuner, in.Stadsdelar = ptr(dag("2014-01-01")), []string{"0180"}, []string{"ANGERED"}
		}, "", till + "2013-12 OSTER 1480 (14)\n2014-01– OSTER 0180 (01)"},
		"a start moved past the first row": {forvaltare, func(in *Organisationsuppgifter) { in.Startdatum = dag("2011-05-15") }, "", "–2011-12 OSTER 0380 (03)\n2012-01– OSTER 1480 (14)"},
	} {
		t.Run(namn, func(t *testing.T) {
			o, err := andrad(fall.gor, fall.a)
			if fall.nekas != "" {
				nekas(t, err, KodOgiltig, fall.nekas)
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if fick := skrivRader(o.Rader); fick != fall.rader {
				t.Errorf("\n%s\nville ha\n%s", fick, fall.rader)
			}
			if nu := o.Rad(dag("2013-06-15")); o.Verksamhetsomrade != nu.Verksamhetsomrade || o.Lan != nu.Lan || !slices.Equal(o.Kommuner, nu.Kommuner) {
				t.Errorf("svaret säger %s %s %v, raden %+v", o.Verksamhetsomrade, o.Lan, o.Kommuner, nu)
			}
		})
	}
}

func TestWhatIsPlannedIsNotUndoneByAChangeThatSendsWhatIs(t *testing.T) {
	administrator := Aktor{Roller: []Roll{RollSamverkansadministrator}}
	o, err := andrad(func(in *Organisationsuppgifter) { in.Verksamhetsomrade, in.GallerFran = "NYTT", ptr(dag("2014-01-01")) }, Aktor{Roller: []Roll{RollSystemforvaltare}})
	if err != nil {
		t.Fatal(err)
	}
	for _, fran := range []string{"2013-06-01", "2014-03-01"} {
		in := testOrganisationsuppgifter()
		in.Kommuner, in.GallerFran = []string{"0180"}, ptr(dag(fran))
		ny, err := AndraOrganisation(o, in, administrator, testKodverk(), testKommuner(), Registrerat{}, dag("2013-06-15"))
		if err != nil {
			t.Fatal(err)
		}
		if efter, fore := ny.Rad(dag("2014-03-15")), ny.Rad(dag("2013-12-31")); efter.Verksamhetsomrade != "NYTT" || efter.Lan != "01" || fore.Verksamhetsomrade != "OSTER" {
			t.Errorf("från %s:\n%s", fran, skrivRader(ny.Rader))
		}
	}
}

func TestANewOrganisationStandsSinceItsStartAndTakesNoMonth(t *testing.T) {
	in := testOrganisationsuppgifter()
	in.Startdatum = dag("2008-03-17")
	o, err := SkapaOrganisation(in, testKodverk(), testKommuner())
	if err != nil || skrivRader(o.Rader) != "– OSTER 0380 0381 (03)" || o.Historik()[0].Fran != in.Startdatum || o.Rader[0].Fran != Alltid {
		t.Errorf("%v\n%s", err, skrivRader(o.Rader))
	}
	in.GallerFran = ptr(dag("2008-04-01"))
	_, err = SkapaOrganisation(in, testKodverk(), testKommuner())
	nekas(t, err, KodOgiltig, "/gallerFran galler-fran-ny")
	in = testOrganisationsuppgifter()
	in.Startdatum, in.Kommuner = dag("2006-12-31"), []string{"0331"}
	_, err = SkapaOrganisation(in, testKodverk(), testKommuner())
	nekas(t, err, KodOgiltig, "/kommuner/0 okand-kod")
}

func TestTheMonthThatIsLoggedIsTheFirstThatMoved(t *testing.T) {
	o := testOrganisation()
	o.Rader = testHistorik()
	for namn, fall := range map[string]struct{ fran, omrade, kommuner, vill string }{
		"nothing":           {"2013-06-01", "OSTER", "1480", ""},
		"a month":           {"2013-06-01", "SODER", "1480", "2013-06-01"},
		"a boundary":        {"2010-01-01", "OSTER", "0180", "2010-01-01"},
		"since always":      {"0001-01-01", "SODER", "0380", "2008-01-01"},
		"what came earlier": {"2009-03-01", "OSTER", "0380", "2009-03-01"},
	} {
		ny := o
		ny.Rader = flyttade(o.Rader, dag(fall.fran), fall.omrade, []string{fall.kommuner})
		if d, flyttad := AndradFran(o, ny); flyttad != (fall.vill != "") || flyttad && d.String() != fall.vill {
			t.Errorf("%s: %v %v", namn, d, flyttad)
		}
	}
}
