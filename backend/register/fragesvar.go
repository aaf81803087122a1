package register

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/google/uuid"
)

// Fragesvar is the answer to one question at one measurement: Koder or Tal. No answer is
// none at all, and is counted apart.
type Fragesvar struct {
	FragaID uuid.UUID
	Koder   []string // of the question's alternatives, in its order
	Tal     *int
	// Fragaversion is which version of the question was read by whoever answers; 0 is not
	// said. It is not kept.
	Fragaversion int
}

// fragor is every question that is asked about in an input or was answered before.
type fragor []Fraga

func (f fragor) med(id uuid.UUID) (Fraga, bool) {
	i := slices.IndexFunc(f, func(q Fraga) bool { return q.ID == id })
	if i < 0 {
		return Fraga{}, false
	}
	return f[i], true
}

// fragesvar gathers the faults of the answers given at a measurement. dag is nil when the
// day itself is the fault: what is asked then cannot be told, and no answer is wrong for it.
func (f *felsamling) fragesvar(svar []Fragesvar, alla fragor, typ Matningstyp, dag *Datum) {
	sedda := map[uuid.UUID]bool{}
	for i, s := range svar {
		p := element("/svar", i)
		fraga, finns := alla.med(s.FragaID)
		switch {
		case sedda[s.FragaID]:
			f.lagg(p+"/fragaId", RegelDubblett, "Frågan är redan besvarad i listan.")
		case !finns:
			f.lagg(p+"/fragaId", RegelFragaStallsInte, "Frågan finns inte i samverkansorganisationen.")
		case dag != nil && !fraga.Stalls(typ, *dag):
			f.lagg(p+"/fragaId", RegelFragaStallsInte)
		case s.Fragaversion != 0 && s.Fragaversion != fraga.Version:
			f.lagg(p+"/fragaId", RegelFragaAndrad)
		default:
			f.ettSvar(p, s, fraga)
		}
		sedda[s.FragaID] = true
	}
}

// ettSvar: a number within the question's bounds, or some of its alternatives.
func (f *felsamling) ettSvar(p string, s Fragesvar, fraga Fraga) {
	if fraga.Svarstyp.MedTal() {
		switch {
		case s.Koder != nil:
			f.lagg(p+"/koder", RegelFelSvarstyp, "Frågan besvaras med ett tal.")
		case s.Tal == nil:
			f.lagg(p+"/tal", RegelObligatoriskt, "Ange ett tal, eller utelämna svaret.")
		case *s.Tal < *fraga.Minst || *s.Tal > *fraga.Hogst:
			f.lagg(p+"/tal", RegelUtanforGranser, fmt.Sprintf("Svaret ska vara ett heltal från %d till %d.", *fraga.Minst, *fraga.Hogst))
		}
		return
	}
	switch {
	case s.Tal != nil:
		f.lagg(p+"/tal", RegelFelSvarstyp, "Frågan besvaras med sina svarsalternativ.")
	case len(s.Koder) == 0:
		f.lagg(p+"/koder", RegelObligatoriskt, "Välj ett svar, eller utelämna svaret.")
	case fraga.Svarstyp != SvarFlerval && len(s.Koder) > 1:
		f.lagg(p+"/koder", RegelForManga, "Välj ett svar.")
	}
	for i, kod := range s.Koder {
		if fraga.plats(kod) < 0 {
			f.lagg(element(p+"/koder", i), RegelOkandKod, "Svaret finns inte bland frågans alternativ.")
		}
	}
	f.unika(p+"/koder", s.Koder)
}

// plats is where the code stands among the alternatives, −1 when it is none of them.
func (f Fraga) plats(kod string) int {
	return slices.IndexFunc(f.Alternativ, func(a Svarsalternativ) bool { return a.Kod == kod })
}

// haller is true when an answer that was given before is one on another day too.
func (s Fragesvar) haller(alla fragor, typ Matningstyp, dag Datum) bool {
	fraga, finns := alla.med(s.FragaID)
	return finns && fraga.Stalls(typ, dag)
}

// svarPa is the answers of a measurement as they are kept, in the questions' own order: those
// given, or, when nothing is said of them, those of the version before that still hold.
func svarPa(givna, forra []Fragesvar, alla fragor, typ Matningstyp, dag Datum) []Fragesvar {
	var svar []Fragesvar
	if givna == nil {
		for _, s := range forra {
			if s.haller(alla, typ, dag) {
				svar = append(svar, s)
			}
		}
	}
	for _, s := range givna {
		fraga, _ := alla.med(s.FragaID)
		ny := Fragesvar{FragaID: s.FragaID, Tal: s.Tal, Koder: slices.Clone(s.Koder)}
		slices.SortFunc(ny.Koder, func(a, b string) int { return cmp.Compare(fraga.plats(a), fraga.plats(b)) })
		svar = append(svar, ny)
	}
	slices.SortFunc(svar, func(a, b Fragesvar) int {
		fa, _ := alla.med(a.FragaID)
		fb, _ := alla.med(b.FragaID)
		return cmp.Compare(fa.Nr, fb.Nr)
	})
	return svar
}

// likaSvar is true when two versions of a measurement have the same answers.
func likaSvar(a, b []Fragesvar) bool {
	return slices.EqualFunc(a, b, func(s, t Fragesvar) bool {
		return s.FragaID == t.FragaID && slices.Equal(s.Koder, t.Koder) && lika(s.Tal, t.Tal)
	})
}
