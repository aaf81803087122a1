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
	Version           int

	Varningar []Varning `gorm:"-"` // what was odd in the registration just made
}

// Anonymaversion is what anonyma have said, from one correction to the next.
type Anonymaversion struct {
	AnonymaID         uuid.UUID
	InsatsID          uuid.UUID
	Version           int
	Inregistreringsar int
	AntalKvinnor      int
	AntalMan          int
	Skal              *string // nil of the first
	Registrerad       time.Time
	RegistreradAv     uuid.UUID
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
	var f felsamling
	f.anonyma(in, i, o, kodverk, nu)
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
		Version:           1,
	}
	a.Varningar = anonymvarningar(a, DatumAv(nu))
	return a, nil
}

// RattaAnonyma replaces year and counts by a new version, with the reason why; what says
// the same as before makes none. Anonyma that should not have been registered at all are
// corrected to nobody: nothing is ever taken away.
func RattaAnonyma(a Anonyma, in Anonymregistrering, skal string, i Insats, o Samverkansorganisation, kodverk Kodverk, nu time.Time) (Anonyma, error) {
	var f felsamling
	f.anonyma(in, i, o, kodverk, nu)
	f.skal(skal)
	if err := f.err(); err != nil {
		return a, err
	}
	ny := a
	ny.Inregistreringsar, ny.AntalKvinnor, ny.AntalMan = in.Inregistreringsar, in.AntalKvinnor, in.AntalMan
	if ny.sager(a) {
		return a, nil
	}
	ny.Version++
	return ny, nil
}

func (a Anonyma) sager(annan Anonyma) bool {
	return a.Inregistreringsar == annan.Inregistreringsar && a.AntalKvinnor == annan.AntalKvinnor && a.AntalMan == annan.AntalMan
}

// SomVersion is what the anonyma say now, registered or corrected by av at nu.
func (a Anonyma) SomVersion(skal *string, nu time.Time, av uuid.UUID) Anonymaversion {
	return Anonymaversion{a.ID, a.InsatsID, a.Version, a.Inregistreringsar, a.AntalKvinnor, a.AntalMan, skal, nu, av}
}

// anonyma gathers the faults of year and counts.
func (f *felsamling) anonyma(in Anonymregistrering, i Insats, o Samverkansorganisation, kodverk Kodverk, nu time.Time) {
	const ar = "/inregistreringsar"
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
}

func utanforSlut(ar int, slut *Datum) bool { return slut != nil && ar > slut.Ar() }

func (f *felsamling) antal(pekare string, n int) {
	if n < 0 || n > MaxAnonyma {
		f.lagg(pekare, RegelUtanforGranser, "Antalet ska vara ett heltal från 0 till 10 000.")
	}
}
