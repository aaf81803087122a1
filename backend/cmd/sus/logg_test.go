package main

import (
	"fmt"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

func TestTheLogsHeadIsOutsideWhenTheServerEndsAndTheLogIsCheckedWithoutSecrets(t *testing.T) {
	dir := t.TempDir()
	ln, err := net.Listen("tcp", "localhost:0")
	if err != nil {
		t.Fatal(err)
	}
	metrics := ln.Addr().String()
	_ = ln.Close()
	k := starta(t, dir, "--matvarden-adress="+metrics)
	if _, fel, err := kor(t, dir, "logg", "visa", "--av=prov"); err != nil { // that it was read is a row
		t.Fatalf("%v: %s", err, fel)
	}
	inomTid(t, 20*time.Second, "the row is sealed and measured", func() bool {
		status, text := hamta(t, "http://"+metrics+"/metrics", "")
		return status == http.StatusOK && !strings.Contains(text, "sus_logg_sigill 0\n") && strings.Contains(text, "sus_logg_aldsta_oforseglad_sekunder 0\n") &&
			strings.Contains(text, "sus_logg_kontroll_hel -1\n")
	})
	if status, _ := hamta(t, k.bas+"/metrics", ""); status == http.StatusOK {
		t.Error("users reach the measurements")
	}
	if err := k.avsluta(t, syscall.SIGTERM); err != nil {
		t.Fatalf("%v: %s", err, k.fel)
	}
	if !strings.Contains(k.fel.String(), `"msg":"logghuvud"`) {
		t.Errorf("the server's own log has no head: %s", k.fel)
	}
	heads := filepath.Join(dir, "logghuvud.jsonl")
	text, err := os.ReadFile(heads)
	// One, or two when the rows of the start and of the command were sealed apart.
	antal := strings.Count(string(text), "\n")
	if err != nil || antal < 1 || antal > 2 {
		t.Fatalf("the heads outside are %q (%v)", text, err)
	}
	last := strings.SplitAfter(string(text), "\n")[antal-1]
	// The key file is away: the public key suffices.
	if err := os.Rename(filepath.Join(dir, "nycklar.json"), filepath.Join(dir, "undan.json")); err != nil {
		t.Fatal(err)
	}
	check := func(arg ...string) (string, error) {
		ut, fel, err := kor(t, dir, append([]string{"logg", "kontrollera", "--nyckel=" + heads + ".nyckel"}, arg...)...)
		return ut + fel, err
	}
	if ut, err := check(); err != nil || !strings.HasPrefix(ut, "Loggen är hel: ") || !strings.Contains(ut, fmt.Sprintf("Huvuden utifrån: %d finns i loggen", antal)) {
		t.Errorf("%v: %s", err, ut)
	}
	// A head that the log has never had.
	other := filepath.Join(dir, "andra.jsonl")
	if err := os.WriteFile(other, []byte(strings.Replace(last, `"sekvens":`, `"sekvens":9`, 1)), 0o600); err != nil {
		t.Fatal(err)
	}
	if ut, err := check("--huvud=" + other); err == nil || !strings.Contains(ut, "inte signerat") {
		t.Errorf("%v: %s", err, ut)
	}
	if _, fel, err := kor(t, dir, "logg", "kontrollera"); err == nil || !strings.Contains(fel, "nyckelfilen") {
		t.Errorf("without the key file: %v: %s", err, fel)
	}
	if err := os.Rename(filepath.Join(dir, "undan.json"), filepath.Join(dir, "nycklar.json")); err != nil {
		t.Fatal(err)
	}
	public, err := os.ReadFile(heads + ".nyckel")
	if err != nil {
		t.Fatal(err)
	}
	if ut, fel, err := kor(t, dir, "logg", "nyckel"); err != nil || strings.TrimSpace(ut) != strings.TrimSpace(string(public)) {
		t.Errorf("%v: %s %s", err, ut, fel)
	}
	if ut, fel, err := kor(t, dir, "logg", "huvud"); err != nil || ut != last {
		t.Errorf("%v: %s %s", err, ut, fel)
	}
	for _, arg := range [][]string{{"--av=prov"}, {"--varfor=prov"}, {"--av= ", "--varfor=x"}, {"--av=prov", "--varfor=inget är förlorat"}} {
		if ut, fel, err := kor(t, dir, append([]string{"logg", "ny-epok"}, arg...)...); err == nil {
			t.Errorf("%s: %s %s", fmt.Sprint(arg), ut, fel)
		}
	}
}
