package main

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"sus/backend/register"
)

// faltregel is one place in the source of the rules that refuses a field.
type faltregel struct{ fil, regel, pekare, ord string }

// katalogfil is where the rules are declared.
const katalogfil = "regel.go"

// The calls that refuse a field by a rule of the catalogue, and where their
// arguments stand.
var vidFalt = map[string]struct{ pekare, regel, ord int }{
	"lagg":            {0, 1, 2},
	"konfliktVid":     {0, 1, 2},
	"personnummerfel": {-1, 0, 1}, // its pointer is its own
}

// utanFalt are the calls that refuse the whole by a rule.
var utanFalt = []string{"Konflikt", "Ogiltig", "Borta", "Oautentiserad", "ForMycket", "Otillganglig", "nekande"}

// faltregler reads every place where a field is refused out of the sources in the
// folders, in the order of the files' names; the catalogue stands in the first. A call that takes a rule and that it does not know is an error:
// nothing is left out unseen.
func faltregler(mappar ...string) ([]faltregel, error) {
	var filer []string
	for _, mapp := range mappar {
		har, err := filepath.Glob(filepath.Join(mapp, "*.go"))
		if err != nil {
			return nil, err
		}
		filer = append(filer, har...)
	}
	slices.SortFunc(filer, func(a, b string) int { return strings.Compare(filepath.Base(a), filepath.Base(b)) })
	kallor := map[string][]byte{}
	for _, fil := range filer {
		if strings.HasSuffix(fil, "_test.go") {
			continue
		}
		kalla, err := os.ReadFile(fil)
		if err != nil {
			return nil, err
		}
		kallor[fil] = kalla
	}
	katalog, err := katalogen(kallor[filepath.Join(mappar[0], katalogfil)])
	if err != nil {
		return nil, err
	}
	var alla []faltregel
	for _, fil := range filer {
		if kallor[fil] == nil || filepath.Base(fil) == katalogfil {
			continue
		}
		har, err := iFil(fil, kallor[fil], katalog)
		if err != nil {
			return nil, err
		}
		alla = append(alla, har...)
	}
	return alla, nil
}

// katalogen is the rule of each catalogue variable.
func katalogen(kalla []byte) (map[string]register.Regel, error) {
	f, err := parser.ParseFile(token.NewFileSet(), katalogfil, kalla, 0)
	if err != nil {
		return nil, err
	}
	katalog := map[string]register.Regel{}
	ast.Inspect(f, func(n ast.Node) bool {
		v, ok := n.(*ast.ValueSpec)
		if !ok || len(v.Values) != 1 {
			return true
		}
		if anrop, ok := v.Values[0].(*ast.CallExpr); ok && namnet(anrop.Fun) == "nyRegel" {
			id, _ := text(anrop.Args[0])
			katalog[v.Names[0].Name], _ = register.RegelMed(id)
		}
		return true
	})
	if len(katalog) != len(register.Regler()) {
		return nil, fmt.Errorf("%d of %d rules were found in %s", len(katalog), len(register.Regler()), katalogfil)
	}
	return katalog, nil
}

func iFil(fil string, kalla []byte, katalog map[string]register.Regel) ([]faltregel, error) {
	fset := token.NewFileSet()
	f, err := parser.ParseFile(fset, fil, kalla, 0)
	if err != nil {
		return nil, err
	}
	var (
		alla []faltregel
		fel  error
	)
	ny := func(regel register.Regel, pekare, ord ast.Expr) {
		r := faltregel{strings.TrimSuffix(filepath.Base(fil), ".go"), regel.String(), "/personnummer", regel.Ord()}
		if pekare != nil {
			var fast bool
			if r.pekare, fast = text(pekare); !fast {
				r.pekare = string(kalla[fset.Position(pekare.Pos()).Offset:fset.Position(pekare.End()).Offset])
			}
		}
		if ord != nil {
			r.ord, _ = text(ord)
		}
		alla = append(alla, r)
	}
	ast.Inspect(f, func(n ast.Node) bool {
		anrop, ok := n.(*ast.CallExpr)
		if !ok {
			return true
		}
		namn := namnet(anrop.Fun)
		if s, ok := anrop.Fun.(*ast.SelectorExpr); ok && namn == "Vid" {
			if regel, ok := katalog[namnet(s.X)]; ok {
				ny(regel, anrop.Args[0], plats(anrop.Args, 1))
			}
			return true
		}
		vid, ar := vidFalt[namn]
		for i, a := range anrop.Args {
			regel, ok := katalog[namnet(a)]
			switch {
			case !ok || slices.Contains(utanFalt, namn):
			case ar && i == vid.regel:
				ny(regel, plats(anrop.Args, vid.pekare), plats(anrop.Args, vid.ord))
			default:
				fel = fmt.Errorf("%s: %s takes a rule, and this program does not know how", fset.Position(anrop.Pos()), namn)
			}
		}
		return true
	})
	return alla, fel
}

// plats is the argument at i, nil when there is none.
func plats(args []ast.Expr, i int) ast.Expr {
	if i < 0 || i >= len(args) {
		return nil
	}
	return args[i]
}

// namnet is the last part of an identifier or a selector, else "".
func namnet(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.Ident:
		return e.Name
	case *ast.SelectorExpr:
		return e.Sel.Name
	}
	return ""
}

// text is the value of a string literal.
func text(e ast.Expr) (string, bool) {
	l, ok := e.(*ast.BasicLit)
	if !ok || l.Kind != token.STRING {
		return "", false
	}
	s, err := strconv.Unquote(l.Value)
	return s, err == nil
}
