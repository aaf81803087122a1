package httpapi

import (
	"context"

	"sus/api"
	"sus/backend/register"
	"sus/backend/store"
)

// SokDeltagare looks a person up before the consent. The insats is tried first:
// for one that is not the Aktor's nobody is asked about anybody.
func (s *server) SokDeltagare(ctx context.Context, r api.SokDeltagareRequestObject) (api.SokDeltagareResponseObject, error) {
	b := ur(ctx)
	p, err := register.ParsePersonnummer(r.Body.Personnummer, s.idag())
	if err != nil {
		return nil, err
	}
	if err := s.store.FarSePersonuppgifter(ctx, b.aktor, r.Body.InsatsId); err != nil {
		return nil, err
	}
	post, err := s.folkbokforing.Sok(ctx, p)
	if err != nil {
		return nil, err
	}
	lage, err := s.store.SokDeltagare(ctx, b.aktor, r.Body.InsatsId, p, post)
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
	if err := s.store.FarRegistrera(ctx, b.aktor, r.InsatsId); err != nil {
		return nil, err
	}
	idem := s.idem(b)
	if tidigare, err := s.store.Upprepning(ctx, b.aktor, idem); tidigare != nil || err != nil {
		return svarEller(tidigare, err)
	}
	post, err := s.folkbokforing.Sok(ctx, p)
	if err != nil {
		return nil, err
	}
	ut, err := s.store.SkapaSamtycke(ctx, b.aktor, fromSamtycke(r.InsatsId, *r.Body, p), post, idem, func(n store.SamtyckeMedIdentitet) (store.Svar, error) {
		n.Identitet = nil // the answer is kept for replays
		return nyttSvar(plats("samtycken", n.ID), n.Version, toSamtycke(n))
	})
	if err != nil {
		return nil, err
	}
	return skapat(ut), nil
}

func svarEller(tidigare *store.Svar, err error) (svar, error) {
	if err != nil {
		return svar{}, err
	}
	return skapat(*tidigare), nil
}

// HamtaSamtycke reads a consent with who gave it.
func (s *server) HamtaSamtycke(ctx context.Context, r api.HamtaSamtyckeRequestObject) (api.HamtaSamtyckeResponseObject, error) {
	n, err := s.store.Samtycke(ctx, ur(ctx).aktor, r.SamtyckeId)
	if err != nil {
		return nil, err
	}
	return api.HamtaSamtycke200JSONResponse{Body: toSamtycke(n), Headers: api.HamtaSamtycke200ResponseHeaders{ETag: etagPekare(n.Version)}}, nil
}

// AterkallaSamtycke withdraws a consent, for ever.
func (s *server) AterkallaSamtycke(ctx context.Context, r api.AterkallaSamtyckeRequestObject) (api.AterkallaSamtyckeResponseObject, error) {
	b := ur(ctx)
	ut, err := s.store.Aterkalla(ctx, b.aktor, r.SamtyckeId, s.idem(b), func(n register.Samtycke, d *register.Deltagande) (store.Svar, error) {
		return nyttSvar(plats("samtycken", n.ID), 0, toAterkallelse(n, d))
	})
	if err != nil {
		return nil, err
	}
	return skapat(ut), nil
}
