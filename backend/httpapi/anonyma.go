package httpapi

import (
	"context"

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
		return newResponse(place("insatser", a.InsatsID)+"/anonyma", 0, toAnonyma(a))
	})
	if err != nil {
		return nil, err
	}
	return created(out), nil
}
