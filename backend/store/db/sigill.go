package db

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"time"
)

// loggsigill is one link of the chain: hash covers the link before, the link's own
// numbers and time, and its log rows in the order of poster. The rows have the
// numbers Fran, Fran + 1, …: the log's order is given when it is sealed, so that it
// rests on nothing that a dump leaves behind.
type loggsigill struct {
	Sekvens int64
	Fran    int64
	Antal   int
	Poster  postlista
	Forra   []byte
	Hash    []byte
	Tid     time.Time
}

// postlista is ids of log rows in the log's order.
type postlista [][16]byte

// GormDataType tells GORM that it is one column, not a relation.
func (postlista) GormDataType() string { return "uuid[]" }

// sigillLock is the advisory lock of the one worker that seals («SUS» and 1).
const sigillLock = 0x5355530001

// maxPerSigill bounds a link, and so the time that one takes to set and to check.
const maxPerSigill = 10_000

// Forsegla links the log rows that wait, and returns how many; 0 also while
// another worker is at it. Called at least every three seconds, so that a row is
// sealed within five.
func (d *DB) Forsegla(ctx context.Context) (int, error) {
	alla := 0
	for {
		n, err := d.forseglaEtt(ctx)
		alla += n
		if err != nil || n < maxPerSigill {
			return alla, err
		}
	}
}

func (d *DB) forseglaEtt(ctx context.Context) (int, error) {
	return Underhall(ctx, d, Begaran{}, func(tx *Tx) (int, error) {
		// What a transaction that still runs has logged is not seen, and waits for the next link.
		if ensam, err := Rad[bool](tx, `select pg_try_advisory_xact_lock(?)`, int64(sigillLock)); err != nil || !ensam {
			return 0, err
		}
		poster, err := Rader[[16]byte](tx, `with tagna as (delete from loggko where ctid = any (array(select ctid from loggko limit ?)) returning loggpost_id)
			select loggpost_id from tagna order by loggpost_id`, maxPerSigill)
		if err != nil || len(poster) == 0 {
			return 0, err
		}
		forra, _, err := RadOm[loggsigill](tx, `select `+sigillColumns+` from loggsigill order by sekvens desc limit 1`)
		if err != nil {
			return 0, err
		}
		nytt := loggsigill{Sekvens: forra.Sekvens + 1, Fran: max(forra.Fran+int64(forra.Antal), 1), Antal: len(poster), Poster: poster,
			Forra: append([]byte{}, forra.Hash...), Tid: tx.Nu}
		hash, n, err := kedjehash(tx, nytt)
		if err != nil {
			return 0, err
		}
		if n != nytt.Antal {
			return 0, fmt.Errorf("loggen: %d av de %d rader som väntar på sigill finns inte", nytt.Antal-n, nytt.Antal)
		}
		_, err = Kor(tx, `insert into loggsigill (`+sigillColumns+`) values (?, ?, ?, ?, ?, ?, ?)`,
			nytt.Sekvens, nytt.Fran, nytt.Antal, nytt.Poster, nytt.Forra, hash, nytt.Tid)
		return n, err
	})
}

const sigillColumns = `sekvens, fran, antal, poster, forra, hash, tid`

// Skanna reads sigillColumns.
func (l *loggsigill) Skanna(rad Row) error {
	return rad.Scan(&l.Sekvens, &l.Fran, &l.Antal, &l.Poster, &l.Forra, &l.Hash, &l.Tid)
}

// kedjehash reads the rows of a link and reckons its hash; n is how many of them
// are there.
func kedjehash(tx *Tx, l loggsigill) (hash []byte, n int, err error) {
	summa := sha256.New()
	summa.Write(l.Forra)
	for _, tal := range []int64{l.Sekvens, l.Fran, int64(l.Antal), l.Tid.UnixMicro()} {
		summa.Write(binary.BigEndian.AppendUint64(nil, uint64(tal)))
	}
	poster, err := Rader[Loggpost](tx, `select p.* from unnest(?::uuid[]) with ordinality l (id, plats)
		join lateral (select `+loggColumns+` from loggpost where id = l.id) p on true order by l.plats`, l.Poster)
	var b bytes.Buffer
	for _, p := range poster {
		b.Reset()
		p.kanoniskt(&b)
		summa.Write(b.Bytes())
	}
	return summa.Sum(nil), len(poster), err
}

// Loggkontroll is what a check of the whole chain found.
type Loggkontroll struct {
	Sigill   int
	Poster   int    // sealed rows
	Osatta   int    // rows that wait for their seal
	Brutet   string // where and how the chain is broken, "" when it is whole
	Sista    []byte // hash of the last link: kept elsewhere, it shows later that nothing was cut off
	SistaTid time.Time
}

// KontrolleraLogg reckons the whole chain again: a row changed, added or removed
// in a sealed stretch, a row outside the chain, and a link changed or missing,
// show. A cut at the very end shows only against a Sista that was noted elsewhere.
func (d *DB) KontrolleraLogg(ctx context.Context) (Loggkontroll, error) {
	return Underhall(ctx, d, Begaran{}, func(tx *Tx) (Loggkontroll, error) {
		var k Loggkontroll
		// The whole log is read, as it stands now: longer than a request may take.
		for _, sats := range []string{`set transaction isolation level repeatable read read only`, `set local statement_timeout = 0`} {
			if _, err := Kor(tx, sats); err != nil {
				return k, err
			}
		}
		sista, err := Rad[int64](tx, `select coalesce(max(sekvens), 0) from loggsigill`)
		if err != nil {
			return k, err
		}
		for sekvens := int64(1); sekvens <= sista && k.Brutet == ""; sekvens++ {
			if err := k.provaSigill(tx, sekvens); err != nil {
				return k, err
			}
		}
		if k.Brutet != "" {
			return k, nil
		}
		osatta, err := Rader[[16]byte](tx, `select p.id from loggko k join loggpost p on p.id = k.loggpost_id`)
		if err != nil {
			return k, err
		}
		if k.Brutet, err = provaVem(tx, osatta); err != nil || k.Brutet != "" {
			return k, err
		}
		antal, err := Rad[int](tx, `select count(*) from loggpost`)
		if err != nil {
			return k, err
		}
		if k.Osatta, err = Rad[int](tx, `select count(*) from loggko k join loggpost p on p.id = k.loggpost_id`); err != nil {
			return k, err
		}
		if utanfor := antal - k.Osatta - k.Poster; utanfor != 0 {
			k.Brutet = fmt.Sprintf("%d rader mer än kedjan har står i loggen och väntar inte på något sigill", utanfor)
		}
		return k, nil
	})
}

// provaSigill holds one link against the one before and against its rows.
func (k *Loggkontroll) provaSigill(tx *Tx, sekvens int64) error {
	l, finns, err := RadOm[loggsigill](tx, `select `+sigillColumns+` from loggsigill where sekvens = ?`, sekvens)
	if err != nil {
		return err
	}
	switch {
	case !finns:
		k.Brutet = fmt.Sprintf("sigill %d saknas", sekvens)
		return nil
	case l.Fran != int64(k.Poster)+1 || !bytes.Equal(l.Forra, k.Sista):
		k.Brutet = fmt.Sprintf("sigill %d följer inte på det förra", l.Sekvens)
		return nil
	}
	hash, n, err := kedjehash(tx, l)
	if err != nil {
		return err
	}
	if n != l.Antal || len(l.Poster) != l.Antal || !bytes.Equal(hash, l.Hash) {
		k.Brutet = fmt.Sprintf("raderna under sigill %d (%s) är ändrade: %d rader, %d när det sattes",
			l.Sekvens, l.Tid.UTC().Format(time.RFC3339), n, l.Antal)
		return nil
	}
	if k.Brutet, err = provaVem(tx, l.Poster); err != nil || k.Brutet != "" {
		return err
	}
	k.Sigill++
	k.Poster += n
	k.Sista, k.SistaTid = l.Hash, l.Tid
	return nil
}
