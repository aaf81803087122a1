package folkbokforing

// The people of the simulator: common Swedish names, and kommuner by SCB's
// codes from every län.
var (
	kvinnonamn = []string{
		"Anna", "Eva", "Maria", "Karin", "Kristina", "Lena", "Sara", "Kerstin", "Emma", "Ingrid",
		"Marie", "Malin", "Jenny", "Annika", "Linda", "Elin", "Åsa", "Hanna", "Susanne", "Monica",
		"Ulla", "Elisabeth", "Sofia", "Johanna", "Ida", "Julia", "Märta", "Fatima", "Amina", "Layla",
		"Helena", "Camilla", "Ann-Christin", "Birgitta", "Gunilla", "Josefin", "Frida", "Zahra", "Olga", "Ewa",
	}
	mansnamn = []string{
		"Lars", "Mikael", "Anders", "Johan", "Erik", "Per", "Peter", "Karl", "Jan", "Thomas",
		"Daniel", "Fredrik", "Hans", "Andreas", "Stefan", "Mohamed", "Bengt", "Mats", "Bo", "Magnus",
		"Björn", "Ulf", "Göran", "Jörgen", "Håkan", "Åke", "Oskar", "Alexander", "Ali", "Ahmed",
		"Nils", "Gustav", "Viktor", "Simon", "Jonas", "Robert", "Hassan", "Piotr", "Sven-Erik", "Emil",
	}
	efternamn = []string{
		"Andersson", "Johansson", "Karlsson", "Nilsson", "Eriksson", "Larsson", "Olsson", "Persson", "Svensson", "Gustafsson",
		"Pettersson", "Jonsson", "Jansson", "Hansson", "Bengtsson", "Jönsson", "Lindberg", "Jakobsson", "Magnusson", "Lindström",
		"Olofsson", "Lindqvist", "Lindgren", "Berg", "Axelsson", "Bergström", "Lundberg", "Lind", "Lundgren", "Lundqvist",
		"Mattsson", "Berglund", "Fredriksson", "Sandberg", "Henriksson", "Ali", "Forsberg", "Sjöberg", "Mohamed", "Wallin",
		"Engström", "Eklund", "Danielsson", "Lundin", "Håkansson", "Björk", "Bergman", "Gunnarsson", "Wikström", "Holm",
		"Ahmed", "Hassan", "Åberg", "Öberg", "Nyström", "Sandström", "af Ekenstam", "Norén", "Sarri", "Niia",
	}
	kommuner = []string{
		"0114", "0117", "0180", "0181", "0182", "0184", "0188", // Stockholms län
		"0305", "0319", "0330", "0331", "0360", "0380", "0381", "0382", // Uppsala län
		"0480", "0484", "0580", "0581", "0680", "0780", "0880", "0980", "1080",
		"1280", "1281", "1283", "1290", "1380", "1383",
		"1480", "1481", "1488", "1490", // Västra Götalands län
		"1780", "1880", "1980", "2080", "2081", "2180", "2184", "2280", "2281", "2284",
		"2380", "2480", "2482", "2506", "2580", "2583", "2584",
	}
)
