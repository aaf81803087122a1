package store

import (
	"context"
	"time"

	"github.com/google/uuid"

	"sus/backend/register"
	"sus/backend/store/db"
)

// KoppladInsats is an insats of another organisation that either side says is the same.
type KoppladInsats struct {
	ID             uuid.UUID
	Namn           string
	OrganisationID uuid.UUID
	Organisation   string
	Egen, Andras   *time.Time // when each side said it
}

// Lage is who has said it.
func (k KoppladInsats) Lage() register.Kopplingslage {
	return register.Kopplingar{Egen: k.Egen, Andras: k.Andras}.Lage()
}

const kopplingsfraga = `select n.id, n.namn, n.organisation_id, o.namn as organisation, a.sagd as egen, b.sagd as andras
	from insats n join samverkansorganisation o on o.id = n.organisation_id
	left join insatskoppling a on a.insats_id = ? and a.annan_insats_id = n.id
	left join insatskoppling b on b.insats_id = n.id and b.annan_insats_id = ?`

// Kopplingar lists the insatser that either side says are the same as this, for every
// user; 404 when there is no such insats.
func (s *Store) Kopplingar(ctx context.Context, insatsID uuid.UUID) ([]KoppladInsats, error) {
	if _, err := lasInsats(s.Oppet(ctx), insatsID, ""); err != nil {
		return nil, err
	}
	return db.Rader[KoppladInsats](s.Oppet(ctx), kopplingsfraga+` where n.id in (select annan_insats_id from insatskoppling where insats_id = ?
		union select insats_id from insatskoppling where annan_insats_id = ?) order by `+db.Svensk("o.namn")+`, n.id`, insatsID, insatsID, insatsID, insatsID)
}

// Koppla says, for an administrator of the insats's organisation, that annanID is the same
// insats, or takes back what either side has said; 404 of another's insats. Refused by
// register.Koppla and register.KopplaIsar.
func (s *Store) Koppla(ctx context.Context, b db.Begaran, insatsID, annanID uuid.UUID, kopplad bool,
	svara func(KoppladInsats) (db.Svar, error)) (db.Svar, error) {
	h := register.HandelseInsatsKopplad
	if !kopplad {
		h = register.HandelseInsatsKoppladIsar
	}
	a := db.Arende{Handelse: h, ObjektID: insatsID, InsatsID: insatsID, Detalj: annanID.String()}
	return db.Skapa(ctx, s.DB, b, a, func(tx *db.Tx) (KoppladInsats, error) {
		// Whoever says anything of the two does so one at a time, from whichever side.
		if _, err := db.Rader[uuid.UUID](tx, `select id from insats where id in (?, ?) order by id for no key update`, insatsID, annanID); err != nil {
			return KoppladInsats{}, err
		}
		rad, err := lasInsats(tx, insatsID, "")
		if err == nil && !tx.Aktor.FarSkapaInsats(rad.Insats.OrganisationID) {
			err = register.Saknas()
		}
		if err != nil {
			return KoppladInsats{}, err
		}
		tx.Galler(insatsID, insatsID, rad.Insats.OrganisationID)
		k, finns, err := db.RadOm[KoppladInsats](tx, kopplingsfraga+` where n.id = ?`, insatsID, insatsID, annanID)
		if err != nil {
			return k, err
		}
		sagt := register.Kopplingar{Egen: k.Egen, Andras: k.Andras}
		if !kopplad {
			if err := register.KopplaIsar(sagt); err != nil {
				return k, err
			}
			k.Egen, k.Andras = nil, nil
			_, err := db.Kor(tx, `delete from insatskoppling where insats_id = ? and annan_insats_id = ? or insats_id = ? and annan_insats_id = ?`, insatsID, annanID, annanID, insatsID)
			return k, err
		}
		var annan register.Insats
		if finns {
			r, err := lasInsats(tx, annanID, "")
			if err != nil {
				return k, err
			}
			annan = r.Insats
		}
		ny, err := register.Koppla(rad.Insats, annan, sagt, tx.Nu, tx.Aktor.ID)
		if err != nil {
			return k, err
		}
		k.Egen = &ny.Sagd
		return k, tx.Infoga(&ny)
	}, svara)
}
