package register

import (
	"testing"
	"time"

	"github.com/google/uuid"
)

func TestTwoInsatserAreOneWhenBothSidesHaveSaidIt(t *testing.T) {
	nu := time.Date(2010, 5, 20, 9, 0, 0, 0, time.UTC)
	for lage, k := range map[Kopplingslage]Kopplingar{Kopplad: {&nu, &nu}, KopplingVantarAndra: {Egen: &nu}, KopplingVantarEgen: {Andras: &nu}, EjKopplad: {}} {
		if got := k.Lage(); got != lage {
			t.Errorf("%s, wanted %s", got, lage)
		}
		if err := KopplaIsar(k); (err != nil) != (lage == EjKopplad) {
			t.Errorf("%s is taken back: %v", lage, err)
		}
	}
	for namn, fall := range map[string]struct {
		gor    func(annan *Insats, k *Kopplingar)
		kod    Kod
		vantat []string
	}{
		"another förbund's":    {func(*Insats, *Kopplingar) {}, "", nil},
		"the other said first": {func(_ *Insats, k *Kopplingar) { k.Andras = &nu }, "", nil},
		"one's own":            {func(a *Insats, _ *Kopplingar) { a.OrganisationID = orgID }, KodOgiltig, []string{"/insatsId koppling-egen"}},
		"none":                 {func(a *Insats, _ *Kopplingar) { *a = Insats{} }, KodOgiltig, []string{"/insatsId okand-kod"}},
		"one that was before":  {func(a *Insats, _ *Kopplingar) { a.Startdatum, a.Slutdatum = dag("2008-01-01"), ptr(dag("2008-12-31")) }, KodOgiltig, []string{"/insatsId koppling-utan-tid"}},
		"on the first day":     {func(a *Insats, _ *Kopplingar) { a.Startdatum, a.Slutdatum = dag("2008-01-01"), ptr(dag("2009-01-01")) }, "", nil},
		"said already":         {func(_ *Insats, k *Kopplingar) { k.Egen = &nu }, KodKonflikt, []string{"koppling-finns"}},
	} {
		t.Run(namn, func(t *testing.T) {
			annan, k := testInsats(), Kopplingar{}
			annan.ID, annan.OrganisationID = uuid.UUID{9}, uuid.UUID{8}
			fall.gor(&annan, &k)
			ny, err := Koppla(testInsats(), annan, k, nu, testAv)
			if fall.vantat != nil {
				nekas(t, err, fall.kod, fall.vantat...)
			} else if want := (Insatskoppling{insatsID, uuid.UUID{9}, orgID, uuid.UUID{8}, nu, testAv}); err != nil || ny != want {
				t.Errorf("%+v %v", ny, err)
			}
		})
	}
}
