package register

import (
	"database/sql/driver"
	"errors"
	"fmt"
	"strconv"
	"strings"
)

// Belopp is an amount of money in whole öre: sums of it are exact. On the wire and in the
// database it is kronor with two decimals and a point, «1250.00».
type Belopp int64

// MaxBelopp is the largest amount that one field may hold, ten thousand million kronor.
const MaxBelopp Belopp = 1_000_000_000_000

var errBelopp = errors.New("beloppet ska skrivas i kronor med punkt och två decimaler")

// maxBeloppssiffror keeps what is read within an int64, whatever was sent.
const maxBeloppssiffror = 18

// ParseBelopp reads an amount written as «-1250.00». The error never repeats the input.
func ParseBelopp(s string) (Belopp, error) {
	siffror, negativt := strings.CutPrefix(s, "-")
	kronor, ore, ok := strings.Cut(siffror, ".")
	if !ok || kronor == "" || len(ore) != 2 || len(kronor)+len(ore) > maxBeloppssiffror || !baraSiffror(kronor) || !baraSiffror(ore) {
		return 0, errBelopp
	}
	n, err := strconv.ParseInt(kronor+ore, 10, 64)
	if err != nil {
		return 0, errBelopp
	}
	if negativt {
		n = -n
	}
	return Belopp(n), nil
}

// String is the amount as it is written on the wire.
func (b Belopp) String() string {
	tecken, n := "", uint64(b)
	if b < 0 {
		tecken, n = "-", -n
	}
	return fmt.Sprintf("%s%d.%02d", tecken, n/100, n%100)
}

// MarshalText is String.
func (b Belopp) MarshalText() ([]byte, error) { return []byte(b.String()), nil }

// UnmarshalText is ParseBelopp.
func (b *Belopp) UnmarshalText(text []byte) (err error) {
	*b, err = ParseBelopp(string(text))
	return err
}

// Scan reads a numeric column of two decimals. NULL is refused: an optional amount is a *Belopp.
func (b *Belopp) Scan(v any) error {
	switch v := v.(type) {
	case string:
		return b.UnmarshalText([]byte(v))
	case []byte:
		return b.UnmarshalText(v)
	}
	return fmt.Errorf("belopp: kan inte läsa %T", v)
}

// Value is the amount as text, which PostgreSQL reads as a numeric.
func (b Belopp) Value() (driver.Value, error) { return b.String(), nil }

// belopp gathers what an amount may be refused by; negativt says that one under zero is right here.
func (f *felsamling) belopp(pekare string, b Belopp, negativt bool) {
	switch {
	case b > MaxBelopp || b < -MaxBelopp:
		f.lagg(pekare, RegelBeloppForStort)
	case b < 0 && !negativt:
		f.lagg(pekare, RegelBeloppNegativt)
	}
}

// beloppOm is belopp of one that may be left out.
func (f *felsamling) beloppOm(pekare string, b *Belopp, negativt bool) {
	if b != nil {
		f.belopp(pekare, *b, negativt)
	}
}

// eller is the amount, nothing when it is not known.
func (b *Belopp) eller() Belopp {
	if b == nil {
		return 0
	}
	return *b
}

// likaBelopp is true when both are the same amount, or neither is known.
func likaBelopp(a, b *Belopp) bool { return (a == nil) == (b == nil) && a.eller() == b.eller() }
