package db_test

import (
	"context"
	"errors"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"sus/backend/register"
	"sus/backend/store/db"
	"sus/backend/store/storetest"
)

func TestMain(m *testing.M) { os.Exit(storetest.Main(m)) }

// rows are the log's rows of an event, newest first.
func rows(t *testing.T, d *storetest.Databas, h register.Handelse) []db.Loggpost {
	t.Helper()
	all, err := d.Loggposter(t.Context(), storetest.Som(storetest.Systemforvaltare()), db.LoggFilter{Limit: 100})
	if err != nil {
		t.Fatal(err)
	}
	return slices.DeleteFunc(all, func(p db.Loggpost) bool { return p.Handelse != h.String() })
}

func TestAUseCaseWithoutAnEventIsNotRun(t *testing.T) {
	d := storetest.NyMedDatabas(t)
	_, err := db.Andra(t.Context(), d.DB, storetest.Som(storetest.Systemforvaltare()), db.Arende{}, func(*db.Tx) (int, error) {
		t.Error("it ran")
		return 0, nil
	})
	if err == nil {
		t.Error("it was not refused")
	}
}

func TestEveryRefusalOfAChangingCallHasItsRow(t *testing.T) {
	d := storetest.NyMedDatabas(t)
	a := storetest.Systemforvaltare()
	object := uuid.New()
	arende := db.Arende{Handelse: register.HandelseInsatsAndrad, ObjektID: object}
	for _, nej := range []*register.Error{register.Saknas(), register.Nekad(), register.Foraldrad(),
		register.Konflikt(register.RegelRedanOppen), register.Ogiltig(register.RegelOkandKod), register.Borta(register.RegelAterkallat)} {
		_, err := db.Andra(t.Context(), d.DB, storetest.Som(a), arende, func(tx *db.Tx) (int, error) {
			_, err := db.Kor(tx, `insert into inloggningsforsok (nyckel, antal, borjan) values (?, 1, ?)`, make([]byte, 32), tx.Nu)
			return 0, errors.Join(err, nej)
		})
		if !errors.Is(err, nej) {
			t.Fatalf("got %v", err)
		}
		r := rows(t, d, register.HandelseInsatsAndrad)[0]
		if r.Utfall != db.UtfallNekad || r.Regel != nej.Regel.String() || r.AktorID != a.ID || *r.ObjektID != object {
			t.Errorf("the row of %s is %+v", nej.Regel, r)
		}
	}
	var left int
	if err := d.Super(t).QueryRow(`select count(*) from inloggningsforsok`).Scan(&left); err != nil || left != 0 {
		t.Errorf("%d rows of refused changes are left (%v)", left, err)
	}
	// To read what is refused for another reason than its absence is no denial.
	before := len(rows(t, d, register.HandelseInsatsAndrad))
	_, _ = db.Las(t.Context(), d.DB, storetest.Som(a), arende, func(*db.Tx) (int, error) { return 0, register.Ogiltig(register.RegelOkandKod) })
	if n := len(rows(t, d, register.HandelseInsatsAndrad)); n != before {
		t.Errorf("%d rows more", n-before)
	}
}

func TestWhatATryGathersIsGoneInTheNext(t *testing.T) {
	d := storetest.NyMedDatabas(t)
	i := storetest.Insats(t, d.Store, storetest.Organisation(t, d.Store, nil), nil)
	a := storetest.Deltagaransvarig(i)
	index := make([]byte, 32)
	tries := 0
	_, err := db.Andra(t.Context(), d.DB, storetest.Som(a), db.Arende{Handelse: register.HandelseDeltagandeLast}, func(tx *db.Tx) (int, error) {
		tries++
		tx.Om(db.Loggad{Blindindex: index, InsatsID: i.ID})
		if tries < 3 {
			tx.Galler(uuid.New(), i.ID, uuid.Nil)
			_, err := db.Kor(tx, `do $$ begin raise exception using errcode = '40001'; end $$`)
			return 0, err
		}
		return 0, nil
	})
	if err != nil || tries != 3 {
		t.Fatalf("%d tries: %v", tries, err)
	}
	r := rows(t, d, register.HandelseDeltagandeLast)
	var persons int
	if err := d.Super(t).QueryRow(`select count(*) from loggperson`).Scan(&persons); err != nil {
		t.Fatal(err)
	}
	if len(r) != 1 || r[0].ObjektID != nil || persons != 1 {
		t.Errorf("%d rows, of %v, with %d persons", len(r), r[0].ObjektID, persons)
	}
}

func TestAWriteOutsideADoorHasNoWayIn(t *testing.T) {
	d := storetest.NyMedDatabas(t)
	i := storetest.Insats(t, d.Store, storetest.Organisation(t, d.Store, nil), nil)
	storetest.Deltagande(t, d.Store, storetest.Deltagaransvarig(i), i, storetest.Person(register.NyttDatum(1980, 1, 1)), register.NyttDatum(2010, 1, 1))
	n, err := db.Rad[int](d.Oppet(t.Context()), `select count(*) from deltagande`)
	if err != nil || n != 0 {
		t.Errorf("open reads see %d deltaganden (%v)", n, err)
	}
}

// proba is a job of no use.
type proba struct{}

// Kind is its name in the queue.
func (proba) Kind() string { return "proba" }

func TestAJobIsQueuedWithItsTransactionAndNotWithout(t *testing.T) {
	d := storetest.NyMedDatabas(t)
	queue := func(refused error) {
		_, err := db.Andra(t.Context(), d.DB, storetest.Som(storetest.Systemforvaltare()), db.Arende{Handelse: register.HandelseInsatsAndrad},
			func(tx *db.Tx) (int, error) {
				if err := tx.Jobb(proba{}); err != nil {
					return 0, err
				}
				return 0, refused
			})
		if !errors.Is(err, refused) {
			t.Fatal(err)
		}
	}
	queue(register.Konflikt(register.RegelRedanOppen))
	queue(nil)
	var n int
	if err := d.Super(t).QueryRow(`select count(*) from river_job where kind = 'proba'`).Scan(&n); err != nil || n != 1 {
		t.Errorf("%d jobs (%v)", n, err)
	}
}

func TestKodverkIsServedWhileTheDatabaseIsHeldUp(t *testing.T) {
	d := storetest.NyMedDatabas(t)
	if _, err := d.Kodverk(t.Context()); err != nil {
		t.Fatal(err)
	}
	tx, err := d.Super(t).Begin()
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = tx.Rollback() }()
	if _, err := tx.Exec(`update kodverk set etikett = etikett || '.'; lock table kodverk in access exclusive mode`); err != nil {
		t.Fatal(err)
	}
	db.ForgetAge(d.DB)
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
	defer cancel()
	answers := make(chan error)
	for range 20 {
		go func() {
			k, err := d.Kodverk(ctx)
			if err == nil && len(k.Rader) == 0 {
				err = errors.New("no rows")
			}
			answers <- err
		}()
	}
	for range 20 {
		if err := <-answers; err != nil {
			t.Error(err)
		}
	}
	readers, err := db.Rad[int](d.Oppet(ctx), `select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`)
	if err != nil || readers != 1 {
		t.Errorf("%d read the lists at once (%v)", readers, err)
	}
	if err := tx.Commit(); err != nil {
		t.Fatal(err)
	}
	for end := time.Now().Add(20 * time.Second); ; time.Sleep(20 * time.Millisecond) {
		k, err := d.Kodverk(ctx)
		if err != nil {
			t.Fatal(err)
		}
		if strings.HasSuffix(k.Rader[0].Etikett, ".") {
			return
		}
		if time.Now().After(end) {
			t.Fatal("the change never came")
		}
	}
}

func TestTheChainsColumnsAreTheTables(t *testing.T) {
	super := storetest.NyMedDatabas(t).Super(t)
	for table, columns := range db.ChainColumns {
		var missing string
		err := super.QueryRow(`select coalesce(string_agg(column_name, ', '), '') from information_schema.columns
			where table_schema = 'public' and table_name = $1 and column_name <> all (string_to_array($2, ','))`,
			table, strings.Join(strings.Fields(strings.ReplaceAll(columns, ",", " ")), ",")).Scan(&missing)
		if err != nil || missing != "" {
			t.Errorf("%s: %s is not read (%v)", table, missing, err)
		}
	}
}
