package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"

	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/tink-crypto/tink-go/v2/aead"
	"github.com/tink-crypto/tink-go/v2/insecurecleartextkeyset"
	"github.com/tink-crypto/tink-go/v2/keyset"
	"github.com/tink-crypto/tink-go/v2/prf"
	"github.com/tink-crypto/tink-go/v2/tink"
)

// lasNycklar reads the keys that identities and hashes of bodies need.
func lasNycklar(fil string) (tink.AEAD, *prf.Set, error) {
	text, err := os.ReadFile(fil)
	if err != nil {
		return nil, nil, err
	}
	var f struct {
		Kryptering json.RawMessage `json:"kryptering"`
		Body       json.RawMessage `json:"kropp"`
	}
	if err := json.Unmarshal(text, &f); err != nil {
		return nil, nil, fmt.Errorf("%s: no key file", fil)
	}
	las := func(k json.RawMessage) (*keyset.Handle, error) {
		return insecurecleartextkeyset.Read(keyset.NewJSONReader(bytes.NewReader(k)))
	}
	kryptering, err1 := las(f.Kryptering)
	body, err2 := las(f.Body)
	if err := errors.Join(err1, err2); err != nil {
		return nil, nil, fmt.Errorf("%s: no key file", fil)
	}
	a, err1 := aead.New(kryptering)
	p, err2 := prf.NewPRFSet(body)
	return a, p, errors.Join(err1, err2)
}

// kodverk is what the floor knows of the code lists: read once.
type kodverk struct {
	forsorjning []kod          // in the report's order
	bit         map[string]int // försörjning's place in a set
	arbetsbit   map[string]int // likewise of a kind of work
	utbildning  map[string]int16
	utgava      int64 // of the lists, which every write is held against
}

type kod struct {
	Kod, Etikett string
	Bit          int
}

func lasKodverk(ctx context.Context, db *pgxpool.Pool) (kodverk, error) {
	k := kodverk{bit: map[string]int{}, arbetsbit: map[string]int{}, utbildning: map[string]int16{}}
	if err := db.QueryRow(ctx, `select nummer from kodverksutgava`).Scan(&k.utgava); err != nil {
		return k, err
	}
	rader, err := db.Query(ctx, `select kodverk, kod, etikett, coalesce(bit, -1), coalesce(nr, -1) from kodverk
		where kodverk in ('FORSORJNING', 'UTBILDNINGSNIVA', 'ARBETSTYP') order by exklusiv, ordning desc`)
	if err != nil {
		return k, err
	}
	defer rader.Close()
	for rader.Next() {
		var lista string
		var en kod
		var nr int16
		if err := rader.Scan(&lista, &en.Kod, &en.Etikett, &en.Bit, &nr); err != nil {
			return k, err
		}
		switch lista {
		case "UTBILDNINGSNIVA":
			k.utbildning[en.Kod] = nr
			continue
		case "ARBETSTYP":
			k.arbetsbit[en.Kod] = en.Bit
			continue
		}
		k.forsorjning = append(k.forsorjning, en)
		k.bit[en.Kod] = en.Bit
	}
	return k, rader.Err()
}
