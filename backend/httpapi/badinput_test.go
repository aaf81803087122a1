package httpapi

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"sus/api"
	"sus/backend/auth"
	"sus/backend/register"
)

func testnummer(ar, month, dag int) string {
	return register.Testnummer(register.NyttDatum(ar, month, dag), true).Siffror()
}

// TestBadInputGetsTheRightAnswerAndIsNeverStored is the table of bad input: the right status, problem+json
// in Swedish with every faulty field, nothing stored.
func TestBadInputGetsTheRightAnswerAndIsNeverStored(t *testing.T) {
	p := newHarness(t)
	const who = "DELTAGARANSVARIG A1"
	insats := "/v1/insatser/" + p.insats["A1"].ID.String()
	foreign := "/v1/insatser/" + p.insats["A2"].ID.String()
	unknown := "/v1/insatser/019373a0-5b1a-7c3e-9f21-0a1b2c3d4e5f"
	pnr := testnummer(1991, 2, 3)
	good := map[string]any{"personnummer": pnr, "blankett": "9443", "datum": "2026-11-01", "sprak": "sv", "satt": "SKRIFTLIGT"}
	text := `{"personnummer":"` + pnr + `","blankett":"9443","datum":"2026-11-01","sprak":"sv","satt":"SKRIFTLIGT"}`

	for _, f := range []struct {
		name   string
		path   string
		body   any
		h      headers
		status int
		pekare []string
	}{
		{"broken JSON", insats + "/samtycken", `{"personnummer":`, nil, 400, nil},
		{"what is not JSON", insats + "/samtycken", `<xml/>`, nil, 400, nil},
		{"an empty body", insats + "/samtycken", ``, nil, 400, nil},
		{"data after the body", insats + "/samtycken", text + `{}`, nil, 400, nil},
		{"a byte order mark", insats + "/samtycken", "\ufeff" + text, nil, 400, nil},
		{"a key twice", insats + "/samtycken", strings.Replace(text, `{`, `{"sprak":"sv",`, 1), nil, 400, nil},
		{"a key twice, once escaped", insats + "/samtycken", strings.Replace(text, `{`, `{"spr\u0061k":"sv",`, 1), nil, 400, nil},
		{"NUL in a string", insats + "/samtycken", strings.Replace(text, `"sv"`, `"s\u0000"`, 1), nil, 400, nil},
		{"a control character", insats + "/samtycken", strings.Replace(text, `"sv"`, "\"s\x01\"", 1), nil, 400, nil},
		{"invalid UTF-8", insats + "/samtycken", strings.Replace(text, `"sv"`, "\"s\xff\"", 1), nil, 400, nil},
		{"a lone surrogate", insats + "/samtycken", strings.Replace(text, `"sv"`, `"s\ud800"`, 1), nil, 400, nil},
		{"a body too deep", insats + "/samtycken", strings.Repeat("[", 20000) + strings.Repeat("]", 20000), nil, 400, nil},
		{"a body too large", insats + "/samtycken", `{"personnummer":"` + strings.Repeat("1", 300_000) + `"}`, nil, 413, nil},
		{"a body of text/plain", insats + "/samtycken", text, headers{"Content-Type": "text/plain"}, 415, nil},
		{"another charset", insats + "/samtycken", text, headers{"Content-Type": "application/json; charset=latin1"}, 415, nil},
		{"a compressed body", insats + "/samtycken", text, headers{"Content-Encoding": "gzip"}, 415, nil},
		{"a response wanted as XML", insats + "/samtycken", text, headers{"Accept": "application/xml"}, 406, nil},
		{"an insats id that is none", "/v1/insatser/17/samtycken", good, nil, 400, []string{"insatsId"}},
		{"an unknown query parameter", insats + "/samtycken?x=1", good, nil, 400, []string{"x"}},
		{"an Idempotency-Key too short", insats + "/samtycken", good, headers{"Idempotency-Key": "kort"}, 400, []string{"Idempotency-Key"}},
		{"an array instead of an object", insats + "/samtycken", `[]`, nil, 422, []string{""}},
		{"an unknown field", insats + "/samtycken", with(good, "namn", "Alva"), nil, 422, []string{"/namn"}},
		{"everything wrong at once", insats + "/samtycken", map[string]any{"personnummer": 5, "blankett": "9443", "datum": "2026-02-30", "sprak": "svenska", "satt": "MUNTLIGT", "x": 1}, nil, 422,
			[]string{"/datum", "/personnummer", "/satt", "/sprak", "/x"}},
		{"missing fields", insats + "/samtycken", map[string]any{}, nil, 422, []string{"/blankett", "/datum", "/personnummer", "/satt", "/sprak"}},
		{"a field that is null", insats + "/samtycken", `{"personnummer":null,"blankett":"9443","datum":"2026-11-01","sprak":"sv","satt":"SKRIFTLIGT"}`, nil, 422, []string{"/personnummer"}},
		{"a wrong check digit, and the year 1899", insats + "/samtycken", with(with(good, "personnummer", "199102032380"), "datum", "1899-12-31"), nil, 422, []string{"/datum", "/personnummer"}},
		{"a personnummer of ten digits", insats + "/samtycken", with(good, "personnummer", pnr[2:]), nil, 422, []string{"/personnummer"}},
		{"a date to come", insats + "/samtycken", with(good, "datum", "2026-11-25"), nil, 422, []string{"/datum"}},
		{"an unknown code", insats + "/samtycken", with(good, "blankett", "9999"), nil, 422, []string{"/blankett"}},
		{"a personnummer in externtId", insats + "/samtycken", with(good, "externtId", "arende-"+pnr), nil, 422, []string{"/externtId"}},
		{"a stranger's insats", foreign + "/samtycken", good, nil, 404, nil},
		{"an unknown insats", unknown + "/samtycken", good, nil, 404, nil},
		{"an unknown samtycke", insats + "/deltaganden", inregistrering("019373a0-2222-7aaa-8bbb-0a1b2c3d4e5f"), nil, 404, nil},
		{"a number too large", insats + "/anonyma", `{"inregistreringsar":2026,"antalKvinnor":1e400,"antalMan":2147483648}`, nil, 422, []string{"/antalKvinnor", "/antalMan"}},
		{"a number with decimals", insats + "/anonyma", `{"inregistreringsar":2026,"antalKvinnor":1.5,"antalMan":-1}`, nil, 422, []string{"/antalKvinnor", "/antalMan"}},
	} {
		t.Run(f.name, func(t *testing.T) {
			s := p.call(who, "POST", f.path, f.body, f.h)
			if s.status != f.status {
				t.Fatalf("ska ge %d, gav %d: %s", f.status, s.status, s.text)
			}
			var pr api.Problem
			s.json(t, &pr)
			var pekare []string
			for _, x := range pr.Fel {
				pekare = append(pekare, x.Pekare)
				if x.Meddelande == "" || x.Regel == "" {
					t.Errorf("felet saknar text: %+v", x)
				}
			}
			slices.Sort(pekare)
			if !slices.Equal(pekare, f.pekare) {
				t.Errorf("pekar på %q, inte %q", pekare, f.pekare)
			}
			if strings.Contains(string(s.text), pnr) {
				t.Errorf("svaret upprepar det inskrivna: %s", s.text)
			}
		})
	}
	var count int
	must(t, p.Super(t).QueryRow(`select (select count(*) from samtycke) + (select count(*) from deltagande) + (select count(*) from anonyma)`).Scan(&count))
	if count != 0 {
		t.Errorf("%d rader sparades", count)
	}
}

// TestFaultsSayWhatToDo: words that a reader can act on.
func TestFaultsSayWhatToDo(t *testing.T) {
	p := newHarness(t)
	const who = "DELTAGARANSVARIG A1"
	samtycken := "/v1/insatser/" + p.insats["A1"].ID.String() + "/samtycken"
	d := p.newDeltagande(who, "A1")
	corrected := with(with(inregistrering(""), "samtyckeId", nil), "skal", "Fel år ")
	for _, f := range []struct {
		method, path string
		body         any
		h            headers
		status       int
		text         string
	}{
		{"POST", samtycken, `{"personnummer": ?}`, nil, 400, "fel vid byte 17"},
		{"POST", samtycken, `{"blankett":"å"}`, nil, 422, "Skriv en kod ur kodverket"},
		{"PUT", "/v1/deltaganden/" + d + "/inregistrering", corrected, headers{"If-Match": `"1"`}, 422, "utan mellanslag först eller sist"},
		{"GET", "/v1/kommuner", nil, headers{"Accept": "application/xml"}, 406, "Välj i Accept bland: application/json."},
		{"GET", rapportPath, nil, headers{"Accept": "application/pdf"}, 406, "text/csv; profile=excel-sv"},
		{"GET", rapportPath + "&lan=99", nil, nil, 422, `"detail":"En eller flera parametrar är felaktiga."`},
		{"GET", rapportPath + "&lan=99", nil, nil, 422, `"pekare":"lan"`},
		{"GET", "/v1/kommuner?lan=", nil, nil, 400, "Skriv två siffror"},
	} {
		s := p.expect(f.status, who, f.method, f.path, f.body, f.h)
		if !strings.Contains(string(s.text), f.text) {
			t.Errorf("%s %s: ska säga «%s»: %s", f.method, f.path, f.text, s.text)
		}
	}
	for form, falt := range map[string][]string{
		"grant_type=client_credentials":             {"/client_id", "/client_secret"},
		"grant_type=client_credentials&client_id=x": {"/client_secret"},
		"grant_type=refresh_token&refresh_token=":   {"/refresh_token"},
	} {
		var pr api.Problem
		p.expect(400, "", "POST", "/v1/tokens", form, headers{"Content-Type": formType}).json(t, &pr)
		var pekare []string
		for _, x := range pr.Fel {
			pekare = append(pekare, x.Pekare)
		}
		if !slices.Equal(pekare, falt) {
			t.Errorf("%s pekar på %v", form, pekare)
		}
	}
}

func TestThousandsOfUnknownFieldsAreRefusedFast(t *testing.T) {
	p := newHarness(t)
	body := map[string]any{}
	for i := range 9000 {
		body["falt"+strconv.Itoa(i)] = i
	}
	start := time.Now()
	s := p.expect(422, "DELTAGARANSVARIG A1", "POST", "/v1/insatser/"+p.insats["A1"].ID.String()+"/samtycken", body, nil)
	if took := time.Since(start); took > time.Second {
		t.Errorf("det tog %v", took)
	}
	if faults, _ := s.falt(t, "fel").([]any); len(faults) != maxFaults {
		t.Errorf("%d fel visas", len(faults))
	}
}

func TestANumberMayBeWrittenInEveryWayThatJSONAllows(t *testing.T) {
	p := newHarness(t)
	s := p.expect(201, "DELTAGARANSVARIG A1", "POST", "/v1/insatser/"+p.insats["A1"].ID.String()+"/anonyma", `{"inregistreringsar":2026.0,"antalKvinnor":1e1,"antalMan":-0}`, nil)
	if s.falt(t, "antalKvinnor") != 10.0 || s.falt(t, "antalMan") != 0.0 {
		t.Errorf("%s", s.text)
	}
}

func TestFaultyParametersAreNamed(t *testing.T) {
	p := newHarness(t)
	for path, pekare := range map[string]string{
		"/v1/insatser?limit=0":                                    "limit",
		"/v1/insatser?limit=101":                                  "limit",
		"/v1/insatser?limit=abc":                                  "limit",
		"/v1/insatser?limit=":                                     "limit",
		"/v1/insatser?limit=1e1":                                  "limit",
		"/v1/insatser?limit=2&limit=2":                            "limit",
		"/v1/insatser?offset=-1":                                  "offset",
		"/v1/insatser?offset=999999999999999999999":               "offset",
		"/v1/insatser?mina=maybe":                                 "mina",
		"/v1/insatser?sort=id":                                    "sort",
		"/v1/insatser?organisationId=1":                           "organisationId",
		"/v1/insatser?namn=a%00b":                                 "namn",
		"/v1/insatser?namn=a%ffb":                                 "namn",
		"/v1/insatser?Limit=2":                                    "Limit",
		"/v1/insatser?%22x=2":                                     "?",
		"/v1/insatser?access_token=x":                             "access_token",
		"/v1/kodverk?giltigPa=2023-02-30":                         "giltigPa",
		"/v1/kommuner?lan=3":                                      "lan",
		"/v1/rapporter/deltagarrapport/forsorjning?budgetar=2010": "samverkansform",
		"/v1/rapporter/deltagarrapport/forsorjning?samverkansform=FINSAM&budgetar=2010&format=pdf": "format",
	} {
		var pr api.Problem
		p.expect(400, "SUSRAPPORT", "GET", path, nil, nil).json(t, &pr)
		if len(pr.Fel) != 1 || pr.Fel[0].Pekare != pekare {
			t.Errorf("%s pekar på %+v, inte %s", path, pr.Fel, pekare)
		}
	}
	p.expect(400, "SUSRAPPORT", "GET", "/v1/insatser?namn=%zz", nil, nil)
	// Which time is asked for can be said in three ways, and exactly one is to be said.
	for query, pekare := range map[string]string{"": "budgetar", "&budgetar=2010&period=senaste": "budgetar", "&budgetar=2010&fran=2010-01&till=2010-02": "budgetar",
		"&fran=2010-01": "till", "&till=2010-01": "fran"} {
		s := p.expect(422, "SUSRAPPORT", "GET", "/v1/rapporter/deltagarrapport/forsorjning?samverkansform=FINSAM"+query, nil, nil)
		if r := s.regelOf(t, pekare); r != "tidsval" {
			t.Errorf("%q at %s: %q of %s", query, pekare, r, s.text)
		}
	}
}

func TestAChangeNeedsTheLatestETag(t *testing.T) {
	p := newHarness(t)
	const who = "DELTAGARANSVARIG A1"
	d := p.newDeltagande(who, "A1")
	path := "/v1/deltaganden/" + d + "/inregistrering"
	body := with(with(inregistrering(""), "samtyckeId", nil), "skal", "Rättelse.")
	p.expect(428, who, "PUT", path, body, nil)
	for _, etag := range []string{`"2"`, `W/"2"`, `"2-gzip"`, `*`, `1`, `"1", "2"`, `"x`, `"01"`, `"-1"`, `"99999999999"`, `w/"1"`, `"1-x"`, `"1-gzip`, `W/1`} {
		p.expect(412, who, "PUT", path, body, headers{"If-Match": etag})
	}
	// What proxies that compress make of "1", "2", …: the same version.
	for i, form := range []string{`"%d"`, `W/"%d"`, `"%d-gzip"`, `W/"%d-gzip"`, `"%d--gzip"`, `"%d;br"`} {
		changed := with(body, "arOffentligForsorjning", i+3)
		p.expect(200, who, "PUT", path, changed, headers{"If-Match": fmt.Sprintf(form, i+1)})
	}
	p.expect(412, who, "PUT", path, body, headers{"If-Match": `"1"`})
	// A stranger learns nothing: 404 whatever the ETag.
	p.expect(404, "DELTAGARANSVARIG A2", "PUT", path, body, headers{"If-Match": `"2"`})
}

func TestNobodyGetsInWithoutAValidToken(t *testing.T) {
	p := newHarness(t)
	p.aktor("MASKIN A1")
	good := p.aktor("SUSRAPPORT").token
	parts := strings.Split(good, ".")
	expired, err := p.auth.MintaDemo(t.Context(), auth.DemoToken{KlientID: p.klientID, Fel: auth.FelUtgangen})
	must(t, err)
	audience, err := p.auth.MintaDemo(t.Context(), auth.DemoToken{KlientID: p.klientID, Fel: auth.FelAudience})
	must(t, err)
	for name, header := range map[string]string{
		"no header": "", "an empty token": "Bearer ", "Basic": "Basic YTpi", "rubbish": "Bearer x.y.z", "a token without signature": "Bearer " + parts[0] + "." + parts[1] + ".",
		"a token without algorithm": "Bearer eyJhbGciOiJub25lIn0." + parts[1] + ".", "a token that has expired": "Bearer " + expired, "a token for another audience": "Bearer " + audience,
		"a token too long": "Bearer " + strings.Repeat("a", 5000),
	} {
		s := p.call("", "GET", "/v1/insatser", nil, headers{"Authorization": header})
		_, sent := bearer(http.Header{"Authorization": {header}})
		if s.status != 401 || strings.Contains(s.header.Get("WWW-Authenticate"), "invalid_token") != sent {
			t.Errorf("%s: %d %s", name, s.status, s.header.Get("WWW-Authenticate"))
		}
	}
	p.expect(401, "", "GET", "/v1/insatser?access_token="+good, nil, nil)
	// Who may not ask learns so before what was sent is read, or looked up.
	p.expect(401, "", "POST", "/v1/insatser/17/samtycken", `{`, nil)
	p.expect(403, "SUSRAPPORT", "POST", "/v1/insatser/17/samtycken", `{`, nil)
	p.expect(403, "SUSRAPPORT", "GET", "/v1/deltaganden/019373a0-3333-7aaa-8bbb-0a1b2c3d4e5f", nil, nil)
	p.expect(200, "", "GET", "/v1/api-info", nil, headers{"Authorization": "Bearer skräp"})
}

func TestAnUnknownAddressOrMethodIsAProblem(t *testing.T) {
	p := newHarness(t)
	for _, path := range []string{"/v1/finns-inte", "/v2/insatser", "/v1/insatser/", "/finns-inte", "/v1//insatser", "/v1/Insatser"} {
		p.expect(404, "SUSRAPPORT", "GET", path, nil, nil)
	}
	for path, allow := range map[string]string{"/v1/insatser": "GET", "/v1/jag": "GET", "/v1/tokens": "POST", "/health/live": "GET"} {
		for _, method := range []string{"DELETE", "PATCH", "TRACE", "PROPFIND"} {
			s := p.expect(405, "SUSRAPPORT", method, path, nil, nil)
			if !strings.Contains(s.header.Get("Allow"), allow) {
				t.Errorf("%s %s: Allow %q", method, path, s.header.Get("Allow"))
			}
		}
	}
	p.expect(405, "", "GET", "/v1/tokens", nil, nil)
	if s := p.callUnchecked("", "OPTIONS", "/v1/insatser", nil, nil); s.status != 204 || s.header.Get("Allow") == "" || s.header.Get("Access-Control-Allow-Origin") != "" {
		t.Errorf("OPTIONS: %d %v", s.status, s.header)
	}
	if s := p.callUnchecked("SUSRAPPORT", "HEAD", "/v1/insatser", nil, nil); s.status != 200 || len(s.text) != 0 {
		t.Errorf("HEAD: %d %s", s.status, s.text)
	}
	p.expect(414, "", "GET", "/v1/insatser?namn="+strings.Repeat("a", 5000), nil, nil)
}

func TestWhatNetHTTPRefusesItselfIsAProblemToo(t *testing.T) {
	p := newHarness(t)
	for name, begaran := range map[string]string{
		"a broken path":                "GET /v1/insatser/%ff%fe%zz HTTP/1.1\r\nHost: x\r\n\r\n",
		"no Host":                      "GET /v1/insatser HTTP/1.1\r\n\r\n",
		"rubbish":                      "hej hej\r\n\r\n",
		"headers too large":            "GET / HTTP/1.1\r\nHost: x\r\nX: " + strings.Repeat("a", 60_000) + "\r\n\r\n",
		"an unknown Transfer-Encoding": "POST /v1/tokens HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: rot13\r\n\r\n",
	} {
		c, err := net.Dial("tcp", strings.TrimPrefix(p.bas, "http://"))
		must(t, err)
		_, err = io.WriteString(c, begaran)
		must(t, err)
		out, err := http.ReadResponse(bufio.NewReader(c), nil)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		text, err := io.ReadAll(out.Body)
		must(t, err)
		p.checkProblem("GET", name, answer{out.StatusCode, out.Header, text})
		_ = c.Close()
	}
}
