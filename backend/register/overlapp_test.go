package register

import (
	"errors"
	"testing"

	"github.com/google/uuid"
	"pgregory.net/rapid"
)

// granne is another deltagande of the person; slut "" is one that is open.
func granne(start, slut string) Grannperiod {
	g := Grannperiod{ID: uuid.UUID{7}, Startdag: dag(start)}
	if slut != "" {
		g.Avslutningsdag = ptr(dag(slut))
	}
	return g
}

// overlapp asks that err is the refusal, at the pointer, with the way to the other.
func overlapp(t *testing.T, err error, pekare string) {
	t.Helper()
	if pekare == "" {
		if err != nil {
			t.Errorf("refused: %v", err)
		}
		return
	}
	nekas(t, err, KodKonflikt, "overlappar")
	var e *Error
	if errors.As(err, &e); len(e.Falt) != 1 || e.Falt[0].Pekare != pekare || e.Finns != (uuid.UUID{7}) {
		t.Errorf("at %v, leads to %v", e.Falt, e.Finns)
	}
}

func TestAnInregistreringMayShareTheDayOfChangeAndNoMore(t *testing.T) {
	for namn, fall := range map[string]struct {
		g     Grannperiod
		nekad bool
	}{
		"the day the other ended":      {g: granne("2010-01-12", "2010-03-01")},
		"the day before it ended":      {g: granne("2010-01-12", "2010-03-02"), nekad: true},
		"the day the other began":      {g: granne("2010-03-01", "2010-03-31"), nekad: true},
		"the day before it began":      {g: granne("2010-03-02", "2010-03-31")},
		"a single day, the same":       {g: granne("2010-03-01", "2010-03-01")},
		"one that a link made stand":   {g: Grannperiod{ID: uuid.UUID{7}, Startdag: dag("2010-01-12"), Avslutningsdag: ptr(dag("2010-03-31")), Kand: true}},
		"an open one is redan-oppen's": {g: granne("2010-01-12", "")},
	} {
		t.Run(namn, func(t *testing.T) {
			f := testFakta()
			f.Grannar = []Grannperiod{granne("2009-01-01", "2009-02-01"), fall.g}
			in := testIn()
			in.Startdag = dag("2010-03-01")
			_, err := SkrivIn(in, f)
			pekare := ""
			if fall.nekad {
				pekare = "/startdag"
			}
			overlapp(t, err, pekare)
		})
	}
}

func TestAnExitAndEachCorrectionAskWhatElseThePersonHas(t *testing.T) {
	// The deltagande began on 2010-03-01.
	felregistrering := Utregistrering{Avslutningsdag: dag("2010-05-10"), Avslutsanledning: "FELREGISTRERING"}
	till := func(slut string) Utregistrering {
		ut := testUt()
		ut.Avslutningsdag = dag(slut)
		return ut
	}
	for namn, fall := range map[string]struct {
		g   Grannperiod
		gor func(Registreringsfakta) error
		vid string
	}{
		"an exit on the day the next began":       {granne("2010-04-01", "2010-04-20"), skrivUtTill(t, till("2010-04-01")), ""},
		"an exit the day after":                   {granne("2010-04-01", "2010-04-20"), skrivUtTill(t, till("2010-04-02")), "/avslutningsdag"},
		"an exit round the whole of the next":     {granne("2010-04-01", "2010-04-20"), skrivUtTill(t, till("2010-05-10")), "/avslutningsdag"},
		"an exit round a single day":              {granne("2010-04-01", "2010-04-01"), skrivUtTill(t, till("2010-05-10")), "/avslutningsdag"},
		"an exit over one that a link made stand": {Grannperiod{ID: uuid.UUID{7}, Startdag: dag("2010-04-01"), Avslutningsdag: ptr(dag("2010-04-20")), Kand: true}, skrivUtTill(t, till("2010-05-10")), ""},
		"a felregistrering":                       {granne("2010-04-01", "2010-04-20"), skrivUtTill(t, felregistrering), ""},
		"an exit corrected over the next": {granne("2010-04-10", "2010-04-20"), func(f Registreringsfakta) error {
			_, err := RattaUt(utskriven(t, till("2010-04-10")), till("2010-04-11"), "Fel dag.", f)
			return err
		}, "/avslutningsdag"},
		"an exit corrected over an open one": {granne("2010-04-10", ""), func(f Registreringsfakta) error {
			_, err := RattaUt(utskriven(t, till("2010-04-10")), till("2010-04-11"), "Fel dag.", f)
			return err
		}, "/avslutningsdag"},
		"an exit corrected to another reason before it": {granne("2010-04-10", ""), func(f Registreringsfakta) error {
			_, err := RattaUt(utskriven(t, till("2010-04-09")), till("2010-04-10"), "Fel dag.", f)
			return err
		}, ""},
		"a startdag corrected into the one before": {granne("2010-01-10", "2010-02-20"), func(f Registreringsfakta) error {
			return rattaStart(utskriven(t, till("2010-04-10")), "2010-02-19", f)
		}, "/startdag"},
		"a startdag corrected to its last day": {granne("2010-01-10", "2010-02-20"), func(f Registreringsfakta) error {
			return rattaStart(utskriven(t, till("2010-04-10")), "2010-02-20", f)
		}, ""},
		"a startdag corrected to before it": {granne("2010-01-10", "2010-02-20"), func(f Registreringsfakta) error {
			return rattaStart(utskriven(t, till("2010-04-10")), "2010-01-09", f)
		}, "/startdag"},
		"the startdag of an open one": {granne("2010-01-10", "2010-02-20"), func(f Registreringsfakta) error {
			return rattaStart(inskriven(t), "2010-02-01", f)
		}, "/startdag"},
		"the startdag of an open one, past a period before it": {granne("2009-01-10", "2009-02-20"), func(f Registreringsfakta) error {
			return rattaStart(inskriven(t), "2009-01-01", f)
		}, "/startdag"},
		"the startdag of an open one that began before the other": {granne("2010-03-05", "2010-03-20"), func(f Registreringsfakta) error {
			return rattaStart(inskriven(t), "2010-01-20", f)
		}, ""},
		"the startdag of a felregistrering": {granne("2010-01-10", "2010-02-20"), func(f Registreringsfakta) error {
			return rattaStart(utskriven(t, felregistrering), "2010-02-01", f)
		}, ""},
		"a felregistrering corrected back": {granne("2010-04-01", "2010-04-20"), func(f Registreringsfakta) error {
			_, err := RattaUt(utskriven(t, felregistrering), till("2010-05-10"), "Var ingen felregistrering.", f)
			return err
		}, "/avslutningsdag"},
	} {
		t.Run(namn, func(t *testing.T) {
			f := testFakta()
			f.AngerDagar, f.Grannar = 30, []Grannperiod{fall.g}
			overlapp(t, fall.gor(f), fall.vid)
		})
	}
}

func skrivUtTill(t *testing.T, ut Utregistrering) func(Registreringsfakta) error {
	return func(f Registreringsfakta) error {
		_, err := SkrivUt(inskriven(t), ut, f)
		return err
	}
}

func rattaStart(d Deltagande, start string, f Registreringsfakta) error {
	in := testIn()
	in.Startdag = dag(start)
	_, err := RattaIn(d, in, "Fel dag.", f)
	return err
}

func TestTwoEndedPeriodsOverlapWhenTheyShareMoreThanADayOfChange(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		start := dag("2010-01-01")
		period := func(namn string) (Datum, Datum) {
			fran := rapid.IntRange(0, 12).Draw(t, namn)
			return start.Plus(fran), start.Plus(fran + rapid.IntRange(0, 6).Draw(t, namn+" days"))
		}
		s1, e1 := period("one")
		s2, e2 := period("other")
		overlappar := Grannperiod{Startdag: s2, Avslutningsdag: &e2}.overlappar(s1, &e1)
		if overlappar != (Grannperiod{Startdag: s1, Avslutningsdag: &e1}.overlappar(s2, &e2)) {
			t.Fatalf("%v–%v and %v–%v: not both ways", s1, e1, s2, e2)
		}
		// Counted day by day: no day is within both, or one day that ends one and begins the other.
		gemensamma, skifte := 0, false
		for n := range 20 {
			d := start.Plus(n)
			if NyPeriod(s1, e1).Omfattar(d) && NyPeriod(s2, e2).Omfattar(d) {
				gemensamma++
				skifte = d == e1 && d == s2 || d == e2 && d == s1
			}
		}
		if vill := gemensamma > 1 || gemensamma == 1 && !skifte; overlappar != vill {
			t.Fatalf("%v–%v and %v–%v: %v", s1, e1, s2, e2, overlappar)
		}
	})
}
