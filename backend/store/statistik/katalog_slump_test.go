package statistik_test

import (
	"database/sql"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/uuid"

	"sus/backend/rapport"
	"sus/backend/register"
	"sus/backend/store/storetest"
)

// bokford is one deltagande as the registration tables have it, in codes and days.
type bokford struct {
	org, insats, person                                string
	start, slut                                        string // days; slut "" while open
	borta, utan                                        bool
	kon, kommun, utbildning, orsak                     string
	alderIn, alderUt, bidragsar, dagar                 int
	arbeteFore, arbeteEfter, studierFore, studierEfter int // per cent, −1 not said
	sokandeFore, sokandeEfter                          int // 1 Ja, 0 Nej, −1 not said
	fore, efter, typFore, typEfter                     []string
	omradeIn, lanIn, omradeUt, lanUt                   string
}

// bok is every deltagande of a form that is in the figures, read plainly: no fact, no code of
// the reports.
const bok = `
with senaste as (
	select m.* from mattillfalle m
	where not exists (select from mattillfalle n where n.deltagande_id = m.deltagande_id and n.typ = m.typ and n.version > m.version)
)
select o.id::text, n.id::text, coalesce(encode(x.blindindex, 'hex'), d.id::text), to_char(i.dag, 'YYYY-MM-DD'), coalesce(to_char(u.dag, 'YYYY-MM-DD'), ''),
	d.avslutningsdag is not null and x.samtycke_id is null, u.dag is not null and u.arbetssokande is null,
	coalesce(i.kon, ''), coalesce(i.kommun, ''), coalesce(i.utbildningsniva, ''), coalesce(u.avslutsanledning, ''),
	coalesce(i.alder, -1), coalesce(u.alder, -1), coalesce(i.ar_offentlig_forsorjning, -1), coalesce(u.dag - i.dag + 1, 0),
	case when i.arbetar then i.arbetar_procent when not i.arbetar then 0 else -1 end, case when u.arbetar then u.arbetar_procent when not u.arbetar then 0 else -1 end,
	case when i.studerar then i.studerar_procent when not i.studerar then 0 else -1 end, case when u.studerar then u.studerar_procent when not u.studerar then 0 else -1 end,
	coalesce(i.arbetssokande::int, -1), coalesce(u.arbetssokande::int, -1),
	array_to_string(i.forsorjning, ' '), coalesce(array_to_string(u.forsorjning, ' '), ''), coalesce(array_to_string(i.arbetstyper, ' '), ''), coalesce(array_to_string(u.arbetstyper, ' '), ''),
	li.omrade, li.lan, coalesce(lu.omrade, ''), coalesce(lu.lan, '')
from deltagande d
join insats n on n.id = d.insats_id
join samverkansorganisation o on o.id = n.organisation_id
join senaste i on i.deltagande_id = d.id and i.typ = 'IN'
left join senaste u on u.deltagande_id = d.id and u.typ = 'UT'
left join identitet x on x.samtycke_id = d.samtycke_id
left join liggare li on li.org = o.id and li.manad = to_char(i.dag, 'YYYY-MM')
left join liggare lu on lu.org = o.id and lu.manad = to_char(u.dag, 'YYYY-MM')
where o.samverkansform = $1 and not exists (select from kodverk k where k.kodverk = 'AVSLUTSANLEDNING' and k.kod = u.avslutsanledning and k.utesluts)`

func (s *slumpen) bok(form register.Samverkansform) (svar []bokford) {
	s.t.Helper()
	rader, err := s.super.QueryContext(s.t.Context(), bok, string(form))
	if err != nil {
		s.t.Fatal(err)
	}
	defer rader.Close()
	for rader.Next() {
		var b bokford
		var fore, efter, typFore, typEfter string
		var omrade, lan sql.NullString
		if err := rader.Scan(&b.org, &b.insats, &b.person, &b.start, &b.slut, &b.borta, &b.utan, &b.kon, &b.kommun, &b.utbildning, &b.orsak, &b.alderIn, &b.alderUt, &b.bidragsar, &b.dagar,
			&b.arbeteFore, &b.arbeteEfter, &b.studierFore, &b.studierEfter, &b.sokandeFore, &b.sokandeEfter, &fore, &efter, &typFore, &typEfter, &omrade, &lan, &b.omradeUt, &b.lanUt); err != nil {
			s.t.Fatal(err)
		}
		b.omradeIn, b.lanIn = omrade.String, lan.String
		b.fore, b.efter, b.typFore, b.typEfter = strings.Fields(fore), strings.Fields(efter), strings.Fields(typFore), strings.Fields(typEfter)
		svar = append(svar, b)
	}
	if err := rader.Err(); err != nil {
		s.t.Fatal(err)
	}
	return svar
}

// klass is which classes of a dimension a deltagande has before and after, by the words of the
// domain; vid is the month that it is told at.
func (b bokford) klass(dim, vid string, slut bool) (fore, efter []string) {
	en := func(v string) ([]string, []string) {
		if v == "" {
			v = "UPPGIFT_SAKNAS"
		}
		return []string{v}, nil
	}
	valj := func(in, ut string) string {
		if slut {
			return ut
		}
		return in
	}
	ar, manad := vid[:4], vid[5:7]
	switch dim {
	case "forsorjning":
		return b.fore, b.efter
	case "sysselsattning":
		syss := func(a, st int) (svar []string) {
			if a > 0 {
				svar = append(svar, "ARBETAR")
			}
			if st > 0 {
				svar = append(svar, "STUDERAR")
			}
			if a > 0 || st > 0 {
				svar = append(svar, "ARBETAR_ELLER_STUDERAR")
			}
			if a == 0 && st == 0 {
				svar = append(svar, "VARKEN")
			}
			return svar
		}
		return syss(b.arbeteFore, b.studierFore), syss(b.arbeteEfter, b.studierEfter)
	case "arbetssteg":
		if b.arbeteFore == 0 {
			fore = append(fore, "TILL_ARBETE")
		}
		if b.arbeteFore > 0 && len(b.typFore) == 1 && b.typFore[0] == "SUBVENTIONERAT" {
			fore = append(fore, "UTAN_SUBVENTION")
		}
		if slices.Contains(b.fore, "SJUKPENNING") && b.sokandeFore == 0 {
			fore = append(fore, "TILL_ARBETSSOKANDE")
		}
		if b.arbeteEfter > 0 {
			efter = append(efter, "TILL_ARBETE")
			if len(b.typEfter) > 0 && !slices.Contains(b.typEfter, "SUBVENTIONERAT") {
				efter = append(efter, "UTAN_SUBVENTION")
			}
		}
		if b.sokandeEfter == 1 {
			efter = append(efter, "TILL_ARBETSSOKANDE")
		}
		return fore, efter
	case "utbildningsniva":
		return en(b.utbildning)
	case "avslutsanledning":
		return en(b.orsak)
	case "kon":
		return en(b.kon)
	case "kommun":
		return en(b.kommun)
	case "personlan":
		return en(b.kommun[:min(2, len(b.kommun))])
	case "lan":
		return en(valj(b.lanIn, b.lanUt))
	case "verksamhetsomrade":
		return en(valj(b.omradeIn, b.omradeUt))
	case "organisation":
		return en(b.org)
	case "insats":
		return en(b.insats)
	case "ar":
		return en(ar)
	case "manad":
		return en(ar + "-" + manad)
	case "tertial":
		return en(ar + map[string]string{"01": "T1", "02": "T1", "03": "T1", "04": "T1", "05": "T2", "06": "T2", "07": "T2", "08": "T2"}[manad] +
			map[bool]string{manad > "08": "T3"}[true])
	case "alder":
		a := b.alderIn
		if slut {
			a = b.alderUt
		}
		switch {
		case a < 0:
			return en("")
		case a < 25:
			return en("0-24")
		case a < 35:
			return en("25-34")
		case a < 45:
			return en("35-44")
		case a < 55:
			return en("45-54")
		}
		return en("55-")
	case "arIForsorjning":
		switch n := b.bidragsar; {
		case n < 0:
			return en("")
		case n < 3:
			return en(fmt.Sprintf("%d-%d", n, n))
		case n < 5:
			return en("3-4")
		case n < 10:
			return en("5-9")
		}
		return en("10-")
	}
	panic(dim)
}

func (b bokford) okat(klass string) bool {
	arbete, studier := b.arbeteEfter > max(b.arbeteFore, 0), b.studierEfter > max(b.studierFore, 0)
	return klass == "ARBETAR" && arbete || klass == "STUDERAR" && studier || klass == "ARBETAR_ELLER_STUDERAR" && (arbete || studier)
}

// valjer is the choice, told plainly.
func (b bokford) valjer(u rapport.Urval, slut bool) bool {
	alder, omrade, lan := b.alderIn, b.omradeIn, b.lanIn
	if slut {
		alder, omrade, lan = b.alderUt, b.omradeUt, b.lanUt
	}
	har := func(lista []string, v string) bool { return len(lista) == 0 || slices.Contains(lista, v) }
	iAlder := len(u.Aldrar) == 0
	for _, a := range u.Aldrar {
		iAlder = iAlder || alder >= a.Fran && alder <= a.Till
	}
	id := func(l []uuid.UUID) (svar []string) {
		for _, v := range l {
			svar = append(svar, v.String())
		}
		return svar
	}
	var kon []string
	for _, k := range u.Kon {
		kon = append(kon, string(k))
	}
	return har(id(u.Organisationer), b.org) && har(id(u.Insatser), b.insats) && har(kon, b.kon) && har(u.Verksamhetsomraden, omrade) && har(u.Lan, lan) &&
		har(u.Kommuner, b.kommun) && har(u.Personlan, b.kommun[:min(2, len(b.kommun))]) && iAlder
}

// cell is what is counted in one row.
type cell struct {
	antal, matta, efter, kvar, okat int
	tvars                           map[string]int
	dagar                           []int
}

// raknat is one part reckoned from the book.
type raknat struct {
	rader  map[string]*cell
	summor map[string]rapport.Summa
}

func manadAv(dag string) string { return dag[:7] }

func reckna(bocker []bokford, r *rapport.Rapport, d rapport.Del, u rapport.Urval) raknat {
	ut := raknat{map[string]*cell{}, map[string]rapport.Summa{}}
	personer := map[string]map[string]bool{}
	fran, till := u.Tid.ForstaManad(), u.Tid.SistaManad()
	slut := d.Grund == rapport.GrundSlut
	ta := func(b bokford, vid string, tal bool) {
		rad, radEfter := b.klass(r.Rad, vid, slut)
		prefix := ""
		for _, dim := range u.Indelning {
			k, _ := b.klass(dim, vid, slut)
			prefix += k[0] + "|"
		}
		nycklar := []string{prefix}
		if prefix != "" && tal {
			nycklar = append(nycklar, "")
		}
		for _, n := range nycklar {
			s := ut.summor[n]
			s.Antal++
			if slut && !b.utan {
				s.Matta++
			}
			if b.borta {
				s.UtanPerson++
			}
			if personer[n] == nil {
				personer[n] = map[string]bool{}
			}
			personer[n][b.person] = true
			s.Unika = len(personer[n])
			ut.summor[n] = s
		}
		hos := func(k string) *cell {
			if ut.rader[prefix+k] == nil {
				ut.rader[prefix+k] = &cell{tvars: map[string]int{}}
			}
			return ut.rader[prefix+k]
		}
		for _, k := range rad {
			c := hos(k)
			c.antal++
			c.dagar = append(c.dagar, b.dagar)
			if slut && !b.utan {
				c.matta++
				for _, e := range b.efter {
					c.tvars[e]++
				}
				if slices.Contains(radEfter, k) {
					c.kvar++
				}
			}
		}
		if slut && !b.utan {
			for _, k := range radEfter {
				hos(k).efter++
				if b.okat(k) {
					hos(k).okat++
				}
			}
		}
	}
	for _, b := range bocker {
		switch {
		case !b.valjer(u, slut):
		case d.Grund == rapport.GrundStart && manadAv(b.start) >= fran && manadAv(b.start) <= till:
			ta(b, manadAv(b.start), true)
		case slut && b.slut != "" && manadAv(b.slut) >= fran && manadAv(b.slut) <= till:
			ta(b, manadAv(b.slut), true)
		}
	}
	return ut
}

// kolumn is what a cell ought to be, as a fraction of whole numbers.
func (c cell) kolumn(id string, s rapport.Summa) rapport.Kvot {
	n := func(t, av int) rapport.Kvot { return rapport.Kvot{Taljare: int64(t), Namnare: int64(av)} }
	dagar := slices.Sorted(slices.Values(c.dagar))
	switch id {
	case "antal", "antalFore", "nya", "avslutade", "pagaende":
		return n(c.antal, 1)
	case "andel", "andelFore":
		return n(c.antal, s.Antal)
	case "antalEfter", "antalEfterMatta":
		return n(c.efter, 1)
	case "andelEfter":
		return n(c.efter, s.Antal)
	case "forandring":
		return n(c.efter-c.antal, 1)
	case "forandringProcent":
		return n(c.efter-c.antal, c.antal)
	case "antalForeMatta", "utgangslage":
		return n(c.matta, 1)
	case "andelForeMatta":
		return n(c.matta, s.Matta)
	case "andelEfterMatta":
		return n(c.efter, s.Matta)
	case "forandringMatta":
		return n(c.efter-c.matta, 1)
	case "forandringProcentMatta":
		return n(c.efter-c.matta, c.matta)
	case "lamnat":
		return n(c.matta-c.kvar, 1)
	case "tillkommit":
		return n(c.efter-c.kvar, 1)
	case "kvar", "tagitSteget":
		return n(c.kvar, 1)
	case "andelTagitSteget":
		return n(c.kvar, c.matta)
	case "borjatEllerOkat":
		return n(c.okat, 1)
	case "andelBorjatEllerOkat":
		return n(c.okat, s.Matta)
	case "median":
		if len(dagar) == 0 {
			return rapport.Kvot{}
		}
		return n(dagar[(len(dagar)-1)/2]+dagar[len(dagar)/2], 2)
	case "medel":
		summa := 0
		for _, d := range dagar {
			summa += d
		}
		return n(summa, len(dagar))
	case "p90":
		for i, d := range dagar {
			if 10*(i+1) >= 9*len(dagar) {
				return n(d, 1)
			}
		}
		return rapport.Kvot{}
	}
	return n(c.tvars[id], 1)
}

func lika(a, b rapport.Kvot) bool {
	return a.Finns() == b.Finns() && a.Taljare*b.Namnare == b.Taljare*a.Namnare
}

// slumpval is a random choice that the data have something for.
func (s *slumpen) slumpval(r *rapport.Rapport, orgar []uuid.UUID, form register.Samverkansform) rapport.Urval {
	fran := 12*9 + s.r.IntN(40)
	u := rapport.Urval{Samverkansform: form, Tid: rapport.Tidsval{Fran: fran, Till: min(fran+s.r.IntN(30), 12*12+11)}}
	if s.r.IntN(2) == 0 {
		u.Tid = rapport.Budgetar(2009 + s.r.IntN(4))
	}
	en := func(av int) bool { return s.r.IntN(av) == 0 }
	if en(3) {
		u.Organisationer = []uuid.UUID{orgar[s.r.IntN(len(orgar))], orgar[s.r.IntN(len(orgar))]}
		u.Organisationer = slices.Compact(u.Organisationer)
	} else if en(4) {
		u.Insatser = []uuid.UUID{s.insats[orgar[s.r.IntN(len(orgar))]][s.r.IntN(2)]}
	} else {
		if en(3) {
			u.Verksamhetsomraden = [][]string{{"OSTER"}, {"VASTER"}, {"OSTER", "VASTER"}}[s.r.IntN(3)]
		}
		if en(3) {
			u.Lan = [][]string{{"03"}, {"14"}, {"03", "14"}}[s.r.IntN(3)]
		}
	}
	if en(3) {
		u.Kon = [][]register.Kon{{register.KonKvinna}, {register.KonMan}, {register.KonKvinna, register.KonMan}}[s.r.IntN(3)]
	}
	if en(4) {
		u.Aldrar = [][]rapport.Spann{{{Fran: 20, Till: 39}}, {{Fran: 50, Till: 150}}, {{Fran: 0, Till: 24}, {Fran: 40, Till: 44}}}[s.r.IntN(3)]
	}
	if en(4) {
		u.Kommuner = []string{"0380", "1470"}[:1+s.r.IntN(2)]
	} else if en(6) {
		u.Personlan = []string{"03"}
	}
	for _, d := range rapport.Indelningar() {
		if len(u.Indelning) < 2 && d.ID != r.Rad && en(9) {
			u.Indelning = append(u.Indelning, d.ID)
		}
	}
	return u
}

// bokenSkiljer compares every part of a report with the book.
func (s *slumpen) bokenSkiljer(r *rapport.Rapport, u rapport.Urval, bocker []bokford) (fel []string) {
	s.t.Helper()
	res, err := s.Statistik.Rapport(s.t.Context(), storetest.Som(rapportlasare), r.Grupp, r.Namn, u)
	var nekat *register.Error
	if errors.As(err, &nekat) && nekat.Kod == register.KodOgiltig {
		return nil // the choice is of nothing
	}
	if err != nil {
		s.t.Fatalf("%s %+v: %v", r.ID(), u, err)
	}
	s.gjorda["val"]++
	for i := range res.Delar {
		d := &res.Delar[i]
		vill := reckna(bocker, r, *d.Del, u)
		if d.Grund == rapport.GrundOppna {
			vill = oppna(bocker, r, u)
		}
		for _, summa := range d.Summor {
			v := vill.summor[nyckel(summa.Koder)]
			if d.Grund == rapport.GrundOppna {
				continue // of the rows alone
			}
			if v != summa.Summa {
				fel = append(fel, fmt.Sprintf("%s %s %q: %+v, boken har %+v", r.ID(), d.ID, nyckel(summa.Koder), summa.Summa, v))
			}
			delete(vill.summor, nyckel(summa.Koder))
		}
		if d.Grund != rapport.GrundOppna && len(vill.summor) > 0 {
			fel = append(fel, fmt.Sprintf("%s %s: rapporten saknar %v", r.ID(), d.ID, slices.Collect(maps.Keys(vill.summor))))
		}
		hela := reckna(bocker, r, *d.Del, u).summor
		for _, rad := range d.Rader {
			n := len(rad.Koder) - 1
			bas, kod := nyckel(rad.Koder[:n]), rad.Koder[n].Kod
			c := vill.rader[bas+kod]
			if c == nil {
				c = &cell{}
			}
			for j, k := range res.Kolumner(d) {
				if v := c.kolumn(k.ID, hela[bas]); !lika(v, rad.Celler[j]) {
					fel = append(fel, fmt.Sprintf("%s %s %s%s %s: %v, boken har %v", r.ID(), d.ID, bas, kod, k.ID, rad.Celler[j], v))
				}
			}
			delete(vill.rader, bas+kod)
		}
		if len(vill.rader) > 0 {
			fel = append(fel, fmt.Sprintf("%s %s: rapporten saknar raderna %v", r.ID(), d.ID, slices.Collect(maps.Keys(vill.rader))))
		}
	}
	return fel
}

func nyckel(koder []rapport.Kategori) (svar string) {
	for _, k := range koder {
		svar += k.Kod + "|"
	}
	return svar
}

// oppna is who is open at the end of each month, or of the coarsest time that an indelning
// has in it, which is the last of its months.
func oppna(bocker []bokford, r *rapport.Rapport, u rapport.Urval) raknat {
	ut := raknat{map[string]*cell{}, map[string]rapport.Summa{}}
	for m := u.Tid.Fran; m <= u.Tid.Till; m++ {
		manad := rapport.Tidsval{Fran: m, Till: m}.ForstaManad()
		for _, b := range bocker {
			if !b.valjer(u, false) || manadAv(b.start) > manad || b.slut != "" && manadAv(b.slut) <= manad {
				continue
			}
			prefix := ""
			for _, dim := range u.Indelning {
				k, _ := b.klass(dim, manad, false)
				prefix += k[0] + "|"
			}
			k, _ := b.klass(r.Rad, manad, false)
			if ut.rader[prefix+k[0]] == nil {
				ut.rader[prefix+k[0]] = &cell{}
			}
			ut.rader[prefix+k[0]].antal++
		}
	}
	return ut
}

func TestRandomChoicesOfEveryReportGiveWhatAPlainBookGives(t *testing.T) {
	s := nySlump(t, storetest.Fro(t, 20261130))
	var orgar []uuid.UUID
	for n := range 6 {
		org := s.nyOrganisation(fmt.Sprintf("Katalog %d", n+1))
		orgar = append(orgar, org)
		for range 30 {
			s.startaNagon(org)
		}
	}
	prova := func(antal int) {
		s.exec(`analyze`)
		bocker := map[register.Samverkansform][]bokford{}
		av := map[register.Samverkansform][]uuid.UUID{}
		for _, org := range orgar {
			var form register.Samverkansform
			if err := s.super.QueryRowContext(t.Context(), `select samverkansform from samverkansorganisation where id = $1`, org).Scan((*string)(&form)); err != nil {
				t.Fatal(err)
			}
			av[form] = append(av[form], org)
			if bocker[form] == nil {
				bocker[form] = s.bok(form)
			}
		}
		former := slices.Sorted(maps.Keys(av))
		for n := range antal {
			katalog := rapport.Katalog()
			r, form := katalog[n%len(katalog)], former[s.r.IntN(len(former))]
			u := s.slumpval(r, av[form], form)
			if fel := s.bokenSkiljer(r, u, bocker[form]); len(fel) > 0 {
				t.Errorf("%+v:\n%s", u, strings.Join(fel[:min(len(fel), 5)], "\n"))
			}
		}
	}
	prova(storetest.Bevis(30, 300))
	for range storetest.Bevis(150, 3000) {
		if s.r.IntN(15) == 0 {
			s.flyttaNagon()
		}
		s.andraNagon()
	}
	for _, org := range orgar {
		s.flytta(org)
	}
	prova(storetest.Bevis(60, 600))
	t.Log(s.gjorda)
	if s.gjorda["val"] < 40 {
		t.Errorf("bara %d val gav en rapport", s.gjorda["val"])
	}
}
