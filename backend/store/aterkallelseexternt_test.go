package store_test

import (
	"context"
	"database/sql"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"sus/backend/register"
	"sus/backend/store"
	"sus/backend/store/db"
	"sus/backend/store/storetest"
)

// idMedNamn is a caller's case id that holds a name.
const idMedNamn = "UPPSALA-AKT-2026-4711-Efternamn.Fornamn"

// medExternt is a deltagande whose samtycke, in-registration and stored answers have
// the caller's case id, with a språk and an assessment of maturity.
func medExternt(t *testing.T, s *store.Store, a register.Aktor, i register.Insats, p register.Personnummer) register.Deltagande {
	t.Helper()
	in := storetest.Samtyckesuppgifter(s, i, p)
	in.ExterntID, in.Sprak, in.Mognadsbedomning = idMedNamn, "ti", &register.Mognadsbedomning{Datum: register.NyttDatum(2011, 3, 7), Vardnadshavare: true}
	var c store.SamtyckeMedIdentitet
	if _, err := s.SkapaSamtycke(t.Context(), db.Begaran{Aktor: a, Idempotens: nyckel(s, "externt-"+uuid.NewString(), "en")}, in, storetest.Post(s.Nu()),
		func(n store.SamtyckeMedIdentitet) (db.Svar, error) {
			c = n
			return db.Svar{Status: 201, Body: []byte(*n.ExterntID)}, nil
		}); err != nil {
		t.Fatal(err)
	}
	ny := storetest.Inregistrering(c.Samtycke, register.NyttDatum(2011, 3, 1))
	ny.ExterntID = idMedNamn
	var del register.Deltagande
	if _, err := s.SkrivIn(t.Context(), db.Begaran{Aktor: a, Idempotens: nyckel(s, "externt-"+uuid.NewString(), "tva")}, ny, nil, func(d register.Deltagande) (db.Svar, error) {
		del = d
		return db.Svar{Status: 201, Body: []byte(*d.ExterntID)}, nil
	}); err != nil {
		t.Fatal(err)
	}
	return del
}

// medText counts, table by table, the rows in which a text stands, also as bytes.
func medText(t *testing.T, super *sql.DB, text string) map[string]int {
	t.Helper()
	rader, err := super.QueryContext(t.Context(), `select c.relname from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'`)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = rader.Close() }()
	var tabeller []string
	for rader.Next() {
		var namn string
		if err := rader.Scan(&namn); err != nil {
			t.Fatal(err)
		}
		tabeller = append(tabeller, namn)
	}
	if err := rader.Err(); err != nil {
		t.Fatal(err)
	}
	fynd := map[string]int{}
	for _, tabell := range tabeller {
		if n := storetest.Rakna(t, super, `select count(*) from "`+tabell+`" t where t::text like '%' || $1 || '%' or t::text like '%' || encode(convert_to($1, 'UTF8'), 'hex') || '%'`, text); n > 0 {
			fynd[tabell] = n
		}
	}
	return fynd
}

func helLogg(t *testing.T, d *storetest.Databas) {
	t.Helper()
	if k, err := d.KontrolleraLogg(t.Context()); err != nil || k.Brutet != "" {
		t.Errorf("loggen är %+v (%v)", k, err)
	}
}

func TestAWithdrawalErasesTheCallersCaseIDTheSprakAndTheAssessment(t *testing.T) {
	d := storetest.NyMedDatabas(t)
	s := d.Vid(stillaklocka(2011, 5, 10))
	i, a := huset(t, s)
	del := medExternt(t, s, a, i, storetest.Person(fodd))
	super := d.Super(t)
	fore := medText(t, super, idMedNamn)
	for tabell, n := range map[string]int{"samtycke": 1, "deltagande": 1, "loggexternt": 2, "idempotens": 2} {
		if fore[tabell] != n {
			t.Errorf("%d rader av %s har det externa id:t, av %d", fore[tabell], tabell, n)
		}
	}
	if len(fore) != 4 {
		t.Errorf("det externa id:t står i %v", fore)
	}
	visat := func() (n int) {
		poster, err := d.Loggposter(t.Context(), storetest.Som(storetest.Systemforvaltare()), db.LoggFilter{Limit: 100})
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range poster {
			if p.ExterntID == idMedNamn {
				n++
			} else if p.ExterntID != "" {
				t.Errorf("loggen visar %q", p.ExterntID)
			}
		}
		funna, err := s.SokLoggposter(t.Context(), storetest.Som(storetest.Systemforvaltare()), store.LoggSokning{AktorID: a.ID})
		if err != nil || len(funna) == 0 {
			t.Fatalf("%d funna (%v)", len(funna), err)
		}
		m := 0
		for _, p := range funna {
			if p.ExterntID == idMedNamn {
				m++
			} else if p.ExterntID != "" {
				t.Errorf("sökningen visar %q", p.ExterntID)
			}
		}
		if m != n {
			t.Errorf("sökningen visar det externa id:t i %d rader, loggen i %d", m, n)
		}
		return n
	}
	if n := visat(); n != 2 {
		t.Errorf("loggen visar det externa id:t i %d rader", n)
	}
	forsegla(t, s)
	helLogg(t, d)

	storetest.Aterkalla(t, s, a, del.SamtyckeID)
	if efter := medText(t, super, idMedNamn); len(efter) != 0 {
		t.Errorf("efteråt står det externa id:t i %v", efter)
	}
	if n := storetest.Rakna(t, super, `select count(*) from samtycke where id = $1 and sprak is null and mognad_datum is null and mognad_vardnadshavare is null and externt_id is null`, del.SamtyckeID); n != 1 {
		t.Error("språk eller mognadsbedömning är kvar")
	}
	c, err := s.Samtycke(t.Context(), storetest.Som(a), del.SamtyckeID)
	if err != nil || c.ExterntID != nil || c.Sprak != "" || c.MognadDatum != nil || c.MognadVardnadshavare != nil {
		t.Errorf("samtycket läses som %+v (%v)", c.Samtycke, err)
	}
	if last, err := s.Deltagande(t.Context(), storetest.Som(a), del.ID); err != nil || last.ExterntID != nil {
		t.Errorf("deltagandet läses som %+v (%v)", last, err)
	}
	if n := visat(); n != 0 {
		t.Errorf("loggen visar det externa id:t i %d rader efteråt", n)
	}
	helLogg(t, d)
	// What was erased stands in nobody's way: the same caller may use the case id again.
	if ny := medExternt(t, s, a, i, storetest.Person(fodd)); *ny.ExterntID != idMedNamn {
		t.Errorf("det nya är %+v", ny)
	}
}

func TestGallringAndProtectionEraseTheCallersCaseIDToo(t *testing.T) {
	for vad, bort := range map[string]func(*testing.T, *storetest.Databas, *store.Store, register.Aktor, register.Insats){
		"an unused samtycke": func(t *testing.T, d *storetest.Databas, s *store.Store, a register.Aktor, i register.Insats) {
			in := storetest.Samtyckesuppgifter(s, i, storetest.Person(fodd))
			in.ExterntID = idMedNamn
			if _, err := s.SkapaSamtycke(t.Context(), storetest.Som(a), in, storetest.Post(s.Nu()), func(store.SamtyckeMedIdentitet) (db.Svar, error) { return db.Svar{}, nil }); err != nil {
				t.Fatal(err)
			}
			if g, err := s.Gallra(t.Context(), s.Nu().Add(40*24*time.Hour)); err != nil || g.Samtycken != 1 {
				t.Errorf("gallrat: %+v (%v)", g, err)
			}
		},
		"a felregistrering": func(t *testing.T, d *storetest.Databas, s *store.Store, a register.Aktor, i register.Insats) {
			del := medExternt(t, s, a, i, storetest.Person(fodd))
			storetest.SkrivUt(t, s, a, del, register.Utregistrering{Avslutningsdag: register.NyttDatum(2011, 4, 1), Avslutsanledning: "FELREGISTRERING"})
			if g, err := s.Gallra(t.Context(), s.Nu().Add(40*24*time.Hour)); err != nil || g.Felregistreringar != 1 {
				t.Errorf("gallrat: %+v (%v)", g, err)
			}
		},
		"somebody who became protected": func(t *testing.T, d *storetest.Databas, s *store.Store, a register.Aktor, i register.Insats) {
			in := storetest.Samtyckesuppgifter(s, i, storetest.Person(fodd))
			in.ExterntID = idMedNamn
			var c store.SamtyckeMedIdentitet
			if _, err := s.SkapaSamtycke(t.Context(), storetest.Som(a), in, storetest.Post(s.Nu()), ta(&c)); err != nil {
				t.Fatal(err)
			}
			post := storetest.Post(s.Nu())
			post.Skydd, post.Namn, post.Kommun = register.SkyddSekretessmarkering, "", ""
			if err := taEmotSvar(t.Context(), s, storetest.Person(fodd), post); err != nil {
				t.Fatal(err)
			}
			var del register.Deltagande
			if _, err := s.SkrivIn(t.Context(), storetest.Som(a), storetest.Inregistrering(c.Samtycke, register.NyttDatum(2011, 3, 1)), &post, ta(&del)); err == nil {
				t.Error("en skyddad skrevs in")
			}
		},
	} {
		t.Run(vad, func(t *testing.T) {
			d := storetest.NyMedDatabas(t)
			s := d.Vid(stillaklocka(2011, 5, 10))
			i, a := huset(t, s)
			bort(t, d, s, a, i)
			if efter := medText(t, d.Super(t), idMedNamn); len(efter) != 0 {
				t.Errorf("det externa id:t står i %v", efter)
			}
			forsegla(t, s)
			helLogg(t, d)
		})
	}
}

func TestACaseIDOfTheLogThatIsRewrittenOrErasedShows(t *testing.T) {
	for namn, sats := range map[string]string{
		"rewritten":           `update loggexternt set externt_id = 'annat'`,
		"with another salt":   `update loggexternt set salt = decode(repeat('00', 16), 'hex')`,
		"erased":              `delete from loggexternt`,
		"put at another row":  `update loggexternt set loggpost_id = (select id from loggpost where handelse = 'DELTAGARE_SOKT') where loggpost_id = (select loggpost_id from loggexternt limit 1)`,
		"two of them swapped": `update loggexternt x set externt_id = y.externt_id, salt = y.salt from loggexternt y where x.loggpost_id <> y.loggpost_id`,
	} {
		t.Run(namn, func(t *testing.T) {
			d := storetest.NyMedDatabas(t)
			s := d.Vid(stillaklocka(2011, 5, 10))
			i, a := huset(t, s)
			medExternt(t, s, a, i, storetest.Person(fodd))
			sok(t, s, a, i, storetest.Person(fodd))
			forsegla(t, s)
			helLogg(t, d)
			if _, err := d.Super(t).ExecContext(context.Background(), sats); err != nil {
				t.Fatal(err)
			}
			if k, err := d.KontrolleraLogg(t.Context()); err != nil || k.Brutet == "" {
				t.Errorf("it does not show: %+v (%v)", k, err)
			}
		})
	}
}

func TestASystemforvaltareWithdrawsInAnInsatsThatIsOver(t *testing.T) {
	d := storetest.NyMedDatabas(t)
	s := d.Vid(stillaklocka(2011, 3, 10))
	o := storetest.Organisation(t, s, nil)
	slut := register.NyttDatum(2011, 4, 30)
	over := storetest.Insats(t, s, o, func(in *register.Insatsuppgifter) { in.Slutdatum = &slut })
	oppen := storetest.Insats(t, s, o, nil)
	a := storetest.Deltagaransvarig(over, oppen)
	p, annan := storetest.Person(fodd), storetest.Person(register.NyttDatum(1980, 1, 2))
	forsta := storetest.Deltagande(t, s, a, over, p, register.NyttDatum(2011, 1, 10))
	storetest.SkrivUt(t, s, a, forsta, storetest.Utregistrering(register.NyttDatum(2011, 2, 1)))
	andra := storetest.Deltagande(t, s, a, over, p, register.NyttDatum(2011, 2, 10))
	kvar := []register.Deltagande{storetest.Deltagande(t, s, a, oppen, p, register.NyttDatum(2011, 2, 10)), storetest.Deltagande(t, s, a, over, annan, register.NyttDatum(2011, 2, 10))}
	sf := storetest.Systemforvaltare()
	const arende = "FK 2026/012345"
	aterkalla := func(s *store.Store, vem register.Aktor, i uuid.UUID, p register.Personnummer, arende string) (int, string) {
		t.Helper()
		n, err := s.AterkallaIInsats(t.Context(), storetest.Som(vem), i, p, arende)
		if err != nil && regel(err) == "" {
			t.Fatal(err)
		}
		return n, regel(err)
	}
	// While it is under way: the same for those who are there and those who are not.
	for _, vem := range []register.Personnummer{p, storetest.Person(register.NyttDatum(1999, 9, 9))} {
		if n, r := aterkalla(s, sf, over.ID, vem, arende); n != 0 || r != "insats-inte-avslutad" {
			t.Errorf("i en insats som pågår: %d %s", n, r)
		}
	}
	s = d.Vid(stillaklocka(2011, 8, 1))
	for vad, f := range map[string]struct {
		vem    register.Aktor
		i      uuid.UUID
		arende string
		regel  string
	}{
		"a deltagaransvarig":         {a, over.ID, arende, "behorighet-saknas"},
		"an administrator":           {storetest.Aktor(register.RollSamverkansadministrator, o.ID), over.ID, arende, "behorighet-saknas"},
		"an insats under way":        {sf, oppen.ID, arende, "insats-inte-avslutad"},
		"an unknown insats":          {sf, uuid.New(), arende, "saknas"},
		"no case id":                 {sf, over.ID, " ", "obligatoriskt"},
		"a personnummer as case id":  {sf, over.ID, "19770117-2392", "innehaller-personnummer"},
		"a name as case id":          {sf, over.ID, "Efternamn, Fornamn", "fel-form"},
		"a sentence as case id":      {sf, over.ID, "Ringde 2011: återkallar!", "fel-form"},
		"a case id that is too long": {sf, over.ID, "FK " + strings.Repeat("1", 70), "for-langt"},
	} {
		if n, r := aterkalla(s, f.vem, f.i, p, f.arende); n != 0 || r != f.regel {
			t.Errorf("%s: %d %s", vad, n, r)
		}
	}
	super := d.Super(t)
	if n := storetest.Rakna(t, super, `select count(*) from samtycke where aterkallat is not null`); n != 0 {
		t.Fatalf("%d samtycken återkallades av det som nekades", n)
	}
	if n := storetest.Rakna(t, super, `select count(*) from loggpost where detalj like '%2392%' or detalj like '%namn%'`); n != 0 {
		t.Errorf("%d rader i loggen har det som nekades", n)
	}

	if n, r := aterkalla(s, sf, over.ID, p, arende); n != 2 || r != "" {
		t.Errorf("%d samtycken av 2 %s", n, r)
	}
	for vad, vem := range map[string]register.Personnummer{"again": p, "an unknown person": storetest.Person(register.NyttDatum(1999, 9, 9))} {
		if n, r := aterkalla(s, sf, over.ID, vem, arende); n != 0 || r != "" {
			t.Errorf("%s: %d %s", vad, n, r)
		}
	}
	for _, del := range []register.Deltagande{forsta, andra} {
		if bort := spar(t, super, del.SamtyckeID, over.ID, d.Nycklar.Blindindex(p)); bort["identitet"]+bort["loggperson"]+bort["sökningar"]+bort["svar"] != 0 {
			t.Errorf("kvar är %v", bort)
		}
	}
	last, err := s.Deltagande(t.Context(), storetest.Som(a), andra.ID)
	if err != nil || last.Identitet != nil || *last.Avslutningsdag != slut || *last.Ut.Avslutsanledning != "ATERKALLAT_SAMTYCKE" {
		t.Errorf("det öppna deltagandet blev %+v (%v)", last, err)
	}
	for _, del := range kvar {
		if l, err := s.Deltagande(t.Context(), storetest.Som(a), del.ID); err != nil || l.Identitet == nil || !l.Oppen {
			t.Errorf("en annans, eller i en annan insats, blev %+v (%v)", l, err)
		}
	}
	for handelse, antal := range map[string]int{"ATERKALLELSER_BEGARDA": 3, "SAMTYCKE_ATERKALLAT": 2} {
		if n := storetest.Rakna(t, super, `select count(*) from loggpost where handelse = $1 and utfall = 'OK' and detalj = $2 and aktor_id = $3 and insats_id = $4`, handelse, arende, sf.ID, over.ID); n != antal {
			t.Errorf("loggen har %d rader %s av %d", n, handelse, antal)
		}
	}
	if n := storetest.Rakna(t, super, `select count(*) from loggperson v join loggpost p on p.id = v.loggpost_id where p.handelse in ('ATERKALLELSER_BEGARDA', 'SAMTYCKE_ATERKALLAT')`); n != 0 {
		t.Errorf("%d personer står vid raderna", n)
	}
	forsegla(t, s)
	helLogg(t, d)
}
