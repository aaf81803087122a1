package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"sus/backend/register"
	"sus/backend/store/db"
	"sus/backend/store/storetest"
)

// With SUS_PROV_PROGRAM set, this test binary is the whole program: what serve
// starts and ends can only be seen from outside.
func init() {
	if os.Getenv("SUS_PROV_PROGRAM") != "" {
		main()
		os.Exit(0)
	}
}

// stada is what the tests share, removed after the last of them.
var stada []string

func TestMain(m *testing.M) {
	kod := storetest.Main(m)
	for _, dir := range stada {
		_ = os.RemoveAll(dir)
	}
	os.Exit(kod)
}

// program is «sus ARG…» in the data folder, with nothing of the machine's settings.
func program(t *testing.T, dir string, arg ...string) *exec.Cmd {
	t.Helper()
	cmd := exec.Command(os.Args[0], arg...)
	for _, kv := range os.Environ() {
		if !strings.HasPrefix(kv, "SUS_") || strings.HasPrefix(kv, "SUS_PG_BIN=") || strings.HasPrefix(kv, "SUS_CACHE_DIR=") {
			cmd.Env = append(cmd.Env, kv)
		}
	}
	cmd.Env = append(cmd.Env, "SUS_PROV_PROGRAM=1", "SUS_DATA_DIR="+dir, "SUS_PORT=0")
	return cmd
}

// kor runs a command to its end.
func kor(t *testing.T, dir string, arg ...string) (ut, fel string, err error) {
	t.Helper()
	cmd := program(t, dir, arg...)
	var o, e bytes.Buffer
	cmd.Stdout, cmd.Stderr = &o, &e
	err = cmd.Run()
	return o.String(), e.String(), err
}

// korning is a server that runs.
type korning struct {
	cmd *exec.Cmd
	bas string
	fel *bytes.Buffer

	en   sync.Once
	slut error
}

func starta(t *testing.T, dir string, arg ...string) *korning {
	t.Helper()
	k := &korning{cmd: program(t, dir, append([]string{"serve"}, arg...)...), fel: &bytes.Buffer{}}
	k.cmd.Stderr = k.fel
	ut, err := k.cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := k.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = k.cmd.Process.Kill(); _ = k.vanta() })
	r := bufio.NewScanner(ut)
	for r.Scan() {
		if bas, ok := strings.CutPrefix(r.Text(), "SUS svarar på "); ok {
			k.bas = bas
		}
		if pid, ok := strings.CutPrefix(r.Text(), "PID "); ok {
			if pid != strconv.Itoa(k.cmd.Process.Pid) {
				t.Errorf("it prints PID %s and is %d", pid, k.cmd.Process.Pid)
			}
			go func() { _, _ = io.Copy(io.Discard, ut) }()
			return k
		}
	}
	t.Fatalf("the server does not start: %v: %s", k.vanta(), k.fel)
	return nil
}

func (k *korning) vanta() error {
	k.en.Do(func() { k.slut = k.cmd.Wait() })
	return k.slut
}

// avsluta sends the signal and tells how the server ended.
func (k *korning) avsluta(t *testing.T, s syscall.Signal) error {
	t.Helper()
	if err := k.cmd.Process.Signal(s); err != nil {
		t.Fatal(err)
	}
	return k.vanta()
}

// barnen are the processes that the server started: PostgreSQL and two simulators.
func (k *korning) barnen(t *testing.T) []int {
	t.Helper()
	var pids []int
	for pid, ppid := range processer(t) {
		if ppid == k.cmd.Process.Pid {
			pids = append(pids, pid)
		}
	}
	if len(pids) != 3 {
		t.Fatalf("the server has %d children, not PostgreSQL and two simulators: %s", len(pids), k.fel)
	}
	return pids
}

// processer gives each process's parent: from /proc, and where there is none
// (macOS) from ps, which there is part of the system.
func processer(t *testing.T) map[int]int {
	t.Helper()
	m := map[int]int{}
	stat, _ := filepath.Glob("/proc/[0-9]*/stat")
	for _, f := range stat {
		b, err := os.ReadFile(f)
		if err != nil {
			continue // it ended meanwhile
		}
		// «pid (name, which may hold anything) state ppid …»
		_, rest, _ := strings.Cut(string(b[strings.LastIndexByte(string(b), ')'):]), " ")
		var state string
		var pid, ppid int
		if _, err := fmt.Sscan(rest, &state, &ppid); err != nil {
			t.Fatal(err)
		}
		if _, err := fmt.Sscan(string(b), &pid); err != nil {
			t.Fatal(err)
		}
		m[pid] = ppid
	}
	if len(stat) > 0 {
		return m
	}
	ut, err := exec.Command("ps", "-eo", "pid=,ppid=").Output()
	if err != nil {
		t.Fatalf("neither /proc nor ps: %v", err)
	}
	for rad := range strings.Lines(string(ut)) {
		var pid, ppid int
		if _, err := fmt.Sscan(rad, &pid, &ppid); err == nil {
			m[pid] = ppid
		}
	}
	return m
}

func borta(pids []int) bool {
	for _, p := range pids {
		if syscall.Kill(p, 0) == nil {
			return false
		}
	}
	return true
}

func inomTid(t *testing.T, inom time.Duration, vad string, klart func() bool) {
	t.Helper()
	for slut := time.Now().Add(inom); time.Now().Before(slut); time.Sleep(10 * time.Millisecond) {
		if klart() {
			return
		}
	}
	t.Fatalf("not within %s: %s", inom, vad)
}

func hamta(t *testing.T, url, token string) (int, string) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, url, nil)
	if err != nil {
		t.Fatal(err)
	}
	if token != "" {
		req.Header.Set("Authorization", "Bearer "+token)
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = resp.Body.Close() }()
	b, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return resp.StatusCode, string(b)
}

// datamapp is an empty folder that every user can enter, as a clone is.
func datamapp(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("", "sus-prov-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	if err := os.Chmod(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	return dir
}

// forsta is the data folder of a server that has run once: a database made and
// migrated, which takes seconds of the processor, and its keys and certificates.
var forsta string

// anvandMapp is a copy of it, for the tests of what a server does later.
func anvandMapp(t *testing.T) string {
	t.Helper()
	if forsta == "" {
		dir, err := os.MkdirTemp("", "sus-prov-")
		if err != nil {
			t.Fatal(err)
		}
		stada = append(stada, dir)
		if err := os.Chmod(dir, 0o755); err != nil {
			t.Fatal(err)
		}
		if err := starta(t, dir).avsluta(t, syscall.SIGTERM); err != nil {
			t.Fatal(err)
		}
		fi, err := os.Lstat(filepath.Join(dir, "pgdata"))
		if err != nil {
			t.Fatal(err)
		}
		if !fi.IsDir() { // a link: PostgreSQL's user does not reach the temporary files
			return dir
		}
		forsta = dir
	}
	dir := datamapp(t)
	if ut, err := exec.Command("cp", "-a", forsta+"/.", dir).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, ut)
	}
	return dir
}

func TestTheServerBringsUpAllItNeedsAndASignalEndsAllOfIt(t *testing.T) {
	dir := datamapp(t)
	for _, s := range []syscall.Signal{syscall.SIGINT, syscall.SIGTERM} {
		began := time.Now()
		k := starta(t, dir)
		if took := time.Since(began); s == syscall.SIGTERM && took > 3*time.Second {
			t.Errorf("the second start took %s", took)
		}
		if status, _ := hamta(t, k.bas+"/health/ready", ""); status != http.StatusOK {
			t.Errorf("the server that says it answers is not ready: %d", status)
		}
		fi, err := os.Stat(serverfilI(dir))
		if err != nil || fi.Mode().Perm() != 0o600 {
			t.Errorf("the file with the database's address: %v %v", fi, err)
		}
		barn := k.barnen(t)
		if err := k.avsluta(t, s); err != nil {
			t.Errorf("after %s it ends with %v: %s", s, err, k.fel)
		}
		if !borta(barn) {
			t.Errorf("after %s something it started still runs", s)
		}
		if _, err := os.Stat(serverfilI(dir)); !errors.Is(err, os.ErrNotExist) {
			t.Errorf("after %s the file says that a server runs", s)
		}
	}
}

func TestAKilledServerLeavesNothingRunningAndStartsAgain(t *testing.T) {
	dir := anvandMapp(t)
	for range storetest.Bevis(1, 20) {
		k := starta(t, dir)
		barn := k.barnen(t)
		_ = k.avsluta(t, syscall.SIGKILL)
		inomTid(t, 10*time.Second, "PostgreSQL and the simulators are gone", func() bool { return borta(barn) })
		if _, _, err := kor(t, dir, "logg", "kontrollera"); err != nil {
			t.Errorf("a command is led astray by the file that the killed server left: %v", err)
		}
	}
	k := starta(t, dir)
	if err := k.avsluta(t, syscall.SIGTERM); err != nil {
		t.Errorf("it ends with %v: %s", err, k.fel)
	}
}

func TestAServerComesBackWhenItsPostgresIsKilled(t *testing.T) {
	dir := anvandMapp(t)
	k := starta(t, dir)
	for range storetest.Bevis(1, 10) {
		b, err := os.ReadFile(filepath.Join(dir, "pgdata", "postmaster.pid"))
		if err != nil {
			t.Fatal(err)
		}
		pid, err := strconv.Atoi(strings.SplitN(string(b), "\n", 2)[0])
		if err != nil {
			t.Fatal(err)
		}
		if err := syscall.Kill(pid, syscall.SIGKILL); err != nil {
			t.Fatal(err)
		}
		inomTid(t, 20*time.Second, "it is ready again", func() bool {
			status, _ := hamta(t, k.bas+"/health/ready", "")
			return status == http.StatusOK && syscall.Kill(pid, 0) != nil
		})
	}
}

func TestWithoutADemoNoneOfItsFeaturesWorks(t *testing.T) {
	dir := anvandMapp(t)
	k := starta(t, dir)
	for _, arg := range [][]string{
		{"demo", "token", "SYSTEMFORVALTARE"}, {"demo", "aktorer"}, {"demo", "hints"},
	} {
		ut, fel, err := kor(t, dir, arg...)
		if err == nil || ut != "" || !strings.Contains(fel, "demo") {
			t.Errorf("%v beside an ordinary server gives %q, %q, %v", arg, ut, fel, err)
		}
	}
	if status, _ := hamta(t, k.bas+"/demo/sms", ""); status != http.StatusNotFound {
		t.Errorf("the page of sms codes answers %d", status)
	}
	if err := k.avsluta(t, syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	if _, fel, err := kor(t, dir, "serve", "--idag=2020-01-01"); err == nil || !strings.Contains(fel, "demo") {
		t.Errorf("an ordinary server lets its clock be set: %q %v", fel, err)
	}
}

func TestADemosTokenOpensTheServerOnTheDemosDay(t *testing.T) {
	dir := anvandMapp(t)
	if _, fel, err := kor(t, dir, "demo", "fyll", "--antal=12", "--idag=2021-03-04"); err != nil {
		t.Fatalf("the demo is not filled: %v: %s", err, fel)
	}
	k := starta(t, dir)
	token, fel, err := kor(t, dir, "demo", "token", "DELTAGARANSVARIG")
	if err != nil || strings.Count(token, "\n") != 1 {
		t.Fatalf("not one token on stdout: %q: %v: %s", token, err, fel)
	}
	status, body := hamta(t, k.bas+"/v1/jag", strings.TrimSpace(token))
	if status != http.StatusOK {
		t.Fatalf("the token opens nothing: %d %s", status, body)
	}
	var jag map[string]any
	if err := json.Unmarshal([]byte(body), &jag); err != nil {
		t.Fatal(err)
	}
	if status, body := hamta(t, k.bas+"/v1/loggposter", strings.TrimSpace(token)); status != http.StatusForbidden {
		t.Errorf("a deltagaransvarig reads the log: %d %s", status, body)
	}
	log, _, err := kor(t, dir, "logg", "visa", "--antal=1", "--av=prov")
	if tid, fel := time.Parse(time.RFC3339, strings.Fields(log + " -")[0]); err != nil || fel != nil || time.Since(tid).Abs() > time.Hour {
		t.Errorf("the log goes by another clock than the machine's: %q %v", log, err)
	}
	if f, err := lasServerfil(dir); err != nil || register.DatumAv(time.Now().Add(f.Forskjutning)) != register.NyttDatum(2021, 3, 4) {
		t.Errorf("the demo's day is not 2021-03-04: %+v %v", f, err)
	}
	if _, fel, err := kor(t, dir, "serve"); err == nil || !strings.Contains(fel, "används redan") {
		t.Errorf("a second server starts in the same folder: %q %v", fel, err)
	}
}

func TestTheServerRefusesARoleThatOwnsTheDatabase(t *testing.T) {
	dir := datamapp(t)
	d := storetest.NyMedDatabas(t)
	if _, err := db.SkapaNycklar(filepath.Join(dir, "nycklar.json")); err != nil {
		t.Fatal(err)
	}
	for roll, url := range map[string]string{"the owner": d.MigrateURL, "the superuser": d.SuperURL} {
		cmd := program(t, dir, "serve")
		cmd.Env = append(cmd.Env, "SUS_DATABASE_URL="+url)
		if out, err := cmd.CombinedOutput(); err == nil || !strings.Contains(string(out), "får inte användas") {
			t.Errorf("%s may serve: %v: %s", roll, err, out)
		}
	}
	cmd := program(t, dir, "serve")
	cmd.Env = append(cmd.Env, "SUS_DATABASE_URL="+d.AppURL)
	if out, err := cmd.CombinedOutput(); err == nil || !strings.Contains(string(out), "SUS_FOLKBOKFORING_URL") && !strings.Contains(string(out), "SUS_SMS_URL") {
		t.Errorf("a real database is served with simulators: %v: %s", err, out)
	}
	cmd = program(t, dir, "migrate")
	cmd.Env = append(cmd.Env, "SUS_DATABASE_URL="+d.AppURL, "SUS_MIGRATE_URL="+d.MigrateURL)
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Errorf("migrating twice fails: %v: %s", err, out)
	}
}

func TestTheKeysOfADatabaseAreNeverReplaced(t *testing.T) {
	dir := anvandMapp(t)
	if err := os.Remove(filepath.Join(dir, "nycklar.json")); err != nil {
		t.Fatal(err)
	}
	if _, fel, err := kor(t, dir, "serve"); err == nil || !strings.Contains(fel, "nyckelfil") {
		t.Errorf("a database whose keys are lost is opened with new ones: %q %v", fel, err)
	}
}

func TestEverySettingIsListedByHelp(t *testing.T) {
	ut, fel, err := kor(t, t.TempDir(), "serve", "--help")
	if err != nil {
		t.Fatalf("%v: %s", err, fel)
	}
	sources, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	set := map[string]bool{}
	for _, p := range sources {
		if p != "serve.go" && p != "anslutning.go" {
			continue
		}
		b, err := os.ReadFile(p)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range regexp.MustCompile(`env:"([A-Z_]+)"`).FindAllStringSubmatch(string(b), -1) {
			set[m[1]] = true
		}
	}
	if len(set) < 30 {
		t.Fatalf("only %d settings found in the source", len(set))
	}
	for namn := range set {
		if !strings.Contains(ut, namn) {
			t.Errorf("%s is not listed by sus serve --help", namn)
		}
	}
}
