package store

import (
	"context"
	"strings"

	"github.com/google/uuid"
	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"sus/backend/register"
)

// organisationsrad is an organisation with its child rows, read as one row.
type organisationsrad struct {
	register.Samverkansorganisation
	Kommunlista    jsonlista[string]
	Stadsdelslista jsonlista[string]
	Ingaendelista  jsonlista[register.IngaendeOrganisation]
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
	Kommun            string
	PagaendePa        *register.Datum
}

var organisationsordning = map[string]string{"namn": "o.namn", "startdatum": "o.startdatum"}

// Samverkansorganisationer lists organisationer of the whole country, for every
// user, and says how many the filter matches.
func (s *Store) Samverkansorganisationer(ctx context.Context, a register.Aktor, f OrganisationFilter, sida Sida) ([]register.Samverkansorganisation, int, error) {
	ordning, err := sida.ordning(organisationsordning, "namn", "o.id")
	if err != nil {
		return nil, 0, err
	}
	var v villkor
	v.om(f.Namn != "", "o.namn ilike ?", somMonster(f.Namn))
	v.om(f.Samverkansform != "", "o.samverkansform = ?", f.Samverkansform)
	v.om(f.Verksamhetsomrade != "", "o.verksamhetsomrade = ?", f.Verksamhetsomrade)
	v.om(f.Lan != "", "o.lan = ?", f.Lan)
	v.om(f.Kommun != "", "exists (select from samverkansorganisation_kommun k where k.organisation_id = o.id and k.kommun = ?)", f.Kommun)
	v.om(f.PagaendePa != nil, "o.startdatum <= ? and (o.slutdatum is null or o.slutdatum >= ?)", f.PagaendePa, f.PagaendePa)
	var rader []organisationsrad
	var antal int
	err = s.lasa(ctx, func(db *gorm.DB) error {
		return sidan(db, "o.*,"+organisationsdelarMed(""), "samverkansorganisation o", "", v, ordning, sida, &rader, &antal)
	})
	svar := make([]register.Samverkansorganisation, len(rader))
	for i, r := range rader {
		svar[i] = r.visad(a)
	}
	return svar, antal, err
}

// Samverkansorganisation reads one organisation, for every user; 404 when there is none.
func (s *Store) Samverkansorganisation(ctx context.Context, a register.Aktor, id uuid.UUID) (register.Samverkansorganisation, error) {
	var r organisationsrad
	err := s.lasa(ctx, func(db *gorm.DB) (err error) {
		r, err = lasOrganisation(db, id, "")
		return err
	})
	return r.visad(a), err
}

// lasOrganisation reads the organisation; las is a locking clause or "".
func lasOrganisation(db *gorm.DB, id uuid.UUID, las string) (organisationsrad, error) {
	var r organisationsrad
	svar := db.Raw(`select o.*,`+organisationsdelarMed("")+` from samverkansorganisation o where o.id = ? `+las, id).Scan(&r)
	if svar.Error == nil && svar.RowsAffected == 0 {
		return r, register.Saknas()
	}
	return r, svar.Error
}

// SkapaSamverkansorganisation is Försäkringskassan's alone: 403 for others.
func (s *Store) SkapaSamverkansorganisation(ctx context.Context, a register.Aktor, in register.Organisationsuppgifter, idem *Idempotens,
	svara func(register.Samverkansorganisation) (Svar, error)) (Svar, error) {
	if !a.FarSkapaOrganisation() {
		return Svar{}, register.Nekad()
	}
	kodverk, kommuner, err := s.organisationsfakta(ctx)
	if err != nil {
		return Svar{}, err
	}
	return s.skapa(ctx, a, idem, func(tx *gorm.DB) (Svar, uuid.UUID, error) {
		o, err := register.SkapaOrganisation(in, kodverk, kommuner)
		if err != nil {
			return Svar{}, uuid.Nil, err
		}
		if o.ID, err = uuid.NewV7(); err != nil {
			return Svar{}, uuid.Nil, err
		}
		if err := tx.Clauses(nrTillbaka).Create(&o).Error; err != nil {
			return Svar{}, uuid.Nil, err
		}
		if err := skrivOrganisationsdelar(tx, o); err != nil {
			return Svar{}, uuid.Nil, err
		}
		if err := logga(tx, a, s.Nu(), Handelse{Handelse: register.HandelseOrganisationSkapad,
			ObjektID: o.ID, OrganisationID: o.ID}); err != nil {
			return Svar{}, uuid.Nil, err
		}
		svar, err := svara(o)
		return svar, uuid.Nil, err
	})
}

// nrTillbaka asks for the number that the database gave.
var nrTillbaka = clause.Returning{Columns: []clause.Column{{Name: "nr"}}}

// organisationsfakta is what the rules of an organisation ask.
func (s *Store) organisationsfakta(ctx context.Context) (register.Kodverk, []register.Kommun, error) {
	kodverk, err := s.Kodverk(ctx)
	if err != nil {
		return kodverk, nil, err
	}
	var kommuner []register.Kommun
	err = s.lasa(ctx, func(db *gorm.DB) error { return db.Order("kod").Find(&kommuner).Error })
	return kodverk, kommuner, err
}

func skrivOrganisationsdelar(tx *gorm.DB, o register.Samverkansorganisation) error {
	n := len(o.Ingaende)
	namn, nummer, typ := make([]string, n), make([]string, n), make([]string, n)
	medlem, finansiar, konsument := make([]bool, n), make([]bool, n), make([]bool, n)
	for i, g := range o.Ingaende {
		namn[i], nummer[i], typ[i] = g.Namn, g.Organisationsnummer, string(g.Typ)
		medlem[i], finansiar[i], konsument[i] = g.Medlem, g.Finansiar, g.Konsument
	}
	return tx.Exec(`with kommuner as (insert into samverkansorganisation_kommun (organisation_id, kommun) select ?, unnest(?::text[])),
		stadsdelar as (insert into samverkansorganisation_stadsdel (organisation_id, stadsdel) select ?, unnest(?::text[]))
		insert into ingaende_organisation (organisation_id, ordning, namn, organisationsnummer, typ, medlem, finansiar, konsument)
		select ?, g.ordning, g.namn, g.nummer, g.typ, g.medlem, g.finansiar, g.konsument
		from unnest(?::text[], ?::text[], ?::text[], ?::bool[], ?::bool[], ?::bool[]) with ordinality
			as g (namn, nummer, typ, medlem, finansiar, konsument, ordning)`,
		o.ID, array(o.Kommuner), o.ID, array(o.Stadsdelar),
		o.ID, array(namn), array(nummer), array(typ), array(medlem), array(finansiar), array(konsument)).Error
}

// AndraSamverkansorganisation changes an organisation whose version is as given:
// 412 foraldrad otherwise, 404 when it is not the Aktor's to change. A change of
// dates waits for, and then sees, every registration under way.
func (s *Store) AndraSamverkansorganisation(ctx context.Context, a register.Aktor, id uuid.UUID, version int,
	in register.Organisationsuppgifter) (register.Samverkansorganisation, error) {
	h := Handelse{Handelse: register.HandelseOrganisationAndrad, ObjektID: id, OrganisationID: id}
	if !a.FarAndraOrganisation(id) {
		return register.Samverkansorganisation{}, s.nekad(ctx, a, h, register.Saknas())
	}
	kodverk, kommuner, err := s.organisationsfakta(ctx)
	if err != nil {
		return register.Samverkansorganisation{}, err
	}
	var ny register.Samverkansorganisation
	err = s.tx(ctx, a, func(tx *gorm.DB) error {
		rad, err := lasOrganisation(tx, id, "for update")
		if err != nil {
			return err
		}
		if rad.Version != version {
			return register.Foraldrad()
		}
		var r register.Registrerat
		if err := tx.Raw(`select coalesce(bool_or(r.finns), false) as finns, min(least(r.forsta, i.startdatum)) as forsta,
			max(greatest(r.sista, i.startdatum, i.slutdatum)) as sista
			from insats i cross join lateral sus_registrerat(i.id) r where i.organisation_id = ?`, id).Scan(&r).Error; err != nil {
			return err
		}
		if ny, err = register.AndraOrganisation(rad.hel(), in, a, kodverk, kommuner, r); err != nil {
			return err
		}
		if err := tx.Select("*").Omit("id").Updates(&ny).Error; err != nil {
			return err
		}
		if err := tx.Exec(`with k as (delete from samverkansorganisation_kommun where organisation_id = ?),
			d as (delete from samverkansorganisation_stadsdel where organisation_id = ?)
			delete from ingaende_organisation where organisation_id = ?`, id, id, id).Error; err != nil {
			return err
		}
		if err := skrivOrganisationsdelar(tx, ny); err != nil {
			return err
		}
		return logga(tx, a, s.Nu(), h)
	})
	return ny, s.nekad(ctx, a, h, err)
}
