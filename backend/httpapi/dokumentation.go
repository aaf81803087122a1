package httpapi

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"html/template"
	"maps"
	"net/http"
	"slices"
	"sort"
	"strings"
	"sync"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/labstack/echo/v4"
	"go.yaml.in/yaml/v3"

	"sus/backend/register"
)

//go:embed dokumentation.html
var dokumentmall string

//go:embed dokumentation.css
var dokumentstil []byte

// cspSida is for our own pages: a style sheet of ours and nothing else.
const cspSida = "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

// dokumentation serves the contract as YAML, JSON and a readable page, all made
// once of what is embedded in the program, and the start page.
func (s *server) dokumentation(e *echo.Echo, operationer map[string]*operation) error {
	texter, err := kontraktstexter()
	if err != nil {
		return err
	}
	var sida, start bytes.Buffer
	mall, err := template.New("dokumentation").Parse(dokumentmall)
	if err != nil {
		return err
	}
	if err := mall.ExecuteTemplate(&sida, "dokumentation", s.dokument(operationer)); err != nil {
		return err
	}
	if err := mall.ExecuteTemplate(&start, "start", map[string]any{"Demo": s.demo, "Version": s.version}); err != nil {
		return err
	}
	e.GET(bas+"/openapi.json", blob("application/json", texter.json))
	e.GET(bas+"/openapi.yaml", blob("application/yaml", texter.yaml))
	e.GET("/dokumentation.css", blob("text/css; charset=utf-8", dokumentstil))
	e.GET("/dokumentation", func(c echo.Context) error { return s.html(c, http.StatusOK, sida.Bytes()) })
	e.GET("/", func(c echo.Context) error { return s.html(c, http.StatusOK, start.Bytes()) })
	return nil
}

// kontraktstexter is the contract as it is served, made once a process.
var kontraktstexter = sync.OnceValues(func() (texter struct{ json, yaml []byte }, err error) {
	doc, err := kontrakt()
	if err != nil {
		return texter, err
	}
	if texter.json, err = utanGenerator(doc); err != nil {
		return texter, err
	}
	texter.yaml, err = jsonTillYAML(texter.json)
	return texter, err
})

// utanGenerator is the contract as JSON without what only our own generator reads
// (x-go-*): it names our packages, and another's generator would obey it.
func utanGenerator(doc *openapi3.T) ([]byte, error) {
	b, err := json.Marshal(doc)
	if err != nil {
		return nil, err
	}
	k := json.NewDecoder(bytes.NewReader(b))
	k.UseNumber() // a bound stays as it was written
	var v any
	if err := k.Decode(&v); err != nil {
		return nil, err
	}
	strykGenerator(v)
	return json.Marshal(v)
}

func strykGenerator(v any) {
	switch v := v.(type) {
	case map[string]any:
		maps.DeleteFunc(v, func(namn string, _ any) bool { return strings.HasPrefix(namn, "x-go-") })
		for _, barn := range v {
			strykGenerator(barn)
		}
	case []any:
		for _, barn := range v {
			strykGenerator(barn)
		}
	}
}

func blob(typ string, b []byte) echo.HandlerFunc {
	return func(c echo.Context) error { return c.Blob(http.StatusOK, typ, b) }
}

func (s *server) html(c echo.Context, status int, b []byte) error {
	c.Response().Header().Set("Content-Security-Policy", cspSida)
	return c.HTMLBlob(status, b)
}

// jsonTillYAML writes the embedded contract the way it was written: JSON is YAML,
// only the style differs.
func jsonTillYAML(b []byte) ([]byte, error) {
	var n yaml.Node
	if err := yaml.Unmarshal(b, &n); err != nil {
		return nil, err
	}
	blockstil(&n)
	if len(n.Content) == 1 {
		iOrdning(n.Content[0])
	}
	var ut bytes.Buffer
	k := yaml.NewEncoder(&ut)
	k.SetIndent(2)
	if err := k.Encode(&n); err != nil {
		return nil, err
	}
	return ut.Bytes(), k.Close()
}

// iOrdning puts the contract's parts in the order that a reader expects.
func iOrdning(n *yaml.Node) {
	plats := func(namn string) int {
		return slices.Index([]string{"openapi", "info", "servers", "security", "tags", "paths", "components"}, namn)
	}
	var par [][2]*yaml.Node
	for i := 0; i+1 < len(n.Content); i += 2 {
		par = append(par, [2]*yaml.Node{n.Content[i], n.Content[i+1]})
	}
	sort.SliceStable(par, func(i, j int) bool { return plats(par[i][0].Value) < plats(par[j][0].Value) })
	n.Content = n.Content[:0]
	for _, p := range par {
		n.Content = append(n.Content, p[0], p[1])
	}
}

func blockstil(n *yaml.Node) {
	n.Style = 0
	if n.Kind == yaml.MappingNode && len(n.Content) == 0 || n.Kind == yaml.SequenceNode && len(n.Content) == 0 {
		n.Style = yaml.FlowStyle
	}
	for _, barn := range n.Content {
		blockstil(barn)
	}
}

// What the page shows.
type (
	dokument struct {
		Info      *openapi3.Info
		Server    string
		Inledning []dokumentstycke
		Grupper   []dokumentgrupp
		Scheman   []dokumentschema
	}
	dokumentstycke struct {
		Rubrik, Text string
	}
	dokumentgrupp struct {
		Namn, Beskrivning string
		Operationer       []dokumentoperation
	}
	dokumentoperation struct {
		ID, Metod, Vag, Rubrik, Beskrivning string
		Roller, Scopes                      string
		Parametrar                          []dokumentfalt
		Kropp                               *dokumentinnehall
		Svar                                []dokumentsvar
	}
	dokumentsvar struct {
		Status, Beskrivning string
		Innehall            []dokumentinnehall
	}
	dokumentinnehall struct {
		Medietyp, Schema, Exempel string
	}
	dokumentschema struct {
		Namn, Beskrivning, Typ string
		Falt                   []dokumentfalt
	}
	dokumentfalt struct {
		Namn, Plats, Typ, Schema, Beskrivning, Exempel string
		Obligatorisk                                   bool
	}
)

func (s *server) dokument(operationer map[string]*operation) dokument {
	d := dokument{Info: s.doc.Info, Server: strings.TrimSuffix(s.doc.Servers[0].URL, bas)} // the page shows whole paths
	for _, stycke := range strings.Split(s.doc.Info.Description, "\n\n") {
		rubrik, text, _ := strings.Cut(strings.TrimPrefix(stycke, "**"), "**") // each begins with its subject in bold
		d.Inledning = append(d.Inledning, dokumentstycke{rubrik, strings.NewReplacer("`", "", "*", "").Replace(text)})
	}
	for _, tagg := range s.doc.Tags {
		d.Grupper = append(d.Grupper, dokumentgrupp{Namn: tagg.Name, Beskrivning: tagg.Description, Operationer: s.gruppens(tagg.Name, operationer)})
	}
	for namn, ref := range s.doc.Components.Schemas {
		sch := dokumentschema{Namn: namn, Beskrivning: ref.Value.Description, Typ: typbeskrivning(ref.Value)}
		sch.Falt = dokumentera(ref.Value)
		d.Scheman = append(d.Scheman, sch)
	}
	sort.Slice(d.Scheman, func(i, j int) bool { return d.Scheman[i].Namn < d.Scheman[j].Namn })
	return d
}

func (s *server) gruppens(tagg string, operationer map[string]*operation) []dokumentoperation {
	var ut []dokumentoperation
	for _, post := range s.doc.Paths.Map() {
		for metod, o := range post.Operations() {
			if !slices.Contains(o.Tags, tagg) {
				continue
			}
			op := operationer[o.OperationID]
			d := dokumentoperation{ID: op.id, Metod: metod, Vag: op.vag, Rubrik: o.Summary, Beskrivning: o.Description,
				Roller: rolltext(op), Scopes: foga(op.scopes)}
			for _, p := range o.Parameters {
				d.Parametrar = append(d.Parametrar, parameterfalt(p.Value))
			}
			if o.RequestBody != nil {
				if i := innehall(o.RequestBody.Value.Content); len(i) > 0 {
					d.Kropp = &i[0]
				}
			}
			for status, ref := range o.Responses.Map() {
				d.Svar = append(d.Svar, dokumentsvar{Status: status, Beskrivning: *ref.Value.Description, Innehall: innehall(ref.Value.Content)})
			}
			sort.Slice(d.Svar, func(i, j int) bool { return d.Svar[i].Status < d.Svar[j].Status })
			ut = append(ut, d)
		}
	}
	sort.Slice(ut, func(i, j int) bool {
		if ut[i].Vag != ut[j].Vag {
			return ut[i].Vag < ut[j].Vag
		}
		return ut[i].Metod < ut[j].Metod
	})
	return ut
}

func rolltext(op *operation) string {
	switch {
	case op.offentlig:
		return "Öppen för alla"
	case op.inloggad:
		return "Alla inloggade"
	}
	return foga(op.roller)
}

func foga[T register.Roll | register.Scope](lista []T) string {
	delar := make([]string, 0, len(lista))
	for _, x := range lista {
		delar = append(delar, string(x))
	}
	return strings.Join(delar, ", ")
}

func parameterfalt(p *openapi3.Parameter) dokumentfalt {
	platser := map[string]string{"path": "sökväg", "query": "fråga", "header": "huvud"}
	return dokumentfalt{Namn: p.Name, Plats: platser[p.In], Typ: typbeskrivning(p.Schema.Value), Beskrivning: p.Description,
		Exempel: somText(p.Example), Obligatorisk: p.Required}
}

func innehall(c openapi3.Content) []dokumentinnehall {
	var ut []dokumentinnehall
	for typ, m := range c {
		i := dokumentinnehall{Medietyp: typ, Exempel: somText(exempel(m))}
		if m.Schema != nil {
			i.Schema = schemanamn(m.Schema)
		}
		ut = append(ut, i)
	}
	sort.Slice(ut, func(i, j int) bool { return ut[i].Medietyp < ut[j].Medietyp })
	return ut
}

// exempel is a body's one example, which stands among the contract's components.
func exempel(m *openapi3.MediaType) any {
	for _, ref := range m.Examples {
		return ref.Value.Value
	}
	return nil
}

// dokumentera lists an object's fields, the required ones first.
func dokumentera(sch *openapi3.Schema) []dokumentfalt {
	var ut []dokumentfalt
	for namn, ref := range sch.Properties {
		f := dokumentfalt{Namn: namn, Typ: typbeskrivning(ref.Value), Schema: schemanamn(ref), Beskrivning: ref.Value.Description,
			Exempel: somText(ref.Value.Example), Obligatorisk: slices.Contains(sch.Required, namn)}
		if ref.Value.Items != nil {
			f.Schema = schemanamn(ref.Value.Items)
		}
		ut = append(ut, f)
	}
	sort.Slice(ut, func(i, j int) bool {
		if ut[i].Obligatorisk != ut[j].Obligatorisk {
			return ut[i].Obligatorisk
		}
		return ut[i].Namn < ut[j].Namn
	})
	return ut
}

func schemanamn(ref *openapi3.SchemaRef) string {
	namn, _ := strings.CutPrefix(ref.Ref, "#/components/schemas/")
	return namn
}

func typbeskrivning(sch *openapi3.Schema) string {
	namn := map[string]string{"string": "text", "integer": "heltal", "number": "tal", "boolean": "true/false", "array": "lista", "object": "objekt"}
	typ := ""
	if sch.Type != nil && len(*sch.Type) > 0 {
		typ = namn[(*sch.Type)[0]]
	}
	if sch.Format != "" {
		typ += " (" + sch.Format + ")"
	}
	if len(sch.Enum) > 0 {
		typ = strings.TrimSuffix(strings.TrimPrefix(enumtext(sch), "Värdet finns inte. Välj bland: "), ".")
	}
	return typ
}

// somText is an example as it is sent.
func somText(v any) string {
	switch v := v.(type) {
	case nil:
		return ""
	case string:
		return v
	}
	var b bytes.Buffer
	k := json.NewEncoder(&b)
	k.SetEscapeHTML(false)
	if _, enkel := v.(map[string]any); enkel {
		k.SetIndent("", "  ")
	}
	if err := k.Encode(v); err != nil {
		return ""
	}
	return strings.TrimSpace(b.String())
}
