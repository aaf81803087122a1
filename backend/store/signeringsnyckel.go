package store

import (
	"context"
	"fmt"
	"time"

	"gorm.io/gorm"

	"sus/backend/register"
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
func (s *Store) Signeringsnycklar(ctx context.Context) ([]Signeringsnyckel, error) {
	var rader []Signeringsnyckel
	err := s.db.WithContext(ctx).Raw(`select kid, publik, privat, skapad, pensionerad from signeringsnyckel
		where verifierar_till is null or verifierar_till > ? order by pensionerad desc nulls first, kid`, s.Nu()).Scan(&rader).Error
	if err != nil {
		return nil, mapFel(err)
	}
	for i, n := range rader {
		if rader[i].Privat, err = s.nycklar.Dekryptera(n.Privat, nyckelAD(n.Kid)); err != nil {
			return nil, fmt.Errorf("signeringsnyckel: dekryptera: %w", err)
		}
	}
	return rader, nil
}

// RoteraSigneringsnyckel makes ny the active key unless the present one is
// younger than aldreAn; that one then verifies for so long as efter. False says
// that nothing was changed, also when another server was first.
func (s *Store) RoteraSigneringsnyckel(ctx context.Context, ny Signeringsnyckel, aldreAn, efter time.Duration) (bool, error) {
	privat, err := s.nycklar.Kryptera(ny.Privat, nyckelAD(ny.Kid))
	if err != nil {
		return false, fmt.Errorf("signeringsnyckel: kryptera: %w", err)
	}
	nu := s.Nu()
	bytt := false
	err = s.txFri(ctx, func(tx *gorm.DB) error {
		bytt = false
		var skapad time.Time
		fanns, err := enRad(tx.Raw(`select skapad from signeringsnyckel where pensionerad is null for update`), &skapad)
		if err != nil {
			return err
		}
		if fanns {
			if skapad.Add(aldreAn).After(nu) {
				return nil
			}
			if err := tx.Exec(`update signeringsnyckel set pensionerad = ?, verifierar_till = ? where pensionerad is null`, nu, nu.Add(efter)).Error; err != nil {
				return err
			}
		}
		in := tx.Exec(`insert into signeringsnyckel (kid, publik, privat, skapad) values (?, ?, ?, ?) on conflict do nothing`, ny.Kid, ny.Publik, privat, nu)
		if in.Error != nil || in.RowsAffected == 0 {
			return in.Error
		}
		bytt = true
		return logga(tx, register.Aktor{System: "nycklar"}, nu, Handelse{Handelse: register.HandelseSigneringsnyckelBytt, Detalj: ny.Kid})
	})
	return bytt, err
}
