package register

import (
	"cmp"
	"slices"

	"github.com/google/uuid"
)

// Kodverkstyp names a code list (domain 9).
type Kodverkstyp string

// The code lists.
const (
	KodverkForsorjning          Kodverkstyp = "FORSORJNING"
	KodverkUtbildningsniva      Kodverkstyp = "UTBILDNINGSNIVA"
	KodverkAvslutsanledning     Kodverkstyp = "AVSLUTSANLEDNING"
	KodverkPreciseradInriktning Kodverkstyp = "PRECISERAD_INRIKTNING"
	KodverkMalgrupp             Kodverkstyp = "MALGRUPP"
	KodverkVerksamhetsomrade    Kodverkstyp = "VERKSAMHETSOMRADE"
	KodverkStadsdel             Kodverkstyp = "STADSDEL"
	KodverkBlankett             Kodverkstyp = "BLANKETT"
	KodverkSprak                Kodverkstyp = "SPRAK"
	KodverkTidIForsorjning      Kodverkstyp = "TID_I_FORSORJNING"
	KodverkSamverkansform       Kodverkstyp = "SAMVERKANSFORM" // carries sistaRegistreringsdag as Tom
	KodverkArbetstyp            Kodverkstyp = "ARBETSTYP"
	KodverkFrageord             Kodverkstyp = "FRAGEORD" // Etikett is a word, Tillhor what a question with it asks for
)

// Kodrad is one dated row of a code list. Rules hang on the flags, never on labels.
type Kodrad struct {
	Kodverk Kodverkstyp `gorm:"primaryKey"`
	Kod     string      `gorm:"primaryKey"`
	Period
	Etikett        string
	Ordning        int             // form order
	Samverkansform *Samverkansform // nil: all
	Tillhor        string          // parent code: inriktning of a preciserad inriktning, kommun of a stadsdel
	Exklusiv       bool            // excludes every other code (Ingen offentlig försörjning)
	UtanMatning    bool            // avslutsanledning without measurement after
	Utesluts       bool            // Felregistrering: out of all figures
	// Avslutsanledning that a withdrawal alone sets; the database holds that no two do at once.
	EndastAterkallelse bool
	Bit                *int16 // place in the fact tables' set of försörjning, arbetstyp or målgrupp, 0–SistaPlats; every code of those has its own
	Nr                 *int16 // small integer of the fact tables (utbildningsnivå, avslutsanledning, verksamhetsområde, preciserad inriktning)

	ID      uuid.UUID `gorm:"->"` // the code's, all its rows the same; the database's own
	Version int       // likewise
}

// Kodverk is every row of every list, loaded as one fact for the rules. It is
// made by NyttKodverk and never changed.
type Kodverk struct {
	Rader  []Kodrad
	Utgava int64                  // the database's number of them: another one when anything has changed
	index  map[kodnyckel][]Kodrad // the dated rows of one code, earliest first
}

type kodnyckel struct {
	typ Kodverkstyp
	kod string
}

// NyttKodverk indexes the rows.
func NyttKodverk(rader []Kodrad) Kodverk {
	rader = slices.Clone(rader)
	slices.SortStableFunc(rader, func(a, b Kodrad) int {
		return cmp.Or(cmp.Compare(a.Kodverk, b.Kodverk), cmp.Compare(a.Ordning, b.Ordning),
			cmp.Compare(a.Fran.kod, b.Fran.kod), cmp.Compare(a.Kod, b.Kod))
	})
	k := Kodverk{Rader: rader, index: make(map[kodnyckel][]Kodrad, len(rader))}
	for _, r := range rader {
		n := kodnyckel{r.Kodverk, r.Kod}
		k.index[n] = append(k.index[n], r)
	}
	for _, r := range k.index {
		slices.SortStableFunc(r, func(a, b Kodrad) int { return cmp.Compare(a.Fran.kod, b.Fran.kod) })
	}
	return k
}

// galler is true when the row holds on some day of the period for the form; the
// form "" asks for any.
func (r Kodrad) galler(under Period, form Samverkansform) bool {
	return r.Overlappar(under) && (r.Samverkansform == nil || form == "" || *r.Samverkansform == form)
}

// Giltig is the row of a code that holds on a day for a samverkansform ("" asks for any form).
func (k Kodverk) Giltig(typ Kodverkstyp, kod string, pa Datum, form Samverkansform) (Kodrad, bool) {
	return k.GiltigUnder(typ, kod, Dygn(pa), form)
}

// GiltigUnder is the first row of a code that holds on some day of the period, for
// codes of what lasts: an insats or an organisation.
func (k Kodverk) GiltigUnder(typ Kodverkstyp, kod string, under Period, form Samverkansform) (Kodrad, bool) {
	for _, r := range k.index[kodnyckel{typ, kod}] {
		if r.galler(under, form) {
			return r, true
		}
	}
	return Kodrad{}, false
}

// VidAterkallelse is the avslutsanledning that a withdrawal closes an open deltagande
// with on a day, the latest there was when none holds then: a withdrawal is never
// stopped by a date. That no two hold on one day is the database's constraint.
func (k Kodverk) VidAterkallelse(pa Datum) string {
	kod := ""
	for _, r := range k.Lista(KodverkAvslutsanledning) {
		switch {
		case !r.EndastAterkallelse:
		case r.Omfattar(pa):
			return r.Kod
		default:
			kod = r.Kod
		}
	}
	return kod
}

// Rad is the latest row of a code, whatever its period.
func (k Kodverk) Rad(typ Kodverkstyp, kod string) (Kodrad, bool) {
	r := k.index[kodnyckel{typ, kod}]
	if len(r) == 0 {
		return Kodrad{}, false
	}
	return r[len(r)-1], true
}

// Lista is every row of one list in form order, all periods.
func (k Kodverk) Lista(typ Kodverkstyp) []Kodrad {
	var svar []Kodrad
	for _, r := range k.Rader {
		if r.Kodverk == typ {
			svar = append(svar, r)
		}
	}
	return svar
}

// Etikett is the label of a code on a day; a code that does not hold then has its latest label.
func (k Kodverk) Etikett(typ Kodverkstyp, kod string, pa Datum) string {
	if r, ok := k.Giltig(typ, kod, pa, ""); ok {
		return r.Etikett
	}
	r, _ := k.Rad(typ, kod)
	return r.Etikett
}

// Nr is the small integer of a code in the fact tables, −1 when it has none.
func (k Kodverk) Nr(typ Kodverkstyp, kod string) int16 {
	if r, ok := k.Rad(typ, kod); ok && r.Nr != nil {
		return *r.Nr
	}
	return -1
}

// SistaPlats is the last place of the set: its four bytes but the bit of the sign, for
// FaktSaknas is no set.
const SistaPlats = 30

// ProvaPlatser refuses code lists with a försörjning that the facts could not hold: a
// code without a place in the set, with several, or with one that another code has. What
// it says of such a code would else be lost, or counted as the other's.
func (k Kodverk) ProvaPlatser() error {
	har, plats := map[int16]string{}, map[string]int16{}
	for _, r := range k.Lista(KodverkForsorjning) {
		if r.Bit == nil || *r.Bit < 0 || *r.Bit > SistaPlats {
			return utanPlats(r.Kod)
		}
		if kod, upptagen := har[*r.Bit]; upptagen && kod != r.Kod {
			return Konflikt(RegelForsorjningUtanPlats).Med("Koderna " + kod + " och " + r.Kod + " i kodverket FORSORJNING har samma plats i statistiken.")
		}
		if annan, given := plats[r.Kod]; given && annan != *r.Bit {
			return utanPlats(r.Kod)
		}
		har[*r.Bit], plats[r.Kod] = r.Kod, *r.Bit
	}
	return nil
}

func utanPlats(kod string) error {
	return Konflikt(RegelForsorjningUtanPlats).Med("Koden " + kod + " i kodverket FORSORJNING har ingen egen plats i statistiken.")
}

// Mangd is the codes of försörjning as the fact tables' set of bits.
func (k Kodverk) Mangd(koder []string) int32 { return k.mangd(KodverkForsorjning, koder) }

// mangd is the codes of a list whose codes have places (harPlats, ARBETSTYP) as a set of bits.
func (k Kodverk) mangd(typ Kodverkstyp, koder []string) int32 {
	var m int32
	for _, kod := range koder {
		if r, ok := k.Rad(typ, kod); ok && r.Bit != nil {
			m |= 1 << *r.Bit
		}
	}
	return m
}

// FormensSistaDag is the last startdag that may be registered in a form, nil when there is none.
func (k Kodverk) FormensSistaDag(form Samverkansform) *Datum {
	r, _ := k.Rad(KodverkSamverkansform, string(form))
	return r.Tom
}

// iFormordning sorts codes as the form prints them.
func (k Kodverk) iFormordning(typ Kodverkstyp, koder []string) []string {
	svar := slices.Clone(koder)
	slices.SortStableFunc(svar, func(a, b string) int {
		ra, _ := k.Rad(typ, a)
		rb, _ := k.Rad(typ, b)
		return cmp.Compare(ra.Ordning, rb.Ordning)
	})
	return svar
}

// Kommun is one of SCB's 290, with its län.
type Kommun struct {
	Kod     string `gorm:"primaryKey"` // four digits
	Period         // while there is such a kommun
	Namn    string
	Lan     string // two digits
	LanNamn string
}
