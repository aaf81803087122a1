package httpapi

import (
	"net"
	"net/http"
	"net/netip"
	"strings"

	"sus/backend/register"
	"sus/backend/store/db"
)

// behorig finds out who asks, and whether that role has the operation at all:
// 401 before 403, and both before anything is looked up. A denial is logged.
func (s *server) behorig(r *http.Request, b *begaran) error {
	aktor, err := s.anropare(r)
	if err != nil {
		return err
	}
	b.Aktor = aktor
	if b.op.far(aktor) {
		return nil
	}
	return s.store.Neka(r.Context(), b.Begaran, db.Arende{Handelse: register.HandelseOperationNekad, Detalj: b.op.id}, register.Nekad())
}

// anropare is who a token names or, without any, the web client's cookie.
func (s *server) anropare(r *http.Request) (register.Aktor, error) {
	if token, ok := bearer(r.Header); ok {
		return s.auth.Aktor(r.Context(), token)
	}
	if len(r.Header["Authorization"]) > 0 {
		return register.Aktor{}, errEjInloggad
	}
	session, err := s.kaksession(r)
	return session.Aktor, err
}

// bearer reads the one Authorization header. A token is accepted nowhere else:
// an address ends up in logs and histories.
func bearer(h http.Header) (string, bool) {
	varden := h["Authorization"]
	if len(varden) != 1 {
		return "", false
	}
	slag, token, ok := strings.Cut(varden[0], " ")
	token = strings.TrimSpace(token)
	if !ok || !strings.EqualFold(slag, "Bearer") || token == "" || len(token) > 4096 {
		return "", false
	}
	return token, true
}

// klientadress is the caller's address, for the limits of log-in. X-Forwarded-For
// is believed from our own proxies only, read from the right: what stands before
// the first stranger was written by the stranger.
func (s *server) klientadress(r *http.Request) string {
	vard, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		vard = r.RemoteAddr
	}
	if !s.betrodd(vard) {
		return vard
	}
	led := strings.Split(strings.Join(r.Header.Values("X-Forwarded-For"), ","), ",")
	for i := len(led) - 1; i >= 0; i-- {
		a, err := netip.ParseAddr(strings.TrimSpace(led[i]))
		if err != nil {
			break
		}
		vard = a.Unmap().String()
		if !s.betrodd(vard) {
			break
		}
	}
	return vard
}

func (s *server) betrodd(adress string) bool {
	a, err := netip.ParseAddr(adress)
	if err != nil {
		return false
	}
	for _, p := range s.proxy {
		if p.Contains(a.Unmap()) {
			return true
		}
	}
	return false
}

// arMaskin is true for a client, which must send an Idempotency-Key.
func (b *begaran) arMaskin() bool { return b.Aktor.HarRoll(register.RollMaskin) }
