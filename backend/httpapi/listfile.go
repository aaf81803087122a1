package httpapi

import (
	"context"
	"net/http"
	"strings"

	"sus/api"
	"sus/backend/export"
	"sus/backend/rapport"
	"sus/backend/register"
	"sus/backend/store/db"
)

// maxFileRows is how many rows a list has as a file; the contract says so.
const maxFileRows = 10_000

// asFile is true when the answer is to be a file: the whole of what the filters leave.
func (b *begaran) asFile() bool {
	return b.format == formatExcelSv || b.format == formatData || b.format == formatXLSX
}

// page is the part of a list that is asked for; all of it as a file.
func (b *begaran) page(limit *api.Limit, offset *api.Offset, sort string) db.Sida {
	if b.asFile() {
		return db.Sida{Limit: maxFileRows, Sort: sort}
	}
	return pageOf(limit, offset, sort)
}

// listfile is how the rows of one list go out as a file.
type listfile[T any] struct {
	name    string // of the file and of the data set
	title   string
	columns []filecolumn[T]
}

// filecolumn is one column: its name for machines and its heading for people, and its value
// in a row, where words gives a code of a code list its label.
type filecolumn[T any] struct {
	name, heading string
	typ           rapport.Kolumntyp
	decimals      int
	value         func(row T, words words) any
}

// words gives the label of a code for people; nil is for machines, who want the code.
type words func(lista register.Kodverkstyp, kod string) string

// code is one of a code list's.
func (w words) code(lista register.Kodverkstyp, kod string) string {
	if w == nil {
		return kod
	}
	return w(lista, kod)
}

// codes is several of them in one cell.
func (w words) codes(lista register.Kodverkstyp, koder []string) string {
	if w == nil {
		return strings.Join(koder, " ")
	}
	out := make([]string, len(koder))
	for i, k := range koder {
		out[i] = w(lista, k)
	}
	return strings.Join(out, ", ")
}

// word is the label of a value that is in no code list.
func (w words) word(labels map[string]string, v string) string {
	if w == nil {
		return v
	}
	return labels[v]
}

// write is the file in the form that was asked for.
func (f listfile[T]) write(ctx context.Context, s *server, rows []T) (response, error) {
	b := begaranOf(ctx)
	kodverk, err := s.store.Kodverk(ctx)
	if err != nil {
		return response{}, err
	}
	today := s.store.Idag()
	label := words(func(lista register.Kodverkstyp, kod string) string { return kodverk.Etikett(lista, kod, today) })
	if b.format == formatData {
		label = nil
	}
	d := rapport.Tabelldel{Rubrik: f.title}
	for _, c := range f.columns {
		d.Kolumner = append(d.Kolumner, rapport.Kolumn{Namn: c.name, Rubrik: c.heading, Typ: c.typ, Decimaler: c.decimals})
	}
	for _, r := range rows {
		cells := make([]rapport.Cell, len(f.columns))
		for i, c := range f.columns {
			cells[i] = cell(c.value(r, label))
		}
		d.Rader = append(d.Rader, cells)
	}
	t := rapport.Tabell{Titel: f.title, Korningstid: s.store.Nu(), Delar: []rapport.Tabelldel{d}, Dataset: f.name, BaraTabell: true}
	for _, p := range b.op.query {
		if v := b.query.Get(p.name); v != "" && p.name != "limit" && p.name != "offset" && p.name != "format" {
			t.Huvud = append(t.Huvud, rapport.Huvudrad{Etikett: p.name, Varde: v})
		}
	}
	out := response{status: http.StatusOK, file: f.name + ".csv"}
	switch b.format {
	case formatExcelSv:
		out.typ, out.body = export.ContentTypeExcelSv, export.ExcelSv(t)
	case formatData:
		out.typ, out.body = export.ContentTypeData, export.DataCSV(t)
	default:
		out.typ, out.file = export.ContentTypeXLSX, f.name+".xlsx"
		out.body, err = export.XLSX(t, "Om listan")
	}
	return out, err
}

// cell is a value of the wire; what is not there is empty.
func cell(v any) rapport.Cell {
	number := func(n float64) rapport.Cell { return rapport.Cell{Slag: rapport.CellTal, Tal: n} }
	text := func(s string) rapport.Cell {
		if s == "" {
			return rapport.Cell{}
		}
		return rapport.Cell{Slag: rapport.CellText, Text: s}
	}
	switch v := v.(type) {
	case string:
		return text(v)
	case *string:
		return text(value(v))
	case bool:
		if v {
			return text("ja")
		}
		return text("nej")
	case int32:
		return number(float64(v))
	case *int32:
		if v != nil {
			return number(float64(*v))
		}
	case register.Belopp:
		return number(float64(v) / 100) // exact to the öre up to the highest amount there can be
	case register.Datum:
		return text(v.String())
	case *register.Datum:
		if v != nil {
			return text(v.String())
		}
	}
	return rapport.Cell{}
}
