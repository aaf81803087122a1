package main

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

// ore is an amount; it goes over the wire as kronor with two decimals.
type ore int64

func (o *ore) Scan(v any) error {
	s, ok := v.(string)
	if !ok {
		return nil // an amount that is not known
	}
	return o.UnmarshalText([]byte(s))
}

func (o *ore) UnmarshalText(s []byte) error {
	n, err := strconv.ParseInt(strings.Replace(string(s), ".", "", 1), 10, 64)
	*o = ore(n)
	return err
}

func (o ore) MarshalText() ([]byte, error) {
	tecken := ""
	if o < 0 {
		tecken, o = "-", -o
	}
	return fmt.Appendf(nil, "%s%d.%02d", tecken, o/100, o%100), nil
}

type summa struct {
	Budget ore `json:"budget"`
	Utfall ore `json:"utfall"`
}

func (s *summa) lagg(t summa) { s.Budget, s.Utfall = s.Budget+t.Budget, s.Utfall+t.Utfall }

type finansiar struct {
	Organisationsnummer string `json:"organisationsnummer"`
	Namn                string `json:"namn"`
	Typ                 string `json:"typ"`
}

type finansieringspost struct {
	Finansiar   string `json:"finansiar"`
	Belopp      ore    `json:"belopp"`
	Beskrivning string `json:"beskrivning,omitempty"`
}

type kostnad struct {
	Kostnadstyp string `json:"kostnadstyp"`
	Budget      ore    `json:"budget"`
	Utfall      *ore   `json:"utfall,omitempty"`
	Beskrivning string `json:"beskrivning,omitempty"`
}

type volym struct {
	AntalKvinnor  int `json:"antalKvinnor"`
	AntalMan      int `json:"antalMan"`
	UppgiftSaknas int `json:"uppgiftSaknas"`
	Version       int `json:"version"`
}

type budgetinsats struct {
	InsatsID             uuid.UUID `json:"insatsId"`
	Namn                 string    `json:"namn"`
	Deltagarregistrering string    `json:"deltagarregistrering"`
	Budgetversion        int       `json:"budgetversion"`
	PlaneratAntal        *int      `json:"planeratAntal,omitempty"`
	Insatskostnader      summa     `json:"insatskostnader"`
	EsfInsatskostnader   summa     `json:"esfInsatskostnader"`
	Volym                *volym    `json:"volym,omitempty"`
}

type medel struct {
	Slag   string `json:"slag"`
	Belopp ore    `json:"belopp"`
}

type budgetsummor struct {
	Finansiering            ore     `json:"finansiering"`
	AdministrativaKostnader summa   `json:"administrativaKostnader"`
	Insatskostnader         summa   `json:"insatskostnader"`
	EsfInsatskostnader      summa   `json:"esfInsatskostnader"`
	Kvar                    summa   `json:"kvar"`
	Medel                   []medel `json:"medel"`
}

type budget struct {
	Ar                      int                 `json:"ar"`
	Finansiering            []finansieringspost `json:"finansiering"`
	AdministrativaKostnader []kostnad           `json:"administrativaKostnader"`
	Finansiarer             []finansiar         `json:"finansiarer"`
	Insatser                []budgetinsats      `json:"insatser"`
	Handelser               []struct{}          `json:"handelser"` // the year that is asked for has none
	Varningar               []struct{}          `json:"varningar"`
	Summor                  budgetsummor        `json:"summor"`
	Stangt                  bool                `json:"stangt"`
	Version                 int                 `json:"version"`
}

// rader reads all rows of a statement.
func rader[T any](ctx context.Context, tx pgx.Tx, till func(pgx.Rows, *T) error, sql string, arg ...any) ([]T, error) {
	r, err := tx.Query(ctx, sql, arg...)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(r, func(rad pgx.CollectableRow) (T, error) {
		var v T
		err := till(r, &v)
		return v, err
	})
}

const insatserIBudgetSQL = `select n.id, n.namn, n.deltagarregistrering, coalesce(b.version, 0), b.planerat_antal,
	coalesce(p.budget, 0.00)::text, coalesce(p.utfall, 0.00)::text, coalesce(p.esf_budget, 0.00)::text, coalesce(p.esf_utfall, 0.00)::text,
	coalesce(v.version, 0), coalesce(v.antal_kvinnor, 0), coalesce(v.antal_man, 0), coalesce(v.uppgift_saknas, 0)
	from insats n
	left join lateral (select * from insatsbudget b where b.insats_id = n.id and b.ar = $2 order by b.version desc limit 1) b on true
	left join lateral (select sum(p.budget) filter (where p.budgettyp = 'INSATSKOSTNAD') as budget, sum(p.utfall) filter (where p.budgettyp = 'INSATSKOSTNAD') as utfall,
			sum(p.budget) filter (where p.budgettyp = 'ESF_INSATSKOSTNAD') as esf_budget, sum(p.utfall) filter (where p.budgettyp = 'ESF_INSATSKOSTNAD') as esf_utfall
		from insatsbudgetpost p where p.insats_id = b.insats_id and p.ar = b.ar and p.version = b.version) p on true
	left join lateral (select * from volym v where v.insats_id = n.id and v.ar = $2 order by v.version desc limit 1) v on true
	where n.organisation_id = $1 and (b.version is not null or v.version is not null
		or n.startdatum <= make_date($2, 12, 31) and (n.slutdatum is null or n.slutdatum >= make_date($2, 1, 1)))
	order by sus_ordning(n.namn), n.id`

// budgetar is GET /v1/samverkansorganisationer/{id}/budgetar/{ar}.
func (g *golv) budgetar(a anrop) error {
	ctx := a.r.Context()
	id, err := uuid.Parse(a.r.PathValue("id"))
	if err != nil {
		return err
	}
	ar, err := strconv.Atoi(a.r.PathValue("ar"))
	if err != nil || !slices.Contains(a.vem.administrerar, id) {
		return fmt.Errorf("not asked so here")
	}
	tx, err := g.db.Begin(ctx) // nothing of people is read
	if err != nil {
		return err
	}
	b := budget{Ar: ar, Varningar: []struct{}{}, Handelser: []struct{}{}}
	if err := b.las(ctx, tx, id, ar); err != nil {
		return avbryt(ctx, tx, err)
	}
	h := handelse{handelse: "ORGANISATIONSBUDGET_LAST", objekttyp: "samverkansorganisation", objekt: &id, organisation: &id}
	if err := logga(ctx, tx, a.vem, h, nil, nil); err != nil {
		return avbryt(ctx, tx, err)
	}
	if err := tx.Commit(ctx); err != nil {
		return err
	}
	b.summera()
	a.w.Header().Set("ETag", `"`+strconv.Itoa(b.Version)+`"`)
	return a.json(http.StatusOK, b)
}

func (b *budget) las(ctx context.Context, tx pgx.Tx, id uuid.UUID, ar int) (err error) {
	if b.Finansiarer, err = rader(ctx, tx, func(r pgx.Rows, f *finansiar) error { return r.Scan(&f.Organisationsnummer, &f.Namn, &f.Typ) },
		`select i.organisationsnummer, m.namn, m.typ from ingaende_organisation i join myndighet m on m.organisationsnummer = i.organisationsnummer
			where i.organisation_id = $1 and i.finansiar and coalesce(i.giltig_fran, '-infinity') <= make_date($2, 12, 31)
				and coalesce(i.giltig_tom, 'infinity') >= make_date($2, 1, 1) order by i.ordning`, id, ar); err != nil {
		return err
	}
	if err = tx.QueryRow(ctx, `select b.version,
			(select json_agg(json_build_object('finansiar', p.finansiar, 'belopp', p.belopp::text, 'beskrivning', p.beskrivning) order by p.ordning)
				from finansieringspost p where p.organisation_id = b.organisation_id and p.ar = b.ar and p.version = b.version),
			(select json_agg(json_build_object('kostnadstyp', p.kostnadstyp, 'budget', p.budget::text, 'utfall', p.utfall::text, 'beskrivning', p.beskrivning) order by p.ordning)
				from administrativ_kostnad p where p.organisation_id = b.organisation_id and p.ar = b.ar and p.version = b.version)
		from organisationsbudget b where b.organisation_id = $1 and b.ar = $2 order by b.version desc limit 1`, id, ar).
		Scan(&b.Version, &b.Finansiering, &b.AdministrativaKostnader); err != nil {
		return err
	}
	if b.Insatser, err = rader(ctx, tx, lasBudgetinsats, insatserIBudgetSQL, id, ar); err != nil {
		return err
	}
	if _, err = tx.Exec(ctx, `select * from budgetarshandelse where organisation_id = $1 and ar = $2 order by nr`, id, ar); err != nil {
		return err
	}
	return tx.QueryRow(ctx, `select stangt from budgetar where organisation_id = $1 and ar = $2`, id, ar).Scan(&b.Stangt)
}

func lasBudgetinsats(r pgx.Rows, i *budgetinsats) error {
	var v volym
	k, e := &i.Insatskostnader, &i.EsfInsatskostnader
	err := r.Scan(&i.InsatsID, &i.Namn, &i.Deltagarregistrering, &i.Budgetversion, &i.PlaneratAntal, &k.Budget, &k.Utfall, &e.Budget, &e.Utfall,
		&v.Version, &v.AntalKvinnor, &v.AntalMan, &v.UppgiftSaknas)
	if i.Deltagarregistrering == "ENDAST_ANTAL" {
		i.Volym = &v
	}
	return err
}

// slagen are the kinds of money in the order of the answer, and which types are of each.
var slagen = []string{"STAT", "REGION", "KOMMUNER", "FORBUND", "ESF", "OVRIGA", "EGET_KAPITAL"}

var typensSlag = map[string]string{"FORSAKRINGSKASSAN": "STAT", "ARBETSFORMEDLINGEN": "STAT", "REGION": "REGION", "KOMMUN": "KOMMUNER",
	"SAMORDNINGSFORBUND": "FORBUND", "ESF": "ESF", "OVRIG": "OVRIGA"}

func (b *budget) summera() {
	typer := map[string]string{}
	for _, f := range b.Finansiarer {
		typer[f.Organisationsnummer] = f.Typ
	}
	s := &b.Summor
	perSlag := map[string]ore{}
	for _, p := range b.Finansiering {
		slag := typensSlag[typer[p.Finansiar]]
		if strings.HasPrefix(p.Beskrivning, "Eget kapital") {
			slag = "EGET_KAPITAL"
		}
		perSlag[slag] += p.Belopp
		s.Finansiering += p.Belopp
	}
	for _, slag := range slagen {
		s.Medel = append(s.Medel, medel{slag, perSlag[slag]})
	}
	for _, k := range b.AdministrativaKostnader {
		t := summa{Budget: k.Budget}
		if k.Utfall != nil {
			t.Utfall = *k.Utfall
		}
		s.AdministrativaKostnader.lagg(t)
	}
	for _, i := range b.Insatser {
		s.Insatskostnader.lagg(i.Insatskostnader)
		s.EsfInsatskostnader.lagg(i.EsfInsatskostnader)
	}
	s.Kvar = summa{s.Finansiering, s.Finansiering}
	for _, k := range []summa{s.AdministrativaKostnader, s.Insatskostnader, s.EsfInsatskostnader} {
		s.Kvar.lagg(summa{-k.Budget, -k.Utfall})
	}
}
