package store_test

import (
	"database/sql"
	"fmt"
	"strings"
	"testing"

	"github.com/google/uuid"

	"sus/backend/register"
	"sus/backend/store"
	"sus/backend/store/db"
	"sus/backend/store/storetest"
)

var tablesMedPersoner = []string{"samtycke", "identitet", "deltagande", "mattillfalle", "anonyma", "loggperson"}

// antal counts a table's rows as db sees them, with the setting made or not.
func antal(t *testing.T, db *sql.DB, insatser *string, table string) int {
	t.Helper()
	tx, err := db.BeginTx(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = tx.Rollback() }()
	if insatser != nil {
		if _, err := tx.ExecContext(t.Context(), `select set_config('sus.insatser', $1, true)`, *insatser); err != nil {
			t.Fatal(err)
		}
	}
	var n int
	if err := tx.QueryRowContext(t.Context(), `select count(*) from `+table).Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}

func fyll(t *testing.T, s *store.Store) (register.Insats, register.Aktor) {
	t.Helper()
	i, a := huset(t, s)
	storetest.Deltagande(t, s, a, i, storetest.Person(fodd), register.NyttDatum(2010, 3, 1))
	if _, err := s.SkapaAnonyma(t.Context(), storetest.Som(a), i.ID, register.Anonymregistrering{Inregistreringsar: 2010, AntalKvinnor: 1},
		func(register.Anonyma) (db.Svar, error) { return db.Svar{}, nil }); err != nil {
		t.Fatal(err)
	}
	return i, a
}

func TestWithoutAnUppdragInTheSettingNoRowIsSeen(t *testing.T) {
	d := storetest.NyMedDatabas(t)
	i, _ := fyll(t, d.Store)
	app := d.App(t)
	tomt, annan, egen := "", uuid.NewString(), i.ID.String()
	for _, table := range tablesMedPersoner {
		if n := antal(t, app, nil, table); n != 0 {
			t.Errorf("%s: %d rader syns utan inställning", table, n)
		}
		if n := antal(t, app, &tomt, table); n != 0 {
			t.Errorf("%s: %d rader syns med tom inställning", table, n)
		}
		if n := antal(t, app, &annan, table); n != 0 {
			t.Errorf("%s: %d rader syns för en annan insats", table, n)
		}
		if n := antal(t, app, &egen, table); n == 0 {
			t.Errorf("%s: den egna insatsens rader syns inte", table)
		}
	}
}

func TestARowCannotBeWrittenInAnothersInsats(t *testing.T) {
	d := storetest.NyMedDatabas(t)
	i, _ := fyll(t, d.Store)
	annan := storetest.Insats(t, d.Store, storetest.Organisation(t, d.Store, nil), nil)
	app := d.App(t)
	for _, sats := range []string{
		`insert into anonyma (id, insats_id, inregistreringsar, antal_kvinnor, antal_man, registrerat, registrerat_av)
			values (gen_random_uuid(), '%s', 2010, 1, 0, now(), gen_random_uuid())`,
		`insert into samtycke (id, insats_id, blankett, datum, sprak, satt, registrerat, registrerat_av, version)
			values (gen_random_uuid(), '%s', '9443', '2010-01-01', 'sv', 'SKRIFTLIGT', now(), gen_random_uuid(), 1)`,
	} {
		tx, err := app.BeginTx(t.Context(), nil)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := tx.ExecContext(t.Context(), `select set_config('sus.insatser', $1, true)`, i.ID.String()); err != nil {
			t.Fatal(err)
		}
		_, err = tx.ExecContext(t.Context(), fmt.Sprintf(sats, annan.ID))
		if err == nil || !strings.Contains(err.Error(), "row-level security") {
			t.Errorf("%.40s…: %v", sats, err)
		}
		_ = tx.Rollback()
	}
}

func TestTheSettingDoesNotFollowTheConnection(t *testing.T) {
	d := storetest.NyMedDatabas(t)
	_, a := fyll(t, d.Store)
	// One connection only: what the request before set must be gone.
	s, err := db.Open(d.AppURL, db.Options{Nycklar: d.Nycklar, MaxConns: 1})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	en := store.New(s, store.Options{})
	frammande := storetest.Deltagaransvarig()
	for range 3 {
		if _, n, err := en.Deltaganden(t.Context(), storetest.Som(a), a.Uppdrag[0].InsatsID, store.DeltagandeFilter{}, db.Sida{}); err != nil || n != 1 {
			t.Fatalf("%d deltaganden (%v)", n, err)
		}
		if _, _, err := en.Deltaganden(t.Context(), storetest.Som(frammande), a.Uppdrag[0].InsatsID, store.DeltagandeFilter{}, db.Sida{}); regel(err) != "saknas" {
			t.Fatalf("främmande fick %v", err)
		}
	}
}

func TestTheServingRoleMustBeWithoutPower(t *testing.T) {
	d := storetest.NyMedDatabas(t)
	if err := d.KontrolleraRoll(t.Context()); err != nil {
		t.Fatalf("den riktiga rollen vägras: %v", err)
	}
	super := d.Super(t)
	for _, sats := range []string{
		`create role prov_bypass login bypassrls in role sus_app`,
		`create role prov_medlem login in role sus_app, sus_agare`,
		`create role prov_utanfor login`,
		`create role prov_skapar login createrole in role sus_app`,
		`create role prov_skriver login in role sus_app, pg_write_all_data`,
	} {
		if _, err := super.ExecContext(t.Context(), sats); err != nil {
			t.Fatal(err)
		}
	}
	defer func() {
		_, _ = super.Exec(`drop role prov_bypass, prov_medlem, prov_utanfor, prov_skapar, prov_skriver`)
	}()
	for roll, skal := range map[string]string{"postgres": "superuser", "prov_bypass": "BYPASSRLS", "sus_agare": "äger", "prov_medlem": "äger", "prov_utanfor": "sus_app",
		"prov_skapar": "CREATEROLE", "prov_skriver": "alla tabeller"} {
		s, err := db.Open(strings.Replace(d.AppURL, "sus_server", roll, 1), db.Options{Nycklar: d.Nycklar, MaxConns: 1})
		if err != nil {
			t.Fatal(err)
		}
		if err := s.KontrolleraRoll(t.Context()); err == nil || !strings.Contains(err.Error(), skal) {
			t.Errorf("%s: %v", roll, err)
		}
		s.Close()
	}
}

func TestTheServerCanNeitherChangeNorEraseInTheLog(t *testing.T) {
	d := storetest.NyMedDatabas(t)
	fyll(t, d.Store)
	app := d.App(t)
	for _, sats := range []string{
		`update loggpost set handelse = 'annat'`, `delete from loggpost`, `truncate loggpost`, `update loggsigill set antal = 1`, `delete from loggsigill`,
		`insert into loggko (loggpost_id) values (gen_random_uuid())`, `update loggko set loggpost_id = gen_random_uuid()`,
		`insert into installation (demo, fro) values (true, 1)`, `delete from personnyckel`, `delete from deltagande`, `delete from mattillfalle`,
		`update mattillfalle set arbetar = true`, `update samtycke set insats_id = insats_id`, `update identitet set blindindex = blindindex`,
		`update deltagande set samtycke_id = samtycke_id`, `update kodverk set kod = kod`, `update kodverk set bit = bit`, `update kodverk set giltig_fran = giltig_fran`, `delete from kodverk`,
		`update kodverksutgava set nummer = nummer`, `drop table samtycke`, `alter table samtycke disable row level security`,
	} {
		if _, err := app.ExecContext(t.Context(), sats); err == nil {
			t.Errorf("tjänsten fick köra «%.50s»", sats)
		}
	}
}

func TestAPersonnummerInPlaintextCannotBeStored(t *testing.T) {
	d := storetest.NyMedDatabas(t)
	fyll(t, d.Store)
	_, err := d.Super(t).ExecContext(t.Context(), `update identitet set personnummer = convert_to($1, 'UTF8')`, storetest.Person(fodd).Siffror())
	if err == nil || !strings.Contains(err.Error(), "identitet_personnummer_krypterat") {
		t.Errorf("databasen svarade %v", err)
	}
}
