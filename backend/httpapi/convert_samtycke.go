package httpapi

import (
	"github.com/google/uuid"

	"sus/api"
	"sus/backend/register"
	"sus/backend/store"
)

func fromSamtycke(insatsID uuid.UUID, in api.NyttSamtycke, p register.Personnummer) register.NyttSamtycke {
	ut := register.NyttSamtycke{
		InsatsID:     insatsID,
		Personnummer: p,
		Blankett:     in.Blankett,
		Datum:        in.Datum,
		Sprak:        in.Sprak,
		Satt:         in.Satt,
		ExterntID:    fran(in.ExterntId),
	}
	if m := in.Mognadsbedomning; m != nil {
		ut.Mognadsbedomning = &register.Mognadsbedomning{Datum: m.Datum, Vardnadshavare: m.Vardnadshavare}
	}
	return ut
}

func toSamtycke(s store.SamtyckeMedIdentitet) api.Samtycke {
	ut := api.Samtycke{
		Id:           s.ID,
		InsatsId:     s.InsatsID,
		Blankett:     s.Blankett,
		Datum:        s.Datum,
		Sprak:        s.Sprak,
		Satt:         s.Satt,
		ExterntId:    s.ExterntID,
		Status:       samtyckesstatus(s),
		Registrerat:  s.Registrerat.UTC(),
		DeltagandeId: s.DeltagandeID,
		Deltagare:    toDeltagare(s.Identitet),
		Version:      int32(s.Version),
	}
	if s.Aterkallat != nil {
		t := s.Aterkallat.UTC()
		ut.Aterkallat = &t
	}
	if s.MognadDatum != nil {
		ut.Mognadsbedomning = &api.Mognadsbedomning{Datum: *s.MognadDatum, Vardnadshavare: fran(s.MognadVardnadshavare)}
	}
	return ut
}

func samtyckesstatus(s store.SamtyckeMedIdentitet) api.Samtyckesstatus {
	switch {
	case s.Aterkallat != nil:
		return api.ATERKALLAT
	case s.DeltagandeID != nil:
		return api.ANVANT
	}
	return api.OANVANT
}

func toAterkallelse(s register.Samtycke, d *register.Deltagande) api.Aterkallelse {
	ut := api.Aterkallelse{Id: s.ID, Aterkallat: fran(s.Aterkallat).UTC()}
	if d != nil {
		ut.DeltagandeId = &d.ID
	}
	return ut
}
