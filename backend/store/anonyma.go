package store

import (
	"context"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"sus/backend/register"
)

// SkapaAnonyma registers a count of anonymous participants; 404 outside the uppdrag.
func (s *Store) SkapaAnonyma(ctx context.Context, a register.Aktor, insatsID uuid.UUID, in register.Anonymregistrering, idem *Idempotens,
	svara func(register.Anonyma) (Svar, error)) (Svar, error) {
	if err := s.FarRegistrera(ctx, a, insatsID); err != nil {
		return Svar{}, err
	}
	kodverk, err := s.Kodverk(ctx)
	if err != nil {
		return Svar{}, err
	}
	return s.skapa(ctx, a, idem, func(tx *gorm.DB) (Svar, uuid.UUID, error) {
		r, err := lasRamar(tx, insatsID)
		if err != nil {
			return Svar{}, uuid.Nil, err
		}
		n, err := register.RegistreraAnonyma(in, r.Insats, r.Organisation, kodverk, s.Nu(), a.ID)
		if err != nil {
			return Svar{}, uuid.Nil, err
		}
		if n.ID, err = uuid.NewV7(); err != nil {
			return Svar{}, uuid.Nil, err
		}
		if err := tx.Create(&n).Error; err != nil {
			return Svar{}, uuid.Nil, err
		}
		if err := logga(tx, a, s.Nu(), Handelse{Handelse: register.HandelseAnonymaSkapade, ObjektID: n.ID, InsatsID: n.InsatsID,
			OrganisationID: r.Organisation.ID}); err != nil {
			return Svar{}, uuid.Nil, err
		}
		svar, err := svara(n)
		return svar, uuid.Nil, err
	})
}

// ListaAnonyma lists an insats's anonyma, newest first; ar 0 is every year. 404
// outside the uppdrag.
func (s *Store) ListaAnonyma(ctx context.Context, a register.Aktor, insatsID uuid.UUID, ar int, sida Sida) ([]register.Anonyma, int, error) {
	if err := s.FarSePersonuppgifter(ctx, a, insatsID); err != nil {
		return nil, 0, err
	}
	var v villkor
	v.om(true, "n.insats_id = ?", insatsID)
	v.om(ar != 0, "n.inregistreringsar = ?", ar)
	var rader []register.Anonyma
	var antal int
	err := s.tx(ctx, a, func(tx *gorm.DB) error {
		return sidan(tx, "n.*", "anonyma n", "", v, "n.registrerat desc, n.id desc", sida, &rader, &antal)
	})
	return rader, antal, err
}
