package demo

import (
	"sus/backend/register"
)

// forbund is one samordningsförbund of the demo with its insatser. Names of the
// insatser are invented; no figure is any real förbund's.
type forbund struct {
	kort         string // names the organisation in actors.json
	uppgifter    register.Organisationsuppgifter
	insatser     []insats
	hemkommuner  []string // where its participants live; the simulator knows few kommuner
	arbetsgivare []string // organisationsnummer of its DELTAGARANSVARIGA, one an insats; a third is for all the rest
}

// insats is one insats of the demo. andel is its share of the living present in
// thousandths; ar2010 how many of Uppsala's 126 began there.
type insats struct {
	uppgifter register.Insatsuppgifter
	andel     int
	ar2010    int
	nutida    bool // begins with the living present and not in 2009
	slut      *register.Datum
}

// orgnr adds Luhn's check digit to nine digits.
func orgnr(nio string) string {
	for c := byte('0'); c <= '9'; c++ {
		if s := nio + string(c); register.GiltigtOrganisationsnummer(s) {
			return s
		}
	}
	panic("demo: organisationsnummer " + nio + " kan inte få en kontrollsiffra")
}

// The organisationsnummer of the agencies; those of förbund and insatser are made up.
var (
	orgFK = orgnr("202100552")
	orgAf = orgnr("202100211")
)

func medlem(namn, nummer string, typ register.Organisationstyp) register.IngaendeOrganisation {
	m, f, k := typ.Flaggor()
	return register.IngaendeOrganisation{Namn: namn, Organisationsnummer: nummer, Typ: typ, Medlem: m, Finansiar: f, Konsument: k}
}

// ingaende is the members every förbund has, its region, its kommuner and itself.
func ingaende(namn, nummer string, region register.IngaendeOrganisation, kommuner ...register.IngaendeOrganisation) []register.IngaendeOrganisation {
	svar := []register.IngaendeOrganisation{
		medlem("Försäkringskassan", orgFK, register.TypForsakringskassan),
		medlem("Arbetsförmedlingen", orgAf, register.TypArbetsformedlingen),
		region,
	}
	svar = append(svar, kommuner...)
	return append(svar, medlem(namn, nummer, register.TypSamordningsforbund))
}

func region(namn, nio string) register.IngaendeOrganisation {
	return medlem(namn, orgnr(nio), register.TypRegion)
}

func kommun(namn, nio string) register.IngaendeOrganisation {
	return medlem(namn, orgnr(nio), register.TypKommun)
}

// start2009 is when the insatser that Uppsala's 2010 needs began.
var start2009 = register.NyttDatum(2009, 1, 1)

// forbunden is the four förbund. nutidFran is the first day of the living
// present; nothing but Uppsala's 2010 may touch that year.
func forbunden(nutidFran register.Datum) []forbund {
	alla := []forbund{uppsala(), norrbotten(), goteborg(), skane()}
	for _, f := range alla {
		for i := range f.insatser {
			ins := &f.insatser[i]
			ins.uppgifter.Startdatum, ins.uppgifter.Slutdatum = start2009, ins.slut
			if ins.nutida {
				ins.uppgifter.Startdatum = nutidFran
			}
		}
	}
	return alla
}

func uppsala() forbund {
	slut2013 := register.NyttDatum(2013, 12, 31)
	const namn = "Samordningsförbundet Uppsala län"
	nummer := orgnr("222000192")
	uppsala := kommun("Uppsala kommun", "212000300")
	enkoping := kommun("Enköpings kommun", "212000028")
	tierp := kommun("Tierps kommun", "212000026")
	return forbund{
		kort: "uppsala",
		uppgifter: register.Organisationsuppgifter{
			Namn: namn, Organisationsnummer: nummer, Samverkansform: register.FormFinsam,
			Beskrivning:       "Finansiell samordning för invånarna i länets åtta kommuner.",
			Startdatum:        register.NyttDatum(2008, 1, 1),
			Verksamhetsomrade: "OSTER",
			Adress:            register.Adress{Gata: "Kungsgatan 1", Postnummer: "753 21", Ort: "Uppsala", Telefon: "018-100 00 00", Epost: "kansli@uppsala.forbund.example"},
			Kontaktperson:     register.Kontaktperson{Namn: "Kim Ekholm", Titel: "Förbundschef", Telefon: "018-100 00 01", Epost: "kim.ekholm@uppsala.forbund.example"},
			Kommuner:          []string{"0305", "0319", "0330", "0331", "0360", "0380", "0381", "0382"},
			Ingaende: ingaende(namn, nummer, region("Region Uppsala", "232100002"), uppsala, enkoping, tierp,
				kommun("Håbo kommun", "212000024"), kommun("Älvkarleby kommun", "212000025"), kommun("Knivsta kommun", "212000301"),
				kommun("Heby kommun", "212000204"), kommun("Östhammars kommun", "212000029")),
		},
		hemkommuner:  []string{"0305", "0319", "0330", "0331", "0360", "0380", "0381", "0382"},
		arbetsgivare: []string{uppsala.Organisationsnummer, orgFK, enkoping.Organisationsnummer},
		insatser: []insats{
			{uppgifter: individ("Arbetslivsresurs", "REHABILITERING", "LANGTIDSSJUKSKRIVNA", "PSYKISK_OHALSA"), andel: 150, ar2010: 60},
			{uppgifter: individ("Steget vidare", "FORBEREDANDE", "LANGTIDSARBETSLOSA", "FORSORJNINGSSTOD"), andel: 120, ar2010: 40},
			{uppgifter: individ("Vägen in", "KARTLAGGNING_INDIVID", "UNGA"), ar2010: 26, slut: &slut2013},
			{uppgifter: individ("Nya spår", "REHABILITERING", "UTRIKES_FODDA"), andel: 80, nutida: true},
			raknas("Mötesplats Uppsala", "UTBILDNING", namn),
		},
	}
}

func norrbotten() forbund {
	const namn = "Samordningsförbundet Norrbotten"
	nummer := orgnr("222000257")
	lulea := kommun("Luleå kommun", "212000274")
	boden := kommun("Bodens kommun", "212000276")
	return forbund{
		kort: "norrbotten",
		uppgifter: register.Organisationsuppgifter{
			Namn: namn, Organisationsnummer: nummer, Samverkansform: register.FormFinsam,
			Beskrivning:       "Samverkan mellan kust och inland.",
			Startdatum:        register.NyttDatum(2011, 1, 1),
			Verksamhetsomrade: "NORR",
			Adress:            register.Adress{Gata: "Storgatan 12", Postnummer: "961 31", Ort: "Boden", Telefon: "0921-100 00", Epost: "kansli@norrbotten.forbund.example"},
			Kontaktperson:     register.Kontaktperson{Namn: "Stefan Lind", Titel: "Samordnare", Telefon: "0921-100 01", Epost: "stefan.lind@norrbotten.forbund.example"},
			Kommuner:          []string{"2506", "2510", "2580", "2582", "2583", "2584"},
			Ingaende: ingaende(namn, nummer, region("Region Norrbotten", "232100023"), lulea, boden,
				kommun("Arjeplogs kommun", "212000262"), kommun("Haparanda stad", "212000277"), kommun("Jokkmokks kommun", "212000263"), kommun("Kiruna kommun", "212000278")),
		},
		hemkommuner:  []string{"2506", "2580", "2583", "2584"},
		arbetsgivare: []string{boden.Organisationsnummer, orgAf, lulea.Organisationsnummer},
		insatser: []insats{
			{uppgifter: individ("Norrsken", "REHABILITERING", "LANGTIDSSJUKSKRIVNA"), andel: 130, nutida: true},
			{uppgifter: individ("Fjällvägen", "FORBEREDANDE", "UNGA", "UNGA_AKTIVITETSERSATTNING"), andel: 90, nutida: true},
			raknas("Samverkansdagar Norr", "KONFERENS", namn),
		},
	}
}

func goteborg() forbund {
	const namn = "Samordningsförbundet Göteborg"
	nummer := orgnr("222000194")
	stad := kommun("Göteborgs stad", "212000135")
	return forbund{
		kort: "goteborg",
		uppgifter: register.Organisationsuppgifter{
			Namn: namn, Organisationsnummer: nummer, Samverkansform: register.FormFinsam,
			Beskrivning:       "Finansiell samordning i Göteborgs stadsdelar och Mölndal.",
			Startdatum:        register.NyttDatum(2011, 1, 1),
			Verksamhetsomrade: "VASTER",
			Adress:            register.Adress{Gata: "Angereds torg 4", Postnummer: "424 65", Ort: "Angered", Telefon: "031-100 00 00", Epost: "kansli@goteborg.forbund.example"},
			Kontaktperson:     register.Kontaktperson{Namn: "Amina Wallin", Titel: "Förbundschef", Telefon: "031-100 00 01", Epost: "amina.wallin@goteborg.forbund.example"},
			Kommuner:          []string{"1480", "1481"},
			Ingaende:          ingaende(namn, nummer, region("Västra Götalandsregionen", "232100013"), stad, kommun("Mölndals stad", "212000136")),
		},
		hemkommuner:  []string{"1480", "1481"},
		arbetsgivare: []string{stad.Organisationsnummer, orgFK, orgAf},
		insatser: []insats{
			{uppgifter: individ("Hamnporten", "REHABILITERING", "LANGTIDSARBETSLOSA"), andel: 110, nutida: true},
			{uppgifter: individ("Ung på väg", "FORBEREDANDE", "UNGA", "UNGA_FUNKTIONSNEDSATTNING"), andel: 90, nutida: true},
			{uppgifter: individ("Kvinnor i centrum", "FOREBYGGANDE", "KVINNOR", "UTRIKES_FODDA"), andel: 70, nutida: true},
			raknas("Samverkansforum Göteborg", "UTVECKLING_AV_SAMVERKAN", namn),
		},
	}
}

func skane() forbund {
	const namn = "Samordningsförbundet Skåne"
	nummer := orgnr("222000301")
	malmo := kommun("Malmö stad", "212000112")
	lund := kommun("Lunds kommun", "212000113")
	return forbund{
		kort: "skane",
		uppgifter: register.Organisationsuppgifter{
			Namn: namn, Organisationsnummer: nummer, Samverkansform: register.FormFinsam,
			Beskrivning:       "Samverkan i Malmö, Lund, Helsingborg och Kristianstad.",
			Startdatum:        register.NyttDatum(2011, 1, 1),
			Verksamhetsomrade: "SODER",
			Adress:            register.Adress{Gata: "Stortorget 7", Postnummer: "211 22", Ort: "Malmö", Telefon: "040-10 00 00", Epost: "kansli@skane.forbund.example"},
			Kontaktperson:     register.Kontaktperson{Namn: "Per Sandberg", Titel: "Förbundschef", Telefon: "040-10 00 01", Epost: "per.sandberg@skane.forbund.example"},
			Kommuner:          []string{"1280", "1281", "1283", "1290"},
			Ingaende: ingaende(namn, nummer, region("Region Skåne", "232100025"), malmo, lund,
				kommun("Helsingborgs stad", "212000115"), kommun("Kristianstads kommun", "212000097")),
		},
		hemkommuner:  []string{"1280", "1281", "1283", "1290"},
		arbetsgivare: []string{malmo.Organisationsnummer, lund.Organisationsnummer},
		insatser: []insats{
			{uppgifter: individ("Öresundsteamet", "REHABILITERING", "LANGTIDSSJUKSKRIVNA", "FORSORJNINGSSTOD"), andel: 90, nutida: true},
			{uppgifter: individ("Startbanan", "KARTLAGGNING_INDIVID", "UNGA"), andel: 70, nutida: true},
			raknas("Frukostmöten Skåne", "INFORMATION", namn),
		},
	}
}

func individ(namn, preciserad string, malgrupper ...string) register.Insatsuppgifter {
	return register.Insatsuppgifter{
		Namn: namn, Inriktning: register.InriktningIndivid, PreciseradInriktning: preciserad,
		Deltagarregistrering: register.MedPersonuppgiftEllerAnonym, Malgrupper: malgrupper,
		Beskrivning: "Team från parterna arbetar tillsammans med deltagaren mot arbete eller studier.",
	}
}

// raknas is an insats that only counts those who take part.
func raknas(namn, preciserad, anordnare string) insats {
	return insats{uppgifter: register.Insatsuppgifter{
		Namn: namn, Inriktning: register.InriktningStruktur, PreciseradInriktning: preciserad,
		Deltagarregistrering: register.EndastAntal, Insatsanordnare: anordnare,
		Beskrivning: "Gemensamma utbildningsdagar för handläggare hos parterna.",
	}, nutida: true}
}
