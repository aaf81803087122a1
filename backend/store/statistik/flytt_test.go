package statistik_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"sus/backend/register"
	"sus/backend/store/db"
	"sus/backend/store/statistik"
	"sus/backend/store/storetest"
)

// manader are those of 2009–2012, which the random registrations lie in.
const manader = 48

// plats is where an organisation stood in a month.
type plats struct{ omrade, kommun string }

func manad(n int) register.Datum { return register.NyttDatum(2009, 1+n, 1) }

// borja writes where a new organisation stands in the plain ledger: a value for each
// month and no rows.
func (s *slumpen) borja(org uuid.UUID, p plats) {
	s.t.Helper()
	if len(s.platser) == 0 {
		s.exec(`create table liggare (org uuid, manad text, omrade text, lan text, primary key (org, manad))`)
	}
	var liggare [manader]plats
	for n := range liggare {
		liggare[n] = p
	}
	s.platser[org], s.version[org] = &liggare, 1
	s.skrivLiggaren(org)
}

func (s *slumpen) skrivLiggaren(org uuid.UUID) {
	s.t.Helper()
	var rader []string
	for n, p := range s.platser[org] {
		rader = append(rader, fmt.Sprintf("('%s', '%s', '%s', '%s')", org, manad(n).String()[:7], p.omrade, p.kommun[:2]))
	}
	s.exec(`insert into liggare values ` + strings.Join(rader, ", ") + ` on conflict (org, manad) do update set omrade = excluded.omrade, lan = excluded.lan`)
}

func (s *slumpen) flyttaNagon() {
	s.t.Helper()
	var alla []uuid.UUID
	for org := range s.platser {
		alla = append(alla, org)
	}
	slices.SortFunc(alla, func(a, b uuid.UUID) int { return strings.Compare(s.namn(a), s.namn(b)) }) // the same for the same seed
	s.flytta(alla[s.r.IntN(len(alla))])
}

func (s *slumpen) namn(org uuid.UUID) (namn string) {
	s.t.Helper()
	if err := s.super.QueryRowContext(s.t.Context(), `select namn from samverkansorganisation where id = $1`, org).Scan(&namn); err != nil {
		s.t.Fatal(err)
	}
	return namn
}

// flytta gives an organisation another område, another kommun or both from a random month.
func (s *slumpen) flytta(org uuid.UUID) {
	s.t.Helper()
	s.flyttaFran(org, s.r.IntN(manader), plats{[]string{"OSTER", "VASTER", "NORR"}[s.r.IntN(3)], []string{"0380", "1480", "1980"}[s.r.IntN(3)]})
	s.gjorda["flytt"]++
}

// flyttaFran changes the organisation from a month on through the use case, and the
// ledger beside it: each of the two until it is another already.
func (s *slumpen) flyttaFran(org uuid.UUID, n int, ny plats) {
	s.t.Helper()
	var form, nummer string
	if err := s.super.QueryRowContext(s.t.Context(), `select samverkansform, organisationsnummer from samverkansorganisation where id = $1`, org).Scan(&form, &nummer); err != nil {
		s.t.Fatal(err)
	}
	fran := manad(n)
	o, err := s.store.AndraSamverkansorganisation(s.t.Context(), db.Begaran{Aktor: storetest.Systemforvaltare(), Version: s.version[org]}, org,
		register.Organisationsuppgifter{
			Namn: s.namn(org), Organisationsnummer: nummer, Samverkansform: register.Samverkansform(form), Startdatum: register.NyttDatum(2004, 1, 1),
			Verksamhetsomrade: ny.omrade, Kommuner: []string{ny.kommun}, GallerFran: &fran,
		})
	if err != nil {
		s.t.Fatalf("flytt: %v", err)
	}
	s.version[org] = o.Version // the same as before when it moved nowhere
	liggare := s.platser[org]
	forr := liggare[n]
	for m := n; m < manader && liggare[m].omrade == forr.omrade; m++ {
		liggare[m].omrade = ny.omrade
	}
	for m := n; m < manader && liggare[m].kommun == forr.kommun; m++ {
		liggare[m].kommun = ny.kommun
	}
	s.skrivLiggaren(org)
}

// perManad is how many of the organisation's facts say OSTER and how many of its facts
// say Uppsala län, by month, of those that started in 2009–2012.
func (s *slumpen) perManad(org uuid.UUID) (oster, uppsala [manader]int) {
	s.t.Helper()
	rader, err := s.super.QueryContext(s.t.Context(), `select manad - 108, count(*) filter (where omrade = (select nr from kodverk where kodverk = 'VERKSAMHETSOMRADE' and kod = 'OSTER')),
		count(*) filter (where lan = 3) from fakt_in where org = (select nr from samverkansorganisation where id = $1) group by manad`, org)
	if err != nil {
		s.t.Fatal(err)
	}
	defer rader.Close()
	for rader.Next() {
		var n, o, u int
		if err := rader.Scan(&n, &o, &u); err != nil {
			s.t.Fatal(err)
		}
		oster[n], uppsala[n] = o, u
	}
	if err := rader.Err(); err != nil {
		s.t.Fatal(err)
	}
	return oster, uppsala
}

func TestAMoveMovesExactlyTheMonthsFromItsOwnOn(t *testing.T) {
	s := nySlump(t, 3)
	org := s.nyOrganisation("Flyttad")
	for n := range manader - 12 {
		s.flyttaFran(org, n, plats{"OSTER", "0380"})
	}
	for len(s.av) < 150 {
		s.startaNagon(org)
	}
	alltOster, alltUppsala := s.perManad(org)
	var antal int
	for _, n := range alltOster {
		antal += n
	}
	if antal != len(s.av) || alltOster != alltUppsala {
		t.Fatalf("%d i Öster, %v", antal, alltUppsala)
	}
	s.flyttaFran(org, 30, plats{"NORR", "0380"})
	s.flyttaFran(org, 14, plats{"OSTER", "1980"})
	oster, uppsala := s.perManad(org)
	for n := range manader {
		villOster, villUppsala := alltOster[n], alltUppsala[n]
		if n >= 30 {
			villOster = 0
		}
		if n >= 14 {
			villUppsala = 0
		}
		if oster[n] != villOster || uppsala[n] != villUppsala {
			t.Errorf("%s: %d i Öster och %d i Uppsala län, ville ha %d och %d", manad(n), oster[n], uppsala[n], villOster, villUppsala)
		}
	}
	s.kontrolleraIn(0)

	// A fact that says another place than the rows is found, and moved by rebuilding.
	s.exec(`update fakt_in set omrade = omrade % 4 + 1 where reg = (select min(reg) from fakt_in)`)
	s.kontrolleraIn(2)
	s.exec(`update fakt_in set lan = 1 where reg = (select max(reg) from fakt_in)`)
	s.kontrolleraIn(4)
	if _, err := statistik.ByggOm(t.Context(), s.MigrateURL); err != nil {
		t.Fatal(err)
	}
	s.kontrolleraIn(0)
	if o, u := s.perManad(org); o != oster || u != uppsala {
		t.Error("ombyggda fakta säger annat")
	}
}

func (s *slumpen) kontrolleraIn(skillnader int) {
	s.t.Helper()
	k, err := statistik.Kontrollera(s.t.Context(), s.MigrateURL)
	if err != nil || k.Skillnader() != skillnader || k.Rader.In == 0 {
		s.t.Errorf("kontrollen fann %+v (%v), ville ha %d skillnader", k, err, skillnader)
	}
}

func TestARegistrationThatWaitedForAMoveStandsWhereTheMoveSays(t *testing.T) {
	s := nySlump(t, 4)
	org := s.nyOrganisation("Väntad")
	s.flyttaFran(org, 0, plats{"OSTER", "0380"})
	tx, err := s.super.BeginTx(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = tx.Rollback() }()
	for _, sats := range []string{
		`select from samverkansorganisation where id = $1 for update`,
		`update organisationsrad set verksamhetsomrade = 'NORR', lan = '25' where org = (select nr from samverkansorganisation where id = $1)`,
		`update samverkansorganisation set version = version + 1 where id = $1`,
	} {
		if _, err := tx.ExecContext(t.Context(), sats, org); err != nil {
			t.Fatal(err)
		}
	}
	klar := make(chan struct{})
	go func() {
		defer close(klar)
		for len(s.av) == 0 {
			s.startaNagon(org)
		}
	}()
	for storetest.Rakna(t, s.super, `select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`) == 0 {
		time.Sleep(5 * time.Millisecond)
	}
	if err := tx.Commit(); err != nil {
		t.Fatal(err)
	}
	<-klar
	if n := storetest.Rakna(t, s.super, `select count(*) from fakt_in where lan = 25 and omrade = (select nr from kodverk where kod = 'NORR')`); n != 1 {
		t.Error("faktaraden säger var organisationen stod när registreringen började vänta")
	}
	s.kontrolleraIn(0)
}

func TestFactsAreRightWhenOrganisationsMoveWhileSomebodyRegisters(t *testing.T) {
	s := nySlump(t, storetest.Fro(t, 9))
	org := s.nyOrganisation("Flyttande")
	flyttar := *s
	flyttar.r = rand.New(rand.NewPCG(5, 5))
	flyttar.gjorda = map[string]int{}
	klar := make(chan struct{})
	go func() {
		defer close(klar)
		for range storetest.Bevis(40, 400) {
			flyttar.flytta(org)
		}
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
	s.kontrollera(0)
	for _, u := range s.urval(org) {
		if fel := s.skiljer(u); len(fel) > 0 {
			t.Errorf("%+v:\n%v", u, fel)
		}
	}
}

func TestTheRowsOfAnOrganisationHaveNeitherGapNorOverlap(t *testing.T) {
	l := nyttFaktalage(t)
	for namn, satser := range map[string][]string{
		"overlap":        {`insert into organisationsrad select org, '2010-01-01', null, verksamhetsomrade, lan, kommuner from organisationsrad where giltig_fran = '0001-01-01'`},
		"gap":            {`update organisationsrad set giltig_tom = '2009-12-31'`, `insert into organisationsrad select org, '2010-02-01', null, verksamhetsomrade, lan, kommuner from organisationsrad`},
		"an end":         {`update organisationsrad set giltig_tom = '2009-12-31'`},
		"a beginning":    {`update organisationsrad set giltig_fran = '2009-12-01'`},
		"none at all":    {`delete from organisationsrad`},
		"within a month": {`update organisationsrad set giltig_tom = '2009-12-30'`, `insert into organisationsrad select org, '2009-12-31', null, verksamhetsomrade, lan, kommuner from organisationsrad`},
		"a new one without": {`insert into samverkansorganisation (id, namn, organisationsnummer, samverkansform, beskrivning, startdatum, slutdatum,
			adress_gata, adress_postnummer, adress_ort, adress_telefon, adress_epost, kontakt_namn, kontakt_titel, kontakt_telefon, kontakt_epost, version)
			select gen_random_uuid(), namn, '2220000018', samverkansform, beskrivning, startdatum, slutdatum,
			adress_gata, adress_postnummer, adress_ort, adress_telefon, adress_epost, kontakt_namn, kontakt_titel, kontakt_telefon, kontakt_epost, version from samverkansorganisation limit 1`},
		"": {`update organisationsrad set giltig_tom = '2009-12-31'`, `insert into organisationsrad select org, '2010-01-01', null, verksamhetsomrade, lan, kommuner from organisationsrad`},
	} {
		tx, err := l.super.BeginTx(t.Context(), nil)
		if err != nil {
			t.Fatal(err)
		}
		for _, sats := range satser {
			if err == nil {
				_, err = tx.ExecContext(t.Context(), sats)
			}
		}
		if err == nil {
			err = tx.Commit()
		} else {
			_ = tx.Rollback()
		}
		if namn == "" {
			if err != nil {
				t.Errorf("rader utan lucka: %v", err)
			}
			l.exec(`delete from organisationsrad where giltig_fran <> '0001-01-01'; update organisationsrad set giltig_tom = null`)
		} else if err == nil || !strings.Contains(err.Error(), "organisationsrad") {
			t.Errorf("%s: %v", namn, err)
		}
	}
}
