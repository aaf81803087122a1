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
	b := begaranOf(ctx)
	p, err := register.ParsePersonnummer(r.Body.Personnummer, s.idag())
	if err != nil {
		return nil, err
	}
	if err := s.store.FarSePersonuppgifter(ctx, b.Begaran, r.Body.InsatsId); err != nil {
		return nil, err
	}
	post, err := s.lookUp(ctx, b.Begaran, r.Body.InsatsId, p)
	if err != nil {
		return nil, err
	}
	state, err := s.store.SokDeltagare(ctx, b.Begaran, r.Body.InsatsId, p, post)
	if err != nil {
		return nil, err
	}
	return api.SokDeltagare200JSONResponse(toDeltagareSvar(post, p, state, s.idag())), nil
}

// SkapaSamtycke registers a consent. What the population register says about the
// number is asked here, outside every transaction, unless the same request was
// answered before.
func (s *server) SkapaSamtycke(ctx context.Context, r api.SkapaSamtyckeRequestObject) (api.SkapaSamtyckeResponseObject, error) {
	b := begaranOf(ctx)
	p, err := register.ParsePersonnummer(r.Body.Personnummer, s.idag())
	if err != nil {
		return nil, err
	}
	if err := s.store.FarRegistrera(ctx, b.Begaran, r.InsatsId); err != nil {
		return nil, err
	}
	if earlier, err := s.store.SamtyckesUpprepning(ctx, b.Begaran, r.InsatsId); earlier != nil || err != nil {
		return responseOr(earlier, err)
	}
	post, err := s.lookUp(ctx, b.Begaran, r.InsatsId, p)
	if err != nil {
		return nil, err
	}
	out, err := s.store.SkapaSamtycke(ctx, b.Begaran, fromSamtycke(r.InsatsId, *r.Body, p), post, func(n store.SamtyckeMedIdentitet) (db.Svar, error) {
		n.Identitet = nil // the answer is kept for replays
		return newResponse(place("samtycken", n.ID), n.Version, toSamtycke(n))
	})
	if err != nil {
		return nil, err
	}
	return created(out), nil
}

func responseOr(earlier *db.Svar, err error) (response, error) {
	if err != nil {
		return response{}, err
	}
	return created(*earlier), nil
}

// HamtaSamtycke reads a consent with who gave it.
func (s *server) HamtaSamtycke(ctx context.Context, r api.HamtaSamtyckeRequestObject) (api.HamtaSamtyckeResponseObject, error) {
	n, err := s.store.Samtycke(ctx, begaranOf(ctx).Begaran, r.SamtyckeId)
	if err != nil {
		return nil, err
	}
	return api.HamtaSamtycke200JSONResponse{Body: toSamtycke(n), Headers: api.HamtaSamtycke200ResponseHeaders{ETag: etagPointer(n.Version)}}, nil
}

// AterkallaSamtycke withdraws a consent, for ever.
func (s *server) AterkallaSamtycke(ctx context.Context, r api.AterkallaSamtyckeRequestObject) (api.AterkallaSamtyckeResponseObject, error) {
	b := begaranOf(ctx)
	out, err := s.store.Aterkalla(ctx, b.Begaran, r.SamtyckeId, func(n store.Aterkallad) (db.Svar, error) {
		return newResponse(place("samtycken", n.Samtycke.ID), 0, toAterkallelse(n.Samtycke, n.Deltagande))
	})
	if err != nil {
		return nil, err
	}
	return created(out), nil
}

// AterkallaIInsats withdraws what somebody has consented to in an insats that is over.
func (s *server) AterkallaIInsats(ctx context.Context, r api.AterkallaIInsatsRequestObject) (api.AterkallaIInsatsResponseObject, error) {
	p, err := register.ParsePersonnummer(r.Body.Personnummer, s.idag())
	if err != nil {
		return nil, err
	}
	n, err := s.store.AterkallaIInsats(ctx, begaranOf(ctx).Begaran, r.InsatsId, p, r.Body.Arende)
	if err != nil {
		return nil, err
	}
	return api.AterkallaIInsats200JSONResponse{Antal: int32(n)}, nil
}
