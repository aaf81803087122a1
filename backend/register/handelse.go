package register

import "slices"

// Handelse is an event of the audit log: what was done, and what kind of object it
// was done to. Nobody outside this file can make one, so no log row tells of an
// event that the catalogue lacks.
type Handelse struct {
	namn, objekttyp string
	raderar         bool
}

// String is the name in the log, as «DELTAGANDE_INSKRIVET».
func (h Handelse) String() string { return h.namn }

// Objekttyp is the kind of object that the row's objektId leads to, as «deltagande».
func (h Handelse) Objekttyp() string { return h.objekttyp }

// Raderar is true for an event that erases whom the log is about in an insats: the
// absence of a person from a row is held against rows of such events.
func (h Handelse) Raderar() bool { return h.raderar }

// Handelser is the whole catalogue, in the order below.
func Handelser() []Handelse { return slices.Clone(handelsekatalog) }

var handelsekatalog []Handelse

// raderar marks an event that erases: see Handelse.Raderar.
const raderar = true

func nyHandelse(namn, objekttyp string, raderar ...bool) Handelse {
	h := Handelse{namn: namn, objekttyp: objekttyp, raderar: len(raderar) > 0}
	handelsekatalog = append(handelsekatalog, h)
	return h
}

// Every event there is. What is refused has the event of what was tried and the
// outcome NEKAD; its rule stands in regel, the caller's case number in externtId,
// and what was given or asked for (a role, a key's or an operation's id) in detalj.
var (
	HandelseDeltagandeInskrivet  = nyHandelse("DELTAGANDE_INSKRIVET", "deltagande") // refused: no object, detalj is the samtycke
	HandelseDeltagandeUtskrivet  = nyHandelse("DELTAGANDE_UTSKRIVET", "deltagande")
	HandelseInregistreringRattad = nyHandelse("INREGISTRERING_RATTAD", "deltagande")
	HandelseUtregistreringRattad = nyHandelse("UTREGISTRERING_RATTAD", "deltagande")
	HandelseProvkord             = nyHandelse("PROVKORD", "deltagande") // detalj is the event that would have been
	HandelseDeltagandeLast       = nyHandelse("DELTAGANDE_LAST", "deltagande")
	HandelseVersionerLasta       = nyHandelse("VERSIONER_LASTA", "deltagande")
	HandelseDeltagandenListade   = nyHandelse("DELTAGANDEN_LISTADE", "insats")
	HandelseDeltagandenSokta     = nyHandelse("DELTAGANDEN_SOKTA", "insats")
	HandelseAnonymaSkapade       = nyHandelse("ANONYMA_SKAPADE", "anonyma")
	HandelseAnonymaRattade       = nyHandelse("ANONYMA_RATTADE", "anonyma")
	HandelseAnonymaVersioner     = nyHandelse("ANONYMA_VERSIONER_LASTA", "anonyma")
	HandelseAnonymaListade       = nyHandelse("ANONYMA_LISTADE", "insats")

	HandelseSamtyckeSkapat       = nyHandelse("SAMTYCKE_SKAPAT", "samtycke")
	HandelseSamtyckeLast         = nyHandelse("SAMTYCKE_LAST", "samtycke")
	HandelseSamtyckenListade     = nyHandelse("SAMTYCKEN_LISTADE", "insats")
	HandelseSamtyckeRattat       = nyHandelse("SAMTYCKE_RATTAT", "samtycke") // detalj is the names of the fields that were changed
	HandelseSamtyckeAterkallat   = nyHandelse("SAMTYCKE_ATERKALLAT", "samtycke", raderar)
	HandelseAterkallelserBegarda = nyHandelse("ATERKALLELSER_BEGARDA", "insats") // detalj is the case id; each withdrawal has its own row
	HandelseDeltagareSokt        = nyHandelse("DELTAGARE_SOKT", "insats")
	HandelseIdentitetUppslagen   = nyHandelse("IDENTITET_UPPSLAGEN", "samtycke")

	// Before the population register is asked for a caller, whatever it then answers;
	// the other is the caller's, once an hour: detalj is how many led to nothing.
	HandelseFolkbokforingUppslagen = nyHandelse("FOLKBOKFORING_UPPSLAGEN", "insats")
	HandelseUppslagUtanResultat    = nyHandelse("UPPSLAG_UTAN_RESULTAT", "innehavare")

	// The nightly questions: detalj of a run is how many; a changed answer stands at
	// the samtycke, without what was changed.
	HandelseFolkbokforingOmfragad = nyHandelse("FOLKBOKFORING_OMFRAGAD", "folkbokforing")
	HandelseFolkbokforingAndrad   = nyHandelse("FOLKBOKFORING_ANDRAD", "samtycke")

	HandelseSamtyckeGallrat        = nyHandelse("SAMTYCKE_GALLRAT", "samtycke", raderar)
	HandelseFelregistreringGallrad = nyHandelse("FELREGISTRERING_GALLRAD", "deltagande", raderar)
	HandelseIdentitetRaderadSkydd  = nyHandelse("IDENTITET_RADERAD_SKYDD", "samtycke", raderar)
	HandelseIdentitetGallrad       = nyHandelse("IDENTITET_GALLRAD", "deltagande", raderar)
	HandelseAnvandareGallrad       = nyHandelse("ANVANDARE_GALLRAD", "anvandare")
	HandelseGallringProvkord       = nyHandelse("GALLRING_PROVKORD", "gallring")     // what would go was asked for, and nothing erased
	HandelsePersonnyckelSammanford = nyHandelse("PERSONNYCKEL_SAMMANFORD", "person") // several numbers are one person's

	HandelseOrganisationSkapad = nyHandelse("ORGANISATION_SKAPAD", "samverkansorganisation")
	HandelseOrganisationAndrad = nyHandelse("ORGANISATION_ANDRAD", "samverkansorganisation")
	HandelseMyndighetSkapad    = nyHandelse("MYNDIGHET_SKAPAD", "myndighet")
	HandelseMyndighetAndrad    = nyHandelse("MYNDIGHET_ANDRAD", "myndighet")
	HandelseKodSkapad          = nyHandelse("KOD_SKAPAD", "kod") // detalj is the list, the code and what it says
	HandelseKodAndrad          = nyHandelse("KOD_ANDRAD", "kod") // detalj is the list, the code, and from what to what
	HandelseInsatsSkapad       = nyHandelse("INSATS_SKAPAD", "insats")
	HandelseInsatsAndrad       = nyHandelse("INSATS_ANDRAD", "insats")
	HandelseFragaSkapad        = nyHandelse("FRAGA_SKAPAD", "fraga")
	HandelseFragaAndrad        = nyHandelse("FRAGA_ANDRAD", "fraga")
	HandelseFragorOrdnade      = nyHandelse("FRAGOR_ORDNADE", "samverkansorganisation")

	// Volym and budgets: detalj is the year.
	HandelseVolymSparad                = nyHandelse("VOLYM_SPARAD", "insats")
	HandelseVolymerLasta               = nyHandelse("VOLYMER_LASTA", "insats")
	HandelseVolymversionerLasta        = nyHandelse("VOLYMVERSIONER_LASTA", "insats")
	HandelseInsatsbudgetSparad         = nyHandelse("INSATSBUDGET_SPARAD", "insats")
	HandelseInsatsbudgetLast           = nyHandelse("INSATSBUDGET_LAST", "insats")
	HandelseInsatsbudgetversionerLasta = nyHandelse("INSATSBUDGETVERSIONER_LASTA", "insats")

	HandelseOrganisationsbudgetSparad         = nyHandelse("ORGANISATIONSBUDGET_SPARAD", "samverkansorganisation")
	HandelseOrganisationsbudgetLast           = nyHandelse("ORGANISATIONSBUDGET_LAST", "samverkansorganisation")
	HandelseOrganisationsbudgetversionerLasta = nyHandelse("ORGANISATIONSBUDGETVERSIONER_LASTA", "samverkansorganisation")
	HandelseBudgetarStangt                    = nyHandelse("BUDGETAR_STANGT", "samverkansorganisation")
	HandelseBudgetarOppnat                    = nyHandelse("BUDGETAR_OPPNAT", "samverkansorganisation")

	// Refusals before any object of the insats is known: what is asked for is not the Aktor's.
	HandelseRegistrering   = nyHandelse("REGISTRERING", "insats")
	HandelseLasning        = nyHandelse("LASNING", "insats")
	HandelseOperationNekad = nyHandelse("OPERATION_NEKAD", "operation") // the role lacks the operation: detalj is its id

	HandelseAnvandareSkapad            = nyHandelse("ANVANDARE_SKAPAD", "anvandare")
	HandelseAnvandareSparrad           = nyHandelse("ANVANDARE_SPARRAD", "anvandare")
	HandelseAnvandareSparrHavd         = nyHandelse("ANVANDARE_SPARR_HAVD", "anvandare")
	HandelseAnvandareHuvudlosenordBytt = nyHandelse("ANVANDARE_HUVUDLOSENORD_BYTT", "anvandare")
	HandelseAnvandareMobilBytt         = nyHandelse("ANVANDARE_MOBIL_BYTT", "anvandare")
	HandelseAnvandareUppslagen         = nyHandelse("ANVANDARE_UPPSLAGEN", "anvandare")
	HandelseUppdragListade             = nyHandelse("UPPDRAG_LISTADE", "innehavare")
	HandelseKlienterListade            = nyHandelse("KLIENTER_LISTADE", "klient")
	HandelseAnvandareListade           = nyHandelse("ANVANDARE_LISTADE", "anvandare")
	HandelseBehorighetGiven            = nyHandelse("BEHORIGHET_GIVEN", "anvandare") // detalj is the role
	HandelseBehorighetAvslutad         = nyHandelse("BEHORIGHET_AVSLUTAD", "innehavare")
	HandelseUppdragGivet               = nyHandelse("UPPDRAG_GIVET", "innehavare")  // detalj is the role
	HandelseUppdragAndrat              = nyHandelse("UPPDRAG_ANDRAT", "innehavare") // detalj is the uppdrag
	HandelseOrganisationsuppdragLasta  = nyHandelse("ORGANISATIONSUPPDRAG_LASTA", "samverkansorganisation")
	HandelseInsatsuppdragLasta         = nyHandelse("INSATSUPPDRAG_LASTA", "insats")
	HandelseUppdragstagareListade      = nyHandelse("UPPDRAGSTAGARE_LISTADE", "samverkansorganisation") // detalj is the role
	HandelseUppdragAvslutat            = nyHandelse("UPPDRAG_AVSLUTAT", "innehavare")

	HandelseKlientSkapad         = nyHandelse("KLIENT_SKAPAD", "klient")
	HandelseKlientSparrad        = nyHandelse("KLIENT_SPARRAD", "klient")
	HandelseKlientSparrHavd      = nyHandelse("KLIENT_SPARR_HAVD", "klient")
	HandelseKlientHemlighetBytt  = nyHandelse("KLIENT_HEMLIGHET_BYTT", "klient")
	HandelseKlientInloggning     = nyHandelse("KLIENT_INLOGGNING", "klient")
	HandelseSigneringsnyckelBytt = nyHandelse("SIGNERINGSNYCKEL_BYTT", "signeringsnyckel") // detalj is the new key's id

	HandelseInloggning           = nyHandelse("INLOGGNING", "anvandare")
	HandelseInloggningKod        = nyHandelse("INLOGGNING_KOD", "anvandare")
	HandelseInloggningKodSkickad = nyHandelse("INLOGGNING_KOD_SKICKAD", "anvandare")
	HandelseInloggningLast       = nyHandelse("INLOGGNING_LAST", "person")
	HandelseInloggningLastAdress = nyHandelse("INLOGGNING_LAST_ADRESS", "adress")
	HandelseSessionFornyad       = nyHandelse("SESSION_FORNYAD", "session")
	HandelseFornyelseAteranvand  = nyHandelse("FORNYELSE_ATERANVAND", "session")
	HandelseUtloggning           = nyHandelse("UTLOGGNING", "session")
	HandelseCSRFNekad            = nyHandelse("CSRF_NEKAD", "adress")    // detalj is how many since the address's last such row
	HandelseForsokNekade         = nyHandelse("FORSOK_NEKADE", "adress") // likewise
	HandelseTokenNekad           = nyHandelse("TOKEN_NEKAD", "adress")   // likewise
	HandelseDemosession          = nyHandelse("DEMOSESSION", "session")

	HandelseLoggSokt             = nyHandelse("LOGG_SOKT", "loggpost") // about the person, when one was asked for
	HandelseLoggLast             = nyHandelse("LOGG_LAST", "loggpost")
	HandelseLoggKontrollerad     = nyHandelse("LOGG_KONTROLLERAD", "loggpost") // detalj: hel or bruten
	HandelseLoggNyEpok           = nyHandelse("LOGG_NY_EPOK", "loggpost")
	HandelseLoggGallrad          = nyHandelse("LOGG_GALLRAD", "loggpost")                   // detalj is the number of the last link that was cut
	HandelseLoggpersonerRaderade = nyHandelse("LOGGPERSONER_RADERADE", "samtycke", raderar) // of samtycken withdrawn while they were being read
)
