// Package store keeps the register in PostgreSQL: GORM and SQL, one file a
// concept. Every use case loads, lets register's pure rule decide, and saves, in
// one transaction with its log row. Every method takes the Aktor and scopes by
// it; row-level security is the second guard, for a forgotten WHERE.
package store

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"sync"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
	"gorm.io/driver/postgres"
	"gorm.io/gorm"
	"gorm.io/gorm/logger"
	"gorm.io/gorm/schema"

	"sus/backend/register"
)

// Options is what a Store needs besides its address.
type Options struct {
	Nycklar  *Nycklar         // required: without them no person can be read or written
	Klocka   func() time.Time // nil: time.Now
	MaxConns int              // 0: 16

	SamtyckeDagar int // days a samtycke that leads to no registration is kept; 0: 30
	AngerDagar    int // days a felregistrering may be corrected and keeps its identity; 0: 30

	// Farskhet is how old the population register's answer may be when a
	// deltagande is registered; 0: 24 hours.
	Farskhet time.Duration
}

// Store is the register. It is safe for concurrent use.
type Store struct {
	db      *gorm.DB
	sqldb   *sql.DB
	klocka  func() time.Time
	nycklar *Nycklar
	kodverk *kodverksminne

	samtyckeDagar, angerDagar int
	farskhet                  time.Duration

	// Only tests set it (export_test.go): the constraint alone must then keep a
	// person from two open deltaganden in one insats.
	utanForkontroll bool
}

// Bounds of every connection: nothing in a request may take longer, and a
// database that is away must be known within five seconds.
const (
	statementTimeout = "10000"
	lockTimeout      = "5000"
	connectTimeout   = 2 * time.Second
	standardConns    = 16
	standardDagar    = 30 // domain 4 and 5
	standardFarskhet = 24 * time.Hour
)

// Open connects with the serving role's address. It does not try the role: serve
// calls KontrolleraRoll. The database may be away; the first call then says so.
func Open(_ context.Context, dsn string, o Options) (*Store, error) {
	if o.Nycklar == nil {
		return nil, errors.New("store: nycklar saknas")
	}
	sqldb, err := oppnaMed(dsn, statementTimeout)
	if err != nil {
		return nil, err
	}
	o.MaxConns = cmp.Or(o.MaxConns, standardConns)
	sqldb.SetMaxOpenConns(o.MaxConns)
	sqldb.SetMaxIdleConns(o.MaxConns)
	sqldb.SetConnMaxIdleTime(5 * time.Minute)
	db, err := gorm.Open(postgres.New(postgres.Config{Conn: pool{sqldb}}), &gorm.Config{
		SkipDefaultTransaction: true,
		DisableAutomaticPing:   true,
		NamingStrategy:         schema.NamingStrategy{SingularTable: true},
		// Silent and parameterized: no value of a row may reach a log.
		Logger: logger.New(nil, logger.Config{LogLevel: logger.Silent, ParameterizedQueries: true}),
	})
	if err != nil {
		sqldb.Close()
		return nil, err
	}
	if o.Klocka == nil {
		o.Klocka = time.Now
	}
	return &Store{
		db: db, sqldb: sqldb, klocka: o.Klocka, nycklar: o.Nycklar, kodverk: &kodverksminne{},
		samtyckeDagar: cmp.Or(o.SamtyckeDagar, standardDagar), angerDagar: cmp.Or(o.AngerDagar, standardDagar),
		farskhet: cmp.Or(o.Farskhet, standardFarskhet),
	}, nil
}

// oppna is a pool for what an administrator runs: a statement may take any time.
func oppna(dsn string) (*sql.DB, error) { return oppnaMed(dsn, "0") }

// oppnaMed is a pool on the address with our bounds on every connection;
// statement is how many milliseconds one statement may take, "0" for any time.
func oppnaMed(dsn, statement string) (*sql.DB, error) {
	c, err := pgx.ParseConfig(dsn)
	if err != nil {
		// pgx's message may carry the address with its password.
		return nil, errors.New("databasens adress går inte att läsa; den ska se ut som postgres://användare@värd/databas")
	}
	satt := func(namn, varde string) {
		if _, finns := c.RuntimeParams[namn]; !finns {
			c.RuntimeParams[namn] = varde
		}
	}
	satt("application_name", "sus")
	satt("statement_timeout", statement)
	satt("lock_timeout", lockTimeout)
	satt("idle_in_transaction_session_timeout", statementTimeout)
	satt("jit", "off") // makes short reports ten times slower
	if c.ConnectTimeout == 0 || c.ConnectTimeout > connectTimeout {
		c.ConnectTimeout = connectTimeout
	}
	return stdlib.OpenDB(*c), nil
}

// Close ends every connection.
func (s *Store) Close() error { return s.sqldb.Close() }

// Vid is the same store by another clock.
func (s *Store) Vid(klocka func() time.Time) *Store {
	kopia := *s
	kopia.klocka = klocka
	return &kopia
}

// Nu is the store's clock, in the precision that PostgreSQL keeps.
func (s *Store) Nu() time.Time { return s.klocka().UTC().Truncate(time.Microsecond) }

// Idag is today in Europe/Stockholm.
func (s *Store) Idag() register.Datum { return register.DatumAv(s.klocka()) }

// Nycklar is the keys that the store was opened with.
func (s *Store) Nycklar() *Nycklar { return s.nycklar }

// Ping asks whether the database answers; ErrBorta when it does not.
func (s *Store) Ping(ctx context.Context) error { return mapFel(s.sqldb.PingContext(ctx)) }

// maxForsok is how often a transaction is tried when PostgreSQL asks for it.
const maxForsok = 4

// tx runs fn in a transaction that sees the people of the Aktor's insatser and no
// others. fn runs again, from the start, when the transaction lost against
// another one; so it must have no other effect than its statements.
func (s *Store) tx(ctx context.Context, a register.Aktor, fn func(tx *gorm.DB) error) error {
	return s.txInsatser(ctx, a.InsatserMedPersonuppgifter(), fn)
}

// txInsatser is tx for a job, which says itself on which insatser it works.
func (s *Store) txInsatser(ctx context.Context, insatser []uuid.UUID, fn func(tx *gorm.DB) error) error {
	return s.txFri(ctx, func(tx *gorm.DB) error {
		if err := iPgx(tx, func(ctx context.Context, c *pgx.Conn) error {
			_, err := c.Exec(ctx, `select set_config('sus.insatser', $1, true)`, uuidlista(insatser))
			return err
		}); err != nil {
			return err
		}
		return fn(tx)
	})
}

// txFri is tx where no tenant's data is touched: row security shows nothing.
func (s *Store) txFri(ctx context.Context, fn func(tx *gorm.DB) error) error {
	for forsok := 1; ; forsok++ {
		err := s.db.WithContext(ctx).Transaction(fn)
		if err == nil {
			return nil
		}
		if !tavlan(err) {
			return mapFel(err)
		}
		if forsok == maxForsok {
			return fmt.Errorf("%w: %w", ErrBorta, err)
		}
		// A little apart, so that the two do not meet again.
		vanta := time.NewTimer(time.Duration(forsok) * (5 + time.Duration(rand.IntN(20))) * time.Millisecond)
		select {
		case <-vanta.C:
		case <-ctx.Done():
			vanta.Stop()
			return ctx.Err()
		}
	}
}

// lasa runs a read that needs no transaction of its own.
func (s *Store) lasa(ctx context.Context, fn func(db *gorm.DB) error) error {
	return mapFel(fn(s.db.WithContext(ctx)))
}

func uuidlista(ids []uuid.UUID) string {
	var b strings.Builder
	b.Grow(37 * len(ids))
	for i, id := range ids {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteString(id.String())
	}
	return b.String()
}

// kodverksminne keeps the code lists for five seconds: they are asked for in
// every registration and changed a few times a year.
type kodverksminne struct {
	sync.Mutex
	hamtad time.Time
	varde  register.Kodverk
}

const kodverkGaller = 5 * time.Second

// Kodverk is every row of every code list, at most five seconds old. The caller
// must not change it.
func (s *Store) Kodverk(ctx context.Context) (register.Kodverk, error) {
	s.kodverk.Lock()
	defer s.kodverk.Unlock()
	// The age of a cache is the machine's time, not the domain's: a demo's clock jumps.
	if !s.kodverk.hamtad.IsZero() && time.Since(s.kodverk.hamtad) < kodverkGaller {
		return s.kodverk.varde, nil
	}
	var rader []register.Kodrad
	err := s.lasa(ctx, func(db *gorm.DB) error {
		return db.Table("kodverk").Order("kodverk, ordning, kod, giltig_fran").Find(&rader).Error
	})
	if err != nil {
		return register.Kodverk{}, err
	}
	s.kodverk.varde, s.kodverk.hamtad = register.NyttKodverk(rader), time.Now()
	return s.kodverk.varde, nil
}
