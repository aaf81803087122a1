package store

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"

	"sus/backend/register"
	"sus/backend/store/db"
)

// Omfragare is the named job that asks the population register again.
var Omfragare = register.AktorOmfraga

// Omfragning is what one run came to.
type Omfragning struct {
	Fragade  int // persons asked about
	Andrade  int // of whom something else is said than before
	Skyddade int // of whom it is said that they are protected, and who are erased
}

// omfragebunt is how many are read at a time: so few that the first is asked soon.
const omfragebunt = 50

// omfragad is a samtycke whose answer is old.
type omfragad struct {
	SamtyckeID, InsatsID uuid.UUID
	Uppslagen            time.Time
}

// Omfraga asks the population register, by fraga, about everybody whose answer is
// older than g, and keeps what it says. A person is asked about once for all insatser.
// An error of fraga ends the run: what was asked until then is kept, and the next run
// goes on with the rest, since each answer's age stands with the identity. One whose
// identity does not open holds up no other and is the error. A run that asked about
// anybody has its log row.
func (s *Store) Omfraga(ctx context.Context, g register.Omfragegranser,
	fraga func(context.Context, register.Personnummer) (register.Folkbokforingspost, error)) (Omfragning, error) {
	var o Omfragning
	err := s.omfraga(ctx, g, &o, fraga)
	if o.Fragade > 0 {
		// Also when the run was cut short.
		klar, avbryt := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
		defer avbryt()
		err = errors.Join(err, s.loggaOmfragning(klar, o))
	}
	return o, err
}

func (s *Store) loggaOmfragning(ctx context.Context, o Omfragning) error {
	a := db.Arende{Handelse: register.HandelseFolkbokforingOmfragad,
		Detalj: fmt.Sprintf("frågade=%d ändrade=%d skyddade=%d", o.Fragade, o.Andrade, o.Skyddade)}
	_, err := db.Andra(ctx, s.DB.UtanKodverk(), db.Begaran{Aktor: Omfragare}, a, func(*db.Tx) (struct{}, error) { return struct{}{}, nil })
	return err
}

func (s *Store) omfraga(ctx context.Context, g register.Omfragegranser, o *Omfragning,
	fraga func(context.Context, register.Personnummer) (register.Folkbokforingspost, error)) error {
	insatser, err := db.Rader[uuid.UUID](s.Oppet(ctx), `select id from insats order by id`)
	if err != nil {
		return err
	}
	var slutna error
	for del := range slices.Chunk(insatser, 200) {
		var efter omfragad
		for {
			bunt, err := s.attOmfraga(ctx, g, del, efter)
			if err != nil {
				return err
			}
			for _, n := range bunt {
				p, err := s.annuGammal(ctx, n)
				if err != nil {
					if errors.Is(err, db.ErrBorta) || ctx.Err() != nil {
						return err
					}
					slutna = err
					continue
				}
				if !p.Angett() { // erased, or asked about in another insats meanwhile
					continue
				}
				post, err := s.FragaOmPersonen(ctx, p, fraga)
				if err != nil {
					return err
				}
				if err := s.taEmotOmfraga(ctx, p, post, o); err != nil {
					return err
				}
			}
			if len(bunt) < omfragebunt {
				break
			}
			efter = bunt[len(bunt)-1]
		}
	}
	return slutna
}

// attOmfraga is the next of the insatser's samtycken whose answer is too old, the
// oldest answer first.
func (s *Store) attOmfraga(ctx context.Context, g register.Omfragegranser, insatser []uuid.UUID, efter omfragad) ([]omfragad, error) {
	return db.Underhall(ctx, s.DB, db.Begaran{Aktor: Omfragare, Insatser: insatser}, func(tx *db.Tx) ([]omfragad, error) {
		return db.Rader[omfragad](tx, `select i.samtycke_id, i.insats_id, i.uppslagen from identitet i join samtycke s on s.id = i.samtycke_id
			left join deltagande d on d.samtycke_id = i.samtycke_id
			where i.uppslagen < case when coalesce(d.oppen, s.registrerat > ?) then ?::timestamptz else ?::timestamptz end
				and (i.uppslagen, i.samtycke_id) > (?, ?) order by i.uppslagen, i.samtycke_id limit ?`,
			g.Nytt, g.Oppna, g.Avslutade, efter.Uppslagen, efter.SamtyckeID, omfragebunt)
	})
}

// annuGammal is whose the samtycke is, if its answer still is the one that was found
// too old: nobody is asked about after a withdrawal, nor twice.
func (s *Store) annuGammal(ctx context.Context, n omfragad) (register.Personnummer, error) {
	return db.Underhall(ctx, s.DB, db.Begaran{Aktor: Omfragare, Insatser: []uuid.UUID{n.InsatsID}}, func(tx *db.Tx) (p register.Personnummer, err error) {
		r, finns, err := db.RadOm[identitetsrad](tx, `select * from identitet where samtycke_id = ? and uppslagen = ?`, n.SamtyckeID, n.Uppslagen)
		if err != nil || !finns {
			return p, err
		}
		i, err := dekrypteraIdentitet(s.Nycklar(), r)
		if err != nil {
			return p, err
		}
		return i.Personnummer, nil
	})
}

// taEmotOmfraga keeps the answer about p in every insats. What it demands at once is
// done.
func (s *Store) taEmotOmfraga(ctx context.Context, p register.Personnummer, post register.Folkbokforingspost, o *Omfragning) error {
	o.Fragade++
	if post.ArSkyddad() {
		o.Skyddade++
		return nil // erased when the answer came
	}
	samtycken, err := s.samtyckenAv(ctx, p)
	if err != nil {
		return err
	}
	andrad := false
	for _, n := range samtycken {
		en, err := s.nyttSvar(ctx, n, p, post)
		if err != nil {
			return err
		}
		andrad = andrad || en
	}
	if andrad {
		o.Andrade++
	}
	return nil
}

// nyttSvar keeps the answer at one samtycke, and says whether it was news: only then
// it has a log row, without what was changed. What a caller asked later wins.
func (s *Store) nyttSvar(ctx context.Context, n samtyckesnyckel, p register.Personnummer, post register.Folkbokforingspost) (bool, error) {
	a := db.Arende{Handelse: register.HandelseFolkbokforingAndrad, ObjektID: n.ID, InsatsID: n.InsatsID}
	return db.Andra(ctx, s.DB.UtanKodverk(), db.Begaran{Aktor: Omfragare, Insatser: []uuid.UUID{n.InsatsID}}, a, func(tx *db.Tx) (bool, error) {
		// The samtycke's lock is that of whoever withdraws or registers on it.
		if _, finns, err := db.RadOm[uuid.UUID](tx, `select id from samtycke where id = ? for update`, n.ID); err != nil || !finns {
			tx.IngetGjort()
			return false, err
		}
		r, _, err := db.RadOm[identitetsrad](tx, `select * from identitet where samtycke_id = ?`, n.ID)
		if err != nil {
			return false, err
		}
		forr, err := dekrypteraIdentitet(s.Nycklar(), r)
		if err != nil {
			return false, err
		}
		if forr == nil || forr.Personnummer != p || forr.Uppslagen.After(post.Uppslagen) {
			tx.IngetGjort()
			return false, nil
		}
		ny, err := s.uppdateraIdentitet(tx, *forr, post)
		if err != nil {
			return false, err
		}
		if !forr.Andrad(ny) {
			tx.IngetGjort() // what is said again is no change; when it was said is kept
			return false, nil
		}
		tx.Om(db.Loggad{SamtyckeID: n.ID, InsatsID: n.InsatsID})
		return true, nil
	})
}
