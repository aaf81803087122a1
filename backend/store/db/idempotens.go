package db

import (
	"crypto/subtle"

	"github.com/google/uuid"

	"sus/backend/register"
)

// sparatSvar is a row of idempotens as a replay needs it.
type sparatSvar struct {
	BodyHmac   []byte `gorm:"column:kropp_hmac"`
	Status     *int
	Location   string
	Etag       string
	Svar       []byte
	Aterkallat bool
}

// Svar is the answer to a creating request as it went, or would go, over the
// wire. Body carries neither name nor number, since it is stored for replays.
type Svar struct {
	Status   int
	Location string
	ETag     string
	Body     []byte
	Upprepat bool // a replay of an earlier answer
}

// Idempotens is a caller's Idempotency-Key for one operation and the request that came
// with it, as keyed hashes: both are the caller's own text.
type Idempotens struct {
	operation            string
	nyckelHmac, bodyHmac []byte
}

// Idempotens is the one place that sees the key itself.
func (n *Nycklar) Idempotens(operation, nyckel string, body []byte) *Idempotens {
	return &Idempotens{operation: operation, nyckelHmac: n.BodyHmac("Idempotency-Key\x00"+operation, []byte(nyckel)), bodyHmac: n.BodyHmac(operation, body)}
}

func sparat(f Fraga, a register.Aktor, idem *Idempotens) (*Svar, error) {
	r, finns, err := RadOm[sparatSvar](f, `select kropp_hmac, status, location, etag, svar, aterkallat from idempotens
		where anropare = ? and operation = ? and nyckel_hmac = ?`, a.ID, idem.operation, idem.nyckelHmac)
	switch {
	case err != nil || !finns:
		return nil, err
	case r.Aterkallat:
		// The hash is erased as well, so this is said whatever the body.
		return nil, register.Borta(register.RegelAterkallat).Med("Samtycket har återkallats, och svaret på den tidigare begäran är raderat.")
	case r.BodyHmac == nil: // for a protection, or since its time was over
		return nil, register.Borta(register.RegelIdentitetRaderad)
	case subtle.ConstantTimeCompare(r.BodyHmac, idem.bodyHmac) != 1:
		return nil, register.Ogiltig(register.RegelIdempotensnyckelAnnanBody)
	case r.Status == nil:
		return nil, nil // cannot be seen: it is written in the transaction that inserts the row
	}
	return &Svar{Status: *r.Status, Location: r.Location, ETag: r.Etag, Body: r.Svar, Upprepat: true}, nil
}

// Tidigare is the stored answer to the request's key, nil when it was not used before:
// asked before a look-up in the population register, which a replay must not repeat.
// Refusals as for the creating methods: 422 idempotensnyckel-annan-kropp, 410 aterkallat,
// identitet-raderad.
func (tx *Tx) Tidigare() (*Svar, error) {
	if tx.begaran.Idempotens == nil {
		return nil, nil
	}
	return sparat(tx, tx.Aktor, tx.begaran.Idempotens)
}

// taNyckel takes the key and opens row security in one round trip. A key that was
// taken before gives the answer that it then got.
func (tx *Tx) taNyckel(idem *Idempotens, insatser []uuid.UUID) (*Svar, error) {
	ny, err := Rad[bool](tx, `with tagen as (insert into idempotens (anropare, operation, nyckel_hmac, kropp_hmac, skapad)
		values (?, ?, ?, ?, ?) on conflict do nothing returning true)
		select exists (select from tagen) from (select set_config('sus.insatser', ?, true)) as c`,
		tx.Aktor.ID, idem.operation, idem.nyckelHmac, idem.bodyHmac, tx.Nu, uuidlist(insatser))
	if err != nil || ny {
		return nil, err
	}
	tidigare, err := sparat(tx, tx.Aktor, idem)
	if err == nil && tidigare == nil {
		err = errNyckelBorta
	}
	return tidigare, err
}

// sparaSvar keeps the answer with the key.
func (tx *Tx) sparaSvar(idem *Idempotens, svar Svar) error {
	_, err := Kor(tx, `update idempotens set status = ?, location = ?, etag = ?, svar = ?, samtycke_id = ?
		where anropare = ? and operation = ? and nyckel_hmac = ?`, svar.Status, svar.Location, svar.ETag, svar.Body,
		OrNull(tx.samtycke), tx.Aktor.ID, idem.operation, idem.nyckelHmac)
	return err
}

// errNyckelBorta: the key was erased between two statements, after its 24 hours.
var errNyckelBorta = register.Konflikt(register.RegelIdempotensnyckelUtgangen)

// OrNull writes uuid.Nil as NULL.
func OrNull(id uuid.UUID) *uuid.UUID {
	if id == uuid.Nil {
		return nil
	}
	return &id
}
