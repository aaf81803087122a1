package register

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// testArsram is an insats that only counts, in 2010.
func testArsram(andra ...func(*Arsram)) Arsram {
	i := testInsats()
	i.Deltagarregistrering = EndastAntal
	r := Arsram{Ar: Budgetar{OrganisationID: orgID, Ar: 2010}, Insats: &i, Organisation: testOrganisation(), Kodverk: testKodverk(), Nu: testNu, Av: testAv}
	for _, a := range andra {
		a(&r)
	}
	return r
}

func arSom(ar int) func(*Arsram) { return func(r *Arsram) { r.Ar.Ar = ar } }

func TestVolymIsSaidOfAYearThatTheInsatsHas(t *testing.T) {
	in := Volymuppgifter{AntalKvinnor: 40, AntalMan: 31, UppgiftSaknas: 2}
	for namn, f := range map[string]struct {
		andra  func(*Arsram)
		in     Volymuppgifter
		kod    Kod
		vantat []string
	}{
		"as it should be":            {in: in},
		"nobody at all":              {},
		"the most there can be":      {in: Volymuppgifter{MaxVolym, MaxVolym, MaxVolym}},
		"one that has deltaganden":   {func(r *Arsram) { r.Insats.Deltagarregistrering = MedPersonuppgiftEllerAnonym }, in, KodKonflikt, []string{"insats-raknar-inte"}},
		"a closed year":              {func(r *Arsram) { r.Ar.Stangt = true }, in, KodKonflikt, []string{"budgetar-stangt"}},
		"the year of the start":      {andra: arSom(2009), in: in},
		"the year before the start":  {arSom(2008), in, KodOgiltig, []string{"ar utanfor-insatsen"}},
		"the year of the end":        {andra: func(r *Arsram) { r.Insats.Slutdatum = ptr(dag("2010-01-01")) }, in: in},
		"the year after the end":     {func(r *Arsram) { r.Insats.Slutdatum = ptr(dag("2009-12-31")) }, in, KodOgiltig, []string{"ar utanfor-insatsen"}},
		"a year to come":             {arSom(2011), in, KodOgiltig, []string{"ar framtida-ar"}},
		"the organisation had ended": {func(r *Arsram) { r.Organisation.Slutdatum = ptr(dag("2009-12-31")) }, in, KodOgiltig, []string{"ar utanfor-organisationen"}},
		"after the form's last day": {func(r *Arsram) {
			r.Organisation.Samverkansform, r.Ar.Ar, r.Nu = FormTvapartsfinsam, 2016, dag("2016-05-01").Tid()
		}, in, KodOgiltig, []string{"ar efter-sista-registreringsdag"}},
		"counts out of bounds, at once":  {nil, Volymuppgifter{-1, MaxVolym + 1, -1}, KodOgiltig, []string{"/antalKvinnor utanfor-granser", "/antalMan utanfor-granser", "/uppgiftSaknas utanfor-granser"}},
		"what is closed is said at once": {func(r *Arsram) { r.Ar.Stangt = true }, Volymuppgifter{-1, 0, 0}, KodKonflikt, []string{"budgetar-stangt"}},
	} {
		t.Run(namn, func(t *testing.T) {
			r := testArsram()
			if f.andra != nil {
				f.andra(&r)
			}
			v, err := SparaVolym(Volym{}, f.in, r)
			if f.kod != "" {
				nekas(t, err, f.kod, f.vantat...)
				return
			}
			if err != nil || v.Version != 1 || v.Ar != r.Ar.Ar || v.InsatsID != insatsID || v.sager() != f.in || v.RegistreradAv != testAv || v.Registrerad != r.Nu {
				t.Errorf("%+v (%v)", v, err)
			}
		})
	}
}

func TestVolymThatSaysTheSameMakesNoVersion(t *testing.T) {
	r := testArsram()
	forst, err := SparaVolym(Volym{InsatsID: insatsID, Ar: 2010}, Volymuppgifter{}, r)
	if err != nil || forst.Version != 1 {
		t.Fatalf("nobody, said the first time: %+v (%v)", forst, err)
	}
	if igen, err := SparaVolym(forst, Volymuppgifter{}, r); err != nil || igen != forst {
		t.Errorf("the same: %+v (%v)", igen, err)
	}
	if ny, err := SparaVolym(forst, Volymuppgifter{UppgiftSaknas: 1}, r); err != nil || ny.Version != 2 || ny.UppgiftSaknas != 1 {
		t.Errorf("another: %+v (%v)", ny, err)
	}
}

func kostnad(budget Belopp) Insatsbudgetpost {
	return Insatsbudgetpost{Budgettyp: BudgetInsatskostnad, Budget: budget}
}

func TestAnInsatsbudgetIsSaidWholeAndEveryFaultAtOnce(t *testing.T) {
	tvapart := func(r *Arsram) { r.Organisation.Samverkansform = FormTvapartsfinsam }
	medOrg := func(nummer string) Insatsbudgetpost {
		p := kostnad(100)
		p.Organisation = nummer
		return p
	}
	ingar := func(fran, tom string) func(*Arsram) {
		return func(r *Arsram) {
			tvapart(r)
			r.Organisation.Ingaende[0].Period = NyPeriod(dag(fran), dag(tom))
		}
	}
	for namn, f := range map[string]struct {
		andra  func(*Arsram)
		in     Insatsbudgetuppgifter
		kod    Kod
		vantat []string
	}{
		"as it should be":             {in: Insatsbudgetuppgifter{PlaneratAntal: ptr(60), Poster: []Insatsbudgetpost{kostnad(125_000_000), {Budgettyp: BudgetEsfInsatskostnad, Budget: 1, Utfall: ptr(Belopp(0)), Beskrivning: "Lokal"}}}},
		"of an insats of persons":     {andra: func(r *Arsram) { r.Insats.Deltagarregistrering = MedPersonuppgiftEllerAnonym }, in: Insatsbudgetuppgifter{Poster: []Insatsbudgetpost{kostnad(1)}}},
		"of a year to come":           {andra: arSom(2011), in: Insatsbudgetuppgifter{PlaneratAntal: ptr(1)}},
		"an utfall of a year to come": {arSom(2011), Insatsbudgetuppgifter{Poster: []Insatsbudgetpost{kostnad(1), {Budgettyp: BudgetInsatskostnad, Utfall: ptr(Belopp(0))}}}, KodOgiltig, []string{"/poster/1/utfall framtida-ar"}},
		"a closed year":               {func(r *Arsram) { r.Ar.Stangt = true }, Insatsbudgetuppgifter{}, KodKonflikt, []string{"budgetar-stangt"}},
		"before the insats":           {arSom(2008), Insatsbudgetuppgifter{}, KodOgiltig, []string{"ar utanfor-insatsen"}},
		"an utfall under zero":        {in: Insatsbudgetuppgifter{Poster: []Insatsbudgetpost{{Budgettyp: BudgetInsatskostnad, Utfall: ptr(Belopp(-1))}}}},
		"a budget under zero":         {nil, Insatsbudgetuppgifter{Poster: []Insatsbudgetpost{kostnad(1), kostnad(-1)}}, KodOgiltig, []string{"/poster/1/budget belopp-negativt"}},
		"the largest there is":        {in: Insatsbudgetuppgifter{Poster: []Insatsbudgetpost{{Budgettyp: BudgetInsatskostnad, Budget: MaxBelopp, Utfall: ptr(-MaxBelopp)}}}},
		"an öre over":                 {nil, Insatsbudgetuppgifter{Poster: []Insatsbudgetpost{{Budgettyp: BudgetInsatskostnad, Budget: MaxBelopp + 1, Utfall: ptr(-MaxBelopp - 1)}}}, KodOgiltig, []string{"/poster/0/budget belopp-for-stort", "/poster/0/utfall belopp-for-stort"}},
		"a kind that is not there":    {nil, Insatsbudgetuppgifter{Poster: []Insatsbudgetpost{{Budgettyp: "ANNAN"}}}, KodOgiltig, []string{"/poster/0/budgettyp okand-kod"}},
		"a text too long":             {nil, Insatsbudgetuppgifter{Poster: []Insatsbudgetpost{{Budgettyp: BudgetInsatskostnad, Beskrivning: strings.Repeat("ö", MaxBudgettext+1)}}}, KodOgiltig, []string{"/poster/0/beskrivning for-langt"}},
		"a personnummer in a text":    {nil, Insatsbudgetuppgifter{Poster: []Insatsbudgetpost{{Budgettyp: BudgetInsatskostnad, Beskrivning: "Lön " + Testnummer(dag("1977-01-17"), true).Siffror()}}}, KodOgiltig, []string{"/poster/0/beskrivning innehaller-personnummer"}},
		"an organisation in FINSAM":   {nil, Insatsbudgetuppgifter{Poster: []Insatsbudgetpost{medOrg("2120003005")}}, KodOgiltig, []string{"/poster/0/organisation organisation-pa-post"}},
		"one in tvåpartsfinsam":       {andra: tvapart, in: Insatsbudgetuppgifter{Poster: []Insatsbudgetpost{medOrg("2120003005"), kostnad(1)}}},
		"one that is no ingående":     {tvapart, Insatsbudgetuppgifter{Poster: []Insatsbudgetpost{medOrg("2021005521")}}, KodOgiltig, []string{"/poster/0/organisation okand-kod"}},
		"one that came later":         {ingar("2011-01-01", "2012-12-31"), Insatsbudgetuppgifter{Poster: []Insatsbudgetpost{medOrg("2120003005")}}, KodOgiltig, []string{"/poster/0/organisation okand-kod"}},
		"one that had left":           {ingar("2008-01-01", "2009-12-31"), Insatsbudgetuppgifter{Poster: []Insatsbudgetpost{medOrg("2120003005")}}, KodOgiltig, []string{"/poster/0/organisation okand-kod"}},
		"one on the year's last day":  {andra: ingar("2010-12-31", "2012-12-31"), in: Insatsbudgetuppgifter{Poster: []Insatsbudgetpost{medOrg("2120003005")}}},
		"planned out of bounds":       {nil, Insatsbudgetuppgifter{PlaneratAntal: ptr(-1)}, KodOgiltig, []string{"/planeratAntal utanfor-granser"}},
		"as many posts as there may":  {in: Insatsbudgetuppgifter{Poster: make200(MaxBudgetposter)}},
		"one more":                    {nil, Insatsbudgetuppgifter{Poster: make200(MaxBudgetposter + 1)}, KodOgiltig, []string{"/poster for-manga"}},
	} {
		t.Run(namn, func(t *testing.T) {
			r := testArsram()
			if f.andra != nil {
				f.andra(&r)
			}
			b, err := SparaInsatsbudget(Insatsbudget{}, f.in, r)
			if f.kod != "" {
				nekas(t, err, f.kod, f.vantat...)
				return
			}
			if err != nil || b.Version != 1 || len(b.Poster) != len(f.in.Poster) || !lika(b.PlaneratAntal, f.in.PlaneratAntal) || b.Ar != r.Ar.Ar || b.RegistreradAv != testAv {
				t.Errorf("%+v (%v)", b, err)
			}
		})
	}
}

func make200(n int) []Insatsbudgetpost {
	var svar []Insatsbudgetpost
	for range n {
		svar = append(svar, kostnad(1))
	}
	return svar
}

func TestAnInsatsbudgetThatSaysTheSameMakesNoVersion(t *testing.T) {
	r := testArsram()
	in := Insatsbudgetuppgifter{PlaneratAntal: ptr(3), Poster: []Insatsbudgetpost{{Budgettyp: BudgetInsatskostnad, Budget: 5, Beskrivning: "Lön"}}}
	forst, err := SparaInsatsbudget(Insatsbudget{}, in, r)
	if err != nil {
		t.Fatal(err)
	}
	med := func(andra func(*Insatsbudgetuppgifter)) int {
		ny := Insatsbudgetuppgifter{PlaneratAntal: ptr(3), Poster: []Insatsbudgetpost{{Budgettyp: BudgetInsatskostnad, Budget: 5, Beskrivning: "Lön"}}}
		andra(&ny)
		b, err := SparaInsatsbudget(forst, ny, r)
		if err != nil {
			t.Fatal(err)
		}
		return b.Version
	}
	for namn, f := range map[string]struct {
		andra   func(*Insatsbudgetuppgifter)
		version int
	}{
		"the same":              {func(*Insatsbudgetuppgifter) {}, 1},
		"with blanks around":    {func(u *Insatsbudgetuppgifter) { u.Poster[0].Beskrivning = " Lön " }, 1},
		"a planned number left": {func(u *Insatsbudgetuppgifter) { u.PlaneratAntal = nil }, 2},
		"an utfall of nothing":  {func(u *Insatsbudgetuppgifter) { u.Poster[0].Utfall = ptr(Belopp(0)) }, 2},
		"an öre more":           {func(u *Insatsbudgetuppgifter) { u.Poster[0].Budget++ }, 2},
		"another kind":          {func(u *Insatsbudgetuppgifter) { u.Poster[0].Budgettyp = BudgetEsfInsatskostnad }, 2},
		"one more post":         {func(u *Insatsbudgetuppgifter) { u.Poster = append(u.Poster, kostnad(0)) }, 2},
		"another text":          {func(u *Insatsbudgetuppgifter) { u.Poster[0].Beskrivning = "Löner" }, 2},
	} {
		if v := med(f.andra); v != f.version {
			t.Errorf("%s: version %d", namn, v)
		}
	}
}

// TestSumsOfAnInsatsbudgetAreExact reckons each kind by itself in another way.
func TestSumsOfAnInsatsbudgetAreExact(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var b Insatsbudget
		vill := map[Budgettyp]Summa{}
		for range rapid.IntRange(0, 30).Draw(t, "poster") {
			p := Insatsbudgetpost{Budgettyp: rapid.SampledFrom(Budgettyper).Draw(t, "typ"), Budget: Belopp(rapid.Int64Range(0, int64(MaxBelopp)).Draw(t, "budget"))}
			s := vill[p.Budgettyp]
			s.Budget += p.Budget
			if rapid.Bool().Draw(t, "utfall finns") {
				u := Belopp(rapid.Int64Range(-int64(MaxBelopp), int64(MaxBelopp)).Draw(t, "utfall"))
				p.Utfall = &u
				s.Utfall += u
			}
			vill[p.Budgettyp] = s
			b.Poster = append(b.Poster, p)
		}
		for _, typ := range Budgettyper {
			if b.Summa(typ) != vill[typ] {
				t.Fatalf("%s: %v, want %v", typ, b.Summa(typ), vill[typ])
			}
		}
	})
}
