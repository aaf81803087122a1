package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"github.com/jackc/pgx/v5"

	"sus/backend/pgembed"
	"sus/backend/register"
	"sus/backend/store/db"
)

// uppstallning is all that is running while we measure.
type uppstallning struct {
	dir     string
	sus     string // the program
	nycklar *db.Nycklar
	kluster *pgembed.Cluster
	super   *pgx.Conn
	vara    *process // SUS
	golv    *process
	token   string // a machine client's, of the förbund that is measured
	admin   string // that förbund's administrator's

	forberedda *forberedda
}

// conns is the size of both servers' pools: what serve has unless told otherwise.
const conns = 16

// stallUpp starts the database, SUS with its demo, and the floor. What it
// returns is to be torn down whatever the error.
func stallUpp(ctx context.Context, v val) (*uppstallning, error) {
	m := &uppstallning{}
	rot, err := modulrot(ctx)
	if err != nil {
		return m, err
	}
	if m.dir, err = os.MkdirTemp("", "sus-bench-"); err != nil {
		return m, err
	}
	if err := os.Chmod(m.dir, 0o755); err != nil { // PostgreSQL may run as another user
		return m, err
	}
	sager("bygger i %s", m.dir)
	m.sus = filepath.Join(rot, "bin", "sus")
	golv := filepath.Join(m.dir, "golv")
	if v.profil != "" {
		m.sus = filepath.Join(m.dir, "sus")
	}
	if err := bygg(ctx, rot, m.sus, "./backend/cmd/sus", v.profil != ""); err != nil {
		return m, err
	}
	if err := bygg(ctx, rot, golv, "./backend/bench/golv", false); err != nil {
		return m, err
	}
	nyckelfil := filepath.Join(m.dir, "nycklar.json")
	if m.nycklar, err = db.SkapaNycklar(nyckelfil); err != nil {
		return m, err
	}
	m.kluster, err = pgembed.Start(ctx, pgembed.Options{Dir: m.dir, Fsync: true, Logger: slog.New(slog.DiscardHandler),
		Settings: map[string]string{
			"shared_preload_libraries": "pg_stat_statements",
			// A checkpoint in the middle of one run would be that run's alone.
			"max_wal_size": "8GB", "checkpoint_timeout": "30min",
		}})
	if err != nil {
		return m, fmt.Errorf("%w\n(bench behöver pg_stat_statements: apt-get install postgresql-15, och SUS_PG_BIN=/usr/lib/postgresql/15/bin om en annan PostgreSQL väljs först)", err)
	}
	if m.super, err = pgx.Connect(ctx, m.kluster.SuperURL()); err != nil {
		return m, err
	}
	if _, err := m.super.Exec(ctx, "create extension pg_stat_statements"); err != nil {
		return m, fmt.Errorf("%w (apt-get install postgresql-15)", err)
	}
	sager("PostgreSQL %s; fyller demon", m.kluster.Version())
	m.vara, err = starta(ctx, filepath.Join(m.dir, "sus.log"), m.susmiljo("SUS_PROFIL="+v.profil), susadress,
		m.sus, "serve", "--demo", "--port=0", fmt.Sprintf("--max-conns=%d", conns))
	if err != nil {
		return m, err
	}
	m.golv, err = starta(ctx, filepath.Join(m.dir, "golv.log"), nil, func(rad string) (string, bool) { return rad, true },
		golv, "-db", m.kluster.ServerURL(), "-nycklar", nyckelfil, "-jwks", "http://"+m.vara.adress+"/.well-known/jwks.json",
		"-conns", fmt.Sprint(conns), fmt.Sprintf("-minns=%t", v.minns))
	if err != nil {
		return m, err
	}
	if m.token, err = m.demotoken(ctx, register.RollMaskin); err != nil {
		return m, err
	}
	m.admin, err = m.demotoken(ctx, register.RollSamverkansadministrator)
	return m, err
}

func (m *uppstallning) demotoken(ctx context.Context, roll register.Roll) (string, error) {
	c := exec.CommandContext(ctx, m.sus, "demo", "token", string(roll), "--giltig", "3h")
	c.Env = append(utanSus(os.Environ()), "SUS_DATA_DIR="+m.dir)
	c.Stderr = os.Stderr
	token, err := c.Output()
	if err != nil {
		return "", fmt.Errorf("sus demo token: %w", err)
	}
	return strings.TrimSpace(string(token)), nil
}

func (m *uppstallning) susmiljo(mer ...string) []string {
	return append([]string{
		"SUS_DATA_DIR=" + m.dir, "SUS_DATABASE_URL=" + m.kluster.ServerURL(), "SUS_MIGRATE_URL=" + m.kluster.AgareURL(),
	}, mer...)
}

// modulrot is the folder of go.mod.
func modulrot(ctx context.Context) (string, error) {
	ut, err := exec.CommandContext(ctx, "go", "list", "-m", "-f", "{{.Dir}}").Output()
	return strings.TrimSpace(string(ut)), err
}

// bygg builds a program; profil adds what a CPU profile needs.
func bygg(ctx context.Context, rot, till, paket string, profil bool) error {
	arg := []string{"build", "-o", till}
	if profil {
		arg = append(arg, "-tags", "profil")
	}
	c := exec.CommandContext(ctx, "go", append(arg, paket)...)
	c.Dir, c.Stdout, c.Stderr = rot, os.Stderr, os.Stderr
	return c.Run()
}

// stangServrar ends both servers and the database.
func (m *uppstallning) stangServrar() error {
	err := errors.Join(m.golv.stang(), m.vara.stang())
	if m.super != nil {
		err = errors.Join(err, m.super.Close(context.Background()))
	}
	if m.kluster != nil {
		err = errors.Join(err, m.kluster.Stop())
	}
	m.golv, m.vara, m.super, m.kluster = nil, nil, nil, nil
	return err
}

// riv ends everything and removes its files.
func (m *uppstallning) riv() error {
	err := m.stangServrar()
	if m.dir != "" {
		err = errors.Join(err, os.RemoveAll(m.dir))
	}
	return err
}
