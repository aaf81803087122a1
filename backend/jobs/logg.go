package jobs

import (
	"context"
	"log/slog"
	"time"

	"sus/backend/store"
)

// forsegla seals the audit log until ctx ends, and once more then. It is no River
// job: the queue would hold a row for every other second of the year.
func forsegla(ctx context.Context, st *store.Store, logg *slog.Logger) {
	tick := time.NewTicker(sealEvery)
	defer tick.Stop()
	borta := false
	for {
		slut := false
		select {
		case <-tick.C:
		case <-ctx.Done():
			slut = true
		}
		c, avbryt := context.WithTimeout(context.WithoutCancel(ctx), sealEvery*5)
		_, err := st.Forsegla(c)
		avbryt()
		if (err != nil) != borta { // said once when it begins and once when it ends
			borta = err != nil
			if borta {
				logg.Error("loggen går inte att försegla", "fel", err)
			} else {
				logg.Info("loggen förseglas igen")
			}
		}
		if slut {
			return
		}
	}
}
