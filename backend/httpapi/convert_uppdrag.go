package httpapi

import (
	"github.com/google/uuid"

	"sus/api"
	"sus/backend/register"
	"sus/backend/store/konto"
)

func fromNyttUppdrag(in api.NyttUppdrag) register.Uppdragsgivning {
	return register.Uppdragsgivning{AnvandareID: in.AnvandareId, Roll: in.Roll, Period: register.Period{Fran: in.FranOchMed, Tom: in.TillOchMed}}
}

func toUppdragspost(u konto.Uppdragspost) api.Uppdragspost {
	innehavare := &api.Aktor{Typ: "PERSON", Namn: u.Namn}
	if u.Roll == register.RollMaskin {
		innehavare.Typ = "MASKIN"
	}
	ut := api.Uppdragspost{Id: u.ID, InnehavareId: u.InnehavarID, Innehavare: innehavare, Arbetsgivare: optional(u.Arbetsgivare), Roll: u.Roll,
		OrganisationId: u.OrganisationID, Insats: optional(u.Insats), FranOchMed: u.Fran, TillOchMed: u.Tom, Lage: u.Lage, Version: int32(u.Version)}
	if u.InsatsID != uuid.Nil {
		ut.InsatsId = &u.InsatsID
	}
	return ut
}

func toUppdragstagare(u konto.Uppdragstagare) api.Uppdragstagare {
	return api.Uppdragstagare{Id: u.ID, Namn: u.Namn, Arbetsgivare: u.Arbetsgivare, BehorigTillOchMed: u.Tom}
}
