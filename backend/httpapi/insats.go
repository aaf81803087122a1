package httpapi

import (
	"context"

	"sus/api"
	"sus/backend/store"
	"sus/backend/store/db"
)

// ListaInsatser lists the insatser of the whole country, or one's own.
func (s *server) ListaInsatser(ctx context.Context, r api.ListaInsatserRequestObject) (api.ListaInsatserResponseObject, error) {
	b, p := begaranOf(ctx), r.Params
	page := b.page(p.Limit, p.Offset, string(value(p.Sort)))
	rows, total, err := s.store.Insatser(ctx, b.Begaran, store.InsatsFilter{
		OrganisationID: value(p.OrganisationId), Namn: value(p.Namn), Mina: value(p.Mina), Pagaende: p.Pagaende,
	}, page)
	if err != nil {
		return nil, err
	}
	if b.asFile() {
		return insatsfile.write(ctx, s, convert(rows, toInsats))
	}
	meta, links := paging(b, total, len(rows), page)
	return api.ListaInsatser200JSONResponse{Data: convert(rows, toInsats), UnderscoreMeta: meta, UnderscoreLinks: links}, nil
}

// SkapaInsats creates an insats in the administrator's own organisation.
func (s *server) SkapaInsats(ctx context.Context, r api.SkapaInsatsRequestObject) (api.SkapaInsatsResponseObject, error) {
	b := begaranOf(ctx)
	out, err := s.store.SkapaInsats(ctx, b.Begaran, fromInsats(*r.Body), func(i store.InsatsIOrganisation) (db.Svar, error) {
		return newResponse(place("insatser", i.ID), i.Version, toInsats(i))
	})
	if err != nil {
		return nil, err
	}
	return created(out), nil
}

// HamtaInsats reads one insats.
func (s *server) HamtaInsats(ctx context.Context, r api.HamtaInsatsRequestObject) (api.HamtaInsatsResponseObject, error) {
	i, err := s.store.Insats(ctx, begaranOf(ctx).Begaran, r.InsatsId)
	if err != nil {
		return nil, err
	}
	return api.HamtaInsats200JSONResponse{Body: toInsats(i), Headers: api.HamtaInsats200ResponseHeaders{ETag: etagPointer(i.Version)}}, nil
}

// AndraInsats replaces an insats's fields.
func (s *server) AndraInsats(ctx context.Context, r api.AndraInsatsRequestObject) (api.AndraInsatsResponseObject, error) {
	b := begaranOf(ctx)
	i, err := s.store.AndraInsats(ctx, b.Begaran, r.InsatsId, fromInsats(*r.Body))
	if err != nil {
		return nil, err
	}
	return api.AndraInsats200JSONResponse{Body: toInsats(i), Headers: api.AndraInsats200ResponseHeaders{ETag: etagPointer(i.Version)}}, nil
}
