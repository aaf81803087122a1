package main

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/alecthomas/kong"
	"github.com/google/uuid"

	"sus/backend/auth"
	"sus/backend/register"
	"sus/backend/sms"
	"sus/backend/store"
	"sus/backend/store/db"
	"sus/backend/store/konto"
	"sus/backend/store/storetest"
)

// adminprov is a register without a server, and the commands that administer it.
type adminprov struct {
	t    *testing.T
	dir  string
	db   *storetest.Databas
	st   *store.Store
	auth *auth.Auth
	sms  *sms.Klient
	env  []string
}

func nyttAdminprov(t *testing.T) *adminprov {
	t.Helper()
	p := &adminprov{t: t, dir: t.TempDir(), db: storetest.NyMedDatabas(t)}
	nycklar, err := db.SkapaNycklar(filepath.Join(p.dir, "nycklar.json"))
	if err != nil {
		t.Fatal(err)
	}
	d, err := db.Open(p.db.AppURL, db.Options{Nycklar: nycklar})
	if err != nil {
		t.Fatal(err)
	}
	p.st = store.New(d, store.Options{})
	t.Cleanup(func() { _ = d.Close() })
	sim, err := sms.StartaSimulator(t.Context(), "127.0.0.1:0", p.dir, "sus", "hemligt")
	if err != nil {
		t.Fatal(err)
	}
	o := sim.Options()
	if p.sms, err = sms.New(o); err != nil {
		t.Fatal(err)
	}
	if p.auth, err = auth.New(konto.New(p.st.DB), p.sms, auth.Options{Issuer: standardIssuer, Audience: standardAudience}); err != nil {
		t.Fatal(err)
	}
	p.env = []string{"SUS_AV=Eva Prov", "SUS_DATABASE_URL=" + p.db.AppURL, "SUS_SMS_URL=" + o.URL, "SUS_SMS_CA=" + o.CAFil,
		"SUS_SMS_ANVANDARE=" + o.Anvandare, "SUS_SMS_LOSENORD=" + o.Losenord}
	return p
}

// prova runs a command with text on standard in.
func (p *adminprov) prova(in string, arg ...string) (ut, fel string, err error) {
	p.t.Helper()
	cmd := program(p.t, p.dir, arg...)
	cmd.Env = append(cmd.Env, p.env...)
	cmd.Stdin = strings.NewReader(in)
	var o, e bytes.Buffer
	cmd.Stdout, cmd.Stderr = &o, &e
	err = cmd.Run()
	return strings.TrimSpace(o.String()), e.String(), err
}

// lyckas is prova for what must succeed.
func (p *adminprov) lyckas(in string, arg ...string) string {
	p.t.Helper()
	ut, fel, err := p.prova(in, arg...)
	if err != nil {
		p.t.Fatalf("sus %s: %v %s", strings.Join(arg, " "), err, fel)
	}
	return ut
}

func (p *adminprov) senasteSMS(monster string) string {
	p.t.Helper()
	alla, err := p.sms.Lista(p.t.Context())
	if err != nil || len(alla) == 0 {
		p.t.Fatalf("inget SMS: %v", err)
	}
	return regexp.MustCompile(monster).FindString(alla[0].Text)
}

func TestTheForvaltareAddsAnAnvandareWhoLogsIn(t *testing.T) {
	p := nyttAdminprov(t)
	org := storetest.Organisation(t, p.st, nil)
	insats := storetest.Insats(t, p.st, org, nil)
	pnr := register.Testnummer(register.NyttDatum(1977, 1, 17), true)

	id := p.lyckas(pnr.Siffror()+"\n", "anvandare", "skapa", "--fornamn=Eva", "--efternamn=Prov", "--mobil=+46701740605", "--huvudarbetsgivare=2021005521")
	losenord := p.senasteSMS(`[a-z2-9]{4}(-[a-z2-9]{4}){3}`)
	if _, err := p.auth.Inloggning(t.Context(), pnr, losenord, "192.0.2.1"); err == nil {
		t.Error("en användare utan behörighet loggade in")
	}
	p.lyckas("", "anvandare", "behorighet", id, "DELTAGARANSVARIG")
	uppdrag := p.lyckas("", "anvandare", "uppdrag", id, "DELTAGARANSVARIG", "--insats="+insats.ID.String())
	u, err := p.auth.Inloggning(t.Context(), pnr, losenord, "192.0.2.1")
	if err != nil {
		t.Fatal(err)
	}
	tk, err := p.auth.Kod(t.Context(), u.ID, p.senasteSMS(`\b\d{6}\b`), "192.0.2.1")
	if err != nil {
		t.Fatal(err)
	}
	ak, err := p.auth.Aktor(t.Context(), tk.AccessToken)
	if err != nil || !ak.FarRegistrera(insats.ID) {
		t.Fatalf("%+v %v", ak, err)
	}

	lista := p.lyckas("", "anvandare", "lista")
	for _, vill := range []string{id, "Eva Prov", "DELTAGARANSVARIG", uppdrag, insats.Namn} {
		if !strings.Contains(lista, vill) {
			t.Errorf("«%s» saknas i listan:\n%s", vill, lista)
		}
	}
	if strings.Contains(lista, pnr.Siffror()) {
		t.Error("personnumret står i listan")
	}
	if ut := p.lyckas(pnr.Siffror(), "anvandare", "hitta"); ut != id {
		t.Errorf("hitta gav %s", ut)
	}

	p.lyckas("", "anvandare", "sparra", id)
	if _, err := p.auth.Aktor(t.Context(), tk.AccessToken); err == nil {
		t.Error("en spärrad användares token gäller än")
	}
	p.lyckas("", "anvandare", "oppna", id)
	p.lyckas("", "anvandare", "losenord", id)
	if _, err := p.auth.Inloggning(t.Context(), pnr, losenord, "192.0.2.1"); err == nil {
		t.Error("det gamla huvudlösenordet gäller än")
	}
	p.lyckas("", "anvandare", "mobil", id, "+46701740606")
}

func TestTheForvaltareIsToldWhyACommandIsRefused(t *testing.T) {
	p := nyttAdminprov(t)
	skapa := []string{"anvandare", "skapa", "--fornamn=Eva", "--efternamn=Prov", "--mobil=+46701740605", "--huvudarbetsgivare=2021005521"}
	for namn, f := range map[string]struct {
		in   string
		arg  []string
		vill string
	}{
		"fel kontrollsiffra":     {"197701172393\n", skapa, "Kontrollsiffran"},
		"inget personnummer":     {"", skapa, "standard in"},
		"okänd användare":        {"", []string{"anvandare", "behorighet", uuid.NewString(), "SUSRAPPORT"}, "finns inte"},
		"okänd behörighet":       {"", []string{"anvandare", "behorighet", uuid.NewString(), "CHEF"}, "must be one of"},
		"uppdrag utan mål":       {"", []string{"anvandare", "uppdrag", uuid.NewString(), "INSATSANSVARIG"}, "--organisation"},
		"klient utan scope":      {"", []string{"klient", "skapa", "x", "--organisation=" + uuid.NewString()}, "--scope"},
		"klient utan riktig org": {"", []string{"klient", "skapa", "x", "--scope=rapport.las", "--organisation=" + uuid.NewString()}, "finns inte"},
	} {
		t.Run(namn, func(t *testing.T) {
			_, fel, err := p.prova(f.in, f.arg...)
			if err == nil || !strings.Contains(fel, f.vill) {
				t.Errorf("%v %q", err, fel)
			}
			if f.in != "" && strings.Contains(fel, strings.TrimSpace(f.in)) {
				t.Error("personnumret upprepas i felet")
			}
		})
	}
}

func TestTheForvaltareAddsAMaskinklientThatLogsIn(t *testing.T) {
	p := nyttAdminprov(t)
	org := storetest.Organisation(t, p.st, nil)
	insats := storetest.Insats(t, p.st, org, nil)
	hemlighetI := func(ut string) string {
		_, h, _ := strings.Cut(ut, "client_secret=")
		return strings.TrimSpace(h)
	}
	ut := p.lyckas("", "klient", "skapa", "Verksamhetssystemet", "--organisation="+org.ID.String(), "--scope=deltagande.las,deltagande.skriv")
	id := regexp.MustCompile(`client_id=(\S+)`).FindStringSubmatch(ut)[1]
	p.lyckas("", "klient", "uppdrag", id, "--organisation="+org.ID.String())
	tk, err := p.auth.Klientuppgifter(t.Context(), id, hemlighetI(ut), "", "192.0.2.1")
	if err != nil {
		t.Fatal(err)
	}
	if ak, err := p.auth.Aktor(t.Context(), tk.AccessToken); err != nil || !ak.FarRegistrera(insats.ID) {
		t.Fatalf("%+v %v", ak, err)
	}
	ny := hemlighetI(p.lyckas("", "klient", "hemlighet", id))
	if _, err := p.auth.Klientuppgifter(t.Context(), id, hemlighetI(ut), "", "192.0.2.1"); err == nil {
		t.Error("den gamla hemligheten gäller än")
	}
	p.lyckas("", "klient", "sparra", id)
	if _, err := p.auth.Klientuppgifter(t.Context(), id, ny, "", "192.0.2.1"); err == nil {
		t.Error("en spärrad klient loggade in")
	}
	p.lyckas("", "klient", "oppna", id)
	if _, err := p.auth.Klientuppgifter(t.Context(), id, ny, "", "192.0.2.1"); err != nil {
		t.Error(err)
	}
	if lista := p.lyckas("", "klient", "lista"); !strings.Contains(lista, id) || strings.Contains(lista, ny) {
		t.Errorf("listan: %s", lista)
	}
}

func TestAnAdministrationThatNobodyAnswersForIsNotRun(t *testing.T) {
	p := nyttAdminprov(t)
	p.env = append(p.env, "SUS_AV=")
	if _, fel, err := p.prova("", "gallra"); err == nil || !strings.Contains(fel, "--av") {
		t.Errorf("it was run: %v %s", err, fel)
	}
	nummer := register.Testnummer(register.NyttDatum(1977, 1, 17), true).Siffror()
	if _, fel, err := p.prova("", "gallra", "--av=Eva", "--varfor=om "+nummer); err == nil || !strings.Contains(fel, "--varfor: Texten ser ut") || strings.Contains(fel, nummer) {
		t.Errorf("it was run with a personnummer: %v", err)
	}
}

// TestANewEpochSaysInItsRowWhoDecidedItAndWhy takes the end of the log away, as a restored backup does.
func TestANewEpochSaysInItsRowWhoDecidedItAndWhy(t *testing.T) {
	p := nyttAdminprov(t)
	storetest.Insats(t, p.st, storetest.Organisation(t, p.st, nil), nil)
	forsegla := func() {
		t.Helper()
		if _, err := p.st.Forsegla(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	forsegla()
	p.lyckas("", "logg", "visa", "--av=prov")
	forsegla()
	heads := filepath.Join(p.dir, "huvuden.jsonl")
	if err := os.WriteFile(heads, []byte(p.lyckas("", "logg", "huvud")+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	agare := p.db.Agare(t)
	for _, s := range []string{`delete from loggsigill where sekvens > 1`,
		`delete from loggpost p where not exists (select from loggsigill l where p.id = any (l.poster))`, `delete from loggko`} {
		if _, err := agare.Exec(s); err != nil {
			t.Fatal(err)
		}
	}
	if ut := p.lyckas("", "logg", "ny-epok", "--varfor=Ärende 18", "--huvud="+heads); !strings.Contains(ut, "Till och med sigill 1 är loggen kvar från tiden före det. Inget äldre huvud utifrån styrker") {
		t.Errorf("it says %s", ut)
	}
	if n := storetest.Rakna(t, p.db.Super(t), `select count(*) from loggpost where handelse = 'LOGG_NY_EPOK' and av = 'Eva Prov' and varfor = 'Ärende 18'`); n != 1 {
		t.Errorf("%d rows say who and why", n)
	}
}

func TestTheLogOfAPersonIsWrittenOutForAnExtract(t *testing.T) {
	p := nyttAdminprov(t)
	i := storetest.Insats(t, p.st, storetest.Organisation(t, p.st, nil), nil)
	pnr := register.Testnummer(register.NyttDatum(1977, 1, 17), true)
	storetest.Samtycke(t, p.st, storetest.Deltagaransvarig(i), i, pnr)
	if _, fel, err := p.prova(pnr.Siffror()+"\n", "logg", "utdrag"); err == nil || !strings.Contains(fel, "--varfor") {
		t.Errorf("without a reason it was run: %v %s", err, fel)
	}
	ut := p.lyckas(pnr.Siffror()+"\n", "logg", "utdrag", "--jsonl", "--varfor=Ärende 17")
	rader := strings.Split(ut, "\n")
	if len(rader) != 2 || !strings.Contains(rader[0], `"LOGG_SOKT"`) || !strings.Contains(rader[0], `"av":"Eva Prov"`) ||
		!strings.Contains(rader[0], `"varfor":"Ärende 17"`) || !strings.Contains(rader[1], `"SAMTYCKE_SKAPAT"`) || strings.Contains(ut, pnr.Siffror()) {
		t.Errorf("the extract is %s", ut)
	}
}

func TestANameIsTheSameHoweverTheTerminalSendsIt(t *testing.T) {
	var c AnvandareSkapaCmd
	p, err := kong.New(&c, nfc, kong.BindTo(t.Context(), (*context.Context)(nil)))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := p.Parse([]string{"--av", "A\u030asa", "--fornamn", "A\u030asa", "--efternamn=O\u0308berg", "--mobil", "+46701234567", "--huvudarbetsgivare", "2021005521"}); err != nil {
		t.Fatal(err)
	}
	if c.Av != "Åsa" || c.Fornamn != "Åsa" || c.Efternamn != "Öberg" {
		t.Errorf("%q, %q %q", c.Av, c.Fornamn, c.Efternamn)
	}
}

func TestTheLogIsShownWithAddressRoleAndWhoRanTheCommandAndToNobodyUnnamed(t *testing.T) {
	p := nyttAdminprov(t)
	ctx := db.MedUrsprung(t.Context(), db.Ursprung{Adress: "192.0.2.7"})
	nej := register.Nekad()
	if err := p.st.Neka(ctx, storetest.Som(storetest.Systemforvaltare()), db.Arende{Handelse: register.HandelseLoggLast}, nej); !errors.Is(err, nej) {
		t.Fatal(err)
	}
	p.lyckas("", "logg", "visa", "--varfor=Ärende 19")
	ut := p.lyckas("", "logg", "visa")
	if !strings.Contains(ut, `adress="192.0.2.7"  roll="SYSTEMFORVALTARE"`) || !strings.Contains(ut, `av="Eva Prov"  varfor="Ärende 19"`) {
		t.Errorf("it shows %s", ut)
	}
	p.env = append(p.env, "SUS_AV=")
	if ut, fel, err := p.prova("", "logg", "visa"); err == nil || strings.Contains(ut, "LOGG_LAST") || !strings.Contains(fel, "--av") {
		t.Errorf("nobody was shown %q (%v %s)", ut, err, fel)
	}
}
