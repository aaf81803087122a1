package register

import (
	"cmp"
	"time"
)

// Uppslagsgrans is how many people one caller may look up in the population register
// within a window; 0 is no bound. Whoever looks up Varna people without a samtycke or
// an in-registration coming of it is told of in the log.
type Uppslagsgrans struct {
	Fonster              time.Duration
	PerPerson, PerMaskin int
	Varna                int
}

// Hogst is the bound of the caller, 0 for none.
func (g Uppslagsgrans) Hogst(a Aktor) int {
	if a.HarRoll(RollMaskin) {
		return g.PerMaskin
	}
	return g.PerPerson
}

// Uppslagslage is what the caller has asked within the window, before this question.
type Uppslagslage struct {
	Antal    int
	Aldst    time.Time // of the latest Hogst questions the first one
	Forgaves int       // that led to nothing
	Varnad   bool      // a reviewer was told within the window
}

// Uppslagsbeslut is what is done with a question.
type Uppslagsbeslut struct {
	Nej   *Error
	Varna bool // tell the reviewer, once a window
}

// Prova judges a question before it is put: over the bound it is refused until the
// oldest question that counts is out of the window (429 uppslag-for-manga). This one
// has led to nothing yet and counts as such.
func (g Uppslagsgrans) Prova(a Aktor, l Uppslagslage, nu time.Time) Uppslagsbeslut {
	if hogst := g.Hogst(a); hogst > 0 && l.Antal >= hogst {
		return Uppslagsbeslut{Nej: ForMycket(RegelUppslagForManga, l.Aldst.Add(g.Fonster).Sub(nu))}
	}
	return Uppslagsbeslut{Varna: !l.Varnad && l.Forgaves+1 >= g.Varna}
}

// Uppslagsgranser is what an installation has set of Uppslagsgrans; nil is not set.
type Uppslagsgranser struct{ PerPerson, PerMaskin *int }

// What holds an hour where nothing is set.
const (
	UppslagPerPerson = 60
	UppslagPerMaskin = 600
)

// Granser has the defaults for what is not set: none in a demo, where all are shown
// everything.
func (g Uppslagsgranser) Granser(demo bool) (perPerson, perMaskin int) {
	perPerson, perMaskin = UppslagPerPerson, UppslagPerMaskin
	if demo {
		perPerson, perMaskin = 0, 0
	}
	return *cmp.Or(g.PerPerson, &perPerson), *cmp.Or(g.PerMaskin, &perMaskin)
}
