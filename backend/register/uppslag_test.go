package register

import (
	"testing"
	"time"
)

func TestACallerLooksUpSoManyInAnHourAndThenWaits(t *testing.T) {
	g := Uppslagsgrans{Fonster: time.Hour, PerPerson: 60, PerMaskin: 600, Varna: 20}
	person, maskin := Aktor{Roller: []Roll{RollDeltagaransvarig}}, Aktor{Roller: []Roll{RollMaskin}}
	aldst := testNu.Add(-50 * time.Minute)
	for namn, fall := range map[string]struct {
		g     Uppslagsgrans
		a     Aktor
		l     Uppslagslage
		vanta time.Duration // 0: let through
		varna bool
	}{
		"the first":                      {g, person, Uppslagslage{}, 0, false},
		"the 60th":                       {g, person, Uppslagslage{Antal: 59, Aldst: aldst}, 0, false},
		"the 61st":                       {g, person, Uppslagslage{Antal: 60, Aldst: aldst}, 10 * time.Minute, false},
		"the 61st of a maskin":           {g, maskin, Uppslagslage{Antal: 60, Aldst: aldst}, 0, false},
		"the 601st of a maskin":          {g, maskin, Uppslagslage{Antal: 600, Aldst: aldst}, 10 * time.Minute, false},
		"no bound":                       {Uppslagsgrans{Fonster: time.Hour, Varna: 20}, person, Uppslagslage{Antal: 100_000, Aldst: aldst}, 0, false},
		"the 19th that leads to nothing": {g, person, Uppslagslage{Antal: 18, Forgaves: 18}, 0, false},
		"the 20th":                       {g, person, Uppslagslage{Antal: 19, Forgaves: 19}, 0, true},
		"the 20th of 30":                 {g, person, Uppslagslage{Antal: 29, Forgaves: 19}, 0, true},
		"told already":                   {g, person, Uppslagslage{Antal: 40, Forgaves: 40, Varnad: true}, 0, false},
		"the 20th, over the bound":       {Uppslagsgrans{Fonster: time.Hour, PerPerson: 19, Varna: 20}, person, Uppslagslage{Antal: 19, Aldst: aldst, Forgaves: 19}, 10 * time.Minute, false},
	} {
		t.Run(namn, func(t *testing.T) {
			b := fall.g.Prova(fall.a, fall.l, testNu)
			if b.Varna != fall.varna || (b.Nej != nil) != (fall.vanta > 0) {
				t.Fatalf("%+v", b)
			}
			if b.Nej != nil {
				nekas(t, b.Nej, KodForMycket, "uppslag-for-manga")
				if b.Nej.Vanta != fall.vanta {
					t.Errorf("waits %v", b.Nej.Vanta)
				}
			}
		})
	}
}

func TestTheBoundOfLookUpsIsThatOfAnHourAndNoneInADemo(t *testing.T) {
	noll, sju := 0, 7
	for namn, f := range map[string]struct {
		g              Uppslagsgranser
		demo           bool
		person, maskin int
	}{
		"nothing is set":            {Uppslagsgranser{}, false, 60, 600},
		"a demo":                    {Uppslagsgranser{}, true, 0, 0},
		"set in a demo":             {Uppslagsgranser{PerPerson: &sju}, true, 7, 0},
		"one is set":                {Uppslagsgranser{PerMaskin: &sju}, false, 60, 7},
		"none is a bound, when set": {Uppslagsgranser{PerPerson: &noll, PerMaskin: &noll}, false, 0, 0},
	} {
		if p, m := f.g.Granser(f.demo); p != f.person || m != f.maskin {
			t.Errorf("%s: %d and %d", namn, p, m)
		}
	}
}
