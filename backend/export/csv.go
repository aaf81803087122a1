package export

import (
	"bytes"
	"encoding/csv"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"sus/backend/rapport"
)

// bom makes Excel read the file as UTF-8.
const bom = "\ufeff"

// ExcelSv is the printed view for a Swedish Excel: UTF-8 with BOM, semicolons,
// decimal comma, CRLF, no «sep=» line. Run time, title, filters, count lines
// and notes each take a row of one cell, in the order of the printed original; a list
// has its header row and its rows alone.
func ExcelSv(t rapport.Tabell) []byte {
	var ut bytes.Buffer
	ut.WriteString(bom)
	rad := func(celler ...string) {
		for i, c := range celler {
			if i > 0 {
				ut.WriteByte(';')
			}
			ut.WriteString(citera(c))
		}
		ut.WriteString("\r\n")
	}
	rader := func(texter []string) {
		for _, s := range texter {
			rad(oskadlig(s))
		}
	}
	tabell := func(d rapport.Tabelldel) {
		celler := make([]string, len(d.Kolumner))
		for i, k := range d.Kolumner {
			celler[i] = oskadlig(k.Rubrik)
		}
		rad(celler...)
		for _, r := range d.Rader {
			for i, c := range r {
				celler[i] = c.Skriv(d.Kolumner[i])
				if c.Slag == rapport.CellText {
					celler[i] = oskadlig(celler[i])
				}
			}
			rad(celler...)
		}
	}
	if t.BaraTabell {
		for _, d := range t.Delar {
			tabell(d)
		}
		return ut.Bytes()
	}
	rad(rapport.SkrivKorningstid(t.Korningstid))
	rad(oskadlig(t.Titel))
	rad()
	for _, h := range t.Huvud {
		rad(oskadlig(h.String()))
	}
	del := func(d rapport.Tabelldel) {
		rad()
		rad(oskadlig(d.Rubrik))
		rader(d.Antal)
		rad()
		rader(d.Noter)
		rad()
		tabell(d)
	}
	for _, d := range t.Delar {
		del(d)
	}
	if len(t.Fotnoter) > 0 {
		rad()
		rader(t.Fotnoter)
	}
	for _, d := range t.Tillagg {
		del(d)
	}
	return ut.Bytes()
}

// citera quotes a cell that holds what would end it.
func citera(s string) string {
	if !strings.ContainsAny(s, ";\"\r\n") {
		return s
	}
	return `"` + strings.ReplaceAll(s, `"`, `""`) + `"`
}

// oskadlig keeps a spreadsheet from running a text as a formula: also one that begins with
// the full-width cousin of a sign, or with what is not seen before it. It is for texts only:
// a negative number is a number and is left alone.
func oskadlig(s string) string {
	synlig := strings.TrimLeftFunc(s, func(r rune) bool { return unicode.Is(unicode.Cf, r) || unicode.Is(unicode.Zs, r) || r == 0 })
	if synlig == "" {
		return s
	}
	if r, _ := utf8.DecodeRuneInString(synlig); strings.ContainsRune("=+-@\t\r\n＝＋－＠﹢﹣﹦﹫−", r) {
		return "'" + s
	}
	return s
}

// DataCSV is the data view for programs: UTF-8 without BOM, commas, decimal
// point, codes, one header row of the columns' names. A missing value is empty.
func DataCSV(t rapport.Tabell) []byte {
	var ut bytes.Buffer
	skriv := csv.NewWriter(&ut) // writes to memory: its errors cannot happen
	for _, d := range t.Delar {
		celler := make([]string, len(d.Kolumner))
		for i, k := range d.Kolumner {
			celler[i] = k.Namn
		}
		_ = skriv.Write(celler)
		for _, r := range d.Rader {
			for i, c := range r {
				switch c.Slag {
				case rapport.CellTal:
					celler[i] = strconv.FormatFloat(c.Tal, 'f', -1, 64)
				case rapport.CellText:
					celler[i] = oskadlig(c.Text)
				default:
					celler[i] = ""
				}
			}
			_ = skriv.Write(celler)
		}
	}
	skriv.Flush()
	return ut.Bytes()
}
