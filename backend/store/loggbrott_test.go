package store_test

import (
	"errors"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"sus/backend/register"
	"sus/backend/store"
	"sus/backend/store/db"
	"sus/backend/store/storetest"
)

// forseglad is a log of four signed links, and its heads after the second and the last.
func forseglad(t *testing.T, d *storetest.Databas) (heads []db.Logghuvud) {
	t.Helper()
	i, a := fyll(t, d.Store)
	forsegla(t, d.Store)
	for n := range 3 {
		sok(t, d.Store, a, i, storetest.Person(fodd))
		sok(t, d.Store, a, i, enPerson(9, n))
		forsegla(t, d.Store)
		if n != 1 {
			heads = append(heads, huvud(t, d.DB))
		}
	}
	if k, err := d.KontrolleraLogg(t.Context(), heads...); err != nil || k.Brutet != "" || k.Sigill != 4 || k.Huvuden != 2 {
		t.Fatalf("before, the log is %+v (%v)", k, err)
	}
	return heads
}

func huvud(t *testing.T, d *db.DB) db.Logghuvud {
	t.Helper()
	h, ok, err := d.Logghuvud(t.Context())
	if err != nil || !ok {
		t.Fatalf("the log has no head: %v", err)
	}
	return h
}

const (
	nyRad = `insert into loggpost (id, tid, aktor_id, aktor_typ, handelse, objekttyp, utfall, regel, externt_id, detalj, traceparent)
		values (gen_random_uuid(), now() - interval '1 day', gen_random_uuid(), 'SYSTEM', 'X', 'y', 'OK', '', '', '', '')`
	// a link as the chain would have it, with the database's own reckoning
	falsktSigill = `insert into loggsigill (sekvens, fran, antal, poster, forra, hash, tid, slag, uppgift, signatur)
		select s, fran + antal, 1, p, hash, sus_lankhash('RADER', s, fran + antal, 1, tid, hash, '', sus_raderhash(p)), tid, 'RADER', '', signatur
		from loggsigill, lateral (select sekvens + %s as s, array[(select id from loggpost order by id desc limit 1)] as p) x order by sekvens desc limit 1`
	raknaOm = `do $$ declare l loggsigill; f bytea := ''; h bytea; begin for l in select * from loggsigill order by sekvens loop
		h := sus_lankhash(%s, l.sekvens, l.fran, l.antal, l.tid, f, l.uppgift, sus_raderhash(l.poster));
		update loggsigill set forra = f, hash = h, slag = %s, signatur = %s where sekvens = l.sekvens; f := h; end loop; end $$`
	andraEnRad = `update loggpost set handelse = 'ANNAT' where id = (select poster[1] from loggsigill where sekvens = 2)`
)

func raknadOm(slag, signatur string) string {
	return strings.Replace(strings.Replace(strings.Replace(raknaOm, "%s", slag, 1), "%s", slag, 1), "%s", signatur, 1)
}

// TestTenWaysToBendTheLogAreEachFound: by the role that owns the tables each is
// found; the role that serves may not, or it is found.
func TestTenWaysToBendTheLogAreEachFound(t *testing.T) {
	const persons = `(select loggpost_id from loggperson limit 1)`
	const gone = `delete from loggperson where loggpost_id in (select unnest(poster) from loggsigill where `
	const cut = `with l as (delete from loggsigill where %s returning poster) delete from loggpost where id in (select unnest(poster) from l)`
	for name, f := range map[string]struct {
		found string
		stmts []string
	}{
		"one row changed":                         {"raderna under sigill 2", []string{andraEnRad}},
		"one row removed":                         {"raderna under sigill 2", []string{gone + `sekvens = 2)`, `delete from loggpost where id = (select poster[1] from loggsigill where sekvens = 2)`}},
		"two rows swapped":                        {"raderna under sigill 2", []string{`update loggsigill set poster = poster[2:2] || poster[1:1] where sekvens = 2`}},
		"a row inserted with an old date":         {"har tiden", []string{nyRad}},
		"a row inserted with a future date":       {"har tiden", []string{strings.Replace(nyRad, "- interval", "+ interval", 1)}},
		"one with an old date, kept":              {"utanför kedjan", []string{nyRad, `delete from loggko`}},
		"a sealed row queued again":               {"flera sigill", []string{`insert into loggko (loggpost_id) select poster[1] from loggsigill where sekvens = 2`}},
		"a row that waits taken away":             {"väntar på sigill finns inte", []string{nyRad, `delete from loggpost where id in (select loggpost_id from loggko)`}},
		"a link forged":                           {"sigill 5 är inte signerat", []string{strings.Replace(falsktSigill, "%s", "1", 1)}},
		"the end cut with what went outside last": {"huvudet som noterades utifrån", []string{gone + `sekvens > 2)`, strings.Replace(cut, "%s", "sekvens > 2", 1)}},
		"the end cut and sealed anew":             {"huvudet som noterades utifrån", []string{`insert into loggko (loggpost_id) select unnest(poster) from loggsigill where sekvens > 2`, `delete from loggsigill where sekvens > 2`}},
		"the oldest end cut":                      {"inget sigill säger", []string{gone + `sekvens < 3)`, strings.Replace(cut, "%s", "sekvens < 3", 1)}},
		"persons rewritten":                       {"personerna", []string{`update loggperson set samtycke_id = null, blindindex = sha256('x') where loggpost_id = ` + persons}},
		"persons erased":                          {"personerna", []string{`delete from loggperson where loggpost_id = ` + persons}},
		"a future sequence":                       {"sigill 5 saknas", []string{strings.Replace(falsktSigill, "%s", "1000000", 1)}},
		"a whole chain recomputed":                {"inte signerat", []string{andraEnRad, raknadOm(`l.slag`, `l.signatur`)}},
		"recomputed without signature":            {"huvudet som noterades utifrån", []string{andraEnRad, raknadOm(`'OSIGNERAT'`, `null`)}},
		"the newest links unsigned": {"sigill 3 saknar signatur", []string{`do $$ declare l loggsigill; f bytea; h bytea; begin select hash into f from loggsigill where sekvens = 2;
			for l in select * from loggsigill where sekvens > 2 order by sekvens loop
			h := sus_lankhash('OSIGNERAT', l.sekvens, l.fran, l.antal, l.tid, f, l.uppgift, sus_raderhash(l.poster));
			update loggsigill set forra = f, hash = h, slag = 'OSIGNERAT', signatur = null where sekvens = l.sekvens; f := h; end loop; end $$`}},
		"all of it gone": {"huvudet som noterades utifrån", []string{`delete from loggperson`, `delete from loggsigill`, `delete from loggpost`}},
	} {
		t.Run(name, func(t *testing.T) {
			d := storetest.NyMedDatabas(t)
			heads := forseglad(t, d)
			app := d.App(t)
			refused := false
			for _, s := range f.stmts {
				if _, err := app.Exec(`begin; select set_config('sus.insatser', (select string_agg(id::text, ',') from insats), true); ` + s + `; commit`); err != nil {
					refused = true
					_, _ = app.Exec(`rollback`)
				}
			}
			if _, err := d.Forsegla(t.Context()); err != nil {
				t.Fatal(err)
			}
			if k, err := d.KontrolleraLogg(t.Context(), heads...); err != nil || k.Brutet != "" {
				t.Errorf("what the serving role could do broke the log: %+v (%v)", k, err)
			}
			if !refused {
				t.Error("the serving role was not refused")
			}
			for _, s := range f.stmts {
				if _, err := d.Agare(t).Exec(s); err != nil {
					t.Fatal(err)
				}
			}
			// The server goes on: it may say so itself, and seals what it is given.
			var broken *db.Loggbrott
			if _, err := d.Forsegla(t.Context()); err != nil && !errors.As(err, &broken) && name != "a row that waits taken away" {
				t.Fatal(err)
			}
			k, err := d.KontrolleraLogg(t.Context(), heads...)
			if err != nil || !strings.Contains(k.Brutet, f.found) {
				t.Errorf("it is not found: %+v (%v)", k, err)
			}
		})
	}
}

// TestWhatIsHonestIsNoBreakOfTheLog: what takes rows or persons from the log, or the
// log itself back, as it may. The heads that went outside before are held against it.
func TestWhatIsHonestIsNoBreakOfTheLog(t *testing.T) {
	for name, f := range map[string]struct {
		age  string // of the log before
		does func(t *testing.T, d *storetest.Databas, heads []db.Logghuvud) (took int, err error)
	}{
		"a withdrawal": {does: func(t *testing.T, d *storetest.Databas, _ []db.Logghuvud) (int, error) {
			var c, i uuid.UUID
			if err := d.Super(t).QueryRow(`select samtycke_id, insats_id from identitet`).Scan(&c, &i); err != nil {
				return 0, err
			}
			storetest.Aterkalla(t, d.Store, storetest.Deltagaransvarig(register.Insats{ID: i}), c)
			return storetest.Rakna(t, d.Super(t), `select count(*) from loggraderad`), nil
		}},
		"a protection": {does: func(t *testing.T, d *storetest.Databas, _ []db.Logghuvud) (int, error) {
			taEmotSkydd(t, d.Store, storetest.Person(fodd))
			return storetest.Rakna(t, d.Super(t), `select count(*) from loggraderad`), nil
		}},
		"gallring": {does: func(t *testing.T, d *storetest.Databas, _ []db.Logghuvud) (int, error) {
			i, a := huset(t, d.Store)
			storetest.Samtycke(t, d.Store, a, i, enPerson(9, 99))
			forsegla(t, d.Store)
			g, err := d.Gallra(t.Context(), d.Nu().AddDate(0, 2, 0))
			return g.Samtycken, err
		}},
		"gallring of the log": {age: "6 years", does: func(t *testing.T, d *storetest.Databas, _ []db.Logghuvud) (int, error) {
			return d.GallraLogg(t.Context(), db.Begaran{Aktor: store.Gallrare}, time.Now().AddDate(-5, 0, 0), "prov")
		}},
		"a restore that an epoch answers for": {does: func(t *testing.T, d *storetest.Databas, heads []db.Logghuvud) (int, error) {
			kor(t, d.Agare(t), `delete from loggperson where loggpost_id in (select unnest(poster) from loggsigill where sekvens = 4)`,
				`with l as (delete from loggsigill where sekvens = 4 returning poster) delete from loggpost where id in (select unnest(poster) from l)`)
			e, err := d.NyEpok(t.Context(), storetest.Som(storetest.Systemforvaltare()), "A. Drift", "säkerhetskopian från i natt", heads)
			return int(e.Forlorat.Sekvens), err
		}},
	} {
		t.Run(name, func(t *testing.T) {
			d := storetest.NyMedDatabas(t)
			loggklockan(t, d, f.age)
			heads := forseglad(t, d)
			loggklockan(t, d, "")
			if n, err := f.does(t, d, heads); err != nil || n == 0 {
				t.Fatalf("it took %d (%v)", n, err)
			}
			for _, when := range []string{"before its seal", "after its seal"} {
				if k, err := d.KontrolleraLogg(t.Context(), heads...); err != nil || k.Brutet != "" {
					t.Errorf("%s it is called a break: %+v (%v)", when, k, err)
				}
				if _, err := d.Forsegla(t.Context()); err != nil {
					t.Fatal(err)
				}
			}
		})
	}
}

// TestAForgersKeyIsFound: whoever has the database and a key of their own sets the
// whole log again with it.
func TestAForgersKeyIsFound(t *testing.T) {
	d := storetest.NyMedDatabas(t)
	forseglad(t, d)
	keys, err := db.SkapaNycklar(filepath.Join(t.TempDir(), "nycklar.json"))
	if err != nil {
		t.Fatal(err)
	}
	forger, err := db.Open(d.AppURL, db.Options{Nycklar: keys})
	if err != nil {
		t.Fatal(err)
	}
	defer forger.Close()
	kor(t, d.Agare(t), andraEnRad, `insert into loggko (loggpost_id) select unnest(poster) from loggsigill`, `delete from loggsigill`)
	if _, err := forger.Forsegla(t.Context()); err != nil {
		t.Fatal(err)
	}
	if k, err := forger.KontrolleraLogg(t.Context()); err != nil || k.Brutet != "" {
		t.Fatalf("by the forger's key the log is %+v (%v)", k, err)
	}
	if k := kontroll(t, d.Store); !strings.Contains(k.Brutet, "nyckel") {
		t.Errorf("it is not found without any head: %+v", k)
	}
}

// TestTheServingRoleAppendsNoLinkWithoutASignatureOfTheTransactionsOwn is what the
// definer functions let it do.
func TestTheServingRoleAppendsNoLinkWithoutASignatureOfTheTransactionsOwn(t *testing.T) {
	d := storetest.NyMedDatabas(t)
	forseglad(t, d)
	app := d.App(t)
	for _, s := range []string{
		`select sus_logg_lanka('\x00')`,
		`begin; select sus_logg_marke('EPOK', '{}'); commit; select sus_logg_lanka('\x00')`,
		`select sus_logg_marke('RADER', '')`, `select sus_logg_marke(null, '')`,
		`begin; select sus_logg_marke('EPOK', '{}'); select sus_logg_lanka(null); commit`,
		`select sus_logg_bered('RADER', '', '{}')`, `select sus_logg_rakna_om()`, `select * from loggsigill_vantar`,
		`insert into loggpost (id, tid, aktor_id, aktor_typ, handelse, objekttyp, utfall, regel, externt_id, detalj, traceparent)
			values (gen_random_uuid(), now(), gen_random_uuid(), 'SYSTEM', 'X', 'y', 'OK', '', '', '', '')`,
	} {
		if _, err := app.Exec(s); err == nil {
			t.Errorf("it may %s", s)
		}
		_, _ = app.Exec(`rollback`)
	}
	if k := kontroll(t, d.Store); k.Brutet != "" || k.Sigill != 4 {
		t.Errorf("the log is %+v", k)
	}
	// A table of the same name of its own catches no row.
	if _, err := app.Exec(`begin; create temp table loggko (loggpost_id uuid) on commit drop; create temp table loggsigill (x int) on commit drop;
		insert into loggpost (id, aktor_id, aktor_typ, handelse, objekttyp, utfall, regel, externt_id, detalj, traceparent)
		values (gen_random_uuid(), gen_random_uuid(), 'SYSTEM', 'X', 'y', 'OK', '', '', '', ''); commit`); err != nil {
		t.Fatal(err)
	}
	forsegla(t, d.Store)
	if k := kontroll(t, d.Store); k.Brutet != "" || k.Sigill != 5 {
		t.Errorf("the log is %+v", k)
	}
	// With any bytes for a signature it may append one: that is found.
	if _, err := app.Exec(`begin; select sus_logg_marke('EPOK', '{}'); select sus_logg_lanka(sha256('x')); commit`); err != nil {
		t.Fatal(err)
	}
	if k := kontroll(t, d.Store); !strings.Contains(k.Brutet, "signerat") {
		t.Errorf("it is not found: %+v", k)
	}
}

func TestTheServerSaysAtOnceThatWhatItHasSealedIsGone(t *testing.T) {
	d := storetest.NyMedDatabas(t)
	i, a := fyll(t, d.Store)
	forsegla(t, d.Store)
	sok(t, d.Store, a, i, storetest.Person(fodd))
	forsegla(t, d.Store)
	lost := huvud(t, d.DB)
	kor(t, d.Agare(t), `delete from loggperson where loggpost_id in (select unnest(poster) from loggsigill where sekvens = 2)`,
		`delete from loggpost where id in (select unnest(poster) from loggsigill where sekvens = 2)`, `delete from loggsigill where sekvens = 2`)
	sok(t, d.Store, a, i, storetest.Person(fodd))
	var broken *db.Loggbrott
	if n, err := d.Forsegla(t.Context()); n != 1 || !errors.As(err, &broken) || broken.Huvud.Sekvens != 2 || !slices.Equal(broken.Huvud.Hash, lost.Hash) {
		t.Errorf("%d rows sealed, and it says %v", n, err)
	}
	sok(t, d.Store, a, i, storetest.Person(fodd))
	if n, err := d.Forsegla(t.Context()); n != 1 || err != nil {
		t.Errorf("it says so again: %d %v", n, err)
	}
}

// TestAnEpochLetsTheLogGoOnAfterARestore takes the database back to an earlier state
// as a restored backup does.
func TestAnEpochLetsTheLogGoOnAfterARestore(t *testing.T) {
	d := storetest.NyMedDatabas(t)
	heads := forseglad(t, d)
	b := storetest.Som(storetest.Systemforvaltare())
	if _, err := d.NyEpok(t.Context(), b, "prov", "inget hände", heads); err == nil || !strings.Contains(err.Error(), "ingen ny epok behövs") {
		t.Errorf("an epoch without a loss: %v", err)
	}
	restore := func() {
		kor(t, d.Agare(t), `delete from loggsigill where sekvens > 3`, `delete from loggperson p using loggpost l where l.id = p.loggpost_id and not exists (select from loggsigill s where l.id = any (s.poster))`,
			`delete from loggpost p where not exists (select from loggsigill l where p.id = any (l.poster))`, `delete from loggko`)
	}
	restore()
	k, err := d.KontrolleraLogg(t.Context(), heads...)
	if err != nil || k.Forlorat == nil || k.Forlorat.Sekvens != 4 {
		t.Fatalf("the loss is not found: %+v (%v)", k, err)
	}
	e, err := d.NyEpok(t.Context(), b, "A. Drift", "säkerhetskopian från i natt", heads)
	if err != nil || e.Forlorat.Sekvens != 4 || e.Fran != 2 {
		t.Fatalf("%+v (%v)", e, err)
	}
	if _, err := d.Forsegla(t.Context()); err != nil {
		t.Fatal(err)
	}
	k, err = d.KontrolleraLogg(t.Context(), append(heads, huvud(t, d.DB))...)
	if err != nil || k.Brutet != "" || len(k.Epoker) != 1 || k.Epoker[0].Av != "A. Drift" {
		t.Errorf("after the epoch the log is %+v (%v)", k, err)
	}
	if s := k.Sammanfattning(); !strings.Contains(s, "hel över 2 epoker, ett huvud förlorat (sigill 4, ") {
		t.Errorf("it says %q", s)
	}
	if n := storetest.Rakna(t, d.Super(t), `select count(*) from loggpost where handelse = 'LOGG_NY_EPOK' and utfall = 'OK'`); n != 1 {
		t.Errorf("it stands %d times in the log", n)
	}
	// An epoch excuses what was lost before it, and nothing that is lost later.
	heads = append(heads, huvud(t, d.DB))
	kor(t, d.Agare(t), `delete from loggsigill where sekvens = (select max(sekvens) from loggsigill)`, `delete from loggpost where handelse = 'LOGG_NY_EPOK'`)
	if k, err := d.KontrolleraLogg(t.Context(), heads...); err != nil || k.Brutet == "" {
		t.Errorf("a later cut is excused: %+v (%v)", k, err)
	}
	// The epoch itself may be lost with all after it.
	restore()
	if k, err := d.KontrolleraLogg(t.Context(), heads...); err != nil || k.Forlorat == nil {
		t.Errorf("a second restore is excused: %+v (%v)", k, err)
	}
	forged := heads[0]
	forged.Sekvens = 77
	if k, err := d.KontrolleraLogg(t.Context(), forged); err != nil || !strings.Contains(k.Brutet, "inte signerat") {
		t.Errorf("a head that nobody signed: %+v (%v)", k, err)
	}
}
