package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"reflect"
	"strings"
	"text/tabwriter"
	"time"

	"sus/backend/bench/last"
	"sus/backend/store/statistik"
)

// kontrollantal is how many requests of each operation are counted.
const kontrollantal = 200

// jamfor refuses a floor that does less, or other, than SUS: each operation must
// take as many statements, the answers must be the same, and what was written
// must give the same facts.
func (m *uppstallning) jamfor(ctx context.Context, ops []operation, v val) error {
	sager("jämför svar och satser")
	for _, op := range ops {
		if err := m.jamforSvar(op); err != nil {
			return fmt.Errorf("%s: %w", op.namn, err)
		}
		vara, err := m.satser(ctx, m.vara, op, v)
		if err != nil {
			return fmt.Errorf("%s: SUS: %w", op.namn, err)
		}
		golv, err := m.satser(ctx, m.golv, op, v)
		if err != nil {
			return fmt.Errorf("%s: golvet: %w", op.namn, err)
		}
		if v.satser || !lika(vara, golv) {
			skrivSatser(op.namn, "SUS", vara)
			skrivSatser(op.namn, "golvet", golv)
		}
		if !lika(vara, golv) {
			return fmt.Errorf("%s: SUS kör %d satser per anrop och golvet %d (tabellen ovan); ändra backend/bench/golv", op.namn, summa(vara), summa(golv))
		}
		sager("%s: %d satser per anrop; %.3f ms i databasen, golvet %.3f ms", op.namn, summa(vara), tid(vara), tid(golv))
	}
	k, err := statistik.Kontrollera(ctx, m.kluster.AgareURL())
	if err != nil {
		return err
	}
	if k.Skillnader() > 0 {
		return fmt.Errorf("golvet skriver andra fakta än SUS: %+v", k)
	}
	return nil
}

// sats is a statement and how often each request ran it.
type sats struct {
	text string
	slag string
	per  int
	ms   float64 // of the database's time a request
}

// satser counts the statements of each request. Those that other work of the
// server ran meanwhile are far fewer than the requests and round to none. Of a
// batch pg_stat_statements counts no begin, set role and commit but the first
// (it drops the id of a prepared utility statement): the report has those three
// beside what is counted, on both sides.
func (m *uppstallning) satser(ctx context.Context, p *process, op operation, v val) ([]sats, error) {
	// Statements are prepared on every connection first.
	if op.antal == 0 {
		if _, err := last.Kor(p.adress, v.connections, time.Minute, op.status, op.begaran(p.adress, kontrollantal)); err != nil {
			return nil, err
		}
	}
	if _, err := m.super.Exec(ctx, "select pg_stat_statements_reset()"); err != nil {
		return nil, err
	}
	u, err := last.Kor(p.adress, v.connections, time.Minute, op.status, op.begaran(p.adress, kontrollantal))
	if err != nil {
		return nil, err
	}
	rader, err := m.super.Query(ctx, `select query, sum(calls)::int, sum(total_exec_time + total_plan_time) from pg_stat_statements
		where dbid = (select oid from pg_database where datname = current_database()) group by query order by query`)
	if err != nil {
		return nil, err
	}
	defer rader.Close()
	var svar []sats
	for rader.Next() {
		var s sats
		var antal int
		if err := rader.Scan(&s.text, &antal, &s.ms); err != nil {
			return nil, err
		}
		s.per = (antal + u.Antal/2) / u.Antal
		if s.per == 0 {
			continue
		}
		s.ms /= float64(u.Antal)
		s.slag = strings.ToLower(strings.Fields(s.text)[0])
		if s.slag == "with" || s.slag == "select" || s.slag == "insert" || s.slag == "update" {
			s.slag = "sats" // the same can be said in several ways
		}
		svar = append(svar, s)
	}
	return svar, rader.Err()
}

// lika is true for as many statements, and among them as many that begin, end
// and set something.
func lika(a, b []sats) bool { return reflect.DeepEqual(perSlag(a), perSlag(b)) }

func perSlag(alla []sats) map[string]int {
	svar := map[string]int{}
	for _, s := range alla {
		svar[s.slag] += s.per
	}
	return svar
}

func tid(alla []sats) float64 {
	t := 0.0
	for _, s := range alla {
		t += s.ms
	}
	return t
}

func summa(alla []sats) int {
	n := 0
	for _, s := range alla {
		n += s.per
	}
	return n
}

func skrivSatser(op, vem string, alla []sats) {
	t := tabwriter.NewWriter(os.Stderr, 0, 0, 2, ' ', 0)
	fmt.Fprintf(t, "%s\t%s\tper anrop\tms\tsats\n", op, vem)
	for _, s := range alla {
		text := strings.Join(strings.Fields(s.text), " ")
		fmt.Fprintf(t, "\t\t%d\t%.3f\t%s\n", s.per, s.ms, text[:min(len(text), 110)])
	}
	_ = t.Flush() // to stderr
}

// jamforSvar asks both servers once and compares what they say.
func (m *uppstallning) jamforSvar(op operation) error {
	vara, err := enGang(m.vara.adress, op)
	if err != nil {
		return fmt.Errorf("SUS: %w", err)
	}
	golv, err := enGang(m.golv.adress, op)
	if err != nil {
		return fmt.Errorf("golvet: %w", err)
	}
	if !op.lika {
		vara, golv = formen(vara), formen(golv)
	}
	if !reflect.DeepEqual(vara, golv) {
		v, _ := json.Marshal(vara) // both were JSON
		g, _ := json.Marshal(golv)
		return fmt.Errorf("svaren är olika:\nSUS    %s\ngolvet %s", v, g)
	}
	return nil
}

// enGang sends one request and reads its JSON, without the report's time.
func enGang(adress string, op operation) (any, error) {
	rad, ok := op.begaran(adress, 1)(0)
	if !ok {
		return nil, errors.New("inget att fråga om")
	}
	c, err := net.Dial("tcp", adress)
	if err != nil {
		return nil, err
	}
	defer c.Close()
	if _, err := c.Write(rad); err != nil {
		return nil, err
	}
	svar, err := http.ReadResponse(bufio.NewReader(c), nil)
	if err != nil {
		return nil, err
	}
	defer svar.Body.Close()
	body, err := io.ReadAll(svar.Body)
	if err != nil {
		return nil, err
	}
	if svar.StatusCode != op.status {
		return nil, fmt.Errorf("%d %s", svar.StatusCode, body)
	}
	var v any
	if err := json.NewDecoder(bytes.NewReader(body)).Decode(&v); err != nil {
		return nil, err
	}
	if o, ok := v.(map[string]any); ok {
		delete(o, "korningstid")
	}
	return v, nil
}

// formen is a value with its fields and the kinds of their values only.
func formen(v any) any {
	switch v := v.(type) {
	case map[string]any:
		svar := map[string]any{}
		for k, x := range v {
			svar[k] = formen(x)
		}
		return svar
	case []any:
		svar := make([]any, len(v))
		for i, x := range v {
			svar[i] = formen(x)
		}
		return svar
	}
	return fmt.Sprintf("%T", v)
}
