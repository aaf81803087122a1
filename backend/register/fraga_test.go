package register

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/uuid"
	"pgregory.net/rapid"
)

func testFrageuppgifter() Frageuppgifter {
	return Frageuppgifter{Namn: "Stöd", Innehall: "Vilket stöd har du haft mest nytta av?", Period: Period{Fran: dag("2010-01-01")},
		Svarstyp: SvarEnval, Etiketter: []string{"Samtal", "Praktik", "Studier"}, VidIn: true, VidUt: true}
}

func frageord(ord, tillhor string) Kodrad {
	return Kodrad{Kodverk: KodverkFrageord, Kod: strings.ToUpper(tillhor) + ord, Period: Period{Fran: dag("2004-01-01")}, Etikett: ord, Tillhor: tillhor}
}

func frageKodverk() Kodverk {
	gammalt := frageord("lyckönskan", "KANSLIGT")
	gammalt.Tom = ptr(dag("2009-12-31"))
	return NyttKodverk(append(testKodverk().Rader, frageord("*personnummer", "NUMMER"), frageord("*telefon", "NUMMER"), frageord("*diagnos", "DIAGNOS"),
		frageord("hälso", "KANSLIGT"), frageord("*hälsa", "KANSLIGT"), frageord("politi", "KANSLIGT"), gammalt))
}

// testFraga is a question as the rules make it.
func testFraga(t interface{ Fatal(...any) }, in Frageuppgifter, andra ...Fraga) Fraga {
	f, err := SkapaFraga(in, testOrganisation(), andra, frageKodverk(), testIdag)
	if err != nil {
		t.Fatal(err)
	}
	f.ID, f.Nr = uuid.New(), int32(len(andra)+1)
	return f
}

func TestANewFragaIsTheLastAndItsAlternativHaveCodesOfTheServer(t *testing.T) {
	forsta := testFraga(t, testFrageuppgifter())
	in := testFrageuppgifter()
	in.Namn = "Stöd vid start"
	f := testFraga(t, in, forsta)
	if f.OrganisationID != orgID || f.Ordning != 2 || f.Version != 1 || f.Besvarad != nil || len(f.Varningar) != 0 ||
		!slices.Equal(f.Alternativ, []Svarsalternativ{{"1", "Samtal"}, {"2", "Praktik"}, {"3", "Studier"}}) {
		t.Errorf("%+v", f)
	}
	in.Svarstyp, in.Etiketter, in.Namn = SvarJaNej, nil, "Arbete"
	if f = testFraga(t, in); !slices.Equal(f.Alternativ, []Svarsalternativ{{"JA", "Ja"}, {"NEJ", "Nej"}}) {
		t.Errorf("%+v", f)
	}
	in.Svarstyp, in.Steg, in.LagstOrd = SvarSkala, ptr(11), "Inte alls"
	if f = testFraga(t, in); *f.Minst != 1 || *f.Hogst != 11 || f.LagstOrd != "Inte alls" {
		t.Errorf("%+v", f)
	}
}

func TestAFaultyFragaNamesEveryFaultyField(t *testing.T) {
	var manga []string
	for i := range MaxAlternativ + 1 {
		manga = append(manga, fmt.Sprint("Alternativ ", i))
	}
	heltal := func(minst, hogst int) func(*Frageuppgifter) {
		return func(u *Frageuppgifter) { u.Svarstyp, u.Etiketter, u.Minst, u.Hogst = SvarHeltal, nil, &minst, &hogst }
	}
	skala := func(steg int) func(*Frageuppgifter) {
		return func(u *Frageuppgifter) { u.Svarstyp, u.Etiketter, u.Steg = SvarSkala, nil, &steg }
	}
	for namn, fall := range map[string]struct {
		in   func(*Frageuppgifter)
		falt []string
	}{
		"as it is":       {func(*Frageuppgifter) {}, nil},
		"nothing at all": {func(u *Frageuppgifter) { *u = Frageuppgifter{Svarstyp: SvarEnval} }, []string{"/namn obligatoriskt", "/innehall obligatoriskt", "/vidIn obligatoriskt", "/alternativ for-fa"}},
		"a number in it": {func(u *Frageuppgifter) { u.Innehall = "Känner du 198102042382?" }, []string{"/innehall innehaller-personnummer"}},
		"a number in an alternative": {func(u *Frageuppgifter) { u.Etiketter[1] = "810204-2382" },
			[]string{"/alternativ/1 innehaller-personnummer"}},
		"ends before it begins":        {func(u *Frageuppgifter) { u.Tom = ptr(dag("2009-12-31")) }, []string{"/tillOchMed slut-fore-start"}},
		"of one day":                   {func(u *Frageuppgifter) { u.Tom = ptr(dag("2010-01-01")) }, nil},
		"over before the organisation": {func(u *Frageuppgifter) { u.Period = NyPeriod(dag("2007-01-01"), dag("2007-12-31")) }, []string{"/franOchMed utanfor-organisationen"}},
		"asked never":                  {func(u *Frageuppgifter) { u.VidIn, u.VidUt = false, false }, []string{"/vidIn obligatoriskt"}},
		"one alternative":              {func(u *Frageuppgifter) { u.Etiketter = u.Etiketter[:1] }, []string{"/alternativ for-fa"}},
		"the same twice":               {func(u *Frageuppgifter) { u.Etiketter[2] = "Samtal" }, []string{"/alternativ/2 dubblett"}},
		"an empty one":                 {func(u *Frageuppgifter) { u.Etiketter[2] = " " }, []string{"/alternativ/2 obligatoriskt"}},
		"too many":                     {func(u *Frageuppgifter) { u.Etiketter = manga }, []string{"/alternativ for-manga"}},
		"as many as there may be":      {func(u *Frageuppgifter) { u.Etiketter = manga[1:] }, nil},
		"alternatives of ja och nej":   {func(u *Frageuppgifter) { u.Svarstyp = SvarJaNej }, []string{"/alternativ fel-svarstyp"}},
		"bounds of enval":              {func(u *Frageuppgifter) { u.Minst, u.Hogst, u.Steg, u.LagstOrd = ptr(0), ptr(1), ptr(5), "Lite" }, []string{"/minst fel-svarstyp", "/hogst fel-svarstyp", "/steg fel-svarstyp", "/lagstOrd fel-svarstyp"}},
		"heltal 0–9999":                {heltal(0, 9999), nil},
		"heltal to 10000":              {heltal(0, 10000), []string{"/hogst utanfor-granser"}},
		"heltal from −1":               {heltal(-1, 5), []string{"/minst utanfor-granser"}},
		"heltal turned":                {heltal(6, 5), []string{"/hogst for-litet"}},
		"heltal of one":                {heltal(5, 5), []string{"/hogst for-litet"}},
		"heltal without bounds":        {func(u *Frageuppgifter) { u.Svarstyp, u.Etiketter = SvarHeltal, nil }, []string{"/minst obligatoriskt", "/hogst obligatoriskt"}},
		"a scale of 1":                 {skala(1), []string{"/steg utanfor-granser"}},
		"a scale of 2":                 {skala(2), nil},
		"a scale of 11":                {skala(11), nil},
		"a scale of 12":                {skala(12), []string{"/steg utanfor-granser"}},
		"a scale without steps":        {func(u *Frageuppgifter) { u.Svarstyp, u.Etiketter = SvarSkala, nil }, []string{"/steg obligatoriskt"}},
	} {
		t.Run(namn, func(t *testing.T) {
			in := testFrageuppgifter()
			fall.in(&in)
			_, err := SkapaFraga(in, testOrganisation(), nil, frageKodverk(), testIdag)
			if fall.falt == nil {
				if err != nil {
					t.Fatal(err)
				}
				return
			}
			nekas(t, err, KodOgiltig, fall.falt...)
		})
	}
}

func TestTwoFragorOfOneNameAreNeverAskedOnOneDay(t *testing.T) {
	in := testFrageuppgifter()
	in.Tom = ptr(dag("2010-12-31"))
	finns := testFraga(t, in)
	in.Namn = "STÖD"
	for fran, nekad := range map[string]bool{"2010-12-31": true, "2011-01-01": false} {
		in.Period = Period{Fran: dag(fran)}
		_, err := SkapaFraga(in, testOrganisation(), []Fraga{finns}, frageKodverk(), testIdag)
		if !nekad {
			if err != nil {
				t.Errorf("from %s: %v", fran, err)
			}
			continue
		}
		nekas(t, err, KodKonflikt, "fraga-finns")
	}
	var manga []Fraga
	for i := range MaxFragorSamman {
		in = testFrageuppgifter()
		in.Namn = fmt.Sprint("Fråga ", i)
		manga = append(manga, testFraga(t, in, manga...))
	}
	in.Namn = "En till"
	_, err := SkapaFraga(in, testOrganisation(), manga, frageKodverk(), testIdag)
	nekas(t, err, KodKonflikt, "fragor-for-manga")
	in.Tom = ptr(dag("2010-06-30"))
	if _, err := AndraFraga(manga[49], in, testOrganisation(), manga, frageKodverk(), testIdag); err != nil {
		t.Errorf("itself is counted: %v", err)
	}
}

func TestAnUnansweredFragaIsRewrittenAndALabelKeepsItsCode(t *testing.T) {
	f := testFraga(t, testFrageuppgifter())
	in := testFrageuppgifter()
	in.Innehall, in.Etiketter = "Vad hjälpte dig mest?", []string{"Studier", "Coach", "Samtal"}
	ny, err := AndraFraga(f, in, testOrganisation(), []Fraga{f}, frageKodverk(), testIdag)
	if err != nil || ny.Version != 2 || ny.ID != f.ID || ny.Ordning != f.Ordning || !slices.Equal(ny.Alternativ, []Svarsalternativ{{"3", "Studier"}, {"4", "Coach"}, {"1", "Samtal"}}) {
		t.Fatalf("%+v (%v)", ny, err)
	}
	in.Etiketter = []string{"Praktik", "Samtal"}
	if ny, err = AndraFraga(ny, in, testOrganisation(), []Fraga{ny}, frageKodverk(), testIdag); err != nil || ny.Alternativ[0].Kod != "5" || ny.Version != 3 {
		t.Errorf("a code came back: %+v (%v)", ny, err)
	}
	if samma, err := AndraFraga(ny, in, testOrganisation(), []Fraga{ny}, frageKodverk(), testIdag); err != nil || samma.Version != 3 {
		t.Errorf("what says the same is a new version: %+v (%v)", samma, err)
	}
}

func TestAnAnsweredFragaIsClosedAfterItsLastAnswerAndNeverRewritten(t *testing.T) {
	f := testFraga(t, testFrageuppgifter())
	f.Besvarad = ptr(dag("2010-05-10"))
	for namn, andra := range map[string]func(*Frageuppgifter){
		"name":        func(u *Frageuppgifter) { u.Namn = "Annat" },
		"words":       func(u *Frageuppgifter) { u.Innehall += " Varför?" },
		"first day":   func(u *Frageuppgifter) { u.Fran = dag("2009-01-01") },
		"kind":        func(u *Frageuppgifter) { u.Svarstyp = SvarFlerval },
		"alternative": func(u *Frageuppgifter) { u.Etiketter[0] = "Möten" },
		"one more":    func(u *Frageuppgifter) { u.Etiketter = append(u.Etiketter, "Annat") },
		"order":       func(u *Frageuppgifter) { slices.Reverse(u.Etiketter) },
		"not at in":   func(u *Frageuppgifter) { u.VidIn = false },
		"not at ut":   func(u *Frageuppgifter) { u.VidUt = false },
	} {
		in := testFrageuppgifter()
		andra(&in)
		_, err := AndraFraga(f, in, testOrganisation(), []Fraga{f}, frageKodverk(), testIdag)
		if regelAv(err) != "fraga-besvarad" {
			t.Errorf("%s: %v", namn, err)
		}
	}
	for tom, nekad := range map[string]bool{"2010-05-09": true, "2010-05-10": false, "2010-05-11": false} {
		in := testFrageuppgifter()
		in.Tom = ptr(dag(tom))
		ny, err := AndraFraga(f, in, testOrganisation(), []Fraga{f}, frageKodverk(), testIdag)
		if nekad != (regelAv(err) == "fraga-besvarad") || !nekad && (err != nil || *ny.Tom != dag(tom) || ny.Version != 2) {
			t.Errorf("closed %s: %+v %v", tom, ny, err)
		}
	}
}

func regelAv(err error) string {
	var e *Error
	if errors.As(err, &e) {
		return e.Regel.String()
	}
	return ""
}

func TestAFrageordningIsAllFragorOnce(t *testing.T) {
	a, b := uuid.New(), uuid.New()
	finns := []Fraga{{ID: a}, {ID: b}}
	if err := ProvaFrageordning([]uuid.UUID{b, a}, finns); err != nil {
		t.Error(err)
	}
	for namn, fall := range map[string]struct {
		ordning []uuid.UUID
		falt    []string
	}{
		"none":       {nil, []string{"/fragor for-fa"}},
		"one":        {[]uuid.UUID{a}, []string{"/fragor for-fa"}},
		"one twice":  {[]uuid.UUID{a, a}, []string{"/fragor/1 dubblett"}},
		"another's":  {[]uuid.UUID{a, uuid.Nil}, []string{"/fragor/1 okand-kod"}},
		"one beside": {[]uuid.UUID{a, b, uuid.Nil}, []string{"/fragor/2 okand-kod"}},
	} {
		t.Run(namn, func(t *testing.T) { nekas(t, ProvaFrageordning(fall.ordning, finns), KodOgiltig, fall.falt...) })
	}
}

func TestTheWordsOfAFragaWarnAndNeverStop(t *testing.T) {
	for innehall, vantat := range map[string]string{
		"Vilket stöd har du haft?":                         "",
		"Vilket är ditt personnummer?":                     "fraga-om-nummer /innehall",
		"Skriv ditt PERSONNUMMER":                          "fraga-om-nummer /innehall",
		"Vilka är mammas samordningspersonnummer?":         "fraga-om-nummer /innehall",
		"Har du en diagnos?":                               "fraga-om-diagnos /innehall",
		"Vilka psykdiagnoser har du?":                      "fraga-om-diagnos /innehall",
		"Hur är din hälsa?":                                "fraga-om-kansligt /innehall",
		"Hur är ditt hälsotillstånd och din hälsa?":        "fraga-om-kansligt /innehall",
		"Är du politiskt aktiv, och vilken diagnos har du": "fraga-om-diagnos /innehall,fraga-om-kansligt /innehall",
		"Vilken kommunalpolitik?":                          "", // the word begins otherwise, and no * stands before it
		"Vilken lyckönskan?":                               "", // no longer in the list
		"På en skala 1–5?":                                 "",
	} {
		in := testFrageuppgifter()
		in.Innehall = innehall
		f, err := SkapaFraga(in, testOrganisation(), nil, frageKodverk(), testIdag)
		if err != nil {
			t.Fatalf("%s: %v", innehall, err)
		}
		if got := varningarAv(f); got != vantat {
			t.Errorf("%s: %q, not %q", innehall, got, vantat)
		}
	}
	in := testFrageuppgifter()
	in.Namn, in.Innehall, in.Etiketter[2] = "Telefonen", "Har du telefon?", "En diagnos"
	if got := varningarAv(testFraga(t, in)); got != "fraga-om-nummer /namn,fraga-om-diagnos /alternativ/2" {
		t.Error(got)
	}
	in = testFrageuppgifter()
	in.Svarstyp, in.Etiketter, in.Steg, in.HogstOrd = SvarSkala, nil, ptr(5), "Full hälsa"
	if got := varningarAv(testFraga(t, in)); got != "fraga-om-kansligt /hogstOrd" {
		t.Error(got)
	}
}

func varningarAv(f Fraga) string {
	var ut []string
	for _, v := range f.Varningar {
		ut = append(ut, v.Slag.String()+" "+v.Pekare)
	}
	return strings.Join(ut, ",")
}

// TestTheFragorAskedAreThoseInForceOnTheDay: against a loop over the days themselves.
func TestTheFragorAskedAreThoseInForceOnTheDay(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		start := dag("2010-01-01")
		var fragor []Fraga
		dagar := map[int]map[int]bool{} // question → the days it is asked
		for i := range rapid.IntRange(0, 8).Draw(rt, "antal") {
			fran := rapid.IntRange(0, 30).Draw(rt, "fran")
			tom := rapid.IntRange(fran, 40).Draw(rt, "tom")
			f := Fraga{Nr: int32(i), ID: uuid.New(), Ordning: rapid.IntRange(0, 1000).Draw(rt, "ordning")*10 + i, Period: NyPeriod(start.Plus(fran), start.Plus(tom)),
				VidIn: rapid.Bool().Draw(rt, "in"), VidUt: rapid.Bool().Draw(rt, "ut")}
			dagar[i] = map[int]bool{}
			for d := fran; d <= tom; d++ {
				dagar[i][d] = true
			}
			if rapid.IntRange(0, 3).Draw(rt, "tills vidare") == 0 {
				f.Tom = nil
				for d := fran; d <= 50; d++ {
					dagar[i][d] = true
				}
			}
			fragor = append(fragor, f)
		}
		for d := range 50 {
			for _, typ := range []Matningstyp{MatningIn, MatningUt} {
				var vantat []Fraga
				for i, f := range fragor {
					if dagar[i][d] && (typ == MatningIn && f.VidIn || typ == MatningUt && f.VidUt) {
						vantat = append(vantat, f)
					}
				}
				fick := FragorAttStalla(fragor, typ, start.Plus(d))
				if len(fick) != len(vantat) {
					rt.Fatalf("day %d %s: %d asked, not %d", d, typ, len(fick), len(vantat))
				}
				for i, f := range fick {
					if !slices.ContainsFunc(vantat, func(v Fraga) bool { return v.ID == f.ID }) || i > 0 && fick[i-1].Ordning > f.Ordning {
						rt.Fatalf("day %d %s: %v", d, typ, fick)
					}
				}
			}
		}
	})
}
