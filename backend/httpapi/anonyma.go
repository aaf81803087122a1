package httpapi

import (
	"context"

	"sus/api"
	"sus/backend/register"
	"sus/backend/store"
)

// ListaAnonyma lists the anonymous participants of an own insats.
func (s *server) ListaAnonyma(ctx context.Context, r api.ListaAnonymaRequestObject) (api.ListaAnonymaResponseObject, error) {
	b := ur(ctx)
	sida := sida(r.Params.Limit, r.Params.Offset, "")
	rader, totalt, err := s.store.ListaAnonyma(ctx, b.aktor, r.InsatsId, 0, sida)
	if err != nil {
		return nil, err
	}
	meta, lankar := lista(b, totalt, len(rader), sida)
	return api.ListaAnonyma200JSONResponse{Data: konvertera(rader, toAnonyma), UnderscoreMeta: meta, UnderscoreLinks: lankar}, nil
}

// SkapaAnonyma registers participants without identity: a year and two counts.
func (s *server) SkapaAnonyma(ctx context.Context, r api.SkapaAnonymaRequestObject) (api.SkapaAnonymaResponseObject, error) {
	b := ur(ctx)
	ut, err := s.store.SkapaAnonyma(ctx, b.aktor, r.InsatsId, fromAnonyma(*r.Body), s.idem(b), func(a register.Anonyma) (store.Svar, error) {
		return nyttSvar(plats("insatser", a.InsatsID)+"/anonyma", 0, toAnonyma(a))
	})
	if err != nil {
		return nil, err
	}
	return skapat(ut), nil
}
