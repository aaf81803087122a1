package httpapi

import (
	"context"

	"sus/api"
	"sus/backend/register"
	"sus/backend/store"
	"sus/backend/store/db"
)

// ListaMyndigheter lists the register of agencies.
func (s *server) ListaMyndigheter(ctx context.Context, r api.ListaMyndigheterRequestObject) (api.ListaMyndigheterResponseObject, error) {
	b, p := begaranOf(ctx), r.Params
	page := b.page(p.Limit, p.Offset, string(value(p.Sort)))
	rows, total, err := s.store.Myndigheter(ctx, store.MyndighetFilter{Namn: value(p.Namn), Organisationsnummer: value(p.Organisationsnummer), Typ: value(p.Typ)}, page)
	if err != nil {
		return nil, err
	}
	if b.asFile() {
		return myndighetsfile.write(ctx, s, convert(rows, toMyndighet))
	}
	meta, links := paging(b, total, len(rows), page)
	return api.ListaMyndigheter200JSONResponse{Data: convert(rows, toMyndighet), UnderscoreMeta: meta, UnderscoreLinks: links}, nil
}

// SkapaMyndighet puts an agency in the register.
func (s *server) SkapaMyndighet(ctx context.Context, r api.SkapaMyndighetRequestObject) (api.SkapaMyndighetResponseObject, error) {
	out, err := s.store.SkapaMyndighet(ctx, begaranOf(ctx).Begaran, fromMyndighet(*r.Body), func(m register.Myndighet) (db.Svar, error) {
		return newResponse(place("myndigheter", m.ID), m.Version, toMyndighet(m))
	})
	if err != nil {
		return nil, err
	}
	return created(out), nil
}

// HamtaMyndighet reads one agency.
func (s *server) HamtaMyndighet(ctx context.Context, r api.HamtaMyndighetRequestObject) (api.HamtaMyndighetResponseObject, error) {
	m, err := s.store.Myndighet(ctx, r.MyndighetId)
	if err != nil {
		return nil, err
	}
	return api.HamtaMyndighet200JSONResponse{Body: toMyndighet(m), Headers: api.HamtaMyndighet200ResponseHeaders{ETag: etagPointer(m.Version)}}, nil
}

// AndraMyndighet gives an agency another name or type.
func (s *server) AndraMyndighet(ctx context.Context, r api.AndraMyndighetRequestObject) (api.AndraMyndighetResponseObject, error) {
	m, err := s.store.AndraMyndighet(ctx, begaranOf(ctx).Begaran, r.MyndighetId, fromMyndighet(*r.Body))
	if err != nil {
		return nil, err
	}
	return api.AndraMyndighet200JSONResponse{Body: toMyndighet(m), Headers: api.AndraMyndighet200ResponseHeaders{ETag: etagPointer(m.Version)}}, nil
}
