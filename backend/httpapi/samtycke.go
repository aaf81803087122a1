package httpapi

import (
	"context"

	"sus/api"
	"sus/backend/register"
	"sus/backend/store"
	"sus/backend/store/db"
)

// SokDeltagare looks a person up before the consent. The insats is tried first:
// for one that is not the Aktor's nobody is asked about anybody.
func (s *server) SokDeltagare(ctx context.Context, r api.SokDeltagareRequestObject) (api.SokDeltagareResponseObject, error) {
	b := ur(ctx)
	p, err := register.ParsePersonnummer(r.Body.Personnummer, s.idag())
	if err != nil {
		return nil, err
	}
	if err := s.store.FarSePersonuppgifter(ctx, b.Begaran, r.Body.InsatsId); err != nil {
		return nil, err
	}
	post, err := s.folkbokforing.Sok(ctx, p)
	if err != nil {
		return nil, err
	}
	lage, err := s.store.SokDeltagare(ctx, b.Begaran, r.Body.InsatsId, p, post)
	if err != nil {
		return nil, err
	}
	return api.SokDeltagare200JSONResponse(toDeltagareSvar(post, p, lage, s.idag())), nil
}

// SkapaSamtycke registers a consent. What the population register says about the
// number is asked here, outside every transaction, unless the same request was
// answered before.
func (s *server) SkapaSamtycke(ctx context.Context, r api.SkapaSamtyckeRequestObject) (api.SkapaSamtyckeResponseObject, error) {
	b := ur(ctx)
	p, err := register.ParsePersonnummer(r.Body.Personnummer, s.idag())
	if err != nil {
		return nil, err
	}
	if err := s.store.FarRegistrera(ctx, b.Begaran, r.InsatsId); err != nil {
		return nil, err
	}
	if tidigare, err := s.store.Upprepning(ctx, b.Begaran); tidigare != nil || err != nil {
		return svarEller(tidigare, err)
	}
	post, err := s.folkbokforing.Sok(ctx, p)
	if err != nil {
		return nil, err
	}
	ut, err := s.store.SkapaSamtycke(ctx, b.Begaran, fromSamtycke(r.InsatsId, *r.Body, p), post, func(n store.SamtyckeMedIdentitet) (db.Svar, error) {
		n.Identitet = nil // the answer is kept for replays
		return nyttSvar(plats("samtycken", n.ID), n.Version, toSamtycke(n))
	})
	if err != nil {
		return nil, err
	}
	return skapat(ut), nil
}

func svarEller(tidigare *db.Svar, err error) (svar, error) {
	if err != nil {
		return svar{}, err
	}
	return skapat(*tidigare), nil
}

// HamtaSamtycke reads a consent with who gave it.
func (s *server) HamtaSamtycke(ctx context.Context, r api.HamtaSamtyckeRequestObject) (api.HamtaSamtyckeResponseObject, error) {
	n, err := s.store.Samtycke(ctx, ur(ctx).Begaran, r.SamtyckeId)
	if err != nil {
		return nil, err
	}
	return api.HamtaSamtycke200JSONResponse{Body: toSamtycke(n), Headers: api.HamtaSamtycke200ResponseHeaders{ETag: etagPekare(n.Version)}}, nil
}

// AterkallaSamtycke withdraws a consent, for ever.
func (s *server) AterkallaSamtycke(ctx context.Context, r api.AterkallaSamtyckeRequestObject) (api.AterkallaSamtyckeResponseObject, error) {
	b := ur(ctx)
	ut, err := s.store.Aterkalla(ctx, b.Begaran, r.SamtyckeId, func(n store.Aterkallad) (db.Svar, error) {
		return nyttSvar(plats("samtycken", n.Samtycke.ID), 0, toAterkallelse(n.Samtycke, n.Deltagande))
	})
	if err != nil {
		return nil, err
	}
	return skapat(ut), nil
}
