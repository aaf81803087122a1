package rapport

var _ = nyRapport(Rapport{
	Grupp: "deltagarrapport", Namn: "utbildningsniva", Ordning: 30, Titel: "SUS - Deltagarrapport utbildningsnivå", Version: 1,
	Fraga: "Vilken utbildning har deltagarna?",
	Rad:   "utbildningsniva", Bild: BildStaplar, Fotnoter: fotnoter,
	Delar: []Del{
		{ID: "START", Grund: GrundStart, Rubrik: "Deltagarnas utbildningsnivå vid start för {tid}", Tal: talStart, Noter: []string{"Utbildningsnivån är den som registrerades vid starten."}, Matt: []*Matt{mattStart, mattAndel}},
		{ID: "SLUT", Grund: GrundSlut, Rubrik: "Utbildningsnivå bland dem som slutat för {tid}", Tal: talSlut, Noter: []string{"Utbildningsnivån är den som registrerades vid starten."}, Matt: []*Matt{mattSlut, mattAndel}},
	},
})
