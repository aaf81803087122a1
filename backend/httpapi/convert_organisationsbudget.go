package httpapi

import (
	"github.com/google/uuid"

	"sus/api"
	"sus/backend/register"
	"sus/backend/store"
	"sus/backend/store/konto"
)

func fromOrganisationsbudget(in api.NyOrganisationsbudget) register.Organisationsbudgetuppgifter {
	return register.Organisationsbudgetuppgifter{Finansiering: convert(in.Finansiering, fromFinansieringspost), Administration: convert(in.AdministrativaKostnader, fromAdministrativKostnad)}
}

func fromFinansieringspost(in api.Finansieringspost) register.Finansieringspost {
	return register.Finansieringspost{Finansiar: in.Finansiar, Belopp: in.Belopp, Beskrivning: value(in.Beskrivning)}
}

func toFinansieringspost(p register.Finansieringspost) api.Finansieringspost {
	return api.Finansieringspost{Finansiar: p.Finansiar, Belopp: p.Belopp, Beskrivning: optional(p.Beskrivning)}
}

func fromAdministrativKostnad(in api.AdministrativKostnad) register.AdministrativKostnad {
	return register.AdministrativKostnad{Kostnadstyp: in.Kostnadstyp, Budget: in.Budget, Utfall: in.Utfall, Beskrivning: value(in.Beskrivning)}
}

func toAdministrativKostnad(k register.AdministrativKostnad) api.AdministrativKostnad {
	return api.AdministrativKostnad{Kostnadstyp: k.Kostnadstyp, Budget: k.Budget, Utfall: k.Utfall, Beskrivning: optional(k.Beskrivning)}
}

func toBudgetsumma(s register.Summa) api.Budgetsumma {
	return api.Budgetsumma{Budget: s.Budget, Utfall: s.Utfall}
}

func toFinansiar(o register.IngaendeOrganisation) api.Finansiar {
	return api.Finansiar{Organisationsnummer: o.Organisationsnummer, Namn: o.Namn, Typ: o.Typ}
}

func toBudgetsummor(s register.Budgetsummor) api.Budgetsummor {
	return api.Budgetsummor{Finansiering: s.Finansiering, AdministrativaKostnader: toBudgetsumma(s.Adm), Insatskostnader: toBudgetsumma(s.Insatser),
		EsfInsatskostnader: toBudgetsumma(s.Esf), Kvar: toBudgetsumma(s.Kvar),
		Medel: convert(register.Medelsslagen, func(slag register.Medelsslag) api.Medel { return api.Medel{Slag: slag, Belopp: s.Medel[slag]} })}
}

func toBudgetinsats(i store.InsatsIBudget) api.Budgetinsats {
	k := i.Kostnader()
	out := api.Budgetinsats{InsatsId: i.ID, Namn: i.Namn, Deltagarregistrering: i.Deltagarregistrering, PlaneratAntal: int32Of(i.PlaneratAntal),
		Insatskostnader: toBudgetsumma(k.Insatsbudget), EsfInsatskostnader: toBudgetsumma(k.Esf), Budgetversion: int32(i.Budgetversion)}
	if i.Deltagarregistrering == register.EndastAntal {
		out.Volym = &api.Budgetvolym{AntalKvinnor: int32(i.AntalKvinnor), AntalMan: int32(i.AntalMan), UppgiftSaknas: int32(i.UppgiftSaknas), Version: int32(i.Volymversion)}
	}
	return out
}

func toBudgetarshandelse(h register.Budgetarshandelse, names map[uuid.UUID]konto.Namn) api.Budgetarshandelse {
	return api.Budgetarshandelse{Id: h.ID, Ar: int32(h.Ar), Stangt: h.Stangt, Skal: h.Skal, Registrerad: h.Registrerad.UTC(),
		RegistreradAv: h.RegistreradAv, Registrerare: toAktor(names, h.RegistreradAv)}
}

func toOrganisationsbudget(l store.Organisationsbudgetlage, names map[uuid.UUID]konto.Namn) api.Organisationsbudget {
	summor := l.Summor()
	return api.Organisationsbudget{
		Ar:                      int32(l.Ar),
		Finansiering:            convert(l.Finansiering, toFinansieringspost),
		AdministrativaKostnader: convert(l.Administration, toAdministrativKostnad),
		Finansiarer:             convert(l.Organisation.FinansiarerUnder(l.Ar), toFinansiar),
		Summor:                  toBudgetsummor(summor),
		Insatser:                convert(l.Insatser, toBudgetinsats),
		Handelser:               convert(l.Handelser, func(h register.Budgetarshandelse) api.Budgetarshandelse { return toBudgetarshandelse(h, names) }),
		Varningar:               convert(summor.Varningar(l.Organisation.Samverkansform), toVarning),
		Stangt:                  l.Stangt,
		Version:                 int32(l.Version),
	}
}

func toOrganisationsbudgetversion(b register.Organisationsbudget, names map[uuid.UUID]konto.Namn) api.Organisationsbudgetversion {
	return api.Organisationsbudgetversion{Ar: int32(b.Ar), Finansiering: convert(b.Finansiering, toFinansieringspost), AdministrativaKostnader: convert(b.Administration, toAdministrativKostnad),
		Version: int32(b.Version), Registrerad: b.Registrerad.UTC(), RegistreradAv: b.RegistreradAv, Registrerare: toAktor(names, b.RegistreradAv)}
}
