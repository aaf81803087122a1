package prov_test

import (
	"bytes"
	"context"
	"crypto/md5"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/jackc/pgx/v5"
)

// letare finds any of many byte strings in one pass (Aho and Corasick). Each has
// a name, which says what it is and in which encoding, never what it holds.
type letare struct {
	namn  []string
	langd []int
	nasta [][256]int32
	traff [][]int32 // by state: what ends there
	klar  bool
	buf   []byte
}

func nyLetare() *letare { return &letare{nasta: make([][256]int32, 1), traff: make([][]int32, 1)} }

// minst is the shortest string that is looked for: a shorter one stands by chance
// among a hundred megabytes of ciphertext and pages.
const minst = 5

func (l *letare) lagg(namn string, b []byte) {
	if len(b) < minst {
		return
	}
	s := int32(0)
	for _, c := range b {
		if l.nasta[s][c] == 0 {
			l.nasta = append(l.nasta, [256]int32{})
			l.traff = append(l.traff, nil)
			l.nasta[s][c] = int32(len(l.nasta) - 1)
		}
		s = l.nasta[s][c]
	}
	l.traff[s] = append(l.traff[s], int32(len(l.namn)))
	l.namn, l.langd = append(l.namn, namn), append(l.langd, len(b))
}

// bygg makes the trie an automaton.
func (l *letare) bygg() {
	annars := make([]int32, len(l.nasta))
	ko := []int32{}
	for c := range 256 {
		if s := l.nasta[0][c]; s != 0 {
			ko = append(ko, s)
		}
	}
	for len(ko) > 0 {
		s := ko[0]
		ko = ko[1:]
		for c := range 256 {
			n := l.nasta[s][c]
			if n == 0 {
				l.nasta[s][c] = l.nasta[annars[s]][c]
				continue
			}
			annars[n] = l.nasta[annars[s]][c]
			l.traff[n] = append(slices.Clone(l.traff[n]), l.traff[annars[n]]...)
			ko = append(ko, n)
		}
	}
	l.klar = true
}

// fynd is where each named string was found.
type fynd map[string][]string

func (f fynd) lagg(namn, plats string) {
	if !slices.Contains(f[namn], plats) {
		f[namn] = append(f[namn], plats)
	}
}

// med is what was found of the names that begin so, by place.
func (f fynd) med(prefix string) fynd {
	svar := fynd{}
	for namn, platser := range f {
		if strings.HasPrefix(namn, prefix) {
			svar[namn] = platser
		}
	}
	return svar
}

// platser is every place where something was found.
func (f fynd) platser() []string {
	var svar []string
	for _, p := range f {
		svar = append(svar, p...)
	}
	slices.Sort(svar)
	return slices.Compact(svar)
}

// pa is true when something was found at a place whose name has the text in it.
func (f fynd) pa(text string) bool {
	return slices.ContainsFunc(f.platser(), func(p string) bool { return strings.Contains(p, text) })
}

func (f fynd) String() string {
	var b strings.Builder
	for _, namn := range slices.Sorted(maps.Keys(f)) {
		fmt.Fprintf(&b, "\n  %s i %s", namn, strings.Join(f[namn], ", "))
	}
	return b.String()
}

// sok looks through what is read. The place is named once a string.
func (l *letare) sok(r io.Reader, plats string, f fynd) error {
	if !l.klar {
		l.bygg()
		l.buf = make([]byte, 256<<10)
	}
	s := int32(0)
	for {
		n, err := r.Read(l.buf)
		for _, c := range l.buf[:n] {
			s = l.nasta[s][c]
			for _, i := range l.traff[s] {
				f.lagg(l.namn[i], plats)
			}
		}
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
	}
}

// sokMapp looks through the bytes and the names of every file of a folder; the
// log's files also without the headers that stand in the midst of what is logged.
func (l *letare) sokMapp(t *testing.T, mapp string) fynd {
	t.Helper()
	rot, err := filepath.EvalSymlinks(mapp)
	ja(t, err)
	f := fynd{}
	filer := 0
	ja(t, filepath.WalkDir(rot, func(p string, d fs.DirEntry, err error) error {
		if errors.Is(err, fs.ErrNotExist) {
			return nil // gone meanwhile: PostgreSQL is at work
		}
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(rot, p)
		if err != nil {
			return err
		}
		if err := l.sok(strings.NewReader(rel), "namnet på "+filepath.Dir(rel)+"/…", f); err != nil {
			return err
		}
		if d.Type()&fs.ModeSymlink != 0 {
			return fmt.Errorf("%s är en länk, och det den pekar på är inte genomsökt", rel)
		}
		if !d.Type().IsRegular() {
			return nil
		}
		fil, err := os.Open(p)
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		if err != nil {
			return err
		}
		defer func() { _ = fil.Close() }()
		filer++
		if err := l.sok(fil, rel, f); err != nil || !strings.Contains("/"+rel, "/pg_wal/") {
			return err
		}
		if _, err := fil.Seek(0, io.SeekStart); err != nil {
			return err
		}
		return l.sok(&walText{r: fil}, rel, f)
	}))
	if filer < 500 {
		t.Fatalf("bara %d filer i datamappen: den är inte en databas", filer)
	}
	return f
}

// sokTables looks through a COPY of every table, as text and as binary: also
// the system's own, where samples of rows lie, and the queue's jobs.
func (l *letare) sokTables(t *testing.T, superURL string) fynd {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), superURL)
	ja(t, err)
	defer func() { _ = conn.Close(context.Background()) }()
	rader, err := conn.Query(t.Context(), `select n.nspname, c.relname, n.nspname in ('pg_catalog', 'information_schema', 'pg_toast')
		from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.relkind in ('r', 'm', 't') order by 1, 2`)
	ja(t, err)
	type table struct {
		Schema, Namn string
		System       bool
	}
	tables, err := pgx.CollectRows(rader, pgx.RowToStructByPos[table])
	ja(t, err)
	f := fynd{}
	var egna []string
	for _, tab := range tables {
		former := []string{"text", "binary"}
		if tab.System {
			former = former[:1] // some of the system's types have no binary form
		} else {
			egna = append(egna, tab.Namn)
		}
		for _, form := range former {
			r, w := io.Pipe()
			go func() {
				_, err := conn.PgConn().CopyTo(t.Context(), w, "copy (select * from "+pgx.Identifier{tab.Schema, tab.Namn}.Sanitize()+") to stdout (format "+form+")")
				_ = w.CloseWithError(err)
			}()
			if err := l.sok(r, "tabellen "+tab.Namn, f); err != nil {
				t.Fatalf("tabellen %s: %v", tab.Namn, err)
			}
		}
	}
	for _, namn := range []string{"identitet", "personnyckel", "loggperson", "idempotens", "river_job", "loggpost", "fakt_in_2010"} {
		if !slices.Contains(egna, namn) {
			t.Errorf("tabellen %s genomsöktes inte", namn)
		}
	}
	return f
}

// person adds every form of a person that plaintext could take: number, name
// and parts of it, in every encoding that a program, a log or a table might use.
func (l *letare) person(vem, nummer, namn string) {
	text := func(vad, s string) {
		for kodning, b := range teckenkodningar(s) {
			l.kodat(vem+": "+vad+" "+kodning, b)
		}
	}
	for vad, s := range nummerformer(nummer) {
		text(vad, s)
		l.lagg(vem+": "+vad+" baklänges", baklanges([]byte(s)))
		for algoritm, summa := range kontrollsummor([]byte(s)) {
			l.kodat(vem+": "+vad+" "+algoritm, summa)
		}
	}
	for vad, b := range talformer(nummer) {
		l.lagg(vem+": "+vad, b)
	}
	delar := strings.Fields(namn)
	for i, s := range append([]string{namn, strings.Join([]string{delar[len(delar)-1], delar[0]}, ", ")}, delar...) {
		vad := "namn"
		if i >= 2 {
			vad = "del " + strconv.Itoa(i-1) + " av namn"
		}
		for form, f := range map[string]string{"": s, " gemener": strings.ToLower(s), " versaler": strings.ToUpper(s)} {
			text(vad+form, f)
		}
		j, _ := json.Marshal(s)
		text(vad+" i JSON", strings.Trim(string(j), `"`))
		text(vad+" i JSON (ASCII)", ascii(s))
		text(vad+" i en adress", url.QueryEscape(s))
		for algoritm, summa := range kontrollsummor([]byte(s)) {
			l.kodat(vem+": "+vad+" "+algoritm, summa)
		}
	}
}

// kodat adds bytes as they are, as hex and as base64.
func (l *letare) kodat(namn string, b []byte) {
	if len(b) < minst {
		return
	}
	l.lagg(namn, b)
	l.lagg(namn+" hex", []byte(hex.EncodeToString(b)))
	l.lagg(namn+" HEX", []byte(strings.ToUpper(hex.EncodeToString(b))))
	for skift := range 3 {
		for sort, k := range map[string]*base64.Encoding{" base64": base64.RawStdEncoding, " base64url": base64.RawURLEncoding} {
			s := k.EncodeToString(append(make([]byte, skift), b...))
			// A character that holds bits of what stands before or after is not ours.
			forst, sist := (skift*8+5)/6, (skift+len(b))*8/6
			l.lagg(namn+sort+" läge "+strconv.Itoa(skift), []byte(s[forst:sist]))
		}
	}
}

func teckenkodningar(s string) map[string][]byte {
	m := map[string][]byte{"utf-8": []byte(s)}
	var latin []byte
	for _, r := range s {
		if r > 255 {
			latin = nil
			break
		}
		latin = append(latin, byte(r))
	}
	if string(latin) != s {
		m["latin-1"] = latin
	}
	var le, be []byte
	for _, u := range utf16.Encode([]rune(s)) {
		le = binary.LittleEndian.AppendUint16(le, u)
		be = binary.BigEndian.AppendUint16(be, u)
	}
	m["utf-16le"], m["utf-16be"] = le, be
	return m
}

// nummerformer is how a number of twelve digits is written.
func nummerformer(n string) map[string]string {
	return map[string]string{
		"12 siffror": n, "10 siffror": n[2:], "12 siffror med streck": n[:8] + "-" + n[8:], "10 siffror med streck": n[2:8] + "-" + n[8:],
		"10 siffror med plus": n[2:8] + "+" + n[8:], "datum och fyra": n[:4] + "-" + n[4:6] + "-" + n[6:8] + "-" + n[8:], "med blanksteg": n[:8] + " " + n[8:],
	}
}

// talformer is how a machine writes it as a number: integers, PostgreSQL's
// numeric (base 10,000), and packed decimals with either nibble first.
func talformer(n string) map[string][]byte {
	svar := map[string][]byte{}
	for vad, s := range map[string]string{"12": n, "10": n[2:]} {
		v, err := strconv.ParseUint(s, 10, 64)
		if err != nil {
			panic(err)
		}
		svar["heltal le "+vad] = binary.LittleEndian.AppendUint64(nil, v)
		svar["heltal be "+vad] = binary.BigEndian.AppendUint64(nil, v)
		bcd, _ := hex.DecodeString(s)
		omvant := bytes.Clone(bcd)
		for i, b := range omvant {
			omvant[i] = b<<4 | b>>4
		}
		svar["packat "+vad], svar["packat omvänt "+vad] = bcd, omvant
	}
	var le, be []byte
	for i := 0; i < 12; i += 4 {
		v, _ := strconv.ParseUint(n[i:i+4], 10, 16)
		le = binary.LittleEndian.AppendUint16(le, uint16(v))
		be = binary.BigEndian.AppendUint16(be, uint16(v))
	}
	svar["numeric le"], svar["numeric be"] = le, be
	return svar
}

func kontrollsummor(b []byte) map[string][]byte {
	m, s1, s256, s512 := md5.Sum(b), sha1.Sum(b), sha256.Sum256(b), sha512.Sum512(b)
	return map[string][]byte{"md5": m[:], "sha-1": s1[:], "sha-256": s256[:], "sha-512": s512[:]}
}

func baklanges(b []byte) []byte {
	b = bytes.Clone(b)
	slices.Reverse(b)
	return b
}

// ascii is the text as JSON writers that keep to ASCII write it.
func ascii(s string) string {
	var b strings.Builder
	for _, r := range s {
		if r < 128 {
			b.WriteRune(r)
		} else {
			fmt.Fprintf(&b, `\u%04x`, r)
		}
	}
	return b.String()
}

// bitar adds bytes in pieces that lead to a person each: a log page or a block
// may end in the midst of them.
func (l *letare) bitar(namn string, b []byte, langder ...int) {
	for i := 0; len(b) > 0; i++ {
		n := len(b)
		if i < len(langder) {
			n = langder[i]
		}
		l.kodat(namn+" bit "+strconv.Itoa(i+1), b[:n])
		b = b[n:]
	}
}

func TestTheSearchFindsEveryFormOfANumberAndAName(t *testing.T) {
	// Written out, so that the test does not lean on the code that it tries.
	const nummer, namn = "197701172392", "Märta Sjöberg"
	l := nyLetare()
	l.person("A", nummer, namn)
	for _, planterat := range []string{
		nummer, "x7701172392y", "19770117-2392", "770117-2392", "770117+2392", "293271107791", "Märta", "SJÖBERG", "m\xe4rta", "Sj\xf6berg, M\xe4rta",
		"1\x009\x007\x007\x000\x001\x001\x007\x002\x003\x009\x002\x00", "M\x00\xe4\x00r\x00t\x00a\x00", `M\u00e4rta`, "M%C3%A4rta",
		`\x313937373031313732333932`, "313937373031313732333932", "4DC3A472746120536AC3B662657267",
		"MTk3NzAxMTcyMzky", "IDE5NzcwMTE3MjM5Mg", "ICAxOTc3MDExNzIzOTI", "TcOkcnRhIFNqw7ZiZXJn",
		"\x19\x77\x01\x17\x23\x92", "\x91\x77\x10\x71\x32\x29", "\xb9\x07\x75\x00\x58\x09", "\xa8\x7c\xe8\x07\x2e\x00\x00\x00",
	} {
		f := fynd{}
		ja(t, l.sok(strings.NewReader("före "+planterat+" efter"), "text", f))
		if len(f) == 0 {
			t.Errorf("%q hittades inte", planterat)
		}
	}
	f := fynd{}
	for _, s := range []string{"197701182383 7701182383 MTk3NzAxMTgyMzgz", "Marta Sjoberg", "313937373031313832333833"} {
		ja(t, l.sok(strings.NewReader(s), "text", f))
	}
	if len(f) != 0 {
		t.Errorf("någon annan togs för henne:%s", f)
	}
}
