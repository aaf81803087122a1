package store

import (
	"context"
	"slices"

	"github.com/google/uuid"

	"sus/backend/register"
	"sus/backend/store/db"
)

// LoggSokning chooses rows of the audit log; what is not set does not bound.
type LoggSokning struct {
	Personnummer register.Personnummer
	AktorID      uuid.UUID
	Fran, Tom    *register.Datum
	Handelse     string
	Efter        uuid.UUID // the last row of the page before
	Limit        int       // 0: all
}

// SokLoggposter searches the audit log, newest first, for a SYSTEMFORVALTARE (403 for
// others) or a command. The search is logged before anything is found, as a row about
// the person in each insats that has one by any of the person's numbers.
func (s *Store) SokLoggposter(ctx context.Context, b db.Begaran, f LoggSokning) ([]db.Loggpost, error) {
	a := db.Arende{Handelse: register.HandelseLoggSokt, Detalj: sokthandelse(f.Handelse), ObjektID: f.AktorID}
	if !b.Aktor.FarGranskaLoggen() {
		a.Hinder = register.Nekad()
	}
	var indexen [][]byte
	if f.Personnummer.Angett() {
		var err error
		index := s.Nycklar().Blindindex(f.Personnummer)
		if indexen, err = personindex(s.Oppet(ctx), index); err != nil {
			return nil, err
		}
		if b.Insatser, err = db.Rader[uuid.UUID](s.Oppet(ctx), `select id from insats`); err != nil {
			return nil, err
		}
	}
	fraga, err := db.Andra(ctx, s.DB, b, a, func(tx *db.Tx) (uuid.UUID, error) {
		if indexen != nil {
			insatser, err := db.Rader[uuid.UUID](tx, `select insats_id from identitet where blindindex = any(?)
				union select insats_id from loggperson where blindindex = any(?) order by insats_id`, indexen, indexen)
			if err != nil {
				return uuid.Nil, err
			}
			for _, i := range insatser {
				tx.Om(db.Loggad{Blindindex: s.Nycklar().Blindindex(f.Personnummer), InsatsID: i})
			}
		}
		return tx.LoggID()
	})
	if err != nil {
		return nil, err
	}
	var v db.Villkor
	v.Om(indexen != nil, "id in (select sus_loggposter_om(?, ?))", fraga, indexen)
	v.Om(f.AktorID != uuid.Nil, "aktor_id = ?", f.AktorID)
	v.Om(f.Handelse != "", "handelse = ?", f.Handelse)
	if f.Fran != nil {
		v.Om(true, "tid >= ?", f.Fran.Borjan())
	}
	if f.Tom != nil {
		v.Om(true, "tid < ?", f.Tom.Plus(1).Borjan())
	}
	return s.LoggposterDar(ctx, b, v, f.Efter, f.Limit)
}

// okandHandelse is how the log tells of a search for an event that is none.
const okandHandelse = "okänd händelse"

// sokthandelse keeps what was typed out of the sealed row, unless it is an event's name.
func sokthandelse(namn string) string {
	if namn != "" && !slices.ContainsFunc(register.Handelser(), func(h register.Handelse) bool { return h.String() == namn }) {
		return okandHandelse
	}
	return namn
}
