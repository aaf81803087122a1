package db

import (
	"strings"

	"sus/backend/register"
)

// Villkor gathers the conditions of a statement.
type Villkor struct {
	sql    []string
	varden []any
}

// Om adds a condition when it is asked for.
func (v *Villkor) Om(galler bool, sql string, varden ...any) {
	if galler {
		v.sql = append(v.sql, sql)
		v.varden = append(v.varden, varden...)
	}
}

// Where is the conditions as a clause, "" for none.
func (v Villkor) Where() string {
	if len(v.sql) == 0 {
		return ""
	}
	return " where " + strings.Join(v.sql, " and ")
}

// Varden is the values of the conditions' places, in their order.
func (v Villkor) Varden() []any { return append([]any{}, v.varden...) }

// Sida is which part of a list is asked for. Sort is a field name, «-» before it
// for falling order, "" for the list's own order. Limit 0 is 20.
type Sida struct {
	Limit, Offset int
	Sort          string
}

const defaultLimit = 20

// Av is the page of a list that is known whole.
func Av[T any](p Sida, alla []T) []T {
	if p.Limit <= 0 {
		p.Limit = defaultLimit
	}
	first := min(p.Offset, len(alla))
	return alla[first:min(first+p.Limit, len(alla))]
}

// Ordning is how a list may be sorted.
type Ordning struct {
	Falt     map[string]string // the contract's field → its column, Svensk of a text
	Standard string            // the field, «-» before it for falling order; "" for Fast alone
	Fast     string            // columns that make the order total, so that no row falls between two pages
}

// by is the clause that Sort asks for. The last column follows the direction of the
// chosen one.
func (o Ordning) by(p Sida) (string, error) {
	sort := p.Sort
	if sort == "" {
		sort = o.Standard
	}
	if sort == "" {
		return o.Fast, nil
	}
	field, desc := strings.CutPrefix(sort, "-")
	column, ok := o.Falt[field]
	if !ok {
		return "", register.Ogiltig(register.RegelSorteringOkand, register.RegelSorteringOkand.Vid("/sort"))
	}
	if desc {
		return column + " desc, " + o.Fast + " desc", nil
	}
	return column + ", " + o.Fast, nil
}

// Urval is what a list is made of. Join is joined to the page's own rows only: it
// needs an alias in Ur.
type Urval struct {
	Columns string
	Ur      string
	Join    string
	Villkor Villkor
	Ordning Ordning
}

// Lista reads one page and counts what the conditions match. The count is a
// statement of its own only where the page cannot tell it. Refused: 422
// sortering-okand.
func Lista[T any](f Fraga, u Urval, p Sida) ([]T, int, error) {
	by, err := u.Ordning.by(p)
	if err != nil {
		return nil, 0, err
	}
	if p.Limit <= 0 {
		p.Limit = defaultLimit
	}
	page := "from " + u.Ur + u.Villkor.Where() + " order by " + by + " limit ? offset ?"
	if u.Join == "" {
		page = "select " + u.Columns + " " + page
	} else {
		_, alias, _ := strings.Cut(u.Ur, " ")
		page = "select " + u.Columns + " from (select * " + page + ") " + alias + u.Join + " order by " + by
	}
	rader, err := Rader[T](f, page, append(u.Villkor.Varden(), p.Limit, p.Offset)...)
	if err != nil {
		return nil, 0, err
	}
	if n := len(rader); n > 0 && n < p.Limit || n == 0 && p.Offset == 0 {
		return rader, p.Offset + n, nil
	}
	antal, err := Rad[int](f, "select count(*) from "+u.Ur+u.Villkor.Where(), u.Villkor.Varden()...)
	return rader, antal, err
}

// Svensk sorts by a text that people read, as Swedish in every database: Å, Ä and Ö
// last, case-blind. A text that is sorted without it is sorted as the machine likes.
func Svensk(column string) string { return "sus_ordning(" + column + ")" }

// Liknar is the condition that a name matches a Monster, without regard to case.
func Liknar(column string) string { return "sus_vik(" + column + ") like sus_vik(?)" }

// Monster makes a LIKE pattern of a name with * as wildcard; without one it
// matches names that begin so.
func Monster(namn string) string {
	s := strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`, `*`, `%`).Replace(namn)
	if !strings.Contains(namn, "*") {
		s += "%"
	}
	return s
}

// Columns lists columns of a table alias under a prefix.
func Columns(alias, prefix string, namn ...string) string {
	lista := make([]string, len(namn))
	for i, n := range namn {
		lista[i] = alias + "." + n + " as " + prefix + n
	}
	return strings.Join(lista, ", ")
}
