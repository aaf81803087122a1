package auth

import (
	"context"
	"errors"
	"net/http"
	"time"

	"github.com/google/uuid"

	"sus/backend/register"
	"sus/backend/store/db"
	"sus/backend/store/konto"
)

// OAuthFel is the member `error` of RFC 6749 and the status for a refusal of
// POST /v1/tokens; "" and 0 for what RFC 6749 has no word for.
func OAuthFel(err error) (fel string, status int) {
	var e *register.Error
	if !errors.As(err, &e) {
		return "", 0
	}
	switch e.Regel {
	case register.RegelKlientOkand:
		return "invalid_client", http.StatusUnauthorized
	case register.RegelFornyelseOgiltig:
		return "invalid_grant", http.StatusBadRequest
	case register.RegelScopeOgiltigt:
		return "invalid_scope", http.StatusBadRequest
	}
	return "", 0
}

// Klientuppgifter logs in a machine client (RFC 6749, 4.4) for one access
// token's life; scope "" asks for all that the client has. There is no refresh
// token: the client asks again. Refused: `klient-okand`, `scope-ogiltigt`, 429.
func (a *Auth) Klientuppgifter(ctx context.Context, klientID, hemlighet, scope, adress string) (Tokens, error) {
	klient, err := uuid.Parse(klientID)
	if err != nil {
		klient = uuid.Nil // no client has it
	}
	finns, err := a.konto.KlientFinns(ctx, klient)
	if err != nil {
		return Tokens{}, err
	}
	// Counted for each client apart, and apart from the people behind the address:
	// a secret of 256 bits is not guessed, and nobody else is to stand outside. All
	// unknown ones are counted as one: each of their tries is a row in the log.
	raknad := "klient " + klient.String() + " "
	if !finns {
		raknad = "klient okänd "
	}
	adress = raknad + nat(adress)
	if err := a.raknaForsok(ctx, konto.Forsok{Adress: adress}); err != nil {
		return Tokens{}, err
	}
	id, err := uuid.NewRandom()
	if err != nil {
		return Tokens{}, err
	}
	ny := konto.NySession{ID: id, Vila: a.o.AtkomstTTL + time.Second, Giltig: a.o.AtkomstTTL + time.Second}
	s, err := a.konto.LoggaInKlient(ctx, klient, hemlighet, register.Scopelista(scope), ny)
	if err != nil {
		return Tokens{}, err
	}
	if err := a.konto.AterlamnaAdress(ctx, adress); err != nil {
		return Tokens{}, err
	}
	t, err := a.tokens(ctx, s, "")
	t.Scope = register.Scopetext(s.Scopes)
	return t, err
}

// SkapaKlient adds a client and gives its secret, which is shown this once.
func (a *Auth) SkapaKlient(ctx context.Context, ak register.Aktor, in konto.NyKlient) (uuid.UUID, string, error) {
	hemlighet := nyHemlighet()
	id, err := a.konto.SkapaKlient(ctx, db.Begaran{Aktor: ak}, in, hemlighet)
	return id, hemlighet, err
}

// NyHemlighet replaces a client's secret and ends its sessions.
func (a *Auth) NyHemlighet(ctx context.Context, ak register.Aktor, klientID uuid.UUID) (string, error) {
	hemlighet := nyHemlighet()
	return hemlighet, a.konto.BytHemlighet(ctx, db.Begaran{Aktor: ak}, klientID, hemlighet)
}
