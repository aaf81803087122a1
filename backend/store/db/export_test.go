package db

import (
	"context"
	"encoding/json"
	"io/fs"
	"time"

	"github.com/pressly/goose/v3"
)

// ForgetAge makes the code lists that are kept look old.
func ForgetAge(d *DB) {
	k := *d.kodverk.senaste.Load()
	k.hamtat = time.Now().Add(-2 * kodverkGaller)
	d.kodverk.senaste.Store(&k)
}

// ChainColumns is what is read of the tables of the chain.
var ChainColumns = map[string]string{"loggpost": loggColumns, "loggsigill": sigillColumns}

// Canonical is a row's bytes in the chain as the server reckons them.
func Canonical(p Loggpost) []byte { return p.kanoniskt(nil) }

// MigrateTo migrates an empty database as far as a version.
func MigrateTo(ctx context.Context, url string, version int64) error {
	db, err := open(url)
	if err != nil {
		return err
	}
	defer db.Close()
	if err := skapaRoller(ctx, db); err != nil {
		return err
	}
	if err := sparaSpar(ctx, db); err != nil {
		return err
	}
	dir, err := fs.Sub(migrationer, "migrations")
	if err != nil {
		return err
	}
	provider, err := goose.NewProvider(goose.DialectPostgres, db, dir)
	if err != nil {
		return err
	}
	_, err = provider.UpTo(ctx, version)
	return err
}

// SignCut appends a link that says whatever it is told was cut from the oldest end, as
// nobody can who has not the log's key.
func (tx *Tx) SignCut(g Loggallring) error {
	uppgift, err := json.Marshal(g)
	if err == nil {
		_, _, err = lanka(tx, slagGallring, nil, `select `+vantarColumns+` from sus_logg_marke(?, ?)`, slagGallring, string(uppgift))
	}
	return err
}
