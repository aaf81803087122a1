package store

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"gorm.io/gorm"

	"sus/backend/register"
)

// Gallrare is the named job that erases what has outlived its time.
var Gallrare = register.Aktor{ID: uuid.MustParse("00000000-0000-7000-8000-000000000001"), System: "gallring"}

// Gallring is how much one run erased.
type Gallring struct {
	Samtycken         int // consents that led to no registration
	Felregistreringar int // whose identity was erased; the deltagande itself stays felregistrerat
	Idempotensnycklar int // stored answers older than 24 hours
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
	kodverk, err := s.Kodverk(ctx)
	if err != nil {
		return g, err
	}
	vid := s.Vid(func() time.Time { return nu })
	var insatser []uuid.UUID
	if err := s.lasa(ctx, func(db *gorm.DB) error {
		svar := db.Exec(`delete from idempotens where skapad < ?`, nu.Add(-idempotensGaller))
		g.Idempotensnycklar = int(svar.RowsAffected)
		if svar.Error != nil {
			return svar.Error
		}
		return db.Raw(`select id from insats order by id`).Scan(&insatser).Error
	}); err != nil {
		return g, err
	}
	var kvar int
	var forsta error
	en := func(antal *int, gallra func() (int, error)) error {
		gjort, err := gallra()
		*antal += gjort
		if err == nil || errors.Is(err, ErrBorta) || ctx.Err() != nil {
			return err
		}
		if kvar++; forsta == nil {
			forsta = err
		}
		return nil
	}
	for del := range slices.Chunk(insatser, 200) {
		oanvanda, felaktiga, err := s.attGallra(ctx, del, nu)
		if err != nil {
			return g, err
		}
		for _, n := range oanvanda {
			if err := en(&g.Samtycken, func() (int, error) { return vid.gallraSamtycke(ctx, n, kodverk) }); err != nil {
				return g, err
			}
		}
		for _, n := range felaktiga {
			if err := en(&g.Felregistreringar, func() (int, error) { return vid.gallraFelregistrering(ctx, n, kodverk, register.DatumAv(nu)) }); err != nil {
				return g, err
			}
		}
	}
	if kvar > 0 {
		return g, fmt.Errorf("%d samtycken gick inte att gallra, det första: %w", kvar, forsta)
	}
	return g, nil
}

// attGallra finds, among the insatser, the unused samtycken and the
// felregistreringar that are due. Beside it erases what a read that was under way
// at a withdrawal has logged of the person since.
func (s *Store) attGallra(ctx context.Context, insatser []uuid.UUID, nu time.Time) (oanvanda, felaktiga []samtyckesnyckel, err error) {
	idag := register.DatumAv(nu)
	err = s.txInsatser(ctx, insatser, func(tx *gorm.DB) error {
		oanvanda, felaktiga = nil, nil
		if err := tx.Exec(`delete from loggperson l using samtycke s where s.id = l.samtycke_id and s.aterkallat > ?`,
			nu.Add(-efterslapning)).Error; err != nil {
			return err
		}
		if err := tx.Raw(`select s.id, s.insats_id from samtycke s where s.registrerat < ?
			and not exists (select from deltagande d where d.samtycke_id = s.id) order by s.id`,
			midnatt(register.Gallringsgrans(idag, s.samtyckeDagar))).Scan(&oanvanda).Error; err != nil {
			return err
		}
		return tx.Raw(`select s.id, s.insats_id from deltagande d join samtycke s on s.id = d.samtycke_id join identitet i on i.samtycke_id = s.id
			join lateral (select registrerad from mattillfalle m where m.deltagande_id = d.id and m.typ = 'UT' order by version desc limit 1) u on true
			where d.felregistrerad and u.registrerad < ? order by s.id`,
			midnatt(register.Gallringsgrans(idag, s.angerDagar))).Scan(&felaktiga).Error
	})
	return oanvanda, felaktiga, err
}

type samtyckesnyckel struct{ ID, InsatsID uuid.UUID }

// midnatt is when the day begins in Stockholm.
func midnatt(d register.Datum) time.Time {
	t := d.Tid()
	// Winter time is one hour before UTC, summer time two; DatumAv knows which.
	for _, timmar := range []time.Duration{2, 1} {
		if fore := t.Add(-timmar * time.Hour); register.DatumAv(fore) == d {
			return fore
		}
	}
	return t
}

// gallraSamtycke erases an unused consent whole, if it still is unused.
func (s *Store) gallraSamtycke(ctx context.Context, n samtyckesnyckel, kodverk register.Kodverk) (int, error) {
	gjort := 0
	err := s.txInsatser(ctx, []uuid.UUID{n.InsatsID}, func(tx *gorm.DB) error {
		gjort = 0
		v, err := lasSamtycke(tx, n.ID)
		if saknas(err) {
			return nil
		}
		if err != nil || v.deltagande != nil {
			return err
		}
		if err := raderaIdentitet(tx, v, nil, kodverk); err != nil {
			return err
		}
		if err := tx.Exec(`delete from samtycke where id = ?`, n.ID).Error; err != nil {
			return err
		}
		gjort = 1
		return logga(tx, Gallrare, s.Nu(), Handelse{Handelse: register.HandelseSamtyckeGallrat, ObjektID: n.ID, InsatsID: n.InsatsID})
	})
	return gjort, err
}

// gallraFelregistrering erases the identity of a felregistrering that can no
// longer be corrected.
func (s *Store) gallraFelregistrering(ctx context.Context, n samtyckesnyckel, kodverk register.Kodverk, idag register.Datum) (int, error) {
	gjort := 0
	err := s.txInsatser(ctx, []uuid.UUID{n.InsatsID}, func(tx *gorm.DB) error {
		gjort = 0
		v, err := lasSamtycke(tx, n.ID)
		if saknas(err) {
			return nil
		}
		if err != nil || v.Identitet.Blindindex == nil || v.deltagande == nil || !v.deltagande.FelregistreringLast(idag, s.angerDagar) {
			return err
		}
		ny := *v.deltagande
		ny.Version++
		if err := raderaIdentitet(tx, v, &ny, kodverk); err != nil {
			return err
		}
		gjort = 1
		return logga(tx, Gallrare, s.Nu(), Handelse{Handelse: register.HandelseFelregistreringGallrad, ObjektID: ny.ID, InsatsID: n.InsatsID})
	})
	return gjort, err
}

// raderaSkyddad erases the identity of a consent whose person turned out to be
// protected before the in-registration. The consent itself is erased by Gallra.
func (s *Store) raderaSkyddad(ctx context.Context, a register.Aktor, samtyckeID uuid.UUID, kodverk register.Kodverk) error {
	return s.tx(ctx, a, func(tx *gorm.DB) error {
		v, err := lasSamtycke(tx, samtyckeID)
		if saknas(err) {
			return nil
		}
		if err != nil || v.Identitet.Blindindex == nil || v.deltagande != nil {
			return err
		}
		if err := raderaIdentitet(tx, v, nil, kodverk); err != nil {
			return err
		}
		return logga(tx, a, s.Nu(), Handelse{Handelse: register.HandelseIdentitetRaderadSkydd, ObjektID: samtyckeID, InsatsID: v.Samtycke.InsatsID})
	})
}

// saknas is true for the refusal of what is not there.
func saknas(err error) bool {
	var doman *register.Error
	return errors.As(err, &doman) && doman.Kod == register.KodSaknas
}

// personTabeller is every table that has held identity or led to one: a fact with
// the key of a person who has another samtycke leads to her.
var personTabeller = []string{"samtycke", "identitet", "personnyckel", "deltagande", "mattillfalle", "loggperson", "idempotens", "fakt_in", "fakt_ut"}

// GallraFysiskt rewrites the tables that have held identities, so that what is
// erased is not left in their files either, and then has PostgreSQL leave the
// write-ahead log behind that still holds it. The tables are locked meanwhile.
// It needs the migrating role; where that may not order a checkpoint or a new
// log file, the error says what the database's administrator is to run.
// With archiving or replicas, what was shipped earlier is theirs to erase.
func GallraFysiskt(ctx context.Context, migrateURL string) error {
	db, err := oppna(migrateURL)
	if err != nil {
		return err
	}
	defer db.Close()
	db.SetMaxOpenConns(1) // the settings below are of one session
	if _, err := db.ExecContext(ctx, `set lock_timeout = '60s'`); err != nil {
		return mapFel(err)
	}
	// VACUUM only warns about a table that is another role's.
	var roll string
	var agare bool
	if err := db.QueryRowContext(ctx, `select current_user, coalesce(bool_and(pg_has_role(relowner, 'usage')), false)
		from pg_class where relnamespace = 'public'::regnamespace and relname = any($1)`, personTabeller).Scan(&roll, &agare); err != nil {
		return mapFel(err)
	}
	r := pgx.Identifier{roll}.Sanitize()
	if !agare {
		return fmt.Errorf("rollen %s äger inte tabellerna och kan inte skriva om dem; ange ägarens adress i SUS_MIGRATE_URL", r)
	}
	for _, tabell := range personTabeller {
		if _, err := db.ExecContext(ctx, `vacuum full `+pgx.Identifier{tabell}.Sanitize()); err != nil {
			return fmt.Errorf("tabellen %s kunde inte skrivas om: %w", tabell, mapFel(err))
		}
	}
	// The old files go at the first checkpoint, the old log at the second one, which
	// begins in a new log file.
	var fel error
	for _, sats := range []string{`checkpoint`, `select pg_switch_wal()`, `checkpoint`} {
		if _, err := db.ExecContext(ctx, sats); err != nil {
			fel = errors.Join(fel, utanVardenAv(err))
		}
	}
	if fel == nil {
		var ateranvands string
		if err := db.QueryRowContext(ctx, `show wal_recycle`).Scan(&ateranvands); err != nil {
			return mapFel(err)
		}
		if ateranvands == "on" {
			return errors.New("tabellerna är omskrivna, men PostgreSQL återanvänder gamla loggfiler, som behåller sitt innehåll tills de skrivs över. " +
				"Låt databasadministratören sätta wal_recycle = off och kör om")
		}
		return nil
	}
	return fmt.Errorf("tabellerna är omskrivna, men de gamla filerna och transaktionsloggen är kvar: rollen %s saknar rätten att rensa dem. "+
		"Låt databasadministratören köra «grant pg_checkpoint to %s; grant execute on function pg_switch_wal() to %s» i databasen och kör om, "+
		"eller själv köra «checkpoint; select pg_switch_wal(); checkpoint» (%w)", roll, r, r, fel)
}

func utanVardenAv(err error) error {
	if pg := pgFel(err); pg != nil {
		return fmt.Errorf("postgresql %s", pg.Code)
	}
	return mapFel(err)
}
