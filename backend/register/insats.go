package register

import (
	"reflect"
	"slices"
	"strings"

	"github.com/google/uuid"
)

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
	AntalOppna int      `gorm:"-"` // when a change has just ended it
}

// Insatsuppgifter is the input of creating and of changing an insats; a change
// replaces all fields. Deltagarregistrering may be left out ("").
type Insatsuppgifter struct {
	OrganisationID         uuid.UUID
	Namn                   string
	Startdatum             Datum
	Slutdatum              *Datum
	Beskrivning            string
	Inriktning             Inriktning
	PreciseradInriktning   string
	Deltagarregistrering   Deltagarregistrering
	Insatsanordnare        string
	Inmatningsorganisation string
	Malgrupper             []string
}

// Forval is the method an inriktning preselects.
func (i Inriktning) Forval() Deltagarregistrering {
	if i == InriktningStruktur {
		return EndastAntal
	}
	return MedPersonuppgiftEllerAnonym
}

// SkapaInsats makes a new insats in an organisation. It refuses with every
// faulty field at once. ID and Nr are the store's.
func SkapaInsats(in Insatsuppgifter, o Samverkansorganisation, kodverk Kodverk) (Insats, error) {
	if in.Deltagarregistrering == "" {
		in.Deltagarregistrering = in.Inriktning.Forval()
	}
	var f felsamling
	f.insats(in, o, kodverk)
	if err := f.err(); err != nil {
		return Insats{}, err
	}
	return in.till(Insats{OrganisationID: o.ID, Version: 1}), nil
}

// AndraInsats replaces the fields of an insats; a method left out is kept. The
// organisation never changes. Once something is registered, another method or
// inriktning, and dates that would leave it outside, are conflicts.
func AndraInsats(i Insats, in Insatsuppgifter, o Samverkansorganisation, kodverk Kodverk, r Registrerat) (Insats, error) {
	if in.Deltagarregistrering == "" {
		in.Deltagarregistrering = i.Deltagarregistrering
	}
	var f felsamling
	f.insats(in, o, kodverk)
	if in.OrganisationID != uuid.Nil && in.OrganisationID != i.OrganisationID {
		f.lagg("/organisationId", RegelOforanderlig, "En insats kan inte flyttas till en annan samverkansorganisation.")
	}
	if err := f.err(); err != nil {
		return i, err
	}
	if r.Finns && in.Deltagarregistrering != i.Deltagarregistrering {
		return i, konfliktVid("/deltagarregistrering", RegelInsatsLast, "Sättet att registrera deltagare kan inte ändras när något har registrerats i insatsen.")
	}
	if r.Finns && in.Inriktning != i.Inriktning {
		return i, konfliktVid("/inriktning", RegelInsatsLast, "Inriktningen kan inte ändras när något har registrerats i insatsen.")
	}
	if err := r.ryms(in.tid()); err != nil {
		return i, err
	}
	ny := in.till(i)
	if slices.Equal(ny.Malgrupper, i.Malgrupper) {
		if ny.Malgrupper = i.Malgrupper; reflect.DeepEqual(ny, i) {
			return i, nil // says what stood: no version
		}
	}
	ny.AntalOppna = r.slutar(i.Slutdatum, in.Slutdatum)
	ny.Version++
	return ny, nil
}

// tarDeltaganden refuses an insats where nobody has a deltagande: one that only counts,
// and an office of Af/FK-samarbetet, where a person's period is a medverkan (domain 6).
// No samtycke is taken there either, for it would lead to nothing; anonyma are counted.
func (i Insats) tarDeltaganden(o Samverkansorganisation) error {
	switch {
	case i.Deltagarregistrering != MedPersonuppgiftEllerAnonym:
		return endastAntal()
	case o.Samverkansform == FormAfFkSamarbete:
		return Konflikt(RegelAfFkMedverkan)
	}
	return nil
}

func (in Insatsuppgifter) till(i Insats) Insats {
	i.Namn = strings.TrimSpace(in.Namn)
	i.Startdatum = in.Startdatum
	i.Slutdatum = in.Slutdatum
	i.Beskrivning = in.Beskrivning
	i.Inriktning = in.Inriktning
	i.PreciseradInriktning = in.PreciseradInriktning
	i.Deltagarregistrering = in.Deltagarregistrering
	i.Insatsanordnare = strings.TrimSpace(in.Insatsanordnare)
	i.Inmatningsorganisation = in.Inmatningsorganisation
	i.Malgrupper = slices.Sorted(slices.Values(in.Malgrupper))
	return i
}

// insats gathers the faults of the fields themselves.
func (f *felsamling) insats(in Insatsuppgifter, o Samverkansorganisation, kodverk Kodverk) {
	f.obligatorisk("/namn", in.Namn, MaxNamn)
	f.text("/beskrivning", in.Beskrivning, MaxBeskrivning, true)
	f.text("/insatsanordnare", in.Insatsanordnare, MaxNamn, false)
	f.ingetPersonnummer("/namn", in.Namn)
	f.ingetPersonnummer("/beskrivning", in.Beskrivning)
	f.ingetPersonnummer("/insatsanordnare", in.Insatsanordnare)
	f.period(in.tid())
	if in.Startdatum.Angett() && !o.Tid().Omfattar(in.Startdatum) {
		f.lagg("/startdatum", RegelUtanforOrganisationen, "Startdatum ligger utanför samverkansorganisationens tid.")
	}
	if in.Slutdatum != nil && o.Tid().slutarFore(*in.Slutdatum) {
		f.lagg("/slutdatum", RegelUtanforOrganisationen, "Slutdatum ligger utanför samverkansorganisationens tid.")
	}
	kand := in.Inriktning == InriktningIndivid || in.Inriktning == InriktningStruktur
	if !kand {
		f.lagg("/inriktning", RegelOkandKod, "Inriktningen finns inte.")
	}
	r, ok := kodverk.GiltigUnder(KodverkPreciseradInriktning, in.PreciseradInriktning, in.tid(), o.Samverkansform)
	if !ok {
		f.lagg("/preciseradInriktning", RegelOkandKod, "Den preciserade inriktningen finns inte under insatsens tid.")
	} else if kand && r.Tillhor != string(in.Inriktning) {
		f.lagg("/preciseradInriktning", RegelFelInriktning)
	}
	if in.Deltagarregistrering != MedPersonuppgiftEllerAnonym && in.Deltagarregistrering != EndastAntal {
		f.lagg("/deltagarregistrering", RegelOkandKod, "Sättet att registrera deltagare finns inte.")
	}
	for n, kod := range in.Malgrupper {
		if _, ok := kodverk.GiltigUnder(KodverkMalgrupp, kod, in.tid(), o.Samverkansform); !ok {
			f.lagg(element("/malgrupper", n), RegelOkandKod, "Målgruppen finns inte under insatsens tid.")
		}
	}
	f.unika("/malgrupper", in.Malgrupper)
	if in.Inmatningsorganisation != "" && !o.ArMedlemUnder(in.Inmatningsorganisation, in.tid()) {
		f.lagg("/inmatningsorganisation", RegelInteMedlem)
	}
}
