package register

import "github.com/google/uuid"

// Grannperiod is another deltagande of the same person in the same insats. Felregistrerade
// are not among them, nor those that a withdrawal has cut off from the person.
type Grannperiod struct {
	ID             uuid.UUID
	Startdag       Datum
	Avslutningsdag *Datum
	Kand           bool // they overlapped already when two numbers turned out to be one person's: it stands
}

// overlappar is true when the period from start to slut, which is not known before
// the exit, shares more than the day of change with the other. One that is open
// runs from its start, and how far nobody knows: it may have started before the other,
// whose first day its exit may not pass. So an earlier period can be registered late.
// Two open ones are redan-oppen.
func (g Grannperiod) overlappar(start Datum, slut *Datum) bool {
	switch {
	case g.Kand || slut == nil && g.Avslutningsdag == nil:
		return false
	case slut == nil:
		return borjarI(start, g.Startdag, *g.Avslutningsdag)
	case g.Avslutningsdag == nil:
		return borjarI(g.Startdag, start, *slut)
	}
	return start.Fore(*g.Avslutningsdag) && g.Startdag.Fore(*slut)
}

// borjarI is true for a day from start until slut, which is the day of change.
func borjarI(dag, start, slut Datum) bool { return !dag.Fore(start) && dag.Fore(slut) }

// provaOverlapp refuses a period that overlaps another one, at the field that was given.
func provaOverlapp(pekare string, start Datum, slut *Datum, grannar []Grannperiod) error {
	for _, g := range grannar {
		if g.overlappar(start, slut) {
			return Overlappar(pekare, g.ID)
		}
	}
	return nil
}

// Overlappar is the refusal of a period that overlaps another one, id, of the person
// in the insats; the store's guard answers it too, without either.
func Overlappar(pekare string, id uuid.UUID) *Error {
	e := Konflikt(RegelOverlappar)
	if pekare != "" {
		e = konfliktVid(pekare, RegelOverlappar)
	}
	e.Finns = id
	return e
}

// provaUtgang refuses an exit whose period overlaps another one. A felregistrering is
// no period.
func (d Deltagande) provaUtgang(fakta Registreringsfakta) error {
	if d.Felregistrerad {
		return nil
	}
	return provaOverlapp("/avslutningsdag", d.Startdag, d.Avslutningsdag, fakta.Grannar)
}

// provaStart refuses a corrected startdag whose period overlaps another one. That of an
// open deltagande may not be moved past a period that came before it: none of its exits
// would then be without overlap but those before that period began.
func (d Deltagande) provaStart(start Datum, grannar []Grannperiod) error {
	for _, g := range grannar {
		if d.Avslutningsdag == nil && !g.Kand && g.Avslutningsdag != nil && !d.Startdag.Fore(*g.Avslutningsdag) && start.Fore(*g.Avslutningsdag) {
			return Overlappar("/startdag", g.ID)
		}
	}
	return provaOverlapp("/startdag", start, d.Avslutningsdag, grannar)
}
