package register

import (
	"slices"
	"strings"

	"github.com/google/uuid"
)

// Myndighet is a row of the one register of agencies: whoever is or can be an ingående
// organisation, employs a user or owns a client. Which one it is its organisationsnummer
// says, and nothing else does.
type Myndighet struct {
	ID                  uuid.UUID `gorm:"primaryKey"`
	Organisationsnummer string
	Namn                string
	Typ                 Organisationstyp
	Version             int
}

// Myndighetsuppgifter is the input of creating and of changing one; a change replaces all
// fields.
type Myndighetsuppgifter struct {
	Organisationsnummer string
	Namn                string
	Typ                 Organisationstyp
}

// FarAndraMyndigheter is true for Försäkringskassan, which keeps the register, and for its
// commands.
func (a Aktor) FarAndraMyndigheter() bool { return a.System != "" || a.HarRoll(RollSystemforvaltare) }

// Finns is true for a type there is.
func (t Organisationstyp) Finns() bool {
	switch t {
	case TypForsakringskassan, TypArbetsformedlingen, TypRegion, TypKommun, TypSamordningsforbund, TypEsf, TypOvrig:
		return true
	}
	return false
}

// SkapaMyndighet makes a new row. ID is the store's; that no other has the number is the
// store's constraint (409 myndighet-finns).
func SkapaMyndighet(in Myndighetsuppgifter) (Myndighet, error) {
	var f felsamling
	f.myndighet(in)
	return in.till(Myndighet{Version: 1}), f.err()
}

// AndraMyndighet gives an agency another name or type. The organisationsnummer is who it
// is: another number is another agency.
func AndraMyndighet(m Myndighet, in Myndighetsuppgifter) (Myndighet, error) {
	var f felsamling
	f.myndighet(in)
	if in.Organisationsnummer != m.Organisationsnummer {
		f.lagg("/organisationsnummer", RegelOforanderlig, "Organisationsnumret kan inte ändras: ett annat nummer är en annan organisation.")
	}
	if err := f.err(); err != nil {
		return m, err
	}
	ny := in.till(m)
	if ny != m {
		ny.Version++
	}
	return ny, nil
}

func (in Myndighetsuppgifter) till(m Myndighet) Myndighet {
	m.Organisationsnummer, m.Namn, m.Typ = in.Organisationsnummer, strings.TrimSpace(in.Namn), in.Typ
	return m
}

func (f *felsamling) myndighet(in Myndighetsuppgifter) {
	f.organisationsnummer("/organisationsnummer", in.Organisationsnummer)
	f.obligatorisk("/namn", in.Namn, MaxNamn)
	f.ingetPersonnummer("/namn", in.Namn)
	if !in.Typ.Finns() {
		f.lagg("/typ", RegelOkandKod, "Organisationstypen finns inte.")
	}
}

// MyndighetFinns is the refusal of a number that the agency id has.
func MyndighetFinns(id uuid.UUID) *Error {
	e := konfliktVid("/organisationsnummer", RegelMyndighetFinns)
	e.Finns = id
	return e
}

// UrRegistret gives each ingående organisation the name and type that the register of
// agencies has, whatever was sent; one that is not there stays as it was sent, and is Ny.
func UrRegistret(lista []IngaendeOrganisation, register []Myndighet) []IngaendeOrganisation {
	svar := slices.Clone(lista)
	for i := range svar {
		n := slices.IndexFunc(register, func(m Myndighet) bool { return m.Organisationsnummer == svar[i].Organisationsnummer })
		if svar[i].Ny = n < 0; n >= 0 {
			svar[i].Namn, svar[i].Typ = register[n].Namn, register[n].Typ
		}
	}
	return svar
}

// NyaMyndigheter is what an organisation brings into the register when it is saved: the
// ingående organisationer that were not there, and itself, for it employs its own staff.
// What is there already stands.
func (o Samverkansorganisation) NyaMyndigheter() []Myndighet {
	var svar []Myndighet
	sedd := map[string]bool{}
	lagg := func(nummer, namn string, typ Organisationstyp) {
		if !sedd[nummer] {
			svar = append(svar, Myndighet{Organisationsnummer: nummer, Namn: namn, Typ: typ, Version: 1})
		}
		sedd[nummer] = true
	}
	for _, i := range o.Ingaende {
		if i.Ny {
			lagg(i.Organisationsnummer, i.Namn, i.Typ)
		}
	}
	if o.Samverkansform == FormFinsam {
		lagg(o.Organisationsnummer, o.Namn, TypSamordningsforbund)
	} else {
		lagg(o.Organisationsnummer, o.Namn, TypOvrig)
	}
	// In one order, so that two who bring the same in wait for each other and not crosswise.
	slices.SortFunc(svar, func(a, b Myndighet) int { return strings.Compare(a.Organisationsnummer, b.Organisationsnummer) })
	return svar
}
