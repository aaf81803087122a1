package architecture_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"strings"
	"testing"
	"unicode"
)

// TestTheGeneratedServerHasNoCodeForRefusals: error.go writes them all. A status
// that api/overlay.yaml does not name would be generated for every operation.
func TestTheGeneratedServerHasNoCodeForRefusals(t *testing.T) {
	f, err := parser.ParseFile(token.NewFileSet(), filepath.Join(root, "api", "api.gen.go"), nil, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	answers := 0
	for _, d := range f.Decls {
		g, ok := d.(*ast.GenDecl)
		if !ok || g.Tok != token.TYPE {
			continue
		}
		for _, s := range g.Specs {
			name := s.(*ast.TypeSpec).Name.Name
			status := strings.Map(onlyDigits, name)
			switch {
			case !strings.HasSuffix(name, "Response") || len(status) != 3:
			case status[0] == '4' || status[0] == '5':
				t.Errorf("api.%s: add %s to api/overlay.yaml", name, status)
			default:
				answers++
			}
		}
	}
	if answers < 20 {
		t.Errorf("%d answers found: the test no longer sees them", answers)
	}
}

func onlyDigits(r rune) rune {
	if unicode.IsDigit(r) {
		return r
	}
	return -1
}
