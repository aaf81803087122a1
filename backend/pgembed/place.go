package pgembed

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"os/user"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"
)

const (
	socketName = ".s.PGSQL.5432"
	// maxSocketPath is below the 108 (Linux) and 104 (macOS) bytes of sun_path.
	maxSocketPath = 99
	tempPrefix    = "sus-temp-"

	// memoryRoot is Linux's file system in memory. A container may have been given
	// next to none of it.
	memoryRoot = "/dev/shm"
	memoryRoom = 2 << 30
)

// MemoryRoot is a folder in the machine's memory with room for temporary clusters,
// empty where there is none.
func MemoryRoot() string {
	var s syscall.Statfs_t
	if syscall.Statfs(memoryRoot, &s) != nil || uint64(s.Bavail)*uint64(s.Bsize) < memoryRoom {
		return ""
	}
	return memoryRoot
}

// runUser is whom initdb and postgres run as: this program's own user, or an
// unprivileged one when the program is root, which PostgreSQL refuses.
type runUser struct {
	uid, gid int
	name     string
	switched bool
}

func findRunUser() (runUser, error) {
	if os.Geteuid() != 0 {
		return runUser{uid: os.Geteuid(), gid: os.Getegid()}, nil
	}
	for _, name := range []string{"postgres", "nobody"} {
		u, err := user.Lookup(name)
		if err != nil {
			continue
		}
		uid, err1 := strconv.Atoi(u.Uid)
		gid, err2 := strconv.Atoi(u.Gid)
		if err1 == nil && err2 == nil && uid != 0 {
			return runUser{uid: uid, gid: gid, name: name, switched: true}, nil
		}
	}
	return runUser{}, errors.New("programmet körs som root, och PostgreSQL vägrar root: " +
		"varken användaren postgres eller nobody finns att köra den som")
}

// reaches tells whether the user may walk through every parent folder of path
// and into path itself where it is a folder.
func (u runUser) reaches(path string) bool {
	if !u.switched {
		return true
	}
	for p := path; ; p = filepath.Dir(p) {
		fi, err := os.Stat(p)
		if err != nil {
			if !errors.Is(err, os.ErrNotExist) {
				return false
			}
		} else if fi.IsDir() && !u.may(fi, 1) {
			return false
		}
		if p == filepath.Dir(p) {
			return true
		}
	}
}

// may tells whether the permission bit (1 search, 2 write, 4 read) is given.
func (u runUser) may(fi os.FileInfo, bit os.FileMode) bool {
	st, ok := fi.Sys().(*syscall.Stat_t)
	if !ok {
		return false
	}
	switch {
	case int(st.Uid) == u.uid:
		bit <<= 6
	case int(st.Gid) == u.gid:
		bit <<= 3
	}
	return fi.Mode().Perm()&bit != 0
}

// own makes path belong to the user; a no-op when the program is that user.
func (u runUser) own(path string) error {
	if !u.switched {
		return nil
	}
	return os.Chown(path, u.uid, u.gid)
}

// prepareDir makes the cluster's folder and takes its lock.
func (c *Cluster) prepareDir() error {
	if c.opts.Temporary {
		sweepTemporary()
		root := tempRoot(c.user)
		if m := MemoryRoot(); c.opts.Memory && m != "" && c.user.reaches(m) {
			root = m
		}
		dir, err := os.MkdirTemp(root, tempPrefix)
		if err != nil {
			return fmt.Errorf("tillfällig mapp för PostgreSQL: %w", err)
		}
		if err := os.Chmod(dir, 0o755); err != nil {
			return err
		}
		c.dir = dir
	} else {
		if c.opts.Dir == "" {
			return errors.New("ingen mapp angiven för PostgreSQL")
		}
		dir, err := filepath.Abs(c.opts.Dir)
		if err != nil {
			return err
		}
		if err := os.MkdirAll(dir, 0o755); err != nil {
			return fmt.Errorf("mappen för PostgreSQL: %w", err)
		}
		if dir, err = filepath.EvalSymlinks(dir); err != nil {
			return err
		}
		c.dir = dir
	}
	lock, err := lockFile(filepath.Join(c.dir, "pg.lock"))
	if err != nil {
		return err
	}
	c.lock = lock
	return nil
}

// errLocked says that another program holds the lock.
var errLocked = errors.New("mappen används redan av ett annat SUS")

// lockFile takes an exclusive lock that the kernel drops with this process.
func lockFile(path string) (*os.File, error) {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o644)
	if err != nil {
		return nil, fmt.Errorf("låsfilen: %w", err)
	}
	if err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		pid := make([]byte, 20)
		n, _ := f.ReadAt(pid, 0)
		_ = f.Close()
		return nil, fmt.Errorf("%w (%s, PID %s): stoppa det eller välj en annan mapp med SUS_DATA_DIR",
			errLocked, filepath.Dir(path), strings.TrimSpace(string(pid[:n])))
	}
	if err := f.Truncate(0); err == nil {
		_, _ = f.WriteAt([]byte(strconv.Itoa(os.Getpid())+"\n"), 0) // only for the message above
	}
	return f, nil
}

// placeData decides where pgdata stands. Normally inside the folder; when root's
// unprivileged user cannot get there (a clone under /root), in a folder of its
// own that a symbolic link in the cluster's folder points to.
func (c *Cluster) placeData() error {
	c.data = filepath.Join(c.dir, "pgdata")
	if fi, err := os.Lstat(c.data); err == nil && fi.Mode()&os.ModeSymlink != 0 {
		target, err := filepath.EvalSymlinks(c.data)
		if err != nil {
			return fmt.Errorf("%s pekar på en mapp som inte finns: ta bort länken för att börja om: %w", c.data, err)
		}
		c.data = target
	} else if errors.Is(err, os.ErrNotExist) && !c.user.reaches(c.dir) {
		target, err := c.dataElsewhere()
		if err != nil {
			return err
		}
		if err := os.Symlink(target, c.data); err != nil {
			return err
		}
		c.log.Info("PostgreSQL:s användare når inte mappen; databasen läggs för sig",
			"anvandare", c.user.name, "mapp", c.dir, "databas", target)
		c.data = target
	}
	if err := os.MkdirAll(c.data, 0o700); err != nil {
		return fmt.Errorf("PostgreSQL:s datamapp: %w", err)
	}
	if !c.user.reaches(filepath.Dir(c.data)) {
		return fmt.Errorf("användaren %s når inte %s: välj en annan mapp med SUS_DATA_DIR", c.user.name, c.data)
	}
	fi, err := os.Stat(c.data)
	if err != nil {
		return err
	}
	if st, ok := fi.Sys().(*syscall.Stat_t); ok && int(st.Uid) != c.user.uid {
		if !c.user.switched {
			return fmt.Errorf("%s tillhör en annan användare: välj en annan mapp med SUS_DATA_DIR", c.data)
		}
		if err := c.ownAll(); err != nil {
			return err
		}
	}
	return nil
}

// ownAll hands the data folder over to the user, as when an ordinary user made
// it and root now runs it.
func (c *Cluster) ownAll() error {
	return filepath.WalkDir(c.data, func(path string, _ os.DirEntry, err error) error {
		if err != nil {
			return err
		}
		return os.Lchown(path, c.user.uid, c.user.gid)
	})
}

func (c *Cluster) dataElsewhere() (string, error) {
	for _, root := range []string{"/var/lib", "/var/tmp", tempRoot(c.user)} {
		if !c.user.reaches(root) {
			continue
		}
		name := make([]byte, 4)
		_, _ = rand.Read(name) // never fails
		target := filepath.Join(root, "sus-"+hashOf(c.dir)+"-"+hex.EncodeToString(name))
		if err := os.Mkdir(target, 0o700); err != nil {
			continue
		}
		c.tellOfOthers(root, target)
		return target, c.user.own(target)
	}
	return "", fmt.Errorf("användaren %s når inte %s och ingen annan mapp gick att skapa: välj en med SUS_DATA_DIR",
		c.user.name, c.dir)
}

// tellOfOthers names databases that were made for the same folder before and to
// which no link of it leads any more. They are not removed: the folder may have
// been moved, with its link.
func (c *Cluster) tellOfOthers(root, target string) {
	old, _ := filepath.Glob(filepath.Join(root, "sus-"+hashOf(c.dir)+"-*"))
	for _, o := range old {
		if o != target {
			c.log.Warn("en äldre databas ligger kvar; ta bort den om den inte används", "mapp", o)
		}
	}
}

// placeSocket makes the folder of the socket, which only the cluster's user (and
// root) may enter: this is what keeps others out of a cluster without passwords.
func (c *Cluster) placeSocket() error {
	root := tempRoot(c.user)
	if len(filepath.Join(root, "sus-000000000000-0000000000", socketName)) > maxSocketPath {
		root = "/tmp"
	}
	dir := filepath.Join(root, "sus-"+hashOf(c.dir))
	err := os.Mkdir(dir, 0o700)
	switch {
	case errors.Is(err, os.ErrExist) && c.isPrivate(dir):
	case errors.Is(err, os.ErrExist):
		// somebody else's folder of that name: a fresh one, which nobody can own before us
		if dir, err = os.MkdirTemp(root, "sus-"+hashOf(c.dir)+"-"); err != nil {
			return fmt.Errorf("mapp för databasens sockel: %w", err)
		}
	case err != nil:
		return fmt.Errorf("mapp för databasens sockel: %w", err)
	}
	if err := c.user.own(dir); err != nil {
		return err
	}
	c.socketDir = dir
	return nil
}

func (c *Cluster) isPrivate(dir string) bool {
	fi, err := os.Lstat(dir)
	if err != nil || !fi.IsDir() || fi.Mode().Perm() != 0o700 {
		return false
	}
	st, ok := fi.Sys().(*syscall.Stat_t)
	return ok && (int(st.Uid) == c.user.uid || int(st.Uid) == os.Geteuid())
}

// tempRoot is the folder of temporary files, one that the user can reach.
func tempRoot(u runUser) string {
	if d, err := filepath.Abs(os.TempDir()); err == nil && u.reaches(d) {
		return d
	}
	return "/tmp"
}

// sweepTemporary removes temporary clusters whose program was killed; one just made
// may not have its lock yet.
func sweepTemporary() {
	old, _ := filepath.Glob(filepath.Join(os.TempDir(), tempPrefix+"*"))
	inMemory, _ := filepath.Glob(filepath.Join(memoryRoot, tempPrefix+"*"))
	for _, dir := range append(old, inMemory...) {
		fi, err := os.Lstat(dir)
		if err != nil || !fi.IsDir() || time.Since(fi.ModTime()) < time.Minute {
			continue
		}
		if st, ok := fi.Sys().(*syscall.Stat_t); !ok || int(st.Uid) != os.Geteuid() {
			continue
		}
		if lock, err := lockFile(filepath.Join(dir, "pg.lock")); err == nil {
			_ = os.RemoveAll(filepath.Join(os.TempDir(), "sus-"+hashOf(dir))) // its socket's folder
			_ = os.RemoveAll(dir)
			_ = lock.Close()
		}
	}
}

func hashOf(s string) string {
	h := sha256.Sum256([]byte(s))
	return hex.EncodeToString(h[:6])
}
