package store_test

import (
	"database/sql"
	"testing"

	sdb "sus/backend/store/db"
	"sus/backend/store/storetest"
)

func kor(t *testing.T, db *sql.DB, satser ...string) {
	t.Helper()
	for _, sats := range satser {
		if _, err := db.ExecContext(t.Context(), sats); err != nil {
			t.Fatal(err)
		}
	}
}

func TestADatabaseMadeByOtherMigrationsIsRefusedAndToldHowToGoOn(t *testing.T) {
	for _, f := range []struct {
		vad    string
		satser []string
		sags   []string
	}{
		{"a migration written again", []string{`update migrationssumma set summa = 'annan' where version = 5`},
			[]string{"migrering 5 skiljer sig", "Kör den version", "SUS_MIGRATE_URL"}},
		{"a demo from before checksums", []string{`insert into installation (demo, fro) values (true, 1)`, `drop table migrationssumma`},
			[]string{"äldre version", "Det är en demo", "flytta undan eller ta bort datamappen"}},
		{"a migration that this program has not", []string{`insert into goose_db_version (version_id, is_applied) values (9999, true)`},
			[]string{"nyare version", "9999"}},
	} {
		t.Run(f.vad, func(t *testing.T) {
			d := storetest.NyMedDatabas(t)
			if err := d.KontrolleraSchema(t.Context()); err != nil {
				t.Fatalf("before: %v", err)
			}
			kor(t, d.Super(t), f.satser...)
			tables := `select count(*) from pg_class`
			fore := storetest.Rakna(t, d.Super(t), tables)
			if err := sdb.Migrera(t.Context(), d.MigrateURL, d.AppURL); err == nil || !innehaller(err.Error(), f.sags...) {
				t.Errorf("it is migrated: %v", err)
			}
			if n := storetest.Rakna(t, d.Super(t), tables); n != fore {
				t.Errorf("a refused database was changed: %d tables, %d before", n, fore)
			}
			if f.vad == "a demo from before checksums" {
				f.sags = []string{"sus migrate"} // which then says the rest
			}
			if err := d.KontrolleraSchema(t.Context()); err == nil || !innehaller(err.Error(), f.sags...) {
				t.Errorf("it is served: %v", err)
			}
		})
	}
}

func TestADatabaseWithFewerMigrationsThanTheProgramIsNotServed(t *testing.T) {
	d := storetest.NyMedDatabas(t)
	super := d.Super(t)
	kor(t, super, `create table sista as select max(version_id) as version_id from goose_db_version`,
		`delete from goose_db_version g using sista s where g.version_id = s.version_id`)
	if err := d.KontrolleraSchema(t.Context()); err == nil || !innehaller(err.Error(), "sus migrate") {
		t.Errorf("it is served: %v", err)
	}
	kor(t, super, `insert into goose_db_version (version_id, is_applied) select version_id, true from sista`)
	if err := d.KontrolleraSchema(t.Context()); err != nil {
		t.Errorf("with all of them it is refused: %v", err)
	}
}
