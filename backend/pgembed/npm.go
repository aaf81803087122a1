package pgembed

import (
	"archive/tar"
	"compress/gzip"
	"context"
	"crypto/sha512"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"time"
)

// The pinned package. All its versions are called beta; it holds initdb, pg_ctl
// and postgres and is meant for development only.
const npmVersion = "17.10.0-beta.17"

// npmIntegrity is the sha512 of each platform's tarball, as npm publishes it.
var npmIntegrity = map[string]string{
	"linux-x64":    "hU4Sgna19ixDP/l3P/zkHhQ9B0JDV39qA97RNz55QcngeRjFC5/1G36LZjODVJ84kVJHUTQMmly7nzWO8js8kg==",
	"linux-arm64":  "mC+bQvaBEf0WDD0nPWW3eGUXDUVzoyCzMtgl+Fw6Jy9DkQFK+jcPtzkzqhhrS/fGzn5telNpKInl8xPqDh71Ig==",
	"darwin-x64":   "gXk65MIyttD/PWo6NDSmu/n4vzPcqZQmxVWjEKuecwlyGmWO984AZ3Ljb7F0bwPvXhqcovH4FGN4ydr0fGeJxg==",
	"darwin-arm64": "E2dxhSllrcyAJBHuvgTrBTx2BaPlX2vvjXClPKHxfwBezk+nTZ01uAEraKiRJMpzHSCyN8J1dTjKh4q/uTsBLQ==",
}

const (
	npmRegistry = "https://registry.npmjs.org/"
	maxTarball  = 100 << 20
	maxFile     = 100 << 20
)

func npmMajor() int {
	m, _ := majorOf(npmVersion)
	return m
}

func npmPlatform() (string, error) {
	arch := map[string]string{"amd64": "x64", "arm64": "arm64"}[runtime.GOARCH]
	p := runtime.GOOS + "-" + arch
	if _, ok := npmIntegrity[p]; !ok {
		return "", fmt.Errorf("det finns inget för %s/%s", runtime.GOOS, runtime.GOARCH)
	}
	return p, nil
}

// fetchNpm gives the folder of the package's programs, downloaded once a machine
// and user into a cache.
func fetchNpm(ctx context.Context, u runUser, log *slog.Logger) (string, error) {
	platform, err := npmPlatform()
	if err != nil {
		return "", err
	}
	root, err := cacheDir(u)
	if err != nil {
		return "", err
	}
	home := filepath.Join(root, platform+"-"+npmVersion)
	bin := filepath.Join(home, "bin")
	if _, err := os.Stat(bin); err == nil {
		return bin, nil
	}
	unlock, err := waitForLock(ctx, filepath.Join(root, "lock"))
	if err != nil {
		return "", err
	}
	defer unlock()
	if _, err := os.Stat(bin); err == nil {
		return bin, nil // another program fetched it while we waited
	}
	registry := firstNonEmpty(os.Getenv("npm_config_registry"), os.Getenv("NPM_CONFIG_REGISTRY"), npmRegistry)
	url := strings.TrimSuffix(registry, "/") + "/@embedded-postgres/" + platform + "/-/" + platform + "-" + npmVersion + ".tgz"
	log.Info("hämtar PostgreSQL från npm", "version", npmVersion, "mapp", root)

	tmp, err := os.MkdirTemp(root, "ny-")
	if err != nil {
		return "", err
	}
	defer func() { _ = os.RemoveAll(tmp) }()
	if err := os.Chmod(tmp, 0o755); err != nil {
		return "", err
	}
	tarball := filepath.Join(tmp, "paket.tgz")
	if err := download(ctx, url, npmIntegrity[platform], tarball); err != nil {
		return "", err
	}
	native := filepath.Join(tmp, "native")
	if err := unpack(tarball, native); err != nil {
		return "", fmt.Errorf("uppackning: %w", err)
	}
	if err := hydrate(native); err != nil {
		return "", fmt.Errorf("symboliska länkar: %w", err)
	}
	if err := os.Rename(native, home); err != nil {
		return "", err
	}
	return bin, nil
}

func firstNonEmpty(values ...string) string {
	for _, v := range values {
		if v != "" {
			return v
		}
	}
	return ""
}

// cacheDir is a folder that this program can write and the cluster's user can
// reach, kept between runs.
func cacheDir(u runUser) (string, error) {
	var dirs []string
	if d := os.Getenv("SUS_CACHE_DIR"); d != "" {
		dirs = append(dirs, d)
	}
	if u.switched {
		dirs = append(dirs, "/var/cache/sus")
	}
	if d, err := os.UserCacheDir(); err == nil {
		dirs = append(dirs, filepath.Join(d, "sus"))
	}
	dirs = append(dirs, filepath.Join(tempRoot(u), fmt.Sprintf("sus-cache-%d", os.Geteuid())))
	for _, d := range dirs {
		d, err := filepath.Abs(d)
		if err != nil || !u.reaches(filepath.Dir(d)) || os.MkdirAll(d, 0o755) != nil {
			continue
		}
		fi, err := os.Lstat(d)
		if err != nil || !fi.IsDir() || fi.Mode().Perm()&0o022 != 0 || !u.reaches(d) {
			continue
		}
		// programs are run from here: nobody else may own the folder
		if st, ok := fi.Sys().(*syscall.Stat_t); ok && int(st.Uid) == os.Geteuid() {
			return d, nil
		}
	}
	return "", errors.New("ingen mapp att spara det i: ange SUS_CACHE_DIR")
}

// waitForLock takes the lock, waiting while another program downloads.
func waitForLock(ctx context.Context, path string) (func(), error) {
	for {
		f, err := lockFile(path)
		if err == nil {
			return func() { _ = f.Close() }, nil
		}
		if !errors.Is(err, errLocked) {
			return nil, err
		}
		select {
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-time.After(100 * time.Millisecond):
		}
	}
}

// download fetches url into path and refuses anything but the pinned bytes.
func download(ctx context.Context, url, integrity, path string) error {
	ctx, cancel := context.WithTimeout(ctx, 5*time.Minute)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return err
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return err
	}
	defer func() { _ = resp.Body.Close() }()
	if resp.StatusCode != http.StatusOK {
		return fmt.Errorf("%s svarar %s", url, resp.Status)
	}
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	defer func() { _ = f.Close() }()
	sum := sha512.New()
	if _, err := io.Copy(io.MultiWriter(f, sum), io.LimitReader(resp.Body, maxTarball)); err != nil {
		return err
	}
	if got := base64.StdEncoding.EncodeToString(sum.Sum(nil)); got != integrity {
		return fmt.Errorf("%s har fel kontrollsumma: väntade sha512-%s, fick sha512-%s", url, integrity, got)
	}
	return f.Close()
}

// unpack writes the tarball's native/ folder to dir, without what only compilers
// need.
func unpack(tarball, dir string) error {
	f, err := os.Open(tarball)
	if err != nil {
		return err
	}
	defer func() { _ = f.Close() }()
	gz, err := gzip.NewReader(f)
	if err != nil {
		return err
	}
	for tr := tar.NewReader(gz); ; {
		h, err := tr.Next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		name, ok := strings.CutPrefix(h.Name, "package/native/")
		if !ok || h.Typeflag != tar.TypeReg || !filepath.IsLocal(name) || strings.HasSuffix(name, ".a") {
			continue
		}
		if err := writeFile(filepath.Join(dir, name), tr, h.FileInfo().Mode().Perm()|0o444); err != nil {
			return err
		}
	}
}

// writeFile sets the modes explicitly: under a strict umask the cluster's user
// could not read its own programs.
func writeFile(path string, r io.Reader, mode os.FileMode) error {
	var made []string
	for d := filepath.Dir(path); ; d = filepath.Dir(d) {
		if _, err := os.Stat(d); err == nil {
			break
		}
		made = append(made, d)
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	for _, d := range made {
		if err := os.Chmod(d, 0o755); err != nil {
			return err
		}
	}
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, mode)
	if err != nil {
		return err
	}
	defer func() { _ = f.Close() }()
	if _, err := io.Copy(f, io.LimitReader(r, maxFile)); err != nil {
		return err
	}
	if err := f.Chmod(mode); err != nil {
		return err
	}
	return f.Close()
}

// hydrate makes the symbolic links that a tarball of npm cannot hold: the
// libraries are looked up by their short names.
func hydrate(native string) error {
	b, err := os.ReadFile(filepath.Join(native, "pg-symlinks.json"))
	if err != nil {
		return err
	}
	var links []struct{ Source, Target string }
	if err := json.Unmarshal(b, &links); err != nil {
		return err
	}
	for _, l := range links {
		source, ok1 := strings.CutPrefix(l.Source, "native/")
		target, ok2 := strings.CutPrefix(l.Target, "native/")
		if !ok1 || !ok2 || !filepath.IsLocal(source) || !filepath.IsLocal(target) {
			return fmt.Errorf("otillåten länk %s", l.Target)
		}
		if strings.HasSuffix(source, ".a") {
			continue
		}
		rel, err := filepath.Rel(filepath.Dir(target), source)
		if err != nil {
			return err
		}
		if err := os.Symlink(rel, filepath.Join(native, target)); err != nil && !errors.Is(err, os.ErrExist) {
			return err
		}
	}
	return nil
}
