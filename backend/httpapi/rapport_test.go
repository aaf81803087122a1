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

const rapportvag = "/v1/rapporter/deltagarrapport/forsorjning?samverkansform=FINSAM&budgetar=2026"

func TestRapportenGesIDenFormSomBegars(t *testing.T) {
	p := nyttProv(t)
	p.nyttDeltagande("DELTAGARANSVARIG A1", "A1")
	const (
		somJSON  = "application/json"
		excel    = "text/csv; charset=utf-8; profile=excel-sv"
		data     = "text/csv; charset=utf-8"
		jsonStat = "application/vnd.json-stat+json"
	)
	for _, f := range []struct{ format, accept, vantad string }{
		{"", "", somJSON},
		{"", "*/*", somJSON},
		{"", "application/json", somJSON},
		{"", "text/csv", data},
		{"", "text/csv; profile=excel-sv", excel},
		{"", `text/csv;profile="excel-sv";q=0.9, application/json;q=0.5`, excel},
		{"", "text/*", data},
		{"", "application/vnd.json-stat+json", jsonStat},
		{"", "application/json;q=0.1, application/vnd.json-stat+json;q=0.8", jsonStat},
		{"", "application/json;q=0, */*", data},
		{"", "text/html, */*;q=0.1", somJSON},
		{"json", "text/csv", somJSON},
		{"excel-sv", "application/json", excel},
		{"data", "", data},
		{"json-stat", "x/y", jsonStat},
		{"", "text/html", ""},
		{"", "x/y", ""},
		{"", "*/*;q=0", ""},
		{"", "text/csv; profile=annan", ""},
		{"", "skräp", ""},
	} {
		vag := rapportvag
		if f.format != "" {
			vag += "&format=" + f.format
		}
		h := huvuden{"Accept": f.accept}
		s := p.anropa("SUSRAPPORT", "GET", vag, nil, h)
		if f.vantad == "" {
			if s.status != http.StatusNotAcceptable {
				t.Errorf("Accept %q: %d", f.accept, s.status)
			}
			continue
		}
		if s.status != 200 || s.huvud.Get("Content-Type") != f.vantad {
			t.Errorf("format %q, Accept %q: %d %s", f.format, f.accept, s.status, s.huvud.Get("Content-Type"))
		}
		if (f.vantad == excel) != strings.HasPrefix(string(s.text), "\ufeff") {
			t.Errorf("format %q, Accept %q: fel början", f.format, f.accept)
		}
		if f.vantad == data && !strings.HasPrefix(string(s.text), "matning,kod,antal,namnare\n") {
			t.Errorf("data: %.60s", s.text)
		}
	}
	p.vanta(400, "SUSRAPPORT", "GET", rapportvag+"&format=xml", nil, nil)
}

func TestRapportensUrvalProvas(t *testing.T) {
	p := nyttProv(t)
	a, b := p.organisation["A"].ID, p.organisation["B"].ID
	p.vanta(404, "SUSRAPPORT", "GET", rapportvag+"&organisationId=019373a0-1111-7aaa-8bbb-0a1b2c3d4e5f", nil, nil)
	p.vanta(404, "SUSRAPPORT", "GET", rapportvag+"&insatsId=019373a0-1111-7aaa-8bbb-0a1b2c3d4e5f", nil, nil)
	p.vanta(422, "SUSRAPPORT", "GET", rapportvag+"&lan=99", nil, nil)
	p.vanta(422, "SUSRAPPORT", "GET", fmt.Sprintf("%s&organisationId=%s&insatsId=%s", rapportvag, b, p.insats["A1"].ID), nil, nil)
	var r api.Forsorjningsrapport
	p.vanta(200, "SUSRAPPORT", "GET", fmt.Sprintf("%s&organisationId=%s&insatsId=%s&kon=KVINNA&lan=03&verksamhetsomrade=OSTER", rapportvag, a, p.insats["A1"].ID), nil, nil).json(t, &r)
	if r.Urval.Organisation == nil || *r.Urval.Organisation != "Förbundet A" || r.Urval.Insats == nil || *r.Urval.Insats != "Insats A1" {
		t.Errorf("urvalet: %+v", r.Urval)
	}
	if len(r.Start.Rader) != 8 || len(r.Slut.Rader) != 8 || r.Slut.Rader[0].ForandringProcent != nil {
		t.Errorf("alla åtta rader ska finnas: %d, %d", len(r.Start.Rader), len(r.Slut.Rader))
	}
}

func TestEnListaBladdrasMedSinaLankar(t *testing.T) {
	p := nyttProv(t)
	sedda := map[string]bool{}
	vag := "/v1/kommuner?namn=" + url.QueryEscape("*ö*") + "&limit=7"
	sidor := 0
	for vag != "" {
		var l api.KommunLista
		p.vanta(200, "SUSRAPPORT", "GET", vag, nil, nil).json(t, &l)
		for _, k := range l.Data {
			if sedda[k.Kod] || !strings.Contains(strings.ToLower(k.Namn), "ö") {
				t.Errorf("%s %s", k.Kod, k.Namn)
			}
			sedda[k.Kod] = true
		}
		sidor++
		if int(l.UnderscoreMeta.Count) != len(l.Data) || l.UnderscoreLinks.First.Method != "GET" || l.UnderscoreLinks.Last == nil || (sidor > 1) != (l.UnderscoreLinks.Prev != nil) {
			t.Errorf("sida %d: %+v %+v", sidor, l.UnderscoreMeta, l.UnderscoreLinks)
		}
		vag = ""
		if n := l.UnderscoreLinks.Next; n != nil {
			vag = n.Href
			if !strings.Contains(vag, "namn=") {
				t.Fatalf("länken tappar filtret: %s", vag)
			}
		} else if len(sedda) != int(*l.UnderscoreMeta.TotalRecords) {
			t.Errorf("%d av %d visades", len(sedda), *l.UnderscoreMeta.TotalRecords)
		}
	}
	if sidor < 3 {
		t.Errorf("%d sidor", sidor)
	}
	var tom api.KommunLista
	p.vanta(200, "SUSRAPPORT", "GET", "/v1/kommuner?offset=10000000", nil, nil).json(t, &tom)
	if len(tom.Data) != 0 || tom.UnderscoreLinks.Next != nil || tom.UnderscoreLinks.Prev == nil || int(*tom.UnderscoreMeta.TotalRecords) != 290 {
		t.Errorf("bortom slutet: %+v %+v", tom.UnderscoreMeta, tom.UnderscoreLinks)
	}
	p.vanta(200, "SUSRAPPORT", "GET", tom.UnderscoreLinks.Prev.Href, nil, nil).json(t, &tom)
	if len(tom.Data) == 0 {
		t.Error("prev från bortom slutet leder inte tillbaka")
	}
}

func TestGranskningsloggenBladdrasUtanPersoner(t *testing.T) {
	p := nyttProv(t)
	person := p.nyPerson()
	s := p.vanta(201, "DELTAGARANSVARIG A1", "POST", "/v1/insatser/"+p.insats["A1"].ID.String()+"/samtycken", med(p.samtycke(person), "externtId", "mitt-arende"), nil)
	p.vanta(404, "DELTAGARANSVARIG A2", "GET", "/v1/samtycken/"+s.id(t), nil, nil)
	p.vanta(403, "SUSRAPPORT", "GET", "/v1/samtycken/"+s.id(t), nil, nil)
	var l api.LoggpostLista
	p.vanta(200, "SYSTEMFORVALTARE", "GET", "/v1/loggposter?objektId="+s.id(t), nil, nil).json(t, &l)
	var utfall []string
	for _, r := range l.Data {
		rad := string(r.Utfall)
		for _, m := range []*string{r.ExterntId, r.Regel, r.Detalj} {
			if m != nil {
				rad += " " + *m
			}
		}
		utfall = append(utfall, rad)
	}
	if got := strings.Join(utfall, ","); got != "NEKAD saknas,OK mitt-arende" {
		t.Errorf("loggen om samtycket: %s", got)
	}
	sedda, vag := map[string]bool{}, "/v1/loggposter?limit=5"
	var forra time.Time
	for vag != "" && len(sedda) < 40 {
		var l api.LoggpostLista
		s := p.vanta(200, "SYSTEMFORVALTARE", "GET", vag, nil, nil)
		if strings.Contains(string(s.text), person.Siffror()) {
			t.Error("loggen visar en person")
		}
		s.json(t, &l)
		for _, r := range l.Data {
			if sedda[r.Id.String()] || !forra.IsZero() && r.Tid.After(forra.Add(time.Second)) {
				t.Errorf("%s två gånger eller i fel ordning", r.Id)
			}
			sedda[r.Id.String()] = true
			forra = r.Tid
		}
		vag = ""
		if l.UnderscoreLinks.Next != nil {
			vag = l.UnderscoreLinks.Next.Href
		}
	}
	if len(sedda) < 20 {
		t.Errorf("bara %d poster", len(sedda))
	}
	p.vanta(400, "SYSTEMFORVALTARE", "GET", "/v1/loggposter?cursor=abc", nil, nil)
	p.vanta(400, "SYSTEMFORVALTARE", "GET", "/v1/loggposter?offset=1", nil, nil)
}

func TestTolkningenAvJSONArStrangareAnStandardens(t *testing.T) {
	for text, ok := range map[string]bool{
		`{}`: true, ` [1, 2.5e3 , "å\u00e5\n", true,false,null ] `: true, `"𝒳\ud835\udcb3"`: true, `0`: true, `-0.5E-3`: true,
		``: false, `{`: false, `[1,]`: false, `{"a":1,}`: false, `{'a':1}`: false, `01`: false, `1.`: false, `.5`: false, `+1`: false, `NaN`: false,
		`tru`: false, `"a`: false, `"\x"`: false, `"\u12"`: false, `"\u12g4"`: false, `"\udc00"`: false, `"\ud800\u0041"`: false, "\"\t\"": false,
		`{"a":1,"a":2}`: false, `{"a" 1}`: false, `{1:2}`: false, `[] []`: false, "\ufeff{}": false, "\x00": false, `"` + "\xed\xa0\x80" + `"`: false,
		strings.Repeat("[", maxDjup) + strings.Repeat("]", maxDjup): true, strings.Repeat("[", 60) + strings.Repeat("]", 60): false,
	} {
		if _, err := tolkaJSON([]byte(text)); (err == nil) != ok {
			t.Errorf("%.40q: %v", text, err)
		}
	}
	v, err := tolkaJSON([]byte(`[1e400,-1e400,-0,123456789012345678901234567890]`))
	ja(t, err)
	l := v.([]any)
	if l[0] != math.MaxFloat64 || l[1] != -math.MaxFloat64 || math.Signbit(l[2].(float64)) {
		t.Errorf("%v", l)
	}
	a, _ := tolkaJSON([]byte(`{"b":[1.0,"x"],"a":null}`))
	b, _ := tolkaJSON([]byte(` {"a" :null, "b":[1e0,"\u0078"]}`))
	if string(kanonisk(nil, a)) != string(kanonisk(nil, b)) {
		t.Error("samma begäran har två former")
	}
}

func TestEnOperationUtanRollerArStangd(t *testing.T) {
	// The Aktor of a foreign role gains nothing by an operation that was never read.
	op := &operation{}
	if op.far(register.Aktor{Roller: []register.Roll{register.RollSystemforvaltare}}) {
		t.Error("en operation utan roller är öppen")
	}
}

func FuzzTolkaJSON(f *testing.F) {
	for _, s := range []string{`{"a":[1,"\u00e5",null]}`, `"\ud835\udcb3"`, `-0.5e10`, `[[[]]]`, "\xff"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		v, err := tolkaJSON(b)
		if err == nil {
			_ = kanonisk(nil, v)
		}
	})
}
