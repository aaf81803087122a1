package register

import "testing"

func TestAnAgencyIsItsOrganisationsnummer(t *testing.T) {
	in := Myndighetsuppgifter{Organisationsnummer: "2120003005", Namn: " Uppsala kommun ", Typ: TypKommun}
	m, err := SkapaMyndighet(in)
	if err != nil || m.Namn != "Uppsala kommun" || m.Version != 1 || m.Typ != TypKommun || m.Organisationsnummer != in.Organisationsnummer {
		t.Fatalf("%+v %v", m, err)
	}
	if ny, err := AndraMyndighet(m, in); err != nil || ny != m {
		t.Errorf("oförändrad: %+v %v", ny, err)
	}
	in.Namn, in.Typ = "Uppsala stad", TypOvrig
	if ny, err := AndraMyndighet(m, in); err != nil || ny.Namn != "Uppsala stad" || ny.Typ != TypOvrig || ny.Version != 2 {
		t.Errorf("ändrad: %+v %v", ny, err)
	}
	in.Organisationsnummer = "2021005521"
	_, err = AndraMyndighet(m, in)
	nekas(t, err, KodOgiltig, "/organisationsnummer oforanderlig")
	_, err = SkapaMyndighet(Myndighetsuppgifter{Organisationsnummer: "2120003006", Namn: "\t", Typ: "BOLAG"})
	nekas(t, err, KodOgiltig, "/organisationsnummer organisationsnummer", "/namn obligatoriskt", "/typ okand-kod")
	_, err = SkapaMyndighet(Myndighetsuppgifter{Organisationsnummer: "2120003005", Namn: "Firma 19770117-2392", Typ: TypOvrig})
	nekas(t, err, KodOgiltig, "/namn innehaller-personnummer")
	for _, typ := range []Organisationstyp{TypForsakringskassan, TypArbetsformedlingen, TypRegion, TypKommun, TypSamordningsforbund, TypEsf, TypOvrig} {
		if _, err := SkapaMyndighet(Myndighetsuppgifter{Organisationsnummer: "2120003005", Namn: "x", Typ: typ}); err != nil {
			t.Errorf("%s nekas: %v", typ, err)
		}
	}
}

func TestAPeriodHasADayNearestToAnother(t *testing.T) {
	p := NyPeriod(dag("2010-01-01"), dag("2010-12-31"))
	for given, vill := range map[string]string{"2009-01-01": "2010-01-01", "2010-05-05": "2010-05-05", "2011-01-01": "2010-12-31"} {
		if got := p.Narmast(dag(given)); got != dag(vill) {
			t.Errorf("%s gav %s", given, got)
		}
	}
}
