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
	readHeaderTimeout = 5 * time.Second
	readTimeout       = 15 * time.Second
	writeTimeout      = 30 * time.Second
	idleTimeout       = 120 * time.Second
	maxHeaders        = 32 << 10
)

// Server is an http.Server with every bound set.
func Server(h http.Handler) *http.Server {
	return &http.Server{
		Handler:           h,
		ReadHeaderTimeout: readHeaderTimeout,
		ReadTimeout:       readTimeout,
		WriteTimeout:      writeTimeout,
		IdleTimeout:       idleTimeout,
		MaxHeaderBytes:    maxHeaders,
	}
}

// Listen wraps a listener so that what net/http refuses before any handler sees
// it – a request line that cannot be read, too large headers – is answered as
// problem+json like every other error.
func Listen(l net.Listener) net.Listener { return listener{l} }

type listener struct{ net.Listener }

func (l listener) Accept() (net.Conn, error) {
	c, err := l.Listener.Accept()
	if err != nil {
		return nil, err
	}
	return &connection{Conn: c}, nil
}

type connection struct{ net.Conn }

// netHTTPError is what net/http writes after the status line of its own refusals,
// in one piece, and never after one of ours: ours carry nosniff.
var netHTTPError = []byte("\r\nContent-Type: text/plain; charset=utf-8\r\nConnection: close\r\n\r\n")

// Write replaces net/http's own refusals.
func (f *connection) Write(p []byte) (int, error) {
	if len(p) < 13 || p[9] != '4' && p[9] != '5' || !bytes.HasPrefix(p, []byte("HTTP/1.")) {
		return f.Conn.Write(p)
	}
	line, _, ok := bytes.Cut(p, netHTTPError)
	if !ok || bytes.ContainsRune(line, '\n') {
		return f.Conn.Write(p)
	}
	status, err := strconv.Atoi(string(p[9:12]))
	if err != nil {
		return f.Conn.Write(p)
	}
	if _, err := f.Conn.Write(refused(status)); err != nil {
		return 0, err
	}
	return len(p), nil
}

// CloseWrite lets net/http end its side first, so that the refusal arrives before
// the connection is reset.
func (f *connection) CloseWrite() error {
	if c, ok := f.Conn.(interface{ CloseWrite() error }); ok {
		return c.CloseWrite()
	}
	return nil
}

func refused(status int) []byte {
	title, ok := titles[status]
	if !ok {
		status, title = 400, titles[400]
	}
	regel := register.RegelOgiltigBegaran
	if status == 431 {
		regel = register.RegelForStoraHuvuden
	}
	p := toProblem(newRefusal(status, regel))
	p.Title, p.Instance = title, "/"
	body, err := json.Marshal(p)
	if err != nil {
		body = nil // cannot happen
	}
	var b bytes.Buffer
	b.WriteString("HTTP/1.1 " + strconv.Itoa(status) + " " + http.StatusText(status) + "\r\n")
	b.WriteString("Content-Type: " + problemType + "\r\nX-Content-Type-Options: nosniff\r\nCache-Control: no-store\r\n")
	b.WriteString("Content-Length: " + strconv.Itoa(len(body)) + "\r\nConnection: close\r\n\r\n")
	b.Write(body)
	return b.Bytes()
}
