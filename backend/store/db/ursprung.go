package db

import (
	"context"
	"strings"

	"sus/backend/register"
)

// Ursprung is from where a log row comes: the client's address, the roles that were
// asked for what was done, and, for a command at the machine, who ran it and why.
type Ursprung struct {
	Adress, Roll, Av, Varfor string
}

type ursprungnyckel struct{}

// MedUrsprung carries it to the log rows written under ctx.
func MedUrsprung(ctx context.Context, u Ursprung) context.Context {
	return context.WithValue(ctx, ursprungnyckel{}, u)
}

// UrsprungI is what ctx carries.
func UrsprungI(ctx context.Context) Ursprung {
	u, _ := ctx.Value(ursprungnyckel{}).(Ursprung)
	return u
}

// ursprungAv is that of a row: where nothing else is said the roles are all those of
// the Aktor, or the job's or command's own name.
func ursprungAv(ctx context.Context, a register.Aktor) Ursprung {
	u := UrsprungI(ctx)
	if a.System != "" {
		u.Roll = a.System
	}
	if u.Roll == "" {
		roller := make([]string, len(a.Roller))
		for i, r := range a.Roller {
			roller[i] = string(r)
		}
		u.Roll = strings.Join(roller, " ")
	}
	return u
}
