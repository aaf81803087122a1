package store

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"time"

	"gorm.io/gorm"
)

// loggsigill is one link of the chain: hash covers the link before, the link's own
// numbers and time, and every log row of the transactions in [TxidFran, TxidTill),
// ordered by transaction and id.
type loggsigill struct {
	Sekvens  int64 `gorm:"primaryKey"`
	TxidFran int64
	TxidTill int64
	Antal    int
	Forra    []byte
	Hash     []byte
	Tid      time.Time
}

// sigillas is the advisory lock of the one worker that seals («SUS» and 1).
const sigillas = 0x5355530001

// Forsegla links the log rows that no running transaction can add to any more,
// and returns how many; 0 also while another worker is at it. Called at least
// every three seconds, so that a row is sealed within five.
func (s *Store) Forsegla(ctx context.Context) (int, error) {
	antal := 0
	err := s.txFri(ctx, func(tx *gorm.DB) error {
		antal = 0
		var las bool
		if err := tx.Raw(`select pg_try_advisory_xact_lock(?)`, int64(sigillas)).Scan(&las).Error; err != nil || !las {
			return err
		}
		var forra loggsigill
		if err := tx.Raw(`select * from loggsigill order by sekvens desc limit 1`).Scan(&forra).Error; err != nil {
			return err
		}
		// Below this number every transaction is over: what it logged is there to be seen.
		var till int64
		if err := tx.Raw(`select pg_snapshot_xmin(pg_current_snapshot())::text::bigint`).Scan(&till).Error; err != nil {
			return err
		}
		nytt := loggsigill{Sekvens: forra.Sekvens + 1, TxidFran: forra.TxidTill, TxidTill: till, Forra: forra.Hash, Tid: s.Nu()}
		hash, n, err := kedjehash(tx, nytt)
		if err != nil || n == 0 {
			return err
		}
		nytt.Hash, nytt.Antal = hash, n
		if nytt.Forra == nil {
			nytt.Forra = []byte{}
		}
		antal = n
		return tx.Create(&nytt).Error
	})
	return antal, err
}

// kedjehash reads the rows of a link and reckons its hash.
func kedjehash(tx *gorm.DB, l loggsigill) ([]byte, int, error) {
	rader, err := tx.Raw(`select * from loggpost where txid >= ? and txid < ? order by txid, id`, l.TxidFran, l.TxidTill).Rows()
	if err != nil {
		return nil, 0, err
	}
	defer rader.Close()
	summa := sha256.New()
	summa.Write(l.Forra)
	for _, n := range []int64{l.Sekvens, l.TxidFran, l.TxidTill, l.Tid.UnixMicro()} {
		summa.Write(binary.BigEndian.AppendUint64(nil, uint64(n)))
	}
	var b bytes.Buffer
	n := 0
	for rader.Next() {
		var p Loggpost
		if err := tx.ScanRows(rader, &p); err != nil {
			return nil, 0, err
		}
		b.Reset()
		p.kanoniskt(&b)
		summa.Write(binary.BigEndian.AppendUint64(nil, uint64(p.Txid)))
		summa.Write(b.Bytes())
		n++
	}
	return summa.Sum(nil), n, rader.Err()
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
// in a sealed stretch, and a link changed or missing, show. A cut at the very end
// shows only against a Sista that was noted elsewhere.
func (s *Store) KontrolleraLogg(ctx context.Context) (Loggkontroll, error) {
	var k Loggkontroll
	err := s.txFri(ctx, func(tx *gorm.DB) error {
		k = Loggkontroll{}
		if err := tx.Exec(`set transaction isolation level repeatable read read only`).Error; err != nil {
			return err
		}
		// The whole log is read: longer than a request may take.
		if err := tx.Exec(`set local statement_timeout = 0`).Error; err != nil {
			return err
		}
		var sigill []loggsigill
		if err := tx.Order("sekvens").Find(&sigill).Error; err != nil {
			return err
		}
		var till int64
		for i, l := range sigill {
			switch {
			case l.Sekvens != int64(i+1):
				k.Brutet = fmt.Sprintf("sigill %d saknas", i+1)
			case l.TxidFran != till || !bytes.Equal(l.Forra, k.Sista):
				k.Brutet = fmt.Sprintf("sigill %d följer inte på det förra", l.Sekvens)
			}
			if k.Brutet != "" {
				return nil
			}
			hash, n, err := kedjehash(tx, l)
			if err != nil {
				return err
			}
			if n != l.Antal || !bytes.Equal(hash, l.Hash) {
				k.Brutet = fmt.Sprintf("raderna under sigill %d (%s) är ändrade: %d rader, %d när det sattes",
					l.Sekvens, l.Tid.UTC().Format(time.RFC3339), n, l.Antal)
				return nil
			}
			k.Sigill++
			k.Poster += n
			till, k.Sista, k.SistaTid = l.TxidTill, l.Hash, l.Tid
		}
		return tx.Raw(`select count(*) from loggpost where txid >= ?`, till).Scan(&k.Osatta).Error
	})
	return k, err
}
