package export_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"sus/backend/export"
	"sus/backend/rapport"
	"sus/backend/rapport/rapporttest"
	"sus/backend/register"
)

var uppdatera = flag.Bool("uppdatera", false, "write the golden files anew")

// seedensRapport is the report of seed 000: Uppsala län, FINSAM, 2010.
func seedensRapport(t *testing.T) *rapport.Resultat {
	o, underlag := rapporttest.Forbund(), rapporttest.Fro()
	o.LanNamn = nil
	underlag.StartUtanPerson, underlag.SlutUtanPerson, underlag.Anonyma = 2, 1, 4
	return rapporttest.Rakna(t, rapport.Urval{Samverkansform: register.FormFinsam, Tid: rapport.Budgetar(2010), Verksamhetsomraden: []string{"OSTER"}, Organisationer: []uuid.UUID{o.ID}},
		rapport.Urvalsnamn{Organisationer: []rapport.Organisationsnamn{o}}, rapporttest.Kodverk(), underlag, time.Date(2011, 3, 16, 14, 42, 45, 0, time.UTC))
}

// likaFil compares with the golden file, which holds aggregates only.
func likaFil(t *testing.T, namn string, fick []byte) {
	t.Helper()
	fil := filepath.Join("testdata", namn)
	if *uppdatera {
		if err := os.WriteFile(fil, fick, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	vill, err := os.ReadFile(fil)
	if err != nil {
		t.Fatalf("%v (skapas med -uppdatera)", err)
	}
	if !bytes.Equal(fick, vill) {
		t.Errorf("%s skiljer sig från facit:\n%s", namn, fick)
	}
}

func TestTheSeedsReportIsTheSameInEveryFormat(t *testing.T) {
	r := seedensRapport(t)
	bok := rapporttest.BokAv(t, r)
	struktur, err := json.MarshalIndent(map[string]any{"titel": bok.Titel, "huvud": bok.Huvud, "start": bok.Start, "slut": bok.Slut, "tackning": bok.Tackning, "fotnoter": bok.Fotnoter}, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	likaFil(t, "forsorjning.json", append(struktur, '\n'))
	likaFil(t, "forsorjning.excel-sv.csv", export.ExcelSv(r.TrycktTabell()))
	likaFil(t, "forsorjning.data.csv", export.DataCSV(r.Data()))
	stat, err := export.JSONStat(r.Data())
	if err != nil {
		t.Fatal(err)
	}
	var indragen bytes.Buffer
	if err := json.Indent(&indragen, stat, "", " "); err != nil {
		t.Fatal(err)
	}
	likaFil(t, "forsorjning.json-stat.json", append(indragen.Bytes(), '\n'))
	csvw, err := export.CSVW(r, "/v1/rapporter/deltagarrapport/forsorjning?format=data")
	if err != nil {
		t.Fatal(err)
	}
	indragen.Reset()
	if err := json.Indent(&indragen, csvw, "", " "); err != nil {
		t.Fatal(err)
	}
	likaFil(t, "forsorjning.csvw.json", append(indragen.Bytes(), '\n'))
}

// The seed's report stands letter by letter, and what it lacks stands under it.
func TestTheExcelFileBeginsWithTheSeedsReportLetterByLetter(t *testing.T) {
	tryckt, err := os.ReadFile("testdata/forsorjning.tryckt.csv")
	if err != nil {
		t.Fatal(err)
	}
	fil := export.ExcelSv(seedensRapport(t).TrycktTabell())
	under, ok := bytes.CutPrefix(fil, tryckt)
	if !ok {
		t.Errorf("den tryckta rapporten är inte förlagans:\n%s", fil)
	}
	if !bytes.HasPrefix(under, []byte("\r\nBland dem som mätts: deltagarnas försörjning vid avslut för budgetår 2010\r\n")) {
		t.Errorf("under den står %q", under)
	}
}

func TestTheExcelFileBeginsWithABOMAndPartsItsRowsWithCRLF(t *testing.T) {
	fil := string(export.ExcelSv(seedensRapport(t).TrycktTabell()))
	if !strings.HasPrefix(fil, "\ufeff2011-03-16 kl. 15.42.45\r\nSUS - Deltagarrapport försörjning\r\n") {
		t.Errorf("börjar %q", fil[:60])
	}
	if strings.Contains(strings.ReplaceAll(fil, "\r\n", ""), "\n") || strings.Contains(fil, "sep=") {
		t.Error("fel radslut, eller en sep=-rad")
	}
	if !strings.Contains(fil, "\r\nFörsörjningsstöd;11;58%;7;37%;-4;-36%\r\n") {
		t.Error("raden för försörjningsstöd saknas")
	}
}

func TestCellsThatCouldRunAsFormulasAreMadeHarmless(t *testing.T) {
	text := func(s string) rapport.Cell { return rapport.Cell{Slag: rapport.CellText, Text: s} }
	tal := func(n float64) rapport.Cell { return rapport.Cell{Slag: rapport.CellTal, Tal: n} }
	tabell := rapport.Tabell{
		Titel: "=1+1",
		Huvud: []rapport.Huvudrad{{Etikett: "@Insats", Varde: "x"}},
		Delar: []rapport.Tabelldel{{
			Kolumner: []rapport.Kolumn{{Namn: "a", Rubrik: "+A", Typ: rapport.KolumnText}, {Namn: "b", Rubrik: "B", Typ: rapport.KolumnTal, Decimaler: 1}},
			Rader: [][]rapport.Cell{
				{text("=cmd|' /C calc'!A0"), tal(-1.5)}, {text("+46"), {}}, {text("-36 år"), tal(0)}, {text("@a"), tal(2)}, {text(`a;"b`), tal(3)},
				{text("\t=1"), tal(4)},
			},
		}},
	}
	excel := string(export.ExcelSv(tabell))
	for _, vill := range []string{"\r\n'=1+1\r\n", "\r\n'@Insats: x\r\n", "\r\n'+A;B\r\n", "\r\n'=cmd|' /C calc'!A0;-1,5\r\n", "\r\n'+46;\r\n",
		"\r\n'-36 år;0,0\r\n", "\r\n'@a;2,0\r\n", "\r\n\"a;\"\"b\";3,0\r\n", "\r\n'\t=1;4,0\r\n"} {
		if !strings.Contains(excel, vill) {
			t.Errorf("saknar %q i\n%s", vill, excel)
		}
	}
	data := string(export.DataCSV(tabell))
	for _, vill := range []string{"a,b\n", "'=cmd|' /C calc'!A0,-1.5\n", "'+46,\n", "'-36 år,0\n", "\"a;\"\"b\",3\n"} {
		if !strings.Contains(data, vill) {
			t.Errorf("saknar %q i\n%s", vill, data)
		}
	}
}

// TestJSONStatHasTheStandardsForm tries what https://json-stat.org/full/ asks of a dataset.
func TestJSONStatHasTheStandardsForm(t *testing.T) {
	b, err := export.JSONStat(seedensRapport(t).Data())
	if err != nil {
		t.Fatal(err)
	}
	var d struct {
		Version, Class, Label, Source, Updated string
		Note, ID                               []string
		Size                                   []int
		Role                                   struct{ Time, Geo, Metric []string }
		Dimension                              map[string]struct {
			Label    string
			Category struct {
				Index map[string]int
				Label map[string]string
				Unit  map[string]struct {
					Base     string
					Decimals *int
				}
			}
		}
		Value     []*float64
		Status    map[string]string
		Extension struct {
			Urval        map[string]any
			Korningstid  string
			Rapport      string
			Version      int
			Preliminar   *bool
			Tal          map[string]map[string]int
			Huvud        []string
			Definitioner []string
			Tackning     map[string]int
		}
	}
	las := json.NewDecoder(bytes.NewReader(b))
	las.DisallowUnknownFields()
	if err := las.Decode(&d); err != nil {
		t.Fatal(err)
	}
	if d.Version != "2.0" || d.Class != "dataset" || d.Label == "" || d.Source == "" || len(d.Note) != 8 {
		t.Errorf("huvudet: %s %s %q %q %d noter", d.Version, d.Class, d.Label, d.Source, len(d.Note))
	}
	if _, err := time.Parse(time.RFC3339, d.Updated); err != nil {
		t.Errorf("updated: %v", err)
	}
	if strings.Join(d.ID, "×") != "period×matning×forsorjning" || len(d.Size) != len(d.ID) || len(d.Dimension) != len(d.ID) {
		t.Fatalf("id %v size %v", d.ID, d.Size)
	}
	celler := 1
	for i, id := range d.ID {
		dim := d.Dimension[id]
		celler *= d.Size[i]
		if dim.Label == "" || len(dim.Category.Index) != d.Size[i] || len(dim.Category.Label) != d.Size[i] {
			t.Errorf("%s: %+v", id, dim)
		}
		platser := map[int]bool{}
		for kod, plats := range dim.Category.Index {
			platser[plats] = plats >= 0 && plats < d.Size[i]
			if dim.Category.Label[kod] == "" {
				t.Errorf("%s: %s saknar etikett", id, kod)
			}
		}
		if len(platser) != d.Size[i] {
			t.Errorf("%s: platserna är inte 0…%d", id, d.Size[i]-1)
		}
	}
	if len(d.Value) != celler {
		t.Fatalf("%d värden, vill ha %d", len(d.Value), celler)
	}
	for i, v := range d.Value {
		if v == nil {
			t.Errorf("värde %d saknas", i)
		}
	}
	if len(d.Status) != 0 {
		t.Errorf("status %v där inget saknas", d.Status)
	}
	if len(d.Role.Time) != 1 || d.Role.Time[0] != "period" || d.Dimension["period"].Category.Label["2010"] != "2010" || len(d.Role.Geo) != 0 || len(d.Role.Metric) != 1 || d.Role.Metric[0] != "matning" || len(d.Dimension["matning"].Category.Unit) != 8 {
		t.Errorf("roll och enhet: %+v", d.Role)
	}
	cell := func(matning, kod string) float64 {
		return *d.Value[d.Dimension["matning"].Category.Index[matning]*d.Size[2]+d.Dimension["forsorjning"].Category.Index[kod]]
	}
	for _, c := range []struct {
		matning, kod string
		vill         float64
	}{{"START", "FORSORJNINGSSTOD", 78}, {"START", "ANNAN", 0}, {"FORE", "FORSORJNINGSSTOD", 11}, {"EFTER", "FORSORJNINGSSTOD", 7}, {"EFTER", "INGEN", 3}, {"FORE", "INGEN", 0},
		{"FORE_MATTA", "FORSORJNINGSSTOD", 11}, {"EFTER_MATTA", "FORSORJNINGSSTOD", 7}, {"LAMNAT", "FORSORJNINGSSTOD", 4},
		{"TILLKOMMIT", "FORSORJNINGSSTOD", 0}, {"KVAR", "FORSORJNINGSSTOD", 7}, {"TILLKOMMIT", "SA", 1}} {
		if fick := cell(c.matning, c.kod); fick != c.vill {
			t.Errorf("%s %s: %v", c.matning, c.kod, fick)
		}
	}
	e := d.Extension
	vill := map[string]map[string]int{"START": {"antal": 126, "unika": 125}, "SLUT": {"antal": 19, "unika": 19, "utanMatning": 0}, "MATTA": {"antal": 19}}
	if e.Urval["samverkansform"] != "FINSAM" || e.Urval["period"] != "2010" || !maps.EqualFunc(e.Tal, vill, maps.Equal) || e.Rapport != "deltagarrapport/forsorjning" || e.Version != 1 ||
		e.Preliminar == nil || *e.Preliminar || e.Korningstid != "2011-03-16 kl. 15.42.45" || len(e.Huvud) != 4 || len(e.Definitioner) != 17 ||
		!maps.Equal(e.Tackning, map[string]int{"MED_PERSONUPPGIFT": 126, "ANONYMA": 4, "VOLYM": 0, "UTAN_PERSON_START": 2, "UTAN_PERSON_SLUT": 1}) {
		t.Errorf("extension %+v", e)
	}
}

func TestAMissingValueIsNoZeroInJSONStat(t *testing.T) {
	kod := func(s string) rapport.Cell { return rapport.Cell{Slag: rapport.CellText, Text: s} }
	b, err := export.JSONStat(rapport.Tabell{Delar: []rapport.Tabelldel{{
		Kolumner: []rapport.Kolumn{
			{Namn: "kon", Typ: rapport.KolumnDimension, Dimension: "kon", Kategorier: []rapport.Kategori{{Kod: "K", Etikett: "Kvinnor"}, {Kod: "M", Etikett: "Män"}, {Kod: "X", Etikett: "Uppgift saknas"}}},
			{Namn: "antal", Typ: rapport.KolumnTal},
		},
		Rader: [][]rapport.Cell{{kod("M"), {Slag: rapport.CellTal}}, {kod("K"), {}}},
	}}})
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Contains(b, []byte(`"value":[null,0,null],"status":{"0":"..","2":".."}`)) {
		t.Errorf("fick %s", b)
	}
}

func TestJSONStatRefusesATableThatIsNoCube(t *testing.T) {
	kub := seedensRapport(t).Data()
	kub.Delar[0].Rader[0][0].Text = "OKAND"
	for namn, tabell := range map[string]rapport.Tabell{"tryckt": seedensRapport(t).TrycktTabell(), "okänd kod": kub, "tom": {Delar: []rapport.Tabelldel{{}}}} {
		if _, err := export.JSONStat(tabell); err == nil {
			t.Errorf("%s: inget fel", namn)
		}
	}
}
