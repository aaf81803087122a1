package store

import (
	"context"
	"strings"

	"github.com/google/uuid"

	"sus/backend/register"
	"sus/backend/store/db"
)

// SamtyckeMedIdentitet is a samtycke and who gave it. Identitet is nil when it is
// erased, and Raderad says why; DeltagandeID while there is no deltagande.
type SamtyckeMedIdentitet struct {
	register.Samtycke
	Identitet    *register.Identitet
	Raderad      register.Raderingsskal
	DeltagandeID *uuid.UUID
}

// samtyckesrad is the same as one row of the database.
type samtyckesrad struct {
	register.Samtycke
	Identitet    identitetsrad `gorm:"embedded;embeddedPrefix:i_"`
	DeltagandeID *uuid.UUID
}

var samtyckesradColumns = `s.*, ` + identitetColumns + `, d.id as deltagande_id`

const samtyckesradJoin = ` left join identitet i on i.samtycke_id = s.id left join deltagande d on d.samtycke_id = s.id`

// visatSamtycke opens the identity of a samtycke that is shown, which is logged.
func (s *Store) visatSamtycke(tx *db.Tx, r samtyckesrad) (SamtyckeMedIdentitet, error) {
	identitet, err := dekrypteraIdentitet(s.Nycklar(), r.Identitet)
	tx.Om(loggade(r.ID, r.InsatsID, identitet)...)
	return SamtyckeMedIdentitet{Samtycke: r.Samtycke, Identitet: identitet, DeltagandeID: r.DeltagandeID,
		Raderad: register.Raderat(identitet, r.Aterkallat, r.SkyddRaderad)}, err
}

// Samtycke reads a consent with the identity; logged. 404 outside the uppdrag.
func (s *Store) Samtycke(ctx context.Context, b db.Begaran, id uuid.UUID) (SamtyckeMedIdentitet, error) {
	a := db.Arende{Handelse: register.HandelseSamtyckeLast, ObjektID: id}
	return db.Las(ctx, s.DB, b, a, func(tx *db.Tx) (SamtyckeMedIdentitet, error) {
		r, err := db.Rad[samtyckesrad](tx, `select `+samtyckesradColumns+` from samtycke s`+samtyckesradJoin+
			` where s.id = ? and s.insats_id = any(?)`, id, b.Aktor.InsatserMedPersonuppgifter())
		if err != nil {
			return SamtyckeMedIdentitet{}, err
		}
		tx.Galler(r.ID, r.InsatsID, uuid.Nil)
		return s.visatSamtycke(tx, r)
	})
}

var samtyckesordning = db.Ordning{
	Falt:     map[string]string{"registrerat": "s.registrerat", "datum": "s.datum"},
	Standard: "-registrerat",
	Fast:     "s.id",
}

// Samtycken lists the consents of an insats, with identity where there still is one;
// logged with as many persons as were shown. status "" is all. 404 outside the uppdrag.
func (s *Store) Samtycken(ctx context.Context, b db.Begaran, insatsID uuid.UUID, status register.Samtyckesstatus, sida db.Sida) ([]SamtyckeMedIdentitet, int, error) {
	var antal int
	a := db.Arende{Handelse: register.HandelseSamtyckenListade, ObjektID: insatsID, InsatsID: insatsID, Hinder: hinder(b.Aktor.FarSePersonuppgifter(insatsID))}
	svar, err := db.Las(ctx, s.DB, b, a, func(tx *db.Tx) ([]SamtyckeMedIdentitet, error) {
		const anvant = `exists (select from deltagande d where d.samtycke_id = s.id)`
		var v db.Villkor
		v.Om(true, "s.insats_id = ?", insatsID)
		v.Om(status == register.StatusAterkallat, "s.aterkallat is not null")
		v.Om(status == register.StatusAnvant, "s.aterkallat is null and "+anvant)
		v.Om(status == register.StatusOanvant, "s.aterkallat is null and not "+anvant)
		rader, n, err := db.Lista[samtyckesrad](tx, db.Urval{Columns: samtyckesradColumns, Ur: "samtycke s", Join: samtyckesradJoin,
			Villkor: v, Ordning: samtyckesordning}, sida)
		if err != nil {
			return nil, err
		}
		antal = n
		svar := make([]SamtyckeMedIdentitet, len(rader))
		for i, r := range rader {
			if svar[i], err = s.visatSamtycke(tx, r); err != nil {
				return nil, err
			}
		}
		return svar, nil
	})
	return svar, antal, err
}

// RattaSamtycke corrects a consent that is not used yet; the row of the log names the
// fields that were changed. Refused by register.RattaSamtycke (422; 409 aterkallat,
// samtycke-anvant, identitet-borta), 412 foraldrad when the Begaran's version is not the
// present one, 409 externt-id-upptaget, 404 outside the uppdrag.
func (s *Store) RattaSamtycke(ctx context.Context, b db.Begaran, id uuid.UUID, u register.Samtyckesuppgifter, skal string) (register.Samtycke, error) {
	a := db.Arende{Handelse: register.HandelseSamtyckeRattat, ObjektID: id}
	return db.Andra(ctx, s.DB, b, a, func(tx *db.Tx) (register.Samtycke, error) {
		v, err := lasSamtycke(tx, id)
		if err != nil {
			return register.Samtycke{}, err
		}
		if !tx.Aktor.FarRegistrera(v.Samtycke.InsatsID) {
			return register.Samtycke{}, register.Saknas()
		}
		tx.Galler(id, v.Samtycke.InsatsID, v.Ram.Organisation.ID)
		hela, err := db.Rad[register.Samtycke](tx, `select * from samtycke where id = ?`, id)
		if err != nil {
			return hela, err
		}
		fakta := register.Rattelsefakta{Samtycke: hela, Anvant: v.deltagande != nil, HarIdentitet: v.Identitet.Blindindex != nil,
			Insats: v.Ram.Insats, Organisation: v.Ram.Organisation, Kodverk: tx.Kodverk, Nu: tx.Nu}
		// What can never be corrected is refused whatever version was read (RFC 9110, 13.2.1).
		if err := fakta.Hinder(); err != nil {
			return hela, err
		}
		if err := tx.ProvaVersion(hela.Version); err != nil {
			return hela, err
		}
		ny, andrade, err := register.RattaSamtycke(u, skal, fakta)
		if err != nil {
			return hela, err
		}
		if len(andrade) == 0 {
			tx.Visat(register.HandelseSamtyckeLast, db.Loggad{SamtyckeID: id, InsatsID: hela.InsatsID})
			return hela, nil
		}
		tx.Detalj(strings.Join(andrade, " "))
		tx.Om(db.Loggad{SamtyckeID: id, InsatsID: ny.InsatsID})
		_, err = db.Kor(tx, `update samtycke set blankett = ?, datum = ?, sprak = ?, satt = ?, mognad_datum = ?, mognad_vardnadshavare = ?,
			externt_id = ?, skal = ?, version = ? where id = ?`, ny.Blankett, ny.Datum, ny.Sprak, ny.Satt, ny.MognadDatum, ny.MognadVardnadshavare,
			ny.ExterntID, ny.Skal, ny.Version, id)
		return ny, err
	})
}
