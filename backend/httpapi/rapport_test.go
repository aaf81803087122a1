package httpapi

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"maps"
	"math"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"sus/api"
	"sus/backend/export"
	"sus/backend/rapport"
	"sus/backend/register"
)

const rapportPath = "/v1/rapporter/deltagarrapport/forsorjning?samverkansform=FINSAM&budgetar=2026"

func TestTheRapportComesInTheFormAskedFor(t *testing.T) {
	p := newHarness(t)
	p.newDeltagande("DELTAGARANSVARIG A1", "A1")
	const (
		asJSON   = "application/json"
		excel    = "text/csv; charset=utf-8; profile=excel-sv"
		data     = "text/csv; charset=utf-8"
		jsonStat = "application/vnd.json-stat+json"
		workbook = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
		csvw     = "application/csvm+json"
	)
	for _, f := range []struct{ format, accept, want string }{
		{"", "", asJSON},
		{"", "*/*", asJSON},
		{"", "application/json", asJSON},
		{"", "text/csv", data},
		{"", "text/csv; profile=excel-sv", excel},
		{"", `text/csv;profile="excel-sv";q=0.9, application/json;q=0.5`, excel},
		{"", "text/*", data},
		{"", "application/vnd.json-stat+json", jsonStat},
		{"", "application/json;q=0.1, application/vnd.json-stat+json;q=0.8", jsonStat},
		{"", "application/json;q=0, */*", data},
		{"", "text/html, */*;q=0.1", asJSON},
		{"json", "text/csv", asJSON},
		{"excel-sv", "application/json", excel},
		{"data", "", data},
		{"json-stat", "x/y", jsonStat},
		{"xlsx", "application/json", workbook},
		{"csvw", "text/csv", csvw},
		{"", workbook, workbook},
		{"", csvw + ", text/csv;q=0.9", csvw},
		{"", "text/html", ""},
		{"", "x/y", ""},
		{"", "*/*;q=0", ""},
		{"", "text/csv; profile=annan", ""},
		{"", "skräp", ""},
	} {
		path := rapportPath
		if f.format != "" {
			path += "&format=" + f.format
		}
		h := headers{"Accept": f.accept}
		s := p.call("SUSRAPPORT", "GET", path, nil, h)
		if f.want == "" {
			if s.status != http.StatusNotAcceptable {
				t.Errorf("Accept %q: %d", f.accept, s.status)
			}
			continue
		}
		if s.status != 200 || s.header.Get("Content-Type") != f.want {
			t.Errorf("format %q, Accept %q: %d %s", f.format, f.accept, s.status, s.header.Get("Content-Type"))
		}
		if (f.want == excel) != strings.HasPrefix(string(s.text), "\ufeff") {
			t.Errorf("format %q, Accept %q: fel början", f.format, f.accept)
		}
		if f.want == data && !strings.HasPrefix(string(s.text), "period,matning,forsorjning,varde,namnare\n2026,START,") {
			t.Errorf("data: %.60s", s.text)
		}
		if l := s.header.Get("Link"); (f.want == data) != (l != "") || f.want == data && !strings.HasPrefix(l, "<"+rapportPath[:strings.Index(rapportPath, "?")]+"?") || l != "" && !strings.HasSuffix(l, `>; rel="describedby"; type="application/csvm+json"`) {
			t.Errorf("format %q: Link %q", f.format, l)
		}
		disposition := "attachment"
		if f.want == asJSON {
			disposition = "inline"
		}
		if d := s.header.Get("Content-Disposition"); !strings.HasPrefix(d, disposition+`; filename="deltagarrapport-forsorjning-finsam-2026.`) {
			t.Errorf("format %q: %s", f.format, d)
		}
		if s.header.Get("Vary") != "Accept, Accept-Encoding" {
			t.Errorf("format %q: Vary %q", f.format, s.header.Get("Vary"))
		}
	}
	p.expect(400, "SUSRAPPORT", "GET", rapportPath+"&format=xml", nil, nil)
}

func TestTheRapportsUrvalIsChecked(t *testing.T) {
	p := newHarness(t)
	a, b := p.organisation["A"].ID, p.organisation["B"].ID
	p.expect(404, "SUSRAPPORT", "GET", rapportPath+"&organisationId=019373a0-1111-7aaa-8bbb-0a1b2c3d4e5f", nil, nil)
	p.expect(404, "SUSRAPPORT", "GET", rapportPath+"&insatsId=019373a0-1111-7aaa-8bbb-0a1b2c3d4e5f", nil, nil)
	p.expect(422, "SUSRAPPORT", "GET", rapportPath+"&lan=99", nil, nil)
	p.expect(422, "SUSRAPPORT", "GET", fmt.Sprintf("%s&organisationId=%s&insatsId=%s", rapportPath, b, p.insats["A1"].ID), nil, nil)
	p.expect(404, "SUSRAPPORT", "GET", "/v1/rapporter/deltagarrapport/nordpolen?samverkansform=FINSAM&budgetar=2026", nil, nil)
	for query, pekare := range map[string]string{"&kon=X": "kon", "&verksamhetsomrade=NORDPOLEN": "verksamhetsomrade", "&kommun=9999": "kommun", "&personlan=99": "personlan", "&indelning=nordpolen": "indelning",
		"&indelning=forsorjning": "indelning", "&alder=40-20": "alder", "&aldersgranser=40&aldersgranser=20": "aldersgranser"} {
		if s := p.expect(422, "SUSRAPPORT", "GET", rapportPath+query, nil, nil); s.regelOf(t, pekare) == "" {
			t.Errorf("%s: %s", query, s.text)
		}
	}
	if s := p.expect(422, "SUSRAPPORT", "GET", strings.Replace(rapportPath, "FINSAM", "NORDPOLEN", 1), nil, nil); s.regelOf(t, "samverkansform") != "okand-kod" {
		t.Errorf("an unknown form: %s", s.text)
	}
	var r api.Rapport
	p.expect(200, "SUSRAPPORT", "GET", fmt.Sprintf("%s&organisationId=%s&insatsId=%s&kon=KVINNA&lan=03&verksamhetsomrade=OSTER", rapportPath, a, p.insats["A1"].ID), nil, nil).json(t, &r)
	u := r.Urval
	if u.Samverkansform != "FINSAM" || u.Fran != "2026-01" || u.Till != "2026-12" || *u.Budgetar != 2026 || !slices.Equal(value(u.OrganisationId), []uuid.UUID{a}) || !slices.Equal(value(u.InsatsId), []uuid.UUID{p.insats["A1"].ID}) ||
		!slices.Equal(value(u.Kon), []api.Kon{"KVINNA"}) || !slices.Equal(value(u.Lan), []string{"03"}) || !slices.Equal(value(u.Verksamhetsomrade), []string{"OSTER"}) || u.Alder != nil || u.Indelning != nil {
		t.Errorf("urvalet: %+v", u)
	}
	if h := fmt.Sprint(r.Huvud); !strings.Contains(h, "{Samverkansorg Förbundet A}") || !strings.Contains(h, "{Insats Insats A1}") {
		t.Errorf("huvudet: %s", h)
	}
	book := bookOf(t, r)
	if len(book.Start.Rader) != 8 || len(book.Slut.Rader) != 8 || book.Slut.Rader[0].ForandringProcent != nil {
		t.Errorf("alla åtta rader ska finnas: %d, %d", len(book.Start.Rader), len(book.Slut.Rader))
	}
}

func TestARepeatedParameterMeansAnyOfItsValues(t *testing.T) {
	p := newHarness(t)
	p.newDeltagande("DELTAGARANSVARIG A1", "A1")
	p.newDeltagande("DELTAGARANSVARIG A2", "A2")
	p.newDeltagande("DELTAGARANSVARIG B1", "B1")
	id := func(name string) string { return p.insats[name].ID.String() }
	for query, want := range map[string]int{
		"": 3, "&insatsId=" + id("A1"): 1, "&insatsId=" + id("A1") + "&insatsId=" + id("A2"): 2, "&insatsId=" + id("A1") + "&insatsId=" + id("B1"): 2,
		"&organisationId=" + p.organisation["A"].ID.String() + "&organisationId=" + p.organisation["B"].ID.String(): 3, "&kon=KVINNA&kon=MAN": 3,
		"&lan=03&lan=25": 3, "&verksamhetsomrade=OSTER&verksamhetsomrade=NORR": 3,
	} {
		if n := p.reported(2026, query).Start.Antal; n != want {
			t.Errorf("%s: %d startade, ville ha %d", query, n, want)
		}
	}
	women, men := p.reported(2026, "&kon=KVINNA").Start.Antal, p.reported(2026, "&kon=MAN").Start.Antal
	if women+men != 3 {
		t.Errorf("%d kvinnor och %d män av 3", women, men)
	}
	if s := p.expect(400, "SUSRAPPORT", "GET", rapportPath+"&kon=MAN&kon=MAN", nil, nil); s.regelOf(t, "kon") != "dubblett" {
		t.Errorf("%s", s.text)
	}
	p.expect(400, "SUSRAPPORT", "GET", rapportPath+"&budgetar=2025", nil, nil)
	p.expect(400, "SUSRAPPORT", "GET", rapportPath+"&indelning=kon&indelning=lan&indelning=kommun", nil, nil)
	p.expect(400, "SUSRAPPORT", "GET", rapportPath+"&aldersgranser=x", nil, nil)
}

func TestTheTwelveLastWholeMonthsAreAPeriodOfTheirOwn(t *testing.T) {
	p := newHarness(t)
	var r api.Rapport
	p.expect(200, "SUSRAPPORT", "GET", "/v1/rapporter/deltagarrapport/forsorjning?samverkansform=FINSAM&period=senaste", nil, nil).json(t, &r)
	if r.Urval.Fran != "2025-11" || r.Urval.Till != "2026-10" || r.Urval.Budgetar != nil || r.Preliminar || r.Tackning.Rader[1].Antal != nil || r.Tackning.Rader[1].Namnare != nil {
		t.Errorf("%+v %v %+v", r.Urval, r.Preliminar, r.Tackning.Rader)
	}
	p.expect(200, "SUSRAPPORT", "GET", "/v1/rapporter/deltagarrapport/forsorjning?samverkansform=FINSAM&fran=2026-01&till=2026-12", nil, nil).json(t, &r)
	if r.Urval.Budgetar == nil || *r.Urval.Budgetar != 2026 || !r.Preliminar {
		t.Errorf("%+v %v", r.Urval, r.Preliminar)
	}
}

// Whoever has the figures gets none again: until one registration changes them, in the
// report of its own förbund and in no other's.
func TestARapportsETagIsTheSameUntilItsFiguresChange(t *testing.T) {
	p := newHarness(t)
	p.newDeltagande("DELTAGARANSVARIG A1", "A1")
	p.newDeltagande("DELTAGARANSVARIG B1", "B1")
	of := func(name, format string) string {
		return rapportPath + "&organisationId=" + p.organisation[name].ID.String() + "&format=" + format
	}
	var formats []string
	for _, f := range export.Alla {
		formats = append(formats, f.Namn)
	}
	tags := map[string]string{}
	for _, name := range []string{"A", "B"} {
		for _, format := range formats {
			path := of(name, format)
			tag := p.expect(200, "SUSRAPPORT", "GET", path, nil, nil).header.Get("ETag")
			if !strings.HasPrefix(tag, `W/"`) || slices.Contains(slices.Collect(maps.Values(tags)), tag) {
				t.Errorf("%s: ETag %s", path, tag)
			}
			tags[path] = tag
		}
	}
	p.moveDays(1) // another run time
	for path, tag := range tags {
		for _, have := range []string{tag, strings.TrimPrefix(tag, "W/"), `"x", ` + tag, "*"} {
			s := p.expect(304, "SUSRAPPORT", "GET", path, nil, headers{"If-None-Match": have})
			if len(s.text) != 0 || s.header.Get("ETag") != tag || s.header.Get("Vary") != "Accept, Accept-Encoding" {
				t.Errorf("%s, If-None-Match %s: %q %v", path, have, s.text, s.header)
			}
		}
		for _, have := range []string{`W/"x"`, "", `"json-"`} {
			if s := p.expect(200, "SUSRAPPORT", "GET", path, nil, headers{"If-None-Match": have}); len(s.text) == 0 {
				t.Errorf("%s, If-None-Match %s: no body", path, have)
			}
		}
	}
	p.newDeltagande("DELTAGARANSVARIG A1", "A1")
	for _, format := range formats {
		if s := p.expect(200, "SUSRAPPORT", "GET", of("A", format), nil, headers{"If-None-Match": tags[of("A", format)]}); s.header.Get("ETag") == tags[of("A", format)] {
			t.Errorf("%s: a registration changed no ETag", format)
		}
		p.expect(304, "SUSRAPPORT", "GET", of("B", format), nil, headers{"If-None-Match": tags[of("B", format)]})
	}
	// Who may not read it learns nothing of whether it has changed.
	p.expect(401, "", "GET", of("B", "json"), nil, headers{"If-None-Match": tags[of("B", "json")]})
}

func TestARapportIsCompressedForWhoeverTakesIt(t *testing.T) {
	p := newHarness(t)
	for _, f := range export.Alla {
		path := rapportPath + "&format=" + f.Namn
		whole := p.expect(200, "SUSRAPPORT", "GET", path, nil, headers{"Accept-Encoding": "identity"})
		packed := p.callUnchecked("SUSRAPPORT", "GET", path, nil, headers{"Accept-Encoding": "gzip, br"}) // the contract's checker does not unpack
		if whole.header.Get("Content-Encoding") != "" || whole.header.Get("Content-Length") != strconv.Itoa(len(whole.text)) {
			t.Errorf("%s: %v", f.Namn, whole.header)
		}
		if len(whole.text) <= smallBody {
			if packed.header.Get("Content-Encoding") != "" {
				t.Errorf("%s: %d bytes were compressed", f.Namn, len(whole.text))
			}
			continue
		}
		if packed.status != 200 || packed.header.Get("Content-Encoding") != "gzip" || packed.header.Get("Content-Length") != strconv.Itoa(len(packed.text)) || packed.header.Get("ETag") != whole.header.Get("ETag") {
			t.Errorf("%s: %v", f.Namn, packed.header)
		}
		z, err := gzip.NewReader(bytes.NewReader(packed.text))
		must(t, err)
		text, err := io.ReadAll(z)
		must(t, err)
		if f.Namn == "xlsx" {
			continue // a workbook has its own time
		}
		if runTime.ReplaceAllString(string(text), "") != runTime.ReplaceAllString(string(whole.text), "") {
			t.Errorf("%s: unpacked it is not what it was", f.Namn)
		}
	}
}

// What the catalogue lists can be asked for, each report in each format and by each indelning,
// and it is what the file for programs says.
func TestEverythingThatTheCatalogueListsCanBeAskedFor(t *testing.T) {
	p := newHarness(t)
	p.newDeltagande("DELTAGARANSVARIG A1", "A1")
	p.startedAndEnded("2026-03-01", "2026-10-02")
	var all api.Rapportkatalog
	p.expect(200, "SUSRAPPORT", "GET", "/v1/rapporter", nil, nil).json(t, &all)
	if len(all.Rapporter) != len(rapport.Katalog()) || len(all.Format) != len(export.Alla) || len(all.Indelningar) != len(rapport.Indelningar()) {
		t.Fatalf("%d reports, %d formats, %d indelningar", len(all.Rapporter), len(all.Format), len(all.Indelningar))
	}
	files := map[string]string{}
	for _, entry := range all.Rapporter {
		path := "/v1/rapporter/" + entry.Grupp + "/" + entry.Rapport + "?samverkansform=FINSAM&budgetar=2026"
		for _, f := range all.Format {
			s := p.expect(200, "SUSRAPPORT", "GET", path+"&format="+f.Namn, nil, nil)
			if typ := s.header.Get("Content-Type"); !strings.HasPrefix(typ, strings.Split(f.Mediatyp, ";")[0]) {
				t.Errorf("%s %s: %s", entry.Rapport, f.Namn, typ)
			}
			name := s.header.Get("Content-Disposition")
			if name = name[strings.Index(name, "filename="):]; files[name] != "" && files[name] != entry.Rapport { // two CSVs of one report may have one
				t.Errorf("%s is two reports' name", name)
			}
			files[name] = entry.Rapport
		}
		for _, by := range append(all.Indelningar, api.Kategori{}, api.Kategori{Kod: "kon&indelning=organisation"}) {
			query := "&indelning=" + by.Kod
			if by.Kod == "" {
				query = ""
			}
			if by.Kod == entry.Radindelning {
				p.expect(422, "SUSRAPPORT", "GET", path+query, nil, nil)
				continue
			}
			var r api.Rapport
			p.expect(200, "SUSRAPPORT", "GET", path+query, nil, nil).json(t, &r)
			csv := csvRows(t, p.expect(200, "SUSRAPPORT", "GET", path+query+"&format=data", nil, nil).text, ',')
			want, counted := rapportRows(t, r)
			var got []string
			for _, row := range csv[1:] {
				if !slices.ContainsFunc(r.Indelning, func(d api.Rapportindelning) bool { return slices.Contains([]string{"ar", "tertial", "manad"}, d.Id) }) {
					row = row[1:]
				}
				got = append(got, strings.Join(row[1:len(row)-1], ","))
			}
			slices.Sort(got)
			if !slices.Equal(got, want) || counted == 0 {
				t.Errorf("%s%s: the file says\n%v\nthe JSON\n%v", path, query, got, want)
			}
		}
	}
}

// rapportRows is every count of the JSON as the file for programs has it: its codes and value;
// and how many there were that are not 0.
func rapportRows(t *testing.T, r api.Rapport) (rows []string, counted int) {
	t.Helper()
	id := strings.SplitN(r.Rapport, "/", 2)
	entry, _ := rapport.Hitta(id[0], id[1])
	for i, d := range r.Delar {
		for _, row := range d.Rader {
			var codes []string
			for _, by := range r.Indelning {
				codes = append(codes, row.Koder[by.Id])
			}
			for j, c := range row.Celler {
				matt := slices.IndexFunc(entry.Delar[i].Matt, func(m *rapport.Matt) bool { return m.ID == d.Kolumner[j].Id && m.Kod != "" })
				if entry.Kolumn != "" && matt >= 0 || entry.Kolumn == "" && matt < 0 {
					continue // its sums are no cells of the cube, and shares are what the counts give
				}
				text := ""
				if c != nil {
					text = strconv.FormatFloat(*c, 'f', -1, 64)
				}
				if text != "" && text != "0" {
					counted++
				}
				at := codes
				if entry.Kolumn != "" {
					at = append(slices.Clone(codes), d.Kolumner[j].Id)
				}
				rows = append(rows, strings.Join(append(slices.Clone(at), text), ","))
			}
		}
	}
	slices.Sort(rows)
	return rows, counted
}

func TestAListIsPagedByItsOwnLinks(t *testing.T) {
	p := newHarness(t)
	seen := map[string]bool{}
	path := "/v1/kommuner?namn=" + url.QueryEscape("*ö*") + "&limit=7"
	pages := 0
	for path != "" {
		var l api.KommunLista
		p.expect(200, "SUSRAPPORT", "GET", path, nil, nil).json(t, &l)
		for _, k := range l.Data {
			if seen[k.Kod] || !strings.Contains(strings.ToLower(k.Namn), "ö") {
				t.Errorf("%s %s", k.Kod, k.Namn)
			}
			seen[k.Kod] = true
		}
		pages++
		if int(l.UnderscoreMeta.Count) != len(l.Data) || l.UnderscoreLinks.First.Method != "GET" || l.UnderscoreLinks.Last == nil || (pages > 1) != (l.UnderscoreLinks.Prev != nil) {
			t.Errorf("sida %d: %+v %+v", pages, l.UnderscoreMeta, l.UnderscoreLinks)
		}
		path = ""
		if n := l.UnderscoreLinks.Next; n != nil {
			path = n.Href
			if !strings.Contains(path, "namn=") {
				t.Fatalf("länken tappar filtret: %s", path)
			}
		} else if len(seen) != int(*l.UnderscoreMeta.TotalRecords) {
			t.Errorf("%d av %d visades", len(seen), *l.UnderscoreMeta.TotalRecords)
		}
	}
	if pages < 3 {
		t.Errorf("%d sidor", pages)
	}
	var tom api.KommunLista
	p.expect(200, "SUSRAPPORT", "GET", "/v1/kommuner?offset=10000000", nil, nil).json(t, &tom)
	if len(tom.Data) != 0 || tom.UnderscoreLinks.Next != nil || tom.UnderscoreLinks.Prev == nil || int(*tom.UnderscoreMeta.TotalRecords) != 290 {
		t.Errorf("bortom slutet: %+v %+v", tom.UnderscoreMeta, tom.UnderscoreLinks)
	}
	p.expect(200, "SUSRAPPORT", "GET", tom.UnderscoreLinks.Prev.Href, nil, nil).json(t, &tom)
	if len(tom.Data) == 0 {
		t.Error("prev från bortom slutet leder inte tillbaka")
	}
}

func TestTheGranskningsloggIsPagedWithoutPeople(t *testing.T) {
	p := newHarness(t)
	person := p.newPerson()
	s := p.expect(201, "DELTAGARANSVARIG A1", "POST", "/v1/insatser/"+p.insats["A1"].ID.String()+"/samtycken", with(p.samtycke(person), "externtId", "mitt-arende"), nil)
	p.expect(404, "DELTAGARANSVARIG A2", "GET", "/v1/samtycken/"+s.id(t), nil, nil)
	p.expect(403, "SUSRAPPORT", "GET", "/v1/samtycken/"+s.id(t), nil, nil)
	var l api.LoggpostLista
	p.expect(200, "SYSTEMFORVALTARE", "GET", "/v1/loggposter?objektId="+s.id(t), nil, nil).json(t, &l)
	var outcome []string
	for _, r := range l.Data {
		line := string(r.Utfall)
		for _, m := range []*string{r.ExterntId, r.Regel, r.Detalj} {
			if m != nil {
				line += " " + *m
			}
		}
		outcome = append(outcome, line)
	}
	if got := strings.Join(outcome, ","); got != "NEKAD saknas,OK mitt-arende" {
		t.Errorf("loggen om samtycket: %s", got)
	}
	seen, path := map[string]bool{}, "/v1/loggposter?limit=5"
	var previous time.Time
	for path != "" && len(seen) < 40 {
		var l api.LoggpostLista
		s := p.expect(200, "SYSTEMFORVALTARE", "GET", path, nil, nil)
		if strings.Contains(string(s.text), person.Siffror()) {
			t.Error("loggen visar en person")
		}
		s.json(t, &l)
		for _, r := range l.Data {
			if seen[r.Id.String()] || !previous.IsZero() && r.Tid.After(previous.Add(time.Second)) {
				t.Errorf("%s två gånger eller i fel ordning", r.Id)
			}
			seen[r.Id.String()] = true
			previous = r.Tid
		}
		path = ""
		if l.UnderscoreLinks.Next != nil {
			path = l.UnderscoreLinks.Next.Href
		}
	}
	if len(seen) < 20 {
		t.Errorf("bara %d poster", len(seen))
	}
	p.expect(400, "SYSTEMFORVALTARE", "GET", "/v1/loggposter?cursor=abc", nil, nil)
	p.expect(400, "SYSTEMFORVALTARE", "GET", "/v1/loggposter?offset=1", nil, nil)
}

func TestOurJSONIsStricterThanTheStandardLibrarys(t *testing.T) {
	for text, ok := range map[string]bool{
		`{}`: true, ` [1, 2.5e3 , "å\u00e5\n", true,false,null ] `: true, `"𝒳\ud835\udcb3"`: true, `0`: true, `-0.5E-3`: true,
		``: false, `{`: false, `[1,]`: false, `{"a":1,}`: false, `{'a':1}`: false, `01`: false, `1.`: false, `.5`: false, `+1`: false, `NaN`: false,
		`tru`: false, `"a`: false, `"\x"`: false, `"\u12"`: false, `"\u12g4"`: false, `"\udc00"`: false, `"\ud800\u0041"`: false, "\"\t\"": false,
		`{"a":1,"a":2}`: false, `{"a" 1}`: false, `{1:2}`: false, `[] []`: false, "\ufeff{}": false, "\x00": false, `"` + "\xed\xa0\x80" + `"`: false,
		strings.Repeat("[", maxDepth) + strings.Repeat("]", maxDepth): true, strings.Repeat("[", 60) + strings.Repeat("]", 60): false,
	} {
		if _, err := parseJSON([]byte(text)); (err == nil) != ok {
			t.Errorf("%.40q: %v", text, err)
		}
	}
	v, err := parseJSON([]byte(`[1e400,-1e400,-0,123456789012345678901234567890]`))
	must(t, err)
	l := v.([]any)
	if l[0] != math.MaxFloat64 || l[1] != -math.MaxFloat64 || math.Signbit(l[2].(float64)) {
		t.Errorf("%v", l)
	}
	a, _ := parseJSON([]byte(`{"b":[1.0,"x"],"a":null}`))
	b, _ := parseJSON([]byte(` {"a" :null, "b":[1e0,"\u0078"]}`))
	if string(canonical(nil, a)) != string(canonical(nil, b)) {
		t.Error("samma begäran har två former")
	}
}

func TestAnOperationWithoutRollerIsClosed(t *testing.T) {
	// The Aktor of a foreign role gains nothing by an operation that was never read.
	op := &operation{}
	if op.allows(register.Aktor{Roller: []register.Roll{register.RollSystemforvaltare}}) {
		t.Error("en operation utan roller är öppen")
	}
}

func FuzzParseJSON(f *testing.F) {
	for _, s := range []string{`{"a":[1,"\u00e5",null]}`, `"\ud835\udcb3"`, `-0.5e10`, `[[[]]]`, "\xff"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		v, err := parseJSON(b)
		if err == nil {
			_ = canonical(nil, v)
		}
	})
}
