package storetest

import (
	"fmt"
	"strconv"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/uuid"

	"sus/backend/register"
	"sus/backend/store"
	"sus/backend/store/db"
)

// Svara is an answer whose body is of no interest to the test.
func svara[T any](till *T) func(T) (db.Svar, error) {
	return func(v T) (db.Svar, error) {
		*till = v
		return db.Svar{Status: 201}, nil
	}
}

// Systemforvaltare is an Aktor of Försäkringskassan.
func Systemforvaltare() register.Aktor {
	return register.Aktor{ID: uuid.New(), SessionID: uuid.New(), Roller: []register.Roll{register.RollSystemforvaltare}}
}

// Aktor is a user with one role and an uppdrag on an organisation as such. Nothing of it
// is in the database: without a session the door does not ask whether it still stands.
func Aktor(roll register.Roll, organisation uuid.UUID) register.Aktor {
	return register.Aktor{ID: uuid.New(), Roller: []register.Roll{roll},
		Uppdrag: []register.Uppdrag{{Roll: roll, OrganisationID: organisation}}}
}

// Deltagaransvarig is a user who registers people in the insatser.
func Deltagaransvarig(insatser ...register.Insats) register.Aktor {
	a := register.Aktor{ID: uuid.New(), Roller: []register.Roll{register.RollDeltagaransvarig}}
	for _, i := range insatser {
		a.Uppdrag = append(a.Uppdrag, register.Uppdrag{Roll: register.RollDeltagaransvarig, OrganisationID: i.OrganisationID, InsatsID: i.ID})
	}
	return a
}

// Maskin is a machine client of the insats's organisation with every scope.
func Maskin(insats register.Insats) register.Aktor {
	return register.Aktor{ID: uuid.New(), Roller: []register.Roll{register.RollMaskin},
		Scopes:         []register.Scope{register.ScopeDeltagandeLas, register.ScopeDeltagandeSkriv, register.ScopeRapportLas, register.ScopeInsatsSkriv},
		OrganisationID: insats.OrganisationID,
		Uppdrag:        []register.Uppdrag{{Roll: register.RollMaskin, OrganisationID: insats.OrganisationID, InsatsID: insats.ID}}}
}

var organisationsnummer atomic.Int32

// Organisationsnummer is one that no other organisation of the tests has.
func Organisationsnummer() string {
	bas := fmt.Sprintf("2229%05d", organisationsnummer.Add(1))
	for k := range 10 {
		if n := bas + strconv.Itoa(k); register.GiltigtOrganisationsnummer(n) {
			return n
		}
	}
	panic(bas)
}

// Organisationsuppgifter is a förbund that every rule accepts, from 2005 on, with a number
// of its own.
func Organisationsuppgifter() register.Organisationsuppgifter {
	return register.Organisationsuppgifter{
		Namn: "Samordningsförbundet Prov", Organisationsnummer: Organisationsnummer(), Samverkansform: register.FormFinsam,
		Startdatum: register.NyttDatum(2005, 1, 1), Verksamhetsomrade: "OSTER", Kommuner: []string{"0380", "0305"},
		Adress:        register.Adress{Gata: "Provgatan 1", Postnummer: "753 20", Ort: "Uppsala"},
		Kontaktperson: register.Kontaktperson{Namn: "Kim Kontakt", Titel: "Förbundschef", Telefon: "018-10 00 00", Epost: "kim@example.se"},
		Ingaende: []register.IngaendeOrganisation{
			{Namn: "Försäkringskassan", Organisationsnummer: "2021005521", Typ: register.TypForsakringskassan, Medlem: true, Finansiar: true},
			{Namn: "Uppsala kommun", Organisationsnummer: "2120003005", Typ: register.TypKommun, Medlem: true, Finansiar: true},
		},
	}
}

// Organisation makes a förbund, changed by andra (nil: as it is).
func Organisation(t testing.TB, s *store.Store, andra func(*register.Organisationsuppgifter)) register.Samverkansorganisation {
	t.Helper()
	in := Organisationsuppgifter()
	if andra != nil {
		andra(&in)
	}
	var o register.Samverkansorganisation
	if _, err := s.SkapaSamverkansorganisation(t.Context(), Som(Systemforvaltare()), in, svara(&o)); err != nil {
		t.Fatalf("organisation: %v", err)
	}
	return o
}

// Myndighet puts an agency in the register.
func Myndighet(t testing.TB, s *store.Store, nummer string, typ register.Organisationstyp) register.Myndighet {
	t.Helper()
	var m register.Myndighet
	in := register.Myndighetsuppgifter{Organisationsnummer: nummer, Namn: "Organisationen " + nummer, Typ: typ}
	if _, err := s.SkapaMyndighet(t.Context(), Som(Systemforvaltare()), in, svara(&m)); err != nil {
		t.Fatalf("myndighet: %v", err)
	}
	return m
}

// Insatsuppgifter is an individinriktad insats that every rule accepts.
func Insatsuppgifter(o register.Samverkansorganisation) register.Insatsuppgifter {
	return register.Insatsuppgifter{
		OrganisationID: o.ID, Namn: "Arbetslivsresurs", Startdatum: o.Startdatum, Slutdatum: o.Slutdatum,
		Inriktning: register.InriktningIndivid, PreciseradInriktning: "REHABILITERING",
		Deltagarregistrering: register.MedPersonuppgiftEllerAnonym, Malgrupper: []string{"UNGA"},
	}
}

// Insats makes an insats of the organisation, changed by andra (nil: as it is).
func Insats(t testing.TB, s *store.Store, o register.Samverkansorganisation, andra func(*register.Insatsuppgifter)) register.Insats {
	t.Helper()
	in := Insatsuppgifter(o)
	if andra != nil {
		andra(&in)
	}
	var i store.InsatsIOrganisation
	if _, err := s.SkapaInsats(t.Context(), Som(Aktor(register.RollSamverkansadministrator, o.ID)), in, svara(&i)); err != nil {
		t.Fatalf("insats: %v", err)
	}
	return i.Insats
}

// Post is the population register's answer about somebody who is not protected.
func Post(nu time.Time) register.Folkbokforingspost {
	return register.Folkbokforingspost{Hittad: true, Namn: "Alva Andersson", Kommun: "0380", Skydd: register.SkyddInget, Uppslagen: nu}
}

// Person is one of the test numbers of Skatteverket's kind, by birth day.
func Person(dag register.Datum) register.Personnummer { return register.Testnummer(dag, true) }

// Samtyckesuppgifter is a consent given today, that every rule accepts.
func Samtyckesuppgifter(s *store.Store, insats register.Insats, p register.Personnummer) register.NyttSamtycke {
	return register.NyttSamtycke{InsatsID: insats.ID, Personnummer: p, Blankett: "9443", Datum: s.Idag(), Sprak: "sv", Satt: register.SattSkriftligt}
}

// Samtycke registers a consent of the person.
func Samtycke(t testing.TB, s *store.Store, a register.Aktor, insats register.Insats, p register.Personnummer) register.Samtycke {
	t.Helper()
	var c store.SamtyckeMedIdentitet
	if _, err := s.SkapaSamtycke(t.Context(), Som(a), Samtyckesuppgifter(s, insats, p), Post(s.Nu()), svara(&c)); err != nil {
		t.Fatalf("samtycke: %v", err)
	}
	return c.Samtycke
}

// Inregistrering is an in-registration that every rule accepts.
func Inregistrering(c register.Samtycke, startdag register.Datum) register.Inregistrering {
	return register.Inregistrering{InsatsID: c.InsatsID, SamtyckeID: c.ID, Startdag: startdag, Utbildningsniva: "GYMNASIUM",
		ArOffentligForsorjning: 2, Fore: register.Sysselsattning{Forsorjning: []string{"SA", "A_KASSA"}, Arbetssokande: true}}
}

// SkrivIn registers a deltagande on the consent.
func SkrivIn(t testing.TB, s *store.Store, a register.Aktor, c register.Samtycke, startdag register.Datum) register.Deltagande {
	t.Helper()
	var d register.Deltagande
	if _, err := s.SkrivIn(t.Context(), Som(a), Inregistrering(c, startdag), nil, svara(&d)); err != nil {
		t.Fatalf("inregistrering: %v", err)
	}
	return d
}

// Deltagande registers a consent and a deltagande on it.
func Deltagande(t testing.TB, s *store.Store, a register.Aktor, insats register.Insats, p register.Personnummer, startdag register.Datum) register.Deltagande {
	t.Helper()
	return SkrivIn(t, s, a, Samtycke(t, s, a, insats, p), startdag)
}

// Utregistrering is an exit with measurement that every rule accepts.
func Utregistrering(dag register.Datum) register.Utregistrering {
	procent := 50
	return register.Utregistrering{Avslutningsdag: dag, Avslutsanledning: "AVSLUT_ENLIGT_PLAN", Efter: &register.Sysselsattning{
		Forsorjning: []string{"INGEN"}, Arbetar: true, ArbetarProcent: &procent, Arbetstyper: []register.Arbetstyp{register.ArbeteInteSubventionerat}}}
}

// SkrivUt registers the exit of a deltagande.
func SkrivUt(t testing.TB, s *store.Store, a register.Aktor, d register.Deltagande, ut register.Utregistrering) register.Deltagande {
	t.Helper()
	var ny register.Deltagande
	if _, err := s.SkrivUt(t.Context(), Som(a), d.ID, ut, svara(&ny)); err != nil {
		t.Fatalf("utregistrering: %v", err)
	}
	return ny
}

// Aterkalla withdraws a consent.
func Aterkalla(t testing.TB, s *store.Store, a register.Aktor, samtyckeID uuid.UUID) *register.Deltagande {
	t.Helper()
	var d *register.Deltagande
	_, err := s.Aterkalla(t.Context(), Som(a), samtyckeID, func(n store.Aterkallad) (db.Svar, error) {
		d = n.Deltagande
		return db.Svar{Status: 201}, nil
	})
	if err != nil {
		t.Fatalf("återkallelse: %v", err)
	}
	return d
}
