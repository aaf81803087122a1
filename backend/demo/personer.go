package demo

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"time"

	"sus/backend/folkbokforing"
	"sus/backend/register"
)

// person is somebody in the population register, as it was on no day in
// particular: Uppslagen is set when the person is registered.
type person struct {
	nr   register.Personnummer
	post register.Folkbokforingspost
}

// personkalla draws people by chance, each once, and sorts them by where they live.
type personkalla struct {
	r      *rand.Rand
	tagna  map[string]bool
	lager  map[string][]person // by kommun, drawn and not yet used
	fran   register.Datum      // born from
	dagar  int                 // and within so many days
	forsok int
}

// There are about 650 test numbers a year of birth; a search for more people
// than that gives is an error in the demo's sizes.
const maxForsok = 40_000

func nyKalla(r *rand.Rand, tagna map[string]bool, foddFran, foddTill register.Datum) *personkalla {
	return &personkalla{r: r, tagna: tagna, lager: map[string][]person{}, fran: foddFran, dagar: foddFran.DagarTill(foddTill)}
}

// ta gives a person who lives in one of the kommuner.
func (k *personkalla) ta(kommuner []string) (person, error) {
	for {
		// The fullest store first, so that small kommuner come in as they are found.
		basta := ""
		for _, kod := range kommuner {
			if n := len(k.lager[kod]); n > 0 && (basta == "" || n > len(k.lager[basta])) {
				basta = kod
			}
		}
		if basta != "" {
			p := k.lager[basta][0]
			k.lager[basta] = k.lager[basta][1:]
			return p, nil
		}
		if err := k.sok(kommuner); err != nil {
			return person{}, err
		}
	}
}

// sok draws people until one lives in one of the kommuner.
func (k *personkalla) sok(kommuner []string) error {
	for {
		if k.forsok++; k.forsok > maxForsok {
			return fmt.Errorf("demo: testnumren räcker inte till i kommunerna %v", kommuner)
		}
		dag := k.fran.Plus(k.r.IntN(k.dagar + 1))
		if !vanligDag(dag) {
			continue
		}
		nr := register.Testnummer(dag, k.r.IntN(100) < 56) // a little more women than men
		if k.tagna[nr.Siffror()] {
			continue
		}
		k.tagna[nr.Siffror()] = true
		post, err := folkbokforing.SimulatorPost(nr, time.Time{})
		if err != nil {
			return err
		}
		if post.Kommun == "" {
			continue
		}
		k.lager[post.Kommun] = append(k.lager[post.Kommun], person{nr, post})
		if slices.Contains(kommuner, post.Kommun) {
			return nil
		}
	}
}

// skyddad draws somebody with protected personuppgifter.
func (k *personkalla) skyddad() (person, error) {
	for {
		dag := k.fran.Plus(k.r.IntN(k.dagar + 1))
		dag = register.NyttDatum(dag.Ar(), dag.Manad(), 13+k.r.IntN(2))
		nr := register.Testnummer(dag, k.r.IntN(2) == 0)
		if k.tagna[nr.Siffror()] {
			continue
		}
		k.tagna[nr.Siffror()] = true
		post, err := folkbokforing.SimulatorPost(nr, time.Time{})
		return person{nr, post}, err
	}
}

// vid is the person's post as looked up at that instant.
func (p person) vid(t time.Time) register.Folkbokforingspost {
	post := p.post
	post.Uppslagen = t
	return post
}
