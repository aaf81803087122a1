package httpapi

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"sus/backend/register"
)

// maxDepth is how deep a body may nest; the contract's deepest is three.
const maxDepth = 50

// brokenJSON is the one refusal of a body that is no JSON. It says where, and
// never repeats what was sent.
func brokenJSON(offset int) error {
	return newRefusal(400, register.RegelTrasigJSON, fmt.Sprintf("Begäran går inte att läsa som JSON: fel vid byte %d. "+
		"Skicka ett enda JSON-värde i UTF-8, utan dubbla fältnamn och utan NUL-tecken.", offset))
}

// parseJSON reads one JSON value, stricter than encoding/json: no byte order
// mark, no duplicate keys (after escapes), no invalid UTF-8 or lone surrogate, no
// NUL (which PostgreSQL cannot keep), nothing after the value, bounded depth.
// Objects are map[string]any, numbers float64; a number beyond float64 becomes
// the largest one, so that the schema's bounds refuse it where it stands.
func parseJSON(b []byte) (any, error) {
	t := parser{b: b}
	t.space()
	v, ok := t.value(0)
	if ok {
		t.space()
	}
	if !ok || t.i != len(b) {
		return nil, brokenJSON(min(t.i, len(b)))
	}
	return v, nil
}

type parser struct {
	b []byte
	i int
}

func (t *parser) space() {
	for t.i < len(t.b) {
		switch t.b[t.i] {
		case ' ', '\t', '\n', '\r':
			t.i++
		default:
			return
		}
	}
}

func (t *parser) next() byte {
	if t.i < len(t.b) {
		return t.b[t.i]
	}
	return 0
}

func (t *parser) value(depth int) (any, bool) {
	if depth > maxDepth {
		return nil, false
	}
	switch c := t.next(); {
	case c == '{':
		return t.object(depth)
	case c == '[':
		return t.array(depth)
	case c == '"':
		return t.text()
	case c == '-' || c >= '0' && c <= '9':
		return t.number()
	case c == 't':
		return true, t.word("true")
	case c == 'f':
		return false, t.word("false")
	case c == 'n':
		return nil, t.word("null")
	}
	return nil, false
}

func (t *parser) word(s string) bool {
	if len(t.b)-t.i < len(s) || string(t.b[t.i:t.i+len(s)]) != s {
		return false
	}
	t.i += len(s)
	return true
}

func (t *parser) object(depth int) (any, bool) {
	t.i++
	out := map[string]any{}
	t.space()
	if t.next() == '}' {
		t.i++
		return out, true
	}
	for {
		t.space()
		if t.next() != '"' {
			return nil, false
		}
		key, ok := t.text()
		if !ok {
			return nil, false
		}
		if _, found := out[key]; found {
			return nil, false
		}
		t.space()
		if t.next() != ':' {
			return nil, false
		}
		t.i++
		t.space()
		v, ok := t.value(depth + 1)
		if !ok {
			return nil, false
		}
		out[key] = v
		t.space()
		c := t.next()
		t.i++
		if c == '}' {
			return out, true
		}
		if c != ',' {
			return nil, false
		}
	}
}

func (t *parser) array(depth int) (any, bool) {
	t.i++
	out := []any{}
	t.space()
	if t.next() == ']' {
		t.i++
		return out, true
	}
	for {
		t.space()
		v, ok := t.value(depth + 1)
		if !ok {
			return nil, false
		}
		out = append(out, v)
		t.space()
		c := t.next()
		t.i++
		if c == ']' {
			return out, true
		}
		if c != ',' {
			return nil, false
		}
	}
}

// text reads a string, as NFC: what looks alike is alike, however it was typed. The common one without escapes is copied once.
func (t *parser) text() (string, bool) {
	t.i++
	begin := t.i
	for t.i < len(t.b) {
		switch c := t.b[t.i]; {
		case c == '"':
			s := t.b[begin:t.i]
			t.i++
			return norm.NFC.String(string(s)), utf8.Valid(s)
		case c == '\\':
			return t.escapedText(begin)
		case c < 0x20:
			return "", false
		}
		t.i++
	}
	return "", false
}

func (t *parser) escapedText(begin int) (string, bool) {
	out := append(make([]byte, 0, t.i-begin+32), t.b[begin:t.i]...)
	for t.i < len(t.b) {
		c := t.b[t.i]
		t.i++
		switch {
		case c == '"':
			return norm.NFC.String(string(out)), utf8.Valid(out)
		case c < 0x20:
			return "", false
		case c != '\\':
			out = append(out, c)
			continue
		}
		f := t.next()
		t.i++
		switch f {
		case '"', '\\', '/':
			out = append(out, f)
		case 'b':
			out = append(out, '\b')
		case 'f':
			out = append(out, '\f')
		case 'n':
			out = append(out, '\n')
		case 'r':
			out = append(out, '\r')
		case 't':
			out = append(out, '\t')
		case 'u':
			r, ok := t.unicode()
			if !ok {
				return "", false
			}
			out = utf8.AppendRune(out, r)
		default:
			return "", false
		}
	}
	return "", false
}

// unicode reads the four digits after \u, and the second half of a pair.
func (t *parser) unicode() (rune, bool) {
	r, ok := t.hex4()
	if !ok || r == 0 {
		return 0, false
	}
	if !utf16.IsSurrogate(r) {
		return r, true
	}
	if !t.word(`\u`) {
		return 0, false
	}
	change, ok := t.hex4()
	pairs := utf16.DecodeRune(r, change)
	return pairs, ok && pairs != utf8.RuneError
}

func (t *parser) hex4() (rune, bool) {
	if len(t.b)-t.i < 4 {
		return 0, false
	}
	n, err := strconv.ParseUint(string(t.b[t.i:t.i+4]), 16, 32)
	t.i += 4
	return rune(n), err == nil
}

func (t *parser) digits() bool {
	begin := t.i
	for c := t.next(); c >= '0' && c <= '9'; c = t.next() {
		t.i++
	}
	return t.i > begin
}

func (t *parser) number() (any, bool) {
	begin := t.i
	if t.next() == '-' {
		t.i++
	}
	if t.next() == '0' {
		t.i++
	} else if !t.digits() {
		return nil, false
	}
	if t.next() == '.' {
		t.i++
		if !t.digits() {
			return nil, false
		}
	}
	if c := t.next(); c == 'e' || c == 'E' {
		t.i++
		if c := t.next(); c == '+' || c == '-' {
			t.i++
		}
		if !t.digits() {
			return nil, false
		}
	}
	f, err := strconv.ParseFloat(string(t.b[begin:t.i]), 64)
	if err != nil {
		return math.Copysign(math.MaxFloat64, f), true
	}
	return f + 0, true // -0 becomes 0
}

// canonical writes a value with sorted keys and no blanks, so that the same
// request sent again has the same hash whatever its client's encoder does.
func canonical(out []byte, v any) []byte {
	switch v := v.(type) {
	case map[string]any:
		keys := make([]string, 0, len(v))
		for k := range v {
			keys = append(keys, k)
		}
		slices.Sort(keys)
		out = append(out, '{')
		for _, k := range keys {
			out = append(strconv.AppendQuote(out, k), ':')
			out = append(canonical(out, v[k]), ',')
		}
		return append(out, '}')
	case []any:
		out = append(out, '[')
		for _, x := range v {
			out = append(canonical(out, x), ',')
		}
		return append(out, ']')
	case string:
		return strconv.AppendQuote(out, v)
	case float64:
		return strconv.AppendFloat(out, v, 'g', -1, 64)
	case bool:
		return strconv.AppendBool(out, v)
	}
	return append(out, "null"...)
}
