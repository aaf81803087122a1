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
func (o Samverkansorganisation) Rad(pa Datum) Organisationsrad {
	for _, r := range o.Rader {
		if r.Omfattar(pa) {
			return r
		}
	}
	return Organisationsrad{}
}

// Historik is the rows as the organisation's own time shows them: the first begins with
// its startdatum.
func (o Samverkansorganisation) Historik() []Organisationsrad {
	rader := fran(o.Rader, o.Startdatum)
	if len(rader) > 0 {
		rader[0].Fran = o.Startdatum
	}
	return rader
}

// Vid is the organisation with what holds on a day in its own fields.
func (o Samverkansorganisation) Vid(pa Datum) Samverkansorganisation {
	r := o.Rad(pa)
	o.Verksamhetsomrade, o.Lan, o.Kommuner = r.Verksamhetsomrade, r.Lan, r.Kommuner
	return o
}

// fran is the rows without those that ended before start, the first of them since Alltid.
func fran(rader []Organisationsrad, start Datum) []Organisationsrad {
	rader = slices.DeleteFunc(slices.Clone(rader), func(r Organisationsrad) bool { return r.slutarFore(start) })
	if len(rader) > 0 {
		rader[0].Fran = Alltid
	}
	return rader
}

// flyttade is the rows when from a month on område and kommuner are others. Each of the
// two holds until the rows say that it changed the next time, so that a correction of the
// past leaves what was decided later, and a change today what is planned. Neighbours that
// have become equal are one.
func flyttade(rader []Organisationsrad, manad Datum, omrade string, kommuner []string) []Organisationsrad {
	var nya []Organisationsrad
	for _, r := range rader {
		if r.Omfattar(manad) && r.Fran != manad {
			fore := r
			fore.Tom = dagenFore(manad)
			nya = append(nya, fore)
			r.Fran = manad
		}
		nya = append(nya, r)
	}
	i := slices.IndexFunc(nya, func(r Organisationsrad) bool { return r.Fran == manad })
	if i < 0 {
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

// hopslagna makes one row of neighbours that say the same.
func hopslagna(rader []Organisationsrad) []Organisationsrad {
	var svar []Organisationsrad
	for _, r := range rader {
		if n := len(svar); n > 0 && svar[n-1].lika(r) {
			svar[n-1].Tom = r.Tom
			continue
		}
		svar = append(svar, r)
	}
	return svar
}

func (r Organisationsrad) lika(s Organisationsrad) bool {
	return r.Verksamhetsomrade == s.Verksamhetsomrade && slices.Equal(r.Kommuner, s.Kommuner)
}

// LikaRader is true when two histories say the same.
func LikaRader(a, b []Organisationsrad) bool {
	return slices.EqualFunc(a, b, func(r, s Organisationsrad) bool { return r.Fran == s.Fran && r.lika(s) })
}

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

func dagenFore(d Datum) *Datum {
	svar := d.Plus(-1)
	return &svar
}

// gallerFran is the month that a change of område and kommuner holds from.
type gallerFran struct {
	dag   Datum // the first of a month, as it was asked for
	manad Datum // where the rows are cut: Alltid for the month of the start or one before
}

// fransManad is the month that a change asks for, by default the current one.
func (in Organisationsuppgifter) fransManad(idag Datum) gallerFran {
	g := gallerFran{dag: idag.ForstaIManaden()}
	if in.GallerFran != nil {
		g.dag = *in.GallerFran
	}
	g.manad = g.dag
	if !g.dag.Efter(in.Startdatum) {
		g.manad = Alltid
	}
	return g
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
