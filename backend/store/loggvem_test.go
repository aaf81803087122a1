package store_test

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"testing"

	"github.com/google/uuid"

	"sus/backend/register"
	"sus/backend/store"
	"sus/backend/store/db"
	"sus/backend/store/storetest"
)

// tvaListade is an insats with two persons whom one log row is about, and a third who
// has withdrawn; all of it is sealed.
func tvaListade(t *testing.T, d *storetest.Databas) (i register.Insats, a register.Aktor, en, annan register.Deltagande) {
	t.Helper()
	i, a = huset(t, d.Store)
	huset(t, d.Store) // another insats
	en = storetest.Deltagande(t, d.Store, a, i, storetest.Person(fodd), register.NyttDatum(2010, 3, 1))
	annan = storetest.Deltagande(t, d.Store, a, i, storetest.Person(register.NyttDatum(1980, 1, 2)), register.NyttDatum(2010, 3, 1))
	tredje := storetest.Deltagande(t, d.Store, a, i, storetest.Person(register.NyttDatum(1981, 1, 2)), register.NyttDatum(2010, 3, 1))
	if _, _, err := d.Deltaganden(t.Context(), storetest.Som(a), i.ID, store.DeltagandeFilter{}, db.Sida{}); err != nil {
		t.Fatal(err)
	}
	sok(t, d.Store, a, i, storetest.Person(fodd))
	storetest.Aterkalla(t, d.Store, a, tredje.SamtyckeID)
	forsegla(t, d.Store)
	return i, a, en, annan
}

// listan is the row that is about several persons.
const listan = `(select id from loggpost where handelse = 'DELTAGANDEN_LISTADE' and utfall = 'OK')`

// somRaderad erases a person and leaves what an erasure by the row would have left.
const somRaderad = `with borta as (delete from loggperson where loggpost_id = ` + listan + ` and ordning = 1 returning *)
	insert into loggraderad (loggpost_id, ordning, hash, radering)
	select loggpost_id, ordning, sha256('\x02'::bytea || salt || uuid_send(samtycke_id) || uuid_send(insats_id)), `

func TestPersonsOfTheLogThatAreRewrittenOrErasedShow(t *testing.T) {
	for namn, sats := range map[string]string{
		"the samtycke rewritten":                    `update loggperson set samtycke_id = gen_random_uuid() where loggpost_id = ` + listan + ` and ordning = 2`,
		"the search rewritten":                      `update loggperson set blindindex = sha256('x') where blindindex is not null`,
		"the salt rewritten":                        `update loggperson set salt = decode(repeat('00', 16), 'hex') where loggpost_id = ` + listan,
		"the insats rewritten":                      `update loggperson set insats_id = (select id from insats where id <> insats_id limit 1)`,
		"two persons swapped":                       `update loggperson set ordning = ordning + 10 where loggpost_id = ` + listan + `; update loggperson set ordning = case ordning when 11 then 2 when 12 then 1 else 3 end where ordning > 10`,
		"one person erased":                         `delete from loggperson where loggpost_id = ` + listan + ` and ordning = 1`,
		"the last person erased":                    `delete from loggperson where loggpost_id = ` + listan + ` and ordning = (select max(ordning) from loggperson where loggpost_id = ` + listan + `)`,
		"all persons erased":                        `delete from loggperson`,
		"a person added":                            `insert into loggperson select loggpost_id, 9, samtycke_id, blindindex, insats_id, salt from loggperson where loggpost_id = ` + listan + ` limit 1`,
		"a person put at no one's":                  `insert into loggperson select (select id from loggpost where handelse = 'SAMTYCKE_ATERKALLAT'), 1, samtycke_id, blindindex, insats_id, salt from loggperson limit 1`,
		"erased as if by a withdrawal that did not": somRaderad + `(select id from loggpost where handelse = 'SAMTYCKE_ATERKALLAT') from borta`,
		"erased as if by a row that erases nothing": `alter table loggradering disable trigger user; insert into loggradering select id, insats_id from loggpost where handelse = 'DELTAGARE_SOKT';` +
			somRaderad + `(select id from loggpost where handelse = 'DELTAGARE_SOKT') from borta`,
		"erased as if by a row that is not there": `alter table loggradering disable trigger user; alter table loggradering drop constraint loggradering_id_fkey; insert into loggradering select gen_random_uuid(), id from insats limit 1;` +
			somRaderad + `(select id from loggradering where id not in (select id from loggpost)) from borta`,
		"what a withdrawal erased, forgotten": `delete from loggraderad`,
		"what a withdrawal erased, rewritten": `update loggraderad set hash = sha256('x') where ordning = 1`,
	} {
		t.Run(namn, func(t *testing.T) {
			d := storetest.NyMedDatabas(t)
			tvaListade(t, d)
			if k := kontroll(t, d.Store); k.Brutet != "" {
				t.Fatalf("before, the log is %+v", k)
			}
			if _, err := d.Agare(t).Exec(sats); err != nil {
				t.Fatal(err)
			}
			if k := kontroll(t, d.Store); k.Brutet == "" {
				t.Errorf("it did not show: %+v", k)
			}
		})
	}
}

func TestAnErasureThatIsLoggedIsNoBreakAndTheOthersAreHeldStill(t *testing.T) {
	d := storetest.NyMedDatabas(t)
	_, a, en, _ := tvaListade(t, d)
	storetest.Aterkalla(t, d.Store, a, en.SamtyckeID)
	for _, nar := range []string{"before its seal", "after its seal"} {
		if k := kontroll(t, d.Store); k.Brutet != "" {
			t.Errorf("%s the log is %+v", nar, k)
		}
		if _, err := d.Forsegla(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	super := d.Super(t)
	if n := storetest.Rakna(t, super, `select count(*) from loggraderad where loggpost_id = `+listan); n != 2 {
		t.Errorf("%d of the list's persons are erased", n)
	}
	if _, err := d.Agare(t).Exec(`update loggperson set samtycke_id = gen_random_uuid() where loggpost_id = ` + listan); err != nil {
		t.Fatal(err)
	}
	if k := kontroll(t, d.Store); k.Brutet == "" {
		t.Errorf("the one who is left was rewritten: %+v", k)
	}
}

func TestGallringIsNoBreakOfTheLog(t *testing.T) {
	d := storetest.NyMedDatabas(t)
	s := d.Vid(stillaklocka(2011, 3, 1))
	i, a := huset(t, s)
	storetest.Samtycke(t, s, a, i, storetest.Person(fodd))
	sok(t, s, a, i, storetest.Person(fodd))
	senare := d.Vid(stillaklocka(2011, 5, 1))
	if g, err := senare.Gallra(t.Context(), senare.Nu()); err != nil || g.Samtycken != 1 {
		t.Fatalf("%+v (%v)", g, err)
	}
	forsegla(t, senare)
	if k := kontroll(t, senare); k.Brutet != "" {
		t.Errorf("the log is %+v", k)
	}
	if n := storetest.Rakna(t, d.Super(t), `select count(*) from loggperson`); n != 0 {
		t.Errorf("%d persons are left", n)
	}
}

// TestRowsFromBeforeErasuresWereCovered: their hash says less, and of their absence it
// can only be asked that there was an erasure.
func TestRowsFromBeforeErasuresWereCovered(t *testing.T) {
	d := storetest.NyMedDatabas(t)
	i, a, en, _ := tvaListade(t, d)
	super := d.Super(t)
	id, salt := uuid.Must(uuid.NewV7()), make([]byte, 16)
	inre := sha256.Sum256(append(append([]byte{}, salt...), en.SamtyckeID[:]...))
	yttre := sha256.Sum256(inre[:])
	if _, err := super.Exec(`insert into loggpost (id, tid, aktor_id, aktor_typ, handelse, objekttyp, insats_id, utfall, regel, externt_id, detalj, personer_hash, traceparent)
		values ($1, now(), $2, 'PERSON', 'DELTAGANDE_LAST', 'deltagande', $3, 'OK', '', '', '', $4, '')`, id, a.ID, i.ID, yttre[:]); err != nil {
		t.Fatal(err)
	}
	if _, err := super.Exec(`insert into loggperson values ($1, 1, $2, null, $3, $4)`, id, en.SamtyckeID, i.ID, salt); err != nil {
		t.Fatal(err)
	}
	forsegla(t, d.Store)
	if k := kontroll(t, d.Store); k.Brutet != "" {
		t.Fatalf("the log is %+v", k)
	}
	if _, err := super.Exec(`update loggperson set samtycke_id = gen_random_uuid() where loggpost_id = $1`, id); err != nil {
		t.Fatal(err)
	}
	if k := kontroll(t, d.Store); k.Brutet == "" {
		t.Error("a rewritten person did not show")
	}
	// A withdrawal of that time had no radering_hash.
	if _, err := super.Exec(`insert into loggpost (id, tid, aktor_id, aktor_typ, handelse, objekttyp, insats_id, utfall, regel, externt_id, detalj, traceparent)
		values (gen_random_uuid(), now(), $1, 'PERSON', 'SAMTYCKE_ATERKALLAT', 'samtycke', $2, 'OK', '', '', '', '')`, a.ID, i.ID); err != nil {
		t.Fatal(err)
	}
	if _, err := super.Exec(`delete from loggperson where loggpost_id = $1`, id); err != nil {
		t.Fatal(err)
	}
	if k := kontroll(t, d.Store); k.Brutet != "" {
		t.Errorf("the log is %+v", k)
	}
}

func TestTheServerErasesNobodyFromTheLogWithoutARowThatSaysSo(t *testing.T) {
	d := storetest.NyMedDatabas(t)
	i, a, en, _ := tvaListade(t, d)
	app := d.App(t)
	if _, err := app.Exec(`delete from loggperson`); err == nil {
		t.Error("it may delete by itself")
	}
	const rad = `insert into loggpost (id, aktor_id, aktor_typ, handelse, objekttyp, insats_id, utfall, regel, externt_id, detalj, traceparent, radering_hash)
		values ($1, $2, 'PERSON', 'SAMTYCKE_ATERKALLAT', 'samtycke', $3, $4, '', '', '', '', $5)`
	fel := func(tx *sql.Tx, id, insats uuid.UUID) error {
		var hash []byte
		return tx.QueryRow(`select sus_radera_loggpersoner($1, $2, $3)`, id, en.SamtyckeID, insats).Scan(&hash)
	}
	for namn, steg := range map[string]func(tx *sql.Tx, id uuid.UUID) error{
		"without a row": func(tx *sql.Tx, id uuid.UUID) error { return fel(tx, id, i.ID) },
		"with a row of another hash": func(tx *sql.Tx, id uuid.UUID) error {
			if _, err := tx.Exec(rad, id, a.ID, i.ID, "OK", make([]byte, 32)); err != nil {
				return err
			}
			return fel(tx, id, i.ID)
		},
		"with a refusal": func(tx *sql.Tx, id uuid.UUID) error {
			var hash []byte
			if err := tx.QueryRow(`select sus_radera_loggpersoner($1, $2, $3)`, id, en.SamtyckeID, i.ID).Scan(&hash); err != nil {
				return err
			}
			_, err := tx.Exec(rad, id, a.ID, i.ID, "NEKAD", hash)
			return err
		},
		"with a row that is written already": func(tx *sql.Tx, _ uuid.UUID) error {
			var id uuid.UUID
			if err := tx.QueryRow(`select id from loggradering limit 1`).Scan(&id); err != nil {
				t.Fatal(err)
			}
			return fel(tx, id, i.ID)
		},
		"in an insats that is not open": func(tx *sql.Tx, id uuid.UUID) error {
			if _, err := tx.Exec(`select set_config('sus.insatser', gen_random_uuid()::text, true)`); err != nil {
				return err
			}
			return fel(tx, id, i.ID)
		},
	} {
		tx, err := app.BeginTx(context.Background(), nil)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := tx.Exec(`select set_config('sus.insatser', $1, true)`, i.ID.String()); err != nil {
			t.Fatal(err)
		}
		if err := steg(tx, uuid.Must(uuid.NewV7())); err == nil {
			err = tx.Commit()
			if err == nil {
				t.Errorf("%s: it was erased", namn)
			}
		}
		_ = tx.Rollback()
	}
	if n := storetest.Rakna(t, d.Super(t), `select count(*) from loggperson where samtycke_id = $1`, en.SamtyckeID); n == 0 {
		t.Error("nothing is left")
	}
}

func TestOnlyAnEventThatErasesMayErase(t *testing.T) {
	d := storetest.NyMedDatabas(t)
	i, a, en, _ := tvaListade(t, d)
	_, err := db.Andra(t.Context(), d.DB, storetest.Som(a), db.Arende{Handelse: register.HandelseInsatsAndrad}, func(tx *db.Tx) (int, error) {
		return 0, tx.RaderaLoggpersoner(en.SamtyckeID, i.ID)
	})
	if err == nil {
		t.Error("it was erased")
	}
}

func TestRaceOfARattelseAndAnAterkallelseLeavesNoPersonInTheLog(t *testing.T) {
	d := storetest.NyMedDatabas(t)
	d.UtanDodlas()
	i, a := huset(t, d.Store)
	s := d.Store
	var v vinster
	for n := range *kapplopp {
		c := storetest.Samtycke(t, s, a, i, enPerson(8, n))
		var del register.Deltagande
		if _, err := s.SkrivIn(t.Context(), storetest.Som(a), storetest.Inregistrering(c, register.NyttDatum(2020, 1, 1)), nil, ta(&del)); err != nil {
			t.Fatal(err)
		}
		ratta, ut := samtidigt(func() error {
			_, err := s.RattaIn(t.Context(), db.Begaran{Aktor: a, Version: del.Version}, del.ID, storetest.Inregistrering(c, register.NyttDatum(2020, 1, 2)), "fel dag")
			return err
		}, func() error {
			_, err := s.Aterkalla(t.Context(), storetest.Som(a), c.ID, func(store.Aterkallad) (db.Svar, error) { return db.Svar{}, nil })
			return err
		})
		if ut != nil || ratta != nil && regel(ratta) != "aterkallat" && regel(ratta) != "foraldrad" {
			t.Fatalf("rättelsen %v, återkallelsen %v", ratta, ut)
		}
		v.rakna(ratta == nil)
	}
	v.prova(t, "rättelse mot återkallelse")
	super := d.Super(t)
	for _, tabell := range []string{"identitet", "personnyckel", "loggperson"} {
		if n := storetest.Rakna(t, super, `select count(*) from `+tabell); n != 0 {
			t.Errorf("%d rader är kvar i %s", n, tabell)
		}
	}
	if n := storetest.Rakna(t, super, `select count(*) from mattillfalle where skal is not null`); n != 0 {
		t.Errorf("%d rättelsers skäl är kvar", n)
	}
	if k := kontroll(t, s); k.Brutet != "" {
		t.Errorf("loggen är %+v", k)
	}
}
