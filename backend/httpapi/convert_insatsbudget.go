package httpapi

import (
	"github.com/google/uuid"

	"sus/api"
	"sus/backend/register"
	"sus/backend/store"
	"sus/backend/store/konto"
)

func fromInsatsbudget(in api.NyInsatsbudget) register.Insatsbudgetuppgifter {
	return register.Insatsbudgetuppgifter{PlaneratAntal: intOf(in.PlaneratAntal), Poster: convert(in.Poster, fromInsatsbudgetpost)}
}

func fromInsatsbudgetpost(in api.Insatsbudgetpost) register.Insatsbudgetpost {
	return register.Insatsbudgetpost{Budgettyp: in.Budgettyp, Budget: in.Budget, Utfall: in.Utfall, Beskrivning: value(in.Beskrivning), Organisation: value(in.Organisation)}
}

func toInsatsbudgetpost(p register.Insatsbudgetpost) api.Insatsbudgetpost {
	return api.Insatsbudgetpost{Budgettyp: p.Budgettyp, Budget: p.Budget, Utfall: p.Utfall, Beskrivning: optional(p.Beskrivning), Organisation: optional(p.Organisation)}
}

func toInsatsbudget(b store.Insatsbudgetlage) api.Insatsbudget {
	return api.Insatsbudget{Ar: int32(b.Ar), PlaneratAntal: int32Of(b.PlaneratAntal), Poster: convert(b.Poster, toInsatsbudgetpost),
		Summor: convert(register.Budgettyper, func(typ register.Budgettyp) api.Insatsbudgetsumma {
			s := b.Summa(typ)
			return api.Insatsbudgetsumma{Budgettyp: typ, Budget: s.Budget, Utfall: s.Utfall}
		}), Stangt: b.Stangt, Version: int32(b.Version)}
}

func toInsatsbudgetversion(b register.Insatsbudget, names map[uuid.UUID]konto.Namn) api.Insatsbudgetversion {
	return api.Insatsbudgetversion{Ar: int32(b.Ar), PlaneratAntal: int32Of(b.PlaneratAntal), Poster: convert(b.Poster, toInsatsbudgetpost),
		Version: int32(b.Version), Registrerad: b.Registrerad.UTC(), RegistreradAv: b.RegistreradAv, Registrerare: toAktor(names, b.RegistreradAv)}
}
