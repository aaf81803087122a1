package httpapi

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"sync"
	"testing"
	"time"

	"sus/backend/register"
	"sus/backend/store/db"
)

// refusalBook is a refusalLog with a clock and a timer of the test's own, and the
// rows that it wrote.
type refusalBook struct {
	*refusalLog
	clock time.Time
	timer func()
	rows  map[string][]int // by address
	away  bool
	tries int
}

func newRefusalBook() *refusalBook {
	b := &refusalBook{clock: testDay, rows: map[string][]int{}}
	b.refusalLog = &refusalLog{windows: map[refusalKey]*refusalCount{}, now: func() time.Time { return b.clock },
		after: func(_ time.Duration, f func()) { b.timer = f },
		write: func(_ context.Context, _ refusalKind, _ register.Aktor, address string, number int) error {
			b.tries++
			if b.away {
				return errors.New("away")
			}
			b.rows[address] = append(b.rows[address], number)
			return nil
		}}
	return b
}

func (b *refusalBook) minute() {
	b.clock = b.clock.Add(refusalWindow)
	if f := b.timer; f != nil {
		b.timer = nil
		f()
	}
}

var badToken = refusalKind{register.HandelseTokenNekad, register.RegelTokenOgiltig}

func TestRefusalsOfAnAddressHaveOneRowAMinuteWithTheirNumber(t *testing.T) {
	b := newRefusalBook()
	for range 1000 {
		_ = b.refused(t.Context(), badToken, db.Inloggningsaktor, "192.0.2.1")
	}
	_ = b.refused(t.Context(), badToken, db.Inloggningsaktor, "192.0.2.2")
	_ = b.refused(t.Context(), refusalKind{register.HandelseCSRFNekad, register.RegelCSRF}, db.Inloggningsaktor, "192.0.2.2")
	b.minute()
	b.minute()
	b.minute()
	if got := fmt.Sprint(b.rows); got != "map[192.0.2.1:[1 999] 192.0.2.2:[1 1]]" {
		t.Errorf("the rows are %s", got)
	}
	if len(b.windows) != 0 || b.timer != nil {
		t.Errorf("%d addresses are remembered", len(b.windows))
	}
	_ = b.refused(t.Context(), badToken, db.Inloggningsaktor, "192.0.2.1")
	if n := len(b.rows["192.0.2.1"]); n != 3 {
		t.Errorf("a later one has %d rows", n)
	}
}

func TestManyAddressesFillNeitherTheLogNorTheMemory(t *testing.T) {
	b := newRefusalBook()
	for n := range 5000 {
		_ = b.refused(t.Context(), badToken, db.Inloggningsaktor, fmt.Sprintf("10.0.%d.%d", n/250, n%250))
	}
	for n := range 5000 { // one subscriber's
		_ = b.refused(t.Context(), badToken, db.Inloggningsaktor, fmt.Sprintf("2001:db8::%x", n))
	}
	b.minute()
	rows, refusals := 0, 0
	for _, numbers := range b.rows {
		rows += len(numbers)
		for _, n := range numbers {
			refusals += n
		}
	}
	if rows > refusalAddresses+2 || refusals != 10000 {
		t.Errorf("%d rows tell of %d refusals", rows, refusals)
	}
	if len(b.windows) > refusalAddresses+1 {
		t.Errorf("%d addresses are remembered", len(b.windows))
	}
}

func TestWhatCouldNotBeLoggedIsToldLater(t *testing.T) {
	b := newRefusalBook()
	b.away = true
	if err := b.refused(t.Context(), badToken, db.Inloggningsaktor, "192.0.2.1"); err == nil {
		t.Error("nothing was wrong")
	}
	b.away = false
	b.minute()
	if got := fmt.Sprint(b.rows); got != "map[192.0.2.1:[1]]" {
		t.Errorf("the rows are %s", got)
	}
}

// What waits for the end of its minute when the database is away waits for the next, of
// every address; nobody is asked to wait for a database that did not answer.
func TestWhatWaitedWhileTheDatabaseWasAwayIsToldOfEveryAddress(t *testing.T) {
	b := newRefusalBook()
	for range 3 {
		for n := range 5 {
			_ = b.refused(t.Context(), badToken, db.Inloggningsaktor, fmt.Sprintf("192.0.2.%d", n))
		}
	}
	b.away, b.tries = true, 0
	b.minute()
	if b.tries != 1 {
		t.Errorf("a database that was away was asked %d times", b.tries)
	}
	b.away = false
	b.minute()
	b.minute()
	if got := fmt.Sprint(b.rows); got != "map[192.0.2.0:[1 2] 192.0.2.1:[1 2] 192.0.2.2:[1 2] 192.0.2.3:[1 2] 192.0.2.4:[1 2]]" {
		t.Errorf("the rows are %s", got)
	}
}

func TestAStrangerCannotFillTheLogAndIsSeenInIt(t *testing.T) {
	p := newHarness(t)
	before := p.rows(t, `true`)
	const each = 700
	var all sync.WaitGroup
	for range 4 {
		all.Go(func() {
			for range each / 4 {
				p.callUnchecked("", "GET", "/v1/jag", nil, headers{"Authorization": "Bearer a.b.c"})
				p.callUnchecked("", "GET", "/session", nil, headers{"Cookie": cookieName + "=skräp"})
				p.callUnchecked("", "POST", "/session/inloggningar", map[string]string{}, headers{"Origin": "https://annan.example"})
			}
		})
	}
	all.Wait()
	if n := p.rows(t, `true`) - before; n < 2 || n > 20 {
		t.Errorf("%d requests left %d rows", 3*each, n)
	}
	for _, h := range []register.Handelse{register.HandelseTokenNekad, register.HandelseCSRFNekad} {
		if n := p.rows(t, `handelse = '`+h.String()+`' and adress = '127.0.0.1' and roll = 'inloggning' and utfall = 'NEKAD' and detalj = '1' and aktor_typ = 'SYSTEM'`); n == 0 {
			t.Errorf("no row of %s", h)
		}
	}
}

func TestTheRowHasTheNumberThatWasCounted(t *testing.T) {
	p := newHarness(t)
	must(t, newRefusalLog(p.st).write(t.Context(), badToken, db.Inloggningsaktor, "192.0.2.9", 41))
	if n := p.rows(t, `handelse = 'TOKEN_NEKAD' and regel = 'token-ogiltig' and utfall = 'NEKAD' and adress = '192.0.2.9' and detalj = '41'`); n != 1 {
		t.Errorf("%d rows of 41 refusals", n)
	}
}

func (p *harness) rows(t *testing.T, where string) int {
	t.Helper()
	var n int
	must(t, p.Super(t).QueryRow(`select count(*) from loggpost where `+where).Scan(&n))
	return n
}

func TestEveryRowSaysFromWhichAddressAndWithWhichRole(t *testing.T) {
	p := newHarness(t)
	p.newSamtycke("DELTAGARANSVARIG A1", "A1")
	p.newSamtycke("MASKIN A1", "A1")
	for roll, who := range map[string]string{"DELTAGARANSVARIG": "PERSON", "MASKIN": "MASKIN"} {
		if n := p.rows(t, `handelse = 'SAMTYCKE_SKAPAT' and adress = '127.0.0.1' and roll = '`+roll+`' and aktor_typ = '`+who+`'`); n == 0 {
			t.Errorf("no row of a %s", roll)
		}
	}
	s := p.expect(200, "SYSTEMFORVALTARE", "GET", "/v1/loggposter?limit=100", nil, nil)
	var list struct {
		Data []struct{ Handelse, Adress, Roll string }
	}
	s.json(t, &list)
	seen := 0
	for _, l := range list.Data {
		if l.Handelse == "SAMTYCKE_SKAPAT" && l.Adress == "127.0.0.1" && l.Roll != "" {
			seen++
		}
	}
	if seen < 2 {
		t.Errorf("%d rows are shown with address and role: %s", seen, s.text)
	}
}

func TestAVersionThatIsNoneOfOursIsRefusedWithARow(t *testing.T) {
	p := newHarness(t)
	id := p.newDeltagande("DELTAGARANSVARIG A1", "A1")
	for n, etag := range []string{"*", `"x"`, `"1", "2"`} {
		p.expect(412, "DELTAGARANSVARIG A1", "PUT", "/v1/deltaganden/"+id+"/inregistrering", inregistrering(""), headers{"If-Match": etag})
		if rows := p.rows(t, `handelse = 'OPERATION_NEKAD' and regel = 'foraldrad' and detalj = 'rattaInregistrering'`); rows != n+1 {
			t.Errorf("after %s: %s rows", etag, strconv.Itoa(rows))
		}
	}
}
