package auth

import (
	"context"
	"time"

	"github.com/google/uuid"

	"sus/backend/register"
	"sus/backend/store/db"
	"sus/backend/store/konto"
)

// maxDemoliv is the longest life of a demo token.
const maxDemoliv = 7 * 24 * time.Hour

// DemoFel is what is to be wrong with a token that must be refused.
type DemoFel string

// The bad tokens that `sus demo token --fel` makes.
const (
	FelUtgangen DemoFel = "utgangen"
	FelIssuer   DemoFel = "issuer"
	FelAudience DemoFel = "audience"
	FelUtloggad DemoFel = "utloggad"
	FelSparrad  DemoFel = "sparrad"
	FelRefresh  DemoFel = "refresh"
)

// DemoFelen is every DemoFel, in the order of the command's help.
var DemoFelen = []DemoFel{FelUtgangen, FelIssuer, FelAudience, FelUtloggad, FelSparrad, FelRefresh}

// DemoToken asks for a token without log-in.
type DemoToken struct {
	AnvandareID uuid.UUID // one of the two
	KlientID    uuid.UUID
	Giltig      time.Duration // 0: one hour; at most seven days
	Fel         DemoFel       // "": a good token
}

// arDemo is true when the database says that it is a demo.
func (a *Auth) arDemo(ctx context.Context) (bool, error) {
	if a.demo.Load() {
		return true, nil
	}
	i, err := a.konto.Installation(ctx)
	if err != nil {
		return false, err
	}
	if i.Demo {
		a.demo.Store(true)
	}
	return i.Demo, nil
}

func (a *Auth) kravDemo(ctx context.Context) error {
	demo, err := a.arDemo(ctx)
	if err == nil && !demo {
		return register.InteDemo()
	}
	return err
}

// MintaDemo opens a session without log-in and gives its access token, for tests
// and tools beside a demo. A life over five minutes carries the claim `demo`,
// which no other installation accepts. Refused with 403 `inte-demo` outside a
// demo, 404 for an unknown holder, 422 `demo-giltighet` for too long a life.
func (a *Auth) MintaDemo(ctx context.Context, d DemoToken) (string, error) {
	if err := a.kravDemo(ctx); err != nil {
		return "", err
	}
	if d.Giltig == 0 {
		d.Giltig = time.Hour
	}
	if d.Giltig < 0 || d.Giltig > maxDemoliv {
		return "", register.Ogiltig(register.RegelDemoGiltighet)
	}
	innehavare, maskin := d.AnvandareID, false
	if d.KlientID != uuid.Nil {
		innehavare, maskin = d.KlientID, true
	}
	if d.Fel == FelSparrad {
		var err error
		if innehavare, err = a.sparradAnvandare(ctx); err != nil {
			return "", err
		}
		maskin = false
	}
	id, err := uuid.NewRandom()
	if err != nil {
		return "", err
	}
	fornyelse := nyHemlighet()
	// The last second of a token is a second of its session too.
	ny := konto.NySession{ID: id, Vila: d.Giltig + time.Second, Giltig: d.Giltig + time.Second}
	if d.Fel == FelRefresh {
		ny.Fornyelse = fornyelsehash(fornyelse)
	}
	s, err := a.konto.OppnaDemosession(ctx, innehavare, maskin, ny)
	if err != nil {
		return "", err
	}
	nu := a.nu()
	an := a.claims(s, nu, nu.Add(d.Giltig))
	an.Demo = d.Giltig > maxAtkomstTTL
	switch d.Fel {
	case "", FelSparrad:
	case FelUtgangen:
		an = a.claims(s, nu.Add(-2*time.Minute), nu.Add(-time.Minute))
	case FelIssuer:
		an.Issuer = "https://annan-utfardare.example"
	case FelAudience:
		an.Audience = []string{"annan-tjanst"}
	case FelUtloggad:
		if err := a.konto.LoggaUt(ctx, db.Begaran{Aktor: register.Aktor{ID: innehavare, SessionID: s.ID}}); err != nil {
			return "", err
		}
	case FelRefresh:
		return fornyelse, nil
	default:
		return "", register.Ogiltig(register.RegelOkandKod).Med("Felet finns inte.")
	}
	return a.signera(ctx, an)
}

// sparradAnvandare is the demo's blocked user.
func (a *Auth) sparradAnvandare(ctx context.Context) (uuid.UUID, error) {
	alla, err := a.konto.Anvandare(ctx, db.Begaran{Aktor: register.Aktor{System: "demo"}})
	if err != nil {
		return uuid.Nil, err
	}
	for _, u := range alla {
		if u.Sparrad {
			return u.ID, nil
		}
	}
	return uuid.Nil, register.Saknas()
}
