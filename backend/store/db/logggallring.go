package db

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"strconv"
	"time"

	"sus/backend/register"
)

// maxPerGallring bounds how many rows are cut in one transaction.
const maxPerGallring = 5_000

// gallringsbar is what may be cut from the oldest end of the log: up to which link.
type gallringsbar struct {
	Sekvens *int64 // nil: nothing
	Hash    []byte
	Poster  *int64 // the number of its last row
	Rader   *int64
	Aldsta  *time.Time
}

const gallringsbarColumns = `sekvens, hash, poster, rader, aldsta`

// Loggallringsbart is how many rows GallraLogg would cut, and the oldest one's day.
func (d *DB) Loggallringsbart(ctx context.Context, fore time.Time) (register.Gallringsbart, error) {
	g, err := Underhall(ctx, d, Begaran{}, func(tx *Tx) (gallringsbar, error) {
		if _, err := Kor(tx, `set local statement_timeout = 0`); err != nil { // as the cut itself
			return gallringsbar{}, err
		}
		return Rad[gallringsbar](tx, `select `+gallringsbarColumns+` from sus_logg_gallringsbar(?, ?)`, fore, int64(1)<<60)
	})
	if err != nil || g.Sekvens == nil || *g.Rader == 0 {
		return register.Gallringsbart{}, err
	}
	return register.Gallringsbart{Antal: int(*g.Rader), Aldsta: register.DatumAv(*g.Aldsta)}, nil
}

// GallraLogg cuts the log's rows of before fore from its oldest end, by whole links, and
// returns how many went. A signed link says so, in the same transaction; the check of
// the log then begins after it. The database refuses what is younger than a year.
func (d *DB) GallraLogg(ctx context.Context, b Begaran, fore time.Time, skal string) (int, error) {
	alla := 0
	for {
		n, klart, err := d.gallraLoggEtt(ctx, b, fore, skal)
		alla += n
		if err != nil || klart {
			return alla, err
		}
	}
}

func (d *DB) gallraLoggEtt(ctx context.Context, b Begaran, fore time.Time, skal string) (antal int, klart bool, err error) {
	_, err = Andra(ctx, d.UtanKodverk(), b, Arende{Handelse: register.HandelseLoggGallrad}, func(tx *Tx) (struct{}, error) {
		antal, klart = 0, false
		if _, err := Kor(tx, `set local statement_timeout = 0`); err != nil {
			return struct{}{}, err
		}
		g, err := Rad[gallringsbar](tx, `select `+gallringsbarColumns+` from sus_logg_gallringsbar(?, ?)`, fore, maxPerGallring)
		if err != nil {
			return struct{}{}, err
		}
		if g.Sekvens == nil {
			klart = true
			tx.IngetGjort()
			return struct{}{}, nil
		}
		// What the link will say is held against the chain before it is signed: nobody who
		// has the database has a young end cut by our hand.
		sist, err := Rad[loggsigill](tx, `select `+sigillColumns+` from loggsigill where sekvens = ?`, *g.Sekvens)
		if err != nil {
			return struct{}{}, err
		}
		vart, err := arVart(tx, sist)
		if err != nil {
			return struct{}{}, err
		}
		if !sist.Tid.Before(fore) || !vart {
			return struct{}{}, fmt.Errorf("loggen: sigill %d är inte så gammalt att det får gallras, eller inte vårt", sist.Sekvens)
		}
		if _, _, err := lanka(tx, slagGallring, func(l loggsigill) error {
			var sagt Loggallring
			if err := json.Unmarshal([]byte(l.Uppgift), &sagt); err != nil {
				return err
			}
			if sagt.Skal != skal || sagt.Sekvens != sist.Sekvens || !bytes.Equal(sagt.Hash, sist.Hash) || sagt.Poster != sist.Fran+int64(sist.Antal)-1 {
				return fmt.Errorf("loggen: sigillet om gallringen säger inte att sigill %d var det sista", sist.Sekvens)
			}
			return nil
		}, `select `+vantarColumns+` from sus_logg_gallra(?, ?, ?)`, fore, maxPerGallring, skal); err != nil {
			return struct{}{}, err
		}
		antal, klart = int(*g.Rader), *g.Rader == 0 // marks alone are no reason to go on
		tx.Detalj(strconv.FormatInt(sist.Sekvens, 10))
		return struct{}{}, nil
	})
	return antal, klart, err
}

// arVart is true for a link that our key has signed, one from before the signatures,
// and one that a signed epoch names.
func arVart(tx *Tx, l loggsigill) (bool, error) {
	nyckel := tx.d.nycklar.loggnyckel
	if l.Slag == slagOsignerat || nyckel.provar(nyckel.huvud(l)) {
		return true, nil
	}
	epoker, err := Rader[loggsigill](tx, `select `+sigillColumns+` from loggsigill where slag = ? and sekvens > ? order by sekvens`, slagEpok, l.Sekvens)
	for _, s := range epoker {
		var e Epok
		if nyckel.provar(nyckel.huvud(s)) && json.Unmarshal([]byte(s.Uppgift), &e) == nil && e.namner(l) {
			return true, nil
		}
	}
	return false, err
}
