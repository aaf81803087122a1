package db

import (
	"database/sql/driver"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/jackc/pgx/v5/pgtype"
)

// Columns that may be NULL, as a Skannare reads them when it reads many: a pointer
// costs an allocation a value. Valid tells whether there was one.
type (
	NullText   = pgtype.Text
	NullUUID   = pgtype.UUID
	NullHeltal = pgtype.Int4
	NullDag    = pgtype.Date
	NullTid    = pgtype.Timestamptz
	NullJa     = pgtype.Bool
)

// Textlista is a text[] column of codes. NULL is nil; codes never hold a comma,
// a quote or a brace (kodverk's CHECK), and one that does is refused.
type Textlista []string

// GormDataType tells GORM that it is one column, not a relation.
func (Textlista) GormDataType() string { return "text[]" }

// Value is the list in PostgreSQL's own notation.
func (l Textlista) Value() (driver.Value, error) {
	if l == nil {
		return nil, nil
	}
	for _, kod := range l {
		if kod == "" || strings.ContainsAny(kod, `,{}"\ `) || strings.EqualFold(kod, "null") {
			return nil, fmt.Errorf("db: en kod har otillåtna tecken")
		}
	}
	return "{" + strings.Join(l, ",") + "}", nil
}

// Scan reads the notation.
func (l *Textlista) Scan(v any) error {
	var s string
	switch v := v.(type) {
	case nil:
		*l = nil
		return nil
	case string:
		s = v
	case []byte:
		s = string(v)
	default:
		return fmt.Errorf("db: kan inte läsa en lista ur %T", v)
	}
	s = strings.TrimSuffix(strings.TrimPrefix(s, "{"), "}")
	if s == "" {
		*l = Textlista{}
		return nil
	}
	*l = strings.Split(s, ",")
	return nil
}

// Jsonlista is child rows read as one JSON array in their parent's row: one round
// trip whatever the number of children.
type Jsonlista[T any] []T

// GormDataType tells GORM that it is one column, not a relation.
func (Jsonlista[T]) GormDataType() string { return "json" }

// Scan reads the array; NULL is empty.
func (l *Jsonlista[T]) Scan(v any) error {
	switch v := v.(type) {
	case nil:
		*l = nil
		return nil
	case string:
		return json.Unmarshal([]byte(v), (*[]T)(l))
	case []byte:
		return json.Unmarshal(v, (*[]T)(l))
	}
	return fmt.Errorf("db: kan inte läsa JSON ur %T", v)
}
