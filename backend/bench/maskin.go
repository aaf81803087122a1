package main

import (
	"context"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"syscall"
	"time"

	"sus/backend/pgembed"
)

// matStart ends everything and starts SUS twice as a user does, with its own
// PostgreSQL and simulators; what is printed is the second time.
func (m *uppstallning) matStart(ctx context.Context) error {
	if err := m.stangServrar(); err != nil {
		return err
	}
	var tid time.Duration
	for range 2 {
		borjan := time.Now()
		p, err := starta(ctx, filepath.Join(m.dir, "start.log"), []string{"SUS_DATA_DIR=" + m.dir}, susadress, m.sus, "serve", "--demo", "--port=0")
		if err != nil {
			return err
		}
		if err := redo(ctx, p.adress); err != nil {
			return err
		}
		tid = time.Since(borjan)
		if err := p.stang(); err != nil {
			return err
		}
	}
	fmt.Printf("START %.2f s\n", tid.Seconds())
	return nil
}

func redo(ctx context.Context, adress string) error {
	for ctx.Err() == nil {
		svar, err := http.Get("http://" + adress + "/health/ready")
		if err == nil {
			svar.Body.Close()
			if svar.StatusCode == http.StatusOK {
				return nil
			}
		}
		time.Sleep(5 * time.Millisecond)
	}
	return ctx.Err()
}

var tpsrad = regexp.MustCompile(`(?m)^tps = ([0-9.]+) \(without`)

// pgbench prints what PostgreSQL alone does on this machine, in a database of
// its own. It is a reference, not a result: without the program it says so.
func (m *uppstallning) pgbench(ctx context.Context) {
	if err := m.korPgbench(ctx); err != nil {
		fmt.Printf("PGBENCH saknas: %v (apt-get install postgresql-15)\n", err)
	}
}

func (m *uppstallning) korPgbench(ctx context.Context) error {
	k, err := pgembed.Start(ctx, pgembed.Options{Temporary: true, Fsync: true})
	if err != nil {
		return err
	}
	defer func() { _ = k.Stop() }()
	program := filepath.Join(k.BinDir(), "pgbench")
	if _, err := os.Stat(program); err != nil {
		if program, err = exec.LookPath("pgbench"); err != nil {
			return err
		}
	}
	if _, err := utskrift(ctx, program, "-i", "-q", "-s", "10", k.SuperURL()); err != nil {
		return err
	}
	for _, s := range []struct{ namn, val string }{{"select-only", "-S"}, {"simple-update", "-N"}} {
		ut, err := utskrift(ctx, program, s.val, "-M", "prepared", "-c", "16", "-j", "2", "-T", "4", k.SuperURL())
		if err != nil {
			return err
		}
		t := tpsrad.FindSubmatch(ut)
		if t == nil {
			return fmt.Errorf("pgbench sade inga tps")
		}
		tps, err := strconv.ParseFloat(string(t[1]), 64)
		if err != nil {
			return err
		}
		fmt.Printf("PGBENCH %s %.0f tps\n", s.namn, tps)
	}
	return nil
}

// utskrift runs a program that must not get our signals.
func utskrift(ctx context.Context, namn string, arg ...string) ([]byte, error) {
	c := exec.CommandContext(ctx, namn, arg...)
	c.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	ut, err := c.Output()
	if err != nil {
		return nil, fmt.Errorf("pgbench: %w", err)
	}
	return ut, nil
}
