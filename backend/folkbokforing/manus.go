package folkbokforing

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"regexp"
	"slices"
	"strings"
	"time"

	"sus/backend/register"
)

// Manussvar is what the simulator is told to answer about a number.
type Manussvar string

// The answers. Protection, deregistration, name and kommun are apart from each
// other: the latest of each holds.
const (
	ManusSekretessmarkering   Manussvar = "SEKRETESSMARKERING"
	ManusSkyddadFolkbokforing Manussvar = "SKYDDAD_FOLKBOKFORING"
	ManusIngetSkydd           Manussvar = "INGET_SKYDD" // a protection has ended
	ManusErsatt               Manussvar = "ERSATT"      // Av is the new number; that one then points back
	ManusAvliden              Manussvar = "AVLIDEN"
	ManusNyttNamn             Manussvar = "NYTT_NAMN" // Namn
	ManusFlyttad              Manussvar = "FLYTTAD"   // Kommun
)

// Manusrad is one line of the simulator's script: from Fran on, by the simulator's
// clock, the person of Nummer is answered for as Svar says.
type Manusrad struct {
	Nummer string    `json:"nummer"`
	Fran   Manustid  `json:"fran"`
	Svar   Manussvar `json:"svar"`
	Av     string    `json:"av,omitempty"`
	Namn   string    `json:"namn,omitempty"`
	Kommun string    `json:"kommun,omitempty"`
}

// Manustid is a time written as a day, which begins at midnight in Sweden, or as
// RFC 3339. The zero is always.
type Manustid struct{ time.Time }

// ManusFran is t.
func ManusFran(t time.Time) Manustid { return Manustid{t} }

// ManusFranDag is the midnight at which d begins.
func ManusFranDag(d register.Datum) Manustid { return Manustid{d.Borjan()} }

// UnmarshalJSON reads either way of writing.
func (m *Manustid) UnmarshalJSON(b []byte) error {
	var text string
	err := json.Unmarshal(b, &text)
	if d, dag := register.ParseDatum(text); err == nil && dag == nil {
		m.Time = d.Borjan()
		return nil
	}
	t, tid := time.Parse(time.RFC3339, text)
	if err != nil || tid != nil {
		return errors.New("«fran» ska vara ett datum (2026-11-25) eller en tid (2026-11-25T08:00:00Z)")
	}
	m.Time = t
	return nil
}

// manus is a script that was found right.
type manus []Manusrad

var (
	kommunForm = regexp.MustCompile(`^\d{4}$`)
	namnForm   = regexp.MustCompile(`^\pL[\pL '-]*$`)
)

const maxManus = 1 << 20

// lasManusfil reads a script's file: {"personer": [rows]}.
func lasManusfil(fil string) (manus, error) {
	f, err := os.Open(fil)
	if err != nil {
		return nil, fmt.Errorf("manuset går inte att läsa: %w", err)
	}
	defer func() { _ = f.Close() }()
	b, err := io.ReadAll(io.LimitReader(f, maxManus+1))
	if err != nil {
		return nil, fmt.Errorf("manuset går inte att läsa: %w", err)
	}
	if len(b) > maxManus {
		return nil, errors.New("manuset är större än 1 MB")
	}
	m, err := tolkaManus(b)
	if err != nil {
		return nil, fmt.Errorf("manuset %s: %w", fil, err)
	}
	return m, nil
}

func tolkaManus(b []byte) (manus, error) {
	var fil struct {
		Personer []Manusrad `json:"personer"`
	}
	d := json.NewDecoder(bytes.NewReader(b))
	d.DisallowUnknownFields()
	if err := d.Decode(&fil); err != nil {
		return nil, manusfel(err)
	}
	if _, err := d.Token(); err != io.EOF {
		return nil, errors.New("något står efter manuset")
	}
	return nyttManus(fil.Personer)
}

// manusfel is encoding/json's error in Swedish, without what the file holds.
func manusfel(err error) error {
	var syntax *json.SyntaxError
	var typ *json.UnmarshalTypeError
	okant, ok := strings.CutPrefix(err.Error(), "json: unknown field ")
	switch {
	case ok:
		return fmt.Errorf("okänt fält %s", okant)
	case errors.As(err, &syntax):
		return fmt.Errorf("är inte JSON (tecken %d)", syntax.Offset)
	case errors.As(err, &typ):
		return fmt.Errorf("fältet %q har fel slags värde", typ.Field)
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return errors.New("är inte JSON (det tar slut för tidigt)")
	}
	return err // Manustid's own words
}

// nyttManus refuses a row that the simulator could not follow.
func nyttManus(rader []Manusrad) (manus, error) {
	for i, r := range rader {
		if err := r.fel(); err != nil {
			return nil, fmt.Errorf("rad %d: %w", i+1, err)
		}
	}
	m := manus(slices.Clone(rader))
	slices.SortStableFunc(m, func(a, b Manusrad) int { return a.Fran.Compare(b.Fran.Time) })
	return m, nil
}

func (r Manusrad) fel() error {
	if !arTestnummer(r.Nummer) {
		return errors.New("«nummer» ska vara ett av Skatteverkets testnummer, tolv siffror")
	}
	switch r.Svar {
	case ManusSekretessmarkering, ManusSkyddadFolkbokforing, ManusIngetSkydd, ManusErsatt, ManusAvliden, ManusNyttNamn, ManusFlyttad:
	default:
		return fmt.Errorf("okänt svar %q", string(r.Svar))
	}
	for _, f := range []struct {
		namn, varde string
		hor         Manussvar
		ratt        bool
		krav        string
	}{
		{"av", r.Av, ManusErsatt, arTestnummer(r.Av) && r.Av != r.Nummer, "ett annat av Skatteverkets testnummer, tolv siffror"},
		{"namn", r.Namn, ManusNyttNamn, namnForm.MatchString(r.Namn) && len(r.Namn) <= maxNamn, "ett namn"},
		{"kommun", r.Kommun, ManusFlyttad, kommunForm.MatchString(r.Kommun), "en kommunkod, fyra siffror"},
	} {
		switch {
		case r.Svar == f.hor && !f.ratt:
			return fmt.Errorf("svaret %s ska ha «%s»: %s", r.Svar, f.namn, f.krav)
		case r.Svar != f.hor && f.varde != "":
			return fmt.Errorf("«%s» hör till svaret %s", f.namn, f.hor)
		}
	}
	return nil
}

func arTestnummer(s string) bool {
	if !tolvSiffror.MatchString(s) {
		return false
	}
	_, ok := testnummer(s)
	return ok
}

// galler lets the rows that are in force at nu change what is said of a number.
func (m manus) galler(siffror string, nu time.Time, l *lage) {
	for _, r := range m {
		if r.Fran.After(nu) {
			break // they are in order
		}
		if r.Svar == ManusErsatt && r.Av == siffror {
			l.finns = true
			if l.orsak == "" {
				l.hanvisning = r.Nummer
			}
		}
		if r.Nummer != siffror {
			continue
		}
		l.finns = true
		switch r.Svar {
		case ManusSekretessmarkering:
			l.skydd = "Sekretessmarkering"
		case ManusSkyddadFolkbokforing:
			l.skydd = "SkyddadFolkbokforing"
		case ManusIngetSkydd:
			l.skydd = ""
		case ManusErsatt:
			l.orsak, l.hanvisning = orsakNyttNummer, r.Av
		case ManusAvliden:
			l.orsak, l.hanvisning = orsakAvliden, ""
		case ManusNyttNamn:
			l.fornamn, l.efternamn, _ = strings.Cut(r.Namn, " ")
		case ManusFlyttad:
			l.kommun = r.Kommun
		}
	}
}
