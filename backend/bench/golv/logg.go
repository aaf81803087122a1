package main

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/binary"
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

const (
	loggpostSQL = `with post as (insert into loggpost (id, aktor_id, aktor_typ, handelse, objekttyp, objekt_id, insats_id, organisation_id,
	utfall, regel, externt_id, detalj, personer_hash, traceparent, adress, roll, av, varfor, radering_hash)
	values ($1, $2, $3, $4, $5, $6, $7, $8, 'OK', '', $9, '', $10, $11, $15, $16, '', '', null))`
	loggexterntSQL = `, externt as (insert into loggexternt (loggpost_id, insats_id, samtycke_id, externt_id, salt) values ($1, $7, $17, $18, $19))`
	loggpersonSQL  = ` insert into loggperson (loggpost_id, ordning, samtycke_id, insats_id, salt)
	select $1, p.ordning, p.samtycke, p.insats, p.salt
	from unnest($12::uuid[], $13::uuid[], $14::bytea[]) with ordinality as p (samtycke, insats, salt, ordning)`
)

// logga writes the audit row with the persons it is about, and the caller's case id
// beside it.
func logga(ctx context.Context, tx pgx.Tx, a aktor, h handelse, samtycken, insatser []uuid.UUID) error {
	id, err := uuid.NewV7()
	if err != nil {
		return err
	}
	salt := make([][]byte, len(samtycken))
	alla := sha256.New()
	alla.Write(binary.BigEndian.AppendUint32([]byte{2}, uint32(len(samtycken))))
	for i, s := range samtycken {
		salt[i] = make([]byte, 16)
		rand.Read(salt[i])
		en := sha256.New()
		en.Write([]byte{2})
		en.Write(salt[i])
		en.Write(s[:])
		en.Write(insatser[i][:])
		alla.Write(en.Sum(nil))
	}
	roll := "DELTAGARANSVARIG"
	switch {
	case a.maskin:
		roll = "MASKIN"
	case len(a.administrerar) > 0:
		roll = "SAMVERKANSADMINISTRATOR"
	}
	varden := []any{id, a.id, a.typ(), h.handelse, h.objekttyp, h.objekt, h.insats, h.organisation, "",
		append([]byte{2}, alla.Sum(nil)...), traceparent(), samtycken, insatser, salt, "127.0.0.1", roll}
	if h.externtID == "" {
		_, err = tx.Exec(ctx, loggpostSQL+loggpersonSQL, varden...)
		return err
	}
	externtsalt := make([]byte, 16)
	rand.Read(externtsalt)
	sigill := sha256.Sum256(append(externtsalt[:16:16], h.externtID...))
	varden[8] = "sha256:" + hex.EncodeToString(sigill[:])
	_, err = tx.Exec(ctx, loggpostSQL+loggexterntSQL+loggpersonSQL, append(varden, samtycken[0], h.externtID, externtsalt)...)
	return err
}

func traceparent() string {
	var b [24]byte
	rand.Read(b[:])
	return "00-" + hex.EncodeToString(b[:16]) + "-" + hex.EncodeToString(b[16:]) + "-01"
}
