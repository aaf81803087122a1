package register

import (
	"errors"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func sokning(t testing.TB, namn string) Deltagandesokning {
	t.Helper()
	s, err := NyDeltagandesokning(namn, Personnummer{}, "")
	if err != nil {
		t.Fatalf("%q: %v", namn, err)
	}
	return s
}

func TestAPartOfANameIsEnoughToBeFound(t *testing.T) {
	for _, f := range []struct {
		sokt, namn string
		passar     bool
	}{
		{"alva", "Alva Andersson", true},
		{"ALVA", "Alva Andersson", true},
		{"ders", "Alva Andersson", true},
		{"andersson alva", "Alva Andersson", true},
		{"alva bengtsson", "Alva Andersson", false},
		{"alva  ander", "Alva Andersson", true},
		{"aand", "Alva Andersson", false}, // no word ends where another begins
		{"idé", "Bo Ide", true},
		{"ide", "Bo Idé", true},
		{"Muller", "Eva Müller", true},
		{"Nguyen", "Linh Nguyễn", true},
		{"öst", "Åsa Öst", true},
		{"ost", "Åsa Öst", false},
		{"ÅSA", "Åsa Öst", true},
		{"asa", "Åsa Öst", false},
		{"åsa", "Asa Öst", false},
		{"äng", "Per Ång", false},
		{"A\u030asa O\u0308st", "Åsa Öst", true}, // as a Mac writes them
		{"Åsa Öst", "A\u030asa O\u0308st", true},
		{"e\u0301n", "Rubén Ek", true},
		{"Söndergård", "Mette Søndergaard", false},
		{"söndergaard", "Mette Søndergaard", true},
		{"ærø", "Kim Äröson", true},
		{"anna-lena", "Anna Lena Ek", true},
		{"anna lena", "Anna-Lena Ek", true},
		{"annalena", "Anna-Lena Ek", false},
		{"o'brien", "Pat O’Brien", true},
		{"obrien", "Pat O'Brien", true},
		{"strauss", "Max Strauß", true},
	} {
		if got := sokning(t, f.sokt).Passar(f.namn); got != f.passar {
			t.Errorf("%q mot %q: %v", f.sokt, f.namn, got)
		}
	}
}

func TestASearchWithNothingToSearchForIsRefused(t *testing.T) {
	nr := Testnummer(NyttDatum(1977, 1, 17), true)
	for _, f := range []struct {
		namn  string
		p     Personnummer
		regel string
	}{
		{"", Personnummer{}, "sokord-saknas"},
		{"-", Personnummer{}, "for-kort"},
		{"a", Personnummer{}, "for-kort"},
		{"å.", Personnummer{}, "for-kort"},
		{"% %", nr, "for-kort"}, // a name was meant: it may not be passed over
		{"", nr, ""},
		{"li", Personnummer{}, ""},
		{"li", nr, ""},
	} {
		_, err := NyDeltagandesokning(f.namn, f.p, StatusPagaende)
		var e *Error
		switch {
		case f.regel == "" && err != nil:
			t.Errorf("%q: %v", f.namn, err)
		case f.regel != "" && (!errors.As(err, &e) || e.Kod != KodOgiltig || e.Regel.String() != f.regel || len(e.Falt) != 1 || e.Falt[0].Pekare != "/namn"):
			t.Errorf("%q: %v", f.namn, err)
		}
	}
	s, err := NyDeltagandesokning("", nr, "")
	if err != nil || s.PaNamn() || !s.Passar("Vem Som Helst") {
		t.Errorf("på nummer behöver inget namn läsas: %+v (%v)", s, err)
	}
}

// TestEveryPartOfANameFindsIt: whatever the name, and however it is written.
func TestEveryPartOfANameFindsIt(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		ord := rapid.SliceOfN(rapid.StringOfN(rapid.RuneFrom([]rune("aåäöéüøñłeklmnorstABÅÄÖÉ")), 2, 9, -1), 1, 4).Draw(r, "ord")
		namn := strings.Join(ord, rapid.SampledFrom([]string{" ", "-", "  "}).Draw(r, "mellan"))
		var delar []string
		for _, o := range rapid.Permutation(ord).Draw(r, "ordning") {
			b := []rune(o)
			fran := rapid.IntRange(0, len(b)-2).Draw(r, "fran")
			delar = append(delar, string(b[fran:rapid.IntRange(fran+2, len(b)).Draw(r, "till")]))
		}
		sokt := strings.Join(delar, " ")
		for _, skrivet := range []string{sokt, strings.ToUpper(sokt), strings.ToLower(sokt), strings.ReplaceAll(sokt, "é", "e"), strings.ReplaceAll(sokt, "å", "a\u030a")} {
			s, err := NyDeltagandesokning(skrivet, Personnummer{}, "")
			if err != nil || !s.Passar(namn) {
				r.Fatalf("%q finner inte %q (%v)", skrivet, namn, err)
			}
		}
		if vikNamn(vikNamn(namn)) != vikNamn(namn) {
			r.Fatalf("%q viks olika två gånger", namn)
		}
	})
}
