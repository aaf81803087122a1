package httpapi

import (
	"context"

	"sus/api"
	"sus/backend/register"
	"sus/backend/store"
	"sus/backend/store/db"
)

// ListaSamverkansorganisationer lists the organisations of the whole country.
func (s *server) ListaSamverkansorganisationer(ctx context.Context, r api.ListaSamverkansorganisationerRequestObject) (api.ListaSamverkansorganisationerResponseObject, error) {
	b, p := begaranOf(ctx), r.Params
	page := b.page(p.Limit, p.Offset, string(value(p.Sort)))
	rows, total, err := s.store.Samverkansorganisationer(ctx, b.Begaran, store.OrganisationFilter{
		Namn: value(p.Namn), Samverkansform: value(p.Samverkansform), Lan: value(p.Lan), Verksamhetsomrade: value(p.Verksamhetsomrade),
	}, page)
	if err != nil {
		return nil, err
	}
	if b.asFile() {
		return organisationsfile.write(ctx, s, convert(rows, toOrganisation))
	}
	meta, links := paging(b, total, len(rows), page)
	return api.ListaSamverkansorganisationer200JSONResponse{Data: convert(rows, toOrganisation), UnderscoreMeta: meta, UnderscoreLinks: links}, nil
}

// SkapaSamverkansorganisation creates an organisation of an approved order.
func (s *server) SkapaSamverkansorganisation(ctx context.Context, r api.SkapaSamverkansorganisationRequestObject) (api.SkapaSamverkansorganisationResponseObject, error) {
	b := begaranOf(ctx)
	out, err := s.store.SkapaSamverkansorganisation(ctx, b.Begaran, fromOrganisation(*r.Body), func(o register.Samverkansorganisation) (db.Svar, error) {
		return newResponse(place("samverkansorganisationer", o.ID), o.Version, toOrganisation(o))
	})
	if err != nil {
		return nil, err
	}
	return created(out), nil
}

// HamtaSamverkansorganisation reads one organisation.
func (s *server) HamtaSamverkansorganisation(ctx context.Context, r api.HamtaSamverkansorganisationRequestObject) (api.HamtaSamverkansorganisationResponseObject, error) {
	o, err := s.store.Samverkansorganisation(ctx, begaranOf(ctx).Begaran, r.OrganisationId)
	if err != nil {
		return nil, err
	}
	return api.HamtaSamverkansorganisation200JSONResponse{Body: toOrganisation(o),
		Headers: api.HamtaSamverkansorganisation200ResponseHeaders{ETag: etagPointer(o.Version)}}, nil
}

// AndraSamverkansorganisation replaces an organisation's fields.
func (s *server) AndraSamverkansorganisation(ctx context.Context, r api.AndraSamverkansorganisationRequestObject) (api.AndraSamverkansorganisationResponseObject, error) {
	b := begaranOf(ctx)
	o, err := s.store.AndraSamverkansorganisation(ctx, b.Begaran, r.OrganisationId, fromOrganisation(*r.Body))
	if err != nil {
		return nil, err
	}
	return api.AndraSamverkansorganisation200JSONResponse{Body: toOrganisation(o),
		Headers: api.AndraSamverkansorganisation200ResponseHeaders{ETag: etagPointer(o.Version)}}, nil
}
