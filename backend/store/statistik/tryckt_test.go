package statistik_test

import (
	"testing"

	"github.com/google/uuid"

	"sus/backend/rapport"
	"sus/backend/register"
	"sus/backend/store/db"
	"sus/backend/store/storetest"
)

func TestAChangedDeltagandeChangesThePrintedCell(t *testing.T) {
	s := nySlump(t, 1)
	org := s.forsta
	for _, insats := range s.insats[org] {
		s.a.Uppdrag = append(s.a.Uppdrag, register.Uppdrag{Roll: register.RollDeltagaransvarig, OrganisationID: org, InsatsID: insats})
	}
	for len(s.av) < 3 {
		s.startaNagon(org)
	}
	cell := func(etikett string) string {
		t.Helper()
		tabell := s.resultat("deltagarrapport", "forsorjning", rapport.Urval{Samverkansform: register.FormFinsam, Tid: rapport.Budgetar(2010), Organisationer: []uuid.UUID{org}}).TrycktTabell()
		for _, rad := range tabell.Delar[0].Rader {
			if rad[0].Text == etikett {
				return rad[1].Skriv(tabell.Delar[0].Kolumner[1]) + " " + rad[2].Skriv(tabell.Delar[0].Kolumner[2])
			}
		}
		return ""
	}
	ratta := func(i int, dag register.Datum, forsorjning ...string) {
		t.Helper()
		d := &s.av[i]
		in := s.inregistrering(d.samtycke, dag)
		in.Fore = register.Sysselsattning{Forsorjning: forsorjning}
		ny, err := s.store.RattaIn(t.Context(), db.Begaran{Aktor: s.a, Version: d.version}, d.id, in, "Fel uppgift.")
		if err != nil {
			t.Fatal(err)
		}
		d.version = ny.Version
	}
	lika := func(etikett, vill string) {
		t.Helper()
		if fick := cell(etikett); fick != vill {
			t.Errorf("%s: tryckt %q, ville ha %q", etikett, fick, vill)
		}
	}
	for i := range 3 {
		ratta(i, register.NyttDatum(2010, 2, 1), "FORSORJNINGSSTOD")
	}
	lika("Försörjningsstöd", "3 100%")
	lika("SA", "")
	ratta(0, register.NyttDatum(2010, 2, 1), "SA", "FORSORJNINGSSTOD")
	lika("Försörjningsstöd", "3 100%")
	lika("SA", "1 33%")
	ratta(1, register.NyttDatum(2010, 2, 1), "INGEN")
	lika("Försörjningsstöd", "2 67%")
	ratta(1, register.NyttDatum(2011, 2, 1), "INGEN") // another budgetår
	lika("Ingen offentlig försörjning", "")
	lika("Försörjningsstöd", "2 100%")
	_, err := s.store.SkrivUt(t.Context(), storetest.Som(s.a), s.av[0].id,
		register.Utregistrering{Avslutningsdag: register.NyttDatum(2010, 3, 1), Avslutsanledning: "FELREGISTRERING"},
		func(register.Deltagande) (db.Svar, error) { return db.Svar{Status: 201}, nil })
	if err != nil {
		t.Fatal(err)
	}
	lika("SA", "")
	lika("Försörjningsstöd", "1 100%")
}
