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
		tx.Galler(n.ID, n.InsatsID, r.Organisation.ID)
		return n, nil
	}, svara)
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
