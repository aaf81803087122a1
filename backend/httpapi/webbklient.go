package httpapi

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	_ "embed"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io/fs"
	"mime"
	"net/http"
	"path"
	"slices"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"
)

// cspWebb is for the web client: what the program itself serves and nothing else.
// The design system sets style attributes, has pictures in its style sheet, and
// in the icon «i» one rule of style, let through by its hash.
const cspWebb = "default-src 'none'; script-src 'self'; style-src 'self' 'sha256-oz1DJCS1ZO8A65K/sAwQgFe7u57ACnib8PH7oxt3gtM='; " +
	"style-src-attr 'unsafe-inline'; img-src 'self' data:; " +
	"font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

// webbvagar is the first part of every address that the web client has a page
// for. The client's router is tested against the same file.
var webbvagar = func() (vagar []string) {
	if err := json.Unmarshal(webbvagarJSON, &vagar); err != nil {
		panic(err) // it is embedded: no build of ours starts so
	}
	return vagar
}()

//go:embed webbvagar.json
var webbvagarJSON []byte

// How long a browser may keep what it fetched.
const (
	cacheEvigt   = "public, max-age=31536000, immutable" // the name holds a hash of the content
	cacheDag     = "public, max-age=86400"
	cacheFraga   = "no-cache" // ask each time, 304 when it is the same
	minstaGzip   = 1024
	webbstart    = "index.html"
	hashadMapp   = "assets/"
	htmlFore     = `<html lang="sv">`
	htmlEfter    = `<html lang="sv" data-demo>`
	htmlmedietyp = "text/html; charset=utf-8"
)

// webbfil is one file of the web client, ready to send.
type webbfil struct {
	typ, etag, cache string
	rak, gzip        []byte // gzip nil: it would not be smaller
}

// webbklient serves the built web client, or leaves the start page as it is when
// none was built. Every other GET that wants HTML gets the client's first file:
// the client shows its own page for an address that does not exist.
func (s *server) webbklient(e *echo.Echo) error {
	if s.webb == nil {
		return nil
	}
	html, err := fs.ReadFile(s.webb, webbstart)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	if s.demo {
		html = bytes.Replace(html, []byte(htmlFore), []byte(htmlEfter), 1)
	}
	s.webbsida = nyWebbfil(webbstart, html)
	e.GET("/", func(c echo.Context) error { return s.skickaWebbsida(c, http.StatusOK) })
	return fs.WalkDir(s.webb, ".", func(namn string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || namn == webbstart || strings.HasPrefix(path.Base(namn), ".") {
			return err
		}
		b, err := fs.ReadFile(s.webb, namn)
		if err != nil {
			return err
		}
		f := nyWebbfil(namn, b)
		e.GET("/"+namn, func(c echo.Context) error { return f.skicka(c, http.StatusOK) })
		return nil
	})
}

// webbsvar answers an address that nothing else answers with the web client. It
// is false when the caller wants something else than a page.
func (s *server) webbsvar(c echo.Context) bool {
	r := c.Request()
	if s.webbsida == nil || c.Path() != "" || r.Method != http.MethodGet || !strings.Contains(r.Header.Get("Accept"), "text/html") {
		return false
	}
	forsta, _, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, "/"), "/")
	if forsta == "v1" {
		return false
	}
	status := http.StatusNotFound
	if slices.Contains(webbvagar, forsta) {
		status = http.StatusOK
	}
	return s.skickaWebbsida(c, status) == nil
}

func (s *server) skickaWebbsida(c echo.Context, status int) error {
	h := c.Response().Header()
	h.Set("Content-Security-Policy", cspWebb)
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	h.Set("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()")
	return s.webbsida.skicka(c, status)
}

func nyWebbfil(namn string, b []byte) *webbfil {
	summa := sha256.Sum256(b)
	f := &webbfil{typ: mime.TypeByExtension(path.Ext(namn)), etag: `"` + hex.EncodeToString(summa[:12]) + `"`, cache: cacheDag, rak: b}
	switch {
	case namn == webbstart:
		f.typ, f.cache = htmlmedietyp, cacheFraga
	case strings.HasPrefix(namn, hashadMapp):
		f.cache = cacheEvigt
	}
	if f.typ == "" {
		f.typ = "application/octet-stream"
	}
	if len(b) < minstaGzip || path.Ext(namn) == ".woff2" {
		return f
	}
	var ut bytes.Buffer
	k, _ := gzip.NewWriterLevel(&ut, gzip.BestCompression) // fails for an unknown level only
	_, _ = k.Write(b)                                      // a Buffer takes everything
	_ = k.Close()
	if ut.Len() < len(b) {
		f.gzip = ut.Bytes()
	}
	return f
}

func (f *webbfil) skicka(c echo.Context, status int) error {
	h, in := c.Response().Header(), c.Request().Header
	h.Set("Cache-Control", f.cache)
	h.Set("ETag", f.etag)
	h.Set("Vary", "Accept-Encoding")
	if status == http.StatusOK && in.Get("If-None-Match") == f.etag {
		return c.NoContent(http.StatusNotModified)
	}
	kropp := f.rak
	if f.gzip != nil && strings.Contains(in.Get("Accept-Encoding"), "gzip") {
		kropp = f.gzip
		h.Set("Content-Encoding", "gzip")
	}
	h.Set("Content-Length", strconv.Itoa(len(kropp)))
	return c.Blob(status, f.typ, kropp)
}
