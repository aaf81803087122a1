package folkbokforing

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"strings"
	"time"

	"sus/backend/devcert"
)

// What the simulator answers to: Navet's address, and one order.
const (
	SimulatorVag         = "/na/na_epersondata/V3/personpostXML"
	SimulatorOrgnr       = "162021004748"
	SimulatorBestallning = "00000236-FO01-0001"

	maxFraga = 16 << 10
)

// Simulator is a running stand-in for Navet.
type Simulator struct {
	URL string // for Options.URL
	*devcert.Server
	cert devcert.Filer
	*svarare
}

// StartaSimulator serves the simulator on addr («127.0.0.1:0» picks a port),
// with the certificates of certDir, made when missing, until ctx ends. Callers
// without a client certificate of that folder's CA are refused in the handshake.
func StartaSimulator(ctx context.Context, addr, certDir string) (*Simulator, error) {
	cert, err := devcert.Sakerstall(certDir, time.Now())
	if err != nil {
		return nil, err
	}
	konf, err := cert.ServerMTLS()
	if err != nil {
		return nil, err
	}
	svar := nySvarare()
	s, err := devcert.Starta(ctx, addr, konf, svar.handler())
	if err != nil {
		return nil, err
	}
	return &Simulator{URL: "https://" + s.Addr + SimulatorVag, Server: s, cert: cert, svarare: svar}, nil
}

// Options make a client of this simulator.
func (s *Simulator) Options() Options { return SimulatorOptions(s.URL, s.cert) }

// SimulatorOptions make a client of a simulator at url that runs elsewhere with
// the same certificates.
func SimulatorOptions(url string, cert devcert.Filer) Options {
	return Options{
		URL:           url,
		CAFil:         cert.CA,
		CertFil:       cert.KlientCert,
		KeyFil:        cert.KlientKey,
		Orgnr:         SimulatorOrgnr,
		BestallningID: SimulatorBestallning,
	}
}

// SimulatorHandler answers a personpost as Navet does, the same person for the
// same number always. It has the Luhn-valid numbers with serial 238 or 239
// (Skatteverket's test numbers); the day of birth (of a samordningsnummer: less 60,
// and never where its month or day is not established) decides the rest: 13 sekretessmarkering, 14 skyddad folkbokföring, 15 not
// in the register, 16 deregistered, serial 238 as dead, 239 under a new number.
// A protected person's name and kommun are sent along, as Navet may: it is the
// client that must drop them. A script (manus.go) changes what is said of a number
// from a certain time on. Nothing is stored or logged.
func SimulatorHandler() http.Handler { return nySvarare().handler() }

func (s *svarare) handler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc(SimulatorVag, s.svara)
	return mux
}

func (s *svarare) svara(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodPost {
		w.Header().Set("Allow", http.MethodPost)
		http.Error(w, "Method Not Allowed", http.StatusMethodNotAllowed)
		return
	}
	typ, param, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if cs := param["charset"]; err != nil || typ != "text/xml" || (cs != "" && !strings.EqualFold(cs, "utf-8")) {
		http.Error(w, "Unsupported Media Type", http.StatusUnsupportedMediaType)
		return
	}
	if v := r.Header.Values("SOAPAction"); len(v) != 1 || v[0] != soapAction {
		fault(w, "SOAPAction saknas eller är okänd")
		return
	}
	if r.URL.RawQuery != "" {
		fault(w, "Adressen har ingen frågedel")
		return
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxFraga))
	if err != nil {
		fault(w, "Meddelandet är för stort eller bröts")
		return
	}
	siffror, err := lasFraga(body)
	if err != nil {
		fault(w, err.Error())
		return
	}
	l, oppet, err := s.lageAv(siffror)
	if !oppet {
		http.Error(w, "Service Unavailable", http.StatusServiceUnavailable)
		return
	}
	if err != nil {
		fault(w, "Simulatorns manus är fel")
		return
	}
	w.Header().Set("Content-Type", "text/xml; charset=utf-8")
	_, _ = io.WriteString(w, svarFore+l.personpost(siffror)+svarEfter)
}

// fault is SOAP 1.1's refusal. beskrivning is one of our own texts.
func fault(w http.ResponseWriter, beskrivning string) {
	w.Header().Set("Content-Type", "text/xml; charset=utf-8")
	w.WriteHeader(http.StatusInternalServerError)
	_, _ = io.WriteString(w, xml.Header+`<S:Envelope xmlns:S="`+nsSoap+`"><S:Body><S:Fault>`+
		`<faultcode>S:Client</faultcode><faultstring>Felaktiga inparametrar</faultstring>`+
		`<detail><ns0:NaWebServiceException xmlns:ns0="`+nsNavet+`"><Felkod>1</Felkod><Beskrivning>Felaktiga inparametrar: `+
		beskrivning+`</Beskrivning></ns0:NaWebServiceException></detail></S:Fault></S:Body></S:Envelope>`)
}

// lasFraga takes the number out of a question that is exactly as Navet wants it.
func lasFraga(body []byte) (string, error) {
	var rot nod
	if err := lasXML(bytes.NewReader(body), &rot); err != nil {
		return "", errors.New("meddelandet går inte att läsa")
	}
	if !ar(rot, nsSoap, "Envelope") {
		return "", errors.New("kuvertet är inte SOAP 1.1")
	}
	barn := rot.Barn
	if len(barn) > 0 && ar(barn[0], nsSoap, "Header") {
		if len(barn[0].Barn) > 0 {
			return "", errors.New("okänt element i Header")
		}
		barn = barn[1:]
	}
	if len(barn) != 1 || !ar(barn[0], nsSoap, "Body") || len(barn[0].Barn) != 1 || !ar(barn[0].Barn[0], nsNavet, "PersonpostRequest") {
		return "", errors.New("i Body ska en PersonpostRequest stå")
	}
	falt := barn[0].Barn[0].Barn
	if len(falt) != 2 || !ar(falt[0], nsNavet, "Bestallning") || !arText(falt[1], "PersonId") {
		return "", errors.New("okänt, saknat eller upprepat element i PersonpostRequest")
	}
	best := falt[0].Barn
	if len(best) != 2 || !arText(best[0], "OrgNr") || !arText(best[1], "BestallningsId") {
		return "", errors.New("okänt, saknat eller upprepat element i Bestallning")
	}
	if best[0].Text != SimulatorOrgnr || best[1].Text != SimulatorBestallning {
		return "", errors.New("okänd beställning")
	}
	if !tolvSiffror.MatchString(falt[1].Text) {
		return "", errors.New("ett PersonId är tolv siffror")
	}
	return falt[1].Text, nil
}

// ar says that n is that element, holding elements only and no attribute.
func ar(n nod, ns, namn string) bool {
	if n.XMLName.Space != ns || n.XMLName.Local != namn || strings.TrimSpace(n.Text) != "" {
		return false
	}
	return baraNamnrymder(n)
}

// arText says that n is Navet's element of that name, holding text only.
func arText(n nod, namn string) bool {
	return n.XMLName.Space == nsNavet && n.XMLName.Local == namn && len(n.Barn) == 0 && baraNamnrymder(n)
}

func baraNamnrymder(n nod) bool {
	for _, a := range n.Attribut {
		if a.Name.Space != "xmlns" && a.Name.Local != "xmlns" {
			return false
		}
	}
	return true
}

const (
	svarFore = xml.Header + `<S:Envelope xmlns:S="` + nsSoap + `"><S:Body>` +
		`<ns0:PersonpostXMLResponse xmlns:ns1="http://www.skatteverket.se/folkbokforing/na/personpostXML/v2" xmlns:ns0="` + nsNavet + `">` +
		`<ns0:Folkbokforingsposter>`
	svarEfter = `</ns0:Folkbokforingsposter></ns0:PersonpostXMLResponse></S:Body></S:Envelope>`
)

// lage is what the simulator says of a person.
type lage struct {
	finns              bool
	dag                int    // of birth
	skydd              string // the element of the marking, "" for none
	orsak              string // of a deregistration, "" for none
	hanvisning         string // another number of the same person
	fornamn, efternamn string
	kommun             string
}

// orsakAvliden is the reason of an Avregistrering of somebody who has died.
const orsakAvliden = "AV"

// grundlage is what is said of a number without a script.
func grundlage(siffror string) lage {
	dag, ok := testnummer(siffror)
	if !ok {
		return lage{}
	}
	// The spread of a hash: neighbouring numbers are different people.
	h := sha256.Sum256([]byte("navet " + siffror))
	val := func(i, antal int) int { return int(binary.BigEndian.Uint32(h[4*i:]) % uint32(antal)) }
	fornamn := kvinnonamn
	if (siffror[10]-'0')%2 == 1 {
		fornamn = mansnamn
	}
	l := lage{finns: dag != 15, dag: dag, fornamn: fornamn[val(0, len(fornamn))], efternamn: efternamn[val(1, len(efternamn))],
		kommun: kommuner[val(2, len(kommuner))]}
	switch {
	case dag == 13:
		l.skydd = "Sekretessmarkering"
	case dag == 14:
		l.skydd = "SkyddadFolkbokforing"
	case dag == 16 && siffror[8:11] == "239":
		l.orsak, l.hanvisning = orsakNyttNummer, bytt(siffror)
	case dag == 16:
		l.orsak = orsakAvliden
	}
	return l
}

// personpost is the Folkbokforingspost of a number, or nothing.
func personpost(siffror string) string { return grundlage(siffror).personpost(siffror) }

func (l lage) personpost(siffror string) string {
	if !l.finns {
		return ""
	}
	var b strings.Builder
	b.WriteString(`<Folkbokforingspost>`)
	if l.skydd != "" {
		b.WriteString(`<` + l.skydd + `>J</` + l.skydd + `>`)
	}
	b.WriteString(`<Arendeuppgift andringstidpunkt="20200406121712"/><Personpost><PersonId><PersonNr>` + siffror + `</PersonNr></PersonId>`)
	if l.hanvisning != "" {
		b.WriteString(`<HanvisningsPersonNr>` + l.hanvisning + `</HanvisningsPersonNr>`)
	}
	if l.orsak != "" {
		b.WriteString(`<Avregistrering><AvregistreringsorsakKod>` + l.orsak + `</AvregistreringsorsakKod><Avregistreringsdatum>20200406</Avregistreringsdatum></Avregistrering>`)
	}
	fmt.Fprintf(&b, `<Fodelsedatum>%s%02d</Fodelsedatum><Namn><Tilltalsnamnsmarkering>10</Tilltalsnamnsmarkering>`+
		`<Fornamn>%[3]s</Fornamn><Efternamn>%[4]s</Efternamn><Aviseringsnamn>%[4]s, %[3]s</Aviseringsnamn></Namn>`, siffror[:6], l.dag, l.fornamn, l.efternamn)
	if l.orsak == "" {
		b.WriteString(`<Folkbokforing><Folkbokforingsdatum>20100101</Folkbokforingsdatum><LanKod>` + l.kommun[:2] + `</LanKod><KommunKod>` + l.kommun[2:] + `</KommunKod></Folkbokforing>`)
	}
	b.WriteString(`</Personpost></Folkbokforingspost>`)
	return b.String()
}

// testnummer gives the day of birth of a number the simulator has, 0 when month or
// day is not established: such a person is found like others. It checks by itself
// and not with register: the other side shares no rule with us.
func testnummer(s string) (dag int, ok bool) {
	if lopnr := s[8:11]; (lopnr != "238" && lopnr != "239") || kontroll(s[2:11]) != s[11] {
		return 0, false
	}
	dag = int(s[6]-'0')*10 + int(s[7]-'0')
	manad, okand := s[4:6], false
	if dag >= 60 {
		dag -= 60
		if okand = manad == "00" || dag == 0; manad == "00" {
			manad = "01"
		}
	}
	t, err := time.Parse("20060102", fmt.Sprintf("%s%s%02d", s[:4], manad, max(dag, 1)))
	if okand {
		return 0, err == nil
	}
	return dag, err == nil && t.Day() == dag
}

// bytt is the number a person got instead: the next day, serial 238.
func bytt(s string) string {
	ny := []byte(s)
	ny[7]++
	copy(ny[8:], "238")
	ny[11] = kontroll(string(ny[2:11]))
	return string(ny)
}

// kontroll is Luhn's check digit of nine digits.
func kontroll(s string) byte {
	summa := 0
	for i := range len(s) {
		n := int(s[i] - '0')
		if i%2 == 0 {
			n *= 2
		}
		summa += n/10 + n%10
	}
	return byte('0' + (10-summa%10)%10)
}
