package register

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
)

// The SPA finds the same numbers before a draft is kept (frontend/src/shared/fritext.logic.ts);
// testdata/fritext.json is the table that both are held to.

var (
	// An id has ten digits that would do now and then.
	baraUUID = regexp.MustCompile(`(?i)^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$`)
	// The same in a longer text, and a hash: what stands in them is theirs.
	// A word may stand before it with nothing between: two letters, since one may be its ninth digit.
	idskrivet = regexp.MustCompile(`(?i)(?:\b|_|\pL{2})([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{32,})(?:\b|_)`)
	// Twelve digits that end an id are as good as alone: by chance they form a number once in ten million ids.
	tolvSist = regexp.MustCompile(`-[0-9]{12}_?$`)

	sifferrad   = regexp.MustCompile(`[0-9]+(?:[-./+ \n][0-9]+)*`)
	siffergrupp = regexp.MustCompile(`[0-9]+`)

	datumskrivet = regexp.MustCompile(`^(?:(?:18|19|20)[0-9]{2}[-./](?:0[1-9]|1[0-2])[-./](?:0[1-9]|[12][0-9]|3[01])` +
		`|(?:0?[1-9]|[12][0-9]|3[01])[./](?:0?[1-9]|1[0-2])[./ ](?:18|19|20)[0-9]{2})$`)
	// Ten digits, divided as no personnummer is: 070-123 45 67, 0498-12 34 56, 08-123 456 78.
	telefonskrivet = regexp.MustCompile(`^0(?:[0-9]{2}[-./+ ][0-9]{2,7}(?:[-./+ ][0-9]{2,4}){0,2}` +
		`|[0-9]{3}[-./+ ](?:[0-9]{6}|[0-9]{3}[-./+ ][0-9]{3}|[0-9]{2}[-./+ ][0-9]{2}[-./+ ][0-9]{2})` +
		`|[0-9][-./+ ](?:[0-9]{8}|[0-9]{3}[-./+ ][0-9]{2,3}[-./+ ][0-9]{2,3}))$`)
	// Two months, or a day and a time of it: twelve digits.
	manaderEllerTid = regexp.MustCompile(`^(?:(?:18|19|20)[0-9]{2}-(?:0[1-9]|1[0-2])[-./+ ](?:18|19|20)[0-9]{2}-(?:0[1-9]|1[0-2])` +
		`|[0-9]{4}[-./][0-9]{2}[-./][0-9]{2} (?:[01][0-9]|2[0-4])[-.][0-5][0-9])$`)
	artalForst = regexp.MustCompile(`^(?:18|19|20)[0-9]{2}[^0-9]`)
	sistaFyra  = regexp.MustCompile(`\n[0-9]{4}$`)

	// A date, a joint of other signs or a word for what follows, and four digits: «810204_2382»,
	// «(810204) 2382», «810204 nr 2382». Joints of dividers alone are sifferrad's.
	fogat = regexp.MustCompile(`(?:^|[^0-9])((?:18|19|20)?[0-9]{2}[-./ _:]?[0-9]{2}[-./ _:]?[0-9]{2})` +
		`([^0-9\pL,\n]{0,4}(?:(?:de )?(?:n[ro]|nummer|l[öo]pn(?:umme)?r|(?:fyra )?sista(?: fyra)?(?: siffrorna)?|slutsiffror(?:na)?)[^0-9\pL,\n]{0,4})?)` +
		`([0-9]{4})(?:$|[^0-9])`)
	// Years, with a month, a series or another year after them.
	artalMed = regexp.MustCompile(`^(?:18|19|20)[0-9]{2}[-./][0-9]`)
)

// harPersonnummer looks for ten or twelve digits of any script, with nothing but
// dividers between them, that form a personnummer or a samordningsnummer. They
// begin and end where a group of digits does, or are a date and four digits that
// something else joins (harFogat). What is plainly something else, as
// it is written, is left alone: dates and months in a row, a time, a phone number,
// a column of figures, an id or a hash of hexadecimal digits.
func harPersonnummer(text string) bool {
	if baraUUID.MatchString(text) {
		return false
	}
	text = renskriv(utanID(text))
	if harFogat(text) {
		return true
	}
	for _, rad := range sifferrad.FindAllString(text, -1) {
		grupper := siffergrupp.FindAllStringIndex(rad, -1)
		annat := annatSkrivet(rad, grupper)
		for i := range grupper {
			siffror := ""
			for j := i; j < len(grupper) && len(siffror) < 12; j++ {
				siffror += rad[grupper[j][0]:grupper[j][1]]
				if arPersonnummer(siffror) && !annat.ar(rad[grupper[i][0]:grupper[j][1]], len(siffror), i, j+1) {
					return true
				}
			}
		}
	}
	return false
}

// harFogat looks for a date and four digits with a joint between them that is no
// divider. A date that is written with dividers and ends in a colon begins a sentence.
func harFogat(text string) bool {
	for {
		m := fogat.FindStringSubmatchIndex(text)
		if m == nil {
			return false
		}
		dag, fog, efter := text[m[2]:m[3]], text[m[4]:m[5]], text[m[6]:]
		delad := strings.ContainsAny(dag, "-./ _:")
		if strings.Trim(fog, "-./+ ") != "" && !artalMed.MatchString(efter) && !(delad && fog == ": ") &&
			arPersonnummer(strings.Join(siffergrupp.FindAllString(dag, -1), "")+efter[:4]) {
			return true
		}
		text = strings.TrimLeft(text[m[2]:], "0123456789")
	}
}

// utanID is the text with an x for each id, but for twelve digits that end it.
// Without a letter it is no id.
func utanID(text string) string {
	return idskrivet.ReplaceAllStringFunc(text, func(id string) string {
		if !strings.ContainsAny(idskrivet.FindStringSubmatch(id)[1], "abcdefABCDEF") {
			return id
		}
		return "x" + tolvSist.FindString(id)
	})
}

// arPersonnummer is asked of ten or twelve digits, in any century that people live in.
func arPersonnummer(siffror string) bool {
	sekler := []string{"18", "19", "20"}
	if len(siffror) == 12 && slices.Contains(sekler, siffror[:2]) {
		sekler, siffror = []string{siffror[:2]}, siffror[2:]
	}
	return len(siffror) == 10 && slices.ContainsFunc(sekler, func(s string) bool {
		_, err := AterstallPersonnummer(s + siffror)
		return err == nil
	})
}

// spann is groups of a row, from and before.
type spann struct{ fran, fore int }

// skrivet is what stands among the groups as dates and phone numbers are written.
type skrivet []spann

func annatSkrivet(rad string, grupper [][]int) skrivet {
	var ut skrivet
	for i := range grupper {
		for j := i + 2; j <= len(grupper) && j <= i+4; j++ {
			s := rad[grupper[i][0]:grupper[j-1][1]]
			if j == i+3 && datumskrivet.MatchString(s) || len(s) == 10+j-i-1 && telefonskrivet.MatchString(s) {
				ut = append(ut, spann{i, j})
			}
		}
	}
	return ut
}

// ar is true when the groups from i and before j are something else than a
// personnummer, or end inside something else. Twelve digits may hold a date whole;
// a line or a column may end before the last four, and nowhere else.
func (s skrivet) ar(text string, siffror, i, j int) bool {
	if strings.Contains(sistaFyra.ReplaceAllString(text, ""), "\n") {
		return true
	}
	if siffror == 12 && manaderEllerTid.MatchString(text) || siffror == 10 && artalForst.MatchString(text) {
		return true
	}
	return slices.ContainsFunc(s, func(a spann) bool {
		skar := a.fran < i && i < a.fore || a.fran < j && j < a.fore
		return skar || siffror == 10 && a.fran < j && i < a.fore
	})
}

// renskriv writes a text with the digits 0–9, one of - . / + space and line break
// where there are dividers, and all else in small letters. What has no width is not there.
func renskriv(text string) string {
	var b strings.Builder
	delare := byte(0)
	for _, r := range text {
		if unicode.In(r, unicode.Cf, unicode.M) {
			continue
		}
		if d := delartecken(r); d != 0 {
			if delare == 0 || delare == ' ' || d == '\n' {
				delare = d
			}
			continue
		}
		if delare != 0 {
			b.WriteByte(delare)
			delare = 0
		}
		if siffra, ok := siffervarde(r); ok {
			b.WriteByte('0' + siffra)
		} else {
			b.WriteRune(unicode.ToLower(r))
		}
	}
	return b.String()
}

func delartecken(r rune) byte {
	switch {
	case r == '−' || unicode.Is(unicode.Pd, r):
		return '-'
	case r == '.' || r == '．':
		return '.'
	case r == '/' || r == '／':
		return '/'
	case r == '+' || r == '＋':
		return '+'
	case '\t' <= r && r <= '\r':
		return '\n'
	case unicode.Is(unicode.Z, r):
		return ' '
	}
	return 0
}

// siffervarde is the value of a decimal digit of any script: they stand ten and ten, from nought.
func siffervarde(r rune) (byte, bool) {
	if !unicode.Is(unicode.Nd, r) {
		return 0, false
	}
	fore := r
	for unicode.Is(unicode.Nd, fore-1) {
		fore--
	}
	return byte((r - fore) % 10), true
}
