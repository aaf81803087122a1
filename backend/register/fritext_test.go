package register

import (
	"encoding/json"
	"errors"
	"os"
	"slices"
	"strings"
	"testing"
	"unicode"

	"pgregory.net/rapid"
)

// The table is the SPA's too (frontend/src/shared/fritext.logic.spec.ts).
func TestAPersonnummerInATextIsFoundHoweverItIsWrittenAndNothingElseIs(t *testing.T) {
	text, err := os.ReadFile("testdata/fritext.json")
	if err != nil {
		t.Fatal(err)
	}
	var rader []struct {
		Text, Why    string
		Personnummer bool
	}
	if err := json.Unmarshal(text, &rader); err != nil {
		t.Fatal(err)
	}
	ja := 0
	for _, rad := range rader {
		if rad.Personnummer {
			ja++
		}
		var f felsamling
		if f.ingetPersonnummer("/skal", rad.Text); (f.err() != nil) != rad.Personnummer {
			t.Errorf("%s: found is %t", rad.Why, !rad.Personnummer)
		}
	}
	if ja < 40 || len(rader)-ja < 40 {
		t.Errorf("%d and %d rows", ja, len(rader)-ja)
	}
}

// delare is one to three dividers, with or without width.
var delare = rapid.StringOfN(rapid.OneOf(
	rapid.RuneFrom([]rune{'-', '–', '−', ' ', '\u00a0', '.', '/', '+', '\u200b', '\u00ad', '\u2060'}),
	rapid.RuneFrom(nil, unicode.Pd), rapid.RuneFrom(nil, unicode.Zs), rapid.RuneFrom(nil, unicode.Cf)), 1, 3, -1)

// siffran is the digit in some script.
func siffran(t *rapid.T, siffra byte) string {
	nolla := rapid.SampledFrom([]rune{'0', '0', '0', '٠', '०', '０', '𝟘'}).Draw(t, "skrift")
	return string(nolla + rune(siffra-'0'))
}

func TestAnyDividersAnywhereAmongTheDigitsHideNoPersonnummer(t *testing.T) {
	utan := rapid.StringOf(rapid.RuneFrom([]rune("abåÖ ,:;()\n\"x")))
	rapid.Check(t, func(t *rapid.T) {
		p := Testnummer(genDatum("1870-01-01", "2026-11-29").Draw(t, "fodd"), rapid.Bool().Draw(t, "kvinna")).Siffror()
		if rapid.Bool().Draw(t, "samordning") {
			p = med(p[:6] + string(p[6]+6) + p[7:11])
		}
		// Ten digits that begin with nought or with a year's first two may be a phone number or a year before a figure.
		if p[2] > '2' && rapid.Bool().Draw(t, "tio") {
			p = p[2:]
		}
		var b strings.Builder
		for i := range len(p) {
			if i > 0 && rapid.IntRange(0, 2).Draw(t, "delat") == 0 {
				b.WriteString(delare.Draw(t, "delare"))
			}
			b.WriteString(siffran(t, p[i]))
		}
		if text := utan.Draw(t, "före") + b.String() + utan.Draw(t, "efter"); !harPersonnummer(text) {
			t.Fatalf("not found: %+q", text)
		}
	})
}

func TestATextWithFewerThanTenDigitsHoldsNoPersonnummer(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.OneOf(rapid.String(), rapid.StringMatching(`[0-9 .–/+-]{0,40}`)).Draw(t, "text")
		siffror := 0
		for _, r := range text {
			if unicode.Is(unicode.Nd, r) {
				siffror++
			}
		}
		if harPersonnummer(text) && siffror < 10 {
			t.Fatalf("found in %+q", text)
		}
	})
}

func TestEveryDecimalDigitOfEveryScriptHasItsValue(t *testing.T) {
	for _, nolla := range []rune{'0', '٠', '۰', '०', '๐', '０', '𝟎', '𝟘', '𝟢', '𝟬', '𝟶'} {
		for i := range rune(10) {
			if v, ok := siffervarde(nolla + i); !ok || rune(v) != i {
				t.Errorf("%U: %d", nolla+i, v)
			}
		}
	}
	if _, ok := siffervarde('²'); ok {
		t.Error("a superscript is no digit")
	}
}

func TestWhoAnswersForACommandAndWhyHoldsNoPersonnummer(t *testing.T) {
	lang := strings.Repeat("å", 200)
	for _, f := range []struct {
		av, varfor string
		vill       []string
	}{
		{"Åsa Drift", "", nil},
		{lang, lang, nil},
		{lang + "å", lang + "å", []string{"/av for-langt", "/varfor for-langt"}},
		{" ", "en\ntill", []string{"/av obligatoriskt", "/varfor ogiltigt-tecken"}},
		{"Drift " + Testnummer(NyttDatum(1977, 1, 17), true).Siffror(), "Utdrag för " + Testnummer(NyttDatum(1977, 1, 17), true).Siffror(),
			[]string{"/av innehaller-personnummer", "/varfor innehaller-personnummer"}},
	} {
		var got []string
		var e *Error
		if errors.As(ProvaAnsvar(f.av, f.varfor), &e) {
			for _, x := range e.Falt {
				got = append(got, x.Pekare+" "+x.Regel.String())
			}
		}
		if !slices.Equal(got, f.vill) {
			t.Errorf("%d and %d characters: %v, not %v", len(f.av), len(f.varfor), got, f.vill)
		}
	}
}

func TestWhatIsNotSeenIsRefusedInANameAndLetThroughInAText(t *testing.T) {
	for namn, s := range map[string]string{
		"a zero-width space": "Arbets\u200blivet", "a joiner": "Arbets\u200dlivet", "a mark of order": "\ufeffArbetslivet", "a soft hyphen": "Arbets\u00adlivet",
		"an override": "\u202eArbetslivet", "an isolate": "\u2066Arbetslivet\u2069", "a mark of direction": "Arbetslivet\u200f", "a separator": "Arbets\u2028livet",
		"a filler": "Arbets\u3164livet", "a variation": "Arbets\ufe0flivet",
	} {
		var f felsamling
		f.obligatorisk("/namn", s, MaxNamn)
		nekas(t, f.err(), KodOgiltig, "/namn osynligt-tecken")
		f = felsamling{}
		if f.text("/beskrivning", s+"\n", MaxBeskrivning, true); f.err() != nil {
			t.Errorf("%s in a text: %v", namn, f.err())
		}
	}
	for _, s := range []string{"Ångström & Öberg (Häggvik) – «Étude» nr 9", "Łódź", "Ειρήνη", "Ирина", "سعاد", "Sámi O’Neill"} {
		var f felsamling
		if f.obligatorisk("/namn", s, MaxNamn); f.err() != nil {
			t.Errorf("%q: %v", s, f.err())
		}
	}
}
