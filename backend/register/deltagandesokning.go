package register

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Deltagandesokning is whom to look for among an insats's deltaganden. It is made
// by NyDeltagandesokning only; what was typed is kept nowhere but in it.
type Deltagandesokning struct {
	Personnummer Personnummer     // not set: by name alone
	Status       Deltagandestatus // "": any
	ord          []string         // folded; empty: by number alone
}

// minstaSokord is the fewest letters of a name that are worth looking for.
const minstaSokord = 2

// NyDeltagandesokning reads a search. Refused (422, /namn) are one with neither
// name nor number, and a name with fewer than two letters.
func NyDeltagandesokning(namn string, p Personnummer, status Deltagandestatus) (Deltagandesokning, error) {
	s := Deltagandesokning{Personnummer: p, Status: status, ord: strings.Fields(vikNamn(namn))}
	fel := RegelSokordSaknas.Vid("/namn")
	switch {
	case namn == "" && p.Angett():
		return s, nil
	case utf8.RuneCountInString(strings.Join(s.ord, "")) >= minstaSokord:
		return s, nil
	case namn != "":
		fel = RegelForKort.Vid("/namn", "Skriv minst två bokstäver av namnet.")
	}
	return Deltagandesokning{}, Ogiltig(fel.Regel, fel).Med("Det går inte att söka så. Rätta det fält som pekas ut.")
}

// PaNamn is true when the names have to be read.
func (s Deltagandesokning) PaNamn() bool { return len(s.ord) > 0 }

// Passar is true for a name that has every word in it, anywhere, whatever the
// order; and for every name when the search is by number alone. Case, accents,
// apostrophes and hyphens make no difference, but å, ä and ö are letters of their
// own: «sodergren» does not find Södergren.
func (s Deltagandesokning) Passar(namn string) bool {
	vikt := vikNamn(namn)
	for _, ord := range s.ord {
		if !strings.Contains(vikt, ord) {
			return false
		}
	}
	return true
}

// vikNamn is a name as names are compared: small letters without accents, the
// words with one space between.
func vikNamn(s string) string {
	ut := make([]rune, 0, len(s))
	for _, r := range strings.ToLower(s) {
		n := len(ut)
		bas, harBas := grundbokstav[r]
		switch {
		case n > 0 && sammansatt[[2]rune{ut[n-1], r}] != 0:
			ut[n-1] = sammansatt[[2]rune{ut[n-1], r}]
		case unicode.Is(unicode.Mn, r) || strings.ContainsRune("'’ʼ´`", r):
		case harBas:
			ut = append(ut, []rune(bas)...)
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			ut = append(ut, r)
		default:
			ut = append(ut, ' ')
		}
	}
	return strings.Join(strings.Fields(string(ut)), " ")
}

// sammansatt is the letters of our own that may be written as two characters.
var sammansatt = map[[2]rune]rune{{'a', '\u030a'}: 'å', {'a', '\u0308'}: 'ä', {'o', '\u0308'}: 'ö'}

// grundbokstav is what each accented Latin letter is read as. Danish and Norwegian
// letters are read as the Swedish ones they answer to.
var grundbokstav = func() map[rune]string {
	m := map[rune]string{}
	for bas, bokstaver := range map[string]string{
		"a": "àáâãāăąǎǟǡǻȁȃȧḁạảấầẩẫậắằẳẵặ", "b": "ḃḅḇ", "c": "çćĉċčḉ", "d": "đðďḋḍḏḑḓ", "e": "èéêëēĕėęěȅȇȩḕḗḙḛḝẹẻẽếềểễệ", "f": "ḟ",
		"g": "ĝğġģǧǵḡ", "h": "ĥħȟḣḥḧḩḫẖ", "i": "ìíîïĩīĭįıǐȉȋḭḯỉị", "j": "ĵǰ", "k": "ķǩḱḳḵ", "l": "łĺļľŀḷḹḻḽ", "m": "ḿṁṃ", "n": "ñńņňǹṅṇṉṋ",
		"o": "òóôõōŏơǒǫǭȍȏȫȭȯȱṍṏṑṓọỏốồổỗộớờởỡợ", "p": "ṕṗ", "r": "ŕŗřȑȓṙṛṝṟ", "s": "śŝşšșṡṣṥṧṩ", "t": "ţťŧțṫṭṯṱẗ",
		"u": "ùúûüũūŭůűųưǔǖǘǚǜȕȗṳṵṷṹṻụủứừửữự", "v": "ṽṿ", "w": "ŵẁẃẅẇẉẘ", "x": "ẋẍ", "y": "ýÿŷȳẏẙỳỵỷỹ", "z": "źżžẑẓẕ",
		"ä": "æ", "ö": "øő", "oe": "œ", "ss": "ß", "th": "þ",
	} {
		for _, r := range bokstaver {
			m[r] = bas
		}
	}
	return m
}()
