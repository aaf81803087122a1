package pgembed

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"crypto/sha512"
	"encoding/base64"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// tarball is a package as npm serves it: no links, everything under package/.
func tarball(t *testing.T, files map[string]string) []byte {
	t.Helper()
	var b bytes.Buffer
	gz := gzip.NewWriter(&b)
	tw := tar.NewWriter(gz)
	for name, text := range files {
		mode := int64(0o644)
		if strings.Contains(name, "/bin/") {
			mode = 0o755
		}
		if err := tw.WriteHeader(&tar.Header{Name: name, Mode: mode, Size: int64(len(text)), Typeflag: tar.TypeReg}); err != nil {
			t.Fatal(err)
		}
		if _, err := tw.Write([]byte(text)); err != nil {
			t.Fatal(err)
		}
	}
	if err := tw.Close(); err != nil {
		t.Fatal(err)
	}
	if err := gz.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func serve(t *testing.T, body []byte) string {
	t.Helper()
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write(body) }))
	t.Cleanup(srv.Close)
	return srv.URL
}

func TestAPackageWithOtherBytesThanThePinnedIsRefused(t *testing.T) {
	body := []byte("something else")
	path := filepath.Join(t.TempDir(), "paket.tgz")
	err := download(t.Context(), serve(t, body), npmIntegrity["linux-x64"], path)
	if err == nil || !strings.Contains(err.Error(), "kontrollsumma") {
		t.Errorf("the wrong bytes are taken: %v", err)
	}
	sum := sha512.Sum512(body)
	if err := download(t.Context(), serve(t, body), base64.StdEncoding.EncodeToString(sum[:]), path); err != nil {
		t.Errorf("the right bytes are refused: %v", err)
	}
}

func TestThePackagesLibrariesAreFoundByTheirShortNames(t *testing.T) {
	dir := t.TempDir()
	tgz := filepath.Join(dir, "paket.tgz")
	body := tarball(t, map[string]string{
		"package/native/bin/postgres":       "program",
		"package/native/lib/libx.so.1.2":    "library",
		"package/native/lib/liby.a":         "for compilers only",
		"package/native/../../escape":       "outside",
		"package/README.md":                 "not native",
		"package/native/pg-symlinks.json":   `[{"source":"native/lib/libx.so.1.2","target":"native/lib/libx.so.1"}]`,
		"package/native/share/postgres.bki": "data",
	})
	if err := os.WriteFile(tgz, body, 0o600); err != nil {
		t.Fatal(err)
	}
	native := filepath.Join(dir, "native")
	if err := unpack(tgz, native); err != nil {
		t.Fatal(err)
	}
	if err := hydrate(native); err != nil {
		t.Fatal(err)
	}
	if b, err := os.ReadFile(filepath.Join(native, "lib", "libx.so.1")); err != nil || string(b) != "library" {
		t.Errorf("the short name leads to %q: %v", b, err)
	}
	if fi, err := os.Stat(filepath.Join(native, "bin", "postgres")); err != nil || fi.Mode().Perm() != 0o755 {
		t.Errorf("the program cannot be run by everybody: %v %v", fi, err)
	}
	for _, absent := range []string{filepath.Join(native, "lib", "liby.a"), filepath.Join(dir, "escape"), filepath.Join(dir, "README.md")} {
		if _, err := os.Lstat(absent); err == nil {
			t.Errorf("%s was written", absent)
		}
	}
}

func TestALinkOutOfThePackageIsRefused(t *testing.T) {
	native := t.TempDir()
	evil := `[{"source":"native/../../etc/passwd","target":"native/lib/libx.so"}]`
	if err := os.WriteFile(filepath.Join(native, "pg-symlinks.json"), []byte(evil), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := hydrate(native); err == nil {
		t.Error("the link was made")
	}
}

func TestEveryPlatformOfThePackageIsPinned(t *testing.T) {
	if major := npmMajor(); major < MinMajor {
		t.Errorf("the package holds PostgreSQL %d, at least %d is needed", major, MinMajor)
	}
	for platform, sum := range npmIntegrity {
		if b, err := base64.StdEncoding.DecodeString(sum); err != nil || len(b) != sha512.Size {
			t.Errorf("%s has no sha512", platform)
		}
	}
}

func TestADatabaseMadeByAnotherMajorVersionIsNotOpened(t *testing.T) {
	b := binaries{dir: "/x", version: "16.1", major: 16}
	if fits(b, 15) == nil {
		t.Error("a cluster of 15 would be opened by 16")
	}
	if fits(b, 0) != nil || fits(b, 16) != nil {
		t.Error("16 does not fit a new cluster or its own")
	}
	if fits(binaries{major: 14}, 0) == nil {
		t.Error("14 is taken, which SUS does not run on")
	}
}
