package rapport

var _ = nyRapport(Rapport{
	Grupp: "deltagarrapport", Namn: "overgangar", Ordning: 80, Titel: "SUS - Deltagarrapport övergångar", Version: 1,
	Fraga: "Vilken försörjning gick deltagarna från, och till vilken?",
	Rad:   "forsorjning", Kolumn: "forsorjning", Bild: BildFlode, Fotnoter: fotnoter,
	Delar: []Del{
		{ID: "OVERGANGAR", Grund: GrundSlut, Rubrik: "Försörjning före (rader) och efter (kolumner) bland dem som slutat med mätning för {tid}", Tal: append(append([]Deltal{}, talSlut...), talMatta[0].som("matta")),
			Noter: []string{notFlera1, "Den som har flera försörjningar före eller efter räknas i varje ruta som de ger.", notUtanMatning}, Matt: []*Matt{mattForeMatta}},
	},
})
