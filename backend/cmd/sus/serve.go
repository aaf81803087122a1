package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/netip"
	"os"
	"runtime/debug"
	"strconv"
	"time"

	"sus/backend/jobs"
	"sus/backend/register"
)

// ServeCmd is «sus serve» with every setting of the server.
type ServeCmd struct {
	Anslutning `embed:""`

	Adress string `env:"SUS_ADRESS" default:"localhost" help:"Adress att lyssna på; 0.0.0.0 för alla."`
	Port   int    `env:"SUS_PORT" default:"8080" help:"Port att lyssna på; 0 väljer en ledig."`
	BasURL string `name:"bas-url" env:"SUS_BAS_URL" help:"Adressen som användarna ser. Tomt: http://localhost:PORT."`
	HTTPS  bool   `name:"https" env:"SUS_HTTPS" help:"SUS nås över https (genom en proxy): skicka Strict-Transport-Security."`

	BetroddProxy []netip.Prefix `env:"SUS_BETRODD_PROXY" help:"Nät vars X-Forwarded-For gäller, till exempel 10.0.0.0/8."`
	Matvarden    string         `name:"matvarden-adress" env:"SUS_MATVARDEN_ADRESS" placeholder:"VÄRD:PORT" help:"Adress för driftens mätvärden, /metrics i Prometheus format, till exempel localhost:9100. Tomt: inga."`
	MaxConns     int            `env:"SUS_MAX_CONNS" default:"16" help:"Högsta antal förbindelser till databasen."`

	Demo bool   `env:"SUS_DEMO" help:"Fyll en tom databas med demodata."`
	Idag string `env:"SUS_IDAG" placeholder:"ÅÅÅÅ-MM-DD" help:"Demons dag i dag. Bara i en demo."`
	Fro  int64  `env:"SUS_FRO" default:"1" help:"Demodatas frötal."`

	Issuer     string        `env:"SUS_ISSUER" default:"sus" help:"Utfärdare (iss) i åtkomsttoken."`
	Audience   string        `env:"SUS_AUDIENCE" default:"sus-api" help:"Mottagare (aud) i åtkomsttoken."`
	AtkomstTTL time.Duration `name:"atkomst-ttl" env:"SUS_ATKOMST_TTL" default:"5m" help:"Hur länge en åtkomsttoken gäller, högst 5 minuter."`

	ForsokPerson int `env:"SUS_FORSOK_PERSON" default:"8" help:"Inloggningsförsök per person och kvart."`
	ForsokAdress int `env:"SUS_FORSOK_ADRESS" default:"100" help:"Inloggningsförsök per IP-adress och kvart."`

	UppslagPerson *int `env:"SUS_UPPSLAG_PERSON" help:"Uppslag i folkbokföringen per användare och timme; 0: obegränsat. Förval ${uppslag_person}, i en demo 0."`
	UppslagMaskin *int `env:"SUS_UPPSLAG_MASKIN" help:"Uppslag i folkbokföringen per maskinklient och timme; 0: obegränsat. Förval ${uppslag_maskin}, i en demo 0."`

	Folkbokforing folkbokforingFlaggor `embed:"" prefix:"folkbokforing-" envprefix:"SUS_FOLKBOKFORING_"`
	Omfraga       omfragaFlaggor       `embed:"" prefix:"omfraga-" envprefix:"SUS_OMFRAGA_"`
	SMS           smsFlaggor           `embed:"" prefix:"sms-" envprefix:"SUS_SMS_"`
}

// Help is what the private PostgreSQL reads from the environment, beside the flags.
func (ServeCmd) Help() string {
	return `Den egna PostgreSQL:en läser också ur miljön: SUS_PG_BIN (mapp med postgres och initdb, eller npm; tomt: datorns egna,
annars npm) och SUS_CACHE_DIR (mapp för npm-paketet).`
}

type folkbokforingFlaggor struct {
	URL         string        `name:"url" env:"URL" help:"Navets adress. Tomt: en simulator, om databasen är egen eller en demo."`
	CA          string        `name:"ca" env:"CA" type:"path" help:"Rotcertifikat, PEM. Tomt: datorns egna."`
	Cert        string        `env:"CERT" type:"path" help:"Klientcertifikat, PEM."`
	Key         string        `env:"KEY" type:"path" help:"Klientcertifikatets nyckel, PEM."`
	Orgnr       string        `env:"ORGNR" help:"Beställarens organisationsnummer, 12 siffror."`
	Bestallning string        `env:"BESTALLNING" help:"Beställningens id hos Skatteverket."`
	Timeout     time.Duration `env:"TIMEOUT" default:"3s" help:"Längsta svarstid."`
	Manus       string        `env:"MANUS" type:"path" help:"Simulatorns manus, JSON: vad som svaras om ett nummer, och från när."`
	Farskhet    time.Duration `env:"FARSKHET" default:"24h" help:"Hur gammalt ett svar får vara vid inregistrering."`
}

type omfragaFlaggor struct {
	Oppna     time.Duration `env:"OPPNA" default:"24h" help:"Hur gammalt folkbokföringens svar får bli om den som har ett öppet deltagande. Frågas på natten; 0 frågar inte."`
	Avslutade time.Duration `env:"AVSLUTADE" default:"720h" help:"Hur gammalt det får bli om alla andra som finns kvar med namn; 0 frågar inte."`
	Takt      int           `env:"TAKT" default:"5" help:"Högsta antal frågor per sekund när folkbokföringen frågas om; 0 stänger av."`
}

func (f omfragaFlaggor) installning() jobs.Omfraga {
	return jobs.Omfraga{Omfragetider: register.Omfragetider{Oppna: f.Oppna, Avslutade: f.Avslutade}, Takt: f.Takt}
}

type smsFlaggor struct {
	URL           string        `name:"url" env:"URL" help:"46elks adress. Tomt: en simulator, om databasen är egen eller en demo."`
	CA            string        `name:"ca" env:"CA" type:"path" help:"Rotcertifikat, PEM. Tomt: datorns egna."`
	Anvandare     string        `env:"ANVANDARE" default:"sus" help:"Användare hos 46elks."`
	Losenord      string        `env:"LOSENORD" help:"Lösenord hos 46elks; sätt det i miljön."`
	Fran          string        `env:"FRAN" default:"SUS" help:"Avsändare."`
	WhenDelivered string        `env:"WHEN_DELIVERED" help:"Adress som får veta när ett sms är framme."`
	Timeout       time.Duration `env:"TIMEOUT" default:"5s" help:"Längsta svarstid."`
}

// Run serves until a signal comes, and then ends all it started in order.
func (c *ServeCmd) Run(ctx context.Context) (err error) {
	// What lives is some ten megabytes: at Go's own 100 per cent a fifth of the
	// server's time goes to collecting what lists have left. The environment decides.
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(300)
	}
	idag, err := c.idag()
	if err != nil {
		return err
	}
	if err := c.provaBevaras(); err != nil {
		return err
	}
	// Taken before anything slow: a port in use is known at once, and a browser
	// that is early waits instead of being refused.
	ln, err := net.Listen("tcp", net.JoinHostPort(c.Adress, strconv.Itoa(c.Port)))
	if err != nil {
		return fmt.Errorf("kan inte lyssna (annan port: SUS_PORT=8081): %w", err)
	}
	defer func() { _ = ln.Close() }()
	if err := os.MkdirAll(c.DataDir, 0o755); err != nil {
		return fmt.Errorf("datamappen: %w", err)
	}

	s := &server{c: c, idag: idag}
	defer func() { err = errors.Join(err, s.stang()) }()
	if err := s.starta(ctx); err != nil {
		return err
	}
	handler, err := s.handler()
	if err != nil {
		return err
	}
	if err := s.startaJobb(ctx); err != nil {
		return err
	}
	return s.serva(ctx, ln, handler)
}

func (c *ServeCmd) idag() (*register.Datum, error) {
	if c.Idag == "" {
		return nil, nil
	}
	d, err := register.ParseDatum(c.Idag)
	if err != nil {
		return nil, errors.New("--idag ska vara ett datum, ÅÅÅÅ-MM-DD")
	}
	return &d, nil
}

// uppslag is the bounds of the look-ups.
func (c *ServeCmd) uppslag(demo bool) (person, maskin int) {
	return register.Uppslagsgranser{PerPerson: c.UppslagPerson, PerMaskin: c.UppslagMaskin}.Granser(demo)
}

// basURL is the address that users see.
func (c *ServeCmd) basURL(addr net.Addr) string {
	if c.BasURL != "" {
		return c.BasURL
	}
	_, port, _ := net.SplitHostPort(addr.String()) // an address of net.Listen always has one
	return "http://localhost:" + port
}
