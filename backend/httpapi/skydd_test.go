package httpapi

import (
	"strings"
	"testing"

	"sus/api"
	"sus/backend/folkbokforing"
	"sus/backend/register"
	"sus/backend/store/storetest"
)

// protect makes the population register say that the person is protected from now on.
func (p *harness) protect(n register.Personnummer) {
	p.t.Helper()
	must(p.t, p.navet.Manus(folkbokforing.Manusrad{Nummer: n.Siffror(), Svar: folkbokforing.ManusSekretessmarkering}))
}

func TestWhoIsProtectedAfterTheInregistreringIsNamedNowhere(t *testing.T) {
	const who, other = "DELTAGARANSVARIG A1", "DELTAGARANSVARIG B1"
	person, err := register.ParsePersonnummer("198103182385", register.DatumAv(testDay))
	must(t, err)
	for name, meet := range map[string]func(p *harness){
		"search": func(p *harness) {
			var out map[string]any
			p.expect(200, who, "POST", "/v1/deltagare-sokningar", map[string]any{"insatsId": p.insats["A1"].ID, "personnummer": person.Siffror()}, nil).json(t, &out)
			if out["skyddad"] != true || out["namn"] != nil || out["kommun"] != nil {
				t.Errorf("the search says %v", out)
			}
		},
		"consent": func(p *harness) {
			s := p.expect(409, who, "POST", "/v1/insatser/"+p.insats["A1"].ID.String()+"/samtycken", p.samtycke(person), nil)
			if s.falt(t, "regel") != "skyddade-personuppgifter" {
				t.Errorf("the consent is refused by %v", s.falt(t, "regel"))
			}
		},
		"in-registration": func(p *harness) {
			// Of another samtycke of the person, given before and looked up too long ago.
			_, err := p.Super(t).ExecContext(t.Context(), `update identitet set uppslagen = uppslagen - interval '25 hours'`)
			must(t, err)
			var wait string
			must(t, p.Super(t).QueryRowContext(t.Context(), `select id from samtycke s where not exists (select from deltagande d where d.samtycke_id = s.id)`).Scan(&wait))
			for range 2 {
				s := p.expect(409, other, "POST", "/v1/insatser/"+p.insats["B1"].ID.String()+"/deltaganden", inregistrering(wait), nil)
				if s.falt(t, "regel") != "skyddade-personuppgifter" {
					t.Errorf("the in-registration is refused by %v", s.falt(t, "regel"))
				}
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			p := newHarness(t)
			insats := "/v1/insatser/" + p.insats["A1"].ID.String()
			samtycke := p.expect(201, who, "POST", insats+"/samtycken", p.samtycke(person), nil).id(t)
			p.expect(201, other, "POST", "/v1/insatser/"+p.insats["B1"].ID.String()+"/samtycken", p.samtycke(person), nil)
			deltagande := "/v1/deltaganden/" + p.expect(201, who, "POST", insats+"/deltaganden", inregistrering(samtycke), nil).id(t)
			before := p.expect(200, who, "GET", deltagande, nil, nil)
			var d api.Deltagande
			before.json(t, &d)
			if d.Deltagare == nil || d.IdentitetRaderad != nil {
				t.Fatalf("before: %+v", d)
			}
			namn, kommun := d.Deltagare.Namn, *d.Deltagare.Kommun

			p.protect(person)
			meet(p)
			var texts []string
			read := func(path string) answer {
				a := p.expect(200, who, "GET", path, nil, nil)
				texts = append(texts, string(a.text))
				return a
			}
			after := read(deltagande)
			var efter api.Deltagande
			after.json(t, &efter)
			if efter.Deltagare != nil || efter.IdentitetRaderad == nil || *efter.IdentitetRaderad != register.RaderadSkydd || efter.Status != register.StatusPagaende ||
				after.header.Get("ETag") == before.header.Get("ETag") {
				t.Errorf("after: %+v", efter)
			}
			var c api.Samtycke
			read("/v1/samtycken/"+samtycke).json(t, &c)
			if c.Deltagare != nil || c.IdentitetRaderad == nil || *c.IdentitetRaderad != register.RaderadSkydd || c.Status != register.StatusAnvant {
				t.Errorf("the samtycke: %+v", c)
			}
			var list api.DeltagandeLista
			if read(insats+"/deltaganden").json(t, &list); len(list.Data) != 1 || list.Data[0].Deltagare != nil || *list.Data[0].IdentitetRaderad != register.RaderadSkydd {
				t.Errorf("the list: %+v", list.Data)
			}
			read(deltagande + "/versioner")
			read("/v1/insatser/" + p.insats["A1"].ID.String())
			for _, text := range texts {
				for _, s := range []string{person.Siffror(), namn, `"` + kommun + `"`} {
					if strings.Contains(text, s) && !(s == `"`+kommun+`"` && strings.Contains(text, `"kommuner"`)) {
						t.Errorf("an answer still has %.4s…", s)
					}
				}
			}
			var search struct{ Data []any }
			p.expect(200, who, "POST", insats+"/deltagande-sokningar", map[string]any{"personnummer": person.Siffror()}, nil).json(t, &search)
			if len(search.Data) != 0 {
				t.Errorf("the search by number finds %d", len(search.Data))
			}
			var identities int
			must(t, p.Super(t).QueryRowContext(t.Context(), `select count(*) from identitet`).Scan(&identities))
			if identities != 0 {
				t.Errorf("%d identities are left", identities)
			}
			p.rapport(1, 0)

			correction := with(with(with(inregistrering(""), "samtyckeId", nil), "skal", "Fel antal år."), "arOffentligForsorjning", 3)
			p.expect(412, who, "PUT", deltagande+"/inregistrering", correction, headers{"If-Match": before.header.Get("ETag")})
			p.expect(200, who, "PUT", deltagande+"/inregistrering", correction, headers{"If-Match": after.header.Get("ETag")})
			p.expect(201, who, "POST", deltagande+"/utregistreringar", utregistrering(), nil)
			p.rapport(1, 1)
			var slut api.Deltagande
			p.expect(200, who, "GET", deltagande, nil, nil).json(t, &slut)
			if slut.Status != register.StatusAvslutad || slut.Deltagare != nil || *slut.IdentitetRaderad != register.RaderadSkydd {
				t.Errorf("ended: %+v", slut)
			}
			if strings.Contains(p.logger.String(), person.Siffror()) || strings.Contains(p.logger.String(), namn) {
				t.Error("the server's log names the person")
			}
		})
	}
}

func TestWhyThereIsNoNameIsToldAfterAWithdrawalToo(t *testing.T) {
	p := newHarness(t)
	const who = "DELTAGARANSVARIG A1"
	c := p.newSamtycke(who, "A1")
	d := p.expect(201, who, "POST", "/v1/insatser/"+p.insats["A1"].ID.String()+"/deltaganden", inregistrering(c), nil).id(t)
	p.expect(201, who, "POST", "/v1/samtycken/"+c+"/aterkallelser", nil, nil)
	var efter api.Deltagande
	p.expect(200, who, "GET", "/v1/deltaganden/"+d, nil, nil).json(t, &efter)
	if efter.IdentitetRaderad == nil || *efter.IdentitetRaderad != register.RaderadAterkallelse {
		t.Errorf("the deltagande: %+v", efter.IdentitetRaderad)
	}
}

func TestTheProtectionOfANewNumberIsThatOfTheOldOneToo(t *testing.T) {
	const who, other = "DELTAGARANSVARIG A1", "DELTAGARANSVARIG B1"
	p := newHarness(t)
	old, middle, newest := p.newPerson(), p.newPerson(), p.newPerson()
	insats := "/v1/insatser/" + p.insats["A1"].ID.String()
	samtycke := p.expect(201, who, "POST", insats+"/samtycken", p.samtycke(old), nil).id(t)
	deltagande := "/v1/deltaganden/" + p.expect(201, who, "POST", insats+"/deltaganden", inregistrering(samtycke), nil).id(t)
	must(t, p.navet.Manus(
		folkbokforing.Manusrad{Nummer: old.Siffror(), Svar: folkbokforing.ManusErsatt, Av: middle.Siffror()},
		folkbokforing.Manusrad{Nummer: middle.Siffror(), Svar: folkbokforing.ManusErsatt, Av: newest.Siffror()},
		folkbokforing.Manusrad{Nummer: newest.Siffror(), Svar: folkbokforing.ManusSkyddadFolkbokforing},
	))
	for _, nr := range []register.Personnummer{old, newest, middle, old} {
		var out map[string]any
		p.expect(200, other, "POST", "/v1/deltagare-sokningar", map[string]any{"insatsId": p.insats["B1"].ID, "personnummer": nr.Siffror()}, nil).json(t, &out)
		if out["skyddad"] != true || out["namn"] != nil || out["kommun"] != nil {
			t.Errorf("the search says %v", out)
		}
		var d api.Deltagande
		p.expect(200, who, "GET", deltagande, nil, nil).json(t, &d)
		if d.Deltagare != nil || d.IdentitetRaderad == nil {
			t.Errorf("who is protected is still named: %+v", d.IdentitetRaderad)
		}
	}
	// Under each number the same is told: not that it was replaced.
	for _, nr := range []register.Personnummer{old, middle, newest} {
		if s := p.expect(409, other, "POST", "/v1/insatser/"+p.insats["B1"].ID.String()+"/samtycken", p.samtycke(nr), nil); s.falt(t, "regel") != "skyddade-personuppgifter" {
			t.Errorf("the consent is refused by %v", s.falt(t, "regel"))
		}
	}
}

func TestASearchThatMeetsAProtectionLeavesNoWayToThePerson(t *testing.T) {
	p := newHarness(t)
	const who = "DELTAGARANSVARIG A1"
	person := p.newPerson()
	index := p.Nycklar.Blindindex(person)
	key := headers{"Idempotency-Key": "skyddad-upprepning"}
	samtycken := "/v1/insatser/" + p.insats["A1"].ID.String() + "/samtycken"
	consent := p.samtycke(person)
	c := p.expect(201, who, "POST", samtycken, consent, key).id(t)
	search := func(who, insats string) {
		p.expect(200, who, "POST", "/v1/deltagare-sokningar", map[string]any{"insatsId": p.insats[insats].ID, "personnummer": person.Siffror()}, nil)
	}
	rows := func() int {
		return storetest.Rakna(t, p.Super(t), `select count(*) from loggperson where blindindex = $1 or samtycke_id = $2`, index, c)
	}
	search(who, "A1")
	if n := rows(); n < 4 {
		t.Fatalf("%d rows before", n)
	}
	p.protect(person)
	search(who, "A1")
	if n := rows(); n != 0 {
		t.Errorf("%d rows lead to the person", n)
	}
	s := p.expect(410, who, "POST", samtycken, consent, key)
	if r := s.falt(t, "regel"); r != "identitet-raderad" || strings.Contains(string(s.text), "terkalla") {
		t.Errorf("the replay: %s", s.text)
	}
}
