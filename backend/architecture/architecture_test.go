package architecture_test

import (
	"bufio"
	"bytes"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"sort"
	"strings"
	"testing"
)

const (
	root     = "../.."
	module   = "sus"
	maxLines = 600
)

// arrows are all imports of ours that a package's program code may have. A
// package is named by its folder under the module; those below it count as it.
var arrows = map[string][]string{
	"api":                     {"backend/register"},
	"backend/register":        {},
	"backend/rapport":         {"backend/register"},
	"backend/export":          {"backend/rapport", "backend/register"},
	"backend/pgembed":         {},
	"backend/devcert":         {},
	"backend/motpart":         {"backend/register"},
	"backend/folkbokforing":   {"backend/register", "backend/devcert", "backend/motpart"},
	"backend/sms":             {"backend/devcert", "backend/motpart", "backend/register"},
	"backend/store/db":        {"backend/register"},
	"backend/store/konto":     {"backend/store/db", "backend/register"},
	"backend/store/statistik": {"backend/store/db", "backend/rapport", "backend/register"},
	"backend/store":           {"backend/store/db", "backend/store/statistik", "backend/register"},
	"backend/auth":            {"backend/store/konto", "backend/store/db", "backend/register", "backend/sms"},
	"backend/httpapi": {"api", "backend/auth", "backend/store", "backend/store/db", "backend/store/konto", "backend/store/statistik",
		"backend/export", "backend/rapport", "backend/register", "backend/folkbokforing", "backend/sms"},
	"backend/jobs": {"api", "backend/auth", "backend/store", "backend/store/db", "backend/store/konto", "backend/store/statistik",
		"backend/export", "backend/rapport", "backend/register", "backend/folkbokforing", "backend/sms"},
	"backend/demo":         {"backend/auth", "backend/store", "backend/store/db", "backend/store/konto", "backend/register", "backend/folkbokforing"},
	"backend/architecture": {},
	"frontend":             {},
	// a fresh database for tests: the one part of store that may start PostgreSQL
	"backend/store/storetest": {"backend/store", "backend/store/db", "backend/store/konto", "backend/store/statistik", "backend/register", "backend/pgembed"},
	// the contract's operations as tests ask them, from inside and from outside
	"backend/httpapi/httpapitest": {},
	// the floor that SUS is measured against imports nothing of ours
	"backend/bench/golv": {},
	// proofs of the whole program, from outside: tests only
	"backend/prov": {},
}

// pgxAllowed is who of the server's own packages may speak to PostgreSQL itself: the
// ground of the rooms, and River's pool. The rest goes through the ground's doors.
var pgxAllowed = []string{"backend/store/db", "backend/jobs"}

// wiring packages may import everything but each other.
var wiring = []string{"backend/cmd/sus", "backend/bench"}

// externalOnly bounds what the innermost package may import from outside.
var externalOnly = map[string][]string{
	"backend/register": {"github.com/google/uuid"},
}

// emptyNames say nothing about what a package is for.
var emptyNames = []string{"common", "utils", "util", "models", "model", "service", "services", "types", "helpers", "misc", "base"}

type file struct {
	path    string // slash-separated, from the root
	imports []string
	pkg     string
	test    bool
}

func goFiles(t *testing.T) []file {
	t.Helper()
	var files []file
	walk(t, func(p string) {
		if !strings.HasSuffix(p, ".go") {
			return
		}
		f, err := parser.ParseFile(token.NewFileSet(), filepath.Join(root, p), nil, parser.ImportsOnly)
		if err != nil {
			t.Fatalf("%s: %v", p, err)
		}
		x := file{path: p, pkg: f.Name.Name, test: strings.HasSuffix(p, "_test.go")}
		for _, i := range f.Imports {
			x.imports = append(x.imports, strings.Trim(i.Path.Value, `"`))
		}
		files = append(files, x)
	})
	if len(files) == 0 {
		t.Fatal("no Go files found")
	}
	return files
}

// walk visits our own files: nothing hidden, built, fetched or run.
func walk(t *testing.T, visit func(path string)) {
	t.Helper()
	err := filepath.WalkDir(root, func(p string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(root, p)
		if err != nil {
			return err
		}
		rel = filepath.ToSlash(rel)
		if d.IsDir() {
			if rel != "." && (strings.HasPrefix(d.Name(), ".") || slices.Contains([]string{"bin", "data", "node_modules"}, rel) ||
				d.Name() == "node_modules") {
				return fs.SkipDir
			}
			return nil
		}
		visit(rel)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// owner is the entry of arrows that the folder falls under, the longest first.
func owner(dir string) (string, bool) {
	for d := dir; d != "." && d != "/"; d = path.Dir(d) {
		if _, ok := arrows[d]; ok {
			return d, true
		}
		if slices.Contains(wiring, d) {
			return d, true
		}
	}
	return "", false
}

func TestImportsFollowTheArrowsOfTheArchitecture(t *testing.T) {
	for _, f := range goFiles(t) {
		from, ok := owner(path.Dir(f.path))
		if !ok {
			t.Errorf("%s: the package has no arrows: say in architecture_test.go what it may import", f.path)
			continue
		}
		if f.test {
			continue // a test may stand up what its package is used with
		}
		for _, i := range f.imports {
			ours, isOurs := strings.CutPrefix(i, module+"/")
			if !isOurs {
				continue
			}
			to, ok := owner(ours)
			switch {
			case !ok:
				t.Errorf("%s imports %s, which has no arrows", f.path, i)
			case to == from:
			case slices.Contains(wiring, from) && !slices.Contains(wiring, to):
			case !slices.Contains(arrows[from], to):
				t.Errorf("%s: %s may not import %s", f.path, from, to)
			}
		}
	}
}

func TestTheDomainImportsTheStandardLibraryAndUUIDOnly(t *testing.T) {
	for _, f := range goFiles(t) {
		from, _ := owner(path.Dir(f.path))
		allowed, bounded := externalOnly[from]
		if !bounded || f.test {
			continue
		}
		for _, i := range f.imports {
			if first, _, _ := strings.Cut(i, "/"); strings.Contains(first, ".") && !slices.Contains(allowed, i) {
				t.Errorf("%s: %s may not import %s", f.path, from, i)
			}
		}
	}
}

func TestOnlyTheGroundSpeaksToPostgreSQL(t *testing.T) {
	server := []string{"backend/register", "backend/rapport", "backend/export", "backend/store", "backend/auth", "backend/httpapi",
		"backend/jobs", "backend/folkbokforing", "backend/sms", "backend/cmd/sus"}
	isDriver := func(i string) bool { // database/sql/driver is only how a Datum is written
		return i == "database/sql" || strings.HasPrefix(i, "github.com/jackc/pgx/") || strings.HasPrefix(i, "gorm.io/")
	}
	for _, f := range goFiles(t) {
		from, _ := owner(path.Dir(f.path))
		ours := slices.ContainsFunc(server, func(s string) bool { return from == s || strings.HasPrefix(from, s+"/") })
		if f.test || !ours || slices.Contains(pgxAllowed, from) || from == "backend/store/storetest" {
			continue
		}
		for _, i := range f.imports {
			if isDriver(i) {
				t.Errorf("%s: %s may not import %s: go through store/db", f.path, from, i)
			}
		}
	}
}

func TestOnlyTestsAndWiringUseWhatIsForTests(t *testing.T) {
	forTests := []string{"backend/store/storetest", "backend/httpapi/httpapitest"}
	for _, f := range goFiles(t) {
		from, _ := owner(path.Dir(f.path))
		if f.test || slices.Contains(forTests, from) || slices.Contains(wiring, from) {
			continue
		}
		for _, x := range forTests {
			if slices.Contains(f.imports, module+"/"+x) {
				t.Errorf("%s imports %s", f.path, x)
			}
		}
	}
}

func TestPackagesAreNamedAfterWhatTheyHold(t *testing.T) {
	for _, f := range goFiles(t) {
		for _, part := range append(strings.Split(path.Dir(f.path), "/"), f.pkg) {
			if slices.Contains(emptyNames, part) {
				t.Errorf("%s: «%s» says nothing about what is in it", f.path, part)
			}
		}
	}
}

func TestNoSourceFileIsLongerThanAPersonReads(t *testing.T) {
	long := map[string]int{}
	walk(t, func(p string) {
		if !isSource(p) {
			return
		}
		b, err := os.ReadFile(filepath.Join(root, p))
		if err != nil {
			t.Fatal(err)
		}
		if n := lines(b); n > maxLines && !isGenerated(b) {
			long[p] = n
		}
	})
	var names []string
	for p := range long {
		names = append(names, p)
	}
	sort.Strings(names)
	for _, p := range names {
		t.Errorf("%s has %d lines, more than %d: split it by concept", p, long[p], maxLines)
	}
}

// isSource leaves out the contract, lock files and data.
func isSource(p string) bool {
	if p == "openapi.yaml" || p == "go.sum" || path.Base(p) == "package-lock.json" || strings.Contains(p, "/testdata/") {
		return false
	}
	switch path.Ext(p) {
	case ".go", ".sql", ".sh", ".vue", ".ts", ".js", ".mjs", ".css", ".scss", ".html", ".yaml", ".yml", "":
		return true
	}
	return path.Base(p) == "Makefile"
}

func isGenerated(b []byte) bool {
	s := bufio.NewScanner(bytes.NewReader(b[:min(len(b), 4096)]))
	for s.Scan() {
		if strings.HasPrefix(s.Text(), "// Code generated ") && strings.HasSuffix(s.Text(), " DO NOT EDIT.") ||
			s.Text() == " * This file was auto-generated by openapi-typescript." {
			return true
		}
	}
	return false
}

func lines(b []byte) int {
	n := bytes.Count(b, []byte("\n"))
	if len(b) > 0 && b[len(b)-1] != '\n' {
		n++
	}
	return n
}
