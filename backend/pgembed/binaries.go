package pgembed

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"sort"
	"strconv"
)

// MinMajor is the oldest PostgreSQL that SUS runs on.
const MinMajor = 15

// binaries is a folder with the server's own programs, postgres and initdb.
type binaries struct {
	dir     string
	version string
	major   int
}

// findBinaries picks PostgreSQL: the folder asked for, else what the machine has
// (PATH, then the folders of Debian, Red Hat and Homebrew), else the npm package.
// A cluster that exists already needs the major version that made it; want is
// that version or 0.
func findBinaries(ctx context.Context, asked string, want int, u runUser, log *slog.Logger) (binaries, error) {
	if asked == "" {
		asked = os.Getenv("SUS_PG_BIN")
	}
	if asked != "" && asked != "npm" {
		b, err := inspect(asked, u)
		if err != nil {
			return binaries{}, fmt.Errorf("SUS_PG_BIN=%s: %w", asked, err)
		}
		return b, fits(b, want)
	}
	if asked == "" {
		var found []binaries
		for _, dir := range candidates() {
			if b, err := inspect(dir, u); err == nil {
				found = append(found, b)
			}
		}
		for _, b := range found {
			if fits(b, want) == nil {
				return b, nil
			}
		}
		if len(found) > 0 && want != 0 && want != npmMajor() {
			return binaries{}, fits(found[0], want)
		}
	}
	dir, err := fetchNpm(ctx, u, log)
	if err != nil {
		return binaries{}, fmt.Errorf("ingen PostgreSQL (minst %d) på datorn, och npm-paketet gick inte att hämta "+
			"(installera postgresql, eller ange SUS_PG_BIN): %w", MinMajor, err)
	}
	b, err := inspect(dir, u)
	if err != nil {
		return binaries{}, fmt.Errorf("npm-paketets PostgreSQL: %w", err)
	}
	return b, fits(b, want)
}

func fits(b binaries, want int) error {
	switch {
	case b.major < MinMajor:
		return fmt.Errorf("PostgreSQL %s i %s är för gammal: minst %d behövs", b.version, b.dir, MinMajor)
	case want != 0 && b.major != want:
		return fmt.Errorf("databasen är gjord av PostgreSQL %d, men %s har %s: ange rätt version med SUS_PG_BIN eller en tom SUS_DATA_DIR",
			want, b.dir, b.version)
	}
	return nil
}

// candidates are folders that may hold the programs, the preferred first.
func candidates() []string {
	dirs := filepath.SplitList(os.Getenv("PATH"))
	for _, pattern := range []string{
		"/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin", "/opt/homebrew/opt/postgresql@*/bin", "/usr/local/opt/postgresql@*/bin",
	} {
		m, _ := filepath.Glob(pattern)
		sort.Slice(m, func(i, j int) bool { return number(m[i]) > number(m[j]) })
		dirs = append(dirs, m...)
	}
	return dirs
}

var digits = regexp.MustCompile(`\d+`)

func number(path string) int {
	n, _ := strconv.Atoi(digits.FindString(path))
	return n
}

var versionLine = regexp.MustCompile(`^postgres \(PostgreSQL\) (\d+)\S*`)

// inspect resolves the folder's programs to the real ones and asks the version.
// A script in their place is refused: it would not pass signals on.
func inspect(dir string, u runUser) (binaries, error) {
	path, err := filepath.Abs(filepath.Join(dir, "postgres"))
	if err != nil {
		return binaries{}, err
	}
	if path, err = filepath.EvalSymlinks(path); err != nil {
		return binaries{}, errors.New("programmet postgres finns inte där")
	}
	b := binaries{dir: filepath.Dir(path)}
	for _, name := range []string{"postgres", "initdb"} {
		p := filepath.Join(b.dir, name)
		if !isProgram(p) {
			return binaries{}, fmt.Errorf("%s är inget av PostgreSQL:s egna program", p)
		}
		if !u.reaches(p) {
			return binaries{}, fmt.Errorf("användaren %s når inte %s", u.name, p)
		}
	}
	out, err := exec.Command(path, "--version").Output()
	if err != nil {
		return binaries{}, fmt.Errorf("%s --version: %w", path, err)
	}
	m := versionLine.FindSubmatch(out)
	if m == nil {
		return binaries{}, fmt.Errorf("%s --version svarar %q", path, bytes.TrimSpace(out))
	}
	b.version = string(bytes.Fields(out)[2])
	b.major, _ = strconv.Atoi(string(m[1]))
	return b, nil
}

func isProgram(path string) bool {
	f, err := os.Open(path)
	if err != nil {
		return false
	}
	defer func() { _ = f.Close() }()
	magic := make([]byte, 4)
	if _, err := io.ReadFull(f, magic); err != nil {
		return false
	}
	return !bytes.HasPrefix(magic, []byte("#!"))
}

// majorOf reads the number before the first dot.
func majorOf(version string) (int, error) {
	return strconv.Atoi(digits.FindString(version))
}
