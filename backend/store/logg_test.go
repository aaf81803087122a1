package store_test

import (
	"testing"

	"github.com/google/uuid"

	"sus/backend/register"
	"sus/backend/store"
	"sus/backend/store/db"
	"sus/backend/store/storetest"
)

func forsegla(t *testing.T, s *store.Store) {
	t.Helper()
	if _, err := s.Forsegla(t.Context()); err != nil {
		t.Fatal(err)
	}
	if k := kontroll(t, s); k.Osatta != 0 {
		t.Fatalf("%d rader blev inte förseglade", k.Osatta)
	}
}

func kontroll(t *testing.T, s *store.Store) db.Loggkontroll {
	t.Helper()
	k, err := s.KontrolleraLogg(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return k
}

func TestTheLogsChainIsWholeAndGrows(t *testing.T) {
	d := storetest.NyMedDatabas(t)
	if k := kontroll(t, d.Store); k.Brutet != "" || k.Sigill != 0 {
		t.Errorf("den tomma loggen är %+v", k)
	}
	i, a := fyll(t, d.Store)
	forsegla(t, d.Store)
	forsta := kontroll(t, d.Store)
	if forsta.Brutet != "" || forsta.Sigill == 0 || forsta.Poster != 5 {
		t.Errorf("kedjan är %+v", forsta)
	}
	if n, err := d.Forsegla(t.Context()); err != nil || n != 0 {
		t.Errorf("utan nya rader förseglades %d (%v)", n, err)
	}
	sok(t, d.Store, a, i, storetest.Person(fodd))
	forsegla(t, d.Store)
	if andra := kontroll(t, d.Store); andra.Brutet != "" || andra.Sigill != forsta.Sigill+1 || andra.Poster != forsta.Poster+1 {
		t.Errorf("kedjan är %+v", andra)
	}
}

func TestAChangeInTheLogShows(t *testing.T) {
	for namn, sats := range map[string]string{
		"en rad ändrad":          `update loggpost set handelse = 'annat' where id = (select id from loggpost order by id limit 1)`,
		"en rad borttagen":       `delete from loggperson; delete from loggpost where id = (select id from loggpost order by id limit 1)`,
		"en rad tillagd":         `insert into loggpost select gen_random_uuid(), tid, aktor_id, aktor_typ, handelse, objekttyp, objekt_id, insats_id, organisation_id, utfall, regel, externt_id, detalj, personer_hash, traceparent from loggpost limit 1; update loggsigill set antal = antal + 1, poster = poster || (select loggpost_id from loggko) where sekvens = 1; delete from loggko`,
		"personens hash bytt":    `update loggpost set personer_hash = sha256('x') where personer_hash is not null`,
		"en rad utanför kedjan":  `insert into loggpost select gen_random_uuid(), tid, aktor_id, aktor_typ, handelse, objekttyp, objekt_id, insats_id, organisation_id, utfall, regel, externt_id, detalj, personer_hash, traceparent from loggpost limit 1; delete from loggko`,
		"två raders ordning":     `update loggsigill set poster = poster[2:2] || poster[1:1] || poster[3:] where sekvens = 1`,
		"ett sigill borttaget":   `delete from loggsigill where sekvens = 1`,
		"ett sigill omräknat":    `update loggsigill set hash = sha256('x') where sekvens = 1`,
		"en rad flyttad i tid":   `update loggpost set tid = tid + interval '1 microsecond'`,
		"en rads fält utbytta":   `update loggpost set objekt_id = insats_id, insats_id = objekt_id where insats_id is not null and objekt_id <> insats_id`,
		"ett sigills tid ändrad": `update loggsigill set tid = tid + interval '1 second' where sekvens = 1`,
		"ett sigills rad tappad": `update loggsigill set antal = antal + 1, poster = poster || gen_random_uuid() where sekvens = 1`,
	} {
		t.Run(namn, func(t *testing.T) {
			d := storetest.NyMedDatabas(t)
			i, a := fyll(t, d.Store)
			forsegla(t, d.Store)
			sok(t, d.Store, a, i, storetest.Person(fodd))
			forsegla(t, d.Store)
			if k := kontroll(t, d.Store); k.Brutet != "" || k.Sigill < 2 {
				t.Fatalf("kedjan före är %+v", k)
			}
			if _, err := d.Super(t).Exec(sats); err != nil {
				t.Fatal(err)
			}
			if k := kontroll(t, d.Store); k.Brutet == "" {
				t.Errorf("det syntes inte: %+v", k)
			}
		})
	}
}

func TestARowIsSealedOnceItIsCommittedAndALongTransactionHoldsNoOtherUp(t *testing.T) {
	d := storetest.NyMedDatabas(t)
	fyll(t, d.Store)
	app := d.App(t)
	tx, err := app.Begin()
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = tx.Rollback() }()
	if _, err := tx.Exec(`insert into loggpost (id, aktor_id, aktor_typ, handelse, objekttyp, utfall, regel, externt_id, detalj, traceparent)
		values ($1, $1, 'SYSTEM', 'SEN', 'prov', 'OK', '', '', '', '')`, uuid.New()); err != nil {
		t.Fatal(err)
	}
	if err := d.Neka(t.Context(), storetest.Som(storetest.Systemforvaltare()), db.Arende{Handelse: register.HandelseLoggLast}, register.Nekad()); regel(err) != "behorighet-saknas" {
		t.Fatal(err)
	}
	if _, err := d.Forsegla(t.Context()); err != nil {
		t.Fatal(err)
	}
	if k := kontroll(t, d.Store); k.Brutet != "" || k.Osatta != 0 || k.Poster != 6 {
		t.Errorf("mitt i är kedjan %+v", k)
	}
	if err := tx.Commit(); err != nil {
		t.Fatal(err)
	}
	forsegla(t, d.Store)
	if k := kontroll(t, d.Store); k.Brutet != "" || k.Poster != 7 {
		t.Errorf("efteråt är kedjan %+v", k)
	}
}

func TestEveryReadWriteAndDenialIsLoggedWithoutThePerson(t *testing.T) {
	d := storetest.NyMedDatabas(t)
	i, a := huset(t, d.Store)
	p := storetest.Person(fodd)
	ctx := db.MedTraceparent(t.Context(), "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")
	del := storetest.Deltagande(t, d.Store, a, i, p, register.NyttDatum(2010, 3, 1))
	storetest.Deltagande(t, d.Store, a, i, storetest.Person(register.NyttDatum(1980, 1, 2)), register.NyttDatum(2010, 3, 1))
	frammande := storetest.Deltagaransvarig()
	if _, err := d.Deltagande(ctx, storetest.Som(a), del.ID); err != nil {
		t.Fatal(err)
	}
	if _, _, err := d.Deltaganden(ctx, storetest.Som(a), i.ID, store.DeltagandeFilter{}, db.Sida{}); err != nil {
		t.Fatal(err)
	}
	if _, err := d.Deltagande(ctx, storetest.Som(frammande), del.ID); regel(err) != "saknas" {
		t.Fatal(err)
	}
	if _, err := d.Deltagande(ctx, storetest.Som(a), uuid.New()); regel(err) != "saknas" {
		t.Fatal(err)
	}
	sf := storetest.Systemforvaltare()
	poster, err := d.Loggposter(t.Context(), storetest.Som(sf), db.LoggFilter{Limit: 4})
	if err != nil || len(poster) != 4 {
		t.Fatalf("%d poster (%v)", len(poster), err)
	}
	if _, err := d.Loggposter(t.Context(), storetest.Som(a), db.LoggFilter{Limit: 4}); regel(err) != "behorighet-saknas" {
		t.Errorf("en deltagaransvarig läste loggen: %v", err)
	}
	for n, vill := range []struct {
		handelse string
		utfall   db.Utfall
		aktor    uuid.UUID
		personer int
	}{{"DELTAGANDE_LAST", db.UtfallNekad, a.ID, 0}, {"DELTAGANDE_LAST", db.UtfallNekad, frammande.ID, 0},
		{"DELTAGANDEN_LISTADE", db.UtfallOK, a.ID, 2}, {"DELTAGANDE_LAST", db.UtfallOK, a.ID, 1}} {
		p := poster[n]
		personer := storetest.Rakna(t, d.Super(t), `select count(*) from loggperson where loggpost_id = $1`, p.ID)
		if p.Handelse != vill.handelse || p.Utfall != vill.utfall || p.AktorID != vill.aktor || personer != vill.personer || p.Traceparent == "" || (p.PersonerHash == nil) != (personer == 0) {
			t.Errorf("post %d är %+v med %d personer", n, p, personer)
		}
	}
	nasta, err := d.Loggposter(t.Context(), storetest.Som(sf), db.LoggFilter{Limit: 2, Efter: poster[1].ID})
	if err != nil || len(nasta) != 2 || nasta[0].ID != poster[2].ID {
		t.Errorf("nästa sida är %+v (%v)", nasta, err)
	}
	om, err := d.Loggposter(t.Context(), storetest.Som(sf), db.LoggFilter{Limit: 10, ObjektID: del.ID})
	if err != nil || len(om) != 3 {
		t.Errorf("om deltagandet finns %d poster (%v)", len(om), err)
	}
}

func TestARefusalLeavesNothingOfTheCallersCaseIDInTheLog(t *testing.T) {
	d := storetest.NyMedDatabas(t)
	i, a := huset(t, d.Store)
	const nummer = "19770117-2392" // one of Skatteverket's; the contract's pattern lets it through
	in := storetest.Samtyckesuppgifter(d.Store, i, storetest.Person(fodd))
	in.ExterntID = nummer
	ingen := func(store.SamtyckeMedIdentitet) (db.Svar, error) { return db.Svar{}, nil }
	if _, err := d.SkapaSamtycke(t.Context(), storetest.Som(a), in, storetest.Post(d.Nu()), ingen); regel(err) != "innehaller-personnummer" {
		t.Errorf("the samtycke: %v", err)
	}
	c := storetest.Samtycke(t, d.Store, a, i, storetest.Person(fodd))
	reg := storetest.Inregistrering(c, register.NyttDatum(2010, 3, 1))
	reg.ExterntID = nummer
	tyst := func(register.Deltagande) (db.Svar, error) { return db.Svar{}, nil }
	for _, who := range []register.Aktor{a, storetest.Deltagaransvarig()} {
		if _, err := d.SkrivIn(t.Context(), storetest.Som(who), reg, nil, tyst); err == nil {
			t.Error("the in-registration was accepted")
		}
	}
	super := d.Super(t)
	if n := storetest.Rakna(t, super, `select count(*) from loggpost where utfall = 'NEKAD'`); n != 3 {
		t.Errorf("%d refusals are logged", n)
	}
	if n := storetest.Rakna(t, super, `select count(*) from loggpost p where p::text like '%' || $1 || '%'`, nummer); n != 0 {
		t.Errorf("%d rows of the log have the number", n)
	}
}
