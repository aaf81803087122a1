package httpapi

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"sus/backend/export"
	"sus/backend/store/storetest"
)

// workbook is the rows of a workbook's first sheet and of the one about the list.
func workbook(t testing.TB, s answer) (rows, about [][]string, f *excelize.File) {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(s.text))
	must(t, err)
	sheets := f.GetSheetList()
	if len(sheets) != 2 || sheets[1] != "Om listan" {
		t.Fatalf("the sheets are %v", sheets)
	}
	rows, err = f.GetRows(sheets[0], excelize.Options{RawCellValue: true})
	must(t, err)
	about, err = f.GetRows(sheets[1])
	must(t, err)
	return rows, about, f
}

func csvRows(t testing.TB, text []byte, comma rune) [][]string {
	t.Helper()
	r := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(text, []byte("\ufeff"))))
	r.Comma = comma
	rows, err := r.ReadAll()
	must(t, err)
	return rows
}

func TestEveryListIsAFileInEachFormat(t *testing.T) {
	p := newHarness(t)
	org, insats := p.organisation["A"].ID.String(), p.insats["A1"].ID.String()
	const admin = "SAMVERKANSADMINISTRATOR A"
	p.expect(201, admin, "POST", "/v1/samverkansorganisationer/"+org+"/fragor", map[string]any{"namn": "Stöd", "innehall": "Vilket stöd?", "franOchMed": "2026-01-01",
		"svarstyp": "ENVAL", "alternativ": []string{"Samtal", "Praktik; lång"}, "vidIn": true, "vidUt": true}, nil)
	// Every list of the contract that has a workbook is here.
	paths := map[string]string{
		"listaSamverkansorganisationer": "/v1/samverkansorganisationer", "listaMyndigheter": "/v1/myndigheter", "listaInsatser": "/v1/insatser",
		"listaOrganisationsuppdrag": "/v1/samverkansorganisationer/" + org + "/uppdrag", "listaInsatsuppdrag": "/v1/insatser/" + insats + "/uppdrag",
		"listaFragor": "/v1/samverkansorganisationer/" + org + "/fragor", "hamtaOrganisationsbudget": "/v1/samverkansorganisationer/" + org + "/budgetar/2026",
	}
	ops, err := readOperations(validContract(t))
	must(t, err)
	for _, op := range ops {
		if slices.Contains(op.mediaTypes, export.ContentTypeXLSX) && paths[op.id] == "" && op.id != "hamtaRapport" { // the reports have tests of their own
			t.Errorf("%s is not tried", op.id)
		}
	}
	for id, path := range paths {
		data := p.expect(200, admin, "GET", path+"?format=data", nil, nil)
		swedish := p.expect(200, admin, "GET", path, nil, headers{"Accept": "text/csv; profile=excel-sv"})
		book := p.expect(200, admin, "GET", path+"?format=xlsx", nil, headers{"Accept": "application/json"})
		for s, typ := range map[*answer]string{&data: export.ContentTypeData, &swedish: export.ContentTypeExcelSv, &book: export.ContentTypeXLSX} {
			if s.header.Get("Content-Type") != typ || !strings.HasPrefix(s.header.Get("Content-Disposition"), `attachment; filename="`) {
				t.Errorf("%s: %v", id, s.header)
			}
		}
		rows, about, _ := workbook(t, book)
		a, b := csvRows(t, data.text, ','), csvRows(t, swedish.text, ';')
		if len(a) < 2 || len(a) != len(b) || len(a) != len(rows) || len(a[0]) != len(b[0]) || len(a[0]) != len(rows[0]) {
			t.Errorf("%s: %d rows of data, %d for Excel, %d in the workbook", id, len(a), len(b), len(rows))
		}
		if len(about) < 2 || about[1][0] != "Hämtat" || !strings.HasPrefix(about[1][1], "2026-11-24 kl. 10.") {
			t.Errorf("%s: %v", id, about)
		}
		if id == "listaFragor" && (a[1][3] != "Samtal, Praktik; lång" || rows[1][3] != a[1][3] || rows[1][2] != "Ett av flera alternativ" || a[1][2] != "ENVAL") {
			t.Errorf("%v %v", a, rows)
		}
	}
	p.expect(406, admin, "GET", "/v1/insatser", nil, headers{"Accept": "application/vnd.json-stat+json"})
	p.expect(400, admin, "GET", "/v1/insatser?format=pdf", nil, nil)
	p.expect(404, "SAMVERKANSADMINISTRATOR B", "GET", paths["listaOrganisationsuppdrag"]+"?format=xlsx", nil, nil)
	p.expect(404, "SAMVERKANSADMINISTRATOR B", "GET", paths["hamtaOrganisationsbudget"]+"?format=data", nil, nil)
}

func TestAFileIsTheWholeOfWhatTheFiltersLeave(t *testing.T) {
	p := newHarness(t)
	for n := range 23 {
		p.expect(201, "SYSTEMFORVALTARE", "POST", "/v1/myndigheter", map[string]any{"organisationsnummer": storetest.Organisationsnummer(), "namn": fmt.Sprintf("=Åby %02d", n), "typ": "KOMMUN"}, nil)
	}
	path := "/v1/myndigheter?namn=" + "%3D%C3%85by*" + "&sort=-namn&limit=1&offset=4&format="
	rows, about, f := workbook(t, p.expect(200, "SUSRAPPORT", "GET", path+"xlsx", nil, nil))
	if len(rows) != 24 || rows[1][1] != "=Åby 22" || rows[23][1] != "=Åby 00" {
		t.Errorf("%v", rows)
	}
	if s, err := f.GetCellFormula(f.GetSheetName(0), "B2"); s != "" || err != nil {
		t.Errorf("a name became a formula: %q %v", s, err)
	}
	if last := about[len(about)-1]; !slices.ContainsFunc(about, func(r []string) bool { return slices.Equal(r, []string{"namn", "=Åby*"}) }) {
		t.Errorf("the filter is not told: %v … %v", about, last)
	}
	for _, format := range []struct {
		name  string
		comma rune
	}{{"data", ','}, {"excel-sv", ';'}} {
		rows := csvRows(t, p.expect(200, "SUSRAPPORT", "GET", path+format.name, nil, nil).text, format.comma)
		if len(rows) != 24 || rows[1][1] != "'=Åby 22" {
			t.Errorf("%s: %v", format.name, rows)
		}
	}
}

func TestAWorkbooksDaysAndAmountsAreNumbers(t *testing.T) {
	p := newHarness(t)
	org := "/v1/samverkansorganisationer/" + p.organisation["A"].ID.String() + "/budgetar/2026"
	p.expect(200, "INSATSANSVARIG A1", "PUT", "/v1/insatser/"+p.insats["A1"].ID.String()+"/budgetar/2026",
		map[string]any{"planeratAntal": 12, "poster": []map[string]any{{"budgettyp": "INSATSKOSTNAD", "budget": "9999999999.99"}}}, nil)
	_, _, f := workbook(t, p.expect(200, "SAMVERKANSADMINISTRATOR A", "GET", org+"?format=xlsx", nil, nil))
	sheet := f.GetSheetName(0)
	rows, err := f.GetRows(sheet, excelize.Options{RawCellValue: true})
	must(t, err)
	n := slices.IndexFunc(rows, func(r []string) bool { return r[1] == p.insats["A1"].Namn })
	cellOf := func(column string) (string, excelize.CellType) {
		at := fmt.Sprintf("%s%d", column, n+1)
		shown, err := f.GetCellValue(sheet, at)
		must(t, err)
		typ, err := f.GetCellType(sheet, at)
		must(t, err)
		return shown, typ
	}
	if s, typ := cellOf("E"); s != "9,999,999,999.99" || typ != excelize.CellTypeNumber && typ != excelize.CellTypeUnset {
		t.Errorf("the budget is %q of type %v", s, typ)
	}
	_, _, f = workbook(t, p.expect(200, "SUSRAPPORT", "GET", "/v1/insatser?format=xlsx", nil, nil))
	s, err := f.GetCellValue(f.GetSheetName(0), "E2")
	must(t, err)
	raw, err := f.GetCellValue(f.GetSheetName(0), "E2", excelize.Options{RawCellValue: true})
	if err != nil || len(s) != len("2008-01-01") || strings.Contains(raw, "-") {
		t.Errorf("the day is %q, %q", s, raw)
	}
	if panes, err := f.GetPanes(f.GetSheetName(0)); err != nil || !panes.Freeze || panes.YSplit != 1 {
		t.Errorf("the header row scrolls away: %+v %v", panes, err)
	}
}

func TestEveryValueOfAnEnumHasItsWordInTheFiles(t *testing.T) {
	doc := validContract(t)
	for schema, labels := range map[string]map[string]string{"Roll": roller, "Inriktning": inriktningar, "Deltagarregistrering": deltagarregistreringar,
		"Organisationstyp": organisationstyper, "Svarstyp": svarstyper} {
		for _, v := range doc.Components.Schemas[schema].Value.Enum {
			if labels[fmt.Sprint(v)] == "" {
				t.Errorf("%s %v has no word", schema, v)
			}
		}
	}
}
