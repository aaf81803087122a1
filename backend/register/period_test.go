package register

import "testing"

func TestAPeriodsDays(t *testing.T) {
	tom := func(fran, tom string) Period {
		if tom == "" {
			return Period{Fran: dag(fran)}
		}
		return NyPeriod(dag(fran), dag(tom))
	}
	mars := tom("2010-03-01", "2010-03-31")
	oppen := tom("2010-03-01", "")
	for _, f := range []struct {
		p    Period
		dag  string
		vill bool
	}{
		{mars, "2010-02-28", false}, {mars, "2010-03-01", true}, {mars, "2010-03-31", true}, {mars, "2010-04-01", false},
		{oppen, "2010-02-28", false}, {oppen, "2010-03-01", true}, {oppen, "2099-12-31", true},
		{Dygn(dag("2010-03-01")), "2010-03-01", true}, {Dygn(dag("2010-03-01")), "2010-03-02", false},
	} {
		if f.p.Omfattar(dag(f.dag)) != f.vill {
			t.Errorf("%s within %s is not %v", f.dag, f.p, f.vill)
		}
	}
	for _, f := range []struct {
		p, q       Period
		overlappar bool
	}{
		{mars, mars, true},
		{mars, tom("2010-03-10", "2010-03-20"), true},
		{mars, tom("2010-03-31", "2010-04-30"), true},
		{mars, tom("2010-04-01", "2010-04-30"), false},
		{mars, tom("2010-04-02", "2010-04-30"), false},
		{mars, tom("2010-02-01", "2010-02-28"), false},
		{mars, tom("2010-02-01", "2010-03-01"), true},
		{mars, oppen, true},
		{oppen, mars, true},
		{oppen, oppen, true},
		{oppen, tom("2009-01-01", "2010-02-28"), false},
		{oppen, tom("2009-01-01", ""), true},
	} {
		if f.p.Overlappar(f.q) != f.overlappar || f.q.Overlappar(f.p) != f.overlappar {
			t.Errorf("%s and %s: a day in common is not %v", f.p, f.q, f.overlappar)
		}
	}
}

func TestAPeriodsOrderAndLength(t *testing.T) {
	start := dag("2010-03-01")
	for _, f := range []struct {
		p                Period
		iOrdning, overAr bool
	}{
		{Dygn(start), true, false},
		{NyPeriod(start, dag("2010-02-28")), false, false},
		{NyPeriod(start, dag("2012-02-29")), true, false},
		{NyPeriod(start, dag("2012-03-01")), true, true},
		{Period{Fran: start}, true, true},
	} {
		if f.p.IOrdning() != f.iOrdning || f.p.OverAr(2) != f.overAr {
			t.Errorf("%s: in order %v, over two years %v", f.p, f.p.IOrdning(), f.p.OverAr(2))
		}
	}
}
