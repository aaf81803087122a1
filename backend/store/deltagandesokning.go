package store

import (
	"context"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"gorm.io/gorm"

	"sus/backend/register"
)

// SokDeltaganden lists the deltaganden of an insats whose identity s fits, latest
// startdag first, and says how many they are. A number is found by its blind
// index. Names are encrypted, so those of the whole insats are opened, and nothing
// else of them: an insats holds a few thousand deltaganden at most, and a thousand
// names take some milliseconds. Only the page is then read.
// One log row, with as many persons as were shown, and with who was searched when
// it was by number: never the text. 404 outside the uppdrag.
func (s *Store) SokDeltaganden(ctx context.Context, a register.Aktor, insatsID uuid.UUID, sokning register.Deltagandesokning,
	sida Sida) ([]DeltagandeMedIdentitet, int, error) {
	if err := s.FarSePersonuppgifter(ctx, a, insatsID); err != nil {
		return nil, 0, err
	}
	var v villkor
	v.om(true, "d.insats_id = ?", insatsID)
	v.status(sokning.Status)
	var sokta []Loggad
	if sokning.Personnummer.Satt() {
		index := s.nycklar.Blindindex(sokning.Personnummer)
		v.om(true, "i.blindindex = ?", index)
		sokta = []Loggad{{Blindindex: index, InsatsID: insatsID}}
	}
	var svar []DeltagandeMedIdentitet
	var antal int
	err := s.tx(ctx, a, func(tx *gorm.DB) error {
		traffar, err := s.sokTraffar(tx, sokning, v)
		if err != nil {
			return err
		}
		antal = len(traffar)
		// An identity that was erased since a moment ago is not shown.
		svar, err = s.lasDeltaganden(tx, `select `+lasDeltagandekolumner+` from deltagande d`+lasDeltagandeJoin+
			` where d.id = any(?) and i.samtycke_id is not null order by d.startdag desc, d.id desc`, sida.av(traffar))
		if err != nil {
			return err
		}
		personer := sokta
		for _, d := range svar {
			personer = append(personer, loggade(d.SamtyckeID, d.InsatsID, d.Identitet)...)
		}
		return logga(tx, a, s.Nu(), Handelse{Handelse: register.HandelseDeltagandenSokta, ObjektID: insatsID, InsatsID: insatsID}, personer...)
	})
	return svar, antal, err
}

// sokTraffar is the ids of all that the search fits, in its order.
func (s *Store) sokTraffar(tx *gorm.DB, sokning register.Deltagandesokning, v villkor) ([]uuid.UUID, error) {
	var traffar []uuid.UUID
	err := iPgx(tx, func(ctx context.Context, c *pgx.Conn) error {
		rader, err := c.Query(ctx, numrerad(`select d.id, i.samtycke_id, i.namn from deltagande d
			join identitet i on i.samtycke_id = d.samtycke_id`+v.where()+` order by d.startdag desc, d.id desc`), v.varden...)
		if err != nil {
			return err
		}
		defer rader.Close()
		for rader.Next() {
			var id, samtycke uuid.UUID
			var namn []byte
			if err := rader.Scan(byteUUID(&id), byteUUID(&samtycke), &namn); err != nil {
				return err
			}
			if sokning.PaNamn() {
				klartext, err := s.nycklar.dekrypteraNamn(namn, samtycke)
				if err != nil {
					return err
				}
				if !sokning.Passar(klartext) {
					continue
				}
			}
			traffar = append(traffar, id)
		}
		return rader.Err()
	})
	return traffar, err
}
