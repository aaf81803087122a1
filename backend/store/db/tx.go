package db

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/riverqueue/river"
	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"sus/backend/register"
)

// Tx is one try of a use case's transaction. Only the doors of this package open
// one, so nothing is written without what they add: row security, the log row and
// the stored answer (Underhall, whose users a test lists, writes no row; SomAgare
// is for rebuilding). What a use case gathers on it is gathered anew in each try.
type Tx struct {
	db  *gorm.DB
	sql *transaction
	d   *DB

	Aktor   register.Aktor   // who acts; a log-in that succeeds becomes the user's own
	Nu      time.Time        // the clock, read once a try, before any lock is waited for
	Kodverk register.Kodverk // in Skapa and Andra of the register's own rooms; else empty

	begaran  Begaran
	rad      Arende
	personer []Loggad
	samtycke uuid.UUID
	behall   bool // keep what was written although it is refused
	vaktat   bool // the Aktor's uppdrag are locked
}

func (tx *Tx) bas() *gorm.DB       { return tx.db }
func (tx *Tx) fel(err error) error { return err }

// Idag is today in Europe/Stockholm.
func (tx *Tx) Idag() register.Datum { return register.DatumAv(tx.Nu) }

// Galler completes the log row with what the use case has found out; uuid.Nil
// leaves what stood there.
func (tx *Tx) Galler(objekt, insats, organisation uuid.UUID) {
	for _, x := range []struct {
		till *uuid.UUID
		id   uuid.UUID
	}{{&tx.rad.ObjektID, objekt}, {&tx.rad.InsatsID, insats}, {&tx.rad.OrganisationID, organisation}} {
		if x.id != uuid.Nil {
			*x.till = x.id
		}
	}
}

// Detalj is what the log row tells beside its ids; never anything personal.
func (tx *Tx) Detalj(text string) { tx.rad.Detalj = text }

// Om adds persons whom the log row is about.
func (tx *Tx) Om(personer ...Loggad) { tx.personer = append(tx.personer, personer...) }

// Beror says on which samtycke the stored answer rests: a withdrawal erases it.
func (tx *Tx) Beror(samtycke uuid.UUID) { tx.samtycke = samtycke }

// Som makes the log row that of who it turned out to be and what it turned out to
// be: a log-in that succeeded.
func (tx *Tx) Som(a register.Aktor, h register.Handelse) { tx.Aktor, tx.rad.Handelse = a, h }

// LoggaNekad writes the row of a refusal that Underhall's caller makes.
func (tx *Tx) LoggaNekad(a Arende, regel register.Regel) error {
	return loggaNekad(tx.db, tx.Aktor, a, regel)
}

// NekaOchBehall refuses and keeps what was written meanwhile: a wrong code counts.
// The refusal's row stands in the same transaction.
func (tx *Tx) NekaOchBehall(err *register.Error) error {
	tx.behall = true
	return err
}

// IngetGjort says that there was nothing to do, and so nothing to log: what a job
// was to erase is gone already.
func (tx *Tx) IngetGjort() { tx.behall = true }

// Visat says that nothing was changed after all: the row tells that what stands was
// read, by whoever gets it as the answer.
func (tx *Tx) Visat(h register.Handelse, personer ...Loggad) {
	tx.rad.Handelse = h
	tx.Om(personer...)
}

// ProvaVersion is the refusal of a change that was made from another version than
// the one that stands.
func (tx *Tx) ProvaVersion(version int) error {
	if version != tx.begaran.Version {
		return register.Foraldrad()
	}
	return nil
}

// VaktaUppdrag demands that the uppdrag of a session's Aktor at the place of the log row
// still stand, and lets nobody end them before this is done: whoever ends one waits for
// what is under way, and what comes after it is refused as the next request is, 404
// (domain 7). Jobs and commands have no session and none to lose. The door asks it last
// of every change; a use case that may end the Aktor's own asks it before.
func (tx *Tx) VaktaUppdrag() error {
	har := tx.Aktor.UppdragVid(tx.rad.OrganisationID, tx.rad.InsatsID)
	if tx.vaktat || tx.Aktor.SessionID == uuid.Nil || len(har) == 0 {
		return nil
	}
	tx.vaktat = true
	kvar, err := Rader[register.Roll](tx, `select roll from uppdrag where coalesce(anvandare_id, klient_id) = ? and (insats_id = ? or organisation_id = ?)
		and ? between giltig_fran and coalesce(giltig_tom, 'infinity') for share`, tx.Aktor.ID, tx.rad.InsatsID, har[0].OrganisationID, tx.Idag())
	if err != nil {
		return err
	}
	for _, u := range har {
		if !slices.Contains(kvar, u.Roll) {
			return register.Saknas()
		}
	}
	return nil
}

// Jobb puts a job in the queue: it is there when the transaction is, and not
// before. Never a person in args. It is there for what is to come: nothing is
// queued by a request yet.
func (tx *Tx) Jobb(args river.JobArgs) error {
	_, err := tx.d.jobb.InsertTx(tx.db.Statement.Context, tx.sql.Tx, args, nil)
	return err
}

// Infoga writes a flat row, and reads back the columns named: what the database gave.
func (tx *Tx) Infoga(rad any, tillbaka ...string) error {
	q := tx.db
	if len(tillbaka) > 0 {
		var r clause.Returning
		for _, namn := range tillbaka {
			r.Columns = append(r.Columns, clause.Column{Name: namn})
		}
		q = q.Clauses(r)
	}
	return q.Create(rad).Error
}

// Ersatt writes every column of a flat row over the one with its id.
func (tx *Tx) Ersatt(rad any) error {
	return tx.db.Select("*").Omit("id").Updates(rad).Error
}

// maxForsok is how often a transaction is tried when PostgreSQL asks for it.
const maxForsok = 4

// forsok runs fn in a transaction that shows the people of the insatser given
// and no others; with none, nobody. fn runs again, from the start, when the
// transaction lost against another one; so it must have no other effect than its
// statements.
func (d *DB) forsok(ctx context.Context, b Begaran, rad Arende, kodverk register.Kodverk, fn func(*Tx) error) error {
	for forsok := 1; ; forsok++ {
		err := d.gorm.WithContext(ctx).Transaction(func(g *gorm.DB) error {
			return fn(&Tx{db: g, sql: g.Statement.ConnPool.(*transaction), d: d, Aktor: b.Aktor, Nu: d.Nu(), Kodverk: kodverk, begaran: b, rad: rad})
		})
		if err == nil {
			return nil
		}
		if !tavlan(err) {
			return mapError(err)
		}
		if kodverketAndrat(err) {
			nya, err := d.LasOmKodverk(ctx)
			if err != nil {
				return mapError(err)
			}
			kodverk = nya
		}
		if forsok == maxForsok {
			return fmt.Errorf("%w: %w", ErrBorta, err)
		}
		// A little apart, so that the two do not meet again.
		vanta := time.NewTimer(time.Duration(forsok) * (5 + time.Duration(rand.IntN(20))) * time.Millisecond)
		select {
		case <-vanta.C:
		case <-ctx.Done():
			vanta.Stop()
			return mapError(ctx.Err())
		}
	}
}

// oppna lets row security show the people of the insatser, in this transaction.
func (tx *Tx) oppna(insatser []uuid.UUID) error {
	_, err := Kor(tx, `select set_config('sus.insatser', ?, true)`, uuidlist(insatser))
	return err
}

func uuidlist(ids []uuid.UUID) string {
	var b strings.Builder
	b.Grow(37 * len(ids))
	for i, id := range ids {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteString(id.String())
	}
	return b.String()
}
