// Command sus is the whole of SUS: the server and the commands around it.
package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"os/signal"
	"reflect"
	"strconv"
	"syscall"

	"github.com/alecthomas/kong"
	"golang.org/x/text/unicode/norm"

	"sus/backend/register"
	"sus/backend/store/db"
)

// CLI is the tree of subcommands.
type CLI struct {
	Serve     ServeCmd     `cmd:"" help:"Kör SUS. Utan SUS_DATABASE_URL körs en egen PostgreSQL i datamappen."`
	Demo      DemoCmd      `cmd:"" help:"Demodata och token för en demo."`
	Migrate   MigrateCmd   `cmd:"" help:"Lägg på databasens schemaändringar med ägarens roll."`
	Anvandare AnvandareCmd `cmd:"" help:"Användare, deras behörigheter och uppdrag."`
	Klient    KlientCmd    `cmd:"" help:"Klienter: program som loggar in."`
	Logg      LoggCmd      `cmd:"" help:"Granska loggen."`
	Statistik StatistikCmd `cmd:"" help:"Bygg om och kontrollera rapporternas underlag."`
	Gallra    GallraCmd    `cmd:"" help:"Gallra det som inte längre får sparas. Görs annars varje natt."`
	Simulator SimulatorCmd `cmd:"" help:"Kör en simulator av ett yttre system, var och en som en egen process."`
	Version   VersionCmd   `cmd:"" help:"Visa programmets version."`
}

const description = `SUS: uppföljning av samverkan och finansiell samordning inom rehabiliteringsområdet.

Varje inställning ges som flagga eller miljövariabel; «sus KOMMANDO --help» listar dem.`

func main() {
	slog.SetDefault(slog.New(slog.NewJSONHandler(os.Stderr, nil)))
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	// A second signal ends the program at once.
	context.AfterFunc(ctx, stop)

	var cli CLI
	k := kong.Parse(&cli,
		kong.Name("sus"),
		kong.Description(description),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true}),
		kong.ShortUsageOnError(),
		kong.Vars{"uppslag_person": strconv.Itoa(register.UppslagPerPerson), "uppslag_maskin": strconv.Itoa(register.UppslagPerMaskin)},
		nfc,
		kong.BindTo(ctx, (*context.Context)(nil)),
	)
	if err := k.Run(); err != nil {
		fmt.Fprintln(os.Stderr, "sus:", lasbart(err))
		os.Exit(1)
	}
}

// nfc makes the fields of type:"text", which people read, what text of the API is: a
// terminal may send å as two characters.
var nfc = kong.NamedMapper("text", kong.MapperFunc(func(c *kong.DecodeContext, target reflect.Value) error {
	var s string
	if err := c.Scan.PopValueInto("text", &s); err != nil {
		return err
	}
	target.SetString(norm.NFC.String(s))
	return nil
}))

// lasbart is the error in the words of its reader: a refusal of the domain has a
// message and names its fields.
func lasbart(err error) string {
	var nej *register.Error
	switch {
	case errors.As(err, &nej):
		text := nej.Message
		for _, f := range nej.Falt {
			text += "\n  " + f.Meddelande
		}
		return text
	case errors.Is(err, db.ErrBorta):
		return "databasen svarar inte"
	}
	return err.Error()
}
