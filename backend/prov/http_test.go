package prov_test

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"sus/backend/httpapi/httpapitest"
)

type body map[string]any

// anrop is one request. form is sent instead of body when it is set.
type anrop struct {
	metod, vag string
	token      string
	body       body
	form       string
	nyckel     string // Idempotency-Key
	etag       string // If-Match
}

type svar struct {
	status int
	huvud  http.Header
	text   []byte
	tog    time.Duration
	fel    error
}

var klient = &http.Client{Timeout: 30 * time.Second, Transport: &http.Transport{MaxIdleConnsPerHost: 64}}

// skicka sends a request and tells also of an answer that did not come.
func (s *server) skicka(a anrop) svar {
	var b io.Reader
	typ := ""
	switch {
	case a.form != "":
		b, typ = strings.NewReader(a.form), "application/x-www-form-urlencoded"
	case a.body != nil:
		j, err := json.Marshal(a.body)
		if err != nil {
			return svar{fel: err}
		}
		b, typ = bytes.NewReader(j), "application/json"
	}
	req, err := http.NewRequestWithContext(context.Background(), a.metod, s.bas+a.vag, b)
	if err != nil {
		return svar{fel: err}
	}
	for namn, varde := range map[string]string{"Content-Type": typ, "Idempotency-Key": a.nyckel, "If-Match": a.etag} {
		if varde != "" {
			req.Header.Set(namn, varde)
		}
	}
	if a.token != "" {
		req.Header.Set("Authorization", "Bearer "+a.token)
	}
	start := time.Now()
	resp, err := klient.Do(req)
	if err != nil {
		return svar{fel: err, tog: time.Since(start)}
	}
	defer func() { _ = resp.Body.Close() }()
	text, err := io.ReadAll(resp.Body)
	return svar{status: resp.StatusCode, huvud: resp.Header, text: text, tog: time.Since(start), fel: err}
}

// vanta sends a request and demands a status.
func (s *server) vanta(t *testing.T, status int, a anrop) svar {
	t.Helper()
	r := s.skicka(a)
	if r.fel != nil {
		t.Fatalf("%s %s: %v", a.metod, utanID(a.vag), r.fel)
	}
	if r.status != status {
		t.Fatalf("%s %s gav %d, inte %d: %s", a.metod, utanID(a.vag), r.status, status, r.json(t).str("regel"))
	}
	return r
}

// utanID is a path as it may be shown: its ids can lead to somebody.
func utanID(vag string) string {
	vag, _, _ = strings.Cut(vag, "?")
	delar := strings.Split(vag, "/")
	for i, d := range delar {
		if strings.ContainsAny(d, "0123456789") && d != "v1" {
			delar[i] = "…"
		}
	}
	return strings.Join(delar, "/")
}

func (r svar) json(t *testing.T) body {
	t.Helper()
	var m body
	if err := json.Unmarshal(r.text, &m); err != nil {
		t.Fatalf("svaret är inte JSON (%d byte, %s)", len(r.text), r.huvud.Get("Content-Type"))
	}
	return m
}

// str is the text at a path of fields, "" when there is none.
func (k body) str(falt ...string) string {
	for _, f := range falt[:len(falt)-1] {
		n, _ := k[f].(map[string]any)
		k = n
	}
	s, _ := k[falt[len(falt)-1]].(string)
	return s
}

// data is the objects of a list.
func (r svar) data(t *testing.T) []body {
	t.Helper()
	lista, ok := r.json(t)["data"].([]any)
	if !ok {
		t.Fatal("svaret är ingen lista")
	}
	var svar []body
	for _, e := range lista {
		svar = append(svar, e.(map[string]any))
	}
	return svar
}

// ansvarig is a deltagaransvarig of the demo and the insats that she registers in.
type ansvarig struct {
	*server
	token  string
	insats string
	start  time.Time // of the insats
}

// ansvarig acts in the named one of the token's insatser; "" is the first.
func (s *server) ansvarig(t *testing.T, token, insats string) ansvarig {
	t.Helper()
	for _, i := range s.vanta(t, 200, anrop{metod: "GET", vag: "/v1/insatser?mina=true", token: token}).data(t) {
		if insats == "" || i.str("namn") == insats {
			start, err := time.Parse(time.DateOnly, i.str("startdatum"))
			ja(t, err)
			return ansvarig{server: s, token: token, insats: i.str("id"), start: start}
		}
	}
	t.Fatalf("en deltagaransvarig har inte insatsen %q", insats)
	return ansvarig{}
}

func (a ansvarig) dag(n int) string { return a.start.AddDate(0, 0, n).Format(time.DateOnly) }

func (a ansvarig) samtycke(nummer string) anrop {
	return anrop{metod: "POST", vag: "/v1/insatser/" + a.insats + "/samtycken", token: a.token, body: httpapitest.Samtycke(nummer, a.dag(5))}
}

func (a ansvarig) sokning(nummer string) anrop {
	return anrop{metod: "POST", vag: "/v1/deltagare-sokningar", token: a.token, body: body{"insatsId": a.insats, "personnummer": nummer}}
}

func (a ansvarig) inskrivning(samtycke string) anrop {
	return anrop{metod: "POST", vag: "/v1/insatser/" + a.insats + "/deltaganden", token: a.token, body: httpapitest.Inregistrering(samtycke, a.dag(30))}
}

func (a ansvarig) utskrivning(deltagande string) anrop {
	return anrop{metod: "POST", vag: "/v1/deltaganden/" + deltagande + "/utregistreringar", token: a.token, body: httpapitest.Utregistrering(a.dag(90))}
}

func (a ansvarig) aterkallelse(samtycke string) anrop {
	return anrop{metod: "POST", vag: "/v1/samtycken/" + samtycke + "/aterkallelser", token: a.token}
}

// las gets a path as this person.
func (a ansvarig) las(vag string) anrop { return anrop{metod: "GET", vag: vag, token: a.token} }

// med is the request with an Idempotency-Key.
func (a anrop) med(nyckel string) anrop {
	a.nyckel = nyckel
	return a
}
