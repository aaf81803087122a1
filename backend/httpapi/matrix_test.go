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
	"sus/backend/store"
	"sus/backend/store/db"
	"sus/backend/store/konto"
	"sus/backend/store/storetest"
)

var update = flag.Bool("update", false, "write testdata/matrix.golden anew")

const matrixFile = "testdata/matrix.golden"

// matrixTarget is whose data a request is about, seen from somebody in förbund A, insats A1.
type matrixTarget struct{ name, organisation, insats string }

var matrixTargets = []matrixTarget{{"egen", "A", "A1"}, {"annan-insats", "A", "A2"}, {"annat-forbund", "B", "B1"}}

// matrixRoller is who asks: every role, and clients that have some of the scopes only.
var matrixRoller = []string{"SUSRAPPORT", "SAMVERKANSADMINISTRATOR A", "INSATSANSVARIG A1", "DELTAGARANSVARIG A1", "SYSTEMFORVALTARE",
	"MASKIN A1", "MASKIN-LAS A1", "MASKIN-RAPPORT A1"}

// target is a matrixTarget as somebody comes to it: what is needed there is made by
// whoever has it as uppdrag.
type target struct {
	p   *harness
	who string
	matrixTarget
}

func (t target) owner() string          { return "DELTAGARANSVARIG " + t.insats }
func (t target) InsatsID() string       { return t.p.insats[t.insats].ID.String() }
func (t target) OrganisationID() string { return t.p.organisation[t.organisation].ID.String() }
func (t target) SamtyckeID() string     { return t.p.newSamtycke(t.owner(), t.insats) }
func (t target) DeltagandeID() string   { return t.p.newDeltagande(t.owner(), t.insats) }
func (t target) Personnummer() string   { return t.p.newPerson().Siffror() }
func (t target) Kod() string            { return t.p.latestKod() }
func (t target) Day(n int) string       { return register.NyttDatum(2026, 11, 1).Plus(n).String() }

// AnnansInsatsID is made each time, in the other organisation.
func (t target) AnnansInsatsID() string {
	other := "B"
	if t.organisation == other {
		other = "A"
	}
	return storetest.Insats(t.p.t, t.p.st, t.p.organisation[other], nil).ID.String()
}

// VolymInsatsID is made the first time; whoever has the target's insats as uppdrag has it too.
func (t target) VolymInsatsID() string {
	name := t.insats + "V"
	if i, found := t.p.insats[name]; found {
		return i.ID.String()
	}
	i := storetest.Insats(t.p.t, t.p.st, t.p.organisation[t.organisation], func(u *register.Insatsuppgifter) {
		u.Namn, u.Deltagarregistrering = "Insats "+name, register.EndastAntal
	})
	t.p.insats[name] = i
	for _, who := range []string{"INSATSANSVARIG ", "MASKIN "} {
		a := t.p.aktor(who + t.insats)
		_, err := konto.New(t.p.st.DB).GeUppdrag(t.p.t.Context(), storetest.Som(system), konto.NyttUppdrag{AnvandareID: a.holder.AnvandareID,
			KlientID: a.holder.KlientID, Roll: a.roll, InsatsID: i.ID, Period: register.Period{Fran: t.p.st.Idag()}})
		must(t.p.t, err)
	}
	return i.ID.String()
}

func (t target) OppetAr() string { return t.year("2010", false) }

func (t target) StangtAr() string { return t.year("2011", true) }

// year closes the year, or opens it, when it is not so already.
func (t target) year(ar string, closed bool) string {
	path := "/v1/samverkansorganisationer/" + t.OrganisationID() + "/budgetar/" + ar
	is, _ := t.p.expect(200, "SYSTEMFORVALTARE", "GET", path, nil, nil).falt(t.p.t, "stangt").(bool)
	switch {
	case closed && !is:
		t.p.expect(201, "SAMVERKANSADMINISTRATOR "+t.organisation, "POST", path+"/stangningar", nil, nil)
	case is && !closed:
		t.p.expect(201, "SYSTEMFORVALTARE", "POST", path+"/oppningar", map[string]any{"skal": "Prov."}, nil)
	}
	return ar
}

func (t target) AvslutadInsatsID() string {
	over := register.NyttDatum(2026, 11, 23)
	return storetest.Insats(t.p.t, t.p.st, t.p.organisation[t.organisation], func(u *register.Insatsuppgifter) { u.Slutdatum = &over }).ID.String()
}

func (t target) AnonymaID() string {
	return t.p.expect(201, t.owner(), "POST", "/v1/insatser/"+t.InsatsID()+"/anonyma", httpapitest.Anonyma(t, 0), nil).id(t.p.t)
}

func (t target) Today() string { return t.p.st.Idag().String() }

func (t target) AnvandareID(roll string) string {
	return t.p.newAnvandare("2120003005", register.Roll(roll)).String()
}

func (t target) MyndighetID() string {
	finns, _, err := t.p.st.Myndigheter(t.p.t.Context(), store.MyndighetFilter{Organisationsnummer: "2021005521"}, db.Sida{})
	must(t.p.t, err)
	return finns[0].ID.String()
}

func (t target) UppdragID() string {
	id, err := konto.New(t.p.st.DB).GeUppdrag(t.p.t.Context(), storetest.Som(system), konto.NyttUppdrag{AnvandareID: t.p.newAnvandare("2120003005", register.RollDeltagaransvarig),
		Roll: register.RollDeltagaransvarig, InsatsID: t.p.insats[t.insats].ID, Period: register.Period{Fran: t.p.st.Idag()}})
	must(t.p.t, err)
	return id.String()
}

func (t target) FragaID() string {
	return t.p.expect(201, "SAMVERKANSADMINISTRATOR "+t.organisation, "POST", "/v1/samverkansorganisationer/"+t.OrganisationID()+"/fragor", httpapitest.Fraga(), nil).id(t.p.t)
}

func (t target) AvslutatID() string {
	id := t.DeltagandeID()
	t.p.expect(201, t.owner(), "POST", "/v1/deltaganden/"+id+"/utregistreringar", utregistrering(), nil)
	return id
}

func (t target) InloggningID() string {
	return t.p.expect(201, "", "POST", "/v1/inloggningar", t.Inloggning(), nil).id(t.p.t)
}

func (t target) Inloggning() map[string]any { return t.p.inloggning(t.who) }

func (t target) Klient() (id, hemlighet string) { return t.p.klientID.String(), t.p.hemlighet }

func (t target) Token() string {
	if t.who == "" {
		return ""
	}
	return t.p.token(t.p.aktor(t.who).holder) // the actor goes on
}

func (t target) Organisationsnummer() string {
	t.p.mu.Lock()
	t.p.next++
	n := t.p.next
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
	s := t.p.expect(200, "SYSTEMFORVALTARE", "GET", path, nil, nil)
	s.json(t.p.t, &body)
	return body, s.header.Get("ETag")
}

// valid is a valid request of an operation, made as somebody.
func (p *harness) valid(op *operation, who string, m matrixTarget) request {
	r := httpapitest.Operations[op.id].Request(op.method, op.path, target{p, who, m})
	out := request{name: op.id, method: r.Method, path: r.Path, headers: headers{}}
	switch {
	case r.Form != "":
		out.body, out.headers["Content-Type"] = r.Form, formType
	case r.Body != nil:
		out.body = r.Body
	}
	if r.IfMatch != "" {
		out.headers["If-Match"] = r.IfMatch
	}
	if r.Token != "" {
		out.headers["Authorization"] = "Bearer " + r.Token
	}
	return out
}

// inloggning is the first step as somebody; clients log in elsewhere, so a person stands in for them.
func (p *harness) inloggning(who string) map[string]any {
	a := p.aktorer[who]
	if !a.personnummer.Angett() {
		a = p.aktor("SUSRAPPORT")
	}
	return map[string]any{"personnummer": a.personnummer.Siffror(), "huvudlosenord": huvudlosenord}
}

var codeForm = regexp.MustCompile(`\b[0-9]{6}\b`)

// latestKod reads the last code as from a phone.
func (p *harness) latestKod() string {
	p.t.Helper()
	var list struct{ Data []sms.Mottaget }
	p.callUnchecked("", "GET", "/demo/sms", nil, nil).json(p.t, &list)
	return codeForm.FindString(list.Data[0].Text)
}

// TestEveryRollMayDoWhatTheContractSays is the role × operation × target matrix,
// made from x-roles. Change the golden file with
// go test ./backend/httpapi -run VarjeRoll -update, and read the difference.
func TestEveryRollMayDoWhatTheContractSays(t *testing.T) {
	p := newHarness(t)
	p.aktor("MASKIN A1")
	operations, err := readOperations(validContract(t))
	must(t, err)
	for id := range httpapitest.Operations {
		if operations[id] == nil {
			t.Errorf("httpapitest has a line for %s, which is not in the contract", id)
		}
	}
	var rows []string
	for _, id := range slices.Sorted(maps.Keys(operations)) {
		op := operations[id]
		if _, found := httpapitest.Operations[id]; !found {
			t.Errorf("httpapitest saknar en rad för %s", id)
			continue
		}
		succeeded := false
		for _, m := range matrixTargets {
			for _, who := range append([]string{""}, matrixRoller...) {
				a := p.valid(op, who, m)
				s := p.call(who, a.method, a.path, a.body, a.headers)
				succeeded = succeeded || s.status < 300
				roll, _, _ := strings.Cut(who, " ")
				if roll == "" {
					roll = "ANONYM"
				}
				checkRow(t, op, p.aktorer[who], roll, m, s)
				rows = append(rows, strings.Join([]string{id, roll, m.name, strconv.Itoa(s.status)}, " "))
			}
		}
		if !succeeded {
			t.Errorf("%s lyckas aldrig", id)
		}
	}
	compareMatrix(t, strings.Join(rows, "\n")+"\n")
}

// checkRow holds one answer against x-roles alone, whatever the golden file says.
func checkRow(t *testing.T, op *operation, a aktor, roll string, m matrixTarget, s answer) {
	t.Helper()
	far := op.public || op.anyRole && a.name != "" || slices.Contains(op.roller, a.roll)
	switch roll {
	case "MASKIN-LAS":
		far = op.public || op.anyRole || slices.Contains(op.scopes, register.ScopeDeltagandeLas)
	case "MASKIN-RAPPORT":
		far = op.public || op.anyRole || slices.Contains(op.scopes, register.ScopeRapportLas)
	}
	ok := s.status < 300 || s.status == 404 && m.name != "egen"
	switch {
	case op.public:
		ok = s.status < 300
	case roll == "ANONYM":
		ok = s.status == 401
	case !far:
		ok = s.status == 403
	}
	if !ok {
		t.Errorf("%s som %s mot %s: %d %s", op.id, roll, m.name, s.status, s.text)
	}
}

func compareMatrix(t *testing.T, ar string) {
	t.Helper()
	if *update {
		must(t, os.MkdirAll("testdata", 0o755))
		must(t, os.WriteFile(matrixFile, []byte(ar), 0o644))
		return
	}
	b, err := os.ReadFile(matrixFile)
	must(t, err)
	want := strings.Split(string(b), "\n")
	got := strings.Split(ar, "\n")
	for i := range max(len(want), len(got)) {
		var s, f string
		if i < len(want) {
			s = want[i]
		}
		if i < len(got) {
			f = got[i]
		}
		if s != f {
			t.Errorf("rad %d: %q i %s, nu %q", i+1, s, matrixFile, f)
		}
	}
}
