package httpapi

import (
	"context"

	"github.com/google/uuid"

	"sus/api"
	"sus/backend/store/db"
	"sus/backend/store/konto"
)

// ListaOrganisationsuppdrag lists who has uppdrag in an organisation and its insatser.
func (s *server) ListaOrganisationsuppdrag(ctx context.Context, r api.ListaOrganisationsuppdragRequestObject) (api.ListaOrganisationsuppdragResponseObject, error) {
	b := begaranOf(ctx)
	page := b.page(r.Params.Limit, r.Params.Offset, "")
	all, err := s.konto.Organisationsuppdrag(ctx, b.Begaran, r.OrganisationId)
	if err != nil {
		return nil, err
	}
	rows := db.Av(page, all)
	if b.asFile() {
		return uppdragsfile.write(ctx, s, convert(rows, toUppdragspost))
	}
	meta, links := paging(b, len(all), len(rows), page)
	return api.ListaOrganisationsuppdrag200JSONResponse{Data: convert(rows, toUppdragspost), UnderscoreMeta: meta, UnderscoreLinks: links}, nil
}

// ListaInsatsuppdrag lists who has uppdrag in an insats.
func (s *server) ListaInsatsuppdrag(ctx context.Context, r api.ListaInsatsuppdragRequestObject) (api.ListaInsatsuppdragResponseObject, error) {
	b := begaranOf(ctx)
	page := b.page(r.Params.Limit, r.Params.Offset, "")
	all, err := s.konto.Insatsuppdrag(ctx, b.Begaran, r.InsatsId)
	if err != nil {
		return nil, err
	}
	rows := db.Av(page, all)
	if b.asFile() {
		return uppdragsfile.write(ctx, s, convert(rows, toUppdragspost))
	}
	meta, links := paging(b, len(all), len(rows), page)
	return api.ListaInsatsuppdrag200JSONResponse{Data: convert(rows, toUppdragspost), UnderscoreMeta: meta, UnderscoreLinks: links}, nil
}

// ListaUppdragstagare lists to whom an uppdrag of a role can be given.
func (s *server) ListaUppdragstagare(ctx context.Context, r api.ListaUppdragstagareRequestObject) (api.ListaUppdragstagareResponseObject, error) {
	b := begaranOf(ctx)
	page := pageOf(r.Params.Limit, r.Params.Offset, "")
	all, err := s.konto.Uppdragstagare(ctx, b.Begaran, r.OrganisationId, r.Params.Roll)
	if err != nil {
		return nil, err
	}
	rows := db.Av(page, all)
	meta, links := paging(b, len(all), len(rows), page)
	return api.ListaUppdragstagare200JSONResponse{Data: convert(rows, toUppdragstagare), UnderscoreMeta: meta, UnderscoreLinks: links}, nil
}

// SkapaOrganisationsuppdrag gives an uppdrag in an organisation as such.
func (s *server) SkapaOrganisationsuppdrag(ctx context.Context, r api.SkapaOrganisationsuppdragRequestObject) (api.SkapaOrganisationsuppdragResponseObject, error) {
	out, err := s.konto.SkapaUppdrag(ctx, begaranOf(ctx).Begaran, r.OrganisationId, uuid.Nil, fromNyttUppdrag(*r.Body), givet)
	if err != nil {
		return nil, err
	}
	return created(out), nil
}

// SkapaInsatsuppdrag gives an uppdrag in an insats.
func (s *server) SkapaInsatsuppdrag(ctx context.Context, r api.SkapaInsatsuppdragRequestObject) (api.SkapaInsatsuppdragResponseObject, error) {
	out, err := s.konto.SkapaUppdrag(ctx, begaranOf(ctx).Begaran, uuid.Nil, r.InsatsId, fromNyttUppdrag(*r.Body), givet)
	if err != nil {
		return nil, err
	}
	return created(out), nil
}

// givet answers with the list that the new uppdrag stands in: it has no page of its own.
func givet(u konto.Uppdragspost) (db.Svar, error) {
	where := place("samverkansorganisationer", u.OrganisationID)
	if u.InsatsID != uuid.Nil {
		where = place("insatser", u.InsatsID)
	}
	out := toUppdragspost(u)
	out.Innehavare, out.Arbetsgivare = nil, nil // what is kept for a repeated call names nobody
	return newResponse(where+"/uppdrag", u.Version, out)
}

// AndraUppdrag gives an uppdrag another last day.
func (s *server) AndraUppdrag(ctx context.Context, r api.AndraUppdragRequestObject) (api.AndraUppdragResponseObject, error) {
	u, err := s.konto.AndraUppdrag(ctx, begaranOf(ctx).Begaran, r.UppdragId, r.Body.TillOchMed)
	if err != nil {
		return nil, err
	}
	return api.AndraUppdrag200JSONResponse{Body: toUppdragspost(u), Headers: api.AndraUppdrag200ResponseHeaders{ETag: etagPointer(u.Version)}}, nil
}
