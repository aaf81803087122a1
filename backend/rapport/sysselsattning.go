package rapport

var _ = nyRapport(Rapport{
	Grupp: "deltagarrapport", Namn: "sysselsattning", Ordning: 20, Titel: "SUS - Deltagarrapport sysselsättning", Version: 1,
	Fraga: "Hur många arbetar eller studerar, före och efter insatsen?",
	Rad:   "sysselsattning", Bild: BildStaplar, Fotnoter: fotnoter,
	Delar: []Del{
		{ID: "START", Grund: GrundStart, Rubrik: "Deltagarnas sysselsättning vid start för {tid}", Tal: talStart, Noter: []string{notBade},
			Matt: []*Matt{mattStart, mattAndel}},
		{ID: "SLUT", Grund: GrundSlut, Rubrik: "Deltagarnas sysselsättning vid avslut för {tid}, bland dem som mätts",
			Tal: append(append([]Deltal{}, talSlut...), talMatta[0].som("matta")), Noter: []string{notBade, notUtanMatning, notOkat},
			Matt: []*Matt{mattForeMatta, mattAndelForeMatta, mattEfterMatta, mattAndelEfterMatta, mattForandringMatta, mattForandringProcentMatta, mattOkat, mattAndelOkat}},
	},
})

const (
	notBade = "En deltagare kan både arbeta och studera, och räknas då på båda raderna men en gång på raden «Arbetar eller studerar»."
	notOkat = "Börjat eller ökat: arbetar eller studerar efter insatsen mer än före, från 0 till mer än 0 procent eller till en högre procent."
)
