package httpapi

import (
	"bytes"
	"fmt"
	"slices"
	"testing"

	"sus/api"
)

const koder = "/v1/kodverk/FORSORJNING/koder"

// What a code is called and whether it is there is as of the period: a report of last
// year says the same, whatever is changed from today.
func TestAReportOfAnEarlierYearSaysWhatItSaidWhenACodeIsChanged(t *testing.T) {
	p := newHarness(t)
	const fk, reader = "SYSTEMFORVALTARE", "SUSRAPPORT"
	p.newDeltagande("DELTAGARANSVARIG A1", "A1")
	today := p.st.Idag()
	report := func(year int) (rows []string) {
		r := p.reportedTo(reader, year, "")
		for i, row := range r.Start.Rader {
			rows = append(rows, fmt.Sprint(row.Kod, " ", row.Etikett, " ", row.Antal, " ", r.Slut.Rader[i].Etikett))
		}
		return rows
	}
	last, this := report(today.Ar()-1), report(today.Ar())
	if !slices.Contains(last, "A_KASSA A-kassa 0 A-kassa") || len(this) != 8 {
		t.Fatalf("%q, %q", last, this)
	}
	body := map[string]any{"etikett": "Arbetslöshetsersättning", "ordning": 1, "gallerFran": today.String()}
	p.expect(200, fk, "PUT", koder+"/A_KASSA", body, headers{"If-Match": `"1"`})
	p.expect(201, fk, "POST", koder, map[string]any{"kod": "NY", "giltigFran": today.String(), "etikett": "Ny ersättning", "ordning": 9}, nil)
	if after := report(today.Ar() - 1); !slices.Equal(after, last) {
		t.Errorf("last year's report was %q and is %q", last, after)
	}
	if after := report(today.Ar()); len(after) != 9 || after[0] != "NY Ny ersättning 0 Ny ersättning" || !slices.Contains(after, "A_KASSA Arbetslöshetsersättning 0 Arbetslöshetsersättning") {
		t.Errorf("this year's is %q", after)
	}
}

func TestACodeIsAddedChangedAndEnded(t *testing.T) {
	p := newHarness(t)
	const fk = "SYSTEMFORVALTARE"
	today := p.st.Idag()
	body := map[string]any{"kod": "NY", "giltigFran": today.String(), "etikett": "Ny försörjning", "ordning": 9}
	made := p.expect(201, fk, "POST", koder, body, headers{"Idempotency-Key": "0190f3a0-1111-7aaa-8bbb-0a1b2c3d4e5f"})
	if where := made.header.Get("Location"); where != koder+"/NY" || made.header.Get("ETag") != `"1"` {
		t.Errorf("Location %q", where)
	}
	if again := p.expect(201, fk, "POST", koder, body, headers{"Idempotency-Key": "0190f3a0-1111-7aaa-8bbb-0a1b2c3d4e5f"}); !bytes.Equal(again.text, made.text) {
		t.Errorf("%s and %s", made.text, again.text)
	}
	if s := p.expect(409, fk, "POST", koder, body, nil); s.regelOf(t, "/kod") != "kod-finns" {
		t.Errorf("%s", s.text)
	}
	if s := p.expect(409, fk, "POST", "/v1/kodverk/ARBETSTYP/koder", body, nil); s.falt(t, "regel") != "kodverk-fast" {
		t.Errorf("%s", s.text)
	}
	// An in-registration before its first day is refused, and taken on it.
	samtycke := p.newSamtycke("DELTAGARANSVARIG A1", "A1")
	in := inregistrering(samtycke)
	in["fore"] = map[string]any{"forsorjning": []string{"NY"}, "arbetssokande": false, "arbetar": false, "studerar": false}
	in["startdag"] = today.Plus(-1).String()
	if s := p.expect(422, "DELTAGARANSVARIG A1", "POST", p.insatsPath("A1", "deltaganden"), in, nil); s.regelOf(t, "/fore/forsorjning/0") != "okand-kod" {
		t.Errorf("%s", s.text)
	}
	in["startdag"] = today.String()
	p.expect(201, "DELTAGARANSVARIG A1", "POST", p.insatsPath("A1", "deltaganden"), in, nil)

	one := koder + "/NY"
	change := map[string]any{"etikett": "Annan text", "ordning": 9}
	s := p.expect(409, fk, "PUT", one, change, headers{"If-Match": `"1"`})
	if s.regelOf(t, "/gallerFran") != "kod-anvands" || !bytes.Contains(s.text, []byte("1 mätning,")) {
		t.Errorf("%s", s.text)
	}
	tomorrow := today.Plus(1).String()
	if s := p.expect(200, fk, "PUT", one, with(change, "gallerFran", tomorrow), headers{"If-Match": `"1"`}); s.header.Get("ETag") != `"2"` {
		t.Errorf("ETag %q", s.header.Get("ETag"))
	}
	p.expect(412, fk, "PUT", one, with(change, "ordning", 3), headers{"If-Match": `"1"`})
	var k api.DateradKod
	p.expect(200, "DELTAGARANSVARIG A1", "GET", one, nil, nil).json(t, &k)
	if len(k.Rader) != 2 || k.Rader[0].Etikett != "Ny försörjning" || k.Rader[0].GiltigTom.String() != today.String() || k.Rader[1].Etikett != "Annan text" {
		t.Errorf("%+v", k)
	}
	var paverkan api.Kodpaverkan
	p.expect(200, fk, "GET", one+"/paverkan?giltigTom="+today.Plus(-1).String(), nil, nil).json(t, &paverkan)
	if len(paverkan.Anvandning) != 1 || paverkan.Anvandning[0].Antal != 1 || paverkan.Anvandning[0].EfterDagen != 1 || paverkan.Anvandning[0].PaRaden != 0 ||
		!slices.Equal(paverkan.Rapporter, []string{"SUS - Deltagarrapport försörjning", "SUS - Deltagarrapport övergångar", "SUS - Deltagarrapport steg mot arbete"}) {
		t.Errorf("%+v", paverkan)
	}
	if s := p.expect(409, fk, "PUT", koder+"/INGEN", map[string]any{"etikett": "Ingen offentlig försörjning", "ordning": 8, "exklusiv": true, "giltigTom": tomorrow},
		headers{"If-Match": `"1"`}); s.regelOf(t, "/giltigTom") != "kod-styrande" {
		t.Errorf("%s", s.text)
	}
	p.expect(404, fk, "GET", koder+"/SAKNAS", nil, nil)
	p.expect(404, fk, "GET", koder+"/SAKNAS/paverkan", nil, nil)
	p.expect(404, fk, "PUT", koder+"/SAKNAS", change, headers{"If-Match": `"1"`})
	p.checkEvents("KOD_SKAPAD", "KOD_ANDRAD")
}
