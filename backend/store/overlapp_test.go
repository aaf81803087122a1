package store_test

import (
	"errors"
	"slices"
	"testing"

	"github.com/google/uuid"

	"sus/backend/register"
	"sus/backend/store"
	"sus/backend/store/db"
	"sus/backend/store/storetest"
)

func dagen(manad, dag int) register.Datum { return register.NyttDatum(2026, manad, dag) }

// period is the in-registration of somebody and, when slut is a day, the exit.
func (h hus) period(t *testing.T, p register.Personnummer, start, slut register.Datum) (register.Deltagande, error) {
	t.Helper()
	var d register.Deltagande
	c := storetest.Samtycke(t, h.s, h.a, h.i, p)
	_, err := h.s.SkrivIn(t.Context(), storetest.Som(h.a), storetest.Inregistrering(c, start), nil, ta(&d))
	if err != nil || !slut.Angett() {
		return d, err
	}
	return d, h.skrivUt(t, &d, slut)
}

func (h hus) skrivUt(t *testing.T, d *register.Deltagande, slut register.Datum) error {
	_, err := h.s.SkrivUt(t.Context(), storetest.Som(h.a), d.ID, storetest.Utregistrering(slut), ta(d))
	return err
}

func (h hus) rattaUt(t *testing.T, d *register.Deltagande, ut register.Utregistrering) (err error) {
	ny, err := h.s.RattaUt(t.Context(), db.Begaran{Aktor: h.a, Version: d.Version}, d.ID, ut, "Fel dag.")
	if err == nil {
		*d = ny
	}
	return err
}

// hus is an insats and who registers in it.
type hus struct {
	s *store.Store
	i register.Insats
	a register.Aktor
}

func nyttHus(t *testing.T, s *store.Store) hus {
	h := hus{s: s}
	h.i, h.a = huset(t, s)
	return h
}

// overlappar asks for the refusal, with the way to the other one.
func overlappar(t *testing.T, err error, annat uuid.UUID) {
	t.Helper()
	var e *register.Error
	if !errors.As(err, &e) || e.Regel != register.RegelOverlappar || e.Finns != annat {
		t.Errorf("%v, ville ha overlappar och vägen till %v", err, annat)
	}
}

var numretP = storetest.Person(register.NyttDatum(1977, 1, 17))

func TestThreePeriodsOfOnePersonOneWithinTheOther(t *testing.T) {
	h := nyttHus(t, storetest.NyVid(t, stillaklocka(2026, 11, 30)))
	forsta, err := h.period(t, numretP, dagen(1, 12), dagen(3, 31))
	if err != nil {
		t.Fatal(err)
	}
	c := storetest.Samtycke(t, h.s, h.a, h.i, numretP)
	for _, start := range []register.Datum{dagen(2, 1), dagen(1, 12)} {
		_, err := h.s.SkrivIn(t.Context(), storetest.Som(h.a), storetest.Inregistrering(c, start), nil, ta(new(register.Deltagande)))
		overlappar(t, err, forsta.ID)
	}
	// The day of change is both's, and an earlier period may be registered late.
	d := storetest.SkrivIn(t, h.s, h.a, c, dagen(3, 31))
	if err := h.skrivUt(t, &d, dagen(4, 30)); err != nil {
		t.Error(err)
	}
	tidig, err := h.period(t, numretP, dagen(1, 2), register.Datum{})
	if err != nil {
		t.Fatal(err)
	}
	overlappar(t, h.skrivUt(t, &tidig, dagen(1, 13)), forsta.ID)
	if err := h.skrivUt(t, &tidig, dagen(1, 12)); err != nil {
		t.Error(err)
	}
	// Another person and another insats have nothing to do with it.
	if _, err := h.period(t, storetest.Person(fodd.Plus(100)), dagen(2, 1), dagen(2, 28)); err != nil {
		t.Error(err)
	}
	annat := nyttHus(t, h.s)
	if _, err := annat.period(t, numretP, dagen(2, 1), dagen(2, 28)); err != nil {
		t.Error(err)
	}
}

func TestAFelregistreringDoesNotCountAndIsAskedAgainWhenCorrectedBack(t *testing.T) {
	h := nyttHus(t, storetest.NyVid(t, stillaklocka(2026, 11, 30)))
	fel, err := h.period(t, numretP, dagen(1, 12), register.Datum{})
	if err != nil {
		t.Fatal(err)
	}
	felregistrering := register.Utregistrering{Avslutningsdag: dagen(3, 31), Avslutsanledning: "FELREGISTRERING"}
	if _, err := h.s.SkrivUt(t.Context(), storetest.Som(h.a), fel.ID, felregistrering, ta(&fel)); err != nil {
		t.Fatal(err)
	}
	ratt, err := h.period(t, numretP, dagen(2, 1), dagen(2, 28))
	if err != nil {
		t.Fatal(err)
	}
	overlappar(t, h.rattaUt(t, &fel, storetest.Utregistrering(dagen(3, 31))), ratt.ID)
	if err := h.rattaUt(t, &fel, storetest.Utregistrering(dagen(2, 1))); err != nil {
		t.Error(err)
	}
	overlappar(t, h.rattaUt(t, &fel, storetest.Utregistrering(dagen(2, 2))), ratt.ID)
}

func TestAWithdrawnPeriodIsNobodysAnyMore(t *testing.T) {
	h := nyttHus(t, storetest.NyVid(t, stillaklocka(2026, 11, 30)))
	d, err := h.period(t, numretP, dagen(1, 12), dagen(3, 31))
	if err != nil {
		t.Fatal(err)
	}
	storetest.Aterkalla(t, h.s, h.a, d.SamtyckeID)
	if _, err := h.period(t, numretP, dagen(2, 1), dagen(2, 28)); err != nil {
		t.Error(err)
	}
}

// baraParade asks for those of alla, the whole list of the insats, that point at another.
func baraParade(t *testing.T, s *store.Store, av register.Aktor, insats uuid.UUID, alla []store.DeltagandeMedIdentitet) {
	t.Helper()
	var vill, fick []uuid.UUID
	for _, d := range alla {
		if d.SammaPersonSom != nil || len(d.OverlapparMed) > 0 {
			vill = append(vill, d.ID)
		}
	}
	lista, n, err := s.Deltaganden(t.Context(), storetest.Som(av), insats, store.DeltagandeFilter{SammaPerson: true}, db.Sida{Limit: 50})
	for _, d := range lista {
		fick = append(fick, d.ID)
	}
	if err != nil || n != len(vill) || !slices.Equal(fick, vill) {
		t.Errorf("av samma person: %v (%d, %v), ville ha %v", fick, n, err, vill)
	}
}

// overlapparMed is what a deltagande is shown to overlap.
func (h hus) overlapparMed(t *testing.T, d register.Deltagande) []uuid.UUID {
	t.Helper()
	rad, err := h.s.Deltagande(t.Context(), storetest.Som(h.a), d.ID)
	if err != nil {
		t.Fatal(err)
	}
	lista, _, err := h.s.Deltaganden(t.Context(), storetest.Som(h.a), h.i.ID, store.DeltagandeFilter{}, db.Sida{Limit: 50})
	if err != nil {
		t.Fatal(err)
	}
	for _, i := range lista {
		if i.ID == d.ID && !slices.Equal(i.OverlapparMed, rad.OverlapparMed) {
			t.Errorf("listan säger %v och deltagandet %v", i.OverlapparMed, rad.OverlapparMed)
		}
	}
	baraParade(t, h.s, h.a, h.i.ID, lista)
	return rad.OverlapparMed
}

func TestOverlapsThatALinkBringsToLightStandAndAreShown(t *testing.T) {
	dbas := storetest.NyMedDatabas(t)
	h := nyttHus(t, dbas.Vid(stillaklocka(2026, 11, 30)))
	stangd, err := h.period(t, numretA, dagen(1, 12), dagen(3, 31))
	if err != nil {
		t.Fatal(err)
	}
	oppen, err := h.period(t, numretB, dagen(2, 1), register.Datum{})
	if err != nil {
		t.Fatal(err)
	}
	fel, err := h.period(t, numretA, dagen(4, 1), register.Datum{})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := h.s.SkrivUt(t.Context(), storetest.Som(h.a), fel.ID, register.Utregistrering{Avslutningsdag: dagen(5, 1), Avslutsanledning: "FELREGISTRERING"}, ta(&fel)); err != nil {
		t.Fatal(err)
	}
	lar(t, h.s, numretB, ersatter(h.s, numretA))
	if n := storetest.Rakna(t, dbas.Super(t), `select count(distinct person) from deltagande`); n != 1 {
		t.Fatalf("%d nycklar efter länken", n)
	}
	if a, b := h.overlapparMed(t, stangd), h.overlapparMed(t, oppen); !slices.Equal(a, []uuid.UUID{oppen.ID}) || !slices.Equal(b, []uuid.UUID{stangd.ID}) {
		t.Fatalf("visas som %v och %v", a, b)
	}
	if v := h.overlapparMed(t, fel); len(v) != 0 {
		t.Errorf("felregistreringen visas med %v", v)
	}
	// Whoever ends one of them is not refused for the other's sake, but the
	// felregistrering, which did not count, is asked.
	if err := h.skrivUt(t, &oppen, dagen(6, 30)); err != nil {
		t.Fatal(err)
	}
	overlappar(t, h.rattaUt(t, &fel, storetest.Utregistrering(dagen(5, 1))), oppen.ID)
	if v := h.overlapparMed(t, oppen); !slices.Equal(v, []uuid.UUID{stangd.ID}) {
		t.Errorf("efter utskrivningen: %v", v)
	}
	// Mended, it is known no more, and is not made again.
	if err := h.rattaUt(t, &stangd, storetest.Utregistrering(dagen(2, 1))); err != nil {
		t.Fatal(err)
	}
	if v := h.overlapparMed(t, oppen); len(v) != 0 {
		t.Errorf("efter rättelsen: %v", v)
	}
	overlappar(t, h.rattaUt(t, &stangd, storetest.Utregistrering(dagen(2, 2))), oppen.ID)
}

func TestAWithdrawalLeavesNoTraceOfAnOverlap(t *testing.T) {
	dbas := storetest.NyMedDatabas(t)
	h := nyttHus(t, dbas.Vid(stillaklocka(2026, 11, 30)))
	en, err1 := h.period(t, numretA, dagen(1, 12), dagen(3, 31))
	annan, err2 := h.period(t, numretB, dagen(2, 1), dagen(4, 1))
	if err := errors.Join(err1, err2); err != nil {
		t.Fatal(err)
	}
	lar(t, h.s, numretB, ersatter(h.s, numretA))
	if v := h.overlapparMed(t, annan); !slices.Equal(v, []uuid.UUID{en.ID}) {
		t.Fatalf("visas som %v", v)
	}
	storetest.Aterkalla(t, h.s, h.a, en.SamtyckeID)
	if n := storetest.Rakna(t, dbas.Super(t), `select count(*) from deltagande_overlapp`); n != 0 {
		t.Errorf("%d par är kvar", n)
	}
}

func TestTwoOpenOnesThatALinkMakesOnePersonsCanBothBeEnded(t *testing.T) {
	h := nyttHus(t, storetest.NyVid(t, stillaklocka(2026, 11, 30)))
	en, err1 := h.period(t, numretA, dagen(1, 12), register.Datum{})
	annan, err2 := h.period(t, numretB, dagen(2, 1), register.Datum{})
	if err := errors.Join(err1, err2); err != nil {
		t.Fatal(err)
	}
	lar(t, h.s, numretB, ersatter(h.s, numretA))
	if v := h.overlapparMed(t, en); len(v) != 0 {
		t.Errorf("två öppna visas med sammaPersonSom, inte %v", v)
	}
	if err := errors.Join(h.skrivUt(t, &en, dagen(5, 1)), h.skrivUt(t, &annan, dagen(6, 1))); err != nil {
		t.Fatal(err)
	}
	if v := h.overlapparMed(t, en); !slices.Equal(v, []uuid.UUID{annan.ID}) {
		t.Errorf("visas som %v", v)
	}
}

// A pair of periods that would overlap if both were done: one of them is.
func TestRaceOfACorrectionAndAnInregistreringGivesNoOverlap(t *testing.T) {
	dbas := storetest.NyMedDatabas(t)
	dbas.UtanDodlas()
	i, a := huset(t, dbas.Store)
	for namn, s := range map[string]*store.Store{"med förkontroll": dbas.Store, "utan förkontroll": store.UtanForkontroll(dbas.Store)} {
		h, v := hus{dbas.Store, i, a}, vinster{}
		for n := range *kapplopp {
			p := enPerson(len(namn)-2, n)
			d, err := h.period(t, p, register.NyttDatum(2020, 1, 1), register.NyttDatum(2020, 3, 1))
			if err != nil {
				t.Fatal(err)
			}
			c := storetest.Samtycke(t, h.s, a, i, p)
			e1, e2 := samtidigt(func() error { return h.rattaUt(t, &d, storetest.Utregistrering(register.NyttDatum(2020, 5, 1))) }, func() error {
				_, err := s.SkrivIn(t.Context(), storetest.Som(a), storetest.Inregistrering(c, register.NyttDatum(2020, 4, 1)), nil, ta(new(register.Deltagande)))
				return err
			})
			if (e1 == nil) == (e2 == nil) || regel(e1)+regel(e2) != "overlappar" {
				t.Fatalf("%s: %v och %v", namn, e1, e2)
			}
			v.rakna(e1 == nil)
		}
		v.prova(t, namn)
	}
}

func TestRaceOfTwoCorrectionsGivesNoOverlap(t *testing.T) {
	dbas := storetest.NyMedDatabas(t)
	dbas.UtanDodlas()
	h, v := nyttHus(t, dbas.Store), vinster{}
	for n := range *kapplopp {
		p := enPerson(14, n)
		en, err1 := h.period(t, p, register.NyttDatum(2020, 1, 1), register.NyttDatum(2020, 2, 1))
		annan, err2 := h.period(t, p, register.NyttDatum(2020, 5, 1), register.NyttDatum(2020, 6, 1))
		if err := errors.Join(err1, err2); err != nil {
			t.Fatal(err)
		}
		e1, e2 := samtidigt(func() error { return h.rattaUt(t, &en, storetest.Utregistrering(register.NyttDatum(2020, 4, 1))) }, func() error {
			in := storetest.Inregistrering(register.Samtycke{}, register.NyttDatum(2020, 3, 1))
			_, err := h.s.RattaIn(t.Context(), db.Begaran{Aktor: h.a, Version: annan.Version}, annan.ID, in, "Fel dag.")
			return err
		})
		if (e1 == nil) == (e2 == nil) || regel(e1)+regel(e2) != "overlappar" {
			t.Fatalf("%v och %v", e1, e2)
		}
		v.rakna(e1 == nil)
	}
	v.prova(t, "två rättelser")
}

func TestWhoeverEndsAnInsatsIsToldHowManyAreOpenThere(t *testing.T) {
	s := storetest.NyVid(t, stillaklocka(2026, 11, 30))
	o := storetest.Organisation(t, s, nil)
	h := hus{s: s, i: storetest.Insats(t, s, o, nil)}
	h.a = storetest.Deltagaransvarig(h.i)
	for n := range 3 {
		slut := register.Datum{}
		if n == 0 {
			slut = dagen(3, 1)
		}
		if _, err := h.period(t, storetest.Person(fodd.Plus(n)), dagen(1, 12), slut); err != nil {
			t.Fatal(err)
		}
	}
	in := storetest.Insatsuppgifter(o)
	in.Namn, in.Slutdatum = h.i.Namn, new(register.Datum)
	*in.Slutdatum = dagen(11, 30)
	ny, err := s.AndraInsats(t.Context(), db.Begaran{Aktor: storetest.Aktor(register.RollSamverkansadministrator, o.ID), Version: h.i.Version}, h.i.ID, in)
	if err != nil || ny.AntalOppna != 2 {
		t.Errorf("%d pågår (%v)", ny.AntalOppna, err)
	}
	if las, err := s.Insats(t.Context(), storetest.Som(storetest.Aktor(register.RollSamverkansadministrator, o.ID)), h.i.ID); err != nil || las.AntalOppna != 2 {
		t.Errorf("whoever may end it is told %d (%v)", las.AntalOppna, err)
	}
	if las, err := s.Insats(t.Context(), storetest.Som(h.a), h.i.ID); err != nil || las.AntalOppna != 0 {
		t.Errorf("whoever registers in it is told %d (%v)", las.AntalOppna, err)
	}
	if las, err := s.Insats(t.Context(), storetest.Som(register.Aktor{}), h.i.ID); err != nil || las.AntalOppna != 0 {
		t.Errorf("whoever reads it is told %d (%v)", las.AntalOppna, err)
	}
	forbund := storetest.Organisationsuppgifter()
	forbund.Namn, forbund.Slutdatum = o.Namn, in.Slutdatum
	slutat, err := s.AndraSamverkansorganisation(t.Context(), db.Begaran{Aktor: storetest.Systemforvaltare(), Version: o.Version}, o.ID, forbund)
	if err != nil || slutat.AntalOppna != 2 {
		t.Errorf("%d pågår i förbundet (%v)", slutat.AntalOppna, err)
	}
}
