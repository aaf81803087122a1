package register

import (
	"slices"
	"strings"
)

// Organisationstyp is what kind of body an agency is; the flags' defaults follow it.
type Organisationstyp string

// The kinds of agency. ESF and OVRIG are there so that a report of costs can name whoever
// pays without taking part.
const (
	TypForsakringskassan  Organisationstyp = "FORSAKRINGSKASSAN"
	TypArbetsformedlingen Organisationstyp = "ARBETSFORMEDLINGEN"
	TypRegion             Organisationstyp = "REGION"
	TypKommun             Organisationstyp = "KOMMUN"
	TypSamordningsforbund Organisationstyp = "SAMORDNINGSFORBUND"
	TypEsf                Organisationstyp = "ESF"
	TypOvrig              Organisationstyp = "OVRIG"
)

// IngaendeOrganisation is an agency's part in a samverkansorganisation during a time, with
// three independent flags. Without Fran it has been since the organisation's start,
// whichever day that is or is corrected to; without Tom it is until further notice. Name
// and type are the register's.
type IngaendeOrganisation struct {
	Period
	Namn                         string
	Organisationsnummer          string
	Typ                          Organisationstyp
	Medlem, Finansiar, Konsument bool

	Ny bool // in no row of the register of agencies (UrRegistret)
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
	case TypEsf, TypOvrig:
		return false, true, false
	}
	return false, false, false
}

// Ar is true for the agency with the number: the one place where two are the same.
func (i IngaendeOrganisation) Ar(organisationsnummer string) bool {
	return i.Organisationsnummer == organisationsnummer
}

// lika is true when two rows say the same.
func (i IngaendeOrganisation) lika(j IngaendeOrganisation) bool {
	tom := lika(i.Tom, j.Tom)
	i.Tom, j.Tom = nil, nil
	i.Ny, j.Ny = false, false
	return tom && i == j
}

// LikaIngaende is true when two lists say the same, in the same order.
func LikaIngaende(a, b []IngaendeOrganisation) bool {
	return slices.EqualFunc(a, b, IngaendeOrganisation.lika)
}

// ArMedlem is true when the agency is an ingående organisation flagged Medlem on the day.
func (o Samverkansorganisation) ArMedlem(organisationsnummer string, pa Datum) bool {
	return o.ArMedlemUnder(organisationsnummer, Dygn(pa))
}

// ArMedlemUnder is true when it is on some day of the period.
func (o Samverkansorganisation) ArMedlemUnder(organisationsnummer string, under Period) bool {
	return slices.ContainsFunc(o.Ingaende, func(i IngaendeOrganisation) bool {
		return i.Medlem && i.Ar(organisationsnummer) && i.Overlappar(under)
	})
}

// Medlemmar is the names of those that are Medlem on the day, in the organisation's order.
func (o Samverkansorganisation) Medlemmar(pa Datum) []string {
	var svar []string
	for _, i := range o.Ingaende {
		if i.Medlem && i.Omfattar(pa) {
			svar = append(svar, i.Namn)
		}
	}
	return svar
}

// FinansiarerUnder is each agency that is Finansiär on some day of the calendar year and of
// the organisation's own time, once, in the organisation's order: what a budget of that
// year may name.
func (o Samverkansorganisation) FinansiarerUnder(ar int) []IngaendeOrganisation {
	var svar []IngaendeOrganisation
	aret := NyPeriod(NyttDatum(ar, 1, 1), NyttDatum(ar, 12, 31))
	if !o.Tid().Overlappar(aret) {
		return nil
	}
	for _, i := range o.Ingaende {
		if i.Finansiar && i.Overlappar(aret) && !slices.ContainsFunc(svar, func(s IngaendeOrganisation) bool { return s.Ar(i.Organisationsnummer) }) {
			svar = append(svar, i)
		}
	}
	return svar
}

func (o Samverkansorganisation) finansiarUnder(organisationsnummer string, ar int) (IngaendeOrganisation, bool) {
	for _, i := range o.FinansiarerUnder(ar) {
		if i.Ar(organisationsnummer) {
			return i, true
		}
	}
	return IngaendeOrganisation{}, false
}

// ingarUnder is true for an agency that is an ingående organisation on some day of the
// calendar year and of the organisation's own time.
func (o Samverkansorganisation) ingarUnder(organisationsnummer string, ar int) bool {
	aret := NyPeriod(NyttDatum(ar, 1, 1), NyttDatum(ar, 12, 31))
	return o.Tid().Overlappar(aret) && slices.ContainsFunc(o.Ingaende, func(i IngaendeOrganisation) bool {
		return i.Ar(organisationsnummer) && i.Overlappar(aret)
	})
}

// iTiden is the rows as they are kept: one that begins no later than the organisation has
// been since its start.
func iTiden(lista []IngaendeOrganisation, start Datum) []IngaendeOrganisation {
	svar := slices.Clone(lista)
	for i := range svar {
		svar[i].Namn = strings.TrimSpace(svar[i].Namn)
		if !svar[i].Fran.Efter(start) {
			svar[i].Fran = Datum{}
		}
	}
	return svar
}

// IngaendeFran is the first day of the row as the organisation's own time shows it.
func (o Samverkansorganisation) IngaendeFran(i IngaendeOrganisation) Datum {
	return senast(i.Fran, o.Startdatum)
}

// ingaende gathers the faults of the rows, at each field; forvaltare is Försäkringskassan,
// which may bring an agency into the register with them.
func (f *felsamling) ingaende(lista []IngaendeOrganisation, tid Period, forvaltare bool) {
	for i, o := range lista {
		p := element("/ingaendeOrganisationer", i)
		f.organisationsnummer(p+"/organisationsnummer", o.Organisationsnummer)
		if o.Ny && (!forvaltare || o.Namn == "" && o.Typ == "") {
			f.lagg(p+"/organisationsnummer", RegelMyndighetSaknas)
		} else {
			f.obligatorisk(p+"/namn", o.Namn, MaxNamn)
			f.ingetPersonnummer(p+"/namn", o.Namn)
			if !o.Typ.Finns() {
				f.lagg(p+"/typ", RegelOkandKod, "Organisationstypen finns inte.")
			}
		}
		if o.Typ == TypSamordningsforbund && !o.Konsument {
			f.lagg(p+"/konsument", RegelForbundKonsument)
		}
		switch {
		case !o.IOrdning():
			f.lagg(p+"/giltigTom", RegelSlutForeStart)
		case o.slutarFore(tid.Fran):
			f.lagg(p+"/giltigTom", RegelUtanforOrganisationen)
		case tid.slutarFore(o.Fran):
			f.lagg(p+"/giltigFran", RegelUtanforOrganisationen)
		}
		for _, tidigare := range lista[:i] {
			if !tidigare.Ar(o.Organisationsnummer) || !tidigare.Overlappar(o.Period) {
				continue
			}
			if tidigare.Fran == o.Fran && lika(tidigare.Tom, o.Tom) {
				f.lagg(p+"/organisationsnummer", RegelDubblett, "Organisationen finns redan i listan.")
			} else {
				f.lagg(p+"/giltigFran", RegelIngaendeOverlappar)
			}
			break
		}
	}
}
