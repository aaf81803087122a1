package register

import (
	"time"

	"github.com/google/uuid"
)

// Budgetar is a calendar year of an organisation, which its administrator closes: then
// neither its budget nor volym and budget of its insatser change.
type Budgetar struct {
	OrganisationID uuid.UUID
	Ar             int
	Stangt         bool
}

// Arsram is what the rules of a year's volym and budget ask: the year, the insats when
// it is one's, its organisation and the code lists.
type Arsram struct {
	Ar           Budgetar
	Insats       *Insats
	Organisation Samverkansorganisation
	Kodverk      Kodverk
	Nu           time.Time
	Av           uuid.UUID
}

// helaAret is every day of a year.
func helaAret(ar int) Period { return NyPeriod(NyttDatum(ar, 1, 1), NyttDatum(ar, 12, 31)) }

// oppet refuses what a closed year locks.
func (r Arsram) oppet() error {
	if r.Ar.Stangt {
		return Konflikt(RegelBudgetarStangt)
	}
	return nil
}

// ar gathers the faults of the year, which stands in the address: it must touch the time
// of the insats and of the organisation, and that of the organisation's form.
func (f *felsamling) ar(r Arsram) {
	const pekare = "ar"
	aret := helaAret(r.Ar.Ar)
	switch {
	case r.Insats != nil && !r.Insats.Tid().Overlappar(aret):
		f.lagg(pekare, RegelUtanforInsatsen, "Året ligger utanför insatsens tid.")
	case !r.Organisation.Tid().Overlappar(aret):
		f.lagg(pekare, RegelUtanforOrganisationen, "Året ligger utanför samverkansorganisationens tid.")
	}
	if utanforSlut(r.Ar.Ar, r.Kodverk.FormensSistaDag(r.Organisation.Samverkansform)) {
		f.lagg(pekare, RegelEfterSistaRegistreringsdag, "Året är efter samverkansformens sista registreringsdag.")
	}
}

// aretHarBorjat gathers at pekare what is said of a year to come and nobody can know of it
// yet: how many took part, what something came to, and that nothing more is to be said. A
// budget is planned ahead.
func (f *felsamling) aretHarBorjat(pekare string, r Arsram, ord string) {
	if r.Ar.Ar > DatumAv(r.Nu).Ar() {
		f.lagg(pekare, RegelFramtidaAr, ord)
	}
}

// utfall gathers the faults of what a post came to, nil when it is not known.
func (f *felsamling) utfall(pekare string, utfall *Belopp, r Arsram) {
	f.beloppOm(pekare, utfall, true)
	if utfall != nil {
		f.aretHarBorjat(pekare, r, "Utfall anges först när året har börjat. Lämna det tomt.")
	}
}

// MaxBudgettext is the longest description of a post, in characters.
const MaxBudgettext = 500

// budgettext gathers the faults of a post's description.
func (f *felsamling) budgettext(pekare, s string) {
	f.text(pekare, s, MaxBudgettext, false)
	f.ingetPersonnummer(pekare, s)
}
