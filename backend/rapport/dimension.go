package rapport

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strconv"

	"sus/backend/register"
)

// Faktkolumn is a column of the facts, as the store's tables name it.
type Faktkolumn string

// Uttryck is a small whole number that facts are grouped by: a column as it is, in classes
// that begin at Granser (class 0 is below the first), or divided by Per, downwards.
type Uttryck struct {
	Kolumn  Faktkolumn
	Granser []int
	Per     int
}

func (u Uttryck) nyckel() string { return fmt.Sprint(u.Kolumn, u.Granser, u.Per) }

// Roll is what a dimension is to a cube (JSON-stat).
type Roll string

// The roles.
const (
	RollTid   Roll = "time"
	RollPlats Roll = "geo"
)

// Dimension is something that deltaganden are told apart by. It names its columns once, for
// every report and for indelningar.
type Dimension struct {
	ID, Etikett string
	Roll        Roll
	Kodverk     register.Kodverkstyp        // the list that its codes are of, or ""
	Fore        func(u Urval) []Uttryck     // at the day of a part's basis; of a dimension with a before and an after, before
	Efter       func(u Urval) []Uttryck     // nil: it has no after
	Indelning   bool                        // a deltagande has exactly one of its classes, so persons can be counted in each
	Klasser     func(s *Sammanhang) []Klass // in the printed order
}

// Klass is one of a dimension's classes. Rest is one for what is missing: it is there when
// something is counted in it.
type Klass struct {
	Kategori
	Har  func(v []int32) bool // of what Fore gives, or Efter when HarEfter is nil
	Rest bool

	HarEfter func(v []int32) bool
	Okat     func(fore, efter []int32) bool // after more than before
}

// efter tells whether the class is one's after.
func (k Klass) efter(v []int32) bool {
	if k.HarEfter != nil {
		return k.HarEfter(v)
	}
	return k.Har(v)
}

// Sammanhang is what classes depend on: the choice, its names, the code lists, and the
// values that the facts under it have.
type Sammanhang struct {
	Urval   Urval
	Namn    Urvalsnamn
	Kodverk register.Kodverk
	sedda   [][]int32
}

func (s *Sammanhang) sedd(k Klass) bool { return slices.ContainsFunc(s.sedda, k.Har) }

// dimension is one that the catalogue names.
func dimension(id string) *Dimension {
	d, finns := dimensioner[id]
	if !finns {
		panic("rapport: dimensionen " + id + " finns inte")
	}
	return d
}

// Indelningar are the dimensions that a report can be divided by further, by their ids.
func Indelningar() []*Dimension {
	var svar []*Dimension
	for _, id := range slices.Sorted(maps.Keys(dimensioner)) {
		if d := dimensioner[id]; d.Indelning {
			svar = append(svar, d)
		}
	}
	return svar
}

func kolumn(k ...Faktkolumn) func(Urval) []Uttryck {
	u := make([]Uttryck, len(k))
	for i, namn := range k {
		u[i] = Uttryck{Kolumn: namn}
	}
	return func(Urval) []Uttryck { return u }
}

func lika(n int) func([]int32) bool { return func(v []int32) bool { return v[0] == int32(n) } }

// saknas is the class of those whose value is missing.
func saknas() Klass {
	return Klass{Kategori: Kategori{"UPPGIFT_SAKNAS", "Uppgift saknas"}, Har: lika(register.FaktSaknas), Rest: true}
}

// kolumnManad is the month of a part's basis, or of the day that somebody is open on.
const kolumnManad Faktkolumn = "manad"

var dimensioner = map[string]*Dimension{}

func nyDimension(d Dimension) {
	dimensioner[d.ID] = &d
}

// The dimensions. Ages, years in försörjning and kommun are of the whole numbers that the
// facts have; codes are told by their place or number in the code list.
func init() {
	nyDimension(Dimension{ID: "forsorjning", Etikett: "Försörjning", Kodverk: register.KodverkForsorjning, Fore: kolumn("fb"), Efter: kolumn("fa"), Klasser: func(s *Sammanhang) []Klass {
		rader := kodrader(s, register.KodverkForsorjning, func(r register.Kodrad) func([]int32) bool {
			if r.Bit == nil {
				return nil
			}
			return harBit(*r.Bit)
		})
		// As printed (domain 8.1): the form's order backwards, with the one that excludes the others last.
		slices.SortStableFunc(rader, func(a, b kodklass) int {
			if a.rad.Exklusiv != b.rad.Exklusiv {
				if a.rad.Exklusiv {
					return 1
				}
				return -1
			}
			return cmp.Compare(b.rad.Ordning, a.rad.Ordning)
		})
		return klasserAv(rader)
	}})
	nyDimension(Dimension{ID: "sysselsattning", Etikett: "Sysselsättning", Fore: kolumn("arbete_fore", "studier_fore"), Efter: kolumn("arbete_efter", "studier_efter"), Klasser: func(*Sammanhang) []Klass {
		arbetar := func(v []int32) bool { return v[0] > 0 }
		studerar := func(v []int32) bool { return v[1] > 0 }
		return []Klass{
			{Kategori: Kategori{"ARBETAR", "Arbetar"}, Har: arbetar, Okat: func(f, e []int32) bool { return e[0] > max(f[0], 0) }},
			{Kategori: Kategori{"STUDERAR", "Studerar"}, Har: studerar, Okat: func(f, e []int32) bool { return e[1] > max(f[1], 0) }},
			{Kategori: Kategori{"ARBETAR_ELLER_STUDERAR", "Arbetar eller studerar"}, Har: func(v []int32) bool { return arbetar(v) || studerar(v) },
				Okat: func(f, e []int32) bool { return e[0] > max(f[0], 0) || e[1] > max(f[1], 0) }},
			{Kategori: Kategori{"VARKEN", "Varken arbetar eller studerar"}, Har: func(v []int32) bool { return v[0] == 0 && v[1] == 0 }},
		}
	}})
	omfattning := func(id, etikett string, fore, efter Faktkolumn) {
		nyDimension(Dimension{ID: id, Etikett: etikett,
			Fore:  func(Urval) []Uttryck { return []Uttryck{{Kolumn: fore, Granser: omfattningsgranser}} },
			Efter: func(Urval) []Uttryck { return []Uttryck{{Kolumn: efter, Granser: omfattningsgranser}} },
			Klasser: func(*Sammanhang) []Klass {
				return klassade(omfattningsgranser, func(fran, till int) Kategori {
					switch {
					case till == 0:
						return Kategori{"0", "Inte alls"}
					case till < 0:
						return Kategori{"100", "100 %"}
					}
					return Kategori{fmt.Sprintf("%d-%d", fran, till), fmt.Sprintf("%d–%d %%", fran, till)}
				})
			}})
	}
	omfattning("arbetsomfattning", "Omfattning av arbete", "arbete_fore", "arbete_efter")
	omfattning("studieomfattning", "Omfattning av studier", "studier_fore", "studier_efter")
	nyDimension(Dimension{ID: "utbildningsniva", Etikett: "Utbildningsnivå", Kodverk: register.KodverkUtbildningsniva, Fore: kolumn("utb"), Indelning: true, Klasser: koder(register.KodverkUtbildningsniva)})
	nyDimension(Dimension{ID: "avslutsanledning", Etikett: "Avslutsanledning", Kodverk: register.KodverkAvslutsanledning, Fore: kolumn("orsak"), Klasser: koder(register.KodverkAvslutsanledning)})
	nyDimension(Dimension{ID: "kon", Etikett: "Kön", Fore: kolumn("kon"), Indelning: true, Klasser: func(*Sammanhang) []Klass {
		return []Klass{{Kategori: Kategori{"KVINNA", "Kvinnor"}, Har: lika(int(register.FaktKvinna))}, {Kategori: Kategori{"MAN", "Män"}, Har: lika(int(register.FaktMan))}, saknas()}
	}})
	nyDimension(Dimension{ID: "alder", Etikett: "Ålder", Indelning: true,
		Fore: func(u Urval) []Uttryck { return []Uttryck{{Kolumn: "alder", Granser: u.aldersgranser()}} },
		Klasser: func(s *Sammanhang) []Klass {
			return klassade(s.Urval.aldersgranser(), func(fran, till int) Kategori {
				if till < 0 {
					till = hogstaAlder
				}
				a := Spann{fran, till}
				return Kategori{a.Kod(), a.String()}
			})
		}})
	nyDimension(Dimension{ID: "arIForsorjning", Etikett: "Tid i offentlig försörjning", Indelning: true,
		Fore: func(Urval) []Uttryck { return []Uttryck{{Kolumn: "bidragsar", Granser: bidragsgranser}} },
		Klasser: func(*Sammanhang) []Klass {
			return klassade(bidragsgranser, func(fran, till int) Kategori {
				switch {
				case till == 0:
					return Kategori{"0-0", "Mindre än 1 år"}
				case till < 0:
					return Kategori{fmt.Sprintf("%d-", fran), fmt.Sprintf("%d år eller mer", fran)}
				case till == fran:
					return Kategori{fmt.Sprintf("%d-%d", fran, till), fmt.Sprintf("%d år", fran)}
				}
				return Kategori{fmt.Sprintf("%d-%d", fran, till), fmt.Sprintf("%d–%d år", fran, till)}
			})
		}})
	nyDimension(Dimension{ID: "kommun", Etikett: "Bostadskommun", Roll: RollPlats, Fore: kolumn("kommun"), Indelning: true, Klasser: func(s *Sammanhang) []Klass {
		return ortsklasser(s, s.Namn.Kommuner, 4)
	}})
	nyDimension(Dimension{ID: "personlan", Etikett: "Bostadslän", Roll: RollPlats, Indelning: true,
		Fore:    func(Urval) []Uttryck { return []Uttryck{{Kolumn: "kommun", Per: 100}} },
		Klasser: func(s *Sammanhang) []Klass { return ortsklasser(s, s.Namn.Lan, 2) }})
	nyDimension(Dimension{ID: "lan", Etikett: "Län", Roll: RollPlats, Fore: kolumn("lan"), Indelning: true, Klasser: func(s *Sammanhang) []Klass {
		return ortsklasser(s, s.Namn.Lan, 2)
	}})
	nyDimension(Dimension{ID: "verksamhetsomrade", Etikett: "Verksamhetsområde", Kodverk: register.KodverkVerksamhetsomrade, Roll: RollPlats, Fore: kolumn("omrade"), Indelning: true,
		Klasser: koder(register.KodverkVerksamhetsomrade)})
	nyDimension(Dimension{ID: "organisation", Etikett: "Samverkansorganisation", Fore: kolumn("org"), Indelning: true, Klasser: func(s *Sammanhang) (svar []Klass) {
		for _, o := range s.Namn.Organisationer {
			k := Klass{Kategori: Kategori{o.ID.String(), o.Namn}, Har: lika(int(o.Nr))}
			if o.fel(s.Urval, "") == nil && o.Period.Overlappar(s.Urval.Tid.Period()) && s.Urval.vald(o.ID) || s.sedd(k) {
				svar = append(svar, k)
			}
		}
		return svar
	}})
	nyDimension(Dimension{ID: "insats", Etikett: "Insats", Fore: kolumn("insats"), Indelning: true, Klasser: func(s *Sammanhang) (svar []Klass) {
		for _, i := range s.Namn.Insatser {
			k := Klass{Kategori: Kategori{i.ID.String(), i.Namn}, Har: lika(int(i.Nr))}
			o, _ := s.Namn.organisation(i.OrganisationID)
			if i.Period.Overlappar(s.Urval.Tid.Period()) && o.fel(s.Urval, "") == nil && s.Urval.valdInsats(i) || s.sedd(k) {
				svar = append(svar, k)
			}
		}
		return svar
	}})
	tid := func(id, etikett string, manader int, kategori func(n int) Kategori) {
		nyDimension(Dimension{ID: id, Etikett: etikett, Roll: RollTid, Indelning: true,
			Fore: func(Urval) []Uttryck { return []Uttryck{{Kolumn: kolumnManad, Per: manader}} },
			Klasser: func(s *Sammanhang) (svar []Klass) {
				for n := s.Urval.Tid.Fran / manader; n <= s.Urval.Tid.Till/manader; n++ {
					svar = append(svar, Klass{Kategori: kategori(n), Har: lika(n)})
				}
				return svar
			}})
	}
	tid("ar", "År", 12, func(n int) Kategori {
		ar := strconv.Itoa(n + register.FaktForstaAr)
		return Kategori{ar, ar}
	})
	tid("tertial", "Tertial", 4, func(n int) Kategori {
		ar := n/3 + register.FaktForstaAr
		return Kategori{fmt.Sprintf("%dT%d", ar, n%3+1), fmt.Sprintf("Tertial %d %d", n%3+1, ar)}
	})
	tid("manad", "Månad", 1, func(n int) Kategori { return Kategori{kodManad(n), skrivManad(n)} })
}

var (
	aldersgranser      = []int{25, 35, 45, 55}
	bidragsgranser     = []int{0, 1, 2, 3, 5, 10}
	omfattningsgranser = []int{0, 1, 25, 50, 75, 100}
)

// aldersgranser are where the classes of age begin, from 0.
func (u Urval) aldersgranser() []int {
	granser := u.Aldersgranser
	if len(granser) == 0 {
		granser = aldersgranser
	}
	if granser[0] == 0 {
		return granser
	}
	return append([]int{0}, granser...)
}

func (u Urval) vald(id [16]byte) bool {
	return len(u.Organisationer) == 0 || slices.Contains(u.Organisationer, id)
}

func (u Urval) valdInsats(i Insatsnamn) bool {
	return u.vald(i.OrganisationID) && (len(u.Insatser) == 0 || slices.Contains(u.Insatser, i.ID))
}

// klassade is the classes of an Uttryck with Granser, the last without an upper bound (till
// −1), and that of what is missing.
func klassade(granser []int, kategori func(fran, till int) Kategori) []Klass {
	var svar []Klass
	for i, fran := range granser {
		till := -1
		if i+1 < len(granser) {
			till = granser[i+1] - 1
		}
		svar = append(svar, Klass{Kategori: kategori(fran, till), Har: lika(i + 1)})
	}
	rest := saknas()
	rest.Har = lika(0)
	return append(svar, rest)
}

// ortsklasser are the places that something is counted in, by their codes; all are not
// listed, for most of a country's are none of the choice's. What is no place of today's lists
// is with what is missing: a deltagande has a class whatever its kommun once was called.
func ortsklasser(s *Sammanhang, namn map[string]string, siffror int) []Klass {
	var svar []Klass
	kanda := map[int32]bool{}
	for _, kod := range slices.Sorted(maps.Keys(namn)) {
		n, err := strconv.Atoi(kod)
		if err != nil || len(kod) != siffror {
			continue
		}
		kanda[int32(n)] = true
		if k := (Klass{Kategori: Kategori{kod, namn[kod]}, Har: lika(n)}); s.sedd(k) {
			svar = append(svar, k)
		}
	}
	rest := saknas()
	rest.Har = func(v []int32) bool { return !kanda[v[0]] }
	return append(svar, rest)
}

func harBit(bit int16) func([]int32) bool {
	return func(v []int32) bool { return v[0] != register.FaktSaknas && v[0]>>bit&1 == 1 }
}

// kodklass is a code's row and how the facts tell it.
type kodklass struct {
	rad register.Kodrad
	har func([]int32) bool
}

func klasserAv(rader []kodklass) []Klass {
	svar := make([]Klass, len(rader))
	for i, r := range rader {
		svar[i] = Klass{Kategori: Kategori{r.rad.Kod, r.rad.Etikett}, Har: r.har}
	}
	return svar
}

// koder are the classes of a list whose codes have numbers in the facts, in form order.
func koder(typ register.Kodverkstyp) func(*Sammanhang) []Klass {
	return func(s *Sammanhang) []Klass {
		rader := kodrader(s, typ, func(r register.Kodrad) func([]int32) bool {
			if r.Nr == nil || r.Utesluts {
				return nil
			}
			return lika(int(*r.Nr))
		})
		slices.SortStableFunc(rader, func(a, b kodklass) int { return cmp.Compare(a.rad.Ordning, b.rad.Ordning) })
		return append(klasserAv(rader), saknas())
	}
}

// kodrader are the codes with a place in the facts that held in the period, or are
// counted in it, one row each and as it was on the period's last day that it held, by code.
func kodrader(s *Sammanhang, typ register.Kodverkstyp, har func(register.Kodrad) func([]int32) bool) []kodklass {
	lista, sistaDag := s.Kodverk.Lista(typ), s.Urval.Tid.SistaDag()
	forst := sistaDag // the first codes are as if they had been there from the start
	if len(lista) > 0 {
		forst = slices.MinFunc(lista, func(a, b register.Kodrad) int { return a.Fran.Borjan().Compare(b.Fran.Borjan()) }).Fran
	}
	gallde := func(r register.Kodrad) bool {
		return r.Overlappar(s.Urval.Tid.Period()) || r.Fran == forst && sistaDag.Fore(forst)
	}
	sist := map[string]kodklass{}
	for _, r := range lista {
		k := kodklass{r, har(r)}
		forra, finns := sist[r.Kod]
		senare := !finns || r.Fran.Efter(forra.rad.Fran)
		switch {
		case k.har == nil:
		case gallde(r) && (senare || !gallde(forra.rad)), s.sedd(Klass{Har: k.har}) && senare && (!finns || !gallde(forra.rad)):
			sist[r.Kod] = k
		}
	}
	return slices.SortedFunc(maps.Values(sist), func(a, b kodklass) int { return cmp.Compare(a.rad.Kod, b.rad.Kod) })
}
