package konto

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"

	"sus/backend/register"
	"sus/backend/store/db"
)

// Profil is what «vem är jag» shows of a person or a client.
type Profil struct {
	ID                   uuid.UUID
	Fornamn, Efternamn   string // of a person
	Klient               string // of a client
	PersonnummerMaskerat string // «19770117-****», of a person
	Huvudarbetsgivare    string
	Behorigheter         []register.Behorighet // today's and later ones
	Uppdrag              []Profiluppdrag       // as in the Aktor
	Scopes               []register.Scope
	Upphor               time.Time // the session's absolute end
}

// Profiluppdrag is an uppdrag with the names of what it is about.
type Profiluppdrag struct {
	register.Uppdrag
	Organisation string
	Insats       string // "" when it is about the organisation as such
}

// profilrad is a person or a client as it lies in the database.
type profilrad struct {
	ID                               uuid.UUID
	Klient                           string
	Fornamn, Efternamn, Personnummer []byte
	Huvudarbetsgivare                string
	Upphor                           time.Time
}

// Profil reads who the Aktor is; 404 for a job.
func (k *Konto) Profil(ctx context.Context, a register.Aktor) (Profil, error) {
	rad, err := db.Rad[profilrad](k.Oppet(ctx), `select coalesce(n.id, k.id) as id, coalesce(k.namn, '') as klient, n.fornamn, n.efternamn, n.personnummer,
			coalesce(n.huvudarbetsgivare, '') as huvudarbetsgivare, s.upphor
		from session s left join anvandare n on n.id = s.anvandare_id left join klient k on k.id = s.klient_id
		where s.id = ?`, a.SessionID)
	if err != nil {
		return Profil{}, err
	}
	p := Profil{ID: rad.ID, Klient: rad.Klient, Huvudarbetsgivare: rad.Huvudarbetsgivare, Scopes: a.Scopes, Upphor: rad.Upphor}
	if p.Uppdrag, err = k.namngeUppdrag(ctx, a.Uppdrag); err != nil || rad.Personnummer == nil {
		return p, err
	}
	if p.Fornamn, p.Efternamn, err = k.oppnaNamn(rad.ID, rad.Fornamn, rad.Efternamn); err != nil {
		return Profil{}, err
	}
	siffror, err := k.Nycklar().Dekryptera(rad.Personnummer, anvandareAD(rad.ID, "personnummer"))
	if err != nil {
		return Profil{}, fmt.Errorf("profil: dekryptera: %w", err)
	}
	p.PersonnummerMaskerat = string(siffror[:8]) + "-****"
	p.Behorigheter, err = db.Rader[register.Behorighet](k.Oppet(ctx), `select `+behorighetColumns+` from behorighet
		where anvandare_id = ? and giltig_tom >= ? order by giltig_fran, roll collate "C"`, rad.ID, k.Idag())
	return p, err
}

// namnrad is what something is called.
type namnrad struct {
	ID   uuid.UUID
	Namn string
}

func (k *Konto) namngeUppdrag(ctx context.Context, uppdrag []register.Uppdrag) ([]Profiluppdrag, error) {
	var ids []uuid.UUID
	for _, u := range uppdrag {
		ids = append(ids, u.OrganisationID, u.InsatsID)
	}
	var rader []namnrad
	if len(ids) > 0 {
		var err error
		if rader, err = db.Rader[namnrad](k.Oppet(ctx), `select id, namn from samverkansorganisation where id = any(?)
			union all select id, namn from insats where id = any(?)`, ids, ids); err != nil {
			return nil, err
		}
	}
	namn := map[uuid.UUID]string{}
	for _, r := range rader {
		namn[r.ID] = r.Namn
	}
	svar := make([]Profiluppdrag, 0, len(uppdrag))
	for _, u := range uppdrag {
		svar = append(svar, Profiluppdrag{u, namn[u.OrganisationID], namn[u.InsatsID]})
	}
	return svar, nil
}
