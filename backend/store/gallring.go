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

// Gallrare is the named job that erases what has outlived its time.
var Gallrare = register.AktorGallring

// Gallring is how much one run erased.
type Gallring struct {
	Samtycken         int // consents that led to no registration
	Felregistreringar int // whose identity was erased; the deltagande itself stays felregistrerat
	Identiteter       int // of deltaganden that ended longer ago than identities are kept
	Anvandare         int // who left longer ago than users are kept; konto erases them
	Loggposter        int // of the links at the oldest end of the log
	Idempotensnycklar int // stored answers older than 24 hours
}

// Gallringsbart is what one run would erase.
type Gallringsbart struct {
	Samtycken, Felregistreringar, Identiteter, Anvandare, Loggposter, Idempotensnycklar register.Gallringsbart
}

// idempotensGaller is how long the answer to a key is kept.
const idempotensGaller = 24 * time.Hour

// efterslapning is how far back withdrawals are looked through for what was logged
// after them: longer than from one daily run to the next.
const efterslapning = 72 * time.Hour

// Gallra erases what is due on the day of nu: see Gallring. It works consent by
// consent, each in a transaction of its own, so a run that is cut short has done
// some and the next one does the rest. One that cannot be erased holds up no other
// and is the error; a database that does not answer ends the run.
func (s *Store) Gallra(ctx context.Context, nu time.Time) (Gallring, error) {
	var g Gallring
	var err error
	vid := s.Vid(func() time.Time { return nu })
	if g.Idempotensnycklar, err = db.Underhall(ctx, vid.DB, db.Begaran{Aktor: Gallrare}, func(tx *db.Tx) (int, error) {
		if _, err := db.Kor(tx, `delete from folkbokforingsuppslag where tid <= ?`, nu.Add(-uppslagsfonster)); err != nil {
			return 0, err
		}
		return db.Kor(tx, `delete from idempotens where skapad < ?`, nu.Add(-idempotensGaller))
	}); err != nil {
		return g, err
	}
	bevaras, err := s.Bevaras(ctx)
	if err != nil {
		return g, err
	}
	insatser, err := db.Rader[uuid.UUID](s.Oppet(ctx), `select id from insats order by id`)
	if err != nil {
		return g, err
	}
	var kvar int
	var forsta error
	en := func(antal *int, gallra func() (int, error)) error {
		gjort, err := gallra()
		*antal += gjort
		if err == nil || errors.Is(err, db.ErrBorta) || ctx.Err() != nil {
			return err
		}
		if kvar++; forsta == nil {
			forsta = err
		}
		return nil
	}
	for del := range slices.Chunk(insatser, 200) {
		att, err := vid.attGallra(ctx, del, bevaras.Identitet)
		if err != nil {
			return g, err
		}
		for _, n := range att.loggade {
			if err := en(new(int), func() (int, error) { return 0, vid.raderaLoggade(ctx, n) }); err != nil {
				return g, err
			}
		}
		for _, n := range att.oanvanda {
			if err := en(&g.Samtycken, func() (int, error) { return vid.gallraSamtycke(ctx, n) }); err != nil {
				return g, err
			}
		}
		for _, n := range att.felaktiga {
			if err := en(&g.Felregistreringar, func() (int, error) { return vid.gallraFelregistrering(ctx, n) }); err != nil {
				return g, err
			}
		}
		for _, n := range att.avslutade {
			if err := en(&g.Identiteter, func() (int, error) { return vid.gallraIdentitet(ctx, n, bevaras.Identitet) }); err != nil {
				return g, err
			}
		}
	}
	if grans, nagon := bevaras.Logg.Grans(register.DatumAv(nu)); nagon {
		g.Loggposter, err = vid.GallraLogg(ctx, db.Begaran{Aktor: Gallrare}, grans.Borjan(), "bevaras "+bevaras.Logg.String())
	}
	if kvar > 0 {
		err = errors.Join(err, fmt.Errorf("%d samtycken gick inte att gallra, det första: %w", kvar, forsta))
	}
	return g, err
}

// Bevaras is how long what has its time by a setting is kept in this database.
func (s *Store) Bevaras(ctx context.Context) (register.Bevaras, error) {
	i, err := s.Installation(ctx)
	return s.bevaras.Bevaras(i.Demo), err
}

// Provkor is what Gallra would erase on the day of nu, without the users, who are
// konto's. Nothing is written but a row of the log: that it was asked by av.
func (s *Store) Provkor(ctx context.Context, av register.Aktor, nu time.Time) (g Gallringsbart, err error) {
	vid := s.Vid(func() time.Time { return nu })
	if _, err := db.Las(ctx, vid.DB, db.Begaran{Aktor: av}, db.Arende{Handelse: register.HandelseGallringProvkord},
		func(*db.Tx) (struct{}, error) { return struct{}{}, nil }); err != nil {
		return g, err
	}
	bevaras, err := s.Bevaras(ctx)
	if err != nil {
		return g, err
	}
	insatser, err := db.Rader[uuid.UUID](s.Oppet(ctx), `select id from insats order by id`)
	if err != nil {
		return g, err
	}
	for del := range slices.Chunk(insatser, 200) {
		att, err := vid.attGallra(ctx, del, bevaras.Identitet)
		if err != nil {
			return g, err
		}
		g.Samtycken = g.Samtycken.Plus(rakna(att.oanvanda))
		g.Felregistreringar = g.Felregistreringar.Plus(rakna(att.felaktiga))
		g.Identiteter = g.Identiteter.Plus(rakna(att.avslutade))
	}
	nycklar, err := db.Rad[tidsantal](s.Oppet(ctx), `select count(*) as antal, min(skapad) as aldsta from idempotens where skapad < ?`, nu.Add(-idempotensGaller))
	g.Idempotensnycklar = nycklar.gallringsbart()
	if grans, nagon := bevaras.Logg.Grans(register.DatumAv(nu)); nagon && err == nil {
		g.Loggposter, err = s.Loggallringsbart(ctx, grans.Borjan())
	}
	return g, err
}

// tidsantal is how many rows there are, and the oldest's time.
type tidsantal struct {
	Antal  int
	Aldsta *time.Time
}

func (t tidsantal) gallringsbart() register.Gallringsbart {
	if t.Aldsta == nil {
		return register.Gallringsbart{}
	}
	return register.Gallringsbart{Antal: t.Antal, Aldsta: register.DatumAv(*t.Aldsta)}
}

func rakna(alla []samtyckesnyckel) (g register.Gallringsbart) {
	for _, n := range alla {
		g = g.Med(n.Dag)
	}
	return g
}

// attGallra finds, among the insatser, the unused samtycken, the felregistreringar and
// the identities of ended deltaganden that are due, and the withdrawn samtycken of
// which a read that was under way at the withdrawal has logged the person since.
func (s *Store) attGallra(ctx context.Context, insatser []uuid.UUID, identitet register.Bevarandetid) (gallringslista, error) {
	return db.Underhall(ctx, s.DB, db.Begaran{Aktor: Gallrare, Insatser: insatser}, func(tx *db.Tx) (l gallringslista, err error) {
		if l.loggade, err = db.Rader[samtyckesnyckel](tx, `select s.id, s.insats_id, `+svenskDag("s.aterkallat")+` as dag from samtycke s where s.aterkallat > ?
			and exists (select from loggperson l where l.samtycke_id = s.id) order by s.id`, tx.Nu.Add(-efterslapning)); err != nil {
			return l, err
		}
		if l.oanvanda, err = db.Rader[samtyckesnyckel](tx, `select s.id, s.insats_id, `+svenskDag("s.registrerat")+` as dag from samtycke s where s.registrerat < ?
			and not exists (select from deltagande d where d.samtycke_id = s.id) order by s.id`,
			register.Gallringsgrans(tx.Idag(), s.samtyckeDagar).Borjan()); err != nil {
			return l, err
		}
		if l.felaktiga, err = db.Rader[samtyckesnyckel](tx, `select s.id, s.insats_id, `+svenskDag("u.registrerad")+` as dag
			from deltagande d join samtycke s on s.id = d.samtycke_id join identitet i on i.samtycke_id = s.id
			join lateral (select registrerad from mattillfalle m where m.deltagande_id = d.id and m.typ = 'UT' order by version desc limit 1) u on true
			where d.felregistrerad and u.registrerad < ? order by s.id`,
			register.Gallringsgrans(tx.Idag(), s.angerDagar).Borjan()); err != nil {
			return l, err
		}
		if grans, nagon := identitet.Grans(tx.Idag()); nagon {
			l.avslutade, err = db.Rader[samtyckesnyckel](tx, `select i.samtycke_id as id, i.insats_id, d.avslutningsdag as dag
				from deltagande d join identitet i on i.samtycke_id = d.samtycke_id
				where not d.felregistrerad and d.avslutningsdag < ? order by d.avslutningsdag, i.samtycke_id`, grans)
		}
		return l, err
	})
}

// svenskDag is the day of a column's instant as register.DatumAv has it.
func svenskDag(column string) string { return "(" + column + " at time zone 'Europe/Stockholm')::date" }

// gallringslista is the samtycken that are due.
type gallringslista struct{ loggade, oanvanda, felaktiga, avslutade []samtyckesnyckel }

// samtyckesnyckel is a samtycke, and the day from which its time is counted.
type samtyckesnyckel struct {
	ID, InsatsID uuid.UUID
	Dag          register.Datum
}

// raderaLoggade erases what was logged of the person of a samtycke after its withdrawal.
func (s *Store) raderaLoggade(ctx context.Context, n samtyckesnyckel) error {
	b := db.Begaran{Aktor: Gallrare, Insatser: []uuid.UUID{n.InsatsID}}
	a := db.Arende{Handelse: register.HandelseLoggpersonerRaderade, ObjektID: n.ID, InsatsID: n.InsatsID}
	_, err := db.Andra(ctx, s.DB, b, a, func(tx *db.Tx) (struct{}, error) {
		return struct{}{}, tx.RaderaLoggpersoner(n.ID, n.InsatsID)
	})
	return err
}

// gallraSamtycke erases an unused consent whole, if it still is unused.
func (s *Store) gallraSamtycke(ctx context.Context, n samtyckesnyckel) (int, error) {
	return s.gallraEtt(ctx, Gallrare, n, register.HandelseSamtyckeGallrat, func(tx *db.Tx, v samtyckesvy) (bool, error) {
		if v.deltagande != nil {
			return false, nil
		}
		if err := raderaIdentitet(tx, v, nil); err != nil {
			return false, err
		}
		_, err := db.Kor(tx, `delete from samtycke where id = ?`, n.ID)
		return true, err
	})
}

// gallraFelregistrering erases the identity of a felregistrering that can no
// longer be corrected.
func (s *Store) gallraFelregistrering(ctx context.Context, n samtyckesnyckel) (int, error) {
	return s.gallraEtt(ctx, Gallrare, n, register.HandelseFelregistreringGallrad, func(tx *db.Tx, v samtyckesvy) (bool, error) {
		if v.Identitet.Blindindex == nil || v.deltagande == nil || !v.deltagande.FelregistreringLast(tx.Idag(), s.angerDagar) {
			return false, nil
		}
		ny := *v.deltagande
		ny.Version++
		tx.Galler(ny.ID, n.InsatsID, uuid.Nil)
		return true, raderaIdentitet(tx, v, &ny)
	})
}

// gallraIdentitet erases the identity of a deltagande that ended longer ago than
// identities are kept. The deltagande and its measurements stay, with a key that leads
// to nobody.
func (s *Store) gallraIdentitet(ctx context.Context, n samtyckesnyckel, t register.Bevarandetid) (int, error) {
	return s.gallraEtt(ctx, Gallrare, n, register.HandelseIdentitetGallrad, func(tx *db.Tx, v samtyckesvy) (bool, error) {
		if v.Identitet.Blindindex == nil || v.deltagande == nil || !v.deltagande.IdentitetForfallen(tx.Idag(), t) {
			return false, nil
		}
		ny := *v.deltagande
		ny.Version++
		tx.Galler(ny.ID, n.InsatsID, uuid.Nil)
		return true, raderaIdentitet(tx, v, &ny)
	})
}

// gallraEtt locks a samtycke and lets fn erase what is due of it, as the system that
// a is; 1 when it was, 0 when it no longer is or was gone already.
func (s *Store) gallraEtt(ctx context.Context, a register.Aktor, n samtyckesnyckel, h register.Handelse, fn func(*db.Tx, samtyckesvy) (bool, error)) (int, error) {
	b := db.Begaran{Aktor: a, Insatser: []uuid.UUID{n.InsatsID}}
	return db.Andra(ctx, s.DB, b, db.Arende{Handelse: h, ObjektID: n.ID, InsatsID: n.InsatsID}, func(tx *db.Tx) (int, error) {
		v, err := lasSamtycke(tx, n.ID)
		gjort := false
		switch {
		case saknas(err):
		case err != nil:
			return 0, err
		default:
			if gjort, err = fn(tx, v); err != nil {
				return 0, err
			}
		}
		if !gjort {
			tx.IngetGjort()
			return 0, nil
		}
		return 1, nil
	})
}

// saknas is true for the refusal of what is not there.
func saknas(err error) bool {
	var doman *register.Error
	return errors.As(err, &doman) && doman.Kod == register.KodSaknas
}

// personTables is every table that has held identity or led to one: a fact with
// the key of a person who has another samtycke leads to her.
var personTables = []string{"anvandare", "loggpost", "samtycke", "identitet", "personnyckel", "personlank_vantar", "deltagande_overlapp", "deltagande", "mattillfalle", "fragesvar", "loggperson", "loggexternt", "idempotens", "folkbokforingsuppslag", "fakt_in", "fakt_ut", "fakt_svar"}

// GallraFysiskt rewrites them, so that what is erased is not left in their files
// either: see db.SkrivOm.
func GallraFysiskt(ctx context.Context, migrateURL string) error {
	return db.SkrivOm(ctx, migrateURL, personTables)
}
