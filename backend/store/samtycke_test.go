package store_test

import (
	"testing"

	"sus/backend/register"
	"sus/backend/store"
	"sus/backend/store/storetest"
)

func TestTheSearchFindsTheSamtyckeThatWaitsForAnInregistrering(t *testing.T) {
	d := storetest.NyMedDatabas(t)
	s := d.Vid(stillaklocka(2011, 5, 12))
	o := storetest.Organisation(t, s, nil)
	i, annan := storetest.Insats(t, s, o, nil), storetest.Insats(t, s, o, nil)
	a := storetest.Deltagaransvarig(i, annan)
	p := storetest.Person(fodd)
	// Several wait only where they are older than the rule that one does.
	samtyck := func(s *store.Store, n register.Insats) register.Samtycke {
		t.Helper()
		s = store.UtanForkontroll(s)
		var c store.SamtyckeMedIdentitet
		if _, err := s.SkapaSamtycke(t.Context(), storetest.Som(a), storetest.Samtyckesuppgifter(s, n, p), storetest.Post(s.Nu()), ta(&c)); err != nil {
			t.Fatal(err)
		}
		return c.Samtycke
	}
	vantar := func(nar string, vill *register.Samtycke) {
		t.Helper()
		switch c := sokPerson(t, s, a, i, p).Oanvant; {
		case vill == nil && c != nil:
			t.Errorf("%s: ett samtycke väntar", nar)
		case vill != nil && (c == nil || c.ID != vill.ID || c.Datum != vill.Datum):
			t.Errorf("%s: %+v väntar", nar, c)
		}
	}

	vantar("innan något är registrerat", nil)
	samtyck(s, annan)
	vantar("med ett samtycke i en annan insats", nil)
	forsta := samtyck(d.Vid(stillaklocka(2011, 5, 10)), i)
	vantar("med ett samtycke", &forsta)
	if c := sokPerson(t, s, a, i, storetest.Person(register.NyttDatum(1980, 5, 6))).Oanvant; c != nil {
		t.Error("en annan persons samtycke väntar")
	}
	// Registered later, with ids that do not tell.
	andra := samtyck(s, i)
	samtyck(d.Vid(stillaklocka(2011, 5, 8)), i)
	vantar("med tre samtycken", &andra)

	skydd := storetest.Post(s.Nu())
	skydd.Skydd = register.SkyddSekretessmarkering
	if lage, err := s.SokDeltagare(t.Context(), storetest.Som(a), i.ID, p, skydd); err != nil || lage.Oanvant != nil || lage.Deltaganden != nil {
		t.Errorf("en skyddad person gav %+v (%v)", lage, err)
	}
	if lage, err := s.SokDeltagare(t.Context(), storetest.Som(storetest.Deltagaransvarig(annan)), i.ID, p, storetest.Post(s.Nu())); regel(err) != "saknas" || lage.Oanvant != nil {
		t.Errorf("utanför uppdraget: %v", err)
	}

	var del register.Deltagande
	if _, err := s.SkrivIn(t.Context(), storetest.Som(a), storetest.Inregistrering(andra, register.NyttDatum(2011, 3, 1)), nil, ta(&del)); err != nil {
		t.Fatal(err)
	}
	vantar("när det senaste är använt", &forsta)
	storetest.Aterkalla(t, s, a, forsta.ID)
	if c := sokPerson(t, s, a, i, p).Oanvant; c == nil || c.ID == forsta.ID || c.ID == andra.ID {
		t.Errorf("när ett är använt och ett återkallat väntar %+v", c)
	}
	storetest.Aterkalla(t, s, a, andra.ID)
	if lage := sokPerson(t, s, a, i, p); lage.Oanvant == nil || len(lage.Deltaganden) != 0 {
		t.Errorf("när det använda är återkallat: %+v", lage)
	}
}
