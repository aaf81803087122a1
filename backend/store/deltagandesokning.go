package store

import (
	"context"

	"github.com/google/uuid"

	"sus/backend/register"
	"sus/backend/store/db"
)

// SokDeltaganden lists the deltaganden of an insats whose identity s fits, latest
// startdag first, and says how many they are. A number is found by its blind
// index, or by another number of the same person's. Names are encrypted, so those of the whole insats are opened, and nothing
// else of them: an insats holds a few thousand deltaganden at most, and a thousand
// names take some milliseconds. Only the page is then read.
// One log row, with as many persons as were shown, and with who was searched when
// it was by number: never the text. 404 outside the uppdrag.
func (s *Store) SokDeltaganden(ctx context.Context, b db.Begaran, insatsID uuid.UUID, sokning register.Deltagandesokning,
	sida db.Sida) ([]DeltagandeMedIdentitet, int, error) {
	var v db.Villkor
	v.Om(true, "d.insats_id = ?", insatsID)
	medStatus(&v, sokning.Status)
	var sokta []db.Loggad
	if sokning.Personnummer.Angett() {
		index := s.Nycklar().Blindindex(sokning.Personnummer)
		v.Om(true, medNummer, index)
		sokta = []db.Loggad{{Blindindex: index, InsatsID: insatsID}}
	}
	var antal int
	a := db.Arende{Handelse: register.HandelseDeltagandenSokta, ObjektID: insatsID, InsatsID: insatsID, Hinder: hinder(b.Aktor.FarSePersonuppgifter(insatsID))}
	svar, err := db.Las(ctx, s.DB, b, a, func(tx *db.Tx) ([]DeltagandeMedIdentitet, error) {
		tx.Om(sokta...)
		traffar, err := s.sokTraffar(tx, sokning, v)
		if err != nil {
			return nil, err
		}
		antal = len(traffar)
		// An identity that was erased since a moment ago is not shown.
		rader, err := db.Rader[deltaganderad](tx, `select `+lasDeltagandeColumns+` from deltagande d`+lasDeltagandeJoin+
			` where d.id = any(?) and i.samtycke_id is not null order by d.startdag desc, d.id desc`, db.Av(sida, traffar))
		if err != nil {
			return nil, err
		}
		return s.visade(tx, rader)
	})
	return svar, antal, err
}

// namnrad is a sealed name and where it stands.
type namnrad struct {
	deltagande, samtycke uuid.UUID
	namn                 []byte
}

// Skanna reads the three.
func (r *namnrad) Skanna(rad db.Row) error {
	return rad.Scan(db.UUIDBytes(&r.deltagande), db.UUIDBytes(&r.samtycke), &r.namn)
}

// sokTraffar is the ids of all that the search fits, in its order.
func (s *Store) sokTraffar(tx *db.Tx, sokning register.Deltagandesokning, v db.Villkor) ([]uuid.UUID, error) {
	rader, err := db.Rader[namnrad](tx, `select d.id, i.samtycke_id, i.namn from deltagande d
		join identitet i on i.samtycke_id = d.samtycke_id`+v.Where()+` order by d.startdag desc, d.id desc`, v.Varden()...)
	if err != nil {
		return nil, err
	}
	traffar := []uuid.UUID{}
	for _, r := range rader {
		if sokning.PaNamn() {
			klartext, err := dekrypteraNamn(s.Nycklar(), r.namn, r.samtycke)
			if err != nil {
				return nil, err
			}
			if !sokning.Passar(klartext) {
				continue
			}
		}
		traffar = append(traffar, r.deltagande)
	}
	return traffar, nil
}
