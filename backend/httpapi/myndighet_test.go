package httpapi

import (
	"strings"
	"testing"

	"sus/api"
	"sus/backend/register"
	"sus/backend/store/storetest"
)

const myndigheter = "/v1/myndigheter"

func TestAnAgencyIsMadeOnceAndFoundByAll(t *testing.T) {
	p := newHarness(t)
	const fk = "SYSTEMFORVALTARE"
	body := map[string]any{"organisationsnummer": "2120000142", "namn": "Åmåls kommun", "typ": "KOMMUN"}
	made := p.expect(201, fk, "POST", myndigheter, body, nil)
	id := made.id(t)
	if where := made.header.Get("Location"); where != myndigheter+"/"+id {
		t.Errorf("Location %q", where)
	}
	again := p.expect(409, fk, "POST", myndigheter, body, nil)
	if again.falt(t, "regel") != "myndighet-finns" || again.regelOf(t, "/organisationsnummer") != "myndighet-finns" || again.header.Get("Location") != myndigheter+"/"+id {
		t.Errorf("%s, Location %q", again.text, again.header.Get("Location"))
	}
	if s := p.expect(422, fk, "POST", myndigheter, with(body, "organisationsnummer", "2120000143"), nil); s.regelOf(t, "/organisationsnummer") != "organisationsnummer" {
		t.Errorf("%s", s.text)
	}
	one := myndigheter + "/" + id
	if s := p.expect(422, fk, "PUT", one, with(body, "organisationsnummer", "2120000282"), headers{"If-Match": `"1"`}); s.regelOf(t, "/organisationsnummer") != "oforanderlig" {
		t.Errorf("%s", s.text)
	}
	changed := with(body, "namn", "Åmåls stad")
	if s := p.expect(200, fk, "PUT", one, changed, headers{"If-Match": `"1"`}); s.header.Get("ETag") != `"2"` {
		t.Errorf("ETag %q", s.header.Get("ETag"))
	}
	p.expect(412, fk, "PUT", one, with(body, "namn", "Annat"), headers{"If-Match": `"1"`})
	for query, want := range map[string]int{"?namn=%C3%85m*": 1, "?organisationsnummer=21200001": 1, "?typ=KOMMUN&namn=*stad": 1, "?typ=REGION": 0} {
		var list api.MyndighetLista
		p.expect(200, "SUSRAPPORT", "GET", myndigheter+query, nil, nil).json(t, &list)
		if len(list.Data) != want {
			t.Errorf("%s: %+v", query, list.Data)
		}
	}
	p.checkEvents("MYNDIGHET_SKAPAD", "MYNDIGHET_ANDRAD")
}

// What is read is what may be sent: dated rows come back as they were, and a kommun that
// is another förbund's too is told of, and saved.
func TestAnOrganisationsDatedRowsAreSentAsTheyAreRead(t *testing.T) {
	p := newHarness(t)
	const fk, adm = "SYSTEMFORVALTARE", "SAMVERKANSADMINISTRATOR A"
	rows := []map[string]any{
		{"organisationsnummer": "2021005521", "giltigFran": "2005-01-01", "giltigTom": "2010-12-31", "medlem": true, "finansiar": true, "konsument": false},
		{"organisationsnummer": "2021005521", "giltigFran": "2011-01-01", "medlem": true, "finansiar": false, "konsument": false},
	}
	var o api.Samverkansorganisation
	p.change(200, adm, map[string]any{"ingaendeOrganisationer": rows, "rapporteringsdag": 10}).json(t, &o)
	if len(o.IngaendeOrganisationer) != 2 || o.IngaendeOrganisationer[1].Namn != "Försäkringskassan" || o.IngaendeOrganisationer[0].GiltigFran != o.Startdatum ||
		o.IngaendeOrganisationer[1].GiltigFran != register.NyttDatum(2011, 1, 1) || o.Rapporteringsdag != 10 {
		t.Errorf("%+v", o)
	}
	if o.Varningar == nil || len(*o.Varningar) != 2 || (*o.Varningar)[0].Varning != "kommun-i-flera" || !strings.HasSuffix((*o.Varningar)[0].Meddelande, "(Förbundet B)") {
		t.Errorf("varningar: %+v", o.Varningar)
	}
	version := o.Version
	p.change(200, fk, nil).json(t, &o)
	if o.Version != version {
		t.Errorf("what was read and sent back made version %d of %d", o.Version, version)
	}
	overlap := append(rows, map[string]any{"organisationsnummer": "2021005521", "giltigFran": "2010-06-01", "giltigTom": "2010-06-30", "medlem": true, "finansiar": false, "konsument": false})
	if s := p.change(422, adm, map[string]any{"ingaendeOrganisationer": overlap}); s.regelOf(t, "/ingaendeOrganisationer/2/giltigFran") != "ingaende-overlappar" {
		t.Errorf("%s", s.text)
	}
	strange := []map[string]any{{"organisationsnummer": "2120000142", "namn": "Åmåls kommun", "typ": "KOMMUN", "medlem": true, "finansiar": true, "konsument": false}}
	if s := p.change(422, adm, map[string]any{"ingaendeOrganisationer": strange}); s.regelOf(t, "/ingaendeOrganisationer/0/organisationsnummer") != "myndighet-saknas" {
		t.Errorf("%s", s.text)
	}
	p.change(200, fk, map[string]any{"ingaendeOrganisationer": strange}) // Försäkringskassan brings it in
	p.change(200, adm, map[string]any{"ingaendeOrganisationer": strange})
	if s := p.change(422, adm, map[string]any{"rapporteringsdag": 29}); s.regelOf(t, "/rapporteringsdag") == "" {
		t.Errorf("%s", s.text)
	}
	if s := p.change(422, adm, map[string]any{"startdatum": "2004-01-01"}); s.regelOf(t, "/startdatum") != "startdatum-last" {
		t.Errorf("%s", s.text)
	}
}

// An insats names its organisation's members of the day.
func TestAnInsatsNamesTheMembersOfTheDay(t *testing.T) {
	p := newHarness(t)
	const adm = "SAMVERKANSADMINISTRATOR A"
	over := register.NyttDatum(2012, 5, 31)
	old := storetest.Insats(t, p.st, p.organisation["A"], func(u *register.Insatsuppgifter) { u.Slutdatum = &over }).ID.String()
	row := func(nummer, fran, tom string) map[string]any {
		r := map[string]any{"organisationsnummer": nummer, "giltigFran": fran, "medlem": true, "finansiar": false, "konsument": false}
		if tom != "" {
			r["giltigTom"] = tom
		}
		return r
	}
	p.change(200, adm, map[string]any{"ingaendeOrganisationer": []map[string]any{row("2021005521", "2005-01-01", "2012-05-31"), row("2120003005", "2012-06-01", "")}})
	for id, want := range map[string]string{old: "Försäkringskassan", p.insats["A1"].ID.String(): "Uppsala kommun"} {
		var i api.Insats
		p.expect(200, adm, "GET", "/v1/insatser/"+id, nil, nil).json(t, &i)
		if got := strings.Join(i.Organisation.Medlemmar, ", "); got != want {
			t.Errorf("%s: %s, not %s", i.Namn, got, want)
		}
	}
}

// Nothing begins after the last day of an organisation; what is within its time may still be written.
func TestASlutdatumClosesWhatBeginsAfterIt(t *testing.T) {
	p := newHarness(t)
	const adm, reg = "SAMVERKANSADMINISTRATOR A", "DELTAGARANSVARIG A1"
	open := p.newDeltagande(reg, "A1")
	waiting := p.newSamtycke(reg, "A1")
	end := p.st.Idag().Plus(-1)
	var o api.Samverkansorganisation
	p.change(200, adm, map[string]any{"slutdatum": end.String()}).json(t, &o)
	if o.AntalOppna == nil || *o.AntalOppna != 1 {
		t.Errorf("%v are said to be open", o.AntalOppna)
	}
	insatser := "/v1/insatser/" + p.insats["A1"].ID.String()
	today := p.st.Idag().String()
	for path, c := range map[string]struct {
		who, pekare string
		body        map[string]any
	}{
		"/v1/insatser":            {adm, "/startdatum", map[string]any{"organisationId": o.Id, "namn": "Ny", "startdatum": today, "inriktning": "INDIVIDINRIKTAD", "preciseradInriktning": "REHABILITERING"}},
		insatser + "/deltaganden": {reg, "/startdag", with(inregistrering(waiting), "startdag", today)},
		insatser + "/uppdrag":     {adm, "/franOchMed", map[string]any{"anvandareId": p.newAnvandare(medlem, register.RollDeltagaransvarig), "roll": "DELTAGARANSVARIG", "franOchMed": today}},
		organisationer + "/" + o.Id.String() + "/uppdrag": {adm, "/franOchMed", map[string]any{"anvandareId": p.newAnvandare(medlem, register.RollInsatsansvarig), "roll": "INSATSANSVARIG", "franOchMed": today}},
		"/v1/deltaganden/" + open + "/utregistreringar":   {reg, "/avslutningsdag", with(utregistrering(), "avslutningsdag", today)},
	} {
		if s := p.expect(422, c.who, "POST", path, c.body, nil); s.regelOf(t, c.pekare) != "utanfor-organisationen" {
			t.Errorf("%s: %s", path, s.text)
		}
	}
	p.expect(201, reg, "POST", insatser+"/deltaganden", with(inregistrering(waiting), "startdag", end.String()), nil)
	p.expect(201, reg, "POST", "/v1/deltaganden/"+open+"/utregistreringar", with(utregistrering(), "avslutningsdag", end.String()), nil)
}
