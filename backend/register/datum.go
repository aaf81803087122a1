package register

import (
	"database/sql/driver"
	"errors"
	"fmt"
	"time"
	_ "time/tzdata" // the rules' «today» is Stockholm's, also on a machine without a zone database
)

// Datum is a calendar day without time or zone. It is comparable with ==; an
// optional day is a *Datum. The zero value is no day and is written nowhere.
type Datum struct {
	kod int32 // year*10000 + month*100 + day, so that order is the order of days
}

var stockholm = mustLoad("Europe/Stockholm")

func mustLoad(namn string) *time.Location {
	plats, err := time.LoadLocation(namn)
	if err != nil {
		panic(err) // cannot happen: time/tzdata is linked in
	}
	return plats
}

// IStockholm is an instant as Swedish clocks show it.
func IStockholm(t time.Time) time.Time { return t.In(stockholm) }

var errDatum = errors.New("datumet ska vara en riktig dag skriven ÅÅÅÅ-MM-DD")

// NyttDatum is the given day. Months and days outside their ranges roll over, as in time.Date.
func NyttDatum(ar, manad, dag int) Datum {
	return avTid(time.Date(ar, time.Month(manad), dag, 0, 0, 0, 0, time.UTC))
}

func avTid(t time.Time) Datum {
	ar, manad, dag := t.Date()
	return Datum{int32(ar*10000 + int(manad)*100 + dag)}
}

// ParseDatum reads a day written as 2010-01-31, years 0001–9999. The error never repeats the input.
func ParseDatum(s string) (Datum, error) {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil || len(s) != len(time.DateOnly) || t.Year() < 1 {
		return Datum{}, errDatum
	}
	return avTid(t), nil
}

// DatumAv is the day of an instant in Europe/Stockholm.
func DatumAv(t time.Time) Datum { return avTid(t.In(stockholm)) }

// Ar is the year.
func (d Datum) Ar() int { return int(d.kod / 10000) }

// Manad is the month, 1–12.
func (d Datum) Manad() int { return int(d.kod / 100 % 100) }

// Dag is the day of the month, 1–31.
func (d Datum) Dag() int { return int(d.kod % 100) }

// Angett tells a day from the zero value.
func (d Datum) Angett() bool { return d.kod != 0 }

// Fore is true when d is an earlier day than e.
func (d Datum) Fore(e Datum) bool { return d.kod < e.kod }

// Efter is true when d is a later day than e.
func (d Datum) Efter(e Datum) bool { return d.kod > e.kod }

// Tid is midnight UTC of the day, for libraries that want a time.Time.
func (d Datum) Tid() time.Time {
	return time.Date(d.Ar(), time.Month(d.Manad()), d.Dag(), 0, 0, 0, 0, time.UTC)
}

// Borjan is the instant at which the day begins in Sweden, an hour or two before that of UTC.
func (d Datum) Borjan() time.Time {
	return time.Date(d.Ar(), time.Month(d.Manad()), d.Dag(), 0, 0, 0, 0, stockholm)
}

// Plus is the day n days later.
func (d Datum) Plus(dagar int) Datum { return avTid(d.Tid().AddDate(0, 0, dagar)) }

// PlusAr is the same day n years later; 29 February becomes 28 February in a common year.
func (d Datum) PlusAr(n int) Datum {
	svar := NyttDatum(d.Ar()+n, d.Manad(), d.Dag())
	if svar.Manad() != d.Manad() {
		return svar.Plus(-svar.Dag())
	}
	return svar
}

// Alder is the whole years on a day of somebody born on d. Who was born on 29 February
// turns a year older on 28 February in common years, as SFS 1930:173 reckons [A]: what
// asks for an age anywhere asks here.
func (d Datum) Alder(pa Datum) int {
	ar := pa.Ar() - d.Ar()
	if d.PlusAr(ar).Efter(pa) {
		ar--
	}
	return ar
}

// DagarTill is the number of days from d to e, 0 when they are the same day.
func (d Datum) DagarTill(e Datum) int { return int(e.Tid().Sub(d.Tid()).Hours() / 24) }

// String is the day as 2010-01-31. Lists write thousands: fmt takes four times as long.
func (d Datum) String() string { return string(d.text()) }

func (d Datum) text() []byte {
	b := []byte("0000-00-00")
	for i, n := len(b)-1, d.kod; i >= 0; i-- {
		if b[i] != '-' {
			b[i] += byte(n % 10)
			n /= 10
		}
	}
	return b
}

// MarshalText is String; the zero value is an error, since it is no day.
func (d Datum) MarshalText() ([]byte, error) {
	if !d.Angett() {
		return nil, errDatum
	}
	return d.text(), nil
}

// UnmarshalText is ParseDatum.
func (d *Datum) UnmarshalText(b []byte) error {
	svar, err := ParseDatum(string(b))
	if err != nil {
		return err
	}
	*d = svar
	return nil
}

// Bind is UnmarshalText under the name by which the generated server reads a
// parameter of an address; without it a struct is looked for field by field, and
// the parameter is left out.
func (d *Datum) Bind(s string) error { return d.UnmarshalText([]byte(s)) }

// Scan reads a date column. NULL is refused: an optional day is a *Datum.
func (d *Datum) Scan(v any) error {
	switch v := v.(type) {
	case time.Time:
		*d = avTid(v)
		return nil
	case string:
		return d.UnmarshalText([]byte(v))
	case []byte:
		return d.UnmarshalText(v)
	}
	return fmt.Errorf("datum: kan inte läsa %T", v)
}

// Value is the day as text, which PostgreSQL reads as a date.
func (d Datum) Value() (driver.Value, error) {
	if !d.Angett() {
		return nil, errDatum
	}
	return d.String(), nil
}

// senast and tidigast pick among days; the earliest of none but nils is the first.
func senast(a, b Datum) Datum {
	if a.Fore(b) {
		return b
	}
	return a
}

func tidigast(a Datum, andra ...*Datum) Datum {
	for _, d := range andra {
		if d != nil && d.Fore(a) {
			a = *d
		}
	}
	return a
}
