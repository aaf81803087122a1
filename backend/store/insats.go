package store

import (
	"context"

	"github.com/google/uuid"

	"sus/backend/register"
	"sus/backend/store/db"
	"sus/backend/store/statistik"
)

// InsatsIOrganisation is an insats with the organisation whose namn, period,
// samverkansform and medlemmar stand on top of every page of it.
type InsatsIOrganisation struct {
	register.Insats
	Organisation register.Samverkansorganisation
	Medlemmar    []string // as of today, or of the day nearest to it that the insats has
}

// insatsrad is the two read as one row.
type insatsrad struct {
	register.Insats
	Insatsradlista db.Jsonlista[register.Insatsrad]
	Organisation   organisationsrad `gorm:"embedded;embeddedPrefix:o_"`
}

func (r insatsrad) hel(idag register.Datum) register.Insats {
	i := r.Insats
	i.Rader = r.Insatsradlista
	return i.Vid(idag)
}

// visad is the insats as the Aktor may see it today: its kontaktperson, as the
// organisation's, is for the organisation's own users.
func (r insatsrad) visad(a register.Aktor, idag register.Datum) InsatsIOrganisation {
	i := r.hel(idag)
	if !a.FarSeKontaktperson(i.OrganisationID) {
		i.Kontaktperson = register.Kontaktperson{}
	}
	return iOrganisation(i, r.Organisation.visad(a, idag), idag)
}

func iOrganisation(i register.Insats, o register.Samverkansorganisation, idag register.Datum) InsatsIOrganisation {
	return InsatsIOrganisation{Insats: i, Organisation: o, Medlemmar: o.Medlemmar(i.Tid().Narmast(idag))}
}

var (
	insatsColumns = `n.*, (select json_agg(json_build_object('Fran', to_char(r.giltig_fran, 'YYYY-MM-DD'), 'Tom', to_char(r.giltig_tom, 'YYYY-MM-DD'),
			'PreciseradInriktning', r.preciserad_inriktning, 'Malgrupper', r.malgrupper) order by r.giltig_fran)
			from insatsrad r where r.insats = n.nr) as insatsradlista, ` +
		db.Columns("o", "o_", "id", "nr", "namn", "organisationsnummer", "samverkansform", "beskrivning", "startdatum", "slutdatum",
			"adress_gata", "adress_postnummer", "adress_ort", "adress_telefon", "adress_epost", "kontakt_namn", "kontakt_titel",
			"kontakt_telefon", "kontakt_epost", "version") + `,` + organisationsdelarMed("o_")
	insatsordning = db.Ordning{Falt: map[string]string{"namn": db.Svensk("n.namn"), "startdatum": "n.startdatum"}, Standard: "namn", Fast: "n.id"}
)

const insatsUr = `insats n join samverkansorganisation o on o.id = n.organisation_id`

// InsatsFilter chooses insatser; a zero field chooses all. Pagaende is about today.
type InsatsFilter struct {
	OrganisationID uuid.UUID
	Namn           string // * for anything; without one how the name begins
	Mina           bool   // of the Aktor's uppdrag only
	Pagaende       *bool
}

// Insatser lists insatser of the whole country with their organisationer, for
// every user, and says how many the filter matches.
func (s *Store) Insatser(ctx context.Context, b db.Begaran, f InsatsFilter, sida db.Sida) ([]InsatsIOrganisation, int, error) {
	var v db.Villkor
	v.Om(f.OrganisationID != uuid.Nil, "n.organisation_id = ?", f.OrganisationID)
	v.Om(f.Namn != "", db.Liknar("n.namn"), db.Monster(f.Namn))
	if f.Mina {
		insatser, organisationer := egna(b.Aktor)
		v.Om(true, "(n.id = any(?) or n.organisation_id = any(?))", insatser, organisationer)
	}
	if f.Pagaende != nil {
		const nu = "(n.startdatum <= ? and (n.slutdatum is null or n.slutdatum >= ?))"
		v.Om(*f.Pagaende, nu, s.Idag(), s.Idag())
		v.Om(!*f.Pagaende, "not "+nu, s.Idag(), s.Idag())
	}
	rader, antal, err := db.Lista[insatsrad](s.Oppet(ctx), db.Urval{Columns: insatsColumns, Ur: insatsUr, Villkor: v, Ordning: insatsordning}, sida)
	svar := make([]InsatsIOrganisation, len(rader))
	for i, r := range rader {
		svar[i] = r.visad(b.Aktor, s.Idag())
	}
	return svar, antal, err
}

// egna is what the Aktor's uppdrag name: insatser, and organisationer as such.
func egna(a register.Aktor) (insatser, organisationer []uuid.UUID) {
	for _, u := range a.Uppdrag {
		switch {
		case !a.HarRoll(u.Roll):
		case u.InsatsID != uuid.Nil:
			insatser = append(insatser, u.InsatsID)
		default:
			organisationer = append(organisationer, u.OrganisationID)
		}
	}
	return insatser, organisationer
}

// Insats reads one insats with its organisation, for every user; 404 when there is none.
// Whoever may end it is told how many are open in it, before it is done.
func (s *Store) Insats(ctx context.Context, b db.Begaran, id uuid.UUID) (InsatsIOrganisation, error) {
	f := s.Oppet(ctx)
	r, err := lasInsats(f, id, "")
	if err != nil {
		return InsatsIOrganisation{}, err
	}
	svar := r.visad(b.Aktor, s.Idag())
	if b.Aktor.FarAndraInsats(svar.Insats) {
		svar.AntalOppna, err = db.Rad[int](f, `select sus_oppna(?)`, id)
	}
	return svar, err
}

// lasInsats reads the insats and its organisation; lock is a locking clause or "".
func lasInsats(f db.Fraga, id uuid.UUID, lock string) (insatsrad, error) {
	return db.Rad[insatsrad](f, `select `+insatsColumns+` from `+insatsUr+` where n.id = ? `+lock, id)
}

// SkapaInsats makes an insats in one of the Aktor's own organisationer; another
// one, or none, is 404.
func (s *Store) SkapaInsats(ctx context.Context, b db.Begaran, in register.Insatsuppgifter,
	svara func(InsatsIOrganisation) (db.Svar, error)) (db.Svar, error) {
	a := db.Arende{Handelse: register.HandelseInsatsSkapad, OrganisationID: in.OrganisationID, Hinder: hinder(b.Aktor.FarSkapaInsats(in.OrganisationID))}
	return db.Skapa(ctx, s.DB, b, a, func(tx *db.Tx) (InsatsIOrganisation, error) {
		// The share lock keeps the organisation's dates as they were judged.
		o, err := lasOrganisation(tx, in.OrganisationID, "for key share")
		if err != nil {
			return InsatsIOrganisation{}, err
		}
		i, err := register.SkapaInsats(in, o.hel(), tx.Kodverk, tx.Idag())
		if err != nil {
			return InsatsIOrganisation{}, err
		}
		if i.ID, err = uuid.NewV7(); err != nil {
			return InsatsIOrganisation{}, err
		}
		if err := tx.Infoga(&i, "nr"); err != nil {
			return InsatsIOrganisation{}, err
		}
		tx.Galler(i.ID, i.ID, i.OrganisationID)
		return iOrganisation(i, o.visad(tx.Aktor, tx.Idag()), tx.Idag()), skrivInsatsrader(tx, i)
	}, svara)
}

// skrivInsatsrader writes the rows of an insats that has none.
func skrivInsatsrader(tx *db.Tx, i register.Insats) error {
	for _, r := range i.Rader {
		if _, err := db.Kor(tx, `insert into insatsrad (insats, giltig_fran, giltig_tom, preciserad_inriktning, malgrupper) values (?, ?, ?, ?, coalesce(?::text[], '{}'))`,
			i.Nr, r.Fran, r.Tom, r.PreciseradInriktning, r.Malgrupper); err != nil {
			return err
		}
	}
	return nil
}

// AndraInsats changes an insats whose version is the Begaran's: 412 foraldrad
// otherwise, 404 when it is not the Aktor's to change. A change of dates waits
// for, and then sees, every registration under way.
func (s *Store) AndraInsats(ctx context.Context, b db.Begaran, id uuid.UUID, in register.Insatsuppgifter) (InsatsIOrganisation, error) {
	a := db.Arende{Handelse: register.HandelseInsatsAndrad, ObjektID: id, InsatsID: id}
	return db.Andra(ctx, s.DB, b, a, func(tx *db.Tx) (InsatsIOrganisation, error) {
		rad, err := lasInsats(tx, id, "for update of n for key share of o")
		if err != nil {
			return InsatsIOrganisation{}, err
		}
		svar := rad.visad(tx.Aktor, tx.Idag())
		if !tx.Aktor.FarAndraInsats(svar.Insats) {
			return svar, register.Saknas()
		}
		forr := rad.hel(tx.Idag())
		tx.Galler(id, id, svar.OrganisationID)
		if err := tx.ProvaVersion(svar.Version); err != nil {
			return svar, err
		}
		r, err := db.Rad[register.Registrerat](tx, `select finns, forsta, sista, sus_oppna(?) as oppna from sus_registrerat(?)`, id, id)
		if err != nil {
			return svar, err
		}
		if svar.Insats, err = register.AndraInsats(forr, in, rad.Organisation.hel(), tx.Kodverk, r, tx.Idag()); err != nil {
			return svar, err
		}
		if svar.Version == rad.Version {
			tx.IngetGjort()
			return svar, nil
		}
		if err := tx.Ersatt(&svar.Insats); err != nil {
			return svar, err
		}
		manad, andrad := forr.AndradFran(svar.Insats)
		if andrad {
			tx.Detalj("gallerFran " + manad.String()[:len("2006-01")])
		}
		if register.LikaInsatsrader(forr.Rader, svar.Rader) {
			return svar, nil
		}
		if _, err := db.Kor(tx, `delete from insatsrad where insats = ?`, svar.Nr); err != nil {
			return svar, err
		}
		if err := skrivInsatsrader(tx, svar.Insats); err != nil {
			return svar, err
		}
		// The registrations under way wait for the insats's lock; those that came before are among the facts.
		return svar, statistik.FlyttaInsats(tx, svar.Insats)
	})
}
