package httpapi

import (
	"context"
	"maps"
	"net/http"
	"slices"

	"github.com/labstack/echo/v4"

	"sus/api"
	"sus/backend/auth"
	"sus/backend/register"
)

// SkapaInloggning is the first step: number and master password send a code.
func (s *server) SkapaInloggning(ctx context.Context, r api.SkapaInloggningRequestObject) (api.SkapaInloggningResponseObject, error) {
	p, err := register.ParsePersonnummer(r.Body.Personnummer, s.idag())
	if err != nil {
		return nil, err
	}
	u, err := s.auth.Inloggning(ctx, p, fran(r.Body.Huvudlosenord), ur(ctx).adress)
	if err != nil {
		return nil, err
	}
	location := plats("inloggningar", u.ID)
	return api.SkapaInloggning201JSONResponse{Body: toInloggning(u),
		Headers: api.SkapaInloggning201ResponseHeaders{Location: &location}}, nil
}

// AngeKod is the second step: the code is exchanged for tokens.
func (s *server) AngeKod(ctx context.Context, r api.AngeKodRequestObject) (api.AngeKodResponseObject, error) {
	t, err := s.auth.Kod(ctx, r.InloggningId, fran(r.Body.Kod), ur(ctx).adress)
	if err != nil {
		return nil, err
	}
	return api.AngeKod200JSONResponse(toTokens(t)), nil
}

// SkapaToken is RFC 6749's token endpoint: client credentials and refresh.
func (s *server) SkapaToken(ctx context.Context, r api.SkapaTokenRequestObject) (api.SkapaTokenResponseObject, error) {
	in := r.Body
	if err := kravFalt(in); err != nil {
		return nil, err
	}
	var t auth.Tokens
	var err error
	if in.GrantType == api.RefreshToken {
		t, err = s.auth.Fornya(ctx, *in.RefreshToken)
	} else {
		t, err = s.auth.Klientuppgifter(ctx, *in.ClientId, *in.ClientSecret, fran(in.Scope), ur(ctx).adress)
	}
	if err != nil {
		return nil, err
	}
	return api.SkapaToken200JSONResponse(toTokens(t)), nil
}

// kravFalt refuses a form without what its grant_type needs, which a schema of
// OpenAPI 3.0 cannot say.
func kravFalt(in *api.TokenBegaran) error {
	kravs := map[string]*string{"client_id": in.ClientId, "client_secret": in.ClientSecret}
	if in.GrantType == api.RefreshToken {
		kravs = map[string]*string{"refresh_token": in.RefreshToken}
	}
	var fel []register.Faltfel
	for _, namn := range slices.Sorted(maps.Keys(kravs)) {
		if fran(kravs[namn]) == "" {
			fel = append(fel, register.RegelObligatoriskt.Vid("/"+namn, "Skicka "+namn+" i formuläret."))
		}
	}
	if fel == nil {
		return nil
	}
	return nyttAvslag(400, register.RegelOgiltigBegaran, "En uppgift saknas för det slag av begäran som valts (grant_type).").vid(fel...)
}

// LoggaUt ends the session with its tokens.
func (s *server) LoggaUt(ctx context.Context, _ api.LoggaUtRequestObject) (api.LoggaUtResponseObject, error) {
	if err := s.auth.LoggaUt(ctx, ur(ctx).Aktor); err != nil {
		return nil, err
	}
	return api.LoggaUt204Response{}, nil
}

// HamtaJag is who is logged in, with today's roles and uppdrag.
func (s *server) HamtaJag(ctx context.Context, _ api.HamtaJagRequestObject) (api.HamtaJagResponseObject, error) {
	p, err := s.auth.Jag(ctx, ur(ctx).Aktor)
	if err != nil {
		return nil, err
	}
	return api.HamtaJag200JSONResponse(toJag(p)), nil
}

// nyckelvag is outside the contract, whose paths have its version: it is where
// RFC 8615 lets a client look.
const nyckelvag = "/.well-known/jwks.json"

// nyckelrutt publishes the keys that tokens are signed with (RFC 7517), behind
// what stands before every route of the contract.
func (s *server) nyckelrutt(e *echo.Echo) {
	op := &operation{id: "hamtaNycklar", metod: http.MethodGet, vag: nyckelvag, offentlig: true, svarstyper: []string{jsontyp}}
	e.GET(nyckelvag, func(c echo.Context) error {
		kropp, err := s.auth.JWKS(c.Request().Context())
		if err != nil {
			return err
		}
		return c.JSONBlob(http.StatusOK, kropp)
	}, s.medel(op))
}
