// Package rapporttest makes reports of facts in memory, and shows Deltagarrapport
// försörjning as a book keeps it: for the tests of whoever reckons, writes or serves them.
package rapporttest

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"time"

	"github.com/google/uuid"

	"sus/backend/rapport"
	"sus/backend/register"
)

// T is as much of a test as is needed, so that it may be one of rapid's.
type T interface {
	Helper()
	Errorf(format string, args ...any)
	Fatalf(format string, args ...any)
	Fatal(args ...any)
}

// The bits of Kodverk's försörjning.
const (
	Sjuk = 1 << iota
	SA
	Akassa
	Aktivitet
	Forsorjningsstod
	Studie
	Annan
	Ingen
)

// Kodverk is as much of the code lists as reports read.
func Kodverk() register.Kodverk {
	galler := register.Period{Fran: register.NyttDatum(2004, 1, 1)}
	var rader []register.Kodrad
	for i, r := range [][2]string{
		{"SJUKPENNING", "Sjukpenning/Rehabpenning"}, {"SA", "SA"}, {"A_KASSA", "A-kassa"}, {"AKTIVITETSSTOD", "Aktivitetsstöd"},
		{"FORSORJNINGSSTOD", "Försörjningsstöd"}, {"STUDIESTOD", "Studiestöd/Studiemedel"},
		{"ANNAN", "Annan offentlig försörjning"}, {"INGEN", "Ingen offentlig försörjning"},
	} {
		rader = append(rader, register.Kodrad{Kodverk: register.KodverkForsorjning, Kod: r[0], Etikett: r[1], Ordning: i + 1, Bit: new(int16(i)), Exklusiv: r[0] == "INGEN", Period: galler})
	}
	for typ, koder := range map[register.Kodverkstyp][]string{
		register.KodverkUtbildningsniva:  {"EJ_GRUNDSKOLA", "GRUNDSKOLA", "GYMNASIUM"},
		register.KodverkAvslutsanledning: {"AVSLUT_ENLIGT_PLAN", "FLYTT", "AVLIDEN"},
	} {
		for i, kod := range koder {
			rader = append(rader, register.Kodrad{Kodverk: typ, Kod: kod, Etikett: "Etiketten " + kod, Ordning: i + 1, Nr: new(int16(i + 1)), Period: galler})
		}
	}
	for i, typ := range []register.Arbetstyp{register.ArbeteSubventionerat, register.ArbeteInteSubventionerat} {
		rader = append(rader, register.Kodrad{Kodverk: register.KodverkArbetstyp, Kod: string(typ), Etikett: "Etiketten " + string(typ), Ordning: i + 1, Bit: new(int16(i)), Period: galler})
	}
	tom := register.NyttDatum(2012, 12, 31)
	return register.NyttKodverk(append(rader,
		register.Kodrad{Kodverk: register.KodverkVerksamhetsomrade, Kod: "OSTER", Etikett: "Öster", Nr: new(int16(1)), Period: register.Period{Fran: galler.Fran, Tom: &tom}},
		register.Kodrad{Kodverk: register.KodverkVerksamhetsomrade, Kod: "OSTER", Etikett: "Nya Öster", Nr: new(int16(1)), Period: register.Period{Fran: register.NyttDatum(2013, 1, 1)}},
		register.Kodrad{Kodverk: register.KodverkVerksamhetsomrade, Kod: "NORR", Etikett: "Norr", Nr: new(int16(2)), Period: galler},
		register.Kodrad{Kodverk: register.KodverkSamverkansform, Kod: string(register.FormFinsam), Etikett: "FINSAM", Period: galler},
	))
}

// Forbund is the organisation of seed 000, in Öster and Uppsala län.
func Forbund() rapport.Organisationsnamn {
	return rapport.Organisationsnamn{Nr: 1, ID: uuid.MustParse("019373a0-1111-7aaa-8bbb-0a1b2c3d4e5f"), Namn: "Samordningsförbundet Uppsala län", Samverkansform: register.FormFinsam,
		Period:  register.Period{Fran: register.Alltid},
		Rader:   []register.Organisationsrad{{Period: register.Period{Fran: register.Alltid}, Verksamhetsomrade: "OSTER", Lan: "03", Kommuner: []string{"0380"}}},
		LanNamn: map[string]string{"03": "Uppsala län"}}
}

// Underlag is what the facts say of försörjning under a choice: deltaganden counted by their
// set, unique persons counted as such, how many lead to nobody any more, and those beside.
type Underlag struct {
	Start, Slut                     []Grupp
	StartUnika, SlutUnika           int
	StartUtanPerson, SlutUtanPerson int
	Anonyma, Volym                  int
}

// Grupp is the deltaganden that share the same sets; Efter FaktSaknas is no measurement.
type Grupp struct {
	Fore, Efter int32
	Antal       int
}

// Fro are sets of försörjning that give the figures of seed 000.
func Fro() Underlag {
	return Underlag{
		StartUnika: 125, SlutUnika: 19,
		Start: []Grupp{
			{Fore: Forsorjningsstod | Sjuk, Antal: 11}, {Fore: Forsorjningsstod, Antal: 67}, {Fore: Sjuk, Antal: 6},
			{Fore: Studie, Antal: 2}, {Fore: Aktivitet, Antal: 10}, {Fore: Akassa, Antal: 3}, {Fore: SA, Antal: 16}, {Fore: Ingen, Antal: 11},
		},
		Slut: []Grupp{
			{Fore: Forsorjningsstod | Sjuk, Efter: Forsorjningsstod | Sjuk, Antal: 4},
			{Fore: Forsorjningsstod, Efter: Forsorjningsstod, Antal: 3}, {Fore: Forsorjningsstod, Efter: Annan, Antal: 1},
			{Fore: Forsorjningsstod, Efter: Studie, Antal: 1}, {Fore: Forsorjningsstod, Efter: Ingen, Antal: 2},
			{Fore: Aktivitet, Efter: Aktivitet, Antal: 4}, {Fore: Aktivitet, Efter: Ingen, Antal: 1},
			{Fore: Studie, Efter: Studie, Antal: 1}, {Fore: Akassa, Efter: SA, Antal: 1}, {Fore: Sjuk, Efter: Sjuk, Antal: 1},
		},
	}
}

// Rakna is Deltagarrapport försörjning of the underlag.
func Rakna(t T, u rapport.Urval, namn rapport.Urvalsnamn, kodverk register.Kodverk, underlag Underlag, tid time.Time) *rapport.Resultat {
	t.Helper()
	var fakta []Faktum
	for slut, grupper := range [][]Grupp{underlag.Start, underlag.Slut} {
		for _, g := range grupper {
			for range g.Antal {
				fakta = append(fakta, Faktum{Slutat: slut == 1, Person: len(fakta), Varden: map[rapport.Faktkolumn]int32{"fb": g.Fore, "fa": g.Efter}})
			}
		}
	}
	r, _ := rapport.Hitta("deltagarrapport", "forsorjning")
	plan := rapport.NyPlan(r, u)
	svar := Svara(plan, fakta)
	for i, f := range plan.Fragor {
		if !f.Unika {
			continue
		}
		g := rapport.Grupp{Unika: underlag.StartUnika, UtanPerson: underlag.StartUtanPerson}
		if f.Grund == rapport.GrundSlut {
			g = rapport.Grupp{Unika: underlag.SlutUnika, UtanPerson: underlag.SlutUtanPerson}
		}
		svar[i] = []rapport.Grupp{g}
	}
	ut, err := plan.Rakna(namn, kodverk, svar, rapport.Bredvid{Anonyma: &underlag.Anonyma, Volym: &underlag.Volym}, tid)
	if err != nil {
		t.Fatal(err)
	}
	return &ut
}

// Faktum is one row of facts: of those who ended, or of those who started, who are open until
// their slutman.
type Faktum struct {
	Slutat   bool
	Varden   map[rapport.Faktkolumn]int32
	Person   int
	Okopplad bool
}

// Svara answers a plan's questions plainly: one row after the other.
func Svara(plan *rapport.Plan, fakta []Faktum) [][]rapport.Grupp {
	svar := make([][]rapport.Grupp, len(plan.Fragor))
	for i, f := range plan.Fragor {
		personer := map[string]map[int]bool{}
		rakna := func(x Faktum) {
			varden := make([]int32, len(f.Uttryck))
			for j, u := range f.Uttryck {
				varden[j] = varde(u, x)
			}
			plats := slices.IndexFunc(svar[i], func(g rapport.Grupp) bool { return slices.Equal(g.Varden, varden) })
			if plats < 0 {
				plats, svar[i] = len(svar[i]), append(svar[i], rapport.Grupp{Varden: varden})
				personer[fmt.Sprint(varden)] = map[int]bool{}
			}
			g := &svar[i][plats]
			g.Antal++
			if !f.Unika {
				return
			}
			sedda := personer[fmt.Sprint(varden)]
			sedda[x.Person] = true
			if g.Unika = len(sedda); x.Okopplad {
				g.UtanPerson++
			}
		}
		for _, x := range fakta {
			switch {
			case f.Grund != rapport.GrundOppna:
				if x.Slutat == (f.Grund == rapport.GrundSlut) {
					rakna(x)
				}
			case !x.Slutat:
				for _, m := range f.Punkter {
					if x.Varden["startman"] <= int32(m) && x.Varden["slutman"] > int32(m) {
						vid := x
						vid.Varden = map[rapport.Faktkolumn]int32{}
						for k, v := range x.Varden {
							vid.Varden[k] = v
						}
						vid.Varden["manad"] = int32(m)
						rakna(vid)
					}
				}
			}
		}
	}
	return svar
}

func varde(u rapport.Uttryck, x Faktum) int32 {
	v, finns := x.Varden[u.Kolumn]
	if !finns {
		panic("rapporttest: kolumnen " + string(u.Kolumn) + " finns inte")
	}
	switch {
	case u.Granser != nil:
		n := int32(0)
		for _, g := range u.Granser {
			if v >= int32(g) {
				n++
			}
		}
		return n
	case u.Per > 1 && v < 0:
		return -((-v + int32(u.Per) - 1) / int32(u.Per)) // downwards
	case u.Per > 1:
		return v / int32(u.Per)
	}
	return v
}

// Slump is facts of 2010 in two organisationer, with values missing now and then; some persons
// have several.
func Slump(r *rand.Rand, antal int) []Faktum {
	kanske := func(v int) int32 {
		if r.IntN(8) == 0 {
			return register.FaktSaknas
		}
		return int32(v)
	}
	var fakta []Faktum
	for range antal {
		start := 120 + r.IntN(12)
		org := 1 + r.IntN(2)
		v := map[rapport.Faktkolumn]int32{
			"fb": int32(1 + r.IntN(255)), "fa": register.FaktSaknas, "kon": kanske(1 + r.IntN(2)), "alder": kanske(16 + r.IntN(60)), "kommun": kanske([]int{380, 305, 1480}[r.IntN(3)]),
			"utb": kanske(1 + r.IntN(3)), "bidragsar": kanske(r.IntN(15)), "org": int32(org), "insats": int32(2*org - r.IntN(2)), "omrade": int32(org), "lan": []int32{3, 25}[org-1],
			"arbete_fore": int32(r.IntN(2) * r.IntN(101)), "studier_fore": int32(r.IntN(2) * r.IntN(101)), "arbete_efter": register.FaktSaknas, "studier_efter": register.FaktSaknas,
			"manad": int32(start), "startman": int32(start), "slutman": register.FaktOppen, "orsak": register.FaktSaknas, "dagar": register.FaktSaknas,
			"arbetssokande_fore": kanske(r.IntN(2)), "arbetssokande_efter": register.FaktSaknas, "arbetstyp_fore": int32(r.IntN(4)), "arbetstyp_efter": register.FaktSaknas,
		}
		x := Faktum{Varden: v, Person: r.IntN(antal), Okopplad: r.IntN(10) == 0}
		if x.Okopplad {
			x.Person = -len(fakta) - 1
		}
		fakta = append(fakta, x)
		if r.IntN(2) == 0 {
			continue
		}
		slut := Faktum{Slutat: true, Varden: map[rapport.Faktkolumn]int32{}, Person: x.Person, Okopplad: x.Okopplad}
		v["slutman"] = int32(start + r.IntN(132-start))
		for k, varde := range v {
			slut.Varden[k] = varde
		}
		s := slut.Varden
		s["manad"], s["orsak"], s["dagar"] = v["slutman"], int32(1+r.IntN(3)), 1+30*(v["slutman"]-v["startman"])+int32(r.IntN(30))
		if r.IntN(4) > 0 {
			s["arbetssokande_efter"], s["arbetstyp_efter"] = kanske(r.IntN(2)), int32(r.IntN(4))
			s["fa"], s["arbete_efter"], s["studier_efter"] = int32(1+r.IntN(255)), int32(r.IntN(2)*r.IntN(101)), int32(r.IntN(2)*r.IntN(101))
		}
		fakta = append(fakta, slut)
	}
	return fakta
}

// Namn are the names of Slump's organisationer, insatser and places.
func Namn() rapport.Urvalsnamn {
	andra := Forbund()
	andra.Nr, andra.ID, andra.Namn = 2, uuid.MustParse("019373a0-2222-7aaa-8bbb-0a1b2c3d4e60"), "=Andra;\"förbundet\""
	andra.Rader = []register.Organisationsrad{{Period: register.Period{Fran: register.Alltid}, Verksamhetsomrade: "NORR", Lan: "25", Kommuner: []string{"2580"}}}
	n := rapport.Urvalsnamn{
		Lan:            map[string]string{"03": "Uppsala län", "14": "Västra Götalands län", "25": "Norrbottens län"},
		Kommuner:       map[string]string{"0380": "Uppsala", "0305": "Håbo", "1480": "Göteborg", "2580": "Luleå"},
		Organisationer: []rapport.Organisationsnamn{Forbund(), andra},
	}
	for i := range 4 {
		n.Insatser = append(n.Insatser, rapport.Insatsnamn{Nr: int16(i + 1), ID: uuid.UUID{15: byte(i + 1)}, Namn: fmt.Sprintf("Insats %d", i+1),
			OrganisationID: n.Organisationer[i/2].ID, Period: register.Period{Fran: register.Alltid}})
	}
	return n
}

// Ur is the report of the catalogue under a choice, of facts that are all in the choice.
func Ur(t T, r *rapport.Rapport, u rapport.Urval, fakta []Faktum, tid time.Time) *rapport.Resultat {
	t.Helper()
	plan := rapport.NyPlan(r, u)
	ut, err := plan.Rakna(Namn(), Kodverk(), Svara(plan, fakta), rapport.Bredvid{Anonyma: new(4), Volym: new(3)}, tid)
	if err != nil {
		t.Fatalf("%s: %v", r.ID(), err)
	}
	return &ut
}
