package register

import (
	"strings"
	"time"
)

// Kod is the class of an Error; httpapi maps each to one HTTP status.
type Kod string

// The classes of refusal.
const (
	KodOgiltig      Kod = "OGILTIG"      // 422: the input breaks a rule
	KodKonflikt     Kod = "KONFLIKT"     // 409: the input is right but the state forbids it
	KodSaknas       Kod = "SAKNAS"       // 404: unknown, or outside the uppdrag
	KodNekad        Kod = "NEKAD"        // 403: the role lacks the operation
	KodForaldrad    Kod = "FORALDRAD"    // 412: the ETag given is stale
	KodBorta        Kod = "BORTA"        // 410: erased by a withdrawal
	KodOtillganglig Kod = "OTILLGANGLIG" // 503: something outside is away
	KodForMycket    Kod = "FORMYCKET"    // 429: too many tries

	KodOautentiserad Kod = "OAUTENTISERAD" // 401: nobody is logged in, or the log-in is refused
)

// Faltfel is one refused field. Pekare is a JSON pointer into the request body
// («/startdag»); Meddelande is Swedish and never repeats what was typed.
type Faltfel struct {
	Pekare     string
	Regel      string
	Meddelande string
}

// Error is every refusal of the domain. Regel is a stable rule id in kebab
// case, Message is Swedish for the user, Falt names each faulty field.
type Error struct {
	Kod     Kod
	Regel   string
	Message string
	Falt    []Faltfel
	Vanta   time.Duration // Retry-After of FORMYCKET and OTILLGANGLIG, 0 when unknown
}

func (e *Error) Error() string {
	regler := make([]string, 0, len(e.Falt))
	for _, f := range e.Falt {
		regler = append(regler, f.Regel)
	}
	return strings.TrimSpace(string(e.Kod) + " " + e.Regel + " " + strings.Join(regler, ","))
}

// Saknas is the one answer for the missing and for the not-yours.
func Saknas() *Error {
	return &Error{Kod: KodSaknas, Regel: "saknas", Message: "Det du söker finns inte, eller ingår inte i ditt uppdrag."}
}

// Nekad is the one answer when the role lacks the operation.
func Nekad() *Error {
	return &Error{Kod: KodNekad, Regel: "behorighet-saknas", Message: "Din behörighet omfattar inte detta."}
}

// Konflikt is a refusal by the present state.
func Konflikt(regel, message string) *Error {
	return &Error{Kod: KodKonflikt, Regel: regel, Message: message}
}

// felsamling gathers every faulty field before one Error is made of them.
type felsamling []Faltfel

func (f *felsamling) lagg(pekare, regel, meddelande string) {
	*f = append(*f, Faltfel{Pekare: pekare, Regel: regel, Meddelande: meddelande})
}

// err is nil when nothing was gathered.
func (f felsamling) err() error {
	if len(f) == 0 {
		return nil
	}
	return &Error{Kod: KodOgiltig, Regel: f[0].Regel, Message: "Uppgifterna kan inte sparas. Rätta de fält som pekas ut.", Falt: f}
}

// konfliktVid is a Konflikt that a field of the body runs into.
func konfliktVid(pekare, regel, message string) *Error {
	return &Error{Kod: KodKonflikt, Regel: regel, Message: message, Falt: []Faltfel{{pekare, regel, message}}}
}
