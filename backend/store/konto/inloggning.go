package konto

import (
	"context"
	"crypto/subtle"
	"time"

	"github.com/google/uuid"

	"sus/backend/register"
	"sus/backend/store/db"
)

// Inloggningsuppgifter is what the first step needs to judge a try. ID is
// uuid.Nil when no user has the number.
type Inloggningsuppgifter struct {
	ID            uuid.UUID
	Huvudlosenord string // argon2id, PHC form
	Sparrad       bool
	HarBehorighet bool // some role holds today
}

// Inloggningsuppgifter finds a user by number; no user is no error.
func (k *Konto) Inloggningsuppgifter(ctx context.Context, p register.Personnummer) (Inloggningsuppgifter, error) {
	u, _, err := db.RadOm[Inloggningsuppgifter](k.Oppet(ctx), `select a.id, a.huvudlosenord, a.sparrad, `+harBehorighet+` as har_behorighet
		from anvandare a where a.blindindex = ?`, k.Idag(), k.anvandarindex(p))
	return u, err
}

// Forsok is whose tries are counted: a person's, known to us or not, and those
// of the address they come from.
type Forsok struct {
	Personnummer register.Personnummer // unset: not counted
	Adress       string                // IP address, or what stands for one
}

func (k *Konto) personnyckelForsok(blindindex []byte) []byte {
	return k.Nycklar().BodyHmac("forsok/person", blindindex)
}

func (k *Konto) adressnyckelForsok(adress string) []byte {
	return k.Nycklar().BodyHmac("forsok/adress", []byte(adress))
}

// RaknaForsok counts a try before it is judged, so that tries sent at once
// cannot slip past the bound, and says how long to wait when it is over: zero
// means go on. A try that the person's own bound stops does not burden the
// address: nothing was guessed, and others sit behind it.
func (k *Konto) RaknaForsok(ctx context.Context, f Forsok, g register.Forsoksgrans) (vanta time.Duration, err error) {
	rakna := func(nyckel []byte, hogst int, h register.Handelse) (time.Duration, error) {
		return db.Underhall(ctx, k.DB, db.Begaran{Aktor: db.Inloggningsaktor}, func(tx *db.Tx) (time.Duration, error) {
			r, err := raknaForsok(tx, nyckel, g)
			if err != nil {
				return 0, err
			}
			b := g.Prova(r.Antal, hogst, r.Borjan, tx.Nu)
			if b.Loggas {
				err = tx.LoggaNekad(db.Arende{Handelse: h}, register.RegelForMangaForsok)
			}
			return b.Vanta, err
		})
	}
	if f.Personnummer.Angett() {
		vanta, err = rakna(k.personnyckelForsok(k.anvandarindex(f.Personnummer)), g.PerPerson, register.HandelseInloggningLast)
		if err != nil || vanta > 0 {
			return vanta, err
		}
	}
	return rakna(k.adressnyckelForsok(f.Adress), g.PerAdress, register.HandelseInloggningLastAdress)
}

// forsoksrad is how many tries there were since the window began.
type forsoksrad struct {
	Antal  int
	Borjan time.Time
}

func raknaForsok(tx *db.Tx, nyckel []byte, g register.Forsoksgrans) (forsoksrad, error) {
	over := g.OverVid(tx.Nu)
	return db.Rad[forsoksrad](tx, `insert into inloggningsforsok as f (nyckel, antal, borjan) values (?, 1, ?)
		on conflict (nyckel) do update set
		  antal = case when f.borjan <= ? then 1 else least(f.antal + 1, 1000000) end,
		  borjan = case when f.borjan <= ? then excluded.borjan else f.borjan end
		returning antal, borjan`, nyckel, tx.Nu, over, over)
}

// AterlamnaAdress takes back the address's count of a try that was right:
// a whole kommun may sit behind one address.
func (k *Konto) AterlamnaAdress(ctx context.Context, adress string) error {
	_, err := db.Underhall(ctx, k.DB, db.Begaran{Aktor: db.Inloggningsaktor}, func(tx *db.Tx) (int, error) {
		return db.Kor(tx, `update inloggningsforsok set antal = greatest(antal - 1, 0) where nyckel = ?`, k.adressnyckelForsok(adress))
	})
	return err
}

// NekaInloggning logs a refused first step and gives it; anvandareID is uuid.Nil
// when nobody has the number.
func (k *Konto) NekaInloggning(ctx context.Context, anvandareID uuid.UUID, nej *register.Error) error {
	return k.Neka(ctx, db.Begaran{Aktor: db.Inloggningsaktor}, db.Arende{Handelse: register.HandelseInloggning, ObjektID: anvandareID}, nej)
}

func (k *Konto) kodhash(id uuid.UUID, kod string) []byte {
	return k.Nycklar().BodyHmac("inloggning/kod/"+id.String(), []byte(kod))
}

// SkapaInloggning opens a challenge for a user whose master password was right,
// and closes the user's earlier ones.
func (k *Konto) SkapaInloggning(ctx context.Context, id, anvandareID uuid.UUID, kod string, giltig time.Duration) (upphor time.Time, err error) {
	a := db.Arende{Handelse: register.HandelseInloggningKodSkickad, ObjektID: anvandareID}
	return db.Andra(ctx, k.DB, db.Begaran{Aktor: db.Inloggningsaktor}, a, func(tx *db.Tx) (time.Time, error) {
		upphor := tx.Nu.Add(giltig)
		if err := forbrukaInloggningar(tx, anvandareID); err != nil {
			return upphor, err
		}
		_, err := db.Kor(tx, `insert into inloggning (id, anvandare_id, kod_hash, skapad, upphor) values (?, ?, ?, ?, ?)`,
			id, anvandareID, k.kodhash(id, kod), tx.Nu, upphor)
		return upphor, err
	})
}

// forbrukaInloggningar closes the user's open challenges.
func forbrukaInloggningar(tx *db.Tx, anvandareID uuid.UUID) error {
	_, err := db.Kor(tx, `update inloggning set anvand = ? where anvandare_id = ? and anvand is null`, tx.Nu, anvandareID)
	return err
}

// utmaning is a challenge and the user whose it is.
type utmaning struct {
	AnvandareID            uuid.UUID
	KodHash, Blindindex    []byte
	Upphor                 time.Time
	Forsok                 int
	Anvand                 *time.Time
	Sparrad, HarBehorighet bool
}

// ProvaKod tries a code against a challenge, whose row is locked meanwhile:
// five tries are five also when they come at once, and of two right ones one
// wins. Right opens the session ny. Refused as register.ProvaKod says.
func (k *Konto) ProvaKod(ctx context.Context, id uuid.UUID, kod string, ny NySession, g register.Forsoksgrans) (Session, error) {
	given := k.kodhash(id, kod)
	a := db.Arende{Handelse: register.HandelseInloggningKod}
	return db.Andra(ctx, k.DB, db.Begaran{Aktor: db.Inloggningsaktor}, a, func(tx *db.Tx) (Session, error) {
		u, finns, err := db.RadOm[utmaning](tx, `select i.anvandare_id, i.kod_hash, a.blindindex, i.upphor, i.forsok, i.anvand, a.sparrad, `+harBehorighet+` as har_behorighet
			from inloggning i join anvandare a on a.id = i.anvandare_id where i.id = ? for update of i`, tx.Idag(), id)
		if err != nil {
			return Session{}, err
		}
		b := register.ProvaKod(register.Kodfakta{Finns: finns, Anvand: u.Anvand != nil, Forsok: u.Forsok, Upphor: u.Upphor,
			RattKod: subtle.ConstantTimeCompare(u.KodHash, given) == 1, Sparrad: u.Sparrad, HarBehorighet: u.HarBehorighet}, tx.Nu)
		tx.Galler(u.AnvandareID, uuid.Nil, uuid.Nil)
		if b.Raknas {
			if _, err := db.Kor(tx, `update inloggning set forsok = forsok + 1 where id = ?`, id); err != nil {
				return Session{}, err
			}
			if _, err := raknaForsok(tx, k.personnyckelForsok(u.Blindindex), g); err != nil {
				return Session{}, err
			}
		}
		if b.Forbruka {
			if _, err := db.Kor(tx, `update inloggning set anvand = ? where id = ?`, tx.Nu, id); err != nil {
				return Session{}, err
			}
		}
		switch {
		case b.Nej != nil && b.Loggas:
			return Session{}, tx.NekaOchBehall(b.Nej)
		case b.Nej != nil:
			return Session{}, b.Nej
		}
		if _, err := db.Kor(tx, `delete from inloggningsforsok where nyckel = ?`, k.personnyckelForsok(u.Blindindex)); err != nil {
			return Session{}, err
		}
		tx.Som(register.Aktor{ID: u.AnvandareID, SessionID: ny.ID}, register.HandelseInloggning)
		return skapaSession(tx, ny, u.AnvandareID, false, nil)
	})
}
