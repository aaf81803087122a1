package httpapi

import (
	"sus/api"
	"sus/backend/rapport"
	"sus/backend/register"
)

// What the lists have as files, in the order of their columns.

var insatsfile = listfile[api.Insats]{"insatser", "Insatser", []filecolumn[api.Insats]{
	{"id", "Id", rapport.KolumnText, 0, func(i api.Insats, _ words) any { return i.Id.String() }},
	{"namn", "Namn", rapport.KolumnText, 0, func(i api.Insats, _ words) any { return i.Namn }},
	{"organisation", "Samverkansorganisation", rapport.KolumnText, 0, func(i api.Insats, _ words) any { return i.Organisation.Namn }},
	{"samverkansform", "Finansieringsform", rapport.KolumnText, 0, func(i api.Insats, w words) any {
		return w.code(register.KodverkSamverkansform, string(i.Organisation.Samverkansform))
	}},
	{"startdatum", "Startdatum", rapport.KolumnDatum, 0, func(i api.Insats, _ words) any { return i.Startdatum }},
	{"slutdatum", "Slutdatum", rapport.KolumnDatum, 0, func(i api.Insats, _ words) any { return i.Slutdatum }},
	{"inriktning", "Inriktning", rapport.KolumnText, 0, func(i api.Insats, w words) any { return w.word(inriktningar, string(i.Inriktning)) }},
	{"preciseradInriktning", "Preciserad inriktning", rapport.KolumnText, 0, func(i api.Insats, w words) any {
		return w.code(register.KodverkPreciseradInriktning, i.PreciseradInriktning)
	}},
	{"deltagarregistrering", "Deltagarregistrering", rapport.KolumnText, 0, func(i api.Insats, w words) any {
		return w.word(deltagarregistreringar, string(i.Deltagarregistrering))
	}},
	{"malgrupper", "Specifik målgrupp", rapport.KolumnText, 0, func(i api.Insats, w words) any { return w.codes(register.KodverkMalgrupp, i.Malgrupper) }},
	{"insatsanordnare", "Insatsanordnare", rapport.KolumnText, 0, func(i api.Insats, _ words) any { return i.Insatsanordnare }},
}}

var organisationsfile = listfile[api.Samverkansorganisation]{"samverkansorganisationer", "Samverkansorganisationer", []filecolumn[api.Samverkansorganisation]{
	{"id", "Id", rapport.KolumnText, 0, func(o api.Samverkansorganisation, _ words) any { return o.Id.String() }},
	{"namn", "Namn", rapport.KolumnText, 0, func(o api.Samverkansorganisation, _ words) any { return o.Namn }},
	{"organisationsnummer", "Organisationsnummer", rapport.KolumnText, 0, func(o api.Samverkansorganisation, _ words) any { return o.Organisationsnummer }},
	{"samverkansform", "Finansieringsform", rapport.KolumnText, 0, func(o api.Samverkansorganisation, w words) any {
		return w.code(register.KodverkSamverkansform, string(o.Samverkansform))
	}},
	{"startdatum", "Startdatum", rapport.KolumnDatum, 0, func(o api.Samverkansorganisation, _ words) any { return o.Startdatum }},
	{"slutdatum", "Slutdatum", rapport.KolumnDatum, 0, func(o api.Samverkansorganisation, _ words) any { return o.Slutdatum }},
	{"verksamhetsomrade", "Verksamhetsområde", rapport.KolumnText, 0, func(o api.Samverkansorganisation, w words) any {
		return w.code(register.KodverkVerksamhetsomrade, o.Verksamhetsomrade)
	}},
	{"lan", "Länskod", rapport.KolumnText, 0, func(o api.Samverkansorganisation, _ words) any { return o.Lan }},
	{"kommuner", "Kommunkoder", rapport.KolumnText, 0, func(o api.Samverkansorganisation, _ words) any { return words(nil).codes("", o.Kommuner) }},
	{"ort", "Ort", rapport.KolumnText, 0, func(o api.Samverkansorganisation, _ words) any { return value(o.Adress).Ort }},
}}

var myndighetsfile = listfile[api.Myndighet]{"myndigheter", "Registret över myndigheter", []filecolumn[api.Myndighet]{
	{"organisationsnummer", "Organisationsnummer", rapport.KolumnText, 0, func(m api.Myndighet, _ words) any { return m.Organisationsnummer }},
	{"namn", "Namn", rapport.KolumnText, 0, func(m api.Myndighet, _ words) any { return m.Namn }},
	{"typ", "Typ", rapport.KolumnText, 0, func(m api.Myndighet, w words) any { return w.word(organisationstyper, string(m.Typ)) }},
}}

var uppdragsfile = listfile[api.Uppdragspost]{"uppdrag", "Uppdrag", []filecolumn[api.Uppdragspost]{
	{"namn", "Namn", rapport.KolumnText, 0, func(u api.Uppdragspost, _ words) any { return value(u.Innehavare).Namn }},
	{"roll", "Roll", rapport.KolumnText, 0, func(u api.Uppdragspost, w words) any { return w.word(roller, string(u.Roll)) }},
	{"insats", "Insats", rapport.KolumnText, 0, func(u api.Uppdragspost, _ words) any { return u.Insats }},
	{"franOchMed", "Från och med", rapport.KolumnDatum, 0, func(u api.Uppdragspost, _ words) any { return u.FranOchMed }},
	{"tillOchMed", "Till och med", rapport.KolumnDatum, 0, func(u api.Uppdragspost, _ words) any { return u.TillOchMed }},
}}

var fragefile = listfile[api.Fraga]{"kompletterande-fragor", "Kompletterande frågor", []filecolumn[api.Fraga]{
	{"namn", "Namn", rapport.KolumnText, 0, func(f api.Fraga, _ words) any { return f.Namn }},
	{"innehall", "Fråga", rapport.KolumnText, 0, func(f api.Fraga, _ words) any { return f.Innehall }},
	{"svarstyp", "Svarstyp", rapport.KolumnText, 0, func(f api.Fraga, w words) any { return w.word(svarstyper, string(f.Svarstyp)) }},
	{"alternativ", "Svarsalternativ", rapport.KolumnText, 0, func(f api.Fraga, _ words) any {
		return words(func(_ register.Kodverkstyp, etikett string) string { return etikett }).codes("",
			convert(value(f.Alternativ), func(a api.Svarsalternativ) string { return a.Etikett }))
	}},
	{"minst", "Lägsta svar", rapport.KolumnTal, 0, func(f api.Fraga, _ words) any { return f.Minst }},
	{"hogst", "Högsta svar", rapport.KolumnTal, 0, func(f api.Fraga, _ words) any { return f.Hogst }},
	{"steg", "Antal steg", rapport.KolumnTal, 0, func(f api.Fraga, _ words) any { return f.Steg }},
	{"franOchMed", "Från och med", rapport.KolumnDatum, 0, func(f api.Fraga, _ words) any { return f.FranOchMed }},
	{"tillOchMed", "Till och med", rapport.KolumnDatum, 0, func(f api.Fraga, _ words) any { return f.TillOchMed }},
	{"vidIn", "Vid inregistrering", rapport.KolumnText, 0, func(f api.Fraga, _ words) any { return f.VidIn }},
	{"vidUt", "Vid utregistrering", rapport.KolumnText, 0, func(f api.Fraga, _ words) any { return f.VidUt }},
	{"ordning", "Ordning", rapport.KolumnTal, 0, func(f api.Fraga, _ words) any { return f.Ordning }},
	{"besvaradTom", "Senast besvarad", rapport.KolumnDatum, 0, func(f api.Fraga, _ words) any { return f.BesvaradTom }},
}}

var budgetfile = listfile[api.Budgetinsats]{"insatsernas-budget", "Insatsernas budget och volym", []filecolumn[api.Budgetinsats]{
	{"insatsId", "Id", rapport.KolumnText, 0, func(i api.Budgetinsats, _ words) any { return i.InsatsId.String() }},
	{"namn", "Insats", rapport.KolumnText, 0, func(i api.Budgetinsats, _ words) any { return i.Namn }},
	{"deltagarregistrering", "Deltagarregistrering", rapport.KolumnText, 0, func(i api.Budgetinsats, w words) any {
		return w.word(deltagarregistreringar, string(i.Deltagarregistrering))
	}},
	{"planeratAntal", "Planerat antal", rapport.KolumnTal, 0, func(i api.Budgetinsats, _ words) any { return i.PlaneratAntal }},
	{"insatskostnadBudget", "Insatskostnad, budget", rapport.KolumnTal, 2, func(i api.Budgetinsats, _ words) any { return i.Insatskostnader.Budget }},
	{"insatskostnadUtfall", "Insatskostnad, utfall", rapport.KolumnTal, 2, func(i api.Budgetinsats, _ words) any { return i.Insatskostnader.Utfall }},
	{"esfBudget", "ESF-insatskostnad, budget", rapport.KolumnTal, 2, func(i api.Budgetinsats, _ words) any { return i.EsfInsatskostnader.Budget }},
	{"esfUtfall", "ESF-insatskostnad, utfall", rapport.KolumnTal, 2, func(i api.Budgetinsats, _ words) any { return i.EsfInsatskostnader.Utfall }},
	{"antalKvinnor", "Volym, kvinnor", rapport.KolumnTal, 0, volym(func(v api.Budgetvolym) int32 { return v.AntalKvinnor })},
	{"antalMan", "Volym, män", rapport.KolumnTal, 0, volym(func(v api.Budgetvolym) int32 { return v.AntalMan })},
	{"uppgiftSaknas", "Volym, uppgift saknas", rapport.KolumnTal, 0, volym(func(v api.Budgetvolym) int32 { return v.UppgiftSaknas })},
}}

// volym is one of the counts of an insats of which a volym has been said.
func volym(count func(api.Budgetvolym) int32) func(api.Budgetinsats, words) any {
	return func(i api.Budgetinsats, _ words) any {
		if i.Volym == nil || i.Volym.Version == 0 {
			return nil
		}
		return count(*i.Volym)
	}
}

// Labels of what is in no code list, as the pages have them.
var (
	roller = map[string]string{
		string(register.RollSusrapport): "SUS-rapport", string(register.RollSamverkansadministrator): "Samverkansadministratör",
		string(register.RollInsatsansvarig): "Insatsansvarig", string(register.RollDeltagaransvarig): "Deltagaransvarig",
		string(register.RollSystemforvaltare): "Systemförvaltare", string(register.RollMaskin): "Maskinklient",
	}
	inriktningar = map[string]string{
		string(register.InriktningIndivid): "Individinriktad", string(register.InriktningStruktur): "Strukturövergripande",
	}
	deltagarregistreringar = map[string]string{
		string(register.MedPersonuppgiftEllerAnonym): "Med personuppgift/anonym", string(register.EndastAntal): "Endast antal",
	}
	organisationstyper = map[string]string{
		string(register.TypForsakringskassan): "Försäkringskassan", string(register.TypArbetsformedlingen): "Arbetsförmedlingen",
		string(register.TypRegion): "Region", string(register.TypKommun): "Kommun", string(register.TypSamordningsforbund): "Samordningsförbund",
		string(register.TypEsf): "ESF", string(register.TypOvrig): "Övrig",
	}
	svarstyper = map[string]string{
		string(register.SvarEnval): "Ett av flera alternativ", string(register.SvarFlerval): "Ett eller flera alternativ", string(register.SvarJaNej): "Ja eller nej",
		string(register.SvarHeltal): "Heltal", string(register.SvarSkala): "Skala",
	}
)
