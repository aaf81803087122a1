package httpapi

import (
	"sus/api"
	"sus/backend/register"
)

// nyttProblem is a problem without its instance.
func nyttProblem(status int, regel, detail string, falt []register.Faltfel) api.Problem {
	p := api.Problem{
		Type: felbas + regel, Title: titlar[status], Status: int32(status), Detail: detail, Regel: regel,
		Fel: make([]api.Faltfel, 0, len(falt)),
	}
	for _, f := range falt {
		p.Fel = append(p.Fel, api.Faltfel{Pekare: f.Pekare, Regel: f.Regel, Meddelande: f.Meddelande})
	}
	return p
}
