package db

import (
	"bufio"
	"bytes"
	"context"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// Logghuvud is the last link of the log at some time. Kept where the database's
// owner does not reach, it shows later that nothing was cut off behind it. It says
// nothing about anybody.
type Logghuvud struct {
	Sekvens  int64
	Hash     []byte
	Tid      time.Time
	Signatur []byte
	Nyckel   uint32 // the id of the public key
}

type huvudrad struct {
	Sekvens  int64     `json:"sekvens"`
	Hash     string    `json:"hash"`
	Tid      time.Time `json:"tid"`
	Signatur string    `json:"signatur"`
	Nyckel   uint32    `json:"nyckel"`
}

// MarshalJSON is the head as it goes outside: one object, the hash in hexadecimal.
func (h Logghuvud) MarshalJSON() ([]byte, error) {
	return json.Marshal(huvudrad{h.Sekvens, hex.EncodeToString(h.Hash), h.Tid.UTC(), base64.StdEncoding.EncodeToString(h.Signatur), h.Nyckel})
}

// UnmarshalJSON reads it.
func (h *Logghuvud) UnmarshalJSON(text []byte) error {
	var r huvudrad
	if err := json.Unmarshal(text, &r); err != nil {
		return err
	}
	hash, err1 := hex.DecodeString(r.Hash)
	signatur, err2 := base64.StdEncoding.DecodeString(r.Signatur)
	*h = Logghuvud{r.Sekvens, hash, r.Tid, signatur, r.Nyckel}
	return errors.Join(err1, err2)
}

// huvudsida is how many links are read at a time in search of the last signed one.
const huvudsida = 100

// Logghuvud is the log's last link that its key has signed; false when there is none.
// What somebody else appended does not go outside in its name.
func (d *DB) Logghuvud(ctx context.Context) (Logghuvud, bool, error) {
	for fore := int64(math.MaxInt64); ; {
		sigill, err := Rader[loggsigill](d.Oppet(ctx), `select `+sigillColumns+` from loggsigill where signatur is not null and sekvens < ?
			order by sekvens desc limit ?`, fore, huvudsida)
		for _, l := range sigill {
			if h := d.nycklar.loggnyckel.huvud(l); d.nycklar.loggnyckel.provar(h) {
				return h, true, nil
			}
			fore = l.Sekvens
		}
		if err != nil || len(sigill) < huvudsida {
			return Logghuvud{}, false, err
		}
	}
}

func (l *Loggnyckel) huvud(s loggsigill) Logghuvud {
	return Logghuvud{s.Sekvens, s.Hash, s.Tid, s.Signatur, l.id}
}

// SkrivLogghuvud appends the head to the file, one line of JSON, unless it is the
// file's last: false. When it returns, the line is on the disk.
func SkrivLogghuvud(path string, h Logghuvud) (bool, error) {
	alla, err := LasLogghuvuden(path)
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		return false, err
	}
	if n := len(alla); n > 0 && alla[n-1].Sekvens == h.Sekvens && bytes.Equal(alla[n-1].Hash, h.Hash) {
		return false, nil
	}
	gammal, fanns := os.ReadFile(path)
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_APPEND, 0o600)
	if err != nil {
		return false, fmt.Errorf("logghuvudets fil: %w", err)
	}
	rad, err := json.Marshal(h)
	if len(gammal) > 0 && !bytes.HasSuffix(gammal, []byte("\n")) {
		rad = append([]byte("\n"), rad...)
	}
	if err == nil {
		_, err = f.Write(append(rad, '\n'))
	}
	if err := errors.Join(err, f.Sync(), f.Close()); err != nil || fanns == nil {
		return err == nil, err
	}
	mapp, err := os.Open(filepath.Dir(path))
	if err != nil {
		return true, err
	}
	return true, errors.Join(mapp.Sync(), mapp.Close())
}

// LasLogghuvuden reads the file of heads, the oldest first. A line that a power cut
// left half is none.
func LasLogghuvuden(path string) ([]Logghuvud, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("logghuvudets fil går inte att läsa: %w", err)
	}
	var alla []Logghuvud
	rader := bufio.NewScanner(bytes.NewReader(text))
	for nr := 1; rader.Scan(); nr++ {
		rad := strings.TrimSpace(rader.Text())
		if rad == "" {
			continue
		}
		var h Logghuvud
		if err := json.Unmarshal([]byte(rad), &h); err != nil {
			if !strings.HasSuffix(rad, "}") {
				continue
			}
			return nil, fmt.Errorf("logghuvudets fil %s: rad %d är inget huvud", path, nr)
		}
		alla = append(alla, h)
	}
	return alla, rader.Err()
}
