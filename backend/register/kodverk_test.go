package register

import (
	"slices"
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
	k := testKodverk()
	koder := []string{"SJUKPENNING", "SA", "A_KASSA", "AKTIVITETSSTOD", "FORSORJNINGSSTOD", "STUDIESTOD", "ANNAN", "INGEN"}
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
