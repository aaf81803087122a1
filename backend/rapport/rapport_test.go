package rapport_test

import (
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/uuid"
	"pgregory.net/rapid"

	"sus/backend/rapport"
	"sus/backend/rapport/rapporttest"
	"sus/backend/register"
)

func seedsRapport(t *testing.T) *rapport.Resultat {
	o := rapporttest.Forbund()
	return rapporttest.Rakna(t, rapport.Urval{Samverkansform: register.FormFinsam, Tid: rapport.Budgetar(2010), Organisationer: []uuid.UUID{o.ID}},
		rapport.Urvalsnamn{Organisationer: []rapport.Organisationsnamn{o}}, rapporttest.Kodverk(), rapporttest.Fro(), time.Date(2011, 3, 16, 14, 42, 45, 0, time.UTC))
}

// finsam is FINSAM in 2010 of the underlag.
func finsam(t rapporttest.T, underlag rapporttest.Underlag) *rapport.Resultat {
	t.Helper()
	return rapporttest.Rakna(t, rapport.Urval{Samverkansform: register.FormFinsam, Tid: rapport.Budgetar(2010)}, rapport.Urvalsnamn{}, rapporttest.Kodverk(), underlag, time.Unix(0, 0))
}

func forsorjning(t *testing.T) *rapport.Rapport {
	t.Helper()
	r, finns := rapport.Hitta("deltagarrapport", "forsorjning")
	if !finns {
		t.Fatal("rapporten finns inte")
	}
	return r
}

// valt is a filter of the one value, none when it is "".
func valt(varde string) []string {
	if varde == "" {
		return nil
	}
	return []string{varde}
}

func skrivTabell(d rapport.Tabelldel) []string {
	svar := []string{d.Rubrik}
	svar = append(svar, d.Antal...)
	svar = append(svar, d.Noter...)
	rad := ""
	for _, k := range d.Kolumner {
		rad += k.Rubrik + "|"
	}
	svar = append(svar, rad)
	for _, r := range d.Rader {
		rad := ""
		for i, c := range r {
			rad += c.Skriv(d.Kolumner[i]) + "|"
		}
		svar = append(svar, rad)
	}
	return svar
}

func likaRader(t *testing.T, fick, vill []string) {
	t.Helper()
	for i := range max(len(fick), len(vill)) {
		var f, v string
		if i < len(fick) {
			f = fick[i]
		}
		if i < len(vill) {
			v = vill[i]
		}
		if f != v {
			t.Errorf("rad %d\nfick %q\nvill %q", i+1, f, v)
		}
	}
}

func TestTheForsorjningsrapportIsPrintedAsTheOriginal(t *testing.T) {
	tabell := seedsRapport(t).TrycktTabell()
	huvud := []string{rapport.SkrivKorningstid(tabell.Korningstid), tabell.Titel}
	for _, h := range tabell.Huvud {
		huvud = append(huvud, h.String())
	}
	likaRader(t, huvud, []string{
		"2011-03-16 kl. 15.42.45",
		"SUS - Deltagarrapport försörjning",
		"Finansieringsform: FINSAM",
		"Budgetår: 2010",
		"Verksamhetsområde: Öster",
		"Samverkansorg: Samordningsförbundet Uppsala län",
	})
	likaRader(t, skrivTabell(tabell.Delar[0]), []string{
		"Deltagarnas försörjning vid start för budgetår 2010",
		"Totalt antal deltagare som startat (registrerats in) under året: 126",
		"Varav unika deltagare: 125",
		"Observera att en deltagare kan ha flera olika försörjningskällor vid start- och sluttillfället!",
		"Totalsumman av antalet försörjningar nedan kommer därför vanligtvis vara högre än antalet deltagare",
		"Försörjning|Antal deltagare|Andel|",
		"Studiestöd/Studiemedel|2|2%|",
		"Försörjningsstöd|78|62%|",
		"Aktivitetsstöd|10|8%|",
		"A-kassa|3|2%|",
		"SA|16|13%|",
		"Sjukpenning/Rehabpenning|17|13%|",
		"Ingen offentlig försörjning|11|9%|",
	})
	likaRader(t, skrivTabell(tabell.Delar[1]), []string{
		"Deltagarnas försörjning vid avslut för budgetår 2010",
		"Totalt antal deltagare som slutat (registrerats ut) under året: 19",
		"Varav unika deltagare: 19",
		"Observera att en deltagare kan ha flera olika försörjningskällor vid start- och sluttillfället!",
		"Totalsumman av antalet försörjningar nedan kommer därför vanligtvis vara högre än antalet deltagare",
		"För de deltagare som avslutas med avslutsanledning 'utan mätning' har inte försörjning eller sysselsättning efter insatsen registrerats.",
		"Försörjning|Antal deltagare före insats|Andel före|Antal deltagare efter insats|Andel efter|Förändring|Förändring i %|",
		"Annan offentlig försörjning|||1|5%|1||",
		"Studiestöd/Studiemedel|1|5%|2|11%|1|100%|",
		"Försörjningsstöd|11|58%|7|37%|-4|-36%|",
		"Aktivitetsstöd|5|26%|4|21%|-1|-20%|",
		"A-kassa|1|5%|||-1|-100%|",
		"SA|||1|5%|1||",
		"Sjukpenning/Rehabpenning|5|26%|5|26%|||",
		"Ingen offentlig försörjning|||3|16%|3||",
	})
}

func TestTheDataHasEveryRowWithItsTrueZeros(t *testing.T) {
	r := seedsRapport(t)
	b := rapporttest.BokAv(t, r)
	if len(b.Start.Rader) != 8 || len(b.Slut.Rader) != 8 {
		t.Fatalf("%d och %d rader, vill ha åtta", len(b.Start.Rader), len(b.Slut.Rader))
	}
	if rad := b.Start.Rader[0]; rad.Kod != "ANNAN" || rad.Antal != 0 || rad.Namnare != 126 {
		t.Errorf("första startraden är %+v", rad)
	}
	if rad := b.Slut.Rader[0]; rad.ForandringProcent != nil || rad.Forandring != 1 {
		t.Errorf("förändring i procent ska saknas när före är 0: %+v", rad)
	}
	if rad := b.Slut.Rader[6]; rad.Kod != "SJUKPENNING" || rad.ForandringProcent == nil || *rad.ForandringProcent != 0 {
		t.Errorf("oförändrad försörjning har förändringen noll, inte en saknad: %+v", rad)
	}
	if n := len(r.Data().Delar[0].Rader); n != 64 {
		t.Errorf("%d rader i data, vill ha åtta mätningar av åtta försörjningar", n)
	}
}

func TestThoseWhoEndedWithoutAMeasurementCountAmongTheEnded(t *testing.T) {
	underlag := rapporttest.Underlag{SlutUnika: 4, Slut: []rapporttest.Grupp{
		{Fore: rapporttest.SA, Efter: rapporttest.Ingen, Antal: 1}, {Fore: rapporttest.SA, Efter: register.FaktSaknas, Antal: 3},
	}}
	r := finsam(t, underlag)
	b := rapporttest.BokAv(t, r)
	if b.Slut.Antal != 4 || b.Slut.UtanMatning != 3 {
		t.Errorf("antal %d, utan mätning %d", b.Slut.Antal, b.Slut.UtanMatning)
	}
	rad := b.Slut.Rader[5]
	if rad.Kod != "SA" || rad.AntalFore != 4 || rad.AntalEfter != 0 || rad.Namnare != 4 {
		t.Errorf("SA: %+v", rad)
	}
	if antal := r.TrycktTabell().Delar[1].Antal; antal[2] != "Varav avslutade utan mätning: 3" {
		t.Errorf("antalsrader %q", antal)
	}
}

func TestTheChangeIsAlsoToldAmongThoseMeasured(t *testing.T) {
	underlag := rapporttest.Underlag{Slut: []rapporttest.Grupp{
		{Fore: rapporttest.SA | rapporttest.Sjuk, Efter: rapporttest.SA, Antal: 4}, {Fore: rapporttest.Sjuk, Efter: rapporttest.Ingen, Antal: 2}, {Fore: rapporttest.Ingen, Efter: rapporttest.SA, Antal: 3},
		{Fore: rapporttest.SA, Efter: register.FaktSaknas, Antal: 5}, {Fore: rapporttest.Studie, Efter: register.FaktSaknas, Antal: 1},
	}}
	r := finsam(t, underlag)
	b := rapporttest.BokAv(t, r)
	if b.Slut.Antal != 15 || b.Slut.UtanMatning != 6 || b.Slut.Matta != 9 {
		t.Errorf("slut %+v", b.Slut)
	}
	rader := map[string]rapporttest.Matta{}
	for _, rad := range b.Slut.Rader {
		m := rad.Matta
		if p := m.ForandringProcentMatta; (p == nil) != (m.AntalForeMatta == 0) || p != nil && *p != 100*float64(m.ForandringMatta)/float64(m.AntalForeMatta) {
			t.Errorf("%s: förändringen i procent är %v", rad.Kod, p)
		}
		m.ForandringProcentMatta = nil
		rader[rad.Kod] = m
	}
	for kod, vill := range map[string]rapporttest.Matta{
		"SA":          {AntalForeMatta: 4, NamnareMatta: 9, Tillkommit: 3, Kvar: 4, ForandringMatta: 3},
		"SJUKPENNING": {AntalForeMatta: 6, NamnareMatta: 9, Lamnat: 6, ForandringMatta: -6},
		"INGEN":       {AntalForeMatta: 3, NamnareMatta: 9, Lamnat: 3, Tillkommit: 2, ForandringMatta: -1},
		"STUDIESTOD":  {NamnareMatta: 9},
	} {
		if rader[kod] != vill {
			t.Errorf("%s: fick %+v, vill ha %+v", kod, rader[kod], vill)
		}
	}
	likaRader(t, skrivTabell(r.TrycktTabell().Tillagg[0]), []string{
		"Bland dem som mätts: deltagarnas försörjning vid avslut för budgetår 2010",
		"Antal deltagare som slutat (registrerats ut) under året med mätning: 9",
		"6 av 15 som slutat (40%) har ingen mätning efter insatsen. I den tryckta förändringen räknas de som om de lämnat sin försörjning: jämför med tabellen bland dem som mätts.",
		"Observera att en deltagare kan ha flera olika försörjningskällor vid start- och sluttillfället!",
		"Totalsumman av antalet försörjningar nedan kommer därför vanligtvis vara högre än antalet deltagare",
		"Bara de som avslutats med mätning räknas. Lämnat: hade försörjningen före men inte efter. Tillkommit: efter men inte före. Kvar: både före och efter.",
		"Försörjning|Antal deltagare före insats|Andel före|Antal deltagare efter insats|Andel efter|Förändring|Förändring i %|Lämnat|Tillkommit|Kvar|",
		"SA|4|44%|7|78%|3|75%||3|4|",
		"Sjukpenning/Rehabpenning|6|67%|||-6|-100%|6|||",
		"Ingen offentlig försörjning|3|33%|2|22%|-1|-33%|3|2||",
	})
}

// Somebody who died has not left sjukpenning for work: the printed table says so, and
// beside it stands that nobody was measured.
func TestOneWhoDiedIsPrintedAsALossAndMeasuredAsNothing(t *testing.T) {
	underlag := rapporttest.Underlag{SlutUnika: 1, Slut: []rapporttest.Grupp{{Fore: rapporttest.Sjuk, Efter: register.FaktSaknas, Antal: 1}}}
	r := finsam(t, underlag)
	b := rapporttest.BokAv(t, r)
	likaRader(t, skrivTabell(r.TrycktTabell().Delar[1])[8:], []string{"Sjukpenning/Rehabpenning|1|100%|||-1|-100%|"})
	matta := r.TrycktTabell().Tillagg[0]
	if len(matta.Rader) != 0 || matta.Antal[0] != "Antal deltagare som slutat (registrerats ut) under året med mätning: 0" {
		t.Errorf("%+v", matta)
	}
	if rad := b.Slut.Rader[6]; rad.Kod != "SJUKPENNING" || rad.Matta != (rapporttest.Matta{}) {
		t.Errorf("%+v", rad)
	}
}

func TestItIsWarnedWhenMoreThanATenthEndedWithoutAMeasurement(t *testing.T) {
	for _, f := range []struct {
		utan, med int
		vill      bool
	}{{0, 0, false}, {0, 5, false}, {1, 9, false}, {10, 90, false}, {11, 89, true}, {2, 9, true}, {1, 0, true}} {
		underlag := rapporttest.Underlag{Slut: []rapporttest.Grupp{{Fore: rapporttest.SA, Efter: register.FaktSaknas, Antal: f.utan}, {Fore: rapporttest.SA, Efter: rapporttest.SA, Antal: f.med}}}
		r := finsam(t, underlag)
		b := rapporttest.BokAv(t, r)
		if (b.Slut.Varning != "") != f.vill {
			t.Errorf("%d av %d: varningen är %q", f.utan, f.utan+f.med, b.Slut.Varning)
		}
	}
}

func TestAnEmptyReportHasNeitherRowsNorADivisionByZero(t *testing.T) {
	r := finsam(t, rapporttest.Underlag{})
	b := rapporttest.BokAv(t, r)
	for _, d := range r.TrycktTabell().Delar {
		if len(d.Rader) != 0 {
			t.Errorf("%s har rader", d.Rubrik)
		}
	}
	if len(b.Start.Rader) != 8 {
		t.Errorf("%d rader", len(b.Start.Rader))
	}
}

func TestSharesAreRoundedAwayFromZeroToWholePercent(t *testing.T) {
	for _, f := range []struct{ taljare, namnare, vill int }{
		{17, 126, 13}, {1, 200, 1}, {1, 201, 0}, {3, 200, 2}, {-1, 200, -1}, {-4, 11, -36}, {1, 8, 13}, {-1, 8, -13}, {19, 19, 100}, {0, 7, 0},
		{333, 1000, 33}, {335, 1000, 34},
	} {
		if fick := rapport.HelProcent(f.taljare, f.namnare); fick != f.vill {
			t.Errorf("%d/%d: fick %d, vill ha %d", f.taljare, f.namnare, fick, f.vill)
		}
	}
}

func TestAShareIsPrintedAlsoWhenItIsRoundedToZero(t *testing.T) {
	underlag := rapporttest.Underlag{Start: []rapporttest.Grupp{{Fore: rapporttest.SA, Antal: 1}, {Fore: rapporttest.Sjuk, Antal: 999}}}
	r := finsam(t, underlag)
	likaRader(t, skrivTabell(r.TrycktTabell().Delar[0])[6:], []string{"SA|1|0%|", "Sjukpenning/Rehabpenning|999|100%|"})
}

func TestALabelIsTheOneThatHeldAtTheYearsEnd(t *testing.T) {
	for ar, vill := range map[int]string{2010: "Öster", 2012: "Öster", 2013: "Nya Öster"} {
		r := rapporttest.Rakna(t, rapport.Urval{Samverkansform: register.FormFinsam, Tid: rapport.Budgetar(ar), Verksamhetsomraden: []string{"OSTER"}}, rapport.Urvalsnamn{}, rapporttest.Kodverk(), rapporttest.Underlag{}, time.Unix(0, 0))
		if fick := r.Huvud[2].Varde; fick != vill {
			t.Errorf("%d: %q", ar, fick)
		}
	}
}

var idag = register.NyttDatum(2011, 3, 16)

func TestABudgetarIsFrom2000ToNextYear(t *testing.T) {
	for ar, far := range map[int]bool{1999: false, 2000: true, 2011: true, 2012: true, 2013: false, 2100: false} {
		err := rapport.Urval{Samverkansform: register.FormFinsam, Tid: rapport.Budgetar(ar)}.Validera(forsorjning(t), rapporttest.Kodverk(), idag)
		var fel *register.Error
		switch {
		case far && err != nil:
			t.Errorf("%d: %v", ar, err)
		case !far && (!errors.As(err, &fel) || len(fel.Falt) != 1 || fel.Falt[0].Pekare != "/budgetar" || fel.Falt[0].Meddelande != "Budgetåret ska vara ett år från 2000 till 2012."):
			t.Errorf("%d: %v", ar, err)
		}
	}
}

func TestAReportsUrvalIsTriedFieldByField(t *testing.T) {
	err := rapport.Urval{Samverkansform: "X", Tid: rapport.Budgetar(1999), Verksamhetsomraden: []string{"NORDPOLEN"}, Kon: []register.Kon{"X"}}.Validera(forsorjning(t), rapporttest.Kodverk(), idag)
	var fel *register.Error
	if !errors.As(err, &fel) || fel.Kod != register.KodOgiltig {
		t.Fatalf("fick %v", err)
	}
	var falt []string
	for _, f := range fel.Falt {
		falt = append(falt, f.Pekare)
	}
	if vill := []string{"/samverkansform", "/budgetar", "/verksamhetsomrade", "/kon"}; !slices.Equal(falt, vill) {
		t.Errorf("fick %v", falt)
	}
	if err := (rapport.Urval{Samverkansform: register.FormFinsam, Tid: rapport.Budgetar(2010), Verksamhetsomraden: []string{"OSTER"}, Kon: []register.Kon{register.KonMan}}).Validera(forsorjning(t), rapporttest.Kodverk(), idag); err != nil {
		t.Error(err)
	}
}

func TestUrvalThatExcludeEachOtherAreRefused(t *testing.T) {
	org := rapport.Organisationsnamn{ID: uuid.UUID{1}, Samverkansform: register.FormFinsam, Rader: rapporttest.Forbund().Rader}
	orgs, insats := []rapport.Organisationsnamn{org, {ID: uuid.UUID{2}, Samverkansform: register.FormFinsam}}, []rapport.Insatsnamn{{ID: uuid.UUID{3}, Namn: "Insats", OrganisationID: org.ID}}
	for namn, f := range map[string]struct {
		u    rapport.Urval
		n    rapport.Urvalsnamn
		falt string
	}{
		"annan form":         {rapport.Urval{Samverkansform: register.FormTvapartsfinsam, Organisationer: []uuid.UUID{org.ID}}, rapport.Urvalsnamn{Organisationer: orgs}, "/organisationId"},
		"insats i annan":     {rapport.Urval{Samverkansform: register.FormFinsam, Organisationer: []uuid.UUID{{2}}, Insatser: []uuid.UUID{{3}}}, rapport.Urvalsnamn{Organisationer: orgs, Insatser: insats}, "/insatsId"},
		"insatsens form":     {rapport.Urval{Samverkansform: register.FormTvapartsfinsam, Insatser: []uuid.UUID{{3}}}, rapport.Urvalsnamn{Organisationer: orgs, Insatser: insats}, "/insatsId"},
		"annat område":       {rapport.Urval{Samverkansform: register.FormFinsam, Organisationer: []uuid.UUID{org.ID}, Verksamhetsomraden: []string{"VASTER"}}, rapport.Urvalsnamn{Organisationer: orgs}, "/organisationId"},
		"annat län":          {rapport.Urval{Samverkansform: register.FormFinsam, Organisationer: []uuid.UUID{org.ID}, Lan: []string{"04"}}, rapport.Urvalsnamn{Organisationer: orgs, Lan: map[string]string{"04": "Södermanlands län"}}, "/organisationId"},
		"län som inte finns": {rapport.Urval{Samverkansform: register.FormFinsam, Lan: []string{"99"}}, rapport.Urvalsnamn{}, "/lan"},
	} {
		var fel *register.Error
		if err := f.n.Prova(f.u); !errors.As(err, &fel) || len(fel.Falt) != 1 || fel.Falt[0].Pekare != f.falt {
			t.Errorf("%s: fick %v", namn, err)
		}
	}
	if err := (rapport.Urvalsnamn{Organisationer: orgs, Lan: map[string]string{"03": "Uppsala län"}}).Prova(rapport.Urval{Samverkansform: register.FormFinsam, Organisationer: []uuid.UUID{org.ID}, Lan: []string{"03"}, Verksamhetsomraden: []string{"OSTER"}}); err != nil {
		t.Error(err)
	}
}

func TestTheHeadSaysWhereTheOrganisationStoodDuringTheYear(t *testing.T) {
	rad := func(fran, omrade, lan string, kommuner ...string) register.Organisationsrad {
		d, err := register.ParseDatum(fran)
		if err != nil {
			t.Fatal(err)
		}
		return register.Organisationsrad{Period: register.Period{Fran: d}, Verksamhetsomrade: omrade, Lan: lan, Kommuner: kommuner}
	}
	uppsala := rad("0001-01-01", "OSTER", "03", "0380")
	for namn, f := range map[string]struct {
		rader []register.Organisationsrad
		vill  string
	}{
		"stood still":               {[]register.Organisationsrad{uppsala}, "Öster|"},
		"another område":            {[]register.Organisationsrad{uppsala, rad("2010-07-01", "NORR", "03", "0380")}, "Öster och från 2010-07-01 Norr|"},
		"other kommuner":            {[]register.Organisationsrad{uppsala, rad("2010-07-01", "OSTER", "03", "0380", "0381")}, "Öster|"},
		"over a boundary":           {[]register.Organisationsrad{rad("0001-01-01", "OSTER", "03", "0380", "1980")}, "Öster|Uppsala län (kommuner även i Västmanlands län)"},
		"over two":                  {[]register.Organisationsrad{rad("0001-01-01", "OSTER", "03", "0380", "0381", "1980", "0180")}, "Öster|Uppsala län (kommuner även i Stockholms län och Västmanlands län)"},
		"over a boundary from July": {[]register.Organisationsrad{uppsala, rad("2010-07-01", "OSTER", "03", "0380", "1980")}, "Öster|Uppsala län och från 2010-07-01 Uppsala län (kommuner även i Västmanlands län)"},
	} {
		kodverk := rapporttest.Kodverk()
		n := rapport.Urvalsnamn{Organisationer: []rapport.Organisationsnamn{{ID: uuid.UUID{1}, Namn: "Förbundet", Rader: f.rader, LanNamn: map[string]string{"03": "Uppsala län", "19": "Västmanlands län", "01": "Stockholms län"}}}}
		r := rapporttest.Rakna(t, rapport.Urval{Samverkansform: register.FormFinsam, Tid: rapport.Budgetar(2010), Organisationer: []uuid.UUID{{1}}}, n, kodverk, rapporttest.Underlag{}, time.Unix(0, 0))
		huvud := map[string]string{}
		for _, h := range r.Huvud {
			huvud[h.Etikett] = h.Varde
		}
		if fick := huvud["Verksamhetsområde"] + "|" + huvud["Räknas till län"]; fick != f.vill {
			t.Errorf("%s: %s", namn, fick)
		}
	}
}

func TestAChoiceOfWhereAnOrganisationStoodInPartOfTheYearIsTaken(t *testing.T) {
	org := rapport.Organisationsnamn{ID: uuid.UUID{1}, Samverkansform: register.FormFinsam, Rader: []register.Organisationsrad{
		{Verksamhetsomrade: "OSTER", Lan: "03"}, {Verksamhetsomrade: "NORR", Lan: "25"}}}
	for _, f := range []struct{ omrade, lan, nekas string }{
		{"OSTER", "", ""}, {"NORR", "", ""}, {"", "03", ""}, {"OSTER", "03", ""}, {"NORR", "25", ""},
		{"SODER", "", "annat-verksamhetsomrade"}, {"", "14", "annat-lan"}, {"OSTER", "25", "annat-lan"},
	} {
		u := rapport.Urval{Samverkansform: register.FormFinsam, Organisationer: []uuid.UUID{org.ID}, Verksamhetsomraden: valt(f.omrade), Lan: valt(f.lan)}
		err := rapport.Urvalsnamn{Organisationer: []rapport.Organisationsnamn{org}, Lan: map[string]string{"03": "Länet", "14": "Länet", "25": "Länet"}}.Prova(u)
		var fel *register.Error
		if errors.As(err, &fel) != (f.nekas != "") || f.nekas != "" && (len(fel.Falt) != 1 || fel.Falt[0].Regel.String() != f.nekas) {
			t.Errorf("%+v: %v", f, err)
		}
	}
}

func TestOnlySomeRollerMayReadReports(t *testing.T) {
	for _, roll := range []register.Roll{register.RollSusrapport, register.RollSamverkansadministrator, register.RollInsatsansvarig, register.RollDeltagaransvarig, register.RollSystemforvaltare} {
		if !(register.Aktor{Roller: []register.Roll{roll}}).FarLasaRapport() {
			t.Errorf("%s nekas", roll)
		}
	}
	if (register.Aktor{Roller: []register.Roll{register.RollMaskin}, Scopes: []register.Scope{register.ScopeDeltagandeLas}}).FarLasaRapport() {
		t.Error("en maskin utan rapport.las släpps in")
	}
	if !(register.Aktor{Roller: []register.Roll{register.RollMaskin}, Scopes: []register.Scope{register.ScopeRapportLas}}).FarLasaRapport() {
		t.Error("en maskin med rapport.las nekas")
	}
	if (register.Aktor{}).FarLasaRapport() {
		t.Error("den som ingen roll har släpps in")
	}
}

// Whatever the facts say, the printed report hides no figure and the changes add up.
func TestPrintAndDataSayTheSame(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		grupp := rapid.Custom(func(t *rapid.T) rapporttest.Grupp {
			return rapporttest.Grupp{
				Fore:  rapid.Int32Range(1, 255).Draw(t, "fore"),
				Efter: rapid.Int32Range(-1, 255).Draw(t, "efter"),
				Antal: rapid.IntRange(1, 40).Draw(t, "antal"),
			}
		})
		underlag := rapporttest.Underlag{Start: rapid.SliceOf(grupp).Draw(t, "start"), Slut: rapid.SliceOf(grupp).Draw(t, "slut")}
		r := finsam(t, underlag)
		b := rapporttest.BokAv(t, r)
		tryckta := map[string][]rapport.Cell{}
		for _, rad := range r.TrycktTabell().Delar[1].Rader {
			tryckta[rad[0].Text] = rad
		}
		for _, rad := range b.Slut.Rader {
			if rad.AntalEfter-rad.AntalFore != rad.Forandring {
				t.Fatalf("%s: förändringen stämmer inte", rad.Kod)
			}
			if rad.AntalFore > b.Slut.Antal || rad.AntalEfter > b.Slut.Antal-b.Slut.UtanMatning {
				t.Fatalf("%s: fler än de avslutade", rad.Kod)
			}
			if rad.Lamnat+rad.Kvar != rad.AntalForeMatta || rad.Tillkommit+rad.Kvar != rad.AntalEfter || rad.NamnareMatta != b.Slut.Antal-b.Slut.UtanMatning ||
				rad.ForandringMatta != rad.Tillkommit-rad.Lamnat || rad.AntalForeMatta > rad.AntalFore || b.Slut.UtanMatning == 0 && rad.Forandring != rad.ForandringMatta {
				t.Fatalf("%s bland dem som mätts: %+v", rad.Kod, rad)
			}
			celler, finns := tryckta[rad.Etikett]
			if finns != (rad.AntalFore > 0 || rad.AntalEfter > 0) {
				t.Fatalf("%s: tryckt %v", rad.Kod, finns)
			}
			if finns && (celler[1].Tal != float64(rad.AntalFore) || celler[3].Tal != float64(rad.AntalEfter) || celler[5].Tal != float64(rad.Forandring)) {
				t.Fatalf("%s: %s", rad.Kod, fmt.Sprint(celler))
			}
		}
	})
}

func TestTheLastPlaceOfTheSetIsARowLikeTheOthers(t *testing.T) {
	sista := int16(register.SistaPlats)
	kodverk := register.NyttKodverk(append(rapporttest.Kodverk().Rader, register.Kodrad{Kodverk: register.KodverkForsorjning, Kod: "NY", Ordning: 9, Bit: &sista,
		Period: register.Period{Fran: register.NyttDatum(2004, 1, 1)}}))
	r := rapporttest.Rakna(t, rapport.Urval{Samverkansform: register.FormFinsam, Tid: rapport.Budgetar(2010)}, rapport.Urvalsnamn{}, kodverk, rapporttest.Underlag{
		Start: []rapporttest.Grupp{{Fore: 1<<sista | rapporttest.SA, Antal: 2}, {Fore: rapporttest.SA, Antal: 3}},
		Slut:  []rapporttest.Grupp{{Fore: rapporttest.SA, Efter: 1 << sista, Antal: 1}, {Fore: 1 << sista, Efter: register.FaktSaknas, Antal: 4}},
	}, time.Unix(0, 0))
	b := rapporttest.BokAv(t, r)
	if s, e := b.Start.Rader[0], b.Slut.Rader[0]; s.Kod != "NY" || s.Antal != 2 || e.AntalFore != 4 || e.AntalEfter != 1 || e.Tillkommit != 1 {
		t.Errorf("start %+v, slut %+v", s, e)
	}
}
