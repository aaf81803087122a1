package rapport

import (
	"fmt"
	"slices"

	"github.com/google/uuid"
)

// Tryckt is the report as it is printed, cell for cell: a 0 prints blank and
// its share too, a Förändring of 0 prints blank in both change columns, and a
// row of only zeros is left out (domain 8.1).
func (r Forsorjningsrapport) Tryckt() Tabell {
	start := Tabelldel{
		Rubrik: fmt.Sprintf(rubrikStart, r.Urval.Budgetar),
		Antal:  []string{fmt.Sprintf(antalsradStart, r.Start.Antal), fmt.Sprintf(antalsradUnika, r.Start.Unika)},
		Noter:  r.Start.Noter,
		Kolumner: []Kolumn{
			{Namn: "etikett", Rubrik: "Försörjning", Typ: KolumnText},
			{Namn: "antal", Rubrik: "Antal deltagare", Typ: KolumnTal},
			{Namn: "andel", Rubrik: "Andel", Typ: KolumnProcent},
		},
	}
	for _, rad := range r.Start.Rader {
		if rad.Antal == 0 {
			continue
		}
		start.Rader = append(start.Rader, append([]Cell{textcell(rad.Etikett)}, antalOchAndel(rad.Antal, rad.Namnare)...))
	}

	slut := Tabelldel{
		Rubrik: fmt.Sprintf(rubrikSlut, r.Urval.Budgetar),
		Antal:  []string{fmt.Sprintf(antalsradSlut, r.Slut.Antal), fmt.Sprintf(antalsradUnika, r.Slut.Unika)},
		Noter:  r.Slut.Noter, Kolumner: slutkolumner(),
	}
	// The original has no third line. It is printed where it says something,
	// so that the share of the ended who were not measured cannot be missed.
	if r.Slut.UtanMatning > 0 {
		slut.Antal = append(slut.Antal, fmt.Sprintf(antalsradUtanMatning, r.Slut.UtanMatning))
	}
	for _, rad := range r.Slut.Rader {
		if rad.AntalFore == 0 && rad.AntalEfter == 0 {
			continue
		}
		slut.Rader = append(slut.Rader, slices.Concat([]Cell{textcell(rad.Etikett)},
			antalOchAndel(rad.AntalFore, rad.Namnare), antalOchAndel(rad.AntalEfter, rad.Namnare), forandring(rad.Forandring, rad.AntalFore)))
	}

	return Tabell{
		Titel: r.Titel, Korningstid: r.Korningstid, Huvud: r.Huvud, Delar: []Tabelldel{start, slut},
		Fotnoter: r.Fotnoter, Tillagg: []Tabelldel{r.tryckMatta(), r.Tackning.tryckt()}, Dataset: datasetForsorjning,
	}
}

// tryckMatta is the end part among those measured, in the style of the printed one.
func (r Forsorjningsrapport) tryckMatta() Tabelldel {
	matta := Tabelldel{
		Rubrik: fmt.Sprintf(rubrikMatta, r.Urval.Budgetar),
		Antal:  []string{fmt.Sprintf(antalsradMatta, r.Slut.Matta)},
		Noter:  r.Slut.NoterMatta,
		Kolumner: append(slutkolumner(),
			Kolumn{Namn: "lamnat", Rubrik: "Lämnat", Typ: KolumnTal},
			Kolumn{Namn: "tillkommit", Rubrik: "Tillkommit", Typ: KolumnTal},
			Kolumn{Namn: "kvar", Rubrik: "Kvar", Typ: KolumnTal}),
	}
	if r.Slut.Varning != "" {
		matta.Noter = slices.Concat([]string{r.Slut.Varning}, matta.Noter)
	}
	for _, rad := range r.Slut.Rader {
		if rad.AntalForeMatta == 0 && rad.AntalEfter == 0 {
			continue
		}
		matta.Rader = append(matta.Rader, slices.Concat([]Cell{textcell(rad.Etikett)},
			antalOchAndel(rad.AntalForeMatta, rad.NamnareMatta), antalOchAndel(rad.AntalEfter, rad.NamnareMatta),
			forandring(rad.ForandringMatta, rad.AntalForeMatta),
			[]Cell{antalcell(rad.Lamnat), antalcell(rad.Tillkommit), antalcell(rad.Kvar)}))
	}
	return matta
}

// slutkolumner are the columns of the printed end part.
func slutkolumner() []Kolumn {
	return []Kolumn{
		{Namn: "etikett", Rubrik: "Försörjning", Typ: KolumnText},
		{Namn: "antalFore", Rubrik: "Antal deltagare före insats", Typ: KolumnTal},
		{Namn: "andelFore", Rubrik: "Andel före", Typ: KolumnProcent},
		{Namn: "antalEfter", Rubrik: "Antal deltagare efter insats", Typ: KolumnTal},
		{Namn: "andelEfter", Rubrik: "Andel efter", Typ: KolumnProcent},
		{Namn: "forandring", Rubrik: "Förändring", Typ: KolumnTal},
		{Namn: "forandringProcent", Rubrik: "Förändring i %", Typ: KolumnProcent},
	}
}

// forandring are the two cells of change: blank when there is none, and the per cent
// blank when nobody had it before.
func forandring(n, fore int) []Cell {
	switch {
	case n == 0:
		return []Cell{{}, {}}
	case fore == 0:
		return []Cell{talcell(n), {}}
	}
	return []Cell{talcell(n), talcell(HelProcent(n, fore))}
}

// antalcell prints a 0 blank.
func antalcell(n int) Cell {
	if n == 0 {
		return Cell{}
	}
	return talcell(n)
}

func antalOchAndel(antal, namnare int) []Cell {
	if antal == 0 {
		return []Cell{{}, {}}
	}
	return []Cell{talcell(antal), talcell(HelProcent(antal, namnare))}
}

// The measurements of the data view. Those that end in _MATTA, and the three flows,
// are of those who ended with measurement.
const (
	matningStart      = "START"
	matningFore       = "FORE"
	matningEfter      = "EFTER"
	matningForeMatta  = "FORE_MATTA"
	matningEfterMatta = "EFTER_MATTA"
	matningLamnat     = "LAMNAT"
	matningTillkommit = "TILLKOMMIT"
	matningKvar       = "KVAR"
	matningTackning   = "TACKNING" // its codes are the coverage's, and none of försörjning
)

// Data is the report for machines: one row a measurement and försörjning, all
// of them, with true zeros; the share as exact antal and nämnare.
func (r Forsorjningsrapport) Data() Tabell {
	koder := make([]Kategori, 0, len(r.Start.Rader))
	for _, rad := range r.Start.Rader {
		koder = append(koder, Kategori{rad.Kod, rad.Etikett})
	}
	del := Tabelldel{
		Rubrik: r.Titel,
		Noter:  r.noter(),
		Kolumner: []Kolumn{
			{Namn: "matning", Rubrik: "Mätning", Typ: KolumnDimension, Dimension: "matning", Kategorier: []Kategori{
				{matningStart, "Vid start, av dem som startat under året"},
				{matningFore, "Före insatsen, av dem som slutat under året"},
				{matningEfter, "Efter insatsen, av dem som slutat under året"},
				{matningForeMatta, "Före insatsen, av dem som slutat under året med mätning"},
				{matningEfterMatta, "Efter insatsen, av dem som slutat under året med mätning"},
				{matningLamnat, "Före men inte efter insatsen, av dem som slutat under året med mätning"},
				{matningTillkommit, "Efter men inte före insatsen, av dem som slutat under året med mätning"},
				{matningKvar, "Både före och efter insatsen, av dem som slutat under året med mätning"},
			}},
			{Namn: "kod", Rubrik: "Försörjning", Typ: KolumnDimension, Dimension: "forsorjning", Kategorier: koder},
			{Namn: "antal", Rubrik: "Antal deltagare", Typ: KolumnTal},
			{Namn: "namnare", Rubrik: "Nämnare", Typ: KolumnTal},
		},
	}
	rad := func(matning, kod string, antal, namnare int) {
		del.Rader = append(del.Rader, []Cell{textcell(matning), textcell(kod), talcell(antal), talcell(namnare)})
	}
	for _, s := range r.Start.Rader {
		rad(matningStart, s.Kod, s.Antal, s.Namnare)
	}
	for _, m := range []struct {
		matning string
		varde   func(ForsorjningSlutrad) (antal, namnare int)
	}{
		{matningFore, func(s ForsorjningSlutrad) (int, int) { return s.AntalFore, s.Namnare }},
		{matningEfter, func(s ForsorjningSlutrad) (int, int) { return s.AntalEfter, s.Namnare }},
		{matningForeMatta, func(s ForsorjningSlutrad) (int, int) { return s.AntalForeMatta, s.NamnareMatta }},
		{matningEfterMatta, func(s ForsorjningSlutrad) (int, int) { return s.AntalEfter, s.NamnareMatta }},
		{matningLamnat, func(s ForsorjningSlutrad) (int, int) { return s.Lamnat, s.NamnareMatta }},
		{matningTillkommit, func(s ForsorjningSlutrad) (int, int) { return s.Tillkommit, s.NamnareMatta }},
		{matningKvar, func(s ForsorjningSlutrad) (int, int) { return s.Kvar, s.NamnareMatta }},
	} {
		for _, s := range r.Slut.Rader {
			antal, namnare := m.varde(s)
			rad(m.matning, s.Kod, antal, namnare)
		}
	}
	namnare := []Uppgift{{matningStart, r.Start.Antal}, {matningFore, r.Slut.Antal}, {matningEfter, r.Slut.Antal}}
	for _, matning := range []string{matningForeMatta, matningEfterMatta, matningLamnat, matningTillkommit, matningKvar} {
		namnare = append(namnare, Uppgift{matning, r.Slut.Matta})
	}
	del.Utanfor = r.Tackning.data()
	return Tabell{
		Titel: r.Titel, Korningstid: r.Korningstid, Huvud: r.Huvud, Delar: []Tabelldel{del}, Dataset: datasetForsorjning,
		Uppgifter: []Uppgift{
			{"urval", r.Urval.uppgifter()},
			{"namnare", namnare},
			{"unika", []Uppgift{{matningStart, r.Start.Unika}, {matningFore, r.Slut.Unika}, {matningEfter, r.Slut.Unika}}},
			{"utanMatning", r.Slut.UtanMatning},
			{"tackning", r.Tackning.uppgifter()},
		},
	}
}

// noter is every note of the report, once, and the warning before them.
func (r Forsorjningsrapport) noter() []string {
	var svar []string
	if r.Slut.Varning != "" {
		svar = append(svar, r.Slut.Varning)
	}
	for _, n := range slices.Concat(r.Start.Noter, r.Slut.Noter, r.Slut.NoterMatta, r.Fotnoter, r.Tackning.Noter) {
		if !slices.Contains(svar, n) {
			svar = append(svar, n)
		}
	}
	return svar
}

// uppgifter are the chosen filters by their names on the wire.
func (u Urval) uppgifter() []Uppgift {
	svar := []Uppgift{{"samverkansform", string(u.Samverkansform)}, {"budgetar", u.Budgetar}}
	for _, f := range []Uppgift{{"verksamhetsomrade", u.Verksamhetsomrade}, {"lan", u.Lan}, {"kon", string(u.Kon)}} {
		if f.Varde != "" {
			svar = append(svar, f)
		}
	}
	for _, f := range []struct {
		namn string
		id   uuid.UUID
	}{{"organisationId", u.OrganisationID}, {"insatsId", u.InsatsID}} {
		if f.id != uuid.Nil {
			svar = append(svar, Uppgift{f.namn, f.id.String()})
		}
	}
	return svar
}
