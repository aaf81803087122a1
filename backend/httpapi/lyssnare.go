package httpapi

import (
	"bytes"
	"encoding/json"
	"net"
	"net/http"
	"strconv"
	"time"

	"sus/backend/register"
)

// Time-outs of a connection: nobody may hold one by being slow.
const (
	lashuvudtid = 5 * time.Second
	lastid      = 15 * time.Second
	skrivtid    = 30 * time.Second
	vilotid     = 120 * time.Second
	maxHuvuden  = 32 << 10
)

// Server is an http.Server with every bound set.
func Server(h http.Handler) *http.Server {
	return &http.Server{
		Handler:           h,
		ReadHeaderTimeout: lashuvudtid,
		ReadTimeout:       lastid,
		WriteTimeout:      skrivtid,
		IdleTimeout:       vilotid,
		MaxHeaderBytes:    maxHuvuden,
	}
}

// Lyssna wraps a listener so that what net/http refuses before any handler sees
// it – a request line that cannot be read, too large headers – is answered as
// problem+json like every other error.
func Lyssna(l net.Listener) net.Listener { return lyssnare{l} }

type lyssnare struct{ net.Listener }

func (l lyssnare) Accept() (net.Conn, error) {
	c, err := l.Listener.Accept()
	if err != nil {
		return nil, err
	}
	return &forbindelse{Conn: c}, nil
}

type forbindelse struct{ net.Conn }

// netHTTPfel is what net/http writes after the status line of its own refusals,
// in one piece, and never after one of ours: ours carry nosniff.
var netHTTPfel = []byte("\r\nContent-Type: text/plain; charset=utf-8\r\nConnection: close\r\n\r\n")

// Write replaces net/http's own refusals.
func (f *forbindelse) Write(p []byte) (int, error) {
	if len(p) < 13 || p[9] != '4' && p[9] != '5' || !bytes.HasPrefix(p, []byte("HTTP/1.")) {
		return f.Conn.Write(p)
	}
	rad, _, ok := bytes.Cut(p, netHTTPfel)
	if !ok || bytes.ContainsRune(rad, '\n') {
		return f.Conn.Write(p)
	}
	status, err := strconv.Atoi(string(p[9:12]))
	if err != nil {
		return f.Conn.Write(p)
	}
	if _, err := f.Conn.Write(ratt(status)); err != nil {
		return 0, err
	}
	return len(p), nil
}

// CloseWrite lets net/http end its side first, so that the refusal arrives before
// the connection is reset.
func (f *forbindelse) CloseWrite() error {
	if c, ok := f.Conn.(interface{ CloseWrite() error }); ok {
		return c.CloseWrite()
	}
	return nil
}

func ratt(status int) []byte {
	titel, ok := titlar[status]
	if !ok {
		status, titel = 400, titlar[400]
	}
	regel := register.RegelOgiltigBegaran
	if status == 431 {
		regel = register.RegelForStoraHuvuden
	}
	p := nyttProblem(nyttAvslag(status, regel))
	p.Title, p.Instance = titel, "/"
	kropp, err := json.Marshal(p)
	if err != nil {
		kropp = nil // cannot happen
	}
	var b bytes.Buffer
	b.WriteString("HTTP/1.1 " + strconv.Itoa(status) + " " + http.StatusText(status) + "\r\n")
	b.WriteString("Content-Type: " + problemtyp + "\r\nX-Content-Type-Options: nosniff\r\nCache-Control: no-store\r\n")
	b.WriteString("Content-Length: " + strconv.Itoa(len(kropp)) + "\r\nConnection: close\r\n\r\n")
	b.Write(kropp)
	return b.Bytes()
}
