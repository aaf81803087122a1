// Command bench measures SUS against the floor in backend/bench/golv: throughput
// over the same keep-alive connections, on the same database, in alternating
// runs. It starts all it needs, and ends it. Lines for a reader who measures us
// go to stdout, five of them beginning with RATIO; what it is doing to stderr.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"syscall"
	"time"
)

// val is what may be changed from the command line.
type val struct {
	tid           time.Duration
	uppvarmning   time.Duration
	omgangar      int
	connections   int
	inskrivningar int
	bara          string
	profil        string
	satser        bool
	minns         bool
}

func main() {
	var v val
	flag.DurationVar(&v.tid, "tid", 4*time.Second, "how long each run of an operation that reads")
	flag.DurationVar(&v.uppvarmning, "uppvarmning", time.Second, "how long each is warmed up before its runs")
	flag.IntVar(&v.omgangar, "omgangar", 5, "runs of each server and operation")
	flag.IntVar(&v.connections, "forbindelser", 16, "connections at a time")
	flag.IntVar(&v.inskrivningar, "inskrivningar", 2500, "in-registrations in each run of inregistrering")
	flag.StringVar(&v.bara, "bara", "", "measure this operation only (no use for a result)")
	flag.StringVar(&v.profil, "profil", "", "write a CPU profile of SUS to FILE.<operation>, from a build made for it (no use for a result)")
	flag.BoolVar(&v.satser, "satser", false, "show the statements of each operation")
	flag.BoolVar(&v.minns, "minns", false, "let the floor verify a token once, as SUS does, instead of in each request")
	flag.Parse()
	ctx, slut := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer slut()
	if err := kor(ctx, v); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		slut()
		os.Exit(1) //nolint:gocritic // everything deferred is done
	}
}

func kor(ctx context.Context, v val) (err error) {
	borjan := time.Now()
	m, err := stallUpp(ctx, v)
	defer func() { err = errors.Join(err, m.riv()) }()
	if err != nil {
		return err
	}
	ops, err := m.operationer(ctx, v)
	if err != nil {
		return err
	}
	if err := m.jamfor(ctx, ops, v); err != nil {
		return err
	}
	for _, op := range ops {
		if err := m.mat(ctx, op, v); err != nil {
			return fmt.Errorf("%s: %w", op.namn, err)
		}
	}
	if err := m.skrivMinne(); err != nil {
		return err
	}
	if v.bara == "" && v.profil == "" {
		if err := m.matStart(ctx); err != nil {
			return fmt.Errorf("START: %w", err)
		}
		m.pgbench(ctx)
	}
	sager("klart på %s", time.Since(borjan).Round(time.Second))
	return nil
}

// sager tells what goes on.
func sager(format string, v ...any) { fmt.Fprintf(os.Stderr, "bench: "+format+"\n", v...) }
