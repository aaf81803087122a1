package auth

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"sus/backend/store/konto"
)

const (
	// A server learns of another one's rotation within so long.
	nycklarGaller = time.Minute
	// An unknown kid asks the database again, at most so often.
	nycklarMinst = 50 * time.Millisecond
	hundraAr     = 100 * 365 * 24 * time.Hour
)

// nyckelring is the keys that verify now, and the one that signs.
type nyckelring struct {
	kid     string
	privat  *ecdsa.PrivateKey
	publika map[string]*ecdsa.PublicKey
	jwks    []byte
	hamtad  time.Time // the machine's time: the age of a cache is not the domain's
}

// jwk is one public key (RFC 7517).
type jwk struct {
	Kty string `json:"kty"`
	Crv string `json:"crv"`
	Kid string `json:"kid"`
	Use string `json:"use"`
	Alg string `json:"alg"`
	X   string `json:"x"`
	Y   string `json:"y"`
}

// nycklar is the key ring, which knows kid unless nobody does; kid "" asks for
// none in particular. The first call of an installation makes its first key.
func (a *Auth) nycklar(ctx context.Context, kid string) (*nyckelring, error) {
	if r := a.ring.Load(); r.duger(kid) {
		return r, nil
	}
	a.hamtar.Lock()
	defer a.hamtar.Unlock()
	r := a.ring.Load()
	if r.duger(kid) {
		return r, nil // another request fetched them meanwhile
	}
	ny, err := a.hamtaNycklar(ctx)
	if err != nil {
		return nil, err
	}
	if r == nil || string(r.jwks) != string(ny.jwks) {
		a.verifierad.tom() // what a key verified goes with the key
	}
	a.ring.Store(ny)
	return ny, nil
}

func (r *nyckelring) duger(kid string) bool {
	if r == nil {
		return false
	}
	alder := time.Since(r.hamtad)
	_, kand := r.publika[kid]
	return alder < nycklarMinst || alder < nycklarGaller && (kand || kid == "")
}

func (a *Auth) hamtaNycklar(ctx context.Context) (*nyckelring, error) {
	hamtad := time.Now()
	rader, err := a.konto.Signeringsnycklar(ctx)
	if err != nil {
		return nil, err
	}
	if len(rader) == 0 || rader[0].Pensionerad != nil {
		// False when another server was first: its key is there then.
		if _, err := a.rotera(ctx, hundraAr); err != nil {
			return nil, err
		}
		if rader, err = a.konto.Signeringsnycklar(ctx); err != nil {
			return nil, err
		}
	}
	r := &nyckelring{publika: map[string]*ecdsa.PublicKey{}, hamtad: hamtad}
	mangd := struct {
		Keys []jwk `json:"keys"`
	}{[]jwk{}}
	for _, rad := range rader {
		privat, err := x509.ParsePKCS8PrivateKey(rad.Privat)
		if err != nil {
			return nil, fmt.Errorf("auth: nyckeln %s går inte att läsa", rad.Kid)
		}
		nyckel, ok := privat.(*ecdsa.PrivateKey)
		if !ok || nyckel.Curve != elliptic.P256() {
			return nil, fmt.Errorf("auth: nyckeln %s är inte ES256", rad.Kid)
		}
		punkt, err := nyckel.PublicKey.Bytes() // 4, x, y
		if err != nil {
			return nil, fmt.Errorf("auth: nyckeln %s: %w", rad.Kid, err)
		}
		r.publika[rad.Kid] = &nyckel.PublicKey
		mangd.Keys = append(mangd.Keys, jwk{"EC", "P-256", rad.Kid, "sig", "ES256",
			base64.RawURLEncoding.EncodeToString(punkt[1:33]), base64.RawURLEncoding.EncodeToString(punkt[33:])})
		if rad.Pensionerad == nil {
			r.kid, r.privat = rad.Kid, nyckel
		}
	}
	if r.privat == nil {
		return nil, errors.New("auth: ingen aktiv signeringsnyckel")
	}
	if r.jwks, err = json.Marshal(mangd); err != nil {
		return nil, err
	}
	return r, nil
}

// RoteraNycklar makes a new key sign unless the present one is younger than
// aldreAn; 0 always does. The old one verifies until what it signed has expired.
// False says that nothing was changed.
func (a *Auth) RoteraNycklar(ctx context.Context, aldreAn time.Duration) (bool, error) {
	bytt, err := a.rotera(ctx, aldreAn)
	if bytt {
		a.hamtar.Lock()
		a.ring.Store(nil)
		a.hamtar.Unlock()
	}
	return bytt, err
}

func (a *Auth) rotera(ctx context.Context, aldreAn time.Duration) (bool, error) {
	privat, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return false, err
	}
	privatDER, err := x509.MarshalPKCS8PrivateKey(privat)
	if err != nil {
		return false, err
	}
	publikDER, err := x509.MarshalPKIXPublicKey(&privat.PublicKey)
	if err != nil {
		return false, err
	}
	hash := sha256.Sum256(publikDER)
	// Another server may sign with the old one until it has looked again.
	efter := a.o.AtkomstTTL + 2*nycklarGaller
	demo, err := a.arDemo(ctx)
	if err != nil {
		return false, err
	}
	if demo {
		efter = maxDemoliv + 2*nycklarGaller
	}
	return a.konto.RoteraSigneringsnyckel(ctx, konto.Signeringsnyckel{
		Kid: base64.RawURLEncoding.EncodeToString(hash[:12]), Publik: publikDER, Privat: privatDER,
	}, aldreAn, efter)
}

// JWKS is the public keys (RFC 7517) as JSON: the active one and the retired
// ones that still verify.
func (a *Auth) JWKS(ctx context.Context) ([]byte, error) {
	r, err := a.nycklar(ctx, "")
	if err != nil {
		return nil, err
	}
	return r.jwks, nil
}
