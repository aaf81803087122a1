package auth_test

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"regexp"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/uuid"

	"sus/backend/auth"
	"sus/backend/register"
	"sus/backend/sms"
	"sus/backend/store"
	"sus/backend/store/konto"
	"sus/backend/store/storetest"
)

func TestMain(m *testing.M) { os.Exit(storetest.Main(m)) }

const (
	fk     = "2021005521" // Medlem in storetest's organisation
	adress = "192.0.2.1"
	ratt   = "mars-juni-augusti"
)

var systemet = register.Aktor{System: "test"}

// klocka is a clock that stands still until a test moves it.
type klocka struct{ nu atomic.Pointer[time.Time] }

func (k *klocka) Nu() time.Time        { return *k.nu.Load() }
func (k *klocka) stall(t time.Time)    { k.nu.Store(&t) }
func (k *klocka) fram(d time.Duration) { k.stall(k.Nu().Add(d)) }

// rum is one test's register, log-in and SMS simulator.
type rum struct {
	t      testing.TB
	db     *storetest.Databas
	store  *store.Store // by the test's clock, as is konto
	konto  *konto.Konto
	auth   *auth.Auth
	super  *sql.DB
	klocka *klocka
	sms    *sms.Klient
}

var (
	smsEn  sync.Once
	smsSim *sms.Simulator
	smsFel error
	lopnr  atomic.Int64
)

func smsKlient(t testing.TB) *sms.Klient {
	t.Helper()
	smsEn.Do(func() {
		dir, err := os.MkdirTemp("", "sus-auth-cert-")
		if err != nil {
			smsFel = err
			return
		}
		smsSim, smsFel = sms.StartaSimulator(context.Background(), "127.0.0.1:0", dir, "sus", "hemligt")
	})
	if smsFel != nil {
		t.Fatalf("SMS-simulatorn: %v", smsFel)
	}
	k, err := sms.New(smsSim.Options())
	if err != nil {
		t.Fatal(err)
	}
	return k
}

func nyttRum(t testing.TB) *rum {
	t.Helper()
	k := &klocka{}
	k.stall(time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC))
	d := storetest.NyMedDatabas(t)
	r := &rum{t: t, db: d, store: d.Store.Vid(k.Nu), konto: d.Konto.Vid(k.Nu), super: d.Super(t), klocka: k, sms: smsKlient(t)}
	r.auth = r.nyAuth(auth.Options{})
	return r
}

// nyAuth is another server beside the same database.
func (r *rum) nyAuth(o auth.Options) *auth.Auth {
	r.t.Helper()
	o.Issuer, o.Audience, o.Klocka = "sus-test", "sus-api-test", r.klocka.Nu
	a, err := auth.New(r.db.Konto, r.sms, o)
	if err != nil {
		r.t.Fatal(err)
	}
	return a
}

func (r *rum) sql(sql string, args ...any) {
	r.t.Helper()
	if _, err := r.super.ExecContext(r.t.Context(), sql, args...); err != nil {
		r.t.Fatalf("%s: %v", sql, err)
	}
}

func (r *rum) antal(sql string, args ...any) int {
	r.t.Helper()
	var n int
	if err := r.super.QueryRowContext(r.t.Context(), sql, args...).Scan(&n); err != nil {
		r.t.Fatalf("%s: %v", sql, err)
	}
	return n
}

// person is a user of a test.
type person struct {
	id    uuid.UUID
	pnr   register.Personnummer
	mobil string
}

// anvandare makes a user with the master password ratt and the roles, valid from today.
func (r *rum) anvandare(roller ...register.Roll) person {
	r.t.Helper()
	n := lopnr.Add(1)
	p := person{
		pnr:   register.Testnummer(register.NyttDatum(1950+int(n/12), 1+int(n%12), 17), true),
		mobil: fmt.Sprintf("+4670174%04d", n),
	}
	r.sql(`insert into installation (en, demo, fro) values (true, true, 1) on conflict do nothing`)
	id, err := r.nyAuth(auth.Options{}).SkapaAnvandare(r.t.Context(), systemet, auth.NyAnvandare{Personnummer: p.pnr, Fornamn: "Sven", Efternamn: "Envall",
		Mobil: p.mobil, Huvudarbetsgivare: fk, Huvudlosenord: ratt})
	r.sql(`delete from installation`)
	if err != nil {
		r.t.Fatal(err)
	}
	p.id = id
	for _, roll := range roller {
		r.behorighet(p, roll)
	}
	return p
}

func (r *rum) behorighet(p person, roll register.Roll) uuid.UUID {
	r.t.Helper()
	idag := r.store.Idag()
	id, err := r.konto.GeBehorighet(r.t.Context(), storetest.Som(systemet), register.Behorighet{AnvandareID: p.id, Roll: roll, Period: register.NyPeriod(idag, idag.Plus(364))})
	if err != nil {
		r.t.Fatal(err)
	}
	return id
}

func (r *rum) uppdrag(u konto.NyttUppdrag) uuid.UUID {
	r.t.Helper()
	if !u.Fran.Angett() {
		u.Fran = r.store.Idag()
	}
	id, err := r.konto.GeUppdrag(r.t.Context(), storetest.Som(systemet), u)
	if err != nil {
		r.t.Fatal(err)
	}
	return id
}

var sexSiffror = regexp.MustCompile(`\b\d{6}\b`)

// meddelanden is what the simulator sent to a number, newest first.
func (r *rum) meddelanden(mobil string) []sms.Mottaget {
	r.t.Helper()
	alla, err := r.sms.Lista(r.t.Context())
	if err != nil {
		r.t.Fatal(err)
	}
	var svar []sms.Mottaget
	for _, m := range alla {
		if m.Till == mobil {
			svar = append(svar, m)
		}
	}
	return svar
}

func (r *rum) senasteKod(p person) string {
	r.t.Helper()
	m := r.meddelanden(p.mobil)
	if len(m) == 0 {
		r.t.Fatal("inget SMS kom")
	}
	return sexSiffror.FindString(m[0].Text)
}

// annanKod is a well-formed code that is not the one given.
func annanKod(kod string) string {
	if kod == "000000" {
		return "000001"
	}
	return "000000"
}

// utmana does the first step.
func (r *rum) utmana(p person) auth.Utmaning {
	r.t.Helper()
	u, err := r.auth.Inloggning(r.t.Context(), p.pnr, ratt, adress)
	if err != nil {
		r.t.Fatal(err)
	}
	return u
}

// loggaIn does both steps.
func (r *rum) loggaIn(p person) auth.Tokens {
	r.t.Helper()
	u := r.utmana(p)
	tk, err := r.auth.Kod(r.t.Context(), u.ID, r.senasteKod(p), adress)
	if err != nil {
		r.t.Fatal(err)
	}
	return tk
}

// nekas wants a refusal of a class and a rule.
func nekas(t testing.TB, err error, kod register.Kod, regel string) *register.Error {
	t.Helper()
	var e *register.Error
	if !errors.As(err, &e) {
		t.Fatalf("fick %v, vill ha %s %s", err, kod, regel)
	}
	if e.Kod != kod || e.Regel.String() != regel {
		t.Fatalf("fick %s %s, vill ha %s %s", e.Kod, e.Regel, kod, regel)
	}
	return e
}

// slapps wants the token to open.
func (r *rum) slapps(token string) register.Aktor {
	r.t.Helper()
	ak, err := r.auth.Aktor(r.t.Context(), token)
	if err != nil {
		r.t.Fatal(err)
	}
	return ak
}

// stoppas wants the token refused as every bad one is.
func (r *rum) stoppas(token string) {
	r.t.Helper()
	_, err := r.auth.Aktor(r.t.Context(), token)
	nekas(r.t, err, register.KodOautentiserad, "token-ogiltig")
}
