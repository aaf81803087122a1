package db

import (
	"cmp"
	"context"
	"errors"

	"github.com/google/uuid"

	"sus/backend/register"
)

// Begaran is who asks for a use case, and how: made once a request or command.
type Begaran struct {
	Aktor      register.Aktor
	Idempotens *Idempotens // of a creating call; nil when no key was sent
	Version    int         // If-Match of a changing call
	Insatser   []uuid.UUID // a job says itself on whose people it works
	Provkor    bool        // of a creating call: decide, and store nothing
}

// Arende is what a use case is about, as the log tells it. A refusal says no more
// than was known when it was made.
type Arende struct {
	Handelse                           register.Handelse // required
	ObjektID, InsatsID, OrganisationID uuid.UUID
	ExterntID                          string // the caller's own case id; a refusal's row leaves it out
	Detalj                             string // what was given or asked for; never anything personal

	// Hinder refuses before anything is looked up: what is not the Aktor's.
	Hinder *register.Error

	// Upprepas refuses to give an earlier answer again: what it is about is the Aktor's no
	// more. For what Hinder cannot say before it is looked up; of a creating call.
	Upprepas func(*Tx) error

	id      uuid.UUID // the log row's, when it had to be known before it is written
	raderat []byte    // the hash of the log's persons that are erased with it
}

func (a Arende) provaUpprepas(tx *Tx) error {
	if a.Upprepas == nil {
		return nil
	}
	return a.Upprepas(tx)
}

// errUtanHandelse is a use case that forgot to say what it does.
var errUtanHandelse = errors.New("db: ett ärende utan händelse")

// Skapa is the door of a use case that creates something. fn loads, decides and
// saves; its T is rendered by svara within the transaction and stored with the
// idempotency key, so that the same key and body get the same bytes again and never
// create twice. A parallel request with the same key waits on the key's row; a
// failed one leaves none. The log row is written with it; a refusal has its own.
// fn may run several times. Of a dry run (Begaran.Provkor) nothing is left but the row
// that says it was made.
func Skapa[T any](ctx context.Context, d *DB, b Begaran, a Arende, fn func(*Tx) (T, error), svara func(T) (Svar, error)) (Svar, error) {
	if b.Provkor {
		return provkor(ctx, d, b, a, fn, svara)
	}
	return dorr(ctx, d, b, a, andrande, func(tx *Tx) (Svar, error) {
		idem := b.Idempotens
		if idem == nil {
			if err := tx.oppna(b.insatser()); err != nil {
				return Svar{}, err
			}
		} else if tidigare, err := tx.taNyckel(idem, b.insatser()); tidigare != nil || err != nil {
			if nej := a.provaUpprepas(tx); nej != nil {
				return Svar{}, nej
			}
			tx.behall = true // nothing was done that needs a row
			return fran(tidigare), err
		}
		ny, err := fn(tx)
		if err != nil {
			return Svar{}, err
		}
		svar, err := svara(ny)
		if err != nil || idem == nil {
			return svar, err
		}
		return svar, tx.sparaSvar(idem, svar)
	})
}

// provkor is a dry run through the door: what fn wrote is taken back when its answer
// stands. Its row, of a refusal too, is no registration's: it has an event of its own.
// It takes no key; of one that was used the call would give the earlier answer again,
// or refuse another body, and so nothing odd is left to tell, or it refuses too.
func provkor[T any](ctx context.Context, d *DB, b Begaran, a Arende, fn func(*Tx) (T, error), svara func(T) (Svar, error)) (Svar, error) {
	a.Handelse, a.Detalj, a.ExterntID = register.HandelseProvkord, a.Handelse.String(), ""
	return dorr(ctx, d, b, a, andrande, func(tx *Tx) (Svar, error) {
		const punkt = "provkor"
		if err := tx.oppna(b.insatser()); err != nil {
			return Svar{}, err
		}
		if tidigare, err := tx.Tidigare(); tidigare != nil || err != nil {
			if nej := cmp.Or(a.provaUpprepas(tx), err); nej != nil {
				return Svar{}, nej
			}
			var gjort T
			tx.rad.ObjektID = a.ObjektID
			return svara(gjort)
		}
		if err := tx.db.SavePoint(punkt).Error; err != nil {
			return Svar{}, err
		}
		ny, err := fn(tx)
		if err != nil {
			return Svar{}, err
		}
		svar, err := svara(ny)
		if err != nil {
			return Svar{}, err
		}
		tx.rad.ObjektID = a.ObjektID // what it would have made is not there
		return svar, tx.db.RollbackTo(punkt).Error
	})
}

// Andra is the door of a use case that changes or erases something. Otherwise as
// Skapa, without key.
func Andra[T any](ctx context.Context, d *DB, b Begaran, a Arende, fn func(*Tx) (T, error)) (T, error) {
	return dorr(ctx, d, b, a, andrande, func(tx *Tx) (T, error) { return iInsatser(tx, fn) })
}

// Las is the door of a use case that reads people, or the log. That they were read
// is logged in the same transaction; so is a refusal of what is not there or not
// the Aktor's.
func Las[T any](ctx context.Context, d *DB, b Begaran, a Arende, fn func(*Tx) (T, error)) (T, error) {
	return dorr(ctx, d, b, a, lasande, func(tx *Tx) (T, error) { return iInsatser(tx, fn) })
}

// Underhall is the door of writes that are nobody's act and have no row: an idle
// end moved, a try counted, what has expired erased. A test holds who uses it.
func Underhall[T any](ctx context.Context, d *DB, b Begaran, fn func(*Tx) (T, error)) (svar T, err error) {
	err = d.forsok(ctx, b, Arende{}, register.Kodverk{}, func(tx *Tx) (err error) {
		svar, err = iInsatser(tx, fn)
		return err
	})
	return svar, err
}

// iInsatser runs fn where row security shows the people of the request's insatser.
func iInsatser[T any](tx *Tx, fn func(*Tx) (T, error)) (svar T, err error) {
	if insatser := tx.begaran.insatser(); len(insatser) > 0 {
		if err := tx.oppna(insatser); err != nil {
			return svar, err
		}
	}
	return fn(tx)
}

func (b Begaran) insatser() []uuid.UUID {
	if b.Insatser != nil {
		return b.Insatser
	}
	return b.Aktor.InsatserMedPersonuppgifter()
}

// systemInloggning stands for whoever tries to log in and is nobody yet.
const systemInloggning = "inloggning"

// Inloggningsaktor is that Aktor.
var Inloggningsaktor = register.Aktor{System: systemInloggning}

// slag says which refusals of a use case are logged.
type slag int

const (
	andrande slag = iota // all that the rules refuse
	lasande              // what is not there or not the Aktor's
)

// dorr is what the three have in common.
func dorr[T any](ctx context.Context, d *DB, b Begaran, a Arende, s slag, fn func(*Tx) (T, error)) (svar T, err error) {
	if a.Handelse.String() == "" {
		return svar, errUtanHandelse
	}
	if a.Hinder != nil {
		return svar, d.Neka(ctx, b, a, a.Hinder)
	}
	var kodverk register.Kodverk
	if s == andrande && !d.utanKodverk {
		// Before the transaction: within one it could wait for a second connection.
		if kodverk, err = d.Kodverk(ctx); err != nil {
			return svar, err
		}
	}
	senast := a // the row as far as the last try came
	var behallet *register.Error
	err = d.forsok(ctx, b, a, kodverk, func(tx *Tx) error {
		ny, err := fn(tx)
		senast, behallet = tx.rad, nil
		var nej *register.Error
		switch {
		case err == nil && tx.behall:
			svar = ny
			return nil
		case tx.behall && errors.As(err, &nej):
			behallet = nej
			return loggaNekad(tx.db, tx.Aktor, tx.rad, nej.Regel)
		case err != nil:
			return err
		}
		if s == andrande {
			if err := tx.VaktaUppdrag(); err != nil {
				return err
			}
		}
		if s == andrande && !d.utanKodverk {
			if err := tx.vaktaKodverk(); err != nil {
				return err
			}
		}
		svar = ny
		return logga(tx.db, tx.Aktor, tx.rad, UtfallOK, "", tx.personer)
	})
	var noll T
	var nej *register.Error
	switch {
	case err == nil && behallet != nil:
		return noll, behallet
	case err == nil:
		return svar, nil
	case errors.As(err, &nej) && s.loggas(b.Aktor, nej):
		return noll, d.Neka(ctx, b, senast, nej)
	}
	return noll, err
}

// loggas is true for a refusal that has its row. Who is nobody yet has none but
// those that the use case writes itself: a stranger could fill the log.
func (s slag) loggas(a register.Aktor, nej *register.Error) bool {
	switch nej.Kod {
	case register.KodSaknas, register.KodNekad:
		return a.System != systemInloggning
	case register.KodKonflikt, register.KodForaldrad, register.KodOgiltig, register.KodBorta:
		return s == andrande && a.System != systemInloggning
	}
	return false
}

// Neka logs that somebody asked for what is not theirs, or not there, and returns
// the refusal. The log is the place where the two may be told apart by whoever
// reviews it, so a failure to write it is the answer instead.
func (d *DB) Neka(ctx context.Context, b Begaran, a Arende, nej *register.Error) error {
	if err := mapError(loggaNekad(d.gorm.WithContext(ctx), b.Aktor, a, nej.Regel)); err != nil {
		return err
	}
	return nej
}

func fran[T any](p *T) (v T) {
	if p != nil {
		v = *p
	}
	return v
}
