package httpapi

import (
	"context"

	"sus/api"
	"sus/backend/store"
)

// ListaKodverk lists the dated rows of the code lists.
func (s *server) ListaKodverk(ctx context.Context, r api.ListaKodverkRequestObject) (api.ListaKodverkResponseObject, error) {
	b, p := ur(ctx), r.Params
	sida := sida(p.Limit, p.Offset, "")
	rader, totalt, err := s.store.KodverkRader(ctx, b.Begaran, store.KodverkFilter{Kodverk: fran(p.Kodverk), GiltigPa: p.GiltigPa}, sida)
	if err != nil {
		return nil, err
	}
	meta, lankar := lista(b, totalt, len(rader), sida)
	return api.ListaKodverk200JSONResponse{Data: konvertera(rader, toKodrad), UnderscoreMeta: meta, UnderscoreLinks: lankar}, nil
}

// ListaKommuner lists SCB's kommuner.
func (s *server) ListaKommuner(ctx context.Context, r api.ListaKommunerRequestObject) (api.ListaKommunerResponseObject, error) {
	b, p := ur(ctx), r.Params
	sida := sida(p.Limit, p.Offset, "")
	rader, totalt, err := s.store.Kommuner(ctx, b.Begaran, store.KommunFilter{Lan: fran(p.Lan), Namn: fran(p.Namn)}, sida)
	if err != nil {
		return nil, err
	}
	meta, lankar := lista(b, totalt, len(rader), sida)
	return api.ListaKommuner200JSONResponse{Data: konvertera(rader, toKommun), UnderscoreMeta: meta, UnderscoreLinks: lankar}, nil
}
