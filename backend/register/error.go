package register

import (
	"cmp"
	"strings"
	"time"

	"github.com/google/uuid"
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

// Faltfel is one refused field, made by Regel.Vid. Pekare is a JSON pointer into the
// request body («/startdag»); Meddelande is Swedish and never repeats what was typed.
type Faltfel struct {
	Pekare     string
	Regel      Regel
	Meddelande string
}

// Vid is the rule at a field, in the catalogue's words or in ord, the field's own.
func (r Regel) Vid(pekare string, ord ...string) Faltfel {
	return Faltfel{pekare, r, cmp.Or(append(ord, r.ord)...)}
}

// Error is every refusal of the domain, made by the functions below. Message is
// Swedish for the user, Falt names each faulty field.
type Error struct {
	Kod     Kod
	Regel   Regel
	Message string
	Falt    []Faltfel
	Vanta   time.Duration // Retry-After of FORMYCKET and OTILLGANGLIG, 0 when unknown
	Finns   uuid.UUID     // what is there already and stands in the way (samtycke-vantar, overlappar)
}

func (e *Error) Error() string {
	regler := make([]string, 0, len(e.Falt))
	for _, f := range e.Falt {
		regler = append(regler, f.Regel.String())
	}
	return strings.TrimSpace(string(e.Kod) + " " + e.Regel.String() + " " + strings.Join(regler, ","))
}

// Med is the refusal in words of its own, where the catalogue's are too general.
func (e *Error) Med(message string) *Error {
	ny := *e
	ny.Message = message
	return &ny
}

// Saknas is the one answer for the missing and for the not-yours.
func Saknas() *Error { return nekande(KodSaknas, RegelSaknas) }

// Nekad is the one answer when the role lacks the operation.
func Nekad() *Error { return nekande(KodNekad, RegelBehorighetSaknas) }

// InteDemo is the answer where what was asked for is a demo's only.
func InteDemo() *Error { return nekande(KodNekad, RegelInteDemo) }

// Foraldrad is the refusal of a change that was made from an older version.
func Foraldrad() *Error { return nekande(KodForaldrad, RegelForaldrad) }

// Konflikt is a refusal by the present state; falt, if any, is what runs into it.
func Konflikt(r Regel, falt ...Faltfel) *Error { return nekande(KodKonflikt, r, falt...) }

// Ogiltig is a refusal of the input by a rule.
func Ogiltig(r Regel, falt ...Faltfel) *Error { return nekande(KodOgiltig, r, falt...) }

// Borta is the answer for what was there and has been erased or used up.
func Borta(r Regel) *Error { return nekande(KodBorta, r) }

// Oautentiserad is a refused log-in, or a session or token that does not hold.
func Oautentiserad(r Regel) *Error { return nekande(KodOautentiserad, r) }

// ForMycket is the answer to too many tries; vanta is 0 when nobody knows.
func ForMycket(r Regel, vanta time.Duration) *Error {
	e := nekande(KodForMycket, r)
	e.Vanta = vanta
	return e
}

// Otillganglig is the answer when something is away or has too much to do; vanta
// is 0 when nobody knows.
func Otillganglig(r Regel, vanta time.Duration) *Error {
	e := nekande(KodOtillganglig, r)
	e.Vanta = vanta
	return e
}

func nekande(kod Kod, r Regel, falt ...Faltfel) *Error {
	return &Error{Kod: kod, Regel: r, Message: r.ord, Falt: falt}
}

// felsamling gathers every faulty field before one Error is made of them.
type felsamling []Faltfel

func (f *felsamling) lagg(pekare string, regel Regel, ord ...string) {
	*f = append(*f, regel.Vid(pekare, ord...))
}

// err is nil when nothing was gathered.
func (f felsamling) err() error { return OgiltigaFalt(f) }

// OgiltigaFalt is the refusal of every faulty field at once, nil when there is none.
func OgiltigaFalt(falt []Faltfel) error {
	if len(falt) == 0 {
		return nil
	}
	return Ogiltig(falt[0].Regel, falt...).Med("Uppgifterna kan inte sparas. Rätta de fält som pekas ut.")
}

// konfliktVid is a Konflikt that a field of the body runs into.
func konfliktVid(pekare string, regel Regel, ord ...string) *Error {
	fel := regel.Vid(pekare, ord...)
	return Konflikt(regel, fel).Med(fel.Meddelande)
}
