package db

import (
	"context"
	"crypto/rand"
	"encoding/binary"
	"math"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgtype"
	"gorm.io/gorm"

	"sus/backend/register"
)

// Utfall is how what was tried went.
type Utfall string

// The outcomes in the audit log.
const (
	UtfallOK    Utfall = "OK"
	UtfallNekad Utfall = "NEKAD"
)

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
// erased it leads to nobody. It holds ids and words of the catalogues and nothing
// personal; whom it is about stands apart, in loggperson. Its time is the
// database's, also where the register has a clock of a demo.
func logga(db *gorm.DB, a register.Aktor, h Arende, utfall Utfall, regel string, personer []Loggad) error {
	id, err := h.loggID()
	if err != nil {
		return err
	}
	if h.raderat == nil && utfall == UtfallOK && h.Handelse.Raderar() {
		h.raderat = raderingshash(nil)
	}
	traceparent, _ := db.Statement.Context.Value(traceparentnyckel{}).(string)
	const post = `insert into loggpost (id, aktor_id, aktor_typ, handelse, objekttyp, objekt_id, insats_id, organisation_id, utfall, regel, externt_id, detalj,
		personer_hash, traceparent, adress, roll, av, varfor, radering_hash) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`
	u := ursprungAv(db.Statement.Context, a)
	const externtplats, hash = 10, 12 // the places of externt_id and personer_hash
	varden := []any{[16]byte(id), [16]byte(a.ID), aktortyp(a), h.Handelse.String(), h.Handelse.Objekttyp(), UUIDBytes(OrNull(h.ObjektID)),
		UUIDBytes(OrNull(h.InsatsID)), UUIDBytes(OrNull(h.OrganisationID)), string(utfall), regel, h.ExterntID, h.Detalj, []byte(nil), traceparent,
		u.Adress, u.Roll, u.Av, u.Varfor, h.raderat}
	fraga, externt := post, ""
	if h.ExterntID != "" {
		sigill, externtvarden, err := externtvarden(id, h.ExterntID, personer)
		if err != nil {
			return err
		}
		varden[externtplats] = sigill
		varden, externt = append(varden, externtvarden...), `, `+skrivExternt
	}
	if len(personer) > 0 {
		samtycken := make([]*[16]byte, len(personer))
		index := make([][]byte, len(personer))
		insatser := make([][16]byte, len(personer))
		salt := make([][]byte, len(personer))
		alltSalt := make([]byte, 16*len(personer))
		rand.Read(alltSalt)
		hashar := make([][]byte, len(personer))
		for i, p := range personer {
			samtycken[i], index[i], insatser[i] = UUIDBytes(OrNull(p.SamtyckeID)), p.Blindindex, p.InsatsID
			salt[i] = alltSalt[16*i : 16*(i+1)]
			hashar[i] = p.hash(vemVersion, salt[i])
		}
		varden[hash] = personerhash(vemVersion, hashar)
		varden = append(varden, [16]byte(id), samtycken, index, insatser, salt)
		fraga = `with post as (` + post + `)` + externt + ` insert into loggperson (loggpost_id, ordning, samtycke_id, blindindex, insats_id, salt)
			select ?::uuid, p.ordning, p.samtycke, p.blindindex, p.insats, p.salt
			from unnest(?::uuid[], ?::bytea[], ?::uuid[], ?::bytea[]) with ordinality as p (samtycke, blindindex, insats, salt, ordning)`
	}
	return onPgx(db, func(ctx context.Context, c *pgx.Conn) error {
		_, err := c.Exec(ctx, numbered(fraga), varden...)
		return err
	})
}

// loggaNekad writes the row of a refusal. The caller's own case id is not in it: it
// was perhaps refused for what stands in it, and what is logged stays.
func loggaNekad(db *gorm.DB, a register.Aktor, h Arende, regel register.Regel) error {
	h.ExterntID, h.id, h.raderat = "", uuid.Nil, nil
	return logga(db, a, h, UtfallNekad, regel.String(), nil)
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
	Regel          string // the rule that refused
	ExterntID      string // the caller's own case id; its salted hash as the row has it
	Detalj         string // what was given or asked for: a role, a key's or an operation's id
	PersonerHash   []byte
	Traceparent    string
	Adress         string // the client's, "" of jobs and commands
	Roll           string // the roles by which it was done, or the name of the job
	Av             string // who ran the command
	Varfor         string // and why
	RaderingHash   []byte // of the log's persons that were erased with it
}

// loggfalt is the columns of a row in the chain, in the order of the migrations'
// sus_loggrad: what each is read into, and so how it is written there.
var loggfalt = []struct {
	column string
	till   func(p *Loggpost) any
}{
	{"id", func(p *Loggpost) any { return UUIDBytes(&p.ID) }},
	{"tid", func(p *Loggpost) any { return &p.Tid }},
	{"aktor_id", func(p *Loggpost) any { return UUIDBytes(&p.AktorID) }},
	{"aktor_typ", func(p *Loggpost) any { return &p.AktorTyp }},
	{"handelse", func(p *Loggpost) any { return &p.Handelse }},
	{"objekttyp", func(p *Loggpost) any { return &p.Objekttyp }},
	{"objekt_id", func(p *Loggpost) any { return valfriUUID{&p.ObjektID} }},
	{"insats_id", func(p *Loggpost) any { return valfriUUID{&p.InsatsID} }},
	{"organisation_id", func(p *Loggpost) any { return valfriUUID{&p.OrganisationID} }},
	{"utfall", func(p *Loggpost) any { return (*string)(&p.Utfall) }},
	{"regel", func(p *Loggpost) any { return &p.Regel }},
	{"externt_id", func(p *Loggpost) any { return &p.ExterntID }},
	{"detalj", func(p *Loggpost) any { return &p.Detalj }},
	{"personer_hash", func(p *Loggpost) any { return &p.PersonerHash }},
	{"traceparent", func(p *Loggpost) any { return &p.Traceparent }},
	{"adress", func(p *Loggpost) any { return &p.Adress }},
	{"roll", func(p *Loggpost) any { return &p.Roll }},
	{"av", func(p *Loggpost) any { return &p.Av }},
	{"varfor", func(p *Loggpost) any { return &p.Varfor }},
	{"radering_hash", func(p *Loggpost) any { return &p.RaderingHash }},
}

// loggColumns is their names as a statement has them.
var loggColumns = func() string {
	namn := make([]string, len(loggfalt))
	for i, f := range loggfalt {
		namn[i] = f.column
	}
	return strings.Join(namn, ", ")
}()

// Skanna reads loggColumns.
func (p *Loggpost) Skanna(rad Row) error {
	till := make([]any, len(loggfalt))
	for i, f := range loggfalt {
		till[i] = f.till(p)
	}
	return rad.Scan(till...)
}

// valfriUUID reads an id that there may be.
type valfriUUID struct{ till **uuid.UUID }

// ScanUUID is pgx's way to write one.
func (v valfriUUID) ScanUUID(u pgtype.UUID) error {
	*v.till = nil
	if u.Valid {
		*v.till = (*uuid.UUID)(&u.Bytes)
	}
	return nil
}

// LoggFilter chooses log rows. Efter is the last row of the page before (uuid.Nil: the newest).
type LoggFilter struct {
	Efter    uuid.UUID
	ObjektID uuid.UUID
	Limit    int
}

// Loggposter is the audit log, newest first, for a SYSTEMFORVALTARE (403 for
// others). That it was read is logged as well.
func (d *DB) Loggposter(ctx context.Context, b Begaran, f LoggFilter) ([]Loggpost, error) {
	h := Arende{Handelse: register.HandelseLoggLast, ObjektID: f.ObjektID}
	if !b.Aktor.FarGranskaLoggen() {
		h.Hinder = register.Nekad()
	}
	return Las(ctx, d, b, h, func(tx *Tx) ([]Loggpost, error) {
		var v Villkor
		v.Om(f.Efter != uuid.Nil, "id < ?", f.Efter)
		v.Om(f.ObjektID != uuid.Nil, "objekt_id = ?", f.ObjektID)
		poster, err := Rader[Loggpost](tx, `select `+loggColumns+` from loggpost`+v.Where()+` order by id desc limit ?`, append(v.Varden(), f.Limit)...)
		if err != nil {
			return nil, err
		}
		return poster, tx.medExterntID(poster)
	})
}

// kanoniskt is a row's bytes in the chain: the same that sus_loggrad reckons.
func (p *Loggpost) kanoniskt(b []byte) []byte {
	for _, f := range loggfalt {
		switch v := f.till(p).(type) {
		case *[16]byte:
			b = falt(b, v[:])
		case valfriUUID:
			if *v.till == nil {
				b = falt(b, nil)
			} else {
				b = falt(b, (**v.till)[:])
			}
		case *time.Time:
			b = falt(b, pgTid(*v))
		case *string:
			b = append(binary.BigEndian.AppendUint32(b, uint32(len(*v))), *v...)
		case *[]byte:
			b = falt(b, *v)
		}
	}
	return b
}

// falt appends a field with its length before it, -1 for none (nil), so that no two
// rows have the same bytes.
func falt(b, v []byte) []byte {
	n := uint32(len(v))
	if v == nil {
		n = math.MaxUint32
	}
	return append(binary.BigEndian.AppendUint32(b, n), v...)
}

// pgEpok is the time that PostgreSQL counts from, in microseconds of Unix.
const pgEpok = 946_684_800_000_000

// pgTid is a time as PostgreSQL sends it.
func pgTid(t time.Time) []byte {
	return binary.BigEndian.AppendUint64(nil, uint64(t.UnixMicro()-pgEpok))
}
