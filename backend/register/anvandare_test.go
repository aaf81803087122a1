package register

import "testing"

func TestANewUserIsRefusedWithEveryFaultyFieldInTheOrderOfTheForm(t *testing.T) {
	bra := Anvandaruppgifter{Personnummer: Testnummer(dag("1977-01-17"), true), Fornamn: "Eva", Efternamn: "Prov",
		Mobil: "+46701740605", Huvudarbetsgivare: "2021005521"}
	if err := bra.Kontrollera(); err != nil {
		t.Errorf("%+v", err)
	}
	// The order was a map's once, another one each time.
	for range 20 {
		nekas(t, Anvandaruppgifter{}.Kontrollera(), KodOgiltig, "/personnummer obligatoriskt", "/fornamn obligatoriskt", "/efternamn obligatoriskt",
			"/mobil mobil-format", "/huvudarbetsgivare organisationsnummer")
	}
	for _, mobil := range []string{"0701740605", "+0701740605", "+46 70 174 06 05", "+4670\n"} {
		nekas(t, KontrolleraMobil(mobil), KodOgiltig, "/mobil mobil-format")
	}
}

func TestAMachineClientHasANameAndScopesThatExist(t *testing.T) {
	if err := KontrolleraKlient("Verksamhetssystemet", []Scope{ScopeDeltagandeLas, ScopeRapportLas}); err != nil {
		t.Errorf("%+v", err)
	}
	nekas(t, KontrolleraKlient("", nil), KodOgiltig, "/namn obligatoriskt", "/scopes obligatoriskt")
	nekas(t, KontrolleraKlient("x", []Scope{ScopeRapportLas, "allt"}), KodOgiltig, "/scopes/1 okand-kod")
}
