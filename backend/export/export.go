// Package export writes a rapport.Tabell in the formats that leave the
// system. It adds no figure and no rule of its own: what is shown, in which
// order and how it is rounded is decided in rapport.
package export

// The media types, as answered in Content-Type. A profile parameter tells the
// two CSVs apart for who asks by Accept.
const (
	ContentTypeExcelSv  = "text/csv; charset=utf-8; profile=excel-sv"
	ContentTypeData     = "text/csv; charset=utf-8"
	ContentTypeJSONStat = "application/vnd.json-stat+json"
)
