package db_test

import (
	"context"
	"database/sql"
	"testing"

	"sus/backend/pgembed"
	"sus/backend/store/db"
	"sus/backend/store/statistik"
	"sus/backend/store/storetest"
)

// TestWhatWasErasedBeforeTheUpgradeKeepsNoMoreThanWhatIsErasedAfter begins with a
// database of before: two samtycken, one of them withdrawn.
func TestWhatWasErasedBeforeTheUpgradeKeepsNoMoreThanWhatIsErasedAfter(t *testing.T) {
	d := storetest.NyMedDatabas(t)
	const namn = "aterkallat_fore"
	if err := d.Kluster.Clone(t.Context(), "template0", namn); err != nil {
		t.Fatal(err)
	}
	defer func() { _ = d.Kluster.Drop(context.Background(), namn) }()
	if err := db.MigrateTo(t.Context(), d.Kluster.URL(pgembed.OwnerRole, namn), 7); err != nil {
		t.Fatal(err)
	}
	super, err := sql.Open("pgx", d.Kluster.URL(pgembed.SuperRole, namn))
	if err != nil {
		t.Fatal(err)
	}
	defer super.Close()
	// Their insats is left out, which only a replica may do.
	if _, err := super.ExecContext(t.Context(), `set session_replication_role = replica;
		insert into samtycke (id, insats_id, blankett, datum, sprak, satt, mognad_datum, mognad_vardnadshavare, externt_id, registrerat, registrerat_av, aterkallat, version)
			select gen_random_uuid(), gen_random_uuid(), '9443', '2010-01-01', 'sv', 'SKRIFTLIGT', '2010-01-01', true, 'c' || n, now(), gen_random_uuid(), case n when 1 then now() end, 1
			from generate_series(1, 2) n;
		insert into deltagande (id, insats_id, samtycke_id, person, startdag, avslutningsdag, oppen, felregistrerad, externt_id, skapad, skapad_av, version)
			select gen_random_uuid(), insats_id, id, 1, '2010-01-01', '2010-02-01', false, false, externt_id, now(), registrerat_av, 1 from samtycke;
		insert into identitet (samtycke_id, insats_id, personnummer, blindindex, namn, kommun, skydd, uppslagen)
			select id, insats_id, decode(repeat('00', 45), 'hex'), sha256('x'), decode(repeat('00', 33), 'hex'), '0180', 'INGET', now() from samtycke where aterkallat is null;
		reset session_replication_role`); err != nil {
		t.Fatal(err)
	}
	if err := db.Migrera(t.Context(), d.Kluster.URL(pgembed.OwnerRole, namn), d.Kluster.URL(pgembed.ServerRole, namn)); err != nil {
		t.Fatal(err)
	}
	for aterkallat, vill := range map[string]int{"s.aterkallat is not null": 0, "s.aterkallat is null": 5} {
		if n := storetest.Rakna(t, super, `select num_nonnulls(s.externt_id, s.sprak, s.mognad_datum, s.mognad_vardnadshavare, d.externt_id)
				from samtycke s join deltagande d on d.samtycke_id = s.id where `+aterkallat); n != vill {
			t.Errorf("%s: %d av fem uppgifter är kvar, ville ha %d", aterkallat, n, vill)
		}
	}
}

// TestTextThatWasStoredDecomposedIsAskedForAsItIsTyped begins with a database of before.
func TestTextThatWasStoredDecomposedIsAskedForAsItIsTyped(t *testing.T) {
	d := storetest.NyMedDatabas(t)
	const namn = "nfd_fore"
	if err := d.Kluster.Clone(t.Context(), "template0", namn); err != nil {
		t.Fatal(err)
	}
	defer func() { _ = d.Kluster.Drop(context.Background(), namn) }()
	if err := db.MigrateTo(t.Context(), d.Kluster.URL(pgembed.OwnerRole, namn), 20); err != nil {
		t.Fatal(err)
	}
	super, err := sql.Open("pgx", d.Kluster.URL(pgembed.SuperRole, namn))
	if err != nil {
		t.Fatal(err)
	}
	defer super.Close()
	if _, err := super.ExecContext(t.Context(), `update kommun set namn = normalize(namn, nfd);
		insert into loggpost (id, tid, aktor_id, aktor_typ, handelse, objekttyp, utfall, regel, externt_id, detalj, traceparent) values
			(gen_random_uuid(), now(), gen_random_uuid(), 'SYSTEM', 'STATISTIK_OMBYGGD', 'STATISTIK', 'OK', '', '', normalize('av Åsa', nfd), '')`); err != nil {
		t.Fatal(err)
	}
	if err := db.Migrera(t.Context(), d.Kluster.URL(pgembed.OwnerRole, namn), d.Kluster.URL(pgembed.ServerRole, namn)); err != nil {
		t.Fatal(err)
	}
	if n := storetest.Rakna(t, super, `select count(*) from kommun where namn = 'Åmål' or namn is not nfc normalized`); n != 1 {
		t.Errorf("%d kommuner, want Åmål and none decomposed", n)
	}
	if n := storetest.Rakna(t, super, `select count(*) from loggpost where detalj = normalize('av Åsa', nfd)`); n != 1 {
		t.Error("the log, whose rows are sealed, was written anew")
	}
}

// TestTheFactsOfBeforeSayWhatTheNewColumnsAsk begins with a register of before the columns:
// one who is open and has answered, one who has ended measured, one utan mätning, and an
// insats that became about something else.
func TestTheFactsOfBeforeSayWhatTheNewColumnsAsk(t *testing.T) {
	d := storetest.NyMedDatabas(t)
	const namn = "fakta_fore"
	if err := d.Kluster.Clone(t.Context(), "template0", namn); err != nil {
		t.Fatal(err)
	}
	defer func() { _ = d.Kluster.Drop(context.Background(), namn) }()
	agare := d.Kluster.URL(pgembed.OwnerRole, namn)
	if err := db.MigrateTo(t.Context(), agare, 38); err != nil {
		t.Fatal(err)
	}
	super, err := sql.Open("pgx", d.Kluster.URL(pgembed.SuperRole, namn))
	if err != nil {
		t.Fatal(err)
	}
	defer super.Close()
	if _, err := super.ExecContext(t.Context(), `
		begin;
		insert into kodverk (kodverk, kod, giltig_fran, etikett, ordning, tillhor) values ('MALGRUPP', 'EGEN', '2010-01-01', 'Egen', 3, ''), ('MALGRUPP', 'EGEN', '2011-01-01', 'Egen nu', 12, ''),
			('PRECISERAD_INRIKTNING', 'EGEN', '2010-01-01', 'Egen', 11, 'INDIVIDINRIKTAD');
		insert into samverkansorganisation (id, namn, organisationsnummer, samverkansform, beskrivning, startdatum, adress_gata, adress_postnummer, adress_ort,
				adress_telefon, adress_epost, kontakt_namn, kontakt_titel, kontakt_telefon, kontakt_epost, version)
			values (gen_random_uuid(), 'Förbundet', '2220000018', 'FINSAM', '', '2008-01-01', '', '', '', '', '', '', '', '', '', 1);
		insert into organisationsrad (org, giltig_fran, verksamhetsomrade, lan, kommuner) select nr, '0001-01-01', 'OSTER', '03', '{0380}' from samverkansorganisation;
		insert into insats (id, organisation_id, namn, startdatum, beskrivning, inriktning, deltagarregistrering, insatsanordnare, inmatningsorganisation, version)
			select gen_random_uuid(), id, 'Insats', '2008-01-01', '', 'INDIVIDINRIKTAD', 'MED_PERSONUPPGIFT_ELLER_ANONYM', '', '', 1 from samverkansorganisation;
		insert into insatsrad (insats, giltig_fran, giltig_tom, preciserad_inriktning, malgrupper)
			select nr, '0001-01-01'::date, '2010-12-31'::date, 'REHABILITERING', '{}'::text[] from insats union all select nr, '2011-01-01', null, 'EGEN', '{EGEN,KVINNOR}' from insats;
		insert into fraga (id, organisation_id, namn, innehall, giltig_fran, svarstyp, alternativ, vid_in, vid_ut, ordning, version)
			select gen_random_uuid(), id, 'Stöd', 'Vad har hjälpt?', '2010-01-01', 'FLERVAL', '[{"kod": "2", "etikett": "Samtal"}, {"kod": "1", "etikett": "Praktik"}]', true, true, 1, 1 from samverkansorganisation;
		insert into samtycke (id, insats_id, blankett, datum, sprak, satt, registrerat, registrerat_av, version)
			select gen_random_uuid(), id, '9443', '2010-01-01', 'sv', 'SKRIFTLIGT', now(), gen_random_uuid(), n from insats, generate_series(1, 3) n;
		insert into deltagande (id, insats_id, samtycke_id, person, startdag, avslutningsdag, oppen, felregistrerad, okopplad, skapad, skapad_av, version)
			select gen_random_uuid(), insats_id, id, version, '2010-12-31', case when version > 1 then date '2011-02-01' end, version = 1, false, version > 1, now(), registrerat_av, version from samtycke;
		insert into mattillfalle (id, deltagande_id, insats_id, typ, version, dag, utbildningsniva, ar_offentlig_forsorjning, kon, alder, avslutsanledning,
				forsorjning, arbetssokande, arbetar, arbetar_procent, arbetstyper, studerar, registrerad, registrerad_av)
			select gen_random_uuid(), id, insats_id, 'IN', 1, startdag, 'GYMNASIUM', 2, 'MAN', 30, null, array['SA'], true, true, 50, array['SUBVENTIONERAT', 'EGET_FORETAG'], false, now(), skapad_av from deltagande
			union all select gen_random_uuid(), id, insats_id, 'UT', 1, avslutningsdag, null, null, null, 31, 'AVSLUT_ENLIGT_PLAN', array['SA'], false, false, null, null, false, now(), skapad_av from deltagande where version = 2
			union all select gen_random_uuid(), id, insats_id, 'UT', 1, avslutningsdag, null, null, null, 31, 'FLYTT', null, null, null, null, null, null, now(), skapad_av from deltagande where version = 3;
		insert into fragesvar (mattillfalle_id, insats_id, fraga_id, koder) select m.id, m.insats_id, f.id, '{2,1}' from mattillfalle m join deltagande d on d.id = m.deltagande_id, fraga f where d.version = 1;
		insert into fakt_in (ar, manad, org, insats, fb, kon, alder, kommun, utb, person, startman, bidragsar, arbete_fore, studier_fore, reg, okopplad, omrade, lan)
			select 2010, 131, o.nr, n.nr, 2, 2, 30, -1, 3, d.person, 131, 2, 50, 0, d.reg, d.okopplad, p.omrade, p.lan
			from deltagande d join insats n on n.id = d.insats_id join samverkansorganisation o on o.id = n.organisation_id, sus_plats(o.nr, 131::smallint) p;
		insert into fakt_ut (ar, manad, org, insats, fb, fa, kon, alder, kommun, utb, person, startman, bidragsar, arbete_fore, arbete_efter, studier_fore, studier_efter, orsak, reg, okopplad, omrade, lan)
			select 2011, 133, f.org, f.insats, f.fb, case d.version when 2 then 2 else -1 end, f.kon, 31, f.kommun, f.utb, f.person, f.startman, f.bidragsar, 50, case d.version when 2 then 0 else -1 end,
				0, case d.version when 2 then 0 else -1 end, case d.version when 2 then 1 else 5 end, f.reg, true, f.omrade, f.lan from fakt_in f join deltagande d using (reg) where not d.oppen;
		commit`); err != nil {
		t.Fatal(err)
	}
	if err := db.Migrera(t.Context(), agare, d.Kluster.URL(pgembed.ServerRole, namn)); err != nil {
		t.Fatal(err)
	}
	for fraga, vill := range map[string]int{
		`select slutman from fakt_in where not okopplad`: 32767, `select distinct slutman from fakt_in where okopplad`: 133, `select distinct dagar from fakt_ut`: 33,
		`select distinct arbetstyp_fore from fakt_in`: 1<<1 | 1<<2, `select arbetstyp_efter from fakt_ut where fa >= 0`: 0, `select arbetstyp_efter from fakt_ut where fa < 0`: -1,
		`select distinct arbetssokande_fore from fakt_ut`: 1, `select arbetssokande_efter from fakt_ut where fa >= 0`: 0, `select arbetssokande_efter from fakt_ut where fa < 0`: -1,
		`select distinct malgrupp from fakt_in`: 0, `select distinct preciserad from fakt_in`: 1, `select distinct preciserad from fakt_ut`: 11, `select distinct inriktning from fakt_ut`: 1,
		`select count(distinct bit) from kodverk where kodverk = 'MALGRUPP'`: 12, `select count(distinct bit) from kodverk where kodverk = 'MALGRUPP' and kod = 'EGEN'`: 1,
		`select distinct malgrupp - (select bit_or(1 << bit) from kodverk where kodverk = 'MALGRUPP' and kod in ('EGEN', 'KVINNOR')) from fakt_ut`: 0,
		`select count(*) from fakt_svar where svar = -1`: 3, `select count(*) from fakt_svar where svar in (1, 2) and matt = 0`: 2,
	} {
		if n := storetest.Rakna(t, super, fraga); n != vill {
			t.Errorf("%s: %d, want %d", fraga, n, vill)
		}
	}
	k, err := statistik.Kontrollera(t.Context(), agare)
	if err != nil || k.Skillnader() != 0 || k.Rader != (statistik.Faktaantal{In: 3, Ut: 2, Svar: 5}) {
		t.Errorf("the facts: %+v (%v)", k, err)
	}
}

// TestARegisterOfBeforeKeepsWhatItHadWhenPlacesAndNumbersBecomeOnesOwn begins with a
// database of before: a försörjning that the facts lost, one that they counted as another,
// codes that were said two things of on one day, two förbund of one organisationsnummer and
// three organisations of Af/FK-samarbetet.
func TestARegisterOfBeforeKeepsWhatItHadWhenPlacesAndNumbersBecomeOnesOwn(t *testing.T) {
	d := storetest.NyMedDatabas(t)
	const namn = "platser_fore"
	if err := d.Kluster.Clone(t.Context(), "template0", namn); err != nil {
		t.Fatal(err)
	}
	defer func() { _ = d.Kluster.Drop(context.Background(), namn) }()
	agare := d.Kluster.URL(pgembed.OwnerRole, namn)
	if err := db.MigrateTo(t.Context(), agare, 26); err != nil {
		t.Fatal(err)
	}
	super, err := sql.Open("pgx", d.Kluster.URL(pgembed.SuperRole, namn))
	if err != nil {
		t.Fatal(err)
	}
	defer super.Close()
	if _, err := super.ExecContext(t.Context(), `
		insert into kodverk (kodverk, kod, giltig_fran, etikett, ordning, bit) values
			('FORSORJNING', 'NY', '2004-01-01', 'Ny', 9, null), ('FORSORJNING', 'NY', '2015-01-01', 'Nyare', 9, null), ('FORSORJNING', 'DELAD', '2004-01-01', 'Delad', 10, 7);
		insert into kodverk (kodverk, kod, giltig_fran, giltig_tom, etikett, ordning) values ('SPRAK', 'xx', '2004-01-01', null, 'Lång', 1), ('SPRAK', 'xx', '2015-01-01', '2016-12-31', 'Kort', 1);
		insert into samverkansorganisation (id, namn, organisationsnummer, samverkansform, beskrivning, startdatum, adress_gata, adress_postnummer, adress_ort,
				adress_telefon, adress_epost, kontakt_namn, kontakt_titel, kontakt_telefon, kontakt_epost, version)
			select gen_random_uuid(), 'Nr ' || n, case when n <= 2 then '2220000018' else '202100552' || n end, case when n <= 2 then 'FINSAM' else 'AF_FK_SAMARBETE' end,
				'', '2008-01-01', '', '', '', '', '', '', '', '', '', 1 from generate_series(1, 5) n order by n;
		insert into organisationsrad (org, giltig_fran, verksamhetsomrade, lan, kommuner) select nr, '0001-01-01', 'OSTER', '03', '{0380}' from samverkansorganisation;
		insert into insats (id, organisation_id, namn, startdatum, beskrivning, inriktning, preciserad_inriktning, deltagarregistrering, insatsanordnare, inmatningsorganisation, version)
			select gen_random_uuid(), id, 'Insats', '2008-01-01', '', 'INDIVIDINRIKTAD', 'REHABILITERING', 'MED_PERSONUPPGIFT_ELLER_ANONYM', '', '', 1
			from samverkansorganisation where namn = 'Nr 1';
		insert into samtycke (id, insats_id, blankett, datum, sprak, satt, registrerat, registrerat_av, version)
			select gen_random_uuid(), id, '9443', '2010-01-01', 'sv', 'SKRIFTLIGT', now(), gen_random_uuid(), 1 from insats;
		insert into deltagande (id, insats_id, samtycke_id, person, startdag, avslutningsdag, oppen, felregistrerad, okopplad, skapad, skapad_av, version)
			select gen_random_uuid(), insats_id, id, 1, '2010-01-01', '2011-02-01', false, false, true, now(), registrerat_av, 1 from samtycke;
		insert into mattillfalle (id, deltagande_id, insats_id, typ, version, dag, utbildningsniva, ar_offentlig_forsorjning, kon, alder, avslutsanledning,
				forsorjning, arbetssokande, arbetar, studerar, registrerad, registrerad_av)
			select gen_random_uuid(), id, insats_id, 'IN', 1, startdag, 'GYMNASIUM', 2, 'MAN', 30, null, array['SA', 'NY'], true, false, false, now(), skapad_av from deltagande
			union all select gen_random_uuid(), id, insats_id, 'UT', 1, avslutningsdag, null, null, null, 31, 'AVSLUT_ENLIGT_PLAN', array['DELAD'], true, false, false, now(), skapad_av from deltagande;
		insert into fakt_in (ar, manad, org, insats, fb, kon, alder, kommun, utb, person, startman, bidragsar, arbete_fore, studier_fore, reg, okopplad, omrade, lan)
			select 2010, 120, o.nr, n.nr, 2, 2, 30, -1, 3, d.person, 120, 2, 0, 0, d.reg, true, p.omrade, p.lan
			from deltagande d join insats n on n.id = d.insats_id join samverkansorganisation o on o.id = n.organisation_id, sus_plats(o.nr, 120::smallint) p;
		insert into fakt_ut (ar, manad, org, insats, fb, fa, kon, alder, kommun, utb, person, startman, bidragsar, arbete_fore, arbete_efter, studier_fore, studier_efter, orsak, reg, okopplad, omrade, lan)
			select 2011, 133, org, insats, fb, 128, kon, 31, kommun, utb, person, startman, bidragsar, 0, 0, 0, 0, 1, reg, true, omrade, lan from fakt_in`); err != nil {
		t.Fatal(err)
	}
	if err := db.Migrera(t.Context(), agare, d.Kluster.URL(pgembed.ServerRole, namn)); err != nil {
		t.Fatal(err)
	}
	for fraga, vill := range map[string]int{
		`select sum(distinct bit) from kodverk where kod = 'NY'`: 8, `select bit from kodverk where kod = 'DELAD'`: 9, `select bit from kodverk where kodverk = 'FORSORJNING' and kod = 'INGEN'`: 7,
		`select fb from fakt_in`: 1<<1 | 1<<8, `select fb from fakt_ut`: 1<<1 | 1<<8, `select fa from fakt_ut`: 1 << 9,
		`select count(*) from samverkansorganisation`: 5,
		`select count(*) from kodverk where kod = 'NY' and (etikett, giltig_tom) is not distinct from ('Ny', date '2014-12-31')`: 1,
		`select count(*) from kodverk where kod = 'NY' and etikett = 'Nyare' and giltig_tom is null`:                             1,
		`select count(*) from kodverk where kod = 'xx' and (etikett = 'Kort') = (giltig_tom is null)`:                            2,
	} {
		if n := storetest.Rakna(t, super, fraga); n != vill {
			t.Errorf("%s: %d, want %d", fraga, n, vill)
		}
	}
	k, err := statistik.Kontrollera(t.Context(), agare)
	if err != nil || k.Skillnader() != 0 || k.Rader.In != 1 || k.Rader.Ut != 1 {
		t.Errorf("the facts: %+v (%v)", k, err)
	}
	// They go on and are corrected; there is no room for one more of either.
	if _, err := super.ExecContext(t.Context(), `update samverkansorganisation set beskrivning = 'Rättad', slutdatum = '2030-12-31'`); err != nil {
		t.Errorf("they cannot be changed: %v", err)
	}
	for vem, vill := range map[string]string{"Nr 1": "samverkansorganisation_organisationsnummer", "Nr 3": "samverkansorganisation_af_fk"} {
		_, err := super.ExecContext(t.Context(), `insert into samverkansorganisation (id, namn, organisationsnummer, samverkansform, beskrivning, startdatum, adress_gata, adress_postnummer, adress_ort,
				adress_telefon, adress_epost, kontakt_namn, kontakt_titel, kontakt_telefon, kontakt_epost, version)
			select gen_random_uuid(), 'En till', organisationsnummer, samverkansform, '', '2020-01-01', '', '', '', '', '', '', '', '', '', 1 from samverkansorganisation where namn = $1`, vem)
		if db.Constraint(err) != vill {
			t.Errorf("one more beside %s: %v", vem, err)
		}
	}
}
