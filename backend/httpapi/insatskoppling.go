package httpapi

import (
	"context"

	"sus/api"
	"sus/backend/store"
	"sus/backend/store/db"
)

// ListaKopplingar lists the insatser that are said to be the same as one.
func (s *server) ListaKopplingar(ctx context.Context, r api.ListaKopplingarRequestObject) (api.ListaKopplingarResponseObject, error) {
	page := pageOf(r.Params.Limit, r.Params.Offset, "")
	all, err := s.store.Kopplingar(ctx, r.InsatsId)
	if err != nil {
		return nil, err
	}
	rows := db.Av(page, all)
	meta, links := paging(begaranOf(ctx), len(all), len(rows), page)
	return api.ListaKopplingar200JSONResponse{Data: convert(rows, toKoppling), UnderscoreMeta: meta, UnderscoreLinks: links}, nil
}

// KopplaInsats says that another organisation's insats is the same, or takes it back.
func (s *server) KopplaInsats(ctx context.Context, r api.KopplaInsatsRequestObject) (api.KopplaInsatsResponseObject, error) {
	out, err := s.store.Koppla(ctx, begaranOf(ctx).Begaran, r.InsatsId, r.Body.InsatsId, r.Body.Kopplad, func(k store.KoppladInsats) (db.Svar, error) {
		return newResponse(place("insatser", k.ID), 0, toKoppling(k))
	})
	if err != nil {
		return nil, err
	}
	return created(out), nil
}
