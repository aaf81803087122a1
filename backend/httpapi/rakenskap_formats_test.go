package httpapi

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// This file is a tally as each format is to show it, and what an answer shows: lines,
// one a cell or one a row, that are to be the same. It shares no code with the product.

var bookFormats = []string{"json", "data", "excel-sv", "json-stat"}

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
		return t.wantedData()
	case "excel-sv":
		return b.wantedExcel(c, t)
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

// change is the difference and its share of what was, which nothing has no share of.
func (l *cells) change(was, is int, place, row, difference, percent string) {
	l.count(is-was, place, row, difference)
	if was == 0 {
		l.lines = append(l.lines, strings.Join([]string{place, row, percent}, ".")+"=null")
		return
	}
	l.number(float64((is-was)*100)/float64(was), place, row, percent)
}

func (b *book) wantedJSON(c bookChoice, t bookTally) []string {
	l := &cells{}
	l.count(c.year, "urval", "budgetar")
	l.count(t.started, "start", "antal")
	l.count(t.startedUnique, "start", "unika")
	l.count(t.ended, "slut", "antal")
	l.count(t.endedUnique, "slut", "unika")
	l.count(t.unmeasured, "slut", "utanMatning")
	l.count(t.measured, "slut", "matta")
	for i, k := range bookCodes {
		n := t.code[i]
		row := fmt.Sprintf("%d %s %s", i, k.code, k.label)
		l.count(n.start, "start.rader", row, "antal")
		l.count(t.started, "start.rader", row, "namnare")
		l.count(n.before, "slut.rader", row, "antalFore")
		l.count(n.after, "slut.rader", row, "antalEfter")
		l.count(t.ended, "slut.rader", row, "namnare")
		l.change(n.before, n.after, "slut.rader", row, "forandring", "forandringProcent")
		l.count(n.beforeMeasured, "slut.rader", row, "antalForeMatta")
		l.count(t.measured, "slut.rader", row, "namnareMatta")
		l.count(n.left, "slut.rader", row, "lamnat")
		l.count(n.came, "slut.rader", row, "tillkommit")
		l.count(n.stayed, "slut.rader", row, "kvar")
		l.change(n.beforeMeasured, n.after, "slut.rader", row, "forandringMatta", "forandringProcentMatta")
	}
	for i, k := range t.coverage() {
		row := fmt.Sprintf("%d %s %s", i, k.code, k.label)
		l.count(k.n, "tackning.rader", row, "antal")
		l.count(k.of, "tackning.rader", row, "namnare")
	}
	slices.Sort(l.lines)
	return slices.Concat(l.lines, b.head(c), []string{"varning: " + t.warning()})
}

func (t bookTally) wantedData() []string {
	lines := []string{"matning,kod,antal,namnare"}
	for _, m := range bookMatningar {
		for i, k := range bookCodes {
			lines = append(lines, fmt.Sprintf("%s,%s,%d,%d", m.code, k.code, m.count(t.code[i]), m.of(t)))
		}
	}
	for _, k := range t.coverage() {
		lines = append(lines, fmt.Sprintf("TACKNING,%s,%d,%d", k.code, k.n, k.of))
	}
	return lines
}

func (b *book) wantedJSONStat(c bookChoice, t bookTally) []string {
	l := &cells{}
	l.count(len(bookMatningar), "size", "0")
	l.count(len(bookCodes), "size", "1")
	for i, m := range bookMatningar {
		l.count(i, "dimension.matning.category.index", m.code)
		l.count(0, "dimension.matning.category.unit", m.code, "decimals")
		l.count(m.of(t), "extension.namnare", m.code)
		for j, n := range t.code {
			l.count(m.count(n), "value", strconv.Itoa(i*len(bookCodes)+j))
		}
	}
	for j, k := range bookCodes {
		l.count(j, "dimension.forsorjning.category.index", k.code)
	}
	l.count(t.startedUnique, "extension.unika.START")
	l.count(t.endedUnique, "extension.unika.FORE")
	l.count(t.endedUnique, "extension.unika.EFTER")
	l.count(t.unmeasured, "extension.utanMatning")
	l.count(c.year, "extension.urval.budgetar")
	for _, k := range t.coverage() {
		l.count(k.n, "extension.tackning", k.code)
	}
	slices.Sort(l.lines)
	return slices.Concat(l.lines, b.head(c), []string{"varning: " + t.warning()})
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
	return lines
}

// shown is what an answer shows.
func shown(format string, text []byte) ([]string, error) {
	switch format {
	case "data":
		return strings.Split(strings.TrimSuffix(string(text), "\n"), "\n"), nil
	case "excel-sv":
		return shownExcel(text)
	}
	var document map[string]any
	if err := json.Unmarshal(text, &document); err != nil {
		return nil, err
	}
	l := &cells{}
	l.all(nil, document)
	slices.Sort(l.lines)
	var head, notes []any
	if format == "json" {
		head, _ = document["huvud"].([]any)
		end, _ := document["slut"].(map[string]any)
		notes = []any{end["varning"]}
	} else {
		extension, _ := document["extension"].(map[string]any)
		head, _ = extension["huvud"].([]any)
		notes, _ = document["note"].([]any)
	}
	for _, h := range head {
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
	return append(l.lines, "varning: "+warning), nil
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
			if row, is := element.(map[string]any); is && row["kod"] != nil {
				name = fmt.Sprintf("%d %v %v", i, row["kod"], row["etikett"])
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
	return lines, nil
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
