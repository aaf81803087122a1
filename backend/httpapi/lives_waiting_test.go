package httpapi

import (
	"math/rand/v2"
	"testing"

	"sus/backend/folkbokforing"
)

// A link waits between two open deltaganden, then a protection begins, and then each is
// ended. Few random lives come to this.
func TestWhoIsProtectedWhileTwoDeltagandenWaitIsCountedApartAfterEachExit(t *testing.T) {
	for first := range 2 {
		v := &lives{harness: newHarness(t), r: rand.New(rand.NewPCG(1, 0)), asked: map[verdict]int{}}
		for range 2 { // one may be a felregistrering, which nobody counts
			v.born(1)
			l := v.lives[len(v.lives)-1]
			for number := range 2 {
				v.consentUnder(l, number, "A1")
				v.registerOn(l, l.consents[number])
			}
			l.replaced, l.protected = true, true
			must(t, v.navet.Manus(folkbokforing.Manusrad{Nummer: l.numbers[0], Svar: folkbokforing.ManusErsatt, Av: l.numbers[1]},
				folkbokforing.Manusrad{Nummer: l.numbers[0], Svar: folkbokforing.ManusSekretessmarkering},
				folkbokforing.Manusrad{Nummer: l.numbers[1], Svar: folkbokforing.ManusSekretessmarkering}))
			v.search(l)
			for _, n := range []int{first, 1 - first} {
				v.leaveFrom(l, l.rows[n])
				v.reports()
			}
		}
	}
}
