// Command sus is the whole of SUS: the server and the commands around it.
package main

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"os/signal"
	"syscall"

	"github.com/alecthomas/kong"
)

// CLI is the tree of subcommands.
type CLI struct {
	Serve     ServeCmd     `cmd:"" help:"Kör SUS. Utan SUS_DATABASE_URL körs en egen PostgreSQL i datamappen."`
	Migrate   MigrateCmd   `cmd:"" help:"Lägg på databasens schemaändringar med ägarens roll."`
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
		kong.BindTo(ctx, (*context.Context)(nil)),
	)
	if err := k.Run(); err != nil {
		fmt.Fprintln(os.Stderr, "sus:", err)
		os.Exit(1)
	}
}
