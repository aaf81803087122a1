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
	Rapport      string         `json:"rapport"`
	Version      int            `json:"version"`
	Titel        string         `json:"titel"`
	Korningstid  time.Time      `json:"korningstid"`
	Preliminar   bool           `json:"preliminar"`
	Urval        map[string]any `json:"urval"`
	Huvud        []huvudrad     `json:"huvud"`
	Indelning    []indelning    `json:"indelning"`
	Bild         string         `json:"bild"`
	Delar        []del          `json:"delar"`
	Tackning     tackning       `json:"tackning"`
	Fotnoter     []string       `json:"fotnoter"`
	Definitioner []definition   `json:"definitioner"`
}

type indelning struct {
	ID      string `json:"id"`
	Etikett string `json:"etikett"`
}

type tackning struct {
	Rader []tackningsrad `json:"rader"`
	Noter []string       `json:"noter"`
}

type tackningsrad struct {
	Kod     string `json:"kod"`
	Etikett string `json:"etikett"`
	Antal   int    `json:"antal"`
	Namnare int    `json:"namnare"`
}

type huvudrad struct {
	Etikett string `json:"etikett"`
	Varde   string `json:"varde"`
}

type del struct {
	ID       string   `json:"id"`
	Rubrik   string   `json:"rubrik"`
	Bredvid  bool     `json:"bredvid"`
	Tal      []deltal `json:"tal"`
	Varning  string   `json:"varning,omitempty"`
	Noter    []string `json:"noter"`
	Kolumner []kolumn `json:"kolumner"`
	Rader    []rad    `json:"rader"`
}

type deltal struct {
	ID      string `json:"id"`
	Etikett string `json:"etikett"`
	Varde   int    `json:"varde"`
}

type kolumn struct {
	ID     string `json:"id"`
	Rubrik string `json:"rubrik"`
	Typ    string `json:"typ"`
	Enhet  string `json:"enhet"`
	text   string // its definition
}

type rad struct {
	Koder     map[string]string `json:"koder"`
	Etikett   string            `json:"etikett"`
	Etiketter []string          `json:"etiketter"`
	Celler    []*float64        `json:"celler"`
	Tryckt    []string          `json:"tryckt,omitempty"`
}

type definition struct {
	ID      string `json:"id"`
	Text    string `json:"text"`
	Version int    `json:"version"`
}

func antal(id, rubrik, text string) kolumn    { return kolumn{id, rubrik, "TAL", "antal", text} }
func iProcent(id, rubrik, text string) kolumn { return kolumn{id, rubrik, "PROCENT", "procent", text} }

// The columns of the three parts, in the order that a count's cells are reckoned in.
var (
	startkolumner = []kolumn{
		antal("antal", "Antal deltagare", "Antal deltaganden med startdag i perioden som vid starten hör till raden."),
		iProcent("andel", "Andel", "Antalet delat med alla deltaganden som delen räknar (inte med antalet personer)."),
	}
	slutkolumner = []kolumn{
		antal("antalFore", "Antal deltagare före insats", "Antal deltaganden med avslutningsdag i perioden som vid starten hörde till raden."),
		iProcent("andelFore", "Andel före", "Antalet före delat med alla som avslutats i perioden."),
		antal("antalEfter", "Antal deltagare efter insats", "Antal deltaganden med avslutningsdag i perioden som vid avslutet hörde till raden. De som avslutats utan mätning hör inte till någon rad."),
		iProcent("andelEfter", "Andel efter", "Antalet efter delat med alla som avslutats i perioden, också de som avslutats utan mätning."),
		antal("forandring", "Förändring", "Antalet efter minus antalet före. De som avslutats utan mätning räknas som om de lämnat raden."),
		iProcent("forandringProcent", "Förändring i %", "Förändringen delad med antalet före; saknas när ingen hörde till raden före."),
	}
	mattakolumner = []kolumn{
		antal("antalForeMatta", "Antal deltagare före insats", "Antal deltaganden som avslutats med mätning i perioden och som vid starten hörde till raden."),
		iProcent("andelForeMatta", "Andel före", "Antalet före delat med alla som avslutats med mätning i perioden."),
		antal("antalEfterMatta", "Antal deltagare efter insats", "Antal deltaganden som avslutats med mätning i perioden och som vid avslutet hörde till raden."),
		iProcent("andelEfterMatta", "Andel efter", "Antalet efter delat med alla som avslutats med mätning i perioden."),
		antal("forandringMatta", "Förändring", "Antalet efter minus antalet före, bland dem som avslutats med mätning."),
		iProcent("forandringProcentMatta", "Förändring i %", "Förändringen bland dem som mätts delad med antalet före bland dem; saknas när ingen av dem hörde till raden före."),
		antal("lamnat", "Lämnat", "Hörde till raden före men inte efter, bland dem som avslutats med mätning."),
		antal("tillkommit", "Tillkommit", "Hörde till raden efter men inte före, bland dem som avslutats med mätning."),
		antal("kvar", "Kvar", "Hörde till raden både före och efter, bland dem som avslutats med mätning."),
	}
	definitioner = definieras(startkolumner, slutkolumner, mattakolumner)
)

func definieras(delar ...[]kolumn) (svar []definition) {
	for _, k := range slices.Concat(delar...) {
		svar = append(svar, definition{k.ID, k.text, 1})
	}
	return svar
}

// Those of the start part are the first two, those of the end part the first three,
// those among the measured the first two and the fourth.
var noter = []string{
	"Observera att en deltagare kan ha flera olika försörjningskällor vid start- och sluttillfället!",
	"Totalsumman av antalet försörjningar nedan kommer därför vanligtvis vara högre än antalet deltagare",
	"För de deltagare som avslutas med avslutsanledning 'utan mätning' har inte försörjning eller sysselsättning efter insatsen registrerats.",
	"Bara de som avslutats med mätning räknas. Lämnat: hade försörjningen före men inte efter. Tillkommit: efter men inte före. Kvar: både före och efter.",
}

var tackningsrader = []tackningsrad{
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
select 3, -1, -1, count(distinct person)::int4, count(*) filter (where okopplad)::int4 from slut`

// bredvidSQL is those who are counted without being known.
const bredvidSQL = `select (select coalesce(sum(kvinnor + man), 0)::int4 from fakt_anonyma where ar = $1 and org in (select nr from samverkansorganisation where samverkansform = $2)),
	(select coalesce(sum(kvinnor + man + saknas), 0)::int4 from fakt_volym where ar = $1 and org in (select nr from samverkansorganisation where samverkansform = $2))`

type grupp struct {
	fore, efter int32
	antal       int
	utanPerson  int
}

// underlag is what the facts say.
type underlag struct {
	start, slut                           []grupp
	startade, startUnika, startUtanPerson int
	slutade, slutUnika, slutUtanPerson    int
	utanMatning                           int
	anonyma, volym                        int
}

// rapport is GET /v1/rapporter/deltagarrapport/forsorjning?samverkansform&budgetar.
func (g *golv) rapport(a anrop) error {
	fragor := a.r.URL.Query()
	form := fragor.Get("samverkansform")
	budgetar, err := strconv.Atoi(fragor.Get("budgetar"))
	if err != nil {
		return err
	}
	u, err := g.underlag(a, form, budgetar)
	if err != nil {
		return err
	}
	ar, matta := strconv.Itoa(budgetar), u.slutade-u.utanMatning
	start := del{ID: "START", Rubrik: "Deltagarnas försörjning vid start för budgetår " + ar, Noter: noter[:2], Kolumner: startkolumner, Tal: []deltal{
		{"antal", "Totalt antal deltagare som startat (registrerats in) under året", u.startade}, {"unika", "Varav unika deltagare", u.startUnika}}}
	slut := del{ID: "SLUT", Rubrik: "Deltagarnas försörjning vid avslut för budgetår " + ar, Noter: noter[:3], Kolumner: slutkolumner, Tal: []deltal{
		{"antal", "Totalt antal deltagare som slutat (registrerats ut) under året", u.slutade}, {"unika", "Varav unika deltagare", u.slutUnika},
		{"utanMatning", "Varav avslutade utan mätning", u.utanMatning}}}
	bredvid := del{ID: "MATTA", Rubrik: "Bland dem som mätts: deltagarnas försörjning vid avslut för budgetår " + ar, Bredvid: true, Kolumner: mattakolumner,
		Noter: []string{noter[0], noter[1], noter[3]}, Tal: []deltal{{"antal", "Antal deltagare som slutat (registrerats ut) under året med mätning", matta}}}
	if n, av := u.utanMatning, u.slutade; 10*n > av {
		slut.Varning = fmt.Sprintf("%d av %d som slutat (%d%%) har ingen mätning efter insatsen. I den tryckta förändringen räknas de som om de lämnat sin försörjning: jämför med tabellen bland dem som mätts.",
			n, av, (200*n+av)/(2*av))
		bredvid.Noter = append([]string{slut.Varning}, bredvid.Noter...)
	}
	for _, k := range g.kodrad.forsorjning {
		var startat, fore, efter, foreMatta, kvar int
		for _, x := range u.start {
			startat += x.med(x.fore, k.Bit)
		}
		for _, x := range u.slut {
			f, e := x.med(x.fore, k.Bit), x.med(x.efter, k.Bit)
			fore += f
			efter += e
			if x.efter >= 0 {
				foreMatta += f
				kvar += min(f, e)
			}
		}
		start.rad(k, startat, 1, startat, u.startade)
		slut.rad(k, fore, 1, fore, u.slutade, efter, 1, efter, u.slutade, efter-fore, 1, efter-fore, fore)
		bredvid.rad(k, foreMatta, 1, foreMatta, matta, efter, 1, efter, matta, efter-foreMatta, 1, efter-foreMatta, foreMatta, foreMatta-kvar, 1, efter-kvar, 1, kvar, 1)
	}
	alla := u.startade + u.anonyma + u.volym
	t := slices.Clone(tackningsrader)
	for n, av := range [][2]int{{u.startade, alla}, {u.anonyma, alla}, {u.volym, alla}, {u.startUtanPerson, u.startade}, {u.slutUtanPerson, u.slutade}} {
		t[n].Antal, t[n].Namnare = av[0], av[1]
	}
	return a.json(http.StatusOK, rapport{Rapport: "deltagarrapport/forsorjning", Version: 1, Titel: "SUS - Deltagarrapport försörjning", Korningstid: nu(), Preliminar: nu().Year() <= budgetar,
		Urval: map[string]any{"samverkansform": form, "budgetar": budgetar, "fran": ar + "-01", "till": ar + "-12"},
		Huvud: []huvudrad{{"Finansieringsform", form}, {"Budgetår", ar}}, Indelning: []indelning{{"forsorjning", "Försörjning"}}, Bild: "STAPLAR",
		Delar: []del{start, slut, bredvid}, Tackning: tackning{t, tackningsnoter}, Fotnoter: fotnoter, Definitioner: definitioner})
}

// rad adds a code's row: for each column what is counted and what of.
func (d *del) rad(k kod, tal ...int) {
	r := rad{Koder: map[string]string{"forsorjning": k.Kod}, Etikett: k.Etikett, Etiketter: []string{k.Etikett}, Celler: make([]*float64, len(d.Kolumner))}
	tryckt, tom := make([]string, len(d.Kolumner)), true
	for i, kol := range d.Kolumner {
		n, av := tal[2*i], tal[2*i+1]
		if av == 0 {
			continue
		}
		ganger := 1
		if kol.Typ == "PROCENT" {
			ganger = 100
		}
		v := float64(n*ganger) / float64(av)
		r.Celler[i] = &v
		if n == 0 {
			continue
		}
		tryckt[i], tom = skriv(n*ganger, av, kol.Typ), false
	}
	if !tom {
		r.Tryckt = tryckt
	}
	d.Rader = append(d.Rader, r)
}

// skriv is a quotient as it is printed, rounded half away from zero.
func skriv(n, av int, typ string) string {
	tecken := ""
	if n < 0 {
		n, tecken = -n, "-"
	}
	s := strconv.Itoa((2*n + av) / (2 * av))
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "\u00a0" + s[i:]
	}
	if typ == "PROCENT" {
		s += "%"
	}
	return tecken + s
}

// underlag reads the facts as the role of the reports, in one round trip.
func (g *golv) underlag(a anrop, form string, budgetar int) (u underlag, err error) {
	c, err := g.db.Acquire(a.r.Context())
	if err != nil {
		return u, err
	}
	defer c.Release()
	var b pgx.Batch
	b.Queue("begin read only")
	b.Queue("set local role sus_rapport")
	b.Queue(fmt.Sprintf(rapportSQL, budgetar), budgetar, form).Query(func(rader pgx.Rows) error {
		var del int16
		var x grupp
		_, err := pgx.ForEachRow(rader, []any{&del, &x.fore, &x.efter, &x.antal, &x.utanPerson}, func() error {
			switch del {
			case 0:
				u.start = append(u.start, x)
				u.startade += x.antal
			case 1:
				u.slut = append(u.slut, x)
				u.slutade += x.antal
				if x.efter < 0 {
					u.utanMatning += x.antal
				}
			case 2:
				u.startUnika, u.startUtanPerson = x.antal, x.utanPerson
			case 3:
				u.slutUnika, u.slutUtanPerson = x.antal, x.utanPerson
			}
			return nil
		})
		return err
	})
	b.Queue(bredvidSQL, budgetar, form).QueryRow(func(rad pgx.Row) error { return rad.Scan(&u.anonyma, &u.volym) })
	b.Queue("commit")
	return u, c.SendBatch(a.r.Context(), &b).Close()
}

func (x grupp) med(mangd int32, bit int) int {
	if mangd < 0 || mangd>>bit&1 == 0 {
		return 0
	}
	return x.antal
}
