package register

import (
	"time"

	"github.com/google/uuid"
)

// Insatskoppling is one side's word that an insats of another organisation is the same
// insats, shared between them (domain 3). No person is shared by it.
type Insatskoppling struct {
	InsatsID            uuid.UUID `gorm:"primaryKey"`
	AnnanInsatsID       uuid.UUID `gorm:"primaryKey"`
	OrganisationID      uuid.UUID
	AnnanOrganisationID uuid.UUID
	Sagd                time.Time
	SagdAv              uuid.UUID
}

// Kopplingslage is who has said that two insatser are one.
type Kopplingslage string

// The states, as the insats that is asked about has them.
const (
	Kopplad             Kopplingslage = "KOPPLAD"
	KopplingVantarAndra Kopplingslage = "VANTAR_PA_DEN_ANDRA"
	KopplingVantarEgen  Kopplingslage = "VANTAR_PA_DENNA"
	EjKopplad           Kopplingslage = "EJ_KOPPLAD"
)

// Kopplingar is what both sides have said, nil for nothing.
type Kopplingar struct{ Egen, Andras *time.Time }

// Lage is the state of it.
func (k Kopplingar) Lage() Kopplingslage {
	switch {
	case k.Egen != nil && k.Andras != nil:
		return Kopplad
	case k.Egen != nil:
		return KopplingVantarAndra
	case k.Andras != nil:
		return KopplingVantarEgen
	}
	return EjKopplad
}

// Koppla says that annan, uuid.Nil for one that is not there, is the same insats. Refused:
// one of the same organisation, one that never goes on at the same time, and what has been
// said already (409).
func Koppla(i, annan Insats, k Kopplingar, nu time.Time, av uuid.UUID) (Insatskoppling, error) {
	var f felsamling
	switch {
	case annan.ID == uuid.Nil:
		f.lagg("/insatsId", RegelOkandKod, "Insatsen finns inte.")
	case annan.OrganisationID == i.OrganisationID:
		f.lagg("/insatsId", RegelKopplingEgen)
	case !annan.Tid().Overlappar(i.Tid()):
		f.lagg("/insatsId", RegelKopplingUtanTid)
	}
	if err := f.err(); err != nil {
		return Insatskoppling{}, err
	}
	if k.Egen != nil {
		return Insatskoppling{}, Konflikt(RegelKopplingFinns)
	}
	return Insatskoppling{InsatsID: i.ID, AnnanInsatsID: annan.ID, OrganisationID: i.OrganisationID, AnnanOrganisationID: annan.OrganisationID, Sagd: nu, SagdAv: av}, nil
}

// KopplaIsar takes back what either side has said; nothing said is a conflict.
func KopplaIsar(k Kopplingar) error {
	if k.Lage() == EjKopplad {
		return Konflikt(RegelKopplingSaknas)
	}
	return nil
}
