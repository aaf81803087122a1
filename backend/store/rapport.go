package store

import (
	"context"
	"database/sql/driver"
	"errors"
	"fmt"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/stdlib"

	"sus/backend/register"
)

// DeltagarrapportForsorjning counts the försörjning of those who started and
// of those who ended in a budgetår (domain 8.1), nationally for whoever may
// read reports. It reads the facts only, as the role sus_rapport, which can
// see no person and no registration. It refuses with Nekad without a role or
// the scope rapport.las, Ogiltig for filters that do not exist or exclude each
// other, and Saknas for an unknown organisation or insats.
func (s *Store) DeltagarrapportForsorjning(ctx context.Context, a register.Aktor, u register.Urval) (register.Forsorjningsrapport, error) {
	if !a.FarLasaRapport() {
		return register.Forsorjningsrapport{}, register.Nekad()
	}
	kodverk, err := s.Kodverk(ctx)
	if err != nil {
		return register.Forsorjningsrapport{}, err
	}
	if err := u.Validera(kodverk); err != nil {
		return register.Forsorjningsrapport{}, err
	}
	var (
		namn     register.Urvalsnamn
		underlag register.Forsorjningsunderlag
	)
	fraga, argument := forsorjningsfraga(u)
	err = s.rapportlasning(ctx, func(b *pgx.Batch) {
		if u.Lan != "" || u.OrganisationID != uuid.Nil || u.InsatsID != uuid.Nil {
			b.Queue(urvalsnamnfraga, u.Lan, u.InsatsID, u.OrganisationID).QueryRow(func(rad pgx.Row) error {
				namn, err = lasUrvalsnamn(rad, u)
				return err
			})
		}
		b.Queue(fraga, argument...).Query(func(rader pgx.Rows) error {
			underlag, err = lasForsorjning(rader)
			return err
		})
	})
	if err != nil {
		return register.Forsorjningsrapport{}, err
	}
	if err := namn.Prova(u); err != nil {
		return register.Forsorjningsrapport{}, err
	}
	return register.NyForsorjningsrapport(u, namn, kodverk, underlag, s.Nu()), nil
}

// rapportlasning runs the queued reads in one read-only transaction as
// sus_rapport, all of it sent at once: a report is one round trip.
func (s *Store) rapportlasning(ctx context.Context, stall func(*pgx.Batch)) error {
	forsok := func() error {
		koppling, err := s.sqldb.Conn(ctx)
		if err != nil {
			return err
		}
		defer func() { _ = koppling.Close() }()
		return koppling.Raw(func(dc any) error {
			c := dc.(*stdlib.Conn).Conn()
			var b pgx.Batch
			b.Queue("begin read only")
			b.Queue("set local role sus_rapport")
			stall(&b)
			b.Queue("commit")
			err := c.SendBatch(ctx, &b).Close()
			if err == nil || c.IsClosed() || c.PgConn().TxStatus() == 'I' {
				return err
			}
			// The transaction, and with it the role, ends here or the
			// connection does: the pool closes what answers ErrBadConn.
			if _, rollback := c.Exec(ctx, "rollback"); rollback != nil {
				_ = c.Close(ctx)
			}
			return err
		})
	}
	err := forsok()
	if err != nil && ctx.Err() == nil && (errors.Is(err, driver.ErrBadConn) || pgconn.SafeToRetry(err)) {
		err = forsok() // the pool's connection had died while it was idle
	}
	return mapFel(err)
}

// urvalsnamnfraga finds what the head prints, and whether the chosen organisation exists.
const urvalsnamnfraga = `
select (select lan_namn from kommun where lan = $1 limit 1),
	i.namn, o.id, o.namn, o.samverkansform, o.verksamhetsomrade, o.lan,
	exists (select from samverkansorganisation where id = $3)
from (select) as ett
left join insats i on i.id = $2
left join samverkansorganisation o on o.id = coalesce(i.organisation_id, $3)`

func lasUrvalsnamn(rad pgx.Row, u register.Urval) (register.Urvalsnamn, error) {
	var (
		namn                register.Urvalsnamn
		lan, oNamn, form    *string
		omrade, oLan        *string
		id                  *uuid.UUID
		organisationenFinns bool
	)
	if err := rad.Scan(&lan, &namn.Insats, &id, &oNamn, &form, &omrade, &oLan, &organisationenFinns); err != nil {
		return namn, err
	}
	if u.InsatsID != uuid.Nil && namn.Insats == nil || u.OrganisationID != uuid.Nil && !organisationenFinns {
		return namn, register.Saknas()
	}
	if lan != nil {
		namn.LanNamn = *lan
	}
	if id != nil {
		namn.Organisation = &register.Organisationsnamn{
			ID: *id, Namn: *oNamn, Samverkansform: register.Samverkansform(*form), Verksamhetsomrade: *omrade, Lan: *oLan,
		}
	}
	return namn, nil
}

// The parts of forsorjningsfraga's answer.
const (
	delStart = iota
	delSlut
	delStartUnika
	delSlutUnika
)

// forsorjningsfraga counts deltaganden by their set of försörjning, and unique
// persons as such. The sets are few and are spread over the codes afterwards:
// cheaper than one filtered count a code. Its text depends on the year and on
// which filters are chosen alone, so that it is prepared once a connection.
func forsorjningsfraga(u register.Urval) (string, []any) {
	argument := []any{u.Budgetar}
	arg := func(v any) string {
		argument = append(argument, v)
		return fmt.Sprintf("$%d", len(argument))
	}
	villkor := "ar = $1"
	// One organisation's rows are few: kept, they are read once for both counts.
	// A country's would spill to disk: those are read twice.
	halla := "materialized"
	switch {
	case u.InsatsID != uuid.Nil:
		id := arg(u.InsatsID)
		villkor += " and org = (select o.nr from samverkansorganisation o join insats i on i.organisation_id = o.id where i.id = " + id + ")" +
			" and insats = (select nr from insats where id = " + id + ")"
	case u.OrganisationID != uuid.Nil:
		villkor += " and org = (select nr from samverkansorganisation where id = " + arg(u.OrganisationID) + ")"
	default:
		halla = "not materialized"
		villkor += " and org in (select nr from samverkansorganisation where samverkansform = " + arg(string(u.Samverkansform))
		if u.Verksamhetsomrade != "" {
			villkor += " and verksamhetsomrade = " + arg(u.Verksamhetsomrade)
		}
		if u.Lan != "" {
			villkor += " and lan = " + arg(u.Lan)
		}
		villkor += ")"
	}
	switch u.Kon {
	case register.KonKvinna:
		villkor += " and kon = " + arg(register.FaktKvinna)
	case register.KonMan:
		villkor += " and kon = " + arg(register.FaktMan)
	}
	return fmt.Sprintf(`
with start as %[1]s (select fb, person from %[7]s where %[2]s),
	slut as %[1]s (select fb, fa, person from %[8]s where %[2]s)
select %[3]d::int2, fb, -1::int2, count(*)::int4 from start group by fb
union all
select %[4]d, fb, fa, count(*)::int4 from slut group by fb, fa
union all
select %[5]d, -1, -1, count(distinct person)::int4 from start
union all
select %[6]d, -1, -1, count(distinct person)::int4 from slut`,
		halla, villkor, delStart, delSlut, delStartUnika, delSlutUnika,
		arspartition("fakt_in", u.Budgetar), arspartition("fakt_ut", u.Budgetar)), argument
}

// arspartition is where migration 0006 keeps the rows of a year. A report that
// names it keeps one plan, three times as fast as finding the partition anew
// each time (126 deltaganden, 16 connections: 6,100 a second for 2,100). Years
// outside the partitions are looked for in all.
func arspartition(tabell string, ar int) string {
	if ar < 2000 || ar > 2040 {
		return tabell
	}
	return fmt.Sprintf("%s_%d", tabell, ar)
}

func lasForsorjning(rader pgx.Rows) (register.Forsorjningsunderlag, error) {
	var (
		u     register.Forsorjningsunderlag
		del   int16
		grupp register.Forsorjningsgrupp
	)
	_, err := pgx.ForEachRow(rader, []any{&del, &grupp.Fore, &grupp.Efter, &grupp.Antal}, func() error {
		switch del {
		case delStart:
			u.Start = append(u.Start, grupp)
		case delSlut:
			u.Slut = append(u.Slut, grupp)
		case delStartUnika:
			u.StartUnika = grupp.Antal
		case delSlutUnika:
			u.SlutUnika = grupp.Antal
		}
		return nil
	})
	return u, err
}
