package jobs

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"github.com/riverqueue/river"

	"sus/backend/folkbokforing"
	"sus/backend/register"
	"sus/backend/store"
)

// Omfraga is how the population register is asked again.
type Omfraga struct {
	register.Omfragetider
	Takt int // questions a second at most; 0: none are asked
}

const (
	// omfragaKlockan is the hour at which the night's questions begin, in Swedish time.
	omfragaKlockan = 4
	// omfragaPass is how long the job asks before it is put back in the queue: well
	// within jobTimeout, by which a run that was killed is known.
	omfragaPass = 2 * time.Minute
	// omfragaPaus is how long a register that does not answer is left alone.
	omfragaPaus = 5 * time.Minute
)

// omfraga asks the population register again about those who stand in the register.
type omfraga struct {
	river.WorkerDefaults[register.OmfragaArgs]
	store         *store.Store
	folkbokforing *folkbokforing.Klient
	installning   Omfraga
	schema        dagligen
	logg          *slog.Logger

	pass  time.Duration
	vanta func(context.Context, time.Duration) error // between two questions
	slut  <-chan struct{}                            // closed when the server ends
}

// errPasset ends a run that goes on later.
var errPasset = errors.New("jobs: omfrågan fortsätter senare")

// Work asks until nobody is left, the pass is over or the register does not answer.
// River then has the job again, and it goes on with those who are left: what was asked
// since the night began is not asked twice, whatever became of the run before.
func (o *omfraga) Work(ctx context.Context, _ *river.Job[register.OmfragaArgs]) error {
	if o.installning.Takt <= 0 {
		return nil
	}
	borjade, forsta := time.Now(), true
	mellan := time.Second / time.Duration(o.installning.Takt)
	antal, err := o.store.Omfraga(ctx, o.installning.Granser(o.schema.Senaste(o.store.Nu())),
		func(ctx context.Context, p register.Personnummer) (register.Folkbokforingspost, error) {
			if !forsta {
				if err := o.vanta(ctx, mellan); err != nil {
					return register.Folkbokforingspost{}, err
				}
			}
			forsta = false
			if time.Since(borjade) >= o.pass {
				return register.Folkbokforingspost{}, errPasset
			}
			return o.folkbokforing.Sok(ctx, p)
		})
	if antal.Fragade > 0 {
		o.logg.Info("folkbokföringen omfrågad", "frågade", antal.Fragade, "ändrade", antal.Andrade, "skyddade", antal.Skyddade)
	}
	var nej *register.Error
	switch {
	case errors.Is(err, errPasset):
		return river.JobSnooze(0)
	case errors.As(err, &nej) && nej.Kod == register.KodOtillganglig:
		o.logg.Warn("folkbokföringen svarar inte; omfrågan väntar", "fel", err)
		return river.JobSnooze(omfragaPaus)
	}
	return err
}

// pausa waits, unless the server ends.
func (o *omfraga) pausa(ctx context.Context, d time.Duration) error {
	klocka := time.NewTimer(d)
	defer klocka.Stop()
	select {
	case <-klocka.C:
		return nil
	case <-o.slut:
		return errPasset
	case <-ctx.Done():
		return ctx.Err()
	}
}
