package register

import (
	"testing"
	"time"
)

var klockan = time.Date(2010, 3, 1, 9, 0, 0, 0, time.UTC)

func TestTriesToLogInAreBoundedAndLoggedOnce(t *testing.T) {
	g := Forsoksgrans{Fonster: 15 * time.Minute}
	borjan := klockan.Add(-5 * time.Minute)
	for antal, vill := range map[int]Forsoksbeslut{
		1: {}, 5: {}, 6: {10 * time.Minute, true}, 7: {10 * time.Minute, false}, 1000: {10 * time.Minute, false},
	} {
		if fatt := g.Prova(antal, 5, borjan, klockan); fatt != vill {
			t.Errorf("try %d of 5: %+v, want %+v", antal, fatt, vill)
		}
	}
	over := g.OverVid(klockan)
	if !over.Equal(klockan.Add(-15 * time.Minute)) {
		t.Errorf("a window of 15 minutes is over when it began at %v", over)
	}
	if fatt := g.Prova(6, 5, over.Add(time.Second), klockan); fatt.Vanta != time.Second {
		t.Errorf("a window that is over in a second makes one wait %v", fatt.Vanta)
	}
}

func TestACodeIsJudged(t *testing.T) {
	ratt := Kodfakta{Finns: true, Upphor: klockan.Add(time.Second), RattKod: true, HarBehorighet: true}
	for namn, f := range map[string]struct {
		andra func(*Kodfakta)
		regel Regel
		vill  Kodbeslut // without Nej
	}{
		"right":                            {func(*Kodfakta) {}, Regel{}, Kodbeslut{Loggas: true, Forbruka: true}},
		"right after four wrong ones":      {func(k *Kodfakta) { k.Forsok = 4 }, Regel{}, Kodbeslut{Loggas: true, Forbruka: true}},
		"right after five wrong ones":      {func(k *Kodfakta) { k.Forsok = 5 }, RegelInloggningForbrukad, Kodbeslut{Loggas: true}},
		"right and used":                   {func(k *Kodfakta) { k.Anvand = true }, RegelInloggningForbrukad, Kodbeslut{Loggas: true}},
		"right at the instant it ends":     {func(k *Kodfakta) { k.Upphor = klockan }, RegelInloggningForbrukad, Kodbeslut{Loggas: true}},
		"wrong":                            {func(k *Kodfakta) { k.RattKod = false }, RegelKodFelaktig, Kodbeslut{Loggas: true, Raknas: true}},
		"wrong by somebody blocked":        {func(k *Kodfakta) { k.RattKod, k.Sparrad = false, true }, RegelKodFelaktig, Kodbeslut{Loggas: true, Raknas: true}},
		"wrong and used":                   {func(k *Kodfakta) { k.RattKod, k.Anvand = false, true }, RegelInloggningForbrukad, Kodbeslut{Loggas: true}},
		"right by somebody blocked":        {func(k *Kodfakta) { k.Sparrad = true }, RegelIngenGiltigBehorighet, Kodbeslut{Loggas: true, Forbruka: true}},
		"right by somebody without a role": {func(k *Kodfakta) { k.HarBehorighet = false }, RegelIngenGiltigBehorighet, Kodbeslut{Loggas: true, Forbruka: true}},
		"for no challenge":                 {func(k *Kodfakta) { *k = Kodfakta{} }, RegelSaknas, Kodbeslut{}},
	} {
		k := ratt
		f.andra(&k)
		fatt := ProvaKod(k, klockan)
		var regel Regel
		if fatt.Nej != nil {
			regel = fatt.Nej.Regel
		}
		fatt.Nej = nil
		if regel != f.regel || fatt != f.vill {
			t.Errorf("%s: %q %+v, want %q %+v", namn, regel, fatt, f.regel, f.vill)
		}
	}
}

func TestTheIdleEndFollowsUseButNotPastTheSession(t *testing.T) {
	ny := NySessionstid(klockan, 30*time.Minute, 12*time.Hour)
	if !ny.VilaUpphor.Equal(klockan.Add(30*time.Minute)) || !ny.Upphor.Equal(klockan.Add(12*time.Hour)) {
		t.Errorf("a new session is %+v", ny)
	}
	if kort := NySessionstid(klockan, 30*time.Minute, time.Minute); kort.VilaUpphor != kort.Upphor {
		t.Errorf("a session shorter than its idle time is %+v", kort)
	}
	for tid, vill := range map[time.Duration]bool{0: true, 30*time.Minute - 1: true, 30 * time.Minute: false, 13 * time.Hour: false} {
		if ny.Lever(klockan.Add(tid)) != vill {
			t.Errorf("%v after it was opened and left: alive is not %v", tid, vill)
		}
	}
	for tid, vill := range map[time.Duration]struct {
		slut   time.Duration
		skrivs bool
	}{
		59 * time.Second:              {30*time.Minute + 59*time.Second, false},
		time.Minute:                   {31 * time.Minute, true},
		11*time.Hour + 50*time.Minute: {12 * time.Hour, true},
	} {
		anvand := ny.Anvand(klockan.Add(tid), 30*time.Minute)
		if !anvand.VilaUpphor.Equal(klockan.Add(vill.slut)) || anvand.Upphor != ny.Upphor || ny.Skrivs(anvand) != vill.skrivs {
			t.Errorf("used %v after it was opened: %+v, written %v", tid, anvand, ny.Skrivs(anvand))
		}
	}
	sist := Sessionstid{klockan.Add(time.Hour), klockan.Add(time.Hour)}
	if sist.Skrivs(sist.Anvand(klockan, 2*time.Hour)) {
		t.Error("an idle end that cannot move is written again")
	}
}

func TestARefreshTokenIsGoodOnce(t *testing.T) {
	god := Fornyelsefakta{Finns: true, Tid: Sessionstid{klockan.Add(time.Minute), klockan.Add(time.Hour)}, Far: true}
	for namn, f := range map[string]struct {
		andra func(*Fornyelsefakta)
		vill  Fornyelsebeslut
	}{
		"good":                             {func(*Fornyelsefakta) {}, FornyelseGes},
		"unknown":                          {func(f *Fornyelsefakta) { *f = Fornyelsefakta{} }, FornyelseNekas},
		"used before":                      {func(f *Fornyelsefakta) { f.Anvand = true }, FornyelseAvslutar},
		"used before, of an idle session":  {func(f *Fornyelsefakta) { f.Anvand, f.Tid.VilaUpphor = true, klockan }, FornyelseAvslutar},
		"used before, of an ended session": {func(f *Fornyelsefakta) { f.Anvand, f.Avslutad = true, true }, FornyelseNekas},
		"of an ended session":              {func(f *Fornyelsefakta) { f.Avslutad = true }, FornyelseNekas},
		"of an idle session":               {func(f *Fornyelsefakta) { f.Tid.VilaUpphor = klockan }, FornyelseNekas},
		"of a session that is over":        {func(f *Fornyelsefakta) { f.Tid.Upphor = klockan }, FornyelseNekas},
		"of somebody without a role":       {func(f *Fornyelsefakta) { f.Far = false }, FornyelseNekas},
	} {
		fakta := god
		f.andra(&fakta)
		if fatt := Fornya(fakta, klockan); fatt != f.vill {
			t.Errorf("%s: decision %d, want %d", namn, fatt, f.vill)
		}
	}
}
