package register

import (
	"testing"
	"time"
)

func TestTheAnswerOfThePopulationRegisterGetsTooOld(t *testing.T) {
	uppslagen := time.Date(2010, 3, 1, 12, 0, 0, 0, time.UTC)
	i := Identitet{Uppslagen: uppslagen}
	for alder, vill := range map[time.Duration]bool{
		-time.Minute: false, 0: false, 24 * time.Hour: false, 24*time.Hour + time.Nanosecond: true, 48 * time.Hour: true,
	} {
		if i.ArInaktuell(uppslagen.Add(alder), 24*time.Hour) != vill {
			t.Errorf("an answer %v old: too old is not %v", alder, vill)
		}
	}
	if !(Identitet{}).ArInaktuell(uppslagen, 24*time.Hour) {
		t.Error("somebody never looked up is up to date")
	}
}

func TestWhoseNameWins(t *testing.T) {
	forr, nu := time.Date(2010, 3, 1, 0, 0, 0, 0, time.UTC), time.Date(2010, 4, 1, 0, 0, 0, 0, time.UTC)
	post := func(andra func(*Folkbokforingspost)) Folkbokforingspost {
		p := Folkbokforingspost{Hittad: true, Namn: "Nytt", Kommun: "0380", Skydd: SkyddInget, Uppslagen: nu}
		andra(&p)
		return p
	}
	var (
		gammal  = Identitet{Namn: "Gammalt", Kommun: "0180", Skydd: SkyddInget, Uppslagen: forr}
		skyddad = Identitet{Namn: "Gammalt", Kommun: "0180", Skydd: SkyddSekretessmarkering, Uppslagen: forr}
	)
	for namn, f := range map[string]struct {
		har       Identitet
		post      Folkbokforingspost
		namn      string
		skydd     Skydd
		sparas    bool
		arSkyddad bool
	}{
		"found":                      {gammal, post(func(*Folkbokforingspost) {}), "Nytt", SkyddInget, true, false},
		"not found":                  {gammal, Folkbokforingspost{Uppslagen: nu}, "Gammalt", SkyddInget, true, false},
		"deregistered":               {gammal, post(func(p *Folkbokforingspost) { p.Avregistrerad = true }), "Gammalt", SkyddInget, true, false},
		"protected since":            {gammal, post(func(p *Folkbokforingspost) { p.Skydd = SkyddSekretessmarkering }), "Gammalt", SkyddSekretessmarkering, false, true},
		"a protection we don't know": {gammal, post(func(p *Folkbokforingspost) { p.Skydd = "NYTT" }), "Gammalt", "NYTT", false, true},
		"protected, and not found":   {skyddad, Folkbokforingspost{Uppslagen: nu}, "Gammalt", SkyddSekretessmarkering, false, false},
		"no longer protected":        {skyddad, post(func(*Folkbokforingspost) {}), "Nytt", SkyddInget, true, false},
	} {
		ny, sparas := f.har.MedSvar(f.post)
		kommun := map[string]string{"Nytt": "0380", "Gammalt": "0180"}[f.namn]
		if ny.Namn != f.namn || ny.Kommun != kommun || ny.Skydd != f.skydd || sparas != f.sparas || !ny.Uppslagen.Equal(nu) || f.post.ArSkyddad() != f.arSkyddad {
			t.Errorf("%s: protection %s, stored %v, name and kommun as wanted %v", namn, ny.Skydd, sparas, ny.Namn == f.namn && ny.Kommun == kommun)
		}
	}
}

func TestTheProtectionOfOneNumberIsThatOfThePersonsOthers(t *testing.T) {
	vanlig := Folkbokforingspost{Hittad: true, Namn: "Alva Andersson", Kommun: "0380", Skydd: SkyddInget}
	skyddad := Folkbokforingspost{Hittad: true, Skydd: SkyddSekretessmarkering}
	for namn, f := range map[string]struct {
		post, annan Folkbokforingspost
		skyddad     bool
	}{
		"neither":                {vanlig, vanlig, false},
		"the other":              {vanlig, skyddad, true},
		"the one":                {skyddad, vanlig, true},
		"the other of nobody":    {Folkbokforingspost{}, skyddad, true},
		"an answer about nobody": {vanlig, Folkbokforingspost{Skydd: SkyddSekretessmarkering}, false},
	} {
		svar := f.post.MedSkyddAv(f.annan)
		if svar.ArSkyddad() != f.skyddad || f.skyddad && svar.Namn+svar.Kommun != "" {
			t.Errorf("%s: %+v", namn, svar)
		}
	}
}
