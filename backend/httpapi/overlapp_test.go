package httpapi

import (
	"testing"
)

func TestAPeriodWithinAnotherOfThePersonIsRefusedWithTheWayToIt(t *testing.T) {
	p := newHarness(t)
	const who = "DELTAGARANSVARIG A1"
	insats, person := "/v1/insatser/"+p.insats["A1"].ID.String(), p.newPerson()
	samtycke := func() string { return p.expect(201, who, "POST", insats+"/samtycken", p.samtycke(person), nil).id(t) }
	ut := func(dag string) map[string]any { return with(utregistrering(), "avslutningsdag", dag) }
	overlappar := func(s answer, pekare, annat string) {
		t.Helper()
		if s.falt(t, "regel") != "overlappar" || s.regelOf(t, pekare) != "overlappar" || s.header.Get("Location") != "/v1/deltaganden/"+annat {
			t.Errorf("%s, Location %q", s.text, s.header.Get("Location"))
		}
	}
	first := p.expect(201, who, "POST", insats+"/deltaganden", with(inregistrering(samtycke()), "startdag", "2026-01-12"), nil).id(t)
	ended := p.expect(201, who, "POST", "/v1/deltaganden/"+first+"/utregistreringar", ut("2026-03-31"), nil)
	second := samtycke()
	for _, start := range []string{"2026-02-01", "2026-01-12"} {
		overlappar(p.expect(409, who, "POST", insats+"/deltaganden", with(inregistrering(second), "startdag", start), nil), "/startdag", first)
		overlappar(p.expect(409, who, "POST", insats+"/deltaganden?provkor=true", with(inregistrering(second), "startdag", start), nil), "/startdag", first)
	}
	next := p.expect(201, who, "POST", insats+"/deltaganden", with(inregistrering(second), "startdag", "2026-03-31"), nil).id(t)
	corrected := with(ut("2026-04-01"), "skal", "Fel dag.")
	overlappar(p.expect(409, who, "PUT", "/v1/deltaganden/"+first+"/utregistrering", corrected, headers{"If-Match": ended.header.Get("ETag")}), "/avslutningsdag", next)
	in := with(with(with(inregistrering(second), "samtyckeId", nil), "startdag", "2026-03-30"), "skal", "Fel dag.")
	overlappar(p.expect(409, who, "PUT", "/v1/deltaganden/"+next+"/inregistrering", in, headers{"If-Match": `"1"`}), "/startdag", first)
}
