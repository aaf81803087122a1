package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"sus/backend/store/statistik"
)

// StatistikCmd is «sus statistik»: the reports' read model.
type StatistikCmd struct {
	ByggOm      StatistikByggOmCmd      `cmd:"" name:"bygg-om" help:"Räkna fram rapporternas underlag på nytt ur registreringarna. Registrering och rapporter väntar under tiden."`
	Kontrollera StatistikKontrolleraCmd `cmd:"" help:"Jämför rapporternas underlag med registreringarna. Slutar med fel om något skiljer."`
}

// StatistikByggOmCmd is «sus statistik bygg-om».
type StatistikByggOmCmd struct {
	Anslutning
}

// Run rebuilds the facts and prints how many there are.
func (c *StatistikByggOmCmd) Run(ctx context.Context) error {
	return c.medAgaren(ctx, func(migrateURL string) error {
		start := time.Now()
		antal, err := statistik.ByggOm(ctx, migrateURL)
		if err != nil {
			return err
		}
		fmt.Printf("Underlaget är omräknat på %s: %d startade och %d avslutade deltaganden och %d svar.\n", time.Since(start).Round(time.Millisecond), antal.In, antal.Ut, antal.Svar)
		return nil
	})
}

// StatistikKontrolleraCmd is «sus statistik kontrollera».
type StatistikKontrolleraCmd struct {
	Anslutning
}

// Run compares and prints the outcome; a difference is an error, so that a
// schedule notices it.
func (c *StatistikKontrolleraCmd) Run(ctx context.Context) error {
	return c.medAgaren(ctx, func(migrateURL string) error {
		k, err := statistik.Kontrollera(ctx, migrateURL)
		if err != nil {
			return err
		}
		if k.Skillnader() > 0 {
			return fmt.Errorf("%d skillnader mot registreringarna (%d rader saknas, %d är fel eller för många); kör «sus statistik bygg-om»",
				k.Skillnader(), k.Saknas, k.Overtaliga)
		}
		fmt.Printf("Inga skillnader: %d startade och %d avslutade deltaganden och %d svar.\n", k.Rader.In, k.Rader.Ut, k.Rader.Svar)
		return nil
	})
}

// medAgaren finds the database and runs fn with the migrating role's address,
// which alone sees every registration.
func (a Anslutning) medAgaren(ctx context.Context, fn func(migrateURL string) error) error {
	m, err := a.oppna(ctx)
	if err != nil {
		return err
	}
	defer m.stang()
	if m.MigrateURL == "" {
		return errors.New("ange SUS_MIGRATE_URL: underlaget räknas med den roll som äger schemat")
	}
	return fn(m.MigrateURL)
}
