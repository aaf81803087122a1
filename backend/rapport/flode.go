package rapport

var _ = nyRapport(Rapport{
	Grupp: "deltagarrapport", Namn: "flode", Ordning: 70, Titel: "SUS - Deltagarrapport flöde", Version: 1,
	Fraga: "Hur många börjar, slutar och pågår, och hur länge är de i insatsen?",
	Rad:   "manad", Bild: BildLinjer, Fotnoter: fotnoter,
	Delar: []Del{
		{ID: "NYA", Grund: GrundStart, Rubrik: "Nya deltagare för {tid}", Tal: talStart, Matt: []*Matt{mattNya}},
		{ID: "AVSLUTADE", Grund: GrundSlut, Rubrik: "Avslutade deltagare för {tid}", Tal: talSlut, Noter: []string{"Tid i insats är avslutningsdagen minus startdagen plus en dag."},
			Varde: "dagar", Matt: []*Matt{mattAvslutade, mattMedian, mattMedel, mattP90}},
		{ID: "PAGAENDE", Grund: GrundOppna, Rubrik: "Pågående deltagare vid månadens slut för {tid}", Noter: []string{"Ålder och bostadsort är de vid starten."}, Matt: []*Matt{mattPagaende}},
	},
})
