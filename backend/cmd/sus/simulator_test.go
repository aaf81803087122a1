package main

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/alecthomas/kong"

	"sus/backend/devcert"
	"sus/backend/folkbokforing"
	"sus/backend/register"
	"sus/backend/sms"
)

// With SUS_PROV_SIMULATOR set, this test binary is «sus simulator …»: the
// simulators are tried as the processes they are.
func init() {
	if os.Getenv("SUS_PROV_SIMULATOR") == "" {
		return
	}
	var c SimulatorCmd
	p, err := kong.New(&c)
	if err == nil {
		var k *kong.Context
		if k, err = p.Parse(os.Args[1:]); err == nil {
			err = k.Run()
		}
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	os.Exit(0)
}

// simulatorprov is a simulator running beside the test.
type simulatorprov struct {
	adress string
	stdin  io.Closer
	cmd    *exec.Cmd
	slut   chan error
	ut     *bytes.Buffer // what it wrote on stderr
}

func startaProv(t *testing.T, dir string, arg ...string) *simulatorprov {
	t.Helper()
	cmd := exec.Command(os.Args[0], append(arg, "--cert-dir", filepath.Join(dir, "cert"), "--ready-file", filepath.Join(dir, "adress"))...)
	cmd.Env = append(os.Environ(), "SUS_PROV_SIMULATOR=1", "SUS_SMS_LOSENORD=hemligt")
	p := &simulatorprov{cmd: cmd, slut: make(chan error, 1), ut: &bytes.Buffer{}}
	cmd.Stderr = p.ut
	stdin, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	p.stdin = stdin
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = cmd.Process.Kill() })
	rad, err := bufio.NewReader(stdout).ReadString('\n')
	if err != nil {
		t.Fatalf("no address: %v", err)
	}
	go func() { p.slut <- cmd.Wait() }()
	p.adress = strings.TrimSpace(rad)
	fil, err := os.ReadFile(filepath.Join(dir, "adress"))
	if err != nil || strings.TrimSpace(string(fil)) != p.adress {
		t.Fatalf("the file says %q, stdout %q: %v", fil, p.adress, err)
	}
	return p
}

// tagerSlut waits for the end and wants it to be a clean one, with the file gone.
func (p *simulatorprov) tagerSlut(t *testing.T, dir string) {
	t.Helper()
	select {
	case err := <-p.slut:
		if err != nil {
			t.Errorf("ended with %v", err)
		}
	case <-time.After(5 * time.Second):
		t.Fatal("still running")
	}
	if _, err := os.Stat(filepath.Join(dir, "adress")); !os.IsNotExist(err) {
		t.Error("the file with its address is left")
	}
	if p.ut.Len() > 0 {
		t.Errorf("it wrote %d bytes on stderr", p.ut.Len())
	}
}

func TestThePopulationRegisterIsAProcessThatEndsWithItsParent(t *testing.T) {
	dir := t.TempDir()
	p := startaProv(t, dir, "navet")
	cert, err := devcert.Sakerstall(filepath.Join(dir, "cert"), time.Now())
	if err != nil {
		t.Fatal(err)
	}
	k, err := folkbokforing.New(folkbokforing.SimulatorOptions(p.adress, cert))
	if err != nil {
		t.Fatal(err)
	}
	defer k.Stang()
	post, err := k.Sok(t.Context(), register.Testnummer(register.NyttDatum(1977, 1, 17), false))
	if err != nil || post.Namn == "" {
		t.Errorf("found %v: %v", post.Hittad, err)
	}
	_ = p.stdin.Close() // as when the parent is killed
	p.tagerSlut(t, dir)
}

func TestTheSMSServiceIsAProcessThatEndsAtCtrlC(t *testing.T) {
	dir := t.TempDir()
	p := startaProv(t, dir, "sms")
	cert, err := devcert.Sakerstall(filepath.Join(dir, "cert"), time.Now())
	if err != nil {
		t.Fatal(err)
	}
	k, err := sms.New(sms.Options{URL: p.adress, CAFil: cert.CA, Anvandare: "sus", Losenord: "hemligt"})
	if err != nil {
		t.Fatal(err)
	}
	if err := k.Skicka(t.Context(), sms.Meddelande{Till: "+46701740605", Text: "Din kod är 123456.", Flash: true}); err != nil {
		t.Error(err)
	}
	if lista, err := k.Lista(t.Context()); err != nil || len(lista) != 1 {
		t.Errorf("%d messages: %v", len(lista), err)
	}
	if err := p.cmd.Process.Signal(syscall.SIGINT); err != nil {
		t.Fatal(err)
	}
	p.tagerSlut(t, dir)
}

func TestASimulatorWithoutItsFolderOrPasswordDoesNotStart(t *testing.T) {
	for _, arg := range [][]string{{"navet"}, {"sms", "--cert-dir", t.TempDir()}, {"navet", "--cert-dir", t.TempDir(), "--addr", "256.0.0.1:0"}} {
		cmd := exec.Command(os.Args[0], arg...)
		cmd.Env = append(os.Environ(), "SUS_PROV_SIMULATOR=1", "SUS_SMS_LOSENORD=")
		if err := cmd.Run(); err == nil {
			t.Errorf("%v: started", arg)
		}
	}
}

func TestThePopulationRegisterFollowsAScriptByADemosClock(t *testing.T) {
	dir := t.TempDir()
	manus := filepath.Join(dir, "manus.json")
	nr := register.Testnummer(register.NyttDatum(1977, 1, 17), false)
	omTva := time.Now().Add(48 * time.Hour)
	skriv := func(fran time.Time, svar string) {
		t.Helper()
		text := fmt.Sprintf(`{"personer": [{"nummer": %q, "fran": %q, "svar": %q}]}`, nr.Siffror(), fran.Format(time.RFC3339), svar)
		if err := os.WriteFile(manus, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	skriv(omTva, "HEMLIG")
	cmd := exec.Command(os.Args[0], "navet", "--cert-dir", filepath.Join(dir, "cert"), "--manus", manus)
	cmd.Env = append(os.Environ(), "SUS_PROV_SIMULATOR=1")
	if ut, err := cmd.CombinedOutput(); err == nil || !strings.Contains(string(ut), `okänt svar "HEMLIG"`) {
		t.Errorf("a wrong script: %v %s", err, ut)
	}

	skriv(omTva, "SEKRETESSMARKERING")
	p := startaProv(t, dir, "navet", "--manus", manus, "--forskjutning", "47h")
	cert, err := devcert.Sakerstall(filepath.Join(dir, "cert"), time.Now())
	if err != nil {
		t.Fatal(err)
	}
	k, err := folkbokforing.New(folkbokforing.SimulatorOptions(p.adress, cert))
	if err != nil {
		t.Fatal(err)
	}
	defer k.Stang()
	if post, err := k.Sok(t.Context(), nr); err != nil || post.ArSkyddad() {
		t.Errorf("an hour before: protected %v, %v", post.ArSkyddad(), err)
	}
	skriv(omTva.Add(-2*time.Hour), "SEKRETESSMARKERING")
	if post, err := k.Sok(t.Context(), nr); err != nil || !post.ArSkyddad() {
		t.Errorf("an hour after: protected %v, %v", post.ArSkyddad(), err)
	}
	_ = p.stdin.Close()
	p.tagerSlut(t, dir)
}
