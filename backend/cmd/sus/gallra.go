package main

import (
	"context"
	"errors"
	"fmt"

	"sus/backend/store"
)

// GallraCmd is «sus gallra»: by hand what the daily job does.
type GallraCmd struct {
	Administration `embed:""`

	Fysiskt bool `help:"Skriv också om tabellerna på disk (VACUUM FULL) och byt WAL-fil, så att det gallrade inte finns kvar i datafilerna. Låser tabellerna."`
}

// Run erases what is due, by the database's clock.
func (c *GallraCmd) Run(ctx context.Context) error {
	m, err := c.oppna(ctx)
	if err != nil {
		return err
	}
	defer m.stang()
	if c.Fysiskt && m.MigrateURL == "" {
		return errors.New("ange SUS_MIGRATE_URL: --fysiskt kräver den roll som äger schemat")
	}
	g, err := m.Store.Gallra(ctx, m.Store.Nu())
	if err != nil {
		return err
	}
	fmt.Printf("Gallrat: %d oanvända samtycken, %d felregistreringars identitet, %d idempotensnycklar.\n",
		g.Samtycken, g.Felregistreringar, g.Idempotensnycklar)
	if !c.Fysiskt {
		return nil
	}
	if err := store.GallraFysiskt(ctx, m.MigrateURL); err != nil {
		return err
	}
	fmt.Println("Tabellerna är omskrivna. Äldre WAL och säkerhetskopior har kvar det gallrade tills de själva gallras.")
	return nil
}
