package rapport

var _ = nyRapport(Rapport{
	Grupp: "deltagarrapport", Namn: "tid-i-offentlig-forsorjning", Ordning: 50, Titel: "SUS - Deltagarrapport tid i offentlig försörjning", Version: 1,
	Fraga: "Hur länge har deltagarna haft offentlig försörjning?",
	Rad:   "arIForsorjning", Bild: BildStaplar, Fotnoter: fotnoter,
	Delar: []Del{
		{ID: "START", Grund: GrundStart, Rubrik: "Deltagarnas tid i offentlig försörjning vid start för {tid}", Tal: talStart, Noter: []string{"Tiden är antalet år som registrerades vid starten."}, Matt: []*Matt{mattStart, mattAndel}},
		{ID: "SLUT", Grund: GrundSlut, Rubrik: "Tid i offentlig försörjning bland dem som slutat för {tid}", Tal: talSlut, Noter: []string{"Tiden är antalet år som registrerades vid starten."}, Matt: []*Matt{mattSlut, mattAndel}},
	},
})
