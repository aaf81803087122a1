package register

import (
	"slices"
	"testing"

	"github.com/google/uuid"
	"pgregory.net/rapid"
)

// provfragor is one question of each kind, asked all of 2010 at both measurements.
type provfragor struct{ enval, flerval, jaNej, heltal, skala, baraUt, slut Fraga }

func (p provfragor) alla() []Fraga {
	return []Fraga{p.enval, p.flerval, p.jaNej, p.heltal, p.skala, p.baraUt, p.slut}
}

func nyaProvfragor(t interface{ Fatal(...any) }) provfragor {
	var alla []Fraga
	ny := func(namn string, typ Svarstyp, andra func(*Frageuppgifter)) Fraga {
		in := testFrageuppgifter()
		in.Namn, in.Svarstyp, in.Tom = namn, typ, ptr(dag("2010-12-31"))
		if typ != SvarEnval && typ != SvarFlerval {
			in.Etiketter = nil
		}
		andra(&in)
		f := testFraga(t, in, alla...)
		alla = append(alla, f)
		return f
	}
	som := func(*Frageuppgifter) {}
	return provfragor{
		enval: ny("En", SvarEnval, som), flerval: ny("Flera", SvarFlerval, som), jaNej: ny("Ja eller nej", SvarJaNej, som),
		heltal: ny("Tal", SvarHeltal, func(u *Frageuppgifter) { u.Minst, u.Hogst = ptr(5), ptr(40) }),
		skala:  ny("Skala", SvarSkala, func(u *Frageuppgifter) { u.Steg = ptr(5) }),
		baraUt: ny("Vid slut", SvarJaNej, func(u *Frageuppgifter) { u.VidIn = false }),
		slut:   ny("Stängd", SvarJaNej, func(u *Frageuppgifter) { u.Tom = ptr(dag("2010-02-28")) }),
	}
}

func medFragor(p provfragor) Registreringsfakta {
	fakta := testFakta()
	fakta.Fragor = p.alla()
	return fakta
}

func svarKoder(f Fraga, koder ...string) Fragesvar { return Fragesvar{FragaID: f.ID, Koder: koder} }
func svarTal(f Fraga, n int) Fragesvar             { return Fragesvar{FragaID: f.ID, Tal: &n} }

func TestAnAnswerIsOneThatItsFragaHas(t *testing.T) {
	p := nyaProvfragor(t)
	for namn, fall := range map[string]struct {
		svar []Fragesvar
		falt []string
	}{
		"none":      {nil, nil},
		"all":       {[]Fragesvar{svarKoder(p.enval, "2"), svarKoder(p.flerval, "3", "1"), svarKoder(p.jaNej, "NEJ"), svarTal(p.heltal, 5), svarTal(p.skala, 5)}, nil},
		"two of en": {[]Fragesvar{svarKoder(p.enval, "1", "2")}, []string{"/svar/0/koder for-manga"}},
		"ja och nej": {[]Fragesvar{svarKoder(p.jaNej, "JA", "NEJ")},
			[]string{"/svar/0/koder for-manga"}},
		"the same twice":    {[]Fragesvar{svarKoder(p.flerval, "1", "1")}, []string{"/svar/0/koder/1 dubblett"}},
		"no code of it":     {[]Fragesvar{svarKoder(p.enval, "4"), svarKoder(p.jaNej, "KANSKE")}, []string{"/svar/0/koder/0 okand-kod", "/svar/1/koder/0 okand-kod"}},
		"nothing":           {[]Fragesvar{svarKoder(p.enval), {FragaID: p.heltal.ID}}, []string{"/svar/0/koder obligatoriskt", "/svar/1/tal obligatoriskt"}},
		"the other kind":    {[]Fragesvar{svarTal(p.enval, 1), svarKoder(p.skala, "1")}, []string{"/svar/0/tal fel-svarstyp", "/svar/1/koder fel-svarstyp"}},
		"under and over":    {[]Fragesvar{svarTal(p.heltal, 4), svarTal(p.skala, 6)}, []string{"/svar/0/tal utanfor-granser", "/svar/1/tal utanfor-granser"}},
		"step nought":       {[]Fragesvar{svarTal(p.skala, 0)}, []string{"/svar/0/tal utanfor-granser"}},
		"answered twice":    {[]Fragesvar{svarKoder(p.enval, "1"), svarKoder(p.enval, "1")}, []string{"/svar/1/fragaId dubblett"}},
		"no such fråga":     {[]Fragesvar{{FragaID: uuid.New(), Koder: []string{"1"}}}, []string{"/svar/0/fragaId fraga-stalls-inte"}},
		"closed the day":    {[]Fragesvar{svarKoder(p.slut, "JA")}, []string{"/svar/0/fragaId fraga-stalls-inte"}},
		"asked at ut alone": {[]Fragesvar{svarKoder(p.baraUt, "JA")}, []string{"/svar/0/fragaId fraga-stalls-inte"}},
		"an older wording":  {[]Fragesvar{{FragaID: p.enval.ID, Koder: []string{"1"}, Fragaversion: 2}}, []string{"/svar/0/fragaId fraga-andrad"}},
		"this wording":      {[]Fragesvar{{FragaID: p.enval.ID, Koder: []string{"1"}, Fragaversion: 1}}, nil},
	} {
		t.Run(namn, func(t *testing.T) {
			in := testIn()
			in.Svar = fall.svar
			d, err := SkrivIn(in, medFragor(p))
			if fall.falt != nil {
				nekas(t, err, KodOgiltig, fall.falt...)
				return
			}
			if err != nil || len(d.In.Svar) != len(fall.svar) {
				t.Fatalf("%+v (%v)", d.In.Svar, err)
			}
		})
	}
	in := testIn()
	in.Svar = []Fragesvar{svarTal(p.skala, 3), svarKoder(p.flerval, "3", "1"), {FragaID: p.enval.ID, Koder: []string{"2"}, Fragaversion: 1}}
	d, err := SkrivIn(in, medFragor(p))
	if err != nil || !likaSvar(d.In.Svar, []Fragesvar{svarKoder(p.enval, "2"), svarKoder(p.flerval, "1", "3"), svarTal(p.skala, 3)}) || d.In.Svar[0].Fragaversion != 0 {
		t.Errorf("not in the questions' order: %+v (%v)", d.In.Svar, err)
	}
}

func TestAWrongDayMakesNoAnswerWrong(t *testing.T) {
	p := nyaProvfragor(t)
	in := testIn()
	in.Startdag, in.Svar = testIdag.Plus(1), []Fragesvar{svarKoder(p.slut, "JA"), svarTal(p.heltal, 1)}
	_, err := SkrivIn(in, medFragor(p))
	nekas(t, err, KodOgiltig, "/startdag framtida-dag", "/svar/1/tal utanfor-granser")
}

func TestACorrectionWithoutSvarKeepsThoseThatStillHold(t *testing.T) {
	p := nyaProvfragor(t)
	in := testIn()
	in.Startdag, in.Svar = dag("2010-02-20"), []Fragesvar{svarKoder(p.slut, "JA"), svarKoder(p.enval, "1")}
	d, err := SkrivIn(in, medFragor(p))
	if err != nil {
		t.Fatal(err)
	}
	ratta := func(dagen string, svar []Fragesvar) (Deltagande, error) {
		ny := testIn()
		ny.Startdag, ny.Svar = dag(dagen), svar
		return RattaIn(d, ny, "Fel.", medFragor(p))
	}
	for namn, fall := range map[string]struct {
		dag    string
		svar   []Fragesvar
		vantat []Fragesvar
	}{
		"the same day":        {"2010-02-20", nil, []Fragesvar{svarKoder(p.enval, "1"), svarKoder(p.slut, "JA")}},
		"when one was closed": {"2010-03-01", nil, []Fragesvar{svarKoder(p.enval, "1")}},
		"before all of them":  {"2009-12-31", nil, nil},
		"emptied":             {"2010-02-20", []Fragesvar{}, nil},
		"replaced":            {"2010-02-20", []Fragesvar{svarTal(p.skala, 2)}, []Fragesvar{svarTal(p.skala, 2)}},
	} {
		ny, err := ratta(fall.dag, fall.svar)
		if err != nil || !likaSvar(ny.In.Svar, fall.vantat) {
			t.Errorf("%s: %+v (%v)", namn, ny.In.Svar, err)
		}
	}
	_, err = ratta("2010-03-01", []Fragesvar{svarKoder(p.slut, "JA")})
	nekas(t, err, KodOgiltig, "/svar/0/fragaId fraga-stalls-inte")
	// What says the same is no new version, and another answer alone is one.
	samma := in
	if ny, err := RattaIn(d, samma, "Fel.", medFragor(p)); err != nil || ny.Version != d.Version {
		t.Errorf("version %d (%v)", ny.Version, err)
	}
	samma.Svar = []Fragesvar{svarKoder(p.slut, "JA"), svarKoder(p.enval, "2")}
	if ny, err := RattaIn(d, samma, "Fel.", medFragor(p)); err != nil || ny.Version != d.Version+1 {
		t.Errorf("version %d (%v)", ny.Version, err)
	}
}

func TestAnExitHasAnswersOfItsOwnAndNoneWithoutMeasurement(t *testing.T) {
	p := nyaProvfragor(t)
	ut := testUt()
	ut.Svar = []Fragesvar{svarKoder(p.baraUt, "NEJ"), svarKoder(p.enval, "3")}
	d, err := SkrivUt(inskriven(t), ut, medFragor(p))
	if err != nil || !likaSvar(d.Ut.Svar, []Fragesvar{svarKoder(p.enval, "3"), svarKoder(p.baraUt, "NEJ")}) || len(d.In.Svar) != 0 {
		t.Fatalf("%+v (%v)", d.Ut.Svar, err)
	}
	ut.Svar, ut.Avslutningsdag = nil, dag("2010-05-11")
	if ny, err := RattaUt(d, ut, "Fel dag.", medFragor(p)); err != nil || !likaSvar(ny.Ut.Svar, d.Ut.Svar) {
		t.Errorf("%+v (%v)", ny.Ut, err)
	}
	for _, kod := range []string{"SJUKDOM", "FELREGISTRERING"} {
		utan := Utregistrering{Avslutningsdag: ut.Avslutningsdag, Avslutsanledning: kod}
		if ny, err := RattaUt(d, utan, "Fel anledning.", medFragor(p)); err != nil || len(ny.Ut.Svar) != 0 {
			t.Errorf("%s keeps %+v (%v)", kod, ny.Ut, err)
		}
		utan.Svar = []Fragesvar{}
		if _, err := SkrivUt(inskriven(t), utan, medFragor(p)); err != nil {
			t.Errorf("%s: an empty list is refused: %v", kod, err)
		}
		utan.Svar = []Fragesvar{svarKoder(p.enval, "1")}
		_, err := SkrivUt(inskriven(t), utan, medFragor(p))
		nekas(t, err, KodOgiltig, "/svar efter-utan-matning")
	}
}

// TestNoAnswerIsKeptThatItsFragaWouldRefuse: whatever is given, now and in a correction to
// another day, what is kept is asked that day and is one of the question's own.
func TestNoAnswerIsKeptThatItsFragaWouldRefuse(t *testing.T) {
	p := nyaProvfragor(t)
	rapid.Check(t, func(rt *rapid.T) {
		dra := func(namn string) []Fragesvar {
			svar := []Fragesvar{}
			for _, f := range p.alla() {
				switch rapid.IntRange(0, 3).Draw(rt, namn) {
				case 0:
					svar = append(svar, svarKoder(f, rapid.SliceOfN(rapid.SampledFrom([]string{"1", "2", "3", "4", "JA", "NEJ"}), 0, 3).Draw(rt, "koder")...))
				case 1:
					svar = append(svar, svarTal(f, rapid.IntRange(0, 45).Draw(rt, "tal")))
				}
			}
			return svar
		}
		prova := func(m Mattillfalle) {
			for _, s := range m.Svar {
				i := slices.IndexFunc(p.alla(), func(f Fraga) bool { return f.ID == s.FragaID })
				var f felsamling
				if f.ettSvar("", s, p.alla()[i]); len(f) > 0 || !p.alla()[i].Stalls(m.Typ, m.Dag) {
					rt.Fatalf("kept %+v on %s: %v", s, m.Dag, f)
				}
			}
		}
		in := testIn()
		in.Startdag, in.Svar = dag("2010-02-01").Plus(rapid.IntRange(0, 60).Draw(rt, "dag")), dra("svar")
		d, err := SkrivIn(in, medFragor(p))
		if err != nil {
			return
		}
		prova(d.In)
		in.Startdag, in.Svar = dag("2010-02-01").Plus(rapid.IntRange(0, 60).Draw(rt, "annan dag")), nil
		if d, err = RattaIn(d, in, "Fel.", medFragor(p)); err != nil {
			rt.Fatal(err)
		}
		prova(d.In)
	})
}
