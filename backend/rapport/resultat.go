package rapport

import (
	"fmt"
	"hash/crc32"
	"slices"
	"strconv"
	"strings"
)

// vy is one of the two ways that a result's tables are shown in people's columns: as
// printed, or whole with unrounded values.
type vy bool

const (
	vyTryckt vy = true
	vyHel    vy = false
)

// Kolumner are a part's columns of values: those it is crossed with, then its measures.
func (r *Resultat) Kolumner(d *Resultatdel) []Vardekolumn {
	var svar []Vardekolumn
	if r.Kolumn != nil {
		for _, k := range r.Kolumn.Kategorier {
			svar = append(svar, Vardekolumn{ID: k.Kod, Rubrik: k.Etikett, Enhet: EnhetAntal})
		}
	}
	for _, m := range d.Matt {
		svar = append(svar, m.Kolumn())
	}
	return svar
}

// Vardekolumn is one column of values; Matt is nil of one that the part is crossed with.
type Vardekolumn struct {
	ID, Rubrik string
	Enhet      Enhet
	Matt       *Matt
}

// Kolumn is the measure's column.
func (m *Matt) Kolumn() Vardekolumn { return Vardekolumn{m.ID, m.Rubrik, m.Enhet, m} }

// Tryckt is a row's cells as they are printed: an exact 0 prints blank, as no value does.
// Nil is a row of only such, which is left out (domain 8.1).
func (r *Resultat) Tryckt(kolumner []Vardekolumn, rad Resultatrad) []string {
	var svar []string
	for i, c := range r.tryckta(kolumner, rad) {
		svar = append(svar, grupperat(c.Skriv(kolumner[i].kolumn())))
	}
	return svar
}

// grupperat puts a no-break space between thousands, and leaves the sign as the original has it.
func grupperat(tal string) string {
	helt, rest := tal, ""
	if i := strings.IndexAny(tal, ",%"); i >= 0 {
		helt, rest = tal[:i], tal[i:]
	}
	siffror := strings.TrimPrefix(helt, "-")
	tecken := helt[:len(helt)-len(siffror)]
	var ut strings.Builder
	for i, r := range siffror {
		if i > 0 && (len(siffror)-i)%3 == 0 {
			ut.WriteRune('\u00a0')
		}
		ut.WriteRune(r)
	}
	return tecken + ut.String() + rest
}

func (r *Resultat) tryckta(kolumner []Vardekolumn, rad Resultatrad) []Cell {
	celler, tom := make([]Cell, len(kolumner)), true
	for i, k := range rad.Celler {
		if !k.Noll() {
			celler[i], tom = Cell{Slag: CellTal, Tal: k.Avrundat(kolumner[i].Enhet)}, false
		}
	}
	if tom {
		return nil
	}
	return celler
}

func (k Vardekolumn) kolumn() Kolumn {
	return Kolumn{Namn: k.ID, Rubrik: k.Rubrik, Typ: k.Enhet.kolumntyp(), Decimaler: k.Enhet.Decimaler()}
}

// Rubrik is a part's heading under the choice.
func (r *Resultat) Rubrik(d *Resultatdel) string { return r.Urval.ord(d.Del.Rubrik) }

// Talord is the label of a part's count under the choice.
func (r *Resultat) Talord(t Deltal) string { return r.Urval.ord(t.Etikett) }

// Noter are a part's notes, a warning before them.
func (r *Resultat) Noter(d *Resultatdel) []string {
	noter := slices.Clone(d.Del.Noter)
	if v := r.varning(d); v != "" {
		noter = append([]string{v}, noter...)
	}
	return noter
}

// varning of the printed parts stands at the table that it tells to compare with.
func (r *Resultat) varning(d *Resultatdel) string {
	if !r.Rapport.utanTryck(d.ID) {
		return ""
	}
	for i := range r.Delar {
		if v := r.Delar[i].Varning; v != "" {
			return v
		}
	}
	return ""
}

// Bredvid is true of a part that the printed original lacks.
func (r *Resultat) Bredvid(d *Resultatdel) bool { return r.Rapport.utanTryck(d.ID) }

func (r *Rapport) utanTryck(del string) bool { return slices.Contains(r.UtanTryck, del) }

// tabell is a part in people's columns.
func (r *Resultat) tabell(d *Resultatdel, v vy) Tabelldel {
	kolumner := r.Kolumner(d)
	del := Tabelldel{Rubrik: r.Rubrik(d), Noter: r.Noter(d)}
	for _, t := range d.Tal {
		if k := t.Kvot(d.Summor[0].Summa); !t.Tyst || !k.Noll() {
			del.Antal = append(del.Antal, fmt.Sprintf("%s: %d", r.Talord(t), k.Taljare))
		}
	}
	for _, i := range r.Indelning {
		del.Kolumner = append(del.Kolumner, Kolumn{Namn: i.ID, Rubrik: i.Etikett, Typ: KolumnText})
	}
	for _, k := range kolumner {
		del.Kolumner = append(del.Kolumner, k.kolumn())
	}
	for _, rad := range d.Rader {
		var celler []Cell
		for _, k := range rad.Koder {
			celler = append(celler, textcell(k.Etikett))
		}
		if v == vyTryckt {
			tryckta := r.tryckta(kolumner, rad)
			if tryckta == nil {
				continue
			}
			celler = append(celler, tryckta...)
		} else {
			for i, c := range rad.Celler {
				cell := Cell{}
				if tal := c.Tal(kolumner[i].Enhet); tal != nil {
					cell = Cell{Slag: CellTal, Tal: *tal}
				}
				celler = append(celler, cell)
			}
		}
		del.Rader = append(del.Rader, celler)
	}
	return del
}

func (r *Resultat) ny() Tabell {
	t := Tabell{Titel: r.Rapport.Titel, Korningstid: r.Korningstid, Huvud: r.Huvud, Fotnoter: r.Fotnoter(), Dataset: r.Rapport.Dataset()}
	for _, m := range r.Rapport.Definitioner() {
		t.Definitioner = append(t.Definitioner, Huvudrad{m.Rubrik, m.Definition})
	}
	return t
}

// Fotnoter are those of the whole report, and that its figures are preliminary.
func (r *Resultat) Fotnoter() []string {
	if !r.Preliminar {
		return r.Rapport.Fotnoter
	}
	return append(slices.Clone(r.Rapport.Fotnoter), r.Urval.ord("Uppgifterna är preliminära: {under} är inte slut, och mer kan registreras."))
}

// TrycktTabell is the report as it is printed, cell for cell (domain 8.1).
func (r *Resultat) TrycktTabell() Tabell {
	t := r.ny()
	for i := range r.Delar {
		del := r.tabell(&r.Delar[i], vyTryckt)
		if r.Rapport.utanTryck(r.Delar[i].ID) {
			t.Tillagg = append(t.Tillagg, del)
		} else {
			t.Delar = append(t.Delar, del)
		}
	}
	t.Tillagg = append(t.Tillagg, r.Tackning.tryckt())
	return t
}

// Hel is the report in the columns of the printed one, with every row, true zeros and
// unrounded values: for a workbook.
func (r *Resultat) Hel() Tabell {
	t := r.ny()
	for i := range r.Delar {
		del := r.tabell(&r.Delar[i], vyHel)
		del.Blad = r.Delar[i].ID
		t.Delar = append(t.Delar, del)
	}
	tackning := r.Tackning.tryckt()
	tackning.Blad = "Täckning"
	t.Delar = append(t.Delar, tackning)
	return t
}

// Data is the report for machines, one cube: one row a measurement and combination of codes,
// all of them, with true zeros; a share as its exact antal and nämnare.
func (r *Resultat) Data() Tabell {
	t := r.ny()
	del := Tabelldel{Rubrik: t.Titel, Noter: r.allaNoter()}
	matningar := Kolumn{Namn: "matning", Rubrik: "Mätning", Typ: KolumnDimension, Dimension: "matning", Metrik: true}
	tid := slices.ContainsFunc(r.Indelning, func(d Delning) bool { return d.Roll == RollTid })
	period := Kategori{r.Urval.Tid.Kod(), r.Urval.Tid.huvud().Varde}
	if !tid { // so that cubes of several periods can be stacked
		del.Kolumner = append(del.Kolumner, Kolumn{Namn: "period", Rubrik: "Period", Typ: KolumnDimension, Dimension: "period", Roll: RollTid, Kategorier: []Kategori{period}})
	}
	metrik := len(del.Kolumner)
	del.Kolumner = append(del.Kolumner, matningar)
	for _, i := range r.Indelning {
		del.Kolumner = append(del.Kolumner, Kolumn{Namn: i.ID, Rubrik: i.Etikett, Typ: KolumnDimension, Dimension: i.ID, Roll: i.Roll, Kategorier: i.Kategorier})
	}
	if r.Kolumn != nil {
		efter := r.Kolumn.ID + "Efter"
		del.Kolumner = append(del.Kolumner, Kolumn{Namn: efter, Rubrik: r.Kolumn.Etikett + " efter", Typ: KolumnDimension, Dimension: efter, Kategorier: r.Kolumn.Kategorier})
	}
	del.Kolumner = append(del.Kolumner, Kolumn{Namn: "varde", Rubrik: "Värde", Typ: KolumnTal}, Kolumn{Namn: "namnare", Rubrik: "Nämnare", Typ: KolumnTal})
	lagg := func(kod, etikett string, enhet Enhet, koder []string, varde *float64, namnare *int) {
		m := &del.Kolumner[metrik]
		if !slices.ContainsFunc(m.Kategorier, func(k Kategori) bool { return k.Kod == kod }) {
			m.Kategorier = append(m.Kategorier, Kategori{kod, etikett})
			m.Enheter = append(m.Enheter, enhet)
		}
		var rad []Cell
		if !tid {
			rad = append(rad, textcell(period.Kod))
		}
		rad = append(rad, textcell(kod))
		for _, k := range koder {
			rad = append(rad, textcell(k))
		}
		cell, av := Cell{}, Cell{}
		if varde != nil {
			cell = Cell{Slag: CellTal, Tal: *varde}
		}
		if namnare != nil {
			av = talcell(*namnare)
		}
		del.Rader = append(del.Rader, append(rad, cell, av))
	}
	for i := range r.Delar {
		d := &r.Delar[i]
		korsade := 0
		if r.Kolumn != nil {
			korsade = len(r.Kolumn.Kategorier)
		}
		for j, m := range d.Matt {
			if m.Kod == "" || r.Kolumn != nil {
				continue
			}
			for _, rad := range d.Rader {
				var av *int
				if m.Av != nil {
					av = new(m.Av(rad.Summa))
				}
				lagg(m.Kod, m.Definition, m.Enhet, kod(rad.Koder), rad.Celler[korsade+j].Tal(m.Enhet), av)
			}
		}
		for _, rad := range d.Rader {
			for j := range korsade {
				lagg("OVERGANG", r.Rubrik(d), EnhetAntal, append(kod(rad.Koder), r.Kolumn.Kategorier[j].Kod), rad.Celler[j].Tal(EnhetAntal), &rad.Summa.Matta)
			}
		}
	}
	t.Delar = []Tabelldel{del}
	t.Uppgifter = r.uppgifter()
	return t
}

func kod(kategorier []Kategori) []string {
	svar := make([]string, len(kategorier), len(kategorier)+1)
	for i, k := range kategorier {
		svar[i] = k.Kod
	}
	return svar
}

// uppgifter is what stands beside the cube.
func (r *Resultat) uppgifter() []Uppgift {
	tal := []Uppgift{}
	for i := range r.Delar {
		d := &r.Delar[i]
		var av []Uppgift
		for _, t := range d.Tal {
			av = append(av, Uppgift{t.ID, int(t.Kvot(d.Summor[0].Summa).Taljare)})
		}
		tal = append(tal, Uppgift{d.ID, av})
	}
	return []Uppgift{
		{"rapport", r.Rapport.ID()}, {"version", r.Rapport.Version}, {"preliminar", r.Preliminar},
		{"urval", r.Urval.uppgifter()}, {"tal", tal}, {"tackning", r.Tackning.uppgifter()},
	}
}

// allaNoter is every note of the report, once, and warnings before them.
func (r *Resultat) allaNoter() []string {
	var svar []string
	for i := range r.Delar {
		if v := r.Delar[i].Varning; v != "" {
			svar = append(svar, v)
		}
	}
	lagg := func(noter []string) {
		for _, n := range noter {
			if !slices.Contains(svar, n) {
				svar = append(svar, n)
			}
		}
	}
	for i := range r.Delar {
		lagg(r.Delar[i].Del.Noter)
	}
	lagg(r.Fotnoter())
	lagg(r.Tackning.Noter)
	return svar
}

func sprintf(format string, a ...any) string { return fmt.Sprintf(format, a...) }

// uppraknat is the words with commas and an «och».
func uppraknat(ord []string) string {
	if len(ord) < 2 {
		return strings.Join(ord, "")
	}
	return strings.Join(ord[:len(ord)-1], ", ") + " och " + ord[len(ord)-1]
}

// Filnamn is a file's name without its ending: the report, what was chosen and the period, in
// letters that every system has. Two choices have two names: filters are parted by _ and their
// values by full stops, which no value has.
func (r *Resultat) Filnamn() string {
	u := r.Urval
	namn := filord(strings.Join([]string{r.Rapport.Dataset(), string(u.Samverkansform), u.Tid.Kod()}, "-"))
	falt := func(vad string, varden ...string) {
		if len(varden) > 0 {
			namn += "_" + vad + strings.Join(ord(varden, filord), ".")
		}
	}
	falt("omrade-", u.Verksamhetsomraden...)
	falt("lan-", u.Lan...)
	for _, o := range r.Namn.Organisationer {
		if slices.Contains(u.Organisationer, o.ID) {
			falt("", o.Namn+" "+o.ID.String()[30:])
		}
	}
	for _, i := range r.Namn.Insatser {
		if slices.Contains(u.Insatser, i.ID) {
			falt("", i.Namn+" "+i.ID.String()[30:])
		}
	}
	falt("", ord(u.Kon, konOrd)...)
	falt("alder-", ord(u.Aldrar, Spann.Kod)...)
	falt("kommun-", u.Kommuner...)
	falt("bolan-", u.Personlan...)
	falt("per-", u.Indelning...)
	falt("granser-", ord(u.Aldersgranser, strconv.Itoa)...)
	if len(namn) > maxFilnamn {
		namn = fmt.Sprintf("%s-%x", namn[:maxFilnamn], crc32.ChecksumIEEE([]byte(namn)))
	}
	return namn
}

const maxFilnamn = 150

// filord is the text in small letters, digits and single hyphens.
func filord(s string) string {
	var ut strings.Builder
	for _, r := range strings.NewReplacer("å", "a", "ä", "a", "ö", "o", "é", "e").Replace(strings.ToLower(s)) {
		switch {
		case r >= 'a' && r <= 'z', r >= '0' && r <= '9':
			ut.WriteRune(r)
		default:
			ut.WriteByte('-')
		}
	}
	return strings.Join(strings.FieldsFunc(ut.String(), func(r rune) bool { return r == '-' }), "-")
}
