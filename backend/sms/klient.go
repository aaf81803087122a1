package sms

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"sus/backend/motpart"
	"sus/backend/register"
)

const (
	forvaldTimeout = 5 * time.Second
	maxSvar        = 1 << 20 // the demo's list of 200 fits as well
	maxText        = 459     // characters: three parts

	maxConnections = 16
)

// Options say where 46elks is and who sends.
type Options struct {
	URL       string // the whole address, https («https://api.46elks.com/a1/sms»)
	CAFil     string // PEM; empty: the machine's own roots
	Anvandare string // API username
	Losenord  string // API password
	Fran      string // sender: up to 11 letters and digits, a letter first, or E.164; empty: «SUS»

	WhenDelivered string        // where 46elks reports the delivery, https; empty: nowhere
	Timeout       time.Duration // 0: 5 s
}

// Meddelande is one text message. It hides itself wherever it is printed:
// neither number nor code reaches a log.
type Meddelande struct {
	Till  string // E.164, «+46701234567»
	Text  string
	Flash bool // shown at once and not kept by the phone: the master password
}

// String hides the message.
func (Meddelande) String() string { return "sms.Meddelande" }

// GoString hides the message.
func (Meddelande) GoString() string { return "sms.Meddelande" }

// MarshalText hides the message: JSON, and the handlers of slog, use it.
func (Meddelande) MarshalText() ([]byte, error) { return []byte("sms.Meddelande"), nil }

// Klient sends messages. It is safe for use by many at once.
type Klient struct {
	o    Options
	http *http.Client
}

var (
	e164     = regexp.MustCompile(`^\+[1-9]\d{6,14}$`)
	avsandar = regexp.MustCompile(`^([A-Za-z][A-Za-z0-9]{0,10}|\+[1-9]\d{6,14})$`)
	// personnummerlik is anything that could be read as one, whatever its check digit.
	personnummerlik = regexp.MustCompile(`\d{6}[-+ ]?\d{4}`)
)

// New prepares a client. It refuses an address that is not https, missing
// credentials and a sender that 46elks would refuse; it does not connect.
func New(o Options) (*Klient, error) {
	if err := motpart.Adress(o.URL); err != nil {
		return nil, fmt.Errorf("sms: %w", err)
	}
	if o.Anvandare == "" || o.Losenord == "" || strings.Contains(o.Anvandare, ":") {
		return nil, errors.New("sms: Anvandare och Losenord måste anges")
	}
	if o.Fran == "" {
		o.Fran = "SUS"
	}
	if !avsandar.MatchString(o.Fran) {
		return nil, errors.New("sms: Fran är ingen avsändare som 46elks godtar")
	}
	if o.WhenDelivered != "" && !strings.HasPrefix(o.WhenDelivered, "https://") {
		return nil, errors.New("sms: WhenDelivered måste vara en https-adress")
	}
	if o.Timeout == 0 {
		o.Timeout = forvaldTimeout
	}
	klient, err := motpart.Klient(motpart.Options{CAFil: o.CAFil, Timeout: o.Timeout, Connections: maxConnections})
	if err != nil {
		return nil, fmt.Errorf("sms: %w", err)
	}
	return &Klient{o: o, http: klient}, nil
}

// Skicka hands one message to 46elks, once: after a failure it may or may not
// have been sent, and the caller makes a new code rather than send it again.
// Every failure is a register.Error (errors.As) of class KodOtillganglig, rule
// «sms-otillganglig», without number and text; a text that could hold a
// personnummer is a plain error, as no user can do anything about it.
func (k *Klient) Skicka(ctx context.Context, m Meddelande) error {
	if err := granska(m.Text); err != nil {
		return err
	}
	if !e164.MatchString(m.Till) {
		return otillganglig("numret är inte E.164")
	}
	form := url.Values{
		"from":    {k.o.Fran},
		"to":      {m.Till},
		"message": {m.Text},
		"dontlog": {"message"}, // 46elks keeps no copy of a code
	}
	if m.Flash {
		form.Set("flashsms", "yes")
	}
	if k.o.WhenDelivered != "" {
		form.Set("whendelivered", k.o.WhenDelivered)
	}
	ctx, avbryt := context.WithTimeout(ctx, k.o.Timeout)
	defer avbryt()
	body, err := k.anropa(ctx, http.MethodPost, k.o.URL, form)
	if err != nil {
		return err
	}
	var kvitto struct {
		Status string `json:"status"`
		ID     string `json:"id"`
	}
	if json.Unmarshal(body, &kvitto) != nil || kvitto.ID == "" {
		return otillganglig("svaret går inte att tolka")
	}
	switch kvitto.Status {
	case "created", "sent", "delivered":
		return nil
	}
	return otillganglig("meddelandet togs inte emot")
}

// granska refuses a text that no code of ours should have written.
func granska(text string) error {
	if text == "" || utf8.RuneCountInString(text) > maxText || !utf8.ValidString(text) {
		return errors.New("sms: texten är tom, för lång eller inte UTF-8")
	}
	if strings.ContainsFunc(text, func(r rune) bool { return unicode.IsControl(r) && r != '\n' }) {
		return errors.New("sms: texten har styrtecken")
	}
	if personnummerlik.MatchString(text) {
		return errors.New("sms: texten kan innehålla ett personnummer")
	}
	return nil
}

// anropa makes one call and gives the body of a 200.
func (k *Klient) anropa(ctx context.Context, metod, adress string, form url.Values) ([]byte, error) {
	var in io.Reader
	if form != nil {
		in = strings.NewReader(form.Encode())
	}
	req, err := http.NewRequestWithContext(ctx, metod, adress, in)
	if err != nil {
		return nil, otillganglig("anropet går inte att göra")
	}
	req.SetBasicAuth(k.o.Anvandare, k.o.Losenord)
	if form != nil {
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	req.Header.Set("Accept", "application/json")
	svar, body, err := motpart.Anropa(k.http, req, maxSvar)
	if err != nil {
		return nil, otillganglig(err.Error())
	}
	if svar.StatusCode != http.StatusOK {
		return nil, otillganglig(fmt.Sprintf("svar %d", svar.StatusCode)) // its text may repeat the number
	}
	return body, nil
}

// otillganglig is the one refusal; orsak is one of our own words, for the log.
func otillganglig(orsak string) error {
	return motpart.Otillganglig(register.RegelSMSOtillganglig, orsak)
}
