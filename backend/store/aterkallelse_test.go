package store_test

import (
	"database/sql"
	"testing"

	"github.com/google/uuid"

	"sus/backend/register"
	"sus/backend/store"
	"sus/backend/store/db"
	"sus/backend/store/storetest"
)

// spar counts every live row that leads to who gave a samtycke.
func spar(t *testing.T, super *sql.DB, c uuid.UUID, insats uuid.UUID, index []byte) map[string]int {
	t.Helper()
	return map[string]int{
		"identitet":    storetest.Rakna(t, super, `select count(*) from identitet where samtycke_id = $1`, c),
		"loggperson":   storetest.Rakna(t, super, `select count(*) from loggperson where samtycke_id = $1`, c),
		"sökningar":    storetest.Rakna(t, super, `select count(*) from loggperson where blindindex = $1 and insats_id = $2`, index, insats),
		"svar":         storetest.Rakna(t, super, `select count(*) from idempotens where samtycke_id = $1 and (svar is not null or kropp_hmac is not null)`, c),
		"personnyckel": storetest.Rakna(t, super, `select count(*) from personnyckel where blindindex = $1`, index),
	}
}

func sok(t *testing.T, s *store.Store, a register.Aktor, i register.Insats, p register.Personnummer) []register.Deltagande {
	t.Helper()
	return sokPerson(t, s, a, i, p).Deltaganden
}

func sokPerson(t *testing.T, s *store.Store, a register.Aktor, i register.Insats, p register.Personnummer) store.Personlage {
	t.Helper()
	d, err := s.SokDeltagare(t.Context(), storetest.Som(a), i.ID, p, storetest.Post(s.Nu()))
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestAnAterkallelseTakesEveryTraceOfThePersonAndNoneOfTheDeltagande(t *testing.T) {
	d := storetest.NyMedDatabas(t)
	s := d.Vid(stillaklocka(2011, 5, 10))
	i, a := huset(t, s)
	p := storetest.Person(fodd)
	var c store.SamtyckeMedIdentitet
	if _, err := s.SkapaSamtycke(t.Context(), db.Begaran{Aktor: a, Idempotens: nyckel(s, "nyckel-11", "en")}, storetest.Samtyckesuppgifter(s, i, p), storetest.Post(s.Nu()), ta(&c)); err != nil {
		t.Fatal(err)
	}
	var del register.Deltagande
	if _, err := s.SkrivIn(t.Context(), db.Begaran{Aktor: a, Idempotens: nyckel(s, "nyckel-12", "tva")}, storetest.Inregistrering(c.Samtycke, register.NyttDatum(2011, 3, 1)), nil, ta(&del)); err != nil {
		t.Fatal(err)
	}
	if n := len(sok(t, s, a, i, p)); n != 1 {
		t.Fatalf("sökningen fann %d deltaganden", n)
	}
	if _, err := s.Deltagande(t.Context(), storetest.Som(a), del.ID); err != nil {
		t.Fatal(err)
	}
	super, index := d.Super(t), d.Nycklar.Blindindex(p)
	for table, n := range spar(t, super, c.ID, i.ID, index) {
		if n == 0 {
			t.Errorf("kontrollen fann inget i %s", table)
		}
	}

	ut := storetest.Aterkalla(t, s, a, c.ID)
	for table, n := range spar(t, super, c.ID, i.ID, index) {
		if n != 0 {
			t.Errorf("%d rader är kvar i %s", n, table)
		}
	}
	if ut == nil || ut.Oppen || *ut.Avslutningsdag != register.NyttDatum(2011, 5, 10) || *ut.Ut.Avslutsanledning != "ATERKALLAT_SAMTYCKE" || ut.Ut.MedMatning() {
		t.Errorf("deltagandet blev %+v", ut)
	}
	last, err := s.Deltagande(t.Context(), storetest.Som(a), del.ID)
	if err != nil || last.Identitet != nil || last.Person == del.Person || last.Reg != del.Reg || last.In.Utbildningsniva == nil {
		t.Errorf("det läses som %+v (%v)", last, err)
	}
	if n := storetest.Rakna(t, super, `select count(*) from persontal where person = $1`, last.Person); n != 1 {
		t.Error("det nya persontalet är inte bokfört")
	}
	if n := storetest.Rakna(t, super, `select (select count(*) from fakt_in where person = $1) + (select count(*) from fakt_ut where person = $1)`, last.Person); n != 2 {
		t.Errorf("statistiken har %d rader med det nya persontalet", n)
	}
	if n := storetest.Rakna(t, super, `select (select count(*) from fakt_in where person = $1) + (select count(*) from fakt_ut where person = $1)`, del.Person); n != 0 {
		t.Errorf("statistiken har %d rader med det gamla persontalet", n)
	}
	if cc, err := s.Samtycke(t.Context(), storetest.Som(a), c.ID); err != nil || cc.Identitet != nil || cc.Aterkallat == nil || cc.DeltagandeID == nil {
		t.Errorf("samtycket läses som %+v (%v)", cc, err)
	}
	// Reading what has no person left adds no person to the log.
	if n := spar(t, super, c.ID, i.ID, index)["loggperson"]; n != 0 {
		t.Errorf("läsningen efteråt loggade %d personer", n)
	}
	if n := len(sok(t, s, a, i, p)); n != 0 {
		t.Errorf("sökningen finner %d deltaganden efter återkallelsen", n)
	}
	if _, err := s.Aterkalla(t.Context(), storetest.Som(a), c.ID, func(store.Aterkallad) (db.Svar, error) { return db.Svar{}, nil }); regel(err) != "redan-aterkallat" {
		t.Errorf("en andra återkallelse gav %v", err)
	}
	if _, err := s.RattaIn(t.Context(), db.Begaran{Aktor: a, Version: last.Version}, del.ID, storetest.Inregistrering(c.Samtycke, register.NyttDatum(2011, 3, 2)), "fel dag"); regel(err) != "aterkallat" {
		t.Errorf("en rättelse efteråt gav %v", err)
	}
	if _, err := s.IdentitetsUppslag(t.Context(), storetest.Som(a), i.ID, c.ID); regel(err) != "aterkallat" {
		t.Errorf("uppslaget gav %v", err)
	}
	kontroll, err := d.KontrolleraLogg(t.Context())
	if err != nil || kontroll.Brutet != "" {
		t.Errorf("loggen är %+v (%v)", kontroll, err)
	}
}

func TestAPersonWithTwoSamtyckenKeepsTheOther(t *testing.T) {
	d := storetest.NyMedDatabas(t)
	s := d.Vid(stillaklocka(2011, 5, 10))
	o := storetest.Organisation(t, s, nil)
	i1, i2 := storetest.Insats(t, s, o, nil), storetest.Insats(t, s, o, nil)
	a := storetest.Deltagaransvarig(i1, i2)
	p := storetest.Person(fodd)
	d1 := storetest.Deltagande(t, s, a, i1, p, register.NyttDatum(2011, 1, 10))
	d2 := storetest.Deltagande(t, s, a, i2, p, register.NyttDatum(2011, 2, 10))
	if d1.Person != d2.Person {
		t.Fatal("samma person fick två persontal")
	}
	sok(t, s, a, i1, p)
	sok(t, s, a, i2, p)
	storetest.Aterkalla(t, s, a, d1.SamtyckeID)

	super, index := d.Super(t), d.Nycklar.Blindindex(p)
	kvar := spar(t, super, d2.SamtyckeID, i2.ID, index)
	if kvar["identitet"] != 1 || kvar["personnyckel"] != 1 || kvar["sökningar"] != 1 || kvar["loggperson"] == 0 {
		t.Errorf("av det andra samtycket är %v kvar", kvar)
	}
	if bort := spar(t, super, d1.SamtyckeID, i1.ID, index); bort["identitet"]+bort["loggperson"]+bort["sökningar"] != 0 {
		t.Errorf("av det återkallade är %v kvar", bort)
	}
	l1, _ := s.Deltagande(t.Context(), storetest.Som(a), d1.ID)
	l2, _ := s.Deltagande(t.Context(), storetest.Som(a), d2.ID)
	if l2.Person != d2.Person || l2.Identitet == nil || !l2.Oppen || l1.Person == d1.Person {
		t.Errorf("persontalen är %d och %d, var %d", l1.Person, l2.Person, d1.Person)
	}
	// The last one takes the mapping with it; a new consent then gets a new number.
	storetest.Aterkalla(t, s, a, d2.SamtyckeID)
	if n := spar(t, super, d2.SamtyckeID, i2.ID, index)["personnyckel"]; n != 0 {
		t.Error("personnyckeln är kvar utan identitet")
	}
	if d3 := storetest.Deltagande(t, s, a, i1, p, register.NyttDatum(2011, 5, 1)); d3.Person == d1.Person {
		t.Error("den nya personnyckeln leder till den gamla")
	}
}

func TestTheReasonsOfCorrectionsAreErasedWithTheIdentitet(t *testing.T) {
	d := storetest.NyMedDatabas(t)
	s := d.Vid(stillaklocka(2011, 5, 10))
	i, a := huset(t, s)
	for dag, fodelsedag := range []register.Datum{fodd, register.NyttDatum(1980, 5, 6)} {
		del := storetest.Deltagande(t, s, a, i, storetest.Person(fodelsedag), register.NyttDatum(2011, 1, 10))
		rattat, err := s.RattaIn(t.Context(), db.Begaran{Aktor: a, Version: del.Version}, del.ID, storetest.Inregistrering(register.Samtycke{}, register.NyttDatum(2011, 1, 11)), "Alva Andersson började senare")
		if err != nil {
			t.Fatal(err)
		}
		if dag == 0 {
			storetest.Aterkalla(t, s, a, del.SamtyckeID)
		}
		versioner, err := s.Versioner(t.Context(), storetest.Som(a), del.ID)
		if err != nil || versioner[1].Version != rattat.In.Version || (versioner[1].Skal == nil) != (dag == 0) {
			t.Errorf("versionerna är %+v (%v)", versioner, err)
		}
	}
}

func TestAnEndedDeltagandeKeepsItsAnledningAtAnAterkallelse(t *testing.T) {
	s := storetest.NyVid(t, stillaklocka(2011, 5, 10))
	i, a := huset(t, s)
	del := storetest.Deltagande(t, s, a, i, storetest.Person(fodd), register.NyttDatum(2011, 1, 10))
	ut := storetest.SkrivUt(t, s, a, del, storetest.Utregistrering(register.NyttDatum(2011, 4, 1)))
	storetest.Aterkalla(t, s, a, del.SamtyckeID)
	last, err := s.Deltagande(t.Context(), storetest.Som(a), del.ID)
	if err != nil || *last.Avslutningsdag != *ut.Avslutningsdag || *last.Ut.Avslutsanledning != "AVSLUT_ENLIGT_PLAN" || last.Ut.Version != 1 || !last.Ut.MedMatning() || last.Version != ut.Version+1 {
		t.Errorf("det blev %+v (%v)", last, err)
	}
}

func TestAnOpenDeltagandeDoesNotEndAfterItsInsats(t *testing.T) {
	klocka := stillaklocka(2011, 3, 1)
	d := storetest.NyMedDatabas(t)
	s := d.Vid(klocka)
	o := storetest.Organisation(t, s, nil)
	slut := register.NyttDatum(2011, 4, 30)
	i := storetest.Insats(t, s, o, func(in *register.Insatsuppgifter) { in.Slutdatum = &slut })
	a := storetest.Deltagaransvarig(i)
	del := storetest.Deltagande(t, s, a, i, storetest.Person(fodd), register.NyttDatum(2011, 1, 10))
	senare := d.Vid(stillaklocka(2011, 8, 1))
	if ut := storetest.Aterkalla(t, senare, a, del.SamtyckeID); *ut.Avslutningsdag != slut {
		t.Errorf("det slutade %v", ut.Avslutningsdag)
	}
}

func TestAnothersSamtyckeCannotBeWithdrawn(t *testing.T) {
	s := storetest.Ny(t)
	i, a := huset(t, s)
	c := storetest.Samtycke(t, s, a, i, storetest.Person(fodd))
	annan := storetest.Deltagaransvarig(storetest.Insats(t, s, storetest.Organisation(t, s, nil), nil))
	for namn, vem := range map[string]register.Aktor{"annan insats": annan, "systemförvaltare": storetest.Systemforvaltare(),
		"administratör": storetest.Aktor(register.RollSamverkansadministrator, i.OrganisationID)} {
		_, err := s.Aterkalla(t.Context(), storetest.Som(vem), c.ID, func(store.Aterkallad) (db.Svar, error) { return db.Svar{}, nil })
		if regel(err) != "saknas" {
			t.Errorf("%s: %v", namn, err)
		}
		if _, err := s.Samtycke(t.Context(), storetest.Som(vem), c.ID); regel(err) != "saknas" {
			t.Errorf("%s läste: %v", namn, err)
		}
	}
	if cc, err := s.Samtycke(t.Context(), storetest.Som(a), c.ID); err != nil || cc.Identitet == nil {
		t.Errorf("samtycket är %+v (%v)", cc, err)
	}
}
