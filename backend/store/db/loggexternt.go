package db

import (
	"bytes"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"slices"

	"github.com/google/uuid"
)

// externtprefix begins the salted hash of a caller's case id in a sealed row. With
// its digits it is longer than a case id may be, so that none looks like it.
const externtprefix = "sha256:"

// externtsigill is what the sealed row has of a case id, which may hold somebody's
// name: the case id stands in loggexternt and is erased with the identity.
func externtsigill(salt []byte, externtID string) string {
	summa := sha256.Sum256(append(bytes.Clone(salt), externtID...))
	return externtprefix + hex.EncodeToString(summa[:])
}

// errUtanSamtycke is a case id in the log that no withdrawal would find.
var errUtanSamtycke = errors.New("db: ett externt id i loggen utan samtycke")

// externtvarden is the values of a row of loggexternt, and what stands in its log
// row instead.
func externtvarden(loggpost uuid.UUID, externtID string, personer []Loggad) (string, []any, error) {
	if len(personer) == 0 || personer[0].SamtyckeID == uuid.Nil {
		return "", nil, errUtanSamtycke
	}
	salt := make([]byte, 16)
	rand.Read(salt)
	p := personer[0]
	return externtsigill(salt, externtID), []any{[16]byte(loggpost), [16]byte(p.InsatsID), [16]byte(p.SamtyckeID), externtID, salt}, nil
}

const skrivExternt = `externt as (insert into loggexternt (loggpost_id, insats_id, samtycke_id, externt_id, salt) values (?, ?, ?, ?, ?))`

// externtrad is a row of loggexternt with what its log row has.
type externtrad struct {
	loggpost          uuid.UUID
	externtID, sigill string
	salt              []byte
}

// Skanna reads the row.
func (e *externtrad) Skanna(rad Row) error {
	return rad.Scan(UUIDBytes(&e.loggpost), &e.externtID, &e.salt, &e.sigill)
}

func externtrader(tx *Tx, poster [][16]byte) ([]externtrad, error) {
	return Rader[externtrad](tx, `select x.loggpost_id, x.externt_id, x.salt, p.externt_id from loggexternt x join loggpost p on p.id = x.loggpost_id
		where x.loggpost_id = any(?::uuid[])`, poster)
}

// arExterntsigill is true for the hash in a row, false for the case id itself that
// a row from before has.
func (p Loggpost) arExterntsigill() bool {
	return len(p.ExterntID) == len(externtprefix)+2*sha256.Size && p.ExterntID[:len(externtprefix)] == externtprefix
}

// medExterntID gives rows that are shown their case ids instead of the hashes, and
// none where it is erased.
func (tx *Tx) medExterntID(poster []Loggpost) error {
	var insatser []uuid.UUID
	var ids [][16]byte
	plats := map[uuid.UUID]int{}
	for i := range poster {
		p := &poster[i]
		if !p.arExterntsigill() {
			continue
		}
		p.ExterntID = ""
		ids, plats[p.ID] = append(ids, p.ID), i
		if p.InsatsID != nil && !slices.Contains(insatser, *p.InsatsID) {
			insatser = append(insatser, *p.InsatsID)
		}
	}
	if len(ids) == 0 {
		return nil
	}
	if err := tx.oppna(insatser); err != nil {
		return err
	}
	rader, err := externtrader(tx, ids)
	for _, r := range rader {
		poster[plats[r.loggpost]].ExterntID = r.externtID
	}
	return err
}

// provaExternt holds the case ids of log rows, where they stand, against the rows.
// One that is gone is gone with its row's persons, whose erasure provaVem asks for.
// Row security shows what provaVem opened.
func provaExternt(tx *Tx, poster [][16]byte) (string, error) {
	rader, err := externtrader(tx, poster)
	if err != nil {
		return "", err
	}
	for _, r := range rader {
		if externtsigill(r.salt, r.externtID) != r.sigill {
			return fel("det externa id:t vid loggposten %s är ändrat", r.loggpost), nil
		}
	}
	borta, finns, err := RadOm[uuid.UUID](tx, `select p.id from unnest(?::uuid[]) l (id) join loggpost p on p.id = l.id
		where p.externt_id like 'sha256:%' and length(p.externt_id) = 71 and not exists (select from loggexternt x where x.loggpost_id = p.id)
			and exists (select from loggperson v where v.loggpost_id = p.id) limit 1`, poster)
	if finns {
		return fel("det externa id:t vid loggposten %s är borta utan att dess person är raderad", borta), nil
	}
	return "", err
}
