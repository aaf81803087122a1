package httpapi

import (
	"context"

	"sus/api"
	"sus/backend/register"
	"sus/backend/store/db"
)

// ListaAnonyma lists the anonymous participants of an own insats.
func (s *server) ListaAnonyma(ctx context.Context, r api.ListaAnonymaRequestObject) (api.ListaAnonymaResponseObject, error) {
	b := ur(ctx)
	sida := sida(r.Params.Limit, r.Params.Offset, "")
	rader, totalt, err := s.store.ListaAnonyma(ctx, b.Begaran, r.InsatsId, int(fran(r.Params.Inregistreringsar)), sida)
	if err != nil {
		return nil, err
	}
	meta, lankar := lista(b, totalt, len(rader), sida)
	return api.ListaAnonyma200JSONResponse{Data: konvertera(rader, toAnonyma), UnderscoreMeta: meta, UnderscoreLinks: lankar}, nil
}

// SkapaAnonyma registers participants without identity: a year and two counts.
func (s *server) SkapaAnonyma(ctx context.Context, r api.SkapaAnonymaRequestObject) (api.SkapaAnonymaResponseObject, error) {
	b := ur(ctx)
	ut, err := s.store.SkapaAnonyma(ctx, b.Begaran, r.InsatsId, fromAnonyma(*r.Body), func(a register.Anonyma) (db.Svar, error) {
		return nyttSvar(plats("insatser", a.InsatsID)+"/anonyma", 0, toAnonyma(a))
	})
	if err != nil {
		return nil, err
	}
	return skapat(ut), nil
}
