package httpapi

import (
	"sus/api"
)

// toProblem is a problem without its instance.
func toProblem(a *refusal) api.Problem {
	p := api.Problem{
		Type: problemBase + a.regel.String(), Title: titles[a.status], Status: int32(a.status), Detail: a.detail, Regel: a.regel.String(),
		Fel: make([]api.Faltfel, 0, len(a.falt)),
	}
	for _, f := range a.falt {
		p.Fel = append(p.Fel, api.Faltfel{Pekare: f.Pekare, Regel: f.Regel.String(), Meddelande: f.Meddelande})
	}
	return p
}
