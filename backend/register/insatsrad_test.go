package register

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// insatshistoriken is the rows in words, as the insats's own time shows them.
func insatshistoriken(i Insats) string {
	ord := make([]string, len(i.Historik()))
	for n, r := range i.Historik() {
		ord[n] = fmt.Sprintf("%s %s %s", r.Period, r.PreciseradInriktning, strings.Join(r.Malgrupper, "+"))
	}
	return strings.Join(ord, "; ")
}

func insatskodverk() Kodverk {
	return NyttKodverk(append(slices.Clone(testKodverk().Rader),
		Kodrad{Kodverk: KodverkPreciseradInriktning, Kod: "KARTLAGGNING", Tillhor: string(InriktningIndivid)},
		Kodrad{Kodverk: KodverkPreciseradInriktning, Kod: "NEDLAGD", Tillhor: string(InriktningIndivid), Period: NyPeriod(dag("2000-01-01"), dag("2009-12-31"))},
		Kodrad{Kodverk: KodverkMalgrupp, Kod: "NEDLAGD", Period: NyPeriod(dag("2000-01-01"), dag("2009-12-31"))},
		Kodrad{Kodverk: KodverkPreciseradInriktning, Kod: "PLANERAD", Tillhor: string(InriktningIndivid), Period: Period{Fran: dag("2010-07-15")}},
		Kodrad{Kodverk: KodverkMalgrupp, Kod: "PLANERAD", Period: Period{Fran: dag("2010-07-15")}}))
}

func TestWhatAnInsatsIsAboutIsChangedFromAMonthOn(t *testing.T) {
	type andring struct {
		fran, preciserad string
		malgrupper       []string
	}
	for namn, fall := range map[string]struct {
		andringar []andring
		start     string
		slut      string
		vill      string
	}{
		"from this month":                   {[]andring{{"", "KARTLAGGNING", nil}}, "", "", "2009-01-01–2010-04-30 REHABILITERING ; 2010-05-01– KARTLAGGNING "},
		"the same again":                    {[]andring{{"", "REHABILITERING", nil}}, "", "", "2009-01-01– REHABILITERING "},
		"a målgrupp of its own":             {[]andring{{"", "REHABILITERING", []string{"UNGA"}}}, "", "", "2009-01-01–2010-04-30 REHABILITERING ; 2010-05-01– REHABILITERING UNGA"},
		"a correction from the start":       {[]andring{{"2009-01-01", "KARTLAGGNING", nil}}, "", "", "2009-01-01– KARTLAGGNING "},
		"a correction leaves what came":     {[]andring{{"2010-01-01", "KARTLAGGNING", nil}, {"2009-06-01", "REHABILITERING", []string{"UNGA"}}}, "", "", "2009-01-01–2009-05-31 REHABILITERING ; 2009-06-01–2009-12-31 REHABILITERING UNGA; 2010-01-01– KARTLAGGNING UNGA"},
		"today leaves what is planned":      {[]andring{{"2011-01-01", "KARTLAGGNING", nil}, {"", "REHABILITERING", []string{"KVINNOR"}}}, "", "", "2009-01-01–2010-04-30 REHABILITERING ; 2010-05-01–2010-12-31 REHABILITERING KVINNOR; 2011-01-01– KARTLAGGNING KVINNOR"},
		"a plan is taken back":              {[]andring{{"2011-01-01", "KARTLAGGNING", nil}, {"2011-01-01", "REHABILITERING", nil}}, "", "", "2009-01-01– REHABILITERING "},
		"the month of the start is the all": {[]andring{{"", "KARTLAGGNING", nil}}, "2010-05-15", "", "2010-05-15– KARTLAGGNING "},
		"one to come, from its start":       {[]andring{{"", "KARTLAGGNING", nil}}, "2010-09-15", "", "2010-09-15– KARTLAGGNING "},
		"one that is over, its last month":  {[]andring{{"", "KARTLAGGNING", nil}}, "", "2009-12-15", "2009-01-01–2009-11-30 REHABILITERING ; 2009-12-01–2009-12-15 KARTLAGGNING "},
		"an end before what was planned":    {[]andring{{"2011-01-01", "KARTLAGGNING", nil}, {"", "REHABILITERING", []string{"UNGA"}}}, "", "2010-12-31", "2009-01-01–2010-04-30 REHABILITERING ; 2010-05-01–2010-12-31 REHABILITERING UNGA"},
		"a start after what was":            {[]andring{{"2010-01-01", "KARTLAGGNING", nil}, {"", "KARTLAGGNING", nil}}, "2010-01-01", "", "2010-01-01– KARTLAGGNING "},
		"what has ceased may stand":         {[]andring{{"2009-01-01", "NEDLAGD", []string{"NEDLAGD"}}, {"", "NEDLAGD", []string{"NEDLAGD", "UNGA"}}}, "", "", "2009-01-01–2010-04-30 NEDLAGD NEDLAGD; 2010-05-01– NEDLAGD NEDLAGD+UNGA"},
	} {
		t.Run(namn, func(t *testing.T) {
			i := testInsats()
			for n, a := range fall.andringar {
				in := testInsatsuppgifter()
				in.PreciseradInriktning, in.Malgrupper = a.preciserad, a.malgrupper
				if a.fran != "" {
					in.GallerFran = ptr(dag(a.fran))
				}
				if n == len(fall.andringar)-1 {
					if fall.start != "" {
						in.Startdatum = dag(fall.start)
					}
					if fall.slut != "" {
						in.Slutdatum = ptr(dag(fall.slut))
					}
				}
				ny, err := AndraInsats(i, in, testOrganisation(), insatskodverk(), Registrerat{Finns: true}, testIdag)
				if err != nil {
					t.Fatalf("%d: %v", n, err)
				}
				if _, andrad := i.AndradFran(ny); andrad && ny.Version == i.Version {
					t.Error("changed, and no version")
				}
				i = ny
			}
			if got := insatshistoriken(i); got != fall.vill {
				t.Errorf("%s\nwanted\n%s", got, fall.vill)
			}
			for n, r := range i.Rader { // as the database has it
				if (n == 0) != (r.Fran == Alltid) || (n == len(i.Rader)-1) != (r.Tom == nil) || n > 0 && (*i.Rader[n-1].Tom != r.Fran.Plus(-1) || !r.Fran.Efter(i.Startdatum) || i.Tid().slutarFore(r.Fran)) {
					t.Errorf("row %d: %+v", n, r)
				}
			}
		})
	}
}

func TestAMonthThatAnInsatsHasNotIsRefused(t *testing.T) {
	for namn, fall := range map[string]struct {
		gor  func(*Insatsuppgifter)
		falt string
	}{
		"a day within a month": {func(in *Insatsuppgifter) { in.GallerFran = ptr(dag("2010-06-02")) }, "/gallerFran manadens-forsta"},
		"the month before":     {func(in *Insatsuppgifter) { in.GallerFran = ptr(dag("2008-12-01")) }, "/gallerFran utanfor-insatsen"},
		"the month after": {func(in *Insatsuppgifter) {
			in.Slutdatum, in.GallerFran = ptr(dag("2010-12-31")), ptr(dag("2011-01-01"))
		}, "/gallerFran utanfor-insatsen"},
		"the last month": {func(in *Insatsuppgifter) {
			in.Slutdatum, in.GallerFran = ptr(dag("2010-12-01")), ptr(dag("2010-12-01"))
		}, ""},
		"the month of the start":    {func(in *Insatsuppgifter) { in.Startdatum, in.GallerFran = dag("2009-01-31"), ptr(dag("2009-01-01")) }, ""},
		"a code that has ceased":    {func(in *Insatsuppgifter) { in.PreciseradInriktning = "NEDLAGD" }, "/preciseradInriktning okand-kod"},
		"a målgrupp that has":       {func(in *Insatsuppgifter) { in.Malgrupper = []string{"UNGA", "NEDLAGD"} }, "/malgrupper/1 okand-kod"},
		"a code to come":            {func(in *Insatsuppgifter) { in.PreciseradInriktning = "PLANERAD" }, "/preciseradInriktning okand-kod"},
		"a målgrupp to come":        {func(in *Insatsuppgifter) { in.Malgrupper, in.GallerFran = []string{"PLANERAD"}, ptr(dag("2010-06-01")) }, "/malgrupper/0 okand-kod"},
		"from the month it begins":  {func(in *Insatsuppgifter) { in.Malgrupper, in.GallerFran = []string{"PLANERAD"}, ptr(dag("2010-07-01")) }, ""},
		"it held then":              {func(in *Insatsuppgifter) { in.PreciseradInriktning, in.GallerFran = "NEDLAGD", ptr(dag("2009-12-01")) }, ""},
		"of the other inriktning":   {func(in *Insatsuppgifter) { in.PreciseradInriktning = "KONFERENS" }, "/preciseradInriktning fel-inriktning"},
		"no number for who is rung": {func(in *Insatsuppgifter) { in.Kontaktperson.Epost = "kim" }, "/kontaktperson/epost epost-format"},
	} {
		t.Run(namn, func(t *testing.T) {
			in := testInsatsuppgifter()
			fall.gor(&in)
			_, err := AndraInsats(testInsats(), in, testOrganisation(), insatskodverk(), Registrerat{}, testIdag)
			if fall.falt == "" {
				if err != nil {
					t.Error(err)
				}
				return
			}
			nekas(t, err, KodOgiltig, fall.falt)
		})
	}
	in := testInsatsuppgifter()
	in.GallerFran = ptr(dag("2010-01-01"))
	_, err := SkapaInsats(in, testOrganisation(), testKodverk(), testIdag)
	nekas(t, err, KodOgiltig, "/gallerFran galler-fran-ny")
}

func TestAnInsatsOfAnotherInriktningHasNeverBeenAboutTheFormer(t *testing.T) {
	in := testInsatsuppgifter()
	in.Malgrupper = []string{"UNGA"}
	i, err := AndraInsats(testInsats(), in, testOrganisation(), testKodverk(), Registrerat{}, testIdag)
	if err != nil || len(i.Rader) != 2 {
		t.Fatalf("%+v %v", i, err)
	}
	in.Inriktning, in.PreciseradInriktning = InriktningStruktur, "KONFERENS"
	i, err = AndraInsats(i, in, testOrganisation(), testKodverk(), Registrerat{}, testIdag)
	if got := insatshistoriken(i); err != nil || got != "2009-01-01– KONFERENS UNGA" {
		t.Errorf("%s %v", got, err)
	}
}
