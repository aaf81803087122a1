package store_test

import (
	"context"
	"os"
	"strings"
	"testing"

	"sus/backend/pgembed"
	"sus/backend/register"
	"sus/backend/store/db"
	"sus/backend/store/storetest"
)

func TestMain(m *testing.M) { os.Exit(storetest.Main(m)) }

func TestTheMigrationCanRunAgainAndChangesNothing(t *testing.T) {
	d := storetest.NyMedDatabas(t)
	if err := db.Migrera(t.Context(), d.MigrateURL, d.AppURL); err != nil {
		t.Fatal(err)
	}
}

func TestTwoWhoMigrateTheSameDatabaseAtOnceDoNotDisturbEachOther(t *testing.T) {
	d := storetest.NyMedDatabas(t)
	const namn = "migreras_av_tva"
	if err := d.Kluster.Clone(t.Context(), "template0", namn); err != nil {
		t.Fatal(err)
	}
	defer func() { _ = d.Kluster.Drop(context.Background(), namn) }()
	migrera := func() error {
		return db.Migrera(t.Context(), d.Kluster.URL(pgembed.OwnerRole, namn), d.Kluster.URL(pgembed.ServerRole, namn))
	}
	if e1, e2 := samtidigt(migrera, migrera); e1 != nil || e2 != nil {
		t.Errorf("%v och %v", e1, e2)
	}
}

func TestAMissingServingLoginIsNamed(t *testing.T) {
	d := storetest.NyMedDatabas(t)
	err := db.Migrera(t.Context(), d.MigrateURL, strings.Replace(d.AppURL, "sus_server", "finns_inte", 1))
	if err == nil || !innehaller(err.Error(), "create role", "finns_inte") {
		t.Errorf("fick %v", err)
	}
}

func TestOnlyAnEmptyDatabaseCanBecomeADemo(t *testing.T) {
	d := storetest.NyMedDatabas(t)
	if i, err := d.Installation(t.Context()); err != nil || i.Demo {
		t.Fatalf("från början: %+v (%v)", i, err)
	}
	idag := register.NyttDatum(2011, 3, 16)
	if err := db.MarkeraDemo(t.Context(), d.AppURL, db.Installation{Demo: true}); err == nil {
		t.Error("tjänsten gjorde databasen till en demonstration")
	}
	if err := db.MarkeraDemo(t.Context(), d.MigrateURL, db.Installation{Demo: true, Idag: &idag, Fro: 7}); err != nil {
		t.Fatal(err)
	}
	if i, err := d.Installation(t.Context()); err != nil || !i.Demo || *i.Idag != idag || i.Fro != 7 {
		t.Errorf("efteråt: %+v (%v)", i, err)
	}
	annan := storetest.NyMedDatabas(t)
	storetest.Organisation(t, annan.Store, nil)
	if err := db.MarkeraDemo(t.Context(), annan.MigrateURL, db.Installation{Demo: true}); err == nil {
		t.Error("ett register i drift blev en demonstration")
	}
	r := storetest.NyMedDatabas(t)
	if _, err := r.Konto.SkapaAnvandare(t.Context(), storetest.Som(register.Aktor{System: "test"}), register.Anvandaruppgifter{
		Personnummer: register.Testnummer(register.NyttDatum(1960, 1, 1), true), Fornamn: "Eva", Efternamn: "Prov",
		Mobil: "+46701740605", Huvudarbetsgivare: "2021005521"}, "$argon2id$v=19$m=19456,t=2,p=1$AAAA$AAAA"); err != nil {
		t.Fatal(err)
	}
	if err := db.MarkeraDemo(t.Context(), r.MigrateURL, db.Installation{Demo: true}); err == nil {
		t.Error("ett register med användare blev en demonstration")
	}
}
