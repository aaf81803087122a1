package main

import (
	"context"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"sus/backend/demo"
	"sus/backend/register"
	"sus/backend/store/db"
	"sus/backend/store/storetest"
)

// demokommandon is every command that only a demo has, on a database of its own.
func demokommandon(an Anslutning) map[string]func(context.Context) error {
	token := func(roll, fel string) func(context.Context) error {
		return (&DemoTokenCmd{Anslutning: an, Behorighet: roll, Giltig: time.Hour, Fel: fel}).Run
	}
	return map[string]func(context.Context) error{
		"demo token SUSRAPPORT":                      token("SUSRAPPORT", ""),
		"demo token MASKIN":                          token("MASKIN", ""),
		"demo token DELTAGARANSVARIG --fel utgangen": token("DELTAGARANSVARIG", "utgangen"),
		"demo aktorer":                               (&DemoAktorerCmd{Anslutning: an, Giltig: time.Hour}).Run,
		"demo hints":                                 (&DemoHintsCmd{Anslutning: an}).Run,
	}
}

func TestTheDemosCommandsAreRefusedOutsideADemo(t *testing.T) {
	d := storetest.NyMedDatabas(t)
	nyckelfil := filepath.Join(t.TempDir(), "nycklar.json")
	nycklar, err := db.SkapaNycklar(nyckelfil)
	if err != nil {
		t.Fatal(err)
	}
	an := Anslutning{DataDir: t.TempDir(), DatabaseURL: d.AppURL, Nyckelfil: nyckelfil}
	for kommando, kor := range demokommandon(an) {
		if err := kor(t.Context()); err == nil || !strings.Contains(lasbart(err), "bara i en demo") {
			t.Errorf("%s: %v, vill ha en vägran", kommando, err)
		}
	}
	if err := (&DemoFyllCmd{Anslutning: an}).Run(t.Context()); err == nil || !strings.Contains(err.Error(), "SUS_MIGRATE_URL") {
		t.Errorf("demo fyll utan ägarens adress: %v", err)
	}

	// The same commands, once the database says that it is one.
	idag := register.NyttDatum(2026, 11, 24)
	if err := demo.Fyll(t.Context(), demo.Fyllning{MigrateURL: d.MigrateURL, AppURL: d.AppURL, Nycklar: nycklar, Idag: &idag, Fro: 1, Antal: 12}); err != nil {
		t.Fatal(err)
	}
	for kommando, kor := range demokommandon(an) {
		if err := kor(t.Context()); err != nil {
			t.Errorf("%s i en demo: %v", kommando, err)
		}
	}
}
