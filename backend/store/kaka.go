package store

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"github.com/google/uuid"
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
func (s *Store) Kaksession(ctx context.Context, hash []byte, vila time.Duration) (Kaksession, error) {
	nu := s.Nu()
	var k Kaksession
	err := s.sqldb.QueryRowContext(ctx, `select s.id, s.vilar_till, s.giltig_till from fornyelse f join session s on s.id = f.session_id
		where f.hash = $1 and f.anvand is null and s.avslutad is null and s.vilar_till > $2 and s.giltig_till > $2`, hash, nu).
		Scan(&k.ID, &k.VilarTill, &k.GiltigTill)
	if errors.Is(err, sql.ErrNoRows) {
		return Kaksession{}, TokenOgiltig()
	}
	if err != nil {
		return Kaksession{}, mapFel(err)
	}
	ny := nu.Add(vila)
	if ny.After(k.GiltigTill) {
		ny = k.GiltigTill
	}
	if ny.Sub(k.VilarTill) < vilaSteg {
		return k, nil
	}
	_, err = s.sqldb.ExecContext(ctx, `update session set vilar_till = greatest(vilar_till, $2) where id = $1 and avslutad is null`, k.ID, ny)
	k.VilarTill = ny
	return k, mapFel(err)
}
