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

//go:embed documentation.html
var documentTemplate string

//go:embed documentation.css
var documentStyle []byte

// cspPage is for our own pages: a style sheet of ours and nothing else.
const cspPage = "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

// documentation serves the contract as YAML, JSON and a readable page, all made
// once of what is embedded in the program, and the start page.
func (s *server) documentation(e *echo.Echo) error {
	texts, err := contractTexts()
	if err != nil {
		return err
	}
	made, err := contractPage()
	if err != nil {
		return err
	}
	var start bytes.Buffer
	if err := made.tmpl.ExecuteTemplate(&start, "start", map[string]any{"Demo": s.demo, "Version": s.version}); err != nil {
		return err
	}
	e.GET(bas+"/openapi.json", blob("application/json", texts.json))
	e.GET(bas+"/openapi.yaml", blob("application/yaml", texts.yaml))
	e.GET("/dokumentation.css", blob("text/css; charset=utf-8", documentStyle))
	e.GET("/dokumentation", func(c echo.Context) error { return s.html(c, http.StatusOK, made.page) })
	e.GET("/", func(c echo.Context) error { return s.html(c, http.StatusOK, start.Bytes()) })
	return nil
}

type pages struct {
	tmpl *template.Template
	page []byte
}

// contractPage is the contract as a page, made once a process, with its templates.
var contractPage = sync.OnceValues(func() (p pages, err error) {
	doc, err := contract()
	if err != nil {
		return p, err
	}
	operations, err := readOperations(doc)
	if err != nil {
		return p, err
	}
	if p.tmpl, err = template.New("dokumentation").Parse(documentTemplate); err != nil {
		return p, err
	}
	var b bytes.Buffer
	err = p.tmpl.ExecuteTemplate(&b, "dokumentation", documentOf(doc, operations))
	p.page = b.Bytes()
	return p, err
})

// contractTexts is the contract as it is served, made once a process.
var contractTexts = sync.OnceValues(func() (texts struct{ json, yaml []byte }, err error) {
	doc, err := contract()
	if err != nil {
		return texts, err
	}
	if texts.json, err = withoutGenerator(doc); err != nil {
		return texts, err
	}
	texts.yaml, err = jsonToYAML(texts.json)
	return texts, err
})

// withoutGenerator is the contract as JSON without what only our own generator reads
// (x-go-*): it names our packages, and another's generator would obey it.
func withoutGenerator(doc *openapi3.T) ([]byte, error) {
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
	dropGenerator(v)
	return json.Marshal(v)
}

func dropGenerator(v any) {
	switch v := v.(type) {
	case map[string]any:
		maps.DeleteFunc(v, func(name string, _ any) bool { return strings.HasPrefix(name, "x-go-") })
		for _, child := range v {
			dropGenerator(child)
		}
	case []any:
		for _, child := range v {
			dropGenerator(child)
		}
	}
}

func blob(typ string, b []byte) echo.HandlerFunc {
	return func(c echo.Context) error { return c.Blob(http.StatusOK, typ, b) }
}

func (s *server) html(c echo.Context, status int, b []byte) error {
	c.Response().Header().Set("Content-Security-Policy", cspPage)
	return c.HTMLBlob(status, b)
}

// jsonToYAML writes the embedded contract the way it was written: JSON is YAML,
// only the style differs.
func jsonToYAML(b []byte) ([]byte, error) {
	var n yaml.Node
	if err := yaml.Unmarshal(b, &n); err != nil {
		return nil, err
	}
	blockStyle(&n)
	if len(n.Content) == 1 {
		inOrder(n.Content[0])
	}
	var out bytes.Buffer
	k := yaml.NewEncoder(&out)
	k.SetIndent(2)
	if err := k.Encode(&n); err != nil {
		return nil, err
	}
	return out.Bytes(), k.Close()
}

// inOrder puts the contract's parts in the order that a reader expects.
func inOrder(n *yaml.Node) {
	place := func(name string) int {
		return slices.Index([]string{"openapi", "info", "servers", "security", "tags", "paths", "components"}, name)
	}
	var pairs [][2]*yaml.Node
	for i := 0; i+1 < len(n.Content); i += 2 {
		pairs = append(pairs, [2]*yaml.Node{n.Content[i], n.Content[i+1]})
	}
	sort.SliceStable(pairs, func(i, j int) bool { return place(pairs[i][0].Value) < place(pairs[j][0].Value) })
	n.Content = n.Content[:0]
	for _, p := range pairs {
		n.Content = append(n.Content, p[0], p[1])
	}
}

func blockStyle(n *yaml.Node) {
	n.Style = 0
	if n.Kind == yaml.MappingNode && len(n.Content) == 0 || n.Kind == yaml.SequenceNode && len(n.Content) == 0 {
		n.Style = yaml.FlowStyle
	}
	for _, child := range n.Content {
		blockStyle(child)
	}
}

// What the page shows.
type (
	document struct {
		Info         *openapi3.Info
		Server       string
		Introduction []documentPart
		Groups       []documentGroup
		Schemas      []documentSchema
	}
	documentPart struct {
		Heading, Text string
	}
	documentGroup struct {
		Name, Description string
		Operations        []documentOperation
	}
	documentOperation struct {
		ID, Method, Path, Heading, Description string
		Roller, Scopes                         string
		Parameters                             []documentField
		Body                                   *documentContent
		Responses                              []documentResponse
	}
	documentResponse struct {
		Status, Description string
		Content             []documentContent
	}
	documentContent struct {
		MediaType, Schema, Example string
	}
	documentSchema struct {
		Name, Description, Type string
		Fields                  []documentField
	}
	documentField struct {
		Name, In, Type, Schema, Description, Example string
		Required                                     bool
	}
)

func documentOf(doc *openapi3.T, operations map[string]*operation) document {
	d := document{Info: doc.Info, Server: strings.TrimSuffix(doc.Servers[0].URL, bas)} // the page shows whole paths
	for _, part := range strings.Split(doc.Info.Description, "\n\n") {
		heading, text, _ := strings.Cut(strings.TrimPrefix(part, "**"), "**") // each begins with its subject in bold
		d.Introduction = append(d.Introduction, documentPart{heading, strings.NewReplacer("`", "", "*", "").Replace(text)})
	}
	for _, tag := range doc.Tags {
		d.Groups = append(d.Groups, documentGroup{Name: tag.Name, Description: tag.Description, Operations: operationsOf(doc, tag.Name, operations)})
	}
	for name, ref := range doc.Components.Schemas {
		sch := documentSchema{Name: name, Description: ref.Value.Description, Type: typeText(ref.Value)}
		sch.Fields = fieldsOf(ref.Value)
		d.Schemas = append(d.Schemas, sch)
	}
	sort.Slice(d.Schemas, func(i, j int) bool { return d.Schemas[i].Name < d.Schemas[j].Name })
	return d
}

func operationsOf(doc *openapi3.T, tag string, operations map[string]*operation) []documentOperation {
	var out []documentOperation
	for _, post := range doc.Paths.Map() {
		for method, o := range post.Operations() {
			if !slices.Contains(o.Tags, tag) {
				continue
			}
			op := operations[o.OperationID]
			d := documentOperation{ID: op.id, Method: method, Path: op.path, Heading: o.Summary, Description: o.Description,
				Roller: rolesText(op), Scopes: joined(op.scopes)}
			for _, p := range o.Parameters {
				d.Parameters = append(d.Parameters, parameterField(p.Value))
			}
			if o.RequestBody != nil {
				if i := contentOf(o.RequestBody.Value.Content); len(i) > 0 {
					d.Body = &i[0]
				}
			}
			for status, ref := range o.Responses.Map() {
				d.Responses = append(d.Responses, documentResponse{Status: status, Description: *ref.Value.Description, Content: contentOf(ref.Value.Content)})
			}
			sort.Slice(d.Responses, func(i, j int) bool { return d.Responses[i].Status < d.Responses[j].Status })
			out = append(out, d)
		}
	}
	sort.Slice(out, func(i, j int) bool {
		if out[i].Path != out[j].Path {
			return out[i].Path < out[j].Path
		}
		return out[i].Method < out[j].Method
	})
	return out
}

func rolesText(op *operation) string {
	switch {
	case op.public:
		return "Öppen för alla"
	case op.anyRole:
		return "Alla inloggade"
	}
	return joined(op.roller)
}

func joined[T register.Roll | register.Scope](list []T) string {
	parts := make([]string, 0, len(list))
	for _, x := range list {
		parts = append(parts, string(x))
	}
	return strings.Join(parts, ", ")
}

func parameterField(p *openapi3.Parameter) documentField {
	places := map[string]string{"path": "sökväg", "query": "fråga", "header": "huvud"}
	return documentField{Name: p.Name, In: places[p.In], Type: typeText(p.Schema.Value), Description: p.Description,
		Example: asText(p.Example), Required: p.Required}
}

func contentOf(c openapi3.Content) []documentContent {
	var out []documentContent
	for typ, m := range c {
		i := documentContent{MediaType: typ, Example: asText(example(m))}
		if m.Schema != nil {
			i.Schema = schemaName(m.Schema)
		}
		out = append(out, i)
	}
	sort.Slice(out, func(i, j int) bool { return out[i].MediaType < out[j].MediaType })
	return out
}

// example is a body's one example, which stands among the contract's components.
func example(m *openapi3.MediaType) any {
	for _, ref := range m.Examples {
		return ref.Value.Value
	}
	return nil
}

// fieldsOf lists an object's fields, the required ones first.
func fieldsOf(sch *openapi3.Schema) []documentField {
	var out []documentField
	for name, ref := range sch.Properties {
		f := documentField{Name: name, Type: typeText(ref.Value), Schema: schemaName(ref), Description: ref.Value.Description,
			Example: asText(ref.Value.Example), Required: slices.Contains(sch.Required, name)}
		if ref.Value.Items != nil {
			f.Schema = schemaName(ref.Value.Items)
		}
		out = append(out, f)
	}
	sort.Slice(out, func(i, j int) bool {
		if out[i].Required != out[j].Required {
			return out[i].Required
		}
		return out[i].Name < out[j].Name
	})
	return out
}

func schemaName(ref *openapi3.SchemaRef) string {
	name, _ := strings.CutPrefix(ref.Ref, "#/components/schemas/")
	return name
}

func typeText(sch *openapi3.Schema) string {
	name := map[string]string{"string": "text", "integer": "heltal", "number": "tal", "boolean": "true/false", "array": "lista", "object": "objekt"}
	typ := ""
	if sch.Type != nil && len(*sch.Type) > 0 {
		typ = name[(*sch.Type)[0]]
	}
	if sch.Format != "" {
		typ += " (" + sch.Format + ")"
	}
	if len(sch.Enum) > 0 {
		typ = strings.TrimSuffix(strings.TrimPrefix(enumWords(sch), "Värdet finns inte. Välj bland: "), ".")
	}
	return typ
}

// asText is an example as it is sent.
func asText(v any) string {
	switch v := v.(type) {
	case nil:
		return ""
	case string:
		return v
	}
	var b bytes.Buffer
	k := json.NewEncoder(&b)
	k.SetEscapeHTML(false)
	if _, isObject := v.(map[string]any); isObject {
		k.SetIndent("", "  ")
	}
	if err := k.Encode(v); err != nil {
		return ""
	}
	return strings.TrimSpace(b.String())
}
