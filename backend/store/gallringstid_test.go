package store_test

import (
	"testing"
	"time"

	"sus/backend/register"
	"sus/backend/store"
	"sus/backend/store/db"
	"sus/backend/store/storetest"
)

// bevarande is the store with a setting of how long identities are kept.
func bevarande(t *testing.T, d *storetest.Databas, klocka func() time.Time, identitet string) *store.Store {
	t.Helper()
	tid, err := register.ParseBevarandetid(identitet)
	if err != nil {
		t.Fatal(err)
	}
	return store.New(d.DB, store.Options{Bevaras: register.Bevarandetider{Identitet: &tid}}).Vid(klocka)
}

func TestTheIdentitetOfAnEndedDeltagandeGoesTheDayAfterFiveYears(t *testing.T) {
	d := storetest.NyMedDatabas(t)
	s := d.Vid(stillaklocka(2011, 3, 1))
	i, a := huset(t, s)
	p, q, r, o := storetest.Person(fodd), storetest.Person(register.NyttDatum(1980, 5, 6)), storetest.Person(register.NyttDatum(1981, 5, 6)), storetest.Person(register.NyttDatum(1982, 5, 6))
	start := register.NyttDatum(2010, 9, 1)
	forfallet := storetest.Deltagande(t, s, a, i, p, start)
	ut := storetest.SkrivUt(t, s, a, forfallet, storetest.Utregistrering(register.NyttDatum(2011, 2, 10)))
	dagenEfter := storetest.Deltagande(t, s, a, i, q, start)
	storetest.SkrivUt(t, s, a, dagenEfter, storetest.Utregistrering(register.NyttDatum(2011, 2, 11)))
	aterkallat := storetest.Deltagande(t, s, a, i, r, start)
	storetest.SkrivUt(t, s, a, aterkallat, storetest.Utregistrering(register.NyttDatum(2011, 2, 10)))
	avidentifierat := storetest.Aterkalla(t, s, a, aterkallat.SamtyckeID)
	oppet := storetest.Deltagande(t, s, a, i, o, start)
	// The same person is in a new deltagande: its identity is another's time.
	nytt := storetest.Deltagande(t, s, a, i, p, register.NyttDatum(2011, 2, 20))
	sok(t, s, a, i, p)
	super := d.Super(t)
	fakta := func() int {
		return storetest.Rakna(t, super, `select (select count(*) from fakt_in) * 100 + (select count(*) from fakt_ut)`)
	}
	fore := fakta()

	sista, forfaller := stillaklocka(2016, 2, 10), stillaklocka(2016, 2, 11)
	if g, err := s.Gallra(t.Context(), sista()); err != nil || g.Identiteter != 0 {
		t.Fatalf("den sista dagen gallrades %+v (%v)", g, err)
	}
	if g, err := s.Gallra(t.Context(), forfaller()); err != nil || g.Identiteter != 1 {
		t.Fatalf("dagen efter gallrades %+v (%v)", g, err)
	}
	last, err := s.Deltagande(t.Context(), storetest.Som(a), forfallet.ID)
	if err != nil || last.Identitet != nil || last.Oppen || last.Felregistrerad || last.Version != ut.Version+1 || last.Person == forfallet.Person ||
		*last.In.Kon != *forfallet.In.Kon || last.Ut == nil || *last.Ut.Avslutsanledning != *ut.Ut.Avslutsanledning {
		t.Errorf("deltagandet är %+v (%v)", last, err)
	}
	for table, n := range spar(t, super, forfallet.SamtyckeID, i.ID, []byte("ingen")) {
		if n != 0 {
			t.Errorf("%d rader är kvar i %s", n, table)
		}
	}
	if n := storetest.Rakna(t, super, `select (select count(*) from personnyckel where person = $1) + (select count(*) from fakt_in where person = $2)
		+ (select count(*) from fakt_ut where person = $2)`, last.Person, forfallet.Person); n != 1 { // the new deltagande's own row
		t.Errorf("det gallrade deltagandets nyckel leder till någon: %d rader", n)
	}
	if n := fakta(); n != fore {
		t.Errorf("mätningarna blev %d, var %d", n, fore)
	}
	if c, err := s.Samtycke(t.Context(), storetest.Som(a), dagenEfter.SamtyckeID); err != nil || c.Identitet == nil {
		t.Errorf("den som slutade en dag senare är %+v (%v)", c, err)
	}
	for namn, id := range map[string]register.Deltagande{"det öppna": oppet, "personens nya": nytt} {
		if c, err := s.Samtycke(t.Context(), storetest.Som(a), id.SamtyckeID); err != nil || c.Identitet == nil {
			t.Errorf("%s deltagandet är %+v (%v)", namn, c, err)
		}
	}
	if igen, err := s.Deltagande(t.Context(), storetest.Som(a), aterkallat.ID); err != nil || igen.Version != avidentifierat.Version {
		t.Errorf("det återkallade blev %+v (%v)", igen, err)
	}
	if n := storetest.Rakna(t, super, `select count(*) from loggpost where handelse = 'IDENTITET_GALLRAD' and utfall = 'OK' and objekt_id = $1
		and aktor_typ = 'SYSTEM' and radering_hash is not null`, forfallet.ID); n != 1 {
		t.Errorf("%d rader i loggen säger att identiteten gallrats", n)
	}
	forsegla(t, s)
	if k := kontroll(t, s); k.Brutet != "" {
		t.Errorf("loggen är %s", k.Brutet)
	}
	if _, err := s.RattaUt(t.Context(), db.Begaran{Aktor: a, Version: last.Version}, forfallet.ID, storetest.Utregistrering(register.NyttDatum(2011, 2, 9)), "för sent"); regel(err) != "identitet-borta" {
		t.Errorf("en rättelse därefter gav %v", err)
	}
}

func TestAFelregistreringWaitsForItsOwnDays(t *testing.T) {
	d := storetest.NyMedDatabas(t)
	s := bevarande(t, d, stillaklocka(2011, 3, 1), "1 dag")
	i, a := huset(t, s)
	del := storetest.Deltagande(t, s, a, i, storetest.Person(fodd), register.NyttDatum(2011, 2, 1))
	storetest.SkrivUt(t, s, a, del, register.Utregistrering{Avslutningsdag: register.NyttDatum(2011, 2, 1), Avslutsanledning: "FELREGISTRERING"})
	if g, err := s.Gallra(t.Context(), stillaklocka(2011, 3, 31)()); err != nil || g.Identiteter != 0 || g.Felregistreringar != 0 {
		t.Errorf("inom sina trettio dagar gallrades %+v (%v)", g, err)
	}
	if g, err := s.Gallra(t.Context(), stillaklocka(2011, 4, 1)()); err != nil || g.Identiteter != 0 || g.Felregistreringar != 1 {
		t.Errorf("därefter gallrades %+v (%v)", g, err)
	}
}

func TestADemosIdentitiesStayUnlessATimeIsSet(t *testing.T) {
	d := storetest.NyMedDatabas(t)
	if err := db.MarkeraDemo(t.Context(), d.MigrateURL, db.Installation{Demo: true}); err != nil {
		t.Fatal(err)
	}
	s := d.Vid(stillaklocka(2011, 3, 1))
	i, a := huset(t, s)
	del := storetest.Deltagande(t, s, a, i, storetest.Person(fodd), register.NyttDatum(2010, 9, 1))
	storetest.SkrivUt(t, s, a, del, storetest.Utregistrering(register.NyttDatum(2011, 2, 10)))
	om := stillaklocka(2030, 1, 1)()
	if g, err := s.Gallra(t.Context(), om); err != nil || g != (store.Gallring{}) {
		t.Errorf("i demon gallrades %+v (%v)", g, err)
	}
	if g, err := s.Provkor(t.Context(), store.Gallrare, om); err != nil || g != (store.Gallringsbart{}) {
		t.Errorf("i demon skulle gallras %+v (%v)", g, err)
	}
	if g, err := bevarande(t, d, stillaklocka(2011, 3, 1), "0").Gallra(t.Context(), om); err != nil || g.Identiteter != 0 {
		t.Errorf("med «0» gallrades %+v (%v)", g, err)
	}
	if g, err := bevarande(t, d, stillaklocka(2011, 3, 1), "10 år").Gallra(t.Context(), om); err != nil || g.Identiteter != 1 {
		t.Errorf("med en satt tid gallrades %+v (%v)", g, err)
	}
}

func TestAProvkorningTellsWhatWouldGoAndErasesNothing(t *testing.T) {
	d := storetest.NyMedDatabas(t)
	s := d.Vid(stillaklocka(2011, 3, 1))
	i, a := huset(t, s)
	storetest.Samtycke(t, s, a, i, storetest.Person(register.NyttDatum(1979, 5, 6)))
	for n, slut := range []register.Datum{register.NyttDatum(2011, 2, 12), register.NyttDatum(2011, 2, 10), register.NyttDatum(2011, 2, 20)} {
		del := storetest.Deltagande(t, s, a, i, storetest.Person(register.NyttDatum(1980+n, 5, 6)), register.NyttDatum(2010, 9, 1))
		storetest.SkrivUt(t, s, a, del, storetest.Utregistrering(slut))
	}
	fel := storetest.Deltagande(t, s, a, i, storetest.Person(fodd), register.NyttDatum(2011, 2, 1))
	storetest.SkrivUt(t, s, a, fel, register.Utregistrering{Avslutningsdag: register.NyttDatum(2011, 2, 1), Avslutsanledning: "FELREGISTRERING"})
	super := d.Super(t)
	if _, err := super.ExecContext(t.Context(), `insert into idempotens (anropare, operation, nyckel_hmac, skapad) values ($1, 'prov', sha256('prov'), '2011-03-01T12:00:00Z')`, a.ID); err != nil {
		t.Fatal(err)
	}
	// All that is stored but the log, and the chain's own tables.
	allt := func() int {
		return storetest.Rakna(t, super, `select (select count(*) from samtycke) + (select count(*) from identitet) * 100 + (select count(*) from personnyckel) * 10000
			+ (select count(*) from loggperson) * 1000000 + (select count(*) from idempotens) * 100000000 + (select sum(version) from deltagande) * 1000000000`)
	}
	poster := func() int { return storetest.Rakna(t, super, `select count(*) from loggpost`) }
	fore, rader := allt(), poster()
	om := stillaklocka(2016, 2, 20)()
	g, err := s.Provkor(t.Context(), store.Gallrare, om)
	dag := register.NyttDatum(2011, 3, 1)
	vill := store.Gallringsbart{
		Samtycken: register.Gallringsbart{Antal: 1, Aldsta: dag}, Felregistreringar: register.Gallringsbart{Antal: 1, Aldsta: dag},
		Identiteter:       register.Gallringsbart{Antal: 2, Aldsta: register.NyttDatum(2011, 2, 10)},
		Idempotensnycklar: register.Gallringsbart{Antal: 1, Aldsta: dag},
	}
	if err != nil || g != vill {
		t.Errorf("skulle gallras %+v (%v), vill %+v", g, err, vill)
	}
	if n := allt(); n != fore {
		t.Errorf("provkörningen ändrade: %d, var %d", n, fore)
	}
	if n := poster() - rader; n != 1 || storetest.Rakna(t, super, `select count(*) from loggpost where handelse = 'GALLRING_PROVKORD'`) != 1 {
		t.Errorf("provkörningen skrev %d rader i loggen", n)
	}
	gjort, err := s.Gallra(t.Context(), om)
	if err != nil || gjort != (store.Gallring{Samtycken: 1, Felregistreringar: 1, Identiteter: 2, Idempotensnycklar: 1}) {
		t.Errorf("sedan gallrades %+v (%v)", gjort, err)
	}
	if g, err := s.Provkor(t.Context(), store.Gallrare, om); err != nil || g != (store.Gallringsbart{}) {
		t.Errorf("därefter skulle gallras %+v (%v)", g, err)
	}
}
