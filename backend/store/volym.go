package store

import (
	"context"
	"strconv"

	"github.com/google/uuid"

	"sus/backend/register"
	"sus/backend/store/db"
)

// Volymlage is a year's volym and whether the year is closed.
type Volymlage struct {
	register.Volym
	Stangt bool
}

// Volymer lists what holds of each year of an insats, the latest year first; logged. 404
// for others than the own organisation and Försäkringskassan.
func (s *Store) Volymer(ctx context.Context, b db.Begaran, insatsID uuid.UUID) ([]Volymlage, error) {
	a := db.Arende{Handelse: register.HandelseVolymerLasta, ObjektID: insatsID, InsatsID: insatsID}
	return db.Las(ctx, s.DB, b, a, func(tx *db.Tx) ([]Volymlage, error) {
		rad, err := insatsAttSe(tx, insatsID)
		if err != nil {
			return nil, err
		}
		return db.Rader[Volymlage](tx, `select v.*, coalesce(b.stangt, false) as stangt from volym v left join budgetar b on b.organisation_id = ? and b.ar = v.ar
			where v.insats_id = ? and not exists (select from volym w where w.insats_id = v.insats_id and w.ar = v.ar and w.version > v.version)
			order by v.ar desc`, rad.Insats.OrganisationID, insatsID)
	})
}

// Volym reads what holds of one year, version 0 when nothing has been said; otherwise as Volymer.
func (s *Store) Volym(ctx context.Context, b db.Begaran, insatsID uuid.UUID, ar int) (Volymlage, error) {
	a := db.Arende{Handelse: register.HandelseVolymerLasta, ObjektID: insatsID, InsatsID: insatsID, Detalj: strconv.Itoa(ar)}
	return db.Las(ctx, s.DB, b, a, func(tx *db.Tx) (Volymlage, error) {
		rad, err := insatsAttSe(tx, insatsID)
		if err != nil {
			return Volymlage{}, err
		}
		v, err := lasVolym(tx, insatsID, ar)
		if err != nil {
			return Volymlage{}, err
		}
		stangt, err := arStangt(tx, rad.Insats.OrganisationID, ar)
		return Volymlage{v, stangt}, err
	})
}

func lasVolym(tx *db.Tx, insatsID uuid.UUID, ar int) (register.Volym, error) {
	v, finns, err := db.RadOm[register.Volym](tx, `select * from volym where insats_id = ? and ar = ? order by version desc limit 1`, insatsID, ar)
	if !finns {
		v = register.Volym{InsatsID: insatsID, Ar: ar}
	}
	return v, err
}

// SparaVolym says a year's volym anew. Refused by register.SparaVolym; 412 foraldrad when
// the Begaran's version is not the present one (0: none yet), 404 outside FarSkrivaBudget.
func (s *Store) SparaVolym(ctx context.Context, b db.Begaran, insatsID uuid.UUID, ar int, in register.Volymuppgifter) (Volymlage, error) {
	a := db.Arende{Handelse: register.HandelseVolymSparad, ObjektID: insatsID, InsatsID: insatsID}
	return db.Andra(ctx, s.DB, b, a, func(tx *db.Tx) (Volymlage, error) {
		r, err := insatsAttBudgetera(tx, insatsID, ar)
		if err != nil {
			return Volymlage{}, err
		}
		forr, err := lasVolym(tx, insatsID, ar)
		if err != nil {
			return Volymlage{Volym: forr}, err
		}
		if err := tx.ProvaVersion(forr.Version); err != nil {
			return Volymlage{Volym: forr}, err
		}
		ny, err := register.SparaVolym(forr, in, r)
		if err != nil {
			return Volymlage{Volym: ny}, err
		}
		if ny.Version == forr.Version {
			tx.Visat(register.HandelseVolymerLasta)
			return Volymlage{Volym: ny}, nil
		}
		return Volymlage{Volym: ny}, tx.Infoga(&ny)
	})
}

// Volymversioner lists what a year's volym has said, oldest first; otherwise as Volymer.
func (s *Store) Volymversioner(ctx context.Context, b db.Begaran, insatsID uuid.UUID, ar int) ([]register.Volym, error) {
	a := db.Arende{Handelse: register.HandelseVolymversionerLasta, ObjektID: insatsID, InsatsID: insatsID, Detalj: strconv.Itoa(ar)}
	return db.Las(ctx, s.DB, b, a, func(tx *db.Tx) ([]register.Volym, error) {
		if _, err := insatsAttSe(tx, insatsID); err != nil {
			return nil, err
		}
		return db.Rader[register.Volym](tx, `select * from volym where insats_id = ? and ar = ? order by version`, insatsID, ar)
	})
}
