package httpapi

import (
	"github.com/google/uuid"

	"sus/api"
	"sus/backend/store/db"
	"sus/backend/store/konto"
)

func toLoggpost(l db.Loggpost, names map[uuid.UUID]konto.Namn) api.Loggpost {
	out := api.Loggpost{
		Id: l.ID, Tid: l.Tid.UTC(), AktorId: optional(l.AktorID), Aktor: toAktor(names, l.AktorID), AktorTyp: api.LoggpostAktorTyp(l.AktorTyp),
		Handelse: l.Handelse, Objekttyp: optional(l.Objekttyp), ObjektId: l.ObjektID, InsatsId: l.InsatsID,
		OrganisationId: l.OrganisationID, Utfall: api.LoggpostUtfall(l.Utfall),
		Regel: optional(l.Regel), ExterntId: optional(l.ExterntID), Detalj: optional(l.Detalj),
	}
	if l.AktorID == uuid.Nil {
		out.AktorTyp = api.ANONYM // a log-in that nobody in particular tried
	}
	return out
}
