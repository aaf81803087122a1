package rapport

// Texts that several of the reports print. Titles, headings, count lines and the first two
// notes are verbatim from the printed original (seed 000).
const (
	notFlera1      = "Observera att en deltagare kan ha flera olika försörjningskällor vid start- och sluttillfället!"
	notFlera2      = "Totalsumman av antalet försörjningar nedan kommer därför vanligtvis vara högre än antalet deltagare"
	notUtanMatning = "För de deltagare som avslutas med avslutsanledning 'utan mätning' har inte försörjning eller sysselsättning efter insatsen registrerats."
	notMatta       = "Bara de som avslutats med mätning räknas. Lämnat: hade försörjningen före men inte efter. Tillkommit: efter men inte före. Kvar: både före och efter."
	fotnotUnika    = "Om en deltagare återkallar sitt samtycke kan deltagandet inte längre kopplas till personen. Antalet unika deltagare kan därför öka med en."
	fotnotAnonyma  = "Deltagare som registrerats anonymt och volyminsatser ingår inte."
	ingenIBada     = "Ingen samverkansorganisation med finansieringsformen hör under {under} till både verksamhetsområdet och länet."
)

var (
	talUnika       = Deltal{ID: "unika", Etikett: "Varav unika deltagare", Kvot: avUnika}
	talUtanMatning = Deltal{ID: "utanMatning", Etikett: "Varav avslutade utan mätning", Kvot: avOmatta, Tyst: true} // the original has no such line
	talStart       = []Deltal{{ID: "antal", Etikett: "Totalt antal deltagare som startat (registrerats in) under {under}", Kvot: avAlla}, talUnika}
	talSlut        = []Deltal{{ID: "antal", Etikett: "Totalt antal deltagare som slutat (registrerats ut) under {under}", Kvot: avAlla}, talUnika, talUtanMatning}
	talMatta       = []Deltal{{ID: "antal", Etikett: "Antal deltagare som slutat (registrerats ut) under {under} med mätning", Kvot: avMatta}}
	fotnoter       = []string{fotnotUnika, fotnotAnonyma}
)

var _ = nyRapport(Rapport{
	Grupp: "deltagarrapport", Namn: "forsorjning", Ordning: 10, Titel: "SUS - Deltagarrapport försörjning", Version: 1,
	Fraga: "Vad försörjer sig deltagarna på, före och efter insatsen?",
	Rad:   "forsorjning", Bild: BildStaplar, Fotnoter: fotnoter, UtanTryck: []string{"MATTA"},
	Delar: []Del{
		{ID: "START", Grund: GrundStart, Rubrik: "Deltagarnas försörjning vid start för {tid}", Tal: talStart, Noter: []string{notFlera1, notFlera2},
			Matt: []*Matt{mattStart, mattAndel}},
		{ID: "SLUT", Grund: GrundSlut, Rubrik: "Deltagarnas försörjning vid avslut för {tid}", Tal: talSlut, Noter: []string{notFlera1, notFlera2, notUtanMatning}, Varnar: true,
			Matt: []*Matt{mattFore, mattAndelFore, mattEfter, mattAndelEfter, mattForandring, mattForandringProcent}},
		{ID: "MATTA", Grund: GrundSlut, Rubrik: "Bland dem som mätts: deltagarnas försörjning vid avslut för {tid}", Tal: talMatta, Noter: []string{notFlera1, notFlera2, notMatta},
			Matt: []*Matt{mattForeMatta, mattAndelForeMatta, mattEfterMatta, mattAndelEfterMatta, mattForandringMatta, mattForandringProcentMatta, mattLamnat, mattTillkommit, mattKvar}},
	},
})
