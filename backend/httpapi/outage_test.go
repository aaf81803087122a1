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

// cable stands between the server and PostgreSQL, so that a test can cut it or
// let it hang.
type cable struct {
	directory string
	broken    atomic.Bool // refuse, and end what is open
	silent    atomic.Bool // take what is sent and answer nothing
	hanging   atomic.Bool // let new connections in, and answer no question
	mu        sync.Mutex
	open      []net.Conn
}

func newCable(t testing.TB, socketDirectory string) *cable {
	t.Helper()
	l := &cable{directory: t.TempDir()}
	listener, err := net.Listen("unix", filepath.Join(l.directory, ".s.PGSQL.5432"))
	must(t, err)
	t.Cleanup(func() { _ = listener.Close(); l.cut() })
	go func() {
		for {
			c, err := listener.Accept()
			if err != nil {
				return
			}
			if l.broken.Load() {
				_ = c.Close()
				continue
			}
			go l.connect(c, filepath.Join(socketDirectory, ".s.PGSQL.5432"))
		}
	}()
	return l
}

func (l *cable) connect(c net.Conn, target string) {
	pg, err := net.Dial("unix", target)
	if err != nil {
		_ = c.Close()
		return
	}
	l.mu.Lock()
	l.open = append(l.open, c, pg)
	l.mu.Unlock()
	go func() { _, _ = io.Copy(pg, c); _ = pg.Close() }()
	admitted := false // PostgreSQL has let the client in
	buf := make([]byte, 32<<10)
	for {
		n, err := pg.Read(buf)
		if err != nil {
			_ = c.Close()
			return
		}
		if !l.silent.Load() && (!admitted || !l.hanging.Load()) {
			_, _ = c.Write(buf[:n])
		}
		admitted = admitted || bytes.HasSuffix(buf[:n], []byte("Z\x00\x00\x00\x05I")) // ReadyForQuery
	}
}

func (l *cable) cut() {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, c := range l.open {
		_ = c.Close()
	}
	l.open = nil
}

func TestWithoutADatabaseTheAnswerIs503WithinFiveSecondsAndThenAsBefore(t *testing.T) {
	t.Parallel()
	p := newHarness(t)
	l := p.throughCable()

	const who = "DELTAGARANSVARIG A1"
	d := p.newDeltagande(who, "A1")
	anrop := func(status int) {
		t.Helper()
		for _, path := range []string{"/v1/deltaganden/" + d, "/v1/insatser", "/v1/jag"} {
			start := time.Now()
			p.expect(status, who, "GET", path, nil, nil)
			if took := time.Since(start); took > 5*time.Second {
				t.Errorf("%s svarade efter %v", path, took)
			}
		}
	}
	anrop(200)
	l.broken.Store(true)
	l.cut()
	anrop(503)
	p.expect(503, "", "GET", "/health/ready", nil, nil)
	if s := p.callUnchecked("", "GET", "/health/live", nil, nil); s.status != 200 {
		t.Errorf("/health/live: %d", s.status)
	}
	l.broken.Store(false)
	anrop(200)
	l.silent.Store(true)
	anrop(503)
	l.silent.Store(false)
	l.cut()
	anrop(200)
	if s := p.callUnchecked("", "GET", "/health/ready", nil, nil); s.status != 200 {
		t.Errorf("/health/ready: %d", s.status)
	}
}

func TestAPanicShowsNothingOfTheInside(t *testing.T) {
	p := newHarnessWith(t, func(o *Options) {
		o.Ready = func(context.Context) error { panic("hemligt 197701172392") }
	})
	s := p.expect(500, "", "GET", "/health/ready", nil, nil)
	if strings.Contains(string(s.text)+p.logger.String(), "197701172392") {
		t.Error("panikens värde visas")
	}
	if !strings.Contains(p.logger.String(), "outage_test.go") {
		t.Error("loggen säger inte var")
	}
}

func TestTheTraceGoesAlong(t *testing.T) {
	p := newHarness(t)
	const in = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
	s := p.expect(200, "", "GET", "/v1/api-info", nil, headers{"traceparent": in})
	out := s.header.Get("traceparent")
	if out == in || out[:36] != in[:36] || out[52:] != in[52:] {
		t.Errorf("traceparent: %s", out)
	}
	for _, broken := range []string{"", "x", strings.ToUpper(in), "00-00000000000000000000000000000000-b7ad6b7169203331-01", "ff" + in[2:], in + "-x"} {
		s := p.expect(200, "", "GET", "/v1/api-info", nil, headers{"traceparent": broken})
		if out := s.header.Get("traceparent"); !validTraceparent(out) || strings.Contains(out, "0af7651916cd43dd8448eb211c80319c") {
			t.Errorf("%q gav %s", broken, out)
		}
	}
	p.newSamtycke("DELTAGARANSVARIG A1", "A1")
	var count int
	must(t, p.Super(t).QueryRow(`select count(*) from loggpost where traceparent = '' and handelse like 'SAMTYCKE%'`).Scan(&count))
	if count != 0 {
		t.Errorf("%d loggposter saknar spår", count)
	}
}

func TestTheClientsAddressIsReadFromATrustedProxyOnly(t *testing.T) {
	s := &server{proxies: []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8")}}
	for _, f := range []struct{ value, forwarded, want string }{
		{"192.0.2.1:1", "", "192.0.2.1"},
		{"192.0.2.1:1", "198.51.100.7", "192.0.2.1"},
		{"10.1.2.3:1", "198.51.100.7", "198.51.100.7"},
		{"10.1.2.3:1", "203.0.113.9, 198.51.100.7, 10.9.9.9", "198.51.100.7"},
		{"10.1.2.3:1", "skräp", "10.1.2.3"},
		{"[::ffff:10.1.2.3]:1", "198.51.100.7", "198.51.100.7"},
		{"10.1.2.3:1", "198.51.100.7:40001", "198.51.100.7"},
		{"10.1.2.3:1", "[2001:db8::7]:40001", "2001:db8::7"},
		{"10.1.2.3:1", "[2001:db8::7]", "2001:db8::7"},
		{"10.1.2.3:1", "203.0.113.9:1, 198.51.100.7:2, 10.9.9.9:3", "198.51.100.7"},
		{"10.1.2.3:1", "198.51.100.7:40001:5", "10.1.2.3"},
	} {
		r := httptest.NewRequest("GET", "/", nil)
		r.RemoteAddr = f.value
		if f.forwarded != "" {
			r.Header.Set("X-Forwarded-For", f.forwarded)
		}
		if got := s.clientAddress(r); got != f.want {
			t.Errorf("%+v: %s", f, got)
		}
	}
}

func TestOutsideADemoThereAreNoSMSToRead(t *testing.T) {
	p := newHarnessWith(t, func(o *Options) { o.Demo = false; o.HTTPS = true })
	s := p.expect(404, "", "GET", "/demo/sms", nil, nil)
	if s.header.Get("Strict-Transport-Security") == "" {
		t.Error("https utan Strict-Transport-Security")
	}
}

func TestTheDemosSMSPageCanBeReadByAPerson(t *testing.T) {
	p := newHarness(t)
	p.expect(201, "", "POST", "/v1/inloggningar", p.inloggning("SUSRAPPORT"), nil)
	s := p.callUnchecked("", "GET", "/demo/sms", nil, headers{"Accept": "text/html"})
	if s.status != 200 || !strings.Contains(string(s.text), p.latestKod()) || !strings.Contains(s.header.Get("Content-Security-Policy"), "style-src 'self'") {
		t.Errorf("%d %s", s.status, s.text)
	}
}
