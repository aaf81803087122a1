package httpapi

import (
	"context"
	"fmt"
	"math/rand/v2"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"sus/api"
	"sus/backend/folkbokforing"
	"sus/backend/httpapi/httpapitest"
	"sus/backend/register"
	"sus/backend/store/storetest"
)

// lives is people living, each request held against what the ledger says of it.
type lives struct {
	*harness
	ledger
	r     *rand.Rand
	asked map[verdict]int
}

var livesInsatser = []string{"A1", "A2", "B1", "B2"}

const livesRounds = 9

// Whatever happens to people, the reports count and the searches find what a book kept
// by hand says, and nothing names whoever is not to be named.
func TestRandomLivesAreCountedFoundAndForgottenAsAPlainLedgerSays(t *testing.T) {
	fro := storetest.Fro(t, 3)
	v := &lives{harness: newHarness(t), r: rand.New(rand.NewPCG(fro, 0)), asked: map[verdict]int{}}
	v.startWith(v.st.MedUppslag(0, 0))
	v.born(storetest.Bevis(20, 2000))
	for round := range livesRounds {
		if round > 0 {
			days := 5 + v.r.IntN(5)
			v.today += days
			v.moveDays(days)
			v.world()
			if v.r.IntN(3) == 0 {
				v.askAgain()
			}
		}
		for _, n := range v.r.Perm(len(v.lives)) {
			v.act(v.lives[n])
		}
		v.reports()
	}
	for _, l := range v.lives {
		v.readErased(l)
		v.search(l)
		v.find(l)
	}
	v.lists()
	v.reports()
	if !t.Failed() {
		t.Logf("svaren: %v", v.asked)
		for _, regel := range []string{"samtycke-vantar", "personnummer-ersatt", "skyddade-personuppgifter", "aterkallat", "samtycke-anvant", "redan-oppen",
			"redan-avslutat", "inte-avslutat", "redan-felregistrerat", "redan-aterkallat"} {
			if v.asked[conflict(regel)]+v.asked[verdict{422, regel}] == 0 && len(v.lives) >= 2000 {
				t.Errorf("ingen nekades av %s", regel)
			}
		}
	}
}

// born makes people whom nobody has met, each with a name of her own.
func (v *lives) born(antal int) {
	var rows []folkbokforing.Manusrad
	for n := range antal {
		l := &life{numbers: [2]string{v.newPerson().Siffror(), v.newPerson().Siffror()}, used: 1 + v.r.IntN(2), key: map[int]int{}}
		letters := strings.Map(func(r rune) rune { return r - '0' + 'a' }, fmt.Sprintf("%05d", n))
		l.name = "Liv Qx" + letters
		for _, number := range l.numbers {
			rows = append(rows, folkbokforing.Manusrad{Nummer: number, Svar: folkbokforing.ManusNyttNamn, Namn: l.name})
		}
		v.ledger.lives = append(v.ledger.lives, l)
	}
	must(v.t, v.navet.Manus(rows...))
}

// world lets numbers be replaced and protections begin and end, of which nobody here
// knows until the population register is asked.
func (v *lives) world() {
	var rows []folkbokforing.Manusrad
	for _, l := range v.lives {
		now := folkbokforing.ManusFran(v.st.Nu())
		if l.used == 2 && !l.replaced && v.r.IntN(8) == 0 {
			l.replaced = true
			l.did(v, "numret ersätts")
			rows = append(rows, folkbokforing.Manusrad{Nummer: l.numbers[0], Fran: now, Svar: folkbokforing.ManusErsatt, Av: l.numbers[1]})
		}
		if l.protected && v.r.IntN(3) != 0 || !l.protected && v.r.IntN(24) != 0 && (!l.replaced || v.r.IntN(12) != 0) {
			continue
		}
		l.protected = !l.protected
		l.did(v, fmt.Sprintf("skyddad: %v", l.protected))
		says := folkbokforing.ManusIngetSkydd
		if l.protected {
			says = []folkbokforing.Manussvar{folkbokforing.ManusSekretessmarkering, folkbokforing.ManusSkyddadFolkbokforing}[v.r.IntN(2)]
		}
		for _, number := range l.numbers {
			rows = append(rows, folkbokforing.Manusrad{Nummer: number, Fran: now, Svar: says})
		}
	}
	must(v.t, v.navet.Manus(rows...))
}

// askAgain is a run of the nightly job.
func (v *lives) askAgain() {
	v.t.Helper()
	g := register.Omfragetider{Oppna: 24 * time.Hour, Avslutade: 24 * time.Hour}.Granser(v.st.Nu())
	_, err := v.st.Omfraga(v.t.Context(), g, func(ctx context.Context, p register.Personnummer) (register.Folkbokforingspost, error) {
		return v.options.Folkbokforing.Sok(ctx, p)
	})
	must(v.t, err)
	for _, l := range v.lives {
		l.did(v, "omfrågan")
	}
	v.night()
}

func (l *life) did(v *lives, what string) {
	l.told = append(l.told, fmt.Sprintf("dag %d: %s", v.today, what))
}

// fail tells what a person has lived through, without number or name.
func (v *lives) fail(l *life, format string, a ...any) {
	v.t.Helper()
	v.t.Errorf("liv %d: %s\n\t%s", slices.Index(v.lives, l), fmt.Sprintf(format, a...), strings.Join(l.told, "\n\t"))
	for _, r := range l.rows {
		v.t.Logf("\t%s %s nummer %d nyckel %d öppet %v felregistrerat %v skyddat %v återkallat %v", r.consent.insats, r.id, r.consent.number, r.key, r.open, r.felreg,
			r.consent.protected, r.consent.withdrawn)
	}
	v.t.FailNow()
}

// ask sends a request and demands the ledger's verdict.
func (v *lives) ask(l *life, want verdict, insats, method, path string, body any, h headers) answer {
	v.t.Helper()
	s := v.call("DELTAGARANSVARIG "+insats, method, path, body, h)
	got := verdict{status: s.status}
	if s.status >= 400 {
		var problem api.Problem
		s.json(v.t, &problem)
		if got.regel = problem.Regel; s.status == http.StatusUnprocessableEntity && len(problem.Fel) > 0 {
			got.regel = problem.Fel[0].Regel
		}
	}
	l.told[len(l.told)-1] += fmt.Sprintf(": %d %s", got.status, got.regel)
	if got != want {
		v.fail(l, "svaret är %v, ville ha %v", got, want)
	}
	v.asked[got]++
	return s
}

func day(n int) string { return testDay.AddDate(0, 0, n).Format(time.DateOnly) }

func one[T any](r *rand.Rand, of []T) T { return of[r.IntN(len(of))] }

// act lets a person do one thing, or somebody do it for her.
func (v *lives) act(l *life) {
	v.t.Helper()
	n := v.r.IntN(20)
	switch {
	case n < 5 || len(l.consents) == 0:
		v.giveConsent(l)
	case n < 9:
		v.beRegistered(l)
	case n == 9:
		v.withdrawOne(l)
	case n == 10:
		v.search(l)
	case n == 11:
		v.find(l)
	case len(l.rows) == 0:
		v.beRegistered(l)
	case n < 16:
		v.leave(l)
	case n < 18:
		v.correctStart(l)
	default:
		v.correctEnd(l)
	}
}

// insatsOf is an insats, more often the first that the person met: there two numbers of
// one person get into each other's way.
func (v *lives) insatsOf(l *life) string {
	if len(l.consents) > 0 && v.r.IntN(3) > 0 {
		return l.consents[0].insats
	}
	return one(v.r, livesInsatser)
}

func (v *lives) giveConsent(l *life) {
	v.t.Helper()
	v.consentUnder(l, v.r.IntN(l.used), v.insatsOf(l))
}

func (v *lives) consentUnder(l *life, number int, insats string) {
	v.t.Helper()
	l.did(v, fmt.Sprintf("samtycke i %s, nummer %d", insats, number))
	want := v.consent(l, number, insats)
	s := v.ask(l, want, insats, "POST", v.insatsPath(insats, "samtycken"), httpapitest.Samtycke(l.numbers[number], day(v.today)), nil)
	if want == granted {
		v.consented(l, s.id(v.t), number, insats)
	}
}

func (v *lives) beRegistered(l *life) {
	v.t.Helper()
	unused := slices.DeleteFunc(slices.Clone(l.consents), func(c *consent) bool { return c.row != nil })
	if len(unused) == 0 || v.r.IntN(8) == 0 {
		unused = l.consents
	}
	v.registerOn(l, one(v.r, unused))
}

func (v *lives) registerOn(l *life, c *consent) {
	v.t.Helper()
	l.did(v, "inregistrering i "+c.insats)
	want := v.register(l, c)
	s := v.ask(l, want, c.insats, "POST", v.insatsPath(c.insats, "deltaganden"), httpapitest.Inregistrering(c.id, day(v.today)), nil)
	if want == granted {
		v.registered(l, c, s.id(v.t))
	}
}

func (v *lives) withdrawOne(l *life) {
	v.t.Helper()
	c := one(v.r, l.consents)
	l.did(v, "återkallelse i "+c.insats)
	v.ask(l, v.withdraw(l, c), c.insats, "POST", "/v1/samtycken/"+c.id+"/aterkallelser", nil, nil)
	v.readConsent(l, c)
}

// utregistreringOf is an exit for one of three reasons.
func (v *lives) utregistreringOf(n int) (body map[string]any, reason string) {
	body = httpapitest.Utregistrering(day(n))
	switch v.r.IntN(4) {
	case 0:
		body = with(with(body, "efter", nil), "avslutsanledning", felregistrering)
	case 1:
		body = with(with(body, "efter", nil), "avslutsanledning", "SJUKDOM")
	}
	return body, body["avslutsanledning"].(string)
}

func (v *lives) leave(l *life) {
	v.t.Helper()
	open := slices.DeleteFunc(slices.Clone(l.rows), func(r *row) bool { return !r.open })
	if len(open) == 0 || v.r.IntN(8) == 0 {
		open = l.rows
	}
	v.leaveFrom(l, one(v.r, open))
}

func (v *lives) leaveFrom(l *life, r *row) {
	v.t.Helper()
	l.did(v, "utregistrering i "+r.consent.insats)
	body, reason := v.utregistreringOf(v.today)
	v.ask(l, v.exit(l, r, reason), r.consent.insats, "POST", "/v1/deltaganden/"+r.id+"/utregistreringar", body, nil)
}

// reasoned is a correction's body; its reason names the person where that may stand.
func (l *life) reasoned(body map[string]any, c *consent) map[string]any {
	if c.named {
		return with(body, "skal", "Fel dag för "+l.name+".")
	}
	return with(body, "skal", "Fel dag.")
}

func (v *lives) correctStart(l *life) {
	v.t.Helper()
	r := one(v.r, l.rows)
	tag := v.read(l, r).header.Get("ETag")
	last := v.today
	if !r.open {
		last = r.end
	}
	start := r.start + v.r.IntN(last-r.start+1)
	l.did(v, "rättad inregistrering i "+r.consent.insats)
	v.ask(l, v.correctIn(r, start), r.consent.insats, "PUT", "/v1/deltaganden/"+r.id+"/inregistrering",
		l.reasoned(httpapitest.Inregistrering("", day(start)), r.consent), headers{"If-Match": tag})
}

func (v *lives) correctEnd(l *life) {
	v.t.Helper()
	r := one(v.r, l.rows)
	tag := v.read(l, r).header.Get("ETag")
	end := r.start
	if !r.open {
		end += v.r.IntN(r.end - r.start + 1)
	}
	l.did(v, "rättad utregistrering i "+r.consent.insats)
	body, reason := v.utregistreringOf(end)
	v.ask(l, v.correctOut(r, end, reason), r.consent.insats, "PUT", "/v1/deltaganden/"+r.id+"/utregistrering",
		l.reasoned(body, r.consent), headers{"If-Match": tag})
}

// names demands that an answer names the person where the ledger does, and nowhere else.
func (v *lives) names(l *life, c *consent, what string, s answer) {
	v.t.Helper()
	for n, text := range []string{l.numbers[0], l.numbers[1], l.name} {
		want := c.named && (n == c.number || n == 2)
		if strings.Contains(string(s.text), text) != want {
			v.fail(l, "%s: uppgift %d står där: %v, ville ha %v", what, n, !want, want)
		}
	}
}

func (v *lives) read(l *life, r *row) answer {
	v.t.Helper()
	s := v.expect(200, "DELTAGARANSVARIG "+r.consent.insats, "GET", "/v1/deltaganden/"+r.id, nil, nil)
	v.names(l, r.consent, "deltagandet", s)
	return s
}

func (v *lives) readConsent(l *life, c *consent) {
	v.t.Helper()
	who := "DELTAGARANSVARIG " + c.insats
	v.names(l, c, "samtycket", v.expect(200, who, "GET", "/v1/samtycken/"+c.id, nil, nil))
	if c.row == nil {
		return
	}
	v.read(l, c.row)
	s := v.expect(200, who, "GET", "/v1/deltaganden/"+c.row.id+"/versioner", nil, nil)
	var versions api.VersionLista
	s.json(v.t, &versions)
	if len(versions.Data) != c.row.said+c.row.exited {
		v.fail(l, "deltagandet %s har %d versioner, ville ha %d", c.row.id, len(versions.Data), c.row.said+c.row.exited)
	}
	if !c.named {
		v.names(l, c, "versionerna", s)
	}
}

// readErased reads all that was given by somebody whom it must not name any more.
func (v *lives) readErased(l *life) {
	v.t.Helper()
	for _, c := range l.consents {
		if !c.named {
			v.readConsent(l, c)
		}
	}
}

// search asks in one insats, by each number, what the population register and the
// insats know.
func (v *lives) search(l *life) {
	v.t.Helper()
	insats := v.insatsOf(l)
	for number, digits := range l.numbers {
		l.did(v, fmt.Sprintf("sökning i %s, nummer %d", insats, number))
		v.learn(l, number)
		want := []string{}
		if !l.protected {
			want = l.found(number, insats)
		}
		var svar api.DeltagareSvar
		v.ask(l, verdict{200, ""}, insats, "POST", "/v1/deltagare-sokningar", map[string]any{"insatsId": v.insats[insats].ID, "personnummer": digits}, nil).json(v.t, &svar)
		got := []string{}
		for _, d := range svar.Deltaganden {
			got = append(got, d.Id.String())
		}
		slices.Sort(got)
		bytt := l.replaced && number == 0 && !l.protected
		if !slices.Equal(got, want) || !svar.Hittad || svar.Skyddad != l.protected || (svar.Bytt != nil) != bytt {
			v.fail(l, "sökningen finner %v (skyddad %v, bytt %v), ville ha %v (%v, %v)", got, svar.Skyddad, svar.Bytt != nil, want, l.protected, bytt)
		}
		waits, wanted := "", ""
		if svar.OanvantSamtycke != nil {
			waits = svar.OanvantSamtycke.Id.String()
		}
		if c := l.waiting(number, insats); c != nil {
			wanted = c.id
		}
		if waits != wanted {
			v.fail(l, "sökningen visar det oanvända samtycket %q, ville ha %q", waits, wanted)
		}
	}
}

// find asks each insats that the person knows, and perhaps one more, by each number,
// without the population register.
func (v *lives) find(l *life) {
	v.t.Helper()
	insatser := []string{v.insatsOf(l)}
	for _, c := range l.consents {
		if !slices.Contains(insatser, c.insats) {
			insatser = append(insatser, c.insats)
		}
	}
	for _, insats := range insatser {
		for number, digits := range l.numbers {
			l.did(v, fmt.Sprintf("sökning bland %s deltaganden, nummer %d", insats, number))
			var list api.DeltagandeLista
			v.ask(l, verdict{200, ""}, insats, "POST", v.insatsPath(insats, "deltagande-sokningar"), map[string]any{"personnummer": digits}, nil).json(v.t, &list)
			got := []string{}
			for _, d := range list.Data {
				got = append(got, d.Id.String())
			}
			slices.Sort(got)
			if want := l.found(number, insats); !slices.Equal(got, want) {
				v.fail(l, "sökningen finner %v, ville ha %v", got, want)
			}
		}
	}
}

// lists reads every list of every insats to its end.
func (v *lives) lists() {
	v.t.Helper()
	whose := map[string]*consent{}
	livesOf := map[*consent]*life{}
	wanted := map[string]int{}
	for _, l := range v.lives {
		for _, c := range l.consents {
			livesOf[c], whose[c.id] = l, c
			wanted["samtycken "+c.insats]++
			if c.row != nil {
				whose[c.row.id] = c
				wanted["deltaganden "+c.insats]++
			}
		}
	}
	for _, insats := range livesInsatser {
		for _, what := range []string{"samtycken", "deltaganden"} {
			seen := 0
			for next := true; next; {
				var list struct {
					Data []struct {
						ID        string
						Deltagare *api.Deltagare
					}
					Links struct{ Next *api.Lank } `json:"_links"`
				}
				v.expect(200, "DELTAGARANSVARIG "+insats, "GET", v.insatsPath(insats, what)+fmt.Sprintf("?limit=100&offset=%d", seen), nil, nil).json(v.t, &list)
				for _, d := range list.Data {
					c := whose[d.ID]
					if c == nil || c.insats != insats {
						v.t.Fatalf("%s i %s: ingen har %s", what, insats, d.ID)
					}
					l := livesOf[c]
					if (d.Deltagare != nil) != c.named || d.Deltagare != nil && (d.Deltagare.Personnummer != l.numbers[c.number] || d.Deltagare.Namn != l.name) {
						v.fail(l, "listan över %s nämner %s: %v, ville ha %v", what, d.ID, d.Deltagare != nil, c.named)
					}
				}
				seen += len(list.Data)
				next = list.Links.Next != nil
			}
			if seen != wanted[what+" "+insats] {
				v.t.Fatalf("%s i %s: %d rader, ville ha %d", what, insats, seen, wanted[what+" "+insats])
			}
		}
	}
}

// reports demands that the report counts as the ledger, for each insats, each förbund
// and all of them, both years.
func (v *lives) reports() {
	v.t.Helper()
	newYear := int(time.Date(2027, 1, 1, 0, 0, 0, 0, time.UTC).Sub(testDay.Truncate(24*time.Hour)).Hours()) / 24
	for year, span := range map[int][2]int{2026: {0, newYear}, 2027: {newYear, newYear + 365}} {
		for what, insatser := range map[string][]string{
			"": livesInsatser, "&organisationId=A": {"A1", "A2"}, "&organisationId=B": {"B1", "B2"},
			"&insatsId=A1": {"A1"}, "&insatsId=A2": {"A2"}, "&insatsId=B1": {"B1"}, "&insatsId=B2": {"B2"},
		} {
			query := what
			if at, name, found := strings.Cut(what, "="); found && len(name) == 1 {
				query = at + "=" + v.organisation[name].ID.String()
			} else if found {
				query = at + "=" + v.insats[name].ID.String()
			}
			report := v.reported(year, query)
			got := count{int32(report.Start.Antal), int32(report.Start.Unika), int32(report.Slut.Antal), int32(report.Slut.Unika)}
			if want := v.count(span[0], span[1], insatser...); got != want {
				v.t.Errorf("dag %d, %d %s: rapporten räknar %+v, boken %+v", v.today, year, what, got, want)
				v.miscounted()
				v.t.FailNow()
			}
		}
	}
}

// miscounted tells whose deltaganden the database counts otherwise, after a report was
// found wrong: it decides nothing.
func (v *lives) miscounted() {
	for _, l := range v.lives {
		for n, r := range l.rows {
			for _, other := range l.rows[:n] {
				same := storetest.Rakna(v.t, v.Super(v.t), `select count(distinct person) from deltagande where id in ($1, $2)`, r.id, other.id) == 1
				if same != (r.key == other.key) {
					v.fail(l, "%s och %s räknas som en: %v", r.id, other.id, same)
				}
			}
		}
	}
}
