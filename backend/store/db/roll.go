package db

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/stdlib"
)

// Batch is the statements of a report, sent at once.
type Batch struct{ batch pgx.Batch }

// Fraga queues a statement; varje is called for each row of its answer.
func (b *Batch) Fraga(sats string, varden []any, varje func(Row) error) {
	b.batch.Queue(numbered(sats), asBinary(varden)...).Query(func(rader pgx.Rows) error {
		for rader.Next() {
			if err := varje(rader); err != nil {
				return err
			}
		}
		return rader.Err()
	})
}

// SomRapport runs the queued reads in one read-only transaction as sus_rapport,
// which sees facts and nobody: a report is one round trip.
func (d *DB) SomRapport(ctx context.Context, stall func(*Batch)) error {
	forsok := func() error {
		conn, err := d.sqldb.Conn(ctx)
		if err != nil {
			return err
		}
		defer func() { _ = conn.Close() }() // only gives it back to the pool
		return conn.Raw(func(dc any) error {
			c := dc.(*stdlib.Conn).Conn()
			var b Batch
			b.batch.Queue("begin read only")
			b.batch.Queue("set local role sus_rapport")
			stall(&b)
			b.batch.Queue("commit")
			err := c.SendBatch(ctx, &b.batch).Close()
			if err == nil || c.IsClosed() || c.PgConn().TxStatus() == 'I' {
				return err
			}
			// The transaction, and with it the role, ends here or the
			// connection does: the pool closes what answers ErrBadConn.
			if _, rollback := c.Exec(ctx, "rollback"); rollback != nil {
				_ = c.Close(ctx)
			}
			return err
		})
	}
	err := forsok()
	if err != nil && ctx.Err() == nil && (errors.Is(err, driver.ErrBadConn) || pgconn.SafeToRetry(err)) {
		err = forsok() // the pool's connection had died while it was idle
	}
	return mapError(err)
}

// SomAgare runs fn in one transaction as the migrating role, which row security
// does not hold, with the time and the memory that a pass over every registration
// takes. With baraLasa it sees one snapshot and changes nothing. A registration may
// lock the same tables in another order: fn then runs again.
func SomAgare(ctx context.Context, migrateURL string, baraLasa bool, fn func(*Tx) error) error {
	sqldb, err := open(migrateURL)
	if err != nil {
		return err
	}
	defer func() { _ = sqldb.Close() }()
	g, err := openGorm(sqldb)
	if err != nil {
		return mapError(err)
	}
	var o sql.TxOptions
	if baraLasa {
		o = sql.TxOptions{Isolation: sql.LevelRepeatableRead, ReadOnly: true}
	}
	for forsok := 1; ; forsok++ {
		tx := g.WithContext(ctx).Begin(&o)
		if tx.Error != nil {
			return mapError(tx.Error)
		}
		err := utanTidsgrans(&Tx{db: tx}, fn)
		if err == nil {
			err = tx.Commit().Error
		} else {
			tx.Rollback()
		}
		if err == nil || !tavlan(err) || forsok == maxForsok {
			return mapError(err)
		}
	}
}

func utanTidsgrans(tx *Tx, fn func(*Tx) error) error {
	for _, sats := range []string{`set local statement_timeout = 0`, `set local lock_timeout = '60s'`,
		`set local idle_in_transaction_session_timeout = 0`, `set local work_mem = '128MB'`} {
		if _, err := Kor(tx, sats); err != nil {
			return err
		}
	}
	return fn(tx)
}
