package httpapi

import (
	"context"
	"strings"
	"testing"
	"time"

	"sus/api"
	"sus/backend/folkbokforing"
	"sus/backend/register"
	"sus/backend/store/statistik"
)

// Two test numbers of one person: the samordningsnummer that Navet then replaced.
const gammaltNummer, nyttNummer = "198003772392", "198003172395"

// replaced is somebody working with the person whose number was replaced.
type replaced struct {
	*harness
	who    string
	insats string
}

func (r replaced) path(under string) string {
	return "/v1/insatser/" + r.insats + "/" + under
}

func (r replaced) nyttSamtycke(t *testing.T, nummer string) string {
	t.Helper()
	p, err := register.AterstallPersonnummer(nummer)
	must(t, err)
	return r.expect(201, r.who, "POST", r.path("samtycken"), r.samtycke(p), nil).id(t)
}

func (r replaced) nyttDeltagande(t *testing.T, nummer string) string {
	t.Helper()
	return r.expect(201, r.who, "POST", r.path("deltaganden"), inregistrering(r.nyttSamtycke(t, nummer)), nil).id(t)
}

// unika demands how many unique persons the report counts as started in 2026.
func (r replaced) unika(t *testing.T, want int32) {
	t.Helper()
	report := r.reported(2026, "")
	if report.Start.Unika != int(want) {
		t.Errorf("rapporten räknar %d unika, ville ha %d", report.Start.Unika, want)
	}
}

// found demands that the person is found by either number, in the search that asks the
// population register and in the one that does not.
func (r replaced) found(t *testing.T, deltaganden ...string) {
	t.Helper()
	for _, nummer := range []string{gammaltNummer, nyttNummer} {
		var svar api.DeltagareSvar
		r.expect(200, r.who, "POST", "/v1/deltagare-sokningar", map[string]any{"insatsId": r.insats, "personnummer": nummer}, nil).json(t, &svar)
		var list api.DeltagandeLista
		r.expect(200, r.who, "POST", r.path("deltagande-sokningar"), map[string]any{"personnummer": nummer}, nil).json(t, &list)
		if !svar.Hittad || len(svar.Deltaganden) != len(deltaganden) || len(list.Data) != len(deltaganden) {
			t.Errorf("sökningarna finner %d och %d deltaganden, ville ha %d", len(svar.Deltaganden), len(list.Data), len(deltaganden))
			continue
		}
		if bytt := svar.Bytt != nil; bytt != (nummer == gammaltNummer) {
			t.Errorf("sökningen säger att numret har bytts: %v", bytt)
		}
		seen := ""
		for n := range list.Data {
			seen += list.Data[n].Id.String() + svar.Deltaganden[n].Id.String()
		}
		for _, id := range deltaganden {
			if strings.Count(seen, id) != 2 {
				t.Errorf("sökningarna finner %d av deltagandet, ville ha 2", strings.Count(seen, id))
			}
		}
	}
}

func (p *harness) navetReplaces(t *testing.T) {
	t.Helper()
	must(t, p.navet.Manus(folkbokforing.Manusrad{Nummer: gammaltNummer, Svar: folkbokforing.ManusErsatt, Av: nyttNummer}))
}

func TestAPersonWhoseNumberIsReplacedIsOnePersonAndFoundByEither(t *testing.T) {
	p := newHarness(t)
	r := replaced{p, "DELTAGARANSVARIG A1", p.insats["A1"].ID.String()}
	d := r.nyttDeltagande(t, gammaltNummer)
	p.navetReplaces(t)
	r.found(t, d)
	s := r.expect(422, r.who, "POST", r.path("samtycken"), map[string]any{"personnummer": gammaltNummer, "blankett": "9443", "datum": "2026-11-01", "sprak": "sv", "satt": "SKRIFTLIGT"}, nil)
	if !strings.Contains(string(s.text), "personnummer-ersatt") {
		t.Error("den som anger det gamla numret får inte veta att det är ersatt")
	}
	c := r.nyttSamtycke(t, nyttNummer)
	if s := r.expect(409, r.who, "POST", r.path("deltaganden"), inregistrering(c), nil); s.falt(t, "regel") != "redan-oppen" {
		t.Errorf("regel: %v", s.falt(t, "regel"))
	}
	// In another insats she is registered under the new one, and is the same.
	elsewhere := replaced{p, "DELTAGARANSVARIG B1", p.insats["B1"].ID.String()}
	d2 := elsewhere.nyttDeltagande(t, nyttNummer)
	elsewhere.found(t, d2)
	r.found(t, d)
	r.unika(t, 1)
	k, err := statistik.Kontrollera(t.Context(), p.MigrateURL)
	if err != nil || k.Skillnader() != 0 {
		t.Errorf("kontrollen: %+v (%v)", k, err)
	}
	for _, nummer := range []string{gammaltNummer, nyttNummer} {
		if strings.Contains(p.logger.String(), nummer) {
			t.Error("serverns logg bär numret")
		}
	}
}

func TestTwoOpenDeltagandenOfOnePersonPointAtEachOtherUntilOneIsEnded(t *testing.T) {
	p := newHarness(t)
	r := replaced{p, "DELTAGARANSVARIG A1", p.insats["A1"].ID.String()}
	d1, d2 := r.nyttDeltagande(t, gammaltNummer), r.nyttDeltagande(t, nyttNummer)
	single := r.newDeltagande(r.who, "A1")
	p.navetReplaces(t)
	r.unika(t, 3)
	// It is learned by whoever asks, here for a consent in another insats: that succeeds.
	elsewhere := replaced{p, "DELTAGARANSVARIG B1", p.insats["B1"].ID.String()}
	elsewhere.nyttDeltagande(t, nyttNummer)
	r.unika(t, 3)
	points := func(want map[string]string) {
		t.Helper()
		var list api.DeltagandeLista
		r.expect(200, r.who, "GET", r.path("deltaganden"), nil, nil).json(t, &list)
		for _, d := range list.Data {
			var one api.Deltagande
			r.expect(200, r.who, "GET", "/v1/deltaganden/"+d.Id.String(), nil, nil).json(t, &one)
			for _, shown := range []api.Deltagande{d, one} {
				got := ""
				if shown.SammaPersonSom != nil {
					got = shown.SammaPersonSom.String()
				}
				if got != want[d.Id.String()] {
					t.Errorf("%s pekar på %q, ville ha %q", d.Id, got, want[d.Id.String()])
				}
			}
		}
		if len(list.Data) != 3 {
			t.Errorf("listan har %d rader", len(list.Data))
		}
	}
	points(map[string]string{d1: d2, d2: d1, single: ""})
	r.found(t, d1, d2)
	// Who sees no people sees nothing of it.
	if s := r.expect(200, "SAMVERKANSADMINISTRATOR A", "GET", "/v1/insatser/"+r.insats, nil, nil); strings.Contains(string(s.text), d1) || strings.Contains(string(s.text), d2) {
		t.Error("insatsen visar paret")
	}
	r.expect(201, r.who, "POST", "/v1/deltaganden/"+d2+"/utregistreringar", utregistrering(), nil)
	points(map[string]string{})
	r.found(t, d1, d2)
	r.unika(t, 2)
}

// The population register tells of a number only the one that replaced it, and of that
// one only the last before it: a → b → c, asked about c, never says a.
func TestAChainOfNumbersIsFoundByAnyOfThemAsSoonAsThePairsAreKnown(t *testing.T) {
	const lastNumber = "198003172387"
	for name, f := range map[string]struct {
		before func(r replaced) // what the database learns while b holds
		known  bool
	}{
		"the first pair is known": {func(r replaced) {
			r.expect(200, r.who, "POST", "/v1/deltagare-sokningar", map[string]any{"insatsId": r.insats, "personnummer": nyttNummer}, nil)
		}, true},
		"the first pair is asked about later": {func(replaced) {}, false},
	} {
		t.Run(name, func(t *testing.T) {
			p := newHarness(t)
			r := replaced{p, "DELTAGARANSVARIG A1", p.insats["A1"].ID.String()}
			r.nyttDeltagande(t, gammaltNummer)
			chain := []folkbokforing.Manusrad{{Nummer: gammaltNummer, Svar: folkbokforing.ManusErsatt, Av: nyttNummer}}
			must(t, p.navet.Manus(chain...))
			f.before(r)
			must(t, p.navet.Manus(append(chain, folkbokforing.Manusrad{Nummer: nyttNummer, Svar: folkbokforing.ManusErsatt, Av: lastNumber})...))
			found := func(number string) int {
				var svar api.DeltagareSvar
				r.expect(200, r.who, "POST", "/v1/deltagare-sokningar", map[string]any{"insatsId": r.insats, "personnummer": number}, nil).json(t, &svar)
				var list api.DeltagandeLista
				r.expect(200, r.who, "POST", r.path("deltagande-sokningar"), map[string]any{"personnummer": number}, nil).json(t, &list)
				if len(list.Data) != len(svar.Deltaganden) {
					t.Errorf("%d with the register, %d without", len(svar.Deltaganden), len(list.Data))
				}
				return len(list.Data)
			}
			if n := found(lastNumber); (n == 1) != f.known {
				t.Errorf("by the last number: %d", n)
			}
			if !f.known { // a's own next question
				g := register.Omfragetider{Oppna: 24 * time.Hour}.Granser(p.st.Nu())
				_, err := p.st.Omfraga(t.Context(), g, func(ctx context.Context, nr register.Personnummer) (register.Folkbokforingspost, error) {
					return p.options.Folkbokforing.Sok(ctx, nr)
				})
				must(t, err)
			}
			for _, number := range []string{lastNumber, nyttNummer, gammaltNummer} {
				if n := found(number); n != 1 {
					t.Errorf("by a number of the chain: %d", n)
				}
			}
			c := r.nyttSamtycke(t, lastNumber)
			if s := r.expect(409, r.who, "POST", r.path("deltaganden"), inregistrering(c), nil); s.falt(t, "regel") != "redan-oppen" {
				t.Errorf("regel: %v", s.falt(t, "regel"))
			}
			r.unika(t, 1)
		})
	}
}
