package db_test

import (
	"bytes"
	"context"
	"database/sql"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"sus/backend/pgembed"
	"sus/backend/register"
	"sus/backend/store/db"
	"sus/backend/store/storetest"
)

func TestTheDatabaseAndTheServerReckonTheSameBytesOfARow(t *testing.T) {
	d := storetest.NyMedDatabas(t)
	super := d.Super(t)
	id := uuid.New()
	var posts []db.Loggpost
	for _, h := range register.Handelser() {
		posts = append(posts, db.Loggpost{Handelse: h.String(), Objekttyp: h.Objekttyp(), ObjektID: &id, Regel: "saknas"})
	}
	for _, odd := range []string{"", "å\u0301 «ö» \U0001F9FE", "\n\t\x01", strings.Repeat("x", 70_000), "null", `{"a": 1}`, "' or ''='"} {
		posts = append(posts, db.Loggpost{ExterntID: odd, Detalj: odd, Traceparent: odd, Av: odd, Varfor: odd, Adress: odd, Roll: odd, Handelse: odd, PersonerHash: []byte(odd)})
	}
	posts = append(posts, db.Loggpost{InsatsID: &id}, db.Loggpost{OrganisationID: &id}, db.Loggpost{RaderingHash: make([]byte, 32)}, db.Loggpost{PersonerHash: []byte{}})
	for i, tid := range []time.Time{time.Unix(0, 0), time.Date(2, 1, 1, 0, 0, 0, 0, time.UTC), time.Date(1999, 12, 31, 23, 59, 59, 999_999_000, time.UTC),
		time.Date(2000, 1, 1, 0, 0, 0, 1000, time.UTC), time.Date(9999, 12, 31, 0, 0, 0, 0, time.UTC)} {
		posts = append(posts, db.Loggpost{Tid: tid, AktorID: uuid.UUID{byte(i)}})
	}
	for _, p := range posts {
		p.ID = uuid.New()
		if p.Tid.IsZero() {
			p.Tid = time.Now().Truncate(time.Microsecond)
		}
		if _, err := super.Exec(`insert into loggpost (id, tid, aktor_id, aktor_typ, handelse, objekttyp, objekt_id, insats_id, organisation_id,
			utfall, regel, externt_id, detalj, personer_hash, traceparent, adress, roll, av, varfor, radering_hash)
			values ($1, $2, $3, 'SYSTEM', $4, $5, $6, $7, $8, 'OK', $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)`,
			p.ID, p.Tid, p.AktorID, p.Handelse, p.Objekttyp, p.ObjektID, p.InsatsID, p.OrganisationID,
			p.Regel, p.ExterntID, p.Detalj, p.PersonerHash, p.Traceparent, p.Adress, p.Roll, p.Av, p.Varfor, p.RaderingHash); err != nil {
			t.Fatal(err)
		}
	}
	seen := map[string]bool{}
	sf := storetest.Systemforvaltare()
	read, err := d.Loggposter(t.Context(), storetest.Som(sf), db.LoggFilter{Limit: 10_000})
	if err != nil || len(read) != len(posts) {
		t.Fatalf("%d rows of %d: %v", len(read), len(posts), err)
	}
	for _, p := range read {
		var ours, theirs = db.Canonical(p), []byte{}
		if err := super.QueryRow(`select sus_loggrad(p) from loggpost p where id = $1`, p.ID).Scan(&theirs); err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(ours, theirs) {
			t.Errorf("%+v: the server says %x, the database %x", p, ours, theirs)
		}
		seen[string(ours)] = true
	}
	if len(seen) != len(posts) {
		t.Errorf("%d rows have only %d different bytes", len(posts), len(seen))
	}
}

func TestNothingAndEmptyAndMovedFieldsHaveBytesOfTheirOwn(t *testing.T) {
	id := uuid.New()
	seen := map[string]int{}
	for i, p := range []db.Loggpost{{}, {PersonerHash: []byte{}}, {Regel: "a"}, {ExterntID: "a"}, {Regel: "ab", ExterntID: "c"}, {Regel: "a", ExterntID: "bc"},
		{ObjektID: &id}, {InsatsID: &id}, {OrganisationID: &id}, {ObjektID: &uuid.Nil}, {Tid: time.Unix(0, 1000)}, {Av: "a"}, {Varfor: "a"}} {
		b := string(db.Canonical(p))
		if j, dup := seen[b]; dup {
			t.Errorf("rows %d and %d have the same bytes", j, i)
		}
		seen[b] = i
	}
}

// TestLinksFromBeforeTheSignaturesAreCoveredByTheFirstSignedOne begins with a database
// as it was before: rows, links without signatures, and rows that wait with the times
// of a demo's clock.
func TestLinksFromBeforeTheSignaturesAreCoveredByTheFirstSignedOne(t *testing.T) {
	d := storetest.NyMedDatabas(t)
	const name = "fore_signaturerna"
	if err := d.Kluster.Clone(t.Context(), "template0", name); err != nil {
		t.Fatal(err)
	}
	defer func() { _ = d.Kluster.Drop(context.Background(), name) }()
	owner, app := d.Kluster.URL(pgembed.OwnerRole, name), d.Kluster.URL(pgembed.ServerRole, name)
	if err := db.MigrateTo(t.Context(), owner, 7); err != nil {
		t.Fatal(err)
	}
	super, err := sql.Open("pgx", d.Kluster.URL(pgembed.SuperRole, name))
	if err != nil {
		t.Fatal(err)
	}
	defer super.Close()
	for _, sats := range []string{
		`insert into loggpost (id, tid, aktor_id, aktor_typ, handelse, objekttyp, utfall, regel, externt_id, detalj, traceparent)
			select gen_random_uuid(), timestamptz '2031-01-01' - n * interval '1 day', gen_random_uuid(), 'SYSTEM', 'X', 'y', 'OK', '', '', '', '' from generate_series(1, 30) n`,
		`insert into loggsigill (sekvens, fran, antal, poster, forra, hash, tid) select 1, 1, 10, array_agg(id), '', sha256('1'), now() from (select id from loggpost order by tid limit 10) p`,
		`insert into loggsigill (sekvens, fran, antal, poster, forra, hash, tid) select 2, 11, 10, array_agg(id), sha256('1'), sha256('2'), now() from (select id from loggpost order by tid offset 10 limit 10) p`,
		`delete from loggko where loggpost_id in (select unnest(poster) from loggsigill)`,
	} {
		if _, err := super.Exec(sats); err != nil {
			t.Fatal(err)
		}
	}
	if err := db.Migrera(t.Context(), owner, app); err != nil {
		t.Fatal(err)
	}
	s, err := db.Open(app, db.Options{Nycklar: d.Nycklar})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if k, err := s.KontrolleraLogg(t.Context()); err != nil || k.Brutet != "" || k.Osignerade != 2 || k.Osatta != 10 {
		t.Errorf("after the migration the log is %+v (%v)", k, err)
	}
	if n, err := s.Forsegla(t.Context()); n != 10 || err != nil {
		t.Fatalf("%d rows sealed: %v", n, err)
	}
	if k, err := s.KontrolleraLogg(t.Context()); err != nil || k.Brutet != "" || k.Osignerade != 2 || k.Sigill != 3 || k.Poster != 30 || k.Tidsfel != 0 {
		t.Errorf("signed, the log is %+v (%v)", k, err)
	}
	var kept int
	if err := super.QueryRow(`select count(*) from loggsigill where uppgift in (encode(sha256('1'), 'hex'), encode(sha256('2'), 'hex'))`).Scan(&kept); err != nil || kept != 2 {
		t.Errorf("%d of the earlier hashes are kept (%v)", kept, err)
	}
	for _, sats := range []string{
		`update loggpost set detalj = 'annat' where id = (select poster[3] from loggsigill where sekvens = 2)`,
		`select sus_logg_rakna_om()`, // and the whole of them reckoned again
	} {
		if _, err := super.Exec(sats); err != nil {
			t.Fatal(err)
		}
		if k, err := s.KontrolleraLogg(t.Context()); err != nil || k.Brutet == "" {
			t.Errorf("a changed row below the first signed link does not show after %q: %+v (%v)", sats, k, err)
		}
	}
}
