package db

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"sync"
	"time"
)

// loggsigill is one link of the chain: hash covers all of it, the link before and,
// in the order of poster, its log rows; the signature covers the hash. The rows have
// the numbers Fran, Fran + 1, …: the log's order is given when it is sealed, so that
// it rests on nothing that a dump leaves behind.
type loggsigill struct {
	Slag     string
	Sekvens  int64
	Fran     int64
	Antal    int
	Poster   postlista
	Forra    []byte
	Hash     []byte
	Tid      time.Time
	Uppgift  string // what a link without rows says, JSON
	Signatur []byte // nil only of slagOsignerat
	rader    []byte // the hash of the rows
}

// The kinds of link.
const (
	slagRader     = "RADER"
	slagEpok      = "EPOK"      // the log goes on from here after a restore
	slagGallring  = "GALLRING"  // links were cut from the oldest end
	slagOsignerat = "OSIGNERAT" // from before there were signatures
)

// postlista is ids of log rows in the log's order.
type postlista [][16]byte

// GormDataType tells GORM that it is one column, not a relation.
func (postlista) GormDataType() string { return "uuid[]" }

// maxPerSigill bounds a link, and so the time that one takes to set and to check.
const maxPerSigill = 10_000

// Loggbrott is what the sealing found broken: what was last signed is no longer in
// the log, or the log ends in something that this server's key has not signed.
type Loggbrott struct {
	Huvud Logghuvud // the head that is gone; the zero value when none is
	fel   string
}

func (b *Loggbrott) Error() string { return b.fel }

// Forsegla links the log rows that wait, and returns how many; 0 also while
// another worker is at it. Called at least every three seconds, so that a row is
// sealed within five. The database reckons the link and appends it, a role that
// serves cannot; only the signature is ours. A *Loggbrott says that all was sealed
// and that the log was cut or forged before.
func (d *DB) Forsegla(ctx context.Context) (int, error) {
	alla := 0
	var brott *Loggbrott
	for {
		n, err := d.forseglaEtt(ctx)
		alla += n
		if errors.As(err, &brott) {
			err = nil
		}
		switch {
		case err != nil:
			return alla, err
		case n < maxPerSigill && brott != nil:
			return alla, brott
		case n < maxPerSigill:
			return alla, nil
		}
	}
}

func (d *DB) forseglaEtt(ctx context.Context) (int, error) {
	d.minne.Lock()
	defer d.minne.Unlock()
	var satt loggsigill
	var forra Logghuvud
	_, err := Underhall(ctx, d, Begaran{}, func(tx *Tx) (_ struct{}, err error) {
		satt, forra, err = lanka(tx, slagRader, nil, `select `+vantarColumns+` from sus_logg_nasta(?)`, maxPerSigill)
		return struct{}{}, err
	})
	if err != nil || satt.Sekvens == 0 {
		return 0, err
	}
	if brott := d.minne.folj(d.nycklar.loggnyckel, satt, forra); brott != nil {
		return satt.Antal, brott
	}
	return satt.Antal, nil
}

// lanka has the database reckon a link by the statement, signs it, and has it
// appended, in the transaction; forra is the link before as it stands. Nothing is
// signed but a link of the kind that was asked for, and of which prova (nil: nothing)
// finds that it says what it is to say: whoever has the database may answer anything.
func lanka(tx *Tx, slag string, prova func(loggsigill) error, sats string, varden ...any) (satt loggsigill, forra Logghuvud, err error) {
	v, finns, err := RadOm[vantande](tx, sats, varden...)
	if err != nil || !finns {
		return loggsigill{}, forra, err
	}
	l := loggsigill(v)
	if l.Slag != slag || slag == slagRader && l.Uppgift != "" {
		return loggsigill{}, forra, fmt.Errorf("loggen: databasen svarar med ett sigill av slaget %s i stället för %s", l.Slag, slag)
	}
	if prova != nil {
		if err := prova(l); err != nil {
			return loggsigill{}, forra, err
		}
	}
	// And what we reckon ourselves from the link's own numbers.
	if !bytes.Equal(l.Hash, l.lankhash()) {
		return loggsigill{}, forra, fmt.Errorf("loggen: databasen räknar sigill %d på ett annat sätt än servern", l.Sekvens)
	}
	if l.Signatur, err = tx.d.nycklar.signera(l); err != nil {
		return loggsigill{}, forra, err
	}
	f, finns, err := RadOm[loggsigill](tx, `select `+sigillColumns+` from loggsigill where sekvens = ?`, l.Sekvens-1)
	if err != nil {
		return loggsigill{}, forra, err
	}
	if finns && f.Slag != slagOsignerat {
		forra = tx.d.nycklar.loggnyckel.huvud(f)
	}
	_, err = Kor(tx, `select sus_logg_lanka(?)`, l.Signatur)
	return l, forra, err
}

// loggminne is the last head that this server has signed. The database may be cut
// or restored under a server that runs; the server then says so.
type loggminne struct {
	sync.Mutex
	sist Logghuvud
}

// folj holds a new link and the one before against what was signed last.
func (m *loggminne) folj(n *Loggnyckel, satt loggsigill, forra Logghuvud) *Loggbrott {
	sist := m.sist
	m.sist = n.huvud(satt)
	switch {
	case sist.Sekvens >= satt.Sekvens, sist.Sekvens == forra.Sekvens && !bytes.Equal(sist.Hash, forra.Hash):
		return &Loggbrott{sist, fmt.Sprintf("sigill %d (%x), som servern har satt, är borta: loggen är avklippt eller återställd", sist.Sekvens, sist.Hash)}
	case forra.Sekvens > 0 && !n.provar(forra):
		return &Loggbrott{fel: fmt.Sprintf("sigill %d är inte signerat med den här serverns nyckel", forra.Sekvens)}
	}
	return nil
}

// Loggallring is what a link of kind GALLRING says: the last link that was cut, and
// how many rows the cut links had in all.
type Loggallring struct {
	Sekvens int64  `json:"sekvens"`
	Hash    []byte `json:"hash"`
	Poster  int64  `json:"poster"`
	Skal    string `json:"skal"`
}

// Loggvantan is how the log waits for its seal.
type Loggvantan struct {
	Aldsta time.Duration // how long the oldest row has waited; 0: none waits
	Sigill int64         // the last link's number
}

// Skanna reads it.
func (l *Loggvantan) Skanna(rad Row) error {
	var sekunder float64
	err := rad.Scan(&sekunder, &l.Sigill)
	l.Aldsta = time.Duration(sekunder * float64(time.Second))
	return err
}

// Loggvantan asks for it.
func (d *DB) Loggvantan(ctx context.Context) (Loggvantan, error) {
	return Rad[Loggvantan](d.Oppet(ctx), `select coalesce(extract(epoch from clock_timestamp() - min(sedan)), 0)::float8,
		(select coalesce(max(sekvens), 0) from loggsigill) from loggko`)
}

const (
	sigillColumns = `sekvens, fran, antal, poster, forra, hash, tid, slag, uppgift, signatur`
	vantarColumns = `sekvens, fran, antal, poster, forra, hash, tid, slag, uppgift, rader`
)

// Skanna reads sigillColumns.
func (l *loggsigill) Skanna(rad Row) error {
	return rad.Scan(&l.Sekvens, &l.Fran, &l.Antal, &l.Poster, &l.Forra, &l.Hash, &l.Tid, &l.Slag, &l.Uppgift, &l.Signatur)
}

// vantande is a link that has no signature yet.
type vantande loggsigill

// Skanna reads vantarColumns.
func (l *vantande) Skanna(rad Row) error {
	return rad.Scan(&l.Sekvens, &l.Fran, &l.Antal, &l.Poster, &l.Forra, &l.Hash, &l.Tid, &l.Slag, &l.Uppgift, &l.rader)
}

// lankhash is the link's hash: the same that sus_lankhash reckons.
func (l loggsigill) lankhash() []byte {
	b := falt(falt(nil, []byte("SUS logg 1")), []byte(l.Slag))
	for _, tal := range []int64{l.Sekvens, l.Fran, int64(l.Antal)} {
		b = binary.BigEndian.AppendUint64(b, uint64(tal))
	}
	for _, v := range [][]byte{pgTid(l.Tid), l.Forra, []byte(l.Uppgift), l.rader} {
		b = falt(b, append([]byte{}, v...)) // none of them is NULL
	}
	summa := sha256.Sum256(b)
	return summa[:]
}

// lasPoster reads the rows of a link and reckons their hash into it.
func (l *loggsigill) lasPoster(tx *Tx) ([]Loggpost, error) {
	summa := sha256.New()
	poster, err := Rader[Loggpost](tx, `select p.* from unnest(?::uuid[]) with ordinality l (id, plats)
		join lateral (select `+loggColumns+` from loggpost where id = l.id) p on true order by l.plats`, l.Poster)
	var b []byte
	for i := range poster {
		b = poster[i].kanoniskt(b[:0])
		summa.Write(b)
	}
	l.rader = summa.Sum(nil)
	return poster, err
}
