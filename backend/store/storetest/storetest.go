// Package storetest gives each test a register of its own: a fresh, migrated
// database in a private PostgreSQL cluster, and factories that fill it through the
// use cases. The cluster is the test run's (see the command kluster below this
// folder) or, for `go test` of one package by hand, the test binary's own.
package storetest

import (
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	_ "github.com/jackc/pgx/v5/stdlib" // database/sql's driver "pgx"

	"sus/backend/pgembed"
	"sus/backend/register"
	"sus/backend/store"
	"sus/backend/store/db"
	"sus/backend/store/konto"
	"sus/backend/store/statistik"
)

// Databas is one test's register and the three ways into its database.
type Databas struct {
	*store.Store
	Konto      *konto.Konto
	Statistik  *statistik.Statistik
	AppURL     string // the serving role
	MigrateURL string // the owner
	SuperURL   string // a superuser, for what only a test may do
	Nycklar    *db.Nycklar
	Kluster    *pgembed.Cluster

	utanDodlas bool
}

// Main runs the package's tests and then ends what they used:
//
//	func TestMain(m *testing.M) { os.Exit(storetest.Main(m)) }
//
// Without it a cluster of the test binary's own ends with the process, which leaves
// its files to the next test run to remove.
func Main(m *testing.M) int {
	kod := m.Run()
	if err := errors.Join(gemensamt.sluta(), eget.sluta()); err != nil {
		fmt.Fprintln(os.Stderr, err)
	}
	return kod
}

var nyckelringen = sync.OnceValues(func() (*db.Nycklar, error) {
	katalog, err := os.MkdirTemp("", "sus-nycklar-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(katalog)
	return db.SkapaNycklar(filepath.Join(katalog, "nycklar.json"))
})

// Nycklar is the keys of every test database.
func Nycklar(t testing.TB) *db.Nycklar {
	t.Helper()
	n, err := nyckelringen()
	if err != nil {
		t.Fatalf("testernas nycklar: %v", err)
	}
	return n
}

// Ny is a fresh register with the machine's clock.
func Ny(t testing.TB) *store.Store { return NyMedDatabas(t).Store }

// NyVid is a fresh register with a clock of the test's own.
func NyVid(t testing.TB, klocka func() time.Time) *store.Store { return NyMedDatabas(t).Vid(klocka) }

// NyMedDatabas is a fresh register together with the ways into its database. It
// is dropped when the test ends.
func NyMedDatabas(t testing.TB) *Databas {
	t.Helper()
	return gemensamt.databas(t)
}

// NyIEgetKluster is one in a cluster that no other package's tests use: for those
// that search its files, or change what all its databases share.
func NyIEgetKluster(t testing.TB) *Databas {
	t.Helper()
	return eget.databas(t)
}

func (f *forrad) databas(t testing.TB) *Databas {
	t.Helper()
	n := Nycklar(t)
	namn, err := f.ta()
	if err != nil {
		t.Fatalf("testdatabasen: %v", err)
	}
	d := &Databas{
		AppURL:     f.kluster.URL(pgembed.ServerRole, namn),
		MigrateURL: f.kluster.URL(pgembed.OwnerRole, namn),
		SuperURL:   f.kluster.URL(pgembed.SuperRole, namn),
		Nycklar:    n,
		Kluster:    f.kluster,
	}
	s, err := db.Open(d.AppURL, db.Options{Nycklar: n, MaxConns: 20})
	if err != nil {
		t.Fatalf("testdatabasen: %v", err)
	}
	d.Store, d.Konto, d.Statistik = store.New(s, store.Options{}), konto.New(s), statistik.New(s)
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Errorf("testdatabasen: %v", err)
		}
		if d.utanDodlas {
			d.provaDodlas(t)
		}
		f.slapp(namn)
	})
	return d
}

// UtanDodlas demands, when the test has ended, that no two transactions waited for each
// other: PostgreSQL then ends one of them after a second, and it is tried again, so that
// nothing but the time tells of it.
func (d *Databas) UtanDodlas() { d.utanDodlas = true }

// provaDodlas counts when the connections are gone: each tells of its own at its end.
func (d *Databas) provaDodlas(t testing.TB) {
	t.Helper()
	super, err := sql.Open("pgx", d.SuperURL)
	if err != nil {
		t.Fatal(err)
	}
	defer super.Close()
	var andra, dodlas int
	for forsok := 0; forsok == 0 || andra > 0 && forsok < 100; forsok++ {
		time.Sleep(20 * time.Millisecond)
		if err := super.QueryRow(`select (select count(*) from pg_stat_activity a where a.datname = current_database() and a.pid <> pg_backend_pid()),
			(select deadlocks from pg_stat_database where datname = current_database())`).Scan(&andra, &dodlas); err != nil {
			t.Fatal(err)
		}
	}
	if dodlas > 0 || andra > 0 {
		t.Errorf("%d gånger väntade två på varandra (%d förbindelser är kvar)", dodlas, andra)
	}
}

// Som is what an Aktor asks for, without key or version.
func Som(a register.Aktor) db.Begaran { return db.Begaran{Aktor: a} }

// Super is a connection past every guard, for what a test must see or spoil.
func (d *Databas) Super(t testing.TB) *sql.DB { return oppna(t, d.SuperURL) }

// Agare is a connection as the owner of the schema.
func (d *Databas) Agare(t testing.TB) *sql.DB { return oppna(t, d.MigrateURL) }

// App is a plain connection as the serving role, with no setting made.
func (d *Databas) App(t testing.TB) *sql.DB { return oppna(t, d.AppURL) }

func oppna(t testing.TB, url string) *sql.DB {
	t.Helper()
	c, err := sql.Open("pgx", url)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.Close() })
	return c
}

// Rakna is the number that a query gives.
func Rakna(t testing.TB, super *sql.DB, fraga string, varden ...any) int {
	t.Helper()
	var n int
	if err := super.QueryRowContext(t.Context(), fraga, varden...).Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}
