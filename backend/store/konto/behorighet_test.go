package konto_test

import (
	"context"
	"database/sql"
	"errors"
	"os"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5/pgconn"

	"sus/backend/register"
	"sus/backend/store/db"
	"sus/backend/store/konto"
	"sus/backend/store/storetest"
)

const (
	medlemmen = "2021005521" // Medlem in storetest's organisation
	utanfor   = "5560360793" // not in it
)

var kommandot = register.Aktor{System: "test"}

// anvandarrum is a register with an organisation, two insatser and users.
type anvandarrum struct {
	*storetest.Databas
	t      *testing.T
	super  *sql.DB
	idag   register.Datum
	org    register.Samverkansorganisation
	forsta register.Insats
	andra  register.Insats
	antal  int
}

func TestMain(m *testing.M) { os.Exit(storetest.Main(m)) }

func nyttAnvandarrum(t *testing.T) *anvandarrum {
	t.Helper()
	d := storetest.NyMedDatabas(t)
	// A clock that stands at noon: these tests count days, and midnight may come while they run.
	mitt := register.NyttDatum(2026, 11, 24).Tid().Add(12 * time.Hour)
	d.Store, d.Konto = d.Store.Vid(func() time.Time { return mitt }), d.Konto.Vid(func() time.Time { return mitt })
	r := &anvandarrum{Databas: d, t: t, super: d.Super(t), idag: d.Idag()}
	r.org = storetest.Organisation(t, d.Store, nil)
	storetest.Myndighet(t, d.Store, utanfor, register.TypOvrig)
	r.forsta = storetest.Insats(t, d.Store, r.org, nil)
	r.andra = storetest.Insats(t, d.Store, r.org, func(in *register.Insatsuppgifter) { in.Namn = "Andra insatsen" })
	return r
}

// anvandare has no password that opens: these tests begin after the log-in.
func (r *anvandarrum) anvandare(arbetsgivare string) uuid.UUID {
	r.t.Helper()
	r.antal++
	id, err := r.Konto.SkapaAnvandare(r.t.Context(), storetest.Som(kommandot), register.Anvandaruppgifter{
		Personnummer: register.Testnummer(register.NyttDatum(1960, 1, r.antal), true), Fornamn: "Eva", Efternamn: "Prov",
		Mobil: "+46701740605", Huvudarbetsgivare: arbetsgivare,
	}, "$argon2id$v=19$m=19456,t=2,p=1$AAAA$AAAA")
	if err != nil {
		r.t.Fatal(err)
	}
	return id
}

func (r *anvandarrum) roll(id uuid.UUID, roll register.Roll) {
	r.t.Helper()
	if err := r.ge(id, roll, r.idag, r.idag.Plus(100)); err != nil {
		r.t.Fatal(err)
	}
}

func (r *anvandarrum) ge(id uuid.UUID, roll register.Roll, fran, tom register.Datum) error {
	_, err := r.Konto.GeBehorighet(r.t.Context(), storetest.Som(kommandot), register.Behorighet{AnvandareID: id, Roll: roll, Period: register.NyPeriod(fran, tom)})
	return err
}

func (r *anvandarrum) uppdra(u konto.NyttUppdrag) uuid.UUID {
	r.t.Helper()
	if !u.Fran.Angett() {
		u.Fran = r.idag
	}
	id, err := r.Konto.GeUppdrag(r.t.Context(), storetest.Som(kommandot), u)
	if err != nil {
		r.t.Fatal(err)
	}
	return id
}

// session opens one past the log-in.
func (r *anvandarrum) session(column string, innehavare uuid.UUID) uuid.UUID {
	r.t.Helper()
	id := uuid.New()
	nu := r.Nu()
	if _, err := r.super.ExecContext(r.t.Context(), `insert into session (id, `+column+`, scopes, skapad, vila_upphor, upphor)
		values ($1, $2, '{deltagande.las}', $3, $4, $4)`, id, innehavare, nu, nu.Add(365*24*time.Hour)); err != nil {
		r.t.Fatal(err)
	}
	return id
}

// aktor is who the user is to a request, at the store's clock or another.
func (r *anvandarrum) aktor(k *konto.Konto, session uuid.UUID) register.Aktor {
	r.t.Helper()
	ak, err := k.Aktor(r.t.Context(), session)
	if err != nil {
		r.t.Fatal(err)
	}
	return ak
}

func nekad(t *testing.T, err error, kod register.Kod, regel string) {
	t.Helper()
	var e *register.Error
	if !errors.As(err, &e) || e.Kod != kod || e.Regel.String() != regel {
		t.Fatalf("fick %v, vill ha %s %s", err, kod, regel)
	}
}

func TestTheRulesOfBehorigheter(t *testing.T) {
	r := nyttAnvandarrum(t)
	d := r.idag
	id := r.anvandare(medlemmen)
	for namn, f := range map[string]struct {
		roll      register.Roll
		fran, tom register.Datum
		regel     string
	}{
		"längre än två år":       {register.RollSusrapport, d, d.PlusAr(2), "behorighet-for-lang"},
		"slutar före sin start":  {register.RollSusrapport, d, d.Plus(-1), "slut-fore-start"},
		"en roll som inte finns": {register.RollMaskin, d, d, "okand-kod"},
	} {
		t.Run(namn, func(t *testing.T) { nekad(t, r.ge(id, f.roll, f.fran, f.tom), register.KodOgiltig, f.regel) })
	}
	for _, b := range []register.Behorighet{
		{Roll: register.RollSamverkansadministrator, Period: register.NyPeriod(d, d.PlusAr(2).Plus(-1))},
		{Roll: register.RollSusrapport, Period: register.NyPeriod(d.Plus(10), d.Plus(20))},
		{Roll: register.RollSusrapport, Period: register.NyPeriod(d.Plus(21), d.Plus(30))}, // abuts
		{Roll: register.RollInsatsansvarig, Period: register.NyPeriod(d.Plus(31), d.Plus(40))},
	} {
		if err := r.ge(id, b.Roll, b.Fran, *b.Tom); err != nil {
			t.Fatal(err)
		}
	}
	nekad(t, r.ge(id, register.RollSusrapport, d.Plus(30), d.Plus(30)), register.KodOgiltig, "behorighet-overlappar")
	nekad(t, r.ge(id, register.RollInsatsansvarig, d, d.Plus(10)), register.KodOgiltig, "for-manga-behorigheter")
	nekad(t, r.ge(id, register.RollDeltagaransvarig, d.Plus(50), d.Plus(60)), register.KodOgiltig, "behorigheter-utesluter")
	nekad(t, r.ge(uuid.New(), register.RollSusrapport, d, d), register.KodSaknas, "saknas")
	_, err := r.Konto.GeBehorighet(t.Context(), storetest.Som(storetest.Aktor(register.RollSamverkansadministrator, r.org.ID)),
		register.Behorighet{AnvandareID: id, Roll: register.RollSusrapport, Period: register.NyPeriod(d.Plus(60), d.Plus(70))})
	nekad(t, err, register.KodNekad, "behorighet-saknas")
}

// The same rules in the database, which the serving role cannot go around.
func TestTheDatabaseHoldsTheRulesOfBehorigheter(t *testing.T) {
	r := nyttAnvandarrum(t)
	app := r.App(t)
	satt := func(id uuid.UUID, roll register.Roll, fran, tom register.Datum) error {
		_, err := app.ExecContext(t.Context(), `insert into behorighet (anvandare_id, roll, giltig_fran, giltig_tom, skapad) values ($1, $2, $3, $4, now())`,
			id, string(roll), fran, tom)
		return err
	}
	d := r.idag
	id := r.anvandare(medlemmen)
	for _, b := range []register.Behorighet{
		{Roll: register.RollSamverkansadministrator, Period: register.NyPeriod(d, d.Plus(99))},
		{Roll: register.RollSusrapport, Period: register.NyPeriod(d.Plus(50), d.Plus(150))},
	} {
		if err := satt(id, b.Roll, b.Fran, *b.Tom); err != nil {
			t.Fatal(err)
		}
	}
	for namn, f := range map[string]struct {
		roll       register.Roll
		fran, tom  register.Datum
		constraint string
	}{
		"tre roller en dag mitt i":      {register.RollInsatsansvarig, d.Plus(-10), d.Plus(60), "behorighet_hogst_tva"},
		"tre roller den sista dagen":    {register.RollInsatsansvarig, d.Plus(99), d.Plus(120), "behorighet_hogst_tva"},
		"samma roll en gemensam dag":    {register.RollSusrapport, d.Plus(150), d.Plus(160), "behorighet_overlappar"},
		"de två som utesluter varandra": {register.RollDeltagaransvarig, d.Plus(-10), d, "behorighet_utesluter"},
		"en dag över två år":            {register.RollSystemforvaltare, d.Plus(200), d.Plus(200).PlusAr(2), "behorighet_hogst_tva_ar"},
	} {
		t.Run(namn, func(t *testing.T) {
			var pg *pgconn.PgError
			if err := satt(id, f.roll, f.fran, f.tom); !errors.As(err, &pg) || pg.ConstraintName != f.constraint {
				t.Errorf("fick %v, vill ha %s", err, f.constraint)
			}
		})
	}
	if err := satt(id, register.RollInsatsansvarig, d.Plus(100), d.Plus(149)); err != nil {
		t.Errorf("två roller nekades: %v", err)
	}
	for _, sats := range []string{
		`delete from behorighet`, `update behorighet set roll = 'SYSTEMFORVALTARE'`, `update behorighet set giltig_fran = current_date`,
		`delete from anvandare`, `update anvandare set personnummer = fornamn`, `update uppdrag set organisation_id = null`,
		`update klient set organisation_id = gen_random_uuid()`, `update session set anvandare_id = gen_random_uuid()`,
	} {
		var pg *pgconn.PgError
		if _, err := app.ExecContext(t.Context(), sats); !errors.As(err, &pg) || pg.Code != "42501" {
			t.Errorf("serverns roll fick göra «%s»: %v", sats, err)
		}
	}
}

func TestOfTwoWhoGiveRollerThatExcludeEachOtherAtOnceOneWins(t *testing.T) {
	r := nyttAnvandarrum(t)
	app := r.App(t)
	par := [][2]register.Roll{
		{register.RollSamverkansadministrator, register.RollDeltagaransvarig},
		{register.RollSusrapport, register.RollSusrapport},
		{register.RollInsatsansvarig, register.RollSystemforvaltare}, // beside a third
	}
	for varv := range storetest.Bevis(24, 300) {
		id := r.anvandare(medlemmen)
		p := par[varv%len(par)]
		if p[0] == register.RollInsatsansvarig {
			r.roll(id, register.RollSusrapport)
		}
		niva := []sql.IsolationLevel{sql.LevelReadCommitted, sql.LevelRepeatableRead}[varv%2]
		var fel [2]error
		var wg sync.WaitGroup
		start := make(chan struct{})
		for i := range 2 {
			wg.Go(func() {
				<-start
				if varv < 12 {
					fel[i] = r.ge(id, p[i], r.idag, r.idag.Plus(10))
					return
				}
				fel[i] = inTx(t.Context(), app, niva, func(tx *sql.Tx) error {
					_, err := tx.Exec(`insert into behorighet (anvandare_id, roll, giltig_fran, giltig_tom, skapad) values ($1, $2, $3, $4, now())`,
						id, string(p[i]), r.idag, r.idag.Plus(10))
					return err
				})
			})
		}
		close(start)
		wg.Wait()
		if (fel[0] == nil) == (fel[1] == nil) {
			t.Fatalf("varv %d, %v: %v och %v, vill ha en vinnare", varv, p, fel[0], fel[1])
		}
	}
}

func inTx(ctx context.Context, db *sql.DB, niva sql.IsolationLevel, fn func(*sql.Tx) error) error {
	tx, err := db.BeginTx(ctx, &sql.TxOptions{Isolation: niva})
	if err != nil {
		return err
	}
	if err := fn(tx); err != nil {
		return errors.Join(err, tx.Rollback())
	}
	time.Sleep(5 * time.Millisecond) // so that the other one is under way
	return tx.Commit()
}

func TestAnUppdragHoldsOnlyWithItsRollAndOnItsDays(t *testing.T) {
	r := nyttAnvandarrum(t)
	id := r.anvandare(medlemmen)
	r.roll(id, register.RollInsatsansvarig)
	igar := r.idag.Plus(-1)
	r.uppdra(konto.NyttUppdrag{AnvandareID: id, Roll: register.RollInsatsansvarig, InsatsID: r.forsta.ID})
	r.uppdra(konto.NyttUppdrag{AnvandareID: id, Roll: register.RollInsatsansvarig, InsatsID: r.andra.ID, Period: register.Period{Fran: r.idag.Plus(-10), Tom: &igar}})
	r.uppdra(konto.NyttUppdrag{AnvandareID: id, Roll: register.RollInsatsansvarig, OrganisationID: r.org.ID, Period: register.Period{Fran: r.idag.Plus(1)}})
	r.uppdra(konto.NyttUppdrag{AnvandareID: id, Roll: register.RollDeltagaransvarig, OrganisationID: r.org.ID})
	session := r.session("anvandare_id", id)
	vill := []register.Uppdrag{{Roll: register.RollInsatsansvarig, OrganisationID: r.org.ID, InsatsID: r.forsta.ID}}
	if ak := r.aktor(r.Konto, session); !slices.Equal(ak.Uppdrag, vill) || ak.ID != id || len(ak.Scopes) != 0 {
		t.Errorf("fick %+v", ak)
	}
	imorgon := r.Konto.Vid(func() time.Time { return r.Nu().Add(24 * time.Hour) })
	if ak := r.aktor(imorgon, session); len(ak.Uppdrag) != 2 {
		t.Errorf("i morgon: %+v", ak.Uppdrag)
	}
	_, err := r.Konto.Vid(func() time.Time { return r.Nu().Add(101 * 24 * time.Hour) }).Aktor(t.Context(), session)
	nekad(t, err, register.KodOautentiserad, "token-ogiltig")
}

func TestAnUppdragInAnOrganisationOpensItsInsatserToDeltagaransvarigAndMaskin(t *testing.T) {
	r := nyttAnvandarrum(t)
	id := r.anvandare(medlemmen)
	r.roll(id, register.RollDeltagaransvarig)
	r.uppdra(konto.NyttUppdrag{AnvandareID: id, Roll: register.RollDeltagaransvarig, OrganisationID: r.org.ID})
	klient, err := r.Konto.SkapaKlient(t.Context(), storetest.Som(kommandot), konto.NyKlient{Namn: "Systemet", OrganisationID: r.org.ID,
		Scopes: []register.Scope{register.ScopeDeltagandeLas}}, "hemlig")
	if err != nil {
		t.Fatal(err)
	}
	r.uppdra(konto.NyttUppdrag{KlientID: klient, Roll: register.RollMaskin, OrganisationID: r.org.ID})
	annan := storetest.Organisation(t, r.Store, func(in *register.Organisationsuppgifter) { in.Namn = "Grannförbundet" })
	frammande := storetest.Insats(t, r.Store, annan, nil)
	for column, innehavare := range map[string]uuid.UUID{"anvandare_id": id, "klient_id": klient} {
		ak := r.aktor(r.Konto, r.session(column, innehavare))
		if n := len(ak.InsatserMedPersonuppgifter()); n != 2 || !ak.FarSePersonuppgifter(r.forsta.ID) || !ak.FarSePersonuppgifter(r.andra.ID) {
			t.Errorf("%s: fick %+v", column, ak.Uppdrag)
		}
		if ak.FarSePersonuppgifter(frammande.ID) {
			t.Errorf("%s ser en annan organisations insats", column)
		}
	}
	_, err = r.Konto.GeUppdrag(t.Context(), storetest.Som(kommandot), konto.NyttUppdrag{KlientID: klient, Roll: register.RollMaskin, InsatsID: frammande.ID, Period: register.Period{Fran: r.idag}})
	nekad(t, err, register.KodOgiltig, "uppdrag-utanfor-organisationen")
}

func TestTheHuvudarbetsgivareOfADeltagaransvarigMustBeAMedlemToday(t *testing.T) {
	r := nyttAnvandarrum(t)
	utomstaende := r.anvandare(utanfor)
	r.roll(utomstaende, register.RollDeltagaransvarig)
	r.uppdra(konto.NyttUppdrag{AnvandareID: utomstaende, Roll: register.RollDeltagaransvarig, OrganisationID: r.org.ID})
	if ak := r.aktor(r.Konto, r.session("anvandare_id", utomstaende)); len(ak.Uppdrag) != 0 {
		t.Errorf("en utomstående fick %+v", ak.Uppdrag)
	}
	medlem := r.anvandare(medlemmen)
	r.roll(medlem, register.RollDeltagaransvarig)
	r.uppdra(konto.NyttUppdrag{AnvandareID: medlem, Roll: register.RollDeltagaransvarig, InsatsID: r.forsta.ID})
	session := r.session("anvandare_id", medlem)
	if ak := r.aktor(r.Konto, session); !ak.FarRegistrera(r.forsta.ID) {
		t.Errorf("en medlems anställda fick %+v", ak.Uppdrag)
	}
	if _, err := r.super.ExecContext(t.Context(), `update ingaende_organisation set medlem = false where organisationsnummer = $1`, medlemmen); err != nil {
		t.Fatal(err)
	}
	if ak := r.aktor(r.Konto, session); len(ak.Uppdrag) != 0 {
		t.Errorf("arbetsgivaren är inte medlem längre, men uppdraget är kvar: %+v", ak.Uppdrag)
	}
}

// The rows are dated: what the huvudarbetsgivare was, or is to be, gives nothing today.
func TestTheHuvudarbetsgivareIsMedlemOnTheDaysOfItsRow(t *testing.T) {
	r := nyttAnvandarrum(t)
	id := r.anvandare(medlemmen)
	r.roll(id, register.RollDeltagaransvarig)
	r.uppdra(konto.NyttUppdrag{AnvandareID: id, Roll: register.RollDeltagaransvarig, InsatsID: r.forsta.ID})
	session := r.session("anvandare_id", id)
	administrator := storetest.Som(storetest.Aktor(register.RollSamverkansadministrator, r.org.ID))
	igar, imorgon := r.idag.Plus(-1), r.idag.Plus(1)
	for namn, fall := range map[string]struct {
		fran, tom *register.Datum
		ger       bool
		lage      register.Uppdragslage
	}{
		"hela tiden":      {nil, nil, true, register.UppdragGaller},
		"till och med nu": {nil, &r.idag, true, register.UppdragGaller},
		"från och med nu": {&r.idag, nil, true, register.UppdragGaller},
		"till i går":      {nil, &igar, false, register.UppdragUtanMedlemskap},
		"från i morgon":   {&imorgon, nil, false, register.UppdragUtanMedlemskap},
	} {
		t.Run(namn, func(t *testing.T) {
			if _, err := r.super.ExecContext(t.Context(), `update ingaende_organisation set giltig_fran = $1, giltig_tom = $2 where organisationsnummer = $3`,
				fall.fran, fall.tom, medlemmen); err != nil {
				t.Fatal(err)
			}
			if ak := r.aktor(r.Konto, session); ak.FarRegistrera(r.forsta.ID) != fall.ger {
				t.Errorf("uppdragen är %+v", ak.Uppdrag)
			}
			poster, err := r.Konto.Insatsuppdrag(t.Context(), administrator, r.forsta.ID)
			if err != nil || len(poster) != 1 || poster[0].Lage != fall.lage {
				t.Errorf("läget är %+v (%v)", poster, err)
			}
			// Who is to be Medlem, or is still, can be given an uppdrag of those days.
			tagare, err := r.Konto.Uppdragstagare(t.Context(), administrator, r.org.ID, register.RollDeltagaransvarig)
			if vill := fall.tom != &igar; err != nil || (len(tagare) == 1) != vill {
				t.Errorf("kan få uppdrag: %+v (%v)", tagare, err)
			}
		})
	}
	// Who is Medlem from tomorrow is given an uppdrag from tomorrow.
	if _, err := r.super.ExecContext(t.Context(), `update ingaende_organisation set giltig_fran = $1, giltig_tom = null where organisationsnummer = $2`, imorgon, medlemmen); err != nil {
		t.Fatal(err)
	}
	ge := func(fran register.Datum) error {
		_, err := r.Konto.SkapaUppdrag(t.Context(), administrator, uuid.Nil, r.andra.ID, register.Uppdragsgivning{AnvandareID: id,
			Roll: register.RollDeltagaransvarig, Period: register.Period{Fran: fran}}, func(konto.Uppdragspost) (db.Svar, error) { return db.Svar{Status: 201}, nil })
		return err
	}
	nekad(t, ge(r.idag), register.KodOgiltig, "arbetsgivaren-inte-medlem")
	if err := ge(imorgon); err != nil {
		t.Errorf("från den dag arbetsgivaren är medlem: %v", err)
	}
}

func TestAUsersHuvudarbetsgivareAndAClientsOwnerStandInTheRegister(t *testing.T) {
	r := nyttAnvandarrum(t)
	_, err := r.Konto.SkapaAnvandare(t.Context(), storetest.Som(kommandot), register.Anvandaruppgifter{
		Personnummer: register.Testnummer(register.NyttDatum(1970, 1, 1), true), Fornamn: "Eva", Efternamn: "Prov", Mobil: "+46701740605",
		Huvudarbetsgivare: "2120000142"}, "$argon2id$v=19$m=19456,t=2,p=1$AAAA$AAAA")
	nekad(t, err, register.KodOgiltig, "myndighet-saknas")
	klient := konto.NyKlient{Namn: "Systemet", OrganisationID: r.org.ID, Agare: "2120000142", Scopes: []register.Scope{register.ScopeDeltagandeLas}}
	_, err = r.Konto.SkapaKlient(t.Context(), storetest.Som(kommandot), klient, "hemlig")
	nekad(t, err, register.KodOgiltig, "myndighet-saknas")
	for namn, agare := range map[string]string{"Medlemmens": medlemmen, "Förbundets": ""} {
		klient.Namn, klient.Agare = namn, agare
		id, err := r.Konto.SkapaKlient(t.Context(), storetest.Som(kommandot), klient, "hemlig")
		if err != nil {
			t.Fatal(err)
		}
		vill := agare
		if vill == "" {
			vill = r.org.Organisationsnummer
		}
		if n := storetest.Rakna(t, r.super, `select count(*) from klient where id = '`+id.String()+`' and agare = '`+vill+`'`); n != 1 {
			t.Errorf("%s ägs inte av %s", namn, vill)
		}
	}
}

func TestAnUppdragThatCannotBeIsRefused(t *testing.T) {
	r := nyttAnvandarrum(t)
	id := r.anvandare(medlemmen)
	igar := r.idag.Plus(-1)
	for namn, f := range map[string]struct {
		u     konto.NyttUppdrag
		kod   register.Kod
		regel string
	}{
		"utan mål":                   {konto.NyttUppdrag{AnvandareID: id, Roll: register.RollInsatsansvarig}, register.KodOgiltig, "uppdrag-otydligt"},
		"utan innehavare":            {konto.NyttUppdrag{Roll: register.RollInsatsansvarig, InsatsID: r.forsta.ID}, register.KodOgiltig, "uppdrag-otydligt"},
		"administratör av en insats": {konto.NyttUppdrag{AnvandareID: id, Roll: register.RollSamverkansadministrator, InsatsID: r.forsta.ID}, register.KodOgiltig, "okand-kod"},
		"maskin som är en människa":  {konto.NyttUppdrag{AnvandareID: id, Roll: register.RollMaskin, InsatsID: r.forsta.ID}, register.KodOgiltig, "okand-kod"},
		"en insats som inte finns":   {konto.NyttUppdrag{AnvandareID: id, Roll: register.RollInsatsansvarig, InsatsID: uuid.New()}, register.KodSaknas, "saknas"},
		"slut före start":            {konto.NyttUppdrag{AnvandareID: id, Roll: register.RollInsatsansvarig, InsatsID: r.forsta.ID, Period: register.Period{Tom: &igar}}, register.KodOgiltig, "slut-fore-start"},
	} {
		t.Run(namn, func(t *testing.T) {
			f.u.Fran = r.idag
			_, err := r.Konto.GeUppdrag(t.Context(), storetest.Som(kommandot), f.u)
			nekad(t, err, f.kod, f.regel)
		})
	}
}

func TestAnEndedUppdragAndAnEndedBehorighetHoldToAndIncludingTheLastDay(t *testing.T) {
	r := nyttAnvandarrum(t)
	id := r.anvandare(medlemmen)
	r.roll(id, register.RollInsatsansvarig)
	uppdrag := r.uppdra(konto.NyttUppdrag{AnvandareID: id, Roll: register.RollInsatsansvarig, InsatsID: r.forsta.ID})
	session := r.session("anvandare_id", id)
	if err := r.Konto.AvslutaUppdrag(t.Context(), storetest.Som(kommandot), uppdrag, r.idag); err != nil {
		t.Fatal(err)
	}
	imorgon := r.Konto.Vid(func() time.Time { return r.Nu().Add(24 * time.Hour) })
	if len(r.aktor(r.Konto, session).Uppdrag) != 1 || len(r.aktor(imorgon, session).Uppdrag) != 0 {
		t.Error("uppdraget slutade inte efter sin sista dag")
	}
	alla, err := r.Konto.Anvandare(t.Context(), storetest.Som(kommandot))
	if err != nil || len(alla) != 1 || len(alla[0].Behorigheter) != 1 {
		t.Fatalf("%+v %v", alla, err)
	}
	if n := storetest.Rakna(t, r.super, `select count(*) from loggpost where handelse = 'ANVANDARE_LISTADE'`); n != 1 {
		t.Errorf("listan över användare gav %d rader i loggen", n)
	}
	b := alla[0].Behorigheter[0]
	nekad(t, r.Konto.AvslutaBehorighet(t.Context(), storetest.Som(kommandot), b.ID, b.Tom.Plus(1)), register.KodSaknas, "saknas")
	nekad(t, r.Konto.AvslutaBehorighet(t.Context(), storetest.Som(kommandot), b.ID, b.Fran.Plus(-1)), register.KodOgiltig, "slut-fore-start")
	if err := r.Konto.AvslutaBehorighet(t.Context(), storetest.Som(kommandot), b.ID, r.idag); err != nil {
		t.Fatal(err)
	}
	_, err = imorgon.Aktor(t.Context(), session)
	nekad(t, err, register.KodOautentiserad, "token-ogiltig")
}

func TestTheProfileShowsWhoItIsWithAMaskedPersonnummer(t *testing.T) {
	r := nyttAnvandarrum(t)
	id := r.anvandare(medlemmen)
	r.roll(id, register.RollDeltagaransvarig)
	r.uppdra(konto.NyttUppdrag{AnvandareID: id, Roll: register.RollDeltagaransvarig, InsatsID: r.forsta.ID})
	p, err := r.Konto.Profil(t.Context(), r.aktor(r.Konto, r.session("anvandare_id", id)))
	if err != nil {
		t.Fatal(err)
	}
	if p.Fornamn != "Eva" || p.Efternamn != "Prov" || p.PersonnummerMaskerat != "19600101-****" || len(p.Behorigheter) != 1 {
		t.Errorf("fick %+v", p)
	}
	if len(p.Uppdrag) != 1 || p.Uppdrag[0].Organisation != r.org.Namn || p.Uppdrag[0].Insats != r.forsta.Namn {
		t.Errorf("uppdrag: %+v", p.Uppdrag)
	}
	_, err = r.Konto.Profil(t.Context(), kommandot)
	nekad(t, err, register.KodSaknas, "saknas")
}
