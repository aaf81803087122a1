package register

import (
	"regexp"
	"strings"
	"testing"
	"unicode"
)

func TestEveryRuleHasItsOwnIDAndWords(t *testing.T) {
	id := regexp.MustCompile(`^[a-z]+(-[a-z]+)*$`)
	sedda := map[string]bool{}
	for _, r := range Regler() {
		if !id.MatchString(r.String()) {
			t.Errorf("%q is not spelt as a rule", r)
		}
		if sedda[r.String()] {
			t.Errorf("%s stands twice", r)
		}
		sedda[r.String()] = true
		for _, ord := range []string{r.Ord(), r.Atgard()} {
			if !strings.HasSuffix(ord, ".") || strings.TrimSpace(ord) != ord || !unicode.IsUpper([]rune(ord)[0]) {
				t.Errorf("%s says %q, which is no sentence", r, ord)
			}
		}
		if hittad, finns := RegelMed(r.String()); !finns || hittad != r {
			t.Errorf("%s is not found by its id", r)
		}
	}
	if _, finns := RegelMed("finns-inte"); finns {
		t.Error("a rule that is not in the catalogue was found")
	}
}

func TestARefusalSaysTheCataloguesWordsOrItsOwn(t *testing.T) {
	e := Konflikt(RegelRedanOppen)
	if e.Message != RegelRedanOppen.Ord() {
		t.Errorf("says %q", e.Message)
	}
	if eget := e.Med("Annat."); eget.Message != "Annat." || e.Message != RegelRedanOppen.Ord() || eget.Regel != e.Regel {
		t.Error("own words changed the refusal that they were put on")
	}
	if f := RegelObligatoriskt.Vid("/namn"); f.Meddelande != RegelObligatoriskt.Ord() || f.Pekare != "/namn" {
		t.Errorf("at a field: %+v", f)
	}
	if f := RegelObligatoriskt.Vid("/namn", "Skriv namnet."); f.Meddelande != "Skriv namnet." || f.Regel != RegelObligatoriskt {
		t.Errorf("at a field with own words: %+v", f)
	}
}
