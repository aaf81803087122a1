package httpapi

import (
	"net/url"
	"strconv"
	"strings"

	"github.com/google/uuid"

	"sus/api"
	"sus/backend/register"
	"sus/backend/store/db"
)

// paging gives _meta and _links of a page. The other query parameters are kept,
// so that a filtered list stays filtered when it is paged; a search is paged by
// the same body.
func paging(b *begaran, total, count int, page db.Sida) (api.Meta, api.Lankar) {
	t, o := int32(total), int32(page.Offset)
	meta := api.Meta{TotalRecords: &t, Limit: int32(page.Limit), Offset: &o, Count: int32(count)}
	link := func(rel string, offset int) api.Lank {
		return api.Lank{Href: b.pageAddress(page.Limit, "offset", strconv.Itoa(offset)), Rel: rel, Method: b.op.method}
	}
	last := 0
	if total > 0 {
		last = (total - 1) / page.Limit * page.Limit
	}
	links := api.Lankar{Self: link("self", page.Offset), First: link("first", 0)}
	l := link("last", last)
	links.Last = &l
	if page.Offset > 0 {
		l := link("prev", max(0, min(page.Offset-page.Limit, last)))
		links.Prev = &l
	}
	if page.Offset+count < total && count > 0 {
		l := link("next", page.Offset+page.Limit)
		links.Next = &l
	}
	return meta, links
}

// feed is paging by cursor: it has no total, and no way back.
func feed(b *begaran, count, limit int, cursor, next string) (api.Meta, api.Lankar) {
	meta := api.Meta{Limit: int32(limit), Count: int32(count)}
	link := func(rel, cursor string) api.Lank {
		return api.Lank{Href: b.pageAddress(limit, "cursor", cursor), Rel: rel, Method: b.op.method}
	}
	links := api.Lankar{Self: link("self", cursor), First: link("first", "")}
	if next != "" {
		l := link("next", next)
		links.Next = &l
	}
	return meta, links
}

// pageAddress is the path with the query as it was sent but for the paging.
func (b *begaran) pageAddress(limit int, name, value string) string {
	var u strings.Builder
	u.WriteString(b.path)
	u.WriteByte('?')
	for _, p := range b.op.query {
		if v := b.query.Get(p.name); v != "" && p.name != "limit" && p.name != name {
			u.WriteString(p.name + "=" + url.QueryEscape(v) + "&")
		}
	}
	u.WriteString("limit=" + strconv.Itoa(limit))
	if value != "" {
		u.WriteString("&" + name + "=" + value)
	}
	return u.String()
}

// pageOf reads limit and offset; the contract's defaults are put in here since the
// generated code leaves them out.
func pageOf(limit *api.Limit, offset *api.Offset, sort string) db.Sida {
	s := db.Sida{Limit: defaultLimit, Sort: sort}
	if limit != nil {
		s.Limit = int(*limit)
	}
	if offset != nil {
		s.Offset = int(*offset)
	}
	return s
}

const defaultLimit = 20

// toCursor is where a feed goes on, opaque to the caller.
func toCursor(id uuid.UUID) string { return id.String() }

func fromCursor(s *string) (uuid.UUID, error) {
	if s == nil {
		return uuid.Nil, nil
	}
	if !isUUID(*s) {
		return uuid.Nil, newRefusal(400, register.RegelOgiltigBegaran, faultyParameters).at(register.RegelCursor.Vid("cursor"))
	}
	return uuid.Parse(*s)
}
