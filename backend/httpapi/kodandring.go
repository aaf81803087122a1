package httpapi

import (
	"context"

	"sus/api"
	"sus/backend/rapport"
	"sus/backend/register"
	"sus/backend/store/db"
)

// SkapaKod puts a new code in a list.
func (s *server) SkapaKod(ctx context.Context, r api.SkapaKodRequestObject) (api.SkapaKodResponseObject, error) {
	out, err := s.store.SkapaKod(ctx, begaranOf(ctx).Begaran, fromNyKod(r.Kodverk, *r.Body), func(k register.DateradKod) (db.Svar, error) {
		return newResponse("/v1/kodverk/"+string(k.Kodverk)+"/koder/"+k.Kod, k.Version, toDateradKod(k))
	})
	if err != nil {
		return nil, err
	}
	return created(out), nil
}

// HamtaKod reads a code with its dated rows.
func (s *server) HamtaKod(ctx context.Context, r api.HamtaKodRequestObject) (api.HamtaKodResponseObject, error) {
	k, err := s.store.DateradKod(ctx, r.Kodverk, r.Kod)
	if err != nil {
		return nil, err
	}
	return api.HamtaKod200JSONResponse{Body: toDateradKod(k), Headers: api.HamtaKod200ResponseHeaders{ETag: etagPointer(k.Version)}}, nil
}

// AndraKod says otherwise of a code from a day, or ends it.
func (s *server) AndraKod(ctx context.Context, r api.AndraKodRequestObject) (api.AndraKodResponseObject, error) {
	k, err := s.store.AndraKod(ctx, begaranOf(ctx).Begaran, r.Kodverk, r.Kod, fromKodandring(*r.Body))
	if err != nil {
		return nil, err
	}
	return api.AndraKod200JSONResponse{Body: toDateradKod(k), Headers: api.AndraKod200ResponseHeaders{ETag: etagPointer(k.Version)}}, nil
}

// HamtaKodpaverkan counts what a change of a code touches.
func (s *server) HamtaKodpaverkan(ctx context.Context, r api.HamtaKodpaverkanRequestObject) (api.HamtaKodpaverkanResponseObject, error) {
	bruk, err := s.store.Kodanvandning(ctx, begaranOf(ctx).Begaran, r.Kodverk, r.Kod, r.Params.GiltigTom)
	if err != nil {
		return nil, err
	}
	return api.HamtaKodpaverkan200JSONResponse{Anvandning: convert(bruk, toKodanvandning), Rapporter: append([]string{}, rapport.SkriverUt(r.Kodverk)...)}, nil
}
