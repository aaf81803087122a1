package konto

import (
	"context"
	"time"

	"github.com/google/uuid"

	"sus/backend/register"
	"sus/backend/store/db"
)

// Cookiesession is the session that a browser's cookie opens.
type Cookiesession struct {
	ID                 uuid.UUID
	VilaUpphor, Upphor time.Time
}

// Cookiesession finds the session of a cookie by its hash and moves its idle end
// to vila from now. Refused with 401 `token-ogiltig`: unknown, over, idle too long.
func (k *Konto) Cookiesession(ctx context.Context, hash []byte, vila time.Duration) (Cookiesession, error) {
	nu := k.Nu()
	s, finns, err := db.RadOm[Cookiesession](k.Oppet(ctx), `select s.id, s.vila_upphor, s.upphor from fornyelse f join session s on s.id = f.session_id
		where f.hash = ? and f.anvand is null and s.avslutad is null and s.vila_upphor > ? and s.upphor > ?`, hash, nu, nu)
	if err == nil && !finns {
		err = TokenOgiltig()
	}
	if err != nil {
		return Cookiesession{}, err
	}
	tid := register.Sessionstid{VilaUpphor: s.VilaUpphor, Upphor: s.Upphor}
	ny := tid.Anvand(nu, vila)
	if !tid.Skrivs(ny) {
		return s, nil
	}
	s.VilaUpphor = ny.VilaUpphor
	_, err = db.Underhall(ctx, k.DB, db.Begaran{}, func(tx *db.Tx) (int, error) {
		return db.Kor(tx, `update session set vila_upphor = greatest(vila_upphor, ?) where id = ? and avslutad is null`, ny.VilaUpphor, s.ID)
	})
	return s, err
}

// Skanna reads id, idle end and absolute end.
func (s *Cookiesession) Skanna(rad db.Row) error {
	return rad.Scan(db.UUIDBytes(&s.ID), &s.VilaUpphor, &s.Upphor)
}
