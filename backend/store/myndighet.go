package store

import (
	"context"

	"github.com/google/uuid"

	"sus/backend/register"
	"sus/backend/store/db"
)

// MyndighetFilter chooses agencies; a zero field chooses all. Namn may hold * for
// anything; without one it is how the name begins.
type MyndighetFilter struct {
	Namn                string
	Organisationsnummer string // how it begins
	Typ                 register.Organisationstyp
}

var myndighetsordning = db.Ordning{Falt: map[string]string{"namn": db.Svensk("m.namn")}, Standard: "namn", Fast: "m.id"}

// Myndigheter lists the register of agencies, for every user, and says how many the filter
// matches.
func (s *Store) Myndigheter(ctx context.Context, f MyndighetFilter, sida db.Sida) ([]register.Myndighet, int, error) {
	var v db.Villkor
	v.Om(f.Namn != "", db.Liknar("m.namn"), db.Monster(f.Namn))
	v.Om(f.Organisationsnummer != "", "starts_with(m.organisationsnummer, ?)", f.Organisationsnummer)
	v.Om(f.Typ != "", "m.typ = ?", f.Typ)
	return db.Lista[register.Myndighet](s.Oppet(ctx), db.Urval{Columns: "m.*", Ur: "myndighet m", Villkor: v, Ordning: myndighetsordning}, sida)
}

// Myndighet reads one agency, for every user; 404 when there is none.
func (s *Store) Myndighet(ctx context.Context, id uuid.UUID) (register.Myndighet, error) {
	return lasMyndighet(s.Oppet(ctx), id, "")
}

func lasMyndighet(f db.Fraga, id uuid.UUID, lock string) (register.Myndighet, error) {
	return db.Rad[register.Myndighet](f, `select * from myndighet where id = ? `+lock, id)
}

func myndighetsarende(a register.Aktor, h register.Handelse, id uuid.UUID) db.Arende {
	arende := db.Arende{Handelse: h, ObjektID: id}
	if !a.FarAndraMyndigheter() {
		arende.Hinder = register.Nekad()
	}
	return arende
}

// SkapaMyndighet puts an agency in the register. Refused: 403 for others than
// Försäkringskassan, 409 myndighet-finns, 422 faulty fields.
func (s *Store) SkapaMyndighet(ctx context.Context, b db.Begaran, in register.Myndighetsuppgifter,
	svara func(register.Myndighet) (db.Svar, error)) (db.Svar, error) {
	return db.Skapa(ctx, s.DB, b, myndighetsarende(b.Aktor, register.HandelseMyndighetSkapad, uuid.Nil), func(tx *db.Tx) (register.Myndighet, error) {
		m, err := register.SkapaMyndighet(in)
		if err != nil {
			return m, err
		}
		if m.ID, err = uuid.NewV7(); err != nil {
			return m, err
		}
		n, err := db.Kor(tx, `insert into myndighet (id, organisationsnummer, namn, typ) values (?, ?, ?, ?) on conflict (organisationsnummer) do nothing`,
			m.ID, m.Organisationsnummer, m.Namn, m.Typ)
		if err != nil {
			return m, err
		}
		if n == 0 { // read in a statement of its own, which sees what was waited for
			finns, err := db.Rad[uuid.UUID](tx, `select id from myndighet where organisationsnummer = ?`, m.Organisationsnummer)
			if err == nil {
				err = register.MyndighetFinns(finns)
			}
			return m, err
		}
		tx.Galler(m.ID, uuid.Nil, uuid.Nil)
		return m, nil
	}, svara)
}

// TaMedMyndighet puts an agency in the register unless its number is there already, and
// says whether it did.
func (s *Store) TaMedMyndighet(ctx context.Context, b db.Begaran, in register.Myndighetsuppgifter) (bool, error) {
	finns, _, err := s.Myndigheter(ctx, MyndighetFilter{Organisationsnummer: in.Organisationsnummer}, db.Sida{Limit: 1})
	if err != nil || len(finns) > 0 {
		return false, err
	}
	_, err = s.SkapaMyndighet(ctx, b, in, func(register.Myndighet) (db.Svar, error) { return db.Svar{}, nil })
	return err == nil, err
}

// AndraMyndighet changes an agency whose version is the Begaran's. Refused: 403 for others
// than Försäkringskassan, 404, 412 foraldrad, 422 faulty fields.
func (s *Store) AndraMyndighet(ctx context.Context, b db.Begaran, id uuid.UUID, in register.Myndighetsuppgifter) (register.Myndighet, error) {
	return db.Andra(ctx, s.DB, b, myndighetsarende(b.Aktor, register.HandelseMyndighetAndrad, id), func(tx *db.Tx) (register.Myndighet, error) {
		m, err := lasMyndighet(tx, id, "for no key update")
		if err != nil {
			return m, err
		}
		if err := tx.ProvaVersion(m.Version); err != nil {
			return m, err
		}
		ny, err := register.AndraMyndighet(m, in)
		if err != nil {
			return m, err
		}
		if ny == m {
			tx.IngetGjort()
			return m, nil
		}
		_, err = db.Kor(tx, `update myndighet set namn = ?, typ = ?, version = ? where id = ?`, ny.Namn, ny.Typ, ny.Version, id)
		return ny, err
	})
}

// urRegistret gives the ingående organisationer the names and types of the register.
func urRegistret(f db.Fraga, lista []register.IngaendeOrganisation) ([]register.IngaendeOrganisation, error) {
	nummer := make([]string, len(lista))
	for i, o := range lista {
		nummer[i] = o.Organisationsnummer
	}
	finns, err := db.Rader[register.Myndighet](f, `select * from myndighet where organisationsnummer = any(?)`, nummer)
	return register.UrRegistret(lista, finns), err
}

// laggTillMyndigheter puts those in the register that are not there.
func laggTillMyndigheter(tx *db.Tx, nya []register.Myndighet) error {
	for _, m := range nya {
		if _, err := db.Kor(tx, `insert into myndighet (organisationsnummer, namn, typ) values (?, ?, ?) on conflict (organisationsnummer) do nothing`,
			m.Organisationsnummer, m.Namn, m.Typ); err != nil {
			return err
		}
	}
	return nil
}
