package register

import (
	"slices"
	"strings"
)

// Organisationsrad is where a samverkansorganisation stood during a time that begins on
// the first of a month (domain 2, 8 and 9). The rows of an organisation follow upon each
// other without a gap, from Alltid and with no end: every month has one.
type Organisationsrad struct {
	Period
	Verksamhetsomrade string   // code in kodverk VERKSAMHETSOMRADE
	Lan               string   // two digits, follows from the kommuner (LanAv)
	Kommuner          []string // SCB codes, sorted
}

// Alltid is where the earliest row begins: it has held since the organisation's start,
// whichever day that is or is corrected to.
var Alltid = Datum{kod: 10101}

// LanAv is the län that an organisation counts in: the one where most of its kommuner
// lie, and of those with equally many the one whose code is lowest.
func LanAv(kommuner []string) string {
	antal := map[string]int{}
	svar := ""
	for _, k := range kommuner {
		if len(k) >= 2 {
			antal[k[:2]]++
		}
	}
	for lan, n := range antal {
		if n > antal[svar] || n == antal[svar] && lan < svar {
			svar = lan
		}
	}
	return svar
}

// AllaLan is every län that the kommuner lie in, by code. More than one is an
// organisation over a boundary, which is told wherever its län is counted by.
func AllaLan(kommuner []string) []string {
	var svar []string
	for _, k := range kommuner {
		if len(k) >= 2 && !slices.Contains(svar, k[:2]) {
			svar = append(svar, k[:2])
		}
	}
	slices.Sort(svar)
	return svar
}

// How it is told in which län an organisation over a boundary counts, on its page
// (regeltabell) and in the head of a report alike.
const (
	OrdRaknasTill   = "Räknas till län"
	OrdKommunerAven = "{lan} (kommuner även i {andra})"
)

// RaknasTill is the län that the row counts in and, when its kommuner lie in several, the
// others too; namn is by code.
func (r Organisationsrad) RaknasTill(namn map[string]string) (ord string, flera bool) {
	var andra []string
	for _, lan := range AllaLan(r.Kommuner) {
		if lan != r.Lan {
			andra = append(andra, namn[lan])
		}
	}
	if len(andra) == 0 {
		return namn[r.Lan], false
	}
	return strings.NewReplacer("{lan}", namn[r.Lan], "{andra}", strings.Join(andra, " och ")).Replace(OrdKommunerAven), true
}

// ForstaIManaden is the first day of the month that d lies in.
func (d Datum) ForstaIManaden() Datum { return NyttDatum(d.Ar(), d.Manad(), 1) }

// Rad is the row that holds on a day.
func (o Samverkansorganisation) Rad(pa Datum) Organisationsrad { return vidDag(o.Rader, pa) }

// Historik is the rows as the organisation's own time shows them: the first begins with
// its startdatum.
func (o Samverkansorganisation) Historik() []Organisationsrad { return historik(o.Rader, o.Startdatum) }

// Vid is the organisation with what holds on a day in its own fields.
func (o Samverkansorganisation) Vid(pa Datum) Samverkansorganisation {
	r := o.Rad(pa)
	o.Verksamhetsomrade, o.Lan, o.Kommuner = r.Verksamhetsomrade, r.Lan, r.Kommuner
	return o
}

// flyttade is the rows when from a month on område and kommuner are others. Each of the
// two holds until the rows say that it changed the next time, so that a correction of the
// past leaves what was decided later, and a change today what is planned. Neighbours that
// have become equal are one.
func flyttade(rader []Organisationsrad, manad Datum, omrade string, kommuner []string) []Organisationsrad {
	nya, i, finns := kluvna(rader, manad)
	if !finns {
		return rader
	}
	forr := nya[i]
	for j := i; j < len(nya) && nya[j].Verksamhetsomrade == forr.Verksamhetsomrade; j++ {
		nya[j].Verksamhetsomrade = omrade
	}
	for j := i; j < len(nya) && slices.Equal(nya[j].Kommuner, forr.Kommuner); j++ {
		nya[j].Kommuner, nya[j].Lan = kommuner, LanAv(kommuner)
	}
	return hopslagna(nya)
}

func (r Organisationsrad) lika(s Organisationsrad) bool {
	return r.Verksamhetsomrade == s.Verksamhetsomrade && slices.Equal(r.Kommuner, s.Kommuner)
}

// LikaRader is true when two histories say the same.
func LikaRader(a, b []Organisationsrad) bool { return likaRader(a, b) }

// AndradFran is the first month from which a changed organisation stands elsewhere than
// before; false when the two say the same of every month. Alltid is told as the start.
func AndradFran(forr, ny Samverkansorganisation) (Datum, bool) {
	granser := []Datum{ny.Startdatum}
	for _, r := range slices.Concat(forr.Rader, ny.Rader) {
		if r.Fran.Efter(ny.Startdatum) {
			granser = append(granser, r.Fran)
		}
	}
	slices.SortFunc(granser, func(a, b Datum) int { return int(a.kod - b.kod) })
	for _, d := range granser {
		if !forr.Rad(d).lika(ny.Rad(d)) {
			return d, true
		}
	}
	return Datum{}, false
}

// manad gathers the faults of the month itself. What has held is corrected by
// Försäkringskassan alone: the figures of that time follow.
func (f *felsamling) manad(g gallerFran, in Organisationsuppgifter, a Aktor, idag Datum) {
	denna := idag.ForstaIManaden()
	switch {
	case g.dag.Dag() != 1:
		f.lagg("/gallerFran", RegelManadensForsta)
	case g.dag.Fore(denna) && !a.HarRoll(RollSystemforvaltare):
		f.lagg("/gallerFran", RegelGallerFranForfluten)
	case g.dag.Fore(denna) && in.Startdatum.Angett() && g.dag.Fore(in.Startdatum.ForstaIManaden()):
		f.lagg("/gallerFran", RegelGallerFranForeStart)
	}
}
