package httpapi

import (
	"context"

	"github.com/google/uuid"

	"sus/api"
	"sus/backend/store/db"
	"sus/backend/store/konto"
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
	rows, next, names, err := s.logPage(ctx, rows, limit)
	if err != nil {
		return nil, err
	}
	meta, links := feed(b, len(rows), limit, value(p.Cursor), next)
	return api.ListaLoggposter200JSONResponse{Data: convert(rows, func(l db.Loggpost) api.Loggpost { return toLoggpost(l, names) }), UnderscoreMeta: meta, UnderscoreLinks: links}, nil
}

// SokLoggposter searches the audit log, also by person; the number stands in the body
// and nowhere else.
func (s *server) SokLoggposter(ctx context.Context, r api.SokLoggposterRequestObject) (api.SokLoggposterResponseObject, error) {
	b, p := begaranOf(ctx), r.Params
	f, err := fromLoggpostSokning(*r.Body, s.idag())
	if err != nil {
		return nil, err
	}
	if f.Efter, err = fromCursor(p.Cursor); err != nil {
		return nil, err
	}
	limit := pageOf(p.Limit, nil, "").Limit
	f.Limit = limit + 1
	rows, err := s.store.SokLoggposter(ctx, b.Begaran, f)
	if err != nil {
		return nil, err
	}
	rows, next, names, err := s.logPage(ctx, rows, limit)
	if err != nil {
		return nil, err
	}
	meta, links := feed(b, len(rows), limit, value(p.Cursor), next)
	return api.SokLoggposter200JSONResponse{Data: convert(rows, func(l db.Loggpost) api.Loggpost { return toLoggpost(l, names) }), UnderscoreMeta: meta, UnderscoreLinks: links}, nil
}

// logPage is the rows of a page and where the next begins; one row more than asked
// for tells that there is another. Beside them is who the actors are.
func (s *server) logPage(ctx context.Context, rows []db.Loggpost, limit int) (page []db.Loggpost, next string, names map[uuid.UUID]konto.Namn, err error) {
	if len(rows) > limit {
		rows = rows[:limit]
		next = toCursor(rows[limit-1].ID)
	}
	names, err = s.konto.Namn(ctx, convert(rows, func(l db.Loggpost) uuid.UUID { return l.AktorID })...)
	return rows, next, names, err
}
