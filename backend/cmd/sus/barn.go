package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"time"
)

// barn is a simulator run as a child process. It holds the reading end of a pipe
// whose other end is ours: however this program dies, the pipe closes and the
// child ends.
type barn struct {
	namn string
	URL  string
	cmd  *exec.Cmd
	in   io.Closer
	slut chan struct{} // closed when the child is gone
	tyst chan struct{} // closed when we asked it to end
}

const barnTimeout = 20 * time.Second

// startaSimulator runs «sus simulator NAMN» with the arguments arg and waits for its
// address. env is added to the child's environment: secrets may not stand among the
// arguments.
func startaSimulator(ctx context.Context, namn, certDir string, arg, env []string) (*barn, error) {
	sjalv, err := os.Executable()
	if err != nil {
		return nil, fmt.Errorf("simulator %s: %w", namn, err)
	}
	cmd := exec.Command(sjalv, append([]string{"simulator", namn, "--cert-dir", certDir}, arg...)...)
	cmd.Env = append(os.Environ(), env...)
	cmd.Stderr = os.Stderr
	// Ctrl-C is for the server, which ends its children in order.
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	in, err := cmd.StdinPipe()
	if err != nil {
		return nil, err
	}
	ut, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, fmt.Errorf("simulator %s: %w", namn, err)
	}
	b := &barn{namn: namn, cmd: cmd, in: in, slut: make(chan struct{}), tyst: make(chan struct{})}

	adress := make(chan string, 1)
	go func() {
		rad, _ := bufio.NewReader(ut).ReadString('\n')
		adress <- strings.TrimSpace(rad)
		_, _ = io.Copy(io.Discard, ut)
		err := cmd.Wait()
		close(b.slut)
		select {
		case <-b.tyst:
		default:
			slog.Error("en simulator slutade oväntat", "simulator", namn, "fel", err)
		}
	}()
	select {
	case b.URL = <-adress:
		err = nil
	case <-ctx.Done():
		err = ctx.Err()
	case <-time.After(barnTimeout):
		err = errors.New("ger ingen adress")
	}
	if err == nil && b.URL == "" {
		err = errors.New("slutade genast")
	}
	if err != nil {
		b.stang()
		return nil, fmt.Errorf("simulator %s: %w", namn, err)
	}
	return b, nil
}

// stang ends the child and waits for it. A nil child is none.
func (b *barn) stang() {
	if b == nil {
		return
	}
	close(b.tyst)
	_ = b.in.Close()
	select {
	case <-b.slut:
	case <-time.After(5 * time.Second):
		_ = b.cmd.Process.Kill()
		<-b.slut
	}
}
