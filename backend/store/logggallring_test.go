package store_test

import (
	"strings"
	"testing"
	"time"

	"sus/backend/register"
	"sus/backend/store"
	"sus/backend/store/db"
	"sus/backend/store/storetest"
)

// loggklockan sets the database's clock of the log so much back, "" for not at all: the
// times of rows and links are its own, and no role may write them.
func loggklockan(t *testing.T, d *storetest.Databas, tillbaka string) {
	t.Helper()
	super := d.Super(t)
	klocka := "clock_timestamp()"
	if tillbaka != "" {
		klocka = "(clock_timestamp() - interval '" + tillbaka + "')"
	}
	var bered string
	if err := super.QueryRow(`select pg_get_functiondef('sus_logg_bered'::regproc)`).Scan(&bered); err != nil {
		t.Fatal(err)
	}
	rader := strings.Split(bered, "\n")
	for i, r := range rader {
		if strings.HasPrefix(strings.TrimSpace(r), "v.tid := ") {
			rader[i] = "v.tid := " + klocka + ";"
		}
	}
	for _, sats := range []string{strings.Join(rader, "\n"), `alter table loggpost alter column tid set default ` + klocka} {
		if _, err := super.Exec(sats); err != nil {
			t.Fatal(err)
		}
	}
}

// tvaArsLogg is a log of three links: of six years ago, of three, and of now.
func tvaArsLogg(t *testing.T, d *storetest.Databas) (register.Insats, register.Aktor) {
	t.Helper()
	loggklockan(t, d, "6 years")
	i, a := fyll(t, d.Store)
	forsegla(t, d.Store)
	loggklockan(t, d, "3 years")
	sok(t, d.Store, a, i, storetest.Person(fodd))
	forsegla(t, d.Store)
	loggklockan(t, d, "")
	sok(t, d.Store, a, i, storetest.Person(fodd))
	forsegla(t, d.Store)
	return i, a
}

func TestTheLogIsCutByWholeLinksFromItsOldestEndAndSaysSo(t *testing.T) {
	d := storetest.NyMedDatabas(t)
	tvaArsLogg(t, d)
	fore := kontroll(t, d.Store)
	if fore.Brutet != "" || fore.Sigill != 3 {
		t.Fatalf("loggen före är %+v", fore)
	}
	super := d.Super(t)
	// However long the cut takes, no statement of it is ended.
	kor(t, super, `create function prov_tidsgrans() returns trigger language plpgsql as $$ begin
			if current_setting('statement_timeout') <> '0' then raise exception 'en tidsgräns'; end if; return new; end $$`,
		`create trigger prov_tidsgrans before insert on loggsigill for each row when (new.slag = 'GALLRING') execute function prov_tidsgrans()`)
	gamla := storetest.Rakna(t, super, `select antal from loggsigill where sekvens = 1`)
	nu := time.Now()
	g, err := d.Provkor(t.Context(), store.Gallrare, nu)
	if vill := (register.Gallringsbart{Antal: gamla, Aldsta: register.DatumAv(nu.AddDate(-6, 0, 0))}); err != nil || g.Loggposter != vill {
		t.Errorf("skulle gallras %+v (%v), vill %+v", g.Loggposter, err, vill)
	}
	gjort, err := d.Gallra(t.Context(), nu)
	if err != nil || gjort.Loggposter != gamla {
		t.Fatalf("gallrades %+v (%v), vill %d", gjort, err, gamla)
	}
	efter := kontroll(t, d.Store)
	if efter.Brutet != "" || efter.Gallrade != int64(gamla) {
		t.Errorf("loggen efter är %+v", efter)
	}
	if n := storetest.Rakna(t, super, `select count(*) from loggsigill where sekvens = 1 or slag = 'GALLRING' and signatur is null`); n != 0 {
		t.Errorf("%d sigill är kvar av de gamla", n)
	}
	if n := storetest.Rakna(t, super, `select count(*) from loggpost where handelse = 'LOGG_GALLRAD' and detalj = '1'`); n != 1 {
		t.Errorf("%d rader säger att loggen gallrats", n)
	}
	forsegla(t, d.Store)
	if igen, err := d.Gallra(t.Context(), nu); err != nil || igen.Loggposter != 0 {
		t.Errorf("en gång till gallrade %+v (%v)", igen, err)
	}
	// A second time, further on: what the first cut is counted in.
	if n, err := d.GallraLogg(t.Context(), db.Begaran{Aktor: store.Gallrare}, nu.AddDate(-2, 0, 0), "prov"); err != nil || n != 1 {
		t.Errorf("till två år gallrades %d (%v)", n, err)
	}
	forsegla(t, d.Store)
	if k := kontroll(t, d.Store); k.Brutet != "" || k.Gallrade != int64(gamla)+1 {
		t.Errorf("loggen efter två gallringar är %+v", k)
	}
}

func TestNothingYoungerThanAYearIsCutWhateverIsAsked(t *testing.T) {
	d := storetest.NyMedDatabas(t)
	loggklockan(t, d, "364 days")
	i, a := fyll(t, d.Store)
	forsegla(t, d.Store)
	loggklockan(t, d, "")
	sok(t, d.Store, a, i, storetest.Person(fodd))
	forsegla(t, d.Store)
	if n, err := d.GallraLogg(t.Context(), db.Begaran{Aktor: store.Gallrare}, time.Now().AddDate(1, 0, 0), "prov"); err != nil || n != 0 {
		t.Errorf("gallrades %d (%v)", n, err)
	}
	app := d.App(t)
	for _, sats := range []string{`select * from sus_logg_marke('GALLRING', '{"sekvens": 1}')`, `delete from loggsigill`, `delete from loggpost`, `select sus_logg_klipp()`} {
		if _, err := app.Exec(sats); err == nil {
			t.Errorf("tjänstens roll får: %s", sats)
		}
	}
}

func TestAnOldestEndThatIsCutByHandIsFound(t *testing.T) {
	for namn, forst := range map[string]bool{"utan gallring": false, "efter en gallring": true} {
		t.Run(namn, func(t *testing.T) {
			d := storetest.NyMedDatabas(t)
			tvaArsLogg(t, d)
			if forst {
				if g, err := d.Gallra(t.Context(), time.Now()); err != nil || g.Loggposter == 0 {
					t.Fatalf("gallrades %+v (%v)", g, err)
				}
				forsegla(t, d.Store)
			}
			if _, err := d.Super(t).Exec(`do $$ declare ids uuid[] := (select poster from loggsigill order by sekvens limit 1); begin
				delete from loggperson where loggpost_id = any (ids); delete from loggexternt where loggpost_id = any (ids);
				delete from loggpost where id = any (ids); delete from loggsigill where sekvens = (select min(sekvens) from loggsigill); end $$`); err != nil {
				t.Fatal(err)
			}
			if k := kontroll(t, d.Store); k.Brutet == "" {
				t.Errorf("det syntes inte: %+v", k)
			}
		})
	}
}

func TestALogWhoseOldPersonsWereErasedIsCutAndWhole(t *testing.T) {
	d := storetest.NyMedDatabas(t)
	loggklockan(t, d, "6 years")
	i, a := huset(t, d.Store)
	del := storetest.Deltagande(t, d.Store, a, i, storetest.Person(fodd), register.NyttDatum(2010, 3, 1))
	forsegla(t, d.Store)
	storetest.Aterkalla(t, d.Store, a, del.SamtyckeID)
	forsegla(t, d.Store)
	loggklockan(t, d, "")
	sok(t, d.Store, a, i, storetest.Person(fodd))
	forsegla(t, d.Store)
	super := d.Super(t)
	if n := storetest.Rakna(t, super, `select count(*) from loggraderad`); n == 0 {
		t.Fatal("återkallelsen raderade ingen person ur loggen")
	}
	if n, err := d.GallraLogg(t.Context(), db.Begaran{Aktor: store.Gallrare}, time.Now().AddDate(-5, 0, 0), "prov"); err != nil || n == 0 {
		t.Errorf("gallrades %d (%v)", n, err)
	}
	if n := storetest.Rakna(t, super, `select (select count(*) from loggraderad) + (select count(*) from loggradering)`); n != 0 {
		t.Errorf("%d rader är kvar av det som raderats", n)
	}
	if k := kontroll(t, d.Store); k.Brutet != "" {
		t.Errorf("loggen är %s", k.Brutet)
	}
}
