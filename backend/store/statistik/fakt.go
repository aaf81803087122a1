package statistik

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"sus/backend/register"
	"sus/backend/store/db"
)

// Where the organisation stood in the fact's month, and what the insats was about, the
// database says in the statement that writes it: the transaction has waited for both
// before, and may have read their rows before it waited.
const skrivFaktIn = `insert into fakt_in (ar, manad, org, insats, fb, kon, alder, kommun, utb, person, startman, bidragsar, arbete_fore, studier_fore, reg, okopplad,
	slutman, arbetssokande_fore, arbetstyp_fore, omrade, lan, inriktning, preciserad, malgrupp)
select ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, p.omrade, p.lan, i.inriktning, i.preciserad, i.malgrupp from sus_plats(?, ?) p, sus_insats_om(?, ?) i`

const skrivFaktUt = `insert into fakt_ut (ar, manad, org, insats, fb, fa, kon, alder, kommun, utb, person, startman, bidragsar, arbete_fore, arbete_efter, studier_fore, studier_efter, orsak, reg, okopplad,
	dagar, arbetssokande_fore, arbetssokande_efter, arbetstyp_fore, arbetstyp_efter, omrade, lan, inriktning, preciserad, malgrupp)
select ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, p.omrade, p.lan, i.inriktning, i.preciserad, i.malgrupp from sus_plats(?, ?) p, sus_insats_om(?, ?) i`

// Skriv writes the rows of the read model that d gives, in the
// registration's own transaction: none when d is felregistrerad, one while it
// is open, two when it has ended, and those of what it answered. A deltagande that had
// facts before must have had them removed by Radera first; its answers Skriv replaces.
func Skriv(tx *db.Tx, d register.Deltagande, org register.Samverkansorganisation, insats register.Insats) error {
	if err := skrivFakta(tx, d, org, insats); err != nil {
		return err
	}
	return skrivSvar(tx, d, org, insats)
}

// skrivSvar writes what d answered and was asked. The questions are read after the facts are
// written, and held: see sus_fragor_vid.
func skrivSvar(tx *db.Tx, d register.Deltagande, org register.Samverkansorganisation, insats register.Insats) error {
	in, ut := register.Faktarader(d, org, insats, tx.Kodverk)
	rader := []register.Faktasvar{}
	if in != nil {
		fragor, err := db.Rader[stalldFraga](tx, `select nr, id, giltig_fran, giltig_tom, svarstyp, koder, vid_in, vid_ut from sus_fragor_vid(?, array[?, ?]::date[])`,
			org.ID, d.Startdag, d.Avslutningsdag)
		if err != nil {
			return err
		}
		rader = append(rader, register.FaktasvarFor(d, in, ut, helaFragor(fragor))...)
	}
	if d.Version == 1 && len(rader) == 0 {
		return nil // it is new
	}
	text, err := json.Marshal(rader)
	if err == nil {
		_, err = db.Kor(tx, `select sus_skriv_svar(?, ?, ?::jsonb)`, org.Nr, d.Reg, string(text))
	}
	return err
}

// stalldFraga is a question as far as the facts ask.
type stalldFraga struct {
	register.Fraga
	Koder db.Textlista
}

func helaFragor(rader []stalldFraga) []register.Fraga {
	fragor := make([]register.Fraga, len(rader))
	for i, r := range rader {
		fragor[i] = r.Fraga
		for _, kod := range r.Koder {
			fragor[i].Alternativ = append(fragor[i].Alternativ, register.Svarsalternativ{Kod: kod})
		}
	}
	return fragor
}

func skrivFakta(tx *db.Tx, d register.Deltagande, org register.Samverkansorganisation, insats register.Insats) error {
	in, ut := register.Faktarader(d, org, insats, tx.Kodverk)
	if in == nil {
		return nil
	}
	argument := []any{
		in.Ar, in.Manad, in.Org, in.Insats, in.Fore, in.Kon, in.Alder, in.Kommun, in.Utbildning, in.Person,
		in.Startmanad, in.Bidragsar, in.ArbeteFore, in.StudierFore, in.Reg, in.Okopplad,
		in.Slutmanad, in.ArbetssokandeFore, in.ArbetstypFore, in.Org, in.Manad, in.Insats, in.Manad,
	}
	if ut == nil {
		return enRad(db.Kor(tx, skrivFaktIn, argument...))
	}
	argument = append(argument,
		ut.Ar, ut.Manad, ut.Org, ut.Insats, ut.Fore, ut.Efter, ut.Kon, ut.Alder, ut.Kommun, ut.Utbildning, ut.Person,
		ut.Startmanad, ut.Bidragsar, ut.ArbeteFore, ut.ArbeteEfter, ut.StudierFore, ut.StudierEfter, ut.Orsak, ut.Reg, ut.Okopplad,
		ut.Dagar, ut.ArbetssokandeFore, ut.ArbetssokandeEfter, ut.ArbetstypFore, ut.ArbetstypEfter, ut.Org, ut.Manad, ut.Insats, ut.Manad)
	return enRad(db.Kor(tx, "with faktin as ("+skrivFaktIn+") "+skrivFaktUt, argument...))
}

// errPlatsSaknas is an organisation or an insats without a row for a month, which the tables forbid.
var errPlatsSaknas = errors.New("statistik: organisationen eller insatsen har ingen rad för månaden")

func enRad(antal int, err error) error {
	if err == nil && antal != 1 {
		err = errPlatsSaknas
	}
	return err
}

// Flytta moves the facts of an organisation to where its rows, which the transaction has
// changed, say that it stood in each month.
func Flytta(tx *db.Tx, org register.Samverkansorganisation) error {
	_, err := db.Kor(tx, `select sus_flytta_fakta(?)`, org.Nr)
	return err
}

// FlyttaInsats moves the facts of an insats to what its rows, which the transaction has
// changed, say that it was about in each month.
func FlyttaInsats(tx *db.Tx, insats register.Insats) error {
	_, err := db.Kor(tx, `select sus_flytta_insatsfakta(?)`, insats.Nr)
	return err
}

// FlyttaSvar reckons the answers to a question anew, which the transaction has made or
// changed: whom it is asked of follows from its days.
func FlyttaSvar(tx *db.Tx, f register.Fraga) error {
	_, err := db.Kor(tx, `select sus_flytta_svar(?)`, f.Nr)
	return err
}

// Radera removes the facts that tidigare, the deltagande as it stood
// before the change, has in the read model. It takes them by year and number,
// so it must be called with the dates that the rows were written with. The answers
// are left to Skriv, which follows.
func Radera(tx *db.Tx, tidigare register.Deltagande) error {
	const in = `delete from fakt_in where ar = ? and reg = ?`
	if tidigare.Avslutningsdag == nil {
		_, err := db.Kor(tx, in, tidigare.Startdag.Ar(), tidigare.Reg)
		return err
	}
	_, err := db.Kor(tx, "with faktin as ("+in+") delete from fakt_ut where ar = ? and reg = ?",
		tidigare.Startdag.Ar(), tidigare.Reg, tidigare.Avslutningsdag.Ar(), tidigare.Reg)
	return err
}

// faktaUrRegistreringar reckons every fact anew from the registration tables,
// in SQL and without register.Faktarader, so that Kontrollera tries the
// one by the other. Row security does not hold the migrating role, which owns
// the tables; no other role sees every row.
const faktaUrRegistreringar = `
with kod as (
	select distinct on (kodverk collate "C", kod collate "C") kodverk, kod, bit, nr from kodverk order by kodverk collate "C", kod collate "C", giltig_fran desc
), mangd as ( -- the lists that occur are few: each is made a set once
	select l.forsorjning, bit_or(1 << k.bit) as bitar
	from (select distinct forsorjning from mattillfalle) l
	join kod k on k.kodverk = 'FORSORJNING' and k.kod = any (l.forsorjning)
	group by l.forsorjning
), arbeten as (
	select l.arbetstyper, bit_or(1 << k.bit) as bitar
	from (select distinct arbetstyper from mattillfalle) l
	join kod k on k.kodverk = 'ARBETSTYP' and k.kod = any (l.arbetstyper)
	group by l.arbetstyper
), matning as (
	select distinct on (deltagande_id, typ) *,
		(case when arbetssokande then 1 when not arbetssokande then 0 else -1 end)::int2 as sokande,
		(case when arbetar then arbetar_procent when not arbetar then 0 else -1 end)::int2 as arbete,
		(case when studerar then studerar_procent when not studerar then 0 else -1 end)::int2 as studier
	from mattillfalle order by deltagande_id, typ, version desc
), plats as (
	select r.org, r.giltig_fran, coalesce(r.giltig_tom, 'infinity') as giltig_tom, k.nr as omrade, r.lan::int2 as lan
	from organisationsrad r join kod k on k.kodverk = 'VERKSAMHETSOMRADE' and k.kod = r.verksamhetsomrade
), om as (
	select r.insats, r.giltig_fran, coalesce(r.giltig_tom, 'infinity') as giltig_tom, coalesce(k.nr, -1::int2) as preciserad,
		coalesce((select bit_or(1 << g.bit) from kod g where g.kodverk = 'MALGRUPP' and g.kod = any (r.malgrupper)), 0) as malgrupp
	from insatsrad r left join kod k on k.kodverk = 'PRECISERAD_INRIKTNING' and k.kod = r.preciserad_inriktning
), rad as (
	select o.nr as org, i.nr as insats, d.person, d.reg, d.startdag, d.avslutningsdag,
		coalesce(fore_mangd.bitar, -1) as fb, coalesce(efter_mangd.bitar, -1) as fa,
		(case fore.kon when 'KVINNA' then 1 when 'MAN' then 2 else -1 end)::int2 as kon,
		coalesce(fore.alder, -1)::int2 as alder, coalesce(efter.alder, -1)::int2 as alder_ut,
		coalesce(nullif(fore.kommun, '')::int2, -1::int2) as kommun,
		coalesce(utb.nr, -1::int2) as utb, coalesce(orsak.nr, -1::int2) as orsak,
		coalesce(fore.ar_offentlig_forsorjning, -1)::int2 as bidragsar,
		fore.arbete as arbete_fore, efter.arbete as arbete_efter, fore.studier as studier_fore, efter.studier as studier_efter,
		extract(year from d.startdag)::int2 as startar, extract(year from d.avslutningsdag)::int2 as slutar,
		((extract(year from d.startdag) - 2000) * 12 + extract(month from d.startdag) - 1)::int2 as startman,
		((extract(year from d.avslutningsdag) - 2000) * 12 + extract(month from d.avslutningsdag) - 1)::int2 as slutman,
		d.avslutningsdag is not null and not exists (select from identitet x where x.samtycke_id = d.samtycke_id) as okopplad,
		da.omrade, da.lan, sedan.omrade as omrade_ut, sedan.lan as lan_ut,
		d.avslutningsdag - d.startdag + 1 as dagar, fore.sokande as sokande_fore, efter.sokande as sokande_efter,
		case when fore.sokande < 0 then -1 else coalesce(fore_arbeten.bitar, 0) end as typ_fore,
		case when efter.sokande < 0 then -1 else coalesce(efter_arbeten.bitar, 0) end as typ_efter,
		(case i.inriktning when 'INDIVIDINRIKTAD' then 1 when 'STRUKTUROVERGRIPANDE' then 2 else -1 end)::int2 as inriktning,
		fore.id as fore_id, efter.id as efter_id,
		om_da.preciserad, om_da.malgrupp, om_sedan.preciserad as preciserad_ut, om_sedan.malgrupp as malgrupp_ut
	from deltagande d
	join insats i on i.id = d.insats_id
	join samverkansorganisation o on o.id = i.organisation_id
	join matning fore on fore.deltagande_id = d.id and fore.typ = 'IN'
	left join matning efter on efter.deltagande_id = d.id and efter.typ = 'UT'
	left join mangd fore_mangd on fore_mangd.forsorjning = fore.forsorjning
	left join mangd efter_mangd on efter_mangd.forsorjning = efter.forsorjning
	left join arbeten fore_arbeten on fore_arbeten.arbetstyper = fore.arbetstyper
	left join arbeten efter_arbeten on efter_arbeten.arbetstyper = efter.arbetstyper
	left join om om_da on om_da.insats = i.nr and date_trunc('month', d.startdag) between om_da.giltig_fran and om_da.giltig_tom
	left join om om_sedan on om_sedan.insats = i.nr and date_trunc('month', d.avslutningsdag) between om_sedan.giltig_fran and om_sedan.giltig_tom
	left join kod utb on utb.kodverk = 'UTBILDNINGSNIVA' and utb.kod = fore.utbildningsniva
	left join plats da on da.org = o.nr and date_trunc('month', d.startdag) between da.giltig_fran and da.giltig_tom
	left join plats sedan on sedan.org = o.nr and date_trunc('month', d.avslutningsdag) between sedan.giltig_fran and sedan.giltig_tom
	left join kod orsak on orsak.kodverk = 'AVSLUTSANLEDNING' and orsak.kod = efter.avslutsanledning
	where not d.felregistrerad
)
`

const (
	columnsIn = `ar, manad, org, insats, fb, kon, alder, kommun, utb, person, startman, bidragsar, arbete_fore, studier_fore, reg, okopplad, omrade, lan,
		slutman, arbetssokande_fore, arbetstyp_fore, inriktning, preciserad, malgrupp`
	columnsUt = `ar, manad, org, insats, fb, fa, kon, alder, kommun, utb, person, startman, bidragsar, arbete_fore, arbete_efter, studier_fore, studier_efter, orsak, reg, okopplad, omrade, lan,
		dagar, arbetssokande_fore, arbetssokande_efter, arbetstyp_fore, arbetstyp_efter, inriktning, preciserad, malgrupp`

	raknadIn = `select startar, startman, org, insats, fb, kon, alder, kommun, utb, person, startman, bidragsar, arbete_fore, studier_fore, reg, okopplad, omrade, lan,
		coalesce(slutman, 32767::int2), sokande_fore, typ_fore, inriktning, preciserad, malgrupp from rad`
	raknadUt = `select slutar, slutman, org, insats, fb, fa, kon, alder_ut, kommun, utb, person, startman, bidragsar, arbete_fore, arbete_efter, studier_fore, studier_efter, orsak, reg, okopplad, omrade_ut, lan_ut,
		dagar, sokande_fore, sokande_efter, typ_fore, typ_efter, inriktning, preciserad_ut, malgrupp_ut
	from rad where avslutningsdag is not null`

	columnsSvar = `ar, manad, org, insats, matt, fraga, svar, kon, alder, kommun, omrade, lan, reg`
	raknadSvar  = `select m.ar, m.manad, m.org, m.insats, m.matt, q.nr, v.svar, m.kon, m.alder, m.kommun, m.omrade, m.lan, m.reg
	from (
		select startar as ar, startman as manad, org, insats, 0 as matt, fore_id as id, startdag as dag, kon, alder, kommun, omrade, lan, reg
			from rad where sokande_fore >= 0
		union all
		select slutar, slutman, org, insats, 1, efter_id, avslutningsdag, kon, alder_ut, kommun, omrade_ut, lan_ut, reg
			from rad where avslutningsdag is not null and sokande_efter >= 0
	) m
	join samverkansorganisation o on o.nr = m.org
	join fraga q on q.organisation_id = o.id and m.dag >= q.giltig_fran and (q.giltig_tom is null or m.dag <= q.giltig_tom)
		and (m.matt = 0 and q.vid_in or m.matt = 1 and q.vid_ut)
	left join fragesvar s on s.mattillfalle_id = m.id and s.fraga_id = q.id
	cross join lateral (
		select -1 where s.fraga_id is null
		union all select s.tal where s.tal is not null
		union all select n.plats from generate_series(1, jsonb_array_length(q.alternativ)) n (plats) where q.alternativ -> (n.plats - 1) ->> 'kod' = any (s.koder)
	) v (svar)`
)

// Faktaantal is how many rows each fact table holds.
type Faktaantal struct {
	In, Ut, Svar int
}

// ByggOm throws the facts away and reckons them anew from the registration
// tables, as the migrating role and in one transaction. Registrations and
// reports wait while it works, and none of either is lost or doubled: a
// registration that had not reached the facts writes its own rows afterwards.
func ByggOm(ctx context.Context, migrateURL string) (Faktaantal, error) {
	var antal Faktaantal
	err := db.SomAgare(ctx, migrateURL, false, func(tx *db.Tx) error {
		if _, err := db.Kor(tx, `truncate fakt_in, fakt_ut, fakt_svar`); err != nil {
			return err
		}
		for _, del := range []struct {
			sql   string
			antal *int
		}{
			{"insert into fakt_in (" + columnsIn + ")" + faktaUrRegistreringar + raknadIn, &antal.In},
			{"insert into fakt_ut (" + columnsUt + ")" + faktaUrRegistreringar + raknadUt, &antal.Ut},
			{"insert into fakt_svar (" + columnsSvar + ")" + faktaUrRegistreringar + raknadSvar, &antal.Svar},
		} {
			var err error
			if *del.antal, err = db.Kor(tx, del.sql); err != nil {
				return err
			}
		}
		return nil
	})
	return antal, err
}

// Faktakontroll is the outcome of comparing the facts with what the registration
// tables say. Saknas are rows that ought to be, Overtaliga those that ought not;
// a row with a wrong number is one of each.
type Faktakontroll struct {
	Rader              Faktaantal
	Saknas, Overtaliga int
}

// Skillnader is 0 when the facts are right.
func (k Faktakontroll) Skillnader() int { return k.Saknas + k.Overtaliga }

// Kontrollera compares every column of every fact with the registration
// tables, as the migrating role, in one snapshot; it changes nothing and holds
// nobody up.
func Kontrollera(ctx context.Context, migrateURL string) (Faktakontroll, error) {
	var k Faktakontroll
	err := db.SomAgare(ctx, migrateURL, true, func(tx *db.Tx) error {
		k = Faktakontroll{}
		for _, del := range []struct {
			table, columns, raknad string
			antal                  *int
		}{
			{"fakt_in", columnsIn, raknadIn, &k.Rader.In},
			{"fakt_ut", columnsUt, raknadUt, &k.Rader.Ut},
			{"fakt_svar", columnsSvar, raknadSvar, &k.Rader.Svar},
		} {
			r, err := db.Rad[jamforelse](tx, faktaUrRegistreringar+fmt.Sprintf(`, raknad as (%[3]s), finns as (select %[2]s from %[1]s)
			select (select count(*) from finns),
				(select count(*) from (select * from raknad except all select * from finns) s),
				(select count(*) from (select * from finns except all select * from raknad) o)`, del.table, del.columns, del.raknad))
			if err != nil {
				return err
			}
			*del.antal = r.finns
			k.Saknas += r.saknas
			k.Overtaliga += r.overtaliga
		}
		return nil
	})
	return k, err
}

// jamforelse is how many rows one fact table has, lacks and has too many.
type jamforelse struct{ finns, saknas, overtaliga int }

// Skanna reads the three.
func (j *jamforelse) Skanna(rad db.Row) error { return rad.Scan(&j.finns, &j.saknas, &j.overtaliga) }
