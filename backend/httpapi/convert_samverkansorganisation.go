package httpapi

import (
	"sus/api"
	"sus/backend/register"
)

func fromOrganisation(in api.NySamverkansorganisation) register.Organisationsuppgifter {
	out := register.Organisationsuppgifter{
		Namn:                in.Namn,
		Organisationsnummer: in.Organisationsnummer,
		Samverkansform:      in.Samverkansform,
		Beskrivning:         value(in.Beskrivning),
		Startdatum:          in.Startdatum,
		Slutdatum:           in.Slutdatum,
		Verksamhetsomrade:   in.Verksamhetsomrade,
		Kommuner:            in.Kommuner,
		GallerFran:          in.GallerFran,
		Stadsdelar:          value(in.Stadsdelar),
		Rapporteringsdag:    in.Rapporteringsdag,
		Ingaende: convert(in.IngaendeOrganisationer, func(i api.NyIngaendeOrganisation) register.IngaendeOrganisation {
			return register.IngaendeOrganisation{Period: register.Period{Fran: value(i.GiltigFran), Tom: i.GiltigTom}, Namn: value(i.Namn),
				Organisationsnummer: i.Organisationsnummer, Typ: value(i.Typ), Medlem: i.Medlem, Finansiar: i.Finansiar, Konsument: i.Konsument}
		}),
	}
	if a := in.Adress; a != nil {
		out.Adress = register.Adress{Gata: value(a.Gata), Postnummer: value(a.Postnummer), Ort: value(a.Ort), Telefon: value(a.Telefon), Epost: value(a.Epost)}
	}
	if k := in.Kontaktperson; k != nil {
		out.Kontaktperson = fromKontaktperson(*k)
	}
	return out
}

func toOrganisation(o register.Samverkansorganisation) api.Samverkansorganisation {
	out := api.Samverkansorganisation{
		Id:                  o.ID,
		Namn:                o.Namn,
		Organisationsnummer: o.Organisationsnummer,
		Samverkansform:      o.Samverkansform,
		Beskrivning:         optional(o.Beskrivning),
		Startdatum:          o.Startdatum,
		Slutdatum:           o.Slutdatum,
		Verksamhetsomrade:   o.Verksamhetsomrade,
		Kommuner:            notNil(o.Kommuner),
		Stadsdelar:          notNil(o.Stadsdelar),
		Lan:                 o.Lan,
		Rader: convert(o.Historik(), func(r register.Organisationsrad) api.Organisationsrad {
			return api.Organisationsrad{GiltigFran: r.Fran, GiltigTom: r.Tom, Verksamhetsomrade: r.Verksamhetsomrade, Lan: r.Lan, Kommuner: notNil(r.Kommuner)}
		}),
		Rapporteringsdag: o.Rapporteringsdag,
		Version:          int32(o.Version),
		AntalOppna:       optional(int32(o.AntalOppna)),
		Varningar:        toVarningar(o.Varningar),
		IngaendeOrganisationer: convert(o.Ingaende, func(i register.IngaendeOrganisation) api.IngaendeOrganisation {
			return api.IngaendeOrganisation{Namn: i.Namn, Organisationsnummer: i.Organisationsnummer, Typ: i.Typ,
				GiltigFran: o.IngaendeFran(i), GiltigTom: i.Tom, Medlem: i.Medlem, Finansiar: i.Finansiar, Konsument: i.Konsument}
		}),
	}
	if a := o.Adress; a != (register.Adress{}) {
		out.Adress = &api.Adress{Gata: optional(a.Gata), Postnummer: optional(a.Postnummer), Ort: optional(a.Ort), Telefon: optional(a.Telefon), Epost: optional(a.Epost)}
	}
	if k := o.Kontaktperson; k != (register.Kontaktperson{}) {
		out.Kontaktperson = toKontaktperson(k)
	}
	return out
}

func fromKontaktperson(k api.Kontaktperson) register.Kontaktperson {
	return register.Kontaktperson{Namn: value(k.Namn), Titel: value(k.Titel), Telefon: value(k.Telefon), Epost: value(k.Epost)}
}

func toKontaktperson(k register.Kontaktperson) *api.Kontaktperson {
	return &api.Kontaktperson{Namn: optional(k.Namn), Titel: optional(k.Titel), Telefon: optional(k.Telefon), Epost: optional(k.Epost)}
}
