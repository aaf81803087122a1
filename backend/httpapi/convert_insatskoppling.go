package httpapi

import (
	"time"

	"sus/api"
	"sus/backend/store"
)

func toKoppling(k store.KoppladInsats) api.Insatskoppling {
	return api.Insatskoppling{Id: k.ID, Namn: k.Namn, OrganisationId: k.OrganisationID, Organisation: k.Organisation, Lage: k.Lage(), Sagd: instant(k.Egen), AndraSagd: instant(k.Andras)}
}

// instant is a time as it is answered, nil for none.
func instant(t *time.Time) *time.Time {
	if t == nil {
		return nil
	}
	utc := t.UTC()
	return &utc
}
