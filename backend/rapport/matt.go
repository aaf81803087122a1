package rapport

import (
	"maps"
	"slices"
	"strconv"
)

// Kvot is a value as it is reckoned: exact, a fraction of two whole numbers. The zero
// value is no value, as a share of none is.
type Kvot struct {
	Taljare, Namnare int64
}

func hel(n int) Kvot { return Kvot{int64(n), 1} }

func kvot(taljare, namnare int) Kvot { return Kvot{int64(taljare), int64(namnare)} }

// Finns is false when there is no value.
func (k Kvot) Finns() bool { return k.Namnare != 0 }

// Noll is true of no value and of an exact zero: a share that rounds to 0 is neither.
func (k Kvot) Noll() bool { return k.Namnare == 0 || k.Taljare == 0 }

// Tal is the value in the unit of a column, unrounded; nil when there is none.
func (k Kvot) Tal(enhet Enhet) *float64 {
	if !k.Finns() {
		return nil
	}
	v := float64(k.Taljare*enhet.ganger()) / float64(k.Namnare)
	return &v
}

// Avrundat is the value in the unit of a column, rounded half away from zero to its
// decimals. It reckons in integers, so that no half is lost to binary fractions.
func (k Kvot) Avrundat(enhet Enhet) float64 {
	tio := int64(1)
	for range enhet.Decimaler() {
		tio *= 10
	}
	taljare, namnare, tecken := k.Taljare*enhet.ganger()*tio, k.Namnare, 1.0
	if taljare < 0 {
		taljare, tecken = -taljare, -1
	}
	return tecken * float64((2*taljare+namnare)/(2*namnare)) / float64(tio)
}

// Enhet is the unit of a measure's values.
type Enhet string

// The units.
const (
	EnhetAntal   Enhet = "antal"
	EnhetProcent Enhet = "procent"
	EnhetDagar   Enhet = "dagar"
	EnhetKronor  Enhet = "kronor"
)

// Decimaler is how many decimals are printed.
func (e Enhet) Decimaler() int {
	switch e {
	case EnhetDagar:
		return 1
	case EnhetKronor:
		return 2
	}
	return 0
}

// ganger is how many of the unit go on one of what is counted.
func (e Enhet) ganger() int64 {
	if e == EnhetProcent {
		return 100
	}
	return 1
}

func (e Enhet) kolumntyp() Kolumntyp {
	if e == EnhetProcent {
		return KolumnProcent
	}
	return KolumnTal
}

// Summa is the counts of a whole part, or of one of its indelningar.
type Summa struct {
	Antal      int // deltaganden
	Matta      int // of them, ended with measurement
	Unika      int // persons
	UtanPerson int // deltaganden that lead to nobody any more
}

// Rakning is the counts of one row. Efter, Kvar and Okat are of those measured: nobody
// else has an after.
type Rakning struct {
	Antal     int // before, or at the basis's day
	Matta     int // of Antal, those ended with measurement
	Efter     int
	Kvar      int // both before and after
	Okat      int // after, and more than before
	fordelade map[int32]int
}

// Matt is one measure: a column, and one plain sentence on how it is counted. The formula
// stands here and nowhere else.
type Matt struct {
	ID, Rubrik string
	Enhet      Enhet
	Definition string
	Version    int    // of the definition
	Kod        string // of a count: its name in the data view, in capitals; "" of what follows from counts
	Kvot       func(Rakning, Summa) Kvot
	Av         func(Summa) int // of a count: what it is a part of; nil when it is a part of nothing
}

func alla(s Summa) int      { return s.Antal }
func matta(s Summa) int     { return s.Matta }
func avMatta(s Summa) Kvot  { return hel(s.Matta) }
func avAlla(s Summa) Kvot   { return hel(s.Antal) }
func avUnika(s Summa) Kvot  { return hel(s.Unika) }
func avOmatta(s Summa) Kvot { return hel(s.Antal - s.Matta) }

// The measures. Namnare of a share is deltaganden, never unique persons (domain 8.1).
var (
	mattAndel = &Matt{"andel", "Andel", EnhetProcent, "Antalet delat med alla deltaganden som delen räknar (inte med antalet personer).", 1, "",
		func(r Rakning, s Summa) Kvot { return kvot(r.Antal, s.Antal) }, nil}
	mattStart = &Matt{"antal", "Antal deltagare", EnhetAntal, "Antal deltaganden med startdag i perioden som vid starten hör till raden.", 1, "START",
		func(r Rakning, _ Summa) Kvot { return hel(r.Antal) }, alla}
	mattSlut = &Matt{"antal", "Antal deltagare", EnhetAntal, "Antal deltaganden med avslutningsdag i perioden som hör till raden.", 1, "SLUT",
		func(r Rakning, _ Summa) Kvot { return hel(r.Antal) }, alla}

	mattFore = &Matt{"antalFore", "Antal deltagare före insats", EnhetAntal, "Antal deltaganden med avslutningsdag i perioden som vid starten hörde till raden.", 1, "FORE",
		func(r Rakning, _ Summa) Kvot { return hel(r.Antal) }, alla}
	mattAndelFore = &Matt{"andelFore", "Andel före", EnhetProcent, "Antalet före delat med alla som avslutats i perioden.", 1, "",
		func(r Rakning, s Summa) Kvot { return kvot(r.Antal, s.Antal) }, nil}
	mattEfter = &Matt{"antalEfter", "Antal deltagare efter insats", EnhetAntal, "Antal deltaganden med avslutningsdag i perioden som vid avslutet hörde till raden. De som avslutats utan mätning hör inte till någon rad.", 1, "EFTER",
		func(r Rakning, _ Summa) Kvot { return hel(r.Efter) }, alla}
	mattAndelEfter = &Matt{"andelEfter", "Andel efter", EnhetProcent, "Antalet efter delat med alla som avslutats i perioden, också de som avslutats utan mätning.", 1, "",
		func(r Rakning, s Summa) Kvot { return kvot(r.Efter, s.Antal) }, nil}
	mattForandring = &Matt{"forandring", "Förändring", EnhetAntal, "Antalet efter minus antalet före. De som avslutats utan mätning räknas som om de lämnat raden.", 1, "",
		func(r Rakning, _ Summa) Kvot { return hel(r.Efter - r.Antal) }, nil}
	mattForandringProcent = &Matt{"forandringProcent", "Förändring i %", EnhetProcent, "Förändringen delad med antalet före; saknas när ingen hörde till raden före.", 1, "",
		func(r Rakning, _ Summa) Kvot { return kvot(r.Efter-r.Antal, r.Antal) }, nil}

	mattForeMatta = &Matt{"antalForeMatta", "Antal deltagare före insats", EnhetAntal, "Antal deltaganden som avslutats med mätning i perioden och som vid starten hörde till raden.", 1, "FORE_MATTA",
		func(r Rakning, _ Summa) Kvot { return hel(r.Matta) }, matta}
	mattAndelForeMatta = &Matt{"andelForeMatta", "Andel före", EnhetProcent, "Antalet före delat med alla som avslutats med mätning i perioden.", 1, "",
		func(r Rakning, s Summa) Kvot { return kvot(r.Matta, s.Matta) }, nil}
	mattEfterMatta = &Matt{"antalEfterMatta", "Antal deltagare efter insats", EnhetAntal, "Antal deltaganden som avslutats med mätning i perioden och som vid avslutet hörde till raden.", 1, "EFTER_MATTA",
		func(r Rakning, _ Summa) Kvot { return hel(r.Efter) }, matta}
	mattAndelEfterMatta = &Matt{"andelEfterMatta", "Andel efter", EnhetProcent, "Antalet efter delat med alla som avslutats med mätning i perioden.", 1, "",
		func(r Rakning, s Summa) Kvot { return kvot(r.Efter, s.Matta) }, nil}
	mattForandringMatta = &Matt{"forandringMatta", "Förändring", EnhetAntal, "Antalet efter minus antalet före, bland dem som avslutats med mätning.", 1, "",
		func(r Rakning, _ Summa) Kvot { return hel(r.Efter - r.Matta) }, nil}
	mattForandringProcentMatta = &Matt{"forandringProcentMatta", "Förändring i %", EnhetProcent, "Förändringen bland dem som mätts delad med antalet före bland dem; saknas när ingen av dem hörde till raden före.", 1, "",
		func(r Rakning, _ Summa) Kvot { return kvot(r.Efter-r.Matta, r.Matta) }, nil}
	mattLamnat = &Matt{"lamnat", "Lämnat", EnhetAntal, "Hörde till raden före men inte efter, bland dem som avslutats med mätning.", 1, "LAMNAT",
		func(r Rakning, _ Summa) Kvot { return hel(r.Matta - r.Kvar) }, matta}
	mattTillkommit = &Matt{"tillkommit", "Tillkommit", EnhetAntal, "Hörde till raden efter men inte före, bland dem som avslutats med mätning.", 1, "TILLKOMMIT",
		func(r Rakning, _ Summa) Kvot { return hel(r.Efter - r.Kvar) }, matta}
	mattKvar = &Matt{"kvar", "Kvar", EnhetAntal, "Hörde till raden både före och efter, bland dem som avslutats med mätning.", 1, "KVAR",
		func(r Rakning, _ Summa) Kvot { return hel(r.Kvar) }, matta}
	mattOkat = &Matt{"borjatEllerOkat", "Varav börjat eller ökat", EnhetAntal, "De som hör till raden efter och som då arbetar eller studerar mer än före: från 0 till mer än 0 procent, eller till en högre procent. Bara de som avslutats med mätning.", 1, "BORJAT_ELLER_OKAT",
		func(r Rakning, _ Summa) Kvot { return hel(r.Okat) }, matta}
	mattAndelOkat = &Matt{"andelBorjatEllerOkat", "Andel börjat eller ökat", EnhetProcent, "De som börjat eller ökat, delade med alla som avslutats med mätning i perioden.", 1, "",
		func(r Rakning, s Summa) Kvot { return kvot(r.Okat, s.Matta) }, nil}

	mattUtgangslage = &Matt{"utgangslage", "Antal i utgångsläget", EnhetAntal, "Antal deltaganden som avslutats med mätning i perioden och som vid starten var i radens utgångsläge.", 1, "UTGANGSLAGE",
		func(r Rakning, _ Summa) Kvot { return hel(r.Matta) }, matta}
	mattSteg = &Matt{"tagitSteget", "Antal som tagit steget", EnhetAntal, "De i utgångsläget som vid avslutet har tagit steget.", 1, "TAGIT_STEGET",
		func(r Rakning, _ Summa) Kvot { return hel(r.Kvar) }, matta}
	mattAndelSteg = &Matt{"andelTagitSteget", "Andel", EnhetProcent, "De som tagit steget delade med dem som var i utgångsläget; saknas när ingen var det.", 1, "",
		func(r Rakning, _ Summa) Kvot { return kvot(r.Kvar, r.Matta) }, nil}

	mattNya = &Matt{"nya", "Nya", EnhetAntal, "Antal deltaganden med startdag i radens tid.", 1, "NYA",
		func(r Rakning, _ Summa) Kvot { return hel(r.Antal) }, alla}
	mattAvslutade = &Matt{"avslutade", "Avslutade", EnhetAntal, "Antal deltaganden med avslutningsdag i radens tid.", 1, "AVSLUTADE",
		func(r Rakning, _ Summa) Kvot { return hel(r.Antal) }, alla}
	mattPagaende = &Matt{"pagaende", "Pågående", EnhetAntal, "Antal deltaganden som har börjat men inte avslutats den sista dagen i radens tid (den som avslutas den dagen pågår inte).", 1, "PAGAENDE",
		func(r Rakning, _ Summa) Kvot { return hel(r.Antal) }, nil}
	mattMedian = &Matt{"median", "Median", EnhetDagar, "Det mittersta av deltagandenas antal dagar i insatsen, från startdag till och med avslutningsdag; medelvärdet av de två mittersta när antalet är jämnt.", 1, "MEDIAN",
		func(r Rakning, _ Summa) Kvot { return r.median() }, nil}
	mattMedel = &Matt{"medel", "Medelvärde", EnhetDagar, "Summan av deltagandenas antal dagar i insatsen delad med antalet deltaganden.", 1, "MEDEL",
		func(r Rakning, _ Summa) Kvot { return r.medel() }, nil}
	mattP90 = &Matt{"p90", "Nio av tio högst", EnhetDagar, "Det lägsta antal dagar som minst nio av tio deltaganden inte överstiger.", 1, "P90",
		func(r Rakning, _ Summa) Kvot { return r.percentil(90) }, nil}
)

// fordela counts n with a value; one that is missing is in no distribution.
func (r *Rakning) fordela(varde int32, n int) {
	if varde < 0 {
		return
	}
	if r.fordelade == nil {
		r.fordelade = map[int32]int{}
	}
	r.fordelade[varde] += n
}

// vid is the n-th smallest of the values, from 1.
func (r Rakning) vid(n int) int32 {
	sedda := 0
	for _, v := range slices.Sorted(maps.Keys(r.fordelade)) {
		if sedda += r.fordelade[v]; sedda >= n {
			return v
		}
	}
	return 0
}

func (r Rakning) antalVarden() (n int) {
	for _, antal := range r.fordelade {
		n += antal
	}
	return n
}

func (r Rakning) median() Kvot {
	n := r.antalVarden()
	if n == 0 {
		return Kvot{}
	}
	return kvot(int(r.vid((n+1)/2)+r.vid(n/2+1)), 2)
}

func (r Rakning) medel() Kvot {
	summa := 0
	for v, n := range r.fordelade {
		summa += int(v) * n
	}
	return kvot(summa, r.antalVarden())
}

// percentil is the nearest rank: the lowest value that p per cent do not exceed.
func (r Rakning) percentil(p int) Kvot {
	n := r.antalVarden()
	if n == 0 {
		return Kvot{}
	}
	return hel(int(r.vid((p*n + 99) / 100)))
}

func (k Kvot) String() string {
	return strconv.FormatInt(k.Taljare, 10) + "/" + strconv.FormatInt(k.Namnare, 10)
}
