package httpapi

import (
	"context"
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
	id        string
	metod     string
	vag       string // whole: /v1/insatser/{insatsId}
	offentlig bool
	inloggad  bool // any role will do
	roller    []register.Roll
	scopes    []register.Scope

	vagparametrar     []parameter
	fragor            []parameter
	huvuden           []parameter
	ifMatch           bool
	idempotens        bool
	kropp             *openapi3.Schema // nil: no body is read
	medietyp          string
	kroppObligatorisk bool
	svarstyper        []string // media types of the 200, what Accept is held against
}

// parameter is one parameter of an operation.
type parameter struct {
	namn         string
	obligatorisk bool
	schema       *openapi3.Schema
}

// lasOperationer reads every operation of the contract. It refuses a contract
// without x-roles on an operation, or with a role that does not exist: access
// must never follow from something left out.
func lasOperationer(doc *openapi3.T) (map[string]*operation, error) {
	svar := map[string]*operation{}
	for vag, post := range doc.Paths.Map() {
		for metod, o := range post.Operations() {
			op := &operation{id: o.OperationID, metod: metod, vag: bas + vag}
			if err := op.lasRoller(o); err != nil {
				return nil, err
			}
			for _, ref := range append(slices.Clone(post.Parameters), o.Parameters...) {
				op.lasParameter(ref.Value)
			}
			if o.RequestBody != nil {
				op.kroppObligatorisk = o.RequestBody.Value.Required
				for typ, m := range o.RequestBody.Value.Content {
					op.medietyp, op.kropp = typ, m.Schema.Value
				}
			}
			for status, svarRef := range o.Responses.Map() {
				if !strings.HasPrefix(status, "2") {
					continue
				}
				for typ := range svarRef.Value.Content {
					op.svarstyper = append(op.svarstyper, typ)
				}
			}
			slices.Sort(op.svarstyper)
			svar[op.id] = op
		}
	}
	return svar, nil
}

func (op *operation) lasRoller(o *openapi3.Operation) error {
	roller, ok := strangar(o.Extensions["x-roles"])
	if !ok {
		return fmt.Errorf("kontraktet: %s saknar x-roles", op.id)
	}
	op.offentlig = len(roller) == 0
	for _, r := range roller {
		switch roll := register.Roll(r); roll {
		case rollInloggad:
			op.inloggad = true
		case register.RollSusrapport, register.RollSamverkansadministrator, register.RollInsatsansvarig,
			register.RollDeltagaransvarig, register.RollSystemforvaltare, register.RollMaskin:
			op.roller = append(op.roller, roll)
		default:
			return fmt.Errorf("kontraktet: %s har okänd roll %s", op.id, r)
		}
	}
	scopes, _ := strangar(o.Extensions["x-scopes"])
	for _, s := range scopes {
		op.scopes = append(op.scopes, register.Scope(s))
	}
	if slices.Contains(op.roller, register.RollMaskin) != (len(op.scopes) > 0) {
		return fmt.Errorf("kontraktet: %s ska ha x-scopes precis när MASKIN får anropa", op.id)
	}
	return nil
}

func (op *operation) lasParameter(p *openapi3.Parameter) {
	ny := parameter{namn: p.Name, obligatorisk: p.Required, schema: p.Schema.Value}
	switch {
	case p.In == openapi3.ParameterInPath:
		op.vagparametrar = append(op.vagparametrar, ny)
	case p.In == openapi3.ParameterInQuery:
		op.fragor = append(op.fragor, ny)
	case p.Name == "If-Match":
		op.ifMatch = true
	case p.Name == "Idempotency-Key":
		op.idempotens = true
		op.huvuden = append(op.huvuden, ny)
	default:
		op.huvuden = append(op.huvuden, ny)
	}
}

// far is true when one of the Aktor's roles may call the operation at all;
// which insats or organisation is the store's to decide. A client needs one of
// the scopes as well.
func (op *operation) far(a register.Aktor) bool {
	if op.offentlig {
		return true
	}
	if op.inloggad {
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

func strangar(v any) ([]string, bool) {
	lista, ok := v.([]any)
	if !ok {
		return nil, false
	}
	svar := make([]string, 0, len(lista))
	for _, x := range lista {
		s, ok := x.(string)
		if !ok {
			return nil, false
		}
		svar = append(svar, s)
	}
	return svar, true
}

// begaran is what the middleware found out about one request, for the handler.
type begaran struct {
	db.Begaran // who asks, with the validated If-Match and Idempotency-Key

	op     *operation
	vag    string     // the path asked for, without the query
	fragor url.Values // the validated query
	adress string     // the client's address, for the limits of log-in
	kropp  any        // the validated body, nil when there is none
	nyckel string     // Idempotency-Key, "" when none was sent
	format string     // the report's format or the media type that Accept chose
}

type begaranNyckel struct{}

func medBegaran(ctx context.Context, b *begaran) context.Context {
	return context.WithValue(ctx, begaranNyckel{}, b)
}

// ur is the request's begaran; the middleware has always put one there.
func ur(ctx context.Context) *begaran {
	return ctx.Value(begaranNyckel{}).(*begaran)
}
