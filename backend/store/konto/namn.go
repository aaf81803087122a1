package konto

import (
	"context"
	"slices"

	"github.com/google/uuid"

	"sus/backend/register"
	"sus/backend/store/db"
)

// Namn is what whoever acted is called.
type Namn struct {
	Roll register.Roll // RollMaskin of a client, "" of a person
	Namn string
}

// Namn is the names of users and clients, by id; who is neither, or is erased, is not
// among them. Who may see them is the caller's to have asked: whoever is shown what they
// registered, and the reviewers of the log, whose reading has its row.
func (k *Konto) Namn(ctx context.Context, ids ...uuid.UUID) (map[uuid.UUID]Namn, error) {
	svar := map[uuid.UUID]Namn{}
	ids = slices.DeleteFunc(slices.Clone(ids), func(id uuid.UUID) bool { return id == uuid.Nil })
	if len(ids) == 0 {
		return svar, nil
	}
	rader, err := db.Rader[handlanderad](k.Oppet(ctx), `select id, '' as klient, fornamn, efternamn from anvandare where id = any(?) and gallrad is null
		union all select id, namn, null, null from klient where id = any(?)`, ids, ids)
	if err != nil {
		return nil, err
	}
	for _, r := range rader {
		if r.Klient != "" {
			svar[r.ID] = Namn{register.RollMaskin, r.Klient}
			continue
		}
		fornamn, efternamn, err := k.oppnaNamn(r.ID, r.Fornamn, r.Efternamn)
		if err != nil {
			return nil, err
		}
		svar[r.ID] = Namn{Namn: fornamn + " " + efternamn}
	}
	return svar, nil
}

// handlanderad is a user or a client as it lies in the database.
type handlanderad struct {
	ID                 uuid.UUID
	Klient             string
	Fornamn, Efternamn []byte
}
