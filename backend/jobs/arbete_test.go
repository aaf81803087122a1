package jobs

import (
	"errors"
	"io"
	"log/slog"
	"os"
	"testing"
	"time"

	"sus/backend/auth"
	"sus/backend/register"
	"sus/backend/store/db"
	"sus/backend/store/storetest"
)

func TestMain(m *testing.M) { os.Exit(storetest.Main(m)) }

func TestAStartedServerErasesAtOnceAndSealsWhatIsLogged(t *testing.T) {
	d := storetest.NyMedDatabas(t)
	a, err := auth.New(d.Konto, nil, auth.Options{Issuer: "sus", Audience: "sus-api"})
	if err != nil {
		t.Fatal(err)
	}
	j, err := Starta(t.Context(), Options{
		DatabaseURL: d.AppURL, Store: d.Store, Auth: a, Logg: slog.New(slog.NewTextHandler(io.Discard, nil)),
	})
	if err != nil {
		t.Fatalf("the serving role cannot work jobs: %v", err)
	}
	defer func() {
		if err := j.Stoppa(t.Context()); err != nil {
			t.Errorf("the jobs do not stop: %v", err)
		}
	}()

	super := d.Super(t)
	inTid(t, 20*time.Second, "the erasure is done", func() bool {
		var n int
		err := super.QueryRowContext(t.Context(), `select count(*) from river_job where kind = $1 and state = 'completed'`,
			register.GallringArgs{}.Kind()).Scan(&n)
		return err == nil && n == 1
	})
	nej := register.Nekad()
	if err := d.Neka(t.Context(), storetest.Som(register.Aktor{System: "prov"}), db.Arende{Handelse: register.HandelseLoggLast}, nej); !errors.Is(err, nej) {
		t.Fatal(err)
	}
	inTid(t, 5*time.Second, "the row is sealed", func() bool {
		var logged, sealed int64
		err := super.QueryRowContext(t.Context(),
			`select (select count(*) from loggpost), (select coalesce(sum(antal), 0) from loggsigill)`).Scan(&logged, &sealed)
		return err == nil && logged > 0 && sealed == logged
	})
	k, err := d.KontrolleraLogg(t.Context())
	if err != nil || k.Brutet != "" {
		t.Errorf("the chain does not hold: %s %v", k.Brutet, err)
	}
}

func inTid(t *testing.T, inom time.Duration, vad string, klart func() bool) {
	t.Helper()
	for slut := time.Now().Add(inom); time.Now().Before(slut); time.Sleep(50 * time.Millisecond) {
		if klart() {
			return
		}
	}
	t.Fatalf("not within %s: %s", inom, vad)
}
