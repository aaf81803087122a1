package jobs

import (
	"context"
	"sync"
	"time"

	"sus/backend/register"
	"sus/backend/store/db"
)

const (
	// varnaEfter is how long a log row may wait for its seal before it is said.
	varnaEfter = time.Minute
	// vagraEfter is how long before the server is no longer ready.
	vagraEfter = 15 * time.Minute
)

// Loggvakt is what this server knows of its log without asking the database: how
// long a row has waited for its seal, and how the last check went. The zero value is
// of a log that nothing is known of.
type Loggvakt struct {
	mu           sync.Mutex
	sedan        time.Time // since when the oldest row waits; zero: none does
	sigill       int64
	kontrollerad time.Time // zero: not by this server
	hel          bool
}

// Aldsta is how long the oldest row has waited for its seal. It grows also while
// the database cannot be asked.
func (v *Loggvakt) Aldsta() time.Duration {
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.sedan.IsZero() {
		return 0
	}
	return time.Since(v.sedan)
}

// Sigill is the number of the chain's last link.
func (v *Loggvakt) Sigill() int64 {
	v.mu.Lock()
	defer v.mu.Unlock()
	return v.sigill
}

// Kontroll is when this server last checked the log, and whether it was whole.
func (v *Loggvakt) Kontroll() (nar time.Time, hel bool) {
	v.mu.Lock()
	defer v.mu.Unlock()
	return v.kontrollerad, v.hel
}

// Redo refuses when what is done is no longer sealed: for the readiness check.
func (v *Loggvakt) Redo(context.Context) error {
	if v.Aldsta() >= vagraEfter {
		return register.Otillganglig(register.RegelLoggOforseglad, 0)
	}
	return nil
}

func (v *Loggvakt) vantar(l db.Loggvantan) {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.sigill, v.sedan = l.Sigill, time.Time{}
	if l.Aldsta > 0 {
		v.sedan = time.Now().Add(-l.Aldsta)
	}
}

func (v *Loggvakt) provad(hel bool) {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.kontrollerad, v.hel = time.Now(), hel
}
