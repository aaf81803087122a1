package register

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Longest texts, in characters.
const (
	MaxNamn        = 200
	MaxBeskrivning = 2000
	MaxKort        = 100 // titel, gata, ort, telefon
	MaxEpost       = 200
	MaxSkal        = 500
	MaxExterntID   = 64
)

// obligatorisk adds a fault when a trimmed text is empty, and else checks it as text does.
func (f *felsamling) obligatorisk(pekare, s string, max int) {
	if strings.TrimSpace(s) == "" {
		f.lagg(pekare, RegelObligatoriskt)
		return
	}
	f.text(pekare, s, max, false)
}

// text refuses too many characters and control characters; radbrytning lets line breaks
// through, and what has no width, which a text may need but a name never: two names that
// look alike would be two.
func (f *felsamling) text(pekare, s string, max int, radbrytning bool) {
	if utf8.RuneCountInString(s) > max {
		f.lagg(pekare, RegelForLangt, fmt.Sprintf("Texten får vara högst %d tecken.", max))
	}
	fel := func(r rune) bool {
		if radbrytning && (r == '\n' || r == '\r' || r == '\t') {
			return false
		}
		return unicode.IsControl(r) || r == utf8.RuneError
	}
	if strings.ContainsFunc(s, fel) {
		f.lagg(pekare, RegelOgiltigtTecken)
	}
	if !radbrytning && strings.ContainsFunc(s, osynligt) {
		f.lagg(pekare, RegelOsynligtTecken)
	}
}

// osynligt is true of what is not seen: marks of direction and of joining, soft hyphens,
// separators of lines, and fillers.
func osynligt(r rune) bool {
	return unicode.In(r, unicode.Cf, unicode.Zl, unicode.Zp, unicode.Variation_Selector) || strings.ContainsRune("\u034f\u115f\u1160\u3164\uffa0", r)
}

// epost is a light check: delivery alone proves an address.
func (f *felsamling) epost(pekare, s string) {
	f.text(pekare, s, MaxEpost, false)
	f.ingetPersonnummer(pekare, s)
	fore, efter, ok := strings.Cut(s, "@")
	if s != "" && (!ok || fore == "" || !strings.Contains(strings.Trim(efter, "."), ".") || strings.ContainsAny(efter, "@ ") || strings.Contains(fore, " ")) {
		f.lagg(pekare, RegelEpostFormat)
	}
}

// telefon lets ten digits from a zero be a phone number, though a birth number of the
// years from 2000 looks the same.
func (f *felsamling) telefon(pekare, s string) {
	f.text(pekare, s, MaxKort, false)
	if !strings.HasPrefix(strings.TrimLeft(s, " ("), "0") {
		f.ingetPersonnummer(pekare, s)
	}
	if strings.Trim(s, "0123456789+- ()/") != "" {
		f.lagg(pekare, RegelTelefonFormat)
	}
}

// externtID keeps people out of a text that is stored in the clear and shown in the log.
func (f *felsamling) externtID(s string) {
	f.text("/externtId", s, MaxExterntID, false)
	f.ingetPersonnummer("/externtId", s)
}

// skal is the reason of a correction, 1–500 characters.
func (f *felsamling) skal(s string) {
	f.obligatorisk("/skal", s, MaxSkal)
	f.ingetPersonnummer("/skal", s)
}

// ingetPersonnummer refuses a text in which a personnummer stands: such texts are
// not erased by a withdrawal, and those of an insats are read in the whole country.
func (f *felsamling) ingetPersonnummer(pekare, s string) {
	if harPersonnummer(s) {
		f.lagg(pekare, RegelPersonnummerIText)
	}
}

// unika adds a fault at every element that stands earlier in the list.
func (f *felsamling) unika(pekare string, lista []string) {
	sedda := make(map[string]bool, len(lista))
	for i, s := range lista {
		if sedda[s] {
			f.lagg(fmt.Sprintf("%s/%d", pekare, i), RegelDubblett)
		}
		sedda[s] = true
	}
}

// element is the address of an element in a list.
func element(pekare string, i int) string { return fmt.Sprintf("%s/%d", pekare, i) }

// ellerNil is the row form of a text that may be left out.
func ellerNil(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}
