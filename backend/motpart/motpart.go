// Package motpart is how we speak with an outside system over TLS: a client that
// trusts one CA, follows no redirect and no proxy, and fails by naming the kind of
// failure and nothing of what was asked or answered.
package motpart

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"time"

	"sus/backend/register"
)

// Options say whom to trust and how to connect.
type Options struct {
	CAFil       string                           // PEM; empty: the machine's own roots
	Certifikat  func() (*tls.Certificate, error) // asked in each handshake, so that a renewed one needs no restart; nil: none
	Timeout     time.Duration                    // of the connection and of the handshake
	Connections int                              // at most so many at once; further calls wait for a free one
}

// Klient prepares a client; it does not connect. It refuses a CAFil that cannot be read.
func Klient(o Options) (*http.Client, error) {
	konf := &tls.Config{MinVersion: tls.VersionTLS12, ClientSessionCache: tls.NewLRUClientSessionCache(o.Connections)}
	if o.CAFil != "" {
		b, err := os.ReadFile(o.CAFil)
		if err != nil {
			return nil, fmt.Errorf("CAFil: %w", err)
		}
		konf.RootCAs = x509.NewCertPool()
		if !konf.RootCAs.AppendCertsFromPEM(b) {
			return nil, fmt.Errorf("inget certifikat i %s", o.CAFil)
		}
	}
	if o.Certifikat != nil {
		konf.GetClientCertificate = func(*tls.CertificateRequestInfo) (*tls.Certificate, error) { return o.Certifikat() }
	}
	return &http.Client{
		// Following a redirect would carry what is asked, and who asks, elsewhere.
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		Transport: &http.Transport{
			Proxy:               nil,
			DialContext:         (&net.Dialer{Timeout: o.Timeout, KeepAlive: 30 * time.Second}).DialContext,
			TLSHandshakeTimeout: o.Timeout,
			MaxIdleConnsPerHost: o.Connections,
			MaxConnsPerHost:     o.Connections,
			IdleConnTimeout:     90 * time.Second,
			DisableCompression:  true,
			TLSClientConfig:     konf,
		},
	}, nil
}

// Adress refuses what is not a plain https address.
func Adress(s string) error {
	u, err := url.Parse(s)
	if err != nil || u.Scheme != "https" || u.Host == "" || u.User != nil || u.RawQuery != "" {
		return errors.New("URL måste vara en https-adress utan frågedel")
	}
	return nil
}

// Anropa makes one call and reads the answer, of max bytes at most. The answer's
// Body is closed. The error is one of our own words, for Otillganglig.
func Anropa(k *http.Client, req *http.Request, max int64) (*http.Response, []byte, error) {
	svar, err := k.Do(req)
	if err != nil {
		return nil, nil, errors.New(orsak(err))
	}
	defer func() { _ = svar.Body.Close() }()
	body, err := io.ReadAll(io.LimitReader(svar.Body, max+1))
	if err != nil {
		return nil, nil, errors.New(orsak(err))
	}
	if int64(len(body)) > max {
		return nil, nil, errors.New("svaret är för stort")
	}
	return svar, body, nil
}

// Otillganglig is the refusal when the other side cannot be reached or understood
// (503): regel is for the user, orsak, one of our own words, for the log.
func Otillganglig(regel register.Regel, orsak string) error {
	return fmt.Errorf("%w: %s", register.Otillganglig(regel, 0), orsak)
}

// orsak names the kind of a network error. The error's own text is dropped: it may
// quote what was sent.
func orsak(err error) string {
	var (
		natfel net.Error
		op     *net.OpError
		cert   *tls.CertificateVerificationError
	)
	switch {
	case errors.Is(err, context.Canceled):
		return "avbruten"
	case errors.Is(err, context.DeadlineExceeded), errors.As(err, &natfel) && natfel.Timeout():
		return "inget svar i tid"
	case errors.As(err, &cert):
		return "serverns certifikat godtas inte"
	case errors.As(err, &op) && op.Op == "remote error":
		return "servern bröt TLS-handskakningen" // most often over our certificate
	case errors.As(err, &op) && op.Op == "dial":
		return "ingen förbindelse"
	}
	return "förbindelsen bröts"
}
