package prov_test

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"
)

// A file of PostgreSQL's log is pages of eight kilobytes, and each begins with a
// header. A record goes on after it: what is logged can be cut in two anywhere.
const (
	walSida       = 8192
	walHuvud      = 24
	walLangtHuvud = 40 // of a file's first page
	walArLangt    = 2  // the bit in the header's second number that says so
)

// walText reads a log file without its pages' headers.
type walText struct {
	r    io.Reader
	sida []byte
	kvar []byte
}

func (w *walText) Read(p []byte) (int, error) {
	for len(w.kvar) == 0 {
		if w.sida == nil {
			w.sida = make([]byte, walSida)
		}
		n, err := io.ReadFull(w.r, w.sida)
		if err != nil && !errors.Is(err, io.ErrUnexpectedEOF) {
			return 0, err
		}
		huvud := walHuvud
		if n >= 4 && binary.NativeEndian.Uint16(w.sida[2:])&walArLangt != 0 {
			huvud = walLangtHuvud
		}
		w.kvar = w.sida[min(huvud, n):n]
	}
	n := copy(p, w.kvar)
	w.kvar = w.kvar[n:]
	return n, nil
}

func TestASearchOfTheLogFindsWhatAPageHeaderCutsInTwo(t *testing.T) {
	const text = "197701172392"
	for at := 1; at < len(text); at++ {
		fil := make([]byte, 4*walSida)
		for sida := range 4 {
			binary.NativeEndian.PutUint16(fil[sida*walSida:], 0xD110)
		}
		binary.NativeEndian.PutUint16(fil[2:], walArLangt)
		copy(fil[2*walSida-at:], text[:at])
		copy(fil[2*walSida+walHuvud:], text[at:])
		copy(fil[walLangtHuvud:], "forst")
		l := nyLetare()
		l.lagg("delad", []byte(text))
		l.lagg("forst", []byte("forst"))
		f := fynd{}
		ja(t, l.sok(bytes.NewReader(fil), "rått", f))
		if _, hel := f["delad"]; hel {
			t.Fatal("the text is not cut: the test shows nothing")
		}
		f = fynd{}
		ja(t, l.sok(&walText{r: bytes.NewReader(fil)}, "log", f))
		if len(f) != 2 {
			t.Errorf("cut after %d bytes it is not found:%s", at, f)
		}
		utan, err := io.ReadAll(&walText{r: bytes.NewReader(fil[:walSida+100])})
		ja(t, err)
		if len(utan) != walSida-walLangtHuvud+100-walHuvud || !strings.HasPrefix(string(utan), "forst") || slices.Contains(utan, 0xD1) {
			t.Errorf("%d bytes are left of a page and a piece", len(utan))
		}
	}
}
