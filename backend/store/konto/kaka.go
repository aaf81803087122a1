package konto

import (
	"context"
	"time"

	"github.com/google/uuid"

	"sus/backend/store/db"
)

// Kaksession is the session that a browser's cookie opens.
type Kaksession struct {
	ID                    uuid.UUID
	VilarTill, GiltigTill time.Time
}

// vilaSteg is how far the idle end may lag behind: a page that asks ten things
// writes once.
const vilaSteg = time.Minute

// Kaksession finds the session of a cookie by its hash and moves its idle end
// to vila from now. Refused with 401 `token-ogiltig`: unknown, over, idle too long.
func (k *Konto) Kaksession(ctx context.Context, hash []byte, vila time.Duration) (Kaksession, error) {
	nu := k.Nu()
	s, finns, err := db.RadOm[Kaksession](k.Oppet(ctx), `select s.id, s.vilar_till, s.giltig_till from fornyelse f join session s on s.id = f.session_id
		where f.hash = ? and f.anvand is null and s.avslutad is null and s.vilar_till > ? and s.giltig_till > ?`, hash, nu, nu)
	if err == nil && !finns {
		err = TokenOgiltig()
	}
	if err != nil {
		return Kaksession{}, err
	}
	ny := nu.Add(vila)
	if ny.After(s.GiltigTill) {
		ny = s.GiltigTill
	}
	if ny.Sub(s.VilarTill) < vilaSteg {
		return s, nil
	}
	s.VilarTill = ny
	_, err = db.Underhall(ctx, k.DB, db.Begaran{}, func(tx *db.Tx) (int, error) {
		return db.Kor(tx, `update session set vilar_till = greatest(vilar_till, ?) where id = ? and avslutad is null`, ny, s.ID)
	})
	return s, err
}

// Skanna reads id, idle end and absolute end.
func (s *Kaksession) Skanna(rad db.Row) error {
	return rad.Scan(db.UUIDBytes(&s.ID), &s.VilarTill, &s.GiltigTill)
}
