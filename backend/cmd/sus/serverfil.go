package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	"sus/backend/register"
	"sus/backend/sms"
)

// serverfil is what a running server tells the other commands, in server.json of
// its data folder, mode 0600: the addresses can hold passwords.
type serverfil struct {
	PID          int           `json:"pid"`
	BasURL       string        `json:"basUrl"`
	DatabaseURL  string        `json:"databaseUrl"`
	MigrateURL   string        `json:"migrateUrl,omitempty"`
	Nyckelfil    string        `json:"nyckelfil"`
	Logghuvud    string        `json:"logghuvud"`
	Forskjutning time.Duration `json:"forskjutning"` // of the demo's clock against the wall's, ns
	Issuer       string        `json:"issuer"`
	Audience     string        `json:"audience"`
	SMS          *sms.Options  `json:"sms,omitempty"` // of the simulator only; a real account is the environment's

	Bevaras register.Bevarandetider `json:"bevaras"` // so that a command erases by the server's settings
}

func serverfilI(dataDir string) string { return filepath.Join(dataDir, "server.json") }

// skriv writes the file whole.
func (f serverfil) skriv(dataDir string) error {
	var b strings.Builder
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false) // the addresses are to be copied as they are
	e.SetIndent("", "  ")
	if err := e.Encode(f); err != nil {
		return err
	}
	return skrivHel(serverfilI(dataDir), b.String())
}

// lasServerfil gives the file of a server that lives, nil when there is none.
func lasServerfil(dataDir string) (*serverfil, error) {
	b, err := os.ReadFile(serverfilI(dataDir))
	if errors.Is(err, os.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("serverns fil: %w", err)
	}
	var f serverfil
	if err := json.Unmarshal(b, &f); err != nil {
		return nil, fmt.Errorf("%s: %w", serverfilI(dataDir), err)
	}
	if f.PID <= 0 || errors.Is(syscall.Kill(f.PID, 0), syscall.ESRCH) {
		return nil, nil // left by a server that was killed
	}
	return &f, nil
}
