package konto_test

import (
	"errors"
	"testing"
	"time"

	"github.com/google/uuid"

	"sus/backend/register"
	"sus/backend/store"
	"sus/backend/store/konto"
	"sus/backend/store/storetest"
)

// den is the accounts at noon of a day.
func (r *anvandarrum) den(d register.Datum) *konto.Konto {
	return r.Konto.Vid(func() time.Time { return d.Tid().Add(12 * time.Hour) })
}

// regel is the rule id of a refusal, "" for none.
func regel(err error) string {
	var nej *register.Error
	if errors.As(err, &nej) {
		return nej.Regel.String()
	}
	return ""
}

func (r *anvandarrum) bevarande(s string) register.Bevarandetid {
	r.t.Helper()
	t, err := register.ParseBevarandetid(s)
	if err != nil {
		r.t.Fatal(err)
	}
	return t
}

func (r *anvandarrum) gallra(d register.Datum) int {
	r.t.Helper()
	n, err := r.den(d).Gallra(r.t.Context(), store.Gallrare, r.bevarande("2 år"))
	if err != nil {
		r.t.Fatal(err)
	}
	return n
}

// anvandareFran2014 is a user who was added in 2014.
func (r *anvandarrum) anvandareFran2014() uuid.UUID {
	r.t.Helper()
	nu := r.Konto
	r.Konto = r.den(register.NyttDatum(2014, 1, 1))
	defer func() { r.Konto = nu }()
	return r.anvandare(medlemmen)
}

func TestAUserWhoLeftIsErasedAfterTwoYearsAndTheShellStays(t *testing.T) {
	r := nyttAnvandarrum(t)
	fran, tom := register.NyttDatum(2014, 1, 10), register.NyttDatum(2015, 3, 31)
	slutat, senare, utan := r.anvandareFran2014(), r.anvandareFran2014(), r.anvandareFran2014()
	for id, slut := range map[uuid.UUID]register.Datum{slutat: tom, senare: tom.Plus(1)} {
		if err := r.ge(id, register.RollSusrapport, fran, slut); err != nil {
			t.Fatal(err)
		}
	}
	// An uppdrag without end keeps nobody: it opens nothing without a behörighet.
	if _, err := r.Konto.GeUppdrag(t.Context(), storetest.Som(kommandot), konto.NyttUppdrag{AnvandareID: slutat, Roll: register.RollDeltagaransvarig,
		InsatsID: r.forsta.ID, Period: register.Period{Fran: fran}}); err != nil {
		t.Fatal(err)
	}
	if n := r.gallra(register.NyttDatum(2016, 1, 1)); n != 0 {
		t.Errorf("den sista dagen för den som aldrig fick en behörighet gallrades %d", n)
	}
	if n := r.gallra(register.NyttDatum(2016, 1, 2)); n != 1 {
		t.Errorf("dagen efter gallrades %d", n)
	}
	if n := r.gallra(register.NyttDatum(2017, 3, 31)); n != 0 {
		t.Errorf("den sista dagen gallrades %d", n)
	}
	om := register.NyttDatum(2017, 4, 1)
	if g, err := r.den(om).Gallringsbart(t.Context(), r.bevarande("2 år")); err != nil || g != (register.Gallringsbart{Antal: 1, Aldsta: tom}) {
		t.Errorf("skulle gallras %+v (%v)", g, err)
	}
	if n := r.gallra(om); n != 1 {
		t.Errorf("dagen efter gallrades %d", n)
	}
	if n := r.gallra(om); n != 0 {
		t.Errorf("en gång till gallrade %d", n)
	}
	for _, id := range []uuid.UUID{slutat, utan} {
		if n := storetest.Rakna(t, r.super, `select count(*) from anvandare where id = $1 and sparrad and gallrad is not null
			and num_nonnulls(personnummer, blindindex, fornamn, efternamn, mobil, huvudlosenord) = 0`, id); n != 1 {
			t.Errorf("%s är inget tomt skal", id)
		}
		if n := storetest.Rakna(t, r.super, `select count(*) from loggpost where handelse = 'ANVANDARE_GALLRAD' and objekt_id = $1 and aktor_typ = 'SYSTEM'`, id); n != 1 {
			t.Errorf("%d rader i loggen säger att %s gallrats", n, id)
		}
		if n := storetest.Rakna(t, r.super, `select count(*) from loggpost where handelse = 'ANVANDARE_SKAPAD' and objekt_id = $1`, id); n != 1 {
			t.Errorf("raden om att %s lades till är %d", id, n)
		}
	}
	namn, err := r.Konto.Namn(t.Context(), slutat, senare, utan)
	if err != nil || len(namn) != 1 || namn[senare].Namn != "Eva Prov" {
		t.Errorf("namnen är %v (%v)", namn, err)
	}
	alla, err := r.Konto.Anvandare(t.Context(), storetest.Som(kommandot))
	if err != nil || len(alla) != 1 || alla[0].ID != senare {
		t.Errorf("användarna är %+v (%v)", alla, err)
	}
}

func TestAShellIsNobody(t *testing.T) {
	r := nyttAnvandarrum(t)
	id := r.anvandareFran2014()
	if n := r.gallra(register.NyttDatum(2017, 4, 1)); n != 1 {
		t.Fatalf("gallrades %d", n)
	}
	som := storetest.Som(kommandot)
	for namn, gor := range map[string]func() error{
		"ge behörighet": func() error { return r.ge(id, register.RollSusrapport, r.idag, r.idag.Plus(1)) },
		"ge uppdrag": func() error {
			_, err := r.Konto.GeUppdrag(t.Context(), som, konto.NyttUppdrag{AnvandareID: id, Roll: register.RollDeltagaransvarig, InsatsID: r.forsta.ID,
				Period: register.Period{Fran: r.idag}})
			return err
		},
		"häva spärren": func() error { return r.Konto.SparraAnvandare(t.Context(), som, id, false) },
		"byta lösenord": func() error {
			return r.Konto.BytHuvudlosenord(t.Context(), som, id, "$argon2id$v=19$m=19456,t=2,p=1$AAAA$AAAA")
		},
		"byta mobil":   func() error { _, err := r.Konto.BytMobil(t.Context(), som, id, "+46701740606"); return err },
		"läsa mobilen": func() error { _, err := r.Konto.Mobil(t.Context(), id); return err },
		"slå upp numret": func() error {
			_, err := r.Konto.AnvandareID(t.Context(), som, register.Testnummer(register.NyttDatum(1960, 1, 1), true))
			return err
		},
	} {
		if err := gor(); regel(err) != "saknas" {
			t.Errorf("%s gav %v", namn, err)
		}
	}
	// The number is free: who comes back is a new user.
	r.antal = 0
	if ny := r.anvandare(medlemmen); ny == id {
		t.Error("den som kommer tillbaka blev skalet")
	}
}

func TestWhoHasABehorighetIsNeverErasedWhateverIsAsked(t *testing.T) {
	r := nyttAnvandarrum(t)
	id := r.anvandareFran2014()
	if err := r.ge(id, register.RollSusrapport, register.NyttDatum(2026, 1, 1), register.NyttDatum(2027, 12, 31)); err != nil {
		t.Fatal(err)
	}
	slutat, igar := r.anvandareFran2014(), register.DatumAv(time.Now()).Plus(-1)
	r.Konto = r.den(igar)
	nyss := r.anvandare(medlemmen)
	if err := r.ge(slutat, register.RollSusrapport, igar.Plus(-30), igar); err != nil {
		t.Fatal(err)
	}
	app := r.App(t)
	var gjort bool
	for namn, vem := range map[string]uuid.UUID{"har en behörighet": id, "slutade igår": slutat, "lades till igår": nyss} {
		if err := app.QueryRow(`select sus_gallra_anvandare($1)`, vem).Scan(&gjort); err != nil || gjort {
			t.Errorf("tjänstens roll gallrade den som %s: %v (%v)", namn, gjort, err)
		}
	}
	if _, err := app.Exec(`update anvandare set fornamn = null where id = $1`, id); err == nil {
		t.Error("tjänstens roll får själv ta bort ett namn")
	}
	if n, err := r.den(register.NyttDatum(2050, 1, 1)).Gallra(t.Context(), store.Gallrare, register.Bevarandetid{}); err != nil || n != 0 {
		t.Errorf("det som bevaras för alltid gallrades: %d (%v)", n, err)
	}
}

// TestABehorighetThatIsBeingGivenKeepsTheUser: one that ended longer ago than the
// database itself keeps users, and not as long ago as the setting does.
func TestABehorighetThatIsBeingGivenKeepsTheUser(t *testing.T) {
	r := nyttAnvandarrum(t)
	id, idag := r.anvandareFran2014(), register.DatumAv(time.Now())
	ger, err := r.super.BeginTx(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = ger.Rollback() }()
	if _, err := ger.Exec(`insert into behorighet (id, anvandare_id, roll, giltig_fran, giltig_tom, skapad)
		values (gen_random_uuid(), $1, 'SUSRAPPORT', current_date - 600, current_date - 500, now())`, id); err != nil {
		t.Fatal(err)
	}
	klart := make(chan int)
	go func() { klart <- r.gallra(idag) }()
	for storetest.Rakna(t, r.super, `select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`) == 0 {
		time.Sleep(5 * time.Millisecond)
	}
	if err := ger.Commit(); err != nil {
		t.Fatal(err)
	}
	if n := <-klart; n != 0 {
		t.Errorf("gallrades %d", n)
	}
	if n := storetest.Rakna(t, r.super, `select count(*) from anvandare where id = $1 and gallrad is null`, id); n != 1 {
		t.Error("användaren är gallrad")
	}
	if n := r.gallra(idag.Plus(365)); n != 1 {
		t.Errorf("när även den är gammal gallrades %d", n)
	}
}
