// Package devcert makes the certificates of the simulators in development and
// in tests: one CA that may only vouch for this machine, one server and one
// client certificate under it. Production brings its own files; nothing there
// calls this package.
//
// The CA's private key is used once and never written down, so that nobody who
// reads the folder can make a further certificate. A renewal makes all anew.
package devcert

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"errors"
	"fmt"
	"math/big"
	"net"
	"os"
	"path/filepath"
	"syscall"
	"time"
)

const (
	giltighet = 365 * 24 * time.Hour
	// marginal is how long before the end everything is made anew: longer than
	// any development server runs.
	marginal = 30 * 24 * time.Hour
)

// Filer are the paths of the made certificates and keys, PEM, mode 0600.
type Filer struct {
	CA         string
	ServerCert string
	ServerKey  string
	KlientCert string
	KlientKey  string
}

func filerI(dir string) Filer {
	return Filer{
		CA:         filepath.Join(dir, "ca.pem"),
		ServerCert: filepath.Join(dir, "server.pem"),
		ServerKey:  filepath.Join(dir, "server-key.pem"),
		KlientCert: filepath.Join(dir, "klient.pem"),
		KlientKey:  filepath.Join(dir, "klient-key.pem"),
	}
}

// Sakerstall gives the certificates in dir and makes them when they are
// missing, broken or end within 30 days. nu is the time of the wall clock, not
// of a demo, as TLS compares with that. Processes that start at the same moment
// may all call it: the folder is locked meanwhile.
func Sakerstall(dir string, nu time.Time) (Filer, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return Filer{}, fmt.Errorf("devcert: %w", err)
	}
	lock, err := os.OpenFile(filepath.Join(dir, ".las"), os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return Filer{}, fmt.Errorf("devcert: %w", err)
	}
	defer func() { _ = lock.Close() }() // closing releases the lock
	if err := syscall.Flock(int(lock.Fd()), syscall.LOCK_EX); err != nil {
		return Filer{}, fmt.Errorf("devcert: %w", err)
	}
	f := filerI(dir)
	if f.duger(nu) == nil {
		return f, nil
	}
	if err := f.skapa(nu); err != nil {
		return Filer{}, fmt.Errorf("devcert: %w", err)
	}
	if err := f.duger(nu); err != nil {
		return Filer{}, fmt.Errorf("devcert: %w", err)
	}
	return f, nil
}

// duger says why the files on disk cannot be used.
func (f Filer) duger(nu time.Time) error {
	pool, err := laddaCA(f.CA)
	if err != nil {
		return err
	}
	for _, p := range []struct {
		cert, key string
		bruk      x509.ExtKeyUsage
	}{
		{f.ServerCert, f.ServerKey, x509.ExtKeyUsageServerAuth},
		{f.KlientCert, f.KlientKey, x509.ExtKeyUsageClientAuth},
	} {
		par, err := tls.LoadX509KeyPair(p.cert, p.key)
		if err != nil {
			return err
		}
		if _, err := par.Leaf.Verify(x509.VerifyOptions{
			Roots:       pool,
			CurrentTime: nu,
			KeyUsages:   []x509.ExtKeyUsage{p.bruk},
		}); err != nil {
			return err
		}
		if par.Leaf.NotAfter.Before(nu.Add(marginal)) {
			return errors.New("går snart ut")
		}
	}
	return nil
}

func laddaCA(fil string) (*x509.CertPool, error) {
	b, err := os.ReadFile(fil)
	if err != nil {
		return nil, err
	}
	pool := x509.NewCertPool()
	if !pool.AppendCertsFromPEM(b) {
		return nil, fmt.Errorf("inget certifikat i %s", fil)
	}
	return pool, nil
}

func (f Filer) skapa(nu time.Time) error {
	caKey, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return err
	}
	ca, err := mall("SUS utveckling CA", nu)
	if err != nil {
		return err
	}
	ca.IsCA = true
	ca.BasicConstraintsValid = true
	ca.MaxPathLenZero = true
	ca.KeyUsage = x509.KeyUsageCertSign
	// Were somebody to trust this CA in a browser, it still vouches for this machine only.
	ca.PermittedDNSDomainsCritical = true
	ca.PermittedDNSDomains = []string{"localhost"}
	ca.PermittedIPRanges = []*net.IPNet{
		{IP: net.IPv4(127, 0, 0, 0).To4(), Mask: net.CIDRMask(8, 32)},
		{IP: net.IPv6loopback, Mask: net.CIDRMask(128, 128)},
	}
	caDER, err := x509.CreateCertificate(rand.Reader, ca, ca, &caKey.PublicKey, caKey)
	if err != nil {
		return err
	}
	if err := skriv(f.CA, "CERTIFICATE", caDER); err != nil {
		return err
	}

	server, err := mall("SUS simulator", nu)
	if err != nil {
		return err
	}
	server.KeyUsage = x509.KeyUsageDigitalSignature
	server.ExtKeyUsage = []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth}
	server.DNSNames = []string{"localhost"}
	server.IPAddresses = []net.IP{net.IPv4(127, 0, 0, 1), net.IPv6loopback}
	if err := utfarda(server, ca, caKey, f.ServerCert, f.ServerKey); err != nil {
		return err
	}

	klient, err := mall("SUS server", nu)
	if err != nil {
		return err
	}
	klient.KeyUsage = x509.KeyUsageDigitalSignature
	klient.ExtKeyUsage = []x509.ExtKeyUsage{x509.ExtKeyUsageClientAuth}
	return utfarda(klient, ca, caKey, f.KlientCert, f.KlientKey)
}

func mall(namn string, nu time.Time) (*x509.Certificate, error) {
	nr, err := rand.Int(rand.Reader, new(big.Int).Lsh(big.NewInt(1), 127))
	if err != nil {
		return nil, err
	}
	return &x509.Certificate{
		SerialNumber: nr,
		Subject:      pkix.Name{CommonName: namn},
		NotBefore:    nu.Add(-time.Hour),
		NotAfter:     nu.Add(giltighet),
	}, nil
}

func utfarda(cert, ca *x509.Certificate, caKey *ecdsa.PrivateKey, certFil, keyFil string) error {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return err
	}
	der, err := x509.CreateCertificate(rand.Reader, cert, ca, &key.PublicKey, caKey)
	if err != nil {
		return err
	}
	keyDER, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		return err
	}
	if err := skriv(keyFil, "PRIVATE KEY", keyDER); err != nil {
		return err
	}
	return skriv(certFil, "CERTIFICATE", der)
}

// skriv replaces the file whole, so that a reader never meets half of it.
func skriv(fil, typ string, der []byte) error {
	tmp := fil + ".ny"
	if err := os.Remove(tmp); err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	b := pem.EncodeToMemory(&pem.Block{Type: typ, Bytes: der})
	if err := os.WriteFile(tmp, b, 0o600); err != nil {
		return err
	}
	return os.Rename(tmp, fil)
}
