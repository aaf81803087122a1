package auth_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"
	"github.com/google/uuid"

	"sus/backend/auth"
	"sus/backend/register"
	"sus/backend/store/konto"
	"sus/backend/store/storetest"
)

func TestATokenThatIsNotOursIsNotLetIn(t *testing.T) {
	r := nyttRum(t)
	token := r.loggaIn(r.anvandare(register.RollSusrapport)).AccessToken
	delar := strings.Split(token, ".")
	huvud := func(h string) string { return base64.RawURLEncoding.EncodeToString([]byte(h)) }
	frammande, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	var claims jwt.MapClaims
	tolkad, _, err := jwt.NewParser().ParseUnverified(token, &claims)
	if err != nil {
		t.Fatal(err)
	}
	egen := func(alg jwt.SigningMethod, nyckel any, andra func(h map[string]any, c jwt.MapClaims)) string {
		c := jwt.MapClaims{}
		for k, v := range claims {
			c[k] = v
		}
		tk := jwt.NewWithClaims(alg, c)
		tk.Header["kid"], tk.Header["typ"] = tolkad.Header["kid"], tolkad.Header["typ"]
		if andra != nil {
			andra(tk.Header, c)
		}
		s, err := tk.SignedString(nyckel)
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	r.slapps(token)
	for namn, dalig := range map[string]string{
		"tom": "", "skräp": "x.y.z", "två delar": delar[0] + "." + delar[1], "utan underskrift": delar[0] + "." + delar[1] + ".",
		"ändrad underskrift":    delar[0] + "." + delar[1] + "." + strings.Repeat("A", len(delar[2])),
		"alg none":              huvud(`{"alg":"none","typ":"sus-at","kid":"`+tolkad.Header["kid"].(string)+`"}`) + "." + delar[1] + ".",
		"HS256 med publik":      egen(jwt.SigningMethodHS256, []byte("secret"), nil),
		"främmande nyckel":      egen(jwt.SigningMethodES256, frammande, nil),
		"okänt kid":             egen(jwt.SigningMethodES256, frammande, func(h map[string]any, _ jwt.MapClaims) { h["kid"] = "../../dev/null" }),
		"för lång":              token + strings.Repeat("A", 4096),
		"med blanksteg":         " " + token,
		"utfyllnad i base64url": token + "==",
	} {
		t.Run(namn, func(t *testing.T) { r := *r; r.t = t; r.stoppas(dalig) })
	}
}

func TestATokenHoldsForFiveMinutesAndForItsAudienceOnly(t *testing.T) {
	r := nyttRum(t)
	token := r.loggaIn(r.anvandare(register.RollSusrapport)).AccessToken
	r.slapps(token)
	for namn, o := range map[string]auth.Options{
		"annan utfärdare": {Issuer: "annan", Audience: "sus-api-test", Klocka: r.klocka.Nu},
		"annan mottagare": {Issuer: "sus-test", Audience: "annan", Klocka: r.klocka.Nu},
	} {
		a, err := auth.New(r.db.Konto, nil, o)
		if err != nil {
			t.Fatal(err)
		}
		_, err = a.Aktor(t.Context(), token)
		if err == nil {
			t.Errorf("%s: token godtogs", namn)
		}
	}
	r.klocka.fram(5*time.Minute - time.Second)
	r.slapps(token)
	r.klocka.fram(time.Second)
	r.stoppas(token)
	// A server that has not seen it before says the same.
	r.auth = r.nyAuth(auth.Options{})
	r.stoppas(token)
	if _, err := auth.New(r.db.Konto, nil, auth.Options{Issuer: "x", Audience: "y", AtkomstTTL: 6 * time.Minute}); err == nil {
		t.Error("en längre livslängd än fem minuter godtogs")
	}
}

func TestABlockAndALogOutTakeEffectAtOnce(t *testing.T) {
	r := nyttRum(t)
	p := r.anvandare(register.RollSusrapport)
	ut, sparr := r.loggaIn(p), r.loggaIn(p)
	ak := r.slapps(ut.AccessToken)
	for range 2 {
		if err := r.auth.LoggaUt(t.Context(), ak); err != nil {
			t.Fatal(err)
		}
	}
	r.stoppas(ut.AccessToken)
	_, err := r.auth.Fornya(t.Context(), ut.RefreshToken)
	nekas(t, err, register.KodOautentiserad, "fornyelse-ogiltig")

	r.slapps(sparr.AccessToken)
	u := r.utmana(p)
	kod := r.senasteKod(p)
	if err := r.konto.SparraAnvandare(t.Context(), storetest.Som(systemet), p.id, true); err != nil {
		t.Fatal(err)
	}
	r.stoppas(sparr.AccessToken)
	_, err = r.auth.Fornya(t.Context(), sparr.RefreshToken)
	nekas(t, err, register.KodOautentiserad, "fornyelse-ogiltig")
	_, err = r.auth.Kod(t.Context(), u.ID, kod, adress)
	nekas(t, err, register.KodOautentiserad, "ingen-giltig-behorighet")
	_, err = r.auth.Inloggning(t.Context(), p.pnr, ratt, adress)
	nekas(t, err, register.KodOautentiserad, "inloggning-felaktig")
	if err := r.konto.SparraAnvandare(t.Context(), storetest.Som(systemet), p.id, false); err != nil {
		t.Fatal(err)
	}
	r.stoppas(sparr.AccessToken)
	r.slapps(r.loggaIn(p).AccessToken)
}

func TestARefreshTokenIsUsedOnceAndItsReuseEndsTheSession(t *testing.T) {
	r := nyttRum(t)
	forsta := r.loggaIn(r.anvandare(register.RollSusrapport))
	andra, err := r.auth.Fornya(t.Context(), forsta.RefreshToken)
	if err != nil {
		t.Fatal(err)
	}
	tredje, err := r.auth.Fornya(t.Context(), andra.RefreshToken)
	if err != nil {
		t.Fatal(err)
	}
	r.slapps(tredje.AccessToken)
	_, err = r.auth.Fornya(t.Context(), forsta.RefreshToken)
	nekas(t, err, register.KodOautentiserad, "fornyelse-ogiltig")
	r.stoppas(tredje.AccessToken)
	_, err = r.auth.Fornya(t.Context(), tredje.RefreshToken)
	nekas(t, err, register.KodOautentiserad, "fornyelse-ogiltig")
	_, err = r.auth.Fornya(t.Context(), "finns-inte")
	e := nekas(t, err, register.KodOautentiserad, "fornyelse-ogiltig")
	if fel, status := auth.OAuthFel(e); fel != "invalid_grant" || status != 400 {
		t.Errorf("RFC 6749: %s %d", fel, status)
	}
	if n := r.antal(`select count(*) from loggpost where handelse = 'FORNYELSE_ATERANVAND' and utfall = 'NEKAD'`); n != 1 {
		t.Errorf("%d återanvändningar i loggen", n)
	}
}

func TestOfRefreshesThatRaceOneWinsAndTheSessionEnds(t *testing.T) {
	r := nyttRum(t)
	p := r.anvandare(register.RollSusrapport)
	for range 20 {
		tk := r.loggaIn(p)
		fel := samtidigt(4, func() error { _, err := r.auth.Fornya(t.Context(), tk.RefreshToken); return err })
		if n := lyckade(fel); n != 1 {
			t.Fatalf("%d lyckades, vill ha 1: %v", n, fel)
		}
		r.stoppas(tk.AccessToken)
	}
}

func TestASessionRestsForHalfAnHourAndEndsAfterTwelveHours(t *testing.T) {
	r := nyttRum(t)
	p := r.anvandare(register.RollSusrapport)
	tk := r.loggaIn(p)
	r.klocka.fram(30 * time.Minute)
	_, err := r.auth.Fornya(t.Context(), tk.RefreshToken)
	nekas(t, err, register.KodOautentiserad, "fornyelse-ogiltig")
	tk = r.loggaIn(p)
	for start := r.klocka.Nu(); r.klocka.Nu().Before(start.Add(12*time.Hour - 20*time.Minute)); {
		r.klocka.fram(20 * time.Minute)
		if tk, err = r.auth.Fornya(t.Context(), tk.RefreshToken); err != nil {
			t.Fatalf("efter %v: %v", r.klocka.Nu().Sub(start), err)
		}
	}
	r.klocka.fram(18 * time.Minute)
	if tk, err = r.auth.Fornya(t.Context(), tk.RefreshToken); err != nil {
		t.Fatal(err)
	}
	if tk.ExpiresIn != 120 {
		t.Errorf("den sista tokenen gäller %d s, vill ha 120: inte längre än sessionen", tk.ExpiresIn)
	}
	r.klocka.fram(2 * time.Minute)
	_, err = r.auth.Fornya(t.Context(), tk.RefreshToken)
	nekas(t, err, register.KodOautentiserad, "fornyelse-ogiltig")
}

func TestKeysAreChangedAndOldTokensHoldOutTheirTime(t *testing.T) {
	r := nyttRum(t)
	p := r.anvandare(register.RollSusrapport)
	gammal := r.loggaIn(p)
	annan := r.nyAuth(auth.Options{})
	if _, err := annan.Aktor(t.Context(), gammal.AccessToken); err != nil {
		t.Fatal(err)
	}
	if bytt, err := r.auth.RoteraNycklar(t.Context(), 24*time.Hour); err != nil || bytt {
		t.Fatalf("en ny nyckel byttes: %v", err)
	}
	if bytt, err := r.auth.RoteraNycklar(t.Context(), 0); err != nil || !bytt {
		t.Fatalf("nyckeln byttes inte: %v", err)
	}
	if n := len(r.kids(r.auth)); n != 2 {
		t.Fatalf("%d nycklar publiceras, vill ha den nya och den gamla", n)
	}
	r.slapps(gammal.AccessToken)
	ny := r.loggaIn(p)
	time.Sleep(60 * time.Millisecond) // the other server asks the database again for an unknown kid, not more often
	if _, err := annan.Aktor(t.Context(), ny.AccessToken); err != nil {
		t.Fatalf("den andra servern kände inte igen den nya nyckeln: %v", err)
	}
	r.klocka.fram(4 * time.Minute)
	r.auth = r.nyAuth(auth.Options{})
	r.slapps(gammal.AccessToken)
	r.klocka.fram(4 * time.Minute)
	r.auth = r.nyAuth(auth.Options{})
	if n := len(r.kids(r.auth)); n != 1 {
		t.Errorf("%d nycklar publiceras när den gamlas tokens gått ut", n)
	}
	if err := r.auth.Rensa(t.Context()); err != nil {
		t.Fatal(err)
	}
	if n := r.antal(`select count(*) from signeringsnyckel`); n != 1 {
		t.Errorf("%d nycklar finns kvar", n)
	}
}

// kids is the ids in a server's JWKS, which must hold nothing private.
func (r *rum) kids(a *auth.Auth) []string {
	r.t.Helper()
	b, err := a.JWKS(r.t.Context())
	if err != nil {
		r.t.Fatal(err)
	}
	var mangd struct{ Keys []map[string]string }
	if err := json.Unmarshal(b, &mangd); err != nil {
		r.t.Fatal(err)
	}
	var svar []string
	for _, k := range mangd.Keys {
		if len(k) != 7 || k["d"] != "" || k["alg"] != "ES256" {
			r.t.Errorf("en nyckel i JWKS har fälten %v", k)
		}
		svar = append(svar, k["kid"])
	}
	return svar
}

func TestServersThatStartTogetherGetTheSameFirstKey(t *testing.T) {
	r := nyttRum(t)
	fel := samtidigt(4, func() error { _, err := r.nyAuth(auth.Options{}).JWKS(t.Context()); return err })
	if n := lyckade(fel); n != 4 {
		t.Fatalf("%v", fel)
	}
	if n := r.antal(`select count(*) from signeringsnyckel`); n != 1 {
		t.Errorf("%d nycklar, vill ha 1", n)
	}
}

func TestAMaskinLogsInWithItsSecretAndAtMostItsScopes(t *testing.T) {
	r := nyttRum(t)
	org := storetest.Organisation(t, r.store, nil)
	insats := storetest.Insats(t, r.store, org, nil).ID
	id, hemlighet, err := r.auth.SkapaKlient(t.Context(), systemet, konto.NyKlient{Namn: "Verksamhetssystemet", OrganisationID: org.ID,
		Scopes: []register.Scope{register.ScopeDeltagandeLas, register.ScopeDeltagandeSkriv}})
	if err != nil {
		t.Fatal(err)
	}
	r.uppdrag(konto.NyttUppdrag{KlientID: id, Roll: register.RollMaskin, OrganisationID: org.ID})
	tk, err := r.auth.Klientuppgifter(t.Context(), id.String(), hemlighet, "", adress)
	if err != nil {
		t.Fatal(err)
	}
	if tk.RefreshToken != "" || tk.Scope != "deltagande.las deltagande.skriv" {
		t.Errorf("scope %q, förnyelse: %v", tk.Scope, tk.RefreshToken != "")
	}
	ak := r.slapps(tk.AccessToken)
	if !ak.HarRoll(register.RollMaskin) || ak.OrganisationID != org.ID || !ak.FarRegistrera(insats) {
		t.Errorf("fick %+v", ak)
	}
	tk, err = r.auth.Klientuppgifter(t.Context(), id.String(), hemlighet, "deltagande.las", adress)
	if err != nil {
		t.Fatal(err)
	}
	if ak := r.slapps(tk.AccessToken); ak.FarRegistrera(insats) || !ak.FarSePersonuppgifter(insats) {
		t.Errorf("scopen minskades inte: %v", ak.Scopes)
	}
	for namn, f := range map[string]struct{ id, hemlighet, scope, fel string }{
		"fel hemlighet":      {id.String(), "fel", "", "invalid_client"},
		"okänd klient":       {uuid.NewString(), hemlighet, "", "invalid_client"},
		"id som inte är ett": {"x", hemlighet, "", "invalid_client"},
		"för stor scope":     {id.String(), hemlighet, "deltagande.las rapport.las", "invalid_scope"},
	} {
		_, err := r.auth.Klientuppgifter(t.Context(), f.id, f.hemlighet, f.scope, adress)
		if fel, _ := auth.OAuthFel(err); fel != f.fel {
			t.Errorf("%s: fick %v", namn, err)
		}
	}
	ny, err := r.auth.NyHemlighet(t.Context(), systemet, id)
	if err != nil {
		t.Fatal(err)
	}
	r.stoppas(tk.AccessToken)
	if _, err := r.auth.Klientuppgifter(t.Context(), id.String(), hemlighet, "", adress); err == nil {
		t.Error("den gamla hemligheten gäller än")
	}
	if tk, err = r.auth.Klientuppgifter(t.Context(), id.String(), ny, "", adress); err != nil {
		t.Fatal(err)
	}
	if err := r.konto.SparraKlient(t.Context(), storetest.Som(systemet), id, true); err != nil {
		t.Fatal(err)
	}
	r.stoppas(tk.AccessToken)
	_, err = r.auth.Klientuppgifter(t.Context(), id.String(), ny, "", adress)
	nekas(t, err, register.KodOautentiserad, "klient-okand")
}

func TestUnknownKlienterCountAsOneAndDoNotFillTheLog(t *testing.T) {
	r := nyttRum(t)
	a := r.nyAuth(auth.Options{ForsokPerAdress: 3})
	org := storetest.Organisation(t, r.store, nil)
	id, hemlighet, err := a.SkapaKlient(t.Context(), systemet, konto.NyKlient{Namn: "Verksamhetssystemet", OrganisationID: org.ID,
		Scopes: []register.Scope{register.ScopeRapportLas}})
	if err != nil {
		t.Fatal(err)
	}
	for n := range 10 {
		_, err := a.Klientuppgifter(t.Context(), uuid.NewString(), hemlighet, "", adress)
		if n < 3 {
			nekas(t, err, register.KodOautentiserad, "klient-okand")
		} else {
			nekas(t, err, register.KodForMycket, "for-manga-forsok")
		}
	}
	if n := r.antal(`select count(*) from loggpost where utfall = 'NEKAD'`); n != 4 {
		t.Errorf("tio försök gav %d rader i loggen", n)
	}
	if _, err := a.Klientuppgifter(t.Context(), id.String(), hemlighet, "", adress); err != nil {
		t.Errorf("en känd klient på samma adress stoppas: %v", err)
	}
}

func TestADemosTokenHoldsInADemoOnly(t *testing.T) {
	r := nyttRum(t)
	p := r.anvandare(register.RollSusrapport)
	_, err := r.auth.MintaDemo(t.Context(), auth.DemoToken{AnvandareID: p.id})
	nekas(t, err, register.KodNekad, "inte-demo")

	r.sql(`insert into installation (en, demo, fro) values (true, true, 1)`)
	lang, err := r.auth.MintaDemo(t.Context(), auth.DemoToken{AnvandareID: p.id, Giltig: 24 * time.Hour})
	if err != nil {
		t.Fatal(err)
	}
	r.klocka.fram(23 * time.Hour)
	r.slapps(lang)
	if _, err := r.auth.MintaDemo(t.Context(), auth.DemoToken{AnvandareID: p.id, Giltig: 8 * 24 * time.Hour}); err == nil {
		t.Error("en token på åtta dygn utfärdades")
	}
	// The same database and keys, no longer a demo: the claim is refused.
	r.sql(`update installation set demo = false`)
	r.auth = r.nyAuth(auth.Options{})
	r.stoppas(lang)
}

func TestEachOfTheDemosBadTokensIsStopped(t *testing.T) {
	r := nyttRum(t)
	p, sparrad := r.anvandare(register.RollSusrapport), r.anvandare(register.RollSusrapport)
	if err := r.konto.SparraAnvandare(t.Context(), storetest.Som(systemet), sparrad.id, true); err != nil {
		t.Fatal(err)
	}
	r.sql(`insert into installation (en, demo, fro) values (true, true, 1)`)
	for _, fel := range append(auth.DemoFelen, "") {
		token, err := r.auth.MintaDemo(t.Context(), auth.DemoToken{AnvandareID: p.id, Fel: fel})
		if err != nil {
			t.Fatalf("%s: %v", fel, err)
		}
		if fel == "" {
			r.slapps(token)
		} else {
			r.stoppas(token)
		}
	}
}

func TestATokenThatLivesLongerThanFiveMinutesWithoutTheDemosClaimIsStopped(t *testing.T) {
	r := nyttRum(t)
	p := r.anvandare(register.RollSusrapport)
	r.sql(`insert into installation (en, demo, fro) values (true, true, 1)`)
	token, err := r.auth.MintaDemo(t.Context(), auth.DemoToken{AnvandareID: p.id, Giltig: 5 * time.Minute})
	if err != nil {
		t.Fatal(err)
	}
	r.slapps(token)
	r.sql(`delete from installation`)
	r.auth = r.nyAuth(auth.Options{})
	r.slapps(token) // five minutes need no claim
}

func BenchmarkAktor(b *testing.B) {
	r := nyttRum(b)
	p := r.anvandare(register.RollDeltagaransvarig)
	org := storetest.Organisation(b, r.store, nil)
	for n := range 12 {
		storetest.Insats(b, r.store, org, func(in *register.Insatsuppgifter) { in.Namn = fmt.Sprintf("Insats %d", n) })
	}
	r.uppdrag(konto.NyttUppdrag{AnvandareID: p.id, Roll: register.RollDeltagaransvarig, OrganisationID: org.ID})
	token := r.loggaIn(p).AccessToken
	b.ResetTimer()
	for b.Loop() {
		if _, err := r.auth.Aktor(b.Context(), token); err != nil {
			b.Fatal(err)
		}
	}
}
