package httpapi

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"sync"
	"testing"
	"time"

	"sus/api"
	"sus/backend/httpapi/httpapitest"
	"sus/backend/register"
	"sus/backend/store/statistik"
	"sus/backend/store/storetest"
)

// atOnce sends both at once. A pause of a moment before one of them, another one each
// time, lets each come first now and then.
func atOnce(one, other func() answer) (a, b answer) {
	var wg sync.WaitGroup
	ready := make(chan struct{})
	pause := time.Duration(rand.IntN(4001)-2000) * time.Microsecond
	wg.Go(func() { <-ready; time.Sleep(pause); a = one() })
	wg.Go(func() { <-ready; time.Sleep(-pause); b = other() })
	close(ready)
	wg.Wait()
	return a, b
}

// races is how many pairs of requests each race sends.
var races = storetest.Bevis(20, 500)

// newOrganisation is a body of an organisation that every rule accepts, but for what is given.
func (p *harness) newOrganisation(changes map[string]any) map[string]any {
	number := storetest.Organisationsnummer()
	body := map[string]any{"namn": "Ny " + number, "organisationsnummer": number, "samverkansform": "FINSAM", "startdatum": "2005-01-01",
		"verksamhetsomrade": "OSTER", "kommuner": []string{"0380"},
		"ingaendeOrganisationer": []map[string]any{{"namn": "Försäkringskassan", "organisationsnummer": "2021005521", "typ": "FORSAKRINGSKASSAN", "medlem": true, "finansiar": true, "konsument": false}}}
	for name, value := range changes {
		body[name] = value
	}
	return body
}

const organisationer = "/v1/samverkansorganisationer"

func TestOneOrganisationsnummerHasOneForbundAtATime(t *testing.T) {
	p := newHarness(t)
	const fk = "SYSTEMFORVALTARE"
	a := p.organisation["A"]
	made := func(status int, changes map[string]any) answer {
		t.Helper()
		return p.expect(status, fk, "POST", organisationer, p.newOrganisation(changes), nil)
	}
	taken := func(s answer) {
		t.Helper()
		if s.falt(t, "regel") != "organisationsnummer-finns" || s.regelOf(t, "/organisationsnummer") != "organisationsnummer-finns" ||
			s.header.Get("Location") != organisationer+"/"+a.ID.String() {
			t.Errorf("%s, Location %q", s.text, s.header.Get("Location"))
		}
	}
	taken(made(409, map[string]any{"organisationsnummer": a.Organisationsnummer}))
	made(201, map[string]any{"organisationsnummer": a.Organisationsnummer, "samverkansform": "TVAPARTSFINSAM"})
	// One that has ended makes room from the day after, and does not come back beside it.
	p.change(200, fk, map[string]any{"slutdatum": "2026-11-30"})
	taken(made(409, map[string]any{"organisationsnummer": a.Organisationsnummer, "startdatum": "2026-11-30"}))
	made(201, map[string]any{"organisationsnummer": a.Organisationsnummer, "startdatum": "2026-12-01"})
	if r := p.change(409, fk, map[string]any{"slutdatum": "2026-12-01"}).falt(t, "regel"); r != "organisationsnummer-finns" {
		t.Errorf("refused by %q", r)
	}
	p.change(200, fk, map[string]any{"beskrivning": "Upphör vid månadens slut."})

	for range races {
		number := storetest.Organisationsnummer()
		post := func() answer {
			return p.call(fk, "POST", organisationer, p.newOrganisation(map[string]any{"organisationsnummer": number}), nil)
		}
		one, other := atOnce(post, post)
		if one.status > other.status {
			one, other = other, one
		}
		if one.status != 201 || other.status != 409 || other.falt(t, "regel") != "organisationsnummer-finns" {
			t.Fatalf("%d %s\n%d %s", one.status, one.text, other.status, other.text)
		}
	}
}

func TestAfFkSamarbetetHasTwoOrganisationsOnAnyDay(t *testing.T) {
	p := newHarness(t)
	const fk = "SYSTEMFORVALTARE"
	post := func(from, to string) func() answer {
		return func() answer {
			return p.call(fk, "POST", organisationer, p.newOrganisation(map[string]any{"samverkansform": "AF_FK_SAMARBETE", "startdatum": from, "slutdatum": to}), nil)
		}
	}
	post("2005-01-01", "2005-12-31")() // before the others: it makes the caller's token
	for n := range races {
		day := register.NyttDatum(2006, 1, 1).Plus(7 * n)
		from, to := day.String(), day.Plus(6).String()
		if s := post(from, to)(); s.status != 201 {
			t.Fatalf("the first: %d %s", s.status, s.text)
		}
		one, other := atOnce(post(from, to), post(from, to))
		if one.status > other.status {
			one, other = other, one
		}
		if one.status != 201 || other.status != 409 || other.falt(t, "regel") != "af-fk-tva" || other.regelOf(t, "/samverkansform") != "af-fk-tva" {
			t.Fatalf("%d %s\n%d %s", one.status, one.text, other.status, other.text)
		}
		if s := post(from, from)(); s.status != 409 {
			t.Fatalf("a third: %d %s", s.status, s.text)
		}
	}
}

func TestNobodyIsRegisteredWithADeltagandeInAfFkSamarbetet(t *testing.T) {
	p := newHarness(t)
	const who = "DELTAGARANSVARIG B1"
	insats := "/v1/insatser/" + p.insats["B1"].ID.String()
	waiting := p.newSamtycke(who, "B1")
	open := p.newDeltagande(who, "B1")
	// What was registered before the rule: the organisation was of Af/FK-samarbetet all the time.
	_, err := p.Super(t).Exec(`update samverkansorganisation set samverkansform = 'AF_FK_SAMARBETE' where id = $1`, p.organisation["B"].ID)
	must(t, err)
	asked := p.rows(t, `handelse = 'FOLKBOKFORING_UPPSLAGEN'`)
	for path, body := range map[string]map[string]any{
		"/samtycken":                with(p.samtycke(p.newPerson()), "blankett", "9442"),
		"/deltaganden":              inregistrering(waiting),
		"/deltaganden?provkor=true": inregistrering(waiting),
	} {
		if r := p.expect(409, who, "POST", insats+path, body, nil).falt(t, "regel"); r != "af-fk-medverkan" {
			t.Errorf("%s is refused by %q", path, r)
		}
	}
	if n := p.rows(t, `handelse = 'FOLKBOKFORING_UPPSLAGEN'`); n != asked {
		t.Errorf("%d were looked up for a samtycke that is not taken", n-asked)
	}
	p.expect(201, who, "POST", insats+"/anonyma", map[string]any{"inregistreringsar": 2026, "antalKvinnor": 1, "antalMan": 0}, nil)
	p.expect(201, who, "POST", "/v1/deltaganden/"+open+"/utregistreringar", utregistrering(), nil)
	p.expect(201, who, "POST", "/v1/samtycken/"+waiting+"/aterkallelser", nil, nil)
}

// whole fails unless the organisation's rows follow upon each other from its start, and the
// facts are where the rows say.
func (p *harness) whole(o api.Samverkansorganisation) {
	p.t.Helper()
	from := o.Startdatum
	for i, r := range o.Rader {
		if r.GiltigFran != from || (r.GiltigTom == nil) != (i == len(o.Rader)-1) {
			p.t.Fatalf("row %d begins %s and not %s, and ends %v: %+v", i, r.GiltigFran, from, r.GiltigTom, o.Rader)
		}
		if r.GiltigTom != nil {
			from = r.GiltigTom.Plus(1)
		}
	}
}

func TestOfTwoChangesOfOneVersionOneWinsAndTheRowsStayWhole(t *testing.T) {
	p := newHarness(t)
	const fk, admin = "SYSTEMFORVALTARE", "SAMVERKANSADMINISTRATOR A"
	p.startedAndEnded("2025-03-01", "2026-10-31")
	path := organisationer + "/" + p.organisation["A"].ID.String()
	p.aktor(admin)
	won := [2]int{}
	for n := range races {
		read := p.expect(200, fk, "GET", path, nil, nil)
		var before api.Samverkansorganisation
		read.json(t, &before)
		var body map[string]any
		read.json(t, &body)
		for _, given := range []string{"id", "version", "lan", "rader"} {
			delete(body, given)
		}
		etag := headers{"If-Match": read.header.Get("ETag")}
		body["beskrivning"] = fmt.Sprint("Ändring ", n) // what says what stood would make no version
		month := func(n int) string { return register.NyttDatum(2025, 1+n%30, 1).String() }
		mine := with(with(body, "kommuner", []string{"0380", []string{"0305", "2580"}[n%2]}), "gallerFran", month(7*n))
		hers := with(body, "kommuner", []string{"0382", []string{"0319", "0331"}[n%2]})
		one, other := atOnce(func() answer { return p.call(fk, "PUT", path, mine, etag) }, func() answer { return p.call(admin, "PUT", path, hers, etag) })
		sent := []int{one.status, other.status}
		slices.Sort(sent)
		if !slices.Equal(sent, []int{200, 412}) {
			t.Fatalf("%d %s\n%d %s", one.status, one.text, other.status, other.text)
		}
		winner, loser := one, other
		if one.status == 412 {
			winner, loser = other, one
			won[1]++
		} else {
			won[0]++
		}
		if r := loser.falt(t, "regel"); r != "foraldrad" {
			t.Fatalf("refused by %q", r)
		}
		var after, answered api.Samverkansorganisation
		p.expect(200, fk, "GET", path, nil, nil).json(t, &after)
		winner.json(t, &answered)
		if after.Version != before.Version+1 || rows(t, winner) != rows(t, p.expect(200, fk, "GET", path, nil, nil)) {
			t.Fatalf("version %d after %d; answered %+v, stands %+v", after.Version, before.Version, answered.Rader, after.Rader)
		}
		p.whole(after)
	}
	t.Logf("%d–%d", won[0], won[1])
	if k, err := statistik.Kontrollera(t.Context(), p.MigrateURL); err != nil || k.Skillnader() != 0 {
		t.Errorf("the facts: %+v (%v)", k, err)
	}
}

func TestAChangeThatMeetsAnInregistreringLeavesItsFactWhereTheOrganisationStands(t *testing.T) {
	p := newHarness(t)
	const fk, who = "SYSTEMFORVALTARE", "DELTAGARANSVARIG A1"
	insats, path := "/v1/insatser/"+p.insats["A1"].ID.String()+"/deltaganden", organisationer+"/"+p.organisation["A"].ID.String()
	for n := range races {
		read := p.expect(200, fk, "GET", path, nil, nil)
		var body map[string]any
		read.json(t, &body)
		for _, given := range []string{"id", "version", "lan", "rader"} {
			delete(body, given)
		}
		kommun, omrade := []string{"2580", "0380"}[n%2], []string{"NORR", "OSTER"}[n%2]
		body["kommuner"], body["verksamhetsomrade"], body["gallerFran"] = []string{kommun}, omrade, "2026-11-01"
		in := httpapitest.Inregistrering(p.newSamtycke(who, "A1"), "2026-11-02")
		changed, registered := atOnce(func() answer { return p.call(fk, "PUT", path, body, headers{"If-Match": read.header.Get("ETag")}) },
			func() answer { return p.call(who, "POST", insats, in, nil) })
		if changed.status != 200 || registered.status != 201 {
			t.Fatalf("%d %s\n%d %s", changed.status, changed.text, registered.status, registered.text)
		}
		if here := p.counted(2026, fmt.Sprintf("lan=%s&verksamhetsomrade=%s", kommun[:2], omrade)); here[0] != n+1 {
			t.Fatalf("%d of %d are counted where the organisation stands", here[0], n+1)
		}
	}
	if k, err := statistik.Kontrollera(t.Context(), p.MigrateURL); err != nil || k.Skillnader() != 0 || k.Rader.In != races {
		t.Errorf("the facts: %+v (%v)", k, err)
	}
}
