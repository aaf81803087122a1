package httpapi

import (
	"context"
	"net/url"
	"strings"
	"testing"

	"sus/api"
)

// loggaIn logs in over HTTP in two steps, the code read as from a phone.
func (p *prov) loggaIn(vem string) api.Token {
	t := p.t
	t.Helper()
	a := p.aktor(vem)
	id := p.vanta(201, "", "POST", "/v1/inloggningar",
		map[string]string{"personnummer": a.personnummer.Siffror(), "huvudlosenord": huvudlosenord}, nil).id(t)
	var token api.Token
	p.vanta(200, "", "POST", "/v1/inloggningar/"+id+"/koder", map[string]string{"kod": p.senasteKod()}, nil).json(t, &token)
	return token
}

func TestHuvudjobbetGarAttGoraOverHTTP(t *testing.T) {
	p := nyttProv(t)
	const vem = "DELTAGARANSVARIG A1"
	token := p.loggaIn(vem)
	a := p.aktor(vem)
	a.token = token.AccessToken
	p.aktorer[vem] = a
	insats := "/v1/insatser/" + p.insats["A1"].ID.String()

	var jag api.Jag
	p.vanta(200, vem, "GET", "/v1/jag", nil, nil).json(t, &jag)
	if len(jag.Uppdrag) != 1 || *jag.Uppdrag[0].Insats != "Insats A1" || *jag.PersonnummerMaskerat == a.personnummer.Siffror() {
		t.Errorf("jag: %+v", jag)
	}

	person := p.nyPerson()
	var traff api.DeltagareSvar
	p.vanta(200, vem, "POST", "/v1/deltagare-sokningar", map[string]any{"insatsId": p.insats["A1"].ID, "personnummer": person.Siffror()}, nil).json(t, &traff)
	if !traff.Hittad || traff.Namn == nil || traff.Kon == nil || traff.Alder == nil || len(traff.Deltaganden) != 0 || traff.OanvantSamtycke != nil {
		t.Errorf("sökningen: %+v", traff)
	}

	s := p.vanta(201, vem, "POST", insats+"/samtycken", med(p.samtycke(person), "externtId", "arende-1"), nil)
	samtycke := s.id(t)
	if s.huvud.Get("Location") != "/v1/samtycken/"+samtycke || s.huvud.Get("ETag") != `"1"` {
		t.Errorf("huvuden: %v", s.huvud)
	}
	if strings.Contains(string(s.text), person.Siffror()) || strings.Contains(string(s.text), *traff.Namn) {
		t.Error("svaret på ett skapande anrop bär personuppgifter")
	}
	var last api.Samtycke
	p.vanta(200, vem, "GET", "/v1/samtycken/"+samtycke, nil, nil).json(t, &last)
	if last.Deltagare == nil || last.Deltagare.Personnummer != person.Siffror() || last.Deltagare.Namn != *traff.Namn || last.Status != api.OANVANT {
		t.Errorf("samtycket: %+v", last)
	}

	sok := func() (svar api.DeltagareSvar) {
		t.Helper()
		p.vanta(200, vem, "POST", "/v1/deltagare-sokningar", map[string]any{"insatsId": p.insats["A1"].ID, "personnummer": person.Siffror()}, nil).json(t, &svar)
		return svar
	}
	if c := sok().OanvantSamtycke; c == nil || c.Id != last.Id || c.Datum != last.Datum {
		t.Errorf("samtycket som väntar: %+v", c)
	}

	s = p.vanta(201, vem, "POST", insats+"/deltaganden", inregistrering(samtycke), nil)
	deltagande := s.id(t)
	if svar := sok(); svar.OanvantSamtycke != nil || len(svar.Deltaganden) != 1 {
		t.Errorf("efter inregistreringen: %+v", svar)
	}
	p.rapport(1, 0)

	var rattad api.Deltagande
	rattelse := med(med(inregistrering(""), "samtyckeId", nil), "skal", "Fel antal år.")
	p.vanta(200, vem, "PUT", "/v1/deltaganden/"+deltagande+"/inregistrering", med(rattelse, "arOffentligForsorjning", 3), huvuden{"If-Match": s.huvud.Get("ETag")}).json(t, &rattad)
	if rattad.Version != 2 || rattad.Inregistrering.ArOffentligForsorjning != 3 {
		t.Errorf("rättelsen: %+v", rattad)
	}

	p.vanta(201, vem, "POST", "/v1/deltaganden/"+deltagande+"/utregistreringar", utregistrering(), nil)
	p.rapport(1, 1)
	d := p.vanta(200, vem, "GET", "/v1/deltaganden/"+deltagande, nil, nil)
	p.vanta(200, vem, "PUT", "/v1/deltaganden/"+deltagande+"/utregistrering",
		med(map[string]any{"avslutningsdag": "2026-11-19", "avslutsanledning": "FLYTT"}, "skal", "Flyttade."), huvuden{"If-Match": d.huvud.Get("ETag")})

	var lista api.DeltagandeLista
	p.vanta(200, vem, "GET", insats+"/deltaganden?status=AVSLUTAD&sort=-startdag", nil, nil).json(t, &lista)
	if len(lista.Data) != 1 || lista.Data[0].Deltagare == nil || *lista.UnderscoreMeta.TotalRecords != 1 {
		t.Errorf("listan: %+v", lista)
	}
	var versioner api.VersionLista
	p.vanta(200, vem, "GET", "/v1/deltaganden/"+deltagande+"/versioner", nil, nil).json(t, &versioner)
	if len(versioner.Data) != 4 {
		t.Errorf("fyra versioner, fick %d", len(versioner.Data))
	}

	p.vanta(201, vem, "POST", "/v1/samtycken/"+samtycke+"/aterkallelser", nil, nil)
	p.vanta(409, vem, "POST", "/v1/samtycken/"+samtycke+"/aterkallelser", nil, nil)
	var efter api.Deltagande
	p.vanta(200, vem, "GET", "/v1/deltaganden/"+deltagande, nil, nil).json(t, &efter)
	if efter.Deltagare != nil {
		t.Error("deltagandet har kvar sin person efter återkallelsen")
	}
	p.rapport(1, 1)

	p.vanta(201, vem, "POST", insats+"/anonyma", map[string]int{"inregistreringsar": 2026, "antalKvinnor": 2, "antalMan": 1}, nil)
	for fraga, antal := range map[string]int{
		"deltaganden?startdagFran=2026-01-01": 1, "deltaganden?startdagFran=2026-11-24": 0,
		"deltaganden?startdagTill=2026-11-24": 1, "deltaganden?startdagTill=2025-12-31": 0,
		"anonyma": 1, "anonyma?inregistreringsar=2026": 1, "anonyma?inregistreringsar=2025": 0,
	} {
		var l struct{ Data []any }
		if p.vanta(200, vem, "GET", insats+"/"+fraga, nil, nil).json(t, &l); len(l.Data) != antal {
			t.Errorf("%s ger %d poster, inte %d", fraga, len(l.Data), antal)
		}
	}

	var fornyad api.Token
	p.form(200, url.Values{"grant_type": {"refresh_token"}, "refresh_token": {*token.RefreshToken}}).json(t, &fornyad)
	if fornyad.AccessToken == token.AccessToken || fornyad.RefreshToken == nil {
		t.Error("förnyelsen gav ingen ny token")
	}
	p.vanta(204, vem, "POST", "/v1/utloggningar", nil, nil)
	p.vanta(401, vem, "GET", "/v1/jag", nil, nil)

	for _, hemligt := range []string{person.Siffror(), *traff.Namn, samtycke, token.AccessToken, huvudlosenord, a.personnummer.Siffror()} {
		if strings.Contains(p.logg.String(), hemligt) {
			t.Errorf("serverns logg bär %q", hemligt[:min(8, len(hemligt))])
		}
	}
	if !strings.Contains(p.logg.String(), "/v1/deltaganden/:deltagandeId") {
		t.Error("loggen saknar ruttens mönster")
	}
}

// rapport demands the two counts of the report of 2026.
func (p *prov) rapport(startade, slutade int) {
	p.t.Helper()
	var r api.Forsorjningsrapport
	p.vanta(200, "SUSRAPPORT", "GET", "/v1/rapporter/deltagarrapport/forsorjning?samverkansform=FINSAM&budgetar=2026", nil, nil).json(p.t, &r)
	if int(r.Start.Antal) != startade || int(r.Slut.Antal) != slutade {
		p.t.Errorf("rapporten räknar %d startade och %d avslutade, inte %d och %d", r.Start.Antal, r.Slut.Antal, startade, slutade)
	}
}

// form posts to the token endpoint.
func (p *prov) form(status int, v url.Values) anropssvar {
	p.t.Helper()
	return p.vanta(status, "", "POST", "/v1/tokens", v.Encode(), huvuden{"Content-Type": formtyp})
}

func TestEnMaskinklientGorSammaSakMedSinNyckel(t *testing.T) {
	p := nyttProv(t)
	p.aktor("MASKIN A1")
	var token api.Token
	p.form(200, url.Values{"grant_type": {"client_credentials"}, "client_id": {p.klientID.String()}, "client_secret": {p.hemlighet}, "scope": {"deltagande.skriv"}}).json(t, &token)
	if token.RefreshToken != nil || *token.Scope != "deltagande.skriv" || token.ExpiresIn > 300 {
		t.Errorf("token: %+v", token)
	}
	p.nyttDeltagande("MASKIN A1", "A1")
	p.vanta(400, "MASKIN A1", "POST", "/v1/insatser/"+p.insats["A1"].ID.String()+"/samtycken", p.samtycke(p.nyPerson()), huvuden{"Idempotency-Key": ""})
}

func TestEttUpprepatAnropGerForstaSvaret(t *testing.T) {
	p := nyttProv(t)
	const vem = "DELTAGARANSVARIG A1"
	insats := "/v1/insatser/" + p.insats["A1"].ID.String()
	nyckel := huvuden{"Idempotency-Key": "nyckel-0001"}
	kropp := p.samtycke(p.nyPerson())
	forsta := p.vanta(201, vem, "POST", insats+"/samtycken", kropp, nyckel)
	andra := p.vanta(201, vem, "POST", insats+"/samtycken", kropp, nyckel)
	if string(forsta.text) != string(andra.text) || forsta.huvud.Get("ETag") != andra.huvud.Get("ETag") || forsta.huvud.Get("Location") != andra.huvud.Get("Location") {
		t.Error("upprepningen svarar annorlunda")
	}
	p.vanta(422, vem, "POST", insats+"/samtycken", med(kropp, "sprak", "en"), nyckel)
	p.vanta(201, vem, "POST", "/v1/samtycken/"+forsta.id(t)+"/aterkallelser", nil, nil)
	p.vanta(410, vem, "POST", insats+"/samtycken", kropp, nyckel)
}

func TestEnSkyddadPersonRegistrerasAldrigMedIdentitet(t *testing.T) {
	p := nyttProv(t)
	const vem = "DELTAGARANSVARIG A1"
	for _, pnr := range []string{testnummer(1980, 5, 13), testnummer(1980, 5, 14)} {
		var svar map[string]any
		p.vanta(200, vem, "POST", "/v1/deltagare-sokningar", map[string]any{"insatsId": p.insats["A1"].ID, "personnummer": pnr}, nil).json(t, &svar)
		for _, falt := range []string{"namn", "kommun", "kon", "alder"} {
			if _, finns := svar[falt]; finns {
				t.Errorf("sökningen visar %s om en skyddad person", falt)
			}
		}
		if svar["skyddad"] != true {
			t.Errorf("sökningen: %v", svar)
		}
		kropp := map[string]any{"personnummer": pnr, "blankett": "9443", "datum": "2026-11-01", "sprak": "sv", "satt": "SKRIFTLIGT"}
		s := p.vanta(409, vem, "POST", "/v1/insatser/"+p.insats["A1"].ID.String()+"/samtycken", kropp, nil)
		if s.falt(t, "regel") != "skyddade-personuppgifter" {
			t.Errorf("regel: %v", s.falt(t, "regel"))
		}
	}
	var antal int
	ja(t, p.Super(t).QueryRowContext(context.Background(), `select count(*) from identitet`).Scan(&antal))
	if antal != 0 {
		t.Errorf("%d identiteter sparades", antal)
	}
}

func TestUtanFolkbokforingenRegistrerasBaraDenSomNyssSlagitsUpp(t *testing.T) {
	p := nyttProv(t)
	const vem = "DELTAGARANSVARIG A1"
	insats := "/v1/insatser/" + p.insats["A1"].ID.String()
	farskt, gammalt := p.nyttSamtycke(vem, "A1"), p.nyttSamtycke(vem, "A1")
	nyckel := huvuden{"Idempotency-Key": "nyckel-utan-navet"}
	kropp := p.samtycke(p.nyPerson())
	forsta := p.vanta(201, vem, "POST", insats+"/samtycken", kropp, nyckel)
	p.navet.Stang()

	s := p.vanta(503, vem, "POST", insats+"/samtycken", p.samtycke(p.nyPerson()), nil)
	if s.falt(t, "regel") != "folkbokforing-otillganglig" {
		t.Errorf("regel: %v", s.falt(t, "regel"))
	}
	p.vanta(503, vem, "POST", "/v1/deltagare-sokningar", map[string]any{"insatsId": p.insats["A1"].ID, "personnummer": p.nyPerson().Siffror()}, nil)
	// A stranger's insats is not asked about anybody, so the answer is as ever.
	p.vanta(404, vem, "POST", "/v1/insatser/"+p.insats["A2"].ID.String()+"/samtycken", kropp, nil)
	// A replay asks nobody either.
	if andra := p.vanta(201, vem, "POST", insats+"/samtycken", kropp, nyckel); string(andra.text) != string(forsta.text) {
		t.Error("upprepningen svarar annorlunda")
	}
	p.vanta(201, vem, "POST", insats+"/deltaganden", inregistrering(farskt), nil)
	_, err := p.Super(t).ExecContext(context.Background(), `update identitet set uppslagen = uppslagen - interval '25 hours' where samtycke_id = $1`, gammalt)
	ja(t, err)
	p.vanta(503, vem, "POST", insats+"/deltaganden", inregistrering(gammalt), nil)
}

func TestInloggningenNekasLikaForAlla(t *testing.T) {
	p := nyttProv(t)
	a := p.aktor("SUSRAPPORT").personnummer.Siffror()
	var svar []string
	for _, kropp := range []map[string]string{
		{"personnummer": a, "huvudlosenord": "fel"},
		{"personnummer": testnummer(1999, 1, 1), "huvudlosenord": huvudlosenord},
	} {
		svar = append(svar, string(p.vanta(401, "", "POST", "/v1/inloggningar", kropp, nil).text))
	}
	if svar[0] != svar[1] {
		t.Errorf("svaren skiljer sig: %s %s", svar[0], svar[1])
	}
	p.vanta(422, "", "POST", "/v1/inloggningar", map[string]string{"personnummer": "199901010000", "huvudlosenord": "x"}, nil)
	id := p.vanta(201, "", "POST", "/v1/inloggningar", p.inloggning("SUSRAPPORT"), nil).id(t)
	ratt := p.senasteKod()
	fel := "000000"
	if ratt == fel {
		fel = "000001"
	}
	vag := "/v1/inloggningar/" + id + "/koder"
	p.vanta(401, "", "POST", vag, map[string]string{"kod": fel}, nil)
	p.vanta(200, "", "POST", vag, map[string]string{"kod": ratt}, nil)
	p.vanta(410, "", "POST", vag, map[string]string{"kod": ratt}, nil)
	p.vanta(404, "", "POST", "/v1/inloggningar/019373a0-5555-7aaa-8bbb-0a1b2c3d4e5f/koder", map[string]string{"kod": ratt}, nil)
}

func TestTokenanropetSvararMedStandardensFelord(t *testing.T) {
	p := nyttProv(t)
	p.aktor("MASKIN A1")
	for _, f := range []struct {
		kropp  string
		status int
		fel    string
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
		s := p.vanta(f.status, "", "POST", "/v1/tokens", f.kropp, huvuden{"Content-Type": formtyp})
		if s.falt(t, "error") != f.fel {
			t.Errorf("%s: %v", f.kropp, s.falt(t, "error"))
		}
	}
	p.vanta(415, "", "POST", "/v1/tokens", `{"grant_type":"refresh_token"}`, nil)
	p.vanta(413, "", "POST", "/v1/tokens", "grant_type="+strings.Repeat("a", 300_000), huvuden{"Content-Type": formtyp})
}
