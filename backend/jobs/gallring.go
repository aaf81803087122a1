package jobs

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"github.com/riverqueue/river"

	"sus/backend/auth"
	"sus/backend/register"
	"sus/backend/store"
	"sus/backend/store/konto"
)

// gallring erases what may no longer be kept.
type gallring struct {
	river.WorkerDefaults[register.GallringArgs]
	store *store.Store
	auth  *auth.Auth
	logg  *slog.Logger
}

// Timeout is longer than of other jobs: a database that has not been erased from for
// long has much to erase.
func (*gallring) Timeout(*river.Job[register.GallringArgs]) time.Duration { return nattensTimeout }

// Work erases by the store's clock, which in a demo is not the wall's. What fails
// is tried again by River; the parts do not depend on each other.
func (g *gallring) Work(ctx context.Context, _ *river.Job[register.GallringArgs]) error {
	antal, err := Gallra(ctx, g.store)
	if antal != (store.Gallring{}) || err == nil {
		g.logg.Info("gallrat", "samtycken", antal.Samtycken, "felregistreringar", antal.Felregistreringar, "identiteter", antal.Identiteter,
			"anvandare", antal.Anvandare, "loggposter", antal.Loggposter, "idempotensnycklar", antal.Idempotensnycklar)
	}
	_, rotering := g.auth.RoteraNycklar(ctx, nyckelAlder)
	return errors.Join(err, g.auth.Rensa(ctx), rotering)
}

// Gallra erases all that is due by the store's clock, the register's and the accounts':
// what the daily job and «sus gallra» do. One part that fails holds up no other.
func Gallra(ctx context.Context, s *store.Store) (store.Gallring, error) {
	nu := s.Nu()
	antal, err := s.Gallra(ctx, nu)
	bevaras, fel := s.Bevaras(ctx)
	if fel == nil {
		antal.Anvandare, fel = konton(s, nu).Gallra(ctx, store.Gallrare, bevaras.Anvandare)
	}
	return antal, errors.Join(err, fel)
}

// Provkor is what Gallra would erase now; asked by av, which is logged.
func Provkor(ctx context.Context, s *store.Store, av register.Aktor) (store.Gallringsbart, error) {
	nu := s.Nu()
	antal, err := s.Provkor(ctx, av, nu)
	if err != nil {
		return antal, err
	}
	bevaras, err := s.Bevaras(ctx)
	if err != nil {
		return antal, err
	}
	antal.Anvandare, err = konton(s, nu).Gallringsbart(ctx, bevaras.Anvandare)
	return antal, err
}

// konton is the accounts by a clock that stands still.
func konton(s *store.Store, nu time.Time) *konto.Konto {
	return konto.New(s.DB).Vid(func() time.Time { return nu })
}
