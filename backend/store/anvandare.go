package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"sus/backend/register"
)

// AnvandareRad is a user as the administration lists it, without the number.
type AnvandareRad struct {
	ID                uuid.UUID
	Fornamn           string
	Efternamn         string
	Huvudarbetsgivare string
	Sparrad           bool
	Behorigheter      []register.Behorighet
}

// farAdministrera refuses all but a systemförvaltare and the system's own
// commands: users and clients are granted by FK (domain 7).
func farAdministrera(a register.Aktor) error {
	if a.System != "" || a.HarRoll(register.RollSystemforvaltare) {
		return nil
	}
	return register.Nekad()
}

// anvandarindex is the blind index of a user's number. It is keyed apart from
// the participants' index, so that no copy of the tables shows which employee
// is also a participant.
func (s *Store) anvandarindex(p register.Personnummer) []byte {
	return s.nycklar.KroppHmac("anvandare/blindindex", []byte(p.Siffror()))
}

func anvandareAD(id uuid.UUID, kolumn string) string { return id.String() + "/anvandare." + kolumn }

// SkapaAnvandare adds a user without any role. huvudlosenord is argon2id in PHC
// form: the master password itself never reaches store. Refused: 403 for others
// than FK, 422 faulty fields, 409 `anvandare-finns` when the number has a user.
func (s *Store) SkapaAnvandare(ctx context.Context, a register.Aktor, in register.Anvandaruppgifter, huvudlosenord string) (uuid.UUID, error) {
	if err := farAdministrera(a); err != nil {
		return uuid.Nil, err
	}
	if err := in.Kontrollera(); err != nil {
		return uuid.Nil, err
	}
	id, err := uuid.NewV7()
	if err != nil {
		return uuid.Nil, fmt.Errorf("anvandare: id: %w", err)
	}
	krypterat := map[string][]byte{}
	for kolumn, klartext := range map[string]string{
		"personnummer": in.Personnummer.Siffror(), "fornamn": in.Fornamn, "efternamn": in.Efternamn, "mobil": in.Mobil} {
		if krypterat[kolumn], err = s.nycklar.Kryptera([]byte(klartext), anvandareAD(id, kolumn)); err != nil {
			return uuid.Nil, fmt.Errorf("anvandare: kryptera: %w", err)
		}
	}
	nu := s.Nu()
	err = s.txFri(ctx, func(tx *gorm.DB) error {
		r := tx.Exec(`insert into anvandare (id, personnummer, blindindex, fornamn, efternamn, mobil, huvudarbetsgivare, huvudlosenord, losenord_bytt, skapad)
			values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict (blindindex) do nothing`,
			id, krypterat["personnummer"], s.anvandarindex(in.Personnummer), krypterat["fornamn"], krypterat["efternamn"], krypterat["mobil"],
			in.Huvudarbetsgivare, huvudlosenord, nu, nu)
		if r.Error != nil {
			return r.Error
		}
		if r.RowsAffected == 0 {
			return register.Konflikt(register.RegelAnvandareFinns)
		}
		return logga(tx, a, nu, Handelse{Handelse: register.HandelseAnvandareSkapad, ObjektID: id})
	})
	return id, err
}

// andraAnvandare changes one user and logs it. fn says whether the user was
// there; 404 when not.
func (s *Store) andraAnvandare(ctx context.Context, a register.Aktor, id uuid.UUID, handelse register.Handelse, fn func(tx *gorm.DB, nu time.Time) (bool, error)) error {
	if err := farAdministrera(a); err != nil {
		return err
	}
	nu := s.Nu()
	return s.txFri(ctx, func(tx *gorm.DB) error {
		fanns, err := fn(tx, nu)
		if err != nil {
			return err
		}
		if !fanns {
			return register.Saknas()
		}
		return logga(tx, a, nu, Handelse{Handelse: handelse, ObjektID: id})
	})
}

// SparraAnvandare blocks a user, or lets the user in again. Blocking takes hold
// at once: it ends every session, and each request asks for it besides.
func (s *Store) SparraAnvandare(ctx context.Context, a register.Aktor, id uuid.UUID, sparrad bool) error {
	handelse := register.HandelseAnvandareSparrad
	if !sparrad {
		handelse = register.HandelseAnvandareSparrHavd
	}
	return s.andraAnvandare(ctx, a, id, handelse, func(tx *gorm.DB, nu time.Time) (bool, error) {
		r := tx.Exec(`update anvandare set sparrad = ?, version = version + 1 where id = ?`, sparrad, id)
		if r.Error != nil || r.RowsAffected == 0 || !sparrad {
			return r.RowsAffected > 0, r.Error
		}
		return true, avslutaSessioner(tx, id, "SPARRAD", nu)
	})
}

// SattHuvudlosenord replaces the master password's hash and ends the user's
// sessions and half-done log-ins.
func (s *Store) SattHuvudlosenord(ctx context.Context, a register.Aktor, id uuid.UUID, hash string) error {
	return s.andraAnvandare(ctx, a, id, register.HandelseAnvandareHuvudlosenordBytt, func(tx *gorm.DB, nu time.Time) (bool, error) {
		r := tx.Exec(`update anvandare set huvudlosenord = ?, losenord_bytt = ?, version = version + 1 where id = ?`, hash, nu, id)
		if r.Error != nil || r.RowsAffected == 0 {
			return false, r.Error
		}
		if err := forbrukaInloggningar(tx, id, nu); err != nil {
			return true, err
		}
		return true, avslutaSessioner(tx, id, "HEMLIGHET_BYTT", nu)
	})
}

// avslutaSessioner ends what a user or a client has open.
func avslutaSessioner(tx *gorm.DB, innehavare uuid.UUID, orsak string, nu time.Time) error {
	return tx.Exec(`update session set avslutad = ?, avslut = ? where (anvandare_id = ? or klient_id = ?) and avslutad is null`,
		nu, orsak, innehavare, innehavare).Error
}

// SattMobil replaces the number that codes are sent to, and gives the old one,
// which is to be told. A code that is on its way to the old one opens nothing.
func (s *Store) SattMobil(ctx context.Context, a register.Aktor, id uuid.UUID, mobil string) (gammal string, err error) {
	if err := register.KontrolleraMobil(mobil); err != nil {
		return "", err
	}
	ny, err := s.nycklar.Kryptera([]byte(mobil), anvandareAD(id, "mobil"))
	if err != nil {
		return "", fmt.Errorf("anvandare: kryptera: %w", err)
	}
	err = s.andraAnvandare(ctx, a, id, register.HandelseAnvandareMobilBytt, func(tx *gorm.DB, nu time.Time) (bool, error) {
		var forra []byte
		if fanns, err := enRad(tx.Raw(`select mobil from anvandare where id = ? for update`, id), &forra); err != nil || !fanns {
			return false, err
		}
		klartext, err := s.nycklar.Dekryptera(forra, anvandareAD(id, "mobil"))
		if err != nil {
			return true, fmt.Errorf("anvandare: dekryptera: %w", err)
		}
		gammal = string(klartext)
		if err := forbrukaInloggningar(tx, id, nu); err != nil {
			return true, err
		}
		return true, tx.Exec(`update anvandare set mobil = ?, version = version + 1 where id = ?`, ny, id).Error
	})
	return gammal, err
}

// Mobil is the number that a user's codes are sent to. For auth alone.
func (s *Store) Mobil(ctx context.Context, id uuid.UUID) (string, error) {
	var krypterad []byte
	fanns, err := enRad(s.db.WithContext(ctx).Raw(`select mobil from anvandare where id = ?`, id), &krypterad)
	if err != nil {
		return "", mapFel(err)
	}
	if !fanns {
		return "", register.Saknas()
	}
	klartext, err := s.nycklar.Dekryptera(krypterad, anvandareAD(id, "mobil"))
	if err != nil {
		return "", fmt.Errorf("anvandare: dekryptera: %w", err)
	}
	return string(klartext), nil
}

// AnvandareID finds a user by number; 404 when there is none.
func (s *Store) AnvandareID(ctx context.Context, a register.Aktor, p register.Personnummer) (uuid.UUID, error) {
	if err := farAdministrera(a); err != nil {
		return uuid.Nil, err
	}
	var id uuid.UUID
	fanns, err := enRad(s.db.WithContext(ctx).Raw(`select id from anvandare where blindindex = ?`, s.anvandarindex(p)), &id)
	if err != nil {
		return uuid.Nil, mapFel(err)
	}
	if !fanns {
		return uuid.Nil, register.Saknas()
	}
	return id, nil
}

// enRad scans the one row of a query into dest; false when there is none.
func enRad(q *gorm.DB, dest ...any) (bool, error) {
	err := q.Row().Scan(dest...)
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	}
	return err == nil, err
}

// dekrypteraNamn opens a user's two names.
func (s *Store) dekrypteraNamn(id uuid.UUID, fornamn, efternamn []byte) (string, string, error) {
	f, err1 := s.nycklar.Dekryptera(fornamn, anvandareAD(id, "fornamn"))
	e, err2 := s.nycklar.Dekryptera(efternamn, anvandareAD(id, "efternamn"))
	if err := errors.Join(err1, err2); err != nil {
		return "", "", fmt.Errorf("anvandare: dekryptera: %w", err)
	}
	return string(f), string(e), nil
}

// Anvandare lists every user with every behörighet, oldest first; logged.
func (s *Store) Anvandare(ctx context.Context, a register.Aktor) ([]AnvandareRad, error) {
	if err := farAdministrera(a); err != nil {
		return nil, err
	}
	var rader []struct {
		ID                 uuid.UUID
		Fornamn, Efternamn []byte
		Huvudarbetsgivare  string
		Sparrad            bool
	}
	var roller []register.Behorighet
	err := s.txFri(ctx, func(tx *gorm.DB) error {
		rader, roller = nil, nil
		if err := tx.Raw(`select id, fornamn, efternamn, huvudarbetsgivare, sparrad from anvandare order by skapad, id`).Scan(&rader).Error; err != nil {
			return err
		}
		if err := tx.Raw(`select id, anvandare_id, roll, giltig_fran, giltig_till as giltig_tom from behorighet order by giltig_fran, roll`).Scan(&roller).Error; err != nil {
			return err
		}
		return logga(tx, a, s.Nu(), Handelse{Handelse: register.HandelseAnvandareListade})
	})
	if err != nil {
		return nil, err
	}
	av := map[uuid.UUID][]register.Behorighet{}
	for _, b := range roller {
		av[b.AnvandareID] = append(av[b.AnvandareID], b)
	}
	svar := make([]AnvandareRad, 0, len(rader))
	for _, r := range rader {
		fornamn, efternamn, err := s.dekrypteraNamn(r.ID, r.Fornamn, r.Efternamn)
		if err != nil {
			return nil, err
		}
		svar = append(svar, AnvandareRad{ID: r.ID, Fornamn: fornamn, Efternamn: efternamn,
			Huvudarbetsgivare: r.Huvudarbetsgivare, Sparrad: r.Sparrad, Behorigheter: av[r.ID]})
	}
	return svar, nil
}
