package prov_test

import (
	"errors"
	"os/exec"
	"strings"
	"syscall"
	"testing"

	"sus/backend/pgembed"
)

func TestTheServerRefusesARoleThatRowSecurityDoesNotHold(t *testing.T) {
	y := nyYttre(t)
	superkor(t, y.kluster.SuperURL(),
		`create role prov_forbi login bypassrls in role sus_app`,
		`create role prov_forbi_arvd login in role sus_app, prov_forbi`,
		`create role prov_tabell login in role sus_app`, `create table prov_tabell (n integer)`, `alter table prov_tabell owner to prov_tabell`,
		`create role prov_medlem login in role sus_app, sus_agare`,
		`create role prov_super_arvd login in role sus_app, postgres`,
		`create role prov_utanfor login`,
		`grant connect on database sus to prov_forbi, prov_forbi_arvd, prov_tabell, prov_medlem, prov_super_arvd, prov_utanfor`)
	t.Cleanup(func() {
		superkor(t, y.kluster.SuperURL(), `drop table prov_tabell`, `revoke connect on database sus from prov_forbi, prov_forbi_arvd, prov_tabell, prov_medlem, prov_super_arvd, prov_utanfor`,
			`drop role prov_forbi, prov_forbi_arvd, prov_tabell, prov_medlem, prov_super_arvd, prov_utanfor`)
	})
	for roll, skal := range map[string]string{
		"postgres": "superuser", "prov_super_arvd": "superuser", "prov_forbi": "BYPASSRLS", "prov_forbi_arvd": "BYPASSRLS",
		"prov_tabell": "äger tabeller", pgembed.OwnerRole: "äger", "prov_medlem": "äger", "prov_utanfor": "sus_app",
	} {
		i := y.installation
		i.miljo = []string{"SUS_DATABASE_URL=" + y.kluster.URL(roll, pgembed.Database)}
		ut, fel, err := i.forsok(t, "serve")
		var slut *exec.ExitError
		if !errors.As(err, &slut) || slut.ExitCode() < 1 || strings.Contains(ut, "svarar på") {
			t.Errorf("med rollen %s kör servern: %v %s", roll, err, ut)
		}
		if !strings.Contains(fel, "SUS_DATABASE_URL") || !strings.Contains(fel, skal) || strings.Contains(fel, "goroutine") || strings.Count(strings.TrimSpace(fel), "\n") > 0 {
			t.Errorf("för rollen %s sägs inte i en rad varför: %s", roll, fel)
		}
	}
}

func TestOutsideADemoNothingOfTheDemoHolds(t *testing.T) {
	y := nyYttre(t)
	s := y.serva(t)
	lang, kort := y.token(t, "DELTAGARANSVARIG", "--giltig=1h"), y.token(t, "DELTAGARANSVARIG", "--giltig=5m")
	jag := func(token string) anrop { return anrop{metod: "GET", vag: "/v1/jag", token: token} }
	s.vanta(t, 200, jag(lang))
	s.vanta(t, 200, jag(kort))
	if r := s.skicka(anrop{metod: "GET", vag: "/demo/sms"}); r.status != 200 {
		t.Errorf("i demon gav /demo/sms %d", r.status)
	}
	s.avsluta(t)

	// The same database, sessions and keys; only what the database says it is differs.
	superkor(t, y.kluster.SuperURL(), `update installation set demo = false, idag = null`)
	t.Cleanup(func() { superkor(t, y.kluster.SuperURL(), `update installation set demo = true`) })
	inte := func(i installation, arg ...string) {
		t.Helper()
		ut, fel, err := i.forsok(t, arg...)
		if err == nil || strings.Contains(ut, "svarar på") || strings.Contains(ut, "eyJ") || !strings.Contains(fel, "demo") {
			t.Errorf("sus %s gav %q, %q, %v", strings.Join(arg, " "), ut, fel, err)
		}
	}
	inte(y.installation, "serve") // no simulator stands in for the real systems
	inte(y.installation, "serve", "--idag=2020-01-01")
	inte(y.installation, "serve", "--demo") // a register is never made a demo

	// With addresses of outside systems, none of which is asked here, it serves.
	i := y.installation
	i.miljo = append(i.miljo[:len(i.miljo):len(i.miljo)], "SUS_SMS_URL=https://127.0.0.1:9", "SUS_SMS_LOSENORD=hemligt", "SUS_FOLKBOKFORING_URL=https://127.0.0.1:9",
		"SUS_FOLKBOKFORING_ORGNR=162021004748", "SUS_FOLKBOKFORING_BESTALLNING=prov",
		"SUS_FOLKBOKFORING_CERT="+i.mapp+"/certifikat/klient.pem", "SUS_FOLKBOKFORING_KEY="+i.mapp+"/certifikat/klient-key.pem")
	s = i.serva(t)
	if r := s.vanta(t, 401, jag(lang)).json(t); r.str("regel") == "" {
		t.Error("demotoken nekas utan skäl")
	}
	s.vanta(t, 200, jag(kort)) // so it is the claim that is refused
	s.vanta(t, 404, anrop{metod: "GET", vag: "/demo/sms"})
	for _, arg := range [][]string{{"demo", "token", "SYSTEMFORVALTARE"}, {"demo", "token", "MASKIN", "--giltig=5m"}, {"demo", "aktorer"}, {"demo", "hints"}, {"demo", "fyll"}} {
		inte(i, arg...)
	}
	if err := s.cmd.Process.Signal(syscall.Signal(0)); err != nil {
		t.Errorf("servern har slutat: %v", err)
	}
}
