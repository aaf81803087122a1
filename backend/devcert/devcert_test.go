package devcert

import (
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"
)

func sakerstall(t *testing.T, dir string, nu time.Time) Filer {
	t.Helper()
	f, err := Sakerstall(dir, nu)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func las(t *testing.T, fil string) string {
	t.Helper()
	b, err := os.ReadFile(fil)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func TestCertificatesAreKeptUntilTheyAreNearTheirEnd(t *testing.T) {
	dir, nu := filepath.Join(t.TempDir(), "cert"), time.Now()
	f := sakerstall(t, dir, nu)
	forsta := las(t, f.KlientCert)
	if sakerstall(t, dir, nu.Add(300*24*time.Hour)); las(t, f.KlientCert) != forsta {
		t.Error("made anew although 65 days were left")
	}
	if sakerstall(t, dir, nu.Add(340*24*time.Hour)); las(t, f.KlientCert) == forsta {
		t.Error("kept although 25 days were left")
	}
}

func TestABrokenOrMissingFileIsMadeAnewWithTheRest(t *testing.T) {
	dir, nu := t.TempDir(), time.Now()
	f := sakerstall(t, dir, nu)
	for _, fil := range []string{f.CA, f.ServerCert, f.ServerKey, f.KlientCert, f.KlientKey} {
		fore := las(t, f.CA)
		if err := os.WriteFile(fil, []byte("skräp"), 0o600); err != nil {
			t.Fatal(err)
		}
		if sakerstall(t, dir, nu); las(t, f.CA) == fore {
			t.Errorf("%s: the CA was kept, whose key is gone", filepath.Base(fil))
		}
		if err := os.Remove(fil); err != nil {
			t.Fatal(err)
		}
		sakerstall(t, dir, nu)
	}
}

func TestNobodyElseOnTheMachineReadsTheFilesAndTheCAsKeyIsNowhere(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "cert")
	sakerstall(t, dir, time.Now())
	if i, err := os.Stat(dir); err != nil || i.Mode().Perm() != 0o700 {
		t.Errorf("folder: %v %v", i.Mode(), err)
	}
	poster, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	nycklar := 0
	for _, p := range poster {
		i, err := p.Info()
		if err != nil {
			t.Fatal(err)
		}
		if i.Mode().Perm() != 0o600 {
			t.Errorf("%s has %v", p.Name(), i.Mode())
		}
		if b, _ := pem.Decode([]byte(las(t, filepath.Join(dir, p.Name())))); b != nil && b.Type == "PRIVATE KEY" {
			nycklar++
		}
	}
	if nycklar != 2 {
		t.Errorf("%d private keys, want the server's and the client's", nycklar)
	}
}

func TestProcessesThatStartTogetherGetTheSameCertificates(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "cert")
	var wg sync.WaitGroup
	ca := make([]string, 8)
	for i := range ca {
		wg.Go(func() {
			f, err := Sakerstall(dir, time.Now())
			if err != nil {
				t.Error(err)
				return
			}
			b, err := os.ReadFile(f.CA)
			if err != nil {
				t.Error(err)
			}
			ca[i] = string(b)
		})
	}
	wg.Wait()
	for _, c := range ca {
		if c == "" || c != ca[0] {
			t.Fatal("different CAs in one folder")
		}
	}
}

func TestTheCAVouchesForThisMachineOnly(t *testing.T) {
	f := sakerstall(t, t.TempDir(), time.Now())
	b, _ := pem.Decode([]byte(las(t, f.CA)))
	ca, err := x509.ParseCertificate(b.Bytes)
	if err != nil {
		t.Fatal(err)
	}
	if len(ca.PermittedDNSDomains) != 1 || ca.PermittedDNSDomains[0] != "localhost" || len(ca.PermittedIPRanges) != 2 || !ca.PermittedDNSDomainsCritical {
		t.Error("the CA could vouch for another machine")
	}
}

func TestAServerEndsWithItsContextAndSpeaksNoOldTLS(t *testing.T) {
	f := sakerstall(t, t.TempDir(), time.Now())
	konf, err := f.ServerTLS()
	if err != nil {
		t.Fatal(err)
	}
	s, err := Starta(t.Context(), "127.0.0.1:0", konf, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		_, _ = io.WriteString(w, "hej")
	}))
	if err != nil {
		t.Fatal(err)
	}
	pool, err := laddaCA(f.CA)
	if err != nil {
		t.Fatal(err)
	}
	c, err := tls.Dial("tcp", s.Addr, &tls.Config{RootCAs: pool, MaxVersion: tls.VersionTLS11, MinVersion: tls.VersionTLS10})
	if err == nil {
		_ = c.Close()
		t.Error("TLS 1.1 was accepted")
	}
	if c, err = tls.Dial("tcp", s.Addr, &tls.Config{RootCAs: pool}); err != nil {
		t.Fatal(err)
	}
	_ = c.Close()
	s.Stang()
	if err := s.Vanta(); err != nil {
		t.Error(err)
	}
	if _, err := tls.Dial("tcp", s.Addr, &tls.Config{RootCAs: pool}); err == nil {
		t.Error("still answers")
	}
}
