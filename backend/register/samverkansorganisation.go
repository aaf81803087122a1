package register

import "github.com/google/uuid"

// Samverkansform is the form of cooperation; its printed label is «Finansieringsform».
type Samverkansform string

// The forms of samverkan.
const (
	FormFinsam                  Samverkansform = "FINSAM"
	FormTvapartsfinsam          Samverkansform = "TVAPARTSFINSAM"
	FormHandlingsplanssamverkan Samverkansform = "HANDLINGSPLANSSAMVERKAN"
	FormAfFkSamarbete           Samverkansform = "AF_FK_SAMARBETE"
)

// Samverkansorganisation is the body that is followed up (domain 2).
type Samverkansorganisation struct {
	ID                  uuid.UUID `gorm:"primaryKey"`
	Nr                  int16     `gorm:"->"` // the small integer of the fact tables, given by the database
	Namn                string
	Organisationsnummer string
	Samverkansform      Samverkansform
	Beskrivning         string
	Startdatum          Datum
	Slutdatum           *Datum
	Verksamhetsomrade   string        // code in kodverk VERKSAMHETSOMRADE
	Lan                 string        // two digits, follows from the kommuner (LanAv)
	Adress              Adress        `gorm:"embedded;embeddedPrefix:adress_"`
	Kontaktperson       Kontaktperson `gorm:"embedded;embeddedPrefix:kontakt_"`
	Version             int

	Kommuner   []string               `gorm:"-"` // SCB codes, sorted
	Stadsdelar []string               `gorm:"-"` // codes in kodverk STADSDEL, sorted
	Ingaende   []IngaendeOrganisation `gorm:"-"` // in the order given
}

// Adress is where the organisation is reached.
type Adress struct {
	Gata, Postnummer, Ort, Telefon, Epost string
}

// Kontaktperson is shown to the organisation's own users only.
type Kontaktperson struct {
	Namn, Titel, Telefon, Epost string
}

// Organisationstyp is what kind of body an ingående organisation is; the flags' defaults follow it.
type Organisationstyp string

// The kinds of ingående organisation.
const (
	TypForsakringskassan  Organisationstyp = "FORSAKRINGSKASSAN"
	TypArbetsformedlingen Organisationstyp = "ARBETSFORMEDLINGEN"
	TypRegion             Organisationstyp = "REGION"
	TypKommun             Organisationstyp = "KOMMUN"
	TypSamordningsforbund Organisationstyp = "SAMORDNINGSFORBUND"
)

// IngaendeOrganisation takes part with three independent flags.
type IngaendeOrganisation struct {
	Namn                         string
	Organisationsnummer          string
	Typ                          Organisationstyp
	Medlem, Finansiar, Konsument bool
}
