package jobs

import (
	"maps"
	"testing"
	"time"
)

func TestTheErasureIsDueOnceEveryNightAlsoWhenTheClocksChange(t *testing.T) {
	zon, err := time.LoadLocation("Europe/Stockholm")
	if err != nil {
		t.Fatal(err)
	}
	d := dagligen{klockan: gallringKlockan, zon: zon}
	// summer time begins on 2026-03-29 at 02:00 and ends on 2026-10-25 at 03:00
	for _, start := range []string{"2026-03-27T12:00:00Z", "2026-10-23T12:00:00Z", "2026-12-30T02:00:00Z"} {
		at, err := time.Parse(time.RFC3339, start)
		if err != nil {
			t.Fatal(err)
		}
		for range 5 {
			next := d.Next(at)
			if !next.After(at) || next.Sub(at) > 26*time.Hour {
				t.Errorf("after %s it is due %s", at, next)
			}
			if l := next.In(zon); l.Hour() != gallringKlockan || l.Minute() != 0 {
				t.Errorf("after %s it is due at %s", at, l)
			}
			at = next
		}
	}
}

// TestEachJobOfTheDayHasItsHour: one that is not here is worked by nobody, and nobody is
// told.
func TestEachJobOfTheDayHasItsHour(t *testing.T) {
	type tid struct {
		klockan        int
		vidStart, unik bool
	}
	natten := map[string]tid{"gallring": {3, true, false}, "loggkontroll": {4, false, false}}
	for _, f := range []struct {
		omfraga bool
		vill    map[string]tid
	}{{false, natten}, {true, map[string]tid{"gallring": natten["gallring"], "loggkontroll": natten["loggkontroll"], "omfraga": {4, true, true}}}} {
		alla := schema(f.omfraga)
		har := map[string]tid{}
		for _, p := range alla {
			har[p.args.Kind()] = tid{p.klockan, p.vidStart, p.opts != nil}
		}
		if len(har) != len(alla) || !maps.Equal(har, f.vill) {
			t.Errorf("with questions %v the jobs are %v, not %v", f.omfraga, har, f.vill)
		}
	}
}
