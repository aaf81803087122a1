package register

import (
	"bytes"
	"maps"
	"slices"
	"time"

	"github.com/google/uuid"
)

// ArInaktuell is true when the population register has to be asked again before the
// person is registered: its answer is older than farskhet. One that is just as old
// still holds.
func (i Identitet) ArInaktuell(nu time.Time, farskhet time.Duration) bool {
	return nu.Sub(i.Uppslagen) > farskhet
}

// ArSkyddad is true for somebody whose identity may not be stored, and whose stored
// one, written before the protection, may not stay.
func (p Folkbokforingspost) ArSkyddad() bool { return p.Hittad && p.Skydd != SkyddInget }

// MedSvar is the identity after a new answer of the population register. Its name
// and kommun win over ours; someone it no longer finds, has deregistered or protects
// keeps those of the last answer, and someone it no longer finds their protection
// too. sparas is false when the person is protected: the registration is refused,
// and nothing is stored.
func (i Identitet) MedSvar(p Folkbokforingspost) (ny Identitet, sparas bool) {
	i.Uppslagen = p.Uppslagen
	if p.Hittad {
		i.Skydd, i.Avregistrerad = p.Skydd, p.Avregistrerad
		if p.Skydd == SkyddInget && !p.Avregistrerad {
			i.Namn, i.Kommun = p.Namn, p.Kommun
		}
	}
	return i, i.Skydd == SkyddInget
}

// Andrad is true when a new answer says something else of the person than the old
// one: what a reviewer asks for. When it was asked is not among it.
func (i Identitet) Andrad(ny Identitet) bool {
	return i.Namn != ny.Namn || i.Kommun != ny.Kommun || i.Skydd != ny.Skydd || i.Avregistrerad != ny.Avregistrerad
}

// AndraNummer is the other numbers that the population register knows the person by
// who was asked about as fragat: a number that was replaced names the one that
// replaced it, and that one names the old. A number that is none by our rules is left
// out: nobody can be registered here under it.
func (p Folkbokforingspost) AndraNummer(fragat Personnummer) []Personnummer {
	var andra []Personnummer
	for _, siffror := range []string{p.NyttNummer, p.TidigareNummer} {
		nr, err := AterstallPersonnummer(siffror)
		if p.Hittad && err == nil && nr != fragat && !slices.Contains(andra, nr) {
			andra = append(andra, nr)
		}
	}
	return andra
}

// MedSkyddAv is the answer about one number of a person when annan is that about
// another: a protection of any of them is the person's. Somebody may have been given
// a new number because of it.
func (p Folkbokforingspost) MedSkyddAv(annan Folkbokforingspost) Folkbokforingspost {
	if annan.ArSkyddad() {
		p.Hittad, p.Skydd, p.Namn, p.Kommun = true, annan.Skydd, "", ""
	}
	return p
}

// Personlank is one of several keys that are known to be one person's, and an open
// deltagande that has it; DeltagandeID is uuid.Nil when it has none.
type Personlank struct {
	Person                 int32
	InsatsID, DeltagandeID uuid.UUID
}

// Personbyte is a key that another one takes the place of.
type Personbyte struct{ Fran, Till int32 }

// Vantandelank is two open deltaganden of one person in one insats, which keep their
// keys apart until one of them is ended: En is before Annan.
type Vantandelank struct{ InsatsID, En, Annan uuid.UUID }

// Sammanfor decides which of the keys become one and which must wait: two whose
// persons both have an open deltagande in the same insats would make two open ones
// there. The lowest key stays. Nothing undoes it by itself, also when the register
// takes back what it said: what was registered under which number still stands at
// each samtycke, and who was right is for people to find out.
func Sammanfor(lankar []Personlank) (byten []Personbyte, vantar []Vantandelank) {
	oppna := map[int32]map[uuid.UUID]uuid.UUID{} // of each key, by insats
	for _, l := range lankar {
		if oppna[l.Person] == nil {
			oppna[l.Person] = map[uuid.UUID]uuid.UUID{}
		}
		if l.DeltagandeID != uuid.Nil {
			oppna[l.Person][l.InsatsID] = l.DeltagandeID
		}
	}
	var kvar []int32
	for _, person := range slices.Sorted(maps.Keys(oppna)) {
		till := slices.IndexFunc(kvar, func(k int32) bool { return len(gemensamma(oppna[k], oppna[person])) == 0 })
		if till < 0 {
			kvar = append(kvar, person)
			continue
		}
		byten = append(byten, Personbyte{person, kvar[till]})
		for insats, d := range oppna[person] {
			oppna[kvar[till]][insats] = d
		}
	}
	for i, en := range kvar {
		for _, annan := range kvar[i+1:] {
			for _, insats := range gemensamma(oppna[en], oppna[annan]) {
				par := []uuid.UUID{oppna[en][insats], oppna[annan][insats]}
				slices.SortFunc(par, jamfor)
				vantar = append(vantar, Vantandelank{insats, par[0], par[1]})
			}
		}
	}
	return byten, vantar
}

// gemensamma is the insatser in which both have an open deltagande.
func gemensamma(a, b map[uuid.UUID]uuid.UUID) []uuid.UUID {
	var bada []uuid.UUID
	for insats := range a {
		if _, ok := b[insats]; ok {
			bada = append(bada, insats)
		}
	}
	slices.SortFunc(bada, jamfor)
	return bada
}

// jamfor orders as the database does.
func jamfor(a, b uuid.UUID) int { return bytes.Compare(a[:], b[:]) }
