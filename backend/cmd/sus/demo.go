package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"strings"
	"time"

	"sus/backend/auth"
	"sus/backend/demo"
	"sus/backend/register"
	"sus/backend/store"
	"sus/backend/store/konto"
)

// DemoCmd is «sus demo»: what only a demo has. Every part of it refuses a
// database that does not say it is one.
type DemoCmd struct {
	Fyll    DemoFyllCmd    `cmd:"" help:"Lägg demodata i en tom, migrerad databas och märk den som demo."`
	Token   DemoTokenCmd   `cmd:"" help:"Skriv en åtkomsttoken, utan inloggning. Bara token kommer på stdout."`
	Aktorer DemoAktorerCmd `cmd:"" help:"Skriv actors.json till apicheck: varje behörighet i två förbund och två insatser."`
	Hints   DemoHintsCmd   `cmd:"" help:"Skriv token som ska nekas, en inloggning och en klient, till apicheck."`
}

// DemoFyllCmd is «sus demo fyll».
type DemoFyllCmd struct {
	Anslutning `embed:""`
	Idag       string `env:"SUS_IDAG" placeholder:"ÅÅÅÅ-MM-DD" help:"Demons dag i dag. Tomt: dagens datum."`
	Fro        int64  `env:"SUS_FRO" default:"1" help:"Frötal: samma tal och dag ger samma data."`
	Antal      int    `default:"2000" help:"Antal deltaganden under de senaste tre åren."`
}

// Run fills; the server need not run.
func (c *DemoFyllCmd) Run(ctx context.Context) error {
	f := demo.Fyllning{Fro: c.Fro, Antal: c.Antal}
	if c.Idag != "" {
		d, err := register.ParseDatum(c.Idag)
		if err != nil {
			return errors.New("--idag ska vara ett datum, ÅÅÅÅ-MM-DD")
		}
		f.Idag = &d
	}
	m, err := c.oppna(ctx)
	if err != nil {
		return err
	}
	defer m.stang()
	if m.MigrateURL == "" {
		return errors.New("ange SUS_MIGRATE_URL: bara ägarens roll får märka en databas som demo")
	}
	f.MigrateURL, f.AppURL, f.Nycklar = m.MigrateURL, m.DatabaseURL, m.Store.Nycklar()
	return demo.Fyll(ctx, f)
}

// DemoTokenCmd is «sus demo token».
type DemoTokenCmd struct {
	Anslutning `embed:""`
	Behorighet string        `arg:"" help:"DELTAGARANSVARIG, INSATSANSVARIG, SAMVERKANSADMINISTRATOR, SUSRAPPORT, SYSTEMFORVALTARE eller MASKIN."`
	Forbund    string        `type:"text" placeholder:"NAMN" help:"Förbund, hela namnet eller en del av det. Tomt: Uppsala län."`
	Insats     string        `type:"text" placeholder:"NAMN" help:"Insats, hela namnet eller en del av det. Tomt: förbundets första."`
	Giltig     time.Duration `default:"1h" help:"Hur länge den gäller, högst sju dygn."`
	Fel        string        `enum:",utgangen,issuer,audience,utloggad,sparrad,refresh" default:"" help:"En token som ska nekas: utgangen, issuer, audience, utloggad, sparrad eller refresh."`
}

// Run prints the token alone.
func (c *DemoTokenCmd) Run(ctx context.Context) error {
	return medAuth(ctx, c.Anslutning, func(st *store.Store, a *auth.Auth) error {
		t, err := demo.Token(ctx, st, a, demo.Tokenval{
			Roll:    register.Roll(strings.ToUpper(c.Behorighet)),
			Forbund: c.Forbund, Insats: c.Insats, Giltig: c.Giltig, Fel: auth.DemoFel(c.Fel),
		})
		if err != nil {
			return err
		}
		_, err = fmt.Println(t)
		return err
	})
}

// DemoAktorerCmd is «sus demo aktorer».
type DemoAktorerCmd struct {
	Anslutning `embed:""`
	Giltig     time.Duration `default:"4h" help:"Hur länge varje token gäller."`
}

// Run prints the JSON.
func (c *DemoAktorerCmd) Run(ctx context.Context) error {
	return medAuth(ctx, c.Anslutning, func(st *store.Store, a *auth.Auth) error {
		alla, err := demo.Aktorer(ctx, st, a, c.Giltig)
		if err != nil {
			return err
		}
		return skrivJSON(alla)
	})
}

// DemoHintsCmd is «sus demo hints».
type DemoHintsCmd struct {
	Anslutning `embed:""`
}

// Run prints the JSON.
func (c *DemoHintsCmd) Run(ctx context.Context) error {
	return medAuth(ctx, c.Anslutning, func(st *store.Store, a *auth.Auth) error {
		t, err := demo.Hints(ctx, st, a)
		if err != nil {
			return err
		}
		return skrivJSON(t)
	})
}

// medAuth opens the database that the running server uses and an auth that
// signs as that server does.
func medAuth(ctx context.Context, an Anslutning, fn func(*store.Store, *auth.Auth) error) error {
	m, err := an.oppna(ctx)
	if err != nil {
		return err
	}
	defer m.stang()
	a, err := auth.New(konto.New(m.Store.DB), nil, auth.Options{Issuer: m.Issuer, Audience: m.Audience})
	if err != nil {
		return err
	}
	return fn(m.Store, a)
}

func skrivJSON(v any) error {
	e := json.NewEncoder(os.Stdout)
	e.SetIndent("", "  ")
	return e.Encode(v)
}
