package httpapi

import (
	"flag"
	"fmt"
	"maps"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"sus/backend/httpapi/httpapitest"
	"sus/backend/register"
	"sus/backend/sms"
)

var uppdatera = flag.Bool("update", false, "write testdata/matris.golden anew")

const matrisfil = "testdata/matris.golden"

// matrismal is whose data a request is about, seen from somebody in förbund A, insats A1.
type matrismal struct{ namn, organisation, insats string }

var matrismalen = []matrismal{{"egen", "A", "A1"}, {"annan-insats", "A", "A2"}, {"annat-forbund", "B", "B1"}}

// matrisroller is who asks: every role, and clients that have some of the scopes only.
var matrisroller = []string{"SUSRAPPORT", "SAMVERKANSADMINISTRATOR A", "INSATSANSVARIG A1", "DELTAGARANSVARIG A1", "SYSTEMFORVALTARE",
	"MASKIN A1", "MASKIN-LAS A1", "MASKIN-RAPPORT A1"}

// target is a matrismal as somebody comes to it: what is needed there is made by
// whoever has it as uppdrag.
type target struct {
	p   *prov
	vem string
	matrismal
}

func (t target) agare() string          { return "DELTAGARANSVARIG " + t.insats }
func (t target) InsatsID() string       { return t.p.insats[t.insats].ID.String() }
func (t target) OrganisationID() string { return t.p.organisation[t.organisation].ID.String() }
func (t target) SamtyckeID() string     { return t.p.nyttSamtycke(t.agare(), t.insats) }
func (t target) DeltagandeID() string   { return t.p.nyttDeltagande(t.agare(), t.insats) }
func (t target) Personnummer() string   { return t.p.nyPerson().Siffror() }
func (t target) Kod() string            { return t.p.senasteKod() }
func (t target) Day(n int) string       { return register.NyttDatum(2026, 11, 1).Plus(n).String() }

func (t target) AvslutatID() string {
	id := t.DeltagandeID()
	t.p.vanta(201, t.agare(), "POST", "/v1/deltaganden/"+id+"/utregistreringar", utregistrering(), nil)
	return id
}

func (t target) InloggningID() string {
	return t.p.vanta(201, "", "POST", "/v1/inloggningar", t.Inloggning(), nil).id(t.p.t)
}

func (t target) Inloggning() map[string]any { return t.p.inloggning(t.vem) }

func (t target) Klient() (id, hemlighet string) { return t.p.klientID.String(), t.p.hemlighet }

func (t target) Token() string {
	if t.vem == "" {
		return ""
	}
	return t.p.token(t.p.aktor(t.vem).sokande) // the actor goes on
}

func (t target) Organisationsnummer() string {
	t.p.mu.Lock()
	t.p.nasta++
	n := t.p.nasta
	t.p.mu.Unlock()
	for k := range 10 {
		if s := fmt.Sprintf("222%06d%d", n, k); register.GiltigtOrganisationsnummer(s) {
			return s
		}
	}
	t.p.t.Fatal("no control digit fits")
	return ""
}

func (t target) Read(path string) (body map[string]any, etag string) {
	s := t.p.vanta(200, "SYSTEMFORVALTARE", "GET", path, nil, nil)
	s.json(t.p.t, &body)
	return body, s.huvud.Get("ETag")
}

// giltigt is a valid request of an operation, made as somebody.
func (p *prov) giltigt(op *operation, vem string, m matrismal) request {
	r := httpapitest.Operations[op.id].Request(op.metod, op.vag, target{p, vem, m})
	ut := request{name: op.id, method: r.Method, path: r.Path, headers: huvuden{}}
	switch {
	case r.Form != "":
		ut.body, ut.headers["Content-Type"] = r.Form, formtyp
	case r.Body != nil:
		ut.body = r.Body
	}
	if r.IfMatch != "" {
		ut.headers["If-Match"] = r.IfMatch
	}
	if r.Token != "" {
		ut.headers["Authorization"] = "Bearer " + r.Token
	}
	return ut
}

// inloggning is the first step as somebody; clients log in elsewhere, so a person stands in for them.
func (p *prov) inloggning(vem string) map[string]any {
	a := p.aktorer[vem]
	if !a.personnummer.Angett() {
		a = p.aktor("SUSRAPPORT")
	}
	return map[string]any{"personnummer": a.personnummer.Siffror(), "huvudlosenord": huvudlosenord}
}

var kodform = regexp.MustCompile(`\b[0-9]{6}\b`)

// senasteKod reads the last code as from a phone.
func (p *prov) senasteKod() string {
	p.t.Helper()
	var lista struct{ Data []sms.Mottaget }
	p.utan("", "GET", "/demo/sms", nil, nil).json(p.t, &lista)
	return kodform.FindString(lista.Data[0].Text)
}

// TestVarjeRollFarDetSomKontraktetSager is the role × operation × target matrix,
// made from x-roles. Change the golden file with
// go test ./backend/httpapi -run VarjeRoll -update, and read the difference.
func TestVarjeRollFarDetSomKontraktetSager(t *testing.T) {
	p := nyttProv(t)
	p.aktor("MASKIN A1")
	operationer, err := lasOperationer(kontraktet(t))
	ja(t, err)
	for id := range httpapitest.Operations {
		if operationer[id] == nil {
			t.Errorf("httpapitest has a line for %s, which is not in the contract", id)
		}
	}
	var rader []string
	for _, id := range slices.Sorted(maps.Keys(operationer)) {
		op := operationer[id]
		if _, finns := httpapitest.Operations[id]; !finns {
			t.Errorf("httpapitest saknar en rad för %s", id)
			continue
		}
		lyckades := false
		for _, m := range matrismalen {
			for _, vem := range append([]string{""}, matrisroller...) {
				a := p.giltigt(op, vem, m)
				s := p.anropa(vem, a.method, a.path, a.body, a.headers)
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
