package register

import (
	"slices"
	"testing"
)

func varnade(v []Varning) []string {
	var svar []string
	for _, en := range v {
		svar = append(svar, en.Pekare+" "+en.Slag.String())
	}
	return svar
}

func TestWhatIsOddInAnInregistreringIsToldAndNeverRefused(t *testing.T) {
	for namn, fall := range map[string]struct {
		in    func(*Inregistrering)
		fakta func(*Registreringsfakta)
		vill  []string
	}{
		"nothing":         {nil, nil, nil},
		"five years back": {func(in *Inregistrering) { in.Startdag = dag("2010-03-01") }, func(f *Registreringsfakta) { f.Nu = dag("2015-03-01").Tid() }, nil},
		"a day more": {func(in *Inregistrering) { in.Startdag = dag("2010-03-01") }, func(f *Registreringsfakta) { f.Nu = dag("2015-03-02").Tid() },
			[]string{"/startdag lange-sedan"}},
		"14 years old": {func(in *Inregistrering) { in.ArOffentligForsorjning = 0 },
			func(f *Registreringsfakta) { f.Identitet.Personnummer = Testnummer(dag("1995-03-02"), true) }, []string{"/samtyckeId under-15-utan-bedomning"}},
		"15 that day": {func(in *Inregistrering) { in.ArOffentligForsorjning = 0 },
			func(f *Registreringsfakta) { f.Identitet.Personnummer = Testnummer(dag("1995-03-01"), true) }, nil},
		"14 with an assessment": {func(in *Inregistrering) { in.ArOffentligForsorjning = 0 }, func(f *Registreringsfakta) {
			f.Identitet.Personnummer, f.Samtycke.MognadDatum = Testnummer(dag("1995-03-02"), true), ptr(dag("2010-03-01"))
		}, nil},
		"as many years as since 16": {func(in *Inregistrering) { in.ArOffentligForsorjning = 4 },
			func(f *Registreringsfakta) { f.Identitet.Personnummer = Testnummer(dag("1990-03-01"), true) }, nil},
		"one year more": {func(in *Inregistrering) { in.ArOffentligForsorjning = 5 },
			func(f *Registreringsfakta) { f.Identitet.Personnummer = Testnummer(dag("1990-03-01"), true) }, []string{"/arOffentligForsorjning fler-ar-an-vuxen"}},
		"consent before birth": {func(in *Inregistrering) { in.ArOffentligForsorjning = 0 }, func(f *Registreringsfakta) {
			f.Identitet.Personnummer, f.Samtycke.Datum, f.Samtycke.MognadDatum = Testnummer(dag("2010-02-10"), true), dag("2010-02-09"), ptr(dag("2010-03-01"))
		}, []string{"/samtyckeId samtycke-fore-fodelsen"}},
		"consent before the insats":      {nil, func(f *Registreringsfakta) { f.Samtycke.Datum = f.Insats.Startdatum.Plus(-1) }, []string{"/samtyckeId samtycke-fore-insatsen"}},
		"consent the day of the insats":  {nil, func(f *Registreringsfakta) { f.Samtycke.Datum = f.Insats.Startdatum }, nil},
		"a kommun outside":               {nil, func(f *Registreringsfakta) { f.KommunUtanfor = true }, []string{"/samtyckeId kommun-utanfor"}},
		"none with nine years":           {func(in *Inregistrering) { in.Fore.Forsorjning, in.ArOffentligForsorjning = []string{"INGEN"}, 9 }, nil, nil},
		"none with ten years":            {func(in *Inregistrering) { in.Fore.Forsorjning, in.ArOffentligForsorjning = []string{"INGEN"}, 10 }, nil, []string{"/fore/forsorjning ingen-med-manga-ar"}},
		"ten years of something":         {func(in *Inregistrering) { in.ArOffentligForsorjning = 10 }, nil, nil},
		"a number that tells no age, 40": {func(in *Inregistrering) { in.ArOffentligForsorjning = 40 }, func(f *Registreringsfakta) { f.Identitet.Personnummer = okandFodelse(t) }, nil},
	} {
		t.Run(namn, func(t *testing.T) {
			in, fakta := testIn(), testFakta()
			if fall.in != nil {
				fall.in(&in)
			}
			if fall.fakta != nil {
				fall.fakta(&fakta)
			}
			d, err := SkrivIn(in, fakta)
			if err != nil {
				t.Fatal(err)
			}
			if fick := varnade(d.Varningar); !slices.Equal(fick, fall.vill) {
				t.Errorf("warnings %q, want %q", fick, fall.vill)
			}
		})
	}
}

func okandFodelse(t *testing.T) Personnummer {
	t.Helper()
	p, err := ParsePersonnummer("198000602386", testIdag)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestWhatIsOddInAnExitIsTold(t *testing.T) {
	for namn, fall := range map[string]struct {
		dagar int // after startdag
		vill  []string
	}{
		"the same day":   {0, []string{"/avslutningsdag kort-tid"}},
		"two days":       {1, []string{"/avslutningsdag kort-tid"}},
		"three days":     {2, nil},
		"long enough":    {60, nil},
		"five years ago": {3, nil},
	} {
		t.Run(namn, func(t *testing.T) {
			d, fakta := inskriven(t), testFakta()
			ut := testUt()
			ut.Avslutningsdag = d.Startdag.Plus(fall.dagar)
			d, err := SkrivUt(d, ut, fakta)
			if err != nil {
				t.Fatal(err)
			}
			if fick := varnade(d.Varningar); !slices.Equal(fick, fall.vill) {
				t.Errorf("warnings %q, want %q", fick, fall.vill)
			}
		})
	}
	d, fakta, ut := inskriven(t), testFakta(), testUt()
	ut.Avslutningsdag = d.Startdag.Plus(30)
	fakta.Nu = ut.Avslutningsdag.PlusAr(5).Plus(1).Tid()
	if d, err := SkrivUt(d, ut, fakta); err != nil || !slices.Equal(varnade(d.Varningar), []string{"/avslutningsdag lange-sedan"}) {
		t.Errorf("%q %v", varnade(d.Varningar), err)
	}
}

func TestEveryVarningHasAnIDOfItsOwnAndWords(t *testing.T) {
	ids := map[string]bool{}
	for _, v := range Varningar() {
		if v.Ord() == "" || ids[v.String()] {
			t.Errorf("%q", v)
		}
		ids[v.String()] = true
		if _, finns := RegelMed(v.String()); finns {
			t.Errorf("%q is a rule's id", v)
		}
	}
}
