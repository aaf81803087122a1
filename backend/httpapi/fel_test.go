package httpapi

import (
	"html"
	"strings"
	"testing"

	"sus/backend/register"
)

func TestEveryRuleHasAPageWhereItsTypeLeads(t *testing.T) {
	p := nyttProv(t)
	alla := p.utan("", "GET", "/fel", nil, nil)
	if alla.status != 200 {
		t.Fatalf("/fel answers %d", alla.status)
	}
	for _, r := range register.Regler() {
		if !strings.Contains(string(alla.text), `href="/fel/`+r.String()+`"`) {
			t.Errorf("/fel does not lead to %s", r)
		}
		adress := strings.TrimPrefix(nyttProblem(nyttAvslag(422, r)).Type, "https://sus.forsakringskassan.se")
		s := p.utan("", "GET", adress, nil, nil)
		sida := html.UnescapeString(string(s.text))
		if s.status != 200 || !strings.Contains(sida, r.Ord()) || !strings.Contains(sida, r.Atgard()) || !strings.Contains(sida, `<html lang="sv">`) {
			t.Errorf("%s answers %d without the rule's words", adress, s.status)
		}
		if s.huvud.Get("Content-Security-Policy") != cspSida || !strings.HasPrefix(s.huvud.Get("Content-Type"), "text/html") {
			t.Errorf("%s: %v", adress, s.huvud)
		}
	}
	for _, adress := range []string{"/fel/finns-inte", "/fel/%3Cscript%3E", "/fel/saknas/mer"} {
		s := p.utan("", "GET", adress, nil, nil)
		if s.status != 404 || strings.Contains(string(s.text), "script") {
			t.Errorf("%s answers %d", adress, s.status)
		}
	}
	if s := p.utan("", "GET", "/fel/finns-inte", nil, nil); !strings.Contains(string(s.text), `href="/fel"`) {
		t.Error("the page of an unknown rule does not lead to those there are")
	}
}
