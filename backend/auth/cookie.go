package auth

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"time"

	"github.com/google/uuid"

	"sus/backend/register"
	"sus/backend/store/konto"
)

// Cookie is a log-in as a browser holds it: one secret that lives as long as the
// session, where a program has tokens that it renews.
type Cookie struct {
	Hemlighet string // the cookie's value
	Upphor    time.Time
}

// Cookiesession is what a cookie opens.
type Cookiesession struct {
	Aktor              register.Aktor
	CSRF               string // what a page of ours proves itself with
	VilaUpphor, Upphor time.Time
}

// KodForCookie is the second step for a browser. Refused as Kod refuses.
func (a *Auth) KodForCookie(ctx context.Context, inloggningID uuid.UUID, kod, adress string) (Cookie, error) {
	id, err := uuid.NewRandom()
	if err != nil {
		return Cookie{}, err
	}
	hemlighet := nyHemlighet()
	s, err := a.provaKod(ctx, inloggningID, kod, adress,
		konto.NySession{ID: id, Vila: vila, Giltig: absolut, Fornyelse: cookiehash(hemlighet)})
	if err != nil {
		return Cookie{}, err
	}
	return Cookie{Hemlighet: hemlighet, Upphor: s.Upphor}, nil
}

// Cookiesession is the caller that a cookie names. It moves the session's idle end.
// Refused with 401 `token-ogiltig` like every token that is not good.
func (a *Auth) Cookiesession(ctx context.Context, hemlighet string) (Cookiesession, error) {
	if len(hemlighet) > maxToken {
		return Cookiesession{}, konto.TokenOgiltig()
	}
	s, err := a.konto.Cookiesession(ctx, cookiehash(hemlighet), vila)
	if err != nil {
		return Cookiesession{}, err
	}
	ak, err := a.konto.Aktor(ctx, s.ID)
	if err != nil {
		return Cookiesession{}, err
	}
	csrf := sha256.Sum256([]byte("\x00csrf" + hemlighet))
	return Cookiesession{Aktor: ak, CSRF: base64.RawURLEncoding.EncodeToString(csrf[:]), VilaUpphor: s.VilaUpphor, Upphor: s.Upphor}, nil
}

// cookiehash is what is stored of a cookie. It stands among the hashes of refresh
// tokens; the NUL, which no form lets through, keeps it from being one.
func cookiehash(hemlighet string) []byte {
	h := sha256.Sum256([]byte("\x00kaka" + hemlighet))
	return h[:]
}
