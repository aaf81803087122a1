package konto

import (
	"context"
	"errors"
	"fmt"

	"github.com/google/uuid"

	"sus/backend/register"
	"sus/backend/store/db"
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

// hinder refuses all but a systemförvaltare and the system's own commands: users
// and clients are granted by FK (domain 7).
func hinder(a register.Aktor) *register.Error {
	if a.System != "" || a.HarRoll(register.RollSystemforvaltare) {
		return nil
	}
	return register.Nekad()
}

// anvandarindex is the blind index of a user's number. It is keyed apart from
// the participants' index, so that no copy of the tables shows which employee
// is also a participant.
func (k *Konto) anvandarindex(p register.Personnummer) []byte {
	return k.Nycklar().BodyHmac("anvandare/blindindex", []byte(p.Siffror()))
}

func anvandareAD(id uuid.UUID, column string) string { return id.String() + "/anvandare." + column }

// SkapaAnvandare adds a user without any role. huvudlosenord is argon2id in PHC
// form: the master password itself never reaches store. Refused: 403 for others
// than FK, 422 faulty fields, 409 `anvandare-finns` when the number has a user.
func (k *Konto) SkapaAnvandare(ctx context.Context, b db.Begaran, in register.Anvandaruppgifter, huvudlosenord string) (uuid.UUID, error) {
	id, err := uuid.NewV7()
	if err != nil {
		return uuid.Nil, fmt.Errorf("anvandare: id: %w", err)
	}
	a := db.Arende{Handelse: register.HandelseAnvandareSkapad, Hinder: hinder(b.Aktor)}
	return db.Andra(ctx, k.DB, b, a, func(tx *db.Tx) (uuid.UUID, error) {
		if err := in.Kontrollera(); err != nil {
			return uuid.Nil, err
		}
		krypterat := map[string][]byte{}
		for column, klartext := range map[string]string{
			"personnummer": in.Personnummer.Siffror(), "fornamn": in.Fornamn, "efternamn": in.Efternamn, "mobil": in.Mobil} {
			if krypterat[column], err = k.Nycklar().Kryptera([]byte(klartext), anvandareAD(id, column)); err != nil {
				return uuid.Nil, fmt.Errorf("anvandare: kryptera: %w", err)
			}
		}
		n, err := db.Kor(tx, `insert into anvandare (id, personnummer, blindindex, fornamn, efternamn, mobil, huvudarbetsgivare, huvudlosenord, losenord_bytt, skapad)
			values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict (blindindex) do nothing`,
			id, krypterat["personnummer"], k.anvandarindex(in.Personnummer), krypterat["fornamn"], krypterat["efternamn"], krypterat["mobil"],
			in.Huvudarbetsgivare, huvudlosenord, tx.Nu, tx.Nu)
		if db.Constraint(err) == "anvandare_huvudarbetsgivare_finns" {
			return uuid.Nil, register.OgiltigaFalt([]register.Faltfel{register.RegelMyndighetSaknas.Vid("/huvudarbetsgivare")})
		}
		if err != nil {
			return uuid.Nil, err
		}
		if n == 0 {
			return uuid.Nil, register.Konflikt(register.RegelAnvandareFinns)
		}
		tx.Galler(id, uuid.Nil, uuid.Nil)
		return id, nil
	})
}

// andraAnvandare changes one user. fn says whether the user was there; 404 when not.
func (k *Konto) andraAnvandare(ctx context.Context, b db.Begaran, id uuid.UUID, h register.Handelse, fn func(*db.Tx) (finns bool, err error)) error {
	_, err := db.Andra(ctx, k.DB, b, db.Arende{Handelse: h, ObjektID: id, Hinder: hinder(b.Aktor)}, func(tx *db.Tx) (bool, error) {
		finns, err := fn(tx)
		if err == nil && !finns {
			err = register.Saknas()
		}
		return finns, err
	})
	return err
}

// SparraAnvandare blocks a user, or lets the user in again. Blocking takes hold
// at once: it ends every session, and each request asks for it besides.
func (k *Konto) SparraAnvandare(ctx context.Context, b db.Begaran, id uuid.UUID, sparrad bool) error {
	h := register.HandelseAnvandareSparrad
	if !sparrad {
		h = register.HandelseAnvandareSparrHavd
	}
	return k.andraAnvandare(ctx, b, id, h, func(tx *db.Tx) (bool, error) {
		n, err := db.Kor(tx, `update anvandare set sparrad = ?, version = version + 1 where id = ? and gallrad is null`, sparrad, id)
		if err != nil || n == 0 || !sparrad {
			return n > 0, err
		}
		return true, avslutaSessioner(tx, id, "SPARRAD")
	})
}

// BytHuvudlosenord replaces the master password's hash and ends the user's
// sessions and half-done log-ins.
func (k *Konto) BytHuvudlosenord(ctx context.Context, b db.Begaran, id uuid.UUID, hash string) error {
	return k.andraAnvandare(ctx, b, id, register.HandelseAnvandareHuvudlosenordBytt, func(tx *db.Tx) (bool, error) {
		n, err := db.Kor(tx, `update anvandare set huvudlosenord = ?, losenord_bytt = ?, version = version + 1 where id = ? and gallrad is null`, hash, tx.Nu, id)
		if err != nil || n == 0 {
			return false, err
		}
		if err := forbrukaInloggningar(tx, id); err != nil {
			return true, err
		}
		return true, avslutaSessioner(tx, id, "HEMLIGHET_BYTT")
	})
}

// avslutaSessioner ends what a user or a client has open.
func avslutaSessioner(tx *db.Tx, innehavare uuid.UUID, orsak string) error {
	_, err := db.Kor(tx, `update session set avslutad = ?, avslut = ? where (anvandare_id = ? or klient_id = ?) and avslutad is null`,
		tx.Nu, orsak, innehavare, innehavare)
	return err
}

// BytMobil replaces the number that codes are sent to, and gives the old one,
// which is to be told. A code that is on its way to the old one opens nothing.
func (k *Konto) BytMobil(ctx context.Context, b db.Begaran, id uuid.UUID, mobil string) (gammal string, err error) {
	err = k.andraAnvandare(ctx, b, id, register.HandelseAnvandareMobilBytt, func(tx *db.Tx) (bool, error) {
		if err := register.KontrolleraMobil(mobil); err != nil {
			return true, err
		}
		ny, err := k.Nycklar().Kryptera([]byte(mobil), anvandareAD(id, "mobil"))
		if err != nil {
			return true, fmt.Errorf("anvandare: kryptera: %w", err)
		}
		forra, finns, err := db.RadOm[[]byte](tx, `select mobil from anvandare where id = ? and gallrad is null for update`, id)
		if err != nil || !finns {
			return false, err
		}
		if gammal, err = k.oppnaMobil(id, forra); err != nil {
			return true, err
		}
		if err := forbrukaInloggningar(tx, id); err != nil {
			return true, err
		}
		_, err = db.Kor(tx, `update anvandare set mobil = ?, version = version + 1 where id = ?`, ny, id)
		return true, err
	})
	return gammal, err
}

// Mobil is the number that a user's codes are sent to. For auth alone.
func (k *Konto) Mobil(ctx context.Context, id uuid.UUID) (string, error) {
	krypterad, err := db.Rad[[]byte](k.Oppet(ctx), `select mobil from anvandare where id = ? and gallrad is null`, id)
	if err != nil {
		return "", err
	}
	return k.oppnaMobil(id, krypterad)
}

func (k *Konto) oppnaMobil(id uuid.UUID, krypterad []byte) (string, error) {
	klartext, err := k.Nycklar().Dekryptera(krypterad, anvandareAD(id, "mobil"))
	if err != nil {
		return "", fmt.Errorf("anvandare: dekryptera: %w", err)
	}
	return string(klartext), nil
}

// AnvandareID finds a user by number; logged. 404 when there is none.
func (k *Konto) AnvandareID(ctx context.Context, b db.Begaran, p register.Personnummer) (uuid.UUID, error) {
	a := db.Arende{Handelse: register.HandelseAnvandareUppslagen, Hinder: hinder(b.Aktor)}
	return db.Las(ctx, k.DB, b, a, func(tx *db.Tx) (uuid.UUID, error) {
		id, err := db.Rad[uuid.UUID](tx, `select id from anvandare where blindindex = ?`, k.anvandarindex(p))
		tx.Galler(id, uuid.Nil, uuid.Nil)
		return id, err
	})
}

// oppnaNamn opens a user's two names.
func (k *Konto) oppnaNamn(id uuid.UUID, fornamn, efternamn []byte) (string, string, error) {
	f, err1 := k.Nycklar().Dekryptera(fornamn, anvandareAD(id, "fornamn"))
	e, err2 := k.Nycklar().Dekryptera(efternamn, anvandareAD(id, "efternamn"))
	if err := errors.Join(err1, err2); err != nil {
		return "", "", fmt.Errorf("anvandare: dekryptera: %w", err)
	}
	return string(f), string(e), nil
}

// sluten is a user as it lies in the database.
type sluten struct {
	ID                 uuid.UUID
	Fornamn, Efternamn []byte
	Huvudarbetsgivare  string
	Sparrad            bool
}

// Anvandare lists every user with every behörighet, oldest first, without those that
// are erased; logged.
func (k *Konto) Anvandare(ctx context.Context, b db.Begaran) ([]AnvandareRad, error) {
	a := db.Arende{Handelse: register.HandelseAnvandareListade, Hinder: hinder(b.Aktor)}
	return db.Las(ctx, k.DB, b, a, func(tx *db.Tx) ([]AnvandareRad, error) {
		rader, err := db.Rader[sluten](tx, `select id, fornamn, efternamn, huvudarbetsgivare, sparrad from anvandare where gallrad is null order by skapad, id`)
		if err != nil {
			return nil, err
		}
		roller, err := db.Rader[register.Behorighet](tx, `select `+behorighetColumns+` from behorighet order by giltig_fran, roll collate "C"`)
		if err != nil {
			return nil, err
		}
		av := map[uuid.UUID][]register.Behorighet{}
		for _, b := range roller {
			av[b.AnvandareID] = append(av[b.AnvandareID], b)
		}
		svar := make([]AnvandareRad, 0, len(rader))
		for _, r := range rader {
			fornamn, efternamn, err := k.oppnaNamn(r.ID, r.Fornamn, r.Efternamn)
			if err != nil {
				return nil, err
			}
			svar = append(svar, AnvandareRad{ID: r.ID, Fornamn: fornamn, Efternamn: efternamn,
				Huvudarbetsgivare: r.Huvudarbetsgivare, Sparrad: r.Sparrad, Behorigheter: av[r.ID]})
		}
		return svar, nil
	})
}
