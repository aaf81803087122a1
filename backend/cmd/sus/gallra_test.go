package main

import (
	"strings"
	"testing"
	"time"

	"sus/backend/register"
	"sus/backend/store/konto"
	"sus/backend/store/storetest"
)

func TestProvkorTellsWhatGallraThenErases(t *testing.T) {
	p := nyttAdminprov(t)
	mitt := func() time.Time { return time.Date(2011, 3, 1, 12, 0, 0, 0, time.UTC) }
	st := p.st.Vid(mitt)
	insats := storetest.Insats(t, st, storetest.Organisation(t, st, nil), nil)
	a := storetest.Deltagaransvarig(insats)
	storetest.Samtycke(t, st, a, insats, storetest.Person(register.NyttDatum(1979, 5, 6)))
	del := storetest.Deltagande(t, st, a, insats, storetest.Person(register.NyttDatum(1980, 5, 6)), register.NyttDatum(2010, 9, 1))
	storetest.SkrivUt(t, st, a, del, storetest.Utregistrering(register.NyttDatum(2011, 2, 10)))
	if _, err := konto.New(st.DB).SkapaAnvandare(t.Context(), storetest.Som(kommandoaktor), register.Anvandaruppgifter{
		Personnummer: register.Testnummer(register.NyttDatum(1977, 1, 17), true), Fornamn: "Eva", Efternamn: "Prov",
		Mobil: "+46701740605", Huvudarbetsgivare: "2021005521"}, "$argon2id$v=19$m=19456,t=2,p=1$AAAA$AAAA"); err != nil {
		t.Fatal(err)
	}
	super := p.db.Super(t)
	finns := func() int {
		return storetest.Rakna(t, super, `select (select count(*) from samtycke) * 100 + (select count(*) from identitet) * 10 + (select count(fornamn) from anvandare)`)
	}
	rader := func() int { return storetest.Rakna(t, super, `select count(*) from loggpost`) }
	fore, loggat := finns(), rader()
	ut := p.lyckas("", "gallra", "--provkor")
	for _, vill := range []string{"inget är gallrat", "1 oanvända samtycken, den äldsta 2011-03-01", "0 felregistreringars identitet",
		"1 avslutade deltagandens identitet, den äldsta 2011-02-10 (bevaras 5 år)", "1 användare som slutat, den äldsta 2011-03-01 (bevaras 2 år)",
		"0 loggposter (bevaras 5 år)", "0 idempotensnycklar"} {
		if !strings.Contains(ut, vill) {
			t.Errorf("«%s» saknas i:\n%s", vill, ut)
		}
	}
	if n := finns(); n != fore || n != 221 {
		t.Errorf("provkörningen lämnade %d, före %d", n, fore)
	}
	if n := rader() - loggat; n != 1 {
		t.Errorf("provkörningen skrev %d rader i loggen", n)
	}

	p.env = append(p.env, "SUS_GALLRA_IDENTITET=0", "SUS_GALLRA_ANVANDARE=")
	if ut = p.lyckas("", "gallra", "--provkor"); !strings.Contains(ut, "0 avslutade deltagandens identitet (bevaras för alltid)") ||
		!strings.Contains(ut, "0 användare som slutat (bevaras för alltid)") {
		t.Errorf("det som bevaras för alltid:\n%s", ut)
	}
	p.env = append(p.env, "SUS_GALLRA_IDENTITET=3650 dagar", "SUS_GALLRA_ANVANDARE=2 år")
	ut = p.lyckas("", "gallra")
	for _, vill := range []string{"Gallrat ", "1 oanvända samtycken\n", "1 avslutade deltagandens identitet (bevaras 3650 dagar)", "1 användare som slutat (bevaras 2 år)"} {
		if !strings.Contains(ut, vill) {
			t.Errorf("«%s» saknas i:\n%s", vill, ut)
		}
	}
	if n := finns(); n != 100 { // the used samtycke stays, without who gave it
		t.Errorf("gallringen lämnade %d", n)
	}
	for _, f := range [][]string{{"--gallra-anvandare=364 dagar", "SUS_GALLRA_ANVANDARE"}, {"--gallra-logg=30d", "SUS_GALLRA_LOGG"}} {
		for _, kommando := range []string{"gallra", "serve"} {
			if _, fel, err := p.prova("", kommando, f[0]); err == nil || !strings.Contains(fel, f[1]+" är «") || !strings.Contains(fel, "ange «1 år» eller mer, eller 0 för alltid") {
				t.Errorf("%s %s: %v\n%s", kommando, f[0], err, fel)
			}
		}
	}
	for _, fel := range [][]string{{"gallra", "--provkor", "--fysiskt"}, {"gallra", "--gallra-identitet=5"}, {"gallra", "--gallra-logg=fem år"}} {
		if _, _, err := p.prova("", fel...); err == nil {
			t.Errorf("%v gick", fel)
		}
	}
}
