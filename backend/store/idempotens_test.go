package store_test

import (
	"sync"
	"testing"
	"time"

	"sus/backend/register"
	"sus/backend/store"
	"sus/backend/store/db"
	"sus/backend/store/storetest"
)

func nyckel(s *store.Store, nyckel, body string) *db.Idempotens {
	return s.Nycklar().Idempotens("prov", nyckel, []byte(body))
}

func TestParallelRequestsWithOneKeyGiveOneRowAndTheSameAnswer(t *testing.T) {
	d := storetest.NyMedDatabas(t)
	i, a := huset(t, d.Store)
	c := storetest.Samtycke(t, d.Store, a, i, storetest.Person(fodd))
	in := storetest.Inregistrering(c, register.NyttDatum(2010, 3, 1))
	const antal = 12
	var vg sync.WaitGroup
	var svar [antal]db.Svar
	var fel [antal]error
	for n := range antal {
		vg.Go(func() {
			var ut register.Deltagande
			svar[n], fel[n] = d.SkrivIn(t.Context(), db.Begaran{Aktor: a, Idempotens: nyckel(d.Store, "en-och-samma", "kropp")}, in, nil, ta(&ut))
		})
	}
	vg.Wait()
	nya := 0
	for n := range antal {
		if fel[n] != nil {
			t.Fatalf("försök %d: %v", n, fel[n])
		}
		if !svar[n].Upprepat {
			nya++
		}
		if svar[n].Status != 201 || svar[n].Location != "/v1/prov" || svar[n].ETag != `"1"` || string(svar[n].Body) != `{"id":"prov"}` {
			t.Errorf("försök %d fick %+v", n, svar[n])
		}
	}
	if nya != 1 {
		t.Errorf("%d försök skrev", nya)
	}
	if _, n, err := d.Deltaganden(t.Context(), storetest.Som(a), i.ID, store.DeltagandeFilter{}, db.Sida{}); err != nil || n != 1 {
		t.Errorf("%d deltaganden (%v)", n, err)
	}
}

func TestTheSameKeyWithAnotherBodyIsRefusedAndWritesNothing(t *testing.T) {
	s := storetest.Ny(t)
	i, a := huset(t, s)
	skapa := func(body string) error {
		var n register.Anonyma
		_, err := s.SkapaAnonyma(t.Context(), db.Begaran{Aktor: a, Idempotens: nyckel(s, "nyckel-01", body)}, i.ID, register.Anonymregistrering{Inregistreringsar: 2010, AntalKvinnor: 1}, ta(&n))
		return err
	}
	if err := skapa("en"); err != nil {
		t.Fatal(err)
	}
	if err := skapa("annan"); regel(err) != "idempotensnyckel-annan-kropp" {
		t.Errorf("annan kropp gav %v", err)
	}
	if _, n, err := s.ListaAnonyma(t.Context(), storetest.Som(a), i.ID, 0, db.Sida{}); err != nil || n != 1 {
		t.Errorf("%d anonyma (%v)", n, err)
	}
	in := storetest.Samtyckesuppgifter(s, i, storetest.Person(fodd))
	if u, err := s.ProvaSamtycke(t.Context(), db.Begaran{Aktor: a, Idempotens: nyckel(s, "nyckel-01", "en")}, in); err != nil || u == nil || u.Status != 201 {
		t.Errorf("upprepningen är %+v (%v)", u, err)
	}
	if u, err := s.ProvaSamtycke(t.Context(), db.Begaran{Aktor: storetest.Maskin(i), Idempotens: nyckel(s, "nyckel-01", "en")}, in); err != nil || u != nil {
		t.Errorf("en annan anropare fick %+v (%v)", u, err)
	}
}

func TestARefusedTryLeavesItsKeyFree(t *testing.T) {
	s := storetest.Ny(t)
	i, a := huset(t, s)
	var n register.Anonyma
	fel := register.Anonymregistrering{Inregistreringsar: 2010}
	if _, err := s.SkapaAnonyma(t.Context(), db.Begaran{Aktor: a, Idempotens: nyckel(s, "nyckel-02", "en")}, i.ID, fel, ta(&n)); regel(err) != "inget-antal" {
		t.Fatalf("fick %v", err)
	}
	ratt := register.Anonymregistrering{Inregistreringsar: 2010, AntalMan: 2}
	if svar, err := s.SkapaAnonyma(t.Context(), db.Begaran{Aktor: a, Idempotens: nyckel(s, "nyckel-02", "annan")}, i.ID, ratt, ta(&n)); err != nil || svar.Upprepat {
		t.Errorf("fick %+v (%v)", svar, err)
	}
}

func TestAfterAnAterkallelseTheAnswerIsGone(t *testing.T) {
	d := storetest.NyMedDatabas(t)
	i, a := huset(t, d.Store)
	var c store.SamtyckeMedIdentitet
	in := storetest.Samtyckesuppgifter(d.Store, i, storetest.Person(fodd))
	if _, err := d.SkapaSamtycke(t.Context(), db.Begaran{Aktor: a, Idempotens: nyckel(d.Store, "nyckel-03", "en")}, in, storetest.Post(d.Nu()), ta(&c)); err != nil {
		t.Fatal(err)
	}
	aterkalla := func() (db.Svar, error) {
		return d.Aterkalla(t.Context(), db.Begaran{Aktor: a, Idempotens: nyckel(d.Store, "nyckel-04", "")}, c.ID, func(store.Aterkallad) (db.Svar, error) {
			return db.Svar{Status: 201}, nil
		})
	}
	if _, err := aterkalla(); err != nil {
		t.Fatal(err)
	}
	for _, body := range []string{"en", "annan"} {
		if _, err := d.SkapaSamtycke(t.Context(), db.Begaran{Aktor: a, Idempotens: nyckel(d.Store, "nyckel-03", body)}, in, storetest.Post(d.Nu()), ta(&c)); regel(err) != "aterkallat" {
			t.Errorf("upprepningen med kropp %q gav %v", body, err)
		}
		if _, err := d.ProvaSamtycke(t.Context(), db.Begaran{Aktor: a, Idempotens: nyckel(d.Store, "nyckel-03", body)}, in); regel(err) != "aterkallat" {
			t.Errorf("frågan om upprepning med kropp %q gav %v", body, err)
		}
	}
	if svar, err := aterkalla(); err != nil || !svar.Upprepat {
		t.Errorf("återkallelsens egen upprepning gav %+v (%v)", svar, err)
	}
	var rader, kvar int
	if err := d.Super(t).QueryRow(`select count(*), count(*) filter (where svar is not null or kropp_hmac is not null or location <> '') from idempotens where nyckel_hmac = $1`,
		d.Nycklar.BodyHmac("Idempotency-Key\x00prov", []byte("nyckel-03"))).Scan(&rader, &kvar); err != nil || rader != 1 || kvar != 0 {
		t.Errorf("av %d rader har %d svar kvar (%v)", rader, kvar, err)
	}
}

func TestKeysAreErasedAfterADay(t *testing.T) {
	s := storetest.Ny(t)
	i, a := huset(t, s)
	var n register.Anonyma
	if _, err := s.SkapaAnonyma(t.Context(), db.Begaran{Aktor: a, Idempotens: nyckel(s, "nyckel-05", "en")}, i.ID, register.Anonymregistrering{Inregistreringsar: 2010, AntalMan: 2}, ta(&n)); err != nil {
		t.Fatal(err)
	}
	if g, err := s.Gallra(t.Context(), s.Nu().Add(23*time.Hour)); err != nil || g.Idempotensnycklar != 0 {
		t.Errorf("efter 23 timmar gallrades %+v (%v)", g, err)
	}
	if g, err := s.Gallra(t.Context(), s.Nu().Add(25*time.Hour)); err != nil || g.Idempotensnycklar != 1 {
		t.Errorf("efter 25 timmar gallrades %+v (%v)", g, err)
	}
}

func TestWhyTheAnswerIsGoneIsToldTruly(t *testing.T) {
	d := storetest.NyMedDatabas(t)
	nu := d.Nu()
	s := d.Vid(func() time.Time { return nu })
	i, a := huset(t, s)
	for n, f := range []struct {
		vad    string
		radera func(p register.Personnummer, c register.Samtycke)
		vill   string
	}{
		{"a protection", func(p register.Personnummer, _ register.Samtycke) { taEmotSkydd(t, s, p) }, "identitet-raderad"},
		{"a withdrawal", func(_ register.Personnummer, c register.Samtycke) { storetest.Aterkalla(t, s, a, c.ID) }, "aterkallat"},
		{"a withdrawal after a protection", func(p register.Personnummer, c register.Samtycke) {
			taEmotSkydd(t, s, p)
			storetest.Aterkalla(t, s, a, c.ID)
		}, "aterkallat"},
		{"gallring of the unused", func(register.Personnummer, register.Samtycke) {
			// Within the key's 24 hours: the setting is a day, and midnight passes.
			st := store.New(d.DB, store.Options{SamtyckeDagar: 1})
			if _, err := d.Super(t).ExecContext(t.Context(), `update samtycke set registrerat = registrerat - interval '2 days' where aterkallat is null and skydd_raderad is null`); err != nil {
				t.Fatal(err)
			}
			if g, err := st.Gallra(t.Context(), nu); err != nil || g.Samtycken != 1 {
				t.Fatalf("%+v (%v)", g, err)
			}
		}, "identitet-raderad"},
	} {
		p := enPerson(12, n)
		k := "nyckel-skal-" + string(rune('a'+n))
		in := storetest.Samtyckesuppgifter(s, i, p)
		var c store.SamtyckeMedIdentitet
		if _, err := s.SkapaSamtycke(t.Context(), db.Begaran{Aktor: a, Idempotens: nyckel(s, k, "en")}, in, storetest.Post(nu), ta(&c)); err != nil {
			t.Fatal(err)
		}
		f.radera(p, c.Samtycke)
		for _, body := range []string{"en", "annan"} {
			if _, err := s.SkapaSamtycke(t.Context(), db.Begaran{Aktor: a, Idempotens: nyckel(s, k, body)}, in, storetest.Post(nu), ta(&c)); regel(err) != f.vill {
				t.Errorf("%s: the replay gave %v", f.vad, err)
			}
			if _, err := s.ProvaSamtycke(t.Context(), db.Begaran{Aktor: a, Idempotens: nyckel(s, k, body)}, in); regel(err) != f.vill {
				t.Errorf("%s: the question for a replay gave %v", f.vad, err)
			}
		}
	}
}

// TestAnEarlierAnswerIsNotGivenAgainWhenTheUppdragIsOver: those that name no insats find
// out whose it is by looking it up.
func TestAnEarlierAnswerIsNotGivenAgainWhenTheUppdragIsOver(t *testing.T) {
	d := storetest.NyMedDatabas(t)
	i, a := huset(t, d.Store)
	annan, _ := huset(t, d.Store)
	utan := storetest.Deltagaransvarig(annan)
	utan.ID = a.ID
	del := storetest.Deltagande(t, d.Store, a, i, storetest.Person(fodd), register.NyttDatum(2010, 3, 1))
	c := storetest.Samtycke(t, d.Store, a, i, storetest.Person(register.NyttDatum(1980, 5, 6)))
	for namn, gor := range map[string]func(register.Aktor) (db.Svar, error){
		"utskrivning": func(a register.Aktor) (db.Svar, error) {
			var ut register.Deltagande
			return d.SkrivUt(t.Context(), db.Begaran{Aktor: a, Idempotens: nyckel(d.Store, "nyckel-ut", "en")}, del.ID, storetest.Utregistrering(register.NyttDatum(2010, 4, 1)), ta(&ut))
		},
		"återkallelse": func(a register.Aktor) (db.Svar, error) {
			var ut store.Aterkallad
			return d.Aterkalla(t.Context(), db.Begaran{Aktor: a, Idempotens: nyckel(d.Store, "nyckel-ater", "en")}, c.ID, ta(&ut))
		},
	} {
		if svar, err := gor(a); err != nil || svar.Upprepat {
			t.Fatalf("%s: %+v (%v)", namn, svar, err)
		}
		nekade := func() int {
			return storetest.Rakna(t, d.Super(t), `select count(*) from loggpost where utfall = 'NEKAD' and regel = 'saknas' and aktor_id = $1`, a.ID)
		}
		fore := nekade()
		if svar, err := gor(utan); regel(err) != "saknas" || svar.Body != nil {
			t.Errorf("%s: whose uppdrag is over got %+v (%v)", namn, svar, err)
		}
		if n := nekade() - fore; n != 1 {
			t.Errorf("%s: %d rows of the refusal", namn, n)
		}
		if svar, err := gor(a); err != nil || !svar.Upprepat {
			t.Errorf("%s: with the uppdrag %+v (%v)", namn, svar, err)
		}
	}
}

// TestTheCallersOwnKeyIsNowhereInTheDatabase: it is free text, and may hold whose
// matter it is.
func TestTheCallersOwnKeyIsNowhereInTheDatabase(t *testing.T) {
	d := storetest.NyMedDatabas(t)
	i, a := huset(t, d.Store)
	const key = "arende-Qvarnzelius-0042"
	for _, n := range []int{1, 0} { // refused, then done
		var ut register.Anonyma
		if _, err := d.SkapaAnonyma(t.Context(), db.Begaran{Aktor: a, Idempotens: nyckel(d.Store, key, "en")}, i.ID,
			register.Anonymregistrering{Inregistreringsar: 2010, AntalMan: 1 - n}, ta(&ut)); (err == nil) != (n == 0) {
			t.Fatal(err)
		}
	}
	super := d.Super(t)
	tabeller, err := super.Query(`select c.oid::regclass::text from pg_class c where c.relkind in ('r', 'p') and c.relnamespace = 'public'::regnamespace`)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = tabeller.Close() }()
	antal := 0
	for tabeller.Next() {
		var tabell string
		if err := tabeller.Scan(&tabell); err != nil {
			t.Fatal(err)
		}
		antal++
		if n := storetest.Rakna(t, super, `select count(*) from `+tabell+` x where x::text like '%' || $1 || '%' or x::text like '%' || encode($1::text::bytea, 'hex') || '%'`, key); n != 0 {
			t.Errorf("%d rows of %s have it", n, tabell)
		}
	}
	if err := tabeller.Err(); err != nil || antal < 30 {
		t.Errorf("%d tables were searched (%v)", antal, err)
	}
	if n := storetest.Rakna(t, super, `select count(*) from idempotens`); n != 1 {
		t.Errorf("%d keys are kept", n)
	}
}
