package httpapi

import (
	"fmt"
	"net/url"
	"regexp"

	"sus/backend/store/storetest"
)

// choice draws what a report is asked for.
func (v *figures) choice() bookChoice {
	maybe := func(of int, from ...string) string {
		if v.r.IntN(of) > 0 {
			return ""
		}
		return one(v.r, from)
	}
	letters := []string{"A", "B", "C"}
	c := bookChoice{form: "FINSAM", year: 2023 + v.r.IntN(5), kon: maybe(3, "KVINNA", "MAN")}
	switch v.r.IntN(12) {
	case 0, 1:
		c.form, c.year, letters = "TVAPARTSFINSAM", 2014+v.r.IntN(3), []string{"D"}
	case 2:
		c.form, letters = one(v.r, []string{"TVAPARTSFINSAM", "HANDLINGSPLANSSAMVERKAN", "AF_FK_SAMARBETE"}), []string{"A", "D"}
	}
	often := 2
	switch v.r.IntN(3) {
	case 0:
		c.org, often = one(v.r, letters), 4
	case 1:
		c.insats, often = one(v.r, letters)+one(v.r, []string{"1", "2"}), 4
		c.org = maybe(3, c.insats[:1], c.insats[:1], "B")
	}
	c.omrade = maybe(often, "OSTER", "OSTER", "NORR", "VASTER", "SODER")
	c.lan = maybe(often, "03", "03", "25", "19", "18")
	return c
}

// path is the choice's address.
func (v *figures) path(c bookChoice, format string) string {
	q := url.Values{"samverkansform": {c.form}, "budgetar": {fmt.Sprint(c.year)}, "format": {format}}
	set := func(name, value string) {
		if value != "" {
			q.Set(name, value)
		}
	}
	set("verksamhetsomrade", c.omrade)
	set("lan", c.lan)
	set("kon", c.kon)
	if c.org != "" {
		set("organisationId", v.forbundOf(c.org).id)
	}
	if c.insats != "" {
		set("insatsId", v.forbundOf(c.insats[:1]).ids[c.insats])
	}
	return "/v1/rapporter/deltagarrapport/forsorjning?" + q.Encode()
}

// compare holds every choice in every format against the book.
func (v *figures) compare(after string) {
	v.t.Helper()
	v.done[after]++
	v.said = map[string]string{}
	ask := v.call
	if storetest.Bevis(0, 1) == 1 {
		ask = v.callUnchecked // make test has held their form against the contract
	}
	for _, c := range v.choices {
		refused := v.refused(c)
		var t bookTally
		if refused {
			v.refusal++
		} else {
			t = v.tally(c)
			v.seen.add(t)
		}
		formats := bookFormats
		if storetest.Bevis(0, 1) == 0 {
			formats = []string{"json", one(v.r, bookFormats[1:])} // make test has no time for all of them
		}
		for _, format := range formats {
			path := v.path(c, format)
			answer := ask("SUSRAPPORT", "GET", path, nil, nil)
			if refused != (answer.status == 422) || !refused && answer.status != 200 {
				v.t.Fatalf("efter %s, %+v: %d %s, ska nekas: %v", after, c, answer.status, answer.text, refused)
			}
			if refused {
				break // whatever the format
			}
			v.said[path] = said(format, answer.text)
			got, err := shown(format, answer.text)
			must(v.t, err)
			if faults := differ(got, v.wanted(c, t, format)); faults != "" {
				v.t.Fatalf("efter %s, %+v, %s:%s", after, c, format, faults)
			}
		}
	}
}

func (t *bookTally) add(o bookTally) {
	t.started, t.startedUnique, t.startedNobody, t.endedNobody = t.started+o.started, t.startedUnique+o.startedUnique, t.startedNobody+o.startedNobody, t.endedNobody+o.endedNobody
	t.unmeasured, t.measured, t.unnamed = t.unmeasured+o.unmeasured, t.measured+o.measured, t.unnamed+o.unnamed
	for i, n := range o.code {
		s := &t.code[i]
		s.start, s.before, s.after, s.left, s.came, s.stayed = s.start+n.start, s.before+n.before, s.after+n.after, s.left+n.left, s.came+n.came, s.stayed+n.stayed
	}
}

// said is what an answer says but for when it was run, and for whether its year was over
// then, which compare has held against the book. A workbook says what its sheets do.
func said(format string, text []byte) string {
	if format == "xlsx" {
		lines, err := shownXLSX(text)
		return fmt.Sprint(lines, err)
	}
	return preliminary.ReplaceAllString(runTime.ReplaceAllString(string(text), ""), "")
}

var preliminary = regexp.MustCompile(`"preliminar":(true|false)|(,"|\r\n)Uppgifterna är preliminära: året är inte slut, och mer kan registreras\."?`)

// stands demands that the reports of the years before one say byte for byte what they
// said the last time.
func (v *figures) stands(before int, after string) {
	v.t.Helper()
	n := 0
	for _, c := range v.choices {
		for _, format := range bookFormats {
			path := v.path(c, format)
			last, asked := v.said[path]
			if c.year >= before || !asked {
				continue
			}
			n++
			if now := said(format, v.callUnchecked("SUSRAPPORT", "GET", path, nil, nil).text); now != last {
				v.t.Fatalf("efter %s, %s\nsade\n%s\nsäger\n%s", after, path, last, now)
			}
		}
	}
	v.done["byte för byte"] += n
}
