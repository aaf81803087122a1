package folkbokforing

import (
	"fmt"
	"os"
	"sync"
	"time"
)

// svarare is what the simulator knows beside the numbers themselves.
type svarare struct {
	mu     sync.Mutex
	klocka func() time.Time
	manus  manus
	fil    string // a script that is read again at each question
	filfel string // what was last said to be wrong with it
	fragor map[string]int
	kvar   int // questions until it answers 503; -1: never
}

func nySvarare() *svarare {
	return &svarare{klocka: time.Now, fragor: map[string]int{}, kvar: -1}
}

// SattKlocka makes the script go by another clock than the wall's.
func (s *svarare) SattKlocka(klocka func() time.Time) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.klocka = klocka
}

// Manus adds rows to the script.
func (s *svarare) Manus(rader ...Manusrad) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	m, err := nyttManus(append(s.manus, rader...))
	if err == nil {
		s.manus = m
	}
	return err
}

// Manusfil makes the simulator follow a file, {"personer": [rows]}, as it stands at
// each question. It refuses one that is wrong now; one that becomes wrong is told
// on stderr, and until it is mended no question is answered.
func (s *svarare) Manusfil(fil string) error {
	if _, err := lasManusfil(fil); err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.fil = fil
	return nil
}

// BortaEfter answers so many questions more and then 503; a negative number ends it.
func (s *svarare) BortaEfter(antal int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.kvar = max(antal, -1)
}

// Fragor is how often a number was asked about, answered or not.
func (s *svarare) Fragor(nummer string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.fragor[nummer]
}

// AllaFragor is how many questions there were.
func (s *svarare) AllaFragor() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	summa := 0
	for _, n := range s.fragor {
		summa += n
	}
	return summa
}

// lageAv is what is said of a number now; oppet is false when nothing is.
func (s *svarare) lageAv(siffror string) (l lage, oppet bool, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.fragor[siffror]++
	if s.kvar == 0 {
		return l, false, nil
	}
	if s.kvar > 0 {
		s.kvar--
	}
	l = grundlage(siffror)
	nu := s.klocka()
	s.manus.galler(siffror, nu, &l)
	if s.fil == "" {
		return l, true, nil
	}
	m, err := lasManusfil(s.fil)
	if err != nil {
		if s.filfel != err.Error() {
			s.filfel = err.Error()
			fmt.Fprintln(os.Stderr, "simulator navet:", err)
		}
		return l, true, err
	}
	s.filfel = ""
	m.galler(siffror, nu, &l)
	return l, true, nil
}
