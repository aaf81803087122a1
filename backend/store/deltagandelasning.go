package store

import (
	"time"

	"github.com/google/uuid"

	"sus/backend/register"
	"sus/backend/store/db"
)

// This file reads deltaganden column by column (db.Skannare). A list of fifty is three
// thousand fields, and GORM takes more time over them than the database does.

// lasDeltagandeColumns is what a deltaganderad reads, in its order. What is the
// same in every row, or always empty in one of the two measurements, is left out. Other
// deltaganden of the person are rare: whether there are any is asked once a statement.
var lasDeltagandeColumns = `d.id, d.reg, d.insats_id, d.samtycke_id, d.person, d.startdag, d.avslutningsdag, d.oppen, d.felregistrerad,
	d.externt_id, d.skapad, d.skapad_av, d.version,
	case when d.oppen and exists (select from personlank_vantar) then (select case when v.en = d.id then v.annan else v.en end from personlank_vantar v
		where v.en = d.id or v.annan = d.id order by 1 limit 1) end,
	case when exists (select from deltagande_overlapp) then array(select x.id from deltagande_overlapp o join deltagande x on x.id = case when o.en = d.id then o.annan else o.en end
		where (o.en = d.id or o.annan = d.id) and not (d.oppen and x.oppen) order by x.startdag, x.id) end,
	i.personnummer, i.blindindex, i.namn, i.kommun, i.skydd, i.uppslagen, i.avregistrerad, c.aterkallat, c.skydd_raderad,
	m.stadsdel, m.utbildningsniva, m.ar_offentlig_forsorjning, m.kon, m.kommun,
	m.id, m.version, m.dag, m.alder, m.forsorjning, m.arbetssokande, m.arbetar, m.arbetar_procent, m.arbetstyper,
	m.studerar, m.studerar_procent, m.skal, m.registrerad, m.registrerad_av, ` + fragesvarJSON("m") + `,
	u.avslutsanledning,
	u.id, u.version, u.dag, u.alder, u.forsorjning, u.arbetssokande, u.arbetar, u.arbetar_procent, u.arbetstyper,
	u.studerar, u.studerar_procent, u.skal, u.registrerad, u.registrerad_av, ` + fragesvarJSON("u")

// The page is chosen first: only its rows look their measurements up, and only one
// without identity the samtycke, which says why.
const lasDeltagandeJoin = ` left join identitet i on i.samtycke_id = d.samtycke_id
	left join samtycke c on c.id = d.samtycke_id and i.samtycke_id is null
	join lateral (select * from mattillfalle x where x.deltagande_id = d.id and x.typ = 'IN' order by x.version desc limit 1) m on true
	left join lateral (select * from mattillfalle x where x.deltagande_id = d.id and x.typ = 'UT' order by x.version desc limit 1) u on true`

// matningsrad is a measurement being read: nothing is set when there is none.
type matningsrad struct {
	m           register.Mattillfalle
	id, av      db.NullUUID
	version     db.NullHeltal
	dag         db.NullDag
	registrerad db.NullTid
	kon         db.NullText
	arbetstyper []string
}

// gemensamt is where the columns that both measurements have are read to.
func (r *matningsrad) gemensamt() []any {
	m := &r.m
	return []any{&r.id, &r.version, &r.dag, &m.Alder, &m.Forsorjning, &m.Arbetssokande, &m.Arbetar, &m.ArbetarProcent, &r.arbetstyper,
		&m.Studerar, &m.StuderarProcent, &m.Skal, &r.registrerad, &r.av, &m.Svar}
}

// hel is the measurement of d.
func (r *matningsrad) hel(d register.Deltagande, typ register.Matningstyp) register.Mattillfalle {
	m := r.m
	m.ID, m.DeltagandeID, m.InsatsID, m.Typ, m.Version = r.id.Bytes, d.ID, d.InsatsID, typ, int(r.version.Int32)
	m.Dag, m.Registrerad, m.RegistreradAv = dagAv(r.dag.Time), r.registrerad.Time.UTC(), r.av.Bytes
	if r.kon.Valid {
		m.Kon = (*register.Kon)(&r.kon.String)
	}
	for _, t := range r.arbetstyper {
		m.Arbetstyper = append(m.Arbetstyper, register.Arbetstyp(t))
	}
	return m
}

// dagAv is a date as pgx reads it.
func dagAv(t time.Time) register.Datum { return register.NyttDatum(t.Year(), int(t.Month()), t.Day()) }

// deltaganderad is a deltagande with its measurements and whose it is, still sealed.
type deltaganderad struct {
	register.Deltagande
	identitet                identitetsrad
	sammaPersonSom           *uuid.UUID
	overlapparMed            []uuid.UUID
	aterkallat, skyddRaderad *time.Time // read of the samtycke only when there is no identity
}

// Skanna reads lasDeltagandeColumns.
func (r *deltaganderad) Skanna(rad db.Row) error {
	var (
		d             = &r.Deltagande
		i             = &r.identitet
		start         time.Time
		slut          db.NullDag
		uppslagen     db.NullTid
		kommun, skydd db.NullText
		samma         db.NullUUID
		overlappar    []db.NullUUID
		avregistrerad db.NullJa
		in, ut        matningsrad
	)
	till := []any{db.UUIDBytes(&d.ID), &d.Reg, db.UUIDBytes(&d.InsatsID), db.UUIDBytes(&d.SamtyckeID), &d.Person, &start, &slut, &d.Oppen, &d.Felregistrerad,
		&d.ExterntID, &d.Skapad, db.UUIDBytes(&d.SkapadAv), &d.Version, &samma, &overlappar,
		&i.Personnummer, &i.Blindindex, &i.Namn, &kommun, &skydd, &uppslagen, &avregistrerad, &r.aterkallat, &r.skyddRaderad,
		&in.m.Stadsdel, &in.m.Utbildningsniva, &in.m.ArOffentligForsorjning, &in.kon, &in.m.Kommun}
	till = append(till, in.gemensamt()...)
	till = append(append(till, &ut.m.Avslutsanledning), ut.gemensamt()...)
	if err := rad.Scan(till...); err != nil {
		return err
	}
	d.Startdag, d.Skapad = dagAv(start), d.Skapad.UTC()
	if samma.Valid {
		id := uuid.UUID(samma.Bytes)
		r.sammaPersonSom = &id
	}
	for _, annat := range overlappar {
		r.overlapparMed = append(r.overlapparMed, annat.Bytes)
	}
	if slut.Valid {
		dag := dagAv(slut.Time)
		d.Avslutningsdag = &dag
	}
	d.In = in.hel(*d, register.MatningIn)
	if ut.id.Valid {
		m := ut.hel(*d, register.MatningUt)
		d.Ut = &m
	}
	if i.Personnummer != nil {
		i.SamtyckeID, i.InsatsID, i.Kommun, i.Skydd, i.Uppslagen = d.SamtyckeID, d.InsatsID, kommun.String, register.Skydd(skydd.String), uppslagen.Time
		i.Avregistrerad = avregistrerad.Bool
	}
	return nil
}
