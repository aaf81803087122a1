package httpapi

import (
	"bytes"
	"errors"
	"io"
	"mime"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/labstack/echo/v4"

	"sus/backend/register"
)

// valideringsval is how every value is held against its schema.
func (s *server) valideringsval() []openapi3.SchemaValidationOption {
	return []openapi3.SchemaValidationOption{
		openapi3.VisitAsRequest(),
		openapi3.MultiErrors(),
		openapi3.EnableFormatValidation(),
		openapi3.WithStringFormatValidators(s.format()),
	}
}

// format is the string formats of the contract. kin's own take no UUID of
// version 7 and know no personnummer.
func (s *server) format() map[string]openapi3.StringFormatValidator {
	return map[string]openapi3.StringFormatValidator{
		"uuid": openapi3.NewCallbackValidator(func(v string) error {
			if !arUUID(v) {
				return errors.New("uuid")
			}
			return nil
		}),
		"date": openapi3.NewCallbackValidator(func(v string) error {
			d, err := register.ParseDatum(v)
			if err != nil || d.Ar() < 1900 || d.Ar() > 2100 {
				return errors.New("date")
			}
			return nil
		}),
		"personnummer": openapi3.NewCallbackValidator(func(v string) error {
			if len(v) != 12 {
				return nil // the pattern says it
			}
			_, err := register.ParsePersonnummer(v, s.idag())
			return err
		}),
	}
}

// arUUID is true for the one form we write ourselves: 36 characters, lower or
// upper case, any version.
func arUUID(s string) bool {
	if len(s) != 36 {
		return false
	}
	for i := range len(s) {
		c := s[i]
		switch i {
		case 8, 13, 18, 23:
			if c != '-' {
				return false
			}
		default:
			if (c < '0' || c > '9') && (c < 'a' || c > 'f') && (c < 'A' || c > 'F') {
				return false
			}
		}
	}
	return true
}

// validera holds the request against the contract. Parameters of every kind are
// 400, what the body says is 422; each with all its faults at once.
func (s *server) validera(c echo.Context, b *begaran) error {
	if err := s.validerad(c, b); err != nil {
		return err
	}
	b.Idempotens = s.idem(b) // of the body as it was validated
	return nil
}

func (s *server) validerad(c echo.Context, b *begaran) error {
	r := c.Request()
	if err := s.parametrar(c, b); err != nil {
		return err
	}
	if err := b.valjSvarstyp(r.Header["Accept"]); err != nil {
		return err
	}
	if b.op.ifMatch {
		if err := b.lasIfMatch(r.Header); err != nil {
			return err
		}
	}
	if b.op.idempotens && b.nyckel == "" && b.arMaskin() {
		return errNyckelSaknas
	}
	if b.op.kropp == nil {
		return nil
	}
	if b.op.medietyp == formtyp {
		return s.formular(r, b)
	}
	return s.jsonkropp(r, b)
}

const formtyp = "application/x-www-form-urlencoded"

// parametrar checks path, query and headers. A parameter that is not in the
// contract, or stands twice, is a fault: it would otherwise be a filter that
// silently does nothing.
func (s *server) parametrar(c echo.Context, b *begaran) error {
	r := c.Request()
	var fel samlare
	fel.sedda = map[string]bool{}
	for _, p := range b.op.vagparametrar {
		s.parametervarde(&fel, p, c.Param(p.namn))
	}
	if r.URL.RawQuery != "" || harObligatorisk(b.op.fragor) {
		if err := s.fragor(&fel, b, r.URL.RawQuery); err != nil {
			return err
		}
	}
	for _, p := range b.op.huvuden {
		varden := r.Header.Values(p.namn)
		switch {
		case len(varden) > 1:
			fel.ny(p.namn, register.RegelDubblett, "Huvudet får bara sändas en gång.")
		case len(varden) == 1:
			s.parametervarde(&fel, p, varden[0])
			if p.namn == "Idempotency-Key" {
				b.nyckel = varden[0]
			}
		}
	}
	if len(fel.fel) > 0 {
		return nyttAvslag(400, register.RegelOgiltigBegaran, felaktigaParametrar).vid(fel.fel...)
	}
	return nil
}

func harObligatorisk(p []parameter) bool {
	for i := range p {
		if p[i].obligatorisk {
			return true
		}
	}
	return false
}

func (s *server) fragor(fel *samlare, b *begaran, rafraga string) error {
	varden, err := url.ParseQuery(rafraga)
	if err != nil {
		return nyttAvslag(400, register.RegelOgiltigBegaran, "Frågedelen i adressen går inte att tolka.")
	}
	b.fragor = varden
	for namn := range varden {
		if !b.op.harFraga(namn) {
			if rimligtNamn.MatchString(namn) {
				fel.ny(namn, register.RegelOkandParameter)
			} else {
				fel.ny("?", register.RegelOkandParameter, "Adressen har en parameter som inte finns.")
			}
		}
	}
	for _, p := range b.op.fragor {
		v, finns := varden[p.namn]
		switch {
		case !finns && p.obligatorisk:
			fel.ny(p.namn, register.RegelObligatoriskt, "Parametern måste anges.")
		case len(v) > 1:
			fel.ny(p.namn, register.RegelDubblett, "Parametern får bara stå en gång.")
		case finns:
			s.parametervarde(fel, p, v[0])
		}
	}
	return nil
}

func (op *operation) harFraga(namn string) bool {
	for i := range op.fragor {
		if op.fragor[i].namn == namn {
			return true
		}
	}
	return false
}

// parametervarde reads the text as its schema's type and holds it against it.
func (s *server) parametervarde(fel *samlare, p parameter, text string) {
	if !utf8.ValidString(text) || strings.ContainsFunc(text, styrtecken) {
		fel.ny(p.namn, register.RegelOgiltigtTecken, "Värdet innehåller tecken som inte får användas.")
		return
	}
	var v any = text
	switch {
	case p.schema.Type.Is("integer"):
		n, ok := heltal(text)
		if !ok {
			fel.ny(p.namn, register.RegelFelTyp, "Värdet ska vara ett heltal.")
			return
		}
		v = n
	case p.schema.Type.Is("boolean"):
		if text != "true" && text != "false" {
			fel.ny(p.namn, register.RegelFelTyp, "Värdet ska vara true eller false.")
			return
		}
		v = text == "true"
	}
	if err := p.schema.VisitJSON(v, s.val...); err != nil {
		fel.lagg(p.namn, err)
	}
}

func styrtecken(r rune) bool { return r < 0x20 || r == 0x7f }

// heltal reads digits with an optional minus, nothing else that Go's or
// JavaScript's readers would take for a number.
func heltal(s string) (float64, bool) {
	siffror := strings.TrimPrefix(s, "-")
	if siffror == "" || len(siffror) > 15 {
		return 0, false
	}
	for i := range len(siffror) {
		if siffror[i] < '0' || siffror[i] > '9' {
			return 0, false
		}
	}
	n, err := strconv.ParseInt(s, 10, 64)
	return float64(n), err == nil
}

// lasIfMatch reads the version of a strong ETag that we gave. Anything else, a
// list and * included, names no version and is as stale as an old one.
func (b *begaran) lasIfMatch(h http.Header) error {
	varden := h["If-Match"]
	if len(varden) == 0 {
		return errEtagSaknas
	}
	v := strings.TrimSpace(varden[0])
	if len(varden) > 1 || len(v) < 3 || len(v) > 12 || v[0] != '"' || v[len(v)-1] != '"' {
		return errForaldrad
	}
	n, ok := heltal(v[1 : len(v)-1])
	if !ok || n < 1 || etag(int(n)) != v {
		return errForaldrad
	}
	b.Version = int(n)
	return nil
}

// lasKropp reads at most maxKropp bytes.
func lasKropp(r *http.Request) ([]byte, error) {
	if r.ContentLength > maxKropp {
		return nil, errForStor
	}
	buf := bytes.NewBuffer(make([]byte, 0, max(512, int(r.ContentLength))))
	if _, err := io.Copy(buf, io.LimitReader(r.Body, maxKropp+1)); err != nil {
		return nil, nyttAvslag(400, register.RegelOgiltigBegaran, "Begäran bröts innan den var hel.")
	}
	if buf.Len() > maxKropp {
		return nil, errForStor
	}
	return buf.Bytes(), nil
}

// medietypAv is the media type sent, when its charset is one we read.
func medietypAv(h http.Header) string {
	varden := h["Content-Type"]
	if len(varden) != 1 {
		return ""
	}
	if varden[0] == "application/json" {
		return varden[0] // what nearly everybody sends
	}
	typ, p, err := mime.ParseMediaType(varden[0])
	if err != nil || p["charset"] != "" && !strings.EqualFold(p["charset"], "utf-8") {
		return ""
	}
	return typ
}

func (s *server) jsonkropp(r *http.Request, b *begaran) error {
	if r.Header.Get("Content-Encoding") != "" || medietypAv(r.Header) != b.op.medietyp {
		return nyttAvslag(415, register.RegelMedietyp, "Skicka uppgifterna som "+b.op.medietyp+" i UTF-8.")
	}
	text, err := lasKropp(r)
	if err != nil {
		return err
	}
	v, err := tolkaJSON(text)
	if err != nil {
		return err
	}
	if err := b.op.kropp.VisitJSON(v, s.val...); err != nil {
		return nyttAvslag(422, register.RegelOgiltigaUppgifter).vid(schemafel("", err)...)
	}
	b.kropp = v
	r.Body = validerad{Reader: bytes.NewReader(text), varde: v}
	return nil
}

// validerad hands the validated value to the generated code, so that the
// handler's struct is made of what was checked and the text is not parsed twice.
type validerad struct {
	*bytes.Reader
	varde any
}

func (validerad) Close() error          { return nil }
func (v validerad) ValidatedValue() any { return v.varde }

// formular reads the body of POST /v1/tokens (RFC 6749). Its faults are 400 with
// the standard's own word, not 422.
func (s *server) formular(r *http.Request, b *begaran) error {
	if r.Header.Get("Content-Encoding") != "" || medietypAv(r.Header) != formtyp {
		return nyttAvslag(415, register.RegelMedietyp, "Skicka uppgifterna som "+formtyp+" i UTF-8.")
	}
	text, err := lasKropp(r)
	if err != nil {
		return err
	}
	varden, err := url.ParseQuery(string(text))
	if err != nil {
		return nyttAvslag(400, register.RegelOgiltigBegaran, "Formuläret går inte att tolka.")
	}
	objekt := make(map[string]any, len(varden))
	fel := samlare{sedda: map[string]bool{}}
	for namn, v := range varden {
		pekare := "/" + namn
		if !rimligtNamn.MatchString(namn) {
			pekare = "/"
		}
		switch {
		case len(v) > 1:
			fel.ny(pekare, register.RegelDubblett, "Fältet får bara stå en gång.")
		case !utf8.ValidString(v[0]) || strings.ContainsFunc(v[0], styrtecken):
			fel.ny(pekare, register.RegelOgiltigtTecken, "Värdet innehåller tecken som inte får användas.")
		}
		objekt[namn] = v[0]
	}
	fel.lagg("", b.op.kropp.VisitJSON(objekt, s.val...))
	if len(fel.fel) > 0 {
		regel := register.RegelOgiltigBegaran
		for _, f := range fel.fel {
			if f.Pekare == "/grant_type" && f.Regel == register.RegelOkandKod {
				regel = register.RegelOkandGrant
			}
		}
		return nyttAvslag(400, regel, register.RegelOgiltigaUppgifter.Ord()).vid(fel.fel...)
	}
	b.kropp = objekt
	// The generated code reads the form itself.
	r.Body = io.NopCloser(bytes.NewReader(text))
	r.ContentLength = int64(len(text))
	return nil
}
