package httpapi

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"
)

// This file is a tally as each format is to show it, and what an answer shows: lines,
// one a cell or one a row, that are to be the same. It shares no code with the product.

var bookFormats = []string{"json", "data", "excel-sv", "json-stat", "csvw", "xlsx"}

// matning is one of the measurements that a report for machines has of each försörjning.
type matning struct {
	code  string
	count func(bookCode) int
	of    func(bookTally) int
}

var bookMatningar = []matning{
	{"START", func(n bookCode) int { return n.start }, func(t bookTally) int { return t.started }},
	{"FORE", func(n bookCode) int { return n.before }, func(t bookTally) int { return t.ended }},
	{"EFTER", func(n bookCode) int { return n.after }, func(t bookTally) int { return t.ended }},
	{"FORE_MATTA", func(n bookCode) int { return n.beforeMeasured }, func(t bookTally) int { return t.measured }},
	{"EFTER_MATTA", func(n bookCode) int { return n.after }, func(t bookTally) int { return t.measured }},
	{"LAMNAT", func(n bookCode) int { return n.left }, func(t bookTally) int { return t.measured }},
	{"TILLKOMMIT", func(n bookCode) int { return n.came }, func(t bookTally) int { return t.measured }},
	{"KVAR", func(n bookCode) int { return n.stayed }, func(t bookTally) int { return t.measured }},
}

// coverage is how many of how many, in the order that it is told.
func (t bookTally) coverage() []struct {
	code, label string
	n, of       int
} {
	all := t.started + t.unnamed
	return []struct {
		code, label string
		n, of       int
	}{
		{"MED_PERSONUPPGIFT", "Deltagare med personuppgift som startat under året", t.started, all},
		{"ANONYMA", "Anonyma deltagare som påbörjat insatsen under året", t.unnamed, all},
		{"VOLYM", "Deltagare som bara räknats (volym)", 0, all},
		{"UTAN_PERSON_START", "Startade deltaganden som inte längre leder till en person", t.startedNobody, t.started},
		{"UTAN_PERSON_SLUT", "Avslutade deltaganden som inte längre leder till en person", t.endedNobody, t.ended},
	}
}

// whole is a percentage by long division, halves away from zero.
func whole(n, of int) int {
	sign := 1
	if n < 0 {
		sign, n = -1, -n
	}
	percent, rest := 100*n/of, 100*n%of
	if rest >= of-rest {
		percent++
	}
	return sign * percent
}

// warning is the beginning of what is said when more than a tenth ended unmeasured.
func (t bookTally) warning() string {
	if t.unmeasured*10 <= t.ended {
		return ""
	}
	return fmt.Sprintf("%d av %d som slutat (%d%%)", t.unmeasured, t.ended, whole(t.unmeasured, t.ended))
}

// wanted is what the choice's report is to show in the format.
func (b *book) wanted(c bookChoice, t bookTally, format string) []string {
	switch format {
	case "json":
		return b.wantedJSON(c, t)
	case "data":
		return t.wantedData(c)
	case "excel-sv":
		return b.wantedExcel(c, t)
	case "csvw":
		return b.wantedCSVW(c, t)
	case "xlsx":
		return b.wantedXLSX(c, t)
	default:
		return b.wantedJSONStat(c, t)
	}
}

// cells is numbers by their place in a JSON document.
type cells struct{ lines []string }

func (l *cells) number(n float64, place ...string) {
	l.lines = append(l.lines, strings.Join(place, ".")+"="+strconv.FormatFloat(n, 'g', 10, 64))
}

func (l *cells) count(n int, place ...string) { l.number(float64(n), place...) }

// share is n of how many, in per cent; nothing is no share of nobody.
func (l *cells) share(n, of int, place ...string) {
	if of == 0 {
		l.lines = append(l.lines, strings.Join(place, ".")+"=null")
		return
	}
	l.number(float64(n*100)/float64(of), place...)
}

// bookPart is a part of the report: what is counted of it as a whole, and its columns.
type bookPart struct {
	id      string
	tal     []bookCount
	columns []string
	row     func(*cells, bookCode, []string) // its cells, whose places those are
	printed func(bookCode) []string
}

type bookCount struct {
	id string
	n  int
}

func (t bookTally) parts() []bookPart {
	return []bookPart{
		{"START", []bookCount{{"antal", t.started}, {"unika", t.startedUnique}}, []string{"antal", "andel"},
			func(l *cells, n bookCode, at []string) { l.count(n.start, at[0]); l.share(n.start, t.started, at[1]) },
			func(n bookCode) []string { return printedOf(n.start, t.started) }},
		{"SLUT", []bookCount{{"antal", t.ended}, {"unika", t.endedUnique}, {"utanMatning", t.unmeasured}},
			[]string{"antalFore", "andelFore", "antalEfter", "andelEfter", "forandring", "forandringProcent"},
			func(l *cells, n bookCode, at []string) {
				l.count(n.before, at[0])
				l.share(n.before, t.ended, at[1])
				l.count(n.after, at[2])
				l.share(n.after, t.ended, at[3])
				l.count(n.after-n.before, at[4])
				l.share(n.after-n.before, n.before, at[5])
			},
			func(n bookCode) []string {
				return slices.Concat(printedOf(n.before, t.ended), printedOf(n.after, t.ended), printedChange(n.before, n.after))
			}},
		{"MATTA", []bookCount{{"antal", t.measured}},
			[]string{"antalForeMatta", "andelForeMatta", "antalEfterMatta", "andelEfterMatta", "forandringMatta", "forandringProcentMatta", "lamnat", "tillkommit", "kvar"},
			func(l *cells, n bookCode, at []string) {
				l.count(n.beforeMeasured, at[0])
				l.share(n.beforeMeasured, t.measured, at[1])
				l.count(n.after, at[2])
				l.share(n.after, t.measured, at[3])
				l.count(n.after-n.beforeMeasured, at[4])
				l.share(n.after-n.beforeMeasured, n.beforeMeasured, at[5])
				l.count(n.left, at[6])
				l.count(n.came, at[7])
				l.count(n.stayed, at[8])
			},
			func(n bookCode) []string {
				return slices.Concat(printedOf(n.beforeMeasured, t.measured), printedOf(n.after, t.measured), printedChange(n.beforeMeasured, n.after),
					[]string{printed(n.left), printed(n.came), printed(n.stayed)})
			}},
	}
}

func (b *book) preliminary(c bookChoice) string {
	return fmt.Sprintf("preliminär: %v", c.year >= b.today.Year())
}

// tail is what stands beside the cells in every format for programs: the head, whether more
// can be registered of the year, and the warning.
func (b *book) tail(c bookChoice, t bookTally) []string {
	return append(b.head(c), b.preliminary(c), "varning: "+t.warning())
}

func (b *book) wantedJSON(c bookChoice, t bookTally) []string {
	l := &cells{}
	l.count(1, "version")
	l.count(c.year, "urval", "budgetar")
	var printed, definitions []string
	for i, p := range t.parts() {
		del := fmt.Sprintf("delar.%d %s", i, p.id)
		for j, x := range p.tal {
			l.count(x.n, fmt.Sprintf("%s.tal.%d %s", del, j, x.id), "varde")
		}
		definitions = append(definitions, p.columns...)
		printed = append(printed, p.id+" "+strings.Join(p.columns, " "))
		for j, k := range bookCodes {
			row := fmt.Sprintf("%s.rader.%d %s %s.celler.", del, j, k.code, k.label)
			var at []string
			for n := range p.columns {
				at = append(at, row+strconv.Itoa(n))
			}
			p.row(l, t.code[j], at)
			if cells := p.printed(t.code[j]); strings.Join(cells, "") != "" {
				printed = append(printed, k.code+" "+strings.Join(cells, ";"))
			}
		}
	}
	for i, id := range definitions {
		l.count(1, fmt.Sprintf("definitioner.%d %s", i, id), "version")
	}
	for i, k := range t.coverage() {
		row := fmt.Sprintf("%d %s %s", i, k.code, k.label)
		l.count(k.n, "tackning.rader", row, "antal")
		l.count(k.of, "tackning.rader", row, "namnare")
	}
	slices.Sort(l.lines)
	return slices.Concat(l.lines, printed, b.tail(c, t))
}

func (t bookTally) wantedData(c bookChoice) []string {
	lines := []string{"period,matning,forsorjning,varde,namnare"}
	for _, m := range bookMatningar {
		for i, k := range bookCodes {
			lines = append(lines, fmt.Sprintf("%d,%s,%s,%d,%d", c.year, m.code, k.code, m.count(t.code[i]), m.of(t)))
		}
	}
	return lines
}

// beside is the counts that stand beside the cells, under a place.
func (l *cells) beside(t bookTally, place string) {
	l.count(1, place, "version")
	for _, p := range t.parts() {
		for _, x := range p.tal {
			l.count(x.n, place, "tal", p.id, x.id)
		}
	}
	for _, k := range t.coverage() {
		l.count(k.n, place, "tackning", k.code)
	}
}

func (b *book) wantedCSVW(c bookChoice, t bookTally) []string {
	l := &cells{}
	l.beside(t, "notes.0")
	slices.Sort(l.lines)
	return slices.Concat(l.lines, []string{fmt.Sprintf("period: %d", c.year)}, b.tail(c, t))
}

func (b *book) wantedJSONStat(c bookChoice, t bookTally) []string {
	l := &cells{}
	l.count(1, "size", "0")
	l.count(len(bookMatningar), "size", "1")
	l.count(len(bookCodes), "size", "2")
	l.count(0, "dimension.period.category.index", strconv.Itoa(c.year))
	for i, m := range bookMatningar {
		l.count(i, "dimension.matning.category.index", m.code)
		l.count(0, "dimension.matning.category.unit", m.code, "decimals")
		for j, n := range t.code {
			l.count(m.count(n), "value", strconv.Itoa(i*len(bookCodes)+j))
		}
	}
	for j, k := range bookCodes {
		l.count(j, "dimension.forsorjning.category.index", k.code)
	}
	l.beside(t, "extension")
	slices.Sort(l.lines)
	return slices.Concat(l.lines, []string{fmt.Sprintf("period: %d", c.year)}, b.tail(c, t))
}

// wantedXLSX is the workbook's sheets, row by row, each number as it is.
func (b *book) wantedXLSX(c bookChoice, t bookTally) []string {
	var lines []string
	for _, p := range t.parts() {
		lines = append(lines, "sheet "+p.id)
		for i, k := range bookCodes {
			l := &cells{}
			p.row(l, t.code[i], p.columns)
			row := k.label
			for n, cell := range l.lines {
				_, number, _ := strings.Cut(cell, "=")
				if v, err := strconv.ParseFloat(number, 64); err == nil && strings.HasPrefix(p.columns[n], "andel") || strings.HasPrefix(p.columns[n], "forandringProcent") && err == nil {
					number = strconv.FormatFloat(v/100, 'g', 8, 64)
				}
				row += ";" + strings.TrimSuffix(number, "null")
			}
			lines = append(lines, strings.TrimRight(row, ";"))
		}
	}
	lines = append(lines, "sheet Täckning")
	for _, k := range t.coverage() {
		lines = append(lines, k.label+";"+strconv.Itoa(k.n))
	}
	return append(lines, b.head(c)...)
}

// printed is a number as it is printed, nothing when it is none.
func printed(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

// printedOf is a number and its share.
func printedOf(n, of int) []string {
	if n == 0 {
		return []string{"", ""}
	}
	return []string{strconv.Itoa(n), strconv.Itoa(whole(n, of)) + "%"}
}

func printedChange(was, is int) []string {
	if was == 0 || is == was {
		return []string{printed(is - was), ""}
	}
	return printedOf(is-was, was)
}

func (b *book) wantedExcel(c bookChoice, t bookTally) []string {
	lines := b.head(c)
	row := func(cells ...string) { lines = append(lines, strings.Join(cells, ";")) }
	row(fmt.Sprintf("Deltagarnas försörjning vid start för budgetår %d", c.year))
	row(fmt.Sprintf("Totalt antal deltagare som startat (registrerats in) under året: %d", t.started))
	row(fmt.Sprintf("Varav unika deltagare: %d", t.startedUnique))
	row("Försörjning", "Antal deltagare", "Andel")
	for i, k := range bookCodes {
		if n := t.code[i]; n.start > 0 {
			row(append([]string{k.label}, printedOf(n.start, t.started)...)...)
		}
	}
	row(fmt.Sprintf("Deltagarnas försörjning vid avslut för budgetår %d", c.year))
	row(fmt.Sprintf("Totalt antal deltagare som slutat (registrerats ut) under året: %d", t.ended))
	row(fmt.Sprintf("Varav unika deltagare: %d", t.endedUnique))
	if t.unmeasured > 0 {
		row(fmt.Sprintf("Varav avslutade utan mätning: %d", t.unmeasured))
	}
	heads := []string{"Försörjning", "Antal deltagare före insats", "Andel före", "Antal deltagare efter insats", "Andel efter", "Förändring", "Förändring i %"}
	row(heads...)
	for i, k := range bookCodes {
		if n := t.code[i]; n.before > 0 || n.after > 0 {
			row(slices.Concat([]string{k.label}, printedOf(n.before, t.ended), printedOf(n.after, t.ended), printedChange(n.before, n.after))...)
		}
	}
	row(fmt.Sprintf("Bland dem som mätts: deltagarnas försörjning vid avslut för budgetår %d", c.year))
	row(fmt.Sprintf("Antal deltagare som slutat (registrerats ut) under året med mätning: %d", t.measured))
	if w := t.warning(); w != "" {
		row(w)
	}
	row(append(heads, "Lämnat", "Tillkommit", "Kvar")...)
	for i, k := range bookCodes {
		if n := t.code[i]; n.beforeMeasured > 0 || n.after > 0 {
			row(slices.Concat([]string{k.label}, printedOf(n.beforeMeasured, t.measured), printedOf(n.after, t.measured), printedChange(n.beforeMeasured, n.after),
				[]string{printed(n.left), printed(n.came), printed(n.stayed)})...)
		}
	}
	row("Täckning")
	row("Vad som räknas", "Antal")
	for _, k := range t.coverage() {
		row(k.label, strconv.Itoa(k.n))
	}
	return append(lines, b.preliminary(c))
}

// shown is what an answer shows.
func shown(format string, text []byte) ([]string, error) {
	switch format {
	case "data":
		return strings.Split(strings.TrimSuffix(string(text), "\n"), "\n"), nil
	case "excel-sv":
		return shownExcel(text)
	case "xlsx":
		return shownXLSX(text)
	}
	var document map[string]any
	if err := json.Unmarshal(text, &document); err != nil {
		return nil, err
	}
	l := &cells{}
	l.all(nil, document)
	slices.Sort(l.lines)
	beside, notes := document, []any{}
	switch format {
	case "json":
		for _, d := range list(document["delar"]) {
			part, _ := d.(map[string]any)
			var ids []string
			for _, k := range list(part["kolumner"]) {
				ids = append(ids, fmt.Sprint(k.(map[string]any)["id"]))
			}
			l.lines = append(l.lines, fmt.Sprint(part["id"], " ", strings.Join(ids, " ")))
			for _, r := range list(part["rader"]) {
				row, _ := r.(map[string]any)
				if _, is := row["tryckt"]; is {
					var cells []string
					for _, c := range list(row["tryckt"]) {
						cells = append(cells, fmt.Sprint(c))
					}
					l.lines = append(l.lines, fmt.Sprint(row["koder"].(map[string]any)["forsorjning"], " ", strings.Join(cells, ";")))
				}
			}
			if w, is := part["varning"]; is {
				notes = append(notes, w)
			}
		}
	case "json-stat":
		beside, _ = document["extension"].(map[string]any)
		notes = list(document["note"])
	case "csvw":
		beside, _ = list(document["notes"])[0].(map[string]any)
		notes = list(beside["noter"])
	}
	if format != "json" {
		choice, _ := beside["urval"].(map[string]any)
		l.lines = append(l.lines, fmt.Sprint("period: ", choice["period"]))
	}
	for _, h := range list(beside["huvud"]) {
		if pair, split := h.(map[string]any); split {
			h = fmt.Sprintf("%v: %v", pair["etikett"], pair["varde"])
		}
		l.lines = append(l.lines, fmt.Sprint(h))
	}
	warning := ""
	for _, n := range notes {
		text, _ := n.(string)
		if before, found := strings.CutSuffix(text, afterWarning); found {
			warning = before
		}
	}
	return append(l.lines, fmt.Sprint("preliminär: ", beside["preliminar"]), "varning: "+warning), nil
}

func list(v any) []any {
	l, _ := v.([]any)
	return l
}

// shownXLSX is the workbook's tables without their header rows, and the choice.
func shownXLSX(text []byte) ([]string, error) {
	f, err := excelize.OpenReader(bytes.NewReader(text))
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }()
	var lines []string
	for _, sheet := range f.GetSheetList() {
		rows, err := f.GetRows(sheet, excelize.Options{RawCellValue: true})
		if err != nil {
			return nil, err
		}
		if sheet == "Om rapporten" {
			for _, r := range rows[2:] { // after the title and the run time, until the first table's notes
				if r[0] == "START" {
					break
				}
				lines = append(lines, strings.Join(r, ": "))
			}
			continue
		}
		lines = append(lines, "sheet "+sheet)
		for _, r := range rows[1:] {
			for i, c := range r {
				if v, err := strconv.ParseFloat(c, 64); err == nil && v != math.Trunc(v) {
					r[i] = strconv.FormatFloat(v, 'g', 8, 64)
				}
			}
			lines = append(lines, strings.TrimRight(strings.Join(r, ";"), ";"))
		}
	}
	return lines, nil
}

// afterWarning is how a warning goes on after its numbers.
const afterWarning = " har ingen mätning efter insatsen. I den tryckta förändringen räknas de som om de lämnat sin försörjning: jämför med tabellen bland dem som mätts."

// all gathers every number of a JSON document and everything that is null.
func (l *cells) all(place []string, v any) {
	switch v := v.(type) {
	case nil:
		l.lines = append(l.lines, strings.Join(place, ".")+"=null")
	case float64:
		l.number(v, place...)
	case map[string]any:
		for name, member := range v {
			l.all(append(slices.Clone(place), name), member)
		}
	case []any:
		for i, element := range v {
			name := strconv.Itoa(i)
			row, _ := element.(map[string]any)
			codes, _ := row["koder"].(map[string]any)
			switch {
			case row["kod"] != nil:
				name = fmt.Sprintf("%d %v %v", i, row["kod"], row["etikett"])
			case len(codes) == 1:
				name = fmt.Sprintf("%d %v %v", i, codes["forsorjning"], row["etikett"])
			case row["id"] != nil:
				name = fmt.Sprintf("%d %v", i, row["id"])
			}
			l.all(append(slices.Clone(place), name), element)
		}
	}
}

// shownExcel is the printed file without its run time, its title and its notes.
func shownExcel(text []byte) ([]string, error) {
	r := csv.NewReader(bytes.NewReader(text))
	r.Comma, r.FieldsPerRecord = ';', -1
	records, err := r.ReadAll()
	if err != nil || len(records) < 3 {
		return nil, fmt.Errorf("the file has %d rows: %w", len(records), err)
	}
	var lines []string
	heading := false
	for _, record := range records[2:] {
		line := strings.Join(record, ";")
		heading = heading || strings.HasPrefix(line, "Deltagarnas försörjning")
		if before, found := strings.CutSuffix(line, afterWarning); found {
			line = before
		} else if heading && len(record) == 1 && !slices.ContainsFunc([]string{"Deltagarnas försörjning", "Totalt antal deltagare som", "Varav", "Bland dem som mätts:", "Antal deltagare som", "Täckning"},
			func(begins string) bool { return strings.HasPrefix(line, begins) }) {
			continue
		}
		lines = append(lines, line)
	}
	return append(lines, fmt.Sprintf("preliminär: %v", strings.Contains(string(text), "\r\nUppgifterna är preliminära: "))), nil
}

// differ is the lines that only one of two has, for whoever has to understand a fault.
func differ(got, want []string) string {
	if slices.Equal(got, want) {
		return ""
	}
	var text strings.Builder
	for _, line := range got {
		if !slices.Contains(want, line) {
			fmt.Fprintf(&text, "\n\trapporten: %s", line)
		}
	}
	for _, line := range want {
		if !slices.Contains(got, line) {
			fmt.Fprintf(&text, "\n\tboken:     %s", line)
		}
	}
	if text.Len() == 0 {
		fmt.Fprintf(&text, "\n\tannan ordning:\n%s\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	return text.String()
}
