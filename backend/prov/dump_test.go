package prov_test

import (
	"database/sql"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"testing"
	"time"

	_ "github.com/jackc/pgx/v5/stdlib" // database/sql's driver "pgx"

	"sus/backend/pgembed"
	"sus/backend/store/db"
	"sus/backend/store/storetest"
)

// medKlienter is a folder with the server, pg_dump and pg_restore of one version:
// pg_dump refuses a server newer than itself, and npm's package has no clients.
func medKlienter(t *testing.T) string {
	t.Helper()
	mappar := append([]string{os.Getenv("SUS_PG_BIN")}, filepath.SplitList(os.Getenv("PATH"))...)
	for _, monster := range []string{"/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin", "/opt/homebrew/opt/postgresql@*/bin", "/usr/local/opt/postgresql@*/bin"} {
		m, _ := filepath.Glob(monster)
		slices.Reverse(m)
		mappar = append(mappar, m...)
	}
	for _, mapp := range mappar {
		finns := func(namn string) bool {
			_, err := os.Stat(filepath.Join(mapp, namn))
			return err == nil
		}
		if mapp != "" && finns("postgres") && finns("initdb") && finns("pg_dump") && finns("pg_restore") {
			return mapp
		}
	}
	t.Fatal("PostgreSQL:s server, pg_dump och pg_restore av samma version saknas: kör make postgres-finns, eller ange mappen i SUS_PG_BIN")
	return ""
}

// nyttKluster is an empty PostgreSQL beside the program, and the installation in
// the data folder that it is to hold.
func nyttKluster(t *testing.T, bin, mapp, data string) *yttre {
	t.Helper()
	y := &yttre{val: pgembed.Options{Dir: mapp, Bin: bin}}
	y.starta(t)
	t.Cleanup(func() { _ = y.kluster.Stop() })
	y.installation = installation{mapp: data, miljo: []string{"SUS_DATABASE_URL=" + y.kluster.ServerURL(), "SUS_MIGRATE_URL=" + y.kluster.AgareURL()}}
	return y
}

// klient runs one of PostgreSQL's own programs as the superuser of the cluster.
func (y *yttre) klient(t *testing.T, namn string, arg ...string) {
	t.Helper()
	cmd := exec.Command(filepath.Join(y.kluster.BinDir(), namn), arg...)
	cmd.Env = append(os.Environ(), "PGHOST="+y.kluster.SocketDir(), "PGUSER="+pgembed.SuperRole, "PGDATABASE="+pgembed.Database)
	if ut, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%s: %v: %s", namn, err, ut)
	}
}

func (y *yttre) super(t *testing.T) *sql.DB {
	t.Helper()
	db, err := sql.Open("pgx", y.kluster.SuperURL())
	ja(t, err)
	t.Cleanup(func() { _ = db.Close() })
	return db
}

func tal(t *testing.T, db *sql.DB, fraga string) (n int) {
	t.Helper()
	ja(t, db.QueryRow(fraga).Scan(&n))
	return n
}

// forseglas demands that every row of the log stands in the chain within the five
// seconds that the seal may take.
func forseglas(t *testing.T, db *sql.DB) {
	t.Helper()
	inomTid(t, 5*time.Second, "hela loggen är förseglad", func() bool {
		return tal(t, db, `select (select count(*) from loggpost) - (select coalesce(sum(antal), 0) from loggsigill)`) == 0
	})
}

// registrera takes n people into an insats, each with samtycke and inregistrering.
func registrera(t *testing.T, a ansvarig, n int) {
	t.Helper()
	for range n {
		samtycke := a.vanta(t, 201, a.samtycke(nyttNummer())).json(t).str("id")
		a.vanta(t, 201, a.inskrivning(samtycke))
	}
}

func TestADumpRestoredIntoANewClusterIsSealedAndItsChainIsWhole(t *testing.T) {
	loggrader, registreringar := storetest.Bevis(700, 7000), 100
	bin, dir := medKlienter(t), mapp(t, false)
	data := filepath.Join(dir, "data")
	ja(t, os.Mkdir(data, 0o755))
	gammal := nyttKluster(t, bin, filepath.Join(dir, "gammal"), data)
	_, err := db.SkapaNycklar(filepath.Join(data, "nycklar.json"))
	ja(t, err)
	gammal.kor(t, "migrate")
	gammal.kor(t, "demo", "fyll", "--antal=12")
	// The demo's own rows many times over, each a transaction's as when it is used.
	db := gammal.super(t)
	for tal(t, db, `select count(*) from loggpost`) < loggrader {
		_, err := db.Exec(`insert into loggpost select (jsonb_populate_record(p, jsonb_build_object('id', gen_random_uuid()))).* from loggpost p limit 100`)
		ja(t, err)
	}
	s := gammal.serva(t)
	forseglas(t, db)
	s.avsluta(t)
	gammal.kor(t, "logg", "kontrollera")
	fil := filepath.Join(dir, "sus.dump")
	gammal.klient(t, "pg_dump", "--format=custom", "--file="+fil)
	ja(t, gammal.kluster.Stop())

	ny := nyttKluster(t, bin, filepath.Join(dir, "ny"), data)
	superkor(t, ny.kluster.SuperURL(), `create role sus_app nologin noinherit`, `create role sus_rapport nologin noinherit`, `grant sus_rapport to sus_app`)
	ny.klient(t, "pg_restore", "--exit-on-error", "--dbname="+pgembed.Database, fil)
	db = ny.super(t)
	if n := tal(t, db, `select count(*) from loggpost`); n < loggrader {
		t.Fatalf("återställningen har %d loggrader", n)
	}
	s = ny.serva(t)
	registrera(t, s.ansvarig(t, ny.token(t, "DELTAGARANSVARIG"), ""), registreringar)
	forseglas(t, db)
	if n := tal(t, db, `select count(*) from loggpost`); n < loggrader+2*registreringar {
		t.Errorf("bara %d loggrader efter %d registreringar", n, registreringar)
	}
	s.avsluta(t)
	ny.kor(t, "logg", "kontrollera")
	ny.kor(t, "statistik", "kontrollera")
	// So the check does see this log.
	superkor(t, ny.kluster.SuperURL(), `update loggpost set tid = tid + interval '1 second' where id = (select poster[1] from loggsigill order by sekvens limit 1)`)
	if ut, fel, err := ny.forsok(t, "logg", "kontrollera"); err == nil {
		t.Errorf("en ändrad rad från dumpen syns inte: %s %s", ut, fel)
	}
}

func TestTheLogIsSealedWhileATransactionWritesInAnotherDatabase(t *testing.T) {
	y := nyYttre(t)
	s := y.serva(t)
	a := s.ansvarig(t, y.token(t, "DELTAGARANSVARIG"), "")
	superkor(t, y.kluster.SuperURL(), `create database prov_annan`)
	t.Cleanup(func() { superkor(t, y.kluster.SuperURL(), `drop database prov_annan with (force)`) })
	annan, err := sql.Open("pgx", y.kluster.URL(pgembed.SuperRole, "prov_annan"))
	ja(t, err)
	t.Cleanup(func() { _ = annan.Close() })
	tx, err := annan.Begin()
	ja(t, err)
	t.Cleanup(func() { _ = tx.Rollback() })
	_, err = tx.Exec(`create table t as select pg_current_xact_id()`)
	ja(t, err)

	db := y.super(t)
	fore := tal(t, db, `select count(*) from loggpost`)
	registrera(t, a, 3)
	if n := tal(t, db, `select count(*) from loggpost`); n < fore+6 {
		t.Fatalf("tre registreringar gav %d loggrader", n-fore)
	}
	forseglas(t, db)
	y.kor(t, "logg", "kontrollera")
}
