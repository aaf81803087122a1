// Package pgembed runs a private PostgreSQL cluster as a child of this program:
// the database of `make run` and `make test` when none is given.
//
// The cluster listens on a Unix socket only, in a folder that nobody but its own
// user can enter; that folder is the whole of its access control, so its roles
// have no passwords. It ends with this program, also when the program is killed.
// It is for development and tests: a production server is given two URLs instead.
package pgembed

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"time"

	"github.com/jackc/pgx/v5"
)

// The roles and the database that every cluster has.
const (
	SuperRole  = "postgres"   // superuser: tests, benchmarks and cloning databases only
	OwnerRole  = "sus_agare"  // owns the database and migrates it; CREATEROLE
	ServerRole = "sus_server" // serves; owns nothing
	Database   = "sus"

	keptConns = 2 // one database is made while another is removed
)

// Options say where a cluster stands and how safe it is to be.
type Options struct {
	// Dir holds pgdata, the lock and the log. It is made when missing. Empty
	// together with Temporary only.
	Dir string
	// Temporary puts the cluster in a new folder under the temporary files and
	// removes it at Stop. For tests.
	Temporary bool
	// Memory puts a temporary cluster in the machine's memory where there is room
	// for it: a database is then copied five times as fast.
	Memory bool
	// Fsync makes commits durable. Off is for tests only: a crash of the machine
	// then loses the cluster.
	Fsync bool
	// Settings are further lines of postgresql.conf, such as
	// shared_preload_libraries; they win over those of this package.
	Settings map[string]string
	// Bin is a folder with postgres and initdb, or "npm" for the pinned npm
	// package. Empty: SUS_PG_BIN, else what the machine has, else npm.
	Bin string
	// Logger is told of downloads, crashes and restarts. Nil: slog's default.
	Logger *slog.Logger
}

// Cluster is a running PostgreSQL. It is started again when it dies by itself.
type Cluster struct {
	opts      Options
	bin       binaries
	user      runUser
	dir       string // Options.Dir, absolute
	data      string // PostgreSQL's data folder, as postgres is to reach it
	socketDir string
	lock      *os.File
	log       *slog.Logger
	idle      chan *pgx.Conn // of administer

	mu       sync.Mutex
	process  *os.Process
	stopping bool
	exited   chan struct{} // closed when the postmaster is gone for good
}

// Start finds PostgreSQL, makes the cluster in opts.Dir when there is none, and
// starts it. When it returns, the database and the roles are there and take
// connections. It refuses a folder that another running program uses.
func Start(ctx context.Context, opts Options) (_ *Cluster, err error) {
	c := &Cluster{opts: opts, log: opts.Logger, idle: make(chan *pgx.Conn, keptConns), exited: make(chan struct{})}
	if c.log == nil {
		c.log = slog.Default()
	}
	if c.user, err = findRunUser(); err != nil {
		return nil, err
	}
	if err := c.prepareDir(); err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			c.cleanUp()
		}
	}()
	if err := c.placeData(); err != nil {
		return nil, err
	}
	if err := c.placeSocket(); err != nil {
		return nil, err
	}
	if c.bin, err = findBinaries(ctx, c.opts.Bin, dataMajor(c.data), c.user, c.log); err != nil {
		return nil, err
	}
	if err := c.initdb(); err != nil {
		return nil, err
	}
	if err := c.endOrphan(ctx); err != nil {
		return nil, err
	}
	if err := c.launch(ctx); err != nil {
		return nil, err
	}
	if err := c.prepareRoles(ctx); err != nil {
		return nil, errors.Join(err, c.Stop())
	}
	return c, nil
}

// Attach is a cluster that another program runs and ends, known by the folder of
// its socket: databases can be cloned in it. Stop leaves it alone.
func Attach(socketDir string) *Cluster {
	c := &Cluster{socketDir: socketDir, stopping: true, idle: make(chan *pgx.Conn, keptConns), exited: make(chan struct{})}
	close(c.exited)
	return c
}

// SuperURL connects as the superuser to the database sus.
func (c *Cluster) SuperURL() string { return c.URL(SuperRole, Database) }

// AgareURL connects as the role that owns and migrates the database.
func (c *Cluster) AgareURL() string { return c.URL(OwnerRole, Database) }

// ServerURL connects as the role that serves and owns nothing.
func (c *Cluster) ServerURL() string { return c.URL(ServerRole, Database) }

// URL connects as the role to the database over the cluster's socket.
func (c *Cluster) URL(role, database string) string {
	return fmt.Sprintf("postgres://%s@/%s?host=%s&sslmode=disable", role, database, c.socketDir)
}

// SocketDir is the folder of the Unix socket.
func (c *Cluster) SocketDir() string { return c.socketDir }

// DataDir is PostgreSQL's data folder.
func (c *Cluster) DataDir() string { return c.data }

// Version is the version of the binaries in use, such as "15.14".
func (c *Cluster) Version() string { return c.bin.version }

// BinDir is the folder of the binaries in use.
func (c *Cluster) BinDir() string { return c.bin.dir }

// PID is the process id of the postmaster, 0 while there is none.
func (c *Cluster) PID() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.process == nil {
		return 0
	}
	return c.process.Pid
}

// Exited is closed when PostgreSQL is gone for good: stopped, or dead so often
// that it is not started again.
func (c *Cluster) Exited() <-chan struct{} { return c.exited }

// Stop ends the cluster: fast shutdown, harder ones when it lingers. A temporary
// cluster's files are removed. Stopping twice is harmless.
func (c *Cluster) Stop() error {
	c.closeIdle()
	c.mu.Lock()
	again := c.stopping
	c.stopping = true
	c.mu.Unlock()
	if again {
		<-c.exited
		return nil
	}
	var err error
	for _, s := range []struct {
		signal syscall.Signal
		wait   time.Duration
	}{{syscall.SIGINT, stopTimeout}, {syscall.SIGQUIT, 5 * time.Second}, {syscall.SIGKILL, 5 * time.Second}} {
		c.signal(s.signal)
		select {
		case <-c.exited:
			c.cleanUp()
			return err
		case <-time.After(s.wait):
			err = fmt.Errorf("PostgreSQL slutade inte på %s", s.signal)
		}
	}
	return err
}

func (c *Cluster) signal(s syscall.Signal) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.process != nil {
		_ = c.process.Signal(s) // a process that is already gone is what we want
	}
}

// cleanUp gives back the socket folder and the lock, and a temporary cluster's
// files, once no postmaster runs.
func (c *Cluster) cleanUp() {
	if c.socketDir != "" {
		_ = os.Remove(filepath.Join(c.socketDir, socketName))
		_ = os.Remove(filepath.Join(c.socketDir, socketName+".lock"))
		_ = os.Remove(c.socketDir)
	}
	if c.opts.Temporary && c.dir != "" {
		_ = os.RemoveAll(c.dir)
	}
	if c.lock != nil {
		_ = c.lock.Close()
		c.lock = nil
	}
}

// settings is the configuration given on the command line, so that an old
// cluster follows a new program.
func (c *Cluster) settings() []string {
	onOff := map[bool]string{true: "on", false: "off"}
	s := map[string]string{
		"listen_addresses":        "",
		"unix_socket_directories": c.socketDir,
		"unix_socket_permissions": "0700",
		"port":                    "5432",
		"max_connections":         "100",
		"shared_buffers":          "256MB",
		"fsync":                   onOff[c.opts.Fsync],
		"full_page_writes":        onOff[c.opts.Fsync],
		"synchronous_commit":      onOff[c.opts.Fsync],
		"timezone":                "UTC",
		"log_timezone":            "UTC",
		"lc_messages":             "C",
		// Statements and error details can hold people's data: neither is logged.
		"log_statement":           "none",
		"log_min_error_statement": "panic",
		"log_error_verbosity":     "terse",
		"jit":                     "off",
		// A log file that is used again keeps its old content until it is written over:
		// what is erased must leave the data folder with the checkpoint.
		"wal_recycle": "off",
	}
	if !c.opts.Fsync {
		s["shared_buffers"] = "64MB"
		s["autovacuum_naptime"] = "10min"
		s["max_wal_size"] = "4GB"
	}
	for k, v := range c.opts.Settings {
		s[k] = v
	}
	var args []string
	for k, v := range s {
		args = append(args, "-c", k+"="+v)
	}
	return args
}

// dataMajor is the major version that made the data folder, 0 when there is none.
func dataMajor(data string) int {
	b, err := os.ReadFile(filepath.Join(data, "PG_VERSION"))
	if err != nil {
		return 0
	}
	major, _ := majorOf(strings.TrimSpace(string(b)))
	return major
}
