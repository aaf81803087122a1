package rapport

import (
	"fmt"
	"slices"
	"time"

	"sus/backend/register"
)

// Fraga is one question to the facts: how many deltaganden have each combination of the
// values of Uttryck. With Unika it is persons that are counted too.
type Fraga struct {
	Grund   Grund
	Uttryck []Uttryck
	Punkter []int // GrundOppna: the months at whose end it is asked, which column manad then has
	Unika   bool
}

// Grupp is one combination of values and how many deltaganden have it; Unika and UtanPerson
// are of a question with Unika.
type Grupp struct {
	Varden                   []int32
	Antal, Unika, UtanPerson int
}

// Plan is what a report under a choice asks the facts: for each part one question about its
// rows, and one about its persons, in all and by the indelningar.
type Plan struct {
	rapport   *Rapport
	urval     Urval
	indelning []*Dimension
	rad       *Dimension
	kolumn    *Dimension
	Fragor    []Fraga
	delar     []delplan
}

type delplan struct {
	rader, unika, unikaAlla int // among Fragor
	matt, varde             int // the places in a row's values, −1: none
}

// kolumnEfter tells who ended with measurement: a measurement has at least one försörjning.
var uttryckMatt = Uttryck{Kolumn: "fa", Granser: []int{0}}

// NyPlan is the plan of a report under a choice that has been tried.
func NyPlan(r *Rapport, u Urval) *Plan {
	p := &Plan{rapport: r, urval: u, rad: dimension(r.Rad)}
	for _, id := range u.Indelning {
		p.indelning = append(p.indelning, dimension(id))
	}
	if r.Kolumn != "" {
		p.kolumn = dimension(r.Kolumn)
	}
	for _, d := range r.Delar {
		dp := delplan{matt: -1, varde: -1}
		var indelat []Uttryck
		for _, i := range p.indelning {
			indelat = append(indelat, i.Fore(u)...)
		}
		dp.unikaAlla = p.fraga(Fraga{Grund: d.Grund, Unika: true})
		dp.unika = p.fraga(Fraga{Grund: d.Grund, Unika: true, Uttryck: indelat})
		uttryck := slices.Concat(indelat, p.rad.Fore(u))
		if d.Grund == GrundSlut {
			if p.rad.Efter != nil {
				uttryck = append(uttryck, p.rad.Efter(u)...)
			}
			if p.kolumn != nil {
				uttryck = append(uttryck, p.kolumn.Efter(u)...)
			}
			dp.matt, uttryck = len(uttryck), append(uttryck, uttryckMatt)
		}
		if d.Varde != "" {
			dp.varde, uttryck = len(uttryck), append(uttryck, Uttryck{Kolumn: d.Varde})
		}
		dp.rader = p.fraga(Fraga{Grund: d.Grund, Uttryck: uttryck})
		p.delar = append(p.delar, dp)
	}
	return p
}

// fraga is where the question stands among the plan's; parts that ask the same ask once.
func (p *Plan) fraga(f Fraga) int {
	if f.Grund == GrundOppna {
		f.Punkter = p.punkter(f.Uttryck)
	}
	for i, g := range p.Fragor {
		if g.Grund == f.Grund && g.Unika == f.Unika && slices.EqualFunc(g.Uttryck, f.Uttryck, func(a, b Uttryck) bool { return a.nyckel() == b.nyckel() }) {
			return i
		}
	}
	p.Fragor = append(p.Fragor, f)
	return len(p.Fragor) - 1
}

// punkter are the months at whose end somebody is open: the last of each class of time, or
// of the period when time is no dimension.
func (p *Plan) punkter(uttryck []Uttryck) []int {
	per := 0
	for _, u := range uttryck {
		if u.Kolumn == kolumnManad && (per == 0 || max(u.Per, 1) < per) {
			per = max(u.Per, 1)
		}
	}
	till := p.urval.Tid.Till
	if per == 0 {
		return []int{till}
	}
	var svar []int
	for m := p.urval.Tid.Fran; m <= till; m++ {
		if m%per == per-1 || m == till {
			svar = append(svar, m)
		}
	}
	return svar
}

// Behov is which names a report under a choice needs of the store.
type Behov struct {
	Orter          bool // all kommuner and län
	Organisationer bool // all of the form, not the chosen ones only
	Insatser       bool // all of the organisationer
}

// Behov is the names that the plan's dimensions and choices print.
func (p *Plan) Behov() Behov {
	u := p.urval
	b := Behov{Orter: len(u.Lan)+len(u.Personlan)+len(u.Kommuner) > 0}
	for _, d := range append(slices.Clone(p.indelning), p.rad) {
		switch d.ID {
		case "kommun", "lan", "personlan":
			b.Orter = true
		case "organisation":
			b.Organisationer = true
		case "insats":
			b.Organisationer, b.Insatser = true, true
		}
	}
	return b
}

// Resultat is a report reckoned: what every format prints.
type Resultat struct {
	Rapport     *Rapport
	Korningstid time.Time
	Urval       Urval
	Namn        Urvalsnamn
	Huvud       []Huvudrad
	Preliminar  bool
	Indelning   []Delning // how its rows are divided, the outermost first; the last is the rows' own
	Kolumn      *Delning  // what the only part is crossed with, or nil
	Delar       []Resultatdel
	Tackning    Tackning
}

// Delning is a dimension with the classes that it has in a result.
type Delning struct {
	*Dimension
	Kategorier []Kategori
}

// Resultatdel is one part. Summor are of the whole and then of each combination of the
// indelningar; without any there is only the first.
type Resultatdel struct {
	*Del
	Summor  []Delsumma
	Rader   []Resultatrad
	Varning string
}

// Delsumma is the counts of a part, or of it in one combination of indelningar.
type Delsumma struct {
	Koder []Kategori
	Summa
}

// Resultatrad is one row: its codes in the order of Indelning, and a value a measure, or of
// a crossed part one a column first.
type Resultatrad struct {
	Koder  []Kategori
	Celler []Kvot
	Summa  Summa // what its counts are parts of
}

// MaxCeller is how many cells a report may have.
const MaxCeller = 100_000

// Rakna makes the report of what the facts answered the plan's questions, in their order.
// It refuses more cells than MaxCeller (422).
func (p *Plan) Rakna(namn Urvalsnamn, kodverk register.Kodverk, svar [][]Grupp, bredvid Bredvid, korningstid time.Time) (Resultat, error) {
	u := p.urval
	r := Resultat{Rapport: p.rapport, Korningstid: korningstid, Urval: u, Namn: namn, Huvud: u.huvud(namn, kodverk), Preliminar: u.Tid.Preliminar(register.DatumAv(korningstid))}
	s := Sammanhang{Urval: u, Namn: namn, Kodverk: kodverk}
	var klasser [][]Klass
	for n, d := range append(slices.Clone(p.indelning), p.rad) {
		k := p.klasser(&s, d, n, svar)
		klasser = append(klasser, k)
		r.Indelning = append(r.Indelning, Delning{d, kategorier(k)})
	}
	var kolumner []Klass
	if p.kolumn != nil {
		kolumner = p.kolumn.Klasser(&s) // what is seen is the row's, which has the same codes
		r.Kolumn = &Delning{p.kolumn, kategorier(kolumner)}
	}
	celler := 0
	for _, d := range p.rapport.Delar {
		n := len(kolumner) + len(d.Matt)
		for _, k := range klasser {
			n *= len(k)
		}
		celler += n
	}
	if celler > MaxCeller {
		return Resultat{}, register.OgiltigaFalt([]register.Faltfel{register.RegelForMangaCeller.Vid("/indelning",
			fmt.Sprintf("Rapporten skulle få %d celler; högst %d går. Utelämna en indelning, eller gör urvalet mindre.", celler, MaxCeller))})
	}
	for i := range p.rapport.Delar {
		r.Delar = append(r.Delar, p.raknaDel(i, klasser, kolumner, svar))
	}
	r.Tackning = p.tackning(r.Delar, bredvid)
	return r, nil
}

// klasser are the classes of the n-th dimension: of an indelning what is its own, and of the
// rows what any part counts, before and after.
func (p *Plan) klasser(s *Sammanhang, d *Dimension, n int, svar [][]Grupp) []Klass {
	s.sedda = nil
	sedd := map[string]bool{}
	se := func(v []int32) {
		if nyckel := fmt.Sprint(v); !sedd[nyckel] {
			sedd[nyckel] = true
			s.sedda = append(s.sedda, v)
		}
	}
	for i, dp := range p.delar {
		bredd := len(d.Fore(s.Urval))
		for _, g := range svar[dp.rader] {
			se(g.Varden[n : n+bredd])
			if n == len(p.indelning) && p.rapport.Delar[i].Grund == GrundSlut && d.Efter != nil {
				se(g.Varden[n+bredd : n+2*bredd])
			}
		}
	}
	return slices.DeleteFunc(d.Klasser(s), func(k Klass) bool { return k.Rest && !s.sedd(k) })
}

func kategorier(klasser []Klass) []Kategori {
	svar := make([]Kategori, len(klasser))
	for i, k := range klasser {
		svar[i] = k.Kategori
	}
	return svar
}

// raknaDel counts one part. Indelningar have exactly one class each for a deltagande; the
// rows may have several, and one after as well as one before.
func (p *Plan) raknaDel(n int, klasser [][]Klass, kolumner []Klass, svar [][]Grupp) Resultatdel {
	d, dp, u := &p.rapport.Delar[n], p.delar[n], p.urval
	inre := klasser[len(klasser)-1]
	delningar := 1
	for _, k := range klasser[:len(klasser)-1] {
		delningar *= len(k)
	}
	plats := func(v []int32) int { // among the combinations of indelningar
		svar := 0
		for i, k := range klasser[:len(klasser)-1] {
			svar = svar*len(k) + slices.IndexFunc(k, func(k Klass) bool { return k.Har(v[i : i+1]) })
		}
		return svar
	}
	summor := make([]Summa, delningar)
	rakningar := make([]Rakning, delningar*len(inre))
	korsat := make([]int, len(rakningar)*len(kolumner))
	var hela Summa
	borjar := len(p.indelning)
	fore := len(p.rad.Fore(u))
	for _, g := range svar[dp.rader] {
		bas := plats(g.Varden)
		v := g.Varden[borjar : borjar+fore]
		matt := dp.matt >= 0 && g.Varden[dp.matt] == 1
		summor[bas].Antal += g.Antal
		if matt {
			summor[bas].Matta += g.Antal
		}
		var efter, tvars []int32
		if dp.matt >= 0 && p.rad.Efter != nil {
			efter = g.Varden[borjar+fore : borjar+2*fore]
		}
		if dp.matt >= 0 && p.kolumn != nil {
			tvars = g.Varden[dp.matt-fore : dp.matt]
		}
		for i, k := range inre {
			rk := &rakningar[bas*len(inre)+i]
			har := k.Har(v)
			har2 := matt && efter != nil && k.efter(efter)
			if har {
				rk.Antal += g.Antal
				if dp.varde >= 0 {
					rk.fordela(g.Varden[dp.varde], g.Antal)
				}
				if matt {
					rk.Matta += g.Antal
					for j, kol := range kolumner {
						if kol.efter(tvars) {
							korsat[(bas*len(inre)+i)*len(kolumner)+j] += g.Antal
						}
					}
				}
			}
			if har2 {
				rk.Efter += g.Antal
				if har {
					rk.Kvar += g.Antal
				}
				if k.Okat != nil && k.Okat(v, efter) {
					rk.Okat += g.Antal
				}
			}
		}
	}
	for _, g := range svar[dp.unika] {
		// One value a class, but for what is in no list: somebody in two such counts twice there.
		s := &summor[plats(g.Varden)]
		s.Unika += g.Unika
		s.UtanPerson += g.UtanPerson
	}
	for _, s := range summor {
		hela.Antal += s.Antal
		hela.Matta += s.Matta
	}
	for _, g := range svar[dp.unikaAlla] {
		hela.Unika, hela.UtanPerson = g.Unika, g.UtanPerson
	}
	ut := Resultatdel{Del: d, Summor: []Delsumma{{Summa: hela}}}
	for bas, s := range summor {
		koder := kombination(klasser[:len(klasser)-1], bas)
		if delningar > 1 || len(p.indelning) > 0 {
			ut.Summor = append(ut.Summor, Delsumma{koder, s})
		}
		for i, k := range inre {
			rk := rakningar[bas*len(inre)+i]
			rad := Resultatrad{Koder: append(slices.Clone(koder), k.Kategori), Summa: s}
			for j := range kolumner {
				rad.Celler = append(rad.Celler, hel(korsat[(bas*len(inre)+i)*len(kolumner)+j]))
			}
			for _, m := range d.Matt {
				rad.Celler = append(rad.Celler, m.Kvot(rk, s))
			}
			ut.Rader = append(ut.Rader, rad)
		}
	}
	if omatta := hela.Antal - hela.Matta; d.Varnar && 100*omatta > varningOverProcent*hela.Antal {
		ut.Varning = fmt.Sprintf(varningUtanMatning, omatta, hela.Antal, HelProcent(omatta, hela.Antal))
	}
	return ut
}

// kombination are the codes of the n-th combination of classes, the first dimension outermost.
func kombination(klasser [][]Klass, n int) []Kategori {
	svar := make([]Kategori, len(klasser))
	for i := len(klasser) - 1; i >= 0; i-- {
		svar[i] = klasser[i][n%len(klasser[i])].Kategori
		n /= len(klasser[i])
	}
	return svar
}

// varningOverProcent is the share of the ended without measurement above which it is
// warned that the printed Förändring counts them as having left their försörjning.
const varningOverProcent = 10

const varningUtanMatning = "%d av %d som slutat (%d%%) har ingen mätning efter insatsen. I den tryckta förändringen räknas de som om de lämnat sin försörjning: jämför med tabellen bland dem som mätts."
