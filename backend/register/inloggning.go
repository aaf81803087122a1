package register

import "time"

// Forsoksgrans is how many tries to log in are let through within a window.
type Forsoksgrans struct {
	Fonster              time.Duration
	PerPerson, PerAdress int
}

// OverVid is the latest beginning of a window that is over: a try that meets it
// begins a window of its own.
func (g Forsoksgrans) OverVid(nu time.Time) time.Time { return nu.Add(-g.Fonster) }

// Forsoksbeslut is what is done with a try.
type Forsoksbeslut struct {
	Vanta  time.Duration // until the window is over; 0: the try is let through
	Loggas bool
}

// Prova judges a try, counted before it is judged: antal of them, this one too, since
// borjan. It is logged when the bound is passed and not again in the same window: a
// flood of tries is no flood of log rows.
func (g Forsoksgrans) Prova(antal, hogst int, borjan, nu time.Time) Forsoksbeslut {
	if antal <= hogst {
		return Forsoksbeslut{}
	}
	return Forsoksbeslut{Vanta: borjan.Add(g.Fonster).Sub(nu), Loggas: antal == hogst+1}
}

// MaxKodforsok is how many wrong codes a challenge takes.
const MaxKodforsok = 5

// Kodfakta is what is known of a challenge and of the code given to it.
type Kodfakta struct {
	Finns         bool
	Anvand        bool
	Forsok        int // wrong codes before this one
	Upphor        time.Time
	RattKod       bool
	Sparrad       bool
	HarBehorighet bool // some role holds today
}

// Kodbeslut is what is done with a code. Nej is nil when a session is opened.
type Kodbeslut struct {
	Nej      *Error
	Loggas   bool // a challenge that nobody has is nobody's to log
	Raknas   bool // a wrong code: counted on the challenge and on the person
	Forbruka bool // the code was right: the challenge is used, whatever comes after
}

// ProvaKod judges a code against a challenge. Refused: 404 no such challenge, 410
// inloggning-forbrukad expired, used or tried too often, 401 kod-felaktig, and 401
// ingen-giltig-behorighet for somebody blocked or without a role today.
func ProvaKod(f Kodfakta, nu time.Time) Kodbeslut {
	switch {
	case !f.Finns:
		return Kodbeslut{Nej: Saknas()}
	case f.Anvand || f.Forsok >= MaxKodforsok || !f.Upphor.After(nu):
		return Kodbeslut{Nej: Borta(RegelInloggningForbrukad), Loggas: true}
	case !f.RattKod:
		return Kodbeslut{Nej: Oautentiserad(RegelKodFelaktig), Loggas: true, Raknas: true}
	case f.Sparrad || !f.HarBehorighet:
		return Kodbeslut{Nej: Oautentiserad(RegelIngenGiltigBehorighet), Loggas: true, Forbruka: true}
	}
	return Kodbeslut{Loggas: true, Forbruka: true}
}

// Sessionstid is when a session ends: idle at VilaUpphor, which each use moves, and
// for good at Upphor. At the instant itself it has ended.
type Sessionstid struct{ VilaUpphor, Upphor time.Time }

// NySessionstid is that of a session opened now, idle for vila at most.
func NySessionstid(nu time.Time, vila, giltig time.Duration) Sessionstid {
	return Sessionstid{nu.Add(min(vila, giltig)), nu.Add(giltig)}
}

// Lever is true while neither end has come.
func (s Sessionstid) Lever(nu time.Time) bool { return s.VilaUpphor.After(nu) && s.Upphor.After(nu) }

// Anvand moves the idle end to vila from now, never past the session's own.
func (s Sessionstid) Anvand(nu time.Time, vila time.Duration) Sessionstid {
	s.VilaUpphor = nu.Add(vila)
	if s.VilaUpphor.After(s.Upphor) {
		s.VilaUpphor = s.Upphor
	}
	return s
}

// vilaSteg is how far a stored idle end may lag behind: a page that asks ten things
// writes once.
const vilaSteg = time.Minute

// Skrivs is true when the idle end of ny is so much later that it is worth writing.
func (s Sessionstid) Skrivs(ny Sessionstid) bool { return ny.VilaUpphor.Sub(s.VilaUpphor) >= vilaSteg }

// Fornyelsefakta is what is known of a refresh token and of its session.
type Fornyelsefakta struct {
	Finns    bool
	Anvand   bool // swapped for another before
	Avslutad bool // its session is
	Tid      Sessionstid
	Far      bool // not blocked, and some role holds today
}

// Fornyelsebeslut is what is done with a refresh token.
type Fornyelsebeslut int

// The decisions on a refresh token.
const (
	FornyelseNekas    Fornyelsebeslut = iota
	FornyelseAvslutar                 // refused, and its session is ended
	FornyelseGes                      // swapped for the next
)

// Fornya judges a refresh token. One that was used before — late, or by the slower
// of two that race — ends its whole session: one of its two holders is a thief, and
// nobody can tell which. A session that has ended cannot be ended again.
func Fornya(f Fornyelsefakta, nu time.Time) Fornyelsebeslut {
	switch {
	case !f.Finns || f.Avslutad:
		return FornyelseNekas
	case f.Anvand:
		return FornyelseAvslutar
	case !f.Tid.Lever(nu) || !f.Far:
		return FornyelseNekas
	}
	return FornyelseGes
}
