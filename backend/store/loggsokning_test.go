package store_test

import (
	"slices"
	"testing"

	"github.com/google/uuid"

	"sus/backend/register"
	"sus/backend/store"
	"sus/backend/store/db"
	"sus/backend/store/storetest"
)

// sokLogg is the events of the log rows found, newest first.
func sokLogg(t *testing.T, s *store.Store, f store.LoggSokning) []string {
	t.Helper()
	poster, err := s.SokLoggposter(t.Context(), storetest.Som(storetest.Systemforvaltare()), f)
	if err != nil {
		t.Fatal(err)
	}
	handelser := make([]string, len(poster))
	for i, p := range poster {
		handelser[i] = p.Handelse
	}
	return handelser
}

func TestTheLogIsAskedByPersonAcrossInsatser(t *testing.T) {
	d := storetest.NyMedDatabas(t)
	i1, a1 := huset(t, d.Store)
	i2, a2 := huset(t, d.Store)
	p, annan := storetest.Person(fodd), storetest.Person(register.NyttDatum(1980, 5, 6))
	en := storetest.Deltagande(t, d.Store, a1, i1, p, register.NyttDatum(2010, 3, 1))
	storetest.Deltagande(t, d.Store, a2, i2, p, register.NyttDatum(2010, 4, 1))
	storetest.Deltagande(t, d.Store, a2, i2, annan, register.NyttDatum(2010, 4, 1))
	sok(t, d.Store, a1, i1, p)

	got := sokLogg(t, d.Store, store.LoggSokning{Personnummer: p})
	if !slices.Equal(got, []string{"LOGG_SOKT", "DELTAGARE_SOKT", "DELTAGANDE_INSKRIVET", "SAMTYCKE_SKAPAT", "DELTAGANDE_INSKRIVET", "SAMTYCKE_SKAPAT"}) {
		t.Errorf("about the person: %v", got)
	}
	if got := sokLogg(t, d.Store, store.LoggSokning{Personnummer: p, AktorID: a1.ID, Handelse: "SAMTYCKE_SKAPAT"}); len(got) != 1 {
		t.Errorf("about the person, by one actor, of one event: %v", got)
	}
	if got := sokLogg(t, d.Store, store.LoggSokning{AktorID: a2.ID}); len(got) != 4 {
		t.Errorf("by one actor: %v", got)
	}
	igar, imorgon := register.DatumAv(d.Nu()).Plus(-1), register.DatumAv(d.Nu()).Plus(1)
	if got := sokLogg(t, d.Store, store.LoggSokning{Tom: &igar}); len(got) != 0 {
		t.Errorf("until yesterday: %v", got)
	}
	if got := sokLogg(t, d.Store, store.LoggSokning{Fran: &igar, Tom: &imorgon, Personnummer: p, Limit: 3}); len(got) != 3 {
		t.Errorf("a page of it: %v", got)
	}
	super := d.Super(t)
	if n := storetest.Rakna(t, super, `select count(*) from loggperson l join loggpost p on p.id = l.loggpost_id where p.handelse = 'LOGG_SOKT' and l.insats_id = $1`, i1.ID); n != 3 {
		t.Errorf("%d searches are rows about the person in the first insats", n)
	}

	// The withdrawal in one insats takes that insats's rows, the searches of the log among them.
	storetest.Aterkalla(t, d.Store, a1, en.SamtyckeID)
	if n := storetest.Rakna(t, super, `select count(*) from loggperson where insats_id = $1`, i1.ID); n != 0 {
		t.Errorf("%d persons are left in the insats", n)
	}
	for _, h := range sokLogg(t, d.Store, store.LoggSokning{Personnummer: p, AktorID: a1.ID}) {
		t.Errorf("after the withdrawal it still finds %s", h)
	}
	forsegla(t, d.Store)
	if k := kontroll(t, d.Store); k.Brutet != "" {
		t.Errorf("the log is %+v", k)
	}
}

func TestASearchForSomebodyUnknownNamesNobody(t *testing.T) {
	d := storetest.NyMedDatabas(t)
	huset(t, d.Store)
	if got := sokLogg(t, d.Store, store.LoggSokning{Personnummer: storetest.Person(fodd)}); len(got) != 0 {
		t.Errorf("found %v", got)
	}
	super := d.Super(t)
	if n := storetest.Rakna(t, super, `select count(*) from loggpost where handelse = 'LOGG_SOKT' and utfall = 'OK'`); n != 1 {
		t.Errorf("%d rows of the search", n)
	}
	if n := storetest.Rakna(t, super, `select count(*) from loggperson`); n != 0 {
		t.Errorf("%d persons in the log", n)
	}
}

// Whatever is typed as an event stands in no sealed row, but for the events' own names.
func TestASearchForAnEventThatIsNoneLeavesNothingOfWhatWasTyped(t *testing.T) {
	d := storetest.NyMedDatabas(t)
	for typed, kept := range map[string]string{"SAMTYCKE_LAST": "SAMTYCKE_LAST", "FORNAMN_EFTERNAMN": "okänd händelse", "": ""} {
		sokLogg(t, d.Store, store.LoggSokning{Handelse: typed})
		if n := storetest.Rakna(t, d.Super(t), `select count(*) from loggpost where handelse = 'LOGG_SOKT' and detalj = $1`, kept); n != 1 {
			t.Errorf("%d rows of the search for %q", n, typed)
		}
	}
}

func TestOnlyASystemforvaltareSearchesTheLog(t *testing.T) {
	d := storetest.NyMedDatabas(t)
	i, a := huset(t, d.Store)
	storetest.Deltagande(t, d.Store, a, i, storetest.Person(fodd), register.NyttDatum(2010, 3, 1))
	if _, err := d.SokLoggposter(t.Context(), storetest.Som(a), store.LoggSokning{Personnummer: storetest.Person(fodd)}); regel(err) != "behorighet-saknas" {
		t.Errorf("a deltagaransvarig: %v", err)
	}
	if n := storetest.Rakna(t, d.Super(t), `select count(*) from loggpost where handelse = 'LOGG_SOKT' and utfall = 'NEKAD'`); n != 1 {
		t.Errorf("%d rows of the refusal", n)
	}
}

// TestTheServerFindsNoPersonInTheLogWithoutARowOfTheQuestion: nor with one that it may
// still take back, nor with one about somebody else.
func TestTheServerFindsNoPersonInTheLogWithoutARowOfTheQuestion(t *testing.T) {
	d := storetest.NyMedDatabas(t)
	i, a := huset(t, d.Store)
	p, annan := storetest.Person(fodd), storetest.Person(register.NyttDatum(1980, 5, 6))
	storetest.Deltagande(t, d.Store, a, i, p, register.NyttDatum(2010, 3, 1))
	storetest.Deltagande(t, d.Store, a, i, annan, register.NyttDatum(2010, 3, 1))
	sokLogg(t, d.Store, store.LoggSokning{Personnummer: annan})
	app, index := d.App(t), [][]byte{d.Nycklar.Blindindex(p)}
	var fraga uuid.UUID
	if err := d.Super(t).QueryRow(`select id from loggpost where handelse = 'LOGG_SOKT'`).Scan(&fraga); err != nil {
		t.Fatal(err)
	}
	var n int
	if err := app.QueryRow(`select count(*) from sus_loggposter_om($1, $2)`, uuid.New(), index).Scan(&n); err == nil {
		t.Errorf("without a row it found %d", n)
	}
	if err := app.QueryRow(`select count(*) from sus_loggposter_om($1, $2)`, fraga, index).Scan(&n); err != nil || n != 0 {
		t.Errorf("with the row of another's question it found %d (%v)", n, err)
	}
	var med int
	if err := app.QueryRow(`select count(*) from sus_loggposter_om($1, $2)`, fraga, [][]byte{d.Nycklar.Blindindex(annan)}).Scan(&med); err != nil || med == 0 {
		t.Errorf("with the row of its question it found %d (%v)", med, err)
	}
	if err := app.QueryRow(`select count(*) from sus_loggposter_om($1, $2)`, fraga, append(index, d.Nycklar.Blindindex(annan))).Scan(&n); err != nil || n != med {
		t.Errorf("asked about both, with the row of one question, it found %d, not the %d of that one (%v)", n, med, err)
	}
	_, err := db.Andra(t.Context(), d.DB, storetest.Som(storetest.Systemforvaltare()), db.Arende{Handelse: register.HandelseLoggSokt}, func(tx *db.Tx) (int, error) {
		if _, err := db.Kor(tx, `insert into inloggningsforsok (nyckel, antal, borjan) values (?, 1, ?)`, make([]byte, 32), tx.Nu); err != nil {
			return 0, err
		}
		return db.Rad[int](tx, `select count(*) from sus_loggposter_om(?, ?)`, fraga, index)
	})
	if err == nil {
		t.Error("in a transaction that writes it may ask")
	}
}
