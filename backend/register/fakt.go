package register

import "slices"

// FaktSaknas stands in a fact column whose value is missing, was not asked or
// has been erased.
const FaktSaknas = -1

// FaktOppen stands in slutman while a deltagande is open: it ends after every month.
const FaktOppen = 32767

// FaktForstaAr is the year from whose January the facts' months are counted.
const FaktForstaAr = 2000

// Faktarad is one row of the read model: the numbers of one deltagande under
// one date basis. A row of fakt_in has FaktSaknas in the columns that fakt_in lacks.
// Where the organisation stood in Manad, and what the insats was about, the database adds
// (sus_plats, sus_insats_om).
type Faktarad struct {
	Ar, Manad    int16 // year, and whole months since January of FaktForstaAr
	Org, Insats  int16 // Samverkansorganisation.Nr, Insats.Nr
	Fore, Efter  int32 // försörjning as a set of bits; Efter FaktSaknas = utan mätning
	Kon          int16 // 1 KVINNA, 2 MAN
	Alder        int16 // whole years on the day of the basis
	Kommun       int16 // SCB's code as a number
	Utbildning   int16 // Kodrad.Nr
	Person       int32
	Okopplad     bool
	Startmanad   int16
	Slutmanad    int16 // FaktOppen while it is open; open on the last day of a month: Startmanad <= month < Slutmanad
	Dagar        int32 // avslutningsdag − startdag + 1
	Bidragsar    int16
	ArbeteFore   int16 // per cent; 0 is Nej
	ArbeteEfter  int16
	StudierFore  int16
	StudierEfter int16
	Orsak        int16 // avslutsanledning, Kodrad.Nr
	Reg          int32

	ArbetssokandeFore, ArbetssokandeEfter int16 // 1 Ja, 0 Nej
	ArbetstypFore, ArbetstypEfter         int32 // kinds of work as a set of bits, 0 none
}

// Faktarader says what the read model holds of one deltagande: in by its
// startdag, ut by its avslutningsdag (nil while open). Both are nil when it is
// felregistrerad, which takes it out of all figures (domain 5).
func Faktarader(d Deltagande, org Samverkansorganisation, insats Insats, kodverk Kodverk) (in, ut *Faktarad) {
	if d.Felregistrerad {
		return nil, nil
	}
	rad := Faktarad{
		Ar: int16(d.Startdag.Ar()), Manad: faktManad(d.Startdag),
		Org: org.Nr, Insats: insats.Nr,
		Fore: faktMangd(kodverk, d.In), Efter: FaktSaknas,
		Kon: faktKon(d.In.Kon), Alder: faktTal(d.In.Alder), Kommun: faktKommun(d.In.Kommun),
		Utbildning: faktNr(kodverk, KodverkUtbildningsniva, d.In.Utbildningsniva),
		Person:     d.Person, Okopplad: d.Okopplad, Startmanad: faktManad(d.Startdag),
		Bidragsar:  faktTal(d.In.ArOffentligForsorjning),
		ArbeteFore: faktProcent(d.In.Arbetar, d.In.ArbetarProcent), ArbeteEfter: FaktSaknas,
		StudierFore: faktProcent(d.In.Studerar, d.In.StuderarProcent), StudierEfter: FaktSaknas,
		Orsak: FaktSaknas, Reg: d.Reg, Slutmanad: FaktOppen, Dagar: FaktSaknas,
		ArbetssokandeFore: faktJaNej(d.In.Arbetssokande), ArbetssokandeEfter: FaktSaknas,
		ArbetstypFore: faktArbetstyp(kodverk, d.In), ArbetstypEfter: FaktSaknas,
	}
	if d.Avslutningsdag != nil {
		rad.Slutmanad = faktManad(*d.Avslutningsdag)
	}
	in = &rad
	if d.Avslutningsdag == nil || d.Ut == nil {
		return in, nil
	}
	slut := rad
	slut.Ar, slut.Manad = int16(d.Avslutningsdag.Ar()), faktManad(*d.Avslutningsdag)
	slut.Alder = faktTal(d.Ut.Alder)
	slut.Efter = faktMangd(kodverk, *d.Ut)
	slut.ArbeteEfter = faktProcent(d.Ut.Arbetar, d.Ut.ArbetarProcent)
	slut.StudierEfter = faktProcent(d.Ut.Studerar, d.Ut.StuderarProcent)
	slut.Dagar = int32(d.Startdag.DagarTill(*d.Avslutningsdag)) + 1
	slut.ArbetssokandeEfter = faktJaNej(d.Ut.Arbetssokande)
	slut.ArbetstypEfter = faktArbetstyp(kodverk, *d.Ut)
	slut.Orsak = faktNr(kodverk, KodverkAvslutsanledning, d.Ut.Avslutsanledning)
	return in, &slut
}

// Faktasvar is one row of the answers in the read model. Where the organisation stood in
// Manad the database adds (sus_plats).
type Faktasvar struct {
	Ar     int16 `json:"ar"`
	Manad  int16 `json:"manad"`
	Insats int16 `json:"insats"`
	Matt   int16 `json:"matt"`  // FaktMattIn, FaktMattUt
	Fraga  int32 `json:"fraga"` // Fraga.Nr
	Svar   int16 `json:"svar"`  // place among the alternatives, from 1; the number; the step; FaktSaknas not answered
	Kon    int16 `json:"kon"`
	Alder  int16 `json:"alder"`
	Kommun int16 `json:"kommun"`
}

// The facts' numbers for the two measurements.
const (
	FaktMattIn int16 = 0
	FaktMattUt int16 = 1
)

// FaktasvarFor says what the read model holds of the answers of a deltagande whose facts are
// in and ut: each answer, and each of fragor that was asked at a measurement and not
// answered. fragor are at least those of its organisation that are asked at one of the two.
func FaktasvarFor(d Deltagande, in, ut *Faktarad, fragor []Fraga) []Faktasvar {
	svar := faktasvar(nil, FaktMattIn, in, d.In, MatningIn, fragor)
	if d.Ut != nil {
		svar = faktasvar(svar, FaktMattUt, ut, *d.Ut, MatningUt, fragor)
	}
	return svar
}

func faktasvar(rader []Faktasvar, matt int16, rad *Faktarad, m Mattillfalle, typ Matningstyp, fragor []Fraga) []Faktasvar {
	if rad == nil || !m.MedMatning() {
		return rader
	}
	for _, f := range fragor {
		if !f.Stalls(typ, m.Dag) {
			continue
		}
		for _, n := range f.faktasvar(m.Svar) {
			rader = append(rader, Faktasvar{rad.Ar, rad.Manad, rad.Insats, matt, f.Nr, n, rad.Kon, rad.Alder, rad.Kommun})
		}
	}
	return rader
}

// faktasvar is the numbers of what was answered to the question.
func (f Fraga) faktasvar(svar []Fragesvar) []int16 {
	i := slices.IndexFunc(svar, func(s Fragesvar) bool { return s.FragaID == f.ID })
	if i < 0 {
		return []int16{FaktSaknas}
	}
	if svar[i].Tal != nil {
		return []int16{faktTal(svar[i].Tal)}
	}
	var valda []int16
	for _, kod := range svar[i].Koder {
		valda = append(valda, int16(f.plats(kod)+1))
	}
	return valda
}

func faktManad(d Datum) int16 {
	return int16((d.Ar()-FaktForstaAr)*12 + d.Manad() - 1)
}

// faktMangd is FaktSaknas for a measurement that was not made; one that was
// made has at least one försörjning.
func faktMangd(kodverk Kodverk, m Mattillfalle) int32 {
	if len(m.Forsorjning) == 0 {
		return FaktSaknas
	}
	return kodverk.Mangd(m.Forsorjning)
}

// faktArbetstyp is FaktSaknas for a measurement that was not made, else the empty set when
// nothing was chosen.
func faktArbetstyp(kodverk Kodverk, m Mattillfalle) int32 {
	if !m.MedMatning() {
		return FaktSaknas
	}
	koder := make([]string, len(m.Arbetstyper))
	for i, typ := range m.Arbetstyper {
		koder[i] = string(typ)
	}
	return kodverk.mangd(KodverkArbetstyp, koder)
}

func faktJaNej(ja *bool) int16 {
	switch {
	case ja == nil:
		return FaktSaknas
	case *ja:
		return 1
	}
	return 0
}

func faktNr(kodverk Kodverk, typ Kodverkstyp, kod *string) int16 {
	if kod == nil {
		return FaktSaknas
	}
	return kodverk.Nr(typ, *kod)
}

// The facts' numbers for kön.
const (
	FaktKvinna int16 = 1
	FaktMan    int16 = 2
)

func faktKon(kon *Kon) int16 {
	switch {
	case kon == nil:
		return FaktSaknas
	case *kon == KonKvinna:
		return FaktKvinna
	case *kon == KonMan:
		return FaktMan
	}
	return FaktSaknas
}

func faktTal(n *int) int16 {
	if n == nil || *n < 0 || *n > 32767 {
		return FaktSaknas
	}
	return int16(*n)
}

// faktKommun: four digits always fit, SCB's codes go from 0114 to 2584.
func faktKommun(kod *string) int16 {
	if kod == nil || len(*kod) != 4 {
		return FaktSaknas
	}
	var n int16
	for _, r := range *kod {
		if r < '0' || r > '9' {
			return FaktSaknas
		}
		n = n*10 + int16(r-'0')
	}
	return n
}

// FaktKommun is a kommun's four digits as the facts have them.
func FaktKommun(kod string) int16 { return faktKommun(&kod) }

// FaktLan is a län's two digits as the facts have them.
func FaktLan(kod string) int16 {
	if len(kod) != 2 {
		return FaktSaknas
	}
	return faktKommun(new("00" + kod))
}

func faktProcent(ja *bool, procent *int) int16 {
	switch {
	case ja == nil:
		return FaktSaknas
	case !*ja:
		return 0
	}
	return faktTal(procent)
}
