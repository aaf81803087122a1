package store

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"gorm.io/gorm"
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

// sigillas is the advisory lock of the one worker that seals («SUS» and 1).
const sigillas = 0x5355530001

// maxPerSigill bounds a link, and so the time that one takes to set and to check.
const maxPerSigill = 10_000

// Forsegla links the log rows that wait, and returns how many; 0 also while
// another worker is at it. Called at least every three seconds, so that a row is
// sealed within five.
func (s *Store) Forsegla(ctx context.Context) (int, error) {
	alla := 0
	for {
		n, err := s.forseglaEtt(ctx)
		alla += n
		if err != nil || n < maxPerSigill {
			return alla, err
		}
	}
}

func (s *Store) forseglaEtt(ctx context.Context) (int, error) {
	antal := 0
	err := s.txFri(ctx, func(tx *gorm.DB) error {
		antal = 0
		return iPgx(tx, func(ctx context.Context, c *pgx.Conn) error {
			var las bool
			if err := c.QueryRow(ctx, `select pg_try_advisory_xact_lock($1)`, int64(sigillas)).Scan(&las); err != nil || !las {
				return err
			}
			// What a transaction that still runs has logged is not seen, and waits for the next link.
			poster, err := taUrKon(ctx, c)
			if err != nil || len(poster) == 0 {
				return err
			}
			forra, err := sistaSigill(ctx, c)
			if err != nil {
				return err
			}
			nytt := loggsigill{Sekvens: forra.Sekvens + 1, Fran: max(forra.Fran+int64(forra.Antal), 1), Antal: len(poster), Poster: poster,
				Forra: append([]byte{}, forra.Hash...), Tid: s.Nu()}
			hash, n, err := kedjehash(ctx, c, nytt)
			if err != nil {
				return err
			}
			if n != nytt.Antal {
				return fmt.Errorf("loggen: %d av de %d rader som väntar på sigill finns inte", nytt.Antal-n, nytt.Antal)
			}
			antal = n
			_, err = c.Exec(ctx, `insert into loggsigill (sekvens, fran, antal, poster, forra, hash, tid) values ($1, $2, $3, $4, $5, $6, $7)`,
				nytt.Sekvens, nytt.Fran, nytt.Antal, nytt.Poster, nytt.Forra, hash, nytt.Tid)
			return err
		})
	})
	if err != nil {
		return 0, err
	}
	return antal, nil
}

// taUrKon takes the rows that wait, in the order of their ids, which is that of
// the time when they were made.
func taUrKon(ctx context.Context, c *pgx.Conn) (postlista, error) {
	rader, err := c.Query(ctx, `with tagna as (delete from loggko where ctid = any (array(select ctid from loggko limit $1)) returning loggpost_id)
		select loggpost_id from tagna order by loggpost_id`, maxPerSigill)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rader, pgx.RowTo[[16]byte])
}

const sigillkolumner = `sekvens, fran, antal, poster, forra, hash, tid`

// sistaSigill is the last link, a zero one when there is none.
func sistaSigill(ctx context.Context, c *pgx.Conn) (loggsigill, error) {
	rader, err := c.Query(ctx, `select `+sigillkolumner+` from loggsigill order by sekvens desc limit 1`)
	if err != nil {
		return loggsigill{}, err
	}
	l, err := pgx.CollectExactlyOneRow(rader, pgx.RowToStructByPos[loggsigill])
	if errors.Is(err, pgx.ErrNoRows) {
		return loggsigill{}, nil
	}
	return l, err
}

// kedjehash reads the rows of a link and reckons its hash; n is how many of them
// are there.
func kedjehash(ctx context.Context, c *pgx.Conn, l loggsigill) (hash []byte, n int, err error) {
	summa := sha256.New()
	summa.Write(l.Forra)
	for _, tal := range []int64{l.Sekvens, l.Fran, int64(l.Antal), l.Tid.UnixMicro()} {
		summa.Write(binary.BigEndian.AppendUint64(nil, uint64(tal)))
	}
	rader, err := c.Query(ctx, `select p.id, p.tid, p.aktor_id, p.aktor_typ, p.handelse, p.objekttyp, p.objekt_id, p.insats_id, p.organisation_id,
		p.utfall, p.marke, p.personer_hash, p.traceparent
		from unnest($1::uuid[]) with ordinality l (id, plats) join loggpost p on p.id = l.id order by l.plats`, l.Poster)
	if err != nil {
		return nil, 0, err
	}
	var p Loggpost
	var objekt, insats, organisation *[16]byte
	var b bytes.Buffer
	_, err = pgx.ForEachRow(rader, []any{byteUUID(&p.ID), &p.Tid, byteUUID(&p.AktorID), &p.AktorTyp, &p.Handelse, &p.Objekttyp, &objekt, &insats,
		&organisation, &p.Utfall, &p.Marke, &p.PersonerHash, &p.Traceparent}, func() error {
		p.ObjektID, p.InsatsID, p.OrganisationID = (*uuid.UUID)(objekt), (*uuid.UUID)(insats), (*uuid.UUID)(organisation)
		b.Reset()
		p.kanoniskt(&b)
		summa.Write(b.Bytes())
		n++
		return nil
	})
	return summa.Sum(nil), n, err
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
func (s *Store) KontrolleraLogg(ctx context.Context) (Loggkontroll, error) {
	var k Loggkontroll
	err := s.txFri(ctx, func(tx *gorm.DB) error {
		k = Loggkontroll{}
		return iPgx(tx, func(ctx context.Context, c *pgx.Conn) error {
			// The whole log is read, as it stands now: longer than a request may take.
			if _, err := c.Exec(ctx, `set transaction isolation level repeatable read read only; set local statement_timeout = 0`); err != nil {
				return err
			}
			var sista int64
			if err := c.QueryRow(ctx, `select coalesce(max(sekvens), 0) from loggsigill`).Scan(&sista); err != nil {
				return err
			}
			for sekvens := int64(1); sekvens <= sista && k.Brutet == ""; sekvens++ {
				if err := k.provaSigill(ctx, c, sekvens); err != nil {
					return err
				}
			}
			if k.Brutet != "" {
				return nil
			}
			var utanfor int
			if err := c.QueryRow(ctx, `select count(k.loggpost_id), count(*) - count(k.loggpost_id) - $1
				from loggpost p left join loggko k on k.loggpost_id = p.id`, k.Poster).Scan(&k.Osatta, &utanfor); err != nil {
				return err
			}
			if utanfor != 0 {
				k.Brutet = fmt.Sprintf("%d rader mer än kedjan har står i loggen och väntar inte på något sigill", utanfor)
			}
			return nil
		})
	})
	return k, err
}

// provaSigill holds one link against the one before and against its rows.
func (k *Loggkontroll) provaSigill(ctx context.Context, c *pgx.Conn, sekvens int64) error {
	rader, err := c.Query(ctx, `select `+sigillkolumner+` from loggsigill where sekvens = $1`, sekvens)
	if err != nil {
		return err
	}
	l, err := pgx.CollectExactlyOneRow(rader, pgx.RowToStructByPos[loggsigill])
	if errors.Is(err, pgx.ErrNoRows) {
		k.Brutet = fmt.Sprintf("sigill %d saknas", sekvens)
		return nil
	}
	if err != nil {
		return err
	}
	if l.Fran != int64(k.Poster)+1 || !bytes.Equal(l.Forra, k.Sista) {
		k.Brutet = fmt.Sprintf("sigill %d följer inte på det förra", l.Sekvens)
		return nil
	}
	hash, n, err := kedjehash(ctx, c, l)
	if err != nil {
		return err
	}
	if cmp.Or(n-l.Antal, len(l.Poster)-l.Antal) != 0 || !bytes.Equal(hash, l.Hash) {
		k.Brutet = fmt.Sprintf("raderna under sigill %d (%s) är ändrade: %d rader, %d när det sattes",
			l.Sekvens, l.Tid.UTC().Format(time.RFC3339), n, l.Antal)
		return nil
	}
	k.Sigill++
	k.Poster += n
	k.Sista, k.SistaTid = l.Hash, l.Tid
	return nil
}
