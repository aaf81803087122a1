package pgembed

import (
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
)

// prepareRoles makes the database and the two roles that use it when missing. It
// talks over the socket: no client binary is needed.
func (c *Cluster) prepareRoles(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, startTimeout)
	defer cancel()
	conn, err := pgx.Connect(ctx, c.URL(SuperRole, "postgres"))
	if err != nil {
		return fmt.Errorf("den egna databasen svarar inte: %w", err)
	}
	defer func() { _ = conn.Close(context.WithoutCancel(ctx)) }()

	const missing = `select
		not exists (select from pg_roles where rolname = $1),
		not exists (select from pg_roles where rolname = $2),
		not exists (select from pg_database where datname = $3)`
	var owner, server, database bool
	if err := conn.QueryRow(ctx, missing, OwnerRole, ServerRole, Database).Scan(&owner, &server, &database); err != nil {
		return err
	}
	var stmts []string
	if owner {
		stmts = append(stmts, "create role "+OwnerRole+" login createrole")
	}
	if server {
		stmts = append(stmts, "create role "+ServerRole+" login")
	}
	if database {
		stmts = append(stmts,
			"create database "+Database+" owner "+OwnerRole+" template template0 encoding 'UTF8'")
	}
	for _, s := range stmts {
		if _, err := conn.Exec(ctx, s); err != nil {
			return fmt.Errorf("%s: %w", s, err)
		}
	}
	if !owner && !database {
		return nil
	}
	return c.grant(ctx)
}

// grant gives the owner what erasing in the files takes (checkpoint, new WAL file)
// and the server nothing but the connection.
func (c *Cluster) grant(ctx context.Context) error {
	conn, err := pgx.Connect(ctx, c.SuperURL()) // rights to a function stand in each database
	if err != nil {
		return fmt.Errorf("den egna databasen svarar inte: %w", err)
	}
	defer func() { _ = conn.Close(context.WithoutCancel(ctx)) }()
	for _, s := range []string{
		"revoke all on database " + Database + " from public",
		"grant connect on database " + Database + " to " + ServerRole,
		"grant pg_checkpoint to " + OwnerRole,
		"grant execute on function pg_switch_wal() to " + OwnerRole,
	} {
		if _, err := conn.Exec(ctx, s); err != nil {
			return fmt.Errorf("%s: %w", s, err)
		}
	}
	return nil
}

// Clone makes the database name as a copy of template, owned by OwnerRole: a
// fresh, migrated database for a test. Nobody may be connected to template. Its
// files are copied: by way of the log, PostgreSQL's own choice, it takes twice as much.
func (c *Cluster) Clone(ctx context.Context, template, name string) error {
	ctx, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	return c.administer(ctx, fmt.Sprintf("create database %s template %s owner %s strategy file_copy",
		pgx.Identifier{name}.Sanitize(), pgx.Identifier{template}.Sanitize(), OwnerRole))
}

// Drop removes a database made by Clone, and ends whoever is connected to it.
func (c *Cluster) Drop(ctx context.Context, name string) error {
	return c.administer(ctx, "drop database if exists "+pgx.Identifier{name}.Sanitize()+" with (force)")
}

// administer runs a statement as the superuser on a connection that is kept for the
// next one: to connect costs a third of what making and removing a database does.
func (c *Cluster) administer(ctx context.Context, statement string) error {
	var conn *pgx.Conn
	select {
	case conn = <-c.idle:
	default:
	}
	if conn != nil && conn.Ping(ctx) != nil { // PostgreSQL has been started again
		_ = conn.Close(context.WithoutCancel(ctx))
		conn = nil
	}
	if conn == nil {
		var err error
		if conn, err = pgx.Connect(ctx, c.URL(SuperRole, "postgres")); err != nil {
			return err
		}
	}
	_, err := conn.Exec(ctx, statement)
	select {
	case c.idle <- conn:
		return err
	default:
		_ = conn.Close(context.WithoutCancel(ctx))
		return err
	}
}

// closeIdle ends the connections that administer keeps.
func (c *Cluster) closeIdle() {
	for {
		select {
		case conn := <-c.idle:
			_ = conn.Close(context.Background())
		default:
			return
		}
	}
}
