package rapport

// Bredvid is what stands beside a report's deltaganden under the same choice: those who are
// counted without being known. Nil where the choice cannot be made of them.
type Bredvid struct {
	Anonyma, Volym *int
}

// Tackning is what a report's figures are of: how many participants they cover, how
// many are beside them, and how many of their deltaganden lead to nobody any more.
type Tackning struct {
	Rader []Tackningsrad
	Noter []string
}

// Tackningsrad is one of its counts; Namnare is what it is a part of. Nil is a count that
// the choice cannot be made of, or a whole that is not known for it.
type Tackningsrad struct {
	Kod, Etikett   string
	Antal, Namnare *int
}

const (
	notUtanPerson      = "Ett deltagande leder inte längre till en person när samtycket är återkallat eller personuppgifterna är raderade. Bland unika deltagare räknas sådana deltaganden vart och ett för sig."
	notAnonymaTackning = "Anonyma deltagare har bara inregistreringsår och kön, volym bara år och kön, som kan saknas. Urval på verksamhetsområde och län följer de efter var samverkansorganisationen stod den 31 december."
	notOdelbart        = "Anonyma deltagare och volym visas inte: de kan inte delas upp på %s."
)

// SkalBredvid is true when anonyma and volym can be counted under the choice: they have
// year and kön, and no month, age or kommun.
func (u Urval) SkalBredvid() bool { return u.odelbart() == "" }

// odelbart is what of the choice anonyma and volym cannot be split by, in words.
func (u Urval) odelbart() string {
	var delar []string
	if _, _, hela := u.Tid.HelaAr(); !hela {
		delar = append(delar, "månader")
	}
	if len(u.Aldrar) > 0 {
		delar = append(delar, "ålder")
	}
	if len(u.Kommuner)+len(u.Personlan) > 0 {
		delar = append(delar, "bostadsort")
	}
	return uppraknat(delar)
}

// tackning counts those who started and those who ended, and the anonyma and the volym
// beside them.
func (p *Plan) tackning(delar []Resultatdel, b Bredvid) Tackning {
	t := Tackning{Noter: []string{notUtanPerson}}
	antal := map[Grund]*Summa{}
	for _, d := range delar {
		antal[d.Grund] = &d.Summor[0].Summa
	}
	if start := antal[GrundStart]; start != nil {
		var alla *int
		if b.Anonyma != nil && b.Volym != nil {
			alla = new(start.Antal + *b.Anonyma + *b.Volym)
		}
		t.Rader = append(t.Rader, Tackningsrad{"MED_PERSONUPPGIFT", p.urval.ord("Deltagare med personuppgift som startat under {under}"), &start.Antal, alla},
			Tackningsrad{"ANONYMA", p.urval.ord("Anonyma deltagare som påbörjat insatsen under {under}"), b.Anonyma, alla},
			Tackningsrad{"VOLYM", "Deltagare som bara räknats (volym)", b.Volym, alla},
			Tackningsrad{"UTAN_PERSON_START", "Startade deltaganden som inte längre leder till en person", &start.UtanPerson, &start.Antal})
		t.Noter = append(t.Noter, notAnonymaTackning)
		if odelbart := p.urval.odelbart(); odelbart != "" {
			t.Noter = append(t.Noter, sprintf(notOdelbart, odelbart))
		}
	}
	if slut := antal[GrundSlut]; slut != nil {
		t.Rader = append(t.Rader, Tackningsrad{"UTAN_PERSON_SLUT", "Avslutade deltaganden som inte längre leder till en person", &slut.UtanPerson, &slut.Antal})
	}
	return t
}

// tryckt is the coverage as a table; its zeros are said.
func (t Tackning) tryckt() Tabelldel {
	del := Tabelldel{Rubrik: "Täckning", Noter: t.Noter, Kolumner: []Kolumn{
		{Namn: "etikett", Rubrik: "Vad som räknas", Typ: KolumnText},
		{Namn: "antal", Rubrik: "Antal", Typ: KolumnTal},
	}}
	for _, r := range t.Rader {
		cell := Cell{}
		if r.Antal != nil {
			cell = talcell(*r.Antal)
		}
		del.Rader = append(del.Rader, []Cell{textcell(r.Etikett), cell})
	}
	return del
}

func (t Tackning) uppgifter() (svar []Uppgift) {
	for _, r := range t.Rader {
		if r.Antal != nil {
			svar = append(svar, Uppgift{r.Kod, *r.Antal})
		}
	}
	return svar
}
