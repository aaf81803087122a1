package httpapi

import (
	"strings"
	"testing"

	"sus/api"
	"sus/backend/register"
)

// regelOf is the rule at a field of a refusal.
func (s answer) regelOf(t testing.TB, pekare string) string {
	t.Helper()
	var pr api.Problem
	s.json(t, &pr)
	for _, f := range pr.Fel {
		if f.Pekare == pekare {
			return f.Regel
		}
	}
	return ""
}

func TestSomebodyWhoseDayOfBirthIsNotKnownIsRegisteredWithoutAge(t *testing.T) {
	p := newHarness(t)
	const who = "DELTAGARANSVARIG A1"
	insats := "/v1/insatser/" + p.insats["A1"].ID.String()
	for nr, kon := range map[string]register.Kon{
		"198000602386": register.KonKvinna, "198003602391": register.KonMan, "198000732399": register.KonMan, "191500882392": register.KonMan,
	} {
		pnr, err := register.ParsePersonnummer(nr, p.st.Idag())
		must(t, err)
		var hit api.DeltagareSvar
		p.expect(200, who, "POST", "/v1/deltagare-sokningar", map[string]any{"insatsId": p.insats["A1"].ID, "personnummer": nr}, nil).json(t, &hit)
		if !hit.Hittad || hit.Skyddad || hit.Namn == nil || hit.Alder != nil || hit.Kon == nil || *hit.Kon != kon {
			t.Errorf("number %d of the table: %+v", len(nr), hit)
		}
		samtycke := p.expect(201, who, "POST", insats+"/samtycken", p.samtycke(pnr), nil).id(t)
		d := p.expect(201, who, "POST", insats+"/deltaganden", inregistrering(samtycke), nil).id(t)
		p.expect(201, who, "POST", "/v1/deltaganden/"+d+"/utregistreringar", utregistrering(), nil)
	}
	var unknown, facts int
	must(t, p.Super(t).QueryRow(`select (select count(*) from mattillfalle where alder is null), (select count(*) from fakt_in where alder = -1 and kon in (1, 2))
		+ (select count(*) from fakt_ut where alder = -1 and kon in (1, 2))`).Scan(&unknown, &facts))
	if unknown != 8 || facts != 8 {
		t.Errorf("%d measurements and %d facts of unknown age, of 8 and 8", unknown, facts)
	}
	for _, nr := range []string{"198802912390", "197904912392", "198802912382", "197904912384"} {
		s := p.expect(422, who, "POST", "/v1/deltagare-sokningar", map[string]any{"insatsId": p.insats["A1"].ID, "personnummer": nr}, nil)
		if r := s.regelOf(t, "/personnummer"); r != "personnummer-datum" {
			t.Errorf("a day that is not there: %s", r)
		}
	}
}

func TestABirthdayOn29FebruaryIsKeptOn28FebruaryInCommonYears(t *testing.T) {
	p := newHarness(t)
	var hit api.DeltagareSvar
	p.expect(200, "DELTAGARANSVARIG A1", "POST", "/v1/deltagare-sokningar", map[string]any{"insatsId": p.insats["A1"].ID,
		"personnummer": register.Testnummer(register.NyttDatum(2012, 2, 29), true).Siffror()}, nil).json(t, &hit)
	if hit.Alder == nil || *hit.Alder != 14 {
		t.Errorf("on %v: %+v", p.st.Idag(), hit)
	}
}

func TestANumberWithoutADateIsFoundInFreeText(t *testing.T) {
	p := newHarness(t)
	who := "SAMVERKANSADMINISTRATOR A"
	read := p.expect(200, who, "GET", "/v1/insatser/"+p.insats["A1"].ID.String(), nil, nil)
	var i map[string]any
	read.json(t, &i)
	change := map[string]any{}
	for _, k := range []string{"organisationId", "namn", "startdatum", "inriktning", "preciseradInriktning", "deltagarregistrering", "malgrupper", "insatsanordnare"} {
		if v, ok := i[k]; ok {
			change[k] = v
		}
	}
	h := headers{"If-Match": read.header.Get("ETag")}
	s := p.expect(422, who, "PUT", "/v1/insatser/"+p.insats["A1"].ID.String(), with(change, "beskrivning", "Kontakt: 800060-2386 ring henne"), h)
	if r := s.regelOf(t, "/beskrivning"); r != "innehaller-personnummer" {
		t.Errorf("refused by %s", r)
	}
	p.expect(200, who, "PUT", "/v1/insatser/"+p.insats["A1"].ID.String(), with(change, "beskrivning", "Kontakt: 0800-60 23 86"), h)
}

func TestAnIDInAnExterntIDIsNoPersonnummer(t *testing.T) {
	p := newHarness(t)
	const who = "DELTAGARANSVARIG A1"
	samtycken := "/v1/insatser/" + p.insats["A1"].ID.String() + "/samtycken"
	for _, id := range []string{"arende-01a21101-d0e2-7127-93b6-a7701172392f", "arende-01a21101-d0e2-7127-93b6-7701172392ab", "01a21101d0e2712793b6a7701172392f",
		"arende01a21101-d0e2-7127-93b6-a7701172392f", "AKT_2026-01A21101-D0E2-7127-93B6-A7701172392F"} {
		p.expect(201, who, "POST", samtycken, with(p.samtycke(p.newPerson()), "externtId", id), nil)
	}
	for _, id := range []string{"arende-a7701172392f", "arende_770117_2392", "AKT:770117:2392"} {
		s := p.expect(422, who, "POST", samtycken, with(p.samtycke(p.newPerson()), "externtId", id), nil)
		if r := s.regelOf(t, "/externtId"); r != "innehaller-personnummer" {
			t.Errorf("%s is refused by %s", id, r)
		}
	}
}

func TestAnExitIsNotGivenTheAnledningOfAWithdrawal(t *testing.T) {
	p := newHarness(t)
	const who = "DELTAGARANSVARIG A1"
	exit := map[string]any{"avslutningsdag": "2026-11-20", "avslutsanledning": "ATERKALLAT_SAMTYCKE"}
	refused := func(s answer) {
		t.Helper()
		if r := s.regelOf(t, "/avslutsanledning"); r != "endast-aterkallelse" || !strings.Contains(string(s.text), "Återkalla samtycket") {
			t.Errorf("refused by %q: %s", r, s.text)
		}
	}
	d := p.newDeltagande(who, "A1")
	path := "/v1/deltaganden/" + d
	refused(p.expect(422, who, "POST", path+"/utregistreringar", exit, nil))
	s := p.expect(201, who, "POST", path+"/utregistreringar", utregistrering(), nil)
	refused(p.expect(422, who, "PUT", path+"/utregistrering", with(exit, "skal", "Återkallade."), headers{"If-Match": s.header.Get("ETag")}))

	// A withdrawal sets it, and what it set is not corrected.
	d = p.newDeltagande(who, "A1")
	var del api.Deltagande
	p.expect(200, who, "GET", "/v1/deltaganden/"+d, nil, nil).json(t, &del)
	p.expect(201, who, "POST", "/v1/samtycken/"+del.SamtyckeId.String()+"/aterkallelser", nil, nil)
	s = p.expect(200, who, "GET", "/v1/deltaganden/"+d, nil, nil)
	s.json(t, &del)
	if del.Utregistrering == nil || del.Utregistrering.Avslutsanledning != "ATERKALLAT_SAMTYCKE" {
		t.Errorf("closed as %+v", del.Utregistrering)
	}
	if r := p.expect(409, who, "PUT", "/v1/deltaganden/"+d+"/utregistrering",
		with(map[string]any{"avslutningsdag": "2026-11-20", "avslutsanledning": "FLYTT"}, "skal", "Flyttade."), headers{"If-Match": s.header.Get("ETag")}).falt(t, "regel"); r != "aterkallat" {
		t.Errorf("corrected: %v", r)
	}

	var codes api.KodradLista
	p.expect(200, who, "GET", "/v1/kodverk?kodverk=AVSLUTSANLEDNING&limit=100", nil, nil).json(t, &codes)
	flagged := ""
	for _, r := range codes.Data {
		if r.EndastAterkallelse {
			flagged += r.Kod
		}
	}
	if flagged != "ATERKALLAT_SAMTYCKE" {
		t.Errorf("of the list %q is a withdrawal's alone", flagged)
	}
}

func TestAWithdrawalErasesTheExterntIDFromEveryAnswer(t *testing.T) {
	p := newHarness(t)
	const who, externt = "DELTAGARANSVARIG A1", "UPPSALA-AKT-2026-4711-Efternamn.Fornamn"
	insats := "/v1/insatser/" + p.insats["A1"].ID.String()
	consent := with(with(p.samtycke(p.newPerson()), "externtId", externt), "mognadsbedomning", map[string]any{"datum": "2026-11-02", "vardnadshavare": true})
	key := headers{"Idempotency-Key": "externt-samtycke"}
	samtycke := p.expect(201, who, "POST", insats+"/samtycken", consent, key).id(t)
	deltagande := p.expect(201, who, "POST", insats+"/deltaganden", with(inregistrering(samtycke), "externtId", externt), nil).id(t)
	answers := func() (out []string) {
		for path, asker := range map[string]string{
			"/v1/samtycken/" + samtycke: who, "/v1/deltaganden/" + deltagande: who, insats + "/deltaganden?limit=100": who,
			"/v1/loggposter?objektId=" + samtycke: "SYSTEMFORVALTARE", "/v1/loggposter?objektId=" + deltagande: "SYSTEMFORVALTARE",
		} {
			if strings.Contains(string(p.expect(200, asker, "GET", path, nil, nil).text), externt) {
				out = append(out, path)
			}
		}
		return out
	}
	if n := answers(); len(n) != 5 {
		t.Errorf("before, it stands in %q", n)
	}
	p.expect(201, who, "POST", "/v1/samtycken/"+samtycke+"/aterkallelser", nil, nil)
	if n := answers(); len(n) != 0 {
		t.Errorf("it stands in %q", n)
	}
	var s api.Samtycke
	p.expect(200, who, "GET", "/v1/samtycken/"+samtycke, nil, nil).json(t, &s)
	if s.Sprak != nil || s.Mognadsbedomning != nil || s.ExterntId != nil || s.Status != register.StatusAterkallat {
		t.Errorf("the samtycke: %+v", s)
	}
	if r := p.expect(410, who, "POST", insats+"/samtycken", consent, key); strings.Contains(string(r.text), externt) {
		t.Error("the replay has it")
	}
	// The same case id is free for the next samtycke.
	p.expect(201, who, "POST", insats+"/samtycken", with(p.samtycke(p.newPerson()), "externtId", externt), nil)
}

func TestAnInsatsThatIsOverHasItsWithdrawals(t *testing.T) {
	p := newHarness(t)
	const who, admin = "SYSTEMFORVALTARE", "SAMVERKANSADMINISTRATOR A"
	insats := "/v1/insatser/" + p.insats["A1"].ID.String()
	person, unknown := p.newPerson(), p.newPerson()
	samtycke := p.expect(201, "DELTAGARANSVARIG A1", "POST", insats+"/samtycken", p.samtycke(person), nil).id(t)
	deltagande := p.expect(201, "DELTAGARANSVARIG A1", "POST", insats+"/deltaganden", inregistrering(samtycke), nil).id(t)
	withdraw := func(status int, who string, nr register.Personnummer, arende string) answer {
		t.Helper()
		return p.expect(status, who, "POST", insats+"/aterkallelser", map[string]any{"personnummer": nr.Siffror(), "arende": arende}, nil)
	}
	// While it is under way the refusal is one for those who are there and those who are not.
	one, other := withdraw(409, who, person, "FK 2026/17"), withdraw(409, who, unknown, "FK 2026/17")
	if string(one.text) != string(other.text) || one.falt(t, "regel") != "insats-inte-avslutad" {
		t.Errorf("%s\n%s", one.text, other.text)
	}
	read := p.expect(200, admin, "GET", insats, nil, nil)
	var body map[string]any
	read.json(t, &body)
	for _, given := range []string{"id", "version", "lan", "rader", "organisation", "antalOppna"} {
		delete(body, given)
	}
	p.expect(200, admin, "PUT", insats, with(body, "slutdatum", "2026-11-23"), headers{"If-Match": read.header.Get("ETag")})

	withdraw(403, "DELTAGARANSVARIG A1", person, "FK 2026/17")
	withdraw(403, admin, person, "FK 2026/17")
	for arende, regel := range map[string]string{"800060-2386": "innehaller-personnummer", "Efternamn Fornamn": "fel-form", "Namn 850709": "fel-form"} {
		if r := withdraw(422, who, person, arende).regelOf(t, "/arende"); r != regel {
			t.Errorf("refused by %q, not %s", r, regel)
		}
	}
	for i, f := range []struct {
		nr    register.Personnummer
		antal int32
	}{{unknown, 0}, {person, 1}, {person, 0}} {
		var out api.AterkalladeIInsats
		withdraw(200, who, f.nr, "FK 2026/17").json(t, &out)
		if out.Antal != f.antal {
			t.Errorf("%d: %d, not %d", i, out.Antal, f.antal)
		}
	}
	var d api.Deltagande
	p.expect(200, "DELTAGARANSVARIG A1", "GET", "/v1/deltaganden/"+deltagande, nil, nil).json(t, &d)
	if d.Deltagare != nil || d.Utregistrering == nil || d.Utregistrering.Avslutsanledning != "ATERKALLAT_SAMTYCKE" || d.Utregistrering.Avslutningsdag.String() != "2026-11-23" {
		t.Errorf("the deltagande: %+v %+v", d, d.Utregistrering)
	}
	var l api.LoggpostLista
	p.expect(200, who, "GET", "/v1/loggposter?objektId="+samtycke, nil, nil).json(t, &l)
	if r := l.Data[0]; r.Handelse != "SAMTYCKE_ATERKALLAT" || r.Detalj == nil || *r.Detalj != "FK 2026/17" {
		t.Errorf("the log: %+v", r)
	}
	if strings.Contains(p.logger.String(), person.Siffror()) {
		t.Error("the server's log has the number")
	}
}
