package rapporttest

import "sus/backend/rapport"

// Bok is Deltagarrapport försörjning, undivided, as a book keeps it.
type Bok struct {
	Titel    string
	Huvud    []rapport.Huvudrad
	Start    Start
	Slut     Slut
	Tackning rapport.Tackning
	Fotnoter []string
}

// Start counts by startdag.
type Start struct {
	Antal, Unika int
	Noter        []string
	Rader        []Startrad
}

// Startrad is one försörjning at start; its share is Antal of Namnare.
type Startrad struct {
	Kod, Etikett   string
	Antal, Namnare int
}

// Slut counts by avslutningsdag; Matta are those who are not UtanMatning.
type Slut struct {
	Antal, Unika, UtanMatning, Matta int
	Varning                          string
	Noter, NoterMatta                []string
	Rader                            []Slutrad
}

// Slutrad is one försörjning before and after, of the same deltaganden.
type Slutrad struct {
	Kod, Etikett                               string
	AntalFore, AntalEfter, Namnare, Forandring int
	ForandringProcent                          *float64
	Matta
}

// Matta is the same of those who ended with measurement alone.
type Matta struct {
	AntalForeMatta, NamnareMatta int
	Lamnat, Tillkommit, Kvar     int
	ForandringMatta              int
	ForandringProcentMatta       *float64
}

// las reads a part's counts and cells by the ids of its columns.
type las struct {
	t   T
	r   *rapport.Resultat
	del *rapport.Resultatdel
	rad rapport.Resultatrad
}

func (l las) tal(id string) int {
	l.t.Helper()
	for _, x := range l.del.Tal {
		if k := x.Kvot(l.del.Summor[0].Summa); x.ID == id && k.Namnare == 1 {
			return int(k.Taljare)
		}
	}
	l.t.Fatalf("%s har inget tal %s", l.del.ID, id)
	return 0
}

func (l las) cell(id string) rapport.Kvot {
	l.t.Helper()
	for i, k := range l.r.Kolumner(l.del) {
		if k.ID == id {
			return l.rad.Celler[i]
		}
	}
	l.t.Fatalf("%s har ingen kolumn %s", l.del.ID, id)
	return rapport.Kvot{}
}

func (l las) antal(id string) int {
	l.t.Helper()
	k := l.cell(id)
	if k.Namnare != 1 {
		l.t.Fatalf("%s %s är inget helt tal: %s", l.del.ID, id, k)
	}
	return int(k.Taljare)
}

// av is the whole of a share, whose part must be n.
func (l las) av(id string, n int) int {
	l.t.Helper()
	k := l.cell(id)
	if int(k.Taljare) != n {
		l.t.Errorf("%s %s är en andel av %d, inte av %d", l.del.ID, id, k.Taljare, n)
	}
	return int(k.Namnare)
}

// BokAv is the report as a book. It demands that shares are of the counts beside them, and
// that the table beside the printed one has the same rows.
func BokAv(t T, r *rapport.Resultat) Bok {
	t.Helper()
	if len(r.Delar) != 3 || r.Rapport.ID() != "deltagarrapport/forsorjning" || len(r.Indelning) != 1 {
		t.Fatalf("%s med %d delar är inte den odelade rapporten", r.Rapport.ID(), len(r.Delar))
	}
	del := func(n int, id string) las {
		if r.Delar[n].ID != id {
			t.Fatalf("del %d är %s, inte %s", n, r.Delar[n].ID, id)
		}
		return las{t: t, r: r, del: &r.Delar[n]}
	}
	start, slut, matta := del(0, "START"), del(1, "SLUT"), del(2, "MATTA")
	b := Bok{
		Titel: r.Rapport.Titel, Huvud: r.Huvud, Tackning: r.Tackning, Fotnoter: r.Fotnoter(),
		Start: Start{Antal: start.tal("antal"), Unika: start.tal("unika"), Noter: r.Noter(start.del)},
		Slut: Slut{Antal: slut.tal("antal"), Unika: slut.tal("unika"), UtanMatning: slut.tal("utanMatning"), Matta: matta.tal("antal"), Varning: slut.del.Varning,
			Noter: r.Noter(slut.del), NoterMatta: r.Noter(matta.del)},
	}
	for _, start.rad = range start.del.Rader {
		k := start.rad.Koder[0]
		n := start.antal("antal")
		b.Start.Rader = append(b.Start.Rader, Startrad{k.Kod, k.Etikett, n, start.av("andel", n)})
	}
	for i := range slut.del.Rader {
		slut.rad, matta.rad = slut.del.Rader[i], matta.del.Rader[i]
		k := slut.rad.Koder[0]
		if matta.rad.Koder[0] != k {
			t.Errorf("rad %d är %s i den ena tabellen och %s i den andra", i, k.Kod, matta.rad.Koder[0].Kod)
		}
		fore, efter, foreMatta := slut.antal("antalFore"), slut.antal("antalEfter"), matta.antal("antalForeMatta")
		if n := matta.antal("antalEfterMatta"); n != efter || slut.av("andelEfter", efter) != slut.av("andelFore", fore) || matta.av("andelEfterMatta", n) != matta.av("andelForeMatta", foreMatta) {
			t.Errorf("%s: efter är %d och %d, eller av olika många", k.Kod, efter, n)
		}
		b.Slut.Rader = append(b.Slut.Rader, Slutrad{Kod: k.Kod, Etikett: k.Etikett, AntalFore: fore, AntalEfter: efter, Namnare: slut.av("andelFore", fore),
			Forandring: slut.antal("forandring"), ForandringProcent: slut.cell("forandringProcent").Tal(rapport.EnhetProcent),
			Matta: Matta{AntalForeMatta: foreMatta, NamnareMatta: matta.av("andelForeMatta", foreMatta), Lamnat: matta.antal("lamnat"), Tillkommit: matta.antal("tillkommit"),
				Kvar: matta.antal("kvar"), ForandringMatta: matta.antal("forandringMatta"), ForandringProcentMatta: matta.cell("forandringProcentMatta").Tal(rapport.EnhetProcent)}})
	}
	return b
}
