package httpapi

import "slices"

// This file is what ought to become of people, written as plainly as it can be: a book
// kept by hand, that shares no rule with the product.

// life is one person: two numbers of hers, what the population register says of them,
// and what a förbund has written down.
type life struct {
	numbers   [2]string
	name      string // nobody else has it
	used      int    // how many of the numbers she gives
	replaced  bool   // the second number has taken the place of the first
	protected bool

	consents []*consent
	rows     []*row
	key      map[int]int // by number: whom the deltaganden are counted as
	apart    [][2]int    // keys of one person who has two open deltaganden in one insats
	told     []string    // what was done, for whoever has to understand a fault
}

type consent struct {
	id, insats string
	number     int
	named      bool // who gave it is known
	withdrawn  bool
	protected  bool // the name went since the person is protected
	answered   int  // the day of the population register's answer
	row        *row
}

type row struct {
	id           string
	consent      *consent
	key          int
	start, end   int
	open         bool
	felreg       bool
	reason       string // the exit's avslutsanledning
	exitWritten  int    // the day on which the exit's latest version was
	said, exited int    // versions of the two measurements
}

// ledger is everybody's book.
type ledger struct {
	lives []*life
	today int
	keys  int
}

func (b *ledger) freshKey() int { b.keys++; return b.keys }

// verdict is what a request is to be answered: a rule when it is refused.
type verdict struct {
	status int
	regel  string
}

var (
	granted = verdict{201, ""}
	changed = verdict{200, ""}
)

func conflict(regel string) verdict { return verdict{409, regel} }

// same is the numbers under which the person of one of them is known: only that one
// until somebody has learned of the other.
func (l *life) same(number int) []int {
	one, known := l.key[number]
	other, also := l.key[1-number]
	if known && also && (one == other || slices.Contains(l.apart, [2]int{min(one, other), max(one, other)})) {
		return []int{0, 1}
	}
	return []int{number}
}

// given is the consents that lead to the person of the number.
func (l *life) given(number int) []*consent {
	var found []*consent
	for _, c := range l.consents {
		if c.named && slices.Contains(l.same(number), c.number) {
			found = append(found, c)
		}
	}
	return found
}

// waiting is the consent in the insats that nobody has used, the latest.
func (l *life) waiting(number int, insats string) *consent {
	for _, c := range slices.Backward(l.given(number)) {
		if c.insats == insats && c.row == nil {
			return c
		}
	}
	return nil
}

// found is the deltaganden that a search by the number comes to.
func (l *life) found(number int, insats string) []string {
	ids := []string{}
	for _, c := range l.given(number) {
		if c.insats == insats && c.row != nil {
			ids = append(ids, c.row.id)
		}
	}
	slices.Sort(ids)
	return ids
}

// learn does what an answer of the population register about the number demands.
func (b *ledger) learn(l *life, number int) {
	if l.replaced {
		b.link(l)
	}
	if !l.protected {
		return
	}
	for _, c := range l.given(number) {
		c.protected = true
		b.forget(l, c)
	}
}

// link makes one person of the two numbers, unless nothing is known of either.
func (b *ledger) link(l *life) {
	if !slices.ContainsFunc(l.consents, func(c *consent) bool { return c.named }) || len(l.same(0)) == 2 {
		return
	}
	for number := range l.numbers {
		if _, known := l.key[number]; !known {
			l.key[number] = b.freshKey()
		}
	}
	l.apart = append(l.apart, [2]int{min(l.key[0], l.key[1]), max(l.key[0], l.key[1])})
	l.join()
}

// join makes one of each two keys that need not be apart any more.
func (l *life) join() {
	l.apart = slices.DeleteFunc(l.apart, func(pair [2]int) bool {
		for _, one := range l.rows {
			for _, other := range l.rows {
				if one.open && other.open && one.key == pair[0] && other.key == pair[1] && one.consent.insats == other.consent.insats {
					return false
				}
			}
		}
		for _, r := range l.rows {
			if r.key == pair[1] {
				r.key = pair[0]
			}
		}
		for number, key := range l.key {
			if key == pair[1] {
				l.key[number] = pair[0]
			}
		}
		return true
	})
}

// forget takes the name from a consent. What has ended on it then leads to nobody; what
// is open is counted as before until its exit. A number goes with the last consent that
// was given under it, and with a person's last consent all her numbers.
func (b *ledger) forget(l *life, c *consent) {
	c.named = false
	if c.row != nil && !c.row.open {
		c.row.key = b.freshKey()
	}
	key, known := l.key[c.number]
	if known && !l.stands(func(n int) bool { return n == c.number }) {
		delete(l.key, c.number)
	}
	if known && !l.stands(func(n int) bool { k, known := l.key[n]; return known && k == key }) {
		for number := range l.numbers {
			if l.key[number] == key {
				delete(l.key, number)
			}
		}
	}
	l.join()
}

func (l *life) stands(under func(number int) bool) bool {
	return slices.ContainsFunc(l.consents, func(c *consent) bool { return c.named && under(c.number) })
}

// consent is a new consent under a number.
func (b *ledger) consent(l *life, number int, insats string) verdict {
	if l.waiting(number, insats) != nil {
		return conflict("samtycke-vantar") // before anybody is asked
	}
	b.learn(l, number)
	switch {
	case l.waiting(number, insats) != nil:
		return conflict("samtycke-vantar")
	case l.protected: // and nothing more is told
		return conflict("skyddade-personuppgifter")
	case l.replaced && number == 0:
		return verdict{422, "personnummer-ersatt"}
	}
	return granted
}

func (b *ledger) consented(l *life, id string, number int, insats string) {
	l.consents = append(l.consents, &consent{id: id, insats: insats, number: number, named: true, answered: b.today})
	b.learn(l, number)
}

// register is an in-registration on a consent.
func (b *ledger) register(l *life, c *consent) verdict {
	asked := c.named && c.answered < b.today
	if asked {
		b.learn(l, c.number)
	}
	switch {
	case c.withdrawn:
		return conflict("aterkallat")
	case c.row != nil:
		return conflict("samtycke-anvant")
	case c.protected:
		return conflict("skyddade-personuppgifter")
	}
	for _, number := range l.same(c.number) {
		key, known := l.key[number]
		for _, r := range l.rows {
			if known && r.open && r.key == key && r.consent.insats == c.insats {
				return conflict("redan-oppen")
			}
		}
	}
	if asked {
		c.answered = b.today
	}
	return granted
}

func (b *ledger) registered(l *life, c *consent, id string) {
	if _, known := l.key[c.number]; !known {
		l.key[c.number] = b.freshKey()
	}
	c.row = &row{id: id, consent: c, key: l.key[c.number], start: b.today, open: true, said: 1}
	l.rows = append(l.rows, c.row)
}

// exit ends a deltagande.
func (b *ledger) exit(l *life, r *row, reason string) verdict {
	switch {
	case r.consent.withdrawn:
		return conflict("aterkallat")
	case !r.open:
		return conflict("redan-avslutat")
	}
	r.open, r.end, r.felreg, r.reason, r.exitWritten, r.exited = false, b.today, reason == felregistrering, reason, b.today, 1
	if r.consent.protected {
		r.key = b.freshKey()
	}
	l.join()
	return granted
}

const felregistrering = "FELREGISTRERING"

// daysOfFelregistrering is how long one may be corrected.
const daysOfFelregistrering = 30

func (b *ledger) fixed(r *row) bool { return r.felreg && r.exitWritten < b.today-daysOfFelregistrering }

// correctIn moves the startdag; what says the same makes no version.
func (b *ledger) correctIn(r *row, start int) verdict {
	switch {
	case r.consent.withdrawn:
		return conflict("aterkallat")
	case b.fixed(r):
		return conflict("felregistrering-last")
	}
	if start != r.start {
		r.start, r.said = start, r.said+1
	}
	return changed
}

// correctOut moves the avslutningsdag, and says why it ended; what says the same makes no
// version.
func (b *ledger) correctOut(r *row, end int, reason string) verdict {
	switch {
	case r.consent.withdrawn:
		return conflict("aterkallat")
	case b.fixed(r):
		return conflict("felregistrering-last")
	case r.open:
		return conflict("inte-avslutat")
	case r.felreg && reason == felregistrering:
		return conflict("redan-felregistrerat")
	}
	if end != r.end || reason != r.reason {
		r.end, r.felreg, r.reason, r.exitWritten, r.exited = end, reason == felregistrering, reason, b.today, r.exited+1
	}
	return changed
}

// withdraw takes a consent back.
func (b *ledger) withdraw(l *life, c *consent) verdict {
	if c.withdrawn {
		return conflict("redan-aterkallat")
	}
	c.withdrawn = true
	if r := c.row; r != nil && r.open {
		r.open, r.end, r.exitWritten, r.exited = false, b.today, b.today, 1
	}
	b.forget(l, c)
	return granted
}

// night asks the population register about each number that stands in the register.
func (b *ledger) night() {
	for _, l := range b.lives {
		for number := range l.numbers {
			if l.stands(func(n int) bool { return n == number }) {
				b.learn(l, number)
			}
			for _, c := range l.consents {
				if c.number == number && c.named {
					c.answered = b.today
				}
			}
		}
	}
}

// count is what a report prints of a year: antal and unika, at start and at slut.
type count struct{ started, startedUnique, ended, endedUnique int32 }

// count counts the deltaganden of some insatser between two days, the latter not included.
func (b *ledger) count(from, to int, insatser ...string) count {
	started, ended := map[int]int32{}, map[int]int32{}
	for _, l := range b.lives {
		for _, r := range l.rows {
			if r.felreg || !slices.Contains(insatser, r.consent.insats) {
				continue
			}
			if from <= r.start && r.start < to {
				started[r.key]++
			}
			if !r.open && from <= r.end && r.end < to {
				ended[r.key]++
			}
		}
	}
	c := count{startedUnique: int32(len(started)), endedUnique: int32(len(ended))}
	for _, n := range started {
		c.started += n
	}
	for _, n := range ended {
		c.ended += n
	}
	return c
}
