package main

import (
	"cmp"
	"context"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"strings"
	"time"

	"sus/backend/store/db"
)

// LoggKontrolleraCmd is «sus logg kontrollera».
type LoggKontrolleraCmd struct {
	Anslutning `embed:""`

	Huvud  string `type:"path" placeholder:"FIL" help:"Fil med huvuden som sparats utanför databasen. Tomt: SUS_LOGGHUVUD_FIL."`
	Nyckel string `type:"path" placeholder:"FIL" help:"Loggens offentliga nyckel (sus logg nyckel). Nyckelfilen behövs då inte."`
}

// Run prints how much is sealed and the last link's hash, which kept elsewhere
// shows later that nothing was cut off.
func (c *LoggKontrolleraCmd) Run(ctx context.Context) error {
	las := db.LasNycklar
	if c.Nyckel != "" {
		las = func(string) (*db.Nycklar, error) { return db.LasLoggnyckel(c.Nyckel) }
	}
	m, err := c.oppnaMed(ctx, las)
	if err != nil {
		return err
	}
	defer m.stang()
	huvuden, err := m.huvuden(c.Huvud)
	if err != nil {
		return err
	}
	k, err := m.Store.KontrolleraLogg(ctx, huvuden...)
	if err != nil {
		return err
	}
	if k.Brutet != "" {
		return errors.New(k.Sammanfattning())
	}
	fmt.Println(k.Sammanfattning())
	for _, e := range k.Epoker {
		fmt.Printf("Ny epok: %s Av %s: %s\n", e.Sager(), e.Av, e.Varfor)
	}
	if k.Gallrade > 0 {
		fmt.Printf("Gallrade: %d poster, enligt ett signerat sigill.\n", k.Gallrade)
	}
	if k.Osignerade > 0 {
		fmt.Printf("Utan signatur: de första %d sigillen är från tiden före signaturerna.\n", k.Osignerade)
	}
	if k.Tidsfel > 0 {
		fmt.Printf("Tider i oordning: %d, som en senare epok låtit stå.\n", k.Tidsfel)
	}
	if len(huvuden) == 0 {
		fmt.Printf("Inget huvud utifrån är prövat (det finns inget i %s): att loggens slut är avklippt syns bara mot ett sådant. "+
			"Ange en fil med --huvud, eller hämta raderna «logghuvud» ur serverns logg.\n", cmp.Or(c.Huvud, m.Logghuvud))
	} else {
		fmt.Printf("Huvuden utifrån: %d finns i loggen, %d är gallrade.\n", k.Huvuden, k.Oprovade)
	}
	if k.Sigill > 0 {
		fmt.Printf("Sista sigillet: %s, %s\n", hex.EncodeToString(k.Sista), k.SistaTid.UTC().Format(time.RFC3339))
	}
	return nil
}

// huvuden reads the file given, which must be there, or the server's, which may not.
func (m *miljo) huvuden(fil string) ([]db.Logghuvud, error) {
	if fil != "" {
		return db.LasLogghuvuden(fil)
	}
	alla, err := db.LasLogghuvuden(m.Logghuvud)
	if errors.Is(err, os.ErrNotExist) {
		return nil, nil
	}
	return alla, err
}

// LoggHuvudCmd is «sus logg huvud».
type LoggHuvudCmd struct {
	Anslutning `embed:""`
}

// Run prints one line of the file of heads.
func (c *LoggHuvudCmd) Run(ctx context.Context) error {
	m, err := c.oppna(ctx)
	if err != nil {
		return err
	}
	defer m.stang()
	h, finns, err := m.Store.Logghuvud(ctx)
	switch {
	case err != nil:
		return err
	case !finns:
		return errors.New("loggen har inget signerat sigill än")
	}
	return json.NewEncoder(os.Stdout).Encode(h)
}

// LoggNyckelCmd is «sus logg nyckel».
type LoggNyckelCmd struct {
	Anslutning `embed:""`
}

// Run needs the key file alone, and gives one from before the signatures its key.
func (c *LoggNyckelCmd) Run() error {
	n, err := db.LasNycklar(c.nyckelfil())
	if err != nil {
		return err
	}
	fmt.Println(n.Loggnyckel().Text())
	return nil
}

// LoggNyEpokCmd is «sus logg ny-epok».
type LoggNyEpokCmd struct {
	Administration `embed:""`

	Huvud string `type:"path" placeholder:"FIL" help:"Fil med huvuden som sparats utanför databasen. Tomt: SUS_LOGGHUVUD_FIL."`
}

// Run names the head that was lost.
func (c *LoggNyEpokCmd) Run(ctx context.Context) error {
	if strings.TrimSpace(c.Varfor) == "" {
		return errors.New("--varfor: ange varför, till exempel vilken säkerhetskopia som återställdes")
	}
	m, err := c.oppna(ctx)
	if err != nil {
		return err
	}
	defer m.stang()
	huvuden, err := m.huvuden(c.Huvud)
	if err != nil {
		return err
	}
	e, err := m.Store.NyEpok(ctx, db.Begaran{Aktor: kommandoaktor}, c.Av, c.Varfor, huvuden)
	switch {
	case errors.Is(err, db.ErrIngenEpok) && len(huvuden) == 0:
		return fmt.Errorf("inga huvuden i %s: ange en fil med de huvuden som sparats utanför databasen (--huvud), eller rader «logghuvud» ur serverns logg", m.Logghuvud)
	case err != nil:
		return err
	}
	fmt.Println("Loggen går vidare i en ny epok. " + e.Sager())
	return nil
}
