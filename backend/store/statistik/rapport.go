package statistik

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/google/uuid"

	"sus/backend/rapport"
	"sus/backend/register"
	"sus/backend/store/db"
)

// Statistik reads the read model, which knows counts and never a person.
type Statistik struct{ db *db.DB }

// New is the read model in a database.
func New(d *db.DB) *Statistik { return &Statistik{d} }

// Rapport reckons one report of the catalogue under a choice, nationally for whoever may
// read reports. It reads the facts only, as the role sus_rapport, which can
// see no person and no registration. It refuses with Nekad without a role or
// the scope rapport.las, Ogiltig for filters that do not exist or exclude each
// other, and Saknas for an unknown report, organisation or insats.
func (s *Statistik) Rapport(ctx context.Context, b db.Begaran, grupp, namn string, u rapport.Urval) (rapport.Resultat, error) {
	if !b.Aktor.FarLasaRapport() {
		return rapport.Resultat{}, s.db.Neka(ctx, b, db.Arende{Handelse: register.HandelseOperationNekad, Detalj: "hamtaRapport"}, register.Nekad())
	}
	r, err := rapport.Valj(grupp, namn)
	if err != nil {
		return rapport.Resultat{}, err
	}
	kodverk, err := s.db.Kodverk(ctx)
	if err != nil {
		return rapport.Resultat{}, err
	}
	if err := u.Validera(r, kodverk, register.DatumAv(s.db.Nu())); err != nil {
		return rapport.Resultat{}, err
	}
	plan := rapport.NyPlan(r, u)
	var (
		namnen  rapport.Urvalsnamn
		bredvid rapport.Bredvid
		svar    [][]rapport.Grupp
	)
	sats, varden := faktafraga(u, kodverk, plan.Fragor)
	err = s.db.SomRapport(ctx, func(b *db.Batch) {
		namnen, bredvid, svar = rapport.Urvalsnamn{}, rapport.Bredvid{}, make([][]rapport.Grupp, len(plan.Fragor)) // it may run again
		fragaNamn(b, u, plan.Behov(), &namnen)
		b.Fraga(sats, varden, func(rad db.Row) error { return lasGrupp(rad, svar) })
		if u.SkalBredvid() {
			sats, varden := bredvidfraga(u)
			b.Fraga(sats, varden, func(rad db.Row) error {
				bredvid = rapport.Bredvid{Anonyma: new(int), Volym: new(int)}
				return rad.Scan(bredvid.Anonyma, bredvid.Volym)
			})
		}
	})
	if err != nil {
		return rapport.Resultat{}, err
	}
	if err := namnen.Prova(u); err != nil {
		return rapport.Resultat{}, err
	}
	return plan.Rakna(namnen, kodverk, svar, bredvid, s.db.Nu())
}

// Organisationsrader is where organisation o has stood, as one JSON array
// (db.Jsonlista of register.Organisationsrad).
const Organisationsrader = `(select json_agg(json_build_object('Fran', to_char(r.giltig_fran, 'YYYY-MM-DD'), 'Tom', to_char(r.giltig_tom, 'YYYY-MM-DD'),
		'Verksamhetsomrade', r.verksamhetsomrade, 'Lan', r.lan, 'Kommuner', r.kommuner) order by r.giltig_fran)
		from organisationsrad r where r.org = o.nr)`

// fragaNamn asks for what the head and the dimensions print, as far as the choice needs it.
func fragaNamn(b *db.Batch, u rapport.Urval, behov rapport.Behov, namn *rapport.Urvalsnamn) {
	if behov.Orter {
		namn.Lan, namn.Kommuner = map[string]string{}, map[string]string{}
		b.Fraga(`select kod, namn, lan, lan_namn from kommun`, nil, func(rad db.Row) error {
			var kod, kommun, lan, lanNamn string
			err := rad.Scan(&kod, &kommun, &lan, &lanNamn)
			namn.Kommuner[kod], namn.Lan[lan] = kommun, lanNamn
			return err
		})
	}
	if len(u.Lan) > 0 && len(u.Verksamhetsomraden) > 0 && len(u.Organisationer)+len(u.Insatser) == 0 {
		b.Fraga(`select not exists (select from organisationsrad r join samverkansorganisation s on s.nr = r.org where s.samverkansform = ? and r.verksamhetsomrade = any (?) and r.lan = any (?)
			and daterange(r.giltig_fran, r.giltig_tom, '[]') && daterange(?, ?, '[]'))`,
			[]any{string(u.Samverkansform), u.Verksamhetsomraden, u.Lan, u.Tid.Period().Fran, u.Tid.SistaDag()}, func(rad db.Row) error { return rad.Scan(&namn.IngenIBada) })
	}
	if behov.Organisationer || len(u.Organisationer)+len(u.Insatser) > 0 {
		var alla *string
		if behov.Organisationer {
			alla = new(string(u.Samverkansform))
		}
		b.Fraga(`select o.nr, o.id, o.namn, o.samverkansform, o.startdatum, o.slutdatum, `+Organisationsrader+`,
				(select json_agg(distinct jsonb_build_object('Lan', k.lan, 'LanNamn', k.lan_namn))
					from organisationsrad r join kommun k on k.kod = any (r.kommuner) where r.org = o.nr)
			from samverkansorganisation o
			where o.id = any (?) or o.id in (select organisation_id from insats where id = any (?)) or o.samverkansform = ?
			order by `+db.Svensk("o.namn")+`, o.id`, []any{idn(u.Organisationer), idn(u.Insatser), alla}, func(rad db.Row) error {
			o, err := lasOrganisation(rad, u)
			namn.Organisationer = append(namn.Organisationer, o)
			return err
		})
	}
	if behov.Insatser || len(u.Insatser) > 0 {
		b.Fraga(`select i.nr, i.id, i.namn, i.organisation_id, i.startdatum, i.slutdatum from insats i
			where i.id = any (?) or ? and i.organisation_id in (select id from samverkansorganisation where samverkansform = ?) and (cardinality(?::uuid[]) = 0 or i.organisation_id = any (?))
			order by `+db.Svensk("i.namn")+`, i.id`, []any{idn(u.Insatser), behov.Insatser, string(u.Samverkansform), idn(u.Organisationer), idn(u.Organisationer)}, func(rad db.Row) error {
			var i rapport.Insatsnamn
			err := rad.Scan(&i.Nr, &i.ID, &i.Namn, &i.OrganisationID, &i.Period.Fran, &i.Period.Tom)
			namn.Insatser = append(namn.Insatser, i)
			return err
		})
	}
}

// idn is the ids as an array of the database's.
func idn(id []uuid.UUID) []string {
	svar := make([]string, len(id))
	for i, v := range id {
		svar[i] = v.String()
	}
	return svar
}

func lasOrganisation(rad db.Row, u rapport.Urval) (rapport.Organisationsnamn, error) {
	var (
		o       rapport.Organisationsnamn
		form    string
		rader   db.Jsonlista[register.Organisationsrad]
		lannamn db.Jsonlista[register.Kommun]
	)
	if err := rad.Scan(&o.Nr, &o.ID, &o.Namn, &form, &o.Period.Fran, &o.Period.Tom, &rader, &lannamn); err != nil {
		return o, err
	}
	o.Samverkansform, o.LanNamn = register.Samverkansform(form), map[string]string{}
	for _, r := range rader {
		if r.Overlappar(u.Tid.Period()) {
			o.Rader = append(o.Rader, r)
		}
	}
	for _, k := range lannamn {
		o.LanNamn[k.Lan] = k.LanNamn
	}
	return o, nil
}

// grunder is what each basis is called in faktafraga, and the table that it reads.
var grunder = map[rapport.Grund]struct{ namn, table string }{
	rapport.GrundStart: {"start", "fakt_in"},
	rapport.GrundSlut:  {"slut", "fakt_ut"},
	rapport.GrundOppna: {"oppna", "fakt_in"},
}

// faktafraga puts all questions in one statement, so that they see the same moment. Each
// basis's rows are read once, in the columns that any of its questions groups by. Sets and
// values are few: they are spread over the classes afterwards, cheaper than one filtered
// count a class. Where an organisation stood is each fact's own, as of its month. The text
// depends on which filters and dimensions are chosen, and the year, alone, so that it is
// prepared once a connection.
func faktafraga(u rapport.Urval, kodverk register.Kodverk, fragor []rapport.Fraga) (string, []any) {
	var (
		sats   strings.Builder
		varden []any
		svar   []string
	)
	var grund []rapport.Grund
	for _, f := range fragor {
		if !slices.Contains(grund, f.Grund) {
			grund = append(grund, f.Grund)
		}
	}
	// One organisation's rows are few: kept, they are read once for all questions.
	// A country's would spill to disk: those are read once each.
	halla := "not materialized"
	if len(u.Organisationer)+len(u.Insatser) > 0 {
		halla = "materialized"
	}
	kolumn := map[string]string{} // what an Uttryck is called, by its SQL
	for n, g := range grund {
		kalla, villkor, egna := faktakalla(u, g, fragor)
		var lista []string
		var iLista []any
		for _, f := range fragor {
			for _, x := range f.Uttryck {
				uttryck, granser := uttryckSQL(g, x)
				nyckel := fmt.Sprint(g, uttryck, granser)
				if f.Grund != g || kolumn[nyckel] != "" {
					continue
				}
				kolumn[nyckel] = "k" + strconv.Itoa(len(kolumn))
				lista = append(lista, uttryck+" as "+kolumn[nyckel])
				iLista = append(iLista, granser...)
			}
		}
		filter := faktafilter(u, kodverk)
		filter.Om(villkor != "", villkor, egna...)
		sats.WriteString([]string{"with ", ",\n"}[min(n, 1)])
		if g == rapport.GrundOppna {
			lista = append(lista, "punkt.m")
		}
		fmt.Fprintf(&sats, "%s as %s (select %s from %s%s)", grunder[g].namn, halla, strings.Join(append(lista, "person", "okopplad"), ", "), kalla, filter.Where())
		// The places of a statement are numbered in its order: the list's, the source's, the filter's.
		varden = slices.Concat(varden, iLista, punktvarden(g, fragor), filter.Varden())
	}
	for i, f := range fragor {
		var k []string
		for _, x := range f.Uttryck {
			uttryck, granser := uttryckSQL(f.Grund, x)
			k = append(k, kolumn[fmt.Sprint(f.Grund, uttryck, granser)])
		}
		rader, efter := "array[]::int4[]", ""
		if len(k) > 0 {
			rader, efter = "array["+strings.Join(k, ", ")+"]::int4[]", " group by "+strings.Join(k, ", ")
		}
		antal := "count(*)::int4, 0, 0"
		if f.Unika {
			antal = "count(*)::int4, count(distinct person)::int4, (count(*) filter (where okopplad))::int4"
		}
		var vid db.Villkor
		vid.Om(f.Grund == rapport.GrundOppna, "m = any (?::int2[])", f.Punkter)
		svar = append(svar, fmt.Sprintf("select %d, %s, %s from %s%s%s", i, rader, antal, grunder[f.Grund].namn, vid.Where(), efter))
		varden = append(varden, vid.Varden()...)
	}
	return sats.String() + "\n" + strings.Join(svar, "\nunion all\n"), varden
}

// faktakalla is where the rows of a basis are read, and which of them the period has.
func faktakalla(u rapport.Urval, g rapport.Grund, fragor []rapport.Fraga) (kalla, villkor string, varden []any) {
	if g == rapport.GrundOppna {
		return "fakt_in join unnest(?::int2[]) as punkt (m) on startman <= punkt.m and slutman > punkt.m", "", nil
	}
	fran, till, hela := u.Tid.HelaAr()
	switch {
	case hela && fran == till:
		return arspartition(grunder[g].table, fran), "ar = ?", []any{fran}
	case hela:
		return grunder[g].table, "ar between ? and ?", []any{fran, till}
	}
	return grunder[g].table, "ar between ? and ? and manad between ? and ?", []any{fran, till, u.Tid.Fran, u.Tid.Till}
}

// punktvarden are the months that a question about those who are open asks at: every one of
// them, and each question takes those that it has classes for.
func punktvarden(g rapport.Grund, fragor []rapport.Fraga) []any {
	if g != rapport.GrundOppna {
		return nil
	}
	var punkter []int
	for _, f := range fragor {
		if f.Grund == g {
			punkter = append(punkter, f.Punkter...)
		}
	}
	slices.Sort(punkter)
	return []any{slices.Compact(punkter)}
}

// uttryckSQL is one value to group by, and the values of its places.
func uttryckSQL(g rapport.Grund, x rapport.Uttryck) (string, []any) {
	k := string(x.Kolumn)
	if g == rapport.GrundOppna && k == "manad" {
		k = "punkt.m"
	}
	switch {
	case x.Granser != nil:
		return "width_bucket(" + k + ", ?::int4[])", []any{x.Granser}
	case x.Per > 1:
		return fmt.Sprintf("(case when %[1]s < 0 then %[1]s else %[1]s/%[2]d end)", k, x.Per), nil // what is missing stays so
	}
	return k, nil
}

// faktafilter is the choice, but for its period.
func faktafilter(u rapport.Urval, kodverk register.Kodverk) db.Villkor {
	var v db.Villkor
	switch {
	case len(u.Insatser) > 0:
		v.Om(true, "org in (select o.nr from samverkansorganisation o join insats i on i.organisation_id = o.id where i.id = any (?))", idn(u.Insatser))
		v.Om(true, "insats in (select nr from insats where id = any (?))", idn(u.Insatser))
	case len(u.Organisationer) > 0:
		v.Om(true, "org in (select nr from samverkansorganisation where id = any (?))", idn(u.Organisationer))
	default:
		v.Om(true, "org in (select nr from samverkansorganisation where samverkansform = ?)", string(u.Samverkansform))
	}
	var omraden, lan, kon, kommuner, personlan []int
	for _, kod := range u.Verksamhetsomraden {
		omraden = append(omraden, int(kodverk.Nr(register.KodverkVerksamhetsomrade, kod)))
	}
	for _, kod := range u.Lan {
		lan = append(lan, int(register.FaktLan(kod)))
	}
	for _, k := range u.Kon {
		kon = append(kon, int(map[register.Kon]int16{register.KonKvinna: register.FaktKvinna, register.KonMan: register.FaktMan}[k]))
	}
	for _, kod := range u.Kommuner {
		kommuner = append(kommuner, int(register.FaktKommun(kod)))
	}
	for _, kod := range u.Personlan {
		personlan = append(personlan, int(register.FaktLan(kod)))
	}
	v.Om(omraden != nil, "omrade = any (?::int2[])", omraden)
	v.Om(lan != nil, "lan = any (?::int2[])", lan)
	v.Om(kon != nil, "kon = any (?::int2[])", kon)
	v.Om(kommuner != nil, "kommun = any (?::int2[])", kommuner)
	v.Om(personlan != nil, "kommun > 0 and kommun / 100 = any (?::int2[])", personlan)
	if len(u.Aldrar) > 0 {
		var fran, till []int
		for _, a := range u.Aldrar {
			fran, till = append(fran, a.Fran), append(till, a.Till)
		}
		v.Om(true, "exists (select from unnest(?::int2[], ?::int2[]) as alder_i (fran, till) where alder between alder_i.fran and alder_i.till)", fran, till)
	}
	return v
}

// bredvidfraga counts the anonyma and the volym of whole years. They have no month: where
// their organisation stood is as of each year's last day, as the report's labels are.
func bredvidfraga(u rapport.Urval) (string, []any) {
	fran, till, _ := u.Tid.HelaAr()
	var v db.Villkor
	v.Om(true, "ar between ? and ?", fran, till)
	v.Om(len(u.Insatser) > 0, "insats in (select nr from insats where id = any (?))", idn(u.Insatser))
	v.Om(len(u.Organisationer) > 0, "org in (select nr from samverkansorganisation where id = any (?))", idn(u.Organisationer))
	v.Om(len(u.Insatser)+len(u.Organisationer) == 0, "org in (select nr from samverkansorganisation where samverkansform = ?)", string(u.Samverkansform))
	if len(u.Verksamhetsomraden)+len(u.Lan) > 0 {
		var plats db.Villkor
		plats.Om(true, "daterange(giltig_fran, giltig_tom, '[]') @> make_date(ar, 12, 31)")
		plats.Om(len(u.Verksamhetsomraden) > 0, "verksamhetsomrade = any (?)", u.Verksamhetsomraden)
		plats.Om(len(u.Lan) > 0, "lan = any (?)", u.Lan)
		v.Om(true, "org in (select org from organisationsrad"+plats.Where()+")", plats.Varden()...)
	}
	anonyma, volym := "kvinnor + man", "kvinnor + man + saknas"
	if kvinnor, man := slices.Contains(u.Kon, register.KonKvinna), slices.Contains(u.Kon, register.KonMan); kvinnor != man {
		kolumn := "man"
		if kvinnor {
			kolumn = "kvinnor"
		}
		anonyma, volym = kolumn, kolumn
	} else if kvinnor {
		volym = "kvinnor + man"
	}
	return fmt.Sprintf(`select (select coalesce(sum(%s), 0)::int4 from fakt_anonyma%s), (select coalesce(sum(%s), 0)::int4 from fakt_volym%s)`,
		anonyma, v.Where(), volym, v.Where()), slices.Concat(v.Varden(), v.Varden())
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

func lasGrupp(rad db.Row, svar [][]rapport.Grupp) error {
	var (
		fraga int
		g     rapport.Grupp
	)
	if err := rad.Scan(&fraga, &g.Varden, &g.Antal, &g.Unika, &g.UtanPerson); err != nil {
		return err
	}
	svar[fraga] = append(svar[fraga], g)
	return nil
}
