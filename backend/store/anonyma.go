package store

import (
	"context"

	"github.com/google/uuid"

	"sus/backend/register"
	"sus/backend/store/db"
)

// SkapaAnonyma registers a count of anonymous participants; 404 outside the uppdrag.
func (s *Store) SkapaAnonyma(ctx context.Context, b db.Begaran, insatsID uuid.UUID, in register.Anonymregistrering,
	svara func(register.Anonyma) (db.Svar, error)) (db.Svar, error) {
	a := db.Arende{Handelse: register.HandelseAnonymaSkapade, InsatsID: insatsID, Hinder: hinder(b.Aktor.FarRegistrera(insatsID))}
	return db.Skapa(ctx, s.DB, b, a, func(tx *db.Tx) (register.Anonyma, error) {
		r, err := lasRamar(tx, insatsID)
		if err != nil {
			return register.Anonyma{}, err
		}
		n, err := register.RegistreraAnonyma(in, r.Insats, r.Organisation, tx.Kodverk, tx.Nu, tx.Aktor.ID)
		if err != nil {
			return n, err
		}
		if n.ID, err = uuid.NewV7(); err != nil {
			return n, err
		}
		if err := tx.Infoga(&n); err != nil {
			return n, err
		}
		if err := tx.Infoga(nyAnonymaversion(tx, n, nil)); err != nil {
			return n, err
		}
		tx.Galler(n.ID, n.InsatsID, r.Organisation.ID)
		return n, nil
	}, svara)
}

// anonymaversionsrad is a version as it lies in the database.
type anonymaversionsrad struct{ register.Anonymaversion }

// TableName is the table's own name.
func (anonymaversionsrad) TableName() string { return "anonymaversion" }

func nyAnonymaversion(tx *db.Tx, n register.Anonyma, skal *string) *anonymaversionsrad {
	return &anonymaversionsrad{n.SomVersion(skal, tx.Nu, tx.Aktor.ID)}
}

// RattaAnonyma corrects a count of anonymous participants: a new version with the
// reason. Refused by register.RattaAnonyma; 412 foraldrad when the Begaran's version is
// not the present one, 404 outside the uppdrag.
func (s *Store) RattaAnonyma(ctx context.Context, b db.Begaran, id uuid.UUID, in register.Anonymregistrering, skal string) (register.Anonyma, error) {
	a := db.Arende{Handelse: register.HandelseAnonymaRattade, ObjektID: id}
	return db.Andra(ctx, s.DB, b, a, func(tx *db.Tx) (register.Anonyma, error) {
		n, err := db.Rad[register.Anonyma](tx, `select * from anonyma where id = ? and insats_id = any(?) for update`, id, tx.Aktor.InsatserMedPersonuppgifter())
		if err == nil && !tx.Aktor.FarRegistrera(n.InsatsID) {
			err = register.Saknas()
		}
		if err != nil {
			return n, err
		}
		r, err := lasRamar(tx, n.InsatsID)
		if err != nil {
			return n, err
		}
		tx.Galler(id, n.InsatsID, r.Organisation.ID)
		if err := tx.ProvaVersion(n.Version); err != nil {
			return n, err
		}
		ny, err := register.RattaAnonyma(n, in, skal, r.Insats, r.Organisation, tx.Kodverk, tx.Nu)
		if err != nil {
			return n, err
		}
		if ny.Version == n.Version {
			tx.Visat(register.HandelseAnonymaVersioner)
			return n, nil
		}
		if _, err := db.Kor(tx, `update anonyma set inregistreringsar = ?, antal_kvinnor = ?, antal_man = ?, version = ? where id = ?`,
			ny.Inregistreringsar, ny.AntalKvinnor, ny.AntalMan, ny.Version, id); err != nil {
			return ny, err
		}
		return ny, tx.Infoga(nyAnonymaversion(tx, ny, &skal))
	})
}

// AnonymaVersioner lists what a count of anonymous participants has said, oldest first;
// logged. 404 outside the uppdrag.
func (s *Store) AnonymaVersioner(ctx context.Context, b db.Begaran, id uuid.UUID) ([]register.Anonymaversion, error) {
	a := db.Arende{Handelse: register.HandelseAnonymaVersioner, ObjektID: id}
	return db.Las(ctx, s.DB, b, a, func(tx *db.Tx) ([]register.Anonymaversion, error) {
		rader, err := db.Rader[register.Anonymaversion](tx, `select v.* from anonymaversion v where v.anonyma_id = ? and v.insats_id = any(?) order by v.version`,
			id, b.Aktor.InsatserMedPersonuppgifter())
		if err != nil {
			return nil, err
		}
		if len(rader) == 0 {
			return nil, register.Saknas()
		}
		tx.Galler(id, rader[0].InsatsID, uuid.Nil)
		return rader, nil
	})
}

// anonymaordning: the newest first.
var anonymaordning = db.Ordning{Fast: "n.registrerat desc, n.id desc"}

// ListaAnonyma lists an insats's anonyma, newest first; ar 0 is every year. 404
// outside the uppdrag.
func (s *Store) ListaAnonyma(ctx context.Context, b db.Begaran, insatsID uuid.UUID, ar int, sida db.Sida) ([]register.Anonyma, int, error) {
	var antal int
	a := db.Arende{Handelse: register.HandelseAnonymaListade, ObjektID: insatsID, InsatsID: insatsID, Hinder: hinder(b.Aktor.FarSePersonuppgifter(insatsID))}
	rader, err := db.Las(ctx, s.DB, b, a, func(tx *db.Tx) (rader []register.Anonyma, err error) {
		var v db.Villkor
		v.Om(true, "n.insats_id = ?", insatsID)
		v.Om(ar != 0, "n.inregistreringsar = ?", ar)
		rader, antal, err = db.Lista[register.Anonyma](tx, db.Urval{Columns: "n.*", Ur: "anonyma n", Villkor: v, Ordning: anonymaordning}, sida)
		return rader, err
	})
	return rader, antal, err
}
