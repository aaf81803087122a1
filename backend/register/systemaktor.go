package register

import "github.com/google/uuid"

// The named systems that act by themselves, each with an id of its own that never
// changes: it stands in sealed log rows.
var (
	AktorGallring     = systemaktor("00000000-0000-7000-8000-000000000001", "gallring")
	AktorSkydd        = systemaktor("00000000-0000-7000-8000-000000000002", "skydd")
	AktorOmfraga      = systemaktor("00000000-0000-7000-8000-000000000003", "omfraga")
	AktorLoggkontroll = systemaktor("00000000-0000-7000-8000-000000000004", "loggkontroll")
	AktorSammanforing = systemaktor("00000000-0000-7000-8000-000000000010", "sammanforing")
)

// systemaktorer is all of them.
var systemaktorer []Aktor

func systemaktor(id, namn string) Aktor {
	a := Aktor{ID: uuid.MustParse(id), System: namn}
	systemaktorer = append(systemaktorer, a)
	return a
}
