package storetest

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"sync"
	"time"

	"github.com/jackc/pgx/v5"

	"sus/backend/pgembed"
	"sus/backend/store/db"
)

// KlusterMiljo is the setting in which a test run tells its packages' tests where
// its cluster is.
const KlusterMiljo = "SUS_PROV_KLUSTER"

// StartaKluster makes a cluster whose database sus is migrated: the template of
// every test's own. It is as fast as one that may be lost can be.
func StartaKluster(ctx context.Context) (*pgembed.Cluster, error) {
	k, err := pgembed.Start(ctx, pgembed.Options{
		Temporary: true, Memory: true, Logger: slog.New(slog.NewTextHandler(io.Discard, nil)),
		Settings: map[string]string{
			"max_connections": "400", "wal_level": "minimal", "max_wal_senders": "0", "autovacuum": "off",
			"checkpoint_timeout": "1h", "max_wal_size": "512MB",
		},
	})
	if err != nil {
		return nil, err
	}
	if err := db.Migrera(ctx, k.AgareURL(), k.ServerURL()); err != nil {
		return nil, errors.Join(err, k.Stop())
	}
	if err := varm(ctx, k); err != nil {
		return nil, errors.Join(err, k.Stop())
	}
	return k, nil
}

// varm opens the template once after its last change: PostgreSQL then writes down
// what every connection begins by reading, and the copies have it from their birth.
func varm(ctx context.Context, k *pgembed.Cluster) error {
	c, err := pgx.Connect(ctx, k.SuperURL())
	if err != nil {
		return err
	}
	return c.Close(ctx)
}

// forrad is a cluster with the next test's database in store: it is made while
// the test before it runs.
type forrad struct {
	dela bool // uses the test run's cluster when there is one

	en      sync.Once
	startad error
	kluster *pgembed.Cluster
	nasta   chan klon
	slut    chan struct{}
	arbeten sync.WaitGroup

	mu  sync.Mutex
	fel error // of what is removed behind the tests' backs
}

type klon struct {
	namn string
	err  error
}

var gemensamt, eget = &forrad{dela: true}, &forrad{}

func (f *forrad) starta() {
	ctx, klar := context.WithTimeout(context.Background(), 5*time.Minute)
	defer klar()
	if dir := os.Getenv(KlusterMiljo); f.dela && dir != "" {
		f.kluster = pgembed.Attach(dir)
	} else if f.kluster, f.startad = StartaKluster(ctx); f.startad != nil {
		return
	}
	f.nasta, f.slut = make(chan klon), make(chan struct{})
	f.arbeten.Go(func() {
		for n := 1; ; n++ {
			namn := fmt.Sprintf("test_%d_%d", os.Getpid(), n)
			k := klon{namn, f.kluster.Clone(context.Background(), pgembed.Database, namn)}
			select {
			case f.nasta <- k:
			case <-f.slut:
				if k.err == nil {
					f.bort(namn)
				}
				return
			}
		}
	})
}

// ta gives a database that nobody has used.
func (f *forrad) ta() (string, error) {
	f.en.Do(f.starta)
	if f.startad != nil {
		return "", f.startad
	}
	k := <-f.nasta
	return k.namn, k.err
}

// slapp removes a database while the next test runs.
func (f *forrad) slapp(namn string) { f.arbeten.Go(func() { f.bort(namn) }) }

func (f *forrad) bort(namn string) {
	if err := f.kluster.Drop(context.Background(), namn); err != nil {
		f.mu.Lock()
		defer f.mu.Unlock()
		f.fel = errors.Join(f.fel, fmt.Errorf("testdatabasen: %w", err))
	}
}

func (f *forrad) sluta() error {
	if f.kluster == nil {
		return f.startad
	}
	close(f.slut)
	f.arbeten.Wait()
	return errors.Join(f.fel, f.kluster.Stop())
}
