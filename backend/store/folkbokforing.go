package store

import (
	"cmp"
	"context"
	"log/slog"
	"strconv"
	"time"

	"github.com/google/uuid"

	"sus/backend/register"
	"sus/backend/store/db"
)

// uppslagsfonster and varnaVid: see register.Uppslagsgrans.
const (
	uppslagsfonster = time.Hour
	varnaVid        = 20
	utanGrans       = 200 // questions looked through for a caller that has no bound
)

// BorjaUppslag is what stands before a question to the population register for a
// caller: its row in the log, with the person, in a transaction of its own. What the
// register then answers, or that it does not, changes nothing of it. 429
// uppslag-for-manga for a caller that asked too much within the hour; the questions of
// one caller are counted one at a time, whatever server they come to.
func (s *Store) BorjaUppslag(ctx context.Context, b db.Begaran, insatsID uuid.UUID, p register.Personnummer) error {
	index := s.Nycklar().Blindindex(p)
	a := db.Arende{Handelse: register.HandelseFolkbokforingUppslagen, ObjektID: insatsID, InsatsID: insatsID, Hinder: hinder(b.Aktor.FarSePersonuppgifter(insatsID))}
	varna, err := db.Andra(ctx, s.DB.UtanKodverk(), b, a, func(tx *db.Tx) (bool, error) {
		id, err := uuid.NewV7()
		if err != nil {
			return false, err
		}
		l, err := s.uppslagslage(tx)
		if err != nil {
			return false, err
		}
		beslut := s.uppslag.Prova(tx.Aktor, l, tx.Nu)
		if beslut.Nej != nil {
			return false, beslut.Nej
		}
		tx.Om(db.Loggad{Blindindex: index, InsatsID: insatsID})
		_, err = db.Kor(tx, `insert into folkbokforingsuppslag (id, aktor_id, blindindex, tid, varnad) values (?, ?, ?, ?, false)`,
			id, tx.Aktor.ID, index, tx.Nu)
		return beslut.Varna, err
	})
	if err != nil || !varna {
		return err
	}
	if err := s.varnaForUppslag(ctx, b); err != nil {
		slog.ErrorContext(ctx, "varningen om uppslag kunde inte loggas", "aktor", b.Aktor.ID, "fel", err)
	}
	return nil
}

// uppslagslage is what the caller has asked, with the caller's lock taken: no other
// question of the caller is counted before this one is.
func (s *Store) uppslagslage(tx *db.Tx) (register.Uppslagslage, error) {
	if _, err := db.Kor(tx, `select pg_advisory_xact_lock(hashtextextended(?, 9))`, tx.Aktor.ID.String()); err != nil {
		return register.Uppslagslage{}, err
	}
	sedan := tx.Nu.Add(-s.uppslag.Fonster)
	if _, err := db.Kor(tx, `delete from folkbokforingsuppslag where id in (select id from folkbokforingsuppslag
		where tid <= ? order by tid limit 1000 for update skip locked)`, sedan); err != nil {
		return register.Uppslagslage{}, err
	}
	r, err := db.Rad[uppslagsrad](tx, `select count(*) as antal, min(tid) as aldst, count(*) filter (where not ledde and blindindex is not null) as forgaves,
			coalesce(bool_or(varnad), false) as varnad
		from (select * from folkbokforingsuppslag where aktor_id = ? and tid > ? order by tid desc limit ?) u`,
		tx.Aktor.ID, sedan, cmp.Or(s.uppslag.Hogst(tx.Aktor), utanGrans))
	l := register.Uppslagslage{Antal: r.Antal, Forgaves: r.Forgaves, Varnad: r.Varnad}
	if r.Aldst != nil {
		l.Aldst = *r.Aldst
	}
	return l, err
}

// uppslagsrad is a caller's questions as the database counts them.
type uppslagsrad struct {
	Antal, Forgaves int
	Aldst           *time.Time
	Varnad          bool
}

// varnaForUppslag tells the reviewers that a caller looks people up whom nobody
// registers. That it was told is noted with the row, so that what fails is told with
// the next question; of two questions at once the first one tells.
func (s *Store) varnaForUppslag(ctx context.Context, b db.Begaran) error {
	slog.WarnContext(ctx, "många uppslag i folkbokföringen ledde inte till något", "aktor", b.Aktor.ID, "antal", s.uppslag.Varna)
	a := db.Arende{Handelse: register.HandelseUppslagUtanResultat, ObjektID: b.Aktor.ID, Detalj: strconv.Itoa(s.uppslag.Varna)}
	_, err := db.Andra(ctx, s.DB.UtanKodverk(), b, a, func(tx *db.Tx) (struct{}, error) {
		l, err := s.uppslagslage(tx)
		if err != nil {
			return struct{}{}, err
		}
		if l.Varnad {
			tx.IngetGjort()
			return struct{}{}, nil
		}
		_, err = db.Kor(tx, `update folkbokforingsuppslag set varnad = true where id = (select id from folkbokforingsuppslag
			where aktor_id = ? order by tid desc limit 1)`, tx.Aktor.ID)
		return struct{}{}, err
	})
	return err
}

// uppslagLedde notes that the caller's questions about a person led to something.
func uppslagLedde(tx *db.Tx, index [][]byte) error {
	_, err := db.Kor(tx, `update folkbokforingsuppslag set ledde = true where aktor_id = ? and blindindex = any(?) and not ledde`, tx.Aktor.ID, index)
	return err
}
