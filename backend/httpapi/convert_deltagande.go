package httpapi

import (
	"github.com/google/uuid"

	"sus/api"
	"sus/backend/register"
	"sus/backend/store"
	"sus/backend/store/konto"
)

func fromSysselsattning(s api.Sysselsattning) register.Sysselsattning {
	return register.Sysselsattning{
		Forsorjning:     s.Forsorjning,
		Arbetssokande:   s.Arbetssokande,
		Arbetar:         s.Arbetar,
		ArbetarProcent:  intOf(s.ArbetarProcent),
		Arbetstyper:     value(s.Arbetstyper),
		Studerar:        s.Studerar,
		StuderarProcent: intOf(s.StuderarProcent),
	}
}

func fromNyttDeltagande(insatsID uuid.UUID, in api.NyttDeltagande) register.Inregistrering {
	return register.Inregistrering{
		InsatsID:               insatsID,
		SamtyckeID:             in.SamtyckeId,
		ExterntID:              value(in.ExterntId),
		Startdag:               in.Startdag,
		Stadsdel:               value(in.Stadsdel),
		Utbildningsniva:        in.Utbildningsniva,
		ArOffentligForsorjning: int(in.ArOffentligForsorjning),
		Fore:                   fromSysselsattning(in.Fore),
		Svar:                   fromFragesvar(in.Svar),
	}
}

func fromRattadIn(in api.RattadInregistrering) register.Inregistrering {
	return register.Inregistrering{
		Startdag:               in.Startdag,
		Stadsdel:               value(in.Stadsdel),
		Utbildningsniva:        in.Utbildningsniva,
		ArOffentligForsorjning: int(in.ArOffentligForsorjning),
		Fore:                   fromSysselsattning(in.Fore),
		Svar:                   fromFragesvar(in.Svar),
	}
}

func fromUtregistrering(in api.Utregistrering) register.Utregistrering {
	out := register.Utregistrering{Avslutningsdag: in.Avslutningsdag, Avslutsanledning: in.Avslutsanledning, Svar: fromFragesvar(in.Svar)}
	if in.Efter != nil {
		efter := fromSysselsattning(*in.Efter)
		out.Efter = &efter
	}
	return out
}

func fromRattadUt(in api.RattadUtregistrering) register.Utregistrering {
	return fromUtregistrering(api.Utregistrering{Avslutningsdag: in.Avslutningsdag, Avslutsanledning: in.Avslutsanledning, Efter: in.Efter, Svar: in.Svar})
}

func toSysselsattning(m register.Mattillfalle) api.Sysselsattning {
	out := api.Sysselsattning{
		Forsorjning:     notNil(m.Forsorjning),
		Arbetssokande:   value(m.Arbetssokande),
		Arbetar:         value(m.Arbetar),
		ArbetarProcent:  int32Of(m.ArbetarProcent),
		Studerar:        value(m.Studerar),
		StuderarProcent: int32Of(m.StuderarProcent),
	}
	if len(m.Arbetstyper) > 0 {
		out.Arbetstyper = &m.Arbetstyper
	}
	return out
}

func toInregistrering(m register.Mattillfalle) api.Inregistrering {
	return api.Inregistrering{
		Startdag:               m.Dag,
		Stadsdel:               m.Stadsdel,
		Utbildningsniva:        value(m.Utbildningsniva),
		ArOffentligForsorjning: int32(value(m.ArOffentligForsorjning)),
		Fore:                   toSysselsattning(m),
		Svar:                   toFragesvar(m.Svar),
	}
}

func toUtregistrering(m register.Mattillfalle) api.Utregistrering {
	out := api.Utregistrering{Avslutningsdag: m.Dag, Avslutsanledning: value(m.Avslutsanledning), Svar: toFragesvar(m.Svar)}
	if m.MedMatning() {
		s := toSysselsattning(m)
		out.Efter = &s
	}
	return out
}

// toDeltagande shows a deltagande; i is nil in the answers of creating calls,
// which carry neither name nor number.
func toDeltagande(d register.Deltagande, i *register.Identitet) api.Deltagande {
	out := api.Deltagande{
		Id:             d.ID,
		InsatsId:       d.InsatsID,
		SamtyckeId:     d.SamtyckeID,
		Status:         d.Status(),
		Startdag:       d.Startdag,
		Avslutningsdag: d.Avslutningsdag,
		ExterntId:      d.ExterntID,
		Deltagare:      toDeltagare(i),
		Inregistrering: toInregistrering(d.In),
		Skapad:         d.Skapad.UTC(),
		Version:        int32(d.Version),
	}
	if d.Ut != nil {
		u := toUtregistrering(*d.Ut)
		out.Utregistrering = &u
	}
	out.Varningar = toVarningar(d.Varningar)
	return out
}

func toVarningar(odd []register.Varning) *[]api.Varning {
	if len(odd) == 0 {
		return nil
	}
	out := convert(odd, toVarning)
	return &out
}

func toProvkorning(odd []register.Varning) api.Provkorning {
	return api.Provkorning{Varningar: convert(odd, toVarning)}
}

func toVarning(v register.Varning) api.Varning {
	return api.Varning{Varning: v.Slag.String(), Pekare: v.Pekare, Meddelande: v.Meddelande()}
}

func toVersion(m register.Mattillfalle, names map[uuid.UUID]konto.Namn) api.Version {
	out := api.Version{Typ: m.Typ, Version: int32(m.Version), Registrerad: m.Registrerad.UTC(), RegistreradAv: m.RegistreradAv,
		Registrerare: toAktor(names, m.RegistreradAv), Skal: m.Skal}
	if m.Typ == register.MatningIn {
		in := toInregistrering(m)
		out.Inregistrering = &in
	} else {
		u := toUtregistrering(m)
		out.Utregistrering = &u
	}
	return out
}

func toDeltagandeMedIdentitet(d store.DeltagandeMedIdentitet) api.Deltagande {
	out := toDeltagande(d.Deltagande, d.Identitet)
	out.IdentitetRaderad, out.SammaPersonSom = optional(d.Raderad), d.SammaPersonSom
	if len(d.OverlapparMed) > 0 {
		out.OverlapparMed = &d.OverlapparMed
	}
	return out
}

func toDeltagandeKort(d register.Deltagande) api.DeltagandeKort {
	return api.DeltagandeKort{Id: d.ID, Status: d.Status(), Startdag: d.Startdag, Avslutningsdag: d.Avslutningsdag}
}
