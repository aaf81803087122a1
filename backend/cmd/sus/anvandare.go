package main

import (
	"bufio"
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"text/tabwriter"

	"github.com/google/uuid"

	"sus/backend/auth"
	"sus/backend/register"
	"sus/backend/store"
	"sus/backend/store/db"
	"sus/backend/store/konto"
)

// AnvandareCmd is «sus anvandare»: users, their behörigheter and uppdrag. A
// personnummer is asked for on standard input, never given as an argument: those
// stand in the list of processes and in the shell's history.
type AnvandareCmd struct {
	Skapa             AnvandareSkapaCmd      `cmd:"" help:"Lägg upp en användare. Personnumret läses från standard in; masterlösenordet skickas som flash-SMS."`
	Lista             AnvandareListaCmd      `cmd:"" help:"Lista användare med behörigheter och uppdrag."`
	Hitta             AnvandareHittaCmd      `cmd:"" help:"Skriv id för ett personnummer, som läses från standard in."`
	Behorighet        AnvandareBehorighetCmd `cmd:"" help:"Ge en behörighet, högst två år."`
	AvslutaBehorighet AvslutaBehorighetCmd   `cmd:"" help:"Låt en behörighet sluta tidigare."`
	Uppdrag           AnvandareUppdragCmd    `cmd:"" help:"Ge ett uppdrag i en organisation eller en insats."`
	AvslutaUppdrag    AvslutaUppdragCmd      `cmd:"" help:"Låt ett uppdrag sluta."`
	Sparra            AnvandareSparraCmd     `cmd:"" help:"Spärra en användare. Det gäller genast."`
	Oppna             AnvandareOppnaCmd      `cmd:"" help:"Häv en spärr."`
	Mobil             AnvandareMobilCmd      `cmd:"" help:"Byt mobilnummer. Det gamla numret får veta det."`
	Losenord          AnvandareLosenordCmd   `cmd:"" help:"Skicka ett nytt masterlösenord som flash-SMS."`
}

// administration runs fn as the named system Aktor of the command.
func (a Anslutning) administration(ctx context.Context, namn string, fn func(*store.Store, *auth.Auth, register.Aktor) error) error {
	m, err := a.oppna(ctx)
	if err != nil {
		return err
	}
	defer m.stang()
	au, err := m.auth(auth.Options{})
	if err != nil {
		return err
	}
	return fn(m.Store, au, register.Aktor{System: namn})
}

func (a Anslutning) anvandare(ctx context.Context, fn func(*store.Store, *auth.Auth, register.Aktor) error) error {
	return a.administration(ctx, "sus anvandare", fn)
}

// lasPersonnummer asks for a number on standard input.
func lasPersonnummer(idag register.Datum) (register.Personnummer, error) {
	fmt.Fprint(os.Stderr, "Personnummer: ")
	rad, err := bufio.NewReader(os.Stdin).ReadString('\n')
	if err != nil && strings.TrimSpace(rad) == "" {
		return register.Personnummer{}, errors.New("skriv personnumret på standard in")
	}
	return register.ParsePersonnummer(strings.TrimSpace(rad), idag)
}

// AnvandareSkapaCmd is «sus anvandare skapa».
type AnvandareSkapaCmd struct {
	Administration    `embed:""`
	Fornamn           string `type:"text" required:"" help:"Förnamn."`
	Efternamn         string `type:"text" required:"" help:"Efternamn."`
	Mobil             string `required:"" placeholder:"+46…" help:"Mobilnummer med landsnummer, för engångskoderna."`
	Huvudarbetsgivare string `required:"" placeholder:"ORGNR" help:"Huvudarbetsgivarens organisationsnummer, tio siffror."`
	Arbetsgivarnamn   string `type:"text" placeholder:"NAMN" help:"Vad huvudarbetsgivaren heter, när registret över myndigheter saknar den: den läggs då till där."`
}

// Run prints the new user's id.
func (c *AnvandareSkapaCmd) Run(ctx context.Context) error {
	return c.anvandare(ctx, func(st *store.Store, au *auth.Auth, ak register.Aktor) error {
		p, err := lasPersonnummer(st.Idag())
		if err != nil {
			return err
		}
		if err := c.taMedArbetsgivaren(ctx, st, ak); err != nil {
			return err
		}
		id, err := au.SkapaAnvandare(ctx, ak, auth.NyAnvandare{
			Personnummer: p, Fornamn: c.Fornamn, Efternamn: c.Efternamn, Mobil: c.Mobil, Huvudarbetsgivare: c.Huvudarbetsgivare,
		})
		if id != uuid.Nil {
			fmt.Println(id)
		}
		if id != uuid.Nil && err != nil {
			return fmt.Errorf("användaren är upplagd men masterlösenordet gick inte att skicka; pröva «sus anvandare losenord %s»: %w", id, err)
		}
		return err
	})
}

// taMedArbetsgivaren puts an employer that the register of agencies lacks in it, without a
// name of its own when none was given: Försäkringskassan changes it in the register.
func (c *AnvandareSkapaCmd) taMedArbetsgivaren(ctx context.Context, st *store.Store, ak register.Aktor) error {
	if !register.GiltigtOrganisationsnummer(c.Huvudarbetsgivare) {
		return nil // is refused with the user
	}
	in := register.Myndighetsuppgifter{Organisationsnummer: c.Huvudarbetsgivare, Namn: cmp.Or(c.Arbetsgivarnamn, "Organisation "+c.Huvudarbetsgivare), Typ: register.TypOvrig}
	ny, err := st.TaMedMyndighet(ctx, db.Begaran{Aktor: ak}, in)
	if ny {
		fmt.Fprintf(os.Stderr, "%s är tillagd i registret över myndigheter som «%s».\n", in.Organisationsnummer, in.Namn)
	}
	return err
}

// AnvandareListaCmd is «sus anvandare lista».
type AnvandareListaCmd struct {
	Administration `embed:""`
}

// Run prints one line a user, with a line for each behörighet and uppdrag below it.
func (c *AnvandareListaCmd) Run(ctx context.Context) error {
	return c.anvandare(ctx, func(st *store.Store, _ *auth.Auth, ak register.Aktor) error {
		alla, err := konto.New(st.DB).Anvandare(ctx, db.Begaran{Aktor: ak})
		if err != nil {
			return err
		}
		w := tabwriter.NewWriter(os.Stdout, 0, 8, 2, ' ', 0)
		for _, u := range alla {
			fmt.Fprintf(w, "%s\t%s %s\t%s\t%s\n", u.ID, u.Fornamn, u.Efternamn, u.Huvudarbetsgivare, sparr(u.Sparrad))
			for _, b := range u.Behorigheter {
				fmt.Fprintf(w, "  behörighet %s\t%s\t%s\t\n", b.ID, b.Roll, b.Period)
			}
			if err := skrivUppdrag(ctx, w, st, ak, u.ID); err != nil {
				return err
			}
		}
		return w.Flush()
	})
}

func sparr(sparrad bool) string {
	if sparrad {
		return "SPÄRRAD"
	}
	return ""
}

func skrivUppdrag(ctx context.Context, w *tabwriter.Writer, st *store.Store, ak register.Aktor, innehavare uuid.UUID) error {
	alla, err := konto.New(st.DB).Uppdragen(ctx, db.Begaran{Aktor: ak}, innehavare)
	if err != nil {
		return err
	}
	for _, u := range alla {
		mal, till := u.Organisation, "tills vidare"
		if u.Insats != "" {
			mal += ", " + u.Insats
		}
		if u.Tom != nil {
			till = u.Tom.String()
		}
		fmt.Fprintf(w, "  uppdrag %s\t%s\t%s–%s\t%s\n", u.ID, u.Roll, u.Fran, till, mal)
	}
	return nil
}

// AnvandareHittaCmd is «sus anvandare hitta».
type AnvandareHittaCmd struct {
	Administration `embed:""`
}

// Run prints the id.
func (c *AnvandareHittaCmd) Run(ctx context.Context) error {
	return c.anvandare(ctx, func(st *store.Store, _ *auth.Auth, ak register.Aktor) error {
		p, err := lasPersonnummer(st.Idag())
		if err != nil {
			return err
		}
		id, err := konto.New(st.DB).AnvandareID(ctx, db.Begaran{Aktor: ak}, p)
		if err == nil {
			fmt.Println(id)
		}
		return err
	})
}

// AnvandareBehorighetCmd is «sus anvandare behorighet».
type AnvandareBehorighetCmd struct {
	Administration `embed:""`
	ID             uuid.UUID       `arg:"" help:"Användarens id."`
	Behorighet     string          `arg:"" enum:"SUSRAPPORT,SAMVERKANSADMINISTRATOR,INSATSANSVARIG,DELTAGARANSVARIG,SYSTEMFORVALTARE" help:"${enum}"`
	Fran           *register.Datum `placeholder:"ÅÅÅÅ-MM-DD" help:"Från och med. Tomt: i dag."`
	Tom            *register.Datum `name:"till" placeholder:"ÅÅÅÅ-MM-DD" help:"Till och med. Tomt: två år."`
}

// Run prints the behörighet's id.
func (c *AnvandareBehorighetCmd) Run(ctx context.Context) error {
	return c.anvandare(ctx, func(st *store.Store, _ *auth.Auth, ak register.Aktor) error {
		b := register.Behorighet{AnvandareID: c.ID, Roll: register.Roll(c.Behorighet)}
		fran := dagEller(c.Fran, st.Idag())
		b.Period = register.NyPeriod(fran, dagEller(c.Tom, fran.PlusAr(2).Plus(-1)))
		id, err := konto.New(st.DB).GeBehorighet(ctx, db.Begaran{Aktor: ak}, b)
		if err == nil {
			fmt.Println(id)
		}
		return err
	})
}

func dagEller(d *register.Datum, annars register.Datum) register.Datum {
	if d == nil {
		return annars
	}
	return *d
}

// AvslutaBehorighetCmd is «sus anvandare avsluta-behorighet».
type AvslutaBehorighetCmd struct {
	Administration `embed:""`
	ID             uuid.UUID      `arg:"" help:"Behörighetens id, enligt «sus anvandare lista»."`
	Tom            register.Datum `arg:"" help:"Sista dagen, ÅÅÅÅ-MM-DD."`
}

// Run ends it.
func (c *AvslutaBehorighetCmd) Run(ctx context.Context) error {
	return c.anvandare(ctx, func(st *store.Store, _ *auth.Auth, ak register.Aktor) error {
		return konto.New(st.DB).AvslutaBehorighet(ctx, db.Begaran{Aktor: ak}, c.ID, c.Tom)
	})
}

// uppdragsmal is where an uppdrag is.
type uppdragsmal struct {
	Organisation *uuid.UUID      `xor:"mal" required:"" placeholder:"ID" help:"Samverkansorganisationens id."`
	Insats       *uuid.UUID      `xor:"mal" required:"" placeholder:"ID" help:"Insatsens id."`
	Fran         *register.Datum `placeholder:"ÅÅÅÅ-MM-DD" help:"Från och med. Tomt: i dag."`
	Tom          *register.Datum `name:"till" placeholder:"ÅÅÅÅ-MM-DD" help:"Till och med. Tomt: tills vidare."`
}

func (m uppdragsmal) uppdrag(roll register.Roll, idag register.Datum) konto.NyttUppdrag {
	u := konto.NyttUppdrag{Roll: roll, Period: register.Period{Fran: dagEller(m.Fran, idag), Tom: m.Tom}}
	if m.Organisation != nil {
		u.OrganisationID = *m.Organisation
	}
	if m.Insats != nil {
		u.InsatsID = *m.Insats
	}
	return u
}

// AnvandareUppdragCmd is «sus anvandare uppdrag».
type AnvandareUppdragCmd struct {
	Administration `embed:""`
	ID             uuid.UUID `arg:"" help:"Användarens id."`
	Behorighet     string    `arg:"" enum:"SAMVERKANSADMINISTRATOR,INSATSANSVARIG,DELTAGARANSVARIG" help:"${enum}"`
	uppdragsmal    `embed:""`
}

// Run prints the uppdrag's id.
func (c *AnvandareUppdragCmd) Run(ctx context.Context) error {
	return c.anvandare(ctx, func(st *store.Store, _ *auth.Auth, ak register.Aktor) error {
		u := c.uppdrag(register.Roll(c.Behorighet), st.Idag())
		u.AnvandareID = c.ID
		id, err := konto.New(st.DB).GeUppdrag(ctx, db.Begaran{Aktor: ak}, u)
		if err == nil {
			fmt.Println(id)
		}
		return err
	})
}

// AvslutaUppdragCmd is «sus anvandare avsluta-uppdrag» and «sus klient avsluta-uppdrag».
type AvslutaUppdragCmd struct {
	Administration `embed:""`
	ID             uuid.UUID      `arg:"" help:"Uppdragets id, enligt listan."`
	Tom            register.Datum `arg:"" help:"Sista dagen, ÅÅÅÅ-MM-DD."`
}

// Run ends it.
func (c *AvslutaUppdragCmd) Run(ctx context.Context) error {
	return c.anvandare(ctx, func(st *store.Store, _ *auth.Auth, ak register.Aktor) error {
		return konto.New(st.DB).AvslutaUppdrag(ctx, db.Begaran{Aktor: ak}, c.ID, c.Tom)
	})
}

// AnvandareSparraCmd is «sus anvandare sparra».
type AnvandareSparraCmd struct {
	Administration `embed:""`
	ID             uuid.UUID `arg:"" help:"Användarens id."`
}

// Run blocks the user.
func (c *AnvandareSparraCmd) Run(ctx context.Context) error {
	return c.anvandare(ctx, func(st *store.Store, _ *auth.Auth, ak register.Aktor) error {
		return konto.New(st.DB).SparraAnvandare(ctx, db.Begaran{Aktor: ak}, c.ID, true)
	})
}

// AnvandareOppnaCmd is «sus anvandare oppna».
type AnvandareOppnaCmd struct {
	Administration `embed:""`
	ID             uuid.UUID `arg:"" help:"Användarens id."`
}

// Run lets the user in again.
func (c *AnvandareOppnaCmd) Run(ctx context.Context) error {
	return c.anvandare(ctx, func(st *store.Store, _ *auth.Auth, ak register.Aktor) error {
		return konto.New(st.DB).SparraAnvandare(ctx, db.Begaran{Aktor: ak}, c.ID, false)
	})
}

// AnvandareMobilCmd is «sus anvandare mobil».
type AnvandareMobilCmd struct {
	Administration `embed:""`
	ID             uuid.UUID `arg:"" help:"Användarens id."`
	Mobil          string    `arg:"" help:"Det nya numret, med landsnummer."`
}

// Run replaces the number.
func (c *AnvandareMobilCmd) Run(ctx context.Context) error {
	return c.anvandare(ctx, func(_ *store.Store, au *auth.Auth, ak register.Aktor) error {
		return au.BytMobil(ctx, ak, c.ID, c.Mobil)
	})
}

// AnvandareLosenordCmd is «sus anvandare losenord».
type AnvandareLosenordCmd struct {
	Administration `embed:""`
	ID             uuid.UUID `arg:"" help:"Användarens id."`
}

// Run sends a new master password.
func (c *AnvandareLosenordCmd) Run(ctx context.Context) error {
	return c.anvandare(ctx, func(_ *store.Store, au *auth.Auth, ak register.Aktor) error {
		return au.NyttHuvudlosenord(ctx, ak, c.ID)
	})
}
