package main

import (
	"context"
	"errors"
	"strings"

	"github.com/alecthomas/kong"

	"sus/backend/register"
	"sus/backend/store/db"
)

// Ansvar is who runs a command and why, as the log tells it: the machine knows a
// login, often one that several share.
type Ansvar struct {
	Av     string `type:"text" required:"" env:"SUS_AV" placeholder:"NAMN" help:"Vem som kör kommandot; står i loggen."`
	Varfor string `type:"text" env:"SUS_VARFOR" placeholder:"SKÄL" help:"Varför; står i loggen. Skriv ett ärendenummer, aldrig något om en person."`
}

// AfterApply gives every log row that the command writes the two.
func (a Ansvar) AfterApply(k *kong.Context, ctx context.Context) error {
	var nej *register.Error
	if err := register.ProvaAnsvar(a.Av, a.Varfor); errors.As(err, &nej) && len(nej.Falt) > 0 {
		return errors.New("--" + strings.TrimPrefix(nej.Falt[0].Pekare, "/") + ": " + nej.Falt[0].Meddelande)
	} else if err != nil {
		return err
	}
	k.BindTo(db.MedUrsprung(ctx, db.Ursprung{Av: a.Av, Varfor: a.Varfor}), (*context.Context)(nil))
	return nil
}

// Administration is the settings of a command that touches somebody's data or rights.
type Administration struct {
	Anslutning `embed:""`
	Ansvar     `embed:""`
}
