package store_test

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"sus/backend/register"
	"sus/backend/store"
	"sus/backend/store/db"
	"sus/backend/store/storetest"
)

func TestAnUnusedSamtyckeIsErasedAfterThirtyDays(t *testing.T) {
	d := storetest.NyMedDatabas(t)
	s := d.Vid(stillaklocka(2011, 3, 1))
	i, a := huset(t, s)
	p, q := storetest.Person(fodd), storetest.Person(register.NyttDatum(1980, 5, 6))
	oanvant := storetest.Samtycke(t, s, a, i, p)
	anvant := storetest.Deltagande(t, s, a, i, q, register.NyttDatum(2011, 2, 1))
	sok(t, s, a, i, p)

	if g, err := s.Gallra(t.Context(), stillaklocka(2011, 3, 31)()); err != nil || g.Samtycken != 0 {
		t.Fatalf("den trettionde dagen gallrades %+v (%v)", g, err)
	}
	if g, err := s.Gallra(t.Context(), stillaklocka(2011, 4, 1)()); err != nil || g.Samtycken != 1 {
		t.Fatalf("dagen efter gallrades %+v (%v)", g, err)
	}
	if _, err := s.Samtycke(t.Context(), storetest.Som(a), oanvant.ID); regel(err) != "saknas" {
		t.Errorf("samtycket läses fortfarande: %v", err)
	}
	for table, n := range spar(t, d.Super(t), oanvant.ID, i.ID, d.Nycklar.Blindindex(p)) {
		if n != 0 {
			t.Errorf("%d rader är kvar i %s", n, table)
		}
	}
	if c, err := s.Samtycke(t.Context(), storetest.Som(a), anvant.SamtyckeID); err != nil || c.Identitet == nil {
		t.Errorf("det använda samtycket är %+v (%v)", c, err)
	}
	if g, err := s.Gallra(t.Context(), stillaklocka(2011, 4, 1)()); err != nil || g != (store.Gallring{}) {
		t.Errorf("en gång till gallrade %+v (%v)", g, err)
	}
}

func TestAFelregistreringLosesItsIdentitetAfterThirtyDays(t *testing.T) {
	d := storetest.NyMedDatabas(t)
	s := d.Vid(stillaklocka(2011, 3, 1))
	i, a := huset(t, s)
	p := storetest.Person(fodd)
	del := storetest.Deltagande(t, s, a, i, p, register.NyttDatum(2011, 2, 1))
	fel := register.Utregistrering{Avslutningsdag: register.NyttDatum(2011, 2, 1), Avslutsanledning: "FELREGISTRERING"}
	ut := storetest.SkrivUt(t, s, a, del, fel)
	super := d.Super(t)
	if n := storetest.Rakna(t, super, `select (select count(*) from fakt_in) + (select count(*) from fakt_ut)`); n != 0 {
		t.Errorf("felregistreringen har %d rader i statistiken", n)
	}

	trettionde, dagenEfter := d.Vid(stillaklocka(2011, 3, 31)), d.Vid(stillaklocka(2011, 4, 1))
	if g, err := s.Gallra(t.Context(), trettionde.Nu()); err != nil || g.Felregistreringar != 0 {
		t.Fatalf("den trettionde dagen gallrades %+v (%v)", g, err)
	}
	// Corrected in time, and then felregistrerat again: the days start over.
	ut2, err := trettionde.RattaUt(t.Context(), db.Begaran{Aktor: a, Version: ut.Version}, del.ID, storetest.Utregistrering(register.NyttDatum(2011, 2, 20)), "var inte fel")
	if err != nil {
		t.Fatal(err)
	}
	ut3, err := trettionde.RattaUt(t.Context(), db.Begaran{Aktor: a, Version: ut2.Version}, del.ID, fel, "var fel ändå")
	if err != nil {
		t.Fatal(err)
	}
	if g, err := s.Gallra(t.Context(), dagenEfter.Nu()); err != nil || g.Felregistreringar != 0 {
		t.Fatalf("efter rättelsen gallrades %+v (%v)", g, err)
	}
	if g, err := s.Gallra(t.Context(), dagenEfter.Nu().Add(30*24*time.Hour)); err != nil || g.Felregistreringar != 1 {
		t.Fatalf("efter trettio dagar till gallrades %+v (%v)", g, err)
	}
	last, err := s.Deltagande(t.Context(), storetest.Som(a), del.ID)
	if err != nil || last.Identitet != nil || !last.Felregistrerad || last.Version != ut3.Version+1 || last.Person == del.Person {
		t.Errorf("deltagandet är %+v (%v)", last, err)
	}
	for table, n := range spar(t, super, del.SamtyckeID, i.ID, d.Nycklar.Blindindex(p)) {
		if n != 0 {
			t.Errorf("%d rader är kvar i %s", n, table)
		}
	}
	if _, err := s.RattaUt(t.Context(), db.Begaran{Aktor: a, Version: last.Version}, del.ID, storetest.Utregistrering(register.NyttDatum(2011, 2, 20)), "för sent"); regel(err) != "identitet-borta" {
		t.Errorf("en sen rättelse gav %v", err)
	}
}

func TestWhoeverTurnsOutProtectedAtTheInregistreringIsLetGoOf(t *testing.T) {
	d := storetest.NyMedDatabas(t)
	i, a := huset(t, d.Store)
	p := storetest.Person(fodd)
	c := storetest.Samtycke(t, d.Store, a, i, p)
	skyddad := register.Folkbokforingspost{Hittad: true, Skydd: register.SkyddSekretessmarkering, Uppslagen: d.Nu()}
	var del register.Deltagande
	if err := taEmotSvar(t.Context(), d.Store, storetest.Person(fodd), skyddad); err != nil {
		t.Fatal(err)
	}
	_, err := d.SkrivIn(t.Context(), storetest.Som(a), storetest.Inregistrering(c, register.NyttDatum(2010, 3, 1)), &skyddad, ta(&del))
	if regel(err) != "skyddade-personuppgifter" {
		t.Fatalf("fick %v", err)
	}
	for table, n := range spar(t, d.Super(t), c.ID, i.ID, d.Nycklar.Blindindex(p)) {
		if n != 0 {
			t.Errorf("%d rader är kvar i %s", n, table)
		}
	}
	if n := len(sok(t, d.Store, a, i, p)); n != 0 {
		t.Errorf("sökningen fann %d", n)
	}
}

func TestPhysicalGallringSaysWhatTheAdministratorIsToDoWhenTheRightIsMissing(t *testing.T) {
	d := storetest.NyIEgetKluster(t)
	fyll(t, d.Store)
	super := d.Super(t)
	if _, err := super.ExecContext(t.Context(), `revoke pg_checkpoint from sus_agare`); err != nil {
		t.Fatal(err)
	}
	err := store.GallraFysiskt(t.Context(), d.MigrateURL)
	if _, err := super.ExecContext(t.Context(), `grant pg_checkpoint to sus_agare`); err != nil {
		t.Fatal(err)
	}
	if err == nil || !innehaller(err.Error(), "sus_agare", "grant pg_checkpoint", "pg_switch_wal", "checkpoint; select") {
		t.Errorf("utan rätt till checkpoint: %v", err)
	}
	if err := store.GallraFysiskt(t.Context(), d.AppURL); err == nil || !innehaller(err.Error(), "sus_server", "SUS_MIGRATE_URL") {
		t.Errorf("tjänstens egen roll: %v", err)
	}
}

func TestPhysicalGallringLeavesNothingInTheDataFolder(t *testing.T) {
	d := storetest.NyIEgetKluster(t)
	i, a := huset(t, d.Store)
	p := storetest.Person(fodd)
	del := storetest.Deltagande(t, d.Store, a, i, p, register.NyttDatum(2010, 3, 1))
	sok(t, d.Store, a, i, p)
	var nummer, namn []byte
	if err := d.Super(t).QueryRow(`select personnummer, namn from identitet where samtycke_id = $1`, del.SamtyckeID).Scan(&nummer, &namn); err != nil {
		t.Fatal(err)
	}
	spar := map[string][]byte{"chiffer": nummer, "namnchiffer": namn, "blindindex": d.Nycklar.Blindindex(p),
		"nummer": []byte(p.Siffror()), "namn": []byte("Alva Andersson")}
	if _, err := d.Super(t).Exec(`checkpoint`); err != nil {
		t.Fatal(err)
	}
	fore := iMappen(t, d.Kluster.DataDir(), spar)
	for _, s := range []string{"chiffer", "namnchiffer", "blindindex"} {
		if fore[s] == "" {
			t.Errorf("kontrollen före fann inte %s", s)
		}
	}
	storetest.Aterkalla(t, d.Store, a, del.SamtyckeID)
	if err := store.GallraFysiskt(t.Context(), d.MigrateURL); err != nil {
		t.Fatal(err)
	}
	for s, fil := range iMappen(t, d.Kluster.DataDir(), spar) {
		t.Errorf("%s är kvar i %s", s, fil)
	}
}

// iMappen says in which file each of the byte strings was found.
func iMappen(t *testing.T, mapp string, spar map[string][]byte) map[string]string {
	t.Helper()
	svar := map[string]string{}
	err := filepath.WalkDir(mapp, func(fil string, f fs.DirEntry, err error) error {
		if err != nil || !f.Type().IsRegular() {
			return nil // what vanishes meanwhile is not left behind
		}
		text, err := os.ReadFile(fil)
		if err != nil {
			return nil
		}
		for namn, v := range spar {
			if bytes.Contains(text, v) {
				svar[namn] = fil
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return svar
}

func TestASamtyckeThatCannotBeErasedHindersNoOther(t *testing.T) {
	d := storetest.NyMedDatabas(t)
	s := d.Vid(stillaklocka(2011, 3, 1))
	i, a := huset(t, s)
	forsta := storetest.Samtycke(t, s, a, i, storetest.Person(fodd))
	andra := storetest.Samtycke(t, s, a, i, storetest.Person(register.NyttDatum(1980, 5, 6)))
	if _, err := d.Super(t).ExecContext(t.Context(), `create function fastnar() returns trigger language plpgsql as
		$$ begin if old.id = '`+forsta.ID.String()+`' then raise exception 'fastnar'; end if; return old; end $$;
		create trigger fastnar before delete on samtycke for each row execute function fastnar()`); err != nil {
		t.Fatal(err)
	}
	g, err := s.Gallra(t.Context(), stillaklocka(2011, 4, 1)())
	if err == nil || errors.Is(err, db.ErrBorta) || g.Samtycken != 1 {
		t.Errorf("gallrade %+v (%v)", g, err)
	}
	if _, err := s.Samtycke(t.Context(), storetest.Som(a), andra.ID); regel(err) != "saknas" {
		t.Errorf("det andra samtycket är kvar: %v", err)
	}
}

func TestAnIdentitetThatCannotBeDecryptedCanBeWithdrawnAndErased(t *testing.T) {
	d := storetest.NyMedDatabas(t)
	s := d.Vid(stillaklocka(2011, 3, 1))
	i, a := huset(t, s)
	oanvant := storetest.Samtycke(t, s, a, i, storetest.Person(register.NyttDatum(1980, 5, 6)))
	del := storetest.Deltagande(t, s, a, i, storetest.Person(fodd), register.NyttDatum(2011, 2, 1))
	super := d.Super(t)
	if _, err := super.ExecContext(t.Context(), `update identitet set personnummer = overlay(personnummer placing '\xffffff' from 20)`); err != nil {
		t.Fatal(err)
	}
	if ut := storetest.Aterkalla(t, s, a, del.SamtyckeID); ut.Oppen || ut.Ut.Alder != nil {
		t.Errorf("deltagandet blev %+v", ut)
	}
	if g, err := s.Gallra(t.Context(), stillaklocka(2011, 4, 1)()); err != nil || g.Samtycken != 1 {
		t.Errorf("gallrade %+v (%v)", g, err)
	}
	if n := storetest.Rakna(t, super, `select count(*) from identitet`); n != 0 {
		t.Errorf("%d identiteter är kvar av %s och %s", n, oanvant.ID, del.SamtyckeID)
	}
}

func TestWhatASimultaneousReadLoggedAfterTheAterkallelseIsErased(t *testing.T) {
	d := storetest.NyMedDatabas(t)
	s := d.Vid(stillaklocka(2011, 3, 1))
	i, a := huset(t, s)
	del := storetest.Deltagande(t, s, a, i, storetest.Person(fodd), register.NyttDatum(2011, 2, 1))
	annan := storetest.Deltagande(t, s, a, i, storetest.Person(register.NyttDatum(1980, 5, 6)), register.NyttDatum(2011, 2, 1))
	storetest.Aterkalla(t, s, a, del.SamtyckeID)
	super := d.Super(t)
	if _, err := super.ExecContext(t.Context(), `insert into loggperson select id, 1, $1, null, insats_id, decode(repeat('00', 16), 'hex')
		from loggpost where handelse = 'SAMTYCKE_ATERKALLAT'`, del.SamtyckeID); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Gallra(t.Context(), stillaklocka(2011, 3, 2)()); err != nil {
		t.Fatal(err)
	}
	if n := storetest.Rakna(t, super, `select count(*) from loggperson where samtycke_id = $1`, del.SamtyckeID); n != 0 {
		t.Errorf("%d rader är kvar av den som återkallat", n)
	}
	if n := storetest.Rakna(t, super, `select count(*) from loggperson where samtycke_id = $1`, annan.SamtyckeID); n == 0 {
		t.Error("en annans rader försvann")
	}
}

// A row that has led to a person is left in its table's file until that is rewritten.
func TestEveryTableThatLeadsToAPersonIsRewritten(t *testing.T) {
	d := storetest.NyMedDatabas(t)
	rader, err := d.Super(t).QueryContext(t.Context(), `
		with recursive leder (tabell) as (
			select 'samtycke'::regclass::oid
			union select c.conrelid from pg_constraint c join leder l on l.tabell = c.confrelid where c.contype = 'f'
		), har (tabell) as (
			select a.attrelid from pg_attribute a where a.attname in ('person', 'blindindex', 'samtycke_id', 'externt_id') and a.attnum > 0 and not a.attisdropped
		)
		select c.relname from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
			and c.oid in (select tabell from leder union select tabell from har) order by 1`)
	if err != nil {
		t.Fatal(err)
	}
	defer rader.Close()
	n := 0
	for ; rader.Next(); n++ {
		var tabell string
		if err := rader.Scan(&tabell); err != nil {
			t.Fatal(err)
		}
		if !slices.Contains(store.PersonTables, tabell) && intePersonens[tabell] == "" {
			t.Errorf("%s leads to a person and is not rewritten", tabell)
		}
	}
	if err := rader.Err(); err != nil || n < 10 {
		t.Errorf("%d tables, %v", n, err)
	}
}

// intePersonens are tables with such a column that need no rewriting, and why.
var intePersonens = map[string]string{
	"loggradering": "which samtycke an erasure in the log was of; it stands as long as the log does",
	"persontal":    "every key ever given out, and nobody's: none goes",
}
