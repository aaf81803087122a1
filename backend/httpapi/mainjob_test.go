package httpapi

import (
	"context"
	"net/url"
	"strings"
	"testing"

	"sus/api"
	"sus/backend/register"
)

// loggaIn logs in over HTTP in two steps, the code read as from a phone.
func (p *harness) loggaIn(who string) api.Token {
	t := p.t
	t.Helper()
	a := p.aktor(who)
	id := p.expect(201, "", "POST", "/v1/inloggningar",
		map[string]string{"personnummer": a.personnummer.Siffror(), "huvudlosenord": huvudlosenord}, nil).id(t)
	var token api.Token
	p.expect(200, "", "POST", "/v1/inloggningar/"+id+"/koder", map[string]string{"kod": p.latestKod()}, nil).json(t, &token)
	return token
}

func TestTheMainJobCanBeDoneOverHTTP(t *testing.T) {
	p := newHarness(t)
	const who = "DELTAGARANSVARIG A1"
	token := p.loggaIn(who)
	a := p.aktor(who)
	a.token = token.AccessToken
	p.aktorer[who] = a
	insats := "/v1/insatser/" + p.insats["A1"].ID.String()

	var jag api.Jag
	p.expect(200, who, "GET", "/v1/jag", nil, nil).json(t, &jag)
	if len(jag.Uppdrag) != 1 || *jag.Uppdrag[0].Insats != "Insats A1" || *jag.PersonnummerMaskerat == a.personnummer.Siffror() {
		t.Errorf("jag: %+v", jag)
	}

	person := p.newPerson()
	var hit api.DeltagareSvar
	p.expect(200, who, "POST", "/v1/deltagare-sokningar", map[string]any{"insatsId": p.insats["A1"].ID, "personnummer": person.Siffror()}, nil).json(t, &hit)
	if !hit.Hittad || hit.Namn == nil || hit.Kon == nil || hit.Alder == nil || len(hit.Deltaganden) != 0 || hit.OanvantSamtycke != nil {
		t.Errorf("sökningen: %+v", hit)
	}

	s := p.expect(201, who, "POST", insats+"/samtycken", with(p.samtycke(person), "externtId", "arende-1"), nil)
	samtycke := s.id(t)
	if s.header.Get("Location") != "/v1/samtycken/"+samtycke || s.header.Get("ETag") != `"1"` {
		t.Errorf("huvuden: %v", s.header)
	}
	if strings.Contains(string(s.text), person.Siffror()) || strings.Contains(string(s.text), *hit.Namn) {
		t.Error("svaret på ett skapande anrop bär personuppgifter")
	}
	var last api.Samtycke
	p.expect(200, who, "GET", "/v1/samtycken/"+samtycke, nil, nil).json(t, &last)
	if last.Deltagare == nil || last.Deltagare.Personnummer != person.Siffror() || last.Deltagare.Namn != *hit.Namn || last.Status != register.StatusOanvant {
		t.Errorf("samtycket: %+v", last)
	}

	search := func() (out api.DeltagareSvar) {
		t.Helper()
		p.expect(200, who, "POST", "/v1/deltagare-sokningar", map[string]any{"insatsId": p.insats["A1"].ID, "personnummer": person.Siffror()}, nil).json(t, &out)
		return out
	}
	if c := search().OanvantSamtycke; c == nil || c.Id != last.Id || c.Datum != last.Datum {
		t.Errorf("samtycket som väntar: %+v", c)
	}

	s = p.expect(201, who, "POST", insats+"/deltaganden", inregistrering(samtycke), nil)
	deltagande := s.id(t)
	if out := search(); out.OanvantSamtycke != nil || len(out.Deltaganden) != 1 {
		t.Errorf("efter inregistreringen: %+v", out)
	}
	p.rapport(1, 0)

	var corrected api.Deltagande
	correction := with(with(inregistrering(""), "samtyckeId", nil), "skal", "Fel antal år.")
	p.expect(200, who, "PUT", "/v1/deltaganden/"+deltagande+"/inregistrering", with(correction, "arOffentligForsorjning", 3), headers{"If-Match": s.header.Get("ETag")}).json(t, &corrected)
	if corrected.Version != 2 || corrected.Inregistrering.ArOffentligForsorjning != 3 {
		t.Errorf("rättelsen: %+v", corrected)
	}

	p.expect(201, who, "POST", "/v1/deltaganden/"+deltagande+"/utregistreringar", utregistrering(), nil)
	p.rapport(1, 1)
	d := p.expect(200, who, "GET", "/v1/deltaganden/"+deltagande, nil, nil)
	p.expect(200, who, "PUT", "/v1/deltaganden/"+deltagande+"/utregistrering",
		with(map[string]any{"avslutningsdag": "2026-11-19", "avslutsanledning": "FLYTT"}, "skal", "Flyttade."), headers{"If-Match": d.header.Get("ETag")})

	var list api.DeltagandeLista
	p.expect(200, who, "GET", insats+"/deltaganden?status=AVSLUTAD&sort=-startdag", nil, nil).json(t, &list)
	if len(list.Data) != 1 || list.Data[0].Deltagare == nil || *list.UnderscoreMeta.TotalRecords != 1 {
		t.Errorf("listan: %+v", list)
	}
	var versions api.VersionLista
	p.expect(200, who, "GET", "/v1/deltaganden/"+deltagande+"/versioner", nil, nil).json(t, &versions)
	if len(versions.Data) != 4 {
		t.Errorf("fyra versioner, fick %d", len(versions.Data))
	}

	p.expect(201, who, "POST", "/v1/samtycken/"+samtycke+"/aterkallelser", nil, nil)
	p.expect(409, who, "POST", "/v1/samtycken/"+samtycke+"/aterkallelser", nil, nil)
	var efter api.Deltagande
	p.expect(200, who, "GET", "/v1/deltaganden/"+deltagande, nil, nil).json(t, &efter)
	if efter.Deltagare != nil {
		t.Error("deltagandet har kvar sin person efter återkallelsen")
	}
	p.rapport(1, 1)

	p.expect(201, who, "POST", insats+"/anonyma", map[string]int{"inregistreringsar": 2026, "antalKvinnor": 2, "antalMan": 1}, nil)
	for question, count := range map[string]int{
		"deltaganden?startdagFran=2026-01-01": 1, "deltaganden?startdagFran=2026-11-24": 0,
		"deltaganden?startdagTill=2026-11-24": 1, "deltaganden?startdagTill=2025-12-31": 0,
		"anonyma": 1, "anonyma?inregistreringsar=2026": 1, "anonyma?inregistreringsar=2025": 0,
	} {
		var l struct{ Data []any }
		if p.expect(200, who, "GET", insats+"/"+question, nil, nil).json(t, &l); len(l.Data) != count {
			t.Errorf("%s ger %d poster, inte %d", question, len(l.Data), count)
		}
	}

	var renewed api.Token
	p.form(200, url.Values{"grant_type": {"refresh_token"}, "refresh_token": {*token.RefreshToken}}).json(t, &renewed)
	if renewed.AccessToken == token.AccessToken || renewed.RefreshToken == nil {
		t.Error("förnyelsen gav ingen ny token")
	}
	p.expect(204, who, "POST", "/v1/utloggningar", nil, nil)
	p.expect(401, who, "GET", "/v1/jag", nil, nil)

	for _, secret := range []string{person.Siffror(), *hit.Namn, samtycke, token.AccessToken, huvudlosenord, a.personnummer.Siffror()} {
		if strings.Contains(p.logger.String(), secret) {
			t.Errorf("serverns logg bär %q", secret[:min(8, len(secret))])
		}
	}
	if !strings.Contains(p.logger.String(), "/v1/deltaganden/:deltagandeId") {
		t.Error("loggen saknar ruttens mönster")
	}
}

// rapport demands the two counts of the report of 2026.
func (p *harness) rapport(started, ended int) {
	p.t.Helper()
	r := p.reported(2026, "")
	if r.Start.Antal != started || r.Slut.Antal != ended {
		p.t.Errorf("rapporten räknar %d startade och %d avslutade, inte %d och %d", r.Start.Antal, r.Slut.Antal, started, ended)
	}
}

// form posts to the token endpoint.
func (p *harness) form(status int, v url.Values) answer {
	p.t.Helper()
	return p.expect(status, "", "POST", "/v1/tokens", v.Encode(), headers{"Content-Type": formType})
}

func TestAMaskinDoesTheSameWithItsKey(t *testing.T) {
	p := newHarness(t)
	p.aktor("MASKIN A1")
	var token api.Token
	p.form(200, url.Values{"grant_type": {"client_credentials"}, "client_id": {p.klientID.String()}, "client_secret": {p.hemlighet}, "scope": {"deltagande.skriv"}}).json(t, &token)
	if token.RefreshToken != nil || *token.Scope != "deltagande.skriv" || token.ExpiresIn > 300 {
		t.Errorf("token: %+v", token)
	}
	p.newDeltagande("MASKIN A1", "A1")
	p.expect(400, "MASKIN A1", "POST", "/v1/insatser/"+p.insats["A1"].ID.String()+"/samtycken", p.samtycke(p.newPerson()), headers{"Idempotency-Key": ""})
}

func TestARepeatedCallGivesTheFirstAnswer(t *testing.T) {
	p := newHarness(t)
	const who = "DELTAGARANSVARIG A1"
	insats := "/v1/insatser/" + p.insats["A1"].ID.String()
	key := headers{"Idempotency-Key": "nyckel-0001"}
	body := p.samtycke(p.newPerson())
	first := p.expect(201, who, "POST", insats+"/samtycken", body, key)
	change := p.expect(201, who, "POST", insats+"/samtycken", body, key)
	if string(first.text) != string(change.text) || first.header.Get("ETag") != change.header.Get("ETag") || first.header.Get("Location") != change.header.Get("Location") {
		t.Error("upprepningen svarar annorlunda")
	}
	p.expect(422, who, "POST", insats+"/samtycken", with(body, "sprak", "en"), key)
	p.expect(201, who, "POST", "/v1/samtycken/"+first.id(t)+"/aterkallelser", nil, nil)
	p.expect(410, who, "POST", insats+"/samtycken", body, key)
}

func TestAProtectedPersonIsNeverRegisteredWithIdentitet(t *testing.T) {
	p := newHarness(t)
	const who = "DELTAGARANSVARIG A1"
	for _, pnr := range []string{testnummer(1980, 5, 13), testnummer(1980, 5, 14)} {
		var out map[string]any
		p.expect(200, who, "POST", "/v1/deltagare-sokningar", map[string]any{"insatsId": p.insats["A1"].ID, "personnummer": pnr}, nil).json(t, &out)
		for _, falt := range []string{"namn", "kommun", "kon", "alder"} {
			if _, found := out[falt]; found {
				t.Errorf("sökningen visar %s om en skyddad person", falt)
			}
		}
		if out["skyddad"] != true {
			t.Errorf("sökningen: %v", out)
		}
		body := map[string]any{"personnummer": pnr, "blankett": "9443", "datum": "2026-11-01", "sprak": "sv", "satt": "SKRIFTLIGT"}
		s := p.expect(409, who, "POST", "/v1/insatser/"+p.insats["A1"].ID.String()+"/samtycken", body, nil)
		if s.falt(t, "regel") != "skyddade-personuppgifter" {
			t.Errorf("regel: %v", s.falt(t, "regel"))
		}
	}
	var count int
	must(t, p.Super(t).QueryRowContext(context.Background(), `select count(*) from identitet`).Scan(&count))
	if count != 0 {
		t.Errorf("%d identiteter sparades", count)
	}
}

func TestWithoutFolkbokforingenOnlyWhoWasJustLookedUpIsRegistered(t *testing.T) {
	p := newHarness(t)
	const who = "DELTAGARANSVARIG A1"
	insats := "/v1/insatser/" + p.insats["A1"].ID.String()
	fresh, old := p.newSamtycke(who, "A1"), p.newSamtycke(who, "A1")
	key := headers{"Idempotency-Key": "nyckel-utan-navet"}
	body := p.samtycke(p.newPerson())
	first := p.expect(201, who, "POST", insats+"/samtycken", body, key)
	p.navet.Stang()

	s := p.expect(503, who, "POST", insats+"/samtycken", p.samtycke(p.newPerson()), nil)
	if s.falt(t, "regel") != "folkbokforing-otillganglig" {
		t.Errorf("regel: %v", s.falt(t, "regel"))
	}
	p.expect(503, who, "POST", "/v1/deltagare-sokningar", map[string]any{"insatsId": p.insats["A1"].ID, "personnummer": p.newPerson().Siffror()}, nil)
	// A stranger's insats is not asked about anybody, so the answer is as ever.
	p.expect(404, who, "POST", "/v1/insatser/"+p.insats["A2"].ID.String()+"/samtycken", body, nil)
	// A replay asks nobody either.
	if change := p.expect(201, who, "POST", insats+"/samtycken", body, key); string(change.text) != string(first.text) {
		t.Error("upprepningen svarar annorlunda")
	}
	p.expect(201, who, "POST", insats+"/deltaganden", inregistrering(fresh), nil)
	_, err := p.Super(t).ExecContext(context.Background(), `update identitet set uppslagen = uppslagen - interval '25 hours' where samtycke_id = $1`, old)
	must(t, err)
	p.expect(503, who, "POST", insats+"/deltaganden", inregistrering(old), nil)
}

func TestInloggningIsRefusedTheSameForAll(t *testing.T) {
	p := newHarness(t)
	a := p.aktor("SUSRAPPORT").personnummer.Siffror()
	var out []string
	for _, body := range []map[string]string{
		{"personnummer": a, "huvudlosenord": "fel"},
		{"personnummer": testnummer(1999, 1, 1), "huvudlosenord": huvudlosenord},
	} {
		out = append(out, string(p.expect(401, "", "POST", "/v1/inloggningar", body, nil).text))
	}
	if out[0] != out[1] {
		t.Errorf("svaren skiljer sig: %s %s", out[0], out[1])
	}
	p.expect(422, "", "POST", "/v1/inloggningar", map[string]string{"personnummer": "199901010000", "huvudlosenord": "x"}, nil)
	id := p.expect(201, "", "POST", "/v1/inloggningar", p.inloggning("SUSRAPPORT"), nil).id(t)
	ratt := p.latestKod()
	faults := "000000"
	if ratt == faults {
		faults = "000001"
	}
	path := "/v1/inloggningar/" + id + "/koder"
	p.expect(401, "", "POST", path, map[string]string{"kod": faults}, nil)
	p.expect(200, "", "POST", path, map[string]string{"kod": ratt}, nil)
	p.expect(410, "", "POST", path, map[string]string{"kod": ratt}, nil)
	p.expect(404, "", "POST", "/v1/inloggningar/019373a0-5555-7aaa-8bbb-0a1b2c3d4e5f/koder", map[string]string{"kod": ratt}, nil)
}

func TestTheTokenEndpointAnswersWithTheStandardsErrorWords(t *testing.T) {
	p := newHarness(t)
	p.aktor("MASKIN A1")
	for _, f := range []struct {
		body   string
		status int
		faults string
	}{
		{"", 400, "invalid_request"},
		{"grant_type=password&username=a&password=b", 400, "unsupported_grant_type"},
		{"grant_type=client_credentials", 400, "invalid_request"},
		{"grant_type=client_credentials&grant_type=client_credentials", 400, "invalid_request"},
		{"grant_type=client_credentials&client_id=x&client_secret=y", 401, "invalid_client"},
		{"grant_type=client_credentials&client_id=" + p.klientID.String() + "&client_secret=fel", 401, "invalid_client"},
		{"grant_type=client_credentials&client_id=" + p.klientID.String() + "&client_secret=" + url.QueryEscape(p.hemlighet) + "&scope=allt", 400, "invalid_scope"},
		{"grant_type=refresh_token&refresh_token=x", 400, "invalid_grant"},
		{"grant_type=refresh_token&refresh_token=x&okant=1", 400, "invalid_request"},
		{"grant_type=refresh_token&refresh_token=%00", 400, "invalid_request"},
		{"%zz", 400, "invalid_request"},
	} {
		s := p.expect(f.status, "", "POST", "/v1/tokens", f.body, headers{"Content-Type": formType})
		if s.falt(t, "error") != f.faults {
			t.Errorf("%s: %v", f.body, s.falt(t, "error"))
		}
	}
	p.expect(415, "", "POST", "/v1/tokens", `{"grant_type":"refresh_token"}`, nil)
	p.expect(413, "", "POST", "/v1/tokens", "grant_type="+strings.Repeat("a", 300_000), headers{"Content-Type": formType})
}
