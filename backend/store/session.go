package store

import (
	"bytes"
	"cmp"
	"context"
	"crypto/subtle"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"sus/backend/register"
)

// NySession is a log-in to be. Fornyelse is the hash of its first refresh
// token, nil for a client, which logs in anew instead.
type NySession struct {
	ID        uuid.UUID
	Vila      time.Duration // without a refresh for so long, it is over
	Giltig    time.Duration // over whatever happens
	Fornyelse []byte
}

// Session is what a token is issued for.
type Session struct {
	ID          uuid.UUID
	InnehavarID uuid.UUID // anvandare or klient
	Scopes      []register.Scope
	GiltigTill  time.Time
}

// oautentiserad is a refusal with 401. Every reason a token is not good for
// gets the same words.
// TokenOgiltig is the one answer for every token that is not good, whatever the reason.
func TokenOgiltig() *register.Error {
	return register.Oautentiserad(register.RegelTokenOgiltig)
}

// BehorighetSaknas is the answer for a person who proved who they are and holds no role today.
func BehorighetSaknas() *register.Error {
	return register.Oautentiserad(register.RegelIngenGiltigBehorighet)
}

// harBehorighet is SQL for: the user in alias a holds some role on the day ?.
const harBehorighet = `exists (select from behorighet b where b.anvandare_id = a.id and ? between b.giltig_fran and b.giltig_till)`

// aktorSQL asks everything a request needs to know of its caller, at once: the
// session lives, nobody is blocked, which roles and uppdrag hold today. An
// uppdrag of DELTAGARANSVARIG or MASKIN on an organisation as such gives one row
// for each of its insatser, and a deltagaransvarig's is dropped unless the
// huvudarbetsgivare is Medlem there. It is asked in every request: texts instead
// of json, and what Go does as well left to Go, take a third off it.
const aktorSQL = `
select coalesce(s.anvandare_id, s.klient_id), s.klient_id is not null, array_to_string(s.scopes, ' '), k.organisation_id,
  array_to_string(array(
    select b.roll from behorighet b
    where b.anvandare_id = s.anvandare_id and $3::date between b.giltig_fran and b.giltig_till order by b.roll), ' '),
  array_to_string(array(
    select u.roll || ',' || coalesce(u.organisation_id, i.organisation_id)::text || ',' || coalesce(i.id::text, '') ||
      case when u.insats_id is null then ',organisation' else ',insats' end
    from uppdrag u
      left join insats i on i.id = u.insats_id or i.organisation_id = u.organisation_id and u.roll in ('DELTAGARANSVARIG', 'MASKIN')
    where coalesce(u.anvandare_id, u.klient_id) = coalesce(s.anvandare_id, s.klient_id)
      and $3::date between u.giltig_fran and coalesce(u.giltig_till, 'infinity')
      and (u.roll <> 'DELTAGARANSVARIG' or exists (
        select from ingaende_organisation m
        where m.organisation_id = coalesce(u.organisation_id, i.organisation_id)
          and m.organisationsnummer = a.huvudarbetsgivare and m.medlem))), ' ')
from session s
  left join anvandare a on a.id = s.anvandare_id
  left join klient k on k.id = s.klient_id
where s.id = $1 and s.avslutad is null and s.vilar_till > $2 and s.giltig_till > $2 and not coalesce(a.sparrad, k.sparrad)`

// Aktor is who a session belongs to and what that caller may do now, asked in
// one query. An uppdrag counts only with its role. Refused with 401
// `token-ogiltig`: a session that is unknown, over or idle too long, a blocked
// holder, and a person without a role today.
func (s *Store) Aktor(ctx context.Context, sessionID uuid.UUID) (register.Aktor, error) {
	ak := register.Aktor{SessionID: sessionID}
	var maskin bool
	var scopes, roller, uppdrag string
	var organisation *uuid.UUID
	err := s.sqldb.QueryRowContext(ctx, aktorSQL, sessionID, s.Nu(), s.Idag()).
		Scan(&ak.ID, &maskin, &scopes, &organisation, &roller, &uppdrag)
	if errors.Is(err, sql.ErrNoRows) {
		return register.Aktor{}, TokenOgiltig()
	}
	if err != nil {
		return register.Aktor{}, mapFel(err)
	}
	for _, r := range strings.Fields(roller) {
		ak.Roller = append(ak.Roller, register.Roll(r))
	}
	if maskin {
		ak.Roller, ak.Scopes = []register.Roll{register.RollMaskin}, register.Scopelista(scopes)
	}
	if organisation != nil {
		ak.OrganisationID = *organisation
	}
	if len(ak.Roller) == 0 {
		return register.Aktor{}, TokenOgiltig()
	}
	return ak, lasUppdrag(&ak, uppdrag)
}

// lasUppdrag reads aktorSQL's uppdrag into the Aktor: those with a role that is
// held, each once, in a fixed order. One on an organisation as such stands
// before its insatser.
func lasUppdrag(ak *register.Aktor, text string) error {
	for _, rad := range strings.Fields(text) {
		falt := strings.Split(rad, ",")
		u := register.Uppdrag{Roll: register.Roll(falt[0])}
		if !ak.HarRoll(u.Roll) {
			continue
		}
		var err error
		if u.OrganisationID, err = uuid.Parse(falt[1]); err != nil {
			return fmt.Errorf("session: uppdrag: %w", err)
		}
		if falt[3] == "organisation" {
			ak.Uppdrag = append(ak.Uppdrag, u)
		}
		if falt[2] == "" {
			continue
		}
		if u.InsatsID, err = uuid.Parse(falt[2]); err != nil {
			return fmt.Errorf("session: uppdrag: %w", err)
		}
		ak.Uppdrag = append(ak.Uppdrag, u)
	}
	slices.SortFunc(ak.Uppdrag, func(a, b register.Uppdrag) int {
		return cmp.Or(bytes.Compare(a.OrganisationID[:], b.OrganisationID[:]), bytes.Compare(a.InsatsID[:], b.InsatsID[:]), cmp.Compare(a.Roll, b.Roll))
	})
	ak.Uppdrag = slices.Compact(ak.Uppdrag)
	return nil
}

// skapaSession writes the session of a person or, with maskin, of a client.
func skapaSession(tx *gorm.DB, nu time.Time, ny NySession, innehavare uuid.UUID, maskin bool, scopes []register.Scope) (Session, error) {
	svar := Session{ID: ny.ID, InnehavarID: innehavare, Scopes: scopes, GiltigTill: nu.Add(ny.Giltig)}
	vilar := nu.Add(min(ny.Vila, ny.Giltig))
	kolumn := "anvandare_id"
	if maskin {
		kolumn = "klient_id"
	}
	err := tx.Exec(`insert into session (id, `+kolumn+`, scopes, skapad, vilar_till, giltig_till)
		values (?, ?, string_to_array(?, ' '), ?, ?, ?)`, ny.ID, innehavare, register.Scopetext(scopes), nu, vilar, svar.GiltigTill).Error
	if err != nil || ny.Fornyelse == nil {
		return svar, err
	}
	return svar, tx.Exec(`insert into fornyelse (session_id, hash, skapad) values (?, ?, ?)`, ny.ID, ny.Fornyelse, nu).Error
}

// Fornya swaps a refresh token for the next and moves the idle end. Both are
// hashes. Refused with 401 `fornyelse-ogiltig`: unknown, of a dead session, of a
// blocked user or one without a role today. A token that was used before —
// late, or by the slower of two that race — ends its whole session: one of its
// two holders is a thief, and nobody can tell which.
func (s *Store) Fornya(ctx context.Context, gammal, ny []byte, vila time.Duration) (Session, error) {
	nu, idag := s.Nu(), s.Idag()
	var svar Session
	var utfall error
	err := s.txFri(ctx, func(tx *gorm.DB) error {
		svar, utfall = Session{}, register.Oautentiserad(register.RegelFornyelseOgiltig)
		var rad struct {
			ID, AnvandareID       uuid.UUID
			Anvand, Avslutad      *time.Time
			VilarTill, GiltigTill time.Time
			Far                   bool
		}
		r := tx.Raw(`select s.id, s.anvandare_id, f.anvand, s.avslutad, s.vilar_till, s.giltig_till, not a.sparrad and `+harBehorighet+` as far
			from fornyelse f join session s on s.id = f.session_id join anvandare a on a.id = s.anvandare_id
			where f.hash = ? for update of f, s`, idag, gammal).Scan(&rad)
		if r.Error != nil || r.RowsAffected == 0 {
			return r.Error
		}
		ak := register.Aktor{ID: rad.AnvandareID, SessionID: rad.ID}
		if rad.Anvand != nil {
			if rad.Avslutad != nil {
				return nil
			}
			if err := tx.Exec(`update session set avslutad = ?, avslut = 'ATERANVAND' where id = ?`, nu, rad.ID).Error; err != nil {
				return err
			}
			return logga(tx, ak, nu, Handelse{Handelse: register.HandelseFornyelseAteranvand, ObjektID: rad.ID, Utfall: UtfallNekad})
		}
		if rad.Avslutad != nil || !rad.VilarTill.After(nu) || !rad.GiltigTill.After(nu) || !rad.Far {
			return nil
		}
		vilar := nu.Add(vila)
		if vilar.After(rad.GiltigTill) {
			vilar = rad.GiltigTill
		}
		if err := tx.Exec(`update fornyelse set anvand = ? where hash = ?`, nu, gammal).Error; err != nil {
			return err
		}
		if err := tx.Exec(`insert into fornyelse (session_id, hash, skapad) values (?, ?, ?)`, rad.ID, ny, nu).Error; err != nil {
			return err
		}
		if err := tx.Exec(`update session set vilar_till = ? where id = ?`, vilar, rad.ID).Error; err != nil {
			return err
		}
		svar, utfall = Session{ID: rad.ID, InnehavarID: rad.AnvandareID, GiltigTill: rad.GiltigTill}, nil
		return logga(tx, ak, nu, Handelse{Handelse: register.HandelseSessionFornyad, ObjektID: rad.ID})
	})
	if err != nil {
		return Session{}, err
	}
	return svar, utfall
}

// LoggaInKlient opens a client's session when the secret is right. scopes nil
// means all that the client has. Refused: 401 `klient-okand` (unknown, wrong
// secret and blocked alike), 422 `scope-ogiltigt`.
func (s *Store) LoggaInKlient(ctx context.Context, klientID uuid.UUID, hemlighet string, scopes []register.Scope, ny NySession) (Session, error) {
	nu := s.Nu()
	given := s.klienthemlighet(klientID, hemlighet)
	var svar Session
	var utfall error
	err := s.txFri(ctx, func(tx *gorm.DB) error {
		svar, utfall = Session{}, register.Oautentiserad(register.RegelKlientOkand)
		var rad struct {
			Hemlighet      []byte
			Scopes         string
			Sparrad        bool
			OrganisationID uuid.UUID
		}
		if err := tx.Raw(`select hemlighet, array_to_string(scopes, ' ') as scopes, sparrad, organisation_id from klient where id = ?`,
			klientID).Scan(&rad).Error; err != nil {
			return err
		}
		h := Handelse{Handelse: register.HandelseKlientInloggning, Utfall: UtfallNekad}
		if subtle.ConstantTimeCompare(rad.Hemlighet, given) != 1 || rad.Sparrad {
			if rad.Hemlighet != nil {
				h.ObjektID = klientID
			}
			return logga(tx, inloggningsaktor, nu, h)
		}
		h.ObjektID, h.OrganisationID = klientID, rad.OrganisationID
		egna := register.Scopelista(rad.Scopes)
		if scopes == nil {
			scopes = egna
		}
		if slices.ContainsFunc(scopes, func(sc register.Scope) bool { return !slices.Contains(egna, sc) }) {
			utfall = register.Ogiltig(register.RegelScopeOgiltigt)
			return logga(tx, register.Aktor{ID: klientID, Roller: []register.Roll{register.RollMaskin}}, nu, h)
		}
		var err error
		if svar, err = skapaSession(tx, nu, ny, klientID, true, scopes); err != nil {
			return err
		}
		utfall, h.Utfall = nil, UtfallOK
		return logga(tx, register.Aktor{ID: klientID, SessionID: ny.ID, Roller: []register.Roll{register.RollMaskin}, OrganisationID: rad.OrganisationID}, nu, h)
	})
	if err != nil {
		return Session{}, err
	}
	return svar, utfall
}

// LoggaUt ends the Aktor's session; a second time changes nothing.
func (s *Store) LoggaUt(ctx context.Context, a register.Aktor) error {
	nu := s.Nu()
	return s.txFri(ctx, func(tx *gorm.DB) error {
		r := tx.Exec(`update session set avslutad = ?, avslut = 'UTLOGGAD' where id = ? and avslutad is null`, nu, a.SessionID)
		if r.Error != nil || r.RowsAffected == 0 {
			return r.Error
		}
		return logga(tx, a, nu, Handelse{Handelse: register.HandelseUtloggning, ObjektID: a.SessionID})
	})
}

// OppnaDemosession opens a session without log-in, for a token of the demo.
// Refused with 403 `inte-demo` unless the installation is a demo.
func (s *Store) OppnaDemosession(ctx context.Context, innehavare uuid.UUID, maskin bool, ny NySession) (Session, error) {
	nu := s.Nu()
	var svar Session
	err := s.txFri(ctx, func(tx *gorm.DB) error {
		var demo bool
		if _, err := enRad(tx.Raw(`select coalesce((select demo from installation), false)`), &demo); err != nil {
			return err
		}
		if !demo {
			return register.InteDemo()
		}
		var scopes string
		if maskin {
			if fanns, err := enRad(tx.Raw(`select array_to_string(scopes, ' ') from klient where id = ?`, innehavare), &scopes); err != nil {
				return err
			} else if !fanns {
				return register.Saknas()
			}
		}
		var err error
		if svar, err = skapaSession(tx, nu, ny, innehavare, maskin, register.Scopelista(scopes)); err != nil {
			return behorighetsfel(err)
		}
		return logga(tx, register.Aktor{System: "demo"}, nu, Handelse{Handelse: register.HandelseDemosession, ObjektID: ny.ID})
	})
	return svar, err
}

// RensaInloggningar erases what log-in no longer needs: sessions and challenges
// a day after their end, tries out of every window, and keys that verify
// nothing any more. For the daily job.
func (s *Store) RensaInloggningar(ctx context.Context) error {
	nu := s.Nu()
	igar := nu.Add(-24 * time.Hour)
	return s.txFri(ctx, func(tx *gorm.DB) error {
		for _, sats := range []struct {
			sql  string
			fore time.Time
		}{
			{`delete from session where giltig_till < ?`, igar},
			{`delete from inloggning where giltig_till < ?`, igar},
			{`delete from inloggningsforsok where borjan < ?`, igar},
			{`delete from signeringsnyckel where verifierar_till < ?`, nu},
		} {
			if err := tx.Exec(sats.sql, sats.fore).Error; err != nil {
				return err
			}
		}
		return nil
	})
}
