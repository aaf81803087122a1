package db

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/stdlib"
	"gorm.io/gorm"
)

// pool gives GORM transactions that know the connection they run on, so that the
// few statements that every request runs, and those that read many rows, can use
// pgx itself: it reads binary into our structs where database/sql and GORM take
// each value through three conversions.
type pool struct{ *sql.DB }

// BeginTx begins on a connection of its own.
func (p pool) BeginTx(ctx context.Context, o *sql.TxOptions) (gorm.ConnPool, error) {
	c, err := p.Conn(ctx)
	if err != nil {
		return nil, err
	}
	tx, err := c.BeginTx(ctx, o)
	if err != nil {
		return nil, errors.Join(err, c.Close())
	}
	return &transaction{Tx: tx, conn: c}, nil
}

// transaction is a *sql.Tx and its connection.
type transaction struct {
	*sql.Tx
	conn *sql.Conn
}

// Commit ends both.
func (t *transaction) Commit() error {
	err := t.Tx.Commit()
	_ = t.conn.Close() // only gives it back to the pool
	return err
}

// Rollback ends both.
func (t *transaction) Rollback() error {
	err := t.Tx.Rollback()
	_ = t.conn.Close()
	return err
}

// onPgx runs fn on the connection that db's transaction runs on, or on any when it
// is in none. No rows of the transaction may be open meanwhile.
func onPgx(db *gorm.DB, fn func(ctx context.Context, c *pgx.Conn) error) error {
	ctx := db.Statement.Context
	switch p := db.Statement.ConnPool.(type) {
	case *transaction:
		return onConn(ctx, p.conn, fn)
	case pool:
		err := p.onAny(ctx, fn)
		if err != nil && ctx.Err() == nil && (errors.Is(err, driver.ErrBadConn) || pgconn.SafeToRetry(err)) {
			err = p.onAny(ctx, fn) // the pool's connection had died while it was idle; nothing was sent
		}
		return err
	}
	return errors.New("db: okänd förbindelse")
}

// onAny runs fn on a connection of the pool.
func (p pool) onAny(ctx context.Context, fn func(ctx context.Context, c *pgx.Conn) error) error {
	c, err := p.Conn(ctx)
	if err != nil {
		return err
	}
	defer func() { _ = c.Close() }() // only gives it back to the pool
	return onConn(ctx, c, fn)
}

func onConn(ctx context.Context, c *sql.Conn, fn func(ctx context.Context, c *pgx.Conn) error) error {
	return c.Raw(func(dc any) error { return fn(ctx, dc.(*stdlib.Conn).Conn()) })
}

// UUIDBytes is an id as pgx writes and reads it without taking it through text.
func UUIDBytes(id *uuid.UUID) *[16]byte { return (*[16]byte)(id) }
