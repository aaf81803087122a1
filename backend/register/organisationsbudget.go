package register

import (
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"
)

// Finansieringspost is money that a finansiär puts in for a year.
type Finansieringspost struct {
	Finansiar   string // organisationsnummer of an ingående organisation that is finansiär during the year
	Belopp      Belopp
	Beskrivning string
}

// Kostnadstyp is what an administrative cost is for.
type Kostnadstyp string

// The three kinds (domain 2).
const (
	KostnadKring    Kostnadstyp = "KRING"
	KostnadPersonal Kostnadstyp = "PERSONAL"
	KostnadOvrig    Kostnadstyp = "OVRIG"
)

// Kostnadstyper is all of them, in the order in which they are shown.
var Kostnadstyper = []Kostnadstyp{KostnadKring, KostnadPersonal, KostnadOvrig}

// AdministrativKostnad is a cost of the förbund itself. Utfall is nil until it is known.
type AdministrativKostnad struct {
	Kostnadstyp Kostnadstyp
	Budget      Belopp
	Utfall      *Belopp
	Beskrivning string
}

// Organisationsbudget is an organisation's money of one year. Each change is a new version
// of the whole; the one with the highest number holds.
type Organisationsbudget struct {
	OrganisationID uuid.UUID `gorm:"primaryKey"`
	Ar             int       `gorm:"primaryKey"`
	Version        int       `gorm:"primaryKey"` // 0: nothing has been said of the year
	Registrerad    time.Time
	RegistreradAv  uuid.UUID

	Finansiering   []Finansieringspost    `gorm:"-"`
	Administration []AdministrativKostnad `gorm:"-"`
}

// Organisationsbudgetuppgifter is the input of saying it.
type Organisationsbudgetuppgifter struct {
	Finansiering   []Finansieringspost
	Administration []AdministrativKostnad
}

// Insatskostnader is what is budgeted in one insats during a year, and its volym.
type Insatskostnader struct {
	Insatsbudget Summa // of the kind INSATSKOSTNAD
	Esf          Summa
}

// Medelsslag is who money comes from, as a report of costs tells it.
type Medelsslag string

// The kinds.
const (
	MedelStat     Medelsslag = "STAT"
	MedelRegion   Medelsslag = "REGION"
	MedelKommuner Medelsslag = "KOMMUNER"
	MedelForbund  Medelsslag = "FORBUND"
	MedelEsf      Medelsslag = "ESF"
	MedelOvriga   Medelsslag = "OVRIGA"
	MedelEget     Medelsslag = "EGET_KAPITAL" // a surplus of earlier years, whoever it stands at
)

// Medelsslagen is all of them, in the order in which they are shown.
var Medelsslagen = []Medelsslag{MedelStat, MedelRegion, MedelKommuner, MedelForbund, MedelEsf, MedelOvriga, MedelEget}

// typensMedel is the kind by the type of the finansiär.
var typensMedel = map[Organisationstyp]Medelsslag{
	TypForsakringskassan: MedelStat, TypArbetsformedlingen: MedelStat, TypRegion: MedelRegion, TypKommun: MedelKommuner,
	TypSamordningsforbund: MedelForbund, TypEsf: MedelEsf,
}

// OrdEgetKapital is what a surplus from earlier years is to be described by.
const OrdEgetKapital = "Eget kapital"

// ArEgetKapital is true of a post whose description begins so, however its letters are.
func (p Finansieringspost) ArEgetKapital() bool {
	s := strings.TrimSpace(p.Beskrivning)
	return len(s) >= len(OrdEgetKapital) && strings.EqualFold(s[:len(OrdEgetKapital)], OrdEgetKapital)
}

// Budgetsummor is what a year's budget comes to.
type Budgetsummor struct {
	Medel          map[Medelsslag]Belopp
	Finansiering   Belopp // all of it
	Administration map[Kostnadstyp]Summa
	Adm            Summa
	Insatser, Esf  Summa
	Kvar           Summa // the money, less all costs: as budgeted, and as it came out
}

// Summor adds it up; o tells the type of each finansiär during the year.
func (b Organisationsbudget) Summor(o Samverkansorganisation, insatser []Insatskostnader) Budgetsummor {
	s := Budgetsummor{Medel: map[Medelsslag]Belopp{}, Administration: map[Kostnadstyp]Summa{}}
	for _, p := range b.Finansiering {
		s.Medel[p.medel(o, b.Ar)] += p.Belopp
		s.Finansiering += p.Belopp
	}
	for _, k := range b.Administration {
		egen := Summa{k.Budget, k.Utfall.eller()}
		s.Administration[k.Kostnadstyp] = s.Administration[k.Kostnadstyp].Plus(egen)
		s.Adm = s.Adm.Plus(egen)
	}
	for _, i := range insatser {
		s.Insatser, s.Esf = s.Insatser.Plus(i.Insatsbudget), s.Esf.Plus(i.Esf)
	}
	kostnader := s.Adm.Plus(s.Insatser).Plus(s.Esf)
	s.Kvar = Summa{s.Finansiering - kostnader.Budget, s.Finansiering - kostnader.Utfall}
	return s
}

func (p Finansieringspost) medel(o Samverkansorganisation, ar int) Medelsslag {
	if p.ArEgetKapital() {
		return MedelEget
	}
	i, _ := o.finansiarUnder(p.Finansiar, ar)
	if m, ok := typensMedel[i.Typ]; ok {
		return m
	}
	return MedelOvriga
}

// maxOresavvikelse is how far from its share each part may be: what does not come out even
// in kronor is no departure.
const maxOresavvikelse = 100

// Varningar is what is odd in a year's budget: lag (2003:1210) 5 § divides a förbund's
// money in a half of the state's, a quarter of the region's and a quarter of the kommuner's.
// Eget kapital, ESF and others stand beside [A].
func (s Budgetsummor) Varningar(form Samverkansform) []Varning {
	stat, region, kommuner := s.Medel[MedelStat], s.Medel[MedelRegion], s.Medel[MedelKommuner]
	alla := stat + region + kommuner
	var v varningssamling
	avviker := func(del, delar Belopp) bool {
		d := 4*del - delar*alla
		return d > 4*maxOresavvikelse || d < -4*maxOresavvikelse
	}
	v.lagg(form == FormFinsam && alla > 0 && (avviker(stat, 2) || avviker(region, 1) || avviker(kommuner, 1)), "/finansiering", VarningFordelning)
	return v
}

// SparaOrganisationsbudget says a year's budget anew. What says the same as before makes no
// version. Refused: a closed year (409 budgetar-stangt), a year outside the organisation,
// and every faulty post at once, also one with an utfall of a year to come.
func SparaOrganisationsbudget(forr Organisationsbudget, in Organisationsbudgetuppgifter, r Arsram) (Organisationsbudget, error) {
	if err := r.oppet(); err != nil {
		return forr, err
	}
	var f felsamling
	f.ar(r)
	ny := Organisationsbudget{OrganisationID: r.Organisation.ID, Ar: r.Ar.Ar, Version: forr.Version + 1, Registrerad: r.Nu, RegistreradAv: r.Av,
		Finansiering: slices.Clone(in.Finansiering), Administration: slices.Clone(in.Administration)}
	if len(in.Finansiering) > MaxBudgetposter {
		f.lagg("/finansiering", RegelForManga, "Budgeten får ha högst 200 poster.")
	}
	if len(in.Administration) > MaxBudgetposter {
		f.lagg("/administrativaKostnader", RegelForManga, "Budgeten får ha högst 200 poster.")
	}
	for i := range ny.Finansiering {
		ny.Finansiering[i].Beskrivning = strings.TrimSpace(ny.Finansiering[i].Beskrivning)
		f.finansieringspost(element("/finansiering", i), ny.Finansiering[i], r)
	}
	if len(in.Administration) > 0 && r.Organisation.Samverkansform != FormFinsam {
		f.lagg("/administrativaKostnader", RegelAdministrationBaraFinsam)
	}
	for i := range ny.Administration {
		ny.Administration[i].Beskrivning = strings.TrimSpace(ny.Administration[i].Beskrivning)
		f.administrativKostnad(element("/administrativaKostnader", i), ny.Administration[i], r)
	}
	if err := f.err(); err != nil {
		return forr, err
	}
	if forr.sager(ny) {
		return forr, nil
	}
	return ny, nil
}

func (b Organisationsbudget) sager(c Organisationsbudget) bool {
	return slices.Equal(b.Finansiering, c.Finansiering) && slices.EqualFunc(b.Administration, c.Administration, func(p, q AdministrativKostnad) bool {
		return p.Kostnadstyp == q.Kostnadstyp && p.Budget == q.Budget && likaBelopp(p.Utfall, q.Utfall) && p.Beskrivning == q.Beskrivning
	})
}

func (f *felsamling) finansieringspost(pekare string, p Finansieringspost, r Arsram) {
	i, ok := r.Organisation.finansiarUnder(p.Finansiar, r.Ar.Ar)
	if !ok {
		f.lagg(pekare+"/finansiar", RegelInteFinansiar)
	}
	f.belopp(pekare+"/belopp", p.Belopp, p.ArEgetKapital())
	f.budgettext(pekare+"/beskrivning", p.Beskrivning)
	// A förbund has no other money of its own than what is left of earlier years.
	if i.Typ == TypSamordningsforbund && !p.ArEgetKapital() {
		f.lagg(pekare+"/beskrivning", RegelEgetKapital)
	}
}

func (f *felsamling) administrativKostnad(pekare string, k AdministrativKostnad, r Arsram) {
	if !slices.Contains(Kostnadstyper, k.Kostnadstyp) {
		f.lagg(pekare+"/kostnadstyp", RegelOkandKod, "Kostnadstypen finns inte.")
	}
	f.belopp(pekare+"/budget", k.Budget, false)
	f.utfall(pekare+"/utfall", k.Utfall, r)
	f.budgettext(pekare+"/beskrivning", k.Beskrivning)
}

// StangBudgetar closes a year that has begun: one to come has all that is to be said of it
// left. Refused: 409 budgetar-stangt when it is closed, a year outside the organisation or
// to come.
func StangBudgetar(r Arsram) (Budgetarshandelse, error) {
	if err := r.oppet(); err != nil {
		return Budgetarshandelse{}, err
	}
	var f felsamling
	f.ar(r)
	f.aretHarBorjat("ar", r, "Budgetåret kan stängas först när det har börjat.")
	return r.handelse(true, nil), f.err()
}

// OppnaBudgetar opens a closed year again, with the reason why; 409 budgetar-oppet when it
// is open.
func OppnaBudgetar(r Arsram, skal string) (Budgetarshandelse, error) {
	if !r.Ar.Stangt {
		return Budgetarshandelse{}, Konflikt(RegelBudgetarOppet)
	}
	var f felsamling
	f.skal(skal)
	return r.handelse(false, &skal), f.err()
}

// Budgetarshandelse is that a year was closed, or opened again with a reason.
type Budgetarshandelse struct {
	ID             uuid.UUID `gorm:"primaryKey"` // the store's, and Nr
	OrganisationID uuid.UUID
	Ar             int
	Nr             int
	Stangt         bool
	Skal           *string // of an opening
	Registrerad    time.Time
	RegistreradAv  uuid.UUID
}

func (r Arsram) handelse(stangt bool, skal *string) Budgetarshandelse {
	return Budgetarshandelse{OrganisationID: r.Organisation.ID, Ar: r.Ar.Ar, Stangt: stangt, Skal: skal, Registrerad: r.Nu, RegistreradAv: r.Av}
}

// Finansierat is that somebody has put in money a year.
type Finansierat struct {
	Finansiar string
	Ar        int
}

// ProvaFinansiarer refuses an organisation in which somebody has put in money of a year
// and is no finansiär during it any more (409 finansiar-har-poster).
func (o Samverkansorganisation) ProvaFinansiarer(poster []Finansierat) error {
	for _, p := range poster {
		if _, ok := o.finansiarUnder(p.Finansiar, p.Ar); !ok {
			return konfliktVid("/ingaendeOrganisationer", RegelFinansiarHarPoster)
		}
	}
	return nil
}
