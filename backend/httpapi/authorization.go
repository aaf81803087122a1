package httpapi

import (
	"net"
	"net/http"
	"net/netip"
	"strings"

	"sus/backend/register"
	"sus/backend/store/db"
)

// authorize finds out who asks, and whether that role has the operation at all:
// 401 before 403, and both before anything is looked up. A denial is logged.
func (s *server) authorize(r *http.Request, b *begaran) error {
	aktor, err := s.caller(r)
	if err != nil {
		return err
	}
	b.Aktor = aktor
	if b.op.allows(aktor) {
		return nil
	}
	return s.store.Neka(r.Context(), b.Begaran, db.Arende{Handelse: register.HandelseOperationNekad, Detalj: b.op.id}, register.Nekad())
}

// caller is who a token names or, without any, the web client's cookie.
func (s *server) caller(r *http.Request) (register.Aktor, error) {
	if token, ok := bearer(r.Header); ok {
		return s.auth.Aktor(r.Context(), token)
	}
	if len(r.Header["Authorization"]) > 0 {
		return register.Aktor{}, errNotLoggedIn
	}
	session, err := s.cookieSession(r)
	return session.Aktor, err
}

// bearer reads the one Authorization header. A token is accepted nowhere else:
// an address ends up in logs and histories.
func bearer(h http.Header) (string, bool) {
	values := h["Authorization"]
	if len(values) != 1 {
		return "", false
	}
	scheme, token, ok := strings.Cut(values[0], " ")
	token = strings.TrimSpace(token)
	if !ok || !strings.EqualFold(scheme, "Bearer") || token == "" || len(token) > 4096 {
		return "", false
	}
	return token, true
}

// clientAddress is the caller's address, for the limits of log-in. X-Forwarded-For
// is believed from our own proxies only, read from the right: what stands before
// the first stranger was written by the stranger.
func (s *server) clientAddress(r *http.Request) string {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		host = r.RemoteAddr
	}
	if !s.trusted(host) {
		return host
	}
	hops := strings.Split(strings.Join(r.Header.Values("X-Forwarded-For"), ","), ",")
	for i := len(hops) - 1; i >= 0; i-- {
		a, ok := hop(strings.TrimSpace(hops[i]))
		if !ok {
			break
		}
		host = a.String()
		if !s.trusted(host) {
			break
		}
	}
	return host
}

// hop is the address of one hop, which proxies also write with its port or in
// brackets: 198.51.100.7:40001, [2001:db8::7]:40001, [2001:db8::7].
func hop(text string) (netip.Addr, bool) {
	a, err := netip.ParseAddr(text)
	if err != nil {
		var ap netip.AddrPort
		ap, err = netip.ParseAddrPort(text)
		a = ap.Addr()
	}
	if err != nil && strings.HasPrefix(text, "[") && strings.HasSuffix(text, "]") {
		a, err = netip.ParseAddr(text[1 : len(text)-1])
	}
	return a.Unmap().WithZone(""), err == nil
}

func (s *server) trusted(address string) bool {
	a, err := netip.ParseAddr(address)
	if err != nil {
		return false
	}
	for _, p := range s.proxies {
		if p.Contains(a.Unmap()) {
			return true
		}
	}
	return false
}

// isMaskin is true for a client, which must send an Idempotency-Key.
func (b *begaran) isMaskin() bool { return b.Aktor.HarRoll(register.RollMaskin) }
