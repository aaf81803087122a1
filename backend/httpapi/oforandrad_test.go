package httpapi

import (
	"strings"
	"testing"
)

// A correction that says what stood is answered as it stands: no version, no row
// that says something was changed, the same ETag.
func TestACorrectionThatChangesNothingMakesNoVersion(t *testing.T) {
	p := newHarness(t)
	const who = "DELTAGARANSVARIG A1"
	d := "/v1/deltaganden/" + p.newDeltagande(who, "A1")
	p.expect(201, who, "POST", d+"/utregistreringar", utregistrering(), nil)
	in := with(with(inregistrering(""), "samtyckeId", nil), "skal", "Sparad igen.")
	ut := with(utregistrering(), "skal", "Sparad igen.")
	same := func(who, path string, body map[string]any) {
		t.Helper()
		before := p.expect(200, who, "GET", path, nil, nil).header.Get("ETag")
		change := path
		if path == d {
			change = map[bool]string{true: d + "/inregistrering", false: d + "/utregistrering"}[body["startdag"] != nil]
		}
		if after := p.expect(200, who, "PUT", change, body, headers{"If-Match": before}); after.header.Get("ETag") != before {
			t.Errorf("%s: ETag %s blev %s", change, before, after.header.Get("ETag"))
		}
	}
	same(who, d, in)
	same(who, d, ut)
	var versions struct{ Data []any }
	p.expect(200, who, "GET", d+"/versioner", nil, nil).json(t, &versions)
	if len(versions.Data) != 2 {
		t.Errorf("%d versioner av en in- och en utregistrering", len(versions.Data))
	}
	if n := p.rows(t, "handelse in ('INREGISTRERING_RATTAD', 'UTREGISTRERING_RATTAD')"); n != 0 {
		t.Errorf("%d loggrader om rättelser", n)
	}
	// What stands was shown, and that has its row, with the person.
	if n := p.rows(t, "handelse = 'DELTAGANDE_LAST' and personer_hash is not null and objekt_id = '"+strings.TrimPrefix(d, "/v1/deltaganden/")+"'"); n != 4 {
		t.Errorf("%d loggrader om två läsningar och två rättelser som inget ändrade", n)
	}
	// One field is enough.
	before := p.expect(200, who, "GET", d, nil, nil).header.Get("ETag")
	if after := p.expect(200, who, "PUT", d+"/inregistrering", with(in, "arOffentligForsorjning", 9), headers{"If-Match": before}); after.header.Get("ETag") == before {
		t.Error("en rättelse gav ingen version")
	}
}
