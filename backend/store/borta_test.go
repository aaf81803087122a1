package store_test

import (
	"database/sql"
	"errors"
	"strings"
	"testing"
	"time"

	"sus/backend/pgembed"
	"sus/backend/store"
	"sus/backend/store/db"
	"sus/backend/store/storetest"
)

func TestADatabaseThatIsGoneIsToldWithinFiveSecondsAndComesBack(t *testing.T) {
	d := storetest.NyMedDatabas(t)
	i, a := fyll(t, d.Store)
	las := func() error {
		_, _, err := d.Deltaganden(t.Context(), storetest.Som(a), i.ID, store.DeltagandeFilter{}, db.Sida{})
		return err
	}
	if err := las(); err != nil {
		t.Fatal(err)
	}
	super, err := sql.Open("pgx", d.Kluster.URL(pgembed.SuperRole, "postgres"))
	if err != nil {
		t.Fatal(err)
	}
	defer super.Close()
	namn := d.AppURL[strings.Index(d.AppURL, "@/")+2 : strings.Index(d.AppURL, "?")]
	for _, sats := range []string{`alter database ` + namn + ` allow_connections false`,
		`select pg_terminate_backend(pid) from pg_stat_activity where datname = '` + namn + `' and pid <> pg_backend_pid()`} {
		if _, err := super.Exec(sats); err != nil {
			t.Fatal(err)
		}
	}
	for range 3 {
		start := time.Now()
		if err := las(); !errors.Is(err, db.ErrBorta) {
			t.Errorf("utan databas: %v", err)
		}
		if tog := time.Since(start); tog > 5*time.Second {
			t.Errorf("det tog %v", tog)
		}
	}
	if _, err := super.Exec(`alter database ` + namn + ` allow_connections true`); err != nil {
		t.Fatal(err)
	}
	if err := las(); err != nil {
		t.Errorf("efteråt: %v", err)
	}
	ingen, err := db.Open("postgres://sus_server@/sus?host=/finns/inte", db.Options{Nycklar: d.Nycklar})
	if err != nil {
		t.Fatal(err)
	}
	defer ingen.Close()
	if err := ingen.Ping(t.Context()); !errors.Is(err, db.ErrBorta) {
		t.Errorf("en server som inte finns: %v", err)
	}
}

func TestAnErrorOfTheDatabaseDoesNotRepeatWhatWasWritten(t *testing.T) {
	_, err := db.Open("postgres://sus:hemligt@:fel:port/sus", db.Options{Nycklar: storetest.Nycklar(t)})
	if err == nil || strings.Contains(err.Error(), "hemligt") {
		t.Errorf("felet är %v", err)
	}
}

func TestKeysOpenTheirOwnPlaceOnly(t *testing.T) {
	n := storetest.Nycklar(t)
	k, err := n.Kryptera([]byte("hemligt"), "rad.kolumn")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := n.Dekryptera(k, "annanrad.kolumn"); err == nil {
		t.Error("chiffret öppnades på ett annat ställe")
	}
	if v, err := n.Dekryptera(k, "rad.kolumn"); err != nil || string(v) != "hemligt" {
		t.Errorf("på sitt ställe: %v", err)
	}
	fil := t.TempDir() + "/nycklar.json"
	ny, err := db.SkapaNycklar(fil)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := db.SkapaNycklar(fil); err == nil {
		t.Error("nyckelfilen skrevs över")
	}
	last, err := db.LasNycklar(fil)
	if err != nil {
		t.Fatal(err)
	}
	p := storetest.Person(fodd)
	if string(last.Blindindex(p)) != string(ny.Blindindex(p)) || string(last.Blindindex(p)) == string(n.Blindindex(p)) || len(ny.Blindindex(p)) != 32 {
		t.Error("blindindex följer inte nyckeln")
	}
	if string(ny.BodyHmac("a", []byte("b"))) == string(ny.BodyHmac("c", []byte("b"))) {
		t.Error("samma kropp i olika operationer har samma hash")
	}
}
