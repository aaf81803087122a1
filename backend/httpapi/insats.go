package httpapi

import (
	"context"

	"sus/api"
	"sus/backend/store"
	"sus/backend/store/db"
)

// ListaInsatser lists the insatser of the whole country, or one's own.
func (s *server) ListaInsatser(ctx context.Context, r api.ListaInsatserRequestObject) (api.ListaInsatserResponseObject, error) {
	b, p := ur(ctx), r.Params
	sida := sida(p.Limit, p.Offset, string(fran(p.Sort)))
	rader, totalt, err := s.store.Insatser(ctx, b.Begaran, store.InsatsFilter{
		OrganisationID: fran(p.OrganisationId), Namn: fran(p.Namn), Mina: fran(p.Mina), Pagaende: p.Pagaende,
	}, sida)
	if err != nil {
		return nil, err
	}
	meta, lankar := lista(b, totalt, len(rader), sida)
	return api.ListaInsatser200JSONResponse{Data: konvertera(rader, toInsats), UnderscoreMeta: meta, UnderscoreLinks: lankar}, nil
}

// SkapaInsats creates an insats in the administrator's own organisation.
func (s *server) SkapaInsats(ctx context.Context, r api.SkapaInsatsRequestObject) (api.SkapaInsatsResponseObject, error) {
	b := ur(ctx)
	ut, err := s.store.SkapaInsats(ctx, b.Begaran, fromInsats(*r.Body), func(i store.InsatsIOrganisation) (db.Svar, error) {
		return nyttSvar(plats("insatser", i.ID), i.Version, toInsats(i))
	})
	if err != nil {
		return nil, err
	}
	return skapat(ut), nil
}

// HamtaInsats reads one insats.
func (s *server) HamtaInsats(ctx context.Context, r api.HamtaInsatsRequestObject) (api.HamtaInsatsResponseObject, error) {
	i, err := s.store.Insats(ctx, ur(ctx).Begaran, r.InsatsId)
	if err != nil {
		return nil, err
	}
	return api.HamtaInsats200JSONResponse{Body: toInsats(i), Headers: api.HamtaInsats200ResponseHeaders{ETag: etagPekare(i.Version)}}, nil
}

// AndraInsats replaces an insats's fields.
func (s *server) AndraInsats(ctx context.Context, r api.AndraInsatsRequestObject) (api.AndraInsatsResponseObject, error) {
	b := ur(ctx)
	i, err := s.store.AndraInsats(ctx, b.Begaran, r.InsatsId, fromInsats(*r.Body))
	if err != nil {
		return nil, err
	}
	return api.AndraInsats200JSONResponse{Body: toInsats(i), Headers: api.AndraInsats200ResponseHeaders{ETag: etagPekare(i.Version)}}, nil
}
