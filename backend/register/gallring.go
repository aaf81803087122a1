package register

import (
	"cmp"
	"errors"
	"fmt"
	"regexp"
	"strconv"
)

// Bevarandetid is how long something is kept: a number of whole years or of days. The
// zero value is for ever.
type Bevarandetid struct{ ar, dagar int }

// errBevarandetid never repeats the input.
var errBevarandetid = errors.New("tiden ska vara hela år eller dagar, «5 år» eller «730 dagar»; «0» är för alltid")

// A hundred years: more is a slip of the keyboard.
const (
	maxBevarasAr    = 100
	maxBevarasDagar = 36_525
)

var bevarandeform = regexp.MustCompile(`^([0-9]{1,6}) ?(å|år|a|ar|d|dag|dagar)$`)

// ParseBevarandetid reads «5 år» (or «5ar»), «730 dagar» (or «730d»), and «0» or
// nothing for ever.
func ParseBevarandetid(s string) (Bevarandetid, error) {
	if s == "" || s == "0" {
		return Bevarandetid{}, nil
	}
	delar := bevarandeform.FindStringSubmatch(s)
	if delar == nil {
		return Bevarandetid{}, errBevarandetid
	}
	n, _ := strconv.Atoi(delar[1]) // six digits at most
	if delar[2][0] == 'd' {
		if n > maxBevarasDagar {
			return Bevarandetid{}, errBevarandetid
		}
		return Bevarandetid{dagar: n}, nil
	}
	if n > maxBevarasAr {
		return Bevarandetid{}, errBevarandetid
	}
	return Bevarandetid{ar: n}, nil
}

// UnmarshalText is ParseBevarandetid, for settings.
func (t *Bevarandetid) UnmarshalText(b []byte) error {
	svar, err := ParseBevarandetid(string(b))
	if err != nil {
		return err
	}
	*t = svar
	return nil
}

// MarshalText is what UnmarshalText reads.
func (t Bevarandetid) MarshalText() ([]byte, error) {
	if t.ForAlltid() {
		return []byte("0"), nil
	}
	return []byte(t.String()), nil
}

// ForAlltid is true when nothing is ever due.
func (t Bevarandetid) ForAlltid() bool { return t == Bevarandetid{} }

// UnderEttAr is true for less than the database ever keeps of the log and of users,
// whatever is set.
func (t Bevarandetid) UnderEttAr() bool { return !t.ForAlltid() && t.ar == 0 && t.dagar < 365 }

// String is the time as it is set.
func (t Bevarandetid) String() string {
	switch {
	case t.ForAlltid():
		return "för alltid"
	case t.dagar == 1:
		return "1 dag"
	case t.dagar > 0:
		return fmt.Sprintf("%d dagar", t.dagar)
	}
	return fmt.Sprintf("%d år", t.ar)
}

// SistaDag is the last day on which something is kept whose time began on d. Which day
// ends years that began on 29 February is PlusAr's.
func (t Bevarandetid) SistaDag(d Datum) Datum { return d.PlusAr(t.ar).Plus(t.dagar) }

// Forfallen is true when what began its time on d is to be erased on the day idag.
func (t Bevarandetid) Forfallen(d, idag Datum) bool {
	return !t.ForAlltid() && t.SistaDag(d).Fore(idag)
}

// Grans is the first day that is kept: what began its time earlier is Forfallen. ok is
// false when all is kept.
func (t Bevarandetid) Grans(idag Datum) (d Datum, ok bool) {
	if t.ForAlltid() {
		return Datum{}, false
	}
	d = idag.PlusAr(-t.ar).Plus(-t.dagar)
	for t.Forfallen(d, idag) { // 28 February of a common year, when today is the 29th
		d = d.Plus(1)
	}
	return d, true
}

// Bevarandetider is what an installation has set; nil is not set.
type Bevarandetider struct {
	Identitet *Bevarandetid // after avslutningsdag
	Logg      *Bevarandetid // after the row was written
	Anvandare *Bevarandetid // after the last day on which the user had a behörighet
}

// Bevaras is how long each is kept where a database is or is not a demo.
type Bevaras struct{ Identitet, Logg, Anvandare Bevarandetid }

// Bevaras has the defaults for what is not set; a demo keeps for ever what it is not told
// to erase.
func (t Bevarandetider) Bevaras(demo bool) Bevaras {
	annars := Bevaras{Bevarandetid{ar: 5}, Bevarandetid{ar: 5}, Bevarandetid{ar: 2}}
	if demo {
		annars = Bevaras{}
	}
	return Bevaras{*cmp.Or(t.Identitet, &annars.Identitet), *cmp.Or(t.Logg, &annars.Logg), *cmp.Or(t.Anvandare, &annars.Anvandare)}
}

// IdentitetForfallen is true when the identity of an ended deltagande has been kept its
// time. An open one keeps it, and a felregistrering has days of its own.
func (d Deltagande) IdentitetForfallen(idag Datum, t Bevarandetid) bool {
	return d.Avslutningsdag != nil && !d.Felregistrerad && t.Forfallen(*d.Avslutningsdag, idag)
}

// SistaBehorigaDag is the last day on which a user could do anything: that of the
// behörighet that ends last, or the day on which the user was added when there was
// none. An uppdrag counts for nothing: it opens nothing without its behörighet, and many
// have no end.
func SistaBehorigaDag(skapad Datum, slut ...Datum) Datum {
	sist := skapad
	for _, d := range slut {
		sist = senast(sist, d)
	}
	return sist
}

// Gallringsbart is how much of a kind is due, and the oldest day of it; none when Antal
// is 0.
type Gallringsbart struct {
	Antal  int
	Aldsta Datum
}

// Med counts one more of that day.
func (g Gallringsbart) Med(d Datum) Gallringsbart { return g.Plus(Gallringsbart{1, d}) }

// Plus is both together.
func (g Gallringsbart) Plus(h Gallringsbart) Gallringsbart {
	switch {
	case h.Antal == 0:
		return g
	case g.Antal == 0:
		return h
	}
	return Gallringsbart{g.Antal + h.Antal, tidigast(g.Aldsta, &h.Aldsta)}
}
