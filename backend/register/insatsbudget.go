package register

import (
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"
)

// Budgettyp is who pays for a post of an insatsbudget.
type Budgettyp string

// The two kinds.
const (
	BudgetInsatskostnad    Budgettyp = "INSATSKOSTNAD"
	BudgetEsfInsatskostnad Budgettyp = "ESF_INSATSKOSTNAD"
)

// Budgettyper is both, in the order in which they are shown.
var Budgettyper = []Budgettyp{BudgetInsatskostnad, BudgetEsfInsatskostnad}

// Insatsbudgetpost is one cost of an insats. Utfall is nil until it is known.
type Insatsbudgetpost struct {
	Budgettyp    Budgettyp
	Budget       Belopp
	Utfall       *Belopp
	Beskrivning  string
	Organisation string // organisationsnummer; only where the form is TVAPARTSFINSAM, else ""
}

// Insatsbudget is an insats's planned participants and costs of one year. Each change is
// a new version of the whole; the one with the highest number holds.
type Insatsbudget struct {
	InsatsID      uuid.UUID `gorm:"primaryKey"`
	Ar            int       `gorm:"primaryKey"`
	Version       int       `gorm:"primaryKey"` // 0: nothing has been said of the year
	PlaneratAntal *int
	Registrerad   time.Time
	RegistreradAv uuid.UUID

	Poster []Insatsbudgetpost `gorm:"-"`
}

// Insatsbudgetuppgifter is the input of saying it.
type Insatsbudgetuppgifter struct {
	PlaneratAntal *int
	Poster        []Insatsbudgetpost
}

// MaxBudgetposter is how many posts one document may hold.
const MaxBudgetposter = 200

// Summa is what was budgeted and what came of it, summed.
type Summa struct{ Budget, Utfall Belopp }

// Plus is the sum of both.
func (s Summa) Plus(t Summa) Summa { return Summa{s.Budget + t.Budget, s.Utfall + t.Utfall} }

// Summa is the costs of a kind.
func (b Insatsbudget) Summa(typ Budgettyp) (s Summa) {
	for _, p := range b.Poster {
		if p.Budgettyp == typ {
			s = s.Plus(Summa{p.Budget, p.Utfall.eller()})
		}
	}
	return s
}

// SparaInsatsbudget says a year's insatsbudget anew. What says the same as before makes no
// version. Refused: a closed year (409 budgetar-stangt), a year outside the insats, and
// every faulty post at once, also one with an utfall of a year to come.
func SparaInsatsbudget(forr Insatsbudget, in Insatsbudgetuppgifter, r Arsram) (Insatsbudget, error) {
	if err := r.oppet(); err != nil {
		return forr, err
	}
	var f felsamling
	f.ar(r)
	if in.PlaneratAntal != nil {
		f.raknat("/planeratAntal", *in.PlaneratAntal)
	}
	if len(in.Poster) > MaxBudgetposter {
		f.lagg("/poster", RegelForManga, "Budgeten får ha högst 200 poster.")
	}
	poster := slices.Clone(in.Poster)
	for i := range poster {
		poster[i].Beskrivning = strings.TrimSpace(poster[i].Beskrivning)
		f.insatsbudgetpost(element("/poster", i), poster[i], r)
	}
	if err := f.err(); err != nil {
		return forr, err
	}
	ny := Insatsbudget{InsatsID: r.Insats.ID, Ar: r.Ar.Ar, Version: forr.Version + 1, PlaneratAntal: in.PlaneratAntal,
		Registrerad: r.Nu, RegistreradAv: r.Av, Poster: poster}
	if forr.sager(ny) {
		return forr, nil
	}
	return ny, nil
}

// sager is true when both say the same of the year. Nothing said is nothing planned.
func (b Insatsbudget) sager(c Insatsbudget) bool {
	return lika(b.PlaneratAntal, c.PlaneratAntal) && slices.EqualFunc(b.Poster, c.Poster, func(p, q Insatsbudgetpost) bool {
		return p.Budgettyp == q.Budgettyp && p.Budget == q.Budget && likaBelopp(p.Utfall, q.Utfall) &&
			p.Beskrivning == q.Beskrivning && p.Organisation == q.Organisation
	})
}

func (f *felsamling) insatsbudgetpost(pekare string, p Insatsbudgetpost, r Arsram) {
	if p.Budgettyp != BudgetInsatskostnad && p.Budgettyp != BudgetEsfInsatskostnad {
		f.lagg(pekare+"/budgettyp", RegelOkandKod, "Budgettypen finns inte.")
	}
	f.belopp(pekare+"/budget", p.Budget, false)
	f.utfall(pekare+"/utfall", p.Utfall, r)
	f.budgettext(pekare+"/beskrivning", p.Beskrivning)
	switch {
	case p.Organisation == "":
	case r.Organisation.Samverkansform != FormTvapartsfinsam:
		f.lagg(pekare+"/organisation", RegelOrganisationPaPost)
	case !r.Organisation.ingarUnder(p.Organisation, r.Ar.Ar):
		f.lagg(pekare+"/organisation", RegelOkandKod, "Organisationen är ingen ingående organisation under året.")
	}
}
