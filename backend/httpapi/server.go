package httpapi

import (
	"context"
	"errors"
	"io/fs"
	"log/slog"
	"net/http"
	"net/netip"
	"strings"
	"time"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/labstack/echo/v4"

	"sus/api"
	"sus/backend/auth"
	"sus/backend/folkbokforing"
	"sus/backend/register"
	"sus/backend/sms"
	"sus/backend/store"
	"sus/backend/store/statistik"
)

// Options is what the server is made of. Store, Auth and Folkbokforing are required.
type Options struct {
	Store         *store.Store
	Auth          *auth.Auth
	Folkbokforing *folkbokforing.Klient
	SMS           *sms.Klient      // read by /demo/sms, in a demo only
	Demo          bool             // opens /demo/sms; elsewhere it is 404
	Klocka        func() time.Time // nil: the store's
	Version       string           // of the program
	HTTPS         bool             // the outside is https: sends Strict-Transport-Security
	BetroddProxy  []netip.Prefix   // whose X-Forwarded-For is believed; nil: nobody's
	Logg          *slog.Logger     // nil: slog.Default
	Webb          fs.FS            // the built web client; nil, or without index.html: none
	// Beredd is a further check of /health/ready, nil for none.
	Beredd func(context.Context) error
}

// server answers the contract; its exported methods are api.StrictServerInterface.
type server struct {
	store         *store.Store
	statistik     *statistik.Statistik
	auth          *auth.Auth
	folkbokforing *folkbokforing.Klient
	sms           *sms.Klient
	demo          bool
	nu            func() time.Time
	version       string
	https         bool
	proxy         []netip.Prefix
	logg          *slog.Logger
	webb          fs.FS
	webbsida      *webbfil // nil: no web client
	beredd        func(context.Context) error

	doc *openapi3.T
	val []openapi3.SchemaValidationOption
}

var _ api.StrictServerInterface = (*server)(nil)

// New is the whole HTTP side of the program. It refuses missing parts, and a
// contract whose operations do not all say who may call them.
func New(o Options) (http.Handler, error) {
	if o.Store == nil || o.Auth == nil || o.Folkbokforing == nil {
		return nil, errors.New("httpapi: Store, Auth och Folkbokforing måste anges")
	}
	s := &server{
		store: o.Store, statistik: statistik.New(o.Store.DB), auth: o.Auth, folkbokforing: o.Folkbokforing, sms: o.SMS, demo: o.Demo,
		nu: o.Klocka, version: o.Version, https: o.HTTPS, proxy: o.BetroddProxy,
		logg: o.Logg, webb: o.Webb, beredd: o.Beredd,
	}
	if s.nu == nil {
		s.nu = o.Store.Nu
	}
	if s.logg == nil {
		s.logg = slog.Default()
	}
	var err error
	if s.doc, err = kontrakt(); err != nil {
		return nil, err
	}
	s.val = s.valideringsval()
	return s.rutter()
}

// kontrakt is the embedded contract, whole. It refuses one that is served elsewhere
// than its server's address says.
func kontrakt() (*openapi3.T, error) {
	doc, err := api.GetSpec()
	if err != nil {
		return nil, err
	}
	if len(doc.Servers) != 1 || !strings.HasSuffix(doc.Servers[0].URL, bas) {
		return nil, errors.New("kontraktet: serverns adress ska sluta på " + bas)
	}
	for _, post := range doc.Paths.Map() {
		for _, o := range post.Operations() {
			if o.OperationID == "" {
				return nil, errors.New("kontraktet: en operation saknar operationId")
			}
		}
	}
	return doc, nil
}

// rutter registers every route at the root, since a group of Echo's would answer
// 404 where 405 is right.
func (s *server) rutter() (http.Handler, error) {
	e := echo.New()
	e.HideBanner, e.HidePort = true, true
	e.HTTPErrorHandler = s.felhantering
	e.Use(s.rot)

	operationer, err := lasOperationer(s.doc)
	if err != nil {
		return nil, err
	}
	medel := map[string][]echo.MiddlewareFunc{}
	for id, op := range operationer {
		medel[id] = []echo.MiddlewareFunc{s.medel(op)}
	}
	api.RegisterHandlersWithOptions(e, api.NewStrictHandler(s, []api.StrictMiddlewareFunc{barabehorig}), api.RegisterHandlersOptions{BaseURL: bas, OperationMiddlewares: medel})
	s.nyckelrutt(e)

	e.GET("/health/live", s.lever)
	e.GET("/health/ready", s.redo)
	e.GET("/demo/sms", s.demoSMS)
	if err := s.dokumentation(e, operationer); err != nil {
		return nil, err
	}
	if err := s.felsidor(e); err != nil {
		return nil, err
	}
	s.sessionsrutter(e, operationer)
	if err := s.webbklient(e); err != nil {
		return nil, err
	}
	return huvudmetod{e}, nil
}

// barabehorig fails closed: a handler whose route got no middleware of ours never runs.
func barabehorig(f api.StrictHandlerFunc, operationID string) api.StrictHandlerFunc {
	return func(c echo.Context, request any) (any, error) {
		if _, ok := c.Request().Context().Value(begaranNyckel{}).(*begaran); !ok {
			return nil, errors.New("httpapi: " + operationID + " saknar mellanled")
		}
		return f(c, request)
	}
}

// huvudmetod answers HEAD as GET without the body, on every route.
type huvudmetod struct{ next *echo.Echo }

func (h huvudmetod) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.Method == http.MethodHead {
		kopia := *r // net/http reads the method of its own request to leave the body out
		kopia.Method = http.MethodGet
		r = &kopia
	}
	h.next.ServeHTTP(w, r)
}

// idag is today in Europe/Stockholm.
func (s *server) idag() register.Datum { return register.DatumAv(s.nu()) }
