package demo

import (
	"math/rand/v2"

	"sus/backend/register"
)

// plan is what happens in one insats, in the order it is registered.
type plan struct {
	deltaganden []planerat
	anonyma     []planeradeAnonyma
	samtycken   []planeratSamtycke // not yet used
	skyddade    []planeradSkyddad
}

// planerat is one deltagande from its samtycke on. Every «registrerad» is the
// day on which somebody sat at the screen.
type planerat struct {
	person      person
	samtycke    register.NyttSamtycke
	in          register.Inregistrering
	registrerad register.Datum

	rattadIn  *register.Inregistrering
	rattadInD register.Datum

	ut            *register.Utregistrering
	utRegistrerad register.Datum
	rattadUt      *register.Utregistrering
	rattadUtD     register.Datum

	aterkallat *register.Datum
}

type planeradeAnonyma struct {
	in  register.Anonymregistrering
	dag register.Datum
}

type planeratSamtycke struct {
	person      person
	samtycke    register.NyttSamtycke
	registrerad register.Datum
}

// planeradSkyddad is somebody whose samtycke is refused and who becomes anonym instead.
type planeradSkyddad struct {
	person   person
	samtycke register.NyttSamtycke
	dag      register.Datum
}

// Codes the demo registers with.
const (
	sjukpenning      = "SJUKPENNING"
	sa               = "SA"
	aKassa           = "A_KASSA"
	aktivitetsstod   = "AKTIVITETSSTOD"
	forsorjningsstod = "FORSORJNINGSSTOD"
	studiestod       = "STUDIESTOD"
	annan            = "ANNAN"
	ingenForsorjning = "INGEN"

	enligtPlan      = "AVSLUT_ENLIGT_PLAN"
	fortsatt        = "FORTSATT_REHABILITERING"
	felregistrering = "FELREGISTRERING"
)

// slumpning is a source of chance of its own for one part of the demo, so that a
// change in one part leaves the others as they were.
func slumpning(fro int64, del uint64) *rand.Rand {
	return rand.New(rand.NewPCG(uint64(fro), del))
}

// val picks by weight.
type val[T any] struct {
	varde T
	vikt  int
}

func valj[T any](r *rand.Rand, av []val[T]) T {
	summa := 0
	for _, v := range av {
		summa += v.vikt
	}
	n := r.IntN(summa)
	for _, v := range av {
		if n -= v.vikt; n < 0 {
			return v.varde
		}
	}
	return av[len(av)-1].varde
}

// vardag is the day, or the Monday after when it is in a weekend.
func vardag(d register.Datum) register.Datum {
	switch d.Tid().Weekday() {
	case 6:
		return d.Plus(2)
	case 0:
		return d.Plus(1)
	}
	return d
}

// tidigast is the earlier day.
func tidigast(a, b register.Datum) register.Datum {
	if b.Fore(a) {
		return b
	}
	return a
}

func senast(a, b register.Datum) register.Datum {
	if a.Fore(b) {
		return b
	}
	return a
}

// nyttSamtycke is a consent given within a week before the registration, in
// most cases in Swedish and on paper; never before tidigast.
func nyttSamtycke(r *rand.Rand, p person, registrerad, tidigast register.Datum) register.NyttSamtycke {
	return register.NyttSamtycke{
		Personnummer: p.nr,
		Blankett:     "9443",
		Datum:        senast(tidigast, registrerad.Plus(-r.IntN(8))),
		Sprak:        valj(r, []val[string]{{"sv", 80}, {"ar", 7}, {"so", 4}, {"en", 4}, {"ti", 2}, {"uk", 3}}),
		Satt:         valj(r, []val[register.Samtyckessatt]{{register.SattSkriftligt, 85}, {register.SattElektroniskt, 15}}),
	}
}

var utbildningar = []val[string]{{"EJ_GRUNDSKOLA", 12}, {"GRUNDSKOLA", 30}, {"GYMNASIUM", 44}, {"EFTERGYMNASIAL", 14}}

// inregistrering is an in-registration with the försörjning given and the rest by chance.
func inregistrering(r *rand.Rand, startdag register.Datum, forsorjning []string) register.Inregistrering {
	in := register.Inregistrering{
		Startdag:               startdag,
		Utbildningsniva:        valj(r, utbildningar),
		ArOffentligForsorjning: valj(r, []val[int]{{0, 18}, {1, 14}, {2, 14}, {3, 12}, {4, 10}, {5, 8}, {7, 8}, {9, 6}, {12, 6}, {17, 4}}),
		Fore:                   sysselsattning(r, forsorjning, 6),
	}
	return in
}

// sysselsattning is work and studies that go with a försörjning; arbete is per
// cent of people who work at all.
func sysselsattning(r *rand.Rand, forsorjning []string, arbete int) register.Sysselsattning {
	s := register.Sysselsattning{Forsorjning: forsorjning, Arbetssokande: r.IntN(100) < 45}
	if har(forsorjning, ingenForsorjning) {
		arbete *= 3
	}
	if r.IntN(100) < arbete {
		s.Arbetar = true
		s.ArbetarProcent = procent(r)
		s.Arbetstyper = []register.Arbetstyp{valj(r, []val[register.Arbetstyp]{
			{register.ArbeteInteSubventionerat, 55}, {register.ArbeteSubventionerat, 38}, {register.ArbeteEgetForetag, 7}})}
	}
	studier := 5
	if har(forsorjning, studiestod) {
		studier = 95
	}
	if r.IntN(100) < studier {
		s.Studerar = true
		s.StuderarProcent = procent(r)
	}
	return s
}

func procent(r *rand.Rand) *int {
	n := valj(r, []val[int]{{25, 20}, {50, 35}, {75, 20}, {100, 25}})
	return &n
}

func har(koder []string, kod string) bool {
	for _, k := range koder {
		if k == kod {
			return true
		}
	}
	return false
}
