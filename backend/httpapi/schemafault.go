package httpapi

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"

	"sus/backend/register"
)

// maxFaults bounds the faults of one answer: a body of thousands of unknown fields
// needs no answer of thousands of rows.
const maxFaults = 100

// schemaFaults turns kin-openapi's errors into one Swedish fault a field. What was
// typed, patterns and the library's own text never pass; bas is put before each
// pointer.
func schemaFaults(bas string, err error) []register.Faltfel {
	s := faults{seen: map[string]bool{}}
	s.add(bas, err)
	return s.list
}

type faults struct {
	list   []register.Faltfel
	seen   map[string]bool
	listed map[string]bool // objects whose unknown fields are listed: kin has an error for each of them
}

func (s *faults) add(bas string, err error) {
	// No errors.As: a MultiError is any of its parts to it.
	switch e := err.(type) { //nolint:errorlint
	case nil:
	case openapi3.MultiError:
		for _, part := range e {
			s.add(bas, part)
		}
	case *openapi3.SchemaError:
		s.schema(bas, e)
	default:
		s.fault(bas, register.RegelFelForm)
	}
}

// fault adds a fault; the first of a field is the one that tells most.
func (s *faults) fault(pekare string, regel register.Regel, ord ...string) {
	if s.seen[pekare] || len(s.list) >= maxFaults {
		return
	}
	s.seen[pekare] = true
	s.list = append(s.list, regel.Vid(pekare, ord...))
}

var pointerEscape = strings.NewReplacer("~", "~0", "/", "~1")

// plausibleName is a field name that may be repeated: anything else could be a value in the wrong place.
var plausibleName = regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_]{0,39}$`)

func (s *faults) schema(bas string, e *openapi3.SchemaError) {
	pekare := bas
	for _, part := range e.JSONPointer() {
		pekare += "/" + pointerEscape.Replace(part)
	}
	if e.SchemaField == "properties" {
		s.unknown(pekare, e)
		return
	}
	var inner *register.Error
	if errors.As(e.Origin, &inner) && len(inner.Falt) > 0 {
		s.fault(pekare, inner.Falt[0].Regel, inner.Falt[0].Meddelande)
		return
	}
	regel, ord := schemaText(e)
	s.fault(pekare, regel, ord)
}

// unknown points at each field that the schema does not have.
func (s *faults) unknown(pekare string, e *openapi3.SchemaError) {
	if s.listed[pekare] {
		return
	}
	if s.listed == nil {
		s.listed = map[string]bool{}
	}
	s.listed[pekare] = true
	object, _ := e.Value.(map[string]any)
	var name []string
	for k := range object {
		if _, found := e.Schema.Properties[k]; found {
			continue
		}
		if plausibleName.MatchString(k) {
			name = append(name, pekare+"/"+k)
		} else if !slices.Contains(name, pekare) {
			name = append(name, pekare)
		}
		if len(name) > maxFaults {
			break
		}
	}
	slices.Sort(name)
	for _, n := range name {
		s.fault(n, register.RegelOkantFalt)
	}
}

// schemaText is the rule and the words of one fault, from its kind alone; no words
// are the rule's own.
func schemaText(e *openapi3.SchemaError) (regel register.Regel, ord string) {
	sch := e.Schema
	switch e.SchemaField {
	case "required":
		return register.RegelObligatoriskt, ""
	case "type":
		return register.RegelFelTyp, typeWords(sch)
	case "nullable":
		return register.RegelFelTyp, "Uppgiften får inte vara null. Utelämna den i stället."
	case "enum":
		return register.RegelOkandKod, enumWords(sch)
	case "minLength":
		if sch.MinLength == 1 {
			return register.RegelObligatoriskt, ""
		}
		return register.RegelForKort, fmt.Sprintf("Skriv minst %d tecken.", sch.MinLength)
	case "maxLength":
		return register.RegelForLangt, fmt.Sprintf("Skriv högst %d tecken.", *sch.MaxLength)
	case "minimum", "exclusiveMinimum":
		return register.RegelForLitet, fmt.Sprintf("Talet får vara lägst %.0f.", *sch.Min)
	case "maximum", "exclusiveMaximum":
		return register.RegelForStort, fmt.Sprintf("Talet får vara högst %.0f.", *sch.Max)
	case "minItems":
		return register.RegelForFa, fmt.Sprintf("Ange minst %d.", sch.MinItems)
	case "maxItems":
		return register.RegelForManga, fmt.Sprintf("Ange högst %d.", *sch.MaxItems)
	case "uniqueItems":
		return register.RegelDubblett, "Samma värde står flera gånger."
	case "format":
		return formatWords(sch)
	case "pattern":
		if text, ok := patternWords[sch.Pattern]; ok {
			return register.RegelFelForm, text
		}
	}
	return register.RegelFelForm, ""
}

// patternWords says in words what each pattern of the contract asks for.
var patternWords = map[string]string{
	`^[^ \x00-\x1f\x7f]([^\x00-\x1f\x7f]*[^ \x00-\x1f\x7f])?$`: "Skriv en text på en rad, utan osynliga tecken och utan mellanslag först eller sist.",
	`^[^\x00-\x08\x0b-\x1f\x7f]*$`:                             "Texten har styrtecken i sig. Ta bort dem; bara tabb och ny rad får användas.",
	`^-?\d+\.\d{2}$`:                                           "Skriv beloppet i kronor med punkt och två decimaler, till exempel 1250.00.",
	`^[A-Z_]+$`:                                                "Skriv händelsens namn med versaler A–Z och understreck, till exempel SAMTYCKE_LAST.",
	`^[A-Z0-9_]{1,40}$`:                                        "Skriv en kod ur kodverket: högst 40 versaler A–Z, siffror och understreck.",
	`^[A-Za-z0-9_]{1,40}$`:                                     "Skriv en kod ur kodverket: högst 40 bokstäver A–Z, siffror och understreck.",
	`^[A-Za-z0-9._:-]+$`:                                       "Använd bara bokstäverna A–Z och a–z, siffror, punkt, understreck, kolon och bindestreck.",
	`^[A-Za-z0-9_-]+$`:                                         "Ta värdet oförändrat ur _links.next.",
	`^[a-z]{2,3}$`:                                             "Skriv en språkkod med två eller tre små bokstäver, till exempel sv.",
	`^[0-9]{4}-(0[1-9]|1[0-2])$`:                               "Skriv en månad som ÅÅÅÅ-MM, till exempel 2010-03.",
	`^[a-z0-9-]{1,60}$`:                                        "Ta gruppens och rapportens namn ur listan över rapporter, till exempel deltagarrapport och forsorjning.",
	`^[0-9]{1,3}-([0-9]{1,3})?$`:                               "Skriv åldrar som 25-34, eller 65- utan övre gräns.",
	`^[A-Za-z]{1,40}$`:                                         "Ta indelningen ur listan över rapporter, till exempel kon.",
	`^[0-9]{2}$`:                                               "Skriv två siffror, till exempel 03.",
	`^[0-9]{4}$`:                                               "Skriv fyra siffror, till exempel 0380.",
	`^[0-9]{6}$`:                                               "Skriv sex siffror.",
	`^[0-9]{1,10}$`:                                            "Skriv högst tio siffror, utan bindestreck.",
	`^[0-9]{10}$`:                                              "Skriv tio siffror, utan bindestreck.",
	`^[0-9]{12}$`:                                              "Skriv tolv siffror, utan bindestreck: ÅÅÅÅMMDDNNNN.",
	`^[0-9]{3} ?[0-9]{2}$`:                                     "Skriv fem siffror, till exempel 753 31.",
	`^[+0-9][0-9 -]{4,29}$`:                                    "Skriv ett telefonnummer med siffror, mellanslag och bindestreck, till exempel 018-10 00 00.",
	`^[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+$`: "Skriv en e-postadress, till exempel kansli@example.se.",
}

func typeWords(sch *openapi3.Schema) string {
	switch {
	case sch.Type.Is("string"):
		return "Uppgiften ska vara en text."
	case sch.Type.Is("integer"):
		return "Uppgiften ska vara ett heltal."
	case sch.Type.Is("number"):
		return "Uppgiften ska vara ett tal."
	case sch.Type.Is("boolean"):
		return "Uppgiften ska vara true eller false."
	case sch.Type.Is("array"):
		return "Uppgiften ska vara en lista."
	}
	return "Uppgiften ska vara ett objekt."
}

func enumWords(sch *openapi3.Schema) string {
	values := make([]string, 0, len(sch.Enum))
	for _, v := range sch.Enum {
		values = append(values, fmt.Sprint(v))
	}
	return "Värdet finns inte. Välj bland: " + strings.Join(values, ", ") + "."
}

func formatWords(sch *openapi3.Schema) (regel register.Regel, ord string) {
	switch sch.Format {
	case "date":
		return register.RegelDatumFormat, ""
	case "date-time":
		return register.RegelTidFormat, ""
	case "uuid":
		return register.RegelIDFormat, ""
	case "int32", "int64":
		return register.RegelForStort, ""
	}
	return register.RegelFelForm, ""
}
