package httpapi

import (
	"context"

	"sus/api"
	"sus/backend/store"
)

// ListaKodverk lists the dated rows of the code lists.
func (s *server) ListaKodverk(ctx context.Context, r api.ListaKodverkRequestObject) (api.ListaKodverkResponseObject, error) {
	b, p := begaranOf(ctx), r.Params
	page := pageOf(p.Limit, p.Offset, "")
	rows, total, err := s.store.KodverkRader(ctx, b.Begaran, store.KodverkFilter{Kodverk: value(p.Kodverk), GiltigPa: p.GiltigPa}, page)
	if err != nil {
		return nil, err
	}
	meta, links := paging(b, total, len(rows), page)
	return api.ListaKodverk200JSONResponse{Data: convert(rows, toKodrad), UnderscoreMeta: meta, UnderscoreLinks: links}, nil
}

// ListaKommuner lists SCB's kommuner.
func (s *server) ListaKommuner(ctx context.Context, r api.ListaKommunerRequestObject) (api.ListaKommunerResponseObject, error) {
	b, p := begaranOf(ctx), r.Params
	page := pageOf(p.Limit, p.Offset, "")
	rows, total, err := s.store.Kommuner(ctx, b.Begaran, store.KommunFilter{Lan: value(p.Lan), Namn: value(p.Namn)}, page)
	if err != nil {
		return nil, err
	}
	meta, links := paging(b, total, len(rows), page)
	return api.ListaKommuner200JSONResponse{Data: convert(rows, toKommun), UnderscoreMeta: meta, UnderscoreLinks: links}, nil
}
