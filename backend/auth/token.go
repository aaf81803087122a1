package auth

import (
	"context"
	"crypto/sha256"
	"fmt"
	"sync"
	"time"

	"github.com/golang-jwt/jwt/v5"
	"github.com/google/uuid"

	"sus/backend/register"
	"sus/backend/store/konto"
)

// tokentyp is the header typ: a token made for something else is never taken for one of ours.
const tokentyp = "sus-at"

// claims is the claims of an access token. It names the caller by id alone.
type claims struct {
	jwt.RegisteredClaims
	Sid  uuid.UUID `json:"sid"`
	Demo bool      `json:"demo,omitempty"` // lives longer than others; good in a demo only
}

// tokens issues an access token for a session, beside its refresh token.
func (a *Auth) tokens(ctx context.Context, s konto.Session, fornyelse string) (Tokens, error) {
	nu := a.nu().Truncate(time.Second) // a claim holds whole seconds
	utgar := nu.Add(a.o.AtkomstTTL)
	if s.Upphor.Before(utgar) {
		utgar = s.Upphor
	}
	token, err := a.signera(ctx, a.claims(s, nu, utgar))
	if err != nil {
		return Tokens{}, err
	}
	return Tokens{AccessToken: token, TokenType: "Bearer", ExpiresIn: int(utgar.Sub(nu) / time.Second), RefreshToken: fornyelse}, nil
}

func (a *Auth) claims(s konto.Session, nu, utgar time.Time) claims {
	return claims{Sid: s.ID, RegisteredClaims: jwt.RegisteredClaims{
		Issuer: a.o.Issuer, Audience: jwt.ClaimStrings{a.o.Audience}, Subject: s.InnehavarID.String(), ID: uuid.NewString(),
		IssuedAt: jwt.NewNumericDate(nu), ExpiresAt: jwt.NewNumericDate(utgar),
	}}
}

func (a *Auth) signera(ctx context.Context, an claims) (string, error) {
	r, err := a.nycklar(ctx, "")
	if err != nil {
		return "", err
	}
	t := jwt.NewWithClaims(jwt.SigningMethodES256, an)
	t.Header["kid"], t.Header["typ"] = r.kid, tokentyp
	return t.SignedString(r.privat)
}

// Aktor is the caller of a request. bearer is the token alone. Every token that
// is not good — forged, expired, of another issuer or audience, of a session
// that is over, of a blocked user or one without a role today — is refused with
// 401 `token-ogiltig`. store.ErrBorta means that it could not be known.
func (a *Auth) Aktor(ctx context.Context, bearer string) (register.Aktor, error) {
	v, err := a.verifiera(ctx, bearer)
	if err != nil {
		return register.Aktor{}, err
	}
	ak, err := a.konto.Aktor(ctx, v.sid)
	if err != nil {
		return register.Aktor{}, err
	}
	if ak.ID != v.sub {
		return register.Aktor{}, konto.TokenOgiltig()
	}
	return ak, nil
}

// maxToken bounds what is parsed at all; ours are some 500 characters.
const maxToken = 2048

// verifiera checks what can be known without asking for the session.
func (a *Auth) verifiera(ctx context.Context, bearer string) (verifierad, error) {
	if len(bearer) > maxToken {
		return verifierad{}, konto.TokenOgiltig()
	}
	nu := a.nu()
	hash := sha256.Sum256([]byte(bearer))
	// Fetches the keys when they are old, so that what a removed key once
	// verified is forgotten with it.
	if _, err := a.nycklar(ctx, ""); err != nil {
		return verifierad{}, err
	}
	if v, ok := a.verifierad.hamta(hash); ok {
		if !nu.Before(v.utgar) {
			return verifierad{}, konto.TokenOgiltig()
		}
		return v, nil
	}
	var an claims
	var borta error // the keys could not be fetched: not the token's fault
	t, err := jwt.NewParser(
		jwt.WithValidMethods([]string{jwt.SigningMethodES256.Alg()}), jwt.WithStrictDecoding(),
		jwt.WithIssuer(a.o.Issuer), jwt.WithAudience(a.o.Audience),
		jwt.WithExpirationRequired(), jwt.WithIssuedAt(), jwt.WithTimeFunc(func() time.Time { return nu }),
		jwt.WithLeeway(0),
	).ParseWithClaims(bearer, &an, func(t *jwt.Token) (any, error) {
		kid, _ := t.Header["kid"].(string)
		if t.Header["typ"] != tokentyp || kid == "" {
			return nil, jwt.ErrTokenUnverifiable
		}
		r, err := a.nycklar(ctx, kid)
		if err != nil {
			borta = err
			return nil, err
		}
		nyckel, ok := r.publika[kid]
		if !ok {
			return nil, jwt.ErrTokenUnverifiable
		}
		return nyckel, nil
	})
	if borta != nil {
		return verifierad{}, borta
	}
	if err != nil || !t.Valid || an.IssuedAt == nil {
		return verifierad{}, konto.TokenOgiltig()
	}
	if an.Demo {
		demo, err := a.arDemo(ctx)
		if err != nil {
			return verifierad{}, err
		}
		if !demo {
			return verifierad{}, konto.TokenOgiltig()
		}
	} else if an.ExpiresAt.Sub(an.IssuedAt.Time) > maxAtkomstTTL {
		return verifierad{}, konto.TokenOgiltig()
	}
	sub, err := uuid.Parse(an.Subject)
	if err != nil {
		return verifierad{}, konto.TokenOgiltig()
	}
	v := verifierad{sid: an.Sid, sub: sub, utgar: an.ExpiresAt.Time}
	a.verifierad.lagg(hash, v)
	return v, nil
}

// verifierad is what a verified token said.
type verifierad struct {
	sid, sub uuid.UUID
	utgar    time.Time
}

// verifierade remembers tokens that were verified, by their SHA-256: a client
// sends the same one for five minutes, and a signature costs as much to verify
// as the rest of a small request. What a token opens is asked for every time.
type verifierade struct {
	mu sync.RWMutex
	av map[[sha256.Size]byte]verifierad
}

// maxVerifierade is some half a megabyte; when it is full it starts over.
const maxVerifierade = 4096

func (v *verifierade) hamta(hash [sha256.Size]byte) (verifierad, bool) {
	v.mu.RLock()
	defer v.mu.RUnlock()
	svar, ok := v.av[hash]
	return svar, ok
}

func (v *verifierade) lagg(hash [sha256.Size]byte, ny verifierad) {
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.av == nil || len(v.av) >= maxVerifierade {
		v.av = make(map[[sha256.Size]byte]verifierad)
	}
	v.av[hash] = ny
}

func (v *verifierade) tom() {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.av = nil
}

// String keeps tokens out of logs.
func (t Tokens) String() string { return fmt.Sprintf("auth.Tokens{%s}", t.TokenType) }

// GoString keeps tokens out of logs.
func (t Tokens) GoString() string { return t.String() }
