package main

import (
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"time"

	"github.com/jackc/pgx/v5"
)

type rapport struct {
	Titel       string         `json:"titel"`
	Korningstid time.Time      `json:"korningstid"`
	Urval       map[string]any `json:"urval"`
	Huvud       []huvudrad     `json:"huvud"`
	Start       startdel       `json:"start"`
	Slut        slutdel        `json:"slut"`
	Tackning    tackning       `json:"tackning"`
	Fotnoter    []string       `json:"fotnoter"`
}

type tackning struct {
	Rader []startrad `json:"rader"`
	Noter []string   `json:"noter"`
}

type huvudrad struct {
	Etikett string `json:"etikett"`
	Varde   string `json:"varde"`
}

type startdel struct {
	Antal int        `json:"antal"`
	Unika int        `json:"unika"`
	Noter []string   `json:"noter"`
	Rader []startrad `json:"rader"`
}

type startrad struct {
	Kod     string `json:"kod"`
	Etikett string `json:"etikett"`
	Antal   int    `json:"antal"`
	Namnare int    `json:"namnare"`
}

type slutdel struct {
	Antal       int       `json:"antal"`
	Unika       int       `json:"unika"`
	UtanMatning int       `json:"utanMatning"`
	Matta       int       `json:"matta"`
	Varning     string    `json:"varning,omitempty"`
	Noter       []string  `json:"noter"`
	NoterMatta  []string  `json:"noterMatta"`
	Rader       []slutrad `json:"rader"`
}

type slutrad struct {
	Kod               string   `json:"kod"`
	Etikett           string   `json:"etikett"`
	AntalFore         int      `json:"antalFore"`
	AntalEfter        int      `json:"antalEfter"`
	Namnare           int      `json:"namnare"`
	Forandring        int      `json:"forandring"`
	ForandringProcent *float64 `json:"forandringProcent"`

	AntalForeMatta         int      `json:"antalForeMatta"`
	NamnareMatta           int      `json:"namnareMatta"`
	Lamnat                 int      `json:"lamnat"`
	Tillkommit             int      `json:"tillkommit"`
	Kvar                   int      `json:"kvar"`
	ForandringMatta        int      `json:"forandringMatta"`
	ForandringProcentMatta *float64 `json:"forandringProcentMatta"`
}

// Those of the start part are the first two, those of the end part the first three,
// those among the measured the first two and the fourth.
var noter = []string{
	"Observera att en deltagare kan ha flera olika försörjningskällor vid start- och sluttillfället!",
	"Totalsumman av antalet försörjningar nedan kommer därför vanligtvis vara högre än antalet deltagare",
	"För de deltagare som avslutas med avslutsanledning 'utan mätning' har inte försörjning eller sysselsättning efter insatsen registrerats.",
	"Bara de som avslutats med mätning räknas. Lämnat: hade försörjningen före men inte efter. Tillkommit: efter men inte före. Kvar: både före och efter.",
}

var tackningsrader = []startrad{
	{Kod: "MED_PERSONUPPGIFT", Etikett: "Deltagare med personuppgift som startat under året"},
	{Kod: "ANONYMA", Etikett: "Anonyma deltagare som påbörjat insatsen under året"},
	{Kod: "VOLYM", Etikett: "Deltagare som bara räknats (volym)"},
	{Kod: "UTAN_PERSON_START", Etikett: "Startade deltaganden som inte längre leder till en person"},
	{Kod: "UTAN_PERSON_SLUT", Etikett: "Avslutade deltaganden som inte längre leder till en person"},
}

var tackningsnoter = []string{
	"Ett deltagande leder inte längre till en person när samtycket är återkallat eller personuppgifterna är raderade. Bland unika deltagare räknas sådana deltaganden vart och ett för sig.",
	"Anonyma deltagare har bara inregistreringsår och kön, volym bara år och kön, som kan saknas. Urval på verksamhetsområde och län följer de efter var samverkansorganisationen stod den 31 december.",
}

var fotnoter = []string{
	"Om en deltagare återkallar sitt samtycke kan deltagandet inte längre kopplas till personen. Antalet unika deltagare kan därför öka med en.",
	"Deltagare som registrerats anonymt och volyminsatser ingår inte.",
}

// rapportSQL names the year's partitions, as SUS does: a plan over all of them
// would be the database's work and no measure of either server.
const rapportSQL = `
with start as not materialized (select fb, person, okopplad from fakt_in_%[1]d where ar = $1 and org in (select nr from samverkansorganisation where samverkansform = $2)),
	slut as not materialized (select fb, fa, person, okopplad from fakt_ut_%[1]d where ar = $1 and org in (select nr from samverkansorganisation where samverkansform = $2))
select 0::int2, fb, -1, count(*)::int4, 0::int4 from start group by fb
union all
select 1, fb, fa, count(*)::int4, 0 from slut group by fb, fa
union all
select 2, -1, -1, count(distinct person)::int4, count(*) filter (where okopplad)::int4 from start
union all
select 3, -1, -1, count(distinct person)::int4, count(*) filter (where okopplad)::int4 from slut
union all
select 4, -1, -1, coalesce(sum(kvinnor + man), 0)::int4, 0 from fakt_anonyma where ar = $1
	and org in (select nr from samverkansorganisation where samverkansform = $2)
union all
select 5, -1, -1, coalesce(sum(kvinnor + man + saknas), 0)::int4, 0 from fakt_volym where ar = $1
	and org in (select nr from samverkansorganisation where samverkansform = $2)`

type grupp struct {
	fore, efter int32
	antal       int
	utanPerson  int
}

// rapport is GET /v1/rapporter/deltagarrapport/forsorjning?samverkansform&budgetar.
func (g *golv) rapport(a anrop) error {
	fragor := a.r.URL.Query()
	form := fragor.Get("samverkansform")
	budgetar, err := strconv.Atoi(fragor.Get("budgetar"))
	if err != nil {
		return err
	}
	r := rapport{Titel: "SUS - Deltagarrapport försörjning", Korningstid: nu(), Fotnoter: fotnoter,
		Urval: map[string]any{"samverkansform": form, "budgetar": budgetar},
		Huvud: []huvudrad{{"Finansieringsform", form}, {"Budgetår", strconv.Itoa(budgetar)}}}
	r.Start.Noter, r.Slut.Noter, r.Slut.NoterMatta = noter[:2], noter[:3], []string{noter[0], noter[1], noter[3]}
	start, slut, err := g.underlag(a, &r, form, budgetar)
	if err != nil {
		return err
	}
	r.Slut.Matta = r.Slut.Antal - r.Slut.UtanMatning
	t := r.Tackning.Rader
	t[0].Antal = r.Start.Antal
	for n, av := range []int{t[0].Antal + t[1].Antal + t[2].Antal, t[0].Antal + t[1].Antal + t[2].Antal, t[0].Antal + t[1].Antal + t[2].Antal, r.Start.Antal, r.Slut.Antal} {
		t[n].Namnare = av
	}
	if n, av := r.Slut.UtanMatning, r.Slut.Antal; 10*n > av {
		r.Slut.Varning = fmt.Sprintf("%d av %d som slutat (%d%%) har ingen mätning efter insatsen. I den tryckta förändringen räknas de som om de lämnat sin försörjning: jämför med tabellen bland dem som mätts.",
			n, av, (200*n+av)/(2*av))
	}
	for _, k := range g.kodrad.forsorjning {
		s := startrad{Kod: k.Kod, Etikett: k.Etikett, Namnare: r.Start.Antal}
		for _, x := range start {
			s.Antal += x.med(x.fore, k.Bit)
		}
		u := slutrad{Kod: k.Kod, Etikett: k.Etikett, Namnare: r.Slut.Antal}
		for _, x := range slut {
			fore, efter := x.med(x.fore, k.Bit), x.med(x.efter, k.Bit)
			u.AntalFore += fore
			u.AntalEfter += efter
			if x.efter < 0 {
				continue
			}
			u.AntalForeMatta += fore
			if fore == 0 {
				u.Tillkommit += efter
			} else if efter == 0 {
				u.Lamnat += fore
			} else {
				u.Kvar += fore
			}
		}
		u.NamnareMatta = r.Slut.Matta
		u.Forandring, u.ForandringProcent = forandring(u.AntalFore, u.AntalEfter)
		u.ForandringMatta, u.ForandringProcentMatta = forandring(u.AntalForeMatta, u.AntalEfter)
		r.Start.Rader, r.Slut.Rader = append(r.Start.Rader, s), append(r.Slut.Rader, u)
	}
	return a.json(http.StatusOK, r)
}

func forandring(fore, efter int) (int, *float64) {
	if fore == 0 {
		return efter, nil
	}
	p := float64(efter-fore) * 100 / float64(fore)
	return efter - fore, &p
}

// underlag reads the facts as the role of the reports, in one round trip.
func (g *golv) underlag(a anrop, r *rapport, form string, budgetar int) (start, slut []grupp, err error) {
	c, err := g.db.Acquire(a.r.Context())
	if err != nil {
		return nil, nil, err
	}
	defer c.Release()
	r.Tackning = tackning{Rader: slices.Clone(tackningsrader), Noter: tackningsnoter}
	t := r.Tackning.Rader
	var b pgx.Batch
	b.Queue("begin read only")
	b.Queue("set local role sus_rapport")
	b.Queue(fmt.Sprintf(rapportSQL, budgetar), budgetar, form).Query(func(rader pgx.Rows) error {
		var del int16
		var x grupp
		_, err := pgx.ForEachRow(rader, []any{&del, &x.fore, &x.efter, &x.antal, &x.utanPerson}, func() error {
			switch del {
			case 0:
				start = append(start, x)
				r.Start.Antal += x.antal
			case 1:
				slut = append(slut, x)
				r.Slut.Antal += x.antal
				if x.efter < 0 {
					r.Slut.UtanMatning += x.antal
				}
			case 2:
				r.Start.Unika, t[3].Antal = x.antal, x.utanPerson
			case 3:
				r.Slut.Unika, t[4].Antal = x.antal, x.utanPerson
			case 4:
				t[1].Antal = x.antal
			case 5:
				t[2].Antal = x.antal
			}
			return nil
		})
		return err
	})
	b.Queue("commit")
	return start, slut, c.SendBatch(a.r.Context(), &b).Close()
}

func (x grupp) med(mangd int32, bit int) int {
	if mangd < 0 || mangd>>bit&1 == 0 {
		return 0
	}
	return x.antal
}
