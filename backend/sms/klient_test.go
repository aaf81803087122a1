package sms

import (
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"sus/backend/devcert"
	"sus/backend/register"
)

func starta(t testing.TB) *Simulator {
	t.Helper()
	s, err := StartaSimulator(t.Context(), "127.0.0.1:0", t.TempDir(), "sus", "hemligt lösenord")
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func klient(t testing.TB, o Options) *Klient {
	t.Helper()
	k, err := New(o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(k.http.CloseIdleConnections)
	return k
}

// egenServer is 46elks' place taken by h, over TLS.
func egenServer(t testing.TB, h http.HandlerFunc) Options {
	t.Helper()
	cert, err := devcert.Sakerstall(t.TempDir(), time.Now())
	if err != nil {
		t.Fatal(err)
	}
	konf, err := cert.ServerTLS()
	if err != nil {
		t.Fatal(err)
	}
	s, err := devcert.Starta(t.Context(), "127.0.0.1:0", konf, h)
	if err != nil {
		t.Fatal(err)
	}
	return Options{URL: "https://" + s.Addr + SimulatorVag, CAFil: cert.CA, Anvandare: "sus", Losenord: "x"}
}

func krav(t testing.TB, err error, hemligt ...string) {
	t.Helper()
	var e *register.Error
	if !errors.As(err, &e) || e.Kod != register.KodOtillganglig || e.Regel != register.RegelSMSOtillganglig {
		t.Fatalf("got %v, want sms-otillganglig", err)
	}
	for _, h := range hemligt {
		if strings.Contains(fmt.Sprintf("%v %+v %#v", err, err, err), h) {
			t.Fatal("the error repeats the message")
		}
	}
}

const mobil = "+46701740605" // from PTS's series for use in fiction

func TestASentMessageIsShownNewestFirst(t *testing.T) {
	k := klient(t, starta(t).Options())
	for _, m := range []Meddelande{
		{Till: mobil, Text: "Huvudlösenord: åäö 7Q", Flash: true},
		{Till: mobil, Text: "Din kod är 123456.\n@localhost #123456"},
	} {
		if err := k.Skicka(t.Context(), m); err != nil {
			t.Fatal(err)
		}
	}
	lista, err := k.Lista(t.Context())
	if err != nil || len(lista) != 2 {
		t.Fatalf("%d %v", len(lista), err)
	}
	forst, sist := lista[1], lista[0]
	if forst.Text != "Huvudlösenord: åäö 7Q" || forst.Flash != "yes" || sist.Flash != "" || !strings.HasPrefix(sist.Text, "Din kod") {
		t.Errorf("got %+v", lista)
	}
	if sist.Fran != "SUS" || sist.Till != mobil || sist.Status != "created" || sist.Direction != "outgoing" || sist.Kostnad != prisPerDel || sist.ID == forst.ID || sist.Skapad.IsZero() {
		t.Errorf("got %+v", sist)
	}
}

func TestTheFormIs46elksOwnAndAsksForNoCopy(t *testing.T) {
	var form url.Values
	var auth, adress string
	o := egenServer(t, func(w http.ResponseWriter, r *http.Request) {
		_ = r.ParseForm()
		form, adress = r.PostForm, r.Method+" "+r.URL.String()
		auth, _, _ = r.BasicAuth()
		_, _ = io.WriteString(w, `{"status":"created","id":"s1"}`)
	})
	o.Fran, o.WhenDelivered = "SUSdemo", "https://example.org/dlr"
	k := klient(t, o)
	if err := k.Skicka(t.Context(), Meddelande{Till: mobil, Text: "hej", Flash: true}); err != nil {
		t.Fatal(err)
	}
	vill := url.Values{"from": {"SUSdemo"}, "to": {mobil}, "message": {"hej"}, "flashsms": {"yes"}, "dontlog": {"message"}, "whendelivered": {"https://example.org/dlr"}}
	if form.Encode() != vill.Encode() || adress != "POST "+SimulatorVag || auth != "sus" {
		t.Errorf("%s %s", adress, form.Encode())
	}
	if err := k.Skicka(t.Context(), Meddelande{Till: mobil, Text: "hej"}); err != nil {
		t.Fatal(err)
	}
	if form.Has("flashsms") || form.Get("dontlog") != "message" {
		t.Errorf("an ordinary message: %s", form.Encode())
	}
}

func TestATextThatCouldHoldAPersonnummerIsNeverSent(t *testing.T) {
	k := klient(t, starta(t).Options())
	for _, text := range []string{
		"197701172392", "19770117-2392", "770117-2392", "770117+2392", "7701172392", "Inskriven: 19770117 2392.",
		"", "kod\x00", "kod\x1b[2J", string([]byte{0xff}), strings.Repeat("x", maxText+1),
	} {
		err := k.Skicka(t.Context(), Meddelande{Till: mobil, Text: text})
		if err == nil || (text != "" && strings.Contains(err.Error(), text)) {
			t.Errorf("%q: %v", text, err)
		}
	}
	if lista, err := k.Lista(t.Context()); err != nil || len(lista) != 0 {
		t.Errorf("%d were sent, %v", len(lista), err)
	}
}

func TestANumberThatIsNotE164IsRefusedWithoutACall(t *testing.T) {
	k := klient(t, starta(t).Options())
	for _, till := range []string{"", "0701740605", "46701740605", "+0701740605", "+46 70", "+46701740605\n", "+4670174060512345"} {
		krav(t, k.Skicka(t.Context(), Meddelande{Till: till, Text: "hej"}))
	}
}

func TestWrongCredentialsAnotherCAAndAnAbsentServerAreOtillganglig(t *testing.T) {
	s, annan := starta(t), starta(t)
	m := Meddelande{Till: mobil, Text: "Din kod är 654321."}
	o := s.Options()
	o.Losenord = "fel"
	fel := klient(t, o)
	krav(t, fel.Skicka(t.Context(), m), mobil, "654321")
	if _, err := fel.Lista(t.Context()); err == nil {
		t.Error("the messages were shown to a stranger")
	}
	o = s.Options()
	o.Anvandare = "annan"
	krav(t, klient(t, o).Skicka(t.Context(), m), mobil, "654321")
	o = s.Options()
	o.URL = annan.URL
	krav(t, klient(t, o).Skicka(t.Context(), m), mobil, "654321")
	k := klient(t, s.Options())
	if lista, err := k.Lista(t.Context()); err != nil || len(lista) != 0 {
		t.Errorf("%d were taken, %v", len(lista), err)
	}
	s.Stang()
	krav(t, k.Skicka(t.Context(), m), mobil, "654321")
}

func TestASilentOrStrangeServerIsOtillgangligAndAskedOnce(t *testing.T) {
	slapp := make(chan struct{})
	t.Cleanup(func() { close(slapp) })
	for namn, h := range map[string]http.HandlerFunc{
		"tyst": func(_ http.ResponseWriter, _ *http.Request) { <-slapp },
		"500":  func(w http.ResponseWriter, _ *http.Request) { http.Error(w, mobil, http.StatusInternalServerError) },
		"403": func(w http.ResponseWriter, _ *http.Request) {
			http.Error(w, "Not enough credits", http.StatusForbidden)
		},
		"inte JSON": func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, mobil) },
		"misslyckat": func(w http.ResponseWriter, _ *http.Request) {
			_, _ = io.WriteString(w, `{"status":"failed","id":"s1"}`)
		},
		"utan id":   func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, `{"status":"created"}`) },
		"för stort": func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, strings.Repeat(" ", maxSvar+1)) },
		"omdirigering": func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "/annan", http.StatusTemporaryRedirect)
		},
		"bruten": func(w http.ResponseWriter, _ *http.Request) {
			if c, _, err := http.NewResponseController(w).Hijack(); err == nil {
				_ = c.Close()
			}
		},
	} {
		t.Run(namn, func(t *testing.T) {
			var anrop atomic.Int32
			o := egenServer(t, func(w http.ResponseWriter, r *http.Request) {
				anrop.Add(1)
				_, _ = io.Copy(io.Discard, r.Body)
				h(w, r)
			})
			o.Timeout = 300 * time.Millisecond
			krav(t, klient(t, o).Skicka(t.Context(), Meddelande{Till: mobil, Text: "hej"}), mobil)
			if n := anrop.Load(); n != 1 {
				t.Errorf("asked %d times: the person could get as many messages", n)
			}
		})
	}
}

func TestAMessageIsHiddenWhereverItIsPrinted(t *testing.T) {
	m := Meddelande{Till: mobil, Text: "654321"}
	var logg strings.Builder
	slog.New(slog.NewTextHandler(&logg, nil)).Info("x", "m", m)
	slog.New(slog.NewJSONHandler(&logg, nil)).Info("x", "m", m, "p", &m, "l", []Meddelande{m})
	if s := fmt.Sprintf("%v %+v %#v %s", m, m, m, m) + logg.String(); strings.Contains(s, mobil) || strings.Contains(s, "654321") {
		t.Error(s)
	}
}

func TestAClientThatCannotSendIsNotMade(t *testing.T) {
	ratt := starta(t).Options()
	for namn, andra := range map[string]func(*Options){
		"http":             func(o *Options) { o.URL = "http://127.0.0.1/a1/sms" },
		"frågedel":         func(o *Options) { o.URL += "?x" },
		"inget lösenord":   func(o *Options) { o.Losenord = "" },
		"ingen användare":  func(o *Options) { o.Anvandare = "" },
		"kolon":            func(o *Options) { o.Anvandare = "a:b" },
		"lång avsändare":   func(o *Options) { o.Fran = "ABCDEFGHIJKL" },
		"åäö i avsändaren": func(o *Options) { o.Fran = "Förbund" },
		"http-kvitto":      func(o *Options) { o.WhenDelivered = "http://x" },
		"ingen CA":         func(o *Options) { o.CAFil = "/finns/inte" },
	} {
		o := ratt
		andra(&o)
		if _, err := New(o); err == nil {
			t.Errorf("%s: made", namn)
		}
	}
}

func BenchmarkSkicka(b *testing.B) {
	k := klient(b, starta(b).Options())
	m := Meddelande{Till: mobil, Text: "Din kod är 123456."}
	for b.Loop() {
		if err := k.Skicka(b.Context(), m); err != nil {
			b.Fatal(err)
		}
	}
}
