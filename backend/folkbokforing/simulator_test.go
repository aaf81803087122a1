package folkbokforing

import (
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"
)

// posta sends a raw question with the right certificate.
func posta(t *testing.T, k *Klient, metod, adress, typ, action, body string) (int, string) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), metod, adress, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Content-Type", typ)
	if action != "" {
		req.Header.Set("SOAPAction", action)
	}
	svar, err := k.http.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = svar.Body.Close() }()
	b, err := io.ReadAll(svar.Body)
	if err != nil {
		t.Fatal(err)
	}
	return svar.StatusCode, string(b)
}

func TestTheSimulatorRefusesWhatNavetDoesNotKnow(t *testing.T) {
	k := klient(t, starta(t).Options())
	ratt := k.fore + provnummer + k.efter
	if status, svar := posta(t, k, "POST", k.url, "text/xml; charset=utf-8", soapAction, ratt); status != 200 || !strings.Contains(svar, "<Fornamn>") {
		t.Fatalf("the right question: %d", status)
	}
	byt := func(fran, till string) string {
		ny := strings.Replace(ratt, fran, till, 1)
		if ny == ratt {
			t.Fatalf("%q does not stand in the question", fran)
		}
		return ny
	}
	for namn, body := range map[string]string{
		"tom":                   "",
		"okänt element sist":    byt("</v1:PersonId>", "</v1:PersonId><v1:Historik>J</v1:Historik>"),
		"okänt element först":   byt("<v1:Bestallning>", "<v1:Extra/><v1:Bestallning>"),
		"okänt i beställningen": byt("</v1:BestallningsId>", "</v1:BestallningsId><v1:X/>"),
		"okänt i Body":          byt("</soapenv:Body>", "<x/></soapenv:Body>"),
		"okänt i Header":        byt("<soapenv:Header/>", "<soapenv:Header><x/></soapenv:Header>"),
		"okänt i Envelope":      byt("</soapenv:Envelope>", "<x/></soapenv:Envelope>"),
		"element i PersonId":    byt(provnummer, provnummer+"<x/>"),
		"attribut":              byt("<v1:PersonId>", `<v1:PersonId typ="x">`),
		"text mellan element":   byt("<v1:PersonId>", "text<v1:PersonId>"),
		"två PersonId":          byt("<v1:PersonId>", "<v1:PersonId>"+provnummer+"</v1:PersonId><v1:PersonId>"),
		"ingen beställning":     byt("<v1:Bestallning><v1:OrgNr>"+SimulatorOrgnr+"</v1:OrgNr><v1:BestallningsId>"+SimulatorBestallning+"</v1:BestallningsId></v1:Bestallning>", ""),
		"annan beställare":      byt(SimulatorOrgnr, "162021000000"),
		"annan namnrymd":        byt(nsNavet, "urn:annan"),
		"SOAP 1.2":              byt(nsSoap, "http://www.w3.org/2003/05/soap-envelope"),
		"tio siffror":           byt(provnummer, provnummer[2:]),
		"bindestreck":           byt(provnummer, provnummer[:8]+"-"+provnummer[8:]),
		"mellanslag":            byt(provnummer, " "+provnummer),
		"dokumenttyp":           byt("<soapenv:Envelope", "<!DOCTYPE x><soapenv:Envelope"),
		"entitet":               byt(provnummer, "&pnr;"),
		"mer efter kuvertet":    ratt + "<x/>",
		"för stor":              ratt + strings.Repeat(" ", maxFraga),
	} {
		t.Run(namn, func(t *testing.T) {
			status, svar := posta(t, k, "POST", k.url, "text/xml; charset=utf-8", soapAction, body)
			if status != http.StatusInternalServerError || !strings.Contains(svar, "<faultcode>S:Client</faultcode>") || strings.Contains(svar, provnummer) {
				t.Errorf("%d %s", status, svar)
			}
		})
	}
	for namn, f := range map[string]struct {
		metod, adress, typ, action string
		status                     int
	}{
		"GET":            {"GET", k.url, "text/xml", soapAction, 405},
		"PUT":            {"PUT", k.url, "text/xml", soapAction, 405},
		"JSON":           {"POST", k.url, "application/json", soapAction, 415},
		"SOAP 1.2:s typ": {"POST", k.url, "application/soap+xml", soapAction, 415},
		"latin-1":        {"POST", k.url, "text/xml; charset=iso-8859-1", soapAction, 415},
		"ingen åtgärd":   {"POST", k.url, "text/xml", "", 500},
		"annan åtgärd":   {"POST", k.url, "text/xml", `"annan"`, 500},
		"frågedel":       {"POST", k.url + "?x=1", "text/xml", soapAction, 500},
		"annan adress":   {"POST", strings.TrimSuffix(k.url, "XML"), "text/xml", soapAction, 404},
	} {
		if status, _ := posta(t, k, f.metod, f.adress, f.typ, f.action, ratt); status != f.status {
			t.Errorf("%s: %d, want %d", namn, status, f.status)
		}
	}
}

func TestTheSimulatorKnowsRealTestNumbersOnly(t *testing.T) {
	for n, finns := range map[string]bool{
		provnummer:                                    true,
		provnummer[:11] + "3":                         false, // check digit
		siffror("19770161"):                           true,  // samordningsnummer
		siffror("19770160"):                           true,  // samordningsnummer of an unknown day
		siffror("19770060"):                           true,  // of an unknown date
		siffror("19770091"):                           true,  // of an unknown month
		siffror("19770092"):                           false,
		siffror("19770017"):                           false, // month 00 of what is no samordningsnummer
		siffror("19771360"):                           false,
		siffror("19770100"):                           false,
		siffror("19770230"):                           false,
		siffror("19771301"):                           false,
		"19770117240" + string(kontroll("770117240")): false, // another serial
	} {
		if got := personpost(n) != ""; got != finns {
			t.Errorf("%s: %v", n, got)
		}
	}
}

func TestWhoseDateOfBirthIsNotEstablishedHasNoFateByIt(t *testing.T) {
	for dag := 60; dag <= 91; dag++ {
		n := siffror(fmt.Sprintf("198000%d", dag))
		p, err := SimulatorPost(nummer(t, n), time.Time{})
		if err != nil || !p.Hittad || p.Avregistrerad || p.ArSkyddad() || p.NyttNummer != "" || p.Namn == "" || p.Kommun == "" {
			t.Errorf("month 00, day %d: %+v (%v)", dag, p, err)
		}
	}
}
