package register

import (
	"github.com/google/uuid"
)

// Roll is a behörighet (domain 7), or MASKIN for a client of the API.
type Roll string

// The roles. BEHORIG_BESTALLARE comes with the administration.
const (
	RollSusrapport              Roll = "SUSRAPPORT"
	RollSamverkansadministrator Roll = "SAMVERKANSADMINISTRATOR"
	RollInsatsansvarig          Roll = "INSATSANSVARIG"
	RollDeltagaransvarig        Roll = "DELTAGARANSVARIG"
	RollSystemforvaltare        Roll = "SYSTEMFORVALTARE"
	RollMaskin                  Roll = "MASKIN"
)

// Scope is what a machine client may do.
type Scope string

// The scopes of machine clients.
const (
	ScopeDeltagandeSkriv Scope = "deltagande.skriv"
	ScopeDeltagandeLas   Scope = "deltagande.las"
	ScopeRapportLas      Scope = "rapport.las"
)

// Behorighet is one role held in a period, both days included, two years at most.
type Behorighet struct {
	ID          uuid.UUID `gorm:"primaryKey"`
	AnvandareID uuid.UUID
	Roll        Roll
	From        Datum `gorm:"column:giltig_fran"`
	Tom         Datum `gorm:"column:giltig_till"`
}

// Uppdrag ties a role to an organisation or to one insats, today.
type Uppdrag struct {
	Roll           Roll
	OrganisationID uuid.UUID // always set; the insats's own organisation where InsatsID is set
	InsatsID       uuid.UUID // uuid.Nil: the organisation as such
}

// Aktor is who asks: a person with the roles valid today, a machine client, or
// a named job. Every method of store takes it and scopes by it.
type Aktor struct {
	ID             uuid.UUID // anvandare, klient or a job's fixed id
	SessionID      uuid.UUID
	Roller         []Roll
	Scopes         []Scope   // MASKIN only
	OrganisationID uuid.UUID // MASKIN: the client's own organisation
	Uppdrag        []Uppdrag
	System         string // name of the job, "" for people and machines
}
