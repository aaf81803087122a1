package register

import (
	"testing"
	"time"
)

func TestAnonymaAreCountedForTheYearTheyBegan(t *testing.T) {
	a, err := RegistreraAnonyma(Anonymregistrering{2010, 2, 1}, testInsats(), testOrganisation(), testKodverk(), testNu, testAv)
	if err != nil || a.InsatsID != insatsID || a.Inregistreringsar != 2010 || a.AntalKvinnor != 2 || a.AntalMan != 1 || a.RegistreratAv != testAv || !a.Registrerat.Equal(testNu) {
		t.Errorf("%+v %v", a, err)
	}
}

func TestFaultyAnonymaNameEveryFaultyField(t *testing.T) {
	nyar := time.Date(2010, 12, 31, 23, 30, 0, 0, time.UTC) // 2011 in Stockholm
	for namn, fall := range map[string]struct {
		in           Anonymregistrering
		nu           time.Time
		insats, org  string
		organisation Samverkansform
		falt         []string
	}{
		"women only":                     {in: Anonymregistrering{2010, 1, 0}},
		"men only":                       {in: Anonymregistrering{2010, 0, 1}},
		"ten thousand":                   {in: Anonymregistrering{2010, 10_000, 10_000}},
		"nobody":                         {in: Anonymregistrering{2010, 0, 0}, falt: []string{"/antalKvinnor inget-antal"}},
		"fewer than none":                {in: Anonymregistrering{2010, -1, 1}, falt: []string{"/antalKvinnor utanfor-granser"}},
		"too many":                       {in: Anonymregistrering{2010, 1, 10_001}, falt: []string{"/antalMan utanfor-granser"}},
		"next year":                      {in: Anonymregistrering{2011, 1, 1}, falt: []string{"/inregistreringsar framtida-ar"}},
		"the new year in Stockholm":      {in: Anonymregistrering{2011, 1, 1}, nu: nyar},
		"the first year of the insats":   {in: Anonymregistrering{2009, 1, 1}},
		"the year before the insats":     {in: Anonymregistrering{2008, 1, 1}, falt: []string{"/inregistreringsar utanfor-insatsen"}},
		"the last year of the insats":    {in: Anonymregistrering{2010, 1, 1}, insats: "2010-01-01"},
		"the year after the insats":      {in: Anonymregistrering{2010, 1, 1}, insats: "2009-12-31", falt: []string{"/inregistreringsar utanfor-insatsen"}},
		"the year after its förbund":     {in: Anonymregistrering{2010, 1, 1}, org: "2009-12-31", falt: []string{"/inregistreringsar utanfor-insatsen"}},
		"the year after the form closed": {in: Anonymregistrering{2016, 1, 1}, nu: testNu.AddDate(8, 0, 0), organisation: FormTvapartsfinsam, falt: []string{"/inregistreringsar efter-sista-registreringsdag"}},
		"everything wrong":               {in: Anonymregistrering{2100, -1, 10_001}, falt: []string{"/inregistreringsar framtida-ar", "/antalKvinnor utanfor-granser", "/antalMan utanfor-granser"}},
	} {
		t.Run(namn, func(t *testing.T) {
			i, o, nu := testInsats(), testOrganisation(), testNu
			if !fall.nu.IsZero() {
				nu = fall.nu
			}
			if fall.insats != "" {
				i.Slutdatum = ptr(dag(fall.insats))
			}
			if fall.org != "" {
				o.Slutdatum = ptr(dag(fall.org))
			}
			if fall.organisation != "" {
				o.Samverkansform = fall.organisation
			}
			_, err := RegistreraAnonyma(fall.in, i, o, testKodverk(), nu, testAv)
			if fall.falt == nil {
				if err != nil {
					t.Fatalf("refused: %+v", err)
				}
				return
			}
			nekas(t, err, KodOgiltig, fall.falt...)
		})
	}
}

func TestAnInsatsThatOnlyCountsTakesNoAnonyma(t *testing.T) {
	i := testInsats()
	i.Deltagarregistrering = EndastAntal
	_, err := RegistreraAnonyma(Anonymregistrering{2010, 1, 1}, i, testOrganisation(), testKodverk(), testNu, testAv)
	nekas(t, err, KodKonflikt, "insats-endast-antal")
}

func TestAnonymaAreCorrectedToANewVersionWithAReason(t *testing.T) {
	forr, err := RegistreraAnonyma(Anonymregistrering{2010, 22, 1}, testInsats(), testOrganisation(), testKodverk(), testNu, testAv)
	if err != nil || forr.Version != 1 {
		t.Fatalf("%+v (%v)", forr, err)
	}
	for namn, fall := range map[string]struct {
		in   Anonymregistrering
		skal string
		vill int // the version
		falt []string
	}{
		"another number":         {in: Anonymregistrering{2010, 2, 1}, skal: "Fel antal.", vill: 2},
		"another year":           {in: Anonymregistrering{2009, 22, 1}, skal: "Fel år.", vill: 2},
		"to nobody":              {in: Anonymregistrering{2010, 0, 0}, skal: "Fel insats.", vill: 2},
		"what stood":             {in: Anonymregistrering{2010, 22, 1}, skal: "Fel antal.", vill: 1},
		"without a reason":       {in: Anonymregistrering{2010, 2, 1}, falt: []string{"/skal obligatoriskt"}},
		"a person in the reason": {in: Anonymregistrering{2010, 2, 1}, skal: "Inte 800060-2386.", falt: []string{"/skal innehaller-personnummer"}},
		"outside the insats":     {in: Anonymregistrering{2008, 2, 1}, skal: "Fel år.", falt: []string{"/inregistreringsar utanfor-insatsen"}},
		"next year":              {in: Anonymregistrering{2011, -1, 10_001}, skal: "Fel år.", falt: []string{"/inregistreringsar framtida-ar", "/antalKvinnor utanfor-granser", "/antalMan utanfor-granser"}},
	} {
		t.Run(namn, func(t *testing.T) {
			ny, err := RattaAnonyma(forr, fall.in, fall.skal, testInsats(), testOrganisation(), testKodverk(), testNu.AddDate(0, 0, 1))
			if fall.falt != nil {
				nekas(t, err, KodOgiltig, fall.falt...)
				return
			}
			if err != nil || ny.Version != fall.vill || ny.Inregistreringsar != fall.in.Inregistreringsar || ny.AntalKvinnor != fall.in.AntalKvinnor || ny.AntalMan != fall.in.AntalMan ||
				ny.ID != forr.ID || !ny.Registrerat.Equal(forr.Registrerat) || ny.RegistreratAv != forr.RegistreratAv {
				t.Errorf("%+v (%v)", ny, err)
			}
		})
	}
}
