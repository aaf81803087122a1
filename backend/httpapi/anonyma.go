package httpapi

import (
	"context"

	"github.com/google/uuid"

	"sus/api"
	"sus/backend/register"
	"sus/backend/store/db"
)

// ListaAnonyma lists the anonymous participants of an own insats.
func (s *server) ListaAnonyma(ctx context.Context, r api.ListaAnonymaRequestObject) (api.ListaAnonymaResponseObject, error) {
	b := begaranOf(ctx)
	page := pageOf(r.Params.Limit, r.Params.Offset, "")
	rows, total, err := s.store.ListaAnonyma(ctx, b.Begaran, r.InsatsId, int(value(r.Params.Inregistreringsar)), page)
	if err != nil {
		return nil, err
	}
	meta, links := paging(b, total, len(rows), page)
	return api.ListaAnonyma200JSONResponse{Data: convert(rows, toAnonyma), UnderscoreMeta: meta, UnderscoreLinks: links}, nil
}

// SkapaAnonyma registers participants without identity: a year and two counts.
func (s *server) SkapaAnonyma(ctx context.Context, r api.SkapaAnonymaRequestObject) (api.SkapaAnonymaResponseObject, error) {
	b := begaranOf(ctx)
	out, err := s.store.SkapaAnonyma(ctx, b.Begaran, r.InsatsId, fromAnonyma(*r.Body), func(a register.Anonyma) (db.Svar, error) {
		if b.Provkor {
			return dryRun(a.Varningar)
		}
		return newResponse(place("insatser", a.InsatsID)+"/anonyma", a.Version, toAnonyma(a))
	})
	if err != nil {
		return nil, err
	}
	return created(out), nil
}

// RattaAnonyma corrects year and counts of one registration, with a reason.
func (s *server) RattaAnonyma(ctx context.Context, r api.RattaAnonymaRequestObject) (api.RattaAnonymaResponseObject, error) {
	b := begaranOf(ctx)
	in := register.Anonymregistrering{Inregistreringsar: int(r.Body.Inregistreringsar), AntalKvinnor: int(r.Body.AntalKvinnor), AntalMan: int(r.Body.AntalMan)}
	a, err := s.store.RattaAnonyma(ctx, b.Begaran, r.AnonymaId, in, r.Body.Skal)
	if err != nil {
		return nil, err
	}
	return api.RattaAnonyma200JSONResponse{Body: toAnonyma(a), Headers: api.RattaAnonyma200ResponseHeaders{ETag: etagPointer(a.Version)}}, nil
}

// ListaAnonymaVersioner lists what a registration has said, oldest first.
func (s *server) ListaAnonymaVersioner(ctx context.Context, r api.ListaAnonymaVersionerRequestObject) (api.ListaAnonymaVersionerResponseObject, error) {
	b := begaranOf(ctx)
	page := pageOf(r.Params.Limit, r.Params.Offset, "")
	all, err := s.store.AnonymaVersioner(ctx, b.Begaran, r.AnonymaId)
	if err != nil {
		return nil, err
	}
	rows := db.Av(page, all)
	names, err := s.konto.Namn(ctx, convert(rows, func(v register.Anonymaversion) uuid.UUID { return v.RegistreradAv })...)
	if err != nil {
		return nil, err
	}
	meta, links := paging(b, len(all), len(rows), page)
	return api.ListaAnonymaVersioner200JSONResponse{Data: convert(rows, func(v register.Anonymaversion) api.AnonymaVersion { return toAnonymaVersion(v, names) }), UnderscoreMeta: meta, UnderscoreLinks: links}, nil
}
