package register

import "github.com/google/uuid"

// Inriktning is the direction of an insats.
type Inriktning string

// The two inriktningar.
const (
	InriktningIndivid  Inriktning = "INDIVIDINRIKTAD"
	InriktningStruktur Inriktning = "STRUKTUROVERGRIPANDE"
)

// Deltagarregistrering is how an insats registers its participants.
type Deltagarregistrering string

// The two methods.
const (
	MedPersonuppgiftEllerAnonym Deltagarregistrering = "MED_PERSONUPPGIFT_ELLER_ANONYM"
	EndastAntal                 Deltagarregistrering = "ENDAST_ANTAL"
)

// Insats is an intervention, project or team run within an organisation (domain 3).
type Insats struct {
	ID                     uuid.UUID `gorm:"primaryKey"`
	Nr                     int16     `gorm:"->"`
	OrganisationID         uuid.UUID
	Namn                   string
	Startdatum             Datum
	Slutdatum              *Datum
	Beskrivning            string
	Inriktning             Inriktning
	PreciseradInriktning   string // code in kodverk PRECISERAD_INRIKTNING
	Deltagarregistrering   Deltagarregistrering
	Insatsanordnare        string
	Inmatningsorganisation string // organisationsnummer of the Medlem that registers for an external actor, or ""
	Version                int

	Malgrupper []string `gorm:"-"` // codes in kodverk MALGRUPP, sorted
}
