package db_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"sus/backend/register"
	"sus/backend/store/db"
)

// withoutLogKey is a key file as it was before the log was signed.
func withoutLogKey(t *testing.T) (path string, keys *db.Nycklar) {
	t.Helper()
	path = filepath.Join(t.TempDir(), "nycklar.json")
	keys, err := db.SkapaNycklar(path)
	if err != nil {
		t.Fatal(err)
	}
	var f map[string]json.RawMessage
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(text, &f); err != nil || f["logg"] == nil {
		t.Fatalf("a new key file has no key of the log: %v", err)
	}
	delete(f, "logg")
	if text, err = json.Marshal(f); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, text, 0o640); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(path, 0o640); err != nil {
		t.Fatal(err)
	}
	return path, keys
}

func TestAnEarlierKeyFileGetsTheLogsKeyOnceAndKeepsTheOthers(t *testing.T) {
	path, before := withoutLogKey(t)
	ids := make([]uint32, 8)
	var g sync.WaitGroup
	for i := range ids {
		g.Go(func() {
			if n, err := db.LasNycklar(path); err != nil {
				t.Error(err)
			} else {
				ids[i] = n.Loggnyckel().ID()
			}
		})
	}
	g.Wait()
	for _, id := range ids {
		if id != ids[0] {
			t.Fatalf("those that started at once sign with different keys: %v", ids)
		}
	}
	after, err := db.LasNycklar(path)
	if err != nil || after.Loggnyckel().ID() != ids[0] {
		t.Fatalf("the key did not stay: %v", err)
	}
	nr := register.Testnummer(register.NyttDatum(1977, 1, 17), false)
	if string(after.Blindindex(nr)) != string(before.Blindindex(nr)) {
		t.Error("the blind index is another one")
	}
	info, err := os.Stat(path)
	if err != nil || info.Mode().Perm() != 0o640 {
		t.Errorf("the file's mode is %v (%v)", info.Mode(), err)
	}
	rest, err := os.ReadDir(filepath.Dir(path))
	if err != nil || len(rest) != 1 {
		t.Errorf("there are %d files in the folder (%v)", len(rest), err)
	}
}

func TestAnEarlierKeyFileThatCannotBeChangedIsRefusedWithWhatToDo(t *testing.T) {
	path, _ := withoutLogKey(t)
	// Who is root may write everywhere: what cannot be done is to replace a file by a
	// name that is a folder with something in it.
	if err := os.MkdirAll(filepath.Join(path+".ny", "x"), 0o755); err != nil {
		t.Fatal(err)
	}
	before, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	_, err = db.LasNycklar(path)
	if err == nil || !strings.Contains(err.Error(), "sus logg nyckel") || !strings.Contains(err.Error(), "skrivbar") {
		t.Errorf("it is not said what to do: %v", err)
	}
	if after, err := os.ReadFile(path); err != nil || string(after) != string(before) {
		t.Errorf("the file was changed: %v", err)
	}
}

// The white space is protobuf's, which puts it elsewhere in every build: a server that
// was built anew must start on the data that it has.
func TestThePublicKeyIsTheSameHoweverItsFileIsSpaced(t *testing.T) {
	dir := t.TempDir()
	n, err := db.SkapaNycklar(filepath.Join(dir, "nycklar.json"))
	if err != nil {
		t.Fatal(err)
	}
	for _, mellan := range []string{",", ", ", ",\n  "} {
		path := filepath.Join(dir, "offentlig")
		text := strings.ReplaceAll(n.Loggnyckel().Text(), ",", mellan)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := db.SkrivLoggnyckel(path, n.Loggnyckel()); err != nil {
			t.Errorf("with %q between its parts: %v", mellan, err)
		}
	}
}

func TestThePublicKeyHasNoSecretAndSignsNothing(t *testing.T) {
	dir := t.TempDir()
	secret, err := db.SkapaNycklar(filepath.Join(dir, "nycklar.json"))
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(dir, "offentlig")
	if err := db.SkrivLoggnyckel(path, secret.Loggnyckel()); err != nil {
		t.Fatal(err)
	}
	if err := db.SkrivLoggnyckel(path, secret.Loggnyckel()); err != nil {
		t.Errorf("the same key again: %v", err)
	}
	public, err := db.LasLoggnyckel(path)
	if err != nil || public.Loggnyckel().ID() != secret.Loggnyckel().ID() {
		t.Fatalf("it is not read back: %v", err)
	}
	if text := public.Loggnyckel().Text(); !strings.Contains(text, "ASYMMETRIC_PUBLIC") || strings.Contains(text, "PRIVATE") {
		t.Errorf("it is %s", text)
	}
	other, err := db.SkapaNycklar(filepath.Join(dir, "andra.json"))
	if err != nil {
		t.Fatal(err)
	}
	if err := db.SkrivLoggnyckel(path, other.Loggnyckel()); err == nil {
		t.Error("another key was written over it")
	}
}
