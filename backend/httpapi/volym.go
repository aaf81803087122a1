package httpapi

import (
	"context"

	"github.com/google/uuid"

	"sus/api"
	"sus/backend/register"
	"sus/backend/store/db"
)

// ListaVolymer lists what holds of each year of an insats.
func (s *server) ListaVolymer(ctx context.Context, r api.ListaVolymerRequestObject) (api.ListaVolymerResponseObject, error) {
	b := begaranOf(ctx)
	page := pageOf(r.Params.Limit, r.Params.Offset, "")
	all, err := s.store.Volymer(ctx, b.Begaran, r.InsatsId)
	if err != nil {
		return nil, err
	}
	rows := db.Av(page, all)
	meta, links := paging(b, len(all), len(rows), page)
	return api.ListaVolymer200JSONResponse{Data: convert(rows, toVolym), UnderscoreMeta: meta, UnderscoreLinks: links}, nil
}

// HamtaVolym reads one year.
func (s *server) HamtaVolym(ctx context.Context, r api.HamtaVolymRequestObject) (api.HamtaVolymResponseObject, error) {
	v, err := s.store.Volym(ctx, begaranOf(ctx).Begaran, r.InsatsId, int(r.Ar))
	if err != nil {
		return nil, err
	}
	return api.HamtaVolym200JSONResponse{Body: toVolym(v), Headers: api.HamtaVolym200ResponseHeaders{ETag: etagPointer(v.Version)}}, nil
}

// SparaVolym says one year anew.
func (s *server) SparaVolym(ctx context.Context, r api.SparaVolymRequestObject) (api.SparaVolymResponseObject, error) {
	b := begaranOf(ctx)
	v, err := s.store.SparaVolym(ctx, b.Begaran, r.InsatsId, int(r.Ar), fromVolym(*r.Body))
	if err != nil {
		return nil, b.first(err)
	}
	return api.SparaVolym200JSONResponse{Body: toVolym(v), Headers: api.SparaVolym200ResponseHeaders{ETag: etagPointer(v.Version)}}, nil
}

// ListaVolymversioner lists what a year has said, oldest first.
func (s *server) ListaVolymversioner(ctx context.Context, r api.ListaVolymversionerRequestObject) (api.ListaVolymversionerResponseObject, error) {
	b := begaranOf(ctx)
	page := pageOf(r.Params.Limit, r.Params.Offset, "")
	all, err := s.store.Volymversioner(ctx, b.Begaran, r.InsatsId, int(r.Ar))
	if err != nil {
		return nil, err
	}
	rows := db.Av(page, all)
	names, err := s.konto.Namn(ctx, convert(rows, func(v register.Volym) uuid.UUID { return v.RegistreradAv })...)
	if err != nil {
		return nil, err
	}
	meta, links := paging(b, len(all), len(rows), page)
	return api.ListaVolymversioner200JSONResponse{Data: convert(rows, func(v register.Volym) api.Volymversion { return toVolymversion(v, names) }), UnderscoreMeta: meta, UnderscoreLinks: links}, nil
}
