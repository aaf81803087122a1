package demo

import (
	"fmt"

	"sus/backend/register"
)

// What every log-in of a demo shares. They open nothing elsewhere: a demo user
// is only ever made in a database that says it is a demo.
const (
	Huvudlosenord   = "demo-huvudlosenord"
	Klienthemlighet = "demo-hemlighet-som-alla-i-demon-far-kanna-till"
)

const ingen = -1 // a konto without förbund, or without insats

// konto is one log-in of the demo. forbund and insats are places in forbunden.
type anvandarkonto struct {
	roll            register.Roll
	forbund, insats int
	nr              register.Personnummer
	mobil           string
	arbetsgivare    string
	slut            *register.Datum // the role ended then; nil: it holds for another year
	sparrad         bool
	ovriga          bool // DELTAGARANSVARIG of every insats from the third on
}

// PTS has set +46 70 174 06 05–06 99 aside for fiction.
const forstaMobil, sistaMobil = 46701740605, 46701740699

// forstaKontodag is the birthday of the first konto; from there one day on for
// every second konto. The first is 197701172392, as in the contract's example.
var forstaKontodag = register.NyttDatum(1977, 1, 17)

// konton is every user of the demo: for each förbund an administrator, a reader
// of reports, an INSATSANSVARIG and a DELTAGARANSVARIG for each of its first two
// insatser and one DELTAGARANSVARIG for the rest; one SYSTEMFORVALTARE; one whose
// role has expired and, last of all, one who is spärrad.
func konton(alla []forbund, idag register.Datum) []anvandarkonto {
	var svar []anvandarkonto
	lagg := func(k anvandarkonto) {
		n := len(svar)
		dag := forstaKontodag
		for range n / 2 {
			dag = dag.Plus(1)
			for !vanligDag(dag) {
				dag = dag.Plus(1)
			}
		}
		k.nr = register.Testnummer(dag, n%2 == 1)
		if forstaMobil+n > sistaMobil {
			panic("demo: fler konton än påhittade mobilnummer")
		}
		k.mobil = fmt.Sprintf("+%d", forstaMobil+n)
		svar = append(svar, k)
	}
	for f, fb := range alla {
		for i := range 2 {
			lagg(anvandarkonto{roll: register.RollDeltagaransvarig, forbund: f, insats: i, arbetsgivare: fb.arbetsgivare[i]})
			lagg(anvandarkonto{roll: register.RollInsatsansvarig, forbund: f, insats: i, arbetsgivare: fb.arbetsgivare[i]})
		}
		if len(fb.arbetsgivare) > 2 {
			lagg(anvandarkonto{roll: register.RollDeltagaransvarig, forbund: f, insats: ingen, ovriga: true, arbetsgivare: fb.arbetsgivare[2]})
		}
		eget := fb.uppgifter.Organisationsnummer
		lagg(anvandarkonto{roll: register.RollSamverkansadministrator, forbund: f, insats: ingen, arbetsgivare: eget})
		lagg(anvandarkonto{roll: register.RollSusrapport, forbund: f, insats: ingen, arbetsgivare: eget})
	}
	lagg(anvandarkonto{roll: register.RollSystemforvaltare, forbund: ingen, insats: ingen, arbetsgivare: orgFK})
	iFjol := idag.Plus(-30)
	lagg(anvandarkonto{roll: register.RollDeltagaransvarig, forbund: 0, insats: 0, arbetsgivare: alla[0].arbetsgivare[0], slut: &iFjol})
	lagg(anvandarkonto{roll: register.RollDeltagaransvarig, forbund: 0, insats: 0, arbetsgivare: alla[0].arbetsgivare[0], sparrad: true})
	return svar
}

// vanligDag is false for the birthdays to which the simulator of the population
// register gives a fate of their own (13–16).
func vanligDag(d register.Datum) bool { return d.Dag() < 13 || d.Dag() > 16 }

// perioder is the chain of two-year behörigheter from 2009 on, each abutting the
// one before, the last ending on slut.
func perioder(slut register.Datum) [][2]register.Datum {
	var svar [][2]register.Datum
	for fran := start2009; !fran.Efter(slut); fran = fran.PlusAr(2) {
		tom := fran.PlusAr(2).Plus(-1)
		if tom.Efter(slut) {
			tom = slut
		}
		svar = append(svar, [2]register.Datum{fran, tom})
	}
	return svar
}

// klientnamn is the name of a förbund's machine client.
func klientnamn(f forbund) string { return "Verksamhetssystemet, " + f.uppgifter.Namn }
