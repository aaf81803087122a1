package httpapi

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"

	"sus/api"
	"sus/backend/httpapi/httpapitest"
)

// runTime is what every report has of its own: when it was run.
var runTime = regexp.MustCompile(`\d{4}-\d\d-\d\d(T[0-9:.]+Z| kl\. [0-9.]+)`)

// reports is the report of some years in every format and for every choice of where,
// without its run time.
func (p *harness) reports(years ...int) map[string]string {
	p.t.Helper()
	all := map[string]string{}
	for _, year := range years {
		for _, where := range []string{"", "&verksamhetsomrade=OSTER", "&verksamhetsomrade=NORR", "&lan=03", "&lan=25", "&verksamhetsomrade=OSTER&lan=03",
			"&organisationId=" + p.organisation["A"].ID.String(), "&insatsId=" + p.insats["A1"].ID.String() + "&lan=03&verksamhetsomrade=OSTER"} {
			for _, format := range []string{"json", "data", "excel-sv", "json-stat", "csvw"} {
				path := fmt.Sprintf("/v1/rapporter/deltagarrapport/forsorjning?samverkansform=FINSAM&budgetar=%d%s&format=%s", year, where, format)
				all[path] = runTime.ReplaceAllString(string(p.expect(200, "SUSRAPPORT", "GET", path, nil, nil).text), "")
			}
		}
	}
	return all
}

// counted is how many started and ended in a year by a filter.
func (p *harness) counted(year int, filter string) [2]int {
	p.t.Helper()
	r := p.reported(year, "&"+filter)
	return [2]int{r.Start.Antal, r.Slut.Antal}
}

// change sends organisation A back as it is read but for what is given.
func (p *harness) change(status int, who string, changes map[string]any) answer {
	p.t.Helper()
	return p.changeOf("A", status, who, changes)
}

// changeOf is change of any of the organisations.
func (p *harness) changeOf(name string, status int, who string, changes map[string]any) answer {
	p.t.Helper()
	path := "/v1/samverkansorganisationer/" + p.organisation[name].ID.String()
	read := p.expect(200, who, "GET", path, nil, nil)
	var body map[string]any
	read.json(p.t, &body)
	for _, given := range []string{"id", "version", "lan", "rader"} {
		delete(body, given)
	}
	maps.Copy(body, changes)
	return p.expect(status, who, "PUT", path, body, headers{"If-Match": read.header.Get("ETag")})
}

func (p *harness) startedAndEnded(start, end string) {
	p.t.Helper()
	const who = "DELTAGARANSVARIG A1"
	d := p.expect(201, who, "POST", "/v1/insatser/"+p.insats["A1"].ID.String()+"/deltaganden",
		httpapitest.Inregistrering(p.newSamtycke(who, "A1"), start), nil).id(p.t)
	if end != "" {
		p.expect(201, who, "POST", "/v1/deltaganden/"+d+"/utregistreringar", httpapitest.Utregistrering(end), nil)
	}
}

func rows(t *testing.T, s answer) string {
	t.Helper()
	var o api.Samverkansorganisation
	s.json(t, &o)
	var out []string
	for _, r := range o.Rader {
		end := ""
		if r.GiltigTom != nil {
			end = r.GiltigTom.String()
		}
		out = append(out, fmt.Sprintf("%s–%s %s %s %s", r.GiltigFran, end, r.Verksamhetsomrade, r.Lan, strings.Join(r.Kommuner, " ")))
	}
	return strings.Join(out, "\n")
}

func TestTheYearsBeforeAnOrganisationMovedStandByteForByte(t *testing.T) {
	p := newHarness(t)
	const admin, fk = "SAMVERKANSADMINISTRATOR A", "SYSTEMFORVALTARE"
	p.startedAndEnded("2024-03-01", "2025-05-02")
	p.startedAndEnded("2024-12-31", "")
	p.startedAndEnded("2025-01-01", "2026-10-31")
	p.startedAndEnded("2026-11-01", "2026-11-20")
	before := p.reports(2024, 2025)
	if n := p.counted(2026, "lan=03"); n != [2]int{1, 2} {
		t.Fatalf("Uppsala län 2026: %v", n)
	}

	// The administrator's own förbund moves to another län; its område is not hers.
	refused := p.change(422, admin, map[string]any{"verksamhetsomrade": "NORR"})
	if r := refused.regelOf(t, "/verksamhetsomrade"); r != "verksamhetsomrade-last" {
		t.Errorf("refused by %q", r)
	}
	for from, regel := range map[string]string{"2026-10-01": "galler-fran-forfluten", "2026-12-02": "manadens-forsta"} {
		if r := p.change(422, admin, map[string]any{"gallerFran": from}).regelOf(t, "/gallerFran"); r != regel {
			t.Errorf("%s: refused by %q", from, r)
		}
	}
	moved := rows(t, p.change(200, admin, map[string]any{"kommuner": []string{"2580", "2584"}}))
	if want := "2005-01-01–2026-10-31 OSTER 03 0305 0380\n2026-11-01– OSTER 25 2580 2584"; moved != want {
		t.Errorf("%s\nwanted\n%s", moved, want)
	}
	moved = rows(t, p.change(200, fk, map[string]any{"verksamhetsomrade": "NORR", "gallerFran": "2027-01-01"}))
	if want := "2005-01-01–2026-10-31 OSTER 03 0305 0380\n2026-11-01–2026-12-31 OSTER 25 2580 2584\n2027-01-01– NORR 25 2580 2584"; moved != want {
		t.Errorf("%s\nwanted\n%s", moved, want)
	}
	for path, after := range p.reports(2024, 2025) {
		if after != before[path] {
			t.Errorf("%s\nwas\n%s\nis\n%s", path, before[path], after)
		}
	}
	for filter, want := range map[string][2]int{"lan=03": {0, 1}, "lan=25": {1, 1}, "verksamhetsomrade=OSTER": {1, 2}, "verksamhetsomrade=NORR": {0, 0}} {
		if n := p.counted(2026, filter); n != want {
			t.Errorf("2026 %s: %v, wanted %v", filter, n, want)
		}
	}

	// FK corrects the past: exactly the months from the one given until the next change.
	moved = rows(t, p.change(200, fk, map[string]any{"verksamhetsomrade": "NORR", "kommuner": []string{"0305", "0380"}, "gallerFran": "2025-01-01"}))
	if want := "2005-01-01–2024-12-31 OSTER 03 0305 0380\n2025-01-01–2026-10-31 NORR 03 0305 0380\n2026-11-01– NORR 25 2580 2584"; moved != want {
		t.Errorf("%s\nwanted\n%s", moved, want)
	}
	for path, after := range p.reports(2024) {
		if after != before[path] {
			t.Errorf("%s\nwas\n%s\nis\n%s", path, before[path], after)
		}
	}
	if o, n := p.counted(2025, "verksamhetsomrade=OSTER"), p.counted(2025, "verksamhetsomrade=NORR"); o != [2]int{0, 0} || n != [2]int{1, 1} {
		t.Errorf("2025: Öster %v, Norr %v", o, n)
	}
	var months []string
	list, err := p.Super(t).Query(`select detalj from loggpost where handelse = 'ORGANISATION_ANDRAD' and utfall = 'OK' order by tid`)
	must(t, err)
	defer func() { _ = list.Close() }()
	for list.Next() {
		var m string
		must(t, list.Scan(&m))
		months = append(months, m)
	}
	if want := []string{"gallerFran 2026-11", "gallerFran 2027-01", "gallerFran 2025-01"}; !slices.Equal(months, want) {
		t.Errorf("logged: %q", months)
	}
}

func TestTheHeadSaysWhereAnOrganisationStoodAndThatItLiesOverABoundary(t *testing.T) {
	p := newHarness(t)
	const fk = "SYSTEMFORVALTARE"
	p.change(200, fk, map[string]any{"verksamhetsomrade": "NORR", "gallerFran": "2025-07-01"})
	p.change(200, fk, map[string]any{"kommuner": []string{"0305", "0380", "1980"}, "gallerFran": "2026-01-01"})
	head := func(year int, more string) string {
		t.Helper()
		text := string(p.expect(200, "SUSRAPPORT", "GET", fmt.Sprintf("/v1/rapporter/deltagarrapport/forsorjning?samverkansform=FINSAM&budgetar=%d&format=excel-sv&organisationId=%s%s",
			year, p.organisation["A"].ID, more), nil, nil).text)
		_, text, _ = strings.Cut(text, "Budgetår")
		text, _, _ = strings.Cut(text, "Deltagarnas försörjning")
		return text
	}
	for _, f := range []struct {
		year       int
		more       string
		want, lack string
	}{
		{2024, "", "Öster", "Räknas till"},
		{2025, "", "Öster och från 2025-07-01 Norr", "Räknas till"},
		{2025, "&verksamhetsomrade=NORR", "Norr", "Öster"},
		{2026, "", "Räknas till län: Uppsala län (kommuner även i Västmanlands län)", "Öster"},
	} {
		if h := head(f.year, f.more); !strings.Contains(h, f.want) || strings.Contains(h, f.lack) {
			t.Errorf("%d%s: %s", f.year, f.more, h)
		}
	}
	path := fmt.Sprintf("/v1/rapporter/deltagarrapport/forsorjning?samverkansform=FINSAM&budgetar=2024&organisationId=%s&verksamhetsomrade=NORR", p.organisation["A"].ID)
	if r := p.expect(422, "SUSRAPPORT", "GET", path, nil, nil).regelOf(t, "organisationId"); r != "annat-verksamhetsomrade" {
		t.Errorf("a year when it never stood there is refused by %q", r)
	}
}

func TestTheListGoesByWhereOrganisationsStandToday(t *testing.T) {
	p := newHarness(t)
	p.change(200, "SYSTEMFORVALTARE", map[string]any{"verksamhetsomrade": "NORR", "kommuner": []string{"2580"}, "gallerFran": "2026-12-01"})
	in := func(query string) (n int32) {
		var l api.SamverkansorganisationLista
		p.expect(200, "SUSRAPPORT", "GET", "/v1/samverkansorganisationer?"+query, nil, nil).json(t, &l)
		return *l.UnderscoreMeta.TotalRecords
	}
	if a, b, c, d := in("lan=03"), in("lan=25"), in("verksamhetsomrade=OSTER"), in("verksamhetsomrade=NORR"); a != 2 || b != 0 || c != 2 || d != 0 {
		t.Errorf("before: %d %d %d %d", a, b, c, d)
	}
	p.moveDays(31)
	if a, b, c, d := in("lan=03"), in("lan=25"), in("verksamhetsomrade=OSTER"), in("verksamhetsomrade=NORR"); a != 1 || b != 1 || c != 1 || d != 1 {
		t.Errorf("when the planned month has come: %d %d %d %d", a, b, c, d)
	}
	var o api.Samverkansorganisation
	p.expect(200, "SUSRAPPORT", "GET", "/v1/samverkansorganisationer/"+p.organisation["A"].ID.String(), nil, nil).json(t, &o)
	if o.Lan != "25" || o.Verksamhetsomrade != "NORR" || !slices.Equal(o.Kommuner, []string{"2580"}) {
		t.Errorf("read as %+v", o)
	}
}
