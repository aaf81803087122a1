package httpapi

import (
	"testing"
	"time"

	"github.com/google/uuid"

	"sus/api"
	"sus/backend/register"
	"sus/backend/store/storetest"
)

// registrar is somebody new with an uppdrag in the insats, and what ends it at once.
func (p *harness) registrar(adm, insats string) (name string, end func() answer) {
	p.t.Helper()
	id := p.newAnvandare(medlem, register.RollDeltagaransvarig)
	name = "REG " + id.String()
	p.known(name, id, register.RollDeltagaransvarig)
	var u api.Uppdragspost
	p.expect(201, adm, "POST", p.insatsPath(insats, "uppdrag"), uppdraget(id, "DELTAGARANSVARIG"), nil).json(p.t, &u)
	return name, func() answer {
		return p.call(adm, "PUT", "/v1/uppdrag/"+u.Id.String(), map[string]any{"tillOchMed": "2026-11-23"}, headers{"If-Match": `"1"`})
	}
}

func TestWhatIsUnderWayWhenAnUppdragEndsIsRefused(t *testing.T) {
	p := newHarness(t)
	const adm = "SAMVERKANSADMINISTRATOR A"
	who, end := p.registrar(adm, "A1")
	c := p.newSamtycke(who, "A1")

	// The registration waits for somebody else's hold on its samtycke while the uppdrag ends.
	hold, err := p.Super(t).BeginTx(t.Context(), nil)
	must(t, err)
	_, err = hold.ExecContext(t.Context(), `select from samtycke where id = $1 for update`, c)
	must(t, err)
	late := make(chan answer, 1)
	go func() { late <- p.call(who, "POST", p.insatsPath("A1", "deltaganden"), inregistrering(c), nil) }()
	for storetest.Rakna(t, p.Super(t), `select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`) == 0 {
		time.Sleep(time.Millisecond)
	}
	if s := end(); s.status != 200 {
		t.Fatalf("%d %s", s.status, s.text)
	}
	must(t, hold.Commit())
	if s := <-late; s.status != 404 {
		t.Errorf("a registration was made by somebody who may no longer: %d %s", s.status, s.text)
	}
	p.expect(201, "DELTAGARANSVARIG A1", "POST", p.insatsPath("A1", "deltaganden"), inregistrering(c), nil) // the samtycke is whole
}

func TestAnUppdragEndsBeforeOrAfterARegistrationAndNeverDuringIt(t *testing.T) {
	p := newHarness(t)
	const adm = "SAMVERKANSADMINISTRATOR A"
	made := 0
	for range races {
		who, end := p.registrar(adm, "A1")
		c := p.newSamtycke(who, "A1")
		registered, ended := atOnce(func() answer { return p.call(who, "POST", p.insatsPath("A1", "deltaganden"), inregistrering(c), nil) }, end)
		if ended.status != 200 || registered.status != 201 && registered.status != 404 {
			t.Fatalf("%d %s\n%d %s", registered.status, registered.text, ended.status, ended.text)
		}
		if registered.status == 201 {
			made++
		}
	}
	if n := storetest.Rakna(t, p.Super(t), `select count(*) from deltagande`); n != made {
		t.Errorf("%d are registered, %d were answered so", n, made)
	}
	t.Logf("%d of %d registrations came first", made, races)
	p.UtanDodlas()
}

func TestTwoWhoEndEachOthersUppdragDoNotWaitInACircle(t *testing.T) {
	p := newHarness(t)
	org := organisationer + "/" + p.organisation["A"].ID.String() + "/uppdrag"
	for range races {
		var who [2]string
		var path [2]string
		for i := range who {
			id := p.newAnvandare(medlem, register.RollSamverkansadministrator)
			who[i] = "ADM " + id.String()
			p.known(who[i], id, register.RollSamverkansadministrator)
			var u api.Uppdragspost
			p.expect(201, "SAMVERKANSADMINISTRATOR A", "POST", org, uppdraget(id, "SAMVERKANSADMINISTRATOR"), nil).json(t, &u)
			path[i] = "/v1/uppdrag/" + u.Id.String()
		}
		end := func(i int) func() answer {
			return func() answer {
				return p.call(who[i], "PUT", path[1-i], map[string]any{"tillOchMed": "2026-11-23"}, headers{"If-Match": `"1"`})
			}
		}
		a, b := atOnce(end(0), end(1))
		if a.status > b.status {
			a, b = b, a
		}
		if a.status != 200 || b.status != 404 {
			t.Fatalf("%d %s\n%d %s", a.status, a.text, b.status, b.text)
		}
	}
	// One's own ends too, and is the last thing one does there.
	id := p.newAnvandare(medlem, register.RollSamverkansadministrator)
	p.known("EGEN", id, register.RollSamverkansadministrator)
	var u api.Uppdragspost
	p.expect(201, "SAMVERKANSADMINISTRATOR A", "POST", org, uppdraget(id, "SAMVERKANSADMINISTRATOR"), nil).json(t, &u)
	p.expect(200, "EGEN", "PUT", "/v1/uppdrag/"+u.Id.String(), map[string]any{"tillOchMed": "2026-11-23"}, headers{"If-Match": `"1"`})
	p.expect(404, "EGEN", "GET", org, nil, nil)
	for _, none := range []string{uuid.NewString(), uuid.Nil.String()} {
		p.expect(404, "SAMVERKANSADMINISTRATOR A", "PUT", "/v1/uppdrag/"+none, map[string]any{"tillOchMed": "2026-11-23"}, headers{"If-Match": `"1"`})
	}
	p.UtanDodlas()
}
