package folkbokforing

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"sus/backend/register"
)

func TestTheScriptSaysFromWhenWhatIsAnswered(t *testing.T) {
	s := starta(t)
	k := klient(t, s.Options())
	nu := time.Date(2026, 11, 24, 22, 59, 59, 0, time.UTC)
	s.SattKlocka(func() time.Time { return nu })
	dag := func(d int) Manustid { return ManusFranDag(register.NyttDatum(2026, 11, d)) }
	en, gammal, ny := provnummer, siffror("19880704"), siffror("19880705")
	if err := s.Manus(
		Manusrad{Nummer: en, Fran: dag(27), Svar: ManusIngetSkydd},
		Manusrad{Nummer: en, Fran: dag(25), Svar: ManusSekretessmarkering},
		Manusrad{Nummer: en, Fran: dag(26), Svar: ManusSkyddadFolkbokforing},
		Manusrad{Nummer: en, Fran: dag(28), Svar: ManusNyttNamn, Namn: "Maj Ny-Svensson"},
		Manusrad{Nummer: en, Fran: dag(28), Svar: ManusFlyttad, Kommun: "0380"},
		Manusrad{Nummer: en, Fran: dag(29), Svar: ManusAvliden},
		Manusrad{Nummer: gammal, Fran: dag(25), Svar: ManusErsatt, Av: ny},
	); err != nil {
		t.Fatal(err)
	}
	fore := sok(t, k, nummer(t, en))
	if fore.Skydd != register.SkyddInget || fore.Namn == "" || fore.Avregistrerad {
		t.Fatalf("a second before: %+v", fore)
	}
	if p := sok(t, k, nummer(t, gammal)); p.NyttNummer != "" || p.Avregistrerad {
		t.Errorf("replaced a second before: %+v", p)
	}
	nu = nu.Add(time.Second) // midnight in Sweden
	if p := sok(t, k, nummer(t, en)); p.Skydd != register.SkyddSekretessmarkering || p.Namn != "" {
		t.Errorf("from midnight on: %+v", p)
	}
	if p := sok(t, k, nummer(t, gammal)); p.NyttNummer != ny || !p.Avregistrerad {
		t.Errorf("the replaced number: %+v", p)
	}
	if l, _, _ := s.lageAv(ny); l.hanvisning != gammal || l.orsak != "" {
		t.Errorf("the new number points back at %q, deregistered %q", l.hanvisning, l.orsak)
	}
	if p := sok(t, k, nummer(t, ny)); p.Avregistrerad || p.Namn == "" || p.NyttNummer != "" {
		t.Errorf("the new number: %+v", p)
	}
	for _, f := range []struct {
		dagar int
		ratt  func(register.Folkbokforingspost) bool
	}{
		{1, func(p register.Folkbokforingspost) bool { return p.Skydd == register.SkyddSkyddadFolkbokforing }},
		{2, func(p register.Folkbokforingspost) bool { return p.Skydd == register.SkyddInget && p.Namn == fore.Namn }},
		{3, func(p register.Folkbokforingspost) bool { return p.Namn == "Maj Ny-Svensson" && p.Kommun == "0380" }},
		{4, func(p register.Folkbokforingspost) bool { return p.Avregistrerad && p.NyttNummer == "" }},
	} {
		nu = time.Date(2026, 11, 24+f.dagar, 23, 0, 0, 0, time.UTC)
		if p := sok(t, k, nummer(t, en)); !f.ratt(p) {
			t.Errorf("%d days on: %+v", f.dagar, p)
		}
	}
}

func TestAScriptsFileIsReadAtEachQuestionAndRefusedWhenWrong(t *testing.T) {
	s := starta(t)
	k := klient(t, s.Options())
	fil := filepath.Join(t.TempDir(), "manus.json")
	skriv := func(text string) {
		t.Helper()
		if err := os.WriteFile(fil, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.Manusfil(fil); err == nil || !strings.Contains(err.Error(), "manuset går inte att läsa") {
		t.Errorf("a file that is not there: %v", err)
	}
	rad := func(inne string) string { return `{"personer": [{"nummer": "` + provnummer + `", ` + inne + `}]}` }
	for text, ord := range map[string]string{
		``:                            "är inte JSON",
		`{"personer": [}`:             "är inte JSON (tecken 15)",
		`{"personer": []} {}`:         "något står efter manuset",
		`{"folk": []}`:                `okänt fält "folk"`,
		rad(`"svart": "INGET_SKYDD"`): `okänt fält "svart"`,
		rad(`"svar": "HEMLIG"`):       `rad 1: okänt svar "HEMLIG"`,
		rad(`"svar": 1`):              "fel slags värde",
		rad(`"fran": 20261125`):       "«fran» ska vara ett datum",
		rad(`"fran": "2026-11-25", "svar": "HEMLIG"`):                   `rad 1: okänt svar "HEMLIG"`,
		rad(`"fran": "i går"`):                                          "«fran» ska vara ett datum",
		rad(`"svar": "ERSATT"`):                                         "svaret ERSATT ska ha «av»",
		rad(`"svar": "FLYTTAD"`):                                        "svaret FLYTTAD ska ha «kommun»",
		rad(`"svar": "NYTT_NAMN", "namn": "<b>"`):                       "svaret NYTT_NAMN ska ha «namn»",
		rad(`"svar": "AVLIDEN", "av": "` + siffror("19880704") + `"`):   "«av» hör till svaret ERSATT",
		`{"personer": [{"nummer": "197701012222", "svar": "AVLIDEN"}]}`: "Skatteverkets testnummer",
	} {
		skriv(text)
		if err := s.Manusfil(fil); err == nil || !strings.Contains(err.Error(), ord) {
			t.Errorf("%s: %v", text, err)
		}
	}

	skriv(rad(`"svar": "INGET_SKYDD"`))
	if err := s.Manusfil(fil); err != nil {
		t.Fatal(err)
	}
	if p := sok(t, k, nummer(t, provnummer)); p.Skydd != register.SkyddInget {
		t.Errorf("%+v", p)
	}
	skriv(rad(`"fran": "2020-02-01T00:00:00Z", "svar": "SEKRETESSMARKERING"`))
	if p := sok(t, k, nummer(t, provnummer)); p.Skydd != register.SkyddSekretessmarkering {
		t.Errorf("a changed file is not followed: %+v", p)
	}
	skriv(`{`)
	if _, err := k.Sok(t.Context(), nummer(t, provnummer)); err == nil {
		t.Error("answers although the script is wrong")
	}
	skriv(`{"personer": []}`)
	if p := sok(t, k, nummer(t, provnummer)); p.Skydd != register.SkyddInget {
		t.Errorf("a mended file is not followed: %+v", p)
	}
}

func TestTheSimulatorCountsItsQuestionsAndGoesAwayWhenTold(t *testing.T) {
	s := starta(t)
	k := klient(t, s.Options())
	s.BortaEfter(1)
	sok(t, k, nummer(t, provnummer))
	if _, err := k.Sok(t.Context(), nummer(t, provnummer)); err == nil || !strings.Contains(err.Error(), "folkbokforing-otillganglig") {
		t.Errorf("away: %v", err)
	}
	s.BortaEfter(-1)
	sok(t, k, nummer(t, siffror("19880704")))
	if en, alla := s.Fragor(provnummer), s.AllaFragor(); en != 2 || alla != 3 {
		t.Errorf("asked about one %d times, of all %d", en, alla)
	}
}

func TestTheReadmesScriptIsRight(t *testing.T) {
	readme, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	_, efter, _ := strings.Cut(string(readme), "```json\n{\"personer\"")
	text, _, _ := strings.Cut(`{"personer"`+efter, "```")
	if m, err := tolkaManus([]byte(text)); err != nil || len(m) < 3 {
		t.Errorf("%d rows: %v", len(m), err)
	}
}
