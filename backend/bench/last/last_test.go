package last_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"sus/backend/bench/last"
)

func fraga(antal int) last.Begaran {
	return func(n int) ([]byte, bool) {
		return []byte("GET / HTTP/1.1\r\nHost: sus.example\r\n\r\n"), n < antal
	}
}

func server(t *testing.T, h http.HandlerFunc) string {
	s := httptest.NewServer(h)
	t.Cleanup(s.Close)
	return strings.TrimPrefix(s.URL, "http://")
}

func TestALoadCountsEveryAnswerWithoutNewConnections(t *testing.T) {
	var anrop atomic.Int64
	connections := map[string]bool{}
	adress := server(t, func(_ http.ResponseWriter, r *http.Request) {
		anrop.Add(1)
		connections[r.RemoteAddr] = true
	})
	u, err := last.Kor(adress, 1, time.Minute, http.StatusOK, fraga(50))
	if err != nil {
		t.Fatal(err)
	}
	if u.Antal != 50 || anrop.Load() != 50 {
		t.Errorf("%d svar räknades av %d anrop, ville ha 50", u.Antal, anrop.Load())
	}
	if len(connections) != 1 {
		t.Errorf("%d förbindelser, ville ha 1", len(connections))
	}
	if u.P50 <= 0 || u.P99 < u.P50 || u.PerSekund() <= 0 {
		t.Errorf("orimligt utfall %+v", u)
	}
}

func TestALoadWithOtherAnswersIsNoResult(t *testing.T) {
	adress := server(t, func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNotFound) })
	if _, err := last.Kor(adress, 4, time.Minute, http.StatusOK, fraga(50)); err == nil {
		t.Error("ett snabbt nej togs för ett resultat")
	}
}
