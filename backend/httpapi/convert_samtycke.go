package httpapi

import (
	"github.com/google/uuid"

	"sus/api"
	"sus/backend/register"
	"sus/backend/store"
	"sus/backend/store/konto"
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

func fromRattatSamtycke(in api.RattatSamtycke) register.Samtyckesuppgifter {
	out := register.Samtyckesuppgifter{
		Blankett:  in.Blankett,
		Datum:     in.Datum,
		Sprak:     in.Sprak,
		Satt:      in.Satt,
		ExterntID: value(in.ExterntId),
	}
	if m := in.Mognadsbedomning; m != nil {
		out.Mognadsbedomning = &register.Mognadsbedomning{Datum: m.Datum, Vardnadshavare: m.Vardnadshavare}
	}
	return out
}

// toSamtycke shows a samtycke as the answers of writing calls do: with nobody's name.
func toSamtycke(s register.Samtycke, deltagandeID *uuid.UUID) api.Samtycke {
	out := api.Samtycke{
		Id:            s.ID,
		InsatsId:      s.InsatsID,
		Blankett:      s.Blankett,
		Datum:         s.Datum,
		Sprak:         optional(s.Sprak),
		Satt:          s.Satt,
		ExterntId:     s.ExterntID,
		Status:        s.Status(deltagandeID != nil),
		Registrerat:   s.Registrerat.UTC(),
		RegistreradAv: s.RegistreratAv,
		Skal:          s.Skal,
		DeltagandeId:  deltagandeID,
		Version:       int32(s.Version),
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

// toLastSamtycke shows one that is read: with who gave it, who registered it and how
// old it is today.
func toLastSamtycke(s store.SamtyckeMedIdentitet, names map[uuid.UUID]konto.Namn, idag register.Datum) api.Samtycke {
	out := toSamtycke(s.Samtycke, s.DeltagandeID)
	days := int32(s.Dagar(idag))
	out.Deltagare, out.Registrerare, out.DagarSedanRegistrering = toDeltagare(s.Identitet), toAktor(names, s.RegistreratAv), &days
	out.IdentitetRaderad = optional(s.Raderad)
	return out
}

func toAterkallelse(s register.Samtycke, d *register.Deltagande) api.Aterkallelse {
	out := api.Aterkallelse{Id: s.ID, Aterkallat: value(s.Aterkallat).UTC()}
	if d != nil {
		out.DeltagandeId = &d.ID
	}
	return out
}
