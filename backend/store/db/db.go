package db

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver/riverdatabasesql"
	"gorm.io/driver/postgres"
	"gorm.io/gorm"
	"gorm.io/gorm/logger"
	"gorm.io/gorm/schema"

	"sus/backend/register"
)

// Options is what a DB needs besides its address.
type Options struct {
	Nycklar  *Nycklar         // required: without them no person can be read or written
	Klocka   func() time.Time // nil: time.Now
	MaxConns int              // 0: 16
}

// DB is the way to the database by the serving role. It is safe for concurrent use.
type DB struct {
	gorm    *gorm.DB
	sqldb   *sql.DB
	klocka  func() time.Time
	nycklar *Nycklar
	kodverk *kodverkscache
	jobb    *river.Client[*sql.Tx] // inserts only
	minne   *loggminne

	utanKodverk bool
}

// Bounds of every connection: nothing in a request may take longer, and a
// database that is away must be known within five seconds.
const (
	statementTimeout = "10000"
	lockTimeout      = "5000"
	connectTimeout   = 2 * time.Second
	defaultConns     = 16
)

// Open connects with the serving role's address. It does not try the role: serve
// calls KontrolleraRoll. The database may be away; the first call then says so.
func Open(dsn string, o Options) (*DB, error) {
	if o.Nycklar == nil {
		return nil, errors.New("db: nycklar saknas")
	}
	sqldb, err := openWith(dsn, statementTimeout)
	if err != nil {
		return nil, err
	}
	o.MaxConns = cmp.Or(o.MaxConns, defaultConns)
	sqldb.SetMaxOpenConns(o.MaxConns)
	sqldb.SetMaxIdleConns(o.MaxConns)
	sqldb.SetConnMaxIdleTime(5 * time.Minute)
	g, err := openGorm(sqldb)
	if err != nil {
		return nil, errors.Join(err, sqldb.Close())
	}
	jobb, err := river.NewClient(riverdatabasesql.New(nil), &river.Config{})
	if err != nil {
		return nil, errors.Join(err, sqldb.Close())
	}
	if o.Klocka == nil {
		o.Klocka = time.Now
	}
	return &DB{gorm: g, sqldb: sqldb, klocka: o.Klocka, nycklar: o.Nycklar, kodverk: &kodverkscache{}, jobb: jobb, minne: &loggminne{}}, nil
}

func openGorm(sqldb *sql.DB) (*gorm.DB, error) {
	return gorm.Open(postgres.New(postgres.Config{Conn: pool{sqldb}}), &gorm.Config{
		SkipDefaultTransaction: true,
		DisableAutomaticPing:   true,
		NamingStrategy:         schema.NamingStrategy{SingularTable: true},
		// Silent and parameterized: no value of a row may reach a log.
		Logger: logger.New(nil, logger.Config{LogLevel: logger.Silent, ParameterizedQueries: true}),
	})
}

// open is a pool for what an administrator runs: a statement may take any time.
func open(dsn string) (*sql.DB, error) { return openWith(dsn, "0") }

// openWith is a pool on the address with our bounds on every connection;
// statement is how many milliseconds one statement may take, "0" for any time.
func openWith(dsn, statement string) (*sql.DB, error) {
	c, err := pgx.ParseConfig(dsn)
	if err != nil {
		// pgx's message may carry the address with its password.
		return nil, errors.New("databasens adress går inte att läsa; den ska se ut som postgres://användare@värd/databas")
	}
	set := func(name, value string) {
		if _, ok := c.RuntimeParams[name]; !ok {
			c.RuntimeParams[name] = value
		}
	}
	set("application_name", "sus")
	set("statement_timeout", statement)
	set("lock_timeout", lockTimeout)
	set("idle_in_transaction_session_timeout", statementTimeout)
	set("jit", "off") // makes short reports ten times slower
	if c.ConnectTimeout == 0 || c.ConnectTimeout > connectTimeout {
		c.ConnectTimeout = connectTimeout
	}
	return stdlib.OpenDB(*c), nil
}

// Close ends every connection.
func (d *DB) Close() error { return d.sqldb.Close() }

// Vid is the same database by another clock.
func (d *DB) Vid(klocka func() time.Time) *DB {
	kopia := *d
	kopia.klocka = klocka
	return &kopia
}

// UtanKodverk is the same database for use cases whose rules ask for no code list:
// nobody's log-in waits for those.
func (d *DB) UtanKodverk() *DB {
	kopia := *d
	kopia.utanKodverk = true
	return &kopia
}

// Nu is the clock, in the precision that PostgreSQL keeps.
func (d *DB) Nu() time.Time { return d.klocka().UTC().Truncate(time.Microsecond) }

// Idag is today in Europe/Stockholm.
func (d *DB) Idag() register.Datum { return register.DatumAv(d.klocka()) }

// Nycklar is the keys that the database was opened with.
func (d *DB) Nycklar() *Nycklar { return d.nycklar }

// Ping asks whether the database answers; ErrBorta when it does not.
func (d *DB) Ping(ctx context.Context) error { return mapError(d.sqldb.PingContext(ctx)) }
