package db

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"

	"github.com/jackc/pgx/v5"
	"github.com/pressly/goose/v3"
	"github.com/riverqueue/river/riverdriver/riverdatabasesql"
	"github.com/riverqueue/river/rivermigrate"

	"sus/backend/register"
)

//go:embed migrations/*.sql
var migrationer embed.FS

// Migrera brings the database of migrateURL to this program's schema: the group
// roles sus_app and sus_rapport, the tables, River's tables, and membership of
// sus_app for the login of appURL. It changes nothing when all is in place.
func Migrera(ctx context.Context, migrateURL, appURL string) error {
	app, err := pgx.ParseConfig(appURL)
	if err != nil {
		return errors.New("SUS_DATABASE_URL går inte att läsa")
	}
	db, err := open(migrateURL)
	if err != nil {
		return err
	}
	defer db.Close()
	// Two that start at once migrate one after the other.
	lock, err := db.Conn(ctx)
	if err != nil {
		return mapError(err)
	}
	defer lock.Close()
	if _, err := lock.ExecContext(ctx, `set lock_timeout = '5min'`); err != nil {
		return mapError(err)
	}
	if _, err := lock.ExecContext(ctx, `select pg_advisory_lock($1)`, int64(migreringsLock)); err != nil {
		return mapError(err)
	}
	defer func() {
		_, _ = lock.ExecContext(context.WithoutCancel(ctx), `select pg_advisory_unlock($1)`, int64(migreringsLock))
	}()
	if err := provaSpar(ctx, db); err != nil {
		return err
	}
	if err := skapaRoller(ctx, db); err != nil {
		return err
	}
	if err := sparaSpar(ctx, db); err != nil {
		return err
	}
	katalog, err := fs.Sub(migrationer, "migrations")
	if err != nil {
		return err
	}
	provider, err := goose.NewProvider(goose.DialectPostgres, db, katalog)
	if err != nil {
		return err
	}
	if _, err := provider.Up(ctx); err != nil {
		return fmt.Errorf("migreringen stannade: %w", err)
	}
	river, err := rivermigrate.New(riverdatabasesql.New(db), nil)
	if err != nil {
		return err
	}
	if _, err := river.Migrate(ctx, rivermigrate.DirectionUp, nil); err != nil {
		return fmt.Errorf("rivers migrering stannade: %w", err)
	}
	return ge(ctx, db, app.User)
}

// migreringsLock is the advisory lock of whoever migrates («SUS» and 2).
const migreringsLock = 0x5355530002

const rollerSaknas = `rollen %s saknas och går inte att skapa med SUS_MIGRATE_URL (%w); låt databasadministratören köra: ` +
	`create role sus_app nologin noinherit; create role sus_rapport nologin; grant sus_rapport to sus_app`

// The roles do not inherit: the server reads the reports' facts only after SET
// LOCAL ROLE sus_rapport, and as that role nothing else.
func skapaRoller(ctx context.Context, db *sql.DB) error {
	for _, roll := range []string{"sus_app", "sus_rapport"} {
		// Two that migrate at once may both miss it; the second one's error is then no error.
		_, err := db.ExecContext(ctx, `do $$ begin
			if not exists (select from pg_roles where rolname = '`+roll+`') then create role `+roll+` nologin noinherit; end if;
			exception when duplicate_object or unique_violation then null; end $$`)
		if err != nil {
			return fmt.Errorf(rollerSaknas, roll, err)
		}
	}
	var medlem bool
	if err := db.QueryRowContext(ctx, `select pg_has_role('sus_app', 'sus_rapport', 'member')`).Scan(&medlem); err != nil {
		return mapError(err)
	}
	if medlem {
		return nil
	}
	if _, err := db.ExecContext(ctx, `grant sus_rapport to sus_app`); err != nil {
		return fmt.Errorf(rollerSaknas, "sus_rapport", err)
	}
	return nil
}

// ge gives the serving login what it needs and River's tables, whose migrations
// are not ours to write grants in.
func ge(ctx context.Context, db *sql.DB, login string) error {
	if _, err := db.ExecContext(ctx, `do $$ declare t record; begin
		for t in select c.oid::regclass as namn, c.relkind from pg_class c where c.relnamespace = 'public'::regnamespace
			and c.relname like 'river\_%' and c.relkind in ('r', 'p', 'S')
		loop
			if t.relkind = 'S' then execute format('grant usage, select on sequence %s to sus_app', t.namn);
			else execute format('grant select, insert, update, delete on %s to sus_app', t.namn); end if;
		end loop; end $$`); err != nil {
		return fmt.Errorf("rättigheter till rivers tabeller: %w", err)
	}
	if _, err := db.ExecContext(ctx, `grant select on goose_db_version, migrationssumma to sus_app`); err != nil {
		return fmt.Errorf("rättigheter till migreringarnas tabeller: %w", err)
	}
	var finns, medlem bool
	err := db.QueryRowContext(ctx, `select exists (select from pg_roles where rolname = $1),
		exists (select from pg_auth_members m join pg_roles r on r.oid = m.member join pg_roles g on g.oid = m.roleid
			where r.rolname = $1 and g.rolname = 'sus_app')`, login).Scan(&finns, &medlem)
	switch {
	case err != nil:
		return mapError(err)
	case !finns:
		return fmt.Errorf("inloggningen i SUS_DATABASE_URL finns inte i databasen; låt databasadministratören skapa den: create role %s login",
			pgx.Identifier{login}.Sanitize())
	case medlem:
		return nil
	}
	if _, err := db.ExecContext(ctx, `grant sus_app to `+pgx.Identifier{login}.Sanitize()); err != nil {
		return fmt.Errorf("inloggningen i SUS_DATABASE_URL kan inte bli medlem i sus_app: %w", err)
	}
	return nil
}

// KontrolleraRoll refuses a serving role that row security and the log's grants
// do not hold: a superuser, BYPASSRLS, CREATEROLE (before PostgreSQL 16 it may make
// itself a member of the owner), an owner of the database, its schema or any table,
// one of PostgreSQL's own that writes every table or reaches the files, or a member
// of such a role; and one that is not a member of sus_app.
func (d *DB) KontrolleraRoll(ctx context.Context) error {
	var super, bypass, skapar, agare, databas, allt, app bool
	err := d.sqldb.QueryRowContext(ctx, `select
		coalesce(bool_or(r.rolsuper), false), coalesce(bool_or(r.rolbypassrls), false), coalesce(bool_or(r.rolcreaterole), false),
		coalesce(bool_or(exists (select from pg_class c where c.relnamespace = 'public'::regnamespace and c.relowner = r.oid)
			or exists (select from pg_namespace n where n.nspname = 'public' and n.nspowner = r.oid)), false),
		coalesce(bool_or(exists (select from pg_database d where d.datname = current_database() and d.datdba = r.oid)), false),
		coalesce(bool_or(r.rolname in ('pg_write_all_data', 'pg_read_server_files', 'pg_write_server_files', 'pg_execute_server_program')), false),
		coalesce(bool_or(r.rolname = 'sus_app'), false)
		from pg_roles r where pg_has_role(session_user, r.oid, 'member') or pg_has_role(current_user, r.oid, 'member')`).
		Scan(&super, &bypass, &skapar, &agare, &databas, &allt, &app)
	const vagrar = "rollen i SUS_DATABASE_URL får inte användas: den %s, och då skyddar radsäkerheten inga personuppgifter"
	switch {
	case err != nil:
		return mapError(err)
	case super:
		return fmt.Errorf(vagrar, "är (medlem i) en superuser")
	case bypass:
		return fmt.Errorf(vagrar, "går (eller en roll den är medlem i går) förbi radsäkerheten (BYPASSRLS)")
	case agare:
		return fmt.Errorf(vagrar, "äger tabeller eller schemat (eller är medlem i en roll som gör det)")
	case databas:
		return fmt.Errorf(vagrar, "äger databasen (eller är medlem i en roll som gör det)")
	case skapar:
		return fmt.Errorf(vagrar, "får skapa roller (CREATEROLE, eller är medlem i en roll som får det)")
	case allt:
		return fmt.Errorf(vagrar, "är medlem i en av PostgreSQL:s roller som skriver i alla tabeller eller når serverns filer")
	case !app:
		return errors.New("rollen i SUS_DATABASE_URL är inte medlem i sus_app; kör sus migrate först")
	}
	return nil
}

// Installation is what the database says about itself. The zero value, for a
// database without a row, is an ordinary one.
type Installation struct {
	Demo bool
	Idag *register.Datum // the demo's today; nil: the clock's
	Fro  int64           // the seed number of its data
}

// Installation reads whether this database is a demo.
func (d *DB) Installation(ctx context.Context) (Installation, error) {
	var i Installation
	rad := d.sqldb.QueryRowContext(ctx, `select demo, idag::text, fro from installation`)
	switch err := rad.Scan(&i.Demo, &i.Idag, &i.Fro); {
	case errors.Is(err, sql.ErrNoRows):
		return Installation{}, nil
	case err != nil:
		return Installation{}, mapError(err)
	}
	return i, nil
}

// MarkeraDemo writes what the database is. Only the migrating role may, and only
// before anybody is registered in it: a real register can never become a demo.
func MarkeraDemo(ctx context.Context, migrateURL string, i Installation) error {
	db, err := open(migrateURL)
	if err != nil {
		return err
	}
	defer db.Close()
	svar, err := db.ExecContext(ctx, `insert into installation (demo, idag, fro)
		select $1, $2::date, $3 where not exists (select from samverkansorganisation) and not exists (select from anvandare)
		on conflict (en) do update set idag = excluded.idag where installation.demo and excluded.demo`, i.Demo, i.Idag, i.Fro)
	if err != nil {
		return mapError(err)
	}
	if n, err := svar.RowsAffected(); err != nil || n == 0 {
		return errors.Join(err, errors.New("databasen innehåller redan ett register och kan inte bli en demonstration"))
	}
	return nil
}
