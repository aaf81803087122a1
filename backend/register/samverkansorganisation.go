package register

import (
	"cmp"
	"reflect"
	"slices"
	"strings"

	"github.com/google/uuid"
)

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
	Adress              Adress        `gorm:"embedded;embeddedPrefix:adress_"`
	Kontaktperson       Kontaktperson `gorm:"embedded;embeddedPrefix:kontakt_"`
	Rapporteringsdag    int           // of each month, by which its registrations are complete (domain 7)
	Version             int

	// What holds on the day it was read for (Vid); Rader is the whole of it.
	Verksamhetsomrade string             `gorm:"-"`
	Lan               string             `gorm:"-"`
	Kommuner          []string           `gorm:"-"`
	Rader             []Organisationsrad `gorm:"-"` // earliest first

	Stadsdelar []string               `gorm:"-"` // codes in kodverk STADSDEL, sorted
	Ingaende   []IngaendeOrganisation `gorm:"-"` // in the order given

	AntalOppna int       `gorm:"-"` // in all its insatser, when a change has just ended it
	Varningar  []Varning `gorm:"-"` // what is odd in it, when it has just been saved
}

// Adress is where the organisation is reached.
type Adress struct {
	Gata, Postnummer, Ort, Telefon, Epost string
}

// Kontaktperson is shown to the organisation's own users only.
type Kontaktperson struct {
	Namn, Titel, Telefon, Epost string
}

// Organisationsuppgifter is the input of creating and of changing an
// organisation; a change replaces all fields.
type Organisationsuppgifter struct {
	Namn                string
	Organisationsnummer string
	Samverkansform      Samverkansform
	Beskrivning         string
	Startdatum          Datum
	Slutdatum           *Datum
	Verksamhetsomrade   string
	Kommuner            []string
	GallerFran          *Datum // of a change: the month that område and kommuner hold from
	Rapporteringsdag    *int   // nil: as it is, ForvaldRapporteringsdag of a new one
	Adress              Adress
	Kontaktperson       Kontaktperson
	Stadsdelar          []string
	Ingaende            []IngaendeOrganisation
}

// The days of a month that a rapporteringsdag may be, and the one that is chosen for those
// who choose none (domain 7).
const (
	MaxRapporteringsdag     = 28
	ForvaldRapporteringsdag = 15
)

// Registrerat is what an insats or an organisation already holds, for the
// rules that forbid to change its ground. Forsta and Sista are the first and
// the last day that must stay inside its dates, nil when there is none: for an
// insats the startdagar and avslutningsdagar of its deltaganden, and for an
// anonyma of year Y Forsta = Y-12-31 and Sista = Y-01-01; for an organisation
// those of all its insatser, and the insatser's own start- and slutdatum.
type Registrerat struct {
	Finns         bool // a samtycke, deltagande or anonyma
	Forsta, Sista *Datum
	Oppna         int // deltaganden that nobody has ended
}

// slutar is how many are open when it is given an end that it had not; 0 else. They
// do not stand in the way: an exit may be registered afterwards, within the dates.
func (r Registrerat) slutar(forr, ny *Datum) int {
	if ny == nil || lika(forr, ny) {
		return 0
	}
	return r.Oppna
}

// SkapaOrganisation makes a new organisation of an order that Försäkringskassan
// approved. It refuses with every faulty field at once. ID and Nr are the store's.
func SkapaOrganisation(in Organisationsuppgifter, kodverk Kodverk, kommuner []Kommun) (Samverkansorganisation, error) {
	var f felsamling
	f.organisation(in)
	f.omrade(in, kodverk, in.tid())
	f.kommuner(in.Kommuner, kommuner, in.Startdatum)
	f.stadsdelar(in, kodverk, in.Kommuner, in.tid(), nil)
	f.ingaende(in.Ingaende, in.tid(), true)
	if in.GallerFran != nil {
		f.lagg("/gallerFran", RegelGallerFranNy)
	}
	if err := f.err(); err != nil {
		return Samverkansorganisation{}, err
	}
	k := slices.Sorted(slices.Values(in.Kommuner))
	o := Samverkansorganisation{Version: 1, Rader: []Organisationsrad{
		{Period: Period{Fran: Alltid}, Verksamhetsomrade: in.Verksamhetsomrade, Lan: LanAv(k), Kommuner: k}}}
	return in.till(o).Vid(in.Startdatum), nil
}

// AndraOrganisation replaces the fields of an organisation, område and kommuner from a
// month on: what has been stands. Samverkansform never changes; startdatum,
// verksamhetsområde and months that have been are a systemförvaltare's alone. Dates that
// would leave something registered outside are a conflict.
func AndraOrganisation(o Samverkansorganisation, in Organisationsuppgifter, a Aktor, kodverk Kodverk, kommuner []Kommun, r Registrerat, idag Datum) (Samverkansorganisation, error) {
	var f felsamling
	f.organisation(in)
	g := fransManad(in.GallerFran, in.Startdatum, idag)
	f.manad(g, in, a, idag)
	rader := fran(o.Rader, in.Startdatum)
	da := Samverkansorganisation{Rader: rader}.Rad(g.manad)
	forsta := senast(g.dag, in.Startdatum)
	omrade := in.Verksamhetsomrade
	switch {
	case omrade == da.Verksamhetsomrade:
	case a.HarRoll(RollSystemforvaltare):
		f.omrade(in, kodverk, Period{forsta, in.Slutdatum})
	case omrade == o.Rad(idag).Verksamhetsomrade:
		omrade = da.Verksamhetsomrade // what is planned is not undone by sending what is
	default:
		f.lagg("/verksamhetsomrade", RegelVerksamhetsomradeLast)
	}
	k := slices.Sorted(slices.Values(in.Kommuner))
	if !slices.Equal(k, da.Kommuner) {
		f.kommuner(in.Kommuner, kommuner, forsta)
	}
	rader = flyttade(rader, g.manad, omrade, k)
	f.stadsdelar(in, kodverk, slices.Concat(in.Kommuner, Samverkansorganisation{Rader: rader}.Rad(idag).Kommuner), Period{forsta, in.Slutdatum}, o.Stadsdelar)
	f.ingaende(in.Ingaende, in.tid(), a.HarRoll(RollSystemforvaltare))
	if in.Samverkansform != o.Samverkansform {
		f.lagg("/samverkansform", RegelOforanderlig, "Samverkansformen kan inte ändras.")
	}
	if in.Startdatum != o.Startdatum && !a.HarRoll(RollSystemforvaltare) {
		f.lagg("/startdatum", RegelStartdatumLast)
	}
	if err := f.err(); err != nil {
		return o, err
	}
	if err := r.ryms(in.tid()); err != nil {
		return o, err
	}
	ny := in.till(o)
	if LikaRader(rader, o.Rader) && slices.Equal(ny.Stadsdelar, o.Stadsdelar) && LikaIngaende(ny.Ingaende, o.Ingaende) {
		if ny.Stadsdelar, ny.Ingaende = o.Stadsdelar, o.Ingaende; reflect.DeepEqual(ny, o) {
			return o.Vid(idag), nil // says what stood: no version
		}
	}
	ny.AntalOppna = r.slutar(o.Slutdatum, in.Slutdatum)
	ny.Version++
	ny.Rader = rader
	return ny.Vid(idag), nil
}

// ProvaSamtida refuses an organisation that there is no room for beside the others: one
// förbund has one organisationsnummer (409 organisationsnummer-finns), and Af/FK-samarbetet
// has two organisations (409 af-fk-tva). One that has ended stands in nobody's way from the
// day after. What stood side by side already when the rule came may go on and be corrected:
// forr is the organisation before a change, the zero value of a new one.
func (o Samverkansorganisation) ProvaSamtida(forr Samverkansorganisation, andra []Samverkansorganisation) error {
	motas := func(a, b Samverkansorganisation) bool { return a.Tid().Overlappar(b.Tid()) }
	var sidor []Samverkansorganisation
	for _, a := range andra {
		if a.ID == o.ID || a.Samverkansform != o.Samverkansform || !motas(o, a) {
			continue
		}
		if a.Samverkansform == FormFinsam && a.Organisationsnummer == o.Organisationsnummer &&
			(forr.Organisationsnummer != o.Organisationsnummer || !motas(forr, a)) {
			return OrganisationsnummerFinns(a.ID)
		}
		for _, b := range sidor {
			if a.Samverkansform == FormAfFkSamarbete && motas(a, b) && (forr.Version == 0 || !motas(forr, a) || !motas(forr, b)) {
				return AfFkTva()
			}
		}
		sidor = append(sidor, a)
	}
	return nil
}

// OrganisationsnummerFinns is the refusal of a förbund's number that the organisation id
// has; the store's constraint answers it too, without saying which.
func OrganisationsnummerFinns(id uuid.UUID) *Error {
	e := konfliktVid("/organisationsnummer", RegelOrganisationsnummerFinns)
	e.Finns = id
	return e
}

// AfFkTva is the refusal of a third organisation of Af/FK-samarbetet; the store's
// constraint answers it too.
func AfFkTva() *Error { return konfliktVid("/samverkansform", RegelAfFkTva) }

// ryms refuses dates that would leave something registered outside.
func (r Registrerat) ryms(tid Period) error {
	if r.Sista != nil && tid.slutarFore(*r.Sista) {
		return konfliktVid("/slutdatum", RegelSlutdatumForeRegistrerat)
	}
	if r.Forsta != nil && r.Forsta.Fore(tid.Fran) {
		return konfliktVid("/startdatum", RegelStartdatumEfterRegistrerat)
	}
	return nil
}

func (in Organisationsuppgifter) till(o Samverkansorganisation) Samverkansorganisation {
	o.Namn = strings.TrimSpace(in.Namn)
	o.Organisationsnummer = in.Organisationsnummer
	o.Samverkansform = in.Samverkansform
	o.Beskrivning = in.Beskrivning
	o.Startdatum = in.Startdatum
	o.Slutdatum = in.Slutdatum
	o.Adress = in.Adress
	o.Kontaktperson = in.Kontaktperson
	o.Stadsdelar = slices.Sorted(slices.Values(in.Stadsdelar))
	if in.Rapporteringsdag != nil {
		o.Rapporteringsdag = *in.Rapporteringsdag
	}
	o.Rapporteringsdag = cmp.Or(o.Rapporteringsdag, ForvaldRapporteringsdag)
	o.Ingaende = iTiden(in.Ingaende, in.Startdatum)
	return o
}

// organisation gathers the faults of the fields that stand alone.
func (f *felsamling) organisation(in Organisationsuppgifter) {
	f.obligatorisk("/namn", in.Namn, MaxNamn)
	f.ingetPersonnummer("/namn", in.Namn)
	f.organisationsnummer("/organisationsnummer", in.Organisationsnummer)
	switch in.Samverkansform {
	case FormFinsam, FormTvapartsfinsam, FormHandlingsplanssamverkan, FormAfFkSamarbete:
	default:
		f.lagg("/samverkansform", RegelOkandKod, "Samverkansformen finns inte.")
	}
	f.text("/beskrivning", in.Beskrivning, MaxBeskrivning, true)
	f.ingetPersonnummer("/beskrivning", in.Beskrivning)
	f.period(in.tid())
	if d := in.Rapporteringsdag; d != nil && (*d < 1 || *d > MaxRapporteringsdag) {
		f.lagg("/rapporteringsdag", RegelUtanforGranser, "Rapporteringsdagen ska vara en dag mellan 1 och 28.")
	}
	f.text("/adress/gata", in.Adress.Gata, MaxKort, false)
	f.ingetPersonnummer("/adress/gata", in.Adress.Gata)
	if p := strings.ReplaceAll(in.Adress.Postnummer, " ", ""); p != "" && (len(p) != 5 || !baraSiffror(p) || len(in.Adress.Postnummer) > 6) {
		f.lagg("/adress/postnummer", RegelPostnummerFormat)
	}
	f.text("/adress/ort", in.Adress.Ort, MaxKort, false)
	f.ingetPersonnummer("/adress/ort", in.Adress.Ort)
	f.telefon("/adress/telefon", in.Adress.Telefon)
	f.epost("/adress/epost", in.Adress.Epost)
	f.kontaktperson(in.Kontaktperson)
}

func (f *felsamling) kontaktperson(k Kontaktperson) {
	f.text("/kontaktperson/namn", k.Namn, MaxNamn, false)
	f.ingetPersonnummer("/kontaktperson/namn", k.Namn)
	f.text("/kontaktperson/titel", k.Titel, MaxKort, false)
	f.ingetPersonnummer("/kontaktperson/titel", k.Titel)
	f.telefon("/kontaktperson/telefon", k.Telefon)
	f.epost("/kontaktperson/epost", k.Epost)
}

// omrade: a code that holds on some day of the time that it is for.
func (f *felsamling) omrade(in Organisationsuppgifter, kodverk Kodverk, under Period) {
	if _, ok := kodverk.GiltigUnder(KodverkVerksamhetsomrade, in.Verksamhetsomrade, under, in.Samverkansform); !ok {
		f.lagg("/verksamhetsomrade", RegelOkandKod, "Verksamhetsområdet finns inte under den tid det ska gälla.")
	}
}

// kommuner: at least one, all of them there on the day that they are the organisation's from.
func (f *felsamling) kommuner(koder []string, kommuner []Kommun, fran Datum) {
	if len(koder) == 0 {
		f.lagg("/kommuner", RegelObligatoriskt, "Välj minst en kommun.")
	}
	for i, kod := range koder {
		n := slices.IndexFunc(kommuner, func(k Kommun) bool { return k.Kod == kod })
		if n < 0 {
			f.lagg(element("/kommuner", i), RegelOkandKod, "Kommunen finns inte.")
		} else if fran.Angett() && !kommuner[n].Omfattar(fran) {
			f.lagg(element("/kommuner", i), RegelOkandKod, "Kommunen fanns inte när den skulle börja gälla.")
		}
	}
	f.unika("/kommuner", koder)
}

// stadsdelar lie in the chosen kommuner, and hold on some day of the time that they are
// chosen for; those that stand already were right when they were chosen.
func (f *felsamling) stadsdelar(in Organisationsuppgifter, kodverk Kodverk, kommuner []string, under Period, star []string) {
	for i, kod := range in.Stadsdelar {
		nar := under
		if slices.Contains(star, kod) {
			nar = in.tid()
		}
		r, ok := kodverk.GiltigUnder(KodverkStadsdel, kod, nar, in.Samverkansform)
		if !ok {
			f.lagg(element("/stadsdelar", i), RegelOkandKod, "Stadsdelen finns inte under den tid den ska gälla.")
		} else if !slices.Contains(kommuner, r.Tillhor) {
			f.lagg(element("/stadsdelar", i), RegelStadsdelUtanfor, "Stadsdelen hör inte till någon av de valda kommunerna.")
		}
	}
	f.unika("/stadsdelar", in.Stadsdelar)
}

func (f *felsamling) organisationsnummer(pekare, s string) {
	if !GiltigtOrganisationsnummer(s) {
		f.lagg(pekare, RegelOrganisationsnummer)
	}
}

// period: a start, and an end not before it.
func (f *felsamling) period(tid Period) {
	if !tid.Fran.Angett() {
		f.lagg("/startdatum", RegelObligatoriskt)
	}
	if !tid.IOrdning() {
		f.lagg("/slutdatum", RegelSlutForeStart, "Slutdatum får inte vara före startdatum.")
	}
}
