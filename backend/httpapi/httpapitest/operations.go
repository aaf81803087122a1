// Package httpapitest is one valid request of each operation of the contract, in
// one table: the role matrix, the dead database and the proofs of the whole program
// ask it. A new operation costs one line. Only tests import it.
package httpapitest

import (
	"math/rand/v2"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"
)

// Target is whose data a request is about. It makes afresh what must be there
// before the request: each call of an ID is something new but for the first two.
type Target interface {
	InsatsID() string
	OppetAr() string          // a year of the organisation that nobody has closed
	StangtAr() string         // one that its administrator has closed
	VolymInsatsID() string    // of an insats that only counts
	AvslutadInsatsID() string // of an insats that is over
	AnnansInsatsID() string   // of one in another organisation, linked to none
	OrganisationID() string
	SamtyckeID() string             // not used yet
	DeltagandeID() string           // open, version 1
	AnonymaID() string              // version 1
	AnvandareID(roll string) string // of a user who holds the role, and has no uppdrag
	MyndighetID() string            // of an agency in the register
	UppdragID() string              // of a deltagaransvarig in the insats, version 1
	FragaID() string                // of the organisation, version 1
	AvslutatID() string             // a deltagande that is ended, version 2
	InloggningID() string           // waits for its code
	Kod() string                    // the code of the latest inloggning
	Personnummer() string           // of somebody whom nobody has registered
	Organisationsnummer() string    // of an organisation that is not there
	Today() string
	Day(n int) string           // n days after one when the insats had begun
	Inloggning() map[string]any // personnummer and huvudlosenord of somebody
	Klient() (id, hemlighet string)
	Token() string // of a session of its own
	Read(path string) (body map[string]any, etag string)
}

// Operation is what the contract does not tell of a valid request: method and path
// are the contract's.
type Operation struct {
	Roll      string              // who may ask it of what is their own
	Ended     bool                // {deltagandeId} is one that is ended
	Year      func(Target) string // {ar}, when it is not that of Day(0)
	Counts    bool                // {insatsId} is one that only counts
	Over      bool                // {insatsId} is one that is over
	Query     func(Target) url.Values
	Body      func(Target) map[string]any
	Form      func(Target) url.Values
	IfMatch   string
	Latest    bool // If-Match is what a reading says
	Unchanged bool // puts back what is there
	// Current is a body made of what is there, and its If-Match.
	Current    func(Target) (map[string]any, string)
	Logout     bool // ends a session of its own
	NoDatabase bool // answers what the program holds itself
}

const (
	deltagaransvarig        = "DELTAGARANSVARIG"
	samverkansadministrator = "SAMVERKANSADMINISTRATOR"
	systemforvaltare        = "SYSTEMFORVALTARE"
	susrapport              = "SUSRAPPORT"
)

// Operations has a line for each operationId.
var Operations = map[string]Operation{
	"hamtaApiInfo":                  {NoDatabase: true},
	"skapaInloggning":               {Body: Target.Inloggning},
	"angeKod":                       {Body: func(t Target) map[string]any { return map[string]any{"kod": t.Kod()} }},
	"skapaToken":                    {Form: klientuppgifter},
	"loggaUt":                       {Roll: susrapport, Logout: true},
	"hamtaJag":                      {Roll: deltagaransvarig},
	"listaKodverk":                  {Roll: deltagaransvarig},
	"skapaKod":                      {Roll: systemforvaltare, Body: kod},
	"hamtaKod":                      {Roll: deltagaransvarig},
	"andraKod":                      {Roll: systemforvaltare, Current: kodenSomDenStar},
	"hamtaKodpaverkan":              {Roll: systemforvaltare, Query: func(t Target) url.Values { return url.Values{"giltigTom": {t.Today()}} }},
	"listaKommuner":                 {Roll: deltagaransvarig},
	"listaSamverkansorganisationer": {Roll: deltagaransvarig},
	"skapaSamverkansorganisation":   {Roll: systemforvaltare, Body: organisation},
	"hamtaSamverkansorganisation":   {Roll: deltagaransvarig},
	"andraSamverkansorganisation":   {Roll: samverkansadministrator, Unchanged: true},
	"listaMyndigheter":              {Roll: deltagaransvarig, Query: func(Target) url.Values { return url.Values{"namn": {"Försäkrings*"}} }},
	"skapaMyndighet":                {Roll: systemforvaltare, Body: myndighet},
	"hamtaMyndighet":                {Roll: deltagaransvarig},
	"andraMyndighet":                {Roll: systemforvaltare, Unchanged: true},
	"listaInsatser":                 {Roll: deltagaransvarig, Query: ofOrganisation},
	"skapaInsats":                   {Roll: samverkansadministrator, Body: insats},
	"hamtaInsats":                   {Roll: deltagaransvarig},
	"listaKopplingar":               {Roll: deltagaransvarig},
	"kopplaInsats": {Roll: samverkansadministrator, Body: func(t Target) map[string]any {
		return map[string]any{"insatsId": t.AnnansInsatsID(), "kopplad": true}
	}},
	"andraInsats":                       {Roll: samverkansadministrator, Unchanged: true},
	"sokDeltagare":                      {Roll: deltagaransvarig, Body: sokning},
	"skapaSamtycke":                     {Roll: deltagaransvarig, Body: func(t Target) map[string]any { return Samtycke(t.Personnummer(), t.Day(0)) }},
	"hamtaSamtycke":                     {Roll: deltagaransvarig},
	"listaSamtycken":                    {Roll: deltagaransvarig},
	"rattaSamtycke":                     {Roll: deltagaransvarig, IfMatch: `"1"`, Body: func(t Target) map[string]any { return RattatSamtycke(t.Day(0)) }},
	"aterkallaSamtycke":                 {Roll: deltagaransvarig},
	"aterkallaIInsats":                  {Roll: systemforvaltare, Over: true, Body: aterkallelseIInsats},
	"listaDeltaganden":                  {Roll: deltagaransvarig},
	"sokDeltaganden":                    {Roll: deltagaransvarig, Body: func(Target) map[string]any { return map[string]any{"namn": "son"} }},
	"skapaDeltagande":                   {Roll: deltagaransvarig, Body: func(t Target) map[string]any { return Inregistrering(t.SamtyckeID(), t.Day(1)) }},
	"hamtaDeltagande":                   {Roll: deltagaransvarig},
	"skapaUtregistrering":               {Roll: deltagaransvarig, Body: func(t Target) map[string]any { return Utregistrering(t.Day(19)) }},
	"rattaInregistrering":               {Roll: deltagaransvarig, IfMatch: `"1"`, Body: func(t Target) map[string]any { return corrected(Inregistrering("", t.Day(1))) }},
	"rattaUtregistrering":               {Roll: deltagaransvarig, IfMatch: `"2"`, Ended: true, Body: func(t Target) map[string]any { return corrected(Utregistrering(t.Day(19))) }},
	"listaVersioner":                    {Roll: deltagaransvarig},
	"listaAnonyma":                      {Roll: deltagaransvarig},
	"skapaAnonyma":                      {Roll: deltagaransvarig, Body: anonyma},
	"rattaAnonyma":                      {Roll: deltagaransvarig, IfMatch: `"1"`, Body: func(t Target) map[string]any { return corrected(Anonyma(t, 2)) }},
	"listaAnonymaVersioner":             {Roll: deltagaransvarig},
	"listaVolymer":                      {Roll: samverkansadministrator, Counts: true},
	"hamtaVolym":                        {Roll: samverkansadministrator, Counts: true},
	"sparaVolym":                        {Roll: samverkansadministrator, Counts: true, Latest: true, Body: volym},
	"listaVolymversioner":               {Roll: samverkansadministrator, Counts: true},
	"hamtaInsatsbudget":                 {Roll: samverkansadministrator},
	"sparaInsatsbudget":                 {Roll: samverkansadministrator, Latest: true, Body: insatsbudget},
	"listaInsatsbudgetversioner":        {Roll: samverkansadministrator},
	"hamtaOrganisationsbudget":          {Roll: samverkansadministrator},
	"sparaOrganisationsbudget":          {Roll: samverkansadministrator, Latest: true, Body: organisationsbudget},
	"listaOrganisationsbudgetversioner": {Roll: samverkansadministrator},
	"stangBudgetar":                     {Roll: samverkansadministrator, Year: Target.OppetAr},
	"oppnaBudgetar":                     {Roll: systemforvaltare, Year: Target.StangtAr, Body: func(Target) map[string]any { return map[string]any{"skal": "Utfallet saknades."} }},
	"listaOrganisationsuppdrag":         {Roll: samverkansadministrator},
	"skapaOrganisationsuppdrag":         {Roll: samverkansadministrator, Body: func(t Target) map[string]any { return Uppdrag(t, samverkansadministrator) }},
	"listaUppdragstagare":               {Roll: samverkansadministrator, Query: func(Target) url.Values { return url.Values{"roll": {deltagaransvarig}} }},
	"listaInsatsuppdrag":                {Roll: samverkansadministrator},
	"skapaInsatsuppdrag":                {Roll: samverkansadministrator, Body: func(t Target) map[string]any { return Uppdrag(t, deltagaransvarig) }},
	"andraUppdrag":                      {Roll: samverkansadministrator, IfMatch: `"1"`, Body: func(t Target) map[string]any { return map[string]any{"tillOchMed": t.Today()} }},
	"listaRapporter":                    {Roll: susrapport},
	"hamtaRapport":                      {Roll: susrapport, Query: urval},
	"listaLoggposter":                   {Roll: systemforvaltare},
	"sokLoggposter":                     {Roll: systemforvaltare, Body: func(t Target) map[string]any { return map[string]any{"personnummer": t.Personnummer()} }},
	"listaFragor":                       {Roll: deltagaransvarig, Query: func(t Target) url.Values { return url.Values{"dag": {t.Day(1)}, "matning": {"IN"}} }},
	"skapaFraga":                        {Roll: samverkansadministrator, Body: func(Target) map[string]any { return Fraga() }},
	"hamtaFraga":                        {Roll: deltagaransvarig},
	"andraFraga":                        {Roll: samverkansadministrator, IfMatch: `"1"`, Body: func(Target) map[string]any { return Fraga() }},
	"ordnaFragor":                       {Roll: samverkansadministrator, Current: frageordning},
}

// Request is one request as it is to be sent.
type Request struct {
	Method, Path string
	Body         map[string]any
	Form         string // sent instead of a body
	IfMatch      string
	Token        string // to be used instead of the asker's
}

// Request fills in the contract's path, about the target.
func (o Operation) Request(method, path string, t Target) Request {
	r := Request{Method: method, Path: o.fill(path, t), IfMatch: o.IfMatch}
	if o.Query != nil {
		r.Path += "?" + o.Query(t).Encode()
	}
	if o.Body != nil {
		r.Body = o.Body(t)
	}
	if o.Form != nil {
		r.Form = o.Form(t).Encode()
	}
	if o.Latest {
		_, r.IfMatch = t.Read(r.Path)
	}
	if o.Unchanged {
		r.Body, r.IfMatch = t.Read(r.Path)
		for _, given := range []string{"id", "version", "lan", "rader", "organisation", "antalOppna"} { // by the server
			delete(r.Body, given)
		}
	}
	if o.Current != nil {
		r.Body, r.IfMatch = o.Current(t)
	}
	if o.Logout {
		r.Token = t.Token()
	}
	return r
}

func (o Operation) fill(path string, t Target) string {
	ids := map[string]func() string{
		"{insatsId}": t.InsatsID, "{organisationId}": t.OrganisationID, "{samtyckeId}": t.SamtyckeID,
		"{deltagandeId}": t.DeltagandeID, "{inloggningId}": t.InloggningID, "{anonymaId}": t.AnonymaID,
		"{kodverk}": func() string { return "MALGRUPP" }, "{kod}": func() string { return "UNGA" },
		"{uppdragId}": t.UppdragID, "{myndighetId}": t.MyndighetID, "{fragaId}": t.FragaID, "{grupp}": func() string { return "deltagarrapport" }, "{rapport}": func() string { return "forsorjning" }, "{ar}": func() string { return t.Day(0)[:4] },
	}
	if o.Ended {
		ids["{deltagandeId}"] = t.AvslutatID
	}
	if o.Over {
		ids["{insatsId}"] = t.AvslutadInsatsID
	}
	if o.Year != nil {
		ids["{ar}"] = func() string { return o.Year(t) }
	}
	if o.Counts {
		ids["{insatsId}"] = t.VolymInsatsID
	}
	parts := strings.Split(path, "/")
	for i, p := range parts {
		if id := ids[p]; id != nil {
			parts[i] = id()
		}
	}
	return strings.Join(parts, "/")
}

// Samtycke, Inregistrering and Utregistrering are the main job's bodies.
func Samtycke(personnummer, datum string) map[string]any {
	return map[string]any{"personnummer": personnummer, "blankett": "9443", "datum": datum, "sprak": "sv", "satt": "SKRIFTLIGT"}
}

// RattatSamtycke is the correction of one.
func RattatSamtycke(datum string) map[string]any {
	return map[string]any{"blankett": "9443", "datum": datum, "sprak": "sv", "satt": "ELEKTRONISKT", "skal": "Rättelse."}
}

// Inregistrering is a correction's body when no samtycke is named.
func Inregistrering(samtyckeID, startdag string) map[string]any {
	b := map[string]any{"startdag": startdag, "utbildningsniva": "GYMNASIUM", "arOffentligForsorjning": 2,
		"fore": map[string]any{"forsorjning": []string{"FORSORJNINGSSTOD"}, "arbetssokande": true, "arbetar": false, "studerar": false}}
	if samtyckeID != "" {
		b["samtyckeId"] = samtyckeID
	}
	return b
}

func Utregistrering(avslutningsdag string) map[string]any {
	return map[string]any{"avslutningsdag": avslutningsdag, "avslutsanledning": "AVSLUT_ENLIGT_PLAN", "efter": map[string]any{
		"forsorjning": []string{"INGEN"}, "arbetssokande": false, "arbetar": true, "arbetarProcent": 75,
		"arbetstyper": []string{"INTE_SUBVENTIONERAT"}, "studerar": false}}
}

func corrected(b map[string]any) map[string]any {
	b["skal"] = "Rättelse."
	return b
}

func organisation(t Target) map[string]any {
	nummer := t.Organisationsnummer()
	return map[string]any{"namn": "Nytt förbund " + nummer, "organisationsnummer": nummer, "samverkansform": "FINSAM", "startdatum": "2005-01-01",
		"verksamhetsomrade": "OSTER", "kommuner": []string{"0380"},
		"rapporteringsdag":       10,
		"ingaendeOrganisationer": []map[string]any{{"organisationsnummer": "2021005521", "giltigFran": "2008-01-01", "medlem": true, "finansiar": true, "konsument": false}}}
}

func myndighet(t Target) map[string]any {
	nummer := t.Organisationsnummer()
	return map[string]any{"organisationsnummer": nummer, "namn": "Ny organisation " + nummer, "typ": "OVRIG"}
}

// kod is a new code of the list that the path names, from today.
func kod(t Target) map[string]any {
	kod := "PROV_" + strings.ToUpper(strings.ReplaceAll(uuid.NewString(), "-", "_"))
	return map[string]any{"kod": kod[:30], "giltigFran": t.Today(), "etikett": "Ny målgrupp " + kod[5:13], "ordning": 90}
}

// kodenSomDenStar puts back what the code's last row says.
func kodenSomDenStar(t Target) (map[string]any, string) {
	kod, etag := t.Read("/v1/kodverk/MALGRUPP/koder/UNGA")
	rader, _ := kod["rader"].([]any)
	rad, _ := rader[len(rader)-1].(map[string]any)
	return map[string]any{"etikett": rad["etikett"], "ordning": rad["ordning"]}, etag
}

func insats(t Target) map[string]any {
	return map[string]any{"organisationId": t.OrganisationID(), "namn": "Ny " + uuid.NewString(), "startdatum": t.Day(0),
		"inriktning": "INDIVIDINRIKTAD", "preciseradInriktning": "REHABILITERING"}
}

func sokning(t Target) map[string]any {
	return map[string]any{"insatsId": t.InsatsID(), "personnummer": t.Personnummer()}
}

func aterkallelseIInsats(t Target) map[string]any {
	return map[string]any{"personnummer": t.Personnummer(), "arende": "FK 2026/012345"}
}

// Uppdrag is one from today, until further notice.
func Uppdrag(t Target, roll string) map[string]any {
	return map[string]any{"anvandareId": t.AnvandareID(roll), "roll": roll, "franOchMed": t.Today()}
}

func anonyma(t Target) map[string]any { return Anonyma(t, 0) }

// Anonyma is one woman and as many men.
func Anonyma(t Target, man int) map[string]any {
	ar, _ := strconv.Atoi(t.Day(0)[:4]) // a Day is ISO 8601
	return map[string]any{"inregistreringsar": ar, "antalKvinnor": 1, "antalMan": man}
}

// Fraga is a question of a day of its own: many may be made beside each other.
func Fraga() map[string]any {
	dag := time.Date(2030, 1, 1+rand.IntN(20000), 0, 0, 0, 0, time.UTC).Format(time.DateOnly)
	return map[string]any{"namn": "Fråga " + uuid.NewString(), "innehall": "Vilket stöd har du haft mest nytta av?", "franOchMed": dag, "tillOchMed": dag,
		"svarstyp": "ENVAL", "alternativ": []string{"Samtal", "Praktik"}, "vidIn": true, "vidUt": true}
}

// frageordning is all the organisation's questions as they stand.
func frageordning(t Target) (map[string]any, string) {
	t.FragaID()
	ids := []any{}
	for {
		list, etag := t.Read("/v1/samverkansorganisationer/" + t.OrganisationID() + "/fragor?limit=100&offset=" + strconv.Itoa(len(ids)))
		data, _ := list["data"].([]any)
		for _, f := range data {
			ids = append(ids, f.(map[string]any)["id"])
		}
		if len(data) < 100 {
			return map[string]any{"fragor": ids}, etag
		}
	}
}

func volym(Target) map[string]any {
	return map[string]any{"antalKvinnor": 40, "antalMan": 31, "uppgiftSaknas": 2}
}

func insatsbudget(Target) map[string]any {
	return map[string]any{"planeratAntal": 60, "poster": []map[string]any{{"budgettyp": "INSATSKOSTNAD", "budget": "1250000.00", "utfall": "1198450.50", "beskrivning": "Personal"}}}
}

func organisationsbudget(Target) map[string]any {
	return map[string]any{"finansiering": []map[string]any{}, "administrativaKostnader": []map[string]any{
		{"kostnadstyp": "PERSONAL", "budget": "600000.00", "beskrivning": "Förbundschef"}}}
}

func klientuppgifter(t Target) url.Values {
	id, hemlighet := t.Klient()
	return url.Values{"grant_type": {"client_credentials"}, "client_id": {id}, "client_secret": {hemlighet}}
}

func ofOrganisation(t Target) url.Values { return url.Values{"organisationId": {t.OrganisationID()}} }

func urval(t Target) url.Values {
	return url.Values{"samverkansform": {"FINSAM"}, "budgetar": {t.Day(0)[:4]}, "organisationId": {t.OrganisationID()}}
}
