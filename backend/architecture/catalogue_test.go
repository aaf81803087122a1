package architecture_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"

	"sus/backend/register"
)

const (
	rules  = "backend/register/regel.go"
	events = "backend/register/handelse.go"
)

// catalogue is the variables that a file's calls of maker declare.
func catalogue(t *testing.T, path, maker string) (names []string) {
	t.Helper()
	f, err := parser.ParseFile(token.NewFileSet(), filepath.Join(root, path), nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	ast.Inspect(f, func(n ast.Node) bool {
		spec, ok := n.(*ast.ValueSpec)
		if !ok || len(spec.Values) != 1 {
			return true
		}
		call, ok := spec.Values[0].(*ast.CallExpr)
		if ok && named(call.Fun) == maker {
			names = append(names, spec.Names[0].Name)
		}
		return true
	})
	return names
}

// named is the last part of an identifier or a selector, else "".
func named(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.Ident:
		return e.Name
	case *ast.SelectorExpr:
		return e.Sel.Name
	}
	return ""
}

// program visits every file of the backend that is not a test, parsed.
func program(t *testing.T, visit func(path string, f *ast.File)) {
	t.Helper()
	walk(t, func(p string) {
		if !strings.HasPrefix(p, "backend/") || !strings.HasSuffix(p, ".go") || strings.HasSuffix(p, "_test.go") {
			return
		}
		f, err := parser.ParseFile(token.NewFileSet(), filepath.Join(root, p), nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		visit(p, f)
	})
}

func TestEveryRuleAndEventOfTheCataloguesIsUsed(t *testing.T) {
	unused := map[string]bool{}
	for _, n := range slices.Concat(catalogue(t, rules, "nyRegel"), catalogue(t, events, "nyHandelse")) {
		unused[n] = true
	}
	if want := len(register.Regler()) + len(register.Handelser()); len(unused) != want {
		t.Fatalf("%d of %d entries were found in the source", len(unused), want)
	}
	program(t, func(p string, f *ast.File) {
		if p == rules || p == events {
			return
		}
		ast.Inspect(f, func(n ast.Node) bool {
			if e, ok := n.(ast.Expr); ok {
				delete(unused, named(e))
			}
			return true
		})
	})
	for n := range unused {
		t.Errorf("nothing uses %s", n)
	}
}

// The compiler keeps other packages from filling in a Regel or a Handelse; what it
// lets through is an empty one, and a refusal that is put together by hand.
func TestRulesEventsAndRefusalsAreMadeByTheCataloguesOnly(t *testing.T) {
	closed := map[string][]string{
		"Regel": {rules}, "Handelse": {events}, "Error": {"backend/register/error.go"}, "Faltfel": {"backend/register/error.go"},
	}
	program(t, func(p string, f *ast.File) {
		ast.Inspect(f, func(n ast.Node) bool {
			literal, ok := n.(*ast.CompositeLit)
			if !ok {
				return true
			}
			home, ok := closed[named(literal.Type)]
			ours := strings.HasPrefix(p, "backend/register/")
			if s, isSelector := literal.Type.(*ast.SelectorExpr); isSelector {
				ours = named(s.X) == "register"
			}
			if ok && ours && !slices.Contains(home, p) {
				t.Errorf("%s makes a %s of its own", p, named(literal.Type))
			}
			return true
		})
	})
}

// kebab is a word that a rule's id could be; it has a hyphen, so that no plain word is one.
var kebab = regexp.MustCompile(`(?:^|[\s(«` + "`" + `])([a-z]+(?:-[a-z]+)+)(?:$|[\s).,:;»` + "`" + `])`)

// otherWords stand in the contract's descriptions and are no rules.
var otherWords = []string{"excel-sv", "json-stat", "x-roles", "x-scopes"}

// ownWords are the rules that the contract's examples show in the words of a place.
var ownWords = []register.Regel{register.RegelOgiltigBegaran, register.RegelFormatSaknas, register.RegelMedietyp,
	register.RegelAterkallat, register.RegelForsorjningUtesluter}

// contract is openapi.yaml.
func contract(t *testing.T) (v any) {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(root, "openapi.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	if err := yaml.Unmarshal(b, &v); err != nil {
		t.Fatal(err)
	}
	return v
}

func TestEveryRuleThatTheContractNamesIsInTheCatalogue(t *testing.T) {
	found := 0
	check := func(where, id string) {
		found++
		if _, ok := register.RegelMed(id); !ok {
			t.Errorf("%s: no rule is called %q", where, id)
		}
	}
	var visit func(where, key string, v any)
	visit = func(where, key string, v any) {
		switch v := v.(type) {
		case map[string]any:
			for k, child := range v {
				visit(where+"/"+k, k, child)
			}
			if id, ok := v["regel"].(string); ok && v["detail"] != nil {
				r, _ := register.RegelMed(id)
				if !slices.Contains(ownWords, r) && v["detail"] != r.Ord() {
					t.Errorf("%s: %q is not what the catalogue says of %s", where, v["detail"], id)
				}
			}
			if key == "regel" {
				for _, k := range []string{"example", "default"} {
					if id, ok := v[k].(string); ok {
						check(where, id)
					}
				}
				enum, _ := v["enum"].([]any)
				for _, id := range enum {
					check(where, id.(string))
				}
			}
		case []any:
			for _, child := range v {
				visit(where, key, child)
			}
		case string:
			if _, id, ok := strings.Cut(v, "/fel/"); ok {
				check(where, id)
			}
			switch key {
			case "regel":
				check(where, v)
			case "description", "summary":
				for _, m := range kebab.FindAllStringSubmatch(v, -1) {
					if !slices.Contains(otherWords, m[1]) {
						check(where, m[1])
					}
				}
			}
		}
	}
	visit("", "", contract(t))
	if found < 30 {
		t.Errorf("only %d rules were found in the contract", found)
	}
}

func TestEveryEventThatTheContractNamesIsInTheCatalogue(t *testing.T) {
	var names []string
	for _, h := range register.Handelser() {
		names = append(names, h.String())
	}
	found := 0
	check := func(v any) {
		if name, ok := v.(string); ok {
			found++
			if !slices.Contains(names, name) {
				t.Errorf("no event is called %q", name)
			}
		}
	}
	var visit func(v any)
	visit = func(v any) {
		switch v := v.(type) {
		case map[string]any:
			check(v["handelse"])
			if property, ok := v["handelse"].(map[string]any); ok {
				check(property["example"])
			}
			for _, child := range v {
				visit(child)
			}
		case []any:
			for _, child := range v {
				visit(child)
			}
		}
	}
	visit(contract(t))
	if found < 2 {
		t.Errorf("only %d events were found in the contract", found)
	}
}
