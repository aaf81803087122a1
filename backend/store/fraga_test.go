package store_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/uuid"

	"sus/backend/register"
	"sus/backend/store"
	"sus/backend/store/db"
	"sus/backend/store/storetest"
)

// fragor is an organisation with an insats, whoever administers it and whoever registers there.
type fragor struct {
	*storetest.Databas
	org   register.Samverkansorganisation
	i     register.Insats
	admin register.Aktor
	a     register.Aktor
}

func nyaFragor(t *testing.T) *fragor {
	t.Helper()
	d := storetest.NyMedDatabas(t)
	o := storetest.Organisation(t, d.Store, nil)
	i := storetest.Insats(t, d.Store, o, nil)
	return &fragor{d, o, i, storetest.Aktor(register.RollSamverkansadministrator, o.ID), storetest.Deltagaransvarig(i)}
}

func fragan(namn string) register.Frageuppgifter {
	return register.Frageuppgifter{Namn: namn, Innehall: "Vad har hjälpt dig?", Period: register.Period{Fran: register.NyttDatum(2010, 1, 1)},
		Svarstyp: register.SvarEnval, Etiketter: []string{"Samtal", "Praktik"}, VidIn: true, VidUt: true}
}

func (f *fragor) ny(t *testing.T, in register.Frageuppgifter) register.Fraga {
	t.Helper()
	var svar register.Fraga
	if _, err := f.SkapaFraga(t.Context(), storetest.Som(f.admin), f.org.ID, in, ta(&svar)); err != nil {
		t.Fatal(err)
	}
	return svar
}

func (f *fragor) skriv(t *testing.T, dag register.Datum, n int, svar ...register.Fragesvar) (register.Deltagande, error) {
	c := storetest.Samtycke(t, f.Store, f.a, f.i, enPerson(12, n))
	in := storetest.Inregistrering(c, dag)
	in.Svar = svar
	var d register.Deltagande
	_, err := f.SkrivIn(t.Context(), storetest.Som(f.a), in, nil, ta(&d))
	return d, err
}

func (f *fragor) andra(t *testing.T, q register.Fraga, in register.Frageuppgifter) (register.Fraga, error) {
	return f.AndraFraga(t.Context(), db.Begaran{Aktor: f.admin, Version: q.Version}, q.ID, in)
}

func (f *fragor) alla(t *testing.T) ([]register.Fraga, int) {
	t.Helper()
	svar, _, version, err := f.Fragor(t.Context(), f.org.ID, store.FrageFilter{}, db.Sida{Limit: 1000})
	if err != nil {
		t.Fatal(err)
	}
	return svar, version
}

func kodsvar(f register.Fraga, koder ...string) register.Fragesvar {
	return register.Fragesvar{FragaID: f.ID, Koder: koder}
}

func TestFragorAreMadeByTheOwnAdministratorAlone(t *testing.T) {
	f := nyaFragor(t)
	q := f.ny(t, fragan("Stöd"))
	for namn, vem := range map[string]register.Aktor{
		"another's administrator": storetest.Aktor(register.RollSamverkansadministrator, storetest.Organisation(t, f.Store, nil).ID),
		"systemförvaltare":        storetest.Systemforvaltare(), "deltagaransvarig": f.a,
		"insatsansvarig": storetest.Aktor(register.RollInsatsansvarig, f.org.ID),
	} {
		var svar register.Fraga
		_, e1 := f.SkapaFraga(t.Context(), storetest.Som(vem), f.org.ID, fragan("Annan"), ta(&svar))
		_, e2 := f.AndraFraga(t.Context(), db.Begaran{Aktor: vem, Version: 1}, q.ID, fragan("Annan"))
		_, e3 := f.OrdnaFragor(t.Context(), db.Begaran{Aktor: vem, Version: 2}, f.org.ID, []uuid.UUID{q.ID})
		if regel(e1) != "saknas" || regel(e2) != "saknas" || regel(e3) != "saknas" {
			t.Errorf("%s: %v, %v, %v", namn, e1, e2, e3)
		}
	}
	if _, err := f.AndraFraga(t.Context(), db.Begaran{Aktor: f.admin, Version: 1}, uuid.New(), fragan("Ingen")); regel(err) != "saknas" {
		t.Error(err)
	}
	if _, _, _, err := f.Fragor(t.Context(), uuid.New(), store.FrageFilter{}, db.Sida{}); regel(err) != "saknas" {
		t.Error(err)
	}
}

func TestAnAnsweredFragaIsClosedAndMovedButNotRewritten(t *testing.T) {
	f := nyaFragor(t)
	dag := register.NyttDatum(2020, 3, 1)
	q := f.ny(t, fragan("Stöd"))
	annan := f.ny(t, fragan("Annan"))
	d, err := f.skriv(t, dag, 0, kodsvar(q, "2"))
	if err != nil {
		t.Fatal(err)
	}
	q, err = f.Fraga(t.Context(), q.ID)
	if err != nil || q.Besvarad == nil || *q.Besvarad != dag || q.Version != 1 {
		t.Fatalf("%+v (%v)", q, err)
	}
	in := fragan("Stöd")
	in.Innehall = "Annat?"
	if _, err := f.andra(t, q, in); regel(err) != "fraga-besvarad" {
		t.Errorf("rewritten: %v", err)
	}
	fore, pa := dag.Plus(-1), dag
	in = fragan("Stöd")
	in.Tom = &fore
	if _, err := f.andra(t, q, in); regel(err) != "fraga-besvarad" {
		t.Errorf("closed before its answer: %v", err)
	}
	// The guard of the database alone says the same.
	for vad, sats := range map[string]string{
		"the words": `update fraga set innehall = 'Annat?' where id = '%s'`, "the alternatives": `update fraga set alternativ = alternativ || '[{"kod":"9","etikett":"Nytt"}]' where id = '%s'`,
		"its end": `update fraga set giltig_tom = '2020-02-29' where id = '%s'`,
	} {
		if err := store.KorTx(t.Context(), f.Store, func(int) string { return fmt.Sprintf(sats, q.ID) }); regel(err) != "fraga-besvarad" {
			t.Errorf("%s: %v", vad, err)
		}
	}
	in.Tom = &pa
	if q, err = f.andra(t, q, in); err != nil || q.Version != 2 {
		t.Errorf("closed on the day: %+v %v", q, err)
	}
	_, version := f.alla(t)
	o, err := f.OrdnaFragor(t.Context(), db.Begaran{Aktor: f.admin, Version: version}, f.org.ID, []uuid.UUID{annan.ID, q.ID})
	if alla, ny := f.alla(t); err != nil || alla[0].ID != annan.ID || alla[1].Ordning != 2 || ny != version+1 || o.Version != ny {
		t.Errorf("%+v %v", alla, err)
	}
	if _, err := f.skriv(t, dag.Plus(1), 1, kodsvar(q, "2")); regel(err) != "fraga-stalls-inte" {
		t.Errorf("asked after its end: %v", err)
	}
	// A correction that moves the day leaves out what is no longer asked.
	ratta := storetest.Inregistrering(register.Samtycke{}, dag.Plus(1))
	ny, err := f.RattaIn(t.Context(), db.Begaran{Aktor: f.a, Version: d.Version}, d.ID, ratta, "Fel dag.")
	if err != nil || len(ny.In.Svar) != 0 {
		t.Fatalf("%+v %v", ny.In.Svar, err)
	}
	versioner, err := f.Versioner(t.Context(), storetest.Som(f.a), d.ID)
	if err != nil || len(versioner) != 2 || len(versioner[0].Svar) != 1 || versioner[0].Svar[0].Koder[0] != "2" || len(versioner[1].Svar) != 0 {
		t.Errorf("%+v %v", versioner, err)
	}
}

func TestTheDatabaseKeepsNoAnswerThatItsFragaHasNot(t *testing.T) {
	f := nyaFragor(t)
	q := f.ny(t, fragan("Stöd"))
	tal := fragan("Tal")
	minst, hogst := 5, 10
	tal.Svarstyp, tal.Etiketter, tal.Minst, tal.Hogst, tal.VidIn = register.SvarHeltal, nil, &minst, &hogst, false
	n := f.ny(t, tal)
	grannorg := storetest.Organisation(t, f.Store, nil)
	var granne register.Fraga
	if _, err := f.SkapaFraga(t.Context(), storetest.Som(storetest.Aktor(register.RollSamverkansadministrator, grannorg.ID)), grannorg.ID, fragan("Stöd"), ta(&granne)); err != nil {
		t.Fatal(err)
	}
	d, err := f.skriv(t, register.NyttDatum(2020, 3, 1), 0)
	if err != nil {
		t.Fatal(err)
	}
	super := f.Super(t)
	lagg := func(fraga uuid.UUID, koder, tal string) error {
		_, err := super.ExecContext(t.Context(), fmt.Sprintf(`insert into fragesvar (mattillfalle_id, insats_id, fraga_id, koder, tal)
			select m.id, m.insats_id, '%s', %s, %s from mattillfalle m where m.deltagande_id = '%s'`, fraga, koder, tal, d.ID))
		return err
	}
	for vad, svar := range map[string][3]string{
		"another code": {q.ID.String(), "'{3}'", "null"}, "two of one": {q.ID.String(), "'{1,2}'", "null"}, "a number for a code": {q.ID.String(), "null", "1"},
		"none": {q.ID.String(), "'{}'", "null"}, "not asked at in": {n.ID.String(), "null", "7"}, "another organisation's": {granne.ID.String(), "'{1}'", "null"},
	} {
		if err := lagg(uuid.MustParse(svar[0]), svar[1], svar[2]); err == nil || !strings.Contains(err.Error(), "fragesvar") {
			t.Errorf("%s: %v", vad, err)
		}
	}
	if err := lagg(q.ID, "'{1}'", "null"); err != nil {
		t.Error(err)
	}
}

func TestAnswersStayWithTheirMeasurementWhenTheIdentityGoes(t *testing.T) {
	f := nyaFragor(t)
	q := f.ny(t, fragan("Stöd"))
	d, err := f.skriv(t, register.NyttDatum(2020, 3, 1), 0, kodsvar(q, "1"))
	if err != nil {
		t.Fatal(err)
	}
	storetest.Aterkalla(t, f.Store, f.a, d.SamtyckeID)
	las, err := f.Deltagande(t.Context(), storetest.Som(f.a), d.ID)
	if err != nil || las.Identitet != nil || len(las.In.Svar) != 1 || las.Ut == nil || len(las.Ut.Svar) != 0 {
		t.Errorf("%+v %v", las, err)
	}
	app, annan, egen := f.App(t), uuid.NewString(), f.i.ID.String()
	if antal(t, app, nil, "fragesvar") != 0 || antal(t, app, &annan, "fragesvar") != 0 || antal(t, app, &egen, "fragesvar") != 1 {
		t.Error("row security shows answers of others, or not one's own")
	}
	for _, sats := range []string{`update fragesvar set tal = 1`, `delete from fragesvar`, `delete from fraga`} {
		if _, err := app.ExecContext(t.Context(), sats); err == nil || !strings.Contains(err.Error(), "permission denied") {
			t.Errorf("%s: %v", sats, err)
		}
	}
}

// TestAnswersComeBackAsTheyWereGiven: of random questions, in lists, alone and in versions.
func TestAnswersComeBackAsTheyWereGiven(t *testing.T) {
	f := nyaFragor(t)
	r := rand.New(rand.NewPCG(storetest.Fro(t, 0), 34))
	var alla []register.Fraga
	for n := range 12 {
		in := fragan(fmt.Sprint("Fråga ", n))
		in.Svarstyp = []register.Svarstyp{register.SvarEnval, register.SvarFlerval, register.SvarJaNej, register.SvarHeltal, register.SvarSkala}[n%5]
		in.Fran = register.NyttDatum(2020, 1, 1).Plus(r.IntN(60))
		if r.IntN(2) == 0 {
			tom := in.Fran.Plus(r.IntN(60))
			in.Tom = &tom
		}
		in.VidIn, in.VidUt = r.IntN(4) > 0, true
		in.Etiketter = nil
		switch in.Svarstyp {
		case register.SvarEnval, register.SvarFlerval:
			for k := range 2 + r.IntN(5) {
				in.Etiketter = append(in.Etiketter, fmt.Sprint("Alternativ ", k))
			}
		case register.SvarHeltal:
			minst, hogst := r.IntN(9999), 9999
			in.Minst, in.Hogst = &minst, &hogst
		case register.SvarSkala:
			steg := 2 + r.IntN(10)
			in.Steg = &steg
		}
		alla = append(alla, f.ny(t, in))
	}
	svara := func(dag register.Datum, typ register.Matningstyp) []register.Fragesvar {
		fragas, _, _, err := f.Fragor(t.Context(), f.org.ID, store.FrageFilter{Dag: &dag, Matning: typ}, db.Sida{Limit: 100})
		if err != nil {
			t.Fatal(err)
		}
		var vantat []uuid.UUID
		for _, q := range alla {
			if !dag.Fore(q.Fran) && (q.Tom == nil || !q.Tom.Fore(dag)) && (typ == register.MatningUt || q.VidIn) {
				vantat = append(vantat, q.ID)
			}
		}
		svar := []register.Fragesvar{}
		for i, q := range fragas {
			if i >= len(vantat) || q.ID != vantat[i] {
				t.Fatalf("%s %s: asked %v, not %v", dag, typ, fragas, vantat)
			}
			s := register.Fragesvar{FragaID: q.ID}
			switch {
			case r.IntN(4) == 0:
				continue
			case q.Svarstyp.MedTal():
				n := *q.Minst + r.IntN(*q.Hogst-*q.Minst+1)
				s.Tal = &n
			default:
				for _, alt := range q.Alternativ {
					if len(s.Koder) == 0 || q.Svarstyp == register.SvarFlerval && r.IntN(2) == 0 {
						s.Koder = append(s.Koder, alt.Kod)
					}
				}
			}
			svar = append(svar, s)
		}
		if len(fragas) != len(vantat) {
			t.Fatalf("%s %s: %d asked, not %d", dag, typ, len(fragas), len(vantat))
		}
		return svar
	}
	lika := func(vad string, fick, gav []register.Fragesvar) {
		t.Helper()
		if !slices.EqualFunc(fick, gav, func(a, b register.Fragesvar) bool {
			return a.FragaID == b.FragaID && slices.Equal(a.Koder, b.Koder) && (a.Tal == nil) == (b.Tal == nil) && (a.Tal == nil || *a.Tal == *b.Tal)
		}) {
			t.Fatalf("%s: %+v, not %+v", vad, fick, gav)
		}
	}
	for n := range storetest.Bevis(15, 300) {
		start := register.NyttDatum(2020, 1, 1).Plus(r.IntN(120))
		slut := start.Plus(r.IntN(30))
		in, ut := svara(start, register.MatningIn), svara(slut, register.MatningUt)
		d, err := f.skriv(t, start, n, in...)
		if err != nil {
			t.Fatal(err)
		}
		u := storetest.Utregistrering(slut)
		u.Svar = slices.Clone(ut)
		slices.Reverse(u.Svar)
		storetest.SkrivUt(t, f.Store, f.a, d, u)
		las, err := f.Deltagande(t.Context(), storetest.Som(f.a), d.ID)
		if err != nil {
			t.Fatal(err)
		}
		lika("in", las.In.Svar, in)
		lika("ut", las.Ut.Svar, ut)
		lista, _, err := f.Deltaganden(t.Context(), storetest.Som(f.a), f.i.ID, store.DeltagandeFilter{StartdagFran: &start, StartdagTom: &start}, db.Sida{Limit: 100})
		i := slices.IndexFunc(lista, func(x store.DeltagandeMedIdentitet) bool { return x.ID == d.ID })
		if err != nil || i < 0 {
			t.Fatal(err)
		}
		lika("in, of the list", lista[i].In.Svar, in)
		lika("ut, of the list", lista[i].Ut.Svar, ut)
	}
}

// The name is held also where nobody waits at the organisation's list: it is taken away first.
func TestTheDatabaseKeepsOneFragaOfANameOnADay(t *testing.T) {
	f := nyaFragor(t)
	in := fragan("Stöd")
	slut := register.NyttDatum(2010, 12, 31)
	in.Tom = &slut
	f.ny(t, in)
	grannorg := storetest.Organisation(t, f.Store, nil)
	super := f.Super(t)
	kor(t, super, `delete from fragelista`)
	for n, p := range []struct{ namn, fran, organisation, vill string }{
		{"Stöd", "2010-12-31", f.org.ID.String(), "fraga_finns"},
		{"STÖD", "2010-12-31", f.org.ID.String(), "fraga_finns"},
		{"Stod", "2010-12-31", f.org.ID.String(), ""},
		{"Stöd", "2010-12-31", grannorg.ID.String(), ""},
		{"Stöd", "2011-01-01", f.org.ID.String(), ""},
		{"Stöd", "2030-01-01", f.org.ID.String(), "fraga_finns"},
	} {
		_, err := super.ExecContext(t.Context(), fmt.Sprintf(`insert into fraga (id, organisation_id, namn, innehall, giltig_fran, svarstyp, alternativ, vid_in, vid_ut, ordning, version)
			select gen_random_uuid(), '%s', '%s', innehall, '%s', svarstyp, alternativ, vid_in, vid_ut, %d, 1 from fraga limit 1`, p.organisation, p.namn, p.fran, 100+n))
		if db.Constraint(err) != p.vill || (err != nil) != (p.vill != "") {
			t.Errorf("%s from %s: %v", p.namn, p.fran, err)
		}
	}
}
