package sms

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"mime"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"
	"unicode/utf8"

	"sus/backend/devcert"
)

// The simulator's addresses: 46elks' own, and the one that shows what was sent.
const (
	SimulatorVag     = "/a1/sms"
	meddelandenVag   = "/simulator/meddelanden"
	simulatorMinne   = 200
	maxSimulatorbody = 64 << 10
	prisPerDel       = 3500 // in 1/10000 SEK, as 46elks counts
)

// Simulator is a running stand-in for 46elks.
type Simulator struct {
	URL string // for Options.URL
	*devcert.Server
	cert                devcert.Filer
	anvandare, losenord string
}

// StartaSimulator serves the simulator on addr («127.0.0.1:0» picks a port)
// over TLS with the certificates of certDir, made when missing, until ctx ends.
// It knows one account.
func StartaSimulator(ctx context.Context, addr, certDir, anvandare, losenord string) (*Simulator, error) {
	if anvandare == "" || losenord == "" {
		return nil, errors.New("sms: simulatorn behöver användare och lösenord")
	}
	cert, err := devcert.Sakerstall(certDir, time.Now())
	if err != nil {
		return nil, err
	}
	konf, err := cert.ServerTLS()
	if err != nil {
		return nil, err
	}
	s, err := devcert.Starta(ctx, addr, konf, SimulatorHandler(anvandare, losenord, time.Now))
	if err != nil {
		return nil, err
	}
	return &Simulator{URL: "https://" + s.Addr + SimulatorVag, Server: s, cert: cert, anvandare: anvandare, losenord: losenord}, nil
}

// Options make a client of this simulator.
func (s *Simulator) Options() Options {
	return Options{URL: s.URL, CAFil: s.cert.CA, Anvandare: s.anvandare, Losenord: s.losenord}
}

// Mottaget is a message as 46elks describes it.
type Mottaget struct {
	Status    string    `json:"status"`
	ID        string    `json:"id"`
	Fran      string    `json:"from"`
	Till      string    `json:"to"`
	Text      string    `json:"message"`
	Skapad    time.Time `json:"created"`
	Direction string    `json:"direction"`
	Kostnad   int       `json:"cost"` // 1/10000 SEK
	Delar     int       `json:"parts"`
	Flash     string    `json:"flashsms,omitempty"` // «yes» or nothing
}

// simulator keeps the last messages in memory and nowhere else.
type simulator struct {
	behorig [sha256.Size]byte
	klocka  func() time.Time

	mu     sync.Mutex
	senast []Mottaget // oldest first, at most simulatorMinne
}

// SimulatorHandler answers POST /a1/sms as 46elks does and shows the last 200
// messages, newest first, at GET /simulator/meddelanden. Both want the
// account's Basic credentials. It refuses unknown and repeated fields, senders
// and numbers that are not E.164. Nothing is logged.
func SimulatorHandler(anvandare, losenord string, klocka func() time.Time) http.Handler {
	s := &simulator{behorig: konto(anvandare, losenord), klocka: klocka}
	mux := http.NewServeMux()
	mux.HandleFunc("POST "+SimulatorVag, s.skydda(s.taEmot))
	mux.HandleFunc("GET "+meddelandenVag, s.skydda(s.visa))
	return mux
}

// konto is one value of user and password, to be compared in constant time.
func konto(anvandare, losenord string) [sha256.Size]byte {
	return sha256.Sum256([]byte(anvandare + ":" + losenord))
}

func (s *simulator) skydda(h http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		anvandare, losenord, ok := r.BasicAuth()
		given := konto(anvandare, losenord)
		if subtle.ConstantTimeCompare(given[:], s.behorig[:]) != 1 || !ok {
			w.Header().Set("WWW-Authenticate", `Basic realm="46elks"`)
			http.Error(w, "API access requires Basic HTTP authentication", http.StatusUnauthorized)
			return
		}
		h(w, r)
	}
}

func (s *simulator) taEmot(w http.ResponseWriter, r *http.Request) {
	form, fel := lasForm(w, r)
	if fel != "" {
		http.Error(w, fel, http.StatusBadRequest)
		return
	}
	delar := 1 + (utf8.RuneCountInString(form.Get("message"))-1)/160
	m := Mottaget{
		Status:    "created",
		ID:        "s" + slump(),
		Fran:      form.Get("from"),
		Till:      form.Get("to"),
		Text:      form.Get("message"),
		Skapad:    s.klocka().UTC(),
		Direction: "outgoing",
		Kostnad:   delar * prisPerDel,
		Delar:     delar,
		Flash:     form.Get("flashsms"),
	}
	s.mu.Lock()
	if len(s.senast) == simulatorMinne {
		s.senast = append(s.senast[:0], s.senast[1:]...)
	}
	s.senast = append(s.senast, m)
	s.mu.Unlock()
	svaraJSON(w, m)
}

// lasForm reads a form of 46elks' fields, or gives the text of the refusal.
func lasForm(w http.ResponseWriter, r *http.Request) (url.Values, string) {
	if typ, _, err := mime.ParseMediaType(r.Header.Get("Content-Type")); err != nil || typ != "application/x-www-form-urlencoded" {
		return nil, "Content-Type must be application/x-www-form-urlencoded"
	}
	if r.URL.RawQuery != "" {
		return nil, "Parameters must be sent in the body"
	}
	b, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxSimulatorbody))
	if err != nil {
		return nil, "Body too large"
	}
	form, err := url.ParseQuery(string(b))
	if err != nil {
		return nil, "Invalid form data"
	}
	for namn, varden := range form {
		switch namn {
		case "from", "to", "message", "flashsms", "dontlog", "whendelivered":
		default:
			return nil, "Unknown key"
		}
		if len(varden) != 1 {
			return nil, "Repeated key " + namn
		}
	}
	for _, namn := range []string{"from", "to", "message"} {
		if form.Get(namn) == "" {
			return nil, "Missing key " + namn
		}
	}
	switch {
	case !avsandar.MatchString(form.Get("from")):
		return nil, "Invalid from: use a phone number in E.164 format or 1-11 letters and digits"
	case !e164.MatchString(form.Get("to")):
		return nil, "Invalid to number: use E.164 format"
	case !utf8.ValidString(form.Get("message")):
		return nil, "Invalid message: use UTF-8"
	}
	for namn, godtas := range map[string]string{"flashsms": "yes", "dontlog": "message"} {
		if form.Has(namn) && form.Get(namn) != godtas {
			return nil, "Invalid value for " + namn
		}
	}
	if form.Has("whendelivered") && !strings.HasPrefix(form.Get("whendelivered"), "https://") {
		return nil, "Invalid URL for whendelivered"
	}
	return form, ""
}

func (s *simulator) visa(w http.ResponseWriter, _ *http.Request) {
	s.mu.Lock()
	ut := make([]Mottaget, 0, len(s.senast))
	for i := len(s.senast) - 1; i >= 0; i-- {
		ut = append(ut, s.senast[i])
	}
	s.mu.Unlock()
	svaraJSON(w, struct {
		Data []Mottaget `json:"data"`
	}{ut})
}

func svaraJSON(w http.ResponseWriter, v any) {
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Cache-Control", "no-store")
	_ = json.NewEncoder(w).Encode(v)
}

func slump() string {
	var b [16]byte
	_, _ = rand.Read(b[:]) // never fails since Go 1.24
	return hex.EncodeToString(b[:])
}
