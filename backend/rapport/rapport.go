package rapport

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"time"

	"github.com/google/uuid"

	"sus/backend/register"
)

// Urval is what a report is asked for. The zero value of an optional filter
// means that it was not chosen.
type Urval struct {
	Samverkansform    register.Samverkansform // required
	Budgetar          int                     // required; a calendar year
	Verksamhetsomrade string                  // code in kodverk VERKSAMHETSOMRADE, or ""
	Lan               string                  // two digits: the organisation's län, or ""
	OrganisationID    uuid.UUID               // or uuid.Nil
	InsatsID          uuid.UUID               // or uuid.Nil
	Kon               register.Kon            // or ""
}

// RapportForstaAr is the first year that can be asked for, before SUS began.
const RapportForstaAr = 2000

// SistaAr is the last year that can be asked for on the day idag: the next one. A
// later one is a mistyped year, and must not become an empty report.
func SistaAr(idag register.Datum) int { return idag.Ar() + 1 }

// Validera refuses an urval whose form, year or codes do not exist (422, every
// faulty field). Whether the organisation and the insats exist, and fit the
// rest, is Urvalsnamn's to say.
func (u Urval) Validera(kodverk register.Kodverk, idag register.Datum) error {
	var fel []register.Faltfel
	switch u.Samverkansform {
	case register.FormFinsam, register.FormTvapartsfinsam, register.FormHandlingsplanssamverkan, register.FormAfFkSamarbete:
	default:
		fel = append(fel, register.RegelOkandKod.Vid("/samverkansform", "Välj en av samverkansformerna."))
	}
	if sista := SistaAr(idag); u.Budgetar < RapportForstaAr || u.Budgetar > sista {
		fel = append(fel, register.RegelBudgetar.Vid("/budgetar", fmt.Sprintf("Budgetåret ska vara ett år från %d till %d.", RapportForstaAr, sista)))
	}
	if _, finns := kodverk.Rad(register.KodverkVerksamhetsomrade, u.Verksamhetsomrade); u.Verksamhetsomrade != "" && !finns {
		fel = append(fel, register.RegelOkandKod.Vid("/verksamhetsomrade", "Verksamhetsområdet finns inte i kodverket."))
	}
	switch u.Kon {
	case "", register.KonKvinna, register.KonMan:
	default:
		fel = append(fel, register.RegelOkandKod.Vid("/kon", "Kön ska vara KVINNA eller MAN."))
	}
	return register.OgiltigaFalt(fel)
}

// Tid is the days of the budgetår.
func (u Urval) Tid() register.Period {
	return register.NyPeriod(register.NyttDatum(u.Budgetar, 1, 1), u.sistaDag())
}

// sistaDag is the day whose labels the report prints.
func (u Urval) sistaDag() register.Datum { return register.NyttDatum(u.Budgetar, 12, 31) }

// Urvalsnamn is what the head needs beyond the urval itself; the store looks
// it up. A nil pointer means that the thing was not chosen.
type Urvalsnamn struct {
	Organisation *Organisationsnamn // the chosen one, or that of the chosen insats
	Insats       *string
	LanNamn      string // "" when no län was chosen, or no such län exists
	IngenIBada   bool   // verksamhetsområde and län were chosen, and no organisation of the form stood in both
}

// Organisationsnamn is as much of an organisation as a report may see.
type Organisationsnamn struct {
	ID             uuid.UUID
	Namn           string
	Samverkansform register.Samverkansform
	Rader          []register.Organisationsrad // where it stood during the budgetår, earliest first
	LanNamn        map[string]string           // by code, of the län that its kommuner lie in
}

// overAret is what the organisation's rows of the year say, with the day of each change:
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

// Prova refuses an urval whose parts exclude each other (422): the report
// would be empty and read as «no participants», which is not what was asked.
// It also refuses a län that does not exist.
func (n Urvalsnamn) Prova(u Urval) error {
	var fel []register.Faltfel
	if u.Lan != "" && n.LanNamn == "" {
		fel = append(fel, register.RegelOkandKod.Vid("/lan", "Länet finns inte."))
	}
	if o := n.Organisation; o != nil {
		falt := "/organisationId"
		if u.OrganisationID == uuid.Nil {
			falt = "/insatsId"
		}
		if u.OrganisationID != uuid.Nil && o.ID != u.OrganisationID {
			fel = append(fel, register.RegelAnnanOrganisation.Vid("/insatsId"))
		}
		if o.Samverkansform != u.Samverkansform {
			fel = append(fel, register.RegelAnnanSamverkansform.Vid(falt))
		}
		// Of the budgetår: the months that it stood elsewhere are not counted, and when
		// it never stood there the choice is of nothing.
		stod := slices.DeleteFunc(slices.Clone(o.Rader), func(r register.Organisationsrad) bool {
			return u.Verksamhetsomrade != "" && r.Verksamhetsomrade != u.Verksamhetsomrade
		})
		if u.Verksamhetsomrade != "" && len(stod) == 0 {
			fel = append(fel, register.RegelAnnatVerksamhetsomrade.Vid(falt))
			stod = o.Rader
		}
		if u.Lan != "" && !slices.ContainsFunc(stod, func(r register.Organisationsrad) bool { return r.Lan == u.Lan }) {
			fel = append(fel, register.RegelAnnatLan.Vid(falt))
		}
	}
	return register.OgiltigaFalt(fel)
}

// Forsorjningsunderlag is what the facts say under an urval: deltaganden
// counted by their set of försörjning, unique persons counted as such, how many of
// the deltaganden lead to nobody any more, and the anonyma of the year.
type Forsorjningsunderlag struct {
	Start, Slut                     []Forsorjningsgrupp
	StartUnika, SlutUnika           int
	StartUtanPerson, SlutUtanPerson int
	Anonyma, Volym                  int
}

// Forsorjningsgrupp is the deltaganden that share the same sets of bits
// (Kodrad.Bit); FaktSaknas is no measurement. Efter is used in the end part only.
type Forsorjningsgrupp struct {
	Fore, Efter int32
	Antal       int
}

// Forsorjningsrapport is Deltagarrapport försörjning: the försörjning of those
// who started and of those who ended in a budgetår (domain 8.1).
type Forsorjningsrapport struct {
	Titel       string
	Korningstid time.Time
	Urval       Urval
	Namn        Urvalsnamn
	Huvud       []Huvudrad
	Start       ForsorjningStart
	Slut        ForsorjningSlut
	Tackning    Tackning
	Fotnoter    []string // of the whole report
}

// ForsorjningStart counts by startdag.
type ForsorjningStart struct {
	Antal, Unika int
	Noter        []string
	Rader        []ForsorjningStartrad
}

// ForsorjningStartrad is one försörjning at start; its share is Antal of Namnare.
type ForsorjningStartrad struct {
	Kod, Etikett   string
	Antal, Namnare int
}

// ForsorjningSlut counts by avslutningsdag. UtanMatning are those of Antal who
// ended without measurement: counted among the ended, and in no AntalEfter. Matta
// are the others, who can be compared with themselves.
type ForsorjningSlut struct {
	Antal, Unika, UtanMatning, Matta int
	Varning                          string // that so many ended without measurement that Förändring misleads, or ""
	Noter                            []string
	NoterMatta                       []string // of the table among those measured
	Rader                            []ForsorjningSlutrad
}

// ForsorjningSlutrad is one försörjning before and after, of the same
// deltaganden. ForandringProcent is unrounded and nil when AntalFore is 0.
type ForsorjningSlutrad struct {
	Kod, Etikett          string
	AntalFore, AntalEfter int
	Namnare               int
	Forandring            int
	ForandringProcent     *float64
	ForsorjningMatta
}

// ForsorjningMatta is the same of those who ended with measurement alone: who no
// longer had the försörjning (Lamnat), had got it (Tillkommit), and had it both before
// and after (Kvar). AntalEfter is theirs already: nobody else has an after.
type ForsorjningMatta struct {
	AntalForeMatta, NamnareMatta int
	Lamnat, Tillkommit, Kvar     int
	ForandringMatta              int
	ForandringProcentMatta       *float64
}

// The report's fixed texts. Titles, headings, count lines and the first two
// notes are verbatim from the printed original (seed 000).
const (
	titelForsorjning     = "SUS - Deltagarrapport försörjning"
	notFlera1            = "Observera att en deltagare kan ha flera olika försörjningskällor vid start- och sluttillfället!"
	notFlera2            = "Totalsumman av antalet försörjningar nedan kommer därför vanligtvis vara högre än antalet deltagare"
	notUtanMatning       = "För de deltagare som avslutas med avslutsanledning 'utan mätning' har inte försörjning eller sysselsättning efter insatsen registrerats."
	fotnotUnika          = "Om en deltagare återkallar sitt samtycke kan deltagandet inte längre kopplas till personen. Antalet unika deltagare kan därför öka med en."
	fotnotAnonyma        = "Deltagare som registrerats anonymt och volyminsatser ingår inte."
	datasetForsorjning   = "deltagarrapport-forsorjning"
	rubrikStart          = "Deltagarnas försörjning vid start för budgetår %d"
	rubrikSlut           = "Deltagarnas försörjning vid avslut för budgetår %d"
	antalsradStart       = "Totalt antal deltagare som startat (registrerats in) under året: %d"
	antalsradSlut        = "Totalt antal deltagare som slutat (registrerats ut) under året: %d"
	antalsradUnika       = "Varav unika deltagare: %d"
	antalsradUtanMatning = "Varav avslutade utan mätning: %d"
	rubrikMatta          = "Bland dem som mätts: deltagarnas försörjning vid avslut för budgetår %d"
	antalsradMatta       = "Antal deltagare som slutat (registrerats ut) under året med mätning: %d"
	notMatta             = "Bara de som avslutats med mätning räknas. Lämnat: hade försörjningen före men inte efter. Tillkommit: efter men inte före. Kvar: både före och efter."
	ingenIBada           = "Ingen samverkansorganisation med finansieringsformen hör under året till både verksamhetsområdet och länet."
	varningUtanMatning   = "%d av %d som slutat (%d%%) har ingen mätning efter insatsen. I den tryckta förändringen räknas de som om de lämnat sin försörjning: jämför med tabellen bland dem som mätts."
)

// varningOverProcent is the share of the ended without measurement above which it is
// warned that the printed Förändring counts them as having left their försörjning.
const varningOverProcent = 10

// SkriverUt is the titles of the reports that print codes of a list: what a change of one shows in.
func SkriverUt(typ register.Kodverkstyp) []string {
	switch typ {
	case register.KodverkForsorjning, register.KodverkVerksamhetsomrade, register.KodverkSamverkansform:
		return []string{titelForsorjning}
	}
	return nil
}

// NyForsorjningsrapport makes the report of what the facts say. Every code that kodverk
// FORSORJNING had in the period gives a row, in the printed order, and so does one that is
// counted though it did not hold.
func NyForsorjningsrapport(u Urval, namn Urvalsnamn, kodverk register.Kodverk, underlag Forsorjningsunderlag, korningstid time.Time) Forsorjningsrapport {
	r := Forsorjningsrapport{
		Titel: titelForsorjning, Korningstid: korningstid, Urval: u, Namn: namn, Huvud: forsorjningshuvud(u, namn, kodverk),
		Fotnoter: []string{fotnotUnika, fotnotAnonyma},
	}
	r.Start.Noter = []string{notFlera1, notFlera2}
	r.Slut.Noter = []string{notFlera1, notFlera2, notUtanMatning}
	r.Slut.NoterMatta = []string{notFlera1, notFlera2, notMatta}
	r.Start.Unika, r.Slut.Unika = underlag.StartUnika, underlag.SlutUnika
	for _, g := range underlag.Start {
		r.Start.Antal += g.Antal
	}
	for _, g := range underlag.Slut {
		r.Slut.Antal += g.Antal
		if g.Efter == register.FaktSaknas {
			r.Slut.UtanMatning += g.Antal
		}
	}
	r.Slut.Matta = r.Slut.Antal - r.Slut.UtanMatning
	if 100*r.Slut.UtanMatning > varningOverProcent*r.Slut.Antal {
		r.Slut.Varning = fmt.Sprintf(varningUtanMatning, r.Slut.UtanMatning, r.Slut.Antal, HelProcent(r.Slut.UtanMatning, r.Slut.Antal))
	}
	r.Tackning = nyTackning(r.Start.Antal, r.Slut.Antal, underlag)
	for _, kod := range forsorjningar(kodverk, u, underlag) {
		start := ForsorjningStartrad{Kod: kod.Kod, Etikett: kod.Etikett, Namnare: r.Start.Antal}
		for _, g := range underlag.Start {
			start.Antal += g.med(g.Fore, *kod.Bit)
		}
		slut := ForsorjningSlutrad{Kod: kod.Kod, Etikett: kod.Etikett, Namnare: r.Slut.Antal}
		slut.NamnareMatta = r.Slut.Matta
		for _, g := range underlag.Slut {
			fore, efter := g.med(g.Fore, *kod.Bit), g.med(g.Efter, *kod.Bit)
			slut.AntalFore += fore
			slut.AntalEfter += efter
			if g.Efter == register.FaktSaknas {
				continue
			}
			slut.AntalForeMatta += fore
			switch {
			case fore == 0:
				slut.Tillkommit += efter
			case efter == 0:
				slut.Lamnat += fore
			default:
				slut.Kvar += fore
			}
		}
		slut.Forandring = slut.AntalEfter - slut.AntalFore
		slut.ForandringProcent = procent(slut.Forandring, slut.AntalFore)
		slut.ForandringMatta = slut.AntalEfter - slut.AntalForeMatta
		slut.ForandringProcentMatta = procent(slut.ForandringMatta, slut.AntalForeMatta)
		r.Start.Rader = append(r.Start.Rader, start)
		r.Slut.Rader = append(r.Slut.Rader, slut)
	}
	return r
}

// med is how many of the group have the bit in mangd; none where it is missing.
func (g Forsorjningsgrupp) med(mangd int32, bit int16) int {
	if mangd == register.FaktSaknas || mangd>>bit&1 == 0 {
		return 0
	}
	return g.Antal
}

// forsorjningar are the codes with a place in the facts that held in the period, or are
// counted in it, one row each and as it was on the period's last day that it held, in the
// printed order (domain 8.1): the form's backwards, with the one that excludes the others last.
func forsorjningar(k register.Kodverk, u Urval, underlag Forsorjningsunderlag) []register.Kodrad {
	var raknade int32
	for _, grupper := range [][]Forsorjningsgrupp{underlag.Start, underlag.Slut} {
		for _, g := range grupper {
			for _, mangd := range []int32{g.Fore, g.Efter} {
				if mangd != register.FaktSaknas {
					raknade |= mangd
				}
			}
		}
	}
	lista := k.Lista(register.KodverkForsorjning)
	forst := u.sistaDag() // the first codes are as if they had been there from the start
	if len(lista) > 0 {
		forst = slices.MinFunc(lista, func(a, b register.Kodrad) int { return a.Fran.Borjan().Compare(b.Fran.Borjan()) }).Fran
	}
	gallde := func(r register.Kodrad) bool {
		return r.Overlappar(u.Tid()) || r.Fran == forst && u.sistaDag().Fore(forst)
	}
	sist := map[string]register.Kodrad{}
	for _, r := range lista {
		forra, finns := sist[r.Kod]
		senare := !finns || r.Fran.Efter(forra.Fran)
		switch {
		case r.Bit == nil:
		case gallde(r) && (senare || !gallde(forra)), raknade>>*r.Bit&1 == 1 && senare && (!finns || !gallde(forra)):
			sist[r.Kod] = r
		}
	}
	rader := slices.SortedFunc(maps.Values(sist), func(a, b register.Kodrad) int { return cmp.Compare(a.Kod, b.Kod) })
	slices.SortStableFunc(rader, func(a, b register.Kodrad) int {
		if a.Exklusiv != b.Exklusiv {
			if a.Exklusiv {
				return 1
			}
			return -1
		}
		return cmp.Compare(b.Ordning, a.Ordning)
	})
	return rader
}

// forsorjningshuvud prints the filters under their labels. Verksamhetsområde
// follows from a chosen organisation, and the organisation from a chosen
// insats, so both are printed then too, as the original does.
func forsorjningshuvud(u Urval, namn Urvalsnamn, kodverk register.Kodverk) []Huvudrad {
	huvud := []Huvudrad{
		{"Finansieringsform", kodverk.Etikett(register.KodverkSamverkansform, string(u.Samverkansform), u.sistaDag())},
		{"Budgetår", strconv.Itoa(u.Budgetar)},
	}
	omrade := func(kod string) string {
		return kodverk.Etikett(register.KodverkVerksamhetsomrade, kod, u.sistaDag())
	}
	switch {
	case u.Verksamhetsomrade != "":
		huvud = append(huvud, Huvudrad{"Verksamhetsområde", omrade(u.Verksamhetsomrade)})
	case namn.Organisation != nil:
		huvud = append(huvud, Huvudrad{"Verksamhetsområde", namn.Organisation.overAret(func(r register.Organisationsrad) string { return omrade(r.Verksamhetsomrade) })})
	}
	if u.Lan != "" {
		huvud = append(huvud, Huvudrad{"Län", namn.LanNamn})
	}
	if namn.IngenIBada {
		huvud = append(huvud, Huvudrad{"Observera", ingenIBada})
	}
	if namn.Organisation != nil {
		huvud = append(huvud, Huvudrad{"Samverkansorg", namn.Organisation.Namn})
		if i := namn.Organisation.overLansgrans(); i != "" {
			huvud = append(huvud, Huvudrad{register.OrdRaknasTill, i})
		}
	}
	if namn.Insats != nil {
		huvud = append(huvud, Huvudrad{"Insats", *namn.Insats})
	}
	switch u.Kon {
	case register.KonKvinna:
		huvud = append(huvud, Huvudrad{"Kön", "Kvinnor"})
	case register.KonMan:
		huvud = append(huvud, Huvudrad{"Kön", "Män"})
	}
	return huvud
}
