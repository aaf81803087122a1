package register

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"pgregory.net/rapid"
)

func testNyttSamtycke() NyttSamtycke {
	return NyttSamtycke{
		InsatsID: insatsID, Personnummer: Testnummer(dag("1977-01-17"), true), Blankett: "9443", Datum: dag("2010-05-20"),
		Sprak: "sv", Satt: SattSkriftligt, ExterntID: "arende-1",
	}
}

func testSamtyckesfakta() Samtyckesfakta {
	return Samtyckesfakta{
		Organisation: testOrganisation(), Insats: testInsats(), Kodverk: testKodverk(), Nu: testNu, Av: testAv,
		Post: Folkbokforingspost{Hittad: true, Namn: "Test Person", Kommun: "0380", Skydd: SkyddInget, Uppslagen: testNu},
	}
}

func TestASamtyckeIsKeptWithWhoGaveItAndWhoRegisteredIt(t *testing.T) {
	in := testNyttSamtycke()
	s, i, err := Samtyck(in, testSamtyckesfakta())
	if err != nil {
		t.Fatal(err)
	}
	if s.InsatsID != insatsID || s.RegistreratAv != testAv || !s.Registrerat.Equal(testNu) || s.Aterkallat != nil || *s.ExterntID != "arende-1" || s.Version != 1 || s.MognadDatum != nil {
		t.Errorf("%+v", s)
	}
	if i.InsatsID != insatsID || i.Personnummer != in.Personnummer || i.Namn != "Test Person" || i.Kommun != "0380" || i.Skydd != SkyddInget || !i.Uppslagen.Equal(testNu) {
		t.Errorf("%+v", i)
	}
}

func TestAProtectedPersonIsNeverRegisteredWithIdentityAndIsLedToAnonym(t *testing.T) {
	for _, skydd := range []Skydd{SkyddSekretessmarkering, SkyddSkyddadFolkbokforing, ""} {
		fakta := testSamtyckesfakta()
		fakta.Post.Skydd, fakta.Post.Namn, fakta.Post.Kommun = skydd, "", ""
		// Neither that she died nor that she has a new number is told.
		for _, post := range []Folkbokforingspost{fakta.Post, {Hittad: true, Skydd: skydd, Avregistrerad: true}, {Hittad: true, Skydd: skydd, Avregistrerad: true, NyttNummer: "197701172392"}} {
			fakta.Post = post
			s, i, err := Samtyck(testNyttSamtycke(), fakta)
			nekas(t, err, KodKonflikt, "skyddade-personuppgifter")
			if s != (Samtycke{}) || i.Personnummer.Angett() {
				t.Error("something came with the refusal")
			}
		}
	}
}

func TestAFaultySamtyckeNamesEveryFaultyField(t *testing.T) {
	for namn, fall := range map[string]struct {
		in    func(*NyttSamtycke)
		fakta func(*Samtyckesfakta)
		falt  []string
	}{
		"nothing at all": {func(in *NyttSamtycke) { *in = NyttSamtycke{} }, nil, []string{
			"/personnummer obligatoriskt", "/blankett okand-kod", "/sprak okand-kod", "/satt okand-kod", "/datum obligatoriskt"}},
		"a number not in the register": {nil, func(f *Samtyckesfakta) { f.Post = Folkbokforingspost{} }, []string{"/personnummer personnummer-okant"}},
		"a deregistered person":        {nil, func(f *Samtyckesfakta) { f.Post.Avregistrerad = true }, []string{"/personnummer personnummer-avregistrerat"}},
		"a replaced number": {nil, func(f *Samtyckesfakta) { f.Post.Avregistrerad, f.Post.NyttNummer = true, "197701172392" },
			[]string{"/personnummer personnummer-ersatt"}},
		"dated tomorrow":               {func(in *NyttSamtycke) { in.Datum = dag("2010-05-21") }, nil, []string{"/datum framtida-dag"}},
		"a blankett of another form":   {func(in *NyttSamtycke) { in.Blankett = "9442" }, nil, []string{"/blankett okand-kod"}},
		"an unknown språk":             {func(in *NyttSamtycke) { in.Sprak = "xx" }, nil, []string{"/sprak okand-kod"}},
		"an assessment dated tomorrow": {func(in *NyttSamtycke) { in.Mognadsbedomning = &Mognadsbedomning{Datum: dag("2010-05-21")} }, nil, []string{"/mognadsbedomning/datum framtida-dag"}},
		"a personnummer as externtId":  {func(in *NyttSamtycke) { in.ExterntID = "19770117-2392" }, nil, []string{"/externtId innehaller-personnummer"}},
		"an externtId of 65":           {func(in *NyttSamtycke) { in.ExterntID = string(make([]byte, 65)) }, nil, []string{"/externtId for-langt", "/externtId ogiltigt-tecken"}},
	} {
		t.Run(namn, func(t *testing.T) {
			in, fakta := testNyttSamtycke(), testSamtyckesfakta()
			if fall.in != nil {
				fall.in(&in)
			}
			if fall.fakta != nil {
				fall.fakta(&fakta)
			}
			_, _, err := Samtyck(in, fakta)
			nekas(t, err, KodOgiltig, fall.falt...)
		})
	}
}

// What can be judged without the population register is refused before it is asked:
// nothing is told of a number for a form that is wrong.
func TestAFaultThatNeedsNoRegisterIsRefusedWhateverTheRegisterSays(t *testing.T) {
	vantar := uuid.MustParse("01900000-0000-7000-8000-00000000000b")
	for namn, fall := range map[string]struct {
		in    func(*NyttSamtycke)
		fakta func(*Samtyckesfakta)
		kod   Kod
		falt  []string
	}{
		"dated tomorrow":           {func(in *NyttSamtycke) { in.Datum = dag("2010-05-21") }, nil, KodOgiltig, []string{"/datum framtida-dag"}},
		"dated 1950":               {func(in *NyttSamtycke) { in.Datum = dag("1950-05-20") }, nil, KodOgiltig, []string{"/datum utanfor-organisationen"}},
		"the day before the start": {func(in *NyttSamtycke) { in.Datum = dag("2007-12-31") }, nil, KodOgiltig, []string{"/datum utanfor-organisationen"}},
		"dated 1950, unknown språk": {func(in *NyttSamtycke) { in.Datum, in.Sprak = dag("1950-05-20"), "xx" }, nil, KodOgiltig,
			[]string{"/datum utanfor-organisationen", "/sprak okand-kod"}},
		"everything wrong": {func(in *NyttSamtycke) {
			*in = NyttSamtycke{Personnummer: in.Personnummer, Datum: dag("2010-05-21"), Blankett: "9442", Sprak: "xx", Satt: "MUNTLIGT", ExterntID: "19770117-2392",
				Mognadsbedomning: &Mognadsbedomning{Datum: dag("2010-05-21")}}
		}, func(f *Samtyckesfakta) { f.Upptaget, f.Vantar = true, vantar }, KodOgiltig, []string{"/datum framtida-dag", "/blankett okand-kod", "/sprak okand-kod",
			"/satt okand-kod", "/mognadsbedomning/datum framtida-dag", "/externtId innehaller-personnummer"}},
		"an insats that only counts": {nil, func(f *Samtyckesfakta) { f.Insats.Deltagarregistrering = EndastAntal }, KodKonflikt, []string{"insats-endast-antal"}},
		"an externtId that is taken": {nil, func(f *Samtyckesfakta) { f.Upptaget = true }, KodKonflikt, []string{"externt-id-upptaget"}},
		"a samtycke that waits":      {nil, func(f *Samtyckesfakta) { f.Vantar = vantar }, KodKonflikt, []string{"samtycke-vantar"}},
	} {
		t.Run(namn, func(t *testing.T) {
			in, fakta := testNyttSamtycke(), testSamtyckesfakta()
			if fall.in != nil {
				fall.in(&in)
			}
			if fall.fakta != nil {
				fall.fakta(&fakta)
			}
			for _, post := range []Folkbokforingspost{{}, {Hittad: true, Skydd: SkyddSekretessmarkering}, {Hittad: true, Avregistrerad: true}} {
				fakta.Post = post
				nekas(t, ProvaSamtycke(in, fakta), fall.kod, slices.Clone(fall.falt)...)
				_, _, err := Samtyck(in, fakta)
				nekas(t, err, fall.kod, slices.Clone(fall.falt)...)
			}
		})
	}
	fakta := testSamtyckesfakta()
	fakta.Post = Folkbokforingspost{}
	in := testNyttSamtycke()
	for _, when := range []string{"2008-01-01", "2010-05-20"} { // the organisation's first day, before the insats's, and today
		in.Datum = dag(when)
		if err := ProvaSamtycke(in, fakta); err != nil {
			t.Errorf("the first half refused %s, or asked the register: %v", when, err)
		}
	}
	if e := SamtyckeVantar(vantar); e.Finns != vantar {
		t.Errorf("the refusal does not lead to %v", vantar)
	}
}

func testRattelse() Rattelsefakta {
	s := testSamtycke()
	s.ExterntID = ptr("arende-1")
	return Rattelsefakta{Samtycke: s, HarIdentitet: true, Insats: testInsats(), Organisation: testOrganisation(), Kodverk: testKodverk(), Nu: testNu}
}

func TestAnUnusedSamtyckeIsCorrectedInAllButWhoseItIs(t *testing.T) {
	fakta := testRattelse()
	u := Samtyckesuppgifter{Blankett: "9443", Datum: dag("2010-03-02"), Sprak: "ar", Satt: SattElektroniskt, Mognadsbedomning: &Mognadsbedomning{Datum: dag("2010-03-02")}}
	ny, andrade, err := RattaSamtycke(u, "Fel dag.", fakta)
	if err != nil {
		t.Fatal(err)
	}
	if ny.Version != 2 || *ny.Skal != "Fel dag." || ny.Datum != u.Datum || ny.Sprak != "ar" || ny.Satt != SattElektroniskt || *ny.MognadDatum != u.Datum || ny.ExterntID != nil ||
		ny.ID != samtID || !ny.Registrerat.Equal(testNu) || ny.RegistreratAv != fakta.Samtycke.RegistreratAv {
		t.Errorf("%+v", ny)
	}
	if vill := []string{"datum", "sprak", "satt", "mognadsbedomning", "externtId"}; !slices.Equal(andrade, vill) {
		t.Errorf("changed: %v", andrade)
	}
	same := Samtyckesuppgifter{Blankett: ny.Blankett, Datum: ny.Datum, Sprak: ny.Sprak, Satt: ny.Satt, Mognadsbedomning: u.Mognadsbedomning}
	fakta.Samtycke = ny
	if again, andrade, err := RattaSamtycke(same, "Inget fel.", fakta); err != nil || len(andrade) != 0 || again.Version != 3 {
		t.Errorf("changed: %v (%v)", andrade, err)
	}
}

func TestACorrectionOfASamtyckeIsRefused(t *testing.T) {
	ratt := Samtyckesuppgifter{Blankett: "9443", Datum: dag("2010-03-02"), Sprak: "sv", Satt: SattSkriftligt}
	for namn, fall := range map[string]struct {
		u     func(*Samtyckesuppgifter)
		fakta func(*Rattelsefakta)
		skal  string
		kod   Kod
		falt  []string
	}{
		"used":                    {nil, func(f *Rattelsefakta) { f.Anvant = true }, "Fel.", KodKonflikt, []string{"samtycke-anvant"}},
		"withdrawn":               {nil, func(f *Rattelsefakta) { f.Samtycke.Aterkallat = &testNu }, "Fel.", KodKonflikt, []string{"aterkallat"}},
		"identity is gone":        {nil, func(f *Rattelsefakta) { f.HarIdentitet = false }, "Fel.", KodKonflikt, []string{"identitet-borta"}},
		"without a reason":        {nil, nil, " ", KodOgiltig, []string{"/skal obligatoriskt"}},
		"a number in skal":        {nil, nil, "Fel: 19770117-2392", KodOgiltig, []string{"/skal innehaller-personnummer"}},
		"before the organisation": {func(u *Samtyckesuppgifter) { u.Datum = dag("1950-01-01") }, nil, "Fel.", KodOgiltig, []string{"/datum utanfor-organisationen"}},
		"every field": {func(u *Samtyckesuppgifter) { *u = Samtyckesuppgifter{Datum: dag("2010-05-21")} }, nil, "", KodOgiltig,
			[]string{"/blankett okand-kod", "/sprak okand-kod", "/satt okand-kod", "/datum framtida-dag", "/skal obligatoriskt"}},
	} {
		t.Run(namn, func(t *testing.T) {
			u, fakta := ratt, testRattelse()
			if fall.u != nil {
				fall.u(&u)
			}
			if fall.fakta != nil {
				fall.fakta(&fakta)
			}
			_, _, err := RattaSamtycke(u, fall.skal, fakta)
			nekas(t, err, fall.kod, fall.falt...)
		})
	}
}

func TestASamtyckeIsUnusedUsedOrWithdrawn(t *testing.T) {
	s := testSamtycke()
	w := s
	w.Aterkallat = &testNu
	if s.Status(false) != StatusOanvant || s.Status(true) != StatusAnvant || w.Status(true) != StatusAterkallat || w.Status(false) != StatusAterkallat {
		t.Error("wrong state")
	}
	// Registered at noon; midnight, not a whole day, makes it one day old.
	for when, vill := range map[string]int{"2010-05-20": 0, "2010-05-21": 1, "2010-06-19": 30} {
		if n := s.Dagar(dag(when)); n != vill {
			t.Errorf("%s: %d", when, n)
		}
	}
}

// A samtycke may be dated after the startdag (domain 4), and it is the startdag
// that is held against the form's last day (domain 2).
func TestASamtyckeMaySupportAStartdagBeforeTheFormsLastDayWheneverItWasSigned(t *testing.T) {
	for _, signed := range []string{"2015-12-31", "2016-01-10"} {
		in, fakta := testNyttSamtycke(), testSamtyckesfakta()
		fakta.Organisation.Samverkansform, fakta.Nu = FormTvapartsfinsam, testNu.AddDate(6, 0, 0)
		in.Datum = dag(signed)
		if _, _, err := Samtyck(in, fakta); err != nil {
			t.Errorf("%s: %+v", signed, err)
		}
	}
}

func TestAnInsatsThatOnlyCountsTakesNoSamtycke(t *testing.T) {
	fakta := testSamtyckesfakta()
	fakta.Insats.Deltagarregistrering = EndastAntal
	_, _, err := Samtyck(testNyttSamtycke(), fakta)
	nekas(t, err, KodKonflikt, "insats-endast-antal")
}

func TestAChildIsNeverBlockedAndTheAssessmentIsRecorded(t *testing.T) {
	in := testNyttSamtycke()
	in.Personnummer = Testnummer(dag("1998-01-17"), false)
	if _, _, err := Samtyck(in, testSamtyckesfakta()); err != nil {
		t.Errorf("blocked without: %+v", err)
	}
	in.Mognadsbedomning = &Mognadsbedomning{Datum: dag("2010-05-19"), Vardnadshavare: true}
	s, _, err := Samtyck(in, testSamtyckesfakta())
	if err != nil || *s.MognadDatum != dag("2010-05-19") || !*s.MognadVardnadshavare {
		t.Errorf("%+v %v", s, err)
	}
}

func testAterkallelse(d *Deltagande) Aterkallelsefakta {
	return Aterkallelsefakta{Samtycke: testSamtycke(), Identitet: testIdentitet(), Deltagande: d, Insats: testInsats(), Organisation: testOrganisation(),
		Kodverk: testKodverk(), Nu: testNu, Av: testAv}
}

func TestAnUnusedSamtyckeIsWithdrawnOnceAndForEver(t *testing.T) {
	s, d, err := Aterkalla(testAterkallelse(nil))
	if err != nil || d != nil || s.Aterkallat == nil || !s.Aterkallat.Equal(testNu) || s.Version != 2 {
		t.Fatalf("%+v %v %v", s, d, err)
	}
	igen := testAterkallelse(nil)
	igen.Samtycke = s
	_, _, err = Aterkalla(igen)
	nekas(t, err, KodKonflikt, "redan-aterkallat")
}

func TestAWithdrawalClosesAnOpenDeltagandeOnTheLastDayItCouldHaveHad(t *testing.T) {
	for namn, fall := range map[string]struct{ startdag, insats, organisation, dag string }{
		"today":                              {"2010-03-01", "", "", "2010-05-20"},
		"the end of the insats":              {"2010-03-01", "2010-04-30", "", "2010-04-30"},
		"the end of the organisation":        {"2010-03-01", "2010-04-30", "2010-04-15", "2010-04-15"},
		"not after today":                    {"2010-03-01", "2010-12-31", "2011-12-31", "2010-05-20"},
		"never before startdag":              {"2010-03-01", "2010-02-01", "", "2010-03-01"},
		"startdag after today by a set-back": {"2010-06-01", "", "", "2010-06-01"},
	} {
		t.Run(namn, func(t *testing.T) {
			d := inskriven(t)
			d.Startdag = dag(fall.startdag)
			fakta := testAterkallelse(&d)
			if fall.insats != "" {
				fakta.Insats.Slutdatum = ptr(dag(fall.insats))
			}
			if fall.organisation != "" {
				fakta.Organisation.Slutdatum = ptr(dag(fall.organisation))
			}
			_, efter, err := Aterkalla(fakta)
			if err != nil {
				t.Fatal(err)
			}
			if efter.Oppen || *efter.Avslutningsdag != dag(fall.dag) || efter.Ut.Dag != dag(fall.dag) || *efter.Ut.Avslutsanledning != "ATERKALLAT_SAMTYCKE" ||
				efter.Ut.MedMatning() || efter.Felregistrerad || efter.Version != 2 || *efter.Ut.Alder != 33 || efter.Ut.Version != 1 {
				t.Errorf("%+v %+v", efter, efter.Ut)
			}
			if !d.Oppen || d.Ut != nil {
				t.Error("the given deltagande was changed")
			}
		})
	}
}

func TestAWithdrawalClosesWithTheCodeThatHasTheFlagThatDay(t *testing.T) {
	var rader []Kodrad
	for _, r := range testKodverk().Rader {
		if !r.EndastAterkallelse {
			rader = append(rader, r)
		}
	}
	for _, r := range []Kodrad{
		{Kod: "NYTT_ORD", Period: Period{Fran: dag("2010-04-01"), Tom: ptr(dag("2010-12-31"))}},
		{Kod: "GAMMALT_ORD", Period: Period{Fran: dag("2004-01-01"), Tom: ptr(dag("2010-03-31"))}},
	} {
		r.Kodverk, r.UtanMatning, r.EndastAterkallelse = KodverkAvslutsanledning, true, true
		rader = append(rader, r)
	}
	for slut, kod := range map[string]string{"2010-03-31": "GAMMALT_ORD", "2010-04-01": "NYTT_ORD", "2010-05-20": "NYTT_ORD"} {
		d := inskriven(t)
		fakta := testAterkallelse(&d)
		fakta.Kodverk, fakta.Insats.Slutdatum = NyttKodverk(rader), ptr(dag(slut))
		if _, efter, err := Aterkalla(fakta); err != nil || *efter.Ut.Avslutsanledning != kod {
			t.Errorf("closed %s: %+v (%v)", slut, efter, err)
		}
	}
	// After the last of them too: a withdrawal is not stopped.
	d := inskriven(t)
	fakta := testAterkallelse(&d)
	fakta.Kodverk, fakta.Nu = NyttKodverk(rader), dag("2011-03-01").Tid()
	if _, efter, err := Aterkalla(fakta); err != nil || *efter.Ut.Avslutsanledning == "" {
		t.Errorf("after the last code: %+v (%v)", efter, err)
	}
}

func TestWhatAWithdrawalAloneSetsIsChosenByNobody(t *testing.T) {
	ut := testUt()
	ut.Avslutsanledning = "ATERKALLAT_SAMTYCKE"
	for namn, efter := range map[string]*Sysselsattning{"without measurement": nil, "with": ut.Efter} {
		t.Run(namn, func(t *testing.T) {
			ut.Efter = efter
			_, err := SkrivUt(inskriven(t), ut, testFakta())
			nekas(t, err, KodOgiltig, "/avslutsanledning endast-aterkallelse")
			_, err = RattaUt(utskriven(t, testUt()), ut, "fel", testFakta())
			nekas(t, err, KodOgiltig, "/avslutsanledning endast-aterkallelse")
		})
	}
	if r := RegelEndastAterkallelse; !strings.Contains(r.Ord(), "Återkalla samtycket") || !strings.Contains(r.Atgard(), "/aterkallelser") {
		t.Error("the refusal does not tell the way to the withdrawal")
	}
}

func TestAnExitThatWasGivenTheCodeBeforeItWasKeptMayBeCorrectedToAnother(t *testing.T) {
	d := utskriven(t, testUt())
	forut := *d.Ut
	forut.Avslutsanledning = ptr("ATERKALLAT_SAMTYCKE")
	d.Ut = &forut
	if ny, err := RattaUt(d, testUt(), "fel", testFakta()); err != nil || *ny.Ut.Avslutsanledning != "AVSLUT_ENLIGT_PLAN" {
		t.Errorf("%+v (%v)", ny.Ut, err)
	}
}

func TestAnEndedDeltagandeKeepsItsMeasurementAndItsAnledningAfterAWithdrawal(t *testing.T) {
	for _, anledning := range []string{"AVSLUT_ENLIGT_PLAN", "SJUKDOM", "FELREGISTRERING"} {
		ut := testUt()
		ut.Avslutsanledning = anledning
		if anledning != "AVSLUT_ENLIGT_PLAN" {
			ut.Efter = nil
		}
		d := utskriven(t, ut)
		s, efter, err := Aterkalla(testAterkallelse(&d))
		if err != nil || s.Aterkallat == nil {
			t.Fatal(err)
		}
		if efter.Ut != d.Ut || *efter.Avslutningsdag != *d.Avslutningsdag || efter.Felregistrerad != d.Felregistrerad || efter.Version != d.Version+1 {
			t.Errorf("%+v", efter)
		}
	}
}

func TestNothingIsRegisteredOrCorrectedAfterAWithdrawal(t *testing.T) {
	fakta := testFakta()
	fakta.Samtycke.Aterkallat = &testNu
	_, err := SkrivIn(testIn(), fakta)
	nekas(t, err, KodKonflikt, "aterkallat")
	_, err = SkrivUt(inskriven(t), testUt(), fakta)
	nekas(t, err, KodKonflikt, "aterkallat")
	_, err = RattaIn(inskriven(t), testIn(), "fel", fakta)
	nekas(t, err, KodKonflikt, "aterkallat")
	_, err = RattaUt(utskriven(t, testUt()), testUt(), "fel", fakta)
	nekas(t, err, KodKonflikt, "aterkallat")
}

func TestAWithdrawalIsNeverStoppedByADate(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := inskriven(t)
		d.Startdag = genDatum("2004-01-01", "2012-12-31").Draw(t, "startdag")
		fakta := testAterkallelse(&d)
		fakta.Nu = genDatum("2004-01-01", "2012-12-31").Draw(t, "nu").Tid().Add(12 * time.Hour)
		if rapid.Bool().Draw(t, "har slut") {
			fakta.Insats.Slutdatum = ptr(genDatum("2004-01-01", "2012-12-31").Draw(t, "slut"))
		}
		_, efter, err := Aterkalla(fakta)
		if err != nil || efter.Oppen || efter.Avslutningsdag.Fore(d.Startdag) {
			t.Fatalf("%+v %v", efter, err)
		}
		if i := DatumAv(fakta.Nu); !d.Startdag.Efter(i) && efter.Avslutningsdag.Efter(i) {
			t.Fatal("closed after today")
		}
	})
}

func TestWhatLivesThirtyDaysIsKeptOnTheThirtieth(t *testing.T) {
	if g := Gallringsgrans(dag("2010-05-31"), 30); g != dag("2010-05-01") {
		t.Error(g)
	}
}

func TestASamtyckeOfAnotherInsatsAnswersAsIfItDidNotExist(t *testing.T) {
	fakta := testFakta()
	fakta.Samtycke.InsatsID = uuid.New()
	_, err := SkrivIn(testIn(), fakta)
	nekas(t, err, KodSaknas, "saknas")
}

func TestTheCaseIDOfAWithdrawalIsADiarienummerAndNoName(t *testing.T) {
	sf := Aktor{ID: uuid.New(), Roller: []Roll{RollSystemforvaltare}}
	for arende, regel := range map[string]string{
		"2026/000123": "", "FK 2026/123": "", "FK2026/012345": "", "FK-2026/012345": "", "2026/012345-2": "",
		"Namn 850709": "fel-form", "Namn 2026/123": "fel-form", "FK Namn 2026/123": "fel-form", "FK 2026/123 Namn": "fel-form", "2026/123-Namn": "fel-form",
		"Efternamn, Fornamn": "fel-form", "N1": "fel-form", "850709": "fel-form", "1985/0709": "fel-form", "2026-07-09": "fel-form", "FK  2026/1": "fel-form", "FK 2026/12345678": "fel-form",
		"FK 2026/123\n": "ogiltigt-tecken", "": "obligatoriskt", " ": "obligatoriskt", "810204_2382": "innehaller-personnummer",
	} {
		got := ""
		if nej := ProvaAterkallelsearende(sf, arende); nej != nil {
			got = nej.Falt[0].Regel.String()
			if len(nej.Falt) != 1 {
				t.Errorf("%q: %v", arende, nej.Falt)
			}
		}
		if got != regel {
			t.Errorf("%q: %q, not %q", arende, got, regel)
		}
	}
}
