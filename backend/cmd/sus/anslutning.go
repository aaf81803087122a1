package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"sus/backend/auth"
	"sus/backend/pgembed"
	"sus/backend/register"
	"sus/backend/sms"
	"sus/backend/store"
	"sus/backend/store/db"
	"sus/backend/store/konto"
)

// Anslutning are the settings by which a command finds its database.
type Anslutning struct {
	DataDir      string `env:"SUS_DATA_DIR" default:"./data" type:"path" help:"Datamapp: egen databas, nycklar, certifikat och uppgifter om den server som kör."`
	DatabaseURL  string `env:"SUS_DATABASE_URL" help:"PostgreSQL för servern, med en roll som inte äger något. Tomt: en egen PostgreSQL i datamappen."`
	MigrateURL   string `env:"SUS_MIGRATE_URL" help:"PostgreSQL med den roll som äger schemat och ändrar det."`
	Nyckelfil    string `env:"SUS_NYCKELFIL" type:"path" help:"Fil med nycklar för kryptering. Tomt: nycklar.json i datamappen."`
	LogghuvudFil string `env:"SUS_LOGGHUVUD_FIL" type:"path" help:"Fil dit loggens huvud skrivs varje timme; lägg den där databasens ägare inte kommer åt den. Tomt: logghuvud.jsonl i datamappen."`

	SamtyckeDagar int `env:"SUS_SAMTYCKE_DAGAR" default:"30" help:"Dagar som ett samtycke utan registrering sparas."`
	AngerDagar    int `env:"SUS_ANGER_DAGAR" default:"30" help:"Dagar som en felregistrering kan rättas; sedan gallras dess identitet."`

	GallraIdentitet *register.Bevarandetid `env:"SUS_GALLRA_IDENTITET" placeholder:"TID" help:"Hur länge identiteten bevaras efter avslutningsdagen, till exempel «5 år» eller «730 dagar»; 0: för alltid. Förval 5 år, i en demo 0."`
	GallraLogg      *register.Bevarandetid `env:"SUS_GALLRA_LOGG" placeholder:"TID" help:"Hur länge loggens poster bevaras, minst ett år; 0: för alltid. Förval 5 år, i en demo 0."`
	GallraAnvandare *register.Bevarandetid `env:"SUS_GALLRA_ANVANDARE" placeholder:"TID" help:"Hur länge en användares uppgifter bevaras efter den sista dagen med en behörighet, minst ett år; 0: för alltid. Förval 2 år, i en demo 0."`
}

// storeOptions is how every command opens the register.
func (a Anslutning) storeOptions() store.Options {
	return store.Options{SamtyckeDagar: a.SamtyckeDagar, AngerDagar: a.AngerDagar,
		Bevaras: a.bevaras()}
}

func (a Anslutning) bevaras() register.Bevarandetider {
	return register.Bevarandetider{Identitet: a.GallraIdentitet, Logg: a.GallraLogg, Anvandare: a.GallraAnvandare}
}

// provaBevaras refuses a time that the database would not follow: it keeps log and users
// for a year whatever is set, and the runs would erase none of what they say is due.
func (a Anslutning) provaBevaras() error {
	var fel error
	for _, f := range []struct {
		namn string
		tid  *register.Bevarandetid
	}{{"SUS_GALLRA_LOGG", a.GallraLogg}, {"SUS_GALLRA_ANVANDARE", a.GallraAnvandare}} {
		if f.tid != nil && f.tid.UnderEttAr() {
			fel = errors.Join(fel, fmt.Errorf("%s är «%s», men databasen bevarar minst ett år: ange «1 år» eller mer, eller 0 för alltid", f.namn, f.tid))
		}
	}
	return fel
}

// miljo is an opened database with all that a command needs to use it.
type miljo struct {
	Store       *store.Store
	DatabaseURL string
	MigrateURL  string
	Nyckelfil   string
	Logghuvud   string // file of the log's heads
	BasURL      string // of the running server, "" when none runs
	Issuer      string
	Audience    string
	Klocka      func() time.Time

	sms     *sms.Options     // of the running server's simulator
	kluster *pgembed.Cluster // the command's own, nil beside a server
}

// The names in access tokens. They do not follow the address, so that a token
// holds when the port changes.
const (
	standardIssuer   = "sus"
	standardAudience = "sus-api"
)

func (a Anslutning) nyckelfil() string {
	if a.Nyckelfil != "" {
		return a.Nyckelfil
	}
	return filepath.Join(a.DataDir, "nycklar.json")
}

// logghuvudFil is where the heads of the log are kept.
func (a Anslutning) logghuvudFil() string {
	if a.LogghuvudFil != "" {
		return a.LogghuvudFil
	}
	return filepath.Join(a.DataDir, "logghuvud.jsonl")
}

// oppna finds the database: the running server's of the data folder or the one
// given, else the data folder's own, which then runs for as long as the command.
func (a Anslutning) oppna(ctx context.Context) (*miljo, error) {
	return a.oppnaMed(ctx, db.LasNycklar)
}

// oppnaMed opens it with the keys that las reads of the key file.
func (a Anslutning) oppnaMed(ctx context.Context, las func(path string) (*db.Nycklar, error)) (_ *miljo, err error) {
	if err := a.provaBevaras(); err != nil {
		return nil, err
	}
	m := &miljo{Issuer: standardIssuer, Audience: standardAudience, Logghuvud: a.logghuvudFil()}
	nyckelfil := a.nyckelfil()
	server, err := lasServerfil(a.DataDir)
	if err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			m.stang()
		}
	}()
	forskjutning, kand := time.Duration(0), false
	switch {
	case server != nil && (a.DatabaseURL == "" || a.DatabaseURL == server.DatabaseURL):
		m.DatabaseURL, m.MigrateURL, m.BasURL = server.DatabaseURL, server.MigrateURL, server.BasURL
		m.Issuer, m.Audience, m.sms = server.Issuer, server.Audience, server.SMS
		m.Logghuvud = cmp.Or(a.LogghuvudFil, server.Logghuvud)
		a.GallraIdentitet = cmp.Or(a.GallraIdentitet, server.Bevaras.Identitet)
		a.GallraLogg = cmp.Or(a.GallraLogg, server.Bevaras.Logg)
		a.GallraAnvandare = cmp.Or(a.GallraAnvandare, server.Bevaras.Anvandare)
		forskjutning, kand = server.Forskjutning, true
		if a.Nyckelfil == "" {
			nyckelfil = server.Nyckelfil
		}
	case a.DatabaseURL != "":
		m.DatabaseURL = a.DatabaseURL
	default:
		if _, err := os.Lstat(filepath.Join(a.DataDir, "pgdata")); err != nil {
			return nil, fmt.Errorf("ingen server kör och ingen databas finns i %s: starta «sus serve», eller ange SUS_DATA_DIR eller SUS_DATABASE_URL", a.DataDir)
		}
		if m.kluster, err = pgembed.Start(ctx, pgembed.Options{Dir: a.DataDir, Fsync: true}); err != nil {
			return nil, err
		}
		m.DatabaseURL, m.MigrateURL = m.kluster.ServerURL(), m.kluster.AgareURL()
	}
	if a.MigrateURL != "" {
		m.MigrateURL = a.MigrateURL
	}
	m.Nyckelfil = nyckelfil
	nycklar, err := las(nyckelfil)
	if err != nil {
		return nil, err
	}
	d, err := db.Open(m.DatabaseURL, db.Options{Nycklar: nycklar})
	if err != nil {
		return nil, err
	}
	m.Store = store.New(d, a.storeOptions())
	if err := m.Store.KontrolleraSchema(ctx); err != nil {
		return nil, err
	}
	if !kand {
		i, err := m.Store.Installation(ctx)
		if err != nil {
			return nil, err
		}
		forskjutning = forskjutningTill(i.Idag, time.Now())
	}
	m.Klocka = forskjuten(forskjutning)
	m.Store = m.Store.Vid(m.Klocka)
	return m, nil
}

// auth gives log-in and tokens. Messages go to the simulator of the running
// server, else to the account in the environment (SUS_SMS_*), else nowhere: what
// needs one then refuses.
func (m *miljo) auth(o auth.Options) (*auth.Auth, error) {
	o.Issuer, o.Audience = m.Issuer, m.Audience
	opt := m.sms
	if url := os.Getenv("SUS_SMS_URL"); opt == nil && url != "" {
		opt = &sms.Options{
			URL: url, CAFil: os.Getenv("SUS_SMS_CA"), Fran: os.Getenv("SUS_SMS_FRAN"),
			Anvandare: os.Getenv("SUS_SMS_ANVANDARE"), Losenord: os.Getenv("SUS_SMS_LOSENORD"),
		}
	}
	if opt == nil {
		return auth.New(konto.New(m.Store.DB), nil, o)
	}
	k, err := sms.New(*opt)
	if err != nil {
		return nil, err
	}
	return auth.New(konto.New(m.Store.DB), k, o)
}

// stang closes the database, and ends it when it is the command's own.
func (m *miljo) stang() {
	if m.Store != nil {
		_ = m.Store.Close()
	}
	if m.kluster != nil {
		_ = m.kluster.Stop()
	}
}

// forskjutningTill is how far the demo's clock is from the wall's: whole days,
// so that the time of day stays.
func forskjutningTill(idag *register.Datum, nu time.Time) time.Duration {
	if idag == nil {
		return 0
	}
	return time.Duration(register.DatumAv(nu).DagarTill(*idag)) * 24 * time.Hour
}

func forskjuten(d time.Duration) func() time.Time {
	return func() time.Time { return time.Now().Add(d) }
}
