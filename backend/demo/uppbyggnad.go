package demo

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"
	"golang.org/x/sync/errgroup"

	"sus/backend/auth"
	"sus/backend/folkbokforing"
	"sus/backend/register"
	"sus/backend/store"
	"sus/backend/store/db"
	"sus/backend/store/konto"
)

// borjan is when the first user was given the first role.
var borjan = klockan(start2009, 8, 0)

// klockan is an hour of a day, a little past it so that no two registrations of
// one insats share an instant. The hours are UTC's, and fall within Swedish office hours.
func klockan(d register.Datum, timme, n int) time.Time {
	return d.Tid().Add(time.Duration(timme)*time.Hour + time.Duration(n%3600)*time.Second)
}

func fast(t time.Time) func() time.Time { return func() time.Time { return t } }

// myndigheter puts all whom the förbund are made of in the register: they employ the users.
func (f *fyllare) myndigheter(ctx context.Context) error {
	st := f.st.Vid(fast(borjan))
	for _, fb := range f.forbund {
		for _, i := range fb.uppgifter.Ingaende {
			in := register.Myndighetsuppgifter{Organisationsnummer: i.Organisationsnummer, Namn: i.Namn, Typ: i.Typ}
			if _, err := st.TaMedMyndighet(ctx, db.Begaran{Aktor: systemet()}, in); err != nil {
				return err
			}
		}
	}
	return nil
}

// anvandare makes every user with its chain of behörigheter.
func (f *fyllare) anvandare(ctx context.Context) error {
	f.kontoID = make([]uuid.UUID, len(f.konton))
	st := f.st.Vid(fast(borjan))
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(2) // each derives a key of many megabytes from the master password
	for n, k := range f.konton {
		g.Go(func() error {
			post, err := folkbokforing.SimulatorPost(k.nr, borjan)
			if err != nil {
				return err
			}
			fornamn, efternamn, _ := strings.Cut(post.Namn, " ")
			id, err := f.auth.SkapaAnvandare(ctx, systemet(), auth.NyAnvandare{
				Personnummer: k.nr, Fornamn: fornamn, Efternamn: efternamn, Mobil: k.mobil,
				Huvudarbetsgivare: k.arbetsgivare, Huvudlosenord: Huvudlosenord,
			})
			if err != nil {
				return err
			}
			f.kontoID[n] = id
			slut := f.idag.PlusAr(1)
			if k.slut != nil {
				slut = *k.slut
			}
			for _, p := range perioder(slut) {
				b := register.Behorighet{AnvandareID: id, Roll: k.roll, Period: register.NyPeriod(p[0], p[1])}
				if _, err := konto.New(st.DB).GeBehorighet(ctx, db.Begaran{Aktor: systemet()}, b); err != nil {
					return err
				}
			}
			return nil
		})
	}
	return g.Wait()
}

// vem finds the konto that the demo acts as.
func (f *fyllare) vem(roll register.Roll, forbund, insats int) register.Aktor {
	n := kontoFor(f.konton, plats{roll, forbund, insats})
	a := register.Aktor{ID: f.kontoID[n], Roller: []register.Roll{roll}}
	switch {
	case forbund == ingen:
	case insats == ingen:
		a.Uppdrag = []register.Uppdrag{{Roll: roll, OrganisationID: f.orgID[forbund]}}
	default:
		a.Uppdrag = []register.Uppdrag{{Roll: roll, OrganisationID: f.orgID[forbund], InsatsID: f.insatsID[forbund][insats]}}
	}
	return a
}

// organisationer makes the förbund, as Försäkringskassan does of an order, and
// their insatser, as their administrators do.
func (f *fyllare) organisationer(ctx context.Context) error {
	fk := f.vem(register.RollSystemforvaltare, ingen, ingen)
	for n, fb := range f.forbund {
		in := fb.uppgifter
		for _, rad := range f.kodverk.Lista(register.KodverkStadsdel) {
			if slices.Contains(in.Kommuner, rad.Tillhor) {
				in.Stadsdelar = append(in.Stadsdelar, rad.Kod)
			}
		}
		// On its first day, but not before the first user was there.
		st := f.st.Vid(fast(klockan(senast(in.Startdatum, start2009), 9, n)))
		var org register.Samverkansorganisation
		_, err := st.SkapaSamverkansorganisation(ctx, db.Begaran{Aktor: fk}, in, func(o register.Samverkansorganisation) (db.Svar, error) {
			org = o
			return db.Svar{}, nil
		})
		if err != nil {
			return err
		}
		f.orgID = append(f.orgID, org.ID)
		f.insatsID = append(f.insatsID, nil)
		admin := f.vem(register.RollSamverkansadministrator, n, ingen)
		for i, ins := range fb.insatser {
			in := ins.uppgifter
			in.OrganisationID = org.ID
			var id uuid.UUID
			_, err := f.st.Vid(fast(klockan(in.Startdatum, 10, i))).SkapaInsats(ctx, db.Begaran{Aktor: admin}, in, func(s store.InsatsIOrganisation) (db.Svar, error) {
				id = s.ID
				return db.Svar{}, nil
			})
			if err != nil {
				return err
			}
			f.insatsID[n] = append(f.insatsID[n], id)
		}
	}
	return nil
}

// uppdrag ties the users to their förbund and insatser, and makes a machine
// client of each förbund with all of its insatser.
func (f *fyllare) uppdrag(ctx context.Context) error {
	st := f.st.Vid(fast(borjan))
	ge := func(u konto.NyttUppdrag) error {
		u.Fran = start2009
		_, err := konto.New(st.DB).GeUppdrag(ctx, db.Begaran{Aktor: systemet()}, u)
		return err
	}
	for n, k := range f.konton {
		if k.forbund == ingen || k.roll == register.RollSusrapport {
			continue // FK and the readers of reports have no uppdrag
		}
		u := konto.NyttUppdrag{AnvandareID: f.kontoID[n], Roll: k.roll}
		switch {
		case k.ovriga:
			for _, id := range f.insatsID[k.forbund][2:] {
				u.InsatsID = id
				if err := ge(u); err != nil {
					return err
				}
			}
			continue
		case k.insats == ingen:
			u.OrganisationID = f.orgID[k.forbund]
		default:
			u.InsatsID = f.insatsID[k.forbund][k.insats]
		}
		if err := ge(u); err != nil {
			return err
		}
	}
	for n, fb := range f.forbund {
		id, err := konto.New(st.DB).SkapaKlient(ctx, db.Begaran{Aktor: systemet()}, konto.NyKlient{
			Namn: klientnamn(fb), OrganisationID: f.orgID[n],
			Scopes: []register.Scope{register.ScopeDeltagandeSkriv, register.ScopeDeltagandeLas, register.ScopeRapportLas, register.ScopeInsatsSkriv},
		}, Klienthemlighet)
		if err != nil {
			return err
		}
		if err := ge(konto.NyttUppdrag{KlientID: id, Roll: register.RollMaskin, OrganisationID: f.orgID[n]}); err != nil {
			return err
		}
	}
	return nil
}

// sparra blocks the last konto: the last step of a filling, and the sign that it is whole.
func (f *fyllare) sparra(ctx context.Context, st *store.Store) error {
	return konto.New(st.Vid(fast(klockan(f.idag, 0, 0))).DB).SparraAnvandare(ctx, db.Begaran{Aktor: systemet()}, f.kontoID[len(f.kontoID)-1], true)
}
