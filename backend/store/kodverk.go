package store

import (
	"context"

	"sus/backend/register"
	"sus/backend/store/db"
)

// KodverkFilter chooses rows of the code lists; a zero field chooses all.
type KodverkFilter struct {
	Kodverk  register.Kodverkstyp
	GiltigPa *register.Datum
}

// How kodverk and kommuner are listed: kodverk in form order.
var (
	kodverksordning = db.Ordning{Fast: `k.kodverk collate "C", k.ordning, k.kod collate "C", k.giltig_fran`}
	kommunordning   = db.Ordning{Fast: db.Svensk("k.namn") + `, k.kod collate "C"`}
)

// KodverkRader lists the code lists' rows, for every user, in form order.
func (s *Store) KodverkRader(ctx context.Context, _ db.Begaran, f KodverkFilter, sida db.Sida) ([]register.Kodrad, int, error) {
	var v db.Villkor
	v.Om(f.Kodverk != "", "k.kodverk = ?", f.Kodverk)
	v.Om(f.GiltigPa != nil, "k.giltig_fran <= ? and (k.giltig_tom is null or k.giltig_tom >= ?)", f.GiltigPa, f.GiltigPa)
	return db.Lista[register.Kodrad](s.Oppet(ctx), db.Urval{Columns: "k.*", Ur: "kodverk k", Villkor: v, Ordning: kodverksordning}, sida)
}

// KommunFilter chooses kommuner; a zero field chooses all.
type KommunFilter struct {
	Namn string // * for anything; without one how the name begins
	Lan  string
}

// Kommuner lists SCB's kommuner by name, for every user.
func (s *Store) Kommuner(ctx context.Context, _ db.Begaran, f KommunFilter, sida db.Sida) ([]register.Kommun, int, error) {
	var v db.Villkor
	v.Om(f.Namn != "", db.Liknar("k.namn"), db.Monster(f.Namn))
	v.Om(f.Lan != "", "k.lan = ?", f.Lan)
	return db.Lista[register.Kommun](s.Oppet(ctx), db.Urval{Columns: "k.*", Ur: "kommun k", Villkor: v, Ordning: kommunordning}, sida)
}
