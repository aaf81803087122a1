package main

import (
	"context"
	"errors"

	"sus/backend/store/db"
)

// MigrateCmd is «sus migrate».
type MigrateCmd struct {
	DatabaseURL string `env:"SUS_DATABASE_URL" required:"" help:"PostgreSQL för servern; rollen i den får sina rättigheter."`
	MigrateURL  string `env:"SUS_MIGRATE_URL" required:"" help:"PostgreSQL med den roll som äger schemat."`
}

// Run brings the schema up to this program and grants the server its rights.
func (c *MigrateCmd) Run(ctx context.Context) error {
	if c.DatabaseURL == c.MigrateURL {
		return errors.New("SUS_DATABASE_URL och SUS_MIGRATE_URL måste vara olika roller: servern får inte äga databasen")
	}
	return db.Migrera(ctx, c.MigrateURL, c.DatabaseURL)
}
