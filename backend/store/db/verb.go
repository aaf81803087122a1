package db

import (
	"context"
	"database/sql"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgtype"
	"gorm.io/gorm"

	"sus/backend/register"
)

// Fraga is what a statement is run on: a Tx, or the database outside every
// transaction, which DB.Oppet gives.
type Fraga interface {
	bas() *gorm.DB
	// fel is an error of a statement as it is passed on: the door of a Tx must see
	// what PostgreSQL said, to try again.
	fel(error) error
}

// oppet reads what is open to all. Row security shows it nobody.
type oppet struct{ db *gorm.DB }

func (o oppet) bas() *gorm.DB       { return o.db }
func (o oppet) fel(err error) error { return mapError(err) }

// Oppet is for reads of what is nobody's personal data, outside every transaction.
func (d *DB) Oppet(ctx context.Context) Fraga { return oppet{d.gorm.WithContext(ctx)} }

// Row is one row that is being read.
type Row interface{ Scan(dest ...any) error }

// Skannare is a row that reads itself, column by column. pgx then reads it binary
// into our fields, where GORM takes each value through three conversions: for what
// every request reads, and for many rows.
type Skannare interface{ Skanna(Row) error }

// Kor runs a statement and says how many rows it touched. Its places are written ?,
// as in every statement here.
func Kor(tx *Tx, sats string, varden ...any) (int, error) {
	var antal int64
	err := onPgx(tx.bas(), func(ctx context.Context, c *pgx.Conn) error {
		tag, err := c.Exec(ctx, numbered(sats), asBinary(varden)...)
		antal = tag.RowsAffected()
		return err
	})
	return int(antal), err
}

// Rad reads one row; Saknas when there is none.
func Rad[T any](f Fraga, sats string, varden ...any) (T, error) {
	rad, finns, err := RadOm[T](f, sats, varden...)
	if err == nil && !finns {
		err = register.Saknas()
	}
	return rad, err
}

// RadOm reads the row that there may be.
func RadOm[T any](f Fraga, sats string, varden ...any) (rad T, finns bool, err error) {
	rader, err := Rader[T](f, sats, varden...)
	if err != nil || len(rader) == 0 {
		return rad, false, err
	}
	return rader[0], true, nil
}

// Rader reads rows. A struct is filled by GORM, after its columns' names; a Skannare
// reads itself; anything else is a single column.
func Rader[T any](f Fraga, sats string, varden ...any) ([]T, error) {
	var rader []T
	if arStruct[T]() {
		fraga := numbered(sats)
		return rader, f.fel(f.bas().Raw(fraga, varden...).Scan(&rader).Error)
	}
	err := onPgx(f.bas(), func(ctx context.Context, c *pgx.Conn) error {
		svar, err := c.Query(ctx, numbered(sats), asBinary(varden)...)
		if err != nil {
			return err
		}
		defer svar.Close()
		for svar.Next() {
			var rad T
			if s, ok := any(&rad).(Skannare); ok {
				err = s.Skanna(svar)
			} else {
				err = svar.Scan(&rad)
			}
			if err != nil {
				return err
			}
			rader = append(rader, rad)
		}
		return svar.Err()
	})
	return rader, f.fel(err)
}

// arStruct is true for what GORM fills: a struct that is several columns and does
// not read them itself.
func arStruct[T any]() bool {
	var rad T
	if _, ok := any(&rad).(Skannare); ok {
		return false
	}
	if _, ok := any(&rad).(sql.Scanner); ok {
		return false
	}
	t := reflect.TypeFor[T]()
	return t.Kind() == reflect.Struct && t != reflect.TypeFor[time.Time]()
}

// numbered is a statement with our places (?) written as PostgreSQL's ($1). No
// statement of ours has a ? for anything else.
func numbered(sats string) string {
	var b strings.Builder
	b.Grow(len(sats) + 32)
	for n := 1; ; n++ {
		i := strings.IndexByte(sats, '?')
		if i < 0 {
			b.WriteString(sats)
			return b.String()
		}
		b.WriteString(sats[:i])
		b.WriteByte('$')
		b.WriteString(strconv.Itoa(n))
		sats = sats[i+1:]
	}
}

// asBinary is the values as pgx writes them without a way through text.
func asBinary(varden []any) []any {
	svar := slices.Clone(varden)
	for i, v := range svar {
		switch v := v.(type) {
		case uuid.UUID:
			svar[i] = [16]byte(v)
		case register.Datum:
			if v.Angett() { // else its Value refuses it
				svar[i] = pgtype.Date{Time: v.Tid(), Valid: true}
			}
		}
	}
	return svar
}
