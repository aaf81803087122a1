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

// kontraktet is openapi.yaml as written, and the embedded one.
func kontraktet(t *testing.T) *openapi3.T {
	t.Helper()
	doc, err := kontrakt()
	ja(t, err)
	ja(t, doc.Validate(t.Context()))
	return doc
}

// val is how examples are held against their schemas, with a fixed clock.
func val() []openapi3.SchemaValidationOption {
	s := &server{nu: register.NyttDatum(2026, 11, 24).Tid}
	return []openapi3.SchemaValidationOption{openapi3.MultiErrors(), openapi3.EnableFormatValidation(), openapi3.WithStringFormatValidators(s.format())}
}

func TestKontraktetArHelt(t *testing.T) {
	doc := kontraktet(t)
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
	operationer, err := lasOperationer(doc)
	ja(t, err)
	for vag, post := range doc.Paths.Map() {
		for metod, o := range post.Operations() {
			provaOperation(t, metod, vag, o, operationer[o.OperationID])
		}
	}
}

var (
	vagform   = regexp.MustCompile(`^(/[a-z0-9-]+|/\{[a-z][a-zA-Z]*\})+$`)
	fragaform = regexp.MustCompile(`^[a-z][a-zA-Z]*$`)
)

func provaOperation(t *testing.T, metod, vag string, o *openapi3.Operation, op *operation) {
	t.Helper()
	fel := func(text string) { t.Errorf("%s %s: %s", metod, vag, text) }
	if !vagform.MatchString(vag) {
		fel("sökvägens form")
	}
	if o.Summary == "" || o.Description == "" || len(o.Tags) != 1 {
		fel("saknar rubrik, beskrivning eller grupp")
	}
	if op.offentlig != (o.Security != nil && len(*o.Security) == 0) {
		fel("x-roles och security säger olika")
	}
	for _, p := range o.Parameters {
		if p.Value.Description == "" || p.Value.Example == nil {
			fel("parametern " + p.Value.Name + " saknar beskrivning eller exempel")
		} else if err := p.Value.Schema.Value.VisitJSON(p.Value.Example, val()...); err != nil {
			fel("exemplet för " + p.Value.Name + ": " + err.Error())
		}
		if p.Value.In == "query" && !fragaform.MatchString(p.Value.Name) {
			fel("frågeparametern " + p.Value.Name)
		}
	}
	vantade := []string{"400", "406", "500", "503"}
	if !op.offentlig {
		vantade = append(vantade, "401", "403", "429")
	}
	if len(op.vagparametrar) > 0 {
		vantade = append(vantade, "404")
	}
	if op.kropp != nil {
		vantade = append(vantade, "413", "415")
		if op.medietyp == jsontyp { // RFC 6749 has its faults as 400
			vantade = append(vantade, "422")
		}
		provaInnehall(t, metod+" "+vag, o.RequestBody.Value.Content)
	}
	if op.ifMatch {
		vantade = append(vantade, "412", "428")
	}
	if op.idempotens && op.metod != "POST" || op.metod == "POST" && !op.idempotens && !op.offentlig && !slices.Contains([]string{"loggaUt", "sokDeltagare", "sokDeltaganden"}, op.id) {
		fel("Idempotency-Key hör till varje skapande POST")
	}
	for _, status := range vantade {
		if o.Responses.Value(status) == nil {
			fel("saknar svar " + status)
		}
	}
	for status, svar := range o.Responses.Map() {
		if svar.Value.Description == nil || *svar.Value.Description == "" {
			fel("svar " + status + " saknar beskrivning")
		}
		if status == "201" && svar.Value.Headers["Location"] == nil {
			fel("201 utan Location")
		}
		if status == "429" || status == "503" {
			if svar.Value.Headers["Retry-After"] == nil {
				fel(status + " utan Retry-After")
			}
		}
		provaInnehall(t, metod+" "+vag+" "+status, svar.Value.Content)
	}
}

// provaInnehall: every body has an example, one of the contract's components, and
// it is valid.
func provaInnehall(t *testing.T, plats string, c openapi3.Content) {
	t.Helper()
	for typ, m := range c {
		if len(m.Examples) != 1 || m.Example != nil {
			t.Errorf("%s %s ska ha ett exempel, bland components/examples", plats, typ)
			continue
		}
		for _, ref := range m.Examples {
			if !strings.HasPrefix(ref.Ref, exempelref) {
				t.Errorf("%s %s: exemplet står inte bland components/examples", plats, typ)
			}
		}
		if err := m.Schema.Value.VisitJSON(exempel(m), val()...); err != nil {
			t.Errorf("%s %s: exemplet följer inte schemat: %v", plats, typ, err)
		}
	}
}

const exempelref = "#/components/examples/"

func TestNoExampleStandsTwiceInTheContract(t *testing.T) {
	doc := kontraktet(t)
	oanvanda := maps.Clone(doc.Components.Examples)
	anvand := func(c openapi3.Content) {
		for _, m := range c {
			for _, ref := range m.Examples {
				delete(oanvanda, strings.TrimPrefix(ref.Ref, exempelref))
			}
		}
	}
	for _, post := range doc.Paths.Map() {
		for _, o := range post.Operations() {
			if o.RequestBody != nil {
				anvand(o.RequestBody.Value.Content)
			}
			for _, svar := range o.Responses.Map() {
				anvand(svar.Value.Content)
			}
		}
	}
	for namn := range oanvanda {
		t.Errorf("exemplet %s används inte", namn)
	}
	namnen := slices.Sorted(maps.Keys(doc.Components.Examples))
	for i, a := range namnen {
		for _, b := range namnen[i+1:] {
			if reflect.DeepEqual(doc.Components.Examples[a].Value.Value, doc.Components.Examples[b].Value.Value) {
				t.Errorf("exemplen %s och %s är ett och samma", a, b)
			}
		}
	}
}

func TestTheVersionStandsInTheServersAddressAndInNoPath(t *testing.T) {
	doc := kontraktet(t)
	for _, srv := range doc.Servers {
		if !strings.HasSuffix(srv.URL, "/v1") {
			t.Errorf("serverns adress %s slutar inte på /v1", srv.URL)
		}
	}
	for vag := range doc.Paths.Map() {
		if strings.HasPrefix(vag, "/v1") || strings.Contains(vag, "well-known") || strings.Contains(vag, "jwks") {
			t.Errorf("%s hör inte till kontraktets sökvägar", vag)
		}
	}
}

func TestForeAndEfterAreOneSchema(t *testing.T) {
	doc := kontraktet(t)
	for namn, falt := range map[string]string{"NyttDeltagande": "fore", "RattadInregistrering": "fore", "Inregistrering": "fore",
		"Utregistrering": "efter", "RattadUtregistrering": "efter"} {
		p := doc.Components.Schemas[namn].Value.Properties
		if p[falt] == nil || p[falt].Ref != "#/components/schemas/Sysselsattning" {
			t.Errorf("%s.%s är inte Sysselsattning", namn, falt)
		}
		for ett := range doc.Components.Schemas["Sysselsattning"].Value.Properties {
			if p[ett] != nil {
				t.Errorf("%s.%s hör till %s", namn, ett, falt)
			}
		}
	}
}

func TestVarjeDatumOchFaltIKontraktetHarExempel(t *testing.T) {
	doc := kontraktet(t)
	for namn, ref := range doc.Components.Schemas {
		sch := ref.Value
		if sch.Description == "" {
			t.Errorf("schemat %s saknar beskrivning", namn)
		}
		if (sch.Format == "date" || sch.Format == "date-time") && sch.Example == nil {
			t.Errorf("%s saknar exempel", namn)
		}
		if sch.Type.Is("object") && namn != "JsonStat" && (sch.AdditionalProperties.Has == nil || *sch.AdditionalProperties.Has) {
			t.Errorf("%s tar emot okända fält", namn)
		}
		for falt, f := range sch.Properties {
			if f.Ref == "" && f.Value.Description == "" {
				t.Errorf("%s.%s saknar beskrivning", namn, falt)
			}
			if (f.Value.Format == "date" || f.Value.Format == "date-time") && f.Value.Example == nil {
				t.Errorf("%s.%s saknar exempel", namn, falt)
			}
			if f.Value.Type.Is("string") && f.Ref == "" && strings.HasPrefix(namn, "Ny") && f.Value.MaxLength == nil && f.Value.Pattern == "" && f.Value.Enum == nil && f.Value.Format == "" {
				t.Errorf("%s.%s har ingen övre gräns", namn, falt)
			}
		}
	}
}

// TestVarjeMonsterHarOrd: who broke a pattern is told in Swedish what it asks for.
func TestVarjeMonsterHarOrd(t *testing.T) {
	doc := kontraktet(t)
	kvar := maps.Clone(monstertext)
	var prova func(plats string, ref *openapi3.SchemaRef)
	prova = func(plats string, ref *openapi3.SchemaRef) {
		if ref == nil {
			return
		}
		if m := ref.Value.Pattern; m != "" {
			if _, ok := monstertext[m]; !ok {
				t.Errorf("%s: mönstret %s saknar ord", plats, m)
			}
			delete(kvar, m)
		}
		for namn, falt := range ref.Value.Properties {
			prova(plats+"/"+namn, falt)
		}
		prova(plats+"/items", ref.Value.Items)
	}
	for namn, ref := range doc.Components.Schemas {
		prova(namn, ref)
	}
	for namn, p := range doc.Components.Parameters {
		prova(namn, p.Value.Schema)
	}
	for vag, post := range doc.Paths.Map() {
		for _, o := range post.Operations() {
			for _, p := range o.Parameters {
				prova(vag+" "+p.Value.Name, p.Value.Schema)
			}
		}
	}
	for m := range kvar {
		t.Errorf("mönstret %s finns inte i kontraktet", m)
	}
}

// TestKontraktetsKoderArDomanens: an enum of the contract is the constants of
// register, no more and no fewer.
func TestKontraktetsKoderArDomanens(t *testing.T) {
	doc := kontraktet(t)
	for namn, konstanter := range map[string]any{
		"Samverkansform":       []register.Samverkansform{register.FormFinsam, register.FormTvapartsfinsam, register.FormHandlingsplanssamverkan, register.FormAfFkSamarbete},
		"Organisationstyp":     []register.Organisationstyp{register.TypForsakringskassan, register.TypArbetsformedlingen, register.TypRegion, register.TypKommun, register.TypSamordningsforbund},
		"Inriktning":           []register.Inriktning{register.InriktningIndivid, register.InriktningStruktur},
		"Deltagarregistrering": []register.Deltagarregistrering{register.MedPersonuppgiftEllerAnonym, register.EndastAntal},
		"Samtyckessatt":        []register.Samtyckessatt{register.SattSkriftligt, register.SattElektroniskt},
		"Arbetstyp":            register.Arbetstyper,
		"Kon":                  []register.Kon{register.KonKvinna, register.KonMan},
		"Roll": []register.Roll{register.RollSusrapport, register.RollSamverkansadministrator, register.RollInsatsansvarig, register.RollDeltagaransvarig,
			register.RollSystemforvaltare, register.RollMaskin},
		"Scope": []register.Scope{register.ScopeDeltagandeSkriv, register.ScopeDeltagandeLas, register.ScopeRapportLas},
		"Kodverkstyp": []register.Kodverkstyp{register.KodverkForsorjning, register.KodverkUtbildningsniva, register.KodverkAvslutsanledning,
			register.KodverkPreciseradInriktning, register.KodverkMalgrupp, register.KodverkVerksamhetsomrade, register.KodverkStadsdel,
			register.KodverkBlankett, register.KodverkSprak, register.KodverkTidIForsorjning, register.KodverkSamverkansform, register.KodverkArbetstyp},
		"Matningstyp":      []register.Matningstyp{register.MatningIn, register.MatningUt},
		"Deltagandestatus": []register.Deltagandestatus{register.StatusPagaende, register.StatusAvslutad, register.StatusFelregistrerad},
	} {
		var ska []string
		v := reflect.ValueOf(konstanter)
		for i := range v.Len() {
			ska = append(ska, v.Index(i).String())
		}
		var ar []string
		for _, e := range doc.Components.Schemas[namn].Value.Enum {
			ar = append(ar, e.(string))
		}
		slices.Sort(ska)
		slices.Sort(ar)
		if !slices.Equal(ska, ar) {
			t.Errorf("%s: kontraktet har %v, domänen %v", namn, ar, ska)
		}
	}
	for namn := range doc.Components.Schemas {
		ref := doc.Components.Schemas[namn]
		if ref.Value.Type.Is("object") && ref.Value.Extensions["x-go-type"] != nil {
			t.Errorf("%s: x-go-type får bara stå på skalärer", namn)
		}
	}
}

func TestKontraktetServerasSomDetSkrevs(t *testing.T) {
	p := nyttProv(t)
	var skrivet, serverat any
	b, err := os.ReadFile("../../openapi.yaml")
	ja(t, err)
	ja(t, yaml.Unmarshal(b, &skrivet))
	s := p.utan("", "GET", "/v1/openapi.yaml", nil, nil)
	if s.status != 200 || s.huvud.Get("Content-Type") != "application/yaml" {
		t.Fatalf("%d %s", s.status, s.huvud.Get("Content-Type"))
	}
	ja(t, yaml.Unmarshal(s.text, &serverat))
	if !strings.HasPrefix(string(s.text), "openapi: 3.0.3\ninfo:\n") {
		t.Errorf("börjar: %.40s", s.text)
	}
	if n := generatorns(skrivet, false); n == 0 {
		t.Error("openapi.yaml has no x-go-*: the test no longer sees them")
	}
	if n := generatorns(serverat, false); n != 0 {
		t.Errorf("openapi.yaml is served with %d x-go-*", n)
	}
	generatorns(skrivet, true)
	jamfor(t, "", skrivet, serverat)
	var doc map[string]any
	p.utan("", "GET", "/v1/openapi.json", nil, nil).json(t, &doc)
	if n := generatorns(doc, false); doc["openapi"] != "3.0.3" || n != 0 {
		t.Errorf("openapi.json is served with %d x-go-*", n)
	}
}

// generatorns counts what only our own generator reads, at any depth, and takes it
// out when asked to.
func generatorns(v any, ta bool) (n int) {
	switch v := v.(type) {
	case map[string]any:
		for k, barn := range v {
			if strings.HasPrefix(k, "x-go-") {
				n++
				if ta {
					delete(v, k)
				}
				continue
			}
			n += generatorns(barn, ta)
		}
	case []any:
		for _, barn := range v {
			n += generatorns(barn, ta)
		}
	}
	return n
}

// jamfor lists where two trees differ.
func jamfor(t *testing.T, vag string, a, b any) {
	t.Helper()
	am, ok1 := a.(map[string]any)
	bm, ok2 := b.(map[string]any)
	if ok1 && ok2 {
		for k := range am {
			jamfor(t, vag+"/"+k, am[k], bm[k])
		}
		for k := range bm {
			if _, finns := am[k]; !finns {
				t.Errorf("%s/%s finns bara i det serverade", vag, k)
			}
		}
		return
	}
	if !reflect.DeepEqual(a, b) {
		t.Errorf("%s: %v ≠ %v", vag, a, b)
	}
}

func TestDokumentationenVisarVarjeAnropUtanFrammandeKallor(t *testing.T) {
	p := nyttProv(t)
	s := p.utan("", "GET", "/dokumentation", nil, nil)
	sida := string(s.text)
	if s.status != 200 || !strings.Contains(sida, `<html lang="sv">`) || !strings.Contains(s.huvud.Get("Content-Security-Policy"), "default-src 'none'") {
		t.Fatalf("%d %v", s.status, s.huvud)
	}
	if frammande := regexp.MustCompile(`(src=|<link[^>]* href=)"(https?:)?//`).FindString(sida); frammande != "" || strings.Contains(sida, "<script") || strings.Contains(sida, "style=") {
		t.Errorf("sidan hämtar något utifrån: %s", frammande)
	}
	operationer, err := lasOperationer(kontraktet(t))
	ja(t, err)
	for id, op := range operationer {
		if !strings.Contains(sida, `id="`+id+`"`) || !strings.Contains(sida, op.vag) {
			t.Errorf("sidan saknar %s", id)
		}
	}
	for _, ord := range []string{"<strong>Kända begränsningar.</strong>", ">Användarvillkor</a>", ">Servicenivåer</a>", "EUPL-1.2"} {
		if !strings.Contains(sida, ord) {
			t.Errorf("sidan saknar %s", ord)
		}
	}
	for _, lank := range regexp.MustCompile(`href="#([^"]+)"`).FindAllStringSubmatch(sida, -1) {
		if !strings.Contains(sida, `id="`+lank[1]+`"`) {
			t.Errorf("länken till %s går ingenstans", lank[1])
		}
	}
	if s := p.utan("", "GET", "/", nil, nil); s.status != 200 || !strings.Contains(string(s.text), "/dokumentation") {
		t.Errorf("startsidan: %d", s.status)
	}
	if s := p.utan("", "GET", "/dokumentation.css", nil, nil); s.status != 200 || !strings.HasPrefix(s.huvud.Get("Content-Type"), "text/css") {
		t.Errorf("stilmallen: %d %v", s.status, s.huvud)
	}
}

// TestVarjeParameterNarHanteraren: the generated code reads what was validated. A
// type that it cannot read is left out without a word: a filter that does nothing.
func TestVarjeParameterNarHanteraren(t *testing.T) {
	var last any
	e := echo.New()
	fanga := func(api.StrictHandlerFunc, string) api.StrictHandlerFunc {
		return func(_ echo.Context, begaran any) (any, error) {
			last = begaran
			return nil, echo.ErrTeapot
		}
	}
	api.RegisterHandlers(e, api.NewStrictHandler(nil, []api.StrictMiddlewareFunc{fanga}))
	doc := kontraktet(t)
	for vag, post := range doc.Paths.Map() {
		o := post.Get
		if o == nil {
			continue
		}
		adress, fragor := vag, url.Values{}
		for _, p := range o.Parameters {
			switch p.Value.In {
			case openapi3.ParameterInPath:
				adress = strings.Replace(adress, "{"+p.Value.Name+"}", fmt.Sprint(p.Value.Example), 1)
			case openapi3.ParameterInQuery:
				fragor.Set(p.Value.Name, fmt.Sprint(p.Value.Example))
			}
		}
		if len(fragor) == 0 {
			continue
		}
		last = nil
		e.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest("GET", adress+"?"+fragor.Encode(), nil))
		if last == nil {
			t.Errorf("GET %s kom inte fram", vag)
			continue
		}
		params := reflect.ValueOf(last).FieldByName("Params")
		for i := range params.NumField() {
			if f := params.Field(i); f.Kind() == reflect.Pointer && f.IsNil() {
				t.Errorf("GET %s: %s nådde inte hanteraren", vag, params.Type().Field(i).Name)
			}
		}
	}
}
