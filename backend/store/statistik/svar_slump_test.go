package statistik_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/uuid"

	"sus/backend/register"
	"sus/backend/store/db"
	"sus/backend/store/statistik"
	"sus/backend/store/storetest"
)

// nyFraga gives an organisation a random question, from a random day on.
func (s *slumpen) nyFraga(org uuid.UUID) {
	s.t.Helper()
	var q register.Fraga
	_, err := s.store.SkapaFraga(s.t.Context(), storetest.Som(storetest.Aktor(register.RollSamverkansadministrator, org)), org,
		s.frageuppgifter(fmt.Sprintf("Fråga %d", len(s.fragor[org])+1)), func(ny register.Fraga) (db.Svar, error) {
			q = ny
			return db.Svar{Status: 201}, nil
		})
	if s.utfort("fråga", err) {
		s.fragor[org] = append(s.fragor[org], q)
	}
}

func (s *slumpen) frageuppgifter(namn string) register.Frageuppgifter {
	fran := s.dag(register.NyttDatum(2008, 7, 1), register.NyttDatum(2010, 12, 31))
	in := register.Frageuppgifter{Namn: namn, Innehall: "Vad har hjälpt dig?", Period: register.Period{Fran: fran}, VidIn: s.r.IntN(3) > 0}
	in.VidUt = !in.VidIn || s.r.IntN(2) == 0
	if s.r.IntN(3) == 0 {
		tom := fran.Plus(s.r.IntN(600))
		in.Tom = &tom
	}
	noll, nio, fem := 0, 9, 5
	in.Svarstyp = []register.Svarstyp{register.SvarEnval, register.SvarFlerval, register.SvarJaNej, register.SvarHeltal, register.SvarSkala}[s.r.IntN(5)]
	switch in.Svarstyp {
	case register.SvarEnval, register.SvarFlerval:
		in.Etiketter = []string{"Samtal", "Praktik", "Studier"}
		s.r.Shuffle(3, func(i, j int) { in.Etiketter[i], in.Etiketter[j] = in.Etiketter[j], in.Etiketter[i] })
	case register.SvarHeltal:
		in.Minst, in.Hogst = &noll, &nio
	case register.SvarSkala:
		in.Steg = &fem
	}
	return in
}

// andraFraga writes a random question of an organisation anew, or moves its last day.
func (s *slumpen) andraFraga(org uuid.UUID) {
	s.t.Helper()
	if len(s.fragor[org]) == 0 {
		return
	}
	q := &s.fragor[org][s.r.IntN(len(s.fragor[org]))]
	in := s.frageuppgifter(q.Namn)
	if s.r.IntN(2) == 0 { // which an answered one takes too
		tom := s.dag(register.NyttDatum(2011, 1, 1), register.NyttDatum(2012, 12, 31))
		in = register.Frageuppgifter{Namn: q.Namn, Innehall: q.Innehall, Period: register.Period{Fran: q.Fran, Tom: &tom}, Svarstyp: q.Svarstyp, VidIn: q.VidIn, VidUt: q.VidUt}
		switch q.Svarstyp {
		case register.SvarEnval, register.SvarFlerval:
			for _, a := range q.Alternativ {
				in.Etiketter = append(in.Etiketter, a.Etikett)
			}
		case register.SvarHeltal:
			in.Minst, in.Hogst = q.Minst, q.Hogst
		case register.SvarSkala:
			in.Steg = q.Hogst
		}
	}
	ny, err := s.store.AndraFraga(s.t.Context(), db.Begaran{Aktor: storetest.Aktor(register.RollSamverkansadministrator, org), Version: q.Version}, q.ID, in)
	if s.utfort("ändrad fråga", err) {
		*q = ny
	}
}

// svaren is random answers at a measurement in an insats, nil for what stands.
func (s *slumpen) svaren(insats uuid.UUID, typ register.Matningstyp, dag register.Datum) []register.Fragesvar {
	if s.r.IntN(4) == 0 {
		return nil
	}
	svar := []register.Fragesvar{}
	for _, q := range register.FragorAttStalla(s.fragor[s.orgAv(insats)], typ, dag) {
		if s.r.IntN(3) == 0 {
			continue
		}
		ett := register.Fragesvar{FragaID: q.ID}
		if q.Svarstyp.MedTal() {
			n := *q.Minst + s.r.IntN(*q.Hogst-*q.Minst+1)
			ett.Tal = &n
		} else {
			plats := s.r.Perm(len(q.Alternativ))
			antal := 1
			if q.Svarstyp == register.SvarFlerval {
				antal += s.r.IntN(len(plats))
			}
			for _, n := range plats[:antal] {
				ett.Koder = append(ett.Koder, q.Alternativ[n].Kod)
			}
		}
		svar = append(svar, ett)
	}
	return svar
}

// orgAv is the one organisation that has the insats.
func (s *slumpen) orgAv(insats uuid.UUID) uuid.UUID {
	for org, par := range s.insats {
		if slices.Contains(par[:], insats) {
			return org
		}
	}
	return uuid.Nil
}

// andraInsats makes a random insats of the organisation about something else from a random month.
func (s *slumpen) andraInsats(org uuid.UUID) {
	s.t.Helper()
	insats := s.insats[org][s.r.IntN(2)]
	fran := manad(s.r.IntN(manader))
	in := register.Insatsuppgifter{Namn: "Slumpad", Startdatum: register.NyttDatum(2004, 1, 1), Inriktning: register.InriktningIndivid, GallerFran: &fran,
		PreciseradInriktning: []string{"REHABILITERING", "FORBEREDANDE", "KARTLAGGNING_INDIVID", "FOREBYGGANDE"}[s.r.IntN(4)]}
	for _, kod := range []string{"KVINNOR", "MAN", "UNGA", "MISSBRUK"} {
		if s.r.IntN(2) == 0 {
			in.Malgrupper = append(in.Malgrupper, kod)
		}
	}
	ny, err := s.store.AndraInsats(s.t.Context(), db.Begaran{Aktor: storetest.Aktor(register.RollSamverkansadministrator, org), Version: max(1, s.version[insats])}, insats, in)
	if s.utfort("ändrad insats", err) {
		s.version[insats] = ny.Version
	}
}

// enAvVarje is one of every change of what the facts are reckoned from beside the registrations.
func (s *slumpen) enAvVarje(org uuid.UUID) {
	s.t.Helper()
	s.flytta(org)
	s.andraInsats(org)
	s.andraFraga(org)
	if len(s.fragor[org]) < 6 {
		s.nyFraga(org)
	}
}

// allaFakta is every row of the facts as text, for «the same again».
func (s *slumpen) allaFakta() (svar string) {
	s.t.Helper()
	if err := s.super.QueryRowContext(s.t.Context(), `select md5(string_agg(r, e'\n' order by r)) from (
		select 'in ' || f as r from fakt_in f union all select 'ut ' || f from fakt_ut f union all select 'svar ' || f from fakt_svar f) x`).Scan(&svar); err != nil {
		s.t.Fatal(err)
	}
	return svar
}

func TestFactsSayWhatWasAskedAndWhatTheInsatsWasAbout(t *testing.T) {
	s := nySlump(t, storetest.Fro(t, 41))
	for n := range storetest.Bevis(4, 60) {
		org := s.nyOrganisation(fmt.Sprintf("Frågar %d", n+1))
		s.nyFraga(org)
		for range 20 {
			s.startaNagon(org)
		}
		for gjorda := 0; gjorda < 50; {
			if s.r.IntN(6) == 0 {
				s.enAvVarje(org)
			}
			if s.andraNagon() {
				gjorda++
			}
		}
	}
	s.kontrollera(0)
	t.Log(s.gjorda)
	for _, vad := range []string{"fråga", "ändrad fråga", "ändrad insats", "flytt", "felregistrering", "återkallelse", "rättad utregistrering"} {
		if s.gjorda[vad] < 5 {
			t.Errorf("bara %d %s: slumpen prövar för lite", s.gjorda[vad], vad)
		}
	}
	for vad, fraga := range map[string]string{
		"obesvarade": `select count(*) from fakt_svar where svar = -1`, "svar vid in": `select count(*) from fakt_svar where svar >= 0 and matt = 0`,
		"svar vid ut": `select count(*) from fakt_svar where svar >= 0 and matt = 1`, "målgrupper": `select count(distinct malgrupp) from fakt_ut`,
		"preciserade": `select count(distinct preciserad) from fakt_in`, "arbetstyper": `select count(distinct arbetstyp_efter) from fakt_ut`,
	} {
		if n := storetest.Rakna(t, s.super, fraga); n < 4 {
			t.Errorf("bara %d %s", n, vad)
		}
	}
	fore := s.allaFakta()
	if _, err := statistik.ByggOm(t.Context(), s.MigrateURL); err != nil {
		t.Fatal(err)
	}
	if s.allaFakta() != fore {
		t.Error("ombyggda fakta säger annat")
	}
}

// TestAWrongNumberInAnyColumnIsFound spoils each column of a table in a row of its own, all
// but p_*, which are of sums that are not yet.
func TestAWrongNumberInAnyColumnIsFound(t *testing.T) {
	s := nySlump(t, 42)
	org := s.nyOrganisation("Spolierad")
	for range 3 {
		s.nyFraga(org)
	}
	for s.gjorda["utregistrering"] < 32 {
		s.startaNagon(org)
		d := s.av[len(s.av)-1]
		ut := s.utregistrering(d.samtycke.InsatsID, d.startdag)
		if d.slutdag != nil || ut.Avslutsanledning == "FELREGISTRERING" {
			continue
		}
		_, err := s.store.SkrivUt(t.Context(), storetest.Som(s.a), d.id, ut, func(ny register.Deltagande) (db.Svar, error) {
			s.av[len(s.av)-1].slutdag = ny.Avslutningsdag
			return db.Svar{Status: 201}, nil
		})
		s.utfort("utregistrering", err)
	}
	s.kontrollera(0)
	skillnader := 0
	for _, tabell := range []struct {
		namn     string
		kolumner int
	}{{"fakt_in", 24}, {"fakt_ut", 30}, {"fakt_svar", 13}} {
		var kolumner int
		if err := s.super.QueryRowContext(t.Context(), `select count(*) from pg_attribute where attrelid = $1::regclass and attnum > 0 and not attisdropped and attname not like 'p\_%'`,
			tabell.namn).Scan(&kolumner); err != nil {
			t.Fatal(err)
		}
		if kolumner != tabell.kolumner || storetest.Rakna(t, s.super, `select count(*) from `+tabell.namn) < kolumner {
			t.Fatalf("%s har %d kolumner, eller färre rader", tabell.namn, kolumner)
		}
		s.exec(`do $$
			declare
				k record;
			begin
				create temporary table rad on commit drop as select tableoid as t, ctid as c, row_number() over () as n from ` + tabell.namn + `;
				for k in select attname, atttypid = 'boolean'::regtype as janej, row_number() over (order by attnum) as n
						from pg_attribute where attrelid = '` + tabell.namn + `'::regclass and attnum > 0 and not attisdropped and attname not like 'p\_%' loop
					execute format('update ` + tabell.namn + ` f set %I = %s from rad where rad.n = %s and f.tableoid = rad.t and f.ctid = rad.c', k.attname,
						format(case when k.janej then 'not %I' else '%I - 1000' end, k.attname), k.n);
				end loop;
			end $$`)
		skillnader += 2 * kolumner
	}
	s.kontrollera(skillnader)
}

func TestFactsAreRightWhenQuestionsAndInsatserChangeWhileSomebodyRegisters(t *testing.T) {
	s := nySlump(t, storetest.Fro(t, 43))
	org := s.nyOrganisation("Ändrande")
	s.nyFraga(org)
	andrar := *s
	andrar.r = rand.New(rand.NewPCG(6, 6))
	andrar.gjorda = map[string]int{}
	andrar.fragor = map[uuid.UUID][]register.Fraga{org: slices.Clone(s.fragor[org])}
	s.fragor = nil // whoever registers answers none: one that is rewritten meanwhile would refuse the answers
	klar := make(chan struct{})
	go func() {
		defer close(klar)
		for range storetest.Bevis(25, 250) {
			andrar.enAvVarje(org)
		}
	}()
	ombyggd := make(chan error, 1)
	go func() {
		_, err := statistik.ByggOm(t.Context(), s.MigrateURL)
		ombyggd <- err
	}()
	for pagar := true; pagar; {
		s.startaNagon(org)
		s.andraNagon()
		select {
		case <-klar:
			pagar = false
		default:
		}
	}
	if err := <-ombyggd; err != nil {
		t.Error(err)
	}
	s.kontrollera(0)
}
