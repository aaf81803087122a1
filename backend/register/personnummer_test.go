package register

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"regexp"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// med completes nine digits (after an optional century) with the right check digit.
func med(s string) string {
	siffror := strings.NewReplacer("-", "", "+", "").Replace(s)
	return s + string(kontrollsiffra(siffror[len(siffror)-9:]))
}

func TestSkatteverketsTestNumbersAreValid(t *testing.T) {
	for _, s := range []string{"197701172392", "197701182383", "197701182391", "197701192382", "197701192390", "197701202397", "197701212388"} {
		p, err := ParsePersonnummer(s, testIdag)
		if err != nil || p.Siffror() != s {
			t.Errorf("refused: %v", err)
		}
	}
}

func TestAPersonnummerIsReadAsItIsWritten(t *testing.T) {
	idag := dag("2010-05-20")
	for namn, fall := range map[string]struct{ in, ut string }{
		"twelve digits":                                          {"197701172392", "197701172392"},
		"twelve digits with hyphen":                              {"19770117-2392", "197701172392"},
		"ten digits with hyphen":                                 {"770117-2392", "197701172392"},
		"ten digits without separator":                           {"7701172392", "197701172392"},
		"ten digits of this century":                             {med("090117-238"), med("20090117238")},
		"born earlier this year":                                 {med("100117-238"), med("20100117238")},
		"born today":                                             {med("100520-238"), med("20100520238")},
		"hyphen the year before one turns a hundred":             {med("111231-238"), med("19111231238")},
		"plus the year one turns a hundred, before the birthday": {med("101231+238"), med("19101231238")},
		"plus the year one turns a hundred, after the birthday":  {med("100101+238"), med("19100101238")},
		"plus when more than a hundred":                          {med("090101+238"), med("19090101238")},
		"twelve digits with a true plus":                         {med("19100101+238"), med("19100101238")},
		"twelve digits of a centenarian with hyphen":             {med("19090101-238"), med("19090101238")},
		"samordningsnummer":                                      {med("197701772392"[:11]), med("19770177239")},
		"samordningsnummer of the first day":                     {med("19770161239"), med("19770161239")},
		"samordningsnummer of the last day":                      {med("19770191239"), med("19770191239")},
		"samordningsnummer of an unknown day":                    {"198003602391", "198003602391"},
		"samordningsnummer of an unknown month":                  {"198000732399", "198000732399"},
		"samordningsnummer of an unknown date":                   {"198000602386", "198000602386"},
		"samordningsnummer of an unknown date, ten digits":       {"800060-2386", "198000602386"},
		"samordningsnummer of an unknown month, long ago":        {"191500882392", "191500882392"},
		"born this year, the date unknown":                       {med("100060-238"), med("20100060238")},
		"born this month, the day unknown":                       {med("100560-238"), med("20100560238")},
		"leap day":                                               {med("20000229238"), med("20000229238")},
		"serial 001":                                             {med("19770117001"), med("19770117001")},
	} {
		t.Run(namn, func(t *testing.T) {
			p, err := ParsePersonnummer(fall.in, idag)
			if err != nil || p.Siffror() != fall.ut {
				t.Errorf("read as %q, want %q (%v)", p.Siffror(), fall.ut, err)
			}
		})
	}
}

func TestWhatIsNoPersonnummerIsRefused(t *testing.T) {
	for namn, fall := range map[string]struct{ in, regel string }{
		"empty":                            {"", "format"},
		"too short":                        {"77011723", "format"},
		"nine digits":                      {"770117239", "format"},
		"eleven digits":                    {"19770117239", "format"},
		"thirteen digits":                  {"1977011723920", "format"},
		"letters":                          {"19770117239A", "format"},
		"TF number":                        {"770117-T239", "format"},
		"space":                            {"19770117 2392", "format"},
		"leading space":                    {" 197701172392", "format"},
		"line break after":                 {"197701172392\n", "format"},
		"full stop":                        {"19770117.2392", "format"},
		"slash":                            {"770117/2392", "format"},
		"two separators":                   {"770117--2392", "format"},
		"separator elsewhere":              {"77-01172392", "format"},
		"separator elsewhere in twelve":    {"1977-01172392", "format"},
		"separator first":                  {"-7701172392", "format"},
		"separator last":                   {"7701172392-", "format"},
		"Arabic digits":                    {"١٩٧٧٠١١٧٢٣٩٢", "format"},
		"full-width digits":                {"１９７７０１１７２３９２", "format"},
		"a NUL":                            {"19770117239\x00", "format"},
		"an untrue plus in twelve":         {"19770117+2392", "format"},
		"wrong check digit":                {"197701172393", "kontrollsiffra"},
		"day 00":                           {med("19770100239"), "datum"},
		"day 32":                           {med("19770132239"), "datum"},
		"day 92":                           {med("19770192239"), "datum"},
		"31 April":                         {med("19770431239"), "datum"},
		"31 April as samordningsnummer":    {med("19770491239"), "datum"},
		"29 February of a common year":     {med("19770229239"), "datum"},
		"29 February 1900":                 {med("19000229239"), "datum"},
		"month 00":                         {med("19770017239"), "datum"},
		"month 00, day 92":                 {med("19770092239"), "datum"},
		"month 13, day 60":                 {med("19771360239"), "datum"},
		"29 February 1988 + 60 + 2":        {med("19880291239"), "datum"},
		"month and day unknown, next year": {med("20110060238"), "framtid"},
		"day unknown, next month":          {med("20100660238"), "framtid"},
		"month 13":                         {med("19771317239"), "datum"},
		"the year 0001":                    {med("00010117239"), "datum"},
		"the year 0000":                    {med("00000117239"), "datum"},
		"serial 000":                       {med("19770117000"), "lopnummer"},
		"serial 000 in a samordningsnr":    {med("19770177000"), "lopnummer"},
		"born tomorrow":                    {med("20100521238"), "framtid"},
		"born next century":                {med("21770117239"), "framtid"},
		"ten digits, later this year":      {med("101231-238"), "framtid"},
		"ten digits, no separator, future": {med("101231238"), "framtid"},
	} {
		t.Run(namn, func(t *testing.T) {
			p, err := ParsePersonnummer(fall.in, testIdag)
			if p.Angett() {
				t.Error("a number came with the refusal")
			}
			nekas(t, err, KodOgiltig, "/personnummer personnummer-"+fall.regel)
		})
	}
}

// The table is the SPA's too (frontend/src/shared/personnummer.logic.spec.ts).
func TestANumberIsReadAsThePageReadsIt(t *testing.T) {
	text, err := os.ReadFile("testdata/personnummer.json")
	if err != nil {
		t.Fatal(err)
	}
	var rader []struct{ Text, Siffror, Why string }
	if err := json.Unmarshal(text, &rader); err != nil {
		t.Fatal(err)
	}
	for _, rad := range rader {
		if p, _ := ParsePersonnummer(rad.Text, dag("2026-11-24")); p.Siffror() != rad.Siffror {
			t.Errorf("%s: accepted is %t", rad.Why, p.Angett())
		}
	}
}

func TestAnUnknownDayOfBirthIsUnknownAndNotTheFirst(t *testing.T) {
	for s, fodd := range map[string]struct {
		dag, forst string // the day of birth, and the first day that is not before birth
		kon        Kon
	}{
		"198000602386": {"", "1980-01-01", KonKvinna},
		"198003602391": {"", "1980-03-01", KonMan},
		"198000732399": {"", "1980-01-01", KonMan},
		"191500882392": {"", "1915-01-01", KonMan},
		"197010632391": {"1970-10-03", "1970-10-03", KonMan},
		"197701172392": {"1977-01-17", "1977-01-17", KonMan},
	} {
		p, err := ParsePersonnummer(s, testIdag)
		if err != nil {
			t.Fatal(err)
		}
		kand := fodd.dag != ""
		if p.Fodelsedag().Angett() != kand || kand && p.Fodelsedag() != dag(fodd.dag) || (p.Alder(testIdag) != nil) != kand || p.Kon() != fodd.kon {
			t.Errorf("born first %s: day %v, age known is %t, kön %s", fodd.forst, p.Fodelsedag(), p.Alder(testIdag) != nil, p.Kon())
		}
		if p.FoddEfter(dag(fodd.forst)) || !p.FoddEfter(dag(fodd.forst).Plus(-1)) {
			t.Errorf("born first %s: born after is told wrong", fodd.forst)
		}
	}
}

func TestPlusIsUsedFromTheYearOneTurnsAHundred(t *testing.T) {
	s := med("19120305238")
	tio, plus, streck := s[2:8], "+"+s[8:], "-"+s[8:]
	for _, idag := range []string{"2011-12-31", "2012-01-01", "2012-03-04", "2012-03-05", "2020-01-01"} {
		d := dag(idag)
		har := d.Ar() >= 2012
		if p, err := ParsePersonnummer(tio+plus, d); har != (err == nil && p.Siffror() == s) {
			t.Errorf("+ on %s: %v", idag, err)
		}
		if p, err := ParsePersonnummer(tio+streck, d); !har != (err == nil && p.Siffror() == s) {
			t.Errorf("- on %s: %v", idag, err)
		}
	}
}

func TestKonAndAgeFollowFromTheNumber(t *testing.T) {
	kvinna, man := Testnummer(dag("1977-01-17"), true), Testnummer(dag("1977-01-17"), false)
	if kvinna.Kon() != KonKvinna || man.Kon() != KonMan || man.Siffror() != "197701172392" {
		t.Error("kön")
	}
	for idag, ar := range map[string]int{"1977-01-17": 0, "1978-01-16": 0, "1978-01-17": 1, "2010-01-16": 32, "2010-01-17": 33} {
		if *kvinna.Alder(dag(idag)) != ar {
			t.Errorf("age on %s", idag)
		}
	}
	skott := Testnummer(dag("2000-02-29"), true)
	for idag, ar := range map[string]int{"2001-02-27": 0, "2001-02-28": 1, "2001-03-01": 1, "2004-02-28": 3, "2004-02-29": 4, "2100-02-28": 100} {
		if *skott.Alder(dag(idag)) != ar {
			t.Errorf("age of one born on leap day, on %s", idag)
		}
	}
	if ar := Testnummer(dag("2012-02-29"), true).Alder(dag("2027-02-28")); *ar != 15 {
		t.Errorf("%d years", *ar)
	}
	samordning, err := ParsePersonnummer(med("19770177239"), testIdag)
	if err != nil || samordning.Fodelsedag() != dag("1977-01-17") {
		t.Error("samordningsnummer")
	}
}

func TestAPersonnummerNeverShowsItself(t *testing.T) {
	p := Testnummer(dag("1977-01-17"), false)
	i := testIdentitet()
	i.Personnummer = p
	var logg bytes.Buffer
	slog.New(slog.NewJSONHandler(&logg, nil)).Info("x", "p", p, "pp", &p, "i", i)
	slog.New(slog.NewTextHandler(&logg, nil)).Info("x", "p", p, "i", i)
	js, err := json.Marshal(map[string]any{"p": p, "i": i, "k": map[Personnummer]int{p: 1}})
	if err != nil {
		t.Fatal(err)
	}
	ut := []string{logg.String(), string(js), p.String(), fmt.Sprint(p, &p, i, []Personnummer{p})}
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%X", "%d", "%c", "%T %[1]v"} {
		ut = append(ut, fmt.Sprintf(verb, p), fmt.Sprintf(verb, &p), fmt.Sprintf(verb, i), fmt.Sprintf(verb, []Personnummer{p}))
	}
	siffror := p.Siffror()
	for _, s := range ut {
		if strings.Contains(s, siffror) || strings.Contains(s, siffror[2:]) || strings.Contains(s, fmt.Sprintf("%x", siffror)) || strings.Contains(s, siffror[8:]) {
			t.Errorf("shown: %s", strings.ReplaceAll(s, siffror, "<all twelve digits>"))
		}
	}
	if _, err := p.Value(); err == nil {
		t.Error("the number may enter a column")
	}
	if json.Unmarshal([]byte(`"197701172392"`), &p) == nil || p.Scan("197701172392") == nil {
		t.Error("the number is read past ParsePersonnummer")
	}
}

func TestARefusalNeverRepeatsTheNumber(t *testing.T) {
	for _, s := range []string{"197701172393", med("19770192239"), "hemligt-ord", med("20990101238")} {
		_, err := ParsePersonnummer(s, testIdag)
		var e *Error
		if !errors.As(err, &e) || strings.Contains(fmt.Sprintf("%v %+v", err, *e), s) {
			t.Errorf("repeated or accepted: %v", err)
		}
	}
}

func TestEveryTestNumberIsValidInItsTwelveAndItsTenDigitForm(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		idag := genDatum("2000-01-01", "2040-12-31").Draw(t, "idag")
		fodd := idag.Plus(-rapid.IntRange(0, 150*365).Draw(t, "dagar"))
		kvinna := rapid.Bool().Draw(t, "kvinna")
		p := Testnummer(fodd, kvinna)
		s := p.Siffror()
		tecken := "-"
		if idag.Ar()-fodd.Ar() >= 100 {
			tecken = "+"
		}
		for _, form := range []string{s, s[:8] + "-" + s[8:], s[:8] + tecken + s[8:], s[2:8] + tecken + s[8:]} {
			q, err := ParsePersonnummer(form, idag)
			if err != nil || q != p {
				t.Fatalf("form %d of a test number: %v", len(form), err)
			}
		}
		if p.Fodelsedag() != fodd || (p.Kon() == KonKvinna) != kvinna || *p.Alder(fodd) != 0 {
			t.Fatal("birth, kön or age")
		}
		if q, err := AterstallPersonnummer(s); err != nil || q != p {
			t.Fatal("not restored")
		}
	})
}

func TestAMistypedDigitIsAlwaysNoticed(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		b := []byte(Testnummer(genDatum("1900-01-01", "2010-05-20").Draw(t, "fodd"), rapid.Bool().Draw(t, "kvinna")).Siffror())
		i := rapid.IntRange(2, 11).Draw(t, "plats")
		b[i] = '0' + (b[i]-'0'+byte(rapid.IntRange(1, 9).Draw(t, "steg")))%10
		if _, err := ParsePersonnummer(string(b), dag("2040-01-01")); err == nil {
			t.Fatal("accepted")
		}
	})
}

func TestOnlyTheWrittenFormsAreEverAccepted(t *testing.T) {
	form := regexp.MustCompile(`^(\d{2})?\d{6}[-+]?\d{4}$`)
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.OneOf(rapid.String(), rapid.StringMatching(`[0-9+ -]{8,14}`), rapid.StringMatching(`(\d{2})?\d{6}[-+.]?\d{4}`)).Draw(t, "s")
		p, err := ParsePersonnummer(s, testIdag)
		if err == nil && (!form.MatchString(s) || len(p.Siffror()) != 12 || p.Fodelsedag().Efter(testIdag)) {
			t.Fatalf("%q accepted", s)
		}
	})
}

func TestAnOrganisationsnummerHasTenDigitsAndARightCheckDigit(t *testing.T) {
	for s, giltigt := range map[string]bool{
		"2021005521": true, "2021002114": true, "2120003005": true,
		"2021005522": false, "": false, "202100552": false, "202100-5521": false, "20210055210": false,
		"7701172392": false, // a personnummer
		"202100552A": false, "２０２１００５５２１": false,
	} {
		if GiltigtOrganisationsnummer(s) != giltigt {
			t.Errorf("%q", s)
		}
	}
}
