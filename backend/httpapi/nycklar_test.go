package httpapi

import (
	"maps"
	"slices"
	"strings"
	"testing"
	"time"
)

func TestThePublicKeysAreReadByAnybodyOutsideTheContract(t *testing.T) {
	p := nyttProv(t)
	for _, vem := range append([]string{""}, matrisroller...) {
		s := p.vanta(200, vem, "GET", nyckelvag, nil, nil)
		if s.huvud.Get("Content-Type") != jsontyp {
			t.Errorf("som %q: %s", vem, s.huvud.Get("Content-Type"))
		}
		var mangd struct{ Keys []map[string]string }
		s.json(t, &mangd)
		if len(mangd.Keys) == 0 {
			t.Fatal("inga nycklar")
		}
		for _, n := range mangd.Keys {
			if falt := slices.Sorted(maps.Keys(n)); !slices.Equal(falt, []string{"alg", "crv", "kid", "kty", "use", "x", "y"}) {
				t.Errorf("en nyckel har fälten %v", falt)
			}
			if n["kty"] != "EC" || n["crv"] != "P-256" || n["alg"] != "ES256" || n["use"] != "sig" || n["kid"] == "" || n["x"] == "" || n["y"] == "" {
				t.Errorf("nyckeln är inte en för ES256: %v", n)
			}
		}
	}
	p.vanta(200, "", "HEAD", nyckelvag, nil, nil)
	p.vanta(406, "", "GET", nyckelvag, nil, huvuden{"Accept": "text/html"})
	p.vanta(400, "", "GET", nyckelvag+"?kid=n1", nil, nil)
	if s := p.vanta(405, "", "POST", nyckelvag, nil, nil); !strings.Contains(s.huvud.Get("Allow"), "GET") {
		t.Errorf("Allow: %q", s.huvud.Get("Allow"))
	}
	p.vanta(404, "", "GET", bas+nyckelvag, nil, nil)
}

// TestThePublicKeysWaitForNoDatabaseForLong: a server that has not read them yet
// answers within its deadline all the same.
func TestThePublicKeysWaitForNoDatabaseForLong(t *testing.T) {
	p := nyttProv(t)
	l := p.deadCable()
	l.hanger.Store(true)
	start := time.Now()
	s := p.utan("", "GET", nyckelvag, nil, nil)
	if tog := time.Since(start); s.status != 503 || s.huvud.Get("Retry-After") == "" || tog > 5*time.Second {
		t.Errorf("%d efter %v", s.status, tog)
	}
}
