package register

import (
	"errors"
	"math"
	"slices"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestACodeHoldsFromItsFirstDayToItsLast(t *testing.T) {
	k := testKodverk()
	for d, giltig := range map[string]bool{"2006-12-31": false, "2007-01-01": true, "2020-12-31": true, "2021-01-01": false} {
		if _, ok := k.Giltig(KodverkStadsdel, "FARSTA", dag(d), FormFinsam); ok != giltig {
			t.Errorf("on %s", d)
		}
	}
	if _, ok := k.Giltig(KodverkStadsdel, "SA", testIdag, FormFinsam); ok {
		t.Error("a code of another list")
	}
}

func TestACodeOfOneSamverkansformHoldsInThatOnly(t *testing.T) {
	k := testKodverk()
	for form, giltig := range map[Samverkansform]bool{FormAfFkSamarbete: true, FormFinsam: false, "": true} {
		if _, ok := k.Giltig(KodverkBlankett, "9442", testIdag, form); ok != giltig {
			t.Errorf("in %q", form)
		}
	}
}

func TestALabelIsTheOneOfItsDay(t *testing.T) {
	k := NyttKodverk([]Kodrad{
		{Kodverk: KodverkVerksamhetsomrade, Kod: "OSTER", Period: Period{Fran: dag("2012-01-01")}, Etikett: "Nya öster", Ordning: 1},
		{Kodverk: KodverkVerksamhetsomrade, Kod: "OSTER", Period: NyPeriod(dag("2004-01-01"), dag("2011-12-31")), Etikett: "Öster", Ordning: 1},
	})
	for d, etikett := range map[string]string{"2010-01-01": "Öster", "2012-01-01": "Nya öster", "1999-01-01": "Nya öster"} {
		if e := k.Etikett(KodverkVerksamhetsomrade, "OSTER", dag(d)); e != etikett {
			t.Errorf("%s: %s", d, e)
		}
	}
	if _, ok := k.GiltigUnder(KodverkVerksamhetsomrade, "OSTER", NyPeriod(dag("2000-01-01"), dag("2003-12-31")), ""); ok {
		t.Error("held before it began")
	}
}

func TestOnlyAClosedFormHasALastDay(t *testing.T) {
	k := testKodverk()
	if k.FormensSistaDag(FormFinsam) != nil || *k.FormensSistaDag(FormTvapartsfinsam) != dag("2015-12-31") || *k.FormensSistaDag(FormHandlingsplanssamverkan) != dag("2013-01-31") {
		t.Error("last days")
	}
}

func TestEverySetOfForsorjningHasItsOwnNumber(t *testing.T) {
	koder := []string{"SJUKPENNING", "SA", "A_KASSA", "AKTIVITETSSTOD", "FORSORJNINGSSTOD", "STUDIESTOD", "ANNAN", "INGEN", "GAMMAL"}
	rader := testKodverk().Rader
	for plats := len(koder); plats <= SistaPlats; plats++ {
		kod := "NY_" + strconv.Itoa(plats)
		rader, koder = append(rader, Kodrad{Kodverk: KodverkForsorjning, Kod: kod, Bit: ptr(int16(plats))}), append(koder, kod)
	}
	k := NyttKodverk(rader)
	if err := k.ProvaPlatser(); err != nil {
		t.Fatal(err)
	}
	if m := k.Mangd(koder); m != math.MaxInt32 {
		t.Fatalf("all of them are %b", m)
	}
	rapid.Check(t, func(t *rapid.T) {
		val := rapid.SliceOfDistinct(rapid.SampledFrom(koder), rapid.ID).Draw(t, "val")
		m := k.Mangd(val)
		for i, kod := range koder {
			if (m>>i&1 == 1) != slices.Contains(val, kod) {
				t.Fatalf("%v is %b", val, m)
			}
		}
	})
}

func TestAForsorjningWithoutAPlaceOfItsOwnInTheFactsIsRefused(t *testing.T) {
	rad := func(kod, fran string, bit *int16) Kodrad {
		return Kodrad{Kodverk: KodverkForsorjning, Kod: kod, Period: Period{Fran: dag(fran)}, Bit: bit}
	}
	for namn, fall := range map[string]struct {
		nya  []Kodrad
		vill string
	}{
		"with a place":            {[]Kodrad{rad("NY", "2004-01-01", ptr(int16(9)))}, ""},
		"with the last":           {[]Kodrad{rad("NY", "2004-01-01", ptr(int16(SistaPlats)))}, ""},
		"dated anew":              {[]Kodrad{rad("SA", "2015-01-01", ptr(int16(1)))}, ""},
		"without":                 {[]Kodrad{rad("NY", "2004-01-01", nil)}, "Koden NY"},
		"with the sign's":         {[]Kodrad{rad("NY", "2004-01-01", ptr(int16(SistaPlats+1)))}, "Koden NY"},
		"below the first":         {[]Kodrad{rad("NY", "2004-01-01", ptr(int16(-1)))}, "Koden NY"},
		"with another's":          {[]Kodrad{rad("NY", "2004-01-01", ptr(int16(7)))}, "Koderna NY och INGEN"},
		"with that of an old one": {[]Kodrad{rad("NY", "2010-01-01", ptr(int16(8)))}, "Koderna NY och GAMMAL"},
		"dated anew elsewhere":    {[]Kodrad{rad("SA", "2015-01-01", ptr(int16(9)))}, "Koden SA"},
	} {
		t.Run(namn, func(t *testing.T) {
			err := NyttKodverk(append(testKodverk().Rader, fall.nya...)).ProvaPlatser()
			if fall.vill == "" {
				if err != nil {
					t.Fatalf("refused: %v", err)
				}
				return
			}
			nekas(t, err, KodKonflikt, "forsorjning-utan-plats")
			var e *Error
			if errors.As(err, &e) && !strings.Contains(e.Message, fall.vill+" i kodverket") {
				t.Errorf("said: %s", e.Message)
			}
		})
	}
}
