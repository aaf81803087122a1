package register

import (
	"regexp"
	"testing"
)

func TestEveryEventHasItsOwnNameAndAnObjectType(t *testing.T) {
	namn, typ := regexp.MustCompile(`^[A-Z]+(_[A-Z]+)*$`), regexp.MustCompile(`^[a-z]+$`)
	sedda := map[string]bool{}
	for _, h := range Handelser() {
		if !namn.MatchString(h.String()) || !typ.MatchString(h.Objekttyp()) {
			t.Errorf("%q on %q is not spelt as an event", h, h.Objekttyp())
		}
		if sedda[h.String()] {
			t.Errorf("%s stands twice", h)
		}
		sedda[h.String()] = true
	}
}
