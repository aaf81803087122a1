package db

import (
	"context"
	"errors"
	"fmt"
	"sync/atomic"
	"time"

	"golang.org/x/sync/singleflight"

	"sus/backend/register"
)

// The code lists are asked for in every registration and changed a few times a
// year: they are kept, and read anew when they are older than kodverkGaller, or when the database says to whoever
// writes by them that they have changed.
const (
	kodverkGaller   = 5 * time.Second
	kodverkDeadline = 2 * time.Second        // of reading them anew, whoever asks
	kodverkVanta    = 100 * time.Millisecond // for that, while there is an older answer
	kodverkGammalt  = time.Minute            // after which an answer is waited for longer
)

// kodverkscache keeps the code lists. One at a time reads them anew, and a database
// that is slow, or locked by somebody else's work, holds nobody up while there is
// an older answer.
type kodverkscache struct {
	senaste atomic.Pointer[hamtatKodverk]
	lasning singleflight.Group
}

type hamtatKodverk struct {
	kodverk register.Kodverk
	hamtat  time.Time // the machine's time, not the domain's: a demo's clock jumps
}

// Kodverk is every row of every code list, some seconds old at most, or the last that
// was read when the database takes longer than it is waited for: kodverkVanta, or
// kodverkDeadline when the last is over a minute old. ErrBorta when none was ever
// read. The caller must not change it.
func (d *DB) Kodverk(ctx context.Context) (register.Kodverk, error) {
	forra := d.kodverk.senaste.Load()
	if forra != nil && time.Since(forra.hamtat) < kodverkGaller {
		return forra.kodverk, nil
	}
	// By a deadline of its own: the request that found them old may be given up
	// without ending the reading for all.
	ny := d.kodverk.lasning.DoChan("", func() (any, error) {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), kodverkDeadline)
		defer cancel()
		return d.LasOmKodverk(ctx)
	})
	var anda <-chan time.Time // never, without an older answer
	switch {
	case forra == nil:
	case time.Since(forra.hamtat) < kodverkGammalt:
		anda = time.After(kodverkVanta)
	default:
		anda = time.After(kodverkDeadline)
	}
	select {
	case svar := <-ny:
		if svar.Err == nil {
			return svar.Val.(register.Kodverk), nil
		}
		if forra == nil {
			return register.Kodverk{}, svar.Err
		}
	case <-anda:
	case <-ctx.Done():
		return register.Kodverk{}, mapError(ctx.Err())
	}
	return forra.kodverk, nil
}

// LasOmKodverk reads the lists as they stand now, and keeps them: after a change, and
// when something was decided by lists that are older than the database's.
func (d *DB) LasOmKodverk(ctx context.Context) (register.Kodverk, error) {
	k, err := lasKodverk(d.Oppet(ctx))
	if err == nil {
		// The database refuses them; lists that came by another way are not taken either.
		err = oanvandbart(k.ProvaPlatser())
	}
	if err != nil {
		return k, err
	}
	ny := &hamtatKodverk{k, time.Now()}
	for {
		forra := d.kodverk.senaste.Load()
		// A reading that began before a change, and ends after another's, is no news.
		if forra != nil && forra.kodverk.Utgava > k.Utgava || d.kodverk.senaste.CompareAndSwap(forra, ny) {
			return k, nil
		}
	}
}

// LasKodverk is the lists as they stand in a transaction that is to change them; nobody
// else changes them, or writes anything by them, until it is done.
func LasKodverk(tx *Tx) (register.Kodverk, error) {
	if _, err := Kor(tx, `select pg_advisory_xact_lock(x'535553000b'::bigint)`); err != nil {
		return register.Kodverk{}, err
	}
	return lasKodverk(tx)
}

// kodverksrad is a row with the edition that it was read of.
type kodverksrad struct {
	register.Kodrad
	Utgava int64
}

func lasKodverk(f Fraga) (register.Kodverk, error) {
	rader, err := Rader[kodverksrad](f, `select k.*, u.nummer as utgava from kodverk k, kodverksutgava u
		order by k.kodverk collate "C", k.ordning, k.kod collate "C", k.giltig_fran`)
	koder := make([]register.Kodrad, len(rader))
	var utgava int64
	for i, r := range rader {
		koder[i], utgava = r.Kodrad, r.Utgava
	}
	k := register.NyttKodverk(koder)
	k.Utgava = utgava
	return k, err
}

// vaktaKodverk demands that the lists are those that the use case was decided by, until
// it is done; else forsok decides it anew by those that stand.
func (tx *Tx) vaktaKodverk() error {
	_, err := Kor(tx, `select sus_vakta_kodverk(?)`, tx.Kodverk.Utgava)
	return err
}

// kodverketAndrat is true when what was decided was decided by older lists.
func kodverketAndrat(err error) bool { return Constraint(err) == "kodverk_utgava" }

// KontrolleraKodverk refuses code lists that the reports could not count by.
func (d *DB) KontrolleraKodverk(ctx context.Context) error {
	_, err := d.Kodverk(ctx)
	return err
}

// oanvandbart is a fault of the lists, not of what a caller asked for: no refusal.
func oanvandbart(err error) error {
	var e *register.Error
	if errors.As(err, &e) {
		return fmt.Errorf("kodverket går inte att använda: %s %s", e.Message, e.Regel.Atgard())
	}
	return err
}
