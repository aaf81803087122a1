package export_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"math"
	"math/big"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"sus/backend/export"
	"sus/backend/rapport"
	"sus/backend/rapport/rapporttest"
	"sus/backend/register"
)

// Every report of the catalogue, undivided and divided, in every format: each cell is the
// one that was reckoned, after the format's own rounding and blanks.
func TestEveryCellOfEveryReportIsTheSameInEveryFormat(t *testing.T) {
	fakta := rapporttest.Slump(rand.New(rand.NewPCG(11, 0)), 120)
	provas := map[string]func(*testing.T, *rapport.Resultat, []byte) int{
		"data": cellerIData, "excel-sv": cellerIExcelSv, "json-stat": cellerIJSONStat, "xlsx": cellerIXLSX, "csvw": cellerICSVW,
	}
	for _, post := range rapport.Katalog() {
		for _, indelning := range [][]string{nil, {"kon", "organisation"}} {
			r := rapporttest.Ur(t, post, rapport.Urval{Samverkansform: register.FormFinsam, Tid: rapport.Budgetar(2010), Indelning: indelning}, fakta, time.Date(2011, 3, 16, 14, 42, 45, 0, time.UTC))
			for _, f := range export.Alla {
				t.Run(fmt.Sprint(post.ID(), indelning, f.Namn), func(t *testing.T) {
					if f.Skriv == nil {
						if f.Namn != export.JSON {
							t.Fatal("formatet skrivs inte")
						}
						return // the server's, tried there over the whole catalogue
					}
					b, err := f.Skriv(r, "/v1/rapporter?format=data")
					if err != nil {
						t.Fatal(err)
					}
					prova, finns := provas[f.Namn]
					if !finns {
						t.Fatal("formatet prövas inte")
					}
					if n := prova(t, r, b); n == 0 {
						t.Error("provet jämförde ingen cell")
					}
				})
			}
		}
	}
}

// tryckt is a value as people are to see it: blank when it is none or exactly 0, else
// rounded half away from zero.
func tryckt(k rapport.Kvot, enhet rapport.Enhet) string {
	if k.Namnare == 0 || k.Taljare == 0 {
		return ""
	}
	v, decimaler, tecken := big.NewRat(k.Taljare, k.Namnare), map[rapport.Enhet]int{rapport.EnhetDagar: 1, rapport.EnhetKronor: 2}[enhet], ""
	if enhet == rapport.EnhetProcent {
		v.Mul(v, big.NewRat(100, 1))
		tecken = "%"
	}
	return strings.Replace(v.FloatString(decimaler), ".", ",", 1) + tecken // FloatString rounds so
}

// kub is what the cube is to hold, by its codes: a value, nil when there is none, and its whole.
type kubcell struct {
	varde   *float64
	namnare string // "" of what is a part of nothing
}

func kub(r *rapport.Resultat) map[string]kubcell {
	svar := map[string]kubcell{}
	for i := range r.Delar {
		d := &r.Delar[i]
		for _, rad := range d.Rader {
			var koder []string
			for _, k := range rad.Koder {
				koder = append(koder, k.Kod)
			}
			for j, k := range r.Kolumner(d) {
				switch {
				case k.Matt == nil:
					svar["OVERGANG,"+strings.Join(append(slices.Clone(koder), k.ID), ",")] = kubcell{rad.Celler[j].Tal(k.Enhet), strconv.Itoa(rad.Summa.Matta)}
				case k.Matt.Kod != "" && r.Kolumn == nil:
					av := ""
					if k.Matt.Av != nil {
						av = strconv.Itoa(k.Matt.Av(rad.Summa))
					}
					svar[k.Matt.Kod+","+strings.Join(koder, ",")] = kubcell{rad.Celler[j].Tal(k.Enhet), av}
				}
			}
		}
	}
	return svar
}

// utanPeriod is a cube's codes but for the period that stands first where time is no indelning.
func utanPeriod(r *rapport.Resultat, koder []string) string {
	if !slices.ContainsFunc(r.Indelning, func(d rapport.Delning) bool { return d.Roll == rapport.RollTid }) {
		koder = koder[1:]
	}
	return strings.Join(koder, ",")
}

func likaTal(fick, vill *float64) bool {
	return fick == nil && vill == nil || fick != nil && vill != nil && math.Abs(*fick-*vill) < 1e-9
}

func cellerIData(t *testing.T, r *rapport.Resultat, b []byte) int {
	rader, err := csv.NewReader(bytes.NewReader(b)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	kvar := kub(r)
	alla := len(kvar)
	for _, rad := range rader[1:] {
		n := len(rad) - 2
		nyckel := utanPeriod(r, rad[:n])
		vill, finns := kvar[nyckel]
		delete(kvar, nyckel)
		fick := tal(t, rad[n])
		if !finns || !likaTal(fick, vill.varde) || rad[n+1] != vill.namnare {
			t.Errorf("%v: ville ha %v av %s (%v)", rad, vill.varde, vill.namnare, finns)
		}
	}
	if len(kvar) > 0 {
		t.Errorf("%d celler saknas", len(kvar))
	}
	return alla
}

func tal(t *testing.T, s string) *float64 {
	t.Helper()
	if s == "" {
		return nil
	}
	v, err := strconv.ParseFloat(s, 64)
	if err != nil {
		t.Fatal(err)
	}
	return &v
}

func cellerIJSONStat(t *testing.T, r *rapport.Resultat, b []byte) int {
	var d struct {
		ID        []string
		Size      []int
		Dimension map[string]struct {
			Category struct{ Index map[string]int }
		}
		Value  []*float64
		Status map[string]string
	}
	if err := json.Unmarshal(b, &d); err != nil {
		t.Fatal(err)
	}
	koder := make([][]string, len(d.ID))
	for i, id := range d.ID {
		koder[i] = make([]string, d.Size[i])
		for kod, n := range d.Dimension[id].Category.Index {
			koder[i][n] = kod
		}
	}
	kvar := kub(r)
	alla := len(kvar)
	for plats, v := range d.Value {
		vid, rest := make([]string, len(koder)), plats
		for i := len(koder) - 1; i >= 0; i-- {
			vid[i], rest = koder[i][rest%d.Size[i]], rest/d.Size[i]
		}
		nyckel := utanPeriod(r, vid)
		vill, finns := kvar[nyckel]
		if delete(kvar, nyckel); !finns || !likaTal(v, vill.varde) || (d.Status[strconv.Itoa(plats)] != "") != (v == nil) {
			t.Errorf("%s: %v, ville ha %v (%v)", nyckel, v, vill.varde, finns)
		}
	}
	if len(kvar) > 0 {
		t.Errorf("%d celler saknas", len(kvar))
	}
	return alla
}

// cellerIExcelSv reads the printed file: the rows of each part in their order.
func cellerIExcelSv(t *testing.T, r *rapport.Resultat, b []byte) int {
	las := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(b, []byte("\ufeff"))))
	las.Comma, las.FieldsPerRecord = ';', -1
	rader, err := las.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	fick := map[string][][]string{} // by heading, the table's rows after its header row
	rubrik, kolumner := "", 0
	for _, rad := range rader {
		switch {
		case len(rad) == 1:
			for i := range r.Delar {
				if r.Rubrik(&r.Delar[i]) == rad[0] {
					rubrik, kolumner = rad[0], 0
				}
			}
			if rad[0] == "Täckning" {
				rubrik = ""
			}
		case rubrik != "" && kolumner == 0:
			kolumner = len(rad)
		case rubrik != "":
			fick[rubrik] = append(fick[rubrik], rad)
		}
	}
	celler := 0
	for i := range r.Delar {
		d := &r.Delar[i]
		var vill [][]string
		for _, rad := range d.Rader {
			var varden []string
			for j, k := range r.Kolumner(d) {
				varden = append(varden, tryckt(rad.Celler[j], k.Enhet))
			}
			if strings.Join(varden, "") == "" {
				continue // a row of nothing is not printed
			}
			var ord []string
			for _, k := range rad.Koder {
				if strings.HasPrefix(k.Etikett, "=") {
					k.Etikett = "'" + k.Etikett
				}
				ord = append(ord, k.Etikett)
			}
			celler += len(varden)
			vill = append(vill, append(ord, varden...))
		}
		if f := fick[r.Rubrik(d)]; !slices.EqualFunc(f, vill, slices.Equal) {
			t.Errorf("%s: fick %.600q\nville ha %.600q", d.ID, fmt.Sprint(f), fmt.Sprint(vill))
		}
	}
	return celler
}

// cellerIXLSX reads the workbook back: all rows, unrounded, one sheet a part.
func cellerIXLSX(t *testing.T, r *rapport.Resultat, b []byte) int {
	f, err := excelize.OpenReader(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	var blad []string
	celler := 0
	for i := range r.Delar {
		d := &r.Delar[i]
		blad = append(blad, d.ID)
		rader, err := f.GetRows(d.ID, excelize.Options{RawCellValue: true})
		if err != nil {
			t.Fatal(err)
		}
		if len(rader) != len(d.Rader)+1 {
			t.Fatalf("%s: %d rader, ville ha %d och huvudet", d.ID, len(rader), len(d.Rader))
		}
		for n, rad := range d.Rader {
			for j, k := range rad.Koder {
				if rader[n+1][j] != k.Etikett {
					t.Errorf("%s rad %d: %q, ville ha %q", d.ID, n, rader[n+1][j], k.Etikett)
				}
			}
			for j, k := range r.Kolumner(d) {
				plats, fick := len(rad.Koder)+j, ""
				if plats < len(rader[n+1]) {
					fick = rader[n+1][plats]
				}
				vill := rad.Celler[j].Tal(k.Enhet)
				if vill != nil && k.Enhet == rapport.EnhetProcent {
					vill = new(*vill / 100)
				}
				ruta, err := excelize.CoordinatesToCellName(plats+1, n+2)
				if err != nil {
					t.Fatal(err)
				}
				formel, err := f.GetCellFormula(d.ID, ruta)
				if celler++; err != nil || formel != "" || !likaTal(tal(t, fick), vill) {
					t.Errorf("%s %s: %q, ville ha %v", d.ID, ruta, fick, vill)
				}
			}
		}
	}
	if fick, vill := f.GetSheetList(), append(blad, "Täckning", "Om rapporten"); !slices.Equal(fick, vill) {
		t.Errorf("bladen är %q, ville ha %q", fick, vill)
	}
	om, err := f.GetRows("Om rapporten")
	if err != nil || om[0][0] != r.Rapport.Titel {
		t.Errorf("%v (%v)", om, err)
	}
	text := fmt.Sprint(om)
	for _, s := range r.Fotnoter() {
		if !strings.Contains(text, s) {
			t.Errorf("bladet om rapporten saknar %q", s)
		}
	}
	for _, m := range r.Rapport.Definitioner() {
		if !strings.Contains(text, m.Definition) {
			t.Errorf("bladet om rapporten saknar hur %s räknas", m.ID)
		}
	}
	return celler
}

// cellerICSVW holds the description against the file that it describes.
func cellerICSVW(t *testing.T, r *rapport.Resultat, b []byte) int {
	var d struct {
		URL   string
		Notes []struct {
			Koder    map[string]map[string]string
			Tal      map[string]map[string]int
			Tackning map[string]int
		}
		TableSchema struct {
			Columns []struct {
				Name, Titles, Datatype string
				Required               bool
			}
		}
	}
	if err := json.Unmarshal(b, &d); err != nil {
		t.Fatal(err)
	}
	rader, err := csv.NewReader(bytes.NewReader(export.DataCSV(r.Data()))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var namn []string
	for _, k := range d.TableSchema.Columns {
		namn = append(namn, k.Name)
		if k.Titles == "" {
			t.Errorf("%s har ingen rubrik", k.Name)
		}
	}
	if d.URL != "/v1/rapporter?format=data" || !slices.Equal(namn, rader[0]) {
		t.Errorf("%s: kolumnerna är %q, filens är %q", d.URL, namn, rader[0])
	}
	celler := 0
	for _, rad := range rader[1:] {
		for i, k := range d.TableSchema.Columns {
			_, err := strconv.ParseFloat(rad[i], 64)
			celler++
			switch {
			case k.Required && rad[i] == "", k.Datatype == "number" && rad[i] != "" && err != nil:
				t.Errorf("%s: %q", k.Name, rad[i])
			case k.Datatype == "string" && d.Notes[0].Koder[k.Name][rad[i]] == "":
				t.Errorf("%s: koden %q förklaras inte", k.Name, rad[i])
			}
		}
	}
	for i := range r.Delar {
		for _, x := range r.Delar[i].Tal {
			if fick, vill := d.Notes[0].Tal[r.Delar[i].ID][x.ID], int(x.Kvot(r.Delar[i].Summor[0].Summa).Taljare); fick != vill {
				t.Errorf("%s %s: %d, ville ha %d", r.Delar[i].ID, x.ID, fick, vill)
			}
		}
	}
	for _, x := range r.Tackning.Rader {
		if d.Notes[0].Tackning[x.Kod] != *x.Antal {
			t.Errorf("täckningen %s: %d, ville ha %d", x.Kod, d.Notes[0].Tackning[x.Kod], *x.Antal)
		}
	}
	return celler
}

// What a spreadsheet takes for the beginning of a formula, whatever stands invisibly before it.
func TestTheCousinsOfTheSignsAreMadeHarmlessToo(t *testing.T) {
	tabell := func(s string) rapport.Tabell {
		return rapport.Tabell{BaraTabell: true, Delar: []rapport.Tabelldel{{Rubrik: "Blad", Kolumner: []rapport.Kolumn{{Namn: "a", Rubrik: "A", Typ: rapport.KolumnText}},
			Rader: [][]rapport.Cell{{{Slag: rapport.CellText, Text: s}}}}}}
	}
	for _, fore := range []string{"", " ", "\u00a0", "\u200b", "\ufeff", "\u2066", "\u200f\u00a0", "\u3000"} {
		for _, tecken := range []string{"=", "+", "-", "@", "\t", "＝", "＋", "－", "＠", "﹢", "﹣", "﹦", "﹫", "−"} {
			s := fore + tecken + "1"
			if fick := string(export.ExcelSv(tabell(s))); !strings.HasPrefix(strings.Split(strings.TrimPrefix(fick, "\ufeff"), "\r\n")[1], "'") {
				t.Errorf("excel-sv: %q skrivs %q", s, fick)
			}
			if fick := string(export.DataCSV(tabell(s))); !strings.HasPrefix(strings.Split(fick, "\n")[1], "'") {
				t.Errorf("data: %q skrivs %q", s, fick)
			}
			b, err := export.XLSX(tabell(s), "Om")
			if err != nil {
				t.Fatal(err)
			}
			f, err := excelize.OpenReader(bytes.NewReader(b))
			if err != nil {
				t.Fatal(err)
			}
			typ, err := f.GetCellType("Blad", "A2")
			formel, _ := f.GetCellFormula("Blad", "A2")
			if err != nil || typ != excelize.CellTypeInlineString && typ != excelize.CellTypeSharedString || formel != "" {
				t.Errorf("xlsx: %q är %v %q (%v)", s, typ, formel, err)
			}
		}
	}
	for _, s := range []string{"Uppsala", " Åre", "1-2", "", "\u200bx", "a=1"} {
		if fick := string(export.DataCSV(tabell(s))); strings.Contains(fick, "'") {
			t.Errorf("%q skrivs %q", s, fick)
		}
	}
}
