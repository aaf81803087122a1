package db

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"syscall"

	"github.com/tink-crypto/tink-go/v2/aead"
	"github.com/tink-crypto/tink-go/v2/insecurecleartextkeyset"
	"github.com/tink-crypto/tink-go/v2/keyset"
	"github.com/tink-crypto/tink-go/v2/prf"
	tinkpb "github.com/tink-crypto/tink-go/v2/proto/tink_go_proto"
	"github.com/tink-crypto/tink-go/v2/signature"
	"github.com/tink-crypto/tink-go/v2/tink"

	"sus/backend/register"
)

// Nycklar is the register's secret keys: one for encryption, one for the blind
// index, one for the hashes of request bodies, one that signs the log. Without the
// file they came from no person in the database can be read again.
type Nycklar struct {
	aead       tink.AEAD
	blindindex *prf.Set
	body       *prf.Set
	logg       tink.Signer // nil: of who only checks the log
	loggnyckel *Loggnyckel
}

// nyckelfil is the key file: four cleartext Tink keysets. Rotating the first or the
// last is adding a key to its set; the blind index can only be rotated by re-indexing.
type nyckelfil struct {
	Kryptering json.RawMessage `json:"kryptering"`
	Blindindex json.RawMessage `json:"blindindex"`
	Body       json.RawMessage `json:"kropp"`
	Logg       json.RawMessage `json:"logg,omitempty"`
}

// LasNycklar reads a key file, and adds the log's key to one from before there was
// one. The error names the file and never its content.
func LasNycklar(path string) (*Nycklar, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("nyckelfilen går inte att läsa: %w", err)
	}
	if utanLoggnyckel(text) {
		if text, err = laggTillLoggnyckel(path); err != nil {
			return nil, fmt.Errorf("nyckelfilen %s saknar nyckeln som signerar loggen och den går inte att lägga till där (%w): "+
				"gör filen och dess mapp skrivbara för en start, eller kör «sus logg nyckel» med SUS_NYCKELFIL på en skrivbar kopia och lägg tillbaka kopian. "+
				"Alla servrar ska ha samma fil", path, err)
		}
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
		{signature.ED25519KeyTemplate(), &fil.Logg},
	} {
		var err error
		if *ny.till, err = nyckel(ny.mall); err != nil {
			return nil, err
		}
	}
	text, err := json.MarshalIndent(fil, "", "  ")
	if err != nil {
		return nil, err
	}
	if err := skrivNy(path, text); err != nil {
		return nil, err
	}
	return avFil(text)
}

// nyckel is a new keyset with one key.
func nyckel(mall *tinkpb.KeyTemplate) (json.RawMessage, error) {
	h, err := keyset.NewHandle(mall)
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	err = insecurecleartextkeyset.Write(h, keyset.NewJSONWriter(&b))
	return b.Bytes(), err
}

// skrivNy writes a file that only its owner may read. Data encrypted under keys
// that a power cut took away would be lost.
func skrivNy(path string, text []byte) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	_, err = f.Write(text)
	return errors.Join(err, f.Sync(), f.Close())
}

// utanLoggnyckel is true for a key file from before the log was signed.
func utanLoggnyckel(text []byte) bool {
	var fil nyckelfil
	return json.Unmarshal(text, &fil) == nil && len(fil.Kryptering) > 0 && len(fil.Logg) == 0
}

// laggTillLoggnyckel adds the key: the whole file is written beside and takes the
// old one's place, with its owner and mode. Two that start at once wait for each other,
// or one would sign with a key that nobody has afterwards.
func laggTillLoggnyckel(path string) (text []byte, err error) {
	path, err = filepath.EvalSymlinks(path)
	if err != nil {
		return nil, err
	}
	lock, err := os.Open(filepath.Dir(path))
	if err != nil {
		return nil, err
	}
	defer func() { _ = lock.Close() }()
	if err := syscall.Flock(int(lock.Fd()), syscall.LOCK_EX); err != nil {
		return nil, err
	}
	if text, err = os.ReadFile(path); err != nil || !utanLoggnyckel(text) {
		return text, err
	}
	var fil nyckelfil
	if err := json.Unmarshal(text, &fil); err != nil {
		return nil, err
	}
	if fil.Logg, err = nyckel(signature.ED25519KeyTemplate()); err != nil {
		return nil, err
	}
	if text, err = json.MarshalIndent(fil, "", "  "); err != nil {
		return nil, err
	}
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	// Who may write in the folder may still not be meant to change a file that is
	// closed for writing.
	gammal, err := os.OpenFile(path, os.O_WRONLY, 0)
	if err != nil {
		return nil, err
	}
	_ = gammal.Close()
	ny := path + ".ny"
	_ = os.Remove(ny) // of one that was cut short; nobody else is here
	if err := skrivNy(ny, text); err != nil {
		return nil, err
	}
	agare := info.Sys().(*syscall.Stat_t) // an administrator's command must not take the file from the server
	if err := errors.Join(os.Chown(ny, int(agare.Uid), int(agare.Gid)), os.Chmod(ny, info.Mode().Perm()), os.Rename(ny, path)); err != nil {
		return nil, errors.Join(err, os.Remove(ny))
	}
	return text, lock.Sync()
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
	logg, err4 := las(fil.Logg)
	if err := errors.Join(err1, err2, err3, err4); err != nil {
		return nil, err
	}
	var n Nycklar
	n.aead, err1 = aead.New(kryptering)
	n.blindindex, err2 = prf.NewPRFSet(blindindex)
	n.body, err3 = prf.NewPRFSet(body)
	n.logg, err4 = signature.NewSigner(logg)
	if err := errors.Join(err1, err2, err3, err4); err != nil {
		return nil, err
	}
	offentlig, err := logg.Public()
	if err != nil {
		return nil, err
	}
	n.loggnyckel, err = nyLoggnyckel(offentlig)
	return &n, err
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
