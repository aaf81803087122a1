package konto

import (
	"context"
	"fmt"
	"time"

	"sus/backend/register"
	"sus/backend/store/db"
)

// Signeringsnyckel is one ES256 key pair. The private half stands encrypted in
// the database and in the clear only in the memory of a server.
type Signeringsnyckel struct {
	Kid         string
	Publik      []byte // PKIX, DER
	Privat      []byte // PKCS #8, DER
	Skapad      time.Time
	Pensionerad *time.Time // nil: the one that signs
}

func nyckelAD(kid string) string { return kid + "/signeringsnyckel.privat" }

// Signeringsnycklar is every key that still verifies, the active one first.
func (k *Konto) Signeringsnycklar(ctx context.Context) ([]Signeringsnyckel, error) {
	rader, err := db.Rader[Signeringsnyckel](k.Oppet(ctx), `select kid, publik, privat, skapad, pensionerad from signeringsnyckel
		where verifierar_till is null or verifierar_till > ? order by pensionerad desc nulls first, kid`, k.Nu())
	if err != nil {
		return nil, err
	}
	for i, n := range rader {
		if rader[i].Privat, err = k.Nycklar().Dekryptera(n.Privat, nyckelAD(n.Kid)); err != nil {
			return nil, fmt.Errorf("signeringsnyckel: dekryptera: %w", err)
		}
	}
	return rader, nil
}

// RoteraSigneringsnyckel makes ny the active key unless the present one is
// younger than aldreAn; that one then verifies for so long as efter. False says
// that nothing was changed, also when another server was first.
func (k *Konto) RoteraSigneringsnyckel(ctx context.Context, ny Signeringsnyckel, aldreAn, efter time.Duration) (bool, error) {
	privat, err := k.Nycklar().Kryptera(ny.Privat, nyckelAD(ny.Kid))
	if err != nil {
		return false, fmt.Errorf("signeringsnyckel: kryptera: %w", err)
	}
	a := db.Arende{Handelse: register.HandelseSigneringsnyckelBytt, Detalj: ny.Kid}
	return db.Andra(ctx, k.DB, db.Begaran{Aktor: register.Aktor{System: "nycklar"}}, a, func(tx *db.Tx) (bool, error) {
		skapad, finns, err := db.RadOm[time.Time](tx, `select skapad from signeringsnyckel where pensionerad is null for update`)
		if err != nil {
			return false, err
		}
		if finns && skapad.Add(aldreAn).After(tx.Nu) {
			tx.IngetGjort()
			return false, nil
		}
		if finns {
			if _, err := db.Kor(tx, `update signeringsnyckel set pensionerad = ?, verifierar_till = ? where pensionerad is null`, tx.Nu, tx.Nu.Add(efter)); err != nil {
				return false, err
			}
		}
		n, err := db.Kor(tx, `insert into signeringsnyckel (kid, publik, privat, skapad) values (?, ?, ?, ?) on conflict do nothing`, ny.Kid, ny.Publik, privat, tx.Nu)
		if err == nil && n == 0 {
			tx.IngetGjort()
		}
		return n > 0, err
	})
}
