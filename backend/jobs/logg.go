package jobs

import (
	"context"
	"errors"
	"log/slog"
	"os"
	"time"

	"github.com/riverqueue/river"

	"sus/backend/register"
	"sus/backend/store"
	"sus/backend/store/db"
)

// huvudVarje is how often the log's head goes outside.
const huvudVarje = time.Hour

// The fixed words of what an operator must have an alarm on.
const (
	larmBruten  = "LOGGEN ÄR BRUTEN"
	larmVantar  = "loggen väntar på sigill"
	larmForsegl = "loggen går inte att försegla"
	larmUtanFil = "logghuvudets fil saknas"
	larmOlasbar = "logghuvudets fil kan inte läsas"
)

// What is to be done about the file of heads: with it goes what shows that the log's end
// was cut.
const (
	gorUtanFil = "Någon kan ha tagit bort eller flyttat filen, eller SUS_LOGGHUVUD_FIL pekar på en ny plats. Lägg tillbaka den; annars hämta raderna " +
		"logghuvud ur serverns logg och kör «sus logg kontrollera --huvud FIL». Att loggens slut är avklippt syns bara mot de huvuden som finns kvar."
	gorOlasbar = "Rätta filens rättigheter eller den rad som felet nämner, och kör «sus logg kontrollera». Loggen prövas så länge utan huvudena: " +
		"att dess slut är avklippt syns då inte."
)

// forseglare seals the audit log, says how long it waits, and takes its head outside.
// It is no River job: the queue would hold a row for every other second of the year.
type forseglare struct {
	store *store.Store
	logg  *slog.Logger
	vakt  *Loggvakt
	fil   string // the file of heads, "" for none

	borta, vantar bool
	provad, fanns bool // whether it is known that the file should be there, and whether it should
	nastaHuvud    time.Time
}

// kor works until ctx ends, and once more then.
func (f *forseglare) kor(ctx context.Context) {
	tick := time.NewTicker(sealEvery)
	defer tick.Stop()
	for {
		slut := false
		select {
		case <-tick.C:
		case <-ctx.Done():
			slut = true
		}
		c, avbryt := context.WithTimeout(context.WithoutCancel(ctx), sealEvery*5)
		f.ett(c, slut)
		avbryt()
		if slut {
			return
		}
	}
}

func (f *forseglare) ett(ctx context.Context, slut bool) {
	if !f.provad {
		// At the first start nothing has gone outside yet.
		_, finns, err := f.store.Logghuvud(ctx)
		f.provad, f.fanns = err == nil, finns
	}
	_, err := f.store.Forsegla(ctx)
	var brott *db.Loggbrott
	if errors.As(err, &brott) {
		f.logg.Error(larmBruten, "fel", brott.Error())
		f.ut(brott.Huvud) // so that a check finds that it is gone
		err = nil
	}
	if (err != nil) != f.borta { // said once when it begins and once when it ends
		f.borta = err != nil
		if f.borta {
			f.logg.Error(larmForsegl, "fel", err)
		} else {
			f.logg.Info("loggen förseglas igen")
		}
	}
	if l, err := f.store.Loggvantan(ctx); err == nil {
		f.vakt.vantar(l)
	}
	if vantar := f.vakt.Aldsta() >= varnaEfter; vantar != f.vantar {
		f.vantar = vantar
		if vantar {
			f.logg.Warn(larmVantar, "sekunder", int(f.vakt.Aldsta().Seconds()))
		}
	}
	if slut || !time.Now().Before(f.nastaHuvud) {
		h, finns, err := f.store.Logghuvud(ctx)
		if err != nil || !finns {
			return // the next round tries again
		}
		f.nastaHuvud = time.Now().Add(huvudVarje)
		f.ut(h)
	}
}

// ut takes a head outside: to the file, and to the server's own log.
func (f *forseglare) ut(h db.Logghuvud) {
	if h.Sekvens == 0 {
		return
	}
	f.logg.Info("logghuvud", "huvud", h)
	if f.fil == "" {
		return
	}
	if _, err := os.Stat(f.fil); f.fanns && errors.Is(err, os.ErrNotExist) {
		f.logg.Error(larmUtanFil, "fil", f.fil, "gor", gorUtanFil)
	}
	if _, err := db.SkrivLogghuvud(f.fil, h); err != nil {
		f.logg.Error("logghuvudet går inte att skriva utanför databasen", "fil", f.fil, "fel", err)
		return
	}
	f.fanns = true
}

// Loggkontrollant is the named job that checks the log.
var Loggkontrollant = register.AktorLoggkontroll

// loggkontroll reckons the whole chain again.
type loggkontroll struct {
	river.WorkerDefaults[register.LoggkontrollArgs]
	store *store.Store
	logg  *slog.Logger
	vakt  *Loggvakt
	fil   string
}

// Timeout lets a long log be read whole.
func (*loggkontroll) Timeout(*river.Job[register.LoggkontrollArgs]) time.Duration {
	return 3 * time.Hour
}

// Work holds the chain against itself and against the heads that went outside. What
// it finds is said with fixed words, in the readiness' metric and in the log itself.
func (w *loggkontroll) Work(ctx context.Context, _ *river.Job[register.LoggkontrollArgs]) error {
	huvuden, err := w.huvuden(ctx)
	if err != nil {
		return err
	}
	k, err := w.store.KontrolleraLogg(ctx, huvuden...)
	if err != nil {
		return err
	}
	w.vakt.provad(k.Brutet == "")
	if k.Brutet != "" {
		w.logg.Error(larmBruten, "fel", k.Sammanfattning())
	} else {
		w.logg.Info("loggen är kontrollerad", "utfall", k.Sammanfattning(), "huvuden", k.Huvuden)
	}
	return w.store.LoggaKontroll(ctx, db.Begaran{Aktor: Loggkontrollant}, k)
}

// huvuden is the heads that went outside. Without its file the chain is checked all the
// same: that it is away or cannot be read is told, and is no break of the log.
func (w *loggkontroll) huvuden(ctx context.Context) ([]db.Logghuvud, error) {
	if w.fil == "" {
		return nil, nil
	}
	huvuden, err := db.LasLogghuvuden(w.fil)
	switch {
	case errors.Is(err, os.ErrNotExist):
		_, finns, err := w.store.Logghuvud(ctx)
		if finns { // else nothing has gone outside yet
			w.logg.Error(larmUtanFil, "fil", w.fil, "gor", gorUtanFil)
		}
		return nil, err
	case err != nil:
		w.logg.Error(larmOlasbar, "fil", w.fil, "fel", err, "gor", gorOlasbar)
		return nil, nil
	}
	return huvuden, nil
}
