package rapport

import (
	"strconv"
	"strings"
	"time"

	"sus/backend/register"
)

// Tabell is a report ready to be shown: every format is made from it and adds
// no figure of its own. The same report gives two of them: «tryckt», as it is
// printed for people, and «data», every row with true zeros, for machines.
type Tabell struct {
	Titel       string
	Korningstid time.Time  // when the figures were read
	Huvud       []Huvudrad // the chosen filters, in the order of the printed head
	Delar       []Tabelldel
	Fotnoter    []string
	Tillagg     []Tabelldel // tryckt only: tables under the printed report, which the original lacks

	Definitioner []Huvudrad // how each column is counted

	BaraTabell bool // a list: nothing stands around the table where its rows are read one by one

	Dataset   string    // data only: stable name, used for file names and ids
	Uppgifter []Uppgift // data only: filters and counts by their names on the wire
}

// Huvudrad is one line of the head: «Budgetår: 2010».
type Huvudrad struct {
	Etikett, Varde string
}

// String is the line as it is printed.
func (h Huvudrad) String() string { return h.Etikett + ": " + h.Varde }

// Uppgift is a named value beside the cells; Varde is a string, several, an int, a bool or
// further []Uppgift.
type Uppgift struct {
	Namn  string
	Varde any
}

// Tabelldel is one table with what stands between its heading and itself.
type Tabelldel struct {
	Rubrik   string
	Blad     string   // a workbook's sheet, where the heading is too long for one; or ""
	Antal    []string // the count lines
	Noter    []string
	Kolumner []Kolumn
	Rader    [][]Cell // each as long as Kolumner
}

// Kolumntyp says what a column holds, and so how each format writes it.
type Kolumntyp int

// The kinds of column.
const (
	KolumnText      Kolumntyp = iota
	KolumnTal                 // a number with Decimaler decimals; may be negative
	KolumnProcent             // a number that is a percentage already: 62 is 62 %
	KolumnDimension           // a code in Kategorier
	KolumnDatum               // a day, its cells' text as 2010-03-01
)

// Kolumn is one column. Rubrik is for people, Namn for machines.
type Kolumn struct {
	Namn       string
	Rubrik     string
	Typ        Kolumntyp
	Decimaler  int
	Dimension  string     // KolumnDimension: its id in JSON-stat
	Kategorier []Kategori // KolumnDimension: every code, in order
	Roll       Roll       // KolumnDimension: what it is to a cube, or ""
	Metrik     bool       // KolumnDimension: what is measured, in Enheter by Kategorier
	Enheter    []Enhet
}

// Kategori is one code of a dimension.
type Kategori struct {
	Kod, Etikett string
}

// Cellslag tells an empty cell from one with a value.
type Cellslag int

// The kinds of cell.
const (
	CellTom Cellslag = iota // nothing is printed; in data: the value is missing
	CellText
	CellTal
)

// Cell is one value.
type Cell struct {
	Slag Cellslag
	Text string
	Tal  float64
}

func textcell(s string) Cell { return Cell{Slag: CellText, Text: s} }
func talcell(n int) Cell     { return Cell{Slag: CellTal, Tal: float64(n)} }

// Skriv is the cell as printed in column k: Swedish decimals, «62%» for a
// percentage, "" for an empty cell.
func (c Cell) Skriv(k Kolumn) string {
	switch c.Slag {
	case CellText:
		return c.Text
	case CellTal:
		tal := strings.Replace(strconv.FormatFloat(c.Tal, 'f', k.Decimaler, 64), ".", ",", 1)
		if k.Typ == KolumnProcent {
			tal += "%"
		}
		return tal
	}
	return ""
}

// SkrivKorningstid is an instant as the head prints it, in Swedish time:
// «2011-03-16 kl. 15.42.45».
func SkrivKorningstid(t time.Time) string {
	return register.IStockholm(t).Format("2006-01-02 kl. 15.04.05")
}

// HelProcent is 100·taljare/namnare rounded half away from zero to a whole
// number. namnare must be above 0. It reckons in integers, so that no half is
// lost to binary fractions.
func HelProcent(taljare, namnare int) int {
	if taljare < 0 {
		return -HelProcent(-taljare, namnare)
	}
	return (200*taljare + namnare) / (2 * namnare)
}
