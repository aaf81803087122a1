package rapport

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/google/uuid"

	"sus/backend/register"
)

// Urval is what a report is asked for. A filter without values was not chosen; with
// several, any of them will do.
type Urval struct {
	Samverkansform     register.Samverkansform // required
	Tid                Tidsval
	Verksamhetsomraden []string // codes in kodverk VERKSAMHETSOMRADE
	Lan                []string // two digits: the organisation's län
	Organisationer     []uuid.UUID
	Insatser           []uuid.UUID
	Kon                []register.Kon
	Aldrar             []Spann  // in whole years on the day of the part's basis
	Kommuner           []string // where the person lived at in-registration
	Personlan          []string // the län of that kommun
	Indelning          []string // further dimensions, at most maxIndelning
	Aldersgranser      []int    // where the classes of age begin, rising; nil for those of aldersgranser
}

// Spann is the whole numbers from Fran to Till, both included.
type Spann struct{ Fran, Till int }

// RapportForstaAr is the first year that can be asked for, before SUS began.
const RapportForstaAr = 2000

const (
	maxManader   = 40 * 12
	maxIndelning = 2
)

// SistaAr is the last year that can be asked for on the day idag: the next one. A
// later one is a mistyped year, and must not become an empty report.
func SistaAr(idag register.Datum) int { return idag.Ar() + 1 }

// Tidsval is whole months, both included, counted from January of register.FaktForstaAr.
type Tidsval struct{ Fran, Till int }

// Budgetar is a calendar year.
func Budgetar(ar int) Tidsval {
	return Tidsval{12 * (ar - register.FaktForstaAr), 12*(ar-register.FaktForstaAr) + 11}
}

// Senaste is the twelve whole months before the one that idag is in.
func Senaste(idag register.Datum) Tidsval {
	forra := 12*(idag.Ar()-register.FaktForstaAr) + idag.Manad() - 2
	return Tidsval{forra - 11, forra}
}

// ParseManad reads 2010-03 as a month of a Tidsval.
func ParseManad(s string) (int, error) {
	d, err := register.ParseDatum(s + "-01")
	if err != nil {
		return 0, err
	}
	return 12*(d.Ar()-register.FaktForstaAr) + d.Manad() - 1, nil
}

func manadAv(m int) (ar, manad int) {
	ar, manad = m/12, m%12
	if manad < 0 {
		ar, manad = ar-1, manad+12
	}
	return ar + register.FaktForstaAr, manad + 1
}

// Period is the days of the months.
func (t Tidsval) Period() register.Period {
	ar, manad := manadAv(t.Fran)
	return register.NyPeriod(register.NyttDatum(ar, manad, 1), t.SistaDag())
}

// SistaDag is the day whose labels a report prints.
func (t Tidsval) SistaDag() register.Datum {
	ar, manad := manadAv(t.Till + 1)
	return register.NyttDatum(ar, manad, 1).Plus(-1)
}

// HelaAr is the years that the months are exactly; false when they are not whole years.
func (t Tidsval) HelaAr() (fran, till int, hela bool) {
	fran, forsta := manadAv(t.Fran)
	till, sista := manadAv(t.Till)
	return fran, till, forsta == 1 && sista == 12
}

// Ord is the months as a heading has them: «budgetår 2010».
func (t Tidsval) Ord() string {
	fran, till, hela := t.HelaAr()
	switch {
	case hela && fran == till:
		return "budgetår " + strconv.Itoa(fran)
	case hela:
		return fmt.Sprintf("budgetår %d–%d", fran, till)
	}
	return "perioden " + t.manader()
}

// Under is the months as a sentence has them: during «året».
func (t Tidsval) Under() string {
	switch fran, till, hela := t.HelaAr(); {
	case hela && fran == till:
		return "året"
	case hela:
		return "åren"
	}
	return "perioden"
}

func (t Tidsval) manader() string {
	if t.Fran == t.Till {
		return skrivManad(t.Fran)
	}
	return skrivManad(t.Fran) + "–" + skrivManad(t.Till)
}

// Kod is the months as a code: 2010, or 2010-03/2010-06 as ISO 8601 writes an interval.
func (t Tidsval) Kod() string {
	switch fran, till, hela := t.HelaAr(); {
	case hela && fran == till:
		return strconv.Itoa(fran)
	case hela:
		return fmt.Sprintf("%d/%d", fran, till)
	case t.Fran == t.Till:
		return kodManad(t.Fran)
	}
	return kodManad(t.Fran) + "/" + kodManad(t.Till)
}

// ForstaManad is the first month as ParseManad reads it.
func (t Tidsval) ForstaManad() string { return kodManad(t.Fran) }

// SistaManad is the last of them.
func (t Tidsval) SistaManad() string { return kodManad(t.Till) }

func kodManad(m int) string {
	ar, manad := manadAv(m)
	return fmt.Sprintf("%d-%02d", ar, manad)
}

var manadsord = []string{"januari", "februari", "mars", "april", "maj", "juni", "juli", "augusti", "september", "oktober", "november", "december"}

func skrivManad(m int) string {
	ar, manad := manadAv(m)
	return manadsord[manad-1] + " " + strconv.Itoa(ar)
}

// huvud is the line of the head.
func (t Tidsval) huvud() Huvudrad {
	switch fran, till, hela := t.HelaAr(); {
	case hela && fran == till:
		return Huvudrad{"Budgetår", strconv.Itoa(fran)}
	case hela:
		return Huvudrad{"Budgetår", fmt.Sprintf("%d–%d", fran, till)}
	}
	return Huvudrad{"Period", t.manader()}
}

// Preliminar is true when the months are not all over on the day idag: more is registered yet.
func (t Tidsval) Preliminar(idag register.Datum) bool { return !t.SistaDag().Fore(idag) }

// Validera refuses an urval of r whose form, period or codes do not exist, or whose
// parts cannot be together (422, every faulty field). Whether organisations, insatser,
// kommuner and län exist, and fit the rest, is Urvalsnamn's to say.
func (u Urval) Validera(r *Rapport, kodverk register.Kodverk, idag register.Datum) error {
	var fel []register.Faltfel
	if _, finns := kodverk.Rad(register.KodverkSamverkansform, string(u.Samverkansform)); !finns {
		fel = append(fel, register.RegelOkandKod.Vid("/samverkansform", "Välj en av samverkansformerna."))
	}
	fel = append(fel, u.Tid.fel(idag)...)
	if slices.ContainsFunc(u.Verksamhetsomraden, func(kod string) bool {
		_, finns := kodverk.Rad(register.KodverkVerksamhetsomrade, kod)
		return !finns
	}) {
		fel = append(fel, register.RegelOkandKod.Vid("/verksamhetsomrade", "Verksamhetsområdet finns inte i kodverket."))
	}
	if slices.ContainsFunc(u.Kon, func(k register.Kon) bool { return k != register.KonKvinna && k != register.KonMan }) {
		fel = append(fel, register.RegelOkandKod.Vid("/kon", "Kön ska vara KVINNA eller MAN."))
	}
	if slices.ContainsFunc(u.Aldrar, func(a Spann) bool { return a.Fran > a.Till }) {
		fel = append(fel, register.RegelSlutForeStart.Vid("/alder", "Åldern till får inte vara lägre än åldern från."))
	}
	if !slices.IsSorted(u.Aldersgranser) || len(slices.Compact(slices.Clone(u.Aldersgranser))) != len(u.Aldersgranser) {
		fel = append(fel, register.RegelGranser.Vid("/aldersgranser"))
	}
	for i, id := range u.Indelning {
		d, finns := dimensioner[id]
		switch {
		case !finns || !d.Indelning:
			fel = append(fel, register.RegelOkandKod.Vid("/indelning", "Rapporten kan inte delas in så."))
		case id == r.Rad || id == r.Kolumn || slices.Contains(u.Indelning[:i], id):
			fel = append(fel, register.RegelDubblett.Vid("/indelning", "Rapporten är redan indelad så."))
		}
	}
	return register.OgiltigaFalt(fel)
}

// fel refuses months that turn, are too many, or are outside the years that a report has.
func (t Tidsval) fel(idag register.Datum) []register.Faltfel {
	fran, till, hela := t.HelaAr()
	sista := SistaAr(idag)
	utanfor := func(ar int) bool { return ar < RapportForstaAr || ar > sista }
	if hela && fran == till {
		if utanfor(fran) {
			return []register.Faltfel{register.RegelBudgetar.Vid("/budgetar", fmt.Sprintf("Budgetåret ska vara ett år från %d till %d.", RapportForstaAr, sista))}
		}
		return nil
	}
	var fel []register.Faltfel
	for _, f := range []struct {
		pekare string
		ar     int
	}{{"/fran", fran}, {"/till", till}} {
		if utanfor(f.ar) {
			fel = append(fel, register.RegelBudgetar.Vid(f.pekare, fmt.Sprintf("Månaden ska ligga i ett år från %d till %d.", RapportForstaAr, sista)))
		}
	}
	switch {
	case t.Till < t.Fran:
		fel = append(fel, register.RegelSlutForeStart.Vid("/till", "Till får inte vara före från."))
	case t.Till-t.Fran >= maxManader:
		fel = append(fel, register.RegelForLangPeriod.Vid("/till"))
	}
	return fel
}

// Urvalsnamn is what the head and the dimensions need beyond the urval itself; the store
// looks it up.
type Urvalsnamn struct {
	Lan            map[string]string   // by code; every län there is, when a choice or a dimension asks for them
	Kommuner       map[string]string   // likewise
	Organisationer []Organisationsnamn // the chosen ones, those of the chosen insatser, and when organisationer are a dimension all of the form
	Insatser       []Insatsnamn        // the chosen ones, and when insatser are a dimension all of the organisationer
	IngenIBada     bool                // verksamhetsområde and län were chosen, and no organisation of the form stood in both
}

// Insatsnamn is as much of an insats as a report may see.
type Insatsnamn struct {
	Nr             int16
	ID             uuid.UUID
	Namn           string
	OrganisationID uuid.UUID
	Period         register.Period
}

// Organisationsnamn is as much of an organisation as a report may see.
type Organisationsnamn struct {
	Nr             int16
	ID             uuid.UUID
	Namn           string
	Samverkansform register.Samverkansform
	Period         register.Period
	Rader          []register.Organisationsrad // where it stood during the period, earliest first
	LanNamn        map[string]string           // by code, of the län that its kommuner lie in
}

// overAret is what the organisation's rows of the period say, with the day of each change:
// «Norr och från 2024-07-01 Öster».
func (o Organisationsnamn) overAret(vad func(register.Organisationsrad) string) string {
	svar, forra := "", ""
	for i, r := range o.Rader {
		switch nu := vad(r); {
		case i == 0:
			svar, forra = nu, nu
		case nu != forra:
			svar, forra = svar+" och från "+r.Fran.String()+" "+nu, nu
		}
	}
	return svar
}

// overLansgrans says in which län an organisation counts whose kommuner lie in several;
// "" when they lie in one.
func (o Organisationsnamn) overLansgrans() string {
	flera := false
	svar := o.overAret(func(r register.Organisationsrad) string {
		ord, over := r.RaknasTill(o.LanNamn)
		flera = flera || over
		return ord
	})
	if !flera {
		return ""
	}
	return svar
}

func (n Urvalsnamn) organisation(id uuid.UUID) (Organisationsnamn, bool) {
	i := slices.IndexFunc(n.Organisationer, func(o Organisationsnamn) bool { return o.ID == id })
	if i < 0 {
		return Organisationsnamn{}, false
	}
	return n.Organisationer[i], true
}

// valda are the organisationer that were chosen, or that the chosen insatser are of, and the
// field that chose each.
func (n Urvalsnamn) valda(u Urval) (svar []Organisationsnamn, falt string) {
	falt, ids := "/organisationId", u.Organisationer
	if len(ids) == 0 {
		falt = "/insatsId"
		for _, i := range n.Insatser {
			if slices.Contains(u.Insatser, i.ID) && !slices.Contains(ids, i.OrganisationID) {
				ids = append(ids, i.OrganisationID)
			}
		}
	}
	for _, id := range ids {
		if o, finns := n.organisation(id); finns {
			svar = append(svar, o)
		}
	}
	return svar, falt
}

// Prova refuses an urval whose parts exclude each other (422): the report
// would be empty and read as «no participants», which is not what was asked.
// It refuses a län or kommun that does not exist too, and an organisation or insats
// that does not as what is not there (404).
func (n Urvalsnamn) Prova(u Urval) error {
	for _, id := range u.Organisationer {
		if _, finns := n.organisation(id); !finns {
			return register.Saknas()
		}
	}
	for _, id := range u.Insatser {
		if !slices.ContainsFunc(n.Insatser, func(i Insatsnamn) bool { return i.ID == id }) {
			return register.Saknas()
		}
	}
	var fel []register.Faltfel
	okand := func(koder []string, finns map[string]string) bool {
		return slices.ContainsFunc(koder, func(kod string) bool { return finns[kod] == "" })
	}
	if okand(u.Lan, n.Lan) {
		fel = append(fel, register.RegelOkandKod.Vid("/lan", "Länet finns inte."))
	}
	if okand(u.Personlan, n.Lan) {
		fel = append(fel, register.RegelOkandKod.Vid("/personlan", "Länet finns inte."))
	}
	if okand(u.Kommuner, n.Kommuner) {
		fel = append(fel, register.RegelOkandKod.Vid("/kommun", "Kommunen finns inte."))
	}
	for _, i := range n.Insatser {
		if slices.Contains(u.Insatser, i.ID) && len(u.Organisationer) > 0 && !slices.Contains(u.Organisationer, i.OrganisationID) {
			fel = append(fel, register.RegelAnnanOrganisation.Vid("/insatsId"))
		}
	}
	valda, falt := n.valda(u)
	for _, o := range valda {
		fel = append(fel, o.fel(u, falt)...)
	}
	return register.OgiltigaFalt(fel)
}

// fel is why an organisation does not fit the rest of the choice. Of the period: the months
// that it stood elsewhere are not counted, and when it never stood there the choice is of nothing.
func (o Organisationsnamn) fel(u Urval, falt string) (fel []register.Faltfel) {
	if o.Samverkansform != u.Samverkansform {
		fel = append(fel, register.RegelAnnanSamverkansform.Vid(falt))
	}
	stod := slices.DeleteFunc(slices.Clone(o.Rader), func(r register.Organisationsrad) bool {
		return len(u.Verksamhetsomraden) > 0 && !slices.Contains(u.Verksamhetsomraden, r.Verksamhetsomrade)
	})
	if len(u.Verksamhetsomraden) > 0 && len(stod) == 0 {
		fel = append(fel, register.RegelAnnatVerksamhetsomrade.Vid(falt))
		stod = o.Rader
	}
	if len(u.Lan) > 0 && !slices.ContainsFunc(stod, func(r register.Organisationsrad) bool { return slices.Contains(u.Lan, r.Lan) }) {
		fel = append(fel, register.RegelAnnatLan.Vid(falt))
	}
	return fel
}

// huvud prints the filters under their labels. Verksamhetsområde follows from a chosen
// organisation, and the organisation from a chosen insats, so they are printed then too,
// as the original does.
func (u Urval) huvud(namn Urvalsnamn, kodverk register.Kodverk) []Huvudrad {
	dag := u.Tid.SistaDag()
	huvud := []Huvudrad{
		{"Finansieringsform", kodverk.Etikett(register.KodverkSamverkansform, string(u.Samverkansform), dag)},
		u.Tid.huvud(),
	}
	rad := func(etikett string, varden []string) {
		if len(varden) > 0 {
			huvud = append(huvud, Huvudrad{etikett, strings.Join(varden, ", ")})
		}
	}
	omrade := func(kod string) string { return kodverk.Etikett(register.KodverkVerksamhetsomrade, kod, dag) }
	valda, _ := namn.valda(u)
	switch {
	case len(u.Verksamhetsomraden) > 0:
		rad("Verksamhetsområde", ord(u.Verksamhetsomraden, omrade))
	case len(valda) == 1:
		rad("Verksamhetsområde", []string{valda[0].overAret(func(r register.Organisationsrad) string { return omrade(r.Verksamhetsomrade) })})
	}
	lan := func(kod string) string { return namn.Lan[kod] }
	rad("Län", ord(u.Lan, lan))
	if namn.IngenIBada {
		rad("Observera", []string{u.ord(ingenIBada)})
	}
	rad("Samverkansorg", ord(valda, func(o Organisationsnamn) string { return o.Namn }))
	if len(valda) == 1 {
		if i := valda[0].overLansgrans(); i != "" {
			rad(register.OrdRaknasTill, []string{i})
		}
	}
	rad("Insats", ord(u.Insatser, func(id uuid.UUID) string {
		i := slices.IndexFunc(namn.Insatser, func(i Insatsnamn) bool { return i.ID == id })
		return namn.Insatser[i].Namn
	}))
	rad("Kön", ord(u.Kon, konOrd))
	rad("Ålder", ord(u.Aldrar, Spann.String))
	rad("Bostadskommun", ord(u.Kommuner, func(kod string) string { return namn.Kommuner[kod] }))
	rad("Bostadslän", ord(u.Personlan, lan))
	rad("Indelning", ord(u.Indelning, func(id string) string { return dimension(id).Etikett }))
	return huvud
}

func ord[T any](varden []T, skriv func(T) string) []string {
	svar := make([]string, len(varden))
	for i, v := range varden {
		svar[i] = skriv(v)
	}
	return svar
}

func konOrd(k register.Kon) string {
	if k == register.KonKvinna {
		return "Kvinnor"
	}
	return "Män"
}

// hogstaAlder stands for no upper bound.
const hogstaAlder = 150

// String is the ages as they are printed: «25–34 år», «65 år eller äldre».
func (s Spann) String() string {
	switch {
	case s.Till >= hogstaAlder:
		return strconv.Itoa(s.Fran) + " år eller äldre"
	case s.Fran == 0:
		return "Under " + strconv.Itoa(s.Till+1) + " år"
	case s.Fran == s.Till:
		return strconv.Itoa(s.Fran) + " år"
	}
	return fmt.Sprintf("%d–%d år", s.Fran, s.Till)
}

// ParseSpann reads the ages as Kod writes them; the contract has held the form.
func ParseSpann(kod string) Spann {
	fran, till, _ := strings.Cut(kod, "-")
	s := Spann{Till: hogstaAlder}
	s.Fran, _ = strconv.Atoi(fran)
	if till != "" {
		s.Till, _ = strconv.Atoi(till)
	}
	return s
}

// Kod is the ages as a code: 25-34, and 65- without an upper bound.
func (s Spann) Kod() string {
	if s.Till >= hogstaAlder {
		return strconv.Itoa(s.Fran) + "-"
	}
	return fmt.Sprintf("%d-%d", s.Fran, s.Till)
}

// uppgifter are the chosen filters by their names on the wire.
func (u Urval) uppgifter() []Uppgift {
	svar := []Uppgift{{"samverkansform", string(u.Samverkansform)}, {"period", u.Tid.Kod()}}
	for _, f := range []struct {
		namn   string
		varden []string
	}{
		{"verksamhetsomrade", u.Verksamhetsomraden}, {"lan", u.Lan}, {"organisationId", ord(u.Organisationer, uuid.UUID.String)}, {"insatsId", ord(u.Insatser, uuid.UUID.String)},
		{"kon", ord(u.Kon, func(k register.Kon) string { return string(k) })}, {"alder", ord(u.Aldrar, Spann.Kod)}, {"kommun", u.Kommuner}, {"personlan", u.Personlan},
		{"indelning", u.Indelning}, {"aldersgranser", ord(u.Aldersgranser, strconv.Itoa)},
	} {
		if len(f.varden) > 0 {
			svar = append(svar, Uppgift{f.namn, f.varden})
		}
	}
	return svar
}

// Filter is something that a choice can be made of, by its parameter's name; Varden are
// the values there are, when they are few.
type Filter struct {
	ID, Etikett string
	Flera       bool
	Varden      []Kategori
}

// Urvalsfilter is every filter, with the codes that hold on a day.
func Urvalsfilter(kodverk register.Kodverk, idag register.Datum) []Filter {
	lista := func(typ register.Kodverkstyp) (svar []Kategori) {
		for _, r := range kodverk.Lista(typ) {
			if k := (Kategori{r.Kod, kodverk.Etikett(typ, r.Kod, idag)}); !slices.Contains(svar, k) {
				svar = append(svar, k)
			}
		}
		return svar
	}
	return []Filter{
		{ID: "samverkansform", Etikett: "Finansieringsform", Varden: lista(register.KodverkSamverkansform)},
		{ID: "budgetar", Etikett: "Budgetår"}, {ID: "fran", Etikett: "Från månad"}, {ID: "till", Etikett: "Till månad"},
		{ID: "period", Etikett: "Period", Varden: []Kategori{{"senaste", "De tolv senaste hela månaderna"}}},
		{ID: "verksamhetsomrade", Etikett: "Verksamhetsområde", Flera: true, Varden: lista(register.KodverkVerksamhetsomrade)},
		{ID: "lan", Etikett: "Län", Flera: true}, {ID: "organisationId", Etikett: "Samverkansorganisation", Flera: true}, {ID: "insatsId", Etikett: "Insats", Flera: true},
		{ID: "kon", Etikett: "Kön", Flera: true, Varden: []Kategori{{string(register.KonKvinna), konOrd(register.KonKvinna)}, {string(register.KonMan), konOrd(register.KonMan)}}},
		{ID: "alder", Etikett: "Ålder", Flera: true}, {ID: "kommun", Etikett: "Bostadskommun", Flera: true}, {ID: "personlan", Etikett: "Bostadslän", Flera: true},
		{ID: "aldersgranser", Etikett: "Var åldersklasserna börjar", Flera: true},
	}
}
