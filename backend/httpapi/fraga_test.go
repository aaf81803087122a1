package httpapi

import (
	"strings"
	"testing"

	"sus/api"
	"sus/backend/register"
)

// ask makes a question of förbund A that is asked from 2010, with changes.
func (p *harness) ask(changes map[string]any) api.Fraga {
	p.t.Helper()
	body := map[string]any{"namn": "Stöd", "innehall": "Vad har hjälpt dig?", "franOchMed": "2010-01-01", "svarstyp": "ENVAL",
		"alternativ": []string{"Samtal", "Praktik"}, "vidIn": true, "vidUt": true}
	for k, v := range changes {
		if body[k] = v; v == nil {
			delete(body, k)
		}
	}
	var f api.Fraga
	p.expect(201, "SAMVERKANSADMINISTRATOR A", "POST", p.fragorPath(), body, nil).json(p.t, &f)
	return f
}

func (p *harness) fragorPath() string {
	return "/v1/samverkansorganisationer/" + p.organisation["A"].ID.String() + "/fragor"
}

func (p *harness) deltagande(who, id string) api.Deltagande {
	p.t.Helper()
	var d api.Deltagande
	p.expect(200, who, "GET", "/v1/deltaganden/"+id, nil, nil).json(p.t, &d)
	return d
}

func TestAFragaIsAskedAnsweredClosedAndMoved(t *testing.T) {
	p := newHarness(t)
	admin, who := "SAMVERKANSADMINISTRATOR A", "DELTAGARANSVARIG A1"
	p.aktor(who)
	stod := p.ask(nil)
	skala := p.ask(map[string]any{"namn": "Framtid", "innehall": "Hur är din hälsa?", "svarstyp": "SKALA", "alternativ": nil, "steg": 5, "lagstOrd": "Dålig", "vidIn": false})
	if skala.Steg == nil || *skala.Steg != 5 || skala.Minst != nil || skala.Varningar == nil || (*skala.Varningar)[0].Varning != "fraga-om-kansligt" || stod.Varningar != nil {
		t.Errorf("%+v", skala)
	}
	var asked api.FragaLista
	s := p.expect(200, who, "GET", p.fragorPath()+"?dag=2026-11-02&matning=IN", nil, nil)
	if s.json(t, &asked); len(asked.Data) != 1 || asked.Data[0].Id != stod.Id || s.header.Get("ETag") != `"3"` {
		t.Errorf("%+v %s", asked, s.header.Get("ETag"))
	}
	in := inregistrering(p.newSamtycke(who, "A1"))
	in["svar"] = []map[string]any{{"fragaId": skala.Id, "tal": 3}, {"fragaId": stod.Id, "koder": []string{"3"}}, {"fragaId": stod.Id, "koder": []string{"1"}}}
	s = p.expect(422, who, "POST", p.insatsPath("A1", "deltaganden"), in, nil)
	for pekare, regel := range map[string]string{"/svar/0/fragaId": "fraga-stalls-inte", "/svar/1/koder/0": "okand-kod", "/svar/2/fragaId": "dubblett"} {
		if got := s.regelOf(t, pekare); got != regel {
			t.Errorf("%s: %q, not %q", pekare, got, regel)
		}
	}
	in["svar"] = []map[string]any{{"fragaId": stod.Id, "koder": []string{"2"}, "fragaversion": 1}}
	id := p.expect(201, who, "POST", p.insatsPath("A1", "deltaganden"), in, nil).id(t)
	d := p.deltagande(who, id)
	if d.Inregistrering.Svar == nil || (*(*d.Inregistrering.Svar)[0].Koder)[0] != "2" || (*d.Inregistrering.Svar)[0].Fragaversion != nil {
		t.Errorf("%+v", d.Inregistrering.Svar)
	}
	ut := utregistrering()
	ut["svar"] = []map[string]any{{"fragaId": skala.Id, "tal": 5}}
	p.expect(201, who, "POST", "/v1/deltaganden/"+id+"/utregistreringar", ut, nil)
	// A correction by a client that knows nothing of the questions leaves the answers.
	delete(ut, "svar")
	ut["skal"], ut["avslutsanledning"] = "Fel anledning.", "FORTSATT_REHABILITERING"
	p.expect(200, who, "PUT", "/v1/deltaganden/"+id+"/utregistrering", ut, headers{"If-Match": `"2"`})
	if d = p.deltagande(who, id); d.Utregistrering.Svar == nil || *(*d.Utregistrering.Svar)[0].Tal != 5 || d.Version != 3 {
		t.Errorf("%+v", d.Utregistrering)
	}
	ut["svar"] = []any{}
	p.expect(200, who, "PUT", "/v1/deltaganden/"+id+"/utregistrering", ut, headers{"If-Match": `"3"`})
	if d = p.deltagande(who, id); d.Utregistrering.Svar != nil || d.Version != 4 {
		t.Errorf("%+v", d.Utregistrering)
	}
	var f api.Fraga
	p.expect(200, who, "GET", "/v1/fragor/"+stod.Id.String(), nil, nil).json(t, &f)
	if f.BesvaradTom == nil || f.BesvaradTom.String() != d.Startdag.String() {
		t.Errorf("%+v", f)
	}
	change := map[string]any{"namn": "Stöd", "innehall": "Vad har hjälpt dig?", "franOchMed": "2010-01-01", "svarstyp": "ENVAL", "alternativ": []string{"Samtal", "Studier"}, "vidIn": true, "vidUt": true}
	path := "/v1/fragor/" + stod.Id.String()
	if s := p.expect(409, admin, "PUT", path, change, headers{"If-Match": `"1"`}); s.falt(t, "regel") != register.RegelFragaBesvarad.String() {
		t.Error(s.text)
	}
	change["alternativ"], change["tillOchMed"] = []string{"Samtal", "Praktik"}, "2026-12-31"
	p.expect(200, admin, "PUT", path, change, headers{"If-Match": `"1"`})
	p.expect(412, admin, "PUT", path, change, headers{"If-Match": `"1"`})
	order := map[string]any{"fragor": []any{skala.Id, stod.Id}}
	ordning := "/v1/samverkansorganisationer/" + p.organisation["A"].ID.String() + "/frageordning"
	p.expect(412, admin, "PUT", ordning, order, headers{"If-Match": `"3"`})
	p.expect(422, admin, "PUT", ordning, map[string]any{"fragor": []any{skala.Id}}, headers{"If-Match": `"4"`})
	if s := p.expect(200, admin, "PUT", ordning, order, headers{"If-Match": `"4"`}); s.header.Get("ETag") != `"5"` {
		t.Error(s.header)
	}
	p.expect(200, who, "GET", p.fragorPath(), nil, nil).json(t, &asked)
	if len(asked.Data) != 2 || asked.Data[0].Id != skala.Id || asked.Data[1].TillOchMed == nil {
		t.Errorf("%+v", asked.Data)
	}
}

// One answer is followed from its question to the versions of the measurements, and never leaves its förbund.
func TestAnAnswerFollowsItsMeasurementThroughEveryVersion(t *testing.T) {
	p := newHarness(t)
	admin, who := "SAMVERKANSADMINISTRATOR A", "DELTAGARANSVARIG A1"
	p.aktor(who)
	f := p.ask(nil)
	answer := func(koder ...string) []map[string]any {
		return []map[string]any{{"fragaId": f.Id, "koder": koder}}
	}
	in := with(inregistrering(p.newSamtycke(who, "A1")), "svar", answer("1"))
	d := "/v1/deltaganden/" + p.expect(201, who, "POST", p.insatsPath("A1", "deltaganden"), in, nil).id(t)

	// Another förbund's question is none here, whoever answers it.
	other := "DELTAGARANSVARIG B1"
	foreign := with(inregistrering(p.newSamtycke(other, "B1")), "svar", answer("1"))
	s := p.expect(422, other, "POST", p.insatsPath("B1", "deltaganden"), foreign, nil)
	if got := s.regelOf(t, "/svar/0/fragaId"); got != "fraga-stalls-inte" {
		t.Errorf("another förbund's question: %q", got)
	}

	// Closed, it is asked no more; the answer of its time stays, and can be another.
	closed := map[string]any{"namn": f.Namn, "innehall": f.Innehall, "franOchMed": "2010-01-01", "tillOchMed": "2026-11-10", "svarstyp": "ENVAL",
		"alternativ": []string{"Samtal", "Praktik"}, "vidIn": true, "vidUt": true}
	p.expect(200, admin, "PUT", "/v1/fragor/"+f.Id.String(), closed, headers{"If-Match": `"1"`})
	correction := with(with(in, "samtyckeId", nil), "skal", "Fel antal år.")
	p.expect(200, who, "PUT", d+"/inregistrering", with(correction, "arOffentligForsorjning", 9), headers{"If-Match": `"1"`})
	p.expect(200, who, "PUT", d+"/inregistrering", with(with(correction, "arOffentligForsorjning", 9), "svar", answer("2")), headers{"If-Match": `"2"`})
	ut := with(utregistrering(), "svar", answer("2"))
	s = p.expect(422, who, "POST", d+"/utregistreringar", ut, nil)
	if got := s.regelOf(t, "/svar/0/fragaId"); got != "fraga-stalls-inte" {
		t.Errorf("a closed question: %q", got)
	}
	ut["avslutningsdag"] = "2026-11-09"
	p.expect(201, who, "POST", d+"/utregistreringar", ut, nil)
	// Without a measurement nothing is answered, and what was is taken away with it.
	felreg := map[string]any{"avslutningsdag": "2026-11-09", "avslutsanledning": "FELREGISTRERING", "svar": answer("2"), "skal": "Fel person."}
	s = p.expect(422, who, "PUT", d+"/utregistrering", felreg, headers{"If-Match": `"4"`})
	if got := s.regelOf(t, "/svar"); got != "efter-utan-matning" {
		t.Errorf("an answer without a measurement: %q", got)
	}
	p.expect(200, who, "PUT", d+"/utregistrering", with(felreg, "svar", nil), headers{"If-Match": `"4"`})

	var versions api.VersionLista
	p.expect(200, who, "GET", d+"/versioner", nil, nil).json(t, &versions)
	var said []string
	for _, v := range versions.Data {
		svar := value(v.Inregistrering).Svar
		if v.Utregistrering != nil {
			svar = v.Utregistrering.Svar
		}
		koder := "-"
		for _, s := range value(svar) {
			koder = strings.Join(value(s.Koder), ",")
		}
		said = append(said, string(v.Typ)+" "+koder)
	}
	if got, want := strings.Join(said, "; "), "IN 1; IN 1; IN 2; UT 2; UT -"; got != want {
		t.Errorf("the versions say %q, not %q", got, want)
	}
}

func TestTheDryRunOfARegistrationTellsOfAnswersToo(t *testing.T) {
	p := newHarness(t)
	who := "DELTAGARANSVARIG A1"
	p.aktor(who)
	f := p.ask(nil)
	in := inregistrering(p.newSamtycke(who, "A1"))
	in["svar"] = []map[string]any{{"fragaId": f.Id, "koder": []string{"9"}}}
	p.expect(422, who, "POST", p.insatsPath("A1", "deltaganden")+"?provkor=true", in, nil)
	in["svar"] = []map[string]any{{"fragaId": f.Id, "koder": []string{"1"}}}
	p.expect(200, who, "POST", p.insatsPath("A1", "deltaganden")+"?provkor=true", in, nil)
	if got := p.expect(200, who, "GET", "/v1/fragor/"+f.Id.String(), nil, nil); strings.Contains(string(got.text), "besvaradTom") {
		t.Errorf("a dry run answered it: %s", got.text)
	}
}

func TestAMachineReadsTheFragorThatItAnswers(t *testing.T) {
	p := newHarness(t)
	f := p.ask(nil)
	for _, who := range []string{"MASKIN A1", "MASKIN-LAS A1"} {
		p.expect(200, who, "GET", p.fragorPath()+"?dag=2026-11-02&matning=UT", nil, nil)
		p.expect(200, who, "GET", "/v1/fragor/"+f.Id.String(), nil, nil)
	}
}
