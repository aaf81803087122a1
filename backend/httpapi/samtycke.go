package httpapi

import (
	"context"

	"github.com/google/uuid"

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
// number is asked here, outside every transaction, when all that can be judged without
// it is right and the same request was not answered before.
func (s *server) SkapaSamtycke(ctx context.Context, r api.SkapaSamtyckeRequestObject) (api.SkapaSamtyckeResponseObject, error) {
	b := begaranOf(ctx)
	p, err := register.ParsePersonnummer(r.Body.Personnummer, s.idag())
	if err != nil {
		return nil, err
	}
	in := fromSamtycke(r.InsatsId, *r.Body, p)
	if earlier, err := s.store.ProvaSamtycke(ctx, b.Begaran, in); earlier != nil || err != nil {
		return responseOr(earlier, err)
	}
	post, err := s.lookUp(ctx, b.Begaran, r.InsatsId, p)
	if err != nil {
		return nil, err
	}
	out, err := s.store.SkapaSamtycke(ctx, b.Begaran, in, post, func(n store.SamtyckeMedIdentitet) (db.Svar, error) {
		// No identity: the answer is kept for replays.
		return newResponse(place("samtycken", n.ID), n.Version, toSamtycke(n.Samtycke, n.DeltagandeID))
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
	names, err := s.konto.Namn(ctx, n.RegistreratAv)
	if err != nil {
		return nil, err
	}
	return api.HamtaSamtycke200JSONResponse{Body: toLastSamtycke(n, names, s.idag()), Headers: api.HamtaSamtycke200ResponseHeaders{ETag: etagPointer(n.Version)}}, nil
}

// ListaSamtycken lists the consents of an own insats, with people.
func (s *server) ListaSamtycken(ctx context.Context, r api.ListaSamtyckenRequestObject) (api.ListaSamtyckenResponseObject, error) {
	b, p := begaranOf(ctx), r.Params
	page := pageOf(p.Limit, p.Offset, string(value(p.Sort)))
	rows, total, err := s.store.Samtycken(ctx, b.Begaran, r.InsatsId, value(p.Status), page)
	if err != nil {
		return nil, err
	}
	names, err := s.konto.Namn(ctx, convert(rows, func(n store.SamtyckeMedIdentitet) uuid.UUID { return n.RegistreratAv })...)
	if err != nil {
		return nil, err
	}
	idag := s.idag()
	meta, links := paging(b, total, len(rows), page)
	return api.ListaSamtycken200JSONResponse{Data: convert(rows, func(n store.SamtyckeMedIdentitet) api.Samtycke { return toLastSamtycke(n, names, idag) }),
		UnderscoreMeta: meta, UnderscoreLinks: links}, nil
}

// RattaSamtycke corrects a consent that is not used yet.
func (s *server) RattaSamtycke(ctx context.Context, r api.RattaSamtyckeRequestObject) (api.RattaSamtyckeResponseObject, error) {
	b := begaranOf(ctx)
	c, err := s.store.RattaSamtycke(ctx, b.Begaran, r.SamtyckeId, fromRattatSamtycke(*r.Body), r.Body.Skal)
	if err != nil {
		return nil, err
	}
	return api.RattaSamtycke200JSONResponse{Body: toSamtycke(c, nil), Headers: api.RattaSamtycke200ResponseHeaders{ETag: etagPointer(c.Version)}}, nil
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
