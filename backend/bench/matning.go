package main

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"syscall"
	"time"

	"sus/backend/bench/last"
)

// uppvarmningsantal warms an operation up that uses up what was prepared.
const uppvarmningsantal = 300

// langsta bounds a run that is counted in requests.
const langsta = time.Minute

// mat runs an operation against both servers in turn and prints the ratio of
// their medians. The one that begins alternates, so that what a run leaves
// behind (dead rows, written pages) meets both.
func (m *uppstallning) mat(ctx context.Context, op operation, v val) error {
	sager("mäter %s", op.namn)
	for _, p := range []*process{m.vara, m.golv} {
		tid, antal := v.uppvarmning, 0
		if op.antal > 0 {
			tid, antal = langsta, uppvarmningsantal
		}
		if _, err := last.Kor(p.adress, v.connections, tid, op.status, op.begaran(p.adress, antal)); err != nil {
			return err
		}
	}
	if v.profil != "" {
		return m.profilera(op, v)
	}
	utfall := map[*process][]last.Utfall{}
	cpu := map[*process][]float64{}
	for n := range v.omgangar {
		par := []*process{m.vara, m.golv}
		if n%2 == 1 {
			slices.Reverse(par)
		}
		for _, p := range par {
			if err := ctx.Err(); err != nil {
				return err
			}
			tid := v.tid
			if op.antal > 0 {
				tid = langsta
			}
			fore := p.cpu()
			u, err := last.Kor(p.adress, v.connections, tid, op.status, op.begaran(p.adress, op.antal))
			if err != nil {
				return err
			}
			cpu[p] = append(cpu[p], ms(p.cpu()-fore)/float64(max(u.Antal, 1)))
			if u.Antal == 0 {
				return fmt.Errorf("inga anrop hanns med, eller de förberedda samtyckena tog slut")
			}
			utfall[p] = append(utfall[p], u)
			sager("%s %d: %s %.0f per sekund", op.namn, n+1, filepath.Base(p.cmd.Path), u.PerSekund())
		}
	}
	vara, golv := utfall[m.vara], utfall[m.golv]
	fmt.Printf("RATIO %s %.2f\n", op.namn, median(vara)/median(golv))
	for _, s := range []struct {
		namn   string
		utfall []last.Utfall
		cpu    []float64
	}{{"SUS", vara, cpu[m.vara]}, {"golvet", golv, cpu[m.golv]}} {
		fmt.Printf("MS %s %s p50 %.2f p99 %.2f, %.0f per sekund, %.2f ms processortid per anrop\n", op.namn, s.namn,
			mitten(s.utfall, func(u last.Utfall) float64 { return ms(u.P50) }), mitten(s.utfall, func(u last.Utfall) float64 { return ms(u.P99) }),
			median(s.utfall), mitten(s.cpu, func(c float64) float64 { return c }))
	}
	return nil
}

// profilera lets SUS write a CPU profile of one run.
func (m *uppstallning) profilera(op operation, v val) error {
	if err := m.vara.cmd.Process.Signal(syscall.SIGUSR1); err != nil {
		return err
	}
	tid := v.tid
	if op.antal > 0 {
		tid = langsta
	}
	u, err := last.Kor(m.vara.adress, v.connections, tid, op.status, op.begaran(m.vara.adress, op.antal))
	if err != nil {
		return err
	}
	sager("%s: %.0f per sekund", op.namn, u.PerSekund())
	return m.vara.cmd.Process.Signal(syscall.SIGUSR2)
}

func ms(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }

func median(u []last.Utfall) float64 { return mitten(u, last.Utfall.PerSekund) }

func mitten[T any](u []T, av func(T) float64) float64 {
	varden := make([]float64, len(u))
	for i := range u {
		varden[i] = av(u[i])
	}
	slices.Sort(varden)
	n := len(varden)
	return (varden[n/2] + varden[(n-1)/2]) / 2
}

// skrivMinne prints what SUS holds after all runs.
func (m *uppstallning) skrivMinne() error {
	nu, hogst, err := m.vara.minne()
	if err != nil {
		return err
	}
	fmt.Printf("RSS %d MB (högst %d MB)\n", nu, hogst)
	return nil
}
