package httpapi

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"time"

	"sus/api"
	"sus/backend/export"
)

// ListaRapporter is the catalogue.
func (s *server) ListaRapporter(ctx context.Context, _ api.ListaRapporterRequestObject) (api.ListaRapporterResponseObject, error) {
	kodverk, err := s.store.Kodverk(ctx)
	if err != nil {
		return nil, err
	}
	return api.ListaRapporter200JSONResponse(toRapportkatalog(kodverk, s.idag())), nil
}

// HamtaRapport is a report in the form that the middleware chose: format before Accept.
// Whoever has the same figures already gets 304.
func (s *server) HamtaRapport(ctx context.Context, r api.HamtaRapportRequestObject) (api.HamtaRapportResponseObject, error) {
	b := begaranOf(ctx)
	urval, err := fromUrval(r.Params, s.idag())
	if err != nil {
		return nil, err
	}
	resultat, err := s.statistik.Rapport(ctx, b.Begaran, r.Grupp, r.Rapport, urval)
	if err != nil {
		return nil, err
	}
	format, _ := export.Med(b.format) // the contract has held it
	wire := toRapport(resultat)
	out := response{status: http.StatusOK, typ: format.ContentType(), vary: "Accept, Accept-Encoding", gzip: b.gzip}
	if out.etag, err = reportTag(wire, format.Namn); err != nil {
		return nil, err
	}
	if matches(b.have, out.etag) {
		return response{status: http.StatusNotModified, etag: out.etag, vary: out.vary}, nil
	}
	out.file, out.inline = resultat.Filnamn()+"."+format.Andelse, format.Namn == export.JSON
	if format.Skriv == nil {
		out.body, err = json.Marshal(wire)
	} else {
		out.body, err = format.Skriv(&resultat, withFormat(b, "data"))
	}
	if format.Namn == "data" {
		out.link = "<" + withFormat(b, "csvw") + `>; rel="describedby"; type="` + export.ContentTypeCSVW + `"`
	}
	return out, err
}

// reportTag is the same as long as the figures and their words are: of everything but the run
// time. It is weak, for two answers with one tag may have two run times.
func reportTag(r api.Rapport, format string) (string, error) {
	r.Korningstid = time.Time{}
	text, err := json.Marshal(r)
	sum := sha256.Sum256(text)
	return `W/"` + format + "-" + hex.EncodeToString(sum[:12]) + `"`, err
}

// matches tells whether If-None-Match has the tag; weakly, as RFC 9110 (13.1.2) compares it.
func matches(have, tag string) bool {
	for _, one := range strings.Split(have, ",") {
		one = strings.TrimSpace(one)
		if one == "*" || one != "" && strings.TrimPrefix(one, "W/") == strings.TrimPrefix(tag, "W/") {
			return true
		}
	}
	return false
}

// withFormat is the address that was asked for, in another format.
func withFormat(b *begaran, format string) string {
	query := url.Values{}
	for name, values := range b.query {
		query[name] = values
	}
	query.Set("format", format)
	return b.path + "?" + query.Encode()
}
