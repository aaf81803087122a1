package httpapi

import (
	"context"

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
	return api.ListaLoggposter200JSONResponse(logPage(b, rows, limit, p.Cursor)), nil
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
	return api.SokLoggposter200JSONResponse(logPage(b, rows, limit, p.Cursor)), nil
}

// logPage is a page of the log; one row more than asked for tells that there is another.
func logPage(b *begaran, rows []db.Loggpost, limit int, cursor *string) api.LoggpostLista {
	next := ""
	if len(rows) > limit {
		rows = rows[:limit]
		next = toCursor(rows[limit-1].ID)
	}
	meta, links := feed(b, len(rows), limit, value(cursor), next)
	return api.LoggpostLista{Data: convert(rows, toLoggpost), UnderscoreMeta: meta, UnderscoreLinks: links}
}
