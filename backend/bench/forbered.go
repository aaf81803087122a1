package main

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync/atomic"
	"time"

	"github.com/google/uuid"
	"golang.org/x/sync/errgroup"

	"sus/backend/folkbokforing"
	"sus/backend/register"
	"sus/backend/store"
	"sus/backend/store/db"
	"sus/backend/store/konto"
)

// forberedda are samtycken that wait for their in-registration.
type forberedda struct {
	alla  []samtycke
	tagna int
}

type samtycke struct{ id, insats uuid.UUID }

// ta hands out the next ones; each is used once.
func (f *forberedda) ta(antal int) []samtycke {
	fran := f.tagna
	f.tagna = min(f.tagna+antal, len(f.alla))
	return f.alla[fran:f.tagna]
}

// forbered makes samtycken through the use case, spread over the insatser. The
// population register's answer stands with each, fresh, so that no
// in-registration asks for it.
func (m *uppstallning) forbered(ctx context.Context, insatser []insats, antal int) (*forberedda, error) {
	borjan := time.Now()
	// None of these needs to be on the disk before the checkpoint that follows.
	d, err := db.Open(m.kluster.ServerURL()+"&synchronous_commit=off", db.Options{Nycklar: m.nycklar, MaxConns: conns})
	if err != nil {
		return nil, err
	}
	defer func() { _ = d.Close() }()
	st := store.New(d, store.Options{})
	aktor, err := m.aktor(ctx, d, m.token)
	if err != nil {
		return nil, err
	}
	var ids []uuid.UUID
	for _, i := range insatser {
		id, err := uuid.Parse(i.ID)
		if err != nil {
			return nil, err
		}
		ids = append(ids, id)
	}
	personer := make([]register.Personnummer, 0, antal/len(ids)+1)
	// The demo's people are born later: none of ours has a deltagande already.
	for dag := register.NyttDatum(1901, 1, 1); len(personer) < cap(personer); dag = dag.Plus(1) {
		if dag.Ar() >= 1948 {
			return nil, fmt.Errorf("det finns inte testnummer till %d samtycken", antal)
		}
		// Days 13–16 of the month are the simulator's protected and unknown ones.
		if dag.Dag() < 13 || dag.Dag() > 16 {
			personer = append(personer, register.Testnummer(dag, true), register.Testnummer(dag, false))
		}
	}
	f := &forberedda{alla: make([]samtycke, antal)}
	var nasta, saknade atomic.Int64
	var g errgroup.Group
	for range conns {
		g.Go(func() error {
			for n := int(nasta.Add(1) - 1); n < antal; n = int(nasta.Add(1) - 1) {
				insats := ids[n%len(ids)]
				id, err := skapaSamtycke(ctx, st, aktor, insats, personer[n/len(ids)])
				var nej *register.Error
				if errors.As(err, &nej) {
					saknade.Add(1) // somebody that the register does not take
					continue
				}
				if err != nil {
					return err
				}
				f.alla[n] = samtycke{id, insats}
			}
			return nil
		})
	}
	if err := g.Wait(); err != nil {
		return nil, err
	}
	f.alla = slices.DeleteFunc(f.alla, func(s samtycke) bool { return s.id == uuid.Nil })
	if n := int(saknade.Load()); n > antal/100 {
		return nil, fmt.Errorf("%d av %d samtycken nekades", n, antal)
	}
	sager("%d samtycken på %s", len(f.alla), time.Since(borjan).Round(time.Second))
	return f, m.stada(ctx)
}

// stada gives both servers a database at rest.
func (m *uppstallning) stada(ctx context.Context) error {
	for _, sats := range []string{"vacuum analyze", "checkpoint"} {
		if _, err := m.super.Exec(ctx, sats); err != nil {
			return err
		}
	}
	return nil
}

func skapaSamtycke(ctx context.Context, st *store.Store, a register.Aktor, insats uuid.UUID, nr register.Personnummer) (uuid.UUID, error) {
	post, err := folkbokforing.SimulatorPost(nr, time.Now())
	if err != nil {
		return uuid.Nil, err
	}
	in := register.NyttSamtycke{InsatsID: insats, Personnummer: nr, Blankett: "9443", Datum: st.Idag(), Sprak: "sv", Satt: register.SattSkriftligt}
	var id uuid.UUID
	_, err = st.SkapaSamtycke(ctx, db.Begaran{Aktor: a}, in, post, func(s store.SamtyckeMedIdentitet) (db.Svar, error) {
		id = s.ID
		return db.Svar{}, nil
	})
	return id, err
}

// aktor is whose a token is.
func (m *uppstallning) aktor(ctx context.Context, d *db.DB, token string) (register.Aktor, error) {
	sid, err := session(token)
	if err != nil {
		return register.Aktor{}, err
	}
	return konto.New(d).Aktor(ctx, sid)
}

// budgetera gives the förbund so many insatser with a budget of this year that one page of
// them is listlangd.
func (m *uppstallning) budgetera(ctx context.Context, organisation string) error {
	d, err := db.Open(m.kluster.ServerURL()+"&synchronous_commit=off", db.Options{Nycklar: m.nycklar, MaxConns: 2})
	if err != nil {
		return err
	}
	defer func() { _ = d.Close() }()
	st := store.New(d, store.Options{})
	aktor, err := m.aktor(ctx, d, m.admin)
	if err != nil {
		return err
	}
	org, err := uuid.Parse(organisation)
	if err != nil {
		return err
	}
	ar := st.Idag().Ar()
	l, err := st.Organisationsbudget(ctx, db.Begaran{Aktor: aktor}, org, ar)
	if err != nil {
		return err
	}
	for n := len(l.Insatser); n < listlangd; n++ {
		in := register.Insatsuppgifter{OrganisationID: org, Namn: fmt.Sprintf("Insats %d", n), Inriktning: register.InriktningStruktur, PreciseradInriktning: "KONFERENS",
			Deltagarregistrering: register.EndastAntal, Startdatum: st.Idag()}
		var id uuid.UUID
		if _, err := st.SkapaInsats(ctx, db.Begaran{Aktor: aktor}, in, func(s store.InsatsIOrganisation) (db.Svar, error) {
			id = s.ID
			return db.Svar{}, nil
		}); err != nil {
			return err
		}
		bu := register.Insatsbudgetuppgifter{Poster: []register.Insatsbudgetpost{{Budgettyp: register.BudgetInsatskostnad, Budget: register.Belopp(1_000_000 + n)},
			{Budgettyp: register.BudgetEsfInsatskostnad, Budget: register.Belopp(2_000_000 + n)}}}
		if _, err := st.SparaInsatsbudget(ctx, db.Begaran{Aktor: aktor}, id, ar, bu); err != nil {
			return err
		}
	}
	return nil
}

// session is the log-in that a token belongs to.
func session(token string) (uuid.UUID, error) {
	delar := strings.Split(token, ".")
	if len(delar) != 3 {
		return uuid.Nil, errors.New("token är ingen JWT")
	}
	b, err := base64.RawURLEncoding.DecodeString(delar[1])
	if err != nil {
		return uuid.Nil, err
	}
	var claims struct{ Sid uuid.UUID }
	err = json.Unmarshal(b, &claims)
	return claims.Sid, err
}
