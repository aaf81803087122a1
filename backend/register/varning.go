package register

import "slices"

// Varningsslag is something odd that a registration may well say: told before it is
// saved and with it, never a refusal. Nobody outside this file can make one.
type Varningsslag struct{ id, ord string }

// String is the id, as «sent-registrerat»: what the wire calls varning.
func (v Varningsslag) String() string { return v.id }

// Ord is what a user is told.
func (v Varningsslag) Ord() string { return v.ord }

// Varningar is the whole catalogue, in the order below.
func Varningar() []Varningsslag { return slices.Clone(varningskatalog) }

var varningskatalog []Varningsslag

func nyVarning(id, ord string) Varningsslag {
	v := Varningsslag{id, ord}
	varningskatalog = append(varningskatalog, v)
	return v
}

// Each is odd but allowed. The numbers are ours: what is rare enough to be worth a look.
var (
	VarningUnder15 = nyVarning("under-15-utan-bedomning",
		"Deltagaren är under 15 år på startdagen, och någon bedömning av mognaden står inte vid samtycket.")
	VarningFlerArAnVuxen = nyVarning("fler-ar-an-vuxen",
		"Antalet år med offentlig försörjning är fler än deltagaren har varit över 16 år.")
	VarningIngenMedManga = nyVarning("ingen-med-manga-ar",
		"Försörjningen är «Ingen offentlig försörjning», fast deltagaren har haft offentlig försörjning i tio år eller mer.")
	VarningSamtyckeForeFodelsen = nyVarning("samtycke-fore-fodelsen", "Samtycket är daterat innan deltagaren föddes.")
	VarningSamtyckeForeInsatsen = nyVarning("samtycke-fore-insatsen", "Samtycket är daterat innan insatsen startade.")
	VarningKommunUtanfor        = nyVarning("kommun-utanfor",
		"Deltagaren är folkbokförd i en kommun som inte hör till samverkansorganisationen.")
	VarningKommunIFlera = nyVarning("kommun-i-flera",
		"Kommunen hör under samma tid till ett annat samordningsförbund.")
	VarningKortTid      = nyVarning("kort-tid", "Deltagandet varade i högst två dagar.")
	VarningFragarNummer = nyVarning("fraga-om-nummer",
		"Frågan ser ut att gälla ett nummer eller en adress som pekar ut en person. Sådant hör inte hemma i en kompletterande fråga.")
	VarningFragarDiagnos  = nyVarning("fraga-om-diagnos", "Frågan ser ut att gälla en diagnos, en sjukdom eller ett beroende. Det är känsliga personuppgifter.")
	VarningFragarKansligt = nyVarning("fraga-om-kansligt",
		"Frågan ser ut att gälla hälsa, religion, åsikt, ursprung, sexualliv eller brott. Det är känsliga personuppgifter.")
	VarningFordelning = nyVarning("fordelning",
		"Årets finansiering är inte fördelad som lagen (2003:1210) säger: staten hälften, regionen en fjärdedel och kommunerna tillsammans en fjärdedel. Eget kapital, ESF och övriga räknas inte med.")
	VarningLangeSen = nyVarning("lange-sedan", "Det som registreras ligger mer än fem år tillbaka.")
)

const (
	mangaAr       = 10
	vuxenVid      = 16
	langeSedanAr  = 5
	kortTidDagar  = 2
	bedomsUnderAr = 15
)

// Varning is one of them, at the field of the body that it is about.
type Varning struct {
	Slag   Varningsslag
	Pekare string // JSON pointer, as /startdag
	Namn   string // of the organisation that it is about besides, "" when there is none
}

// Meddelande is what the user is told of it.
func (v Varning) Meddelande() string {
	if v.Namn == "" {
		return v.Slag.ord
	}
	return v.Slag.ord + " (" + v.Namn + ")"
}

// varningssamling gathers them in the order of the form.
type varningssamling []Varning

func (v *varningssamling) lagg(galler bool, pekare string, slag Varningsslag) {
	if galler {
		*v = append(*v, Varning{Slag: slag, Pekare: pekare})
	}
}

func langeSedan(dag, idag Datum) bool { return dag.Fore(idag.PlusAr(-langeSedanAr)) }

// inregistreringsvarningar is what is odd in an in-registration that the rules accept.
func inregistreringsvarningar(d Deltagande, fakta Registreringsfakta) []Varning {
	var v varningssamling
	m, p := d.In, fakta.Identitet.Personnummer
	v.lagg(langeSedan(d.Startdag, DatumAv(fakta.Nu)), "/startdag", VarningLangeSen)
	v.lagg(m.Alder != nil && *m.Alder < bedomsUnderAr && fakta.Samtycke.MognadDatum == nil, "/samtyckeId", VarningUnder15)
	v.lagg(p.Angett() && p.FoddEfter(fakta.Samtycke.Datum), "/samtyckeId", VarningSamtyckeForeFodelsen)
	v.lagg(fakta.Samtycke.Datum.Fore(fakta.Insats.Startdatum), "/samtyckeId", VarningSamtyckeForeInsatsen)
	v.lagg(fakta.KommunUtanfor, "/samtyckeId", VarningKommunUtanfor)
	if ar := m.ArOffentligForsorjning; ar != nil {
		v.lagg(m.Alder != nil && *ar > 0 && *ar > *m.Alder-vuxenVid, "/arOffentligForsorjning", VarningFlerArAnVuxen)
		v.lagg(*ar >= mangaAr && fakta.Kodverk.harExklusiv(m.Forsorjning, m.Dag), "/fore/forsorjning", VarningIngenMedManga)
	}
	return v
}

// utregistreringsvarningar is the same of an exit. A felregistrering is odd by itself.
func utregistreringsvarningar(d Deltagande, fakta Registreringsfakta) []Varning {
	if d.Felregistrerad || d.Avslutningsdag == nil {
		return nil
	}
	var v varningssamling
	v.lagg(langeSedan(*d.Avslutningsdag, DatumAv(fakta.Nu)), "/avslutningsdag", VarningLangeSen)
	v.lagg(d.Startdag.DagarTill(*d.Avslutningsdag) < kortTidDagar, "/avslutningsdag", VarningKortTid)
	return v
}

// anonymvarningar is the same of a count.
func anonymvarningar(a Anonyma, idag Datum) []Varning {
	var v varningssamling
	v.lagg(a.Inregistreringsar < idag.Ar()-langeSedanAr, "/inregistreringsar", VarningLangeSen)
	return v
}

// MedVarningar is the organisation with what is odd in it, though the rules accept it: a
// kommun of a förbund that is another förbund's too on some day. kommuner is as it was sent.
func (o Samverkansorganisation) MedVarningar(kommuner []string, andra []Samverkansorganisation) Samverkansorganisation {
	o.Varningar = nil
	if o.Samverkansform != FormFinsam {
		return o
	}
	for n, kommun := range kommuner {
		for _, a := range andra {
			if a.ID != o.ID && a.Samverkansform == FormFinsam && delarKommun(o, a, kommun) {
				o.Varningar = append(o.Varningar, Varning{Slag: VarningKommunIFlera, Pekare: element("/kommuner", n), Namn: a.Namn})
				break
			}
		}
	}
	return o
}

// delarKommun is true when the kommun is both organisations' on some day.
func delarKommun(o, a Samverkansorganisation, kommun string) bool {
	har := func(r Organisationsrad) bool {
		return slices.Contains(r.Kommuner, kommun) && r.Overlappar(o.Tid()) && r.Overlappar(a.Tid())
	}
	for _, r := range o.Historik() {
		for _, s := range a.Historik() {
			if har(r) && har(s) && r.Overlappar(s.Period) && o.Tid().Overlappar(a.Tid()) {
				return true // of spans of days that meet each other two by two, all meet
			}
		}
	}
	return false
}

// harExklusiv is true when one of the codes excludes all others: «Ingen».
func (k Kodverk) harExklusiv(koder []string, pa Datum) bool {
	return slices.ContainsFunc(koder, func(kod string) bool {
		r, ok := k.Giltig(KodverkForsorjning, kod, pa, "")
		return ok && r.Exklusiv
	})
}
