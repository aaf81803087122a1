package store

import (
	"strconv"

	"github.com/google/uuid"

	"sus/backend/register"
	"sus/backend/store/db"
)

// lockBudgetar takes the row of an organisation's year, made when it is the first time:
// whoever writes anything of the year, or closes it, waits here for the others and then
// sees what they did.
func lockBudgetar(tx *db.Tx, organisationID uuid.UUID, ar int) (register.Budgetar, error) {
	if _, err := db.Kor(tx, `insert into budgetar (organisation_id, ar) values (?, ?) on conflict do nothing`, organisationID, ar); err != nil {
		return register.Budgetar{}, err
	}
	return db.Rad[register.Budgetar](tx, `select organisation_id, ar, stangt from budgetar where organisation_id = ? and ar = ? for no key update`, organisationID, ar)
}

// arStangt is true of a year that is closed.
func arStangt(f db.Fraga, organisationID uuid.UUID, ar int) (bool, error) {
	stangt, _, err := db.RadOm[bool](f, `select stangt from budgetar where organisation_id = ? and ar = ?`, organisationID, ar)
	return stangt, err
}

// insatsAttSe reads the insats whose volym and budget the Aktor may see; 404 otherwise.
func insatsAttSe(tx *db.Tx, insatsID uuid.UUID) (insatsrad, error) {
	rad, err := lasInsats(tx, insatsID, "")
	if err == nil && !tx.Aktor.FarSeBudget(rad.Insats.OrganisationID) {
		err = register.Saknas()
	}
	if err != nil {
		return rad, err
	}
	tx.Galler(insatsID, insatsID, rad.Insats.OrganisationID)
	return rad, nil
}

// insatsAttBudgetera locks what the Aktor may write a year's volym and budget of, as the
// rules ask; 404 otherwise. The insats and its organisation keep their dates and method
// meanwhile.
func insatsAttBudgetera(tx *db.Tx, insatsID uuid.UUID, ar int) (register.Arsram, error) {
	rad, err := lasInsats(tx, insatsID, "for key share of n, o")
	if err == nil && !tx.Aktor.FarSkrivaBudget(rad.Insats) {
		err = register.Saknas()
	}
	if err != nil {
		return register.Arsram{}, err
	}
	tx.Galler(insatsID, insatsID, rad.Insats.OrganisationID)
	tx.Detalj(strconv.Itoa(ar))
	aret, err := lockBudgetar(tx, rad.Insats.OrganisationID, ar)
	i := rad.Insats
	return register.Arsram{Ar: aret, Insats: &i, Organisation: rad.Organisation.hel(), Kodverk: tx.Kodverk, Nu: tx.Nu, Av: tx.Aktor.ID}, err
}
