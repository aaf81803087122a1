package store_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5/pgconn"

	"sus/backend/register"
	"sus/backend/store"
	"sus/backend/store/db"
	"sus/backend/store/storetest"
)

func TestAChangedInsatsKeepsWhatItWasAboutBefore(t *testing.T) {
	s := storetest.Ny(t)
	o := storetest.Organisation(t, s, nil)
	i := storetest.Insats(t, s, o, nil)
	admin := storetest.Aktor(register.RollSamverkansadministrator, o.ID)
	in := storetest.Insatsuppgifter(o)
	in.Malgrupper, in.Kontaktperson = []string{"KVINNOR"}, register.Kontaktperson{Namn: "Kim Kansli", Epost: "kim@example.se"}
	ny, err := s.AndraInsats(t.Context(), db.Begaran{Aktor: admin, Version: 1}, i.ID, in)
	if err != nil {
		t.Fatal(err)
	}
	for namn, prov := range map[string]struct {
		a   register.Aktor
		ser bool
	}{
		"egen": {storetest.Deltagaransvarig(i), true}, "systemförvaltare": {storetest.Systemforvaltare(), true},
		"annan": {storetest.Aktor(register.RollSamverkansadministrator, uuid.New()), false}, "rapport": {register.Aktor{Roller: []register.Roll{register.RollSusrapport}}, false},
	} {
		last, err := s.Insats(t.Context(), storetest.Som(prov.a), i.ID)
		if err != nil || !register.LikaInsatsrader(last.Rader, ny.Rader) || len(last.Rader) != 2 || last.Malgrupper[0] != "KVINNOR" || last.PreciseradInriktning != "REHABILITERING" {
			t.Errorf("%s läste %+v (%v)", namn, last.Insats, err)
		}
		if fore := last.Rad(i.Startdatum); fore.Malgrupper[0] != "UNGA" || *last.Rader[0].Tom != s.Idag().ForstaIManaden().Plus(-1) {
			t.Errorf("%s: förr var den %+v", namn, fore)
		}
		if (last.Kontaktperson == in.Kontaktperson) != prov.ser || !prov.ser && last.Kontaktperson != (register.Kontaktperson{}) {
			t.Errorf("%s ser %+v", namn, last.Kontaktperson)
		}
		rader, _, err := s.Insatser(t.Context(), storetest.Som(prov.a), store.InsatsFilter{}, db.Sida{})
		if err != nil || len(rader) != 1 || (rader[0].Kontaktperson.Namn != "") != prov.ser || len(rader[0].Rader) != 2 {
			t.Errorf("%s: i listan %+v (%v)", namn, rader, err)
		}
	}
	// The insatsansvariga of another organisation's insats, and one who changes it, keep its contact.
	in.Namn = "Nytt namn"
	if ny, err = s.AndraInsats(t.Context(), db.Begaran{Aktor: storetest.Aktor(register.RollInsatsansvarig, o.ID), Version: 2}, i.ID, in); err != nil || ny.Kontaktperson != in.Kontaktperson || len(ny.Rader) != 2 {
		t.Errorf("%+v (%v)", ny.Insats, err)
	}
}

func TestTheDatabaseHoldsTheRowsOfAnInsatsTogether(t *testing.T) {
	d := storetest.NyMedDatabas(t)
	s, slut := d.Store, register.NyttDatum(2020, 12, 31)
	o := storetest.Organisation(t, s, nil)
	i := storetest.Insats(t, s, o, func(in *register.Insatsuppgifter) { in.Slutdatum = &slut })
	super := d.Super(t)
	for namn, prov := range map[string]struct{ sats, vill string }{
		"two on one day":         {`insert into insatsrad values ($1, '2012-01-01', null, 'REHABILITERING', '{}')`, "insatsrad_overlappar"},
		"a day within a month":   {`update insatsrad set giltig_tom = '2012-01-01' where insats = $1; insert into insatsrad values ($1, '2012-01-02', null, 'REHABILITERING', '{}')`, "insatsrad_manad"},
		"a gap":                  {`update insatsrad set giltig_tom = '2011-12-31' where insats = $1; insert into insatsrad values ($1, '2012-02-01', null, 'REHABILITERING', '{}')`, "insatsrad_hela"},
		"an end":                 {`update insatsrad set giltig_tom = '2011-12-31' where insats = $1`, "insatsrad_hela"},
		"none":                   {`delete from insatsrad where insats = $1`, "insatsrad_hela"},
		"after the insats":       {`update insatsrad set giltig_tom = '2020-12-31' where insats = $1; insert into insatsrad values ($1, '2021-01-01', null, 'REHABILITERING', '{}')`, "insatsrad_hela"},
		"an insats cut short":    {`update insatsrad set giltig_tom = '2011-12-31' where insats = $1; insert into insatsrad values ($1, '2012-01-01', null, 'REHABILITERING', '{}'); update insats set slutdatum = '2011-12-31' where nr = $1`, "insatsrad_hela"},
		"an insats begun later":  {`update insatsrad set giltig_tom = '2011-12-31' where insats = $1; insert into insatsrad values ($1, '2012-01-01', null, 'REHABILITERING', '{}'); update insats set startdatum = '2012-01-01' where nr = $1`, "insatsrad_hela"},
		"an agency nobody knows": {`update insats set inmatningsorganisation = '5560360793' where nr = $1`, "insats_inmatningsorganisation_finns"},
		"within it":              {`update insatsrad set giltig_tom = '2011-12-31' where insats = $1; insert into insatsrad values ($1, '2012-01-01', null, 'REHABILITERING', '{}')`, ""},
	} {
		c, err := super.Conn(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		_, err = c.ExecContext(t.Context(), "begin; "+strings.ReplaceAll(prov.sats, "$1", fmt.Sprint(i.Nr))+"; set constraints all immediate")
		var nekad *pgconn.PgError
		if err != nil && !errors.As(err, &nekad) {
			t.Fatal(err)
		}
		if got := nekad; (got == nil) != (prov.vill == "") || got != nil && got.ConstraintName != prov.vill {
			t.Errorf("%s: %v", namn, err)
		}
		if _, err := c.ExecContext(t.Context(), "rollback"); err != nil {
			t.Fatal(err)
		}
		_ = c.Close()
	}
}
