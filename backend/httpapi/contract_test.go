package httpapi

import (
	"fmt"
	"maps"
	"net/http/httptest"
	"net/url"
	"os"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/labstack/echo/v4"
	"go.yaml.in/yaml/v3"

	"sus/api"
	"sus/backend/register"
)

// validContract is openapi.yaml as written, and the embedded one.
func validContract(t *testing.T) *openapi3.T {
	t.Helper()
	doc, err := contract()
	must(t, err)
	must(t, doc.Validate(t.Context()))
	return doc
}

// exampleOptions is how examples are held against their schemas, with a fixed clock.
func exampleOptions() []openapi3.SchemaValidationOption {
	s := &server{now: register.NyttDatum(2026, 11, 24).Tid}
	return []openapi3.SchemaValidationOption{openapi3.MultiErrors(), openapi3.EnableFormatValidation(), openapi3.WithStringFormatValidators(s.format())}
}

func TestTheContractIsWhole(t *testing.T) {
	doc := validContract(t)
	i := doc.Info
	if doc.OpenAPI != "3.0.3" || i.Contact == nil || i.License == nil || i.TermsOfService == "" || i.Extensions["x-sla"] == nil ||
		!strings.Contains(i.Description, "begränsningar") {
		t.Error("info saknar något som den nationella profilen kräver")
	}
	for _, srv := range doc.Servers {
		if !strings.HasPrefix(srv.URL, "https://") || strings.Contains(srv.URL, "localhost") {
			t.Errorf("serverns adress: %s", srv.URL)
		}
	}
	operations, err := readOperations(doc)
	must(t, err)
	for path, post := range doc.Paths.Map() {
		for method, o := range post.Operations() {
			checkOperation(t, method, path, o, operations[o.OperationID])
		}
	}
}

var (
	pathForm  = regexp.MustCompile(`^(/[a-z0-9-]+|/\{[a-z][a-zA-Z]*\})+$`)
	queryForm = regexp.MustCompile(`^[a-z][a-zA-Z]*$`)
)

func checkOperation(t *testing.T, method, path string, o *openapi3.Operation, op *operation) {
	t.Helper()
	fault := func(text string) { t.Errorf("%s %s: %s", method, path, text) }
	if !pathForm.MatchString(path) {
		fault("sökvägens form")
	}
	if o.Summary == "" || o.Description == "" || len(o.Tags) != 1 {
		fault("saknar rubrik, beskrivning eller grupp")
	}
	if op.public != (o.Security != nil && len(*o.Security) == 0) {
		fault("x-roles och security säger olika")
	}
	for _, p := range o.Parameters {
		if p.Value.Description == "" || p.Value.Example == nil {
			fault("parametern " + p.Value.Name + " saknar beskrivning eller exempel")
		} else if err := p.Value.Schema.Value.VisitJSON(p.Value.Example, exampleOptions()...); err != nil {
			fault("exemplet för " + p.Value.Name + ": " + err.Error())
		}
		if p.Value.In == "query" && !queryForm.MatchString(p.Value.Name) {
			fault("frågeparametern " + p.Value.Name)
		}
	}
	wanted := []string{"400", "406", "500", "503"}
	if !op.public {
		wanted = append(wanted, "401", "403", "429")
	}
	if len(op.pathParameters) > 0 {
		wanted = append(wanted, "404")
	}
	if op.body != nil {
		wanted = append(wanted, "413", "415")
		if op.mediaType == jsonType { // RFC 6749 has its faults as 400
			wanted = append(wanted, "422")
		}
		checkContent(t, method+" "+path, o.RequestBody.Value.Content)
	}
	if op.ifMatch {
		wanted = append(wanted, "412", "428")
	}
	if op.idempotens && op.method != "POST" || op.method == "POST" && !op.idempotens && !op.public && !slices.Contains([]string{"loggaUt", "sokDeltagare", "sokDeltaganden", "sokLoggposter", "aterkallaIInsats"}, op.id) {
		fault("Idempotency-Key hör till varje skapande POST")
	}
	for _, status := range wanted {
		if o.Responses.Value(status) == nil {
			fault("saknar svar " + status)
		}
	}
	for status, out := range o.Responses.Map() {
		if out.Value.Description == nil || *out.Value.Description == "" {
			fault("svar " + status + " saknar beskrivning")
		}
		if status == "201" && out.Value.Headers["Location"] == nil {
			fault("201 utan Location")
		}
		if status == "429" || status == "503" {
			if out.Value.Headers["Retry-After"] == nil {
				fault(status + " utan Retry-After")
			}
		}
		checkContent(t, method+" "+path+" "+status, out.Value.Content)
	}
}

// checkContent: every body has an example, one of the contract's components, and
// it is valid.
func checkContent(t *testing.T, place string, c openapi3.Content) {
	t.Helper()
	for typ, m := range c {
		if len(m.Examples) != 1 || m.Example != nil {
			t.Errorf("%s %s ska ha ett exempel, bland components/examples", place, typ)
			continue
		}
		for _, ref := range m.Examples {
			if !strings.HasPrefix(ref.Ref, exampleRef) {
				t.Errorf("%s %s: exemplet står inte bland components/examples", place, typ)
			}
		}
		if err := m.Schema.Value.VisitJSON(example(m), exampleOptions()...); err != nil {
			t.Errorf("%s %s: exemplet följer inte schemat: %v", place, typ, err)
		}
	}
}

const exampleRef = "#/components/examples/"

func TestNoExampleStandsTwiceInTheContract(t *testing.T) {
	doc := validContract(t)
	unused := maps.Clone(doc.Components.Examples)
	use := func(c openapi3.Content) {
		for _, m := range c {
			for _, ref := range m.Examples {
				delete(unused, strings.TrimPrefix(ref.Ref, exampleRef))
			}
		}
	}
	for _, post := range doc.Paths.Map() {
		for _, o := range post.Operations() {
			if o.RequestBody != nil {
				use(o.RequestBody.Value.Content)
			}
			for _, out := range o.Responses.Map() {
				use(out.Value.Content)
			}
		}
	}
	for name := range unused {
		t.Errorf("exemplet %s används inte", name)
	}
	names := slices.Sorted(maps.Keys(doc.Components.Examples))
	for i, a := range names {
		for _, b := range names[i+1:] {
			if reflect.DeepEqual(doc.Components.Examples[a].Value.Value, doc.Components.Examples[b].Value.Value) {
				t.Errorf("exemplen %s och %s är ett och samma", a, b)
			}
		}
	}
}

func TestTheVersionStandsInTheServersAddressAndInNoPath(t *testing.T) {
	doc := validContract(t)
	for _, srv := range doc.Servers {
		if !strings.HasSuffix(srv.URL, "/v1") {
			t.Errorf("serverns adress %s slutar inte på /v1", srv.URL)
		}
	}
	for path := range doc.Paths.Map() {
		if strings.HasPrefix(path, "/v1") || strings.Contains(path, "well-known") || strings.Contains(path, "jwks") {
			t.Errorf("%s hör inte till kontraktets sökvägar", path)
		}
	}
}

func TestForeAndEfterAreOneSchema(t *testing.T) {
	doc := validContract(t)
	for name, falt := range map[string]string{"NyttDeltagande": "fore", "RattadInregistrering": "fore", "Inregistrering": "fore",
		"Utregistrering": "efter", "RattadUtregistrering": "efter"} {
		p := doc.Components.Schemas[name].Value.Properties
		if p[falt] == nil || p[falt].Ref != "#/components/schemas/Sysselsattning" {
			t.Errorf("%s.%s är inte Sysselsattning", name, falt)
		}
		for one := range doc.Components.Schemas["Sysselsattning"].Value.Properties {
			if p[one] != nil {
				t.Errorf("%s.%s hör till %s", name, one, falt)
			}
		}
	}
}

func TestEveryDateAndFieldOfTheContractHasAnExample(t *testing.T) {
	doc := validContract(t)
	for name, ref := range doc.Components.Schemas {
		sch := ref.Value
		if sch.Description == "" {
			t.Errorf("schemat %s saknar beskrivning", name)
		}
		if (sch.Format == "date" || sch.Format == "date-time") && sch.Example == nil {
			t.Errorf("%s saknar exempel", name)
		}
		if sch.Type.Is("object") && name != "JsonStat" && (sch.AdditionalProperties.Has == nil || *sch.AdditionalProperties.Has) {
			t.Errorf("%s tar emot okända fält", name)
		}
		for falt, f := range sch.Properties {
			if f.Ref == "" && f.Value.Description == "" {
				t.Errorf("%s.%s saknar beskrivning", name, falt)
			}
			if (f.Value.Format == "date" || f.Value.Format == "date-time") && f.Value.Example == nil {
				t.Errorf("%s.%s saknar exempel", name, falt)
			}
			if f.Value.Type.Is("string") && f.Ref == "" && strings.HasPrefix(name, "Ny") && f.Value.MaxLength == nil && f.Value.Pattern == "" && f.Value.Enum == nil && f.Value.Format == "" {
				t.Errorf("%s.%s har ingen övre gräns", name, falt)
			}
		}
	}
}

// TestEveryPatternHasWords: who broke a pattern is told in Swedish what it asks for.
func TestEveryPatternHasWords(t *testing.T) {
	doc := validContract(t)
	left := maps.Clone(patternWords)
	var try func(place string, ref *openapi3.SchemaRef)
	try = func(place string, ref *openapi3.SchemaRef) {
		if ref == nil {
			return
		}
		if m := ref.Value.Pattern; m != "" {
			if _, ok := patternWords[m]; !ok {
				t.Errorf("%s: mönstret %s saknar ord", place, m)
			}
			delete(left, m)
		}
		for name, falt := range ref.Value.Properties {
			try(place+"/"+name, falt)
		}
		try(place+"/items", ref.Value.Items)
	}
	for name, ref := range doc.Components.Schemas {
		try(name, ref)
	}
	for name, p := range doc.Components.Parameters {
		try(name, p.Value.Schema)
	}
	for path, post := range doc.Paths.Map() {
		for _, o := range post.Operations() {
			for _, p := range o.Parameters {
				try(path+" "+p.Value.Name, p.Value.Schema)
			}
		}
	}
	for m := range left {
		t.Errorf("mönstret %s finns inte i kontraktet", m)
	}
}

// TestTheContractsCodesAreTheDomains: an enum of the contract is the constants of
// register, no more and no fewer.
func TestTheContractsCodesAreTheDomains(t *testing.T) {
	doc := validContract(t)
	for name, constants := range map[string]any{
		"Samverkansform": []register.Samverkansform{register.FormFinsam, register.FormTvapartsfinsam, register.FormHandlingsplanssamverkan, register.FormAfFkSamarbete},
		"Organisationstyp": []register.Organisationstyp{register.TypForsakringskassan, register.TypArbetsformedlingen, register.TypRegion, register.TypKommun, register.TypSamordningsforbund,
			register.TypEsf, register.TypOvrig},
		"Inriktning":           []register.Inriktning{register.InriktningIndivid, register.InriktningStruktur},
		"Deltagarregistrering": []register.Deltagarregistrering{register.MedPersonuppgiftEllerAnonym, register.EndastAntal},
		"Samtyckessatt":        []register.Samtyckessatt{register.SattSkriftligt, register.SattElektroniskt},
		"Arbetstyp":            register.Arbetstyper,
		"Kon":                  []register.Kon{register.KonKvinna, register.KonMan},
		"Roll": []register.Roll{register.RollSusrapport, register.RollSamverkansadministrator, register.RollInsatsansvarig, register.RollDeltagaransvarig,
			register.RollSystemforvaltare, register.RollMaskin},
		"Scope": []register.Scope{register.ScopeDeltagandeSkriv, register.ScopeDeltagandeLas, register.ScopeRapportLas, register.ScopeInsatsSkriv},
		"Kodverkstyp": []register.Kodverkstyp{register.KodverkForsorjning, register.KodverkUtbildningsniva, register.KodverkAvslutsanledning,
			register.KodverkPreciseradInriktning, register.KodverkMalgrupp, register.KodverkVerksamhetsomrade, register.KodverkStadsdel,
			register.KodverkBlankett, register.KodverkSprak, register.KodverkTidIForsorjning, register.KodverkSamverkansform, register.KodverkArbetstyp, register.KodverkFrageord},
		"Svarstyp":         []register.Svarstyp{register.SvarEnval, register.SvarFlerval, register.SvarJaNej, register.SvarHeltal, register.SvarSkala},
		"Budgettyp":        []register.Budgettyp{register.BudgetInsatskostnad, register.BudgetEsfInsatskostnad},
		"Kostnadstyp":      register.Kostnadstyper,
		"Medelsslag":       register.Medelsslagen,
		"Matningstyp":      []register.Matningstyp{register.MatningIn, register.MatningUt},
		"Deltagandestatus": []register.Deltagandestatus{register.StatusPagaende, register.StatusAvslutad, register.StatusFelregistrerad},
	} {
		var want []string
		v := reflect.ValueOf(constants)
		for i := range v.Len() {
			want = append(want, v.Index(i).String())
		}
		var ar []string
		for _, e := range doc.Components.Schemas[name].Value.Enum {
			ar = append(ar, e.(string))
		}
		slices.Sort(want)
		slices.Sort(ar)
		if !slices.Equal(want, ar) {
			t.Errorf("%s: kontraktet har %v, domänen %v", name, ar, want)
		}
	}
	for name := range doc.Components.Schemas {
		ref := doc.Components.Schemas[name]
		if ref.Value.Type.Is("object") && ref.Value.Extensions["x-go-type"] != nil {
			t.Errorf("%s: x-go-type får bara stå på skalärer", name)
		}
	}
}

func TestTheContractIsServedAsItWasWritten(t *testing.T) {
	p := newHarness(t)
	var written, served any
	b, err := os.ReadFile("../../openapi.yaml")
	must(t, err)
	must(t, yaml.Unmarshal(b, &written))
	s := p.callUnchecked("", "GET", "/v1/openapi.yaml", nil, nil)
	if s.status != 200 || s.header.Get("Content-Type") != "application/yaml" {
		t.Fatalf("%d %s", s.status, s.header.Get("Content-Type"))
	}
	must(t, yaml.Unmarshal(s.text, &served))
	if !strings.HasPrefix(string(s.text), "openapi: 3.0.3\ninfo:\n") {
		t.Errorf("börjar: %.40s", s.text)
	}
	if n := ofGenerator(written, false); n == 0 {
		t.Error("openapi.yaml has no x-go-*: the test no longer sees them")
	}
	if n := ofGenerator(served, false); n != 0 {
		t.Errorf("openapi.yaml is served with %d x-go-*", n)
	}
	ofGenerator(written, true)
	compare(t, "", written, served)
	var doc map[string]any
	p.callUnchecked("", "GET", "/v1/openapi.json", nil, nil).json(t, &doc)
	if n := ofGenerator(doc, false); doc["openapi"] != "3.0.3" || n != 0 {
		t.Errorf("openapi.json is served with %d x-go-*", n)
	}
}

// ofGenerator counts what only our own generator reads, at any depth, and takes it
// out when asked to.
func ofGenerator(v any, take bool) (n int) {
	switch v := v.(type) {
	case map[string]any:
		for k, child := range v {
			if strings.HasPrefix(k, "x-go-") {
				n++
				if take {
					delete(v, k)
				}
				continue
			}
			n += ofGenerator(child, take)
		}
	case []any:
		for _, child := range v {
			n += ofGenerator(child, take)
		}
	}
	return n
}

// compare lists where two trees differ.
func compare(t *testing.T, path string, a, b any) {
	t.Helper()
	am, ok1 := a.(map[string]any)
	bm, ok2 := b.(map[string]any)
	if ok1 && ok2 {
		for k := range am {
			compare(t, path+"/"+k, am[k], bm[k])
		}
		for k := range bm {
			if _, found := am[k]; !found {
				t.Errorf("%s/%s finns bara i det serverade", path, k)
			}
		}
		return
	}
	if !reflect.DeepEqual(a, b) {
		t.Errorf("%s: %v ≠ %v", path, a, b)
	}
}

func TestTheDocumentationShowsEveryCallAndFetchesNothingFromOutside(t *testing.T) {
	p := newHarness(t)
	s := p.callUnchecked("", "GET", "/dokumentation", nil, nil)
	page := string(s.text)
	if s.status != 200 || !strings.Contains(page, `<html lang="sv">`) || !strings.Contains(s.header.Get("Content-Security-Policy"), "default-src 'none'") {
		t.Fatalf("%d %v", s.status, s.header)
	}
	if foreign := regexp.MustCompile(`(src=|<link[^>]* href=)"(https?:)?//`).FindString(page); foreign != "" || strings.Contains(page, "<script") || strings.Contains(page, "style=") {
		t.Errorf("sidan hämtar något utifrån: %s", foreign)
	}
	operations, err := readOperations(validContract(t))
	must(t, err)
	for id, op := range operations {
		if !strings.Contains(page, `id="`+id+`"`) || !strings.Contains(page, op.path) {
			t.Errorf("sidan saknar %s", id)
		}
	}
	for _, ord := range []string{"<strong>Kända begränsningar.</strong>", ">Användarvillkor</a>", ">Servicenivåer</a>", "EUPL-1.2"} {
		if !strings.Contains(page, ord) {
			t.Errorf("sidan saknar %s", ord)
		}
	}
	for _, link := range regexp.MustCompile(`href="#([^"]+)"`).FindAllStringSubmatch(page, -1) {
		if !strings.Contains(page, `id="`+link[1]+`"`) {
			t.Errorf("länken till %s går ingenstans", link[1])
		}
	}
	if s := p.callUnchecked("", "GET", "/", nil, nil); s.status != 200 || !strings.Contains(string(s.text), "/dokumentation") {
		t.Errorf("startsidan: %d", s.status)
	}
	if s := p.callUnchecked("", "GET", "/dokumentation.css", nil, nil); s.status != 200 || !strings.HasPrefix(s.header.Get("Content-Type"), "text/css") {
		t.Errorf("stilmallen: %d %v", s.status, s.header)
	}
}

// TestEveryParameterReachesTheHandler: the generated code reads what was validated. A
// type that it cannot read is left out without a word: a filter that does nothing.
func TestEveryParameterReachesTheHandler(t *testing.T) {
	var last any
	e := echo.New()
	catch := func(api.StrictHandlerFunc, string) api.StrictHandlerFunc {
		return func(_ echo.Context, begaran any) (any, error) {
			last = begaran
			return nil, echo.ErrTeapot
		}
	}
	api.RegisterHandlers(e, api.NewStrictHandler(nil, []api.StrictMiddlewareFunc{catch}))
	doc := validContract(t)
	for path, post := range doc.Paths.Map() {
		o := post.Get
		if o == nil {
			continue
		}
		address, query := path, url.Values{}
		for _, p := range o.Parameters {
			switch p.Value.In {
			case openapi3.ParameterInPath:
				address = strings.Replace(address, "{"+p.Value.Name+"}", fmt.Sprint(p.Value.Example), 1)
			case openapi3.ParameterInQuery:
				if all, several := p.Value.Example.([]any); several {
					for _, one := range all {
						query.Add(p.Value.Name, fmt.Sprint(one))
					}
					continue
				}
				query.Set(p.Value.Name, fmt.Sprint(p.Value.Example))
			}
		}
		if len(query) == 0 {
			continue
		}
		last = nil
		e.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest("GET", address+"?"+query.Encode(), nil))
		if last == nil {
			t.Errorf("GET %s kom inte fram", path)
			continue
		}
		params := reflect.ValueOf(last).FieldByName("Params")
		for i := range params.NumField() {
			if f := params.Field(i); f.Kind() == reflect.Pointer && f.IsNil() {
				t.Errorf("GET %s: %s nådde inte hanteraren", path, params.Type().Field(i).Name)
			}
		}
	}
}
