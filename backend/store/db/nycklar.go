package db

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"

	"github.com/tink-crypto/tink-go/v2/aead"
	"github.com/tink-crypto/tink-go/v2/insecurecleartextkeyset"
	"github.com/tink-crypto/tink-go/v2/keyset"
	"github.com/tink-crypto/tink-go/v2/prf"
	tinkpb "github.com/tink-crypto/tink-go/v2/proto/tink_go_proto"
	"github.com/tink-crypto/tink-go/v2/tink"

	"sus/backend/register"
)

// Nycklar is the register's secret keys: one for encryption, one for the blind
// index, one for the hashes of request bodies. Without the file they came from no
// person in the database can be read again.
type Nycklar struct {
	aead       tink.AEAD
	blindindex *prf.Set
	body       *prf.Set
}

// nyckelfil is the key file: three cleartext Tink keysets. Rotating the first is
// adding a key to its set; the blind index can only be rotated by re-indexing.
type nyckelfil struct {
	Kryptering json.RawMessage `json:"kryptering"`
	Blindindex json.RawMessage `json:"blindindex"`
	Body       json.RawMessage `json:"kropp"`
}

// LasNycklar reads a key file. The error names the file and never its content.
func LasNycklar(path string) (*Nycklar, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("nyckelfilen går inte att läsa: %w", err)
	}
	n, err := avFil(text)
	if err != nil {
		return nil, fmt.Errorf("nyckelfilen %s är inte en nyckelfil för SUS", path)
	}
	return n, nil
}

// SkapaNycklar makes new keys and writes them to a file that only its owner may
// read. A file that exists is never overwritten.
func SkapaNycklar(path string) (*Nycklar, error) {
	var fil nyckelfil
	for _, ny := range []struct {
		mall *tinkpb.KeyTemplate
		till *json.RawMessage
	}{
		{aead.AES256GCMKeyTemplate(), &fil.Kryptering},
		{prf.HMACSHA256PRFKeyTemplate(), &fil.Blindindex},
		{prf.HMACSHA256PRFKeyTemplate(), &fil.Body},
	} {
		h, err := keyset.NewHandle(ny.mall)
		if err != nil {
			return nil, err
		}
		var b bytes.Buffer
		if err := insecurecleartextkeyset.Write(h, keyset.NewJSONWriter(&b)); err != nil {
			return nil, err
		}
		*ny.till = b.Bytes()
	}
	text, err := json.MarshalIndent(fil, "", "  ")
	if err != nil {
		return nil, err
	}
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return nil, err
	}
	if _, err := f.Write(text); err != nil {
		f.Close()
		return nil, err
	}
	// Data encrypted under keys that a power cut took away would be lost.
	if err := errors.Join(f.Sync(), f.Close()); err != nil {
		return nil, err
	}
	return avFil(text)
}

func avFil(text []byte) (*Nycklar, error) {
	var fil nyckelfil
	if err := json.Unmarshal(text, &fil); err != nil {
		return nil, err
	}
	las := func(k json.RawMessage) (*keyset.Handle, error) {
		return insecurecleartextkeyset.Read(keyset.NewJSONReader(bytes.NewReader(k)))
	}
	kryptering, err1 := las(fil.Kryptering)
	blindindex, err2 := las(fil.Blindindex)
	body, err3 := las(fil.Body)
	if err := errors.Join(err1, err2, err3); err != nil {
		return nil, err
	}
	var n Nycklar
	n.aead, err1 = aead.New(kryptering)
	n.blindindex, err2 = prf.NewPRFSet(blindindex)
	n.body, err3 = prf.NewPRFSet(body)
	if err := errors.Join(err1, err2, err3); err != nil {
		return nil, err
	}
	return &n, nil
}

// Kryptera seals klartext; ad names the place it is kept in (row id and column),
// so that a value moved elsewhere does not open.
func (n *Nycklar) Kryptera(klartext []byte, ad string) ([]byte, error) {
	return n.aead.Encrypt(klartext, []byte(ad))
}

// Dekryptera opens what Kryptera sealed for the same place.
func (n *Nycklar) Dekryptera(krypterat []byte, ad string) ([]byte, error) {
	return n.aead.Decrypt(krypterat, []byte(ad))
}

// Blindindex is the 32 bytes by which a number is found without being stored.
func (n *Nycklar) Blindindex(p register.Personnummer) []byte {
	return prf32(n.blindindex, []byte(p.Siffror()))
}

// BodyHmac is the keyed hash of a request body: equal bodies of one operation
// are recognised, and nobody without the key can try which person stood in one.
func (n *Nycklar) BodyHmac(operation string, body []byte) []byte {
	return prf32(n.body, append([]byte(operation+"\x00"), body...))
}

func prf32(p *prf.Set, indata []byte) []byte {
	svar, err := p.ComputePrimaryPRF(indata, 32)
	if err != nil {
		panic(err) // cannot happen: HMAC-SHA256 gives 32 bytes of anything
	}
	return svar
}
