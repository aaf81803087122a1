package register

import (
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
	Version             int

	// What holds on the day it was read for (Vid); Rader is the whole of it.
	Verksamhetsomrade string             `gorm:"-"`
	Lan               string             `gorm:"-"`
	Kommuner          []string           `gorm:"-"`
	Rader             []Organisationsrad `gorm:"-"` // earliest first

	Stadsdelar []string               `gorm:"-"` // codes in kodverk STADSDEL, sorted
	Ingaende   []IngaendeOrganisation `gorm:"-"` // in the order given

	AntalOppna int `gorm:"-"` // in all its insatser, when a change has just ended it
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
	Adress              Adress
	Kontaktperson       Kontaktperson
	Stadsdelar          []string
	Ingaende            []IngaendeOrganisation
}

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

// Flaggor is the flags a kind of ingående organisation has unless someone changes them.
func (t Organisationstyp) Flaggor() (medlem, finansiar, konsument bool) {
	switch t {
	case TypForsakringskassan, TypRegion, TypKommun:
		return true, true, false
	case TypArbetsformedlingen:
		return true, false, false
	case TypSamordningsforbund:
		return false, true, true
	}
	return false, false, false
}

// ArMedlem is true when the organisationsnummer is an ingående organisation flagged Medlem.
func (o Samverkansorganisation) ArMedlem(organisationsnummer string) bool {
	return slices.ContainsFunc(o.Ingaende, func(i IngaendeOrganisation) bool {
		return i.Medlem && i.Organisationsnummer == organisationsnummer
	})
}

// SkapaOrganisation makes a new organisation of an order that Försäkringskassan
// approved. It refuses with every faulty field at once. ID and Nr are the store's.
func SkapaOrganisation(in Organisationsuppgifter, kodverk Kodverk, kommuner []Kommun) (Samverkansorganisation, error) {
	var f felsamling
	f.organisation(in)
	f.omrade(in, kodverk, in.tid())
	f.kommuner(in.Kommuner, kommuner, in.Startdatum)
	f.stadsdelar(in, kodverk, in.Kommuner)
	f.ingaende(in.Ingaende)
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
	g := in.fransManad(idag)
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
	f.stadsdelar(in, kodverk, slices.Concat(in.Kommuner, Samverkansorganisation{Rader: rader}.Rad(idag).Kommuner))
	f.ingaende(in.Ingaende)
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
	if LikaRader(rader, o.Rader) && slices.Equal(ny.Stadsdelar, o.Stadsdelar) && slices.Equal(ny.Ingaende, o.Ingaende) {
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
	o.Ingaende = slices.Clone(in.Ingaende)
	return o
}

// organisation gathers the faults of the fields that stand alone.
func (f *felsamling) organisation(in Organisationsuppgifter) {
	f.obligatorisk("/namn", in.Namn, MaxNamn)
	f.organisationsnummer("/organisationsnummer", in.Organisationsnummer)
	switch in.Samverkansform {
	case FormFinsam, FormTvapartsfinsam, FormHandlingsplanssamverkan, FormAfFkSamarbete:
	default:
		f.lagg("/samverkansform", RegelOkandKod, "Samverkansformen finns inte.")
	}
	f.text("/beskrivning", in.Beskrivning, MaxBeskrivning, true)
	f.ingetPersonnummer("/beskrivning", in.Beskrivning)
	f.period(in.tid())
	f.text("/adress/gata", in.Adress.Gata, MaxKort, false)
	if p := strings.ReplaceAll(in.Adress.Postnummer, " ", ""); p != "" && (len(p) != 5 || !baraSiffror(p) || len(in.Adress.Postnummer) > 6) {
		f.lagg("/adress/postnummer", RegelPostnummerFormat)
	}
	f.text("/adress/ort", in.Adress.Ort, MaxKort, false)
	f.telefon("/adress/telefon", in.Adress.Telefon)
	f.epost("/adress/epost", in.Adress.Epost)
	f.text("/kontaktperson/namn", in.Kontaktperson.Namn, MaxNamn, false)
	f.text("/kontaktperson/titel", in.Kontaktperson.Titel, MaxKort, false)
	f.telefon("/kontaktperson/telefon", in.Kontaktperson.Telefon)
	f.epost("/kontaktperson/epost", in.Kontaktperson.Epost)
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

// stadsdelar lie in the chosen kommuner.
func (f *felsamling) stadsdelar(in Organisationsuppgifter, kodverk Kodverk, kommuner []string) {
	for i, kod := range in.Stadsdelar {
		r, ok := kodverk.GiltigUnder(KodverkStadsdel, kod, in.tid(), in.Samverkansform)
		if !ok {
			f.lagg(element("/stadsdelar", i), RegelOkandKod, "Stadsdelen finns inte under organisationens tid.")
		} else if !slices.Contains(kommuner, r.Tillhor) {
			f.lagg(element("/stadsdelar", i), RegelStadsdelUtanfor, "Stadsdelen hör inte till någon av de valda kommunerna.")
		}
	}
	f.unika("/stadsdelar", in.Stadsdelar)
}

func (f *felsamling) ingaende(lista []IngaendeOrganisation) {
	nummer := make(map[string]bool, len(lista))
	for i, o := range lista {
		p := element("/ingaendeOrganisationer", i)
		f.obligatorisk(p+"/namn", o.Namn, MaxNamn)
		f.organisationsnummer(p+"/organisationsnummer", o.Organisationsnummer)
		if nummer[o.Organisationsnummer] {
			f.lagg(p+"/organisationsnummer", RegelDubblett, "Organisationen finns redan i listan.")
		}
		nummer[o.Organisationsnummer] = true
		switch o.Typ {
		case TypForsakringskassan, TypArbetsformedlingen, TypRegion, TypKommun:
		case TypSamordningsforbund:
			if !o.Konsument {
				f.lagg(p+"/konsument", RegelForbundKonsument)
			}
		default:
			f.lagg(p+"/typ", RegelOkandKod, "Organisationstypen finns inte.")
		}
	}
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
