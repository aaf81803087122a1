package store

import (
	"context"
	"strings"

	"github.com/google/uuid"

	"sus/backend/register"
	"sus/backend/store/db"
	"sus/backend/store/statistik"
)

// organisationsrad is an organisation with its child rows, read as one row.
type organisationsrad struct {
	register.Samverkansorganisation
	Radlista       db.Jsonlista[register.Organisationsrad]
	Stadsdelslista db.Jsonlista[string]
	Ingaendelista  db.Jsonlista[register.IngaendeOrganisation]
}

// The child rows of organisation o, as columns.
const organisationsdelar = `
	` + statistik.Organisationsrader + ` as %[1]sradlista,
	(select json_agg(d.stadsdel order by d.stadsdel collate "C") from samverkansorganisation_stadsdel d where d.organisation_id = o.id) as %[1]sstadsdelslista,
	(select json_agg(json_build_object('Fran', to_char(i.giltig_fran, 'YYYY-MM-DD'), 'Tom', to_char(i.giltig_tom, 'YYYY-MM-DD'), 'Namn', m.namn,
		'Organisationsnummer', i.organisationsnummer, 'Typ', m.typ, 'Medlem', i.medlem, 'Finansiar', i.finansiar, 'Konsument', i.konsument) order by i.ordning)
		from ingaende_organisation i join myndighet m using (organisationsnummer) where i.organisation_id = o.id) as %[1]singaendelista`

func organisationsdelarMed(prefix string) string {
	return strings.ReplaceAll(organisationsdelar, "%[1]s", prefix)
}

// visad is the organisation as the Aktor may see it today: a kontaktperson is for its
// own users.
func (r organisationsrad) visad(a register.Aktor, idag register.Datum) register.Samverkansorganisation {
	o := r.hel().Vid(idag)
	if !a.FarSeKontaktperson(o.ID) {
		o.Kontaktperson = register.Kontaktperson{}
	}
	return o
}

func (r organisationsrad) hel() register.Samverkansorganisation {
	o := r.Samverkansorganisation
	o.Rader, o.Stadsdelar, o.Ingaende = r.Radlista, r.Stadsdelslista, r.Ingaendelista
	return o
}

// OrganisationFilter chooses organisationer; a zero field chooses all. Namn may
// hold * for anything; without one it is how the name begins. Verksamhetsomrade and Lan
// are where they stand today.
type OrganisationFilter struct {
	Namn              string
	Samverkansform    register.Samverkansform
	Verksamhetsomrade string
	Lan               string
}

var organisationsordning = db.Ordning{Falt: map[string]string{"namn": db.Svensk("o.namn"), "startdatum": "o.startdatum"}, Standard: "namn", Fast: "o.id"}

// Samverkansorganisationer lists organisationer of the whole country, for every
// user, and says how many the filter matches.
func (s *Store) Samverkansorganisationer(ctx context.Context, b db.Begaran, f OrganisationFilter, sida db.Sida) ([]register.Samverkansorganisation, int, error) {
	var v db.Villkor
	v.Om(f.Namn != "", db.Liknar("o.namn"), db.Monster(f.Namn))
	v.Om(f.Samverkansform != "", "o.samverkansform = ?", f.Samverkansform)
	const idag = "exists (select from organisationsrad r where r.org = o.nr and r.giltig_fran <= ? and (r.giltig_tom is null or r.giltig_tom >= ?)"
	v.Om(f.Verksamhetsomrade != "", idag+" and r.verksamhetsomrade = ?)", s.Idag(), s.Idag(), f.Verksamhetsomrade)
	v.Om(f.Lan != "", idag+" and r.lan = ?)", s.Idag(), s.Idag(), f.Lan)
	rader, antal, err := db.Lista[organisationsrad](s.Oppet(ctx), db.Urval{Columns: "o.*," + organisationsdelarMed(""),
		Ur: "samverkansorganisation o", Villkor: v, Ordning: organisationsordning}, sida)
	svar := make([]register.Samverkansorganisation, len(rader))
	for i, r := range rader {
		svar[i] = r.visad(b.Aktor, s.Idag())
	}
	return svar, antal, err
}

// Samverkansorganisation reads one organisation, for every user; 404 when there is none.
func (s *Store) Samverkansorganisation(ctx context.Context, b db.Begaran, id uuid.UUID) (register.Samverkansorganisation, error) {
	r, err := lasOrganisation(s.Oppet(ctx), id, "")
	return r.visad(b.Aktor, s.Idag()), err
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
		if in.Ingaende, err = urRegistret(tx, in.Ingaende); err != nil {
			return register.Samverkansorganisation{}, err
		}
		o, err := register.SkapaOrganisation(in, tx.Kodverk, kommuner)
		if err != nil {
			return o, err
		}
		samtida, err := lasSamtida(tx, o)
		if err != nil {
			return o, err
		}
		if err := o.ProvaSamtida(register.Samverkansorganisation{}, samtida); err != nil {
			return o, err
		}
		if o.ID, err = uuid.NewV7(); err != nil {
			return o, err
		}
		if err := tx.Infoga(&o, "nr"); err != nil {
			return o, err
		}
		tx.Galler(o.ID, uuid.Nil, o.ID)
		if err := skrivOrganisationsrader(tx, o); err != nil {
			return o, err
		}
		if err := skrivOrganisationsdelar(tx, o); err != nil {
			return o, err
		}
		return medVarningar(tx, o.Vid(tx.Idag()), in.Kommuner)
	}, svara)
}

// lasSamtida reads the organisations that o must have room beside (ProvaSamtida).
func lasSamtida(f db.Fraga, o register.Samverkansorganisation) ([]register.Samverkansorganisation, error) {
	return db.Rader[register.Samverkansorganisation](f, `select id, organisationsnummer, samverkansform, startdatum, slutdatum from samverkansorganisation
		where samverkansform = ? and id <> ? and (organisationsnummer = ? or samverkansform = ?) order by nr`,
		o.Samverkansform, o.ID, o.Organisationsnummer, register.FormAfFkSamarbete)
}

// medVarningar reads the förbund that share a kommun with o, and says what is odd in that.
func medVarningar(f db.Fraga, o register.Samverkansorganisation, kommuner []string) (register.Samverkansorganisation, error) {
	rader, err := db.Rader[organisationsrad](f, `select o.id, o.namn, o.samverkansform, o.startdatum, o.slutdatum, `+statistik.Organisationsrader+` as radlista
		from samverkansorganisation o where o.samverkansform = ? and o.id <> ? and exists (select from organisationsrad r where r.org = o.nr and r.kommuner && ?)
		order by o.nr`, register.FormFinsam, o.ID, kommuner)
	andra := make([]register.Samverkansorganisation, len(rader))
	for i, r := range rader {
		andra[i] = r.hel()
	}
	return o.MedVarningar(kommuner, andra), err
}

func lasKommuner(f db.Fraga) ([]register.Kommun, error) {
	return db.Rader[register.Kommun](f, `select * from kommun order by kod collate "C"`)
}

func skrivOrganisationsdelar(tx *db.Tx, o register.Samverkansorganisation) error {
	if err := laggTillMyndigheter(tx, o.NyaMyndigheter()); err != nil {
		return err
	}
	n := len(o.Ingaende)
	nummer, fran, tom := make([]string, n), make([]string, n), make([]string, n)
	medlem, finansiar, konsument := make([]bool, n), make([]bool, n), make([]bool, n)
	for i, g := range o.Ingaende {
		nummer[i], medlem[i], finansiar[i], konsument[i] = g.Organisationsnummer, g.Medlem, g.Finansiar, g.Konsument
		if g.Fran.Angett() {
			fran[i] = g.Fran.String()
		}
		if g.Tom != nil {
			tom[i] = g.Tom.String()
		}
	}
	_, err := db.Kor(tx, `with stadsdelar as (insert into samverkansorganisation_stadsdel (organisation_id, stadsdel) select ?::uuid, unnest(?::text[]))
		insert into ingaende_organisation (organisation_id, ordning, organisationsnummer, giltig_fran, giltig_tom, medlem, finansiar, konsument)
		select ?::uuid, g.ordning, g.nummer, nullif(g.fran, '')::date, nullif(g.tom, '')::date, g.medlem, g.finansiar, g.konsument
		from unnest(?::text[], ?::text[], ?::text[], ?::bool[], ?::bool[], ?::bool[]) with ordinality
			as g (nummer, fran, tom, medlem, finansiar, konsument, ordning)`,
		o.ID, o.Stadsdelar, o.ID, nummer, fran, tom, medlem, finansiar, konsument)
	return err
}

// skrivOrganisationsrader writes the rows of an organisation that has none.
func skrivOrganisationsrader(tx *db.Tx, o register.Samverkansorganisation) error {
	for _, r := range o.Rader {
		if _, err := db.Kor(tx, `insert into organisationsrad (org, giltig_fran, giltig_tom, verksamhetsomrade, lan, kommuner) values (?, ?, ?, ?, ?, ?)`,
			o.Nr, r.Fran, r.Tom, r.Verksamhetsomrade, r.Lan, r.Kommuner); err != nil {
			return err
		}
	}
	return nil
}

// ersattOrganisationsrader writes the rows anew when they are others, and moves the facts
// of the months that they move: the registrations under way wait for the organisation's
// lock, and those that came before are among the facts.
func ersattOrganisationsrader(tx *db.Tx, forr, ny register.Samverkansorganisation) error {
	if register.LikaRader(forr.Rader, ny.Rader) {
		return nil
	}
	if _, err := db.Kor(tx, `delete from organisationsrad where org = ?`, ny.Nr); err != nil {
		return err
	}
	if err := skrivOrganisationsrader(tx, ny); err != nil {
		return err
	}
	return statistik.Flytta(tx, ny)
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
			max(greatest(r.sista, i.startdatum, i.slutdatum)) as sista, coalesce(sum(sus_oppna(i.id)), 0) as oppna
			from insats i cross join lateral sus_registrerat(i.id) r where i.organisation_id = ?`, id)
		if err != nil {
			return rad.Samverkansorganisation, err
		}
		if in.Ingaende, err = urRegistret(tx, in.Ingaende); err != nil {
			return rad.Samverkansorganisation, err
		}
		forr := rad.hel()
		ny, err := register.AndraOrganisation(forr, in, tx.Aktor, tx.Kodverk, kommuner, r, tx.Idag())
		if err != nil {
			return ny, err
		}
		if ny.Version == forr.Version {
			tx.IngetGjort()
			return medVarningar(tx, ny, in.Kommuner)
		}
		samtida, err := lasSamtida(tx, ny)
		if err != nil {
			return ny, err
		}
		if err := ny.ProvaSamtida(forr, samtida); err != nil {
			return ny, err
		}
		if err := provaFinansiarer(tx, ny); err != nil {
			return ny, err
		}
		if manad, andrad := register.AndradFran(forr, ny); andrad {
			tx.Detalj("gallerFran " + manad.String()[:len("2006-01")])
		}
		if err := tx.Ersatt(&ny); err != nil {
			return ny, err
		}
		if err := ersattOrganisationsrader(tx, forr, ny); err != nil {
			return ny, err
		}
		if _, err := db.Kor(tx, `with d as (delete from samverkansorganisation_stadsdel where organisation_id = ?)
			delete from ingaende_organisation where organisation_id = ?`, id, id); err != nil {
			return ny, err
		}
		if err := skrivOrganisationsdelar(tx, ny); err != nil {
			return ny, err
		}
		return medVarningar(tx, ny, in.Kommuner)
	})
}
