package db

import (
	"context"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"
)

// SkrivOm rewrites the tables that have held identities, so that what is
// erased is not left in their files either, and then has PostgreSQL leave the
// write-ahead log behind that still holds it. The tables are locked meanwhile.
// It needs the migrating role; where that may not order a checkpoint or a new
// log file, the error says what the database's administrator is to run.
// With archiving or replicas, what was shipped earlier is theirs to erase.
func SkrivOm(ctx context.Context, migrateURL string, tables []string) error {
	db, err := open(migrateURL)
	if err != nil {
		return err
	}
	defer db.Close()
	db.SetMaxOpenConns(1) // the settings below are of one session
	if _, err := db.ExecContext(ctx, `set lock_timeout = '60s'`); err != nil {
		return mapError(err)
	}
	// VACUUM only warns about a table that is another role's.
	var roll string
	var agare bool
	if err := db.QueryRowContext(ctx, `select current_user, coalesce(bool_and(pg_has_role(relowner, 'usage')), false)
		from pg_class where relnamespace = 'public'::regnamespace and relname = any($1)`, tables).Scan(&roll, &agare); err != nil {
		return mapError(err)
	}
	r := pgx.Identifier{roll}.Sanitize()
	if !agare {
		return fmt.Errorf("rollen %s äger inte tabellerna och kan inte skriva om dem; ange ägarens adress i SUS_MIGRATE_URL", r)
	}
	for _, table := range tables {
		if _, err := db.ExecContext(ctx, `vacuum full `+pgx.Identifier{table}.Sanitize()); err != nil {
			return fmt.Errorf("tabellen %s kunde inte skrivas om: %w", table, mapError(err))
		}
	}
	// The old files go at the first checkpoint, the old log at the second one, which
	// begins in a new log file.
	var fel error
	for _, sats := range []string{`checkpoint`, `select pg_switch_wal()`, `checkpoint`} {
		if _, err := db.ExecContext(ctx, sats); err != nil {
			fel = errors.Join(fel, utanVardenAv(err))
		}
	}
	if fel == nil {
		var ateranvands string
		if err := db.QueryRowContext(ctx, `show wal_recycle`).Scan(&ateranvands); err != nil {
			return mapError(err)
		}
		if ateranvands == "on" {
			return errors.New("tabellerna är omskrivna, men PostgreSQL återanvänder gamla loggfiler, som behåller sitt innehåll tills de skrivs över. " +
				"Låt databasadministratören sätta wal_recycle = off och kör om")
		}
		return nil
	}
	return fmt.Errorf("tabellerna är omskrivna, men de gamla filerna och transaktionsloggen är kvar: rollen %s saknar rätten att rensa dem. "+
		"Låt databasadministratören köra «grant pg_checkpoint to %s; grant execute on function pg_switch_wal() to %s» i databasen och kör om, "+
		"eller själv köra «checkpoint; select pg_switch_wal(); checkpoint» (%w)", roll, r, r, fel)
}

func utanVardenAv(err error) error {
	if pg := pgError(err); pg != nil {
		return fmt.Errorf("postgresql %s", pg.Code)
	}
	return mapError(err)
}
