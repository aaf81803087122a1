package register

import (
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"log/slog"
)

// Personnummer is a valid personnummer or samordningsnummer. It is made by
// ParsePersonnummer only, and shows itself masked wherever it is printed,
// logged or marshalled; Siffror is the one way to its digits.
type Personnummer struct {
	siffror string // twelve digits
}

const maskerat = "********-****"

// Earliest year of birth that is believed. The numbers began in 1947, when the oldest was born in the 1830s.
const forstaFodelsear = 1800

// personnummerfel is a refusal of one number. The text never repeats it.
func personnummerfel(regel Regel, ord ...string) error {
	var f felsamling
	f.lagg("/personnummer", regel, ord...)
	return f.err()
}

// ParsePersonnummer reads twelve digits, or ten with - or + before the last
// four (+ from the year the person turns 100); a separator may stand in the
// twelve-digit form too, but a + there must be true. Refused are other
// characters, days that do not exist, serial 000, a wrong check digit, and births
// after idag. A samordningsnummer has 60 added to its day; its month 00 and its day
// 60 say that the date is not established. The error is an *Error with the pointer
// /personnummer.
func ParsePersonnummer(s string, idag Datum) (Personnummer, error) {
	siffror, tecken, ok := delaPersonnummer(s)
	if !ok {
		return Personnummer{}, personnummerfel(RegelPersonnummerFormat)
	}
	if len(siffror) == 10 {
		// the latest year that ends so and is not after this one; + goes one century further back
		ar := idag.Ar() - (idag.Ar()-tal(siffror[:2])+100)%100
		if tecken == '+' {
			ar -= 100
		}
		siffror = fmt.Sprintf("%04d", ar) + siffror[2:]
	} else if tecken == '+' && idag.Ar()-tal(siffror[:4]) < 100 {
		return Personnummer{}, personnummerfel(RegelPersonnummerFormat, "Plustecken används bara från det år personen fyller hundra.")
	}
	p := Personnummer{siffror}
	tidigast, ok := p.tidigastFodd()
	switch {
	case !ok:
		return Personnummer{}, personnummerfel(RegelPersonnummerDatum)
	case siffror[8:11] == "000":
		return Personnummer{}, personnummerfel(RegelPersonnummerLopnummer)
	case !luhn(siffror[2:]):
		return Personnummer{}, personnummerfel(RegelPersonnummerKontrollsiffra)
	case tidigast.Efter(idag):
		return Personnummer{}, personnummerfel(RegelPersonnummerFramtid)
	}
	return p, nil
}

// AterstallPersonnummer reads back the twelve digits that were stored, without asking what day it is.
func AterstallPersonnummer(siffror string) (Personnummer, error) {
	if len(siffror) != 12 {
		return Personnummer{}, personnummerfel(RegelPersonnummerFormat)
	}
	return ParsePersonnummer(siffror, NyttDatum(9999, 12, 31))
}

// Testnummer is Skatteverket's test number of a birth date, one a kön: serial
// 238 for a woman, 239 for a man. Demo, tests and bench use no other numbers.
func Testnummer(dag Datum, kvinna bool) Personnummer {
	lopnummer := "239"
	if kvinna {
		lopnummer = "238"
	}
	s := fmt.Sprintf("%04d%02d%02d%s", dag.Ar(), dag.Manad(), dag.Dag(), lopnummer)
	return Personnummer{s + string(kontrollsiffra(s[2:]))}
}

// delaPersonnummer gives ten or twelve ASCII digits and the separator, 0 when there is none.
func delaPersonnummer(s string) (siffror string, tecken byte, ok bool) {
	if n := len(s) - 5; n == 6 || n == 8 {
		if c := s[n]; c == '-' || c == '+' {
			s, tecken = s[:n]+s[n+1:], c
		}
	}
	if len(s) != 10 && len(s) != 12 {
		return "", 0, false
	}
	return s, tecken, baraSiffror(s)
}

func baraSiffror(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return true
}

// tal is the number of a string of digits.
func tal(siffror string) int {
	n := 0
	for i := range len(siffror) {
		n = n*10 + int(siffror[i]-'0')
	}
	return n
}

// luhn checks digits whose last is the check digit.
func luhn(siffror string) bool {
	n := len(siffror) - 1
	return siffror[n] == kontrollsiffra(siffror[:n])
}

// kontrollsiffra is Luhn's check digit for nine digits.
func kontrollsiffra(siffror string) byte {
	summa := 0
	for i := range len(siffror) {
		n := int(siffror[i] - '0')
		if i%2 == 0 {
			n *= 2
		}
		summa += n/10 + n%10
	}
	return byte('0' + (10-summa%10)%10)
}

// Of a samordningsnummer: what the day of birth is written higher by, which alone
// is no day, and the month that is none.
const (
	samordningsdag = 60
	okandManad     = 0
)

// datumdelar is the date as it stands in the number, 0 for what it does not tell.
func (p Personnummer) datumdelar() (ar, manad, dag int, samordning bool) {
	ar, manad, dag = tal(p.siffror[:4]), tal(p.siffror[4:6]), tal(p.siffror[6:8])
	if dag >= samordningsdag {
		return ar, manad, dag - samordningsdag, true
	}
	return ar, manad, dag, false
}

// tidigastFodd is the earliest day that the number lets its holder be born on: the
// day of birth, or the first of the month or of the year that is all it tells.
// False when the number begins with no date.
func (p Personnummer) tidigastFodd() (Datum, bool) {
	ar, manad, dag, samordning := p.datumdelar()
	switch {
	case ar < forstaFodelsear:
		return Datum{}, false
	case samordning && manad == okandManad:
		return NyttDatum(ar, 1, 1), dag <= 31
	case samordning && dag == 0:
		return NyttDatum(ar, manad, 1), manad <= 12
	}
	d := NyttDatum(ar, manad, dag)
	return d, d.Ar() == ar && d.Manad() == manad && d.Dag() == dag
}

// Siffror is the twelve digits, the only way to the plaintext. Never log them.
func (p Personnummer) Siffror() string { return p.siffror }

// Angett tells a number from the zero value.
func (p Personnummer) Angett() bool { return p.siffror != "" }

// Fodelsedag is the day of birth, no day (the zero Datum) when the number does not
// tell it: a number is a key, and not every samordningsnummer holds a date.
func (p Personnummer) Fodelsedag() Datum {
	ar, manad, dag, _ := p.datumdelar()
	if manad == okandManad || dag == 0 {
		return Datum{}
	}
	return NyttDatum(ar, manad, dag)
}

// FoddEfter is true when the holder was born after the day, as far as the number
// tells: of an unknown day of birth the month or the year decides, and the year of
// birth itself is never after a day in it.
func (p Personnummer) FoddEfter(dag Datum) bool {
	tidigast, _ := p.tidigastFodd()
	return tidigast.Efter(dag)
}

// Kon follows from the next to last digit: even is a woman.
func (p Personnummer) Kon() Kon {
	if (p.siffror[10]-'0')%2 == 0 {
		return KonKvinna
	}
	return KonMan
}

// Alder is whole years on a day (Datum.Alder), nil when the number does not tell the
// day of birth.
func (p Personnummer) Alder(pa Datum) *int {
	fodd := p.Fodelsedag()
	if !fodd.Angett() {
		return nil
	}
	ar := fodd.Alder(pa)
	return &ar
}

var errPersonnummer = errors.New("personnummer: sparas och läses bara krypterat")

// String is the mask, whatever the number.
func (p Personnummer) String() string { return maskerat }

// Format prints the mask for every verb, %d and %#v too.
func (p Personnummer) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, maskerat) }

// LogValue is the mask.
func (p Personnummer) LogValue() slog.Value { return slog.StringValue(maskerat) }

// MarshalText is the mask; JSON uses it too.
func (p Personnummer) MarshalText() ([]byte, error) { return []byte(maskerat), nil }

// UnmarshalText is refused: a number is read by ParsePersonnummer, which knows what day it is.
func (p *Personnummer) UnmarshalText([]byte) error { return errPersonnummer }

// Value is refused: no plaintext number may enter a column.
func (p Personnummer) Value() (driver.Value, error) { return nil, errPersonnummer }

// Scan is refused, as Value is.
func (p *Personnummer) Scan(any) error { return errPersonnummer }

// GiltigtOrganisationsnummer is true for ten digits with a right check digit,
// whose third digit is at least 2 (which tells it from a personnummer).
func GiltigtOrganisationsnummer(s string) bool {
	return len(s) == 10 && baraSiffror(s) && s[2] >= '2' && luhn(s)
}
