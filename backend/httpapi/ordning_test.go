package httpapi

import (
	"net/url"
	"testing"

	"sus/api"
)

// An å is one letter, also when its ring is a character of its own: a Mac's file names
// and some keyboards send it so.
func TestTextIsTheSameHoweverItIsTyped(t *testing.T) {
	p := newHarness(t)
	const who = "SUSRAPPORT"
	const typed, decomposed = "Åmåls förbund", "A\u030ama\u030als fo\u0308rbund"
	var o api.Samverkansorganisation
	p.change(200, "SYSTEMFORVALTARE", map[string]any{"namn": decomposed}).json(t, &o)
	if o.Namn != typed {
		t.Errorf("stored %q", o.Namn)
	}
	for _, query := range []string{"Åm*", "åMÅL", "A\u030am*", "*fo\u0308rbund"} {
		var l api.SamverkansorganisationLista
		p.expect(200, who, "GET", "/v1/samverkansorganisationer?namn="+url.QueryEscape(query), nil, nil).json(t, &l)
		if len(l.Data) != 1 || l.Data[0].Namn != typed {
			t.Errorf("%q found %d", query, len(l.Data))
		}
	}
	// The page's own links ask for the same.
	var kommuner api.KommunLista
	p.expect(200, who, "GET", "/v1/kommuner?limit=1&namn="+url.QueryEscape("*o\u0308*"), nil, nil).json(t, &kommuner)
	if kommuner.UnderscoreLinks.Next == nil {
		t.Fatal("no next page")
	}
	next, err := url.Parse(kommuner.UnderscoreLinks.Next.Href)
	must(t, err)
	if got := next.Query().Get("namn"); got != "*ö*" {
		t.Errorf("the next page asks for %q", got)
	}
	s := p.change(422, "SYSTEMFORVALTARE", map[string]any{"namn": "Åmåls\u200b förbund"})
	if r := s.regelOf(t, "/namn"); r != "osynligt-tecken" {
		t.Errorf("a space without width: %q", r)
	}
	s = p.change(422, "SYSTEMFORVALTARE", map[string]any{"namn": "\u202eÅmåls förbund"})
	if r := s.regelOf(t, "/namn"); r != "osynligt-tecken" {
		t.Errorf("a text turned round: %q", r)
	}
}
