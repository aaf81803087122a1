package rapport

var _ = nyRapport(Rapport{
	Grupp: "deltagarrapport", Namn: "alder", Ordning: 40, Titel: "SUS - Deltagarrapport ålder", Version: 1,
	Fraga: "Hur gamla är deltagarna?",
	Rad:   "alder", Bild: BildStaplar, Fotnoter: fotnoter,
	Delar: []Del{
		{ID: "START", Grund: GrundStart, Rubrik: "Deltagarnas ålder vid start för {tid}", Tal: talStart, Noter: []string{"Åldern är hela år på startdagen för dem som startat och på avslutningsdagen för dem som slutat."}, Matt: []*Matt{mattStart, mattAndel}},
		{ID: "SLUT", Grund: GrundSlut, Rubrik: "Ålder bland dem som slutat för {tid}", Tal: talSlut, Noter: []string{"Åldern är hela år på startdagen för dem som startat och på avslutningsdagen för dem som slutat."}, Matt: []*Matt{mattSlut, mattAndel}},
	},
})
