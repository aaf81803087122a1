package demo_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"sus/backend/auth"
	"sus/backend/demo"
	"sus/backend/rapport"
	"sus/backend/rapport/rapporttest"
	"sus/backend/register"
	"sus/backend/store"
	"sus/backend/store/db"
	"sus/backend/store/konto"
	"sus/backend/store/statistik"
	"sus/backend/store/storetest"
)

func TestMain(m *testing.M) { os.Exit(storetest.Main(m)) }

var idag = register.NyttDatum(2026, 11, 24)

func fylld(t *testing.T, fro int64, antal int) *storetest.Databas {
	return fylldDag(t, idag, fro, antal)
}

func fylldDag(t *testing.T, idag register.Datum, fro int64, antal int) *storetest.Databas {
	t.Helper()
	d := storetest.NyMedDatabas(t)
	start := time.Now()
	err := demo.Fyll(t.Context(), demo.Fyllning{
		MigrateURL: d.MigrateURL, AppURL: d.AppURL, Nycklar: d.Nycklar, Idag: &idag, Fro: fro, Antal: antal,
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("fyllningen tog %v", time.Since(start).Round(time.Millisecond))
	d.Store = d.Vid(func() time.Time { return idag.Tid().Add(12 * time.Hour) })
	return d
}

func nyAuth(t *testing.T, st *store.Store) *auth.Auth {
	t.Helper()
	a, err := auth.New(konto.New(st.DB), nil, auth.Options{Issuer: "sus", Audience: "sus-api"})
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// rapportlasare may read reports and nothing else.
var rapportlasare = register.Aktor{ID: uuid.New(), Roller: []register.Roll{register.RollSusrapport}}

func lasRapport(t *testing.T, st *store.Store, u rapport.Urval) rapporttest.Bok {
	t.Helper()
	r, err := statistik.New(st.DB).Rapport(t.Context(), storetest.Som(rapportlasare), "deltagarrapport", "forsorjning", u)
	if err != nil {
		t.Fatal(err)
	}
	return rapporttest.BokAv(t, &r)
}

func organisation(t *testing.T, st *store.Store, namn string) register.Samverkansorganisation {
	t.Helper()
	alla, _, err := st.Samverkansorganisationer(t.Context(), storetest.Som(rapportlasare), store.OrganisationFilter{Namn: namn}, db.Sida{Limit: 10})
	if err != nil || len(alla) != 1 {
		t.Fatalf("%d organisationer heter %s: %v", len(alla), namn, err)
	}
	return alla[0]
}

func TestTheDemosBudgetar2010IsTheSeedsTwoTablesCellByCell(t *testing.T) {
	d := fylld(t, 1, 0)
	uppsala := organisation(t, d.Store, "Samordningsförbundet Uppsala län")
	r := lasRapport(t, d.Store, rapport.Urval{Samverkansform: register.FormFinsam, Tid: rapport.Budgetar(2010), Organisationer: []uuid.UUID{uppsala.ID}})

	if r.Start.Antal != 126 || r.Start.Unika != 125 || r.Slut.Antal != 19 || r.Slut.Unika != 19 {
		t.Errorf("start %d varav unika %d, slut %d varav unika %d; fröet har 126, 125, 19, 19",
			r.Start.Antal, r.Start.Unika, r.Slut.Antal, r.Slut.Unika)
	}
	if r.Slut.UtanMatning != 2 {
		t.Errorf("%d avslutade utan mätning, vill ha 2", r.Slut.UtanMatning)
	}
	start := []struct {
		etikett string
		antal   int
	}{
		{"Annan offentlig försörjning", 0}, {"Studiestöd/Studiemedel", 2}, {"Försörjningsstöd", 78}, {"Aktivitetsstöd", 10},
		{"A-kassa", 3}, {"SA", 16}, {"Sjukpenning/Rehabpenning", 17}, {"Ingen offentlig försörjning", 11},
	}
	if len(r.Start.Rader) != len(start) {
		t.Fatalf("%d rader vid start", len(r.Start.Rader))
	}
	for i, v := range start {
		if rad := r.Start.Rader[i]; rad.Etikett != v.etikett || rad.Antal != v.antal || rad.Namnare != 126 {
			t.Errorf("start rad %d: %+v, vill ha %v av 126", i, rad, v)
		}
	}
	slut := []struct {
		etikett     string
		fore, efter int
	}{
		{"Annan offentlig försörjning", 0, 1}, {"Studiestöd/Studiemedel", 1, 2}, {"Försörjningsstöd", 11, 7}, {"Aktivitetsstöd", 5, 4},
		{"A-kassa", 1, 0}, {"SA", 0, 1}, {"Sjukpenning/Rehabpenning", 5, 5}, {"Ingen offentlig försörjning", 0, 3},
	}
	for i, v := range slut {
		if rad := r.Slut.Rader[i]; rad.Etikett != v.etikett || rad.AntalFore != v.fore || rad.AntalEfter != v.efter || rad.Namnare != 19 {
			t.Errorf("slut rad %d: %+v, vill ha %v av 19", i, rad, v)
		}
	}

	// Nothing else of FINSAM touches 2010.
	hela := lasRapport(t, d.Store, rapport.Urval{Samverkansform: register.FormFinsam, Tid: rapport.Budgetar(2010)})
	if hela.Start.Antal != r.Start.Antal || hela.Slut.Antal != r.Slut.Antal {
		t.Errorf("i landet startade %d och slutade %d under 2010", hela.Start.Antal, hela.Slut.Antal)
	}

	insatser, antal, err := d.Insatser(t.Context(), storetest.Som(rapportlasare), store.InsatsFilter{}, db.Sida{Limit: 100})
	if err != nil || antal != 15 {
		t.Fatalf("%d insatser, vill ha 15: %v", antal, err)
	}
	nutida, oppna, fel, svarat := 0, 0, 0, 0
	for _, i := range insatser {
		for _, x := range deltaganden(t, d.Store, i.ID) {
			if x.Startdag.Ar() > 2010 {
				nutida++
			}
			if x.Oppen {
				oppna++
			}
			if x.Felregistrerad {
				fel++
			}
			if len(x.In.Svar) > 0 {
				svarat++
			}
		}
	}
	if nutida != 2000 {
		t.Errorf("%d deltaganden i nutid, vill ha 2000", nutida)
	}
	if oppna < 200 || fel < 10 {
		t.Errorf("%d öppna och %d felregistrerade: för få för en levande nutid", oppna, fel)
	}
	if svarat < nutida/2 || svarat == nutida {
		t.Errorf("%d av %d har svarat på en kompletterande fråga vid start", svarat, nutida)
	}
	t.Logf("%d pågående, %d felregistrerade", oppna, fel)
	if hel, err := demo.Fylld(t.Context(), d.Store); err != nil || !hel {
		t.Errorf("Fylld = %v, %v", hel, err)
	}
}

func TestBudgetar2010IsTheSameWhicheverDayTheDemoHas(t *testing.T) {
	for _, dag := range []register.Datum{register.NyttDatum(2011, 2, 1), register.NyttDatum(2015, 6, 30)} {
		d := fylldDag(t, dag, 3, 60)
		r := lasRapport(t, d.Store, rapport.Urval{Samverkansform: register.FormFinsam, Tid: rapport.Budgetar(2010)})
		if r.Start.Antal != 126 || r.Start.Unika != 125 || r.Slut.Antal != 19 || r.Slut.Unika != 19 || r.Slut.UtanMatning != 2 ||
			r.Start.Rader[2].Antal != 78 || r.Slut.Rader[2].AntalEfter != 7 {
			t.Errorf("%v: %+v %+v", dag, r.Start, r.Slut)
		}
	}
	d := storetest.NyMedDatabas(t)
	forTidigt := register.NyttDatum(2011, 1, 31)
	err := demo.Fyll(t.Context(), demo.Fyllning{MigrateURL: d.MigrateURL, AppURL: d.AppURL, Nycklar: d.Nycklar, Idag: &forTidigt, Fro: 1})
	if err == nil {
		t.Error("en dag före utregistreringarna från 2010 godtogs")
	}
}

// deltaganden reads an insats as somebody who is deltagaransvarig there.
func deltaganden(t *testing.T, st *store.Store, insats uuid.UUID) []store.DeltagandeMedIdentitet {
	t.Helper()
	a := register.Aktor{ID: uuid.New(), Roller: []register.Roll{register.RollDeltagaransvarig},
		Uppdrag: []register.Uppdrag{{Roll: register.RollDeltagaransvarig, InsatsID: insats}}}
	var svar []store.DeltagandeMedIdentitet
	for {
		sida, antal, err := st.Deltaganden(t.Context(), storetest.Som(a), insats, store.DeltagandeFilter{}, db.Sida{Limit: 100, Offset: len(svar)})
		if err != nil {
			t.Fatal(err)
		}
		svar = append(svar, sida...)
		if len(svar) >= antal || len(sida) == 0 {
			return svar
		}
	}
}

// avtryck is everything of the deltaganden but ids, person keys and order.
func avtryck(t *testing.T, st *store.Store) []string {
	t.Helper()
	insatser, _, err := st.Insatser(t.Context(), storetest.Som(rapportlasare), store.InsatsFilter{}, db.Sida{Limit: 100})
	if err != nil {
		t.Fatal(err)
	}
	var svar []string
	for _, i := range insatser {
		for _, d := range deltaganden(t, st, i.ID) {
			vem := "-"
			if d.Identitet != nil {
				vem = d.Identitet.Personnummer.Siffror() + d.Identitet.Namn + d.Identitet.Kommun
			}
			slut := "-"
			if d.Avslutningsdag != nil {
				slut = d.Avslutningsdag.String()
			}
			for _, s := range d.In.Svar {
				vem += fmt.Sprint(s.Koder)
			}
			svar = append(svar, fmt.Sprint(i.Namn, vem, d.Startdag, slut, d.Felregistrerad, d.Version, d.Skapad, d.In.Forsorjning, *d.In.Utbildningsniva))
		}
	}
	slices.Sort(svar)
	return svar
}

func TestTheSameSeedAndDayGiveTheSameDemo(t *testing.T) {
	forsta, andra := avtryck(t, fylld(t, 7, 120).Store), avtryck(t, fylld(t, 7, 120).Store)
	if !slices.Equal(forsta, andra) {
		for i := range min(len(forsta), len(andra)) {
			if forsta[i] != andra[i] {
				t.Errorf("skiljer sig i rad %d av %d", i, len(forsta))
				break
			}
		}
		t.Fatalf("två fyllningar skiljer sig: %d och %d rader", len(forsta), len(andra))
	}
	if slices.Equal(forsta, avtryck(t, fylld(t, 8, 120).Store)) {
		t.Error("ett annat frötal gav samma demo")
	}
}

func arInteDemo(err error) bool {
	var e *register.Error
	return errors.As(err, &e) && e.Kod == register.KodNekad && e.Regel == register.RegelInteDemo
}

func TestOutsideADemoAllThatBelongsToItIsRefused(t *testing.T) {
	d := storetest.NyMedDatabas(t)
	a := nyAuth(t, d.Store)
	ctx := t.Context()
	nekas := map[string]func() error{
		"token": func() error {
			_, err := demo.Token(ctx, d.Store, a, demo.Tokenval{Roll: register.RollSusrapport})
			return err
		},
		"aktörer":      func() error { _, err := demo.Aktorer(ctx, d.Store, a, time.Hour); return err },
		"hints":        func() error { _, err := demo.Hints(ctx, d.Store, a); return err },
		"inloggning":   func() error { _, err := demo.Inloggningar(ctx, d.Store); return err },
		"fylld":        func() error { _, err := demo.Fylld(ctx, d.Store); return err },
		"token i auth": func() error { _, err := a.MintaDemo(ctx, auth.DemoToken{AnvandareID: uuid.New()}); return err },
	}
	for vad, gor := range nekas {
		if err := gor(); !arInteDemo(err) {
			t.Errorf("%s: %v, vill ha inte-demo", vad, err)
		}
	}
}

// One small demo for what only reads it, or is refused.
func TestAFilledDemo(t *testing.T) {
	d := fylld(t, 1, 12)
	t.Run("fylls inte en gång till", func(t *testing.T) { fyllsInteIgen(t, d) })
	t.Run("ger token som gäller för sin roll och sin insats", func(t *testing.T) { tokenGaller(t, d) })
	t.Run("finner förbund och insats på en del av namnet", func(t *testing.T) { delAvNamnet(t, d) })
	t.Run("har budgetar, volym och frågor i varje förbund", func(t *testing.T) { vadKanslietFor(t, d) })
}

func fyllsInteIgen(t *testing.T, d *storetest.Databas) {
	err := demo.Fyll(t.Context(), demo.Fyllning{MigrateURL: d.MigrateURL, AppURL: d.AppURL, Nycklar: d.Nycklar, Idag: &idag, Fro: 1, Antal: 12})
	if !errors.Is(err, demo.ErrInteTom) {
		t.Errorf("andra fyllningen: %v", err)
	}
}

func tokenGaller(t *testing.T, d *storetest.Databas) {
	a := nyAuth(t, d.Store)
	ctx := t.Context()
	aktorer, err := demo.Aktorer(ctx, d.Store, a, 4*time.Hour)
	if err != nil {
		t.Fatal(err)
	}
	if len(aktorer) != 15 {
		t.Errorf("%d aktörer, vill ha två förbund med sju var och en systemförvaltare", len(aktorer))
	}
	namn := map[string]bool{}
	for _, ak := range aktorer {
		if namn[ak.Name] {
			t.Errorf("två aktörer heter %s", ak.Name)
		}
		namn[ak.Name] = true
		vem, err := a.Aktor(ctx, ak.Token)
		if err != nil {
			t.Errorf("%s: %v", ak.Name, err)
			continue
		}
		if !vem.HarRoll(ak.Role) {
			t.Errorf("%s har rollerna %v", ak.Name, vem.Roller)
		}
		insatser := len(vem.InsatserMedPersonuppgifter())
		vill := map[register.Roll]int{register.RollDeltagaransvarig: 1, register.RollMaskin: len(ak.Covers) - 1}[ak.Role]
		if insatser != vill {
			t.Errorf("%s ser personer i %d insatser, vill ha %d", ak.Name, insatser, vill)
		}
	}
	tips, err := demo.Hints(ctx, d.Store, a)
	if err != nil {
		t.Fatal(err)
	}
	for fel, token := range tips.BadTokens {
		if _, err := a.Aktor(ctx, token); err == nil {
			t.Errorf("en token med felet %s godtas", fel)
		}
	}
	if len(tips.BadTokens) != len(auth.DemoFelen) {
		t.Errorf("%d dåliga token", len(tips.BadTokens))
	}
	if _, err := a.Klientuppgifter(ctx, tips.Klient.ClientID, tips.Klient.ClientSecret, "", "127.0.0.1"); err != nil {
		t.Errorf("demons klient loggar inte in: %v", err)
	}
	text, err := json.Marshal(aktorer[0])
	if err != nil || !strings.Contains(string(text), `"org":"uppsala/insats1"`) {
		t.Errorf("%s %v", text, err)
	}
}

func delAvNamnet(t *testing.T, d *storetest.Databas) {
	a := nyAuth(t, d.Store)
	ctx := context.Background()
	for _, v := range []demo.Tokenval{
		{Roll: register.RollDeltagaransvarig, Forbund: "Norrbotten", Insats: "fjäll"},
		{Roll: register.RollDeltagaransvarig, Insats: "Nya spår"},
		{Roll: register.RollMaskin, Forbund: "Samordningsförbundet Göteborg"},
	} {
		if _, err := demo.Token(ctx, d.Store, a, v); err != nil {
			t.Errorf("%+v: %v", v, err)
		}
	}
	for _, v := range []demo.Tokenval{
		{Roll: "CHEF"}, {Roll: register.RollSusrapport, Forbund: "Kiruna"}, {Roll: register.RollSusrapport, Forbund: "Samordningsförbundet"},
		{Roll: register.RollInsatsansvarig, Insats: "Vägen in"},
	} {
		if token, err := demo.Token(ctx, d.Store, a, v); err == nil || token != "" {
			t.Errorf("%+v gav en token", v)
		}
	}
}

// vadKanslietFor: every förbund has budgets of two years, the first closed, insatser
// of both methods with volym, and two questions that most have answered.
func vadKanslietFor(t *testing.T, d *storetest.Databas) {
	fk := register.Aktor{ID: uuid.New(), Roller: []register.Roll{register.RollSystemforvaltare}}
	alla, _, err := d.Samverkansorganisationer(t.Context(), storetest.Som(fk), store.OrganisationFilter{}, db.Sida{Limit: 10})
	if err != nil || len(alla) != 4 {
		t.Fatalf("%d förbund: %v", len(alla), err)
	}
	varnade := 0
	for _, o := range alla {
		for ar, stangt := range map[int]bool{idag.Ar() - 1: true, idag.Ar(): false} {
			b, err := d.Organisationsbudget(t.Context(), storetest.Som(fk), o.ID, ar)
			if err != nil || b.Version != 1 || b.Stangt != stangt || len(b.Insatser) < 3 {
				t.Fatalf("%s %d: version %d, stängt %v, %d insatser: %v", o.Namn, ar, b.Version, b.Stangt, len(b.Insatser), err)
			}
			var summa register.Belopp
			for _, p := range b.Finansiering {
				summa += p.Belopp
			}
			s := b.Summor()
			if s.Finansiering != summa || s.Medel[register.MedelStat] == 0 || s.Medel[register.MedelEget] == 0 {
				t.Errorf("%s %d: %+v", o.Namn, ar, s)
			}
			varnade += len(s.Varningar(o.Samverkansform))
		}
		fragor, _, _, err := d.Fragor(t.Context(), o.ID, store.FrageFilter{}, db.Sida{Limit: 10})
		if err != nil || len(fragor) != 2 {
			t.Errorf("%s: %d frågor: %v", o.Namn, len(fragor), err)
		}
		insatser, _, err := d.Insatser(t.Context(), storetest.Som(fk), store.InsatsFilter{OrganisationID: o.ID}, db.Sida{Limit: 100})
		if err != nil {
			t.Fatal(err)
		}
		metoder := map[register.Deltagarregistrering]int{}
		for _, i := range insatser {
			metoder[i.Deltagarregistrering]++
			if i.Deltagarregistrering != register.EndastAntal {
				continue
			}
			if v, err := d.Volymer(t.Context(), storetest.Som(fk), i.ID); err != nil || len(v) != 2 || v[0].AntalKvinnor == 0 {
				t.Errorf("%s: volym %+v: %v", i.Namn, v, err)
			}
		}
		if len(metoder) != 2 {
			t.Errorf("%s: %v", o.Namn, metoder)
		}
	}
	if varnade != 2 {
		t.Errorf("%d år varnas för fördelningen, vill ha Göteborgs två", varnade)
	}
}
