package store_test

import (
	"fmt"
	"testing"

	"github.com/google/uuid"

	"sus/backend/register"
	"sus/backend/store/db"
	"sus/backend/store/storetest"
)

func TestRaceOfAnAnswerAndARewritingHasOneWinner(t *testing.T) {
	f := nyaFragor(t)
	f.UtanDodlas()
	dag := register.NyttDatum(2020, 3, 1)
	var v vinster
	for n := range *kapplopp {
		in := fragan(fmt.Sprint("Fråga ", n))
		in.Fran = dag.Plus(n) // a day of its own: only so many are asked at once
		in.Tom = &in.Fran
		q := f.ny(t, in)
		c := storetest.Samtycke(t, f.Store, f.a, f.i, enPerson(12, n))
		svarar := storetest.Inregistrering(c, in.Fran)
		svarar.Svar = []register.Fragesvar{kodsvar(q, "2")}
		om := in
		om.Etiketter = []string{"Samtal", "Något annat"}
		svar, skrev := samtidigt(func() error {
			var d register.Deltagande
			_, err := f.SkrivIn(t.Context(), storetest.Som(f.a), svarar, nil, ta(&d))
			return err
		}, func() error { _, err := f.andra(t, q, om); return err })
		if (svar == nil) == (skrev == nil) || svar != nil && regel(svar) != "okand-kod" || skrev != nil && regel(skrev) != "fraga-besvarad" {
			t.Fatalf("the answer %v, the rewriting %v", svar, skrev)
		}
		v.rakna(svar == nil)
	}
	v.prova(t, "answer against rewriting")
	if n := storetest.Rakna(t, f.Super(t), `select count(*) from fragesvar s join fraga f on f.id = s.fraga_id where not s.koder <@ array(select a ->> 'kod' from jsonb_array_elements(f.alternativ) a)
		or s.dag < f.giltig_fran or s.dag > f.giltig_tom or f.version > 1`); n != 0 {
		t.Errorf("%d answers that their question has not", n)
	}
}

func TestRaceOfAnAnswerAndAClosingHasOneWinner(t *testing.T) {
	f := nyaFragor(t)
	f.UtanDodlas()
	dag := register.NyttDatum(2020, 3, 1)
	var v vinster
	for n := range *kapplopp {
		in := fragan(fmt.Sprint("Fråga ", n))
		in.Fran = dag.Plus(2 * n)
		sista := in.Fran.Plus(1)
		in.Tom = &sista
		q := f.ny(t, in)
		stangd := in
		stangd.Tom = &in.Fran
		c := storetest.Samtycke(t, f.Store, f.a, f.i, enPerson(12, n))
		svarar := storetest.Inregistrering(c, sista)
		svarar.Svar = []register.Fragesvar{kodsvar(q, "2")}
		svar, stangde := samtidigt(func() error {
			var d register.Deltagande
			_, err := f.SkrivIn(t.Context(), storetest.Som(f.a), svarar, nil, ta(&d))
			return err
		}, func() error { _, err := f.andra(t, q, stangd); return err })
		if (svar == nil) == (stangde == nil) || svar != nil && regel(svar) != "fraga-stalls-inte" || stangde != nil && regel(stangde) != "fraga-besvarad" {
			t.Fatalf("the answer %v, the closing %v", svar, stangde)
		}
		v.rakna(svar == nil)
	}
	v.prova(t, "answer against closing")
}

// TestRaceOfTwoAdministratorsKeepsOneOrder: one order and a new question, or two orders, at
// once: one is first, and the other is told so, but for the new question, which comes last.
func TestRaceOfTwoAdministratorsKeepsOneOrder(t *testing.T) {
	f := nyaFragor(t)
	f.UtanDodlas()
	for n := range 3 {
		f.ny(t, fragan(fmt.Sprint("Fråga ", n)))
	}
	var tva, ny vinster
	for n := range *kapplopp {
		alla, version := f.alla(t)
		ids := make([]uuid.UUID, len(alla))
		for i, q := range alla {
			ids[len(alla)-1-i] = q.ID
		}
		ordna := func(ids []uuid.UUID) func() error {
			return func() error {
				_, err := f.OrdnaFragor(t.Context(), db.Begaran{Aktor: f.admin, Version: version}, f.org.ID, ids)
				return err
			}
		}
		if n%2 == 0 {
			andra := append(append([]uuid.UUID{}, ids[1:]...), ids[0])
			e1, e2 := samtidigt(ordna(ids), ordna(andra))
			if (e1 == nil) == (e2 == nil) || regel(e1)+regel(e2) != "foraldrad" {
				t.Fatalf("%v and %v", e1, e2)
			}
			tva.rakna(e1 == nil)
		} else {
			in := fragan(fmt.Sprint("Till ", n))
			in.Fran = register.NyttDatum(2011, 1, 1).Plus(n)
			in.Tom = &in.Fran
			e1, e2 := samtidigt(ordna(ids), func() error {
				var q register.Fraga
				_, err := f.SkapaFraga(t.Context(), storetest.Som(f.admin), f.org.ID, in, ta(&q))
				return err
			})
			if e2 != nil || e1 != nil && regel(e1) != "foraldrad" {
				t.Fatalf("%v and %v", e1, e2)
			}
			ny.rakna(e1 == nil)
		}
	}
	t.Logf("two orders %v, an order and a question %v", tva, ny)
	if n := storetest.Rakna(t, f.Super(t), `select count(*) from (select from fraga group by organisation_id, ordning having count(*) > 1) x`); n != 0 {
		t.Errorf("%d places are taken twice", n)
	}
}

func TestRaceOfTwoFragorOfOneNameGivesOne(t *testing.T) {
	f := nyaFragor(t)
	f.UtanDodlas()
	var v vinster
	for n := range *kapplopp {
		in := fragan(fmt.Sprint("Fråga ", n))
		in.Fran = register.NyttDatum(2011, 1, 1).Plus(n)
		in.Tom = &in.Fran
		skapa := func() error {
			var q register.Fraga
			_, err := f.SkapaFraga(t.Context(), storetest.Som(f.admin), f.org.ID, in, ta(&q))
			return err
		}
		e1, e2 := samtidigt(skapa, skapa)
		if (e1 == nil) == (e2 == nil) || regel(e1)+regel(e2) != "fraga-finns" {
			t.Fatalf("%v and %v", e1, e2)
		}
		v.rakna(e1 == nil)
	}
	v.prova(t, "two questions of one name")
}
