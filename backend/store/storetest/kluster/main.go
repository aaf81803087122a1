// Command kluster runs another command, `go test ./...` in most cases, with one
// PostgreSQL for the tests of all packages:
//
//	go run ./backend/store/storetest/kluster go test ./...
//
// The cluster ends with it, also when either of the two is killed.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"syscall"
	"time"

	"sus/backend/store/storetest"
)

func main() {
	kod, err := kor(os.Args[1:])
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		kod = max(kod, 1)
	}
	os.Exit(kod)
}

func kor(arg []string) (int, error) {
	if len(arg) == 0 {
		return 2, errors.New("användning: kluster KOMMANDO [ARGUMENT …]")
	}
	// Ctrl-C reaches the command as well: this one waits for its end.
	signaler := make(chan os.Signal, 2)
	signal.Notify(signaler, syscall.SIGINT, syscall.SIGTERM, syscall.SIGHUP)
	foralder := os.Getppid()

	ctx, klar := context.WithTimeout(context.Background(), 5*time.Minute)
	defer klar()
	k, err := storetest.StartaKluster(ctx)
	if err != nil {
		return 1, fmt.Errorf("testernas PostgreSQL: %w", err)
	}
	cmd := exec.Command(arg[0], arg[1:]...)
	cmd.Env = append(os.Environ(), storetest.KlusterMiljo+"="+k.SocketDir())
	cmd.Stdin, cmd.Stdout, cmd.Stderr = os.Stdin, os.Stdout, os.Stderr
	if err := cmd.Start(); err != nil {
		return 1, errors.Join(err, k.Stop())
	}
	slut := make(chan error, 1)
	go func() { slut <- cmd.Wait() }()
	takt := time.NewTicker(200 * time.Millisecond)
	defer takt.Stop()
	for {
		select {
		case err := <-slut:
			kod := cmd.ProcessState.ExitCode()
			var e *exec.ExitError
			if errors.As(err, &e) && kod > 0 {
				err = nil // it has said itself what is wrong
			}
			return kod, errors.Join(err, k.Stop())
		case s := <-signaler:
			if s != syscall.SIGINT {
				_ = cmd.Process.Signal(s)
			}
		case <-takt.C:
			if os.Getppid() != foralder { // whoever started it was killed
				_ = cmd.Process.Signal(syscall.SIGTERM)
			}
		}
	}
}
