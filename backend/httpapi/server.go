package httpapi

import (
	"context"
	"errors"
	"io/fs"
	"log/slog"
	"net/http"
	"net/netip"
	"strings"
	"sync"
	"time"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/labstack/echo/v4"

	"sus/api"
	"sus/backend/auth"
	"sus/backend/folkbokforing"
	"sus/backend/register"
	"sus/backend/sms"
	"sus/backend/store"
	"sus/backend/store/konto"
	"sus/backend/store/statistik"
)

// Options is what the server is made of. Store, Auth and Folkbokforing are required.
type Options struct {
	Store          *store.Store
	Auth           *auth.Auth
	Folkbokforing  *folkbokforing.Klient
	SMS            *sms.Klient      // read by /demo/sms, in a demo only
	Demo           bool             // opens /demo/sms; elsewhere it is 404
	Clock          func() time.Time // nil: the store's
	Version        string           // of the program
	HTTPS          bool             // the outside is https: sends Strict-Transport-Security
	TrustedProxies []netip.Prefix   // whose X-Forwarded-For is believed; nil: nobody's
	Logger         *slog.Logger     // nil: slog.Default
	Web            fs.FS            // the built web client; nil, or without index.html: none
	// Ready is a further check of /health/ready, nil for none.
	Ready func(context.Context) error
}

// server answers the contract; its exported methods are api.StrictServerInterface.
type server struct {
	store         *store.Store
	statistik     *statistik.Statistik
	auth          *auth.Auth
	konto         *konto.Konto
	folkbokforing *folkbokforing.Klient
	sms           *sms.Klient
	demo          bool
	now           func() time.Time
	version       string
	https         bool
	proxies       []netip.Prefix
	logger        *slog.Logger
	web           fs.FS
	webPage       *webFile // nil: no web client
	ready         func(context.Context) error
	refusals      *refusalLog

	doc     *openapi3.T
	options []openapi3.SchemaValidationOption
}

var _ api.StrictServerInterface = (*server)(nil)

// New is the whole HTTP side of the program. It refuses missing parts, and a
// contract whose operations do not all say who may call them.
func New(o Options) (http.Handler, error) {
	if o.Store == nil || o.Auth == nil || o.Folkbokforing == nil {
		return nil, errors.New("httpapi: Store, Auth och Folkbokforing måste anges")
	}
	s := &server{
		store: o.Store, statistik: statistik.New(o.Store.DB), konto: konto.New(o.Store.DB), auth: o.Auth, folkbokforing: o.Folkbokforing, sms: o.SMS, demo: o.Demo,
		now: o.Clock, version: o.Version, https: o.HTTPS, proxies: o.TrustedProxies,
		logger: o.Logger, web: o.Web, ready: o.Ready,
	}
	s.refusals = newRefusalLog(o.Store)
	if s.now == nil {
		s.now = o.Store.Nu
	}
	if s.logger == nil {
		s.logger = slog.Default()
	}
	var err error
	if s.doc, err = contract(); err != nil {
		return nil, err
	}
	s.options = s.validationOptions()
	return s.routes()
}

// contract is the embedded contract, whole, read once a process: nobody changes it. It
// refuses one that is served elsewhere than its server's address says.
var contract = sync.OnceValues(func() (*openapi3.T, error) {
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
})

// routes registers every route at the root, since a group of Echo's would answer
// 404 where 405 is right.
func (s *server) routes() (http.Handler, error) {
	e := echo.New()
	e.HideBanner, e.HidePort = true, true
	e.HTTPErrorHandler = s.errorHandler
	e.Use(s.root)

	operations, err := readOperations(s.doc)
	if err != nil {
		return nil, err
	}
	middleware := map[string][]echo.MiddlewareFunc{}
	for id, op := range operations {
		middleware[id] = []echo.MiddlewareFunc{s.middleware(op)}
	}
	api.RegisterHandlersWithOptions(e, api.NewStrictHandler(s, []api.StrictMiddlewareFunc{authorizedOnly}), api.RegisterHandlersOptions{BaseURL: bas, OperationMiddlewares: middleware})
	s.keyRoute(e)

	e.GET("/health/live", s.live)
	e.GET("/health/ready", s.readiness)
	e.GET("/demo/sms", s.demoSMS)
	if err := s.documentation(e); err != nil {
		return nil, err
	}
	if err := s.rulePages(e); err != nil {
		return nil, err
	}
	s.sessionRoutes(e, operations)
	if err := s.webClient(e); err != nil {
		return nil, err
	}
	return headMethod{e}, nil
}

// authorizedOnly fails closed: a handler whose route got no middleware of ours never runs.
func authorizedOnly(f api.StrictHandlerFunc, operationID string) api.StrictHandlerFunc {
	return func(c echo.Context, request any) (any, error) {
		if _, ok := c.Request().Context().Value(begaranKey{}).(*begaran); !ok {
			return nil, errors.New("httpapi: " + operationID + " har ingen middleware")
		}
		return f(c, request)
	}
}

// headMethod answers HEAD as GET without the body, on every route.
type headMethod struct{ next *echo.Echo }

func (h headMethod) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.Method == http.MethodHead {
		copied := *r // net/http reads the method of its own request to leave the body out
		copied.Method = http.MethodGet
		r = &copied
	}
	h.next.ServeHTTP(w, r)
}

// idag is today in Europe/Stockholm.
func (s *server) idag() register.Datum { return register.DatumAv(s.now()) }
