package store_test

import (
	"context"
	"database/sql"
	"errors"
	"strings"
	"testing"

	"github.com/google/uuid"

	"sus/backend/register"
	"sus/backend/store"
	"sus/backend/store/db"
	"sus/backend/store/statistik"
	"sus/backend/store/storetest"
)

// skyddat is the population register's answer about somebody who is protected.
func skyddat(s *store.Store) register.Folkbokforingspost {
	return register.Folkbokforingspost{Hittad: true, Skydd: register.SkyddSekretessmarkering, Uppslagen: s.Nu()}
}

func taEmotSkydd(t *testing.T, s *store.Store, p register.Personnummer) {
	t.Helper()
	if err := taEmotSvar(t.Context(), s, p, skyddat(s)); err != nil {
		t.Fatal(err)
	}
}

// provaFakta holds the read model to the registration tables.
func provaFakta(t *testing.T, d *storetest.Databas) {
	t.Helper()
	k, err := statistik.Kontrollera(t.Context(), d.MigrateURL)
	if err != nil || k.Skillnader() != 0 {
		t.Errorf("statistiken: %+v (%v)", k, err)
	}
}

func logghandelser(t *testing.T, super *sql.DB, h register.Handelse) (antal, utanPerson int) {
	t.Helper()
	if err := super.QueryRowContext(t.Context(), `select count(*), count(*) filter (where personer_hash is null and aktor_typ = 'SYSTEM' and insats_id is not null
		and externt_id = '' and detalj = '') from loggpost where handelse = $1 and utfall = 'OK'`, h.String()).Scan(&antal, &utanPerson); err != nil {
		t.Fatal(err)
	}
	return antal, utanPerson
}

func TestWhoIsProtectedIsErasedInEveryInsatsAndGoesOnWithoutAName(t *testing.T) {
	d := storetest.NyMedDatabas(t)
	s := d.Vid(stillaklocka(2011, 5, 10))
	o := storetest.Organisation(t, s, nil)
	i1, i2, i3 := storetest.Insats(t, s, o, nil), storetest.Insats(t, s, o, nil), storetest.Insats(t, s, o, nil)
	a := storetest.Deltagaransvarig(i1, i2, i3)
	p, annan := storetest.Person(fodd), storetest.Person(register.NyttDatum(1980, 5, 6))

	oppet := storetest.Deltagande(t, s, a, i1, p, register.NyttDatum(2011, 3, 1))
	slutat := storetest.SkrivUt(t, s, a, storetest.Deltagande(t, s, a, i2, p, register.NyttDatum(2011, 2, 1)), storetest.Utregistrering(register.NyttDatum(2011, 4, 1)))
	var oanvant store.SamtyckeMedIdentitet
	if _, err := s.SkapaSamtycke(t.Context(), db.Begaran{Aktor: a, Idempotens: nyckel(s, "nyckel-31", "en")}, storetest.Samtyckesuppgifter(s, i3, p), storetest.Post(s.Nu()), ta(&oanvant)); err != nil {
		t.Fatal(err)
	}
	rattat, err := s.RattaIn(t.Context(), db.Begaran{Aktor: a, Version: oppet.Version}, oppet.ID, storetest.Inregistrering(register.Samtycke{}, register.NyttDatum(2011, 3, 2)), "Eva sa fel dag")
	if err != nil {
		t.Fatal(err)
	}
	kvar := storetest.Deltagande(t, s, a, i1, annan, register.NyttDatum(2011, 3, 1))
	for _, i := range []register.Insats{i1, i2, i3} {
		sok(t, s, a, i, p)
	}
	if oppet.Person != slutat.Person {
		t.Fatal("en person fick två tal")
	}
	super, index := d.Super(t), d.Nycklar.Blindindex(p)
	samtycken := map[uuid.UUID]uuid.UUID{oppet.SamtyckeID: i1.ID, slutat.SamtyckeID: i2.ID, oanvant.ID: i3.ID}
	for c, i := range samtycken {
		for tabell, n := range spar(t, super, c, i, index) {
			if n == 0 && (tabell != "svar" || c == oanvant.ID) {
				t.Errorf("kontrollen fann inget i %s", tabell)
			}
		}
	}
	if n := storetest.Rakna(t, super, `select count(*) from mattillfalle where skal is not null`); n != 1 {
		t.Fatalf("kontrollen fann %d skäl", n)
	}

	taEmotSkydd(t, s, p)
	for c, i := range samtycken {
		for tabell, n := range spar(t, super, c, i, index) {
			if n != 0 {
				t.Errorf("%d rader är kvar i %s", n, tabell)
			}
		}
	}
	if n := storetest.Rakna(t, super, `select count(*) from mattillfalle where skal is not null`); n != 0 {
		t.Errorf("%d skäl är kvar", n)
	}
	if n, utan := logghandelser(t, super, register.HandelseIdentitetRaderadSkydd); n != 3 || utan != 3 {
		t.Errorf("%d rader om radering, %d av systemet och utan person", n, utan)
	}

	last, err := s.Deltagande(t.Context(), storetest.Som(a), oppet.ID)
	if err != nil || last.Identitet != nil || last.Raderad != register.RaderadSkydd || !last.Oppen || last.Person != oppet.Person || last.Version != rattat.Version+1 {
		t.Errorf("det öppna läses som %+v (%v)", last, err)
	}
	sist, err := s.Deltagande(t.Context(), storetest.Som(a), slutat.ID)
	if err != nil || sist.Identitet != nil || sist.Raderad != register.RaderadSkydd || sist.Person == slutat.Person || !sist.Ut.MedMatning() || sist.Version != slutat.Version+1 {
		t.Errorf("det avslutade läses som %+v (%v)", sist, err)
	}
	c, err := s.Samtycke(t.Context(), storetest.Som(a), oanvant.ID)
	if err != nil || c.Identitet != nil || c.Raderad != register.RaderadSkydd || c.Version != oanvant.Version+1 {
		t.Errorf("samtycket läses som %+v (%v)", c, err)
	}
	if x, err := s.Deltagande(t.Context(), storetest.Som(a), kvar.ID); err != nil || x.Identitet == nil || x.Raderad != "" {
		t.Errorf("en annan person läses som %+v (%v)", x, err)
	}
	if n := len(sok(t, s, a, i1, p)); n != 0 {
		t.Errorf("sökningen finner %d", n)
	}
	provaFakta(t, d)

	// Nothing more is erased, nor logged, by the same answer again.
	taEmotSkydd(t, s, p)
	if n, _ := logghandelser(t, super, register.HandelseIdentitetRaderadSkydd); n != 3 {
		t.Errorf("en gång till gav %d rader", n)
	}
	if k, err := d.KontrolleraLogg(t.Context()); err != nil || k.Brutet != "" {
		t.Errorf("loggen är %+v (%v)", k, err)
	}
}

func TestAProtectedPersonsDeltagandeIsCorrectedAndEndedWithoutAName(t *testing.T) {
	d := storetest.NyMedDatabas(t)
	s := d.Vid(stillaklocka(2011, 5, 10))
	o := storetest.Organisation(t, s, nil)
	i, j := storetest.Insats(t, s, o, nil), storetest.Insats(t, s, o, nil)
	a := storetest.Deltagaransvarig(i, j)
	p := storetest.Person(fodd)
	oppet, annat := storetest.Deltagande(t, s, a, i, p, register.NyttDatum(2011, 3, 1)), storetest.Deltagande(t, s, a, j, p, register.NyttDatum(2011, 3, 1))
	taEmotSkydd(t, s, p)

	in := storetest.Inregistrering(register.Samtycke{}, register.NyttDatum(2011, 3, 1))
	in.ArOffentligForsorjning = 7
	rattat, err := s.RattaIn(t.Context(), db.Begaran{Aktor: a, Version: oppet.Version + 1}, oppet.ID, in, "fel antal år")
	if err != nil {
		t.Fatal(err)
	}
	if rattat.Person != oppet.Person || *rattat.In.Kon != *oppet.In.Kon || *rattat.In.Alder != *oppet.In.Alder || *rattat.In.Kommun != *oppet.In.Kommun {
		t.Errorf("rättat blev det %+v", rattat)
	}
	in.Startdag = register.NyttDatum(2011, 3, 2)
	if rattat, err = s.RattaIn(t.Context(), db.Begaran{Aktor: a, Version: rattat.Version}, oppet.ID, in, "fel dag"); err != nil || rattat.In.Alder != nil || rattat.In.Kon == nil {
		t.Errorf("med en annan dag blev det %+v (%v)", rattat, err)
	}
	provaFakta(t, d)

	ut := storetest.SkrivUt(t, s, a, rattat, storetest.Utregistrering(register.NyttDatum(2011, 5, 1)))
	if ut.Oppen || ut.Person == oppet.Person || ut.Ut.Alder != nil || !ut.Ut.MedMatning() {
		t.Errorf("utskrivet blev det %+v", ut)
	}
	if n := storetest.Rakna(t, d.Super(t), `select count(*) from loggperson where samtycke_id = $1`, oppet.SamtyckeID); n != 0 {
		t.Errorf("rättelserna och utskrivningen loggade %d personer", n)
	}
	if n := storetest.Rakna(t, d.Super(t), `select count(*) from deltagande where person = $1`, oppet.Person); n != 1 {
		t.Errorf("%d deltaganden har kvar nyckeln", n)
	}
	omratt, err := s.RattaUt(t.Context(), db.Begaran{Aktor: a, Version: ut.Version}, oppet.ID, storetest.Utregistrering(register.NyttDatum(2011, 5, 2)), "fel dag")
	if err != nil || omratt.Person != ut.Person {
		t.Errorf("en rättad utskrivning blev %+v (%v)", omratt, err)
	}
	provaFakta(t, d)

	// The withdrawal is still there, and says more than the protection.
	slut := storetest.Aterkalla(t, s, a, annat.SamtyckeID)
	if slut == nil || slut.Oppen || slut.Person == annat.Person {
		t.Errorf("återkallat blev det %+v", slut)
	}
	if x, err := s.Deltagande(t.Context(), storetest.Som(a), annat.ID); err != nil || x.Raderad != register.RaderadAterkallelse {
		t.Errorf("det läses som %+v (%v)", x, err)
	}
	provaFakta(t, d)
}

func TestASamtyckeOfSomebodyWhoIsProtectedCannotBeUsed(t *testing.T) {
	d := storetest.NyMedDatabas(t)
	i, a := huset(t, d.Store)
	p := storetest.Person(fodd)
	c := storetest.Samtycke(t, d.Store, a, i, p)
	taEmotSkydd(t, d.Store, p)
	var del register.Deltagande
	skriv := func(ny *register.Folkbokforingspost) string {
		_, err := d.SkrivIn(t.Context(), storetest.Som(a), storetest.Inregistrering(c, register.NyttDatum(2010, 3, 1)), ny, ta(&del))
		return regel(err)
	}
	post, efter := skyddat(d.Store), storetest.Post(d.Nu())
	for namn, ny := range map[string]*register.Folkbokforingspost{"utan svar": nil, "med skyddat svar": &post, "när skyddet är borta": &efter} {
		if r := skriv(ny); r != "skyddade-personuppgifter" {
			t.Errorf("%s: %q", namn, r)
		}
	}
	if _, err := d.IdentitetsUppslag(t.Context(), storetest.Som(a), i.ID, c.ID); regel(err) != "skyddade-personuppgifter" {
		t.Errorf("uppslaget gav %v", err)
	}
	// A protection that has ended does not stand in the way of a new samtycke.
	storetest.Deltagande(t, d.Store, a, i, p, register.NyttDatum(2010, 3, 1))
}

func TestWhereAPersonsSamtyckenAreIsAskedByTheServerAlone(t *testing.T) {
	d := storetest.NyMedDatabas(t)
	super := d.Super(t)
	if n := storetest.Rakna(t, super, `select count(*) from pg_proc p join pg_roles r on r.oid = p.proowner
		where proname = 'sus_samtycken_av' and prosecdef and rolname = 'sus_agare' and has_function_privilege('sus_app', p.oid, 'execute')
		and not has_function_privilege('sus_rapport', p.oid, 'execute')`); n != 1 {
		t.Error("funktionen är inte ägarens, eller någon annan får köra den")
	}
}

func TestAnAnswerThatIsNotOfProtectionErasesNothing(t *testing.T) {
	d := storetest.NyMedDatabas(t)
	i, a := huset(t, d.Store)
	p := storetest.Person(fodd)
	storetest.Samtycke(t, d.Store, a, i, p)
	for _, post := range []register.Folkbokforingspost{storetest.Post(d.Nu()), {}, {Hittad: true, Skydd: register.SkyddInget, Avregistrerad: true}} {
		if err := taEmotSvar(t.Context(), d.Store, p, post); err != nil {
			t.Fatal(err)
		}
	}
	if n := storetest.Rakna(t, d.Super(t), `select count(*) from identitet`); n != 1 {
		t.Errorf("%d identiteter är kvar", n)
	}
}

func TestRaceOfProtectionAndInregistreringLeavesNoIdentitet(t *testing.T) {
	d := storetest.NyMedDatabas(t)
	d.UtanDodlas()
	i, a := huset(t, d.Store)
	s := d.Store
	var v vinster
	for n := range *kapplopp {
		p := enPerson(7, n)
		c := storetest.Samtycke(t, s, a, i, p)
		var del register.Deltagande
		in, skydd := samtidigt(func() error {
			post := storetest.Post(s.Nu()) // asked before the protection began
			_, err := s.SkrivIn(t.Context(), storetest.Som(a), storetest.Inregistrering(c, register.NyttDatum(2020, 1, 1)), &post, ta(&del))
			return err
		}, func() error { return taEmotSvar(t.Context(), s, p, skyddat(s)) })
		if skydd != nil || in != nil && regel(in) != "skyddade-personuppgifter" {
			t.Fatalf("inregistreringen %v, skyddet %v", in, skydd)
		}
		v.rakna(in == nil)
	}
	v.prova(t, "inregistrering mot skydd")
	super := d.Super(t)
	for _, tabell := range []string{"identitet", "personnyckel", "loggperson"} {
		if n := storetest.Rakna(t, super, `select count(*) from `+tabell); n != 0 {
			t.Errorf("%d rader är kvar i %s", n, tabell)
		}
	}
	if n := storetest.Rakna(t, super, `select count(*) from deltagande where oppen`); n != v[0] {
		t.Errorf("%d deltaganden är öppna, %d skrevs in", n, v[0])
	}
	if n, utan := logghandelser(t, super, register.HandelseIdentitetRaderadSkydd); n != *kapplopp || utan != n {
		t.Errorf("%d rader om radering, %d utan person", n, utan)
	}
	provaFakta(t, d)
}

func TestTheSearchThatMeetsAProtectionLeavesNoWayToThePerson(t *testing.T) {
	d := storetest.NyMedDatabas(t)
	s := d.Vid(stillaklocka(2011, 5, 10))
	hem, hemma := huset(t, s)
	borta, annan := huset(t, s) // where the person has no samtycke
	p := enPerson(13, 0)
	storetest.Deltagande(t, s, hemma, hem, p, register.NyttDatum(2011, 3, 1))
	super := d.Super(t)
	kvar := func(i register.Insats) int {
		return storetest.Rakna(t, super, `select count(*) from loggperson where blindindex = $1 and insats_id = $2`, d.Nycklar.Blindindex(p), i.ID)
	}
	sok(t, s, hemma, hem, p)
	if err := s.BorjaUppslag(t.Context(), storetest.Som(hemma), hem.ID, p); err != nil {
		t.Fatal(err)
	}
	if n := kvar(hem); n != 2 {
		t.Fatalf("%d rows before", n)
	}
	taEmotSkydd(t, s, p)
	// The search is logged after the erasing.
	for i, vem := range map[uuid.UUID]register.Aktor{hem.ID: hemma, borta.ID: annan} {
		if _, err := s.SokDeltagare(t.Context(), storetest.Som(vem), i, p, skyddat(s)); err != nil {
			t.Fatal(err)
		}
	}
	if n := kvar(hem) + kvar(borta); n != 0 {
		t.Errorf("%d rows lead to who is protected", n)
	}
	if n := storetest.Rakna(t, super, `select count(*) from loggpost where handelse = 'DELTAGARE_SOKT' and personer_hash is null`); n != 2 {
		t.Errorf("%d searches are logged without a person", n)
	}
	if k, err := s.KontrolleraLogg(t.Context()); err != nil || k.Brutet != "" {
		t.Errorf("the log: %+v (%v)", k, err)
	}
}

// The question that meets a protection stands beside the erasure in the log, in another
// insats: it would tell where she takes part.
func TestNoQuestionOfAnyInsatsLeadsToWhoIsProtected(t *testing.T) {
	d := storetest.NyMedDatabas(t)
	s := d.Vid(stillaklocka(2011, 5, 10))
	hem, hemma := huset(t, s)
	borta, annan := huset(t, s) // where the person has no samtycke
	p, gammalt, okand := enPerson(14, 0), enPerson(14, 1), enPerson(14, 2)
	storetest.Deltagande(t, s, hemma, hem, gammalt, register.NyttDatum(2011, 3, 1))
	super := d.Super(t)
	rader := func(nr register.Personnummer) int {
		return storetest.Rakna(t, super, `select count(*) from loggperson where blindindex = $1`, d.Nycklar.Blindindex(nr))
	}
	sok(t, s, annan, borta, gammalt)
	sok(t, s, annan, borta, okand)
	forsegla(t, s)
	fragade := 0
	_, err := s.FragaOmPersonen(t.Context(), p, func(ctx context.Context, nr register.Personnummer) (register.Folkbokforingspost, error) {
		if err := s.BorjaUppslag(ctx, storetest.Som(annan), borta.ID, nr); err != nil {
			return register.Folkbokforingspost{}, err
		}
		if fragade++; nr == gammalt {
			return ersatt(s, p), nil
		}
		post := skyddat(s)
		post.TidigareNummer = gammalt.Siffror()
		return post, nil
	})
	if err != nil || fragade != 2 {
		t.Fatalf("%d questions (%v)", fragade, err)
	}
	if n := rader(p) + rader(gammalt); n != 0 {
		t.Errorf("%d rows lead to who is protected", n)
	}
	if n := rader(okand); n != 1 {
		t.Errorf("%d rows about somebody else", n)
	}
	if n := storetest.Rakna(t, super, `select count(*) from loggpost where handelse = 'FOLKBOKFORING_UPPSLAGEN' and insats_id = $1`, borta.ID); n != 2 {
		t.Errorf("%d questions are logged", n)
	}
	for _, nar := range []string{"before its seal", "after its seal"} {
		if k := kontroll(t, s); k.Brutet != "" {
			t.Errorf("%s the log is %+v", nar, k)
		}
		forsegla(t, s)
	}
}

// A question that fails after the protection was told hinders no erasure.
func TestWhoIsProtectedIsErasedThoughTheNextQuestionFails(t *testing.T) {
	d := storetest.NyMedDatabas(t)
	s := d.Vid(stillaklocka(2011, 5, 10))
	i, a := huset(t, s)
	p := enPerson(14, 3)
	storetest.Deltagande(t, s, a, i, p, register.NyttDatum(2011, 3, 1))
	ctx, over := context.WithCancel(t.Context())
	borta := errors.New("borta")
	_, err := s.FragaOmPersonen(ctx, p, func(_ context.Context, nr register.Personnummer) (register.Folkbokforingspost, error) {
		if nr != p {
			over()
			return register.Folkbokforingspost{}, borta
		}
		post := skyddat(s)
		post.TidigareNummer = enPerson(14, 4).Siffror()
		return post, nil
	})
	if !errors.Is(err, borta) {
		t.Errorf("it says %v", err)
	}
	if n := storetest.Rakna(t, d.Super(t), `select count(*) from identitet`); n != 0 {
		t.Errorf("%d identities are left", n)
	}
}

func TestOnlyAProtectionErasesTheQuestionsOfOtherInsatser(t *testing.T) {
	d := storetest.NyMedDatabas(t)
	i, _, en, _ := tvaListade(t, d)
	c := en.SamtyckeID.String()
	overallt := `select sus_radera_sokningar((select id from prov), '` + c + `')`
	for namn, f := range map[string]struct {
		handelse, andrat string
		satser           []string
		gar              bool
	}{
		"a withdrawal":             {"SAMTYCKE_ATERKALLAT", "aterkallat", []string{overallt}, false},
		"a protection":             {"IDENTITET_RADERAD_SKYDD", "skydd_raderad", []string{overallt}, true},
		"as an afterthought":       {"IDENTITET_RADERAD_SKYDD", "skydd_raderad", []string{`select sus_radera_loggpersoner((select id from prov), '` + c + `', '` + i.ID.String() + `')`, overallt}, false},
		"without the insats open":  {"IDENTITET_RADERAD_SKYDD", "skydd_raderad", []string{`select set_config('sus.insatser', '', true)`, overallt}, false},
		"of a samtycke that is no": {"IDENTITET_RADERAD_SKYDD", "skydd_raderad", []string{strings.Replace(overallt, c, uuid.NewString(), 1)}, false},
	} {
		app, err := d.App(t).BeginTx(t.Context(), nil)
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range append(append([]string{`create temp table prov on commit drop as select gen_random_uuid() as id`,
			`select set_config('sus.insatser', '` + i.ID.String() + `', true)`}, f.satser...),
			`update samtycke set `+f.andrat+` = now() where id = '`+c+`'`, `delete from identitet where samtycke_id = '`+c+`'`,
			`insert into loggpost (id, aktor_id, aktor_typ, handelse, objekttyp, objekt_id, insats_id, utfall, regel, externt_id, detalj, traceparent, radering_hash)
				select id, id, 'SYSTEM', '`+f.handelse+`', 'samtycke', '`+c+`', '`+i.ID.String()+`', 'OK', '', '', '', '',
				sha256('\x01'::bytea || (select string_agg(uuid_send(r.loggpost_id) || int4send(r.ordning) || r.hash, ''::bytea order by r.loggpost_id, r.ordning)
					from loggraderad r where r.radering = prov.id)) from prov`, `set constraints all immediate`) {
			if _, err = app.Exec(s); err != nil {
				break
			}
		}
		_ = app.Rollback()
		if (err == nil) != f.gar {
			t.Errorf("%s: %v", namn, err)
		}
	}
}
