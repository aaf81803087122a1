package httpapi

import (
	"context"

	"sus/api"
	"sus/backend/register"
	"sus/backend/store"
	"sus/backend/store/db"
)

// ListaFragor lists an organisation's questions, or those that a form has to ask.
func (s *server) ListaFragor(ctx context.Context, r api.ListaFragorRequestObject) (api.ListaFragorResponseObject, error) {
	b, p := begaranOf(ctx), r.Params
	page := b.page(p.Limit, p.Offset, "")
	rows, total, version, err := s.store.Fragor(ctx, r.OrganisationId, store.FrageFilter{Dag: p.Dag, Matning: value(p.Matning)}, page)
	if err != nil {
		return nil, err
	}
	if b.asFile() {
		return fragefile.write(ctx, s, convert(rows, toFraga))
	}
	meta, links := paging(b, total, len(rows), page)
	return api.ListaFragor200JSONResponse{Body: toFragaLista(rows, meta, links),
		Headers: api.ListaFragor200ResponseHeaders{ETag: etagPointer(version)}}, nil
}

// SkapaFraga makes the last question of an organisation.
func (s *server) SkapaFraga(ctx context.Context, r api.SkapaFragaRequestObject) (api.SkapaFragaResponseObject, error) {
	out, err := s.store.SkapaFraga(ctx, begaranOf(ctx).Begaran, r.OrganisationId, fromNyFraga(*r.Body), func(f register.Fraga) (db.Svar, error) {
		return newResponse(place("fragor", f.ID), f.Version, toFraga(f))
	})
	if err != nil {
		return nil, err
	}
	return created(out), nil
}

// HamtaFraga reads one question.
func (s *server) HamtaFraga(ctx context.Context, r api.HamtaFragaRequestObject) (api.HamtaFragaResponseObject, error) {
	f, err := s.store.Fraga(ctx, r.FragaId)
	if err != nil {
		return nil, err
	}
	return api.HamtaFraga200JSONResponse{Body: toFraga(f), Headers: api.HamtaFraga200ResponseHeaders{ETag: etagPointer(f.Version)}}, nil
}

// AndraFraga writes a question anew, or closes it.
func (s *server) AndraFraga(ctx context.Context, r api.AndraFragaRequestObject) (api.AndraFragaResponseObject, error) {
	f, err := s.store.AndraFraga(ctx, begaranOf(ctx).Begaran, r.FragaId, fromNyFraga(*r.Body))
	if err != nil {
		return nil, err
	}
	return api.AndraFraga200JSONResponse{Body: toFraga(f), Headers: api.AndraFraga200ResponseHeaders{ETag: etagPointer(f.Version)}}, nil
}

// OrdnaFragor puts all the questions of an organisation in an order.
func (s *server) OrdnaFragor(ctx context.Context, r api.OrdnaFragorRequestObject) (api.OrdnaFragorResponseObject, error) {
	o, err := s.store.OrdnaFragor(ctx, begaranOf(ctx).Begaran, r.OrganisationId, r.Body.Fragor)
	if err != nil {
		return nil, err
	}
	return api.OrdnaFragor200JSONResponse{Body: toFrageordning(o),
		Headers: api.OrdnaFragor200ResponseHeaders{ETag: etagPointer(o.Version)}}, nil
}
