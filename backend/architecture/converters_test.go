package architecture_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode"
)

// isConverterName tells what carries the wire into the domain, or the domain onto
// the wire.
func isConverterName(name string) bool {
	for _, direction := range []string{"to", "from"} {
		if rest, ok := strings.CutPrefix(name, direction); ok && rest != "" && unicode.IsUpper(rune(rest[0])) {
			return true
		}
	}
	return false
}

// isOfTheServer tells api's names that are no schema of the contract.
func isOfTheServer(name string) bool {
	return strings.HasSuffix(name, "Response") || strings.HasSuffix(name, "ResponseHeaders") ||
		name == "StrictMiddlewareFunc" || name == "RegisterHandlersOptions"
}

// inner are the packages whose types the wire is converted from and to.
var inner = []string{"auth", "export", "rapport", "register", "store", "konto", "statistik"}

// TestWireAndDomainMeetInTheConvertFilesOnly: a column becomes public where one
// looks for it, and nowhere else.
func TestWireAndDomainMeetInTheConvertFilesOnly(t *testing.T) {
	converters := 0
	walk(t, func(p string) {
		dir, name := path.Split(p)
		if dir != "backend/httpapi/" || path.Ext(p) != ".go" || strings.HasSuffix(p, "_test.go") {
			return
		}
		f, err := parser.ParseFile(token.NewFileSet(), filepath.Join(root, p), nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		found := conversions(f)
		if strings.HasPrefix(name, "convert_") {
			converters += len(found)
			return
		}
		for _, x := range found {
			t.Errorf("%s %s: it belongs in convert_<concept>.go", p, x)
		}
	})
	if converters < 30 {
		t.Errorf("%d conversions found: the test no longer sees them", converters)
	}
}

func TestAConverterIsKnownByItsNameItsTypesAndWhatItWrites(t *testing.T) {
	for source, want := range map[string]int{
		`func toInsats() {}`:                                                             1,
		`func fromInsats() {}`:                                                           1,
		`func (s *server) toInsats() {}`:                                                 1,
		`func insats(i register.Insats) *api.Insats { return nil }`:                      1,
		`func insatser(i []store.InsatsIOrganisation) []api.Insats { return nil }`:       1,
		`func uppgifter(i *api.NyInsats) (register.Insatsuppgifter, error) { panic(0) }`: 1,
		`func f() { g(api.Insats{}) }`:                                                   1,
		`func f() { g(&api.Insats{}, []api.Insats{}) }`:                                  2,
		`func f() any { return api.HamtaInsats200JSONResponse{Headers: api.HamtaInsats200ResponseHeaders{}} }`:             0,
		`func (s *server) HamtaInsats(r api.HamtaInsatsRequestObject) (api.HamtaInsatsResponseObject, error) { panic(0) }`: 0,
		`func domanproblem(e *register.Error) api.Problem { panic(0) }`:                                                    0,
		`func totalt(f register.Insats) int { return 0 }`:                                                                  0,
		`func kravFalt(in *api.TokenBegaran) error { return nil }`:                                                         0,
	} {
		f, err := parser.ParseFile(token.NewFileSet(), "", "package httpapi\n"+source, 0)
		if err != nil {
			t.Fatalf("%s: %v", source, err)
		}
		if got := conversions(f); len(got) != want {
			t.Errorf("%s: %q, want %d", source, got, want)
		}
	}
}

// conversions are the converters declared in a file, by name or by types, and the
// values of the wire written out in it. Neither an answer of the generated
// server, made of what a converter gave, nor a refusal is one: error.go alone turns
// errors into problems.
func conversions(f *ast.File) (found []string) {
	for _, d := range f.Decls {
		fn, ok := d.(*ast.FuncDecl)
		if !ok {
			continue
		}
		in, out := mentioned(fn.Type.Params), mentioned(fn.Type.Results)
		if isConverterName(fn.Name.Name) || in.inner && out.wire || in.wire && out.inner {
			found = append(found, "declares "+fn.Name.Name)
		}
	}
	ast.Inspect(f, func(n ast.Node) bool {
		l, ok := n.(*ast.CompositeLit)
		if !ok || l.Type == nil {
			return true
		}
		ast.Inspect(l.Type, func(n ast.Node) bool {
			if s, ok := n.(*ast.SelectorExpr); ok && packageOf(s) == "api" && !isOfTheServer(s.Sel.Name) {
				found = append(found, "writes an api."+s.Sel.Name)
			}
			return true
		})
		return true
	})
	return found
}

type sides struct{ wire, inner bool }

// mentioned is whose types a list of fields names.
func mentioned(l *ast.FieldList) (m sides) {
	if l == nil {
		return m
	}
	ast.Inspect(l, func(n ast.Node) bool {
		if s, ok := n.(*ast.SelectorExpr); ok {
			m.wire = m.wire || packageOf(s) == "api" && s.Sel.Name != "Problem"
			m.inner = m.inner || slices.Contains(inner, packageOf(s))
		}
		return true
	})
	return m
}

func packageOf(s *ast.SelectorExpr) string {
	if x, ok := s.X.(*ast.Ident); ok {
		return x.Name
	}
	return ""
}
