package httpapi

import (
	"context"
	"net/http"
	"time"

	"github.com/labstack/echo/v4"

	"sus/api"
	"sus/backend/register"
)

// published is the day this version of the contract was published.
var published = register.NyttDatum(2026, 11, 24)

// HamtaApiInfo is what the national profile asks of every API.
func (s *server) HamtaApiInfo(context.Context, api.HamtaApiInfoRequestObject) (api.HamtaApiInfoResponseObject, error) {
	return api.HamtaApiInfo200JSONResponse{
		ApiName: s.doc.Info.Title, ApiVersion: s.doc.Info.Version, ApiReleased: published,
		ApiDocumentation: s.doc.Servers[0].URL + "/dokumentation", ApiStatus: "beta",
	}, nil
}

// healthDeadline bounds the readiness check: a probe must not wait for a dead database.
const healthDeadline = 2 * time.Second

// live says that the process answers; nothing else is asked.
func (s *server) live(c echo.Context) error {
	return c.JSONBlob(http.StatusOK, []byte(`{"status":"ok"}`))
}

// readiness says whether requests can be served: the database answers, and whatever
// else the program waits for.
func (s *server) readiness(c echo.Context) error {
	ctx, cancel := context.WithTimeout(c.Request().Context(), healthDeadline)
	defer cancel()
	if err := s.store.Ping(ctx); err != nil {
		return err
	}
	if _, err := s.auth.JWKS(ctx); err != nil {
		return err
	}
	if s.ready != nil {
		if err := s.ready(ctx); err != nil {
			return err
		}
	}
	return c.JSONBlob(http.StatusOK, []byte(`{"status":"ok"}`))
}
