// Package storetest gives each test a register of its own: a fresh, migrated
// database in one private PostgreSQL cluster a test binary, and factories that
// fill it through the use cases.
package storetest

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	_ "github.com/jackc/pgx/v5/stdlib" // database/sql's driver "pgx"

	"sus/backend/pgembed"
	"sus/backend/store"
)

// Databas is one test's register and the three ways into its database.
type Databas struct {
	*store.Store
	AppURL     string // the serving role
	MigrateURL string // the owner
	SuperURL   string // a superuser, for what only a test may do
	Nycklar    *store.Nycklar
	Kluster    *pgembed.Cluster
}

var (
	en      sync.Once
	kluster *pgembed.Cluster
	nycklar *store.Nycklar
	startad error
	nummer  atomic.Int64
)

// start makes the cluster and migrates its database, which is then the template
// of every test's own. It ends with the test binary; Main ends it sooner.
func start() {
	ctx, klar := context.WithTimeout(context.Background(), 5*time.Minute)
	defer klar()
	tyst := slog.New(slog.NewTextHandler(io.Discard, nil))
	if kluster, startad = pgembed.Start(ctx, pgembed.Options{Temporary: true, Logger: tyst}); startad != nil {
		return
	}
	if startad = store.Migrera(ctx, kluster.AgareURL(), kluster.ServerURL()); startad != nil {
		return
	}
	var katalog string
	if katalog, startad = os.MkdirTemp("", "sus-nycklar-"); startad != nil {
		return
	}
	defer os.RemoveAll(katalog)
	nycklar, startad = store.SkapaNycklar(filepath.Join(katalog, "nycklar.json"))
}

// Main runs the package's tests and then stops the cluster at once:
//
//	func TestMain(m *testing.M) { os.Exit(storetest.Main(m)) }
//
// Without it the cluster ends with the process, which leaves its files to the
// next test run to remove.
func Main(m *testing.M) int {
	kod := m.Run()
	if kluster != nil {
		if err := kluster.Stop(); err != nil {
			fmt.Fprintln(os.Stderr, err)
		}
	}
	return kod
}

// Nycklar is the keys of every test database.
func Nycklar(t testing.TB) *store.Nycklar {
	t.Helper()
	en.Do(start)
	if startad != nil {
		t.Fatalf("testernas PostgreSQL: %v", startad)
	}
	return nycklar
}

// Ny is a fresh register with the machine's clock.
func Ny(t testing.TB) *store.Store { return NyMedDatabas(t).Store }

// NyVid is a fresh register with a clock of the test's own.
func NyVid(t testing.TB, klocka func() time.Time) *store.Store { return NyMedDatabas(t).Vid(klocka) }

// NyMedDatabas is a fresh register together with the ways into its database. It
// is dropped when the test ends.
func NyMedDatabas(t testing.TB) *Databas {
	t.Helper()
	Nycklar(t)
	namn := fmt.Sprintf("test_%d", nummer.Add(1))
	if err := kluster.Clone(context.Background(), pgembed.Database, namn); err != nil {
		t.Fatalf("testdatabasen: %v", err)
	}
	d := &Databas{
		AppURL:     kluster.URL(pgembed.ServerRole, namn),
		MigrateURL: kluster.URL(pgembed.OwnerRole, namn),
		SuperURL:   kluster.URL(pgembed.SuperRole, namn),
		Nycklar:    nycklar,
		Kluster:    kluster,
	}
	s, err := store.Open(context.Background(), d.AppURL, store.Options{Nycklar: nycklar, MaxConns: 20})
	if err != nil {
		t.Fatalf("testdatabasen: %v", err)
	}
	d.Store = s
	t.Cleanup(func() {
		if err := errors.Join(s.Close(), kluster.Drop(context.Background(), namn)); err != nil {
			t.Errorf("testdatabasen: %v", err)
		}
	})
	return d
}

// Super is a connection past every guard, for what a test must see or spoil.
func (d *Databas) Super(t testing.TB) *sql.DB { return oppna(t, d.SuperURL) }

// App is a plain connection as the serving role, with no setting made.
func (d *Databas) App(t testing.TB) *sql.DB { return oppna(t, d.AppURL) }

func oppna(t testing.TB, url string) *sql.DB {
	t.Helper()
	db, err := sql.Open("pgx", url)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return db
}
