package pgembed

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"syscall"
	"time"
)

const (
	startTimeout = 60 * time.Second
	// maxDeaths in a minute mean that it dies as soon as it is started: somebody
	// who kills it, also a test that does nothing else, does not come so far.
	maxDeaths   = 30
	stopTimeout = 30 * time.Second
	// maxLog is where the log starts over; it is read when PostgreSQL fails only.
	maxLog = 16 << 20
)

var errStopping = errors.New("PostgreSQL stoppas")

// command builds a call of one of the binaries as the cluster's user, in a
// process group of its own so that Ctrl-C reaches this program only.
func (c *Cluster) command(name string, args ...string) *exec.Cmd {
	cmd := exec.Command(filepath.Join(c.bin.dir, name), args...)
	cmd.Dir = c.data
	cmd.Env = cleanEnv()
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	if c.user.switched {
		cmd.SysProcAttr.Credential = &syscall.Credential{Uid: uint32(c.user.uid), Gid: uint32(c.user.gid)}
	}
	dieWithParent(cmd.SysProcAttr)
	return cmd
}

// cleanEnv is this program's environment without what would steer PostgreSQL
// elsewhere and without our own settings, which may hold secrets.
func cleanEnv() []string {
	env := []string{"LC_ALL=C", "TZ=UTC"}
	for _, kv := range os.Environ() {
		if strings.HasPrefix(kv, "PG") || strings.HasPrefix(kv, "SUS_") || strings.HasPrefix(kv, "LC_") ||
			strings.HasPrefix(kv, "LANG") || strings.HasPrefix(kv, "TZ=") {
			continue
		}
		env = append(env, kv)
	}
	return env
}

// initdb makes the cluster when there is none. It works in a sibling folder that
// is then renamed, so that a run cut short leaves nothing half-made.
func (c *Cluster) initdb() error {
	if dataMajor(c.data) != 0 {
		return nil
	}
	if left, err := os.ReadDir(c.data); err != nil {
		return err
	} else if len(left) > 0 {
		return fmt.Errorf("%s är inte tom men innehåller ingen databas: flytta undan den eller välj en annan mapp med SUS_DATA_DIR", c.data)
	}
	fresh := c.data + "-ny"
	var out []byte
	var err error
	// C.UTF-8 sorts by code point and knows upper and lower case; macOS lacks it.
	for _, locale := range []string{"C.UTF-8", "C"} {
		if err = os.RemoveAll(fresh); err != nil {
			return err
		}
		if err = os.Mkdir(fresh, 0o700); err != nil {
			return err
		}
		if err = c.user.own(fresh); err != nil {
			return err
		}
		cmd := c.command("initdb", "-D", fresh, "-U", SuperRole, "-A", "trust",
			"-E", "UTF8", "--locale="+locale, "--no-sync", "--no-instructions")
		if out, err = runLocked(cmd); err == nil {
			break
		}
	}
	if err != nil {
		_ = os.RemoveAll(fresh)
		return fmt.Errorf("initdb: %w: %s", err, bytes.TrimSpace(out))
	}
	hba := "# The socket's folder is the access control: only its owner can enter it.\nlocal all all trust\n"
	if err := os.WriteFile(filepath.Join(fresh, "pg_hba.conf"), []byte(hba), 0o600); err != nil {
		return err
	}
	if err := os.Remove(c.data); err != nil {
		return err
	}
	return os.Rename(fresh, c.data)
}

// runLocked runs a short command on one thread: the death signal is bound to the
// thread that started the child.
func runLocked(cmd *exec.Cmd) ([]byte, error) {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	return cmd.CombinedOutput()
}

// launch starts the postmaster and waits until it takes connections.
func (c *Cluster) launch(ctx context.Context) error {
	first := make(chan error, 1)
	go c.supervise(ctx, first)
	err := <-first
	if err != nil {
		<-c.exited
	}
	return err
}

// supervise starts the postmaster, tells first how that went, and starts it again
// when it dies by itself. The goroutine is locked to its thread and lives as long
// as the cluster: on Linux a child is told to stop when that very thread dies.
func (c *Cluster) supervise(ctx context.Context, first chan<- error) {
	runtime.LockOSThread()
	defer close(c.exited)
	gone, err := c.startPatiently(ctx)
	first <- err
	if err != nil {
		return
	}
	var deaths []time.Time
	for {
		err := <-gone
		c.setProcess(nil)
		deaths = append(deaths, time.Now())
		if n := len(deaths); n >= maxDeaths && time.Since(deaths[n-maxDeaths]) < time.Minute {
			c.log.Error("PostgreSQL dör gång på gång och startas inte om", "logg", c.logPath())
			return
		}
		if c.isStopping() {
			return
		}
		c.log.Error("PostgreSQL slutade oväntat och startas om", "fel", err)
		if gone, err = c.startPatiently(context.Background()); err != nil {
			if !errors.Is(err, errStopping) {
				c.log.Error("PostgreSQL gick inte att starta om", "fel", err)
			}
			return
		}
	}
}

// startPatiently starts the postmaster, several times if need be: for a moment
// after a postmaster is killed, its orphans hold on to the shared memory.
func (c *Cluster) startPatiently(ctx context.Context) (gone <-chan error, err error) {
	for try := 0; ; try++ {
		gone, err = c.startOnce(ctx)
		if err == nil || errors.Is(err, errStopping) || ctx.Err() != nil ||
			!strings.Contains(err.Error(), "shared memory") || try >= 30 {
			return gone, err
		}
		time.Sleep(200 * time.Millisecond)
	}
}

// startOnce starts the postmaster and returns when it takes connections, with
// the channel on which its end will be told.
func (c *Cluster) startOnce(ctx context.Context) (<-chan error, error) {
	logFile, err := c.openLog()
	if err != nil {
		return nil, err
	}
	defer func() { _ = logFile.Close() }()
	logStart, _ := logFile.Seek(0, 2)
	cmd := c.command("postgres", append([]string{"-D", c.data}, c.settings()...)...)
	cmd.Stdout, cmd.Stderr = logFile, logFile

	c.mu.Lock()
	if c.stopping {
		c.mu.Unlock()
		return nil, errStopping
	}
	err = cmd.Start()
	if err == nil {
		c.process = cmd.Process
	}
	c.mu.Unlock()
	if err != nil {
		return nil, fmt.Errorf("PostgreSQL gick inte att starta: %w", err)
	}

	gone := make(chan error, 1)
	ended := make(chan struct{})
	go func() {
		gone <- cmd.Wait()
		close(ended)
	}()
	if err := c.awaitReady(ctx, cmd.Process.Pid, ended); err != nil {
		_ = cmd.Process.Signal(syscall.SIGQUIT)
		select {
		case <-ended:
		case <-time.After(5 * time.Second):
			_ = cmd.Process.Kill()
			<-ended
		}
		c.setProcess(nil)
		if c.isStopping() {
			return nil, errStopping
		}
		return nil, fmt.Errorf("PostgreSQL gick inte att starta: %w: %s", err, c.logSince(logStart))
	}
	return gone, nil
}

// awaitReady waits until the postmaster says in its pid file that it is ready.
func (c *Cluster) awaitReady(ctx context.Context, pid int, ended <-chan struct{}) error {
	deadline := time.NewTimer(startTimeout)
	defer deadline.Stop()
	tick := time.NewTicker(5 * time.Millisecond)
	defer tick.Stop()
	for {
		select {
		case <-ended:
			return errors.New("den slutade genast")
		case <-ctx.Done():
			return ctx.Err()
		case <-deadline.C:
			return fmt.Errorf("den blev inte redo på %s", startTimeout)
		case <-tick.C:
			if p, status := c.readPidFile(); p == pid && status == "ready" {
				return nil
			}
		}
	}
}

// readPidFile gives the postmaster's id and status, 0 when there is no file.
func (c *Cluster) readPidFile() (pid int, status string) {
	b, err := os.ReadFile(filepath.Join(c.data, "postmaster.pid"))
	if err != nil {
		return 0, ""
	}
	lines := strings.Split(string(b), "\n")
	pid, _ = strconv.Atoi(strings.TrimSpace(lines[0]))
	if len(lines) > 7 {
		status = strings.TrimSpace(lines[7])
	}
	return pid, status
}

// endOrphan deals with what a killed program left: a postmaster that is still on
// its way down, or a pid file whose number now is another process's.
func (c *Cluster) endOrphan(ctx context.Context) error {
	pid, _ := c.readPidFile()
	if pid <= 0 || syscall.Kill(pid, 0) == syscall.ESRCH {
		return nil // PostgreSQL itself sees that such a file is stale
	}
	if !c.isOurPostmaster(pid) {
		c.log.Warn("inaktuell postmaster.pid tas bort", "mapp", c.data)
		return os.Remove(filepath.Join(c.data, "postmaster.pid"))
	}
	for _, s := range []syscall.Signal{syscall.SIGINT, syscall.SIGQUIT, syscall.SIGKILL} {
		_ = syscall.Kill(pid, s)
		deadline := time.Now().Add(stopTimeout / 3)
		for time.Now().Before(deadline) {
			if syscall.Kill(pid, 0) == syscall.ESRCH {
				return nil
			}
			select {
			case <-ctx.Done():
				return ctx.Err()
			case <-time.After(5 * time.Millisecond):
			}
		}
	}
	return fmt.Errorf("en tidigare PostgreSQL (PID %d) i %s slutar inte", pid, c.data)
}

// isOurPostmaster tells whether the process works in our data folder. Where that
// cannot be seen (no /proc) a living process counts as ours.
func (c *Cluster) isOurPostmaster(pid int) bool {
	proc := filepath.Join("/proc", strconv.Itoa(pid))
	if _, err := os.Stat("/proc/self/cwd"); err != nil {
		return true
	}
	cwd, err := os.Readlink(filepath.Join(proc, "cwd"))
	return err == nil && cwd == c.data
}

func (c *Cluster) setProcess(p *os.Process) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.process = p
}

func (c *Cluster) isStopping() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.stopping
}

func (c *Cluster) logPath() string { return filepath.Join(c.dir, "pg.log") }

func (c *Cluster) openLog() (*os.File, error) {
	if fi, err := os.Stat(c.logPath()); err == nil && fi.Size() > maxLog {
		_ = os.Remove(c.logPath())
	}
	return os.OpenFile(c.logPath(), os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o600)
}

// logSince is what PostgreSQL wrote from the offset on, for an error message.
func (c *Cluster) logSince(offset int64) string {
	b, err := os.ReadFile(c.logPath())
	if err != nil || int64(len(b)) < offset {
		return "se " + c.logPath()
	}
	b = bytes.TrimSpace(b[offset:])
	if len(b) > 2000 {
		b = b[len(b)-2000:]
	}
	return string(b)
}
