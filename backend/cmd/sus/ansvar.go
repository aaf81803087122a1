package main

import (
	"context"
	"errors"
	"strings"

	"github.com/alecthomas/kong"

	"sus/backend/store/db"
)

// Ansvar is who runs a command and why, as the log tells it: the machine knows a
// login, often one that several share.
type Ansvar struct {
	Av     string `required:"" env:"SUS_AV" placeholder:"NAMN" help:"Vem som kör kommandot; står i loggen."`
	Varfor string `env:"SUS_VARFOR" placeholder:"SKÄL" help:"Varför; står i loggen. Skriv ett ärendenummer, aldrig något om en person."`
}

const maxAnsvar = 200

// AfterApply gives every log row that the command writes the two.
func (a Ansvar) AfterApply(k *kong.Context, ctx context.Context) error {
	for _, text := range []string{a.Av, a.Varfor} {
		if len(text) > maxAnsvar || strings.ContainsAny(text, "\r\n\t") {
			return errors.New("--av och --varfor skrivs på en rad, med högst 200 tecken")
		}
	}
	if strings.TrimSpace(a.Av) == "" {
		return errors.New("--av: ange vem som kör kommandot")
	}
	k.BindTo(db.MedUrsprung(ctx, db.Ursprung{Av: a.Av, Varfor: a.Varfor}), (*context.Context)(nil))
	return nil
}

// Administration is the settings of a command that touches somebody's data or rights.
type Administration struct {
	Anslutning `embed:""`
	Ansvar     `embed:""`
}
