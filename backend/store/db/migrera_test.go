package db_test

import (
	"context"
	"database/sql"
	"testing"

	"sus/backend/pgembed"
	"sus/backend/store/db"
	"sus/backend/store/storetest"
)

// TestWhatWasErasedBeforeTheUpgradeKeepsNoMoreThanWhatIsErasedAfter begins with a
// database of before: two samtycken, one of them withdrawn.
func TestWhatWasErasedBeforeTheUpgradeKeepsNoMoreThanWhatIsErasedAfter(t *testing.T) {
	d := storetest.NyMedDatabas(t)
	const namn = "aterkallat_fore"
	if err := d.Kluster.Clone(t.Context(), "template0", namn); err != nil {
		t.Fatal(err)
	}
	defer func() { _ = d.Kluster.Drop(context.Background(), namn) }()
	if err := db.MigrateTo(t.Context(), d.Kluster.URL(pgembed.OwnerRole, namn), 7); err != nil {
		t.Fatal(err)
	}
	super, err := sql.Open("pgx", d.Kluster.URL(pgembed.SuperRole, namn))
	if err != nil {
		t.Fatal(err)
	}
	defer super.Close()
	// Their insats is left out, which only a replica may do.
	if _, err := super.ExecContext(t.Context(), `set session_replication_role = replica;
		insert into samtycke (id, insats_id, blankett, datum, sprak, satt, mognad_datum, mognad_vardnadshavare, externt_id, registrerat, registrerat_av, aterkallat, version)
			select gen_random_uuid(), gen_random_uuid(), '9443', '2010-01-01', 'sv', 'SKRIFTLIGT', '2010-01-01', true, 'c' || n, now(), gen_random_uuid(), case n when 1 then now() end, 1
			from generate_series(1, 2) n;
		insert into deltagande (id, insats_id, samtycke_id, person, startdag, avslutningsdag, oppen, felregistrerad, externt_id, skapad, skapad_av, version)
			select gen_random_uuid(), insats_id, id, 1, '2010-01-01', '2010-02-01', false, false, externt_id, now(), registrerat_av, 1 from samtycke;
		insert into identitet (samtycke_id, insats_id, personnummer, blindindex, namn, kommun, skydd, uppslagen)
			select id, insats_id, decode(repeat('00', 45), 'hex'), sha256('x'), decode(repeat('00', 33), 'hex'), '0180', 'INGET', now() from samtycke where aterkallat is null;
		reset session_replication_role`); err != nil {
		t.Fatal(err)
	}
	if err := db.Migrera(t.Context(), d.Kluster.URL(pgembed.OwnerRole, namn), d.Kluster.URL(pgembed.ServerRole, namn)); err != nil {
		t.Fatal(err)
	}
	for aterkallat, vill := range map[string]int{"s.aterkallat is not null": 0, "s.aterkallat is null": 5} {
		if n := storetest.Rakna(t, super, `select num_nonnulls(s.externt_id, s.sprak, s.mognad_datum, s.mognad_vardnadshavare, d.externt_id)
				from samtycke s join deltagande d on d.samtycke_id = s.id where `+aterkallat); n != vill {
			t.Errorf("%s: %d av fem uppgifter är kvar, ville ha %d", aterkallat, n, vill)
		}
	}
}

// TestTextThatWasStoredDecomposedIsAskedForAsItIsTyped begins with a database of before.
func TestTextThatWasStoredDecomposedIsAskedForAsItIsTyped(t *testing.T) {
	d := storetest.NyMedDatabas(t)
	const namn = "nfd_fore"
	if err := d.Kluster.Clone(t.Context(), "template0", namn); err != nil {
		t.Fatal(err)
	}
	defer func() { _ = d.Kluster.Drop(context.Background(), namn) }()
	if err := db.MigrateTo(t.Context(), d.Kluster.URL(pgembed.OwnerRole, namn), 20); err != nil {
		t.Fatal(err)
	}
	super, err := sql.Open("pgx", d.Kluster.URL(pgembed.SuperRole, namn))
	if err != nil {
		t.Fatal(err)
	}
	defer super.Close()
	if _, err := super.ExecContext(t.Context(), `update kommun set namn = normalize(namn, nfd);
		insert into loggpost (id, tid, aktor_id, aktor_typ, handelse, objekttyp, utfall, regel, externt_id, detalj, traceparent) values
			(gen_random_uuid(), now(), gen_random_uuid(), 'SYSTEM', 'STATISTIK_OMBYGGD', 'STATISTIK', 'OK', '', '', normalize('av Åsa', nfd), '')`); err != nil {
		t.Fatal(err)
	}
	if err := db.Migrera(t.Context(), d.Kluster.URL(pgembed.OwnerRole, namn), d.Kluster.URL(pgembed.ServerRole, namn)); err != nil {
		t.Fatal(err)
	}
	if n := storetest.Rakna(t, super, `select count(*) from kommun where namn = 'Åmål' or namn is not nfc normalized`); n != 1 {
		t.Errorf("%d kommuner, want Åmål and none decomposed", n)
	}
	if n := storetest.Rakna(t, super, `select count(*) from loggpost where detalj = normalize('av Åsa', nfd)`); n != 1 {
		t.Error("the log, whose rows are sealed, was written anew")
	}
}
