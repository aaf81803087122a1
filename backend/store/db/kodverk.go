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
// year: they are kept, and read anew when they are older than kodverkGaller.
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
		rader, err := Rader[register.Kodrad](d.Oppet(ctx), `select * from kodverk order by kodverk collate "C", ordning, kod collate "C", giltig_fran`)
		if err != nil {
			return nil, err
		}
		k := &hamtatKodverk{register.NyttKodverk(rader), time.Now()}
		// The database refuses them; lists that came by another way are not taken either.
		if err := k.kodverk.ProvaPlatser(); err != nil {
			return nil, oanvandbart(err)
		}
		d.kodverk.senaste.Store(k)
		return k, nil
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
			return svar.Val.(*hamtatKodverk).kodverk, nil
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
