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

func TestASecondSamtyckeOfAPersonIsRefusedWhileTheFirstWaits(t *testing.T) {
	d := storetest.NyMedDatabas(t)
	s := d.Store
	o := storetest.Organisation(t, s, nil)
	i, annan := storetest.Insats(t, s, o, nil), storetest.Insats(t, s, o, nil)
	a := storetest.Deltagaransvarig(i, annan)
	p := storetest.Person(fodd)
	forsta := storetest.Samtycke(t, s, a, i, p)
	// Refused by both halves of the rule, whoever asks: before the look-up, and after it.
	nekas := func(nar string, id uuid.UUID) {
		t.Helper()
		in := storetest.Samtyckesuppgifter(s, i, p)
		vem := storetest.Som(storetest.Maskin(i))
		_, fore := s.ProvaSamtycke(t.Context(), vem, in)
		var c store.SamtyckeMedIdentitet
		_, efter := s.SkapaSamtycke(t.Context(), vem, in, storetest.Post(s.Nu()), ta(&c))
		for _, err := range []error{fore, efter} {
			var e *register.Error
			if !errors.As(err, &e) || e.Regel != register.RegelSamtyckeVantar || e.Finns != id {
				t.Errorf("%s: %v", nar, err)
			}
		}
	}
	nekas("the first waits", forsta.ID)
	storetest.Samtycke(t, s, a, annan, p) // another insats is another consent
	storetest.Samtycke(t, s, a, i, storetest.Person(register.NyttDatum(1980, 5, 6)))
	storetest.Aterkalla(t, s, a, forsta.ID)
	andra := storetest.Samtycke(t, s, a, i, p)
	nekas("the second waits", andra.ID)
	storetest.SkrivIn(t, s, a, andra, register.NyttDatum(2020, 1, 1))
	storetest.Samtycke(t, s, a, i, p) // of the next deltagande
}

func TestASamtyckeWaitsAlsoForThePersonsOtherNumber(t *testing.T) {
	d := storetest.NyMedDatabas(t)
	i, a := huset(t, d.Store)
	c := storetest.Samtycke(t, d.Store, a, i, numretA)
	in := storetest.Samtyckesuppgifter(d.Store, i, numretB)
	if _, err := d.ProvaSamtycke(t.Context(), storetest.Som(a), in); err != nil {
		t.Errorf("nobody knows that it is the same person, and %v", err)
	}
	lar(t, d.Store, numretB, ersatter(d.Store, numretA))
	var e *register.Error
	if _, err := d.ProvaSamtycke(t.Context(), storetest.Som(a), in); !errors.As(err, &e) || e.Finns != c.ID {
		t.Errorf("it is known now, and %v", err)
	}
	if l := sokPerson(t, d.Store, a, i, numretB); l.Oanvant == nil || l.Oanvant.ID != c.ID {
		t.Errorf("the search by the new number finds %+v", l.Oanvant)
	}
}

func TestTheSamtyckenOfAnInsatsAreListedByStateWithWhoseTheyAre(t *testing.T) {
	d := storetest.NyMedDatabas(t)
	s := d.Vid(stillaklocka(2011, 5, 12))
	o := storetest.Organisation(t, s, nil)
	i, annan := storetest.Insats(t, s, o, nil), storetest.Insats(t, s, o, nil)
	a := storetest.Deltagaransvarig(i)
	vid := func(dag int) *store.Store { return d.Vid(stillaklocka(2011, 5, dag)) }
	vantar := storetest.Samtycke(t, vid(10), a, i, uppslagen(1))
	anvant := storetest.Samtycke(t, vid(9), a, i, uppslagen(2))
	storetest.SkrivIn(t, vid(9), a, anvant, register.NyttDatum(2011, 3, 1))
	borta := storetest.Samtycke(t, vid(8), a, i, uppslagen(3))
	storetest.Aterkalla(t, s, a, borta.ID)
	bada := storetest.Samtycke(t, vid(7), a, i, uppslagen(4))
	storetest.SkrivIn(t, vid(7), a, bada, register.NyttDatum(2011, 3, 1))
	storetest.Aterkalla(t, s, a, bada.ID)
	storetest.Samtycke(t, s, storetest.Deltagaransvarig(annan), annan, uppslagen(1))

	lista := func(status register.Samtyckesstatus, sida db.Sida, antal int, vill ...uuid.UUID) {
		t.Helper()
		rader, n, err := s.Samtycken(t.Context(), storetest.Som(a), i.ID, status, sida)
		var fick []uuid.UUID
		for _, r := range rader {
			fick = append(fick, r.ID)
			if (r.Identitet == nil) != (r.Aterkallat != nil) || (r.DeltagandeID != nil) != (r.ID == anvant.ID || r.ID == bada.ID) {
				t.Errorf("%q %s: identitet %v, deltagande %v", status, r.ID, r.Identitet != nil, r.DeltagandeID)
			}
		}
		if err != nil || n != antal || !slices.Equal(fick, vill) {
			t.Errorf("%q %+v: %v of %d (%v)", status, sida, fick, n, err)
		}
	}
	lista("", db.Sida{}, 4, vantar.ID, anvant.ID, borta.ID, bada.ID)
	lista("", db.Sida{Sort: "registrerat", Limit: 2, Offset: 1}, 4, borta.ID, anvant.ID)
	lista("", db.Sida{Sort: "-datum", Limit: 1}, 4, vantar.ID)
	lista(register.StatusOanvant, db.Sida{}, 1, vantar.ID)
	lista(register.StatusAnvant, db.Sida{}, 1, anvant.ID)
	lista(register.StatusAterkallat, db.Sida{}, 2, borta.ID, bada.ID)
	if n := storetest.Rakna(t, d.Super(t), `select count(*) from loggpost p join loggperson l on l.loggpost_id = p.id
		where p.handelse = 'SAMTYCKEN_LISTADE' and p.objekt_id = $1`, i.ID); n != 2+2-1+1+1+1 {
		t.Errorf("%d persons were logged", n)
	}
	if _, _, err := s.Samtycken(t.Context(), storetest.Som(storetest.Deltagaransvarig(annan)), i.ID, "", db.Sida{}); regel(err) != "saknas" {
		t.Errorf("outside the uppdrag: %v", err)
	}
}

func TestACorrectedSamtyckeTellsTheLogWhichFieldsAndNothingPersonal(t *testing.T) {
	d := storetest.NyMedDatabas(t)
	s := d.Vid(stillaklocka(2011, 5, 12))
	i, a := huset(t, s)
	c := storetest.Samtycke(t, s, a, i, storetest.Person(fodd))
	const skal = "Dagen lästes fel på blanketten."
	u := register.Samtyckesuppgifter{Blankett: "9443", Datum: register.NyttDatum(2011, 5, 2), Sprak: "en", Satt: register.SattSkriftligt, ExterntID: "arende-4711"}
	ratta := func(vem register.Aktor, version int, u register.Samtyckesuppgifter) (register.Samtycke, error) {
		return s.RattaSamtycke(t.Context(), db.Begaran{Aktor: vem, Version: version}, c.ID, u, skal)
	}
	if _, err := ratta(storetest.Deltagaransvarig(storetest.Insats(t, s, storetest.Organisation(t, s, nil), nil)), 1, u); regel(err) != "saknas" {
		t.Errorf("outside the uppdrag: %v", err)
	}
	if _, err := ratta(a, 2, u); regel(err) != "foraldrad" {
		t.Errorf("another version: %v", err)
	}
	ny, err := ratta(a, 1, u)
	if err != nil || ny.Version != 2 || ny.Datum != u.Datum || *ny.ExterntID != u.ExterntID {
		t.Fatalf("%+v (%v)", ny, err)
	}
	last, err := s.Samtycke(t.Context(), storetest.Som(a), c.ID)
	if err != nil || last.Version != 2 || last.Datum != u.Datum || last.Sprak != "en" || *last.Skal != skal || last.Identitet.Personnummer != storetest.Person(fodd) ||
		last.RegistreratAv != c.RegistreratAv || !last.Registrerat.Equal(c.Registrerat) {
		t.Errorf("%+v (%v)", last, err)
	}
	super := d.Super(t)
	var detalj string
	if err := super.QueryRow(`select detalj from loggpost where handelse = 'SAMTYCKE_RATTAT' and utfall = 'OK' and objekt_id = $1 and insats_id = $2`, c.ID, i.ID).Scan(&detalj); err != nil || detalj != "datum sprak externtId" {
		t.Errorf("the row says %q (%v)", detalj, err)
	}
	// Another's case id, by another samtycke of the same caller.
	in := storetest.Samtyckesuppgifter(s, i, uppslagen(1))
	in.ExterntID = "arende-1"
	var annan store.SamtyckeMedIdentitet
	if _, err := s.SkapaSamtycke(t.Context(), storetest.Som(a), in, storetest.Post(s.Nu()), ta(&annan)); err != nil {
		t.Fatal(err)
	}
	u.ExterntID = "arende-1"
	if _, err := ratta(a, 2, u); regel(err) != "externt-id-upptaget" {
		t.Errorf("a case id that is taken: %v", err)
	}
	in = storetest.Samtyckesuppgifter(s, i, uppslagen(2))
	in.ExterntID = "arende-1"
	if _, err := s.ProvaSamtycke(t.Context(), storetest.Som(a), in); regel(err) != "externt-id-upptaget" {
		t.Errorf("a new one with a case id that is taken: %v", err)
	}

	storetest.Aterkalla(t, s, a, c.ID)
	for _, version := range []int{2, 3} {
		if _, err := ratta(a, version, u); regel(err) != "aterkallat" {
			t.Errorf("withdrawn, version %d: %v", version, err)
		}
	}
	if last, err := s.Samtycke(t.Context(), storetest.Som(a), c.ID); err != nil || last.Skal != nil || last.Identitet != nil || last.Aterkallat == nil {
		t.Errorf("after the withdrawal: %+v (%v)", last, err)
	}
	for table, n := range spar(t, super, c.ID, i.ID, d.Nycklar.Blindindex(storetest.Person(fodd))) {
		if n != 0 {
			t.Errorf("%d rows are left in %s after the withdrawal of an unused one", n, table)
		}
	}
	if _, err := s.RattaSamtycke(t.Context(), db.Begaran{Aktor: a, Version: 1}, annan.ID, register.Samtyckesuppgifter{}, skal); regel(err) == "samtycke-anvant" {
		t.Errorf("unused, and %v", err)
	}
	storetest.SkrivIn(t, s, a, annan.Samtycke, register.NyttDatum(2011, 3, 1))
	if _, err := s.RattaSamtycke(t.Context(), db.Begaran{Aktor: a, Version: 1}, annan.ID, u, skal); regel(err) != "samtycke-anvant" {
		t.Errorf("used: %v", err)
	}
}

// The reason goes also when the identity is erased in another way than ours.
func TestTheReasonOfACorrectionGoesWithTheIdentitet(t *testing.T) {
	d := storetest.NyMedDatabas(t)
	i, a := huset(t, d.Store)
	c := storetest.Samtycke(t, d.Store, a, i, storetest.Person(fodd))
	if _, err := d.RattaSamtycke(t.Context(), db.Begaran{Aktor: a, Version: 1}, c.ID,
		register.Samtyckesuppgifter{Blankett: "9443", Datum: c.Datum, Sprak: "en", Satt: register.SattSkriftligt}, "Fel språk."); err != nil {
		t.Fatal(err)
	}
	super := d.Super(t)
	if n := storetest.Rakna(t, super, `select count(*) from samtycke where skal is not null`); n != 1 {
		t.Fatalf("%d reasons", n)
	}
	if _, err := super.Exec(`delete from identitet where samtycke_id = $1`, c.ID); err != nil {
		t.Fatal(err)
	}
	if n := storetest.Rakna(t, super, `select count(*) from samtycke where skal is not null`); n != 0 {
		t.Errorf("%d reasons are left", n)
	}
	if _, err := d.RattaSamtycke(t.Context(), db.Begaran{Aktor: a, Version: 2}, c.ID, register.Samtyckesuppgifter{}, "Fel."); regel(err) != "identitet-borta" {
		t.Errorf("a correction without identity: %v", err)
	}
}
