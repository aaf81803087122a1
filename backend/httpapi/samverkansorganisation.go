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
	b, p := ur(ctx), r.Params
	sida := sida(p.Limit, p.Offset, string(fran(p.Sort)))
	rader, totalt, err := s.store.Samverkansorganisationer(ctx, b.Begaran, store.OrganisationFilter{
		Namn: fran(p.Namn), Samverkansform: fran(p.Samverkansform), Lan: fran(p.Lan), Verksamhetsomrade: fran(p.Verksamhetsomrade),
	}, sida)
	if err != nil {
		return nil, err
	}
	meta, lankar := lista(b, totalt, len(rader), sida)
	return api.ListaSamverkansorganisationer200JSONResponse{Data: konvertera(rader, toOrganisation), UnderscoreMeta: meta, UnderscoreLinks: lankar}, nil
}

// SkapaSamverkansorganisation creates an organisation of an approved order.
func (s *server) SkapaSamverkansorganisation(ctx context.Context, r api.SkapaSamverkansorganisationRequestObject) (api.SkapaSamverkansorganisationResponseObject, error) {
	b := ur(ctx)
	ut, err := s.store.SkapaSamverkansorganisation(ctx, b.Begaran, fromOrganisation(*r.Body), func(o register.Samverkansorganisation) (db.Svar, error) {
		return nyttSvar(plats("samverkansorganisationer", o.ID), o.Version, toOrganisation(o))
	})
	if err != nil {
		return nil, err
	}
	return skapat(ut), nil
}

// HamtaSamverkansorganisation reads one organisation.
func (s *server) HamtaSamverkansorganisation(ctx context.Context, r api.HamtaSamverkansorganisationRequestObject) (api.HamtaSamverkansorganisationResponseObject, error) {
	o, err := s.store.Samverkansorganisation(ctx, ur(ctx).Begaran, r.OrganisationId)
	if err != nil {
		return nil, err
	}
	return api.HamtaSamverkansorganisation200JSONResponse{Body: toOrganisation(o),
		Headers: api.HamtaSamverkansorganisation200ResponseHeaders{ETag: etagPekare(o.Version)}}, nil
}

// AndraSamverkansorganisation replaces an organisation's fields.
func (s *server) AndraSamverkansorganisation(ctx context.Context, r api.AndraSamverkansorganisationRequestObject) (api.AndraSamverkansorganisationResponseObject, error) {
	b := ur(ctx)
	o, err := s.store.AndraSamverkansorganisation(ctx, b.Begaran, r.OrganisationId, fromOrganisation(*r.Body))
	if err != nil {
		return nil, err
	}
	return api.AndraSamverkansorganisation200JSONResponse{Body: toOrganisation(o),
		Headers: api.AndraSamverkansorganisation200ResponseHeaders{ETag: etagPekare(o.Version)}}, nil
}
