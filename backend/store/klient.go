package store

import (
	"context"
	"fmt"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"sus/backend/register"
)

// NyKlient is a machine client of one organisation. It does nothing until it
// has an uppdrag.
type NyKlient struct {
	Namn           string
	OrganisationID uuid.UUID
	Scopes         []register.Scope
}

// KlientRad is a client as the administration lists it.
type KlientRad struct {
	ID             uuid.UUID
	Namn           string
	OrganisationID uuid.UUID
	Scopes         []register.Scope
	Sparrad        bool
}

func (s *Store) klienthemlighet(id uuid.UUID, hemlighet string) []byte {
	return s.nycklar.KroppHmac("klient/hemlighet/"+id.String(), []byte(hemlighet))
}

// KlientFinns says whether there is such a client, blocked or not. For auth alone.
func (s *Store) KlientFinns(ctx context.Context, id uuid.UUID) (finns bool, err error) {
	err = s.db.WithContext(ctx).Raw(`select exists (select from klient where id = ?)`, id).Scan(&finns).Error
	return finns, mapFel(err)
}

// SkapaKlient adds a client whose secret the caller has drawn (32 random bytes
// or more: it is stored as one keyed hash, which suits nothing guessable).
// Refused: 403, 404 no such organisation, 409 `klient-finns`, 422 faulty fields.
func (s *Store) SkapaKlient(ctx context.Context, a register.Aktor, in NyKlient, hemlighet string) (uuid.UUID, error) {
	if err := farAdministrera(a); err != nil {
		return uuid.Nil, err
	}
	if err := register.KontrolleraKlient(in.Namn, in.Scopes); err != nil {
		return uuid.Nil, err
	}
	id, err := uuid.NewV7()
	if err != nil {
		return uuid.Nil, fmt.Errorf("klient: id: %w", err)
	}
	nu := s.Nu()
	err = s.txFri(ctx, func(tx *gorm.DB) error {
		r := tx.Exec(`insert into klient (id, namn, organisation_id, hemlighet, scopes, skapad)
			values (?, ?, ?, ?, string_to_array(?, ' '), ?) on conflict (namn) do nothing`,
			id, in.Namn, in.OrganisationID, s.klienthemlighet(id, hemlighet), register.Scopetext(in.Scopes), nu)
		if r.Error != nil {
			return behorighetsfel(r.Error)
		}
		if r.RowsAffected == 0 {
			return register.Konflikt(register.RegelKlientFinns)
		}
		return logga(tx, a, nu, Handelse{Handelse: register.HandelseKlientSkapad, ObjektID: id, OrganisationID: in.OrganisationID})
	})
	return id, err
}

// SparraKlient blocks a client, or lets it in again; blocking ends its sessions.
func (s *Store) SparraKlient(ctx context.Context, a register.Aktor, id uuid.UUID, sparrad bool) error {
	handelse := register.HandelseKlientSparrad
	if !sparrad {
		handelse = register.HandelseKlientSparrHavd
	}
	return s.andraKlient(ctx, a, id, handelse, "SPARRAD", sparrad,
		`update klient set sparrad = ?, version = version + 1 where id = ?`, sparrad, id)
}

// SattHemlighet replaces the client's secret and ends its sessions.
func (s *Store) SattHemlighet(ctx context.Context, a register.Aktor, id uuid.UUID, hemlighet string) error {
	return s.andraKlient(ctx, a, id, register.HandelseKlientHemlighetBytt, "HEMLIGHET_BYTT", true,
		`update klient set hemlighet = ?, version = version + 1 where id = ?`, s.klienthemlighet(id, hemlighet), id)
}

func (s *Store) andraKlient(ctx context.Context, a register.Aktor, id uuid.UUID, handelse register.Handelse, avslut string, avsluta bool, sql string, args ...any) error {
	if err := farAdministrera(a); err != nil {
		return err
	}
	nu := s.Nu()
	return s.txFri(ctx, func(tx *gorm.DB) error {
		r := tx.Exec(sql, args...)
		if r.Error != nil {
			return r.Error
		}
		if r.RowsAffected == 0 {
			return register.Saknas()
		}
		if avsluta {
			if err := avslutaSessioner(tx, id, avslut, nu); err != nil {
				return err
			}
		}
		return logga(tx, a, nu, Handelse{Handelse: handelse, ObjektID: id})
	})
}

// Klienter lists every client, by name.
func (s *Store) Klienter(ctx context.Context, a register.Aktor) ([]KlientRad, error) {
	if err := farAdministrera(a); err != nil {
		return nil, err
	}
	var rader []struct {
		ID             uuid.UUID
		Namn           string
		OrganisationID uuid.UUID
		Scopes         string
		Sparrad        bool
	}
	err := s.db.WithContext(ctx).Raw(`select id, namn, organisation_id, array_to_string(scopes, ' ') as scopes, sparrad from klient order by namn`).Scan(&rader).Error
	if err != nil {
		return nil, mapFel(err)
	}
	svar := make([]KlientRad, 0, len(rader))
	for _, r := range rader {
		svar = append(svar, KlientRad{ID: r.ID, Namn: r.Namn, OrganisationID: r.OrganisationID, Scopes: register.Scopelista(r.Scopes), Sparrad: r.Sparrad})
	}
	return svar, nil
}
