package store

import (
	"strings"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"sus/backend/register"
)

// villkor gathers the conditions of a list.
type villkor struct {
	sql    []string
	varden []any
}

// om adds a condition when it is asked for.
func (v *villkor) om(galler bool, sql string, varden ...any) {
	if galler {
		v.sql = append(v.sql, sql)
		v.varden = append(v.varden, varden...)
	}
}

func (v villkor) where() string {
	if len(v.sql) == 0 {
		return ""
	}
	return " where " + strings.Join(v.sql, " and ")
}

// Sida is which part of a list is asked for. Sort is a field name, «-» before it
// for falling order, "" for the list's own order. Limit 0 is 20.
type Sida struct {
	Limit, Offset int
	Sort          string
}

const standardLimit = 20

// ordning translates Sort by the list's own table of columns; the last column
// makes the order total, so that no row falls between two pages.
func (p Sida) ordning(kolumner map[string]string, standard, sist string) (string, error) {
	falt, fallande := strings.CutPrefix(p.Sort, "-")
	if p.Sort == "" {
		falt, fallande = strings.CutPrefix(standard, "-")
	}
	kolumn, finns := kolumner[falt]
	if !finns {
		return "", register.Ogiltig(register.RegelSorteringOkand, register.RegelSorteringOkand.Vid("/sort", "Okänt sorteringsfält."))
	}
	if fallande {
		return kolumn + " desc, " + sist + " desc", nil
	}
	return kolumn + ", " + sist, nil
}

// av is the page of a list that is known whole.
func (p Sida) av(alla []uuid.UUID) []uuid.UUID {
	if p.Limit <= 0 {
		p.Limit = standardLimit
	}
	fran := min(p.Offset, len(alla))
	return alla[fran:min(fran+p.Limit, len(alla))]
}

// sidan reads one page into rader and counts what the conditions match. The count
// is a statement of its own only where the page cannot tell it.
// join is joined to the page's own rows only; "" for none.
func sidan[T any](db *gorm.DB, kolumner, ur, join string, v villkor, ordning string, sida Sida, rader *[]T, antal *int) error {
	return sidanMed(db, kolumner, ur, join, v, ordning, sida, antal, func(fraga string, varden ...any) (int, error) {
		*rader = nil
		err := db.Raw(fraga, varden...).Scan(rader).Error
		return len(*rader), err
	})
}

// sidanMed is sidan with a reader of its own, which says how many rows there were.
func sidanMed(db *gorm.DB, kolumner, ur, join string, v villkor, ordning string, sida Sida, antal *int, las func(fraga string, varden ...any) (int, error)) error {
	if sida.Limit <= 0 {
		sida.Limit = standardLimit
	}
	varden := append(append([]any{}, v.varden...), sida.Limit, sida.Offset)
	fraga := "from " + ur + v.where() + " order by " + ordning + " limit ? offset ?"
	if join == "" {
		fraga = "select " + kolumner + " " + fraga
	} else {
		_, alias, _ := strings.Cut(ur, " ")
		fraga = "select " + kolumner + " from (select * " + fraga + ") " + alias + join + " order by " + ordning
	}
	n, err := las(fraga, varden...)
	if err != nil {
		return err
	}
	if n > 0 && n < sida.Limit || n == 0 && sida.Offset == 0 {
		*antal = sida.Offset + n
		return nil
	}
	return db.Raw("select count(*) from "+ur+v.where(), v.varden...).Scan(antal).Error
}

// somMonster makes a LIKE pattern of a name with * as wildcard; without one it
// matches names that begin so.
func somMonster(namn string) string {
	s := strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`, `*`, `%`).Replace(namn)
	if !strings.Contains(namn, "*") {
		s += "%"
	}
	return s
}
