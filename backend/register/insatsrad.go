package register

import "slices"

// Insatsrad is what an insats was about during a time that begins on the first of a month
// (domain 3 and 8): a change today leaves what was true last year. The rows of an insats
// follow upon each other without a gap, from Alltid and with no end.
type Insatsrad struct {
	Period
	PreciseradInriktning string   // code in kodverk PRECISERAD_INRIKTNING
	Malgrupper           []string // codes in kodverk MALGRUPP, sorted
}

func (r Insatsrad) lika(s Insatsrad) bool {
	return r.PreciseradInriktning == s.PreciseradInriktning && slices.Equal(r.Malgrupper, s.Malgrupper)
}

// LikaInsatsrader is true when two histories say the same.
func LikaInsatsrader(a, b []Insatsrad) bool { return likaRader(a, b) }

// Rad is the row that holds on a day.
func (i Insats) Rad(pa Datum) Insatsrad { return vidDag(i.Rader, pa) }

// Vid is the insats with what holds on a day in its own fields: of one that is to come its
// first day, of one that is over its last.
func (i Insats) Vid(idag Datum) Insats {
	r := i.Rad(i.Tid().Narmast(idag))
	i.PreciseradInriktning, i.Malgrupper = r.PreciseradInriktning, r.Malgrupper
	return i
}

// Historik is the rows as the insats's own time shows them: the first begins with its
// startdatum, the last ends with its slutdatum.
func (i Insats) Historik() []Insatsrad {
	rader := historik(i.Rader, i.Startdatum)
	if n := len(rader); n > 0 {
		rader[n-1].Tom = i.Slutdatum
	}
	return rader
}

// AndradFran is the first month from which a changed insats says something else of what it
// is about; false when the two say the same. Alltid is told as the start.
func (i Insats) AndradFran(ny Insats) (Datum, bool) {
	granser := []Datum{ny.Startdatum}
	for _, r := range slices.Concat(i.Rader, ny.Rader) {
		if r.Fran.Efter(ny.Startdatum) {
			granser = append(granser, r.Fran)
		}
	}
	slices.SortFunc(granser, func(a, b Datum) int { return int(a.kod - b.kod) })
	for _, d := range granser {
		if !i.Rad(d).lika(ny.Rad(d)) {
			return d, true
		}
	}
	return Datum{}, false
}

// inomTiden is the rows of the insats when its time is another: none begins outside it.
func inomTiden(rader []Insatsrad, tid Period) []Insatsrad {
	rader = fran(slices.DeleteFunc(slices.Clone(rader), func(r Insatsrad) bool { return tid.slutarFore(r.Fran) }), tid.Fran)
	if n := len(rader); n > 0 {
		rader[n-1].Tom = nil
	}
	return rader
}

// omskrivna is the rows when from a month on the insats is about something else. Each of
// the two holds until the rows say that it changed the next time, so that a correction of
// the past leaves what was decided later, and a change today what is planned.
func omskrivna(rader []Insatsrad, manad Datum, preciserad string, malgrupper []string) []Insatsrad {
	nya, i, finns := kluvna(rader, manad)
	if !finns {
		return rader
	}
	forr := nya[i]
	for j := i; j < len(nya) && nya[j].PreciseradInriktning == forr.PreciseradInriktning; j++ {
		nya[j].PreciseradInriktning = preciserad
	}
	for j := i; j < len(nya) && slices.Equal(nya[j].Malgrupper, forr.Malgrupper); j++ {
		nya[j].Malgrupper = malgrupper
	}
	return hopslagna(nya)
}

// insatsmanad gathers the faults of the month that a change holds from: the first of one
// that the insats goes on in. One that has been is a correction.
func (f *felsamling) insatsmanad(g gallerFran, tid Period) {
	switch {
	case g.dag.Dag() != 1:
		f.lagg("/gallerFran", RegelManadensForsta)
	case tid.Fran.Angett() && g.dag.Fore(tid.Fran.ForstaIManaden()), tid.slutarFore(g.dag):
		f.lagg("/gallerFran", RegelUtanforInsatsen, "Insatsen pågår inte den månaden.")
	}
}

// insatskoder gathers the faults of what the insats is about from a month on. What stood
// then is right already when it holds on some day of the insats; what is new, on some day
// that it is for: in its first month or until today, since no insats is about what the
// lists are to have later.
func (f *felsamling) insatskoder(in Insatsuppgifter, stod Insatsrad, ny Period, kodverk Kodverk, form Samverkansform, idag Datum) {
	if ny.Fran.Angett() {
		if borjad := senast(ny.Fran.ForstaIManaden().Plus(31).ForstaIManaden().Plus(-1), idag); !ny.slutarFore(borjad) {
			ny.Tom = &borjad
		}
	}
	nar := func(star bool) Period {
		if star {
			return in.tid()
		}
		return ny
	}
	r, ok := kodverk.GiltigUnder(KodverkPreciseradInriktning, in.PreciseradInriktning, nar(in.PreciseradInriktning == stod.PreciseradInriktning), form)
	if !ok {
		f.lagg("/preciseradInriktning", RegelOkandKod, "Den preciserade inriktningen finns inte under den tid den ska gälla.")
	} else if in.Inriktning.finns() && r.Tillhor != string(in.Inriktning) {
		f.lagg("/preciseradInriktning", RegelFelInriktning)
	}
	for n, kod := range in.Malgrupper {
		if _, ok := kodverk.GiltigUnder(KodverkMalgrupp, kod, nar(slices.Contains(stod.Malgrupper, kod)), form); !ok {
			f.lagg(element("/malgrupper", n), RegelOkandKod, "Målgruppen finns inte under den tid den ska gälla.")
		}
	}
	f.unika("/malgrupper", in.Malgrupper)
}
