package store

import (
	"context"

	"gorm.io/gorm"

	"sus/backend/register"
)

// KodverkFilter chooses rows of the code lists; a zero field chooses all.
type KodverkFilter struct {
	Kodverk  register.Kodverkstyp
	Kod      string
	GiltigPa *register.Datum
}

// KodverkRader lists the code lists' rows, for every user, in form order.
func (s *Store) KodverkRader(ctx context.Context, _ register.Aktor, f KodverkFilter, sida Sida) ([]register.Kodrad, int, error) {
	var v villkor
	v.om(f.Kodverk != "", "k.kodverk = ?", f.Kodverk)
	v.om(f.Kod != "", "k.kod = ?", f.Kod)
	v.om(f.GiltigPa != nil, "k.giltig_fran <= ? and (k.giltig_tom is null or k.giltig_tom >= ?)", f.GiltigPa, f.GiltigPa)
	var rader []register.Kodrad
	var antal int
	err := s.lasa(ctx, func(db *gorm.DB) error {
		return sidan(db, "k.*", "kodverk k", "", v, "k.kodverk, k.ordning, k.kod, k.giltig_fran", sida, &rader, &antal)
	})
	return rader, antal, err
}

// KommunFilter chooses kommuner; a zero field chooses all.
type KommunFilter struct {
	Namn string // * for anything; without one how the name begins
	Lan  string
}

// Kommuner lists SCB's kommuner by name, for every user.
func (s *Store) Kommuner(ctx context.Context, _ register.Aktor, f KommunFilter, sida Sida) ([]register.Kommun, int, error) {
	var v villkor
	v.om(f.Namn != "", "k.namn ilike ?", somMonster(f.Namn))
	v.om(f.Lan != "", "k.lan = ?", f.Lan)
	var rader []register.Kommun
	var antal int
	err := s.lasa(ctx, func(db *gorm.DB) error {
		return sidan(db, "k.*", "kommun k", "", v, `k.namn collate "C", k.kod`, sida, &rader, &antal)
	})
	return rader, antal, err
}
