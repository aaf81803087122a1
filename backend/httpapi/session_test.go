package httpapi

import (
	"net/http"
	"strings"
	"testing"
	"testing/fstest"
	"time"
)

// webbprov is a stand-in for the built web client.
func webbprov(o *Options) {
	o.Webb = fstest.MapFS{
		"index.html":     {Data: []byte(`<!doctype html><html lang="sv"><title>SUS</title>`)},
		"assets/a-1a.js": {Data: []byte(strings.Repeat("export const a = 1;\n", 200))},
		"ikon.svg":       {Data: []byte("<svg/>")},
		".gitkeep":       {},
	}
}

// webblasare is a browser's log-in: the cookie and what GET /session said.
type webblasare struct {
	p          *prov
	kaka, csrf string
}

func (p *prov) loggaInWebblasare(vem string) *webblasare {
	t := p.t
	t.Helper()
	s := p.utan("", "POST", "/session/inloggningar",
		map[string]string{"personnummer": p.aktor(vem).personnummer.Siffror(), "huvudlosenord": huvudlosenord}, nil)
	if s.status != 201 {
		t.Fatalf("första steget gav %d: %s", s.status, s.text)
	}
	s = p.utan("", "POST", "/session/inloggningar/"+s.id(t)+"/koder", map[string]string{"kod": p.senasteKod()}, nil)
	if s.status != 200 {
		t.Fatalf("andra steget gav %d: %s", s.status, s.text)
	}
	kaka, attribut, _ := strings.Cut(s.huvud.Get("Set-Cookie"), ";")
	for _, krav := range []string{"Path=/", "HttpOnly", "Secure", "SameSite=Strict", "Max-Age=43"} {
		if !strings.Contains(attribut, krav) {
			t.Errorf("kakan saknar %s: %s", krav, attribut)
		}
	}
	if !strings.HasPrefix(kaka, "__Host-sus=") || strings.Contains(attribut, "Domain") {
		t.Errorf("kakan är inte bunden till värden")
	}
	w := &webblasare{p: p, kaka: kaka}
	s = w.anropa("GET", "/session", nil, nil)
	if s.status != 200 {
		t.Fatalf("GET /session gav %d: %s", s.status, s.text)
	}
	w.csrf, _ = s.falt(t, "csrf").(string)
	return w
}

func (w *webblasare) anropa(metod, vag string, kropp any, h huvuden) anropssvar {
	w.p.t.Helper()
	alla := huvuden{"Cookie": w.kaka, "X-SUS-CSRF": w.csrf, "Origin": w.p.bas, "Sec-Fetch-Site": "same-origin"}
	for namn, varde := range h {
		alla[namn] = varde
	}
	return w.p.utan("", metod, vag, kropp, alla)
}

func TestEnWebblasareLoggarInMedEnKakaOchGorHuvudjobbet(t *testing.T) {
	p := nyttProv(t)
	w := p.loggaInWebblasare("DELTAGARANSVARIG A1")
	var s struct {
		CSRF                  string
		GiltigTill, VilarTill time.Time
		Demo                  bool
		Jag                   struct {
			PersonnummerMaskerat string
			Behorigheter         []any
		}
	}
	svar := w.anropa("GET", "/session", nil, nil)
	svar.json(t, &s)
	if !s.Demo || len(s.Jag.Behorigheter) != 1 || !strings.HasSuffix(s.Jag.PersonnummerMaskerat, "****") || len(s.CSRF) < 40 {
		t.Errorf("sessionen: %s", svar.text)
	}
	if vila, hel := s.VilarTill.Sub(p.st.Nu()), s.GiltigTill.Sub(p.st.Nu()); vila < 28*time.Minute || vila > 30*time.Minute || hel < 11*time.Hour || hel > 12*time.Hour {
		t.Errorf("vilar till %v, giltig till %v", s.VilarTill, s.GiltigTill)
	}
	if strings.Contains(string(svar.text), strings.TrimPrefix(w.kaka, "__Host-sus=")) {
		t.Error("svaret visar kakan för sidans skript")
	}
	sok := map[string]any{"insatsId": p.insats["A1"].ID, "personnummer": p.nyPerson().Siffror()}
	if r := w.anropa("POST", "/v1/deltagare-sokningar", sok, nil); r.status != 200 {
		t.Errorf("sökning med kaka gav %d: %s", r.status, r.text)
	}
	if r := w.anropa("GET", "/v1/jag", nil, nil); r.status != 200 {
		t.Errorf("läsning med kaka gav %d: %s", r.status, r.text)
	}
}

func TestAnropSomAndrarNagotMasteKommaFranEnEgenSida(t *testing.T) {
	p := nyttProv(t)
	w := p.loggaInWebblasare("DELTAGARANSVARIG A1")
	sok := map[string]any{"insatsId": p.insats["A1"].ID, "personnummer": p.nyPerson().Siffror()}
	for namn, h := range map[string]huvuden{
		"utan värde":             {"X-SUS-CSRF": ""},
		"fel värde":              {"X-SUS-CSRF": strings.Repeat("a", 43)},
		"annan sida":             {"Origin": "https://annan.example"},
		"annan sida, samma":      {"Sec-Fetch-Site": "same-site"},
		"annan sida, fetch":      {"Sec-Fetch-Site": "cross-site", "Origin": ""},
		"origin är null":         {"Origin": "null"},
		"samma värd, annan port": {"Origin": "http://127.0.0.1:1"},
	} {
		for _, r := range []struct{ metod, vag string }{{"POST", "/v1/deltagare-sokningar"}, {"DELETE", "/session"}} {
			s := w.anropa(r.metod, r.vag, sok, h)
			if s.status != 403 || s.falt(t, "regel") != "csrf" {
				t.Errorf("%s: %s %s gav %d: %s", namn, r.metod, r.vag, s.status, s.text)
			}
		}
	}
	for _, h := range []huvuden{{"Origin": "https://annan.example"}, {"Sec-Fetch-Site": "cross-site"}} {
		if s := p.utan("", "POST", "/session/inloggningar", map[string]string{"personnummer": "197701172392", "huvudlosenord": "x"}, h); s.status != 403 {
			t.Errorf("inloggning från annan sida gav %d", s.status)
		}
	}
	if s := w.anropa("GET", "/v1/jag", nil, huvuden{"X-SUS-CSRF": ""}); s.status != 200 {
		t.Errorf("läsning utan värde gav %d", s.status)
	}
	if s := w.anropa("GET", "/v1/jag", nil, huvuden{"Authorization": "Bearer fel"}); s.status != 401 {
		t.Errorf("kakan gäller trots en felaktig Authorization: %d", s.status)
	}
}

func TestEnKakaSlutarGallaVidUtloggningOchVila(t *testing.T) {
	p := nyttProv(t)
	w := p.loggaInWebblasare("DELTAGARANSVARIG A1")
	s := w.anropa("DELETE", "/session", nil, nil)
	if s.status != 204 || !strings.Contains(s.huvud.Get("Set-Cookie"), "Max-Age=0") {
		t.Fatalf("utloggning gav %d %v", s.status, s.huvud)
	}
	for _, vag := range []string{"/session", "/v1/jag"} {
		if s := w.anropa("GET", vag, nil, nil); s.status != 401 {
			t.Errorf("%s efter utloggning gav %d", vag, s.status)
		}
	}
	if s := w.anropa("DELETE", "/session", nil, nil); s.status != 204 {
		t.Errorf("en andra utloggning gav %d", s.status)
	}

	w = p.loggaInWebblasare("DELTAGARANSVARIG A1")
	p.startaMed(p.Vid(func() time.Time { return p.st.Nu().Add(29 * time.Minute) }))
	if s := w.anropa("GET", "/session", nil, nil); s.status != 200 {
		t.Errorf("efter 29 minuter: %d", s.status)
	}
	p.startaMed(p.Vid(func() time.Time { return p.st.Nu().Add(58 * time.Minute) }))
	if s := w.anropa("GET", "/session", nil, nil); s.status != 200 {
		t.Errorf("29 minuter efter senaste anropet: %d", s.status)
	}
	p.startaMed(p.Vid(func() time.Time { return p.st.Nu().Add(89 * time.Minute) }))
	if s := w.anropa("GET", "/session", nil, nil); s.status != 401 {
		t.Errorf("31 minuter efter senaste anropet: %d", s.status)
	}
}

func TestEnKakaArIngenFornyelsetoken(t *testing.T) {
	p := nyttProv(t)
	w := p.loggaInWebblasare("DELTAGARANSVARIG A1")
	varde := strings.TrimPrefix(w.kaka, "__Host-sus=")
	for _, token := range []string{varde, "\x00kaka" + varde} {
		r, err := http.NewRequest("POST", p.bas+"/v1/tokens", strings.NewReader("grant_type=refresh_token&refresh_token="+strings.ReplaceAll(token, "\x00", "%00")))
		ja(t, err)
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		ut, err := http.DefaultClient.Do(r)
		ja(t, err)
		_ = ut.Body.Close()
		if ut.StatusCode != 400 {
			t.Errorf("kakan som förnyelsetoken gav %d", ut.StatusCode)
		}
	}
}

func TestWebbklientenServerasMedStrangCSPOchIndexForSinaSidor(t *testing.T) {
	p := nyttProvMed(t, webbprov)
	html := huvuden{"Accept": "text/html,application/xhtml+xml"}
	for vag, status := range map[string]int{"/": 200, "/insatser/x": 200, "/logga-in": 200, "/finns-inte": 404} {
		s := p.utan("", "GET", vag, nil, html)
		if s.status != status || !strings.Contains(string(s.text), "data-demo") || s.huvud.Get("Content-Security-Policy") != cspWebb || s.huvud.Get("Cache-Control") != "no-cache" {
			t.Errorf("%s: %d %v %s", vag, s.status, s.huvud, s.text)
		}
		if status == 200 && p.utan("", "GET", vag, nil, huvuden{"Accept": "text/html", "If-None-Match": s.huvud.Get("ETag")}).status != 304 {
			t.Errorf("%s: ETag ger inte 304", vag)
		}
	}
	for _, vag := range []string{"/finns-inte", "/insatser/x"} {
		p.provaProblem("GET", vag, p.utan("", "GET", vag, nil, nil))
	}
	p.provaProblem("GET", "/v1/finns-inte", p.utan("", "GET", "/v1/finns-inte", nil, html))
	p.provaProblem("POST", "/insatser", p.utan("", "POST", "/insatser", nil, html))
	s := p.utan("", "GET", "/assets/a-1a.js", nil, huvuden{"Accept-Encoding": "gzip"})
	if s.status != 200 || s.huvud.Get("Content-Encoding") != "gzip" || !strings.Contains(s.huvud.Get("Cache-Control"), "immutable") ||
		!strings.HasPrefix(s.huvud.Get("Content-Type"), "text/javascript") || s.huvud.Get("X-Content-Type-Options") != "nosniff" {
		t.Errorf("skriptet: %d %v", s.status, s.huvud)
	}
	if s := p.utan("", "GET", "/.gitkeep", nil, nil); s.status != 404 {
		t.Errorf("/.gitkeep gav %d", s.status)
	}
}

func TestUtanByggdWebbklientFinnsStartsidanKvar(t *testing.T) {
	p := nyttProvMed(t, func(o *Options) { o.Webb = fstest.MapFS{".gitkeep": {}} })
	s := p.utan("", "GET", "/", nil, huvuden{"Accept": "text/html"})
	if s.status != 200 || !strings.Contains(string(s.text), "/dokumentation") {
		t.Errorf("%d %s", s.status, s.text)
	}
}
