package main

import (
	"bufio"
	"context"
	"errors"
	"os"

	"sus/backend/register"
	"sus/backend/store"
	"sus/backend/store/db"
)

// LoggUtdragCmd is «sus logg utdrag»: a person's rows, for an extract from the register.
type LoggUtdragCmd struct {
	Administration `embed:""`

	JSONL bool            `name:"jsonl" help:"En JSON-rad per post i stället för text."`
	Fran  *register.Datum `placeholder:"ÅÅÅÅ-MM-DD" help:"Från och med."`
	Tom   *register.Datum `name:"till" placeholder:"ÅÅÅÅ-MM-DD" help:"Till och med."`
}

// Run writes them, newest first. The number is asked for on standard input.
func (c *LoggUtdragCmd) Run(ctx context.Context) error {
	if c.Varfor == "" {
		return errors.New("--varfor: ange varför utdraget görs")
	}
	m, err := c.oppna(ctx)
	if err != nil {
		return err
	}
	defer m.stang()
	p, err := lasPersonnummer(m.Store.Idag())
	if err != nil {
		return err
	}
	poster, err := m.Store.SokLoggposter(ctx, db.Begaran{Aktor: kommandoaktor}, store.LoggSokning{Personnummer: p, Fran: c.Fran, Tom: c.Tom})
	if err != nil {
		return err
	}
	ut := bufio.NewWriter(os.Stdout)
	for _, post := range poster {
		if err := (&LoggVisaCmd{JSONL: c.JSONL}).skriv(ut, post); err != nil {
			return err
		}
	}
	return ut.Flush()
}
