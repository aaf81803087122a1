package httpapi

import (
	"bytes"
	"encoding/json"
	"net/http"
	"strconv"

	"github.com/google/uuid"

	"sus/backend/store/db"
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

// skapat is what a creating call answered, now or the first time.
func skapat(s db.Svar) svar {
	return svar{status: s.Status, typ: jsontyp, location: s.Location, etag: s.ETag, kropp: s.Kropp}
}

// nyttSvar renders what was created; store keeps the bytes with the idempotency
// key in the same transaction.
func nyttSvar(location string, version int, v any) (db.Svar, error) {
	var b bytes.Buffer
	if err := json.NewEncoder(&b).Encode(v); err != nil {
		return db.Svar{}, err
	}
	s := db.Svar{Status: http.StatusCreated, Location: location, Kropp: b.Bytes()}
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
func (s *server) idem(b *begaran) *db.Idempotens {
	if b.nyckel == "" {
		return nil
	}
	kropp := kanonisk(append(make([]byte, 0, 512), b.vag+"\n"...), b.kropp)
	return &db.Idempotens{Operation: b.op.id, Nyckel: b.nyckel, KroppHmac: s.store.Nycklar().KroppHmac(b.op.id, kropp)}
}

func plats(delar string, id uuid.UUID) string { return bas + "/" + delar + "/" + id.String() }
