package httpapi

import (
	"fmt"
	"maps"
	"math"
	"testing"

	"sus/api"
	"sus/backend/rapport"
	"sus/backend/rapport/rapporttest"
)

// rapportPart reads a part of a report by the ids of its counts and columns.
type rapportPart struct {
	t   testing.TB
	del api.Rapportdel
	row api.Rapportrad
}

func (p rapportPart) tal(id string) int {
	p.t.Helper()
	for _, x := range p.del.Tal {
		if x.Id == id && x.Koder == nil {
			return int(x.Varde)
		}
	}
	p.t.Fatalf("%s counts no %s", p.del.Id, id)
	return 0
}

func (p rapportPart) cell(id string) *float64 {
	p.t.Helper()
	for i, k := range p.del.Kolumner {
		if k.Id == id {
			return p.row.Celler[i]
		}
	}
	p.t.Fatalf("%s has no column %s", p.del.Id, id)
	return nil
}

func (p rapportPart) count(id string) int {
	p.t.Helper()
	v := p.cell(id)
	if v == nil || *v != math.Trunc(*v) {
		p.t.Fatalf("%s %s: %v is no count", p.del.Id, id, v)
	}
	return int(*v)
}

// of demands that a share is n of a whole, which it gives back.
func (p rapportPart) of(id string, n, whole int) int {
	p.t.Helper()
	v := p.cell(id)
	if (v == nil) != (whole == 0) || v != nil && math.Abs(*v-100*float64(n)/float64(whole)) > 1e-9 {
		p.t.Errorf("%s %s %v is not %d of %d", p.del.Id, id, v, n, whole)
	}
	return whole
}

// bookOf is Deltagarrapport försörjning, undivided, as a book.
func bookOf(t testing.TB, r api.Rapport) rapporttest.Bok {
	t.Helper()
	if r.Rapport != "deltagarrapport/forsorjning" || len(r.Delar) != 3 || len(r.Indelning) != 1 {
		t.Fatalf("%s of %d parts, divided by %v", r.Rapport, len(r.Delar), r.Indelning)
	}
	start, end, measured := rapportPart{t: t, del: r.Delar[0]}, rapportPart{t: t, del: r.Delar[1]}, rapportPart{t: t, del: r.Delar[2]}
	if ids := start.del.Id + end.del.Id + measured.del.Id; ids != "STARTSLUTMATTA" || start.del.Bredvid || end.del.Bredvid || !measured.del.Bredvid {
		t.Fatalf("the parts are %s", ids)
	}
	b := rapporttest.Bok{Titel: r.Titel, Fotnoter: r.Fotnoter,
		Start: rapporttest.Start{Antal: start.tal("antal"), Unika: start.tal("unika"), Noter: start.del.Noter},
		Slut: rapporttest.Slut{Antal: end.tal("antal"), Unika: end.tal("unika"), UtanMatning: end.tal("utanMatning"), Matta: measured.tal("antal"), Varning: value(end.del.Varning),
			Noter: end.del.Noter, NoterMatta: measured.del.Noter},
	}
	for _, h := range r.Huvud {
		b.Huvud = append(b.Huvud, rapport.Huvudrad{Etikett: h.Etikett, Varde: h.Varde})
	}
	b.Tackning.Noter = r.Tackning.Noter
	for _, x := range r.Tackning.Rader {
		row := rapport.Tackningsrad{Kod: string(x.Kod), Etikett: x.Etikett}
		if x.Antal != nil {
			row.Antal = new(int(*x.Antal))
		}
		if x.Namnare != nil {
			row.Namnare = new(int(*x.Namnare))
		}
		b.Tackning.Rader = append(b.Tackning.Rader, row)
	}
	for _, start.row = range start.del.Rader {
		n := start.count("antal")
		b.Start.Rader = append(b.Start.Rader, rapporttest.Startrad{Kod: start.row.Koder["forsorjning"], Etikett: start.row.Etikett, Antal: n, Namnare: start.of("andel", n, b.Start.Antal)})
	}
	for i := range end.del.Rader {
		end.row, measured.row = end.del.Rader[i], measured.del.Rader[i]
		before, after, beforeMeasured := end.count("antalFore"), end.count("antalEfter"), measured.count("antalForeMatta")
		end.of("andelEfter", after, b.Slut.Antal)
		measured.of("andelEfterMatta", after, b.Slut.Matta)
		if measured.count("antalEfterMatta") != after || !maps.Equal(measured.row.Koder, end.row.Koder) {
			t.Errorf("%v: the two tables differ", end.row.Koder)
		}
		b.Slut.Rader = append(b.Slut.Rader, rapporttest.Slutrad{Kod: end.row.Koder["forsorjning"], Etikett: end.row.Etikett, AntalFore: before, AntalEfter: after,
			Namnare: end.of("andelFore", before, b.Slut.Antal), Forandring: end.count("forandring"), ForandringProcent: end.cell("forandringProcent"),
			Matta: rapporttest.Matta{AntalForeMatta: beforeMeasured, NamnareMatta: measured.of("andelForeMatta", beforeMeasured, b.Slut.Matta), Lamnat: measured.count("lamnat"),
				Tillkommit: measured.count("tillkommit"), Kvar: measured.count("kvar"), ForandringMatta: measured.count("forandringMatta"), ForandringProcentMatta: measured.cell("forandringProcentMatta")}})
	}
	return b
}

// reported is Deltagarrapport försörjning of FINSAM in a year, by further parameters («&lan=03»).
func (p *harness) reported(year int, more string) rapporttest.Bok {
	p.t.Helper()
	return p.reportedTo("SUSRAPPORT", year, more)
}

func (p *harness) reportedTo(who string, year int, more string) rapporttest.Bok {
	p.t.Helper()
	var r api.Rapport
	p.expect(200, who, "GET", fmt.Sprintf("/v1/rapporter/deltagarrapport/forsorjning?samverkansform=FINSAM&budgetar=%d%s", year, more), nil, nil).json(p.t, &r)
	return bookOf(p.t, r)
}
