package konto

import (
	"context"
	"fmt"

	"github.com/google/uuid"

	"sus/backend/register"
	"sus/backend/store/db"
)

// NyKlient is a machine client that acts in one organisation. It does nothing until it
// has an uppdrag.
type NyKlient struct {
	Namn           string
	OrganisationID uuid.UUID
	Agare          string // organisationsnummer of the agency that owns it; "": the organisation itself
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

func (k *Konto) klienthemlighet(id uuid.UUID, hemlighet string) []byte {
	return k.Nycklar().BodyHmac("klient/hemlighet/"+id.String(), []byte(hemlighet))
}

// KlientFinns says whether there is such a client, blocked or not. For auth alone.
func (k *Konto) KlientFinns(ctx context.Context, id uuid.UUID) (bool, error) {
	return db.Rad[bool](k.Oppet(ctx), `select exists (select from klient where id = ?)`, id)
}

// SkapaKlient adds a client whose secret the caller has drawn (32 random bytes
// or more: it is stored as one keyed hash, which suits nothing guessable).
// Refused: 403, 404 no such organisation, 409 `klient-finns`, 422 faulty fields.
func (k *Konto) SkapaKlient(ctx context.Context, b db.Begaran, in NyKlient, hemlighet string) (uuid.UUID, error) {
	id, err := uuid.NewV7()
	if err != nil {
		return uuid.Nil, fmt.Errorf("klient: id: %w", err)
	}
	a := db.Arende{Handelse: register.HandelseKlientSkapad, OrganisationID: in.OrganisationID, Hinder: hinder(b.Aktor)}
	return db.Andra(ctx, k.DB, b, a, func(tx *db.Tx) (uuid.UUID, error) {
		if err := register.KontrolleraKlient(in.Namn, in.Scopes); err != nil {
			return uuid.Nil, err
		}
		agare := in.Agare
		if agare == "" {
			if agare, err = db.Rad[string](tx, `select organisationsnummer from samverkansorganisation where id = ?`, in.OrganisationID); err != nil {
				return uuid.Nil, err
			}
		}
		n, err := db.Kor(tx, `insert into klient (id, namn, organisation_id, agare, hemlighet, scopes, skapad)
			values (?, ?, ?, ?, ?, string_to_array(?, ' '), ?) on conflict (namn) do nothing`,
			id, in.Namn, in.OrganisationID, agare, k.klienthemlighet(id, hemlighet), register.Scopetext(in.Scopes), tx.Nu)
		if db.Constraint(err) == "klient_agare_finns" {
			return uuid.Nil, register.OgiltigaFalt([]register.Faltfel{register.RegelMyndighetSaknas.Vid("/agare")})
		}
		if err != nil {
			return uuid.Nil, behorighetsfel(err)
		}
		if n == 0 {
			return uuid.Nil, register.Konflikt(register.RegelKlientFinns)
		}
		tx.Galler(id, uuid.Nil, uuid.Nil)
		return id, nil
	})
}

// SparraKlient blocks a client, or lets it in again; blocking ends its sessions.
func (k *Konto) SparraKlient(ctx context.Context, b db.Begaran, id uuid.UUID, sparrad bool) error {
	h, avslut := register.HandelseKlientSparrad, "SPARRAD"
	if !sparrad {
		h, avslut = register.HandelseKlientSparrHavd, ""
	}
	return k.andraKlient(ctx, b, db.Arende{Handelse: h, ObjektID: id}, avslut, `sparrad = ?`, sparrad)
}

// BytHemlighet replaces the client's secret and ends its sessions.
func (k *Konto) BytHemlighet(ctx context.Context, b db.Begaran, id uuid.UUID, hemlighet string) error {
	return k.andraKlient(ctx, b, db.Arende{Handelse: register.HandelseKlientHemlighetBytt, ObjektID: id}, "HEMLIGHET_BYTT",
		`hemlighet = ?`, k.klienthemlighet(id, hemlighet))
}

// andraKlient sets one column of a client; avslut is why its sessions end, "" when
// they do not.
func (k *Konto) andraKlient(ctx context.Context, b db.Begaran, a db.Arende, avslut, set string, varde any) error {
	a.Hinder = hinder(b.Aktor)
	_, err := db.Andra(ctx, k.DB, b, a, func(tx *db.Tx) (int, error) {
		n, err := db.Kor(tx, `update klient set `+set+`, version = version + 1 where id = ?`, varde, a.ObjektID)
		if err != nil {
			return n, err
		}
		if n == 0 {
			return n, register.Saknas()
		}
		if avslut == "" {
			return n, nil
		}
		return n, avslutaSessioner(tx, a.ObjektID, avslut)
	})
	return err
}

// klientrad is a client as it lies in the database.
type klientrad struct {
	ID             uuid.UUID
	Namn           string
	OrganisationID uuid.UUID
	Scopes         string
	Sparrad        bool
}

// Klienter lists every client, by name; logged.
func (k *Konto) Klienter(ctx context.Context, b db.Begaran) ([]KlientRad, error) {
	a := db.Arende{Handelse: register.HandelseKlienterListade, Hinder: hinder(b.Aktor)}
	return db.Las(ctx, k.DB, b, a, func(tx *db.Tx) ([]KlientRad, error) {
		rader, err := db.Rader[klientrad](tx, `select id, namn, organisation_id, array_to_string(scopes, ' ') as scopes, sparrad from klient order by `+db.Svensk("namn"))
		svar := make([]KlientRad, 0, len(rader))
		for _, r := range rader {
			svar = append(svar, KlientRad{ID: r.ID, Namn: r.Namn, OrganisationID: r.OrganisationID, Scopes: register.Scopelista(r.Scopes), Sparrad: r.Sparrad})
		}
		return svar, err
	})
}
