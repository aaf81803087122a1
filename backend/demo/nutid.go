package demo

import (
	"math/rand/v2"
	"slices"

	"sus/backend/register"
)

var utanMatning = []val[string]{
	{"AVBROTT_PA_EGEN_BEGARAN", 30}, {"SJUKDOM", 28}, {"FLYTT", 14}, {"FORALDRALEDIGHET", 12}, {"AVLIDEN", 2}, {"ANNAN", 14},
}

// Sources of income at the start, a little apart between insatser by chance.
var forsorjningar = []val[[]string]{
	{[]string{forsorjningsstod}, 36},
	{[]string{sjukpenning}, 17},
	{[]string{sa}, 10},
	{[]string{aktivitetsstod}, 9},
	{[]string{ingenForsorjning}, 8},
	{[]string{aKassa}, 4},
	{[]string{studiestod}, 2},
	{[]string{annan}, 2},
	{[]string{forsorjningsstod, aktivitetsstod}, 5},
	{[]string{forsorjningsstod, sjukpenning}, 4},
	{[]string{sa, forsorjningsstod}, 3},
}

// utfall is the försörjning after an insats: for most the same as before, for a
// third another one, for a fifth none at all.
func utfall(r *rand.Rand, fore []string) []string {
	switch n := r.IntN(100); {
	case n < 46:
		return slices.Clone(fore)
	case n < 66:
		return []string{ingenForsorjning}
	case n < 74:
		return []string{studiestod}
	case n < 86:
		return []string{aktivitetsstod}
	}
	return slices.Clone(valj(r, forsorjningar))
}

// nutidens is what one insats of the living present is to hold.
type nutidens struct {
	antal      int
	fran, idag register.Datum
	slut       *register.Datum
	kommuner   []string
	stadsdelar map[string][]string // by kommun, those that hold on some day
	giltig     func(stadsdel string, pa register.Datum) bool
}

// nutid plans the deltaganden of one insats over the years up to today, with
// what happens in a real register: late registrations, corrections,
// felregistreringar, withdrawals, people who come back.
func nutid(r *rand.Rand, in nutidens, kalla *personkalla) (plan, error) {
	var pl plan
	sista := in.idag.Plus(-1) // nothing is registered later than now
	dagar := in.fran.DagarTill(sista)
	if in.antal == 0 || dagar < 10 {
		return pl, nil
	}
	for range in.antal {
		start := startdag(r, in.fran, dagar)
		p, start, err := nagon(r, pl.deltaganden, start, sista, in, kalla)
		if err != nil {
			return pl, err
		}
		d := ettDeltagande(r, p, start, sista, in)
		d.hogst(in.idag)
		pl.deltaganden = append(pl.deltaganden, d)
	}
	iOrdning(pl.deltaganden)
	if in.slut == nil {
		glom(pl.deltaganden, in.idag)
	}
	if err := pl.runtomkring(r, in, sista, kalla); err != nil {
		return pl, err
	}
	return pl, nil
}

// glom leaves the last two of those who began more than two years ago without
// the exit that nobody came to register, as in a real register: the Startsida
// asks about them.
func glom(alla []planerat, idag register.Datum) {
	grans := idag.PlusAr(-2).Plus(-30)
	kvar := 2
	for i := len(alla) - 1; i >= 0 && kvar > 0; i-- {
		d := &alla[i]
		avslutat := d.ut != nil && d.ut.Avslutsanledning != felregistrering
		if !avslutat || !d.in.Startdag.Fore(grans) || d.aterkallat != nil || kommerIgen(alla, *d) {
			continue
		}
		d.ut, d.rattadUt = nil, nil
		kvar--
	}
}

// startdag: fewer begin in summer and around Christmas.
func startdag(r *rand.Rand, fran register.Datum, dagar int) register.Datum {
	vikt := [13]int{0, 10, 10, 9, 8, 7, 4, 1, 8, 10, 9, 8, 3}
	for {
		d := vardag(fran.Plus(r.IntN(dagar - 4)))
		if r.IntN(10) < vikt[d.Manad()] || dagar < 90 {
			return d
		}
	}
}

// nagon is a new person, or for one in twenty-five somebody who has been in the
// insats before and starts again.
func nagon(r *rand.Rand, tidigare []planerat, start, sista register.Datum, in nutidens, kalla *personkalla) (person, register.Datum, error) {
	if len(tidigare) > 0 && r.IntN(25) == 0 {
		d := tidigare[r.IntN(len(tidigare))]
		if d.ut != nil && d.aterkallat == nil && d.rattadUt == nil && !kommerIgen(tidigare, d) {
			ater := vardag(senast(d.utRegistrerad, d.ut.Avslutningsdag).Plus(20 + r.IntN(120)))
			if ater.Fore(sista.Plus(-3)) {
				return d.person, ater, nil
			}
		}
	}
	p, err := kalla.ta(in.kommuner)
	return p, start, err
}

// kommerIgen is true when d is not the person's only deltagande so far.
func kommerIgen(alla []planerat, d planerat) bool {
	n := 0
	for _, a := range alla {
		if a.person.nr == d.person.nr {
			n++
		}
	}
	return n > 1
}

func ettDeltagande(r *rand.Rand, p person, start, sista register.Datum, in nutidens) planerat {
	// Most are registered within two weeks, some late.
	efter := valj(r, []val[int]{{r.IntN(6), 60}, {6 + r.IntN(9), 30}, {15 + r.IntN(60), 10}})
	registrerad := tidigast(vardag(start.Plus(efter)), sista)
	d := planerat{
		person:      p,
		samtycke:    nyttSamtycke(r, p, registrerad, in.fran),
		in:          inregistrering(r, start, slices.Clone(valj(r, forsorjningar))),
		registrerad: registrerad,
	}
	if delar := in.stadsdelar[p.post.Kommun]; len(delar) > 0 {
		if kod := delar[r.IntN(len(delar))]; in.giltig(kod, start) {
			d.in.Stadsdel = kod
		}
	}
	langd := valj(r, []val[int]{{20 + r.IntN(60), 14}, {80 + r.IntN(100), 36}, {180 + r.IntN(180), 36}, {360 + r.IntN(240), 14}})
	slut := vardag(start.Plus(langd))
	if in.slut != nil {
		slut = tidigast(slut, *in.slut)
	}
	if slut.Fore(sista) {
		d.slutar(r, slut)
	}
	if r.IntN(100) < 5 {
		d.rattaIn(r)
	}
	if r.IntN(100) < 2 {
		dag := vardag(senast(senast(d.registrerad, d.utRegistrerad), d.rattadUtD).Plus(3 + r.IntN(90)))
		d.aterkallat = &dag
	}
	return d
}

func (d *planerat) slutar(r *rand.Rand, slut register.Datum) {
	var efter []string
	matning := r.IntN(100) < 76
	if matning {
		efter = utfall(r, d.in.Fore.Forsorjning)
	}
	d.utskriv(r, slut, efter)
	switch n := r.IntN(100); {
	case n < 2:
		d.ut = &register.Utregistrering{Avslutningsdag: slut, Avslutsanledning: felregistrering}
	case n < 6:
		ratt := *d.ut
		ratt.Avslutningsdag = senast(d.in.Startdag, slut.Plus(-r.IntN(6)))
		if ratt.Efter != nil {
			s := sysselsattning(r, utfall(r, d.in.Fore.Forsorjning), 28)
			ratt.Efter = &s
		}
		d.rattadUt = &ratt
		d.rattadUtD = vardag(d.utRegistrerad.Plus(1 + r.IntN(20)))
	}
}

// rattaIn corrects the in-registration soon after it was made, before anything
// else happens to the deltagande.
func (d *planerat) rattaIn(r *rand.Rand) {
	if d.ut != nil && !d.registrerad.Fore(d.utRegistrerad) {
		return
	}
	ratt := d.in
	ratt.Utbildningsniva = valj(r, utbildningar)
	ratt.ArOffentligForsorjning = max(0, d.in.ArOffentligForsorjning+r.IntN(3)-1)
	if r.IntN(2) == 0 {
		ratt.Fore = sysselsattning(r, slices.Clone(valj(r, forsorjningar)), 6)
	}
	d.rattadIn = &ratt
	d.rattadInD = d.registrerad.Plus(1)
}

// runtomkring is what stands beside the deltaganden: anonyma of each year, people
// with protected personuppgifter who become anonyma, and samtycken that wait for
// their registration.
func (pl *plan) runtomkring(r *rand.Rand, in nutidens, sista register.Datum, kalla *personkalla) error {
	for ar := in.fran.Ar(); ar <= sista.Ar(); ar++ {
		dag := tidigast(register.NyttDatum(ar, 12, 10), sista)
		if dag.Fore(in.fran) || in.slut != nil && dag.Efter(*in.slut) {
			continue
		}
		pl.anonyma = append(pl.anonyma, planeradeAnonyma{
			in:  register.Anonymregistrering{Inregistreringsar: ar, AntalKvinnor: 1 + r.IntN(9), AntalMan: r.IntN(9)},
			dag: dag,
		})
	}
	if r.IntN(2) == 0 {
		p, err := kalla.skyddad()
		if err != nil {
			return err
		}
		dag := senast(in.fran, vardag(sista.Plus(-10-r.IntN(200))))
		pl.skyddade = append(pl.skyddade, planeradSkyddad{person: p, samtycke: nyttSamtycke(r, p, dag, in.fran), dag: dag})
	}
	for range 1 + r.IntN(2) {
		p, err := kalla.ta(in.kommuner)
		if err != nil {
			return err
		}
		dag := sista.Plus(-r.IntN(8))
		pl.samtycken = append(pl.samtycken, planeratSamtycke{person: p, samtycke: nyttSamtycke(r, p, dag, in.fran), registrerad: dag})
	}
	return nil
}
