package register

import (
	"slices"
	"time"

	"github.com/google/uuid"
)

// Kon follows from the number.
type Kon string

// The two values of kön.
const (
	KonKvinna Kon = "KVINNA"
	KonMan    Kon = "MAN"
)

// Arbetstyp is what kind of work was done.
type Arbetstyp string

// The kinds of work, several may hold at once.
const (
	ArbeteInteSubventionerat Arbetstyp = "INTE_SUBVENTIONERAT"
	ArbeteSubventionerat     Arbetstyp = "SUBVENTIONERAT"
	ArbeteEgetForetag        Arbetstyp = "EGET_FORETAG"
)

// Arbetstyper is the kinds of work in form order.
var Arbetstyper = []Arbetstyp{ArbeteInteSubventionerat, ArbeteSubventionerat, ArbeteEgetForetag}

// Matningstyp is which of the two measurements a Mattillfalle is.
type Matningstyp string

// In- and out-registration.
const (
	MatningIn Matningstyp = "IN"
	MatningUt Matningstyp = "UT"
)

// Sysselsattning is what in- and out-registration both ask: försörjning,
// arbetssökande, arbete and studier. Percentages are 1–100, nil when not asked.
type Sysselsattning struct {
	Forsorjning     []string // codes in kodverk FORSORJNING, in form order
	Arbetssokande   bool
	Arbetar         bool
	ArbetarProcent  *int
	Arbetstyper     []Arbetstyp
	Studerar        bool
	StuderarProcent *int
}

// Inregistrering is the input of blankett 9448.
type Inregistrering struct {
	InsatsID               uuid.UUID
	SamtyckeID             uuid.UUID
	Startdag               Datum
	Stadsdel               string // code in kodverk STADSDEL, Stockholm and Göteborg only
	Utbildningsniva        string // code in kodverk UTBILDNINGSNIVA
	ArOffentligForsorjning int    // whole years, 0 also when under a year
	Fore                   Sysselsattning
	ExterntID              string
	// Svar is the answers to kompletterande frågor; nil says nothing of them, and a
	// correction that does so keeps those that still hold.
	Svar []Fragesvar
}

// Utregistrering is the input of blankett 9449. Efter is nil when the anledning
// is utan mätning or Felregistrering.
type Utregistrering struct {
	Avslutningsdag   Datum
	Avslutsanledning string // code in kodverk AVSLUTSANLEDNING
	Efter            *Sysselsattning
	Svar             []Fragesvar // as of an Inregistrering
}

// Deltagande is one period of a person in one insats, with its present state.
type Deltagande struct {
	ID             uuid.UUID `gorm:"primaryKey"`
	Reg            int32     `gorm:"->"` // internal integer of the fact tables, never on the wire
	InsatsID       uuid.UUID
	SamtyckeID     uuid.UUID
	Person         int32 // personnyckel's random integer
	Okopplad       bool  // Person leads to nobody any more: the identity is erased, and it has ended
	Startdag       Datum
	Avslutningsdag *Datum
	Oppen          bool
	Felregistrerad bool
	ExterntID      *string
	Skapad         time.Time
	SkapadAv       uuid.UUID
	Version        int

	In Mattillfalle  `gorm:"-"` // latest version
	Ut *Mattillfalle `gorm:"-"` // latest version, nil when open

	Varningar []Varning `gorm:"-"` // what was odd in the registration just made
}

// Deltagandestatus is where a deltagande stands.
type Deltagandestatus string

// The three.
const (
	StatusPagaende       Deltagandestatus = "PAGAENDE"
	StatusAvslutad       Deltagandestatus = "AVSLUTAD"
	StatusFelregistrerad Deltagandestatus = "FELREGISTRERAD"
)

// Status is where the deltagande stands now.
func (d Deltagande) Status() Deltagandestatus {
	switch {
	case d.Felregistrerad:
		return StatusFelregistrerad
	case d.Oppen:
		return StatusPagaende
	}
	return StatusAvslutad
}

// Mattillfalle is one version of a measurement; a correction is a new row.
type Mattillfalle struct {
	ID           uuid.UUID `gorm:"primaryKey"`
	DeltagandeID uuid.UUID
	InsatsID     uuid.UUID
	Typ          Matningstyp
	Version      int
	Dag          Datum // startdag or avslutningsdag

	// IN only
	Stadsdel               *string
	Utbildningsniva        *string
	ArOffentligForsorjning *int
	Kon                    *Kon // as follows from the number, kept for the facts
	Kommun                 *string

	Alder *int // whole years on Dag, both typer, as follows from the number; nil when it tells no day of birth

	// UT only
	Avslutsanledning *string

	// nil Arbetssokande = utan mätning
	Forsorjning     []string `gorm:"-"`
	Arbetssokande   *bool
	Arbetar         *bool
	ArbetarProcent  *int
	Arbetstyper     []Arbetstyp `gorm:"-"`
	Studerar        *bool
	StuderarProcent *int

	Svar []Fragesvar `gorm:"-"` // to kompletterande frågor, in their order

	Skal          *string // why it was corrected; erased with the identity
	Registrerad   time.Time
	RegistreradAv uuid.UUID
}

// Registreringsfakta is what the rules of in- and out-registration and of their
// corrections need to know.
type Registreringsfakta struct {
	Organisation Samverkansorganisation
	Insats       Insats
	Samtycke     Samtycke
	Identitet    Identitet // zero when it is erased
	Kodverk      Kodverk
	Fragor       []Fraga // at least those that are answered, now or in the version before
	Nu           time.Time
	Av           uuid.UUID

	HarOppen       bool // SkrivIn: the person has an open deltagande in the insats; a constraint is the guard, this the good message
	KommunUtanfor  bool // SkrivIn: the person's kommun is none of the organisation's
	SamtyckeAnvant bool // SkrivIn: the samtycke has its deltagande already
	Grannar        []Grannperiod
	AngerDagar     int // RattaIn, RattaUt: days a felregistrering may be corrected, a setting
}

// SkrivIn makes a deltagande of an in-registration. Every faulty field is
// refused at once (422); then the state (409): samtycket aterkallat or
// samtycke-anvant, skyddade-personuppgifter, redan-oppen, overlappar, and what
// Insats.tarDeltaganden says.
// A samtycke of another insats is Saknas. The IDs and Person are the store's.
func SkrivIn(in Inregistrering, fakta Registreringsfakta) (Deltagande, error) {
	if fakta.Samtycke.InsatsID != fakta.Insats.ID {
		return Deltagande{}, Saknas()
	}
	if err := fakta.Insats.tarDeltaganden(fakta.Organisation); err != nil {
		return Deltagande{}, err
	}
	if fakta.Samtycke.Aterkallat != nil {
		return Deltagande{}, Aterkallat()
	}
	if fakta.SamtyckeAnvant {
		return Deltagande{}, SamtyckeAnvant()
	}
	if fakta.Samtycke.SkyddRaderad != nil || fakta.Identitet.Skydd != SkyddInget {
		return Deltagande{}, SkyddadePersonuppgifter()
	}
	if !fakta.Identitet.Personnummer.Angett() {
		return Deltagande{}, IdentitetBorta()
	}
	var f felsamling
	if fakta.Samtycke.Datum.Efter(DatumAv(fakta.Nu)) {
		f.lagg("/samtyckeId", RegelSamtyckeFramtid)
	}
	f.inregistrering(in, fakta, fakta.Identitet.Kommun)
	f.externtID(in.ExterntID)
	if err := f.err(); err != nil {
		return Deltagande{}, err
	}
	if fakta.HarOppen {
		return Deltagande{}, RedanOppen()
	}
	if err := provaOverlapp("/startdag", in.Startdag, nil, fakta.Grannar); err != nil {
		return Deltagande{}, err
	}
	d := Deltagande{
		InsatsID:   fakta.Insats.ID,
		SamtyckeID: fakta.Samtycke.ID,
		Startdag:   in.Startdag,
		Oppen:      true,
		ExterntID:  ellerNil(in.ExterntID),
		Skapad:     fakta.Nu,
		SkapadAv:   fakta.Av,
		Version:    1,
	}
	d.In = in.matning(d, fakta, ellerNil(fakta.Identitet.Kommun))
	d.In.Version = 1
	d.Varningar = inregistreringsvarningar(d, fakta)
	return d, nil
}

// RedanOppen is the refusal of a second open deltagande; the store's constraint answers it too.
func RedanOppen() *Error {
	return Konflikt(RegelRedanOppen)
}

// SamtyckeAnvant is the refusal of a second deltagande on one samtycke; the store's constraint answers it too.
func SamtyckeAnvant() *Error {
	return konfliktVid("/samtyckeId", RegelSamtyckeAnvant)
}

// IdentitetBorta is the refusal to register or correct somebody whose identity gallring has erased.
func IdentitetBorta() *Error {
	return Konflikt(RegelIdentitetBorta)
}

// Aterkallat is the refusal to register or correct somebody whose samtycke is withdrawn.
func Aterkallat() *Error {
	return Konflikt(RegelAterkallat)
}

// SkrivUt ends an open deltagande. Refused with 409: aterkallat, redan-avslutat, overlappar.
func SkrivUt(d Deltagande, ut Utregistrering, fakta Registreringsfakta) (Deltagande, error) {
	if fakta.Samtycke.Aterkallat != nil {
		return d, Aterkallat()
	}
	if !d.Oppen {
		return d, Konflikt(RegelRedanAvslutat)
	}
	var f felsamling
	f.utregistrering(ut, d, fakta)
	if err := f.err(); err != nil {
		return d, err
	}
	ny := d.avsluta(ut, fakta)
	if err := ny.provaUtgang(fakta); err != nil {
		return d, err
	}
	ny.Ut.Version = 1
	ny.Varningar = utregistreringsvarningar(ny, fakta)
	return ny, nil
}

// RattaIn replaces the in-registration by a new version, with the reason why.
// InsatsID, SamtyckeID and ExterntID of the input are not read: they never
// change, nor does the kommun, which is that of the in-registration. Refused
// with 409: aterkallat, felregistrering-last, overlappar.
func RattaIn(d Deltagande, in Inregistrering, skal string, fakta Registreringsfakta) (Deltagande, error) {
	if err := d.rattbar(fakta); err != nil {
		return d, err
	}
	kommun := ""
	if d.In.Kommun != nil {
		kommun = *d.In.Kommun
	}
	var f felsamling
	f.inregistrering(in, fakta, kommun)
	if d.Avslutningsdag != nil && in.Startdag.Efter(*d.Avslutningsdag) {
		f.lagg("/startdag", RegelStartdagEfterAvslutning)
	}
	f.skal(skal)
	if err := f.err(); err != nil {
		return d, err
	}
	ny := in.matning(d, fakta, d.In.Kommun)
	if !fakta.Identitet.Personnummer.Angett() {
		// Without the number what followed from it stays, but an age only for its own day.
		if ny.Kon = d.In.Kon; in.Startdag == d.In.Dag {
			ny.Alder = d.In.Alder
		}
	}
	if ny.sager(d.In) {
		return d, nil
	}
	if !d.Felregistrerad {
		if err := d.provaStart(in.Startdag, fakta.Grannar); err != nil {
			return d, err
		}
	}
	ny.Version = d.In.Version + 1
	ny.Skal = &skal
	d.In = ny
	d.Startdag = in.Startdag
	d.Version++
	return d, nil
}

// RattaUt replaces the out-registration by a new version, with the reason why; what
// says the same as before makes none.
// The exit itself is never undone. A felregistrering may become another
// anledning while it can be corrected. Refused with 409: aterkallat,
// inte-avslutat, felregistrering-last, redan-felregistrerat, overlappar.
func RattaUt(d Deltagande, ut Utregistrering, skal string, fakta Registreringsfakta) (Deltagande, error) {
	if err := d.rattbar(fakta); err != nil {
		return d, err
	}
	if d.Ut == nil {
		return d, Konflikt(RegelInteAvslutat)
	}
	var f felsamling
	f.utregistrering(ut, d, fakta)
	f.skal(skal)
	if err := f.err(); err != nil {
		return d, err
	}
	version, forr := d.Ut.Version, *d.Ut
	ny := d.avsluta(ut, fakta)
	if !fakta.Identitet.Personnummer.Angett() && forr.Dag == ny.Ut.Dag {
		ny.Ut.Alder = forr.Alder
	}
	if d.Felregistrerad && ny.Felregistrerad {
		// The days run from the felregistrering; a new one would start them again and keep the identity.
		return d, Konflikt(RegelRedanFelregistrerat)
	}
	if ny.Ut.sager(forr) {
		return d, nil
	}
	if err := ny.provaUtgang(fakta); err != nil {
		return d, err
	}
	ny.Ut.Version = version + 1
	ny.Ut.Skal = &skal
	return ny, nil
}

// sager is true when a measurement says what another does: a correction to it is no
// new version.
func (m Mattillfalle) sager(annan Mattillfalle) bool {
	return lika(m.Stadsdel, annan.Stadsdel) && lika(m.Utbildningsniva, annan.Utbildningsniva) && lika(m.ArOffentligForsorjning, annan.ArOffentligForsorjning) &&
		lika(m.Kon, annan.Kon) && lika(m.Kommun, annan.Kommun) && lika(m.Alder, annan.Alder) && lika(m.Avslutsanledning, annan.Avslutsanledning) && m.Dag == annan.Dag &&
		slices.Equal(m.Forsorjning, annan.Forsorjning) && lika(m.Arbetssokande, annan.Arbetssokande) && lika(m.Arbetar, annan.Arbetar) &&
		lika(m.ArbetarProcent, annan.ArbetarProcent) && slices.Equal(m.Arbetstyper, annan.Arbetstyper) && lika(m.Studerar, annan.Studerar) && lika(m.StuderarProcent, annan.StuderarProcent) &&
		likaSvar(m.Svar, annan.Svar)
}

// FelregistreringLast is true when a felregistrering is older than the days it
// may be corrected: its identity is erased, or is about to be.
func (d Deltagande) FelregistreringLast(idag Datum, dagar int) bool {
	return d.Felregistrerad && d.Ut != nil && DatumAv(d.Ut.Registrerad).Fore(Gallringsgrans(idag, dagar))
}

// rattbar refuses corrections of what has lost, or is to lose, its identity.
func (d Deltagande) rattbar(fakta Registreringsfakta) error {
	if fakta.Samtycke.Aterkallat != nil {
		return Aterkallat()
	}
	if d.FelregistreringLast(DatumAv(fakta.Nu), fakta.AngerDagar) {
		return Konflikt(RegelFelregistreringLast)
	}
	// Who is protected goes on without a name, and what was measured may have been wrong.
	if !fakta.Identitet.Personnummer.Angett() && fakta.Samtycke.SkyddRaderad == nil {
		return IdentitetBorta()
	}
	return nil
}

// avsluta gives the deltagande a first or a new out-registration; its Version is the caller's.
func (d Deltagande) avsluta(ut Utregistrering, fakta Registreringsfakta) Deltagande {
	rad, _ := fakta.Kodverk.Giltig(KodverkAvslutsanledning, ut.Avslutsanledning, ut.Avslutningsdag, fakta.Organisation.Samverkansform)
	m := Mattillfalle{
		DeltagandeID:     d.ID,
		InsatsID:         d.InsatsID,
		Typ:              MatningUt,
		Dag:              ut.Avslutningsdag,
		Alder:            alder(fakta.Identitet, ut.Avslutningsdag),
		Avslutsanledning: &ut.Avslutsanledning,
		Registrerad:      fakta.Nu,
		RegistreradAv:    fakta.Av,
	}
	if ut.Efter != nil {
		m.svar(*ut.Efter, fakta.Kodverk)
		var forra []Fragesvar
		if d.Ut != nil {
			forra = d.Ut.Svar
		}
		m.Svar = svarPa(ut.Svar, forra, fakta.Fragor, MatningUt, m.Dag)
	}
	d.Oppen = false
	d.Felregistrerad = rad.Utesluts
	d.Avslutningsdag = &ut.Avslutningsdag
	d.Ut = &m
	d.Version++
	return d
}

// matning is the measurement of an in-registration; its Version is the caller's.
func (in Inregistrering) matning(d Deltagande, fakta Registreringsfakta, kommun *string) Mattillfalle {
	m := Mattillfalle{
		DeltagandeID:           d.ID,
		InsatsID:               d.InsatsID,
		Typ:                    MatningIn,
		Dag:                    in.Startdag,
		Stadsdel:               ellerNil(in.Stadsdel),
		Utbildningsniva:        &in.Utbildningsniva,
		ArOffentligForsorjning: &in.ArOffentligForsorjning,
		Kon:                    kon(fakta.Identitet),
		Kommun:                 kommun,
		Alder:                  alder(fakta.Identitet, in.Startdag),
		Registrerad:            fakta.Nu,
		RegistreradAv:          fakta.Av,
	}
	m.svar(in.Fore, fakta.Kodverk)
	m.Svar = svarPa(in.Svar, d.In.Svar, fakta.Fragor, MatningIn, m.Dag)
	return m
}

func kon(i Identitet) *Kon {
	if !i.Personnummer.Angett() {
		return nil
	}
	k := i.Personnummer.Kon()
	return &k
}

// alder is nil when the identity is erased or its number tells no day of birth.
func alder(i Identitet, pa Datum) *int {
	if !i.Personnummer.Angett() {
		return nil
	}
	return i.Personnummer.Alder(pa)
}

// svar copies the answers, in form order.
func (m *Mattillfalle) svar(s Sysselsattning, kodverk Kodverk) {
	m.Forsorjning = kodverk.iFormordning(KodverkForsorjning, s.Forsorjning)
	m.Arbetssokande, m.Arbetar, m.Studerar = &s.Arbetssokande, &s.Arbetar, &s.Studerar
	m.ArbetarProcent, m.StuderarProcent = s.ArbetarProcent, s.StuderarProcent
	for _, typ := range Arbetstyper {
		if slices.Contains(s.Arbetstyper, typ) {
			m.Arbetstyper = append(m.Arbetstyper, typ)
		}
	}
}

// MedMatning is true for an exit with measurement after.
func (m Mattillfalle) MedMatning() bool { return m.Arbetssokande != nil }

// Most whole years in offentlig försörjning that are believed.
const MaxArOffentligForsorjning = 100

// inregistrering gathers the faults of the fields; kommun is the person's, "" when unknown.
// inregistrering adds the faults of an in-registration. Here as in an exit the codes are
// those of its day, and of today when that day is the fault: a wrong day makes no code wrong.
func (f *felsamling) inregistrering(in Inregistrering, fakta Registreringsfakta, kommun string) {
	form := fakta.Organisation.Samverkansform
	fore := len(*f)
	f.dag("/startdag", in.Startdag, DatumAv(fakta.Nu))
	f.inom("/startdag", in.Startdag, fakta)
	if sista := fakta.Kodverk.FormensSistaDag(form); sista != nil && in.Startdag.Efter(*sista) {
		f.lagg("/startdag", RegelEfterSistaRegistreringsdag)
	}
	if p := fakta.Identitet.Personnummer; p.Angett() && in.Startdag.Angett() && p.FoddEfter(in.Startdag) {
		f.lagg("/startdag", RegelForeFodelsen)
	}
	kodernas, rattDag := in.Startdag, &in.Startdag
	if len(*f) > fore {
		kodernas, rattDag = DatumAv(fakta.Nu), nil
	}
	if in.Stadsdel != "" {
		r, ok := fakta.Kodverk.Giltig(KodverkStadsdel, in.Stadsdel, kodernas, form)
		if !ok {
			f.lagg("/stadsdel", RegelOkandKod, "Stadsdelen finns inte på startdagen.")
		} else if r.Tillhor != kommun {
			f.lagg("/stadsdel", RegelStadsdelUtanfor, "Stadsdelen hör inte till deltagarens folkbokföringskommun.")
		}
	}
	if _, ok := fakta.Kodverk.Giltig(KodverkUtbildningsniva, in.Utbildningsniva, kodernas, form); !ok {
		f.lagg("/utbildningsniva", RegelOkandKod, "Utbildningsnivån finns inte på startdagen.")
	}
	if in.ArOffentligForsorjning < 0 || in.ArOffentligForsorjning > MaxArOffentligForsorjning {
		f.lagg("/arOffentligForsorjning", RegelUtanforGranser, "Antal år ska vara ett heltal från 0 till 100.")
	}
	f.sysselsattning("/fore", in.Fore, kodernas, fakta)
	f.fragesvar(in.Svar, fakta.Fragor, MatningIn, rattDag)
}

func (f *felsamling) utregistrering(ut Utregistrering, d Deltagande, fakta Registreringsfakta) {
	fore := len(*f)
	f.dag("/avslutningsdag", ut.Avslutningsdag, DatumAv(fakta.Nu))
	f.inom("/avslutningsdag", ut.Avslutningsdag, fakta)
	if ut.Avslutningsdag.Angett() && ut.Avslutningsdag.Fore(d.Startdag) {
		f.lagg("/avslutningsdag", RegelAvslutningForeStart)
	}
	kodernas, rattDag := ut.Avslutningsdag, &ut.Avslutningsdag
	if len(*f) > fore {
		kodernas, rattDag = DatumAv(fakta.Nu), nil
	}
	r, ok := fakta.Kodverk.Giltig(KodverkAvslutsanledning, ut.Avslutsanledning, kodernas, fakta.Organisation.Samverkansform)
	utan := r.UtanMatning || r.Utesluts
	switch {
	case !ok:
		f.lagg("/avslutsanledning", RegelOkandKod, "Avslutsanledningen finns inte på avslutningsdagen.")
	case r.EndastAterkallelse:
		// Also in a correction: the exit that a withdrawal made is refused before this, with its samtycke.
		f.lagg("/avslutsanledning", RegelEndastAterkallelse)
	case utan && ut.Efter != nil:
		f.lagg("/efter", RegelEfterUtanMatning)
	case !utan && ut.Efter == nil:
		f.lagg("/efter", RegelObligatoriskt, "Uppgifter efter insatsen måste lämnas med den avslutsanledningen.")
	}
	if ut.Efter != nil && !utan {
		f.sysselsattning("/efter", *ut.Efter, kodernas, fakta)
	}
	if utan && len(ut.Svar) > 0 {
		f.lagg("/svar", RegelEfterUtanMatning, "Kompletterande frågor besvaras inte med den avslutsanledningen.")
	} else {
		f.fragesvar(ut.Svar, fakta.Fragor, MatningUt, rattDag)
	}
}

// dag: given, and not after today.
func (f *felsamling) dag(pekare string, d, idag Datum) {
	if !d.Angett() {
		f.lagg(pekare, RegelObligatoriskt)
	} else if d.Efter(idag) {
		f.lagg(pekare, RegelFramtidaDag)
	}
}

// inom: inside the dates of the insats and of its organisation, one fault at most.
func (f *felsamling) inom(pekare string, d Datum, fakta Registreringsfakta) {
	switch i, o := fakta.Insats, fakta.Organisation; {
	case !d.Angett():
	case !o.Tid().Omfattar(d):
		f.lagg(pekare, RegelUtanforOrganisationen)
	case !i.Tid().Omfattar(d):
		f.lagg(pekare, RegelUtanforInsatsen)
	}
}
