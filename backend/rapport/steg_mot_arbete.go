package rapport

import "sus/backend/register"

var _ = nyRapport(Rapport{
	Grupp: "deltagarrapport", Namn: "steg-mot-arbete", Ordning: 90, Titel: "SUS - Deltagarrapport steg mot arbete", Version: 1,
	Fraga: "Hur många har tagit ett steg mot arbete?",
	Rad:   "arbetssteg", Bild: BildStaplar, Fotnoter: fotnoter,
	Delar: []Del{
		{ID: "STEG", Grund: GrundSlut, Rubrik: "Steg mot arbete bland dem som slutat med mätning för {tid}", Tal: append(append([]Deltal{}, talSlut...), talMatta[0].som("matta")),
			Noter: []string{"En deltagare kan ta flera steg. Andelen är av dem som vid starten var i radens utgångsläge.", notUtanMatning},
			Matt:  []*Matt{mattUtgangslage, mattSteg, mattAndelSteg}},
	},
})

// The values of arbetssteg, before and after: work in the classes of arbetsgranser, kinds of
// work, försörjning and arbetssökande.
const (
	stegArbete = iota
	stegArbetstyp
	stegForsorjning
	stegArbetssokande
)

var arbetsgranser = []int{0, 1} // class 1: does not work, class 2: does

func init() {
	steg := func(arbete, typ, forsorjning, sokande Faktkolumn) func(Urval) []Uttryck {
		u := []Uttryck{{Kolumn: arbete, Granser: arbetsgranser}, {Kolumn: typ}, {Kolumn: forsorjning}, {Kolumn: sokande}}
		return func(Urval) []Uttryck { return u }
	}
	nyDimension(Dimension{ID: "arbetssteg", Etikett: "Steg", Kodverk: register.KodverkForsorjning,
		Fore: steg("arbete_fore", "arbetstyp_fore", "fb", "arbetssokande_fore"), Efter: steg("arbete_efter", "arbetstyp_efter", "fa", "arbetssokande_efter"),
		Klasser: func(s *Sammanhang) []Klass {
			subventionerat, sjuk := s.bit(register.KodverkArbetstyp, string(register.ArbeteSubventionerat)), s.bit(register.KodverkForsorjning, "SJUKPENNING")
			arbetar := func(v []int32) bool { return v[stegArbete] == 2 }
			return []Klass{
				{Kategori: Kategori{"TILL_ARBETE", "Från inget arbete till arbete"},
					Har: func(v []int32) bool { return v[stegArbete] == 1 }, HarEfter: arbetar},
				{Kategori: Kategori{"UTAN_SUBVENTION", "Från enbart subventionerat arbete till arbete utan subvention"},
					Har: func(v []int32) bool { return arbetar(v) && subventionerat != 0 && v[stegArbetstyp] == subventionerat },
					HarEfter: func(v []int32) bool {
						return arbetar(v) && v[stegArbetstyp] > 0 && v[stegArbetstyp]&subventionerat == 0
					}},
				{Kategori: Kategori{"TILL_ARBETSSOKANDE", "Från sjukskriven och inte arbetssökande till arbetssökande"},
					Har: func(v []int32) bool {
						return v[stegForsorjning] != register.FaktSaknas && v[stegForsorjning]&sjuk != 0 && v[stegArbetssokande] == 0
					},
					HarEfter: func(v []int32) bool { return v[stegArbetssokande] == 1 }},
			}
		}})
}

// bit is the place of a code in the facts' set, as a set of its own; 0 when it has none.
func (s *Sammanhang) bit(typ register.Kodverkstyp, kod string) int32 {
	r, finns := s.Kodverk.Rad(typ, kod)
	if !finns || r.Bit == nil {
		return 0
	}
	return 1 << *r.Bit
}
