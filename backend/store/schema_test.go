package store_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"gorm.io/gorm/schema"

	"sus/backend/register"
	"sus/backend/store"
	"sus/backend/store/db"
	"sus/backend/store/storetest"
)

func TestEveryTableHasTheColumnsOfItsStruct(t *testing.T) {
	super := storetest.NyMedDatabas(t).Super(t)
	for table, rad := range store.Rader {
		s, err := schema.Parse(rad, &sync.Map{}, schema.NamingStrategy{SingularTable: true})
		if err != nil {
			t.Fatalf("%s: %v", table, err)
		}
		var strukturen []string
		for _, f := range s.Fields {
			if f.DBName != "" {
				strukturen = append(strukturen, f.DBName)
			}
		}
		var columns []string
		// What the database makes of other columns may be its own, for a foreign key.
		rader, err := super.QueryContext(t.Context(), `select column_name::text from information_schema.columns where table_schema = 'public' and table_name = $1
			and (is_generated = 'NEVER' or column_name = any($2))`, table, strukturen)
		if err != nil {
			t.Fatal(err)
		}
		for rader.Next() {
			var k string
			if err := rader.Scan(&k); err != nil {
				t.Fatal(err)
			}
			columns = append(columns, k)
		}
		slices.Sort(strukturen)
		slices.Sort(columns)
		if !slices.Equal(strukturen, columns) {
			t.Errorf("%s:\nstruct  %v\ntabell  %v", table, strukturen, columns)
		}
	}
}

// konstanter reads the string constants of a type from register's source, so that
// a new one cannot be forgotten here.
func konstanter(t *testing.T) map[string][]string {
	t.Helper()
	svar := map[string][]string{}
	filer, err := filepath.Glob("../register/*.go")
	if err != nil || len(filer) == 0 {
		t.Fatalf("registers källkod: %v", err)
	}
	for _, fil := range filer {
		if strings.HasSuffix(fil, "_test.go") {
			continue
		}
		text, err := os.ReadFile(fil)
		if err != nil {
			t.Fatal(err)
		}
		trad, err := parser.ParseFile(token.NewFileSet(), fil, text, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(trad, func(n ast.Node) bool {
			v, ok := n.(*ast.ValueSpec)
			if !ok || v.Type == nil {
				return true
			}
			typ, ok := v.Type.(*ast.Ident)
			if !ok {
				return true
			}
			for _, varde := range v.Values {
				if l, ok := varde.(*ast.BasicLit); ok && l.Kind == token.STRING {
					s, _ := strconv.Unquote(l.Value)
					svar[typ.Name] = append(svar[typ.Name], s)
				}
			}
			return true
		})
	}
	for _, v := range svar {
		slices.Sort(v)
	}
	return svar
}

var citerat = regexp.MustCompile(`'([^']*)'::text`)

func TestTheConstantsOfRegisterAreThoseThatTheDatabaseAccepts(t *testing.T) {
	super := storetest.NyMedDatabas(t).Super(t)
	finns := konstanter(t)
	for villkor, typ := range map[string]string{
		"kodverk_lista": "Kodverkstyp", "kodverk_samverkansform": "Samverkansform", "samverkansorganisation_samverkansform": "Samverkansform",
		"myndighet_typ": "Organisationstyp", "insats_inriktning": "Inriktning", "insats_deltagarregistrering": "Deltagarregistrering",
		"samtycke_satt": "Samtyckessatt", "identitet_skydd": "Skydd", "mattillfalle_typ": "Matningstyp", "mattillfalle_kon": "Kon",
		"mattillfalle_arbetstyper": "Arbetstyp", "insatsbudgetpost_budgettyp": "Budgettyp", "administrativ_kostnad_typ": "Kostnadstyp",
		"fraga_svarstyp": "Svarstyp",
	} {
		var def string
		if err := super.QueryRowContext(t.Context(), `select pg_get_constraintdef(oid) from pg_constraint where conname = $1`, villkor).Scan(&def); err != nil {
			t.Fatalf("%s: %v", villkor, err)
		}
		var godtar []string
		for _, m := range citerat.FindAllStringSubmatch(def, -1) {
			godtar = append(godtar, m[1])
		}
		slices.Sort(godtar)
		if !slices.Equal(godtar, finns[typ]) || len(godtar) == 0 {
			t.Errorf("%s godtar %v, register.%s är %v", villkor, godtar, typ, finns[typ])
		}
	}
}

func TestTheKodverkHaveTheCodesThatRulesHangOn(t *testing.T) {
	s := storetest.Ny(t)
	k, err := s.Kodverk(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	finns := konstanter(t)
	koder := func(typ register.Kodverkstyp) []string {
		unika := map[string]bool{}
		for _, r := range k.Lista(typ) {
			unika[r.Kod] = true
		}
		return slices.Sorted(maps.Keys(unika))
	}
	if got := koder(register.KodverkArbetstyp); !slices.Equal(got, finns["Arbetstyp"]) {
		t.Errorf("arbetstyper: %v", got)
	}
	if got := koder(register.KodverkSamverkansform); !slices.Equal(got, finns["Samverkansform"]) {
		t.Errorf("samverkansformer: %v", got)
	}
	for _, typ := range finns["Kodverkstyp"] {
		if len(k.Lista(register.Kodverkstyp(typ))) == 0 {
			t.Errorf("kodverket %s är tomt", typ)
		}
	}
	// Försörjning in form order with bits 0–7; Ingen alone excludes.
	var etiketter []string
	for i, r := range k.Lista(register.KodverkForsorjning) {
		etiketter = append(etiketter, r.Etikett)
		if r.Bit == nil || int(*r.Bit) != i || r.Exklusiv != (r.Kod == "INGEN") {
			t.Errorf("försörjning %d är %+v", i, r)
		}
	}
	if got := strings.Join(etiketter, "·"); got != "Sjukpenning/Rehabpenning·SA·A-kassa·Aktivitetsstöd·Försörjningsstöd·Studiestöd/Studiemedel·Annan offentlig försörjning·Ingen offentlig försörjning" {
		t.Error(got)
	}
	rad, finnsRad := k.Rad(register.KodverkAvslutsanledning, "ATERKALLAT_SAMTYCKE")
	if !finnsRad || !rad.UtanMatning || rad.Utesluts || !rad.EndastAterkallelse || k.VidAterkallelse(register.NyttDatum(2010, 5, 20)) != rad.Kod {
		t.Errorf("återkallat samtycke är %+v", rad)
	}
	for form, dag := range map[register.Samverkansform]register.Datum{
		register.FormTvapartsfinsam: register.NyttDatum(2015, 12, 31), register.FormHandlingsplanssamverkan: register.NyttDatum(2013, 1, 31),
	} {
		if sista := k.FormensSistaDag(form); sista == nil || *sista != dag {
			t.Errorf("%s har sista registreringsdag %v", form, sista)
		}
	}
	_, antal, err := s.Kommuner(t.Context(), storetest.Som(register.Aktor{}), store.KommunFilter{}, db.Sida{})
	if err != nil || antal != 290 {
		t.Errorf("%d kommuner (%v)", antal, err)
	}
	karl, _, err := s.Kommuner(t.Context(), storetest.Som(register.Aktor{}), store.KommunFilter{Namn: "karl*"}, db.Sida{})
	if err != nil || len(karl) != 5 {
		t.Errorf("«karl*» ger %d kommuner (%v)", len(karl), err)
	}
}
