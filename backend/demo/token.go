package demo

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"sus/backend/auth"
	"sus/backend/register"
	"sus/backend/store"
)

// Tokenval says whose token is wanted.
type Tokenval struct {
	Roll    register.Roll
	Forbund string // "": Uppsala
	Insats  string // "": the förbund's first
	Giltig  time.Duration
	Fel     auth.DemoFel
}

// Token gives an access token without log-in. Refused outside a demo.
func Token(ctx context.Context, st *store.Store, a *auth.Auth, v Tokenval) (string, error) {
	d, err := oppna(ctx, st)
	if err != nil {
		return "", err
	}
	p, err := d.hitta(v.Roll, v.Forbund, v.Insats)
	if err != nil {
		return "", err
	}
	return d.token(ctx, a, p, v.Giltig, v.Fel)
}

func (d *demon) token(ctx context.Context, a *auth.Auth, p plats, giltig time.Duration, fel auth.DemoFel) (string, error) {
	anvandare, klient, err := d.innehavare(ctx, p)
	if err != nil {
		return "", err
	}
	return a.MintaDemo(ctx, auth.DemoToken{AnvandareID: anvandare, KlientID: klient, Giltig: giltig, Fel: fel})
}

// Aktor is one actor of apicheck's actors.json. Org is its isolation boundary:
// a förbund, or an insats within it, whose people nobody beside it may see;
// Covers is what it may see beyond.
type Aktor struct {
	Name   string        `json:"name"`
	Org    string        `json:"org"`
	Role   register.Roll `json:"role"`
	Covers []string      `json:"covers,omitempty"`
	Token  string        `json:"token"`
}

// The actors: two förbund, and two insatser in each.
const (
	aktorsforbund  = 2
	aktorsinsatser = 2
)

// Aktorer gives every role in two förbund and two insatser of each, a machine
// client of each, and a systemförvaltare. Refused outside a demo.
func Aktorer(ctx context.Context, st *store.Store, a *auth.Auth, giltig time.Duration) ([]Aktor, error) {
	d, err := oppna(ctx, st)
	if err != nil {
		return nil, err
	}
	var svar []Aktor
	lagg := func(p plats, ak Aktor) error {
		ak.Role = p.roll
		ak.Name = string(p.roll) + " " + ak.Org
		ak.Token, err = d.token(ctx, a, p, giltig, "")
		svar = append(svar, ak)
		return err
	}
	var alla []string
	for f, fb := range d.forbund[:aktorsforbund] {
		insatser := make([]string, len(fb.insatser))
		for i := range fb.insatser {
			insatser[i] = fb.kort + "/insats" + strconv.Itoa(i+1)
		}
		alla = append(append(alla, fb.kort, fb.kort+"/maskin"), insatser...)
		for _, roll := range []register.Roll{register.RollDeltagaransvarig, register.RollInsatsansvarig} {
			for i := range aktorsinsatser {
				if err := lagg(plats{roll, f, i}, Aktor{Org: insatser[i]}); err != nil {
					return nil, err
				}
			}
		}
		for _, roll := range []register.Roll{register.RollSamverkansadministrator, register.RollSusrapport} {
			if err := lagg(plats{roll, f, ingen}, Aktor{Org: fb.kort}); err != nil {
				return nil, err
			}
		}
		// A client may register in every insats of its förbund, also those its
		// administrators add, and so see their people.
		if err := lagg(plats{register.RollMaskin, f, ingen}, Aktor{Org: fb.kort + "/maskin", Covers: append([]string{fb.kort}, insatser...)}); err != nil {
			return nil, err
		}
	}
	return svar, lagg(plats{register.RollSystemforvaltare, ingen, ingen}, Aktor{Org: "fk", Covers: alla})
}

// Tips is what apicheck's hints need beside the actors.
type Tips struct {
	BadTokens  map[auth.DemoFel]string `json:"badTokens"` // each must give 401
	Inloggning struct {
		Personnummer  string `json:"personnummer"`
		Huvudlosenord string `json:"huvudlosenord"`
	} `json:"inloggning"`
	Klient struct {
		ClientID     string `json:"client_id"`
		ClientSecret string `json:"client_secret"`
	} `json:"klient"`
}

// Hints gives a token of each kind that must be refused, and a log-in and a
// client that work. Refused outside a demo.
func Hints(ctx context.Context, st *store.Store, a *auth.Auth) (Tips, error) {
	var t Tips
	d, err := oppna(ctx, st)
	if err != nil {
		return t, err
	}
	forsta := plats{roll: register.RollDeltagaransvarig}
	t.BadTokens = map[auth.DemoFel]string{}
	for _, fel := range auth.DemoFelen {
		if t.BadTokens[fel], err = d.token(ctx, a, forsta, time.Hour, fel); err != nil {
			return t, fmt.Errorf("%s: %w", fel, err)
		}
	}
	k, err := d.konto(forsta)
	if err != nil {
		return t, err
	}
	t.Inloggning.Personnummer, t.Inloggning.Huvudlosenord = k.nr.Siffror(), Huvudlosenord
	rad, err := d.klient(0)
	if err != nil {
		return t, err
	}
	t.Klient.ClientID, t.Klient.ClientSecret = rad.ID.String(), Klienthemlighet
	return t, nil
}
