package db

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strconv"
	"strings"
)

// goose keeps which migrations a database has had, not what stood in them. A file
// that is written again goes unnoticed, and the program then meets tables that it
// does not know. The database therefore keeps a checksum of each as well.
const schemaspar = `create table if not exists migrationssumma (
	version bigint primary key,
	summa   text not null
)`

// migrationssummor is the checksum of each migration of this program, by version.
func migrationssummor() (map[int64]string, error) {
	svar := map[int64]string{}
	err := fs.WalkDir(migrationer, "migrations", func(fil string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		nummer, _, _ := strings.Cut(d.Name(), "_")
		version, err := strconv.ParseInt(nummer, 10, 64)
		if err != nil {
			return fmt.Errorf("migreringen %s har inget nummer: %w", d.Name(), err)
		}
		text, err := migrationer.ReadFile(fil)
		if err != nil {
			return err
		}
		summa := sha256.Sum256(text)
		svar[version] = hex.EncodeToString(summa[:])
		return nil
	})
	return svar, err
}

// provaSpar refuses a database that was made by other migrations than this
// program's. Migrations that it has not had are no matter here.
func provaSpar(ctx context.Context, db *sql.DB) error {
	egna, err := migrationssummor()
	if err != nil {
		return err
	}
	gjorda, err := gjordaMigreringar(ctx, db)
	if err != nil {
		return err
	}
	var andra, nyare []string
	utan := 0
	for _, version := range slices.Sorted(maps.Keys(gjorda)) {
		switch egen, finns := egna[version]; {
		case !finns:
			nyare = append(nyare, strconv.FormatInt(version, 10))
		case gjorda[version] == "":
			utan++
		case egen != gjorda[version]:
			andra = append(andra, strconv.FormatInt(version, 10))
		}
	}
	switch {
	case utan > 0:
		return schemafel(ctx, db, "databasen är gjord av en äldre version av SUS, med andra tabeller")
	case len(andra) > 0:
		return schemafel(ctx, db, "databasen är gjord av en annan version av SUS, med andra tabeller (migrering "+strings.Join(andra, ", ")+" skiljer sig)")
	case len(nyare) > 0:
		return schemafel(ctx, db, "databasen är gjord av en nyare version av SUS (migrering "+strings.Join(nyare, ", ")+" finns inte i den här)")
	}
	return nil
}

// gjordaMigreringar is the checksums of the migrations that the database has had;
// "" of one from before checksums were kept.
func gjordaMigreringar(ctx context.Context, db *sql.DB) (map[int64]string, error) {
	var migrerad, summor bool
	if err := db.QueryRowContext(ctx, `select to_regclass('goose_db_version') is not null, to_regclass('migrationssumma') is not null`).
		Scan(&migrerad, &summor); err != nil {
		return nil, mapError(err)
	}
	if !migrerad {
		return nil, nil
	}
	fraga := `select g.version_id, '' from goose_db_version g where g.version_id > 0`
	if summor {
		fraga = `select g.version_id, coalesce(m.summa, '') from goose_db_version g left join migrationssumma m on m.version = g.version_id
			where g.version_id > 0`
	}
	rader, err := db.QueryContext(ctx, fraga)
	if err != nil {
		return nil, mapError(err)
	}
	defer rader.Close()
	svar := map[int64]string{}
	for rader.Next() {
		var version int64
		var summa string
		if err := rader.Scan(&version, &summa); err != nil {
			return nil, mapError(err)
		}
		svar[version] = summa
	}
	return svar, mapError(rader.Err())
}

// schemafel tells how to go on: a demo is made again, a register is not.
func schemafel(ctx context.Context, db *sql.DB, vad string) error {
	var demo bool
	if err := db.QueryRowContext(ctx, `select demo from installation`).Scan(&demo); err == nil && demo {
		return errors.New(vad + ". Det är en demo: flytta undan eller ta bort datamappen (SUS_DATA_DIR), eller ange en annan, och starta igen, så görs en ny")
	}
	return errors.New(vad + ". Kör den version som gjorde databasen, eller ange en tom databas (annan SUS_DATA_DIR, eller SUS_DATABASE_URL och SUS_MIGRATE_URL och sedan sus migrate)")
}

// sparaSpar keeps the checksums of what is about to be migrated: kept first, so
// that a migration that stops half way leaves none without.
func sparaSpar(ctx context.Context, db *sql.DB) error {
	egna, err := migrationssummor()
	if err != nil {
		return err
	}
	if _, err := db.ExecContext(ctx, schemaspar); err != nil {
		return mapError(err)
	}
	for version, summa := range egna {
		if _, err := db.ExecContext(ctx, `insert into migrationssumma (version, summa) values ($1, $2)
			on conflict (version) do update set summa = excluded.summa where migrationssumma.summa <> excluded.summa`, version, summa); err != nil {
			return mapError(err)
		}
	}
	return nil
}

// KontrolleraSchema refuses a database that has not had exactly this program's
// migrations.
func (d *DB) KontrolleraSchema(ctx context.Context) error {
	const saknas = "databasen har inte den här versionens tabeller: kör sus migrate med SUS_MIGRATE_URL (en databas i datamappen migreras av sus serve)"
	var lasbar bool
	if err := d.sqldb.QueryRowContext(ctx, `select coalesce(has_table_privilege(to_regclass('migrationssumma'), 'select'), false)`).Scan(&lasbar); err != nil {
		return mapError(err)
	}
	if !lasbar {
		return errors.New(saknas)
	}
	if err := provaSpar(ctx, d.sqldb); err != nil {
		return err
	}
	egna, err := migrationssummor()
	if err != nil {
		return err
	}
	gjorda, err := gjordaMigreringar(ctx, d.sqldb)
	if err != nil {
		return err
	}
	if len(gjorda) < len(egna) {
		return errors.New(saknas)
	}
	return nil
}
