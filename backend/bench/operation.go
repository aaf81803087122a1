package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"strconv"
	"time"

	"github.com/google/uuid"

	"sus/backend/bench/last"
	"sus/backend/register"
)

// operation is one of those that are measured.
type operation struct {
	namn   string
	status int
	// antal is how many requests a run has; 0: as many as its time allows.
	antal int
	// begaran makes a run's requests to a server, the same ones for both.
	begaran func(adress string, antal int) last.Begaran
	// lika is true when both servers' answers to one request must be the same.
	lika bool
}

const (
	listlangd = 50
	budgetar  = 2010 // the demo's year that nothing changes
)

func (m *uppstallning) operationer(ctx context.Context, v val) ([]operation, error) {
	insatser, err := m.insatser(ctx)
	if err != nil {
		return nil, err
	}
	var ids, sidor []string
	for _, i := range insatser {
		antal := 0
		for offset := 0; ; offset += 100 {
			var sida struct {
				Data []struct{ ID string }
				Meta struct{ TotalRecords int } `json:"_meta"`
			}
			if err := m.hamta(ctx, fmt.Sprintf("/v1/insatser/%s/deltaganden?limit=100&offset=%d", i.ID, offset), &sida); err != nil {
				return nil, err
			}
			for _, d := range sida.Data {
				ids = append(ids, "/v1/deltaganden/"+d.ID)
			}
			if antal = sida.Meta.TotalRecords; offset+100 >= antal {
				break
			}
		}
		for offset := 0; offset+listlangd <= antal; offset++ {
			sidor = append(sidor, fmt.Sprintf("/v1/insatser/%s/deltaganden?limit=%d&offset=%d", i.ID, listlangd, offset))
		}
	}
	if len(ids) == 0 || len(sidor) == 0 {
		return nil, errors.New("demon har för få deltaganden")
	}
	r := rand.New(rand.NewPCG(1, 2)) // the same order each time
	for _, l := range [][]string{ids, sidor} {
		r.Shuffle(len(l), func(i, j int) { l[i], l[j] = l[j], l[i] })
	}
	if err := m.budgetera(ctx, insatser[0].OrganisationID); err != nil {
		return nil, err
	}
	ops := []operation{
		{namn: "las-deltagande", status: http.StatusOK, begaran: m.lasning(m.token, ids), lika: true},
		{namn: "lista-50", status: http.StatusOK, begaran: m.lasning(m.token, sidor), lika: true},
		{namn: "inregistrering", status: http.StatusCreated, antal: v.inskrivningar, begaran: m.inskrivning},
		{namn: "rapport", status: http.StatusOK, begaran: m.lasning(m.token, []string{
			fmt.Sprintf("/v1/rapporter/deltagarrapport/forsorjning?samverkansform=FINSAM&budgetar=%d", budgetar)}), lika: true},
		{namn: "budget-50", status: http.StatusOK, begaran: m.lasning(m.admin, []string{
			fmt.Sprintf("/v1/samverkansorganisationer/%s/budgetar/%d", insatser[0].OrganisationID, register.DatumAv(time.Now()).Ar())}), lika: true},
	}
	valda := ops[:0]
	for _, op := range ops {
		if v.bara == "" || v.bara == op.namn {
			valda = append(valda, op)
		}
		if op.antal > 0 && (v.bara == "" || v.bara == op.namn) {
			// Two servers: a warm-up, a check, a single one and the runs of each.
			antal := 2 * (v.omgangar*op.antal + uppvarmningsantal + kontrollantal + 1)
			if m.forberedda, err = m.forbered(ctx, insatser, antal); err != nil {
				return nil, err
			}
		}
	}
	if len(valda) == 0 {
		return nil, fmt.Errorf("ingen operation heter %s", v.bara)
	}
	return valda, nil
}

// insats is as much of one as we need.
type insats struct {
	ID, OrganisationID   string
	Startdatum           register.Datum
	Slutdatum            *register.Datum
	Deltagarregistrering register.Deltagarregistrering
}

// insatser are those that the caller's organisation registers people in today.
func (m *uppstallning) insatser(ctx context.Context) ([]insats, error) {
	var jag struct {
		Uppdrag []struct{ OrganisationID string }
	}
	if err := m.hamta(ctx, "/v1/jag", &jag); err != nil {
		return nil, err
	}
	var lista struct{ Data []insats }
	if err := m.hamta(ctx, "/v1/insatser?limit=100", &lista); err != nil {
		return nil, err
	}
	idag := register.DatumAv(time.Now())
	var svar []insats
	for _, i := range lista.Data {
		if len(jag.Uppdrag) > 0 && i.OrganisationID == jag.Uppdrag[0].OrganisationID &&
			i.Deltagarregistrering == register.MedPersonuppgiftEllerAnonym && (i.Slutdatum == nil || !idag.Efter(*i.Slutdatum)) {
			svar = append(svar, i)
		}
	}
	if len(svar) == 0 {
		return nil, errors.New("klienten har ingen insats att registrera i")
	}
	return svar, nil
}

// hamta reads JSON from SUS.
func (m *uppstallning) hamta(ctx context.Context, vag string, till any) error {
	b, err := m.svar(ctx, m.vara, http.MethodGet, vag)
	if err != nil {
		return err
	}
	return json.Unmarshal(b, till)
}

// svar is the body of a server's answer to a GET.
func (m *uppstallning) svar(ctx context.Context, p *process, metod, vag string) ([]byte, error) {
	r, err := http.NewRequestWithContext(ctx, metod, "http://"+p.adress+vag, nil)
	if err != nil {
		return nil, err
	}
	r.Header.Set("Authorization", "Bearer "+m.token)
	s, err := http.DefaultClient.Do(r)
	if err != nil {
		return nil, err
	}
	defer s.Body.Close()
	b, err := io.ReadAll(s.Body)
	if err == nil && s.StatusCode != http.StatusOK {
		err = fmt.Errorf("%s %s: %d %s", metod, vag, s.StatusCode, b)
	}
	return b, err
}

func huvud(adress, token string) string {
	return " HTTP/1.1\r\nHost: " + adress + "\r\nAuthorization: Bearer " + token + "\r\nAccept: application/json\r\n"
}

// lasning asks for the paths in turn.
func (m *uppstallning) lasning(token string, vagar []string) func(string, int) last.Begaran {
	return func(adress string, antal int) last.Begaran {
		svans := huvud(adress, token) + "\r\n"
		return func(n int) ([]byte, bool) {
			if antal > 0 && n >= antal {
				return nil, false
			}
			return []byte("GET " + vagar[n%len(vagar)] + svans), true
		}
	}
}

// inskrivning uses up so many of the prepared samtycken.
func (m *uppstallning) inskrivning(adress string, antal int) last.Begaran {
	svans := huvud(adress, m.token) + "Content-Type: application/json\r\nIdempotency-Key: "
	idag := register.DatumAv(time.Now()).String()
	fran := m.forberedda.ta(antal)
	return func(n int) ([]byte, bool) {
		if n >= len(fran) {
			return nil, false
		}
		s := fran[n]
		body := `{"samtyckeId":"` + s.id.String() + `","startdag":"` + idag + `","utbildningsniva":"GYMNASIUM","arOffentligForsorjning":2,` +
			`"fore":{"forsorjning":["A_KASSA","FORSORJNINGSSTOD"],"arbetssokande":true,"arbetar":true,"arbetarProcent":50,` +
			`"arbetstyper":["SUBVENTIONERAT"],"studerar":false}}`
		return []byte("POST /v1/insatser/" + s.insats.String() + "/deltaganden" + svans + uuid.NewString() +
			"\r\nContent-Length: " + strconv.Itoa(len(body)) + "\r\n\r\n" + body), true
	}
}
