package register

import (
	"encoding/json"
	"math/big"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestAnAmountIsReadAndWrittenInOneWay(t *testing.T) {
	for text, ore := range map[string]Belopp{
		"0.00": 0, "0.01": 1, "1.00": 100, "1250000.00": 125_000_000, "-0.05": -5, "-1198450.50": -119_845_050,
		"10000000000.00": MaxBelopp, "007.10": 710, "-0.00": 0,
	} {
		b, err := ParseBelopp(text)
		if err != nil || b != ore {
			t.Errorf("%s: %d (%v), want %d", text, b, err, ore)
		}
		if again, err := ParseBelopp(b.String()); err != nil || again != ore {
			t.Errorf("%s is written %s", text, b)
		}
	}
	for _, text := range []string{"", "-", "1", "1.", "1.0", "1.000", ".50", "1,50", "1 000.00", "+1.00", "1e3.00", "--1.00", "1.0a", "١.00",
		strings.Repeat("9", 30) + ".00", "NaN", " 1.00", "1.00 "} {
		if b, err := ParseBelopp(text); err == nil {
			t.Errorf("%q is read as %d", text, b)
		} else if text != "" && strings.Contains(err.Error(), text) && len(text) > 3 {
			t.Errorf("the error repeats %q", text)
		}
	}
	if s := Belopp(-1 << 63).String(); s != "-92233720368547758.08" {
		t.Errorf("the smallest of all is written %s", s)
	}
}

// TestAnAmountsTextIsItsValue holds it against exact arithmetic of another kind.
func TestAnAmountsTextIsItsValue(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		b := Belopp(rapid.Int64Range(-1e16, 1e16).Draw(t, "öre"))
		r, ok := new(big.Rat).SetString(b.String())
		if !ok || r.Cmp(big.NewRat(int64(b), 100)) != 0 {
			t.Fatalf("%d is written %s", int64(b), b)
		}
		wire, err := json.Marshal(b)
		if err != nil || string(wire) != `"`+b.String()+`"` {
			t.Fatalf("on the wire: %s (%v)", wire, err)
		}
		var again Belopp
		if err := json.Unmarshal(wire, &again); err != nil || again != b {
			t.Fatalf("%s is read as %d (%v)", wire, again, err)
		}
	})
}

func TestAnAmountOnTheWireIsNoNumber(t *testing.T) {
	for _, wire := range []string{`1250.00`, `1250`, `"1250"`, `true`, `{}`} {
		var b Belopp
		if err := json.Unmarshal([]byte(wire), &b); err == nil {
			t.Errorf("%s is read as %d", wire, b)
		}
	}
}
