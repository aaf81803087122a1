package register

import (
	"time"

	"github.com/google/uuid"
)

// Skydd is what the population register says about protection.
type Skydd string

// The kinds of protection.
const (
	SkyddInget                Skydd = "INGET"
	SkyddSekretessmarkering   Skydd = "SEKRETESSMARKERING"
	SkyddSkyddadFolkbokforing Skydd = "SKYDDAD_FOLKBOKFORING"
)

// Samtyckessatt is how the consent was given.
type Samtyckessatt string

// The two ways.
const (
	SattSkriftligt   Samtyckessatt = "SKRIFTLIGT"
	SattElektroniskt Samtyckessatt = "ELEKTRONISKT"
)

// Folkbokforingspost is the population register's one answer about a number.
type Folkbokforingspost struct {
	Hittad        bool
	Avregistrerad bool
	Namn          string // empty when protected
	Kommun        string // SCB code, empty when protected
	Skydd         Skydd
	NyttNummer    string // 12 digits when the number was replaced, else ""
	Uppslagen     time.Time
}

// Identitet is who gave one samtycke. Number and name are stored encrypted by
// store's kryptering.go; this struct never reaches GORM, a log or the wire.
type Identitet struct {
	SamtyckeID   uuid.UUID
	InsatsID     uuid.UUID
	Personnummer Personnummer
	Namn         string
	Kommun       string
	Skydd        Skydd
	Uppslagen    time.Time

	Avregistrerad bool // dead, gone or under another number since the samtycke was given
}

// NyttSamtycke is the input of registering a consent.
type NyttSamtycke struct {
	InsatsID         uuid.UUID
	Personnummer     Personnummer
	Blankett         string // code in kodverk BLANKETT
	Datum            Datum
	Sprak            string // code in kodverk SPRAK (ISO 639-1)
	Satt             Samtyckessatt
	Mognadsbedomning *Mognadsbedomning
	ExterntID        string
}

// Mognadsbedomning is the assessment recorded when the person is under 15, a rule
// of thumb by which nothing is refused. Who made it is the one who registers.
type Mognadsbedomning struct {
	Datum          Datum
	Vardnadshavare bool // a vårdnadshavare signed as well
}

// Samtycke is the written consent to one deltagande (domain 4).
type Samtycke struct {
	ID                   uuid.UUID `gorm:"primaryKey"`
	InsatsID             uuid.UUID
	Blankett             string
	Datum                Datum
	Sprak                string
	Satt                 Samtyckessatt
	MognadDatum          *Datum
	MognadVardnadshavare *bool
	ExterntID            *string
	Registrerat          time.Time
	RegistreratAv        uuid.UUID
	Aterkallat           *time.Time
	SkyddRaderad         *time.Time // when the identity was erased since its person is protected
	Version              int
}

// Raderingsskal is why a samtycke has no identity any more.
type Raderingsskal string

// The reasons.
const (
	RaderadAterkallelse Raderingsskal = "ATERKALLELSE"
	RaderadSkydd        Raderingsskal = "SKYDD"
	RaderadGallring     Raderingsskal = "GALLRING"
)

// Raderat is why the identity is gone, "" while it stands. A withdrawal says more
// than what went before it.
func Raderat(i *Identitet, aterkallat, skyddRaderad *time.Time) Raderingsskal {
	switch {
	case i != nil:
		return ""
	case aterkallat != nil:
		return RaderadAterkallelse
	case skyddRaderad != nil:
		return RaderadSkydd
	}
	return RaderadGallring
}

// Samtyckesfakta is what the rule of a new samtycke needs to know.
type Samtyckesfakta struct {
	Organisation Samverkansorganisation
	Insats       Insats
	Post         Folkbokforingspost // what the population register says about the number, now
	Kodverk      Kodverk
	Nu           time.Time
	Av           uuid.UUID
}

// SkyddadePersonuppgifter is the refusal of a protected person: no identity is
// ever stored, the user is led to anonymous registration.
func SkyddadePersonuppgifter() *Error {
	return Konflikt(RegelSkyddadePersonuppgifter)
}

// Samtyck makes a samtycke and the identitet that stands with it; their ID is
// the store's. It refuses a number that is unknown, deregistered or replaced
// (422), a protected person (409 skyddade-personuppgifter) and an insats that
// only counts (409 insats-endast-antal). A person under 15 is never refused.
func Samtyck(in NyttSamtycke, fakta Samtyckesfakta) (Samtycke, Identitet, error) {
	form, idag := fakta.Organisation.Samverkansform, DatumAv(fakta.Nu)
	if fakta.Insats.Deltagarregistrering != MedPersonuppgiftEllerAnonym {
		return Samtycke{}, Identitet{}, endastAntal()
	}
	var f felsamling
	switch {
	case !in.Personnummer.Angett():
		f.lagg("/personnummer", RegelObligatoriskt)
	case !fakta.Post.Hittad:
		f.lagg("/personnummer", RegelPersonnummerOkant)
	case fakta.Post.NyttNummer != "":
		f.lagg("/personnummer", RegelPersonnummerErsatt)
	case fakta.Post.Avregistrerad:
		f.lagg("/personnummer", RegelPersonnummerAvregistrerat)
	}
	if _, ok := fakta.Kodverk.Giltig(KodverkBlankett, in.Blankett, in.Datum, form); !ok {
		f.lagg("/blankett", RegelOkandKod, "Blanketten gällde inte den dag samtycket gavs.")
	}
	if _, ok := fakta.Kodverk.Giltig(KodverkSprak, in.Sprak, in.Datum, form); !ok {
		f.lagg("/sprak", RegelOkandKod, "Språket finns inte.")
	}
	if in.Satt != SattSkriftligt && in.Satt != SattElektroniskt {
		f.lagg("/satt", RegelOkandKod, "Sättet att samtycka finns inte.")
	}
	f.dag("/datum", in.Datum, idag)
	if m := in.Mognadsbedomning; m != nil {
		f.dag("/mognadsbedomning/datum", m.Datum, idag)
	}
	f.externtID(in.ExterntID)
	if err := f.err(); err != nil {
		return Samtycke{}, Identitet{}, err
	}
	if fakta.Post.Skydd != SkyddInget {
		return Samtycke{}, Identitet{}, SkyddadePersonuppgifter()
	}

	s := Samtycke{
		InsatsID:      fakta.Insats.ID,
		Blankett:      in.Blankett,
		Datum:         in.Datum,
		Sprak:         in.Sprak,
		Satt:          in.Satt,
		ExterntID:     ellerNil(in.ExterntID),
		Registrerat:   fakta.Nu,
		RegistreratAv: fakta.Av,
		Version:       1,
	}
	if m := in.Mognadsbedomning; m != nil {
		s.MognadDatum, s.MognadVardnadshavare = &m.Datum, &m.Vardnadshavare
	}
	return s, Identitet{
		InsatsID:     fakta.Insats.ID,
		Personnummer: in.Personnummer,
		Namn:         fakta.Post.Namn,
		Kommun:       fakta.Post.Kommun,
		Skydd:        fakta.Post.Skydd,
		Uppslagen:    fakta.Post.Uppslagen,
	}, nil
}

func endastAntal() *Error {
	return Konflikt(RegelInsatsEndastAntal)
}

// Aterkallelsefakta is what the rule of a withdrawal needs to know. Deltagande
// is nil when the samtycke led to none.
type Aterkallelsefakta struct {
	Samtycke     Samtycke
	Identitet    Identitet
	Deltagande   *Deltagande
	Insats       Insats
	Organisation Samverkansorganisation
	Kodverk      Kodverk
	Nu           time.Time
	Av           uuid.UUID
}

// Aterkalla withdraws a samtycke, for ever; a second time is 409
// redan-aterkallat. An open deltagande closes with the code that a withdrawal alone
// sets, without measurement, on the last day it could have had: today, or the end of the insats
// or the organisation, but never before its startdag. An ended one keeps its
// measurement and its avslutsanledning. What is erased, and the fresh person
// key, is the store's work. Only the clock is asked, never the date rules.
func Aterkalla(fakta Aterkallelsefakta) (Samtycke, *Deltagande, error) {
	s := fakta.Samtycke
	if s.Aterkallat != nil {
		return s, nil, Konflikt(RegelRedanAterkallat)
	}
	s.Aterkallat = &fakta.Nu
	s.Version++
	if fakta.Deltagande == nil {
		return s, nil, nil
	}
	d := *fakta.Deltagande
	d.Version++
	if !d.Oppen {
		return s, &d, nil
	}
	dag := senast(d.Startdag, tidigast(DatumAv(fakta.Nu), fakta.Insats.Slutdatum, fakta.Organisation.Slutdatum))
	anledning := fakta.Kodverk.VidAterkallelse(dag)
	d.Oppen = false
	d.Avslutningsdag = &dag
	d.Ut = &Mattillfalle{
		DeltagandeID:     d.ID,
		InsatsID:         d.InsatsID,
		Typ:              MatningUt,
		Version:          1,
		Dag:              dag,
		Alder:            alder(fakta.Identitet, dag),
		Avslutsanledning: &anledning,
		Registrerad:      fakta.Nu,
		RegistreradAv:    fakta.Av,
	}
	return s, &d, nil
}

// Gallringsgrans is the first day that is kept when something lives n days: an
// unused samtycke, or the identity of a felregistrering, that was registered
// before it is erased.
func Gallringsgrans(idag Datum, dagar int) Datum { return idag.Plus(-dagar) }
