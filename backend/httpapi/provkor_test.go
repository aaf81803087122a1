package httpapi

import (
	"strings"
	"testing"
)

// A dry run decides as the call would, tells what is odd, and leaves nothing but the
// row that says it was made; the call itself tells the same.
func TestADryRunDecidesAndStoresNothing(t *testing.T) {
	p := newHarness(t)
	tables := func() string {
		t.Helper()
		var s string
		must(t, p.Super(t).QueryRow(`select concat_ws(' ', (select count(*) from deltagande), (select count(*) from mattillfalle), (select count(*) from anonyma),
			(select count(*) from idempotens), (select count(*) from fakt_in), (select count(*) from fakt_ut), (select count(*) from persontal),
			(select count(*) from personnyckel), (select sum(version) from deltagande))`).Scan(&s))
		return s
	}
	type told struct {
		Varningar []struct{ Varning, Pekare, Meddelande string }
	}
	warned := func(s answer) string {
		t.Helper()
		var a told
		s.json(t, &a)
		var out []string
		for _, v := range a.Varningar {
			if v.Meddelande == "" {
				t.Errorf("%s utan ord", v.Varning)
			}
			out = append(out, v.Pekare+" "+v.Varning)
		}
		return strings.Join(out, ", ")
	}
	for _, who := range []string{"DELTAGARANSVARIG A1", "MASKIN A1"} {
		insats := "/v1/insatser/" + p.insats["A1"].ID.String()
		in := with(inregistrering(p.newSamtycke(who, "A1")), "arOffentligForsorjning", 90)
		before := tables()
		s := p.expect(200, who, "POST", insats+"/deltaganden?provkor=true", in, nil)
		if got := warned(s); !strings.Contains(got, "/arOffentligForsorjning fler-ar-an-vuxen") {
			t.Errorf("%s: %s", who, got)
		}
		if s.header.Get("Location") != "" {
			t.Error("provkörningen har en Location")
		}
		p.expect(422, who, "POST", insats+"/deltaganden?provkor=true", with(in, "startdag", "2999-01-01"), nil)
		p.expect(200, who, "POST", insats+"/anonyma?provkor=true", map[string]any{"inregistreringsar": 2026, "antalKvinnor": 1, "antalMan": 1}, nil)
		p.expect(400, who, "POST", insats+"/anonyma?provkor=ja", map[string]any{"inregistreringsar": 2026, "antalKvinnor": 1, "antalMan": 1}, nil)
		if after := tables(); after != before {
			t.Errorf("%s: före %s, efter %s", who, before, after)
		}
		// The simulator's people live all over the country; the förbund has its kommuner.
		var outside bool
		must(t, p.Super(t).QueryRow(`select not i.kommun = any(r.kommuner) from identitet i join insats n on n.id = i.insats_id
			join samverkansorganisation o on o.id = n.organisation_id join organisationsrad r on r.org = o.nr
			where i.samtycke_id = $1 and r.giltig_tom is null`, in["samtyckeId"]).Scan(&outside))
		if strings.Contains(warned(s), "kommun-utanfor") != outside {
			t.Errorf("%s: kommunen utanför: %v, varnat: %s", who, outside, warned(s))
		}
		made := p.expect(201, who, "POST", insats+"/deltaganden", in, headers{"Idempotency-Key": "provkor-" + strings.ReplaceAll(who, " ", "-")})
		if got := warned(made); !strings.Contains(got, "fler-ar-an-vuxen") {
			t.Errorf("%s: %s", who, got)
		}
		d := "/v1/deltaganden/" + made.id(t)
		before = tables()
		p.expect(409, who, "POST", insats+"/deltaganden?provkor=true", in, nil) // the samtycke is used
		// With the key of the call it says what the call would: the same answer again, or another body.
		again := headers{"Idempotency-Key": "provkor-" + strings.ReplaceAll(who, " ", "-")}
		if got := warned(p.expect(200, who, "POST", insats+"/deltaganden?provkor=true", in, again)); got != "" {
			t.Errorf("%s: det som redan är gjort är ovanligt: %s", who, got)
		}
		p.expect(422, who, "POST", insats+"/deltaganden?provkor=true", with(in, "arOffentligForsorjning", 1), again)
		exit := with(utregistrering(), "avslutningsdag", inregistrering("")["startdag"])
		if got := warned(p.expect(200, who, "POST", d+"/utregistreringar?provkor=true", exit, nil)); !strings.Contains(got, "kort-tid") {
			t.Errorf("%s: %s", who, got)
		}
		if after := tables(); after != before {
			t.Errorf("%s: före %s, efter %s", who, before, after)
		}
		p.expect(200, who, "GET", d, nil, nil)
	}
	p.expect(403, "SAMVERKANSADMINISTRATOR A", "POST", "/v1/insatser/"+p.insats["A1"].ID.String()+"/anonyma?provkor=true",
		map[string]any{"inregistreringsar": 2026, "antalKvinnor": 1, "antalMan": 1}, nil)
	if n := p.rows(t, `handelse = 'PROVKORD' and utfall = 'OK' and detalj in ('DELTAGANDE_INSKRIVET', 'DELTAGANDE_UTSKRIVET', 'ANONYMA_SKAPADE')`); n != 8 {
		t.Errorf("%d loggrader om åtta provkörningar", n)
	}
	if n := p.rows(t, `handelse = 'PROVKORD' and utfall = 'NEKAD' and regel = 'samtycke-anvant'`); n != 2 {
		t.Errorf("%d loggrader om två nekade", n)
	}
}
