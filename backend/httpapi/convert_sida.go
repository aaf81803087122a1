package httpapi

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/google/uuid"

	"sus/api"
	"sus/backend/register"
	"sus/backend/store/db"
)

// lista gives _meta and _links of a page. The other query parameters are kept,
// so that a filtered list stays filtered when it is paged; a search is paged by
// the same body.
func lista(b *begaran, totalt, antal int, sida db.Sida) (api.Meta, api.Lankar) {
	t, o := int32(totalt), int32(sida.Offset)
	meta := api.Meta{TotalRecords: &t, Limit: int32(sida.Limit), Offset: &o, Count: int32(antal)}
	lank := func(rel string, offset int) api.Lank {
		return api.Lank{Href: b.sidadress(sida.Limit, "offset", strconv.Itoa(offset)), Rel: rel, Method: b.op.metod}
	}
	sista := 0
	if totalt > 0 {
		sista = (totalt - 1) / sida.Limit * sida.Limit
	}
	lankar := api.Lankar{Self: lank("self", sida.Offset), First: lank("first", 0)}
	l := lank("last", sista)
	lankar.Last = &l
	if sida.Offset > 0 {
		l := lank("prev", max(0, min(sida.Offset-sida.Limit, sista)))
		lankar.Prev = &l
	}
	if sida.Offset+antal < totalt && antal > 0 {
		l := lank("next", sida.Offset+sida.Limit)
		lankar.Next = &l
	}
	return meta, lankar
}

// floda is lista for a feed by cursor: it has no total, and no way back.
func floda(b *begaran, antal, limit int, cursor, nasta string) (api.Meta, api.Lankar) {
	meta := api.Meta{Limit: int32(limit), Count: int32(antal)}
	lank := func(rel, cursor string) api.Lank {
		return api.Lank{Href: b.sidadress(limit, "cursor", cursor), Rel: rel, Method: http.MethodGet}
	}
	lankar := api.Lankar{Self: lank("self", cursor), First: lank("first", "")}
	if nasta != "" {
		l := lank("next", nasta)
		lankar.Next = &l
	}
	return meta, lankar
}

// sidadress is the path with the query as it was sent but for the paging.
func (b *begaran) sidadress(limit int, namn, varde string) string {
	var u strings.Builder
	u.WriteString(b.vag)
	u.WriteByte('?')
	for _, p := range b.op.fragor {
		if v := b.fragor.Get(p.namn); v != "" && p.namn != "limit" && p.namn != namn {
			u.WriteString(p.namn + "=" + url.QueryEscape(v) + "&")
		}
	}
	u.WriteString("limit=" + strconv.Itoa(limit))
	if varde != "" {
		u.WriteString("&" + namn + "=" + varde)
	}
	return u.String()
}

// sida reads limit and offset; the contract's defaults are put in here since the
// generated code leaves them out.
func sida(limit *api.Limit, offset *api.Offset, sort string) db.Sida {
	s := db.Sida{Limit: standardLimit, Sort: sort}
	if limit != nil {
		s.Limit = int(*limit)
	}
	if offset != nil {
		s.Offset = int(*offset)
	}
	return s
}

const standardLimit = 20

// toCursor is where a feed goes on, opaque to the caller.
func toCursor(id uuid.UUID) string { return id.String() }

func fromCursor(s *string) (uuid.UUID, error) {
	if s == nil {
		return uuid.Nil, nil
	}
	if !arUUID(*s) {
		return uuid.Nil, nyttAvslag(400, register.RegelOgiltigBegaran, felaktigaParametrar).vid(register.RegelCursor.Vid("cursor"))
	}
	return uuid.Parse(*s)
}
