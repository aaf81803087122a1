package httpapi

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"net/http"
	"strconv"

	"github.com/google/uuid"

	"sus/backend/register"
	"sus/backend/store/db"
)

// response is an answer whose bytes are ready: that of a creating POST, which was
// stored for replays before it was sent, a report in one of its formats and a list as a file. It
// is an answer of every operation that needs one.
type response struct {
	status         int
	typ            string
	location, etag string
	file           string // the name under which a browser keeps it, "" when it has none
	inline         bool   // shown by a browser all the same
	link, vary     string
	gzip           bool
	body           []byte
}

// smallBody is how long an answer may be that is not worth compressing.
const smallBody = 1400

func (s response) write(w http.ResponseWriter) error {
	h := w.Header()
	for name, value := range map[string]string{"Content-Type": s.typ, "Link": s.link, "Vary": s.vary} {
		if value != "" {
			h.Set(name, value)
		}
	}
	if s.gzip && len(s.body) > smallBody {
		var packed bytes.Buffer
		z := gzip.NewWriter(&packed)
		_, _ = z.Write(s.body) // to memory: its errors cannot happen
		_ = z.Close()
		h.Set("Content-Encoding", "gzip")
		s.body = packed.Bytes()
	}
	if s.status != http.StatusNotModified {
		h.Set("Content-Length", strconv.Itoa(len(s.body)))
	}
	if s.location != "" {
		h.Set("Location", s.location)
	}
	if s.etag != "" {
		h.Set("ETag", s.etag)
	}
	if s.file != "" {
		how := "attachment"
		if s.inline {
			how = "inline"
		}
		h.Set("Content-Disposition", how+`; filename="`+s.file+`"`)
	}
	w.WriteHeader(s.status)
	_, err := w.Write(s.body)
	return err
}

// The generated server names the method of each operation's answer.

func (s response) VisitSkapaSamverkansorganisationResponse(w http.ResponseWriter) error {
	return s.write(w)
}
func (s response) VisitSkapaMyndighetResponse(w http.ResponseWriter) error      { return s.write(w) }
func (s response) VisitSkapaKodResponse(w http.ResponseWriter) error            { return s.write(w) }
func (s response) VisitSkapaInsatsResponse(w http.ResponseWriter) error         { return s.write(w) }
func (s response) VisitSkapaSamtyckeResponse(w http.ResponseWriter) error       { return s.write(w) }
func (s response) VisitAterkallaSamtyckeResponse(w http.ResponseWriter) error   { return s.write(w) }
func (s response) VisitSkapaDeltagandeResponse(w http.ResponseWriter) error     { return s.write(w) }
func (s response) VisitSkapaUtregistreringResponse(w http.ResponseWriter) error { return s.write(w) }
func (s response) VisitSkapaAnonymaResponse(w http.ResponseWriter) error        { return s.write(w) }
func (s response) VisitSkapaOrganisationsuppdragResponse(w http.ResponseWriter) error {
	return s.write(w)
}
func (s response) VisitSkapaInsatsuppdragResponse(w http.ResponseWriter) error { return s.write(w) }
func (s response) VisitSkapaFragaResponse(w http.ResponseWriter) error         { return s.write(w) }
func (s response) VisitKopplaInsatsResponse(w http.ResponseWriter) error       { return s.write(w) }
func (s response) VisitStangBudgetarResponse(w http.ResponseWriter) error      { return s.write(w) }
func (s response) VisitOppnaBudgetarResponse(w http.ResponseWriter) error      { return s.write(w) }
func (s response) VisitHamtaRapportResponse(w http.ResponseWriter) error {
	return s.write(w)
}
func (s response) VisitListaSamverkansorganisationerResponse(w http.ResponseWriter) error {
	return s.write(w)
}
func (s response) VisitListaMyndigheterResponse(w http.ResponseWriter) error { return s.write(w) }
func (s response) VisitListaInsatserResponse(w http.ResponseWriter) error    { return s.write(w) }
func (s response) VisitListaOrganisationsuppdragResponse(w http.ResponseWriter) error {
	return s.write(w)
}
func (s response) VisitListaInsatsuppdragResponse(w http.ResponseWriter) error { return s.write(w) }
func (s response) VisitListaFragorResponse(w http.ResponseWriter) error        { return s.write(w) }
func (s response) VisitHamtaOrganisationsbudgetResponse(w http.ResponseWriter) error {
	return s.write(w)
}

// created is what a creating call answered, now or the first time.
func created(s db.Svar) response {
	return response{status: s.Status, typ: jsonType, location: s.Location, etag: s.ETag, body: s.Body}
}

// newResponse renders what was created; store keeps the bytes with the idempotency
// key in the same transaction.
func newResponse(location string, version int, v any) (db.Svar, error) {
	var b bytes.Buffer
	if err := json.NewEncoder(&b).Encode(v); err != nil {
		return db.Svar{}, err
	}
	s := db.Svar{Status: http.StatusCreated, Location: location, Body: b.Bytes()}
	if version > 0 {
		s.ETag = etag(version)
	}
	return s, nil
}

// dryRun is what a creating call that was only tried answers: what was odd in it.
func dryRun(odd []register.Varning) (db.Svar, error) {
	s, err := newResponse("", 0, toProvkorning(odd))
	s.Status = http.StatusOK
	return s, err
}

// etag is a resource's version as a strong entity tag.
func etag(version int) string { return `"` + strconv.Itoa(version) + `"` }

func etagPointer(version int) *string {
	s := etag(version)
	return &s
}

// idem is the request's Idempotency-Key with the keyed hash of what was asked:
// the path too, since the id in it says on what. It is nil when no key was sent.
func (s *server) idem(b *begaran) *db.Idempotens {
	if b.key == "" {
		return nil
	}
	body := canonical(append(make([]byte, 0, 512), b.path+"\n"...), b.body)
	return s.store.Nycklar().Idempotens(b.op.id, b.key, body)
}

func place(parts string, id uuid.UUID) string { return bas + "/" + parts + "/" + id.String() }
