package export

import "sus/backend/rapport"

// Format is one form that a report leaves the system in. The list below is the only one:
// the server's choice by Accept, the catalogue and the tests go through it.
type Format struct {
	Namn     string // as the parameter format names it
	Etikett  string // for people
	Mediatyp string // as Accept and the contract have it
	Profil   string // tells two of one media type apart
	Andelse  string // of a file's name, without the dot
	Skriv    func(r *rapport.Resultat, adress string) ([]byte, error)
}

// JSON is the form that the server writes itself, in the contract's schema.
const JSON = "json"

// Alla are the formats, in our own order of preference for whoever has none.
var Alla = []Format{
	{JSON, "JSON", "application/json", "", "json", nil},
	{"data", "CSV för program", "text/csv", "", "csv", func(r *rapport.Resultat, _ string) ([]byte, error) { return DataCSV(r.Data()), nil }},
	{"excel-sv", "CSV för Excel", "text/csv", "excel-sv", "csv", func(r *rapport.Resultat, _ string) ([]byte, error) { return ExcelSv(r.TrycktTabell()), nil }},
	{"json-stat", "JSON-stat 2.0", ContentTypeJSONStat, "", "json", func(r *rapport.Resultat, _ string) ([]byte, error) { return JSONStat(r.Data()) }},
	{"xlsx", "Excel", ContentTypeXLSX, "", "xlsx", func(r *rapport.Resultat, _ string) ([]byte, error) { return XLSX(r.Hel(), "Om rapporten") }},
	{"csvw", "Beskrivning av CSV-filen (CSVW)", ContentTypeCSVW, "", "csv-metadata.json", CSVW},
}

// Med is the format with a name; false when there is none.
func Med(namn string) (Format, bool) {
	for _, f := range Alla {
		if f.Namn == namn {
			return f, true
		}
	}
	return Format{}, false
}

// ContentType is what the answer says that it is.
func (f Format) ContentType() string {
	switch {
	case f.Mediatyp != "text/csv":
		return f.Mediatyp
	case f.Profil != "":
		return ContentTypeData + "; profile=" + f.Profil
	}
	return ContentTypeData
}
