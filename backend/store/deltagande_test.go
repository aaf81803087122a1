package store_test

import (
	"errors"
	"testing"

	"sus/backend/register"
	"sus/backend/store"
	"sus/backend/store/db"
	"sus/backend/store/storetest"
)

// huset is an organisation with one insats and who registers in it.
func huset(t *testing.T, s *store.Store) (register.Insats, register.Aktor) {
	t.Helper()
	i := storetest.Insats(t, s, storetest.Organisation(t, s, nil), nil)
	return i, storetest.Deltagaransvarig(i)
}

var fodd = register.NyttDatum(1977, 1, 17)

func TestADeltagandeIsReadAsItWasWritten(t *testing.T) {
	s := storetest.Ny(t)
	i, a := huset(t, s)
	start, slut := register.NyttDatum(2010, 3, 1), register.NyttDatum(2010, 9, 30)
	d := storetest.Deltagande(t, s, a, i, storetest.Person(fodd), start)
	d = storetest.SkrivUt(t, s, a, d, storetest.Utregistrering(slut))

	last, err := s.Deltagande(t.Context(), storetest.Som(a), d.ID)
	if err != nil {
		t.Fatal(err)
	}
	if last.Startdag != start || *last.Avslutningsdag != slut || last.Oppen || last.Version != 2 || last.Reg == 0 || last.Reg != d.Reg || last.Person != d.Person {
		t.Errorf("deltagandet är %+v", last.Deltagande)
	}
	if last.Identitet == nil || last.Identitet.Personnummer != storetest.Person(fodd) || last.Identitet.Namn != "Alva Andersson" || last.Identitet.Kommun != "0380" {
		t.Error("identiteten är inte den som skrevs")
	}
	if got := last.In; len(got.Forsorjning) != 2 || got.Forsorjning[0] != "SA" || got.Forsorjning[1] != "A_KASSA" || *got.Alder != 33 || *got.Kon != register.KonKvinna || *got.Kommun != "0380" || !*got.Arbetssokande {
		t.Errorf("inregistreringen är %+v", got)
	}
	if got := last.Ut; got == nil || *got.ArbetarProcent != 50 || len(got.Arbetstyper) != 1 || got.Arbetstyper[0] != register.ArbeteInteSubventionerat || *got.Avslutsanledning != "AVSLUT_ENLIGT_PLAN" {
		t.Errorf("utregistreringen är %+v", got)
	}
	lista, antal, err := s.Deltaganden(t.Context(), storetest.Som(a), i.ID, store.DeltagandeFilter{Status: register.StatusAvslutad}, db.Sida{Sort: "-startdag"})
	if err != nil || antal != 1 || len(lista) != 1 || lista[0].Identitet == nil || lista[0].Ut == nil {
		t.Errorf("listan är %d av %d (%v)", len(lista), antal, err)
	}
}

func TestAnOldAnswerOfFolkbokforingenIsAskedForAgain(t *testing.T) {
	d := storetest.NyMedDatabas(t)
	forsta, nasta := d.Vid(stillaklocka(2011, 3, 1)), d.Vid(stillaklocka(2011, 3, 3))
	i, a := huset(t, forsta)
	c := storetest.Samtycke(t, forsta, a, i, storetest.Person(fodd))
	in := storetest.Inregistrering(c, register.NyttDatum(2011, 2, 1))
	var del register.Deltagande
	if _, err := nasta.SkrivIn(t.Context(), storetest.Som(a), in, nil, ta(&del)); !errors.Is(err, store.ErrInaktuellt) {
		t.Fatalf("två dagar senare: %v", err)
	}
	u, err := nasta.IdentitetsUppslag(t.Context(), storetest.Som(a), i.ID, c.ID)
	if err != nil || u.Personnummer != storetest.Person(fodd) || !u.Uppslagen.Equal(forsta.Nu()) {
		t.Fatalf("uppslaget är %v (%v)", u.Uppslagen, err)
	}
	post := storetest.Post(nasta.Nu())
	post.Namn, post.Kommun = "Alva Nygift", "0180"
	if _, err := nasta.SkrivIn(t.Context(), storetest.Som(a), in, &post, ta(&del)); err != nil {
		t.Fatal(err)
	}
	last, err := nasta.Deltagande(t.Context(), storetest.Som(a), del.ID)
	if err != nil || last.Identitet.Namn != "Alva Nygift" || last.Identitet.Kommun != "0180" || *last.In.Kommun != "0180" || !last.Identitet.Uppslagen.Equal(nasta.Nu()) {
		t.Errorf("det blev %+v (%v)", last.In, err)
	}
}
