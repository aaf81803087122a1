package statistik_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/uuid"

	"sus/backend/rapport"
	"sus/backend/rapport/rapporttest"
	"sus/backend/register"
	"sus/backend/store/storetest"
)

// faktalager are the facts in memory that the tables have too.
type faktalager struct {
	*faktalage
	fakta   []rapporttest.Faktum
	org     map[uuid.UUID]int32
	insats  map[uuid.UUID]int32
	kodverk register.Kodverk
}

func nyttFaktalager(t *testing.T, antal int) *faktalager {
	l := &faktalager{faktalage: nyttFaktalage(t), org: map[uuid.UUID]int32{}, insats: map[uuid.UUID]int32{}}
	var err error
	if l.kodverk, err = l.DB.Kodverk(t.Context()); err != nil {
		t.Fatal(err)
	}
	nr := func(table string, id uuid.UUID) int32 {
		return int32(storetest.Rakna(t, l.super, "select nr from "+table+" where id = $1", id))
	}
	for _, id := range []uuid.UUID{l.forsta, l.andra} {
		l.org[id] = nr("samverkansorganisation", id)
		for _, i := range l.faktalage.insats[id] {
			l.insats[i] = nr("insats", i)
		}
	}
	omrade := func(kod string) int32 { return int32(l.kodverk.Nr(register.KodverkVerksamhetsomrade, kod)) }
	for n, x := range rapporttest.Slump(rand.New(rand.NewPCG(storetest.Fro(t, 12), 0)), antal) {
		v := x.Varden
		id, kod, lan := l.forsta, "OSTER", int32(3)
		if v["org"] == 2 {
			id, kod, lan = l.andra, "VASTER", 14
		}
		v["insats"], v["org"], v["omrade"], v["lan"] = l.insats[l.faktalage.insats[id][v["insats"]%2]], l.org[id], omrade(kod), lan
		table, mer, platser := "fakt_in", "", ""
		varden := []any{2010, v["manad"], v["org"], v["insats"], v["fb"], v["kon"], v["alder"], v["kommun"], v["utb"], int32(x.Person), v["startman"], v["bidragsar"],
			v["arbete_fore"], v["studier_fore"], n, v["omrade"], v["lan"], x.Okopplad, v["arbetssokande_fore"], v["arbetstyp_fore"]}
		if x.Slutat {
			table, mer, platser = "fakt_ut", "fa, arbete_efter, studier_efter, orsak, dagar, arbetssokande_efter, arbetstyp_efter", "$21, $22, $23, $24, $25, $26, $27"
			varden = append(varden, v["fa"], v["arbete_efter"], v["studier_efter"], v["orsak"], v["dagar"], v["arbetssokande_efter"], v["arbetstyp_efter"])
		} else {
			mer, platser = "slutman", "$21"
			varden = append(varden, v["slutman"])
		}
		l.exec("insert into "+table+` (ar, manad, org, insats, fb, kon, alder, kommun, utb, person, startman, bidragsar, arbete_fore, studier_fore, reg, omrade, lan, okopplad,
			arbetssokande_fore, arbetstyp_fore, inriktning, preciserad, malgrupp, `+mer+`)
			values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, 1, 1, 0, `+platser+")", varden...)
		l.fakta = append(l.fakta, x)
	}
	return l
}

// med tells whether a fact is in the choice: an open one by its filters alone.
func (l *faktalager) med(x rapporttest.Faktum, u rapport.Urval) bool {
	v := x.Varden
	nagon := func(n int, ar func(i int) bool) bool {
		return n == 0 || slices.ContainsFunc(slices.Collect(heltal(n)), ar)
	}
	tal := func(kod string) int32 {
		var n int32
		_, _ = fmt.Sscan("1"+kod, &n)
		return n % 10000 % map[int]int32{2: 100, 4: 10000}[len(kod)]
	}
	return nagon(len(u.Organisationer), func(i int) bool { return l.org[u.Organisationer[i]] == v["org"] }) &&
		nagon(len(u.Insatser), func(i int) bool { return l.insats[u.Insatser[i]] == v["insats"] }) &&
		nagon(len(u.Kon), func(i int) bool {
			return map[register.Kon]int32{register.KonKvinna: int32(register.FaktKvinna), register.KonMan: int32(register.FaktMan)}[u.Kon[i]] == v["kon"]
		}) &&
		nagon(len(u.Aldrar), func(i int) bool {
			return v["alder"] >= int32(u.Aldrar[i].Fran) && v["alder"] <= int32(u.Aldrar[i].Till)
		}) &&
		nagon(len(u.Kommuner), func(i int) bool { return tal(u.Kommuner[i]) == v["kommun"] }) &&
		nagon(len(u.Personlan), func(i int) bool { return v["kommun"] > 0 && tal(u.Personlan[i]) == v["kommun"]/100 }) &&
		nagon(len(u.Lan), func(i int) bool { return tal(u.Lan[i]) == v["lan"] }) &&
		nagon(len(u.Verksamhetsomraden), func(i int) bool {
			return int32(l.kodverk.Nr(register.KodverkVerksamhetsomrade, u.Verksamhetsomraden[i])) == v["omrade"]
		})
}

func heltal(n int) func(func(int) bool) {
	return func(ge func(int) bool) {
		for i := range n {
			if !ge(i) {
				return
			}
		}
	}
}

// Whatever is chosen and however it is divided: the database counts each report of the
// catalogue as a plain going through of the same facts does.
func TestTheDatabaseCountsEveryReportAsAPlainGoingThroughOfTheFacts(t *testing.T) {
	l := nyttFaktalager(t, 150)
	first := l.faktalage.insats[l.forsta]
	indelningar := [][]string{nil, {"kon", "organisation"}, {"personlan", "alder"}, {"tertial", "kon"}}
	for _, d := range rapport.Indelningar() {
		indelningar = append(indelningar, []string{d.ID})
	}
	var val []rapport.Urval
	for _, indelning := range indelningar {
		val = append(val, rapport.Urval{Tid: rapport.Budgetar(2010), Indelning: indelning})
	}
	val = append(val,
		rapport.Urval{Tid: rapport.Tidsval{Fran: 122, Till: 126}, Indelning: []string{"manad"}},
		rapport.Urval{Tid: rapport.Tidsval{Fran: 110, Till: 127}, Indelning: []string{"ar"}},
		rapport.Urval{Tid: rapport.Tidsval{Fran: 108, Till: 131}, Indelning: []string{"ar", "kommun"}},
		rapport.Urval{Tid: rapport.Tidsval{Fran: 125, Till: 125}},
		rapport.Urval{Tid: rapport.Budgetar(2010), Kon: []register.Kon{register.KonKvinna}, Organisationer: []uuid.UUID{l.forsta, l.andra}, Indelning: []string{"organisation"}},
		rapport.Urval{Tid: rapport.Budgetar(2010), Kon: []register.Kon{register.KonKvinna, register.KonMan}, Insatser: []uuid.UUID{first[0], l.faktalage.insats[l.andra][1]}},
		rapport.Urval{Tid: rapport.Budgetar(2010), Aldrar: []rapport.Spann{rapport.ParseSpann("20-29"), rapport.ParseSpann("50-")}, Aldersgranser: []int{18, 40}, Indelning: []string{"alder"}},
		rapport.Urval{Tid: rapport.Budgetar(2010), Kommuner: []string{"0380", "0305"}, Indelning: []string{"kommun"}},
		rapport.Urval{Tid: rapport.Budgetar(2010), Personlan: []string{"03"}, Lan: []string{"03", "14"}},
		rapport.Urval{Tid: rapport.Budgetar(2010), Verksamhetsomraden: []string{"OSTER", "NORR"}, Lan: []string{"03"}, Indelning: []string{"verksamhetsomrade", "lan"}},
	)
	for _, post := range rapport.Katalog() {
		counted := 0
		for _, u := range val {
			u.Samverkansform = register.FormFinsam
			u.Indelning = slices.DeleteFunc(slices.Clone(u.Indelning), func(id string) bool { return id == post.Rad })
			got := l.resultat(post.Grupp, post.Namn, u)
			plan := rapport.NyPlan(post, u)
			var inside []rapporttest.Faktum // those open are asked for by month, of all facts
			svar := make([][]rapport.Grupp, len(plan.Fragor))
			for i, f := range plan.Fragor {
				inside = nil
				for _, x := range l.fakta {
					if l.med(x, u) && (f.Grund == rapport.GrundOppna || x.Varden["manad"] >= int32(u.Tid.Fran) && x.Varden["manad"] <= int32(u.Tid.Till)) {
						inside = append(inside, x)
					}
				}
				svar[i] = rapporttest.Svara(plan, inside)[i]
			}
			want, err := plan.Rakna(got.Namn, l.kodverk, svar, rapport.Bredvid{}, got.Korningstid)
			if err != nil {
				t.Fatal(err)
			}
			for i := range want.Delar {
				if g, w := fmt.Sprint(got.Delar[i].Summor, got.Delar[i].Rader), fmt.Sprint(want.Delar[i].Summor, want.Delar[i].Rader); g != w {
					t.Errorf("%s %s %+v:\n%.1500s\nville ha\n%.1500s", post.ID(), got.Delar[i].ID, u, g, w)
				}
				counted += want.Delar[i].Summor[0].Antal
			}
		}
		if counted == 0 {
			t.Errorf("%s räknade ingen", post.ID())
		}
	}
}
