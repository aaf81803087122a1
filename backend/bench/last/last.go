// Package last drives a server over keep-alive connections and counts answers.
package last

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"slices"
	"sync"
	"sync/atomic"
	"time"
)

// Begaran writes the n-th request of a run, whole, as HTTP/1.1 bytes. False
// ends the worker: there is nothing left to ask.
type Begaran func(n int) ([]byte, bool)

// Utfall is what one run gave.
type Utfall struct {
	Antal    int
	Sekunder float64
	P50, P99 time.Duration
}

// PerSekund is the throughput.
func (u Utfall) PerSekund() float64 { return float64(u.Antal) / u.Sekunder }

// Kor sends requests over so many connections for so long. The first answer
// with another status than vantat stops it: a fast refusal is no throughput.
func Kor(adress string, connections int, tid time.Duration, vantat int, begaran Begaran) (Utfall, error) {
	var (
		nasta   atomic.Int64
		mu      sync.Mutex
		fel     error
		latens  []time.Duration
		vantan  sync.WaitGroup
		borjan  = time.Now()
		slut    = borjan.Add(tid)
		avbryts atomic.Bool
	)
	for range connections {
		vantan.Go(func() {
			egna, err := arbeta(adress, slut, vantat, &nasta, &avbryts, begaran)
			mu.Lock()
			defer mu.Unlock()
			latens = append(latens, egna...)
			if err != nil && fel == nil {
				fel = err
				avbryts.Store(true)
			}
		})
	}
	vantan.Wait()
	if fel != nil {
		return Utfall{}, fel
	}
	u := Utfall{Antal: len(latens), Sekunder: time.Since(borjan).Seconds()}
	slices.Sort(latens)
	if len(latens) > 0 {
		u.P50, u.P99 = latens[len(latens)/2], latens[len(latens)*99/100]
	}
	return u, nil
}

func arbeta(adress string, slut time.Time, vantat int, nasta *atomic.Int64, avbryts *atomic.Bool, begaran Begaran) ([]time.Duration, error) {
	c, err := net.Dial("tcp", adress)
	if err != nil {
		return nil, err
	}
	defer c.Close()
	r := bufio.NewReaderSize(c, 1<<16)
	latens := make([]time.Duration, 0, 1<<14)
	for !avbryts.Load() && time.Now().Before(slut) {
		rad, ok := begaran(int(nasta.Add(1) - 1))
		if !ok {
			break
		}
		t := time.Now()
		if _, err := c.Write(rad); err != nil {
			return nil, err
		}
		svar, err := http.ReadResponse(r, nil)
		if err != nil {
			return nil, err
		}
		body, err := io.ReadAll(svar.Body)
		if err != nil {
			return nil, err
		}
		svar.Body.Close()
		latens = append(latens, time.Since(t))
		if svar.StatusCode != vantat {
			return nil, fmt.Errorf("status %d instead of %d: %s", svar.StatusCode, vantat, body)
		}
	}
	return latens, nil
}
