package httpapi

import (
	"sus/api"
)

// nyttProblem is a problem without its instance.
func nyttProblem(a *avslag) api.Problem {
	p := api.Problem{
		Type: felbas + a.regel.String(), Title: titlar[a.status], Status: int32(a.status), Detail: a.detail, Regel: a.regel.String(),
		Fel: make([]api.Faltfel, 0, len(a.falt)),
	}
	for _, f := range a.falt {
		p.Fel = append(p.Fel, api.Faltfel{Pekare: f.Pekare, Regel: f.Regel.String(), Meddelande: f.Meddelande})
	}
	return p
}
