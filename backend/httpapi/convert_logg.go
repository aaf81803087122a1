package httpapi

import (
	"github.com/google/uuid"

	"sus/api"
	"sus/backend/register"
	"sus/backend/store"
	"sus/backend/store/db"
	"sus/backend/store/konto"
)

func toLoggpost(l db.Loggpost, names map[uuid.UUID]konto.Namn) api.Loggpost {
	out := api.Loggpost{
		Id: l.ID, Tid: l.Tid.UTC(), AktorId: optional(l.AktorID), Aktor: toAktor(names, l.AktorID), AktorTyp: api.LoggpostAktorTyp(l.AktorTyp),
		Handelse: l.Handelse, Objekttyp: optional(l.Objekttyp), ObjektId: l.ObjektID, InsatsId: l.InsatsID,
		OrganisationId: l.OrganisationID, Utfall: api.LoggpostUtfall(l.Utfall),
		Regel: optional(l.Regel), ExterntId: optional(l.ExterntID), Detalj: optional(l.Detalj),
		Adress: optional(l.Adress), Roll: optional(l.Roll), Av: optional(l.Av), Varfor: optional(l.Varfor),
	}
	if l.AktorID == uuid.Nil {
		out.AktorTyp = api.ANONYM // a log-in that nobody in particular tried
	}
	return out
}

func fromLoggpostSokning(in api.LoggpostSokning, idag register.Datum) (store.LoggSokning, error) {
	f := store.LoggSokning{AktorID: value(in.AktorId), Handelse: value(in.Handelse), Fran: in.Fran, Tom: in.Tom}
	if in.Personnummer == nil {
		return f, nil
	}
	var err error
	f.Personnummer, err = register.ParsePersonnummer(*in.Personnummer, idag)
	return f, err
}
