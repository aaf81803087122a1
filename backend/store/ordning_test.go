package store_test

import (
	"context"
	"database/sql"
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"sus/backend/pgembed"
	"sus/backend/register"
	"sus/backend/store"
	"sus/backend/store/db"
	"sus/backend/store/konto"
	"sus/backend/store/storetest"
)

// iOrdning is names as Swedes sort them; no collation of a machine gives just this to
// all of them.
var iOrdning = []string{"(x", "9 steg", "Ale", "ale", "Alingsås", "Andersson", "Andre", "André", "Upplands Väsby", "Upplands-Bro", "Ystad", "Yxa",
	"Z", "z", "zebra", "Zorn", "Åmål", "ångan", "Älmhult", "ämne", "Öckerö", "Ørsted", "östan"}

// namnen reads a list whole, three a page.
func namnen[T any](t *testing.T, lista func(db.Sida) ([]T, int, error), namn func(T) string) []string {
	t.Helper()
	var svar []string
	for {
		rader, antal, err := lista(db.Sida{Limit: 3, Offset: len(svar)})
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range rader {
			svar = append(svar, namn(r))
		}
		if len(rader) == 0 || len(svar) == antal {
			return svar
		}
	}
}

func TestNamesSortAsSwedishOverThePagesOfEveryList(t *testing.T) {
	s := storetest.NyMedDatabas(t)
	k := konto.New(s.DB)
	var insatser register.Samverkansorganisation
	for i := range iOrdning {
		namn := iOrdning[(i*7)%len(iOrdning)]
		o := storetest.Organisation(t, s.Store, func(in *register.Organisationsuppgifter) {
			in.Namn, in.Organisationsnummer = namn, organisationsnummer(i)
		})
		if i == 0 {
			insatser = o
		}
		storetest.Insats(t, s.Store, insatser, func(in *register.Insatsuppgifter) { in.Namn = namn })
		if _, err := k.SkapaKlient(t.Context(), storetest.Som(register.Aktor{System: "test"}), konto.NyKlient{Namn: namn, OrganisationID: insatser.ID,
			Scopes: []register.Scope{register.ScopeRapportLas}}, "en-hemlighet-"+namn); err != nil {
			t.Fatal(err)
		}
	}
	b := storetest.Som(storetest.Systemforvaltare())
	organisationer := namnen(t, func(p db.Sida) ([]register.Samverkansorganisation, int, error) {
		return s.Samverkansorganisationer(t.Context(), b, store.OrganisationFilter{}, p)
	}, func(o register.Samverkansorganisation) string { return o.Namn })
	if !slices.Equal(organisationer, iOrdning) {
		t.Errorf("organisationer: %q", organisationer)
	}
	fallande := namnen(t, func(p db.Sida) ([]store.InsatsIOrganisation, int, error) {
		p.Sort = "-namn"
		return s.Insatser(t.Context(), b, store.InsatsFilter{}, p)
	}, func(i store.InsatsIOrganisation) string { return i.Namn })
	slices.Reverse(fallande)
	if !slices.Equal(fallande, iOrdning) {
		t.Errorf("insatser, backwards: %q", fallande)
	}
	klienter, err := k.Klienter(t.Context(), storetest.Som(register.Aktor{System: "test"}))
	if err != nil || !slices.EqualFunc(klienter, iOrdning, func(k konto.KlientRad, namn string) bool { return k.Namn == namn }) {
		t.Errorf("klienter: %v (%v)", klienter, err)
	}
	kommuner := namnen(t, func(p db.Sida) ([]register.Kommun, int, error) {
		return s.Kommuner(t.Context(), b, store.KommunFilter{}, p)
	}, func(k register.Kommun) string { return k.Namn })
	mal, alm, ors := slices.Index(kommuner, "Åmål"), slices.Index(kommuner, "Älmhult"), slices.Index(kommuner, "Örebro")
	if len(kommuner) != 290 || kommuner[0] != "Ale" || mal > alm || alm > ors || kommuner[289] != "Övertorneå" {
		t.Errorf("%d kommuner: %q", len(kommuner), kommuner)
	}
}

func TestANameIsFoundWhateverItsCaseAndSpelling(t *testing.T) {
	s := storetest.NyMedDatabas(t)
	for monster, want := range map[string][]string{
		"åM": {"Åmål"}, "A\u030Am*": {"Åmål"}, "n*KÖPING": {"Norrköping", "Nyköping"}, "a*ing*S": {"Alingsås"}, "%": {}, "_mål": {}, "{mål": {},
	} {
		rader, _, err := s.Kommuner(t.Context(), storetest.Som(storetest.Systemforvaltare()), store.KommunFilter{Namn: monster}, db.Sida{Limit: 300})
		if err != nil {
			t.Fatal(err)
		}
		var namn []string
		for _, r := range rader {
			namn = append(namn, r.Namn)
		}
		if !slices.Equal(namn, want) && len(namn)+len(want) > 0 {
			t.Errorf("%q: %q, want %q", monster, namn, want)
		}
	}
}

// TestTheOrderIsTheSameInEveryDatabase, also in one that knows no letters but ASCII's, as
// npm's is where the machine has no locale, and in one of another language.
func TestTheOrderIsTheSameInEveryDatabase(t *testing.T) {
	d := storetest.NyMedDatabas(t)
	for namn, som := range map[string]string{"ordning_c": "locale 'C'", "ordning_en": "locale_provider icu icu_locale 'en-US' locale 'C'"} {
		super := d.Super(t)
		if _, err := super.ExecContext(t.Context(), `create database `+namn+` owner `+pgembed.OwnerRole+` template template0 encoding 'UTF8' `+som); err != nil {
			if strings.Contains(err.Error(), "ICU is not supported") {
				t.Logf("%s: %v", namn, err)
				continue
			}
			t.Fatal(err)
		}
		defer func() { _ = d.Kluster.Drop(context.Background(), namn) }()
		if err := db.Migrera(t.Context(), d.Kluster.URL(pgembed.OwnerRole, namn), d.Kluster.URL(pgembed.ServerRole, namn)); err != nil {
			t.Fatal(err)
		}
		dar, err := sql.Open("pgx", d.Kluster.URL(pgembed.OwnerRole, namn))
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = dar.Close() }()
		var svar string
		if err := dar.QueryRowContext(t.Context(), `select string_agg(n, '|' order by sus_ordning(n)) from unnest(string_to_array($1, '|')) n`,
			strings.Join([]string{iOrdning[9], strings.Join(iOrdning[10:], "|"), strings.Join(iOrdning[:9], "|")}, "|")).Scan(&svar); err != nil {
			t.Fatal(err)
		}
		if svar != strings.Join(iOrdning, "|") {
			t.Errorf("%s: %s", namn, svar)
		}
	}
}

// inteForLasare is the columns of text whose order nobody reads, and why.
var inteForLasare = map[string]string{
	"typ": "the two kinds of mättillfälle are read apart",
	"kid": "a tie of two keys' times",
}

// TestNoTextIsSortedAsTheMachineLikes: each order by of the rooms, and of every list, on
// a column of text says how: Svensk for what people read, collate "C" for codes.
func TestNoTextIsSortedAsTheMachineLikes(t *testing.T) {
	super := storetest.NyMedDatabas(t).Super(t)
	text := map[string]bool{}
	rader, err := super.QueryContext(t.Context(), `select distinct column_name::text from information_schema.columns where table_schema = 'public' and data_type = 'text'`)
	if err != nil {
		t.Fatal(err)
	}
	for rader.Next() {
		var k string
		if err := rader.Scan(&k); err != nil {
			t.Fatal(err)
		}
		text[k] = true
	}
	antal := 0
	prova := func(plats, by string) {
		for _, uttryck := range ordningar(by) {
			antal++
			ord := strings.Fields(strings.ToLower(uttryck))
			if len(ord) == 0 || strings.HasPrefix(ord[0], "sus_ordning(") || slices.Contains(ord, `collate`) {
				continue
			}
			column := ord[0][strings.LastIndex(ord[0], ".")+1:]
			if text[column] && inteForLasare[column] == "" {
				t.Errorf("%s: order by %s", plats, uttryck)
			}
		}
	}
	for lista, o := range store.Ordningar() {
		prova(lista, o.Fast)
		for _, by := range o.Falt {
			prova(lista, by)
		}
	}
	for _, dir := range []string{".", "db", "konto", "statistik"} {
		filer, err := filepath.Glob(filepath.Join(dir, "*.go"))
		if err != nil {
			t.Fatal(err)
		}
		for _, fil := range filer {
			if strings.HasSuffix(fil, "_test.go") {
				continue
			}
			trad, err := parser.ParseFile(token.NewFileSet(), fil, nil, 0)
			if err != nil {
				t.Fatal(err)
			}
			ast.Inspect(trad, func(n ast.Node) bool {
				l, ok := n.(*ast.BasicLit)
				if !ok || l.Kind != token.STRING {
					return true
				}
				s, err := strconv.Unquote(l.Value)
				if err != nil {
					t.Fatal(err)
				}
				for _, del := range strings.Split(strings.Join(strings.Fields(s), " "), "order by ")[1:] {
					prova(fil, del)
				}
				return true
			})
		}
	}
	if antal < 60 {
		t.Errorf("%d found: the test no longer sees them", antal)
	}
}

// ordningar is the expressions of an order by, from behind it, to the end of it.
func ordningar(s string) []string {
	djup, fran := 0, 0
	var ut []string
	for i := range s {
		switch slut := strings.HasPrefix(s[i:], " limit ") || strings.HasPrefix(s[i:], " for "); {
		case djup == 0 && (s[i] == ')' || slut):
			return append(ut, s[fran:i])
		case djup == 0 && s[i] == ',':
			ut, fran = append(ut, s[fran:i]), i+1
		case s[i] == '(':
			djup++
		case s[i] == ')':
			djup--
		}
	}
	return append(ut, s[fran:])
}

// organisationsnummer is a valid one of its own for each i.
func organisationsnummer(i int) string {
	bas := "2220" + strconv.Itoa(10000+i)
	for k := range 10 {
		if n := bas + strconv.Itoa(k); register.GiltigtOrganisationsnummer(n) {
			return n
		}
	}
	panic(bas)
}
