package register

import (
	"time"

	"github.com/google/uuid"
)

// Anonyma is a count of participants without identity, for one year only.
type Anonyma struct {
	ID                uuid.UUID `gorm:"primaryKey"`
	InsatsID          uuid.UUID
	Inregistreringsar int
	AntalKvinnor      int
	AntalMan          int
	Registrerat       time.Time
	RegistreratAv     uuid.UUID

	Varningar []Varning `gorm:"-"` // what was odd in the registration just made
}

// Anonymregistrering is the input of registering anonymous participants.
type Anonymregistrering struct {
	Inregistreringsar int
	AntalKvinnor      int
	AntalMan          int
}

// MaxAnonyma is the highest count of one registration.
const MaxAnonyma = 10_000

// RegistreraAnonyma makes a count of anonymous participants; its ID is the
// store's. The year must touch the time of the insats and of its organisation
// and not be after this year. An insats that only counts is refused (409
// insats-endast-antal): its numbers are volym, not anonyma.
func RegistreraAnonyma(in Anonymregistrering, i Insats, o Samverkansorganisation, kodverk Kodverk, nu time.Time, av uuid.UUID) (Anonyma, error) {
	if i.Deltagarregistrering != MedPersonuppgiftEllerAnonym {
		return Anonyma{}, endastAntal()
	}
	const ar = "/inregistreringsar"
	var f felsamling
	if in.Inregistreringsar > DatumAv(nu).Ar() {
		f.lagg(ar, RegelFramtidaAr)
	}
	forsta := senast(i.Startdatum, o.Startdatum)
	if in.Inregistreringsar < forsta.Ar() || utanforSlut(in.Inregistreringsar, i.Slutdatum) || utanforSlut(in.Inregistreringsar, o.Slutdatum) {
		f.lagg(ar, RegelUtanforInsatsen, "Inregistreringsåret ligger utanför insatsens tid.")
	}
	if utanforSlut(in.Inregistreringsar, kodverk.FormensSistaDag(o.Samverkansform)) {
		f.lagg(ar, RegelEfterSistaRegistreringsdag, "Inregistreringsåret är efter samverkansformens sista registreringsdag.")
	}
	f.antal("/antalKvinnor", in.AntalKvinnor)
	f.antal("/antalMan", in.AntalMan)
	if in.AntalKvinnor == 0 && in.AntalMan == 0 {
		f.lagg("/antalKvinnor", RegelIngetAntal)
	}
	if err := f.err(); err != nil {
		return Anonyma{}, err
	}
	a := Anonyma{
		InsatsID:          i.ID,
		Inregistreringsar: in.Inregistreringsar,
		AntalKvinnor:      in.AntalKvinnor,
		AntalMan:          in.AntalMan,
		Registrerat:       nu,
		RegistreratAv:     av,
	}
	a.Varningar = anonymvarningar(a, DatumAv(nu))
	return a, nil
}

func utanforSlut(ar int, slut *Datum) bool { return slut != nil && ar > slut.Ar() }

func (f *felsamling) antal(pekare string, n int) {
	if n < 0 || n > MaxAnonyma {
		f.lagg(pekare, RegelUtanforGranser, "Antalet ska vara ett heltal från 0 till 10 000.")
	}
}
