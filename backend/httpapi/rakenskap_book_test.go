package httpapi

import (
	"fmt"
	"slices"
	"time"
)

// This file is what the report ought to count, written as plainly as it can be: a book
// of everybody, read from the beginning for every choice. It shares no code with the
// product, and keeps no sums.

// book is what has been registered, and where every förbund stood in every month.
type book struct {
	today   time.Time
	people  []*bookPerson
	periods []*bookPeriod
	unnamed []*bookUnnamed
	forbund []*bookForbund
}

// bookPerson is somebody with two numbers. Until it is told that the second has taken
// the first one's place, nobody knows that they are one person's.
type bookPerson struct {
	numbers   [2]string
	women     [2]bool // what the number says
	both      bool    // she gives either number
	replaced  bool
	protected bool
	periods   []*bookPeriod
}

// bookPeriod is a deltagande.
type bookPeriod struct {
	who       *bookPerson
	number    int // which of hers she gave
	insats    string
	id        string
	consent   string
	start     time.Time
	before    []string
	ended     bool
	end       time.Time
	reason    string
	after     []string
	exitSaid  time.Time // when the exit was last written
	named     bool
	withdrawn bool
}

// bookUnnamed is anonyma.
type bookUnnamed struct {
	id         string
	insats     string
	version    int
	year       int
	women, men int
}

// bookForbund is an organisation; its insatser are its letter with a number after.
type bookForbund struct {
	letter, id, name, form string
	insatser               map[string]string // the name of each by its letter and number
	ids                    map[string]string
	stood                  []bookPlace // from firstMonth on, a month each
}

type bookPlace struct {
	omrade   string
	kommuner string // sorted, with spaces between
}

// bookChoice is what a report is asked for.
type bookChoice struct {
	year                           int
	form, omrade, lan, org, insats string // org and insats by letter
	kon                            string
}

const firstBookYear, lastBookYear = 2005, 2032

// monthOf counts months from the first of the book.
func monthOf(d time.Time) int { return (d.Year()-firstBookYear)*12 + int(d.Month()) - 1 }

func (b *book) forbundOf(letter string) *bookForbund {
	for _, f := range b.forbund {
		if f.letter == letter {
			return f
		}
	}
	return nil
}

// move says that from a month on the förbund stands elsewhere: until what was there had
// been changed anyway. An empty text is no change.
func (f *bookForbund) move(month int, omrade, kommuner string) {
	was := f.stood[month]
	for m := month; omrade != "" && m < len(f.stood) && f.stood[m].omrade == was.omrade; m++ {
		f.stood[m].omrade = omrade
	}
	for m := month; kommuner != "" && m < len(f.stood) && f.stood[m].kommuner == was.kommuner; m++ {
		f.stood[m].kommuner = kommuner
	}
}

// lans are the län of the kommuner, one for each kommun, in order.
func (p bookPlace) lans() []string {
	var all []string
	for k := p.kommuner; len(k) >= 4; k = k[min(5, len(k)):] {
		all = append(all, k[:2])
	}
	slices.Sort(all)
	return all
}

// lan is where most of them are, the lowest of equals.
func (p bookPlace) lan() string {
	best, most, run, last := "", 0, 0, ""
	for _, lan := range p.lans() {
		if lan != last {
			run = 0
		}
		if run++; run > most {
			best, most = lan, run
		}
		last = lan
	}
	return best
}

func (p bookPlace) fits(c bookChoice) bool {
	return (c.omrade == "" || c.omrade == p.omrade) && (c.lan == "" || c.lan == p.lan())
}

// everFits is whether the förbund stood where it is asked for in any month of the year.
func (f *bookForbund) everFits(c bookChoice) bool {
	for m := range 12 {
		if f.stood[(c.year-firstBookYear)*12+m].fits(c) {
			return true
		}
	}
	return false
}

// refused is whether the choice is of things that exclude each other.
func (b *book) refused(c bookChoice) bool {
	letter := c.org
	if c.insats != "" {
		if letter != "" && letter != c.insats[:1] {
			return true
		}
		letter = c.insats[:1]
	}
	if letter == "" {
		return false
	}
	f := b.forbundOf(letter)
	return f.form != c.form || !f.everFits(c)
}

// chosen is whether an insats is asked for, as the förbund stood on a day.
func (b *book) chosen(c bookChoice, insats string, on time.Time) bool {
	f := b.forbundOf(insats[:1])
	return on.Year() == c.year && f.form == c.form && (c.org == "" || c.org == f.letter) && (c.insats == "" || c.insats == insats) && f.stood[monthOf(on)].fits(c)
}

// nobody is whether the period leads to no person any more.
func (p *bookPeriod) nobody() bool { return p.ended && !p.named }

// person is whom the period is counted as.
func (p *bookPeriod) person() string {
	switch {
	case p.nobody():
		return "nobody, " + p.id
	case p.who.replaced:
		return p.who.numbers[1]
	}
	return p.who.numbers[p.number]
}

func (p *bookPeriod) unmeasured() bool {
	return p.reason != "AVSLUT_ENLIGT_PLAN" && p.reason != "FORTSATT_REHABILITERING"
}

// bookTally is what a report counts.
type bookTally struct {
	started, startedUnique, startedNobody int
	ended, endedUnique, endedNobody       int
	unmeasured, measured                  int
	unnamed                               int
	code                                  [len(bookCodes)]bookCode
	startedPeople, endedPeople            map[string]bool
}

// bookCode is how many had one försörjning.
type bookCode struct {
	start, before, after, beforeMeasured, left, came, stayed int
}

// bookCodes are the försörjningar as the report prints them.
var bookCodes = [...]struct{ code, label string }{
	{"ANNAN", "Annan offentlig försörjning"},
	{"STUDIESTOD", "Studiestöd/Studiemedel"},
	{"FORSORJNINGSSTOD", "Försörjningsstöd"},
	{"AKTIVITETSSTOD", "Aktivitetsstöd"},
	{"A_KASSA", "A-kassa"},
	{"SA", "SA"},
	{"SJUKPENNING", "Sjukpenning/Rehabpenning"},
	{"INGEN", "Ingen offentlig försörjning"},
}

// tally reads the whole book for one choice.
func (b *book) tally(c bookChoice) bookTally {
	t := bookTally{startedPeople: map[string]bool{}, endedPeople: map[string]bool{}}
	for _, p := range b.periods {
		if p.reason == "FELREGISTRERING" {
			continue
		}
		if woman := p.who.women[p.number]; c.kon == "KVINNA" && !woman || c.kon == "MAN" && woman {
			continue
		}
		if b.chosen(c, p.insats, p.start) {
			t.start(p)
		}
		if p.ended && b.chosen(c, p.insats, p.end) {
			t.end(p)
		}
	}
	t.startedUnique, t.endedUnique = len(t.startedPeople), len(t.endedPeople)
	for _, u := range b.unnamed {
		if !b.chosen(c, u.insats, time.Date(u.year, 12, 31, 0, 0, 0, 0, time.UTC)) {
			continue
		}
		if c.kon != "MAN" {
			t.unnamed += u.women
		}
		if c.kon != "KVINNA" {
			t.unnamed += u.men
		}
	}
	return t
}

func (t *bookTally) start(p *bookPeriod) {
	t.started++
	t.startedPeople[p.person()] = true
	if p.nobody() {
		t.startedNobody++
	}
	for i, c := range bookCodes {
		if slices.Contains(p.before, c.code) {
			t.code[i].start++
		}
	}
}

func (t *bookTally) end(p *bookPeriod) {
	t.ended++
	t.endedPeople[p.person()] = true
	if p.nobody() {
		t.endedNobody++
	}
	if p.unmeasured() {
		t.unmeasured++
	} else {
		t.measured++
	}
	for i, c := range bookCodes {
		had, has := slices.Contains(p.before, c.code), slices.Contains(p.after, c.code)
		n := &t.code[i]
		if had {
			n.before++
		}
		if p.unmeasured() {
			continue
		}
		if had {
			n.beforeMeasured++
		}
		if has {
			n.after++
		}
		if had && has {
			n.stayed++
		}
		if had && !has {
			n.left++
		}
		if has && !had {
			n.came++
		}
	}
}

// The labels of what is chosen.
var (
	bookForms   = map[string]string{"FINSAM": "FINSAM", "TVAPARTSFINSAM": "Tvåpartsfinsam", "HANDLINGSPLANSSAMVERKAN": "Handlingsplanssamverkan", "AF_FK_SAMARBETE": "Af/FK-samarbete"}
	bookOmraden = map[string]string{"NORR": "Norr", "VASTER": "Väster", "OSTER": "Öster", "SODER": "Söder"}
	bookLans    = map[string]string{"03": "Uppsala län", "18": "Örebro län", "19": "Västmanlands län", "25": "Norrbottens län"}
)

// overTheYear is a text about where the förbund stood, with the day of every change.
func (f *bookForbund) overTheYear(year int, say func(bookPlace) string) string {
	text, last := "", ""
	for m := range 12 {
		now := say(f.stood[(year-firstBookYear)*12+m])
		if m == 0 {
			text = now
		} else if now != last {
			text += fmt.Sprintf(" och från %d-%02d-01 %s", year, m+1, now)
		}
		last = now
	}
	return text
}

// countsIn says which län the place counts in, and which others it has kommuner in.
func (p bookPlace) countsIn() string {
	text, more := bookLans[p.lan()], ""
	for _, lan := range slices.Compact(p.lans()) {
		if lan == p.lan() {
			continue
		}
		if more != "" {
			more += " och "
		}
		more += bookLans[lan]
	}
	if more != "" {
		text += " (kommuner även i " + more + ")"
	}
	return text
}

// head is what stands over the report.
func (b *book) head(c bookChoice) []string {
	lines := []string{"Finansieringsform: " + bookForms[c.form], fmt.Sprintf("Budgetår: %d", c.year)}
	var f *bookForbund
	if c.insats != "" {
		f = b.forbundOf(c.insats[:1])
	} else if c.org != "" {
		f = b.forbundOf(c.org)
	}
	if c.omrade != "" {
		lines = append(lines, "Verksamhetsområde: "+bookOmraden[c.omrade])
	} else if f != nil {
		lines = append(lines, "Verksamhetsområde: "+f.overTheYear(c.year, func(p bookPlace) string { return bookOmraden[p.omrade] }))
	}
	if c.lan != "" {
		lines = append(lines, "Län: "+bookLans[c.lan])
	}
	if c.lan != "" && c.omrade != "" && f == nil {
		none := true
		for _, one := range b.forbund {
			none = none && !(one.form == c.form && one.everFits(c))
		}
		if none {
			lines = append(lines, "Observera: Ingen samverkansorganisation med finansieringsformen hör under året till både verksamhetsområdet och länet.")
		}
	}
	if f != nil {
		lines = append(lines, "Samverkansorg: "+f.name)
		for m := range 12 {
			if len(slices.Compact(f.stood[(c.year-firstBookYear)*12+m].lans())) > 1 {
				lines = append(lines, "Räknas till län: "+f.overTheYear(c.year, bookPlace.countsIn))
				break
			}
		}
	}
	if c.insats != "" {
		lines = append(lines, "Insats: "+f.insatser[c.insats])
	}
	switch c.kon {
	case "KVINNA":
		lines = append(lines, "Kön: Kvinnor")
	case "MAN":
		lines = append(lines, "Kön: Män")
	}
	return lines
}

// clash is whether two periods of one person in one insats share more than the day of
// change. One that nobody has ended may go on for ever.
func clash(a, b *bookPeriod) bool {
	if a.insats != b.insats {
		return false
	}
	if !a.ended && !b.ended {
		return true
	}
	if !a.ended {
		a, b = b, a
	}
	if !b.ended {
		return !b.start.Before(a.start) && b.start.Before(a.end)
	}
	return a.start.Before(b.end) && b.start.Before(a.end)
}

// alone is whether the period, as it is or would be, clashes with none of the person's.
func (p *bookPeriod) alone() bool {
	for _, other := range p.who.periods {
		if other != p && other.id != p.id && clash(p, other) {
			return false
		}
	}
	return true
}

// passes is whether an open period that began after another one was over would now begin
// before that one's end: it is not moved past what came before it.
func (p *bookPeriod) passes(start time.Time) bool {
	for _, other := range p.who.periods {
		if other.id != p.id && other.insats == p.insats && !p.ended && other.ended && !p.start.Before(other.end) && start.Before(other.end) {
			return true
		}
	}
	return false
}

// correctable is whether the period may be corrected at all.
func (b *book) correctable(p *bookPeriod) bool {
	return !p.withdrawn && (p.reason != "FELREGISTRERING" || b.today.Sub(p.exitSaid) < 30*24*time.Hour)
}
