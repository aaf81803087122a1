package httpapi

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"sus/backend/folkbokforing"
	"sus/backend/httpapi/httpapitest"
	"sus/backend/register"
	"sus/backend/store/statistik"
	"sus/backend/store/storetest"
)

// figures is people and förbund to whom things happen, each written in the book when the
// program has taken it.
type figures struct {
	*harness
	book
	r       *rand.Rand
	choices []bookChoice
	said    map[string]string // what each report said last, without its run time
	seen    bookTally         // everything that any report counted
	refusal int
	done    map[string]int
}

// Whatever happens to people, to anonyma and to förbund, and in which order: each cell of
// the report is what the book says, in every format, and what was before a förbund moved
// stays as it was.
func TestEveryCellOfTheReportIsAPlainBooksWhateverHappens(t *testing.T) {
	fro := storetest.Fro(t, 9)
	v := &figures{harness: newHarness(t), r: rand.New(rand.NewPCG(fro, 0)), said: map[string]string{}, done: map[string]int{}}
	v.startWith(v.st.MedUppslag(0, 0))
	v.today = time.Date(testDay.Year(), testDay.Month(), testDay.Day(), 0, 0, 0, 0, time.UTC)
	v.addForbund()
	for range storetest.Bevis(20, 2000) {
		one, other := v.newPerson().Siffror(), v.newPerson().Siffror()
		v.people = append(v.people, &bookPerson{numbers: [2]string{one, other}, women: [2]bool{evenAt(one), evenAt(other)}, both: v.r.IntN(3) == 0})
	}
	for range storetest.Bevis(20, 200) {
		c := v.choice()
		for range 2 { // few are of what excludes each other
			if v.refused(c) {
				c = v.choice()
			}
		}
		v.choices = append(v.choices, c)
	}
	kinds := []struct {
		name string
		do   func()
	}{
		{"exits", v.exits}, {"corrected starts", v.correctedStarts}, {"corrected exits", v.correctedExits}, {"felregistreringar", v.mistakes},
		{"withdrawals", v.withdrawals}, {"anonyma", v.addUnnamed}, {"corrected anonyma", v.correctUnnamed}, {"replaced numbers", v.replacements},
		{"protections", v.protections}, {"a move now", v.moveNow}, {"a move later", v.moveLater}, {"a correction of where one stood", v.moveEarlier},
		{"a correction of where another stood", v.moveMuchEarlier},
	}
	v.compare("nothing")
	for round := range storetest.Bevis(1, 2) {
		v.entries()
		v.compare("entries")
		for _, n := range v.r.Perm(len(kinds)) {
			kinds[n].do()
			v.compare(kinds[n].name)
		}
		if round == 0 {
			v.yearTurns()
		}
	}
	v.entries()
	v.compare("the last entries")
	if k, err := statistik.Kontrollera(t.Context(), v.MigrateURL); err != nil || k.Skillnader() > 0 {
		t.Errorf("statistik kontrollera: %+v, %v", k, err)
	}
	t.Logf("%v, %d nekade urval", v.done, v.refusal)
	if len(v.people) < 2000 {
		return
	}
	for what, n := range map[string]int{"nekade urval": v.refusal, "dubbletter": v.seen.started - v.seen.startedUnique, "utan person": v.seen.startedNobody,
		"slutade utan person": v.seen.endedNobody, "utan mätning": v.seen.unmeasured, "mätta": v.seen.measured, "anonyma": v.seen.unnamed} {
		if n == 0 {
			t.Errorf("ingen rapport räknade %s", what)
		}
	}
	for i, n := range v.seen.code {
		if min(n.start, n.before, n.after, n.left, n.came, n.stayed) == 0 {
			t.Errorf("%s: %+v", bookCodes[i].code, n)
		}
	}
}

// evenAt is whether the last digit but one is even, which a woman's is.
func evenAt(number string) bool { return strings.IndexByte("02468", number[len(number)-2]) >= 0 }

// bookPlaces are kommuner of one län, of two with a majority, and of two with none.
var bookPlaces = []string{"0305 0380", "0305", "2580 2584", "0305 0380 1980", "0319 1980", "0360 1980 1981", "1983 2580", "1880 2580 2584"}

var bookOmradeskoder = []string{"NORR", "VASTER", "OSTER"}

// addForbund adds two förbund to the harness's, one of another form, and writes all down.
func (v *figures) addForbund() {
	for _, o := range []struct {
		letter, number string
		form           register.Samverkansform
	}{{"C", "2220000018", register.FormFinsam}, {"D", "2021005521", register.FormTvapartsfinsam}} {
		made := storetest.Organisation(v.t, v.st, func(u *register.Organisationsuppgifter) {
			u.Namn, u.Organisationsnummer, u.Samverkansform = "Förbundet "+o.letter, o.number, o.form
		})
		v.organisation[o.letter] = made
		for _, n := range []string{"1", "2"} {
			v.insats[o.letter+n] = storetest.Insats(v.t, v.st, made, func(u *register.Insatsuppgifter) { u.Namn = "Insats " + o.letter + n })
		}
	}
	for _, letter := range []string{"A", "B", "C", "D"} {
		f := &bookForbund{letter: letter, id: v.organisation[letter].ID.String(), name: "Förbundet " + letter, form: "FINSAM", insatser: map[string]string{}, ids: map[string]string{}}
		if letter == "D" {
			f.form = "TVAPARTSFINSAM"
		}
		for _, n := range []string{"1", "2"} {
			f.insatser[letter+n], f.ids[letter+n] = "Insats "+letter+n, v.insats[letter+n].ID.String()
		}
		for range 12 * (lastBookYear - firstBookYear + 1) {
			f.stood = append(f.stood, bookPlace{"OSTER", "0305 0380"})
		}
		v.forbund = append(v.forbund, f)
	}
}

// some is about one in n of the periods that are fit, at least one if there is any.
func (v *figures) some(n int, fit func(*bookPeriod) bool) []*bookPeriod {
	var all []*bookPeriod
	for _, p := range v.periods {
		if fit(p) {
			all = append(all, p)
		}
	}
	v.r.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
	return all[:(len(all)+n-1)/n]
}

func iso(d time.Time) string { return d.Format(time.DateOnly) }

// dayBetween draws a day, often the first or the last of a month or of a year.
func (v *figures) dayBetween(first, last time.Time) time.Time {
	d := first.AddDate(0, 0, v.r.IntN(int(last.Sub(first).Hours()/24)+1))
	month := time.Date(d.Year(), d.Month(), 1, 0, 0, 0, 0, time.UTC)
	edge := d
	switch v.r.IntN(10) {
	case 0, 1:
		edge = month
	case 2, 3:
		edge = month.AddDate(0, 1, -1)
	case 4:
		edge = time.Date(d.Year(), 1, 1, 0, 0, 0, 0, time.UTC)
	case 5:
		edge = time.Date(d.Year(), 12, 31, 0, 0, 0, 0, time.UTC)
	}
	if edge.Before(first) || edge.After(last) {
		return d
	}
	return edge
}

// startDay is a day that somebody may start on in the insats: the form of D has ended.
func (v *figures) startDay(insats string) time.Time {
	if insats[:1] == "D" {
		return v.dayBetween(time.Date(2014, 1, 1, 0, 0, 0, 0, time.UTC), time.Date(2015, 12, 31, 0, 0, 0, 0, time.UTC))
	}
	first := time.Date(2023, 1, 1, 0, 0, 0, 0, time.UTC)
	if v.today.Year() > 2026 && v.r.IntN(2) == 0 {
		first = time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC)
	}
	return v.dayBetween(first, v.today)
}

func (v *figures) endDay(start time.Time) time.Time {
	last := start.AddDate(0, 0, 30+v.r.IntN(700))
	if last.After(v.today) {
		last = v.today
	}
	return v.dayBetween(start, last)
}

// means draws försörjning: none, or a few at once.
func (v *figures) means() []string {
	if v.r.IntN(5) == 0 {
		return []string{"INGEN"}
	}
	codes := []string{"SJUKPENNING", "SA", "A_KASSA", "AKTIVITETSSTOD", "FORSORJNINGSSTOD", "STUDIESTOD", "ANNAN"}
	v.r.Shuffle(len(codes), func(i, j int) { codes[i], codes[j] = codes[j], codes[i] })
	return codes[:1+min(v.r.IntN(4), v.r.IntN(4))]
}

func employment(means []string) map[string]any {
	return map[string]any{"forsorjning": means, "arbetssokande": false, "arbetar": false, "studerar": false}
}

func inBody(p bookPeriod) map[string]any {
	return with(httpapitest.Inregistrering(p.consent, iso(p.start)), "fore", employment(p.before))
}

func outBody(p bookPeriod) map[string]any {
	body := map[string]any{"avslutningsdag": iso(p.end), "avslutsanledning": p.reason}
	if p.after != nil {
		body["efter"] = employment(p.after)
	}
	return body
}

func (v *figures) who(insats string) string { return "DELTAGARANSVARIG " + insats }

// entries lets about every other person begin something, and often end it.
func (v *figures) entries() {
	v.t.Helper()
	for _, w := range v.people {
		if w.protected || len(w.periods) > 0 && v.r.IntN(2) == 0 {
			continue
		}
		for range 1 + v.r.IntN(3) {
			v.enter(w)
		}
	}
}

func (v *figures) enter(w *bookPerson) {
	v.t.Helper()
	p := &bookPeriod{who: w, insats: one(v.r, []string{"A1", "A1", "A2", "B1", "B2", "C1", "C2", "D1", "D2"}), before: v.means(), named: true}
	if w.replaced || w.both && v.r.IntN(2) == 0 {
		p.number = 1
	}
	if p.start = v.startDay(p.insats); !p.alone() {
		return
	}
	p.consent = v.expect(201, v.who(p.insats), "POST", v.insatsPath(p.insats, "samtycken"), httpapitest.Samtycke(w.numbers[p.number], iso(v.today)), nil).id(v.t)
	p.id = v.expect(201, v.who(p.insats), "POST", v.insatsPath(p.insats, "deltaganden"), inBody(*p), nil).id(v.t)
	w.periods = append(w.periods, p)
	v.periods = append(v.periods, p)
	if v.r.IntN(3) > 0 {
		v.exit(p, "")
	}
}

// reasoned gives an exit a reason, and a measurement where the reason demands one.
func (v *figures) reasoned(p *bookPeriod, reason string) {
	if reason == "" {
		reason = one(v.r, []string{"AVSLUT_ENLIGT_PLAN", "AVSLUT_ENLIGT_PLAN", "FORTSATT_REHABILITERING", "AVBROTT_PA_EGEN_BEGARAN", "SJUKDOM", "FLYTT", "FORALDRALEDIGHET", "AVLIDEN", "ANNAN"})
	}
	p.reason, p.after, p.exitSaid, p.ended = reason, nil, v.today, true
	if !p.unmeasured() {
		p.after = v.means()
	}
}

// exit ends a period, if it does not run into another one.
func (v *figures) exit(p *bookPeriod, reason string) {
	v.t.Helper()
	next := *p
	next.end = v.endDay(p.start)
	if v.reasoned(&next, reason); !next.alone() {
		return
	}
	v.expect(201, v.who(p.insats), "POST", "/v1/deltaganden/"+p.id+"/utregistreringar", outBody(next), nil)
	*p = next
}

func (v *figures) exits() {
	for _, p := range v.some(2, func(p *bookPeriod) bool { return !p.ended }) {
		v.exit(p, "")
	}
}

// correct replaces one of a period's two measurements.
func (v *figures) correct(p *bookPeriod, next bookPeriod, which string, body map[string]any) {
	v.t.Helper()
	if !next.alone() {
		return
	}
	path := "/v1/deltaganden/" + p.id
	tag := v.expect(200, v.who(p.insats), "GET", path, nil, nil).header.Get("ETag")
	v.expect(200, v.who(p.insats), "PUT", path+"/"+which, with(body, "skal", "Fel uppgift."), headers{"If-Match": tag})
	*p = next
}

// correctedStarts moves startdagar, most of them into another year.
func (v *figures) correctedStarts() {
	for _, p := range v.some(5, v.correctable) {
		next := *p
		next.before = v.means()
		for range 6 {
			if next.start = v.startDay(p.insats); next.start.Year() != p.start.Year() {
				break
			}
		}
		if p.ended && next.start.After(p.end) {
			next.start = v.dayBetween(p.start.AddDate(-1, 0, 0), p.end)
		}
		if p.passes(next.start) {
			continue
		}
		body := inBody(next)
		delete(body, "samtyckeId")
		v.correct(p, next, "inregistrering", body)
	}
}

// correctedExits moves avslutningsdagar, and says other reasons; felregistreringar become exits.
func (v *figures) correctedExits() {
	for _, p := range v.some(4, func(p *bookPeriod) bool { return p.ended && v.correctable(p) }) {
		next := *p
		for range 6 {
			if next.end = v.endDay(p.start); next.end.Year() != p.end.Year() {
				break
			}
		}
		v.reasoned(&next, "")
		v.correct(p, next, "utregistrering", outBody(next))
	}
}

// mistakes makes felregistreringar of what is open, and of what has ended.
func (v *figures) mistakes() {
	for _, p := range v.some(12, func(p *bookPeriod) bool { return v.correctable(p) && p.reason != "FELREGISTRERING" }) {
		if !p.ended {
			v.exit(p, "FELREGISTRERING")
			continue
		}
		next := *p
		v.reasoned(&next, "FELREGISTRERING")
		v.correct(p, next, "utregistrering", outBody(next))
	}
}

func (v *figures) withdrawals() {
	for _, p := range v.some(12, func(p *bookPeriod) bool { return !p.withdrawn }) {
		v.expect(201, v.who(p.insats), "POST", "/v1/samtycken/"+p.consent+"/aterkallelser", nil, nil)
		p.withdrawn, p.named = true, false
		if !p.ended {
			p.ended, p.end, p.reason = true, v.today, "ATERKALLAT_SAMTYCKE"
		}
	}
}

func (v *figures) unnamedYear(insats string) int {
	if insats[:1] == "D" {
		return 2014 + v.r.IntN(2)
	}
	return 2023 + v.r.IntN(v.today.Year()-2022)
}

func (u bookUnnamed) body() map[string]any {
	return map[string]any{"inregistreringsar": u.year, "antalKvinnor": u.women, "antalMan": u.men}
}

func (v *figures) addUnnamed() {
	for range storetest.Bevis(8, 100) {
		insats := one(v.r, []string{"A1", "A2", "B1", "B2", "C1", "D1"})
		u := &bookUnnamed{insats: insats, year: v.unnamedYear(insats), women: v.r.IntN(6), men: 1 + v.r.IntN(4), version: 1}
		u.id = v.expect(201, v.who(insats), "POST", v.insatsPath(insats, "anonyma"), u.body(), nil).id(v.t)
		v.unnamed = append(v.unnamed, u)
	}
}

// correctUnnamed says another year and other counts, now and then none at all.
func (v *figures) correctUnnamed() {
	for _, u := range v.unnamed {
		if v.r.IntN(3) > 0 {
			continue
		}
		next := *u
		next.year, next.women, next.men = v.unnamedYear(u.insats), v.r.IntN(4), v.r.IntN(3)
		tag := headers{"If-Match": fmt.Sprintf("%q", fmt.Sprint(u.version))}
		s := v.expect(200, v.who(u.insats), "PUT", "/v1/anonyma/"+u.id, with(next.body(), "skal", "Fel antal."), tag)
		if version, _ := s.falt(v.t, "version").(float64); version > 0 {
			next.version = int(version)
		}
		*u = next
	}
}

// ask searches for somebody in some insats, by which the program learns what the
// population register says.
func (v *figures) ask(number string) {
	v.t.Helper()
	insats := one(v.r, []string{"A1", "B2", "C1", "D2"})
	v.expect(200, v.who(insats), "POST", "/v1/deltagare-sokningar", map[string]any{"insatsId": v.insats[insats].ID, "personnummer": number}, nil)
}

// replacements makes one person of two numbers, but for those who would have two open
// deltaganden in one insats: their link waits.
func (v *figures) replacements() {
	for n, w := range v.people {
		if w.replaced || w.protected || len(w.periods) == 0 || n%5 != v.r.IntN(5) || w.waits() {
			continue
		}
		must(v.t, v.navet.Manus(folkbokforing.Manusrad{Nummer: w.numbers[0], Fran: folkbokforing.ManusFran(v.st.Nu()), Svar: folkbokforing.ManusErsatt, Av: w.numbers[1]}))
		v.ask(w.numbers[v.r.IntN(2)])
		w.replaced = true
		v.done["ersatta nummer"]++
	}
}

func (w *bookPerson) waits() bool {
	for _, p := range w.periods {
		for _, other := range w.periods {
			if p != other && p.insats == other.insats && !p.ended && !other.ended {
				return true
			}
		}
	}
	return false
}

// protections lets nothing name some people any more; what is open is counted as before
// until it ends.
func (v *figures) protections() {
	for _, w := range v.people {
		if w.protected || v.r.IntN(16) > 0 {
			continue
		}
		w.protected = true
		for _, number := range w.numbers {
			must(v.t, v.navet.Manus(folkbokforing.Manusrad{Nummer: number, Fran: folkbokforing.ManusFran(v.st.Nu()), Svar: folkbokforing.ManusSekretessmarkering}))
			v.ask(number)
		}
		for _, p := range w.periods {
			p.named = false
		}
	}
}

// moved sends a change of where a förbund stands, in a month: what comes before the
// month's year is to be as it was.
func (v *figures) moved(f *bookForbund, who string, month time.Time, given bool, omrade, kommuner string) {
	v.t.Helper()
	stood := f.stood[monthOf(month)]
	changes := map[string]any{"kommuner": strings.Fields(kommuner)}
	if given {
		changes["gallerFran"] = iso(month)
	}
	if omrade != "" {
		changes["verksamhetsomrade"] = omrade
	}
	v.changeOf(f.letter, 200, who, changes)
	f.move(monthOf(month), omrade, kommuner)
	what := fmt.Sprintf("flytt av %s från %s: %v blev %v", f.letter, iso(month), stood, f.stood[monthOf(month)])
	v.stands(month.Year(), what)
}

func (v *figures) thisMonth() time.Time {
	return time.Date(v.today.Year(), v.today.Month(), 1, 0, 0, 0, 0, time.UTC)
}

// moveNow is from this month on: other kommuner by an administrator, område too by
// Försäkringskassan.
func (v *figures) moveNow() {
	if f := v.forbund[v.r.IntN(3)]; v.r.IntN(2) == 0 {
		v.moved(f, "SAMVERKANSADMINISTRATOR "+f.letter, v.thisMonth(), false, "", one(v.r, bookPlaces))
	} else {
		v.moved(f, "SYSTEMFORVALTARE", v.thisMonth(), false, one(v.r, bookOmradeskoder), one(v.r, bookPlaces))
	}
}

// moveLater is planned, by an administrator or by Försäkringskassan.
func (v *figures) moveLater() {
	month := v.thisMonth().AddDate(0, 1+v.r.IntN(3), 0)
	if f := v.forbund[v.r.IntN(3)]; v.r.IntN(2) == 0 {
		v.moved(f, "SAMVERKANSADMINISTRATOR "+f.letter, month, true, "", one(v.r, bookPlaces))
	} else {
		v.moved(f, "SYSTEMFORVALTARE", month, true, one(v.r, bookOmradeskoder), one(v.r, bookPlaces))
	}
}

// moveEarlier corrects where a förbund stood, moveMuchEarlier where that of the form that
// has ended did.
func (v *figures) moveEarlier() {
	month := time.Date(2023, time.Month(2+v.r.IntN(44)), 1, 0, 0, 0, 0, time.UTC)
	v.moved(v.forbund[v.r.IntN(3)], "SYSTEMFORVALTARE", month, true, one(v.r, bookOmradeskoder), one(v.r, bookPlaces))
}

func (v *figures) moveMuchEarlier() {
	month := time.Date(2014, time.Month(2+v.r.IntN(30)), 1, 0, 0, 0, 0, time.UTC)
	v.moved(v.forbund[3], "SYSTEMFORVALTARE", month, true, one(v.r, bookOmradeskoder), one(v.r, bookPlaces))
}

// yearTurns lets time go by, which changes no report.
func (v *figures) yearTurns() {
	v.moveDays(45)
	v.today = v.today.AddDate(0, 0, 45)
	v.stands(3000, "årsskiftet")
	v.compare("the turn of the year")
}
