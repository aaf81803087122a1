package konto

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"

	"sus/backend/register"
	"sus/backend/store/db"
)

// Gallra erases number, name, mobile number and password of the users who left longer
// ago than their time, by the clock: each in a transaction of its own. The shell stays,
// and in the log who acted. One that cannot be erased holds up no other and is the
// error.
func (k *Konto) Gallra(ctx context.Context, av register.Aktor, t register.Bevarandetid) (int, error) {
	alla, err := k.attGallra(ctx, t)
	if err != nil {
		return 0, err
	}
	antal := 0
	var fel error
	for _, u := range alla {
		gjort, err := k.gallraAnvandare(ctx, av, u.ID, t)
		switch {
		case errors.Is(err, db.ErrBorta) || ctx.Err() != nil:
			return antal, err
		case err != nil:
			fel = errors.Join(fel, fmt.Errorf("användaren %s gick inte att gallra: %w", u.ID, err))
		case gjort:
			antal++
		}
	}
	return antal, fel
}

// Gallringsbart is how many users Gallra would erase.
func (k *Konto) Gallringsbart(ctx context.Context, t register.Bevarandetid) (g register.Gallringsbart, err error) {
	alla, err := k.attGallra(ctx, t)
	for _, u := range alla {
		g = g.Med(u.sistaDag())
	}
	return g, err
}

// sistTid is when a user was added, and when the last behörighet ends.
type sistTid struct {
	ID     uuid.UUID
	Skapad time.Time
	Slut   *register.Datum
}

func (s sistTid) sistaDag() register.Datum {
	skapad := register.DatumAv(s.Skapad)
	if s.Slut == nil {
		return register.SistaBehorigaDag(skapad)
	}
	return register.SistaBehorigaDag(skapad, *s.Slut)
}

const sistColumns = `a.id, a.skapad, (select max(b.giltig_tom) from behorighet b where b.anvandare_id = a.id) as slut`

// attGallra is the users who are due today.
func (k *Konto) attGallra(ctx context.Context, t register.Bevarandetid) ([]sistTid, error) {
	if t.ForAlltid() {
		return nil, nil
	}
	alla, err := db.Rader[sistTid](k.Oppet(ctx), `select `+sistColumns+` from anvandare a where a.gallrad is null order by a.skapad, a.id`)
	var svar []sistTid
	for _, u := range alla {
		if t.Forfallen(u.sistaDag(), k.Idag()) {
			svar = append(svar, u)
		}
	}
	return svar, err
}

// gallraAnvandare locks a user and erases who it is, if that still is due.
func (k *Konto) gallraAnvandare(ctx context.Context, av register.Aktor, id uuid.UUID, t register.Bevarandetid) (bool, error) {
	a := db.Arende{Handelse: register.HandelseAnvandareGallrad, ObjektID: id}
	return db.Andra(ctx, k.DB, db.Begaran{Aktor: av}, a, func(tx *db.Tx) (bool, error) {
		if _, err := db.Kor(tx, `select from anvandare a where a.id = ? for update`, id); err != nil {
			return false, err
		}
		// In a statement of its own: it sees the behörighet that was being given while the lock was waited for.
		u, finns, err := db.RadOm[sistTid](tx, `select `+sistColumns+` from anvandare a where a.id = ? and a.gallrad is null`, id)
		if err != nil {
			return false, err
		}
		gjort := false
		if finns && t.Forfallen(u.sistaDag(), tx.Idag()) {
			if gjort, err = db.Rad[bool](tx, `select sus_gallra_anvandare(?)`, id); err != nil {
				return false, err
			}
		}
		if !gjort {
			tx.IngetGjort()
		}
		return gjort, nil
	})
}
