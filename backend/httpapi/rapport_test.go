package httpapi

import (
	"fmt"
	"math"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"sus/api"
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
		if f.want == data && !strings.HasPrefix(string(s.text), "matning,kod,antal,namnare\n") {
			t.Errorf("data: %.60s", s.text)
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
	var r api.Forsorjningsrapport
	p.expect(200, "SUSRAPPORT", "GET", fmt.Sprintf("%s&organisationId=%s&insatsId=%s&kon=KVINNA&lan=03&verksamhetsomrade=OSTER", rapportPath, a, p.insats["A1"].ID), nil, nil).json(t, &r)
	if r.Urval.Organisation == nil || *r.Urval.Organisation != "Förbundet A" || r.Urval.Insats == nil || *r.Urval.Insats != "Insats A1" {
		t.Errorf("urvalet: %+v", r.Urval)
	}
	if len(r.Start.Rader) != 8 || len(r.Slut.Rader) != 8 || r.Slut.Rader[0].ForandringProcent != nil {
		t.Errorf("alla åtta rader ska finnas: %d, %d", len(r.Start.Rader), len(r.Slut.Rader))
	}
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
