//go:build profil

package main

import (
	"fmt"
	"os"
	"os/signal"
	"runtime/pprof"
	"syscall"
)

// A build with the tag profil writes CPU profiles: SIGUSR1 begins one and
// SIGUSR2 ends it, in the file that SUS_PROFIL names with a number behind. The
// program that users run has none of this.
func init() {
	fil := os.Getenv("SUS_PROFIL")
	if fil == "" {
		return
	}
	c := make(chan os.Signal, 1)
	signal.Notify(c, syscall.SIGUSR1, syscall.SIGUSR2)
	go func() {
		var f *os.File
		nr := 0
		for s := range c {
			if s == syscall.SIGUSR2 {
				pprof.StopCPUProfile()
				_ = f.Close()
				continue
			}
			nr++
			var err error
			if f, err = os.Create(fmt.Sprintf("%s.%d", fil, nr)); err == nil {
				err = pprof.StartCPUProfile(f)
			}
			if err != nil {
				fmt.Fprintln(os.Stderr, "profil:", err)
			}
		}
	}()
}
