package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// process is a server that we have started.
type process struct {
	cmd    *exec.Cmd
	adress string // host:port
	slut   chan error
}

// startTid bounds how long a server may take: the first time it fills the demo.
const startTid = 3 * time.Minute

// starta runs a program until it has said its address: las finds it in a line of
// stdout. What it writes to stderr goes to the file logg.
func starta(ctx context.Context, logg string, miljo []string, las func(rad string) (string, bool), namn string, arg ...string) (*process, error) {
	fil, err := os.Create(logg)
	if err != nil {
		return nil, err
	}
	defer fil.Close()
	p := &process{cmd: exec.Command(namn, arg...), slut: make(chan error, 1)}
	p.cmd.Env = append(utanSus(os.Environ()), miljo...)
	p.cmd.Stderr = fil
	p.cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true} // Ctrl-C is for us to pass on
	ut, err := p.cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := p.cmd.Start(); err != nil {
		return nil, err
	}
	adress := make(chan string, 1)
	go func() {
		r := bufio.NewScanner(ut)
		for r.Scan() {
			if a, ok := las(r.Text()); ok && len(adress) == 0 {
				adress <- a
			}
		}
		p.slut <- p.cmd.Wait()
	}()
	select {
	case p.adress = <-adress:
		return p, nil
	case err := <-p.slut:
		p.slut <- err
		return nil, fmt.Errorf("%s slutade (%w): %s", filepath.Base(namn), err, svans(logg))
	case <-ctx.Done():
		return nil, errors.Join(ctx.Err(), p.stang())
	case <-time.After(startTid):
		return nil, errors.Join(fmt.Errorf("%s blev inte klar", filepath.Base(namn)), p.stang())
	}
}

// stang asks it to end, and kills it when it does not.
func (p *process) stang() error {
	if p == nil {
		return nil
	}
	_ = p.cmd.Process.Signal(syscall.SIGTERM) // one that is gone is what we want
	select {
	case err := <-p.slut:
		p.slut <- err
		return nil
	case <-time.After(20 * time.Second):
		_ = p.cmd.Process.Kill()
		return fmt.Errorf("%s slutade inte på SIGTERM", filepath.Base(p.cmd.Path))
	}
}

// utanSus is the environment without settings of SUS: none may change what is measured.
func utanSus(miljo []string) []string {
	var svar []string
	for _, rad := range miljo {
		if !strings.HasPrefix(rad, "SUS_") || strings.HasPrefix(rad, "SUS_PG_BIN=") {
			svar = append(svar, rad)
		}
	}
	return svar
}

// svans is the end of a log.
func svans(fil string) string {
	b, _ := os.ReadFile(fil) // the error that is being told matters more
	return string(b[max(0, len(b)-2000):])
}

// minne is the process's resident memory and the most it has been, in MB.
func (p *process) minne() (nu, hogst int, err error) {
	b, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", p.cmd.Process.Pid))
	if err != nil {
		return 0, 0, err
	}
	for _, rad := range strings.Split(string(b), "\n") {
		f := strings.Fields(rad)
		if len(f) < 2 {
			continue
		}
		kb, _ := strconv.Atoi(f[1]) // 0 for the rows that are no numbers
		switch f[0] {
		case "VmRSS:":
			nu = kb / 1024
		case "VmHWM:":
			hogst = kb / 1024
		}
	}
	return nu, hogst, nil
}

// cpu is the processor time that the process has used, 0 when it cannot be known.
func (p *process) cpu() time.Duration {
	b, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", p.cmd.Process.Pid))
	if err != nil {
		return 0
	}
	const utime, stime = 11, 12 // after the program's name
	f := strings.Fields(string(b[strings.LastIndexByte(string(b), ')')+1:]))
	if len(f) <= stime {
		return 0
	}
	u, _ := strconv.Atoi(f[utime]) // always numbers
	s, _ := strconv.Atoi(f[stime])
	return time.Duration(u+s) * 10 * time.Millisecond // Linux counts in hundredths
}

// susadress reads the line that «sus serve» prints when it answers.
func susadress(rad string) (string, bool) {
	_, a, ok := strings.Cut(rad, "SUS svarar på http://")
	return strings.TrimSpace(a), ok
}
