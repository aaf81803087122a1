package store_test

import (
	"strings"
	"testing"

	"github.com/google/uuid"

	"sus/backend/store/storetest"
)

// TestTheReportsSeeBudgetsAsSums: what holds of each year by kind and by the type of whose
// it is, to the öre, and nothing of what held before or of one post.
func TestTheReportsSeeBudgetsAsSums(t *testing.T) {
	d := storetest.NyMedDatabas(t)
	o := storetest.Organisation(t, d.Store, nil)
	i := storetest.Insats(t, d.Store, o, nil)
	super := d.Super(t)
	kor(t, super,
		`insert into myndighet (organisationsnummer, namn, typ) values ('2120000001', 'Ena', 'KOMMUN'), ('2120000002', 'Andra', 'KOMMUN'), ('2120000003', 'Regionen', 'REGION') on conflict do nothing`)
	for _, sats := range []string{
		`insert into organisationsbudget select $1, ar, version, now(), gen_random_uuid() from (values (2010, 1), (2010, 2), (2011, 1)) v (ar, version)`,
		`insert into finansieringspost select $1, v.*, '' from (values (2010, 1, 1, '2120000003', 9000000), (2010, 2, 1, '2120000001', 100.10), (2010, 2, 2, '2120000002', 200.25),
			(2010, 2, 3, '2120000003', -5), (2011, 1, 1, '2120000003', 7)) v`,
		`insert into administrativ_kostnad select $1, v.*, '' from (values (2010, 2, 1, 'PERSONAL', 10.01, 9.99), (2010, 2, 2, 'PERSONAL', 20, null), (2010, 2, 3, 'KRING', 1, null)) v`,
	} {
		if _, err := super.ExecContext(t.Context(), sats, o.ID); err != nil {
			t.Fatal(err)
		}
	}
	for _, sats := range []string{
		`insert into insatsbudget select $1, 2010, version, case version when 1 then 40 else 50 end, now(), gen_random_uuid() from generate_series(1, 2) version`,
		`insert into insatsbudgetpost select $1, 2010, v.a, v.b, v.c, v.d, v.e, '', v.f from (values (1, 1, 'INSATSKOSTNAD', 77, 77, ''), (2, 1, 'INSATSKOSTNAD', 5.55, 5.54, ''),
			(2, 2, 'INSATSKOSTNAD', 0.45, 0.01, ''), (2, 3, 'INSATSKOSTNAD', 3, null, '2120000001'), (2, 4, 'ESF_INSATSKOSTNAD', 8, 8, '')) v (a, b, c, d, e, f)`,
	} {
		if _, err := super.ExecContext(t.Context(), sats, i.ID); err != nil {
			t.Fatal(err)
		}
	}
	las := func(fraga string, id uuid.UUID) (svar string) {
		t.Helper()
		if err := super.QueryRowContext(t.Context(), fraga, id).Scan(&svar); err != nil {
			t.Fatal(err)
		}
		return svar
	}
	vill := strings.Join([]string{
		"2010 egen KRING - 100 - 1", "2010 egen MEDEL KOMMUN 30035 - 0", "2010 egen MEDEL REGION -500 - 0", "2010 egen PERSONAL - 3001 999 1",
		"2010 insats ESF_INSATSKOSTNAD - 800 800 0", "2010 insats INSATSKOSTNAD - 600 555 0", "2010 insats INSATSKOSTNAD KOMMUN 300 - 1",
		"2011 egen MEDEL REGION 700 - 0"}, "|")
	if fick := las(`select string_agg(r, '|' order by r collate "C") from (select concat_ws(' ', b.ar, case when b.insats is null then 'egen' else 'insats' end, b.post, coalesce(b.typ, '-'), b.budget,
		coalesce(b.utfall::text, '-'), b.utan_utfall) as r from fakt_budget b join samverkansorganisation o on o.nr = b.org where o.id = $1) x`, o.ID); fick != vill {
		t.Errorf("fick\n%s, ville ha\n%s", strings.ReplaceAll(fick, "|", "\n"), strings.ReplaceAll(vill, "|", "\n"))
	}
	if fick := las(`select string_agg(concat_ws(' ', p.ar, p.antal), '|') from fakt_planerat p join insats n on n.nr = p.insats where n.id = $1`, i.ID); fick != "2010 50" {
		t.Errorf("planerat %s", fick)
	}
}
