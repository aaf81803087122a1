package httpapi

import (
	"context"

	"github.com/google/uuid"

	"sus/api"
	"sus/backend/register"
	"sus/backend/store/db"
)

// HamtaInsatsbudget reads one year of an insats.
func (s *server) HamtaInsatsbudget(ctx context.Context, r api.HamtaInsatsbudgetRequestObject) (api.HamtaInsatsbudgetResponseObject, error) {
	i, err := s.store.Insatsbudget(ctx, begaranOf(ctx).Begaran, r.InsatsId, int(r.Ar))
	if err != nil {
		return nil, err
	}
	return api.HamtaInsatsbudget200JSONResponse{Body: toInsatsbudget(i), Headers: api.HamtaInsatsbudget200ResponseHeaders{ETag: etagPointer(i.Version)}}, nil
}

// SparaInsatsbudget says one year anew.
func (s *server) SparaInsatsbudget(ctx context.Context, r api.SparaInsatsbudgetRequestObject) (api.SparaInsatsbudgetResponseObject, error) {
	b := begaranOf(ctx)
	i, err := s.store.SparaInsatsbudget(ctx, b.Begaran, r.InsatsId, int(r.Ar), fromInsatsbudget(*r.Body))
	if err != nil {
		return nil, b.first(err)
	}
	return api.SparaInsatsbudget200JSONResponse{Body: toInsatsbudget(i), Headers: api.SparaInsatsbudget200ResponseHeaders{ETag: etagPointer(i.Version)}}, nil
}

// ListaInsatsbudgetversioner lists what a year has said, oldest first.
func (s *server) ListaInsatsbudgetversioner(ctx context.Context, r api.ListaInsatsbudgetversionerRequestObject) (api.ListaInsatsbudgetversionerResponseObject, error) {
	b := begaranOf(ctx)
	page := pageOf(r.Params.Limit, r.Params.Offset, "")
	all, err := s.store.Insatsbudgetversioner(ctx, b.Begaran, r.InsatsId, int(r.Ar))
	if err != nil {
		return nil, err
	}
	rows := db.Av(page, all)
	names, err := s.konto.Namn(ctx, convert(rows, func(v register.Insatsbudget) uuid.UUID { return v.RegistreradAv })...)
	if err != nil {
		return nil, err
	}
	meta, links := paging(b, len(all), len(rows), page)
	return api.ListaInsatsbudgetversioner200JSONResponse{Data: convert(rows, func(v register.Insatsbudget) api.Insatsbudgetversion { return toInsatsbudgetversion(v, names) }), UnderscoreMeta: meta, UnderscoreLinks: links}, nil
}
