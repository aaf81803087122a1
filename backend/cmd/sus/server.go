package main

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"time"

	"golang.org/x/sync/errgroup"

	"sus/backend/auth"
	"sus/backend/demo"
	"sus/backend/folkbokforing"
	"sus/backend/httpapi"
	"sus/backend/jobs"
	"sus/backend/pgembed"
	"sus/backend/register"
	"sus/backend/sms"
	"sus/backend/store"
	"sus/backend/store/db"
)

// server is what serve has started, in the order in which it was.
type server struct {
	c       *ServeCmd
	idag    *register.Datum
	kluster *pgembed.Cluster
	navet   *barn
	sms     *barn
	store   *store.Store
	auth    *auth.Auth
	jobb    *jobs.Jobs
	vakt    jobs.Loggvakt
	matning *http.Server

	folkbokforing *folkbokforing.Klient
	smsSimulator  *sms.Options // nil: a real account

	databaseURL, migrateURL string
	nyckelfil               string
	smsLosenord             string
	demo                    bool
	forskjutning            time.Duration
}

const shutdownTimeout = 10 * time.Second

// starta brings up the database, the simulators and the register.
func (s *server) starta(ctx context.Context) error {
	s.databaseURL, s.migrateURL = s.c.DatabaseURL, s.c.MigrateURL
	nycklar, err := s.nycklar()
	if err != nil {
		return err
	}
	var g errgroup.Group
	if s.egenDatabas() {
		g.Go(func() (err error) {
			s.kluster, err = pgembed.Start(ctx, pgembed.Options{Dir: s.c.DataDir, Fsync: true})
			return err
		})
	}
	// A script goes by the demo's clock, which only the database knows: its simulator
	// waits for installation.
	if (s.egenDatabas() || s.c.Demo) && s.c.Folkbokforing.Manus == "" {
		g.Go(func() error { return s.startaSimulatorer(ctx) })
	}
	if err := g.Wait(); err != nil {
		return err
	}
	if s.kluster != nil {
		s.databaseURL, s.migrateURL = s.kluster.ServerURL(), s.kluster.AgareURL()
	}
	if s.migrateURL != "" {
		if err := db.Migrera(ctx, s.migrateURL, s.databaseURL); err != nil {
			return err
		}
	}
	d, err := db.Open(s.databaseURL, db.Options{Nycklar: nycklar, MaxConns: s.c.MaxConns})
	if err != nil {
		return err
	}
	o := s.c.storeOptions()
	o.Farskhet = s.c.Folkbokforing.Farskhet
	s.store = store.New(d, o)
	if err := s.store.KontrolleraRoll(ctx); err != nil {
		return err
	}
	if err := s.store.KontrolleraSchema(ctx); err != nil {
		return err
	}
	if err := s.store.KontrolleraKodverk(ctx); err != nil {
		return err
	}
	return s.installation(ctx, nycklar)
}

func (s *server) egenDatabas() bool { return s.c.DatabaseURL == "" }

// nycklar reads the keys. They are made for a private database that is not there
// yet, and never for one that is: what it holds could not be read any more.
func (s *server) nycklar() (*db.Nycklar, error) {
	s.nyckelfil = s.c.nyckelfil()
	_, err := os.Stat(s.nyckelfil)
	_, databasErr := os.Lstat(filepath.Join(s.c.DataDir, "pgdata"))
	if errors.Is(err, os.ErrNotExist) && errors.Is(databasErr, os.ErrNotExist) && s.egenDatabas() {
		return db.SkapaNycklar(s.nyckelfil)
	}
	return db.LasNycklar(s.nyckelfil)
}

// startaSimulatorer runs a simulator for each outside system that has no address.
func (s *server) startaSimulatorer(ctx context.Context) error {
	certDir := s.certDir()
	var g errgroup.Group
	if s.c.Folkbokforing.URL == "" && s.navet == nil {
		g.Go(func() (err error) {
			s.navet, err = startaSimulator(ctx, "navet", certDir, s.navetArgument(), nil)
			return err
		})
	}
	if s.c.SMS.URL == "" && s.sms == nil {
		s.smsLosenord = rand.Text()
		g.Go(func() (err error) {
			s.sms, err = startaSimulator(ctx, "sms", certDir, nil,
				[]string{"SUS_SMS_ANVANDARE=" + s.c.SMS.Anvandare, "SUS_SMS_LOSENORD=" + s.smsLosenord})
			return err
		})
	}
	return g.Wait()
}

func (s *server) certDir() string { return filepath.Join(s.c.DataDir, "certifikat") }

// installation reads what the database says it is, fills an empty one with the
// demo when asked, and sets the clock by it.
func (s *server) installation(ctx context.Context, nycklar *db.Nycklar) error {
	i, err := s.store.Installation(ctx)
	if err != nil {
		return err
	}
	if s.c.Demo && !i.Demo {
		if i, err = s.fyll(ctx, nycklar); err != nil {
			return err
		}
	}
	s.demo = i.Demo
	if s.demo {
		if hel, err := demo.Fylld(ctx, s.store); err != nil {
			return err
		} else if !hel {
			return errors.New("demodata blev inte färdiga (programmet avbröts): ta bort datamappen eller databasen och börja om")
		}
	}
	if s.idag == nil {
		s.idag = i.Idag
	}
	if s.idag != nil && !s.demo {
		return errors.New("--idag gäller bara en demo, och databasen är ingen")
	}
	s.forskjutning = forskjutningTill(s.idag, time.Now())
	s.store = s.store.Vid(forskjuten(s.forskjutning)).MedUppslag(s.c.uppslag(s.demo))
	if s.demo || s.egenDatabas() {
		// A demo in a database of its own has no real systems either.
		if err := s.startaSimulatorer(ctx); err != nil {
			return err
		}
	}
	if s.c.Folkbokforing.Manus != "" && s.navet == nil {
		return errors.New("SUS_FOLKBOKFORING_MANUS gäller bara simulatorn, och folkbokföringen är en riktig")
	}
	return nil
}

// navetArgument tells the simulator of the population register which script to
// follow, by which clock.
func (s *server) navetArgument() []string {
	if s.c.Folkbokforing.Manus == "" {
		return nil
	}
	return []string{"--manus", s.c.Folkbokforing.Manus, "--forskjutning", s.forskjutning.String()}
}

// fyll makes the empty database a demo.
func (s *server) fyll(ctx context.Context, nycklar *db.Nycklar) (db.Installation, error) {
	if s.migrateURL == "" {
		return db.Installation{}, errors.New("--demo kräver SUS_MIGRATE_URL: bara ägarens roll får märka en databas som demo")
	}
	fmt.Println("Demodata läggs in; det tar en stund och görs bara första gången …")
	err := demo.Fyll(ctx, demo.Fyllning{
		MigrateURL: s.migrateURL, AppURL: s.databaseURL, Nycklar: nycklar, Idag: s.idag, Fro: s.c.Fro,
	})
	if err != nil {
		return db.Installation{}, err
	}
	return s.store.Installation(ctx)
}

// startaJobb begins to work what is not a request.
func (s *server) startaJobb(ctx context.Context) (err error) {
	if err := s.startaMatning(); err != nil {
		return err
	}
	fil := s.c.logghuvudFil()
	if err := db.SkrivLoggnyckel(fil+".nyckel", s.store.Nycklar().Loggnyckel()); err != nil {
		return err
	}
	s.jobb, err = jobs.Starta(ctx, jobs.Options{DatabaseURL: s.databaseURL, Store: s.store, Auth: s.auth, Vakt: &s.vakt, Huvudfil: fil,
		Folkbokforing: s.folkbokforing, Omfraga: s.c.Omfraga.installning()})
	return err
}

// serva answers until a signal comes or something that is needed is gone.
func (s *server) serva(ctx context.Context, ln net.Listener, handler http.Handler) error {
	srv := httpapi.Server(handler)
	bas := s.c.basURL(ln.Addr())
	f := serverfil{
		PID: os.Getpid(), BasURL: bas, DatabaseURL: s.databaseURL, MigrateURL: s.migrateURL, Nyckelfil: s.nyckelfil, Logghuvud: s.c.logghuvudFil(),
		Forskjutning: s.forskjutning, Issuer: s.c.Issuer, Audience: s.c.Audience,
		SMS: s.smsSimulator, Bevaras: s.c.bevaras(),
	}
	if err := f.skriv(s.c.DataDir); err != nil {
		return err
	}
	defer func() { _ = os.Remove(serverfilI(s.c.DataDir)) }()

	fel := make(chan error, 1)
	go func() { fel <- srv.Serve(httpapi.Listen(ln)) }()
	if err := s.halsa(ctx, os.Stdout, bas); err != nil {
		return errors.Join(err, srv.Close())
	}
	var borta <-chan struct{}
	if s.kluster != nil {
		borta = s.kluster.Exited()
	}
	select {
	case err := <-fel:
		return err
	case <-borta:
		return errors.New("den egna databasen är borta")
	case <-ctx.Done():
	}
	slut, avbryt := context.WithTimeout(context.Background(), shutdownTimeout)
	defer avbryt()
	if err := srv.Shutdown(slut); err != nil {
		return errors.Join(fmt.Errorf("alla anrop hann inte klart: %w", err), srv.Close())
	}
	return nil
}

// stang ends what was started, the last first.
func (s *server) stang() error {
	var err error
	if s.jobb != nil {
		ctx, avbryt := context.WithTimeout(context.Background(), shutdownTimeout)
		defer avbryt()
		err = s.jobb.Stoppa(ctx)
	}
	if s.matning != nil {
		err = errors.Join(err, s.matning.Close())
	}
	if s.folkbokforing != nil {
		s.folkbokforing.Stang()
	}
	if s.store != nil {
		err = errors.Join(err, s.store.Close())
	}
	s.sms.stang()
	s.navet.stang()
	if s.kluster != nil {
		err = errors.Join(err, s.kluster.Stop())
	}
	return err
}
