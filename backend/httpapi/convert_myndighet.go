package httpapi

import (
	"sus/api"
	"sus/backend/register"
)

func fromMyndighet(in api.NyMyndighet) register.Myndighetsuppgifter {
	return register.Myndighetsuppgifter{Organisationsnummer: in.Organisationsnummer, Namn: in.Namn, Typ: in.Typ}
}

func toMyndighet(m register.Myndighet) api.Myndighet {
	return api.Myndighet{Id: m.ID, Organisationsnummer: m.Organisationsnummer, Namn: m.Namn, Typ: m.Typ, Version: int32(m.Version)}
}
