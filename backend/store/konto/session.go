package konto

import (
	"bytes"
	"cmp"
	"context"
	"crypto/subtle"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"sus/backend/register"
	"sus/backend/store/db"
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
	Upphor      time.Time
}

// TokenOgiltig is the one answer for every token that is not good, whatever the reason.
func TokenOgiltig() *register.Error { return register.Oautentiserad(register.RegelTokenOgiltig) }

// BehorighetSaknas is the answer for a person who proved who they are and holds no role today.
func BehorighetSaknas() *register.Error {
	return register.Oautentiserad(register.RegelIngenGiltigBehorighet)
}

// harBehorighet is SQL for: the user in alias a holds some role on the day ?.
const harBehorighet = `exists (select from behorighet b where b.anvandare_id = a.id and ? between b.giltig_fran and b.giltig_tom)`

// aktorSQL asks everything a request needs to know of its caller, at once: the
// session lives, nobody is blocked, which roles and uppdrag hold today. An
// uppdrag of DELTAGARANSVARIG or MASKIN on an organisation as such gives one row
// for each of its insatser, and a deltagaransvarig's is dropped unless the
// huvudarbetsgivare is Medlem there that day. It is asked in every request: texts instead
// of json, and what Go does as well left to Go, take a third off it.
const aktorSQL = `
select coalesce(s.anvandare_id, s.klient_id), s.klient_id is not null, array_to_string(s.scopes, ' '), k.organisation_id,
  array_to_string(array(
    select b.roll from behorighet b
    where b.anvandare_id = s.anvandare_id and ?::date between b.giltig_fran and b.giltig_tom order by b.roll collate "C"), ' '),
  array_to_string(array(
    select u.roll || ',' || coalesce(u.organisation_id, i.organisation_id)::text || ',' || coalesce(i.id::text, '') ||
      case when u.insats_id is null then ',organisation' else ',insats' end
    from uppdrag u
      left join insats i on i.id = u.insats_id or i.organisation_id = u.organisation_id and u.roll in ('DELTAGARANSVARIG', 'MASKIN')
    where coalesce(u.anvandare_id, u.klient_id) = coalesce(s.anvandare_id, s.klient_id)
      and ?::date between u.giltig_fran and coalesce(u.giltig_tom, 'infinity')
      and (u.roll <> 'DELTAGARANSVARIG' or exists (
        select from ingaende_organisation m
        where m.organisation_id = coalesce(u.organisation_id, i.organisation_id)
          and m.organisationsnummer = a.huvudarbetsgivare and m.medlem
          and ?::date between coalesce(m.giltig_fran, '-infinity') and coalesce(m.giltig_tom, 'infinity')))), ' ')
from session s
  left join anvandare a on a.id = s.anvandare_id
  left join klient k on k.id = s.klient_id
where s.id = ? and s.avslutad is null and s.vila_upphor > ? and s.upphor > ? and not coalesce(a.sparrad, k.sparrad)`

// aktorrad is aktorSQL's answer.
type aktorrad struct {
	id                      uuid.UUID
	maskin                  bool
	scopes, roller, uppdrag string
	organisation            *[16]byte
}

// Skanna reads it.
func (r *aktorrad) Skanna(rad db.Row) error {
	return rad.Scan(db.UUIDBytes(&r.id), &r.maskin, &r.scopes, &r.organisation, &r.roller, &r.uppdrag)
}

// Aktor is who a session belongs to and what that caller may do now, asked in
// one query. An uppdrag counts only with its role. Refused with 401
// `token-ogiltig`: a session that is unknown, over or idle too long, a blocked
// holder, and a person without a role today.
func (k *Konto) Aktor(ctx context.Context, sessionID uuid.UUID) (register.Aktor, error) {
	nu, idag := k.Nu(), k.Idag()
	r, finns, err := db.RadOm[aktorrad](k.Oppet(ctx), aktorSQL, idag, idag, idag, sessionID, nu, nu)
	if err == nil && !finns {
		err = TokenOgiltig()
	}
	if err != nil {
		return register.Aktor{}, err
	}
	ak := register.Aktor{ID: r.id, SessionID: sessionID}
	for _, roll := range strings.Fields(r.roller) {
		ak.Roller = append(ak.Roller, register.Roll(roll))
	}
	if r.maskin {
		ak.Roller, ak.Scopes = []register.Roll{register.RollMaskin}, register.Scopelista(r.scopes)
	}
	if r.organisation != nil {
		ak.OrganisationID = *r.organisation
	}
	if len(ak.Roller) == 0 {
		return register.Aktor{}, TokenOgiltig()
	}
	return ak, lasUppdrag(&ak, r.uppdrag)
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
func skapaSession(tx *db.Tx, ny NySession, innehavare uuid.UUID, maskin bool, scopes []register.Scope) (Session, error) {
	tid := register.NySessionstid(tx.Nu, ny.Vila, ny.Giltig)
	svar := Session{ID: ny.ID, InnehavarID: innehavare, Scopes: scopes, Upphor: tid.Upphor}
	column := "anvandare_id"
	if maskin {
		column = "klient_id"
	}
	_, err := db.Kor(tx, `insert into session (id, `+column+`, scopes, skapad, vila_upphor, upphor)
		values (?, ?, string_to_array(?, ' '), ?, ?, ?)`, ny.ID, innehavare, register.Scopetext(scopes), tx.Nu, tid.VilaUpphor, tid.Upphor)
	if err != nil || ny.Fornyelse == nil {
		return svar, err
	}
	return svar, skapaFornyelse(tx, ny.ID, ny.Fornyelse)
}

func skapaFornyelse(tx *db.Tx, session uuid.UUID, hash []byte) error {
	_, err := db.Kor(tx, `insert into fornyelse (session_id, hash, skapad) values (?, ?, ?)`, session, hash, tx.Nu)
	return err
}

// fornyelserad is a refresh token with its session.
type fornyelserad struct {
	ID, AnvandareID    uuid.UUID
	Anvand, Avslutad   *time.Time
	VilaUpphor, Upphor time.Time
	Far                bool
}

// Fornya swaps a refresh token for the next and moves the idle end. Both are
// hashes. Refused with 401 `fornyelse-ogiltig`: unknown, of a dead session, of a
// blocked user or one without a role today. A token that was used before —
// late, or by the slower of two that race — ends its whole session: one of its
// two holders is a thief, and nobody can tell which.
func (k *Konto) Fornya(ctx context.Context, gammal, ny []byte, vila time.Duration) (Session, error) {
	a := db.Arende{Handelse: register.HandelseSessionFornyad}
	return db.Andra(ctx, k.DB, db.Begaran{Aktor: db.Inloggningsaktor}, a, func(tx *db.Tx) (Session, error) {
		f, finns, err := db.RadOm[fornyelserad](tx, `select s.id, s.anvandare_id, f.anvand, s.avslutad, s.vila_upphor, s.upphor, not a.sparrad and `+harBehorighet+` as far
			from fornyelse f join session s on s.id = f.session_id join anvandare a on a.id = s.anvandare_id
			where f.hash = ? for update of f, s`, tx.Idag(), gammal)
		if err != nil {
			return Session{}, err
		}
		tid := register.Sessionstid{VilaUpphor: f.VilaUpphor, Upphor: f.Upphor}
		ak := register.Aktor{ID: f.AnvandareID, SessionID: f.ID}
		tx.Galler(f.ID, uuid.Nil, uuid.Nil)
		switch register.Fornya(register.Fornyelsefakta{Finns: finns, Anvand: f.Anvand != nil, Avslutad: f.Avslutad != nil, Tid: tid, Far: f.Far}, tx.Nu) {
		case register.FornyelseNekas:
			return Session{}, register.Oautentiserad(register.RegelFornyelseOgiltig)
		case register.FornyelseAvslutar:
			if _, err := db.Kor(tx, `update session set avslutad = ?, avslut = 'ATERANVAND' where id = ?`, tx.Nu, f.ID); err != nil {
				return Session{}, err
			}
			tx.Som(ak, register.HandelseFornyelseAteranvand)
			return Session{}, tx.NekaOchBehall(register.Oautentiserad(register.RegelFornyelseOgiltig))
		}
		if _, err := db.Kor(tx, `update fornyelse set anvand = ? where hash = ?`, tx.Nu, gammal); err != nil {
			return Session{}, err
		}
		if err := skapaFornyelse(tx, f.ID, ny); err != nil {
			return Session{}, err
		}
		if _, err := db.Kor(tx, `update session set vila_upphor = ? where id = ?`, tid.Anvand(tx.Nu, vila).VilaUpphor, f.ID); err != nil {
			return Session{}, err
		}
		tx.Som(ak, register.HandelseSessionFornyad)
		return Session{ID: f.ID, InnehavarID: f.AnvandareID, Upphor: f.Upphor}, nil
	})
}

// klientlas is what a client's log-in asks of it.
type klientlas struct {
	Hemlighet      []byte
	Scopes         string
	Sparrad        bool
	OrganisationID uuid.UUID
}

// LoggaInKlient opens a client's session when the secret is right. scopes nil
// means all that the client has. Refused: 401 `klient-okand` (unknown, wrong
// secret and blocked alike), 422 `scope-ogiltigt`.
func (k *Konto) LoggaInKlient(ctx context.Context, klientID uuid.UUID, hemlighet string, scopes []register.Scope, ny NySession) (Session, error) {
	given := k.klienthemlighet(klientID, hemlighet)
	a := db.Arende{Handelse: register.HandelseKlientInloggning}
	return db.Andra(ctx, k.DB, db.Begaran{Aktor: db.Inloggningsaktor}, a, func(tx *db.Tx) (Session, error) {
		l, finns, err := db.RadOm[klientlas](tx, `select hemlighet, array_to_string(scopes, ' ') as scopes, sparrad, organisation_id from klient where id = ?`, klientID)
		if err != nil {
			return Session{}, err
		}
		if finns {
			tx.Galler(klientID, uuid.Nil, uuid.Nil)
		}
		if subtle.ConstantTimeCompare(l.Hemlighet, given) != 1 || l.Sparrad {
			return Session{}, tx.NekaOchBehall(register.Oautentiserad(register.RegelKlientOkand))
		}
		tx.Galler(klientID, uuid.Nil, l.OrganisationID)
		klient := register.Aktor{ID: klientID, Roller: []register.Roll{register.RollMaskin}, OrganisationID: l.OrganisationID}
		egna, begarda := register.Scopelista(l.Scopes), scopes
		if begarda == nil {
			begarda = egna
		}
		if slices.ContainsFunc(begarda, func(sc register.Scope) bool { return !slices.Contains(egna, sc) }) {
			tx.Som(klient, register.HandelseKlientInloggning)
			return Session{}, tx.NekaOchBehall(register.Ogiltig(register.RegelScopeOgiltigt))
		}
		klient.SessionID = ny.ID
		tx.Som(klient, register.HandelseKlientInloggning)
		return skapaSession(tx, ny, klientID, true, begarda)
	})
}

// LoggaUt ends the Aktor's session; a second time changes nothing.
func (k *Konto) LoggaUt(ctx context.Context, b db.Begaran) error {
	a := db.Arende{Handelse: register.HandelseUtloggning, ObjektID: b.Aktor.SessionID}
	_, err := db.Andra(ctx, k.DB, b, a, func(tx *db.Tx) (int, error) {
		n, err := db.Kor(tx, `update session set avslutad = ?, avslut = 'UTLOGGAD' where id = ? and avslutad is null`, tx.Nu, b.Aktor.SessionID)
		if err == nil && n == 0 {
			tx.IngetGjort()
		}
		return n, err
	})
	return err
}

// OppnaDemosession opens a session without log-in, for a token of the demo.
// Refused with 403 `inte-demo` unless the installation is a demo.
func (k *Konto) OppnaDemosession(ctx context.Context, innehavare uuid.UUID, maskin bool, ny NySession) (Session, error) {
	b, a := db.Begaran{Aktor: register.Aktor{System: "demo"}}, db.Arende{Handelse: register.HandelseDemosession, ObjektID: ny.ID}
	return db.Andra(ctx, k.DB, b, a, func(tx *db.Tx) (Session, error) {
		if demo, err := db.Rad[bool](tx, `select coalesce((select demo from installation), false)`); err != nil {
			return Session{}, err
		} else if !demo {
			return Session{}, register.InteDemo()
		}
		var scopes string
		if maskin {
			var err error
			if scopes, err = db.Rad[string](tx, `select array_to_string(scopes, ' ') from klient where id = ?`, innehavare); err != nil {
				return Session{}, err
			}
		}
		svar, err := skapaSession(tx, ny, innehavare, maskin, register.Scopelista(scopes))
		return svar, behorighetsfel(err)
	})
}

// Rensa erases what log-in no longer needs: sessions and challenges
// a day after their end, tries out of every window, and keys that verify
// nothing any more. For the daily job.
func (k *Konto) Rensa(ctx context.Context) error {
	_, err := db.Underhall(ctx, k.DB, db.Begaran{}, func(tx *db.Tx) (int, error) {
		igar := tx.Nu.Add(-24 * time.Hour)
		for _, sats := range []struct {
			sql  string
			fore time.Time
		}{
			{`delete from session where upphor < ?`, igar},
			{`delete from inloggning where upphor < ?`, igar},
			{`delete from inloggningsforsok where borjan < ?`, igar},
			{`delete from signeringsnyckel where verifierar_till < ?`, tx.Nu},
		} {
			if _, err := db.Kor(tx, sats.sql, sats.fore); err != nil {
				return 0, err
			}
		}
		return 0, nil
	})
	return err
}
