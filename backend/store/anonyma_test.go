package store_test

import (
	"testing"

	"sus/backend/register"
	"sus/backend/store/db"
	"sus/backend/store/storetest"
)

func TestAnonymaAreCorrectedAndTheSumsFollow(t *testing.T) {
	d := storetest.NyMedDatabas(t)
	s, super := d.Vid(stillaklocka(2011, 5, 10)), d.Super(t)
	i, a := huset(t, s)
	var n register.Anonyma
	if _, err := s.SkapaAnonyma(t.Context(), storetest.Som(a), i.ID, register.Anonymregistrering{Inregistreringsar: 2010, AntalKvinnor: 22, AntalMan: 1}, ta(&n)); err != nil {
		t.Fatal(err)
	}
	ratta := func(vem register.Aktor, version int, in register.Anonymregistrering) (register.Anonyma, error) {
		return s.RattaAnonyma(t.Context(), db.Begaran{Aktor: vem, Version: version}, n.ID, in, "Fel antal.")
	}
	summa := func(ar int) int {
		return storetest.Rakna(t, super, `select coalesce(sum(kvinnor + man), 0) from fakt_anonyma where ar = $1`, ar)
	}
	ratt := register.Anonymregistrering{Inregistreringsar: 2010, AntalKvinnor: 2, AntalMan: 1}
	_, annan := huset(t, s)
	if _, err := ratta(annan, 1, ratt); regel(err) != "saknas" {
		t.Errorf("outside the uppdrag: %v", err)
	}
	if _, err := ratta(a, 2, ratt); regel(err) != "foraldrad" || summa(2010) != 23 {
		t.Errorf("another version: %v", err)
	}
	if ny, err := ratta(a, 1, ratt); err != nil || ny.Version != 2 || summa(2010) != 3 {
		t.Errorf("%+v (%v), summa %d", ny, err, summa(2010))
	}
	if ny, err := ratta(a, 2, ratt); err != nil || ny.Version != 2 {
		t.Errorf("what stood: %+v (%v)", ny, err)
	}
	ratt.Inregistreringsar = 2011
	if ny, err := ratta(a, 2, ratt); err != nil || ny.Version != 3 || summa(2010) != 0 || summa(2011) != 3 {
		t.Errorf("another year: %+v (%v), %d and %d", ny, err, summa(2010), summa(2011))
	}
	if ny, err := ratta(a, 3, register.Anonymregistrering{Inregistreringsar: 2011}); err != nil || ny.Version != 4 || summa(2011) != 0 {
		t.Errorf("to nobody: %+v (%v)", ny, err)
	}
	versioner, err := s.AnonymaVersioner(t.Context(), storetest.Som(a), n.ID)
	if err != nil || len(versioner) != 4 || versioner[0].AntalKvinnor != 22 || versioner[0].Skal != nil || versioner[1].AntalKvinnor != 2 || *versioner[1].Skal != "Fel antal." ||
		versioner[2].Inregistreringsar != 2011 || versioner[3].AntalKvinnor != 0 || versioner[3].RegistreradAv != a.ID {
		t.Errorf("%+v (%v)", versioner, err)
	}
	if _, err := s.AnonymaVersioner(t.Context(), storetest.Som(annan), n.ID); regel(err) != "saknas" {
		t.Errorf("the versions outside the uppdrag: %v", err)
	}
	if rader := storetest.Rakna(t, super, `select count(*) from loggpost where handelse = 'ANONYMA_RATTADE' and utfall = 'OK' and objekt_id = $1 and insats_id = $2`, n.ID, i.ID); rader != 3 {
		t.Errorf("%d rows in the log", rader)
	}
}

// Whoever has mended a year typed wrong is not held up by it.
func TestAnonymaCorrectedToNobodyStandInNobodysWay(t *testing.T) {
	d := storetest.NyMedDatabas(t)
	s := d.Vid(stillaklocka(2011, 5, 10))
	i, a := huset(t, s)
	slut := register.NyttDatum(2010, 12, 31)
	avsluta := func() error {
		super := d.Super(t)
		n := storetest.Rakna(t, super, `select version from insats where id = $1`, i.ID)
		in := storetest.Insatsuppgifter(register.Samverkansorganisation{ID: i.OrganisationID, Startdatum: i.Startdatum})
		in.Slutdatum = &slut
		_, err := s.AndraInsats(t.Context(), db.Begaran{Aktor: storetest.Aktor(register.RollSamverkansadministrator, i.OrganisationID), Version: n}, i.ID, in)
		return err
	}
	var n register.Anonyma
	if _, err := s.SkapaAnonyma(t.Context(), storetest.Som(a), i.ID, register.Anonymregistrering{Inregistreringsar: 2011, AntalKvinnor: 2}, ta(&n)); err != nil {
		t.Fatal(err)
	}
	if err := avsluta(); regel(err) != "slutdatum-fore-registrerat" {
		t.Errorf("with two of the year after: %v", err)
	}
	if _, err := s.RattaAnonyma(t.Context(), db.Begaran{Aktor: a, Version: 1}, n.ID, register.Anonymregistrering{Inregistreringsar: 2011}, "Fel år."); err != nil {
		t.Fatal(err)
	}
	if err := avsluta(); err != nil {
		t.Errorf("with nobody: %v", err)
	}
}
