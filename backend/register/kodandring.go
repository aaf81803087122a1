package register

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/google/uuid"
)

// DateradKod is a code of a list with all its dated rows, earliest first.
type DateradKod struct {
	ID      uuid.UUID
	Kodverk Kodverkstyp
	Kod     string
	Rader   []Kodrad
	Version int
}

// Sista is the row that nothing comes after.
func (k DateradKod) Sista() Kodrad { return k.Rader[len(k.Rader)-1] }

// Kodvarden is what a row says of its code, and what another may say from a later day.
type Kodvarden struct {
	Etikett                         string
	Ordning                         int
	Exklusiv, UtanMatning, Utesluts bool
}

// Koduppgifter is the input of a new code: its first row.
type Koduppgifter struct {
	Kodverk Kodverkstyp
	Kod     string
	Period
	Kodvarden
	Samverkansform *Samverkansform
	Tillhor        string
}

// Kodandring is the input of a change. Without GallerFran the last row is put right as it
// stands; Tom is the code's last day, nil until further notice.
type Kodandring struct {
	Kodvarden
	GallerFran *Datum
	Tom        *Datum
}

// Anvandningsslag is a kind of what is registered with a code.
type Anvandningsslag string

// What codes are registered with.
const (
	AnvandMatning      Anvandningsslag = "MATNING"
	AnvandSamtycke     Anvandningsslag = "SAMTYCKE"
	AnvandInsats       Anvandningsslag = "INSATS"
	AnvandOrganisation Anvandningsslag = "ORGANISATION"
)

var anvandningsord = map[Anvandningsslag][2]string{
	AnvandMatning: {"mätning", "mätningar"}, AnvandSamtycke: {"samtycke", "samtycken"},
	AnvandInsats: {"insats", "insatser"}, AnvandOrganisation: {"samverkansorganisation", "samverkansorganisationer"},
}

// Kodanvandning is how often a code is registered in one kind: nobody, but numbers and days.
type Kodanvandning struct {
	Slag          Anvandningsslag
	Antal         int   // on any day
	PaRaden       int   // on the days of its last row
	EfterDagen    int   // after the last day that is wanted
	Forsta, Sista Datum // the first day of the earliest, and of the latest
}

// FarAndraKodverk is true for Försäkringskassan, which keeps the lists.
func (a Aktor) FarAndraKodverk() bool { return a.HarRoll(RollSystemforvaltare) }

// MaxKodetikett is the longest label, MaxKodordning the last place of a form.
const (
	MaxKodetikett = 100
	MaxKodordning = 1000
)

// Fast is true for a list whose codes the program itself knows: each is a choice in it.
func (t Kodverkstyp) Fast() bool {
	return t == KodverkSamverkansform || t == KodverkArbetstyp || t == KodverkTidIForsorjning
}

// obligatorisk is true for a list that a form cannot do without.
func (t Kodverkstyp) obligatorisk() bool {
	return t != KodverkStadsdel && t != KodverkFrageord && t != KodverkMalgrupp
}

// harNr is true for a list whose codes have a small integer in the facts.
func (t Kodverkstyp) harNr() bool {
	return t == KodverkUtbildningsniva || t == KodverkAvslutsanledning || t == KodverkVerksamhetsomrade || t == KodverkPreciseradInriktning
}

// harPlats is true for a list whose codes the facts hold as a set, and that can grow.
func (t Kodverkstyp) harPlats() bool { return t == KodverkForsorjning || t == KodverkMalgrupp }

var (
	kodform    = regexp.MustCompile(`^[A-Z0-9_]{1,40}$`)
	sprakform  = regexp.MustCompile(`^[a-z]{2,3}$`) // ISO 639, as a samtycke's sprak
	tillhorord = map[Kodverkstyp][]string{
		KodverkPreciseradInriktning: {string(InriktningIndivid), string(InriktningStruktur)},
		KodverkFrageord:             {"NUMMER", "DIAGNOS", "KANSLIGT"},
	}
)

// DateradKod is a code of the lists; false when there is none.
func (k Kodverk) DateradKod(typ Kodverkstyp, kod string) (DateradKod, bool) {
	rader := k.index[kodnyckel{typ, kod}]
	if len(rader) == 0 {
		return DateradKod{}, false
	}
	return DateradKod{ID: rader[0].ID, Kodverk: typ, Kod: kod, Rader: slices.Clone(rader), Version: rader[0].Version}, true
}

// SkapaKod makes a new code with its first row, from today at the earliest: what is
// registered of earlier days was chosen without it. ID is the database's. Refused: 409
// kodverk-fast, kod-finns and kodverk-fullt, 422 at every faulty field.
func SkapaKod(in Koduppgifter, k Kodverk, kommuner []Kommun, idag Datum) (DateradKod, error) {
	if in.Kodverk.Fast() {
		return DateradKod{}, Konflikt(RegelKodverkFast)
	}
	var f felsamling
	if in.Kodverk != KodverkSprak && !kodform.MatchString(in.Kod) {
		f.lagg("/kod", RegelKodFormat)
	} else if in.Kodverk == KodverkSprak && !sprakform.MatchString(in.Kod) {
		f.lagg("/kod", RegelKodFormat, "Språkets kod är två eller tre små bokstäver, som i ISO 639.")
	}
	f.kodvarden(in.Kodverk, in.Kodvarden)
	f.kodtillhor(in, kommuner)
	f.kodensForsta("/giltigFran", in.Kodverk, in.Fran, idag)
	if !in.IOrdning() {
		f.lagg("/giltigTom", RegelSlutForeStart)
	}
	rad := in.Kodvarden.till(Kodrad{Kodverk: in.Kodverk, Kod: in.Kod, Period: in.Period, Samverkansform: in.Samverkansform, Tillhor: in.Tillhor, Version: 1})
	f.kodetikett(rad, k)
	if err := f.err(); err != nil {
		return DateradKod{}, err
	}
	if _, finns := k.DateradKod(in.Kodverk, in.Kod); finns {
		return DateradKod{}, KodFinns()
	}
	if err := k.gePlats(&rad); err != nil {
		return DateradKod{}, err
	}
	return DateradKod{Kodverk: in.Kodverk, Kod: in.Kod, Rader: []Kodrad{rad}, Version: 1}, nil
}

// KodFinns is the refusal of a code that the list has; the store's guard answers it too.
func KodFinns() *Error { return konfliktVid("/kod", RegelKodFinns) }

// gePlats gives the first row of a new code the place in the facts that no code has.
func (k Kodverk) gePlats(rad *Kodrad) error {
	bit, nr := map[int16]bool{}, int16(0)
	for _, r := range k.Lista(rad.Kodverk) {
		if r.Bit != nil {
			bit[*r.Bit] = true
		}
		if r.Nr != nil {
			nr = max(nr, *r.Nr)
		}
	}
	if rad.Kodverk.harNr() {
		nr++
		rad.Nr = &nr
	}
	if !rad.Kodverk.harPlats() {
		return nil
	}
	for plats := int16(0); plats <= SistaPlats; plats++ {
		if !bit[plats] {
			rad.Bit = &plats
			return nil
		}
	}
	return Konflikt(RegelKodverkFullt)
}

// AndraKod says otherwise of a code from a day, today at the earliest, by a new row; or
// puts its last row right as it stands, when nothing is registered with that; or gives it
// another last day, and none that something registered is after. What is measured already
// on the day that a change holds from keeps its meaning: it holds from a later one. bruk is what is
// registered, with in's last day. Its Version is the same when nothing was changed.
// Refused: 409 kodverk-fast, kod-anvands and kod-styrande, 422 at every faulty field.
func AndraKod(kod DateradKod, in Kodandring, bruk []Kodanvandning, k Kodverk, idag Datum) (DateradKod, error) {
	if kod.Kodverk.Fast() {
		return kod, Konflikt(RegelKodverkFast)
	}
	forr := kod.Sista()
	ny := in.Kodvarden.till(forr)
	ny.Tom = in.Tom
	var f felsamling
	f.kodvarden(kod.Kodverk, in.Kodvarden)
	nyRad := in.GallerFran != nil && *in.GallerFran != forr.Fran
	if nyRad {
		ny.Fran = *in.GallerFran
		if !ny.Fran.Efter(forr.Fran) {
			f.lagg("/gallerFran", RegelForeSenasteRaden)
		} else {
			f.kodensForsta("/gallerFran", kod.Kodverk, ny.Fran, idag)
		}
	}
	if !ny.IOrdning() {
		f.lagg("/giltigTom", RegelSlutForeStart)
	}
	if !strings.EqualFold(ny.Etikett, forr.Etikett) || forr.Forlanger(ny.Tom) {
		f.kodetikett(ny, k)
	}
	if err := f.err(); err != nil {
		return kod, err
	}
	sammaOrd := forr.varden() == ny.varden()
	paRaden := registreratI(bruk, func(b Kodanvandning) int { return b.PaRaden })
	efter := registreratI(bruk, func(b Kodanvandning) int { return b.EfterDagen })
	switch {
	case nyRad && sammaOrd && (forr.Tom == nil || !forr.Tom.Plus(1).Fore(ny.Fran)):
		nyRad, ny.Fran = false, forr.Fran // it goes on as it is: another last day at most
	case !nyRad && !sammaOrd && paRaden != "":
		return kod, konfliktVid("/gallerFran", RegelKodAnvands, "Koden är registrerad i "+paRaden+", som behåller sin text och betydelse. Ange från vilken dag ändringen ska gälla, i dag eller senare.")
	case nyRad && !sammaOrd && mattaFran(bruk, ny.Fran):
		return kod, konfliktVid("/gallerFran", RegelKodAnvands, "Koden är registrerad i mätningar den dagen, som behåller sin text och betydelse. Välj en senare dag.")
	}
	if efter != "" && !lika(in.Tom, forr.Tom) {
		return kod, konfliktVid("/giltigTom", RegelKodAnvands, "Koden är registrerad i "+efter+" efter den dagen, senast "+senastBruk(bruk).String()+
			". Välj den dagen eller en senare som sista dag.")
	}
	if err := k.provaStyrande(forr, ny); err != nil {
		return kod, err
	}
	if !nyRad && sammaOrd && lika(ny.Tom, forr.Tom) {
		return kod, nil
	}
	svar := kod
	svar.Rader = slices.Clone(kod.Rader)
	if nyRad {
		if innan := ny.Fran.Plus(-1); !forr.slutarFore(innan) {
			svar.Rader[len(svar.Rader)-1].Tom = &innan
		}
		svar.Rader = append(svar.Rader, ny)
	} else {
		svar.Rader[len(svar.Rader)-1] = ny
	}
	svar.Version++
	for i := range svar.Rader {
		svar.Rader[i].Version = svar.Version
	}
	return svar, nil
}

// provaStyrande refuses to end, or to take a flag from, the last code that a rule of the
// program rests on, and the last that a form can do with.
func (k Kodverk) provaStyrande(forr, ny Kodrad) error {
	slutar := ny.Tom != nil && !lika(ny.Tom, forr.Tom) && !forr.Forlanger(ny.Tom)
	if forr.EndastAterkallelse {
		switch {
		case slutar:
			return konfliktVid("/giltigTom", RegelKodStyrande)
		case !ny.UtanMatning:
			return konfliktVid("/utanMatning", RegelKodStyrande)
		case ny.Utesluts:
			return konfliktVid("/utesluts", RegelKodStyrande)
		}
	}
	fran := ny.Fran
	if slutar {
		fran = ny.Tom.Plus(1)
	}
	annan := func(har func(Kodrad) bool) bool {
		return slices.ContainsFunc(k.Lista(forr.Kodverk), func(r Kodrad) bool {
			return r.Kod != forr.Kod && r.Tom == nil && !r.Fran.Efter(fran) && har(r)
		})
	}
	for _, flagga := range []struct {
		pekare string
		har    func(Kodrad) bool
	}{{"/exklusiv", Kodrad.exklusiv}, {"/utesluts", Kodrad.utesluts}} {
		switch {
		case !flagga.har(forr) || annan(flagga.har):
		case slutar:
			return konfliktVid("/giltigTom", RegelKodStyrande)
		case !flagga.har(ny):
			return konfliktVid(flagga.pekare, RegelKodStyrande)
		}
	}
	if slutar && forr.Kodverk.obligatorisk() && !annan(func(r Kodrad) bool {
		return !r.Utesluts && !r.EndastAterkallelse && r.Tillhor == forr.Tillhor && (r.Samverkansform == nil || lika(r.Samverkansform, forr.Samverkansform))
	}) {
		return konfliktVid("/giltigTom", RegelKodStyrande, "Det är den enda koden som går att välja tills vidare. Lägg först till en annan.")
	}
	return nil
}

func (r Kodrad) exklusiv() bool { return r.Exklusiv }
func (r Kodrad) utesluts() bool { return r.Utesluts }

func (r Kodrad) varden() Kodvarden {
	return Kodvarden{r.Etikett, r.Ordning, r.Exklusiv, r.UtanMatning, r.Utesluts}
}

func (v Kodvarden) till(r Kodrad) Kodrad {
	r.Etikett, r.Ordning, r.Exklusiv, r.UtanMatning, r.Utesluts = strings.TrimSpace(v.Etikett), v.Ordning, v.Exklusiv, v.UtanMatning, v.Utesluts
	return r
}

func (f *felsamling) kodvarden(typ Kodverkstyp, v Kodvarden) {
	f.obligatorisk("/etikett", v.Etikett, MaxKodetikett)
	f.ingetPersonnummer("/etikett", v.Etikett)
	if typ == KodverkFrageord && strings.Trim(v.Etikett, "* ") == "" {
		f.lagg("/etikett", RegelObligatoriskt, "Skriv ett ord, med * före om det också får stå inne i ett ord.")
	}
	if v.Ordning < 1 || v.Ordning > MaxKodordning {
		f.lagg("/ordning", RegelUtanforGranser, "Ordningen ska vara ett heltal från 1 till 1 000.")
	}
	if v.Exklusiv && typ != KodverkForsorjning {
		f.lagg("/exklusiv", RegelFelBetydelse)
	}
	if v.UtanMatning && typ != KodverkAvslutsanledning {
		f.lagg("/utanMatning", RegelFelBetydelse)
	}
	if v.Utesluts && typ != KodverkAvslutsanledning {
		f.lagg("/utesluts", RegelFelBetydelse)
	}
}

// kodetikett: two codes that read alike on one day are one to who chooses between them,
// and two rows of a report that nobody can tell apart.
func (f *felsamling) kodetikett(rad Kodrad, k Kodverk) {
	if rad.Etikett != "" && slices.ContainsFunc(k.Lista(rad.Kodverk), func(r Kodrad) bool {
		return r.Kod != rad.Kod && r.Tillhor == rad.Tillhor && strings.EqualFold(r.Etikett, rad.Etikett) && r.Overlappar(rad.Period) &&
			(r.Samverkansform == nil || rad.Samverkansform == nil || *r.Samverkansform == *rad.Samverkansform)
	}) {
		f.lagg("/etikett", RegelEtikettFinns)
	}
}

// kodensForsta: a row begins today or later, and a verksamhetsområde with a month, as
// the organisations' stand in them.
func (f *felsamling) kodensForsta(pekare string, typ Kodverkstyp, fran, idag Datum) {
	switch {
	case !fran.Angett():
		f.lagg(pekare, RegelObligatoriskt)
	case fran.Fore(idag):
		f.lagg(pekare, RegelForflutenDag)
	case typ == KodverkVerksamhetsomrade && fran.Dag() != 1:
		f.lagg(pekare, RegelManadensForsta)
	}
}

func (f *felsamling) kodtillhor(in Koduppgifter, kommuner []Kommun) {
	ratt := in.Tillhor == ""
	if ord := tillhorord[in.Kodverk]; ord != nil {
		ratt = slices.Contains(ord, in.Tillhor)
	} else if in.Kodverk == KodverkStadsdel {
		ratt = slices.ContainsFunc(kommuner, func(k Kommun) bool { return k.Kod == in.Tillhor })
	}
	if !ratt {
		f.lagg("/tillhor", RegelFelTillhor)
	}
}

// registreratI says how much is registered, as «3 mätningar och 1 insats»; "" for nothing.
func registreratI(bruk []Kodanvandning, antal func(Kodanvandning) int) string {
	var delar []string
	for _, b := range bruk {
		if n := antal(b); n == 1 {
			delar = append(delar, "1 "+anvandningsord[b.Slag][0])
		} else if n > 1 {
			delar = append(delar, strconv.Itoa(n)+" "+anvandningsord[b.Slag][1])
		}
	}
	return strings.Join(delar, " och ")
}

// mattaFran is true when a measurement of the day, or of a later one, has the code.
func mattaFran(bruk []Kodanvandning, dag Datum) bool {
	return slices.ContainsFunc(bruk, func(b Kodanvandning) bool { return b.Slag == AnvandMatning && b.Antal > 0 && !b.Sista.Fore(dag) })
}

func senastBruk(bruk []Kodanvandning) Datum {
	return slices.MaxFunc(bruk, func(a, b Kodanvandning) int { return cmp.Compare(a.Sista.String(), b.Sista.String()) }).Sista
}

// Beskriv is a code's last row as the log tells it: the lists are nobody's secret.
func (k DateradKod) Beskriv() string {
	return fmt.Sprintf("%s %s: %s", k.Kodverk, k.Kod, k.Sista().beskriv())
}

// BeskrivAndring is what was done to a code, from what to what.
func (k DateradKod) BeskrivAndring(forr DateradKod) string {
	return fmt.Sprintf("%s %s: %s → %s", k.Kodverk, k.Kod, forr.Sista().beskriv(), k.Sista().beskriv())
}

func (r Kodrad) beskriv() string {
	s := fmt.Sprintf("%s «%s» ordning %d", r.Period, r.Etikett, r.Ordning)
	for _, f := range []struct {
		har bool
		ord string
	}{{r.Exklusiv, "exklusiv"}, {r.UtanMatning, "utanMatning"}, {r.Utesluts, "utesluts"}} {
		if f.har {
			s += " " + f.ord
		}
	}
	return s
}
