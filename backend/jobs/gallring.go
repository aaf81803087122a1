package jobs

import (
	"context"
	"errors"
	"log/slog"

	"github.com/riverqueue/river"

	"sus/backend/auth"
	"sus/backend/register"
	"sus/backend/store"
)

// gallring erases what may no longer be kept.
type gallring struct {
	river.WorkerDefaults[register.GallringArgs]
	store *store.Store
	auth  *auth.Auth
	logg  *slog.Logger
}

// Work erases by the store's clock, which in a demo is not the wall's. What fails
// is tried again by River; the parts do not depend on each other.
func (g *gallring) Work(ctx context.Context, _ *river.Job[register.GallringArgs]) error {
	antal, err := g.store.Gallra(ctx, g.store.Nu())
	if err == nil {
		g.logg.Info("gallrat", "samtycken", antal.Samtycken, "felregistreringar", antal.Felregistreringar,
			"idempotensnycklar", antal.Idempotensnycklar)
	}
	_, rotering := g.auth.RoteraNycklar(ctx, nyckelAlder)
	return errors.Join(err, g.auth.Rensa(ctx), rotering)
}
