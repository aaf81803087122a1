package httpapi

import (
	"github.com/google/uuid"

	"sus/api"
	"sus/backend/store/db"
)

func toLoggpost(l db.Loggpost) api.Loggpost {
	ut := api.Loggpost{
		Id: l.ID, Tid: l.Tid.UTC(), AktorId: till(l.AktorID), AktorTyp: api.LoggpostAktorTyp(l.AktorTyp),
		Handelse: l.Handelse, Objekttyp: till(l.Objekttyp), ObjektId: l.ObjektID, InsatsId: l.InsatsID,
		OrganisationId: l.OrganisationID, Utfall: api.LoggpostUtfall(l.Utfall),
		Regel: till(l.Regel), ExterntId: till(l.ExterntID), Detalj: till(l.Detalj),
	}
	if l.AktorID == uuid.Nil {
		ut.AktorTyp = api.ANONYM // a log-in that nobody in particular tried
	}
	return ut
}
