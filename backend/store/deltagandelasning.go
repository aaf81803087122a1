package store

import (
	"context"
	"strconv"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"gorm.io/gorm"

	"sus/backend/register"
)

// This file reads deltaganden with pgx itself. A list of fifty is three thousand
// fields, and GORM takes more time over them than the database does.

// lasDeltagandekolumner is what lasDeltaganderad reads, in its order. What is the
// same in every row, or always empty in one of the two measurements, is left out.
const lasDeltagandekolumner = `d.id, d.reg, d.insats_id, d.samtycke_id, d.person, d.startdag, d.avslutningsdag, d.oppen, d.felregistrerad,
	d.externt_id, d.skapad, d.skapad_av, d.version,
	i.personnummer, i.blindindex, i.namn, i.kommun, i.skydd, i.uppslagen,
	m.stadsdel, m.utbildningsniva, m.ar_offentlig_forsorjning, m.kon, m.kommun,
	m.id, m.version, m.dag, m.alder, m.forsorjning, m.arbetssokande, m.arbetar, m.arbetar_procent, m.arbetstyper,
	m.studerar, m.studerar_procent, m.skal, m.registrerad, m.registrerad_av,
	u.avslutsanledning,
	u.id, u.version, u.dag, u.alder, u.forsorjning, u.arbetssokande, u.arbetar, u.arbetar_procent, u.arbetstyper,
	u.studerar, u.studerar_procent, u.skal, u.registrerad, u.registrerad_av`

// The page is chosen first: only its rows look their measurements up.
const lasDeltagandeJoin = ` left join identitet i on i.samtycke_id = d.samtycke_id
	join lateral (select * from mattillfalle x where x.deltagande_id = d.id and x.typ = 'IN' order by x.version desc limit 1) m on true
	left join lateral (select * from mattillfalle x where x.deltagande_id = d.id and x.typ = 'UT' order by x.version desc limit 1) u on true`

// lasDeltaganden runs a query for lasDeltagandekolumner; its places are GORM's.
func (s *Store) lasDeltaganden(tx *gorm.DB, fraga string, varden ...any) ([]DeltagandeMedIdentitet, error) {
	var svar []DeltagandeMedIdentitet
	err := iPgx(tx, func(ctx context.Context, c *pgx.Conn) error {
		rader, err := c.Query(ctx, numrerad(fraga), varden...)
		if err != nil {
			return err
		}
		defer rader.Close()
		for rader.Next() {
			d, err := s.lasDeltaganderad(rader)
			if err != nil {
				return err
			}
			svar = append(svar, d)
		}
		return rader.Err()
	})
	return svar, err
}

// numrerad is a query with GORM's places (?) written as PostgreSQL's ($1).
func numrerad(fraga string) string {
	delar := strings.Split(fraga, "?")
	var b strings.Builder
	b.Grow(len(fraga) + 2*len(delar))
	for n, d := range delar {
		if n > 0 {
			b.WriteByte('$')
			b.WriteString(strconv.Itoa(n))
		}
		b.WriteString(d)
	}
	return b.String()
}

// matningsrad is a measurement being read: nothing is set when there is none.
type matningsrad struct {
	m                register.Mattillfalle
	id, av           *[16]byte
	version          *int
	dag, registrerad *time.Time
	kon              *string
	arbetstyper      []string
}

// gemensamt is where the columns that both measurements have are read to.
func (r *matningsrad) gemensamt() []any {
	m := &r.m
	return []any{&r.id, &r.version, &r.dag, &m.Alder, &m.Forsorjning, &m.Arbetssokande, &m.Arbetar, &m.ArbetarProcent, &r.arbetstyper,
		&m.Studerar, &m.StuderarProcent, &m.Skal, &r.registrerad, &r.av}
}

// hel is the measurement of d.
func (r *matningsrad) hel(d register.Deltagande, typ register.Matningstyp) register.Mattillfalle {
	m := r.m
	m.ID, m.DeltagandeID, m.InsatsID, m.Typ, m.Version = *r.id, d.ID, d.InsatsID, typ, *r.version
	m.Dag, m.Registrerad, m.RegistreradAv = dagAv(*r.dag), r.registrerad.UTC(), *r.av
	m.Kon = (*register.Kon)(r.kon)
	for _, t := range r.arbetstyper {
		m.Arbetstyper = append(m.Arbetstyper, register.Arbetstyp(t))
	}
	return m
}

// dagAv is a date as pgx reads it.
func dagAv(t time.Time) register.Datum { return register.NyttDatum(t.Year(), int(t.Month()), t.Day()) }

func (s *Store) lasDeltaganderad(rad pgx.Row) (DeltagandeMedIdentitet, error) {
	var (
		d               register.Deltagande
		start           time.Time
		slut, uppslagen *time.Time
		i               identitetsrad
		kommun, skydd   *string
		in, ut          matningsrad
	)
	till := []any{byteUUID(&d.ID), &d.Reg, byteUUID(&d.InsatsID), byteUUID(&d.SamtyckeID), &d.Person, &start, &slut, &d.Oppen, &d.Felregistrerad,
		&d.ExterntID, &d.Skapad, byteUUID(&d.SkapadAv), &d.Version,
		&i.Personnummer, &i.Blindindex, &i.Namn, &kommun, &skydd, &uppslagen,
		&in.m.Stadsdel, &in.m.Utbildningsniva, &in.m.ArOffentligForsorjning, &in.kon, &in.m.Kommun}
	till = append(till, in.gemensamt()...)
	till = append(append(till, &ut.m.Avslutsanledning), ut.gemensamt()...)
	if err := rad.Scan(till...); err != nil {
		return DeltagandeMedIdentitet{}, err
	}
	d.Startdag, d.Skapad = dagAv(start), d.Skapad.UTC()
	if slut != nil {
		dag := dagAv(*slut)
		d.Avslutningsdag = &dag
	}
	d.In = in.hel(d, register.MatningIn)
	if ut.id != nil {
		m := ut.hel(d, register.MatningUt)
		d.Ut = &m
	}
	if i.Personnummer == nil {
		return DeltagandeMedIdentitet{Deltagande: d}, nil
	}
	i.SamtyckeID, i.InsatsID, i.Kommun, i.Skydd, i.Uppslagen = d.SamtyckeID, d.InsatsID, *kommun, register.Skydd(*skydd), *uppslagen
	identitet, err := s.nycklar.dekrypteraIdentitet(i)
	return DeltagandeMedIdentitet{Deltagande: d, Identitet: identitet}, err
}
