// Package rapport is the reports: what each of them counts, of whom and in which words
// (a catalogue, as data), how a choice is made and tried, and the one reckoning that makes
// a result of the facts' counts. It is pure: the store reads the facts, the formats write.
package rapport

import (
	"cmp"
	"slices"
	"strings"

	"sus/backend/register"
)

// Rapport is one report, as data (domain 8): of whom it counts what, in which rows and columns.
type Rapport struct {
	Grupp, Namn string // its path: deltagarrapport/forsorjning
	Ordning     int    // among the reports, rising
	Titel       string
	Fraga       string // the question that it answers
	Version     int    // of what its figures mean: another one when the same facts give others

	Rad       string   // the dimension of its rows; the same in all parts, so that they are one cube
	Kolumn    string   // the dimension that its only part is crossed with (före × efter), or ""
	Delar     []Del    // in the printed order
	Fotnoter  []string // of the whole report
	UtanTryck []string // ids of parts that the printed original lacks: they stand under it
	Bild      Bild     // the picture that fits
}

// Bild is the picture that a page draws of a report.
type Bild string

// The pictures.
const (
	BildStaplar Bild = "STAPLAR" // bars, före beside efter where there are both
	BildLinjer  Bild = "LINJER"  // lines by time
	BildFlode   Bild = "FLODE"   // from före to efter
)

// ID is the report's path without the prefix.
func (r *Rapport) ID() string { return r.Grupp + "/" + r.Namn }

// Dataset is a name for files and data sets.
func (r *Rapport) Dataset() string { return r.Grupp + "-" + r.Namn }

// Grund is which deltaganden a part counts, and by which day.
type Grund int

// The bases.
const (
	GrundStart Grund = iota // startdag in the period
	GrundSlut               // avslutningsdag in the period
	GrundOppna              // open on the last day: of the period, or of each row's or indelning's time in it
)

// Del is one part of a report: a table with its heading, counts and notes. In its texts
// {tid} is «budgetår 2010» or «perioden …», {under} «året» or «perioden».
type Del struct {
	ID     string
	Grund  Grund
	Rubrik string
	Tal    []Deltal
	Noter  []string
	Matt   []*Matt
	Varde  Faktkolumn // what median and the like are of, or ""
	Varnar bool       // that many ended without measurement, where its change counts them as having left
}

// Deltal is a count of a whole part, printed as a line above its table.
type Deltal struct {
	ID, Etikett string
	Kvot        func(Summa) Kvot
	Tyst        bool // not printed when it is 0
}

// som is the same count under another id.
func (t Deltal) som(id string) Deltal {
	t.ID = id
	return t
}

// Katalog is every report, in the order that they are listed.
func Katalog() []*Rapport {
	return slices.SortedFunc(slices.Values(katalog), func(a, b *Rapport) int { return cmp.Compare(a.Ordning, b.Ordning) })
}

// katalog is filled by the reports' own files, through nyRapport.
var katalog []*Rapport

// nyRapport enters a report in the catalogue. A report that could not be reckoned is an
// error of the program: it does not start.
func nyRapport(r Rapport) *Rapport {
	if _, finns := Hitta(r.Grupp, r.Namn); finns || r.Version < 1 || len(r.Delar) == 0 {
		panic("rapport: " + r.ID() + " finns redan eller är inte hel")
	}
	katalog = append(katalog, &r)
	return &r
}

// Hitta is the report with a path; false when there is none.
func Hitta(grupp, namn string) (*Rapport, bool) {
	i := slices.IndexFunc(katalog, func(r *Rapport) bool { return r.Grupp == grupp && r.Namn == namn })
	if i < 0 {
		return nil, false
	}
	return katalog[i], true
}

// Valj is the report with a path; Saknas when there is none.
func Valj(grupp, namn string) (*Rapport, error) {
	r, finns := Hitta(grupp, namn)
	if !finns {
		return nil, register.Saknas()
	}
	return r, nil
}

// SkriverUt is the titles of the reports that print codes of a list: what a change of one shows in.
func SkriverUt(typ register.Kodverkstyp) []string {
	var svar []string
	for _, r := range katalog {
		if typ == register.KodverkVerksamhetsomrade || typ == register.KodverkSamverkansform || r.harLista(typ) {
			svar = append(svar, r.Titel)
		}
	}
	return svar
}

func (r *Rapport) harLista(typ register.Kodverkstyp) bool {
	return slices.ContainsFunc([]string{r.Rad, r.Kolumn}, func(id string) bool { return id != "" && dimension(id).Kodverk == typ })
}

// Definitioner is how each measure of the report is counted, once each.
func (r *Rapport) Definitioner() []*Matt {
	var svar []*Matt
	for _, d := range r.Delar {
		for _, m := range d.Matt {
			if !slices.Contains(svar, m) {
				svar = append(svar, m)
			}
		}
	}
	return svar
}

// ord puts the words of the period into a text of the catalogue.
func (u Urval) ord(s string) string {
	return strings.NewReplacer("{tid}", u.Tid.Ord(), "{under}", u.Tid.Under()).Replace(s)
}
