package rapport

var _ = nyRapport(Rapport{
	Grupp: "deltagarrapport", Namn: "avslutsanledning", Ordning: 60, Titel: "SUS - Deltagarrapport avslutsanledning", Version: 1,
	Fraga: "Varför avslutas deltagandena?",
	Rad:   "avslutsanledning", Bild: BildStaplar, Fotnoter: fotnoter,
	Delar: []Del{
		{ID: "SLUT", Grund: GrundSlut, Rubrik: "Avslutsanledning bland dem som slutat för {tid}", Tal: talSlut, Noter: []string{"Felregistrerade deltaganden ingår inte."},
			Matt: []*Matt{mattSlut, mattAndel}},
	},
})
