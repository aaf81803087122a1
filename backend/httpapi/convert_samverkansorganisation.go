package httpapi

import (
	"sus/api"
	"sus/backend/register"
)

func fromOrganisation(in api.NySamverkansorganisation) register.Organisationsuppgifter {
	ut := register.Organisationsuppgifter{
		Namn:                in.Namn,
		Organisationsnummer: in.Organisationsnummer,
		Samverkansform:      in.Samverkansform,
		Beskrivning:         fran(in.Beskrivning),
		Startdatum:          in.Startdatum,
		Slutdatum:           in.Slutdatum,
		Verksamhetsomrade:   in.Verksamhetsomrade,
		Kommuner:            in.Kommuner,
		Stadsdelar:          fran(in.Stadsdelar),
		Ingaende: konvertera(in.IngaendeOrganisationer, func(i api.IngaendeOrganisation) register.IngaendeOrganisation {
			return register.IngaendeOrganisation{Namn: i.Namn, Organisationsnummer: i.Organisationsnummer, Typ: i.Typ,
				Medlem: i.Medlem, Finansiar: i.Finansiar, Konsument: i.Konsument}
		}),
	}
	if a := in.Adress; a != nil {
		ut.Adress = register.Adress{Gata: fran(a.Gata), Postnummer: fran(a.Postnummer), Ort: fran(a.Ort), Telefon: fran(a.Telefon), Epost: fran(a.Epost)}
	}
	if k := in.Kontaktperson; k != nil {
		ut.Kontaktperson = register.Kontaktperson{Namn: fran(k.Namn), Titel: fran(k.Titel), Telefon: fran(k.Telefon), Epost: fran(k.Epost)}
	}
	return ut
}

func toOrganisation(o register.Samverkansorganisation) api.Samverkansorganisation {
	ut := api.Samverkansorganisation{
		Id:                  o.ID,
		Namn:                o.Namn,
		Organisationsnummer: o.Organisationsnummer,
		Samverkansform:      o.Samverkansform,
		Beskrivning:         till(o.Beskrivning),
		Startdatum:          o.Startdatum,
		Slutdatum:           o.Slutdatum,
		Verksamhetsomrade:   o.Verksamhetsomrade,
		Kommuner:            ickeNil(o.Kommuner),
		Stadsdelar:          ickeNil(o.Stadsdelar),
		Lan:                 o.Lan,
		Version:             int32(o.Version),
		IngaendeOrganisationer: konvertera(o.Ingaende, func(i register.IngaendeOrganisation) api.IngaendeOrganisation {
			return api.IngaendeOrganisation{Namn: i.Namn, Organisationsnummer: i.Organisationsnummer, Typ: i.Typ,
				Medlem: i.Medlem, Finansiar: i.Finansiar, Konsument: i.Konsument}
		}),
	}
	if a := o.Adress; a != (register.Adress{}) {
		ut.Adress = &api.Adress{Gata: till(a.Gata), Postnummer: till(a.Postnummer), Ort: till(a.Ort), Telefon: till(a.Telefon), Epost: till(a.Epost)}
	}
	if k := o.Kontaktperson; k != (register.Kontaktperson{}) {
		ut.Kontaktperson = &api.Kontaktperson{Namn: till(k.Namn), Titel: till(k.Titel), Telefon: till(k.Telefon), Epost: till(k.Epost)}
	}
	return ut
}
