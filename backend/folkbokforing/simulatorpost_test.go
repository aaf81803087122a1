package folkbokforing

import (
	"testing"
	"time"

	"sus/backend/register"
)

func TestTheSimulatorsPostIsTheOneItAnswersWith(t *testing.T) {
	sim, err := StartaSimulator(t.Context(), "127.0.0.1:0", t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	nu := time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC)
	o := sim.Options()
	o.Klocka = func() time.Time { return nu }
	k, err := New(o)
	if err != nil {
		t.Fatal(err)
	}
	defer k.Stang()
	for dag := 11; dag <= 18; dag++ {
		for _, kvinna := range []bool{true, false} {
			nr := register.Testnummer(register.NyttDatum(1984, 5, dag), kvinna)
			overTradden, err := k.Sok(t.Context(), nr)
			if err != nil {
				t.Fatal(err)
			}
			direkt, err := SimulatorPost(nr, nu)
			if err != nil {
				t.Fatal(err)
			}
			if direkt != overTradden {
				t.Errorf("dag %d: direkt %+v, över tråden %+v", dag, direkt, overTradden)
			}
		}
	}
}

func BenchmarkSimulatorPost(b *testing.B) {
	nr := register.Testnummer(register.NyttDatum(1984, 5, 3), true)
	for b.Loop() {
		if _, err := SimulatorPost(nr, time.Time{}); err != nil {
			b.Fatal(err)
		}
	}
}
