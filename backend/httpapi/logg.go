package httpapi

import (
	"context"

	"github.com/google/uuid"

	"sus/api"
	"sus/backend/store/db"
)

// ListaLoggposter reads the audit log, newest first. One row more than asked for
// tells whether there is a next page.
func (s *server) ListaLoggposter(ctx context.Context, r api.ListaLoggposterRequestObject) (api.ListaLoggposterResponseObject, error) {
	b, p := begaranOf(ctx), r.Params
	efter, err := fromCursor(p.Cursor)
	if err != nil {
		return nil, err
	}
	limit := pageOf(p.Limit, nil, "").Limit
	rows, err := s.store.Loggposter(ctx, b.Begaran, db.LoggFilter{Efter: efter, ObjektID: value(p.ObjektId), Limit: limit + 1})
	if err != nil {
		return nil, err
	}
	next := ""
	if len(rows) > limit {
		rows = rows[:limit]
		next = toCursor(rows[limit-1].ID)
	}
	names, err := s.konto.Namn(ctx, convert(rows, func(l db.Loggpost) uuid.UUID { return l.AktorID })...)
	if err != nil {
		return nil, err
	}
	meta, links := feed(b, len(rows), limit, value(p.Cursor), next)
	return api.ListaLoggposter200JSONResponse{Data: convert(rows, func(l db.Loggpost) api.Loggpost { return toLoggpost(l, names) }), UnderscoreMeta: meta, UnderscoreLinks: links}, nil
}
