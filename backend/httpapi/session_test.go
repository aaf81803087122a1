package httpapi

import (
	"net/http"
	"strings"
	"testing"
	"testing/fstest"
	"time"
)

// builtWeb is a stand-in for the built web client.
func builtWeb(o *Options) {
	o.Web = fstest.MapFS{
		"index.html":     {Data: []byte(`<!doctype html><html lang="sv"><title>SUS</title>`)},
		"assets/a-1a.js": {Data: []byte(strings.Repeat("export const a = 1;\n", 200))},
		"ikon.svg":       {Data: []byte("<svg/>")},
		".gitkeep":       {},
	}
}

// browser is a browser's log-in: the cookie and what GET /session said.
type browser struct {
	p            *harness
	cookie, csrf string
}

func (p *harness) logInBrowser(who string) *browser {
	t := p.t
	t.Helper()
	s := p.callUnchecked("", "POST", "/session/inloggningar",
		map[string]string{"personnummer": p.aktor(who).personnummer.Siffror(), "huvudlosenord": huvudlosenord}, nil)
	if s.status != 201 {
		t.Fatalf("första steget gav %d: %s", s.status, s.text)
	}
	s = p.callUnchecked("", "POST", "/session/inloggningar/"+s.id(t)+"/koder", map[string]string{"kod": p.latestKod()}, nil)
	if s.status != 200 {
		t.Fatalf("andra steget gav %d: %s", s.status, s.text)
	}
	cookie, attributes, _ := strings.Cut(s.header.Get("Set-Cookie"), ";")
	for _, wants := range []string{"Path=/", "HttpOnly", "Secure", "SameSite=Strict", "Max-Age=43"} {
		if !strings.Contains(attributes, wants) {
			t.Errorf("kakan saknar %s: %s", wants, attributes)
		}
	}
	if !strings.HasPrefix(cookie, "__Host-sus=") || strings.Contains(attributes, "Domain") {
		t.Errorf("kakan är inte bunden till värden")
	}
	w := &browser{p: p, cookie: cookie}
	s = w.call("GET", "/session", nil, nil)
	if s.status != 200 {
		t.Fatalf("GET /session gav %d: %s", s.status, s.text)
	}
	w.csrf, _ = s.falt(t, "csrf").(string)
	return w
}

func (w *browser) call(method, path string, body any, h headers) answer {
	w.p.t.Helper()
	all := headers{"Cookie": w.cookie, "X-SUS-CSRF": w.csrf, "Origin": w.p.bas, "Sec-Fetch-Site": "same-origin"}
	for name, value := range h {
		all[name] = value
	}
	return w.p.callUnchecked("", method, path, body, all)
}

func TestABrowserLogsInWithACookieAndDoesTheMainJob(t *testing.T) {
	p := newHarness(t)
	w := p.logInBrowser("DELTAGARANSVARIG A1")
	var s struct {
		CSRF       string
		Upphor     time.Time `json:"giltigTill"`
		VilaUpphor time.Time `json:"vilarTill"`
		Demo       bool
		Jag        struct {
			PersonnummerMaskerat string
			Behorigheter         []any
		}
	}
	out := w.call("GET", "/session", nil, nil)
	out.json(t, &s)
	if !s.Demo || len(s.Jag.Behorigheter) != 1 || !strings.HasSuffix(s.Jag.PersonnummerMaskerat, "****") || len(s.CSRF) < 40 {
		t.Errorf("sessionen: %s", out.text)
	}
	if idle, whole := s.VilaUpphor.Sub(p.st.Nu()), s.Upphor.Sub(p.st.Nu()); idle < 28*time.Minute || idle > 30*time.Minute || whole < 11*time.Hour || whole > 12*time.Hour {
		t.Errorf("vilar till %v, giltig till %v", s.VilaUpphor, s.Upphor)
	}
	if strings.Contains(string(out.text), strings.TrimPrefix(w.cookie, "__Host-sus=")) {
		t.Error("svaret visar kakan för sidans skript")
	}
	search := map[string]any{"insatsId": p.insats["A1"].ID, "personnummer": p.newPerson().Siffror()}
	if r := w.call("POST", "/v1/deltagare-sokningar", search, nil); r.status != 200 {
		t.Errorf("sökning med kaka gav %d: %s", r.status, r.text)
	}
	if r := w.call("GET", "/v1/jag", nil, nil); r.status != 200 {
		t.Errorf("läsning med kaka gav %d: %s", r.status, r.text)
	}
}

func TestWhatChangesSomethingMustComeFromOurOwnPage(t *testing.T) {
	p := newHarness(t)
	w := p.logInBrowser("DELTAGARANSVARIG A1")
	search := map[string]any{"insatsId": p.insats["A1"].ID, "personnummer": p.newPerson().Siffror()}
	for name, h := range map[string]headers{
		"no value":                        {"X-SUS-CSRF": ""},
		"a wrong value":                   {"X-SUS-CSRF": strings.Repeat("a", 43)},
		"another origin":                  {"Origin": "https://annan.example"},
		"another origin of the same site": {"Sec-Fetch-Site": "same-site"},
		"another site without Origin":     {"Sec-Fetch-Site": "cross-site", "Origin": ""},
		"the origin null":                 {"Origin": "null"},
		"the same host, another port":     {"Origin": "http://127.0.0.1:1"},
	} {
		for _, r := range []struct{ method, path string }{{"POST", "/v1/deltagare-sokningar"}, {"DELETE", "/session"}} {
			s := w.call(r.method, r.path, search, h)
			if s.status != 403 || s.falt(t, "regel") != "csrf" {
				t.Errorf("%s: %s %s gav %d: %s", name, r.method, r.path, s.status, s.text)
			}
		}
	}
	for _, h := range []headers{{"Origin": "https://annan.example"}, {"Sec-Fetch-Site": "cross-site"}} {
		if s := p.callUnchecked("", "POST", "/session/inloggningar", map[string]string{"personnummer": "197701172392", "huvudlosenord": "x"}, h); s.status != 403 {
			t.Errorf("inloggning från annan sida gav %d", s.status)
		}
	}
	if s := w.call("GET", "/v1/jag", nil, headers{"X-SUS-CSRF": ""}); s.status != 200 {
		t.Errorf("läsning utan värde gav %d", s.status)
	}
	if s := w.call("GET", "/v1/jag", nil, headers{"Authorization": "Bearer fel"}); s.status != 401 {
		t.Errorf("kakan gäller trots en felaktig Authorization: %d", s.status)
	}
}

func TestACookieEndsWithLogOutAndIdleness(t *testing.T) {
	p := newHarness(t)
	w := p.logInBrowser("DELTAGARANSVARIG A1")
	s := w.call("DELETE", "/session", nil, nil)
	if s.status != 204 || !strings.Contains(s.header.Get("Set-Cookie"), "Max-Age=0") {
		t.Fatalf("utloggning gav %d %v", s.status, s.header)
	}
	for _, path := range []string{"/session", "/v1/jag"} {
		if s := w.call("GET", path, nil, nil); s.status != 401 {
			t.Errorf("%s efter utloggning gav %d", path, s.status)
		}
	}
	if s := w.call("DELETE", "/session", nil, nil); s.status != 204 {
		t.Errorf("en andra utloggning gav %d", s.status)
	}

	w = p.logInBrowser("DELTAGARANSVARIG A1")
	p.startWith(p.Vid(func() time.Time { return p.st.Nu().Add(29 * time.Minute) }))
	if s := w.call("GET", "/session", nil, nil); s.status != 200 {
		t.Errorf("efter 29 minuter: %d", s.status)
	}
	p.startWith(p.Vid(func() time.Time { return p.st.Nu().Add(58 * time.Minute) }))
	if s := w.call("GET", "/session", nil, nil); s.status != 200 {
		t.Errorf("29 minuter efter senaste anropet: %d", s.status)
	}
	p.startWith(p.Vid(func() time.Time { return p.st.Nu().Add(89 * time.Minute) }))
	if s := w.call("GET", "/session", nil, nil); s.status != 401 {
		t.Errorf("31 minuter efter senaste anropet: %d", s.status)
	}
}

func TestACookieIsNoRefreshToken(t *testing.T) {
	p := newHarness(t)
	w := p.logInBrowser("DELTAGARANSVARIG A1")
	value := strings.TrimPrefix(w.cookie, "__Host-sus=")
	for _, token := range []string{value, "\x00kaka" + value} {
		r, err := http.NewRequest("POST", p.bas+"/v1/tokens", strings.NewReader("grant_type=refresh_token&refresh_token="+strings.ReplaceAll(token, "\x00", "%00")))
		must(t, err)
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		out, err := http.DefaultClient.Do(r)
		must(t, err)
		_ = out.Body.Close()
		if out.StatusCode != 400 {
			t.Errorf("kakan som förnyelsetoken gav %d", out.StatusCode)
		}
	}
}

func TestTheWebClientIsServedWithAStrictCSPAndItsIndexForItsPages(t *testing.T) {
	p := newHarnessWith(t, builtWeb)
	html := headers{"Accept": "text/html,application/xhtml+xml"}
	for path, status := range map[string]int{"/": 200, "/insatser/x": 200, "/logga-in": 200, "/finns-inte": 404} {
		s := p.callUnchecked("", "GET", path, nil, html)
		if s.status != status || !strings.Contains(string(s.text), "data-demo") || s.header.Get("Content-Security-Policy") != cspWeb || s.header.Get("Cache-Control") != "no-cache" {
			t.Errorf("%s: %d %v %s", path, s.status, s.header, s.text)
		}
		if status == 200 && p.callUnchecked("", "GET", path, nil, headers{"Accept": "text/html", "If-None-Match": s.header.Get("ETag")}).status != 304 {
			t.Errorf("%s: ETag ger inte 304", path)
		}
	}
	for _, path := range []string{"/finns-inte", "/insatser/x"} {
		p.checkProblem("GET", path, p.callUnchecked("", "GET", path, nil, nil))
	}
	p.checkProblem("GET", "/v1/finns-inte", p.callUnchecked("", "GET", "/v1/finns-inte", nil, html))
	p.checkProblem("POST", "/insatser", p.callUnchecked("", "POST", "/insatser", nil, html))
	s := p.callUnchecked("", "GET", "/assets/a-1a.js", nil, headers{"Accept-Encoding": "gzip"})
	if s.status != 200 || s.header.Get("Content-Encoding") != "gzip" || !strings.Contains(s.header.Get("Cache-Control"), "immutable") ||
		!strings.HasPrefix(s.header.Get("Content-Type"), "text/javascript") || s.header.Get("X-Content-Type-Options") != "nosniff" {
		t.Errorf("skriptet: %d %v", s.status, s.header)
	}
	if s := p.callUnchecked("", "GET", "/.gitkeep", nil, nil); s.status != 404 {
		t.Errorf("/.gitkeep gav %d", s.status)
	}
}

func TestWithoutABuiltWebClientTheStartPageRemains(t *testing.T) {
	p := newHarnessWith(t, func(o *Options) { o.Web = fstest.MapFS{".gitkeep": {}} })
	s := p.callUnchecked("", "GET", "/", nil, headers{"Accept": "text/html"})
	if s.status != 200 || !strings.Contains(string(s.text), "/dokumentation") {
		t.Errorf("%d %s", s.status, s.text)
	}
}
