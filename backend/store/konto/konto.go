// Package konto keeps who may come in and what they may do: users, clients,
// behörigheter and uppdrag, sessions and one-time codes, and the keys that sign
// tokens. It knows nothing of those who are registered.
package konto

import (
	"time"

	"sus/backend/store/db"
)

// Konto is the accounts. It is safe for concurrent use.
type Konto struct{ *db.DB }

// New is the accounts in a database.
func New(d *db.DB) *Konto { return &Konto{d.UtanKodverk()} }

// Vid is the same accounts by another clock.
func (k *Konto) Vid(klocka func() time.Time) *Konto { return &Konto{k.DB.Vid(klocka)} }
