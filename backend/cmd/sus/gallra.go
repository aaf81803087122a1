package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"

	"sus/backend/jobs"
	"sus/backend/register"
	"sus/backend/store"
)

// GallraCmd is «sus gallra»: by hand what the daily job does.
type GallraCmd struct {
	Administration `embed:""`

	Provkor bool `xor:"hur" help:"Visa bara vad som skulle gallras, och den äldsta dagen av varje slag. Inget gallras; att det efterfrågats loggas."`
	Fysiskt bool `xor:"hur" help:"Skriv också om tabellerna på disk (VACUUM FULL) och byt WAL-fil, så att det gallrade inte finns kvar i datafilerna. Låser tabellerna."`
}

// Run erases what is due, by the database's clock, or tells what would go.
func (c *GallraCmd) Run(ctx context.Context) error {
	m, err := c.oppna(ctx)
	if err != nil {
		return err
	}
	defer m.stang()
	if c.Fysiskt && m.MigrateURL == "" {
		return errors.New("ange SUS_MIGRATE_URL: --fysiskt kräver den roll som äger schemat")
	}
	bevaras, err := m.Store.Bevaras(ctx)
	if err != nil {
		return err
	}
	if c.Provkor {
		g, err := jobs.Provkor(ctx, m.Store, kommandoaktor)
		if err != nil {
			return err
		}
		fmt.Printf("Skulle gallras %s (provkörning, inget är gallrat):\n", m.Store.Idag())
		skrivGallring(os.Stdout, bevaras, g)
		return nil
	}
	g, err := jobs.Gallra(ctx, m.Store)
	fmt.Printf("Gallrat %s:\n", m.Store.Idag())
	skrivGallring(os.Stdout, bevaras, store.Gallringsbart{
		Samtycken: antal(g.Samtycken), Felregistreringar: antal(g.Felregistreringar), Identiteter: antal(g.Identiteter),
		Anvandare: antal(g.Anvandare), Loggposter: antal(g.Loggposter), Idempotensnycklar: antal(g.Idempotensnycklar),
	})
	if err != nil || !c.Fysiskt {
		return err
	}
	if err := store.GallraFysiskt(ctx, m.MigrateURL); err != nil {
		return err
	}
	fmt.Println("Tabellerna är omskrivna. Äldre WAL och säkerhetskopior har kvar det gallrade tills de själva gallras.")
	return nil
}

func antal(n int) register.Gallringsbart { return register.Gallringsbart{Antal: n} }

// skrivGallring writes a line for each kind: how much, and of what has its time by a
// setting how long it is kept.
func skrivGallring(w io.Writer, b register.Bevaras, g store.Gallringsbart) {
	for _, r := range []struct {
		vad string
		g   register.Gallringsbart
		tid *register.Bevarandetid
	}{
		{"oanvända samtycken", g.Samtycken, nil},
		{"felregistreringars identitet", g.Felregistreringar, nil},
		{"avslutade deltagandens identitet", g.Identiteter, &b.Identitet},
		{"användare som slutat", g.Anvandare, &b.Anvandare},
		{"loggposter", g.Loggposter, &b.Logg},
		{"idempotensnycklar", g.Idempotensnycklar, nil},
	} {
		rad := fmt.Sprintf("%7d %s", r.g.Antal, r.vad)
		if r.g.Aldsta.Angett() {
			rad += fmt.Sprintf(", den äldsta %s", r.g.Aldsta)
		}
		if r.tid != nil {
			rad += fmt.Sprintf(" (bevaras %s)", r.tid)
		}
		_, _ = fmt.Fprintln(w, rad)
	}
}
