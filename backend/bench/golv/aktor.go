package main

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/golang-jwt/jwt/v5"
	"github.com/google/uuid"
)

// provare verifies access tokens by the published keys.
type provare struct {
	parser  *jwt.Parser
	nycklar map[string]*ecdsa.PublicKey
	minns   bool     // verify a token once, as SUS does, and not in each request
	kanda   sync.Map // of claims, by token
}

type claims struct {
	jwt.RegisteredClaims
	Sid uuid.UUID `json:"sid"`
}

func hamtaNycklar(ctx context.Context, adress string) (*provare, error) {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, adress, nil)
	if err != nil {
		return nil, err
	}
	svar, err := http.DefaultClient.Do(r)
	if err != nil {
		return nil, err
	}
	defer svar.Body.Close()
	var jwks struct {
		Keys []struct{ Kid, X, Y string }
	}
	if err := json.NewDecoder(svar.Body).Decode(&jwks); err != nil {
		return nil, fmt.Errorf("jwks: %w", err)
	}
	p := &provare{
		parser: jwt.NewParser(jwt.WithValidMethods([]string{"ES256"}), jwt.WithIssuer("sus"), jwt.WithAudience("sus-api"),
			jwt.WithExpirationRequired(), jwt.WithIssuedAt()),
		nycklar: map[string]*ecdsa.PublicKey{},
	}
	for _, k := range jwks.Keys {
		x, err1 := base64.RawURLEncoding.DecodeString(k.X)
		y, err2 := base64.RawURLEncoding.DecodeString(k.Y)
		if err := errors.Join(err1, err2); err != nil {
			return nil, err
		}
		// 4 begins an uncompressed point; both coordinates have the curve's 32 bytes (RFC 7518)
		if p.nycklar[k.Kid], err = ecdsa.ParseUncompressedPublicKey(elliptic.P256(), slices.Concat([]byte{4}, x, y)); err != nil {
			return nil, fmt.Errorf("jwks: %w", err)
		}
	}
	return p, nil
}

// claims is what a token says, when it is good.
func (p *provare) claims(token string) (claims, error) {
	if kand, ok := p.kanda.Load(token); ok && time.Now().Before(kand.(claims).ExpiresAt.Time) {
		return kand.(claims), nil
	}
	var an claims
	if _, err := p.parser.ParseWithClaims(token, &an, p.nyckel); err != nil {
		return an, errToken
	}
	if p.minns {
		p.kanda.Store(token, an)
	}
	return an, nil
}

func (p *provare) nyckel(t *jwt.Token) (any, error) {
	kid, _ := t.Header["kid"].(string)
	k, ok := p.nycklar[kid]
	if !ok || t.Header["typ"] != "sus-at" {
		return nil, jwt.ErrTokenUnverifiable
	}
	return k, nil
}

// aktor is who calls and which insatser's people that caller may see.
type aktor struct {
	id       uuid.UUID
	maskin   bool
	insatser []uuid.UUID
	lista    string // the same, for row security

	administrerar []uuid.UUID // the organisations whose budget the caller writes
}

// typ is how the log names the kind of caller.
func (a aktor) typ() string {
	if a.maskin {
		return "MASKIN"
	}
	return "PERSON"
}

var stockholm = func() *time.Location {
	l, err := time.LoadLocation("Europe/Stockholm")
	if err != nil {
		panic(err)
	}
	return l
}()

func nu() time.Time { return time.Now().UTC().Truncate(time.Microsecond) }

const aktorSQL = `
select coalesce(s.anvandare_id, s.klient_id), s.klient_id is not null, array_to_string(s.scopes, ' '), k.organisation_id,
  array_to_string(array(
    select b.roll from behorighet b
    where b.anvandare_id = s.anvandare_id and $3::date between b.giltig_fran and b.giltig_tom order by b.roll), ' '),
  array_to_string(array(
    select u.roll || ',' || coalesce(u.organisation_id, i.organisation_id)::text || ',' || coalesce(i.id::text, '') ||
      case when u.insats_id is null then ',organisation' else ',insats' end
    from uppdrag u
      left join insats i on i.id = u.insats_id or i.organisation_id = u.organisation_id and u.roll in ('DELTAGARANSVARIG', 'MASKIN')
    where coalesce(u.anvandare_id, u.klient_id) = coalesce(s.anvandare_id, s.klient_id)
      and $3::date between u.giltig_fran and coalesce(u.giltig_tom, 'infinity')
      and (u.roll <> 'DELTAGARANSVARIG' or exists (
        select from ingaende_organisation m
        where m.organisation_id = coalesce(u.organisation_id, i.organisation_id)
          and m.organisationsnummer = a.huvudarbetsgivare and m.medlem
          and $3::date between coalesce(m.giltig_fran, '-infinity') and coalesce(m.giltig_tom, 'infinity')))), ' ')
from session s
  left join anvandare a on a.id = s.anvandare_id
  left join klient k on k.id = s.klient_id
where s.id = $1 and s.avslutad is null and s.vila_upphor > $2 and s.upphor > $2 and not coalesce(a.sparrad, k.sparrad)`

var errToken = errors.New("no good token")

// aktor verifies the token and asks what it opens, in one query.
func (g *golv) aktor(r *http.Request) (aktor, error) {
	token, ok := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
	if !ok {
		return aktor{}, errToken
	}
	an, err := g.prova.claims(token)
	if err != nil {
		return aktor{}, err
	}
	nu := nu()
	var a aktor
	var scopes, roller, uppdrag string
	var organisation *uuid.UUID
	err = g.db.QueryRow(r.Context(), aktorSQL, an.Sid, nu, dag(nu)).Scan(&a.id, &a.maskin, &scopes, &organisation, &roller, &uppdrag)
	if err != nil {
		return aktor{}, err
	}
	if a.id.String() != an.Subject || !a.maskin && roller == "" {
		return aktor{}, errToken
	}
	for _, rad := range strings.Fields(uppdrag) {
		u := strings.Split(rad, ",") // roll, organisation, insats or nothing, which of them the uppdrag is on
		if u[0] == "SAMVERKANSADMINISTRATOR" {
			id, err := uuid.Parse(u[1])
			if err != nil {
				return aktor{}, err
			}
			a.administrerar = append(a.administrerar, id)
		}
		ser := u[0] == "DELTAGARANSVARIG" || u[0] == "MASKIN" && strings.Contains(scopes, "deltagande.")
		if !ser || u[2] == "" {
			continue
		}
		id, err := uuid.Parse(u[2])
		if err != nil {
			return aktor{}, err
		}
		if !a.ser(id) {
			a.insatser = append(a.insatser, id)
			a.lista += "," + u[2]
		}
	}
	a.lista = strings.TrimPrefix(a.lista, ",")
	return a, nil
}

// ser is true when the caller may see the people of the insats.
func (a aktor) ser(insats uuid.UUID) bool { return slices.Contains(a.insatser, insats) }

func dag(t time.Time) string { return t.In(stockholm).Format(time.DateOnly) }
