package httpapi

import (
	"fmt"
	"math/big"
	"math/rand/v2"
	"strconv"
	"testing"

	"sus/backend/register"
	"sus/backend/store/storetest"
)

func TestTheFirstVolymNeedsNoIfMatchAndTheNextDoes(t *testing.T) {
	p := newHarness(t)
	path := "/v1/insatser/" + target{p: p, matrixTarget: matrixTargets[0]}.VolymInsatsID() + "/volymer/2026"
	body := func(man int) map[string]any {
		return map[string]any{"antalKvinnor": 1, "antalMan": man, "uppgiftSaknas": 0}
	}
	const who = "MASKIN A1"
	if s := p.expect(200, who, "GET", path, nil, nil); s.header.Get("ETag") != `"0"` {
		t.Errorf("before anything is said: %v", s.header)
	}
	if s := p.expect(200, who, "PUT", path, body(1), nil); s.header.Get("ETag") != `"1"` {
		t.Errorf("the first: %v", s.header)
	}
	p.expect(428, who, "PUT", path, body(2), nil)
	p.expect(412, who, "PUT", path, body(2), headers{"If-Match": `"0"`})
	if s := p.expect(200, who, "PUT", path, body(2), headers{"If-Match": `W/"1"`}); s.header.Get("ETag") != `"2"` {
		t.Errorf("the second: %v", s.header)
	}
	p.expect(412, who, "PUT", path, body(3), headers{"If-Match": `"00"`})
	annan := "/v1/insatser/" + p.insats["A1"].ID.String() + "/volymer/2026"
	if s := p.expect(409, "INSATSANSVARIG A1", "PUT", annan, body(1), nil); s.falt(t, "regel") != "insats-raknar-inte" {
		t.Errorf("one that has deltaganden: %s", s.text)
	}
	p.expect(400, who, "GET", "/v1/insatser/"+p.insats["A1"].ID.String()+"/volymer/99", nil, nil)
}

func TestTheCoverageOfAReportCountsTheVolymThatHolds(t *testing.T) {
	p := newHarness(t)
	insats := target{p: p, matrixTarget: matrixTargets[0]}.VolymInsatsID()
	const who = "MASKIN A1"
	say := func(year, kvinnor, man, saknas int, etag string) {
		t.Helper()
		h := headers{"If-Match": etag}
		p.expect(200, who, "PUT", fmt.Sprintf("/v1/insatser/%s/volymer/%d", insats, year),
			map[string]any{"antalKvinnor": kvinnor, "antalMan": man, "uppgiftSaknas": saknas}, h)
	}
	counted := func(filter string) (n, of int) {
		t.Helper()
		year, err := strconv.Atoi(filter[:4])
		must(t, err)
		for _, row := range p.reported(year, filter[4:]).Tackning.Rader {
			if row.Kod == "VOLYM" {
				return *row.Antal, *row.Namnare
			}
		}
		t.Fatal("no coverage of volym")
		return 0, 0
	}
	_, before := counted("2026")
	say(2026, 40, 30, 2, "")
	say(2026, 12, 7, 1, `"1"`) // what it said before is not counted
	say(2025, 5, 0, 0, "")
	of := before + 20
	for filter, want := range map[string]int{"2026": 20, "2026&kon=KVINNA": 12, "2026&kon=MAN": 7, "2026&insatsId=" + insats: 20, "2025": 5, "2024": 0,
		"2026&organisationId=" + p.organisation["A"].ID.String(): 20, "2026&organisationId=" + p.organisation["B"].ID.String(): 0,
		"2026&verksamhetsomrade=OSTER&lan=03": 20, "2026&verksamhetsomrade=NORR": 0, "2026&insatsId=" + p.insats["A1"].ID.String(): 0} {
		if n, _ := counted(filter); n != want {
			t.Errorf("%s: %d, want %d", filter, n, want)
		}
	}
	if n, all := counted("2026"); n != 20 || all != of {
		t.Errorf("%d of %d, want 20 of %d", n, all, of)
	}
}

func TestAnAmountThatIsNoneIsToldAtItsField(t *testing.T) {
	p := newHarness(t)
	path := "/v1/insatser/" + p.insats["A1"].ID.String() + "/budgetar/2026"
	post := func(budget any) map[string]any {
		return map[string]any{"poster": []map[string]any{{"budgettyp": "INSATSKOSTNAD", "budget": "1.00"}, {"budgettyp": "INSATSKOSTNAD", "budget": budget}}}
	}
	for _, f := range []struct {
		budget any
		regel  string
	}{{"1250", "fel-form"}, {"1250,00", "fel-form"}, {"1 250.00", "fel-form"}, {"1250.5", "fel-form"}, {"1250.505", "fel-form"}, {"", "fel-form"}, {1250.5, "fel-typ"}, {1250, "fel-typ"},
		{"-0.01", "belopp-negativt"}, {"10000000000.01", "belopp-for-stort"}, {"99999999999999999999.00", "for-langt"}, {"9999999999999999.99", "belopp-for-stort"}, {nil, "fel-typ"}} {
		s := p.expect(422, "INSATSANSVARIG A1", "PUT", path, post(f.budget), nil)
		var pr struct {
			Fel []struct{ Pekare, Regel string }
		}
		s.json(t, &pr)
		if len(pr.Fel) != 1 || pr.Fel[0].Pekare != "/poster/1/budget" || pr.Fel[0].Regel != f.regel {
			t.Errorf("%v: %s", f.budget, s.text)
		}
	}
	p.expect(200, "INSATSANSVARIG A1", "PUT", path, post("10000000000.00"), nil)
}

func TestAYearThatDepartsFromTheLawIsWarnedOf(t *testing.T) {
	p := newHarness(t)
	path := "/v1/samverkansorganisationer/" + p.organisation["A"].ID.String() + "/budgetar/2026"
	s := p.expect(200, "SAMVERKANSADMINISTRATOR A", "PUT", path, map[string]any{"finansiering": []map[string]any{{"finansiar": "2021005521", "belopp": "10.00"}}, "administrativaKostnader": []any{}}, nil)
	var b struct {
		Varningar   []struct{ Varning, Pekare string }
		Finansiarer []struct{ Organisationsnummer string }
	}
	s.json(t, &b)
	if len(b.Varningar) != 1 || b.Varningar[0].Varning != "fordelning" || b.Varningar[0].Pekare != "/finansiering" || len(b.Finansiarer) != 2 {
		t.Errorf("%s", s.text)
	}
	s = p.expect(422, "SAMVERKANSADMINISTRATOR A", "PUT", path, map[string]any{"finansiering": []map[string]any{{"finansiar": "2220000398", "belopp": "-1.00"}},
		"administrativaKostnader": []any{}}, headers{"If-Match": `"1"`})
	var pr struct {
		Fel []struct{ Pekare, Regel string }
	}
	s.json(t, &pr)
	if len(pr.Fel) != 2 || pr.Fel[0].Regel != "inte-finansiar" || pr.Fel[1].Regel != "belopp-negativt" {
		t.Errorf("%s", s.text)
	}
}

// TestRandomBudgetsThroughTheAPIComeToTheOre reckons what was sent in another arithmetic.
func TestRandomBudgetsThroughTheAPIComeToTheOre(t *testing.T) {
	p := newHarness(t)
	r := rand.New(rand.NewPCG(storetest.Fro(t, 20261130), 2))
	org, insats := "/v1/samverkansorganisationer/"+p.organisation["A"].ID.String()+"/budgetar/", "/v1/insatser/"+p.insats["A1"].ID.String()+"/budgetar/"
	const who = "SAMVERKANSADMINISTRATOR A"
	amount := func(sum *big.Rat, negative bool) string {
		b := r.Int64N(int64(register.MaxBelopp) + 1)
		if r.IntN(2) == 0 {
			b = r.Int64N(300)
		}
		s := fmt.Sprintf("%d.%02d", b/100, b%100)
		if negative && r.IntN(2) == 0 {
			s = "-" + s
		}
		x, _ := new(big.Rat).SetString(s)
		sum.Add(sum, x)
		return s
	}
	for n := range storetest.Bevis(25, 200) {
		ar := fmt.Sprint(2006 + n%20)
		money, admB, admU, insB, insU := new(big.Rat), new(big.Rat), new(big.Rat), new(big.Rat), new(big.Rat)
		costs := func(typ string, kinds []string, b, u *big.Rat) []map[string]any {
			out := []map[string]any{}
			for range r.IntN(5) {
				c := map[string]any{typ: kinds[r.IntN(len(kinds))], "budget": amount(b, false)}
				if r.IntN(2) == 0 {
					c["utfall"] = amount(u, true)
				}
				out = append(out, c)
			}
			return out
		}
		finansiering := []map[string]any{}
		for range r.IntN(5) {
			eget := r.IntN(2) == 0
			post := map[string]any{"finansiar": "2120003005", "belopp": amount(money, eget)}
			if eget {
				post["beskrivning"] = "Eget kapital"
			}
			finansiering = append(finansiering, post)
		}
		put := func(path string, body map[string]any) {
			etag := p.expect(200, who, "GET", path, nil, nil).header.Get("ETag")
			p.expect(200, who, "PUT", path, body, headers{"If-Match": etag})
		}
		put(insats+ar, map[string]any{"poster": costs("budgettyp", []string{"INSATSKOSTNAD", "ESF_INSATSKOSTNAD"}, insB, insU)})
		put(org+ar, map[string]any{"finansiering": finansiering, "administrativaKostnader": costs("kostnadstyp", []string{"KRING", "PERSONAL", "OVRIG"}, admB, admU)})
		type pair struct{ Budget, Utfall string }
		var got struct {
			Summor struct {
				Finansiering                                                       string
				AdministrativaKostnader, Insatskostnader, EsfInsatskostnader, Kvar pair
			}
		}
		p.expect(200, who, "GET", org+ar, nil, nil).json(t, &got)
		rat := func(s string) *big.Rat { x, _ := new(big.Rat).SetString(s); return x }
		plus := func(xs ...*big.Rat) *big.Rat {
			sum := new(big.Rat)
			for _, x := range xs {
				sum.Add(sum, x)
			}
			return sum
		}
		g := got.Summor
		// The workbook says the same of the insats whose budget it is, to the öre.
		rows, _, _ := workbook(t, p.expect(200, who, "GET", org+ar+"?format=xlsx", nil, nil))
		for _, kind := range []struct {
			column int
			sums   pair
		}{{4, g.Insatskostnader}, {6, g.EsfInsatskostnader}} {
			for i, want := range []string{kind.sums.Budget, kind.sums.Utfall} {
				sum := new(big.Rat)
				for _, row := range rows[1:] {
					x, _ := new(big.Rat).SetString(row[kind.column+i])
					sum.Add(sum, x)
				}
				if sum.Cmp(rat(want)) != 0 {
					t.Fatalf("%d: the workbook's column %d comes to %s, want %s", n, kind.column+i, sum.FloatString(2), want)
				}
			}
		}
		neg := func(x *big.Rat) *big.Rat { return new(big.Rat).Neg(x) }
		for what, pair := range map[string][2]*big.Rat{
			"finansiering": {rat(g.Finansiering), money},
			"adm budget":   {rat(g.AdministrativaKostnader.Budget), admB}, "adm utfall": {rat(g.AdministrativaKostnader.Utfall), admU},
			"insatser budget": {plus(rat(g.Insatskostnader.Budget), rat(g.EsfInsatskostnader.Budget)), insB},
			"insatser utfall": {plus(rat(g.Insatskostnader.Utfall), rat(g.EsfInsatskostnader.Utfall)), insU},
			"kvar budget":     {rat(g.Kvar.Budget), plus(money, neg(admB), neg(insB))}, "kvar utfall": {rat(g.Kvar.Utfall), plus(money, neg(admU), neg(insU))},
		} {
			if pair[0].Cmp(pair[1]) != 0 {
				t.Fatalf("%d: %s is %s, want %s", n, what, pair[0].FloatString(2), pair[1].FloatString(2))
			}
		}
	}
}
