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

// cspWeb is for the web client: what the program itself serves and nothing else.
// The design system sets style attributes, has pictures in its style sheet, and
// in the icon «i» one rule of style, let through by its hash.
const cspWeb = "default-src 'none'; script-src 'self'; style-src 'self' 'sha256-oz1DJCS1ZO8A65K/sAwQgFe7u57ACnib8PH7oxt3gtM='; " +
	"style-src-attr 'unsafe-inline'; img-src 'self' data:; " +
	"font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

// webPaths is the first part of every address that the web client has a page
// for. The client's router is tested against the same file.
var webPaths = func() (paths []string) {
	if err := json.Unmarshal(webPathsJSON, &paths); err != nil {
		panic(err) // it is embedded: no build of ours starts so
	}
	return paths
}()

//go:embed webpaths.json
var webPathsJSON []byte

// How long a browser may keep what it fetched.
const (
	cacheForever = "public, max-age=31536000, immutable" // the name holds a hash of the content
	cacheDay     = "public, max-age=86400"
	cacheAsk     = "no-cache" // ask each time, 304 when it is the same
	minGzip      = 1024
	webIndex     = "index.html"
	hashedFolder = "assets/"
	htmlBefore   = `<html lang="sv">`
	htmlAfter    = `<html lang="sv" data-demo>`
	htmlType     = "text/html; charset=utf-8"
)

// webFile is one file of the web client, ready to send.
type webFile struct {
	typ, etag, cache string
	plain, gzip      []byte // gzip nil: it would not be smaller
}

// webClient serves the built web client, or leaves the start page as it is when
// none was built. Every other GET that wants HTML gets the client's first file:
// the client shows its own page for an address that does not exist.
func (s *server) webClient(e *echo.Echo) error {
	if s.web == nil {
		return nil
	}
	html, err := fs.ReadFile(s.web, webIndex)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	if s.demo {
		html = bytes.Replace(html, []byte(htmlBefore), []byte(htmlAfter), 1)
	}
	s.webPage = newWebFile(webIndex, html)
	e.GET("/", func(c echo.Context) error { return s.sendWebPage(c, http.StatusOK) })
	return fs.WalkDir(s.web, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || name == webIndex || strings.HasPrefix(path.Base(name), ".") {
			return err
		}
		b, err := fs.ReadFile(s.web, name)
		if err != nil {
			return err
		}
		f := newWebFile(name, b)
		e.GET("/"+name, func(c echo.Context) error { return f.send(c, http.StatusOK) })
		return nil
	})
}

// webResponse answers an address that nothing else answers with the web client. It
// is false when the caller wants something else than a page.
func (s *server) webResponse(c echo.Context) bool {
	r := c.Request()
	if s.webPage == nil || c.Path() != "" || r.Method != http.MethodGet || !strings.Contains(r.Header.Get("Accept"), "text/html") {
		return false
	}
	first, _, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, "/"), "/")
	if first == bas[1:] {
		return false
	}
	status := http.StatusNotFound
	if slices.Contains(webPaths, first) {
		status = http.StatusOK
	}
	return s.sendWebPage(c, status) == nil
}

func (s *server) sendWebPage(c echo.Context, status int) error {
	h := c.Response().Header()
	h.Set("Content-Security-Policy", cspWeb)
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	h.Set("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()")
	return s.webPage.send(c, status)
}

func newWebFile(name string, b []byte) *webFile {
	sum := sha256.Sum256(b)
	f := &webFile{typ: mime.TypeByExtension(path.Ext(name)), etag: `"` + hex.EncodeToString(sum[:12]) + `"`, cache: cacheDay, plain: b}
	switch {
	case name == webIndex:
		f.typ, f.cache = htmlType, cacheAsk
	case strings.HasPrefix(name, hashedFolder):
		f.cache = cacheForever
	}
	if f.typ == "" {
		f.typ = "application/octet-stream"
	}
	if len(b) < minGzip || path.Ext(name) == ".woff2" {
		return f
	}
	var out bytes.Buffer
	k, _ := gzip.NewWriterLevel(&out, gzip.BestCompression) // fails for an unknown level only
	_, _ = k.Write(b)                                       // a Buffer takes everything
	_ = k.Close()
	if out.Len() < len(b) {
		f.gzip = out.Bytes()
	}
	return f
}

func (f *webFile) send(c echo.Context, status int) error {
	h, in := c.Response().Header(), c.Request().Header
	h.Set("Cache-Control", f.cache)
	h.Set("ETag", f.etag)
	h.Set("Vary", "Accept-Encoding")
	if status == http.StatusOK && in.Get("If-None-Match") == f.etag {
		return c.NoContent(http.StatusNotModified)
	}
	body := f.plain
	if f.gzip != nil && strings.Contains(in.Get("Accept-Encoding"), "gzip") {
		body = f.gzip
		h.Set("Content-Encoding", "gzip")
	}
	h.Set("Content-Length", strconv.Itoa(len(body)))
	return c.Blob(status, f.typ, body)
}
