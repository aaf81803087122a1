package register

import (
	"regexp"
	"slices"
)

// Anvandaruppgifter is the input of a new user.
type Anvandaruppgifter struct {
	Personnummer       Personnummer
	Fornamn, Efternamn string
	Mobil              string // E.164, «+46701740605»
	Huvudarbetsgivare  string // organisationsnummer
}

// Kontrollera refuses every faulty field at once (422).
func (in Anvandaruppgifter) Kontrollera() error {
	var f felsamling
	if !in.Personnummer.Angett() {
		f.lagg("/personnummer", RegelObligatoriskt)
	}
	f.obligatorisk("/fornamn", in.Fornamn, MaxKort)
	f.obligatorisk("/efternamn", in.Efternamn, MaxKort)
	f.mobil(in.Mobil)
	f.organisationsnummer("/huvudarbetsgivare", in.Huvudarbetsgivare)
	return f.err()
}

// KontrolleraMobil refuses what is no number that codes can be sent to (422 mobil-format).
func KontrolleraMobil(s string) error {
	var f felsamling
	f.mobil(s)
	return f.err()
}

var mobilform = regexp.MustCompile(`^\+[1-9][0-9]{7,14}$`)

func (f *felsamling) mobil(s string) {
	if !mobilform.MatchString(s) {
		f.lagg("/mobil", RegelMobilFormat)
	}
}

// KontrolleraKlient refuses a machine client without a name, and without a scope
// or with one that does not exist (422).
func KontrolleraKlient(namn string, scopes []Scope) error {
	var f felsamling
	f.obligatorisk("/namn", namn, MaxNamn)
	if len(scopes) == 0 {
		f.lagg("/scopes", RegelObligatoriskt, "Ange minst en omfattning (scope).")
	}
	for i, s := range scopes {
		if !slices.Contains([]Scope{ScopeDeltagandeSkriv, ScopeDeltagandeLas, ScopeRapportLas, ScopeInsatsSkriv}, s) {
			f.lagg(element("/scopes", i), RegelOkandKod, "Omfattningen (scope) finns inte.")
		}
	}
	return f.err()
}
