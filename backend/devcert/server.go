package devcert

import (
	"context"
	"crypto/tls"
	"io"
	"log"
	"net"
	"net/http"
	"time"
)

// ServerTLS is the configuration of a simulator that knows its callers by
// password: TLS 1.2 or later.
func (f Filer) ServerTLS() (*tls.Config, error) {
	par, err := tls.LoadX509KeyPair(f.ServerCert, f.ServerKey)
	if err != nil {
		return nil, err
	}
	return &tls.Config{MinVersion: tls.VersionTLS12, Certificates: []tls.Certificate{par}}, nil
}

// ServerMTLS is ServerTLS for callers known by certificate: a caller without a
// client certificate of this CA is refused in the handshake.
func (f Filer) ServerMTLS() (*tls.Config, error) {
	c, err := f.ServerTLS()
	if err != nil {
		return nil, err
	}
	if c.ClientCAs, err = laddaCA(f.CA); err != nil {
		return nil, err
	}
	c.ClientAuth = tls.RequireAndVerifyClientCert
	return c, nil
}

// Server is a running simulator.
type Server struct {
	Addr  string // host:port it listens on
	http  *http.Server
	slut  chan struct{}
	error error
}

// Starta serves h over TLS on addr («127.0.0.1:0» picks a port) until ctx ends
// or Stang is called. It returns when the port is open.
func Starta(ctx context.Context, addr string, c *tls.Config, h http.Handler) (*Server, error) {
	ln, err := (&net.ListenConfig{}).Listen(ctx, "tcp", addr)
	if err != nil {
		return nil, err
	}
	s := &Server{
		Addr: ln.Addr().String(),
		http: &http.Server{
			Handler:           h,
			TLSConfig:         c,
			ReadHeaderTimeout: 5 * time.Second,
			ReadTimeout:       10 * time.Second,
			WriteTimeout:      10 * time.Second,
			IdleTimeout:       2 * time.Minute,
			MaxHeaderBytes:    16 << 10,
			// net/http logs refused handshakes with the caller's address: of no use here.
			ErrorLog: log.New(io.Discard, "", 0),
		},
		slut: make(chan struct{}),
	}
	go func() {
		defer close(s.slut)
		if err := s.http.ServeTLS(ln, "", ""); err != http.ErrServerClosed {
			s.error = err
		}
	}()
	context.AfterFunc(ctx, s.Stang)
	return s, nil
}

// Stang ends the server and its connections at once.
func (s *Server) Stang() { _ = s.http.Close() }

// Vanta returns when the server has ended, with the error when it ended by itself.
func (s *Server) Vanta() error {
	<-s.slut
	return s.error
}
