package sms

import (
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
)

func TestTheSimulatorRefusesWhat46elksDoesNotKnow(t *testing.T) {
	s := starta(t)
	k := klient(t, s.Options())
	posta := func(metod, adress, typ, body string, behorig bool) (int, string) {
		t.Helper()
		req, err := http.NewRequestWithContext(t.Context(), metod, adress, strings.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		req.Header.Set("Content-Type", typ)
		if behorig {
			req.SetBasicAuth(s.anvandare, s.losenord)
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
		return svar.StatusCode, strings.TrimSpace(string(b))
	}
	const form = "application/x-www-form-urlencoded"
	const ratt = "from=SUS&to=%2B46701740605&message=hej"
	if status, svar := posta("POST", s.URL, form, ratt, true); status != 200 {
		t.Fatalf("the right form: %d %s", status, svar)
	}
	for _, f := range []struct {
		body, vill string
	}{
		{ratt + "&okant=1", "Unknown key"},
		{ratt + "&to=%2B46701740606", "Repeated key to"},
		{"to=%2B46701740605&message=hej", "Missing key from"},
		{"from=SUS&message=hej", "Missing key to"},
		{"from=SUS&to=%2B46701740605", "Missing key message"},
		{"from=SUS&to=%2B46701740605&message=", "Missing key message"},
		{"from=SUS&to=0701740605&message=hej", "Invalid to number"},
		{"from=SUS&to=+46701740605&message=hej", "Invalid to number"}, // an unescaped + is a space
		{"from=F%C3%B6r&to=%2B46701740605&message=hej", "Invalid from"},
		{"from=SUS&to=%2B46701740605&message=%ff", "Invalid message"},
		{ratt + "&flashsms=ja", "Invalid value for flashsms"},
		{ratt + "&dontlog=to", "Invalid value for dontlog"},
		{ratt + "&whendelivered=ftp://x", "Invalid URL for whendelivered"},
		{"from=%zz", "Invalid form data"},
		{ratt + strings.Repeat("x", maxSimulatorbody), "Body too large"},
	} {
		if status, svar := posta("POST", s.URL, form, f.body, true); status != http.StatusBadRequest || !strings.HasPrefix(svar, f.vill) || strings.Contains(svar, "70174") {
			t.Errorf("want %q: %d %s", f.vill, status, svar)
		}
	}
	for namn, f := range map[string]struct {
		metod, adress, typ string
		behorig            bool
		status             int
	}{
		"JSON":             {"POST", s.URL, "application/json", true, 400},
		"frågedel":         {"POST", s.URL + "?to=x", form, true, 400},
		"GET":              {"GET", s.URL, form, true, 405},
		"annan adress":     {"POST", s.URL + "/x", form, true, 404},
		"utan lösenord":    {"POST", s.URL, form, false, 401},
		"listan utan":      {"GET", strings.TrimSuffix(s.URL, SimulatorVag) + meddelandenVag, "", false, 401},
		"listan skrivs ej": {"POST", strings.TrimSuffix(s.URL, SimulatorVag) + meddelandenVag, form, true, 405},
	} {
		if status, _ := posta(f.metod, f.adress, f.typ, ratt, f.behorig); status != f.status {
			t.Errorf("%s: %d, want %d", namn, status, f.status)
		}
	}
	if lista, err := k.Lista(t.Context()); err != nil || len(lista) != 1 {
		t.Errorf("%d were taken, %v", len(lista), err)
	}
}

func TestTheSimulatorRemembersTheLast200Messages(t *testing.T) {
	k := klient(t, starta(t).Options())
	for i := range simulatorMinne + 7 {
		if err := k.Skicka(t.Context(), Meddelande{Till: mobil, Text: fmt.Sprintf("%d %s", i, strings.Repeat("å", 450))}); err != nil {
			t.Fatal(err)
		}
	}
	lista, err := k.Lista(t.Context())
	if err != nil || len(lista) != simulatorMinne || !strings.HasPrefix(lista[0].Text, "206 ") || !strings.HasPrefix(lista[199].Text, "7 ") || lista[0].Delar != 3 {
		t.Errorf("%d %v", len(lista), err)
	}
}
