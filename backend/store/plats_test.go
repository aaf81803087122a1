package store_test

import (
	"fmt"
	"strings"
	"testing"

	"sus/backend/rapport"
	"sus/backend/rapport/rapporttest"
	"sus/backend/register"
	"sus/backend/store/db"
	"sus/backend/store/statistik"
	"sus/backend/store/storetest"
)

const nyForsorjning = `insert into kodverk (kodverk, kod, giltig_fran, etikett, ordning, bit) values ('FORSORJNING', '%s', '%s', 'Ny försörjning', 9, %s)`

func TestTheDatabaseTakesNoForsorjningWithoutAPlaceOfItsOwn(t *testing.T) {
	d := storetest.NyMedDatabas(t)
	super := d.Super(t)
	for _, f := range []struct {
		vad, sats, vill string
	}{
		{"without a place", fmt.Sprintf(nyForsorjning, "NY", "2004-01-01", "null"), "kodverk_forsorjningsplats"},
		{"on the sign", fmt.Sprintf(nyForsorjning, "NY", "2004-01-01", "31"), "kodverk_bit"},
		{"on another's", fmt.Sprintf(nyForsorjning, "NY", "2004-01-01", "7"), "kodverk_forsorjningsplats"},
		{"moved", `update kodverk set bit = 8 where kod = 'SA'`, "kodverk_forsorjningsplats"},
		{"under another's name", `update kodverk set kod = 'NY' where kod = 'SA'`, "kodverk_forsorjningsplats"},
		{"taken away", `update kodverk set bit = null where kod = 'SA'`, "kodverk_forsorjningsplats"},
		{"moved from another list", `update kodverk set kodverk = 'FORSORJNING' where kod = 'GYMNASIUM'`, "kodverk_forsorjningsplats"},
		{"with one", fmt.Sprintf(nyForsorjning, "NY", "2004-01-01", "8"), ""},
		{"with the last", fmt.Sprintf(nyForsorjning, "SISTA", "2004-01-01", "30"), ""},
		{"dated anew beside what holds", fmt.Sprintf(nyForsorjning, "SA", "2015-01-01", "1"), "kodverk_overlappar"},
		{"ended", `update kodverk set giltig_tom = '2014-12-31' where kod = 'SA'`, ""},
		{"dated anew elsewhere", fmt.Sprintf(nyForsorjning, "SA", "2015-01-01", "8"), "kodverk_forsorjningsplats"},
		{"dated anew on the last day", fmt.Sprintf(nyForsorjning, "SA", "2014-12-31", "1"), "kodverk_overlappar"},
		{"dated anew", fmt.Sprintf(nyForsorjning, "SA", "2015-01-01", "1"), ""},
		{"held on into the new", `update kodverk set giltig_tom = '2015-01-01' where kod = 'SA' and giltig_fran = '2004-01-01'`, "kodverk_overlappar"},
		{"with other words", `update kodverk set etikett = 'Sjukersättning' where kod = 'SA'`, ""},
	} {
		_, err := super.ExecContext(t.Context(), f.sats)
		if db.Constraint(err) != f.vill || (err != nil) != (f.vill != "") {
			t.Errorf("%s: %v", f.vad, err)
		}
	}
}

// TestTheListsThatAreCountedAsSetsHaveAPlaceForEachCode: ARBETSTYP and MALGRUPP as FORSORJNING.
func TestTheListsThatAreCountedAsSetsHaveAPlaceForEachCode(t *testing.T) {
	super := storetest.NyMedDatabas(t).Super(t)
	const ny = `insert into kodverk (kodverk, kod, giltig_fran, etikett, ordning, bit, nr) values ('%s', '%s', '%s', 'Ny', 9, %s, null)`
	for _, f := range []struct{ vad, sats, vill string }{
		{"without a place", fmt.Sprintf(ny, "MALGRUPP", "NY", "2004-01-01", "null"), "kodverk_mangdplats"},
		{"on another's", fmt.Sprintf(ny, "MALGRUPP", "NY", "2004-01-01", "0"), "kodverk_mangdplats"},
		{"a kind of work on another's", fmt.Sprintf(ny, "ARBETSTYP", "NY", "2004-01-01", "2"), "kodverk_mangdplats"},
		{"ended", `update kodverk set giltig_tom = '2014-12-31' where kodverk = 'MALGRUPP' and kod = 'KVINNOR'`, ""},
		{"dated anew elsewhere", fmt.Sprintf(ny, "MALGRUPP", "KVINNOR", "2015-01-01", "20"), "kodverk_mangdplats"},
		{"moved", `update kodverk set bit = 20 where kodverk = 'MALGRUPP' and kod = 'UNGA'`, "kodverk_mangdplats"},
		{"under another's name", `update kodverk set kod = 'NY' where kodverk = 'ARBETSTYP' and kod = 'EGET_FORETAG'`, "kodverk_mangdplats"},
		{"an inriktning without a number", fmt.Sprintf(ny, "PRECISERAD_INRIKTNING", "NY", "2004-01-01", "null"), "kodverk_inriktningsnr"},
		{"with one", fmt.Sprintf(ny, "MALGRUPP", "NY", "2004-01-01", "11"), ""},
		{"of one number with another list's", fmt.Sprintf(ny, "ARBETSTYP", "NY", "2004-01-01", "11"), ""},
		{"dated anew", fmt.Sprintf(ny, "MALGRUPP", "KVINNOR", "2015-01-01", "0"), ""},
	} {
		_, err := super.ExecContext(t.Context(), f.sats)
		if db.Constraint(err) != f.vill || (err != nil) != (f.vill != "") {
			t.Errorf("%s: %v", f.vad, err)
		}
	}
}

func TestTwoForsorjningarThatComeAtOnceDoNotShareAPlace(t *testing.T) {
	super := storetest.NyMedDatabas(t).Super(t)
	for plats := 8; plats <= register.SistaPlats; plats++ {
		kom := func(kod string) func() error {
			return func() error {
				_, err := super.ExecContext(t.Context(), fmt.Sprintf(nyForsorjning, fmt.Sprintf("%s_%d", kod, plats), "2004-01-01", fmt.Sprint(plats)))
				return err
			}
		}
		e1, e2 := samtidigt(kom("EN"), kom("ANNAN"))
		if (e1 == nil) == (e2 == nil) || db.Constraint(e1)+db.Constraint(e2) != "kodverk_forsorjningsplats" {
			t.Fatalf("%v and %v", e1, e2)
		}
	}
}

func TestANinthForsorjningIsCountedInARowOfItsOwn(t *testing.T) {
	d := storetest.NyMedDatabas(t)
	kor(t, d.Super(t), fmt.Sprintf(nyForsorjning, "NY", "2004-01-01", "8"), fmt.Sprintf(nyForsorjning, "SISTA", "2004-01-01", "30"))
	i, a := huset(t, d.Store)
	c := storetest.Samtycke(t, d.Store, a, i, storetest.Person(fodd))
	in := storetest.Inregistrering(c, register.NyttDatum(2020, 1, 1))
	in.Fore.Forsorjning = []string{"NY", "SISTA", "SA"}
	var del register.Deltagande
	if _, err := d.SkrivIn(t.Context(), storetest.Som(a), in, nil, ta(&del)); err != nil {
		t.Fatal(err)
	}
	ut := storetest.Utregistrering(register.NyttDatum(2020, 6, 1))
	ut.Efter.Forsorjning = []string{"SISTA"}
	storetest.SkrivUt(t, d.Store, a, del, ut)
	r, err := statistik.New(d.DB).Rapport(t.Context(), storetest.Som(storetest.Systemforvaltare()), "deltagarrapport", "forsorjning", rapport.Urval{Samverkansform: register.FormFinsam, Tid: rapport.Budgetar(2020)})
	if err != nil {
		t.Fatal(err)
	}
	var rader []string
	bok := rapporttest.BokAv(t, &r)
	for n, s := range bok.Start.Rader {
		if e := bok.Slut.Rader[n]; s.Antal+e.AntalFore+e.AntalEfter > 0 {
			rader = append(rader, fmt.Sprint(s.Kod, s.Antal, e.AntalFore, e.AntalEfter))
		}
	}
	if got, vill := strings.Join(rader, " "), "NY1 1 0 SISTA1 1 1 SA1 1 0"; got != vill {
		t.Errorf("the rows are %s, want %s", got, vill)
	}
	k, err := statistik.Kontrollera(t.Context(), d.MigrateURL)
	if err != nil || k.Skillnader() != 0 || k.Rader.In != 1 || k.Rader.Ut != 1 {
		t.Errorf("%+v (%v)", k, err)
	}
}

// TestCodeListsThatCameWithoutTheDatabasesRulesAreNotTaken: the database's own are taken
// away first.
func TestCodeListsThatCameWithoutTheDatabasesRulesAreNotTaken(t *testing.T) {
	d := storetest.NyMedDatabas(t)
	if err := d.KontrolleraKodverk(t.Context()); err != nil {
		t.Fatal(err)
	}
	kor(t, d.Super(t), `alter table kodverk drop constraint kodverk_forsorjningsplats`, fmt.Sprintf(nyForsorjning, "NY", "2004-01-01", "null"))
	annan, err := db.Open(d.AppURL, db.Options{Nycklar: d.Nycklar})
	if err != nil {
		t.Fatal(err)
	}
	defer annan.Close()
	if err := annan.KontrolleraKodverk(t.Context()); err == nil || !innehaller(err.Error(), "Koden NY i kodverket FORSORJNING har ingen egen plats", "ledig plats") {
		t.Errorf("they are served: %v", err)
	}
}
