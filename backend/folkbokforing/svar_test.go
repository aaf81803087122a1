package folkbokforing

import (
	"io"
	"net/http"
	"os"
	"strings"
	"testing"
	"time"

	"sus/backend/devcert"
	"sus/backend/register"
)

// egenServer is Navet's place taken by h, over the same mutual TLS.
func egenServer(t testing.TB, h http.HandlerFunc) Options {
	t.Helper()
	cert, err := devcert.Sakerstall(t.TempDir(), time.Now())
	if err != nil {
		t.Fatal(err)
	}
	konf, err := cert.ServerMTLS()
	if err != nil {
		t.Fatal(err)
	}
	s, err := devcert.Starta(t.Context(), "127.0.0.1:0", konf, h)
	if err != nil {
		t.Fatal(err)
	}
	return SimulatorOptions("https://"+s.Addr+SimulatorVag, cert)
}

func kopiera(t *testing.T, fran, till string) {
	t.Helper()
	b, err := os.ReadFile(fran)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(till, b, 0o600); err != nil {
		t.Fatal(err)
	}
}

const provnummer = "197701172392"

func svarMed(post string) string { return svarFore + post + svarEfter }

func rattPost(inne string) string {
	return `<Folkbokforingspost><Personpost><PersonId><PersonNr>` + provnummer + `</PersonNr></PersonId>` + inne + `</Personpost></Folkbokforingspost>`
}

func TestAnAnswerThatIsNotWhatItShouldBeIsRefused(t *testing.T) {
	namn := `<Namn><Fornamn>Hemlig</Fornamn><Efternamn>Person</Efternamn></Namn>`
	hel := svarMed(rattPost(namn))
	utanHuvud := strings.TrimPrefix(hel, `<?xml version="1.0" encoding="UTF-8"?>`)
	bomb := `<!DOCTYPE lolz [<!ENTITY a "Hemlig"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>`
	fall := map[string]string{
		"tomt":                   "",
		"inte XML":               "Hemlig",
		"avbrutet":               hel[:len(hel)-40],
		"entitetsbomb":           bomb + strings.Replace(utanHuvud, "Hemlig", "&c;", 1),
		"extern entitet":         `<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>` + strings.Replace(utanHuvud, "Hemlig", "&e;", 1),
		"doctype utan entitet":   `<!DOCTYPE Envelope>` + utanHuvud,
		"okänd entitet":          strings.Replace(hel, "Hemlig", "&nbsp;", 1),
		"instruktion inuti":      strings.Replace(hel, namn, `<?php echo ?>`+namn, 1),
		"annan teckenkodning":    strings.Replace(hel, "UTF-8", "ISO-8859-1", 1),
		"för djupt":              svarMed(rattPost(strings.Repeat("<a>", 100) + strings.Repeat("</a>", 100))),
		"något efteråt":          hel + "<mer/>",
		"text efteråt":           hel + "Hemlig",
		"SOAP 1.2":               strings.ReplaceAll(hel, nsSoap, "http://www.w3.org/2003/05/soap-envelope"),
		"annan namnrymd":         strings.ReplaceAll(hel, nsNavet, "urn:annan"),
		"inget svar i kuvertet":  strings.Replace(strings.Replace(hel, "ns0:PersonpostXMLResponse ", "ns0:Annat ", 1), "/ns0:PersonpostXMLResponse", "/ns0:Annat", 1),
		"två poster":             svarMed(rattPost(namn) + rattPost(namn)),
		"två personer i en post": svarMed(`<Folkbokforingspost><Personpost/><Personpost/></Folkbokforingspost>`),
		"två namn":               svarMed(rattPost(namn + namn)),
		"en annan person":        strings.Replace(hel, provnummer, "197701182383", 1),
		"inget nummer":           strings.Replace(hel, "<PersonNr>"+provnummer+"</PersonNr>", "", 1),
		"två nummer":             strings.Replace(hel, "</PersonNr>", "</PersonNr><PersonNr>"+provnummer+"</PersonNr>", 1),
		"kommun utan län":        svarMed(rattPost(`<Folkbokforing><KommunKod>80</KommunKod></Folkbokforing>`)),
		"kommun i ord":           svarMed(rattPost(`<Folkbokforing><LanKod>01</LanKod><KommunKod>Sthlm</KommunKod></Folkbokforing>`)),
		"nytt nummer i ord":      svarMed(rattPost(`<HanvisningsPersonNr>snart</HanvisningsPersonNr><Avregistrering><AvregistreringsorsakKod>GN</AvregistreringsorsakKod></Avregistrering>`)),
		"gammalt nummer i ord":   svarMed(rattPost(`<HanvisningsPersonNr>förut</HanvisningsPersonNr>`)),
		"orimligt namn":          svarMed(rattPost(`<Namn><Fornamn>` + strings.Repeat("Hemlig", 100) + `</Fornamn></Namn>`)),
		"för stort":              svarMed(rattPost(namn) + "<!--" + strings.Repeat("x", maxSvar) + "-->"),
	}
	var svar string
	k := klient(t, egenServer(t, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/xml; charset=utf-8")
		_, _ = io.WriteString(w, svar)
	}))
	svar = hel
	if p := sok(t, k, nummer(t, provnummer)); p.Namn != "Hemlig Person" {
		t.Fatalf("the right answer is not read: %+v", p)
	}
	for fel, body := range fall {
		t.Run(fel, func(t *testing.T) {
			svar = body
			_, err := k.Sok(t.Context(), nummer(t, provnummer))
			krav(t, err, provnummer, "Hemlig")
		})
	}
}

func TestAnHTTPAnswerThatIsNotSOAPIsRefused(t *testing.T) {
	for namn, h := range map[string]http.HandlerFunc{
		"HTML": func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "text/html")
			_, _ = io.WriteString(w, svarMed(rattPost("")))
		},
		"404": func(w http.ResponseWriter, r *http.Request) { http.NotFound(w, r) },
		"503": func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusServiceUnavailable) },
		"500 utan Fault": func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "text/xml")
			w.WriteHeader(http.StatusInternalServerError)
			_, _ = io.WriteString(w, svarMed(rattPost("")))
		},
		"omdirigering": func(w http.ResponseWriter, r *http.Request) {
			if r.URL.Path != "/annan" {
				http.Redirect(w, r, "/annan", http.StatusTemporaryRedirect)
				return
			}
			w.Header().Set("Content-Type", "text/xml")
			_, _ = io.WriteString(w, svarMed(rattPost("")))
		},
		"HTTP som inte är HTTP": func(w http.ResponseWriter, _ *http.Request) {
			c, _, err := http.NewResponseController(w).Hijack()
			if err == nil {
				_, _ = io.WriteString(c, "HTTP/9 "+provnummer+"\r\n\r\n")
				_ = c.Close()
			}
		},
	} {
		t.Run(namn, func(t *testing.T) {
			_, err := klient(t, egenServer(t, h)).Sok(t.Context(), nummer(t, provnummer))
			krav(t, err, provnummer)
		})
	}
}

func TestASOAPFaultIsOtillgangligAndOnlyItsCodeIsTold(t *testing.T) {
	o := starta(t).Options()
	o.BestallningID = "00000000-FO01-0000" // an order the simulator does not have
	_, err := klient(t, o).Sok(t.Context(), nummer(t, provnummer))
	krav(t, err, provnummer, "inparametrar")
	if !strings.Contains(err.Error(), "SOAP Fault, felkod 1") {
		t.Errorf("got %v", err)
	}
}

func TestAMarkingThatIsNotAPlainNoProtects(t *testing.T) {
	namn := `<Namn><Fornamn>Hemlig</Fornamn><Efternamn>Person</Efternamn></Namn>`
	for markning, vill := range map[string]register.Skydd{
		`<Sekretessmarkering>N</Sekretessmarkering>`:                                                                     register.SkyddInget,
		`<Sekretessmarkering/><SkyddadFolkbokforing/>`:                                                                   register.SkyddInget,
		`<Sekretessmarkering>J</Sekretessmarkering>`:                                                                     register.SkyddSekretessmarkering,
		`<Sekretessmarkering>x</Sekretessmarkering>`:                                                                     register.SkyddSekretessmarkering,
		`<Sekretessmarkering>J</Sekretessmarkering><Sekretessmarkering>N</Sekretessmarkering>`:                           register.SkyddSekretessmarkering,
		`<Sekretessmarkering>J</Sekretessmarkering><SkyddadFolkbokforing>J</SkyddadFolkbokforing>`:                       register.SkyddSkyddadFolkbokforing,
		`<Sekretessmarkering>N</Sekretessmarkering><SkyddadFolkbokforing> ja </SkyddadFolkbokforing>`:                    register.SkyddSkyddadFolkbokforing,
		`<x:Sekretessmarkering xmlns:x="urn:ny">J</x:Sekretessmarkering>`:                                                register.SkyddSekretessmarkering,
		`<SkyddadFolkbokforing>N</SkyddadFolkbokforing><!-- c --><Sekretessmarkering><![CDATA[J]]></Sekretessmarkering>`: register.SkyddSekretessmarkering,
	} {
		svar := strings.Replace(svarMed(rattPost(namn)), "<Folkbokforingspost>", "<Folkbokforingspost>"+markning, 1)
		p, err := tolka(strings.NewReader(svar), provnummer)
		if err != nil || p.Skydd != vill || (p.Namn == "") != (vill != register.SkyddInget) {
			t.Errorf("%s: %+v %v", markning, p, err)
		}
	}
}

func TestAHanvisningLeadsToTheNewNumberOfADeregisteredOneAndElseToTheOld(t *testing.T) {
	const annat = "197701182383"
	hanvisning := `<HanvisningsPersonNr>` + annat + `</HanvisningsPersonNr>`
	for inne, vill := range map[string][2]string{ // the new one, the old one
		hanvisning: {"", annat},
		hanvisning + `<Avregistrering><AvregistreringsorsakKod>AV</AvregistreringsorsakKod></Avregistrering>`:                        {"", annat},
		hanvisning + `<Avregistrering><AvregistreringsorsakKod>GN</AvregistreringsorsakKod></Avregistrering>`:                        {annat, ""},
		`<HanvisningsPersonNr/><Avregistrering><AvregistreringsorsakKod>GN</AvregistreringsorsakKod></Avregistrering>`:               {},
		`<HanvisningsPersonNr> ` + annat + ` </HanvisningsPersonNr><Namn><Fornamn>Alva</Fornamn></Namn>`:                             {"", annat},
		`<Avregistrering><AvregistreringsorsakKod>GN</AvregistreringsorsakKod></Avregistrering><Namn><Fornamn>Alva</Fornamn></Namn>`: {},
	} {
		for _, markning := range []string{"", `<Sekretessmarkering>J</Sekretessmarkering>`} {
			svar := strings.Replace(svarMed(rattPost(inne)), "<Folkbokforingspost>", "<Folkbokforingspost>"+markning, 1)
			p, err := tolka(strings.NewReader(svar), provnummer)
			if err != nil || p.NyttNummer != vill[0] || p.TidigareNummer != vill[1] {
				t.Errorf("%s%s: %q and %q, want %q: %v", markning, inne, p.NyttNummer, p.TidigareNummer, vill, err)
			}
		}
	}
}

func TestANameIsReadFromItsPartsOrElseAsItIsPrinted(t *testing.T) {
	for namn, vill := range map[string]string{
		`<Fornamn>Åsa  Maria</Fornamn><Mellannamn>Öst</Mellannamn><Efternamn>Ärlig</Efternamn>`: "Åsa Maria Öst Ärlig",
		"<Fornamn>Åsa\n</Fornamn><Efternamn>\tO&apos;Ärlig &amp; Co</Efternamn>":                "Åsa O'Ärlig & Co",
		`<Aviseringsnamn>Ärlig, Åsa</Aviseringsnamn>`:                                           "Ärlig, Åsa",
		``: "",
	} {
		p, err := tolka(strings.NewReader(svarMed(rattPost(`<Namn>`+namn+`</Namn>`))), provnummer)
		if err != nil || p.Namn != vill {
			t.Errorf("%q, want %q: %v", p.Namn, vill, err)
		}
	}
}

func FuzzNoAnswerLaysAProtectedPersonBare(f *testing.F) {
	f.Add(svarMed(personpost(provnummer)))
	f.Add(svarMed(personpost(siffror("19900113"))))
	f.Add(svarMed(""))
	f.Fuzz(func(t *testing.T, svar string) {
		p, err := tolka(strings.NewReader(svar), provnummer)
		if (err != nil || !p.Hittad || p.Skydd != register.SkyddInget) && (p.Namn != "" || p.Kommun != "") {
			t.Errorf("%+v %v", p, err)
		}
		if err == nil && p.Kommun != "" && len(p.Kommun) != 4 {
			t.Errorf("%+v", p)
		}
	})
}
