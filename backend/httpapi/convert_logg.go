package httpapi

import (
	"github.com/google/uuid"

	"sus/api"
	"sus/backend/register"
	"sus/backend/store"
)

func toLoggpost(l store.Loggpost) api.Loggpost {
	ut := api.Loggpost{
		Id: l.ID, Tid: l.Tid.UTC(), AktorId: till(l.AktorID), AktorTyp: api.LoggpostAktorTyp(l.AktorTyp),
		Handelse: l.Handelse, Objekttyp: till(l.Objekttyp), ObjektId: l.ObjektID, InsatsId: l.InsatsID,
		OrganisationId: l.OrganisationID, Utfall: api.LoggpostUtfall(l.Utfall),
	}
	if l.AktorID == uuid.Nil {
		ut.AktorTyp = api.ANONYM // a log-in that nobody in particular tried
	}
	switch {
	case l.Handelse == register.HandelseOperationNekad.String():
		ut.Regel, ut.Detalj = till(register.RegelBehorighetSaknas.String()), till(l.Marke)
	case l.Utfall != store.UtfallOK:
		ut.Regel = till(l.Marke)
	case l.Objekttyp == "samtycke" || l.Objekttyp == "deltagande":
		ut.ExterntId = till(l.Marke)
	default:
		ut.Detalj = till(l.Marke)
	}
	return ut
}
