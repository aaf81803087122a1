package httpapi

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"

	"sus/backend/register"
	"sus/backend/store/db"
)

// bas is where the contract's paths begin: its server's address ends with it, the
// paths do not repeat it. Routes, links and the page's addresses have it from here.
const bas = "/v1"

// Pseudo roles of the contract's x-roles.
const rollInloggad = "INLOGGAD"

// operation is what the contract says about one operation, read once at start.
type operation struct {
	id      string
	method  string
	path    string // whole: /v1/insatser/{insatsId}
	public  bool
	anyRole bool // any role will do
	roller  []register.Roll
	scopes  []register.Scope

	pathParameters []parameter
	query          []parameter
	headers        []parameter
	ifMatch        bool
	firstWithout   bool // If-Match may be left out while nothing is there
	idempotens     bool
	provkor        bool             // may be tried without being done
	body           *openapi3.Schema // nil: no body is read
	mediaType      string
	bodyRequired   bool
	mediaTypes     []string // media types of the 200, what Accept is held against
}

// parameter is one parameter of an operation.
type parameter struct {
	name     string
	required bool
	schema   *openapi3.Schema
}

// readOperations reads every operation of the contract. It refuses a contract
// without x-roles on an operation, or with a role that does not exist: access
// must never follow from something left out.
func readOperations(doc *openapi3.T) (map[string]*operation, error) {
	out := map[string]*operation{}
	for path, post := range doc.Paths.Map() {
		for method, o := range post.Operations() {
			op := &operation{id: o.OperationID, method: method, path: bas + path}
			if err := op.readRoller(o); err != nil {
				return nil, err
			}
			for _, ref := range append(slices.Clone(post.Parameters), o.Parameters...) {
				op.readParameter(ref.Value)
			}
			if o.RequestBody != nil {
				op.bodyRequired = o.RequestBody.Value.Required
				for typ, m := range o.RequestBody.Value.Content {
					op.mediaType, op.body = typ, m.Schema.Value
				}
			}
			for status, svarRef := range o.Responses.Map() {
				if !strings.HasPrefix(status, "2") {
					continue
				}
				for typ := range svarRef.Value.Content {
					op.mediaTypes = append(op.mediaTypes, typ)
				}
			}
			slices.Sort(op.mediaTypes)
			out[op.id] = op
		}
	}
	return out, nil
}

func (op *operation) readRoller(o *openapi3.Operation) error {
	roller, ok := texts(o.Extensions["x-roles"])
	if !ok {
		return fmt.Errorf("kontraktet: %s saknar x-roles", op.id)
	}
	op.public = len(roller) == 0
	for _, r := range roller {
		switch roll := register.Roll(r); roll {
		case rollInloggad:
			op.anyRole = true
		case register.RollSusrapport, register.RollSamverkansadministrator, register.RollInsatsansvarig,
			register.RollDeltagaransvarig, register.RollSystemforvaltare, register.RollMaskin:
			op.roller = append(op.roller, roll)
		default:
			return fmt.Errorf("kontraktet: %s har okänd roll %s", op.id, r)
		}
	}
	scopes, _ := texts(o.Extensions["x-scopes"])
	for _, s := range scopes {
		op.scopes = append(op.scopes, register.Scope(s))
	}
	if slices.Contains(op.roller, register.RollMaskin) != (len(op.scopes) > 0) {
		return fmt.Errorf("kontraktet: %s ska ha x-scopes precis när MASKIN får anropa", op.id)
	}
	return nil
}

func (op *operation) readParameter(p *openapi3.Parameter) {
	added := parameter{name: p.Name, required: p.Required, schema: p.Schema.Value}
	switch {
	case p.In == openapi3.ParameterInPath:
		op.pathParameters = append(op.pathParameters, added)
	case p.In == openapi3.ParameterInQuery:
		op.query = append(op.query, added)
		op.provkor = op.provkor || p.Name == "provkor"
	case p.Name == "If-Match":
		op.ifMatch = true
		op.firstWithout, _ = p.Extensions["x-utelamnas-forst"].(bool)
	case p.Name == "Idempotency-Key":
		op.idempotens = true
		op.headers = append(op.headers, added)
	default:
		op.headers = append(op.headers, added)
	}
}

// allows is true when one of the Aktor's roles may call the operation at all;
// which insats or organisation is the store's to decide. A client needs one of
// the scopes as well.
func (op *operation) allows(a register.Aktor) bool {
	if op.public {
		return true
	}
	if op.anyRole {
		return len(a.Roller) > 0
	}
	for _, r := range op.roller {
		if !a.HarRoll(r) {
			continue
		}
		if r != register.RollMaskin || slices.ContainsFunc(op.scopes, a.HarScope) {
			return true
		}
	}
	return false
}

// rollerOf is the Aktor's roles by which it may call the operation, as the log tells
// them.
func (op *operation) rollerOf(a register.Aktor) string {
	var roller []string
	for _, r := range a.Roller {
		if op.anyRole || slices.Contains(op.roller, r) {
			roller = append(roller, string(r))
		}
	}
	return strings.Join(roller, " ")
}

func texts(v any) ([]string, bool) {
	list, ok := v.([]any)
	if !ok {
		return nil, false
	}
	out := make([]string, 0, len(list))
	for _, x := range list {
		s, ok := x.(string)
		if !ok {
			return nil, false
		}
		out = append(out, s)
	}
	return out, true
}

// begaran is what the middleware found out about one request, for the handler.
type begaran struct {
	db.Begaran // who asks, with the validated If-Match and Idempotency-Key

	op      *operation
	path    string     // the path asked for, without the query
	query   url.Values // the validated query
	address string     // the client's address, for the limits of log-in
	body    any        // the validated body, nil when there is none
	key     string     // Idempotency-Key, "" when none was sent
	format  string     // the report's format or the media type that Accept chose
	have    string     // If-None-Match: what whoever asks has already
	gzip    bool       // the answer may be compressed

	withoutETag bool // no If-Match was sent, as is right the first time
}

// first is the refusal of a change without If-Match of what was there already: it is not
// an old version that was sent, but none.
func (b *begaran) first(err error) error {
	var e *register.Error
	if b.withoutETag && errors.As(err, &e) && e.Kod == register.KodForaldrad {
		return errNoETag
	}
	return err
}

type begaranKey struct{}

func withBegaran(ctx context.Context, b *begaran) context.Context {
	return context.WithValue(ctx, begaranKey{}, b)
}

// begaranOf is the request's begaran; the middleware has always put one there.
func begaranOf(ctx context.Context) *begaran {
	return ctx.Value(begaranKey{}).(*begaran)
}
