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
		Noter:  []string{notFlera1, notFlera2},
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
		Noter:  []string{notFlera1, notFlera2, notUtanMatning},
		Kolumner: []Kolumn{
			{Namn: "etikett", Rubrik: "Försörjning", Typ: KolumnText},
			{Namn: "antalFore", Rubrik: "Antal deltagare före insats", Typ: KolumnTal},
			{Namn: "andelFore", Rubrik: "Andel före", Typ: KolumnProcent},
			{Namn: "antalEfter", Rubrik: "Antal deltagare efter insats", Typ: KolumnTal},
			{Namn: "andelEfter", Rubrik: "Andel efter", Typ: KolumnProcent},
			{Namn: "forandring", Rubrik: "Förändring", Typ: KolumnTal},
			{Namn: "forandringProcent", Rubrik: "Förändring i %", Typ: KolumnProcent},
		},
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
		celler := slices.Concat([]Cell{textcell(rad.Etikett)},
			antalOchAndel(rad.AntalFore, rad.Namnare), antalOchAndel(rad.AntalEfter, rad.Namnare))
		forandring, iProcent := Cell{}, Cell{}
		if rad.Forandring != 0 {
			forandring = talcell(rad.Forandring)
			if rad.AntalFore != 0 {
				iProcent = talcell(HelProcent(rad.Forandring, rad.AntalFore))
			}
		}
		slut.Rader = append(slut.Rader, append(celler, forandring, iProcent))
	}

	return Tabell{
		Titel: r.Titel, Korningstid: r.Korningstid, Huvud: r.Huvud, Delar: []Tabelldel{start, slut},
		Fotnoter: []string{fotnotUnika, fotnotAnonyma}, Dataset: datasetForsorjning,
	}
}

func antalOchAndel(antal, namnare int) []Cell {
	if antal == 0 {
		return []Cell{{}, {}}
	}
	return []Cell{talcell(antal), talcell(HelProcent(antal, namnare))}
}

// The three measurements of the data view.
const (
	matningStart = "START"
	matningFore  = "FORE"
	matningEfter = "EFTER"
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
		Noter:  r.Noter,
		Kolumner: []Kolumn{
			{Namn: "matning", Rubrik: "Mätning", Typ: KolumnDimension, Dimension: "matning", Kategorier: []Kategori{
				{matningStart, "Vid start, av dem som startat under året"},
				{matningFore, "Före insatsen, av dem som slutat under året"},
				{matningEfter, "Efter insatsen, av dem som slutat under året"},
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
	for _, s := range r.Slut.Rader {
		rad(matningFore, s.Kod, s.AntalFore, s.Namnare)
	}
	for _, s := range r.Slut.Rader {
		rad(matningEfter, s.Kod, s.AntalEfter, s.Namnare)
	}
	return Tabell{
		Titel: r.Titel, Korningstid: r.Korningstid, Huvud: r.Huvud, Delar: []Tabelldel{del}, Dataset: datasetForsorjning,
		Uppgifter: []Uppgift{
			{"urval", r.Urval.uppgifter()},
			{"namnare", []Uppgift{{matningStart, r.Start.Antal}, {matningFore, r.Slut.Antal}, {matningEfter, r.Slut.Antal}}},
			{"unika", []Uppgift{{matningStart, r.Start.Unika}, {matningFore, r.Slut.Unika}, {matningEfter, r.Slut.Unika}}},
			{"utanMatning", r.Slut.UtanMatning},
		},
	}
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
