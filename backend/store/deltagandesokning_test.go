package store_test

import (
	"strings"
	"testing"

	"github.com/google/uuid"

	"sus/backend/register"
	"sus/backend/store"
	"sus/backend/store/db"
	"sus/backend/store/storetest"
)

// medNamn registers a deltagande of somebody with a name of their own.
func medNamn(t *testing.T, s *store.Store, a register.Aktor, i register.Insats, namn string, p register.Personnummer, start register.Datum) register.Deltagande {
	t.Helper()
	post := storetest.Post(s.Nu())
	post.Namn = namn
	var c store.SamtyckeMedIdentitet
	if _, err := s.SkapaSamtycke(t.Context(), storetest.Som(a), storetest.Samtyckesuppgifter(s, i, p), post, ta(&c)); err != nil {
		t.Fatal(err)
	}
	return storetest.SkrivIn(t, s, a, c.Samtycke, start)
}

func sokning(t *testing.T, namn string, p register.Personnummer, status register.Deltagandestatus) register.Deltagandesokning {
	t.Helper()
	sokning, err := register.NyDeltagandesokning(namn, p, status)
	if err != nil {
		t.Fatal(err)
	}
	return sokning
}

func TestOnlyTheInsatsOwnDeltagareAreFoundByNameAndNumber(t *testing.T) {
	d := storetest.NyMedDatabas(t)
	i, a := huset(t, d.Store)
	annan := storetest.Insats(t, d.Store, storetest.Organisation(t, d.Store, func(u *register.Organisationsuppgifter) { u.Organisationsnummer = "2220001925" }), nil)
	bada := storetest.Deltagaransvarig(i, annan)
	dag := func(n int) register.Datum { return register.NyttDatum(2010, 3, 1).Plus(n) }
	nr := func(n int) register.Personnummer { return storetest.Person(fodd.Plus(n)) }
	alva := medNamn(t, d.Store, a, i, "Alva Söderström", nr(1), dag(0))
	tidigare := storetest.SkrivUt(t, d.Store, a, medNamn(t, d.Store, a, i, "Idé Soderberg", nr(2), dag(1)), storetest.Utregistrering(dag(30)))
	igen := medNamn(t, d.Store, a, i, "Idé Soderberg", nr(2), dag(40))
	borta := medNamn(t, d.Store, a, i, "Bo Söderlund", nr(3), dag(2))
	if _, err := d.Aterkalla(t.Context(), storetest.Som(a), borta.SamtyckeID, func(store.Aterkallad) (db.Svar, error) {
		return db.Svar{}, nil
	}); err != nil {
		t.Fatal(err)
	}
	storetest.Samtycke(t, d.Store, a, i, nr(4)) // «Alva Andersson», without a deltagande
	medNamn(t, d.Store, bada, annan, "Alva Söderström", nr(1), dag(3))
	medNamn(t, d.Store, bada, annan, "Cecilia Ek", nr(5), dag(3))

	for namn, f := range map[string]struct {
		sokning register.Deltagandesokning
		vill    []uuid.UUID
	}{
		"del av namnet":            {sokning(t, "SÖDER", register.Personnummer{}, ""), []uuid.UUID{alva.ID}},
		"utan accent":              {sokning(t, "ide", register.Personnummer{}, ""), []uuid.UUID{igen.ID, tidigare.ID}},
		"senast startade först":    {sokning(t, "de", register.Personnummer{}, ""), []uuid.UUID{igen.ID, tidigare.ID, alva.ID}},
		"flera ord":                {sokning(t, "ström alv", register.Personnummer{}, ""), []uuid.UUID{alva.ID}},
		"bara pågående":            {sokning(t, "ide", register.Personnummer{}, register.StatusPagaende), []uuid.UUID{igen.ID}},
		"bara avslutade":           {sokning(t, "ide", register.Personnummer{}, register.StatusAvslutad), []uuid.UUID{tidigare.ID}},
		"bara felregistrerade":     {sokning(t, "ide", register.Personnummer{}, register.StatusFelregistrerad), nil},
		"nummer":                   {sokning(t, "", nr(2), ""), []uuid.UUID{igen.ID, tidigare.ID}},
		"nummer i annat läge":      {sokning(t, "", nr(1), register.StatusAvslutad), nil},
		"nummer och namn":          {sokning(t, "soderberg", nr(2), ""), []uuid.UUID{igen.ID, tidigare.ID}},
		"nummer och annans namn":   {sokning(t, "alva", nr(2), ""), nil},
		"återkallad på namn":       {sokning(t, "söderlund", register.Personnummer{}, ""), nil},
		"återkallad på nummer":     {sokning(t, "", nr(3), ""), nil},
		"samtycke utan deltagande": {sokning(t, "", nr(4), ""), nil},
		"annan insats på namn":     {sokning(t, "cecilia", register.Personnummer{}, ""), nil},
		"annan insats på nummer":   {sokning(t, "", nr(5), ""), nil},
	} {
		for _, vem := range []register.Aktor{a, bada} {
			lista, antal, err := d.SokDeltaganden(t.Context(), storetest.Som(vem), i.ID, f.sokning, db.Sida{})
			if err != nil || antal != len(f.vill) || len(lista) != len(f.vill) {
				t.Errorf("%s: %d av %d (%v)", namn, len(lista), antal, err)
				continue
			}
			for n, id := range f.vill {
				if lista[n].ID != id || lista[n].Identitet == nil || lista[n].InsatsID != i.ID {
					t.Errorf("%s: rad %d är en annan", namn, n)
				}
			}
		}
	}
	for offset, vill := range map[int][]uuid.UUID{0: {igen.ID, tidigare.ID}, 2: {alva.ID}, 4: nil} {
		lista, antal, err := d.SokDeltaganden(t.Context(), storetest.Som(a), i.ID, sokning(t, "de", register.Personnummer{}, ""), db.Sida{Limit: 2, Offset: offset})
		if err != nil || antal != 3 || len(lista) != len(vill) || len(vill) > 0 && lista[0].ID != vill[0] {
			t.Errorf("från %d: %d av %d (%v)", offset, len(lista), antal, err)
		}
	}
	if _, _, err := d.SokDeltaganden(t.Context(), storetest.Som(a), annan.ID, sokning(t, "alva", register.Personnummer{}, ""), db.Sida{}); regel(err) != "saknas" {
		t.Errorf("en annans insats: %v", err)
	}
}

func TestASearchIsLoggedWithWhoWasShownAndWithoutWhatWasSought(t *testing.T) {
	d := storetest.NyMedDatabas(t)
	i, a := huset(t, d.Store)
	p := storetest.Person(fodd)
	del := medNamn(t, d.Store, a, i, "Alva Söderström", p, register.NyttDatum(2010, 3, 1))
	medNamn(t, d.Store, a, i, "Bo Ek", storetest.Person(fodd.Plus(1)), register.NyttDatum(2010, 3, 1))
	for _, f := range []struct {
		namn           string
		p              register.Personnummer
		medIndex, vem  int
		samtyckeLoggat bool
	}{
		{"söderström", register.Personnummer{}, 0, 1, true},
		{"finns inte", register.Personnummer{}, 0, 0, false},
		{"", p, 1, 2, true},
		{"", storetest.Person(fodd.Plus(9)), 1, 1, false},
	} {
		if _, _, err := d.SokDeltaganden(t.Context(), storetest.Som(a), i.ID, sokning(t, f.namn, f.p, ""), db.Sida{}); err != nil {
			t.Fatal(err)
		}
		poster, err := d.Loggposter(t.Context(), storetest.Som(storetest.Systemforvaltare()), db.LoggFilter{Limit: 1})
		if err != nil {
			t.Fatal(err)
		}
		l := poster[0]
		if l.Handelse != "DELTAGANDEN_SOKTA" || l.Utfall != db.UtfallOK || l.AktorID != a.ID || *l.ObjektID != i.ID || *l.InsatsID != i.ID || l.ExterntID+l.Detalj+l.Regel != "" {
			t.Errorf("posten är %+v", l)
		}
		if n := storetest.Rakna(t, d.Super(t), `select count(*) from loggperson where loggpost_id = $1`, l.ID); n != f.vem {
			t.Errorf("%d personer, inte %d", n, f.vem)
		}
		if n := storetest.Rakna(t, d.Super(t), `select count(*) from loggperson where loggpost_id = $1 and blindindex is not null`, l.ID); n != f.medIndex {
			t.Errorf("%d sökta nummer, inte %d", n, f.medIndex)
		}
		if n := storetest.Rakna(t, d.Super(t), `select count(*) from loggperson where loggpost_id = $1 and samtycke_id = $2`, l.ID, del.SamtyckeID); (n == 1) != f.samtyckeLoggat {
			t.Errorf("den hittade står %d gånger", n)
		}
	}
	var allt string
	if err := d.Super(t).QueryRow(`select coalesce(string_agg(l::text, ''), '') from loggpost l`).Scan(&allt); err != nil {
		t.Fatal(err)
	}
	for _, sokt := range []string{"söderström", "finns inte", p.Siffror()} {
		if strings.Contains(strings.ToLower(allt), sokt) {
			t.Error("loggen bär det sökta")
		}
	}
}
