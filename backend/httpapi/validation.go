package httpapi

import (
	"bytes"
	"errors"
	"io"
	"mime"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/labstack/echo/v4"
	"golang.org/x/text/unicode/norm"

	"sus/backend/register"
)

// validationOptions is how every value is held against its schema.
func (s *server) validationOptions() []openapi3.SchemaValidationOption {
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
			if !isUUID(v) {
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

// isUUID is true for the one form we write ourselves: 36 characters, lower or
// upper case, any version.
func isUUID(s string) bool {
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

// validate holds the request against the contract. Parameters of every kind are
// 400, what the body says is 422; each with all its faults at once.
func (s *server) validate(c echo.Context, b *begaran) error {
	if err := s.validated(c, b); err != nil {
		return err
	}
	b.Idempotens = s.idem(b) // of the body as it was validated
	return nil
}

func (s *server) validated(c echo.Context, b *begaran) error {
	r := c.Request()
	if err := s.parameters(c, b); err != nil {
		return err
	}
	if err := b.chooseMediaType(r.Header["Accept"]); err != nil {
		return err
	}
	if b.op.ifMatch {
		if err := b.readIfMatch(r.Header); err != nil {
			return err
		}
	}
	b.Provkor = b.op.provkor && b.query.Get("provkor") == "true"
	if b.op.idempotens && b.key == "" && b.isMaskin() && !b.Provkor {
		return errNoKey
	}
	if b.op.body == nil {
		return nil
	}
	if b.op.mediaType == formType {
		return s.form(r, b)
	}
	return s.jsonBody(r, b)
}

const formType = "application/x-www-form-urlencoded"

// parameters checks path, query and headers. A parameter that is not in the
// contract, or stands twice, is a fault: it would otherwise be a filter that
// silently does nothing.
func (s *server) parameters(c echo.Context, b *begaran) error {
	r := c.Request()
	var faults faults
	faults.seen = map[string]bool{}
	for _, p := range b.op.pathParameters {
		s.parameter(&faults, p, c.Param(p.name))
	}
	if r.URL.RawQuery != "" || hasRequired(b.op.query) {
		if err := s.query(&faults, c, b); err != nil {
			return err
		}
	}
	for _, p := range b.op.headers {
		values := r.Header.Values(p.name)
		switch {
		case len(values) > 1:
			faults.fault(p.name, register.RegelDubblett, "Huvudet får bara sändas en gång.")
		case len(values) == 1:
			s.parameter(&faults, p, values[0])
			if p.name == "Idempotency-Key" {
				b.key = values[0]
			}
		}
	}
	if len(faults.list) > 0 {
		return newRefusal(400, register.RegelOgiltigBegaran, faultyParameters).at(faults.list...)
	}
	return nil
}

func hasRequired(p []parameter) bool {
	for i := range p {
		if p[i].required {
			return true
		}
	}
	return false
}

func (s *server) query(faults *faults, c echo.Context, b *begaran) error {
	raw := c.Request().URL.RawQuery
	if _, err := url.ParseQuery(raw); err != nil {
		return newRefusal(400, register.RegelOgiltigBegaran, "Frågedelen i adressen går inte att tolka.")
	}
	values := c.QueryParams() // the map that the generated code reads
	compose(values)
	b.query = values
	for name := range values {
		if !b.op.hasQuery(name) {
			if plausibleName.MatchString(name) {
				faults.fault(name, register.RegelOkandParameter)
			} else {
				faults.fault("?", register.RegelOkandParameter, "Adressen har en parameter som inte finns.")
			}
		}
	}
	for _, p := range b.op.query {
		v, found := values[p.name]
		switch {
		case !found && p.required:
			faults.fault(p.name, register.RegelObligatoriskt, "Parametern måste anges.")
		case !found:
		case p.schema.Type.Is("array"):
			s.parameterValues(faults, p, v)
		case len(v) > 1:
			faults.fault(p.name, register.RegelDubblett, "Parametern får bara stå en gång.")
		default:
			s.parameter(faults, p, v[0])
		}
	}
	return nil
}

// parameter reads the text as its schema's type and holds it against it.
func (s *server) parameter(faults *faults, p parameter, text string) {
	if v, ok := parameterValue(faults, p.name, p.schema, text); ok {
		s.hold(faults, p, v)
	}
}

// parameterValues reads a parameter that may be repeated.
func (s *server) parameterValues(faults *faults, p parameter, texts []string) {
	values := make([]any, 0, len(texts))
	for _, text := range texts {
		v, ok := parameterValue(faults, p.name, p.schema.Items.Value, text)
		if !ok {
			return
		}
		if slices.Contains(values, v) {
			faults.fault(p.name, register.RegelDubblett, "Ett värde får bara stå en gång.")
			return
		}
		values = append(values, v)
	}
	s.hold(faults, p, values)
}

// hold holds a parameter's value against its schema.
func (s *server) hold(faults *faults, p parameter, v any) {
	if err := p.schema.VisitJSON(v, s.options...); err != nil {
		faults.add(p.name, err)
	}
}

// compose makes every value NFC where it stands.
func compose(values url.Values) {
	for _, v := range values {
		for i := range v {
			v[i] = norm.NFC.String(v[i])
		}
	}
}

func (op *operation) hasQuery(name string) bool {
	for i := range op.query {
		if op.query[i].name == name {
			return true
		}
	}
	return false
}

// parameterValue reads the text as its schema's type; false when it cannot be.
func parameterValue(faults *faults, name string, schema *openapi3.Schema, text string) (any, bool) {
	if !utf8.ValidString(text) || strings.ContainsFunc(text, isControl) {
		faults.fault(name, register.RegelOgiltigtTecken, "Värdet innehåller tecken som inte får användas.")
		return nil, false
	}
	switch {
	case schema.Type.Is("integer"):
		n, ok := integer(text)
		if !ok {
			faults.fault(name, register.RegelFelTyp, "Värdet ska vara ett heltal.")
		}
		return n, ok
	case schema.Type.Is("boolean"):
		if text != "true" && text != "false" {
			faults.fault(name, register.RegelFelTyp, "Värdet ska vara true eller false.")
			return nil, false
		}
		return text == "true", true
	}
	return text, true
}

func isControl(r rune) bool { return r < 0x20 || r == 0x7f }

// integer reads digits with an optional minus, nothing else that Go's or
// JavaScript's readers would take for a number.
func integer(s string) (float64, bool) {
	digits := strings.TrimPrefix(s, "-")
	if digits == "" || len(digits) > 15 {
		return 0, false
	}
	for i := range len(digits) {
		if digits[i] < '0' || digits[i] > '9' {
			return 0, false
		}
	}
	n, err := strconv.ParseInt(s, 10, 64)
	return float64(n), err == nil
}

// ifMatch is an ETag that we gave, as it comes back: proxies that compress make
// "3" into W/"3" or "3-gzip", and one who sent that on must not be told for ever
// that it is stale.
var ifMatch = regexp.MustCompile(`^(?:W/)?"(0|[1-9][0-9]{0,9})(?:-{1,2}(?:gzip|br|zstd|deflate)|;(?:gzip|br))?"$`)

// readIfMatch reads the version of an ETag that we gave. Anything else, a list and
// * included, names no version and is as stale as an old one.
func (b *begaran) readIfMatch(h http.Header) error {
	values := h["If-Match"]
	if len(values) == 0 {
		if b.withoutETag = b.op.firstWithout; b.withoutETag {
			return nil // version 0: nothing is there yet
		}
		return errNoETag
	}
	m := ifMatch.FindStringSubmatch(strings.TrimSpace(values[0]))
	if len(values) > 1 || m == nil {
		return errStale
	}
	n, err := strconv.Atoi(m[1])
	if err != nil {
		return errStale
	}
	b.Version = n
	return nil
}

// readBody reads at most maxBody bytes.
func readBody(r *http.Request) ([]byte, error) {
	if r.ContentLength > maxBody {
		return nil, errTooLarge
	}
	buf := bytes.NewBuffer(make([]byte, 0, max(512, int(r.ContentLength))))
	if _, err := io.Copy(buf, io.LimitReader(r.Body, maxBody+1)); err != nil {
		return nil, newRefusal(400, register.RegelOgiltigBegaran, "Begäran bröts innan den var hel.")
	}
	if buf.Len() > maxBody {
		return nil, errTooLarge
	}
	return buf.Bytes(), nil
}

// mediaTypeOf is the media type sent, when its charset is one we read.
func mediaTypeOf(h http.Header) string {
	values := h["Content-Type"]
	if len(values) != 1 {
		return ""
	}
	if values[0] == "application/json" {
		return values[0] // what nearly everybody sends
	}
	typ, p, err := mime.ParseMediaType(values[0])
	if err != nil || p["charset"] != "" && !strings.EqualFold(p["charset"], "utf-8") {
		return ""
	}
	return typ
}

func (s *server) jsonBody(r *http.Request, b *begaran) error {
	if r.Header.Get("Content-Encoding") != "" || mediaTypeOf(r.Header) != b.op.mediaType {
		return newRefusal(415, register.RegelMedietyp, "Skicka uppgifterna som "+b.op.mediaType+" i UTF-8.")
	}
	text, err := readBody(r)
	if err != nil {
		return err
	}
	v, err := parseJSON(text)
	if err != nil {
		return err
	}
	if err := b.op.body.VisitJSON(v, s.options...); err != nil {
		return newRefusal(422, register.RegelOgiltigaUppgifter).at(schemaFaults("", err)...)
	}
	b.body = v
	r.Body = validated{Reader: bytes.NewReader(text), value: v}
	return nil
}

// validated hands the validated value to the generated code, so that the
// handler's struct is made of what was checked and the text is not parsed twice.
type validated struct {
	*bytes.Reader
	value any
}

func (validated) Close() error          { return nil }
func (v validated) ValidatedValue() any { return v.value }

// form reads the body of POST /v1/tokens (RFC 6749). Its faults are 400 with
// the standard's own word, not 422.
func (s *server) form(r *http.Request, b *begaran) error {
	if r.Header.Get("Content-Encoding") != "" || mediaTypeOf(r.Header) != formType {
		return newRefusal(415, register.RegelMedietyp, "Skicka uppgifterna som "+formType+" i UTF-8.")
	}
	text, err := readBody(r)
	if err != nil {
		return err
	}
	values, err := url.ParseQuery(string(text))
	if err != nil {
		return newRefusal(400, register.RegelOgiltigBegaran, "Formuläret går inte att tolka.")
	}
	compose(values)
	object := make(map[string]any, len(values))
	faults := faults{seen: map[string]bool{}}
	for name, v := range values {
		pekare := "/" + name
		if !plausibleName.MatchString(name) {
			pekare = "/"
		}
		switch {
		case len(v) > 1:
			faults.fault(pekare, register.RegelDubblett, "Fältet får bara stå en gång.")
		case !utf8.ValidString(v[0]) || strings.ContainsFunc(v[0], isControl):
			faults.fault(pekare, register.RegelOgiltigtTecken, "Värdet innehåller tecken som inte får användas.")
		}
		object[name] = v[0]
	}
	faults.add("", b.op.body.VisitJSON(object, s.options...))
	if len(faults.list) > 0 {
		regel := register.RegelOgiltigBegaran
		for _, f := range faults.list {
			if f.Pekare == "/grant_type" && f.Regel == register.RegelOkandKod {
				regel = register.RegelOkandGrant
			}
		}
		return newRefusal(400, regel, register.RegelOgiltigaUppgifter.Ord()).at(faults.list...)
	}
	b.body = object
	// The generated code reads the form itself.
	encoded := values.Encode()
	r.Body = io.NopCloser(strings.NewReader(encoded))
	r.ContentLength = int64(len(encoded))
	return nil
}
