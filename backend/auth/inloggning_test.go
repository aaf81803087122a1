package auth_test

import (
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"sus/backend/auth"
	"sus/backend/register"
)

func TestAHuvudlosenordAndACodeOpenASession(t *testing.T) {
	r := nyttRum(t)
	p := r.anvandare(register.RollSusrapport)
	u := r.utmana(p)
	if vill := r.klocka.Nu().Add(10 * time.Minute); !u.Upphor.Equal(vill) {
		t.Errorf("koden gäller till %v, vill ha %v", u.Upphor, vill)
	}
	tk, err := r.auth.Kod(t.Context(), u.ID, r.senasteKod(p), adress)
	if err != nil {
		t.Fatal(err)
	}
	if tk.TokenType != "Bearer" || tk.ExpiresIn != 300 || tk.RefreshToken == "" {
		t.Errorf("fick %s, %d s", tk.TokenType, tk.ExpiresIn)
	}
	ak := r.slapps(tk.AccessToken)
	if ak.ID != p.id || !slices.Equal(ak.Roller, []register.Roll{register.RollSusrapport}) {
		t.Errorf("fick %v med %v", ak.ID, ak.Roller)
	}
	if n := r.antal(`select count(*) from loggpost where handelse = 'INLOGGNING' and utfall = 'OK' and aktor_id = $1`, p.id); n != 1 {
		t.Errorf("%d inloggningar i loggen", n)
	}
}

func TestAWrongPasswordAndAnUnknownPersonnummerAreAnsweredAlikeAndAsSlowly(t *testing.T) {
	r := nyttRum(t)
	kand := r.anvandare(register.RollSusrapport)
	okand := register.Testnummer(register.NyttDatum(1940, 2, 18), true)
	tider := map[bool][]time.Duration{}
	for range 8 {
		for _, arKand := range []bool{true, false} {
			pnr := okand
			if arKand {
				pnr = kand.pnr
			}
			start := time.Now()
			_, err := r.auth.Inloggning(t.Context(), pnr, "fel", adress)
			tider[arKand] = append(tider[arKand], time.Since(start))
			nekas(t, err, register.KodOautentiserad, "inloggning-felaktig")
		}
	}
	// The fastest of each: what the work takes, whatever else the machine does.
	a, b := slices.Min(tider[true]), slices.Min(tider[false])
	if diff := (a - b).Abs(); diff > max(a, b)/2 {
		t.Errorf("känt personnummer %v, okänt %v", a, b)
	}
	if len(r.meddelanden(kand.mobil)) != 0 {
		t.Error("ett SMS skickades fast lösenordet var fel")
	}
	if n := r.antal(`select count(*) from loggpost where handelse = 'INLOGGNING' and utfall = 'NEKAD'`); n != 16 {
		t.Errorf("%d nekade inloggningar i loggen, vill ha 16", n)
	}
}

func TestRepeatedFaultsLockThePersonnummerAndNobodyElse(t *testing.T) {
	r := nyttRum(t)
	p, annan := r.anvandare(register.RollSusrapport), r.anvandare(register.RollSusrapport)
	okand := register.Testnummer(register.NyttDatum(1941, 2, 18), true)
	for _, pnr := range []register.Personnummer{p.pnr, okand} {
		for range 8 {
			_, err := r.auth.Inloggning(t.Context(), pnr, "fel", adress)
			nekas(t, err, register.KodOautentiserad, "inloggning-felaktig")
		}
		_, err := r.auth.Inloggning(t.Context(), pnr, ratt, adress)
		if e := nekas(t, err, register.KodForMycket, "for-manga-forsok"); e.Vanta <= 0 || e.Vanta > 15*time.Minute {
			t.Errorf("väntetiden är %v", e.Vanta)
		}
	}
	r.loggaIn(annan)
	if n := r.antal(`select count(*) from loggpost where handelse = 'INLOGGNING_LAST' and objekttyp = 'person'`); n != 2 {
		t.Errorf("%d utelåsningar i loggen, vill ha en för varje personnummer", n)
	}
	r.klocka.fram(15 * time.Minute)
	r.loggaIn(p)
}

func TestTriesThatComeAtOnceDoNotSlipPastTheBound(t *testing.T) {
	r := nyttRum(t)
	p := r.anvandare(register.RollSusrapport)
	var provade, lasta int
	var mu sync.Mutex
	var wg sync.WaitGroup
	for range 20 {
		wg.Go(func() {
			_, err := r.auth.Inloggning(t.Context(), p.pnr, "fel", adress)
			mu.Lock()
			defer mu.Unlock()
			if strings.Contains(err.Error(), "for-manga-forsok") {
				lasta++
			} else {
				provade++
			}
		})
	}
	wg.Wait()
	if provade != 8 || lasta != 12 {
		t.Errorf("%d prövades och %d låstes ute, vill ha 8 och 12", provade, lasta)
	}
}

func TestAnAddressIsLockedByManyFaultsAndNotByARightLogIn(t *testing.T) {
	r := nyttRum(t)
	r.auth = r.nyAuth(auth.Options{ForsokPerAdress: 3})
	p := r.anvandare(register.RollSusrapport)
	for range 5 {
		r.loggaIn(p)
	}
	for n := range 3 {
		pnr := register.Testnummer(register.NyttDatum(1942, 3, 17+n), true)
		_, err := r.auth.Inloggning(t.Context(), pnr, "fel", "2001:db8::1")
		nekas(t, err, register.KodOautentiserad, "inloggning-felaktig")
	}
	_, err := r.auth.Inloggning(t.Context(), p.pnr, ratt, "2001:db8::ffff")
	nekas(t, err, register.KodForMycket, "for-manga-forsok")
	r.loggaIn(p) // from another address
}

func TestTriesAgainstALockedPersonnummerDoNotLockTheAddress(t *testing.T) {
	r := nyttRum(t)
	r.auth = r.nyAuth(auth.Options{ForsokPerAdress: 10})
	last, annan := r.anvandare(register.RollSusrapport), r.anvandare(register.RollSusrapport)
	for n := range 20 {
		_, err := r.auth.Inloggning(t.Context(), last.pnr, "fel", adress)
		if n >= 8 {
			nekas(t, err, register.KodForMycket, "for-manga-forsok")
		}
	}
	for range 20 {
		_, err := r.auth.Kod(t.Context(), uuid.New(), "123456", adress)
		nekas(t, err, register.KodSaknas, "saknas")
		if _, err = r.auth.Klientuppgifter(t.Context(), uuid.NewString(), "fel", "", adress); err == nil {
			t.Error("en okänd klient släpptes in")
		}
	}
	r.loggaIn(annan)
}

func TestACodeBearsFiveTriesAndThenNotEvenTheRightOne(t *testing.T) {
	r := nyttRum(t)
	p := r.anvandare(register.RollSusrapport)
	u := r.utmana(p)
	kod := r.senasteKod(p)
	for range 5 {
		_, err := r.auth.Kod(t.Context(), u.ID, annanKod(kod), adress)
		nekas(t, err, register.KodOautentiserad, "kod-felaktig")
	}
	_, err := r.auth.Kod(t.Context(), u.ID, annanKod(kod), adress)
	nekas(t, err, register.KodBorta, "inloggning-forbrukad")
	_, err = r.auth.Kod(t.Context(), u.ID, kod, adress)
	nekas(t, err, register.KodBorta, "inloggning-forbrukad")
}

func TestACodeIsUsedOnceInItsFirstStepsSessionWithinTenMinutes(t *testing.T) {
	r := nyttRum(t)
	p := r.anvandare(register.RollSusrapport)
	gammal := r.utmana(p)
	gammalKod := r.senasteKod(p)
	ny := r.utmana(p)
	kod := r.senasteKod(p)
	_, err := r.auth.Kod(t.Context(), gammal.ID, gammalKod, adress)
	nekas(t, err, register.KodBorta, "inloggning-forbrukad")
	if _, err = r.auth.Kod(t.Context(), ny.ID, kod, adress); err != nil {
		t.Fatal(err)
	}
	_, err = r.auth.Kod(t.Context(), ny.ID, kod, adress)
	nekas(t, err, register.KodBorta, "inloggning-forbrukad")
	u := r.utmana(p)
	kod = r.senasteKod(p)
	r.klocka.fram(10 * time.Minute)
	_, err = r.auth.Kod(t.Context(), u.ID, kod, adress)
	nekas(t, err, register.KodBorta, "inloggning-forbrukad")
	_, err = r.auth.Kod(t.Context(), uuid.New(), kod, adress)
	nekas(t, err, register.KodSaknas, "saknas")
}

func TestOfTwoWhoGiveTheCodeAtOnceOneWins(t *testing.T) {
	r := nyttRum(t)
	p := r.anvandare(register.RollSusrapport)
	for range 10 {
		u := r.utmana(p)
		kod := r.senasteKod(p)
		fel := samtidigt(2, func() error { _, err := r.auth.Kod(t.Context(), u.ID, kod, adress); return err })
		if n := lyckade(fel); n != 1 {
			t.Fatalf("%d lyckades, vill ha 1: %v", n, fel)
		}
	}
	if n := r.antal(`select count(*) from session`); n != 10 {
		t.Errorf("%d sessioner, vill ha 10", n)
	}
}

func samtidigt(n int, fn func() error) []error {
	fel := make([]error, n)
	var wg sync.WaitGroup
	start := make(chan struct{})
	for i := range n {
		wg.Go(func() { <-start; fel[i] = fn() })
	}
	close(start)
	wg.Wait()
	return fel
}

func lyckade(fel []error) int {
	n := 0
	for _, err := range fel {
		if err == nil {
			n++
		}
	}
	return n
}

func TestABehorighetThatHasEndedGivesNoLogIn(t *testing.T) {
	r := nyttRum(t)
	p := r.anvandare(register.RollSusrapport)
	tk := r.loggaIn(p)
	u := r.utmana(p)
	kod := r.senasteKod(p)
	r.klocka.fram(365 * 24 * time.Hour)
	_, err := r.auth.Inloggning(t.Context(), p.pnr, ratt, adress)
	nekas(t, err, register.KodOautentiserad, "ingen-giltig-behorighet")
	_, err = r.auth.Inloggning(t.Context(), p.pnr, "fel", adress)
	nekas(t, err, register.KodOautentiserad, "inloggning-felaktig")
	// Between the two steps the last day passed, at midnight in Stockholm.
	r.sql(`update inloggning set skapad = $2, upphor = $3 where id = $1`, u.ID, r.klocka.Nu(), r.klocka.Nu().Add(time.Minute))
	_, err = r.auth.Kod(t.Context(), u.ID, kod, adress)
	nekas(t, err, register.KodOautentiserad, "ingen-giltig-behorighet")
	_, err = r.auth.Fornya(t.Context(), tk.RefreshToken)
	nekas(t, err, register.KodOautentiserad, "fornyelse-ogiltig")
}

func TestAHuvudlosenordIsSentOnceAsAFlashSMS(t *testing.T) {
	r := nyttRum(t)
	ny := auth.NyAnvandare{Personnummer: register.Testnummer(register.NyttDatum(1943, 5, 17), false), Fornamn: "Eva", Efternamn: "Test",
		Mobil: "+46701749001", Huvudarbetsgivare: fk}
	id, err := r.auth.SkapaAnvandare(t.Context(), systemet, ny)
	if err != nil {
		t.Fatal(err)
	}
	p := person{id: id, pnr: ny.Personnummer, mobil: ny.Mobil}
	r.behorighet(p, register.RollSusrapport)
	hamta := func() string {
		m := r.meddelanden(ny.Mobil)
		if len(m) == 0 || m[0].Flash != "yes" {
			t.Fatal("inget flash-SMS kom")
		}
		_, resten, _ := strings.Cut(m[0].Text, "SUS är ")
		losenord, _, _ := strings.Cut(resten, "\n")
		return losenord
	}
	forsta := hamta()
	if _, err := r.auth.Inloggning(t.Context(), p.pnr, forsta, adress); err != nil {
		t.Fatal(err)
	}
	if err := r.auth.NyttHuvudlosenord(t.Context(), systemet, id); err != nil {
		t.Fatal(err)
	}
	_, err = r.auth.Inloggning(t.Context(), p.pnr, forsta, adress)
	nekas(t, err, register.KodOautentiserad, "inloggning-felaktig")
	if _, err := r.auth.Inloggning(t.Context(), p.pnr, hamta(), adress); err != nil {
		t.Fatal(err)
	}
	_, err = r.auth.SkapaAnvandare(t.Context(), systemet, ny)
	nekas(t, err, register.KodKonflikt, "anvandare-finns")
	ny.Huvudlosenord = ratt
	_, err = r.auth.SkapaAnvandare(t.Context(), systemet, ny)
	nekas(t, err, register.KodNekad, "inte-demo")
}

func TestAChangeOfMobileNumberIsToldToTheOldOne(t *testing.T) {
	r := nyttRum(t)
	p := r.anvandare(register.RollSusrapport)
	borjad, kod := r.utmana(p), r.senasteKod(p)
	if err := r.auth.BytMobil(t.Context(), systemet, p.id, "+46701749002"); err != nil {
		t.Fatal(err)
	}
	if m := r.meddelanden(p.mobil); len(m) != 2 || !strings.Contains(m[0].Text, "annat mobilnummer") {
		t.Errorf("det gamla numret fick %d meddelanden", len(m))
	}
	_, err := r.auth.Kod(t.Context(), borjad.ID, kod, adress)
	nekas(t, err, register.KodBorta, "inloggning-forbrukad")
	r.utmana(p)
	if len(r.meddelanden(p.mobil)) != 2 {
		t.Error("koden gick till det gamla numret")
	}
	err = r.auth.BytMobil(t.Context(), systemet, p.id, "0701749002")
	nekas(t, err, register.KodOgiltig, "mobil-format")
	err = r.auth.BytMobil(t.Context(), register.Aktor{ID: p.id, Roller: []register.Roll{register.RollSusrapport}}, p.id, "+46701749003")
	nekas(t, err, register.KodNekad, "behorighet-saknas")
}

func TestALogInLeavesNeitherNumberNorCodeInTheDatabaseOrTheLog(t *testing.T) {
	r := nyttRum(t)
	p := r.anvandare(register.RollSusrapport)
	u := r.utmana(p)
	kod := r.senasteKod(p)
	if _, err := r.auth.Kod(t.Context(), u.ID, annanKod(kod), adress); err == nil {
		t.Fatal("fel kod godtogs")
	}
	tk, err := r.auth.Kod(t.Context(), u.ID, kod, adress)
	if err != nil {
		t.Fatal(err)
	}
	for _, table := range []string{"anvandare", "inloggning", "inloggningsforsok", "session", "fornyelse", "loggpost"} {
		for vad, hemligt := range map[string]string{"personnummer": p.pnr.Siffror(), "mobil": p.mobil[1:], "lösenord": ratt, "adress": adress, "förnyelse": tk.RefreshToken} {
			if n := r.antal(`select count(*) from `+table+` t where position($1 in t::text) > 0
				or position(encode(convert_to($1, 'UTF8'), 'hex') in t::text) > 0`, hemligt); n != 0 {
				t.Errorf("%s står i klartext i %s", vad, table)
			}
		}
	}
	if n := r.antal(`select count(*) from inloggning where position(encode(convert_to($1, 'UTF8'), 'hex') in encode(kod_hash, 'hex')) > 0
		or kod_hash = sha256(convert_to($1, 'UTF8'))`, kod); n != 0 {
		t.Error("koden går att läsa ur inloggning")
	}
}
