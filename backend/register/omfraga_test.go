package register

import (
	"testing"
	"time"
)

func TestWhatWouldBeTooOldBeforeTheNextNightIsAskedAgain(t *testing.T) {
	natt := time.Date(2026, 11, 24, 3, 0, 0, 0, time.UTC)
	const dygn = 24 * time.Hour
	for namn, f := range map[string]struct {
		alder time.Duration
		ratt  time.Time
	}{
		"each night":         {dygn, natt},
		"oftener than that":  {time.Hour, natt},
		"each thirty days":   {30 * dygn, natt.Add(-29 * dygn)},
		"a day and a half":   {36 * time.Hour, natt.Add(-12 * time.Hour)},
		"never":              {0, time.Time{}},
		"a negative setting": {-dygn, time.Time{}},
	} {
		if g := (Omfragetider{Oppna: f.alder}).Granser(natt); !g.Oppna.Equal(f.ratt) || !g.Avslutade.IsZero() {
			t.Errorf("%s: %+v", namn, g)
		}
		if g := (Omfragetider{Avslutade: f.alder}).Granser(natt); !g.Avslutade.Equal(f.ratt) || !g.Oppna.IsZero() || !g.Nytt.Equal(natt.Add(-3*dygn)) {
			t.Errorf("%s: %+v", namn, g)
		}
	}
}

func TestAChangedAnswerIsNewsOnceAndWhenItWasAskedIsNone(t *testing.T) {
	nu := time.Date(2026, 11, 24, 3, 0, 0, 0, time.UTC)
	var i Identitet
	i.Namn, i.Kommun, i.Skydd, i.Uppslagen = "Alva Andersson", "0380", SkyddInget, nu.Add(-time.Hour)
	post := Folkbokforingspost{Hittad: true, Namn: i.Namn, Kommun: i.Kommun, Skydd: SkyddInget, Uppslagen: nu}
	for namn, f := range map[string]struct {
		andra func(*Folkbokforingspost)
		ratt  bool
	}{
		"the same":         {func(*Folkbokforingspost) {}, false},
		"not found":        {func(p *Folkbokforingspost) { *p = Folkbokforingspost{Skydd: SkyddInget, Uppslagen: nu} }, false},
		"another name":     {func(p *Folkbokforingspost) { p.Namn = "Alva Berg" }, true},
		"another kommun":   {func(p *Folkbokforingspost) { p.Kommun = "0180" }, true},
		"protected":        {func(p *Folkbokforingspost) { p.Skydd, p.Namn, p.Kommun = SkyddSekretessmarkering, "", "" }, true},
		"dead or replaced": {func(p *Folkbokforingspost) { p.Avregistrerad, p.Kommun = true, "" }, true},
	} {
		p := post
		f.andra(&p)
		ny, _ := i.MedSvar(p)
		if i.Andrad(ny) != f.ratt {
			t.Errorf("%s: news is %v", namn, !f.ratt)
		}
		if igen, _ := ny.MedSvar(p); ny.Andrad(igen) {
			t.Errorf("%s: news a second time", namn)
		}
	}
}
