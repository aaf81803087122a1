package register

import (
	"errors"
	"fmt"
	"strings"
	"testing"
)

var kodIdag = dag("2010-05-20")

// felAv is a refusal as «regel pekare regel …», "" for none.
func felAv(err error) string {
	var e *Error
	if !errors.As(err, &e) {
		return ""
	}
	s := e.Regel.String()
	for _, f := range e.Falt {
		s += " " + f.Pekare
	}
	return s
}

func nyKod(andra ...func(*Koduppgifter)) Koduppgifter {
	in := Koduppgifter{Kodverk: KodverkForsorjning, Kod: "NY", Period: Period{Fran: dag("2010-06-01")}, Kodvarden: Kodvarden{Etikett: " Ny försörjning ", Ordning: 9}}
	for _, a := range andra {
		a(&in)
	}
	return in
}

func TestANewCodeIsChoosableFromItsFirstDay(t *testing.T) {
	k := testKodverk()
	ny, err := SkapaKod(nyKod(), k, testKommuner(), kodIdag)
	if err != nil || ny.Version != 1 || ny.Sista().Etikett != "Ny försörjning" || *ny.Sista().Bit != 9 || ny.Sista().Nr != nil {
		t.Fatalf("%+v %v", ny, err)
	}
	k = NyttKodverk(append(k.Rader, ny.Rader...))
	if err := k.ProvaPlatser(); err != nil {
		t.Error(err)
	}
	for d, giltig := range map[string]bool{"2010-05-31": false, "2010-06-01": true} {
		if _, ok := k.Giltig(KodverkForsorjning, "NY", dag(d), FormFinsam); ok != giltig {
			t.Errorf("%s: %t", d, ok)
		}
	}
	omrade, err := SkapaKod(nyKod(func(in *Koduppgifter) { in.Kodverk, in.Kod = KodverkVerksamhetsomrade, "MITT" }), k, nil, kodIdag)
	if err != nil || *omrade.Sista().Nr != 4 || omrade.Sista().Bit != nil {
		t.Errorf("%+v %v", omrade, err)
	}
	malgrupp, err := SkapaKod(nyKod(func(in *Koduppgifter) { in.Kodverk = KodverkMalgrupp }), NyttKodverk(append(k.Rader, Kodrad{Kodverk: KodverkMalgrupp, Kod: "FORSTA", Bit: ptr(int16(0))})), nil, kodIdag)
	if err != nil || *malgrupp.Sista().Bit != 1 || malgrupp.Sista().Nr != nil {
		t.Errorf("%+v %v", malgrupp, err)
	}
	inriktning, err := SkapaKod(nyKod(func(in *Koduppgifter) {
		in.Kodverk, in.Tillhor = KodverkPreciseradInriktning, string(InriktningIndivid)
	}), NyttKodverk(append(k.Rader, Kodrad{Kodverk: KodverkPreciseradInriktning, Kod: "SISTA", Nr: ptr(int16(10))})), nil, kodIdag)
	if err != nil || *inriktning.Sista().Nr != 11 || inriktning.Sista().Bit != nil {
		t.Errorf("%+v %v", inriktning, err)
	}
}

func TestANewCodeIsRefused(t *testing.T) {
	full := testKodverk().Rader
	for plats := int16(9); plats <= SistaPlats; plats++ {
		full = append(full, Kodrad{Kodverk: KodverkForsorjning, Kod: fmt.Sprint("KOD_", plats), Bit: ptr(plats)})
	}
	for plats := range int16(SistaPlats + 1) {
		full = append(full, Kodrad{Kodverk: KodverkMalgrupp, Kod: fmt.Sprint("GRUPP_", plats), Bit: ptr(plats)})
	}
	for namn, fall := range map[string]struct {
		in   Koduppgifter
		k    Kodverk
		vill string
	}{
		"an inbuilt list":             {nyKod(func(in *Koduppgifter) { in.Kodverk = KodverkArbetstyp }), testKodverk(), "kodverk-fast"},
		"a code there is":             {nyKod(func(in *Koduppgifter) { in.Kod = "SA" }), testKodverk(), "kod-finns /kod"},
		"a code that has ended":       {nyKod(func(in *Koduppgifter) { in.Kod = "GAMMAL" }), testKodverk(), "kod-finns /kod"},
		"no place left":               {nyKod(), NyttKodverk(full), "kodverk-fullt"},
		"no place for a målgrupp":     {nyKod(func(in *Koduppgifter) { in.Kodverk = KodverkMalgrupp }), NyttKodverk(full), "kodverk-fullt"},
		"in small letters":            {nyKod(func(in *Koduppgifter) { in.Kod = "ny" }), testKodverk(), "kod-format /kod"},
		"a language in capitals":      {nyKod(func(in *Koduppgifter) { in.Kodverk, in.Kod = KodverkSprak, "FI" }), testKodverk(), "kod-format /kod"},
		"yesterday":                   {nyKod(func(in *Koduppgifter) { in.Fran = dag("2010-05-19") }), testKodverk(), "forfluten-dag /giltigFran"},
		"an area within a month":      {nyKod(func(in *Koduppgifter) { in.Kodverk, in.Fran = KodverkVerksamhetsomrade, dag("2010-06-02") }), testKodverk(), "manadens-forsta /giltigFran"},
		"over before it begins":       {nyKod(func(in *Koduppgifter) { in.Tom = ptr(dag("2010-05-31")) }), testKodverk(), "slut-fore-start /giltigTom"},
		"another code's words":        {nyKod(func(in *Koduppgifter) { in.Etikett = "SA " }), testKodverk(), "etikett-finns /etikett"},
		"without words":               {nyKod(func(in *Koduppgifter) { in.Etikett = " " }), testKodverk(), "obligatoriskt /etikett"},
		"a number in its words":       {nyKod(func(in *Koduppgifter) { in.Etikett = "Som 19770117-2392" }), testKodverk(), "innehaller-personnummer /etikett"},
		"nowhere in the form":         {nyKod(func(in *Koduppgifter) { in.Ordning = 0 }), testKodverk(), "utanfor-granser /ordning"},
		"a word of nothing":           {nyKod(func(in *Koduppgifter) { in.Kodverk, in.Tillhor, in.Etikett = KodverkFrageord, "NUMMER", "*" }), testKodverk(), "obligatoriskt /etikett"},
		"another list's meaning":      {nyKod(func(in *Koduppgifter) { in.UtanMatning, in.Utesluts = true, true }), testKodverk(), "fel-betydelse /utanMatning /utesluts"},
		"exclusive among avslut":      {nyKod(func(in *Koduppgifter) { in.Kodverk, in.Exklusiv = KodverkAvslutsanledning, true }), testKodverk(), "fel-betydelse /exklusiv"},
		"a stadsdel of no kommun":     {nyKod(func(in *Koduppgifter) { in.Kodverk, in.Tillhor = KodverkStadsdel, "9999" }), testKodverk(), "fel-tillhor /tillhor"},
		"an inriktning without one":   {nyKod(func(in *Koduppgifter) { in.Kodverk = KodverkPreciseradInriktning }), testKodverk(), "fel-tillhor /tillhor"},
		"belonging where nothing may": {nyKod(func(in *Koduppgifter) { in.Tillhor = "0380" }), testKodverk(), "fel-tillhor /tillhor"},
	} {
		if _, err := SkapaKod(fall.in, fall.k, testKommuner(), kodIdag); felAv(err) != fall.vill {
			t.Errorf("%s: %q, want %q", namn, felAv(err), fall.vill)
		}
	}
}

// andringAv is a change of a code of the list that says what its last row says, but for what
// andra writes.
func andringAv(t *testing.T, typ Kodverkstyp, kod string, andra func(*Kodandring)) (DateradKod, Kodandring) {
	t.Helper()
	k, ok := testKodverk().DateradKod(typ, kod)
	if !ok {
		t.Fatalf("%s %s", typ, kod)
	}
	in := Kodandring{Kodvarden: k.Sista().varden(), Tom: k.Sista().Tom}
	andra(&in)
	return k, in
}

func matningar(paRaden, efter int) []Kodanvandning {
	return []Kodanvandning{{Slag: AnvandMatning, Antal: paRaden + efter, PaRaden: paRaden, EfterDagen: efter, Forsta: dag("2008-01-01"), Sista: dag("2010-04-30")}}
}

// matningarTill is one measurement, of the day.
func matningarTill(d Datum) []Kodanvandning {
	return []Kodanvandning{{Slag: AnvandMatning, Antal: 1, PaRaden: 1, Forsta: d, Sista: d}}
}

func TestACodeIsSaidOtherwiseFromADayAndAsItWasBefore(t *testing.T) {
	k, in := andringAv(t, KodverkForsorjning, "SA", func(in *Kodandring) { in.Etikett, in.GallerFran = "Sjukersättning", ptr(kodIdag) })
	ny, err := AndraKod(k, in, matningar(3, 0), testKodverk(), kodIdag)
	if err != nil || len(ny.Rader) != 2 || ny.Version != k.Version+1 || *ny.Rader[1].Bit != *k.Rader[0].Bit {
		t.Fatalf("%+v %v", ny, err)
	}
	var rader []Kodrad
	for _, r := range testKodverk().Rader {
		if r.Kod != "SA" {
			rader = append(rader, r)
		}
	}
	alla := NyttKodverk(append(rader, ny.Rader...))
	for d, etikett := range map[string]string{"2010-05-19": "sa", "2010-05-20": "Sjukersättning", "2004-01-01": "sa"} {
		if e := alla.Etikett(KodverkForsorjning, "SA", dag(d)); e != etikett {
			t.Errorf("%s: %s", d, e)
		}
	}
	if len(k.Rader) != 1 || k.Rader[0].Tom != nil {
		t.Error("the code that was given was changed")
	}
	for namn, in := range map[string]Kodandring{
		"nothing":                    {Kodvarden: ny.Sista().varden()},
		"nothing from the row's day": {Kodvarden: ny.Sista().varden(), GallerFran: ptr(kodIdag)},
		"nothing from a later day":   {Kodvarden: ny.Sista().varden(), GallerFran: ptr(dag("2011-01-01"))},
	} {
		if samma, err := AndraKod(ny, in, nil, alla, kodIdag); err != nil || samma.Version != ny.Version || len(samma.Rader) != 2 {
			t.Errorf("%s: %+v %v", namn, samma, err)
		}
	}
	if !strings.Contains(ny.BeskrivAndring(k), "FORSORJNING SA: ") || !strings.Contains(ny.BeskrivAndring(k), "«sa» ordning 2 → 2010-05-20– «Sjukersättning»") {
		t.Error(ny.BeskrivAndring(k))
	}
}

func TestAnUnusedRowIsPutRightAsItStands(t *testing.T) {
	k, in := andringAv(t, KodverkForsorjning, "SA", func(in *Kodandring) { in.Etikett = "Rättstavat" })
	if ny, err := AndraKod(k, in, matningar(0, 0), testKodverk(), kodIdag); err != nil || len(ny.Rader) != 1 || ny.Sista().Etikett != "Rättstavat" || ny.Sista().Fran != k.Sista().Fran {
		t.Errorf("%+v %v", ny, err)
	}
}

func TestACodeIsTakenUpAgainAfterAGap(t *testing.T) {
	k, in := andringAv(t, KodverkForsorjning, "GAMMAL", func(in *Kodandring) { in.GallerFran, in.Tom = ptr(dag("2010-06-01")), nil })
	ny, err := AndraKod(k, in, matningar(0, 0), testKodverk(), kodIdag)
	if err != nil || len(ny.Rader) != 2 || *ny.Rader[0].Tom != dag("2009-12-31") || ny.Rader[1].Fran != dag("2010-06-01") || ny.Rader[1].Tom != nil {
		t.Errorf("%+v %v", ny, err)
	}
}

func TestAChangeOfACodeIsRefused(t *testing.T) {
	slut := func(d string) func(*Kodandring) { return func(in *Kodandring) { in.Tom = ptr(dag(d)) } }
	for namn, fall := range map[string]struct {
		typ   Kodverkstyp
		kod   string
		andra func(*Kodandring)
		bruk  []Kodanvandning
		vill  string
	}{
		"an inbuilt list":                   {KodverkSamverkansform, string(FormFinsam), slut("2011-01-01"), nil, "kodverk-fast"},
		"other words of what is registered": {KodverkForsorjning, "SA", func(in *Kodandring) { in.Etikett = "Annat" }, matningar(1, 0), "kod-anvands /gallerFran"},
		"another place likewise":            {KodverkForsorjning, "SA", func(in *Kodandring) { in.Ordning = 7 }, matningar(1, 0), "kod-anvands /gallerFran"},
		"another meaning likewise":          {KodverkAvslutsanledning, "SJUKDOM", func(in *Kodandring) { in.UtanMatning = false }, matningar(1, 0), "kod-anvands /gallerFran"},
		"a meaning from today":              {KodverkAvslutsanledning, "SJUKDOM", func(in *Kodandring) { in.UtanMatning, in.GallerFran = false, ptr(kodIdag) }, matningar(1, 0), ""},
		"a meaning of today's exits":        {KodverkAvslutsanledning, "SJUKDOM", func(in *Kodandring) { in.UtanMatning, in.GallerFran = false, ptr(kodIdag) }, matningarTill(kodIdag), "kod-anvands /gallerFran"},
		"a meaning from tomorrow":           {KodverkAvslutsanledning, "SJUKDOM", func(in *Kodandring) { in.UtanMatning, in.GallerFran = false, ptr(kodIdag.Plus(1)) }, matningarTill(kodIdag), ""},
		"from yesterday":                    {KodverkForsorjning, "SA", func(in *Kodandring) { in.Etikett, in.GallerFran = "Annat", ptr(dag("2010-05-19")) }, nil, "forfluten-dag /gallerFran"},
		"from before its last row":          {KodverkVerksamhetsomrade, "NYTT", func(in *Kodandring) { in.Etikett, in.GallerFran = "Annat", ptr(dag("2012-12-01")) }, nil, "fore-senaste-raden /gallerFran"},
		"another code's words":              {KodverkForsorjning, "SA", func(in *Kodandring) { in.Etikett, in.GallerFran = " Sjukpenning", ptr(kodIdag) }, matningar(1, 0), "etikett-finns /etikett"},
		"its own words, in capitals":        {KodverkForsorjning, "SA", func(in *Kodandring) { in.Etikett, in.GallerFran = "SA", ptr(kodIdag) }, matningar(1, 0), ""},
		"the words of one that is over":     {KodverkForsorjning, "SA", func(in *Kodandring) { in.Etikett, in.GallerFran = "Gammal", ptr(kodIdag) }, matningar(1, 0), ""},
		"the words of another belonging":    {KodverkPreciseradInriktning, "KONFERENS", func(in *Kodandring) { in.Etikett, in.GallerFran = "Rehabilitering", ptr(kodIdag) }, nil, ""},
		"an area within a month":            {KodverkVerksamhetsomrade, "OSTER", func(in *Kodandring) { in.Etikett, in.GallerFran = "Annat", ptr(dag("2010-06-02")) }, nil, "manadens-forsta /gallerFran"},
		"over before it begins":             {KodverkForsorjning, "SA", slut("2003-12-31"), nil, "slut-fore-start /giltigTom"},
		"over before its new words": {KodverkForsorjning, "SA", func(in *Kodandring) {
			in.Etikett, in.GallerFran, in.Tom = "Annat", ptr(dag("2010-06-01")), ptr(kodIdag)
		}, nil, "slut-fore-start /giltigTom"},
		"over before what is registered":   {KodverkForsorjning, "SA", slut("2010-03-31"), matningar(9, 2), "kod-anvands /giltigTom"},
		"over where nothing is after":      {KodverkForsorjning, "SA", slut("2010-04-30"), matningar(11, 0), ""},
		"the one that excludes, over":      {KodverkForsorjning, "INGEN", slut("2011-01-01"), nil, "kod-styrande /giltigTom"},
		"the one that excludes, no more":   {KodverkForsorjning, "INGEN", func(in *Kodandring) { in.Exklusiv, in.GallerFran = false, ptr(kodIdag) }, nil, "kod-styrande /exklusiv"},
		"felregistrering, over":            {KodverkAvslutsanledning, "FELREGISTRERING", slut("2011-01-01"), nil, "kod-styrande /giltigTom"},
		"felregistrering, within":          {KodverkAvslutsanledning, "FELREGISTRERING", func(in *Kodandring) { in.Utesluts, in.GallerFran = false, ptr(kodIdag) }, nil, "kod-styrande /utesluts"},
		"the withdrawal's, over":           {KodverkAvslutsanledning, "ATERKALLAT_SAMTYCKE", slut("2011-01-01"), nil, "kod-styrande /giltigTom"},
		"the withdrawal's, measured":       {KodverkAvslutsanledning, "ATERKALLAT_SAMTYCKE", func(in *Kodandring) { in.UtanMatning, in.GallerFran = false, ptr(kodIdag) }, nil, "kod-styrande /utanMatning"},
		"the withdrawal's, out of figures": {KodverkAvslutsanledning, "ATERKALLAT_SAMTYCKE", func(in *Kodandring) { in.Utesluts, in.GallerFran = true, ptr(kodIdag) }, nil, "kod-styrande /utesluts"},
		"the withdrawal's, other words":    {KodverkAvslutsanledning, "ATERKALLAT_SAMTYCKE", func(in *Kodandring) { in.Etikett, in.GallerFran = "Taget tillbaka", ptr(kodIdag) }, nil, ""},
		"the one blankett for the form":    {KodverkBlankett, "9443", slut("2011-01-01"), nil, "kod-styrande /giltigTom"},
		"the one inriktning of its kind":   {KodverkPreciseradInriktning, "KONFERENS", slut("2011-01-01"), nil, "kod-styrande /giltigTom"},
		"one of two":                       {KodverkSprak, "ar", slut("2011-01-01"), nil, ""},
		"a målgrupp":                       {KodverkMalgrupp, "UNGA", slut("2011-01-01"), nil, ""},
	} {
		k, in := andringAv(t, fall.typ, fall.kod, fall.andra)
		ny, err := AndraKod(k, in, fall.bruk, testKodverk(), kodIdag)
		if felAv(err) != fall.vill {
			t.Errorf("%s: %q, want %q", namn, felAv(err), fall.vill)
		}
		if err == nil && ny.Version != k.Version+1 {
			t.Errorf("%s: version %d", namn, ny.Version)
		}
	}
}

func TestARefusalSaysHowMuchIsRegistered(t *testing.T) {
	k, in := andringAv(t, KodverkForsorjning, "SA", func(in *Kodandring) { in.Tom = ptr(dag("2010-03-31")) })
	_, err := AndraKod(k, in, append(matningar(9, 2), Kodanvandning{Slag: AnvandInsats, EfterDagen: 1, Sista: dag("2010-05-01")}), testKodverk(), kodIdag)
	var e *Error
	if !errors.As(err, &e) || !strings.Contains(e.Message, "2 mätningar och 1 insats efter den dagen, senast 2010-05-01") {
		t.Errorf("%v", e)
	}
}

// Two that read alike can still be ended, and given other words; one that is over comes
// back under words of its own.
func TestCodesThatReadAlikeAreParted(t *testing.T) {
	rader := testKodverk().Rader
	for i := range rader {
		if rader[i].Kodverk == KodverkForsorjning && (rader[i].Kod == "SA" || rader[i].Kod == "GAMMAL") {
			rader[i].Etikett = "Lika"
		}
	}
	lika := NyttKodverk(append(rader, Kodrad{Kodverk: KodverkForsorjning, Kod: "SB", Etikett: "LIKA", Ordning: 30, Bit: ptr(int16(30)), Version: 1}))
	for namn, fall := range map[string]struct {
		kod   string
		andra func(*Kodandring)
		vill  string
	}{
		"ended":               {"SB", func(in *Kodandring) { in.Tom = ptr(dag("2010-12-31")) }, ""},
		"other words":         {"SB", func(in *Kodandring) { in.Etikett = "Olika" }, ""},
		"back beside another": {"GAMMAL", func(in *Kodandring) { in.Tom = nil }, "etikett-finns /etikett"},
	} {
		k, _ := lika.DateradKod(KodverkForsorjning, fall.kod)
		in := Kodandring{Kodvarden: k.Sista().varden(), Tom: k.Sista().Tom}
		fall.andra(&in)
		if _, err := AndraKod(k, in, nil, lika, kodIdag); felAv(err) != fall.vill {
			t.Errorf("%s: %q, want %q", namn, felAv(err), fall.vill)
		}
	}
}

// A second code with the flag lets the first one go.
func TestACodeThatARuleRestsOnEndsWhenAnotherTakesItsPlace(t *testing.T) {
	k, in := andringAv(t, KodverkForsorjning, "INGEN", func(in *Kodandring) { in.Tom = ptr(dag("2010-12-31")) })
	for fran, vill := range map[string]string{"2011-01-01": "", "2011-01-02": "kod-styrande /giltigTom"} {
		alla := NyttKodverk(append(testKodverk().Rader, Kodrad{Kodverk: KodverkForsorjning, Kod: "INGET", Period: Period{Fran: dag(fran)}, Exklusiv: true, Bit: ptr(int16(9))}))
		if _, err := AndraKod(k, in, nil, alla, kodIdag); felAv(err) != vill {
			t.Errorf("%s: %q", fran, felAv(err))
		}
	}
}
