package pgembed_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"sus/backend/pgembed"
	"sus/backend/store/storetest"
)

var quiet = slog.New(slog.NewTextHandler(io.Discard, nil))

// parentDir makes this test binary, started again, a program that runs a cluster
// and waits to be killed.
const parentDir = "PGEMBED_TEST_PARENT_DIR"

func TestMain(m *testing.M) {
	if dir := os.Getenv(parentDir); dir != "" {
		c, err := pgembed.Start(context.Background(), pgembed.Options{Dir: dir, Logger: quiet})
		if err != nil {
			fmt.Println("error", err)
			os.Exit(1)
		}
		fmt.Println("pid", c.PID())
		select {}
	}
	code := m.Run()
	for _, end := range ends {
		end()
	}
	os.Exit(code)
}

// ends are what the tests share, ended after the last of them.
var ends []func()

// shared is a temporary cluster for the tests that only look at it: to make one
// costs a second of the processor.
var shared = sync.OnceValues(func() (*pgembed.Cluster, error) {
	c, err := pgembed.Start(context.Background(), pgembed.Options{Temporary: true, Logger: quiet, Settings: map[string]string{"work_mem": "5MB"}})
	if err == nil {
		ends = append(ends, func() { _ = c.Stop() })
	}
	return c, err
})

func sharedCluster(t *testing.T) *pgembed.Cluster {
	t.Helper()
	c, err := shared()
	if err != nil {
		t.Fatalf("the cluster does not start: %v", err)
	}
	return c
}

// usedFolder is a data folder that other tests have used before, or will: each
// leaves it with no cluster running.
var usedFolder = sync.OnceValue(func() string {
	dir, err := os.MkdirTemp("", "sus-pgembed-")
	if err != nil {
		panic(err)
	}
	ends = append(ends, func() { _ = os.RemoveAll(dir) })
	return dir
})

func start(t *testing.T, opts pgembed.Options) *pgembed.Cluster {
	t.Helper()
	opts.Logger = quiet
	c, err := pgembed.Start(t.Context(), opts)
	if err != nil {
		t.Fatalf("the cluster does not start: %v", err)
	}
	t.Cleanup(func() {
		if err := c.Stop(); err != nil {
			t.Errorf("the cluster does not stop: %v", err)
		}
		// as root the data stands outside the test's own folder, which is closed to others
		remove := func() { _ = os.RemoveAll(c.DataDir()) }
		if opts.Dir == usedFolder() {
			ends = append(ends, remove)
			return
		}
		remove()
	})
	return c
}

func exec1(t *testing.T, url, sql string) error {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	conn, err := pgx.Connect(ctx, url)
	if err != nil {
		return err
	}
	defer func() { _ = conn.Close(ctx) }()
	_, err = conn.Exec(ctx, sql)
	return err
}

func ask[T any](t *testing.T, url, sql string) T {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	conn, err := pgx.Connect(ctx, url)
	if err != nil {
		t.Fatalf("connect: %v", err)
	}
	defer func() { _ = conn.Close(ctx) }()
	var v T
	if err := conn.QueryRow(ctx, sql).Scan(&v); err != nil {
		t.Fatalf("%s: %v", sql, err)
	}
	return v
}

func alive(pid int) bool { return syscall.Kill(pid, 0) == nil }

func eventually(t *testing.T, within time.Duration, what string, ok func() bool) {
	t.Helper()
	for deadline := time.Now().Add(within); time.Now().Before(deadline); time.Sleep(5 * time.Millisecond) {
		if ok() {
			return
		}
	}
	t.Fatalf("not within %s: %s", within, what)
}

func TestAClusterHasAnOwnerAndAServerThatOwnsNothing(t *testing.T) {
	c := sharedCluster(t)
	if err := exec1(t, c.AgareURL(), "create table t (x int); create role r nologin; grant r to sus_server"); err != nil {
		t.Errorf("the owner may not make its tables and roles: %v", err)
	}
	if err := exec1(t, c.AgareURL(), "checkpoint; select pg_switch_wal()"); err != nil {
		t.Errorf("the owner may not empty the files of what was erased: %v", err)
	}
	if err := exec1(t, c.ServerURL(), "create table u (x int)"); err == nil {
		t.Error("the server's role may make tables")
	}
	if err := exec1(t, c.ServerURL(), "select * from t"); err == nil {
		t.Error("the server's role may read what nobody granted it")
	}
	if got := ask[string](t, c.SuperURL(), "select current_setting('listen_addresses')"); got != "" {
		t.Errorf("the cluster listens on the network: %q", got)
	}
	if got := ask[string](t, c.ServerURL(), "select current_setting('server_encoding')"); got != "UTF8" {
		t.Errorf("encoding %s", got)
	}
	fi, err := os.Stat(c.SocketDir())
	if err != nil || fi.Mode().Perm() != 0o700 {
		t.Errorf("others may enter the socket's folder: %v %v", fi.Mode(), err)
	}
	if n := len(filepath.Join(c.SocketDir(), ".s.PGSQL.5432")); n >= 100 {
		t.Errorf("the socket's path has %d bytes", n)
	}
}

func TestATemporaryClusterLeavesNothingBehind(t *testing.T) {
	c := start(t, pgembed.Options{Temporary: true})
	data, socket := c.DataDir(), c.SocketDir()
	if err := c.Stop(); err != nil {
		t.Fatal(err)
	}
	for _, p := range []string{data, socket} {
		if _, err := os.Stat(p); !errors.Is(err, os.ErrNotExist) {
			t.Errorf("%s is left: %v", p, err)
		}
	}
}

func TestARestartKeepsTheDataAndTakesUnderASecond(t *testing.T) {
	opts := pgembed.Options{Dir: filepath.Join(t.TempDir(), "data"), Fsync: true}
	c := start(t, opts)
	if err := exec1(t, c.AgareURL(), "create table t as select 42 x"); err != nil {
		t.Fatal(err)
	}
	// The fastest of three: what the work takes, whatever else the machine does.
	fastest := time.Hour
	for range 3 {
		if err := c.Stop(); err != nil {
			t.Fatal(err)
		}
		began := time.Now()
		c = start(t, opts)
		fastest = min(fastest, time.Since(began))
	}
	if fastest > time.Second {
		t.Errorf("the restart took %s", fastest)
	}
	if got := ask[int](t, c.AgareURL(), "select x from t"); got != 42 {
		t.Errorf("read %d", got)
	}
}

func TestASettingOfTheCallerReachesPostgres(t *testing.T) {
	c := sharedCluster(t)
	if got := ask[string](t, c.ServerURL(), "select current_setting('work_mem')"); got != "5MB" {
		t.Errorf("work_mem %s", got)
	}
}

func TestASecondStartInTheSameFolderIsRefused(t *testing.T) {
	opts := pgembed.Options{Dir: usedFolder(), Logger: quiet}
	start(t, opts)
	_, err := pgembed.Start(t.Context(), opts)
	if err == nil || !strings.Contains(err.Error(), "används redan") || !strings.Contains(err.Error(), strconv.Itoa(os.Getpid())) {
		t.Errorf("the refusal does not say who uses the folder: %v", err)
	}
}

func TestPostgresKilledBySomebodyIsStartedAgain(t *testing.T) {
	c := start(t, pgembed.Options{Dir: usedFolder(), Fsync: true})
	if err := exec1(t, c.AgareURL(), "create table killed as select 42 x"); err != nil {
		t.Fatal(err)
	}
	pid := c.PID()
	if err := syscall.Kill(pid, syscall.SIGKILL); err != nil {
		t.Fatal(err)
	}
	eventually(t, 20*time.Second, "a new postmaster answers", func() bool {
		return c.PID() != pid && c.PID() != 0 && exec1(t, c.AgareURL(), "select x from killed") == nil
	})
}

func TestPostgresEndsWhenItsParentIsKilledAndTheNextStartRecovers(t *testing.T) {
	dir := usedFolder()
	var last int
	for range storetest.Bevis(3, 20) {
		parent := exec.Command(os.Args[0])
		parent.Env = append(os.Environ(), parentDir+"="+dir)
		out, err := parent.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := parent.Start(); err != nil {
			t.Fatal(err)
		}
		line, _ := bufio.NewReader(out).ReadString('\n')
		pid, err := strconv.Atoi(strings.TrimSpace(strings.TrimPrefix(line, "pid ")))
		if err != nil {
			t.Fatalf("the parent says %q", line)
		}
		if !alive(pid) {
			t.Fatal("the postmaster does not run")
		}
		if err := parent.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		_ = parent.Wait()
		last = pid
		// the next round starts at once, while the old postmaster is on its way down
	}
	eventually(t, 10*time.Second, "the last postmaster is gone", func() bool { return !alive(last) })
	c := start(t, pgembed.Options{Dir: dir})
	if got := ask[int](t, c.ServerURL(), "select 1"); got != 1 {
		t.Errorf("read %d", got)
	}
}

func TestAPidFileOfAnotherProcessDoesNotBarTheStart(t *testing.T) {
	opts := pgembed.Options{Dir: usedFolder()}
	c := start(t, opts)
	data := c.DataDir()
	if err := c.Stop(); err != nil {
		t.Fatal(err)
	}
	other := exec.Command("sleep", "60")
	if err := other.Start(); err != nil {
		t.Fatal(err)
	}
	defer func() { _ = other.Process.Kill(); _ = other.Wait() }()
	file := filepath.Join(data, "postmaster.pid")
	if err := os.WriteFile(file, []byte(fmt.Sprintf("%d\n%s\n", other.Process.Pid, data)), 0o600); err != nil {
		t.Fatal(err)
	}
	start(t, opts)
	if !alive(other.Process.Pid) {
		t.Error("an innocent process was ended")
	}
}

func TestAFolderThatOthersCannotEnterServesAsWell(t *testing.T) {
	private := filepath.Join(t.TempDir(), "home")
	if err := os.Mkdir(private, 0o700); err != nil {
		t.Fatal(err)
	}
	opts := pgembed.Options{Dir: filepath.Join(private, "data")}
	c := start(t, opts)
	first := c.DataDir()
	if err := exec1(t, c.AgareURL(), "create table t (x int)"); err != nil {
		t.Fatal(err)
	}
	if err := c.Stop(); err != nil {
		t.Fatal(err)
	}
	c = start(t, opts)
	if c.DataDir() != first {
		t.Errorf("the data moved from %s to %s", first, c.DataDir())
	}
	if err := exec1(t, c.AgareURL(), "select x from t"); err != nil {
		t.Errorf("the data is gone: %v", err)
	}
}

func TestAClonedDatabaseHoldsWhatItsTemplateHeld(t *testing.T) {
	c := sharedCluster(t)
	if err := exec1(t, c.AgareURL(), "create table cloned as select 42 x"); err != nil {
		t.Fatal(err)
	}
	if err := c.Clone(t.Context(), pgembed.Database, "kopia"); err != nil {
		t.Fatal(err)
	}
	if got := ask[int](t, c.URL(pgembed.OwnerRole, "kopia"), "select x from cloned"); got != 42 {
		t.Errorf("read %d", got)
	}
	if err := c.Drop(t.Context(), "kopia"); err != nil {
		t.Error(err)
	}
}

func TestAFolderWithoutPostgresIsRefusedByName(t *testing.T) {
	dir := t.TempDir()
	_, err := pgembed.Start(t.Context(), pgembed.Options{Temporary: true, Bin: dir, Logger: quiet})
	if err == nil || !strings.Contains(err.Error(), dir) {
		t.Errorf("the error does not name the folder: %v", err)
	}
	script := filepath.Join(dir, "postgres")
	if err := os.WriteFile(script, []byte("#!/bin/sh\nexec postgres \"$@\"\n"), 0o755); err != nil {
		t.Fatal(err)
	}
	if _, err = pgembed.Start(t.Context(), pgembed.Options{Temporary: true, Bin: dir, Logger: quiet}); err == nil {
		t.Error("a script in the place of postgres is taken")
	}
}
