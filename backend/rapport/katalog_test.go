package rapport_test

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"regexp"
	"slices"
	"testing"
	"time"

	"github.com/google/uuid"

	"sus/backend/rapport"
	"sus/backend/rapport/rapporttest"
	"sus/backend/register"
)

var efterAret = time.Date(2011, 3, 16, 14, 42, 45, 0, time.UTC)

func i2010(indelning ...string) rapport.Urval {
	return rapport.Urval{Samverkansform: register.FormFinsam, Tid: rapport.Budgetar(2010), Indelning: indelning}
}

// summerbar is a measure whose classes can be added.
func summerbar(k rapport.Vardekolumn) bool { return k.Matt == nil || k.Enhet == rapport.EnhetAntal }

// odelad adds a part's rows up to those of its own dimension, by code and column.
func odelad(r *rapport.Resultat, d *rapport.Resultatdel) map[string]int64 {
	svar := map[string]int64{}
	for _, rad := range d.Rader {
		for i, k := range r.Kolumner(d) {
			if summerbar(k) {
				svar[rad.Koder[len(rad.Koder)-1].Kod+" "+k.ID] += rad.Celler[i].Taljare
			}
		}
	}
	maps.DeleteFunc(svar, func(_ string, n int64) bool { return n == 0 })
	return svar
}

// Every report of the catalogue, by every indelning and by kön and organisation at once: the
// classes add up to the undivided report, and each counts the persons that it would alone.
func TestEveryReportsClassesAddUpToTheUndividedReport(t *testing.T) {
	fakta := rapporttest.Slump(rand.New(rand.NewPCG(8, 0)), 250)
	val := [][]string{{"kon", "organisation"}, {"personlan", "alder"}}
	for _, d := range rapport.Indelningar() {
		val = append(val, []string{d.ID})
	}
	for _, post := range rapport.Katalog() {
		hel := rapporttest.Ur(t, post, i2010(), fakta, efterAret)
		for _, indelning := range val {
			if slices.Contains(indelning, post.Rad) {
				continue
			}
			u := i2010(indelning...)
			if err := u.Validera(post, rapporttest.Kodverk(), idag); err != nil {
				t.Fatal(err)
			}
			r := rapporttest.Ur(t, post, u, fakta, efterAret)
			tid := slices.ContainsFunc(r.Indelning[:len(indelning)], func(d rapport.Delning) bool { return d.Roll == rapport.RollTid })
			for i := range r.Delar {
				d := &r.Delar[i]
				if tid && d.Grund == rapport.GrundOppna {
					continue // who is open in two months is counted in both
				}
				if fick, vill := odelad(r, d), odelad(hel, &hel.Delar[i]); !maps.Equal(fick, vill) || len(vill) == 0 {
					t.Errorf("%s %s per %v: summan är\n%v\nodelad\n%v", post.ID(), d.ID, indelning, fick, vill)
				}
				var antal, matta, utanPerson int
				for _, s := range d.Summor[1:] {
					antal, matta, utanPerson = antal+s.Antal, matta+s.Matta, utanPerson+s.UtanPerson
				}
				if h := d.Summor[0].Summa; h != hel.Delar[i].Summor[0].Summa || h.Antal != antal || h.Matta != matta || h.UtanPerson != utanPerson || h.Unika == 0 {
					t.Errorf("%s %s per %v: %+v, delarna %d %d %d, odelad %+v", post.ID(), d.ID, indelning, h, antal, matta, utanPerson, hel.Delar[i].Summor[0].Summa)
				}
			}
		}
	}
}

func TestUniqueInAClassAreThoseThatAskingForItGives(t *testing.T) {
	fakta := rapporttest.Slump(rand.New(rand.NewPCG(9, 0)), 250)
	namn := rapporttest.Namn()
	kon := map[string]int32{"KVINNA": int32(register.FaktKvinna), "MAN": int32(register.FaktMan), "UPPGIFT_SAKNAS": register.FaktSaknas}
	for _, post := range rapport.Katalog() {
		r := rapporttest.Ur(t, post, i2010("kon", "organisation"), fakta, efterAret)
		seddaOlika := false
		for i := range r.Delar {
			summa := 0
			for _, s := range r.Delar[i].Summor[1:] {
				org := slices.IndexFunc(namn.Organisationer, func(o rapport.Organisationsnamn) bool { return o.ID.String() == s.Koder[1].Kod })
				valda := slices.DeleteFunc(slices.Clone(fakta), func(x rapporttest.Faktum) bool {
					return x.Varden["kon"] != kon[s.Koder[0].Kod] || x.Varden["org"] != int32(namn.Organisationer[org].Nr)
				})
				ensam := rapporttest.Ur(t, post, i2010(), valda, efterAret)
				if vill := ensam.Delar[i].Summor[0].Summa; s.Summa != vill {
					t.Errorf("%s %s %v: %+v, ensam %+v", post.ID(), r.Delar[i].ID, s.Koder, s.Summa, vill)
				}
				summa += s.Unika
			}
			seddaOlika = seddaOlika || summa > r.Delar[i].Summor[0].Unika
		}
		if !seddaOlika {
			t.Errorf("%s: ingen person finns i två klasser, så provet säger inget", post.ID())
		}
	}
}

func TestAReportIsNotDividedByWhatItIsDividedByAlready(t *testing.T) {
	for _, post := range rapport.Katalog() {
		for _, indelning := range [][]string{{post.Rad}, {"kon", "kon"}, {"nordpolen"}, {"sysselsattning"}} {
			if err := i2010(indelning...).Validera(post, rapporttest.Kodverk(), idag); err == nil {
				t.Errorf("%s per %v godtogs", post.ID(), indelning)
			}
		}
	}
}

// Two choices have two file names, and one choice has one.
func TestAFileIsNamedForWhatWasChosen(t *testing.T) {
	namn := rapporttest.Namn()
	for i := range namn.Organisationer {
		namn.Organisationer[i].Namn = "Förbundet  Åre/É" // two may be called the same
	}
	var orgs, insatser []uuid.UUID
	for _, o := range namn.Organisationer {
		orgs = append(orgs, o.ID)
	}
	for _, i := range namn.Insatser {
		insatser = append(insatser, i.ID)
	}
	form, r := regexp.MustCompile(`^[a-z0-9._-]{1,160}$`), rand.New(rand.NewPCG(10, 0))
	tid := []rapport.Tidsval{rapport.Budgetar(2010), {Fran: 120, Till: 143}, {Fran: 120, Till: 130}, {Fran: 121, Till: 131}, {Fran: 121, Till: 121}}
	av := map[string]string{}
	for range 20_000 {
		u := rapport.Urval{Samverkansform: []register.Samverkansform{"FINSAM", "AF_FK_SAMARBETE"}[r.IntN(2)], Tid: tid[r.IntN(len(tid))]}
		u.Verksamhetsomraden = nagra(r, "NORR", "OSTER", "NORR_OSTER", "LAN_03")
		u.Lan, u.Kommuner, u.Personlan = nagra(r, "03", "25"), nagra(r, "0380", "0305"), nagra(r, "03", "25")
		u.Organisationer, u.Insatser = nagra(r, orgs...), nagra(r, insatser...)
		u.Kon, u.Indelning = nagra(r, register.KonKvinna, register.KonMan), nagra(r, "kon", "alder", "kommun")
		u.Aldrar = nagra(r, rapport.ParseSpann("25-34"), rapport.ParseSpann("35-"), rapport.ParseSpann("25-"), rapport.ParseSpann("34-35"), rapport.ParseSpann("35-35"))
		u.Aldersgranser = nagra(r, 18, 30, 65)
		fil, val := (&rapport.Resultat{Rapport: rapport.Katalog()[0], Urval: u, Namn: namn}).Filnamn(), fmt.Sprint(u)
		if annat, finns := av[fil]; finns && annat != val {
			t.Fatalf("%s är namnet på både\n%s och\n%s", fil, annat, val)
		}
		av[fil] = val
		if !form.MatchString(fil) {
			t.Fatalf("%q", fil)
		}
	}
	if len(av) < 5_000 {
		t.Errorf("bara %d namn: slumpen prövar för lite", len(av))
	}
}

// nagra is mostly none, and sometimes one or several of the values, in their order.
func nagra[T any](r *rand.Rand, av ...T) (svar []T) {
	if r.IntN(4) > 0 {
		return nil
	}
	for _, v := range av {
		if r.IntN(2) == 0 {
			svar = append(svar, v)
		}
	}
	return svar
}
