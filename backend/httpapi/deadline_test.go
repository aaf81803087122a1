package httpapi

import (
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"sus/backend/httpapi/httpapitest"
	"sus/backend/store"
	"sus/backend/store/db"
)

// throughCable starts a server whose store reaches PostgreSQL through a cable that a
// test may cut or let hang.
func (p *harness) throughCable() *cable {
	t := p.t
	t.Helper()
	l := newCable(t, p.Kluster.SocketDir())
	d, err := db.Open(strings.Replace(p.AppURL, p.Kluster.SocketDir(), l.directory, 1), db.Options{Nycklar: p.Nycklar, Klocka: p.st.Nu})
	must(t, err)
	t.Cleanup(func() { _ = d.Close() })
	p.startWith(store.New(d, store.Options{}))
	return l
}

// inventedCookie is what a browser of ours would send, but of no session.
func (p *harness) inventedCookie() headers {
	return headers{"Cookie": cookieName + "=" + strings.Repeat("x", 43), "X-SUS-CSRF": strings.Repeat("y", 43), "Origin": p.bas, "Sec-Fetch-Site": "same-origin"}
}

// request is one of the router's routes, as somebody asks for it.
type request struct {
	name, method, path string
	body               any
	headers            headers
	status             int // 0: any, as long as it comes
}

// everyRoute is a request for each route that the router has. Those of the contract
// are valid, so that they come as far as the database, and are asked for with an
// invented cookie too.
func (p *harness) everyRoute(t *testing.T) []request {
	t.Helper()
	operations, err := readOperations(validContract(t))
	must(t, err)
	p.aktor("MASKIN A1")
	routed := map[string]*operation{} // the router's own spelling of a path
	for _, op := range operations {
		routed[op.method+" "+strings.NewReplacer("{", ":", "}", "").Replace(op.path)] = op
	}
	cookie := p.inventedCookie()
	var all []request
	for _, r := range p.router.Routes() {
		name := r.Method + " " + r.Path
		path := strings.ReplaceAll(r.Path, ":inloggningId", uuid.NewString())
		op, ofContract := routed[name]
		delete(routed, name)
		switch {
		case ofContract:
			line := httpapitest.Operations[op.id]
			who := line.Roll // somebody of förbund A, insats A1
			switch who {
			case "DELTAGARANSVARIG":
				who += " A1"
			case "SAMVERKANSADMINISTRATOR":
				who += " A"
			}
			a := p.valid(op, who, matrixTargets[0])
			a.name, a.status = name, 503
			if line.NoDatabase {
				a.status = 200
			}
			if !op.public {
				b := a
				b.name, b.headers = name+" with a cookie", cookie
				all = append(all, b)
				if a.headers["Authorization"] == "" {
					a.headers["Authorization"] = "Bearer " + p.aktor(who).token
				}
			}
			all = append(all, a)
		case r.Path == "/session":
			all = append(all, request{name, r.Method, path, nil, cookie, 503})
		case r.Path == "/session/inloggningar":
			all = append(all, request{name, r.Method, path, p.inloggning("DELTAGARANSVARIG A1"), cookie, 503})
		case strings.HasPrefix(r.Path, "/session/inloggningar/"):
			all = append(all, request{name, r.Method, path, map[string]string{"kod": "123456"}, cookie, 503})
		case r.Path == "/health/ready":
			all = append(all, request{name, r.Method, path, nil, nil, 503})
		default:
			all = append(all, request{name, r.Method, path, nil, cookie, 0})
		}
	}
	for name := range routed {
		t.Errorf("%s is in the contract and not in the router", name)
	}
	return all
}

// send gives what was answered, or 0, and how long it took.
func (p *harness) send(r request) (status int, took time.Duration) {
	start := time.Now()
	defer func() { took = time.Since(start) }()
	return p.callUnchecked("", r.method, r.path, r.body, r.headers).status, took
}

func TestEveryRouteAnswersWithinSecondsWhenTheDatabaseIsDead(t *testing.T) {
	t.Parallel() // as do the others that wait for a deadline
	p := newHarnessWith(t, builtWeb)
	l := p.throughCable()
	all := p.everyRoute(t)
	if len(all) < 40 {
		t.Fatalf("the router has %d routes: the test no longer sees them", len(all))
	}
	l.hanging.Store(true)
	var g sync.WaitGroup
	for _, r := range all {
		g.Go(func() {
			status, took := p.send(r)
			if r.status != 0 && status != r.status {
				t.Errorf("%s answered %d, not %d", r.name, status, r.status)
			}
			bound := deadline + time.Second
			if strings.HasPrefix(r.path, "/health/") {
				bound = healthDeadline + time.Second
			}
			if took > bound {
				t.Errorf("%s answered after %v", r.name, took)
			}
		})
	}
	g.Wait()
}

func TestInventedCookiesDoNotHoldTheServerForOthers(t *testing.T) {
	t.Parallel()
	p := newHarness(t)
	l := p.throughCable()
	cookie := p.inventedCookie()
	twenty := func(each func(method string, status int, took time.Duration)) *sync.WaitGroup {
		var g sync.WaitGroup
		for i := range 20 {
			g.Go(func() {
				method := []string{http.MethodGet, http.MethodDelete}[i%2]
				status, took := p.send(request{method: method, path: "/session", headers: cookie})
				each(method, status, took)
			})
		}
		return &g
	}
	opened := map[string]int{"GET": 401, "DELETE": 204}
	twenty(func(method string, status int, _ time.Duration) { // opens all connections of the pool
		if status != opened[method] {
			t.Errorf("%s /session with an invented cookie answered %d", method, status)
		}
	}).Wait()
	l.hanging.Store(true)
	g := twenty(func(method string, status int, took time.Duration) {
		if status != 503 || took > deadline+time.Second {
			t.Errorf("%s /session answered %d after %v", method, status, took)
		}
	})
	time.Sleep(time.Second) // they have asked, and their answers are lost
	l.hanging.Store(false)
	g.Wait()
	start := time.Now()
	p.expect(200, "DELTAGARANSVARIG A1", "GET", "/v1/insatser", nil, nil)
	if took := time.Since(start); took > deadline {
		t.Errorf("others were served after %v", took)
	}
}
