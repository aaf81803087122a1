package main

import (
	"context"
	"fmt"
	"os"
	"text/tabwriter"

	"github.com/google/uuid"

	"sus/backend/auth"
	"sus/backend/register"
	"sus/backend/store"
	"sus/backend/store/db"
	"sus/backend/store/konto"
)

// KlientCmd is «sus klient»: machine clients of the API and their uppdrag.
type KlientCmd struct {
	Skapa          KlientSkapaCmd     `cmd:"" help:"Lägg upp en maskinklient. Hemligheten visas bara den här gången."`
	Lista          KlientListaCmd     `cmd:"" help:"Lista maskinklienter med uppdrag."`
	Uppdrag        KlientUppdragCmd   `cmd:"" help:"Ge ett uppdrag inom klientens egen organisation."`
	AvslutaUppdrag AvslutaUppdragCmd  `cmd:"" help:"Låt ett uppdrag sluta."`
	Sparra         KlientSparraCmd    `cmd:"" help:"Spärra en klient. Det gäller genast."`
	Oppna          KlientOppnaCmd     `cmd:"" help:"Häv en spärr."`
	Hemlighet      KlientHemlighetCmd `cmd:"" help:"Byt klientens hemlighet. Den nya visas bara den här gången."`
}

func (a Anslutning) klient(ctx context.Context, fn func(*store.Store, *auth.Auth, register.Aktor) error) error {
	return a.administration(ctx, "sus klient", fn)
}

// KlientSkapaCmd is «sus klient skapa».
type KlientSkapaCmd struct {
	Administration `embed:""`
	Namn           string    `type:"text" arg:"" help:"Vad klienten kallas."`
	Organisation   uuid.UUID `required:"" placeholder:"ID" help:"Samverkansorganisationen som klienten hör till."`
	Agare          string    `placeholder:"ORGNR" help:"Myndigheten som äger klienten, ett organisationsnummer ur registret; utelämnad är det organisationen själv."`
	Scope          []string  `required:"" enum:"deltagande.skriv,deltagande.las,rapport.las,insats.skriv" help:"Vad klienten får göra: ${enum}."`
}

// Run prints id and secret.
func (c *KlientSkapaCmd) Run(ctx context.Context) error {
	return c.klient(ctx, func(_ *store.Store, au *auth.Auth, ak register.Aktor) error {
		in := konto.NyKlient{Namn: c.Namn, OrganisationID: c.Organisation, Agare: c.Agare}
		for _, s := range c.Scope {
			in.Scopes = append(in.Scopes, register.Scope(s))
		}
		id, hemlighet, err := au.SkapaKlient(ctx, ak, in)
		if err == nil {
			fmt.Printf("client_id=%s\nclient_secret=%s\n", id, hemlighet)
		}
		return err
	})
}

// KlientListaCmd is «sus klient lista».
type KlientListaCmd struct {
	Administration `embed:""`
}

// Run prints one line a client, with its uppdrag below it.
func (c *KlientListaCmd) Run(ctx context.Context) error {
	return c.klient(ctx, func(st *store.Store, _ *auth.Auth, ak register.Aktor) error {
		alla, err := konto.New(st.DB).Klienter(ctx, db.Begaran{Aktor: ak})
		if err != nil {
			return err
		}
		w := tabwriter.NewWriter(os.Stdout, 0, 8, 2, ' ', 0)
		for _, k := range alla {
			fmt.Fprintf(w, "%s\t%s\t%v\t%s\n", k.ID, k.Namn, k.Scopes, sparr(k.Sparrad))
			if err := skrivUppdrag(ctx, w, st, ak, k.ID); err != nil {
				return err
			}
		}
		return w.Flush()
	})
}

// KlientUppdragCmd is «sus klient uppdrag».
type KlientUppdragCmd struct {
	Administration `embed:""`
	ID             uuid.UUID `arg:"" help:"Klientens id."`
	uppdragsmal    `embed:""`
}

// Run prints the uppdrag's id.
func (c *KlientUppdragCmd) Run(ctx context.Context) error {
	return c.klient(ctx, func(st *store.Store, _ *auth.Auth, ak register.Aktor) error {
		u := c.uppdrag(register.RollMaskin, st.Idag())
		u.KlientID = c.ID
		id, err := konto.New(st.DB).GeUppdrag(ctx, db.Begaran{Aktor: ak}, u)
		if err == nil {
			fmt.Println(id)
		}
		return err
	})
}

// KlientSparraCmd is «sus klient sparra».
type KlientSparraCmd struct {
	Administration `embed:""`
	ID             uuid.UUID `arg:"" help:"Klientens id."`
}

// Run blocks the client.
func (c *KlientSparraCmd) Run(ctx context.Context) error {
	return c.klient(ctx, func(st *store.Store, _ *auth.Auth, ak register.Aktor) error {
		return konto.New(st.DB).SparraKlient(ctx, db.Begaran{Aktor: ak}, c.ID, true)
	})
}

// KlientOppnaCmd is «sus klient oppna».
type KlientOppnaCmd struct {
	Administration `embed:""`
	ID             uuid.UUID `arg:"" help:"Klientens id."`
}

// Run lets the client in again.
func (c *KlientOppnaCmd) Run(ctx context.Context) error {
	return c.klient(ctx, func(st *store.Store, _ *auth.Auth, ak register.Aktor) error {
		return konto.New(st.DB).SparraKlient(ctx, db.Begaran{Aktor: ak}, c.ID, false)
	})
}

// KlientHemlighetCmd is «sus klient hemlighet».
type KlientHemlighetCmd struct {
	Administration `embed:""`
	ID             uuid.UUID `arg:"" help:"Klientens id."`
}

// Run prints the new secret.
func (c *KlientHemlighetCmd) Run(ctx context.Context) error {
	return c.klient(ctx, func(_ *store.Store, au *auth.Auth, ak register.Aktor) error {
		hemlighet, err := au.NyHemlighet(ctx, ak, c.ID)
		if err == nil {
			fmt.Printf("client_secret=%s\n", hemlighet)
		}
		return err
	})
}
