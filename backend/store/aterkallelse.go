package store

import (
	"context"
	"errors"

	"github.com/google/uuid"

	"sus/backend/register"
	"sus/backend/store/db"
)

// AterkallaIInsats withdraws every samtycke that a person has, by any of the numbers
// that are known to be hers, in an insats that is over, and says how many they were:
// none of somebody who is unknown there, or again. The request has its row, and each withdrawal its own with the same case id. Each is
// done in a transaction of its own: what a broken run leaves, the next one does.
// 404 for an unknown insats, 409 insats-inte-avslutad, 422 for the case id.
func (s *Store) AterkallaIInsats(ctx context.Context, b db.Begaran, insatsID uuid.UUID, p register.Personnummer, arende string) (int, error) {
	b.Insatser = []uuid.UUID{insatsID}
	// No person stands at the row, whether found or not: the rows about the person are being erased.
	a := db.Arende{Handelse: register.HandelseAterkallelserBegarda, ObjektID: insatsID, InsatsID: insatsID, Hinder: register.ProvaAterkallelsearende(b.Aktor, arende)}
	if a.Hinder == nil {
		a.Detalj = arende // else it may say what it is refused for
	}
	samtycken, err := db.Andra(ctx, s.DB, b, a, func(tx *db.Tx) ([]uuid.UUID, error) {
		r, err := lasRamar(tx, insatsID)
		if err != nil {
			return nil, err
		}
		tx.Galler(insatsID, insatsID, r.Organisation.ID)
		if err := register.ProvaAvslutad(r.Insats, r.Organisation, tx.Idag()); err != nil {
			return nil, err
		}
		return db.Rader[uuid.UUID](tx, `select i.samtycke_id from identitet i join samtycke s on s.id = i.samtycke_id
			where i.insats_id = ? and `+medNummer+` and s.aterkallat is null order by i.samtycke_id`, insatsID, s.Nycklar().Blindindex(p))
	})
	if err != nil {
		return 0, err
	}
	antal := 0
	for _, id := range samtycken {
		a := db.Arende{Handelse: register.HandelseSamtyckeAterkallat, ObjektID: id, InsatsID: insatsID, Detalj: arende}
		_, err := db.Andra(ctx, s.DB, b, a, func(tx *db.Tx) (Aterkallad, error) {
			return s.aterkalla(tx, id, func(i uuid.UUID) bool { return i == insatsID })
		})
		var nej *register.Error
		switch {
		case err == nil:
			antal++
		case errors.As(err, &nej) && (nej.Regel == register.RegelRedanAterkallat || nej.Regel == register.RegelSaknas):
			// Somebody else was first: withdrawn, or erased by gallring.
		default:
			return antal, err
		}
	}
	return antal, nil
}
