package httpapi

import (
	"maps"
	"slices"
	"strings"
	"testing"
	"time"
)

func TestThePublicKeysAreReadByAnybodyOutsideTheContract(t *testing.T) {
	p := newHarness(t)
	for _, who := range append([]string{""}, matrixRoller...) {
		s := p.expect(200, who, "GET", keyPath, nil, nil)
		if s.header.Get("Content-Type") != jsonType {
			t.Errorf("som %q: %s", who, s.header.Get("Content-Type"))
		}
		var set struct{ Keys []map[string]string }
		s.json(t, &set)
		if len(set.Keys) == 0 {
			t.Fatal("inga nycklar")
		}
		for _, n := range set.Keys {
			if falt := slices.Sorted(maps.Keys(n)); !slices.Equal(falt, []string{"alg", "crv", "kid", "kty", "use", "x", "y"}) {
				t.Errorf("en nyckel har fälten %v", falt)
			}
			if n["kty"] != "EC" || n["crv"] != "P-256" || n["alg"] != "ES256" || n["use"] != "sig" || n["kid"] == "" || n["x"] == "" || n["y"] == "" {
				t.Errorf("nyckeln är inte en för ES256: %v", n)
			}
		}
	}
	p.expect(200, "", "HEAD", keyPath, nil, nil)
	p.expect(406, "", "GET", keyPath, nil, headers{"Accept": "text/html"})
	p.expect(400, "", "GET", keyPath+"?kid=n1", nil, nil)
	if s := p.expect(405, "", "POST", keyPath, nil, nil); !strings.Contains(s.header.Get("Allow"), "GET") {
		t.Errorf("Allow: %q", s.header.Get("Allow"))
	}
	p.expect(404, "", "GET", bas+keyPath, nil, nil)
}

// TestThePublicKeysWaitForNoDatabaseForLong: a server that has not read them yet
// answers within its deadline all the same.
func TestThePublicKeysWaitForNoDatabaseForLong(t *testing.T) {
	t.Parallel()
	p := newHarness(t)
	l := p.throughCable()
	l.hanging.Store(true)
	start := time.Now()
	s := p.callUnchecked("", "GET", keyPath, nil, nil)
	if took := time.Since(start); s.status != 503 || s.header.Get("Retry-After") == "" || took > 5*time.Second {
		t.Errorf("%d efter %v", s.status, took)
	}
}
