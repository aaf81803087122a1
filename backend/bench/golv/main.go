// Command golv is the floor that SUS is measured against: five of its operations
// written by hand on net/http and pgx, with nothing between the request and the
// statements. It imports nothing of ours. It sends as many statements as SUS does
// for each operation, as the same role on the same database, and answers the same
// JSON; what it leaves out is what SUS is asked to pay for: a contract that is
// enforced, rules, an ORM, logs, headers and errors.
package main

import (
	"context"
	"flag"
	"fmt"
	"log"
	"net"
	"net/http"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/tink-crypto/tink-go/v2/prf"
	"github.com/tink-crypto/tink-go/v2/tink"
)

// golv is the whole server.
type golv struct {
	db     *pgxpool.Pool
	prova  *provare
	aead   tink.AEAD
	body   *prf.Set
	kodrad kodverk
}

func main() {
	log.SetFlags(0)
	log.SetPrefix("golv: ")
	db := flag.String("db", "", "the serving role's address")
	nycklar := flag.String("nycklar", "", "the key file")
	jwks := flag.String("jwks", "", "address of the published keys")
	conns := flag.Int("conns", 16, "connections to the database")
	minns := flag.Bool("minns", false, "verify each token once only")
	flag.Parse()
	if err := kor(context.Background(), *db, *nycklar, *jwks, *conns, *minns); err != nil {
		log.Fatal(err)
	}
}

func kor(ctx context.Context, dsn, nyckelfil, jwks string, conns int, minns bool) error {
	g := &golv{}
	var err error
	if g.db, err = oppna(ctx, dsn, conns); err != nil {
		return err
	}
	defer g.db.Close()
	if g.aead, g.body, err = lasNycklar(nyckelfil); err != nil {
		return err
	}
	if g.prova, err = hamtaNycklar(ctx, jwks); err != nil {
		return err
	}
	g.prova.minns = minns
	if g.kodrad, err = lasKodverk(ctx, g.db); err != nil {
		return err
	}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /v1/deltaganden/{id}", g.svarar(g.las))
	mux.HandleFunc("GET /v1/insatser/{id}/deltaganden", g.svarar(g.lista))
	mux.HandleFunc("POST /v1/insatser/{id}/deltaganden", g.svarar(g.skrivIn))
	mux.HandleFunc("GET /v1/rapporter/deltagarrapport/forsorjning", g.svarar(g.rapport))
	mux.HandleFunc("GET /v1/samverkansorganisationer/{id}/budgetar/{ar}", g.svarar(g.budgetar))
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	fmt.Println(ln.Addr()) // the runner reads it
	srv := &http.Server{Handler: mux, ReadHeaderTimeout: 5 * time.Second}
	return srv.Serve(ln)
}

// oppna is a pool with the bounds that SUS puts on its connections.
func oppna(ctx context.Context, dsn string, conns int) (*pgxpool.Pool, error) {
	c, err := pgxpool.ParseConfig(dsn)
	if err != nil {
		return nil, err
	}
	for namn, varde := range map[string]string{
		"application_name": "golv", "statement_timeout": "10000", "lock_timeout": "5000",
		"idle_in_transaction_session_timeout": "10000", "jit": "off",
	} {
		c.ConnConfig.RuntimeParams[namn] = varde
	}
	c.MaxConns = int32(conns)
	return pgxpool.NewWithConfig(ctx, c)
}

// anrop is one call and who makes it.
type anrop struct {
	w   http.ResponseWriter
	r   *http.Request
	vem aktor
}

// svarar puts the log-in before an operation.
func (g *golv) svarar(fn func(anrop) error) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		vem, err := g.aktor(r)
		if err != nil {
			http.Error(w, err.Error(), http.StatusUnauthorized)
			return
		}
		if err := fn(anrop{w, r, vem}); err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
		}
	}
}
