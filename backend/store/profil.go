package store

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"

	"sus/backend/register"
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
	GiltigTill           time.Time // the session's absolute end
}

// Profiluppdrag is an uppdrag with the names of what it is about.
type Profiluppdrag struct {
	register.Uppdrag
	Organisation string
	Insats       string // "" when it is about the organisation as such
}

// Profil reads who the Aktor is; 404 for a job.
func (s *Store) Profil(ctx context.Context, a register.Aktor) (Profil, error) {
	var rad struct {
		ID                               uuid.UUID
		Klient                           string
		Fornamn, Efternamn, Personnummer []byte
		Huvudarbetsgivare                string
		GiltigTill                       time.Time
	}
	db := s.db.WithContext(ctx)
	r := db.Raw(`select coalesce(n.id, k.id) as id, coalesce(k.namn, '') as klient, n.fornamn, n.efternamn, n.personnummer,
			coalesce(n.huvudarbetsgivare, '') as huvudarbetsgivare, s.giltig_till
		from session s left join anvandare n on n.id = s.anvandare_id left join klient k on k.id = s.klient_id
		where s.id = ?`, a.SessionID).Scan(&rad)
	if r.Error != nil {
		return Profil{}, mapFel(r.Error)
	}
	if r.RowsAffected == 0 {
		return Profil{}, register.Saknas()
	}
	p := Profil{ID: rad.ID, Klient: rad.Klient, Huvudarbetsgivare: rad.Huvudarbetsgivare, Scopes: a.Scopes, GiltigTill: rad.GiltigTill}
	var err error
	if p.Uppdrag, err = s.namngeUppdrag(ctx, a.Uppdrag); err != nil || rad.Personnummer == nil {
		return p, err
	}
	if p.Fornamn, p.Efternamn, err = s.dekrypteraNamn(rad.ID, rad.Fornamn, rad.Efternamn); err != nil {
		return Profil{}, err
	}
	siffror, err := s.nycklar.Dekryptera(rad.Personnummer, anvandareAD(rad.ID, "personnummer"))
	if err != nil {
		return Profil{}, fmt.Errorf("profil: dekryptera: %w", err)
	}
	p.PersonnummerMaskerat = string(siffror[:8]) + "-****"
	err = db.Raw(`select id, anvandare_id, roll, giltig_fran, giltig_till as giltig_tom from behorighet
		where anvandare_id = ? and giltig_till >= ? order by giltig_fran, roll`, rad.ID, s.Idag()).Scan(&p.Behorigheter).Error
	return p, mapFel(err)
}

func (s *Store) namngeUppdrag(ctx context.Context, uppdrag []register.Uppdrag) ([]Profiluppdrag, error) {
	var ids []uuid.UUID
	for _, u := range uppdrag {
		ids = append(ids, u.OrganisationID, u.InsatsID)
	}
	var rader []struct {
		ID   uuid.UUID
		Namn string
	}
	if len(ids) > 0 {
		if err := s.db.WithContext(ctx).Raw(`select id, namn from samverkansorganisation where id = any(string_to_array(?, ',')::uuid[])
			union all select id, namn from insats where id = any(string_to_array(?, ',')::uuid[])`, uuidlista(ids), uuidlista(ids)).Scan(&rader).Error; err != nil {
			return nil, mapFel(err)
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
