package demo

import (
	"math/rand/v2"
	"slices"

	"sus/backend/register"
)

// The budgetår 2010 of the seed. Every figure of its two tables is made here:
// mangder says how many of the deltaganden have which försörjning, and the test
// reckons the tables back from the report.
type mangd struct {
	koder []string
	antal int
}

var (
	// The 19 that ended in 2010: before, and after. Two of them ended utan mätning.
	avslutadeFore = []mangd{
		{[]string{studiestod}, 1},
		{[]string{forsorjningsstod}, 7},
		{[]string{aktivitetsstod}, 2},
		{[]string{aKassa}, 1},
		{[]string{sjukpenning}, 4},
		{[]string{forsorjningsstod, aktivitetsstod}, 3},
		{[]string{forsorjningsstod, sjukpenning}, 1},
	}
	avslutadeEfter = []mangd{
		{[]string{annan}, 1},
		{[]string{studiestod}, 1},
		{[]string{forsorjningsstod}, 3},
		{[]string{aktivitetsstod}, 1},
		{[]string{sjukpenning}, 2},
		{[]string{ingenForsorjning}, 3},
		{[]string{forsorjningsstod, aktivitetsstod}, 3},
		{[]string{forsorjningsstod, sjukpenning}, 1},
		{[]string{studiestod, sjukpenning}, 1},
		{[]string{sa, sjukpenning}, 1},
		{nil, 2}, // utan mätning
	}
	// The 107 that started in 2010 and ended in 2011 or 2012.
	ovrigaFore = []mangd{
		{[]string{studiestod}, 1},
		{[]string{forsorjningsstod}, 60},
		{[]string{aktivitetsstod}, 5},
		{[]string{aKassa}, 1},
		{[]string{sa}, 12},
		{[]string{sjukpenning}, 10},
		{[]string{ingenForsorjning}, 11},
		{[]string{forsorjningsstod, sa}, 4},
		{[]string{forsorjningsstod, sjukpenning}, 2},
		{[]string{forsorjningsstod, aKassa}, 1},
	}
)

// utstrackt is one set of codes a deltagande, in an order by chance.
func utstrackt(r *rand.Rand, av []mangd) [][]string {
	var svar [][]string
	for _, m := range av {
		for range m.antal {
			svar = append(svar, m.koder)
		}
	}
	r.Shuffle(len(svar), func(i, j int) { svar[i], svar[j] = svar[j], svar[i] })
	return svar
}

// ar2010 plans Uppsala's 126 deltaganden of 2010: 125 people, of whom one is in
// two insatser and ends neither in 2010. What would end after idag is open yet.
func ar2010(r *rand.Rand, fb forbund, kalla *personkalla, idag register.Datum) ([]plan, error) {
	planer := make([]plan, len(fb.insatser))
	var platser []int // the insats of each deltagande
	for i, ins := range fb.insatser {
		for range ins.ar2010 {
			platser = append(platser, i)
		}
	}
	r.Shuffle(len(platser), func(i, j int) { platser[i], platser[j] = platser[j], platser[i] })

	fore := append(utstrackt(r, avslutadeFore), utstrackt(r, ovrigaFore)...)
	efter := utstrackt(r, avslutadeEfter)
	var forraPlats int
	var forra person
	for n, plats := range platser {
		avslutas := n < len(efter)
		p := forra
		if n > len(efter) && forra.nr.Angett() && plats != forraPlats {
			// The one person who comes twice: in another insats, at the same time.
			forra = person{}
		} else {
			var err error
			if p, err = kalla.ta(fb.hemkommuner); err != nil {
				return nil, err
			}
			if n == len(efter) {
				forra, forraPlats = p, plats
			}
		}
		d := borja2010(r, p, fore[n], avslutas)
		if avslutas {
			d.avsluta2010(r, efter[n])
		} else {
			d.avslutaSenare(r, fb.insatser[plats].uppgifter.Slutdatum)
		}
		d.hogst(idag)
		planer[plats].deltaganden = append(planer[plats].deltaganden, d)
	}
	for i := range planer {
		iOrdning(planer[i].deltaganden)
	}
	return planer, nil
}

// borja2010 starts somewhere in 2010; one that is to end the same year early enough for it.
func borja2010(r *rand.Rand, p person, fore []string, avslutas bool) planerat {
	dagar := 350
	if avslutas {
		dagar = 180
	}
	start := vardag(register.NyttDatum(2010, 1, 4).Plus(r.IntN(dagar)))
	registrerad := vardag(start.Plus(r.IntN(10)))
	return planerat{
		person:      p,
		samtycke:    nyttSamtycke(r, p, registrerad, start2009),
		in:          inregistrering(r, start, slices.Clone(fore)),
		registrerad: registrerad,
	}
}

func (d *planerat) avsluta2010(r *rand.Rand, efter []string) {
	dag := tidigast(vardag(d.in.Startdag.Plus(60+r.IntN(110))), register.NyttDatum(2010, 12, 30))
	d.utskriv(r, dag, slices.Clone(efter))
}

func (d *planerat) avslutaSenare(r *rand.Rand, slut *register.Datum) {
	dag := senast(register.NyttDatum(2011, 1, 10).Plus(r.IntN(40)), d.in.Startdag.Plus(90+r.IntN(500)))
	dag = vardag(tidigast(dag, register.NyttDatum(2012, 12, 20)))
	if slut != nil {
		dag = tidigast(dag, *slut)
	}
	var efter []string
	if r.IntN(100) < 80 {
		efter = utfall(r, d.in.Fore.Forsorjning)
	}
	d.utskriv(r, dag, efter)
}

// utskriv is the exit; no efter is an anledning utan mätning.
func (d *planerat) utskriv(r *rand.Rand, dag register.Datum, efter []string) {
	ut := register.Utregistrering{Avslutningsdag: dag}
	if efter == nil {
		ut.Avslutsanledning = valj(r, utanMatning)
	} else {
		ut.Avslutsanledning = valj(r, []val[string]{{enligtPlan, 75}, {fortsatt, 25}})
		s := sysselsattning(r, efter, 28)
		ut.Efter = &s
	}
	d.ut = &ut
	d.utRegistrerad = senast(vardag(dag.Plus(r.IntN(12))), d.registrerad)
}

// hogst takes away what would be registered after the last day.
func (d *planerat) hogst(idag register.Datum) {
	if d.ut != nil && !d.utRegistrerad.Fore(idag) {
		d.ut = nil
	}
	if d.ut == nil || d.rattadUt != nil && !d.rattadUtD.Fore(idag) {
		d.rattadUt = nil
	}
	if d.rattadIn != nil && !d.rattadInD.Fore(idag) {
		d.rattadIn = nil
	}
	if d.aterkallat != nil && !d.aterkallat.Fore(idag) {
		d.aterkallat = nil
	}
}

// iOrdning sorts as they were registered; the number decides between equals.
func iOrdning(d []planerat) {
	slices.SortStableFunc(d, func(a, b planerat) int {
		switch {
		case a.registrerad.Fore(b.registrerad):
			return -1
		case b.registrerad.Fore(a.registrerad):
			return 1
		case a.person.nr.Siffror() < b.person.nr.Siffror():
			return -1
		}
		return 1
	})
}
