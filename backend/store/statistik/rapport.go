package statistik

import (
	"context"
	"fmt"
	"slices"

	"github.com/google/uuid"

	"sus/backend/rapport"
	"sus/backend/register"
	"sus/backend/store/db"
)

// Statistik reads the read model, which knows counts and never a person.
type Statistik struct{ db *db.DB }

// New is the read model in a database.
func New(d *db.DB) *Statistik { return &Statistik{d} }

// DeltagarrapportForsorjning counts the försörjning of those who started and
// of those who ended in a budgetår (domain 8.1), nationally for whoever may
// read reports. It reads the facts only, as the role sus_rapport, which can
// see no person and no registration. It refuses with Nekad without a role or
// the scope rapport.las, Ogiltig for filters that do not exist or exclude each
// other, and Saknas for an unknown organisation or insats.
func (s *Statistik) DeltagarrapportForsorjning(ctx context.Context, b db.Begaran, u rapport.Urval) (rapport.Forsorjningsrapport, error) {
	if !b.Aktor.FarLasaRapport() {
		return rapport.Forsorjningsrapport{}, s.db.Neka(ctx, b, db.Arende{Handelse: register.HandelseOperationNekad, Detalj: "hamtaForsorjningsrapport"}, register.Nekad())
	}
	kodverk, err := s.db.Kodverk(ctx)
	if err != nil {
		return rapport.Forsorjningsrapport{}, err
	}
	if err := u.Validera(kodverk, register.DatumAv(s.db.Nu())); err != nil {
		return rapport.Forsorjningsrapport{}, err
	}
	var (
		namn     rapport.Urvalsnamn
		underlag rapport.Forsorjningsunderlag
	)
	fraga, varden := forsorjningsfraga(u, kodverk)
	err = s.db.SomRapport(ctx, func(b *db.Batch) {
		namn, underlag = rapport.Urvalsnamn{}, rapport.Forsorjningsunderlag{} // it may run again
		if u.Lan != "" || u.OrganisationID != uuid.Nil || u.InsatsID != uuid.Nil {
			b.Fraga(urvalsnamnfraga, []any{u.Lan, u.OrganisationID, u.Samverkansform, u.Verksamhetsomrade, u.Lan, u.Tid().Fran, *u.Tid().Tom, u.InsatsID, u.OrganisationID}, func(rad db.Row) (err error) {
				namn, err = lasUrvalsnamn(rad, u)
				return err
			})
		}
		b.Fraga(fraga, varden, func(rad db.Row) error { return lasForsorjning(rad, &underlag) })
	})
	if err != nil {
		return rapport.Forsorjningsrapport{}, err
	}
	if err := namn.Prova(u); err != nil {
		return rapport.Forsorjningsrapport{}, err
	}
	return rapport.NyForsorjningsrapport(u, namn, kodverk, underlag, s.db.Nu()), nil
}

// Organisationsrader is where organisation o has stood, as one JSON array
// (db.Jsonlista of register.Organisationsrad).
const Organisationsrader = `(select json_agg(json_build_object('Fran', to_char(r.giltig_fran, 'YYYY-MM-DD'), 'Tom', to_char(r.giltig_tom, 'YYYY-MM-DD'),
		'Verksamhetsomrade', r.verksamhetsomrade, 'Lan', r.lan, 'Kommuner', r.kommuner) order by r.giltig_fran)
		from organisationsrad r where r.org = o.nr)`

// urvalsnamnfraga finds what the head prints, and whether the chosen organisation exists.
const urvalsnamnfraga = `
select (select lan_namn from kommun where lan = ? limit 1),
	i.namn, o.id, o.namn, o.samverkansform,
	` + Organisationsrader + `,
	(select json_agg(distinct jsonb_build_object('Lan', k.lan, 'LanNamn', k.lan_namn))
		from organisationsrad r join kommun k on k.kod = any (r.kommuner) where r.org = o.nr),
	exists (select from samverkansorganisation where id = ?),
	exists (select from organisationsrad r join samverkansorganisation s on s.nr = r.org where s.samverkansform = ? and r.verksamhetsomrade = ? and r.lan = ?
		and daterange(r.giltig_fran, r.giltig_tom, '[]') && daterange(?, ?, '[]'))
from (select) as ett
left join insats i on i.id = ?
left join samverkansorganisation o on o.id = coalesce(i.organisation_id, ?)`

func lasUrvalsnamn(rad db.Row, u rapport.Urval) (rapport.Urvalsnamn, error) {
	var (
		namn                rapport.Urvalsnamn
		lan, oNamn, form    *string
		rader               db.Jsonlista[register.Organisationsrad]
		lannamn             db.Jsonlista[register.Kommun]
		id                  *uuid.UUID
		organisationenFinns bool
		nagonIBada          bool
	)
	if err := rad.Scan(&lan, &namn.Insats, &id, &oNamn, &form, &rader, &lannamn, &organisationenFinns, &nagonIBada); err != nil {
		return namn, err
	}
	if u.InsatsID != uuid.Nil && namn.Insats == nil || u.OrganisationID != uuid.Nil && !organisationenFinns {
		return namn, register.Saknas()
	}
	if lan != nil {
		namn.LanNamn = *lan
	}
	namn.IngenIBada = u.Lan != "" && u.Verksamhetsomrade != "" && id == nil && !nagonIBada
	if id != nil {
		namn.Organisation = &rapport.Organisationsnamn{ID: *id, Namn: *oNamn, Samverkansform: register.Samverkansform(*form), LanNamn: map[string]string{}}
		for _, r := range rader {
			if r.Overlappar(u.Tid()) {
				namn.Organisation.Rader = append(namn.Organisation.Rader, r)
			}
		}
		for _, k := range lannamn {
			namn.Organisation.LanNamn[k.Lan] = k.LanNamn
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
	delAnonyma
	delVolym
)

// forsorjningsfraga counts deltaganden by their set of försörjning, and unique
// persons as such. The sets are few and are spread over the codes afterwards:
// cheaper than one filtered count a code. Where an organisation stood is each fact's
// own, as of its month. Its text depends on the year and on which filters are chosen
// alone, so that it is prepared once a connection.
func forsorjningsfraga(u rapport.Urval, kodverk register.Kodverk) (string, []any) {
	var v db.Villkor
	v.Om(true, "ar = ?", u.Budgetar)
	// One organisation's rows are few: kept, they are read once for both counts.
	// A country's would spill to disk: those are read twice.
	halla := "materialized"
	switch {
	case u.InsatsID != uuid.Nil:
		v.Om(true, "org = (select o.nr from samverkansorganisation o join insats i on i.organisation_id = o.id where i.id = ?)", u.InsatsID)
		v.Om(true, "insats = (select nr from insats where id = ?)", u.InsatsID)
	case u.OrganisationID != uuid.Nil:
		v.Om(true, "org = (select nr from samverkansorganisation where id = ?)", u.OrganisationID)
	default:
		halla = "not materialized"
		v.Om(true, "org in (select nr from samverkansorganisation where samverkansform = ?)", string(u.Samverkansform))
	}
	v.Om(u.Verksamhetsomrade != "", "omrade = ?", kodverk.Nr(register.KodverkVerksamhetsomrade, u.Verksamhetsomrade))
	v.Om(u.Lan != "", "lan = ?", register.FaktLan(u.Lan))
	v.Om(u.Kon == register.KonKvinna, "kon = ?", register.FaktKvinna)
	v.Om(u.Kon == register.KonMan, "kon = ?", register.FaktMan)
	raknade, raknades := raknadefraga(u)
	return fmt.Sprintf(`
with start as %[1]s (select fb, person, okopplad from %[7]s%[2]s),
	slut as %[1]s (select fb, fa, person, okopplad from %[8]s%[2]s)
select %[3]d::int2, fb, -1, count(*)::int4, 0::int4 from start group by fb
union all
select %[4]d, fb, fa, count(*)::int4, 0 from slut group by fb, fa
union all
select %[5]d, -1, -1, count(distinct person)::int4, count(*) filter (where okopplad)::int4 from start
union all
select %[6]d, -1, -1, count(distinct person)::int4, count(*) filter (where okopplad)::int4 from slut
union all
%[9]s`,
		halla, v.Where(), delStart, delSlut, delStartUnika, delSlutUnika,
		arspartition("fakt_in", u.Budgetar), arspartition("fakt_ut", u.Budgetar), raknade), slices.Concat(v.Varden(), v.Varden(), raknades)
}

// raknadefraga counts the anonyma and the volym of the year. They have no month: where their
// organisation stood is as of the year's last day, as the report's labels are.
func raknadefraga(u rapport.Urval) (string, []any) {
	var v db.Villkor
	v.Om(true, "ar = ?", u.Budgetar)
	v.Om(u.InsatsID != uuid.Nil, "insats = (select nr from insats where id = ?)", u.InsatsID)
	v.Om(u.OrganisationID != uuid.Nil, "org = (select nr from samverkansorganisation where id = ?)", u.OrganisationID)
	v.Om(u.InsatsID == uuid.Nil && u.OrganisationID == uuid.Nil, "org in (select nr from samverkansorganisation where samverkansform = ?)", string(u.Samverkansform))
	if u.Verksamhetsomrade != "" || u.Lan != "" {
		var plats db.Villkor
		plats.Om(true, "daterange(giltig_fran, giltig_tom, '[]') @> ?::date", *u.Tid().Tom)
		plats.Om(u.Verksamhetsomrade != "", "verksamhetsomrade = ?", u.Verksamhetsomrade)
		plats.Om(u.Lan != "", "lan = ?", u.Lan)
		v.Om(true, "org in (select org from organisationsrad"+plats.Where()+")", plats.Varden()...)
	}
	anonyma, volym := "kvinnor + man", "kvinnor + man + saknas"
	switch u.Kon {
	case register.KonKvinna:
		anonyma, volym = "kvinnor", "kvinnor"
	case register.KonMan:
		anonyma, volym = "man", "man"
	}
	return fmt.Sprintf(`select %[1]d, -1, -1, coalesce(sum(%[2]s), 0)::int4, 0 from fakt_anonyma%[5]s
union all
select %[3]d, -1, -1, coalesce(sum(%[4]s), 0)::int4, 0 from fakt_volym%[5]s`, delAnonyma, anonyma, delVolym, volym, v.Where()), slices.Concat(v.Varden(), v.Varden())
}

// arspartition is where migration 0006 keeps the rows of a year. A report that
// names it keeps one plan, three times as fast as finding the partition anew
// each time (126 deltaganden, 16 connections: 6,100 a second for 2,100). Years
// outside the partitions are looked for in all.
func arspartition(table string, ar int) string {
	if ar < 2000 || ar > 2040 {
		return table
	}
	return fmt.Sprintf("%s_%d", table, ar)
}

func lasForsorjning(rad db.Row, u *rapport.Forsorjningsunderlag) error {
	var del int16
	var grupp rapport.Forsorjningsgrupp
	var utanPerson int
	if err := rad.Scan(&del, &grupp.Fore, &grupp.Efter, &grupp.Antal, &utanPerson); err != nil {
		return err
	}
	switch del {
	case delStart:
		u.Start = append(u.Start, grupp)
	case delSlut:
		u.Slut = append(u.Slut, grupp)
	case delStartUnika:
		u.StartUnika, u.StartUtanPerson = grupp.Antal, utanPerson
	case delSlutUnika:
		u.SlutUnika, u.SlutUtanPerson = grupp.Antal, utanPerson
	case delAnonyma:
		u.Anonyma = grupp.Antal
	case delVolym:
		u.Volym = grupp.Antal
	}
	return nil
}
