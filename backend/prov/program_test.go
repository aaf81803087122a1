package prov_test

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"sus/backend/pgembed"
)

// byggt is the program, built once for all tests.
var byggt = sync.OnceValues(func() (string, error) {
	dir, err := os.MkdirTemp("", "sus-prov-bin-")
	if err != nil {
		return "", err
	}
	stada = append(stada, dir)
	fil := filepath.Join(dir, "sus")
	// go run, unlike go build, keeps what it has linked: «cp PROGRAM FIL» is then all that is left to do.
	cmd := exec.Command("go", "run", "-ldflags=-s -w", "-exec", "cp", "sus/backend/cmd/sus", fil)
	if ut, err := cmd.CombinedOutput(); err != nil {
		return "", fmt.Errorf("programmet går inte att bygga: %w: %s", err, ut)
	}
	return fil, nil
})

// What the tests share: ended and removed after the last of them.
var (
	avsluta []func()
	stada   []string
)

func TestMain(m *testing.M) {
	kod := m.Run()
	for _, f := range avsluta {
		f()
	}
	for _, dir := range stada {
		_ = os.RemoveAll(dir)
	}
	os.Exit(kod)
}

// mapp is an empty folder that every user can enter: PostgreSQL runs as another
// user when the tests are run by root. It is in memory where there is room, so that
// a durable database waits for no disk. It is removed with the test, or when delad
// with the last of them.
func mapp(t *testing.T, delad bool) string {
	t.Helper()
	dir, err := os.MkdirTemp(pgembed.MemoryRoot(), "sus-prov-")
	ja(t, err)
	if delad {
		stada = append(stada, dir)
	} else {
		t.Cleanup(func() { _ = os.RemoveAll(dir) })
	}
	ja(t, os.Chmod(dir, 0o755))
	return dir
}

func ja(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// installation is a data folder and the settings that its commands are given.
type installation struct {
	mapp  string
	miljo []string
}

// program is «sus ARG…», with nothing of the machine's settings.
func (i installation) program(t *testing.T, arg ...string) *exec.Cmd {
	t.Helper()
	fil, err := byggt()
	ja(t, err)
	cmd := exec.Command(fil, arg...)
	for _, kv := range os.Environ() {
		if !strings.HasPrefix(kv, "SUS_") || strings.HasPrefix(kv, "SUS_PG_BIN=") || strings.HasPrefix(kv, "SUS_CACHE_DIR=") {
			cmd.Env = append(cmd.Env, kv)
		}
	}
	// localhost may be an address that somebody else's server has; the loopback number is ours alone.
	cmd.Env = append(cmd.Env, "SUS_AV=prov", "SUS_DATA_DIR="+i.mapp, "SUS_PORT=0", "SUS_ADRESS=127.0.0.1")
	cmd.Env = append(cmd.Env, i.miljo...)
	return cmd
}

// kor runs a command to its end and demands that it succeeds.
func (i installation) kor(t *testing.T, arg ...string) string {
	t.Helper()
	ut, fel, err := i.forsok(t, arg...)
	if err != nil {
		t.Fatalf("sus %s: %v: %s", arg[0], err, fel)
	}
	return ut
}

func (i installation) forsok(t *testing.T, arg ...string) (ut, fel string, err error) {
	t.Helper()
	cmd := i.program(t, arg...)
	var o, e bytes.Buffer
	cmd.Stdout, cmd.Stderr = &o, &e
	err = cmd.Run()
	return o.String(), e.String(), err
}

// token is an access token of the demo.
func (i installation) token(t *testing.T, roll string, arg ...string) string {
	t.Helper()
	return strings.TrimSpace(i.kor(t, append([]string{"demo", "token", roll}, arg...)...))
}

// fylld is the data folder of a small demo that nobody runs: made once, for each of
// its copies to go on from.
var fylld string

func fylldDemo(t *testing.T) string {
	t.Helper()
	if fylld == "" {
		i := installation{mapp: mapp(t, true)}
		i.serva(t).avsluta(t) // makes and migrates the database
		i.kor(t, "demo", "fyll", "--antal=12")
		fylld = i.mapp
	}
	return fylld
}

// kopiera makes the folder till a copy of fran, whose files keep their owners.
func kopiera(t *testing.T, fran, till string) {
	t.Helper()
	if fi, err := os.Lstat(filepath.Join(fran, "pgdata")); err != nil || !fi.IsDir() {
		t.Fatalf("%s har ingen databas att kopiera (en länk är ingen): %v", fran, err)
	}
	if ut, err := exec.Command("cp", "-a", fran, till).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, ut)
	}
}

// server is a server that runs; fel collects what it writes on stderr.
type server struct {
	bas string
	cmd *exec.Cmd
	fel *skyddad

	en   sync.Once
	slut error
}

// skyddad is a buffer that may be read while the process writes.
type skyddad struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (s *skyddad) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.Write(p)
}

func (s *skyddad) Bytes() []byte {
	s.mu.Lock()
	defer s.mu.Unlock()
	return bytes.Clone(s.b.Bytes())
}

func (i installation) serva(t *testing.T, arg ...string) *server {
	t.Helper()
	s := &server{cmd: i.program(t, append([]string{"serve"}, arg...)...), fel: &skyddad{}}
	s.cmd.Stderr = s.fel
	ut, err := s.cmd.StdoutPipe()
	ja(t, err)
	ja(t, s.cmd.Start())
	t.Cleanup(func() {
		// Asked first: its PostgreSQL and simulators end with it.
		_ = s.cmd.Process.Signal(syscall.SIGTERM)
		nod := time.AfterFunc(30*time.Second, func() { _ = s.cmd.Process.Kill() })
		_ = s.sluta()
		nod.Stop()
	})
	r := bufio.NewScanner(ut)
	for r.Scan() {
		if bas, ok := strings.CutPrefix(r.Text(), "SUS svarar på http://localhost:"); ok {
			s.bas = "http://127.0.0.1:" + bas
		}
		if strings.HasPrefix(r.Text(), "PID ") {
			go func() { _, _ = io.Copy(s.fel, ut) }() // what it prints may show nobody either
			return s
		}
	}
	t.Fatalf("servern startar inte: %v: %s", s.sluta(), s.fel.Bytes())
	return nil
}

func (s *server) sluta() error {
	s.en.Do(func() { s.slut = s.cmd.Wait() })
	return s.slut
}

// avsluta ends the server as an operator does.
func (s *server) avsluta(t *testing.T) {
	t.Helper()
	ja(t, s.cmd.Process.Signal(syscall.SIGTERM))
	if err := s.sluta(); err != nil {
		t.Errorf("servern slutar med %v: %s", err, s.fel.Bytes())
	}
}

// databasURL is the address of the running server's database, as another role.
func (i installation) databasURL(t *testing.T, roll string) string {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(i.mapp, "server.json"))
	ja(t, err)
	var f struct{ DatabaseURL string }
	ja(t, json.Unmarshal(b, &f))
	return strings.Replace(f.DatabaseURL, "sus_server@", roll+"@", 1)
}

// barn gives the processes that a process has started, by id.
func barn(t *testing.T, foralder int) []int {
	t.Helper()
	ut, err := exec.Command("ps", "-eo", "pid=,ppid=").Output()
	if err != nil {
		t.Fatalf("ps behövs för att hitta processer (Debian: apt install procps): %v", err)
	}
	var svar []int
	for rad := range strings.Lines(string(ut)) {
		var pid, ppid int
		if _, err := fmt.Sscan(rad, &pid, &ppid); err == nil && ppid == foralder {
			svar = append(svar, pid)
		}
	}
	return svar
}

// simulator is the process id of one of the server's simulators.
func (s *server) simulator(t *testing.T, namn string) int {
	t.Helper()
	for _, pid := range barn(t, s.cmd.Process.Pid) {
		ut, err := exec.Command("ps", "-o", "args=", "-p", strconv.Itoa(pid)).Output()
		if err == nil && strings.Contains(string(ut), "simulator "+namn) {
			return pid
		}
	}
	t.Fatalf("simulatorn %s kör inte", namn)
	return 0
}

func inomTid(t *testing.T, inom time.Duration, vad string, klart func() bool) {
	t.Helper()
	for slut := time.Now().Add(inom); time.Now().Before(slut); time.Sleep(20 * time.Millisecond) {
		if klart() {
			return
		}
	}
	t.Fatalf("inte inom %s: %s", inom, vad)
}
