package main

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

// begin opens a transaction that sees the people of the caller's insatser.
func (g *golv) begin(ctx context.Context, a aktor) (pgx.Tx, error) {
	tx, err := g.db.Begin(ctx)
	if err != nil {
		return nil, err
	}
	if _, err := tx.Exec(ctx, `select set_config('sus.insatser', $1, true)`, a.lista); err != nil {
		return nil, avbryt(ctx, tx, err)
	}
	return tx, nil
}

// avbryt ends a transaction that failed.
func avbryt(ctx context.Context, tx pgx.Tx, err error) error {
	_ = tx.Rollback(ctx)
	return err
}

// handelse is what the audit row says.
type handelse struct {
	handelse, objekttyp          string
	objekt, insats, organisation *uuid.UUID
	externtID                    string
}

const loggSQL = `with post as (insert into loggpost (id, aktor_id, aktor_typ, handelse, objekttyp, objekt_id, insats_id, organisation_id,
	utfall, regel, externt_id, detalj, personer_hash, traceparent) values ($1, $2, $3, $4, $5, $6, $7, $8, 'OK', '', $9, '', $10, $11))
	insert into loggperson (loggpost_id, ordning, samtycke_id, insats_id, salt)
	select $1, p.ordning, p.samtycke, p.insats, p.salt
	from unnest($12::uuid[], $13::uuid[], $14::bytea[]) with ordinality as p (samtycke, insats, salt, ordning)`

// logga writes the audit row with the persons it is about.
func logga(ctx context.Context, tx pgx.Tx, a aktor, h handelse, samtycken, insatser []uuid.UUID) error {
	id, err := uuid.NewV7()
	if err != nil {
		return err
	}
	salt := make([][]byte, len(samtycken))
	summa := sha256.New()
	for i, s := range samtycken {
		salt[i] = make([]byte, 16)
		rand.Read(salt[i])
		en := sha256.New()
		en.Write(salt[i])
		en.Write(s[:])
		summa.Write(en.Sum(nil))
	}
	_, err = tx.Exec(ctx, loggSQL, id, a.id, a.typ(), h.handelse, h.objekttyp, h.objekt, h.insats, h.organisation,
		h.externtID, summa.Sum(nil), traceparent(), samtycken, insatser, salt)
	return err
}

func traceparent() string {
	var b [24]byte
	rand.Read(b[:])
	return "00-" + hex.EncodeToString(b[:16]) + "-" + hex.EncodeToString(b[16:]) + "-01"
}
