package httpapi

import (
	"context"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"

	"sus/api"
	"sus/backend/httpapi/httpapitest"
	"sus/backend/register"
	"sus/backend/store/storetest"
)

// oracle asks in each way that the population register can be asked for a caller.
type oracle struct {
	*harness
	who, insats string
}

func newOracle(t *testing.T) oracle {
	p := newHarness(t)
	return oracle{p, "DELTAGARANSVARIG A1", "/v1/insatser/" + p.insats["A1"].ID.String()}
}

func (o oracle) search(pnr string) answer {
	o.t.Helper()
	return o.call(o.who, "POST", "/v1/deltagare-sokningar", map[string]any{"insatsId": o.harness.insats["A1"].ID, "personnummer": pnr}, nil)
}

func (o oracle) consent(body map[string]any) answer {
	o.t.Helper()
	return o.call(o.who, "POST", o.insats+"/samtycken", body, nil)
}

// rows is the log's rows of an event, by outcome and rule.
func (o oracle) rows(handelse register.Handelse, utfall, regel string) int {
	o.t.Helper()
	return storetest.Rakna(o.t, o.Super(o.t), `select count(*) from loggpost where handelse = $1 and utfall = $2 and regel = $3`, handelse.String(), utfall, regel)
}

// held demands that each question that was put has its row, with the person.
func (o oracle) held(when string, questions int) {
	o.t.Helper()
	asked := o.navet.AllaFragor()
	rows := storetest.Rakna(o.t, o.Super(o.t), `select count(*) from loggpost p join loggperson l on l.loggpost_id = p.id
		where p.handelse = 'FOLKBOKFORING_UPPSLAGEN' and p.utfall = 'OK' and p.objekt_id = $1 and l.blindindex is not null and l.insats_id = $1`, o.harness.insats["A1"].ID)
	if asked != questions || rows != questions {
		o.t.Errorf("%s: %d questions and %d rows, not %d", when, asked, rows, questions)
	}
}

func TestEachQuestionToThePopulationRegisterHasItsRow(t *testing.T) {
	o := newOracle(t)
	special := map[string]string{ // what the register says of them, and so the rule that refuses a samtycke
		testnummer(1980, 5, 13): "skyddade-personuppgifter", testnummer(1980, 5, 14): "skyddade-personuppgifter",
		testnummer(1980, 5, 15): "personnummer-okant", testnummer(1980, 5, 16): "personnummer-avregistrerat",
		register.Testnummer(register.NyttDatum(1980, 5, 16), false).Siffror(): "personnummer-ersatt",
	}
	n := 0
	for pnr, regel := range special {
		each := 1
		if regel == "personnummer-ersatt" {
			each = 2 // the number that replaced it is asked about too
		}
		if s := o.search(pnr); s.status != 200 {
			t.Fatalf("%d %s", s.status, s.text)
		}
		n += each
		o.held("a search", n)
		forr := o.rows(register.HandelseSamtyckeSkapat, "NEKAD", regel)
		if s := o.consent(httpapitest.Samtycke(pnr, "2026-11-01")); s.status < 400 {
			t.Fatalf("%d %s", s.status, s.text)
		}
		n += each
		o.held("a samtycke that is refused", n)
		if o.rows(register.HandelseSamtyckeSkapat, "NEKAD", regel) != forr+1 {
			t.Errorf("the refusal %s has no row of its own", regel)
		}
	}

	c := o.consent(o.samtycke(o.newPerson())).id(t)
	n++
	o.held("a samtycke", n)
	_, err := o.Super(t).ExecContext(context.Background(), `update identitet set uppslagen = uppslagen - interval '25 hours' where samtycke_id = $1`, c)
	must(t, err)
	o.expect(201, o.who, "POST", o.insats+"/deltaganden", inregistrering(c), nil)
	n++
	o.held("an in-registration whose answer was too old", n)

	// The row is there whether the register answers or not.
	old := o.newSamtycke(o.who, "A1")
	n++
	_, err = o.Super(t).ExecContext(context.Background(), `update identitet set uppslagen = uppslagen - interval '25 hours' where samtycke_id = $1`, old)
	must(t, err)
	o.navet.BortaEfter(0)
	for what, s := range map[string]answer{"search": o.search(o.newPerson().Siffror()), "samtycke": o.consent(o.samtycke(o.newPerson())),
		"in-registration": o.call(o.who, "POST", o.insats+"/deltaganden", inregistrering(old), nil)} {
		if s.status != 503 || s.falt(t, "regel") != "folkbokforing-otillganglig" {
			t.Errorf("%s: %d %s", what, s.status, s.text)
		}
	}
	rows := storetest.Rakna(t, o.Super(t), `select count(*) from loggpost where handelse = 'FOLKBOKFORING_UPPSLAGEN'`)
	if asked := o.navet.AllaFragor(); asked < n+3 || rows != n+3 { // the client may have asked twice
		t.Errorf("the register away: %d questions, %d rows of %d", asked, rows, n+3)
	}
}

// Nothing is told of a number for a form that is wrong, and nobody is asked.
func TestAFaultyFormIsNoDryRunOfThePopulationRegister(t *testing.T) {
	o := newOracle(t)
	taken := with(o.samtycke(o.newPerson()), "externtId", "arende-1")
	if s := o.consent(taken); s.status != 201 {
		t.Fatalf("%d %s", s.status, s.text)
	}
	waits := o.samtycke(o.newPerson())
	waiting := o.consent(waits)
	asked := o.navet.AllaFragor()
	numbers := []string{o.newPerson().Siffror(), testnummer(1980, 5, 13), testnummer(1980, 5, 14), testnummer(1980, 5, 15), testnummer(1980, 5, 16)}
	for name, f := range map[string]struct {
		field  string
		value  any
		status int
		rules  map[string]string // pointer → rule
	}{
		"in the future": {"datum", "2026-11-25", 422, map[string]string{"/datum": "framtida-dag"}},
		"1950":          {"datum", "1950-05-20", 422, map[string]string{"/datum": "utanfor-organisationen"}},
		"blankett":      {"blankett", "9999", 422, map[string]string{"/blankett": "okand-kod"}},
		"språk":         {"sprak", "xx", 422, map[string]string{"/sprak": "okand-kod"}},
		"externtId":     {"externtId", "arende-1", 409, map[string]string{}},
	} {
		var first string
		for _, pnr := range numbers {
			s := o.consent(with(httpapitest.Samtycke(pnr, "2026-11-01"), f.field, f.value))
			if first == "" {
				first = string(s.text)
			}
			if s.status != f.status || string(s.text) != first {
				t.Errorf("%s: %d %s", name, s.status, s.text)
			}
			var problem api.Problem
			s.json(t, &problem)
			got := map[string]string{}
			for _, fault := range problem.Fel {
				got[fault.Pekare] = fault.Regel
			}
			if len(got) != len(f.rules) {
				t.Errorf("%s: %v", name, got)
			}
			for at, rule := range f.rules {
				if got[at] != rule {
					t.Errorf("%s: %v", name, got)
				}
			}
		}
	}

	s := o.consent(waits)
	if s.status != 409 || s.falt(t, "regel") != "samtycke-vantar" || s.header.Get("Location") != waiting.header.Get("Location") || waiting.header.Get("Location") == "" {
		t.Errorf("a second one: %d %v %s", s.status, s.header, s.text)
	}
	if n := o.navet.AllaFragor(); n != asked {
		t.Errorf("%d questions were put for forms that are wrong", n-asked)
	}
	if n := storetest.Rakna(t, o.Super(t), `select count(*) from loggpost where handelse = 'FOLKBOKFORING_UPPSLAGEN'`); n != asked {
		t.Errorf("%d rows of %d questions", n, asked)
	}
	// Each refusal is in the log.
	if n := storetest.Rakna(t, o.Super(t), `select count(*) from loggpost where handelse = 'SAMTYCKE_SKAPAT' and utfall = 'NEKAD'`); n != 5*len(numbers)+1 {
		t.Errorf("%d refusals are logged", n)
	}
}

func TestWhoLooksUpTooManyWaitsAndNobodyIsAsked(t *testing.T) {
	o := newOracle(t)
	o.startWith(o.st.MedUppslag(3, 4))
	c := o.newSamtycke(o.who, "A1")
	_, err := o.Super(t).ExecContext(context.Background(), `update identitet set uppslagen = uppslagen - interval '25 hours' where samtycke_id = $1`, c)
	must(t, err)
	for range 2 {
		if s := o.search(o.newPerson().Siffror()); s.status != 200 {
			t.Fatalf("%d %s", s.status, s.text)
		}
	}
	key := headers{"Idempotency-Key": "nyckel-for-manga"}
	body := o.samtycke(o.newPerson())
	for what, s := range map[string]answer{
		"search":          o.search(o.newPerson().Siffror()),
		"samtycke":        o.call(o.who, "POST", o.insats+"/samtycken", body, key),
		"in-registration": o.call(o.who, "POST", o.insats+"/deltaganden", inregistrering(c), nil),
	} {
		wait, err := strconv.Atoi(s.header.Get("Retry-After"))
		if s.status != http.StatusTooManyRequests || s.falt(t, "regel") != "uppslag-for-manga" || err != nil || wait < 3000 || wait > 3600 {
			t.Errorf("%s: %d, Retry-After %q: %s", what, s.status, s.header.Get("Retry-After"), s.text)
		}
	}
	o.held("over the bound", 3)
	if n := o.harness.rows(t, `handelse = 'FORSOK_NEKADE' and regel = 'uppslag-for-manga' and aktor_typ = 'PERSON' and roll = 'DELTAGARANSVARIG' and adress = '127.0.0.1'
		and aktor_id = (select aktor_id from loggpost where handelse = 'FOLKBOKFORING_UPPSLAGEN' and utfall = 'OK' order by id desc limit 1)`); n != 1 {
		t.Errorf("%d rows say who was refused three times", n)
	}
	// Whoever asks nothing of the register goes on; so does another, and a maskin has a bound of its own.
	o.expect(200, o.who, "GET", "/v1/samtycken/"+c, nil, nil)
	for n := range 5 {
		s := o.call("MASKIN A1", "POST", "/v1/deltagare-sokningar", map[string]any{"insatsId": o.harness.insats["A1"].ID, "personnummer": o.newPerson().Siffror()}, nil)
		if (s.status == http.StatusTooManyRequests) != (n == 4) {
			t.Errorf("a maskin's %d: %d", n, s.status)
		}
	}
	// Another server an hour later.
	o.startWith(o.st.Vid(func() time.Time { return testDay.Add(90 * time.Minute) }).MedUppslag(3, 4))
	a := o.aktor(o.who)
	a.token = o.token(a.holder)
	o.aktorer[o.who] = a
	if s := o.call(o.who, "POST", o.insats+"/samtycken", body, key); s.status != 201 {
		t.Errorf("an hour later: %d %s", s.status, s.text)
	}
}

func TestASamtyckeIsSeenCorrectedAndWithdrawnBeforeItIsUsed(t *testing.T) {
	o := newOracle(t)
	person := o.newPerson()
	first := o.consent(with(o.samtycke(person), "externtId", "arende-1"))
	id, path := first.id(t), "/v1/samtycken/"+first.id(t)
	list := func(query string) (l api.SamtyckeLista) {
		t.Helper()
		o.expect(200, o.who, "GET", o.insats+"/samtycken"+query, nil, nil).json(t, &l)
		return l
	}
	_, err := o.Super(t).ExecContext(context.Background(), `update samtycke set registrerat = registrerat - interval '3 days' where id = $1`, id)
	must(t, err)
	used := o.newDeltagande(o.who, "A1")
	l := list("?status=OANVANT")
	if len(l.Data) != 1 || *l.UnderscoreMeta.TotalRecords != 1 {
		t.Fatalf("%+v", l)
	}
	c := l.Data[0]
	if c.Id.String() != id || c.Status != register.StatusOanvant || *c.DagarSedanRegistrering != 3 || c.Deltagare == nil || c.Deltagare.Personnummer != person.Siffror() ||
		c.Registrerare == nil || c.Registrerare.Typ != "PERSON" || c.Registrerare.Namn != "Prov "+o.who {
		t.Errorf("%+v", c)
	}
	if l = list("?sort=registrerat&limit=1"); len(l.Data) != 1 || l.Data[0].Id.String() != id || *l.UnderscoreMeta.TotalRecords != 2 || l.UnderscoreLinks.Next == nil {
		t.Errorf("%+v", l)
	}

	correction := with(httpapitest.RattatSamtycke("2026-11-02"), "sprak", "en")
	o.expect(428, o.who, "PUT", path, correction, nil)
	o.expect(412, o.who, "PUT", path, correction, headers{"If-Match": `"7"`})
	o.expect(422, o.who, "PUT", path, with(correction, "personnummer", o.newPerson().Siffror()), headers{"If-Match": `"1"`})
	o.expect(422, o.who, "PUT", path, with(correction, "datum", "1950-01-01"), headers{"If-Match": `"1"`})
	o.expect(422, o.who, "PUT", path, with(correction, "skal", nil), headers{"If-Match": `"1"`})
	asked := o.navet.AllaFragor()
	s := o.expect(200, o.who, "PUT", path, correction, headers{"If-Match": first.header.Get("ETag")})
	if s.header.Get("ETag") != `"2"` || o.navet.AllaFragor() != asked {
		t.Errorf("ETag %s", s.header.Get("ETag"))
	}
	var read api.Samtycke
	s = o.expect(200, o.who, "GET", path, nil, nil)
	s.json(t, &read)
	if value(read.Sprak) != "en" || read.Datum.String() != "2026-11-02" || read.ExterntId != nil || *read.Skal != "Rättelse." || read.Version != 2 ||
		read.Deltagare.Personnummer != person.Siffror() || read.Registrerare == nil || s.header.Get("ETag") != `"2"` {
		t.Errorf("%+v", read)
	}

	o.expect(201, o.who, "POST", path+"/aterkallelser", nil, nil)
	for _, etag := range []string{`"2"`, `"3"`} {
		if s := o.expect(409, o.who, "PUT", path, correction, headers{"If-Match": etag}); s.falt(t, "regel") != "aterkallat" {
			t.Errorf("withdrawn: %s", s.text)
		}
	}
	var d api.Deltagande
	o.expect(200, o.who, "GET", "/v1/deltaganden/"+used, nil, nil).json(t, &d)
	if s := o.expect(409, o.who, "PUT", "/v1/samtycken/"+d.SamtyckeId.String(), correction, headers{"If-Match": `"1"`}); s.falt(t, "regel") != "samtycke-anvant" {
		t.Errorf("used: %s", s.text)
	}
	l = list("?status=ATERKALLAT")
	if len(l.Data) != 1 || l.Data[0].Id.String() != id || l.Data[0].Deltagare != nil || l.Data[0].Skal != nil {
		t.Errorf("withdrawn: %+v", l.Data)
	}
	if l = list("?status=OANVANT"); len(l.Data) != 0 {
		t.Errorf("unused: %+v", l.Data)
	}
	if n := storetest.Rakna(t, o.Super(t), `select count(*) from loggpost where handelse = 'SAMTYCKE_RATTAT' and utfall = 'OK' and detalj = 'datum sprak satt externtId'`); n != 1 {
		t.Errorf("%d rows of the correction", n)
	}
	o.consent(o.samtycke(person)).id(t) // the person may consent again
}

func TestWhoActedHasANameForWhoMaySeeIt(t *testing.T) {
	o := newOracle(t)
	c := o.newDeltagande("MASKIN A1", "A1")
	o.expect(200, o.who, "GET", "/v1/deltaganden/"+c, nil, nil)
	var versions api.VersionLista
	o.expect(200, o.who, "GET", "/v1/deltaganden/"+c+"/versioner", nil, nil).json(t, &versions)
	if len(versions.Data) != 1 || versions.Data[0].Registrerare == nil || versions.Data[0].Registrerare.Typ != "MASKIN" || versions.Data[0].Registrerare.Namn != "MASKIN A1" {
		t.Errorf("%+v", versions.Data)
	}
	a := o.expect(201, o.who, "POST", o.insats+"/anonyma", map[string]any{"inregistreringsar": 2026, "antalKvinnor": 1, "antalMan": 0}, nil).id(t)
	var counts api.AnonymaVersionLista
	o.expect(200, o.who, "GET", "/v1/anonyma/"+a+"/versioner", nil, nil).json(t, &counts)
	if len(counts.Data) != 1 || counts.Data[0].Registrerare == nil || counts.Data[0].Registrerare.Namn != "Prov "+o.who {
		t.Errorf("%+v", counts.Data)
	}
	// Neither whoever works elsewhere nor an answer that is kept for replays has it.
	for path, status := range map[string]int{"/v1/deltaganden/" + c + "/versioner": 404, "/v1/anonyma/" + a + "/versioner": 404, o.insats + "/samtycken": 404, o.insats: 200} {
		if s := o.expect(status, "DELTAGARANSVARIG A2", "GET", path, nil, nil); strings.Contains(string(s.text), "Prov ") || strings.Contains(string(s.text), "MASKIN A1") {
			t.Errorf("%s names who registered: %s", path, s.text)
		}
	}
	if s := o.consent(o.samtycke(o.newPerson())); s.status != 201 || strings.Contains(string(s.text), "Prov ") {
		t.Errorf("the answer to a new samtycke: %s", s.text)
	}
	var log api.LoggpostLista
	o.expect(200, "SYSTEMFORVALTARE", "GET", "/v1/loggposter?limit=100", nil, nil).json(t, &log)
	seen := map[string]string{}
	for _, row := range log.Data {
		if row.Aktor != nil {
			seen[row.Handelse+" "+row.Aktor.Typ] = row.Aktor.Namn
		}
		if (row.AktorTyp == "PERSON" || row.AktorTyp == "MASKIN") && row.AktorId != nil && row.Aktor == nil && row.Handelse != "INSATS_SKAPAD" && row.Handelse != "ORGANISATION_SKAPAD" {
			t.Errorf("%s of %s has no name", row.Handelse, row.AktorTyp)
		}
	}
	if seen["DELTAGANDE_INSKRIVET MASKIN"] != "MASKIN A1" || seen["DELTAGANDE_LAST PERSON"] != "Prov "+o.who {
		t.Errorf("%v", seen)
	}
}
