package httpapi

import (
	"mime"
	"strconv"
	"strings"

	"sus/backend/register"
)

// The formats of a report, as format names them.
const (
	formatJSON     = "json"
	formatExcelSv  = "excel-sv"
	formatData     = "data"
	formatJSONStat = "json-stat"
)

const jsontyp = "application/json"

// erbjudande is one form an answer can take. Profil tells the two CSVs apart.
type erbjudande struct {
	typ, profil, format string
}

var (
	baraJSON = []erbjudande{{jsontyp, "", formatJSON}}
	// In our own order of preference, for ranges that several answer equally well.
	rapportformat = []erbjudande{
		{jsontyp, "", formatJSON},
		{"text/csv", "", formatData},
		{"text/csv", "excel-sv", formatExcelSv},
		{"application/vnd.json-stat+json", "", formatJSONStat},
	}
)

// valjSvarstyp sets the form of the answer by Accept, or refuses with 406. The
// report's parameter format goes before it.
func (b *begaran) valjSvarstyp(accept []string) error {
	val := baraJSON
	switch len(b.op.svarstyper) {
	case 0:
		return nil // no body to choose a form for
	case 1:
		if len(accept) == 0 || len(accept) == 1 && (accept[0] == jsontyp || accept[0] == "*/*") {
			return nil // what nearly everybody sends
		}
	default:
		val = rapportformat
		if f := b.fragor.Get("format"); f != "" {
			b.format = f
			return nil
		}
	}
	format, ok := valj(accept, val)
	if !ok {
		return formatSaknas(val)
	}
	b.format = format
	return nil
}

func formatSaknas(val []erbjudande) error {
	typer := make([]string, 0, len(val))
	for _, e := range val {
		typ := e.typ
		if e.profil != "" {
			typ += "; profile=" + e.profil
		}
		typer = append(typer, typ)
	}
	return nyttAvslag(406, register.RegelFormatSaknas, "Svaret kan inte ges i det format som begärs. Välj i Accept bland: "+strings.Join(typer, ", ")+".")
}

// medieomrade is one part of an Accept header.
type medieomrade struct {
	typ, profil string
	harProfil   bool
	q           float64
}

// valj picks the offer with the highest quality (RFC 9110, 12.5.1): each offer
// has that of the most specific range it falls in; the first of equals wins.
func valj(accept []string, val []erbjudande) (string, bool) {
	omraden := tolkaAccept(accept)
	if len(accept) == 0 {
		return val[0].format, true
	}
	basta, format := 0.0, ""
	for _, e := range val {
		q, sakrast := 0.0, -1
		for _, o := range omraden {
			if traff := o.traffar(e); traff > sakrast {
				sakrast, q = traff, o.q
			}
		}
		if q > basta {
			basta, format = q, e.format
		}
	}
	return format, format != ""
}

// traffar is how exactly the range names the offer, −1 when it does not.
func (o medieomrade) traffar(e erbjudande) int {
	huvudtyp, _, _ := strings.Cut(e.typ, "/")
	switch {
	case o.typ == e.typ && o.harProfil:
		if o.profil == e.profil {
			return 3
		}
		return -1
	case o.typ == e.typ:
		return 2
	case o.typ == huvudtyp+"/*":
		return 1
	case o.typ == "*/*":
		return 0
	}
	return -1
}

// tolkaAccept reads the ranges; one that cannot be read is passed over.
func tolkaAccept(accept []string) []medieomrade {
	var svar []medieomrade
	for _, del := range strings.Split(strings.Join(accept, ","), ",") {
		typ, p, err := mime.ParseMediaType(del)
		if err != nil {
			continue
		}
		o := medieomrade{typ: typ, q: 1}
		if o.profil, o.harProfil = p["profile"]; o.profil == formatData {
			o.profil = "" // the other CSV has no name on the wire
		}
		if q, finns := p["q"]; finns {
			n, err := strconv.ParseFloat(q, 64)
			if err != nil || n < 0 || n > 1 {
				continue
			}
			o.q = n
		}
		svar = append(svar, o)
	}
	return svar
}
