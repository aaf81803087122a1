package store

import (
	"context"
	"crypto/subtle"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"sus/backend/register"
)

// inloggningsaktor stands in the log for whoever tries to log in and is nobody yet.
var inloggningsaktor = register.Aktor{System: "inloggning"}

// Inloggningsuppgifter is what the first step needs to judge a try. ID is
// uuid.Nil when no user has the number.
type Inloggningsuppgifter struct {
	ID            uuid.UUID
	Huvudlosenord string // argon2id, PHC form
	Sparrad       bool
	HarBehorighet bool // some role holds today
}

// Inloggningsuppgifter finds a user by number; no user is no error.
func (s *Store) Inloggningsuppgifter(ctx context.Context, p register.Personnummer) (Inloggningsuppgifter, error) {
	var svar Inloggningsuppgifter
	err := s.db.WithContext(ctx).Raw(`select a.id, a.huvudlosenord, a.sparrad, `+harBehorighet+` as har_behorighet
		from anvandare a where a.blindindex = ?`, s.Idag(), s.anvandarindex(p)).Scan(&svar).Error
	return svar, mapFel(err)
}

// Forsok is whose tries are counted: a person's, known to us or not, and those
// of the address they come from.
type Forsok struct {
	Personnummer register.Personnummer // unset: not counted
	Adress       string                // IP address, or what stands for one
}

// Forsoksgrans is how many tries are let through within a window.
type Forsoksgrans struct {
	Fonster              time.Duration
	PerPerson, PerAdress int
}

func (s *Store) personnyckelForsok(blindindex []byte) []byte {
	return s.nycklar.KroppHmac("forsok/person", blindindex)
}

func (s *Store) adressnyckelForsok(adress string) []byte {
	return s.nycklar.KroppHmac("forsok/adress", []byte(adress))
}

// RaknaForsok counts a try before it is judged, so that tries sent at once
// cannot slip past the bound, and says how long to wait when it is over: zero
// means go on. A try that the person's own bound stops does not burden the
// address: nothing was guessed, and others sit behind it.
func (s *Store) RaknaForsok(ctx context.Context, f Forsok, g Forsoksgrans) (vanta time.Duration, err error) {
	if f.Personnummer.Satt() {
		vanta, err = s.rakna(ctx, s.personnyckelForsok(s.anvandarindex(f.Personnummer)), g.PerPerson, g.Fonster, register.HandelseInloggningLast)
		if err != nil || vanta > 0 {
			return vanta, err
		}
	}
	return s.rakna(ctx, s.adressnyckelForsok(f.Adress), g.PerAdress, g.Fonster, register.HandelseInloggningLastAdress)
}

func (s *Store) rakna(ctx context.Context, nyckel []byte, hogst int, fonster time.Duration, last register.Handelse) (vanta time.Duration, err error) {
	nu := s.Nu()
	err = s.txFri(ctx, func(tx *gorm.DB) error {
		vanta = 0
		antal, borjan, err := raknaForsok(tx, nyckel, nu, fonster)
		if err != nil || antal <= hogst {
			return err
		}
		vanta = borjan.Add(fonster).Sub(nu)
		if antal > hogst+1 {
			return nil // logged when the bound was passed: a flood of tries is no flood of log rows
		}
		return logga(tx, inloggningsaktor, nu, Handelse{Handelse: last, Utfall: UtfallNekad})
	})
	return vanta, err
}

func raknaForsok(tx *gorm.DB, nyckel []byte, nu time.Time, fonster time.Duration) (antal int, borjan time.Time, err error) {
	var rad struct {
		Antal  int
		Borjan time.Time
	}
	// GORM spreads a []byte that stands first within parentheses: nyckel is not first.
	err = tx.Raw(`insert into inloggningsforsok as f (antal, borjan, nyckel) values (1, ?, ?)
		on conflict (nyckel) do update set
		  antal = case when f.borjan <= ? then 1 else least(f.antal + 1, 1000000) end,
		  borjan = case when f.borjan <= ? then excluded.borjan else f.borjan end
		returning antal, borjan`, nu, nyckel, nu.Add(-fonster), nu.Add(-fonster)).Scan(&rad).Error
	return rad.Antal, rad.Borjan, err
}

// AterlamnaAdress takes back the address's count of a try that was right:
// a whole kommun may sit behind one address.
func (s *Store) AterlamnaAdress(ctx context.Context, adress string) error {
	return mapFel(s.db.WithContext(ctx).Exec(`update inloggningsforsok set antal = greatest(antal - 1, 0) where nyckel = ?`,
		s.adressnyckelForsok(adress)).Error)
}

// NekaInloggning logs a refused first step; anvandareID is uuid.Nil when nobody
// has the number. orsak is the rule that refused.
func (s *Store) NekaInloggning(ctx context.Context, anvandareID uuid.UUID, orsak register.Regel) error {
	return s.Logga(ctx, inloggningsaktor, Handelse{Handelse: register.HandelseInloggning, ObjektID: anvandareID, Utfall: UtfallNekad, Regel: orsak})
}

func (s *Store) kodhash(id uuid.UUID, kod string) []byte {
	return s.nycklar.KroppHmac("inloggning/kod/"+id.String(), []byte(kod))
}

// SkapaInloggning opens a challenge for a user whose master password was right,
// and closes the user's earlier ones.
func (s *Store) SkapaInloggning(ctx context.Context, id, anvandareID uuid.UUID, kod string, giltig time.Duration) (giltigTill time.Time, err error) {
	nu := s.Nu()
	giltigTill = nu.Add(giltig)
	err = s.txFri(ctx, func(tx *gorm.DB) error {
		if err := forbrukaInloggningar(tx, anvandareID, nu); err != nil {
			return err
		}
		if err := tx.Exec(`insert into inloggning (id, anvandare_id, kod_hash, skapad, giltig_till) values (?, ?, ?, ?, ?)`,
			id, anvandareID, s.kodhash(id, kod), nu, giltigTill).Error; err != nil {
			return err
		}
		return logga(tx, inloggningsaktor, nu, Handelse{Handelse: register.HandelseInloggningKodSkickad, ObjektID: anvandareID})
	})
	return giltigTill, err
}

// forbrukaInloggningar closes the user's open challenges.
func forbrukaInloggningar(tx *gorm.DB, anvandareID uuid.UUID, nu time.Time) error {
	return tx.Exec(`update inloggning set anvand = ? where anvandare_id = ? and anvand is null`, nu, anvandareID).Error
}

// maxKodforsok is how many wrong codes a challenge takes.
const maxKodforsok = 5

// ProvaKod tries a code against a challenge, whose row is locked meanwhile:
// five tries are five also when they come at once, and of two right ones one
// wins. Right opens the session ny. Refused: 404 no such challenge, 410
// `inloggning-forbrukad` expired, used or tried too often, 401 `kod-felaktig`,
// 401 `ingen-giltig-behorighet`.
func (s *Store) ProvaKod(ctx context.Context, id uuid.UUID, kod string, ny NySession, g Forsoksgrans) (Session, error) {
	nu, idag := s.Nu(), s.Idag()
	given := s.kodhash(id, kod)
	var svar Session
	var utfall error
	err := s.txFri(ctx, func(tx *gorm.DB) error {
		svar, utfall = Session{}, nil
		var rad struct {
			AnvandareID            uuid.UUID
			KodHash, Blindindex    []byte
			GiltigTill             time.Time
			Forsok                 int
			Anvand                 *time.Time
			Sparrad, HarBehorighet bool
		}
		r := tx.Raw(`select i.anvandare_id, i.kod_hash, a.blindindex, i.giltig_till, i.forsok, i.anvand, a.sparrad, `+harBehorighet+` as har_behorighet
			from inloggning i join anvandare a on a.id = i.anvandare_id where i.id = ? for update of i`, idag, id).Scan(&rad)
		if r.Error != nil {
			return r.Error
		}
		h := Handelse{Handelse: register.HandelseInloggningKod, ObjektID: rad.AnvandareID, Utfall: UtfallNekad}
		neka := func(e *register.Error) error {
			utfall, h.Regel = e, e.Regel
			return logga(tx, inloggningsaktor, nu, h)
		}
		switch {
		case r.RowsAffected == 0:
			utfall = register.Saknas()
			return nil
		case rad.Anvand != nil || rad.Forsok >= maxKodforsok || !rad.GiltigTill.After(nu):
			return neka(register.Borta(register.RegelInloggningForbrukad))
		case subtle.ConstantTimeCompare(rad.KodHash, given) != 1:
			if err := tx.Exec(`update inloggning set forsok = forsok + 1 where id = ?`, id).Error; err != nil {
				return err
			}
			if _, _, err := raknaForsok(tx, s.personnyckelForsok(rad.Blindindex), nu, g.Fonster); err != nil {
				return err
			}
			return neka(register.Oautentiserad(register.RegelKodFelaktig))
		}
		if err := tx.Exec(`update inloggning set anvand = ? where id = ?`, nu, id).Error; err != nil {
			return err
		}
		if rad.Sparrad || !rad.HarBehorighet {
			return neka(BehorighetSaknas())
		}
		if err := tx.Exec(`delete from inloggningsforsok where nyckel = ?`, s.personnyckelForsok(rad.Blindindex)).Error; err != nil {
			return err
		}
		var err error
		if svar, err = skapaSession(tx, nu, ny, rad.AnvandareID, false, nil); err != nil {
			return err
		}
		h.Handelse, h.Utfall = register.HandelseInloggning, UtfallOK
		return logga(tx, register.Aktor{ID: rad.AnvandareID, SessionID: ny.ID}, nu, h)
	})
	if err != nil {
		return Session{}, err
	}
	return svar, utfall
}
