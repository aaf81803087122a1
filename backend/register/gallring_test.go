package register

import "testing"

func bevarande(t *testing.T, s string) Bevarandetid {
	t.Helper()
	b, err := ParseBevarandetid(s)
	if err != nil {
		t.Fatalf("%q: %v", s, err)
	}
	return b
}

func TestABevarandetidIsYearsOrDays(t *testing.T) {
	for text, vill := range map[string]string{
		"5 år": "5 år", "5år": "5 år", "5ar": "5 år", "5 ar": "5 år", "5a": "5 år", "1 år": "1 år", "100 år": "100 år",
		"730 dagar": "730 dagar", "730d": "730 dagar", "1 dag": "1 dag", "36525 dagar": "36525 dagar",
		"0": "för alltid", "": "för alltid", "0 år": "för alltid", "0 dagar": "för alltid",
	} {
		if got := bevarande(t, text).String(); got != vill {
			t.Errorf("%q är %s, ska vara %s", text, got, vill)
		}
		b := bevarande(t, text)
		igen := Bevarandetid{dagar: 1}
		if skriven, err := b.MarshalText(); err != nil || igen.UnmarshalText(skriven) != nil || igen != b {
			t.Errorf("%q skrevs %q och lästes %s (%v)", text, skriven, igen, err)
		}
	}
	for _, text := range []string{"5", "fem år", "-1 år", "5 månader", "5  år", " 5 år", "5 år ", "1.5 år", "101 år", "36526 dagar", "9999999d", "43800h", "5y", "ar"} {
		if b, err := ParseBevarandetid(text); err == nil {
			t.Errorf("%q blev %s", text, b)
		}
	}
}

func TestWhatIsKeptItsTimeIsDueTheDayAfter(t *testing.T) {
	for _, f := range []struct {
		tid, dag, sista, forfaller string
	}{
		{"5 år", "2021-03-15", "2026-03-15", "2026-03-16"},
		{"5 år", "2020-12-31", "2025-12-31", "2026-01-01"},
		{"5 år", "2020-02-29", "2025-02-28", "2025-03-01"},
		{"4 år", "2020-02-29", "2024-02-29", "2024-03-01"},
		{"5 år", "2019-02-28", "2024-02-28", "2024-02-29"},
		{"2 år", "2022-03-01", "2024-03-01", "2024-03-02"},
		{"1 dag", "2024-02-28", "2024-02-29", "2024-03-01"},
		{"730 dagar", "2023-03-01", "2025-02-28", "2025-03-01"},
	} {
		b := bevarande(t, f.tid)
		if b.Forfallen(dag(f.dag), dag(f.sista)) || !b.Forfallen(dag(f.dag), dag(f.forfaller)) {
			t.Errorf("%s efter %s: förfallen %s %v, %s %v", f.tid, f.dag, f.sista, b.Forfallen(dag(f.dag), dag(f.sista)),
				f.forfaller, b.Forfallen(dag(f.dag), dag(f.forfaller)))
		}
	}
	if (Bevarandetid{}).Forfallen(dag("1990-01-01"), dag("2190-01-01")) {
		t.Error("det som bevaras för alltid förfaller")
	}
}

func TestTheGransOfADayIsTheFirstDayThatIsKept(t *testing.T) {
	if d, ok := (Bevarandetid{}).Grans(dag("2026-03-15")); ok {
		t.Errorf("det som bevaras för alltid har gränsen %s", d)
	}
	for _, tid := range []string{"5 år", "4 år", "1 år", "2 år", "1 dag", "59 dagar", "730 dagar"} {
		b := bevarande(t, tid)
		// Five years hold every place of 29 February.
		for idag := dag("2023-01-01"); idag.Fore(dag("2028-04-01")); idag = idag.Plus(1) {
			g, ok := b.Grans(idag)
			if !ok || b.Forfallen(g, idag) || !b.Forfallen(g.Plus(-1), idag) {
				t.Fatalf("%s, i dag %s: gränsen är %s (%v)", tid, idag, g, ok)
			}
		}
	}
}

func TestADemoKeepsWhatItIsNotToldToErase(t *testing.T) {
	ett := bevarande(t, "30 dagar")
	aldrig := Bevarandetid{}
	for namn, f := range map[string]struct {
		tider Bevarandetider
		demo  bool
		vill  Bevaras
	}{
		"skarp":            {Bevarandetider{}, false, Bevaras{bevarande(t, "5 år"), bevarande(t, "5 år"), bevarande(t, "2 år")}},
		"demo":             {Bevarandetider{}, true, Bevaras{}},
		"skarp, satt":      {Bevarandetider{Identitet: &ett, Logg: &aldrig}, false, Bevaras{ett, aldrig, bevarande(t, "2 år")}},
		"demo, satt":       {Bevarandetider{Anvandare: &ett}, true, Bevaras{Anvandare: ett}},
		"skarp, alltid":    {Bevarandetider{Identitet: &aldrig, Anvandare: &aldrig}, false, Bevaras{Logg: bevarande(t, "5 år")}},
		"demo, allt satts": {Bevarandetider{&ett, &ett, &ett}, true, Bevaras{ett, ett, ett}},
	} {
		if got := f.tider.Bevaras(f.demo); got != f.vill {
			t.Errorf("%s: %+v, ska vara %+v", namn, got, f.vill)
		}
	}
}

func TestTheIdentitetOfAnEndedDeltagandeIsDueAndNoOther(t *testing.T) {
	fem := bevarande(t, "5 år")
	slut := dag("2020-06-30")
	for namn, f := range map[string]struct {
		d    Deltagande
		idag string
		vill bool
	}{
		"sista dagen":     {Deltagande{Avslutningsdag: &slut}, "2025-06-30", false},
		"dagen efter":     {Deltagande{Avslutningsdag: &slut}, "2025-07-01", true},
		"öppet":           {Deltagande{Oppen: true, Startdag: dag("2001-01-01")}, "2025-07-01", false},
		"felregistrerat":  {Deltagande{Avslutningsdag: &slut, Felregistrerad: true}, "2025-07-01", false},
		"långt därefter":  {Deltagande{Avslutningsdag: &slut}, "2040-01-01", true},
		"före sista året": {Deltagande{Avslutningsdag: &slut}, "2020-07-01", false},
	} {
		if got := f.d.IdentitetForfallen(dag(f.idag), fem); got != f.vill {
			t.Errorf("%s: %v", namn, got)
		}
		if f.d.IdentitetForfallen(dag(f.idag), Bevarandetid{}) {
			t.Errorf("%s: förfallen fast den bevaras för alltid", namn)
		}
	}
}

func TestAUsersLastDayIsThatOfTheLastBehorighet(t *testing.T) {
	skapad := dag("2020-01-10")
	for _, f := range []struct {
		slut []Datum
		vill string
	}{
		{nil, "2020-01-10"},
		{[]Datum{dag("2021-12-31"), dag("2023-06-30"), dag("2022-01-01")}, "2023-06-30"},
		{[]Datum{dag("2019-12-31")}, "2020-01-10"},
	} {
		if got := SistaBehorigaDag(skapad, f.slut...); got != dag(f.vill) {
			t.Errorf("%v: %s, ska vara %s", f.slut, got, f.vill)
		}
	}
}

func TestWhatIsDueIsCountedWithItsOldestDay(t *testing.T) {
	var g Gallringsbart
	for _, d := range []string{"2021-05-01", "2020-04-02", "2022-01-01"} {
		g = g.Med(dag(d))
	}
	if vill := (Gallringsbart{3, dag("2020-04-02")}); g != vill || g.Plus(Gallringsbart{}) != vill || (Gallringsbart{}).Plus(g) != vill {
		t.Errorf("fick %+v", g)
	}
	if got := g.Plus(Gallringsbart{2, dag("2019-01-01")}); got != (Gallringsbart{5, dag("2019-01-01")}) {
		t.Errorf("tillsammans %+v", got)
	}
}

func TestAYearIsTheLeastThatLogAndUsersAreKept(t *testing.T) {
	for tid, under := range map[string]bool{"1 dag": true, "364 dagar": true, "365 dagar": false, "1 år": false, "0": false, "2 år": false} {
		if got := bevarande(t, tid).UnderEttAr(); got != under {
			t.Errorf("%s: %v", tid, got)
		}
	}
}
