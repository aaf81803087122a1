package auth

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"errors"
	"fmt"
	"math/big"
	"strings"
	"sync"

	"golang.org/x/crypto/argon2"

	"sus/backend/register"
)

// argon2id as OWASP advises: 19 MiB, two passes, one lane; some 30 ms of one core.
const (
	argonMinne   = 19 * 1024 // KiB
	argonPass    = 2
	argonTradar  = 1
	argonSalt    = 16
	argonNyckel  = 32
	argonHuvud   = "$argon2id$v=19$m=19456,t=2,p=1$"
	attrappSalt  = "AAAAAAAAAAAAAAAAAAAAAA"
	attrappHash  = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
	attrappLosen = argonHuvud + attrappSalt + "$" + attrappHash // opens for no password; unknown persons are tried against it
)

// hasha is the PHC form of a master password under a fresh salt.
func (a *Auth) hasha(ctx context.Context, losenord string) (string, error) {
	salt := slumpbytes(argonSalt)
	nyckel, err := a.argon(ctx, losenord, salt)
	if err != nil {
		return "", err
	}
	return argonHuvud + base64.RawStdEncoding.EncodeToString(salt) + "$" + base64.RawStdEncoding.EncodeToString(nyckel), nil
}

// kandaHashar are those of the demos' master passwords, by password.
var kandaHashar sync.Map

// hashaKant is hasha of a demo's master password. One salt serves all who have it:
// what everybody knows has nothing to hide, and a demo has a hundred users.
func (a *Auth) hashaKant(ctx context.Context, losenord string) (string, error) {
	if hash, finns := kandaHashar.Load(losenord); finns {
		return hash.(string), nil
	}
	hash, err := a.hasha(ctx, losenord)
	if err != nil {
		return "", err
	}
	kandaHashar.Store(losenord, hash)
	return hash, nil
}

// stammer tries a master password against a hash in PHC form.
func (a *Auth) stammer(ctx context.Context, hash, losenord string) (bool, error) {
	delar, ok := strings.CutPrefix(hash, argonHuvud)
	saltText, hashText, ok2 := strings.Cut(delar, "$")
	salt, err1 := base64.RawStdEncoding.DecodeString(saltText)
	vantad, err2 := base64.RawStdEncoding.DecodeString(hashText)
	if !ok || !ok2 || errors.Join(err1, err2) != nil || len(vantad) != argonNyckel {
		return false, errors.New("auth: ett huvudlösenord är sparat i okänd form")
	}
	nyckel, err := a.argon(ctx, losenord, salt)
	if err != nil {
		return false, err
	}
	return subtle.ConstantTimeCompare(nyckel, vantad) == 1, nil
}

// argon computes argon2id, a few at a time: the memory and the cores of the
// server are for those who are logged in.
func (a *Auth) argon(ctx context.Context, losenord string, salt []byte) ([]byte, error) {
	if a.vantar.Add(1) > vantandePaHash {
		a.vantar.Add(-1)
		return nil, upptagen()
	}
	defer a.vantar.Add(-1)
	select {
	case a.plats <- struct{}{}:
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	defer func() { <-a.plats }()
	return argon2.IDKey([]byte(losenord), salt, argonPass, argonMinne, argonTradar, argonNyckel), nil
}

func upptagen() error {
	return register.Otillganglig(register.RegelInloggningUpptagen, vantaVidTrangsel)
}

// No letters or digits that look alike: it is read from a phone and typed once.
const losenordstecken = "abcdefghjkmnpqrstuvwxyz23456789"

// nyttLosenord draws a master password of four groups of four: 79 bits.
func nyttLosenord() string {
	var b strings.Builder
	for i := range 16 {
		if i > 0 && i%4 == 0 {
			b.WriteByte('-')
		}
		b.WriteByte(losenordstecken[slumptal(int64(len(losenordstecken)))])
	}
	return b.String()
}

// nyKod draws a one-time code of six digits.
func nyKod() string { return fmt.Sprintf("%06d", slumptal(1_000_000)) }

// slumptal is uniform in [0, n).
func slumptal(n int64) int64 {
	t, err := rand.Int(rand.Reader, big.NewInt(n))
	if err != nil {
		panic(err) // cannot happen since Go 1.24: the reader never fails
	}
	return t.Int64()
}

func slumpbytes(n int) []byte {
	b := make([]byte, n)
	_, _ = rand.Read(b) // never fails since Go 1.24
	return b
}

// nyHemlighet draws 32 bytes in base64url: a refresh token or a client's secret.
func nyHemlighet() string { return base64.RawURLEncoding.EncodeToString(slumpbytes(32)) }
