// Package auth is who may come in: log-in by SMS in two steps, machine clients,
// sessions, access tokens and the keys that sign them.
//
// A session stands in the database; an access token only names it. Every request
// verifies the token's signature and then asks the database, once, who the
// session belongs to and what that caller may do now. So a log-out, a block and
// an ended role take hold at once, and a token is worth nothing without them.
package auth

import (
	"context"
	"errors"
	"log/slog"
	"net/netip"
	"sync"
	"sync/atomic"
	"time"

	"sus/backend/register"
	"sus/backend/sms"
	"sus/backend/store/db"
	"sus/backend/store/konto"
)

const (
	maxAtkomstTTL = 5 * time.Minute
	vila          = 30 * time.Minute // a person's session without a refresh
	absolut       = 12 * time.Hour   // a person's session whatever happens
	kodGiltig     = 10 * time.Minute

	forsoksfonster   = 15 * time.Minute
	forsokPerPerson  = 8
	forsokPerAdress  = 100 // a whole kommun may sit behind one address
	samtidigaHashar  = 2   // argon2id at once: 19 MiB and a core each
	vantandePaHash   = 32  // more than these wait in vain: 503
	vantaVidTrangsel = 2 * time.Second
)

// Options is what an Auth needs besides its store and its SMS client.
type Options struct {
	Issuer, Audience string           // required: what tokens are issued by and for
	AtkomstTTL       time.Duration    // 0: 5 minutes, which is also the most
	Klocka           func() time.Time // nil: the store's clock

	ForsokPerPerson int // tries in 15 minutes for one personnummer; 0: 8
	ForsokPerAdress int // refused tries in 15 minutes from one address; 0: 100
}

// Auth is safe for use by many at once.
type Auth struct {
	konto  *konto.Konto
	sms    *sms.Klient
	o      Options
	grans  register.Forsoksgrans
	plats  chan struct{} // one element per argon2id being computed
	vantar atomic.Int32

	ring       atomic.Pointer[nyckelring]
	hamtar     sync.Mutex // one fetches keys at a time
	verifierad verifierade
	demo       atomic.Bool // known to be a demo; false: not known
}

// New prepares an Auth. smsKlient may be nil where nobody logs in (commands): what
// needs an SMS then answers `sms-otillganglig`. It does not ask the database.
func New(st *konto.Konto, smsKlient *sms.Klient, o Options) (*Auth, error) {
	if st == nil || o.Issuer == "" || o.Audience == "" {
		return nil, errors.New("auth: Konto, Issuer och Audience måste anges")
	}
	if o.AtkomstTTL == 0 {
		o.AtkomstTTL = maxAtkomstTTL
	}
	if o.AtkomstTTL < 0 || o.AtkomstTTL > maxAtkomstTTL {
		return nil, errors.New("auth: AtkomstTTL får vara högst fem minuter")
	}
	if o.Klocka == nil {
		o.Klocka = st.Nu
	}
	if o.ForsokPerPerson == 0 {
		o.ForsokPerPerson = forsokPerPerson
	}
	if o.ForsokPerAdress == 0 {
		o.ForsokPerAdress = forsokPerAdress
	}
	return &Auth{
		konto: st.Vid(o.Klocka), sms: smsKlient, o: o,
		grans: register.Forsoksgrans{Fonster: forsoksfonster, PerPerson: o.ForsokPerPerson, PerAdress: o.ForsokPerAdress},
		plats: make(chan struct{}, samtidigaHashar),
	}, nil
}

func (a *Auth) nu() time.Time { return a.konto.Nu() }

// raknaForsok counts a try and refuses it with 429 when there were too many.
func (a *Auth) raknaForsok(ctx context.Context, f konto.Forsok) error {
	vanta, err := a.konto.RaknaForsok(ctx, f, a.grans)
	if err != nil || vanta <= 0 {
		return err
	}
	return register.ForMycket(register.RegelForMangaForsok, vanta)
}

// nat is the part of an address that is counted: a subscriber has a whole /64
// of IPv6 to change within.
func nat(adress string) string {
	ip, err := netip.ParseAddr(adress)
	if err != nil {
		return adress
	}
	ip = ip.Unmap().WithZone("")
	if ip.Is4() {
		return ip.String()
	}
	p, err := ip.Prefix(64)
	if err != nil {
		return ip.String()
	}
	return p.String()
}

// skicka sends an SMS. The cause of a failure is logged, without number and text.
func (a *Auth) skicka(ctx context.Context, m sms.Meddelande) error {
	if a.sms == nil {
		return register.Otillganglig(register.RegelSMSOtillganglig, 0).Med("Det går inte att skicka SMS härifrån.")
	}
	err := a.sms.Skicka(ctx, m)
	if err != nil {
		slog.WarnContext(ctx, "sms gick inte att skicka", "fel", err)
	}
	return err
}

// Jag is who the Aktor is: what GET /v1/jag shows.
func (a *Auth) Jag(ctx context.Context, ak register.Aktor) (konto.Profil, error) {
	return a.konto.Profil(ctx, ak)
}

// LoggaUt ends the Aktor's session: its access and refresh tokens are refused
// from now on. A second time changes nothing.
func (a *Auth) LoggaUt(ctx context.Context, ak register.Aktor) error {
	return a.konto.LoggaUt(ctx, db.Begaran{Aktor: ak})
}

// Rensa erases what log-in no longer needs. For the daily job.
func (a *Auth) Rensa(ctx context.Context) error {
	return a.konto.Rensa(ctx)
}
