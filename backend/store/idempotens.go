package store

import (
	"context"
	"crypto/subtle"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"sus/backend/register"
)

// sparatSvar is a row of idempotens as a replay needs it.
type sparatSvar struct {
	KroppHmac  []byte
	Status     *int
	Location   string
	Etag       string
	Svar       []byte
	Aterkallat bool
}

func sparat(db *gorm.DB, a register.Aktor, idem *Idempotens) (*Svar, error) {
	var r sparatSvar
	svar := db.Raw(`select kropp_hmac, status, location, etag, svar, aterkallat from idempotens
		where anropare = ? and operation = ? and nyckel = ?`, a.ID, idem.Operation, idem.Nyckel).Scan(&r)
	switch {
	case svar.Error != nil:
		return nil, svar.Error
	case svar.RowsAffected == 0:
		return nil, nil
	case r.Aterkallat:
		// The hash is erased as well, so this is said whatever the body.
		return nil, register.Borta(register.RegelAterkallat).Med("Samtycket har återkallats, och svaret på den tidigare begäran är raderat.")
	case subtle.ConstantTimeCompare(r.KroppHmac, idem.KroppHmac) != 1:
		return nil, register.Ogiltig(register.RegelIdempotensnyckelAnnanKropp)
	case r.Status == nil:
		return nil, nil // cannot be seen: it is written in the transaction that inserts the row
	}
	return &Svar{Status: *r.Status, Location: r.Location, ETag: r.Etag, Kropp: r.Svar, Upprepat: true}, nil
}

// Upprepning is the stored answer to a key that was used before, nil when it was
// not: asked before a look-up in the population register, which a replay must not
// repeat. Refusals as for the creating methods: 422 idempotensnyckel-annan-kropp,
// 410 aterkallat.
func (s *Store) Upprepning(ctx context.Context, a register.Aktor, idem *Idempotens) (*Svar, error) {
	if idem == nil {
		return nil, nil
	}
	var svar *Svar
	err := s.lasa(ctx, func(db *gorm.DB) (err error) {
		svar, err = sparat(db, a, idem)
		return err
	})
	return svar, err
}

// skapa runs a creating use case once for a key. fn returns the answer and the
// samtycke it depends on (uuid.Nil: none). A parallel request with the same key
// waits on the key's row and then replays; a failed one leaves no row.
func (s *Store) skapa(ctx context.Context, a register.Aktor, idem *Idempotens, fn func(tx *gorm.DB) (Svar, uuid.UUID, error)) (Svar, error) {
	var svar Svar
	if idem == nil {
		err := s.tx(ctx, a, func(tx *gorm.DB) (err error) {
			svar, _, err = fn(tx)
			return err
		})
		return svar, err
	}
	insatser := uuidlista(a.InsatserMedPersonuppgifter())
	err := s.txFri(ctx, func(tx *gorm.DB) error {
		// The key is taken and row security opened in one round trip.
		var ny bool
		if err := tx.Raw(`with tagen as (insert into idempotens (anropare, operation, nyckel, kropp_hmac, skapad)
			values (?, ?, ?, ?, ?) on conflict do nothing returning true)
			select exists (select from tagen) from (select set_config('sus.insatser', ?, true)) as c`,
			a.ID, idem.Operation, idem.Nyckel, idem.KroppHmac, s.Nu(), insatser).Scan(&ny).Error; err != nil {
			return err
		}
		if !ny {
			tidigare, err := sparat(tx, a, idem)
			if err != nil {
				return err
			}
			if tidigare == nil {
				return errNyckelBorta
			}
			svar = *tidigare
			return nil
		}
		var samtycke uuid.UUID
		var err error
		if svar, samtycke, err = fn(tx); err != nil {
			return err
		}
		return tx.Exec(`update idempotens set status = ?, location = ?, etag = ?, svar = ?, samtycke_id = ?
			where anropare = ? and operation = ? and nyckel = ?`, svar.Status, svar.Location, svar.ETag, svar.Kropp,
			ellerNull(samtycke), a.ID, idem.Operation, idem.Nyckel).Error
	})
	return svar, err
}

// errNyckelBorta: the key was erased between two statements, after its 24 hours.
var errNyckelBorta = register.Konflikt(register.RegelIdempotensnyckelUtgangen)

// ellerNull writes uuid.Nil as NULL.
func ellerNull(id uuid.UUID) *uuid.UUID {
	if id == uuid.Nil {
		return nil
	}
	return &id
}
