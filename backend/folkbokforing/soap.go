package folkbokforing

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"sus/backend/register"
)

// Navet's names. The inner elements of an answer stand in no namespace.
const (
	nsSoap  = "http://schemas.xmlsoap.org/soap/envelope/"
	nsNavet = "http://xmls.skatteverket.se/se/skatteverket/folkbokforing/na/epersondata/V1"
	// soapAction: SOAP 1.1 wants the header; the empty value says that the
	// address carries the intent, as the service has one operation.
	soapAction = `""`

	// orsakNyttNummer is the reason of an Avregistrering after which the person
	// lives on under HanvisningsPersonNr («gammalt nummer»). Without it the
	// hänvisning points back at an older number.
	orsakNyttNummer = "GN"

	maxDjup = 32
	maxNamn = 300 // characters of a whole name
)

// fraga is the question before and after the number. The values are checked by
// Ny and need no escaping.
func fraga(orgnr, bestallningID string) (fore, efter string) {
	return xml.Header + `<soapenv:Envelope xmlns:soapenv="` + nsSoap + `" xmlns:v1="` + nsNavet + `">` +
			`<soapenv:Header/><soapenv:Body><v1:PersonpostRequest><v1:Bestallning><v1:OrgNr>` + orgnr +
			`</v1:OrgNr><v1:BestallningsId>` + bestallningID + `</v1:BestallningsId></v1:Bestallning><v1:PersonId>`,
		`</v1:PersonId></v1:PersonpostRequest></soapenv:Body></soapenv:Envelope>`
}

// kuvert is an answer. Everything that may stand once is a slice where a second
// one would otherwise silently win.
type kuvert struct {
	XMLName xml.Name `xml:"http://schemas.xmlsoap.org/soap/envelope/ Envelope"`
	Body    []struct {
		Fault []struct {
			Detail nod `xml:"detail"`
		} `xml:"http://schemas.xmlsoap.org/soap/envelope/ Fault"`
		Svar []struct {
			Poster []struct {
				Post []folkbokforingspost `xml:"Folkbokforingspost"`
			} `xml:"http://xmls.skatteverket.se/se/skatteverket/folkbokforing/na/epersondata/V1 Folkbokforingsposter"`
		} `xml:"http://xmls.skatteverket.se/se/skatteverket/folkbokforing/na/epersondata/V1 PersonpostXMLResponse"`
	} `xml:"http://schemas.xmlsoap.org/soap/envelope/ Body"`
}

type folkbokforingspost struct {
	Sekretessmarkering   []string `xml:"Sekretessmarkering"`
	SkyddadFolkbokforing []string `xml:"SkyddadFolkbokforing"`
	Personpost           []struct {
		PersonNr            []string `xml:"PersonId>PersonNr"`
		HanvisningsPersonNr []string `xml:"HanvisningsPersonNr"`
		Avregistrering      []struct {
			Orsak []string `xml:"AvregistreringsorsakKod"`
		} `xml:"Avregistrering"`
		Namn []struct {
			Fornamn        string
			Mellannamn     string
			Efternamn      string
			Aviseringsnamn string
		} `xml:"Namn"`
		Folkbokforing []struct {
			LanKod    string
			KommunKod string
		} `xml:"Folkbokforing"`
	} `xml:"Personpost"`
}

// nod is any element.
type nod struct {
	XMLName  xml.Name
	Attribut []xml.Attr `xml:",any,attr"`
	Barn     []nod      `xml:",any"`
	Text     string     `xml:",chardata"`
}

// forsta is the text of the first element of that local name, in n or below it.
func (n nod) forsta(namn string) string {
	if n.XMLName.Local == namn {
		return strings.TrimSpace(n.Text)
	}
	for _, b := range n.Barn {
		if t := b.forsta(namn); t != "" {
			return t
		}
	}
	return ""
}

var (
	errTolka    = errors.New("svaret går inte att tolka")
	tolvSiffror = regexp.MustCompile(`^\d{12}$`)
	tvaSiffror  = regexp.MustCompile(`^\d{2}$`)
	felkodForm  = regexp.MustCompile(`^[0-9A-Za-z_:.-]{1,8}$`)
)

// tolka reads an answer to the question about siffror. Its errors are our own
// words: nothing of the answer is repeated.
func tolka(r io.Reader, siffror string) (register.Folkbokforingspost, error) {
	var tom register.Folkbokforingspost
	var k kuvert
	if err := lasXML(r, &k); err != nil {
		return tom, err
	}
	if len(k.Body) != 1 {
		return tom, errTolka
	}
	body := k.Body[0]
	if len(body.Fault) > 0 {
		if kod := body.Fault[0].Detail.forsta("Felkod"); felkodForm.MatchString(kod) {
			return tom, fmt.Errorf("SOAP Fault, felkod %s", kod)
		}
		return tom, errors.New("SOAP Fault")
	}
	if len(body.Svar) != 1 || len(body.Svar[0].Poster) > 1 {
		return tom, errTolka
	}
	// Navet answers a number it does not have with no post at all.
	if len(body.Svar[0].Poster) == 0 || len(body.Svar[0].Poster[0].Post) == 0 {
		return register.Folkbokforingspost{Skydd: register.SkyddInget}, nil
	}
	if len(body.Svar[0].Poster[0].Post) > 1 {
		return tom, errTolka
	}
	return post(body.Svar[0].Poster[0].Post[0], siffror)
}

func post(f folkbokforingspost, siffror string) (register.Folkbokforingspost, error) {
	var tom register.Folkbokforingspost
	if len(f.Personpost) != 1 {
		return tom, errTolka
	}
	p := f.Personpost[0]
	if len(p.PersonNr) != 1 || strings.TrimSpace(p.PersonNr[0]) != siffror {
		return tom, errors.New("svaret gäller en annan person")
	}
	if len(p.Namn) > 1 || len(p.Folkbokforing) > 1 || len(p.Avregistrering) > 1 || len(p.HanvisningsPersonNr) > 1 {
		return tom, errTolka
	}
	ut := register.Folkbokforingspost{Hittad: true, Skydd: skydd(f)}
	ut.Avregistrerad = len(p.Avregistrering) == 1
	if len(p.HanvisningsPersonNr) == 1 && strings.TrimSpace(p.HanvisningsPersonNr[0]) != "" {
		hanvisning := strings.TrimSpace(p.HanvisningsPersonNr[0])
		if !tolvSiffror.MatchString(hanvisning) {
			return tom, errTolka
		}
		if ut.Avregistrerad && len(p.Avregistrering[0].Orsak) == 1 && strings.TrimSpace(p.Avregistrering[0].Orsak[0]) == orsakNyttNummer {
			ut.NyttNummer = hanvisning
		} else {
			ut.TidigareNummer = hanvisning
		}
	}
	if ut.Skydd != register.SkyddInget {
		return ut, nil // neither name nor kommun leaves this function
	}
	if len(p.Namn) == 1 {
		n := p.Namn[0]
		delar := strings.Fields(n.Fornamn + " " + n.Mellannamn + " " + n.Efternamn)
		if len(delar) == 0 {
			delar = strings.Fields(n.Aviseringsnamn)
		}
		ut.Namn = norm.NFC.String(strings.Join(delar, " "))
		if utf8.RuneCountInString(ut.Namn) > maxNamn {
			return tom, errTolka
		}
	}
	if len(p.Folkbokforing) == 1 {
		lan, kommun := strings.TrimSpace(p.Folkbokforing[0].LanKod), strings.TrimSpace(p.Folkbokforing[0].KommunKod)
		// Neither stands for somebody who has left the country.
		if lan != "" || kommun != "" {
			if !tvaSiffror.MatchString(lan) || !tvaSiffror.MatchString(kommun) {
				return tom, errTolka
			}
			ut.Kommun = lan + kommun
		}
	}
	return ut, nil
}

// skydd reads the two markings. Anything but a plain no protects: a value we do
// not know must not lay a person bare.
func skydd(f folkbokforingspost) register.Skydd {
	if markerad(f.SkyddadFolkbokforing) {
		return register.SkyddSkyddadFolkbokforing
	}
	if markerad(f.Sekretessmarkering) {
		return register.SkyddSekretessmarkering
	}
	return register.SkyddInget
}

func markerad(varden []string) bool {
	for _, v := range varden {
		switch strings.ToUpper(strings.TrimSpace(v)) {
		case "", "N", "NEJ":
		default:
			return true
		}
	}
	return false
}

// lasXML decodes one document, with nothing but space and comments around it.
func lasXML(r io.Reader, in any) error {
	d := xml.NewTokenDecoder(&strangXML{ra: xml.NewDecoder(r)})
	if err := d.Decode(in); err != nil {
		return errTolka
	}
	for {
		t, err := d.Token()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return errTolka
		}
		switch t := t.(type) {
		case xml.CharData:
			if strings.TrimSpace(string(t)) != "" {
				return errTolka
			}
		case xml.Comment:
		default:
			return errTolka
		}
	}
}

// strangXML lets through what a SOAP message may hold and nothing else: no
// document type (so no entities of its own), no processing instruction after
// the declaration, no bottomless nesting.
type strangXML struct {
	ra    *xml.Decoder
	djup  int
	nagot bool
}

func (s *strangXML) Token() (xml.Token, error) {
	t, err := s.ra.RawToken()
	if err != nil {
		return nil, err
	}
	switch t := t.(type) {
	case xml.Directive:
		return nil, errTolka
	case xml.ProcInst:
		if s.nagot || t.Target != "xml" {
			return nil, errTolka
		}
	case xml.StartElement:
		if s.djup++; s.djup > maxDjup {
			return nil, errTolka
		}
	case xml.EndElement:
		s.djup--
	}
	s.nagot = true
	return t, nil
}
