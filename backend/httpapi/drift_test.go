package httpapi

import (
	"bytes"
	"context"
	"io"
	"net"
	"net/http/httptest"
	"net/netip"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// ledning stands between the server and PostgreSQL, so that a test can cut it or
// let it hang.
type ledning struct {
	katalog string
	brott   atomic.Bool // refuse, and end what is open
	tyst    atomic.Bool // take what is sent and answer nothing
	hanger  atomic.Bool // let new connections in, and answer no question
	mu      sync.Mutex
	oppna   []net.Conn
}

func nyLedning(t testing.TB, socketkatalog string) *ledning {
	t.Helper()
	l := &ledning{katalog: t.TempDir()}
	lyssnare, err := net.Listen("unix", filepath.Join(l.katalog, ".s.PGSQL.5432"))
	ja(t, err)
	t.Cleanup(func() { _ = lyssnare.Close(); l.bryt() })
	go func() {
		for {
			c, err := lyssnare.Accept()
			if err != nil {
				return
			}
			if l.brott.Load() {
				_ = c.Close()
				continue
			}
			go l.koppla(c, filepath.Join(socketkatalog, ".s.PGSQL.5432"))
		}
	}()
	return l
}

func (l *ledning) koppla(c net.Conn, till string) {
	pg, err := net.Dial("unix", till)
	if err != nil {
		_ = c.Close()
		return
	}
	l.mu.Lock()
	l.oppna = append(l.oppna, c, pg)
	l.mu.Unlock()
	go func() { _, _ = io.Copy(pg, c); _ = pg.Close() }()
	inne := false // PostgreSQL has let the client in
	buf := make([]byte, 32<<10)
	for {
		n, err := pg.Read(buf)
		if err != nil {
			_ = c.Close()
			return
		}
		if !l.tyst.Load() && (!inne || !l.hanger.Load()) {
			_, _ = c.Write(buf[:n])
		}
		inne = inne || bytes.HasSuffix(buf[:n], []byte("Z\x00\x00\x00\x05I")) // ReadyForQuery
	}
}

func (l *ledning) bryt() {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, c := range l.oppna {
		_ = c.Close()
	}
	l.oppna = nil
}

func TestUtanDatabasSvarar503InomFemSekunderOchSedanSomForr(t *testing.T) {
	p := nyttProv(t)
	l := p.deadCable()

	const vem = "DELTAGARANSVARIG A1"
	d := p.nyttDeltagande(vem, "A1")
	anrop := func(status int) {
		t.Helper()
		for _, vag := range []string{"/v1/deltaganden/" + d, "/v1/insatser", "/v1/jag"} {
			start := time.Now()
			p.vanta(status, vem, "GET", vag, nil, nil)
			if tog := time.Since(start); tog > 5*time.Second {
				t.Errorf("%s svarade efter %v", vag, tog)
			}
		}
	}
	anrop(200)
	l.brott.Store(true)
	l.bryt()
	anrop(503)
	p.vanta(503, "", "GET", "/health/ready", nil, nil)
	if s := p.utan("", "GET", "/health/live", nil, nil); s.status != 200 {
		t.Errorf("/health/live: %d", s.status)
	}
	l.brott.Store(false)
	anrop(200)
	l.tyst.Store(true)
	anrop(503)
	l.tyst.Store(false)
	l.bryt()
	anrop(200)
	if s := p.utan("", "GET", "/health/ready", nil, nil); s.status != 200 {
		t.Errorf("/health/ready: %d", s.status)
	}
}

func TestEnPanikVisarIngentingAvInsidan(t *testing.T) {
	p := nyttProvMed(t, func(o *Options) {
		o.Beredd = func(context.Context) error { panic("hemligt 197701172392") }
	})
	s := p.vanta(500, "", "GET", "/health/ready", nil, nil)
	if strings.Contains(string(s.text)+p.logg.String(), "197701172392") {
		t.Error("panikens värde visas")
	}
	if !strings.Contains(p.logg.String(), "drift_test.go") {
		t.Error("loggen säger inte var")
	}
}

func TestSparetFoljerMed(t *testing.T) {
	p := nyttProv(t)
	const in = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
	s := p.vanta(200, "", "GET", "/v1/api-info", nil, huvuden{"traceparent": in})
	ut := s.huvud.Get("traceparent")
	if ut == in || ut[:36] != in[:36] || ut[52:] != in[52:] {
		t.Errorf("traceparent: %s", ut)
	}
	for _, trasig := range []string{"", "x", strings.ToUpper(in), "00-00000000000000000000000000000000-b7ad6b7169203331-01", "ff" + in[2:], in + "-x"} {
		s := p.vanta(200, "", "GET", "/v1/api-info", nil, huvuden{"traceparent": trasig})
		if ut := s.huvud.Get("traceparent"); !giltigTraceparent(ut) || strings.Contains(ut, "0af7651916cd43dd8448eb211c80319c") {
			t.Errorf("%q gav %s", trasig, ut)
		}
	}
	p.nyttSamtycke("DELTAGARANSVARIG A1", "A1")
	var antal int
	ja(t, p.Super(t).QueryRow(`select count(*) from loggpost where traceparent = '' and handelse like 'SAMTYCKE%'`).Scan(&antal))
	if antal != 0 {
		t.Errorf("%d loggposter saknar spår", antal)
	}
}

func TestKlientensAdressLasBaraFranBetroddProxy(t *testing.T) {
	s := &server{proxy: []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8")}}
	for _, f := range []struct{ fran, forwarded, vantad string }{
		{"192.0.2.1:1", "", "192.0.2.1"},
		{"192.0.2.1:1", "198.51.100.7", "192.0.2.1"},
		{"10.1.2.3:1", "198.51.100.7", "198.51.100.7"},
		{"10.1.2.3:1", "203.0.113.9, 198.51.100.7, 10.9.9.9", "198.51.100.7"},
		{"10.1.2.3:1", "skräp", "10.1.2.3"},
		{"[::ffff:10.1.2.3]:1", "198.51.100.7", "198.51.100.7"},
	} {
		r := httptest.NewRequest("GET", "/", nil)
		r.RemoteAddr = f.fran
		if f.forwarded != "" {
			r.Header.Set("X-Forwarded-For", f.forwarded)
		}
		if fick := s.klientadress(r); fick != f.vantad {
			t.Errorf("%+v: %s", f, fick)
		}
	}
}

func TestUtanforEnDemoFinnsIngaSMSAttLasa(t *testing.T) {
	p := nyttProvMed(t, func(o *Options) { o.Demo = false; o.HTTPS = true })
	s := p.vanta(404, "", "GET", "/demo/sms", nil, nil)
	if s.huvud.Get("Strict-Transport-Security") == "" {
		t.Error("https utan Strict-Transport-Security")
	}
}

func TestDemonsSMSSidaArLasbarForEnManniska(t *testing.T) {
	p := nyttProv(t)
	p.vanta(201, "", "POST", "/v1/inloggningar", p.inloggning("SUSRAPPORT"), nil)
	s := p.utan("", "GET", "/demo/sms", nil, huvuden{"Accept": "text/html"})
	if s.status != 200 || !strings.Contains(string(s.text), p.senasteKod()) || !strings.Contains(s.huvud.Get("Content-Security-Policy"), "style-src 'self'") {
		t.Errorf("%d %s", s.status, s.text)
	}
}
