package store

import (
	"context"
	"strings"

	"github.com/google/uuid"

	"sus/backend/register"
	"sus/backend/store/db"
)

// organisationsrad is an organisation with its child rows, read as one row.
type organisationsrad struct {
	register.Samverkansorganisation
	Kommunlista    db.Jsonlista[string]
	Stadsdelslista db.Jsonlista[string]
	Ingaendelista  db.Jsonlista[register.IngaendeOrganisation]
}

// The child rows of organisation o, as columns.
const organisationsdelar = `
	(select json_agg(k.kommun order by k.kommun) from samverkansorganisation_kommun k where k.organisation_id = o.id) as %[1]skommunlista,
	(select json_agg(d.stadsdel order by d.stadsdel) from samverkansorganisation_stadsdel d where d.organisation_id = o.id) as %[1]sstadsdelslista,
	(select json_agg(json_build_object('Namn', i.namn, 'Organisationsnummer', i.organisationsnummer, 'Typ', i.typ, 'Medlem', i.medlem,
		'Finansiar', i.finansiar, 'Konsument', i.konsument) order by i.ordning)
		from ingaende_organisation i where i.organisation_id = o.id) as %[1]singaendelista`

func organisationsdelarMed(prefix string) string {
	return strings.ReplaceAll(organisationsdelar, "%[1]s", prefix)
}

// visad is the organisation as the Aktor may see it: a kontaktperson is for its
// own users.
func (r organisationsrad) visad(a register.Aktor) register.Samverkansorganisation {
	o := r.hel()
	if !a.FarSeKontaktperson(o.ID) {
		o.Kontaktperson = register.Kontaktperson{}
	}
	return o
}

func (r organisationsrad) hel() register.Samverkansorganisation {
	o := r.Samverkansorganisation
	o.Kommuner, o.Stadsdelar, o.Ingaende = r.Kommunlista, r.Stadsdelslista, r.Ingaendelista
	return o
}

// OrganisationFilter chooses organisationer; a zero field chooses all. Namn may
// hold * for anything; without one it is how the name begins.
type OrganisationFilter struct {
	Namn              string
	Samverkansform    register.Samverkansform
	Verksamhetsomrade string
	Lan               string
}

var organisationsordning = db.Ordning{Falt: map[string]string{"namn": "o.namn", "startdatum": "o.startdatum"}, Standard: "namn", Fast: "o.id"}

// Samverkansorganisationer lists organisationer of the whole country, for every
// user, and says how many the filter matches.
func (s *Store) Samverkansorganisationer(ctx context.Context, b db.Begaran, f OrganisationFilter, sida db.Sida) ([]register.Samverkansorganisation, int, error) {
	var v db.Villkor
	v.Om(f.Namn != "", "o.namn ilike ?", db.Monster(f.Namn))
	v.Om(f.Samverkansform != "", "o.samverkansform = ?", f.Samverkansform)
	v.Om(f.Verksamhetsomrade != "", "o.verksamhetsomrade = ?", f.Verksamhetsomrade)
	v.Om(f.Lan != "", "o.lan = ?", f.Lan)
	rader, antal, err := db.Lista[organisationsrad](s.Oppet(ctx), db.Urval{Columns: "o.*," + organisationsdelarMed(""),
		Ur: "samverkansorganisation o", Villkor: v, Ordning: organisationsordning}, sida)
	svar := make([]register.Samverkansorganisation, len(rader))
	for i, r := range rader {
		svar[i] = r.visad(b.Aktor)
	}
	return svar, antal, err
}

// Samverkansorganisation reads one organisation, for every user; 404 when there is none.
func (s *Store) Samverkansorganisation(ctx context.Context, b db.Begaran, id uuid.UUID) (register.Samverkansorganisation, error) {
	r, err := lasOrganisation(s.Oppet(ctx), id, "")
	return r.visad(b.Aktor), err
}

// lasOrganisation reads the organisation; lock is a locking clause or "".
func lasOrganisation(f db.Fraga, id uuid.UUID, lock string) (organisationsrad, error) {
	return db.Rad[organisationsrad](f, `select o.*,`+organisationsdelarMed("")+` from samverkansorganisation o where o.id = ? `+lock, id)
}

// SkapaSamverkansorganisation is Försäkringskassan's alone: 403 for others.
func (s *Store) SkapaSamverkansorganisation(ctx context.Context, b db.Begaran, in register.Organisationsuppgifter,
	svara func(register.Samverkansorganisation) (db.Svar, error)) (db.Svar, error) {
	a := db.Arende{Handelse: register.HandelseOrganisationSkapad}
	if !b.Aktor.FarSkapaOrganisation() {
		a.Hinder = register.Nekad()
	}
	return db.Skapa(ctx, s.DB, b, a, func(tx *db.Tx) (register.Samverkansorganisation, error) {
		kommuner, err := lasKommuner(tx)
		if err != nil {
			return register.Samverkansorganisation{}, err
		}
		o, err := register.SkapaOrganisation(in, tx.Kodverk, kommuner)
		if err != nil {
			return o, err
		}
		if o.ID, err = uuid.NewV7(); err != nil {
			return o, err
		}
		if err := tx.Infoga(&o, "nr"); err != nil {
			return o, err
		}
		tx.Galler(o.ID, uuid.Nil, o.ID)
		return o, skrivOrganisationsdelar(tx, o)
	}, svara)
}

func lasKommuner(f db.Fraga) ([]register.Kommun, error) {
	return db.Rader[register.Kommun](f, `select * from kommun order by kod`)
}

func skrivOrganisationsdelar(tx *db.Tx, o register.Samverkansorganisation) error {
	n := len(o.Ingaende)
	namn, nummer, typ := make([]string, n), make([]string, n), make([]string, n)
	medlem, finansiar, konsument := make([]bool, n), make([]bool, n), make([]bool, n)
	for i, g := range o.Ingaende {
		namn[i], nummer[i], typ[i] = g.Namn, g.Organisationsnummer, string(g.Typ)
		medlem[i], finansiar[i], konsument[i] = g.Medlem, g.Finansiar, g.Konsument
	}
	_, err := db.Kor(tx, `with kommuner as (insert into samverkansorganisation_kommun (organisation_id, kommun) select ?::uuid, unnest(?::text[])),
		stadsdelar as (insert into samverkansorganisation_stadsdel (organisation_id, stadsdel) select ?::uuid, unnest(?::text[]))
		insert into ingaende_organisation (organisation_id, ordning, namn, organisationsnummer, typ, medlem, finansiar, konsument)
		select ?::uuid, g.ordning, g.namn, g.nummer, g.typ, g.medlem, g.finansiar, g.konsument
		from unnest(?::text[], ?::text[], ?::text[], ?::bool[], ?::bool[], ?::bool[]) with ordinality
			as g (namn, nummer, typ, medlem, finansiar, konsument, ordning)`,
		o.ID, o.Kommuner, o.ID, o.Stadsdelar, o.ID, namn, nummer, typ, medlem, finansiar, konsument)
	return err
}

// AndraSamverkansorganisation changes an organisation whose version is the
// Begaran's: 412 foraldrad otherwise, 404 when it is not the Aktor's to change. A
// change of dates waits for, and then sees, every registration under way.
func (s *Store) AndraSamverkansorganisation(ctx context.Context, b db.Begaran, id uuid.UUID,
	in register.Organisationsuppgifter) (register.Samverkansorganisation, error) {
	a := db.Arende{Handelse: register.HandelseOrganisationAndrad, ObjektID: id, OrganisationID: id, Hinder: hinder(b.Aktor.FarAndraOrganisation(id))}
	return db.Andra(ctx, s.DB, b, a, func(tx *db.Tx) (register.Samverkansorganisation, error) {
		rad, err := lasOrganisation(tx, id, "for update")
		if err != nil {
			return rad.Samverkansorganisation, err
		}
		if err := tx.ProvaVersion(rad.Version); err != nil {
			return rad.Samverkansorganisation, err
		}
		kommuner, err := lasKommuner(tx)
		if err != nil {
			return rad.Samverkansorganisation, err
		}
		r, err := db.Rad[register.Registrerat](tx, `select coalesce(bool_or(r.finns), false) as finns, min(least(r.forsta, i.startdatum)) as forsta,
			max(greatest(r.sista, i.startdatum, i.slutdatum)) as sista
			from insats i cross join lateral sus_registrerat(i.id) r where i.organisation_id = ?`, id)
		if err != nil {
			return rad.Samverkansorganisation, err
		}
		ny, err := register.AndraOrganisation(rad.hel(), in, tx.Aktor, tx.Kodverk, kommuner, r)
		if err != nil {
			return ny, err
		}
		if err := tx.Ersatt(&ny); err != nil {
			return ny, err
		}
		if _, err := db.Kor(tx, `with k as (delete from samverkansorganisation_kommun where organisation_id = ?),
			d as (delete from samverkansorganisation_stadsdel where organisation_id = ?)
			delete from ingaende_organisation where organisation_id = ?`, id, id, id); err != nil {
			return ny, err
		}
		return ny, skrivOrganisationsdelar(tx, ny)
	})
}
