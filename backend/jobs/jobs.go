// Package jobs works what is not a request: River's jobs, and the sealing of the
// audit log. Several servers may run it side by side; each job is done by one.
package jobs

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"
	_ "time/tzdata" // a container may have no time zones

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"
	"github.com/riverqueue/river/rivertype"

	"sus/backend/auth"
	"sus/backend/folkbokforing"
	"sus/backend/register"
	"sus/backend/store"
)

const (
	// sealEvery keeps a log row sealed within five seconds.
	sealEvery = 2 * time.Second
	// gallringKlockan is the hour of the daily erasure, in Swedish time.
	gallringKlockan = 3
	// loggkontrollKlockan is that of the daily check of the log.
	loggkontrollKlockan = 4
	nyckelAlder         = 30 * 24 * time.Hour
	// jobTimeout ends a job, but for those that say another time themselves; one that
	// stands as running for raddasEfter, or for its own time, was killed with its server
	// and is worked again.
	jobTimeout  = 3 * time.Minute
	raddasEfter = 4 * time.Minute
	// nattensTimeout ends a job that goes through the whole database.
	nattensTimeout = 30 * time.Minute
	maxConns       = 4
	// No statement of a job may take longer, in ms; those of the register have the
	// serving role's own bound.
	statementTimeout = "30000"
)

// Options is what the jobs work with.
type Options struct {
	DatabaseURL string // the serving role's address, for River's own connections
	Store       *store.Store
	Auth        *auth.Auth
	Logg        *slog.Logger // nil: slog's default
	Vakt        *Loggvakt    // nil: nobody asks
	Huvudfil    string       // file of the log's heads, outside the database; "": none

	Folkbokforing *folkbokforing.Klient // nil: nobody is asked about again
	Omfraga       Omfraga
}

// Jobs is the running workers.
type Jobs struct {
	pool   *pgxpool.Pool
	client *river.Client[pgx.Tx]
	cancel context.CancelFunc
	seal   sync.WaitGroup
	slut   chan struct{}
}

// Starta begins to work the jobs. The erasure is also done at once, and what was not
// asked last night is asked, for a server that is not up at night.
func Starta(ctx context.Context, o Options) (*Jobs, error) {
	if o.Logg == nil {
		o.Logg = slog.Default()
	}
	if o.Vakt == nil {
		o.Vakt = &Loggvakt{}
	}
	cfg, err := pgxpool.ParseConfig(o.DatabaseURL)
	if err != nil {
		return nil, errors.New("jobs: databasens adress går inte att läsa") // pgx's own error may show a password
	}
	cfg.MaxConns = maxConns
	cfg.ConnConfig.RuntimeParams["application_name"] = "sus-jobs"
	cfg.ConnConfig.RuntimeParams["statement_timeout"] = statementTimeout
	cfg.ConnConfig.RuntimeParams["lock_timeout"] = statementTimeout
	cfg.ConnConfig.RuntimeParams["idle_in_transaction_session_timeout"] = statementTimeout
	pool, err := pgxpool.NewWithConfig(ctx, cfg)
	if err != nil {
		return nil, fmt.Errorf("jobs: %w", err)
	}
	zon, err := time.LoadLocation("Europe/Stockholm")
	if err != nil {
		pool.Close()
		return nil, fmt.Errorf("jobs: %w", err)
	}
	workers := river.NewWorkers()
	river.AddWorker(workers, &gallring{store: o.Store, auth: o.Auth, logg: o.Logg})
	river.AddWorker(workers, &loggkontroll{store: o.Store, logg: o.Logg, vakt: o.Vakt, fil: o.Huvudfil})
	slut := make(chan struct{})
	fragar := &omfraga{store: o.Store, folkbokforing: o.Folkbokforing, installning: o.Omfraga, schema: dagligen{klockan: omfragaKlockan, zon: zon},
		logg: o.Logg, pass: omfragaPass, slut: slut}
	fragar.vanta = fragar.pausa
	if o.Folkbokforing == nil {
		fragar.installning.Takt = 0
	}
	river.AddWorker(workers, fragar) // also when it is off: a job that another server queued is then no fault
	var perioder []*river.PeriodicJob
	for _, p := range schema(fragar.installning.Takt > 0) {
		perioder = append(perioder, river.NewPeriodicJob(dagligen{klockan: p.klockan, zon: zon},
			func() (river.JobArgs, *river.InsertOpts) { return p.args, p.opts }, &river.PeriodicJobOpts{RunOnStart: p.vidStart}))
	}
	client, err := river.NewClient(riverpgxv5.New(pool), &river.Config{
		Queues:               map[string]river.QueueConfig{river.QueueDefault: {MaxWorkers: 2}},
		Workers:              workers,
		Logger:               slog.New(varningar{o.Logg.Handler()}),
		JobTimeout:           jobTimeout,
		RescueStuckJobsAfter: raddasEfter,
		PeriodicJobs:         perioder,
	})
	if err != nil {
		pool.Close()
		return nil, fmt.Errorf("jobs: %w", err)
	}
	if err := client.Start(context.WithoutCancel(ctx)); err != nil {
		pool.Close()
		return nil, fmt.Errorf("jobs: %w", err)
	}
	sealCtx, cancel := context.WithCancel(context.WithoutCancel(ctx))
	j := &Jobs{pool: pool, client: client, cancel: cancel, slut: slut}
	f := &forseglare{store: o.Store, logg: o.Logg, vakt: o.Vakt, fil: o.Huvudfil}
	j.seal.Go(func() { f.kor(sealCtx) })
	return j, nil
}

// Stoppa lets running jobs end, until ctx is done, and seals what was logged
// last.
func (j *Jobs) Stoppa(ctx context.Context) error {
	close(j.slut)
	err := j.client.Stop(ctx)
	j.cancel()
	j.seal.Wait()
	j.pool.Close()
	return err
}

// periodisk is a job of each day, at an hour of Swedish time.
type periodisk struct {
	args     river.JobArgs
	klockan  int
	vidStart bool // also when the server starts
	opts     *river.InsertOpts
}

// schema is every job of the day: what is not here is never worked.
func schema(omfraga bool) []periodisk {
	alla := []periodisk{
		{args: register.GallringArgs{}, klockan: gallringKlockan, vidStart: true},
		{args: register.LoggkontrollArgs{}, klockan: loggkontrollKlockan},
	}
	if omfraga {
		alla = append(alla, periodisk{args: register.OmfragaArgs{}, klockan: omfragaKlockan, vidStart: true, opts: enAtGangen()})
	}
	return alla
}

// enAtGangen lets a job be queued only when none of its kind waits or runs, whichever
// server asks for it.
func enAtGangen() *river.InsertOpts {
	return &river.InsertOpts{UniqueOpts: river.UniqueOpts{ByState: []rivertype.JobState{rivertype.JobStateAvailable, rivertype.JobStatePending,
		rivertype.JobStateRetryable, rivertype.JobStateRunning, rivertype.JobStateScheduled}}}
}

// dagligen is the schedule of once a day at a full hour.
type dagligen struct {
	klockan int
	zon     *time.Location
}

// Next is the first such hour after t.
func (d dagligen) Next(t time.Time) time.Time {
	l := t.In(d.zon)
	n := time.Date(l.Year(), l.Month(), l.Day(), d.klockan, 0, 0, 0, d.zon)
	if !n.After(l) {
		n = time.Date(l.Year(), l.Month(), l.Day()+1, d.klockan, 0, 0, 0, d.zon)
	}
	return n
}

// Senaste is the last such hour that is not after t.
func (d dagligen) Senaste(t time.Time) time.Time {
	l := t.In(d.zon)
	n := time.Date(l.Year(), l.Month(), l.Day(), d.klockan, 0, 0, 0, d.zon)
	if n.After(l) {
		n = time.Date(l.Year(), l.Month(), l.Day()-1, d.klockan, 0, 0, 0, d.zon)
	}
	return n
}

// varningar lets River say what is wrong and keeps its daily chatter out.
type varningar struct{ slog.Handler }

// Enabled is true from warnings on.
func (v varningar) Enabled(ctx context.Context, l slog.Level) bool {
	return l >= slog.LevelWarn && v.Handler.Enabled(ctx, l)
}

// WithAttrs keeps the bound.
func (v varningar) WithAttrs(a []slog.Attr) slog.Handler { return varningar{v.Handler.WithAttrs(a)} }

// WithGroup keeps the bound.
func (v varningar) WithGroup(g string) slog.Handler { return varningar{v.Handler.WithGroup(g)} }
