package folkbokforing

import (
	"bytes"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"mime"
	"net/http"
	"regexp"
	"strings"
	"time"

	"sus/backend/motpart"
	"sus/backend/register"
)

const (
	// maxSvar bounds an answer; a personpost with all its history is some 20 kB.
	maxSvar = 1 << 20
	// forvaldTimeout covers the whole question: name look-up, handshake, answer.
	forvaldTimeout = 3 * time.Second
	maxConnections = 64 // towards Skatteverket
)

// Options say where the population register is and who asks.
type Options struct {
	URL     string // the service's whole address, https
	CAFil   string // PEM; empty: the machine's own roots
	CertFil string // PEM, the client certificate
	KeyFil  string // PEM, its key

	Orgnr         string // who orders: 12 digits, «16» before the organisationsnummer
	BestallningID string // the order at Skatteverket, «00000236-FO01-0001»

	Timeout time.Duration    // of a whole question; 0: 3 s
	Klocka  func() time.Time // nil: the wall clock; stamps Uppslagen
}

// Klient asks the population register. It is safe for use by many at once and
// reuses its connections.
type Klient struct {
	url     string
	fore    string // the question before and after the number
	efter   string
	timeout time.Duration
	klocka  func() time.Time
	http    *http.Client
}

var (
	orgnrForm         = regexp.MustCompile(`^\d{12}$`)
	bestallningIDForm = regexp.MustCompile(`^[0-9A-Za-z-]{1,40}$`)
)

// New prepares a client. It refuses an address that is not https, files that
// cannot be read and an order that Navet would refuse; it does not connect.
func New(o Options) (*Klient, error) {
	if err := motpart.Adress(o.URL); err != nil {
		return nil, fmt.Errorf("folkbokforing: %w", err)
	}
	if !orgnrForm.MatchString(o.Orgnr) || !bestallningIDForm.MatchString(o.BestallningID) {
		return nil, errors.New("folkbokforing: Orgnr (12 siffror) och BestallningID måste anges")
	}
	if o.Timeout == 0 {
		o.Timeout = forvaldTimeout
	}
	if o.Klocka == nil {
		o.Klocka = time.Now
	}
	ladda := func() (*tls.Certificate, error) {
		c, err := tls.LoadX509KeyPair(o.CertFil, o.KeyFil)
		if err != nil {
			return nil, fmt.Errorf("folkbokforing: klientcertifikat: %w", err)
		}
		return &c, nil
	}
	if _, err := ladda(); err != nil {
		return nil, err
	}
	k := &Klient{url: o.URL, timeout: o.Timeout, klocka: o.Klocka}
	k.fore, k.efter = fraga(o.Orgnr, o.BestallningID)
	var err error
	if k.http, err = motpart.Klient(motpart.Options{CAFil: o.CAFil, Certifikat: ladda, Timeout: o.Timeout, Connections: maxConnections}); err != nil {
		return nil, fmt.Errorf("folkbokforing: %w", err)
	}
	return k, nil
}

// Sok asks for one person. A person who is not there is Hittad = false and no
// error. A protected one comes without name and kommun, whatever the register
// sent. Every failure is a register.Error (errors.As) of class
// KodOtillganglig, rule «folkbokforing-otillganglig»; its text carries the
// kind of failure and nothing of the question or the answer.
func (k *Klient) Sok(ctx context.Context, nr register.Personnummer) (register.Folkbokforingspost, error) {
	ctx, avbryt := context.WithTimeout(ctx, k.timeout)
	defer avbryt()
	siffror := nr.Siffror()
	if len(siffror) != 12 {
		return register.Folkbokforingspost{}, otillganglig("frågan saknar nummer")
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, k.url, strings.NewReader(k.fore+siffror+k.efter))
	if err != nil {
		return register.Folkbokforingspost{}, otillganglig("frågan går inte att ställa")
	}
	req.Header.Set("Content-Type", "text/xml; charset=utf-8")
	req.Header.Set("Accept", "text/xml")
	req.Header.Set("SOAPAction", soapAction)
	// A look-up changes nothing, so it may be asked again when a kept connection
	// turns out to be closed. The empty key tells net/http that; it is not sent.
	req.Header["Idempotency-Key"] = []string{}

	svar, body, err := motpart.Anropa(k.http, req, maxSvar)
	if err != nil {
		return register.Folkbokforingspost{}, otillganglig(err.Error())
	}
	typ, _, err := mime.ParseMediaType(svar.Header.Get("Content-Type"))
	// SOAP 1.1 sends a fault with status 500.
	if err != nil || typ != "text/xml" || (svar.StatusCode != http.StatusOK && svar.StatusCode != http.StatusInternalServerError) {
		return register.Folkbokforingspost{}, otillganglig(fmt.Sprintf("svar %d som inte är SOAP", svar.StatusCode))
	}
	post, err := tolka(bytes.NewReader(body), siffror)
	if err != nil {
		return register.Folkbokforingspost{}, otillganglig(err.Error())
	}
	if svar.StatusCode != http.StatusOK {
		return register.Folkbokforingspost{}, otillganglig(fmt.Sprintf("svar %d", svar.StatusCode))
	}
	post.Uppslagen = k.klocka()
	return post, nil
}

// Stang closes the idle connections.
func (k *Klient) Stang() { k.http.CloseIdleConnections() }

// otillganglig is the one refusal; orsak is one of our own words, for the log.
func otillganglig(orsak string) error {
	return motpart.Otillganglig(register.RegelFolkbokforingOtillganglig, orsak)
}
