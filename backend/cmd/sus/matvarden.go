package main

import (
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// startaMatning serves what an operator's monitoring reads, on an address of its
// own: users never reach it. It asks the database nothing.
func (s *server) startaMatning() error {
	if s.c.Matvarden == "" {
		return nil
	}
	ln, err := net.Listen("tcp", s.c.Matvarden)
	if err != nil {
		return fmt.Errorf("mätvärdenas adress (SUS_MATVARDEN_ADRESS): %w", err)
	}
	mux := http.NewServeMux()
	mux.Handle("GET /metrics", promhttp.HandlerFor(s.matvarden(), promhttp.HandlerOpts{}))
	s.matning = &http.Server{Handler: mux, ReadHeaderTimeout: 5 * time.Second, WriteTimeout: 10 * time.Second}
	go func() {
		if err := s.matning.Serve(ln); !errors.Is(err, http.ErrServerClosed) {
			slog.Error("mätvärdena går inte att läsa", "fel", err)
		}
	}()
	slog.Info("mätvärden", "adress", "http://"+ln.Addr().String()+"/metrics")
	return nil
}

func (s *server) matvarden() *prometheus.Registry {
	r := prometheus.NewRegistry()
	matt := func(namn, hjalp string, varde func() float64) {
		r.MustRegister(prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: namn, Help: hjalp}, varde))
	}
	matt("sus_logg_aldsta_oforseglad_sekunder", "Hur länge den äldsta loggraden har väntat på sitt sigill.",
		func() float64 { return s.vakt.Aldsta().Seconds() })
	matt("sus_logg_sigill", "Numret på loggens sista sigill.", func() float64 { return float64(s.vakt.Sigill()) })
	matt("sus_logg_kontroll_hel", "Den senaste kontrollen av loggen på den här servern: 1 hel, 0 bruten, -1 ingen gjord.", func() float64 {
		nar, hel := s.vakt.Kontroll()
		switch {
		case nar.IsZero():
			return -1
		case hel:
			return 1
		}
		return 0
	})
	matt("sus_logg_kontroll_tid_sekunder", "När den gjordes, i sekunder efter 1970; 0 ingen gjord.", func() float64 {
		if nar, _ := s.vakt.Kontroll(); !nar.IsZero() {
			return float64(nar.Unix())
		}
		return 0
	})
	return r
}
