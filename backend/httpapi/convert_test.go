package httpapi

import (
	"testing"

	"github.com/google/uuid"

	"sus/backend/register"
	"sus/backend/store"
)

// TestAProtectedPersonsAnswerIsTheSameForAll: also for a protection that nobody
// has heard of, and whatever else the population register said.
func TestAProtectedPersonsAnswerIsTheSameForAll(t *testing.T) {
	idag := register.NyttDatum(2026, 11, 24)
	p, err := register.ParsePersonnummer(testnummer(1991, 2, 3), idag)
	must(t, err)
	for _, skydd := range []register.Skydd{register.SkyddSekretessmarkering, register.SkyddSkyddadFolkbokforing, "NYTT_SKYDD", ""} {
		post := register.Folkbokforingspost{Hittad: true, Avregistrerad: true, Namn: "Alva", Kommun: "0380", Skydd: skydd, NyttNummer: testnummer(1991, 2, 4)}
		s := toDeltagareSvar(post, p, store.Personlage{Deltaganden: []register.Deltagande{{ID: uuid.New()}}, Oanvant: &register.Samtycke{ID: uuid.New()}}, idag)
		if !s.Hittad || !s.Skyddad || s.Avregistrerad || s.Namn != nil || s.Kommun != nil || s.Kon != nil || s.Alder != nil || s.Bytt != nil || len(s.Deltaganden) != 0 || s.OanvantSamtycke != nil {
			t.Errorf("%q: %+v", skydd, s)
		}
	}
}
