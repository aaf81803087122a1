package export

import (
	"cmp"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"

	"sus/backend/rapport"
)

// ContentTypeXLSX is an Excel workbook's.
const ContentTypeXLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

// XLSX writes a workbook: one sheet a table, with one header row that stays when the rest is
// scrolled and numbers and days as such, and last a sheet named om with the title, the choice,
// the run time and the notes. A text is never taken for a formula.
func XLSX(t rapport.Tabell, om string) ([]byte, error) {
	f := excelize.NewFile()
	defer func() { _ = f.Close() }() // in memory: its errors cannot happen
	huvud, err := f.NewStyle(&excelize.Style{Font: &excelize.Font{Bold: true}})
	if err != nil {
		return nil, err
	}
	forsta := f.GetSheetName(0)
	for n, d := range t.Delar {
		namn := bladnamn(cmp.Or(d.Blad, d.Rubrik))
		if n == 0 {
			err = f.SetSheetName(forsta, namn)
		} else {
			_, err = f.NewSheet(namn)
		}
		if err == nil {
			err = skrivBlad(f, namn, d, huvud)
		}
		if err != nil {
			return nil, err
		}
	}
	if _, err := f.NewSheet(om); err != nil {
		return nil, err
	}
	rader := [][2]string{{t.Titel, ""}, {"Hämtat", rapport.SkrivKorningstid(t.Korningstid)}}
	for _, h := range t.Huvud {
		rader = append(rader, [2]string{h.Etikett, h.Varde})
	}
	for _, d := range t.Delar {
		if len(d.Antal)+len(d.Noter) == 0 {
			continue
		}
		rader = append(rader, [2]string{cmp.Or(d.Blad, d.Rubrik), d.Rubrik})
		for _, s := range append(slices.Clone(d.Antal), d.Noter...) {
			rader = append(rader, [2]string{"", s})
		}
	}
	for _, s := range t.Fotnoter {
		rader = append(rader, [2]string{s, ""})
	}
	for _, d := range t.Definitioner {
		rader = append(rader, [2]string{d.Etikett, d.Varde})
	}
	for n, r := range rader {
		for k, s := range r {
			if err := f.SetCellStr(om, ruta(k, n), s); err != nil {
				return nil, err
			}
		}
	}
	if err := f.SetColWidth(om, "A", "B", 40); err != nil {
		return nil, err
	}
	ut, err := f.WriteToBuffer()
	if err != nil {
		return nil, err
	}
	return ut.Bytes(), nil
}

// ruta is the name of a cell, both from 0.
func ruta(kolumn, rad int) string {
	s, err := excelize.CoordinatesToCellName(kolumn+1, rad+1)
	if err != nil {
		panic("export: " + err.Error()) // further out than a sheet goes
	}
	return s
}

// bladnamn is a name that a sheet can have.
func bladnamn(s string) string {
	s = strings.NewReplacer("[", "", "]", "", ":", "", "*", "", "?", "", "/", "-", `\`, "").Replace(s)
	for utf8.RuneCountInString(s) > 31 {
		_, n := utf8.DecodeLastRuneInString(s)
		s = s[:len(s)-n]
	}
	return s
}

const (
	smalKolumn  = 14 // in characters
	hogstaBredd = 60
)

func skrivBlad(f *excelize.File, blad string, d rapport.Tabelldel, huvud int) error {
	skriv, err := f.NewStreamWriter(blad)
	if err != nil {
		return err
	}
	stilar := make([]int, len(d.Kolumner))
	rad := make([]any, len(d.Kolumner))
	for i, k := range d.Kolumner {
		if stilar[i], err = f.NewStyle(stil(k)); err != nil {
			return err
		}
		if err := skriv.SetColWidth(i+1, i+1, bredd(d, i)); err != nil {
			return err
		}
		rad[i] = excelize.Cell{StyleID: huvud, Value: k.Rubrik}
	}
	if err := skriv.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}); err != nil {
		return err
	}
	if err := skriv.SetRow("A1", rad); err != nil {
		return err
	}
	for n, r := range d.Rader {
		for i, c := range r {
			rad[i] = excelize.Cell{StyleID: stilar[i], Value: varde(c, d.Kolumner[i])}
		}
		if err := skriv.SetRow(ruta(0, n+1), rad); err != nil {
			return err
		}
	}
	return skriv.Flush()
}

// varde is a cell's number, day or text; nil of an empty one.
func varde(c rapport.Cell, k rapport.Kolumn) any {
	switch {
	case c.Slag == rapport.CellTom:
		return nil
	case c.Slag == rapport.CellTal && k.Typ == rapport.KolumnProcent:
		return c.Tal / 100
	case c.Slag == rapport.CellTal:
		return c.Tal
	case k.Typ == rapport.KolumnDatum:
		if dag, err := time.Parse(time.DateOnly, c.Text); err == nil {
			return dag
		}
	}
	return c.Text
}

// stil is how Excel shows a column.
func stil(k rapport.Kolumn) *excelize.Style {
	format := "General"
	switch k.Typ {
	case rapport.KolumnTal:
		format = "0" + decimaler(k)
		if k.Decimaler > 0 {
			format = "#,##" + format
		}
	case rapport.KolumnProcent:
		format = "0" + decimaler(k) + "%"
	case rapport.KolumnDatum:
		format = "yyyy-mm-dd"
	case rapport.KolumnText, rapport.KolumnDimension:
		format = "@"
	}
	return &excelize.Style{CustomNumFmt: &format}
}

func decimaler(k rapport.Kolumn) string {
	if k.Decimaler == 0 {
		return ""
	}
	return "." + strings.Repeat("0", k.Decimaler)
}

// bredd fits the widest text of a column, within bounds.
func bredd(d rapport.Tabelldel, i int) float64 {
	n := utf8.RuneCountInString(d.Kolumner[i].Rubrik) + 2
	if d.Kolumner[i].Typ != rapport.KolumnText {
		return float64(max(n, smalKolumn))
	}
	for _, r := range d.Rader {
		n = max(n, utf8.RuneCountInString(r[i].Text)+1)
	}
	return float64(min(max(n, smalKolumn), hogstaBredd))
}
