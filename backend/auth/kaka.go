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

// Kaka is a log-in as a browser holds it: one secret that lives as long as the
// session, where a program has tokens that it renews.
type Kaka struct {
	Hemlighet string // the cookie's value
	Upphor    time.Time
}

// Kaksession is what a cookie opens.
type Kaksession struct {
	Aktor              register.Aktor
	CSRF               string // what a page of ours proves itself with
	VilaUpphor, Upphor time.Time
}

// KodForKaka is the second step for a browser. Refused as Kod refuses.
func (a *Auth) KodForKaka(ctx context.Context, inloggningID uuid.UUID, kod, adress string) (Kaka, error) {
	id, err := uuid.NewRandom()
	if err != nil {
		return Kaka{}, err
	}
	hemlighet := nyHemlighet()
	s, err := a.provaKod(ctx, inloggningID, kod, adress,
		konto.NySession{ID: id, Vila: vila, Giltig: absolut, Fornyelse: kakhash(hemlighet)})
	if err != nil {
		return Kaka{}, err
	}
	return Kaka{Hemlighet: hemlighet, Upphor: s.Upphor}, nil
}

// Kaksession is the caller that a cookie names. It moves the session's idle end.
// Refused with 401 `token-ogiltig` like every token that is not good.
func (a *Auth) Kaksession(ctx context.Context, hemlighet string) (Kaksession, error) {
	if len(hemlighet) > maxToken {
		return Kaksession{}, konto.TokenOgiltig()
	}
	s, err := a.konto.Kaksession(ctx, kakhash(hemlighet), vila)
	if err != nil {
		return Kaksession{}, err
	}
	ak, err := a.konto.Aktor(ctx, s.ID)
	if err != nil {
		return Kaksession{}, err
	}
	csrf := sha256.Sum256([]byte("\x00csrf" + hemlighet))
	return Kaksession{Aktor: ak, CSRF: base64.RawURLEncoding.EncodeToString(csrf[:]), VilaUpphor: s.VilaUpphor, Upphor: s.Upphor}, nil
}

// kakhash is what is stored of a cookie. It stands among the hashes of refresh
// tokens; the NUL, which no form lets through, keeps it from being one.
func kakhash(hemlighet string) []byte {
	h := sha256.Sum256([]byte("\x00kaka" + hemlighet))
	return h[:]
}
