package httpapi

import (
	"flag"
	"fmt"
	"maps"
	"net/url"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/uuid"

	"sus/backend/register"
	"sus/backend/sms"
)

var uppdatera = flag.Bool("update", false, "write testdata/matris.golden anew")

const matrisfil = "testdata/matris.golden"

// anrop is one valid request of an operation against one target.
type anrop struct {
	vag   string
	kropp any
	h     huvuden
}

// matrismal is whose data a request is about, seen from somebody in förbund A, insats A1.
type matrismal struct{ namn, organisation, insats string }

var matrismalen = []matrismal{{"egen", "A", "A1"}, {"annan-insats", "A", "A2"}, {"annat-forbund", "B", "B1"}}

// matrisroller is who asks: every role, and clients that have some of the scopes only.
var matrisroller = []string{"SUSRAPPORT", "SAMVERKANSADMINISTRATOR A", "INSATSANSVARIG A1", "DELTAGARANSVARIG A1", "SYSTEMFORVALTARE",
	"MASKIN A1", "MASKIN-LAS A1", "MASKIN-RAPPORT A1"}

// matrisanrop makes a fresh valid request for each operation of the contract. An
// operation without one here fails the test: nothing goes unproved.
func (p *prov) matrisanrop() map[string]func(vem string, m matrismal) anrop {
	insats := func(m matrismal) string { return "/v1/insatser/" + p.insats[m.insats].ID.String() }
	org := func(m matrismal) string {
		return "/v1/samverkansorganisationer/" + p.organisation[m.organisation].ID.String()
	}
	agare := func(m matrismal) string { return "DELTAGARANSVARIG " + m.insats }
	samtycke := func(m matrismal) string { return "/v1/samtycken/" + p.nyttSamtycke(agare(m), m.insats) }
	deltagande := func(m matrismal) string { return "/v1/deltaganden/" + p.nyttDeltagande(agare(m), m.insats) }
	avslutat := func(m matrismal) string {
		vag := deltagande(m)
		p.vanta(201, agare(m), "POST", vag+"/utregistreringar", utregistrering(), nil)
		return vag
	}
	enkel := func(vag string) func(string, matrismal) anrop {
		return func(string, matrismal) anrop { return anrop{vag: vag} }
	}
	return map[string]func(vem string, m matrismal) anrop{
		"hamtaApiInfo":    enkel("/v1/api-info"),
		"hamtaJag":        enkel("/v1/jag"),
		"listaKodverk":    enkel("/v1/kodverk"),
		"listaKommuner":   enkel("/v1/kommuner"),
		"listaLoggposter": enkel("/v1/loggposter"),
		"skapaInloggning": func(vem string, _ matrismal) anrop { return anrop{vag: "/v1/inloggningar", kropp: p.inloggning(vem)} },
		"angeKod": func(vem string, _ matrismal) anrop {
			id := p.vanta(201, "", "POST", "/v1/inloggningar", p.inloggning(vem), nil).id(p.t)
			return anrop{vag: "/v1/inloggningar/" + id + "/koder", kropp: map[string]string{"kod": p.senasteKod()}}
		},
		"skapaToken": func(string, matrismal) anrop {
			v := url.Values{"grant_type": {"client_credentials"}, "client_id": {p.klientID.String()}, "client_secret": {p.hemlighet}}
			return anrop{vag: "/v1/tokens", kropp: v.Encode(), h: huvuden{"Content-Type": formtyp}}
		},
		"loggaUt": func(vem string, _ matrismal) anrop {
			if vem == "" {
				return anrop{vag: "/v1/utloggningar"}
			}
			a := p.aktor(vem)
			// A session of its own: the actor goes on.
			return anrop{vag: "/v1/utloggningar", h: huvuden{"Authorization": "Bearer " + p.token(a.sokande)}}
		},
		"listaSamverkansorganisationer": enkel("/v1/samverkansorganisationer"),
		"skapaSamverkansorganisation": func(string, matrismal) anrop {
			return anrop{vag: "/v1/samverkansorganisationer", kropp: p.organisationskropp()}
		},
		"hamtaSamverkansorganisation": func(_ string, m matrismal) anrop { return anrop{vag: org(m)} },
		"andraSamverkansorganisation": func(_ string, m matrismal) anrop { return p.somDenAr(org(m)) },
		"listaInsatser": func(_ string, m matrismal) anrop {
			return anrop{vag: "/v1/insatser?organisationId=" + p.organisation[m.organisation].ID.String()}
		},
		"skapaInsats": func(_ string, m matrismal) anrop {
			return anrop{vag: "/v1/insatser", kropp: map[string]any{"organisationId": p.organisation[m.organisation].ID, "namn": "Ny " + uuid.NewString(),
				"startdatum": "2008-01-01", "inriktning": "INDIVIDINRIKTAD", "preciseradInriktning": "REHABILITERING"}}
		},
		"hamtaInsats": func(_ string, m matrismal) anrop { return anrop{vag: insats(m)} },
		"andraInsats": func(_ string, m matrismal) anrop { return p.somDenAr(insats(m)) },
		"sokDeltagare": func(_ string, m matrismal) anrop {
			return anrop{vag: "/v1/deltagare-sokningar", kropp: map[string]any{"insatsId": p.insats[m.insats].ID, "personnummer": p.nyPerson().Siffror()}}
		},
		"skapaSamtycke": func(_ string, m matrismal) anrop {
			return anrop{vag: insats(m) + "/samtycken", kropp: p.samtycke(p.nyPerson())}
		},
		"hamtaSamtycke":     func(_ string, m matrismal) anrop { return anrop{vag: samtycke(m)} },
		"aterkallaSamtycke": func(_ string, m matrismal) anrop { return anrop{vag: samtycke(m) + "/aterkallelser"} },
		"listaDeltaganden":  func(_ string, m matrismal) anrop { return anrop{vag: insats(m) + "/deltaganden"} },
		"sokDeltaganden": func(_ string, m matrismal) anrop {
			return anrop{vag: insats(m) + "/deltagande-sokningar", kropp: map[string]string{"namn": "son"}}
		},
		"skapaDeltagande": func(_ string, m matrismal) anrop {
			return anrop{vag: insats(m) + "/deltaganden", kropp: inregistrering(p.nyttSamtycke(agare(m), m.insats))}
		},
		"hamtaDeltagande": func(_ string, m matrismal) anrop { return anrop{vag: deltagande(m)} },
		"skapaUtregistrering": func(_ string, m matrismal) anrop {
			return anrop{vag: deltagande(m) + "/utregistreringar", kropp: utregistrering()}
		},
		"rattaInregistrering": func(_ string, m matrismal) anrop {
			return anrop{deltagande(m) + "/inregistrering", med(med(inregistrering(""), "samtyckeId", nil), "skal", "Rättelse."), huvuden{"If-Match": `"1"`}}
		},
		"rattaUtregistrering": func(_ string, m matrismal) anrop {
			return anrop{avslutat(m) + "/utregistrering", med(utregistrering(), "skal", "Rättelse."), huvuden{"If-Match": `"2"`}}
		},
		"listaVersioner": func(_ string, m matrismal) anrop { return anrop{vag: deltagande(m) + "/versioner"} },
		"listaAnonyma":   func(_ string, m matrismal) anrop { return anrop{vag: insats(m) + "/anonyma"} },
		"skapaAnonyma": func(_ string, m matrismal) anrop {
			return anrop{vag: insats(m) + "/anonyma", kropp: map[string]int{"inregistreringsar": 2026, "antalKvinnor": 1, "antalMan": 0}}
		},
		"hamtaForsorjningsrapport": func(_ string, m matrismal) anrop {
			return anrop{vag: "/v1/rapporter/deltagarrapport/forsorjning?samverkansform=FINSAM&budgetar=2026&organisationId=" + p.organisation[m.organisation].ID.String()}
		},
	}
}

// inloggning is the first step as somebody; clients log in elsewhere, so a person stands in for them.
func (p *prov) inloggning(vem string) map[string]string {
	a := p.aktorer[vem]
	if !a.personnummer.Satt() {
		a = p.aktor("SUSRAPPORT")
	}
	return map[string]string{"personnummer": a.personnummer.Siffror(), "huvudlosenord": huvudlosenord}
}

var kodform = regexp.MustCompile(`\b[0-9]{6}\b`)

// senasteKod reads the last code as from a phone.
func (p *prov) senasteKod() string {
	p.t.Helper()
	var lista struct{ Data []sms.Mottaget }
	p.utan("", "GET", "/demo/sms", nil, nil).json(p.t, &lista)
	return kodform.FindString(lista.Data[0].Text)
}

// organisationskropp is a new organisation with a number of its own.
func (p *prov) organisationskropp() map[string]any {
	p.mu.Lock()
	p.nasta++
	n := p.nasta
	p.mu.Unlock()
	nummer := ""
	for k := range 10 {
		if s := fmt.Sprintf("222%06d%d", n, k); register.GiltigtOrganisationsnummer(s) {
			nummer = s
		}
	}
	return map[string]any{"namn": "Nytt förbund " + nummer, "organisationsnummer": nummer, "samverkansform": "FINSAM", "startdatum": "2005-01-01",
		"verksamhetsomrade": "OSTER", "kommuner": []string{"0380"},
		"ingaendeOrganisationer": []map[string]any{{"namn": "Försäkringskassan", "organisationsnummer": "2021005521", "typ": "FORSAKRINGSKASSAN", "medlem": true, "finansiar": true, "konsument": false}}}
}

// somDenAr is a PUT of what the resource is already, with its present ETag.
func (p *prov) somDenAr(vag string) anrop {
	p.t.Helper()
	s := p.vanta(200, "SYSTEMFORVALTARE", "GET", vag, nil, nil)
	var kropp map[string]any
	s.json(p.t, &kropp)
	for _, falt := range []string{"id", "version", "lan", "organisation"} {
		delete(kropp, falt)
	}
	return anrop{vag: vag, kropp: kropp, h: huvuden{"If-Match": s.huvud.Get("ETag")}}
}

// TestVarjeRollFarDetSomKontraktetSager is the role × operation × target matrix,
// made from x-roles. Change the golden file with
// go test ./backend/httpapi -run VarjeRoll -update, and read the difference.
func TestVarjeRollFarDetSomKontraktetSager(t *testing.T) {
	p := nyttProv(t)
	p.aktor("MASKIN A1")
	operationer, err := lasOperationer(kontraktet(t))
	ja(t, err)
	gor := p.matrisanrop()
	var rader []string
	for _, id := range slices.Sorted(maps.Keys(operationer)) {
		op := operationer[id]
		if gor[id] == nil {
			t.Errorf("matrisen saknar ett giltigt anrop för %s", id)
			continue
		}
		lyckades := false
		for _, m := range matrismalen {
			for _, vem := range append([]string{""}, matrisroller...) {
				a := gor[id](vem, m)
				s := p.anropa(vem, op.metod, a.vag, a.kropp, a.h)
				lyckades = lyckades || s.status < 300
				roll, _, _ := strings.Cut(vem, " ")
				if roll == "" {
					roll = "ANONYM"
				}
				provaRad(t, op, p.aktorer[vem], roll, m, s)
				rader = append(rader, strings.Join([]string{id, roll, m.namn, strconv.Itoa(s.status)}, " "))
			}
		}
		if !lyckades {
			t.Errorf("%s lyckas aldrig", id)
		}
	}
	jamforMatris(t, strings.Join(rader, "\n")+"\n")
}

// provaRad holds one answer against x-roles alone, whatever the golden file says.
func provaRad(t *testing.T, op *operation, a aktor, roll string, m matrismal, s anropssvar) {
	t.Helper()
	far := op.offentlig || op.inloggad && a.namn != "" || slices.Contains(op.roller, a.roll)
	switch roll {
	case "MASKIN-LAS":
		far = op.offentlig || op.inloggad || slices.Contains(op.scopes, register.ScopeDeltagandeLas)
	case "MASKIN-RAPPORT":
		far = op.offentlig || op.inloggad || slices.Contains(op.scopes, register.ScopeRapportLas)
	}
	ok := s.status < 300 || s.status == 404 && m.namn != "egen"
	switch {
	case op.offentlig:
		ok = s.status < 300
	case roll == "ANONYM":
		ok = s.status == 401
	case !far:
		ok = s.status == 403
	}
	if !ok {
		t.Errorf("%s som %s mot %s: %d %s", op.id, roll, m.namn, s.status, s.text)
	}
}

func jamforMatris(t *testing.T, ar string) {
	t.Helper()
	if *uppdatera {
		ja(t, os.MkdirAll("testdata", 0o755))
		ja(t, os.WriteFile(matrisfil, []byte(ar), 0o644))
		return
	}
	b, err := os.ReadFile(matrisfil)
	ja(t, err)
	ska := strings.Split(string(b), "\n")
	fick := strings.Split(ar, "\n")
	for i := range max(len(ska), len(fick)) {
		var s, f string
		if i < len(ska) {
			s = ska[i]
		}
		if i < len(fick) {
			f = fick[i]
		}
		if s != f {
			t.Errorf("rad %d: %q i %s, nu %q", i+1, s, matrisfil, f)
		}
	}
}
