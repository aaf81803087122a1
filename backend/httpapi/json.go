package httpapi

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"unicode/utf16"
	"unicode/utf8"

	"sus/backend/register"
)

// maxDjup is how deep a body may nest; the contract's deepest is three.
const maxDjup = 50

// trasigJSON is the one refusal of a body that is no JSON. It says where, and
// never repeats what was sent.
func trasigJSON(byten int) error {
	return nyttAvslag(400, register.RegelTrasigJSON, fmt.Sprintf("Begäran går inte att läsa som JSON: fel vid byte %d. "+
		"Skicka ett enda JSON-värde i UTF-8, utan dubbla fältnamn och utan NUL-tecken.", byten))
}

// tolkaJSON reads one JSON value, stricter than encoding/json: no byte order
// mark, no duplicate keys (after escapes), no invalid UTF-8 or lone surrogate, no
// NUL (which PostgreSQL cannot keep), nothing after the value, bounded depth.
// Objects are map[string]any, numbers float64; a number beyond float64 becomes
// the largest one, so that the schema's bounds refuse it where it stands.
func tolkaJSON(b []byte) (any, error) {
	t := tolkare{b: b}
	t.blanka()
	v, ok := t.varde(0)
	if ok {
		t.blanka()
	}
	if !ok || t.i != len(b) {
		return nil, trasigJSON(min(t.i, len(b)))
	}
	return v, nil
}

type tolkare struct {
	b []byte
	i int
}

func (t *tolkare) blanka() {
	for t.i < len(t.b) {
		switch t.b[t.i] {
		case ' ', '\t', '\n', '\r':
			t.i++
		default:
			return
		}
	}
}

func (t *tolkare) nasta() byte {
	if t.i < len(t.b) {
		return t.b[t.i]
	}
	return 0
}

func (t *tolkare) varde(djup int) (any, bool) {
	if djup > maxDjup {
		return nil, false
	}
	switch c := t.nasta(); {
	case c == '{':
		return t.objekt(djup)
	case c == '[':
		return t.lista(djup)
	case c == '"':
		return t.text()
	case c == '-' || c >= '0' && c <= '9':
		return t.tal()
	case c == 't':
		return true, t.ord("true")
	case c == 'f':
		return false, t.ord("false")
	case c == 'n':
		return nil, t.ord("null")
	}
	return nil, false
}

func (t *tolkare) ord(s string) bool {
	if len(t.b)-t.i < len(s) || string(t.b[t.i:t.i+len(s)]) != s {
		return false
	}
	t.i += len(s)
	return true
}

func (t *tolkare) objekt(djup int) (any, bool) {
	t.i++
	svar := map[string]any{}
	t.blanka()
	if t.nasta() == '}' {
		t.i++
		return svar, true
	}
	for {
		t.blanka()
		if t.nasta() != '"' {
			return nil, false
		}
		nyckel, ok := t.text()
		if !ok {
			return nil, false
		}
		if _, finns := svar[nyckel]; finns {
			return nil, false
		}
		t.blanka()
		if t.nasta() != ':' {
			return nil, false
		}
		t.i++
		t.blanka()
		v, ok := t.varde(djup + 1)
		if !ok {
			return nil, false
		}
		svar[nyckel] = v
		t.blanka()
		c := t.nasta()
		t.i++
		if c == '}' {
			return svar, true
		}
		if c != ',' {
			return nil, false
		}
	}
}

func (t *tolkare) lista(djup int) (any, bool) {
	t.i++
	svar := []any{}
	t.blanka()
	if t.nasta() == ']' {
		t.i++
		return svar, true
	}
	for {
		t.blanka()
		v, ok := t.varde(djup + 1)
		if !ok {
			return nil, false
		}
		svar = append(svar, v)
		t.blanka()
		c := t.nasta()
		t.i++
		if c == ']' {
			return svar, true
		}
		if c != ',' {
			return nil, false
		}
	}
}

// text reads a string. The common one without escapes is copied once.
func (t *tolkare) text() (string, bool) {
	t.i++
	borjan := t.i
	for t.i < len(t.b) {
		switch c := t.b[t.i]; {
		case c == '"':
			s := t.b[borjan:t.i]
			t.i++
			return string(s), utf8.Valid(s)
		case c == '\\':
			return t.textMedFlykt(borjan)
		case c < 0x20:
			return "", false
		}
		t.i++
	}
	return "", false
}

func (t *tolkare) textMedFlykt(borjan int) (string, bool) {
	ut := append(make([]byte, 0, t.i-borjan+32), t.b[borjan:t.i]...)
	for t.i < len(t.b) {
		c := t.b[t.i]
		t.i++
		switch {
		case c == '"':
			return string(ut), utf8.Valid(ut)
		case c < 0x20:
			return "", false
		case c != '\\':
			ut = append(ut, c)
			continue
		}
		f := t.nasta()
		t.i++
		switch f {
		case '"', '\\', '/':
			ut = append(ut, f)
		case 'b':
			ut = append(ut, '\b')
		case 'f':
			ut = append(ut, '\f')
		case 'n':
			ut = append(ut, '\n')
		case 'r':
			ut = append(ut, '\r')
		case 't':
			ut = append(ut, '\t')
		case 'u':
			r, ok := t.unicode()
			if !ok {
				return "", false
			}
			ut = utf8.AppendRune(ut, r)
		default:
			return "", false
		}
	}
	return "", false
}

// unicode reads the four digits after \u, and the second half of a pair.
func (t *tolkare) unicode() (rune, bool) {
	r, ok := t.hex4()
	if !ok || r == 0 {
		return 0, false
	}
	if !utf16.IsSurrogate(r) {
		return r, true
	}
	if !t.ord(`\u`) {
		return 0, false
	}
	andra, ok := t.hex4()
	par := utf16.DecodeRune(r, andra)
	return par, ok && par != utf8.RuneError
}

func (t *tolkare) hex4() (rune, bool) {
	if len(t.b)-t.i < 4 {
		return 0, false
	}
	n, err := strconv.ParseUint(string(t.b[t.i:t.i+4]), 16, 32)
	t.i += 4
	return rune(n), err == nil
}

func (t *tolkare) siffror() bool {
	borjan := t.i
	for c := t.nasta(); c >= '0' && c <= '9'; c = t.nasta() {
		t.i++
	}
	return t.i > borjan
}

func (t *tolkare) tal() (any, bool) {
	borjan := t.i
	if t.nasta() == '-' {
		t.i++
	}
	if t.nasta() == '0' {
		t.i++
	} else if !t.siffror() {
		return nil, false
	}
	if t.nasta() == '.' {
		t.i++
		if !t.siffror() {
			return nil, false
		}
	}
	if c := t.nasta(); c == 'e' || c == 'E' {
		t.i++
		if c := t.nasta(); c == '+' || c == '-' {
			t.i++
		}
		if !t.siffror() {
			return nil, false
		}
	}
	f, err := strconv.ParseFloat(string(t.b[borjan:t.i]), 64)
	if err != nil {
		return math.Copysign(math.MaxFloat64, f), true
	}
	return f + 0, true // -0 becomes 0
}

// kanonisk writes a value with sorted keys and no blanks, so that the same
// request sent again has the same hash whatever its client's encoder does.
func kanonisk(ut []byte, v any) []byte {
	switch v := v.(type) {
	case map[string]any:
		nycklar := make([]string, 0, len(v))
		for k := range v {
			nycklar = append(nycklar, k)
		}
		slices.Sort(nycklar)
		ut = append(ut, '{')
		for _, k := range nycklar {
			ut = append(strconv.AppendQuote(ut, k), ':')
			ut = append(kanonisk(ut, v[k]), ',')
		}
		return append(ut, '}')
	case []any:
		ut = append(ut, '[')
		for _, x := range v {
			ut = append(kanonisk(ut, x), ',')
		}
		return append(ut, ']')
	case string:
		return strconv.AppendQuote(ut, v)
	case float64:
		return strconv.AppendFloat(ut, v, 'g', -1, 64)
	case bool:
		return strconv.AppendBool(ut, v)
	}
	return append(ut, "null"...)
}
