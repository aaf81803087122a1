package httpapi

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/uuid"

	"sus/api"
	"sus/backend/auth"
	"sus/backend/register"
	"sus/backend/store/konto"
	"sus/backend/store/storetest"
)

const medlem, utomstaende = "2120003005", "5560360793"

func uppdraget(id uuid.UUID, roll string) map[string]any {
	return map[string]any{"anvandareId": id.String(), "roll": roll, "franOchMed": "2026-11-24"}
}

// known makes a user known to the harness by a name, as somebody who can call.
func (p *harness) known(name string, id uuid.UUID, roll register.Roll) {
	d := auth.DemoToken{AnvandareID: id}
	p.aktorer[name] = aktor{name: name, roll: roll, token: p.token(d), holder: d}
}

func (p *harness) uppdragIn(who, path string) []api.Uppdragspost {
	p.t.Helper()
	var svar api.UppdragspostLista
	p.expect(200, who, "GET", path+"?limit=100", nil, nil).json(p.t, &svar)
	return svar.Data
}

func TestANewInsatsGetsItsPeopleAndTheyRegisterAtTheNextRequest(t *testing.T) {
	p := newHarness(t)
	org := organisationer + "/" + p.organisation["A"].ID.String() + "/uppdrag"
	adm, ans, reg := p.newAnvandare(medlem, register.RollSamverkansadministrator), p.newAnvandare(medlem, register.RollInsatsansvarig), p.newAnvandare(medlem, register.RollDeltagaransvarig)
	p.known("ADM", adm, register.RollSamverkansadministrator)
	p.known("ANS", ans, register.RollInsatsansvarig)
	p.known("REG", reg, register.RollDeltagaransvarig)

	// Försäkringskassan gives the first administrator, who gives the rest.
	p.expect(404, "ADM", "POST", org, uppdraget(ans, "INSATSANSVARIG"), nil)
	p.expect(201, "SYSTEMFORVALTARE", "POST", org, uppdraget(adm, "SAMVERKANSADMINISTRATOR"), nil)
	insats := p.expect(201, "ADM", "POST", "/v1/insatser", map[string]any{"organisationId": p.organisation["A"].ID.String(), "namn": "Nystartad",
		"startdatum": "2026-11-01", "inriktning": "INDIVIDINRIKTAD", "preciseradInriktning": "REHABILITERING"}, nil).id(t)
	path := "/v1/insatser/" + insats
	p.expect(201, "ADM", "POST", path+"/uppdrag", uppdraget(ans, "INSATSANSVARIG"), nil)
	if s := p.call("REG", "GET", path+"/deltaganden", nil, nil); s.status != 404 {
		t.Errorf("before the uppdrag: %d", s.status)
	}
	given := p.expect(201, "ANS", "POST", path+"/uppdrag", uppdraget(reg, "DELTAGARANSVARIG"), nil)
	if given.header.Get("Location") != path+"/uppdrag" || given.header.Get("ETag") != `"1"` {
		t.Errorf("%v", given.header)
	}
	p.expect(200, "REG", "GET", path+"/deltaganden", nil, nil)

	var vilka []string
	for _, u := range p.uppdragIn("ANS", path+"/uppdrag") {
		vilka = append(vilka, strings.Join([]string{string(u.Roll), value(u.Innehavare).Namn, string(u.Lage), value(u.Insats)}, " "))
	}
	slices.Sort(vilka)
	if want := []string{"DELTAGARANSVARIG Tage Tagare GALLER Nystartad", "INSATSANSVARIG Tage Tagare GALLER Nystartad", "SAMVERKANSADMINISTRATOR Tage Tagare GALLER "}; !slices.Equal(vilka, want) {
		t.Errorf("%q", vilka)
	}

	// It ends at once, also on its first day, and what it gave is over at the next request.
	var u api.Uppdragspost
	given.json(t, &u)
	one := "/v1/uppdrag/" + u.Id.String()
	end := map[string]any{"tillOchMed": "2026-11-23"}
	p.expect(412, "ANS", "PUT", one, end, headers{"If-Match": `"7"`})
	p.expect(428, "ANS", "PUT", one, end, nil)
	p.expect(404, "INSATSANSVARIG A1", "PUT", one, end, headers{"If-Match": `"1"`})
	p.expect(200, "ANS", "PUT", one, end, headers{"If-Match": `"1"`})
	if s := p.call("REG", "GET", path+"/deltaganden", nil, nil); s.status != 404 {
		t.Errorf("after the end: %d", s.status)
	}
	p.expect(201, "ANS", "POST", path+"/uppdrag", uppdraget(reg, "DELTAGARANSVARIG"), nil) // which left no day behind
	if len(p.uppdragIn("ADM", org)) < 3 {
		t.Error("the organisation's list lacks some")
	}
	p.checkEvents("UPPDRAG_GIVET", "UPPDRAG_AVSLUTAT", "INSATSUPPDRAG_LASTA", "ORGANISATIONSUPPDRAG_LASTA")
}

// checkEvents demands that the log has each event.
func (p *harness) checkEvents(events ...string) {
	p.t.Helper()
	for _, e := range events {
		n := 0
		must(p.t, p.Super(p.t).QueryRowContext(p.t.Context(), `select count(*) from loggpost where handelse = $1`, e).Scan(&n))
		if n == 0 {
			p.t.Errorf("no %s in the log", e)
		}
	}
}

func TestAnUppdragIsRefusedWithTheFieldAndTheCure(t *testing.T) {
	p := newHarness(t)
	const adm = "SAMVERKANSADMINISTRATOR A"
	path := p.insatsPath("A1", "uppdrag")
	storetest.Myndighet(t, p.st, utomstaende, register.TypOvrig)
	member, outsider := p.newAnvandare(medlem, register.RollDeltagaransvarig), p.newAnvandare(utomstaende, register.RollDeltagaransvarig)
	kansli := p.newAnvandare("2220000398", register.RollDeltagaransvarig)
	refused := func(status int, body map[string]any, pekare, regel string) {
		t.Helper()
		if s := p.expect(status, adm, "POST", path, body, nil); s.regelOf(t, pekare) != regel {
			t.Errorf("%s", s.text)
		}
	}
	refused(422, uppdraget(outsider, "DELTAGARANSVARIG"), "/anvandareId", "okand-kod")
	refused(422, uppdraget(kansli, "DELTAGARANSVARIG"), "/anvandareId", "arbetsgivaren-inte-medlem")
	refused(422, uppdraget(member, "INSATSANSVARIG"), "/anvandareId", "mottagaren-saknar-behorighet")
	refused(422, uppdraget(uuid.New(), "DELTAGARANSVARIG"), "/anvandareId", "okand-kod")
	refused(422, with(uppdraget(member, "DELTAGARANSVARIG"), "franOchMed", "2026-11-23"), "/franOchMed", "forfluten-dag")
	p.expect(422, adm, "POST", path, uppdraget(member, "MASKIN"), nil)
	p.expect(404, adm, "POST", path, uppdraget(member, "SAMVERKANSADMINISTRATOR"), nil)
	first := p.expect(201, adm, "POST", path, uppdraget(member, "DELTAGARANSVARIG"), nil)
	if strings.Contains(string(first.text), "Tagare") || strings.Contains(string(first.text), medlem) {
		t.Errorf("what is kept for a repeated call names somebody: %s", first.text)
	}
	refused(409, uppdraget(member, "DELTAGARANSVARIG"), "/anvandareId", "uppdrag-finns")

	// Försäkringskassan can end it, but not lengthen what it does not give. What is over stays so.
	var u api.Uppdragspost
	first.json(t, &u)
	one := "/v1/uppdrag/" + u.Id.String()
	p.expect(200, adm, "PUT", one, map[string]any{"tillOchMed": "2026-11-24"}, headers{"If-Match": `"1"`})
	p.expect(403, "SYSTEMFORVALTARE", "PUT", one, map[string]any{}, headers{"If-Match": `"2"`})
	p.moveDays(1)
	if s := p.expect(409, adm, "PUT", one, map[string]any{}, headers{"If-Match": `"2"`}); s.falt(t, "regel") != "uppdrag-avslutat" {
		t.Errorf("%s", s.text)
	}
}

func TestOfTwoWhoGiveTheSameUppdragOneDoes(t *testing.T) {
	p := newHarness(t)
	const adm = "SAMVERKANSADMINISTRATOR A"
	path := p.insatsPath("A1", "uppdrag")
	p.expect(200, adm, "GET", path, nil, nil) // it makes the caller's token
	for range races {
		body := uppdraget(p.newAnvandare(medlem, register.RollDeltagaransvarig), "DELTAGARANSVARIG")
		post := func() answer { return p.call(adm, "POST", path, body, nil) }
		one, other := atOnce(post, post)
		if one.status > other.status {
			one, other = other, one
		}
		if one.status != 201 || other.status != 409 || other.falt(t, "regel") != "uppdrag-finns" {
			t.Fatalf("%d %s\n%d %s", one.status, one.text, other.status, other.text)
		}
	}
	p.UtanDodlas()
}

func TestUppdragstagareAreThoseWhoCanGetIt(t *testing.T) {
	p := newHarness(t)
	org := organisationer + "/" + p.organisation["A"].ID.String() + "/uppdragstagare?limit=100&roll="
	k := konto.New(p.st.DB)
	storetest.Myndighet(t, p.st, utomstaende, register.TypOvrig)
	make := func(arbetsgivare string, roll register.Roll) string {
		return p.newAnvandare(arbetsgivare, roll).String()
	}
	reg, outside, ans, kansli := make(medlem, register.RollDeltagaransvarig), make(utomstaende, register.RollDeltagaransvarig), make(medlem, register.RollInsatsansvarig), make("2220000398", register.RollInsatsansvarig)
	blocked := make(medlem, register.RollDeltagaransvarig)
	must(t, k.SparraAnvandare(t.Context(), storetest.Som(system), uuid.MustParse(blocked), true))
	ids := func(who, query string) []string {
		t.Helper()
		var svar api.UppdragstagareLista
		p.expect(200, who, "GET", org+query, nil, nil).json(t, &svar)
		out := []string{}
		for _, u := range svar.Data {
			if u.Namn == "Tage Tagare" {
				out = append(out, u.Id.String())
			}
		}
		slices.Sort(out)
		return out
	}
	same := func(got []string, want ...string) {
		t.Helper()
		slices.Sort(want)
		if !slices.Equal(got, want) {
			t.Errorf("got %v, want %v (outside %s, blocked %s)", got, want, outside, blocked)
		}
	}
	same(ids("SAMVERKANSADMINISTRATOR A", "DELTAGARANSVARIG"), reg)
	same(ids("SAMVERKANSADMINISTRATOR A", "INSATSANSVARIG"), ans, kansli)
	same(ids("INSATSANSVARIG A1", "DELTAGARANSVARIG"), reg)
	p.expect(404, "INSATSANSVARIG A1", "GET", org+"INSATSANSVARIG", nil, nil)
	p.expect(404, "SAMVERKANSADMINISTRATOR B", "GET", org+"DELTAGARANSVARIG", nil, nil)
}
