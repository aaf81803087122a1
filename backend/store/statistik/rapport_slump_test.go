package statistik_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"sus/backend/export"
	"sus/backend/rapport"
	"sus/backend/rapport/rapporttest"
	"sus/backend/register"
	"sus/backend/store"
	"sus/backend/store/db"
	"sus/backend/store/statistik"
	"sus/backend/store/storetest"
)

// slumpen makes random registrations and changes of them through the use cases.
// It holds no opinion of its own about figures.
type slumpen struct {
	*faktalage
	r      *rand.Rand
	a      register.Aktor
	store  *store.Store
	nummer []register.Personnummer
	av     []slumpat // every deltagande that can still be changed
	gjorda map[string]int

	platser map[uuid.UUID]*[manader]plats  // the plain ledger of where each organisation stood
	version map[uuid.UUID]int              // of organisations and insatser
	fragor  map[uuid.UUID][]register.Fraga // of each organisation, as they stand
}

type slumpat struct {
	samtycke register.Samtycke
	id       uuid.UUID
	version  int
	startdag register.Datum
	slutdag  *register.Datum
}

var slumpensIdag = register.NyttDatum(2012, 6, 1)

// testnummer is valid test numbers (serial 238 or 239), drawn from a century of birthdays.
func testnummer(t *testing.T, r *rand.Rand, antal int) []register.Personnummer {
	t.Helper()
	var svar []register.Personnummer
	for len(svar) < antal {
		siffror := fmt.Sprintf("%04d%02d%02d%d", 1945+r.IntN(50), 1+r.IntN(12), 1+r.IntN(12), 238+r.IntN(2))
		for sista := range 10 {
			p, err := register.ParsePersonnummer(fmt.Sprintf("%s%d", siffror, sista), slumpensIdag)
			if err == nil {
				svar = append(svar, p)
			}
		}
	}
	return svar
}

func nySlump(t *testing.T, fro uint64) *slumpen {
	l := nyttFaktalage(t)
	r := rand.New(rand.NewPCG(fro, 0))
	nu := slumpensIdag.Tid().Add(10 * time.Hour)
	return &slumpen{
		faktalage: l, r: r, store: l.Vid(func() time.Time { return nu }), nummer: testnummer(t, r, 500), gjorda: map[string]int{},
		platser: map[uuid.UUID]*[manader]plats{}, version: map[uuid.UUID]int{}, fragor: map[uuid.UUID][]register.Fraga{},
		a: register.Aktor{ID: uuid.New(), Roller: []register.Roll{register.RollDeltagaransvarig}},
	}
}

// nyOrganisation adds an organisation with two insatser that the Aktor registers in.
func (s *slumpen) nyOrganisation(namn string) uuid.UUID {
	s.t.Helper()
	form := []register.Samverkansform{register.FormFinsam, register.FormFinsam, register.FormTvapartsfinsam}[s.r.IntN(3)]
	borjan := plats{[]string{"OSTER", "VASTER"}[s.r.IntN(2)], []string{"03", "14"}[s.r.IntN(2)] + "80"}
	org := s.organisation(namn, form, borjan.omrade, borjan.kommun[:2])
	s.borja(org, borjan)
	for _, insats := range s.insats[org] {
		s.a.Uppdrag = append(s.a.Uppdrag, register.Uppdrag{Roll: register.RollDeltagaransvarig, OrganisationID: org, InsatsID: insats})
	}
	return org
}

func (s *slumpen) dag(fran, till register.Datum) register.Datum {
	return fran.Plus(s.r.IntN(fran.DagarTill(till) + 1))
}

func (s *slumpen) sysselsattning() register.Sysselsattning {
	koder := []string{"SJUKPENNING", "SA", "A_KASSA", "AKTIVITETSSTOD", "FORSORJNINGSSTOD", "STUDIESTOD", "ANNAN"}
	svar := register.Sysselsattning{Forsorjning: []string{"INGEN"}, Arbetssokande: s.r.IntN(2) == 0}
	if s.r.IntN(6) > 0 {
		s.r.Shuffle(len(koder), func(i, j int) { koder[i], koder[j] = koder[j], koder[i] })
		svar.Forsorjning = koder[:1+min(s.r.IntN(4), s.r.IntN(4))]
	}
	if s.r.IntN(3) == 0 {
		procent := 1 + s.r.IntN(100)
		svar.Arbetar, svar.ArbetarProcent, svar.Arbetstyper = true, &procent, slices.Clone(register.Arbetstyper)
		s.r.Shuffle(3, func(i, j int) {
			svar.Arbetstyper[i], svar.Arbetstyper[j] = svar.Arbetstyper[j], svar.Arbetstyper[i]
		})
		svar.Arbetstyper = svar.Arbetstyper[:1+s.r.IntN(3)]
	}
	if s.r.IntN(3) == 0 {
		procent := 1 + s.r.IntN(100)
		svar.Studerar, svar.StuderarProcent = true, &procent
	}
	return svar
}

func (s *slumpen) inregistrering(c register.Samtycke, startdag register.Datum) register.Inregistrering {
	return register.Inregistrering{
		InsatsID: c.InsatsID, SamtyckeID: c.ID, Startdag: startdag,
		Utbildningsniva:        []string{"EJ_GRUNDSKOLA", "GRUNDSKOLA", "GYMNASIUM", "EFTERGYMNASIAL"}[s.r.IntN(4)],
		ArOffentligForsorjning: s.r.IntN(20), Fore: s.sysselsattning(), Svar: s.svaren(c.InsatsID, register.MatningIn, startdag),
	}
}

func (s *slumpen) utregistrering(insats uuid.UUID, startdag register.Datum) register.Utregistrering {
	ut := register.Utregistrering{Avslutningsdag: s.dag(startdag, register.NyttDatum(2012, 3, 31))}
	switch s.r.IntN(10) {
	case 0:
		ut.Avslutsanledning = "FELREGISTRERING"
	case 1, 2, 3:
		ut.Avslutsanledning = []string{"FLYTT", "SJUKDOM", "AVLIDEN", "ANNAN"}[s.r.IntN(4)]
	default:
		ut.Avslutsanledning = []string{"AVSLUT_ENLIGT_PLAN", "FORTSATT_REHABILITERING"}[s.r.IntN(2)]
		efter := s.sysselsattning()
		ut.Efter, ut.Svar = &efter, s.svaren(insats, register.MatningUt, ut.Avslutningsdag)
	}
	return ut
}

// utfort is false when a rule refused; anything else than a refusal fails the test.
func (s *slumpen) utfort(vad string, err error) bool {
	s.t.Helper()
	var vagran *register.Error
	switch {
	case err == nil:
		s.gjorda[vad]++
		return true
	case errors.As(err, &vagran) && vagran.Kod == register.KodKonflikt:
		return false
	}
	s.t.Fatalf("%s: %v", vad, err)
	return false
}

// startaNagon gives a random person a samtycke and a deltagande in a random insats of org.
func (s *slumpen) startaNagon(org uuid.UUID) {
	s.t.Helper()
	ctx := s.t.Context()
	var c register.Samtycke
	_, err := s.store.SkapaSamtycke(ctx, storetest.Som(s.a), register.NyttSamtycke{
		InsatsID: s.insats[org][s.r.IntN(2)], Personnummer: s.nummer[s.r.IntN(len(s.nummer))],
		Blankett: "9442", Datum: register.NyttDatum(2009, 1, 1), Sprak: "sv", Satt: register.SattSkriftligt,
	}, register.Folkbokforingspost{
		Hittad: true, Namn: "Test Testsson", Kommun: []string{"0380", "0305", "1470"}[s.r.IntN(3)], Skydd: register.SkyddInget, Uppslagen: s.store.Nu(),
	}, func(ny store.SamtyckeMedIdentitet) (db.Svar, error) {
		c = ny.Samtycke
		return db.Svar{Status: 201}, nil
	})
	if !s.utfort("samtycke", err) {
		return
	}
	in := s.inregistrering(c, s.dag(register.NyttDatum(2009, 1, 1), register.NyttDatum(2011, 12, 31)))
	var d register.Deltagande
	_, err = s.store.SkrivIn(ctx, storetest.Som(s.a), in, nil, func(ny register.Deltagande) (db.Svar, error) {
		d = ny
		return db.Svar{Status: 201}, nil
	})
	if s.utfort("inregistrering", err) {
		s.av = append(s.av, slumpat{samtycke: c, id: d.ID, version: d.Version, startdag: d.Startdag})
	}
}

// raknaNagra registers anonyma in a random insats of org.
func (s *slumpen) raknaNagra(org uuid.UUID) {
	s.t.Helper()
	in := register.Anonymregistrering{Inregistreringsar: 2009 + s.r.IntN(3), AntalKvinnor: s.r.IntN(4), AntalMan: 1 + s.r.IntN(4)}
	_, err := s.store.SkapaAnonyma(s.t.Context(), storetest.Som(s.a), s.insats[org][s.r.IntN(2)], in, func(register.Anonyma) (db.Svar, error) {
		return db.Svar{Status: 201}, nil
	})
	s.utfort("anonyma", err)
}

// andraNagon makes one random change: an exit, a correction, a felregistrering or a withdrawal.
func (s *slumpen) andraNagon() bool {
	s.t.Helper()
	i := s.r.IntN(len(s.av))
	d, ctx := &s.av[i], s.t.Context()
	rattat := func(ny register.Deltagande) {
		d.version, d.startdag, d.slutdag = ny.Version, ny.Startdag, ny.Avslutningsdag
	}
	switch val := s.r.IntN(20); {
	case val == 0:
		_, err := s.store.Aterkalla(ctx, storetest.Som(s.a), d.samtycke.ID, func(store.Aterkallad) (db.Svar, error) {
			return db.Svar{Status: 201}, nil
		})
		if !s.utfort("återkallelse", err) {
			return false
		}
		s.av = slices.Delete(s.av, i, i+1)
		return true
	case val < 8:
		sista := register.NyttDatum(2011, 12, 31)
		if d.slutdag != nil && d.slutdag.Fore(sista) {
			sista = *d.slutdag
		}
		in := s.inregistrering(d.samtycke, s.dag(register.NyttDatum(2009, 1, 1), sista))
		ny, err := s.store.RattaIn(ctx, db.Begaran{Aktor: s.a, Version: d.version}, d.id, in, "Fel uppgift.")
		if err == nil {
			rattat(ny)
		}
		return s.utfort("rättad inregistrering", err)
	case d.slutdag == nil:
		_, err := s.store.SkrivUt(ctx, storetest.Som(s.a), d.id, s.utregistrering(d.samtycke.InsatsID, d.startdag), func(ny register.Deltagande) (db.Svar, error) {
			rattat(ny)
			return db.Svar{Status: 201}, nil
		})
		return s.utfort("utregistrering", err)
	default:
		ut := s.utregistrering(d.samtycke.InsatsID, d.startdag)
		ny, err := s.store.RattaUt(ctx, db.Begaran{Aktor: s.a, Version: d.version}, d.id, ut, "Fel uppgift.")
		if err == nil {
			rattat(ny)
		}
		if ut.Avslutsanledning == "FELREGISTRERING" {
			return s.utfort("felregistrering", err)
		}
		return s.utfort("rättad utregistrering", err)
	}
}

// rakning is the report reckoned plainly: over the registration tables, by the
// latest measurement of each, with every person told by the blind index of the
// number and not by the key of the facts.
const rakning = `
with senaste as (
	select m.* from mattillfalle m
	where not exists (select from mattillfalle n where n.deltagande_id = m.deltagande_id and n.typ = m.typ and n.version > m.version)
), d as (
	select ini.dag as start, ini.forsorjning as fore, ut.dag as slut, ut.forsorjning as efter, ut.arbetssokande is null as utan, o.id as org, i.samtycke_id is null as borta,
		coalesce(encode(i.blindindex, 'hex'), d.id::text) as person
	from deltagande d
	join insats n on n.id = d.insats_id
	join samverkansorganisation o on o.id = n.organisation_id
	join senaste ini on ini.deltagande_id = d.id and ini.typ = 'IN'
	left join senaste ut on ut.deltagande_id = d.id and ut.typ = 'UT'
	left join identitet i on i.samtycke_id = d.samtycke_id
	where o.samverkansform = $2
		and ($5 = '' or o.id::text = $5) and ($6 = '' or n.id::text = $6) and ($7 = '' or ini.kon = $7)
		and (ut.avslutsanledning is null or not exists (select from kodverk k
			where k.kodverk = 'AVSLUTSANLEDNING' and k.kod = ut.avslutsanledning and k.utesluts))
), dar as (select org, manad from liggare where ($3 = '' or omrade = $3) and ($4 = '' or lan = $4)),
	startade as (select d.* from d where to_char(start, 'YYYY') = $1 and (org, to_char(start, 'YYYY-MM')) in (select org, manad from dar)),
	slutade as (select d.* from d where to_char(slut, 'YYYY') = $1 and (org, to_char(slut, 'YYYY-MM')) in (select org, manad from dar)),
	matta as (select * from slutade where not utan)
select '', (select count(*) from startade), (select count(distinct person) from startade),
	(select count(*) from slutade), (select count(distinct person) from slutade), (select count(*) from slutade where utan),
	(select count(*) from matta), (select count(*) from startade where borta), (select count(*) from slutade where borta),
	(select coalesce(sum(case $7 when 'KVINNA' then a.antal_kvinnor when 'MAN' then a.antal_man else a.antal_kvinnor + a.antal_man end), 0)
		from anonyma a join insats n on n.id = a.insats_id join samverkansorganisation o on o.id = n.organisation_id
		where a.inregistreringsar::text = $1 and o.samverkansform = $2 and ($5 = '' or o.id::text = $5) and ($6 = '' or n.id::text = $6)
		and (o.id, $1 || '-12') in (select org, manad from dar))
union all
select k.kod, (select count(*) from startade where k.kod = any (fore)), 0,
	(select count(*) from slutade where k.kod = any (fore)), (select count(*) from slutade where k.kod = any (efter)), 0,
	(select count(*) from matta where k.kod = any (fore)),
	(select count(*) from matta where k.kod = any (fore) and k.kod <> all (efter)),
	(select count(*) from matta where k.kod <> all (fore) and k.kod = any (efter)),
	(select count(*) from matta where k.kod = any (fore) and k.kod = any (efter))
from kodverk k where k.kodverk = 'FORSORJNING'`

// skiljer compares a report with the plain reckoning, cell by cell.
func (s *slumpen) skiljer(u rapport.Urval) []string {
	s.t.Helper()
	resultat := s.resultat("deltagarrapport", "forsorjning", u)
	r := rapporttest.BokAv(s.t, resultat)
	rader, err := s.super.QueryContext(s.t.Context(), rakning, u.Tid.Kod(), string(u.Samverkansform), enda(u.Verksamhetsomraden), enda(u.Lan),
		enda(u.Organisationer), enda(u.Insatser), enda(u.Kon))
	if err != nil {
		s.t.Fatal(err)
	}
	defer rader.Close()
	vill := map[string][9]int{}
	for rader.Next() {
		var kod string
		var n [9]int
		if err := rader.Scan(&kod, &n[0], &n[1], &n[2], &n[3], &n[4], &n[5], &n[6], &n[7], &n[8]); err != nil {
			s.t.Fatal(err)
		}
		vill[kod] = n
	}
	if err := rader.Err(); err != nil {
		s.t.Fatal(err)
	}
	tackning := map[string]int{}
	for _, rad := range r.Tackning.Rader {
		tackning[rad.Kod] = *rad.Antal
	}
	fick := map[string][9]int{"": {r.Start.Antal, r.Start.Unika, r.Slut.Antal, r.Slut.Unika, r.Slut.UtanMatning, r.Slut.Matta,
		tackning["UTAN_PERSON_START"], tackning["UTAN_PERSON_SLUT"], tackning["ANONYMA"]}}
	for i, rad := range r.Start.Rader {
		ut := r.Slut.Rader[i]
		fick[rad.Kod] = [9]int{rad.Antal, 0, ut.AntalFore, ut.AntalEfter, 0, ut.AntalForeMatta, ut.Lamnat, ut.Tillkommit, ut.Kvar}
	}
	fel := s.filerSkiljer(resultat, vill)
	if len(fick) != len(vill) {
		fel = append(fel, fmt.Sprintf("%d rader, ville ha %d", len(fick), len(vill)))
	}
	for kod, n := range vill {
		if fick[kod] != n {
			fel = append(fel, fmt.Sprintf("%q: fick %v, ville ha %v", kod, fick[kod], n))
		}
	}
	return fel
}

// enda is the one value of a filter, "" of one that was not chosen.
func enda[T ~string | uuid.UUID](varden []T) string {
	if len(varden) == 0 {
		return ""
	}
	return fmt.Sprint(varden[0])
}

// filerSkiljer compares the files of a report with the plain reckoning of its codes:
// every cell of CSV data and JSON-stat, and the table among those measured in excel-sv.
func (s *slumpen) filerSkiljer(r *rapport.Resultat, vill map[string][9]int) []string {
	s.t.Helper()
	alla, bok, period := vill[""], rapporttest.BokAv(s.t, r), r.Urval.Tid.Kod()
	var data, tryckt []string
	var varden []float64
	for _, m := range []struct {
		matning        string
		plats, namnare int
	}{{"START", 0, alla[0]}, {"FORE", 2, alla[2]}, {"EFTER", 3, alla[2]}, {"FORE_MATTA", 5, alla[5]}, {"EFTER_MATTA", 3, alla[5]},
		{"LAMNAT", 6, alla[5]}, {"TILLKOMMIT", 7, alla[5]}, {"KVAR", 8, alla[5]}} {
		for _, rad := range bok.Start.Rader {
			n := vill[rad.Kod][m.plats]
			data = append(data, fmt.Sprintf("%s,%s,%s,%d,%d", period, m.matning, rad.Kod, n, m.namnare))
			varden = append(varden, float64(n))
		}
	}
	tackning := map[string]int{"MED_PERSONUPPGIFT": alla[0], "ANONYMA": alla[8], "VOLYM": 0, "UTAN_PERSON_START": alla[6], "UTAN_PERSON_SLUT": alla[7]}
	raknas := map[string]map[string]int{"START": {"antal": alla[0], "unika": alla[1]}, "SLUT": {"antal": alla[2], "unika": alla[3], "utanMatning": alla[4]}, "MATTA": {"antal": alla[5]}}
	var fel []string
	for i, rad := range []struct {
		kod     string
		namnare int
	}{{"MED_PERSONUPPGIFT", alla[0] + alla[8]}, {"ANONYMA", alla[0] + alla[8]}, {"VOLYM", alla[0] + alla[8]}, {"UTAN_PERSON_START", alla[0]}, {"UTAN_PERSON_SLUT", alla[2]}} {
		if fick := bok.Tackning.Rader[i]; fick.Kod != rad.kod || *fick.Antal != tackning[rad.kod] || *fick.Namnare != rad.namnare {
			fel = append(fel, fmt.Sprintf("täckning: fick %s %d av %d, ville ha %d av %d", fick.Kod, *fick.Antal, *fick.Namnare, tackning[rad.kod], rad.namnare))
		}
	}
	if fick := strings.Split(strings.TrimSpace(string(export.DataCSV(r.Data()))), "\n")[1:]; !slices.Equal(fick, data) {
		fel = append(fel, fmt.Sprintf("data: fick %v, ville ha %v", fick, data))
	}
	b, err := export.JSONStat(r.Data())
	if err != nil {
		s.t.Fatal(err)
	}
	var stat struct {
		Value     []float64
		Extension bredvid
	}
	if err := json.Unmarshal(b, &stat); err != nil {
		s.t.Fatal(err)
	}
	if !slices.Equal(stat.Value, varden) || !stat.Extension.lika(raknas, tackning) {
		fel = append(fel, fmt.Sprintf("json-stat: fick %v, ville ha %v, %v och %v", stat, varden, raknas, tackning))
	}
	if b, err = export.CSVW(r, "data"); err != nil {
		s.t.Fatal(err)
	}
	var csvw struct{ Notes []bredvid }
	if err := json.Unmarshal(b, &csvw); err != nil {
		s.t.Fatal(err)
	}
	if !csvw.Notes[0].lika(raknas, tackning) {
		fel = append(fel, fmt.Sprintf("csvw: fick %v, ville ha %v och %v", csvw, raknas, tackning))
	}
	blankt := func(n int, enhet string) string {
		if n == 0 {
			return ""
		}
		return fmt.Sprint(n) + enhet
	}
	andel := func(n, av int) string { // half away from zero, in floating point: the report reckons in integers
		if n == 0 || av == 0 {
			return ""
		}
		return fmt.Sprintf("%.0f%%", math.Round(1e9*100*float64(n)/float64(av))/1e9+math.Copysign(1e-6, float64(n)))
	}
	for _, rad := range bok.Start.Rader {
		n := vill[rad.Kod]
		fore, efter := n[5], n[3]
		if fore == 0 && efter == 0 {
			continue
		}
		tryckt = append(tryckt, strings.Join([]string{rad.Etikett, blankt(fore, ""), andel(fore, alla[5]), blankt(efter, ""), andel(efter, alla[5]),
			blankt(efter-fore, ""), andel(efter-fore, fore), blankt(n[6], ""), blankt(n[7], ""), blankt(n[8], "")}, ";"))
	}
	_, sist, _ := strings.Cut(string(export.ExcelSv(r.TrycktTabell())), "\r\nVad som räknas;Antal\r\n")
	if ville := fmt.Sprintf(`Deltagare med personuppgift som startat under året;%d
Anonyma deltagare som påbörjat insatsen under året;%d
Deltagare som bara räknats (volym);0
Startade deltaganden som inte längre leder till en person;%d
Avslutade deltaganden som inte längre leder till en person;%d
`, alla[0], alla[8], alla[6], alla[7]); strings.ReplaceAll(sist, "\r", "") != ville {
		fel = append(fel, fmt.Sprintf("excel-sv: fick %q, ville ha %q", sist, ville))
	}
	_, under, _ := strings.Cut(string(export.ExcelSv(r.TrycktTabell())), "\r\nBland dem som mätts: ")
	_, under, finns := strings.Cut(under, ";Lämnat;Tillkommit;Kvar\r\n")
	under, _, _ = strings.Cut(under, "\r\nTäckning\r\n")
	if fick := strings.TrimSuffix(under, "\r\n"); !finns || fick != strings.Join(tryckt, "\r\n") {
		fel = append(fel, fmt.Sprintf("excel-sv: fick %q, ville ha %q", fick, tryckt))
	}
	return fel
}

// bredvid is what the formats for machines have beside the cells.
type bredvid struct {
	Tal      map[string]map[string]int
	Tackning map[string]int
}

func (b bredvid) lika(tal map[string]map[string]int, tackning map[string]int) bool {
	return maps.EqualFunc(b.Tal, tal, maps.Equal) && maps.Equal(b.Tackning, tackning)
}

// urval is every combination worth asking about one data set.
func (s *slumpen) urval(org uuid.UUID) []rapport.Urval {
	var form string
	if err := s.super.QueryRowContext(s.t.Context(), `select samverkansform from samverkansorganisation where id = $1`, org).Scan(&form); err != nil {
		s.t.Fatal(err)
	}
	var svar []rapport.Urval
	for _, ar := range []int{2009, 2010, 2011, 2012} {
		u := rapport.Urval{Samverkansform: register.Samverkansform(form), Tid: rapport.Budgetar(ar)}
		svar = append(svar, u)
		for _, andra := range []func(*rapport.Urval){
			func(u *rapport.Urval) { u.Organisationer = []uuid.UUID{org} },
			func(u *rapport.Urval) { u.Insatser = []uuid.UUID{s.insats[org][0]} },
			func(u *rapport.Urval) { u.Organisationer, u.Kon = []uuid.UUID{org}, []register.Kon{register.KonKvinna} },
			func(u *rapport.Urval) {
				u.Verksamhetsomraden, u.Kon = []string{"OSTER"}, []register.Kon{register.KonMan}
			},
			func(u *rapport.Urval) { u.Lan = []string{"03"} },
			func(u *rapport.Urval) { u.Lan, u.Verksamhetsomraden = []string{"14"}, []string{"VASTER"} },
			func(u *rapport.Urval) {
				u.Organisationer, u.Lan = []uuid.UUID{org}, []string{s.platser[org][12*(ar-2009)+s.r.IntN(12)].kommun[:2]}
			},
			func(u *rapport.Urval) {
				u.Insatser, u.Verksamhetsomraden = []uuid.UUID{s.insats[org][1]}, []string{s.platser[org][12*(ar-2009)+s.r.IntN(12)].omrade}
			},
		} {
			v := u
			andra(&v)
			svar = append(svar, v)
		}
	}
	return svar
}

func TestRandomRegistrationsGiveTheSameReportAsAPlainReckoning(t *testing.T) {
	const deltaganden, andringar = 25, 67
	mangder := storetest.Bevis(20, 150) // 150 × 67 is 10,050 changes
	s := nySlump(t, storetest.Fro(t, 20110316))
	for n := range mangder {
		org := s.nyOrganisation(fmt.Sprintf("Slump %d", n+1))
		s.nyFraga(org)
		for range deltaganden {
			s.startaNagon(org)
		}
		for gjorda := 0; gjorda < andringar; {
			if s.r.IntN(12) == 0 {
				s.flyttaNagon()
				s.andraInsats(org)
				s.andraFraga(org)
				s.raknaNagra(org)
			}
			if s.andraNagon() {
				gjorda++
			}
		}
		s.flytta(org)
		s.exec(`analyze deltagande, mattillfalle, identitet`) // the plain reckoning has no index to go by
		for _, u := range s.urval(org) {
			if fel := s.skiljer(u); len(fel) > 0 {
				t.Errorf("datamängd %d, %+v:\n%v", n+1, u, fel)
			}
		}
	}
	t.Log(s.gjorda)
	for _, vad := range []string{"flytt", "anonyma", "felregistrering", "återkallelse", "rättad inregistrering", "rättad utregistrering"} {
		if s.gjorda[vad] < 30 {
			t.Errorf("bara %d %s: slumpen prövar för lite", s.gjorda[vad], vad)
		}
	}
	s.kontrollera(0)

	// What is spoiled is found, and rebuilding gives the same rows again.
	s.exec(`delete from fakt_in where reg = (select min(reg) from fakt_in)`)
	s.exec(`update fakt_ut set fb = fb # 1 where reg = (select min(reg) from fakt_ut)`)
	s.exec(`insert into fakt_ut select ar, manad, org, insats, fb, fa, kon, alder, kommun, utb, person, p_nat, p_lan, p_org, p_ins, startman,
		bidragsar, arbete_fore, arbete_efter, studier_fore, studier_efter, orsak, -1, omrade, lan, okopplad,
		dagar, arbetssokande_fore, arbetssokande_efter, arbetstyp_fore, arbetstyp_efter, inriktning, preciserad, malgrupp from fakt_ut limit 1`)
	s.kontrollera(4)
	if _, err := statistik.ByggOm(t.Context(), s.MigrateURL); err != nil {
		t.Fatal(err)
	}
	s.kontrollera(0)
}

func TestFactsAreRightWhenTheyAreRebuiltWhileSomebodyRegisters(t *testing.T) {
	s := nySlump(t, storetest.Fro(t, 7))
	org := s.nyOrganisation("Ombyggd")
	for range 20 {
		s.startaNagon(org)
	}
	klar, stopp := make(chan error, 1), make(chan struct{})
	go func() {
		var fel error
		for n := 0; ; n++ {
			_, err := statistik.ByggOm(t.Context(), s.MigrateURL)
			fel = errors.Join(fel, err)
			select {
			case <-stopp:
				if n >= 5 {
					klar <- fel
					return
				}
			case <-time.After(100 * time.Millisecond): // somebody gets in between
			}
		}
	}()
	andringar := []func(uuid.UUID){s.flytta, s.andraInsats, s.andraFraga, s.nyFraga}
	for n := range storetest.Bevis(12, 120) {
		s.startaNagon(org)
		s.andraNagon()
		andringar[n%len(andringar)](org)
		s.rapport(rapport.Urval{Samverkansform: register.FormFinsam, Tid: rapport.Budgetar(2010)})
	}
	close(stopp)
	if err := <-klar; err != nil {
		t.Error(err)
	}
	s.kontrollera(0)
}

func (s *slumpen) kontrollera(skillnader int) {
	s.t.Helper()
	k, err := statistik.Kontrollera(s.t.Context(), s.MigrateURL)
	if err != nil {
		s.t.Fatal(err)
	}
	if k.Skillnader() != skillnader || k.Rader.In == 0 || k.Rader.Ut == 0 {
		s.t.Errorf("kontrollen fann %+v, ville ha %d skillnader", k, skillnader)
	}
}
