package register

import "slices"

// daterad is a row of what holds during a time that begins on the first of a month, of
// something that always has one: the rows follow upon each other without a gap, from
// Alltid and with no end.
type daterad[R any] interface {
	*R
	tiden() *Period
	lika(R) bool
}

func (p *Period) tiden() *Period { return p }

// vidDag is the row that holds on a day.
func vidDag[R any, P daterad[R]](rader []R, pa Datum) (svar R) {
	for i := range rader {
		if P(&rader[i]).tiden().Omfattar(pa) {
			return rader[i]
		}
	}
	return svar
}

// fran is the rows without those that ended before start, the first of them since Alltid.
func fran[R any, P daterad[R]](rader []R, start Datum) []R {
	rader = slices.DeleteFunc(slices.Clone(rader), func(r R) bool { return P(&r).tiden().slutarFore(start) })
	if len(rader) > 0 {
		P(&rader[0]).tiden().Fran = Alltid
	}
	return rader
}

// historik is the rows as the time of what they are about shows them: the first begins
// with its start.
func historik[R any, P daterad[R]](rader []R, start Datum) []R {
	rader = fran[R, P](rader, start)
	if len(rader) > 0 {
		P(&rader[0]).tiden().Fran = start
	}
	return rader
}

// kluvna is the rows with one that begins in the month, and its place; false when no row
// holds then.
func kluvna[R any, P daterad[R]](rader []R, manad Datum) (nya []R, plats int, finns bool) {
	for _, r := range rader {
		if p := P(&r).tiden(); p.Omfattar(manad) && p.Fran != manad {
			fore := r
			P(&fore).tiden().Tom = dagenFore(manad)
			nya = append(nya, fore)
			p.Fran = manad
		}
		nya = append(nya, r)
	}
	plats = slices.IndexFunc(nya, func(r R) bool { return P(&r).tiden().Fran == manad })
	return nya, plats, plats >= 0
}

// hopslagna makes one row of neighbours that say the same.
func hopslagna[R any, P daterad[R]](rader []R) []R {
	var svar []R
	for _, r := range rader {
		if n := len(svar); n > 0 && P(&svar[n-1]).lika(r) {
			P(&svar[n-1]).tiden().Tom = P(&r).tiden().Tom
			continue
		}
		svar = append(svar, r)
	}
	return svar
}

// likaRader is true when two histories say the same.
func likaRader[R any, P daterad[R]](a, b []R) bool {
	return slices.EqualFunc(a, b, func(r, s R) bool { return P(&r).tiden().Fran == P(&s).tiden().Fran && P(&r).lika(s) })
}

// gallerFran is the month that a change of dated rows holds from.
type gallerFran struct {
	dag   Datum // the first of a month, as it was asked for
	manad Datum // where the rows are cut: Alltid for the month of the start or one before
}

// fransManad is the month asked for, by default the one that idag lies in.
func fransManad(onskad *Datum, start, idag Datum) gallerFran {
	g := gallerFran{dag: idag.ForstaIManaden()}
	if onskad != nil {
		g.dag = *onskad
	}
	g.manad = g.dag
	if !g.dag.Efter(start) {
		g.manad = Alltid
	}
	return g
}

func dagenFore(d Datum) *Datum {
	svar := d.Plus(-1)
	return &svar
}
