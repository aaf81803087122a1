package register

import (
	"errors"
	"regexp"
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
	Hittad         bool
	Avregistrerad  bool
	Namn           string // empty when protected
	Kommun         string // SCB code, empty when protected
	Skydd          Skydd
	NyttNummer     string // 12 digits when the number was replaced, else ""
	TidigareNummer string // 12 digits when it replaced another one, else ""
	Uppslagen      time.Time
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
	Skal                 *string // why it was corrected last; erased with the identity
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

// Samtyckesstatus is what has become of a samtycke.
type Samtyckesstatus string

// The states. An unused one waits for an in-registration, and is erased when none comes.
const (
	StatusOanvant    Samtyckesstatus = "OANVANT"
	StatusAnvant     Samtyckesstatus = "ANVANT"
	StatusAterkallat Samtyckesstatus = "ATERKALLAT"
)

// Status is the state of a samtycke; anvant is true when a deltagande rests on it.
func (s Samtycke) Status(anvant bool) Samtyckesstatus {
	switch {
	case s.Aterkallat != nil:
		return StatusAterkallat
	case anvant:
		return StatusAnvant
	}
	return StatusOanvant
}

// Dagar is how many days have passed since it was registered, today not counted.
func (s Samtycke) Dagar(idag Datum) int { return DatumAv(s.Registrerat).DagarTill(idag) }

// Samtyckesfakta is what the rules of a new samtycke need to know.
type Samtyckesfakta struct {
	Organisation Samverkansorganisation
	Insats       Insats
	Vantar       uuid.UUID          // the person's samtycke in the insats that waits to be used
	Upptaget     bool               // the externtId is that of another samtycke of the caller
	Post         Folkbokforingspost // what the population register says about the number, now; of Samtyck alone
	Kodverk      Kodverk
	Nu           time.Time
	Av           uuid.UUID
}

// SkyddadePersonuppgifter is the refusal of a protected person: no identity is
// ever stored, the user is led to anonymous registration.
func SkyddadePersonuppgifter() *Error {
	return Konflikt(RegelSkyddadePersonuppgifter)
}

// SamtyckeVantar is the refusal of a second samtycke of a person who has one in the
// insats that waits to be used: id.
func SamtyckeVantar(id uuid.UUID) *Error {
	e := Konflikt(RegelSamtyckeVantar)
	e.Finns = id
	return e
}

// ProvaSamtycke is the half of the rule that needs nothing of the population register:
// what it refuses is refused before anybody is looked up. Every faulty field (422), an
// insats without deltaganden (409 insats-endast-antal, af-fk-medverkan), an externtId that
// is taken (409) and a person whose samtycke waits already (409 samtycke-vantar).
func ProvaSamtycke(in NyttSamtycke, fakta Samtyckesfakta) error {
	if err := fakta.Insats.tarDeltaganden(fakta.Organisation); err != nil {
		return err
	}
	var f felsamling
	if !in.Personnummer.Angett() {
		f.lagg("/personnummer", RegelObligatoriskt)
	}
	f.samtycke(Samtyckesuppgifter{in.Blankett, in.Datum, in.Sprak, in.Satt, in.Mognadsbedomning, in.ExterntID},
		fakta.Organisation, fakta.Kodverk, DatumAv(fakta.Nu))
	switch err := f.err(); {
	case err != nil:
		return err
	case fakta.Upptaget:
		return SamtyckesIDUpptaget()
	case fakta.Vantar != uuid.Nil:
		return SamtyckeVantar(fakta.Vantar)
	}
	return nil
}

// SamtyckesIDUpptaget is the refusal of an externtId that another samtycke has.
func SamtyckesIDUpptaget() *Error {
	return Konflikt(RegelExterntIDUpptaget).Med("Ditt externa id används redan för ett annat samtycke.")
}

// samtycke adds the faults of what is said about a samtycke. The codes are those of its
// day, and of today when that day is the fault: a wrong day makes no code wrong.
func (f *felsamling) samtycke(u Samtyckesuppgifter, o Samverkansorganisation, kodverk Kodverk, idag Datum) {
	var dag felsamling
	dag.dag("/datum", u.Datum, idag)
	// Nothing is registered before the organisation's start. A consent may well be
	// given in the days before the insats begins.
	if len(dag) == 0 && u.Datum.Fore(o.Startdatum) {
		dag.lagg("/datum", RegelUtanforOrganisationen, "Samtycket är daterat före samverkansorganisationens startdatum.")
	}
	kodernas := u.Datum
	if len(dag) > 0 {
		kodernas = idag
	}
	if _, ok := kodverk.Giltig(KodverkBlankett, u.Blankett, kodernas, o.Samverkansform); !ok {
		f.lagg("/blankett", RegelOkandKod, "Blanketten gällde inte den dag samtycket gavs.")
	}
	if _, ok := kodverk.Giltig(KodverkSprak, u.Sprak, kodernas, o.Samverkansform); !ok {
		f.lagg("/sprak", RegelOkandKod, "Språket finns inte.")
	}
	if u.Satt != SattSkriftligt && u.Satt != SattElektroniskt {
		f.lagg("/satt", RegelOkandKod, "Sättet att samtycka finns inte.")
	}
	*f = append(*f, dag...)
	if m := u.Mognadsbedomning; m != nil {
		f.dag("/mognadsbedomning/datum", m.Datum, idag)
	}
	f.externtID(u.ExterntID)
}

// Samtyck makes a samtycke and the identitet that stands with it; their ID is the
// store's. It refuses what ProvaSamtycke does, for what it knew may have changed while
// the population register was asked, and then a number that is unknown, deregistered or
// replaced (422) and a protected person (409 skyddade-personuppgifter, whatever else is
// said). A person under 15 is never refused.
func Samtyck(in NyttSamtycke, fakta Samtyckesfakta) (Samtycke, Identitet, error) {
	if err := ProvaSamtycke(in, fakta); err != nil {
		return Samtycke{}, Identitet{}, err
	}
	if err := fakta.Post.samtyckesfel(); err != nil {
		return Samtycke{}, Identitet{}, err
	}
	s := Samtycke{
		InsatsID:      fakta.Insats.ID,
		Registrerat:   fakta.Nu,
		RegistreratAv: fakta.Av,
		Version:       1,
	}.med(Samtyckesuppgifter{in.Blankett, in.Datum, in.Sprak, in.Satt, in.Mognadsbedomning, in.ExterntID})
	return s, Identitet{
		InsatsID:     fakta.Insats.ID,
		Personnummer: in.Personnummer,
		Namn:         fakta.Post.Namn,
		Kommun:       fakta.Post.Kommun,
		Skydd:        fakta.Post.Skydd,
		Uppslagen:    fakta.Post.Uppslagen,
	}, nil
}

// samtyckesfel is the half of the rule that the population register's answer decides. Of
// somebody protected nothing more is told: neither a new number nor a death.
func (p Folkbokforingspost) samtyckesfel() error {
	if p.ArSkyddad() {
		return SkyddadePersonuppgifter()
	}
	var f felsamling
	switch {
	case !p.Hittad:
		f.lagg("/personnummer", RegelPersonnummerOkant)
	case p.NyttNummer != "":
		f.lagg("/personnummer", RegelPersonnummerErsatt)
	case p.Avregistrerad:
		f.lagg("/personnummer", RegelPersonnummerAvregistrerat)
	}
	return f.err()
}

// Samtyckesuppgifter is what can be said, and said anew, about a samtycke: all but
// whose it is.
type Samtyckesuppgifter struct {
	Blankett         string
	Datum            Datum
	Sprak            string
	Satt             Samtyckessatt
	Mognadsbedomning *Mognadsbedomning
	ExterntID        string
}

func (s Samtycke) med(u Samtyckesuppgifter) Samtycke {
	s.Blankett, s.Datum, s.Sprak, s.Satt, s.ExterntID = u.Blankett, u.Datum, u.Sprak, u.Satt, ellerNil(u.ExterntID)
	s.MognadDatum, s.MognadVardnadshavare = nil, nil
	if m := u.Mognadsbedomning; m != nil {
		s.MognadDatum, s.MognadVardnadshavare = &m.Datum, &m.Vardnadshavare
	}
	return s
}

// Rattelsefakta is what the rule of a samtycke's correction needs to know.
type Rattelsefakta struct {
	Samtycke     Samtycke
	Anvant       bool // a deltagande rests on it
	HarIdentitet bool
	Insats       Insats
	Organisation Samverkansorganisation
	Kodverk      Kodverk
	Nu           time.Time
}

// Hinder is why no correction at all can be made: 409 aterkallat, samtycke-anvant,
// identitet-borta.
func (f Rattelsefakta) Hinder() error {
	switch {
	case f.Samtycke.Aterkallat != nil:
		return Aterkallat()
	case f.Anvant:
		return Konflikt(RegelSamtyckeAnvant).Med("Samtycket har använts och kan inte längre rättas.")
	case !f.HarIdentitet:
		return IdentitetBorta()
	}
	return nil
}

// RattaSamtycke corrects a samtycke that is not used yet: everything but whose it is.
// The changed fields are named as the contract calls them, for the log; what stood in
// them is kept nowhere. Refused: what Hinder says, and every faulty field (422).
func RattaSamtycke(u Samtyckesuppgifter, skal string, fakta Rattelsefakta) (ny Samtycke, andrade []string, err error) {
	s := fakta.Samtycke
	if err := fakta.Hinder(); err != nil {
		return s, nil, err
	}
	var f felsamling
	f.samtycke(u, fakta.Organisation, fakta.Kodverk, DatumAv(fakta.Nu))
	f.skal(skal)
	if err := f.err(); err != nil {
		return s, nil, err
	}
	ny = s.med(u)
	ny.Skal, ny.Version = &skal, s.Version+1
	return ny, ny.skiljer(s), nil
}

// skiljer names the fields in which two versions of a samtycke differ.
func (s Samtycke) skiljer(annan Samtycke) []string {
	var falt []string
	for _, f := range []struct {
		namn string
		lika bool
	}{
		{"blankett", s.Blankett == annan.Blankett},
		{"datum", s.Datum == annan.Datum},
		{"sprak", s.Sprak == annan.Sprak},
		{"satt", s.Satt == annan.Satt},
		{"mognadsbedomning", lika(s.MognadDatum, annan.MognadDatum) && lika(s.MognadVardnadshavare, annan.MognadVardnadshavare)},
		{"externtId", lika(s.ExterntID, annan.ExterntID)},
	} {
		if !f.lika {
			falt = append(falt, f.namn)
		}
	}
	return falt
}

func lika[T comparable](a, b *T) bool { return a == b || a != nil && b != nil && *a == *b }

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

// MaxArende is the longest case id of Försäkringskassan, in characters.
const MaxArende = 64

// arendeform is a number of Försäkringskassan's diarium, «FK 2026/012345», with or
// without the letters and with the document's number after it [A]. No word fits in it, so
// no name does.
var arendeform = regexp.MustCompile(`^(?:FK[ -]?)?20[0-9]{2}/[0-9]{1,7}(?:-[0-9]{1,4})?$`)

// ProvaAterkallelsearende refuses a withdrawal for somebody in an insats that is over:
// whoever may not do it (403), and a case id that is none or tells of a person (422),
// since it stays in the log.
func ProvaAterkallelsearende(a Aktor, arende string) *Error {
	if !a.FarAterkallaIInsats() {
		return Nekad()
	}
	var f felsamling
	f.obligatorisk("/arende", arende, MaxArende)
	f.ingetPersonnummer("/arende", arende)
	if len(f) == 0 && !arendeform.MatchString(arende) {
		f.lagg("/arende", RegelFelForm, "Skriv ärendets nummer som det står i diariet: årtal, snedstreck och löpnummer, med eller utan FK före. Till exempel FK 2026/012345.")
	}
	var nej *Error
	errors.As(f.err(), &nej)
	return nej
}

// ProvaAvslutad refuses an insats that is not over (409): there the withdrawal is the
// deltagaransvariga's. It asks nothing of any person, so it tells of none.
func ProvaAvslutad(i Insats, o Samverkansorganisation, idag Datum) error {
	if i.Tid().slutarFore(idag) || o.Tid().slutarFore(idag) {
		return nil
	}
	return Konflikt(RegelInsatsInteAvslutad)
}

// Gallringsgrans is the first day that is kept when something lives n days: an
// unused samtycke, or the identity of a felregistrering, that was registered
// before it is erased.
func Gallringsgrans(idag Datum, dagar int) Datum { return idag.Plus(-dagar) }
