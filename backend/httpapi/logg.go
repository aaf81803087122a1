package httpapi

import (
	"context"

	"sus/api"
	"sus/backend/store/db"
)

// ListaLoggposter reads the audit log, newest first. One row more than asked for
// tells whether there is a next page.
func (s *server) ListaLoggposter(ctx context.Context, r api.ListaLoggposterRequestObject) (api.ListaLoggposterResponseObject, error) {
	b, p := ur(ctx), r.Params
	efter, err := fromCursor(p.Cursor)
	if err != nil {
		return nil, err
	}
	limit := sida(p.Limit, nil, "").Limit
	rader, err := s.store.Loggposter(ctx, b.Begaran, db.LoggFilter{Efter: efter, ObjektID: fran(p.ObjektId), Limit: limit + 1})
	if err != nil {
		return nil, err
	}
	nasta := ""
	if len(rader) > limit {
		rader = rader[:limit]
		nasta = toCursor(rader[limit-1].ID)
	}
	meta, lankar := floda(b, len(rader), limit, fran(p.Cursor), nasta)
	return api.ListaLoggposter200JSONResponse{Data: konvertera(rader, toLoggpost), UnderscoreMeta: meta, UnderscoreLinks: lankar}, nil
}
