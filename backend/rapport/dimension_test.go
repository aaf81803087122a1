package rapport_test

import (
	"testing"
	"time"

	"sus/backend/rapport"
	"sus/backend/register"
)

// A kommun that was merged away, or that nobody wrote, is counted all the same.
func TestAPlaceThatIsInNoListIsCountedAsMissing(t *testing.T) {
	r, err := rapport.Valj("deltagarrapport", "alder")
	if err != nil {
		t.Fatal(err)
	}
	namn := rapport.Urvalsnamn{Kommuner: map[string]string{"0380": "Uppsala"}, Lan: map[string]string{"03": "Uppsala län"}}
	for _, f := range []struct {
		dim, kod    string
		kand, okand int32
	}{{"kommun", "0380", 380, 1999}, {"personlan", "03", 3, 26}} {
		u := rapport.Urval{Samverkansform: register.FormFinsam, Tid: rapport.Budgetar(2010), Indelning: []string{f.dim}}
		plan := rapport.NyPlan(r, u)
		svar := make([][]rapport.Grupp, len(plan.Fragor))
		for i, q := range plan.Fragor {
			switch {
			case q.Grund != rapport.GrundStart:
			case !q.Unika:
				svar[i] = []rapport.Grupp{{Varden: []int32{f.kand, 1}, Antal: 5}, {Varden: []int32{f.okand, 1}, Antal: 2}, {Varden: []int32{register.FaktSaknas, 1}, Antal: 1}}
			case len(q.Uttryck) == 1:
				svar[i] = []rapport.Grupp{{Varden: []int32{f.kand}, Unika: 5}, {Varden: []int32{f.okand}, Unika: 3}}
			default:
				svar[i] = []rapport.Grupp{{Unika: 8}}
			}
		}
		res, err := plan.Rakna(namn, register.NyttKodverk(nil), svar, rapport.Bredvid{}, time.Unix(0, 0))
		if err != nil {
			t.Fatal(err)
		}
		fick := map[string]int{}
		for _, s := range res.Delar[0].Summor[1:] {
			fick[s.Koder[0].Kod] = s.Antal
		}
		if fick[f.kod] != 5 || fick["UPPGIFT_SAKNAS"] != 3 || len(fick) != 2 {
			t.Errorf("%s: %v", f.dim, fick)
		}
	}
}
