package httpapi

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"net/netip"
	"strconv"
	"sync"
	"time"

	"github.com/google/uuid"

	"sus/backend/register"
	"sus/backend/store/db"
)

// Bounds of the rows that a stranger's refusals leave in the log: one a minute of an
// address and kind, of so many addresses; what is above is one row for all of them.
const (
	refusalWindow    = time.Minute
	refusalAddresses = 100
	refusalWrite     = 2 * time.Second
)

// refusalLog keeps the log's rows of what is refused outside the use cases: another
// site's requests (csrf), too many tries or look-ups, tokens that do not hold. The first refusal
// has its row at once; those that follow within the minute are counted, and the row
// after the minute has their number. Each server keeps its own.
type refusalLog struct {
	now   func() time.Time
	after func(time.Duration, func())
	write func(ctx context.Context, k refusalKind, a register.Aktor, address string, number int) error

	mu      sync.Mutex
	windows map[refusalKey]*refusalCount
	armed   bool
}

// refusalKind is the event that the row tells of and the refusal.
type refusalKind struct {
	handelse register.Handelse
	regel    register.Regel
}

type refusalKey struct {
	kind    refusalKind
	aktor   uuid.UUID
	network string // "" for a known Aktor's, and for the addresses above the bound
}

type refusalCount struct {
	since   time.Time
	aktor   register.Aktor
	address string
	held    int // not in a row yet
}

func newRefusalLog(st interface {
	Neka(context.Context, db.Begaran, db.Arende, *register.Error) error
}) *refusalLog {
	return &refusalLog{
		now: time.Now, after: func(d time.Duration, f func()) { time.AfterFunc(d, f) }, windows: map[refusalKey]*refusalCount{},
		write: func(ctx context.Context, k refusalKind, a register.Aktor, address string, number int) error {
			ctx, cancel := context.WithTimeout(ctx, refusalWrite)
			defer cancel()
			ctx = db.MedUrsprung(ctx, db.Ursprung{Adress: address})
			nej := register.Oautentiserad(k.regel) // of which the row has the rule
			if err := st.Neka(ctx, db.Begaran{Aktor: a}, db.Arende{Handelse: k.handelse, Detalj: strconv.Itoa(number)}, nej); !errors.Is(err, nej) {
				return err
			}
			return nil
		},
	}
}

// network is what counts as one address: of IPv6 the /64 that one subscriber has.
func network(address string) string {
	a, err := netip.ParseAddr(address)
	if err != nil || a.Is4() {
		return address
	}
	p, err := a.Prefix(64)
	if err != nil {
		return address
	}
	return p.String()
}

// refused counts a refusal, and writes its row when the minute has none. Who is known
// has rows of their own, whatever strangers do meanwhile.
func (l *refusalLog) refused(ctx context.Context, k refusalKind, a register.Aktor, address string) error {
	l.mu.Lock()
	key := refusalKey{kind: k, aktor: a.ID}
	stranger := a.ID == uuid.Nil
	if stranger {
		key.network = network(address)
	}
	c := l.windows[key]
	if c == nil && stranger && len(l.windows) >= refusalAddresses {
		key, address = refusalKey{kind: k}, ""
		c = l.windows[key]
	}
	if c == nil {
		c = &refusalCount{since: l.now().Add(-refusalWindow), aktor: a, address: address}
		l.windows[key] = c
	}
	c.held++
	if l.now().Sub(c.since) < refusalWindow {
		l.mu.Unlock()
		return nil
	}
	number := l.take(c)
	l.mu.Unlock()
	return l.wrote(ctx, k, c, number)
}

// take begins a minute with the row of what was counted; the lock is held.
func (l *refusalLog) take(c *refusalCount) int {
	number := c.held
	c.since, c.held = l.now(), 0
	if !l.armed {
		l.armed = true
		l.after(refusalWindow, l.flush)
	}
	return number
}

// wrote writes the row; what could not be written stands in the next one.
func (l *refusalLog) wrote(ctx context.Context, k refusalKind, c *refusalCount, number int) error {
	err := l.write(ctx, k, c.aktor, c.address, number)
	if err != nil {
		l.kept(c, number)
	}
	return err
}

func (l *refusalLog) kept(c *refusalCount, number int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	c.held += number
}

// flush writes the rows of the minutes that are over, and forgets the addresses that
// were refused nothing more.
func (l *refusalLog) flush() {
	type row struct {
		kind   refusalKind
		c      *refusalCount
		number int
	}
	var rows []row
	l.mu.Lock()
	l.armed = false
	for key, c := range l.windows {
		switch {
		case l.now().Sub(c.since) < refusalWindow:
		case c.held == 0:
			delete(l.windows, key)
		default:
			rows = append(rows, row{key.kind, c, l.take(c)})
		}
	}
	if len(l.windows) > 0 && !l.armed {
		l.armed = true
		l.after(refusalWindow, l.flush)
	}
	l.mu.Unlock()
	away := false
	for _, r := range rows {
		if away {
			l.kept(r.c, r.number)
			continue
		}
		away = l.wrote(context.Background(), r.kind, r.c, r.number) != nil // then the next minute tells
	}
}

// logRefusal gives a refusal that has no row of a use case its row: that of who asked,
// when that is known.
func (s *server) logRefusal(r *http.Request, status int, regel register.Regel) {
	k := refusalKind{regel: regel}
	switch {
	case regel == register.RegelCSRF:
		k.handelse = register.HandelseCSRFNekad
	case status == http.StatusTooManyRequests:
		k.handelse = register.HandelseForsokNekade
	case status == http.StatusUnauthorized && (len(r.Header["Authorization"]) > 0 || regel == register.RegelTokenOgiltig || regel == register.RegelFornyelseOgiltig):
		k.handelse = register.HandelseTokenNekad
	default:
		return
	}
	who := db.Inloggningsaktor
	if b, ok := r.Context().Value(begaranKey{}).(*begaran); ok && b.Aktor.ID != uuid.Nil {
		who = b.Aktor
	}
	if err := s.refusals.refused(context.WithoutCancel(r.Context()), k, who, s.clientAddress(r)); err != nil {
		s.logger.LogAttrs(r.Context(), slog.LevelWarn, "ett nekande kunde inte loggas", slog.String("fel", withoutValues(err)))
	}
}
