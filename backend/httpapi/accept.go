package httpapi

import (
	"mime"
	"slices"
	"strconv"
	"strings"

	"sus/backend/export"
	"sus/backend/register"
)

// The formats of a list, as format names them; a report has those of export.Alla.
const (
	formatJSON    = export.JSON
	formatExcelSv = "excel-sv"
	formatData    = "data"
	formatXLSX    = "xlsx"
)

const jsonType = "application/json"

// offer is one form an answer can take. Profil tells the two CSVs apart.
type offer struct {
	typ, profile, format string
}

var (
	onlyJSON = []offer{{jsonType, "", formatJSON}}
	// In our own order of preference, for ranges that several answer equally well.
	formats = convert(export.Alla, func(f export.Format) offer { return offer{f.Mediatyp, f.Profil, f.Namn} })
)

// chooseMediaType sets the form of the answer by Accept, or refuses with 406. The
// parameter format goes before it.
func (b *begaran) chooseMediaType(accept []string) error {
	offers := onlyJSON
	switch len(b.op.mediaTypes) {
	case 0:
		return nil // no body to choose a form for
	case 1:
		if len(accept) == 0 || len(accept) == 1 && (accept[0] == jsonType || accept[0] == "*/*") {
			return nil // what nearly everybody sends
		}
	default:
		offers = slices.DeleteFunc(slices.Clone(formats), func(o offer) bool { return !slices.Contains(b.op.mediaTypes, o.typ) })
		if f := b.query.Get("format"); f != "" {
			b.format = f
			return nil
		}
	}
	format, ok := choose(accept, offers)
	if !ok {
		return noFormat(offers)
	}
	b.format = format
	return nil
}

func noFormat(offers []offer) error {
	types := make([]string, 0, len(offers))
	for _, e := range offers {
		typ := e.typ
		if e.profile != "" {
			typ += "; profile=" + e.profile
		}
		types = append(types, typ)
	}
	return newRefusal(406, register.RegelFormatSaknas, "Svaret kan inte ges i det format som begärs. Välj i Accept bland: "+strings.Join(types, ", ")+".")
}

// mediaRange is one part of an Accept header.
type mediaRange struct {
	typ, profile string
	hasProfile   bool
	q            float64
}

// choose picks the offer with the highest quality (RFC 9110, 12.5.1): each offer
// has that of the most specific range it falls in; the first of equals wins.
func choose(accept []string, offers []offer) (string, bool) {
	ranges := parseAccept(accept)
	if len(accept) == 0 {
		return offers[0].format, true
	}
	best, format := 0.0, ""
	for _, e := range offers {
		q, closest := 0.0, -1
		for _, o := range ranges {
			if hit := o.matches(e); hit > closest {
				closest, q = hit, o.q
			}
		}
		if q > best {
			best, format = q, e.format
		}
	}
	return format, format != ""
}

// matches is how exactly the range names the offer, −1 when it does not.
func (o mediaRange) matches(e offer) int {
	mainType, _, _ := strings.Cut(e.typ, "/")
	switch {
	case o.typ == e.typ && o.hasProfile:
		if o.profile == e.profile {
			return 3
		}
		return -1
	case o.typ == e.typ:
		return 2
	case o.typ == mainType+"/*":
		return 1
	case o.typ == "*/*":
		return 0
	}
	return -1
}

// parseAccept reads the ranges; one that cannot be read is passed over.
func parseAccept(accept []string) []mediaRange {
	var out []mediaRange
	for _, part := range strings.Split(strings.Join(accept, ","), ",") {
		typ, p, err := mime.ParseMediaType(part)
		if err != nil {
			continue
		}
		o := mediaRange{typ: typ, q: 1}
		if o.profile, o.hasProfile = p["profile"]; o.profile == formatData {
			o.profile = "" // the other CSV has no name on the wire
		}
		if q, found := p["q"]; found {
			n, err := strconv.ParseFloat(q, 64)
			if err != nil || n < 0 || n > 1 {
				continue
			}
			o.q = n
		}
		out = append(out, o)
	}
	return out
}
