package store_test

import (
	"database/sql"
	"fmt"
	"strings"
	"testing"

	"github.com/google/uuid"

	"sus/backend/register"
	"sus/backend/store/storetest"
)

// raderande is a transaction of the serving role, in the insats, that erases the log's
// persons of a samtycke and writes the row that tells of it as the event.
func raderande(t *testing.T, app *sql.DB, handelse, objekttyp string, objekt, samtycke, insats uuid.UUID, fore, efter string) error {
	t.Helper()
	tx, err := app.BeginTx(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = tx.Rollback() }()
	satser := func(s string) {
		if s == "" {
			return
		}
		if _, err := tx.Exec(s); err != nil {
			t.Fatalf("%s: %v", s, err)
		}
	}
	satser(`select set_config('sus.insatser', '` + insats.String() + `', true)`)
	satser(fore)
	id := uuid.Must(uuid.NewV7())
	var hash []byte
	if err := tx.QueryRow(`select sus_radera_loggpersoner($1, $2, $3)`, id, samtycke, insats).Scan(&hash); err != nil {
		return err
	}
	if efter != "" {
		if _, err := tx.Exec(efter); err != nil {
			return err
		}
	}
	if _, err := tx.Exec(`insert into loggpost (id, aktor_id, aktor_typ, handelse, objekttyp, objekt_id, insats_id, utfall, regel, externt_id, detalj, traceparent, radering_hash)
		values ($1, $1, 'SYSTEM', $2, $3, $4, $5, 'OK', '', '', '', '', $6)`, id, handelse, objekttyp, objekt, insats, hash); err != nil {
		t.Fatal(err)
	}
	return tx.Commit()
}

func TestTheLogForgetsNobodyWhoStillStandsWhateverTheRowSays(t *testing.T) {
	d := storetest.NyMedDatabas(t)
	i, _, en, annan := tvaListade(t, d)
	app, super := d.App(t), d.Super(t)
	c := fmt.Sprintf("'%s'", en.SamtyckeID)
	borta, atergiven := `delete from identitet where samtycke_id = `+c, `insert into identitet select * from undan`
	undan := `create temp table undan on commit drop as select * from identitet where samtycke_id = ` + c + `; ` + borta
	aterkallad := `update samtycke set aterkallat = now() where id = ` + c
	type forsok struct {
		handelse, objekttyp string
		objekt              uuid.UUID
		fore, efter         string
	}
	alla := map[string]forsok{
		"a row that erases nothing":           {"DELTAGARE_SOKT", "insats", i.ID, "", borta},
		"given back at the end":               {"SAMTYCKE_ATERKALLAT", "samtycke", en.SamtyckeID, aterkallad, undan + "; " + atergiven},
		"withdrawn, the identitet still here": {"SAMTYCKE_ATERKALLAT", "samtycke", en.SamtyckeID, aterkallad, ""},
		"gone, and not withdrawn":             {"SAMTYCKE_ATERKALLAT", "samtycke", en.SamtyckeID, "", borta},
		"gone, and not withdrawn either":      {"LOGGPERSONER_RADERADE", "samtycke", en.SamtyckeID, "", borta},
		"gone, and the samtycke stands":       {"SAMTYCKE_GALLRAT", "samtycke", en.SamtyckeID, "", borta},
		"gone, and not for protection":        {"IDENTITET_RADERAD_SKYDD", "samtycke", en.SamtyckeID, "", borta},
		"gone, and no felregistrering":        {"FELREGISTRERING_GALLRAD", "deltagande", en.ID, "", borta},
		"gone, and the deltagande is open":    {"IDENTITET_GALLRAD", "deltagande", en.ID, "", borta},
		"the row names somebody else":         {"SAMTYCKE_ATERKALLAT", "samtycke", annan.SamtyckeID, aterkallad, borta},
	}
	for _, h := range register.Handelser() {
		if !h.Raderar() {
			continue
		}
		objekt := en.SamtyckeID
		if h.Objekttyp() == "deltagande" {
			objekt = en.ID
		}
		alla[h.String()+" of somebody who stands"] = forsok{h.String(), h.Objekttyp(), objekt, "", ""}
	}
	fore := storetest.Rakna(t, super, `select count(*) from loggperson`)
	for namn, f := range alla {
		if err := raderande(t, app, f.handelse, f.objekttyp, f.objekt, en.SamtyckeID, i.ID, f.fore, f.efter); err == nil || !strings.Contains(err.Error(), "loggradering") {
			t.Errorf("%s: %v", namn, err)
		}
	}
	if n := storetest.Rakna(t, super, `select count(*) from loggperson`); n != fore {
		t.Errorf("%d persons of the log are left of %d", n, fore)
	}
	// One row erases of one samtycke.
	if err := raderande(t, app, "SAMTYCKE_ATERKALLAT", "samtycke", en.SamtyckeID, en.SamtyckeID, i.ID, aterkallad,
		borta+`; select sus_radera_loggpersoner((select id from loggradering order by id desc limit 1), '`+annan.SamtyckeID.String()+`', '`+i.ID.String()+`')`); err == nil {
		t.Error("a second samtycke was erased with the row of the first")
	}
	if err := raderande(t, app, "SAMTYCKE_ATERKALLAT", "samtycke", en.SamtyckeID, en.SamtyckeID, i.ID, aterkallad, borta); err != nil {
		t.Errorf("who is really withdrawn is not erased: %v", err)
	}
	if n := storetest.Rakna(t, super, `select count(*) from loggperson where samtycke_id = $1 or blindindex = $2`, en.SamtyckeID, d.Nycklar.Blindindex(storetest.Person(fodd))); n != 0 {
		t.Errorf("%d of her rows are left", n)
	}
	if n := storetest.Rakna(t, super, `select count(*) from loggperson where samtycke_id = $1`, annan.SamtyckeID); n == 0 {
		t.Error("the other one is erased")
	}
	forsegla(t, d.Store)
	if k := kontroll(t, d.Store); k.Brutet != "" {
		t.Errorf("the log is %+v", k)
	}
}

// TestAnErasureOfSomebodyWhoStillStandsShows: by whoever owns the tables, who lets the
// database ask for nothing.
func TestAnErasureOfSomebodyWhoStillStandsShows(t *testing.T) {
	for namn, f := range map[string]func(en register.Deltagande) (handelse, objekttyp string, objekt uuid.UUID, efter string){
		"a samtycke": func(en register.Deltagande) (string, string, uuid.UUID, string) {
			return "SAMTYCKE_GALLRAT", "samtycke", en.SamtyckeID, ""
		},
		"a samtycke without its identitet": func(en register.Deltagande) (string, string, uuid.UUID, string) {
			return "SAMTYCKE_GALLRAT", "samtycke", en.SamtyckeID, `delete from identitet where samtycke_id = '` + en.SamtyckeID.String() + `'`
		},
		"a deltagande": func(en register.Deltagande) (string, string, uuid.UUID, string) {
			return "IDENTITET_GALLRAD", "deltagande", en.ID, ""
		},
	} {
		t.Run(namn, func(t *testing.T) {
			d := storetest.NyMedDatabas(t)
			i, _, en, _ := tvaListade(t, d)
			kor(t, d.Agare(t), `alter table loggradering disable trigger user`)
			handelse, objekttyp, objekt, efter := f(en)
			if err := raderande(t, d.App(t), handelse, objekttyp, objekt, en.SamtyckeID, i.ID, "", efter); err != nil {
				t.Fatal(err)
			}
			for _, nar := range []string{"before its seal", "after its seal"} {
				if k := kontroll(t, d.Store); !strings.Contains(k.Brutet, "finns kvar") {
					t.Errorf("%s: %+v", nar, k)
				}
				if _, err := d.Forsegla(t.Context()); err != nil {
					t.Fatal(err)
				}
			}
		})
	}
}

func TestAnIdentityThatComesBackAfterItsErasureShows(t *testing.T) {
	d := storetest.NyMedDatabas(t)
	_, a, en, _ := tvaListade(t, d)
	super := d.Super(t)
	kor(t, super, `create table undan as select * from identitet where samtycke_id = '`+en.SamtyckeID.String()+`'`)
	storetest.Aterkalla(t, d.Store, a, en.SamtyckeID)
	forsegla(t, d.Store)
	if k := kontroll(t, d.Store); k.Brutet != "" {
		t.Fatalf("the log is %+v", k)
	}
	kor(t, super, `insert into identitet select * from undan`)
	if k := kontroll(t, d.Store); !strings.Contains(k.Brutet, "finns kvar") {
		t.Errorf("the log is %+v", k)
	}
}
