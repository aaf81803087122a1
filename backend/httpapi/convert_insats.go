package httpapi

import (
	"sus/api"
	"sus/backend/register"
	"sus/backend/store"
)

func fromInsats(in api.NyInsats) register.Insatsuppgifter {
	out := register.Insatsuppgifter{
		OrganisationID:         in.OrganisationId,
		Namn:                   in.Namn,
		Startdatum:             in.Startdatum,
		Slutdatum:              in.Slutdatum,
		Beskrivning:            value(in.Beskrivning),
		Inriktning:             in.Inriktning,
		PreciseradInriktning:   in.PreciseradInriktning,
		Deltagarregistrering:   value(in.Deltagarregistrering),
		Insatsanordnare:        value(in.Insatsanordnare),
		Inmatningsorganisation: value(in.Inmatningsorganisation),
		Malgrupper:             value(in.Malgrupper),
		GallerFran:             in.GallerFran,
	}
	if k := in.Kontaktperson; k != nil {
		out.Kontaktperson = fromKontaktperson(*k)
	}
	return out
}

func toInsats(i store.InsatsIOrganisation) api.Insats {
	o := i.Organisation
	out := api.Insats{
		Id:                     i.ID,
		OrganisationId:         i.OrganisationID,
		Namn:                   i.Namn,
		Startdatum:             i.Startdatum,
		Slutdatum:              i.Slutdatum,
		Beskrivning:            optional(i.Beskrivning),
		Inriktning:             i.Inriktning,
		PreciseradInriktning:   i.PreciseradInriktning,
		Deltagarregistrering:   i.Deltagarregistrering,
		Malgrupper:             notNil(i.Malgrupper),
		Insatsanordnare:        optional(i.Insatsanordnare),
		Inmatningsorganisation: optional(i.Inmatningsorganisation),
		Rader: convert(i.Historik(), func(r register.Insatsrad) api.Insatsrad {
			return api.Insatsrad{GiltigFran: r.Fran, GiltigTom: r.Tom, PreciseradInriktning: r.PreciseradInriktning, Malgrupper: notNil(r.Malgrupper)}
		}),
		Version:    int32(i.Version),
		AntalOppna: optional(int32(i.AntalOppna)),
		Organisation: api.InsatsOrganisation{
			Id: o.ID, Namn: o.Namn, Startdatum: o.Startdatum, Slutdatum: o.Slutdatum,
			Samverkansform: o.Samverkansform, Medlemmar: notNil(i.Medlemmar),
		},
	}
	if i.Kontaktperson != (register.Kontaktperson{}) {
		out.Kontaktperson = toKontaktperson(i.Kontaktperson)
	}
	return out
}
