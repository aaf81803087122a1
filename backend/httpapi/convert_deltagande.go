package httpapi

import (
	"github.com/google/uuid"

	"sus/api"
	"sus/backend/register"
	"sus/backend/store"
)

func fromSysselsattning(s api.Sysselsattning) register.Sysselsattning {
	return register.Sysselsattning{
		Forsorjning:     s.Forsorjning,
		Arbetssokande:   s.Arbetssokande,
		Arbetar:         s.Arbetar,
		ArbetarProcent:  heltalFran(s.ArbetarProcent),
		Arbetstyper:     fran(s.Arbetstyper),
		Studerar:        s.Studerar,
		StuderarProcent: heltalFran(s.StuderarProcent),
	}
}

func fromNyttDeltagande(insatsID uuid.UUID, in api.NyttDeltagande) register.Inregistrering {
	return register.Inregistrering{
		InsatsID:               insatsID,
		SamtyckeID:             in.SamtyckeId,
		ExterntID:              fran(in.ExterntId),
		Startdag:               in.Startdag,
		Stadsdel:               fran(in.Stadsdel),
		Utbildningsniva:        in.Utbildningsniva,
		ArOffentligForsorjning: int(in.ArOffentligForsorjning),
		Fore:                   fromSysselsattning(in.Fore),
	}
}

func fromRattadIn(in api.RattadInregistrering) register.Inregistrering {
	return register.Inregistrering{
		Startdag:               in.Startdag,
		Stadsdel:               fran(in.Stadsdel),
		Utbildningsniva:        in.Utbildningsniva,
		ArOffentligForsorjning: int(in.ArOffentligForsorjning),
		Fore:                   fromSysselsattning(in.Fore),
	}
}

func fromUtregistrering(in api.Utregistrering) register.Utregistrering {
	ut := register.Utregistrering{Avslutningsdag: in.Avslutningsdag, Avslutsanledning: in.Avslutsanledning}
	if in.Efter != nil {
		efter := fromSysselsattning(*in.Efter)
		ut.Efter = &efter
	}
	return ut
}

func fromRattadUt(in api.RattadUtregistrering) register.Utregistrering {
	return fromUtregistrering(api.Utregistrering{Avslutningsdag: in.Avslutningsdag, Avslutsanledning: in.Avslutsanledning, Efter: in.Efter})
}

func toSysselsattning(m register.Mattillfalle) api.Sysselsattning {
	ut := api.Sysselsattning{
		Forsorjning:     ickeNil(m.Forsorjning),
		Arbetssokande:   fran(m.Arbetssokande),
		Arbetar:         fran(m.Arbetar),
		ArbetarProcent:  heltal32(m.ArbetarProcent),
		Studerar:        fran(m.Studerar),
		StuderarProcent: heltal32(m.StuderarProcent),
	}
	if len(m.Arbetstyper) > 0 {
		ut.Arbetstyper = &m.Arbetstyper
	}
	return ut
}

func toInregistrering(m register.Mattillfalle) api.Inregistrering {
	return api.Inregistrering{
		Startdag:               m.Dag,
		Stadsdel:               m.Stadsdel,
		Utbildningsniva:        fran(m.Utbildningsniva),
		ArOffentligForsorjning: int32(fran(m.ArOffentligForsorjning)),
		Fore:                   toSysselsattning(m),
	}
}

func toUtregistrering(m register.Mattillfalle) api.Utregistrering {
	ut := api.Utregistrering{Avslutningsdag: m.Dag, Avslutsanledning: fran(m.Avslutsanledning)}
	if m.MedMatning() {
		s := toSysselsattning(m)
		ut.Efter = &s
	}
	return ut
}

// toDeltagande shows a deltagande; i is nil in the answers of creating calls,
// which carry neither name nor number.
func toDeltagande(d register.Deltagande, i *register.Identitet) api.Deltagande {
	ut := api.Deltagande{
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
		ut.Utregistrering = &u
	}
	return ut
}

func toVersion(m register.Mattillfalle) api.Version {
	ut := api.Version{Typ: m.Typ, Version: int32(m.Version), Registrerad: m.Registrerad.UTC(), RegistreradAv: m.RegistreradAv, Skal: m.Skal}
	if m.Typ == register.MatningIn {
		in := toInregistrering(m)
		ut.Inregistrering = &in
	} else {
		u := toUtregistrering(m)
		ut.Utregistrering = &u
	}
	return ut
}

func toDeltagandeMedIdentitet(d store.DeltagandeMedIdentitet) api.Deltagande {
	return toDeltagande(d.Deltagande, d.Identitet)
}

func toDeltagandeKort(d register.Deltagande) api.DeltagandeKort {
	return api.DeltagandeKort{Id: d.ID, Status: d.Status(), Startdag: d.Startdag, Avslutningsdag: d.Avslutningsdag}
}
