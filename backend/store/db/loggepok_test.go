package db_test

import (
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"sus/backend/register"
	"sus/backend/store/db"
	"sus/backend/store/storetest"
)

// sealed logs two rows under a link of their own, and gives the head.
func sealed(t *testing.T, d *storetest.Databas) db.Logghuvud {
	t.Helper()
	nej := register.Nekad()
	for range 2 {
		if err := d.Neka(t.Context(), storetest.Som(storetest.Systemforvaltare()), db.Arende{Handelse: register.HandelseLoggLast}, nej); !errors.Is(err, nej) {
			t.Fatal(err)
		}
	}
	var broken *db.Loggbrott
	if n, err := d.Forsegla(t.Context()); n != 2 || err != nil && !errors.As(err, &broken) {
		t.Fatalf("%d rows sealed: %v", n, err)
	}
	h, ok, err := d.Logghuvud(t.Context())
	if err != nil || !ok {
		t.Fatalf("no head: %v", err)
	}
	return h
}

func exec(t *testing.T, by *sql.DB, stmts ...string) {
	t.Helper()
	for _, s := range stmts {
		if _, err := by.Exec(s); err != nil {
			t.Fatalf("%s: %v", s, err)
		}
	}
}

func check(t *testing.T, d *storetest.Databas, heads ...db.Logghuvud) db.Loggkontroll {
	t.Helper()
	k, err := d.KontrolleraLogg(t.Context(), heads...)
	if err != nil {
		t.Fatal(err)
	}
	return k
}

// restored takes the log back to its first links, as a backup has them.
func restored(t *testing.T, d *storetest.Databas, links int) {
	t.Helper()
	exec(t, d.Agare(t), fmt.Sprintf(`delete from loggsigill where sekvens > %d`, links),
		`delete from loggpost p where not exists (select from loggsigill l where p.id = any (l.poster))`, `delete from loggko`)
}

func TestLinksCutByGallringAreNoBreakWhenASignedLinkSaysSo(t *testing.T) {
	for name, f := range map[string]struct {
		cut, rows int64
		whole     bool
	}{"as it says": {2, 0, true}, "one link more": {3, 0, false}, "one link fewer": {1, 0, false}, "another number of rows": {2, 1, false}} {
		t.Run(name, func(t *testing.T) {
			d := storetest.NyMedDatabas(t)
			var heads []db.Logghuvud
			for n := range 4 {
				if h := sealed(t, d); n%2 == 1 {
					heads = append(heads, h)
				}
			}
			// An owner who lets a link say anything, and has nothing cut with it.
			exec(t, d.Agare(t), `alter table loggsigill disable trigger klipp`, `create or replace function sus_logg_marke(slag text, uppgift text)
				returns setof loggsigill_vantar language sql security definer as $$ select * from sus_logg_bered(slag, uppgift, '{}') $$`)
			if _, err := db.Underhall(t.Context(), d.DB, db.Begaran{}, func(tx *db.Tx) (int, error) {
				rows, err := db.Rad[int64](tx, `select sum(antal) from loggsigill where sekvens <= 2`)
				if err != nil {
					return 0, err
				}
				hash, err := db.Rad[[]byte](tx, `select hash from loggsigill where sekvens = 2`)
				if err != nil {
					return 0, err
				}
				return 0, tx.SignCut(db.Loggallring{Sekvens: 2, Hash: hash, Poster: rows + f.rows, Skal: "prov"})
			}); err != nil {
				t.Fatal(err)
			}
			own := d.Agare(t)
			for _, s := range []string{`delete from loggpost where id in (select unnest(poster) from loggsigill where sekvens <= $1)`, `delete from loggsigill where sekvens <= $1`} {
				if _, err := own.Exec(s, f.cut); err != nil {
					t.Fatal(err)
				}
			}
			last, _, err := d.Logghuvud(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			k := check(t, d, append(heads, last)...)
			if (k.Brutet == "") != f.whole {
				t.Errorf("the log is %+v", k)
			}
			if f.whole && (k.Gallrade == 0 || k.Huvuden != 2 && k.Oprovade != 1) {
				t.Errorf("it does not say so: %+v", k)
			}
		})
	}
}

// TestTheServerSignsNothingButWhatItAskedFor: whoever owns the functions answers with a
// link of another kind, or that says something else.
func TestTheServerSignsNothingButWhatItAskedFor(t *testing.T) {
	for name, f := range map[string]string{
		"that the log was cut":   `create or replace function sus_logg_nasta(hogst integer) returns setof loggsigill_vantar language sql security definer as $$ select * from sus_logg_bered('GALLRING', '{"sekvens": 1}', '{}') $$`,
		"an epoch":               `create or replace function sus_logg_nasta(hogst integer) returns setof loggsigill_vantar language sql security definer as $$ select * from sus_logg_bered('EPOK', '{}', '{}') $$`,
		"rows that say a thing":  `create or replace function sus_logg_nasta(hogst integer) returns setof loggsigill_vantar language sql security definer as $$ select * from sus_logg_bered('RADER', '{}', array(select loggpost_id from loggko)) $$`,
		"another epoch":          `create or replace function sus_logg_marke(slag text, uppgift text) returns setof loggsigill_vantar language sql security definer as $$ select * from sus_logg_bered(slag, replace(uppgift, 'prov', 'annan'), '{}') $$`,
		"a cut for an epoch":     `create or replace function sus_logg_marke(slag text, uppgift text) returns setof loggsigill_vantar language sql security definer as $$ select * from sus_logg_bered('GALLRING', uppgift, '{}') $$`,
		"a hash of other things": `create or replace function sus_logg_nasta(hogst integer) returns setof loggsigill_vantar language sql security definer as $$ select en, xact, sekvens, fran, antal, poster, forra, sha256('x'), tid, slag, uppgift, rader from sus_logg_bered('RADER', '', array(select loggpost_id from loggko)) $$`,
	} {
		t.Run(name, func(t *testing.T) {
			d := storetest.NyMedDatabas(t)
			sealed(t, d)
			lost := sealed(t, d)
			restored(t, d, 1)
			exec(t, d.Agare(t), f)
			var err error
			if strings.Contains(f, "sus_logg_marke") {
				_, err = d.NyEpok(t.Context(), storetest.Som(storetest.Systemforvaltare()), "prov", "prov", []db.Logghuvud{lost})
			} else {
				_ = d.Neka(t.Context(), storetest.Som(storetest.Systemforvaltare()), db.Arende{Handelse: register.HandelseLoggLast}, register.Nekad())
				_, err = d.Forsegla(t.Context())
			}
			if err == nil {
				t.Error("it was signed")
			}
			if n := storetest.Rakna(t, d.Super(t), `select count(*) from loggsigill where sekvens > 1 and slag <> 'RADER'`); n != 0 {
				t.Errorf("%d links were appended", n)
			}
		})
	}
}

// TestAnEpochSaysWhatIsKnownOfTheLossAndNoMore, however little of it went outside.
func TestAnEpochSaysWhatIsKnownOfTheLossAndNoMore(t *testing.T) {
	const utan = "Inget äldre huvud utifrån styrker det som är kvar."
	for name, f := range map[string]struct {
		left, after int   // links of the backup, and those that were set before anybody saw it
		heads       []int // those that went outside, of the six
		kvar, fran  int64
		says        string
	}{
		"the lost head alone":             {4, 0, []int{6}, 4, 0, "Till och med sigill 4 är loggen kvar från tiden före det: sigill 5–6 är förlorade. " + utan},
		"with one that is there":          {4, 0, []int{2, 6}, 4, 2, "sigill 5–6 är förlorade. Ett huvud utifrån styrker den till och med sigill 2."},
		"one link":                        {5, 0, []int{3, 6}, 5, 3, "Till och med sigill 5 är loggen kvar från tiden före det. Ett huvud"},
		"nothing is left":                 {0, 0, []int{6}, 0, 0, "Inget sigill är kvar från tiden före det: sigill 1–6 är förlorade. " + utan},
		"the log went on":                 {3, 2, []int{2, 4, 6}, 3, 2, "Till och med sigill 3 är loggen kvar från tiden före det: sigill 4–6 är förlorade."},
		"it went on and past, and no one": {3, 5, []int{6}, 3, 0, "sigill 4–6 är förlorade. " + utan},
	} {
		t.Run(name, func(t *testing.T) {
			d := storetest.NyMedDatabas(t)
			all := make([]db.Logghuvud, 7)
			for n := 1; n <= 6; n++ {
				all[n] = sealed(t, d)
			}
			restored(t, d, f.left)
			var heads, others []db.Logghuvud
			for n := 1; n <= 6; n++ {
				if slices.Contains(f.heads, n) {
					heads = append(heads, all[n])
				} else {
					others = append(others, all[n])
				}
			}
			for range f.after {
				heads = append(heads, sealed(t, d))
			}
			e, err := d.NyEpok(t.Context(), storetest.Som(storetest.Systemforvaltare()), "A. Drift", "prov", heads)
			if err != nil || e.Forlorat.Sekvens != 6 || e.Kvar == nil || *e.Kvar != f.kvar || e.Fran != f.fran {
				t.Fatalf("%+v (%v)", e, err)
			}
			if s := e.Sager(); !strings.Contains(s, f.says) || !strings.Contains(s, "Om något sattes efter det förlorade huvudet är inte känt.") {
				t.Errorf("it says %q", s)
			}
			// The other heads of the lost stretch turn up in another file.
			k := check(t, d, append(heads, others...)...)
			if k.Brutet != "" || len(k.Epoker) != 1 || k.Huvuden+6-f.left != len(heads)+len(others) {
				t.Errorf("after it the log is %+v", k)
			}
			// A link that the epoch says is left, and is gone later.
			if f.left > 0 {
				exec(t, d.Agare(t), fmt.Sprintf(`update loggsigill set hash = sha256('x') where sekvens = %d`, f.left))
				if k := check(t, d, heads...); k.Brutet == "" {
					t.Errorf("a later change is excused: %+v", k)
				}
			}
		})
	}
}

// TestTheLogGoesOnFromLinksThatTheServingRoleAppended: it can, with any bytes for a
// signature; nothing of it goes outside, and an epoch says which they are.
func TestTheLogGoesOnFromLinksThatTheServingRoleAppended(t *testing.T) {
	d := storetest.NyMedDatabas(t)
	heads := []db.Logghuvud{sealed(t, d)}
	app := d.App(t)
	b := storetest.Som(storetest.Systemforvaltare())
	const forged = `select sus_logg_lanka(sha256('x'))`
	exec(t, app, `begin; select sus_logg_marke('EPOK', '{"forlorat": {"sekvens": 9, "tid": "2999-01-01T00:00:00Z"}}'); `+forged+`; commit`)
	_ = d.Neka(t.Context(), b, db.Arende{Handelse: register.HandelseLoggLast}, register.Nekad())
	exec(t, app, `begin; select sus_logg_nasta(100); `+forged+`; commit`) // over a real row
	if h, ok, err := d.Logghuvud(t.Context()); err != nil || !ok || h.Sekvens != 1 {
		t.Errorf("the head is %d (%v)", h.Sekvens, err)
	}
	heads = append(heads, sealed(t, d))
	k := check(t, d, heads...)
	if !strings.Contains(k.Brutet, "sigill 2 är inte signerat med loggens nyckel, och inte heller 1 andra, det sista sigill 3") || len(k.Epoker) != 0 || k.Huvuden != 2 {
		t.Fatalf("before, the log is %+v", k)
	}
	e, err := d.NyEpok(t.Context(), b, "A. Drift", "någon hade tjänstens inloggning", nil)
	if err != nil || e.Forlorat.Sekvens != 0 || len(e.Ogiltiga) != 2 || e.Ogiltiga[1].Antal != 1 {
		t.Fatalf("%+v (%v)", e, err)
	}
	if s := e.Sager(); !strings.HasPrefix(s, "Utan loggens signatur och kvar ändå: sigill 2 (") || !strings.Contains(s, "över 1 rader") {
		t.Errorf("it says %q", s)
	}
	heads = append(heads, sealed2(t, d))
	k = check(t, d, heads...)
	if k.Brutet != "" || len(k.Overlatna) != 2 || !strings.Contains(k.Sammanfattning(), "hel över 2 epoker, 2 sigill utan loggens signatur (sigill 2 (") {
		t.Errorf("after it the log is %+v: %s", k, k.Sammanfattning())
	}
	if _, err := d.NyEpok(t.Context(), b, "A. Drift", "igen", heads); !errors.Is(err, db.ErrIngenEpok) {
		t.Errorf("a second epoch: %v", err)
	}
	// What the epoch let stand is held still, and another one is another matter.
	exec(t, app, `begin; select sus_logg_marke('EPOK', '{}'); `+forged+`; commit`)
	if k := check(t, d, heads...); !strings.Contains(k.Brutet, "sigill 7 är inte signerat") {
		t.Errorf("a later one is excused: %+v", k)
	}
	exec(t, d.Agare(t), `update loggpost set detalj = 'x' where id = (select poster[1] from loggsigill where sekvens = 3)`)
	if _, err := d.NyEpok(t.Context(), b, "A. Drift", "mer", heads); err == nil || !strings.Contains(err.Error(), "raderna under sigill 3") {
		t.Errorf("an epoch over a changed row: %v", err)
	}
}

// sealed2 seals what waits, whatever it is, and gives the head.
func sealed2(t *testing.T, d *storetest.Databas) db.Logghuvud {
	t.Helper()
	if _, err := d.Forsegla(t.Context()); err != nil {
		t.Fatal(err)
	}
	h, _, err := d.Logghuvud(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return h
}
