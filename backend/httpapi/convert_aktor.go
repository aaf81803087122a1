package httpapi

import (
	"github.com/google/uuid"

	"sus/api"
	"sus/backend/register"
	"sus/backend/store/konto"
)

// toAktor is the name of whoever acted, left out when nobody has the id any more.
func toAktor(names map[uuid.UUID]konto.Namn, id uuid.UUID) *api.Aktor {
	n, found := names[id]
	if !found {
		return nil
	}
	typ := "PERSON"
	if n.Roll == register.RollMaskin {
		typ = "MASKIN"
	}
	return &api.Aktor{Typ: typ, Namn: n.Namn}
}
