package store

import (
	"bytes"
	"cmp"
	"context"
	"crypto/rand"
	"crypto/sha256"
	"errors"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"gorm.io/gorm"

	"sus/backend/register"
)

// Utfall is how what was tried went.
type Utfall string

// The outcomes in the audit log.
const (
	UtfallOK    Utfall = "OK"
	UtfallNekad Utfall = "NEKAD"
	UtfallFel   Utfall = "FEL"
)

// Handelse is one event for the audit log. It holds ids and names of operations
// and nothing personal; whom it is about stands apart, in loggperson.
type Handelse struct {
	Handelse       register.Handelse
	ObjektID       uuid.UUID
	InsatsID       uuid.UUID
	OrganisationID uuid.UUID
	Utfall         Utfall         // "" is OK
	Regel          register.Regel // the rule that refused
	ExterntID      string         // the caller's own case id
	Detalj         string         // what was given or asked for: a role, a key's or an operation's id; never anything personal
}

// Loggad is a person whom a log row is about: by the samtycke, or, in a search,
// by the blind index in one insats.
type Loggad struct {
	SamtyckeID uuid.UUID
	Blindindex []byte
	InsatsID   uuid.UUID
}

type traceparentnyckel struct{}

// MedTraceparent carries the request's traceparent to the log rows written under ctx.
func MedTraceparent(ctx context.Context, traceparent string) context.Context {
	return context.WithValue(ctx, traceparentnyckel{}, traceparent)
}

func aktortyp(a register.Aktor) string {
	switch {
	case a.System != "":
		return "SYSTEM"
	case a.HarRoll(register.RollMaskin):
		return "MASKIN"
	}
	return "PERSON"
}

// logga writes the log row in the transaction of what it tells about, with the
// persons in one statement. Their hash goes into the sealed row: with the salt
// erased it leads to nobody.
func logga(tx *gorm.DB, a register.Aktor, nu time.Time, h Handelse, personer ...Loggad) error {
	id, err := uuid.NewV7()
	if err != nil {
		return err
	}
	if h.Utfall == "" {
		h.Utfall = UtfallOK
	}
	traceparent, _ := tx.Statement.Context.Value(traceparentnyckel{}).(string)
	const post = `insert into loggpost (id, tid, aktor_id, aktor_typ, handelse, objekttyp, objekt_id, insats_id, organisation_id,
		utfall, marke, personer_hash, traceparent) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`
	varden := []any{[16]byte(id), nu, [16]byte(a.ID), aktortyp(a), h.Handelse.String(), h.Handelse.Objekttyp(), byteUUID(ellerNull(h.ObjektID)), byteUUID(ellerNull(h.InsatsID)),
		byteUUID(ellerNull(h.OrganisationID)), string(h.Utfall), cmp.Or(h.Regel.String(), h.ExterntID, h.Detalj), []byte(nil), traceparent}
	fraga := post
	if len(personer) > 0 {
		samtycken := make([]*[16]byte, len(personer))
		index := make([][]byte, len(personer))
		insatser := make([][16]byte, len(personer))
		salt := make([][]byte, len(personer))
		alltSalt := make([]byte, 16*len(personer))
		rand.Read(alltSalt)
		summa := sha256.New()
		for i, p := range personer {
			samtycken[i], index[i], insatser[i] = byteUUID(ellerNull(p.SamtyckeID)), p.Blindindex, p.InsatsID
			salt[i] = alltSalt[16*i : 16*(i+1)]
			en := sha256.New()
			en.Write(salt[i])
			en.Write(p.SamtyckeID[:])
			en.Write(p.Blindindex)
			summa.Write(en.Sum(nil))
		}
		varden[11] = summa.Sum(nil)
		varden = append(varden, samtycken, index, insatser, salt)
		fraga = `with post as (` + post + `) insert into loggperson (loggpost_id, ordning, samtycke_id, blindindex, insats_id, salt)
			select $1, p.ordning, p.samtycke, p.blindindex, p.insats, p.salt
			from unnest($14::uuid[], $15::bytea[], $16::uuid[], $17::bytea[]) with ordinality as p (samtycke, blindindex, insats, salt, ordning)`
	}
	return iPgx(tx, func(ctx context.Context, c *pgx.Conn) error {
		_, err := c.Exec(ctx, fraga, varden...)
		return err
	})
}

// Logga writes an event that has no transaction of its own: a denial, a log-in
// that failed.
func (s *Store) Logga(ctx context.Context, a register.Aktor, h Handelse) error {
	return s.lasa(ctx, func(db *gorm.DB) error { return logga(db, a, s.Nu(), h) })
}

// nekad logs that somebody asked for what is not theirs, or not there, and
// returns the refusal. The log is the place where the two may be told apart by
// whoever reviews it, so a failure to write it is the answer instead.
func (s *Store) nekad(ctx context.Context, a register.Aktor, h Handelse, err error) error {
	var doman *register.Error
	if !errors.As(err, &doman) || doman.Kod != register.KodSaknas && doman.Kod != register.KodNekad {
		return err
	}
	h.Utfall, h.Regel = UtfallNekad, doman.Regel
	if logg := s.Logga(ctx, a, h); logg != nil {
		return logg
	}
	return err
}

// Loggpost is one row of the audit log, without the persons.
type Loggpost struct {
	ID             uuid.UUID `gorm:"primaryKey"`
	Tid            time.Time
	AktorID        uuid.UUID
	AktorTyp       string
	Handelse       string
	Objekttyp      string
	ObjektID       *uuid.UUID
	InsatsID       *uuid.UUID
	OrganisationID *uuid.UUID
	Utfall         Utfall
	Marke          string
	PersonerHash   []byte
	Traceparent    string
}

// LoggFilter chooses log rows. Efter is the last row of the page before (uuid.Nil: the newest).
type LoggFilter struct {
	Efter    uuid.UUID
	ObjektID uuid.UUID
	Limit    int
}

// Loggposter is the audit log, newest first, for a SYSTEMFORVALTARE (403 for
// others). That it was read is logged as well.
func (s *Store) Loggposter(ctx context.Context, a register.Aktor, f LoggFilter) ([]Loggpost, error) {
	if !a.HarRoll(register.RollSystemforvaltare) && a.System == "" {
		return nil, register.Nekad()
	}
	var rader []Loggpost
	err := s.txFri(ctx, func(tx *gorm.DB) error {
		q := tx.Order("id desc").Limit(f.Limit)
		if f.Efter != uuid.Nil {
			q = q.Where("id < ?", f.Efter)
		}
		if f.ObjektID != uuid.Nil {
			q = q.Where("objekt_id = ?", f.ObjektID)
		}
		rader = nil
		if err := q.Find(&rader).Error; err != nil {
			return err
		}
		return logga(tx, a, s.Nu(), Handelse{Handelse: register.HandelseLoggLast, ObjektID: f.ObjektID})
	})
	return rader, err
}

// kanoniskt is a row's bytes in the chain: every field with its length before it,
// so that no two rows have the same.
func (p Loggpost) kanoniskt(b *bytes.Buffer) {
	falt := func(v []byte) {
		n := len(v)
		b.Write([]byte{byte(n >> 24), byte(n >> 16), byte(n >> 8), byte(n)})
		b.Write(v)
	}
	valfri := func(id *uuid.UUID) {
		if id == nil {
			falt(nil)
			return
		}
		falt(id[:])
	}
	falt(p.ID[:])
	falt([]byte(p.Tid.UTC().Format(time.RFC3339Nano)))
	falt(p.AktorID[:])
	for _, s := range []string{p.AktorTyp, p.Handelse, p.Objekttyp, string(p.Utfall), p.Marke, p.Traceparent} {
		falt([]byte(s))
	}
	valfri(p.ObjektID)
	valfri(p.InsatsID)
	valfri(p.OrganisationID)
	falt(p.PersonerHash)
}
