package httpapi

import (
	"bytes"
	"encoding/json"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/google/uuid"

	"sus/api"
	"sus/backend/register"
	"sus/backend/store"
)

// svar is an answer whose bytes are ready: that of a creating POST, which was
// stored for replays before it was sent, and a report in one of its formats. It
// is an answer of every operation that needs one.
type svar struct {
	status         int
	typ            string
	location, etag string
	kropp          []byte
}

func (s svar) skriv(w http.ResponseWriter) error {
	h := w.Header()
	h.Set("Content-Type", s.typ)
	h.Set("Content-Length", strconv.Itoa(len(s.kropp)))
	if s.location != "" {
		h.Set("Location", s.location)
	}
	if s.etag != "" {
		h.Set("ETag", s.etag)
	}
	w.WriteHeader(s.status)
	_, err := w.Write(s.kropp)
	return err
}

// The generated server names the method of each operation's answer.

func (s svar) VisitSkapaSamverkansorganisationResponse(w http.ResponseWriter) error {
	return s.skriv(w)
}
func (s svar) VisitSkapaInsatsResponse(w http.ResponseWriter) error              { return s.skriv(w) }
func (s svar) VisitSkapaSamtyckeResponse(w http.ResponseWriter) error            { return s.skriv(w) }
func (s svar) VisitAterkallaSamtyckeResponse(w http.ResponseWriter) error        { return s.skriv(w) }
func (s svar) VisitSkapaDeltagandeResponse(w http.ResponseWriter) error          { return s.skriv(w) }
func (s svar) VisitSkapaUtregistreringResponse(w http.ResponseWriter) error      { return s.skriv(w) }
func (s svar) VisitSkapaAnonymaResponse(w http.ResponseWriter) error             { return s.skriv(w) }
func (s svar) VisitHamtaForsorjningsrapportResponse(w http.ResponseWriter) error { return s.skriv(w) }
func (s svar) VisitHamtaNycklarResponse(w http.ResponseWriter) error             { return s.skriv(w) }

// skapat is what a creating call answered, now or the first time.
func skapat(s store.Svar) svar {
	return svar{status: s.Status, typ: jsontyp, location: s.Location, etag: s.ETag, kropp: s.Kropp}
}

// nyttSvar renders what was created; store keeps the bytes with the idempotency
// key in the same transaction.
func nyttSvar(location string, version int, v any) (store.Svar, error) {
	var b bytes.Buffer
	if err := json.NewEncoder(&b).Encode(v); err != nil {
		return store.Svar{}, err
	}
	s := store.Svar{Status: http.StatusCreated, Location: location, Kropp: b.Bytes()}
	if version > 0 {
		s.ETag = etag(version)
	}
	return s, nil
}

// etag is a resource's version as a strong entity tag.
func etag(version int) string { return `"` + strconv.Itoa(version) + `"` }

func etagPekare(version int) *string {
	s := etag(version)
	return &s
}

// idem is the request's Idempotency-Key with the keyed hash of what was asked:
// the path too, since the id in it says on what. It is nil when no key was sent.
func (s *server) idem(b *begaran) *store.Idempotens {
	if b.nyckel == "" {
		return nil
	}
	kropp := kanonisk(append(make([]byte, 0, 512), b.vag+"\n"...), b.kropp)
	return &store.Idempotens{Operation: b.op.id, Nyckel: b.nyckel, KroppHmac: s.store.Nycklar().KroppHmac(b.op.id, kropp)}
}

// lista gives _meta and _links of a page. The other query parameters are kept,
// so that a filtered list stays filtered when it is paged; a search is paged by
// the same body.
func lista(b *begaran, totalt, antal int, sida store.Sida) (api.Meta, api.Lankar) {
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
func sida(limit *api.Limit, offset *api.Offset, sort string) store.Sida {
	s := store.Sida{Limit: standardLimit, Sort: sort}
	if limit != nil {
		s.Limit = int(*limit)
	}
	if offset != nil {
		s.Offset = int(*offset)
	}
	return s
}

const standardLimit = 20

// nyttProblem is a problem without its instance.
func nyttProblem(status int, regel, detail string, falt []register.Faltfel) api.Problem {
	p := api.Problem{
		Type: felbas + regel, Title: titlar[status], Status: int32(status), Detail: detail, Regel: regel,
		Fel: make([]api.Faltfel, 0, len(falt)),
	}
	for _, f := range falt {
		p.Fel = append(p.Fel, api.Faltfel{Pekare: f.Pekare, Regel: f.Regel, Meddelande: f.Meddelande})
	}
	return p
}

func plats(delar string, id uuid.UUID) string { return "/v1/" + delar + "/" + id.String() }
