package httpapi

import (
	"github.com/google/uuid"

	"sus/api"
	"sus/backend/rapport"
)

func fromUrval(p api.HamtaForsorjningsrapportParams) rapport.Urval {
	return rapport.Urval{
		Samverkansform: p.Samverkansform, Budgetar: int(p.Budgetar),
		Verksamhetsomrade: fran(p.Verksamhetsomrade), Lan: fran(p.Lan),
		OrganisationID: fran(p.OrganisationId), InsatsID: fran(p.InsatsId), Kon: fran(p.Kon),
	}
}

func toForsorjningsrapport(r rapport.Forsorjningsrapport) api.Forsorjningsrapport {
	u := r.Urval
	ut := api.Forsorjningsrapport{
		Titel: r.Titel, Korningstid: r.Korningstid.UTC(), Noter: ickeNil(r.Noter),
		Urval: api.Rapporturval{
			Samverkansform: u.Samverkansform, Budgetar: int32(u.Budgetar),
			Verksamhetsomrade: till(u.Verksamhetsomrade), Lan: till(u.Lan),
			OrganisationId: till(u.OrganisationID), InsatsId: till(u.InsatsID), Kon: till(u.Kon),
		},
		Start: api.Startdel{Antal: int32(r.Start.Antal), Unika: int32(r.Start.Unika),
			Rader: konvertera(r.Start.Rader, func(x rapport.ForsorjningStartrad) api.Startrad {
				return api.Startrad{Kod: x.Kod, Etikett: x.Etikett, Antal: int32(x.Antal), Namnare: int32(x.Namnare)}
			})},
		Slut: api.Slutdel{Antal: int32(r.Slut.Antal), Unika: int32(r.Slut.Unika), UtanMatning: int32(r.Slut.UtanMatning),
			Rader: konvertera(r.Slut.Rader, func(x rapport.ForsorjningSlutrad) api.Slutrad {
				return api.Slutrad{Kod: x.Kod, Etikett: x.Etikett, AntalFore: int32(x.AntalFore), AntalEfter: int32(x.AntalEfter),
					Namnare: int32(x.Namnare), Forandring: int32(x.Forandring), ForandringProcent: x.ForandringProcent}
			})},
	}
	if o := r.Namn.Organisation; o != nil && u.OrganisationID != uuid.Nil {
		ut.Urval.Organisation = &o.Namn
	}
	ut.Urval.Insats = r.Namn.Insats
	return ut
}
