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
	Deltagarregistrering   Deltagarregistrering
	Insatsanordnare        string
	Inmatningsorganisation string        // organisationsnummer of the Medlem that registers for an external actor, or ""
	Kontaktperson          Kontaktperson `gorm:"embedded;embeddedPrefix:kontakt_"` // for the organisation's own users, as its own
	Version                int

	// What holds on the day it was read for (Vid); Rader is the whole of it.
	PreciseradInriktning string      `gorm:"-"`
	Malgrupper           []string    `gorm:"-"`
	Rader                []Insatsrad `gorm:"-"` // earliest first

	AntalOppna int `gorm:"-"` // for whoever may end it: as it is read, and when a change has just ended it
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
	Kontaktperson          Kontaktperson
	Malgrupper             []string
	GallerFran             *Datum // of a change: the month that preciserad inriktning and målgrupper hold from
}

func (i Inriktning) finns() bool { return i == InriktningIndivid || i == InriktningStruktur }

// Forval is the method an inriktning preselects.
func (i Inriktning) Forval() Deltagarregistrering {
	if i == InriktningStruktur {
		return EndastAntal
	}
	return MedPersonuppgiftEllerAnonym
}

// SkapaInsats makes a new insats in an organisation. It refuses with every
// faulty field at once. ID and Nr are the store's.
func SkapaInsats(in Insatsuppgifter, o Samverkansorganisation, kodverk Kodverk, idag Datum) (Insats, error) {
	if in.Deltagarregistrering == "" {
		in.Deltagarregistrering = in.Inriktning.Forval()
	}
	var f felsamling
	f.insats(in, o)
	f.insatskoder(in, Insatsrad{}, in.tid(), kodverk, o.Samverkansform, idag)
	if in.GallerFran != nil {
		f.lagg("/gallerFran", RegelGallerFranNy)
	}
	if err := f.err(); err != nil {
		return Insats{}, err
	}
	return in.till(Insats{OrganisationID: o.ID, Version: 1, Rader: []Insatsrad{in.rad()}}).Vid(in.Startdatum), nil
}

// AndraInsats replaces the fields of an insats; a method left out is kept. Preciserad
// inriktning and målgrupper are replaced from a month on: what has been stands. The
// organisation never changes. Once something is registered, another method or inriktning,
// and dates that would leave it outside, are conflicts.
func AndraInsats(i Insats, in Insatsuppgifter, o Samverkansorganisation, kodverk Kodverk, r Registrerat, idag Datum) (Insats, error) {
	if in.Deltagarregistrering == "" {
		in.Deltagarregistrering = i.Deltagarregistrering
	}
	var f felsamling
	f.insats(in, o)
	g := fransManad(in.GallerFran, in.Startdatum, in.tid().Narmast(idag))
	f.insatsmanad(g, in.tid())
	rader := inomTiden(i.Rader, in.tid())
	if in.Inriktning == i.Inriktning {
		f.insatskoder(in, vidDag(rader, g.manad), Period{senast(g.dag, in.Startdatum), in.Slutdatum}, kodverk, o.Samverkansform, idag)
		rader = omskrivna(rader, g.manad, in.PreciseradInriktning, in.rad().Malgrupper)
	} else { // nothing is registered: it has never been about the other
		f.insatskoder(in, Insatsrad{}, in.tid(), kodverk, o.Samverkansform, idag)
		rader = []Insatsrad{in.rad()}
	}
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
	if LikaInsatsrader(rader, i.Rader) && reflect.DeepEqual(ny, i) {
		return i.Vid(idag), nil // says what stood: no version
	}
	ny.AntalOppna = r.slutar(i.Slutdatum, in.Slutdatum)
	ny.Version++
	ny.Rader = rader
	return ny.Vid(idag), nil
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
	i.Deltagarregistrering = in.Deltagarregistrering
	i.Insatsanordnare = strings.TrimSpace(in.Insatsanordnare)
	i.Inmatningsorganisation = in.Inmatningsorganisation
	i.Kontaktperson = in.Kontaktperson
	return i
}

// rad is what the insats is about, of all of its time.
func (in Insatsuppgifter) rad() Insatsrad {
	return Insatsrad{Period{Fran: Alltid}, in.PreciseradInriktning, slices.Sorted(slices.Values(in.Malgrupper))}
}

// insats gathers the faults of the fields themselves.
func (f *felsamling) insats(in Insatsuppgifter, o Samverkansorganisation) {
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
	if !in.Inriktning.finns() {
		f.lagg("/inriktning", RegelOkandKod, "Inriktningen finns inte.")
	}
	if in.Deltagarregistrering != MedPersonuppgiftEllerAnonym && in.Deltagarregistrering != EndastAntal {
		f.lagg("/deltagarregistrering", RegelOkandKod, "Sättet att registrera deltagare finns inte.")
	}
	f.kontaktperson(in.Kontaktperson)
	if in.Inmatningsorganisation != "" && !o.ArMedlemUnder(in.Inmatningsorganisation, in.tid()) {
		f.lagg("/inmatningsorganisation", RegelInteMedlem)
	}
}
