package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"syscall"
	"time"

	"sus/backend/folkbokforing"
	"sus/backend/sms"
)

// SimulatorCmd runs one of the outside systems' stand-ins as a process of its own.
type SimulatorCmd struct {
	Navet NavetSimulatorCmd `cmd:"" help:"Folkbokföringen: Navets personpost över ömsesidig TLS."`
	SMS   SMSSimulatorCmd   `cmd:"" name:"sms" help:"46elks: ta emot sms över TLS."`
}

// simulatorFlaggor are common to the simulators.
type simulatorFlaggor struct {
	Addr      string `default:"127.0.0.1:0" help:"Adress att lyssna på; port 0 väljer en ledig."`
	CertDir   string `required:"" type:"path" help:"Mapp med utvecklingens certifikat; de görs om de saknas."`
	ReadyFile string `type:"path" help:"Fil som får simulatorns adress när den svarar."`
}

// NavetSimulatorCmd is «sus simulator navet».
type NavetSimulatorCmd struct {
	simulatorFlaggor `embed:""`
	Manus            string        `type:"path" help:"Fil med manus, JSON: vad som ska svaras om ett nummer, och från när. Läses om vid varje fråga."`
	Forskjutning     time.Duration `help:"Hur långt simulatorns klocka går före datorns; manusets tider gäller den."`
}

// Run serves until stdin closes or a signal comes.
func (c *NavetSimulatorCmd) Run() error {
	return c.kor(func(ctx context.Context) (string, func() error, error) {
		s, err := folkbokforing.StartaSimulator(ctx, c.Addr, c.CertDir)
		if err != nil {
			return "", nil, err
		}
		s.SattKlocka(forskjuten(c.Forskjutning))
		if c.Manus != "" {
			if err := s.Manusfil(c.Manus); err != nil {
				return "", nil, err
			}
		}
		return s.URL, s.Vanta, nil
	})
}

// SMSSimulatorCmd is «sus simulator sms». The password comes by environment:
// arguments are shown to every user of the machine.
type SMSSimulatorCmd struct {
	simulatorFlaggor `embed:""`
	Anvandare        string `default:"sus" env:"SUS_SMS_ANVANDARE" help:"Användare i HTTP Basic."`
	Losenord         string `required:"" env:"SUS_SMS_LOSENORD" help:"Lösenord i HTTP Basic; sätt det i miljön."`
}

// Run serves until stdin closes or a signal comes.
func (c *SMSSimulatorCmd) Run() error {
	return c.kor(func(ctx context.Context) (string, func() error, error) {
		s, err := sms.StartaSimulator(ctx, c.Addr, c.CertDir, c.Anvandare, c.Losenord)
		if err != nil {
			return "", nil, err
		}
		return s.URL, s.Vanta, nil
	})
}

// kor starts a simulator, tells its address and waits for the end: stdin is
// held by the parent, so it closes however the parent dies, also by kill -9.
func (f simulatorFlaggor) kor(starta func(context.Context) (adress string, vanta func() error, err error)) error {
	ctx, avbryt := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer avbryt()
	adress, vanta, err := starta(ctx)
	if err != nil {
		return fmt.Errorf("simulator: %w", err)
	}
	if f.ReadyFile != "" {
		if err := skrivHel(f.ReadyFile, adress+"\n"); err != nil {
			return fmt.Errorf("simulator: %w", err)
		}
		defer func() { _ = os.Remove(f.ReadyFile) }()
	}
	// A parent that reads no more must not end us by SIGPIPE; stdin tells.
	signal.Ignore(syscall.SIGPIPE)
	_, _ = fmt.Println(adress)
	go func() {
		_, _ = io.Copy(io.Discard, os.Stdin)
		avbryt()
	}()
	return vanta()
}

// skrivHel writes a file that a waiting reader never meets half-written.
func skrivHel(fil, text string) error {
	t, err := os.CreateTemp(filepath.Dir(fil), ".ny-*")
	if err != nil {
		return err
	}
	_, err = t.WriteString(text)
	if err := errors.Join(err, t.Close()); err != nil {
		return errors.Join(err, os.Remove(t.Name()))
	}
	return os.Rename(t.Name(), fil)
}
