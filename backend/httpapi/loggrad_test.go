package httpapi

import (
	"maps"
	"slices"
	"testing"

	"sus/backend/httpapi/httpapitest"
)

// rowsOf is the events of the log that a valid request of each operation leaves, done by
// whoever may. "" is none: what it shows or does is about nobody.
var rowsOf = map[string]string{
	"angeKod":                           "INLOGGNING",
	"andraUppdrag":                      "UPPDRAG_ANDRAT",
	"aterkallaIInsats":                  "ATERKALLELSER_BEGARDA",
	"aterkallaSamtycke":                 "SAMTYCKE_ATERKALLAT",
	"hamtaDeltagande":                   "DELTAGANDE_LAST",
	"hamtaSamtycke":                     "SAMTYCKE_LAST",
	"hamtaInsatsbudget":                 "INSATSBUDGET_LAST",
	"hamtaVolym":                        "VOLYMER_LASTA",
	"listaInsatsbudgetversioner":        "INSATSBUDGETVERSIONER_LASTA",
	"listaVolymer":                      "VOLYMER_LASTA",
	"listaVolymversioner":               "VOLYMVERSIONER_LASTA",
	"sparaInsatsbudget":                 "INSATSBUDGET_SPARAD",
	"sparaVolym":                        "VOLYM_SPARAD",
	"hamtaOrganisationsbudget":          "ORGANISATIONSBUDGET_LAST",
	"listaOrganisationsbudgetversioner": "ORGANISATIONSBUDGETVERSIONER_LASTA",
	"oppnaBudgetar":                     "BUDGETAR_OPPNAT",
	"sparaOrganisationsbudget":          "ORGANISATIONSBUDGET_SPARAD",
	"stangBudgetar":                     "BUDGETAR_STANGT",
	"listaAnonyma":                      "ANONYMA_LISTADE",
	"listaAnonymaVersioner":             "ANONYMA_VERSIONER_LASTA",
	"listaDeltaganden":                  "DELTAGANDEN_LISTADE",
	"listaInsatsuppdrag":                "INSATSUPPDRAG_LASTA",
	"listaLoggposter":                   "LOGG_LAST",
	"listaOrganisationsuppdrag":         "ORGANISATIONSUPPDRAG_LASTA",
	"listaSamtycken":                    "SAMTYCKEN_LISTADE",
	"listaUppdragstagare":               "UPPDRAGSTAGARE_LISTADE",
	"listaVersioner":                    "VERSIONER_LASTA",
	"loggaUt":                           "UTLOGGNING",
	"rattaAnonyma":                      "ANONYMA_RATTADE",
	"rattaInregistrering":               "DELTAGANDE_LAST", // the valid request puts back what is there
	"rattaSamtycke":                     "SAMTYCKE_RATTAT",
	"rattaUtregistrering":               "DELTAGANDE_LAST", // the valid request puts back what is there
	"skapaAnonyma":                      "ANONYMA_SKAPADE",
	"skapaDeltagande":                   "DELTAGANDE_INSKRIVET",
	"skapaInloggning":                   "INLOGGNING_KOD_SKICKAD",
	"skapaInsats":                       "INSATS_SKAPAD",
	"kopplaInsats":                      "INSATS_KOPPLAD",
	"skapaInsatsuppdrag":                "UPPDRAG_GIVET",
	"skapaOrganisationsuppdrag":         "UPPDRAG_GIVET",
	"skapaMyndighet":                    "MYNDIGHET_SKAPAD",
	"skapaSamtycke":                     "FOLKBOKFORING_UPPSLAGEN SAMTYCKE_SKAPAT",
	"skapaSamverkansorganisation":       "ORGANISATION_SKAPAD",
	"skapaToken":                        "KLIENT_INLOGGNING",
	"skapaUtregistrering":               "DELTAGANDE_UTSKRIVET",
	"sokDeltaganden":                    "DELTAGANDEN_SOKTA",
	"sokDeltagare":                      "FOLKBOKFORING_UPPSLAGEN DELTAGARE_SOKT",
	"sokLoggposter":                     "LOGG_SOKT",

	"skapaFraga":  "FRAGA_SKAPAD",
	"andraFraga":  "FRAGA_ANDRAD",
	"ordnaFragor": "FRAGOR_ORDNADE",

	"skapaKod": "KOD_SKAPAD",

	"hamtaApiInfo":                  "",
	"hamtaKod":                      "",
	"hamtaKodpaverkan":              "", // numbers, nobody
	"andraKod":                      "", // puts back what is there: nothing was changed
	"hamtaFraga":                    "",
	"listaFragor":                   "",
	"hamtaRapport":                  "",
	"listaRapporter":                "",
	"hamtaInsats":                   "",
	"hamtaSamverkansorganisation":   "",
	"listaInsatser":                 "",
	"listaKopplingar":               "",
	"listaKodverk":                  "",
	"listaKommuner":                 "",
	"listaMyndigheter":              "",
	"hamtaMyndighet":                "",
	"listaSamverkansorganisationer": "",

	"hamtaJag":                    "", // oneself
	"andraMyndighet":              "", // puts back what is there: nothing was changed
	"andraInsats":                 "", // puts back what is there: nothing was changed
	"andraSamverkansorganisation": "", // likewise
}

// TestEachOperationHasItsRowOfTheLog: one that reads or writes about people, or that reads
// the log itself, cannot lose its row without being struck from the table.
func TestEachOperationHasItsRowOfTheLog(t *testing.T) {
	p := newHarness(t)
	p.aktor("MASKIN A1") // whose token is asked for
	operations, err := readOperations(validContract(t))
	must(t, err)
	if got, want := slices.Sorted(maps.Keys(rowsOf)), slices.Sorted(maps.Keys(operations)); !slices.Equal(got, want) {
		t.Errorf("the table has %v, the contract %v", got, want)
	}
	super := p.Super(t)
	for _, id := range slices.Sorted(maps.Keys(operations)) {
		who := httpapitest.Operations[id].Roll
		switch who {
		case "DELTAGARANSVARIG":
			who += " A1"
		case "SAMVERKANSADMINISTRATOR":
			who += " A"
		}
		if who != "" {
			p.aktor(who)
		}
		r := p.valid(operations[id], who, matrixTargets[0])
		var before, events string
		must(t, super.QueryRow(`select coalesce(max(id::text), '') from loggpost`).Scan(&before))
		if s := p.call(who, r.method, r.path, r.body, r.headers); s.status >= 300 {
			t.Errorf("%s: %d %s", id, s.status, s.text)
		}
		must(t, super.QueryRow(`select coalesce(string_agg(handelse || case utfall when 'OK' then '' else ' ' || utfall end, ' ' order by id), '')
			from loggpost where id::text > $1`, before).Scan(&events))
		if want := rowsOf[id]; events != want {
			t.Errorf("%s left %q, not %q", id, events, want)
		}
	}
}
