package httpapi

import (
	"github.com/google/uuid"

	"sus/api"
	"sus/backend/register"
	"sus/backend/store"
)

func fromSamtycke(insatsID uuid.UUID, in api.NyttSamtycke, p register.Personnummer) register.NyttSamtycke {
	out := register.NyttSamtycke{
		InsatsID:     insatsID,
		Personnummer: p,
		Blankett:     in.Blankett,
		Datum:        in.Datum,
		Sprak:        in.Sprak,
		Satt:         in.Satt,
		ExterntID:    value(in.ExterntId),
	}
	if m := in.Mognadsbedomning; m != nil {
		out.Mognadsbedomning = &register.Mognadsbedomning{Datum: m.Datum, Vardnadshavare: m.Vardnadshavare}
	}
	return out
}

func toSamtycke(s store.SamtyckeMedIdentitet) api.Samtycke {
	out := api.Samtycke{
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

		IdentitetRaderad: optional(s.Raderad),
	}
	if s.Aterkallat != nil {
		t := s.Aterkallat.UTC()
		out.Aterkallat = &t
	}
	if s.MognadDatum != nil {
		out.Mognadsbedomning = &api.Mognadsbedomning{Datum: *s.MognadDatum, Vardnadshavare: value(s.MognadVardnadshavare)}
	}
	return out
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
	out := api.Aterkallelse{Id: s.ID, Aterkallat: value(s.Aterkallat).UTC()}
	if d != nil {
		out.DeltagandeId = &d.ID
	}
	return out
}
