package httpapi

import (
	"html"
	"strings"
	"testing"

	"sus/backend/register"
)

func TestEveryRuleHasAPageWhereItsTypeLeads(t *testing.T) {
	p := newHarness(t)
	all := p.callUnchecked("", "GET", "/fel", nil, nil)
	if all.status != 200 {
		t.Fatalf("/fel answers %d", all.status)
	}
	for _, r := range register.Regler() {
		if !strings.Contains(string(all.text), `href="/fel/`+r.String()+`"`) {
			t.Errorf("/fel does not lead to %s", r)
		}
		address := strings.TrimPrefix(toProblem(newRefusal(422, r)).Type, "https://sus.forsakringskassan.se")
		s := p.callUnchecked("", "GET", address, nil, nil)
		page := html.UnescapeString(string(s.text))
		if s.status != 200 || !strings.Contains(page, r.Ord()) || !strings.Contains(page, r.Atgard()) || !strings.Contains(page, `<html lang="sv">`) {
			t.Errorf("%s answers %d without the rule's words", address, s.status)
		}
		if s.header.Get("Content-Security-Policy") != cspPage || !strings.HasPrefix(s.header.Get("Content-Type"), "text/html") {
			t.Errorf("%s: %v", address, s.header)
		}
	}
	for _, address := range []string{"/fel", "/fel/csrf", "/fel/finns-inte", "/dokumentation"} {
		page := string(p.callUnchecked("", "GET", address, nil, nil).text)
		for _, part := range []string{`<a class="namn" href="/">SUS</a>`, `<nav class="meny" aria-label="Huvudmeny">`, `<main id="innehall">`, `<footer>`} {
			if !strings.Contains(page, part) {
				t.Errorf("%s lacks what SUS's pages have: %s", address, part)
			}
		}
	}
	for _, address := range []string{"/fel/finns-inte", "/fel/%3Cscript%3E", "/fel/saknas/mer"} {
		s := p.callUnchecked("", "GET", address, nil, nil)
		if s.status != 404 || strings.Contains(string(s.text), "script") {
			t.Errorf("%s answers %d", address, s.status)
		}
	}
	if s := p.callUnchecked("", "GET", "/fel/finns-inte", nil, nil); !strings.Contains(string(s.text), `href="/fel"`) {
		t.Error("the page of an unknown rule does not lead to those there are")
	}
}
