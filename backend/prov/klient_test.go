//go:build bevis

package prov_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

var modulrad = regexp.MustCompile(`(?m)^module .*$`)

// TestAClientGeneratedFromTheServedContractRegistersAParticipant does what an
// integrator does in an empty module, without a network: the generator and what its
// code needs are this module's own.
func TestAClientGeneratedFromTheServedContractRegistersAParticipant(t *testing.T) {
	y := nyYttre(t)
	s := y.serva(t)
	dir := t.TempDir()
	ja(t, os.Mkdir(filepath.Join(dir, "sus"), 0o755))
	ja(t, os.WriteFile(filepath.Join(dir, "openapi.yaml"), s.vanta(t, 200, anrop{metod: "GET", vag: "/v1/openapi.yaml"}).text, 0o644))
	gomod, err := os.ReadFile("../../go.mod")
	ja(t, err)
	ja(t, os.WriteFile(filepath.Join(dir, "go.mod"), modulrad.ReplaceAll(gomod, []byte("module klient")), 0o644))
	for fil, fran := range map[string]string{"go.sum": "../../go.sum", "main.go": "testdata/klient/main.go"} {
		b, err := os.ReadFile(fran)
		ja(t, err)
		ja(t, os.WriteFile(filepath.Join(dir, fil), b, 0o644))
	}
	gor := func(arg ...string) string {
		t.Helper()
		cmd := exec.Command("go", arg...)
		cmd.Dir = dir
		cmd.Env = append(os.Environ(), "GOFLAGS=-mod=mod", "GOPROXY=off", "GOWORK=off")
		ut, err := cmd.CombinedOutput()
		if err != nil {
			t.Fatalf("go %s: %v: %s", arg[0], err, ut)
		}
		return strings.TrimSpace(string(ut))
	}
	gor("tool", "oapi-codegen", "-generate", "types,client", "-package", "sus", "-o", "sus/sus.gen.go", "openapi.yaml")
	// Without paths in it the build of an unchanged contract is found in the cache.
	ut := gor("run", "-trimpath", ".", s.bas+"/v1", y.token(t, "DELTAGARANSVARIG"), nyttNummer())
	if !regexp.MustCompile(`^/v1/deltaganden/[0-9a-f-]{36} PAGAENDE \[FORSORJNINGSSTOD\]$`).MatchString(ut) {
		t.Errorf("klienten skrev: %s", ut)
	}
}
