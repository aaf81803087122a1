package store_test

import (
	"fmt"
	"sync"
	"testing"

	"github.com/google/uuid"

	"sus/backend/register"
	"sus/backend/store"
	"sus/backend/store/storetest"
)

// tvaForbund is an insats in each of two förbund, and their administrators.
func tvaForbund(t *testing.T, s *store.Store) (i [2]register.Insats, admin [2]register.Aktor) {
	t.Helper()
	for n := range i {
		o := storetest.Organisation(t, s, nil)
		i[n], admin[n] = storetest.Insats(t, s, o, nil), storetest.Aktor(register.RollSamverkansadministrator, o.ID)
	}
	return i, admin
}

func kopplingslage(t *testing.T, s *store.Store, i register.Insats) register.Kopplingslage {
	t.Helper()
	k, err := s.Kopplingar(t.Context(), i.ID)
	if err != nil || len(k) > 1 {
		t.Fatalf("%+v (%v)", k, err)
	}
	if len(k) == 0 {
		return register.EjKopplad
	}
	return k[0].Lage()
}

func TestASharedInsatsIsLinkedWhenBothForbundHaveSaidIt(t *testing.T) {
	s := storetest.Ny(t)
	i, admin := tvaForbund(t, s)
	sag := func(vem, fran, till int, kopplad bool) string {
		t.Helper()
		var k store.KoppladInsats
		_, err := s.Koppla(t.Context(), storetest.Som(admin[vem]), i[fran].ID, i[till].ID, kopplad, ta(&k))
		return regel(err)
	}
	lagen := func(vill ...register.Kopplingslage) {
		t.Helper()
		for n := range i {
			if got := kopplingslage(t, s, i[n]); got != vill[n] {
				t.Errorf("insats %d: %s, wanted %s", n, got, vill[n])
			}
		}
	}
	if got := sag(1, 0, 1, true); got != "saknas" {
		t.Errorf("the other's administrator said it here: %q", got)
	}
	if got := sag(0, 0, 1, false); got != "koppling-saknas" {
		t.Errorf("taken back before it was said: %q", got)
	}
	if got := sag(0, 0, 0, true); got != "koppling-egen" {
		t.Errorf("with itself: %q", got)
	}
	if got := sag(0, 0, 1, true); got != "" {
		t.Fatal(got)
	}
	lagen(register.KopplingVantarAndra, register.KopplingVantarEgen)
	if got := sag(0, 0, 1, true); got != "koppling-finns" {
		t.Errorf("said twice: %q", got)
	}
	if got := sag(1, 1, 0, true); got != "" {
		t.Fatal(got)
	}
	lagen(register.Kopplad, register.Kopplad)
	if got := sag(1, 1, 0, false); got != "" {
		t.Fatal(got)
	}
	lagen(register.EjKopplad, register.EjKopplad)
	var k store.KoppladInsats
	if _, err := s.Koppla(t.Context(), storetest.Som(admin[0]), i[0].ID, uuid.New(), true, ta(&k)); regel(err) != "okand-kod" {
		t.Errorf("with none: %v", err)
	}
}

// TestRaceOfTheTwoSidesOfASharedInsats: both say it, both take it back, and one takes it
// back while the other says it.
func TestRaceOfTheTwoSidesOfASharedInsats(t *testing.T) {
	d := storetest.NyMedDatabas(t)
	d.UtanDodlas()
	s := d.Store
	i, admin := tvaForbund(t, s)
	sag := func(n int, kopplad bool) func() error {
		return func() error {
			var k store.KoppladInsats
			_, err := s.Koppla(t.Context(), storetest.Som(admin[n]), i[n].ID, i[1-n].ID, kopplad, ta(&k))
			return err
		}
	}
	lagen := func() string {
		return fmt.Sprint(kopplingslage(t, s, i[0]), " ", kopplingslage(t, s, i[1]))
	}
	kopplade, ingen := fmt.Sprint(register.Kopplad, " ", register.Kopplad), fmt.Sprint(register.EjKopplad, " ", register.EjKopplad)
	var isar, mot vinster
	for range *kapplopp {
		if e1, e2 := samtidigt(sag(0, true), sag(1, true)); e1 != nil || e2 != nil || lagen() != kopplade {
			t.Fatalf("both said it: %v and %v, %s", e1, e2, lagen())
		}
		e1, e2 := samtidigt(sag(0, false), sag(1, false))
		if (e1 == nil) == (e2 == nil) || regel(e1)+regel(e2) != "koppling-saknas" || lagen() != ingen {
			t.Fatalf("both took it back: %v and %v, %s", e1, e2, lagen())
		}
		isar.rakna(e1 == nil)
		if err := sag(0, true)(); err != nil {
			t.Fatal(err)
		}
		tillbaka, sagt := samtidigt(sag(0, false), sag(1, true))
		// Whoever takes it back takes what both have said; what is said after stands alone.
		sist := lagen() == fmt.Sprint(register.KopplingVantarEgen, " ", register.KopplingVantarAndra)
		if tillbaka != nil || sagt != nil || !sist && lagen() != ingen {
			t.Fatalf("taken back %v, said %v, %s", tillbaka, sagt, lagen())
		}
		mot.rakna(sist)
		if sist {
			if err := sag(1, false)(); err != nil {
				t.Fatal(err)
			}
		}
	}
	isar.prova(t, "both take it back")
	mot.prova(t, "taken back against said")
	if n := storetest.Rakna(t, d.Super(t), `select count(*) from insatskoppling`); n != 0 {
		t.Errorf("%d are left", n)
	}
}

func TestTheTwoSidesOfASharedInsatsMayLinkItAtOnce(t *testing.T) {
	d := storetest.NyMedDatabas(t)
	s := d.Store
	for range 5 {
		i, admin := tvaForbund(t, s)
		svar := make([]string, 8)
		var alla sync.WaitGroup
		for n := range svar { // four from each side: one of them says it
			alla.Go(func() {
				var k store.KoppladInsats
				_, err := s.Koppla(t.Context(), storetest.Som(admin[n%2]), i[n%2].ID, i[1-n%2].ID, true, ta(&k))
				svar[n] = regel(err)
			})
		}
		alla.Wait()
		antal := map[string]int{}
		for _, r := range svar {
			antal[r]++
		}
		if antal[""] != 2 || antal["koppling-finns"] != 6 {
			t.Errorf("%v", antal)
		}
		if kopplingslage(t, s, i[0]) != register.Kopplad || kopplingslage(t, s, i[1]) != register.Kopplad {
			t.Error("not linked")
		}
		// One side takes it back while the other does: one of them is told that it is done.
		clear(antal)
		for n := range 2 {
			alla.Go(func() {
				var k store.KoppladInsats
				_, err := s.Koppla(t.Context(), storetest.Som(admin[n]), i[n].ID, i[1-n].ID, false, ta(&k))
				svar[n] = regel(err)
			})
		}
		alla.Wait()
		antal[svar[0]]++
		antal[svar[1]]++
		if antal[""] != 1 || antal["koppling-saknas"] != 1 || kopplingslage(t, s, i[0]) != register.EjKopplad {
			t.Errorf("%v", antal)
		}
	}
	d.UtanDodlas()
}
