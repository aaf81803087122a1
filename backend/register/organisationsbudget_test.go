package register

import (
	"testing"

	"pgregory.net/rapid"
)

// testFinansiarer is a förbund with one finansiär of each kind.
func testFinansiarer() Samverkansorganisation {
	o := testOrganisation()
	o.Ingaende = []IngaendeOrganisation{
		{Namn: "Försäkringskassan", Organisationsnummer: "2021005521", Typ: TypForsakringskassan, Finansiar: true},
		{Namn: "Arbetsförmedlingen", Organisationsnummer: "2021002114", Typ: TypArbetsformedlingen, Finansiar: true},
		{Namn: "Regionen", Organisationsnummer: "2321000024", Typ: TypRegion, Finansiar: true},
		{Namn: "Uppsala", Organisationsnummer: "2120003005", Typ: TypKommun, Finansiar: true},
		{Namn: "Enköping", Organisationsnummer: "2120000282", Typ: TypKommun, Finansiar: true},
		{Namn: "Förbundet", Organisationsnummer: "2220001234", Typ: TypSamordningsforbund, Finansiar: true, Konsument: true},
		{Namn: "Medlemmen", Organisationsnummer: "2120000290", Typ: TypKommun, Medlem: true},
	}
	return o
}

func medel(finansiar string, belopp Belopp, text ...string) Finansieringspost {
	p := Finansieringspost{Finansiar: finansiar, Belopp: belopp}
	if len(text) > 0 {
		p.Beskrivning = text[0]
	}
	return p
}

func TestABudgetIsFinancedByFinansiarerAndNegativeOnlyAsEgetKapital(t *testing.T) {
	post := func(p ...Finansieringspost) Organisationsbudgetuppgifter {
		return Organisationsbudgetuppgifter{Finansiering: p}
	}
	kostnad := func(k ...AdministrativKostnad) Organisationsbudgetuppgifter {
		return Organisationsbudgetuppgifter{Administration: k}
	}
	for namn, f := range map[string]struct {
		andra  func(*Arsram)
		in     Organisationsbudgetuppgifter
		kod    Kod
		vantat []string
	}{
		"nothing":                           {},
		"of a finansiär":                    {in: post(medel("2021005521", 100))},
		"of a member that is none":          {nil, post(medel("2021005521", 1), medel("2120000290", 1)), KodOgiltig, []string{"/finansiering/1/finansiar inte-finansiar"}},
		"of somebody who is not there":      {nil, post(medel("2021006883", 1)), KodOgiltig, []string{"/finansiering/0/finansiar inte-finansiar"}},
		"under zero":                        {nil, post(medel("2021005521", -1)), KodOgiltig, []string{"/finansiering/0/belopp belopp-negativt"}},
		"under zero, of what is left":       {in: post(medel("2021005521", -1, "eget KAPITAL 2009"))},
		"told late that it is eget kapital": {nil, post(medel("2021005521", -1, "Vårt eget kapital")), KodOgiltig, []string{"/finansiering/0/belopp belopp-negativt"}},
		"the förbund's own":                 {in: post(medel("2220001234", 5, " Eget kapital"))},
		"the förbund's own by another name": {nil, post(medel("2220001234", 5, "Överskott")), KodOgiltig, []string{"/finansiering/0/beskrivning eget-kapital"}},
		"an öre over":                       {nil, post(medel("2021005521", MaxBelopp+1), medel("2021005521", -MaxBelopp-1, "Eget kapital")), KodOgiltig, []string{"/finansiering/0/belopp belopp-for-stort", "/finansiering/1/belopp belopp-for-stort"}},
		"costs of a förbund":                {in: kostnad(AdministrativKostnad{Kostnadstyp: KostnadKring, Budget: 1, Utfall: ptr(Belopp(-1))})},
		"costs of another form":             {func(r *Arsram) { r.Organisation.Samverkansform = FormTvapartsfinsam }, kostnad(AdministrativKostnad{Kostnadstyp: KostnadKring}), KodOgiltig, []string{"/administrativaKostnader administration-bara-finsam"}},
		"financing of another form":         {andra: func(r *Arsram) { r.Organisation.Samverkansform = FormTvapartsfinsam }, in: post(medel("2021005521", 100))},
		"a cost under zero":                 {nil, kostnad(AdministrativKostnad{Kostnadstyp: KostnadPersonal, Budget: -1}), KodOgiltig, []string{"/administrativaKostnader/0/budget belopp-negativt"}},
		"an utfall too far under zero":      {nil, kostnad(AdministrativKostnad{Kostnadstyp: KostnadPersonal, Utfall: ptr(-MaxBelopp - 1)}), KodOgiltig, []string{"/administrativaKostnader/0/utfall belopp-for-stort"}},
		"a kind of cost that is not there":  {nil, kostnad(AdministrativKostnad{Kostnadstyp: "RESOR"}), KodOgiltig, []string{"/administrativaKostnader/0/kostnadstyp okand-kod"}},
		"too many posts":                    {nil, Organisationsbudgetuppgifter{Finansiering: make201(medel("2021005521", 1))}, KodOgiltig, []string{"/finansiering for-manga"}},
		"too many costs":                    {nil, Organisationsbudgetuppgifter{Administration: make201(AdministrativKostnad{Kostnadstyp: KostnadKring})}, KodOgiltig, []string{"/administrativaKostnader for-manga"}},
		"a personnummer in the texts":       {nil, Organisationsbudgetuppgifter{Finansiering: []Finansieringspost{medel("2021005521", 1, "770117-2392")}, Administration: []AdministrativKostnad{{Kostnadstyp: KostnadKring, Beskrivning: "770117-2392"}}}, KodOgiltig, []string{"/administrativaKostnader/0/beskrivning innehaller-personnummer", "/finansiering/0/beskrivning innehaller-personnummer"}},
		"a closed year":                     {func(r *Arsram) { r.Ar.Stangt = true }, post(medel("2021005521", 1)), KodKonflikt, []string{"budgetar-stangt"}},
		"a year before the organisation":    {arSom(2007), post(), KodOgiltig, []string{"ar utanfor-organisationen"}},
		"a year to come":                    {andra: arSom(2011), in: post(medel("2021005521", 100))},
		"a cost of a year to come":          {andra: arSom(2011), in: kostnad(AdministrativKostnad{Kostnadstyp: KostnadKring, Budget: 1})},
		"an utfall of a year to come":       {arSom(2011), kostnad(AdministrativKostnad{Kostnadstyp: KostnadKring, Utfall: ptr(-MaxBelopp - 1)}), KodOgiltig, []string{"/administrativaKostnader/0/utfall belopp-for-stort", "/administrativaKostnader/0/utfall framtida-ar"}},
	} {
		t.Run(namn, func(t *testing.T) {
			r := testArsram(func(r *Arsram) { r.Insats, r.Organisation = nil, testFinansiarer() })
			if f.andra != nil {
				f.andra(&r)
			}
			b, err := SparaOrganisationsbudget(Organisationsbudget{Version: 3}, f.in, r)
			if f.kod != "" {
				nekas(t, err, f.kod, f.vantat...)
				return
			}
			vill := 4
			if namn == "nothing" {
				vill = 3 // as it was
			}
			if err != nil || b.Version != vill || len(b.Finansiering) != len(f.in.Finansiering) || len(b.Administration) != len(f.in.Administration) {
				t.Errorf("%+v (%v)", b, err)
			}
		})
	}
}

func make201[T any](v T) (svar []T) {
	for range MaxBudgetposter + 1 {
		svar = append(svar, v)
	}
	return svar
}

func TestABudgetThatSaysTheSameMakesNoVersion(t *testing.T) {
	r := testArsram(func(r *Arsram) { r.Insats, r.Organisation = nil, testFinansiarer() })
	in := func() Organisationsbudgetuppgifter {
		return Organisationsbudgetuppgifter{Finansiering: []Finansieringspost{medel("2021005521", 1, "a")},
			Administration: []AdministrativKostnad{{Kostnadstyp: KostnadKring, Budget: 2, Beskrivning: "b"}}}
	}
	forst, err := SparaOrganisationsbudget(Organisationsbudget{}, in(), r)
	if err != nil || forst.Version != 1 {
		t.Fatal(err)
	}
	for namn, f := range map[string]struct {
		andra   func(*Organisationsbudgetuppgifter)
		version int
	}{
		"the same":          {func(*Organisationsbudgetuppgifter) {}, 1},
		"another amount":    {func(u *Organisationsbudgetuppgifter) { u.Finansiering[0].Belopp++ }, 2},
		"another finansiär": {func(u *Organisationsbudgetuppgifter) { u.Finansiering[0].Finansiar = "2120003005" }, 2},
		"another text":      {func(u *Organisationsbudgetuppgifter) { u.Administration[0].Beskrivning = "c" }, 2},
		"another kind":      {func(u *Organisationsbudgetuppgifter) { u.Administration[0].Kostnadstyp = KostnadOvrig }, 2},
		"another cost":      {func(u *Organisationsbudgetuppgifter) { u.Administration[0].Budget++ }, 2},
		"an utfall":         {func(u *Organisationsbudgetuppgifter) { u.Administration[0].Utfall = ptr(Belopp(0)) }, 2},
		"a post less":       {func(u *Organisationsbudgetuppgifter) { u.Finansiering = nil }, 2},
	} {
		u := in()
		f.andra(&u)
		if b, err := SparaOrganisationsbudget(forst, u, r); err != nil || b.Version != f.version {
			t.Errorf("%s: version %d (%v)", namn, b.Version, err)
		}
	}
}

func TestAYearIsClosedWhenItHasBegun(t *testing.T) {
	for namn, f := range map[string]struct {
		ar     int
		nu     string
		vantat string
	}{
		"its first day":               {2011, "2011-01-01", ""},
		"the day before":              {2011, "2010-12-31", "ar framtida-ar"},
		"its last day":                {2010, "2010-12-31", ""},
		"a year that is over":         {2009, "2010-12-31", ""},
		"years ahead":                 {2100, "2010-12-31", "ar framtida-ar"},
		"a year without organisation": {2007, "2010-12-31", "ar utanfor-organisationen"},
	} {
		r := testArsram(func(r *Arsram) { r.Insats, r.Ar.Ar, r.Nu = nil, f.ar, dag(f.nu).Tid() })
		h, err := StangBudgetar(r)
		if f.vantat != "" {
			nekas(t, err, KodOgiltig, f.vantat)
		} else if err != nil || !h.Stangt {
			t.Errorf("%s: %+v (%v)", namn, h, err)
		}
	}
}

func TestAYearIsClosedOnceAndOpenedWithAReason(t *testing.T) {
	r := testArsram(func(r *Arsram) { r.Insats = nil })
	h, err := StangBudgetar(r)
	if err != nil || !h.Stangt || h.Skal != nil || h.Ar != 2010 || h.OrganisationID != orgID || h.RegistreradAv != testAv {
		t.Errorf("%+v (%v)", h, err)
	}
	_, err = OppnaBudgetar(r, "Utfallet saknas.")
	nekas(t, err, KodKonflikt, "budgetar-oppet")
	r.Ar.Stangt = true
	_, err = StangBudgetar(r)
	nekas(t, err, KodKonflikt, "budgetar-stangt")
	_, err = OppnaBudgetar(r, " ")
	nekas(t, err, KodOgiltig, "/skal obligatoriskt")
	if h, err := OppnaBudgetar(r, "Utfallet saknas."); err != nil || h.Stangt || *h.Skal != "Utfallet saknas." {
		t.Errorf("%+v (%v)", h, err)
	}
	r.Ar = Budgetar{Ar: 2007}
	_, err = StangBudgetar(r)
	nekas(t, err, KodOgiltig, "ar utanfor-organisationen")
}

func TestTheDivisionOfTheMoneyIsHeldAgainstTheLaw(t *testing.T) {
	const fk, af, region, uppsala, enkoping, forbundet = "2021005521", "2021002114", "2321000024", "2120003005", "2120000282", "2220001234"
	ratt := []Finansieringspost{medel(fk, 150_000_000), medel(af, 50_000_000), medel(region, 100_000_000), medel(uppsala, 60_000_000), medel(enkoping, 40_000_000)}
	for namn, f := range map[string]struct {
		andra  func(*Samverkansorganisation)
		poster []Finansieringspost
		varnar bool
	}{
		"nothing at all":                      {},
		"as the law says":                     {poster: ratt},
		"eget kapital beside":                 {poster: append([]Finansieringspost{medel(uppsala, 70_000_000, "Eget kapital"), medel(forbundet, -3_000_000, "Eget kapital")}, ratt...)},
		"ESF beside":                          {func(o *Samverkansorganisation) { o.Ingaende[6].Typ, o.Ingaende[6].Finansiar = "ESF", true }, append([]Finansieringspost{medel("2120000290", 900_000_000)}, ratt...), false},
		"others beside":                       {func(o *Samverkansorganisation) { o.Ingaende[6].Typ, o.Ingaende[6].Finansiar = "OVRIG", true }, append([]Finansieringspost{medel("2120000290", 900_000_000)}, ratt...), false},
		"a krona that does not come out even": {poster: []Finansieringspost{medel(fk, 200_000_100), medel(region, 100_000_000), medel(uppsala, 100_000_000)}},
		"five kronor too much":                {nil, []Finansieringspost{medel(fk, 200_000_500), medel(region, 100_000_000), medel(uppsala, 100_000_000)}, true},
		"the state alone":                     {nil, []Finansieringspost{medel(fk, 200_000_000)}, true},
		"region and kommuner unlike":          {nil, []Finansieringspost{medel(fk, 200_000_000), medel(region, 101_000_000), medel(uppsala, 99_000_000)}, true},
		"no kommun":                           {nil, []Finansieringspost{medel(fk, 200_000_000), medel(region, 200_000_000)}, true},
		"eget kapital is no share":            {nil, []Finansieringspost{medel(fk, 200_000_000, "Eget kapital"), medel(region, 100_000_000), medel(uppsala, 100_000_000)}, true},
		"another form":                        {func(o *Samverkansorganisation) { o.Samverkansform = FormTvapartsfinsam }, []Finansieringspost{medel(fk, 200_000_000)}, false},
	} {
		o := testFinansiarer()
		if f.andra != nil {
			f.andra(&o)
		}
		v := Organisationsbudget{Ar: 2010, Finansiering: f.poster}.Summor(o, nil).Varningar(o.Samverkansform)
		if (len(v) > 0) != f.varnar || f.varnar && (v[0].Slag != VarningFordelning || v[0].Pekare != "/finansiering") {
			t.Errorf("%s: %v", namn, v)
		}
	}
}

// TestWhatIsLeftIsTheMoneyLessEveryCost adds each post by itself.
func TestWhatIsLeftIsTheMoneyLessEveryCost(t *testing.T) {
	o := testFinansiarer()
	rapid.Check(t, func(t *rapid.T) {
		belopp := func(namn string, lagst int64) Belopp {
			return Belopp(rapid.Int64Range(lagst, int64(MaxBelopp)).Draw(t, namn))
		}
		b := Organisationsbudget{Ar: 2010}
		var kvar Summa
		minus := func(s Summa) { kvar = kvar.Plus(Summa{-s.Budget, -s.Utfall}) }
		for range rapid.IntRange(0, 20).Draw(t, "poster") {
			p := medel(rapid.SampledFrom(o.Ingaende).Draw(t, "finansiär").Organisationsnummer, belopp("belopp", -int64(MaxBelopp)), rapid.SampledFrom([]string{"", "Eget kapital", "Annat"}).Draw(t, "text"))
			b.Finansiering = append(b.Finansiering, p)
			kvar = kvar.Plus(Summa{p.Belopp, p.Belopp})
		}
		for range rapid.IntRange(0, 20).Draw(t, "kostnader") {
			u := belopp("utfall", -int64(MaxBelopp))
			k := AdministrativKostnad{Kostnadstyp: rapid.SampledFrom(Kostnadstyper).Draw(t, "typ"), Budget: belopp("budget", 0), Utfall: &u}
			b.Administration = append(b.Administration, k)
			minus(Summa{k.Budget, u})
		}
		var insatser []Insatskostnader
		for range rapid.IntRange(0, 20).Draw(t, "insatser") {
			k := Insatskostnader{Summa{belopp("b", 0), belopp("u", 0)}, Summa{belopp("eb", 0), belopp("eu", 0)}}
			insatser = append(insatser, k)
			minus(k.Insatsbudget)
			minus(k.Esf)
		}
		s := b.Summor(o, insatser)
		var slag Belopp
		for _, m := range Medelsslagen {
			slag += s.Medel[m]
		}
		var typer Summa
		for _, k := range Kostnadstyper {
			typer = typer.Plus(s.Administration[k])
		}
		if s.Kvar != kvar || slag != s.Finansiering || typer != s.Adm {
			t.Fatalf("%+v, left should be %v", s, kvar)
		}
	})
}

func TestWhoHasPutInMoneyStaysFinansiar(t *testing.T) {
	o := testFinansiarer()
	if err := o.ProvaFinansiarer([]Finansierat{{"2021005521", 2009}, {"2220001234", 2010}}); err != nil {
		t.Error(err)
	}
	nekas(t, o.ProvaFinansiarer([]Finansierat{{"2021005521", 2009}, {"2120000290", 2010}}), KodKonflikt, "finansiar-har-poster")
}

func TestWhoWritesABudgetAndWhoSeesIt(t *testing.T) {
	i := testInsats()
	uppdrag := func(r Roll, insats bool, scopes ...Scope) Aktor {
		u := Uppdrag{Roll: r, OrganisationID: orgID}
		if insats {
			u.InsatsID = insatsID
		}
		return Aktor{Roller: []Roll{r}, Scopes: scopes, Uppdrag: []Uppdrag{u}}
	}
	annan := testInsats()
	annan.ID[0]++
	frammande := annan
	frammande.OrganisationID[0]++
	for namn, f := range map[string]struct {
		a                                              Aktor
		skriver, skriverAnnan, budgeterar, ser, oppnar bool
	}{
		"administrator":              {a: uppdrag(RollSamverkansadministrator, false), skriver: true, skriverAnnan: true, budgeterar: true, ser: true},
		"insatsansvarig":             {a: uppdrag(RollInsatsansvarig, true), skriver: true, ser: true},
		"insatsansvarig of all":      {a: uppdrag(RollInsatsansvarig, false), skriver: true, skriverAnnan: true, ser: true},
		"deltagaransvarig":           {a: uppdrag(RollDeltagaransvarig, true), ser: true},
		"machine":                    {a: uppdrag(RollMaskin, true, ScopeInsatsSkriv), skriver: true, ser: true},
		"machine of all":             {a: uppdrag(RollMaskin, false, ScopeInsatsSkriv), skriver: true, skriverAnnan: true, ser: true},
		"machine without the scope":  {a: uppdrag(RollMaskin, true, ScopeDeltagandeSkriv, ScopeDeltagandeLas, ScopeRapportLas), ser: true},
		"Försäkringskassan":          {a: Aktor{Roller: []Roll{RollSystemforvaltare}}, ser: true, oppnar: true},
		"somebody who reads reports": {a: Aktor{Roller: []Roll{RollSusrapport}}},
	} {
		if f.a.FarSkrivaBudget(i) != f.skriver || f.a.FarSkrivaBudget(annan) != f.skriverAnnan || f.a.FarSkrivaBudget(frammande) || f.a.FarBudgetera(orgID) != f.budgeterar ||
			f.a.FarBudgetera(frammande.OrganisationID) || f.a.FarSeBudget(orgID) != f.ser || f.a.FarSeBudget(frammande.OrganisationID) != f.oppnar || f.a.FarOppnaBudgetar() != f.oppnar {
			t.Errorf("%s", namn)
		}
	}
}
