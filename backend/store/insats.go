package store

import (
	"context"
	"strings"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"sus/backend/register"
)

// InsatsIOrganisation is an insats with the organisation whose namn, period,
// samverkansform and medlemmar stand on top of every page of it.
type InsatsIOrganisation struct {
	register.Insats
	Organisation register.Samverkansorganisation
}

// insatsrad is the two read as one row.
type insatsrad struct {
	register.Insats
	Malgruppslista jsonlista[string]
	Organisation   organisationsrad `gorm:"embedded;embeddedPrefix:o_"`
}

func (r insatsrad) visad(a register.Aktor) InsatsIOrganisation {
	i := r.Insats
	i.Malgrupper = r.Malgruppslista
	return InsatsIOrganisation{Insats: i, Organisation: r.Organisation.visad(a)}
}

// kolumner lists columns of a table alias under a prefix.
func kolumner(alias, prefix string, namn ...string) string {
	for i, n := range namn {
		namn[i] = alias + "." + n + " as " + prefix + n
	}
	return strings.Join(namn, ", ")
}

var (
	insatskolumner = `n.*, (select json_agg(m.malgrupp order by m.malgrupp) from insats_malgrupp m where m.insats_id = n.id) as malgruppslista, ` +
		kolumner("o", "o_", "id", "nr", "namn", "organisationsnummer", "samverkansform", "beskrivning", "startdatum", "slutdatum", "verksamhetsomrade",
			"lan", "adress_gata", "adress_postnummer", "adress_ort", "adress_telefon", "adress_epost", "kontakt_namn", "kontakt_titel",
			"kontakt_telefon", "kontakt_epost", "version") + `,` + organisationsdelarMed("o_")
	insatsordning = map[string]string{"namn": "n.namn", "startdatum": "n.startdatum"}
)

const insatsUr = `insats n join samverkansorganisation o on o.id = n.organisation_id`

// InsatsFilter chooses insatser; a zero field chooses all. Pagaende is about today.
type InsatsFilter struct {
	OrganisationID       uuid.UUID
	Namn                 string // * for anything; without one how the name begins
	Inriktning           register.Inriktning
	Deltagarregistrering register.Deltagarregistrering
	Mina                 bool // of the Aktor's uppdrag only
	Pagaende             *bool
}

// Insatser lists insatser of the whole country with their organisationer, for
// every user, and says how many the filter matches.
func (s *Store) Insatser(ctx context.Context, a register.Aktor, f InsatsFilter, sida Sida) ([]InsatsIOrganisation, int, error) {
	ordning, err := sida.ordning(insatsordning, "namn", "n.id")
	if err != nil {
		return nil, 0, err
	}
	var v villkor
	v.om(f.OrganisationID != uuid.Nil, "n.organisation_id = ?", f.OrganisationID)
	v.om(f.Namn != "", "n.namn ilike ?", somMonster(f.Namn))
	v.om(f.Inriktning != "", "n.inriktning = ?", f.Inriktning)
	v.om(f.Deltagarregistrering != "", "n.deltagarregistrering = ?", f.Deltagarregistrering)
	if f.Mina {
		insatser, organisationer := egna(a)
		v.om(true, "(n.id = any(?) or n.organisation_id = any(?))", array(insatser), array(organisationer))
	}
	if f.Pagaende != nil {
		const nu = "(n.startdatum <= ? and (n.slutdatum is null or n.slutdatum >= ?))"
		v.om(*f.Pagaende, nu, s.Idag(), s.Idag())
		v.om(!*f.Pagaende, "not "+nu, s.Idag(), s.Idag())
	}
	var rader []insatsrad
	var antal int
	err = s.lasa(ctx, func(db *gorm.DB) error {
		return sidan(db, insatskolumner, insatsUr, "", v, ordning, sida, &rader, &antal)
	})
	svar := make([]InsatsIOrganisation, len(rader))
	for i, r := range rader {
		svar[i] = r.visad(a)
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
func (s *Store) Insats(ctx context.Context, a register.Aktor, id uuid.UUID) (InsatsIOrganisation, error) {
	var r insatsrad
	err := s.lasa(ctx, func(db *gorm.DB) (err error) {
		r, err = lasInsats(db, id, "")
		return err
	})
	return r.visad(a), err
}

// lasInsats reads the insats and its organisation; las is a locking clause or "".
func lasInsats(db *gorm.DB, id uuid.UUID, las string) (insatsrad, error) {
	var r insatsrad
	svar := db.Raw(`select `+insatskolumner+` from `+insatsUr+` where n.id = ? `+las, id).Scan(&r)
	if svar.Error == nil && svar.RowsAffected == 0 {
		return r, register.Saknas()
	}
	return r, svar.Error
}

// SkapaInsats makes an insats in one of the Aktor's own organisationer; another
// one, or none, is 404.
func (s *Store) SkapaInsats(ctx context.Context, a register.Aktor, in register.Insatsuppgifter, idem *Idempotens,
	svara func(InsatsIOrganisation) (Svar, error)) (Svar, error) {
	h := Handelse{Handelse: register.HandelseInsatsSkapad, OrganisationID: in.OrganisationID}
	if !a.FarSkapaInsats(in.OrganisationID) {
		return Svar{}, s.nekad(ctx, a, h, register.Saknas())
	}
	kodverk, err := s.Kodverk(ctx)
	if err != nil {
		return Svar{}, err
	}
	return s.skapa(ctx, a, idem, func(tx *gorm.DB) (Svar, uuid.UUID, error) {
		// The share lock keeps the organisation's dates as they were judged.
		o, err := lasOrganisation(tx, in.OrganisationID, "for key share")
		if err != nil {
			return Svar{}, uuid.Nil, err
		}
		i, err := register.SkapaInsats(in, o.hel(), kodverk)
		if err != nil {
			return Svar{}, uuid.Nil, err
		}
		if i.ID, err = uuid.NewV7(); err != nil {
			return Svar{}, uuid.Nil, err
		}
		if err := tx.Clauses(nrTillbaka).Create(&i).Error; err != nil {
			return Svar{}, uuid.Nil, err
		}
		if err := skrivMalgrupper(tx, i); err != nil {
			return Svar{}, uuid.Nil, err
		}
		h := h
		h.ObjektID, h.InsatsID = i.ID, i.ID
		if err := logga(tx, a, s.Nu(), h); err != nil {
			return Svar{}, uuid.Nil, err
		}
		svar, err := svara(InsatsIOrganisation{Insats: i, Organisation: o.visad(a)})
		return svar, uuid.Nil, err
	})
}

func skrivMalgrupper(tx *gorm.DB, i register.Insats) error {
	if len(i.Malgrupper) == 0 {
		return nil
	}
	return tx.Exec(`insert into insats_malgrupp (insats_id, malgrupp) select ?, unnest(?::text[])`, i.ID, array(i.Malgrupper)).Error
}

// AndraInsats changes an insats whose version is as given: 412 foraldrad
// otherwise, 404 when it is not the Aktor's to change. A change of dates waits
// for, and then sees, every registration under way.
func (s *Store) AndraInsats(ctx context.Context, a register.Aktor, id uuid.UUID, version int, in register.Insatsuppgifter) (InsatsIOrganisation, error) {
	h := Handelse{Handelse: register.HandelseInsatsAndrad, ObjektID: id, InsatsID: id}
	kodverk, err := s.Kodverk(ctx)
	if err != nil {
		return InsatsIOrganisation{}, err
	}
	var svar InsatsIOrganisation
	err = s.tx(ctx, a, func(tx *gorm.DB) error {
		rad, err := lasInsats(tx, id, "for update of n for key share of o")
		if err != nil {
			return err
		}
		svar = rad.visad(a)
		if !a.FarAndraInsats(svar.Insats) {
			return register.Saknas()
		}
		if svar.Version != version {
			return register.Foraldrad()
		}
		var r register.Registrerat
		if err := tx.Raw(`select finns, forsta, sista from sus_registrerat(?)`, id).Scan(&r).Error; err != nil {
			return err
		}
		if svar.Insats, err = register.AndraInsats(svar.Insats, in, rad.Organisation.hel(), kodverk, r); err != nil {
			return err
		}
		if err := tx.Select("*").Omit("id").Updates(&svar.Insats).Error; err != nil {
			return err
		}
		if err := tx.Exec(`delete from insats_malgrupp where insats_id = ?`, id).Error; err != nil {
			return err
		}
		if err := skrivMalgrupper(tx, svar.Insats); err != nil {
			return err
		}
		h := h
		h.OrganisationID = svar.OrganisationID
		return logga(tx, a, s.Nu(), h)
	})
	return svar, s.nekad(ctx, a, h, err)
}
