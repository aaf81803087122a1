package httpapi

import (
	"github.com/google/uuid"

	"sus/api"
	"sus/backend/rapport"
)

func fromUrval(p api.HamtaForsorjningsrapportParams) rapport.Urval {
	return rapport.Urval{
		Samverkansform: p.Samverkansform, Budgetar: int(p.Budgetar),
		Verksamhetsomrade: value(p.Verksamhetsomrade), Lan: value(p.Lan),
		OrganisationID: value(p.OrganisationId), InsatsID: value(p.InsatsId), Kon: value(p.Kon),
	}
}

func toForsorjningsrapport(r rapport.Forsorjningsrapport) api.Forsorjningsrapport {
	u := r.Urval
	out := api.Forsorjningsrapport{
		Titel: r.Titel, Korningstid: r.Korningstid.UTC(), Fotnoter: notNil(r.Fotnoter),
		Huvud: convert(r.Huvud, func(h rapport.Huvudrad) api.Huvudrad { return api.Huvudrad{Etikett: h.Etikett, Varde: h.Varde} }),
		Urval: api.Rapporturval{
			Samverkansform: u.Samverkansform, Budgetar: int32(u.Budgetar),
			Verksamhetsomrade: optional(u.Verksamhetsomrade), Lan: optional(u.Lan),
			OrganisationId: optional(u.OrganisationID), InsatsId: optional(u.InsatsID), Kon: optional(u.Kon),
		},
		Tackning: api.Tackning{Noter: notNil(r.Tackning.Noter), Rader: convert(r.Tackning.Rader, func(x rapport.Tackningsrad) api.Tackningsrad {
			return api.Tackningsrad{Kod: api.TackningsradKod(x.Kod), Etikett: x.Etikett, Antal: int32(x.Antal), Namnare: int32(x.Namnare)}
		})},
		Start: api.Startdel{Antal: int32(r.Start.Antal), Unika: int32(r.Start.Unika), Noter: notNil(r.Start.Noter),
			Rader: convert(r.Start.Rader, func(x rapport.ForsorjningStartrad) api.Startrad {
				return api.Startrad{Kod: x.Kod, Etikett: x.Etikett, Antal: int32(x.Antal), Namnare: int32(x.Namnare)}
			})},
		Slut: api.Slutdel{Antal: int32(r.Slut.Antal), Unika: int32(r.Slut.Unika), UtanMatning: int32(r.Slut.UtanMatning), Matta: int32(r.Slut.Matta),
			Varning: optional(r.Slut.Varning), Noter: notNil(r.Slut.Noter), NoterMatta: notNil(r.Slut.NoterMatta),
			Rader: convert(r.Slut.Rader, func(x rapport.ForsorjningSlutrad) api.Slutrad {
				return api.Slutrad{Kod: x.Kod, Etikett: x.Etikett, AntalFore: int32(x.AntalFore), AntalEfter: int32(x.AntalEfter),
					Namnare: int32(x.Namnare), Forandring: int32(x.Forandring), ForandringProcent: x.ForandringProcent,
					AntalForeMatta: int32(x.AntalForeMatta), NamnareMatta: int32(x.NamnareMatta), Lamnat: int32(x.Lamnat), Tillkommit: int32(x.Tillkommit),
					Kvar: int32(x.Kvar), ForandringMatta: int32(x.ForandringMatta), ForandringProcentMatta: x.ForandringProcentMatta}
			})},
	}
	if o := r.Namn.Organisation; o != nil && u.OrganisationID != uuid.Nil {
		out.Urval.Organisation = &o.Namn
	}
	out.Urval.Insats = r.Namn.Insats
	return out
}
