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
