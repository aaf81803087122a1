package register

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/google/uuid"
)

// Svarstyp is how a question is answered. None takes a text: it would be a journal's.
type Svarstyp string

// The five.
const (
	SvarEnval   Svarstyp = "ENVAL"
	SvarFlerval Svarstyp = "FLERVAL"
	SvarJaNej   Svarstyp = "JA_NEJ"
	SvarHeltal  Svarstyp = "HELTAL"
	SvarSkala   Svarstyp = "SKALA"
)

// MedTal is true when the answer is a number, else it is one or more of the alternatives.
func (s Svarstyp) MedTal() bool { return s == SvarHeltal || s == SvarSkala }

// Bounds of a question (domain 5) and of how many there may be.
const (
	MaxFragenamn    = 100
	MaxInnehall     = 500
	MaxAlternativ   = 20
	MaxHeltalssvar  = 9999
	MinSteg         = 2
	MaxSteg         = 11
	MaxFragorSamman = 50 // in force on one day
)

// Svarsalternativ is one answer that can be chosen. The code is the server's.
type Svarsalternativ struct {
	Kod     string `json:"kod"`
	Etikett string `json:"etikett"`
}

// Frageuppgifter is a question as its administrator writes it.
type Frageuppgifter struct {
	Namn     string
	Innehall string
	Period
	Svarstyp           Svarstyp
	Etiketter          []string // ENVAL and FLERVAL: what can be chosen, in form order
	Minst, Hogst       *int     // HELTAL
	Steg               *int     // SKALA: from 1 to Steg
	LagstOrd, HogstOrd string   // SKALA: words at its two ends
	VidIn, VidUt       bool     // asked at in- and at out-registration
}

// Fraga is a kompletterande fråga of an organisation (domain 5).
type Fraga struct {
	ID             uuid.UUID
	Nr             int32 // its number in what is counted, never on the wire
	OrganisationID uuid.UUID
	Namn           string
	Innehall       string
	Period
	Svarstyp           Svarstyp
	Alternativ         []Svarsalternativ `gorm:"-"`
	SenasteKod         int               // of Alternativ, ever: a code never gets another label
	Minst, Hogst       *int              // of HELTAL, and of SKALA 1 and its steps
	LagstOrd, HogstOrd string
	VidIn, VidUt       bool
	Ordning            int
	Version            int

	Besvarad  *Datum    `gorm:"-"` // the last day it was answered, nil when it never was
	Varningar []Varning `gorm:"-"` // what was odd in the change just made
}

// FarAndraFragor is true for the organisation's own administrators.
func (a Aktor) FarAndraFragor(orgID uuid.UUID) bool { return a.administrerar(orgID) }

// Stalls is true when the question is asked at a measurement on the day.
func (f Fraga) Stalls(typ Matningstyp, dag Datum) bool {
	return f.Omfattar(dag) && (typ == MatningIn && f.VidIn || typ == MatningUt && f.VidUt)
}

// FragorAttStalla is the questions that are asked at a measurement on a day, in order.
func FragorAttStalla(fragor []Fraga, typ Matningstyp, dag Datum) []Fraga {
	var svar []Fraga
	for _, f := range fragor {
		if f.Stalls(typ, dag) {
			svar = append(svar, f)
		}
	}
	slices.SortStableFunc(svar, func(a, b Fraga) int { return cmp.Compare(a.Ordning, b.Ordning) })
	return svar
}

// SkapaFraga makes the last question of an organisation, whose others are andra. Its ID
// and Nr are the store's. Refused: 422 at every faulty field, 409 fraga-finns, fragor-for-manga.
func SkapaFraga(in Frageuppgifter, o Samverkansorganisation, andra []Fraga, k Kodverk, idag Datum) (Fraga, error) {
	ordning := 0
	for _, f := range andra {
		ordning = max(ordning, f.Ordning)
	}
	ny := Fraga{OrganisationID: o.ID, Ordning: ordning + 1, Version: 1}.med(in)
	if err := ny.prova(in, o, andra); err != nil {
		return Fraga{}, err
	}
	ny.Varningar = fragevarningar(ny, k, idag)
	return ny, nil
}

// AndraFraga writes a question anew. One that is answered stays as it was asked: only its
// last day may be another, and none before the last answer. Refused as SkapaFraga, and
// 409 fraga-besvarad.
func AndraFraga(forr Fraga, in Frageuppgifter, o Samverkansorganisation, andra []Fraga, k Kodverk, idag Datum) (Fraga, error) {
	ny := forr.med(in)
	if err := ny.prova(in, o, andra); err != nil {
		return forr, err
	}
	if ny.lika(forr) && lika(ny.Tom, forr.Tom) {
		return forr, nil
	}
	if forr.Besvarad != nil {
		switch {
		case !ny.lika(forr):
			return forr, FragaBesvarad()
		case ny.slutarFore(*forr.Besvarad):
			return forr, konfliktVid("/tillOchMed", RegelFragaBesvarad, "Frågan har besvarats så sent som "+forr.Besvarad.String()+". Den kan stängas tidigast den dagen.")
		}
	}
	ny.Version++
	ny.Varningar = fragevarningar(ny, k, idag)
	return ny, nil
}

// FragaBesvarad is the refusal to write an answered question anew; the store's guard answers it too.
func FragaBesvarad() *Error { return Konflikt(RegelFragaBesvarad) }

// FragaFinns is the refusal of a second question of one name on one day; as FragaBesvarad.
func FragaFinns() *Error { return konfliktVid("/namn", RegelFragaFinns) }

// FragaAndrad is the refusal of an answer whose question was written anew meanwhile; as FragaBesvarad.
func FragaAndrad() *Error { return konfliktVid("/svar", RegelFragaAndrad) }

// ProvaFrageordning refuses an order that is not all the organisation's questions, each once.
func ProvaFrageordning(ordning []uuid.UUID, finns []Fraga) error {
	var f felsamling
	sedda := map[uuid.UUID]bool{}
	for i, id := range ordning {
		switch {
		case sedda[id]:
			f.lagg(element("/fragor", i), RegelDubblett)
		case !slices.ContainsFunc(finns, func(q Fraga) bool { return q.ID == id }):
			f.lagg(element("/fragor", i), RegelOkandKod, "Frågan finns inte i samverkansorganisationen.")
		}
		sedda[id] = true
	}
	if len(f) == 0 && len(ordning) != len(finns) {
		f.lagg("/fragor", RegelForFa, "Ordningen ska ha alla samverkansorganisationens frågor.")
	}
	return f.err()
}

// lika is true when two questions ask the same, whenever they are closed.
func (f Fraga) lika(g Fraga) bool {
	return f.Namn == g.Namn && f.Innehall == g.Innehall && f.Fran == g.Fran && f.Svarstyp == g.Svarstyp && slices.Equal(f.Alternativ, g.Alternativ) &&
		lika(f.Minst, g.Minst) && lika(f.Hogst, g.Hogst) && f.LagstOrd == g.LagstOrd && f.HogstOrd == g.HogstOrd && f.VidIn == g.VidIn && f.VidUt == g.VidUt
}

// med is the question with what its administrator wrote. A label keeps its code; a new one
// gets a code that was never used, so that nobody's answer to an older wording is taken
// for another alternative.
func (f Fraga) med(in Frageuppgifter) Fraga {
	ny := f
	ny.Namn, ny.Innehall, ny.Period, ny.Svarstyp, ny.VidIn, ny.VidUt = in.Namn, in.Innehall, in.Period, in.Svarstyp, in.VidIn, in.VidUt
	ny.Minst, ny.Hogst, ny.LagstOrd, ny.HogstOrd, ny.Alternativ = nil, nil, "", "", nil
	switch in.Svarstyp {
	case SvarJaNej:
		ny.Alternativ = []Svarsalternativ{{"JA", "Ja"}, {"NEJ", "Nej"}}
	case SvarHeltal:
		ny.Minst, ny.Hogst = in.Minst, in.Hogst
	case SvarSkala:
		ett := 1
		ny.Minst, ny.Hogst, ny.LagstOrd, ny.HogstOrd = &ett, in.Steg, in.LagstOrd, in.HogstOrd
	default:
		for _, etikett := range in.Etiketter {
			i := slices.IndexFunc(f.Alternativ, func(a Svarsalternativ) bool { return a.Etikett == etikett })
			if i >= 0 && f.Svarstyp != SvarJaNej {
				ny.Alternativ = append(ny.Alternativ, f.Alternativ[i])
				continue
			}
			ny.SenasteKod++
			ny.Alternativ = append(ny.Alternativ, Svarsalternativ{strconv.Itoa(ny.SenasteKod), etikett})
		}
	}
	return ny
}

// prova gathers the faults of the fields, and then asks for room beside the others.
func (f Fraga) prova(in Frageuppgifter, o Samverkansorganisation, andra []Fraga) error {
	var fel felsamling
	fel.fragetext("/namn", in.Namn, MaxFragenamn)
	fel.fragetext("/innehall", in.Innehall, MaxInnehall)
	if !in.IOrdning() {
		fel.lagg("/tillOchMed", RegelSlutForeStart)
	} else if !in.Overlappar(o.Tid()) {
		fel.lagg("/franOchMed", RegelUtanforOrganisationen)
	}
	if !in.VidIn && !in.VidUt {
		fel.lagg("/vidIn", RegelObligatoriskt, "Välj om frågan ställs vid inregistrering, vid utregistrering eller vid båda.")
	}
	fel.svarsmojligheter(in)
	if err := fel.err(); err != nil {
		return err
	}
	samtida := 0
	for _, annan := range andra {
		switch {
		case annan.ID == f.ID || !annan.Overlappar(f.Period):
		case strings.EqualFold(annan.Namn, f.Namn):
			return FragaFinns()
		default:
			samtida++
		}
	}
	if samtida >= MaxFragorSamman {
		return Konflikt(RegelFragorForManga)
	}
	return nil
}

func (f *felsamling) fragetext(pekare, s string, max int) {
	f.obligatorisk(pekare, s, max)
	f.ingetPersonnummer(pekare, s)
}

// svarsmojligheter: what the svarstyp asks for and nothing that it does not.
func (f *felsamling) svarsmojligheter(in Frageuppgifter) {
	medAlternativ := in.Svarstyp == SvarEnval || in.Svarstyp == SvarFlerval
	switch {
	case !medAlternativ && len(in.Etiketter) > 0:
		f.lagg("/alternativ", RegelFelSvarstyp, "Alternativ anges bara för enval och flerval.")
	case medAlternativ && len(in.Etiketter) < 2:
		f.lagg("/alternativ", RegelForFa, "Ange minst två alternativ.")
	case len(in.Etiketter) > MaxAlternativ:
		f.lagg("/alternativ", RegelForManga, fmt.Sprintf("Ange högst %d alternativ.", MaxAlternativ))
	}
	for i, etikett := range in.Etiketter {
		f.fragetext(element("/alternativ", i), etikett, MaxKort)
	}
	f.unika("/alternativ", in.Etiketter)
	f.bara("/minst", in.Svarstyp == SvarHeltal, in.Minst, 0, MaxHeltalssvar-1)
	f.bara("/hogst", in.Svarstyp == SvarHeltal, in.Hogst, 1, MaxHeltalssvar)
	if in.Svarstyp == SvarHeltal && in.Minst != nil && in.Hogst != nil && *in.Hogst <= *in.Minst {
		f.lagg("/hogst", RegelForLitet, "Det högsta talet ska vara större än det lägsta.")
	}
	f.bara("/steg", in.Svarstyp == SvarSkala, in.Steg, MinSteg, MaxSteg)
	f.andord("/lagstOrd", in.Svarstyp, in.LagstOrd)
	f.andord("/hogstOrd", in.Svarstyp, in.HogstOrd)
}

// andord: the words at the ends of a scale, which may be left out.
func (f *felsamling) andord(pekare string, typ Svarstyp, ord string) {
	if typ != SvarSkala {
		if ord != "" {
			f.lagg(pekare, RegelFelSvarstyp, "Ord i ändarna anges bara för en skala.")
		}
		return
	}
	f.text(pekare, ord, MaxKort, false)
	f.ingetPersonnummer(pekare, ord)
}

// bara: a number that one svarstyp must have and the others may not.
func (f *felsamling) bara(pekare string, galler bool, n *int, minst, hogst int) {
	switch {
	case !galler && n != nil:
		f.lagg(pekare, RegelFelSvarstyp, "Uppgiften anges inte för den svarstypen.")
	case galler && n == nil:
		f.lagg(pekare, RegelObligatoriskt)
	case galler && (*n < minst || *n > hogst):
		f.lagg(pekare, RegelUtanforGranser, fmt.Sprintf("Skriv ett heltal från %d till %d.", minst, hogst))
	}
}

// What a question should hardly ask for, as the code list FRAGEORD says in tillhor.
var fragevarningsslag = map[string]Varningsslag{"NUMMER": VarningFragarNummer, "DIAGNOS": VarningFragarDiagnos, "KANSLIGT": VarningFragarKansligt}

// fragevarningar is what the words of a question tell of, each once, at the first field
// that holds one. It is for a person to think about, and stops nobody.
func fragevarningar(f Fraga, k Kodverk, idag Datum) []Varning {
	texter := []struct{ pekare, text string }{{"/namn", f.Namn}, {"/innehall", f.Innehall}}
	if f.Svarstyp != SvarJaNej {
		for i, a := range f.Alternativ {
			texter = append(texter, struct{ pekare, text string }{element("/alternativ", i), a.Etikett})
		}
	}
	texter = append(texter, []struct{ pekare, text string }{{"/lagstOrd", f.LagstOrd}, {"/hogstOrd", f.HogstOrd}}...)
	var v varningssamling
	sagt := map[Varningsslag]bool{}
	for _, t := range texter {
		ord := strings.FieldsFunc(strings.ToLower(t.text), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
		for _, rad := range k.Lista(KodverkFrageord) {
			slag, ok := fragevarningsslag[rad.Tillhor]
			if ok && rad.Omfattar(idag) && !sagt[slag] && harFrageord(ord, rad.Etikett) {
				v.lagg(true, t.pekare, slag)
				sagt[slag] = true
			}
		}
	}
	return v
}

// harFrageord is true when a word begins with what is sought, or with * before it holds it anywhere.
func harFrageord(ord []string, sokt string) bool {
	del, inuti := strings.CutPrefix(strings.ToLower(sokt), "*")
	return slices.ContainsFunc(ord, func(o string) bool {
		return strings.HasPrefix(o, del) || inuti && strings.Contains(o, del)
	})
}
