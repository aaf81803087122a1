package store

import (
	"database/sql/driver"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/jackc/pgx/v5/pgtype"
)

// textlista is a text[] column of codes. NULL is nil; codes never hold a comma,
// a quote or a brace (kodverk's CHECK), and one that does is refused.
type textlista []string

// GormDataType tells GORM that it is one column, not a relation.
func (textlista) GormDataType() string { return "text[]" }

// Value is the list in PostgreSQL's own notation.
func (l textlista) Value() (driver.Value, error) {
	if l == nil {
		return nil, nil
	}
	for _, kod := range l {
		if kod == "" || strings.ContainsAny(kod, `,{}"\ `) || strings.EqualFold(kod, "null") {
			return nil, fmt.Errorf("store: en kod har otillåtna tecken")
		}
	}
	return "{" + strings.Join(l, ",") + "}", nil
}

// Scan reads the notation.
func (l *textlista) Scan(v any) error {
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
		return fmt.Errorf("store: kan inte läsa en lista ur %T", v)
	}
	s = strings.TrimSuffix(strings.TrimPrefix(s, "{"), "}")
	if s == "" {
		*l = textlista{}
		return nil
	}
	*l = strings.Split(s, ",")
	return nil
}

// jsonlista is child rows read as one JSON array in their parent's row: one round
// trip whatever the number of children.
type jsonlista[T any] []T

// GormDataType tells GORM that it is one column, not a relation.
func (jsonlista[T]) GormDataType() string { return "json" }

// Scan reads the array; NULL is empty.
func (l *jsonlista[T]) Scan(v any) error {
	switch v := v.(type) {
	case nil:
		*l = nil
		return nil
	case string:
		return json.Unmarshal([]byte(v), (*[]T)(l))
	case []byte:
		return json.Unmarshal(v, (*[]T)(l))
	}
	return fmt.Errorf("store: kan inte läsa JSON ur %T", v)
}

// array is a Go slice as one array parameter: GORM would spread it into (?, ?, …).
func array[T any](v []T) pgtype.Array[T] {
	return pgtype.Array[T]{Elements: v, Dims: []pgtype.ArrayDimension{{Length: int32(len(v)), LowerBound: 1}}, Valid: true}
}

// bytea is bytes as one parameter also right after a parenthesis, where GORM
// would spread a plain []byte into its bytes.
type bytea []byte

// Value is the bytes, NULL for nil.
func (b bytea) Value() (driver.Value, error) {
	if b == nil {
		return nil, nil
	}
	return []byte(b), nil
}
