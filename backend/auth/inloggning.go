package auth

import (
	"context"
	"crypto/sha256"
	"errors"
	"time"

	"github.com/google/uuid"

	"sus/backend/register"
	"sus/backend/sms"
	"sus/backend/store/konto"
)

// Utmaning is the answer to a right master password: a code is on its way.
type Utmaning struct {
	ID     uuid.UUID
	Upphor time.Time
}

// Tokens is what a log-in gives. RefreshToken is "" for a client, Scope for a person.
type Tokens struct {
	AccessToken  string
	TokenType    string // «Bearer»
	ExpiresIn    int    // seconds
	RefreshToken string
	Scope        string // words with a space between
}

// inloggningFelaktig is the one answer for a number that nobody has, a wrong
// password and a blocked user.
func inloggningFelaktig() *register.Error {
	return register.Oautentiserad(register.RegelInloggningFelaktig)
}

// Inloggning is the first step: a right master password sends a one-time code
// to the user's mobile. adress is the client's IP address.
//
// Known and unknown numbers cost the same work and get the same answers. Refused:
// 401 `inloggning-felaktig`, 401 `ingen-giltig-behorighet` (only after a right
// password), 429 `for-manga-forsok`, 503 `sms-otillganglig`, 503
// `inloggning-upptagen`.
func (a *Auth) Inloggning(ctx context.Context, p register.Personnummer, huvudlosenord, adress string) (Utmaning, error) {
	adress = nat(adress)
	if err := a.raknaForsok(ctx, konto.Forsok{Personnummer: p, Adress: adress}); err != nil {
		return Utmaning{}, err
	}
	u, err := a.konto.Inloggningsuppgifter(ctx, p)
	if err != nil {
		return Utmaning{}, err
	}
	hash := u.Huvudlosenord
	if u.ID == uuid.Nil {
		hash = attrappLosen
	}
	ratt, err := a.stammer(ctx, hash, huvudlosenord)
	if err != nil {
		return Utmaning{}, err
	}
	if !ratt || u.ID == uuid.Nil || u.Sparrad {
		return Utmaning{}, a.neka(ctx, u.ID, inloggningFelaktig())
	}
	if err := a.konto.AterlamnaAdress(ctx, adress); err != nil {
		return Utmaning{}, err
	}
	if !u.HarBehorighet {
		return Utmaning{}, a.neka(ctx, u.ID, konto.BehorighetSaknas())
	}
	mobil, err := a.konto.Mobil(ctx, u.ID)
	if err != nil {
		return Utmaning{}, err
	}
	id, err := uuid.NewRandom()
	if err != nil {
		return Utmaning{}, err
	}
	kod := nyKod()
	upphor, err := a.konto.SkapaInloggning(ctx, id, u.ID, kod, kodGiltig)
	if err != nil {
		return Utmaning{}, err
	}
	text := "Din engångskod till SUS är " + kod + ". Den gäller i tio minuter. Lämna den aldrig till någon annan."
	if err := a.skicka(ctx, sms.Meddelande{Till: mobil, Text: text}); err != nil {
		return Utmaning{}, err
	}
	return Utmaning{ID: id, Upphor: upphor}, nil
}

// neka logs a refusal and gives it.
func (a *Auth) neka(ctx context.Context, anvandareID uuid.UUID, fel *register.Error) error {
	return a.konto.NekaInloggning(ctx, anvandareID, fel)
}

// Kod is the second step: the code opens a session. Refused: 404 `saknas` no
// such challenge, 401 `kod-felaktig`, 410 `inloggning-forbrukad` (expired, used,
// or five wrong codes), 401 `ingen-giltig-behorighet`. A wrong code counts against
// the person and the address, but no lock-out stops one who is between the steps:
// the challenge has its own bound.
func (a *Auth) Kod(ctx context.Context, inloggningID uuid.UUID, kod, adress string) (Tokens, error) {
	ny, fornyelse, err := nySession()
	if err != nil {
		return Tokens{}, err
	}
	s, err := a.provaKod(ctx, inloggningID, kod, adress, ny)
	if err != nil {
		return Tokens{}, err
	}
	return a.tokens(ctx, s, fornyelse)
}

// provaKod is the second step up to the session.
func (a *Auth) provaKod(ctx context.Context, inloggningID uuid.UUID, kod, adress string, ny konto.NySession) (konto.Session, error) {
	s, err := a.konto.ProvaKod(ctx, inloggningID, kod, ny, a.grans)
	var nej *register.Error
	if errors.As(err, &nej) && nej.Regel == register.RegelKodFelaktig {
		if _, err := a.konto.RaknaForsok(ctx, konto.Forsok{Adress: nat(adress)}, a.grans); err != nil {
			return konto.Session{}, err
		}
	}
	return s, err
}

// nySession draws a person's session and its first refresh token.
func nySession() (konto.NySession, string, error) {
	id, err := uuid.NewRandom()
	fornyelse := nyHemlighet()
	return konto.NySession{ID: id, Vila: vila, Giltig: absolut, Fornyelse: fornyelsehash(fornyelse)}, fornyelse, err
}

// fornyelsehash needs no key and no salt: 256 random bits cannot be guessed.
func fornyelsehash(token string) []byte {
	h := sha256.Sum256([]byte(token))
	return h[:]
}

// Fornya gives a new access token and the next refresh token. Refused with
// `fornyelse-ogiltig`: a token that is unknown or used, or whose session is over.
// A token that is used twice ends its session, also when the two uses race: the
// one that wins gets tokens that are good for nothing more.
func (a *Auth) Fornya(ctx context.Context, refreshToken string) (Tokens, error) {
	fornyelse := nyHemlighet()
	s, err := a.konto.Fornya(ctx, fornyelsehash(refreshToken), fornyelsehash(fornyelse), vila)
	if err != nil {
		return Tokens{}, err
	}
	return a.tokens(ctx, s, fornyelse)
}
