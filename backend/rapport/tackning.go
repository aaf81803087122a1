package rapport

// Tackning is what a report's figures are of: how many participants they cover, how
// many are beside them, and how many of their deltaganden lead to nobody any more.
type Tackning struct {
	Rader []Tackningsrad
	Noter []string
}

// Tackningsrad is one of its counts; Namnare is what it is a part of.
type Tackningsrad struct {
	Kod, Etikett   string
	Antal, Namnare int
}

const (
	notUtanPerson      = "Ett deltagande leder inte längre till en person när samtycket är återkallat eller personuppgifterna är raderade. Bland unika deltagare räknas sådana deltaganden vart och ett för sig."
	notAnonymaTackning = "Anonyma deltagare har bara inregistreringsår och kön, volym bara år och kön, som kan saknas. Urval på verksamhetsområde och län följer de efter var samverkansorganisationen stod den 31 december."
)

// nyTackning counts those who started and those who ended, and the anonyma and the volym of
// the year beside them.
func nyTackning(startade, slutade int, u Forsorjningsunderlag) Tackning {
	alla := startade + u.Anonyma + u.Volym
	return Tackning{
		Rader: []Tackningsrad{
			{"MED_PERSONUPPGIFT", "Deltagare med personuppgift som startat under året", startade, alla},
			{"ANONYMA", "Anonyma deltagare som påbörjat insatsen under året", u.Anonyma, alla},
			{"VOLYM", "Deltagare som bara räknats (volym)", u.Volym, alla},
			{"UTAN_PERSON_START", "Startade deltaganden som inte längre leder till en person", u.StartUtanPerson, startade},
			{"UTAN_PERSON_SLUT", "Avslutade deltaganden som inte längre leder till en person", u.SlutUtanPerson, slutade},
		},
		Noter: []string{notUtanPerson, notAnonymaTackning},
	}
}

// tryckt is the coverage as a table; its zeros are said.
func (t Tackning) tryckt() Tabelldel {
	del := Tabelldel{Rubrik: "Täckning", Noter: t.Noter, Kolumner: []Kolumn{
		{Namn: "etikett", Rubrik: "Vad som räknas", Typ: KolumnText},
		{Namn: "antal", Rubrik: "Antal", Typ: KolumnTal},
	}}
	for _, r := range t.Rader {
		del.Rader = append(del.Rader, []Cell{textcell(r.Etikett), talcell(r.Antal)})
	}
	return del
}

// data is the coverage in the columns of the data view.
func (t Tackning) data() (rader [][]Cell) {
	for _, r := range t.Rader {
		rader = append(rader, []Cell{textcell(matningTackning), textcell(r.Kod), talcell(r.Antal), talcell(r.Namnare)})
	}
	return rader
}

func (t Tackning) uppgifter() (svar []Uppgift) {
	for _, r := range t.Rader {
		svar = append(svar, Uppgift{r.Kod, r.Antal})
	}
	return svar
}
