package httpapi

import (
	"bufio"
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

func testnummer(ar, manad, dag int) string {
	return register.Testnummer(register.NyttDatum(ar, manad, dag), true).Siffror()
}

// TestFelIndata is the table of bad input: the right status, problem+json
// in Swedish with every faulty field, nothing stored.
func TestFelIndataFarRattSvarOchSparasAldrig(t *testing.T) {
	p := nyttProv(t)
	const vem = "DELTAGARANSVARIG A1"
	insats := "/v1/insatser/" + p.insats["A1"].ID.String()
	framling := "/v1/insatser/" + p.insats["A2"].ID.String()
	okand := "/v1/insatser/019373a0-5b1a-7c3e-9f21-0a1b2c3d4e5f"
	pnr := testnummer(1991, 2, 3)
	bra := map[string]any{"personnummer": pnr, "blankett": "9443", "datum": "2026-11-01", "sprak": "sv", "satt": "SKRIFTLIGT"}
	text := `{"personnummer":"` + pnr + `","blankett":"9443","datum":"2026-11-01","sprak":"sv","satt":"SKRIFTLIGT"}`

	for _, f := range []struct {
		namn   string
		vag    string
		kropp  any
		h      huvuden
		status int
		pekare []string
	}{
		{"trasig JSON", insats + "/samtycken", `{"personnummer":`, nil, 400, nil},
		{"inte JSON", insats + "/samtycken", `<xml/>`, nil, 400, nil},
		{"tom kropp", insats + "/samtycken", ``, nil, 400, nil},
		{"data efter", insats + "/samtycken", text + `{}`, nil, 400, nil},
		{"byte order mark", insats + "/samtycken", "\ufeff" + text, nil, 400, nil},
		{"dubbla nycklar", insats + "/samtycken", strings.Replace(text, `{`, `{"sprak":"sv",`, 1), nil, 400, nil},
		{"dubbla nycklar med flykt", insats + "/samtycken", strings.Replace(text, `{`, `{"spr\u0061k":"sv",`, 1), nil, 400, nil},
		{"NUL", insats + "/samtycken", strings.Replace(text, `"sv"`, `"s\u0000"`, 1), nil, 400, nil},
		{"styrtecken", insats + "/samtycken", strings.Replace(text, `"sv"`, "\"s\x01\"", 1), nil, 400, nil},
		{"ogiltig UTF-8", insats + "/samtycken", strings.Replace(text, `"sv"`, "\"s\xff\"", 1), nil, 400, nil},
		{"ensamt surrogat", insats + "/samtycken", strings.Replace(text, `"sv"`, `"s\ud800"`, 1), nil, 400, nil},
		{"för djup", insats + "/samtycken", strings.Repeat("[", 20000) + strings.Repeat("]", 20000), nil, 400, nil},
		{"för stor", insats + "/samtycken", `{"personnummer":"` + strings.Repeat("1", 300_000) + `"}`, nil, 413, nil},
		{"text/plain", insats + "/samtycken", text, huvuden{"Content-Type": "text/plain"}, 415, nil},
		{"annan teckenkodning", insats + "/samtycken", text, huvuden{"Content-Type": "application/json; charset=latin1"}, 415, nil},
		{"komprimerad", insats + "/samtycken", text, huvuden{"Content-Encoding": "gzip"}, 415, nil},
		{"XML i svaret", insats + "/samtycken", text, huvuden{"Accept": "application/xml"}, 406, nil},
		{"fel id", "/v1/insatser/17/samtycken", bra, nil, 400, []string{"insatsId"}},
		{"okänd frågeparameter", insats + "/samtycken?x=1", bra, nil, 400, []string{"x"}},
		{"fel nyckel", insats + "/samtycken", bra, huvuden{"Idempotency-Key": "kort"}, 400, []string{"Idempotency-Key"}},
		{"lista i stället för objekt", insats + "/samtycken", `[]`, nil, 422, []string{""}},
		{"okänt fält", insats + "/samtycken", med(bra, "namn", "Alva"), nil, 422, []string{"/namn"}},
		{"allt fel på en gång", insats + "/samtycken", map[string]any{"personnummer": 5, "blankett": "9443", "datum": "2026-02-30", "sprak": "svenska", "satt": "MUNTLIGT", "x": 1}, nil, 422,
			[]string{"/datum", "/personnummer", "/satt", "/sprak", "/x"}},
		{"saknade fält", insats + "/samtycken", map[string]any{}, nil, 422, []string{"/blankett", "/datum", "/personnummer", "/satt", "/sprak"}},
		{"null", insats + "/samtycken", `{"personnummer":null,"blankett":"9443","datum":"2026-11-01","sprak":"sv","satt":"SKRIFTLIGT"}`, nil, 422, []string{"/personnummer"}},
		{"fel kontrollsiffra och år 1899", insats + "/samtycken", med(med(bra, "personnummer", "199102032380"), "datum", "1899-12-31"), nil, 422, []string{"/datum", "/personnummer"}},
		{"tio siffror", insats + "/samtycken", med(bra, "personnummer", pnr[2:]), nil, 422, []string{"/personnummer"}},
		{"framtida datum", insats + "/samtycken", med(bra, "datum", "2026-11-25"), nil, 422, []string{"/datum"}},
		{"okänd kod", insats + "/samtycken", med(bra, "blankett", "9999"), nil, 422, []string{"/blankett"}},
		{"personnummer i externtId", insats + "/samtycken", med(bra, "externtId", "arende-"+pnr), nil, 422, []string{"/externtId"}},
		{"främmande insats", framling + "/samtycken", bra, nil, 404, nil},
		{"okänd insats", okand + "/samtycken", bra, nil, 404, nil},
		{"okänt samtycke", insats + "/deltaganden", inregistrering("019373a0-2222-7aaa-8bbb-0a1b2c3d4e5f"), nil, 404, nil},
		{"för stort tal", insats + "/anonyma", `{"inregistreringsar":2026,"antalKvinnor":1e400,"antalMan":2147483648}`, nil, 422, []string{"/antalKvinnor", "/antalMan"}},
		{"decimaltal", insats + "/anonyma", `{"inregistreringsar":2026,"antalKvinnor":1.5,"antalMan":-1}`, nil, 422, []string{"/antalKvinnor", "/antalMan"}},
	} {
		t.Run(f.namn, func(t *testing.T) {
			s := p.anropa(vem, "POST", f.vag, f.kropp, f.h)
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
	var antal int
	ja(t, p.Super(t).QueryRow(`select (select count(*) from samtycke) + (select count(*) from deltagande) + (select count(*) from anonyma)`).Scan(&antal))
	if antal != 0 {
		t.Errorf("%d rader sparades", antal)
	}
}

func TestTusentalsOkandaFaltNekasFort(t *testing.T) {
	p := nyttProv(t)
	kropp := map[string]any{}
	for i := range 9000 {
		kropp["falt"+strconv.Itoa(i)] = i
	}
	start := time.Now()
	s := p.vanta(422, "DELTAGARANSVARIG A1", "POST", "/v1/insatser/"+p.insats["A1"].ID.String()+"/samtycken", kropp, nil)
	if tog := time.Since(start); tog > time.Second {
		t.Errorf("det tog %v", tog)
	}
	if fel, _ := s.falt(t, "fel").([]any); len(fel) != maxFel {
		t.Errorf("%d fel visas", len(fel))
	}
}

func TestTalKanSkrivasPaVarjeSattJSONTillater(t *testing.T) {
	p := nyttProv(t)
	s := p.vanta(201, "DELTAGARANSVARIG A1", "POST", "/v1/insatser/"+p.insats["A1"].ID.String()+"/anonyma", `{"inregistreringsar":2026.0,"antalKvinnor":1e1,"antalMan":-0}`, nil)
	if s.falt(t, "antalKvinnor") != 10.0 || s.falt(t, "antalMan") != 0.0 {
		t.Errorf("%s", s.text)
	}
}

func TestFelaktigaParametrarNamns(t *testing.T) {
	p := nyttProv(t)
	for vag, pekare := range map[string]string{
		"/v1/insatser?limit=0":                      "limit",
		"/v1/insatser?limit=101":                    "limit",
		"/v1/insatser?limit=abc":                    "limit",
		"/v1/insatser?limit=":                       "limit",
		"/v1/insatser?limit=1e1":                    "limit",
		"/v1/insatser?limit=2&limit=2":              "limit",
		"/v1/insatser?offset=-1":                    "offset",
		"/v1/insatser?offset=999999999999999999999": "offset",
		"/v1/insatser?mina=maybe":                   "mina",
		"/v1/insatser?sort=id":                      "sort",
		"/v1/insatser?organisationId=1":             "organisationId",
		"/v1/insatser?namn=a%00b":                   "namn",
		"/v1/insatser?namn=a%ffb":                   "namn",
		"/v1/insatser?Limit=2":                      "Limit",
		"/v1/insatser?%22x=2":                       "?",
		"/v1/insatser?access_token=x":               "access_token",
		"/v1/kodverk?giltigPa=2023-02-30":           "giltigPa",
		"/v1/kommuner?lan=3":                        "lan",
		"/v1/rapporter/deltagarrapport/forsorjning?samverkansform=FINSAM":                          "budgetar",
		"/v1/rapporter/deltagarrapport/forsorjning?samverkansform=FINSAM&budgetar=2010&format=pdf": "format",
	} {
		var pr api.Problem
		p.vanta(400, "SUSRAPPORT", "GET", vag, nil, nil).json(t, &pr)
		if len(pr.Fel) != 1 || pr.Fel[0].Pekare != pekare {
			t.Errorf("%s pekar på %+v, inte %s", vag, pr.Fel, pekare)
		}
	}
	p.vanta(400, "SUSRAPPORT", "GET", "/v1/insatser?namn=%zz", nil, nil)
}

func TestEnAndringKraverSenasteETag(t *testing.T) {
	p := nyttProv(t)
	const vem = "DELTAGARANSVARIG A1"
	d := p.nyttDeltagande(vem, "A1")
	vag := "/v1/deltaganden/" + d + "/inregistrering"
	kropp := med(med(inregistrering(""), "samtyckeId", nil), "skal", "Rättelse.")
	p.vanta(428, vem, "PUT", vag, kropp, nil)
	for _, etag := range []string{`"2"`, `W/"1"`, `*`, `1`, `"1", "2"`, `"x`, `"01"`, `"-1"`, `"99999999999"`} {
		p.vanta(412, vem, "PUT", vag, kropp, huvuden{"If-Match": etag})
	}
	p.vanta(200, vem, "PUT", vag, kropp, huvuden{"If-Match": `"1"`})
	p.vanta(412, vem, "PUT", vag, kropp, huvuden{"If-Match": `"1"`})
	// A stranger learns nothing: 404 whatever the ETag.
	p.vanta(404, "DELTAGARANSVARIG A2", "PUT", vag, kropp, huvuden{"If-Match": `"2"`})
}

func TestUtanGiltigTokenKommerIngenIn(t *testing.T) {
	p := nyttProv(t)
	p.aktor("MASKIN A1")
	bra := p.aktor("SUSRAPPORT").token
	delar := strings.Split(bra, ".")
	utgangen, err := p.auth.MintaDemo(t.Context(), auth.DemoToken{KlientID: p.klientID, Fel: auth.FelUtgangen})
	ja(t, err)
	audience, err := p.auth.MintaDemo(t.Context(), auth.DemoToken{KlientID: p.klientID, Fel: auth.FelAudience})
	ja(t, err)
	for namn, huvud := range map[string]string{
		"ingen": "", "tom": "Bearer ", "Basic": "Basic YTpi", "skräp": "Bearer x.y.z", "utan signatur": "Bearer " + delar[0] + "." + delar[1] + ".",
		"utan algoritm": "Bearer eyJhbGciOiJub25lIn0." + delar[1] + ".", "utgången": "Bearer " + utgangen, "annan mottagare": "Bearer " + audience,
		"för lång": "Bearer " + strings.Repeat("a", 5000),
	} {
		s := p.anropa("", "GET", "/v1/insatser", nil, huvuden{"Authorization": huvud})
		if s.status != 401 {
			t.Errorf("%s: %d", namn, s.status)
		}
	}
	p.vanta(401, "", "GET", "/v1/insatser?access_token="+bra, nil, nil)
	// Who may not ask learns so before what was sent is read, or looked up.
	p.vanta(401, "", "POST", "/v1/insatser/17/samtycken", `{`, nil)
	p.vanta(403, "SUSRAPPORT", "POST", "/v1/insatser/17/samtycken", `{`, nil)
	p.vanta(403, "SUSRAPPORT", "GET", "/v1/deltaganden/019373a0-3333-7aaa-8bbb-0a1b2c3d4e5f", nil, nil)
	p.vanta(200, "", "GET", "/v1/api-info", nil, huvuden{"Authorization": "Bearer skräp"})
}

func TestOkandAdressOchMetodArProblem(t *testing.T) {
	p := nyttProv(t)
	for _, vag := range []string{"/v1/finns-inte", "/v2/insatser", "/v1/insatser/", "/finns-inte", "/v1//insatser", "/v1/Insatser"} {
		p.vanta(404, "SUSRAPPORT", "GET", vag, nil, nil)
	}
	for vag, allow := range map[string]string{"/v1/insatser": "GET", "/v1/jag": "GET", "/v1/tokens": "POST", "/health/live": "GET"} {
		for _, metod := range []string{"DELETE", "PATCH", "TRACE", "PROPFIND"} {
			s := p.vanta(405, "SUSRAPPORT", metod, vag, nil, nil)
			if !strings.Contains(s.huvud.Get("Allow"), allow) {
				t.Errorf("%s %s: Allow %q", metod, vag, s.huvud.Get("Allow"))
			}
		}
	}
	p.vanta(405, "", "GET", "/v1/tokens", nil, nil)
	if s := p.utan("", "OPTIONS", "/v1/insatser", nil, nil); s.status != 204 || s.huvud.Get("Allow") == "" || s.huvud.Get("Access-Control-Allow-Origin") != "" {
		t.Errorf("OPTIONS: %d %v", s.status, s.huvud)
	}
	if s := p.utan("SUSRAPPORT", "HEAD", "/v1/insatser", nil, nil); s.status != 200 || len(s.text) != 0 {
		t.Errorf("HEAD: %d %s", s.status, s.text)
	}
	p.vanta(414, "", "GET", "/v1/insatser?namn="+strings.Repeat("a", 5000), nil, nil)
}

func TestVadNetHTTPSjalvtNekarArOcksaProblem(t *testing.T) {
	p := nyttProv(t)
	for namn, begaran := range map[string]string{
		"trasig adress":     "GET /v1/insatser/%ff%fe%zz HTTP/1.1\r\nHost: x\r\n\r\n",
		"ingen Host":        "GET /v1/insatser HTTP/1.1\r\n\r\n",
		"skräp":             "hej hej\r\n\r\n",
		"för stora huvuden": "GET / HTTP/1.1\r\nHost: x\r\nX: " + strings.Repeat("a", 60_000) + "\r\n\r\n",
		"okänd överföring":  "POST /v1/tokens HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: rot13\r\n\r\n",
	} {
		c, err := net.Dial("tcp", strings.TrimPrefix(p.bas, "http://"))
		ja(t, err)
		_, err = io.WriteString(c, begaran)
		ja(t, err)
		ut, err := http.ReadResponse(bufio.NewReader(c), nil)
		if err != nil {
			t.Fatalf("%s: %v", namn, err)
		}
		text, err := io.ReadAll(ut.Body)
		ja(t, err)
		p.provaProblem("GET", namn, anropssvar{ut.StatusCode, ut.Header, text})
		_ = c.Close()
	}
}
