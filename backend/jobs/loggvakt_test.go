package jobs

import (
	"bytes"
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/riverqueue/river"

	"sus/backend/register"
	"sus/backend/store/db"
	"sus/backend/store/storetest"
)

// logged writes a row of the log.
func logged(t *testing.T, d *storetest.Databas) {
	t.Helper()
	nej := register.Nekad()
	if err := d.Neka(t.Context(), storetest.Som(register.Aktor{System: "prov"}), db.Arende{Handelse: register.HandelseLoggLast}, nej); !errors.Is(err, nej) {
		t.Fatal(err)
	}
}

// sealer is one as Starta makes it, and what it says.
func sealer(t *testing.T, d *storetest.Databas) (*forseglare, *bytes.Buffer) {
	t.Helper()
	said := &bytes.Buffer{}
	return &forseglare{store: d.Store, logg: slog.New(slog.NewJSONHandler(said, nil)), vakt: &Loggvakt{}, fil: filepath.Join(t.TempDir(), "huvud.jsonl")}, said
}

func TestTheHeadGoesOutsideAtFirstEveryHourAndAtTheEnd(t *testing.T) {
	d := storetest.NyMedDatabas(t)
	f, said := sealer(t, d)
	heads := func() int {
		alla, err := db.LasLogghuvuden(f.fil)
		if err != nil && !errors.Is(err, os.ErrNotExist) {
			t.Fatal(err)
		}
		if k, err := d.KontrolleraLogg(t.Context(), alla...); err != nil || k.Brutet != "" || k.Huvuden != len(alla) {
			t.Errorf("%+v (%v)", k, err)
		}
		return len(alla)
	}
	f.ett(t.Context(), false)
	if n := heads(); n != 0 {
		t.Errorf("an empty log has %d heads", n)
	}
	for n, s := range []struct {
		age  time.Duration
		slut bool
		vill int
	}{{0, false, 1}, {0, false, 1}, {huvudVarje, false, 2}, {0, false, 2}, {0, true, 3}} {
		logged(t, d)
		f.nastaHuvud = f.nastaHuvud.Add(-s.age)
		f.ett(t.Context(), s.slut)
		if got := heads(); got != s.vill {
			t.Errorf("step %d: %d heads are outside, not %d", n, got, s.vill)
		}
	}
	f.ett(t.Context(), true) // nothing new
	if n := heads(); n != 3 {
		t.Errorf("the same head stands twice: %d", n)
	}
	info, err := os.Stat(f.fil)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("its mode is %v (%v)", info.Mode(), err)
	}
	if n := strings.Count(said.String(), `"huvud":{"sekvens":`); n < 3 {
		t.Errorf("the server's own log has %d heads: %s", n, said)
	}
	// A power cut left a line half.
	fil, err := os.OpenFile(f.fil, os.O_APPEND|os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	_, _ = fil.WriteString(`{"sekvens":9,"ha`)
	_ = fil.Close()
	logged(t, d)
	f.ett(t.Context(), true)
	if n := heads(); n != 4 {
		t.Errorf("after a half line %d heads are read", n)
	}
}

func TestTheOldestRowThatWaitsIsMeasuredSaidAtAMinuteAndRefusedAtAQuarter(t *testing.T) {
	d := storetest.NyMedDatabas(t)
	f, said := sealer(t, d)
	super := d.Super(t)
	f.ett(t.Context(), false)
	// Nothing can be sealed: another worker holds the lock for ever.
	tx, err := super.Begin()
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = tx.Rollback() }()
	if _, err := tx.Exec(`select pg_advisory_xact_lock(357913788417)`); err != nil {
		t.Fatal(err)
	}
	logged(t, d)
	for _, s := range []struct {
		age          string
		warns, ready bool
	}{{"59 seconds", false, true}, {"61 seconds", true, true}, {"14 minutes", true, true}, {"15 minutes 1 second", true, false}} {
		if _, err := super.Exec(`update loggko set sedan = clock_timestamp() - $1::interval`, s.age); err != nil {
			t.Fatal(err)
		}
		f.ett(t.Context(), false)
		if got := strings.Contains(said.String(), larmVantar); got != s.warns {
			t.Errorf("%s: warned %v", s.age, got)
		}
		var nej *register.Error
		err := f.vakt.Redo(t.Context())
		if (err == nil) != s.ready || err != nil && (!errors.As(err, &nej) || nej.Kod != register.KodOtillganglig || nej.Regel != register.RegelLoggOforseglad) {
			t.Errorf("%s: ready %v", s.age, err)
		}
	}
	if n := strings.Count(said.String(), larmVantar); n != 1 {
		t.Errorf("it was said %d times", n)
	}
	before := f.vakt.Aldsta()
	d.Store.Close() // it grows also while the database cannot be asked
	f.ett(t.Context(), false)
	if after := f.vakt.Aldsta(); after <= before {
		t.Errorf("%s, then %s", before, after)
	}
}

func TestTheNightlyCheckSaysHowItWentInTheLogAndWithAnAlarm(t *testing.T) {
	d := storetest.NyMedDatabas(t)
	f, _ := sealer(t, d)
	logged(t, d)
	f.ett(t.Context(), true)
	said := &bytes.Buffer{}
	w := &loggkontroll{store: d.Store, logg: slog.New(slog.NewJSONHandler(said, nil)), vakt: f.vakt, fil: f.fil}
	work := func() {
		t.Helper()
		if err := w.Work(t.Context(), &river.Job[register.LoggkontrollArgs]{}); err != nil {
			t.Fatal(err)
		}
	}
	work()
	if at, whole := f.vakt.Kontroll(); at.IsZero() || !whole || strings.Contains(said.String(), larmBruten) {
		t.Errorf("a whole log: %v %v %s", at, whole, said)
	}
	// The end is cut: without the file of heads nothing would show.
	for _, s := range []string{`delete from loggsigill`, `delete from loggpost`, `delete from loggko`} {
		if _, err := d.Agare(t).Exec(s); err != nil {
			t.Fatal(err)
		}
	}
	work()
	if _, whole := f.vakt.Kontroll(); whole || !strings.Contains(said.String(), `"level":"ERROR","msg":"LOGGEN ÄR BRUTEN"`) {
		t.Errorf("a cut log: %v %s", whole, said)
	}
	if n := storetest.Rakna(t, d.Super(t), `select count(*) from loggpost where handelse = 'LOGG_KONTROLLERAD' and detalj = 'bruten'`); n != 1 {
		t.Errorf("the log has %d rows of it", n)
	}
}

func TestAFileOfHeadsThatIsAwayIsToldAndNotAtTheFirstStart(t *testing.T) {
	d := storetest.NyMedDatabas(t)
	f, said := sealer(t, d)
	told := func(vill int, when string) {
		t.Helper()
		if n := strings.Count(said.String(), `"level":"ERROR","msg":"`+larmUtanFil+`","fil":"`+f.fil+`","gor":"`); n != vill {
			t.Errorf("%s: told %d times, not %d: %s", when, n, vill, said)
		}
	}
	f.ett(t.Context(), false)
	logged(t, d)
	f.ett(t.Context(), true)
	told(0, "at the first start")
	again := func() *forseglare { return &forseglare{store: f.store, logg: f.logg, vakt: f.vakt, fil: f.fil} }
	again().ett(t.Context(), false)
	told(0, "at a start with the file")
	if err := os.Remove(f.fil); err != nil {
		t.Fatal(err)
	}
	again().ett(t.Context(), false)
	told(1, "at a start without it")
	if err := os.Remove(f.fil); err != nil {
		t.Fatal(err)
	}
	logged(t, d)
	f.ett(t.Context(), true)
	told(2, "taken away from a server that runs")
}

func TestTheNightlyCheckTellsOfHeadsThatItCannotReadAndCallsItNoBreak(t *testing.T) {
	d := storetest.NyMedDatabas(t)
	f, _ := sealer(t, d)
	nightly(t, storetest.NyMedDatabas(t), f.fil, "nothing went outside yet", "")
	logged(t, d)
	f.ett(t.Context(), true)
	nightly(t, d, f.fil, "the file is there", "")
	if err := os.Remove(f.fil); err != nil {
		t.Fatal(err)
	}
	nightly(t, d, f.fil, "the file is away", larmUtanFil)
	if err := os.WriteFile(f.fil, []byte("{\"sekvens\":\"x\"}\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	nightly(t, d, f.fil, "a line is no head", larmOlasbar)
	if err := errors.Join(os.Remove(f.fil), os.Mkdir(f.fil, 0o700)); err != nil {
		t.Fatal(err)
	}
	nightly(t, d, f.fil, "it is a folder", larmOlasbar)
}

// nightly runs the check of a whole log, which says that and nothing else is wrong.
func nightly(t *testing.T, d *storetest.Databas, file, name, says string) {
	t.Helper()
	said, vakt := &bytes.Buffer{}, &Loggvakt{}
	w := &loggkontroll{store: d.Store, logg: slog.New(slog.NewJSONHandler(said, nil)), vakt: vakt, fil: file}
	if err := w.Work(t.Context(), &river.Job[register.LoggkontrollArgs]{}); err != nil {
		t.Errorf("%s: %v", name, err)
	}
	at, whole := vakt.Kontroll()
	if at.IsZero() || !whole || strings.Contains(said.String(), larmBruten) || !strings.Contains(said.String(), "loggen är kontrollerad") {
		t.Errorf("%s: %v %v %s", name, at, whole, said)
	}
	if n := strings.Count(said.String(), `"level":"ERROR"`); (n == 1) != (says != "") || !strings.Contains(said.String(), says) ||
		says != "" && (!strings.Contains(said.String(), `"fil":"`+file+`"`) || !strings.Contains(said.String(), `"gor":"`)) {
		t.Errorf("%s: %s", name, said)
	}
}
