package register

import (
	"encoding/json"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func genDatum(fran, till string) *rapid.Generator[Datum] {
	a := dag(fran)
	return rapid.Custom(func(t *rapid.T) Datum {
		return a.Plus(rapid.IntRange(0, a.DagarTill(dag(till))).Draw(t, "dagar"))
	})
}

func TestADayIsReadOnlyWhenItExistsAndIsWrittenInFull(t *testing.T) {
	for _, s := range []string{"", "2010-02-29", "2010-13-01", "2010-00-10", "2010-01-00", "2010-1-1", "20100101", "0000-01-01",
		"2010-01-01T00:00:00Z", " 2010-01-01", "2010-01-01 ", "٢٠١٠-01-01", "10000-01-01"} {
		if d, err := ParseDatum(s); err == nil {
			t.Errorf("%q was read as %v", s, d)
		}
	}
	if d, err := ParseDatum("2012-02-29"); err != nil || d != NyttDatum(2012, 2, 29) {
		t.Errorf("leap day: %v %v", d, err)
	}
}

func TestTodayIsStockholmsDayAndNotUTCs(t *testing.T) {
	for _, fall := range []struct{ tid, dag string }{
		{"2010-12-31T22:59:59Z", "2010-12-31"},
		{"2010-12-31T23:00:00Z", "2011-01-01"},
		{"2010-06-30T21:59:59Z", "2010-06-30"},
		{"2010-06-30T22:00:00Z", "2010-07-01"},
	} {
		tid, err := time.Parse(time.RFC3339, fall.tid)
		if err != nil {
			t.Fatal(err)
		}
		if d := DatumAv(tid).String(); d != fall.dag {
			t.Errorf("%s is %s, want %s", fall.tid, d, fall.dag)
		}
	}
}

func TestAYearAfterLeapDayIsTheLastOfFebruary(t *testing.T) {
	if d := dag("2012-02-29").PlusAr(1); d != dag("2013-02-28") {
		t.Error(d)
	}
	if d := dag("2012-02-29").PlusAr(4); d != dag("2016-02-29") {
		t.Error(d)
	}
	if d := dag("2010-05-20").PlusAr(2); d != dag("2012-05-20") {
		t.Error(d)
	}
}

func TestAMissingDayIsWrittenNowhere(t *testing.T) {
	if _, err := json.Marshal(Datum{}); err == nil {
		t.Error("marshalled")
	}
	if _, err := (Datum{}).Value(); err == nil {
		t.Error("stored")
	}
	var d Datum
	if err := d.Scan(nil); err == nil {
		t.Error("NULL was read as a day")
	}
}

func TestDaysKeepTheirOrderAndSurviveTextJSONAndTheDatabase(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := genDatum("1800-01-01", "2200-12-31").Draw(t, "a"), genDatum("1800-01-01", "2200-12-31").Draw(t, "b")
		if a.Fore(b) != a.Tid().Before(b.Tid()) || a.Efter(b) != b.Fore(a) || (a == b) != a.Tid().Equal(b.Tid()) {
			t.Fatalf("order of %v and %v", a, b)
		}
		if a.Plus(a.DagarTill(b)) != b {
			t.Fatalf("%v plus the days to %v", a, b)
		}
		if p, err := ParseDatum(a.String()); err != nil || p != a {
			t.Fatalf("text: %v %v", p, err)
		}
		js, err := json.Marshal(a)
		var c, e Datum
		if err != nil || json.Unmarshal(js, &c) != nil || c != a {
			t.Fatalf("JSON: %s %v", js, c)
		}
		v, err := a.Value()
		if err != nil || e.Scan(v) != nil || e != a || e.Scan(a.Tid()) != nil || e != a {
			t.Fatalf("database: %v %v", v, e)
		}
	})
}

func TestADayBeginsAtMidnightInSweden(t *testing.T) {
	for d := dag("1980-01-01"); d.Fore(dag("2050-01-01")); d = d.Plus(1) {
		b := d.Borjan()
		if DatumAv(b) != d || DatumAv(b.Add(-time.Nanosecond)) != d.Plus(-1) {
			t.Fatalf("%s begins at %s", d, b)
		}
	}
	for d, utc := range map[string]string{"2026-01-01": "2025-12-31T23:00:00Z", "2026-07-01": "2026-06-30T22:00:00Z", "2026-03-29": "2026-03-28T23:00:00Z", "2026-03-30": "2026-03-29T22:00:00Z"} {
		if b := dag(d).Borjan().UTC().Format(time.RFC3339); b != utc {
			t.Errorf("%s begins at %s, not %s", d, b, utc)
		}
	}
}

func TestWhoWasBornOnLeapDayIsAYearOlderOnTheTwentyEighthInCommonYears(t *testing.T) {
	for _, f := range []struct {
		fodd, pa string
		ar       int
	}{
		{"2012-02-29", "2027-02-27", 14}, {"2012-02-29", "2027-02-28", 15}, {"2012-02-29", "2028-02-28", 15}, {"2012-02-29", "2028-02-29", 16},
		{"2012-02-29", "2030-02-27", 17}, {"2012-02-29", "2030-02-28", 18}, {"2012-02-29", "2100-02-28", 88}, {"2012-02-29", "2012-02-29", 0},
		{"2012-02-28", "2027-02-27", 14}, {"2012-02-28", "2027-02-28", 15}, {"2012-03-01", "2027-02-28", 14}, {"2012-03-01", "2027-03-01", 15},
		{"2010-12-31", "2011-01-01", 0}, {"2010-01-17", "2026-01-16", 15},
	} {
		if ar := dag(f.fodd).Alder(dag(f.pa)); ar != f.ar {
			t.Errorf("born %s, on %s: %d, not %d", f.fodd, f.pa, ar, f.ar)
		}
	}
}
