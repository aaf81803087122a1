package demo

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"time"

	"github.com/google/uuid"
	"golang.org/x/sync/errgroup"

	"sus/backend/auth"
	"sus/backend/register"
	"sus/backend/store"
	"sus/backend/store/db"
	"sus/backend/store/konto"
)

// Fyllning says what to fill and with what.
type Fyllning struct {
	MigrateURL string // the owner's, which alone may call a database a demo
	AppURL     string // the serving role's
	Nycklar    *db.Nycklar
	Idag       *register.Datum // the demo's today; nil: the real one, and the demo's clock follows it
	Fro        int64           // seed number
	Antal      int             // deltaganden of the living present; 0: 2,000
	Logg       *slog.Logger    // nil: slog.Default()
}

// ErrInteTom is the refusal to fill a database that holds something.
var ErrInteTom = errors.New("databasen är inte tom; demodata läggs bara i en tom databas")

// tidigasteIdag is the first today there can be: the exits of 2010 are
// registered by then.
var tidigasteIdag = register.NyttDatum(2011, 2, 1)

// Bounds of the filling.
const (
	standardAntal = 2000
	parallellt    = 4 // insatser at a time
	nutidAr       = 3 // years of the living present
)

// Fyll makes a migrated and empty database a demo. It takes about ten seconds.
// What it writes follows from Fro and the demo's today alone, but for ids and
// the order between insatser. An error, or an end before it is done, leaves a
// part: see Fylld.
func Fyll(ctx context.Context, f Fyllning) error {
	idag := register.DatumAv(time.Now())
	if f.Idag != nil {
		idag = *f.Idag
	}
	if idag.Fore(tidigasteIdag) {
		return fmt.Errorf("demons dag kan inte vara före %v", tidigasteIdag)
	}
	if f.Antal == 0 {
		f.Antal = standardAntal
	}
	if f.Logg == nil {
		f.Logg = slog.Default()
	}
	start := time.Now()
	// Thousands of small transactions: none needs to be on the disk before the
	// last one, which is written with the ordinary setting and carries all before it.
	d, err := db.Open(utanVantan(f.AppURL), db.Options{Nycklar: f.Nycklar, MaxConns: parallellt + 2})
	if err != nil {
		return err
	}
	defer func() { _ = d.Close() }()
	st := store.New(d, store.Options{})
	if err := ledig(ctx, st); err != nil {
		return err
	}
	if err := db.MarkeraDemo(ctx, f.MigrateURL, db.Installation{Demo: true, Idag: f.Idag, Fro: f.Fro}); err != nil {
		return err
	}
	a, err := auth.New(konto.New(d), nil, auth.Options{Issuer: "demo", Audience: "demo"})
	if err != nil {
		return err
	}
	fy := &fyllare{st: st, auth: a, idag: idag, fro: f.Fro, antal: f.Antal}
	if err := fy.allt(ctx); err != nil {
		return fmt.Errorf("demodata: %w", err)
	}
	sista, err := db.Open(f.AppURL, db.Options{Nycklar: f.Nycklar, MaxConns: 1})
	if err != nil {
		return err
	}
	defer func() { _ = sista.Close() }()
	if err := fy.sparra(ctx, store.New(sista, store.Options{})); err != nil {
		return fmt.Errorf("demodata: %w", err)
	}
	f.Logg.Info("demodata fylld", "ms", time.Since(start).Milliseconds(), "fro", f.Fro, "idag", idag.String())
	return nil
}

// ledig refuses a database that holds an organisation or is a demo already.
func ledig(ctx context.Context, st *store.Store) error {
	i, err := st.Installation(ctx)
	if err != nil {
		return err
	}
	_, antal, err := st.Samverkansorganisationer(ctx, db.Begaran{Aktor: systemet()}, store.OrganisationFilter{}, db.Sida{Limit: 1})
	if err != nil {
		return err
	}
	if i.Demo || antal > 0 {
		return ErrInteTom
	}
	return nil
}

// utanVantan adds synchronous_commit=off to an address of either form.
func utanVantan(dsn string) string {
	const val = "synchronous_commit=off"
	switch {
	case !strings.Contains(dsn, "://"):
		return dsn + " " + val
	case strings.Contains(dsn, "?"):
		return dsn + "&" + val
	}
	return dsn + "?" + val
}

// systemet is the demo itself, before there is anybody else.
func systemet() register.Aktor { return register.Aktor{System: "demo"} }

// fyllare carries what has been made so far.
type fyllare struct {
	st    *store.Store
	auth  *auth.Auth
	idag  register.Datum
	fro   int64
	antal int

	kodverk  register.Kodverk
	forbund  []forbund
	orgID    []uuid.UUID
	insatsID [][]uuid.UUID
	fragor   [][]register.Fraga // of each förbund, in order
	konton   []anvandarkonto
	kontoID  []uuid.UUID
}

// nutidFran is the first day of the living present: three years back, but never
// in or before 2010.
func nutidFran(idag register.Datum) register.Datum {
	return senast(idag.PlusAr(-nutidAr).Plus(1), register.NyttDatum(2011, 1, 1))
}

// allt makes everything but the very last step.
func (f *fyllare) allt(ctx context.Context) error {
	var err error
	if f.kodverk, err = f.st.Kodverk(ctx); err != nil {
		return err
	}
	f.forbund = forbunden(nutidFran(f.idag))
	f.konton = konton(f.forbund, f.idag)
	planer, err := f.planera()
	if err != nil {
		return err
	}
	if err := f.myndigheter(ctx); err != nil {
		return err
	}
	if err := f.anvandare(ctx); err != nil {
		return err
	}
	if err := f.organisationer(ctx); err != nil {
		return err
	}
	if err := f.uppdrag(ctx); err != nil {
		return err
	}
	if err := f.stallFragor(ctx); err != nil {
		return err
	}
	if err := f.pengar(ctx); err != nil {
		return err
	}
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(parallellt)
	for fb := range planer {
		for i, pl := range planer[fb] {
			g.Go(func() error {
				if err := f.registrera(ctx, fb, i, pl); err != nil {
					return fmt.Errorf("%s: %w", f.forbund[fb].insatser[i].uppgifter.Namn, err)
				}
				return nil
			})
		}
	}
	return g.Wait()
}

// planera decides everything that will be registered, before any of it is.
func (f *fyllare) planera() ([][]plan, error) {
	tagna := map[string]bool{}
	for _, k := range f.konton {
		tagna[k.nr.Siffror()] = true
	}
	alla := make([][]plan, len(f.forbund))
	r := slumpning(f.fro, 2010)
	kalla := nyKalla(r, tagna, register.NyttDatum(1948, 1, 1), register.NyttDatum(1991, 12, 31))
	var err error
	if alla[0], err = ar2010(r, f.forbund[0], kalla, f.idag); err != nil {
		return nil, err
	}
	kalla = nyKalla(slumpning(f.fro, 1), tagna, f.idag.PlusAr(-64), f.idag.PlusAr(-19-nutidAr))
	kvar, andelar := f.antal, 1000
	for n, fb := range f.forbund {
		if alla[n] == nil {
			alla[n] = make([]plan, len(fb.insatser))
		}
		for i, ins := range fb.insatser {
			if ins.andel == 0 {
				continue
			}
			antal := kvar * ins.andel / andelar // the last takes what is left
			kvar, andelar = kvar-antal, andelar-ins.andel
			pl, err := nutid(slumpning(f.fro, uint64(100*(n+1)+i)), f.nutidens(fb, ins, antal), kalla)
			if err != nil {
				return nil, err
			}
			pl.deltaganden = append(alla[n][i].deltaganden, pl.deltaganden...)
			alla[n][i] = pl
		}
	}
	return alla, nil
}

func (f *fyllare) nutidens(fb forbund, ins insats, antal int) nutidens {
	stadsdelar := map[string][]string{}
	for _, rad := range f.kodverk.Lista(register.KodverkStadsdel) {
		stadsdelar[rad.Tillhor] = append(stadsdelar[rad.Tillhor], rad.Kod)
	}
	return nutidens{
		antal: antal, fran: nutidFran(f.idag), idag: f.idag, slut: ins.uppgifter.Slutdatum,
		kommuner: fb.hemkommuner, stadsdelar: stadsdelar,
		giltig: func(kod string, pa register.Datum) bool {
			_, ok := f.kodverk.Giltig(register.KodverkStadsdel, kod, pa, register.FormFinsam)
			return ok
		},
	}
}
