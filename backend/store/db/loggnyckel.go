package db

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"time"

	"github.com/tink-crypto/tink-go/v2/keyset"
	"github.com/tink-crypto/tink-go/v2/signature"
	"github.com/tink-crypto/tink-go/v2/tink"
)

// Loggnyckel is the public half of the key that signs the log: whoever has it can
// check the log, and sign nothing.
type Loggnyckel struct {
	prov tink.Verifier
	id   uint32
	text []byte
}

func nyLoggnyckel(h *keyset.Handle) (*Loggnyckel, error) {
	prov, err := signature.NewVerifier(h)
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	if err := h.WriteWithNoSecrets(keyset.NewJSONWriter(&b)); err != nil {
		return nil, err
	}
	return &Loggnyckel{prov: prov, id: h.KeysetInfo().GetPrimaryKeyId(), text: tat(b.Bytes())}, nil
}

// tat is JSON without white space between its parts: where protobuf puts it differs
// from one build of the program to the next. What is no JSON stays as it is.
func tat(text []byte) []byte {
	var b bytes.Buffer
	if err := json.Compact(&b, text); err != nil {
		return text
	}
	return b.Bytes()
}

// LasLoggnyckel reads what Text wrote: keys with which the log can be checked and
// nothing else be done.
func LasLoggnyckel(path string) (*Nycklar, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("loggens offentliga nyckel går inte att läsa: %w", err)
	}
	h, err := keyset.ReadWithNoSecrets(keyset.NewJSONReader(bytes.NewReader(text)))
	if err != nil {
		return nil, fmt.Errorf("%s är inte loggens offentliga nyckel", path)
	}
	n, err := nyLoggnyckel(h)
	if err != nil {
		return nil, fmt.Errorf("%s är inte loggens offentliga nyckel", path)
	}
	return &Nycklar{loggnyckel: n}, nil
}

// Loggnyckel is the public key of the log.
func (n *Nycklar) Loggnyckel() *Loggnyckel { return n.loggnyckel }

// Text is the key as it is given to a reviewer: a public Tink keyset, JSON.
func (l *Loggnyckel) Text() string { return string(l.text) }

// ID names the key that signs now.
func (l *Loggnyckel) ID() uint32 { return l.id }

// SkrivLoggnyckel writes the public key to a file, for whoever is to check the log.
// A file with another key is left as it is and refused: the log's key has been
// changed, and somebody must know.
func SkrivLoggnyckel(path string, l *Loggnyckel) error {
	fanns, err := os.ReadFile(path)
	switch {
	case errors.Is(err, os.ErrNotExist):
		return skrivNy(path, l.text)
	case err != nil:
		return fmt.Errorf("loggens offentliga nyckel: %w", err)
	case !bytes.Equal(tat(fanns), l.text):
		return fmt.Errorf("%s är en annan nyckel än den som signerar loggen nu (SUS_NYCKELFIL): byt tillbaka nyckelfilen, eller flytta undan filen om bytet är meningen", path)
	}
	return nil
}

// signatext is what is signed of a link: its hash covers all of it; its place and
// time stand beside, so that a head alone can be checked.
func signatext(sekvens int64, tid time.Time, hash []byte) []byte {
	b := append([]byte("SUS logghuvud 1\x00"), binary.BigEndian.AppendUint64(nil, uint64(sekvens))...)
	return falt(append(b, pgTid(tid)...), hash)
}

// signera signs a link.
func (n *Nycklar) signera(l loggsigill) ([]byte, error) {
	if n.logg == nil {
		return nil, errors.New("loggen kan bara signeras med nyckelfilen")
	}
	return n.logg.Sign(signatext(l.Sekvens, l.Tid, l.Hash))
}

// provar is true for a link or head that this key has signed.
func (l *Loggnyckel) provar(h Logghuvud) bool {
	return l.prov.Verify(h.Signatur, signatext(h.Sekvens, h.Tid, h.Hash)) == nil
}
