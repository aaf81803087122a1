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
	u, err := s.auth.Inloggning(ctx, p, value(r.Body.Huvudlosenord), begaranOf(ctx).address)
	if err != nil {
		return nil, err
	}
	location := place("inloggningar", u.ID)
	return api.SkapaInloggning201JSONResponse{Body: toInloggning(u),
		Headers: api.SkapaInloggning201ResponseHeaders{Location: &location}}, nil
}

// AngeKod is the second step: the code is exchanged for tokens.
func (s *server) AngeKod(ctx context.Context, r api.AngeKodRequestObject) (api.AngeKodResponseObject, error) {
	t, err := s.auth.Kod(ctx, r.InloggningId, value(r.Body.Kod), begaranOf(ctx).address)
	if err != nil {
		return nil, err
	}
	return api.AngeKod200JSONResponse(toTokens(t)), nil
}

// SkapaToken is RFC 6749's token endpoint: client credentials and refresh.
func (s *server) SkapaToken(ctx context.Context, r api.SkapaTokenRequestObject) (api.SkapaTokenResponseObject, error) {
	in := r.Body
	if err := requireFields(in); err != nil {
		return nil, err
	}
	var t auth.Tokens
	var err error
	if in.GrantType == api.RefreshToken {
		t, err = s.auth.Fornya(ctx, *in.RefreshToken)
	} else {
		t, err = s.auth.Klientuppgifter(ctx, *in.ClientId, *in.ClientSecret, value(in.Scope), begaranOf(ctx).address)
	}
	if err != nil {
		return nil, err
	}
	return api.SkapaToken200JSONResponse(toTokens(t)), nil
}

// requireFields refuses a form without what its grant_type needs, which a schema of
// OpenAPI 3.0 cannot say.
func requireFields(in *api.TokenBegaran) error {
	needed := map[string]*string{"client_id": in.ClientId, "client_secret": in.ClientSecret}
	if in.GrantType == api.RefreshToken {
		needed = map[string]*string{"refresh_token": in.RefreshToken}
	}
	var faults []register.Faltfel
	for _, name := range slices.Sorted(maps.Keys(needed)) {
		if value(needed[name]) == "" {
			faults = append(faults, register.RegelObligatoriskt.Vid("/"+name, "Skicka "+name+" i formuläret."))
		}
	}
	if faults == nil {
		return nil
	}
	return newRefusal(400, register.RegelOgiltigBegaran, "En uppgift saknas för det slag av begäran som valts (grant_type).").at(faults...)
}

// LoggaUt ends the session with its tokens.
func (s *server) LoggaUt(ctx context.Context, _ api.LoggaUtRequestObject) (api.LoggaUtResponseObject, error) {
	if err := s.auth.LoggaUt(ctx, begaranOf(ctx).Aktor); err != nil {
		return nil, err
	}
	return api.LoggaUt204Response{}, nil
}

// HamtaJag is who is logged in, with today's roles and uppdrag.
func (s *server) HamtaJag(ctx context.Context, _ api.HamtaJagRequestObject) (api.HamtaJagResponseObject, error) {
	p, err := s.auth.Jag(ctx, begaranOf(ctx).Aktor)
	if err != nil {
		return nil, err
	}
	return api.HamtaJag200JSONResponse(toJag(p)), nil
}

// keyPath is outside the contract, whose paths have its version: it is where
// RFC 8615 lets a client look.
const keyPath = "/.well-known/jwks.json"

// keyRoute publishes the keys that tokens are signed with (RFC 7517), behind
// what stands before every route of the contract.
func (s *server) keyRoute(e *echo.Echo) {
	op := &operation{id: "hamtaNycklar", method: http.MethodGet, path: keyPath, public: true, mediaTypes: []string{jsonType}}
	e.GET(keyPath, func(c echo.Context) error {
		body, err := s.auth.JWKS(c.Request().Context())
		if err != nil {
			return err
		}
		return c.JSONBlob(http.StatusOK, body)
	}, s.middleware(op))
}
