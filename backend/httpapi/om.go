package httpapi

import (
	"context"
	"net/http"
	"time"

	"github.com/labstack/echo/v4"

	"sus/api"
	"sus/backend/register"
)

// publicerad is the day this version of the contract was published.
var publicerad = register.NyttDatum(2026, 11, 24)

// HamtaApiInfo is what the national profile asks of every API.
func (s *server) HamtaApiInfo(context.Context, api.HamtaApiInfoRequestObject) (api.HamtaApiInfoResponseObject, error) {
	return api.HamtaApiInfo200JSONResponse{
		ApiName: s.doc.Info.Title, ApiVersion: s.doc.Info.Version, ApiReleased: publicerad,
		ApiDocumentation: s.doc.Servers[0].URL + "/dokumentation", ApiStatus: "beta",
	}, nil
}

// halsotid bounds the readiness check: a probe must not wait for a dead database.
const halsotid = 2 * time.Second

// lever says that the process answers; nothing else is asked.
func (s *server) lever(c echo.Context) error {
	return c.JSONBlob(http.StatusOK, []byte(`{"status":"ok"}`))
}

// redo says whether requests can be served: the database answers, and whatever
// else the program waits for.
func (s *server) redo(c echo.Context) error {
	ctx, avbryt := context.WithTimeout(c.Request().Context(), halsotid)
	defer avbryt()
	if err := s.store.Ping(ctx); err != nil {
		return err
	}
	if _, err := s.auth.JWKS(ctx); err != nil {
		return err
	}
	if s.beredd != nil {
		if err := s.beredd(ctx); err != nil {
			return err
		}
	}
	return c.JSONBlob(http.StatusOK, []byte(`{"status":"ok"}`))
}
